/*
 * Settings of MCP clients: which servers they start or call. Every server becomes a row; what env, args and headers
 * hold is looked at and forgotten.
 */
#include <stddef.h>
#include <string.h>

#include "base/limits.h"
#include "import/mcp.h"

struct config {
	struct import_input *in;
	struct import_walk walk;
	struct arena scratch; /* of the current server */
	struct arena folder;  /* holds `project` */
	str project;          /* of the settings that hold for one folder; else empty */
	int64_t maps;         /* objects of servers so far */
	struct import_seen names;
	struct import_seen_rows rows;
	struct import_flaw transport, contradicts, nothing, address;
};

struct server {
	str type, transport, transport_type, command, url, server_url, http_url, provider;
	bool has_key, has_oauth;
	struct import_mcp_word *words, *last;
};

#define TEXT(name, member)                                                                                             \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_TEXT, .at = offsetof(struct server, member)                        \
	}
#define CALL(name, fn)                                                                                                 \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_CALL, .call = (fn)                                                 \
	}
#define END                                                                                                            \
	{                                                                                                              \
		.key = { NULL, 0 }                                                                                     \
	}

/* ---- one server ---- */

static enum status add_word(struct import_walk *w, struct server *s, str text, struct err *err)
{
	struct import_mcp_word *x = arena_new(w->texts, struct import_mcp_word, 1);
	if (!x)
		return err_full(err);
	*x = (struct import_mcp_word){NULL, text};
	if (s->last)
		s->last->next = x;
	else
		s->words = x;
	s->last = x;
	return OK;
}

static enum status read_arg(struct import_walk *w, void *record, struct err *err)
{
	str text = {NULL, 0};
	TRY(import_walk_text(w, &text, err));
	return add_word(w, record, text, err);
}

static enum status read_args(struct import_walk *w, void *record, struct err *err)
{
	/* One text instead of a list: some clients take that too. */
	if (w->json.event == JSON_STRING)
		return read_arg(w, record, err);
	return import_walk_each(w, read_arg, record, err);
}

/* A variable or a header. */
static enum status read_setting(struct import_walk *w, str key, void *record, struct err *err)
{
	struct server *s = record;
	if (w->json.event == JSON_OBJECT || w->json.event == JSON_ARRAY)
		return json_expected(&w->json, "a text", err);
	if (w->json.event == JSON_STRING || w->json.event == JSON_NUMBER)
		s->has_key = s->has_key || import_mcp_secret(key, w->json.text);
	return OK;
}

static enum status read_settings(struct import_walk *w, void *record, struct err *err)
{
	return import_map_each(w, read_setting, record, err);
}

static enum status read_client_id(struct import_walk *w, void *record, struct err *err)
{
	struct server *s = record;
	s->has_oauth = w->json.event != JSON_NULL;
	return json_skip(&w->json, err);
}

/* "oauth", a token, or Cursor's object with the id of an OAuth client. */
static enum status read_auth(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field members[] = {CALL("CLIENT_ID", read_client_id),
							   CALL("clientId", read_client_id), END};
	struct server *s = record;
	if (w->json.event == JSON_OBJECT)
		return import_walk_members(w, members, record, err);
	if (w->json.event == JSON_STRING && str_eq_fold(w->json.text, S("oauth")))
		s->has_oauth = true;
	else if (w->json.event == JSON_STRING)
		s->has_key = s->has_key || import_mcp_secret(S("token"), w->json.text);
	return json_skip(&w->json, err);
}

static enum status read_enabled(struct import_walk *w, void *record, struct err *err)
{
	struct server *s = record;
	if (w->json.event == JSON_FALSE)
		s->has_oauth = false;
	return json_skip(&w->json, err);
}

static enum status read_oauth(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field members[] = {CALL("enabled", read_enabled), END};
	struct server *s = record, oauth = {.has_oauth = true};
	if (w->json.event == JSON_TRUE)
		s->has_oauth = true;
	if (w->json.event != JSON_OBJECT)
		return json_skip(&w->json, err);
	TRY(import_walk_members(w, members, &oauth, err));
	s->has_oauth = s->has_oauth || oauth.has_oauth;
	return OK;
}

static enum status read_members(struct import_walk *w, struct server *s, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT("type", type),
							  TEXT("transport", transport),
							  TEXT("transportType", transport_type),
							  TEXT("command", command),
							  TEXT("url", url),
							  TEXT("serverUrl", server_url),
							  TEXT("httpUrl", http_url),
							  TEXT("authProviderType", provider),
							  CALL("args", read_args),
							  CALL("env", read_settings),
							  CALL("headers", read_settings),
							  CALL("http_headers", read_settings),
							  CALL("auth", read_auth),
							  CALL("oauth", read_oauth),
							  END};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "the settings of a server (an object)", err);
	TRY(import_walk_members(w, fields, s, err));
	s->has_oauth = s->has_oauth || str_eq(s->provider, S("dynamic_discovery"));
	return OK;
}

/* ---- its row ---- */

static str first_of(str a, str b)
{
	return a.n ? a : b;
}

