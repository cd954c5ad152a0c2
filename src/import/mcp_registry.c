/*
 * Records of an MCP gateway's registry: a server, a list of them, {"servers": […]}, or the state file that says which
 * paths are switched on. A server's tools are kept until its record ends, as its path may come behind them.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/time.h"
#include "import/mcp.h"

struct registry {
	struct import_input *in;
	struct import_walk walk;
	struct arena scratch; /* of the current record */
	bool has_states, has_list;
	struct import_seen_rows rows;
	struct import_flaw transport, auth, address, no_zone, unnamed;
};

struct tool {
	struct tool *next;
	int64_t line;
	str name, description, main, args, returns, raises, hash;
};

struct record {
	struct registry *file;
	uint64_t had; /* of the outer object: members that were there */
	str server_name, display_name, name, path, description, url, transport, auth, auth_type, health, checked;
	struct evidence_value enabled;
	int64_t line, transports;
	struct tool *tools, *last;
};

#define TEXT(type_of, key_name, member)                                                                                \
	{                                                                                                              \
		.key = S(key_name), .type = IMPORT_WALK_TEXT, .at = offsetof(struct type_of, member)                   \
	}
#define CALL(key_name, fn)                                                                                             \
	{                                                                                                              \
		.key = S(key_name), .type = IMPORT_WALK_CALL, .call = (fn)                                             \
	}
#define END                                                                                                            \
	{                                                                                                              \
		.key = { NULL, 0 }                                                                                     \
	}

static str first_of(str a, str b)
{
	return a.n ? a : b;
}

/* ---- one record ---- */

static enum status read_truth(struct import_walk *w, struct evidence_value *out, struct err *err)
{
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_TRUE && w->json.event != JSON_FALSE)
		return json_expected(&w->json, "true or false", err);
	*out = (struct evidence_value){.known = true, .i64 = w->json.event == JSON_TRUE};
	return OK;
}

static enum status read_enabled(struct import_walk *w, void *record, struct err *err)
{
	struct record *r = record;
	return read_truth(w, &r->enabled, err);
}

/* One transport is the server's; of several it is not known which one is used. */
static enum status read_supported(struct import_walk *w, void *record, struct err *err)
{
	struct record *r = record;
	str word = {NULL, 0};
	TRY(import_walk_text(w, &word, err));
	if (r->transports++ == 0 && !r->transport.n)
		r->transport = word;
	return OK;
}

static enum status read_transports(struct import_walk *w, void *record, struct err *err)
{
	return import_walk_each(w, read_supported, record, err);
}

/* What models read of a tool; the parts of a description that was taken apart count together. */
static enum status hash_description(struct import_walk *w, struct tool *t, struct err *err)
{
	const str parts[] = {t->description, t->main, t->args, t->returns, t->raises};
	char text[HASH_TEXT];
	struct hash h;
	size_t n = 0;
	hash_init(&h);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		hash_add_field(&h, parts[i].n ? parts[i] : (str){NULL, 0});
		n += parts[i].n;
	}
	if (!n)
		return OK;
	t->hash = str_copy(w->texts, hash_hex(&h, text));
	return t->hash.p ? OK : err_full(err);
}

static enum status read_parsed(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT(tool, "main", main), TEXT(tool, "args", args),
							  TEXT(tool, "returns", returns), TEXT(tool, "raises", raises),
							  END};
	if (w->json.event != JSON_OBJECT)
		return json_skip(&w->json, err);
	return import_walk_members(w, fields, record, err);
}

static enum status read_tool(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT(tool, "name", name),
							  TEXT(tool, "description", description),
							  CALL("parsed_description", read_parsed), END};
	struct record *r = record;
	struct tool *t = arena_new(w->texts, struct tool, 1);
	if (!t)
		return err_full(err);
	*t = (struct tool){.line = w->json.line};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a tool (an object)", err);
	TRY(import_walk_members(w, fields, t, err));
	TRY(hash_description(w, t, err));
	if (r->last)
		r->last->next = t;
	else
		r->tools = t;
	r->last = t;
	return OK;
}

static enum status read_tools(struct import_walk *w, void *record, struct err *err)
{
	return import_walk_each(w, read_tool, record, err);
}

