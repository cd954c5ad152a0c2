/**
 * Statements over the tables of evidence, which are alike; for the files of store/ alone.
 */
#ifndef STORE_EVIDENCE_SQL_H
#define STORE_EVIDENCE_SQL_H

#include "core/evidence.h"
#include "db/db.h"
#include "store/evidence.h"

/**
 * A statement over the table of one kind: @kind@ is its name, @columns@ and @values@ its columns and their parameters
 * ($9 on), each with a comma in front, @from@ and @to@ the interval in which snapshots show the row, @own@ the time of
 * an event.
 */
MUST_USE enum status store_evidence_prepare(struct db *db, enum evidence_kind_id kind, struct db_sql pattern,
					    struct db_stmt **out, struct err *err);
/* The rest of a statement whose columns are the feed, the file, its hash, record, line and observed time. */
MUST_USE enum status store_evidence_read_records(struct db_stmt *st, struct arena *a, struct store_record **out,
						 size_t *n, struct err *err);

#endif
