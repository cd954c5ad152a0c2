#include <stddef.h>

#include "import/oscal.h"

/* ---- a risk ---- */

static enum status read_prop(struct import_walk *w, void *risk, struct err *err)
{
	struct import_oscal_prop p = {0};
	TRY(import_oscal_prop(w, &p, err));
	if (str_eq(p.name, S("impacted-control-id")))
		((struct import_oscal_risk *)risk)->control = p.value;
	return OK;
}

struct facet {
	str name, value, state;
};

static enum status read_facet_prop(struct import_walk *w, void *facet, struct err *err)
{
	struct import_oscal_prop p = {0};
	TRY(import_oscal_prop(w, &p, err));
	if (str_eq(p.name, S("state")))
		((struct facet *)facet)->state = p.value;
	return OK;
}

/* Likelihood and impact alone make no level: how they do is the organisation's own rule. */
static enum status read_facet(struct import_walk *w, void *risk, struct err *err)
{
	static const struct import_walk_field members[] = {
	    IMPORT_OSCAL_TEXT("name", facet, name), IMPORT_OSCAL_TEXT("value", facet, value),
	    IMPORT_OSCAL_LIST("props", read_facet_prop), IMPORT_OSCAL_END};
	struct import_oscal_risk *r = risk;
	struct facet f = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a facet (an object)", err);
	TRY(import_walk_members(w, members, &f, err));
	if (!str_eq(f.name, S("risk")) && !str_eq(f.name, S("risk-level")) && !str_eq(f.name, S("severity")))
		return OK;
	bool adjusted = str_eq(f.state, S("adjusted")) || str_eq(f.state, S("residual"));
	str level = import_posture_severity(f.value);
	if (level.n && !str_eq(level, S("info")))
		*(adjusted ? &r->residual : &r->level) = level;
	return OK;
}

static enum status read_characterization(struct import_walk *w, void *risk, struct err *err)
{
	static const struct import_walk_field members[] = {IMPORT_OSCAL_LIST("facets", read_facet), IMPORT_OSCAL_END};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a characterization (an object)", err);
	return import_walk_members(w, members, risk, err);
}

struct response {
	str lifecycle, type;
};

static enum status read_response_prop(struct import_walk *w, void *response, struct err *err)
{
	struct import_oscal_prop p = {0};
	TRY(import_oscal_prop(w, &p, err));
	if (str_eq(p.name, S("type")))
		((struct response *)response)->type = p.value;
	return OK;
}

/* What is only recommended is not decided. */
static enum status read_response(struct import_walk *w, void *risk, struct err *err)
{
	static const struct import_walk_field members[] = {IMPORT_OSCAL_TEXT("lifecycle", response, lifecycle),
							   IMPORT_OSCAL_LIST("props", read_response_prop),
							   IMPORT_OSCAL_END};
	static const str words[][2] = {{S("mitigate"), S("reduce")},
				       {S("accept"), S("accept")},
				       {S("transfer"), S("transfer")},
				       {S("share"), S("transfer")},
				       {S("avoid"), S("avoid")}};
	struct response response = {{NULL, 0}, {NULL, 0}};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a response (an object)", err);
	TRY(import_walk_members(w, members, &response, err));
	if (!str_eq(response.lifecycle, S("planned")) && !str_eq(response.lifecycle, S("completed")))
		return OK;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq(response.type, words[i][0]))
			((struct import_oscal_risk *)risk)->treatment = words[i][1];
	return OK;
}

/* ---- its log ---- */

struct entry {
	struct import_oscal *document;
	struct import_oscal_moment start, end;
	str change, by;
};

static enum status read_start(struct import_walk *w, void *entry, struct err *err)
{
	struct entry *e = entry;
	(void)w;
	return import_oscal_time(e->document, &e->start, err);
}

static enum status read_end(struct import_walk *w, void *entry, struct err *err)
{
	struct entry *e = entry;
	(void)w;
	return import_oscal_time(e->document, &e->end, err);
}

/* The first who logged it. */
static enum status read_by(struct import_walk *w, void *entry, struct err *err)
{
	static const struct import_walk_field members[] = {IMPORT_OSCAL_TEXT("party-uuid", entry, by),
							   IMPORT_OSCAL_END};
	struct entry *e = entry;
	if (e->by.n)
		return json_skip(&w->json, err);
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "who logged it (an object)", err);
	return import_walk_members(w, members, e, err);
}

static enum status read_entry(struct import_walk *w, void *risk, struct err *err)
{
	static const struct import_walk_field members[] = {IMPORT_OSCAL_CALL("start", read_start),
							   IMPORT_OSCAL_CALL("end", read_end),
							   IMPORT_OSCAL_TEXT("status-change", entry, change),
							   IMPORT_OSCAL_LIST("logged-by", read_by), IMPORT_OSCAL_END};
	struct import_oscal_risk *r = risk;
	struct entry e = {.document = r->document};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an entry of the log (an object)", err);
	TRY(import_walk_members(w, members, &e, err));
	if (!e.start.known)
		return OK;
	if (!r->looked.known || e.start.ms > r->looked.ms)
		r->looked = e.start;
	if (str_eq(e.change, S("closed")) && (!r->closed.known || e.start.ms > r->closed.ms))
		r->closed = e.end.known ? e.end : e.start;
	if (str_eq(e.change, S("deviation-approved")) && (!r->accepted.known || e.start.ms > r->accepted.ms)) {
		r->accepted = e.start;
		r->accepter = e.by;
	}
	return OK;
}

static enum status read_deadline(struct import_walk *w, void *risk, struct err *err)
{
	struct import_oscal_risk *r = risk;
	(void)w;
	return import_oscal_time(r->document, &r->deadline, err);
}

