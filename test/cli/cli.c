/* The dispatcher as a process: exit codes, and which stream says what. */
#include "cli/cli.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { WORDS = 8, SAID = 65536 };

struct ran {
	int exit;
	char out[SAID], err[SAID];
};

static int temporary(void)
{
	char path[] = "/tmp/aismm-test-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(unlink(path), 0);
	return fd;
}

static void read_all(int fd, char *said)
{
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	ssize_t n = read(fd, said, SAID - 1);
	assert_true(n >= 0);
	said[n] = '\0';
	(void)close(fd);
}

/* In a child, so that the standard streams are its own. out_path: NULL = kept; "" = closed. */
static void run(struct ran *r, const char *const *argv, const char *out_path)
{
	int out = temporary(), err = temporary();
	char *words[WORDS + 1] = {NULL};
	int argc = 0;
	for (; argc < WORDS && argv[argc]; argc++)
		words[argc] = (char *)(uintptr_t)argv[argc];
	(void)fflush(NULL);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		(void)dup2(out_path && *out_path ? open(out_path, O_WRONLY) : out, STDOUT_FILENO);
		(void)dup2(err, STDERR_FILENO);
		if (out_path && !*out_path)
			(void)close(STDOUT_FILENO);
		(void)unsetenv("AISMM_DB");
		_exit(cli_main(argc, words));
	}
	int result = 0;
	assert_int_equal(waitpid(child, &result, 0), child);
	assert_true(WIFEXITED(result));
	r->exit = WEXITSTATUS(result);
	read_all(out, r->out);
	read_all(err, r->err);
}

#define RUN(r, ...) run(r, (const char *const[]){"aismm", __VA_ARGS__, NULL}, NULL)

static void every_status_has_an_exit_code(void **state)
{
	static const enum cli_exit wanted[STATUS_COUNT] = {
	    [OK] = CLI_DONE,          [E_NOT_FOUND] = CLI_INPUT, [E_INVALID] = CLI_INPUT,
	    [E_CONFLICT] = CLI_INPUT, [E_DENIED] = CLI_INPUT,    [E_TOO_LARGE] = CLI_LIMIT,
	    [E_IO] = CLI_STORE,       [E_NO_MEMORY] = CLI_LIMIT, [E_BUG] = CLI_INTERNAL,
	};
	(void)state;
	for (int status = 0; status < STATUS_COUNT; status++) {
		assert_int_equal(cli_exit_code((enum status)status), wanted[status]);
		assert_true((cli_exit_code((enum status)status) == CLI_DONE) == (status == OK));
	}
	assert_int_equal(cli_exit_code(STATUS_COUNT), CLI_INTERNAL);
	for (int code = 0; code < CLI_EXITS; code++)
		assert_true(cli_exits[code].n > 0);
}

static void what_was_asked_for_goes_to_standard_output_alone(void **state)
{
	static const char *const lines[][WORDS] = {
	    {"aismm", "help"},
	    {"aismm", "--help"},
	    {"aismm", "-h"},
	    {"aismm", "version"},
	    {"aismm", "--version"},
	    {"aismm", "help", "score"},
	    {"aismm", "score", "--help"},
	    {"aismm", "model", "-h"},
	    {"aismm", "help", "model"},
	    {"aismm", "help", "feed", "show"},
	    {"aismm", "man"},
	    {"aismm", "completion", "bash"},
	    {"aismm", "help", "--json"},
	    {"aismm", "completion", "formats"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		struct ran r;
		run(&r, lines[i], NULL);
		assert_int_equal(r.exit, CLI_DONE);
		assert_true(strlen(r.out) > 0);
		assert_string_equal(r.err, "");
	}
}

static void help_names_every_command_in_full(void **state)
{
	struct ran r;
	(void)state;
	run(&r, (const char *const[]){"aismm", "help", NULL}, NULL);
	for (size_t i = 0; i < table_command_count; i++) {
		const struct table_command *c = &table_commands[i];
		char name[80];
		(void)snprintf(name, sizeof name, "  %.*s%s%.*s ", STR_ARG(c->name), c->sub.n ? " " : "",
			       STR_ARG(c->sub));
		if (!strstr(r.out, name))
			fail_msg("%s is not there", name);
	}
}

static void mistakes_in_the_command_exit_with_2_and_leave_standard_output_empty(void **state)
{
	static const struct {
		const char *argv[WORDS];
		const char *said;
	} lines[] = {
	    {{"aismm"}, "aismm: no command is given\n  hint: "},
	    {{"aismm", "scroe"}, "aismm: unknown command scroe\n  hint: did you mean `aismm score`?\n"},
	    {{"aismm", "model"},
	     "aismm: model needs a second word: activate, book, coverage, diff, import, lint, list, show\n"},
	    {{"aismm", "model", "lsit"},
	     "aismm: unknown command model lsit\n  hint: did you mean `aismm model list`?\n"},
	    {{"aismm", "--bogus", "score"}, "aismm: unknown option --bogus\n"},
	    {{"aismm", "score", "--untt", "x", "--json"},
	     "aismm: score: unknown option --untt\n  hint: did you mean --unit?\n"},
	    {{"aismm", "help", "nothing"}, "aismm: help: there is no command nothing\n"},
	    {{"aismm", "\x1b[31m"}, "aismm: unknown command ?[31m\n"},
	    {{"aismm", "check", "--min", "x"}, "aismm: check: --min: \"x\" is not a list of CATEGORY=LEVEL"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		struct ran r;
		run(&r, lines[i].argv, NULL);
		assert_int_equal(r.exit, CLI_USAGE);
		assert_string_equal(r.out, "");
		assert_memory_equal(r.err, lines[i].said, strlen(lines[i].said));
	}
}

static void a_clock_that_is_not_a_time_is_a_mistake_in_the_command(void **state)
{
	struct ran r;
	(void)state;
	assert_int_equal(setenv("AISMM_NOW", "tomorrow", 1), 0);
	RUN(&r, "version");
	assert_int_equal(unsetenv("AISMM_NOW"), 0);
	assert_int_equal(r.exit, CLI_USAGE);
	assert_non_null(strstr(r.err, "AISMM_NOW: \"tomorrow\" is not a time"));
}

static void a_store_that_is_not_there_is_a_matter_of_the_store(void **state)
{
	struct ran r;
	(void)state;
	RUN(&r, "score", "--db", "/nonexistent/folder/aismm.db", "--json");
	assert_int_equal(r.exit, CLI_STORE);
	assert_string_equal(r.out, "");
	assert_memory_equal(r.err, "aismm: ", 7);
}

static void output_that_cannot_be_written_is_noticed(void **state)
{
	struct ran r;
	(void)state;
	run(&r, (const char *const[]){"aismm", "help", NULL}, "/dev/full");
	assert_int_equal(r.exit, CLI_STORE);
	assert_non_null(strstr(r.err, "the output cannot be written"));
	run(&r, (const char *const[]){"aismm", "man", NULL}, "");
	assert_int_equal(r.exit, CLI_STORE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_status_has_an_exit_code),
	    cmocka_unit_test(what_was_asked_for_goes_to_standard_output_alone),
	    cmocka_unit_test(help_names_every_command_in_full),
	    cmocka_unit_test(mistakes_in_the_command_exit_with_2_and_leave_standard_output_empty),
	    cmocka_unit_test(a_clock_that_is_not_a_time_is_a_mistake_in_the_command),
	    cmocka_unit_test(a_store_that_is_not_there_is_a_matter_of_the_store),
	    cmocka_unit_test(output_that_cannot_be_written_is_noticed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
