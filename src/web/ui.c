#include "web/ui.h"

#include "base/time.h"
#include "core/view_shown.h"
#include "web/hint.h"

#define SHAPE(inside) S("viewBox=\"0 0 16 16\" aria-hidden=\"true\">" inside "</svg>")

static const str icons[UI_ICONS] = {
    [UI_MET] =
	SHAPE("<circle cx=\"8\" cy=\"8\" r=\"7\" class=\"f\"/><path d=\"M4.8 8.3l2.2 2.2 4.2-4.6\" class=\"k\"/>"),
    [UI_OPEN] = SHAPE("<circle cx=\"8\" cy=\"8\" r=\"6.2\"/><path class=\"f\" d=\"M8 1.8a6.2 6.2 0 0 1 0 12.4z\"/>"),
    [UI_NOT_MET] =
	SHAPE("<path class=\"f\" d=\"M8 .6 15.4 8 8 15.4.6 8z\"/><path d=\"M5.9 5.9l4.2 4.2M10.1 5.9l-4.2 4.2\" "
	      "class=\"k\"/>"),
    [UI_NOT_APPLICABLE] = SHAPE("<path d=\"M3 8h10\" stroke-width=\"2\"/>"),
    [UI_ATTESTED] = SHAPE("<path d=\"M11.2 2.6l2.2 2.2L5.6 12.600l-3 .8.8-3zM9.500 4.300l2.200 2.200\"/>"),
    [UI_REVIEWED] = SHAPE("<path d=\"M1.5 8.5l2.6 2.7L9 5.4M7.4 10.3l.9.9 6-6.5\"/>"),
    [UI_MEASURED] =
	SHAPE("<path d=\"M2 12a6 6 0 1 1 12 0M8 12l3-4.2\"/><circle cx=\"8\" cy=\"12\" r=\"1.1\" class=\"f\"/>"),
    [UI_SEARCH] = SHAPE("<circle cx=\"7\" cy=\"7\" r=\"4.5\"/><path d=\"M10.5 10.5L14 14\"/>"),
    [UI_MENU] = SHAPE("<path d=\"M2 4h12M2 8h12M2 12h12\"/>"),
    [UI_DOWN] = SHAPE("<path d=\"M4 6l4 4 4-4\"/>"),
    [UI_NEXT] = SHAPE("<path d=\"M6 4l4 4-4 4\"/>"),
    [UI_WARNING] = SHAPE("<path d=\"M8 2L15 14H1zM8 6.500v3.500M8 11.900v.2\"/>"),
    [UI_CLOCK] = SHAPE("<circle cx=\"8\" cy=\"8\" r=\"6.2\"/><path d=\"M8 4.6V8l2.4 1.6\"/>"),
    [UI_PEOPLE] =
	SHAPE("<circle cx=\"6\" cy=\"5.5\" r=\"2.5\"/><path d=\"M1.5 13.5c.3-2.6 2-4 4.500-4s4.200 1.400 4.500 "
	      "4M10.500 3.200a2.500 2.500 0 0 1 0 4.600M12 9.800c1.500.5 2.400 1.800 2.600 3.700\"/>"),
    [UI_CLIP] = SHAPE("<path d=\"M13 7.5l-5.3 5.2a3.2 3.2 0 0 1-4.5-4.5l5.5-5.4a2.1 2.1 0 0 1 3 3L6.3 11.1a1 1 0 0 "
		      "1-1.5-1.4l4.6-4.6\"/>"),
    [UI_FILE] = SHAPE("<path d=\"M4 1.8h5l3.2 3.2v9.2H4zM9 1.8V5h3.2\"/>"),
    [UI_ADD] = SHAPE("<path d=\"M8 3v10M3 8h10\"/>"),
    [UI_SAVE] = SHAPE("<path d=\"M8 2v8M4.800 7L8 10.200 11.200 7M2.500 13.500h11\"/>"),
    [UI_HELD] = SHAPE("<path d=\"M2.5 3h11M8 14V6.5M5 9.2L8 6.2l3 3\"/>"),
    [UI_UNLINKED] = SHAPE("<path d=\"M5.500 2.500L4 13.500M12 2.500l-1.500 11M2.500 5.800h11.500M2 10.200h11.500\"/>"),
    [UI_FEED] = SHAPE("<path d=\"M2.5 4.5h11M2.5 8h7M2.5 11.5h4\"/><circle cx=\"12.5\" cy=\"11\" r=\"2\"/>"),
    [UI_FALLS] = SHAPE("<path d=\"M8 3v9.5M4 8.8l4 4 4-4\"/>"),
};

