/**
 * The two halves of `aismm explain`.
 */
#ifndef CLI_CMD_EXPLAIN_H
#define CLI_CMD_EXPLAIN_H

#include "cli/cli.h"

/* "acme, 1 Nov 2026, aismm-reference@1.0.0" */
str cmd_explain_place(struct arena *a, const struct model *m, str unit, int64_t as_of_ms);
MUST_USE enum status cmd_explain_category(struct cli *cli, const struct view_category *v, struct err *err);

#endif
