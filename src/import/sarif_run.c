#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/time.h"
#include "import/sarif.h"

#define END                                                                                                            \
	{                                                                                                              \
		.key = { NULL, 0 }                                                                                     \
	}

static enum status keep_one(struct import_sarif *s, struct err *err)
{
	if (s->kept++ < LIMIT_SARIF_KEPT)
		return OK;
	err_set(err, E_TOO_LARGE, "the log has more than %d rules and artifacts", LIMIT_SARIF_KEPT);
	err_at(err, s->in->from->name, s->walk.json.line, 0);
	err_hint(err, "split it into a log per run");
	return E_TOO_LARGE;
}

/* ---- rules ---- */

struct read_rule {
	struct import_sarif *log;
	str id, name, brief, full, level, score;
};

/* What is in `properties` is the tool's own: where it has another form it is passed over. */
static enum status read_score(struct import_walk *w, void *record, struct err *err)
{
	struct read_rule *r = record;
	if (w->json.event == JSON_STRING || w->json.event == JSON_NUMBER)
		return import_walk_text(w, &r->score, err);
	return json_skip(&w->json, err);
}

static enum status read_properties(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    {.key = S("security-severity"), .type = IMPORT_WALK_CALL, .call = read_score}, END};
	return w->json.event == JSON_OBJECT ? import_walk_members(w, fields, record, err) : json_skip(&w->json, err);
}

static enum status read_brief(struct import_walk *w, void *record, struct err *err)
{
	return import_walk_line(w, &((struct read_rule *)record)->brief, err);
}

static enum status read_full(struct import_walk *w, void *record, struct err *err)
{
	return import_walk_line(w, &((struct read_rule *)record)->full, err);
}

static enum status add_rule(struct import_sarif_run *run, size_t component, const struct read_rule *read,
			    struct err *err)
{
	struct import_sarif *s = run->log;
	struct import_sarif_component *c = &run->components[component];
	struct import_seen_entry *e;
	char scope[24];
	struct import_sarif_rule rule = {.id = read->id, .name = read->name};
	rule.title = read->brief.n ? read->brief : read->full;
	if (read->level.n && !import_sarif_level(read->level, &rule.by_level))
		import_flaw_note(&s->level, s->walk.json.line);
	if (read->score.n && !import_sarif_score(read->score, &rule.by_score))
		import_flaw_note(&s->score, s->walk.json.line);
	c->rules = arena_grow(s->in->arena, c->rules, c->n, c->n + 1, sizeof rule, &c->cap);
	if (!c->rules)
		return err_full(err);
	c->rules[c->n] = rule;
	int n = snprintf(scope, sizeof scope, "%" PRId64, run->number);
	TRY(import_seen_add(&s->rules, (str){scope, (size_t)n}, rule.id, &e, err));
	if (e->count == 1)
		e->line = (int64_t)component << 32 | (int64_t)c->n;
	c->n++;
	return OK;
}

/* A component while it is read. */
struct read_component {
	struct import_sarif_run *run;
	size_t component;
	str name;
};

static enum status read_rule(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field brief[] = {
	    {.key = S("text"), .type = IMPORT_WALK_CALL, .call = read_brief}, END};
	static const struct import_walk_field full[] = {{.key = S("text"), .type = IMPORT_WALK_CALL, .call = read_full},
							END};
	static const struct import_walk_field defaults[] = {
	    {.key = S("level"), .type = IMPORT_WALK_TEXT, .at = offsetof(struct read_rule, level)}, END};
	static const struct import_walk_field fields[] = {
	    {.key = S("id"), .type = IMPORT_WALK_TEXT, .at = offsetof(struct read_rule, id)},
	    {.key = S("name"), .type = IMPORT_WALK_TEXT, .at = offsetof(struct read_rule, name)},
	    {.key = S("shortDescription"), .type = IMPORT_WALK_OBJECT, .members = brief},
	    {.key = S("fullDescription"), .type = IMPORT_WALK_OBJECT, .members = full},
	    {.key = S("defaultConfiguration"), .type = IMPORT_WALK_OBJECT, .members = defaults},
	    {.key = S("properties"), .type = IMPORT_WALK_CALL, .call = read_properties},
	    END};
	struct read_component *c = record;
	struct read_rule rule = {.log = c->run->log};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a rule (an object)", err);
	TRY(keep_one(c->run->log, err));
	TRY(import_walk_members(w, fields, &rule, err));
	return add_rule(c->run, c->component, &rule, err);
}

static const struct import_walk_field component_fields[] = {
    {.key = S("name"), .type = IMPORT_WALK_TEXT, .at = offsetof(struct read_component, name)},
    {.key = S("rules"), .type = IMPORT_WALK_ARRAY, .call = read_rule},
    END};

