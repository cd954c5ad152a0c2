#include "store/review.h"

#include "db/db.h"
#include "store/store.h"

enum status store_review_add(struct db *db, const struct store_review *review, int64_t *id, struct err *err)
{
	struct db_stmt *st;
	TRY(store_next_id(db, S("review"), id, err));
	TRY(db_prepare(db,
		       SQL("INSERT INTO review (id, answer_seq, reviewed_seq, comment, recorded_at, actor) "
			   "VALUES ($1, $2, $3, $4, $5, $6)"),
		       &st, err));
	db_bind_i64(st, 1, *id);
	db_bind_i64(st, 2, review->answer_seq);
	if (review->reviewed_seq)
		db_bind_i64(st, 3, review->reviewed_seq);
	else
		db_bind_null(st, 3);
	db_bind_text(st, 4, review->comment);
	db_bind_i64(st, 5, review->recorded_ms);
	db_bind_text(st, 6, review->actor);
	return db_run(st, err);
}

enum status store_review_undo(struct db *db, int64_t id, struct store_stamp stamp, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("INSERT INTO review_undo (review_id, recorded_at, actor) VALUES ($1, $2, $3)"), &st,
		       err));
	db_bind_i64(st, 1, id);
	db_bind_i64(st, 2, stamp.now_ms);
	db_bind_text(st, 3, stamp.actor);
	return db_run(st, err);
}

/* The review in the statement's only row. */
static enum status read_one(struct db_stmt *st, struct arena *a, struct store_review *out, struct err *err)
{
	bool row;
	struct store_review found = {0};
	TRY(db_step(st, &row, err));
	if (row)
		found = (struct store_review){db_i64(st, 0),
					      db_i64(st, 1),
					      db_i64(st, 2),
					      str_copy(a, db_text(st, 3)),
					      str_copy(a, db_text(st, 5)),
					      db_i64(st, 4)};
	db_reset(st);
	if (row && (!found.comment.p || !found.actor.p))
		return err_full(err);
	*out = found;
	return OK;
}

enum status store_review_of(struct db *db, int64_t answer_seq, struct arena *a, struct store_review *out,
			    struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db,
		       SQL("SELECT r.id, r.answer_seq, r.reviewed_seq, r.comment, r.recorded_at, r.actor FROM review r "
			   "WHERE r.answer_seq = $1 AND NOT EXISTS (SELECT 1 FROM review_undo u WHERE "
			   "u.review_id = r.id) ORDER BY r.id DESC LIMIT 1"),
		       &st, err));
	db_bind_i64(st, 1, answer_seq);
	return read_one(st, a, out, err);
}

enum status store_review_made(struct db *db, int64_t reviewed_seq, struct arena *a, struct store_review *out,
			      struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db,
		       SQL("SELECT r.id, r.answer_seq, r.reviewed_seq, r.comment, r.recorded_at, r.actor FROM review r "
			   "WHERE r.reviewed_seq = $1 ORDER BY r.id DESC LIMIT 1"),
		       &st, err));
	db_bind_i64(st, 1, reviewed_seq);
	return read_one(st, a, out, err);
}
