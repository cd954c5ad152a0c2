#include "app/frame.h"
#include "base/limits.h"
#include "base/source.h"
#include "chart/rule.h"
#include "core/view_frame.h"
#include "web/page.h"
#include "web/ui_form.h"
#include "web/ui_view.h"

static void type(struct ui *u, str word, str title, str note, bool on)
{
	struct buf *b = u->b;
	html_raw(b, "<label class=\"check\"><input type=\"checkbox\" name=\"deployment\" value=\"");
	html_text(b, word);
	html_raw(b, "\"");
	if (on)
		html_raw(b, " checked");
	html_raw(b, "><span>");
	html_text(b, title);
	html_raw(b, "<small>");
	html_text(b, note);
	html_raw(b, "</small></span></label>");
}

static void types(struct ui *u)
{
	html_raw(u->b, "<fieldset class=\"types\"><legend class=\"vh\">How AI is used</legend>");
	type(u, S("saas"), S("SaaS"), S("A provider’s API, or AI inside a product"), true);
	type(u, S("paas"), S("Managed service"), S("Models run for you in your cloud"), true);
	type(u, S("self_hosted"), S("Self-hosted"), S("You run the weights yourselves"), false);
	html_raw(u->b, "</fieldset>");
}

/* The first question: whose program it is. */
static void organisation(struct page *p)
{
	struct buf *b = p->ui.b;
	html_raw(
	    b,
	    "<h2 class=\"gap-s\">1. Which organisation, and how does it use AI?</h2><p class=\"sm sub\">Objectives "
	    "that "
	    "cannot apply are left out. You can change this, and add units below it, later.</p><form method=\"post\" "
	    "action=\"/start\" class=\"stack gap-t\"><div class=\"name-of\">");
	p->ui.again = ui_is_again(&p->ui, S("/start"), (struct ui_pair){0});
	ui_field(&p->ui, &(struct ui_field){.id = S("organisation"),
					    .name = S("organisation"),
					    .label = S("Name of the organisation"),
					    .complete = S("organization"),
					    .required = true});
	html_raw(b, "</div>");
	types(&p->ui);
	ui_csrf(&p->ui);
	html_raw(
	    b,
	    "<p><button class=\"btn go\">Begin with this organisation</button></p></form><p class=\"sm sub gap-t\">Or "
	    "bring the <a href=\"/units/import\">whole tree at once</a>, as a file.</p>");
}

static void interview(struct page *p)
{
	struct buf *b = p->ui.b;
	size_t questions = 0;
	for (size_t i = 0; i < p->frame.model->n_objectives; i++)
		questions += p->frame.model->objectives[i].level <= 3 &&
			     p->frame.model->objectives[i].deployment & p->frame.tree->units[p->frame.unit].deployment;
	html_raw(b,
		 "<section class=\"way first\"><h3>Diagnose in an afternoon</h3><p>A guided interview through levels 2 "
		 "and 3 of all categories. Stop at any question; it is saved as you go.</p><ul><li>");
	ui_count(b, (int64_t)questions);
	html_raw(b, " questions at most</li><li>ends in a first level with its range</li></ul><a class=\"btn go\" "
		    "href=\"/assess?run=diagnose\">Start the interview</a></section>");
}

static void import(struct page *p)
{
	struct buf *b = p->ui.b;
	size_t formats = 0;
	while (app_import_format(formats).n)
		formats++;
	html_raw(b,
		 "<section class=\"way\"><h3>Import what you have</h3><p>Scanner output, inventories, a spreadsheet of "
		 "answers. ");
	ui_count(b, (int64_t)formats);
	html_raw(b, " formats are recognised by their content.</p><a class=\"btn\" href=\"/evidence/import\">Import "
		    "evidence</a></section>");
}

static void demo(struct page *p)
{
	html_raw(
	    p->ui.b,
	    "<section class=\"way\"><h3>Look at the demo</h3><p>Halden Insurance, an invented insurer whose program is "
	    "under way. It is shown apart from your organisation and mixes with nothing; one click leads back.</p><a "
	    "class=\"btn\" href=\"/demo/\">Look at the demo</a></section>");
}

static void ways(struct page *p)
{
	html_raw(p->ui.b, "<h2 class=\"gap-s\">Choose a way in</h2><div class=\"ways\">");
	interview(p);
	import(p);
	demo(p);
	html_raw(p->ui.b, "</div><p class=\"sm sub gap-t\">To read first what is asked, why, and what proves it: <a "
			  "href=\"/help/book\">the model book</a>. Does more than one part of the organisation "
			  "answer? <a href=\"/units/tree\">Add the units below it</a> first; each then answers for "
			  "itself.</p>");
}

/* What is known already; all of it may be unknown, and there may be no unit yet. */
static enum status load_score(struct request *q, struct score *out, struct err *err)
{
	struct view_score v;
	struct err why = {0};
	*out = (struct score){.program = {.index = 1000, .index_high = 5000}};
	enum status status = app_score(q->app, (str){0}, (struct app_time){0}, &v, &why);
	if (status == E_NOT_FOUND)
		return OK;
	if (status != OK) {
		*err = why;
		return status;
	}
	*out = v.score;
	return OK;
}

