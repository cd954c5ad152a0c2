/**
 * What the commands about the store as a whole take: backup, restore. For cli/table.c alone.
 */
#ifndef CLI_TABLE_STORE_H
#define CLI_TABLE_STORE_H

#include "cli/table.h"

static const struct table_option backup_options[] = {
    {.name = S("output"),
     .letter = 'o',
     .value = S("FILE"),
     .kind = TABLE_FILE,
     .required = true,
     .help = S("the copy; a file that is there is not overwritten")},
};
static const struct table_example backup_examples[] = {
    {S("aismm backup -o acme-2026-11-26.db"), S("while the server runs")},
};
static const struct table_argument restore_arguments[] = {
    {.name = S("FILE"), .kind = TABLE_FILE, .help = S("a copy that `aismm backup` or a page made")},
};
static const struct table_example restore_examples[] = {
    {S("aismm restore acme-2026-11-26.db --db acme.db"), S("where no acme.db is")},
};

#endif
