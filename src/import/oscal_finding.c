#include <stddef.h>

#include "import/oscal.h"

struct finding {
	struct import_oscal *document;
	int64_t line;
	str uuid, target, state, reason, implemented;
	/* Of the observations that it rests on. */
	int64_t found, by_machine, by_test;
	struct import_oscal_moment latest;
	bool expired;
	str evidence;
};

static enum status read_related(struct import_walk *w, void *record, struct err *err)
{
	struct related {
		str uuid;
	} related = {{NULL, 0}};
	static const struct import_walk_field members[] = {IMPORT_OSCAL_TEXT("observation-uuid", related, uuid),
							   IMPORT_OSCAL_END};
	struct finding *f = record;
	struct import_oscal *o = f->document;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a related observation (an object)", err);
	TRY(import_walk_members(w, members, &related, err));
	if (o->pass == IMPORT_OSCAL_KEEP)
		return OK;
	const struct import_oscal_kept *kept = import_oscal_find(o, IMPORT_OSCAL_OBSERVATION, related.uuid);
	if (!kept || kept->several) {
		if (o->pass == IMPORT_OSCAL_PUSH)
			import_flaw_note(&o->leads_nowhere, w->json.line);
		return OK;
	}
	f->found++;
	f->by_machine += kept->by_machine;
	f->by_test += kept->by_test;
	f->expired = f->expired || (kept->expires.known && o->latest.known && kept->expires.ms <= o->latest.ms);
	if (kept->collected.known && (!f->latest.known || kept->collected.ms > f->latest.ms))
		f->latest = kept->collected;
	if (!f->evidence.n)
		f->evidence = kept->text;
	return OK;
}

static enum status read_finding(struct import_walk *w, struct finding *f, struct err *err)
{
	static const struct import_walk_field status[] = {
	    IMPORT_OSCAL_TEXT("state", finding, state), IMPORT_OSCAL_TEXT("reason", finding, reason), IMPORT_OSCAL_END};
	static const struct import_walk_field implementation[] = {IMPORT_OSCAL_TEXT("state", finding, implemented),
								  IMPORT_OSCAL_END};
	static const struct import_walk_field target[] = {
	    IMPORT_OSCAL_TEXT("target-id", finding, target), IMPORT_OSCAL_OBJECT("status", status),
	    IMPORT_OSCAL_OBJECT("implementation-status", implementation), IMPORT_OSCAL_END};
	static const struct import_walk_field members[] = {
	    IMPORT_OSCAL_TEXT("uuid", finding, uuid), IMPORT_OSCAL_OBJECT("target", target),
	    IMPORT_OSCAL_LIST("related-observations", read_related), IMPORT_OSCAL_END};
	return import_walk_members(w, members, f, err);
}

static enum status check(const struct import_oscal *o, const struct finding *f, struct err *err)
{
	if (!f->target.n)
		return import_oscal_refuse(o, f->line, "a finding has no target-id",
					   "the id of a control's objective or statement expected", err);
	if (!str_eq(f->state, S("satisfied")) && !str_eq(f->state, S("not-satisfied")))
		return import_oscal_refuse(o, f->line, "a finding does not say whether its target is satisfied",
					   "target.status.state satisfied or not-satisfied expected", err);
	return OK;
}

/* Where the state and its reason contradict, or what it rests on has expired, a yes is none. */
static bool is_answered(struct import_oscal *o, const struct finding *f)
{
	bool yes = str_eq(f->state, S("satisfied"));
	if (str_eq(f->reason, yes ? S("fail") : S("pass"))) {
		if (o->pass == IMPORT_OSCAL_PUSH)
			import_flaw_note(&o->contradicts, f->line);
		return false;
	}
	if (yes && f->expired && o->pass == IMPORT_OSCAL_PUSH)
		import_flaw_note(&o->expired, f->line);
	return !(yes && f->expired);
}

static void set_test(struct evidence_record *r, const struct finding *f)
{
	if (f->latest.known)
		evidence_set_time(r, S("tested_at"), f->latest.ms);
	if (f->found && (f->by_machine == f->found || !(f->by_machine + f->by_test)))
		evidence_set_bool(r, S("machine_tested"), f->by_machine > 0);
}

static enum status push(struct import_oscal *o, const struct finding *f, struct err *err)
{
	struct evidence_record r = {.kind = EVIDENCE_CONTROL_ANSWER, .id = f->target, .main = true, .line = f->line};
	struct import_oscal_moment made = import_oscal_made(o);
	bool applies = !str_eq(f->implemented, S("not-applicable")), yes = str_eq(f->state, S("satisfied"));
	if (o->pass == IMPORT_OSCAL_PUSH)
		o->in->facts->records++;
	TRY(check(o, f, err));
	r.record = o->in->facts->records;
	evidence_set_text(&r, S("framework"), S("oscal"));
	evidence_set_text(&r, S("control"), f->target);
	if (!applies) {
		evidence_set_text(&r, S("answer"), S("not_applicable"));
	} else if (is_answered(o, f)) {
		evidence_set_text(&r, S("answer"), yes ? S("yes") : S("no"));
		evidence_set_bool(&r, S("test_passed"), yes);
	}
	evidence_set_text(&r, S("evidence"), f->evidence);
	if (f->found)
		evidence_set_bool(&r, S("evidenced"), true);
	/* A plan is modified for other reasons. */
	if (made.known && !o->has_poam)
		evidence_set_time(&r, S("answered_at"), made.ms);
	set_test(&r, f);
	return import_oscal_push(o, &r, err);
}

static enum status keep(struct import_oscal *o, const struct finding *f, struct err *err)
{
	struct import_oscal_kept *kept;
	if (!f->uuid.n)
		return OK;
	TRY(import_oscal_keep(o, IMPORT_OSCAL_FINDING, f->uuid, &kept, err));
	kept->text = str_copy(o->in->arena, f->target);
	return kept->text.p ? OK : err_full(err);
}

enum status import_oscal_finding(struct import_walk *w, void *document, struct err *err)
{
	struct import_oscal *o = document;
	struct finding f = {.document = o, .line = w->json.line};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a finding (an object)", err);
	enum status status = read_finding(w, &f, err);
	if (status == OK)
		status = o->pass == IMPORT_OSCAL_KEEP ? keep(o, &f, err) : push(o, &f, err);
	arena_release(&o->scratch);
	return status;
}
