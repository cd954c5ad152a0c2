/**
 * Kubescape's JSON (format v2): each control on each resource becomes a posture row. The file is read twice, as what
 * holds for all rows (the time, the cluster, the weight of a control) stands before and behind them.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

#include "base/limits.h"
#include "base/time.h"
#include "import/posture.h"

#define END                                                                                                            \
	{                                                                                                              \
		.key = { NULL, 0 }                                                                                     \
	}
#define TEXT(name, type_of, member)                                                                                    \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_TEXT, .at = offsetof(struct type_of, member)                       \
	}
#define OBJECT(name, list)                                                                                             \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_OBJECT, .members = (list)                                          \
	}
#define CALL(name, fn)                                                                                                 \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_CALL, .call = (fn)                                                 \
	}

/* What the summary says of a control. */
struct control {
	str id, category;
	int64_t factor; /* 1 to 10; 0 = not known */
};

struct reading {
	struct import_posture posture;
	struct import_walk walk;
	struct arena of_resource; /* texts of the current resource */
	struct control *controls;
	size_t n_controls, controls_cap;
	bool has_summary, has_results, has_time;
	str generated, cluster, context, resource;
	int64_t time_ms;
	struct import_flaw no_time;
};

/* A control on a resource as it stands in the file. */
struct result {
	int64_t line;
	str id, title, status, sub_status;
	bool excepted; /* a rule of it passed by an exception */
};

/* ---- first: what holds for all rows ---- */

static enum status read_factor(struct import_walk *w, void *control, struct err *err)
{
	struct control *c = control;
	int64_t v;
	if (w->json.event == JSON_NUMBER && json_i64(&w->json, &v) && v >= 1 && v <= 10)
		c->factor = v;
	return json_skip(&w->json, err);
}

static enum status read_control(struct reading *k, str id, struct err *err)
{
	static const struct import_walk_field category[] = {TEXT("name", control, category), END};
	static const struct import_walk_field control[] = {OBJECT("category", category),
							   CALL("scoreFactor", read_factor), END};
	for (size_t i = 0; i < k->n_controls; i++)
		if (str_eq(k->controls[i].id, id))
			return json_expected(&k->walk.json, "a control that does not stand there already", err);
	if (k->n_controls == LIMIT_CONTROLS) {
		err_set(err, E_TOO_LARGE, "the report describes more than %d controls", LIMIT_CONTROLS);
		err_at(err, k->posture.in->from->name, k->walk.json.line, k->walk.json.column);
		err_hint(err, "scan fewer frameworks at once");
		return E_TOO_LARGE;
	}
	if (k->n_controls == k->controls_cap &&
	    !(k->controls = arena_grow(k->posture.in->arena, k->controls, k->n_controls, k->n_controls + 1,
				       sizeof *k->controls, &k->controls_cap)))
		return err_full(err);
	struct control *c = &k->controls[k->n_controls++];
	*c = (struct control){.id = id};
	return import_walk_members(&k->walk, control, c, err);
}

static enum status read_controls(struct import_walk *w, void *reading, struct err *err)
{
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an object", err);
	for (;;) {
		TRY(json_next(&w->json, err));
		if (w->json.event == JSON_OBJECT_END)
			return OK;
		str id = str_copy(w->texts, w->json.text);
		if (!id.p)
			return err_full(err);
		TRY(json_next(&w->json, err));
		if (w->json.event != JSON_OBJECT)
			return json_expected(&w->json, "a control (an object)", err);
		TRY(read_control(reading, id, err));
	}
}

static enum status read_summary(struct import_walk *w, void *reading, struct err *err)
{
	static const struct import_walk_field summary[] = {CALL("controls", read_controls), END};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an object", err);
	((struct reading *)reading)->has_summary = true;
	return import_walk_members(w, summary, reading, err);
}

static enum status note_results(struct import_walk *w, void *reading, struct err *err)
{
	if (w->json.event != JSON_ARRAY && w->json.event != JSON_NULL)
		return json_expected(&w->json, "a list", err);
	((struct reading *)reading)->has_results = true;
	return json_skip(&w->json, err);
}

static enum status read_head(struct reading *k, struct err *err)
{
	static const struct import_walk_field context[] = {TEXT("contextName", reading, context), END};
	static const struct import_walk_field target[] = {OBJECT("clusterContextMetadata", context), END};
	static const struct import_walk_field metadata[] = {OBJECT("targetMetadata", target), END};
	static const struct import_walk_field file[] = {TEXT("generationTime", reading, generated),
							TEXT("clusterName", reading, cluster),
							OBJECT("metadata", metadata),
							CALL("summaryDetails", read_summary),
							CALL("results", note_results),
							END};
	struct import_walk *w = &k->walk;
	TRY(json_next(&w->json, err));
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a report of Kubescape (an object)", err);
	TRY(import_walk_members(w, file, k, err));
	if (!k->has_summary || !k->has_results)
		return json_expected(&w->json, "summaryDetails and results (--format json --format-version v2)", err);
	return json_next(&w->json, err);
}

