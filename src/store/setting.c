#include "store/setting.h"

#include "db/db.h"
#include "store/rows.h"
#include "store/store.h"

enum status store_setting_add(struct db *db, const struct store_setting *setting, struct err *err)
{
	struct db_stmt *st;
	int64_t id;
	TRY(store_next_id(db, S("setting"), &id, err));
	TRY(db_prepare(db, SQL("INSERT INTO setting (id, name, value, recorded_at, actor) VALUES ($1, $2, $3, $4, $5)"),
		       &st, err));
	db_bind_i64(st, 1, id);
	db_bind_text(st, 2, setting->name);
	db_bind_text(st, 3, setting->value);
	db_bind_i64(st, 4, setting->recorded_ms);
	db_bind_text(st, 5, setting->actor);
	return db_run(st, err);
}

static enum status fill_setting(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct store_setting *out = to;
	*out = (struct store_setting){str_copy(a, db_text(st, 0)), str_copy(a, db_text(st, 1)),
				      str_copy(a, db_text(st, 2)), db_i64(st, 3)};
	return out->name.p && out->value.p && out->actor.p ? OK : err_full(err);
}

enum status store_setting_find(struct db *db, str name, struct arena *a, struct store_setting *out, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(
	    db, SQL("SELECT name, value, actor, recorded_at FROM setting WHERE name = $1 ORDER BY id DESC LIMIT 1"),
	    &st, err));
	db_bind_text(st, 1, name);
	TRY(db_step(st, &row, err));
	*out = (struct store_setting){0};
	enum status status = row ? fill_setting(st, a, out, err) : OK;
	db_reset(st);
	return status;
}

enum status store_setting_list(struct db *db, struct arena *a, struct store_setting **out, size_t *n, struct err *err)
{
	struct db_stmt *st;
	struct store_rows rows;
	TRY(db_prepare(db,
		       SQL("SELECT s.name, s.value, s.actor, s.recorded_at FROM setting s WHERE s.id = "
			   "(SELECT max(t.id) FROM setting t WHERE t.name = s.name) ORDER BY s.name"),
		       &st, err));
	TRY(store_rows_read(st, a, sizeof **out, fill_setting, &rows, err));
	*out = rows.list;
	*n = rows.n;
	return OK;
}
