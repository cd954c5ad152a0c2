#include "app/load.h"

#include "app/model_files.h"
#include "core/model.h"
#include "store/migrate.h"
#include "store/model.h"
#include "store/score.h"
#include "store/store.h"

enum status app_open(struct app *app, const char *url, enum app_need need, struct err *err)
{
	static const enum store_mode modes[] = {STORE_READ, STORE_WRITE, STORE_CREATE};
	TRY(store_open(url, modes[need], app->arena, &app->db, err));
	return need == APP_CREATES ? OK : store_migrate_check(app->db, err);
}

struct init {
	struct app *app;
	struct view_model *out;
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
	TRY(store_model_add(app->db, m, files.list, files.n, app->now_ms, &added, err));
	if (store_model_active(app->db, app->arena, &active, NULL) != OK) {
		TRY(store_model_activate(app->db, m->name, app->now_ms, app->actor, err));
		TRY(store_score_forget_all(app->db, err));
		TRY(store_model_active(app->db, app->arena, &active, err));
	}
	*init->out = (struct view_model){.name = active.name,
					 .id = active.id,
					 .version = active.version,
					 .title = m->title,
					 .line = active.line,
					 .active = true,
					 .imported_ms = active.imported_ms,
					 .objectives = (int64_t)m->n_objectives,
					 .categories = (int64_t)m->n_categories};
	for (size_t i = 0; i < m->n_objectives; i++)
		init->out->checks += m->objectives[i].check.p != NULL;
	return OK;
}

enum status app_init(struct app *app, bool *made, struct view_model *out, struct err *err)
{
	struct init init = {app, out};
	TRY(store_migrate(app->db, app->now_ms, made, err));
	return store_change(app->db, add_built_in, &init, err);
}