/* Scans of files have the zero of their language as time. */
static enum status read_time(struct reading *k, struct err *err)
{
	char shown[IMPORT_WALK_SHOW];
	if (!k->generated.n || str_starts(k->generated, S("0001-01-01"))) {
		import_flaw_note(&k->no_time, 0);
		return OK;
	}
	k->has_time = import_posture_time(&k->posture, k->generated, 0, &k->time_ms);
	if (k->has_time)
		return OK;
	err_set(err, E_INVALID, "generationTime \"%s\" is no time", import_walk_show(k->generated, shown));
	err_at(err, k->posture.in->from->name, 0, 0);
	err_hint(err, "ISO 8601 expected, such as 2026-04-03T10:00:00Z");
	return E_INVALID;
}

/* ---- then: the rows ---- */

static str severity_of(int64_t factor)
{
	if (factor >= 9)
		return S("critical");
	if (factor >= 7)
		return S("high");
	return factor >= 4 ? S("medium") : factor >= 1 ? S("low") : (str){NULL, 0};
}

/* [path=N/api=]group/version/namespace/kind/name; other ids tell neither. */
static void set_resource(const struct reading *k, struct evidence_record *r)
{
	enum { GROUP, VERSION, NAMESPACE, KIND, NAME, PARTS };
	str parts[PARTS], rest = k->resource;
	ptrdiff_t path = str_starts(rest, S("path=")) ? str_find(rest, S("/api=")) : -1;
	size_t n = 0;
	bool more = true;
	evidence_set_text(r, S("resource"), k->resource);
	if (path >= 0)
		rest = str_slice(rest, (size_t)path + 5, rest.n);
	for (; more && n < PARTS; n++)
		more = str_cut(rest, '/', &parts[n], &rest);
	if (n < PARTS || more || !parts[NAME].n)
		return;
	evidence_set_text(r, S("resource_type"), parts[KIND]);
	evidence_set_text(r, S("region"), parts[NAMESPACE]);
}

/* An exception turns a failure into a pass: it is neither. */
static enum status set_status(struct reading *k, const struct result *x, struct evidence_record *r, struct err *err)
{
	static const struct import_posture_word words[] = {{S("passed"), S("pass")},
							   {S("failed"), S("fail")},
							   {S("skipped"), S("manual")},
							   {S("excluded"), {NULL, 0}},
							   {{NULL, 0}, {NULL, 0}}};
	char shown[IMPORT_WALK_SHOW];
	str status = {NULL, 0};
	bool passed = str_eq_fold(x->status, S("passed")), excepted = str_eq(x->sub_status, S("w/exceptions"));
	if (!x->status.n) {
		import_flaw_note(&k->posture.no_status, x->line);
		return OK;
	}
	if (!import_posture_status(words, x->status, &status)) {
		err_set(err, E_INVALID, "the status \"%s\" is not known", import_walk_show(x->status, shown));
		err_at(err, k->posture.in->from->name, x->line, 0);
		err_hint(err, "passed, failed or skipped expected");
		return E_INVALID;
	}
	excepted |= (passed && x->excepted) || str_eq_fold(x->status, S("excluded"));
	if (str_eq(x->sub_status, S("irrelevant")) && !str_eq(status, S("fail")))
		status = S("not_applicable");
	evidence_set_text(r, S("status"), excepted && passed ? (str){NULL, 0} : status);
	evidence_set_bool(r, S("muted"), excepted);
	return OK;
}

static enum status push(struct reading *k, const struct result *x, struct err *err)
{
	struct evidence_record r = {.kind = EVIDENCE_POSTURE, .main = true, .line = x->line};
	str account = k->cluster.n ? k->cluster : k->context;
	r.record = ++k->posture.in->facts->records;
	TRY(set_status(k, x, &r, err));
	set_resource(k, &r);
	for (size_t i = 0; i < k->n_controls; i++)
		if (str_eq(k->controls[i].id, x->id)) {
			evidence_set_text(&r, S("severity"), severity_of(k->controls[i].factor));
			evidence_set_text(&r, S("service"), k->controls[i].category);
		}
	evidence_set_text(&r, S("check_id"), x->id);
	evidence_set_text(&r, S("title"), x->title);
	evidence_set_bool(&r, S("ai"), false); /* it has no control about AI */
	evidence_set_text(&r, S("account"), account);
	evidence_set_text(&r, S("provider"), S("kubernetes"));
	evidence_set_text(&r, S("tool"), S("kubescape"));
	if (k->has_time)
		import_posture_checked(&k->posture, &r, k->time_ms);
	return import_posture_push(&k->posture, &r, (str[]){x->id, account, k->resource}, err);
}

