/**
 * Waiting for files: inotify, and the signals that ask to end, as one row of events.
 *
 * From watch_open on, SIGINT and SIGTERM no longer end the process: they are the event WATCH_STOP, so that the work at
 * hand is finished first. A place is a directory that was added; the same directory added again is the same place.
 * Errors are E_IO with the words of the system; E_TOO_LARGE: the system watches no more directories;
 * E_NOT_FOUND: the directory is gone.
 */
#ifndef BASE_WATCH_H
#define BASE_WATCH_H

#include "base/arena.h"
#include "base/err.h"

enum watch_kind {
	WATCH_NOTHING, /* the time is over */
	WATCH_MADE,   /* something that is no directory has a name here now: a file that will be written, a link, a pipe
		       */
	WATCH_FILE,   /* a writer closed it, or it was moved to this place: it is complete */
	WATCH_FOLDER, /* a directory was made at this place, or moved to it */
	WATCH_GONE,   /* the place itself: deleted or unmounted; it is no longer one */
	WATCH_LOST,   /* the system could not keep all events: everything has to be looked at again */
	WATCH_STOP    /* a signal asks to end; from now on there is no other event */
};

struct watch_event {
	enum watch_kind kind;
	int place;
	str name; /* of the file or directory in its place; valid until the next call */
};

struct watch {
	int events, signals; /* descriptors, closed when the arena is released */
	char *buffer;
	size_t n, at; /* bytes in the buffer, and where the next event begins */
};

MUST_USE enum status watch_open(struct watch *w, struct arena *a, struct err *err);
/* A link is not followed. */
MUST_USE enum status watch_add(struct watch *w, const char *path, int *place, struct err *err);
/* The next event, at the latest after so many milliseconds; -1: however long it takes. */
MUST_USE enum status watch_next(struct watch *w, int timeout_ms, struct watch_event *out, struct err *err);
/* Has a signal asked to end? */
bool watch_stopped(const struct watch *w);

/* Whether anybody holds a file open for writing. */
enum watch_writer {
	WATCH_WRITER_NONE,
	WATCH_WRITER_SOME,
	WATCH_WRITER_UNKNOWN /* the file is another user's, or its file system cannot tell */
};
/* fd: open for reading only. */
enum watch_writer watch_writer(int fd);

#endif
