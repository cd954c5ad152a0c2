#include "store/audit.h"
#include "store/rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "db/db.h"

static void add_number(struct hash *h, int64_t v)
{
	char text[24];
	int n = snprintf(text, sizeof text, "%" PRId64, v);
	hash_add_field(h, (str){text, (size_t)n});
}

static str sum_of(str before, const struct store_audit *row, char out[HASH_TEXT])
{
	struct hash h;
	hash_init(&h);
	hash_add_field(&h, before);
	add_number(&h, row->id);
	add_number(&h, row->at_ms);
	hash_add_field(&h, row->actor);
	hash_add_field(&h, row->act);
	hash_add_field(&h, row->object);
	hash_add_field(&h, row->detail);
	return hash_hex(&h, out);
}

/* A text that is absent and one that is empty are the same in the store. */
static str present(str s)
{
	return s.n ? s : S("");
}

static enum status last_row(struct db *db, int64_t *id, char sha256[HASH_TEXT], struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db, SQL("SELECT id, sha256 FROM audit ORDER BY id DESC LIMIT 1"), &st, err));
	TRY(db_step(st, &row, err));
	*id = row ? db_i64(st, 0) : 0;
	str sum = row ? db_text(st, 1) : (str){0};
	size_t n = sum.n < HASH_TEXT ? sum.n : HASH_TEXT - 1;
	if (n)
		memcpy(sha256, sum.p, n);
	sha256[n] = '\0';
	db_reset(st);
	return OK;
}

enum status store_audit_add(struct db *db, const struct store_audit *row, struct err *err)
{
	struct db_stmt *st;
	char before[HASH_TEXT], sum[HASH_TEXT];
	struct store_audit r = {.at_ms = row->at_ms,
				.actor = present(row->actor),
				.act = present(row->act),
				.object = present(row->object),
				.detail = present(row->detail)};
	TRY(last_row(db, &r.id, before, err));
	r.id++;
	TRY(db_prepare(db,
		       SQL("INSERT INTO audit (id, at, actor, act, object, detail, sha256) "
			   "VALUES ($1, $2, $3, $4, $5, $6, $7)"),
		       &st, err));
	db_bind_i64(st, 1, r.id);
	db_bind_i64(st, 2, r.at_ms);
	db_bind_text(st, 3, r.actor);
	db_bind_text(st, 4, r.act);
	db_bind_text(st, 5, r.object);
	db_bind_text(st, 6, r.detail);
	db_bind_text(st, 7, sum_of(present(str_from(before)), &r, sum));
	return db_run(st, err);
}

static enum status fill_row(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct store_audit *out = to;
	*out = (struct store_audit){
	    .id = db_i64(st, 0),
	    .at_ms = db_i64(st, 1),
	    .actor = str_copy(a, db_text(st, 2)),
	    .act = str_copy(a, db_text(st, 3)),
	    .object = str_copy(a, db_text(st, 4)),
	    .detail = str_copy(a, db_text(st, 5)),
	    .sha256 = str_copy(a, db_text(st, 6)),
	};
	return out->actor.p && out->act.p && out->object.p && out->detail.p && out->sha256.p ? OK : err_full(err);
}

static enum status prepare_list(struct db *db, str actor, str act, struct db_stmt **out, struct err *err)
{
	static const struct db_sql queries[] = {
	    SQL("SELECT id, at, actor, act, object, detail, sha256 FROM audit WHERE id < $1 "
		"ORDER BY id DESC LIMIT $2"),
	    SQL("SELECT id, at, actor, act, object, detail, sha256 FROM audit WHERE id < $1 AND actor = $3 "
		"ORDER BY id DESC LIMIT $2"),
	    SQL("SELECT id, at, actor, act, object, detail, sha256 FROM audit WHERE id < $1 AND act = $3 "
		"ORDER BY id DESC LIMIT $2"),
	    SQL("SELECT id, at, actor, act, object, detail, sha256 FROM audit WHERE id < $1 AND actor = $3 "
		"AND act = $4 ORDER BY id DESC LIMIT $2"),
	};
	TRY(db_prepare(db, queries[(actor.n != 0) + 2 * (act.n != 0)], out, err));
	if (actor.n)
		db_bind_text(*out, 3, actor);
	if (act.n)
		db_bind_text(*out, actor.n ? 4 : 3, act);
	return OK;
}

enum status store_audit_list(struct db *db, str actor, str act, int64_t below, int64_t limit, struct arena *a,
			     struct store_audit **out, size_t *n, struct err *err)
{
	struct db_stmt *st;
	struct store_rows rows;
	TRY(prepare_list(db, actor, act, &st, err));
	db_bind_i64(st, 1, below ? below : INT64_MAX);
	db_bind_i64(st, 2, limit);
	TRY(store_rows_read(st, a, sizeof **out, fill_row, &rows, err));
	*out = rows.list;
	*n = rows.n;
	return OK;
}

enum status store_audit_verify(struct db *db, str expected, struct store_audit_check *out, struct err *err)
{
	struct db_stmt *st;
	struct store_audit_check check = {0};
	bool row;
	TRY(db_prepare(db, SQL("SELECT id, at, actor, act, object, detail, sha256 FROM audit ORDER BY id"), &st, err));
	for (;;) {
		char sum[HASH_TEXT];
		TRY(db_step(st, &row, err));
		if (!row || check.broken)
			break;
		struct store_audit r = {.id = db_i64(st, 0),
					.at_ms = db_i64(st, 1),
					.actor = present(db_text(st, 2)),
					.act = present(db_text(st, 3)),
					.object = present(db_text(st, 4)),
					.detail = present(db_text(st, 5)),
					.sha256 = db_text(st, 6)};
		if (r.id != check.rows + 1 || !str_eq(r.sha256, sum_of(present(str_from(check.head)), &r, sum))) {
			check.broken = check.rows + 1;
			continue;
		}
		check.rows++;
		memcpy(check.head, sum, sizeof sum);
		check.met |= str_eq(str_from(sum), expected);
	}
	if (row)
		db_reset(st);
	*out = check;
	return OK;
}