static enum status scale(struct page *p, const struct score *known, struct arena *a, struct err *err)
{
	struct chart rule;
	bool begun = known->known && known->program.applicable;
	TRY(chart_rule(&(struct chart_rule){.index = begun ? known->program.index : 1000,
					    .high = begun ? known->program.index_high : 5000,
					    .evidenced = CHART_ABSENT,
					    .past = CHART_ABSENT,
					    .target = CHART_ABSENT,
					    .levels = p->frame.model->level_names},
		       a, &rule, err));
	html_raw(p->ui.b, "<figure class=\"gap-s\">");
	chart_svg(p->ui.b, &rule);
	html_raw(p->ui.b, "</figure>");
	return OK;
}

static void lead(struct buf *b, const struct score *known)
{
	if (!known->known) {
		html_raw(
		    b, "<h1>Nothing is known yet, and that is a fair place to start.</h1><p>Without evidence a program "
		       "is at level 1, and might be anywhere up to 5. Each answer narrows that range.</p>");
		return;
	}
	html_raw(b, "<h1>Your program has begun.</h1><p>It stands at ");
	ui_index(b, known->program.index);
	html_raw(b, ", and at most at ");
	ui_index(b, known->program.index_high);
	html_raw(b, ". Each answer and each file narrows that range. <a href=\"/\">See where it stands</a>.</p>");
}

enum status page_start(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct score known;
	q->today = true;
	TRY(page_open(q, r, &p, err));
	TRY(load_score(q, &known, err));
	struct ui_head head = {.title = S("Begin")};
	ui_page(&p.ui, &head);
	html_raw(p.ui.b, "<div class=\"welcome\">");
	lead(p.ui.b, &known);
	ui_refusal(&p.ui);
	TRY(scale(&p, &known, q->arena, err));
	if (p.frame.tree)
		ways(&p);
	else
		organisation(&p);
	html_raw(p.ui.b, "</div>");
	ui_page_end(&p.ui, &head);
	return page_done(r, err);
}

enum status page_start_due(struct request *q, bool *due, struct err *err)
{
	struct score known;
	*due = false;
	if (!q->app->who || access_role_most(q->app->who) != ACCESS_ADMIN)
		return OK;
	TRY(load_score(q, &known, err));
	*due = !known.known;
	return OK;
}

/* ---- the first unit ---- */

/* A cell of CSV: always in quotes. */
static void cell(struct buf *b, str text)
{
	buf_char(b, '"');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"')
			buf_char(b, '"');
		buf_char(b, text.p[i]);
	}
	buf_char(b, '"');
}

static void units_csv(const struct request *q, struct buf *b)
{
	bool first = true;
	buf_add(b, S("unit,parent,name,deployments\norganisation,,"));
	cell(b, str_trim(request_field(&q->form, S("organisation"))));
	buf_add(b, S(",\""));
	for (size_t i = 0; i < q->form.n; i++) {
		const struct request_field *f = &q->form.list[i];
		if (!str_eq(f->name, S("deployment")) || !model_deployment_read(f->value))
			continue;
		if (!first)
			buf_char(b, ';');
		buf_add(b, f->value);
		first = false;
	}
	buf_add(b, S("\"\n"));
}

static enum status import_unit(struct request *q, struct err *err)
{
	struct buf csv = BUF(LIMIT_FORM_BYTES);
	struct view_unit_import imported;
	struct view_frame frame;
	if (!str_trim(request_field(&q->form, S("organisation"))).n)
		return err_set(err, E_INVALID, "the organisation has no name");
	TRY(app_frame(q->app, &(struct app_lens){0}, &frame, err));
	/* Sent a second time, from a page that the browser kept: a tree that has grown since is not replaced. */
	if (frame.tree && (frame.tree->n > 1 || !str_eq(frame.tree->units[0].id, S("organisation")))) {
		err_set(err, E_CONFLICT, "the organisation is there already");
		err_hint(err, "its units are on the page Units");
		return E_CONFLICT;
	}
	units_csv(q, &csv);
	struct source from = source_text(S("the form"), buf_str(&csv));
	enum status status = csv.status != OK ? err_set(err, csv.status, "the name is too long")
					      : app_unit_import(q->app, &from, (struct app_time){0}, &imported, err);
	buf_release(&csv);
	return status;
}

enum status page_start_post(struct request *q, struct reply *r, struct err *err)
{
	static const struct page_again again = {
	    .path = S("/start"), .serve = page_start, .words = {{S("name"), S("organisation")}}};
	struct err why = {0};
	enum status status = import_unit(q, &why);
	if (status != OK)
		return page_refuse(q, r, status, &why, &again, err);
	return page_go(q, r, S("/start"), (str){0}, err);
}
