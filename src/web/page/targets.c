#include "app/target.h"

#include "base/csv.h"
#include "base/limits.h"
#include "base/time.h"
#include "web/page.h"
#include "web/ui_form.h"
#include "web/ui_view.h"

struct targets {
	struct request *q;
	struct page *p;
	struct ui *u;
	struct view_gaps v;
	bool may; /* set targets of the unit */
};

static const str states[] = {[TARGET_NONE] = S("No target"),
			     [TARGET_REACHED] = S("Reached"),
			     [TARGET_OPEN] = S("Open"),
			     [TARGET_LATE] = S("Late")};

static enum status load(struct request *q, struct reply *r, struct page *p, struct targets *out, struct err *err)
{
	TRY(page_open(q, r, p, err));
	*out = (struct targets){.q = q, .p = p, .u = &p->ui};
	if (!p->frame.tree)
		return OK;
	out->may = p->frame.role >= ACCESS_LEAD && !p->frame.past;
	return app_target_gap(q->app, p->frame.tree->units[p->frame.unit].id, p->lens.at, &out->v, err);
}

/* ---- the table ---- */

static void level_cell(struct ui *u, const struct view_gap_category *g, int level)
{
	html_raw(u->b, "<td>");
	ui_level(u->b, g->score.applicable ? level : 0);
	html_raw(u->b, "</td>");
}

static void user_cell(struct ui *u, str text)
{
	html_raw(u->b, "<td>");
	if (text.n)
		page_person(u, text);
	else
		html_raw(u->b, "–");
	html_raw(u->b, "</td>");
}

static void gap_cell(struct ui *u, const struct view_gap_category *g)
{
	struct buf *b = u->b;
	html_raw(b, "<td>");
	if (g->state == TARGET_REACHED) {
		html_raw(b, "<span class=\"v v-met\">");
		ui_icon(b, UI_MET, "");
	} else if (g->state == TARGET_LATE) {
		html_raw(b, "<span class=\"v v-not\">");
		ui_icon(b, UI_CLOCK, "");
	} else {
		html_raw(b, "<span>");
	}
	html_text(b, states[g->state]);
	html_raw(b, "</span>");
	if (g->difference > 0) {
		html_raw(b, ", <span class=\"nw\">");
		ui_plural(b, g->difference, S("level"), S("levels"));
		html_raw(b, " to go</span>");
	}
	html_raw(b, "</td>");
}

static void target_cells(const struct targets *t, const struct view_gap_category *g)
{
	const struct view_target *target = g->target;
	struct buf *b = t->u->b;
	if (!target) {
		html_raw(b, "<td>–</td><td>–</td>");
		gap_cell(t->u, g);
		html_raw(b, "<td>–</td><td>–</td><td class=\"w\">–</td>");
		return;
	}
	html_raw(b, "<td>");
	ui_level(b, target->level);
	html_raw(b, "</td><td class=\"nw\">");
	ui_day(b, target->due_ms);
	html_raw(b, "</td>");
	gap_cell(t->u, g);
	user_cell(t->u, target->owner);
	user_cell(t->u, target->approver);
	html_raw(b, "<td class=\"w\">");
	ui_user(b, target->because);
	if (g->inherited) {
		html_raw(b, "<small class=\"mut\"> Decided for ");
		ui_user(b, target->unit);
		html_raw(b, ".</small>");
	}
	html_raw(b, "</td>");
}

static void row(const struct targets *t, const struct view_gap_category *g)
{
	struct buf *b = t->u->b;
	html_raw(b, "<tr><th scope=\"row\">");
	ui_a(t->u, "", S("/category/"), g->category->id);
	html_text(b, g->category->title);
	html_raw(b, "</a></th>");
	level_cell(t->u, g, g->score.level);
	level_cell(t->u, g, g->score.level_evidenced);
	target_cells(t, g);
	html_raw(b, "<td>");
	if (t->may && g->score.applicable) {
		ui_a(t->u, "", S("/targets/"), g->category->id);
		buf_add(b, g->target && !g->inherited ? S("Change") : S("Set"));
		html_raw(b, "<span class=\"vh\"> target of ");
		html_text(b, g->category->title);
		html_raw(b, "</span></a>");
	}
	html_raw(b, "</td></tr>");
}

