/**
 * What a process gives away for ever before it listens to strangers: starting programs, looking into other processes,
 * changing the system, and every file but those it needs. By seccomp and, where the kernel has it, Landlock; threads
 * that are started later inherit it.
 */
#ifndef BASE_CONFINE_H
#define BASE_CONFINE_H

#include "base/err.h"

enum { CONFINE_PATHS = 8 };

struct confine {
	/* Folders (or files) with everything below; NULL ends a list. What does not exist is left out. */
	const char *writable[CONFINE_PATHS], *readable[CONFINE_PATHS];
};

struct confined {
	bool calls; /* by seccomp */
	int files;  /* the version of Landlock's rules that hold; 0: the kernel has none */
};

/* E_IO: the system refuses what it should know; *out says what holds. */
MUST_USE enum status confine_process(const struct confine *what, struct confined *out, struct err *err);

#endif
