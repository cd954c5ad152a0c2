#include "base/time.h"
#include "core/view_sentence.h"
#include "core/view_target.h"
#include "web/page/overview.h"
#include "web/ui_table.h"

enum { EXPIRIES_OPEN = 6, LISTED = 4 }; /* the rest of them is folded */

/* ---- facts ---- */

static void fact(const struct page_overview *p, str name)
{
	html_raw(p->u->b, "<div><dt>");
	html_text(p->u->b, name);
	html_raw(p->u->b, "</dt><dd>");
}

static void why(const struct page_overview *p)
{
	html_raw(p->u->b, "</dd><dd class=\"why\">");
}

static void fact_end(const struct page_overview *p)
{
	html_raw(p->u->b, "</dd></div>");
}

/* "IAM, MON and 3 more" with links to each. */
static void categories(const struct page_overview *p, const int *list, size_t n)
{
	struct buf *b = p->u->b;
	size_t shown = n > 5 ? 4 : n;
	for (size_t i = 0; i < shown; i++) {
		str id = p->v->model->categories[list[i]].id;
		if (i)
			buf_add(b, i + 1 == n ? S(" and ") : S(", "));
		ui_a(p->u, "", S("/category/"), id);
		html_text(b, id);
		html_raw(b, "</a>");
	}
	if (shown < n) {
		html_raw(b, " <a href=\"#h-hm\">and ");
		html_int(b, (int64_t)(n - shown));
		html_raw(b, " more</a>");
	}
}

static void floor_fact(const struct page_overview *p)
{
	struct buf *b = p->u->b;
	fact(p, S("Floor"));
	html_raw(b, "<a href=\"#h-hm\">");
	html_int(b, p->v->now.program.floor);
	html_raw(b, "</a> ");
	ui_level(b, p->v->now.program.floor);
	why(p);
	categories(p, p->v->holders, p->v->n_holders);
	buf_add(b, p->v->n_holders == 1 ? S(" stands there.") : S(" stand there."));
	fact_end(p);
}

static void evidenced_fact(const struct page_overview *p)
{
	const struct view_words *w = &p->v->words;
	struct buf *b = p->u->b;
	fact(p, S("Evidenced"));
	html_raw(b, "<a href=\"#h-w\">");
	ui_index(b, p->v->now.program.index_evidenced);
	html_raw(b, "</a>");
	why(p);
	for (size_t i = 0; i < w->n_falls; i++) {
		if (i)
			buf_add(b, i + 1 == w->n_falls ? S(" and ") : S(", "));
		html_text(b, p->v->model->categories[w->falls[i].category].id);
	}
	if (w->n_falls)
		buf_add(b, w->n_falls == 1 ? S(" stands higher on people’s word than on evidence.")
					   : S(" stand higher on people’s word than on evidence."));
	else
		html_raw(b, "No level stands on people’s word alone.");
	fact_end(p);
}

static void known_fact(const struct page_overview *p)
{
	const struct view_words *w = &p->v->words;
	struct buf *b = p->u->b;
	fact(p, S("Known"));
	ui_a(p->u, "", S("/units"), (str){0});
	ui_share(b, p->v->now.program.coverage);
	html_raw(b, "</a>");
	why(p);
	for (size_t i = 0; i < w->n_rises; i++) {
		if (i)
			buf_add(b, i + 1 == w->n_rises ? S(" and ") : S(", "));
		html_text(b, p->v->model->categories[w->rises[i].category].id);
	}
	if (w->n_rises)
		html_raw(b, " could rise if the unknown turns out well.");
	else
		html_raw(b, "The unknown can lift no level.");
	fact_end(p);
}

static void high_fact(const struct page_overview *p)
{
	fact(p, S("At most"));
	html_raw(p->u->b, "<a href=\"#h-w\">");
	ui_index(p->u->b, p->v->now.program.index_high);
	html_raw(p->u->b, "</a>");
	why(p);
	html_raw(p->u->b, "If everything unknown turned out well.");
	fact_end(p);
}

