#include "store/approval.h"

#include "base/time.h"
#include "db/db.h"
#include "store/store.h"

enum status store_approval_add(struct db *db, const struct store_approval *approval, int64_t *id, struct err *err)
{
	struct db_stmt *st;
	TRY(store_next_id(db, S("approval"), id, err));
	TRY(db_prepare(db, SQL("INSERT INTO approval (id, system_id, unit, deployment) VALUES ($1, $2, $3, $4)"), &st,
		       err));
	db_bind_i64(st, 1, *id);
	db_bind_text(st, 2, approval->system);
	db_bind_text(st, 3, approval->unit);
	db_bind_i64(st, 4, approval->deployment);
	return db_run(st, err);
}

enum status store_approval_step(struct db *db, int64_t id, int64_t place, const struct approval_step *step, str words,
				struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db,
		       SQL("INSERT INTO approval_step (approval_id, place, act, words, expires_at, recorded_at, actor) "
			   "VALUES ($1, $2, $3, $4, $5, $6, $7)"),
		       &st, err));
	db_bind_i64(st, 1, id);
	db_bind_i64(st, 2, place);
	db_bind_i64(st, 3, step->act);
	db_bind_text(st, 4, words);
	if (step->act == APPROVAL_APPROVE)
		db_bind_i64(st, 5, step->expires_ms);
	else
		db_bind_null(st, 5);
	db_bind_i64(st, 6, step->at_ms);
	db_bind_text(st, 7, step->actor);
	return db_run(st, err);
}

/* Approvals being put together from the rows of their steps. */
struct reading {
	struct arena *arena;
	struct store_approval *list;
	size_t n, cap, steps_cap, words_cap;
};

static enum status add_step(struct reading *r, struct store_approval *to, struct db_stmt *st, struct err *err)
{
	struct arena *a = r->arena;
	size_t n = to->n_steps;
	if (n == 0)
		r->steps_cap = r->words_cap = 0;
	if ((n == r->steps_cap &&
	     !(to->steps = arena_grow(a, to->steps, n, n + 1, sizeof *to->steps, &r->steps_cap))) ||
	    (n == r->words_cap && !(to->words = arena_grow(a, to->words, n, n + 1, sizeof *to->words, &r->words_cap))))
		return err_full(err);
	to->words[n] = str_copy(a, db_text(st, 5));
	to->steps[n] =
	    (struct approval_step){(enum approval_act)db_i64(st, 4), db_i64(st, 7),
				   db_is_null(st, 6) ? TIME_FOREVER : db_i64(st, 6), str_copy(a, db_text(st, 8))};
	if (to->steps[n].act >= APPROVAL_ACTS)
		return store_damaged(err, "an approval has an impossible step");
	to->n_steps++;
	return to->words[n].p && to->steps[n].actor.p ? OK : err_full(err);
}

static enum status add_row(struct reading *r, struct db_stmt *st, struct err *err)
{
	struct store_approval *last = r->n ? &r->list[r->n - 1] : NULL;
	if (!last || last->id != db_i64(st, 0)) {
		if (r->n == r->cap &&
		    !(r->list = arena_grow(r->arena, r->list, r->n, r->n + 1, sizeof *r->list, &r->cap)))
			return err_full(err);
		last = &r->list[r->n++];
		*last = (struct store_approval){.id = db_i64(st, 0),
						.system = str_copy(r->arena, db_text(st, 1)),
						.unit = str_copy(r->arena, db_text(st, 2)),
						.deployment = (unsigned)db_i64(st, 3)};
		if (!last->system.p || !last->unit.p)
			return err_full(err);
	}
	return add_step(r, last, st, err);
}

static enum status read_rows(struct reading *r, struct db_stmt *st, struct err *err)
{
	bool row;
	for (;;) {
		TRY(db_step(st, &row, err));
		if (!row)
			return OK;
		TRY(add_row(r, st, err));
	}
}

enum status store_approval_find(struct db *db, int64_t id, struct arena *a, struct store_approval *out, struct err *err)
{
	struct reading r = {.arena = a};
	struct db_stmt *st;
	TRY(db_prepare(
	    db,
	    SQL("SELECT p.id, p.system_id, p.unit, p.deployment, s.act, s.words, s.expires_at, s.recorded_at, "
		"s.actor FROM approval p JOIN approval_step s ON s.approval_id = p.id WHERE p.id = $1 "
		"ORDER BY p.id, s.place"),
	    &st, err));
	db_bind_i64(st, 1, id);
	TRY(read_rows(&r, st, err));
	*out = r.n ? r.list[0] : (struct store_approval){0};
	return OK;
}

enum status store_approval_list(struct db *db, str system, struct arena *a, struct store_approval **out, size_t *n,
				struct err *err)
{
	struct reading r = {.arena = a};
	struct db_stmt *st;
	TRY(db_prepare(
	    db,
	    SQL("SELECT p.id, p.system_id, p.unit, p.deployment, s.act, s.words, s.expires_at, s.recorded_at, "
		"s.actor FROM approval p JOIN approval_step s ON s.approval_id = p.id "
		"WHERE $1 = '' OR p.system_id = $1 ORDER BY p.id, s.place"),
	    &st, err));
	db_bind_text(st, 1, system.n ? system : S(""));
	TRY(read_rows(&r, st, err));
	*out = r.list;
	*n = r.n;
	return OK;
}

enum status store_approval_known(struct db *db, str system, str unit, int64_t at_ms, bool *known, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db,
		       SQL("SELECT 1 FROM ev_ai_system s JOIN feed f ON f.id = s.feed_id WHERE s.id = $1 AND "
			   "s.unit_id = $2 AND s.seen_from <= $3 AND s.seen_to > $3 AND f.remarks = 0 AND "
			   "(f.retired_at IS NULL OR f.retired_at > $3) LIMIT 1"),
		       &st, err));
	db_bind_text(st, 1, system);
	db_bind_text(st, 2, unit);
	db_bind_i64(st, 3, at_ms);
	TRY(db_step(st, known, err));
	db_reset(st);
	return OK;
}
