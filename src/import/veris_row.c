#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/time.h"
#include "import/veris.h"

static enum status refuse(const struct import_veris *v, const struct import_veris_incident *x, const char *what,
			  const char *hint, struct err *err)
{
	err_set(err, E_INVALID, "incident %" PRId64 ": %s", x->record, what);
	err_at(err, v->in->from->name, x->line, 0);
	err_hint(err, "%s", hint);
	return E_INVALID;
}

/* ---- words ---- */

static const str categories[] = {S("malware"),  S("hacking"), S("social"),        S("misuse"),
				 S("physical"), S("error"),   S("environmental"), S("unknown")};
enum { CATEGORIES = sizeof categories / sizeof *categories, UNKNOWN = CATEGORIES - 1 };

str import_veris_row_action(size_t index)
{
	return index < CATEGORIES ? categories[index] : (str){NULL, 0};
}

/* The category that let it happen; empty when there are several or none. */
static str cause_of(uint64_t actions)
{
	for (size_t i = 0; i < UNKNOWN; i++)
		if (actions == UINT64_C(1) << i)
			return categories[i];
	return (str){NULL, 0};
}

/* What it was: 1 an incident, 0 none, -1 no word of VERIS. */
static int is_incident(str status)
{
	static const struct {
		str word;
		int is;
	} words[] = {{S("Confirmed"), 1}, {S("Suspected"), 1}, {S("False positive"), 0}, {S("Near miss"), 0}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq_fold(status, words[i].word))
			return words[i].is;
	return -1;
}

static void set_severity(struct import_veris *v, const struct import_veris_incident *x, struct evidence_record *r)
{
	static const struct {
		str rating, severity;
	} words[] = {{S("Catastrophic"), S("critical")}, {S("Damaging"), S("high")},     {S("Painful"), S("medium")},
		     {S("Distracting"), S("low")},       {S("Insignificant"), S("low")}, {S("Unknown"), {NULL, 0}}};
	if (!x->rating.n)
		return;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq_fold(x->rating, words[i].rating)) {
			evidence_set_text(r, S("severity"), words[i].severity);
			return;
		}
	import_flaw_note(&v->rating, x->line);
}

static enum status set_kind(const struct import_veris *v, const struct import_veris_incident *x,
			    struct evidence_record *r, struct err *err)
{
	static const str kinds[] = {
	    S("prompt_injection"), S("agent_compromise"), S("agent_anomaly"),       S("model_abuse"), S("exfiltration"),
	    S("shadow_ai"),        S("poisoning"),        S("guardrail_violation"), S("provider"),    S("other")};
	char shown[IMPORT_WALK_SHOW], what[160];
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_eq(x->kind, kinds[i])) {
			evidence_set_text(r, S("kind"), kinds[i]);
			return OK;
		}
	if (!x->kind.n)
		return OK;
	(void)snprintf(what, sizeof what, "plus.aismm.kind \"%s\" is no kind of incident",
		       import_walk_show(x->kind, shown));
	return refuse(v, x, what, "aismm template incident --columns lists the kinds", err);
}

/* ---- times ---- */

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE };

/* Milliseconds of a unit; 0 for one of no fixed length, or none. */
static int64_t unit_ms(str unit)
{
	static const struct {
		str unit;
		int64_t ms;
	} units[] = {{S("seconds"), SECOND},
		     {S("minutes"), MINUTE},
		     {S("hours"), HOUR},
		     {S("days"), TIME_DAY_MS},
		     {S("weeks"), 7 * TIME_DAY_MS}};
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (str_eq(unit, units[i].unit))
			return units[i].ms;
	return 0;
}

/* Days of a span that any incident may have: a hundred years. */
enum { LONGEST_DAYS = 36525 };

static bool span_ms(struct import_veris *v, const struct import_veris_incident *x, const struct import_veris_span *span,
		    int64_t *ms)
{
	int64_t unit = unit_ms(span->unit);
	if (!span->value.known && !span->part)
		return false;
	if (!unit || span->part || span->value.i64 > LONGEST_DAYS * TIME_DAY_MS / unit) {
		import_flaw_note(&v->coarse, x->line);
		return false;
	}
	*ms = span->value.i64 * unit;
	return true;
}

/* "15:18", "15:18:27" or "15:18:27 -0500" behind the day; false when that is no time. */
static bool clock_ms(struct import_veris *v, const struct import_veris_incident *x, str day, int64_t *ms)
{
	char text[64];
	str clock, zone;
	bool has_zone;
	(void)str_cut(str_trim(x->time), ' ', &clock, &zone);
	int n = snprintf(text, sizeof text, "%.*sT%.*s%.*s", STR_ARG(day), STR_ARG(clock), STR_ARG(zone));
	if (n < 0 || n >= (int)sizeof text || !time_parse_zone((str){text, (size_t)n}, ms, &has_zone))
		return false;
	if (!has_zone)
		import_flaw_note(&v->zone, x->line);
	return true;
}

