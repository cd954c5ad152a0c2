#include "import/oscal.h"

#include <stddef.h>
#include <stdio.h>

#include "base/limits.h"
#include "base/time.h"

enum status import_oscal_refuse(const struct import_oscal *o, int64_t line, const char *what, const char *hint,
				struct err *err)
{
	err_set(err, E_INVALID, "%s", what);
	err_at(err, o->in->from->name, line, 0);
	err_hint(err, "%s", hint);
	return E_INVALID;
}

/* ---- rows ---- */

struct import_oscal_moment import_oscal_made(const struct import_oscal *o)
{
	if (o->has_poam)
		return o->modified;
	const struct import_oscal_result *r = o->result;
	return r->end.known ? r->end : r->start.known ? r->start : o->modified;
}

static bool is_later(const struct import_oscal_result *a, const struct import_oscal_result *b)
{
	struct import_oscal_moment x = a->end.known ? a->end : a->start, y = b->end.known ? b->end : b->start;
	return x.known && (!y.known || x.ms > y.ms);
}

enum status import_oscal_push(struct import_oscal *o, struct evidence_record *r, struct err *err)
{
	str kind = evidence_kinds[r->kind].name;
	int64_t number = o->result - o->results;
	struct import_seen_entry *e;
	if (o->pass == IMPORT_OSCAL_CHOOSE) {
		TRY(import_seen_add(&o->chosen, kind, r->id, &e, err));
		if (e->count == 1 || is_later(o->result, &o->results[e->line]))
			e->line = number;
		return OK;
	}
	const struct import_seen_entry *latest = o->n_results > 1 ? import_seen_find(&o->chosen, kind, r->id) : NULL;
	if (latest && latest->line != number) {
		import_flaw_note(&o->superseded, r->line);
		return OK;
	}
	return import_seen_push(&o->rows, o->in, r, &o->scratch, err);
}

/* ---- a result ---- */

static enum status read_start(struct import_walk *w, void *document, struct err *err)
{
	struct import_oscal *o = document;
	(void)w;
	return import_oscal_time(o, &o->result->start, err);
}

static enum status read_end(struct import_walk *w, void *document, struct err *err)
{
	struct import_oscal *o = document;
	(void)w;
	return import_oscal_time(o, &o->result->end, err);
}

/* trestle: when and with what was scanned, where all observations share it. */
static enum status read_prop(struct import_walk *w, void *document, struct err *err)
{
	struct import_oscal *o = document;
	struct import_oscal_prop p = {0};
	TRY(import_oscal_prop(w, &p, err));
	if (str_eq(p.class, S("scc_timestamp")) && time_parse(p.value, &o->result->scanned.ms))
		o->result->scanned.known = true;
	if (!str_eq(p.name, S("scanner_name")))
		return OK;
	o->result->tool = import_walk_lower(o->in->arena, p.value);
	return o->result->tool.p ? OK : err_full(err);
}

static void take_later(struct import_oscal_moment *latest, struct import_oscal_moment at)
{
	if (at.known && (!latest->known || at.ms > latest->ms))
		*latest = at;
}

/* The document saw what its observations saw; without any it saw something when the result was made. */
static void note_time(struct import_oscal *o)
{
	const struct import_oscal_result *r = o->result;
	struct import_oscal_moment at = r->own;
	take_later(&at, r->scanned.known ? r->scanned : r->collected);
	take_later(&o->latest, at.known ? at : import_oscal_made(o));
}

static enum status add_result(struct import_oscal *o, struct err *err)
{
	if (o->n_results == LIMIT_OSCAL_KEPT) {
		err_set(err, E_TOO_LARGE, "the document has more than %d results", LIMIT_OSCAL_KEPT);
		err_at(err, o->in->from->name, o->walk.json.line, 0);
		return E_TOO_LARGE;
	}
	if (o->n_results == o->results_cap &&
	    !(o->results = arena_grow(o->in->arena, o->results, o->n_results, o->n_results + 1, sizeof *o->results,
				      &o->results_cap)))
		return err_full(err);
	o->result = &o->results[o->n_results++];
	return OK;
}

