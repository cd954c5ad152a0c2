#include "app/model_line.h"

#include "core/model_diff.h"
#include "store/measure.h"
#include "store/model.h"

enum status app_model_line_add(struct app *app, const struct model *m, const struct app_model_files *files, bool *added,
			       struct err *err)
{
	const struct model *stored = NULL;
	bool same;
	enum status status = store_model_add(app->db, m, files->list, files->n, app->now_ms, added, err);
	if (status != E_CONFLICT)
		return status;
	TRY(store_model_load(app->db, m->name, app->arena, &stored, err));
	TRY(model_diff_same(stored, m, app->arena, &same, err));
	*added = false;
	return same ? OK : E_CONFLICT;
}

static bool is_own(const struct model_diff_entry *e)
{
	return e->to && e->overlaid && e->overlaid->act == MODEL_ADDED;
}

/* Would measures of the first model count wrongly, or perhaps wrongly, for an objective of the second? *found. */
static enum status differs(struct app *app, const struct model_diff *d, const struct model_diff_entry *e, str under,
			   bool *found, struct err *err)
{
	bool judge = e->carries == MODEL_DIFF_JUDGE && is_own(e);
	struct store_measure_like like = {d->to->line, e->id, judge, under};
	*found = false;
	if (e->carries != MODEL_DIFF_WRONG && !judge)
		return OK;
	return store_measure_objective(app->db, &like, found, err);
}

static str why(const struct model_diff_entry *e)
{
	return e->carries == MODEL_DIFF_JUDGE ? S("people answered other words") : e->why;
}

static enum status compare_with(struct app *app, const struct model *m, str stored, struct model_problems *problems,
				struct err *err)
{
	struct model_diff d;
	const struct model *other = NULL;
	TRY(store_model_load(app->db, stored, app->arena, &other, err));
	TRY(model_diff(other, m, app->arena, &d, err));
	for (size_t i = 0; i < d.n_objectives; i++) {
		const struct model_diff_entry *e = &d.objectives[i];
		bool found;
		TRY(differs(app, &d, e, stored, &found, err));
		if (!found)
			continue;
		TRY(model_problem_add(
		    problems, app->arena, !is_own(e), e->to->place, err,
		    "%.*s: in %.*s, which shares its measures, this id counts something else (%.*s); %s",
		    STR_ARG(e->id), STR_ARG(stored), STR_ARG(why(e)),
		    is_own(e) ? "give it another number" : "that needs a new major version"));
	}
	return OK;
}

enum status app_model_line_compare(struct app *app, const struct model *m, struct model_problems *problems,
				   struct err *err)
{
	struct store_model *stored = NULL;
	size_t n = 0;
	TRY(store_model_list(app->db, app->arena, &stored, &n, err));
	for (size_t i = 0; i < n; i++)
		if (str_eq(stored[i].line, m->line) && !str_eq(stored[i].name, m->name))
			TRY(compare_with(app, m, stored[i].name, problems, err));
	return OK;
}

static enum status refuse(const struct model *m, const struct model_diff *d, const struct model_diff_entry *e,
			  struct err *err)
{
	err_set(err, E_CONFLICT,
		"%.*s of %.*s has measures that were recorded under %.*s, where it counts something else",
		STR_ARG(e->id), STR_ARG(m->name), STR_ARG(d->from->name));
	err_detail(err, "%.*s", STR_ARG(why(e)));
	err_hint(err, "give the objective another number in %.*s, import that, and activate it", STR_ARG(m->id));
	return E_CONFLICT;
}

static enum status activate_beside(struct app *app, const struct model *m, str stored, struct err *err)
{
	struct model_diff d;
	const struct model *other = NULL;
	TRY(store_model_load(app->db, stored, app->arena, &other, err));
	TRY(model_diff(other, m, app->arena, &d, err));
	for (size_t i = 0; i < d.n_objectives; i++) {
		const struct model_diff_entry *e = &d.objectives[i];
		bool found = false;
		if (is_own(e))
			TRY(differs(app, &d, e, stored, &found, err));
		if (found)
			return refuse(m, &d, e, err);
	}
	return OK;
}

enum status app_model_line_activate(struct app *app, const struct model *m, struct err *err)
{
	struct store_model *stored = NULL;
	size_t n = 0;
	if (!m->base.p)
		return OK;
	TRY(store_model_list(app->db, app->arena, &stored, &n, err));
	for (size_t i = 0; i < n; i++)
		if (str_eq(stored[i].line, m->line) && !str_eq(stored[i].name, m->name))
			TRY(activate_beside(app, m, stored[i].name, err));
	return OK;
}

enum status app_model_line_activation(struct app *app, const struct model *before, const struct model *m,
				      const struct view_activation **out, struct err *err)
{
	struct model_diff d;
	struct view_activation *v = arena_new(app->arena, struct view_activation, 1);
	TRY(model_diff(before, m, app->arena, &d, err));
	str *lost = arena_new(app->arena, str, d.n_objectives);
	if (!v || !lost)
		return err_full(err);
	*v = (struct view_activation){.previous = before->name,
				      .previous_line = before->line,
				      .same_line = str_eq(before->line, m->line),
				      .lost = lost};
	for (size_t i = 0; i < d.n_objectives; i++) {
		const struct model_diff_entry *e = &d.objectives[i];
		bool measured = false;
		if (e->from)
			TRY(store_measure_objective(
			    app->db, &(struct store_measure_like){.line = before->line, .objective = e->id}, &measured,
			    err));
		if (!measured)
			continue;
		v->carry += e->carries == MODEL_DIFF_CARRIES;
		v->judge += e->carries == MODEL_DIFF_JUDGE;
		if (e->carries == MODEL_DIFF_WRONG || e->carries == MODEL_DIFF_NONE)
			lost[v->n_lost++] = e->id;
	}
	*out = v;
	return OK;
}
