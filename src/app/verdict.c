#include "app/verdict.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/time.h"
#include "core/sample.h"
#include "store/link.h"

struct app_verdict_lens {
	struct app_verdict_lens *next;
	int64_t max_age_ms;
	struct store_lens lens;
};

struct app_verdict_coverage {
	struct app_verdict_coverage *next;
	enum evidence_kind_id kind;
	int64_t max_age_ms;
	int64_t *oldest_ms; /* by unit */
	bool *whole;        /* by unit: one of the feeds has said all that there is */
};

struct app_verdict_ages {
	struct app_verdict_ages *next;
	enum evidence_kind_id kind;
	int64_t max_age_ms;
	int64_t *oldest_ms; /* by unit */
};

enum status app_verdict_open(struct app *app, const struct model *m, const struct unit_tree *tree, int64_t at_ms,
			     struct app_verdict_book *out, struct err *err)
{
	*out = (struct app_verdict_book){.app = app, .model = m, .tree = tree, .at_ms = at_ms};
	TRY(store_feed_supply(app->db, at_ms, app->arena, &out->supply, &out->n_supply, err));
	TRY(store_feed_covers(app->db, at_ms, app->arena, &out->covers, &out->n_covers, err));
	TRY(store_link_book(app->db, at_ms, app->arena, &out->links, err));
	return store_lens_open(app->arena, &out->all, err);
}

static bool is_young(const struct app_verdict_book *book, int64_t newest_ms, int64_t max_age_ms)
{
	return newest_ms != INT64_MIN && book->at_ms - max_age_ms <= newest_ms;
}

static void cover(const struct app_verdict_book *book, struct app_verdict_coverage *c, str unit, int64_t newest_ms,
		  int64_t whole_ms)
{
	int u = unit_find(book->tree, unit);
	if (u == UNIT_NONE || !is_young(book, newest_ms, c->max_age_ms))
		return;
	c->whole[u] |= is_young(book, whole_ms, c->max_age_ms);
	if (newest_ms < c->oldest_ms[u])
		c->oldest_ms[u] = newest_ms;
}

static enum status find_coverage(struct app_verdict_book *book, enum evidence_kind_id kind, int64_t max_age_ms,
				 struct app_verdict_coverage **out, struct err *err)
{
	struct app_verdict_coverage *c = book->coverage;
	while (c && (c->kind != kind || c->max_age_ms != max_age_ms))
		c = c->next;
	*out = c;
	if (c)
		return OK;
	c = arena_new(book->app->arena, struct app_verdict_coverage, 1);
	int64_t *oldest = arena_new(book->app->arena, int64_t, (size_t)book->tree->n);
	bool *whole = arena_new(book->app->arena, bool, (size_t)book->tree->n);
	if (!c || !oldest || !whole)
		return err_full(err);
	*c = (struct app_verdict_coverage){book->coverage, kind, max_age_ms, oldest, whole};
	for (int u = 0; u < book->tree->n; u++)
		oldest[u] = TIME_FOREVER;
	for (size_t i = 0; i < book->n_supply; i++) {
		const struct store_supply *s = &book->supply[i];
		if (s->kind != kind)
			continue;
		cover(book, c, s->unit, s->listed_ms, s->listed_whole_ms);
		for (size_t k = 0; k < book->n_covers; k++) {
			const struct store_cover *named = &book->covers[k];
			bool then = s->named_whole_ms >= named->since_ms; /* it covered the unit by that time */
			if (named->feed_id == s->feed_id)
				cover(book, c, named->unit, s->named_ms, then ? s->named_whole_ms : INT64_MIN);
		}
	}
	book->coverage = c;
	*out = c;
	return OK;
}

enum status app_verdict_coverage(struct app_verdict_book *book, enum evidence_kind_id kind, int64_t max_age_ms,
				 const int64_t **out, struct err *err)
{
	struct app_verdict_coverage *c = NULL;
	TRY(find_coverage(book, kind, max_age_ms, &c, err));
	*out = c->oldest_ms;
	return OK;
}

/* By unit: the oldest of the rows that are young enough, of a kind that is laid out; TIME_FOREVER where there is none.
 */
