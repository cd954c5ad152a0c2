/**
 * Progress of long work: one line on standard error, rewritten in place, on a terminal only and not before the work has
 * taken a moment.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "cli/cli.h"

/* For app.progress; ctx is the struct cli. */
void progress_show(void *ctx, str what, int64_t done, int64_t all);
/* Takes the line away, before anything else is printed. */
void progress_clear(struct cli *cli);

#endif
