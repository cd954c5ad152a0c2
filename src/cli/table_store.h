/**
 * What the commands about the store as a whole take (backup, restore), and those about what no register knows. For
 * cli/table.c alone.
 */
#ifndef CLI_TABLE_STORE_H
#define CLI_TABLE_STORE_H

#include "cli/cmd/cmd.h"
#include "cli/table.h"
#include "cli/table_option.h"

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

/* ---- what no register knows ---- */

static const struct table_argument shadow_name[] = {
    {.name = S("NAME"), .kind = TABLE_TEXT, .help = S("of the system, as in `aismm shadow list`")},
};
static const struct table_option shadow_list_options[] = {
    {.name = S("dismissed"), .help = S("those that were dismissed")},
    {.name = S("all"), .help = S("all of them")},
    OPTION_UNIT,
    OPTION_AS_OF,
};
static const struct table_option shadow_dismiss_options[] = {
    {.name = S("unit"), .value = S("UNIT"), .kind = TABLE_UNIT, .help = S("there and below; without it everywhere")},
    {.name = S("because"),
     .value = S("TEXT"),
     .kind = TABLE_TEXT,
     .required = true,
     .help = S("why it needs no register")},
};
static const struct table_option shadow_revoke_options[] = {
    {.name = S("unit"),
     .value = S("UNIT"),
     .kind = TABLE_UNIT,
     .help = S("where it was dismissed; without it everywhere")},
};
static const struct table_example shadow_dismiss_examples[] = {
    {S("aismm shadow dismiss prod/tester-1 --unit north --because 'a test, gone since'"), S("in one unit")},
};

#define STORE_OF(array) sizeof(array) / sizeof(array)[0]
#define TABLE_STORE_SHADOW                                                                                             \
	{.name = S("shadow"),                                                                                          \
	 .sub = S("dismiss"),                                                                                          \
	 .summary = S("set aside an AI system that no register knows, with a reason"),                                 \
	 .text = S(                                                                                                    \
	     "It says that somebody looked, and changes no number: the system counts as unregistered in every check "  \
	     "as "                                                                                                     \
	     "before, until it is linked, registered or gone. Everybody who may read the unit sees who set it aside, " \
	     "and why."),                                                                                              \
	 .topic = TABLE_KEEPING,                                                                                       \
	 .need = TABLE_WRITES,                                                                                         \
	 .n_arguments = STORE_OF(shadow_name),                                                                         \
	 .arguments = shadow_name,                                                                                     \
	 .n_options = STORE_OF(shadow_dismiss_options),                                                                \
	 .options = shadow_dismiss_options,                                                                            \
	 .n_examples = STORE_OF(shadow_dismiss_examples),                                                              \
	 .examples = shadow_dismiss_examples,                                                                          \
	 .run = cmd_shadow_dismiss},                                                                                   \
	    {.name = S("shadow"),                                                                                      \
	     .sub = S("list"),                                                                                         \
	     .summary = S("what evidence shows of AI systems and no register knows"),                                  \
	     .topic = TABLE_KEEPING,                                                                                   \
	     .need = TABLE_READS,                                                                                      \
	     .n_options = STORE_OF(shadow_list_options),                                                               \
	     .options = shadow_list_options,                                                                           \
	     .run = cmd_shadow_list},                                                                                  \
	{                                                                                                              \
		.name = S("shadow"), .sub = S("revoke"), .summary = S("take a dismissal back"),                        \
		.topic = TABLE_KEEPING, .need = TABLE_WRITES, .n_arguments = STORE_OF(shadow_name),                    \
		.arguments = shadow_name, .n_options = STORE_OF(shadow_revoke_options),                                \
		.options = shadow_revoke_options, .run = cmd_shadow_revoke                                             \
	}

#endif
