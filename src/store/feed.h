/**
 * Feeds and their snapshots: where evidence comes from, how fresh it is, and which units it covers.
 */
#ifndef STORE_FEED_H
#define STORE_FEED_H

#include "base/arena.h"
#include "base/err.h"
#include "core/evidence.h"

struct db;

struct store_feed {
	int64_t id;
	str name, unit;
	int64_t retired_ms; /* TIME_FOREVER: not retired */
	bool remarks;       /* the program itself keeps it; see import/import.h */
};

/* id 0 when there is none of this name. */
MUST_USE enum status store_feed_find(struct db *db, str name, struct arena *a, struct store_feed *out, struct err *err);
MUST_USE enum status store_feed_add(struct db *db, const struct store_feed *feed, int64_t *id, struct err *err);
/* The feed that the program itself keeps; id 0 when there is none yet. */
MUST_USE enum status store_feed_remarks(struct db *db, struct arena *a, struct store_feed *out, struct err *err);
/* In byte order of their names. */
MUST_USE enum status store_feed_list(struct db *db, struct arena *a, struct store_feed **out, size_t *n,
				     struct err *err);
MUST_USE enum status store_feed_retire(struct db *db, int64_t id, int64_t at_ms, struct err *err);

/* What is expected of a feed: of several settings up to an instant the last. */
struct store_feed_setting {
	str owner;        /* p NULL: nobody */
	int64_t every_ms; /* negative: not said */
};
MUST_USE enum status store_feed_set(struct db *db, int64_t feed, const struct store_feed_setting *s, int64_t at_ms,
				    str actor, struct err *err);
MUST_USE enum status store_feed_setting(struct db *db, int64_t feed, int64_t at_ms, struct arena *a,
					struct store_feed_setting *out, struct err *err);
/* A file for the feed was refused. */
struct store_feed_failure {
	str file, reason;
	int64_t failed_ms;  /* negative: none was up to the instant */
	int64_t written_ms; /* when a snapshot was written last up to the instant; negative: never */
};
MUST_USE enum status store_feed_fail(struct db *db, int64_t feed, str file, str reason, int64_t at_ms, str actor,
				     struct err *err);
/* A file for the feed was taken, though it may have made no snapshot: what was refused before is mended. */
MUST_USE enum status store_feed_mend(struct db *db, int64_t feed, str file, int64_t at_ms, str actor, struct arena *a,
				     struct err *err);
/* The last one, unless it was mended. */
MUST_USE enum status store_feed_failure(struct db *db, int64_t feed, int64_t at_ms, struct arena *a,
					struct store_feed_failure *out, struct err *err);

struct store_snapshot {
	int64_t feed_id, observed_ms, recorded_ms;
	str actor;
	bool partial; /* what it does not show may be there all the same */
};

/* Has the feed a snapshot at exactly this instant, made from this file? */
MUST_USE enum status store_feed_has_file(struct db *db, int64_t feed, int64_t at_ms, str sha256, bool *found,
					 struct err *err);
MUST_USE enum status store_feed_snapshot(struct db *db, const struct store_snapshot *s, int64_t *id, struct err *err);
/* A file of a snapshot; *id is what evidence rows point to. The file itself is kept by store_file_add, before. */
MUST_USE enum status store_feed_file(struct db *db, int64_t snapshot, str sha256, str name, str format, int64_t *id,
				     struct err *err);
/* What a snapshot says, by kinds (bits). */
struct store_speech {
	uint64_t can;    /* its files could show these */
	uint64_t speaks; /* of those, what was shown up to its time, and what its files always speak for */
	uint64_t
	    lists; /* of those it can show, the ones that it lists in the feed's scope; the others it only glimpses */
	uint64_t names; /* of those it lists, the ones that it lists in the units that it names as well */
};
/* Of a kind that was recorded with the snapshot before nothing changes but that the snapshot speaks for it now. */
MUST_USE enum status store_feed_kinds(struct db *db, int64_t snapshot, const struct store_speech *speech,
				      struct err *err);
