#include "app/audit.h"
#include "base/limits.h"
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
	char mark[CURSOR_MARK + 1];
	TRY(api_page_open(q, &page, err));
	struct app_audit_filter filter = {.actor = api_text(q, S("actor")),
					  .act = api_text(q, S("act")),
					  .below = page.cursor.given ? page.cursor.offset : 0,
					  .limit = page.limit};
	cursor_mark(S("audit"), mark);
	if (page.cursor.given && !str_eq(str_from(mark), str_from(page.cursor.mark)))
		return cursor_lost(err);
	TRY(app_audit_list(q->app, &filter, &v, err));
	if (v.next)
		TRY(api_page_next(q, r, &page, v.next, S("audit"), err));
	export_json_people_audit(api_json(r), &v);
	return api_done(r, err);
}
