#include "import/tally.h"

#include <string.h>

#include "base/hash.h"
#include "base/limits.h"
#include "import/walk.h"

enum { PARTS = 4 };

static bool same_key(const struct import_tally_row *a, const struct import_tally_row *b)
{
	return str_eq(a->probe, b->probe) && str_eq(a->system, b->system) && str_eq(a->run, b->run) &&
	       str_eq(a->class, b->class);
}

/* A real hash, so that nobody can make a file whose rows all fall into one place of the table. */
static size_t place_of(const struct import_tally_row *r)
{
	struct hash h;
	char text[HASH_TEXT];
	size_t at = 0;
	hash_init(&h);
	/* To a hash an absent text differs from an empty one; here both are the same. */
	const str parts[PARTS] = {r->run, r->system, r->probe, r->class};
	for (int i = 0; i < PARTS; i++)
		hash_add_field(&h, (str){parts[i].p ? parts[i].p : "", parts[i].n});
	str hex = hash_hex(&h, text);
	for (int i = 0; i < 12; i++)
		at = at << 4 | (size_t)(hex.p[i] <= '9' ? hex.p[i] - '0' : hex.p[i] - 'a' + 10);
	return at;
}

static struct import_tally_row **slot(struct import_tally *t, const struct import_tally_row *key)
{
	size_t at = place_of(key) & (t->cap - 1);
	while (t->table[at] && !same_key(t->table[at], key))
		at = (at + 1) & (t->cap - 1);
	return &t->table[at];
}

static enum status grow(struct import_tally *t, struct err *err)
{
	struct import_tally_row **old = t->table;
	size_t old_cap = t->cap, cap = old_cap ? old_cap * 2 : 64;
	struct import_tally_row **table = arena_new(t->in->arena, struct import_tally_row *, cap);
	if (!table)
		return err_full(err);
	t->table = table;
	t->cap = cap;
	for (size_t i = 0; i < old_cap; i++)
		if (old[i])
			*slot(t, old[i]) = old[i];
	return OK;
}

static enum status add(struct import_tally *t, const struct import_tally_row *key, struct err *err)
{
	struct arena *a = t->in->arena;
	struct import_tally_row *r = arena_new(a, struct import_tally_row, 1);
	if (!r)
		return err_full(err);
	r->run = str_copy(a, key->run);
	r->system = str_copy(a, key->system);
	r->probe = str_copy(a, key->probe);
	r->class = str_copy(a, key->class);
	if (!r->run.p || !r->system.p || !r->probe.p || !r->class.p)
		return err_full(err);
	r->record = key->record;
	r->line = key->line;
	if (t->first && !str_eq(t->first->system, r->system))
		t->several_systems = true;
	if (t->last)
		t->last->next = r;
	else
		t->first = r;
	t->last = r;
	t->n++;
	return OK;
}

enum status import_tally_find(struct import_tally *t, const struct import_tally_row *key, struct import_tally_row **out,
			      struct err *err)
{
	if (t->n + 1 > t->cap / 4 * 3)
		TRY(grow(t, err));
	struct import_tally_row **at = slot(t, key);
	if (!*at) {
		TRY(add(t, key, err));
		*at = t->last;
	}
	*out = *at;
	return OK;
}

void import_tally_count(struct import_tally_row *row, enum import_tally_outcome outcome)
{
	row->passed += outcome == IMPORT_TALLY_PASSED;
	row->failed += outcome == IMPORT_TALLY_FAILED;
}

void import_tally_time(struct import_tally_row *row, int64_t ms)
{
	if (!row->has_time || ms < row->first_ms)
		row->first_ms = ms;
	if (!row->has_time || ms > row->last_ms)
		row->last_ms = ms;
	row->has_time = true;
}

static enum status make_id(const struct import_tally *t, struct arena *texts, const struct import_tally_row *x,
			   str *out, struct err *err)
{
	const str parts[PARTS] = {x->run, x->system, x->probe, t->class_in_id ? x->class : (str){NULL, 0}};
	*out = import_walk_join_some(texts, parts, PARTS, '|');
	return out->p ? OK : err_full(err);
}

static enum status push_one(struct import_tally *t, const struct import_tally_row *x, struct arena *texts,
			    struct err *err)
{
	struct evidence_record r = {.kind = EVIDENCE_RED_TEAM, .main = true, .record = x->record, .line = x->line};
	if (x->has_time) {
		evidence_set_time(&r, S("started_at"), x->first_ms);
		evidence_set_time(&r, S("finished_at"), x->last_ms);
	}
	evidence_set_text(&r, S("system_id"), x->system);
	evidence_set_text(&r, S("tool"), t->tool);
	evidence_set_text(&r, S("run"), x->run);
	evidence_set_text(&r, S("probe"), x->probe);
	evidence_set_text(&r, S("class"), x->class);
	evidence_set_int(&r, S("passed"), x->passed);
	evidence_set_int(&r, S("failed"), x->failed);
	evidence_set_int(&r, S("total"), x->passed + x->failed);
	TRY(make_id(t, texts, x, &r.id, err));
	return import_seen_push(&t->rows, t->in, &r, texts, err);
}

enum status import_tally_push(struct import_tally *t, struct err *err)
{
	t->rows.seen.arena = t->in->arena;
	for (const struct import_tally_row *x = t->first; x; x = x->next) {
		struct arena texts = ARENA(LIMIT_RECORD_BYTES);
		enum status status = x->passed + x->failed ? push_one(t, x, &texts, err) : OK;
		arena_release(&texts);
		TRY(status);
	}
	return import_seen_warn(&t->rows, t->in, "result", err);
}

enum status import_tally_name(struct import_tally *t, struct err *err)
{
	if (t->several_systems || !t->first || !t->first->system.n)
		return OK;
	str system = t->first->system;
	char *p = arena_alloc(t->in->arena, t->feed.n + 1 + system.n, 1);
	if (!p)
		return err_full(err);
	memcpy(p, t->feed.p, t->feed.n);
	p[t->feed.n] = ':';
	memcpy(p + t->feed.n + 1, system.p, system.n);
	t->in->facts->identity = import_seen_fit(t->in->arena, (str){p, t->feed.n + 1 + system.n});
	return t->in->facts->identity.p ? OK : err_full(err);
}
