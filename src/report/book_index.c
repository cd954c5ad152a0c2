/* The model turned round: what requires an objective, which ids are reached, who owns what, which evidence feeds it. */
#include <stdlib.h>
#include <string.h>

#include "report/book_inside.h"

/* A fact "the thing numbered `key` has this objective"; sorted, the objectives of a key stand together. */
struct pair {
	int key, objective;
};

struct pairs {
	size_t n, cap;
	struct pair *list;
};

static int by_key(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->objective > y->objective) - (x->objective < y->objective);
}

static enum status pair_add(struct pairs *p, struct arena *a, int key, size_t objective, struct err *err)
{
	if (p->n == p->cap) {
		struct pair *grown = arena_grow(a, p->list, p->n, p->n + 1, sizeof *p->list, &p->cap);
		if (!grown)
			return err_full(err);
		p->list = grown;
	}
	p->list[p->n++] = (struct pair){key, (int)objective};
	return OK;
}

/* lists[k] gets the objectives of key k, each once; keys are below n_lists. */
static enum status pairs_split(struct pairs *p, struct arena *a, struct book_list *lists, size_t n_lists,
			       struct err *err)
{
	int *objectives = arena_new(a, int, p->n);
	size_t used = 0;
	if (!objectives)
		return err_full(err);
	memset(lists, 0, n_lists * sizeof *lists);
	if (p->n)
		qsort(p->list, p->n, sizeof *p->list, by_key);
	for (size_t i = 0; i < p->n; i++) {
		struct book_list *list = &lists[p->list[i].key];
		if (i && by_key(&p->list[i - 1], &p->list[i]) == 0)
			continue;
		if (!list->n)
			list->objectives = objectives + used;
		objectives[used++] = p->list[i].objective;
		list->n++;
	}
	return OK;
}

static void count(struct book *book)
{
	for (size_t i = 0; i < book->m->n_objectives; i++) {
		book->modes[book->m->objectives[i].mode]++;
		book->n_checks += book->m->objectives[i].check.p != NULL;
	}
}

static enum status enables_find(struct book *book, struct err *err)
{
	const struct model *m = book->m;
	struct pairs pairs = {0};
	struct book_list *lists = arena_new(book->a, struct book_list, m->n_objectives);
	if (!lists)
		return err_full(err);
	for (size_t i = 0; i < m->n_objectives; i++)
		for (size_t k = 0; k < m->objectives[i].n_requires; k++)
			TRY(pair_add(&pairs, book->a, m->objectives[i].requires[k], i, err));
	book->enables = lists;
	return pairs_split(&pairs, book->a, lists, m->n_objectives, err);
}

static enum status kinds_find(struct book *book, struct err *err)
{
	struct pairs pairs = {0};
	for (size_t i = 0; i < book->m->n_objectives; i++) {
		const struct model_objective *o = &book->m->objectives[i];
		uint64_t kinds = book->reads[i];
		if (o->subject >= 0)
			kinds |= EVIDENCE_BIT(o->subject);
		for (int k = 0; k < EVIDENCE_KINDS; k++)
			if (kinds >> k & 1)
				TRY(pair_add(&pairs, book->a, k, i, err));
	}
	TRY(pairs_split(&pairs, book->a, book->kinds, EVIDENCE_KINDS, err));
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		book->n_kinds += book->kinds[k].n > 0;
	return OK;
}

static int by_owner(const void *a, const void *b)
{
	str x = ((const struct book_owner *)a)->name, y = ((const struct book_owner *)b)->name;
	if (!x.n || !y.n)
		return (x.n == 0) - (y.n == 0);
	return str_cmp(x, y);
}

static enum status owners_find(struct book *book, struct err *err)
{
	const struct model *m = book->m;
	struct pairs pairs = {0};
	struct book_owner *owners = arena_new(book->a, struct book_owner, m->n_objectives);
	struct book_list *lists = arena_new(book->a, struct book_list, m->n_objectives);
	size_t n = 0;
	if (!owners || !lists)
		return err_full(err);
	for (size_t i = 0; i < m->n_objectives; i++) {
		size_t at = 0;
		while (at < n && !str_eq(owners[at].name, m->objectives[i].owner))
			at++;
		if (at == n)
			owners[n++].name = m->objectives[i].owner;
		TRY(pair_add(&pairs, book->a, (int)at, i, err));
	}
	TRY(pairs_split(&pairs, book->a, lists, n, err));
	for (size_t i = 0; i < n; i++)
		owners[i].objectives = lists[i];
	if (n)
		qsort(owners, n, sizeof *owners, by_owner);
	book->owners = owners;
	book->n_owners = n;
	return OK;
}

/* ---- frameworks ---- */

/* All ids of one version, in the catalogue's order, and the way from an id to its place. */
struct catalogue {
	const struct framework *framework;
	str version;
	size_t n;
	struct book_id *ids;
	bool *groups;
	const struct book_id **sorted;
};

static int by_id(const void *a, const void *b)
{
	return str_cmp((*(const struct book_id *const *)a)->id, (*(const struct book_id *const *)b)->id);
}

