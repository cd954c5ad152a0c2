#include "import/asff.h"

#include <stddef.h>
#include <string.h>

#include "base/limits.h"

#define IN_FINDING(member) offsetof(struct import_asff_finding, member)
#define IN_RESOURCE(member) offsetof(struct import_asff_resource, member)
#define TEXT(name, member)                                                                                             \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_TEXT, .at = IN_FINDING(member)                                     \
	}
#define OBJECT(name, list)                                                                                             \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_OBJECT, .members = (list)                                          \
	}
#define ARRAY(name, fn)                                                                                                \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_ARRAY, .call = (fn)                                                \
	}
#define CALL(name, fn)                                                                                                 \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_CALL, .call = (fn)                                                 \
	}
#define END                                                                                                            \
	{                                                                                                              \
		.key = { NULL, 0 }                                                                                     \
	}

/* ---- one finding ---- */

static enum status read_type(struct import_walk *w, void *record, struct err *err)
{
	struct import_asff_finding *f = record;
	return f->type.n ? json_skip(&w->json, err) : import_walk_text(w, &f->type, err);
}

static enum status read_vulnerability(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT("Id", vulnerability), END};
	struct import_asff_finding *f = record;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a vulnerability (an object)", err);
	return f->vulnerability.n ? json_skip(&w->json, err) : import_walk_members(w, fields, f, err);
}

static enum status read_resource(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    {.key = S("Id"), .type = IMPORT_WALK_TEXT, .at = IN_RESOURCE(id)},
	    {.key = S("Type"), .type = IMPORT_WALK_TEXT, .at = IN_RESOURCE(type)},
	    {.key = S("Region"), .type = IMPORT_WALK_TEXT, .at = IN_RESOURCE(region)},
	    END};
	struct import_asff_finding *f = record;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a resource (an object)", err);
	struct import_asff_resource *r = arena_new(w->texts, struct import_asff_resource, 1);
	if (!r)
		return err_full(err);
	if (f->last_resource)
		f->last_resource->next = r;
	else
		f->resources = r;
	f->last_resource = r;
	return import_walk_members(w, fields, r, err);
}

static enum status read_compliance(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT("Status", compliance),
							  TEXT("SecurityControlId", control), END};
	struct import_asff_finding *f = record;
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an object", err);
	f->has_compliance = true;
	return import_walk_members(w, fields, f, err);
}

static enum status read_sample(struct import_walk *w, void *record, struct err *err)
{
	struct import_asff_finding *f = record;
	if (w->json.event != JSON_TRUE && w->json.event != JSON_FALSE && w->json.event != JSON_NULL)
		return json_expected(&w->json, "true or false", err);
	f->sample = w->json.event == JSON_TRUE;
	return OK;
}

static enum status read_members(struct import_walk *w, struct import_asff_finding *f, struct err *err)
{
	static const struct import_walk_field severity[] = {
	    TEXT("Label", severity),
	    {.key = S("Normalized"), .type = IMPORT_WALK_INT, .at = IN_FINDING(normalized)},
	    END};
	static const struct import_walk_field workflow[] = {TEXT("Status", workflow), END};
	static const struct import_walk_field finding[] = {TEXT("SchemaVersion", schema),
							   TEXT("Id", id),
							   TEXT("ProductArn", product_arn),
							   TEXT("ProductName", product_name),
							   TEXT("GeneratorId", generator),
							   TEXT("AwsAccountId", account),
							   TEXT("Region", region),
							   TEXT("Title", title),
							   TEXT("FirstObservedAt", first_observed),
							   TEXT("CreatedAt", created),
							   TEXT("UpdatedAt", updated),
							   TEXT("RecordState", record_state),
							   OBJECT("Severity", severity),
							   OBJECT("Workflow", workflow),
							   CALL("Compliance", read_compliance),
							   CALL("Sample", read_sample),
							   ARRAY("Types", read_type),
							   ARRAY("Vulnerabilities", read_vulnerability),
							   ARRAY("Resources", read_resource),
							   END};
	return import_walk_members(w, finding, f, err);
}

/* ---- the file ---- */

static enum status read_one(struct import_walk *w, void *record, struct err *err)
{
	struct import_asff *a = record;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a finding (an object)", err);
	struct import_asff_finding f = {.record = ++a->in->facts->records, .line = w->json.line};
	enum status status = read_members(w, &f, err);
	if (status == OK)
		status = import_asff_row(a, &f, err);
	arena_release(&a->scratch);
	return status;
}

