/**
 * The views as JSON: what --json prints. Each function writes one whole object with its line end. Key order is free for
 * readers, but the same view always gives the same bytes.
 */
#ifndef CLI_JSON_VIEW_H
#define CLI_JSON_VIEW_H

#include "base/json.h"
#include "cli/out.h"
#include "core/model_coverage.h"
#include "core/model_diff.h"
#include "core/view.h"
#include "core/view_compare.h"
#include "core/view_overview.h"
#include "core/view_people.h"

/* cli/json_score.c */
void json_score(struct out *o, const struct view_score *v);
/* The members of a mean or category, inside an open object. */
void json_score_mean(struct json_writer *w, const struct score_mean *m);
void json_score_category(struct json_writer *w, str id, const struct score_category *c);
void json_score_objective(struct json_writer *w, str id, const struct score_objective *s);

/* cli/json_overview.c */
void json_overview(struct out *o, const struct view_overview *v);
/* "deployment":["saas"]; bits 0: all of them. */
void json_overview_deployment(struct json_writer *w, unsigned bits);

/* cli/json_compare.c */
void json_compare(struct out *o, const struct view_compare *v);

/* cli/json_explain.c */
void json_explain_objective(struct out *o, const struct view_objective *v);
void json_explain_category(struct out *o, const struct view_category *v);

/* cli/json_import.c */
void json_import_receipt(struct out *o, const struct view_receipt *v);
void json_import_measures(struct out *o, const struct view_measures_import *v);
/* A file that `watch` did not import: where it is now, and the error. */
void json_import_refusal(struct out *o, str file, str moved, const struct err *err);
/* "facts":{"person":12} */
void json_import_facts(struct json_writer *w, const struct view_kind_count *kinds, size_t n);
void json_import_texts(struct json_writer *w, str name, const str *texts, size_t n);

/* cli/json_unit.c */
void json_unit_list(struct out *o, const struct view_units *v);

/* cli/json_template.c: the columns of one kind of evidence, or of all (-1) */
void json_template(struct out *o, int kind);

/* cli/json_feed.c */
void json_feed_list(struct out *o, const struct view_feeds *v);
void json_feed_show(struct out *o, const struct view_feed *v);

/* cli/json_link.c */
void json_link_list(struct out *o, const struct view_link *links, size_t n);
void json_link_unresolved(struct out *o, const struct view_unresolved_list *v);
void json_link_resolve(struct out *o, const struct view_resolution *v);
/* exact, alias, model, pattern, discovered, unresolved */
str json_link_by(enum link_by by);

/* cli/json_people.c */
void json_people_users(struct out *o, const struct view_user *users, size_t n);
void json_people_grant(struct out *o, str user, const struct view_grant *v);
void json_people_link(struct out *o, const struct view_sign_in_link *v);
void json_people_tokens(struct out *o, const struct view_token *tokens, size_t n);
void json_people_assignments(struct out *o, const struct view_assignment *list, size_t n);
void json_people_audit(struct out *o, const struct view_audit_list *v);
void json_people_audit_check(struct out *o, const struct view_audit_check *v);

/* What of a model is shown. */
struct json_model_filter {
	unsigned deployment;                   /* objectives that apply to one of these types; 0: all */
	const struct model_category *category; /* NULL: all */
};
enum json_model_which { JSON_MODEL_ALL, JSON_MODEL_MISSING, JSON_MODEL_REACHED };

/* cli/json_model.c: the last one is the model in its own format, which is YAML as well as JSON. */
void json_model_list(struct out *o, const struct view_model *models, size_t n);
void json_model_one(struct out *o, const struct view_model *v, str what, bool changed);
void json_model_show(struct out *o, const struct model *m, const struct json_model_filter *filter);
/* One objective with everything around it. */
void json_model_objective(struct out *o, const struct model *m, const struct model_objective *mo);
/* Nothing for a model that is no overlay: "overlay":{"base":"…","added":2,…}, "overlay":{"act":"loosened",…} */
void json_model_overlay(struct json_writer *w, const struct model *m);
void json_model_overlaid(struct json_writer *w, const struct model_overlaid *mark);
/* "retired":[…]: those of one category; NULL: all. Nothing for a model that is no overlay. */
void json_model_retired(struct json_writer *w, const struct model *m, const struct model_category *category);
/* The word of an enum model_overlay_act. */
str json_model_act(enum model_overlay_act act);

/* cli/json_model_diff.c, cli/json_model_coverage.c */
void json_model_diff(struct out *o, const struct model_diff *d);
void json_model_coverage(struct out *o, const struct model_coverage *c, enum json_model_which which);
void json_model_problems(struct out *o, const struct model_problems *p, bool strict);

#endif