void ui_icon(struct buf *b, enum ui_icon icon, const char *class)
{
	html_raw(b, "<svg class=\"i ");
	buf_add(b, str_from(class));
	html_raw(b, "\" ");
	buf_add(b, icons[icon]);
}

/* ---- levels ---- */

static void rungs(struct buf *b, int level)
{
	static const int x[] = {0, 32, 64, 96, 128};
	html_raw(b, "<svg viewBox=\"0 0 15 11\" aria-hidden=\"true\">");
	for (int i = 0; i < 5; i++) {
		buf_printf(b, "<rect x=\"%d.%d\" y=\"%d\" width=\"2.2\" height=\"%d\"", x[i] / 10, x[i] % 10, 9 - 2 * i,
			   2 + 2 * i);
		html_raw(b, " ");
		if (i >= level)
			html_raw(b, "class=\"off\"");
		html_raw(b, "/>");
	}
	html_raw(b, "</svg>");
}

static void level(struct buf *b, int n, const char *size, str name, str hidden)
{
	if (n < 1 || n > 5) {
		html_raw(b, "<span class=\"lv\"><span class=\"vh\">Level: </span>");
		html_raw(b, "<span aria-hidden=\"true\">–</span><span class=\"vh\">not applicable</span></span>");
		return;
	}
	buf_printf(b, "<span class=\"lv lv%d%s\">", n, size);
	rungs(b, n);
	html_raw(b, "<span class=\"vh\">");
	html_text(b, hidden);
	html_raw(b, " </span>");
	html_int(b, n);
	if (name.n) {
		html_raw(b, " ");
		html_text(b, name);
	}
	html_raw(b, "</span>");
}

void ui_level(struct buf *b, int n)
{
	level(b, n, "", (str){0}, S("Level"));
}

void ui_level_big(struct buf *b, int n, str name)
{
	level(b, n, " big", name, S("Level"));
}

void ui_level_to(struct buf *b, int from, int to)
{
	html_raw(b, "<span class=\"shift\">");
	ui_level(b, from);
	ui_icon(b, UI_NEXT, "");
	html_raw(b, "<span class=\"vh\">to</span>");
	ui_level(b, to);
	html_raw(b, "</span>");
}

/* ---- verdicts and bases ---- */

void ui_verdict(struct buf *b, enum score_verdict verdict)
{
	static const struct {
		enum ui_icon icon;
		str class, word;
	} shapes[] = {
	    [SCORE_NOT_APPLICABLE] = {UI_NOT_APPLICABLE, S("v-na"), S("Not applicable")},
	    [SCORE_MET] = {UI_MET, S("v-met"), S("Met")},
	    [SCORE_OPEN] = {UI_OPEN, S("v-open"), S("Open")},
	    [SCORE_NOT_MET] = {UI_NOT_MET, S("v-not"), S("Not met")},
	};
	html_raw(b, "<span class=\"v ");
	buf_add(b, shapes[verdict].class);
	html_raw(b, "\">");
	ui_icon(b, shapes[verdict].icon, "");
	html_text(b, shapes[verdict].word);
	html_raw(b, "</span>");
}

void ui_basis(struct buf *b, enum measure_basis basis)
{
	static const enum ui_icon shapes[] = {UI_ATTESTED, UI_REVIEWED, UI_MEASURED};
	static const str words[] = {S("Attested"), S("Reviewed"), S("Measured")};
	html_raw(b, "<span class=\"tag\">");
	ui_icon(b, shapes[basis], "");
	html_text(b, words[basis]);
	html_raw(b, "</span>");
}

/* ---- numbers and times ---- */

void ui_index(struct buf *b, int32_t milli)
{
	int32_t part = (milli < 0 ? -milli : milli) / 10;
	if (milli < 0)
		html_raw(b, "−");
	buf_printf(b, "%d.%02d", part / 100, part % 100);
}

void ui_change(struct buf *b, int32_t milli)
{
	int32_t shown = view_shown(milli);
	html_raw(b, "<b class=\"");
	buf_add(b, shown < 0 ? S("down") : S("up"));
	html_raw(b, "\">");
	if (shown >= 0)
		html_raw(b, "+");
	ui_index(b, shown);
	html_raw(b, "</b>");
}

void ui_share(struct buf *b, int32_t milli)
{
	buf_printf(b, "%d", milli / 10);
	if (milli % 10)
		buf_printf(b, ".%d", milli % 10);
	html_raw(b, "&#8239;%");
}

