#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/embed.h"

#ifndef TEST_TOP
#define TEST_TOP "."
#endif

static void names_are_sorted_and_differ(void **state)
{
	(void)state;
	for (size_t i = 1; i < embed_count(); i++)
		assert_true(str_cmp(embed_at(i - 1).name, embed_at(i).name) < 0);
}

static void every_file_is_found_by_its_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < embed_count(); i++) {
		struct embed_file file = embed_at(i);
		str found = embed_find(file.name);
		assert_non_null(found.p);
		assert_ptr_equal(found.p, file.bytes.p);
		assert_int_equal(found.n, file.bytes.n);
		assert_int_equal(found.p[found.n], 0);
	}
}

static void a_name_that_is_not_there_gives_null(void **state)
{
	(void)state;
	assert_null(embed_find(S("")).p);
	assert_null(embed_find(S("no such file")).p);
	assert_null(embed_find(S("~~~")).p);
	assert_null(embed_find((str){NULL, 0}).p);
	assert_int_equal(embed_before(S("")), 0);
	assert_int_equal(embed_before(S("\xff")), embed_count());
}

static void part_of_a_name_is_not_a_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < embed_count(); i++) {
		str name = embed_at(i).name;
		assert_null(embed_find(str_slice(name, 0, name.n - 1)).p);
		assert_null(embed_find((str){name.p, name.n + 1}).p);
	}
}

/* The file below the top of the tree that a name stands for. */
static FILE *original(str name)
{
	static const char *const roots[] = {"content", "src", "."};
	for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
		char path[4096];
		int n = snprintf(path, sizeof path, "%s/%s/%.*s", TEST_TOP, roots[i], STR_ARG(name));
		assert_in_range(n, 1, sizeof path - 1);
		FILE *f = fopen(path, "rb");
		if (f != NULL)
			return f;
	}
	return NULL;
}

static void bytes_are_those_of_the_file_on_disk(void **state)
{
	(void)state;
	for (size_t i = 0; i < embed_count(); i++) {
		struct embed_file file = embed_at(i);
		FILE *f = original(file.name);
		assert_non_null(f);
		for (size_t k = 0; k < file.bytes.n; k++) {
			if (fgetc(f) != (unsigned char)file.bytes.p[k])
				fail_msg("%.*s differs at byte %zu", STR_ARG(file.name), k);
		}
		assert_int_equal(fgetc(f), EOF);
		fclose(f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_are_sorted_and_differ),         cmocka_unit_test(every_file_is_found_by_its_name),
	    cmocka_unit_test(a_name_that_is_not_there_gives_null), cmocka_unit_test(part_of_a_name_is_not_a_name),
	    cmocka_unit_test(bytes_are_those_of_the_file_on_disk),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
