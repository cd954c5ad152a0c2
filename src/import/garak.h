/**
 * garak reports and hit logs (JSON Lines): what the files of this format share.
 *
 * A run's results are kept until its end, as its times may come behind them: some 150 bytes per result (probe and
 * detector). Prompts and answers are read through and never kept.
 */
#ifndef IMPORT_GARAK_H
#define IMPORT_GARAK_H

#include "import/formats.h"
#include "import/seen.h"
#include "import/walk.h"

enum import_garak_source {
	IMPORT_GARAK_EVAL,    /* an eval entry: counts by garak */
	IMPORT_GARAK_ATTEMPT, /* counted here from attempts */
	IMPORT_GARAK_HIT      /* from a hit log: failures without a total */
};

struct import_garak_result {
	struct import_garak_result *next;
	enum import_garak_source source;
	str run, system, probe, detector; /* run and system: of a hit; else empty */
	int64_t passed, failed, line, record;
};

/* The results of one source, in the order of the file; equal (run, probe, detector) are found by a table. */
struct import_garak_results {
	struct import_garak_result *first, *last;
	struct import_garak_result **table;
	size_t cap, n;
};

struct import_garak_time {
	bool known;
	int64_t ms;
};

/* One line of the file; texts live in the scratch arena. */
struct import_garak_entry {
	int64_t line;
	str type, run, run_id, uuid, setup_run, start, setup_start, orig_start, end;
	str target_type, target_name, old_type, old_name, config_type, config_name;
	str probe, probe_class, detector, generator, attempt_id, threshold;
	struct evidence_value passed, fails, total, total_evaluated;
	bool has_passed, has_score, passed_truth, is_judged; /* old attempts: passed is true or false */
	struct import_garak_score *scores;
	struct import_garak_count *counts, *last_count; /* of a digest */
};

/* A score that a detector gave to one answer. */
struct import_garak_score {
	struct import_garak_score *next;
	str detector;
	double score;
};

/* What a digest counts for a probe and a detector. */
struct import_garak_count {
	struct import_garak_count *next;
	str probe, detector;
	struct evidence_value passed, total;
};

struct import_garak {
	struct import_input *in;
	struct import_walk walk;
	struct arena scratch; /* of the current line */
	/* the current run */
	str run, system;
	struct import_garak_time started, ended;
	bool aggregate, has_head, has_digest;
	double threshold;
	struct import_garak_results evals, attempts, digested;
	int64_t n_attempts, n_evals, n_digested;
	/* the file */
	struct import_garak_results hits;
	int64_t n_hits;
	bool has_system, several;
	str shared_system;
	struct import_seen_rows rows;
	struct import_flaw no_zone, aggregated, no_end, no_run, from_digest, from_attempts, unjudged, digest_only,
	    hit_log, type;
};

/* garak_entry.c: reads the object on which the reader stands. */
MUST_USE enum status import_garak_entry(struct import_walk *w, struct import_garak_entry *e, struct err *err);
/* garak_digest.c: standing on the eval of a digest entry: keeps its counts. */
MUST_USE enum status import_garak_digest(struct import_walk *w, void *entry, struct err *err);
/* garak_run.c: takes an entry in; pushes what a finished run and finally the file has. */
MUST_USE enum status import_garak_run_take(struct import_garak *g, const struct import_garak_entry *e, struct err *err);
MUST_USE enum status import_garak_run_end(struct import_garak *g, struct err *err);
/* garak_rows.c: finds or adds a result; pushes them. */
MUST_USE enum status import_garak_rows_find(struct import_garak *g, struct import_garak_results *in,
					    const struct import_garak_result *key, struct import_garak_result **out,
					    struct err *err);
MUST_USE enum status import_garak_rows_add(struct import_garak *g, struct import_garak_results *in,
					   const struct import_garak_result *result, struct err *err);
MUST_USE enum status import_garak_rows_push(struct import_garak *g, const struct import_garak_results *results,
					    struct err *err);
/* garak_probes.c: the class of attack of a probe. */
str import_garak_probes_class(str probe);

#endif
