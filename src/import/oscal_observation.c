#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

#include "base/time.h"
#include "import/oscal.h"

/* ---- properties ---- */

/* trestle marks its properties with classes; compliance-to-policy names them. */
static enum status read_prop(struct import_walk *w, void *observation, struct err *err)
{
	struct import_oscal_observation *b = observation;
	struct import_oscal_prop p = {0};
	TRY(import_oscal_prop(w, &p, err));
	if (str_eq(p.class, S("scc_result")) || str_eq(p.name, S("result")))
		b->result = p.value;
	else if (str_eq(p.class, S("scc_check_name_id")) || str_eq(p.name, S("assessment-rule-id")) ||
		 str_eq(p.name, S("idref")))
		b->rule = p.value;
	else if (str_eq(p.class, S("scc_check_severity")) || str_eq(p.name, S("severity")))
		b->severity = p.value;
	else if (str_eq(p.class, S("scc_timestamp")))
		b->scanned = p.value;
	return OK;
}

static enum status read_subject_prop(struct import_walk *w, void *subject, struct err *err)
{
	struct import_oscal_subject *s = subject;
	struct import_oscal_prop p = {0};
	TRY(import_oscal_prop(w, &p, err));
	if (str_eq(p.class, S("scc_result")) || str_eq(p.name, S("result")))
		s->result = p.value;
	else if (str_eq(p.name, S("resource-id")))
		s->resource = p.value;
	return OK;
}

/* ---- the observation ---- */

static enum status read_subject(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field members[] = {
	    IMPORT_OSCAL_TEXT("subject-uuid", import_oscal_subject, uuid),
	    IMPORT_OSCAL_TEXT("type", import_oscal_subject, type),
	    IMPORT_OSCAL_TEXT("title", import_oscal_subject, title), IMPORT_OSCAL_LIST("props", read_subject_prop),
	    IMPORT_OSCAL_END};
	struct import_oscal_observation *b = record;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a subject (an object)", err);
	if (b->n_subjects == b->subjects_cap &&
	    !(b->subjects = arena_grow(w->texts, b->subjects, b->n_subjects, b->n_subjects + 1, sizeof *b->subjects,
				       &b->subjects_cap)))
		return err_full(err);
	return import_walk_members(w, members, &b->subjects[b->n_subjects++], err);
}

/* TEST-AUTOMATED is trestle's and AUTOMATED Auditree's word; TEST alone does not say by whom. */
static enum status read_method(struct import_walk *w, void *record, struct err *err)
{
	struct import_oscal_observation *b = record;
	if (w->json.event != JSON_STRING)
		return json_expected(&w->json, "a text", err);
	if (str_eq_fold(w->json.text, S("TEST-AUTOMATED")) || str_eq_fold(w->json.text, S("AUTOMATED")))
		b->by_machine = true;
	else if (str_eq_fold(w->json.text, S("EXAMINE")) || str_eq_fold(w->json.text, S("INTERVIEW")) ||
		 str_eq_fold(w->json.text, S("TEST-MANUAL")))
		b->by_people = true;
	else
		b->by_test = true;
	return OK;
}

static enum status read_evidence(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field members[] = {
	    IMPORT_OSCAL_TEXT("href", import_oscal_observation, evidence), IMPORT_OSCAL_END};
	struct import_oscal_observation *b = record;
	if (b->evidence.n)
		return json_skip(&w->json, err);
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "evidence (an object)", err);
	return import_walk_members(w, members, b, err);
}

static enum status read_collected(struct import_walk *w, void *record, struct err *err)
{
	struct import_oscal_observation *b = record;
	(void)w;
	return import_oscal_time(b->document, &b->collected, err);
}

static enum status read_expires(struct import_walk *w, void *record, struct err *err)
{
	struct import_oscal_observation *b = record;
	(void)w;
	return import_oscal_time(b->document, &b->expires, err);
}