static enum status read_list(struct import_walk *w, void *record, struct err *err)
{
	struct import_asff *a = record;
	if (w->json.event != JSON_ARRAY)
		return json_expected(&w->json, "a list of findings", err);
	a->has_findings = true;
	return import_walk_each(w, read_one, a, err);
}

/* More than one page: the rest would look as if it were gone. */
static enum status check_whole(const struct import_asff *a, struct err *err)
{
	const char *what = !a->has_findings  ? "there is no list of findings"
			   : a->next_token.n ? "the file is one page of several: it has a NextToken"
					     : NULL;
	if (!what)
		return OK;
	err_set(err, E_INVALID, "%s", what);
	err_at(err, a->in->from->name, 1, 0);
	err_hint(err, "%s",
		 a->has_findings ? "export all pages into one file: aws securityhub get-findings, without --max-items "
				   "and --no-paginate"
				 : "a list, or an object with the member Findings expected");
	return E_INVALID;
}

static enum status read_root(struct import_asff *a, struct err *err)
{
	static const struct import_walk_field page[] = {
	    CALL("Findings", read_list),
	    {.key = S("NextToken"), .type = IMPORT_WALK_TEXT, .at = offsetof(struct import_asff, next_token)},
	    END};
	struct import_walk *w = &a->walk;
	TRY(json_next(&w->json, err));
	if (w->json.event == JSON_ARRAY)
		TRY(read_list(w, a, err));
	else if (w->json.event == JSON_OBJECT)
		TRY(import_walk_members(w, page, a, err));
	else
		return json_expected(&w->json, "a list of findings", err);
	TRY(check_whole(a, err));
	return json_next(&w->json, err);
}

static enum status warn(const struct import_asff *a, struct err *err)
{
	const struct {
		const struct import_flaw *flaw;
		str message;
	} flaws[] = {
	    {&a->no_zone, S("a time names no zone: taken as UTC")},
	    {&a->no_time, S("a finding has no time UpdatedAt")},
	    {&a->no_status, S("a finding does not say its result or state: its status stays unknown")},
	    {&a->infoed, S("a compliance status is none of Security Hub's: read as manual")},
	    {&a->severity, S("a severity label is not known: the severity stays unknown")},
	    {&a->sample, S("a finding is a sample that the product made: left out")},
	    {&a->no_feed, S("the findings do not share one product and account: when several such files are imported "
			    "for one unit, give each its own --feed")},
	    {&a->no_account,
	     S("a finding names no account: when several are imported for one unit, give each its own --feed")},
	};
	for (size_t i = 0; i < sizeof flaws / sizeof *flaws; i++)
		TRY(import_flaw_warn(a->in, flaws[i].flaw, flaws[i].message, err));
	return import_seen_warn(&a->rows, a->in, "finding", err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct import_asff *a = arena_new(in->arena, struct import_asff, 1);
	if (!a)
		return err_full(err);
	*a = (struct import_asff){.in = in, .scratch = ARENA(LIMIT_RECORD_BYTES), .rows.seen.arena = in->arena};
	a->walk.texts = &a->scratch;
	TRY(json_open(&a->walk.json, in->from, in->arena, err));
	enum status status = read_root(a, err);
	arena_release(&a->scratch);
	return status == OK ? warn(a, err) : status;
}

static int sniff(str head, bool complete)
{
	if (import_walk_shape(head) == IMPORT_WALK_IS_LIST)
		return import_walk_has(head, S("ProductArn")) && import_walk_has(head, S("SchemaVersion")) ? 100
		       : import_walk_is(head, S("SchemaVersion"), S("2018-10-08"))                         ? 90
													   : 0;
	if (!import_walk_has(head, S("Findings")))
		return 0;
	if (str_find(head, S("\"ProductArn\"")) >= 0 || str_find(head, S("\"SchemaVersion\"")) >= 0)
		return 100;
	/* No finding at all: nothing in the file contradicts. */
	str rest = str_slice(head, (size_t)str_find(head, S("{")) + 1, head.n);
	return complete && str_find(rest, S("{")) < 0 ? 50 : 0;
}

const struct import_format import_asff = {.name = S("asff"),
					  .title = S("AWS Security Hub findings (ASFF), JSON"),
					  .kinds = EVIDENCE_BIT(EVIDENCE_POSTURE) | EVIDENCE_BIT(EVIDENCE_FINDING),
					  .sniff = sniff,
					  .read = read_file};
