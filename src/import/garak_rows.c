#include "import/garak.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/limits.h"

static bool same_key(const struct import_garak_result *a, const struct import_garak_result *b)
{
	return str_eq(a->probe, b->probe) && str_eq(a->detector, b->detector) && str_eq(a->run, b->run);
}

/* A real hash, so that nobody can make a file whose results all fall into one place of the table. */
static size_t place_of(const struct import_garak_result *r)
{
	struct hash h;
	char text[HASH_TEXT];
	size_t at = 0;
	hash_init(&h);
	/* To a hash an absent text differs from an empty one; a key and its copy differ in that. */
	const str parts[] = {r->run, r->probe, r->detector};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		hash_add_field(&h, (str){parts[i].p ? parts[i].p : "", parts[i].n});
	str hex = hash_hex(&h, text);
	for (int i = 0; i < 12; i++)
		at = at << 4 | (size_t)(hex.p[i] <= '9' ? hex.p[i] - '0' : hex.p[i] - 'a' + 10);
	return at;
}

static struct import_garak_result **slot(struct import_garak_results *in, const struct import_garak_result *key)
{
	size_t at = place_of(key) & (in->cap - 1);
	while (in->table[at] && !same_key(in->table[at], key))
		at = (at + 1) & (in->cap - 1);
	return &in->table[at];
}

static enum status grow(struct import_garak *g, struct import_garak_results *in, struct err *err)
{
	struct import_garak_results old = *in;
	in->cap = old.cap ? old.cap * 2 : 64;
	in->table = arena_new(g->in->arena, struct import_garak_result *, in->cap);
	if (!in->table)
		return err_full(err);
	for (size_t i = 0; i < old.cap; i++)
		if (old.table[i])
			*slot(in, old.table[i]) = old.table[i];
	return OK;
}

enum status import_garak_rows_add(struct import_garak *g, struct import_garak_results *in,
				  const struct import_garak_result *result, struct err *err)
{
	struct arena *a = g->in->arena;
	struct import_garak_result *r = arena_new(a, struct import_garak_result, 1);
	if (!r)
		return err_full(err);
	*r = *result;
	r->next = NULL;
	r->run = str_copy(a, result->run);
	r->system = str_copy(a, result->system);
	r->probe = str_copy(a, result->probe);
	r->detector = str_copy(a, result->detector);
	if (!r->run.p || !r->system.p || !r->probe.p || !r->detector.p)
		return err_full(err);
	if (in->last)
		in->last->next = r;
	else
		in->first = r;
	in->last = r;
	return OK;
}

enum status import_garak_rows_find(struct import_garak *g, struct import_garak_results *in,
				   const struct import_garak_result *key, struct import_garak_result **out,
				   struct err *err)
{
	if (in->n + 1 > in->cap / 4 * 3)
		TRY(grow(g, in, err));
	struct import_garak_result **at = slot(in, key);
	if (!*at) {
		TRY(import_garak_rows_add(g, in, key, err));
		*at = in->last;
		in->n++;
	}
	*out = *at;
	return OK;
}

/* run|probe|detector; a hit log's rows end in |hits, as they must not replace the report's. */
static enum status make_id(struct arena *texts, const struct import_garak_result *r, str run, str *out, struct err *err)
{
	const str parts[] = {run, r->probe, r->detector, r->source == IMPORT_GARAK_HIT ? S("hits") : (str){NULL, 0}};
	size_t n = 0, at = 0;
	for (int i = 0; i < 4; i++)
		n += parts[i].n + 1;
	char *p = arena_alloc(texts, n, 1);
	if (!p)
		return err_full(err);
	for (int i = 0; i < 4; i++) {
		if (!parts[i].n)
			continue;
		if (at)
			p[at++] = '|';
		memcpy(p + at, parts[i].p, parts[i].n);
		at += parts[i].n;
	}
	*out = (str){p, at};
	return OK;
}

static enum status push_one(struct import_garak *g, const struct import_garak_result *x, struct arena *texts,
			    struct err *err)
{
	bool hit = x->source == IMPORT_GARAK_HIT;
	struct evidence_record r = {.kind = EVIDENCE_RED_TEAM, .main = true, .record = x->record, .line = x->line};
	str run = hit ? x->run : g->run;
	if (!hit && g->started.known)
		evidence_set_time(&r, S("started_at"), g->started.ms);
	if (!hit && g->ended.known)
		evidence_set_time(&r, S("finished_at"), g->ended.ms);
	evidence_set_text(&r, S("system_id"), hit ? x->system : g->system);
	evidence_set_text(&r, S("tool"), S("garak"));
	evidence_set_text(&r, S("run"), run);
	evidence_set_text(&r, S("probe"), x->probe);
	evidence_set_text(&r, S("detector"), x->detector);
	evidence_set_text(&r, S("class"), import_garak_probes_class(x->probe));
	evidence_set_int(&r, S("failed"), x->failed);
	if (!hit) {
		evidence_set_int(&r, S("passed"), x->passed);
		evidence_set_int(&r, S("total"), x->passed + x->failed);
	}
	TRY(make_id(texts, x, run, &r.id, err));
	return import_seen_push(&g->rows, g->in, &r, texts, err);
}

enum status import_garak_rows_push(struct import_garak *g, const struct import_garak_results *results, struct err *err)
{
	for (const struct import_garak_result *x = results->first; x; x = x->next) {
		/* Not the scratch arena: the entry that ends a run still lives there. */
		struct arena texts = ARENA(LIMIT_RECORD_BYTES);
		enum status status = push_one(g, x, &texts, err);
		arena_release(&texts);
		TRY(status);
	}
	return OK;
}
