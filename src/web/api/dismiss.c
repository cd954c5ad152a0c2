#include "app/dismiss.h"
#include "web/api.h"

const struct route_document api_dismiss_list_document = {
    .id = S("dismissals"),
    .summary = S("The dismissals: which AI systems that no register knows were set aside, and why"),
    .about = S("A dismissal says that somebody looked, and changes no number."),
    .query = {{.name = S("past"), .type = ROUTE_FLAG, .about = S("Also those that were taken back.")}},
    .schema = S("dismissals"),
    .paged = true,
};

static str dismissal_key(const void *list, size_t i, struct arena *a)
{
	const struct view_dismissal *d = (const struct view_dismissal *)list + i;
	struct buf b = BUF(4096);
	buf_add(&b, d->name);
	buf_char(&b, '\n');
	buf_add(&b, d->unit);
	buf_char(&b, '\n');
	buf_i64(&b, d->recorded_ms);
	str out = str_copy(a, buf_str(&b));
	buf_release(&b);
	return out;
}

enum status api_dismiss_list(struct request *q, struct reply *r, struct err *err)
{
	const struct view_dismissal *list;
	struct api_page page;
	size_t n;
	TRY(api_page_open(q, &page, err));
	TRY(app_dismiss_list(q->app, api_flag(q, S("past")), &list, &n, err));
	TRY(api_page_cut(q, r, list, n, dismissal_key, &page, err));
	export_json_shadow_dismissals(api_json(r), list + page.from, page.n);
	return api_done(r, err);
}

const struct route_document api_dismiss_add_document = {
    .id = S("dismiss"),
    .summary = S("Sets an AI system aside that evidence shows and no register knows"),
    .about = S("It counts in every check as before."),
    .body = {{.name = S("name"), .required = true, .about = S("The name as evidence has it.")},
	     {.name = S("unit"), .about = S("There and below; everywhere when it is left out.")},
	     {.name = S("because"), .required = true, .about = S("Why: a test, no AI, gone since.")}},
    .schema = S("dismissals"),
};

enum status api_dismiss_add(struct request *q, struct reply *r, struct err *err)
{
	struct app_dismiss d = {
	    .name = api_text(q, S("name")), .unit = api_text(q, S("unit")), .because = api_text(q, S("because"))};
	struct view_dismissal v;
	TRY(app_dismiss_add(q->app, &d, &v, err));
	export_json_shadow_dismissals(api_json(r), &v, 1);
	return api_done(r, err);
}

const struct route_document api_dismiss_revoke_document = {
    .id = S("revokeDismissal"),
    .summary = S("Takes a dismissal back"),
    .query = {{.name = S("name"), .required = true, .about = S("The name of the AI system.")},
	      {.name = S("unit"), .about = S("The very unit of the dismissal; the root when it is left out.")}},
    .schema = S("dismissals"),
};

enum status api_dismiss_revoke(struct request *q, struct reply *r, struct err *err)
{
	struct view_dismissal v;
	TRY(app_dismiss_revoke(q->app, api_text(q, S("name")), api_text(q, S("unit")), &v, err));
	export_json_shadow_dismissals(api_json(r), &v, 1);
	return api_done(r, err);
}