static enum status find_ages(struct app_verdict_book *book, enum evidence_kind_id kind, int64_t max_age_ms,
			     const int64_t **out, struct err *err)
{
	struct app_verdict_ages *a = book->ages;
	while (a && (a->kind != kind || a->max_age_ms != max_age_ms))
		a = a->next;
	if (!a) {
		a = arena_new(book->app->arena, struct app_verdict_ages, 1);
		int64_t *oldest = arena_new(book->app->arena, int64_t, (size_t)book->tree->n);
		if (!a || !oldest)
			return err_full(err);
		*a = (struct app_verdict_ages){book->ages, kind, max_age_ms, oldest};
		for (int u = 0; u < book->tree->n; u++)
			oldest[u] = TIME_FOREVER;
		for (size_t i = 0; i < book->all.n_ages; i++) {
			const struct store_age *age = &book->all.ages[i];
			int u = age->kind == kind ? unit_find(book->tree, age->unit) : UNIT_NONE;
			if (u != UNIT_NONE && is_young(book, age->said_ms, max_age_ms) && age->said_ms < oldest[u])
				oldest[u] = age->said_ms;
		}
		book->ages = a;
	}
	*out = a->oldest_ms;
	return OK;
}

/* Collects the rows of one run. */
struct collector {
	struct app_verdict_book *book;
	struct app_verdict *list;
	size_t n, cap;
	int64_t strangers;
	int last_unit; /* of the row before; -2 = none */
	str last_name;
};

static struct arena *rows_of(const struct app_verdict_book *book)
{
	return book->rows ? book->rows : book->app->arena;
}

static enum status collect(void *ctx, str unit, str subject, int meets, struct err *err)
{
	struct collector *c = ctx;
	struct arena *a = rows_of(c->book);
	if (subject.n > LIMIT_SUBJECT_BYTES)
		return err_set(err, E_INVALID, "a subject is longer than %d bytes", LIMIT_SUBJECT_BYTES);
	if (c->last_unit == -2 || !str_eq(unit, c->last_name)) {
		c->last_name = str_copy(a, unit);
		c->last_unit = unit_find(c->book->tree, unit);
		if (!c->last_name.p)
			return err_full(err);
	}
	if (c->last_unit == UNIT_NONE) {
		c->strangers++;
		return OK;
	}
	if (c->n == c->cap && !(c->list = arena_grow(a, c->list, c->n, c->n + 1, sizeof *c->list, &c->cap)))
		return err_full(err);
	c->list[c->n] = (struct app_verdict){c->last_unit, str_copy(a, subject), meets};
	return c->list[c->n++].subject.p ? OK : err_full(err);
}

static int order(const void *left, const void *right)
{
	const struct app_verdict *a = left, *b = right;
	return a->unit != b->unit ? (a->unit > b->unit) - (a->unit < b->unit) : str_cmp(a->subject, b->subject);
}

static enum status run_once(struct app_verdict_book *book, struct store_lens *lens, const struct model_objective *o,
			    str sql, struct collector *c, struct err *err)
{
	*c = (struct collector){.book = book, .last_unit = -2};
	TRY(store_lens_run(lens, sql, book->at_ms, book->at_ms - o->window_ms, collect, c, err));
	if (c->n)
		qsort(c->list, c->n, sizeof *c->list, order);
	for (size_t i = 1; i < c->n; i++)
		if (order(&c->list[i - 1], &c->list[i]) == 0)
			return err_set(err, E_INVALID, "the subject \"%.*s\" stands twice in the unit \"%.*s\"",
				       STR_ARG(c->list[i].subject), STR_ARG(book->tree->units[c->list[i].unit].id));
	return OK;
}

static bool reads_stale(const struct app_verdict_book *book, uint64_t kinds, int64_t max_age_ms)
{
	for (size_t i = 0; i < book->all.n_ages; i++)
		if (kinds >> book->all.ages[i].kind & 1 && !is_young(book, book->all.ages[i].said_ms, max_age_ms))
			return true;
	return false;
}