/* When the first compromise was; *known is false when the file tells the month or year only. */
static enum status began_ms(struct import_veris *v, const struct import_veris_incident *x, bool *known, int64_t *ms,
			    struct err *err)
{
	char day[24];
	*known = false;
	if (!x->year.known || x->year.i64 < 1 || x->year.i64 > 9999)
		return refuse(v, x, "timeline.incident.year is no year", "VERIS requires it, such as 2026", err);
	if (!x->month.known || !x->day.known) {
		import_flaw_note(&v->no_day, x->line);
		return OK;
	}
	bool small = x->month.i64 >= 1 && x->month.i64 <= 12 && x->day.i64 >= 1 && x->day.i64 <= 31;
	int n = !small
		    ? 0
		    : snprintf(day, sizeof day, "%04d-%02d-%02d", (int)x->year.i64, (int)x->month.i64, (int)x->day.i64);
	if (n <= 0 || n >= (int)sizeof day || !time_parse((str){day, (size_t)n}, ms))
		return refuse(v, x, "timeline.incident is no day of the calendar", "year, month and day as numbers",
			      err);
	*known = true;
	if (x->time.n && !clock_ms(v, x, (str){day, (size_t)n}, ms))
		import_flaw_note(&v->clock, x->line);
	if (v->in->given_ms && *ms > *v->in->given_ms + TIME_DAY_MS)
		return refuse(v, x, "it happened after the day at which the file was observed",
			      "is --observed the day of the export, and the date right?", err);
	return OK;
}

/* When it could do no more harm: to the end of the hour, day or week, by the coarser of the two spans, so that none of
   them makes a response look faster than it can have been. */
static int64_t contained_ms(const struct import_veris_incident *x, int64_t contained, bool noticed)
{
	int64_t slack = unit_ms(x->containment.unit);
	if (noticed && unit_ms(x->discovery.unit) > slack)
		slack = unit_ms(x->discovery.unit);
	return contained + (slack < HOUR ? 0 : slack);
}

static enum status set_times(struct import_veris *v, const struct import_veris_incident *x, struct evidence_record *r,
			     struct err *err)
{
	bool known;
	int64_t began, noticed, contained;
	TRY(began_ms(v, x, &known, &began, err));
	if (!known)
		return OK;
	evidence_set_time(r, S("occurred_at"), began);
	bool was_noticed = span_ms(v, x, &x->discovery, &noticed);
	bool was_contained = span_ms(v, x, &x->containment, &contained);
	/* The spans contradict each other, so neither is believed. */
	if (was_noticed && was_contained && contained < noticed) {
		import_flaw_note(&v->backwards, x->line);
		return OK;
	}
	if (was_contained)
		contained = contained_ms(x, contained, was_noticed);
	if (was_noticed && began <= TIME_MAX_MS - noticed)
		evidence_set_time(r, S("detected_at"), began + noticed);
	if (was_contained && began <= TIME_MAX_MS - contained)
		evidence_set_time(r, S("contained_at"), began + contained);
	return OK;
}

/* ---- the row ---- */

static enum status share_source(struct import_veris *v, str source, struct err *err)
{
	if (v->named && !str_eq(source, v->source))
		v->several = true;
	if (v->named)
		return OK;
	v->named = true;
	v->source = str_copy(v->in->arena, source);
	return v->source.p ? OK : err_full(err);
}

enum status import_veris_row(struct import_veris *v, const struct import_veris_incident *x, struct err *err)
{
	struct evidence_record r = {.kind = EVIDENCE_INCIDENT, .main = true, .record = x->record, .line = x->line};
	char shown[IMPORT_WALK_SHOW], what[160];
	int is = is_incident(x->status);
	if (!x->id.n)
		return refuse(v, x, "it has no incident_id", "VERIS requires it", err);
	if (is < 0) {
		(void)snprintf(what, sizeof what, "security_incident \"%s\" is not known",
			       import_walk_show(x->status, shown));
		return refuse(v, x, what, "Confirmed, Suspected, False positive or Near miss expected", err);
	}
	TRY(share_source(v, x->source, err));
	if (!is || (x->ai.known && !x->ai.i64)) {
		import_flaw_note(is ? &v->not_ai : &v->not_one, x->line);
		return OK;
	}
	if (!x->ai.known && !x->kind.n)
		import_flaw_note(&v->not_told, x->line);
	r.id = x->id;
	evidence_set_text(&r, S("title"), x->summary);
	evidence_set_text(&r, S("cause"), cause_of(x->actions));
	evidence_set_text(&r, S("system_id"), x->system);
	set_severity(v, x, &r);
	TRY(set_kind(v, x, &r, err));
	TRY(set_times(v, x, &r, err));
	return import_seen_push(&v->rows, v->in, &r, &v->scratch, err);
}
