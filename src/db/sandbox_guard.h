/**
 * Inside db/sandbox: two guards that SQLite does not have.
 *
 * The weight of a statement: SQLite copies the text of a WITH table for each place that names it, also inside other
 * WITH tables, so that twenty lines can become millions; and compiling cannot be interrupted.
 * The temporary files: a sort or a recursion could fill the disk.
 */
#ifndef DB_SANDBOX_GUARD_H
#define DB_SANDBOX_GUARD_H

#include "base/err.h"
#include "base/str.h"

struct sandbox_disk;

/* E_INVALID when the statement is too large after its WITH tables have been put in place. */
MUST_USE enum status sandbox_weigh(str sql, struct err *err);

/* A place for temporary files that counts their bytes; NULL when there is no memory. */
struct sandbox_disk *sandbox_disk_new(void);
/* After the database that uses it has been closed; NULL is accepted. */
void sandbox_disk_free(struct sandbox_disk *disk);
/* The name by which SQLite knows it. */
const char *sandbox_disk_name(const struct sandbox_disk *disk);
/* From now on the files may grow by so many bytes; less than 0: without limit. */
void sandbox_disk_allow(struct sandbox_disk *disk, int64_t bytes);
/* Whether a write was refused since. */
bool sandbox_disk_is_full(const struct sandbox_disk *disk);

#endif
