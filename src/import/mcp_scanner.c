/*
 * Results of Cisco's mcp-scanner: what its analysers said of the tools, prompts, resources and instructions of a
 * server. One report, or a list of them. Its items are kept until it ends, as the server may be named behind them.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "import/mcp.h"

struct scanner {
	struct import_input *in;
	struct import_walk walk;
	struct arena scratch; /* of the current report */
	int64_t reports;
	struct import_seen_rows rows;
	struct import_flaw skipped, unnamed, contradicts, unsure, address, packages;
};

enum safe { SAFE_UNKNOWN, SAFE_YES, SAFE_NO };

struct item {
	struct item *next;
	int64_t line, high, found; /* findings of high or critical analysers, of all */
	bool unsure;               /* findings without a severity */
	str tool, prompt, resource, package, type, status;
	str severity; /* of the analyser that is being read */
	struct evidence_value total;
	enum safe safe;
};

struct report {
	struct scanner *file;
	int64_t line;
	str server_url, server_name, part; /* what was scanned; empty: the tools too */
	struct item own;                   /* of the instructions */
	bool has_items;
	struct item *items, *last;
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

/* ---- an item ---- */

static enum status read_safe(struct import_walk *w, void *record, struct err *err)
{
	struct item *i = record;
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_TRUE && w->json.event != JSON_FALSE)
		return json_expected(&w->json, "true, false or null", err);
	i->safe = w->json.event == JSON_TRUE ? SAFE_YES : SAFE_NO;
	return OK;
}

static enum status read_analyser(struct import_walk *w, str name, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    TEXT(item, "severity", severity),
	    {.key = S("total_findings"), .type = IMPORT_WALK_INT, .at = offsetof(struct item, total)},
	    END};
	struct item *i = record;
	(void)name;
	i->severity = (str){NULL, 0};
	i->total = (struct evidence_value){0};
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "the findings of an analyser (an object)", err);
	TRY(import_walk_members(w, fields, i, err));
	if (i->total.known && (i->total.i64 < 0 || i->total.i64 > LIMIT_COUNT))
		return json_expected(&w->json, "a count of findings from 0 to 1000000000", err);
	bool high = str_eq_fold(i->severity, S("high")) || str_eq_fold(i->severity, S("critical"));
	bool light = str_eq_fold(i->severity, S("medium")) || str_eq_fold(i->severity, S("low")) ||
		     str_eq_fold(i->severity, S("info")) || str_eq_fold(i->severity, S("safe"));
	/* A severity without a count is of one finding at least. */
	int64_t n = i->total.known ? i->total.i64 : high;
	i->found += n;
	i->high += high ? n : 0;
	i->unsure = i->unsure || (!high && !light && n > 0);
	return OK;
}

static enum status read_findings(struct import_walk *w, void *record, struct err *err)
{
	return import_map_each(w, read_analyser, record, err);
}

static enum status read_item(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT(item, "tool_name", tool),
							  TEXT(item, "prompt_name", prompt),
							  TEXT(item, "resource_uri", resource),
							  TEXT(item, "package_name", package),
							  TEXT(item, "item_type", type),
							  TEXT(item, "status", status),
							  CALL("is_safe", read_safe),
							  CALL("findings", read_findings),
							  END};
	struct report *r = record;
	struct item *i = arena_new(w->texts, struct item, 1);
	if (!i)
		return err_full(err);
	*i = (struct item){.line = w->json.line};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "the result of a tool, prompt or resource (an object)", err);
	TRY(import_walk_members(w, fields, i, err));
	r->file->in->facts->records++;
	if (r->last)
		r->last->next = i;
	else
		r->items = i;
	r->last = i;
	return OK;
}

static bool is_judged(const struct item *i)
{
	return i->safe != SAFE_UNKNOWN && (!i->status.n || str_eq_fold(i->status, S("completed")));
}

/* How many high findings; -1 when that cannot be told. */
static int64_t issues_of(struct scanner *g, const struct item *i)
{
	if (i->safe == SAFE_YES && i->found > 0)
		import_flaw_note(&g->contradicts, i->line);
	if (i->high)
		return i->high;
	if (!i->unsure && (i->safe == SAFE_YES || i->found))
		return 0;
	import_flaw_note(&g->unsure, i->line);
	return -1;
}

/* ---- a report ---- */

static enum status refuse(const struct scanner *g, const struct report *r, const char *what, const char *hint,
			  struct err *err)
{
	err_set(err, E_INVALID, "report %" PRId64 ": %s", g->reports, what);
	err_at(err, g->in->from->name, r->line, 0);
	err_hint(err, "%s", hint);
	return E_INVALID;
}

