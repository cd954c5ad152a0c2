#include "web/page/compare.h"

#include "app/access.h"
#include "base/csv.h"
#include "base/limits.h"
#include "base/time.h"
#include "core/view_shown.h"
#include "web/route.h"
#include "web/ui_form.h"

/* What was asked, as it was written. */
struct asked {
	str unit, at, with, with_at;
};

struct compare {
	struct request *q;
	struct page p;
	struct asked asked;
	struct ui_refused refused; /* path empty: nothing was */
	struct app_compare sides;
	struct view_compare v;
	bool compared;
};

/* ---- what is asked ---- */

/* What is refused is kept for its field, anything worse is given back. */
static enum status refuse(struct compare *c, struct reply *r, enum status status, const struct err *why, str field,
			  struct err *err)
{
	if (status != E_NOT_FOUND && status != E_DENIED && status != E_INVALID) {
		*err = *why;
		return status;
	}
	r->status = route_http_status(status);
	c->refused = (struct ui_refused){.path = S("/compare"), .why = *why, .at = field};
	return OK;
}

/* The address with a unit or an instant that cannot be is no reason to lose the form: then it stands without a lens. */
static enum status open_page(struct request *q, struct reply *r, struct compare *c, struct err *err)
{
	struct err why = {0};
	enum status status = page_open(q, r, &c->p, &why);
	if (status == OK)
		return OK;
	TRY(refuse(c, r, status, &why, S("unit"), err));
	struct request_fields asked = q->query;
	q->query.n = 0;
	status = page_open(q, r, &c->p, err);
	q->query = asked;
	return status;
}

static enum status load(struct request *q, struct reply *r, struct compare *c, struct err *err)
{
	*c = (struct compare){.q = q,
			      .asked = {.unit = request_field(&q->query, S("unit")),
					.at = str_trim(request_field(&q->query, S("at"))),
					.with = str_trim(request_field(&q->query, S("with"))),
					.with_at = str_trim(request_field(&q->query, S("with_at")))}};
	TRY(open_page(q, r, c, err));
	if (!c->p.frame.tree || c->refused.path.n)
		return OK;
	struct err why = {0};
	c->sides = (struct app_compare){.unit = c->p.lens.unit,
					.with_unit = c->asked.with,
					.at = c->p.lens.at,
					.with_at = c->p.lens.vs,
					.deployment = c->p.lens.deployment};
	enum status status = page_time(q, S("with_at"), &c->sides.with_at, &why);
	if (status != OK)
		return refuse(c, r, status, &why, S("with_at"), err);
	status = app_compare(q->app, &c->sides, &c->v, &why);
	c->compared = status == OK;
	return c->compared ? OK : refuse(c, r, status, &why, S("with"), err);
}

/* ---- the form ---- */

/* The date of the other side that was asked for, in the form or as what the whole page is compared with. */
static str other_date(const struct compare *c, char room[TIME_TEXT])
{
	const struct app_time *vs = &c->p.lens.vs;
	return c->asked.with_at.n || !vs->given ? c->asked.with_at : time_format(vs->ms, room);
}

/* A date field takes a day alone, and nothing that is none. */
static str day_of(str text, char room[TIME_TEXT])
{
	int64_t ms;
	return time_parse(text, &ms) ? time_format_day(ms, room) : (str){0};
}

