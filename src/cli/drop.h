/**
 * A drop directory: what the names in it mean, when a file in it is complete, and where it goes afterwards.
 *
 * DIR/FEED[@UNIT]/NAME[@TIME][.EXTENSION]…: FEED, UNIT and TIME are percent-encoded where a name of a file may not hold
 * what they hold (`%2F` is a slash), or where they hold an @ or % themselves. In a feed's directory `done` and `failed`
 * are for files that were dealt with. Names that begin with a dot or end with .tmp or .part are for files in the
 * making.
 */
#ifndef CLI_DROP_H
#define CLI_DROP_H

#include <sys/stat.h>

#include "app/app.h"
#include "base/watch.h"

/* A directory that is named as a feed. */
struct drop_feed {
	const char *folder; /* its name as it stands */
	str name, unit;     /* unit empty: none is named */
	int fd;
};

/* false: it is no name of a feed. Does not open it. */
bool drop_read_feed(struct arena *a, const char *folder, struct drop_feed *out);
/* The time after the last @; what follows it from a dot on is the extension. Not given when there is none. */
struct app_time drop_read_time(struct arena *a, str name);
/* Is it a file in the making, by its name? */
bool drop_is_unfinished(str name);
/* Is it the name of a directory for files that were dealt with? */
bool drop_is_kept(str name);
/* The start of the name that is left when a few letters have to fit behind it; whole characters of UTF-8. */
str drop_stem(str name);

/* How long a file must rest before it counts as complete where nobody can say that it is; also an empty one. */
enum { DROP_REST_MS = 10000 };
/* closed: a writer has just closed it, or it was moved here. */
bool drop_is_complete(const struct stat *st, enum watch_writer writer, bool closed, int64_t now_ms);
/* Has it been written to in between, or is it another file? */
bool drop_is_changed(const struct stat *before, const struct stat *after);

enum drop_end { DROP_DONE, DROP_FAILED };
/**
 * Moves the file to `done` or `failed` of its feed, with `note` in a file beside it. Taken names get .2, .3, … behind
 * them. *placed: where it is now, "done/NAME". E_CONFLICT: by now the name means another file than `seen`; that one is
 * left where it is. Nothing is ever overwritten. E_NOT_FOUND: the file is gone.
 */
MUST_USE enum status drop_settle(struct arena *a, const struct drop_feed *feed, const char *name,
				 const struct stat *seen, enum drop_end end, str note, str *placed, struct err *err);

#endif
