/**
 * The parts of the page of one objective.
 */
#ifndef WEB_PAGE_OBJECTIVE_H
#define WEB_PAGE_OBJECTIVE_H

#include "app/detail.h"
#include "web/page.h"

struct page_objective {
	struct request *q;
	struct ui *u;
	struct arena *a;
	bool past;
	const struct view_detail *v;
};

/* The title with its verdict, and the large tally with its arithmetic. */
MUST_USE enum status page_objective_head(const struct page_objective *p, struct err *err);
/* What the tally is made of. */
MUST_USE enum status page_objective_units(const struct page_objective *p, struct err *err);
/* What is not known, and why, in sentences. */
void page_objective_gaps(const struct page_objective *p);
MUST_USE enum status page_objective_year(const struct page_objective *p, struct err *err);
/* At the end of a heading: to a table as CSV, "/units.csv" of this objective. */
void page_objective_csv_link(const struct page_objective *p, str table);
/* Beside it: why it tells its level, the files, the references. */
void page_objective_why(const struct page_objective *p);
void page_objective_files(const struct page_objective *p);
void page_objective_refs(const struct page_objective *p);
/* Where a person answers, in the side column; and where people talk, at the end of the main one. */
MUST_USE enum status page_objective_answer(const struct page_objective *p, struct err *err);
MUST_USE enum status page_objective_talk(const struct page_objective *p, struct err *err);

/* 1000 × 412 = 412 000 ≥ 900 × 444 = 399 600: the verdict as its rule computes it. */
void page_objective_arithmetic(struct buf *b, struct measure_tally t, int32_t threshold, enum score_verdict verdict);
/* Who says so, what is said beside it, and why it is left out where it is. */
void page_objective_source(struct ui *u, const struct view_measure *m);

/* Opens a page about one objective, which an assignment is enough for. */
MUST_USE enum status page_objective_open(struct request *q, struct reply *r, struct page *out, struct err *err);
/* Begins it once the view is there. Who may not read the unit (whole false) sees the objective, and nothing of what
 * stands around it: no lens, no spine. */
struct ui_head page_objective_begin(struct page *p, const struct model *m, const struct model_objective *o, str title,
				    const struct view_lens *lens, bool whole);
/* The crumb of a page of this objective; here: its last word. whole: as above. */
void page_objective_crumb(struct ui *u, const struct model *m, const struct model_objective *o, str here, bool whole);

#endif
