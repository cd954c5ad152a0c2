#include "store/unit.h"

#include <stdio.h>

#include "base/hash.h"
#include "base/time.h"
#include "core/model.h"
#include "db/db.h"
#include "store/rows.h"
#include "store/store.h"

static enum status find_tree(struct db *db, int64_t at_ms, bool *found, struct store_tree *out, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("SELECT id, since FROM tree WHERE since <= $1 ORDER BY since DESC, id DESC LIMIT 1"),
		       &st, err));
	db_bind_i64(st, 1, at_ms);
	TRY(db_step(st, found, err));
	if (!*found)
		return OK;
	out->id = db_i64(st, 0);
	out->since_ms = db_i64(st, 1);
	db_reset(st);
	bool row;
	TRY(db_prepare(db, SQL("SELECT min(since) FROM tree WHERE since > $1"), &st, err));
	db_bind_i64(st, 1, at_ms);
	TRY(db_step(st, &row, err));
	out->until_ms = row && !db_is_null(st, 0) ? db_i64(st, 0) - 1 : TIME_FOREVER;
	db_reset(st);
	return OK;
}

static enum status no_tree(struct db *db, int64_t at_ms, struct err *err)
{
	struct db_stmt *st;
	bool row;
	char text[TIME_TEXT];
	TRY(db_prepare(db, SQL("SELECT min(since) FROM tree"), &st, err));
	TRY(db_step(st, &row, err));
	bool any = row && !db_is_null(st, 0);
	int64_t first = any ? db_i64(st, 0) : 0;
	db_reset(st);
	if (!any) {
		err_set(err, E_NOT_FOUND, "no units yet");
		err_hint(err, "describe the organisation: aismm unit import FILE.csv");
		return E_NOT_FOUND;
	}
	err_set(err, E_NOT_FOUND, "no units at %.*s", STR_ARG(time_format(at_ms, text)));
	err_detail(err, "the first tree of units holds from %.*s", STR_ARG(time_format(first, text)));
	return E_NOT_FOUND;
}

static enum status load_rows(struct db *db, int64_t tree, struct arena *a, struct unit_row **out, size_t *n,
			     struct err *err)
{
	struct db_stmt *st;
	struct unit_row *rows = NULL;
	size_t used = 0, cap = 0;
	bool row;
	TRY(db_prepare(db, SQL("SELECT id, parent, name, deployment, size FROM unit WHERE tree_id = $1 ORDER BY id"),
		       &st, err));
	db_bind_i64(st, 1, tree);
	for (;;) {
		TRY(db_step(st, &row, err));
		if (!row)
			break;
		if (used == cap && !(rows = arena_grow(a, rows, used, used + 1, sizeof *rows, &cap)))
			return err_full(err);
		rows[used] = (struct unit_row){
		    .id = str_copy(a, db_text(st, 0)),
		    .parent = str_copy(a, db_text(st, 1)),
		    .name = str_copy(a, db_text(st, 2)),
		    .deployment = (unsigned)db_i64(st, 3),
		    .size = db_i64(st, 4),
		    .line = (int64_t)used + 1,
		};
		if (!rows[used].id.p || !rows[used].parent.p || !rows[used].name.p)
			return err_full(err);
		if (db_i64(st, 3) < 0 || db_i64(st, 3) > MODEL_ANY_DEPLOYMENT || rows[used].size < 1 ||
		    rows[used].size > UNIT_SIZE_MAX)
			return store_damaged(err, "a unit has an impossible size or deployment");
		used++;
	}
	*out = rows;
	*n = used;
	return OK;
}

enum status store_unit_tree(struct db *db, int64_t at_ms, struct arena *a, struct store_tree *out, struct err *err)
{
	struct store_tree t = {0};
	struct unit_row *rows = NULL;
	size_t n = 0;
	bool found;
	TRY(find_tree(db, at_ms, &found, &t, err));
	if (!found)
		return no_tree(db, at_ms, err);
	TRY(load_rows(db, t.id, a, &rows, &n, err));
	if (unit_tree_build(rows, n, S("store"), a, &t.tree, err) != OK)
		return err && err->status == E_TOO_LARGE ? E_TOO_LARGE : store_damaged(err, "its units are no tree");
	*out = t;
	return OK;
}

static str tree_hash(const struct unit_tree *tree, char out[HASH_TEXT])
{
	struct hash h;
	char number[48];
	hash_init(&h);
	for (int i = 0; i < tree->n; i++) {
		const struct unit *u = &tree->units[i];
		hash_add_field(&h, u->id);
		hash_add_field(&h, u->parent == UNIT_NONE ? (str){NULL, 0} : tree->units[u->parent].id);
		hash_add_field(&h, u->name);
		int n = snprintf(number, sizeof number, "%u %lld", u->declared, (long long)u->size);
		hash_add_field(&h, (str){number, (size_t)n});
	}
	return hash_hex(&h, out);
}