static void table(const struct targets *t)
{
	static const str heads[] = {S("Category"), S("Level"), S("Evidenced"), S("Target"),    S("By"),
				    S("State"),    S("Owner"), S("Approver"),  S("Rationale"), S("Act")};
	ui_table(t->u, S("Targets by category"));
	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
		ui_head_cell(t->u, heads[i], false);
	ui_table_body(t->u);
	for (size_t i = 0; i < t->v.n; i++)
		row(t, &t->v.categories[i]);
	ui_table_close(t->u);
	html_raw(t->u->b, "<div class=\"tfoot\"><span>");
	ui_plural(t->u->b, (int64_t)t->v.n, S("category"), S("categories"));
	html_raw(t->u->b, "</span>");
	ui_csv_link(t->u, S("/targets.csv"), NULL, 0);
	html_raw(t->u->b, "</div>");
	ui_table_end(t->u);
}

/* ---- the gap ---- */

static void gap(const struct targets *t, const struct view_gap_category *g)
{
	struct buf *b = t->u->b;
	int64_t days = 0;
	for (size_t i = 0; i < g->n_steps; i++)
		days += g->steps[i].effort_days;
	html_raw(b, "<details class=\"gap-list\"><summary><b>");
	html_text(b, g->category->title);
	html_raw(b, "</b> ");
	ui_level_to(b, g->score.level, g->target->level);
	html_raw(b, " <span class=\"sm sub\">");
	ui_plural(b, (int64_t)g->n_steps, S("objective"), S("objectives"));
	html_raw(b, ", about ");
	ui_plural(b, days, S("person-day"), S("person-days"));
	html_raw(b, ", by ");
	ui_day(b, g->target->due_ms);
	html_raw(b, "</span></summary><ol class=\"lift\">");
	for (size_t i = 0; i < g->n_steps; i++) {
		ui_step(t->u, g->steps[i].objective->level, &g->steps[i]);
		html_raw(b, "</span></li>");
	}
	html_raw(b, "</ol></details>");
}

static void gaps(const struct targets *t)
{
	bool some = false, any = false;
	for (size_t i = 0; i < t->v.n; i++)
		any |= t->v.categories[i].target != NULL;
	if (!any)
		return;
	html_raw(t->u->b, "<div class=\"gap\">");
	ui_section(t->u, S("h-g"), S("The gap"), S("What is missing up to each target"));
	for (size_t i = 0; i < t->v.n; i++)
		if (t->v.categories[i].difference > 0) {
			gap(t, &t->v.categories[i]);
			some = true;
		}
	if (!some)
		html_raw(t->u->b, "<p class=\"sub\">Nothing is missing up to the targets that were set.</p>");
	ui_section_end(t->u);
	html_raw(t->u->b, "</div>");
}

static void title(const struct targets *t)
{
	int64_t set = 0, reached = 0, late = 0;
	struct buf *b = t->u->b;
	for (size_t i = 0; i < t->v.n; i++) {
		set += t->v.categories[i].state != TARGET_NONE;
		reached += t->v.categories[i].state == TARGET_REACHED;
		late += t->v.categories[i].state == TARGET_LATE;
	}
	html_raw(b, "<h1>");
	if (set) {
		ui_count(b, reached);
		html_raw(b, " of ");
		ui_plural(b, set, S("target is reached"), S("targets are reached"));
		if (late) {
			html_raw(b, ", ");
			ui_plural(b, late, S("is late"), S("are late"));
		}
	} else {
		html_raw(b, "No target is set yet");
	}
	html_raw(
	    b, "</h1><p class=\"sub lead\">A target is a decision: the level, by when, and why. “We chose not to” is a "
	       "reason, too.</p>");
}

static void receipt(const struct targets *t)
{
	str set = request_field(&t->q->query, S("set")), withdrawn = request_field(&t->q->query, S("withdrawn"));
	struct buf *b = t->u->b;
	if (!set.n && !withdrawn.n)
		return;
	html_raw(b, "<p class=\"receipt\" role=\"status\"><span>The target of <b>");
	html_text(b, set.n ? set : withdrawn);
	buf_add(b, set.n ? S("</b> is set.</span></p>")
			 : S("</b> was withdrawn. What was decided before holds again.</span></p>"));
}

enum status page_targets(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct targets t;
	TRY(load(q, r, &p, &t, err));
	struct ui_head head = {.title = S("Targets"), .tab = UI_TAB_TARGETS};
	ui_page(t.u, &head);
	if (p.frame.tree) {
		receipt(&t);
		title(&t);
		html_raw(t.u->b, "<div class=\"gap-s targets-t\">");
		table(&t);
		html_raw(t.u->b, "</div>");
		gaps(&t);
	} else {
		html_raw(t.u->b, "<h1>Targets</h1>");
		ui_empty_start(t.u, S("There is no unit yet."), S("Targets belong to units of the organisation."));
	}
	ui_page_end(t.u, &head);
	return page_done(r, err);
}

