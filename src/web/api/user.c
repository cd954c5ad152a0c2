#include "app/user.h"
#include "web/api.h"

const struct route_document api_user_list_document = {
    .id = S("users"),
    .summary = S("The users, and what they may do"),
    .schema = S("users"),
    .paged = true,
};

static str user_key(const void *list, size_t i, struct arena *a)
{
	(void)a;
	return ((const struct view_user *)list)[i].name;
}

enum status api_user_list(struct request *q, struct reply *r, struct err *err)
{
	const struct view_user *users;
	struct api_page page;
	size_t n;
	TRY(api_page_open(q, &page, err));
	TRY(app_user_list(q->app, &users, &n, err));
	TRY(api_page_cut(q, r, users, n, user_key, &page, err));
	export_json_people_users(api_json(r), users + page.from, page.n);
	return api_done(r, err);
}

const struct route_document api_user_show_document = {
    .id = S("user"),
    .summary = S("One user, with the grants that ended"),
    .schema = S("users"),
};

enum status api_user_show(struct request *q, struct reply *r, struct err *err)
{
	struct view_user v;
	TRY(app_user_show(q->app, q->part[0], &v, err));
	export_json_people_users(api_json(r), &v, 1);
	return api_done(r, err);
}

#define ROLES S("respondent reader assessor lead admin")

const struct route_document api_user_grant_document = {
    .id = S("grant"),
    .summary = S("Grants a role at a unit and below"),
    .body = {{.name = S("role"), .required = true, .choices = ROLES, .about = S("The role.")},
	     {.name = S("unit"), .about = S("The id of the unit; the root when it is left out.")}},
    .schema = S("grant"),
};

enum status api_user_grant(struct request *q, struct reply *r, struct err *err)
{
	struct view_grant v;
	enum access_role role = access_role_find(api_text(q, S("role")));
	TRY(app_user_grant(q->app, q->part[0], role, api_text(q, S("unit")), &v, err));
	export_json_people_grant(api_json(r), q->part[0], &v);
	return api_done(r, err);
}

const struct route_document api_user_revoke_document = {
    .id = S("revokeGrant"),
    .summary = S("Takes a role back"),
    .query = {{.name = S("role"), .required = true, .choices = ROLES, .about = S("The role.")},
	      {.name = S("unit"), .about = S("The id of the unit; the root when it is left out.")}},
    .schema = S("grant"),
};

enum status api_user_revoke(struct request *q, struct reply *r, struct err *err)
{
	struct view_grant v;
	enum access_role role = access_role_find(api_text(q, S("role")));
	TRY(app_user_revoke(q->app, q->part[0], role, api_text(q, S("unit")), &v, err));
	export_json_people_grant(api_json(r), q->part[0], &v);
	return api_done(r, err);
}
