#include "web/page/objective.h"

#include "web/ui_evidence.h"

/* The offenders come by themselves from an address of their own, because the check has to run; without a script a link
   leads there. */
static void offenders(const struct page_objective *p)
{
	const struct model_objective *o = p->v->objective.objective;
	struct buf *b = p->u->b;
	if (!p->v->objective.has_check)
		return;
	html_raw(b, "<section class=\"sec gap-s\" id=\"offenders\" aria-labelledby=\"o-o\" hx-trigger=\"load\" "
		    "hx-swap=\"outerHTML\" hx-get=\"/objective/");
	ui_url(b, o->id);
	html_raw(b, "/offenders");
	ui_lens_query(p->u);
	html_raw(b, "\"><header><h2 id=\"o-o\">Offenders</h2></header><p class=\"sub\"><a href=\"/objective/");
	ui_url(b, o->id);
	html_raw(b, "/offenders");
	ui_lens_query(p->u);
	html_raw(b, "\">List those who are not met or not known</a></p></section>");
}

static void check(const struct page_objective *p)
{
	const struct view_objective *v = &p->v->objective;
	if (!v->has_check)
		return;
	html_raw(p->u->b,
		 "<section class=\"sec gap-s\" aria-labelledby=\"o-s\"><header><h2 id=\"o-s\">Check</h2><p>Reads ");
	ui_kinds(p->u->b, p->v->reads);
	html_raw(p->u->b, "</p></header>");
	ui_code(p->u, S("SQL of the check"), v->objective->check);
	html_raw(p->u->b, "</section>");
}

static enum status body(const struct page_objective *p, struct err *err)
{
	struct buf *b = p->u->b;
	TRY(page_objective_head(p, err));
	html_raw(b, "<div class=\"grid g-side gap-s\"><div>");
	TRY(page_objective_units(p, err));
	page_objective_gaps(p);
	offenders(p);
	TRY(page_objective_year(p, err));
	check(p);
	TRY(page_objective_talk(p, err));
	html_raw(b, "</div><div class=\"side\">");
	page_objective_why(p);
	TRY(page_objective_answer(p, err));
	page_objective_files(p);
	page_objective_refs(p);
	html_raw(b, "</div></div>");
	return OK;
}

enum status page_objective_open(struct request *q, struct reply *r, struct page *out, struct err *err)
{
	TRY(page_open_place(q, r, out, err));
	out->lens.unit = request_field(&q->query, S("unit")); /* also where the frame shows another one */
	return OK;
}

struct ui_head page_objective_begin(struct page *p, const struct model *m, const struct model_objective *o, str title,
				    const struct view_lens *lens, bool whole)
{
	struct ui_head head = {.title = title, .tab = UI_TAB_PROGRAM};
	if (whole) {
		head.spine = true;
		head.category = m->categories[o->category].id;
		ui_page(&p->ui, &head);
		return head;
	}
	p->frame.tree = NULL;
	p->ui.lens = NULL;
	head.tab = UI_TAB_ASSESS;
	ui_page(&p->ui, &head);
	p->lens.unit = lens->unit_id;
	p->ui.lens = &p->lens;
	return head;
}

enum status page_objective(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct view_detail v;
	TRY(page_objective_open(q, r, &p, err));
	TRY(app_detail(q->app, q->part[0], &p.lens, &v, err));
	const struct model_objective *o = v.objective.objective;
	struct page_objective parts = {.q = q, .u = &p.ui, .a = q->arena, .past = p.frame.past, .v = &v};
	struct ui_head head = page_objective_begin(&p, v.objective.model, o, o->id, &v.lens, v.whole);
	TRY(body(&parts, err));
	ui_page_end(&p.ui, &head);
	return page_done(r, err);
}
