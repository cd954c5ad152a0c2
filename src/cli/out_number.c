#include "cli/out.h"

#include <inttypes.h>
#include <stdarg.h>

#include "base/time.h"

str out_print(struct arena *a, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	char *text = n >= 0 ? arena_new(a, char, (size_t)n + 1) : NULL;
	if (text)
		(void)vsnprintf(text, (size_t)n + 1, format, again);
	va_end(again);
	va_end(args);
	return (str){text, text ? (size_t)n : 0};
}

str out_index(struct arena *a, int32_t thousandths)
{
	return out_print(a, "%" PRId32 ".%02" PRId32, thousandths / 1000, thousandths % 1000 / 10);
}

str out_percent(struct arena *a, int64_t thousandths)
{
	if (thousandths % 10 == 0)
		return out_print(a, "%" PRId64 " %%", thousandths / 10);
	return out_print(a, "%" PRId64 ".%" PRId64 " %%", thousandths / 10, thousandths % 10);
}

str out_plural(struct arena *a, int64_t n, const char *one, const char *many)
{
	return out_print(a, "%" PRId64 " %s", n, n == 1 ? one : many);
}

str out_time(struct arena *a, int64_t ms)
{
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	char text[TIME_TEXT];
	str t = time_format(ms, text); /* 2026-11-01T06:30:00Z */
	int64_t month = 1, day = 1;
	(void)str_to_i64(str_slice(t, 5, 7), &month);
	(void)str_to_i64(str_slice(t, 8, 10), &day);
	str date = out_print(a, "%" PRId64 " %s %.4s", day, months[month - 1], text);
	if (ms % TIME_DAY_MS == 0)
		return date;
	bool seconds = ms % 60000 != 0;
	return out_print(a, "%.*s %.*s UTC", STR_ARG(date), seconds ? 8 : 5, text + 11);
}

str out_span(struct arena *a, int64_t ms)
{
	if (ms < 0)
		ms = 0;
	if (ms >= TIME_DAY_MS)
		return out_print(a, "%" PRId64 " d", ms / TIME_DAY_MS);
	if (ms >= 3600000)
		return out_print(a, "%" PRId64 " h", ms / 3600000);
	return out_print(a, "%" PRId64 " min", ms / 60000);
}

str out_level(struct arena *a, const struct model *m, int level)
{
	if (level < 1 || level > MODEL_LEVELS)
		return S("?");
	return out_print(a, "%d%s%.*s", level, m->level_names[level - 1].n ? " " : "",
			 STR_ARG(m->level_names[level - 1]));
}

enum out_style out_level_style(int level)
{
	return level >= 1 && level <= MODEL_LEVELS ? OUT_LEVEL_1 + (enum out_style)(level - 1) : OUT_PLAIN;
}

enum out_style out_verdict_style(enum score_verdict verdict)
{
	static const enum out_style styles[] = {[SCORE_NOT_APPLICABLE] = OUT_DIM,
						[SCORE_MET] = OUT_MET,
						[SCORE_OPEN] = OUT_OPEN,
						[SCORE_NOT_MET] = OUT_NOT_MET};
	return styles[verdict];
}

str out_verdict(enum score_verdict verdict)
{
	static const str words[] = {[SCORE_NOT_APPLICABLE] = S("not applicable"),
				    [SCORE_MET] = S("met"),
				    [SCORE_OPEN] = S("open"),
				    [SCORE_NOT_MET] = S("not met")};
	return words[verdict];
}

/* ---- bars ---- */

static void repeat(struct out *bar, const char *sign, int n)
{
	for (; n > 0; n--)
		buf_add(&bar->text, str_from(sign));
}

static struct out_cell finish(struct out *bar, struct arena *a, int columns)
{
	struct out_cell cell = {.text = str_copy(a, buf_str(&bar->text)), .columns = columns};
	out_release(bar);
	return cell;
}

struct out_cell out_level_bar(struct out *o, struct arena *a, const struct score_category *c, int cell)
{
	struct out bar = {.text = BUF(4096), .colour = o->colour};
	for (int level = 1; level <= MODEL_LEVELS; level++) {
		const char *sign = "·";
		bool lit = c->applicable && (level <= c->level || level <= c->level_evidenced);
		if (!c->applicable || level > c->ceiling)
			sign = " ";
		else if (level <= c->level_evidenced)
			sign = "█";
		else if (level <= c->level)
			sign = "▒";
		else if (level <= c->level_high)
			sign = "░";
		out_style(&bar, lit ? out_level_style(level) : OUT_DIM);
		repeat(&bar, sign, cell);
		out_style(&bar, OUT_PLAIN);
	}
	return finish(&bar, a, MODEL_LEVELS * cell);
}

/* Where `part` of `all` ends on a bar. */
static int place(int64_t part, int64_t all, int columns)
{
	return all > 0 ? (int)((__int128)part * columns / all) : 0;
}

static void put_tallied(struct out *bar, int from, int to, int yes, int known_end)
{
	for (int i = from; i < to; i++) {
		enum out_style style = i < yes ? OUT_MET : i < known_end ? OUT_DIM : OUT_NOT_MET;
		out_style(bar, style);
		repeat(bar, i < yes ? "█" : i < known_end ? "▒" : "─", 1);
		out_style(bar, OUT_PLAIN);
	}
}

struct out_cell out_tally_bar(struct out *o, struct arena *a, struct measure_tally t, int32_t threshold, int columns)
{
	struct out bar = {.text = BUF(65536), .colour = o->colour};
	int64_t all = measure_total(t);
	int cells = columns - 1; /* the tick takes one */
	int tick = place(threshold, 1000, cells), yes = place(t.yes, all, cells),
	    possible = place(t.yes + t.unknown, all, cells);
	enum score_verdict verdict = score_verdict(t, threshold);
	/* The tick is the verdict, so cutting to whole cells may not carry an end of the bar across it. */
	if (verdict == SCORE_MET)
		yes = yes < tick ? tick : yes;
	else
		yes = yes >= tick ? tick - 1 : yes;
	if (verdict == SCORE_MET || verdict == SCORE_OPEN)
		possible = possible < tick ? tick : possible;
	else
		possible = possible >= tick ? tick - 1 : possible;
	yes = yes < 0 ? 0 : yes;
	possible = possible < yes ? yes : possible;
	put_tallied(&bar, 0, tick, yes, possible);
	repeat(&bar, "|", 1);
	put_tallied(&bar, tick, cells, yes, possible);
	return finish(&bar, a, columns);
}
