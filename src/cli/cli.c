#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/time.h"
#include "cli/cmd/cmd.h"
#include "cli/progress.h"

const str cli_exits[CLI_EXITS] = {
    [CLI_DONE] = S("done"),
    [CLI_BELOW] = S("a bound of `check` does not hold, or models differ for `model diff --exit-code`"),
    [CLI_USAGE] = S("the command is not written as it should be"),
    [CLI_INPUT] = S("the input is bad: a file, an id, a value; nothing was changed"),
    [CLI_STORE] = S("the store, a file or the output failed"),
    [CLI_LIMIT] = S("a limit was reached: size, memory or time"),
    [CLI_INTERNAL] = S("a mistake of the program itself"),
};

enum cli_exit cli_exit_code(enum status status)
{
	/* 0 is CLI_DONE, so a row that somebody forgets would read as success: hence one more than the code. */
	static const int codes[STATUS_COUNT] = {
	    [OK] = CLI_DONE + 1,          [E_NOT_FOUND] = CLI_INPUT + 1, [E_INVALID] = CLI_INPUT + 1,
	    [E_CONFLICT] = CLI_INPUT + 1, [E_DENIED] = CLI_INPUT + 1,    [E_TOO_LARGE] = CLI_LIMIT + 1,
	    [E_IO] = CLI_STORE + 1,       [E_NO_MEMORY] = CLI_LIMIT + 1, [E_BUG] = CLI_INTERNAL + 1,
	};
	int code = status < STATUS_COUNT ? codes[status] : 0;
	return code ? (enum cli_exit)(code - 1) : CLI_INTERNAL;
}

/* ---- messages ---- */

enum status cli_usage(struct cli *cli, struct err *err, const char *format, ...)
{
	char text[sizeof err->message];
	va_list args;
	va_start(args, format);
	(void)vsnprintf(text, sizeof text, format, args);
	va_end(args);
	cli->usage = true;
	return err_set(err, E_INVALID, "%s", text);
}

static void note_line(struct out *o, str label, str text)
{
	if (!text.n)
		return;
	out_raw(o, "  ");
	out_text(o, label);
	out_text(o, text);
	out_line(o);
}

void cli_error_in(struct out *o, const struct cli *cli, const struct err *err)
{
	out_raw(o, "aismm: ");
	if (err->where[0]) {
		out_text(o, str_from(err->where));
		out_raw(o, ": ");
	} else if (cli->command) {
		out_text(o, cli->command->name);
		if (cli->command->sub.n) {
			out_raw(o, " ");
			out_text(o, cli->command->sub);
		}
		out_raw(o, ": ");
	}
	out_text(o, err->message[0] ? str_from(err->message) : S("it failed and did not say why"));
	out_line(o);
	note_line(o, S(""), str_from(err->detail));
	note_line(o, S("hint: "), str_from(err->hint));
}

void cli_error(struct cli *cli, const struct err *err)
{
	struct out o = out_open(stderr);
	progress_clear(cli);
	cli_error_in(&o, cli, err);
	(void)out_flush(&o);
	out_release(&o);
}

void cli_note(struct cli *cli, const char *format, ...)
{
	char text[2048];
	va_list args;
	va_start(args, format);
	(void)vsnprintf(text, sizeof text, format, args);
	va_end(args);
	struct out o = out_open(stderr);
	progress_clear(cli);
	out_raw(&o, "aismm: ");
	out_text(&o, str_from(text));
	out_line(&o);
	(void)out_flush(&o);
	out_release(&o);
}

/* ---- what every command is given ---- */

enum status cli_clock(struct cli *cli, int64_t *now_ms, struct err *err)
{
	const char *given = getenv("AISMM_NOW");
	struct timespec t;
	if (given && *given) {
		if (time_parse(str_from(given), now_ms))
			return OK;
		(void)cli_usage(cli, err, "AISMM_NOW: \"%s\" is not a time (ISO 8601)", given);
		err_hint(err, "unset it, or set it like 2026-11-01T06:30:00Z");
		return E_INVALID;
	}
	if (clock_gettime(CLOCK_REALTIME, &t) != 0)
		return err_set(err, E_IO, "the clock cannot be read: %s", strerror(errno));
	*now_ms = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
	return OK;
}

/* A file may take a minute to read: what is written is written when its turn comes. */
static enum status ask_clock(struct app *app, struct err *err)
{
	return cli_clock(app->again.ctx, &app->now_ms, err);
}

static enum status login_name(struct arena *a, str *out, struct err *err)
{
	struct passwd entry, *found = NULL;
	char *room = arena_new(a, char, 16384);
	if (!room)
		return err_full(err);
	if (getpwuid_r(getuid(), &entry, room, 16384, &found) == 0 && found && found->pw_name[0])
		*out = str_from(found->pw_name);
	else
		*out = out_print(a, "uid %lu", (unsigned long)getuid());
	return OK;
}

