#include "base/csv.h"
#include "base/time.h"
#include "web/page/objective.h"

/* ---- what the tally is made of: a row for each one of the page ---- */

enum { COLUMNS = 19 };

struct row {
	const struct view_detail *v;
	const struct view_detail_unit *unit;
	const struct view_measure *measure; /* NULL: a sum that has none of its own in its row */
	bool sum;                           /* it counts what the unit and all below it say */
};

static str time_or_none(int64_t ms, char out[TIME_TEXT])
{
	return ms < 0 || ms == TIME_FOREVER ? S("") : time_format(ms, out);
}

static void source_cells(const struct row *row, char times[3][TIME_TEXT], str cells[COLUMNS])
{
	static const str why[] = {[VIEW_KEPT] = S(""),
				  [VIEW_BY_DEPLOYMENT] = S("deployment"),
				  [VIEW_BY_NOT_APPLICABLE] = S("not_applicable"),
				  [VIEW_BY_OVERRIDE] = S("override"),
				  [VIEW_BY_MEASUREMENT] = S("measurement")};
	const struct view_measure *m = row->measure;
	size_t n = 8;
	cells[n++] = m->source;
	cells[n++] = measure_basis_name(m->basis);
	cells[n++] = m->author;
	cells[n++] = m->reviewer;
	cells[n++] = m->kept ? S("") : why[m->left_out];
	cells[n++] = time_or_none(m->seen_ms, times[0]);
	cells[n++] = time_or_none(m->expires_ms, times[1]);
	cells[n++] = m->stale ? S("true") : S("false");
	cells[n++] = m->overrides ? time_or_none(m->override_until_ms, times[2]) : S("");
	cells[n++] = m->justification;
	cells[n++] = m->error;
}

static void write_row(struct buf *b, const struct row *row)
{
	const struct unit_tree *tree = row->v->lens.tree;
	const struct unit *unit = &tree->units[row->unit->unit];
	struct measure_tally t = row->sum ? row->unit->tally : row->measure->counted;
	char digits[3][24], times[3][TIME_TEXT];
	str cells[COLUMNS] = {unit->id,
			      unit->name,
			      unit->parent == UNIT_NONE ? S("") : tree->units[unit->parent].id,
			      page_number(t.yes, digits[0]),
			      page_number(t.no, digits[1]),
			      page_number(t.unknown, digits[2]),
			      row->sum ? score_verdict_name(row->unit->verdict) : S(""),
			      row->sum ? S("sum") : S("source")};
	if (row->measure)
		source_cells(row, times, cells);
	csv_row(b, cells, COLUMNS);
}

enum status page_objective_units_csv(struct request *q, struct reply *r, struct err *err)
{
	static const str head[COLUMNS] = {S("unit"),    S("name"),           S("parent"),   S("yes"),      S("no"),
					  S("unknown"), S("verdict"),        S("row"),      S("source"),   S("basis"),
					  S("author"),  S("reviewer"),       S("left_out"), S("observed"), S("expires"),
					  S("stale"),   S("override_until"), S("because"),  S("error")};
	struct page p;
	struct view_detail v;
	TRY(page_objective_open(q, r, &p, err));
	TRY(app_detail(q->app, q->part[0], &p.lens, &v, err));
	csv_row(&r->body, head, COLUMNS);
	for (size_t i = 0; i < v.n_units; i++) {
		const struct view_detail_unit *unit = &v.units[i];
		const struct view_measure *own = v.objective.measures + unit->first;
		size_t from = unit->leaf && unit->n == 1;
		write_row(&r->body, &(struct row){&v, unit, from ? own : NULL, true});
		for (size_t k = from; k < unit->n; k++)
			write_row(&r->body, &(struct row){&v, unit, &own[k], false});
	}
	return page_csv(q, r, S("units"), err);
}

/* ---- its year ---- */

enum status page_objective_year_csv(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct view_detail v;
	char at[TIME_TEXT], digits[3][24];
	TRY(page_objective_open(q, r, &p, err));
	TRY(app_detail(q->app, q->part[0], &p.lens, &v, err));
	csv_row(&r->body, (const str[]){S("at"), S("yes"), S("unknown"), S("no")}, 4);
	for (int i = 0; i < VIEW_COURSE_POINTS; i++) {
		const struct view_detail_point *point = &v.points[i];
		bool known = point->known;
		csv_row(&r->body,
			(const str[]){time_format(point->at_ms, at),
				      known ? page_number(point->tally.yes, digits[0]) : S(""),
				      known ? page_number(point->tally.unknown, digits[1]) : S(""),
				      known ? page_number(point->tally.no, digits[2]) : S("")},
			4);
	}
	return page_csv(q, r, S("measures"), err);
}
