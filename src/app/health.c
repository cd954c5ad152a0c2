#include "app/health.h"

#include "app/load.h"
#include "app/people.h"
#include "store/health.h"
#include "store/measure.h"
#include "store/store.h"

#ifndef AISMM_VERSION
#define AISMM_VERSION "0.0.0"
#endif

struct job {
	struct app *app;
	struct view_health *out;
};

static enum status look(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	const struct model *model;
	struct unit_tree tree;
	struct store_health health;
	bool evaluated;
	TRY(app_people_admin(app, err));
	TRY(app_people_tree(app, &tree, err));
	TRY(app_load_model(app, &model, err));
	TRY(store_health(app->db, &health, err));
	*job->out = (struct view_health){.version = S(AISMM_VERSION),
					 .postgres = health.postgres,
					 .store_bytes = health.bytes,
					 .schema = health.schema,
					 .units = tree.n,
					 .users = health.users,
					 .audit_rows = health.audit_rows,
					 .snapshots = health.snapshots};
	TRY(store_measure_run_before(app->db, model->line, app->now_ms, &evaluated, &job->out->evaluated_ms, err));
	if (!evaluated)
		job->out->evaluated_ms = INT64_MIN;
	return OK;
}

enum status app_health(struct app *app, struct view_health *out, struct err *err)
{
	struct view_health v;
	struct view_feeds feeds = {0};
	struct job job = {app, &v};
	TRY(store_read(app->db, look, &job, err));
	if (v.units) /* a feed belongs to one */
		TRY(app_feed_list(app, (struct app_time){0}, &feeds, err));
	for (size_t i = 0; i < feeds.n; i++)
		v.feeds[feeds.list[i].state]++;
	*out = v;
	return OK;
}