/* From since_ms on (or earlier, if that is known already) the feed covers a unit below its scope. */
MUST_USE enum status store_feed_unit(struct db *db, int64_t feed, str unit, int64_t since_ms, struct err *err);

/* Snapshots of a feed later than an instant, oldest first: their times and the formats of their files (one row per
 * file). */
struct store_later {
	int64_t snapshot, observed_ms;
	str format;
	bool partial;
};
MUST_USE enum status store_feed_later(struct db *db, int64_t feed, int64_t after_ms, struct arena *a,
				      struct store_later **out, size_t *n, struct err *err);

/* What one feed knew about one kind at an instant. */
struct store_supply {
	int64_t feed_id;
	str feed, unit; /* unit: its scope */
	enum evidence_kind_id kind;
	int64_t newest_ms; /* newest snapshot that speaks for the kind, not later than the instant */
	int64_t listed_ms; /* the newest of them that lists the kind for the scope; INT64_MIN: none does */
	int64_t named_ms;  /* the newest that lists it for the units it names */
	int64_t listed_whole_ms,
	    named_whole_ms; /* the newest of those that are not partial: what they do not show is not there */
	bool remarks;       /* as in store_feed: its rows never grow old */
};
/* Of all feeds that are not retired at the instant. By feed id and kind. */
MUST_USE enum status store_feed_supply(struct db *db, int64_t at_ms, struct arena *a, struct store_supply **out,
				       size_t *n, struct err *err);
/* The units below its scope that a feed covers at an instant. By feed id and unit. */
struct store_cover {
	int64_t feed_id;
	str unit;
	int64_t since_ms;
};
MUST_USE enum status store_feed_covers(struct db *db, int64_t at_ms, struct arena *a, struct store_cover **out,
				       size_t *n, struct err *err);

/* Totals of a feed for a list; files newest first, at most `limit`. */
struct store_feed_totals {
	int64_t snapshots, first_ms,
	    newest_ms; /* of snapshots not later than the instant; 0 snapshots: the others are 0 */
	str format;    /* of the newest snapshot's first file */
};
MUST_USE enum status store_feed_total(struct db *db, int64_t feed, int64_t at_ms, struct arena *a,
				      struct store_feed_totals *out, struct err *err);
struct store_feed_file_row {
	str file, sha256;
	int64_t observed_ms, recorded_ms;
};
MUST_USE enum status store_feed_files(struct db *db, int64_t feed, int64_t limit, struct arena *a,
				      struct store_feed_file_row **out, size_t *n, struct err *err);

/* feed_list.c: a file of a snapshot; its texts live during the call. */
struct store_feed_entry {
	int64_t feed_id;
	str feed, unit, file, sha256, format, author;
	int64_t observed_ms, recorded_ms, bytes;
	bool kept; /* false: of its bytes only the hash */
};
typedef enum status store_feed_entry_fn(void *ctx, const struct store_feed_entry *f, struct err *err);
/* Every file of one feed (0: of all) up to an instant, the newest snapshot first. */
MUST_USE enum status store_feed_entries(struct db *db, int64_t feed, int64_t at_ms, store_feed_entry_fn *fn, void *ctx,
					struct err *err);
/* The files with which each feed that counts at an instant spoke last for a kind, newest first; `kept` is not looked
 * at. */
MUST_USE enum status store_feed_behind(struct db *db, enum evidence_kind_id kind, int64_t at_ms,
				       store_feed_entry_fn *fn, void *ctx, struct err *err);
/* The files for a feed that were refused up to an instant, newest first; the texts live during the call. */
struct store_feed_refusal {
	str file, reason, author;
	int64_t failed_ms;
};
typedef enum status store_feed_refusal_fn(void *ctx, const struct store_feed_refusal *r, struct err *err);
MUST_USE enum status store_feed_refusals(struct db *db, int64_t feed, int64_t at_ms, int64_t limit,
					 store_feed_refusal_fn *fn, void *ctx, struct err *err);

#endif
