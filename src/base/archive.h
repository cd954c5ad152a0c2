/**
 * ZIP archives (through libzip), read only. Nothing is ever unpacked to a disk: an entry is read as a stream.
 *
 * The archive is held in memory, at most LIMIT_ARCHIVE_BYTES. Refused with E_INVALID are files that are no ZIP archive,
 * are cut or spread over several, and archives with an encrypted entry, with one of another method than stored and
 * deflated, with a name that stands twice or leads out of the archive; with E_TOO_LARGE what is past the limits of
 * base/limits.h: entries, what they unpack to, and how many times their packed size that is.
 */
#ifndef BASE_ARCHIVE_H
#define BASE_ARCHIVE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/source.h"

struct archive;

/* Reads the source to its end. The archive is closed when the arena is released. */
MUST_USE enum status archive_open(struct archive **out, struct source *from, struct arena *a, struct err *err);
bool archive_has(const struct archive *z, str name);
/* The entry of this exact name, from its first byte; E_NOT_FOUND when there is none. *out gives E_INVALID when the
   entry is damaged; in messages it is called ARCHIVE/NAME, and it cannot be rewound, but opened again. */
MUST_USE enum status archive_read(struct archive *z, str name, struct source *out, struct err *err);

#endif
