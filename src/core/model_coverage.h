/**
 * Which ids of a framework the objectives of a model refer to, and which not.
 *
 * An id is reached when an objective names it. A reference to a group (GOVERN 1, PR.AA) reaches the group alone, not
 * the ids below it; to a paragraph (Art. 15(5)) its article. References to another version count only where a bundled
 * table says which id of this version is meant (csa-aicm 1.0.3 and 1.1.0).
 */
#ifndef CORE_MODEL_COVERAGE_H
#define CORE_MODEL_COVERAGE_H

#include "core/model.h"

struct model_coverage_id {
	str id, title;
	bool heading; /* a group inside the group (GOVERN 1, PR.AA): not counted, and listed only when it is named */
	bool moves;   /* a table says what it is in `other` */
	str moved;    /* the id there; empty: none */
	bool review;  /* that match was found by comparing texts */
	size_t n_objectives;
	const int *objectives; /* indexes into model.objectives, rising */
	str left_out;          /* why the model leaves it out; p NULL when it does not say */
};

struct model_coverage_group {
	str id, title; /* id empty: the framework has no groups */
	size_t n_objectives;
	const int *objectives; /* that refer to the group itself */
	size_t n;
	const struct model_coverage_id *ids; /* as in the catalogue */
	int n_ids, reached, left_out;        /* headings not counted. left_out: not reached, and the model says why */
};

struct model_coverage {
	const struct model *model;
	str framework, title, version;
	str other; /* the version whose references are translated; p NULL: none is */
	size_t n;
	const struct model_coverage_group *groups;
	int ids, reached, left_out;
	int objectives; /* that refer to this version or the translated one */
	int elsewhere;  /* references to other versions, which do not count */
};

/* version empty: the newest bundled one that the model refers to, else the newest. E_NOT_FOUND: no such framework or
   version. */
MUST_USE enum status model_coverage(const struct model *m, str framework, str version, struct arena *a,
				    struct model_coverage *out, struct err *err);

#endif