static enum status read_observation(struct import_walk *w, struct import_oscal_observation *b, struct err *err)
{
	static const struct import_walk_field members[] = {
	    IMPORT_OSCAL_TEXT("uuid", import_oscal_observation, uuid),
	    IMPORT_OSCAL_TEXT("title", import_oscal_observation, title),
	    IMPORT_OSCAL_TEXT("description", import_oscal_observation, description),
	    IMPORT_OSCAL_LIST("props", read_prop),
	    IMPORT_OSCAL_LIST("methods", read_method),
	    IMPORT_OSCAL_LIST("subjects", read_subject),
	    IMPORT_OSCAL_LIST("relevant-evidence", read_evidence),
	    IMPORT_OSCAL_CALL("collected", read_collected),
	    IMPORT_OSCAL_CALL("expires", read_expires),
	    IMPORT_OSCAL_END};
	return import_walk_members(w, members, b, err);
}

/* When it was seen: trestle writes into collected when it converted the scanner's report. */
static struct import_oscal_moment seen_at(const struct import_oscal *o, const struct import_oscal_observation *b)
{
	struct import_oscal_moment at = {0};
	if (b->scanned.n && time_parse(b->scanned, &at.ms))
		at.known = true;
	else
		at = o->result->scanned.known ? o->result->scanned : b->collected;
	return at;
}

/* ---- first pass: what is kept of it ---- */

static void note_latest(struct import_oscal_moment *latest, struct import_oscal_moment at)
{
	if (at.known && (!latest->known || at.ms > latest->ms))
		*latest = at;
}

static enum status keep_subject(struct import_oscal *o, struct import_oscal_subject *kept,
				const struct import_oscal_subject *s, struct err *err)
{
	struct arena *a = o->in->arena;
	*kept = (struct import_oscal_subject){.uuid = str_copy(a, s->uuid),
					      .type = str_copy(a, s->type),
					      .title = str_copy(a, s->title),
					      .resource = str_copy(a, s->resource)};
	return kept->uuid.p && kept->type.p && kept->title.p && kept->resource.p ? OK : err_full(err);
}

static enum status keep(struct import_oscal *o, const struct import_oscal_observation *b, struct err *err)
{
	struct import_oscal_moment own = {0};
	struct import_oscal_kept *kept;
	if (b->scanned.n && time_parse(b->scanned, &own.ms))
		own.known = true;
	note_latest(own.known ? &o->result->own : &o->result->collected, own.known ? own : b->collected);
	if (!b->uuid.n)
		return OK;
	TRY(import_oscal_keep(o, IMPORT_OSCAL_OBSERVATION, b->uuid, &kept, err));
	if (kept->several)
		return OK;
	kept->collected = own.known ? own : b->collected;
	kept->expires = b->expires;
	kept->by_machine = b->by_machine;
	kept->by_test = b->by_test;
	kept->by_people = b->by_people;
	kept->text = str_copy(o->in->arena, b->evidence);
	if (b->n_subjects)
		TRY(keep_subject(o, &kept->subject, &b->subjects[0], err));
	return kept->text.p ? OK : err_full(err);
}

/* ---- the rows ---- */

str import_oscal_name(const struct import_oscal *o, const struct import_oscal_subject *s, bool *several)
{
	const struct import_oscal_kept *kept = import_oscal_find(o, s->type, s->uuid);
	*several = false;
	if (s->resource.n)
		return s->resource;
	if (s->title.n)
		return s->title;
	if (!kept)
		return s->uuid;
	*several = kept->several;
	return kept->several ? (str){NULL, 0} : kept->text.n ? kept->text : s->uuid;
}

static str status_of(struct import_oscal *o, const struct import_oscal_observation *b, str result)
{
	/* XCCDF's words and those of compliance-to-policy. */
	static const struct import_posture_word words[] = {
	    {S("pass"), S("pass")},
	    {S("fixed"), S("pass")}, /* failed, was put right, and passes now */
	    {S("fail"), S("fail")},
	    {S("failure"), S("fail")},
	    {S("notchecked"), S("manual")},
	    {S("informational"), {NULL, 0}},
	    {S("notapplicable"), S("not_applicable")},
	    {S("not-applicable"), S("not_applicable")},
	    {{NULL, 0}, {NULL, 0}}};
	str status = {NULL, 0};
	if (b->expires.known && o->latest.known && b->expires.ms <= o->latest.ms) {
		if (o->pass == IMPORT_OSCAL_PUSH)
			import_flaw_note(&o->expired, b->line);
	} else if (!import_posture_status(words, result, &status) && o->pass == IMPORT_OSCAL_PUSH) {
		import_flaw_note(&o->no_status, b->line);
	}
	return status;
}

