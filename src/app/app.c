#include "app/load.h"

#include "app/model_line.h"
#include "base/limits.h"
#include "core/model.h"
#include "store/migrate.h"
#include "store/model.h"
#include "store/score.h"
#include "store/store.h"

enum status app_open(struct app *app, const char *url, enum app_need need, struct err *err)
{
	static const enum store_mode modes[] = {STORE_READ, STORE_WRITE, STORE_CREATE, STORE_WRITE, STORE_WRITE};
	TRY(store_open(url, modes[need], app->arena, &app->db, err));
	if (need == APP_SERVES || need == APP_SERVES_FILES)
		TRY(store_patience(app->db, LIMIT_TURN_SECONDS * 1000, err));
	if (need == APP_SERVES)
		TRY(store_frugal(app->db, err));
	return need == APP_CREATES ? OK : store_migrate_check(app->db, err);
}

struct init {
	struct app *app;
	str built_in; /* its name */
};

static enum status add_built_in(void *ctx, struct err *err)
{
	struct init *init = ctx;
	struct app *app = init->app;
	struct app_model_files files = {0};
	struct store_model active;
	const struct model *m = NULL;
	bool added;
	TRY(app_model_read_built_in(app->arena, &files, &m, err));
	TRY(app_model_line_add(app, m, &files, &added, err));
	if (store_model_active(app->db, app->arena, &active, NULL) != OK) {
		TRY(store_model_activate(app->db, m->name, app->now_ms, app->actor, err));
		TRY(store_score_forget_all(app->db, err));
	}
	init->built_in = m->name;
	return OK;
}

enum status app_init(struct app *app, bool *made, struct view_model *out, struct err *err)
{
	struct init init = {.app = app};
	const struct model *active;
	TRY(store_migrate(app->db, app->now_ms, made, err));
	TRY(store_change(app->db, add_built_in, &init, err));
	TRY(app_model_show(app, (str){NULL, 0}, &active, out, err));
	if (!str_eq(active->name, init.built_in) && !str_eq(active->base, init.built_in))
		out->waiting = init.built_in;
	return OK;
}
