/* What the targets of the importers share: a sink that checks what every row promises, and the run itself. */
#ifndef TEST_FUZZ_IMPORT_SINK_H
#define TEST_FUZZ_IMPORT_SINK_H

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/time.h"
#include "import/import.h"
#include "import/seen.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void check(bool ok)
{
	if (!ok)
		abort();
}

struct checking_sink {
	const struct import_format *format;
	struct import_seen ids;
	int64_t main_rows;
};

static inline void check_text(str s)
{
	check(str_is_utf8(s) && (s.n == 0 || !memchr(s.p, '\0', s.n)));
}

static inline void check_value(const struct evidence_column *column, const struct evidence_value *v)
{
	if (!v->known)
		return;
	switch (column->type) {
	case EVIDENCE_TEXT:
		check(v->text.n > 0);
		check_text(v->text);
		break;
	case EVIDENCE_BOOL:
		check(v->i64 == 0 || v->i64 == 1);
		break;
	case EVIDENCE_TIME:
		check(v->i64 >= TIME_MIN_MS && v->i64 <= TIME_MAX_MS);
		break;
	case EVIDENCE_INT:
		check(v->i64 >= 0);
		break;
	}
}

static inline enum status check_record(void *ctx, const struct evidence_record *r, struct err *err)
{
	struct checking_sink *s = ctx;
	struct import_seen_entry *e;
	char scope[600];
	check(s->format->kinds >> r->kind & 1);
	check(r->id.n >= 1 && r->id.n <= LIMIT_ID_BYTES && r->unit.n <= LIMIT_ID_BYTES);
	check(s->format->names_units || r->unit.n == 0);
	check_text(r->id);
	check_text(r->unit);
	for (int c = 0; c < evidence_kinds[r->kind].n_columns; c++)
		check_value(&evidence_kinds[r->kind].columns[c], &r->values[c]);
	scope[0] = (char)r->kind;
	if (r->unit.n)
		memcpy(scope + 1, r->unit.p, r->unit.n);
	TRY(import_seen_add(&s->ids, (str){scope, r->unit.n + 1}, r->id, &e, err));
	check(e->count == 1);
	s->main_rows += r->main;
	return OK;
}

static inline enum status check_warning(void *ctx, str message, struct err *err)
{
	(void)ctx;
	(void)err;
	check(message.n > 0 && message.n < 1024);
	check_text(message);
	return OK;
}

/* What is left out has a reason and a place. */
static inline enum status check_skip(void *ctx, int64_t record, struct err *err)
{
	(void)ctx;
	check(record > 0 && err->status == E_INVALID && err->message[0] && err->where[0]);
	return OK;
}

static inline void run_once(const struct import_format *format, str text, const void *options, bool skips)
{
	struct arena a = ARENA((size_t)64 << 20), ids = ARENA((size_t)64 << 20);
	struct checking_sink checking = {.format = format, .ids.arena = &ids};
	struct import_sink sink = {&checking, check_record, check_warning};
	struct import_facts facts = {0};
	struct source from = source_text(S("fuzz"), text);
	struct err err = {0};
	struct import_input in = {.from = &from,
				  .arena = &a,
				  .facts = &facts,
				  .sink = &sink,
				  .options = options,
				  .skip = skips ? check_skip : NULL};
	enum status status = format->read(&in, &err);
	if (status == OK) {
		check(checking.main_rows <= facts.records);
		check(facts.identity.n <= LIMIT_ID_BYTES);
		check_text(facts.identity);
		check(!facts.has_time || (facts.observed_ms >= TIME_MIN_MS && facts.observed_ms <= TIME_MAX_MS));
	} else {
		check(status == err.status && err.message[0]);
		check(status != E_BUG && str_is_utf8(str_from(err.message)));
	}
	arena_release(&a);
	arena_release(&ids);
}

static inline void run_format(const struct import_format *format, str text)
{
	run_once(format, text, NULL, false);
	if (format->skips)
		run_once(format, text, NULL, true);
}

#endif
