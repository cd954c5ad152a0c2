#include <stddef.h>

#include "import/oscal.h"

struct item {
	struct import_oscal *document;
	int64_t line;
	str uuid, title, rule, control, resource, severity, accepter;
	struct import_oscal_moment first, due, closed, accepted_until;
	int64_t risks, closed_risks, accepted_risks;
	str related; /* the UUID being read */
};

static int rank(str severity)
{
	static const str words[] = {S("low"), S("medium"), S("high"), S("critical")};
	for (int i = 0; i < 4; i++)
		if (str_eq(severity, words[i]))
			return i + 1;
	return 0;
}

static void take_earlier(struct import_oscal_moment *out, struct import_oscal_moment at)
{
	if (at.known && (!out->known || at.ms < out->ms))
		*out = at;
}

static void take_later(struct import_oscal_moment *out, struct import_oscal_moment at)
{
	if (at.known && (!out->known || at.ms > out->ms))
		*out = at;
}

/* The risk that the UUID names; closed ones are over and have no due date any more. */
static void take_risk(struct item *item, const struct import_oscal_kept *risk)
{
	item->risks++;
	if (!item->control.n)
		item->control = risk->text;
	if (rank(risk->severity) > rank(item->severity))
		item->severity = risk->severity;
	switch (risk->state) {
	case IMPORT_OSCAL_CLOSED:
		item->closed_risks++;
		take_later(&item->closed, risk->closed.known ? risk->closed : import_oscal_made(item->document));
		return;
	case IMPORT_OSCAL_ACCEPTED:
		item->accepted_risks++;
		item->accepter = risk->accepter;
		take_earlier(&item->accepted_until, risk->deadline);
		break;
	case IMPORT_OSCAL_OPEN:
		break;
	}
	take_earlier(&item->due, risk->deadline);
}

static void take_observation(struct item *item, const struct import_oscal_kept *observation)
{
	bool several;
	take_earlier(&item->first, observation->collected);
	if (!item->resource.n)
		item->resource = import_oscal_name(item->document, &observation->subject, &several);
}

static enum status follow(struct import_walk *w, struct item *item, const struct import_walk_field *members, str sort,
			  const struct import_oscal_kept **out, struct err *err)
{
	struct import_oscal *o = item->document;
	item->related = (str){NULL, 0};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a reference (an object)", err);
	TRY(import_walk_members(w, members, item, err));
	*out = import_oscal_find(o, sort, item->related);
	if (*out && !(*out)->several)
		return OK;
	*out = NULL;
	if (o->pass == IMPORT_OSCAL_PUSH)
		import_flaw_note(&o->leads_nowhere, w->json.line);
	return OK;
}

static enum status read_related_risk(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field members[] = {IMPORT_OSCAL_TEXT("risk-uuid", item, related),
							   IMPORT_OSCAL_END};
	const struct import_oscal_kept *kept = NULL;
	TRY(follow(w, record, members, IMPORT_OSCAL_RISK, &kept, err));
	if (kept)
		take_risk(record, kept);
	return OK;
}

static enum status read_related_observation(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field members[] = {IMPORT_OSCAL_TEXT("observation-uuid", item, related),
							   IMPORT_OSCAL_END};
	const struct import_oscal_kept *kept = NULL;
	TRY(follow(w, record, members, IMPORT_OSCAL_OBSERVATION, &kept, err));
	if (kept)
		take_observation(record, kept);
	return OK;
}

static enum status read_related_finding(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field members[] = {IMPORT_OSCAL_TEXT("finding-uuid", item, related),
							   IMPORT_OSCAL_END};
	struct item *item = record;
	const struct import_oscal_kept *kept = NULL;
	TRY(follow(w, item, members, IMPORT_OSCAL_FINDING, &kept, err));
	if (kept && !item->rule.n)
		item->rule = kept->text;
	return OK;
}

/* Open while one of its risks is; of an item without a risk nobody says. */
static void set_status(struct import_oscal *o, struct evidence_record *row, const struct item *item)
{
	if (!item->risks) {
		if (o->pass == IMPORT_OSCAL_PUSH)
			import_flaw_note(&o->no_risk, item->line);
		return;
	}
	if (item->closed_risks == item->risks) {
		evidence_set_text(row, S("status"), S("fixed"));
		import_oscal_set(row, S("resolved_at"), item->closed);
	} else if (item->closed_risks + item->accepted_risks == item->risks) {
		evidence_set_text(row, S("status"), S("accepted"));
		evidence_set_text(row, S("exception_owner_id"), import_oscal_person(o, item->accepter));
		import_oscal_set(row, S("exception_expires_at"), item->accepted_until);
	} else {
		evidence_set_text(row, S("status"), S("open"));
	}
}

static enum status push_item(struct import_oscal *o, const struct item *item, struct err *err)
{
	struct evidence_record row = {.kind = EVIDENCE_FINDING, .line = item->line};
	row.id = item->uuid.n ? item->uuid : item->title;
	if (!row.id.n)
		return import_oscal_refuse(o, item->line, "an item of the plan has neither uuid nor title",
					   "one of them expected", err);
	evidence_set_text(&row, S("rule"), item->rule.n ? item->rule : item->control);
	evidence_set_text(&row, S("title"), item->title);
	evidence_set_text(&row, S("severity"), item->severity);
	evidence_set_text(&row, S("system_id"), o->system);
	evidence_set_text(&row, S("resource"), item->resource);
	import_oscal_set(&row, S("due_at"), item->due);
	import_oscal_set(&row, S("created_at"), item->first);
	set_status(o, &row, item);
	return import_oscal_push(o, &row, err);
}

enum status import_oscal_item(struct import_walk *w, void *document, struct err *err)
{
	static const struct import_walk_field members[] = {
	    IMPORT_OSCAL_TEXT("uuid", item, uuid),
	    IMPORT_OSCAL_TEXT("title", item, title),
	    IMPORT_OSCAL_LIST("related-findings", read_related_finding),
	    IMPORT_OSCAL_LIST("related-observations", read_related_observation),
	    IMPORT_OSCAL_LIST("related-risks", read_related_risk),
	    IMPORT_OSCAL_END};
	struct import_oscal *o = document;
	struct item item = {.document = o, .line = w->json.line};
	if (o->pass == IMPORT_OSCAL_KEEP)
		return json_skip(&w->json, err);
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an item of the plan (an object)", err);
	enum status status = import_walk_members(w, members, &item, err);
	if (status == OK)
		status = push_item(o, &item, err);
	arena_release(&o->scratch);
	return status;
}