enum status page_targets_csv(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct targets t;
	char due[TIME_TEXT];
	TRY(load(q, r, &p, &t, err));
	static const str heads[] = {S("category"), S("level"), S("evidenced"), S("target"),  S("by"),
				    S("state"),    S("owner"), S("approver"),  S("because"), S("unit")};
	static const str digits[] = {S(""), S("1"), S("2"), S("3"), S("4"), S("5")};
	csv_row(&r->body, heads, 10);
	for (size_t i = 0; i < t.v.n; i++) {
		const struct view_gap_category *g = &t.v.categories[i];
		const struct view_target *target = g->target;
		bool applies = g->score.applicable;
		csv_row(&r->body,
			(const str[]){
			    g->category->id, digits[applies ? g->score.level : 0],
			    digits[applies ? g->score.level_evidenced : 0], digits[target ? target->level : 0],
			    target ? time_format_day(target->due_ms, due) : S(""), target_state_name(g->state),
			    target ? target->owner : S(""), target && target->approver.p ? target->approver : S(""),
			    target ? target->because : S(""), target ? target->unit : S("")},
			10);
	}
	r->type = S("text/csv; charset=utf-8");
	r->disposition = S("attachment; filename=\"targets.csv\"");
	return page_done(r, err);
}

/* ---- one target ---- */

static const struct view_gap_category *find(const struct targets *t, struct err *err)
{
	for (size_t i = 0; i < t->v.n; i++)
		if (str_eq(t->v.categories[i].category->id, t->q->part[0]))
			return &t->v.categories[i];
	err_set(err, E_NOT_FOUND, "the model has no category \"%.*s\"", STR_ARG(t->q->part[0]));
	return NULL;
}

static void level_choice(const struct targets *t, const struct view_gap_category *g)
{
	int64_t on = g->target ? g->target->level : g->score.level < MODEL_LEVELS ? g->score.level + 1 : MODEL_LEVELS;
	str typed = ui_typed(t->u, S("level"));
	if (typed.p && !str_to_i64(typed, &on))
		on = 0;
	struct buf *b = t->u->b;
	html_raw(b, "<fieldset class=\"levels\"><legend>Level</legend>");
	for (int level = 1; level <= MODEL_LEVELS; level++) {
		html_raw(b, "<label class=\"opt\"><input type=\"radio\" name=\"level\" required value=\"");
		html_int(b, level);
		buf_add(b, level == on ? S("\" checked>") : S("\">"));
		ui_level(b, level);
		html_raw(b, "<span>");
		html_text(b, t->v.model->level_names[level - 1]);
		html_raw(b, "</span><small>");
		html_text(b, g->category->levels[level - 1]);
		html_raw(b, "</small></label>");
	}
	html_raw(b, "</fieldset>");
}

/* ---- a decision that another one came in between ---- */

static void level_of(struct ui *u, str typed)
{
	int64_t level = 0;
	if (str_to_i64(typed, &level) && level >= 1 && level <= MODEL_LEVELS)
		ui_level(u->b, (int)level);
	else
		html_raw(u->b, "–");
}

static void both_cells(const struct targets *t, str name, str theirs, str typed)
{
	struct buf *b = t->u->b;
	const str cells[] = {theirs, typed};
	html_raw(b, "<tr><th scope=\"row\">");
	html_text(b, name);
	html_raw(b, "</th>");
	for (int i = 0; i < 2; i++) {
		html_raw(b, "<td class=\"w\">");
		if (str_eq(name, S("Level")))
			level_of(t->u, cells[i]);
		else if (cells[i].n)
			ui_user(b, cells[i]);
		else
			html_raw(b, "–");
		html_raw(b, "</td>");
	}
	html_raw(b, "</tr>");
}

static void what_holds(const struct targets *t, const struct view_gap_category *g, bool own)
{
	struct buf *b = t->u->b;
	html_raw(b, "<p class=\"sub\">");
	if (!own)
		buf_add(b, g->target ? S("The target that you saw was withdrawn. What was decided for ")
				     : S("The target that you saw was withdrawn, and none holds now."));
	if (!g->target) {
		html_raw(b, "</p>");
		return;
	}
	if (!own) {
		ui_unit_name(t->u, g->target->unit);
		html_raw(b, " holds again, set by ");
	} else {
		html_raw(b, "What holds now was set by ");
	}
	page_person(t->u, g->target->author);
	html_raw(b, " on ");
	ui_time(b, g->target->recorded_ms);
	html_raw(b, ". When you set yours, it takes its place, and both stay on record.</p>");
}