static enum status join(struct arena *texts, str a, str between, str b, str *out, struct err *err)
{
	const str parts[] = {a, between, b};
	size_t at = 0;
	char *p = arena_alloc(texts, a.n + between.n + b.n + 1, 1);
	if (!p)
		return err_full(err);
	for (int i = 0; i < 3; i++) {
		if (parts[i].n)
			memcpy(p + at, parts[i].p, parts[i].n);
		at += parts[i].n;
	}
	*out = (str){p, at};
	return OK;
}

static void set_scan(const struct scanner *g, struct evidence_record *row, bool scanned, int64_t issues)
{
	if (g->in->given_ms)
		evidence_set_time(row, S("last_seen_at"), *g->in->given_ms);
	if (!scanned)
		return;
	if (g->in->given_ms)
		evidence_set_time(row, S("scanned_at"), *g->in->given_ms);
	if (issues >= 0)
		evidence_set_int(row, S("scan_issues"), issues);
}

static enum status push_tool(struct scanner *g, const struct item *i, str server, int64_t record, int64_t issues,
			     struct err *err)
{
	struct evidence_record row = {.kind = EVIDENCE_TOOL, .main = true, .record = record, .line = i->line};
	TRY(join(&g->scratch, server, S("|"), i->tool, &row.id, err));
	evidence_set_text(&row, S("name"), i->tool);
	evidence_set_text(&row, S("server_id"), server);
	set_scan(g, &row, is_judged(i), issues);
	return import_seen_push(&g->rows, g->in, &row, &g->scratch, err);
}

/* Of all items of a report. */
struct sum {
	int64_t high;
	bool tools, unsure;
};

static enum status take_item(struct scanner *g, const struct item *i, str server, int64_t record, struct sum *sum,
			     struct err *err)
{
	bool judged = is_judged(i), tool = i->tool.n > 0;
	int64_t issues = judged ? issues_of(g, i) : -1;
	if (!judged)
		import_flaw_note(&g->skipped, i->line);
	if (i->package.n) {
		import_flaw_note(&g->packages, i->line);
		return OK;
	}
	if (!tool && !i->prompt.n && !i->resource.n)
		import_flaw_note(&g->unnamed, i->line);
	if (judged) {
		sum->high += issues > 0 ? issues : 0;
		sum->unsure = sum->unsure || issues < 0;
		sum->tools = sum->tools || tool;
	}
	return tool ? push_tool(g, i, server, record, issues, err) : OK;
}

/* A server counts as scanned when tools of it were judged; what was found elsewhere counts in any case. */
static enum status push_server(struct scanner *g, const struct report *r, str id, str address, const struct sum *sum,
			       struct err *err)
{
	struct evidence_record row = {.kind = EVIDENCE_MCP_SERVER, .id = id, .line = r->line};
	evidence_set_text(&row, S("name"), r->server_name);
	evidence_set_text(&row, S("url"), address);
	set_scan(g, &row, sum->tools || sum->high, sum->unsure && !sum->high ? -1 : sum->high);
	return import_seen_push(&g->rows, g->in, &row, &g->scratch, err);
}

/* One server, one feed, and another for what is scanned beside its tools; else none. */
static enum status name_feed(struct scanner *g, const struct report *r, str server, struct err *err)
{
	str name;
	g->in->facts->identity = (str){NULL, 0};
	if (g->reports > 1)
		return OK;
	TRY(join(g->in->arena, S("mcp_scanner:"), server, r->part, &name, err));
	g->in->facts->identity = import_seen_fit(g->in->arena, name);
	return g->in->facts->identity.p ? OK : err_full(err);
}

static enum status push(struct scanner *g, struct report *r, int64_t record, struct err *err)
{
	struct sum sum = {0};
	str address, server = r->server_url, rest;
	bool has_key;
	if (!server.n)
		return refuse(g, r, "no server_url tells which server was scanned",
			      "the raw output of a scan of a server expected", err);
	if (!r->has_items && r->own.safe == SAFE_UNKNOWN && !r->own.status.n)
		return refuse(g, r, "it has no results", "scan_results, results, resources or is_safe expected", err);
	TRY(import_mcp_address(&g->scratch, server, &address, &has_key, err));
	if (!address.n) {
		/* A command, whose arguments may hold keys. */
		import_flaw_note(&g->address, r->line);
		(void)str_cut(str_trim(server), ' ', &server, &rest);
	}
	server = import_seen_fit(&g->scratch, address.n ? address : r->server_name.n ? r->server_name : server);
	if (!server.p || !server.n)
		return server.p ? refuse(g, r, "its server_url is empty", "an address expected", err) : err_full(err);
	for (const struct item *i = r->items; i; i = i->next)
		TRY(take_item(g, i, server, ++record, &sum, err));
	if (is_judged(&r->own)) {
		int64_t issues = issues_of(g, &r->own);
		sum.high += issues > 0 ? issues : 0;
		sum.unsure = sum.unsure || issues < 0;
	}
	TRY(name_feed(g, r, server, err));
	return push_server(g, r, server, address, &sum, err);
}