static enum status read_actor(struct cli *cli, struct err *err)
{
	static const char *const names[] = {"AISMM_USER", "SUDO_USER", "USER"};
	bool writes = table_option_find(cli->command, S("by")) != NULL;
	str actor = writes ? options_text(&cli->options, S("by")) : (str){0};
	for (size_t i = 0; i < sizeof names / sizeof names[0] && !actor.n; i++)
		actor = str_from(getenv(names[i]));
	if (!actor.n)
		TRY(login_name(cli->arena, &actor, err));
	if (actor.n > LIMIT_ID_BYTES || !str_is_utf8(actor))
		return cli_usage(cli, err, "the name of who does this is too long or not UTF-8; use --by");
	cli->app.actor = actor;
	return OK;
}

str cli_unit(const struct cli *cli)
{
	return options_text(&cli->options, S("unit"));
}

static void close_source(void *payload)
{
	source_close(payload);
}

enum status cli_source(struct cli *cli, str file, struct source **out, struct err *err)
{
	struct source *from = arena_new(cli->arena, struct source, 1);
	const char *path = str_z(cli->arena, file);
	if (!from || !path)
		return err_full(err);
	if (str_eq(file, S("-")))
		TRY(source_open_stdin(from, err));
	else
		TRY(source_open_file(from, path, file, err));
	if (!arena_defer(cli->arena, close_source, from)) {
		source_close(from);
		return err_full(err);
	}
	*out = from;
	return OK;
}

struct app_time cli_as_of(const struct cli *cli)
{
	return options_time(&cli->options, S("as-of"));
}

enum status cli_deployment(struct cli *cli, unsigned *out, struct err *err)
{
	str types = options_text(&cli->options, S("deployment"));
	*out = types.n ? model_deployment_read(types) : 0;
	if (!types.n || *out)
		return OK;
	(void)cli_usage(cli, err, "--deployment: \"%.*s\" is not a list of deployment types", STR_ARG(types));
	err_hint(err, "they are self_hosted, paas and saas; several with commas");
	return E_INVALID;
}

const char *cli_store(const struct cli *cli)
{
	const char *url = getenv("AISMM_DB");
	str given = options_text(&cli->options, S("db"));
	if (given.n)
		return given.p; /* a word of argv ends with a NUL, and a value is the end of its word */
	return url && *url ? url : "aismm.db";
}

enum status cli_open_in(const struct cli *cli, struct app *app, enum app_need need, struct err *err)
{
	return app_open(app, cli_store(cli), need, err);
}

enum status cli_open(struct cli *cli, enum app_need need, struct err *err)
{
	enum status status = cli_open_in(cli, &cli->app, need, err);
	cli->no_store = status != OK;
	return status;
}

/* ---- the dispatcher ---- */

/* What is meant by a first word, or by a second word of a group; empty when nothing is near. */
static str nearest_command(str name, str sub)
{
	str nearest = {0};
	int best = 4;
	for (size_t i = 0; i < table_command_count; i++) {
		const struct table_command *c = &table_commands[i];
		if (sub.n && !str_eq(c->name, name))
			continue;
		str word = sub.n ? c->sub : c->name;
		int d = options_distance(sub.n ? sub : name, word, 3);
		if (d < best) {
			best = d;
			nearest = word;
		}
	}
	return nearest;
}

static enum status unknown_command(struct cli *cli, str name, str sub, struct err *err)
{
	str nearest = nearest_command(name, sub), group = sub.n ? name : (str){0};
	const char *gap = sub.n ? " " : "";
	(void)cli_usage(cli, err, "unknown command %.*s%s%.*s", STR_ARG(name), gap, STR_ARG(sub));
	if (nearest.n)
		err_hint(err, "did you mean `aismm %.*s%s%.*s`?", STR_ARG(group), gap, STR_ARG(nearest));
	else
		err_hint(err, "`aismm help` shows all");
	return E_INVALID;
}

static bool has_flag(int argc, char *const *argv, const char *name)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], name) == 0)
			return true;
	return false;
}

static bool wants_help(int argc, char *const *argv)
{
	return has_flag(argc, argv, "--help") || has_flag(argc, argv, "-h");
}

/* No command was named: --help, --version, or a mistake. */
static enum status without_command(struct cli *cli, int argc, char *const *argv, struct err *err)
{
	if (wants_help(argc, argv)) {
		cmd_help_overview(cli->out);
		return OK;
	}
	if (has_flag(argc, argv, "--version")) {
		cli->json = has_flag(argc, argv, "--json");
		return cmd_version(cli, err);
	}
	(void)cli_usage(cli, err, "no command is given");
	err_hint(err, "`aismm help` shows all; `aismm init` is the first");
	return E_INVALID;
}