static const struct import_walk_field fields[] = {
    TEXT(record, "server_name", server_name),
    TEXT(record, "display_name", display_name),
    TEXT(record, "name", name),
    TEXT(record, "path", path),
    TEXT(record, "description", description),
    TEXT(record, "proxy_pass_url", url),
    TEXT(record, "transport", transport),
    CALL("supported_transports", read_transports),
    TEXT(record, "auth_scheme", auth),
    TEXT(record, "auth_type", auth_type),
    CALL("is_enabled", read_enabled),
    TEXT(record, "health_status", health),
    TEXT(record, "last_checked_iso", checked),
    CALL("tool_list", read_tools),
    CALL("tools", read_tools),
    END,
};

/* ---- its rows ---- */

static enum status refuse(const struct registry *g, int64_t line, const char *what, const char *hint, struct err *err)
{
	err_set(err, E_INVALID, "record %" PRId64 ": %s", g->in->facts->records, what);
	err_at(err, g->in->from->name, line, 0);
	err_hint(err, "%s", hint);
	return E_INVALID;
}

/* The state file writes a path with a / at its end, the record without one. */
static str path_of(str path)
{
	while (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--;
	return path;
}

static str auth_of(struct registry *g, const struct record *r)
{
	static const struct {
		str word, auth;
	} words[] = {
	    {S("none"), S("none")},      {S("bearer"), S("api_key")}, {S("api_key"), S("api_key")},
	    {S("apikey"), S("api_key")}, {S("oauth"), S("oauth")},    {S("oauth2"), S("oauth")},
	    {S("oauth2.1"), S("oauth")}, {S("basic"), S("api_key")},
	};
	str word = first_of(r->auth, r->auth_type);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (import_same_word(word, words[i].word))
			return words[i].auth;
	if (word.n)
		import_flaw_note(&g->auth, r->line);
	return (str){NULL, 0};
}

static str transport_of(struct registry *g, const struct record *r)
{
	str said = r->transports > 1 ? (str){NULL, 0} : import_mcp_transport(r->transport);
	if (r->transports <= 1 && r->transport.n && !said.n)
		import_flaw_note(&g->transport, r->line);
	return said;
}

static enum status take_time(struct registry *g, const struct record *r, struct evidence_record *row, struct err *err)
{
	struct import_facts *facts = g->in->facts;
	int64_t ms;
	bool has_zone;
	if (!r->checked.n)
		return OK;
	if (!time_parse_zone(r->checked, &ms, &has_zone))
		return refuse(g, r->line, "its last_checked_iso is no time",
			      "ISO 8601 expected, such as 2026-04-03T10:00:00Z", err);
	if (!has_zone)
		import_flaw_note(&g->no_zone, r->line);
	if (!facts->has_time || ms > facts->observed_ms)
		facts->observed_ms = ms;
	facts->has_time = true;
	if (str_starts(r->health, S("healthy")))
		evidence_set_time(row, S("last_seen_at"), ms);
	return OK;
}

static enum status push_tools(struct registry *g, const struct record *r, str server, struct err *err)
{
	for (const struct tool *t = r->tools; t; t = t->next) {
		struct evidence_record row = {.kind = EVIDENCE_TOOL, .line = t->line};
		row.record = g->in->facts->records;
		if (!t->name.n) {
			import_flaw_note(&g->unnamed, t->line);
			continue;
		}
		size_t n = server.n + 1 + t->name.n;
		char *id = arena_alloc(&g->scratch, n, 1);
		if (!id)
			return err_full(err);
		memcpy(id, server.p, server.n);
		id[server.n] = '|';
		memcpy(id + server.n + 1, t->name.p, t->name.n);
		row.id = (str){id, n};
		evidence_set_text(&row, S("name"), t->name);
		evidence_set_text(&row, S("server_id"), server);
		evidence_set_text(&row, S("description_hash"), t->hash);
		TRY(import_seen_push(&g->rows, g->in, &row, &g->scratch, err));
	}
	return OK;
}

static enum status push(struct registry *g, const struct record *r, struct err *err)
{
	struct evidence_record row = {.kind = EVIDENCE_MCP_SERVER, .main = true, .line = r->line};
	str name = first_of(r->server_name, first_of(r->display_name, r->name)), address;
	bool has_key;
	row.record = ++g->in->facts->records;
	row.id = first_of(path_of(r->path), name);
	if (!row.id.n || !(r->path.n || r->url.n))
		return refuse(g, r->line, "nothing tells which server it is",
			      "path, or proxy_pass_url and a name, expected", err);
	TRY(import_mcp_address(&g->scratch, r->url, &address, &has_key, err));
	if (r->url.n && !address.n)
		import_flaw_note(&g->address, r->line);
	evidence_set_text(&row, S("name"), name);
	evidence_set_text(&row, S("purpose"), r->description);
	evidence_set_text(&row, S("url"), address);
	evidence_set_text(&row, S("transport"), transport_of(g, r));
	evidence_set_text(&row, S("auth"), has_key ? S("api_key") : auth_of(g, r));
	evidence_set_bool(&row, S("registered"), true);
	if (r->enabled.known)
		evidence_set_bool(&row, S("approved"), r->enabled.i64);
	TRY(take_time(g, r, &row, err));
	str server = import_seen_fit(&g->scratch, row.id);
	if (!server.p)
		return err_full(err);
	TRY(import_seen_push(&g->rows, g->in, &row, &g->scratch, err));
	return push_tools(g, r, server, err);
}

static enum status read_listed(struct import_walk *w, void *registry, struct err *err)
{
	struct registry *g = registry;
	struct record r = {.file = g, .line = w->json.line};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "the record of a server (an object)", err);
	enum status status = import_walk_members(w, fields, &r, err);
	if (status == OK)
		status = push(g, &r, err);
	arena_release(&g->scratch);
	return status;
}

