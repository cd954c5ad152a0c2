/**
 * The commands: each reads its options, asks app/ and shows the view. Nothing is computed here.
 */
#ifndef CLI_CMD_CMD_H
#define CLI_CMD_CMD_H

#include "cli/cli.h"
#include "core/access.h"

MUST_USE enum status cmd_answer(struct cli *cli, struct err *err);
MUST_USE enum status cmd_approval_approve(struct cli *cli, struct err *err);
MUST_USE enum status cmd_approval_list(struct cli *cli, struct err *err);
MUST_USE enum status cmd_approval_reject(struct cli *cli, struct err *err);
MUST_USE enum status cmd_approval_request(struct cli *cli, struct err *err);
MUST_USE enum status cmd_approval_review(struct cli *cli, struct err *err);
MUST_USE enum status cmd_approval_withdraw(struct cli *cli, struct err *err);
MUST_USE enum status cmd_assign_add(struct cli *cli, struct err *err);
MUST_USE enum status cmd_assign_end(struct cli *cli, struct err *err);
MUST_USE enum status cmd_assign_list(struct cli *cli, struct err *err);
MUST_USE enum status cmd_audit_list(struct cli *cli, struct err *err);
MUST_USE enum status cmd_audit_verify(struct cli *cli, struct err *err);
MUST_USE enum status cmd_backup(struct cli *cli, struct err *err);
MUST_USE enum status cmd_check(struct cli *cli, struct err *err);
MUST_USE enum status cmd_comment_add(struct cli *cli, struct err *err);
MUST_USE enum status cmd_comment_list(struct cli *cli, struct err *err);
MUST_USE enum status cmd_comment_withdraw(struct cli *cli, struct err *err);
MUST_USE enum status cmd_compare(struct cli *cli, struct err *err);
MUST_USE enum status cmd_completion(struct cli *cli, struct err *err);
MUST_USE enum status cmd_demo(struct cli *cli, struct err *err);
MUST_USE enum status cmd_evaluate(struct cli *cli, struct err *err);
MUST_USE enum status cmd_explain(struct cli *cli, struct err *err);
MUST_USE enum status cmd_feed_list(struct cli *cli, struct err *err);
MUST_USE enum status cmd_feed_retire(struct cli *cli, struct err *err);
MUST_USE enum status cmd_feed_set(struct cli *cli, struct err *err);
MUST_USE enum status cmd_feed_show(struct cli *cli, struct err *err);
MUST_USE enum status cmd_gap(struct cli *cli, struct err *err);
MUST_USE enum status cmd_help(struct cli *cli, struct err *err);
MUST_USE enum status cmd_import(struct cli *cli, struct err *err);
MUST_USE enum status cmd_init(struct cli *cli, struct err *err);
MUST_USE enum status cmd_link_add(struct cli *cli, struct err *err);
MUST_USE enum status cmd_link_import(struct cli *cli, struct err *err);
MUST_USE enum status cmd_link_list(struct cli *cli, struct err *err);
MUST_USE enum status cmd_link_remove(struct cli *cli, struct err *err);
MUST_USE enum status cmd_link_resolve(struct cli *cli, struct err *err);
MUST_USE enum status cmd_link_unresolved(struct cli *cli, struct err *err);
MUST_USE enum status cmd_man(struct cli *cli, struct err *err);
MUST_USE enum status cmd_model_activate(struct cli *cli, struct err *err);
MUST_USE enum status cmd_model_book(struct cli *cli, struct err *err);
MUST_USE enum status cmd_model_coverage(struct cli *cli, struct err *err);
MUST_USE enum status cmd_model_diff(struct cli *cli, struct err *err);
MUST_USE enum status cmd_model_import(struct cli *cli, struct err *err);
MUST_USE enum status cmd_model_lint(struct cli *cli, struct err *err);
MUST_USE enum status cmd_model_list(struct cli *cli, struct err *err);
MUST_USE enum status cmd_model_show(struct cli *cli, struct err *err);
MUST_USE enum status cmd_overview(struct cli *cli, struct err *err);
MUST_USE enum status cmd_rebuild(struct cli *cli, struct err *err);
MUST_USE enum status cmd_restore(struct cli *cli, struct err *err);
MUST_USE enum status cmd_review_confirm(struct cli *cli, struct err *err);
MUST_USE enum status cmd_review_list(struct cli *cli, struct err *err);
MUST_USE enum status cmd_review_return(struct cli *cli, struct err *err);
MUST_USE enum status cmd_review_undo(struct cli *cli, struct err *err);
MUST_USE enum status cmd_score(struct cli *cli, struct err *err);
MUST_USE enum status cmd_serve(struct cli *cli, struct err *err);
MUST_USE enum status cmd_shadow_dismiss(struct cli *cli, struct err *err);
MUST_USE enum status cmd_shadow_list(struct cli *cli, struct err *err);
MUST_USE enum status cmd_shadow_revoke(struct cli *cli, struct err *err);
MUST_USE enum status cmd_source_retire(struct cli *cli, struct err *err);
MUST_USE enum status cmd_target_list(struct cli *cli, struct err *err);
MUST_USE enum status cmd_target_set(struct cli *cli, struct err *err);
MUST_USE enum status cmd_target_withdraw(struct cli *cli, struct err *err);
MUST_USE enum status cmd_template(struct cli *cli, struct err *err);
MUST_USE enum status cmd_token_create(struct cli *cli, struct err *err);
MUST_USE enum status cmd_token_list(struct cli *cli, struct err *err);
MUST_USE enum status cmd_token_revoke(struct cli *cli, struct err *err);
MUST_USE enum status cmd_unit_import(struct cli *cli, struct err *err);
MUST_USE enum status cmd_unit_list(struct cli *cli, struct err *err);
MUST_USE enum status cmd_unit_show(struct cli *cli, struct err *err);
MUST_USE enum status cmd_user_add(struct cli *cli, struct err *err);
MUST_USE enum status cmd_user_disable(struct cli *cli, struct err *err);
MUST_USE enum status cmd_user_enable(struct cli *cli, struct err *err);
MUST_USE enum status cmd_user_grant(struct cli *cli, struct err *err);
MUST_USE enum status cmd_user_link(struct cli *cli, struct err *err);
MUST_USE enum status cmd_user_list(struct cli *cli, struct err *err);
MUST_USE enum status cmd_user_password(struct cli *cli, struct err *err);
MUST_USE enum status cmd_user_revoke(struct cli *cli, struct err *err);
MUST_USE enum status cmd_version(struct cli *cli, struct err *err);
MUST_USE enum status cmd_watch(struct cli *cli, struct err *err);

