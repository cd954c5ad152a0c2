/**
 * Options that several commands take. For cli/table.c and the tables beside it alone.
 */
#ifndef CLI_TABLE_OPTION_H
#define CLI_TABLE_OPTION_H

#define OPTION_UNIT                                                                                                    \
	{                                                                                                              \
		.name = S("unit"), .value = S("UNIT"), .kind = TABLE_UNIT,                                             \
		.help = S("the unit to look at, with everything below it; without it the whole organisation")          \
	}
#define OPTION_AS_OF                                                                                                   \
	{                                                                                                              \
		.name = S("as-of"), .value = S("TIME"), .kind = TABLE_TIME,                                            \
		.help = S("the instant to look at, past or future; without it now")                                    \
	}
#define OPTION_AT                                                                                                      \
	{                                                                                                              \
		.name = S("at"), .value = S("TIME"), .kind = TABLE_TIME,                                               \
		.help = S("from when on it no longer counts; without it now")                                          \
	}

#endif
