#include "app/user.h"
#include "web/api.h"
#include "web/session.h"

#define ROLES S("respondent reader assessor lead admin")

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

static enum status done(struct reply *r, const struct view_user *v, struct err *err)
{
	export_json_people_users(api_json(r), v, 1);
	return api_done(r, err);
}

enum status api_user_show(struct request *q, struct reply *r, struct err *err)
{
	struct view_user v;
	TRY(app_user_show(q->app, q->part[0], &v, err));
	return done(r, &v, err);
}

const struct route_document api_user_me_document = {
    .id = S("me"),
    .summary = S("Who asks, and what may be done: by the token, where it is one"),
    .schema = S("me"),
};

enum status api_user_me(struct request *q, struct reply *r, struct err *err)
{
	export_json_people_access(api_json(r), q->app->who);
	return api_done(r, err);
}

const struct route_document api_user_add_document = {
    .id = S("addUser"),
    .summary = S("Adds a user; a sign-in link lets it in"),
    .body = {{.name = S("name"), .required = true, .about = S("The name to sign in with.")},
	     {.name = S("shown"), .about = S("The name that others see.")},
	     {.name = S("role"), .choices = ROLES, .about = S("A first role; none when it is left out.")},
	     {.name = S("unit"), .about = S("Where it has the role, and below; the root when it is left out.")}},
    .schema = S("users"),
};

enum status api_user_add(struct request *q, struct reply *r, struct err *err)
{
	struct app_user user = {.name = api_text(q, S("name")),
				.shown = api_text(q, S("shown")),
				.role = access_role_find(api_text(q, S("role"))),
				.unit = api_text(q, S("unit"))};
	struct view_user v;
	TRY(app_user_add(q->app, &user, &v, err));
	return done(r, &v, err);
}

const struct route_document api_user_disable_document = {
    .id = S("disableUser"),
    .summary = S("Keeps a user out, from this moment on: sessions end, tokens are good for nothing"),
    .schema = S("users"),
};

enum status api_user_disable(struct request *q, struct reply *r, struct err *err)
{
	struct view_user v;
	TRY(app_user_disable(q->app, q->part[0], &v, err));
	return done(r, &v, err);
}

const struct route_document api_user_enable_document = {
    .id = S("enableUser"),
    .summary = S("Lets a user in again"),
    .schema = S("users"),
};

enum status api_user_enable(struct request *q, struct reply *r, struct err *err)
{
	struct view_user v;
	TRY(app_user_enable(q->app, q->part[0], &v, err));
	return done(r, &v, err);
}

const struct route_document api_user_link_document = {
    .id = S("linkUser"),
    .summary = S("A path that signs a user in once, within 15 minutes"),
    .about = S("Only in person, and so not with a token. Those it had before are good no more. The path is a secret: "
	       "who has it is that user."),
    .body = {{.name = S("without_second"),
	      .type = ROUTE_FLAG,
	      .about = S("Also removes the second factor, for who has lost it.")},
	     {.name = S("password"),
	      .about = S("One's own, as proof of who asks; not needed in a session that a one-time link opened.")}},
    .schema = S("signInLink"),
    .secret = true,
};

enum status api_user_link(struct request *q, struct reply *r, struct err *err)
{
	struct app_proof proof = session_proof(q);
	struct view_sign_in_link v;
	TRY(app_user_link(q->app, q->part[0], api_flag(q, S("without_second")), &proof, &v, err));
	export_json_people_link(api_json(r), &v);
	return api_done(r, err);
}

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
