#include "app/load.h"

static enum status bad_bound(str bound, struct err *err)
{
	err_set(err, E_INVALID, "\"%.*s\" is not a bound", STR_ARG(bound));
	err_hint(err, "write CATEGORY=LEVEL with a level from 1 to 5, several with commas: GOV=3,IAM=2,program=2");
	return E_INVALID;
}

static enum status check_bound(const struct view_score *v, str text, struct view_bound *out, struct err *err)
{
	str name, level;
	int64_t wanted;
	if (!str_cut(text, '=', &name, &level) || !str_to_i64(str_trim(level), &wanted) || wanted < 1 ||
	    wanted > MODEL_LEVELS)
		return bad_bound(text, err);
	name = str_trim(name);
	const struct model_category *c = model_category_find(v->model, name);
	bool program = !c && str_eq_fold(name, S("program"));
	if (!c && !program) {
		err_set(err, E_NOT_FOUND, "the model %.*s has no category \"%.*s\"", STR_ARG(v->model->name),
			STR_ARG(name));
		err_hint(err, "see: aismm model show");
		return E_NOT_FOUND;
	}
	bool applies = program ? v->score.program.applicable : v->score.categories[c - v->model->categories].applicable;
	int found = program   ? v->score.program.floor
		    : applies ? v->score.categories[c - v->model->categories].level
			      : 0;
	/* What does not apply cannot be below its bound. */
	*out = (struct view_bound){program ? S("program") : c->id, (int)wanted, applies ? found : 0,
				   !applies || found >= wanted};
	return OK;
}

enum status app_check(struct app *app, str unit, str bounds, struct app_time as_of, struct view_check *out,
		      struct err *err)
{
	struct view_score v;
	size_t used = 0, cap = 1;
	for (size_t i = 0; i < bounds.n; i++)
		cap += bounds.p[i] == ',';
	struct view_bound *list = arena_new(app->arena, struct view_bound, cap);
	if (!list)
		return err_full(err);
	TRY(app_score(app, unit, as_of, &v, err));
	int below = 0;
	str head, rest = bounds;
	for (bool more = true; more;) {
		more = str_cut(rest, ',', &head, &rest);
		TRY(check_bound(&v, str_trim(head), &list[used], err));
		below += !list[used++].holds;
	}
	*out = (struct view_check){v.model, v.unit_id, v.as_of_ms, used, list, below};
	return OK;
}
