#include "app/change.h"
#include "app/load.h"

#include "app/people.h"
#include "store/score.h"

struct job {
	struct app *app;
	struct view_rebuild *out;
};

static enum status rebuild(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	char before[65], after[65];
	int64_t rows;
	TRY(app_people_admin(app, err));
	/* Rows that a change threw away are not wrong: they are made before the comparison, which is about those that
	 * stand. */
	TRY(app_load_repair(app, NULL, err));
	TRY(store_score_hash(app->db, before, &rows, err));
	TRY(store_score_forget_all(app->db, err));
	TRY(app_load_repair(app, &job->out->units, err));
	TRY(store_score_hash(app->db, after, &job->out->rows, err));
	job->out->same = rows > 0 && str_eq(str_from(before), str_from(after));
	job->out->sha256 = str_copy(app->arena, str_from(after));
	return job->out->sha256.p ? OK : err_full(err);
}

enum status app_rebuild(struct app *app, struct view_rebuild *out, struct err *err)
{
	struct job job = {app, out};
	*out = (struct view_rebuild){0};
	return app_change(app, rebuild, &job, err);
}
