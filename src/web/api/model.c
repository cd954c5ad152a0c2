#include "web/api.h"

const struct route_document api_model_list_document = {
    .id = S("models"),
    .summary = S("The maturity models that are stored"),
    .schema = S("models"),
    .paged = true,
};

static str model_key(const void *list, size_t i, struct arena *a)
{
	(void)a;
	return ((const struct view_model *)list)[i].name;
}

enum status api_model_list(struct request *q, struct reply *r, struct err *err)
{
	const struct view_model *models;
	struct api_page page;
	size_t n;
	TRY(api_page_open(q, &page, err));
	TRY(app_model_list(q->app, &models, &n, err));
	TRY(api_page_cut(q, r, models, n, model_key, &page, err));
	export_json_model_list(api_json(r), models + page.from, page.n);
	return api_done(r, err);
}

/* "active" is the one in use. A path is never followed. */
static enum status open_model(const struct request *q, const struct model **out, struct err *err)
{
	struct view_model view;
	str name = q->part[0];
	return app_model_show(q->app, str_eq(name, S("active")) ? (str){NULL, 0} : name, out, &view, err);
}

const struct route_document api_model_show_document = {
    .id = S("model"),
    .summary = S("A model, in the format of its files"),
    .query = {{.name = S("category"), .about = S("One category alone.")},
	      {.name = S("deployment"),
	       .about = S("Objectives for self_hosted, paas or saas alone, or several with commas.")}},
    .schema = S("model"),
};

enum status api_model_show(struct request *q, struct reply *r, struct err *err)
{
	const struct model *m;
	struct export_json_model_filter filter = {0};
	str category = api_text(q, S("category"));
	TRY(api_deployment(q, &filter.deployment, err));
	TRY(open_model(q, &m, err));
	if (category.n && !(filter.category = model_category_find(m, category)))
		return err_set(err, E_NOT_FOUND, "the model has no category \"%.*s\"", STR_ARG(category));
	export_json_model_show(api_json(r), m, &filter);
	return api_done(r, err);
}

const struct route_document api_model_objective_document = {
    .id = S("modelObjective"),
    .summary = S("One objective of a model with everything around it"),
    .schema = S("modelObjective"),
};

enum status api_model_objective(struct request *q, struct reply *r, struct err *err)
{
	const struct model *m;
	const struct model_objective *mo;
	TRY(open_model(q, &m, err));
	TRY(app_model_objective(m, q->part[1], &mo, err));
	export_json_model_objective(api_json(r), m, mo);
	return api_done(r, err);
}
