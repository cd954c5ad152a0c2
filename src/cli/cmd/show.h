/**
 * Views for people, apart from the commands that fetch them: so that a test can show a view it made up.
 */
#ifndef CLI_CMD_SHOW_H
#define CLI_CMD_SHOW_H

#include "cli/cli.h"
#include "export/json.h"

MUST_USE enum status cmd_score_show(struct cli *cli, const struct view_score *v, struct err *err);
MUST_USE enum status cmd_overview_show(struct cli *cli, const struct view_overview *v, struct err *err);
MUST_USE enum status cmd_compare_show(struct cli *cli, const struct view_compare *v, struct err *err);
/* One row for each category, then one for each objective that differs. */
void cmd_compare_csv(struct cli *cli, const struct view_compare *v);
/* "+1.22", "−0.04", "0.00": of a difference as it is shown, see core/view_shown.h. */
str cmd_compare_change(struct arena *a, int32_t shown);
MUST_USE enum status cmd_explain_objective(struct cli *cli, const struct view_objective *v, struct err *err);
MUST_USE enum status cmd_explain_category(struct cli *cli, const struct view_category *v, struct err *err);
/* deepest: how many steps below the first unit are shown. */
MUST_USE enum status cmd_unit_show_list(struct cli *cli, const struct view_units *v, int deepest, struct err *err);
/* "acme, 1 Nov 2026, aismm-reference@1.0.0" */
str cmd_explain_place(struct arena *a, const struct model *m, str unit, int64_t as_of_ms);
/* "self_hosted, paas" or "every deployment type" */
str cmd_explain_deployment(struct arena *a, unsigned bits);
/* What an overlay did to an objective, in a sentence; empty when it did nothing. */
str cmd_model_overlaid(struct arena *a, const struct model *m, const struct model_overlaid *mark);
/* "needs 90 %. Why": the reason stays with the number that it is for, the base's when an overlay asks another. */
void cmd_model_needs(struct cli *cli, const struct model_objective *mo, int columns);
MUST_USE enum status cmd_model_show_overview(struct cli *cli, const struct model *m, const struct view_model *v,
					     const struct export_json_model_filter *filter, struct err *err);
MUST_USE enum status cmd_model_show_objective(struct cli *cli, const struct model *m, const struct model_objective *mo,
					      struct err *err);
void cmd_model_show_diff(struct cli *cli, const struct model_diff *d);
MUST_USE enum status cmd_model_show_coverage(struct cli *cli, const struct model_coverage *c,
					     enum export_json_model_which which, struct err *err);
/* "2 objectives added, 1 tightened, 1 loosened, 1 retired" */
str cmd_model_overlay(struct arena *a, const struct model *m);

#endif
