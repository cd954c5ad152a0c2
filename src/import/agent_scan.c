/*
 * Results of agent-scan (mcp-scan): an object of scan paths, each with its servers and its issues. Issues refer to
 * servers and their tools by number and may come before them, so one path is kept until it ends.
 */
#include <stddef.h>
#include <string.h>

#include "base/limits.h"
#include "import/mcp.h"

struct scan {
	struct import_input *in;
	struct import_walk walk;
	struct arena scratch; /* of the current path */
	int64_t issues;       /* of the whole file */
	struct import_seen_rows rows;
	struct import_flaw skill, unnamed, code, nowhere, failed, silent;
};

/* What issues said about a server or a tool. */
struct judged {
	int64_t high;
	bool unsure;    /* an issue of unknown weight */
	bool unscanned; /* it could not be scanned, or somebody excepted it */
};

struct tool {
	struct tool *next;
	str name;
	int64_t line;
	struct judged judged;
};

struct server {
	struct server *next;
	struct scan *file;
	int64_t line, before_tools; /* prompts, resources and templates: they are numbered before the tools */
	str name, type, inner_type, command, url, server_url;
	bool inspected, failed;
	struct tool *tools, *last;
	struct judged judged;
};

struct issue {
	struct issue *next;
	str code;
	int64_t line, parts, server, entity; /* -1: none */
};

struct result {
	struct scan *file;
	bool has_servers, has_issues, has_error, failed;
	struct server *servers, *last;
	struct issue *issues, *last_issue;
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

/* ---- a server ---- */

static enum status read_counted(struct import_walk *w, void *record, struct err *err)
{
	struct server *s = record;
	s->before_tools++;
	return json_skip(&w->json, err);
}

static enum status read_entities(struct import_walk *w, void *record, struct err *err)
{
	return import_walk_each(w, read_counted, record, err);
}

static enum status read_tool(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT(tool, "name", name), END};
	struct server *s = record;
	struct tool *t = arena_new(w->texts, struct tool, 1);
	if (!t)
		return err_full(err);
	*t = (struct tool){.line = w->json.line};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a tool (an object)", err);
	TRY(import_walk_members(w, fields, t, err));
	if (s->last)
		s->last->next = t;
	else
		s->tools = t;
	s->last = t;
	return OK;
}

static enum status read_tools(struct import_walk *w, void *record, struct err *err)
{
	return import_walk_each(w, read_tool, record, err);
}

static enum status read_signature(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    CALL("prompts", read_entities), CALL("resources", read_entities), CALL("resource_templates", read_entities),
	    CALL("tools", read_tools), END};
	struct server *s = record;
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a signature (an object)", err);
	s->inspected = true;
	return import_walk_members(w, fields, s, err);
}

static enum status read_server_error(struct import_walk *w, void *record, struct err *err)
{
	struct server *s = record;
	s->failed = w->json.event != JSON_NULL;
	return json_skip(&w->json, err);
}

static enum status read_config(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT(server, "type", inner_type),
							  TEXT(server, "command", command), TEXT(server, "url", url),
							  TEXT(server, "serverUrl", server_url), END};
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "the settings of a server (an object)", err);
	return import_walk_members(w, fields, record, err);
}

static enum status read_server(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    TEXT(server, "name", name),        TEXT(server, "type", type),       CALL("server", read_config),
	    CALL("signature", read_signature), CALL("error", read_server_error), END};
	struct result *r = record;
	struct server *s = arena_new(w->texts, struct server, 1);
	if (!s)
		return err_full(err);
	*s = (struct server){.file = r->file, .line = w->json.line};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a server (an object)", err);
	TRY(import_walk_members(w, fields, s, err));
	r->file->in->facts->records++;
	if (r->last)
		r->last->next = s;
	else
		r->servers = s;
	r->last = s;
	return OK;
}

/* ---- an issue ---- */

