#include "import/avid.h"

#include <stddef.h>
#include <string.h>

#include "base/limits.h"
#include "import/lines.h"

#define AT(member) offsetof(struct import_avid_report, member)

/* ---- a report ---- */

/* Whose results they are is known when there is one artifact. */
static enum status read_artifact(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    {.key = S("name"), .type = IMPORT_WALK_TEXT, .at = AT(artifact)}, {.key = {NULL, 0}}};
	struct import_avid_report *x = record;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an artifact (an object)", err);
	TRY(import_walk_members(w, fields, x, err));
	if (++x->n_artifacts > 1)
		x->artifact = (str){NULL, 0};
	return OK;
}

static enum status read_metric(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    {.key = S("results"), .type = IMPORT_WALK_CALL, .call = import_avid_metrics}, {.key = {NULL, 0}}};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a metric (an object)", err);
	return import_walk_members(w, fields, record, err);
}

static enum status read_members(struct import_avid *a, struct import_avid_report *x, struct err *err)
{
	static const struct import_walk_field metadata[] = {
	    {.key = S("report_id"), .type = IMPORT_WALK_TEXT, .at = AT(report_id)}, {.key = {NULL, 0}}};
	static const struct import_walk_field affects[] = {
	    {.key = S("artifacts"), .type = IMPORT_WALK_ARRAY, .call = read_artifact}, {.key = {NULL, 0}}};
	static const struct import_walk_field problem_text[] = {
	    {.key = S("value"), .type = IMPORT_WALK_TEXT, .at = AT(problem)}, {.key = {NULL, 0}}};
	static const struct import_walk_field problem[] = {
	    {.key = S("description"), .type = IMPORT_WALK_OBJECT, .members = problem_text}, {.key = {NULL, 0}}};
	static const struct import_walk_field description[] = {
	    {.key = S("value"), .type = IMPORT_WALK_TEXT, .at = AT(description)}, {.key = {NULL, 0}}};
	static const struct import_walk_field fields[] = {
	    {.key = S("data_type"), .type = IMPORT_WALK_TEXT, .at = AT(type)},
	    {.key = S("metadata"), .type = IMPORT_WALK_OBJECT, .members = metadata},
	    {.key = S("affects"), .type = IMPORT_WALK_OBJECT, .members = affects},
	    {.key = S("problemtype"), .type = IMPORT_WALK_OBJECT, .members = problem},
	    {.key = S("metrics"), .type = IMPORT_WALK_ARRAY, .call = read_metric},
	    {.key = S("description"), .type = IMPORT_WALK_OBJECT, .members = description},
	    {.key = S("reported_date"), .type = IMPORT_WALK_TEXT, .at = AT(reported)},
	    {.key = {NULL, 0}},
	};
	return import_walk_members(&a->walk, fields, x, err);
}

static enum status read_report(struct import_walk *w, void *record, struct err *err)
{
	struct import_avid *a = record;
	struct import_avid_report x = {.line = w->json.line};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a report of AVID (an object)", err);
	x.record = ++a->in->facts->records;
	enum status status = read_members(a, &x, err);
	if (status == OK)
		status = import_avid_row(a, &x, err);
	arena_release(&a->scratch);
	return status;
}

/* ---- the file ---- */

static enum status read_reports(struct import_avid *a, struct err *err)
{
	struct json_reader *json = &a->walk.json;
	for (;;) {
		TRY(json_next(json, err));
		if (json->event == JSON_END)
			return OK;
		TRY(json->event == JSON_ARRAY ? import_walk_each(&a->walk, read_report, a, err)
					      : read_report(&a->walk, a, err));
	}
}

static enum status name_feed(struct import_avid *a, struct err *err)
{
	static const str head = S("avid:");
	str system = a->shared_system;
	if (a->several || !system.n)
		return OK;
	char *p = arena_alloc(a->in->arena, head.n + system.n, 1);
	if (!p)
		return err_full(err);
	memcpy(p, head.p, head.n);
	memcpy(p + head.n, system.p, system.n);
	a->in->facts->identity = import_seen_fit(a->in->arena, (str){p, head.n + system.n});
	return a->in->facts->identity.p ? OK : err_full(err);
}

static enum status warn(const struct import_avid *a, struct err *err)
{
	const struct import_input *in = a->in;
	TRY(import_flaw_warn(in, &a->no_counts, S("a report without counts of attempts: nothing is taken from it"),
			     err));
	TRY(import_flaw_warn(in, &a->no_date, S("a report has no reported_date"), err));
	TRY(import_flaw_warn(in, &a->many_artifacts,
			     S("a report with results does not name one artifact: what was tested stays unknown"),
			     err));
	return import_seen_warn(&a->rows, in, "result", err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct import_avid *a = arena_new(in->arena, struct import_avid, 1);
	if (!a)
		return err_full(err);
	*a = (struct import_avid){.in = in, .scratch = ARENA(LIMIT_RECORD_BYTES), .rows.seen.arena = in->arena};
	a->walk.texts = &a->scratch;
	TRY(import_lines_open(&a->walk.json, in, err));
	TRY(read_reports(a, err));
	TRY(name_feed(a, err));
	return warn(a, err);
}

static int sniff(str head, bool complete)
{
	(void)complete;
	return import_walk_is(head, S("data_type"), S("AVID")) ? 100 : 0;
}

const struct import_format import_avid = {.name = S("avid"),
					  .title = S("AVID reports, JSON or JSON Lines"),
					  .kinds = EVIDENCE_BIT(EVIDENCE_RED_TEAM),
					  .always = EVIDENCE_BIT(EVIDENCE_RED_TEAM),
					  .sniff = sniff,
					  .read = read_file};
