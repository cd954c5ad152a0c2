/* What needs the whole model: order, duplicates, requires, empty levels. */
#include <stdlib.h>
#include <string.h>

#include "core/model_read.h"

enum { FEW = 2, MANY = 4, CYCLE_SHOWN = 8 };

static int number_order(int a, int b)
{
	return (a > b) - (a < b);
}

static int by_domain(const void *a, const void *b)
{
	const struct model_draft_category *x = a, *y = b;
	int order = number_order(x->c.domain, y->c.domain);
	return order ? order : number_order(x->found, y->found);
}

static int by_category(const void *a, const void *b)
{
	const struct model_draft *x = a, *y = b;
	int order = number_order(x->o.category, y->o.category);
	if (!order)
		order = number_order(x->o.level, y->o.level);
	return order ? order : number_order(x->found, y->found);
}

/* Pointers into one array: equal ids keep its order. */
static int by_id(const void *a, const void *b)
{
	const struct model_objective *x = *(const struct model_objective *const *)a;
	const struct model_objective *y = *(const struct model_objective *const *)b;
	int order = str_cmp(x->id, y->id);
	return order ? order : (x > y) - (x < y);
}

/* Categories by domain, objectives by category, level and place; both stay in the reader's arrays. */
static bool drafts_sort(struct model_reader *r)
{
	int *rank = arena_new(r->a, int, r->n_categories);
	if (!rank) {
		model_read_full(r);
		return false;
	}
	if (r->n_categories)
		qsort(r->categories, r->n_categories, sizeof *r->categories, by_domain);
	for (size_t i = 0; i < r->n_categories; i++)
		rank[r->categories[i].found] = (int)i;
	for (size_t i = 0; i < r->n_objectives; i++)
		r->objectives[i].o.category = rank[r->objectives[i].o.category];
	if (r->n_objectives)
		qsort(r->objectives, r->n_objectives, sizeof *r->objectives, by_category);
	return true;
}

static bool objectives_place(struct model_reader *r)
{
	size_t n = r->n_objectives;
	struct model_objective *objectives = arena_new(r->a, struct model_objective, n);
	const struct model_objective **pointers = arena_new(r->a, const struct model_objective *, n);
	int *sorted = arena_new(r->a, int, n);
	if (!objectives || !pointers || !sorted) {
		model_read_full(r);
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		objectives[i] = r->objectives[i].o;
		pointers[i] = &objectives[i];
	}
	if (n)
		qsort(pointers, n, sizeof *pointers, by_id);
	for (size_t i = 0; i < n; i++)
		sorted[i] = (int)(pointers[i] - objectives);
	r->m->objectives = objectives;
	r->m->n_objectives = n;
	r->m->sorted = sorted;
	return true;
}

static bool categories_place(struct model_reader *r)
{
	struct model_category *categories = arena_new(r->a, struct model_category, r->n_categories);
	if (!categories) {
		model_read_full(r);
		return false;
	}
	for (size_t i = 0, at = 0; i < r->n_categories; i++) {
		categories[i] = r->categories[i].c;
		categories[i].first_objective = (int)at;
		while (at < r->n_objectives && r->objectives[at].o.category == (int)i)
			at++;
		categories[i].n_objectives = (int)at - categories[i].first_objective;
	}
	r->m->categories = categories;
	r->m->n_categories = r->n_categories;
	return true;
}

static void duplicates_find(struct model_reader *r)
{
	const struct model *m = r->m;
	for (size_t i = 1; i < m->n_objectives; i++) {
		const struct model_objective *a = &m->objectives[m->sorted[i - 1]], *b = &m->objectives[m->sorted[i]];
		if (str_eq(a->id, b->id))
			model_read_report(r, false, b->place, b->id, "this id is also in %.*s:%lld",
					  STR_ARG(a->place.file), (long long)a->place.line);
	}
}

/* The index of a required objective; -1 when it is a problem, which is then noted. */
static int required_find(struct model_reader *r, const struct model_objective *o, const struct yaml_node *node)
{
	str id = model_read_scalar(r, node, S("requires"));
	if (node->kind != YAML_SCALAR)
		return -1;
	const struct model_objective *other = id.n ? model_objective_find(r->m, id) : NULL;
	bool retired = !other && model_overlay_retired(r->m, id);
	if (retired && r->file.p == r->overlay.p)
		model_read_error(r, node, "requires %.*s, which this overlay retires", STR_ARG(id));
	else if (!other && !retired && !r->incomplete)
		model_read_error(r, node, "requires \"%.*s\", which the model does not have",
				 STR_ARG(model_read_clip(node->text)));
	else if (other && other->level > o->level)
		model_read_error(r, node, "requires %.*s, which is of a higher level", STR_ARG(other->id));
	return other ? (int)(other - r->m->objectives) : -1;
}

static void requires_resolve(struct model_reader *r, struct model_objective *o, const struct yaml_node *list)
{
	int *requires = list ? arena_new(r->a, int, list->n) : NULL;
	if (list && !requires)
		model_read_full(r);
	if (!requires)
		return;
	r->file = o->place.file;
	r->about = o->id;
	for (size_t i = 0; i < list->n; i++) {
		int index = required_find(r, o, list->items[i]);
		if (index >= 0)
		requires[o->n_requires++] = index;
	}
	o->requires = requires;
}

