/**
 * The commands as one table. Dispatcher, option parser, --help, the manual page and the shell completions all read it,
 * so none of them can say something else than the others.
 */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include "base/err.h"
#include "base/str.h"

struct cli;

/* What a value is: how it is checked, and what a shell offers for it. */
enum table_kind {
	TABLE_FLAG, /* takes no value */
	TABLE_TEXT,
	TABLE_FILE,
	TABLE_TIME,
	TABLE_COUNT, /* 0..LIMIT_COUNT */
	TABLE_WORD,  /* one of `words` */
	TABLE_UNIT,
	TABLE_OBJECTIVE,
	TABLE_SUBJECT, /* an objective or a category */
	TABLE_FEED,
	TABLE_MODEL,
	TABLE_FORMAT,
	TABLE_BOUNDS, /* GOV=3,IAM=2 */
	TABLE_STORE,
	TABLE_COMMAND, /* the name of a command */
	TABLE_KINDS
};

struct table_option {
	str name;    /* without the dashes */
	char letter; /* -h; 0 = none */
	str value;   /* what its value is called; empty: it takes none */
	enum table_kind kind;
	bool many;     /* may be given again */
	bool required; /* the command does not run without it */
	bool in_forms; /* shown in the command's forms, not on its own */
	str help;      /* lower case, no full stop */
};

struct table_argument {
	str name;
	enum table_kind kind;
	str words; /* TABLE_WORD: separated by spaces */
	bool optional, many;
	str help;
};

struct table_example {
	str line, help;
};

enum table_need {
	TABLE_NO_STORE,
	TABLE_READS,
	TABLE_WRITES,
	TABLE_CREATES,
	TABLE_WRITES_OFTEN /* writes, and opens the store itself each time */
};
enum table_topic { TABLE_FEEDING, TABLE_SEEING, TABLE_KEEPING, TABLE_PEOPLE, TABLE_ABOUT, TABLE_TOPICS };

struct table_command {
	str name, sub; /* sub empty: the name alone */
	str summary;   /* one line, lower case, no full stop */
	str text;      /* what one has to know to use it; paragraphs separated by an empty line */
	str forms;     /* options of which one group must be given, as in the synopsis */
	enum table_topic topic;
	enum table_need need;
	size_t n_arguments, n_options, n_examples;
	const struct table_argument *arguments;
	const struct table_option *options; /* beside the common ones */
	const struct table_example *examples;
	enum status (*run)(struct cli *cli, struct err *err);
};

struct table_text {
	str name, text;
};

enum { TABLE_VALUES_MAX = 64 };

/* Sorted by name, then sub. */
extern const struct table_command table_commands[];
extern const size_t table_command_count;
/* Options that every command has; --by only those that write. */
extern const struct table_option table_common[];
extern const size_t table_common_count;
extern const struct table_text table_environment[];
extern const size_t table_environment_count;
/* By enum table_topic. */
extern const str table_topics[TABLE_TOPICS];

/* sub empty: a command without one. NULL when there is none. */
const struct table_command *table_find(str name, str sub);
/* Is the name the first word of commands of two words? */
bool table_is_group(str name);
/* How many options a command knows, the common ones included, and the i-th of them: its own first. */
size_t table_option_count(const struct table_command *c);
const struct table_option *table_option_at(const struct table_command *c, size_t i);
/* NULL when the command has no such option. */
const struct table_option *table_option_find(const struct table_command *c, str name);
/* The option of this name of any command: an option's name means the same kind of value everywhere. */
const struct table_option *table_option_any(str name);
/* The options of any command that take a value, each name once. Returns how many. */
size_t table_option_values(const struct table_option *list[TABLE_VALUES_MAX]);

#endif
