#include "cli/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
	struct arena a;
	char folder[64];
};

static int fixture_new(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	assert_non_null(f);
	f->a = ARENA(1 << 24);
	(void)snprintf(f->folder, sizeof f->folder, "/tmp/aismm-document-XXXXXX");
	assert_non_null(mkdtemp(f->folder));
	*state = f;
	return 0;
}

static int fixture_end(void **state)
{
	struct fixture *f = *state;
	assert_int_equal(rmdir(f->folder), 0); /* a test that leaves something behind fails here */
	arena_release(&f->a);
	free(f);
	return 0;
}

static str path_of(struct fixture *f, const char *name)
{
	return document_path(&f->a, str_from(f->folder), str_from(name));
}

static void holds(str path, const char *expected)
{
	char seen[64] = "";
	FILE *file = fopen(path.p, "rb");
	assert_non_null(file);
	seen[fread(seen, 1, sizeof seen - 1, file)] = '\0';
	(void)fclose(file);
	assert_string_equal(seen, expected);
}

static void a_document_is_written_and_replaced(void **state)
{
	struct fixture *f = *state;
	struct err err;
	struct stat st;
	str path = path_of(f, "a");
	assert_int_equal(document_write(&f->a, path, S("one"), &err), OK);
	holds(path, "one");
	assert_int_equal(chmod(path.p, 0604), 0);
	assert_int_equal(document_write(&f->a, path, S("second"), &err), OK);
	holds(path, "second");
	assert_int_equal(stat(path.p, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0604);
	assert_int_equal(document_write(&f->a, path, S(""), &err), OK);
	holds(path, "");
	assert_int_equal(unlink(path.p), 0);
}

static void what_reads_the_old_one_keeps_it(void **state)
{
	struct fixture *f = *state;
	struct err err;
	char seen[8] = "";
	str path = path_of(f, "a");
	assert_int_equal(document_write(&f->a, path, S("old"), &err), OK);
	FILE *file = fopen(path.p, "rb");
	assert_non_null(file);
	assert_int_equal(document_write(&f->a, path, S("new one"), &err), OK);
	assert_int_equal(fread(seen, 1, sizeof seen - 1, file), 3);
	assert_string_equal(seen, "old");
	(void)fclose(file);
	assert_int_equal(unlink(path.p), 0);
}

static void a_failure_names_the_file_and_leaves_nothing(void **state)
{
	struct fixture *f = *state;
	struct err err;
	assert_int_equal(document_write(&f->a, path_of(f, "none/a"), S("x"), &err), E_IO);
	assert_non_null(strstr(err.where, "none/a"));
	assert_non_null(strstr(err.message, "No such file"));
	assert_int_equal(document_write(&f->a, str_from(f->folder), S("x"), &err), E_IO);
	assert_non_null(strstr(err.message, "directory"));
	assert_int_equal(document_write(&f->a, S("/dev/full"), S("x"), &err), E_IO);
	assert_non_null(strstr(err.message, "No space"));
	assert_int_equal(document_write(&f->a, S("/dev/null"), S("x"), &err), OK);
}

static void a_link_that_leads_nowhere_becomes_the_document(void **state)
{
	struct fixture *f = *state;
	struct err err;
	str path = path_of(f, "link");
	assert_int_equal(symlink("nowhere", path.p), 0);
	assert_int_equal(document_write(&f->a, path, S("x"), &err), OK);
	holds(path, "x");
	assert_int_equal(unlink(path.p), 0);
}

static void folders_are_made_once(void **state)
{
	struct fixture *f = *state;
	struct err err;
	str path = path_of(f, "d");
	assert_false(document_is_folder(&f->a, path));
	assert_int_equal(document_folder(&f->a, path, &err), OK);
	assert_int_equal(document_folder(&f->a, path_of(f, "d/"), &err), OK);
	assert_true(document_is_folder(&f->a, path));
	assert_int_equal(document_folder(&f->a, path_of(f, "x/y"), &err), E_IO);
	str file = path_of(f, "f");
	assert_int_equal(document_write(&f->a, file, S("x"), &err), OK);
	assert_int_equal(document_folder(&f->a, file, &err), E_IO);
	assert_int_equal(unlink(file.p) + rmdir(path.p), 0);
}

static void paths_are_joined_with_one_slash(void **state)
{
	struct fixture *f = *state;
	assert_true(str_eq(document_path(&f->a, S("a"), S("b")), S("a/b")));
	assert_true(str_eq(document_path(&f->a, S("a//"), S("b")), S("a/b")));
	assert_true(str_eq(document_path(&f->a, S("/"), S("b")), S("/b")));
	assert_true(str_eq(document_path(&f->a, S("."), S("b")), S("./b")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_new, fixture_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_document_is_written_and_replaced),
	    TEST(what_reads_the_old_one_keeps_it),
	    TEST(a_failure_names_the_file_and_leaves_nothing),
	    TEST(a_link_that_leads_nowhere_becomes_the_document),
	    TEST(folders_are_made_once),
	    TEST(paths_are_joined_with_one_slash),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
