/**
 * Views for people, apart from the commands that fetch them: so that a test can show a view it made up.
 */
#ifndef CLI_CMD_SHOW_H
#define CLI_CMD_SHOW_H

#include "cli/cli.h"

MUST_USE enum status cmd_score_show(struct cli *cli, const struct view_score *v, struct err *err);
MUST_USE enum status cmd_explain_objective(struct cli *cli, const struct view_objective *v, struct err *err);
MUST_USE enum status cmd_explain_category(struct cli *cli, const struct view_category *v, struct err *err);
/* deepest: how many steps below the first unit are shown. */
MUST_USE enum status cmd_unit_show_list(struct cli *cli, const struct view_units *v, int deepest, struct err *err);
/* "acme, 1 Nov 2026, aismm-reference@1.0.0" */
str cmd_explain_place(struct arena *a, const struct model *m, str unit, int64_t as_of_ms);

#endif
