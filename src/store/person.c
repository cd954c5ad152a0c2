#include "store/person.h"

#include "db/db.h"

static enum status give(struct db_stmt *st, store_person_fn *each, void *ctx, struct err *err)
{
	for (;;) {
		bool row;
		TRY(db_step(st, &row, err));
		if (!row)
			return OK;
		struct store_person one = {db_text(st, 0), db_text(st, 1), db_text(st, 2)};
		TRY(each(ctx, &one, err));
	}
}

enum status store_person_each(struct db *db, int64_t at_ms, store_person_fn *each, void *ctx, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(
	    db,
	    SQL("SELECT e.unit_id, e.id, e.name FROM ev_person e JOIN feed d ON d.id = e.feed_id "
		"JOIN snapshot_file f ON f.id = e.file_id JOIN snapshot n ON n.id = f.snapshot_id "
		"WHERE e.name IS NOT NULL AND e.seen_from <= $1 AND e.seen_to > $1 AND "
		"(d.retired_at IS NULL OR d.retired_at > $1) ORDER BY e.id, n.observed_at DESC, f.id DESC, e.record"),
	    &st, err));
	db_bind_i64(st, 1, at_ms);
	enum status status = give(st, each, ctx, err);
	if (status != OK)
		db_reset(st);
	return status;
}
