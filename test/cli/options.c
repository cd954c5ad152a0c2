#include "cli/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { WORDS = 12 };

/* One command line, read as the dispatcher does. */
struct line {
	struct arena arena;
	struct options options;
	struct options_words words;
	struct err err;
	enum status status;
	const struct table_command *command;
};

static void read_line(struct line *l, int argc, const char *const *argv)
{
	char *const *words = (char *const *)(uintptr_t)argv;
	*l = (struct line){.arena = ARENA(1 << 20)};
	l->words = options_words(argc, words);
	assert_true(l->words.at[0] > 0);
	str name = str_from(argv[l->words.at[0]]);
	str sub = l->words.at[1] ? str_from(argv[l->words.at[1]]) : (str){0};
	l->command = table_find(name, sub);
	assert_non_null(l->command);
	l->status = options_read(l->command, argc, words, &l->words, &l->arena, &l->options, &l->err);
}

#define READ(l, ...)                                                                                                   \
	do {                                                                                                           \
		const char *const argv_[] = {"aismm", __VA_ARGS__};                                                    \
		read_line(l, (int)(sizeof argv_ / sizeof argv_[0]), argv_);                                            \
	} while (0)

static void assert_text(str got, const char *wanted)
{
	assert_int_equal(got.n, strlen(wanted));
	assert_memory_equal(got.p ? got.p : "", wanted, got.n);
}

