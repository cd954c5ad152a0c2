#include "web/ui_evidence.h"

#include "base/time.h"
#include "core/view_overview.h"
#include "web/hint.h"
#include "web/ui_view.h"

void ui_parts(struct ui *u, enum ui_part current)
{
	static const struct {
		str path, word;
		enum access_role role;
	} parts[UI_PARTS] = {
	    [UI_PART_FEEDS] = {S("/evidence"), S("Feeds"), ACCESS_READER},
	    [UI_PART_FILES] = {S("/evidence/files"), S("Files"), ACCESS_READER},
	    [UI_PART_UNRESOLVED] = {S("/evidence/unresolved"), S("Unresolved names"), ACCESS_READER},
	    [UI_PART_LINKS] = {S("/evidence/links"), S("Links"), ACCESS_READER},
	    [UI_PART_IMPORT] = {S("/evidence/import"), S("Import"), ACCESS_ASSESSOR},
	};
	struct buf *b = u->b;
	html_raw(b, "<div class=\"split\"><nav class=\"spine\" aria-label=\"Parts of evidence\"><ul>");
	for (int i = 0; i < UI_PARTS; i++) {
		bool may = u->frame && u->frame->most >= parts[i].role;
		if (!may || (i == UI_PART_IMPORT && u->frame->past))
			continue;
		html_raw(b, "<li><a href=\"");
		(void)ui_address(u, parts[i].path);
		html_raw(b, "\"");
		if (i == (int)current)
			html_raw(b, " aria-current=\"page\"");
		html_raw(b, "><span class=\"nm\">");
		html_text(b, parts[i].word);
		html_raw(b, "</span></a></li>");
	}
	html_raw(b, "</ul></nav><div>");
}

void ui_parts_end(struct ui *u)
{
	html_raw(u->b, "</div></div>");
}

void ui_feed_state(struct buf *b, const struct view_feed *feed, int64_t at_ms)
{
	static const struct {
		str class, word;
		enum ui_icon icon;
	} looks[FEED_STATES] = {
	    [FEED_FRESH] = {S("ok"), S("Fresh"), UI_MET},
	    [FEED_LATE] = {S("warn"), S("Late"), UI_CLOCK},
	    [FEED_STALE] = {S("is-stale"), S("Stale"), UI_CLOCK},
	    [FEED_FAILING] = {S("bad"), S("Failing"), UI_WARNING},
	    [FEED_RETIRED] = {S(""), S("Retired"), UI_NOT_APPLICABLE},
	};
	struct view_trouble trouble;
	html_raw(b, "<span class=\"pill ");
	buf_add(b, looks[feed->state].class);
	html_raw(b, "\">");
	ui_icon(b, looks[feed->state].icon, "");
	html_text(b, looks[feed->state].word);
	html_raw(b, "</span>");
	if (!view_overview_find_trouble(feed, at_ms, &trouble) || trouble.kind != VIEW_TROUBLE_ENDING)
		return;
	html_raw(b, " <span class=\"pill warn\">");
	ui_icon(b, UI_CLOCK, "");
	html_raw(b, "Ends soon</span>");
}

void ui_kinds(struct buf *b, uint64_t kinds)
{
	bool first = true;
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		if (!(kinds >> k & 1))
			continue;
		if (!first)
			html_raw(b, ", ");
		html_text(b, evidence_kinds[k].title);
		first = false;
	}
}

/* ---- a receipt ---- */

static void counted(struct buf *b, int64_t n, str word, bool *first)
{
	if (!n)
		return;
	if (!*first)
		html_raw(b, ", ");
	html_raw(b, "<b>");
	ui_count(b, n);
	html_raw(b, "</b> ");
	html_text(b, word);
	*first = false;
}

static void numbers(struct ui *u, const struct view_receipt *r)
{
	struct buf *b = u->b;
	bool first = true;
	html_raw(b, "<p>");
	ui_plural(b, r->read, S("record"), S("records"));
	html_raw(b, " read: ");
	counted(b, r->added, S("new"), &first);
	counted(b, r->changed, S("changed"), &first);
	counted(b, r->unchanged, S("unchanged"), &first);
	counted(b, r->gone, S("gone"), &first);
	if (first)
		html_raw(b, "nothing in them");
	html_raw(b, ".</p>");
}

static void kinds(struct ui *u, const struct view_receipt *r)
{
	struct buf *b = u->b;
	if (!r->n_kinds)
		return;
	html_raw(b, "<p>");
	buf_add(b, r->dry_run ? S("The feed would then show ") : S("The feed now shows "));
	for (size_t i = 0; i < r->n_kinds; i++) {
		if (i)
			html_raw(b, ", ");
		ui_count(b, r->kinds[i].rows);
		html_raw(b, " ");
		html_text(b, evidence_kinds[r->kinds[i].kind].title);
	}
	html_raw(b, ".</p>");
}

static void listed(struct ui *u, str title, const str *list, size_t n)
{
	struct buf *b = u->b;
	char room[HINT_ROOM];
	if (!n)
		return;
	html_raw(b, "<details><summary>");
	html_text(b, title);
	html_raw(b, " (");
	ui_count(b, (int64_t)n);
	html_raw(b, ")</summary><ul class=\"dots\">");
	for (size_t i = 0; i < n; i++) {
		str word = hint_word(HINT_PAGE, list[i], room);
		html_raw(b, "<li>");
		ui_user(b, word.n ? word : list[i]);
		html_raw(b, "</li>");
	}
	html_raw(b, "</ul></details>");
}

