/**
 * What changed between two models, and what that means for measures that were recorded under the first.
 *
 * A measure is a tally (yes, no, unknown). It stays right as long as the second model would have counted the same
 * members by the same rule; thresholds, ages and applicability are looked up when a score is computed, so a measure
 * survives their change. Each key of an objective has one class:
 *
 * - reworded: title, kpi, population, condition, threshold_why, rationale, guidance, evidence, effort, owner, requires,
 *   refs, and a check of which only the layout changed;
 * - adjusted: threshold, max_age, deployment, mode, and a check or subject where there was none or is none any more;
 * - changed meaning: subject, window, scope, basis, population_size, empty, may_lack, check. Of these population_size,
 *   empty and may_lack only say how a check counts: without a check on either side they are reworded.
 *
 * Where no check that people cannot overrule tells what is counted, population, condition and kpi do: then a person
 * has to judge whether the new words ask for the same.
 */
#ifndef CORE_MODEL_DIFF_H
#define CORE_MODEL_DIFF_H

#include "core/model.h"

enum model_diff_class { /* of a pair of objectives the greatest of its fields */
			MODEL_DIFF_SAME,
			MODEL_DIFF_REWORDED,
			MODEL_DIFF_ADJUSTED,
			MODEL_DIFF_MEANING,
			MODEL_DIFF_NEW,
			MODEL_DIFF_GONE,
			MODEL_DIFF_CLASSES
};

enum model_diff_carry {
	MODEL_DIFF_CARRIES,
	MODEL_DIFF_JUDGE, /* if the new words ask for the same */
	MODEL_DIFF_WRONG, /* existing measures counted something else */
	MODEL_DIFF_NONE,  /* new: there are none; gone: they count no longer */
	MODEL_DIFF_CARRIES_N
};

/* What a version number says, or has to say. */
enum model_diff_step { MODEL_DIFF_NOTHING, MODEL_DIFF_PATCH, MODEL_DIFF_MINOR, MODEL_DIFF_MAJOR };

struct model_diff_field {
	str key;
	enum model_diff_class class;
	str from, to; /* as in the file; see core/model_text.h */
};

/* An objective or a category. */
struct model_diff_entry {
	str id, title;
	const struct model_objective *from, *to; /* of an objective; NULL: it is new, it is gone */
	enum model_diff_class class;
	enum model_diff_carry carries; /* objectives only */
	str why;                       /* a sentence, why it carries or not; objectives only */
	size_t n_fields;
	const struct model_diff_field *fields;
	const struct model_overlaid *overlaid; /* what the second model's overlay did to it, also when it retired it */
};

struct model_diff {
	const struct model *from, *to;
	bool differ;
	bool same_line; /* they share their measures */
	bool same_id;   /* their version numbers can be compared */
	size_t n_head;
	const struct model_diff_field *head;
	size_t n_categories, n_objectives;
	const struct model_diff_entry *categories, *objectives; /* in the order of `to`, then what is gone */
	int counts[MODEL_DIFF_CLASSES];                         /* objectives */
	int carries[MODEL_DIFF_CARRIES_N];
	enum model_diff_step needed, said; /* said: NOTHING also when the ids differ */
	size_t n_warnings;
	const str *warnings;
};

MUST_USE enum status model_diff(const struct model *from, const struct model *to, struct arena *a,
				struct model_diff *out, struct err *err);
/* Do both say the same in everything, also what they retire and in which order? Files and places do not count. */
MUST_USE enum status model_diff_same(const struct model *x, const struct model *y, struct arena *a, bool *same,
				     struct err *err);
/* The class of a key of an objective; MODEL_DIFF_SAME for `id`, which says which ones are compared, and for no key. */
enum model_diff_class model_diff_class_of(str key);

#endif
