/**
 * The views as JSON: what --json prints and the API answers. Each function writes one whole object with its line end.
 * Key order is free for readers, but the same view always gives the same bytes.
 */
#ifndef EXPORT_JSON_H
#define EXPORT_JSON_H

#include "base/json.h"
#include "core/model_coverage.h"
#include "core/model_diff.h"
#include "core/view.h"
#include "core/view_compare.h"
#include "core/view_overview.h"
#include "core/view_people.h"
#include "core/view_unit_map.h"
#include "export/export.h"

/* export/json_score.c */
void export_json_score(struct export o, const struct view_score *v);
/* The members of a mean or category, inside an open object. */
void export_json_score_mean(struct json_writer *w, const struct score_mean *m);
void export_json_score_category(struct json_writer *w, str id, const struct score_category *c);
void export_json_score_objective(struct json_writer *w, str id, const struct score_objective *s);

/* export/json_overview.c */
void export_json_overview(struct export o, const struct view_overview *v);
/* "deployment":["saas"]; bits 0: all of them. */
void export_json_overview_deployment(struct json_writer *w, unsigned bits);

/* export/json_compare.c */
void export_json_compare(struct export o, const struct view_compare *v);

/* What `check` found. */
void export_json_score_check(struct export o, const struct view_check *v);

/* export/json_answer.c */
void export_json_answer(struct export o, const struct view_answer *v);
void export_json_evaluation(struct export o, const struct view_evaluation *v);

/* export/json_explain.c */
void export_json_explain_objective(struct export o, const struct view_objective *v);
void export_json_explain_category(struct export o, const struct view_category *v);

/* export/json_import.c */
void export_json_import_receipt(struct export o, const struct view_receipt *v);
void export_json_import_measures(struct export o, const struct view_measures_import *v);
/* A file that `watch` did not import: where it is now, and the error. */
void export_json_import_refusal(struct export o, str file, str moved, const struct err *err);
/* "facts":{"person":12} */
void export_json_import_facts(struct json_writer *w, const struct view_kind_count *kinds, size_t n);
void export_json_import_texts(struct json_writer *w, str name, const str *texts, size_t n);

/* export/json_unit.c */
void export_json_unit_list(struct export o, const struct view_units *v);
void export_json_unit_map(struct export o, const struct view_unit_map *v);

/* export/json_template.c: the columns of one kind of evidence, or of all (-1) */
void export_json_template(struct export o, int kind, const struct view_format *formats, size_t n);

/* export/json_feed.c */
void export_json_feed_list(struct export o, const struct view_feeds *v);
void export_json_feed_show(struct export o, const struct view_feed *v);

/* export/json_link.c */
void export_json_link_list(struct export o, const struct view_link *links, size_t n);
void export_json_link_unresolved(struct export o, const struct view_unresolved_list *v);
void export_json_link_resolve(struct export o, const struct view_resolution *v);
/* exact, alias, model, pattern, discovered, unresolved */
str export_json_link_by(enum link_by by);

/* export/json_people.c */
void export_json_people_users(struct export o, const struct view_user *users, size_t n);
void export_json_people_grant(struct export o, str user, const struct view_grant *v);
void export_json_people_link(struct export o, const struct view_sign_in_link *v);
void export_json_people_tokens(struct export o, const struct view_token *tokens, size_t n);
void export_json_people_assignments(struct export o, const struct view_assignment *list, size_t n);
void export_json_people_audit(struct export o, const struct view_audit_list *v);
void export_json_people_audit_check(struct export o, const struct view_audit_check *v);

/* What of a model is shown. */
struct export_json_model_filter {
	unsigned deployment;                   /* objectives that apply to one of these types; 0: all */
	const struct model_category *category; /* NULL: all */
};
enum export_json_model_which { EXPORT_MODEL_ALL, EXPORT_MODEL_MISSING, EXPORT_MODEL_REACHED };

/* export/json_model.c: the last one is the model in its own format, which is YAML as well as JSON. */
void export_json_model_list(struct export o, const struct view_model *models, size_t n);
void export_json_model_one(struct export o, const struct view_model *v, str what, bool changed);
void export_json_model_show(struct export o, const struct model *m, const struct export_json_model_filter *filter);
/* One objective with everything around it. */
void export_json_model_objective(struct export o, const struct model *m, const struct model_objective *mo);
/* Nothing for a model that is no overlay: "overlay":{"base":"…","added":2,…}, "overlay":{"act":"loosened",…} */
void export_json_model_overlay(struct json_writer *w, const struct model *m);
void export_json_model_overlaid(struct json_writer *w, const struct model_overlaid *mark);
/* "retired":[…]: those of one category; NULL: all. Nothing for a model that is no overlay. */
void export_json_model_retired(struct json_writer *w, const struct model *m, const struct model_category *category);
/* The word of an enum model_overlay_act. */
str export_json_model_act(enum model_overlay_act act);

/* export/json_model_diff.c, export/json_model_coverage.c */
void export_json_model_diff(struct export o, const struct model_diff *d);
void export_json_model_coverage(struct export o, const struct model_coverage *c, enum export_json_model_which which);
void export_json_model_problems(struct export o, const struct model_problems *p, bool strict);

#endif