static enum status read_number(struct import_walk *w, void *record, struct err *err)
{
	struct issue *i = record;
	struct evidence_value v = {0};
	TRY(import_walk_int(w, &v, err));
	if (v.known && v.i64 < 0)
		return json_expected(&w->json, "a number from 0", err);
	if (i->parts == 0)
		i->server = v.known ? v.i64 : -1;
	else if (i->parts == 1)
		i->entity = v.known ? v.i64 : -1;
	else
		return json_expected(&w->json, "two numbers", err);
	i->parts++;
	return OK;
}

static enum status read_reference(struct import_walk *w, void *record, struct err *err)
{
	return import_walk_each(w, read_number, record, err);
}

static enum status read_issue(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT(issue, "code", code), CALL("reference", read_reference),
							  END};
	struct result *r = record;
	struct issue *i = arena_new(w->texts, struct issue, 1);
	if (!i)
		return err_full(err);
	*i = (struct issue){.line = w->json.line, .server = -1, .entity = -1};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an issue (an object)", err);
	TRY(import_walk_members(w, fields, i, err));
	if (!i->code.n)
		return json_expected(&w->json, "an issue with a code", err);
	r->file->issues++;
	if (r->last_issue)
		r->last_issue->next = i;
	else
		r->issues = i;
	r->last_issue = i;
	return OK;
}

enum weight { LIGHT, HIGH, UNSURE, EXCEPTED };

/* After the tool's list of issue codes. E is always high or critical, X says that something was not judged. */
static enum weight weight_of(struct scan *g, const struct issue *i)
{
	static const str high[] = {S("W007"), S("W008"), S("W012")};
	static const str light[] = {S("W001"), S("W009"), S("W011"), S("W013"), S("W014"), S("W015"), S("W016"),
				    S("W017"), S("W018"), S("W019"), S("W020"), S("W021"),
				    /* internal to the tool */
				    S("W003"), S("W004"), S("W005"), S("W006")};
	if (str_starts(i->code, S("E")))
		return HIGH;
	if (str_starts(i->code, S("X")))
		return EXCEPTED;
	for (size_t k = 0; k < sizeof high / sizeof *high; k++)
		if (str_eq(i->code, high[k]))
			return HIGH;
	for (size_t k = 0; k < sizeof light / sizeof *light; k++)
		if (str_eq(i->code, light[k]))
			return LIGHT;
	import_flaw_note(&g->code, i->line);
	return UNSURE;
}

static void judge(struct judged *j, enum weight w)
{
	j->high += w == HIGH;
	j->unsure = j->unsure || w == UNSURE;
	j->unscanned = j->unscanned || w == EXCEPTED;
}

static struct tool *tool_at(const struct server *s, int64_t entity)
{
	struct tool *t = s->tools;
	for (entity -= s->before_tools; t && entity > 0; entity--)
		t = t->next;
	return entity == 0 ? t : NULL;
}

/* An excepted tool does not except its server; an excepted server excepts its tools. */
static void judge_server(struct scan *g, struct server *s, const struct issue *i, enum weight w)
{
	struct tool *t = i->entity >= 0 ? tool_at(s, i->entity) : NULL;
	if (t)
		judge(&t->judged, w);
	if (i->entity >= s->before_tools && !t)
		import_flaw_note(&g->nowhere, i->line);
	if (!(t && w == EXCEPTED))
		judge(&s->judged, w);
	if (i->entity < 0 && w == EXCEPTED)
		for (t = s->tools; t; t = t->next)
			judge(&t->judged, w);
}

/* An issue without a server is one of the whole path: each of its servers takes part in it. */
static void judge_path(struct scan *g, const struct result *r)
{
	for (const struct issue *i = r->issues; i; i = i->next) {
		enum weight w = weight_of(g, i);
		struct server *s = r->servers;
		for (int64_t n = i->server; s && n > 0; n--)
			s = s->next;
		if (i->server >= 0 && s) {
			judge_server(g, s, i, w);
			continue;
		}
		if (i->server >= 0)
			import_flaw_note(&g->nowhere, i->line);
		struct issue all = {.entity = -1, .line = i->line};
		for (s = r->servers; s; s = s->next)
			judge_server(g, s, &all, w);
	}
}

