#include "import/mapping.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/time_pattern.h"
#include "import/near.h"

/* The first whole day that spreadsheets count without the 29 February 1900, and their day 0. */
#define EXCEL_FIRST 61
#define EXCEL_ZERO_MS (-25569 * TIME_DAY_MS)
/* What is no plausible count of seconds, and of milliseconds: about the year 5138, and 1973. */
#define UNIX_TURN INT64_C(100000000000)

enum status import_mapping_begin(struct import_input *in, struct import_mapping_run **out, struct err *err)
{
	const struct import_mapping *map = in->options;
	if (!map) {
		err_set(err, E_INVALID, "this format is read by a map, and there is none");
		err_at(err, in->from->name, 0, 0);
		err_hint(err, "name it with --map FILE; docs/maps.md shows how to write one");
		return E_INVALID;
	}
	struct import_mapping_run *run = arena_new(in->arena, struct import_mapping_run, 1);
	if (!run)
		return err_full(err);
	*run = (struct import_mapping_run){.in = in,
					   .map = map,
					   .scratch = ARENA(LIMIT_RECORD_BYTES),
					   .seen.arena = in->arena,
					   .values = {.kind = map->kind, .scratch = &run->scratch}};
	in->facts->identity = map->feed;
	*out = run;
	return OK;
}

/* ---- one field of a record ---- */

/* "column severity, from A and B" */
static void name_field(const struct import_mapping_run *run, const struct import_mapping_field *f, struct err *err)
{
	char text[400], shown[IMPORT_WALK_SHOW];
	int at = snprintf(text, sizeof text, "%s%.*s, from ", f->target >= 0 ? "column " : "", STR_ARG(f->name));
	for (size_t i = 0; i < f->n_parts && at > 0 && at < (int)sizeof text; i++)
		at += snprintf(text + at, sizeof text - (size_t)at, "%s\"%s\"", i ? " and " : "",
			       import_walk_show(run->map->sources[f->parts[i]].name, shown));
	err_detail(err, "%s", text);
}

/* At the first part of the field that the record has, after err_set. */
static enum status at_field(const struct import_mapping_run *run, const struct import_mapping_field *f, struct err *err)
{
	const struct import_mapping_cell *cell = &run->cells[f->parts[0]];
	for (size_t i = 0; i < f->n_parts && !cell->line; i++)
		cell = &run->cells[f->parts[i]];
	name_field(run, f, err);
	err_at(err, run->in->from->name, cell->line ? cell->line : run->line, cell->line ? cell->column : 0);
	return E_INVALID;
}

static enum status refuse(const struct import_mapping_run *run, const struct import_mapping_field *f, const char *what,
			  str found, const char *hint, struct err *err)
{
	char shown[IMPORT_WALK_SHOW];
	err_set(err, E_INVALID, "%s expected, found \"%s\"", what, import_walk_show(found, shown));
	err_hint(err, "%s", hint);
	return at_field(run, f, err);
}

/* The text of a field; p NULL: not known. */
static enum status read_text(struct import_mapping_run *run, const struct import_mapping_field *f, str *out,
			     struct err *err)
{
	str parts[IMPORT_MAPPING_PARTS] = {{0}};
	bool any = false;
	for (size_t i = 0; i < f->n_parts; i++) {
		const struct import_mapping_cell *cell = &run->cells[f->parts[i]];
		if (cell->state == IMPORT_MAPPING_WRONG) {
			err_set(err, E_INVALID, "a text, number or truth expected, found %s", cell->found);
			return at_field(run, f, err);
		}
		any = any || cell->state == IMPORT_MAPPING_TEXT;
		if (cell->state == IMPORT_MAPPING_TEXT)
			parts[i] = cell->text;
	}
	*out = parts[0];
	if (!any)
		return OK;
	if (f->n_parts > 1)
		*out = import_walk_join(&run->scratch, parts, f->n_parts, f->join);
	if (out->p && f->lower)
		*out = import_walk_lower(&run->scratch, *out);
	return out->p ? OK : err_full(err);
}

static int by_word(const void *key, const void *item)
{
	return str_cmp(*(const str *)key, ((const struct import_mapping_word *)item)->word);
}

static enum status refuse_unlisted(const struct import_mapping_run *run, const struct import_mapping_field *f, str text,
				   struct err *err)
{
	char shown[IMPORT_WALK_SHOW];
	struct import_near near = import_near(text);
	for (size_t i = 0; i < f->n_words; i++)
		import_near_try(&near, f->words[i].word);
	err_set(err, E_INVALID, "\"%s\" is none of the values in the map", import_walk_show(text, shown));
	if (near.found.n)
		err_hint(err, "the map knows \"%s\"; add the word to its values, or say there what else is",
			 import_walk_show(near.found, shown));
	else
		err_hint(err, "add the word to the values, or say there: else: unknown, or else: keep");
	return at_field(run, f, err);
}

