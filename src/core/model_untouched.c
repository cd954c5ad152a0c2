/* What a model leaves out on purpose: ids of a framework that no objective touches, and why. */
#include <stdlib.h>

#include "base/buf.h"
#include "core/framework.h"
#include "core/model_read.h"

enum { ENTRIES_MAX = 256, SHOWN = 10 };

static const str untouched_keys[] = {S("framework"), S("version"), S("ids"), S("because"), {0}};

static void entry_read(struct model_reader *r, const struct yaml_node *node, struct model_untouched *u)
{
	u->place = model_read_place(r, node);
	if (!model_read_map(r, node, "an entry of untouched", untouched_keys))
		return;
	model_read_ref(r, node, &u->ref);
	u->because = model_read_needed_text(r, node, S("because"));
}

void model_untouched_read(struct model_reader *r, const struct yaml_node *head)
{
	const struct yaml_node *list = model_read_list(r, head, S("untouched"));
	if (!list || list->n == 0)
		return;
	if (list->n > ENTRIES_MAX) {
		model_read_error(r, list, "more than %d entries in untouched", ENTRIES_MAX);
		return;
	}
	struct model_untouched *entries = arena_new(r->a, struct model_untouched, list->n);
	if (!entries) {
		model_read_full(r);
		return;
	}
	for (size_t i = 0; i < list->n; i++)
		entry_read(r, list->items[i], &entries[i]);
	r->m->untouched = entries;
	r->m->n_untouched = list->n;
}

/* One id of a catalogue: who says something about it. */
struct known {
	str id;
	bool group;
	const struct model_objective *referenced; /* the first one in the model's order */
	const struct model_untouched *listed;
};

/* All ids of one version of a framework, in byte order. */
struct catalogue {
	str framework, version;
	size_t n;
	struct known *ids;
};

static int by_id(const void *a, const void *b)
{
	return str_cmp(((const struct known *)a)->id, ((const struct known *)b)->id);
}

static bool catalogue_load(struct model_reader *r, struct catalogue *c)
{
	struct framework_walk count = {.framework = c->framework, .version = c->version}, walk = count;
	struct framework_entry entry;
	size_t n = 0;
	while (framework_next(&count, &entry))
		n++;
	c->ids = arena_new(r->a, struct known, n);
	if (!c->ids) {
		model_read_full(r);
		return false;
	}
	while (c->n < n && framework_next(&walk, &entry))
		c->ids[c->n++] = (struct known){.id = entry.id, .group = entry.group};
	if (c->n)
		qsort(c->ids, c->n, sizeof *c->ids, by_id);
	return true;
}

static struct known *known_find(const struct catalogue *c, str id)
{
	struct known key = {.id = id};
	struct known *found = c->n ? bsearch(&key, c->ids, c->n, sizeof *c->ids, by_id) : NULL;
	if (found || !c->n)
		return found;
	key.id = framework_id(c->framework, c->version, id);
	return key.id.p ? bsearch(&key, c->ids, c->n, sizeof *c->ids, by_id) : NULL;
}

static bool is_of(const struct catalogue *c, const struct model_ref *ref)
{
	return ref->version.p && str_eq(ref->framework, c->framework) && str_eq(ref->version, c->version);
}

static void references_mark(const struct model_reader *r, const struct catalogue *c)
{
	for (size_t i = 0; i < r->m->n_objectives; i++) {
		const struct model_objective *o = &r->m->objectives[i];
		for (size_t k = 0; k < o->n_refs; k++)
			for (size_t j = 0; is_of(c, &o->refs[k]) && j < o->refs[k].n_ids; j++) {
				struct known *known = known_find(c, o->refs[k].ids[j]);
				if (known && !known->referenced)
					known->referenced = o;
			}
	}
}

static void id_check(struct model_reader *r, const struct catalogue *c, const struct model_untouched *u, str id)
{
	struct known *known = known_find(c, id);
	if (!known)
		return; /* model_read_ref has said so */
	if (known->group)
		model_read_report(r, false, u->place, (str){0}, "untouched lists %.*s, a heading of %.*s; list its ids",
				  STR_ARG(known->id), STR_ARG(c->framework));
	else if (known->listed)
		model_read_report(r, false, u->place, (str){0}, "untouched lists %.*s %.*s twice",
				  STR_ARG(c->framework), STR_ARG(known->id));
	else if (known->referenced)
		model_read_report(r, false, u->place, (str){0}, "untouched lists %.*s %.*s, which %.*s references",
				  STR_ARG(c->framework), STR_ARG(known->id), STR_ARG(known->referenced->id));
	known->listed = u;
}

static void forgotten_report(struct model_reader *r, const struct catalogue *c, struct model_place place)
{
	struct buf list = BUF(4096);
	size_t n = 0;
	for (size_t i = 0; i < c->n; i++) {
		if (c->ids[i].group || c->ids[i].referenced || c->ids[i].listed)
			continue;
		if (n++ < SHOWN)
			buf_printf(&list, "%s%.*s", n > 1 ? ", " : "", STR_ARG(c->ids[i].id));
	}
	if (n > SHOWN)
		buf_printf(&list, " and %zu more", n - SHOWN);
	if (list.status == E_NO_MEMORY)
		model_read_full(r);
	else if (n)
		model_read_report(r, true, place, (str){0},
				  "of %.*s %.*s, no objective references and untouched does not list: %.*s",
				  STR_ARG(c->framework), STR_ARG(c->version), STR_ARG(buf_str(&list)));
	buf_release(&list);
}

static void version_check(struct model_reader *r, size_t first)
{
	const struct model *m = r->m;
	struct catalogue c = {.framework = m->untouched[first].ref.framework,
			      .version = m->untouched[first].ref.version};
	if (!catalogue_load(r, &c))
		return;
	references_mark(r, &c);
	for (size_t i = first; i < m->n_untouched; i++)
		for (size_t k = 0; is_of(&c, &m->untouched[i].ref) && k < m->untouched[i].ref.n_ids; k++)
			id_check(r, &c, &m->untouched[i], m->untouched[i].ref.ids[k]);
	if (!r->incomplete)
		forgotten_report(r, &c, m->untouched[first].place);
}

void model_untouched_check(struct model_reader *r)
{
	const struct model *m = r->m;
	/* What its base leaves out is no promise of an overlay, which may reach more of it or less. */
	if (m->base.n)
		return;
	for (size_t i = 0; i < m->n_untouched; i++) {
		const struct model_ref *ref = &m->untouched[i].ref;
		bool seen = !ref->version.p;
		for (size_t k = 0; k < i && !seen; k++)
			seen = m->untouched[k].ref.version.p && str_eq(m->untouched[k].ref.framework, ref->framework) &&
			       str_eq(m->untouched[k].ref.version, ref->version);
		if (!seen)
			version_check(r, i);
	}
}
