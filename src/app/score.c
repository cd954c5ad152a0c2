#include "app/access.h"
#include "app/load.h"

#include "base/time.h"
#include "store/score.h"
#include "store/store.h"

struct question {
	struct app *app;
	str unit;
	int64_t as_of_ms;
	struct app_scored scored;
};

static enum status answer(void *ctx, struct err *err)
{
	struct question *q = ctx;
	return app_load_score(q->app, q->as_of_ms, q->unit, &q->scored, err);
}

enum status app_score(struct app *app, str unit, struct app_time as_of, struct view_score *out, struct err *err)
{
	struct question q = {.app = app, .unit = unit, .as_of_ms = app_load_time(app, as_of)};
	TRY(store_read(app->db, answer, &q, err));
	const struct unit *u = &q.scored.tree.tree.units[q.scored.node];
	struct unit_tree *tree = arena_new(app->arena, struct unit_tree, 1);
	if (!tree)
		return err_full(err);
	*tree = q.scored.tree.tree;
	*out = (struct view_score){
	    .model = q.scored.model,
	    .tree = tree,
	    .unit_id = u->id,
	    .unit_name = u->name,
	    .as_of_ms = q.as_of_ms,
	    .score = q.scored.score,
	};
	return OK;
}