/* ---- the file ---- */

static enum status read_state(struct import_walk *w, str path, struct registry *g, struct err *err)
{
	struct evidence_record row = {.kind = EVIDENCE_MCP_SERVER, .main = true, .line = w->json.line};
	struct evidence_value on = {0};
	TRY(read_truth(w, &on, err));
	g->has_states = true;
	row.id = path_of(path);
	row.record = ++g->in->facts->records;
	evidence_set_bool(&row, S("registered"), true);
	if (on.known)
		evidence_set_bool(&row, S("approved"), on.i64);
	enum status status = import_seen_push(&g->rows, g->in, &row, &g->scratch, err);
	arena_release(&g->scratch);
	return status;
}

static enum status read_field(struct import_walk *w, str key, struct record *r, struct err *err)
{
	size_t i = 0;
	while (fields[i].key.n && !str_eq(fields[i].key, key))
		i++;
	if (!fields[i].key.n)
		return json_skip(&w->json, err);
	if (r->had >> i & 1) {
		(void)json_expected(&w->json, "a member that does not stand there already", err);
		err_detail(err, "\"%.*s\" stands twice in one object", STR_ARG(key));
		return E_INVALID;
	}
	r->had |= UINT64_C(1) << i;
	if (fields[i].type == IMPORT_WALK_TEXT)
		return import_walk_text(w, (str *)((char *)r + fields[i].at), err);
	return fields[i].call(w, r, err);
}

/* A member of the outer object: of a record, of the state file, or the list of records. */
static enum status read_member(struct import_walk *w, str key, void *record, struct err *err)
{
	struct record *r = record;
	struct registry *g = r->file;
	if (!r->had && !g->has_list && str_starts(key, S("/")))
		return read_state(w, key, g, err);
	if (g->has_states)
		return json_expected(&w->json, "a path that begins with /", err);
	if (str_eq(key, S("servers")) && !r->had && !g->has_list) {
		g->has_list = true;
		return import_walk_each(w, read_listed, g, err);
	}
	return g->has_list ? json_skip(&w->json, err) : read_field(w, key, r, err);
}

static enum status read_records(struct registry *g, struct err *err)
{
	struct import_walk *w = &g->walk;
	struct record r = {.file = g};
	TRY(json_next(&w->json, err));
	r.line = w->json.line;
	if (w->json.event == JSON_ARRAY) {
		TRY(import_walk_each(w, read_listed, g, err));
		return json_next(&w->json, err);
	}
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "records of a registry (a list or an object)", err);
	TRY(import_map_each(w, read_member, &r, err));
	if (!g->has_states && !g->has_list)
		TRY(push(g, &r, err));
	return json_next(&w->json, err);
}

