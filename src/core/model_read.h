/**
 * Inside model_read: the reader's state and its typed getters. For core/model_*.c only.
 *
 * A getter that finds a wrong type or value notes a problem and gives the default, so one run finds many problems.
 * The first failure to note a problem (memory) sticks in `status`; model_read looks at it once at the end.
 */
#ifndef CORE_MODEL_READ_H
#define CORE_MODEL_READ_H

#include <stdarg.h>

#include "base/yaml.h"
#include "core/model.h"

enum { MODEL_ID_BYTES = 32 }; /* the longest category or objective id */

/* A category or objective with what is only needed until the model is put in order. */
struct model_draft_category {
	struct model_category c;
	int found;    /* running number, in the order of the files */
	bool bad_ids; /* an objective's id could not be read: do not say that a level is empty */
};

struct model_draft {
	struct model_objective o;
	int found;
	const struct yaml_node *requires; /* a list, or NULL */
};

struct model_reader {
	struct arena *a;
	struct model_problems *problems;
	struct err *err;
	enum status status;
	str file;        /* the one that is read now */
	str about;       /* the id in front of messages; may be empty */
	str overlay;     /* the file that is an overlay; p NULL: none. Then nobody is warned about the others */
	bool incomplete; /* a file could not be read as YAML: what is missing may be there */
	struct model *m;
	struct model_domain *domains;
	struct model_place *domain_places;
	struct model_draft_category *categories;
	struct model_draft *objectives;
	size_t n_categories, cap_categories, n_objectives, cap_objectives;
};

/* Problems at a node of the current file. */
void model_read_error(struct model_reader *r, const struct yaml_node *at, const char *format, ...) PRINTF(3, 4);
void model_read_warning(struct model_reader *r, const struct yaml_node *at, const char *format, ...) PRINTF(3, 4);
/* The same at any place, about any id. */
void model_read_report(struct model_reader *r, bool warning, struct model_place place, str about, const char *format,
		       ...) PRINTF(5, 6);
void model_read_full(struct model_reader *r); /* the arena gave NULL */
struct model_place model_read_place(const struct model_reader *r, const struct yaml_node *node);
/* Prints a message into the arena; control characters become '?'. */
MUST_USE enum status model_message(struct arena *a, str *out, struct err *err, const char *format, va_list args)
    PRINTF(4, 0);
void model_read_unknown_key(struct model_reader *r, const struct yaml_node *key, const char *what, const str *words);
/* A text for a message: cut at a character when it is long. */
str model_read_clip(str text);

/* The node must be a map; every key must be one of the words. Returns false when it is no map. */
bool model_read_map(struct model_reader *r, const struct yaml_node *node, const char *what, const str *words);
/* The nearest of the words (a list that ends with an empty one) when it is near enough, else empty. */
str model_read_nearest(str word, const str *words);

/* The text of a key without white space around it: p NULL when absent, null or blank. */
str model_read_text(struct model_reader *r, const struct yaml_node *map, str key);
str model_read_needed_text(struct model_reader *r, const struct yaml_node *map, str key);
/* The same without a line end or tab inside. */
str model_read_line(struct model_reader *r, const struct yaml_node *map, str key, bool needed);
/* The same, byte for byte. */
str model_read_sql(struct model_reader *r, const struct yaml_node *map, str key);
/* One node that should be a text. */
str model_read_scalar(struct model_reader *r, const struct yaml_node *node, str key);
/* The list of a key; NULL when absent or null. */
const struct yaml_node *model_read_list(struct model_reader *r, const struct yaml_node *map, str key);
const str *model_read_texts(struct model_reader *r, const struct yaml_node *map, str key, size_t *n);
/* -1 when absent or not one of the words (then it is a problem). */
int model_read_word(struct model_reader *r, const struct yaml_node *map, str key, const str *words);
/* The same for one node. */
int model_read_word_at(struct model_reader *r, const struct yaml_node *node, str key, const str *words);

struct model_range {
	int64_t from, to, otherwise;
};

int64_t model_read_int(struct model_reader *r, const struct yaml_node *map, str key, struct model_range range);
/* PnD as milliseconds; `otherwise` when absent. */
int64_t model_read_days(struct model_reader *r, const struct yaml_node *map, str key, int64_t otherwise);
/* 0 < t <= 1 with at most three decimals, as thousandths; 0 when it is not. */
int32_t model_read_share(struct model_reader *r, const struct yaml_node *map, str key);

/* core/model_head.c: the head of the model; categories' nodes are read by the caller. */
void model_read_head(struct model_reader *r, const struct yaml_node *head);
/* id, version, title and notice, of a model or an overlay, with line and name. */
void model_read_names(struct model_reader *r, const struct yaml_node *head);
/* core/model_category.c, core/model_objective.c */
void model_read_category(struct model_reader *r, const struct yaml_node *node);
/* Framework, version and ids of a map; version NULL when there is none such, and what is wrong is a problem. */
void model_read_ref(struct model_reader *r, const struct yaml_node *node, struct model_ref *ref);
void model_read_objective(struct model_reader *r, const struct yaml_node *node, struct model_draft_category *category,
			  int index);
/* A warning when an owner is not one of the functions of docs/model-format.md. */
void model_category_function(struct model_reader *r, const struct yaml_node *at, str function);
/* core/model_lint.c: warnings about levels without a text, and about one objective's texts. */
void model_lint_levels(struct model_reader *r, const struct yaml_node *at, const str texts[MODEL_LEVELS],
		       const char *what);
void model_lint_objective(struct model_reader *r, const struct yaml_node *node, const struct model_objective *o);
/* core/model_untouched.c: the list in the head; and, when all objectives are there, whether it holds. */
void model_untouched_read(struct model_reader *r, const struct yaml_node *head);
void model_untouched_check(struct model_reader *r);
/* The keys of a file's parts, each list ending with an empty one. */
const str *model_head_keys(void);
const str *model_category_keys(void);
const str *model_objective_keys(void);
/* The deployment types of a map; all three when it names none. */
unsigned model_objective_deployment(struct model_reader *r, const struct yaml_node *map);
/* core/model_overlay.c: applies the overlay to the drafts of its base. has_base = false: there is nothing to apply it
 * to.
 */
void model_overlay_read(struct model_reader *r, const struct yaml_node *overlay, bool has_base);
/* What the overlay retired, by id; NULL when it did not. */
const struct model_overlaid *model_overlay_retired(const struct model *m, str id);
/* After model_order: what is kept of the base's objectives gets its place in the new order. */
void model_overlay_finish(struct model_reader *r);
/* core/model_order.c: sorts everything, resolves `requires`, checks what needs the whole model. */
void model_order(struct model_reader *r);

#endif
