#include "app/review.h"
#include "web/api.h"

const struct route_document api_review_list_document = {
    .id = S("reviews"),
    .summary = S("The answers that wait for a second person"),
    .about = S("As they were recorded; a page has at most 200 rows."),
    .query = {API_UNIT},
    .schema = S("reviews"),
    .paged = true,
};

enum status api_review_list(struct request *q, struct reply *r, struct err *err)
{
	struct view_reviews v;
	struct api_page page;
	int64_t after;
	TRY(api_page_open(q, &page, err));
	TRY(api_page_after(&page, S("reviews"), &after, err));
	TRY(app_review_list(q->app, api_text(q, S("unit")), after, (size_t)page.limit, &v, err));
	if (v.next)
		TRY(api_page_next(q, r, &page, v.next, S("reviews"), err));
	export_json_review_list(api_json(r), &v);
	return api_done(r, err);
}

static enum status done(struct reply *r, const struct view_reviewed *v, struct err *err)
{
	export_json_review_done(api_json(r), v);
	return api_done(r, err);
}

const struct route_document api_review_confirm_document = {
    .id = S("confirmReview"),
    .summary = S("Confirms an answer as a second person: it counts as reviewed"),
    .about = S("A document has to stand behind the answer, or to be named now. Nobody confirms an own answer."),
    .body = {{.name = S("comment"), .about = S("What was looked at.")}, API_DOCUMENTS},
    .schema = S("review"),
};

enum status api_review_confirm(struct request *q, struct reply *r, struct err *err)
{
	struct app_review review = {.comment = api_text(q, S("comment"))};
	struct view_reviewed v;
	TRY(api_number(q, "answer", &review.seq, err));
	TRY(api_documents(q, &review.documents, &review.n_documents, err));
	TRY(app_review_confirm(q->app, &review, &v, err));
	return done(r, &v, err);
}

const struct route_document api_review_return_document = {
    .id = S("returnReview"),
    .summary = S("Gives an answer back with a comment; it stands as attested"),
    .body = {{.name = S("comment"), .required = true, .about = S("What is missing.")}},
    .schema = S("review"),
};

enum status api_review_return(struct request *q, struct reply *r, struct err *err)
{
	struct app_review review = {.comment = api_text(q, S("comment"))};
	struct view_reviewed v;
	TRY(api_number(q, "answer", &review.seq, err));
	TRY(app_review_return(q->app, &review, &v, err));
	return done(r, &v, err);
}

const struct route_document api_review_undo_document = {
    .id = S("undoReview"),
    .summary = S("Takes an own review back"),
    .about = S("For 15 minutes, and while nothing newer stands."),
    .schema = S("review"),
};

enum status api_review_undo(struct request *q, struct reply *r, struct err *err)
{
	struct view_reviewed v;
	int64_t answer;
	TRY(api_number(q, "answer", &answer, err));
	TRY(app_review_undo(q->app, answer, &v, err));
	return done(r, &v, err);
}