/* Digits with or without a decimal point, times `scale`, cut or rounded to a whole number. */
static bool read_decimal(str s, int64_t scale, bool rounded, int64_t *out)
{
	int64_t whole, fraction = 0, unit = 1;
	str head, tail;
	bool point = str_cut(s, '.', &head, &tail);
	if (head.n == 0 || head.n > 15 || head.p[0] < '0' || head.p[0] > '9' || !str_to_i64(head, &whole) ||
	    whole > INT64_MAX / scale - 1 || (point && tail.n == 0))
		return false;
	for (size_t i = 0; i < tail.n; i++) {
		if (tail.p[i] < '0' || tail.p[i] > '9')
			return false;
		if (unit >= 1000000000)
			continue;
		fraction = fraction * 10 + (tail.p[i] - '0');
		unit *= 10;
	}
	*out = whole * scale + (fraction * scale + (rounded ? unit / 2 : 0)) / unit;
	return true;
}

static enum status read_unix(struct import_mapping_run *run, const struct import_mapping_field *f, str text,
			     int64_t *ms, struct err *err)
{
	bool seconds = f->time == IMPORT_MAPPING_UNIX;
	int64_t n;
	if (!read_decimal(text, seconds ? 1000 : 1, false, &n))
		return refuse(run, f, seconds ? "seconds since 1970" : "milliseconds since 1970", text,
			      "say in the map which form the time has: time: iso, or a pattern", err);
	if (n == 0)
		return refuse(run, f, "a time", text,
			      "where 0 stands for no time, say so in the map: values: {\"0\": ~}, else: keep", err);
	if (seconds ? n / 1000 >= UNIX_TURN : n < UNIX_TURN)
		return refuse(run, f, seconds ? "seconds since 1970" : "milliseconds since 1970", text,
			      seconds ? "these look like milliseconds: time: unix_ms"
				      : "these look like seconds: time: unix",
			      err);
	*ms = n;
	return OK;
}

static enum status read_excel(struct import_mapping_run *run, const struct import_mapping_field *f, str text,
			      int64_t *ms, struct err *err)
{
	int64_t n;
	if (!read_decimal(text, TIME_DAY_MS, true, &n) || n < EXCEL_FIRST * TIME_DAY_MS ||
	    n + EXCEL_ZERO_MS > TIME_MAX_MS - TIME_DAY_MS)
		return refuse(run, f, "a spreadsheet's day count", text, "such as 45750 for 3 April 2025", err);
	*ms = n + EXCEL_ZERO_MS - f->east_ms;
	return OK;
}

static enum status read_iso(struct import_mapping_run *run, const struct import_mapping_field *f, str text,
			    struct evidence_value *out, struct err *err)
{
	int64_t ms;
	bool has_zone = true;
	if (import_table_time(&run->values, text, &out->i64, &out->known, err) != OK) {
		err_hint(err, "say in the map which form the time has; docs/maps.md lists them");
		return at_field(run, f, err);
	}
	if (out->known && f->east_ms && time_parse_zone(text, &ms, &has_zone) && !has_zone)
		out->i64 -= f->east_ms;
	return OK;
}

static enum status read_time(struct import_mapping_run *run, const struct import_mapping_field *f, str text,
			     struct evidence_value *out, struct err *err)
{
	char what[120];
	if (f->time == IMPORT_MAPPING_ISO)
		return read_iso(run, f, text, out, err);
	if (import_table_is_placeholder(text)) {
		import_flaw_note(&run->values.placeholder, run->line);
		return OK;
	}
	out->known = true;
	if (f->time == IMPORT_MAPPING_EXCEL)
		return read_excel(run, f, text, &out->i64, err);
	if (f->time != IMPORT_MAPPING_PATTERN)
		return read_unix(run, f, text, &out->i64, err);
	if (time_pattern_read(f->pattern, text, f->east_ms, &out->i64))
		return OK;
	(void)snprintf(what, sizeof what, "a time in the form %.*s", STR_ARG(f->pattern));
	return refuse(run, f, what, text, "docs/maps.md says what the letters mean", err);
}

/* A number of JSON may write the same integer in several ways. */
static str plain_number(const struct import_mapping_run *run, const struct import_mapping_field *f, str text,
			char out[24])
{
	const struct import_mapping_cell *cell = &run->cells[f->parts[0]];
	if (f->n_parts > 1 || !cell->whole)
		return text;
	int n = snprintf(out, 24, "%" PRId64, cell->i64);
	return (str){out, (size_t)n};
}

static enum status convert(struct import_mapping_run *run, const struct import_mapping_field *f, str text,
			   struct evidence_value *out, struct err *err)
{
	char number[24];
	if (f->target == IMPORT_TABLE_ID || f->target == IMPORT_TABLE_UNIT) {
		*out = (struct evidence_value){.known = true, .text = text};
		return OK;
	}
	enum evidence_type type =
	    f->target == IMPORT_TABLE_OBSERVED ? EVIDENCE_TIME : evidence_kinds[run->map->kind].columns[f->target].type;
	if (type == EVIDENCE_INT || type == EVIDENCE_TIME)
		text = plain_number(run, f, text, number);
	if (type == EVIDENCE_TIME)
		return read_time(run, f, text, out, err);
	enum status status = import_table_value(&run->values, text, f->target, out, err);
	return status == E_INVALID ? at_field(run, f, err) : status;
}

