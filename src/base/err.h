/**
 * What went wrong: the code is returned, the story is handed over.
 *
 * A function that can fail returns enum status and fills the caller's struct err (which may be
 * NULL). Outputs are written only on OK. Message: lower case, no full stop, what happened;
 * where: file:line:column or record; detail: the facts; hint: what to try.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdint.h>

#include "base/str.h"

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF(fmt_, first_) __attribute__((format(printf, fmt_, first_)))

enum status {
	OK = 0,
	E_NOT_FOUND, /* a thing that was named does not exist */
	E_INVALID,   /* input is malformed or breaks a rule */
	E_CONFLICT,  /* input is fine alone but contradicts what is stored */
	E_DENIED,    /* not permitted */
	E_TOO_LARGE, /* a limit of base/limits.h was reached */
	E_IO,        /* the store, a file or the system failed */
	E_NO_MEMORY, /* the machine has no more memory */
	E_BUG,       /* our own mistake */
	STATUS_COUNT
};

struct err {
	enum status status;
	char message[320];
	char where[320];
	char detail[480];
	char hint[320];
};

/* Sets status and message, clears the other fields; returns the status, so that `return err_set(…)` reads well. */
enum status err_set(struct err *err, enum status status, const char *format, ...) PRINTF(3, 4);
/* The place: file (may be empty), line and column from 1; 0 leaves the part out. */
void err_at(struct err *err, str file, int64_t line, int64_t column);
void err_where(struct err *err, const char *format, ...) PRINTF(2, 3);
void err_detail(struct err *err, const char *format, ...) PRINTF(2, 3);
void err_hint(struct err *err, const char *format, ...) PRINTF(2, 3);
/* For an arena that gave NULL. */
MUST_USE enum status err_full(struct err *err);

#define TRY(call)                                                                                                      \
	do {                                                                                                           \
		enum status try_status_ = (call);                                                                      \
		if (try_status_ != OK)                                                                                 \
			return try_status_;                                                                            \
	} while (0)

#endif