void ui_count(struct buf *b, int64_t n)
{
	char digits[24];
	int k = 0;
	uint64_t rest = n < 0 ? (uint64_t)0 - (uint64_t)n : (uint64_t)n;
	do {
		digits[k++] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (n < 0)
		html_raw(b, "−");
	while (k--) {
		buf_char(b, digits[k]);
		if (k && k % 3 == 0)
			html_raw(b, "&#8239;");
	}
}

void ui_plural(struct buf *b, int64_t n, str one, str many)
{
	ui_count(b, n);
	html_raw(b, " ");
	html_text(b, n == 1 ? one : many);
}

void ui_day(struct buf *b, int64_t ms)
{
	static const str months[] = {S("Jan"), S("Feb"), S("Mar"), S("Apr"), S("May"), S("Jun"),
				     S("Jul"), S("Aug"), S("Sep"), S("Oct"), S("Nov"), S("Dec")};
	char text[TIME_TEXT];
	str iso = time_format_day(ms, text);
	int64_t month = 1, day = 1;
	(void)str_to_i64(str_slice(iso, 5, 7), &month);
	(void)str_to_i64(str_slice(iso, 8, 10), &day);
	html_raw(b, "<time datetime=\"");
	html_text(b, iso);
	html_raw(b, "\">");
	html_int(b, day);
	html_raw(b, "&nbsp;");
	html_text(b, months[(month - 1) % 12]);
	html_raw(b, "&nbsp;");
	html_text(b, str_slice(iso, 0, 4));
	html_raw(b, "</time>");
}

void ui_time(struct buf *b, int64_t ms)
{
	char text[TIME_TEXT];
	ui_day(b, ms);
	html_raw(b, ", ");
	html_text(b, str_slice(time_format(ms, text), 11, 16));
	html_raw(b, "&nbsp;UTC");
}

void ui_user(struct buf *b, str text)
{
	html_raw(b, "<span class=\"user\" dir=\"auto\">");
	html_text(b, text);
	html_raw(b, "</span>");
}

void ui_unit_name(const struct ui *u, str id)
{
	const struct unit_tree *tree = u->frame ? u->frame->tree : NULL;
	int unit = tree ? unit_find(tree, id) : UNIT_NONE;
	ui_user(u->b, unit == UNIT_NONE ? id : tree->units[unit].name);
}

void ui_person(struct buf *b, str id, str shown)
{
	if (str_eq(id, shown)) {
		ui_user(b, id);
		return;
	}
	html_raw(b, "<span class=\"user\" dir=\"auto\" title=\"");
	html_text(b, id);
	html_raw(b, "\">");
	html_text(b, shown);
	html_raw(b, "</span>");
}

void ui_author(struct buf *b, str name, str shown)
{
	ui_user(b, shown);
	if (str_eq(name, shown))
		return;
	html_raw(b, " <span class=\"mut\">(");
	ui_user(b, name);
	html_raw(b, ")</span>");
}

/* "n/a" as “n/a”. */
static void quoted(struct buf *b, str text)
{
	str part;
	for (bool inside = false; text.n; inside = !inside) {
		bool more = str_cut(text, '"', &part, &text);
		html_text(b, part);
		if (more)
			buf_add(b, inside ? S("”") : S("“"));
	}
}

/* May its first letter become a capital? Not that of an id or the name of a file: they mean something else then. */
static bool is_word(str text)
{
	size_t n = 0;
	while (n < text.n && text.p[n] != ' ')
		n++;
	for (size_t i = 0; i < n; i++) {
		char c = text.p[i];
		bool inside = i + 1 < n;
		if (c == '_' || c == '/' || c == '@' || (c >= '0' && c <= '9') || (inside && (c == '.' || c == ':')))
			return false;
	}
	return true;
}

void ui_sentence(struct buf *b, str text)
{
	if (!text.n)
		return;
	bool small = text.p[0] >= 'a' && text.p[0] <= 'z' && is_word(text);
	html_raw(b, "<span class=\"user\" dir=\"auto\">");
	if (small)
		buf_char(b, (char)(text.p[0] - ('a' - 'A')));
	quoted(b, str_slice(text, small, text.n));
	if (!str_ends(text, S(".")) && !str_ends(text, S("?")))
		html_raw(b, ".");
	html_raw(b, "</span>");
}

void ui_hint(struct buf *b, str before, const struct err *why)
{
	char room[HINT_ROOM];
	str hint = hint_word(HINT_PAGE, str_from(why->hint), room);
	if (!hint.n)
		return;
	buf_add(b, before);
	ui_sentence(b, hint);
	str help = hint_help(str_from(why->hint));
	if (!help.n)
		return;
	html_raw(b, " <a class=\"link\" href=\"");
	html_text(b, help);
	html_raw(b, "\">Open it</a>");
}
