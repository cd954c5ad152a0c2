#include "core/access.h"
#include "web/page/answer.h"
#include "web/page/objective.h"

static bool may_answer(const struct page_objective *p)
{
	const struct access *who = p->q->app->who;
	const struct view_lens *lens = &p->v->lens;
	const struct model_objective *o = p->v->objective.objective;
	bool here = o->scope != MODEL_SCOPE_PROGRAM || lens->unit == 0;
	return here && !p->past &&
	       (!who || access_role_at(who, lens->tree, lens->unit) >= ACCESS_ASSESSOR ||
		access_is_assigned(who, o->id, lens->unit_id));
}

static struct page_answer part_of(const struct page_objective *p)
{
	return (struct page_answer){
	    .objective = p->v->objective.objective->id, .unit = p->v->lens.unit_id, .base = "/objective/"};
}

/* The form for an answer, for who may give one at this unit. */
enum status page_objective_answer(const struct page_objective *p, struct err *err)
{
	struct page_answer part = part_of(p);
	if (!may_answer(p))
		return OK;
	html_raw(p->u->b, "<section class=\"card stack\" aria-labelledby=\"o-f\"><h2 id=\"o-f\">Answer for ");
	ui_user(p->u->b, p->v->lens.unit_name);
	html_raw(p->u->b, "</h2>");
	ui_refusal(p->u);
	TRY(page_answer_receipt(p->q, p->u, part.base, NULL, err));
	TRY(page_answer_form(p->q, p->u, &part, err));
	html_raw(p->u->b, "</section>");
	return OK;
}

/* What people wrote about the objective at this unit. */
enum status page_objective_talk(const struct page_objective *p, struct err *err)
{
	struct page_answer part = part_of(p);
	html_raw(p->u->b, "<div class=\"gap-s\">");
	TRY(page_answer_talk(p->q, p->u, &part, may_answer(p), err));
	html_raw(p->u->b, "</div>");
	return OK;
}
