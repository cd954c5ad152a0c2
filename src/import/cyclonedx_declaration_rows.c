#include <inttypes.h>
#include <stdio.h>

#include "import/cyclonedx_declaration.h"

/* What an entry of a map says about one target. */
struct answer {
	str target; /* its name; empty when no claim has one */
	enum import_cyclonedx_proof proof;
	bool countered;
	str evidence;
};

struct making {
	struct import_cyclonedx *bom;
	struct arena scratch; /* texts of the current entry */
	struct import_cyclonedx_declared *declared;
	struct import_cyclonedx_moment now; /* when the bill was made, else when it was seen */
	int64_t number;                     /* of the entry */
	struct import_seen targets;         /* scope: the entry; `line` is the place in answers */
	struct answer *answers;             /* of the current entry */
	size_t n_answers, answers_cap;
};

/* NULL when the ref leads nowhere or to several things. A BOM-Link leads into another bill, which is no flaw. */
static struct import_cyclonedx_item *look_up(struct making *m, str sort, str ref, int64_t line)
{
	struct import_cyclonedx_item *item = import_cyclonedx_item(m->bom, sort, ref);
	if (!item && !str_starts(ref, S("urn:cdx:")))
		import_flaw_note(&m->declared->leads_nowhere, line);
	return item;
}

/* ---- what proves a claim ---- */

static enum import_cyclonedx_proof weigh_evidence(struct making *m, const struct import_cyclonedx_item *evidence,
						  int64_t line)
{
	if (!evidence->text.n)
		return IMPORT_CYCLONEDX_UNPROVEN;
	if (evidence->expires.known && !m->now.known) {
		import_flaw_note(&m->declared->undated, line);
		return IMPORT_CYCLONEDX_UNSURE;
	}
	if (evidence->expires.known && evidence->expires.ms <= m->now.ms) {
		import_flaw_note(&m->declared->expired, line);
		return IMPORT_CYCLONEDX_UNPROVEN;
	}
	if (evidence->created.known && m->now.known && evidence->created.ms > m->now.ms) {
		import_flaw_note(&m->declared->later, line);
		return IMPORT_CYCLONEDX_UNSURE;
	}
	return IMPORT_CYCLONEDX_PROVEN;
}

/* ---- what a claim is about ---- */

/* The bill's own subject is called as in its feed. */
static enum status name_target(struct making *m, struct import_cyclonedx_item *claim, struct err *err)
{
	struct arena *texts = m->bom->in->arena;
	const struct import_cyclonedx_component *subject = m->bom->subject;
	const struct import_cyclonedx_item *target =
	    import_cyclonedx_item(m->bom, IMPORT_CYCLONEDX_TARGET, claim->target);
	str version, name = target && target->text.n ? target->text : claim->target;
	if (!target && claim->target.n && subject && str_eq(subject->ref, claim->target)) {
		name = import_bom_stem(subject->purl, &version);
		if (!name.n)
			name = import_walk_join_some(texts, (str[]){subject->group, subject->name}, 2, '/');
	}
	claim->target = import_seen_fit(texts, claim->target);
	claim->target_name = import_seen_fit(texts, name);
	return name.n && (!claim->target.p || !claim->target_name.p) ? err_full(err) : OK;
}

/* Once for each claim, however many entries name it. */
static enum status weigh(struct making *m, struct import_cyclonedx_item *claim, struct err *err)
{
	if (claim->weighed)
		return OK;
	claim->weighed = true;
	for (const struct import_cyclonedx_link *l = claim->evidence.first; l; l = l->next) {
		const struct import_cyclonedx_item *e = look_up(m, IMPORT_CYCLONEDX_EVIDENCE, l->ref, l->line);
		enum import_cyclonedx_proof proof = e ? weigh_evidence(m, e, l->line) : IMPORT_CYCLONEDX_UNSURE;
		str text = import_seen_fit(m->bom->in->arena, e ? e->text : l->ref);
		if (!text.p && (e ? e->text.n : l->ref.n))
			return err_full(err);
		if (!claim->text.n || proof > claim->proof)
			claim->text = text;
		if (proof > claim->proof)
			claim->proof = proof;
	}
	return name_target(m, claim, err);
}

