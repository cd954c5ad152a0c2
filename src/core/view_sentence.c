#include "core/view_sentence.h"

#include <inttypes.h>

#include "base/time.h"
#include "core/view_shown.h"

void view_sentence_index(struct buf *b, int32_t thousandths)
{
	int32_t size = thousandths < 0 ? -thousandths : thousandths;
	buf_printf(b, "%s%" PRId32 ".%02" PRId32, thousandths <= -10 ? "−" : "", size / 1000, size % 1000 / 10);
}

void view_sentence_day(struct buf *b, int64_t ms)
{
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	char text[TIME_TEXT];
	str t = time_format_day(ms, text); /* 2026-11-01 */
	int64_t month = 1, day = 1;
	(void)str_to_i64(str_slice(t, 5, 7), &month);
	(void)str_to_i64(str_slice(t, 8, 10), &day);
	buf_printf(b, "%" PRId64 " %s %.4s", day, months[month - 1], text);
}

static void add_number(struct buf *b, int n)
{
	if (n == 1)
		buf_add(b, S("one"));
	else
		buf_i64(b, n);
}

/* "A", "A and B", "A, B and C", "A, B and 3 more": ids of categories. */
static void add_ids(struct buf *b, const struct model *m, const int *categories, size_t n, size_t most)
{
	size_t shown = n <= most ? n : most - 1;
	for (size_t i = 0; i < shown; i++) {
		buf_add(b, i == 0 ? S("") : i + 1 == n ? S(" and ") : S(", "));
		buf_add(b, m->categories[categories[i]].id);
	}
	if (n > shown)
		buf_printf(b, " and %zu more", n - shown);
}

static bool all_met(const struct view_overview *v)
{
	return v->counts.met == v->counts.applicable;
}

/* Do all categories stand at the floor and nothing above it is met? */
static bool all_at_floor(const struct view_overview *v)
{
	return v->now.program.index == 1000 * v->now.program.floor;
}

/* On one day with the other one, the clock tells them apart. */
static void add_instant(struct buf *b, int64_t ms, int64_t other_ms)
{
	char one[TIME_TEXT], other[TIME_TEXT];
	if (str_eq(time_format_day(ms, one), time_format_day(other_ms, other)))
		buf_printf(b, "%.5s UTC of ", time_format(ms, one).p + 11);
	view_sentence_day(b, ms);
}

static void add_change(struct buf *b, const struct view_overview *v)
{
	int32_t change = v->now.program.index - v->past.program.index;
	int32_t shown = view_shown_change(v->past.program.index, v->now.program.index);
	if (change == 0)
		buf_add(b, S(", unchanged "));
	else
		buf_add(b, change > 0 ? S(", up ") : S(", down "));
	if (shown) {
		view_sentence_index(b, shown < 0 ? -shown : shown);
		buf_char(b, ' ');
	} else if (change) {
		buf_add(b, S("less than 0.01 "));
	}
	if (v->lens.vs_ms == time_add_months(v->lens.at_ms, -12)) {
		buf_add(b, S("in a year"));
		return;
	}
	buf_add(b, v->lens.vs_ms < v->lens.at_ms ? S("since ") : S("against "));
	add_instant(b, v->lens.vs_ms, v->lens.at_ms);
}

static void add_floor(struct buf *b, const struct view_overview *v, bool compared)
{
	int floor = v->now.program.floor, before = v->past.program.floor;
	if (all_met(v)) {
		buf_add(b, S(" Everything that applies is met."));
	} else if (all_at_floor(v)) {
		buf_printf(b, " Every category stands at level %d.", floor);
	} else if (!compared) {
		buf_printf(b, " The floor is level %d.", floor);
	} else {
		buf_printf(b, " The floor %s level %d.",
			   floor == before  ? "is still"
			   : floor > before ? "rose to"
					    : "fell to",
			   floor);
	}
}

void view_sentence_head(struct buf *b, const struct view_overview *v)
{
	bool compared = v->has_past && v->past.program.applicable;
	if (!v->now.program.applicable) {
		buf_add(b, S("No objective of the model applies here."));
		return;
	}
	if (!v->known) {
		buf_add(b, S("Nothing is known yet, and that is a fair place to start."));
		return;
	}
	buf_add(b, S("At "));
	view_sentence_index(b, v->now.program.index);
	if (compared)
		add_change(b, v);
	buf_char(b, '.');
	add_floor(b, v, compared);
}