static enum status form(struct compare *c, struct err *err)
{
	struct ui *u = &c->p.ui;
	struct ui bare = *u;
	struct app_lens only = {.deployment = c->p.lens.deployment};
	struct ui_unit_list list;
	char days[2][TIME_TEXT], room[TIME_TEXT];
	const struct asked *a = &c->asked;
	str one = a->unit.n ? a->unit : c->p.frame.tree->units[c->p.frame.unit].id;
	TRY(page_units_list(c->q, c->p.frame.tree, ACCESS_READER, &list, err));
	bare.lens = &only;
	u->refused = c->refused.path.n ? &c->refused : NULL;
	u->again = ui_is_again(u, S("/compare"), (struct ui_pair){0});
	html_raw(u->b, "<form class=\"sides\" action=\"/compare\"><fieldset class=\"stack\"><legend>One side</legend>");
	ui_unit_pick(u, &list,
		     &(struct ui_unit_pick){.id = S("c-a"), .name = S("unit"), .label = S("Unit"), .value = one},
		     S("c-units"));
	ui_field(u, &(struct ui_field){.id = S("c-at"),
				       .name = S("at"),
				       .label = S("As of"),
				       .type = S("date"),
				       .value = day_of(a->at, days[0]),
				       .hint = S("Empty: now.")});
	html_raw(u->b, "</fieldset><fieldset class=\"stack\"><legend>The other side</legend>");
	ui_unit_pick(
	    u, &list,
	    &(struct ui_unit_pick){
		.id = S("c-b"), .name = S("with"), .label = S("Unit"), .value = a->with, .none = S("the same unit")},
	    S("c-units"));
	ui_field(u, &(struct ui_field){.id = S("c-bt"),
				       .name = S("with_at"),
				       .label = S("As of"),
				       .type = S("date"),
				       .value = day_of(other_date(c, room), days[1]),
				       .hint = S("Empty: the same day for two units; for one the usual "
						 "day before it, or the first day of which anything is known.")});
	html_raw(u->b, "</fieldset><div class=\"row\">");
	ui_lens_fields(&bare);
	if (c->p.lens.at.given)
		ui_exact(u, S("at"), c->p.lens.at.ms);
	if (a->with_at.n && c->sides.with_at.given)
		ui_exact(u, S("with_at"), c->sides.with_at.ms);
	html_raw(u->b, "<button class=\"btn go\">Compare</button></div></form>");
	u->again = false;
	ui_unit_offer(u, &list, S("c-units"));
	return OK;
}

/* ---- what comes out ---- */

void page_compare_instant(struct buf *b, const struct view_compare *v, int64_t ms)
{
	char one[TIME_TEXT], other[TIME_TEXT];
	bool same = str_eq(time_format_day(v->a.at_ms, one), time_format_day(v->b.at_ms, other));
	if (same && v->a.at_ms != v->b.at_ms)
		ui_time(b, ms);
	else
		ui_day(b, ms);
}

static void side_words(struct buf *b, const struct view_compare *v, const struct view_compare_side *s)
{
	ui_user(b, s->unit_name);
	html_raw(b, " as of ");
	page_compare_instant(b, v, s->at_ms);
}

/* "Retail stands 0.50 above Cloud, both as of …." */
static void difference(const struct compare *c)
{
	const struct view_compare *v = &c->v;
	struct buf *b = c->p.ui.b;
	bool same_unit = str_eq(v->a.unit_id, v->b.unit_id), same_time = v->a.at_ms == v->b.at_ms;
	int32_t apart = view_shown_change(v->b.score.program.index, v->a.score.program.index);
	if (same_time)
		ui_user(b, v->a.unit_name);
	else
		side_words(b, v, &v->a);
	html_raw(b, " stands ");
	if (apart) {
		ui_index(b, apart < 0 ? -apart : apart);
		buf_add(b, apart < 0 ? S(" below ") : S(" above "));
	} else {
		html_raw(b, "level with ");
	}
	if (same_unit) {
		html_raw(b, "itself as of ");
		page_compare_instant(b, v, v->b.at_ms);
	} else if (same_time) {
		ui_user(b, v->b.unit_name);
		html_raw(b, ", both as of ");
		ui_day(b, v->a.at_ms);
	} else {
		side_words(b, v, &v->b);
	}
	html_raw(b, ".");
}