/* "Target by 31 Dec 2027"; a number of the whole only when every category that applies has its target. */
static void target_fact(const struct page_overview *p)
{
	struct view_target_program t = view_target_program(p->v->model, &p->v->now, p->v->targets);
	struct buf *b = p->u->b;
	html_raw(b, "<div><dt>Target");
	if (t.index >= 0) {
		html_raw(b, " by ");
		ui_day(b, t.due_ms);
	}
	html_raw(b, "</dt><dd>");
	ui_a(p->u, "", S("/targets"), (str){0});
	if (t.index >= 0) {
		ui_index(b, t.index);
	} else {
		html_int(b, t.targets);
		html_raw(b, " of ");
		html_int(b, t.categories);
	}
	html_raw(b, "</a>");
	why(p);
	if (t.index < 0) {
		buf_add(b, t.targets == 1 ? S("category has a target.") : S("categories have a target."));
	} else {
		html_int(b, t.below);
		html_raw(b, " of ");
		html_int(b, t.categories);
		buf_add(b, t.below == 1 ? S(" is below its target.") : S(" are below their target."));
	}
	fact_end(p);
}

void page_overview_facts(const struct page_overview *p)
{
	if (!p->v->now.program.applicable)
		return;
	buf_add(p->u->b, p->v->targets ? S("<dl class=\"facts aimed\">") : S("<dl class=\"facts\">"));
	floor_fact(p);
	evidenced_fact(p);
	known_fact(p);
	high_fact(p);
	if (p->v->targets)
		target_fact(p);
	html_raw(p->u->b, "</dl>");
}

/* ---- word and evidence ---- */

static void objective_link(const struct page_overview *p, int objective)
{
	str id = p->v->model->objectives[objective].id;
	ui_a(p->u, "", S("/objective/"), id);
	html_text(p->u->b, id);
	html_raw(p->u->b, "</a>");
}

/* Objectives come one by one; from the fourth on they are folded, if there are more than four. */
static void listed(const struct page_overview *p, size_t i, size_t n, int objective)
{
	struct buf *b = p->u->b;
	bool folds = n > LISTED;
	if (folds && i == LISTED - 1) {
		html_raw(b, "<details class=\"data more\"><summary>and ");
		html_int(b, (int64_t)(n - i));
		html_raw(b, " more</summary>");
	} else if (i) {
		html_raw(b, ", ");
	}
	objective_link(p, objective);
	if (folds && i + 1 == n)
		html_raw(b, "</details>");
}

static void row_start(const struct page_overview *p, int category)
{
	html_raw(p->u->b, "<li><b class=\"xs\">");
	html_text(p->u->b, p->v->model->categories[category].id);
	html_raw(p->u->b, "</b><div class=\"t\">");
}

static void row_end(const struct page_overview *p, int from, int to)
{
	html_raw(p->u->b, "</div><span class=\"end\">");
	ui_level_to(p->u->b, from, to);
	html_raw(p->u->b, "</span></li>");
}

static void fall(const struct page_overview *p, const struct view_word_fall *f)
{
	struct buf *b = p->u->b;
	row_start(p, f->category);
	for (size_t i = 0; i < f->n; i++)
		listed(p, i, f->n, f->objectives[i].objective);
	html_raw(b, " <span class=\"sub sm\">");
	if (f->n == 1 && f->objectives[0].unit != UNIT_NONE && p->v->lens.tree->n > 1) {
		html_raw(b, "in ");
		ui_user(b, p->v->lens.tree->units[f->objectives[0].unit].name);
	} else {
		html_raw(b, "attested, not reviewed");
	}
	html_raw(b, "</span>");
	row_end(p, f->from, f->to);
}

