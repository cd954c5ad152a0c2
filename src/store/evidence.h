/**
 * Evidence into the store: rows are staged, then applied as a snapshot of their feed.
 *
 * A snapshot at t gives every state row an interval: unchanged rows keep theirs, changed ones close at t and reopen,
 * missing ones close. A snapshot older than the feed's newest is spliced in: it holds until the next one. Events are
 * versions of an id: the first holds from its own time, each later one from its snapshot, until a snapshot shows
 * another. Their tables also keep which snapshots showed them, as an interval like that of a state: so it is known what
 * holds again behind a snapshot that is spliced in. At one instant a later snapshot replaces the states, and adds to
 * the events. A state that an incomplete snapshot leaves as it was keeps the time at which it was shown last
 * (shown_at). All of this happens inside the caller's write transaction.
 */
#ifndef STORE_EVIDENCE_H
#define STORE_EVIDENCE_H

#include "base/arena.h"
#include "core/evidence.h"
#include "core/link.h"

struct db;

/* Where rows wait: temporary tables of the connection, one per kind. */
struct store_stage {
	struct db *db;
	uint64_t kinds; /* those that have a table */
	struct db_stmt *insert[EVIDENCE_KINDS];
};

/* Makes empty staging tables for these kinds (bits). */
MUST_USE enum status store_evidence_stage(struct db *db, uint64_t kinds, struct store_stage *out, struct err *err);
/* Stages one row as part of file `file_no` (any number the caller likes, 0 or more). unit: already resolved. */
MUST_USE enum status store_evidence_add(struct store_stage *stage, int64_t file_no, const struct evidence_record *r,
					str unit, struct err *err);
/* Puts a staged file into a snapshot: its rows now belong to `group` and point to snapshot file `file_id`. A subject
   that an earlier file of the group shows too is taken from this one. */
MUST_USE enum status store_evidence_group(struct store_stage *stage, int64_t file_no, int64_t group, int64_t file_id,
					  struct err *err);
/* All files are staged: what follows looks rows up. Once, after the last store_evidence_add and store_evidence_scope.
 */
MUST_USE enum status store_evidence_staged(struct store_stage *stage, struct err *err);
/* Rows of the file that name no unit belong to the scope unit of its feed. */
MUST_USE enum status store_evidence_scope(struct store_stage *stage, int64_t file_no, str unit, struct err *err);
/* Names that fill a list up to its end; more: how many found no place. */
struct store_names {
	str *list;
	size_t n, cap, more;
};
/* AI systems that the file's rows name, and of which no register and no link tells which ones they are; each once, in
   byte order. */
MUST_USE enum status store_evidence_unresolved(struct store_stage *stage, int64_t file_no,
					       const struct link_book *links, int64_t feed_id, struct store_names *out,
					       struct arena *a, struct err *err);
/* E_INVALID when one file shows a subject twice: kind, id and lines are named. */
MUST_USE enum status store_evidence_check_unique(struct store_stage *stage, int64_t file_no, str file, struct err *err);

/* Which kinds (bits) have staged rows in the group, and which have rows in the feed up to an instant. */
MUST_USE enum status store_evidence_staged_kinds(struct store_stage *stage, int64_t group, uint64_t *kinds,
						 struct err *err);
MUST_USE enum status store_evidence_feed_kinds(struct db *db, int64_t feed, int64_t at_ms, uint64_t *kinds,
					       struct err *err);

struct store_snapshot_place {
	int64_t feed_id, group, observed_ms;
	int64_t
	    next_ms[EVIDENCE_KINDS]; /* when the feed's next snapshot that can speak for the kind was; TIME_FOREVER */
};

/* Rows of the feed that the group does not show stay as they are, and as old as they are: a snapshot with records left
   out ends nothing. Before the rows are counted and applied. */
MUST_USE enum status store_evidence_carry(struct db *db, const struct store_snapshot_place *p,
					  enum evidence_kind_id kind, struct err *err);

struct store_counts {
	int64_t added, changed, unchanged, gone;
};

/* What applying a kind would do: all rows, as against the feed at that instant. */
MUST_USE enum status store_evidence_compare(struct db *db, const struct store_snapshot_place *p,
					    enum evidence_kind_id kind, int64_t *present, int64_t *gone,
					    struct err *err);
/* How many rows of the group say something else than the feed at that instant, or were shown last at another time. */
MUST_USE enum status store_evidence_differs(struct db *db, const struct store_snapshot_place *p,
					    enum evidence_kind_id kind, int64_t *out, struct err *err);
/* The format's own rows of one staged file: new, changed, unchanged (gone is 0). */
MUST_USE enum status store_evidence_count_file(struct db *db, const struct store_snapshot_place *p,
					       enum evidence_kind_id kind, int64_t file_no, struct store_counts *out,
					       struct err *err);
/* The format's own rows of the feed that this snapshot ends. */
MUST_USE enum status store_evidence_count_gone(struct db *db, const struct store_snapshot_place *p,
					       enum evidence_kind_id kind, int64_t *out, struct err *err);
/* Applies the staged rows of the group; the snapshot and the kinds it speaks for (store_feed_kinds) are recorded
 * before.
 */
MUST_USE enum status store_evidence_apply(struct db *db, const struct store_snapshot_place *p,
					  enum evidence_kind_id kind, struct err *err);
/* Rows of the feed that hold at an instant. */
MUST_USE enum status store_evidence_rows(struct db *db, int64_t feed, enum evidence_kind_id kind, int64_t at_ms,
					 int64_t *out, struct err *err);

/* The name (or title) of a subject at an instant; p NULL when its kind has none or nobody says. */
MUST_USE enum status store_evidence_name(struct db *db, enum evidence_kind_id kind, str unit, str id, int64_t at_ms,
					 struct arena *a, str *out, struct err *err);
/* Where what is known about a subject at an instant was read, newest first. */
struct store_record {
	str feed, file, sha256;
	int64_t record, line, observed_ms;
};
MUST_USE enum status store_evidence_records(struct db *db, enum evidence_kind_id kind, str unit, str id, int64_t at_ms,
					    struct arena *a, struct store_record **out, size_t *n, struct err *err);

#endif
