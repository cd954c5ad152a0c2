#include "import/veris.h"

#include <stddef.h>

#include "base/limits.h"
#include "import/lines.h"
#include "import/map.h"

#define END                                                                                                            \
	{                                                                                                              \
		.key = { NULL, 0 }                                                                                     \
	}
#define TEXT(name, member)                                                                                             \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_TEXT, .at = offsetof(struct import_veris_incident, member)         \
	}
#define INT(name, member)                                                                                              \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_INT, .at = offsetof(struct import_veris_incident, member)          \
	}
#define OBJECT(name, list)                                                                                             \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_OBJECT, .members = (list)                                          \
	}
#define CALL(name, fn)                                                                                                 \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_CALL, .call = (fn)                                                 \
	}

/* ---- an incident ---- */

static enum status read_unit(struct import_walk *w, void *record, struct err *err)
{
	struct import_veris_incident *x = record;
	str unit = {NULL, 0};
	TRY(import_walk_text(w, &unit, err));
	x->span->unit = import_walk_lower(w->texts, unit);
	return x->span->unit.p ? OK : err_full(err);
}

static enum status read_value(struct import_walk *w, void *record, struct err *err)
{
	struct import_veris_span *span = ((struct import_veris_incident *)record)->span;
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_NUMBER || w->json.text.p[0] == '-')
		return json_expected(&w->json, "a number from 0", err);
	span->value.known = json_i64(&w->json, &span->value.i64);
	span->part = !span->value.known;
	return OK;
}

static enum status read_span(struct import_walk *w, struct import_veris_incident *x, struct import_veris_span *span,
			     struct err *err)
{
	static const struct import_walk_field fields[] = {CALL("unit", read_unit), CALL("value", read_value), END};
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a span of time (an object)", err);
	x->span = span;
	return import_walk_members(w, fields, x, err);
}

static enum status read_discovery(struct import_walk *w, void *record, struct err *err)
{
	struct import_veris_incident *x = record;
	return read_span(w, x, &x->discovery, err);
}

static enum status read_containment(struct import_walk *w, void *record, struct err *err)
{
	struct import_veris_incident *x = record;
	return read_span(w, x, &x->containment, err);
}

static enum status read_action(struct import_walk *w, str category, void *record, struct err *err)
{
	struct import_veris_incident *x = record;
	for (size_t i = 0; import_veris_row_action(i).n; i++)
		if (str_eq(category, import_veris_row_action(i)) && w->json.event != JSON_NULL)
			x->actions |= UINT64_C(1) << i;
	return json_skip(&w->json, err);
}

static enum status read_actions(struct import_walk *w, void *record, struct err *err)
{
	return import_map_each(w, read_action, record, err);
}

static enum status read_summary(struct import_walk *w, void *record, struct err *err)
{
	return import_walk_line(w, &((struct import_veris_incident *)record)->summary, err);
}

static enum status read_ai(struct import_walk *w, void *record, struct err *err)
{
	struct import_veris_incident *x = record;
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_TRUE && w->json.event != JSON_FALSE)
		return json_expected(&w->json, "true or false", err);
	x->ai = (struct evidence_value){.known = true, .i64 = w->json.event == JSON_TRUE};
	return OK;
}

static enum status read_incident(struct import_walk *w, void *reading, struct err *err)
{
	static const struct import_walk_field date[] = {INT("year", year), INT("month", month), INT("day", day),
							TEXT("time", time), END};
	static const struct import_walk_field timeline[] = {OBJECT("incident", date), CALL("discovery", read_discovery),
							    CALL("containment", read_containment), END};
	static const struct import_walk_field impact[] = {TEXT("overall_rating", rating), END};
	static const struct import_walk_field own[] = {CALL("ai", read_ai), TEXT("kind", kind),
						       TEXT("system_id", system), END};
	static const struct import_walk_field plus[] = {OBJECT("aismm", own), END};
	static const struct import_walk_field fields[] = {
	    TEXT("incident_id", id),       TEXT("source_id", source),    TEXT("security_incident", status),
	    CALL("summary", read_summary), CALL("action", read_actions), OBJECT("timeline", timeline),
	    OBJECT("impact", impact),      OBJECT("plus", plus),         END};
	struct import_veris *v = reading;
	struct import_veris_incident x = {.line = w->json.line};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an incident (an object)", err);
	x.record = ++v->in->facts->records;
	enum status status = import_walk_members(w, fields, &x, err);
	if (status == OK)
		status = import_veris_row(v, &x, err);
	arena_release(&v->scratch);
	return status;
}

/* ---- the file ---- */

static enum status read_incidents(struct import_veris *v, struct err *err)
{
	struct json_reader *json = &v->walk.json;
	for (;;) {
		TRY(json_next(json, err));
		if (json->event == JSON_END)
			return OK;
		TRY(json->event == JSON_ARRAY ? import_walk_each(&v->walk, read_incident, v, err)
					      : read_incident(&v->walk, v, err));
	}
}

static enum status name_feed(struct import_veris *v, struct err *err)
{
	if (v->several || !v->source.n)
		return OK;
	str name = import_walk_join(v->in->arena, (str[]){S("veris"), v->source}, 2, ':');
	v->in->facts->identity = import_seen_fit(v->in->arena, name);
	return v->in->facts->identity.p ? OK : err_full(err);
}

static enum status warn(const struct import_veris *v, struct err *err)
{
	const struct {
		const struct import_flaw *flaw;
		str message;
	} flaws[] = {
	    {&v->not_one, S("a false positive or near miss is no incident: left out")},
	    {&v->not_ai, S("an incident says that it is not about AI: left out")},
	    {&v->not_told,
	     S("an incident does not say whether it is about AI (plus.aismm.kind): it counts as one of an "
	       "unknown kind")},
	    {&v->no_day, S("an incident names no day: when it was, was noticed and contained stays unknown")},
	    {&v->clock, S("the time of an incident is no time of day: its day counts")},
	    {&v->zone, S("the time of an incident names no zone: taken as UTC")},
	    {&v->coarse, S("a span without a whole number of weeks or a smaller unit gives no time")},
	    {&v->backwards, S("an incident was contained before it was noticed: when stays unknown")},
	    {&v->rating, S("an overall_rating that VERIS does not have: the severity stays unknown")},
	};
	for (size_t i = 0; i < sizeof flaws / sizeof *flaws; i++)
		TRY(import_flaw_warn(v->in, flaws[i].flaw, flaws[i].message, err));
	return import_seen_warn(&v->rows, v->in, "incident", err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct import_veris *v = arena_new(in->arena, struct import_veris, 1);
	if (!v)
		return err_full(err);
	*v = (struct import_veris){.in = in, .scratch = ARENA(LIMIT_RECORD_BYTES), .rows.seen.arena = in->arena};
	v->walk.texts = &v->scratch;
	TRY(import_lines_open(&v->walk.json, in, err));
	TRY(read_incidents(v, err));
	TRY(name_feed(v, err));
	return warn(v, err);
}

static int sniff(str head, bool complete)
{
	(void)complete;
	return import_walk_has(head, S("security_incident")) && import_walk_has(head, S("incident_id")) ? 100 : 0;
}

const struct import_format import_veris = {.name = S("veris"),
					   .title = S("VERIS incidents, JSON or JSON Lines"),
					   .kinds = EVIDENCE_BIT(EVIDENCE_INCIDENT),
					   .always = EVIDENCE_BIT(EVIDENCE_INCIDENT),
					   .sniff = sniff,
					   .read = read_file};
