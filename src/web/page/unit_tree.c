#include "base/csv.h"
#include "base/limits.h"
#include "base/time.h"
#include "web/page/unit.h"
#include "web/route.h"
#include "web/ui_form.h"
#include "web/ui_view.h"

enum { ROWS = 200 };

/* ---- what the pages share ---- */

static const struct ui_side parts[] = {
    {S("/units/tree"), S("The tree")},
    {S("/units/import"), S("Import")},
    {S("/units/history"), S("History")},
};

enum status page_unit_open(struct request *q, struct reply *r, struct page *out, struct err *err)
{
	struct request_fields asked = q->query;
	q->query.n = 0;
	enum status status = page_open(q, r, out, err);
	q->query = asked;
	out->ui.lens = NULL;
	return status;
}

void page_unit_head(struct page *p, str title, str current)
{
	struct ui_head head = {.title = title, .tab = UI_TAB_UNITS};
	ui_page(&p->ui, &head);
	ui_side(&p->ui, S("Tree of units"), parts, sizeof parts / sizeof parts[0], current);
}

enum status page_unit_end(struct page *p, struct reply *r, struct err *err)
{
	struct ui_head head = {0};
	ui_side_end(&p->ui);
	ui_page_end(&p->ui, &head);
	return page_done(r, err);
}

/* ---- what was done ---- */

enum status page_unit_done(struct request *q, struct reply *r, str act, const struct view_unit_change *change,
			   str since, struct err *err)
{
	char room[24];
	struct buf b = BUF(LIMIT_HEADER_BYTES * 4);
	buf_add(&b, S("/units/tree?done="));
	buf_add(&b, change->unchanged ? S("nothing") : act);
	buf_add(&b, S("&of="));
	ui_url(&b, change->name);
	buf_add(&b, S("&tree="));
	buf_add(&b, page_number(change->tree, room));
	buf_add(&b, S("&before="));
	buf_add(&b, page_number(change->before, room));
	if (change->known)
		buf_add(&b, S("&known=1"));
	if (change->until_ms != TIME_FOREVER) {
		char text[TIME_TEXT];
		buf_add(&b, S("&until="));
		ui_url(&b, time_format(change->until_ms, text));
	}
	buf_add(&b, S("&since="));
	ui_url(&b, since);
	str location = str_copy(q->arena, buf_str(&b));
	buf_release(&b);
	if (!location.p)
		return err_full(err);
	request_redirect(r, location);
	return OK;
}

/* Takes back what was done last, as long as nobody did anything else. */
static void undo(struct ui *u, const struct request *q)
{
	str tree = request_field(&q->query, S("tree")), before = request_field(&q->query, S("before"));
	int64_t number;
	if (!str_to_i64(before, &number) || number <= 0 || str_eq(tree, before))
		return;
	html_raw(u->b, " <form method=\"post\" action=\"/units/history/");
	html_int(u->b, number);
	html_raw(u->b, "/restore\">");
	ui_csrf(u);
	ui_hidden(u, S("expected"), tree);
	ui_hidden(u, S("since"), S("always"));
	html_raw(u->b, "<button class=\"btn bare\">Undo</button></form>");
}

static void receipt(struct ui *u, const struct request *q)
{
	static const struct {
		str act, before, after;
	} words[] = {
	    {S("added"), S("Added "), S(" to the tree.")},
	    {S("saved"), S("Saved "), S(".")},
	    {S("removed"), S("Removed "), S(" with all below it. What was handed in for it stays on record.")},
	    {S("restored"), S("The tree of "), S(" is as it was.")},
	    {S("imported"), S("The tree of "), S(" is imported.")},
	    {S("nothing"), S(""), S(" was so already; nothing is changed.")},
	};
	str done = request_field(&q->query, S("done")), until = request_field(&q->query, S("until"));
	int64_t ms;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (!str_eq(done, words[i].act))
			continue;
		html_raw(u->b, "<div class=\"receipt after\" role=\"status\"><span>");
		html_text(u->b, words[i].before);
		html_raw(u->b, "<b>");
		ui_user(u->b, request_field(&q->query, S("of")));
		html_raw(u->b, "</b>");
		html_text(u->b, words[i].after);
		if (request_field(&q->query, S("known")).n)
			html_raw(u->b, " Its id was used before: what was handed in for it counts again.");
		if (until.n && time_parse(until, &ms)) {
			html_raw(u->b, " A later tree takes over after ");
			ui_day(u->b, ms);
			html_raw(u->b, ".");
		}
		undo(u, q);
		html_raw(u->b, "</span></div>");
	}
}

/* ---- the tree ---- */

static bool fits(const struct unit *u, str text)
{
	return str_has_fold(u->name, text) || str_has_fold(u->id, text);
}

static void row(struct ui *u, const struct unit_tree *t, int unit, bool flat)
{
	static const str indents[] = {S("<th scope=\"row\">"), S("<th scope=\"row\" class=\"ind1\">"),
				      S("<th scope=\"row\" class=\"ind2\">"), S("<th scope=\"row\" class=\"ind3\">")};
	const struct unit *one = &t->units[unit];
	struct buf *b = u->b;
	html_raw(b, "<tr>");
	buf_add(b, indents[flat ? 0 : one->depth < 4 ? one->depth : 3]);
	ui_a(u, "", S("/units/tree/"), one->id);
	ui_user(b, one->name);
	html_raw(b, "</a></th><td class=\"src\">");
	ui_user(b, one->id);
	html_raw(b, "</td><td class=\"xs\">");
	ui_unit_type_words(b, one->declared);
	html_raw(b, "</td>");
	if (unit_is_leaf(t, unit))
		ui_count_cell(u, one->size);
	else
		html_raw(b, "<td></td>");
	ui_count_cell(u, one->span - 1);
	html_raw(b, "<td class=\"nw\"><a href=\"/units/tree?below=");
	ui_url(b, one->id);
	html_raw(b, "#add\">Add below<span class=\"vh\"> ");
	html_text(b, one->name);
	html_raw(b, "</span></a></td></tr>");
}

