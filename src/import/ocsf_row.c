#include "import/ocsf.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/time.h"

/* Below this a number of milliseconds would lie before 1973: it is seconds. */
#define LEAST_MILLISECONDS INT64_C(100000000000)

/* Words of the status fields, folded; muted stands for old Prowler's own word. */
static const struct {
	str word, status;
	bool muted;
} results[] = {
    {S("pass"), S("pass"), false},
    {S("passed"), S("pass"), false},
    {S("fail"), S("fail"), false},
    {S("failed"), S("fail"), false},
    {S("manual"), S("manual"), false},
    {S("warning"), S("manual"), false},
    {S("info"), S("manual"), false},
    {S("not_applicable"), S("not_applicable"), false},
    {S("not_available"), S("not_applicable"), false},
    {S("n/a"), S("not_applicable"), false},
    {S("muted"), {NULL, 0}, true},
};

struct result {
	str status; /* empty: unknown */
	bool muted;
};

static enum status refuse(const struct import_ocsf *o, const struct import_ocsf_finding *f, const char *what,
			  const char *hint, struct err *err)
{
	err_set(err, E_INVALID, "finding %" PRId64 ": %s", f->record, what);
	err_at(err, o->in->from->name, f->line, 0);
	err_hint(err, "%s", hint);
	return E_INVALID;
}

static bool find_result(str word, struct result *out)
{
	for (size_t i = 0; i < sizeof results / sizeof *results; i++) {
		if (!import_same_word(word, results[i].word))
			continue;
		*out = (struct result){results[i].status, results[i].muted};
		return true;
	}
	return false;
}

/* The word in which the finding says its result; empty when it does not. */
static str result_word(const struct import_ocsf_finding *f)
{
	static const str by_id[] = {{NULL, 0}, S("pass"), S("warning"), S("fail")};
	if (f->compliance_status_id.known && f->compliance_status_id.i64 >= 1 && f->compliance_status_id.i64 <= 3)
		return by_id[f->compliance_status_id.i64];
	if (f->compliance_status.n && !str_eq_fold(f->compliance_status, S("unknown")))
		return f->compliance_status;
	return f->compliance_status_code.n ? f->compliance_status_code : f->status_code;
}

static enum status read_result(struct import_ocsf *o, const struct import_ocsf_finding *f, struct result *out,
			       struct err *err)
{
	enum { SUPPRESSED = 3 };
	char shown[IMPORT_WALK_SHOW], what[200];
	str word = str_trim(result_word(f));
	*out = (struct result){0};
	if (word.n && !find_result(word, out)) {
		(void)snprintf(what, sizeof what, "the status code \"%s\" is not known", import_walk_show(word, shown));
		return refuse(o, f, what, "PASS, FAIL, MANUAL or NOT_APPLICABLE expected", err);
	}
	if (!word.n)
		import_flaw_note(&o->no_status, f->line);
	if (str_eq_fold(f->status, S("suppressed")) || (f->status_id.known && f->status_id.i64 == SUPPRESSED))
		out->muted = true;
	return OK;
}

static str severity_of(const struct import_ocsf_finding *f)
{
	static const str by_id[] = {{NULL, 0}, S("info"),     S("low"),     S("medium"),
				    S("high"), S("critical"), S("critical")};
	static const struct {
		str word;
		int id;
	} words[] = {{S("informational"), 1}, {S("info"), 1},     {S("low"), 2},  {S("medium"), 3},
		     {S("high"), 4},          {S("critical"), 5}, {S("fatal"), 6}};
	if (f->severity_id.known && f->severity_id.i64 >= 1 && f->severity_id.i64 <= 6)
		return by_id[f->severity_id.i64];
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq_fold(f->severity, words[i].word))
			return by_id[words[i].id];
	return (str){NULL, 0};
}

/* A time written as text. */
static enum status read_text_time(struct import_ocsf *o, const struct import_ocsf_finding *f, str text, int64_t *ms,
				  struct err *err)
{
	bool has_zone;
	char shown[IMPORT_WALK_SHOW], what[200];
	if (!time_parse_zone(text, ms, &has_zone)) {
		(void)snprintf(what, sizeof what, "\"%s\" is no time", import_walk_show(text, shown));
		return refuse(o, f, what, "ISO 8601 expected, such as 2026-04-03T10:00:00Z", err);
	}
	if (!has_zone)
		import_flaw_note(&o->no_zone, f->line);
	return OK;
}

/* Prowler writes `time` in seconds and `time_dt` as local time without a zone: `time` wins. */
static enum status read_time(struct import_ocsf *o, const struct import_ocsf_finding *f, bool *known, int64_t *ms,
			     struct err *err)
{
	*known = true;
	if (f->time.known && f->time.i64 > 0) {
		*ms = f->time.i64;
		if (*ms < LEAST_MILLISECONDS) {
			import_flaw_note(&o->seconds, f->line);
			*ms *= 1000;
		}
		return *ms <= TIME_MAX_MS ? OK
					  : refuse(o, f, "its time lies behind the year 9999",
						   "milliseconds since 1970 expected", err);
	}
	if (f->time_text.n)
		return read_text_time(o, f, f->time_text, ms, err);
	if (f->time_dt.n)
		return read_text_time(o, f, f->time_dt, ms, err);
	*known = false;
	import_flaw_note(&o->no_time, f->line);
	return OK;
}