/* ---- the answers of an entry ---- */

static enum status find_answer(struct making *m, str target, str name, struct answer **out, struct err *err)
{
	char scope[24];
	struct import_seen_entry *e;
	int n = snprintf(scope, sizeof scope, "%" PRId64, m->number);
	TRY(import_seen_add(&m->targets, (str){scope, n < 0 ? 0 : (size_t)n}, target, &e, err));
	if (e->count == 1) {
		if (m->n_answers == m->answers_cap &&
		    !(m->answers = arena_grow(m->bom->in->arena, m->answers, m->n_answers, m->n_answers + 1,
					      sizeof *m->answers, &m->answers_cap)))
			return err_full(err);
		e->line = (int64_t)m->n_answers;
		m->answers[m->n_answers++] = (struct answer){.target = name};
	}
	*out = &m->answers[e->line];
	return OK;
}

static enum status add_claim(struct making *m, struct import_cyclonedx_item *claim, struct err *err)
{
	struct answer *a;
	TRY(weigh(m, claim, err));
	TRY(find_answer(m, claim->target, claim->target_name, &a, err));
	a->countered = a->countered || claim->countered;
	if (!a->evidence.n || claim->proof > a->proof)
		a->evidence = claim->text;
	if (claim->proof > a->proof)
		a->proof = claim->proof;
	return OK;
}

/* By target, so that proof about one proves nothing about another. Where no claim can be looked at, one answer. */
static enum status gather(struct making *m, const struct import_cyclonedx_attested *entry, struct err *err)
{
	m->number++;
	m->n_answers = 0;
	for (const struct import_cyclonedx_link *l = entry->claims.first; l; l = l->next) {
		struct import_cyclonedx_item *claim = look_up(m, IMPORT_CYCLONEDX_CLAIM, l->ref, l->line);
		if (claim)
			TRY(add_claim(m, claim, err));
	}
	if (m->n_answers)
		return OK;
	struct answer *a;
	TRY(find_answer(m, (str){NULL, 0}, (str){NULL, 0}, &a, err));
	a->proof = entry->claims.first ? IMPORT_CYCLONEDX_UNSURE : IMPORT_CYCLONEDX_UNPROVEN;
	return OK;
}

/* ---- rows ---- */

static enum status name_assessor(struct making *m, struct import_cyclonedx_attestation *a, struct err *err)
{
	if (a->named || !a->assessor.n)
		return OK;
	const struct import_cyclonedx_item *assessor = look_up(m, IMPORT_CYCLONEDX_ASSESSOR, a->assessor, a->line);
	a->assessor = import_seen_fit(m->bom->in->arena, assessor && assessor->text.n ? assessor->text : a->assessor);
	a->named = true;
	return a->assessor.p ? OK : err_full(err);
}

/* A foreign standard never passes for a questionnaire that checks read: its name stands behind the format's. */
static enum status set_control(struct making *m, const struct import_cyclonedx_attested *entry,
			       struct evidence_record *r, str *head, struct err *err)
{
	const struct import_cyclonedx_item *requirement =
	    look_up(m, IMPORT_CYCLONEDX_REQUIREMENT, entry->requirement, entry->line);
	const struct import_cyclonedx_standard *standard = requirement ? requirement->standard : NULL;
	str framework = standard ? standard->framework : S("cyclonedx");
	str version = standard && standard->name.n ? standard->version : (str){NULL, 0};
	str control = requirement && requirement->text.n ? requirement->text : entry->requirement;
	*head = import_walk_join_some(&m->scratch, (str[]){framework, version, control}, 3, '|');
	if (!head->p)
		return err_full(err);
	evidence_set_text(r, S("framework"), framework);
	evidence_set_text(r, S("version"), version);
	evidence_set_text(r, S("control"), control);
	return OK;
}