static void table(struct ui *u, const struct unit_tree *t, str text, int64_t from)
{
	int64_t total = 0, shown = 0;
	ui_table(u, S("Units"));
	ui_head_cell(u, S("Unit"), false);
	ui_head_cell(u, S("Id"), false);
	ui_head_cell(u, S("Uses AI as"), false);
	ui_head_cell(u, S("Size"), true);
	ui_head_cell(u, S("Below"), true);
	ui_head_acts(u);
	ui_table_body(u);
	for (int i = 0; i < t->n; i++) {
		if (!fits(&t->units[i], text) || total++ < from || shown == ROWS)
			continue;
		shown++;
		row(u, t, i, text.n > 0);
	}
	if (!total)
		ui_table_none(u, 6, S("No unit fits what you filter by."));
	ui_table_close(u);
	struct ui_pair more[] = {{S("text"), text}};
	ui_pager(u, &(struct ui_pages){.path = S("/units/tree"),
				       .offset = from,
				       .shown = shown,
				       .limit = ROWS,
				       .total = total,
				       .more = more,
				       .n_more = 1});
	ui_table_end(u);
}

static enum status add_form(struct request *q, struct ui *u, const struct view_frame *frame, struct err *err)
{
	const struct unit_tree *t = frame->tree;
	str below = request_field(&q->query, S("below"));
	struct ui_unit_list list;
	TRY(page_units_list(q, t, ACCESS_ADMIN, &list, err));
	html_raw(u->b, "<div class=\"gap\" id=\"add\">");
	ui_section(u, S("u-add"), S("Add a unit"), S(""));
	ui_post(u, S("/units/tree"), "stack narrow");
	page_unit_fields(u, &(struct page_unit_shown){0});
	ui_unit_pick(u, &list,
		     &(struct ui_unit_pick){.id = S("u-parent"),
					    .name = S("parent"),
					    .label = S("Stands below"),
					    .value = below.n ? below : t->units[0].id},
		     S("u-units"));
	ui_field(u, &(struct ui_field){.id = S("u-id"),
				       .name = S("id"),
				       .label = S("Id"),
				       .hint = S("What files call it; kept for good. Empty: made of the name.")});
	page_unit_when(u, page_unit_since(q, frame), S("u-day"));
	html_raw(u->b, "<p>");
	ui_button(u, S("Add unit"), true);
	html_raw(u->b, "</p></form>");
	ui_unit_offer(u, &list, S("u-units"));
	ui_section_end(u);
	html_raw(u->b, "</div>");
	return OK;
}

static enum status content(struct request *q, struct page *p, struct err *err)
{
	struct ui *u = &p->ui;
	const struct unit_tree *t = p->frame.tree;
	str text = str_trim(request_field(&q->query, S("text")));
	html_raw(u->b,
		 "<h1>The tree</h1><p class=\"sub lead\">Add, rename and move units. Each change makes a new tree; "
		 "the one before is kept, and can be brought back.</p>");
	ui_refusal(u);
	receipt(u, q);
	if (!t) {
		ui_empty_start(u, S("No unit is known yet."), S("The first is the root: the organisation itself."));
		return OK;
	}
	html_raw(u->b, "<div class=\"gap-s\">");
	ui_filter(u, S("/units/tree"), S("Name or id"), text);
	ui_filter_end(u, S("/units/tree"), text.n > 0);
	table(u, t, text, page_from(q));
	html_raw(u->b, "<p class=\"gap-t sm\">");
	ui_csv_link(u, S("/units/tree.csv"), NULL, 0);
	html_raw(u->b, " <span class=\"mut\">as it can be imported again</span></p></div>");
	return add_form(q, u, &p->frame, err);
}

enum status page_unit_tree(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	TRY(page_unit_open(q, r, &p, err));
	page_unit_head(&p, S("The tree"), S("/units/tree"));
	TRY(content(q, &p, err));
	return page_unit_end(&p, r, err);
}

enum status page_unit_add(struct request *q, struct reply *r, struct err *err)
{
	struct app_unit_act act = {0};
	struct view_unit_change change;
	enum app_unit_field at = APP_UNIT_FIELD_NONE;
	struct err why = {0};
	enum status status = page_unit_read(q, &act, &at, &why);
	if (status == OK)
		status = app_unit_add(q->app, &act, &at, &change, &why);
	if (status != OK)
		return page_unit_refuse(q, r, status, &why, at, S("/units/tree"), page_unit_tree, err);
	return page_unit_done(q, r, S("added"), &change, request_field(&q->form, S("since")), err);
}

enum status page_unit_csv(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	char room[24];
	TRY(page_unit_open(q, r, &p, err));
	csv_row(&r->body, (const str[]){S("unit"), S("parent"), S("name"), S("deployments"), S("size")}, 5);
	const struct unit_tree *t = p.frame.tree;
	for (int i = 0; t && i < t->n; i++) {
		const struct unit *u = &t->units[i];
		str parent = u->parent == UNIT_NONE ? S("") : t->units[u->parent].id;
		csv_row(&r->body,
			(const str[]){u->id, parent, u->name, page_csv_deployments(u->declared),
				      page_number(u->size, room)},
			5);
	}
	return page_csv(q, r, S("tree"), err);
}
