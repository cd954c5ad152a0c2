#include "cli/table.h"

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

#include "cli/cmd/cmd.h"
#include "cli/complete.h"
#include "cli/man.h"

static void commands_are_sorted_and_each_is_there_once(void **state)
{
	(void)state;
	for (size_t i = 1; i < table_command_count; i++) {
		int order = str_cmp(table_commands[i - 1].name, table_commands[i].name);
		assert_true(order < 0 || (order == 0 && str_cmp(table_commands[i - 1].sub, table_commands[i].sub) < 0));
	}
	for (size_t i = 0; i < table_command_count; i++)
		assert_ptr_equal(table_find(table_commands[i].name, table_commands[i].sub), &table_commands[i]);
}

static void a_word_is_a_command_or_a_group_but_not_both(void **state)
{
	(void)state;
	for (size_t i = 0; i < table_command_count; i++)
		assert_int_equal(table_is_group(table_commands[i].name), table_commands[i].sub.n > 0);
}

static void check_sentence(str text)
{
	assert_true(text.n > 0);
	assert_false(text.p[0] >= 'A' && text.p[0] <= 'Z');
	assert_int_not_equal(text.p[text.n - 1], '.');
	assert_true(str_is_utf8(text));
}

static void every_row_of_the_table_is_complete(void **state)
{
	(void)state;
	for (size_t i = 0; i < table_command_count; i++) {
		const struct table_command *c = &table_commands[i];
		check_sentence(c->summary);
		assert_non_null(c->run);
		assert_true(c->topic < TABLE_TOPICS && table_topics[c->topic].n > 0);
		for (size_t k = 0; k < c->n_arguments; k++) {
			check_sentence(c->arguments[k].help);
			/* Only the last argument may be left out or repeated. */
			assert_true(k + 1 == c->n_arguments || (!c->arguments[k].optional && !c->arguments[k].many));
		}
		for (size_t k = 0; k < c->n_examples; k++)
			assert_true(c->examples[k].help.n && str_find(c->examples[k].line, S("aismm ")) >= 0);
		assert_true(table_option_count(c) <= OPTIONS_MAX);
		for (size_t k = 0; k < table_option_count(c); k++) {
			const struct table_option *o = table_option_at(c, k);
			check_sentence(o->help);
			assert_ptr_equal(table_option_find(c, o->name), o); /* no name twice in one command */
			assert_int_equal(o->kind == TABLE_FLAG, o->value.n == 0);
		}
	}
}

/* The dispatcher looks for the command before it knows whose options it reads. */
static void an_option_takes_a_value_everywhere_or_nowhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < table_command_count; i++)
		for (size_t k = 0; k < table_option_count(&table_commands[i]); k++) {
			const struct table_option *o = table_option_at(&table_commands[i], k);
			assert_int_equal(table_option_any(o->name)->value.n > 0, o->value.n > 0);
			assert_int_equal(table_option_any(o->name)->kind, o->kind);
		}
}

static void only_commands_that_write_ask_who_does_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < table_command_count; i++) {
		enum table_need need = table_commands[i].need;
		assert_int_equal(table_option_find(&table_commands[i], S("by")) != NULL,
				 need != TABLE_NO_STORE && need != TABLE_READS);
		assert_non_null(table_option_find(&table_commands[i], S("json")));
		assert_non_null(table_option_find(&table_commands[i], S("db")));
	}
}

/* ---- what is made from the table ---- */

typedef void write_fn(struct out *o);

static void write_man(struct out *o)
{
	man_page(o, "1.2.3");
}

/* Everything a person can write is in the text; `dashes`: how an option is written there. */
static void assert_mentions_all(write_fn *write, const char *dashes, bool escaped)
{
	struct out o = {.text = BUF(1 << 22), .width = 100};
	write(&o);
	for (size_t i = 0; i < table_command_count; i++) {
		const struct table_command *c = &table_commands[i];
		assert_true(str_find(buf_str(&o.text), c->name) >= 0);
		assert_true(str_find(buf_str(&o.text), c->sub) >= 0);
		for (size_t k = 0; k < table_option_count(c); k++) {
			struct buf b = BUF(256);
			str name = table_option_at(c, k)->name;
			buf_add(&b, str_from(dashes));
			for (size_t n = 0; n < name.n; n++) {
				if (escaped && name.p[n] == '-')
					buf_char(&b, '\\');
				buf_char(&b, name.p[n]);
			}
			if (str_find(buf_str(&o.text), buf_str(&b)) < 0)
				fail_msg("%s is missing", b.p);
			buf_release(&b);
		}
	}
	out_release(&o);
}