static enum status read_extension(struct import_walk *w, void *record, struct err *err)
{
	struct import_sarif_run *run = record;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an extension (an object)", err);
	TRY(keep_one(run->log, err));
	run->components = arena_grow(run->log->in->arena, run->components, run->n_components, run->n_components + 1,
				     sizeof *run->components, &run->components_cap);
	if (!run->components)
		return err_full(err);
	run->components[run->n_components] = (struct import_sarif_component){0};
	struct read_component c = {.run = run, .component = run->n_components++};
	return import_walk_members(w, component_fields, &c, err);
}

static enum status read_driver(struct import_walk *w, void *record, struct err *err)
{
	struct import_sarif_run *run = record;
	struct read_component c = {.run = run};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "the driver of the tool (an object)", err);
	TRY(import_walk_members(w, component_fields, &c, err));
	char *p = arena_alloc(run->log->in->arena, c.name.n + 1, 1);
	if (!p)
		return err_full(err);
	for (size_t i = 0; i < c.name.n; i++) {
		char x = c.name.p[i];
		p[i] = x >= 'A' && x <= 'Z' ? (char)(x + ('a' - 'A')) : x;
	}
	run->tool = str_trim((str){p, c.name.n});
	return OK;
}

/* ---- files, times and where the code is from ---- */

struct read_artifact {
	str uri;
};

static enum status read_artifact(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field location[] = {
	    {.key = S("uri"), .type = IMPORT_WALK_TEXT, .at = offsetof(struct read_artifact, uri)}, END};
	static const struct import_walk_field fields[] = {
	    {.key = S("location"), .type = IMPORT_WALK_OBJECT, .members = location}, END};
	struct import_sarif_run *run = record;
	struct read_artifact a = {0};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an artifact (an object)", err);
	TRY(keep_one(run->log, err));
	TRY(import_walk_members(w, fields, &a, err));
	run->artifacts = arena_grow(run->log->in->arena, run->artifacts, run->n_artifacts, run->n_artifacts + 1,
				    sizeof *run->artifacts, &run->artifacts_cap);
	if (!run->artifacts)
		return err_full(err);
	run->artifacts[run->n_artifacts++] = a.uri;
	return OK;
}

struct read_invocation {
	str start, end;
	bool failed;
};

static enum status read_successful(struct import_walk *w, void *record, struct err *err)
{
	struct read_invocation *v = record;
	if (w->json.event != JSON_TRUE && w->json.event != JSON_FALSE && w->json.event != JSON_NULL)
		return json_expected(&w->json, "true or false", err);
	v->failed = w->json.event == JSON_FALSE;
	return OK;
}

static enum status note_time(struct import_sarif_run *run, const struct read_invocation *v, int64_t line,
			     struct err *err)
{
	struct import_sarif *s = run->log;
	struct import_facts *facts = s->in->facts;
	str text = v->end.n ? v->end : v->start;
	char shown[IMPORT_WALK_SHOW], what[200];
	bool has_zone;
	int64_t ms;
	if (!text.n)
		return OK;
	if (!time_parse_zone(text, &ms, &has_zone)) {
		(void)snprintf(what, sizeof what, "\"%s\" is no time", import_walk_show(text, shown));
		return import_sarif_refuse(s, line, what, "ISO 8601 expected, such as 2026-04-03T10:00:00Z", err);
	}
	if (!has_zone)
		import_flaw_note(&s->no_zone, line);
	if (!v->end.n)
		import_flaw_note(&s->start_only, line);
	if (!facts->has_time || ms > facts->observed_ms)
		facts->observed_ms = ms;
	facts->has_time = run->has_time = true;
	return OK;
}

static enum status read_invocation(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    {.key = S("startTimeUtc"), .type = IMPORT_WALK_TEXT, .at = offsetof(struct read_invocation, start)},
	    {.key = S("endTimeUtc"), .type = IMPORT_WALK_TEXT, .at = offsetof(struct read_invocation, end)},
	    {.key = S("executionSuccessful"), .type = IMPORT_WALK_CALL, .call = read_successful},
	    END};
	struct import_sarif_run *run = record;
	struct read_invocation v = {0};
	int64_t line = w->json.line;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an invocation (an object)", err);
	TRY(import_walk_members(w, fields, &v, err));
	if (v.failed) {
		struct import_facts *facts = run->log->in->facts;
		import_flaw_note(&run->log->unsuccessful, line);
		facts->partial = true;
		facts->glimpses |= EVIDENCE_BIT(EVIDENCE_FINDING);
	}
	return note_time(run, &v, line, err);
}

