#include "core/model_coverage.h"

#include <string.h>

#include "core/framework.h"

/* One id of one reference, in the catalogue's spelling. */
struct named {
	str id;
	bool here;     /* of the version asked for; else of the translated one */
	int objective; /* -1: an id that the model leaves out */
	str because;
};

struct seeker {
	const struct model *m;
	struct arena *a;
	struct model_coverage *c;
	struct named *named;
	size_t n_named;
	int *found; /* room for the objectives of one id */
};

/* ---- which version ---- */

static bool refers_to(const struct model *m, str framework, str version)
{
	for (size_t i = 0; i < m->n_objectives; i++)
		for (size_t r = 0; r < m->objectives[i].n_refs; r++)
			if (str_eq(m->objectives[i].refs[r].framework, framework) &&
			    str_eq(m->objectives[i].refs[r].version, version))
				return true;
	return false;
}

static enum status version_find(const struct model *m, const struct framework *f, str wanted, str *out, struct err *err)
{
	*out = f->versions[f->n_versions - 1];
	if (wanted.n) {
		*out = framework_version(f->id, wanted);
		if (out->p)
			return OK;
		err_set(err, E_NOT_FOUND, "%.*s has no version \"%.*s\" here", STR_ARG(f->id), STR_ARG(wanted));
		err_hint(err, "the newest is %.*s", STR_ARG(f->versions[f->n_versions - 1]));
		return E_NOT_FOUND;
	}
	for (size_t v = f->n_versions; v > 0; v--)
		if (refers_to(m, f->id, f->versions[v - 1])) {
			*out = f->versions[v - 1];
			return OK;
		}
	return OK;
}

/* The other version whose ids a table translates, when the model refers to it; p NULL when there is none. */
static str other_version(const struct model *m, const struct framework *f, str version)
{
	struct framework_walk walk = {.framework = f->id, .version = version};
	struct framework_entry e;
	struct framework_move move;
	for (size_t v = 0; v < f->n_versions && framework_next(&walk, &e); v++)
		if (framework_moved(f->id, version, f->versions[v], e.id, &move) && refers_to(m, f->id, f->versions[v]))
			return f->versions[v];
	return (str){NULL, 0};
}

/* ---- who refers to an id ---- */

static void ref_note(struct seeker *s, const struct model_ref *ref, int objective, str because)
{
	bool here = str_eq(ref->version, s->c->version), other = s->c->other.p && str_eq(ref->version, s->c->other);
	if (!str_eq(ref->framework, s->c->framework))
		return;
	if (!here && !other && objective >= 0)
		s->c->elsewhere += (int)ref->n_ids;
	for (size_t k = 0; k < ref->n_ids && (here || other); k++)
		s->named[s->n_named++] =
		    (struct named){framework_id(ref->framework, ref->version, ref->ids[k]), here, objective, because};
}

static enum status references_note(struct seeker *s, struct err *err)
{
	const struct model *m = s->m;
	size_t room = 0;
	for (size_t i = 0; i < m->n_objectives; i++)
		for (size_t r = 0; r < m->objectives[i].n_refs; r++)
			room += m->objectives[i].refs[r].n_ids;
	for (size_t i = 0; i < m->n_untouched; i++)
		room += m->untouched[i].ref.n_ids;
	s->named = arena_new(s->a, struct named, room);
	s->found = arena_new(s->a, int, m->n_objectives);
	if (!s->named || !s->found)
		return err_full(err);
	for (size_t i = 0; i < m->n_objectives; i++) {
		size_t before = s->n_named;
		for (size_t r = 0; r < m->objectives[i].n_refs; r++)
			ref_note(s, &m->objectives[i].refs[r], (int)i, (str){NULL, 0});
		s->c->objectives += s->n_named > before;
	}
	for (size_t i = 0; i < m->n_untouched; i++)
		ref_note(s, &m->untouched[i].ref, -1, m->untouched[i].because);
	return OK;
}

static bool is_named(const struct named *n, str id, str moved)
{
	return n->here ? str_eq(n->id, id) : moved.n > 0 && str_eq(n->id, moved);
}

static enum status objectives_find(struct seeker *s, str id, str moved, struct model_coverage_id *out, struct err *err)
{
	size_t used = 0;
	for (size_t i = 0; i < s->n_named; i++) {
		const struct named *n = &s->named[i];
		if (!is_named(n, id, moved))
			continue;
		if (n->objective < 0)
			out->left_out = n->because;
		else if (used == 0 || s->found[used - 1] != n->objective)
			s->found[used++] = n->objective;
	}
	int *kept = arena_new(s->a, int, used);
	if (!kept)
		return err_full(err);
	memcpy(kept, s->found, used * sizeof *kept);
	out->objectives = kept;
	out->n_objectives = used;
	return OK;
}

/* ---- groups ---- */

