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
#include "core/view_answer.h"
#include "core/view_approval.h"
#include "core/view_compare.h"
#include "core/view_detail.h"
#include "core/view_file.h"
#include "core/view_health.h"
#include "core/view_overview.h"
#include "core/view_people.h"
#include "core/view_queue.h"
#include "core/view_register.h"
#include "core/view_roll_up.h"
#include "core/view_search.h"
#include "core/view_target.h"
#include "core/view_unit_map.h"
#include "core/view_unit_tree.h"
#include "export/export.h"

/* "next":12, where the list goes on; null for 0: that was all. export/json.c */
void export_json_next(struct json_writer *w, int64_t next);

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
void export_json_explain_record(struct json_writer *w, const struct view_record *r);
/* "measures":[…] */
void export_json_explain_measures(struct export o, struct json_writer *w, const struct view_measure *list, size_t n);

/* export/json_roll_up.c: n of the units directly below, from one on. A tally is null where nothing is added. */
void export_json_roll_up(struct export o, const struct view_roll_up *v, size_t from, size_t n);

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
/* "declared":["saas"] */
void export_json_unit_deployments(struct json_writer *w, str name, unsigned bits);

/* export/json_tree.c: the tree of units as it is kept: n of its units from one on, one of them, all trees, one with
   what it changed, what an act did, and what a file did or (with a difference) would do */
void export_json_tree(struct export o, const struct view_unit_step *v, size_t from, size_t n);
void export_json_tree_unit(struct export o, const struct unit_tree *tree, int unit);
void export_json_tree_history(struct export o, const struct view_unit_tree *list, size_t n);
void export_json_tree_step(struct export o, const struct view_unit_step *v);
void export_json_tree_change(struct export o, const struct view_unit_change *v);
void export_json_tree_import(struct export o, const struct view_unit_import *v, const struct unit_diff *diff);

/* export/json_template.c: the columns of one kind of evidence, or of all (-1) */
void export_json_template(struct export o, int kind, const struct view_format *formats, size_t n);

/* export/json_feed.c */
void export_json_feed_list(struct export o, const struct view_feeds *v);
void export_json_feed_show(struct export o, const struct view_feed *v);

/* export/json_link.c */
/* AI systems that no register knows, and one dismissal of such a system. */
void export_json_shadow_list(struct export o, const struct view_register *v);
void export_json_shadow_one(struct export o, const struct view_dismissal *d);
void export_json_shadow_dismissals(struct export o, const struct view_dismissal *list, size_t n);
void export_json_link_list(struct export o, const struct view_link *links, size_t n);
void export_json_link_unresolved(struct export o, const struct view_unresolved_list *v);
void export_json_link_resolve(struct export o, const struct view_resolution *v);
/* exact, alias, model, pattern, discovered, unresolved */
str export_json_link_by(enum link_by by);

/* export/json_people.c */
void export_json_people_users(struct export o, const struct view_user *users, size_t n);
/* Who asks, and what may be done. */
void export_json_people_access(struct export o, const struct access *v);
void export_json_people_grant(struct export o, str user, const struct view_grant *v);
void export_json_people_link(struct export o, const struct view_sign_in_link *v);
void export_json_people_sessions(struct export o, const struct view_session *list, size_t n);
void export_json_people_tokens(struct export o, const struct view_token *tokens, size_t n);
void export_json_people_assignments(struct export o, const struct view_assignment *list, size_t n);
void export_json_people_audit(struct export o, const struct view_audit_list *v);
void export_json_people_audit_check(struct export o, const struct view_audit_check *v);

/* export/json_history.c: the year of an objective, and the files behind it */
void export_json_history(struct export o, const struct view_detail *v);

/* export/json_target.c */
void export_json_target_list(struct export o, const struct view_target *list, size_t n);
void export_json_target_gap(struct export o, const struct view_gaps *v);

/* export/json_review.c: answers that wait, what a second person did, the answer that is current at a place, a document
   behind one */
void export_json_review_list(struct export o, const struct view_reviews *v);
void export_json_review_done(struct export o, const struct view_reviewed *v);
void export_json_review_answer(struct export o, const struct view_answer_now *v);
void export_json_review_document(struct export o, const struct view_document_of *v);

/* export/json_comment.c */
void export_json_comment(struct export o, const struct view_comment *v);
void export_json_comment_list(struct export o, const struct view_comments *v);

/* export/json_approval.c; put: its members, inside an open object */
void export_json_approval(struct export o, const struct view_approval *v);
void export_json_approval_list(struct export o, const struct view_approval *list, size_t n);
void export_json_approval_put(struct json_writer *w, const struct view_approval *v);

/* export/json_register.c: the names of all registers, the rows of one, one row with what is known about it. What nobody
   said is null. */
void export_json_register_kinds(struct export o);
void export_json_register_list(struct export o, const struct view_register *v);
void export_json_register_subject(struct export o, enum evidence_kind_id kind, const struct view_register_subject *v);

/* export/json_search.c, export/json_queue.c */
void export_json_search(struct export o, str text, const struct view_search *v);
void export_json_queue(struct export o, const struct view_queue *v);

/* export/json_file.c: evidence files; those of a feed with the ones that were refused */
void export_json_file_list(struct export o, const struct view_files *v);
void export_json_file_history(struct export o, str feed, const struct view_history *v);

/* export/json_store.c */
void export_json_store_health(struct export o, const struct view_health *v);
void export_json_store_settings(struct export o, const struct view_setting *list, size_t n);

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
