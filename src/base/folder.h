/**
 * Directories by descriptor: nothing below them is reached through a link, and nothing in them is ever overwritten.
 *
 * A name is one part of a path, without a slash. Errors: E_NOT_FOUND it is not there, E_CONFLICT the name is taken,
 * E_DENIED it is not permitted, E_INVALID it is no directory (a link is none), E_IO everything else; with the words of
 * the system, and without a place.
 */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

#include "base/arena.h"
#include "base/err.h"

/* The directory `name` of the directory `at`, open until the arena is released. */
MUST_USE enum status folder_open(struct arena *a, int at, const char *name, int *fd, struct err *err);
/* The same, and it is made when it is not there. */
MUST_USE enum status folder_make(struct arena *a, int at, const char *name, int *fd, struct err *err);
/* What is in it, in byte order, without . and .. */
MUST_USE enum status folder_list(struct arena *a, int fd, const char *const **names, size_t *n, struct err *err);
/* A new file with this text. */
MUST_USE enum status folder_write(int fd, const char *name, str text, struct err *err);
/* Moves what has this name, be it a link itself. */
MUST_USE enum status folder_move(int from, const char *name, int to, const char *new_name, struct err *err);

#endif