static enum status warn(const struct registry *g, struct err *err)
{
	const struct import_input *in = g->in;
	TRY(import_flaw_warn(in, &g->transport, S("a transport is none of stdio, http and sse: it stays unknown"),
			     err));
	TRY(import_flaw_warn(in, &g->auth, S("a kind of authentication is not known: it stays unknown"), err));
	TRY(import_flaw_warn(in, &g->address, S("an address is none of http or https: left out"), err));
	TRY(import_flaw_warn(in, &g->no_zone, S("a time names no zone: taken as UTC"), err));
	TRY(import_flaw_warn(in, &g->unnamed, S("a tool without a name is left out"), err));
	return import_seen_warn(&g->rows, in, "server or tool", err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct registry *g = arena_new(in->arena, struct registry, 1);
	if (!g)
		return err_full(err);
	*g = (struct registry){.in = in, .scratch = ARENA(LIMIT_RECORD_BYTES), .rows.seen.arena = in->arena};
	g->walk.texts = &g->scratch;
	TRY(json_open(&g->walk.json, in->from, in->arena, err));
	enum status status = read_records(g, err);
	arena_release(&g->scratch);
	TRY(status);
	return warn(g, err);
}

/* ---- detection ---- */

/* Standing on an object: how sure its members make that it is a record. */
static int record_in(struct json_reader *r)
{
	bool named = false, path = false, counted = false;
	while (json_next(r, NULL) == OK && r->event == JSON_KEY) {
		if (str_eq(r->text, S("proxy_pass_url")) || str_eq(r->text, S("tool_list")))
			return 100;
		named = named || str_eq(r->text, S("server_name")) || str_eq(r->text, S("display_name"));
		path = path || str_eq(r->text, S("path"));
		counted = counted || str_eq(r->text, S("num_tools"));
		if (path && (named || counted))
			return 90;
		if (json_skip(r, NULL) != OK)
			return 0;
	}
	return 0;
}

/* Standing on the first key of the outer object. */
static int outer(struct json_reader *r)
{
	if (str_starts(r->text, S("/"))) {
		bool truth = json_next(r, NULL) == OK && (r->event == JSON_TRUE || r->event == JSON_FALSE);
		return truth ? 70 : 0;
	}
	do {
		bool list = str_eq(r->text, S("servers"));
		if (!list && json_skip(r, NULL) != OK)
			return 0;
		if (list)
			return json_next(r, NULL) == OK && r->event == JSON_ARRAY && json_next(r, NULL) == OK &&
				       r->event == JSON_OBJECT
				   ? record_in(r)
				   : 0;
	} while (json_next(r, NULL) == OK && r->event == JSON_KEY);
	return 0;
}

static int sure_of(struct json_reader *r)
{
	if (json_next(r, NULL) != OK)
		return 0;
	if (r->event == JSON_ARRAY)
		return json_next(r, NULL) == OK && r->event == JSON_OBJECT ? record_in(r) : 0;
	if (r->event != JSON_OBJECT || json_next(r, NULL) != OK || r->event != JSON_KEY)
		return 0;
	return outer(r);
}

static int sniff(str head, bool complete)
{
	struct arena a = ARENA((size_t)16 << 20);
	struct source from = source_text(S("head"), head);
	struct json_reader r = {0};
	(void)complete;
	if (import_walk_shape(head) == IMPORT_WALK_OTHER)
		return 0;
	if (import_walk_shape(head) == IMPORT_WALK_IS_OBJECT &&
	    (import_walk_has(head, S("proxy_pass_url")) || import_walk_has(head, S("tool_list"))))
		return 100;
	if (import_walk_shape(head) == IMPORT_WALK_IS_OBJECT && import_walk_has(head, S("server_name")) &&
	    import_walk_has(head, S("path")))
		return 90;
	int sure = json_open(&r, &from, &a, NULL) == OK ? sure_of(&r) : 0;
	arena_release(&a);
	return sure;
}

const struct import_format import_mcp_registry = {.name = S("mcp_registry"),
						  .title = S("records of an MCP gateway's registry, JSON"),
						  .secrets = true,
						  .kinds =
						      EVIDENCE_BIT(EVIDENCE_MCP_SERVER) | EVIDENCE_BIT(EVIDENCE_TOOL),
						  .always = EVIDENCE_BIT(EVIDENCE_MCP_SERVER),
						  .sniff = sniff,
						  .read = read_file};
