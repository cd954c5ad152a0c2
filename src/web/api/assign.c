#include "app/assign.h"
#include "web/api.h"

const struct route_document api_assign_list_document = {
    .id = S("assignments"),
    .summary = S("Who is to answer what, and by when"),
    .about = S("One's own, and those at units where one is a reader."),
    .query = {{.name = S("own"), .type = ROUTE_FLAG, .about = S("One's own alone.")},
	      {.name = S("user"), .about = S("Of this user alone.")},
	      {.name = S("past"), .type = ROUTE_FLAG, .about = S("Also those that ended.")}},
    .schema = S("assignments"),
    .paged = true,
};

static str assignment_key(const void *list, size_t i, struct arena *a)
{
	return api_key(a, ((const struct view_assignment *)list)[i].id);
}

enum status api_assign_list(struct request *q, struct reply *r, struct err *err)
{
	struct app_assign_filter filter = {
	    .own = api_flag(q, S("own")), .user = api_text(q, S("user")), .past = api_flag(q, S("past"))};
	const struct view_assignment *list;
	struct api_page page;
	size_t n;
	TRY(api_page_open(q, &page, err));
	TRY(app_assign_list(q->app, &filter, &list, &n, err));
	TRY(api_page_cut(q, r, list, n, assignment_key, &page, err));
	export_json_people_assignments(api_json(r), list + page.from, page.n);
	return api_done(r, err);
}

const struct route_document api_assign_add_document = {
    .id = S("assign"),
    .summary = S("Assigns an objective at a unit to a user"),
    .body = {{.name = S("objective"), .required = true, .about = S("The id of the objective.")},
	     {.name = S("unit"), .about = S("The id of the unit; the root when it is left out.")},
	     {.name = S("user"), .required = true, .about = S("The name of the user.")},
	     {.name = S("due"), .type = ROUTE_TIME, .about = S("By when.")}},
    .schema = S("assignments"),
};

static struct app_assign read_assign(const struct request *q)
{
	return (struct app_assign){.objective = api_text(q, S("objective")),
				   .unit = api_text(q, S("unit")),
				   .user = api_text(q, S("user")),
				   .due = api_time(q, S("due"))};
}

enum status api_assign_add(struct request *q, struct reply *r, struct err *err)
{
	struct app_assign assign = read_assign(q);
	struct view_assignment v;
	TRY(app_assign_add(q->app, &assign, &v, err));
	export_json_people_assignments(api_json(r), &v, 1);
	return api_done(r, err);
}

const struct route_document api_assign_end_document = {
    .id = S("endAssignment"),
    .summary = S("Ends an assignment"),
    .query = {{.name = S("objective"), .required = true, .about = S("The id of the objective.")},
	      {.name = S("unit"), .about = S("The id of the unit; the root when it is left out.")},
	      {.name = S("user"), .required = true, .about = S("The name of the user.")}},
    .schema = S("assignments"),
};

enum status api_assign_end(struct request *q, struct reply *r, struct err *err)
{
	struct app_assign assign = read_assign(q);
	struct view_assignment v;
	TRY(app_assign_end(q->app, &assign, &v, err));
	export_json_people_assignments(api_json(r), &v, 1);
	return api_done(r, err);
}