/* What the file says; what the words contradict stays unknown. */
static str transport_of(struct config *c, const struct server *s, int64_t line)
{
	str word = first_of(s->type, first_of(s->transport, s->transport_type));
	str said = import_mcp_transport(word);
	bool remote = s->url.n || s->server_url.n || s->http_url.n;
	if (word.n && !said.n)
		import_flaw_note(&c->transport, line);
	if (!s->command.n && !remote)
		import_flaw_note(&c->nothing, line);
	bool stdio = str_eq(said, S("stdio"));
	if ((s->command.n && remote && !said.n) || (stdio && remote && !s->command.n) ||
	    (said.n && !stdio && s->command.n && !remote)) {
		import_flaw_note(&c->contradicts, line);
		return (str){NULL, 0};
	}
	if (said.n || word.n)
		return said;
	if (s->command.n)
		return S("stdio");
	return s->http_url.n && !s->url.n ? S("http") : (str){NULL, 0};
}

/* The command may hold its first arguments. */
static enum status words_of(struct import_walk *w, const struct server *s, struct import_mcp_word **out,
			    struct err *err)
{
	struct server all = {0};
	str word, rest = str_trim(s->command);
	while (rest.n) {
		(void)str_cut(rest, ' ', &word, &rest);
		if (word.n)
			TRY(add_word(w, &all, word, err));
	}
	for (const struct import_mcp_word *x = s->words; x; x = x->next)
		TRY(add_word(w, &all, x->text, err));
	*out = all.words;
	return OK;
}

static enum status id_of(struct config *c, str name, str *out, struct err *err)
{
	size_t n = c->project.n + 1 + name.n;
	*out = name;
	if (!c->project.n)
		return OK;
	char *p = arena_alloc(&c->scratch, n, 1);
	if (!p)
		return err_full(err);
	memcpy(p, c->project.p, c->project.n);
	p[c->project.n] = '|';
	memcpy(p + c->project.n + 1, name.p, name.n);
	*out = (str){p, n};
	return OK;
}

static enum status push(struct config *c, struct import_walk *w, str name, const struct server *s,
			struct evidence_record *r, struct err *err)
{
	struct import_mcp_word *words;
	str address, written = first_of(s->http_url, first_of(s->url, s->server_url));
	bool key_in_address;
	TRY(words_of(w, s, &words, err));
	TRY(import_mcp_address(w->texts, written, &address, &key_in_address, err));
	if (written.n && !address.n)
		import_flaw_note(&c->address, r->line);
	bool has_key = s->has_key || key_in_address || import_mcp_words_secret(words);
	int pinned = s->command.n ? import_mcp_pinned(words) : -1;
	evidence_set_text(r, S("name"), name);
	evidence_set_text(r, S("url"), address);
	evidence_set_text(r, S("transport"), transport_of(c, s, r->line));
	evidence_set_text(r, S("auth"), has_key ? S("api_key") : s->has_oauth ? S("oauth") : (str){NULL, 0});
	if (pinned >= 0)
		evidence_set_bool(r, S("pinned"), pinned);
	if (c->in->given_ms)
		evidence_set_time(r, S("last_seen_at"), *c->in->given_ms);
	TRY(id_of(c, name, &r->id, err));
	return import_seen_push(&c->rows, c->in, r, &c->scratch, err);
}

/* Two servers of one name in one object: a client takes one of them, and which one is its secret. */
static enum status check_name(struct config *c, struct import_walk *w, str name, struct err *err)
{
	struct import_seen_entry *e;
	str map = {(const char *)&c->maps, sizeof c->maps};
	if (!name.n)
		return json_expected(&w->json, "a server with a name", err);
	TRY(import_seen_add(&c->names, map, name, &e, err));
	if (e->count == 1)
		return OK;
	char shown[IMPORT_WALK_SHOW];
	(void)json_expected(&w->json, "a server that does not stand there already", err);
	err_detail(err, "\"%s\" stands twice in one object", import_walk_show(name, shown));
	return E_INVALID;
}

static enum status take_server(struct import_walk *w, str name, struct config *c, struct err *err)
{
	struct server s = {0};
	struct evidence_record r = {.kind = EVIDENCE_MCP_SERVER, .main = true, .line = w->json.line};
	r.record = ++c->in->facts->records;
	TRY(check_name(c, w, name, err));
	TRY(read_members(w, &s, err));
	return push(c, w, name, &s, &r, err);
}

static enum status read_server(struct import_walk *w, str name, void *record, struct err *err)
{
	struct config *c = record;
	enum status status = take_server(w, name, c, err);
	arena_release(&c->scratch);
	return status;
}

/* ---- the file ---- */

static enum status read_servers(struct import_walk *w, void *record, struct err *err)
{
	struct config *c = record;
	c->maps++;
	return import_map_each(w, read_server, c, err);
}

static enum status read_project(struct import_walk *w, str folder, void *record, struct err *err)
{
	static const struct import_walk_field members[] = {CALL("mcpServers", read_servers), END};
	struct config *c = record;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "the settings of a project (an object)", err);
	arena_release(&c->folder);
	c->project = str_copy(&c->folder, folder);
	if (!c->project.p)
		return err_full(err);
	enum status status = import_walk_members(w, members, c, err);
	c->project = (str){NULL, 0};
	return status;
}