static str first_of(str a, str b)
{
	return a.n ? a : b;
}

static str check_of(const struct import_ocsf_finding *f)
{
	str analytic = first_of(f->analytic_uid, f->analytic_name);
	str other = first_of(analytic, first_of(f->type, f->title));
	return first_of(f->event_code, first_of(f->control, other));
}

static str provider_of(const struct import_ocsf_finding *f)
{
	str named = first_of(f->cloud_provider, f->unmapped_provider);
	/* Prowler's findings on Kubernetes have no `cloud`, but the profile "container". */
	return named.n || !f->in_container ? named : S("kubernetes");
}

static str account_of(const struct import_ocsf_finding *f)
{
	return first_of(f->account, f->unmapped_account);
}

static enum status push(struct import_ocsf *o, const struct import_ocsf_finding *f,
			const struct import_ocsf_resource *resource, struct evidence_record *r, struct err *err)
{
	str region = first_of(first_of(resource->region, f->cloud_region), resource->name_space);
	str what = first_of(resource->uid, resource->name);
	evidence_set_text(r, S("service"), resource->group);
	evidence_set_text(r, S("resource"), what);
	evidence_set_text(r, S("resource_type"), resource->type);
	evidence_set_text(r, S("region"), region);
	r->id = import_walk_join(&o->scratch, (str[]){check_of(f), what, region}, 3, '|');
	return r->id.p ? import_seen_push(&o->rows, o->in, r, &o->scratch, err) : err_full(err);
}

/* The feed's name, as long as all findings agree on it. */
static enum status note_identity(struct import_ocsf *o, const struct import_ocsf_finding *f, str tool, struct err *err)
{
	str identity, *shared = &o->in->facts->identity;
	const str parts[] = {tool, provider_of(f), account_of(f)};
	if (!parts[2].n)
		import_flaw_note(&o->no_account, f->line);
	if (o->several)
		return OK;
	identity = import_walk_join(&o->scratch, parts, 3, ':');
	if (!identity.p)
		return err_full(err);
	if (f->record > 1) {
		identity = import_seen_fit(&o->scratch, identity);
		o->several = !str_eq(identity, *shared);
	} else if (parts[0].n && parts[1].n && parts[2].n) {
		identity = import_seen_fit(&o->scratch, identity);
		*shared = str_copy(o->in->arena, identity);
		return identity.p && shared->p ? OK : err_full(err);
	} else {
		o->several = true;
	}
	if (o->several)
		*shared = (str){NULL, 0};
	return OK;
}

static enum status push_all(struct import_ocsf *o, const struct import_ocsf_finding *f, struct evidence_record *r,
			    struct err *err)
{
	static const struct import_ocsf_resource none = {0};
	TRY(push(o, f, f->resources ? f->resources : &none, r, err));
	for (const struct import_ocsf_resource *x = f->resources; x && x->next; x = x->next) {
		r->main = false;
		TRY(push(o, f, x->next, r, err));
	}
	return OK;
}

static enum status check_class(const struct import_ocsf *o, const struct import_ocsf_finding *f, struct err *err)
{
	char what[100];
	if (!f->class_uid.known)
		return refuse(o, f, "it has no class_uid", "OCSF findings of class 2004 or 2003 expected", err);
	if (f->class_uid.i64 != 2004 && f->class_uid.i64 != 2003) {
		(void)snprintf(what, sizeof what, "class_uid %" PRId64 " is not read", f->class_uid.i64);
		return refuse(o, f, what, "2004 (detection finding) or 2003 (compliance finding) expected", err);
	}
	if (!check_of(f).n)
		return refuse(o, f, "nothing names its check", "metadata.event_code or compliance.control expected",
			      err);
	return OK;
}

enum status import_ocsf_row(struct import_ocsf *o, const struct import_ocsf_finding *f, struct err *err)
{
	struct evidence_record r = {.kind = EVIDENCE_POSTURE, .main = true, .record = f->record, .line = f->line};
	struct import_facts *facts = o->in->facts;
	struct result result;
	str tool = {NULL, 0};
	int64_t ms = 0;
	bool has_time;
	TRY(check_class(o, f, err));
	TRY(read_result(o, f, &result, err));
	TRY(read_time(o, f, &has_time, &ms, err));
	tool = import_walk_lower(&o->scratch, f->product);
	if (!tool.p)
		return err_full(err);
	TRY(note_identity(o, f, tool, err));
	evidence_set_text(&r, S("check_id"), check_of(f));
	evidence_set_text(&r, S("title"), f->title);
	evidence_set_text(&r, S("status"), result.status);
	if (result.muted || f->status_id.known || f->status.n)
		evidence_set_bool(&r, S("muted"), result.muted);
	evidence_set_text(&r, S("severity"), severity_of(f));
	evidence_set_bool(&r, S("ai"), f->gen_ai || import_ocsf_checks_ai(check_of(f)));
	evidence_set_text(&r, S("account"), account_of(f));
	evidence_set_text(&r, S("provider"), provider_of(f));
	evidence_set_text(&r, S("tool"), tool);
	if (has_time) {
		evidence_set_time(&r, S("checked_at"), ms);
		if (!facts->has_time || ms > facts->observed_ms)
			facts->observed_ms = ms;
		facts->has_time = true;
	}
	return push_all(o, f, &r, err);
}
