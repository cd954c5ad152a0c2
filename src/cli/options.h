/**
 * Arguments and options of one command, read by the table.
 *
 * `--name VALUE`, `--name=VALUE`, flags alone; `--` ends the options; options and arguments in any order, also before
 * the command. Names are written out (a short form that works today would break a script tomorrow). An option given
 * twice is refused unless the table says it may be. Values are checked by their kind here, so a command never meets a
 * bad time or count. A value that starts with -- must be written with =.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "app/app.h"
#include "base/arena.h"
#include "cli/table.h"

enum { OPTIONS_MAX = 24, OPTIONS_WORDS = 2 };

struct options_value {
	size_t n; /* how often it was given; 0 = not */
	const str *texts;
	int64_t number; /* TABLE_COUNT, and TABLE_TIME in ms */
};

struct options {
	const struct table_command *command;
	struct options_value values[OPTIONS_MAX]; /* by table_option_at */
	size_t n_arguments;
	const str *arguments;
};

/* Which of argv name the command: their indexes, 0 where there is none (argv[0] is the program). */
struct options_words {
	int at[OPTIONS_WORDS];
	int unknown; /* the first option before the words that no command knows; 0 = none */
};

struct options_words options_words(int argc, char *const *argv);
/**
 * Reads argv[1..] but for the words that name the command.
 *
 * With --help nothing else is asked for: arguments and required options may be missing then. E_INVALID: the error is in
 * how the command was written, with a hint.
 */
MUST_USE enum status options_read(const struct table_command *command, int argc, char *const *argv,
				  const struct options_words *words, struct arena *a, struct options *out,
				  struct err *err);
/* The name of the option nearest to a wrong one; NULL when none is near. */
const struct table_option *options_nearest(const struct table_command *c, str name);
/* How many letters to add, drop, change or swap make one word the other; more than `most` is most + 1. */
int options_distance(str a, str b, int most);

/* The values; a name that the command does not have is a bug and asserts. */
bool options_given(const struct options *o, str name);
str options_text(const struct options *o, str name); /* empty when not given */
int64_t options_count(const struct options *o, str name, int64_t otherwise);
struct app_time options_time(const struct options *o, str name);
/* All values of an option that may be repeated, cut at commas. */
MUST_USE enum status options_list(const struct options *o, str name, struct arena *a, const str **out, size_t *n,
				  struct err *err);
/* The i-th argument; empty when there are fewer. */
str options_argument(const struct options *o, size_t i);

#endif