/* ---- rows ---- */

static str first_of(str a, str b)
{
	return a.n ? a : b;
}

static void set_scan(const struct scan *g, struct evidence_record *row, const struct judged *j, bool scanned)
{
	if (g->in->given_ms)
		evidence_set_time(row, S("last_seen_at"), *g->in->given_ms);
	if (!scanned || j->unscanned)
		return;
	if (g->in->given_ms)
		evidence_set_time(row, S("scanned_at"), *g->in->given_ms);
	if (j->high || !j->unsure)
		evidence_set_int(row, S("scan_issues"), j->high);
}

static enum status push_tools(struct scan *g, const struct server *s, str server, bool scanned, int64_t record,
			      struct err *err)
{
	for (const struct tool *t = s->tools; t; t = t->next) {
		struct evidence_record row = {.kind = EVIDENCE_TOOL, .record = record, .line = t->line};
		size_t n = server.n + 1 + t->name.n;
		char *id = arena_alloc(&g->scratch, n, 1);
		if (!id)
			return err_full(err);
		if (!t->name.n) {
			import_flaw_note(&g->unnamed, t->line);
			continue;
		}
		memcpy(id, server.p, server.n);
		id[server.n] = '|';
		memcpy(id + server.n + 1, t->name.p, t->name.n);
		row.id = (str){id, n};
		evidence_set_text(&row, S("name"), t->name);
		evidence_set_text(&row, S("server_id"), server);
		set_scan(g, &row, &t->judged, scanned);
		TRY(import_seen_push(&g->rows, g->in, &row, &g->scratch, err));
	}
	return OK;
}

static enum status push(struct scan *g, const struct result *r, const struct server *s, int64_t record, struct err *err)
{
	struct evidence_record row = {.kind = EVIDENCE_MCP_SERVER, .main = true, .record = record, .line = s->line};
	str address, word = first_of(s->inner_type, s->type);
	bool has_key, scanned = s->inspected && !s->failed && !r->failed && r->has_issues;
	if (str_eq(word, S("skill"))) {
		import_flaw_note(&g->skill, s->line);
		return OK;
	}
	if (!s->name.n) {
		import_flaw_note(&g->unnamed, s->line);
		return OK;
	}
	if (!scanned)
		import_flaw_note(&g->failed, s->line);
	TRY(import_mcp_address(&g->scratch, first_of(s->url, s->server_url), &address, &has_key, err));
	row.id = s->name;
	evidence_set_text(&row, S("name"), s->name);
	evidence_set_text(&row, S("url"), address);
	evidence_set_text(&row, S("transport"), word.n ? import_mcp_transport(word) : s->command.n ? S("stdio") : word);
	set_scan(g, &row, &s->judged, scanned);
	TRY(import_seen_push(&g->rows, g->in, &row, &g->scratch, err));
	return push_tools(g, s, row.id, scanned, record, err);
}

/* ---- a path ---- */

static enum status read_servers(struct import_walk *w, void *record, struct err *err)
{
	struct result *r = record;
	r->has_servers = true;
	return import_walk_each(w, read_server, r, err);
}

static enum status read_issues(struct import_walk *w, void *record, struct err *err)
{
	struct result *r = record;
	r->has_issues = w->json.event == JSON_ARRAY;
	return import_walk_each(w, read_issue, r, err);
}

static enum status read_path_error(struct import_walk *w, void *record, struct err *err)
{
	struct result *r = record;
	r->has_error = true;
	r->failed = w->json.event != JSON_NULL;
	return json_skip(&w->json, err);
}

static enum status take_path(struct import_walk *w, struct scan *g, struct err *err)
{
	static const struct import_walk_field fields[] = {CALL("servers", read_servers), CALL("issues", read_issues),
							  CALL("error", read_path_error), END};
	struct result r = {.file = g};
	int64_t record = g->in->facts->records;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "the result of a scan path (an object)", err);
	TRY(import_walk_members(w, fields, &r, err));
	if (!r.has_servers && !r.has_issues && !r.has_error)
		return json_expected(&w->json, "the members servers, issues or error of a scan path", err);
	judge_path(g, &r);
	for (const struct server *s = r.servers; s; s = s->next)
		TRY(push(g, &r, s, ++record, err));
	return OK;
}