static enum status read_risk(struct import_walk *w, struct import_oscal_risk *r, struct err *err)
{
	static const struct import_walk_field log[] = {IMPORT_OSCAL_LIST("entries", read_entry), IMPORT_OSCAL_END};
	static const struct import_walk_field members[] = {
	    IMPORT_OSCAL_TEXT("uuid", import_oscal_risk, uuid),
	    IMPORT_OSCAL_TEXT("title", import_oscal_risk, title),
	    IMPORT_OSCAL_TEXT("statement", import_oscal_risk, statement),
	    IMPORT_OSCAL_TEXT("description", import_oscal_risk, description),
	    IMPORT_OSCAL_TEXT("status", import_oscal_risk, status),
	    IMPORT_OSCAL_LIST("props", read_prop),
	    IMPORT_OSCAL_LIST("characterizations", read_characterization),
	    IMPORT_OSCAL_LIST("remediations", read_response),
	    IMPORT_OSCAL_CALL("deadline", read_deadline),
	    IMPORT_OSCAL_OBJECT("risk-log", log),
	    IMPORT_OSCAL_END};
	return import_walk_members(w, members, r, err);
}

/* ---- what becomes of it ---- */

static enum status decide_state(struct import_oscal *o, struct import_oscal_risk *r, struct err *err)
{
	static const str open[] = {S("open"), S("investigating"), S("remediating"), S("deviation-requested")};
	bool known = false;
	if (!r->uuid.n)
		return import_oscal_refuse(o, r->line, "a risk has no uuid", "every risk of OSCAL has one", err);
	r->state = str_eq(r->status, S("closed"))               ? IMPORT_OSCAL_CLOSED
		   : str_eq(r->status, S("deviation-approved")) ? IMPORT_OSCAL_ACCEPTED
								: IMPORT_OSCAL_OPEN;
	for (size_t i = 0; i < sizeof open / sizeof *open; i++)
		known = known || str_eq(r->status, open[i]);
	if (!known && r->state == IMPORT_OSCAL_OPEN && o->pass == IMPORT_OSCAL_PUSH)
		import_flaw_note(&o->risk_status, r->line);
	return OK;
}

/* A document knows at least that it is closed when it was made. */
static enum status decide_closed(struct import_oscal *o, struct import_oscal_risk *r, struct err *err)
{
	if (r->state != IMPORT_OSCAL_CLOSED || r->closed.known)
		return OK;
	r->closed = import_oscal_made(o);
	if (!r->closed.known)
		return import_oscal_refuse(o, r->line,
					   "a risk is closed, but neither its log nor the document has a time",
					   "an entry of risk-log with status-change closed expected", err);
	if (o->pass == IMPORT_OSCAL_PUSH)
		import_flaw_note(&o->closed, r->line);
	return OK;
}

static enum status keep(struct import_oscal *o, const struct import_oscal_risk *r, struct err *err)
{
	struct import_oscal_kept *kept;
	TRY(import_oscal_keep(o, IMPORT_OSCAL_RISK, r->uuid, &kept, err));
	if (kept->several)
		return OK;
	kept->state = r->state;
	kept->deadline = r->deadline;
	kept->closed = r->closed;
	kept->severity = r->residual.n ? r->residual : r->level;
	kept->accepter = str_copy(o->in->arena, r->accepter);
	kept->text = str_copy(o->in->arena, r->control);
	return kept->accepter.p && kept->text.p ? OK : err_full(err);
}

str import_oscal_person(const struct import_oscal *o, str party)
{
	const struct import_oscal_kept *kept = import_oscal_find(o, IMPORT_OSCAL_PARTY, party);
	return kept && !kept->several && kept->text.n ? kept->text : party;
}

void import_oscal_set(struct evidence_record *r, str column, struct import_oscal_moment at)
{
	if (at.known)
		evidence_set_time(r, column, at.ms);
}

static enum status push(struct import_oscal *o, const struct import_oscal_risk *r, struct err *err)
{
	struct evidence_record row = {.kind = EVIDENCE_RISK, .id = r->uuid, .line = r->line};
	evidence_set_text(&row, S("title"), r->title);
	evidence_set_text(&row, S("scenario"), r->statement.n ? r->statement : r->description);
	evidence_set_text(&row, S("system_id"), o->system);
	evidence_set_text(&row, S("level"), r->level);
	evidence_set_text(&row, S("residual"), r->residual);
	evidence_set_text(&row, S("treatment"), r->treatment);
	if (r->state == IMPORT_OSCAL_ACCEPTED) {
		evidence_set_text(&row, S("treatment"), S("accept"));
		evidence_set_text(&row, S("accepted_by"), import_oscal_person(o, r->accepter));
		import_oscal_set(&row, S("accepted_at"), r->accepted);
		import_oscal_set(&row, S("accepted_until_at"), r->deadline);
	}
	import_oscal_set(&row, S("reviewed_at"), r->looked);
	if (r->state == IMPORT_OSCAL_CLOSED)
		import_oscal_set(&row, S("closed_at"), r->closed);
	return import_oscal_push(o, &row, err);
}

enum status import_oscal_risk(struct import_walk *w, void *document, struct err *err)
{
	struct import_oscal *o = document;
	struct import_oscal_risk r = {.document = o, .line = w->json.line};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a risk (an object)", err);
	enum status status = read_risk(w, &r, err);
	if (status == OK)
		status = decide_state(o, &r, err);
	if (status == OK && o->pass == IMPORT_OSCAL_KEEP)
		status = keep(o, &r, err);
	else if (status == OK && (status = decide_closed(o, &r, err)) == OK)
		status = push(o, &r, err);
	arena_release(&o->scratch);
	return status;
}