/* Which of the subjects that share a UUID is unknown: they are told apart by a number. */
static enum status number(struct import_oscal *o, str rule, str *out, struct err *err)
{
	struct import_seen_entry *e;
	char text[48], scope[24];
	int n = snprintf(scope, sizeof scope, "%d %zu", (int)o->pass, o->next_result);
	TRY(import_seen_add(&o->unnamed, (str){scope, (size_t)n}, rule, &e, err));
	n = snprintf(text, sizeof text, "#%" PRIu32, e->count);
	*out = str_copy(&o->scratch, (str){text, (size_t)n});
	return out->p ? OK : err_full(err);
}

static enum status push(struct import_oscal *o, const struct import_oscal_observation *b,
			const struct import_oscal_subject *s, bool first, struct err *err)
{
	struct evidence_record r = {
	    .kind = EVIDENCE_POSTURE, .main = first, .record = o->in->facts->records, .line = b->line};
	struct import_oscal_moment at = seen_at(o, b);
	str rule = b->rule.n ? b->rule : b->title.n ? b->title : b->description, last = {NULL, 0};
	str result = s->result.n ? s->result : b->result;
	bool several;
	str name = import_oscal_name(o, s, &several);
	/* The profile left the rule out: nothing was checked. */
	if (import_same_word(result, S("notselected")))
		return OK;
	if (several)
		TRY(number(o, rule, &last, err));
	else if (s->resource.n)
		last = s->title;
	evidence_set_text(&r, S("check_id"), rule);
	evidence_set_text(&r, S("title"), b->title);
	evidence_set_text(&r, S("status"), status_of(o, b, result));
	evidence_set_text(&r, S("severity"), import_posture_severity(b->severity));
	/* The SCAP Security Guide has no rule about AI. */
	if (str_starts(rule, S("xccdf_org.ssgproject.")))
		evidence_set_bool(&r, S("ai"), false);
	evidence_set_text(&r, S("resource"), name);
	evidence_set_text(&r, S("tool"), o->result->several_tools ? (str){NULL, 0} : o->result->tool);
	if (at.known)
		evidence_set_time(&r, S("checked_at"), at.ms);
	else if (o->in->given_ms)
		evidence_set_time(&r, S("checked_at"), *o->in->given_ms);
	if (!at.known && o->pass == IMPORT_OSCAL_PUSH)
		import_flaw_note(&o->no_time, b->line);
	if (several && o->pass == IMPORT_OSCAL_PUSH)
		import_flaw_note(&o->ambiguous, b->line);
	r.id = import_walk_join(&o->scratch, (str[]){rule, name, last}, 3, '|');
	return r.id.p ? import_oscal_push(o, &r, err) : err_full(err);
}

/* One without a result, as people write them, is what a finding rests on, and no row. */
static enum status push_all(struct import_oscal *o, const struct import_oscal_observation *b, struct err *err)
{
	static const struct import_oscal_subject nothing = {.uuid = {NULL, 0}};
	bool any = b->result.n > 0;
	if (o->pass == IMPORT_OSCAL_PUSH)
		o->in->facts->records++;
	for (size_t i = 0; i < b->n_subjects; i++)
		any = any || b->subjects[i].result.n;
	if (!any)
		return OK;
	if (!b->rule.n && !b->title.n && !b->description.n)
		return import_oscal_refuse(o, b->line, "an observation has a result, but names no rule",
					   "a title, or a property such as assessment-rule-id or idref, expected", err);
	if (!b->n_subjects)
		return push(o, b, &nothing, true, err);
	for (size_t i = 0; i < b->n_subjects; i++)
		TRY(push(o, b, &b->subjects[i], i == 0, err));
	return OK;
}

enum status import_oscal_observation(struct import_walk *w, void *document, struct err *err)
{
	struct import_oscal *o = document;
	struct import_oscal_observation b = {.document = o, .line = w->json.line};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an observation (an object)", err);
	enum status status = read_observation(w, &b, err);
	if (status == OK)
		status = o->pass == IMPORT_OSCAL_KEEP ? keep(o, &b, err) : push_all(o, &b, err);
	arena_release(&o->scratch);
	return status;
}