/* Nothing is said about a side of which nothing is known: unknown is not level 1. */
static void sentence(const struct compare *c)
{
	const struct view_compare *v = &c->v;
	const struct view_compare_side *silent = !v->a.known ? &v->a : !v->b.known ? &v->b : NULL;
	struct buf *b = c->p.ui.b;
	html_raw(b, "<p class=\"sub lead\">");
	if (silent) {
		html_raw(b, "Nothing was known of ");
		side_words(b, v, silent);
		html_raw(b, ", so there is no difference to tell.");
	} else if (!v->comparable) {
		html_raw(b, "To one of the sides no category applies, so there is no difference to tell.");
	} else {
		difference(c);
	}
	html_raw(b, "</p>");
}

static struct app_time time_of(const struct view_compare_side *s, const struct app *app)
{
	return (struct app_time){s->at_ms != app->now_ms, s->at_ms};
}

/* The same two sides the other way round. */
static void swap_link(struct compare *c, const struct app_lens *other)
{
	struct ui turned = c->p.ui;
	char text[TIME_TEXT];
	turned.lens = other;
	html_raw(turned.b, "<a class=\"btn\" href=\"");
	struct ui_address to = ui_address(&turned, S("/compare"));
	ui_more(&to, S("with"), c->v.a.unit_id);
	ui_more(&to, S("with_at"), time_format(c->v.a.at_ms, text));
	html_raw(turned.b, "\">Turn round</a>");
}

static void csv_link(struct compare *c, str path)
{
	struct ui *u = &c->p.ui;
	char text[TIME_TEXT];
	html_raw(u->b, "<a class=\"btn\" href=\"");
	struct ui_address to = ui_address(u, path);
	ui_more(&to, S("with"), c->v.b.unit_id);
	ui_more(&to, S("with_at"), time_format(c->v.b.at_ms, text));
	html_raw(u->b, "\">");
	ui_icon(u->b, UI_SAVE, "");
	html_raw(u->b, "CSV</a>");
}

static enum status outcome(struct compare *c, struct err *err)
{
	struct app_lens lens = c->p.lens, other = c->p.lens;
	struct ui one = c->p.ui, two = c->p.ui;
	lens.unit = c->v.a.unit_id;
	other.unit = c->v.b.unit_id;
	other.at = time_of(&c->v.b, c->q->app);
	lens.vs = other.vs = (struct app_time){0};
	one.lens = &lens;
	two.lens = &other;
	struct page_compare parts = {.u = &one, .other = &two, .v = &c->v, .a = c->q->arena};
	html_raw(one.b, "<div class=\"gap-s\">");
	TRY(page_compare_categories(&parts, err));
	html_raw(one.b, "</div><p class=\"row gap-t\">");
	swap_link(c, &other);
	csv_link(c, S("/compare.csv"));
	html_raw(one.b, "</p>");
	if (!c->v.a.known || !c->v.b.known)
		return OK;
	page_compare_objectives(&parts);
	if (c->v.n) {
		html_raw(one.b, "<p class=\"gap-t\">");
		csv_link(c, S("/compare/objectives.csv"));
		html_raw(one.b, "</p>");
	}
	return OK;
}

enum status page_compare(struct request *q, struct reply *r, struct err *err)
{
	struct compare c;
	struct ui_head head = {.title = S("Compare"), .tab = UI_TAB_UNITS};
	TRY(load(q, r, &c, err));
	struct ui *u = &c.p.ui;
	ui_page(u, &head);
	html_raw(u->b, "<h1>Compare</h1>");
	if (!c.p.frame.tree) {
		ui_empty(u, S("No unit is known yet."), S("Two units, or one at two dates, are compared."), S("/start"),
			 S("Begin"));
	} else {
		if (c.compared)
			sentence(&c);
		else
			html_raw(u->b, "<p class=\"sub lead\">Two units, or one at two dates.</p>");
		TRY(form(&c, err));
		if (c.compared)
			TRY(outcome(&c, err));
	}
	ui_page_end(u, &head);
	return page_done(r, err);
}

/* ---- as CSV ---- */

enum { CELLS = 15 };