/* Inside the form: beside what was typed stands what another one decided since the form was opened. */
static void meanwhile(const struct targets *t, const struct view_gap_category *g, str expected)
{
	const struct view_target *now = g->target;
	str seen = ui_typed(t->u, S("expected"));
	char day[TIME_TEXT], digits[24];
	if (!seen.p || str_eq(seen, expected))
		return;
	html_raw(t->u->b, "<section class=\"stack\" aria-labelledby=\"h-b\"><h2 id=\"h-b\">Decided meanwhile</h2>");
	what_holds(t, g, now && !g->inherited);
	if (now) {
		ui_table(t->u, S("What holds now, and what you wrote"));
		ui_head_cell(t->u, S("Part"), false);
		ui_head_cell(t->u, S("Holds now"), false);
		ui_head_cell(t->u, S("You wrote"), false);
		ui_table_body(t->u);
		both_cells(t, S("Level"), page_number(now->level, digits), ui_typed(t->u, S("level")));
		both_cells(t, S("By"), time_format_day(now->due_ms, day), ui_typed(t->u, S("due")));
		both_cells(t, S("Rationale"), now->because, ui_typed(t->u, S("because")));
		both_cells(t, S("Owner"), now->owner, ui_typed(t->u, S("owner")));
		both_cells(t, S("Approver"), now->approver, ui_typed(t->u, S("approver")));
		ui_table_close(t->u);
		ui_table_end(t->u);
	}
	html_raw(t->u->b, "</section>");
}

static void form(const struct targets *t, const struct view_gap_category *g, str action)
{
	const struct view_target *target = g->inherited ? NULL : g->target;
	struct buf *b = t->u->b;
	char day[TIME_TEXT], digits[24];
	ui_post(t->u, action, "stack decide");
	str unit = t->p->frame.tree->units[t->p->frame.unit].id;
	ui_hidden(t->u, S("unit"), unit);
	str expected = page_number(target && str_eq(target->unit, unit) ? target->id : 0, digits);
	ui_hidden(t->u, S("expected"), expected);
	meanwhile(t, g, expected);
	level_choice(t, g);
	html_raw(b, "<div class=\"name-of\">");
	ui_field(t->u, &(struct ui_field){.id = S("t-due"),
					  .name = S("due"),
					  .label = S("By"),
					  .type = S("date"),
					  .value = target ? time_format_day(target->due_ms, day) : S(""),
					  .required = true});
	html_raw(b, "</div>");
	ui_words(t->u, S("t-why"), S("because"), S("Why this level and not another"), target ? target->because : S(""),
		 true);
	html_raw(b, "<div class=\"grid g-2\">");
	ui_field(t->u, &(struct ui_field){.id = S("f-owner"),
					  .name = S("owner"),
					  .label = S("Owner"),
					  .value = target ? target->owner : S(""),
					  .hint = S("Who answers for reaching it."),
					  .required = true});
	ui_text_field(t->u, S("approver"), S("Approver"), target && target->approver.p ? target->approver : S(""),
		      S("Another person than you; may be left empty."));
	html_raw(b, "</div><p><button class=\"btn go\">Set target</button></p></form>");
}

static void withdrawal(const struct targets *t, str action)
{
	html_raw(t->u->b,
		 "<section class=\"sec gap-s\" aria-labelledby=\"h-w\"><header><h2 id=\"h-w\">Withdraw "
		 "it</h2></header><p class=\"sm sub\">What was decided before, here or above, holds again. Both "
		 "stay on record.</p>");
	ui_post(t->u, action, "stack decide gap-t");
	ui_hidden(t->u, S("unit"), t->p->frame.tree->units[t->p->frame.unit].id);
	ui_field(t->u,
		 &(struct ui_field){.id = S("t-gone"), .name = S("because"), .label = S("Why"), .required = true});
	html_raw(t->u->b, "<p><button class=\"btn\">Withdraw target</button></p></form></section>");
}

static enum status action(const struct targets *t, const char *after, str *out, struct err *err)
{
	struct buf b = BUF(4096);
	buf_add(&b, S("/targets/"));
	ui_url(&b, t->q->part[0]);
	buf_add(&b, str_from(after));
	*out = str_copy(t->q->arena, buf_str(&b));
	buf_release(&b);
	return out->p ? OK : err_full(err);
}