static enum status fresh_lens(struct app_verdict_book *book, int64_t max_age_ms, uint64_t kinds,
			      struct store_lens **out, struct err *err)
{
	struct store_sight sight = {book->at_ms, max_age_ms, book->supply, book->n_supply, &book->links};
	struct app_verdict_lens *l = book->fresh;
	while (l && l->max_age_ms != max_age_ms)
		l = l->next;
	if (!l) {
		l = arena_new(book->app->arena, struct app_verdict_lens, 1);
		if (!l)
			return err_full(err);
		TRY(store_lens_open(book->app->arena, &l->lens, err));
		l->max_age_ms = max_age_ms;
		l->next = book->fresh;
		book->fresh = l;
	}
	TRY(store_lens_fill(&l->lens, book->app->db, &sight, kinds, err));
	*out = &l->lens;
	return OK;
}

/* A verdict counts only if it is the same without the stale feeds, and a subject that only a stale row keeps out of the
   population may belong to it. Both lists are sorted, and so is what they become. */
static enum status distrust(struct collector *all, const struct collector *fresh, struct err *err)
{
	struct arena *arena = rows_of(all->book);
	struct app_verdict *both = arena_new(arena, struct app_verdict, all->n + fresh->n);
	size_t n = 0;
	if (!both)
		return err_full(err);
	for (size_t a = 0, f = 0; a < all->n || f < fresh->n;) {
		int side = a == all->n ? 1 : f == fresh->n ? -1 : order(&all->list[a], &fresh->list[f]);
		bool same = side == 0 && all->list[a].meets == fresh->list[f].meets;
		both[n] = side > 0 ? fresh->list[f] : all->list[a];
		if (!same)
			both[n].meets = -1;
		n++;
		a += side <= 0;
		f += side >= 0;
	}
	all->list = both;
	all->n = all->cap = n;
	return OK;
}

static enum status fail(struct app_verdict_book *book, const struct err *why, struct app_verdict_result *out,
			struct err *err)
{
	struct buf text = BUF(LIMIT_RECORD_BYTES);
	buf_printf(&text, "%s%s%s", why->message, why->detail[0] ? ": " : "", why->detail);
	out->failed = true;
	out->error = str_copy(book->app->arena, buf_str(&text));
	buf_release(&text);
	return out->error.p ? OK : err_full(err);
}

/* The number is given as the subject of a check-like statement, so that the sandbox's rules hold for it as well. */
static enum status wrap_sizes(const struct app_verdict_book *book, const struct model_objective *o, str *out,
			      struct err *err)
{
	struct buf sql = BUF(LIMIT_RECORD_BYTES);
	str text = str_trim(o->population_size);
	while (text.n && text.p[text.n - 1] == ';')
		text = str_trim(str_slice(text, 0, text.n - 1));
	buf_printf(&sql, "SELECT unit_id, n AS subject, NULL AS meets FROM (\n%.*s\n) sizes", STR_ARG(text));
	*out = str_copy(book->app->arena, buf_str(&sql));
	buf_release(&sql);
	return out->p ? OK : err_full(err);
}

static enum status run_sizes(struct app_verdict_book *book, struct store_lens *lens, const struct model_objective *o,
			     str sql, str **out, struct err *err)
{
	struct collector c;
	str *sizes = arena_new(book->app->arena, str, (size_t)book->tree->n);
	if (!sizes)
		return err_full(err);
	TRY(run_once(book, lens, o, sql, &c, err));
	for (size_t i = 0; i < c.n; i++) {
		int unit = c.list[i].unit;
		if (sizes[unit].p)
			return err_set(err, E_INVALID, "the population of the unit \"%.*s\" has two sizes",
				       STR_ARG(book->tree->units[unit].id));
		sizes[unit] = c.list[i].subject;
	}
	*out = sizes;
	return OK;
}

/* Like a verdict, a size counts only if it is the same without the stale feeds, else it is no number. What the sizes
   read has to be looked at as well: out->kinds. */
