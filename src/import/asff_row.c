#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/time.h"
#include "import/asff.h"
#include "import/ocsf.h"
#include "import/walk.h"

static enum status refuse(const struct import_asff *a, const struct import_asff_finding *f, const char *what,
			  const char *hint, struct err *err)
{
	err_set(err, E_INVALID, "finding %" PRId64 ": %s", f->record, what);
	err_at(err, a->in->from->name, f->line, 0);
	err_hint(err, "%s", hint);
	return E_INVALID;
}

static enum status refuse_word(const struct import_asff *a, const struct import_asff_finding *f, const char *member,
			       str word, const char *hint, struct err *err)
{
	char shown[IMPORT_WALK_SHOW], what[200];
	(void)snprintf(what, sizeof what, "the %s \"%s\" is not known", member, import_walk_show(word, shown));
	return refuse(a, f, what, hint, err);
}

static str first_of(str a, str b)
{
	return a.n ? a : b;
}

/* ---- who says it ---- */

/* "arn:aws:securityhub:eu-west-1::product/prowler/prowler" → "prowler". A product of one's own is called "default"
   there, and has a name beside it. */
static enum status tool_of(const struct import_asff_finding *f, struct arena *texts, str *out, struct err *err)
{
	str rest = f->product_arn, part, tail = {NULL, 0};
	int parts = 0;
	for (; rest.n; parts++) {
		(void)str_cut(rest, '/', &part, &rest);
		tail = part;
	}
	if (parts < 3 || str_eq(tail, S("default")))
		tail = first_of(str_trim(f->product_name), parts < 3 ? (str){NULL, 0} : tail);
	*out = import_walk_lower(texts, tail);
	return out->p ? OK : err_full(err);
}

/* The feed's name, as long as all findings agree on it. */
static enum status note_identity(struct import_asff *a, const struct import_asff_finding *f, str tool, struct err *err)
{
	str identity, *shared = &a->in->facts->identity;
	const str parts[] = {tool, S("aws"), f->account};
	if (!f->account.n)
		import_flaw_note(&a->no_account, f->line);
	if (a->several)
		return OK;
	if (f->record == 1 && tool.n && f->account.n) {
		identity = import_walk_join(a->in->arena, parts, 3, ':');
		if (!identity.p)
			return err_full(err);
		*shared = import_seen_fit(a->in->arena, identity);
		return shared->p ? OK : err_full(err);
	}
	identity = import_walk_join(&a->scratch, parts, 3, ':');
	if (!identity.p)
		return err_full(err);
	identity = import_seen_fit(&a->scratch, identity);
	if (!identity.p)
		return err_full(err);
	a->several = !str_eq(identity, *shared);
	if (!a->several)
		return OK;
	*shared = (str){NULL, 0};
	if (f->account.n)
		import_flaw_note(&a->no_feed, f->line);
	return OK;
}

/* ---- when ---- */

static enum status read_time(struct import_asff *a, const struct import_asff_finding *f, str text, int64_t *ms,
			     struct err *err)
{
	bool has_zone;
	char shown[IMPORT_WALK_SHOW], what[200];
	if (!time_parse_zone(text, ms, &has_zone)) {
		(void)snprintf(what, sizeof what, "\"%s\" is no time", import_walk_show(text, shown));
		return refuse(a, f, what, "ISO 8601 expected, such as 2026-04-03T10:00:00Z", err);
	}
	if (!has_zone)
		import_flaw_note(&a->no_zone, f->line);
	return OK;
}

/* UpdatedAt is when the product last said something about it. LastObservedAt may lie in the future (GuardDuty). */
static enum status note_time(struct import_asff *a, const struct import_asff_finding *f, bool *known, int64_t *ms,
			     struct err *err)
{
	struct import_facts *facts = a->in->facts;
	str text = first_of(f->updated, f->created);
	*known = text.n > 0;
	if (!f->updated.n)
		import_flaw_note(&a->no_time, f->line);
	if (!*known)
		return OK;
	TRY(read_time(a, f, text, ms, err));
	if (!facts->has_time || *ms > facts->observed_ms)
		facts->observed_ms = *ms;
	facts->has_time = true;
	return OK;
}

/* ---- what ---- */