static void options_and_arguments_stand_in_any_order(void **state)
{
	static const char *const lines[][WORDS] = {
	    {"aismm", "explain", "IAM-03.2", "--unit", "retail", "--limit", "5", "--json"},
	    {"aismm", "explain", "--unit", "retail", "--limit", "5", "--json", "IAM-03.2"},
	    {"aismm", "--unit=retail", "--json", "--limit=5", "explain", "IAM-03.2"},
	    {"aismm", "--unit", "retail", "explain", "--json", "--limit", "5", "--", "IAM-03.2"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		struct line l;
		int argc = 0;
		while (argc < WORDS && lines[i][argc])
			argc++;
		read_line(&l, argc, lines[i]);
		assert_int_equal(l.status, OK);
		assert_text(l.command->name, "explain");
		assert_text(options_text(&l.options, S("unit")), "retail");
		assert_int_equal(options_count(&l.options, S("limit"), 20), 5);
		assert_true(options_given(&l.options, S("json")));
		assert_false(options_given(&l.options, S("as-of")));
		assert_text(options_argument(&l.options, 0), "IAM-03.2");
		assert_int_equal(l.options.n_arguments, 1);
		arena_release(&l.arena);
	}
}

static void commands_of_two_words_are_found_around_options(void **state)
{
	struct line l;
	(void)state;
	READ(&l, "--db", "x.db", "feed", "--json", "show", "prowler:aws:1234");
	assert_int_equal(l.status, OK);
	assert_text(l.command->sub, "show");
	assert_text(options_text(&l.options, S("db")), "x.db");
	assert_text(options_argument(&l.options, 0), "prowler:aws:1234");
	arena_release(&l.arena);
}

static void after_two_dashes_everything_is_an_argument(void **state)
{
	struct line l;
	(void)state;
	READ(&l, "import", "--", "--unit", "-x", "--");
	assert_int_equal(l.status, OK);
	assert_int_equal(l.options.n_arguments, 3);
	assert_text(options_argument(&l.options, 0), "--unit");
	assert_text(options_argument(&l.options, 2), "--");
	assert_text(options_argument(&l.options, 3), "");
	arena_release(&l.arena);
}

static void a_single_dash_is_standard_input(void **state)
{
	struct line l;
	(void)state;
	READ(&l, "import", "-", "--format", "person");
	assert_int_equal(l.status, OK);
	assert_text(options_argument(&l.options, 0), "-");
	arena_release(&l.arena);
}

static void mistakes_are_refused_with_a_reason(void **state)
{
	static const struct {
		const char *argv[WORDS];
		const char *message, *hint;
	} lines[] = {
	    {{"aismm", "score", "--untt", "x"}, "unknown option --untt", "did you mean --unit?"},
	    {{"aismm", "score", "--asof", "x"}, "unknown option --asof", "did you mean --as-of?"},
	    {{"aismm", "score", "--quux"}, "unknown option --quux", "`aismm score --help` shows how it is used"},
	    {{"aismm", "score", "-x"}, "unknown option -x", "`aismm score --help` shows how it is used"},
	    {{"aismm", "score", "--by", "me"}, "unknown option --by", NULL},
	    {{"aismm", "score", "--unit"}, "--unit needs a value: UNIT", ""},
	    {{"aismm", "score", "--unit", "--json"},
	     "--unit needs a value: UNIT",
	     "a value that starts with -- is written --unit=--json"},
	    {{"aismm", "score", "--unit="}, "--unit: the value is empty", NULL},
	    {{"aismm", "score", "--unit", ""}, "--unit: the value is empty", NULL},
	    {{"aismm", "score", "--unit", "a", "--unit=a"}, "--unit is given twice", NULL},
	    {{"aismm", "score", "--json", "--json"}, "--json is given twice", NULL},
	    {{"aismm", "score", "--json=yes"}, "--json takes no value", NULL},
	    {{"aismm", "score", "retail"}, "one argument too many: \"retail\"", NULL},
	    {{"aismm", "explain"}, "OBJECTIVE|CATEGORY is missing", NULL},
	    {{"aismm", "explain", ""}, "OBJECTIVE|CATEGORY is empty", NULL},
	    {{"aismm", "check"}, "--min BOUNDS is missing", NULL},
	    {{"aismm", "check", "--min", "GOV"}, "--min: \"GOV\" is not a list of CATEGORY=LEVEL, levels 1 to 5", NULL},
	    {{"aismm", "check", "--min", "GOV=6"},
	     "--min: \"GOV=6\" is not a list of CATEGORY=LEVEL, levels 1 to 5",
	     NULL},
	    {{"aismm", "check", "--min", "GOV=3,"},
	     "--min: \"GOV=3,\" is not a list of CATEGORY=LEVEL, levels 1 to 5",
	     NULL},
	    {{"aismm", "score", "--as-of", "31.12.2026"},
	     "--as-of: \"31.12.2026\" is not a time (ISO 8601)",
	     "for example --as-of 2026-11-01 or 2026-11-01T06:30:00Z"},
	    {{"aismm", "score", "--as-of", "2026-06-31"}, "--as-of: \"2026-06-31\" is not a time (ISO 8601)", NULL},
	    {{"aismm", "explain", "X", "--limit", "-1"},
	     "--limit: \"-1\" is not a whole number from 0 to 1000000000",
	     NULL},
	    {{"aismm", "explain", "X", "--limit", "1000000001"},
	     "--limit: \"1000000001\" is not a whole number from 0 to 1000000000",
	     NULL},
	    {{"aismm", "answer", "X", "--yes", "3.5", "--no", "1"},
	     "--yes: \"3.5\" is not a whole number from 0 to 1000000000",
	     NULL},
	    {{"aismm", "score", "--unit", "a\xff"}, "--unit: \"a\xff\" is not UTF-8", NULL},
	    {{"aismm", "explain", "\xff"}, "OBJECTIVE|CATEGORY is not UTF-8", NULL},
	    {{"aismm", "score", "--unit", "a\nb"}, NULL, NULL},
	    {{"aismm", "completion", "ksh"}, NULL, NULL},
	};
	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		struct line l;
		int argc = 0;
		while (argc < WORDS && lines[i].argv[argc])
			argc++;
		read_line(&l, argc, lines[i].argv);
		assert_int_equal(l.status, E_INVALID);
		if (lines[i].message)
			assert_string_equal(l.err.message, lines[i].message);
		if (lines[i].hint)
			assert_string_equal(l.err.hint, lines[i].hint);
		arena_release(&l.arena);
	}
}

static void help_asks_for_nothing_else(void **state)
{
	struct line l;
	(void)state;
	READ(&l, "check", "--help");
	assert_int_equal(l.status, OK);
	assert_true(options_given(&l.options, S("help")));
	arena_release(&l.arena);
	READ(&l, "-h", "explain");
	assert_int_equal(l.status, OK);
	assert_true(options_given(&l.options, S("help")));
	arena_release(&l.arena);
}

