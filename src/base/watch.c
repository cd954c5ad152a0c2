#include "base/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum { BUFFER_BYTES = 16384 };

static enum status failed(struct err *err, const char *what)
{
	int why = errno;
	return err_set(err, E_IO, "%s: %s", what, strerror(why));
}

static void close_both(void *payload)
{
	struct watch *w = payload;
	if (w->events >= 0)
		(void)close(w->events);
	if (w->signals >= 0)
		(void)close(w->signals);
}

enum status watch_open(struct watch *w, struct arena *a, struct err *err)
{
	sigset_t ends, blocked;
	(void)sigemptyset(&ends);
	(void)sigaddset(&ends, SIGINT);
	(void)sigaddset(&ends, SIGTERM);
	/* SIGIO: somebody opened a file for writing in the instant in which watch_writer asked. */
	blocked = ends;
	(void)sigaddset(&blocked, SIGIO);
	*w = (struct watch){.events = -1, .signals = -1, .buffer = arena_alloc(a, BUFFER_BYTES, 8)};
	if (!w->buffer || !arena_defer(a, close_both, w))
		return err_full(err);
	if (sigprocmask(SIG_BLOCK, &blocked, NULL) != 0)
		return failed(err, "signals cannot be waited for");
	if ((w->signals = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK)) < 0)
		return failed(err, "signals cannot be waited for");
	if ((w->events = inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) < 0)
		return failed(err, "directories cannot be watched");
	return OK;
}

enum status watch_add(struct watch *w, const char *path, int *place, struct err *err)
{
	int made =
	    inotify_add_watch(w->events, path, IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ONLYDIR | IN_DONT_FOLLOW);
	if (made < 0) {
		int why = errno;
		enum status status = why == ENOSPC ? E_TOO_LARGE : why == ENOENT || why == ENOTDIR ? E_NOT_FOUND : E_IO;
		(void)err_set(err, status, "the directory cannot be watched: %s", strerror(why));
		err_at(err, str_from(path), 0, 0);
		if (status == E_TOO_LARGE)
			err_hint(err, "raise fs.inotify.max_user_watches");
		return status;
	}
	*place = made;
	return OK;
}

/* The next event of the buffer that means something; false when there is none. */
static bool take(struct watch *w, struct watch_event *out)
{
	while (w->at < w->n) {
		struct inotify_event e;
		memcpy(&e, w->buffer + w->at, sizeof e);
		const char *name = w->buffer + w->at + sizeof e;
		w->at += sizeof e + e.len;
		*out = (struct watch_event){.place = e.wd};
		if (e.len)
			out->name = (str){name, strnlen(name, e.len)};
		if (e.mask & IN_Q_OVERFLOW)
			out->kind = WATCH_LOST;
		else if (e.mask & IN_IGNORED)
			out->kind = WATCH_GONE;
		else if (e.mask & IN_ISDIR)
			out->kind = e.mask & (IN_CREATE | IN_MOVED_TO) ? WATCH_FOLDER : WATCH_NOTHING;
		else if (e.mask & (IN_CLOSE_WRITE | IN_MOVED_TO))
			out->kind = WATCH_FILE;
		else if (e.mask & IN_CREATE)
			out->kind = WATCH_MADE;
		if (out->kind != WATCH_NOTHING)
			return true;
	}
	return false;
}

/* *more = false: there is nothing to read. */
static enum status fill(struct watch *w, bool *more, struct err *err)
{
	ssize_t n = read(w->events, w->buffer, BUFFER_BYTES);
	*more = n > 0;
	w->at = 0;
	w->n = n > 0 ? (size_t)n : 0;
	if (n < 0 && errno != EAGAIN && errno != EINTR)
		return failed(err, "the events of a directory cannot be read");
	return OK;
}

enum status watch_next(struct watch *w, int timeout_ms, struct watch_event *out, struct err *err)
{
	struct pollfd both[] = {{.fd = w->signals, .events = POLLIN}, {.fd = w->events, .events = POLLIN}};
	bool more = true;
	*out = (struct watch_event){.kind = WATCH_NOTHING};
	if (watch_stopped(w)) {
		out->kind = WATCH_STOP;
		return OK;
	}
	while (more) {
		if (take(w, out))
			return OK;
		TRY(fill(w, &more, err));
	}
	int n = poll(both, 2, timeout_ms);
	if (n < 0 && errno != EINTR)
		return failed(err, "events cannot be waited for");
	if (n <= 0)
		return OK;
	if (both[0].revents) {
		out->kind = WATCH_STOP;
		return OK;
	}
	TRY(fill(w, &more, err));
	if (!take(w, out))
		*out = (struct watch_event){.kind = WATCH_NOTHING};
	return OK;
}

bool watch_stopped(const struct watch *w)
{
	/* It is left unread, so that the answer stays the same. */
	struct pollfd signals = {.fd = w->signals, .events = POLLIN};
	return poll(&signals, 1, 0) > 0;
}

enum watch_writer watch_writer(int fd)
{
	/* The system grants a read lease only while nobody writes; it is given back at once. */
	if (fcntl(fd, F_SETLEASE, F_RDLCK) == 0) {
		(void)fcntl(fd, F_SETLEASE, F_UNLCK);
		return WATCH_WRITER_NONE;
	}
	return errno == EAGAIN ? WATCH_WRITER_SOME : WATCH_WRITER_UNKNOWN;
}
