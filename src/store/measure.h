/**
 * Measures as facts: appended, never edited; retirements of sources; runs of evaluate. They are read for the score by
 * store/measure_load.h.
 */
#ifndef STORE_MEASURE_H
#define STORE_MEASURE_H

#include "core/measure.h"
#include "core/model.h"
#include "core/unit.h"

struct db;

/* One measure as somebody states it. Absent texts have p NULL. */
struct store_measure {
	str line, unit, objective, source;
	enum measure_basis basis;
	struct measure_tally tally;
	bool not_applicable;
	int64_t observed_ms;
	int64_t expires_ms;        /* TIME_FOREVER: none */
	int64_t override_until_ms; /* INT64_MIN: no override */
	str justification, evidence_sha256, reviewer, error;
	int64_t run_id;             /* 0: not of a run */
	str file_name, file_sha256; /* the measures file it was read from; not part of what it says */
	int64_t file_line;
	const str *more_evidence; /* SHA-256 of further documents; part of what it says */
	size_t n_more_evidence;
};

/* Who records, and when. */
struct store_stamp {
	int64_t now_ms;
	str actor;
};

/* Adds a measure; *added = false when it is stored already, the same in every field: one of a file at all, an answer as
   the last word on its instant. Those of a run are always added. */
MUST_USE enum status store_measure_add(struct db *db, const struct store_measure *m, struct store_stamp stamp,
				       bool *added, struct err *err);

/* The greatest running number there is; 0 while there are no measures. */
MUST_USE enum status store_measure_newest(struct db *db, int64_t *seq, struct err *err);
/* What the score does not need, by running number. */
struct store_measure_more {
	str justification, evidence_sha256, reviewer, error, actor, file_name, file_sha256;
	int64_t file_line;
};
MUST_USE enum status store_measure_more(struct db *db, int64_t seq, struct arena *a, struct store_measure_more *out,
					struct err *err);
/* Of n of them at once, in their order. */
MUST_USE enum status store_measure_more_of(struct db *db, const int64_t *seqs, size_t n, struct arena *a,
					   struct store_measure_more *out, struct err *err);

MUST_USE enum status store_measure_retire(struct db *db, str source, str unit, int64_t at_ms, struct store_stamp stamp,
					  struct err *err);
/* The first instant that a measure of the line was observed at, of those that nobody took back; *found. */
MUST_USE enum status store_measure_first(struct db *db, str line, bool *found, int64_t *out, struct err *err);
/* Has the source any measure in the line? */
MUST_USE enum status store_measure_source(struct db *db, str line, str source, bool *known, struct err *err);

/* Is there a measure like that? */
struct store_measure_like {
	str line, objective;
	bool answers; /* one that no check made */
	str model;    /* recorded while this model was active; p NULL: whichever was */
};
MUST_USE enum status store_measure_objective(struct db *db, const struct store_measure_like *like, bool *known,
					     struct err *err);

MUST_USE enum status store_measure_run(struct db *db, const struct model *m, int64_t as_of_ms, struct store_stamp stamp,
				       int64_t *id, struct err *err);
MUST_USE enum status store_measure_run_failed(struct db *db, int64_t run, str objective, str message, struct err *err);
/* The first run later than an instant, and the last one not later; *found. */
MUST_USE enum status store_measure_run_after(struct db *db, str line, int64_t at_ms, bool *found, int64_t *out,
					     struct err *err);
MUST_USE enum status store_measure_run_before(struct db *db, str line, int64_t at_ms, bool *found, int64_t *out,
					      struct err *err);

#endif
