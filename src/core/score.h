/**
 * Scoring: from tallies to verdicts, levels and indexes. Scoring rules, version 1.
 *
 * A pure function of (model, units, measures, as_of): no I/O, no clock, integers only; equal input gives
 * equal output on every machine. Indexes, attainment, progress and coverage are thousandths.
 * The numbered rules are those of docs/scoring.md.
 */
#ifndef CORE_SCORE_H
#define CORE_SCORE_H

#include "base/arena.h"
#include "core/measure.h"
#include "core/model.h"
#include "core/unit.h"

enum { SCORE_RULES = 1 };

enum score_verdict { SCORE_NOT_APPLICABLE, SCORE_MET, SCORE_OPEN, SCORE_NOT_MET };

struct score_input {
	const struct model *model;
	const struct unit_tree *tree;   /* as it was at as_of */
	const struct measure *measures; /* sorted by measure_order; later than as_of is allowed and has no effect */
	size_t n_measures;
	const struct measure_retired *retired;
	size_t n_retired;
	int64_t as_of_ms;
};

/* What one unit says about one objective (rules 1 to 4). */
struct score_own {
	bool present; /* some source has a measure at as_of */
	bool fresh;   /* one of them is not stale */
	bool applies; /* false: by deployment type or by a not-applicable record it contributes nothing */
	struct measure_tally tally;
	struct measure_tally evidenced; /* attested yes and no turned into unknown (rule 6) */
	int64_t valid_until_ms;         /* the last instant at which this holds if nothing is added; TIME_FOREVER */
};

struct score_objective {
	enum score_verdict verdict;
	struct measure_tally tally, evidenced;
	int32_t attainment; /* 0..1000; meaningless when not applicable */
};

struct score_category {
	bool applicable;
	int level, level_high, level_evidenced, ceiling; /* 1..5 */
	int next_level;                             /* the next one with an applicable objective; 0 at the ceiling */
	int32_t index, index_high, index_evidenced; /* 1000..5000 */
	int32_t progress, coverage;                 /* 0..1000 */
};

/* A domain or the program (rule 9). */
struct score_mean {
	bool applicable;
	int32_t index, index_high, index_evidenced, coverage;
	int floor; /* the lowest level among its categories */
};

struct score {
	int unit;
	int64_t leaves, known; /* leaf units below with a deployment type, and those with a measure that is not stale */
	struct score_mean program;
	const struct score_mean *domains;         /* by model.domains */
	const struct score_category *categories;  /* by model.categories */
	const struct score_objective *objectives; /* by model.objectives */
	int64_t valid_until_ms;                   /* the last instant at which this holds if nothing is added */
};

/* The last instant at which a measure is not stale (rule 1). */
int64_t score_fresh_until(const struct measure *m, const struct model_objective *o);
/* Is a measure stale at as_of (rule 1)? */
bool score_is_stale(const struct measure *m, const struct model_objective *o, int64_t as_of_ms);
/* The current measures of a group, one per source (rule 1), retired sources left out: the next one after *at, which
   starts at 0; NULL at the end. group: measures of one (unit, objective), as in the input. */
const struct measure *score_next(const struct score_input *in, const struct measure *group, size_t n, size_t *at);

/* What the current measures of one (unit, objective) say together; decides what rules 2 and 3 do with each. */
struct score_facts {
	bool present, fresh;   /* some current measure; some that is not stale */
	bool not_applicable;   /* a not stale not-applicable record */
	bool na_attested_only; /* all of those are attested */
	bool override_in_force;
	bool measured_fresh;
};
struct score_facts score_facts(const struct score_input *in, int objective, const struct measure *group, size_t n);
/* Does rule 2 keep this current measure? */
bool score_keeps(const struct model_objective *o, const struct score_facts *f, const struct measure *m,
		 int64_t as_of_ms);
/* What it then counts: its tally, or all unknown when it is stale (rule 1). */
struct measure_tally score_counts(const struct model_objective *o, const struct measure *m, int64_t as_of_ms);
/* Rules 1 to 4 for one (unit, objective); the group may be empty. */
struct score_own score_own(const struct score_input *in, int unit, int objective, const struct measure *group,
			   size_t n);
/* Which measures belong to (unit, objective): first and number. */
size_t score_group(const struct score_input *in, int unit, int objective, size_t *first);

enum score_verdict score_verdict(struct measure_tally t, int32_t threshold_milli);
int32_t score_attainment(struct measure_tally t, int32_t threshold_milli);
str score_verdict_name(enum score_verdict verdict);
/* Rule 9 over the categories of a domain, or over all when domain is -1. categories: by model.categories. */
struct score_mean score_mean_of(const struct model *m, const struct score_category *categories, int domain);
/* Rule 6, plainly: the level of a category when its objectives have these verdicts (by model.objectives); 0: none
 * applies. */
int score_level(const struct model *m, const struct model_category *c, const struct score_objective *objectives);

/* The score at one node. */
MUST_USE enum status score_at(const struct score_input *in, int unit, struct arena *a, struct score *out,
			      struct err *err);
/* The same from measures that stand in parts, n of them, at least one: each has all measures of its objectives, no two
   have one in common, and model, tree and instant are the same. Where the measures of some objectives are in no part,
   their objectives and categories, and what is made of these, are as if nothing had been said about them. */
MUST_USE enum status score_at_parts(const struct score_input *parts, size_t n, int unit, struct arena *a,
				    struct score *out, struct err *err);
/* The score at every node, in one pass; calls done(ctx, score) in post-order of the tree. The score is valid during the
 * call. */
typedef enum status score_done_fn(void *ctx, const struct score *s, struct err *err);
MUST_USE enum status score_all(const struct score_input *in, struct arena *a, score_done_fn *done, void *ctx,
			       struct err *err);
MUST_USE enum status score_all_parts(const struct score_input *parts, size_t n, struct arena *a, score_done_fn *done,
				     void *ctx, struct err *err);

#endif
