#include "app/place.h"

#include "app/people.h"
#include "store/review.h"
#include "store/score.h"

enum status app_place_find(struct app *app, enum access_role at_least, str objective, str unit, struct app_place *out,
			   struct err *err)
{
	*out = (struct app_place){0};
	TRY(app_load_model(app, &out->model, err));
	TRY(app_load_objective(out->model, objective, &out->objective, err));
	TRY(app_load_tree(app, app->now_ms, &out->tree, err));
	str id = out->objective->id;
	if (at_least <= ACCESS_READER) {
		TRY(app_access_look_objective(app, id, &out->tree.tree, unit, &out->unit, err));
	} else {
		TRY(app_access_find(app, &out->tree.tree, unit, &out->unit, err));
		TRY(app_access_objective(app, at_least, id, &out->tree.tree, out->unit, err));
	}
	out->key = (struct store_answer_place){out->model->line, out->tree.tree.units[out->unit].id, id};
	return OK;
}

enum status app_place_permit(struct app *app, enum access_role at_least, str objective, str unit, bool assigned,
			     struct err *err)
{
	struct store_tree tree;
	if (!app->who)
		return OK;
	TRY(app_load_tree(app, app->now_ms, &tree, err));
	int u = unit_find(&tree.tree, unit);
	if (u == UNIT_NONE)
		return app_access_all(app, at_least, &tree.tree, err);
	return assigned ? app_access_objective(app, at_least, objective, &tree.tree, u, err)
			: app_access(app, at_least, &tree.tree, u, err);
}

enum status app_place_show(struct app *app, const struct store_answer *answer, struct view_said *out, struct err *err)
{
	const struct store_measure *m = &answer->said;
	struct store_answer_document *stored = NULL;
	struct store_review review;
	*out = (struct view_said){
	    .seq = answer->seq,
	    .objective = m->objective,
	    .unit = m->unit,
	    .author = answer->actor,
	    .reviewer = m->reviewer,
	    .basis = m->basis,
	    .not_applicable = m->not_applicable,
	    .tally = m->tally,
	    .observed_ms = m->observed_ms,
	    .expires_ms = m->expires_ms,
	    .override_until_ms = m->override_until_ms,
	    .recorded_ms = answer->recorded_ms,
	    .because = m->justification,
	};
	TRY(app_people_shown(app, out->author, &out->author_shown, err));
	if (out->reviewer.n)
		TRY(app_people_shown(app, out->reviewer, &out->reviewer_shown, err));
	TRY(store_answer_documents(app->db, answer->seq, app->arena, &stored, &out->n_documents, err));
	struct view_document_of *documents = arena_new(app->arena, struct view_document_of, out->n_documents);
	if (!documents)
		return err_full(err);
	for (size_t i = 0; i < out->n_documents; i++)
		documents[i] =
		    (struct view_document_of){stored[i].name, stored[i].media, stored[i].bytes, stored[i].sha256};
	out->documents = documents;
	TRY(store_review_of(app->db, answer->seq, app->arena, &review, err));
	if (review.id && !review.reviewed_seq) {
		out->returned_by = review.actor;
		out->returned_because = review.comment;
		out->returned_ms = review.recorded_ms;
		TRY(app_people_shown(app, out->returned_by, &out->returned_by_shown, err));
	}
	return OK;
}

enum status app_place_forget(struct app *app, const struct model_objective *o, str unit, struct err *err)
{
	struct store_tree now;
	if (!o || o->scope == MODEL_SCOPE_PROGRAM)
		return store_score_forget_all(app->db, err);
	TRY(app_load_tree(app, app->now_ms, &now, err));
	int u = unit_find(&now.tree, unit);
	return u == UNIT_NONE ? OK : store_score_forget(app->db, &now.tree, u, err);
}

enum status app_place_forget_answer(struct app *app, const struct store_answer *answer, struct err *err)
{
	const struct model *m = NULL;
	TRY(app_load_model(app, &m, err));
	return app_place_forget(app, model_objective_find(m, answer->said.objective), answer->said.unit, err);
}