/* A walk along `requires`: path holds the objectives from the start to here, next how far each has got. */
struct walk {
	unsigned char *colour; /* 0 new, 1 on the path, 2 done */
	size_t *next;
	int *path;
	size_t n;
};

static void cycle_report(struct model_reader *r, const struct walk *w, int back)
{
	const struct model_objective *all = r->m->objectives, *o = &all[w->path[w->n - 1]];
	size_t first = w->n - 1;
	while (first > 0 && w->path[first] != back)
		first--;
	char text[CYCLE_SHOWN * (MODEL_ID_BYTES + 4) + 1] = "";
	size_t at = 0, length = w->n - first;
	for (size_t i = first; i < w->n && i < first + CYCLE_SHOWN; i++) {
		str id = all[w->path[i]].id;
		memcpy(text + at, id.p, id.n);
		memcpy(text + at + id.n, " -> ", 4);
		at += id.n + 4;
	}
	model_read_report(r, false, o->place, o->id, "requires is a circle: %.*s%s%.*s", (int)at, text,
			  length > CYCLE_SHOWN ? "... -> " : "", STR_ARG(all[back].id));
}

static void walk_from(struct model_reader *r, struct walk *w, int start)
{
	w->n = 0;
	w->path[w->n++] = start;
	w->colour[start] = 1;
	while (w->n > 0) {
		int here = w->path[w->n - 1];
		const struct model_objective *o = &r->m->objectives[here];
		if (w->next[here] == o->n_requires) {
			w->colour[here] = 2;
			w->n--;
			continue;
		}
		int to = o->requires[w->next[here]++];
		if (w->colour[to] == 1) {
			cycle_report(r, w, to);
		} else if (w->colour[to] == 0) {
			w->colour[to] = 1;
			w->path[w->n++] = to;
		}
	}
}

static void cycles_find(struct model_reader *r)
{
	size_t n = r->m->n_objectives;
	struct walk w = {arena_new(r->a, unsigned char, n), arena_new(r->a, size_t, n), arena_new(r->a, int, n), 0};
	if (!w.colour || !w.next || !w.path) {
		model_read_full(r);
		return;
	}
	for (size_t i = 0; i < n; i++)
		if (w.colour[i] == 0)
			walk_from(r, &w, (int)i);
}

/* Where the overlay took away the last objective of a level; its category where no overlay did. */
static struct model_place empty_place(const struct model_reader *r, const struct model_category *c, int level)
{
	struct model_place place = c->place;
	for (size_t i = 0; i < r->m->n_retired; i++) {
		const struct model_objective *base = r->m->retired[i].base;
		bool of_category = str_starts(base->id, c->id) && base->id.p[c->id.n] == '-';
		if (of_category && base->level == level)
			place = r->m->retired[i].place;
	}
	return place;
}

static void levels_count(struct model_reader *r, const struct model_category *c, bool bad_ids)
{
	int count[MODEL_LEVELS + 1] = {0};
	for (int i = 0; i < c->n_objectives; i++)
		count[r->m->objectives[c->first_objective + i].level]++;
	for (int level = 2; level <= MODEL_LEVELS && !bad_ids; level++) {
		if (count[level] == 0)
			model_read_report(r, false, empty_place(r, c, level), c->id, "level %d has no objectives",
					  level);
		else if (count[level] < FEW || count[level] > MANY)
			model_read_report(r, true, c->place, c->id,
					  "level %d has %d objective%s; %d to %d are expected", level, count[level],
					  count[level] == 1 ? "" : "s", FEW, MANY);
	}
}

/* A category whose domain is unknown may belong to any: then nothing is said. */
static bool is_used(const struct model_reader *r, str domain)
{
	for (size_t i = 0; i < r->m->n_categories; i++) {
		size_t d = (size_t)r->m->categories[i].domain;
		if (d == r->m->n_domains || str_eq(r->domains[d].id, domain))
			return true;
	}
	return false;
}

static void domains_check(struct model_reader *r)
{
	for (size_t d = 0; d < r->m->n_domains && !r->incomplete; d++)
		if (!is_used(r, r->domains[d].id))
			model_read_report(r, true, r->domain_places[d], (str){NULL, 0}, "domain %.*s has no categories",
					  STR_ARG(model_read_clip(r->domains[d].id)));
}

void model_order(struct model_reader *r)
{
	if (!drafts_sort(r) || !objectives_place(r) || !categories_place(r))
		return;
	struct model_objective *objectives = (struct model_objective *)r->m->objectives;
	duplicates_find(r);
	for (size_t i = 0; i < r->n_objectives; i++)
		requires_resolve(r, &objectives[i], r->objectives[i].requires);
	cycles_find(r);
	for (size_t i = 0; i < r->n_categories; i++)
		levels_count(r, &r->m->categories[i], r->categories[i].bad_ids);
	domains_check(r);
	model_untouched_check(r);
	model_overlay_finish(r);
}