static enum status read_items(struct import_walk *w, struct report *r, str part, struct err *err)
{
	if (r->has_items)
		return json_expected(&w->json, "one list of results", err);
	r->has_items = w->json.event == JSON_ARRAY;
	r->part = part;
	return import_walk_each(w, read_item, r, err);
}

static enum status read_scan_results(struct import_walk *w, void *record, struct err *err)
{
	return read_items(w, record, (str){NULL, 0}, err);
}

static enum status read_results(struct import_walk *w, void *record, struct err *err)
{
	return read_items(w, record, S(":prompts"), err);
}

static enum status read_resources(struct import_walk *w, void *record, struct err *err)
{
	return read_items(w, record, S(":resources"), err);
}

static enum status read_own_safe(struct import_walk *w, void *record, struct err *err)
{
	struct report *r = record;
	r->part = S(":instructions");
	return read_safe(w, &r->own, err);
}

static enum status read_own_findings(struct import_walk *w, void *record, struct err *err)
{
	struct report *r = record;
	return read_findings(w, &r->own, err);
}

static enum status take_report(struct import_walk *w, struct scanner *g, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT(report, "server_url", server_url),
							  TEXT(report, "server_name", server_name),
							  TEXT(report, "status", own.status),
							  CALL("is_safe", read_own_safe),
							  CALL("findings", read_own_findings),
							  CALL("scan_results", read_scan_results),
							  CALL("results", read_results),
							  CALL("resources", read_resources),
							  END};
	struct report r = {.file = g, .line = w->json.line, .own.line = w->json.line};
	int64_t record = g->in->facts->records;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a report of mcp-scanner (an object)", err);
	g->reports++;
	TRY(import_walk_members(w, fields, &r, err));
	return push(g, &r, record, err);
}

static enum status read_report(struct import_walk *w, void *scanner, struct err *err)
{
	struct scanner *g = scanner;
	enum status status = take_report(w, g, err);
	arena_release(&g->scratch);
	return status;
}

/* ---- the file ---- */

static enum status warn(const struct scanner *g, struct err *err)
{
	const struct import_input *in = g->in;
	TRY(import_flaw_warn(in, &g->skipped, S("an item was not judged (skipped, failed, or without is_safe)"), err));
	TRY(import_flaw_warn(in, &g->contradicts, S("an item is called safe and has findings: these count"), err));
	TRY(import_flaw_warn(in, &g->unsure, S("findings without a severity: their weight stays unknown"), err));
	TRY(import_flaw_warn(in, &g->unnamed, S("a result names no tool, prompt or resource"), err));
	TRY(import_flaw_warn(in, &g->packages, S("the result of a package is not about a server: left out"), err));
	TRY(import_flaw_warn(in, &g->address, S("a server_url is none of http or https: only its first word is kept"),
			     err));
	return import_seen_warn(&g->rows, in, "server or tool", err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct scanner *g = arena_new(in->arena, struct scanner, 1);
	enum status status;
	if (!g)
		return err_full(err);
	*g = (struct scanner){.in = in, .scratch = ARENA(LIMIT_RECORD_BYTES), .rows.seen.arena = in->arena};
	g->walk.texts = &g->scratch;
	TRY(json_open(&g->walk.json, in->from, in->arena, err));
	TRY(json_next(&g->walk.json, err));
	if (g->walk.json.event == JSON_ARRAY)
		status = import_walk_each(&g->walk, read_report, g, err);
	else
		status = read_report(&g->walk, g, err);
	TRY(status);
	TRY(json_next(&g->walk.json, err));
	return warn(g, err);
}

static int sniff(str head, bool complete)
{
	(void)complete;
	if (import_walk_shape(head) == IMPORT_WALK_OTHER || !import_walk_has(head, S("server_url")))
		return 0;
	if (import_walk_has(head, S("scan_results")))
		return 100;
	bool parts = import_walk_has(head, S("results")) || import_walk_has(head, S("resources"));
	bool counts = import_walk_has(head, S("total_prompts")) || import_walk_has(head, S("total_resources"));
	return import_walk_has(head, S("is_safe")) || (parts && counts) ? 90 : 0;
}

const struct import_format import_mcp_scanner = {.name = S("mcp_scanner"),
						 .title = S("results of Cisco mcp-scanner, JSON"),
						 .secrets = true,
						 .kinds =
						     EVIDENCE_BIT(EVIDENCE_MCP_SERVER) | EVIDENCE_BIT(EVIDENCE_TOOL),
						 .always = EVIDENCE_BIT(EVIDENCE_MCP_SERVER),
						 .sniff = sniff,
						 .read = read_file};
