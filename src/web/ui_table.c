#include "web/ui_table.h"

#include <stdio.h>

#include "base/time.h"
#include "web/ui_form.h"

/* ---- a table ---- */

void ui_table(struct ui *u, str label)
{
	html_raw(u->b, "<div class=\"tw\" tabindex=\"0\" role=\"region\" aria-label=\"");
	html_text(u->b, label);
	html_raw(u->b, ", table");
	html_raw(u->b, "\"><table class=\"tb dense\"><thead><tr>");
}

void ui_table_body(struct ui *u)
{
	html_raw(u->b, "</tr></thead><tbody>");
}

void ui_table_close(struct ui *u)
{
	html_raw(u->b, "</tbody></table>");
}

void ui_table_end(struct ui *u)
{
	html_raw(u->b, "</div>");
}

void ui_table_none(struct ui *u, int columns, str sentence)
{
	html_raw(u->b, "<tr><td class=\"mut\" colspan=\"");
	html_int(u->b, columns);
	html_raw(u->b, "\">");
	html_text(u->b, sentence);
	html_raw(u->b, "</td></tr>");
}

void ui_count_cell(struct ui *u, int64_t n)
{
	html_raw(u->b, "<td class=\"n\">");
	ui_count(u->b, n);
	html_raw(u->b, "</td>");
}

/* ---- addresses ---- */

static bool lens_says(const struct app_lens *l)
{
	return l && (l->unit.n || l->at.given || l->vs.given || l->deployment);
}

struct ui_address ui_address(struct ui *u, str path)
{
	html_text(u->b, path);
	ui_lens_query(u);
	return (struct ui_address){u, lens_says(u->lens)};
}

void ui_more(struct ui_address *a, str name, str value)
{
	if (!value.n)
		return;
	buf_add(a->u->b, a->some ? S("&amp;") : S("?"));
	a->some = true;
	buf_add(a->u->b, name);
	html_raw(a->u->b, "=");
	ui_url(a->u->b, value);
}

void ui_more_int(struct ui_address *a, str name, int64_t value)
{
	if (!value)
		return;
	buf_add(a->u->b, a->some ? S("&amp;") : S("?"));
	a->some = true;
	buf_add(a->u->b, name);
	html_raw(a->u->b, "=");
	html_int(a->u->b, value);
}

void ui_a_compare(struct ui *u, const char *class, int64_t with_ms)
{
	struct app_lens lens = *u->lens;
	struct ui one = *u;
	char text[TIME_TEXT];
	lens.vs = (struct app_time){0};
	one.lens = &lens;
	html_raw(u->b, "<a class=\"");
	buf_add(u->b, str_from(class));
	html_raw(u->b, "\" href=\"");
	struct ui_address to = ui_address(&one, S("/compare"));
	ui_more(&to, S("with_at"), time_format(with_ms, text));
	html_raw(u->b, "\">");
}

/* ---- pages of rows ---- */

static void page_address(struct ui *u, const struct ui_pages *p, int64_t offset)
{
	struct ui_address a = ui_address(u, p->path);
	for (size_t i = 0; i < p->n_more; i++)
		ui_more(&a, p->more[i].name, p->more[i].value);
	ui_more_int(&a, S("from"), offset);
}

static void page_link(struct ui *u, const struct ui_pages *p, int64_t offset)
{
	html_raw(u->b, "<a class=\"btn\" href=\"");
	page_address(u, p, offset);
	if (p->target.n) {
		html_raw(u->b, "\" hx-get=\"");
		page_address(u, p, offset);
		html_raw(u->b, "\" hx-swap=\"outerHTML\" hx-target=\"#");
		html_text(u->b, p->target);
	}
	html_raw(u->b, "\">");
}

void ui_pager(struct ui *u, const struct ui_pages *p)
{
	struct buf *b = u->b;
	html_raw(b, "<div class=\"tfoot\"><span>");
	if (p->shown) {
		ui_count(b, p->offset + 1);
		html_raw(b, "–");
		ui_count(b, p->offset + p->shown);
		html_raw(b, " of ");
	}
	ui_count(b, p->total);
	html_raw(b, "</span><span class=\"row\">");
	if (p->csv.n)
		ui_csv_link(u, p->csv, p->csv_more, p->n_csv);
	if (p->offset > 0) {
		page_link(u, p, p->offset > p->limit ? p->offset - p->limit : 0);
		html_raw(b, "Previous</a>");
	}
	if (p->offset + p->shown < p->total && p->shown) {
		page_link(u, p, p->offset + p->limit);
		html_raw(b, "Next ");
		ui_icon(b, UI_NEXT, "");
		html_raw(b, "</a>");
	}
	html_raw(b, "</span></div>");
}

void ui_table_foot(struct ui *u, int64_t rows, str csv, struct ui_pair more)
{
	html_raw(u->b, "<div class=\"tfoot\"><span>");
	ui_plural(u->b, rows, S("row"), S("rows"));
	html_raw(u->b, "</span>");
	ui_csv_link(u, csv, &more, 1);
	html_raw(u->b, "</div>");
}

void ui_csv_link(struct ui *u, str path, const struct ui_pair *more, size_t n_more)
{
	html_raw(u->b, "<a class=\"link\" href=\"");
	struct ui_address a = ui_address(u, path);
	for (size_t i = 0; i < n_more; i++)
		ui_more(&a, more[i].name, more[i].value);
	html_raw(u->b, "\">CSV</a>");
}

/* ---- forms ---- */

void ui_hidden(struct ui *u, str name, str value)
{
	html_raw(u->b, "<input type=\"hidden\" name=\"");
	html_text(u->b, name);
	html_raw(u->b, "\" value=\"");
	html_text(u->b, value);
	html_raw(u->b, "\">");
}

