/**
 * The command line: from argv to an exit code.
 *
 * The dispatcher finds the command in the table, reads its options, opens the store as the table says, runs it and
 * writes out what it showed. On failure nothing is written to standard output; the error goes to standard error.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "app/app.h"
#include "cli/options.h"
#include "cli/out.h"
#include "cli/table.h"

enum cli_exit {
	CLI_DONE,
	CLI_BELOW, /* check: a bound does not hold; model diff --exit-code: they differ */
	CLI_USAGE,
	CLI_INPUT,
	CLI_STORE,
	CLI_LIMIT,
	CLI_INTERNAL,
	CLI_EXITS
};

/* What each exit code means, in a sentence. */
extern const str cli_exits[CLI_EXITS];

struct cli_progress {
	bool shown, drawn;
	int64_t begun_ms, drawn_ms;
};

struct cli {
	struct app app;
	struct arena *arena;
	struct out *out; /* standard output */
	const struct table_command *command;
	struct options options;
	bool json;
	enum cli_exit
	    exit;      /* of a command that worked; CLI_BELOW, CLI_INPUT from a linter, CLI_STORE from `audit verify` */
	bool usage;    /* the error is in how the command was written */
	bool no_store; /* the store could not be opened */
	struct cli_progress progress;
};

int cli_main(int argc, char **argv);
/* The exit code of a status. */
enum cli_exit cli_exit_code(enum status status);
/* E_INVALID that ends the program with CLI_USAGE. */
enum status cli_usage(struct cli *cli, struct err *err, const char *format, ...) PRINTF(3, 4);
/* The unit that was asked for; empty: the root. */
str cli_unit(const struct cli *cli);
/* The instant that was asked for, or none. */
struct app_time cli_as_of(const struct cli *cli);
/* The deployment types that were asked for with --deployment, as bits; 0: none were. */
MUST_USE enum status cli_deployment(struct cli *cli, unsigned *out, struct err *err);
/* A file that was named, - for standard input; it is closed when the command's memory is released. */
MUST_USE enum status cli_source(struct cli *cli, str file, struct source **out, struct err *err);
/* Opens the store; for commands of which only some words need one. */
MUST_USE enum status cli_open(struct cli *cli, enum app_need need, struct err *err);
/* The same into an app of its own, for a command that opens it again and again; so with the clock, in ms. */
MUST_USE enum status cli_open_in(const struct cli *cli, struct app *app, enum app_need need, struct err *err);
/* The store that --db or AISMM_DB names, else aismm.db. */
const char *cli_store(const struct cli *cli);
MUST_USE enum status cli_clock(struct cli *cli, int64_t *now_ms, struct err *err);
/* A line of its own on standard error, cleaned: a warning, a summary. */
void cli_note(struct cli *cli, const char *format, ...) PRINTF(2, 3);
/* The message of an error with its place, detail and hint. */
void cli_error(struct cli *cli, const struct err *err);
/* The same into any output. */
void cli_error_in(struct out *o, const struct cli *cli, const struct err *err);

#endif