static enum status read_result(struct import_walk *w, void *document, struct err *err)
{
	static const struct import_walk_field kept[] = {
	    IMPORT_OSCAL_CALL("start", read_start),
	    IMPORT_OSCAL_CALL("end", read_end),
	    IMPORT_OSCAL_LIST("props", read_prop),
	    IMPORT_OSCAL_CALL("local-definitions", import_oscal_definitions),
	    IMPORT_OSCAL_LIST("observations", import_oscal_observation),
	    IMPORT_OSCAL_LIST("risks", import_oscal_risk),
	    IMPORT_OSCAL_LIST("findings", import_oscal_finding),
	    IMPORT_OSCAL_END};
	static const struct import_walk_field rows[] = {
	    IMPORT_OSCAL_LIST("observations", import_oscal_observation), IMPORT_OSCAL_LIST("risks", import_oscal_risk),
	    IMPORT_OSCAL_LIST("findings", import_oscal_finding), IMPORT_OSCAL_END};
	struct import_oscal *o = document;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a result (an object)", err);
	if (o->pass == IMPORT_OSCAL_KEEP)
		TRY(add_result(o, err));
	o->result = &o->results[o->next_result++];
	TRY(import_walk_members(w, o->pass == IMPORT_OSCAL_KEEP ? kept : rows, o, err));
	if (o->pass == IMPORT_OSCAL_KEEP)
		note_time(o);
	return OK;
}

static enum status read_results(struct import_walk *w, void *document, struct err *err)
{
	struct import_oscal *o = document;
	o->has_results = true;
	return import_walk_each(w, read_result, o, err);
}

/* ---- the documents ---- */

static enum status read_modified(struct import_walk *w, void *document, struct err *err)
{
	struct import_oscal *o = document;
	(void)w;
	return import_oscal_time(o, &o->modified, err);
}

/* Texts of the head outlive the records. */
static enum status read_kept_text(struct import_oscal *o, str *out, struct err *err)
{
	str text = {NULL, 0};
	TRY(import_walk_text(&o->walk, &text, err));
	*out = str_copy(o->in->arena, text);
	return out->p ? OK : err_full(err);
}

static enum status read_uuid(struct import_walk *w, void *document, struct err *err)
{
	struct import_oscal *o = document;
	(void)w;
	return read_kept_text(o, &o->uuid, err);
}

static enum status read_system(struct import_walk *w, void *document, struct err *err)
{
	struct import_oscal *o = document;
	(void)w;
	return read_kept_text(o, &o->system, err);
}

static const struct import_walk_field metadata[] = {IMPORT_OSCAL_CALL("last-modified", read_modified),
						    IMPORT_OSCAL_LIST("parties", import_oscal_party), IMPORT_OSCAL_END};

static enum status read_assessment(struct import_walk *w, void *document, struct err *err)
{
	static const struct import_walk_field kept[] = {IMPORT_OSCAL_OBJECT("metadata", metadata),
							IMPORT_OSCAL_CALL("results", read_results), IMPORT_OSCAL_END};
	static const struct import_walk_field rows[] = {IMPORT_OSCAL_CALL("results", read_results), IMPORT_OSCAL_END};
	struct import_oscal *o = document;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "assessment results (an object)", err);
	TRY(import_walk_members(w, o->pass == IMPORT_OSCAL_KEEP ? kept : rows, o, err));
	return o->has_results ? OK : json_expected(&w->json, "results in the assessment results", err);
}

