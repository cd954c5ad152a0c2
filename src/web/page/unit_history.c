#include <stdio.h>

#include "base/csv.h"
#include "base/time.h"
#include "web/page/unit.h"
#include "web/ui_form.h"
#include "web/ui_view.h"

/* So many trees are on one page, and so many changes of one. */
enum { TREES = 100, CHANGES = 500 };

void page_unit_from(struct buf *b, int64_t since_ms)
{
	if (since_ms == INT64_MIN) {
		html_raw(b, "for all time");
		return;
	}
	html_raw(b, "from ");
	ui_time(b, since_ms);
	html_raw(b, " on");
}

/* ---- what changed ---- */

/* "below Retail" with what it was before. */
static void was(struct buf *b, str before, str after)
{
	ui_user(b, after.n ? after : S("–"));
	html_raw(b, " <span class=\"xs mut\">before: ");
	ui_user(b, before.n ? before : S("–"));
	html_raw(b, "</span>");
}

static void change_words(struct ui *u, const struct unit_diff_row *row)
{
	struct buf *b = u->b;
	bool some = false;
	if (!row->was || !row->is) {
		buf_add(b, row->is ? S("Added") : S("Removed"));
		return;
	}
	if (row->renamed) {
		html_raw(b, "Name: ");
		was(b, row->was->name, row->is->name);
		some = true;
	}
	if (row->moved) {
		buf_add(b, some ? S("<br>Below: ") : S("Below: "));
		was(b, row->was_parent, row->parent);
		some = true;
	}
	if (row->retyped) {
		buf_add(b, some ? S("<br>Uses AI as: ") : S("Uses AI as: "));
		ui_unit_type_words(b, row->is->declared);
		html_raw(b, " <span class=\"xs mut\">before: ");
		ui_unit_type_words(b, row->was->declared);
		html_raw(b, "</span>");
		some = true;
	}
	if (row->resized) {
		buf_add(b, some ? S("<br>Size: ") : S("Size: "));
		ui_count(b, row->is->size);
		html_raw(b, " <span class=\"xs mut\">before: ");
		ui_count(b, row->was->size);
		html_raw(b, "</span>");
	}
}

void page_unit_changes(struct ui *u, const struct unit_diff *d)
{
	struct buf *b = u->b;
	html_raw(b, "<p class=\"sub changes\">");
	ui_plural(b, d->added, S("unit added"), S("units added"));
	html_raw(b, ", ");
	ui_plural(b, d->changed, S("changed"), S("changed"));
	html_raw(b, ", ");
	ui_plural(b, d->removed, S("removed"), S("removed"));
	html_raw(b, ".</p>");
	if (!d->n)
		return;
	ui_table(u, S("What changes"));
	ui_head_cell(u, S("Unit"), false);
	ui_head_cell(u, S("Id"), false);
	ui_head_cell(u, S("Change"), false);
	ui_table_body(u);
	for (size_t i = 0; i < d->n && i < CHANGES; i++) {
		const struct unit_diff_row *row = &d->rows[i];
		html_raw(b, "<tr><th scope=\"row\">");
		ui_user(b, row->is ? row->is->name : row->was->name);
		html_raw(b, "</th><td class=\"src\">");
		ui_user(b, row->id);
		html_raw(b, "</td><td class=\"w\">");
		change_words(u, row);
		html_raw(b, "</td></tr>");
	}
	ui_table_close(u);
	if (d->n > CHANGES) {
		html_raw(b, "<div class=\"tfoot\"><span>The first ");
		html_int(b, CHANGES);
		html_raw(b, " of ");
		ui_count(b, (int64_t)d->n);
		html_raw(b, "</span></div>");
	}
	ui_table_end(u);
}

/* ---- the list ---- */

static void row(struct ui *u, const struct view_unit_tree *t)
{
	struct buf *b = u->b;
	html_raw(b, "<tr><th scope=\"row\"><a href=\"/units/history/");
	html_int(b, t->id);
	html_raw(b, "\">Tree ");
	html_int(b, t->id);
	html_raw(b, "</a>");
	if (t->now)
		html_raw(b, " <span class=\"pill ok\">holds now</span>");
	html_raw(b, "</th><td class=\"nw\">");
	ui_time(b, t->recorded_ms);
	html_raw(b, "</td><td>");
	page_person(u, t->actor);
	html_raw(b, "</td><td>");
	if (t->until_ms == INT64_MIN) {
		html_raw(b, "<span class=\"mut\">never: another took its place</span>");
	} else {
		page_unit_from(b, t->since_ms);
		if (t->until_ms != TIME_FOREVER) {
			html_raw(b, ", until ");
			ui_time(b, t->until_ms);
		}
	}
	html_raw(b, "</td>");
	ui_count_cell(u, t->units);
	html_raw(b, "</tr>");
}

