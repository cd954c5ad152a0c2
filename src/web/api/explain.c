#include "app/detail.h"
#include "web/api.h"

const struct route_document api_explain_category_document = {
    .id = S("category"),
    .summary = S("A category: its level, its objectives, and what lifts it"),
    .query = {API_UNIT, {.name = S("at"), .type = ROUTE_TIME, .about = S("The instant; now when it is left out.")}},
    .schema = S("category"),
};

enum status api_explain_category(struct request *q, struct reply *r, struct err *err)
{
	struct view_category v;
	TRY(app_explain_category(q->app, q->part[0], api_text(q, S("unit")), api_time(q, S("at")), &v, err));
	export_json_explain_category(api_json(r), &v);
	return api_done(r, err);
}

const struct route_document api_explain_objective_document = {
    .id = S("objective"),
    .summary = S("An objective: its tally, the measures behind it, and the subjects that are not met or not known"),
    .about = S("The subjects come in pages; everything else is the same on each."),
    .query = {API_UNIT, {.name = S("at"), .type = ROUTE_TIME, .about = S("The instant; now when it is left out.")}},
    .schema = S("objective"),
    .paged = true,
};

static str subject_key(const struct view_subject *s, struct arena *a)
{
	struct buf b = BUF(4096);
	buf_add(&b, s->unit);
	buf_char(&b, '\n');
	buf_add(&b, s->id);
	str out = str_copy(a, buf_str(&b));
	buf_release(&b);
	return out;
}

/* A page that goes on begins with the last subject of the page before, to see that it is still there. */
static enum status go_on(const struct request *q, const struct api_page *page, struct view_objective *v,
			 struct err *err)
{
	if (!page->cursor.given)
		return OK;
	if (!v->n_subjects)
		return cursor_lost(err);
	TRY(api_page_held(page, subject_key(&v->subjects[0], q->arena), err));
	v->subjects++;
	v->n_subjects--;
	v->offset++;
	return OK;
}

enum status api_explain_objective(struct request *q, struct reply *r, struct err *err)
{
	struct view_objective v;
	struct api_page page;
	TRY(api_page_open(q, &page, err));
	int64_t again = page.cursor.given, offset = page.cursor.given ? page.cursor.offset - 1 : 0;
	TRY(app_explain_objective(q->app, q->part[0], api_text(q, S("unit")), page.at, offset, page.limit + again, &v,
				  err));
	TRY(go_on(q, &page, &v, err));
	int64_t end = v.offset + (int64_t)v.n_subjects;
	if (v.n_subjects && end < v.subjects_not_met + v.subjects_unknown)
		TRY(api_page_next(q, r, &page, end, subject_key(&v.subjects[v.n_subjects - 1], q->arena), err));
	export_json_explain_objective(api_json(r), &v);
	return api_done(r, err);
}

const struct route_document api_explain_history_document = {
    .id = S("objectiveHistory"),
    .summary = S("The year of an objective: its tally from point to point, and the files behind it"),
    .about = S("A tally that is not known is null. Of the files the newest 30."),
    .query = {API_UNIT,
	      {.name = S("at"), .type = ROUTE_TIME, .about = S("The end of the year; now when it is left out.")},
	      {.name = S("deployment"),
	       .about = S("self_hosted, paas, saas, or several with commas; all when it is left out.")}},
    .schema = S("objectiveHistory"),
};

enum status api_explain_history(struct request *q, struct reply *r, struct err *err)
{
	struct app_lens lens = {.unit = api_text(q, S("unit")), .at = api_time(q, S("at"))};
	struct view_detail v;
	TRY(api_deployment(q, &lens.deployment, err));
	TRY(app_detail(q->app, q->part[0], &lens, &v, err));
	export_json_history(api_json(r), &v);
	return api_done(r, err);
}