static enum status read_path(struct import_walk *w, str path, void *scan, struct err *err)
{
	struct scan *g = scan;
	if (str_eq(path, S("scan_path_responses"))) {
		(void)json_expected(&w->json, "results by path, as agent-scan up to 0.5 writes them,", err);
		err_hint(err, "the scores of later ones have no severities: scan with snyk-agent-scan@0.5.17 --json");
		return E_INVALID;
	}
	enum status status = take_path(w, g, err);
	arena_release(&g->scratch);
	return status;
}

static enum status warn(const struct scan *g, struct err *err)
{
	const struct import_input *in = g->in;
	TRY(import_flaw_warn(in, &g->skill, S("a skill is no MCP server: left out"), err));
	TRY(import_flaw_warn(in, &g->unnamed, S("a server or tool without a name is left out"), err));
	TRY(import_flaw_warn(in, &g->failed, S("a server was listed but not scanned"), err));
	TRY(import_flaw_warn(in, &g->code, S("an issue has a code that is not known: what it is about stays unknown"),
			     err));
	TRY(import_flaw_warn(in, &g->nowhere, S("an issue refers to something that the file does not list"), err));
	TRY(import_flaw_warn(in, &g->silent,
			     S("there is no issue at all: the output of inspect looks so too, and nobody judged that"),
			     err));
	return import_seen_warn(&g->rows, in, "server or tool", err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct scan *g = arena_new(in->arena, struct scan, 1);
	if (!g)
		return err_full(err);
	*g = (struct scan){.in = in, .scratch = ARENA(LIMIT_RECORD_BYTES), .rows.seen.arena = in->arena};
	g->walk.texts = &g->scratch;
	TRY(json_open(&g->walk.json, in->from, in->arena, err));
	TRY(json_next(&g->walk.json, err));
	if (g->walk.json.event != JSON_OBJECT)
		return json_expected(&g->walk.json, "the results of agent-scan (an object)", err);
	enum status status = import_map_each(&g->walk, read_path, g, err);
	arena_release(&g->scratch);
	TRY(status);
	TRY(json_next(&g->walk.json, err));
	if (in->facts->records && !g->issues)
		import_flaw_note(&g->silent, 0);
	return warn(g, err);
}

/* Standing on the first path's result. */
static int result_in(struct json_reader *r)
{
	bool servers = false, other = false;
	if (r->event != JSON_OBJECT)
		return 0;
	while (json_next(r, NULL) == OK && r->event == JSON_KEY) {
		bool is_servers = str_eq(r->text, S("servers"));
		other =
		    other || str_eq(r->text, S("issues")) || str_eq(r->text, S("path")) || str_eq(r->text, S("client"));
		if (is_servers)
			servers = json_next(r, NULL) == OK && (r->event == JSON_ARRAY || r->event == JSON_NULL);
		if (servers && other)
			return 100;
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
	if (json_open(&r, &from, &a, NULL) == OK && json_next(&r, NULL) == OK && json_next(&r, NULL) == OK &&
	    r.event == JSON_KEY) {
		bool later = str_eq(r.text, S("scan_path_responses"));
		if (json_next(&r, NULL) == OK)
			sure = later ? 90 : result_in(&r);
	}
	arena_release(&a);
	return sure;
}

const struct import_format import_agent_scan = {.name = S("agent_scan"),
						.title = S("agent-scan (mcp-scan) results, JSON"),
						.secrets = true,
						.kinds =
						    EVIDENCE_BIT(EVIDENCE_MCP_SERVER) | EVIDENCE_BIT(EVIDENCE_TOOL),
						.always = EVIDENCE_BIT(EVIDENCE_MCP_SERVER),
						.sniff = sniff,
						.read = read_file};