void ui_post(struct ui *u, str path, const char *class)
{
	html_raw(u->b, "<form method=\"post\" class=\"");
	buf_add(u->b, str_from(class));
	html_raw(u->b, "\" action=\"");
	(void)ui_address(u, path);
	html_raw(u->b, "\">");
	ui_csrf(u);
	u->again = ui_is_again(u, path, (struct ui_pair){0});
}

void ui_text_field(struct ui *u, str name, str label, str value, str hint)
{
	char id[32];
	ui_field(u, &(struct ui_field){.id = {id, (size_t)snprintf(id, sizeof id, "f-%.*s", STR_ARG(name))},
				       .name = name,
				       .label = label,
				       .value = value,
				       .hint = hint});
}

void ui_option(struct ui *u, str value, str shown, str chosen)
{
	str typed = u->choosing.n ? ui_typed(u, u->choosing) : (str){0};
	html_raw(u->b, "<option value=\"");
	html_text(u->b, value);
	buf_add(u->b, str_eq(value, typed.p ? typed : chosen) ? S("\" selected>") : S("\">"));
	html_text(u->b, shown);
	html_raw(u->b, "</option>");
}

/* ---- small parts ---- */

void ui_hash(struct buf *b, str sha256)
{
	html_raw(b, "<span class=\"hash\" title=\"");
	html_text(b, sha256);
	html_raw(b, "\">");
	if (sha256.n == 64) {
		html_text(b, str_slice(sha256, 0, 8));
		html_raw(b, "…");
		html_text(b, str_slice(sha256, 60, 64));
	} else {
		html_text(b, sha256);
	}
	html_raw(b, "</span>");
}

void ui_bytes(struct buf *b, int64_t bytes)
{
	static const str words[] = {S("kB"), S("MB"), S("GB")};
	int64_t unit = 1000;
	int i = 0;
	if (bytes < 1000) {
		html_int(b, bytes);
		html_raw(b, "&nbsp;B");
		return;
	}
	for (; i < 2 && bytes >= unit * 1000; i++)
		unit *= 1000;
	html_int(b, bytes / unit);
	html_raw(b, ".");
	html_int(b, bytes % unit * 10 / unit);
	html_raw(b, "&nbsp;");
	html_text(b, words[i]);
}

void ui_ago(struct buf *b, int64_t ms, int64_t now_ms)
{
	int64_t past = now_ms - ms, size = past < 0 ? -past : past;
	if (past < 0)
		html_raw(b, "in ");
	if (size >= TIME_DAY_MS) {
		ui_count(b, size / TIME_DAY_MS);
		html_raw(b, "&nbsp;d");
	} else if (size >= TIME_DAY_MS / 24) {
		html_int(b, size / (TIME_DAY_MS / 24));
		html_raw(b, "&nbsp;h");
	} else {
		html_int(b, size / 60000);
		html_raw(b, "&nbsp;min");
	}
}

void ui_span(struct buf *b, int64_t ms)
{
	if (ms % TIME_DAY_MS == 0)
		ui_plural(b, ms / TIME_DAY_MS, S("day"), S("days"));
	else if (ms % (TIME_DAY_MS / 24) == 0)
		ui_plural(b, ms / (TIME_DAY_MS / 24), S("hour"), S("hours"));
	else
		ui_plural(b, ms / 60000, S("minute"), S("minutes"));
}

void ui_note(struct ui *u, bool warn)
{
	buf_add(u->b, warn ? S("<div class=\"note\">") : S("<div class=\"note info\">"));
	ui_icon(u->b, warn ? UI_WARNING : UI_CLOCK, "");
	html_raw(u->b, "<div>");
}

void ui_note_end(struct ui *u)
{
	html_raw(u->b, "</div></div>");
}

/* ---- SQL ---- */

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_keyword(str word)
{
	static const str words[] = {S("select"), S("from"), S("where"), S("and"),     S("or"),     S("not"),
				    S("in"),     S("is"),   S("null"),  S("as"),      S("case"),   S("when"),
				    S("then"),   S("else"), S("end"),   S("join"),    S("left"),   S("on"),
				    S("group"),  S("by"),   S("order"), S("having"),  S("exists"), S("union"),
				    S("all"),    S("with"), S("limit"), S("between"), S("like"),   S("distinct")};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_eq_fold(word, words[i]))
			return true;
	return false;
}

/* How many bytes from the start belong together: a comment, a text, a word, or one byte. */
static size_t token(str s, bool *comment)
{
	size_t n = 1;
	*comment = str_starts(s, S("--"));
	if (*comment) {
		while (n < s.n && s.p[n] != '\n')
			n++;
	} else if (s.p[0] == '\'') {
		while (n < s.n && s.p[n] != '\'')
			n++;
		n += n < s.n;
	} else if (is_word(s.p[0])) {
		while (n < s.n && (is_word(s.p[n]) || (s.p[n] >= '0' && s.p[n] <= '9')))
			n++;
	} else {
		while (n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
			n++;
	}
	return n;
}

void ui_code(struct ui *u, str label, str sql)
{
	html_raw(u->b, "<pre tabindex=\"0\" aria-label=\"");
	html_text(u->b, label);
	html_raw(u->b, "\"><code>");
	for (str rest = sql; rest.n;) {
		bool comment;
		size_t n = token(rest, &comment);
		str part = str_slice(rest, 0, n);
		bool key = !comment && is_keyword(part);
		if (comment || key)
			buf_add(u->b, key ? S("<span class=\"k\">") : S("<span class=\"c\">"));
		html_text(u->b, part);
		if (comment || key)
			html_raw(u->b, "</span>");
		rest = str_slice(rest, n, rest.n);
	}
	html_raw(u->b, "</code></pre>");
}
