#include "app/explain_inside.h"

#include "base/time.h"
#include "store/link.h"

/* Of one kind: how many leaf units nobody looks at, and a feed that has grown too old. Feeds are named to those who may
   see them. */
static enum status fill_gap(struct app_explain *q, struct app_verdict_book *book, const struct model_objective *o,
			    enum evidence_kind_id kind, struct view_gap *out, struct err *err)
{
	const int64_t *coverage;
	bool program = o->scope == MODEL_SCOPE_PROGRAM;
	int first, end;
	*out = (struct view_gap){.kind = evidence_kinds[kind].name};
	TRY(app_verdict_coverage(book, kind, o->max_age_ms, &coverage, err));
	app_explain_span(q, o, &first, &end);
	for (int u = first; u < end; u++) {
		bool counts =
		    program || (unit_is_leaf(book->tree, u) && book->tree->units[u].deployment & o->deployment);
		out->of += counts;
		out->units += counts && coverage[u] == TIME_FOREVER;
	}
	for (size_t i = 0; i < book->n_supply; i++) {
		const struct store_supply *s = &book->supply[i];
		if (s->kind != kind || s->remarks || s->newest_ms >= book->at_ms - o->max_age_ms ||
		    s->newest_ms < out->stale_ms || !app_access_may(q->app, ACCESS_READER, book->tree, s->unit))
			continue;
		out->stale_feed = s->feed;
		out->stale_ms = s->newest_ms;
	}
	return OK;
}

/* A feed of the kind that still counts and is overdue: of several the one that is so longest. */
static enum status fill_late(struct app_explain *q, struct app_verdict_book *book, const struct model_objective *o,
			     enum evidence_kind_id kind, struct view_gap *out, struct err *err)
{
	for (size_t i = 0; i < book->n_supply; i++) {
		const struct store_supply *s = &book->supply[i];
		struct store_feed_setting setting;
		if (s->kind != kind || s->newest_ms < book->at_ms - o->max_age_ms ||
		    !app_access_may(q->app, ACCESS_READER, book->tree, s->unit))
			continue;
		TRY(store_feed_setting(q->app->db, s->feed_id, book->at_ms, q->app->arena, &setting, err));
		int64_t due_ms = s->newest_ms + setting.every_ms;
		if (setting.every_ms < 0 || due_ms >= book->at_ms || (out->late_feed.p && due_ms >= out->late_due_ms))
			continue;
		out->late_feed = s->feed;
		out->late_owner = setting.owner;
		out->late_due_ms = due_ms;
	}
	return OK;
}

static bool is_below(const struct app_explain *q, str unit)
{
	const struct unit_tree *tree = &q->state.tree.tree;
	int u = unit_find(tree, unit);
	return u != UNIT_NONE && unit_below(tree, u, q->node);
}

/* Rows below the unit that name AI systems nobody knows: they add nothing to any of them. */
static enum status fill_unresolved(struct app_explain *q, struct app_verdict_book *book, enum evidence_kind_id kind,
				   struct view_gap *out, struct err *err)
{
	struct store_named *named = NULL;
	size_t n = 0;
	if (kind == EVIDENCE_AI_SYSTEM)
		return OK;
	TRY(store_link_names(q->app->db, kind, book->at_ms, q->app->arena, &named, &n, err));
	for (size_t i = 0, known_at = SIZE_MAX; i < n; i++) {
		const struct store_named *x = &named[i];
		if (!is_below(q, x->unit) || link_find(&book->links, x->feed_id, x->name).by != LINK_UNRESOLVED)
			continue;
		out->unresolved_rows += x->rows;
		out->unresolved_names += known_at == SIZE_MAX || !str_eq(named[known_at].name, x->name);
		known_at = i;
	}
	return OK;
}

enum status app_explain_gaps(struct app_explain *q, const struct model_objective *o, struct err *err)
{
	struct app_verdict_book book;
	struct view_gap *gaps = arena_new(q->app->arena, struct view_gap, EVIDENCE_KINDS);
	uint64_t kinds;
	size_t n = 0;
	if (!gaps)
		return err_full(err);
	TRY(app_verdict_open(q->app, q->state.model, &q->state.tree.tree, q->as_of_ms, &book, err));
	kinds = q->reads = app_verdict_reads(&book, o);
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		if (!(kinds >> k & 1))
			continue;
		TRY(fill_gap(q, &book, o, (enum evidence_kind_id)k, &gaps[n], err));
		TRY(fill_late(q, &book, o, (enum evidence_kind_id)k, &gaps[n], err));
		TRY(fill_unresolved(q, &book, (enum evidence_kind_id)k, &gaps[n], err));
		n += gaps[n].units > 0 || gaps[n].stale_feed.p || gaps[n].late_feed.p || gaps[n].unresolved_rows;
	}
	q->objective->gaps = gaps;
	q->objective->n_gaps = n;
	return OK;
}