static enum status add_rows(struct db *db, int64_t id, const struct unit_tree *tree, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(
	    db, SQL("INSERT INTO unit (tree_id, id, parent, name, deployment, size) VALUES ($1, $2, $3, $4, $5, $6)"),
	    &st, err));
	for (int i = 0; i < tree->n; i++) {
		const struct unit *u = &tree->units[i];
		db_bind_i64(st, 1, id);
		db_bind_text(st, 2, u->id);
		db_bind_text_or_null(st, 3, u->parent == UNIT_NONE ? (str){NULL, 0} : tree->units[u->parent].id);
		db_bind_text(st, 4, u->name);
		db_bind_i64(st, 5, u->declared);
		db_bind_i64(st, 6, u->size);
		TRY(db_run(st, err));
	}
	return OK;
}

/* The id for a new tree, and whether the one that holds at since is the same. */
static enum status compare_tree(struct db *db, int64_t since_ms, str sum, int64_t *next, bool *same, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db, SQL("SELECT sha256 FROM tree WHERE since <= $1 ORDER BY since DESC, id DESC LIMIT 1"), &st,
		       err));
	db_bind_i64(st, 1, since_ms);
	TRY(db_step(st, &row, err));
	*same = row && str_eq(db_text(st, 0), sum);
	db_reset(st);
	TRY(db_prepare(db, SQL("SELECT coalesce(max(id), 0) + 1 FROM tree"), &st, err));
	TRY(db_step(st, &row, err));
	*next = db_i64(st, 0);
	db_reset(st);
	return OK;
}

enum status store_unit_add(struct db *db, const struct unit_tree *tree, bool has_since, int64_t since_ms,
			   int64_t now_ms, str actor, bool *unchanged, int64_t *since_out, struct err *err)
{
	struct db_stmt *st;
	char text[HASH_TEXT];
	str sum = tree_hash(tree, text);
	int64_t id, since = has_since ? since_ms : now_ms;
	TRY(compare_tree(db, since, sum, &id, unchanged, err));
	if (!has_since && id == 1)
		since = INT64_MIN;
	*since_out = since;
	if (*unchanged)
		return OK;
	TRY(db_prepare(db, SQL("INSERT INTO tree (id, since, sha256, recorded_at, actor) VALUES ($1, $2, $3, $4, $5)"),
		       &st, err));
	db_bind_i64(st, 1, id);
	db_bind_i64(st, 2, since);
	db_bind_text(st, 3, sum);
	db_bind_i64(st, 4, now_ms);
	db_bind_text(st, 5, actor);
	TRY(db_run(st, err));
	return add_rows(db, id, tree, err);
}

enum status store_unit_tree_of(struct db *db, int64_t id, struct arena *a, struct store_tree *out, struct err *err)
{
	struct store_tree t = {.id = id};
	struct unit_row *rows = NULL;
	struct db_stmt *st;
	size_t n = 0;
	bool found;
	TRY(db_prepare(db, SQL("SELECT since FROM tree WHERE id = $1"), &st, err));
	db_bind_i64(st, 1, id);
	TRY(db_step(st, &found, err));
	t.since_ms = found ? db_i64(st, 0) : 0;
	db_reset(st);
	if (!found)
		return err_set(err, E_NOT_FOUND, "there is no tree of units number %lld", (long long)id);
	TRY(load_rows(db, id, a, &rows, &n, err));
	if (unit_tree_build(rows, n, S("store"), a, &t.tree, err) != OK)
		return err && err->status == E_TOO_LARGE ? E_TOO_LARGE : store_damaged(err, "its units are no tree");
	*out = t;
	return OK;
}

static enum status fill_head(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct store_tree_head *out = to;
	*out = (struct store_tree_head){.id = db_i64(st, 0),
					.since_ms = db_i64(st, 1),
					.recorded_ms = db_i64(st, 2),
					.units = db_i64(st, 4),
					.actor = str_copy(a, db_text(st, 3))};
	return out->actor.p ? OK : err_full(err);
}

enum status store_unit_heads(struct db *db, struct arena *a, struct store_tree_head **out, size_t *n, struct err *err)
{
	struct db_stmt *st;
	struct store_rows rows;
	TRY(db_prepare(
	    db,
	    SQL("SELECT t.id, t.since, t.recorded_at, t.actor, (SELECT count(*) FROM unit u WHERE u.tree_id = "
		"t.id) FROM tree t ORDER BY t.id DESC"),
	    &st, err));
	TRY(store_rows_read(st, a, sizeof **out, fill_head, &rows, err));
	*out = rows.list;
	*n = rows.n;
	return OK;
}

enum status store_unit_begin(struct db *db, str id, int64_t at_ms, bool *found, int64_t *since_ms, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db,
		       SQL("SELECT t.since FROM tree t WHERE t.since > $1 AND EXISTS (SELECT 1 FROM unit u WHERE "
			   "u.tree_id = t.id AND u.id = $2) AND NOT EXISTS (SELECT 1 FROM tree o WHERE o.since = "
			   "t.since AND o.id > t.id) ORDER BY t.since, t.id LIMIT 1"),
		       &st, err));
	db_bind_i64(st, 1, at_ms);
	db_bind_text(st, 2, id);
	TRY(db_step(st, found, err));
	if (*found)
		*since_ms = db_i64(st, 0);
	db_reset(st);
	return OK;
}

enum status store_unit_known(struct db *db, str id, bool *known, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("SELECT 1 FROM unit WHERE id = $1 LIMIT 1"), &st, err));
	db_bind_text(st, 1, id);
	TRY(db_step(st, known, err));
	db_reset(st);
	return OK;
}