static void skipped(struct ui *u, const struct view_receipt *r)
{
	struct buf *b = u->b;
	if (!r->n_skipped)
		return;
	html_raw(b, "<details open><summary>Records that were left out (");
	ui_count(b, (int64_t)r->n_skipped);
	html_raw(b, ")</summary><ul class=\"dots\">");
	for (size_t i = 0; i < r->n_skipped; i++) {
		html_raw(b, "<li>");
		ui_user(b, r->skipped[i].where);
		html_raw(b, ": ");
		ui_user(b, r->skipped[i].reason);
		html_raw(b, "</li>");
	}
	html_raw(b, "</ul></details>");
}

static void cell_value(struct ui *u, const struct view_cell *c)
{
	switch (c->type) {
	case EVIDENCE_TEXT:
		ui_user(u->b, c->text);
		return;
	case EVIDENCE_INT:
		ui_count(u->b, c->i64);
		return;
	case EVIDENCE_BOOL:
		buf_add(u->b, c->i64 ? S("yes") : S("no"));
		return;
	case EVIDENCE_TIME:
		ui_time(u->b, c->i64);
	}
}

static void sample(struct ui *u, const struct view_receipt *r)
{
	struct buf *b = u->b;
	if (!r->n_rows)
		return;
	html_raw(b, "<details><summary>The first rows, as they would be stored</summary>");
	ui_table(u, S("First rows"));
	ui_head_cell(u, S("Kind"), false);
	ui_head_cell(u, S("Unit"), false);
	ui_head_cell(u, S("Subject"), false);
	ui_head_cell(u, S("What is known"), false);
	ui_table_body(u);
	for (size_t i = 0; i < r->n_rows; i++) {
		const struct view_row *row = &r->rows[i];
		html_raw(b, "<tr><td>");
		html_text(b, row->kind);
		html_raw(b, "</td><td>");
		ui_user(b, row->unit);
		html_raw(b, "</td><th scope=\"row\">");
		ui_user(b, row->id);
		html_raw(b, "</th><td>");
		for (size_t c = 0; c < row->n_cells; c++) {
			if (c)
				html_raw(b, " · ");
			html_raw(b, "<span class=\"mut\">");
			html_text(b, row->cells[c].column);
			html_raw(b, "</span> ");
			cell_value(u, &row->cells[c]);
		}
		html_raw(b, "</td></tr>");
	}
	ui_table_close(u);
	ui_table_end(u);
	html_raw(b, "</details>");
}

/* Measures belong to no feed: each row names its unit and its time. */
static void of_feed(struct ui *u, const struct view_receipt *r)
{
	struct buf *b = u->b;
	html_raw(b, " for the feed <b>");
	ui_user(b, r->feed);
	html_raw(b, "</b> of ");
	ui_unit_name(u, r->unit);
	html_raw(b, ", observed ");
	ui_time(b, r->observed_ms);
}

void ui_receipt(struct ui *u, const struct view_receipt *r)
{
	struct buf *b = u->b;
	bool warns = r->n_warnings || r->n_skipped || r->n_unresolved;
	buf_add(b, warns ? S("<div class=\"receipt warn\">") : S("<div class=\"receipt\">"));
	html_raw(b, "<div class=\"stack\"><p><b>");
	ui_user(b, r->file);
	html_raw(b, "</b> was read as <span class=\"mono\">");
	html_text(b, r->format);
	html_raw(b, "</span>");
	if (r->feed.n)
		of_feed(u, r);
	html_raw(b, ". ");
	ui_hash(b, r->sha256);
	html_raw(b, "</p>");
	numbers(u, r);
	kinds(u, r);
	listed(u, S("Warnings"), r->warnings, r->n_warnings);
	listed(u, S("Names that no register knows"), r->unresolved, r->n_unresolved);
	skipped(u, r);
	sample(u, r);
	html_raw(b, "</div></div>");
}

/* ---- a refusal ---- */

static void sentence(struct buf *b, str text)
{
	if (!text.n)
		return;
	html_raw(b, "<p>");
	ui_sentence(b, text);
	html_raw(b, "</p>");
}

void ui_file_refusal(struct ui *u, const struct err *err)
{
	struct buf *b = u->b;
	char room[HINT_ROOM];
	str hint = hint_word(HINT_PAGE, str_from(err->hint), room);
	html_raw(b, "<div class=\"receipt bad\" role=\"alert\"><div class=\"stack\">");
	if (err->where[0]) {
		html_raw(b, "<p class=\"b\">");
		ui_user(b, str_from(err->where));
		html_raw(b, "</p>");
	}
	sentence(b, str_from(err->message));
	sentence(b, str_from(err->detail));
	if (err->hint[0] && !hint.n)
		hint = S("Format, feed, unit and time can be said below.");
	sentence(b, hint);
	html_raw(b, "<p><b>Nothing was changed.</b></p></div></div>");
}
