#include "import/seen.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/limits.h"

static int nibble(char c)
{
	return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* The first 128 bits of a finished hash. */
static void take_key(struct hash *h, unsigned char key[IMPORT_SEEN_KEY])
{
	char text[HASH_TEXT];
	str hex = hash_hex(h, text);
	for (size_t i = 0; i < IMPORT_SEEN_KEY; i++)
		key[i] = (unsigned char)(nibble(hex.p[2 * i]) << 4 | nibble(hex.p[2 * i + 1]));
}

/* The slot of the key, or the free one where it belongs. There always is a free one. */
static struct import_seen_entry *slot(struct import_seen_entry *slots, size_t cap, const unsigned char *key)
{
	size_t at;
	memcpy(&at, key, sizeof at);
	for (at &= cap - 1; slots[at].count; at = (at + 1) & (cap - 1))
		if (memcmp(slots[at].key, key, IMPORT_SEEN_KEY) == 0)
			break;
	return &slots[at];
}

static void release_table(void *payload)
{
	arena_release(payload);
}

static enum status grow(struct import_seen *s, struct err *err)
{
	size_t cap = s->cap ? s->cap * 2 : 64;
	if (!s->table) {
		struct arena *table = arena_new(s->arena, struct arena, 1);
		if (!table)
			return err_full(err);
		*table = ARENA(0);
		if (!arena_defer(s->arena, release_table, table))
			return err_full(err);
		s->table = table;
	}
	struct arena next = ARENA(s->arena->limit_bytes - s->arena->used_bytes);
	struct import_seen_entry *slots = arena_new(&next, struct import_seen_entry, cap);
	if (!slots)
		return err_full(err);
	for (size_t i = 0; i < s->cap; i++)
		if (s->slots[i].count)
			*slot(slots, cap, s->slots[i].key) = s->slots[i];
	arena_release(s->table);
	*s->table = next;
	s->slots = slots;
	s->cap = cap;
	return OK;
}

static void key_of(str scope, str id, unsigned char key[IMPORT_SEEN_KEY])
{
	struct hash h;
	hash_init(&h);
	hash_add_field(&h, scope);
	hash_add_field(&h, id);
	take_key(&h, key);
}

const struct import_seen_entry *import_seen_find(const struct import_seen *s, str scope, str id)
{
	unsigned char key[IMPORT_SEEN_KEY];
	key_of(scope, id, key);
	const struct import_seen_entry *e = s->cap ? slot(s->slots, s->cap, key) : NULL;
	return e && e->count ? e : NULL;
}

enum status import_seen_add(struct import_seen *s, str scope, str id, struct import_seen_entry **out, struct err *err)
{
	unsigned char key[IMPORT_SEEN_KEY];
	key_of(scope, id, key);
	if (s->n + 1 > s->cap / 4 * 3)
		TRY(grow(s, err));
	struct import_seen_entry *e = slot(s->slots, s->cap, key);
	if (e->count == 0) {
		memcpy(e->key, key, sizeof key);
		s->n++;
	}
	e->count += e->count < UINT32_MAX;
	*out = e;
	return OK;
}

void import_seen_release(struct import_seen *s)
{
	if (s->table)
		arena_release(s->table);
	s->slots = NULL;
	s->cap = s->n = 0;
}

static uint64_t content_of(const struct evidence_record *r)
{
	unsigned char key[IMPORT_SEEN_KEY];
	uint64_t content;
	struct hash h;
	hash_init(&h);
	for (int c = 0; c < evidence_kinds[r->kind].n_columns; c++) {
		const struct evidence_value *v = &r->values[c];
		char number[sizeof v->i64];
		memcpy(number, &v->i64, sizeof v->i64);
		hash_add_field(&h, v->known ? S("1") : S("0"));
		hash_add_field(&h, (str){number, sizeof number});
		hash_add_field(&h, v->text);
	}
	take_key(&h, key);
	memcpy(&content, key, sizeof content);
	return content;
}

str import_seen_fit(struct arena *texts, str id)
{
	if (id.n <= LIMIT_ID_BYTES)
		return id;
	char digest[HASH_TEXT];
	(void)hash_of(id, digest);
	size_t keep = LIMIT_ID_BYTES - HASH_TEXT;
	while (keep && ((unsigned char)id.p[keep] & 0xC0) == 0x80)
		keep--;
	char *p = arena_alloc(texts, keep + 1 + HASH_TEXT, 1);
	if (!p)
		return (str){NULL, 0};
	memcpy(p, id.p, keep);
	p[keep] = '~';
	memcpy(p + keep + 1, digest, HASH_TEXT);
	return (str){p, keep + HASH_TEXT};
}

static enum status numbered(struct arena *texts, str id, int64_t number, str *out, struct err *err)
{
	char tail[24];
	int n = snprintf(tail, sizeof tail, "#%lld", (long long)number);
	char *p = arena_alloc(texts, id.n + (size_t)n, 1);
	if (!p)
		return err_full(err);
	memcpy(p, id.p, id.n);
	memcpy(p + id.n, tail, (size_t)n);
	*out = import_seen_fit(texts, (str){p, id.n + (size_t)n});
	return out->p ? OK : err_full(err);
}

/* The id is taken by another content: the next number that is free. */
static enum status distinct(struct import_seen_rows *rows, struct evidence_record *r, struct arena *texts,
			    int64_t number, struct err *err)
{
	str id = r->id;
	struct import_seen_entry *e = NULL;
	for (;; number++) {
		TRY(numbered(texts, id, number, &r->id, err));
		TRY(import_seen_add(&rows->seen, evidence_kinds[r->kind].name, r->id, &e, err));
		if (e->count == 1)
			break;
	}
	e->content = content_of(r);
	e->line = r->line;
	import_flaw_note(&rows->differs, r->line);
	return OK;
}

enum status import_seen_push(struct import_seen_rows *rows, const struct import_input *in, struct evidence_record *r,
			     struct arena *texts, struct err *err)
{
	struct import_seen_entry *e;
	str fit = import_seen_fit(texts, r->id);
	if (!fit.p)
		return err_full(err);
	if (fit.n != r->id.n)
		import_flaw_note(&rows->shortened, r->line);
	r->id = fit;
	uint64_t content = content_of(r);
	TRY(import_seen_add(&rows->seen, evidence_kinds[r->kind].name, r->id, &e, err));
	if (e->count == 1) {
		e->content = content;
		e->line = r->line;
	} else if (e->content == content) {
		e->count--;
		import_flaw_note(&rows->same, r->line);
		return OK;
	} else {
		TRY(distinct(rows, r, texts, e->count, err));
	}
	return in->sink->record(in->sink->ctx, r, err);
}

static enum status warn_one(const struct import_input *in, const struct import_flaw *flaw, const char *what,
			    const char *does, struct err *err)
{
	char text[160];
	int n = snprintf(text, sizeof text, "a %s %s", what, does);
	return import_flaw_warn(in, flaw, (str){text, n < 0 ? 0 : (size_t)n}, err);
}

enum status import_seen_warn(const struct import_seen_rows *rows, const struct import_input *in, const char *what,
			     struct err *err)
{
	TRY(warn_one(in, &rows->same, what, "repeats an earlier one word for word and is left out", err));
	TRY(warn_one(in, &rows->differs, what, "has the id of an earlier one: a number is added to its id", err));
	return warn_one(in, &rows->shortened, what, "has an id over 512 bytes: a digest replaces its end", err);
}