static enum status read_plan(struct import_walk *w, void *document, struct err *err)
{
	static const struct import_walk_field system[] = {IMPORT_OSCAL_CALL("id", read_system), IMPORT_OSCAL_END};
	static const struct import_walk_field kept[] = {
	    IMPORT_OSCAL_CALL("uuid", read_uuid),
	    IMPORT_OSCAL_OBJECT("metadata", metadata),
	    IMPORT_OSCAL_OBJECT("system-id", system),
	    IMPORT_OSCAL_CALL("local-definitions", import_oscal_definitions),
	    IMPORT_OSCAL_LIST("observations", import_oscal_observation),
	    IMPORT_OSCAL_LIST("risks", import_oscal_risk),
	    IMPORT_OSCAL_LIST("findings", import_oscal_finding),
	    IMPORT_OSCAL_LIST("poam-items", import_oscal_item),
	    IMPORT_OSCAL_END};
	static const struct import_walk_field rows[] = {
	    IMPORT_OSCAL_LIST("observations", import_oscal_observation), IMPORT_OSCAL_LIST("risks", import_oscal_risk),
	    IMPORT_OSCAL_LIST("findings", import_oscal_finding), IMPORT_OSCAL_LIST("poam-items", import_oscal_item),
	    IMPORT_OSCAL_END};
	struct import_oscal *o = document;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a plan of action (an object)", err);
	o->has_poam = true;
	if (o->pass == IMPORT_OSCAL_KEEP)
		TRY(add_result(o, err));
	o->result = &o->results[o->next_result++];
	return import_walk_members(w, o->pass == IMPORT_OSCAL_KEEP ? kept : rows, o, err);
}

/* The other documents of OSCAL say what is wanted, not how it is. */
static const struct {
	str member;
	const char *what;
} others[] = {
    {S("catalog"), "an OSCAL catalog, which lists controls and has no results"},
    {S("profile"), "an OSCAL profile, which selects controls and has no results"},
    {S("system-security-plan"), "an OSCAL system security plan, which says how controls are to be met"},
    {S("component-definition"), "an OSCAL component definition, which says what components can do"},
    {S("assessment-plan"), "an OSCAL assessment plan, which says what will be assessed"},
    {S("mapping-collection"), "an OSCAL mapping, which relates controls to each other"},
};
enum { OTHERS = sizeof others / sizeof *others };

/* Standing on the first key of the root. */
static enum status refuse_other(const struct import_oscal *o, str member, struct err *err)
{
	for (size_t i = 0; i < OTHERS; i++)
		if (str_eq(member, others[i].member))
			return import_oscal_refuse(o, o->walk.json.line, others[i].what,
						   "assessment-results or a plan-of-action-and-milestones is evidence",
						   err);
	return OK;
}

static enum status read_member(struct import_oscal *o, str member, struct err *err)
{
	struct import_walk *w = &o->walk;
	bool assessment = str_eq(member, S("assessment-results")), bare = str_eq(member, S("results")),
	     plan = str_eq(member, S("plan-of-action-and-milestones"));
	TRY(refuse_other(o, member, err));
	if ((assessment || bare || plan) && (o->has_results || o->has_poam))
		return json_expected(&w->json, "one document in the file", err);
	TRY(json_next(&w->json, err));
	return assessment ? read_assessment(w, o, err)
	       : bare     ? read_results(w, o, err)
	       : plan     ? read_plan(w, o, err)
			  : json_skip(&w->json, err);
}

static enum status read_root(struct import_oscal *o, struct err *err)
{
	struct import_walk *w = &o->walk;
	o->has_results = o->has_poam = false;
	o->next_result = 0;
	TRY(json_open(&w->json, o->in->from, o->in->arena, err));
	TRY(json_next(&w->json, err));
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an OSCAL document (an object)", err);
	for (;;) {
		TRY(json_next(&w->json, err));
		if (w->json.event == JSON_OBJECT_END)
			break;
		TRY(read_member(o, w->json.text, err));
	}
	if (!o->has_results && !o->has_poam)
		return json_expected(&w->json, "assessment-results or plan-of-action-and-milestones", err);
	return json_next(&w->json, err);
}

static enum status read_again(struct import_oscal *o, enum import_oscal_pass pass, str text, struct err *err)
{
	o->pass = pass;
	TRY(source_rewind(o->in->from, text, err));
	return read_root(o, err);
}

/* A plan has a UUID or a system for life; assessment results have a new one for each assessment. */
static enum status name_feed(struct import_oscal *o, struct err *err)
{
	str name = o->system.n ? o->system : o->uuid;
	if (!o->has_poam || !name.n)
		return OK;
	name = import_walk_join(o->in->arena, (str[]){S("oscal"), S("poam"), name}, 3, ':');
	o->in->facts->identity = name.p ? import_seen_fit(o->in->arena, name) : name;
	return o->in->facts->identity.p ? OK : err_full(err);
}