/* Where something stands against it, a full score is no yes, and nothing counts as proof. */
static void set_answer(struct making *m, const struct import_cyclonedx_attested *entry, const struct answer *a,
		       struct evidence_record *r)
{
	bool countered = entry->countered || a->countered;
	static const str words[] = {[IMPORT_CYCLONEDX_NOTHING] = S("no"),
				    [IMPORT_CYCLONEDX_PART] = S("partly"),
				    [IMPORT_CYCLONEDX_FULL] = S("yes")};
	if (entry->score == IMPORT_CYCLONEDX_FULL && countered)
		import_flaw_note(&m->declared->contradicted, entry->line);
	else if (entry->score != IMPORT_CYCLONEDX_NO_SCORE)
		evidence_set_text(r, S("answer"), words[entry->score]);
	evidence_set_text(r, S("evidence"), a->evidence);
	if (a->proof == IMPORT_CYCLONEDX_UNPROVEN)
		evidence_set_bool(r, S("evidenced"), false);
	else if (a->proof == IMPORT_CYCLONEDX_PROVEN && !countered)
		evidence_set_bool(r, S("evidenced"), true);
}

static enum status push_answers(struct making *m, const struct import_cyclonedx_attested *entry, struct err *err)
{
	struct evidence_record base = {.kind = EVIDENCE_CONTROL_ANSWER, .line = entry->line};
	str head, assessor = entry->attestation->assessor;
	TRY(set_control(m, entry, &base, &head, err));
	evidence_set_text(&base, S("answered_by"), assessor);
	for (size_t i = 0; i < m->n_answers; i++) {
		struct evidence_record r = base;
		r.id = import_walk_join_some(&m->scratch, (str[]){head, m->answers[i].target, assessor}, 3, '|');
		if (!r.id.p)
			return err_full(err);
		set_answer(m, entry, &m->answers[i], &r);
		TRY(import_seen_push(&m->declared->rows, m->bom->in, &r, &m->scratch, err));
	}
	return OK;
}

static enum status push_entry(struct making *m, const struct import_cyclonedx_attested *entry, struct err *err)
{
	if (!entry->requirement.n) {
		import_flaw_note(&m->declared->no_requirement, entry->line);
		return OK;
	}
	TRY(gather(m, entry, err));
	TRY(name_assessor(m, entry->attestation, err));
	enum status status = push_answers(m, entry, err);
	arena_release(&m->scratch);
	return status;
}

static enum status warn(const struct import_cyclonedx *b, struct err *err)
{
	const struct import_cyclonedx_declared *d = b->declared;
	const struct {
		const struct import_flaw *flaw;
		str message;
	} flaws[] = {
	    {&d->no_requirement, S("an attestation names no requirement: left out")},
	    {&d->leads_nowhere, S("a reference of an attestation leads nowhere or to several things")},
	    {&d->contradicted, S("a counter-claim or counter-evidence stands against a full score: the answer stays "
				 "unknown")},
	    {&d->expired, S("the evidence of a claim had expired when the bill was made: it proves nothing any more")},
	    {&d->undated, S("the evidence of a claim expires, and the bill has no time: what it proves stays unknown")},
	    {&d->later, S("the evidence of a claim is younger than the bill: what it proves stays unknown")},
	};
	for (size_t i = 0; i < sizeof flaws / sizeof *flaws; i++)
		TRY(import_flaw_warn(b->in, flaws[i].flaw, flaws[i].message, err));
	return import_seen_warn(&d->rows, b->in, "control answer", err);
}

enum status import_cyclonedx_answers(struct import_cyclonedx *b, struct err *err)
{
	const struct import_input *in = b->in;
	struct making m = {
	    .bom = b, .scratch = ARENA(LIMIT_RECORD_BYTES), .declared = b->declared, .targets.arena = in->arena};
	if (in->facts->has_time)
		m.now = (struct import_cyclonedx_moment){true, in->facts->observed_ms};
	else if (in->given_ms)
		m.now = (struct import_cyclonedx_moment){true, *in->given_ms};
	for (const struct import_cyclonedx_attested *entry = b->declared->first; entry; entry = entry->next)
		TRY(push_entry(&m, entry, err));
	return warn(b, err);
}