static enum status read_sizes(struct app_verdict_book *book, const struct model_objective *o,
			      struct app_verdict_result *out, struct err *err)
{
	struct store_sight sight = {book->at_ms, TIME_FOREVER, book->supply, book->n_supply, &book->links};
	struct store_lens *lens = NULL;
	str sql, *all, *fresh;
	uint64_t reads;
	TRY(wrap_sizes(book, o, &sql, err));
	TRY(store_lens_compile(&book->all, sql, &reads, NULL, err));
	out->kinds |= reads;
	TRY(store_lens_fill(&book->all, book->app->db, &sight, out->kinds, err));
	TRY(run_sizes(book, &book->all, o, sql, &all, err));
	out->sizes = all;
	if (!reads_stale(book, reads, o->max_age_ms))
		return OK;
	TRY(fresh_lens(book, o->max_age_ms, out->kinds, &lens, err));
	TRY(run_sizes(book, lens, o, sql, &fresh, err));
	for (int u = 0; u < book->tree->n; u++)
		if (!str_eq(all[u], fresh[u]))
			all[u] = S("unknown");
	return OK;
}

static bool is_the_checks_fault(enum status status)
{
	return status == E_INVALID || status == E_TOO_LARGE;
}

static enum status run(struct app_verdict_book *book, const struct model_objective *o, struct app_verdict_result *out,
		       struct err *why)
{
	struct store_sight sight = {book->at_ms, TIME_FOREVER, book->supply, book->n_supply, &book->links};
	struct collector all, fresh;
	TRY(store_lens_compile(&book->all, o->check, &out->kinds, NULL, why));
	out->kinds |= EVIDENCE_BIT(o->subject);
	TRY(store_lens_fill(&book->all, book->app->db, &sight, out->kinds, why));
	TRY(run_once(book, &book->all, o, o->check, &all, why));
	if (reads_stale(book, out->kinds, o->max_age_ms)) {
		struct store_lens *lens = NULL;
		TRY(fresh_lens(book, o->max_age_ms, out->kinds, &lens, why));
		TRY(run_once(book, lens, o, o->check, &fresh, why));
		TRY(distrust(&all, &fresh, why));
	}
	out->list = all.list;
	out->n = all.n;
	out->strangers = all.strangers;
	return o->sample ? read_sizes(book, o, out, why) : OK;
}

uint64_t app_verdict_reads(struct app_verdict_book *book, const struct model_objective *o)
{
	uint64_t kinds = 0, more = 0;
	str sql;
	if (!o->check.p || store_lens_compile(&book->all, o->check, &kinds, NULL, NULL) != OK)
		kinds = 0;
	if (!o->sample || wrap_sizes(book, o, &sql, NULL) != OK ||
	    store_lens_compile(&book->all, sql, &more, NULL, NULL) != OK)
		more = 0;
	return kinds | more | EVIDENCE_BIT(o->subject);
}

enum status app_verdict_run(struct app_verdict_book *book, const struct model_objective *o,
			    struct app_verdict_result *out, struct err *err)
{
	struct err why = {0};
	struct app_verdict_result result = {.kinds = EVIDENCE_BIT(o->subject)};
	enum status status = run(book, o, &result, &why);
	if (is_the_checks_fault(status)) {
		result.list = NULL;
		result.n = 0;
		TRY(fail(book, &why, &result, err));
	} else if (status != OK) {
		*err = why;
		return status;
	}
	*out = result;
	return OK;
}

static struct measure_tally count(const struct app_verdict_result *r, size_t first, size_t n)
{
	struct measure_tally t = {0};
	for (size_t i = first; i < first + n; i++) {
		t.yes += r->list[i].meets == 1;
		t.no += r->list[i].meets == 0;
		t.unknown += r->list[i].meets < 0;
	}
	return t;
}

static struct measure_tally empty_tally(enum model_empty empty)
{
	struct measure_tally t = {0};
	t.unknown = empty == MODEL_EMPTY_UNKNOWN;
	t.no = empty == MODEL_EMPTY_NOT_MET;
	return t;
}

/* False: it is not given, or no number. */
static bool size_of(const struct app_verdict_result *r, int unit, int64_t *out)
{
	return r->sizes[unit].p && str_to_i64(r->sizes[unit], out) && *out >= 0 && *out <= LIMIT_COUNT;
}

