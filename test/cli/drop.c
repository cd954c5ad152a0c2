#include "cli/drop.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/folder.h"
#include "base/time.h"

static void a_directory_names_a_feed_and_perhaps_a_unit(void **state)
{
	(void)state;
	static const struct {
		const char *folder;
		str name, unit;
	} good[] = {
	    {"people", S("people"), S("")},
	    {"prowler:aws:1234", S("prowler:aws:1234"), S("")},
	    {"people@north", S("people"), S("north")},
	    {"a%2Fb%2fc", S("a/b/c"), S("")},
	    {"npm%40scope@team%40x", S("npm@scope"), S("team@x")},
	    {"a@b@c", S("a"), S("b@c")},
	    {"100%25", S("100%"), S("")},
	    {"gr\xC3\xBC%C3%9F", S("gr\xC3\xBC\xC3\x9F"), S("")},
	};
	static const char *const bad[] = {"",      "@",     "@north",  "people@", "50%",  "50%2",
					  "50%zz", "a%00b", "a%2fb@%", "%ff",     "\xff", "a@\xff"};
	struct arena a = ARENA(65536);
	struct drop_feed feed;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		assert_true(drop_read_feed(&a, good[i].folder, &feed));
		assert_true(str_eq(feed.name, good[i].name) && str_eq(feed.unit, good[i].unit));
		assert_ptr_equal(feed.folder, good[i].folder);
	}
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_false(drop_read_feed(&a, bad[i], &feed));
	arena_release(&a);
}

static void a_time_stands_behind_the_last_at_sign(void **state)
{
	(void)state;
	static const struct {
		str name;
		const char *time; /* NULL: none */
	} cases[] = {
	    {S("users@2026-11-01.csv"), "2026-11-01T00:00:00Z"},
	    {S("users@2026-11-01"), "2026-11-01T00:00:00Z"},
	    {S("@2026-11-01"), "2026-11-01T00:00:00Z"},
	    {S("scan@2026-11-01.ocsf.json"), "2026-11-01T00:00:00Z"},
	    {S("scan@2026-11-01T06:30:00Z.json"), "2026-11-01T06:30:00Z"},
	    {S("scan@2026-11-01T06:30:00.125Z.json"), "2026-11-01T06:30:00.125Z"},
	    {S("scan@2026-11-01T06%3A30%3A00%2B02%3A00.json"), "2026-11-01T04:30:00Z"},
	    {S("scan@2026-11-01 06:30.json"), "2026-11-01T06:30:00Z"},
	    {S("a@b@2026-11-01.csv"), "2026-11-01T00:00:00Z"},
	    {S("users@2026-11-01.csv@2"), NULL},
	    {S("users@2026-11-01x.csv"), NULL},
	    {S("users@2026-13-01.csv"), NULL},
	    {S("users@2026-11-31.csv"), NULL},
	    {S("users@1.csv"), NULL},
	    {S("users@.csv"), NULL},
	    {S("users@"), NULL},
	    {S("@"), NULL},
	    {S(""), NULL},
	    {S("users-2026-11-01.csv"), NULL},
	    {S("someone@example.org.csv"), NULL},
	    {S("users@2026-11-01%.csv"), NULL},
	};
	struct arena a = ARENA(65536);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct app_time t = drop_read_time(&a, cases[i].name);
		char text[TIME_TEXT];
		assert_int_equal(t.given, cases[i].time != NULL);
		if (t.given)
			assert_true(str_eq(time_format(t.ms, text), str_from(cases[i].time)));
	}
	arena_release(&a);
}

static void files_in_the_making_are_known_by_their_names(void **state)
{
	(void)state;
	assert_true(drop_is_unfinished(S(".users.csv")));
	assert_true(drop_is_unfinished(S("users.csv.tmp")));
	assert_true(drop_is_unfinished(S("users.csv.part")));
	assert_false(drop_is_unfinished(S("users.tmp.csv")));
	assert_false(drop_is_unfinished(S("part")));
}

