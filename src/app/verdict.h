/**
 * Running checks on the evidence as it was at an instant. For the files of app/ alone; inside the caller's transaction.
 */
#ifndef APP_VERDICT_H
#define APP_VERDICT_H

#include "app/load.h"
#include "store/feed.h"
#include "store/lens.h"

enum { APP_VERDICT_AGES = 64 /* distinct max_age values of one model */ };

/* What a check says about one member of its population. */
struct app_verdict {
	int unit; /* index in the tree at that instant */
	str subject;
	int meets; /* 1, 0 or -1 (unknown) */
};

/* Everything that checks at one instant share. */
struct app_verdict_book {
	struct app *app;    /* with an arena that lives as long as the book */
	struct arena *rows; /* for the rows of one check, given back by the caller after each; NULL: the app's */
	const struct model *model;
	const struct unit_tree *tree;
	int64_t at_ms;
	struct store_supply *supply;
	size_t n_supply;
	struct store_cover *covers;
	size_t n_covers;
	struct link_book links;
	struct store_lens all;                 /* every feed */
	struct app_verdict_lens *fresh;        /* without the stale ones, by max_age; made when needed */
	struct app_verdict_coverage *coverage; /* by kind and max_age; made when needed */
	struct app_verdict_ages *ages;         /* the same */
};

/* One check's outcome. */
struct app_verdict_result {
	bool failed;              /* it does not compile, was stopped, or its rows break the rules */
	str error;                /* why */
	uint64_t kinds;           /* it reads; with a failed compile only the kind of its population */
	struct app_verdict *list; /* by unit, then subject in byte order */
	size_t n;
	int64_t strangers; /* rows of units that the tree does not have */
	const str *sizes;  /* samples only: by unit of the tree, the population as text; p NULL = not given */
};

MUST_USE enum status app_verdict_open(struct app *app, const struct model *m, const struct unit_tree *tree,
				      int64_t at_ms, struct app_verdict_book *out, struct err *err);
/* The kinds that an objective's check reads, without running it; with one that does not compile, or none, the kind of
   its population alone. */
uint64_t app_verdict_reads(struct app_verdict_book *book, const struct model_objective *o);
/* Status is only about the store and limits; a check that fails is a result. */
MUST_USE enum status app_verdict_run(struct app_verdict_book *book, const struct model_objective *o,
				     struct app_verdict_result *out, struct err *err);
/* By unit: the oldest newest snapshot of the fresh feeds that cover it for the kind; TIME_FOREVER where none does. */
MUST_USE enum status app_verdict_coverage(struct app_verdict_book *book, enum evidence_kind_id kind, int64_t max_age_ms,
					  const int64_t **out, struct err *err);

/* What a check's rows come to for a unit; for program objectives unit 0 stands for all. */
struct app_verdict_tally {
	bool silent; /* no fresh feed covers the unit for the kind of the population, or nothing is there and only
			incomplete snapshots say so: nothing is recorded */
	struct measure_tally tally;
	int64_t expires_ms;
};
/* first, n: the unit's rows in result->list. last_n: n of the unit's last measure of the check, for a failed one. */
MUST_USE enum status app_verdict_tally(struct app_verdict_book *book, const struct model_objective *o,
				       const struct app_verdict_result *result, int unit, size_t first, size_t n,
				       int64_t last_n, struct app_verdict_tally *out, struct err *err);

#endif
