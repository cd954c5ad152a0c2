#include "base/time.h"
#include "web/page/unit.h"
#include "web/ui_form.h"

/* ---- reading ---- */

static enum status refuse(enum app_unit_field *at, enum app_unit_field field)
{
	*at = field;
	return E_INVALID;
}

enum status page_unit_read_when(const struct request *q, struct app_unit_when *when, enum app_unit_field *at,
				struct err *err)
{
	str since = request_field(&q->form, S("since")), day = str_trim(request_field(&q->form, S("day")));
	*when = (struct app_unit_when){.since = APP_UNIT_NOW};
	if (str_eq(since, S("always")))
		when->since = APP_UNIT_ALWAYS;
	if (!str_eq(since, S("day")))
		return OK;
	when->since = APP_UNIT_FROM;
	if (time_parse(day, &when->from_ms))
		return OK;
	err_set(err, E_INVALID, "\"%.*s\" is not a day", STR_ARG(day));
	err_hint(err, "write a day as 2026-11-01");
	return refuse(at, APP_UNIT_FIELD_SINCE);
}

enum status page_unit_read(const struct request *q, struct app_unit_act *act, enum app_unit_field *at, struct err *err)
{
	str size = str_trim(request_field(&q->form, S("size")));
	act->unit = (struct app_unit){.id = str_trim(request_field(&q->form, S("id"))),
				      .parent = str_trim(request_field(&q->form, S("parent"))),
				      .name = str_trim(request_field(&q->form, S("name"))),
				      .size = 1};
	for (size_t i = 0; i < q->form.n; i++)
		if (str_eq(q->form.list[i].name, S("deployments")))
			act->unit.deployment |= model_deployment_read(q->form.list[i].value);
	TRY(page_unit_read_when(q, &act->when, at, err));
	if (!size.n || (str_to_i64(size, &act->unit.size) && act->unit.size > 0))
		return OK;
	err_set(err, E_INVALID, "the size is not a whole number from 1 to %d", UNIT_SIZE_MAX);
	return refuse(at, APP_UNIT_FIELD_SIZE);
}

enum status page_unit_refuse(struct request *q, struct reply *r, enum status status, const struct err *why,
			     enum app_unit_field at, str path,
			     enum status (*serve)(struct request *q, struct reply *r, struct err *err), struct err *err)
{
	static const str names[] = {
	    [APP_UNIT_FIELD_NONE] = S(""),     [APP_UNIT_FIELD_ID] = S("id"),     [APP_UNIT_FIELD_PARENT] = S("parent"),
	    [APP_UNIT_FIELD_NAME] = S("name"), [APP_UNIT_FIELD_SIZE] = S("size"), [APP_UNIT_FIELD_SINCE] = S("day"),
	};
	struct page_again again = {.path = path, .serve = serve, .field = names[at]};
	return page_refuse(q, r, status, why, &again, err);
}

/* ---- writing ---- */

void page_unit_fields(struct ui *u, const struct page_unit_shown *t)
{
	ui_field(u, &(struct ui_field){.id = S("u-name"),
				       .name = S("name"),
				       .label = S("Name"),
				       .value = t->name,
				       .hint = S("As people call it."),
				       .required = true});
	ui_unit_types(u, t->deployment, S("How it uses AI"),
		      S("None: as the nearest unit above that has some. Objectives that cannot apply are left out."));
	ui_field(u, &(struct ui_field){.id = S("u-size"),
				       .name = S("size"),
				       .label = S("Size"),
				       .value = t->size,
				       .hint = S("The population to assume while nothing is known. Empty: 1. Only "
						 "units with none below them use it.")});
}

static void way(struct ui *u, str chosen, str value, str word, str note)
{
	struct buf *b = u->b;
	html_raw(b, "<label class=\"check\"><input type=\"radio\" name=\"since\" value=\"");
	html_text(b, value);
	buf_add(b, str_eq(chosen, value) ? S("\" checked><span>") : S("\"><span>"));
	html_text(b, word);
	html_raw(b, "<small>");
	html_text(b, note);
	html_raw(b, "</small></span></label>");
}

void page_unit_when(struct ui *u, str since, str day)
{
	str typed = ui_typed(u, S("since")), chosen = typed.p ? typed : since;
	html_raw(u->b, "<fieldset class=\"when\"><legend>It holds</legend>");
	way(u, chosen, S("now"), S("From now on"), S("The organisation changes; past scores stay as they are."));
	way(u, chosen, S("always"), S("As long as the tree that it changes"),
	    S("A correction: it was so all the time, and past scores follow."));
	way(u, chosen, S("day"), S("From a day on"), S("The day is below."));
	ui_field(u, &(struct ui_field){.id = day, .name = S("day"), .label = S("Day"), .type = S("date")});
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