static void times_are_read_as_milliseconds(void **state)
{
	struct line l;
	(void)state;
	READ(&l, "score", "--as-of", "2026-11-01");
	assert_true(options_time(&l.options, S("as-of")).given);
	assert_true(options_time(&l.options, S("as-of")).ms == INT64_C(1793491200000));
	arena_release(&l.arena);
	READ(&l, "score");
	assert_false(options_time(&l.options, S("as-of")).given);
	arena_release(&l.arena);
}

static void what_may_be_repeated_makes_one_list(void **state)
{
	struct line l;
	const str *units;
	size_t n;
	(void)state;
	READ(&l, "import", "x", "--covers", "a, b", "--covers=c");
	assert_int_equal(l.status, OK);
	assert_int_equal(options_list(&l.options, S("covers"), &l.arena, &units, &n, &l.err), OK);
	assert_int_equal(n, 3);
	assert_text(units[0], "a");
	assert_text(units[1], "b");
	assert_text(units[2], "c");
	arena_release(&l.arena);
	READ(&l, "import", "x");
	assert_int_equal(options_list(&l.options, S("covers"), &l.arena, &units, &n, &l.err), OK);
	assert_int_equal(n, 0);
	arena_release(&l.arena);
	READ(&l, "import", "x", "--covers", "a,,b");
	assert_int_equal(options_list(&l.options, S("covers"), &l.arena, &units, &n, &l.err), E_INVALID);
	arena_release(&l.arena);
}

static void an_unknown_option_before_the_command_is_noticed(void **state)
{
	char *argv[] = {(char[]){"aismm"}, (char[]){"--bogus"}, (char[]){"score"}};
	(void)state;
	struct options_words w = options_words(3, argv);
	assert_int_equal(w.unknown, 1);
	assert_int_equal(w.at[0], 2);
}

static void the_value_of_an_option_is_never_taken_for_the_command(void **state)
{
	char *argv[] = {(char[]){"aismm"}, (char[]){"--unit"}, (char[]){"score"}, (char[]){"explain"}, (char[]){"X"}};
	(void)state;
	struct options_words w = options_words(5, argv);
	assert_int_equal(w.at[0], 3);
	assert_int_equal(w.unknown, 0);
	argv[1] = (char[]){"--"};
	w = options_words(5, argv);
	assert_int_equal(w.at[0], 0);
}

static void distance_counts_swaps_as_one(void **state)
{
	static const struct {
		const char *a, *b;
		int d;
	} pairs[] = {{"unit", "unit", 0}, {"untt", "unit", 1},  {"uint", "unit", 1}, {"", "unit", 4},
		     {"unit", "", 4},     {"as-of", "asof", 1}, {"abc", "xyz", 3},   {"scroe", "score", 1}};
	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
		assert_int_equal(options_distance(str_from(pairs[i].a), str_from(pairs[i].b), 9), pairs[i].d);
	assert_int_equal(options_distance(S("abcdef"), S("uvwxyz"), 2), 3);
	char longer[200];
	memset(longer, 'a', sizeof longer);
	assert_int_equal(options_distance((str){longer, sizeof longer}, S("unit"), 2), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(options_and_arguments_stand_in_any_order),
	    cmocka_unit_test(commands_of_two_words_are_found_around_options),
	    cmocka_unit_test(after_two_dashes_everything_is_an_argument),
	    cmocka_unit_test(a_single_dash_is_standard_input),
	    cmocka_unit_test(mistakes_are_refused_with_a_reason),
	    cmocka_unit_test(help_asks_for_nothing_else),
	    cmocka_unit_test(times_are_read_as_milliseconds),
	    cmocka_unit_test(what_may_be_repeated_makes_one_list),
	    cmocka_unit_test(an_unknown_option_before_the_command_is_noticed),
	    cmocka_unit_test(the_value_of_an_option_is_never_taken_for_the_command),
	    cmocka_unit_test(distance_counts_swaps_as_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