static enum status read_projects(struct import_walk *w, void *record, struct err *err)
{
	return import_map_each(w, read_project, record, err);
}

static enum status read_settings_file(struct config *c, struct err *err)
{
	static const struct import_walk_field inner[] = {CALL("servers", read_servers), END};
	static const struct import_walk_field fields[] = {
	    CALL("mcpServers", read_servers),
	    CALL("servers", read_servers),
	    {.key = S("mcp"), .type = IMPORT_WALK_OBJECT, .members = inner},
	    CALL("projects", read_projects),
	    END,
	};
	struct import_walk *w = &c->walk;
	TRY(json_next(&w->json, err));
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "the settings of an MCP client (an object)", err);
	TRY(import_walk_members(w, fields, c, err));
	if (!c->maps)
		return json_expected(&w->json, "a member mcpServers, servers or mcp.servers", err);
	return json_next(&w->json, err);
}

static enum status warn(const struct config *c, struct err *err)
{
	const struct import_input *in = c->in;
	TRY(import_flaw_warn(in, &c->transport,
			     S("a server's type is none of stdio, http and sse: its transport is unknown"), err));
	TRY(import_flaw_warn(in, &c->contradicts,
			     S("a server's type, command and address contradict: its transport is unknown"), err));
	TRY(import_flaw_warn(in, &c->nothing, S("a server has neither a command nor an address"), err));
	TRY(import_flaw_warn(in, &c->address, S("an address is none of http or https: left out"), err));
	return import_seen_warn(&c->rows, in, "server", err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct config *c = arena_new(in->arena, struct config, 1);
	if (!c)
		return err_full(err);
	*c = (struct config){.in = in,
			     .scratch = ARENA(LIMIT_RECORD_BYTES),
			     .folder = ARENA(4 * LIMIT_VALUE_BYTES),
			     .names.arena = in->arena,
			     .rows.seen.arena = in->arena};
	c->walk.texts = &c->scratch;
	TRY(json_open(&c->walk.json, in->from, in->arena, err));
	enum status status = read_settings_file(c, err);
	arena_release(&c->scratch);
	arena_release(&c->folder);
	TRY(status);
	return warn(c, err);
}

/* ---- detection ---- */

enum { NOT_SERVERS = 0, EMPTY, SERVERS };

/* Standing on an object: whether it holds settings of servers, by the first one. */
static int servers_in(struct json_reader *r)
{
	static const str members[] = {S("command"), S("url"), S("serverUrl"), S("httpUrl"),  S("type"),
				      S("args"),    S("env"), S("headers"),   S("disabled"), S("transport")};
	if (json_next(r, NULL) != OK)
		return NOT_SERVERS;
	if (r->event == JSON_OBJECT_END)
		return EMPTY;
	if (json_next(r, NULL) != OK || r->event != JSON_OBJECT)
		return NOT_SERVERS;
	while (json_next(r, NULL) == OK && r->event == JSON_KEY) {
		for (size_t i = 0; i < sizeof members / sizeof *members; i++)
			if (str_eq(r->text, members[i]))
				return SERVERS;
		if (json_skip(r, NULL) != OK)
			return NOT_SERVERS;
	}
	return NOT_SERVERS;
}

/* Standing on an object: how sure its members make that it is the settings of a client. */
static int sure_of(struct json_reader *r, bool inner)
{
	static const int sure[2][3] = {{0, 60, 80}, {0, 70, 100}};
	while (json_next(r, NULL) == OK && r->event == JSON_KEY) {
		bool own = str_eq(r->text, S("mcpServers")), plain = str_eq(r->text, S("servers"));
		bool mcp = !inner && str_eq(r->text, S("mcp"));
		if (json_next(r, NULL) != OK)
			return 0;
		if (r->event == JSON_OBJECT && mcp)
			return sure_of(r, true);
		if (r->event == JSON_OBJECT && (own || plain)) {
			int found = servers_in(r);
			return plain && !inner && found == EMPTY ? 0 : sure[own || inner][found];
		}
		if (json_skip(r, NULL) != OK)
			return 0;
	}
	return 0;
}

static int sniff(str head, bool complete)
{
	struct arena a = ARENA((size_t)16 << 20);
	struct source from = source_text(S("head"), head);
	struct json_reader r = {0};
	int sure = 0;
	(void)complete;
	if (import_walk_shape(head) != IMPORT_WALK_IS_OBJECT)
		return 0;
	if (json_open(&r, &from, &a, NULL) == OK && json_next(&r, NULL) == OK && r.event == JSON_OBJECT)
		sure = sure_of(&r, false);
	arena_release(&a);
	return sure;
}

const struct import_format import_mcp_config = {.name = S("mcp_config"),
						.title = S("settings of an MCP client, JSON"),
						.secrets = true,
						.kinds = EVIDENCE_BIT(EVIDENCE_MCP_SERVER),
						.always = EVIDENCE_BIT(EVIDENCE_MCP_SERVER),
						.sniff = sniff,
						.read = read_file};