static enum status catalogue_load(struct catalogue *c, struct arena *a, struct err *err)
{
	struct framework_walk first = {.framework = c->framework->id, .version = c->version}, walk = first;
	struct framework_entry entry;
	size_t n = 0;
	while (framework_next(&first, &entry))
		n++;
	c->ids = arena_new(a, struct book_id, n);
	c->groups = arena_new(a, bool, n);
	c->sorted = arena_new(a, const struct book_id *, n);
	if (!c->ids || !c->groups || !c->sorted)
		return err_full(err);
	for (; c->n < n && framework_next(&walk, &entry); c->n++) {
		c->ids[c->n] = (struct book_id){.id = entry.id, .title = entry.title};
		c->groups[c->n] = entry.group;
		c->sorted[c->n] = &c->ids[c->n];
	}
	if (c->n)
		qsort(c->sorted, c->n, sizeof *c->sorted, by_id);
	return OK;
}

/* The place of an id, as the model writes it; -1 when the catalogue does not have it. */
static int place_of(const struct catalogue *c, str id)
{
	struct book_id key = {.id = framework_id(c->framework->id, c->version, id)};
	const struct book_id *wanted = &key, **found;
	if (!key.id.p || !c->n)
		return -1;
	found = bsearch(&wanted, c->sorted, c->n, sizeof *c->sorted, by_id);
	return found ? (int)(*found - c->ids) : -1;
}

static bool is_of(const struct catalogue *c, const struct model_ref *ref)
{
	return str_eq(ref->framework, c->framework->id) && str_eq(ref->version, c->version);
}

static enum status references_find(const struct book *book, struct catalogue *c, struct book_list *lists,
				   struct err *err)
{
	const struct model *m = book->m;
	struct pairs pairs = {0};
	for (size_t i = 0; i < m->n_objectives; i++)
		for (size_t k = 0; k < m->objectives[i].n_refs; k++) {
			const struct model_ref *ref = &m->objectives[i].refs[k];
			for (size_t j = 0; is_of(c, ref) && j < ref->n_ids; j++) {
				int at = place_of(c, ref->ids[j]);
				if (at >= 0)
					TRY(pair_add(&pairs, book->a, at, i, err));
			}
		}
	return pairs_split(&pairs, book->a, lists, c->n, err);
}

static void untouched_find(const struct model *m, struct catalogue *c)
{
	for (size_t i = 0; i < m->n_untouched; i++) {
		const struct model_ref *ref = &m->untouched[i].ref;
		for (size_t k = 0; is_of(c, ref) && k < ref->n_ids; k++) {
			int at = place_of(c, ref->ids[k]);
			if (at >= 0)
				c->ids[at].untouched = &m->untouched[i];
		}
	}
}

/* Counts, and keeps the ids that the book has something to say about. */
static void catalogue_keep(const struct catalogue *c, const struct book_list *lists, struct book_framework *out)
{
	struct framework_heading heading;
	*out = (struct book_framework){.framework = c->framework, .version = c->version, .ids = c->ids};
	for (size_t i = 0; i < c->n; i++) {
		struct book_id id = c->ids[i];
		id.reached = lists[i];
		out->n_all += !c->groups[i];
		out->n_reached += !c->groups[i] && id.reached.n > 0;
		out->n_untouched += id.untouched != NULL;
		if (!id.reached.n && !id.untouched)
			continue;
		if (framework_heading(c->framework->id, c->version, id.id, &heading)) {
			id.heading_id = heading.id;
			id.heading = heading.title;
		}
		c->ids[out->n++] = id;
	}
}

static enum status framework_index(struct book *book, const struct framework *f, str version,
				   struct book_framework *out, struct err *err)
{
	struct catalogue c = {.framework = f, .version = version};
	TRY(catalogue_load(&c, book->a, err));
	struct book_list *lists = arena_new(book->a, struct book_list, c.n);
	if (!lists)
		return err_full(err);
	TRY(references_find(book, &c, lists, err));
	untouched_find(book->m, &c);
	catalogue_keep(&c, lists, out);
	return OK;
}

static bool is_used(const struct model *m, str framework, str version)
{
	for (size_t i = 0; i < m->n_untouched; i++)
		if (str_eq(m->untouched[i].ref.framework, framework) && str_eq(m->untouched[i].ref.version, version))
			return true;
	for (size_t i = 0; i < m->n_objectives; i++)
		for (size_t k = 0; k < m->objectives[i].n_refs; k++)
			if (str_eq(m->objectives[i].refs[k].framework, framework) &&
			    str_eq(m->objectives[i].refs[k].version, version))
				return true;
	return false;
}

static enum status frameworks_find(struct book *book, struct err *err)
{
	size_t most = 0;
	for (int f = 0; f < FRAMEWORKS; f++)
		most += framework_all[f].n_versions;
	struct book_framework *frameworks = arena_new(book->a, struct book_framework, most);
	if (!frameworks)
		return err_full(err);
	for (int f = 0; f < FRAMEWORKS; f++)
		for (size_t v = 0; v < framework_all[f].n_versions; v++) {
			str version = framework_all[f].versions[v];
			if (is_used(book->m, framework_all[f].id, version))
				TRY(framework_index(book, &framework_all[f], version, &frameworks[book->n_frameworks++],
						    err));
		}
	book->frameworks = frameworks;
	return OK;
}

enum status report_book_index(const struct view_book *view, struct arena *a, struct book *out, struct err *err)
{
	struct book book = {.m = view->model, .reads = view->reads, .a = a};
	count(&book);
	TRY(enables_find(&book, err));
	TRY(kinds_find(&book, err));
	TRY(owners_find(&book, err));
	TRY(frameworks_find(&book, err));
	*out = book;
	return OK;
}
