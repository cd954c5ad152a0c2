#include "app/audit.h"
#include "web/api.h"

const struct route_document api_audit_list_document = {
    .id = S("audit"),
    .summary = S("The audit trail, newest first"),
    .query = {{.name = S("actor"), .about = S("What one user did alone.")},
	      {.name = S("act"), .about = S("One act alone, as user.add.")}},
    .schema = S("audit"),
    .paged = true,
};

/* The trail only grows: the number of the last row is where it goes on. */
enum status api_audit_list(struct request *q, struct reply *r, struct err *err)
{
	struct view_audit_list v;
	struct api_page page;
	TRY(api_page_open(q, &page, err));
	struct app_audit_filter filter = {
	    .actor = api_text(q, S("actor")), .act = api_text(q, S("act")), .limit = page.limit};
	TRY(api_page_after(&page, S("audit"), &filter.below, err));
	TRY(app_audit_list(q->app, &filter, &v, err));
	if (v.next)
		TRY(api_page_next(q, r, &page, v.next, S("audit"), err));
	export_json_people_audit(api_json(r), &v);
	return api_done(r, err);
}

const struct route_document api_audit_verify_document = {
    .id = S("verifyAudit"),
    .summary = S("Walks the audit trail: is every row as it was written?"),
    .query = {{.name = S("expected"), .about = S("A sum that was written down earlier: is it one of the trail's?")}},
    .schema = S("auditCheck"),
};

enum status api_audit_verify(struct request *q, struct reply *r, struct err *err)
{
	struct view_audit_check v;
	TRY(app_audit_verify(q->app, api_text(q, S("expected")), &v, err));
	export_json_people_audit_check(api_json(r), &v);
	return api_done(r, err);
}
