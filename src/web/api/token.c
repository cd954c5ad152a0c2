#include "app/token.h"
#include "web/api.h"
#include "web/session.h"

const struct route_document api_token_list_document = {
    .id = S("tokens"),
    .summary = S("One's own tokens"),
    .query = {{.name = S("past"), .type = ROUTE_FLAG, .about = S("Also those that do not hold any more.")}},
    .schema = S("tokens"),
    .paged = true,
};

static str token_key(const void *list, size_t i, struct arena *a)
{
	return api_key(a, ((const struct view_token *)list)[i].id);
}

enum status api_token_list(struct request *q, struct reply *r, struct err *err)
{
	const struct view_token *list;
	struct api_page page;
	size_t n;
	TRY(api_page_open(q, &page, err));
	TRY(app_token_list(q->app, (str){NULL, 0}, false, api_flag(q, S("past")), &list, &n, err));
	TRY(api_page_cut(q, r, list, n, token_key, &page, err));
	export_json_people_tokens(api_json(r), list + page.from, page.n);
	return api_done(r, err);
}

const struct route_document api_token_create_document = {
    .id = S("createToken"),
    .summary = S("Makes a token for oneself"),
    .about = S("Only in person, and so not with a token. Either a role, or a feed that it may write. The value is "
	       "shown this once."),
    .body = {{.name = S("name"), .required = true, .about = S("What it is for.")},
	     {.name = S("role"),
	      .choices = S("respondent reader assessor lead admin"),
	      .about = S("The most that it may.")},
	     {.name = S("feed"), .about = S("Of a feeder: the feed that it writes, and nothing else.")},
	     {.name = S("unit"), .about = S("The unit where it may that, and below; the root when it is left out.")},
	     {.name = S("expires"), .type = ROUTE_TIME, .about = S("Until when it is good.")},
	     {.name = S("password"),
	      .about = S("One's own, as proof of who asks; not needed in a session that a one-time link opened.")}},
    .schema = S("tokens"),
    .secret = true,
};

enum status api_token_create(struct request *q, struct reply *r, struct err *err)
{
	struct app_token token = {.name = api_text(q, S("name")),
				  .role = access_role_find(api_text(q, S("role"))),
				  .feed = api_text(q, S("feed")),
				  .unit = api_text(q, S("unit")),
				  .expires = api_time(q, S("expires")),
				  .proof = session_proof(q)};
	struct view_token v;
	if ((token.role == ACCESS_NONE) == !token.feed.n) {
		err_set(err, E_INVALID, "a token has either a role or a feed");
		return E_INVALID;
	}
	TRY(app_token_create(q->app, &token, &v, err));
	export_json_people_tokens(api_json(r), &v, 1);
	return api_done(r, err);
}

const struct route_document api_token_revoke_document = {
    .id = S("revokeToken"),
    .summary = S("Revokes a token by its number"),
    .schema = S("tokens"),
};

enum status api_token_revoke(struct request *q, struct reply *r, struct err *err)
{
	struct view_token v;
	int64_t id;
	TRY(api_number(q, "token", &id, err));
	TRY(app_token_revoke(q->app, id, &v, err));
	export_json_people_tokens(api_json(r), &v, 1);
	return api_done(r, err);
}