enum status page_targets_one(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct targets t;
	str set, withdraw;
	TRY(load(q, r, &p, &t, err));
	const struct view_gap_category *g = find(&t, err);
	if (!g)
		return E_NOT_FOUND;
	TRY(action(&t, "", &set, err));
	TRY(action(&t, "/withdraw", &withdraw, err));
	struct ui_head head = {.title = S("Target"), .tab = UI_TAB_TARGETS, .narrow = true};
	struct buf *b = t.u->b;
	ui_page(t.u, &head);
	html_raw(b, "<nav class=\"crumb\" aria-label=\"Position\">");
	ui_a(t.u, "", S("/targets"), (str){0});
	html_raw(b, "Targets</a></nav><h1>Target of ");
	html_text(b, g->category->title);
	html_raw(b, "</h1><p class=\"sub lead\">");
	ui_user(b, p.frame.tree->units[p.frame.unit].name);
	html_raw(b, " stands at ");
	ui_level(b, g->score.applicable ? g->score.level : 0);
	html_raw(b, ", evidenced ");
	ui_level(b, g->score.applicable ? g->score.level_evidenced : 0);
	html_raw(b, "</p>");
	ui_refusal(t.u);
	html_raw(b, "<div class=\"gap-s\">");
	if (t.may)
		form(&t, g, set);
	else
		html_raw(
		    b, "<p class=\"note info\"><span>Targets are set today, by a program lead of the unit.</span></p>");
	html_raw(b, "</div>");
	if (t.may && g->target && !g->inherited)
		withdrawal(&t, withdraw);
	ui_page_end(t.u, &head);
	return page_done(r, err);
}

/* ---- deciding ---- */

static enum status back(struct request *q, struct reply *r, const char *act, struct err *err)
{
	struct buf b = BUF(LIMIT_HEADER_BYTES);
	buf_add(&b, S("/targets?"));
	if (q->query_text.n) {
		buf_add(&b, q->query_text);
		buf_add(&b, S("&"));
	}
	buf_add(&b, str_from(act));
	buf_add(&b, S("="));
	ui_url(&b, q->part[0]);
	str location = str_copy(q->arena, buf_str(&b));
	buf_release(&b);
	if (!location.p)
		return err_full(err);
	request_redirect(r, location);
	return OK;
}

/* The page of the target again; the unit is the form's. */
static enum status again(struct request *q, struct reply *r, enum status status, const struct err *why, struct err *err)
{
	struct page_again page = {.serve = page_targets_one,
				  .words = {{S("is a level from"), S("level")},
					    {S("needs the day"), S("due")},
					    {S("is not a day"), S("due")},
					    {S("is over"), S("due")},
					    {S("the reason"), S("because")},
					    {S("the rationale"), S("because")},
					    {S("the owner"), S("owner")},
					    {S("the approver"), S("approver")}}};
	struct targets t = {.q = q};
	TRY(action(&t, "", &page.path, err));
	if (!request_field(&q->query, S("unit")).n)
		TRY(request_fields_add(&q->query, S("unit"), request_field(&q->form, S("unit")), q->arena, err));
	return page_refuse(q, r, status, why, &page, err);
}

static enum status read_target(const struct request *q, struct app_target *out, struct err *err)
{
	int64_t level = 0;
	str due = str_trim(request_field(&q->form, S("due")));
	*out = (struct app_target){.category = q->part[0],
				   .unit = request_field(&q->form, S("unit")),
				   .because = request_field(&q->form, S("because")),
				   .owner = request_field(&q->form, S("owner")),
				   .approver = str_trim(request_field(&q->form, S("approver")))};
	if (!str_to_i64(request_field(&q->form, S("level")), &level) || level < 1 || level > MODEL_LEVELS)
		return err_set(err, E_INVALID, "a target is a level from 1 to %d", MODEL_LEVELS);
	out->level = (int)level;
	out->has_expected = str_to_i64(request_field(&q->form, S("expected")), &out->expected);
	out->due.given = due.n > 0;
	if (!due.n || time_parse(due, &out->due.ms))
		return OK;
	err_set(err, E_INVALID, "\"%.*s\" is not a day", STR_ARG(due));
	err_hint(err, "write a day as 2026-11-01");
	return E_INVALID;
}

enum status page_targets_set(struct request *q, struct reply *r, struct err *err)
{
	struct app_target t;
	struct view_target out;
	bool unchanged;
	struct err why = {0};
	enum status status = read_target(q, &t, &why);
	if (status == OK)
		status = app_target_set(q->app, &t, &out, &unchanged, &why);
	return status == OK ? back(q, r, "set", err) : again(q, r, status, &why, err);
}

enum status page_targets_withdraw(struct request *q, struct reply *r, struct err *err)
{
	struct view_target out, then;
	struct err why = {0};
	enum status status = app_target_withdraw(q->app, q->part[0], request_field(&q->form, S("unit")),
						 request_field(&q->form, S("because")), &out, &then, &why);
	return status == OK ? back(q, r, "withdrawn", err) : again(q, r, status, &why, err);
}
