#include "app/change.h"
#include "app/load.h"

#include "app/people.h"
#include "store/score.h"

struct retirement {
	struct app *app;
	str source, unit;
	int64_t at_ms;
};

static enum status retire_source(void *ctx, struct err *err)
{
	struct retirement *r = ctx;
	const struct model *m = NULL;
	struct store_tree tree;
	bool known;
	int unit = 0;
	TRY(app_people_admin(r->app, err));
	TRY(app_load_model(r->app, &m, err));
	TRY(store_measure_source(r->app->db, m->line, r->source, &known, err));
	if (!known) {
		err_set(err, E_NOT_FOUND, "no measure has the source \"%.*s\"", STR_ARG(r->source));
		err_hint(err, "aismm explain OBJECTIVE shows the sources of its measures");
		return E_NOT_FOUND;
	}
	if (r->unit.n) {
		TRY(app_load_tree(r->app, r->app->now_ms, &tree, err));
		TRY(app_access_find(r->app, &tree.tree, r->unit, &unit, err));
	}
	TRY(store_measure_retire(r->app->db, r->source, r->unit.n ? r->unit : (str){NULL, 0}, r->at_ms,
				 (struct store_stamp){r->app->now_ms, r->app->actor}, err));
	return store_score_forget_all(r->app->db, err);
}

enum status app_source_retire(struct app *app, str source, str unit, struct app_time at, struct err *err)
{
	struct retirement r = {app, source, unit, app_load_time(app, at)};
	return app_change(app, retire_source, &r, err);
}