static void completions_and_manual_name_every_command_and_option(void **state)
{
	(void)state;
	assert_mentions_all(complete_bash, "--", false);
	assert_mentions_all(complete_zsh, "--", false);
	assert_mentions_all(complete_fish, "-l ", false);
	assert_mentions_all(write_man, "\\-\\-", true);
}

static void help_of_a_command_shows_all_its_options_at_every_width(void **state)
{
	(void)state;
	for (int width = OUT_WIDTH_MIN; width <= OUT_WIDTH_MAX; width += 20)
		for (size_t i = 0; i < table_command_count; i++) {
			const struct table_command *c = &table_commands[i];
			struct out o = {.text = BUF(1 << 20), .width = width};
			cmd_help_command(&o, c);
			for (size_t k = 0; k < table_option_count(c); k++) {
				struct buf b = BUF(256);
				buf_printf(&b, "--%.*s", STR_ARG(table_option_at(c, k)->name));
				assert_true(str_find(buf_str(&o.text), buf_str(&b)) >= 0);
				buf_release(&b);
			}
			str line, rest = buf_str(&o.text);
			while (str_cut(rest, '\n', &line, &rest))
				assert_true(out_width(line) <= width);
			out_release(&o);
		}
}

static bool installed(const char *program)
{
	char command[256];
	(void)snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", program);
	return system(command) == 0;
}

/* Writes the text to a file, runs the command with its name behind it; what it prints must be nothing. */
static void assert_silent(write_fn *write, const char *command)
{
	char path[] = "/tmp/aismm-test-XXXXXX", line[512], said[1024] = "";
	struct out o = {.text = BUF(1 << 22), .width = 100};
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	write(&o);
	assert_int_equal(o.text.status, OK);
	FILE *file = fdopen(fd, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(o.text.p, 1, o.text.n, file), o.text.n);
	assert_int_equal(fclose(file), 0);
	(void)snprintf(line, sizeof line, "%s %s 2>&1", command, path);
	FILE *pipe = popen(line, "r");
	assert_non_null(pipe);
	size_t n = fread(said, 1, sizeof said - 1, pipe);
	said[n] = '\0';
	int result = pclose(pipe);
	(void)unlink(path);
	out_release(&o);
	assert_string_equal(said, "");
	assert_true(WIFEXITED(result) && WEXITSTATUS(result) == 0);
}

static void bash_reads_its_completion(void **state)
{
	(void)state;
	if (!installed("bash"))
		skip();
	assert_silent(complete_bash, "bash -n");
}

static void zsh_reads_its_completion(void **state)
{
	(void)state;
	if (!installed("zsh"))
		skip();
	assert_silent(complete_zsh, "zsh -n");
}

static void fish_reads_its_completion(void **state)
{
	(void)state;
	if (!installed("fish"))
		skip();
	assert_silent(complete_fish, "fish --no-config -n");
}

static void the_manual_page_has_no_mistake_that_groff_finds(void **state)
{
	(void)state;
	if (!installed("groff"))
		skip();
	assert_silent(write_man, "groff -ww -K utf8 -man -Tutf8 -z");
}

static void only_plain_ids_are_given_to_a_shell(void **state)
{
	static const char *const plain[] = {"acme", "GOV-02.1", "prowler:aws:1234", "a/b_c@d+e"};
	static const char *const other[] = {"", "$(id)", "`id`", "a b", "-rf", "a;b", "a\nb", "é", "a'b", "*", "~"};
	(void)state;
	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
		assert_true(complete_is_plain(str_from(plain[i])));
	for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
		assert_false(complete_is_plain(str_from(other[i])));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(commands_are_sorted_and_each_is_there_once),
	    cmocka_unit_test(a_word_is_a_command_or_a_group_but_not_both),
	    cmocka_unit_test(every_row_of_the_table_is_complete),
	    cmocka_unit_test(an_option_takes_a_value_everywhere_or_nowhere),
	    cmocka_unit_test(only_commands_that_write_ask_who_does_it),
	    cmocka_unit_test(completions_and_manual_name_every_command_and_option),
	    cmocka_unit_test(help_of_a_command_shows_all_its_options_at_every_width),
	    cmocka_unit_test(bash_reads_its_completion),
	    cmocka_unit_test(zsh_reads_its_completion),
	    cmocka_unit_test(fish_reads_its_completion),
	    cmocka_unit_test(the_manual_page_has_no_mistake_that_groff_finds),
	    cmocka_unit_test(only_plain_ids_are_given_to_a_shell),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
