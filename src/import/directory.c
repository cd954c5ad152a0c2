#include "import/directory.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/time.h"

enum status import_directory_open(struct import_directory *d, struct import_input *in, struct err *err)
{
	*d = (struct import_directory){.in = in, .scratch = ARENA(LIMIT_RECORD_BYTES), .rows.seen.arena = in->arena};
	d->walk.texts = &d->scratch;
	TRY(json_open(&d->walk.json, in->from, in->arena, err));
	return json_next(&d->walk.json, err);
}

enum status import_directory_entry(struct import_directory *d, const char *what, struct err *err)
{
	if (d->walk.json.event != JSON_OBJECT)
		return json_expected(&d->walk.json, what, err);
	d->record = ++d->in->facts->records;
	d->line = d->walk.json.line;
	return OK;
}

enum status import_directory_end(struct import_directory *d, const char *what, struct err *err)
{
	TRY(json_next(&d->walk.json, err));
	TRY(import_flaw_warn(d->in, &d->no_zone, S("a time names no zone: taken as UTC"), err));
	return import_seen_warn(&d->rows, d->in, what, err);
}

enum status import_directory_truth(const struct import_walk *w, struct evidence_value *out, struct err *err)
{
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_TRUE && w->json.event != JSON_FALSE)
		return json_expected(&w->json, "true or false", err);
	*out = (struct evidence_value){.known = true, .i64 = w->json.event == JSON_TRUE};
	return OK;
}

enum status import_directory_refuse(const struct import_directory *d, const char *what, const char *hint,
				    struct err *err)
{
	err_set(err, E_INVALID, "entry %" PRId64 ": %s", d->record, what);
	err_at(err, d->in->from->name, d->line, 0);
	err_hint(err, "%s", hint);
	return E_INVALID;
}

enum status import_directory_time(struct import_directory *d, const char *field, str text, struct evidence_value *out,
				  struct err *err)
{
	char shown[IMPORT_WALK_SHOW], what[200];
	bool has_zone;
	if (!text.n)
		return OK;
	if (!time_parse_zone(text, &out->i64, &has_zone)) {
		(void)snprintf(what, sizeof what, "%s \"%s\" is no time", field, import_walk_show(text, shown));
		return import_directory_refuse(d, what, "a time such as 2026-04-03T10:00:00Z expected", err);
	}
	out->known = true;
	if (!has_zone)
		import_flaw_note(&d->no_zone, d->line);
	return OK;
}

enum status import_directory_seconds(const struct import_directory *d, const char *field,
				     const struct evidence_value *seconds, struct evidence_value *out, struct err *err)
{
	char what[200];
	if (!seconds->known)
		return OK;
	if (seconds->i64 < 0 || seconds->i64 > TIME_MAX_MS / 1000) {
		(void)snprintf(what, sizeof what, "%s %" PRId64 " is no time in seconds since 1970", field,
			       seconds->i64);
		return import_directory_refuse(d, what, "was it written in milliseconds?", err);
	}
	*out = (struct evidence_value){.known = true, .i64 = seconds->i64 * 1000};
	return OK;
}

void import_directory_set_time(struct evidence_record *r, str column, const struct evidence_value *v)
{
	if (v->known)
		evidence_set_time(r, column, v->i64);
}

void import_directory_set_truth(struct evidence_record *r, str column, const struct evidence_value *v)
{
	if (v->known)
		evidence_set_bool(r, column, v->i64);
}

struct evidence_value import_directory_later(const struct evidence_value *a, const struct evidence_value *b)
{
	return !a->known || (b->known && b->i64 > a->i64) ? *b : *a;
}

void import_directory_observed(const struct import_directory *d, const struct evidence_value *v)
{
	struct import_facts *facts = d->in->facts;
	if (!v->known)
		return;
	if (!facts->has_time || v->i64 > facts->observed_ms)
		facts->observed_ms = v->i64;
	facts->has_time = true;
}

str import_directory_join(struct import_directory *d, str a, char separator, str b)
{
	char *p = arena_alloc(&d->scratch, a.n + 1 + b.n, 1);
	if (!p)
		return (str){NULL, 0};
	if (a.n)
		memcpy(p, a.p, a.n);
	p[a.n] = separator;
	if (b.n)
		memcpy(p + a.n + 1, b.p, b.n);
	return (str){p, a.n + 1 + b.n};
}

enum status import_directory_push(struct import_directory *d, struct evidence_record *r, struct err *err)
{
	if (!r->id.p)
		return err_full(err);
	r->record = d->record;
	r->line = d->line;
	return import_seen_push(&d->rows, d->in, r, &d->scratch, err);
}
