#include "base/folder.h"

#include <fcntl.h>
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

struct place {
	char path[64];
	struct arena arena;
	int fd;
};

static void place_open(struct place *p)
{
	struct err err;
	(void)snprintf(p->path, sizeof p->path, "/tmp/aismm-folder-XXXXXX");
	assert_non_null(mkdtemp(p->path));
	p->arena = ARENA(1 << 20);
	assert_int_equal(folder_open(&p->arena, AT_FDCWD, p->path, &p->fd, &err), OK);
}

static void place_close(struct place *p)
{
	char command[96];
	arena_release(&p->arena);
	assert_int_equal(fcntl(p->fd, F_GETFD), -1);
	(void)snprintf(command, sizeof command, "rm -rf '%s'", p->path);
	assert_int_equal(system(command), 0);
}

static void a_directory_is_made_once_and_opened_again(void **state)
{
	(void)state;
	struct place p;
	struct err err;
	int first = -1, second = -1;
	place_open(&p);
	assert_int_equal(folder_open(&p.arena, p.fd, "done", &first, &err), E_NOT_FOUND);
	assert_int_equal(folder_make(&p.arena, p.fd, "done", &first, &err), OK);
	assert_int_equal(folder_make(&p.arena, p.fd, "done", &second, &err), OK);
	assert_true(first >= 0 && second >= 0);
	place_close(&p);
}

static void links_and_files_are_no_directories(void **state)
{
	(void)state;
	struct place p;
	struct err err;
	int fd = -7;
	place_open(&p);
	assert_int_equal(symlinkat("/tmp", p.fd, "link"), 0);
	assert_int_equal(folder_write(p.fd, "file", S("x"), &err), OK);
	assert_int_equal(folder_open(&p.arena, p.fd, "link", &fd, &err), E_INVALID);
	assert_int_equal(folder_make(&p.arena, p.fd, "link", &fd, &err), E_INVALID);
	assert_int_equal(folder_make(&p.arena, p.fd, "file", &fd, &err), E_INVALID);
	assert_int_equal(fd, -7);
	place_close(&p);
}

static void names_come_in_byte_order_each_time(void **state)
{
	(void)state;
	static const char *const wanted[] = {".b", "B", "a", "a.b", "b", "\xC3\xA4"};
	struct place p;
	struct err err;
	const char *const *names;
	size_t n = 9;
	place_open(&p);
	assert_int_equal(folder_list(&p.arena, p.fd, &names, &n, &err), OK);
	assert_int_equal(n, 0);
	for (size_t i = 6; i-- > 0;)
		assert_int_equal(folder_write(p.fd, wanted[(i * 5 + 1) % 6], S(""), &err), OK);
	for (int turn = 0; turn < 2; turn++) {
		assert_int_equal(folder_list(&p.arena, p.fd, &names, &n, &err), OK);
		assert_int_equal(n, 6);
		for (size_t i = 0; i < n; i++)
			assert_string_equal(names[i], wanted[i]);
	}
	place_close(&p);
}

static void nothing_is_overwritten(void **state)
{
	(void)state;
	struct place p;
	struct err err;
	struct stat st;
	place_open(&p);
	assert_int_equal(folder_write(p.fd, "a", S("12345"), &err), OK);
	assert_int_equal(folder_write(p.fd, "a", S("1"), &err), E_CONFLICT);
	assert_int_equal(symlinkat("nowhere", p.fd, "l"), 0);
	assert_int_equal(folder_write(p.fd, "l", S("1"), &err), E_CONFLICT);
	assert_int_equal(faccessat(p.fd, "nowhere", F_OK, 0), -1);
	assert_int_equal(folder_write(p.fd, "b", S("1"), &err), OK);
	assert_int_equal(folder_move(p.fd, "b", p.fd, "a", &err), E_CONFLICT);
	assert_int_equal(folder_move(p.fd, "b", p.fd, "l", &err), E_CONFLICT);
	assert_int_equal(folder_move(p.fd, "c", p.fd, "d", &err), E_NOT_FOUND);
	assert_int_equal(folder_move(p.fd, "b", p.fd, "d", &err), OK);
	assert_int_equal(fstatat(p.fd, "a", &st, 0), 0);
	assert_int_equal(st.st_size, 5);
	place_close(&p);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_directory_is_made_once_and_opened_again),
	    cmocka_unit_test(links_and_files_are_no_directories),
	    cmocka_unit_test(names_come_in_byte_order_each_time),
	    cmocka_unit_test(nothing_is_overwritten),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