void page_overview_words(const struct page_overview *p)
{
	const struct view_words *w = &p->v->words;
	struct buf *b = p->u->b;
	ui_section(p->u, S("h-w"), S("Word and evidence"),
		   S("What falls on evidence alone; what the unknown could lift"));
	if (!w->n_falls && !w->n_rises)
		html_raw(b, "<p class=\"sub\">Evidence carries every level, and the unknown can lift none.</p>");
	html_raw(b, "<ul class=\"items mini\">");
	for (size_t i = 0; i < w->n_falls; i++)
		fall(p, &w->falls[i]);
	for (size_t i = 0; i < w->n_rises; i++) {
		row_start(p, w->rises[i].category);
		ui_a(p->u, "", S("/category/"), p->v->model->categories[w->rises[i].category].id);
		html_int(b, w->rises[i].n_open);
		html_raw(b, " open</a> <span class=\"sub sm\">could turn out well</span>");
		row_end(p, w->rises[i].from, w->rises[i].to);
	}
	html_raw(b, "</ul>");
	ui_section_end(p->u);
}

/* ---- what moved it ---- */

static void moved(const struct page_overview *p, const struct view_move *m)
{
	struct buf *b = p->u->b;
	html_raw(b, "<div class=\"d\">");
	for (size_t i = 0; i < m->n_objectives; i++)
		listed(p, i, m->n_objectives, m->objectives[i].objective);
	html_raw(b, "</div>");
}

static void other(const struct page_overview *p)
{
	const struct view_moves *m = &p->v->moves;
	struct buf *b = p->u->b;
	html_raw(b, "<li><span class=\"no\" aria-hidden=\"true\">=</span><span class=\"t\">Everything else</span><span "
		    "class=\"when end\">");
	ui_change(b, m->shown_other);
	html_raw(b, "</span><span class=\"d\">Objectives within a level. All together the index moved by ");
	ui_change(b, m->shown_difference);
	html_raw(b, ".</span></li>");
}

/* To both sides of the difference that is shown here. */
static void compare_link(const struct page_overview *p)
{
	const struct view_moves *m = &p->v->moves;
	struct app_lens lens = *p->u->lens;
	struct ui u = *p->u;
	if (m->at_ms != p->v->lens.at_ms)
		lens.at = (struct app_time){true, m->at_ms};
	u.lens = &lens;
	ui_a_compare(&u, "link", m->from_ms);
	html_raw(u.b, "Compare the two dates</a>");
}

enum status page_overview_moves(const struct page_overview *p, struct err *err)
{
	const struct view_moves *m = &p->v->moves;
	struct buf *b = p->u->b, text = BUF(4096);
	ui_section_begin(p->u, S("h-m"), S("What moved it"), (str){0});
	if (m->known)
		compare_link(p);
	ui_section_begun(p->u);
	if (!m->known)
		html_raw(b,
			 "<p class=\"sub\">Nothing can have moved yet: a comparison needs two dates with facts.</p>");
	html_raw(b, "<ol class=\"items\">");
	for (size_t i = 0; i < m->n; i++) {
		const struct view_move *one = &m->list[i];
		buf_clear(&text);
		view_sentence_move(&text, p->v->model, one);
		html_raw(b, "<li><span class=\"no\">");
		html_int(b, (int64_t)i + 1);
		html_raw(b, "</span><span class=\"t\">");
		html_text(b, buf_str(&text));
		html_raw(b, "</span><span class=\"when end\">");
		html_raw(b, "by ");
		ui_day(b, one->at_ms);
		html_raw(b, "&ensp;");
		ui_change(b, one->shown);
		html_raw(b, "</span>");
		moved(p, one);
		html_raw(b, "</li>");
	}
	if (m->known)
		other(p);
	html_raw(b, "</ol>");
	ui_section_end(p->u);
	enum status status = text.status;
	buf_release(&text);
	return status == OK ? OK : err_set(err, status, "a sentence is too long");
}

/* ---- what could come, and what will go ---- */

