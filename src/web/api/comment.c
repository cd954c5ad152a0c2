#include "app/comment.h"
#include "web/api.h"

#define OBJECTIVE                                                                                                      \
	{                                                                                                              \
		.name = S("objective"), .required = true, .about = S("The id of the objective.")                       \
	}

const struct route_document api_comment_list_document = {
    .id = S("comments"),
    .summary = S("What was said about an objective at a unit, the newest first"),
    .about = S("Of a comment that was withdrawn the text is null. A page has at most 200 rows."),
    .query = {OBJECTIVE, API_UNIT},
    .schema = S("comments"),
    .paged = true,
};

enum status api_comment_list(struct request *q, struct reply *r, struct err *err)
{
	struct view_comments v;
	struct api_page page;
	int64_t before;
	TRY(api_page_open(q, &page, err));
	TRY(api_page_after(&page, S("comments"), &before, err));
	TRY(app_comment_list(q->app, api_text(q, S("objective")), api_text(q, S("unit")), before, (size_t)page.limit,
			     &v, err));
	if (v.next)
		TRY(api_page_next(q, r, &page, v.next, S("comments"), err));
	export_json_comment_list(api_json(r), &v);
	return api_done(r, err);
}

const struct route_document api_comment_add_document = {
    .id = S("addComment"),
    .summary = S("Says something about an objective at a unit"),
    .body = {OBJECTIVE,
	     {.name = S("unit"), .about = S("The id of the unit; the root when it is left out.")},
	     {.name = S("text"), .required = true, .about = S("Plain text; it is never edited.")}},
    .schema = S("comment"),
};

enum status api_comment_add(struct request *q, struct reply *r, struct err *err)
{
	struct view_comment v;
	TRY(app_comment_add(q->app, api_text(q, S("objective")), api_text(q, S("unit")), api_text(q, S("text")), &v,
			    err));
	export_json_comment(api_json(r), &v);
	return api_done(r, err);
}

const struct route_document api_comment_withdraw_document = {
    .id = S("withdrawComment"),
    .summary = S("Takes an own comment back: that it was there stays, its text is no longer shown"),
    .schema = S("comment"),
};

enum status api_comment_withdraw(struct request *q, struct reply *r, struct err *err)
{
	struct view_comment v;
	int64_t id;
	TRY(api_number(q, "comment", &id, err));
	TRY(app_comment_withdraw(q->app, id, &v, err));
	export_json_comment(api_json(r), &v);
	return api_done(r, err);
}
