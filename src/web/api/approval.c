#include "app/approval.h"
#include "web/api.h"

static str approval_key(const void *list, size_t i, struct arena *a)
{
	return api_key(a, ((const struct view_approval *)list)[i].id);
}

const struct route_document api_approval_list_document = {
    .id = S("approvals"),
    .summary = S("The requests to deploy AI systems, and what became of them, the newest first"),
    .query = {API_UNIT, {.name = S("pending"), .type = ROUTE_FLAG, .about = S("Those alone that wait for a step.")}},
    .schema = S("approvals"),
    .paged = true,
};

enum status api_approval_list(struct request *q, struct reply *r, struct err *err)
{
	struct view_approvals v;
	struct api_page page;
	TRY(api_page_open(q, &page, err));
	TRY(app_approval_list(q->app, api_text(q, S("unit")), api_flag(q, S("pending")), &v, err));
	TRY(api_page_cut(q, r, v.list, v.n, approval_key, &page, err));
	export_json_approval_list(api_json(r), v.list + page.from, page.n);
	return api_done(r, err);
}

static enum status done(struct reply *r, const struct view_approval *v, struct err *err)
{
	export_json_approval(api_json(r), v);
	return api_done(r, err);
}

const struct route_document api_approval_request_document = {
    .id = S("requestApproval"),
    .summary = S("Asks for the approval of an AI system in a unit"),
    .body = {{.name = S("system"), .required = true, .about = S("The id of the AI system in the register.")},
	     {.name = S("unit"), .about = S("The id of the unit; the root when it is left out.")},
	     {.name = S("deployment"),
	      .required = true,
	      .choices = S("self_hosted paas saas"),
	      .about = S("How it is to be deployed.")},
	     {.name = S("because"), .required = true, .about = S("What it is for.")}},
    .schema = S("approval"),
};

enum status api_approval_request(struct request *q, struct reply *r, struct err *err)
{
	struct app_approval_request request = {.system = api_text(q, S("system")),
					       .unit = api_text(q, S("unit")),
					       .deployment = model_deployment_read(api_text(q, S("deployment"))),
					       .because = api_text(q, S("because"))};
	struct view_approval v;
	TRY(app_approval_request(q->app, &request, &v, err));
	return done(r, &v, err);
}

static enum status take(struct request *q, struct reply *r, enum approval_act act, str words, struct err *err)
{
	struct app_approval_step step = {.act = act, .words = api_text(q, words), .expires = api_time(q, S("expires"))};
	struct view_approval v;
	TRY(api_number(q, "request", &step.id, err));
	TRY(app_approval_step(q->app, &step, &v, err));
	return done(r, &v, err);
}

const struct route_document api_approval_review_document = {
    .id = S("reviewApproval"),
    .summary = S("Records what a second person found"),
    .about = S("Nobody reviews an own request."),
    .body = {{.name = S("finding"), .required = true, .about = S("What was found.")}},
    .schema = S("approval"),
};

enum status api_approval_review(struct request *q, struct reply *r, struct err *err)
{
	return take(q, r, APPROVAL_REVIEW, S("finding"), err);
}

const struct route_document api_approval_approve_document = {
    .id = S("approve"),
    .summary = S("Allows a deployment, with conditions and an end"),
    .about = S("Nobody approves an own request."),
    .body = {{.name = S("expires"), .type = ROUTE_TIME, .required = true, .about = S("Until when.")},
	     {.name = S("conditions"), .about = S("Under which conditions.")}},
    .schema = S("approval"),
};

enum status api_approval_approve(struct request *q, struct reply *r, struct err *err)
{
	return take(q, r, APPROVAL_APPROVE, S("conditions"), err);
}

const struct route_document api_approval_reject_document = {
    .id = S("reject"),
    .summary = S("Refuses a deployment"),
    .body = {{.name = S("because"), .required = true, .about = S("Why.")}},
    .schema = S("approval"),
};

enum status api_approval_reject(struct request *q, struct reply *r, struct err *err)
{
	return take(q, r, APPROVAL_REJECT, S("because"), err);
}

const struct route_document api_approval_withdraw_document = {
    .id = S("withdrawApproval"),
    .summary = S("Takes a request or an approval back"),
    .body = {{.name = S("because"), .required = true, .about = S("Why.")}},
    .schema = S("approval"),
};

enum status api_approval_withdraw(struct request *q, struct reply *r, struct err *err)
{
	return take(q, r, APPROVAL_WITHDRAW, S("because"), err);
}
