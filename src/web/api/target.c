#include "app/target.h"
#include "web/api.h"

#define WHERE                                                                                                          \
	{                                                                                                              \
		.name = S("unit"), .about = S("The id of the unit; the root when it is left out.")                     \
	}

static str target_key(const void *list, size_t i, struct arena *a)
{
	return api_key(a, ((const struct view_target *)list)[i].id);
}

const struct route_document api_target_list_document = {
    .id = S("targets"),
    .summary = S("The targets that hold: which level a category has to reach, by when and why"),
    .about = S("Of the unit and everything below it."),
    .query = {API_UNIT, {.name = S("all"), .type = ROUTE_FLAG, .about = S("Also those that no longer hold.")}},
    .schema = S("targets"),
    .paged = true,
};

static enum status list(const struct request *q, struct reply *r, const struct view_target *targets, size_t n,
			struct err *err)
{
	struct api_page page;
	TRY(api_page_open(q, &page, err));
	TRY(api_page_cut(q, r, targets, n, target_key, &page, err));
	export_json_target_list(api_json(r), targets + page.from, page.n);
	return api_done(r, err);
}

enum status api_target_list(struct request *q, struct reply *r, struct err *err)
{
	struct view_targets v;
	TRY(app_target_list(q->app, api_text(q, S("unit")), api_flag(q, S("all")), &v, err));
	return list(q, r, v.list, v.n, err);
}

const struct route_document api_target_show_document = {
    .id = S("target"),
    .summary = S("The targets of one category, with those that no longer hold"),
    .about = S("Of the unit and everything below it."),
    .query = {API_UNIT},
    .schema = S("targets"),
    .paged = true,
};

enum status api_target_show(struct request *q, struct reply *r, struct err *err)
{
	struct view_targets v;
	size_t n = 0;
	bool is;
	TRY(app_explain_is_category(q->app, q->part[0], &is, err));
	if (!is)
		return err_set(err, E_NOT_FOUND, "no category \"%.*s\"", STR_ARG(str_slice(q->part[0], 0, 80)));
	TRY(app_target_list(q->app, api_text(q, S("unit")), true, &v, err));
	struct view_target *some = arena_new(q->arena, struct view_target, v.n);
	if (!some)
		return err_full(err);
	for (size_t i = 0; i < v.n; i++)
		if (str_eq(v.list[i].category, q->part[0]))
			some[n++] = v.list[i];
	return list(q, r, some, n, err);
}

const struct route_document api_target_set_document = {
    .id = S("setTarget"),
    .summary = S("Decides which level a category has to reach at a unit"),
    .about = S("The one before stays in the record. The same again changes nothing."),
    .query = {WHERE},
    .body = {{.name = S("level"), .type = ROUTE_COUNT, .required = true, .about = S("1 to 5.")},
	     {.name = S("by_date"), .type = ROUTE_TIME, .required = true, .about = S("By which day.")},
	     {.name = S("because"), .required = true, .about = S("Why. That one chose not to go on is a reason, too.")},
	     {.name = S("owner"), .required = true, .about = S("Who answers for it.")},
	     {.name = S("approver"), .about = S("Who approved it; another person than who sets it.")}},
    .schema = S("targets"),
};

enum status api_target_set(struct request *q, struct reply *r, struct err *err)
{
	int64_t level = api_count(q, S("level"), 0);
	struct app_target target = {.category = q->part[0],
				    .unit = api_text(q, S("unit")),
				    .level = level < MODEL_LEVELS ? (int)level : MODEL_LEVELS + 1,
				    .due = api_time(q, S("by_date")),
				    .because = api_text(q, S("because")),
				    .owner = api_text(q, S("owner")),
				    .approver = api_text(q, S("approver"))};
	struct view_target v;
	bool unchanged;
	TRY(app_target_set(q->app, &target, &v, &unchanged, err));
	export_json_target_list(api_json(r), &v, 1);
	return api_done(r, err);
}

const struct route_document api_target_withdraw_document = {
    .id = S("withdrawTarget"),
    .summary = S("Withdraws a unit's own target"),
    .about = S("The one before, or that of a unit above, holds again; it is the second of the list."),
    .query = {WHERE, {.name = S("because"), .required = true, .about = S("Why.")}},
    .schema = S("targets"),
};

enum status api_target_withdraw(struct request *q, struct reply *r, struct err *err)
{
	struct view_target both[2];
	TRY(app_target_withdraw(q->app, q->part[0], api_text(q, S("unit")), api_text(q, S("because")), &both[0],
				&both[1], err));
	export_json_target_list(api_json(r), both, both[1].id ? 2 : 1);
	return api_done(r, err);
}

const struct route_document api_target_gap_document = {
    .id = S("gap"),
    .summary = S("Each category against its target, and what is missing up to it"),
    .query = {API_UNIT, {.name = S("at"), .type = ROUTE_TIME, .about = S("The instant; now when it is left out.")}},
    .schema = S("gap"),
};

enum status api_target_gap(struct request *q, struct reply *r, struct err *err)
{
	struct view_gaps v;
	TRY(app_target_gap(q->app, api_text(q, S("unit")), api_time(q, S("at")), &v, err));
	export_json_target_gap(api_json(r), &v);
	return api_done(r, err);
}