struct row {
	str cells[CELLS];
	char room[CELLS][24];
	size_t n;
};

static void put(struct row *r, str text)
{
	r->cells[r->n++] = text;
}

static void put_number(struct row *r, int64_t n)
{
	r->cells[r->n] = page_number(n, r->room[r->n]);
	r->n++;
}

/* Thousandths; empty where nothing is known, which is not zero. */
static void put_category(struct row *r, const struct score_category *s)
{
	if (!s->applicable || view_compare_is_silent(s)) {
		put(r, s->applicable ? S("unknown") : S("not_applicable"));
		put(r, S(""));
		put(r, S(""));
		put(r, S(""));
		return;
	}
	put_number(r, s->level);
	put_number(r, s->index);
	put_number(r, s->level_evidenced);
	put_number(r, s->index_evidenced);
}

static void put_objective(struct row *r, const struct score_objective *s)
{
	put(r, score_verdict_name(s->verdict));
	if (s->verdict == SCORE_NOT_APPLICABLE) {
		put(r, S(""));
		put(r, S(""));
		put(r, S(""));
		return;
	}
	put_number(r, s->tally.yes);
	put_number(r, s->tally.no);
	put_number(r, s->tally.unknown);
}

static void category_rows(struct buf *b, const struct view_compare *v)
{
	csv_row(b,
		(const str[]){S("category"), S("title"), S("a_level"), S("a_index"), S("a_level_evidenced"),
			      S("a_index_evidenced"), S("b_level"), S("b_index"), S("b_level_evidenced"),
			      S("b_index_evidenced"), S("difference"), S("difference_evidenced")},
		12);
	for (size_t i = 0; i < v->model->n_categories; i++) {
		struct row r = {.n = 0};
		int32_t apart;
		put(&r, v->model->categories[i].id);
		put(&r, v->model->categories[i].title);
		put_category(&r, &v->a.score.categories[i]);
		put_category(&r, &v->b.score.categories[i]);
		if (view_compare_claimed(v, i, &apart))
			put_number(&r, apart);
		else
			put(&r, S(""));
		if (view_compare_evidenced(v, i, &apart))
			put_number(&r, apart);
		else
			put(&r, S(""));
		csv_row(b, r.cells, r.n);
	}
}

static void objective_rows(struct buf *b, const struct view_compare *v)
{
	csv_row(b,
		(const str[]){S("category"), S("objective"), S("title"), S("a_verdict"), S("a_yes"), S("a_no"),
			      S("a_unknown"), S("b_verdict"), S("b_yes"), S("b_no"), S("b_unknown")},
		11);
	for (size_t i = 0; i < v->n; i++) {
		const struct model_objective *o = &v->model->objectives[v->objectives[i].objective];
		struct row r = {.n = 0};
		put(&r, v->model->categories[o->category].id);
		put(&r, o->id);
		put(&r, o->title);
		put_objective(&r, &v->a.score.objectives[v->objectives[i].objective]);
		put_objective(&r, &v->b.score.objectives[v->objectives[i].objective]);
		csv_row(b, r.cells, r.n);
	}
}

/* What was refused is no table. */
static enum status load_table(struct request *q, struct reply *r, struct compare *c, struct err *err)
{
	TRY(load(q, r, c, err));
	if (c->compared)
		return OK;
	*err = c->refused.why;
	return err->status ? err->status : err_set(err, E_NOT_FOUND, "no units yet");
}

enum status page_compare_csv(struct request *q, struct reply *r, struct err *err)
{
	struct compare c;
	TRY(load_table(q, r, &c, err));
	category_rows(&r->body, &c.v);
	return page_csv(q, r, S("compare"), err);
}

enum status page_compare_objectives_csv(struct request *q, struct reply *r, struct err *err)
{
	struct compare c;
	TRY(load_table(q, r, &c, err));
	objective_rows(&r->body, &c.v);
	return page_csv(q, r, S("compare-objectives"), err);
}