/* The role of a word; empty is none. */
MUST_USE enum status cmd_user_role(struct cli *cli, str word, enum access_role *out, struct err *err);
/* " at retail" */
str cmd_user_where(struct arena *a, str unit);
/* The path given as --base; NULL without one. */
MUST_USE enum status cmd_model_base(struct cli *cli, const char **path, struct err *err);
/* Opens the store for a command that can do without: when none is there and none was asked for, app.db is NULL. */
MUST_USE enum status cmd_model_store(struct cli *cli, bool wanted, struct err *err);

/* A number that counts from 1, of an argument called `what`. */
MUST_USE enum status cmd_number(struct cli *cli, const char *what, str text, int64_t *out, struct err *err);

/* The parts of help: all commands; those that start with a word; one command. */
void cmd_help_overview(struct out *out);
void cmd_help_group(struct out *out, str name);
void cmd_help_command(struct out *out, const struct table_command *c);
/* "aismm import [--format FORMAT] … FILE…" without line ends. */
void cmd_help_synopsis(struct buf *b, const struct table_command *c);
/* What an evaluation did. */
void cmd_evaluate_show(struct cli *cli, const struct view_evaluation *v);
/* What lint found, on standard error. */
void cmd_model_problems(struct cli *cli, const struct model_problems *problems);

#endif