static enum status read_field(struct import_mapping_run *run, const struct import_mapping_field *f,
			      struct evidence_value *out, struct err *err)
{
	str text;
	*out = f->value;
	if (f->constant)
		return OK;
	TRY(read_text(run, f, &text, err));
	if (text.n == 0)
		return OK;
	const struct import_mapping_word *word =
	    f->has_words ? bsearch(&text, f->words, f->n_words, sizeof *f->words, by_word) : NULL;
	if (word)
		*out = word->value;
	else if (f->has_words && f->otherwise == IMPORT_MAPPING_REFUSE)
		return refuse_unlisted(run, f, text, err);
	else if (!f->has_words || f->otherwise == IMPORT_MAPPING_KEEP)
		return convert(run, f, text, out, err);
	return OK;
}

/* ---- the record ---- */

static enum status refuse_id(const struct import_mapping_run *run, const char *message, struct err *err)
{
	err_set(err, E_INVALID, "%s", message);
	return at_field(run, &run->map->fields[0], err);
}

static enum status set_id(struct import_mapping_run *run, const struct import_mapping_field *f, str id,
			  struct evidence_record *r, struct err *err)
{
	if (id.n == 0 || import_table_is_placeholder(id))
		return refuse_id(run, "an id expected", err);
	r->id = f->n_parts > 1 ? import_seen_fit(&run->scratch, id) : id;
	if (!r->id.p)
		return err_full(err);
	return r->id.n <= LIMIT_ID_BYTES ? OK : refuse_id(run, "an id of at most 512 bytes expected", err);
}

/* What the record says; an error here is the record's alone. */
static enum status read_record(struct import_mapping_run *run, struct evidence_record *r,
			       struct evidence_value *observed, struct err *err)
{
	for (size_t i = 0; i < run->map->n_fields; i++) {
		const struct import_mapping_field *f = &run->map->fields[i];
		struct evidence_value value;
		TRY(read_field(run, f, &value, err));
		if (f->target >= 0)
			r->values[f->target] = value;
		else if (f->target == IMPORT_TABLE_OBSERVED)
			*observed = value;
		else if (f->target == IMPORT_TABLE_ID)
			TRY(set_id(run, f, value.text, r, err));
		else if (value.text.n <= LIMIT_ID_BYTES)
			r->unit = value.text;
		else
			return refuse(run, f, "a unit of at most 512 bytes", value.text, "see: aismm unit list", err);
	}
	return OK;
}

/* One record per unit and id. */
static enum status check_once(struct import_mapping_run *run, const struct evidence_record *r, struct err *err)
{
	char shown[IMPORT_WALK_SHOW];
	struct import_seen_entry *e;
	TRY(import_seen_add(&run->seen, r->unit, r->id, &e, err));
	if (e->count == 1) {
		e->line = r->record;
		return OK;
	}
	err_set(err, E_INVALID, "the id \"%s\" stands twice: in record %" PRId64 " and in record %" PRId64,
		import_walk_show(r->id, shown), e->line, r->record);
	err_hint(err, "when one field does not tell the records apart, name more in the map: id: [FIRST, SECOND]");
	return at_field(run, &run->map->fields[0], err);
}

enum status import_mapping_take(struct import_mapping_run *run, struct err *err)
{
	struct import_facts *facts = run->in->facts;
	struct evidence_record r = {.kind = run->map->kind, .main = true, .record = run->record, .line = run->line};
	struct evidence_value observed = {0};
	run->values.line = run->line;
	facts->records++;
	enum status status = read_record(run, &r, &observed, err);
	if (status != OK)
		return import_skip(run->in, status, run->record, err);
	TRY(check_once(run, &r, err));
	if (observed.known && (!facts->has_time || observed.i64 > facts->observed_ms))
		facts->observed_ms = observed.i64;
	facts->has_time = facts->has_time || observed.known;
	return run->in->sink->record(run->in->sink->ctx, &r, err);
}

enum status import_mapping_end(struct import_mapping_run *run, struct err *err)
{
	char text[200], shown[IMPORT_WALK_SHOW];
	for (size_t i = 0; i < run->map->n_sources; i++) {
		if (run->met[i] || run->in->facts->records == 0)
			continue;
		(void)snprintf(text, sizeof text, "%s of the map is in no record",
			       import_walk_show(run->map->sources[i].name, shown));
		TRY(run->in->sink->warn(run->in->sink->ctx, str_from(text), err));
	}
	return import_table_values_warn(&run->values, run->in, err);
}