void page_overview_lifts(const struct page_overview *p)
{
	struct buf *b = p->u->b;
	ui_section(p->u, S("h-n"), S("Cheapest next levels"), (str){0});
	html_raw(b, "<ul class=\"items lvl-l\">");
	for (size_t i = 0; i < p->v->n_lifts && i < 5; i++) {
		const struct view_lift *l = &p->v->lifts[i];
		const struct model_category *c = &p->v->model->categories[l->category];
		html_raw(b, "<li>");
		ui_level(b, l->to);
		html_raw(b, "<span class=\"t\">");
		ui_a(p->u, "", S("/category/"), c->id);
		html_text(b, c->id);
		html_raw(b, "</a> ");
		ui_plural(b, (int64_t)l->n_steps, S("objective"), S("objectives"));
		html_raw(b, "</span><span class=\"when end\">");
		ui_plural(b, l->days, S("day"), S("days"));
		html_raw(b, "</span><span class=\"d\">");
		for (size_t k = 0; k < l->n_steps && k < 4; k++) {
			if (k)
				html_raw(b, ", ");
			objective_link(p, (int)(l->steps[k].objective - p->v->model->objectives));
		}
		if (l->holds_floor && l->floor_to > p->v->now.program.floor) {
			html_raw(b, ". Lifts the floor of the program to ");
			html_int(b, l->floor_to);
		} else if (l->holds_floor) {
			html_raw(b, ". One of those that hold the floor");
		}
		html_raw(b, ".</span></li>");
	}
	html_raw(b, "</ul>");
	ui_section_end(p->u);
}

/* Where it ends: "in Retail", "in 3 units". */
static void where(const struct page_overview *p, const struct view_expiry *e)
{
	struct buf *b = p->u->b;
	if (p->v->lens.tree->n < 2)
		return;
	html_raw(b, " in ");
	if (e->unit != UNIT_NONE)
		ui_user(b, p->v->lens.tree->units[e->unit].name);
	else
		ui_plural(b, e->units, S("unit"), S("units"));
}

/* What ends: a feed, a person's word, or what a source says. */
static void who(const struct page_overview *p, const struct view_expiry *e)
{
	struct buf *b = p->u->b;
	html_raw(b, "<span class=\"d\">");
	if (e->ends_ruling)
		html_raw(b, "The override ends. ");
	if (e->feed.n) {
		html_raw(b, "Feed ");
		if (ui_sees_whole(p->u))
			ui_a(p->u, "", S("/evidence/feed/"), e->feed);
		ui_user(b, e->feed);
		if (ui_sees_whole(p->u))
			html_raw(b, "</a>");
	} else if (e->reviewer.n) {
		html_raw(b, "Reviewed by ");
		page_person(p->u, e->reviewer);
	} else if (e->author.n && e->basis != MEASURE_MEASURED) {
		buf_add(b, e->basis == MEASURE_ATTESTED ? S("Attested by ") : S("Recorded by "));
		page_person(p->u, e->author);
	} else {
		html_raw(b, "Source ");
		ui_user(b, e->source_name);
	}
	where(p, e);
	html_raw(b, "</span>");
}

static void expiries(const struct page_overview *p, size_t from, size_t to)
{
	struct buf *b = p->u->b;
	html_raw(b, "<ul class=\"items exp\">");
	for (size_t i = from; i < to; i++) {
		const struct view_expiry *e = &p->v->expiries.list[i];
		html_raw(b, "<li><span class=\"when\">");
		ui_plural(b, (e->ends_ms - p->v->lens.at_ms) / TIME_DAY_MS, S("day"), S("days"));
		html_raw(b, "</span><span class=\"t\">");
		objective_link(p, e->objective);
		html_raw(b, " ");
		html_text(b, p->v->model->objectives[e->objective].title);
		html_raw(b, "</span><span class=\"end\">");
		ui_level_to(b, e->from, e->to);
		html_raw(b, "</span>");
		who(p, e);
		html_raw(b, "</li>");
	}
	html_raw(b, "</ul>");
}