/* Of the whole program: the sizes of all units that have one; every unit of which something was seen must have one. */
static bool size_of_all(const struct app_verdict_book *book, const struct app_verdict_result *r, int64_t *out)
{
	int64_t size;
	*out = 0;
	for (size_t i = 0; i < r->n; i++)
		if (!size_of(r, r->list[i].unit, &size))
			return false;
	for (int u = 0; u < book->tree->n; u++) {
		if (!r->sizes[u].p)
			continue;
		if (!size_of(r, u, &size) || *out + size > LIMIT_COUNT)
			return false;
		*out += size;
	}
	return true;
}

/* The population of a sample; false: nobody knows it. One that is not given where no row is either is empty. */
static bool population(const struct app_verdict_book *book, const struct model_objective *o,
		       const struct app_verdict_result *r, int unit, size_t n, int64_t *out)
{
	if (o->scope == MODEL_SCOPE_PROGRAM)
		return size_of_all(book, r, out);
	*out = 0;
	return (n == 0 && !r->sizes[unit].p) || size_of(r, unit, out);
}

/* A sample without its population proves nothing about it; nor does one when a kind is missing. */
static struct measure_tally sampled(const struct app_verdict_book *book, const struct model_objective *o,
				    const struct app_verdict_result *r, int unit, struct measure_tally t, bool lacks)
{
	int64_t size, n = measure_total(t);
	bool known = population(book, o, r, unit, (size_t)n, &size);
	if (known && !lacks)
		return n || size ? sample_tally(t.yes, t.no, size) : empty_tally(o->empty);
	if (known && size > n)
		n = size;
	return (struct measure_tally){0, 0, n > 1 ? n : 1};
}

static void keep_earlier(int64_t *a, int64_t b)
{
	*a = b < *a ? b : *a;
}

/* Looks through the kinds: *lacks = one that has to be covered is not; *oldest = over all feeds that cover, and the
   rows that are there. */
static enum status look_at_kinds(struct app_verdict_book *book, const struct model_objective *o, uint64_t kinds,
				 int unit, bool *lacks, int64_t *oldest, struct err *err)
{
	*lacks = false;
	*oldest = TIME_FOREVER;
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		const int64_t *coverage = NULL, *ages = NULL;
		if (!(kinds >> k & 1))
			continue;
		TRY(app_verdict_coverage(book, (enum evidence_kind_id)k, o->max_age_ms, &coverage, err));
		if (book->all.filled >> k & 1)
			TRY(find_ages(book, (enum evidence_kind_id)k, o->max_age_ms, &ages, err));
		if (coverage[unit] == TIME_FOREVER && !(o->may_lack >> k & 1))
			*lacks = true;
		/* Program scope sums the rows of every unit, so it ages with the feeds of every unit. */
		bool program = o->scope == MODEL_SCOPE_PROGRAM;
		for (int u = program ? 0 : unit; u < (program ? book->tree->n : unit + 1); u++) {
			keep_earlier(oldest, coverage[u]);
			keep_earlier(oldest, ages ? ages[u] : TIME_FOREVER);
		}
	}
	return OK;
}

enum status app_verdict_tally(struct app_verdict_book *book, const struct model_objective *o,
			      const struct app_verdict_result *result, int unit, size_t first, size_t n, int64_t last_n,
			      struct app_verdict_tally *out, struct err *err)
{
	struct app_verdict_coverage *population = NULL;
	int64_t oldest;
	bool lacks;
	*out = (struct app_verdict_tally){.silent = true};
	TRY(find_coverage(book, (enum evidence_kind_id)o->subject, o->max_age_ms, &population, err));
	if (population->oldest_ms[unit] == TIME_FOREVER)
		return OK;
	TRY(look_at_kinds(book, o, result->kinds, unit, &lacks, &oldest, err));
	out->expires_ms = oldest + o->max_age_ms;
	out->silent = !result->failed && n == 0 && !population->whole[unit];
	if (out->silent)
		return OK;
	if (result->failed) {
		out->tally.unknown = last_n > 1 ? last_n : 1;
		return OK;
	}
	out->tally = count(result, first, n);
	if (o->sample)
		out->tally = sampled(book, o, result, unit, out->tally, lacks);
	else if (n == 0)
		out->tally = empty_tally(o->empty);
	else if (lacks)
		out->tally = (struct measure_tally){0, 0, (int64_t)n};
	return OK;
}
