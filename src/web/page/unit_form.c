#include "base/time.h"
#include "web/page/unit.h"

/* ---- reading ---- */

static enum status refuse(struct page_unit_typed *t, enum app_unit_field at)
{
	t->at = at;
	return E_INVALID;
}

enum status page_unit_read_when(const struct request *q, struct page_unit_typed *t, struct app_unit_when *when)
{
	t->since = request_field(&q->form, S("since"));
	t->day = str_trim(request_field(&q->form, S("day")));
	*when = (struct app_unit_when){.since = APP_UNIT_NOW};
	if (str_eq(t->since, S("always")))
		when->since = APP_UNIT_ALWAYS;
	if (!str_eq(t->since, S("day")))
		return OK;
	when->since = APP_UNIT_FROM;
	if (time_parse(t->day, &when->from_ms))
		return OK;
	err_set(&t->why, E_INVALID, "\"%.*s\" is not a day", STR_ARG(t->day));
	err_hint(&t->why, "write a day as 2026-11-01");
	return refuse(t, APP_UNIT_FIELD_SINCE);
}

enum status page_unit_read(const struct request *q, struct page_unit_typed *t, struct app_unit_act *act)
{
	*t = (struct page_unit_typed){.id = str_trim(request_field(&q->form, S("id"))),
				      .parent = str_trim(request_field(&q->form, S("parent"))),
				      .name = str_trim(request_field(&q->form, S("name"))),
				      .size = str_trim(request_field(&q->form, S("size")))};
	for (size_t i = 0; i < q->form.n; i++)
		if (str_eq(q->form.list[i].name, S("deployments")))
			t->deployment |= model_deployment_read(q->form.list[i].value);
	act->unit = (struct app_unit){
	    .id = t->id, .parent = t->parent, .name = t->name, .deployment = t->deployment, .size = 1};
	TRY(page_unit_read_when(q, t, &act->when));
	if (!t->size.n || (str_to_i64(t->size, &act->unit.size) && act->unit.size > 0))
		return OK;
	err_set(&t->why, E_INVALID, "the size is not a whole number from 1 to %d", UNIT_SIZE_MAX);
	return refuse(t, APP_UNIT_FIELD_SIZE);
}

const struct err *page_unit_refused(const struct page_unit_typed *t, enum app_unit_field field)
{
	return t->why.message[0] && t->at == field ? &t->why : NULL;
}

bool page_unit_shows(enum status status)
{
	return status == E_INVALID || status == E_NOT_FOUND || status == E_CONFLICT || status == E_TOO_LARGE;
}

/* ---- writing ---- */

void page_unit_fields(struct ui *u, const struct page_unit_typed *t)
{
	ui_unit_field(u, &(struct ui_unit_field){.id = S("u-name"),
						 .name = S("name"),
						 .label = S("Name"),
						 .type = S("text"),
						 .value = t->name,
						 .hint = S("As people call it."),
						 .required = true,
						 .error = page_unit_refused(t, APP_UNIT_FIELD_NAME)});
	ui_unit_types(u, t->deployment, S("How it uses AI"),
		      S("None: as the nearest unit above that has some. Objectives that cannot apply are left out."));
	ui_unit_field(
	    u, &(struct ui_unit_field){.id = S("u-size"),
				       .name = S("size"),
				       .label = S("Size"),
				       .type = S("text"),
				       .value = t->size,
				       .hint = S("The population to assume while nothing is known. Empty: 1. Only "
						 "units with none below them use it."),
				       .error = page_unit_refused(t, APP_UNIT_FIELD_SIZE)});
}

static void way(struct ui *u, const struct page_unit_typed *t, str value, str word, str note)
{
	struct buf *b = u->b;
	html_raw(b, "<label class=\"check\"><input type=\"radio\" name=\"since\" value=\"");
	html_text(b, value);
	buf_add(b, str_eq(t->since, value) ? S("\" checked><span>") : S("\"><span>"));
	html_text(b, word);
	html_raw(b, "<small>");
	html_text(b, note);
	html_raw(b, "</small></span></label>");
}

void page_unit_when(struct ui *u, const struct page_unit_typed *t, str day)
{
	html_raw(u->b, "<fieldset class=\"when\"><legend>It holds</legend>");
	way(u, t, S("now"), S("From now on"), S("The organisation changes; past scores stay as they are."));
	way(u, t, S("always"), S("As long as the tree that it changes"),
	    S("A correction: it was so all the time, and past scores follow."));
	way(u, t, S("day"), S("From a day on"), S("The day is below."));
	ui_unit_field(u, &(struct ui_unit_field){.id = day,
						 .name = S("day"),
						 .label = S("Day"),
						 .type = S("date"),
						 .value = t->day,
						 .error = page_unit_refused(t, APP_UNIT_FIELD_SINCE)});
	html_raw(u->b, "</fieldset>");
}

static bool nothing_known(const struct view_frame *f)
{
	if (!f->categories)
		return false;
	for (size_t i = 0; i < f->model->n_categories; i++)
		if (f->categories[i].coverage || f->categories[i].level > 1)
			return false;
	return true;
}

str page_unit_since(const struct request *q, const struct view_frame *frame)
{
	str chosen = request_field(&q->query, S("since"));
	if (str_eq(chosen, S("always")) || str_eq(chosen, S("now")))
		return chosen;
	return nothing_known(frame) ? S("always") : S("now");
}
