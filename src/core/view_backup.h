/**
 * Views of a copy of the store, and of a store that was made from one.
 */
#ifndef CORE_VIEW_BACKUP_H
#define CORE_VIEW_BACKUP_H

#include "base/str.h"

struct view_backup {
	str name; /* for the file: aismm-2026-11-26-0612.db */
	int64_t at_ms, bytes;
	str sha256;
};

struct view_restore {
	str file, store, sha256; /* where it came from, where it is now, of the file */
	int64_t bytes;           /* of the file */
	int64_t schema_was, schema;
	int64_t users, snapshots;
	int64_t audit_rows, audit_broken; /* good rows from the first on; the number of the first that is not, or 0 */
	str audit_head;                   /* the sum of the last good row that came with the file */
};

#endif