static enum status read_passes(struct import_oscal *o, str text, struct err *err)
{
	TRY(read_root(o, err));
	if (o->has_poam) {
		note_time(o);
		take_later(&o->latest, o->modified);
	}
	if (o->n_results > 1)
		TRY(read_again(o, IMPORT_OSCAL_CHOOSE, text, err));
	TRY(read_again(o, IMPORT_OSCAL_PUSH, text, err));
	o->in->facts->has_time = o->latest.known;
	o->in->facts->observed_ms = o->latest.ms;
	return name_feed(o, err);
}

static enum status warn(const struct import_oscal *o, struct err *err)
{
	const struct {
		const struct import_flaw *flaw;
		str message;
	} flaws[] = {
	    {&o->no_zone, S("a time names no zone: taken as UTC")},
	    {&o->no_time, S("a result has no time")},
	    {&o->no_status, S("a result says neither pass nor fail: its status stays unknown")},
	    {&o->ambiguous,
	     S("a UUID stands for several subjects: which of them a result is about is unknown, and its id "
	       "ends in a number")},
	    {&o->expired, S("an observation had expired: it proves nothing any more")},
	    {&o->contradicts, S("the state of a finding contradicts its reason: its answer stays unknown")},
	    {&o->superseded, S("a later result of the document has it, too: the earlier one is left out")},
	    {&o->leads_nowhere, S("a reference leads nowhere or to several things: passed over")},
	    {&o->no_risk, S("an item of the plan names no risk: its status stays unknown")},
	    {&o->risk_status, S("the status of a risk is none of OSCAL's: the risk counts as open")},
	    {&o->closed, S("a closed risk does not say since when: the document's time counts")},
	};
	for (size_t i = 0; i < sizeof flaws / sizeof *flaws; i++)
		TRY(import_flaw_warn(o->in, flaws[i].flaw, flaws[i].message, err));
	return import_seen_warn(&o->rows, o->in, "record", err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	str text = in->from->text;
	struct import_oscal *o = arena_new(in->arena, struct import_oscal, 1);
	if (!o)
		return err_full(err);
	*o = (struct import_oscal){.in = in,
				   .scratch = ARENA(LIMIT_RECORD_BYTES),
				   .uuids.arena = in->arena,
				   .chosen.arena = in->arena,
				   .unnamed.arena = in->arena,
				   .rows.seen.arena = in->arena};
	o->walk.texts = &o->scratch;
	enum status status = read_passes(o, text, err);
	arena_release(&o->scratch);
	return status == OK ? warn(o, err) : status;
}

static int sniff(str head, bool complete)
{
	(void)complete;
	if (import_walk_has(head, S("assessment-results")) || import_walk_has(head, S("plan-of-action-and-milestones")))
		return 100;
	/* To be refused with a sentence that says what they are. */
	for (size_t i = 0; i < OTHERS; i++)
		if (import_walk_has(head, others[i].member) && str_find(head, S("\"oscal-version\"")) >= 0)
			return 90;
	if (!import_walk_has(head, S("results")) || import_walk_shape(head) != IMPORT_WALK_IS_OBJECT)
		return 0;
	return str_find(head, S("\"reviewed-controls\"")) >= 0 || str_find(head, S("\"subject-uuid\"")) >= 0 ||
		       str_find(head, S("\"observation-uuid\"")) >= 0
		   ? 90
		   : 0;
}

const struct import_format import_oscal = {.name = S("oscal"),
					   .title = S("OSCAL assessment results and plans of action (POA&M), JSON"),
					   .kinds = EVIDENCE_BIT(EVIDENCE_POSTURE) |
						    EVIDENCE_BIT(EVIDENCE_CONTROL_ANSWER) |
						    EVIDENCE_BIT(EVIDENCE_RISK) | EVIDENCE_BIT(EVIDENCE_FINDING),
					   .sniff = sniff,
					   .read = read_file};
