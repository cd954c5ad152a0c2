/**
 * promptfoo results (JSON, versions 2 and 3 of the results): what the files of this format share.
 *
 * Red-team rows are counted per target, plugin and strategy, and kept until the end, as the id and the time of the
 * evaluation may stand behind them. Prompts and answers are read through and never kept. The ids of the rows are kept
 * as digests, some 60 to 200 bytes each.
 */
#ifndef IMPORT_PROMPTFOO_H
#define IMPORT_PROMPTFOO_H

#include "import/formats.h"

/* The class of attack of a plugin under a strategy (empty, or promptfoo's word). */
str import_promptfoo_plugins_class(str plugin, str strategy);
/* Whether a strategy leaves the plugin's attack as it is. */
bool import_promptfoo_plugins_plain(str strategy);

#endif