void page_overview_expiries(const struct page_overview *p)
{
	const struct view_expiries *list = &p->v->expiries;
	size_t first = list->n < EXPIRIES_OPEN ? list->n : EXPIRIES_OPEN;
	struct buf *b = p->u->b;
	ui_section(p->u, S("h-e"), S("Expires next"), S("and what would fall"));
	if (!list->n) {
		html_raw(b, "<p class=\"sub\">Nothing that expires within ");
		ui_plural(b, list->within_ms / TIME_DAY_MS, S("day"), S("days"));
		html_raw(b, " would change a level.</p>");
	}
	expiries(p, 0, first);
	if (list->n > first) {
		html_raw(b, "<details class=\"data\"><summary>");
		html_int(b, (int64_t)(list->n - first));
		html_raw(b, " more</summary>");
		expiries(p, first, list->n);
		html_raw(b, "</details>");
	}
	if (list->total > list->n) {
		html_raw(b, "<p class=\"sm mut\">");
		html_int(b, (int64_t)(list->total - list->n));
		html_raw(b, " later ones are not listed</p>");
	}
	ui_section_end(p->u);
}

enum status page_overview_troubles(const struct page_overview *p, struct err *err)
{
	static const struct {
		enum ui_icon icon;
		const char *icon_class;
		str pill, word;
	} shapes[VIEW_TROUBLE_KINDS] = {
	    [VIEW_TROUBLE_REFUSED] = {UI_NOT_MET, "down", S("pill bad end"), S("refused")},
	    [VIEW_TROUBLE_STALE] = {UI_WARNING, "stale", S("pill is-stale end"), S("stale")},
	    [VIEW_TROUBLE_LATE] = {UI_CLOCK, "stale", S("pill warn end"), S("late")},
	    [VIEW_TROUBLE_ENDING] = {UI_WARNING, "stale", S("pill warn end"), S("ends soon")},
	};
	const struct view_troubles *t = &p->v->troubles;
	struct buf *b = p->u->b, text = BUF(8192);
	ui_section_begin(p->u, S("h-f"), S("Feeds in trouble"), (str){0});
	ui_a(p->u, "link", S("/evidence"), (str){0});
	html_raw(b, "All feeds</a>");
	ui_section_begun(p->u);
	if (!t->n)
		buf_add(b, t->feeds ? S("<p class=\"sub\">Every feed is fresh.</p>")
				    : S("<p class=\"sub\">No feed brings evidence yet.</p>"));
	html_raw(b, "<ul class=\"items\">");
	for (size_t i = 0; i < t->n && i < 6; i++) {
		const struct view_trouble *one = &t->list[i];
		buf_clear(&text);
		view_sentence_trouble(&text, one, p->v->lens.at_ms);
		html_raw(b, "<li>");
		ui_icon(b, shapes[one->kind].icon, shapes[one->kind].icon_class);
		html_raw(b, "<span class=\"t\">");
		ui_a(p->u, "", S("/evidence/feed/"), one->feed->name);
		ui_user(b, one->feed->name);
		html_raw(b, "</a></span><span class=\"");
		html_text(b, shapes[one->kind].pill);
		html_raw(b, "\">");
		html_text(b, shapes[one->kind].word);
		html_raw(b, "</span><span class=\"d\">");
		ui_user(b, buf_str(&text));
		html_raw(b, "</span></li>");
	}
	if (t->unlinked_names) {
		html_raw(b, "<li>");
		ui_icon(b, UI_UNLINKED, "mut");
		html_raw(b, "<span class=\"t\"><a href=\"/evidence/unresolved\">Names nobody knows</a></span><span "
			    "class=\"pill "
			    "end\">");
		ui_count(b, t->unlinked_names);
		html_raw(b, " unlinked</span><span class=\"d\">");
		ui_plural(b, t->unlinked_rows, S("row counts"), S("rows count"));
		html_raw(b, " for nothing until they are linked.</span></li>");
	}
	html_raw(b, "</ul>");
	ui_section_end(p->u);
	enum status status = text.status;
	buf_release(&text);
	return status == OK ? OK : err_set(err, status, "a sentence is too long");
}