static enum status group_alone(struct cli *cli, str name, bool help, struct err *err)
{
	if (help) {
		cmd_help_group(cli->out, name);
		return OK;
	}
	char list[128] = "";
	size_t n = 0;
	for (size_t i = 0; i < table_command_count; i++)
		if (str_eq(table_commands[i].name, name) && n < sizeof list)
			n += (size_t)snprintf(list + n, sizeof list - n, "%s%.*s", n ? ", " : "",
					      STR_ARG(table_commands[i].sub));
	(void)cli_usage(cli, err, "%.*s needs a second word: %s", STR_ARG(name), list);
	err_hint(err, "`aismm help %.*s` shows them", STR_ARG(name));
	return E_INVALID;
}

static enum status find_command(struct cli *cli, int argc, char *const *argv, const struct options_words *w,
				struct err *err)
{
	str name = w->at[0] ? str_from(argv[w->at[0]]) : (str){0};
	str sub = w->at[1] ? str_from(argv[w->at[1]]) : (str){0};
	if (w->unknown && strcmp(argv[w->unknown], "--version") != 0) {
		(void)cli_usage(cli, err, "unknown option %s", argv[w->unknown]);
		err_hint(err, "`aismm help` shows the commands and their options");
		return E_INVALID;
	}
	if (w->unknown || !name.n)
		return without_command(cli, argc, argv, err);
	if (!sub.n && table_is_group(name))
		return group_alone(cli, name, wants_help(argc, argv), err);
	cli->command = table_find(name, sub);
	return cli->command ? OK : unknown_command(cli, name, sub, err);
}

static enum status run(struct cli *cli, int argc, char *const *argv, struct err *err)
{
	static const enum app_need needs[] = {
	    [TABLE_READS] = APP_READS, [TABLE_WRITES] = APP_WRITES, [TABLE_CREATES] = APP_CREATES};
	struct options_words words = options_words(argc, argv);
	TRY(find_command(cli, argc, argv, &words, err));
	if (!cli->command)
		return OK; /* help or version: done */
	enum status status = options_read(cli->command, argc, argv, &words, cli->arena, &cli->options, err);
	cli->usage = status == E_INVALID;
	TRY(status);
	if (options_given(&cli->options, S("help"))) {
		cmd_help_command(cli->out, cli->command);
		return OK;
	}
	cli->json = options_given(&cli->options, S("json"));
	TRY(cli_clock(cli, &cli->app.now_ms, err));
	cli->app.again = (struct app_again){ask_clock, cli};
	TRY(read_actor(cli, err));
	if (cli->command->need != TABLE_NO_STORE && cli->command->need != TABLE_WRITES_OFTEN)
		TRY(cli_open(cli, needs[cli->command->need], err));
	return cli->command->run(cli, err);
}

static enum cli_exit exit_of_failure(const struct cli *cli, enum status status)
{
	enum cli_exit code = cli_exit_code(status);
	if (cli->usage && status == E_INVALID)
		return CLI_USAGE;
	/* A store that is missing, foreign, newer or closed to us is a matter of the store, not of the input. */
	if (cli->no_store && code == CLI_INPUT)
		return CLI_STORE;
	return code;
}

/* Writes what was shown, and notices when that fails: a full disk, a closed descriptor. */
static bool finish_output(struct cli *cli)
{
	struct err err = {0};
	if (out_flush(cli->out) && fclose(stdout) == 0)
		return true;
	int why = cli->out->failed ? cli->out->failed : errno;
	(void)err_set(&err, E_IO, "the output cannot be written: %s", strerror(why));
	err_hint(&err, "what was asked for has been done; only what it says about it is lost");
	cli_error(cli, &err);
	return false;
}

/* With a standard descriptor closed, the next file that is opened would take its number, and what is printed would land
   in it. Each is filled with a descriptor on which the wrong use fails. */
static void keep_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
			_exit(CLI_STORE);
}

int cli_main(int argc, char **argv)
{
	keep_descriptors();
	struct arena arena = ARENA(LIMIT_COMMAND_BYTES);
	struct out out = out_open(stdout);
	struct err err = {0};
	struct cli cli = {.arena = &arena, .out = &out};
	cli.app = (struct app){.arena = &arena, .progress = progress_show, .progress_ctx = &cli};
	cli.progress.shown = isatty(STDERR_FILENO) == 1 && out_open(stderr).terminal;
	enum status status = run(&cli, argc, argv, &err);
	enum cli_exit code = cli.exit;
	if (status != OK) {
		cli_error(&cli, &err);
		code = exit_of_failure(&cli, status);
	} else {
		progress_clear(&cli);
		if (!finish_output(&cli))
			code = CLI_STORE;
	}
	out_release(&out);
	arena_release(&arena);
	return (int)code;
}
