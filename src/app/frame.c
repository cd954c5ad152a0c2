#include "app/frame.h"

#include "app/access.h"
#include "app/lens_held.h"
#include "app/queue.h"
#include "app/setting.h"
#include "store/fact.h"
#include "store/store.h"

struct question {
	struct app *app;
	const struct app_lens *lens;
	struct view_frame *out;
};

static int top_of(const struct app *app, const struct unit_tree *tree, int unit)
{
	for (;;) {
		int above = tree->units[unit].parent;
		if (above == UNIT_NONE || (app->who && access_role_at(app->who, tree, above) < ACCESS_READER))
			return unit;
		unit = above;
	}
}

/* The levels through some deployment types alone. */
static enum status score_masked(struct question *q, struct score *out, struct err *err)
{
	struct app_state state;
	struct unit_tree seen;
	struct score_input *parts;
	TRY(app_load_state(q->app, q->out->at_ms, &state, err));
	TRY(unit_tree_mask(&state.tree.tree, q->lens->deployment, q->app->arena, &seen, err));
	TRY(app_load_parts_at(q->app, &state, &seen, q->out->at_ms, &parts, err));
	return score_at_parts(parts, state.n_parts, q->out->unit, q->app->arena, out, err);
}

static enum status fill_unit(struct question *q, struct err *err)
{
	struct view_frame *f = q->out;
	struct app *app = q->app;
	struct store_tree stored;
	struct app_scored scored;
	TRY(app_load_tree(app, f->at_ms, &stored, err));
	TRY(app_queue_count(app, f->model, &stored.tree, &f->waiting, err));
	TRY(app_access_look(app, ACCESS_READER, &stored.tree, q->lens->unit, &f->unit, err));
	if (q->lens->deployment)
		TRY(score_masked(q, &scored.score, err));
	else
		TRY(app_load_score(app, f->at_ms, stored.tree.units[f->unit].id, &scored, err));
	struct unit_tree *tree = arena_new(app->arena, struct unit_tree, 1);
	if (!tree)
		return err_full(err);
	*tree = stored.tree;
	f->tree = tree;
	f->top = top_of(app, tree, f->unit);
	f->categories = scored.score.categories;
	f->role = app->who ? access_role_at(app->who, tree, f->unit) : ACCESS_ADMIN;
	return OK;
}

static enum status fill(void *ctx, struct err *err)
{
	struct question *q = ctx;
	struct view_frame *f = q->out;
	bool found = false;
	char facts[HASH_TEXT];
	TRY(app_load_model(q->app, &f->model, err));
	TRY(app_lens_against(q->app, q->lens, f->model, f->at_ms, &f->vs_ms, err));
	TRY(store_measure_run_before(q->app->db, f->model->line, f->at_ms, &found, &f->evaluated_ms, err));
	if (!found)
		f->evaluated_ms = INT64_MIN;
	TRY(app_setting_line(q->app, APP_SETTING_ORGANISATION, &f->organisation, err));
	TRY(store_fact_mark(q->app->db, facts, err));
	f->facts = str_copy(q->app->arena, str_from(facts));
	if (!f->facts.p)
		return err_full(err);
	enum status status = fill_unit(q, err);
	bool nothing = !f->tree && !q->lens->unit.n && (status == E_NOT_FOUND || status == E_DENIED);
	f->none = nothing && status == E_NOT_FOUND;
	return nothing ? OK : status;
}

enum status app_frame(struct app *app, const struct app_lens *lens, struct view_frame *out, struct err *err)
{
	int64_t at = app_load_time(app, lens->at);
	struct view_frame frame = {
	    .at_ms = at,
	    .past = lens->at.given && at != app->now_ms,
	    .ahead = at > app->now_ms,
	    .deployment = lens->deployment,
	    .most = app->who ? access_role_most(app->who) : ACCESS_ADMIN,
	};
	struct question q = {app, lens, &frame};
	TRY(store_read(app->db, fill, &q, err));
	*out = frame;
	return OK;
}