/* Without the user and password that a checkout may leave in the address. */
static enum status without_user(struct arena *a, str uri, str *out, struct err *err)
{
	ptrdiff_t at = str_find(uri, S("://"));
	str head = str_slice(uri, 0, at < 0 ? 0 : (size_t)at + 3), host, path, user;
	(void)str_cut(str_slice(uri, head.n, uri.n), '/', &host, &path);
	if (at < 0 || str_find(host, S("@")) < 0) {
		*out = uri;
		return OK;
	}
	while (str_find(host, S("@")) >= 0) {
		str rest;
		(void)str_cut(host, '@', &user, &rest);
		host = rest;
	}
	size_t from = (size_t)(host.p - uri.p), n = head.n + uri.n - from;
	char *p = arena_alloc(a, n + 1, 1);
	if (!p)
		return err_full(err);
	memcpy(p, head.p, head.n);
	memcpy(p + head.n, uri.p + from, uri.n - from);
	*out = (str){p, n};
	return OK;
}

struct read_repository {
	str uri;
};

static enum status read_repository(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    {.key = S("repositoryUri"), .type = IMPORT_WALK_TEXT, .at = offsetof(struct read_repository, uri)}, END};
	struct import_sarif_run *run = record;
	struct read_repository r = {0};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a repository (an object)", err);
	TRY(import_walk_members(w, fields, &r, err));
	TRY(without_user(run->log->in->arena, str_trim(r.uri), &r.uri, err));
	if (run->repository.n && r.uri.n && !str_eq(run->repository, r.uri))
		run->several_repositories = true;
	if (!run->repository.n)
		run->repository = r.uri;
	return OK;
}

/* Up to the last slash an automation id names what is scanned; behind it, the single run. */
static enum status read_category(struct import_walk *w, void *record, struct err *err)
{
	struct import_sarif_run *run = record;
	str id = {NULL, 0};
	TRY(import_walk_text(w, &id, err));
	while (id.n && id.p[id.n - 1] != '/')
		id.n--;
	run->category = str_trim(str_slice(id, 0, id.n ? id.n - 1 : 0));
	return OK;
}

/* ---- the run ---- */

static enum status read_presence(struct import_walk *w, void *record, struct err *err)
{
	struct import_sarif_run *run = record;
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_ARRAY)
		return json_expected(&w->json, "a list of results", err);
	run->has_results = true;
	return json_skip(&w->json, err);
}

static enum status read_elsewhere(struct import_walk *w, void *record, struct err *err)
{
	((struct import_sarif_run *)record)->results_elsewhere = true;
	return json_skip(&w->json, err);
}

static enum status add_run(struct import_sarif *s, struct import_sarif_run **out, struct err *err)
{
	struct import_sarif_run *run = arena_new(s->in->arena, struct import_sarif_run, 1);
	if (!run)
		return err_full(err);
	*run =
	    (struct import_sarif_run){.log = s, .number = s->last ? s->last->number + 1 : 1, .line = s->walk.json.line};
	run->components = arena_grow(s->in->arena, NULL, 0, 1, sizeof *run->components, &run->components_cap);
	if (!run->components)
		return err_full(err);
	run->components[0] = (struct import_sarif_component){0};
	run->n_components = 1;
	if (s->last)
		s->last->next = run;
	else
		s->first = run;
	s->last = run;
	*out = run;
	return OK;
}

enum status import_sarif_run(struct import_walk *w, void *log, struct err *err)
{
	static const struct import_walk_field tool[] = {
	    {.key = S("driver"), .type = IMPORT_WALK_CALL, .call = read_driver},
	    {.key = S("extensions"), .type = IMPORT_WALK_ARRAY, .call = read_extension},
	    END};
	static const struct import_walk_field automation[] = {
	    {.key = S("id"), .type = IMPORT_WALK_CALL, .call = read_category}, END};
	static const struct import_walk_field elsewhere[] = {
	    {.key = S("results"), .type = IMPORT_WALK_ARRAY, .call = read_elsewhere}, END};
	static const struct import_walk_field fields[] = {
	    {.key = S("tool"), .type = IMPORT_WALK_OBJECT, .members = tool},
	    {.key = S("artifacts"), .type = IMPORT_WALK_ARRAY, .call = read_artifact},
	    {.key = S("invocations"), .type = IMPORT_WALK_ARRAY, .call = read_invocation},
	    {.key = S("versionControlProvenance"), .type = IMPORT_WALK_ARRAY, .call = read_repository},
	    {.key = S("automationDetails"), .type = IMPORT_WALK_OBJECT, .members = automation},
	    {.key = S("externalPropertyFileReferences"), .type = IMPORT_WALK_OBJECT, .members = elsewhere},
	    {.key = S("results"), .type = IMPORT_WALK_CALL, .call = read_presence},
	    END};
	struct import_sarif *s = log;
	struct import_sarif_run *run = NULL;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a run (an object)", err);
	TRY(keep_one(s, err));
	TRY(add_run(s, &run, err));
	TRY(import_walk_members(w, fields, run, err));
	if (!run->tool.n)
		return import_sarif_refuse(s, run->line, "a run does not name its tool",
					   "tool.driver.name expected: is it a SARIF log?", err);
	return OK;
}