static void a_long_name_is_cut_between_characters(void **state)
{
	(void)state;
	char name[255];
	for (size_t i = 0; i < sizeof name; i++)
		name[i] = i % 2 ? '\xA9' : '\xC3';
	for (size_t n = 228; n <= sizeof name; n++) {
		str stem = drop_stem((str){name, n});
		assert_true(stem.n <= 230 && (n <= 230 ? stem.n == n : str_is_utf8(stem) && stem.n >= 227));
		stem = drop_stem((str){name + 1, n - 1});
		assert_true(stem.n <= 230 && (n - 1 <= 230 || stem.n >= 227));
	}
}

static void a_file_is_complete_when_nobody_writes_or_when_it_rested(void **state)
{
	(void)state;
	static const struct {
		long size, age_ms;
		enum watch_writer writer;
		bool closed, complete;
	} cases[] = {
	    {1, 0, WATCH_WRITER_NONE, false, true},
	    {1, 0, WATCH_WRITER_NONE, true, true},
	    {1, 0, WATCH_WRITER_SOME, true, false}, /* one writer has closed it, another has not */
	    {1, DROP_REST_MS, WATCH_WRITER_SOME, false, false},
	    {1, 0, WATCH_WRITER_UNKNOWN, false, false},
	    {1, 0, WATCH_WRITER_UNKNOWN, true, true},
	    {1, DROP_REST_MS - 1, WATCH_WRITER_UNKNOWN, false, false},
	    {1, DROP_REST_MS, WATCH_WRITER_UNKNOWN, false, true},
	    {1, -1, WATCH_WRITER_UNKNOWN, false, true}, /* the clock was set back */
	    {0, 0, WATCH_WRITER_NONE, true, false},
	    {0, DROP_REST_MS, WATCH_WRITER_NONE, false, true},
	    {0, DROP_REST_MS, WATCH_WRITER_SOME, false, false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct stat st = {.st_size = cases[i].size, .st_ctim = {.tv_sec = 1000000, .tv_nsec = 5000000}};
		bool complete = drop_is_complete(&st, cases[i].writer, cases[i].closed, 1000000005 + cases[i].age_ms);
		assert_int_equal(complete, cases[i].complete);
	}
}

/* ---- settling ---- */

struct place {
	char path[64];
	struct arena arena;
	struct drop_feed feed;
};

static void place_open(struct place *p)
{
	struct err err;
	(void)snprintf(p->path, sizeof p->path, "/tmp/aismm-drop-XXXXXX");
	assert_non_null(mkdtemp(p->path));
	p->arena = ARENA(1 << 20);
	assert_int_equal(folder_open(&p->arena, AT_FDCWD, p->path, &p->feed.fd, &err), OK);
}

static void place_close(struct place *p)
{
	char command[96];
	arena_release(&p->arena);
	(void)snprintf(command, sizeof command, "rm -rf '%s'", p->path);
	assert_int_equal(system(command), 0);
}

static struct stat put(const struct place *p, const char *name, str text)
{
	struct stat st;
	assert_int_equal(folder_write(p->feed.fd, name, text, NULL), OK);
	assert_int_equal(fstatat(p->feed.fd, name, &st, AT_SYMLINK_NOFOLLOW), 0);
	return st;
}

static bool has(const struct place *p, const char *path, const char *text)
{
	char seen[64] = "";
	int fd = openat(p->feed.fd, path, O_RDONLY | O_NOFOLLOW);
	if (fd < 0)
		return false;
	assert_true(read(fd, seen, sizeof seen - 1) >= 0);
	assert_int_equal(close(fd), 0);
	return strcmp(seen, text) == 0;
}

static void a_file_is_moved_with_its_note(void **state)
{
	(void)state;
	struct place p = {0};
	struct err err;
	str placed;
	place_open(&p);
	struct stat st = put(&p, "a.csv", S("one"));
	assert_int_equal(drop_settle(&p.arena, &p.feed, "a.csv", &st, DROP_DONE, S("note"), &placed, &err), OK);
	assert_true(str_eq(placed, S("done/a.csv")));
	assert_true(has(&p, "done/a.csv", "one") && has(&p, "done/a.csv.receipt.json", "note"));
	st = put(&p, "a.csv", S("two"));
	assert_int_equal(drop_settle(&p.arena, &p.feed, "a.csv", &st, DROP_DONE, S("note 2"), &placed, &err), OK);
	assert_true(str_eq(placed, S("done/a.csv.2")));
	assert_true(has(&p, "done/a.csv", "one") && has(&p, "done/a.csv.2", "two"));
	st = put(&p, "a.csv", S("three"));
	assert_int_equal(drop_settle(&p.arena, &p.feed, "a.csv", &st, DROP_FAILED, S("why"), &placed, &err), OK);
	assert_true(has(&p, "failed/a.csv", "three") && has(&p, "failed/a.csv.reason.txt", "why"));
	place_close(&p);
}

static void a_newer_file_under_the_name_stays(void **state)
{
	(void)state;
	struct place p = {0};
	struct err err;
	str placed = S("untouched");
	place_open(&p);
	struct stat st = put(&p, "a.csv", S("old"));
	struct stat newer = put(&p, "new", S("new"));
	assert_true(drop_is_changed(&st, &newer));
	assert_false(drop_is_changed(&st, &st));
	assert_int_equal(renameat(p.feed.fd, "new", p.feed.fd, "a.csv"), 0);
	assert_int_equal(drop_settle(&p.arena, &p.feed, "a.csv", &st, DROP_DONE, S("note"), &placed, &err), E_CONFLICT);
	assert_true(has(&p, "a.csv", "new") && str_eq(placed, S("untouched")));
	assert_int_equal(faccessat(p.feed.fd, "done/a.csv.receipt.json", F_OK, 0), -1);
	assert_int_equal(unlinkat(p.feed.fd, "a.csv", 0), 0);
	assert_int_equal(drop_settle(&p.arena, &p.feed, "a.csv", &st, DROP_DONE, S("note"), &placed, &err),
			 E_NOT_FOUND);
	assert_int_equal(faccessat(p.feed.fd, "done/a.csv.receipt.json", F_OK, 0), -1);
	place_close(&p);
}

static void a_link_is_moved_itself_and_none_is_followed(void **state)
{
	(void)state;
	struct place p = {0};
	struct err err;
	struct stat st, file;
	str placed;
	char target[8] = "";
	place_open(&p);
	file = put(&p, "file", S("text"));
	assert_int_equal(symlinkat("../file", p.feed.fd, "link"), 0);
	assert_int_equal(fstatat(p.feed.fd, "link", &st, AT_SYMLINK_NOFOLLOW), 0);
	assert_int_equal(drop_settle(&p.arena, &p.feed, "link", &st, DROP_FAILED, S("why"), &placed, &err), OK);
	assert_int_equal(readlinkat(p.feed.fd, "failed/link", target, sizeof target), 7);
	assert_true(has(&p, "file", "text"));
	assert_int_equal(symlinkat("/tmp", p.feed.fd, "done"), 0);
	assert_int_equal(drop_settle(&p.arena, &p.feed, "file", &file, DROP_DONE, S("note"), &placed, &err), E_INVALID);
	assert_true(has(&p, "file", "text"));
	place_close(&p);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_directory_names_a_feed_and_perhaps_a_unit),
	    cmocka_unit_test(a_time_stands_behind_the_last_at_sign),
	    cmocka_unit_test(files_in_the_making_are_known_by_their_names),
	    cmocka_unit_test(a_long_name_is_cut_between_characters),
	    cmocka_unit_test(a_file_is_complete_when_nobody_writes_or_when_it_rested),
	    cmocka_unit_test(a_file_is_moved_with_its_note),
	    cmocka_unit_test(a_newer_file_under_the_name_stays),
	    cmocka_unit_test(a_link_is_moved_itself_and_none_is_followed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
