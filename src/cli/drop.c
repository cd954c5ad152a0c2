#include "cli/drop.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/time.h"

/* Room for ".99999" and ".receipt.json" in a name of 255 bytes. */
enum { STEM_BYTES = 230, TRIES = 99999 };

/* ---- names ---- */

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	char low = (char)(c | 0x20);
	return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* %2F and the like; false when a % is followed by something else, or when it gives a NUL. */
static bool decode(struct arena *a, str text, str *out)
{
	char *p = arena_new(a, char, text.n + 1);
	size_t n = 0;
	if (!p)
		return false;
	for (size_t i = 0; i < text.n; i++) {
		int high = 0, low = 0;
		if (text.p[i] != '%') {
			p[n++] = text.p[i];
			continue;
		}
		if (text.n - i < 3 || (high = digit(text.p[i + 1])) < 0 || (low = digit(text.p[i + 2])) < 0 ||
		    !(high | low))
			return false;
		p[n++] = (char)(high << 4 | low);
		i += 2;
	}
	*out = (str){p, n};
	return true;
}

bool drop_read_feed(struct arena *a, const char *folder, struct drop_feed *out)
{
	str name, unit, whole = str_from(folder);
	bool has_unit = str_cut(whole, '@', &name, &unit);
	struct drop_feed feed = {.folder = folder, .fd = -1};
	if (!decode(a, name, &feed.name) || !decode(a, unit, &feed.unit))
		return false;
	if (!feed.name.n || (has_unit && !feed.unit.n) || !str_is_utf8(feed.name) || !str_is_utf8(feed.unit))
		return false;
	*out = feed;
	return true;
}

struct app_time drop_read_time(struct arena *a, str name)
{
	struct app_time time = {0};
	size_t at = name.n;
	str text;
	while (at && name.p[at - 1] != '@')
		at--;
	/* The longest text that is a time: it may hold a dot itself. */
	for (size_t end = name.n; at && end > at; end--)
		if ((end == name.n || name.p[end] == '.') && decode(a, str_slice(name, at, end), &text) &&
		    time_parse(text, &time.ms)) {
			time.given = true;
			break;
		}
	return time;
}

bool drop_is_unfinished(str name)
{
	return str_starts(name, S(".")) || str_ends(name, S(".tmp")) || str_ends(name, S(".part"));
}

bool drop_is_kept(str name)
{
	return str_eq(name, S("done")) || str_eq(name, S("failed"));
}

str drop_stem(str name)
{
	if (name.n <= STEM_BYTES)
		return name;
	size_t n = STEM_BYTES;
	while (n && ((unsigned char)name.p[n] & 0xC0) == 0x80)
		n--;
	return str_slice(name, 0, n);
}

/* ---- complete ---- */

static int64_t stamp_ms(struct timespec t)
{
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

bool drop_is_complete(const struct stat *st, enum watch_writer writer, bool closed, int64_t now_ms)
{
	/* The time of change is the system's own, and a clock that was set back must not hold a file for ever. */
	int64_t age = now_ms - stamp_ms(st->st_ctim);
	bool rested = age < 0 || age >= DROP_REST_MS;
	if (writer == WATCH_WRITER_SOME)
		return false;
	/* Many tools make a file first and fill it later. */
	if (st->st_size == 0)
		return rested;
	return closed || writer == WATCH_WRITER_NONE || rested;
}

static bool is_same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

bool drop_is_changed(const struct stat *before, const struct stat *after)
{
	return !is_same_file(before, after) || before->st_size != after->st_size ||
	       before->st_mtim.tv_sec != after->st_mtim.tv_sec || before->st_mtim.tv_nsec != after->st_mtim.tv_nsec;
}

/* ---- where it goes ---- */

struct settling {
	struct arena *arena;
	const struct drop_feed *feed;
	const char *name;
	const struct stat *seen;
	int to;           /* the directory */
	const char *mark; /* of the note's name */
};

/* A name that is free for the file, and for its note: the note takes it. */
static enum status take_name(const struct settling *s, str note, char name[256], char note_name[256], struct err *err)
{
	str stem = drop_stem(str_from(s->name));
	struct stat st;
	for (int k = 1; k <= TRIES; k++) {
		int n = snprintf(name, 256, "%.*s", STR_ARG(stem));
		if (k > 1)
			(void)snprintf(name + n, 256 - (size_t)n, ".%d", k);
		if (fstatat(s->to, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
			continue;
		(void)snprintf(note_name, 256, "%.236s%s", name, s->mark);
		enum status status = folder_write(s->to, note_name, note, err);
		if (status != E_CONFLICT)
			return status;
	}
	return err_set(err, E_IO, "too many files of this name were dealt with; clear them away");
}

/* What was moved must be what was looked at: a producer may have put a newer file under the name in that instant. */
static enum status check_moved(const struct settling *s, const char *name, struct err *err)
{
	struct stat st;
	if (fstatat(s->to, name, &st, AT_SYMLINK_NOFOLLOW) != 0 || is_same_file(&st, s->seen))
		return OK;
	if (folder_move(s->to, name, s->feed->fd, s->name, err) == OK)
		return err_set(err, E_CONFLICT, "another file took its name");
	/* And a newer one yet after that. */
	return err_set(err, E_IO, "a file that was not imported lies as %s among those that were dealt with", name);
}

static enum status move(const struct settling *s, str note, char name[256], struct err *err)
{
	char note_name[256];
	for (;;) {
		struct stat st;
		TRY(take_name(s, note, name, note_name, err));
		enum status status = OK;
		if (fstatat(s->feed->fd, s->name, &st, AT_SYMLINK_NOFOLLOW) != 0)
			status = err_set(err, errno == ENOENT ? E_NOT_FOUND : E_IO, "the file is gone");
		else if (!is_same_file(&st, s->seen))
			status = err_set(err, E_CONFLICT, "another file took its name");
		if (status != OK) {
			(void)unlinkat(s->to, note_name, 0);
			return status;
		}
		status = folder_move(s->feed->fd, s->name, s->to, name, err);
		bool taken = status == E_CONFLICT;
		if (status == OK)
			status = check_moved(s, name, err);
		if (status != OK)
			(void)unlinkat(s->to, note_name, 0);
		if (!taken)
			return status;
	}
}

enum status drop_settle(struct arena *a, const struct drop_feed *feed, const char *name, const struct stat *seen,
			enum drop_end end, str note, str *placed, struct err *err)
{
	static const char *const folders[] = {[DROP_DONE] = "done", [DROP_FAILED] = "failed"};
	static const char *const marks[] = {[DROP_DONE] = ".receipt.json", [DROP_FAILED] = ".reason.txt"};
	struct settling s = {.arena = a, .feed = feed, .name = name, .seen = seen, .mark = marks[end]};
	char found[256];
	enum status status = folder_make(a, feed->fd, folders[end], &s.to, err);
	if (status != OK) {
		err_where(err, "%s/%s", feed->folder, folders[end]);
		/* Not what this function means by these. */
		return status == E_CONFLICT || status == E_NOT_FOUND ? E_IO : status;
	}
	TRY(move(&s, note, found, err));
	char *text = arena_new(a, char, sizeof found + 16);
	if (!text)
		return err_full(err);
	int n = snprintf(text, sizeof found + 16, "%s/%s", folders[end], found);
	*placed = (str){text, (size_t)n};
	return OK;
}