enum status page_unit_history(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	const struct view_unit_tree *list;
	size_t n;
	TRY(page_unit_open(q, r, &p, err));
	TRY(app_unit_history(q->app, &list, &n, err));
	struct ui *u = &p.ui;
	int64_t from = page_from(q), shown = 0;
	page_unit_head(&p, S("History of the tree"), S("/units/history"));
	html_raw(u->b, "<h1>History of the tree</h1><p class=\"sub lead\">Every tree that was imported or made by a "
		       "change, the last one first. A score of a past date uses the tree that held then.</p><div "
		       "class=\"gap-s\">");
	ui_table(u, S("Trees"));
	ui_head_cell(u, S("Tree"), false);
	ui_head_cell(u, S("Recorded"), false);
	ui_head_cell(u, S("By"), false);
	ui_head_cell(u, S("Holds"), false);
	ui_head_cell(u, S("Units"), true);
	ui_table_body(u);
	for (size_t i = (size_t)from; i < n && shown < TREES; i++, shown++)
		row(u, &list[i]);
	if (!n)
		ui_table_none(u, 5, S("There is no tree yet."));
	ui_table_close(u);
	ui_pager(u, &(struct ui_pages){.path = S("/units/history"),
				       .offset = from,
				       .shown = shown,
				       .limit = TREES,
				       .total = (int64_t)n,
				       .csv = S("/units/history.csv")});
	ui_table_end(u);
	html_raw(u->b, "</div>");
	return page_unit_end(&p, r, err);
}

enum status page_unit_history_csv(struct request *q, struct reply *r, struct err *err)
{
	const struct view_unit_tree *list;
	char since[TIME_TEXT], recorded[TIME_TEXT], id[24], units[24];
	size_t n;
	TRY(app_unit_history(q->app, &list, &n, err));
	csv_row(&r->body, (const str[]){S("tree"), S("recorded"), S("by"), S("since"), S("units"), S("now")}, 6);
	for (size_t i = 0; i < n; i++) {
		const struct view_unit_tree *t = &list[i];
		csv_row(&r->body,
			(const str[]){page_number(t->id, id), time_format(t->recorded_ms, recorded), t->actor,
				      t->since_ms == INT64_MIN ? S("") : time_format(t->since_ms, since),
				      page_number(t->units, units), t->now ? S("true") : S("false")},
			6);
	}
	return page_csv(q, r, S("trees"), err);
}

/* ---- one tree ---- */

static enum status tree_number(const struct request *q, int64_t *out, struct err *err)
{
	if (str_to_i64(q->part[0], out) && *out > 0)
		return OK;
	return err_set(err, E_NOT_FOUND, "there is no tree of units number \"%.*s\"", STR_ARG(q->part[0]));
}

static void restore_form(struct ui *u, int64_t tree, int64_t now)
{
	struct buf path = BUF(256);
	char room[24];
	buf_printf(&path, "/units/history/%lld/restore", (long long)tree);
	html_raw(u->b, "<div class=\"gap\">");
	ui_section(u, S("u-back"), S("Make it hold again"), S(""));
	ui_post(u, buf_str(&path), "stack narrow");
	buf_release(&path);
	ui_hidden(u, S("expected"), page_number(now, room));
	page_unit_when(u, S("now"), S("u-day"));
	html_raw(u->b, "<p>");
	ui_button(u, S("Restore this tree"), false);
	html_raw(u->b, "</p></form>");
	ui_section_end(u);
	html_raw(u->b, "</div>");
}

/* The tree that holds now; 0: none does. */
static enum status tree_now(struct request *q, int64_t *out, struct err *err)
{
	const struct view_unit_tree *list;
	size_t n;
	TRY(app_unit_history(q->app, &list, &n, err));
	*out = 0;
	for (size_t i = 0; i < n; i++)
		if (list[i].now)
			*out = list[i].id;
	return OK;
}

enum status page_unit_step(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct view_unit_step v;
	int64_t number, now;
	TRY(tree_number(q, &number, err));
	TRY(page_unit_open(q, r, &p, err));
	TRY(app_unit_step(q->app, number, &v, err));
	TRY(tree_now(q, &now, err));
	struct ui *u = &p.ui;
	page_unit_head(&p, S("Tree"), S("/units/history"));
	html_raw(u->b, "<nav class=\"crumb\" aria-label=\"Position\"><a href=\"/units/history\">History</a><span "
		       "aria-hidden=\"true\">/</span><span>Tree ");
	html_int(u->b, number);
	html_raw(u->b, "</span></nav><h1>Tree ");
	html_int(u->b, number);
	html_raw(u->b, "</h1><p class=\"sub lead\">Recorded ");
	ui_time(u->b, v.tree.recorded_ms);
	html_raw(u->b, " by ");
	page_person(u, v.tree.actor);
	html_raw(u->b, ", to hold ");
	page_unit_from(u->b, v.tree.since_ms);
	html_raw(u->b, ".</p>");
	ui_refusal(u);
	html_raw(u->b, "<div class=\"gap-s\">");
	page_unit_changes(u, &v.diff);
	html_raw(u->b, "</div>");
	if (!v.tree.now)
		restore_form(u, number, now);
	return page_unit_end(&p, r, err);
}

enum status page_unit_restore(struct request *q, struct reply *r, struct err *err)
{
	struct app_unit_when when;
	struct view_unit_change change;
	enum app_unit_field at = APP_UNIT_FIELD_NONE;
	struct err why = {0};
	int64_t number, expected = 0;
	char path[64];
	TRY(tree_number(q, &number, err));
	(void)snprintf(path, sizeof path, "/units/history/%lld", (long long)number);
	(void)str_to_i64(request_field(&q->form, S("expected")), &expected);
	enum status status = page_unit_read_when(q, &when, &at, &why);
	if (status == OK)
		status = app_unit_restore(q->app, number, expected, &when, &at, &change, &why);
	if (status != OK)
		return page_unit_refuse(q, r, status, &why, at, str_copy(q->arena, str_from(path)), page_unit_step,
					err);
	return page_unit_done(q, r, S("restored"), &change, S("now"), err);
}