static enum status read_rule(struct import_walk *w, void *result, struct err *err)
{
	struct rule {
		str sub_status;
	} rule = {{NULL, 0}};
	static const struct import_walk_field fields[] = {TEXT("subStatus", rule, sub_status), END};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a rule (an object)", err);
	TRY(import_walk_members(w, fields, &rule, err));
	((struct result *)result)->excepted |= str_eq(rule.sub_status, S("w/exceptions"));
	return OK;
}

static enum status read_status(struct import_walk *w, void *result, struct err *err)
{
	static const struct import_walk_field status[] = {TEXT("status", result, status),
							  TEXT("subStatus", result, sub_status), END};
	if (w->json.event == JSON_OBJECT)
		return import_walk_members(w, status, result, err);
	return import_walk_text(w, &((struct result *)result)->status, err);
}

static enum status read_result(struct import_walk *w, void *reading, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    TEXT("controlID", result, id),
	    TEXT("name", result, title),
	    CALL("status", read_status),
	    {.key = S("rules"), .type = IMPORT_WALK_ARRAY, .call = read_rule},
	    END};
	struct reading *k = reading;
	struct result x = {.line = w->json.line};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a control (an object)", err);
	w->texts = &k->posture.scratch;
	enum status status = import_walk_members(w, fields, &x, err);
	if (status == OK && !x.id.n)
		status = json_expected(&w->json, "a controlID in the control", err);
	if (status == OK)
		status = push(k, &x, err);
	w->texts = &k->of_resource;
	arena_release(&k->posture.scratch);
	return status;
}

static enum status read_results(struct import_walk *w, void *reading, struct err *err)
{
	struct reading *k = reading;
	if (!k->resource.n)
		return json_expected(&w->json, "resourceID before the controls", err);
	return import_walk_each(w, read_result, k, err);
}

static enum status read_resource(struct import_walk *w, void *reading, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT("resourceID", reading, resource),
							  CALL("controls", read_results), END};
	struct reading *k = reading;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "the results of a resource (an object)", err);
	k->resource = (str){NULL, 0};
	enum status status = import_walk_members(w, fields, k, err);
	arena_release(&k->of_resource);
	return status;
}

/* ---- the file ---- */

static enum status read_rows(struct reading *k, str whole, struct err *err)
{
	static const struct import_walk_field file[] = {
	    {.key = S("results"), .type = IMPORT_WALK_ARRAY, .call = read_resource}, END};
	struct import_input *in = k->posture.in;
	TRY(source_rewind(in->from, whole, err));
	k->walk = (struct import_walk){.texts = &k->of_resource};
	TRY(json_open(&k->walk.json, in->from, in->arena, err));
	TRY(json_next(&k->walk.json, err));
	if (k->walk.json.event != JSON_OBJECT)
		return json_expected(&k->walk.json, "a report of Kubescape (an object)", err);
	TRY(import_walk_members(&k->walk, file, k, err));
	return json_next(&k->walk.json, err);
}

static enum status name_source(struct reading *k, struct err *err)
{
	str cluster = k->cluster.n ? k->cluster : k->context;
	enum status status =
	    import_posture_source(&k->posture, (str[]){S("kubescape"), S("kubernetes"), cluster}, 0, err);
	arena_release(&k->posture.scratch);
	return status;
}

static enum status read_file(struct import_input *in, struct err *err)
{
	str whole = in->from->text;
	struct reading *k = arena_new(in->arena, struct reading, 1);
	if (!k)
		return err_full(err);
	*k = (struct reading){.posture = import_posture_open(in), .of_resource = ARENA(LIMIT_RECORD_BYTES)};
	k->walk.texts = in->arena;
	TRY(json_open(&k->walk.json, in->from, in->arena, err));
	TRY(read_head(k, err));
	TRY(read_time(k, err));
	TRY(name_source(k, err));
	TRY(read_rows(k, whole, err));
	TRY(import_flaw_warn(in, &k->no_time, S("the file does not say when it was made"), err));
	return import_posture_warn(&k->posture, err);
}

static int sniff(str head, bool complete)
{
	(void)complete;
	if (import_walk_shape(head) != IMPORT_WALK_IS_OBJECT || !import_walk_has(head, S("summaryDetails")))
		return 0;
	return import_walk_has(head, S("generationTime")) || import_walk_has(head, S("results")) ? 100 : 70;
}

const struct import_format import_kubescape = {.name = S("kubescape"),
					       .title = S("Kubescape results, JSON"),
					       .kinds = EVIDENCE_BIT(EVIDENCE_POSTURE),
					       .glimpses = EVIDENCE_BIT(EVIDENCE_POSTURE),
					       .always = EVIDENCE_BIT(EVIDENCE_POSTURE),
					       .sniff = sniff,
					       .read = read_file};
