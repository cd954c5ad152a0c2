#include "base/watch.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
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
	char path[64], file[128];
	struct arena arena;
	struct watch watch;
	int id;
};

static void place_open(struct place *p)
{
	struct err err;
	(void)snprintf(p->path, sizeof p->path, "/tmp/aismm-watch-XXXXXX");
	assert_non_null(mkdtemp(p->path));
	p->arena = ARENA(1 << 20);
	assert_int_equal(watch_open(&p->watch, &p->arena, &err), OK);
	assert_int_equal(watch_add(&p->watch, p->path, &p->id, &err), OK);
}

static void place_close(struct place *p)
{
	char command[96];
	arena_release(&p->arena);
	(void)snprintf(command, sizeof command, "rm -rf '%s'", p->path);
	assert_int_equal(system(command), 0);
}

static const char *in(struct place *p, const char *name)
{
	(void)snprintf(p->file, sizeof p->file, "%s/%s", p->path, name);
	return p->file;
}

static struct watch_event next(struct place *p, int timeout_ms)
{
	struct watch_event e;
	struct err err;
	assert_int_equal(watch_next(&p->watch, timeout_ms, &e, &err), OK);
	return e;
}

static void check_next(struct place *p, enum watch_kind kind, str name)
{
	struct watch_event e = next(p, 10000);
	assert_int_equal(e.kind, kind);
	assert_int_equal(e.place, p->id);
	assert_true(str_eq(e.name, name));
}

static void a_file_is_an_event_when_it_is_closed(void **state)
{
	(void)state;
	struct place p;
	place_open(&p);
	assert_int_equal(next(&p, 0).kind, WATCH_NOTHING);
	int fd = open(in(&p, "a"), O_WRONLY | O_CREAT, 0600);
	check_next(&p, WATCH_MADE, S("a"));
	assert_int_equal(write(fd, "x", 1), 1);
	assert_int_equal(next(&p, 0).kind, WATCH_NOTHING);
	assert_int_equal(close(fd), 0);
	check_next(&p, WATCH_FILE, S("a"));
	assert_int_equal(next(&p, 0).kind, WATCH_NOTHING);
	/* Reading is nothing. */
	fd = open(in(&p, "a"), O_RDONLY);
	assert_int_equal(close(fd), 0);
	assert_int_equal(next(&p, 0).kind, WATCH_NOTHING);
	place_close(&p);
}

static void files_and_directories_that_come_are_told_apart(void **state)
{
	(void)state;
	struct place p;
	struct err err;
	int again;
	char from[] = "/tmp/aismm-watched-XXXXXX";
	place_open(&p);
	int fd = mkstemp(from);
	assert_int_equal(close(fd), 0);
	assert_int_equal(rename(from, in(&p, "moved")), 0);
	check_next(&p, WATCH_FILE, S("moved"));
	assert_int_equal(link(in(&p, "moved"), from), 0);
	assert_int_equal(link(from, in(&p, "linked")), 0);
	check_next(&p, WATCH_MADE, S("linked"));
	assert_int_equal(unlink(from), 0);
	assert_int_equal(unlink(in(&p, "linked")), 0);
	assert_int_equal(mkdir(in(&p, "folder"), 0700), 0);
	check_next(&p, WATCH_FOLDER, S("folder"));
	assert_int_equal(watch_add(&p.watch, p.path, &again, &err), OK);
	assert_int_equal(again, p.id);
	assert_int_equal(unlink(in(&p, "moved")), 0);
	assert_int_equal(rmdir(in(&p, "folder")), 0);
	assert_int_equal(rmdir(p.path), 0);
	check_next(&p, WATCH_GONE, (str){0});
	place_close(&p);
}

static void links_and_what_is_not_there_cannot_be_watched(void **state)
{
	(void)state;
	struct place p;
	struct err err;
	int id = -7;
	place_open(&p);
	assert_int_equal(watch_add(&p.watch, in(&p, "nothing"), &id, &err), E_NOT_FOUND);
	assert_int_equal(symlink("/tmp", in(&p, "link")), 0);
	assert_int_not_equal(watch_add(&p.watch, p.file, &id, &err), OK);
	assert_int_equal(id, -7);
	place_close(&p);
}

static void more_events_than_the_system_keeps_are_an_event(void **state)
{
	(void)state;
	struct place p;
	long most = 0;
	FILE *f = fopen("/proc/sys/fs/inotify/max_queued_events", "r");
	if (!f || fscanf(f, "%ld", &most) != 1 || most > 100000)
		most = 0;
	if (f)
		(void)fclose(f);
	if (!most)
		skip();
	place_open(&p);
	/* Equal events one after the other count once, so two names take turns. */
	for (long i = 0; i < most + 8; i++)
		assert_int_equal(close(open(in(&p, i % 2 ? "a" : "b"), O_WRONLY | O_CREAT, 0600)), 0);
	long files = 0;
	bool lost = false;
	for (struct watch_event e = next(&p, 0); e.kind != WATCH_NOTHING; e = next(&p, 0)) {
		files += e.kind == WATCH_FILE;
		lost = lost || e.kind == WATCH_LOST;
	}
	assert_true(lost && files > 0 && files <= most);
	place_close(&p);
}

static void a_signal_that_asks_to_end_is_an_event_and_stays_one(void **state)
{
	(void)state;
	struct place p;
	place_open(&p);
	assert_false(watch_stopped(&p.watch));
	assert_int_equal(close(open(in(&p, "a"), O_WRONLY | O_CREAT, 0600)), 0);
	assert_int_equal(kill(getpid(), SIGTERM), 0);
	assert_true(watch_stopped(&p.watch));
	assert_int_equal(next(&p, -1).kind, WATCH_STOP);
	assert_int_equal(next(&p, -1).kind, WATCH_STOP);
	assert_true(watch_stopped(&p.watch));
	place_close(&p);
}

static void a_writer_is_seen(void **state)
{
	(void)state;
	struct place p;
	place_open(&p);
	int writer = open(in(&p, "a"), O_WRONLY | O_CREAT, 0600);
	int reader = open(p.file, O_RDONLY);
	enum watch_writer seen = watch_writer(reader);
	assert_true(seen == WATCH_WRITER_SOME || seen == WATCH_WRITER_UNKNOWN);
	assert_int_equal(close(writer), 0);
	if (seen == WATCH_WRITER_SOME)
		assert_int_equal(watch_writer(reader), WATCH_WRITER_NONE);
	/* Whoever opens it now does not have to wait. */
	writer = open(p.file, O_WRONLY | O_NONBLOCK);
	assert_true(writer >= 0);
	assert_int_equal(close(writer), 0);
	assert_int_equal(close(reader), 0);
	place_close(&p);
}

int main(void)
{
	/* The signal comes last: it stays pending. */
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_file_is_an_event_when_it_is_closed),
	    cmocka_unit_test(files_and_directories_that_come_are_told_apart),
	    cmocka_unit_test(links_and_what_is_not_there_cannot_be_watched),
	    cmocka_unit_test(more_events_than_the_system_keeps_are_an_event),
	    cmocka_unit_test(a_writer_is_seen),
	    cmocka_unit_test(a_signal_that_asks_to_end_is_an_event_and_stays_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