/* "one objective of level 2 is open", "3 objectives of level 2 are not met", "of level 2, one is open and 3 not met" */
static void add_missing(struct buf *b, const struct view_heat *h, int level)
{
	int not_met = h->applicable - h->met - h->open, missing = h->open + not_met;
	if (h->open && not_met) {
		buf_printf(b, "of level %d, ", level);
		add_number(b, h->open);
		buf_printf(b, " %s open and ", h->open == 1 ? "is" : "are");
		add_number(b, not_met);
		buf_add(b, S(" not met"));
		return;
	}
	add_number(b, missing);
	buf_printf(b, " %s of level %d %s %s", missing == 1 ? "objective" : "objectives", level,
		   missing == 1 ? "is" : "are", h->open ? "open" : "not met");
}

static void add_holders(struct buf *b, const struct view_overview *v)
{
	if (v->n_holders == 1) {
		int category = v->holders[0], next = v->now.categories[category].next_level;
		buf_add(b, v->model->categories[category].title);
		buf_add(b, S(" holds the floor"));
		if (next) {
			buf_add(b, S(": "));
			add_missing(b, &v->heat[category * MODEL_LEVELS + next - 1], next);
		}
	} else {
		add_ids(b, v->model, v->holders, v->n_holders, 3);
		buf_add(b, S(" hold the floor"));
	}
	buf_add(b, S(". "));
}

void view_sentence_below(struct buf *b, const struct view_overview *v)
{
	const struct view_counts *c = &v->counts;
	if (!v->now.program.applicable || !v->known)
		return;
	if (all_met(v)) {
		if (c->applicable == 1)
			buf_add(b, S("The one objective is met."));
		else
			buf_printf(b, "All %d objectives are met.", c->applicable);
		return;
	}
	if (!all_at_floor(v))
		add_holders(b, v);
	buf_printf(b, "Of %d %s %d %s met, %d open and %d not met.", c->applicable,
		   c->applicable == 1 ? "objective" : "objectives", c->met, c->met == 1 ? "is" : "are", c->open,
		   c->not_met);
}

void view_sentence_move(struct buf *b, const struct model *m, const struct view_move *move)
{
	bool one = move->n_categories == 1;
	add_ids(b, m, move->categories, move->n_categories, m->n_categories);
	switch (move->kind) {
	case VIEW_MOVE_RISE:
		buf_add(b, one ? S(" reaches") : S(" reach"));
		break;
	case VIEW_MOVE_FALL:
		buf_add(b, one ? S(" falls to") : S(" fall to"));
		break;
	case VIEW_MOVE_COULD:
	case VIEW_MOVE_KINDS:
		buf_add(b, S(" could be"));
		break;
	}
	buf_printf(b, " level %d", move->level);
}

void view_sentence_trouble(struct buf *b, const struct view_trouble *t, int64_t at_ms)
{
	const struct view_feed *f = t->feed;
	switch (t->kind) {
	case VIEW_TROUBLE_REFUSED:
		buf_printf(b, "%.*s. Nothing was changed.", STR_ARG(f->failed_reason));
		break;
	case VIEW_TROUBLE_STALE:
		buf_add(b, S("Its newest snapshot, of "));
		view_sentence_day(b, f->newest_ms);
		buf_printf(b, ", is too old for %zu of %zu %s.", f->n_too_old, f->n_objectives,
			   f->n_objectives == 1 ? "objective that reads it" : "objectives that read it");
		break;
	case VIEW_TROUBLE_LATE:
		buf_add(b, S("The next snapshot was due on "));
		view_sentence_day(b, f->due_ms);
		buf_add(b, S("; the last one still counts."));
		break;
	case VIEW_TROUBLE_ENDING:
	case VIEW_TROUBLE_KINDS:
		buf_printf(b, "%" PRId64 " of %" PRId64 " days old.", (at_ms - f->newest_ms) / TIME_DAY_MS,
			   f->max_age_ms / TIME_DAY_MS);
		break;
	}
}
