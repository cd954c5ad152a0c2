/**
 * Components that show a view or a chart. As in ui.h: pure, from values to bytes.
 */
#ifndef WEB_UI_VIEW_H
#define WEB_UI_VIEW_H

#include "chart/svg.h"
#include "core/view_ladder.h"
#include "core/view_overview.h"
#include "core/view_target.h"
#include "core/view_unit_map.h"
#include "web/ui.h"

/* ---- web/ui_heat.c ---- */
/* The map of categories by levels with its key; each cell leads to its category. */
MUST_USE enum status ui_heat(struct ui *u, const struct view_overview *v, struct arena *a, struct err *err);

/* ---- web/ui_ladder.c ---- */
/* The levels from 5 down with their objectives, and the line "you are here". */
MUST_USE enum status ui_ladder(struct ui *u, const struct view_ladder *v, struct arena *a, struct err *err);
/* A tally as a small bar; for an empty population a sentence. */
MUST_USE enum status ui_tally(struct ui *u, struct measure_tally t, int32_t threshold_milli, struct arena *a,
			      struct err *err);
/* The fuse: how old the evidence is that counts, at the instant of the view. */
MUST_USE enum status ui_age(struct ui *u, const struct view_backing *backing, int64_t at_ms, struct arena *a,
			    struct err *err);
/* One step to a level: <li> with a number, the objective, its effort and what is missing. The last of its parts stays
 * open for more: </span></li> ends it. */
void ui_step(struct ui *u, int64_t number, const struct view_step *s);

/* ---- web/ui_unit_map.c ---- */
/* What the address says about the map: the units that were opened and shut. */
struct ui_unit_map_state {
	const str *open, *shut;
	size_t n_open, n_shut;
};
/* The tree with the levels of each unit; a unit with others below it is opened and shut by a link. */
void ui_unit_map(struct ui *u, const struct view_unit_map *v, const struct ui_unit_map_state *state);

/* ---- web/ui_data.c: the numbers behind a chart ---- */
/* "Numbers behind this chart": closed, a table inside; the caller writes thead and tbody. */
void ui_data(struct ui *u, str label);
void ui_data_end(struct ui *u);
/* <th scope="col">, right-aligned when it is a number. */
void ui_head_cell(struct ui *u, str text, bool number);
/* A cell with an index, or a dash when it is not known. */
void ui_index_cell(struct ui *u, bool known, int32_t milli);
/* One entry of a legend beside a chart; line: the class that draws it. */
void ui_key(struct ui *u, str line, str text);

#endif