static enum status id_fill(struct seeker *s, const struct framework_entry *e, struct model_coverage_group *g,
			   struct model_coverage_id *out, struct err *err)
{
	struct framework_move move = {0};
	*out = (struct model_coverage_id){.id = e->id, .title = e->title, .heading = e->group};
	if (s->c->other.p)
		out->moves = framework_moved(s->c->framework, s->c->version, s->c->other, e->id, &move);
	out->moved = move.id;
	out->review = move.review;
	TRY(objectives_find(s, e->id, move.id, out, err));
	g->n_ids += !e->group;
	g->reached += !e->group && out->n_objectives > 0;
	g->left_out += !e->group && out->n_objectives == 0 && out->left_out.p;
	return OK;
}

/* An id that is a heading as well (an ATLAS tactic, an ISO clause) counts as an id; as a group it would count twice. */
static bool is_id(const struct seeker *s, str id)
{
	struct framework_walk walk = {.framework = s->c->framework, .version = s->c->version};
	struct framework_entry e;
	while (framework_next(&walk, &e))
		if (!e.group && str_eq(e.id, id))
			return true;
	return false;
}

/* A group's title: its own column, else that of the entry of this id. */
static enum status group_open(struct seeker *s, const struct framework_entry *e, struct model_coverage_group *g,
			      struct err *err)
{
	static const struct {
		str id, title;
	} spoken[] = {{S("tactics"), S("Tactics")}, {S("mitigations"), S("Mitigations")}, {S("annexes"), S("Annexes")}};
	struct model_coverage_id self = {0};
	*g = (struct model_coverage_group){.id = e->of, .title = e->of_title};
	if (!g->title.n || str_eq(g->title, g->id))
		g->title = framework_title(s->c->framework, s->c->version, e->of);
	for (size_t i = 0; i < sizeof spoken / sizeof spoken[0]; i++)
		if (str_eq(spoken[i].id, e->of))
			g->title = spoken[i].title;
	if (is_id(s, e->of))
		return OK;
	TRY(objectives_find(s, e->of, (str){NULL, 0}, &self, err));
	g->objectives = self.objectives;
	g->n_objectives = self.n_objectives;
	return OK;
}

static size_t entries_count(const struct seeker *s)
{
	struct framework_walk walk = {.framework = s->c->framework, .version = s->c->version};
	struct framework_entry e;
	size_t n = 0;
	while (framework_next(&walk, &e))
		n++;
	return n;
}

static struct model_coverage_group *group_find(struct model_coverage_group *groups, size_t n, str id)
{
	for (size_t g = 0; g < n; g++)
		if (str_eq(groups[g].id, id))
			return &groups[g];
	return NULL;
}

/* The entries of one group, from anywhere in the catalogue. */
static enum status group_fill(struct seeker *s, struct model_coverage_group *g, struct model_coverage_id *room,
			      struct err *err)
{
	struct framework_walk walk = {.framework = s->c->framework, .version = s->c->version};
	struct framework_entry e;
	g->ids = room;
	while (framework_next(&walk, &e)) {
		if (!str_eq(e.of, g->id) || (e.group && str_eq(e.id, e.of)))
			continue;
		struct model_coverage_id *id = &room[g->n];
		TRY(id_fill(s, &e, g, id, err));
		g->n += !e.group || id->n_objectives > 0;
	}
	return OK;
}

static enum status groups_fill(struct seeker *s, struct err *err)
{
	size_t all = entries_count(s), n = 0, used = 0;
	struct model_coverage_group *groups = arena_new(s->a, struct model_coverage_group, all);
	struct model_coverage_id *ids = arena_new(s->a, struct model_coverage_id, all);
	struct framework_walk walk = {.framework = s->c->framework, .version = s->c->version};
	struct framework_entry e;
	if (!groups || !ids)
		return err_full(err);
	while (framework_next(&walk, &e))
		if (!e.group && !group_find(groups, n, e.of))
			TRY(group_open(s, &e, &groups[n++], err));
	for (size_t g = 0; g < n; g++) {
		TRY(group_fill(s, &groups[g], ids + used, err));
		used += groups[g].n;
		s->c->ids += groups[g].n_ids;
		s->c->reached += groups[g].reached;
		s->c->left_out += groups[g].left_out;
	}
	s->c->groups = groups;
	s->c->n = n;
	return OK;
}

enum status model_coverage(const struct model *m, str framework, str version, struct arena *a,
			   struct model_coverage *out, struct err *err)
{
	const struct framework *f = framework_find(framework);
	struct seeker s = {.m = m, .a = a, .c = out};
	if (!f)
		return err_set(err, E_NOT_FOUND, "there is no framework \"%.*s\" here", STR_ARG(framework));
	*out = (struct model_coverage){.model = m, .framework = f->id, .title = f->title};
	TRY(version_find(m, f, version, &out->version, err));
	out->other = other_version(m, f, out->version);
	TRY(references_note(&s, err));
	return groups_fill(&s, err);
}
