/**
 * A maturity model as data: domains, categories, levels and control objectives.
 *
 * The format is YAML (docs/model-format.md). A model is a list of files: one file with everything, or `model.yaml`
 * with the head and one file per category; one more file may be an overlay, which adds, tightens or retires objectives
 * of the model in the others. Everything a model holds lives in the arena given to model_read and
 * never changes afterwards.
 */
#ifndef CORE_MODEL_H
#define CORE_MODEL_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum {
	MODEL_LEVELS = 5,
	MODEL_PROBLEMS = 1000 /* so many errors and so many warnings are listed, the rest is counted */
};

enum model_deployment { /* bits */
			MODEL_SELF_HOSTED = 1,
			MODEL_PAAS = 2,
			MODEL_SAAS = 4,
			MODEL_ANY_DEPLOYMENT = 7
};

enum model_mode { MODEL_MANUAL, MODEL_AUTOMATED, MODEL_EITHER };
enum model_scope { MODEL_SCOPE_UNIT, MODEL_SCOPE_PROGRAM };
enum model_empty { MODEL_EMPTY_NOT_APPLICABLE, MODEL_EMPTY_UNKNOWN, MODEL_EMPTY_NOT_MET };

struct model_place {
	str file;
	int64_t line, column; /* from 1 */
};

struct model_ref {
	str framework, version;
	size_t n_ids;
	const str *ids;
};

struct model_objective {
	str id;       /* GOV-02.1 */
	int category; /* index into model.categories */
	int level;    /* 2..5 */
	str title, kpi, population, condition, threshold_why, rationale, guidance, owner;
	int subject;             /* evidence_kind_id; -1 = none named */
	int32_t threshold_milli; /* 1..1000 */
	int64_t window_ms, max_age_ms;
	enum model_scope scope;
	unsigned deployment; /* bits of enum model_deployment, never 0 */
	enum model_mode mode;
	bool sample; /* basis: sample */
	enum model_empty empty;
	uint64_t may_lack; /* bit i: evidence kind i */
	int64_t effort_days;
	str check;           /* SQL; p NULL = none */
	str population_size; /* SQL; p NULL = none */
	size_t n_evidence, n_requires, n_refs;
	const str *evidence;
	const int *requires; /* indexes into model.objectives */
	const struct model_ref *refs;
	struct model_place place, check_place; /* check_place: where the SQL's first line starts */
	const struct model_overlaid
	    *overlaid; /* what an overlay did to it; NULL: it is as the model's author wrote it */
};

/* What an overlay (docs/model-format.md) did to an objective of its base. */
enum model_overlay_act {
	MODEL_ADDED,
	MODEL_ADAPTED, /* only what does not count: owner, effort, evidence, guidance */
	MODEL_TIGHTENED,
	MODEL_LOOSENED, /* also when something else was tightened */
	MODEL_RETIRED,
	MODEL_OVERLAY_ACTS
};

struct model_overlaid {
	enum model_overlay_act act;
	const struct model_objective *base; /* as the base has it, but for `requires`, which is empty; NULL: added */
	str because, approver;              /* both there when it was loosened or retired */
	struct model_place place;           /* in the overlay */
};

struct model_category {
	str id, title, summary; /* id: [A-Z][A-Z0-9]{1,7} */
	int domain;             /* index into model.domains */
	int64_t weight;         /* 1..1000 */
	size_t n_owners;
	const str *owners;
	str levels[MODEL_LEVELS];          /* what the category looks like at level i + 1 */
	int first_objective, n_objectives; /* in model.objectives, by level, then as in the file */
	struct model_place place;
};

struct model_domain {
	str id, title, summary;
};

/* Ids of a framework that no objective touches on purpose, and why. */
struct model_untouched {
	struct model_ref ref;
	str because;
	struct model_place place;
};

struct model {
	str id, version, title, notice;
	str line; /* "id@major": models of one line share their measures (a minor version only adds objectives) */
	str name; /* "id@version" */
	str level_names[MODEL_LEVELS], level_summaries[MODEL_LEVELS];
	size_t n_about, n_domains, n_categories, n_objectives, n_untouched;
	const str *about;                         /* paragraphs: what the model is and where it comes from */
	const struct model_domain *domains;       /* as in the file */
	const struct model_category *categories;  /* by domain, then as in the files (in byte order of their names) */
	const struct model_objective *objectives; /* by category, level, place in the file; see sorted for lookup */
	const struct model_untouched *untouched;  /* as in the head */
	const int *sorted;                        /* indexes of objectives in byte order of their ids */
	str base; /* the name of the model that this one is an overlay of; its line is that model's. p NULL: none */
	size_t n_retired;
	const struct model_overlaid *retired; /* the base's objectives that the overlay takes away, by id */
};

struct model_file {
	str name; /* as in messages */
	str text;
};

/* Something lint found. */
struct model_problem {
	bool warning; /* lengths, counts, missing texts, vague words; an error with --strict */
	struct model_place place;
	str message; /* "GOV-02.1: threshold 1.2 is not above 0 and at most 1 with three decimals" */
};

struct model_problems {
	size_t n, cap;
	struct model_problem *list;  /* in the order of the files and lines */
	size_t n_errors, n_warnings; /* found, also beyond the list */
};

/**
 * Reads and checks a model. Finds as many problems as it can in one run.
 *
 * @return OK also when there are problems: then *out is NULL if problems->n_errors > 0. Other status: memory or limits.
 * The SQL of checks is not compiled here (that needs the sandbox): app_model adds those problems.
 */
MUST_USE enum status model_read(const struct model_file *files, size_t n, struct arena *a,
				struct model_problems *problems, const struct model **out, struct err *err);
/* Adds a problem; the message is printed into the arena. */
MUST_USE enum status model_problem_add(struct model_problems *problems, struct arena *a, bool warning,
				       struct model_place place, struct err *err, const char *format, ...) PRINTF(6, 7);
/* Puts the problems in the order of files (byte order of names), lines and columns; model_read has done it. */
void model_problems_sort(struct model_problems *problems);
/* NULL when the model has no such objective or category; ids are matched exactly, then with ASCII case folded. */
const struct model_objective *model_objective_find(const struct model *m, str id);
const struct model_category *model_category_find(const struct model *m, str id);
/* Does b name a among what comes first? */
bool model_objective_requires(const struct model *m, const struct model_objective *b, const struct model_objective *a);
/* What the overlay of a model did, by enum model_overlay_act; all 0 when it is none. */
void model_overlay_count(const struct model *m, int counts[MODEL_OVERLAY_ACTS]);
/**
 * Which base an overlay wants. *is = false: the file is no overlay (or no YAML: model_read will say so). *base: empty
 * when it does not say.
 */
MUST_USE enum status model_overlay_base(const struct model_file *file, struct arena *a, bool *is, str *base,
					struct err *err);
/* "self_hosted" … or several, "paas;saas"; 0 when a word is wrong. Separator: ';' or ','. */
unsigned model_deployment_read(str text);

#endif
