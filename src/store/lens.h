/**
 * The lens: the evidence as it was at an instant, laid out in a private sandbox as the views that checks read.
 *
 * One row per unit and id, with the time of the newest snapshot that shows it (observed_at). Where several feeds show
 * the same subject, each column takes the value of the row that was shown last of those that say anything about it; of
 * equal times that of the feed whose name comes first. Beside a time stands when the row that says it was shown last
 * (begun_at, begun_said_at). A check never touches the store itself. A feed that the program itself keeps (remarks)
 * adds values to the rows of AI systems that others show: alone it shows none, and when a system was seen is not for it
 * to say.
 *
 * With links, a name that a tool has for an AI system is shown as the id of the registered system it stands for, with
 * the name as it came in the column `named`, and what a feed discovered under such a name becomes part of that system's
 * row. A name that stays unresolved, in a kind whose rows show that the system exists (EVIDENCE_SIGHTING), becomes an
 * AI system of its own in the unit of the row: not registered, seen last when the row was (where a feed has such a
 * system in that unit, part of its row). A system that is not registered and of which nobody says the stage is
 * `discovered`: it counts where a check asks what was seen, and is no member of populations that the register defines.
 */
#ifndef STORE_LENS_H
#define STORE_LENS_H

#include "base/arena.h"
#include "core/evidence.h"
#include "core/link.h"
#include "store/feed.h"

struct db;
struct sandbox;

/* Rows of a view in a unit were shown last at this time; for rows put together of several, each of them. */
struct store_age {
	enum evidence_kind_id kind;
	str unit;
	int64_t said_ms;
};

struct store_lens {
	struct sandbox *sandbox;
	struct arena *arena;
	uint64_t filled; /* kinds whose rows are in */
	struct store_age *ages;
	size_t n_ages, ages_cap;
	bool (*shows)(const void *ctx, str unit); /* set it before filling: other units are left out; NULL: none is */
	const void *shows_ctx;
};

/* What to look at. */
struct store_sight {
	int64_t at_ms;
	int64_t max_age_ms; /* rows that were shown last before that are left out; TIME_FOREVER: none is */
	const struct store_supply *supply; /* of store_feed_supply at at_ms */
	size_t n_supply;
	const struct link_book *links; /* of store_link_book at at_ms; NULL: names are shown as they stand */
};

/* Empty views of every kind; closed when the arena is released. */
MUST_USE enum status store_lens_open(struct arena *a, struct store_lens *out, struct err *err);
/* Lays out the rows of these kinds (bits) that are not laid out yet. Always with the same sight. */
MUST_USE enum status store_lens_fill(struct store_lens *lens, struct db *db, const struct store_sight *sight,
				     uint64_t kinds, struct err *err);
/* Which kinds a check reads. E_INVALID when it does not compile; *offset: the byte at fault or -1. */
MUST_USE enum status store_lens_compile(struct store_lens *lens, str sql, uint64_t *kinds, int *offset,
					struct err *err);
/* One row of a check; meets: 1, 0 or -1 for unknown. */
typedef enum status store_lens_row_fn(void *ctx, str unit, str subject, int meets, struct err *err);
MUST_USE enum status store_lens_run(struct store_lens *lens, str sql, int64_t as_of_ms, int64_t since_ms,
				    store_lens_row_fn *row, void *ctx, struct err *err);

/* One row as it is laid out; valid during the call. */
struct store_lens_row {
	str unit, id;
	int64_t observed_ms;
	const struct evidence_value *values; /* by the kind's columns */
};
/* Columns that every kind has, before its own. */
enum { STORE_LENS_UNIT = -3, STORE_LENS_ID = -2, STORE_LENS_OBSERVED = -1 };
struct store_lens_match {
	int column; /* of the kind, or one of the three above */
	struct evidence_value value;
};
struct store_lens_question {
	enum evidence_kind_id kind; /* laid out already */
	const struct store_lens_match *match;
	size_t n_match; /* at most STORE_LENS_MATCHES */
	str text;       /* occurs in one of the texts, ASCII letters folded; empty: any row */
	int order;      /* a column as above; words that have an order stand in it; of equals by unit and id */
	bool down;
	int64_t offset, limit; /* limit negative: all */
};
enum { STORE_LENS_MATCHES = 8 };
typedef enum status store_lens_list_fn(void *ctx, const struct store_lens_row *row, struct err *err);
MUST_USE enum status store_lens_list(struct store_lens *lens, const struct store_lens_question *question,
				     store_lens_list_fn *row, void *ctx, int64_t *total, struct err *err);

#endif