static str severity_of(struct import_asff *a, const struct import_asff_finding *f)
{
	static const str labels[][2] = {{S("informational"), S("info")},
					{S("low"), S("low")},
					{S("medium"), S("medium")},
					{S("high"), S("high")},
					{S("critical"), S("critical")}};
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (str_eq_fold(f->severity, labels[i][0]))
			return labels[i][1];
	if (f->severity.n)
		import_flaw_note(&a->severity, f->line);
	if (f->severity.n || !f->normalized.known || f->normalized.i64 < 0 || f->normalized.i64 > 100)
		return (str){NULL, 0};
	return f->normalized.i64 >= 90   ? S("critical")
	       : f->normalized.i64 >= 70 ? S("high")
	       : f->normalized.i64 >= 40 ? S("medium")
	       : f->normalized.i64 >= 1  ? S("low")
					 : S("info");
}

static str without(str text, str prefix)
{
	return str_starts(text, prefix) && text.n > prefix.n ? str_slice(text, prefix.n, text.n) : text;
}

static str check_of(const struct import_asff_finding *f)
{
	str generator = without(without(f->generator, S("prowler-")), S("security-control/"));
	return first_of(f->control, first_of(generator, first_of(f->title, f->id)));
}

/* The generator of AWS' own products is a detector or the product itself: then the type says more. */
static str rule_of(const struct import_asff_finding *f)
{
	bool dull = str_starts(f->generator, S("arn:")) || str_eq_fold(f->generator, S("AWSInspector"));
	str rule = dull ? first_of(f->type, f->generator) : first_of(f->generator, f->type);
	return first_of(f->vulnerability, rule);
}

static bool is_ai_type(str type)
{
	return str_starts(type, S("AwsSageMaker")) || str_starts(type, S("AwsBedrock"));
}

/* Known for the checks of Prowler and of Security Hub, whose names tell; else only when the resource is a service that
   is AI. */
static void set_ai(struct evidence_record *r, str check, str tool, str resource_type)
{
	bool told = str_eq(tool, S("prowler")) || str_eq(tool, S("securityhub"));
	bool ai = is_ai_type(resource_type);
	if (r->kind == EVIDENCE_POSTURE)
		ai = ai || import_ocsf_checks_ai(check) || str_starts(check, S("SageMaker.")) ||
		     str_starts(check, S("Bedrock"));
	if (ai || (r->kind == EVIDENCE_POSTURE && told))
		evidence_set_bool(r, S("ai"), ai);
}

/* ---- rows ---- */

/* Prowler writes WARNING for a result that is muted, as Security Hub has no word for that. */
static enum status set_result(struct import_asff *a, const struct import_asff_finding *f, str tool,
			      struct evidence_record *r, struct err *err)
{
	static const str results[][2] = {{S("passed"), S("pass")},
					 {S("failed"), S("fail")},
					 {S("warning"), S("manual")},
					 {S("not_available"), S("not_applicable")}};
	static const str odd[] = {S("infoed"), S("info"), S("manual")};
	bool prowler = str_eq(tool, S("prowler")), muted = str_eq_fold(f->workflow, S("suppressed"));
	str word = str_trim(f->compliance), result = {NULL, 0};
	for (size_t i = 0; i < sizeof results / sizeof *results; i++)
		if (import_same_word(word, results[i][0]))
			result = results[i][1];
	for (size_t i = 0; i < sizeof odd / sizeof *odd && !result.n; i++) {
		if (!import_same_word(word, odd[i]))
			continue;
		result = S("manual");
		import_flaw_note(&a->infoed, f->line);
	}
	if (word.n && !result.n)
		return refuse_word(a, f, "compliance status", word, "PASSED, FAILED, WARNING or NOT_AVAILABLE expected",
				   err);
	if (!word.n)
		import_flaw_note(&a->no_status, f->line);
	if (prowler && import_same_word(word, S("warning"))) {
		muted = true;
		result = (str){NULL, 0};
	}
	evidence_set_text(r, S("status"), result);
	if (muted || f->workflow.n || (prowler && word.n))
		evidence_set_bool(r, S("muted"), muted);
	return OK;
}

static enum status set_state(struct import_asff *a, const struct import_asff_finding *f, struct evidence_record *r,
			     struct err *err)
{
	str text = first_of(f->first_observed, f->created);
	int64_t ms;
	if (str_eq_fold(f->workflow, S("suppressed")))
		evidence_set_text(r, S("status"), S("suppressed"));
	else if (str_eq_fold(f->workflow, S("resolved")))
		evidence_set_text(r, S("status"), S("fixed"));
	else if (f->workflow.n || f->record_state.n)
		evidence_set_text(r, S("status"), S("open"));
	else
		import_flaw_note(&a->no_status, f->line);
	if (!text.n)
		return OK;
	TRY(read_time(a, f, text, &ms, err));
	evidence_set_time(r, S("created_at"), ms);
	return OK;
}

