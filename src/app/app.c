#include "app/load.h"

#include "base/embed.h"
#include "core/model.h"
#include "store/migrate.h"
#include "store/model.h"
#include "store/score.h"
#include "store/store.h"

#define BUILT_IN "models/aismm-reference/"

enum status app_open(struct app *app, const char *url, enum app_need need, struct err *err)
{
	static const enum store_mode modes[] = {STORE_READ, STORE_WRITE, STORE_CREATE};
	TRY(store_open(url, modes[need], app->arena, &app->db, err));
	return need == APP_CREATES ? OK : store_migrate_check(app->db, err);
}

enum status app_built_in_files(struct arena *a, struct model_file **out, size_t *n, struct err *err)
{
	size_t first = embed_before(S(BUILT_IN)), count = 0;
	size_t all = embed_count();
	struct model_file *files = arena_new(a, struct model_file, all - first + 1);
	if (!files)
		return err_full(err);
	for (size_t i = first; i < all; i++) {
		struct embed_file f = embed_at(i);
		if (!str_starts(f.name, S(BUILT_IN)))
			break;
		if (str_ends(f.name, S(".yaml")))
			files[count++] = (struct model_file){str_slice(f.name, sizeof BUILT_IN - 1, f.name.n), f.bytes};
	}
	*out = files;
	*n = count;
	return OK;
}

enum status app_built_in_model(struct arena *a, const struct model **out, struct err *err)
{
	struct model_file *files = NULL;
	struct model_problems problems = {0};
	const struct model *m = NULL;
	size_t n = 0;
	TRY(app_built_in_files(a, &files, &n, err));
	TRY(model_read(files, n, a, &problems, &m, err));
	if (!m)
		return err_set(err, E_BUG, "the built-in model does not read: %.*s",
			       STR_ARG(problems.n ? problems.list[0].message : S("no files")));
	*out = m;
	return OK;
}

struct init {
	struct app *app;
	struct view_model *out;
};

static enum status add_built_in(void *ctx, struct err *err)
{
	struct init *init = ctx;
	struct app *app = init->app;
	struct model_file *files = NULL;
	struct store_model active;
	const struct model *m = NULL;
	size_t n = 0;
	bool added;
	TRY(app_built_in_files(app->arena, &files, &n, err));
	TRY(app_built_in_model(app->arena, &m, err));
	TRY(store_model_add(app->db, m, files, n, app->now_ms, &added, err));
	if (store_model_active(app->db, app->arena, &active, NULL) != OK) {
		TRY(store_model_activate(app->db, m->name, app->now_ms, app->actor, err));
		TRY(store_score_forget_all(app->db, err));
		TRY(store_model_active(app->db, app->arena, &active, err));
	}
	*init->out = (struct view_model){.name = active.name,
					 .id = active.id,
					 .version = active.version,
					 .title = m->title,
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
