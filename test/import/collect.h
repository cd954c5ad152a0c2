/* What the import tests share: a sink that keeps copies of everything, and ways to run a format over a text or file. */
#ifndef TEST_IMPORT_COLLECT_H
#define TEST_IMPORT_COLLECT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/time.h"
#include "import/import.h"

#ifndef TEST_DATA
#define TEST_DATA "test/data"
#endif

struct collect {
	struct arena arena;
	struct import_facts facts;
	struct err err;
	struct evidence_record *rows;
	size_t n, cap;
	char warnings[16384];
	int fail_after; /* the sink fails at this row; 0 never */
	int may_skip;   /* how many records may be left out */
	int skipped;
	char bad[16384];     /* "record: where: message" of those, one a line */
	const void *options; /* of the format */
};

static inline str collect_copy(struct collect *c, str s)
{
	str copy = str_copy(&c->arena, s);
	assert_non_null(copy.p);
	return s.n ? copy : (str){NULL, 0};
}

static inline enum status collect_record(void *ctx, const struct evidence_record *r, struct err *err)
{
	struct collect *c = ctx;
	assert_in_range(r->id.n, 1, 512);
	if (c->fail_after && (int)c->n + 1 >= c->fail_after)
		return err_set(err, E_IO, "the sink is full");
	if (c->n == c->cap)
		c->rows = arena_grow(&c->arena, c->rows, c->cap, c->n + 1, sizeof *r, &c->cap);
	assert_non_null(c->rows);
	struct evidence_record *mine = &c->rows[c->n++];
	*mine = *r;
	mine->unit = collect_copy(c, r->unit);
	mine->id = collect_copy(c, r->id);
	for (int i = 0; i < EVIDENCE_COLUMNS_MAX; i++)
		mine->values[i].text = collect_copy(c, r->values[i].text);
	return OK;
}

static inline enum status collect_warn(void *ctx, str message, struct err *err)
{
	struct collect *c = ctx;
	(void)err;
	size_t at = strlen(c->warnings);
	snprintf(c->warnings + at, sizeof c->warnings - at, "%.*s\n", STR_ARG(message));
	return OK;
}

static inline enum status collect_skip(void *ctx, int64_t record, struct err *err)
{
	struct collect *c = ctx;
	if (c->skipped >= c->may_skip)
		return err->status;
	c->skipped++;
	size_t at = strlen(c->bad);
	snprintf(c->bad + at, sizeof c->bad - at, "%lld: %s: %s\n", (long long)record, err->where, err->message);
	return OK;
}

static inline void collect_reset(struct collect *c)
{
	arena_release(&c->arena);
	*c = (struct collect){.arena = ARENA((size_t)256 << 20),
			      .fail_after = c->fail_after,
			      .may_skip = c->may_skip,
			      .options = c->options};
}

static inline enum status collect_source(struct collect *c, const char *format, struct source *from)
{
	const struct import_format *f = import_format_find(str_from(format));
	assert_non_null(f);
	collect_reset(c);
	struct import_sink sink = {c, collect_record, collect_warn};
	struct import_input in = {.from = from,
				  .arena = &c->arena,
				  .facts = &c->facts,
				  .sink = &sink,
				  .options = c->options,
				  .skip = c->may_skip ? collect_skip : NULL};
	return f->read(&in, &c->err);
}

static inline enum status collect_text(struct collect *c, const char *format, str text)
{
	struct source from = source_text(S("file"), text);
	return collect_source(c, format, &from);
}

/* The whole text of a file under TEST_DATA, in memory of malloc. */
static inline str collect_load(const char *name)
{
	char path[512];
	snprintf(path, sizeof path, "%s/%s", TEST_DATA, name);
	FILE *f = fopen(path, "rb");
	if (!f)
		fail_msg("%s is missing", path);
	fseek(f, 0, SEEK_END);
	long n = ftell(f);
	rewind(f);
	char *p = malloc((size_t)n + 1);
	assert_non_null(p);
	assert_int_equal(fread(p, 1, (size_t)n, f), n);
	fclose(f);
	return (str){p, (size_t)n};
}

static inline enum status collect_file(struct collect *c, const char *format, const char *name)
{
	str text = collect_load(name);
	enum status status = collect_text(c, format, text);
	free((void *)(uintptr_t)text.p);
	return status;
}

static inline const struct evidence_value *collect_value(const struct evidence_record *r, const char *column)
{
	int i = evidence_column_find(&evidence_kinds[r->kind], str_from(column));
	assert_true(i >= 0);
	return &r->values[i];
}

/* The value as text: "-" when it is not known; times in ISO 8601. */
static inline const char *collect_show(const struct evidence_record *r, const char *column)
{
	static char out[4][2048];
	static int turn;
	char *p = out[turn++ & 3], time[TIME_TEXT];
	const struct evidence_value *v = collect_value(r, column);
	int i = evidence_column_find(&evidence_kinds[r->kind], str_from(column));
	enum evidence_type type = evidence_kinds[r->kind].columns[i].type;
	if (!v->known)
		snprintf(p, sizeof out[0], "-");
	else if (type == EVIDENCE_TEXT)
		snprintf(p, sizeof out[0], "%.*s", STR_ARG(v->text));
	else if (type == EVIDENCE_TIME)
		snprintf(p, sizeof out[0], "%.*s", STR_ARG(time_format(v->i64, time)));
	else
		snprintf(p, sizeof out[0], "%lld", (long long)v->i64);
	return p;
}

#define assert_column(row, column, text) assert_string_equal(collect_show(row, column), text)

static inline int collect_count(const struct collect *c, enum evidence_kind_id kind)
{
	int n = 0;
	for (size_t i = 0; i < c->n; i++)
		n += c->rows[i].kind == kind;
	return n;
}

/* The nth row (from 0) of a kind. */
static inline const struct evidence_record *collect_row(const struct collect *c, enum evidence_kind_id kind, int nth)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->rows[i].kind == kind && nth-- == 0)
			return &c->rows[i];
	fail_msg("there is no such row");
	return NULL;
}

static inline const struct evidence_record *collect_by_id(const struct collect *c, enum evidence_kind_id kind,
							  const char *id)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->rows[i].kind == kind && str_eq(c->rows[i].id, str_from(id)))
			return &c->rows[i];
	fail_msg("there is no row %s", id);
	return NULL;
}

static inline bool collect_warned(const struct collect *c, const char *part)
{
	return strstr(c->warnings, part) != NULL;
}

static inline void collect_no_same_ids(const struct collect *c)
{
	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < i; k++)
			assert_false(c->rows[i].kind == c->rows[k].kind && str_eq(c->rows[i].id, c->rows[k].id) &&
				     str_eq(c->rows[i].unit, c->rows[k].unit));
}

static inline const char *collect_observed(const struct collect *c)
{
	static char text[TIME_TEXT];
	return c->facts.has_time ? time_format(c->facts.observed_ms, text).p : "-";
}

static inline int collect_setup(void **state)
{
	*state = calloc(1, sizeof(struct collect));
	((struct collect *)*state)->arena = ARENA((size_t)256 << 20);
	return 0;
}

static inline int collect_teardown(void **state)
{
	arena_release(&((struct collect *)*state)->arena);
	free(*state);
	return 0;
}

#define COLLECT_TEST(f) cmocka_unit_test_setup_teardown(f, collect_setup, collect_teardown)

#endif