static enum status push(struct import_asff *a, const struct import_asff_finding *f,
			const struct import_asff_resource *resource, str tool, struct evidence_record *r,
			struct err *err)
{
	struct evidence_value *ai = &r->values[evidence_column_find(&evidence_kinds[r->kind], S("ai"))];
	*ai = (struct evidence_value){0};
	set_ai(r, check_of(f), tool, resource->type);
	evidence_set_text(r, S("resource"), resource->id);
	if (r->kind == EVIDENCE_POSTURE) {
		str region = first_of(resource->region, f->region);
		evidence_set_text(r, S("resource_type"), resource->type);
		evidence_set_text(r, S("region"), region);
		r->id = import_walk_join(&a->scratch, (str[]){check_of(f), resource->id, region}, 3, '|');
	} else if (f->resources && f->resources->next) {
		r->id = import_walk_join(&a->scratch, (str[]){f->id, resource->id}, 2, '|');
	} else {
		r->id = f->id;
	}
	if (!r->id.p)
		return err_full(err);
	return import_seen_push(&a->rows, a->in, r, &a->scratch, err);
}

static enum status push_all(struct import_asff *a, const struct import_asff_finding *f, str tool,
			    struct evidence_record *r, struct err *err)
{
	static const struct import_asff_resource none = {0};
	TRY(push(a, f, f->resources ? f->resources : &none, tool, r, err));
	for (const struct import_asff_resource *x = f->resources; x && x->next; x = x->next) {
		r->main = false;
		TRY(push(a, f, x->next, tool, r, err));
	}
	return OK;
}

static enum status check_words(const struct import_asff *a, const struct import_asff_finding *f, struct err *err)
{
	static const str states[] = {S("NEW"), S("NOTIFIED"), S("RESOLVED"), S("SUPPRESSED")};
	size_t i = 0, n = sizeof states / sizeof *states;
	if (!f->schema.n)
		return refuse(a, f, "it has no SchemaVersion", "is it in the AWS Security Finding Format?", err);
	if (!str_eq(f->schema, S("2018-10-08")))
		return refuse_word(a, f, "SchemaVersion", f->schema, "2018-10-08 expected", err);
	if (!f->id.n)
		return refuse(a, f, "it has no Id", "is it in the AWS Security Finding Format?", err);
	if (f->record_state.n && !str_eq_fold(f->record_state, S("ACTIVE")) &&
	    !str_eq_fold(f->record_state, S("ARCHIVED")))
		return refuse_word(a, f, "RecordState", f->record_state, "ACTIVE or ARCHIVED expected", err);
	while (i < n && !str_eq_fold(f->workflow, states[i]))
		i++;
	if (f->workflow.n && i == n)
		return refuse_word(a, f, "workflow status", f->workflow,
				   "NEW, NOTIFIED, RESOLVED or SUPPRESSED expected", err);
	return OK;
}

enum status import_asff_row(struct import_asff *a, const struct import_asff_finding *f, struct err *err)
{
	struct evidence_record r = {.kind = f->has_compliance ? EVIDENCE_POSTURE : EVIDENCE_FINDING,
				    .main = true,
				    .record = f->record,
				    .line = f->line};
	str tool;
	int64_t ms = 0;
	bool has_time;
	TRY(check_words(a, f, err));
	TRY(tool_of(f, &a->scratch, &tool, err));
	TRY(note_identity(a, f, tool, err));
	TRY(note_time(a, f, &has_time, &ms, err));
	if (f->sample)
		import_flaw_note(&a->sample, f->line);
	if (f->sample || str_eq_fold(f->record_state, S("ARCHIVED")))
		return OK;
	evidence_set_text(&r, S("title"), f->title);
	evidence_set_text(&r, S("severity"), severity_of(a, f));
	evidence_set_text(&r, S("tool"), tool);
	if (r.kind == EVIDENCE_FINDING) {
		evidence_set_text(&r, S("rule"), rule_of(f));
		TRY(set_state(a, f, &r, err));
		return push_all(a, f, tool, &r, err);
	}
	evidence_set_text(&r, S("check_id"), check_of(f));
	evidence_set_text(&r, S("account"), f->account);
	evidence_set_text(&r, S("provider"), S("aws"));
	if (has_time)
		evidence_set_time(&r, S("checked_at"), ms);
	TRY(set_result(a, f, tool, &r, err));
	return push_all(a, f, tool, &r, err);
}
