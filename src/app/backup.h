/**
 * A copy of the store, and a store made from a copy. A copy holds everything: evidence with its raw files, names, and
 * the hashes of passwords. Each one is a row of the audit trail, before it is made and, with its SHA-256, when it is
 * whole.
 */
#ifndef APP_BACKUP_H
#define APP_BACKUP_H

#include "app/app.h"
#include "app/proof.h"
#include "core/view_backup.h"

/* For the command line: into a file that must not be there. E_CONFLICT: it is. E_INVALID: on PostgreSQL. */
MUST_USE enum status app_backup(struct app *app, const char *path, struct view_backup *out, struct err *err);
/* For an administrator in person, who proves it again; never for a token. *fd: an unnamed file, from its first byte,
 * the caller's to close. */
MUST_USE enum status app_backup_open(struct app *app, const struct app_proof *proof, int *fd, struct view_backup *out,
				     struct err *err);
/* Who made the last one, and when; INT64_MIN: nobody did. For administrators. */
MUST_USE enum status app_backup_last(struct app *app, int64_t *at_ms, str *by, bool *postgres, struct err *err);
/**
 * Checks a copy and makes a store of it at a path where none is; app->db is NULL before. Nothing is left behind when it
 * fails. An older schema is brought up to date. Sessions and one-time links that the copy holds end. A broken audit
 * trail is told and does not stop it. E_CONFLICT: a store is there, or the copy is newer than this program; E_IO: the
 * copy is damaged; E_INVALID: it is no copy of a store.
 */
MUST_USE enum status app_backup_restore(struct app *app, const char *from, const char *to, struct view_restore *out,
					struct err *err);

#endif
