/* What the tests of the model's format share: reading, changing a right model in one place, the one problem expected.
 */
#ifndef TEST_CORE_MODEL_FIXTURE_H
#define TEST_CORE_MODEL_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/time.h"
#include "core/evidence.h"
#include "core/model.h"

#ifndef TEST_DATA
#define TEST_DATA "test/data"
#endif

struct fixture {
	struct arena a;
	struct model_problems problems;
	const struct model *m;
	struct err err;
};

static inline int fixture_new(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	assert_non_null(f);
	f->a = ARENA((size_t)256 << 20);
	*state = f;
	return 0;
}

static inline int fixture_end(void **state)
{
	struct fixture *f = *state;
	arena_release(&f->a);
	free(f);
	return 0;
}

static inline str data_file(struct fixture *f, const char *name)
{
	char path[512], *p = arena_alloc(&f->a, 1 << 16, 1);
	assert_non_null(p);
	(void)snprintf(path, sizeof path, "%s/model/%s", TEST_DATA, name);
	FILE *file = fopen(path, "rb");
	if (!file)
		fail_msg("%s is missing", path);
	size_t n = fread(p, 1, 1 << 16, file);
	(void)fclose(file);
	assert_in_range(n, 1, (1 << 16) - 1);
	return (str){p, n};
}

/* The text with the only (or first) `from` replaced. */
static inline str replaced(struct fixture *f, str text, const char *from, const char *to)
{
	ptrdiff_t at = str_find(text, str_from(from));
	if (at < 0)
		fail_msg("the model has no '%s'", from);
	struct buf b = BUF(1 << 22);
	buf_add(&b, str_slice(text, 0, (size_t)at));
	buf_add(&b, str_from(to));
	buf_add(&b, str_slice(text, (size_t)at + strlen(from), text.n));
	assert_int_equal(b.status, OK);
	str out = str_copy(&f->a, buf_str(&b));
	buf_release(&b);
	return out;
}

static inline void read_files(struct fixture *f, const struct model_file *files, size_t n)
{
	f->problems = (struct model_problems){0};
	f->m = NULL;
	enum status status = model_read(files, n, &f->a, &f->problems, &f->m, &f->err);
	if (status != OK)
		fail_msg("status %d: %s", (int)status, f->err.message);
	assert_true((f->m == NULL) == (f->problems.n_errors > 0));
}

static inline void read_text(struct fixture *f, str text)
{
	struct model_file file = {S("m.yaml"), text};
	read_files(f, &file, 1);
}

static inline void print_problems(const struct fixture *f)
{
	for (size_t i = 0; i < f->problems.n; i++) {
		const struct model_problem *p = &f->problems.list[i];
		print_error("%.*s:%d:%d: %s%.*s\n", STR_ARG(p->place.file), (int)p->place.line, (int)p->place.column,
			    p->warning ? "warning: " : "", STR_ARG(p->message));
	}
}

/* One change to good.yaml and the only problem it causes: where `at` first stands in the changed text. */
struct rule {
	const char *from, *to, *at, *message;
	bool warning;
};

static inline void expect_problem(const struct fixture *f, size_t i, str text, const struct rule *rule)
{
	if (i >= f->problems.n) {
		print_problems(f);
		fail_msg("no problem for '%s'", rule->message);
	}
	const struct model_problem *p = &f->problems.list[i];
	ptrdiff_t at = str_find(text, str_from(rule->at));
	assert_true(at >= 0);
	int line = 1, column = 1;
	for (ptrdiff_t c = 0; c < at; c++) {
		column = text.p[c] == '\n' ? 1 : column + 1;
		line += text.p[c] == '\n';
	}
	if (!str_eq(p->message, str_from(rule->message)) || p->place.line != line || p->place.column != column) {
		print_problems(f);
		fail_msg("expected at %d:%d: %s", line, column, rule->message);
	}
	assert_int_equal(p->warning, rule->warning);
	assert_true(str_eq(p->place.file, S("m.yaml")));
}

static inline void expect_rules(struct fixture *f, const struct rule *rules, size_t n)
{
	str good = data_file(f, "good.yaml");
	for (size_t i = 0; i < n; i++) {
		str text = replaced(f, good, rules[i].from, rules[i].to);
		read_text(f, text);
		expect_problem(f, 0, text, &rules[i]);
		if (f->problems.n != 1) {
			print_problems(f);
			fail_msg("more than one problem for '%s'", rules[i].message);
		}
	}
}

#define EXPECT_RULES(state, rules) expect_rules(*(state), rules, sizeof(rules) / sizeof(rules)[0])

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_new, fixture_end)

#endif
