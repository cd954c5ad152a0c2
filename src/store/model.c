#include "store/model.h"

#include "base/hash.h"
#include "db/db.h"
#include "store/rows.h"
#include "store/store.h"

str store_model_hash(const struct model_file *files, size_t n, char out[65])
{
	struct hash h;
	hash_init(&h);
	for (size_t i = 0; i < n; i++) {
		hash_add_field(&h, files[i].name);
		hash_add_field(&h, files[i].text);
	}
	return hash_hex(&h, out);
}

static enum status stored_hash(struct db *db, str name, bool *found, bool *same, str sum, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("SELECT sha256 FROM model WHERE name = $1"), &st, err));
	db_bind_text(st, 1, name);
	TRY(db_step(st, found, err));
	*same = *found && str_eq(db_text(st, 0), sum);
	db_reset(st);
	return OK;
}

static enum status add_file(struct db *db, str model, int64_t seq, const struct model_file *file, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("INSERT INTO model_file (model, seq, file, body) VALUES ($1, $2, $3, $4)"), &st, err));
	db_bind_text(st, 1, model);
	db_bind_i64(st, 2, seq);
	db_bind_text(st, 3, file->name);
	db_bind_text(st, 4, file->text);
	return db_run(st, err);
}

enum status store_model_add(struct db *db, const struct model *m, const struct model_file *files, size_t n,
			    int64_t now_ms, bool *added, struct err *err)
{
	char sum[HASH_TEXT];
	str hash = store_model_hash(files, n, sum);
	struct db_stmt *st;
	bool found, same;
	TRY(stored_hash(db, m->name, &found, &same, hash, err));
	if (found && !same) {
		err_set(err, E_CONFLICT, "another model \"%.*s\" is stored already", STR_ARG(m->name));
		err_hint(err, "give the changed model a new version");
		return E_CONFLICT;
	}
	*added = !found;
	if (found)
		return OK;
	TRY(db_prepare(
	    db, SQL("INSERT INTO model (name, id, version, line, sha256, imported_at) VALUES ($1, $2, $3, $4, $5, $6)"),
	    &st, err));
	db_bind_text(st, 1, m->name);
	db_bind_text(st, 2, m->id);
	db_bind_text(st, 3, m->version);
	db_bind_text(st, 4, m->line);
	db_bind_text(st, 5, hash);
	db_bind_i64(st, 6, now_ms);
	TRY(db_run(st, err));
	for (size_t i = 0; i < n; i++)
		TRY(add_file(db, m->name, (int64_t)i, &files[i], err));
	return OK;
}

static enum status active_name(struct db *db, struct arena *a, str *out, struct err *err)
{
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db, SQL("SELECT model FROM model_active ORDER BY seq DESC LIMIT 1"), &st, err));
	TRY(db_step(st, &row, err));
	*out = row ? str_copy(a, db_text(st, 0)) : (str){NULL, 0};
	db_reset(st);
	return row && !out->p ? err_full(err) : OK;
}

static enum status fill(struct db_stmt *st, str active, struct arena *a, struct store_model *out, struct err *err)
{
	*out = (struct store_model){
	    .name = str_copy(a, db_text(st, 0)),
	    .id = str_copy(a, db_text(st, 1)),
	    .version = str_copy(a, db_text(st, 2)),
	    .line = str_copy(a, db_text(st, 3)),
	    .sha256 = str_copy(a, db_text(st, 4)),
	    .imported_ms = db_i64(st, 5),
	};
	if (!out->name.p || !out->id.p || !out->version.p || !out->line.p || !out->sha256.p)
		return err_full(err);
	out->active = str_eq(out->name, active);
	return OK;
}

enum status store_model_list(struct db *db, struct arena *a, struct store_model **out, size_t *n, struct err *err)
{
	struct db_stmt *st;
	struct store_model *list = NULL;
	size_t used = 0, cap = 0;
	str active;
	bool row;
	TRY(active_name(db, a, &active, err));
	TRY(db_prepare(db, SQL("SELECT name, id, version, line, sha256, imported_at FROM model ORDER BY name"), &st,
		       err));
	for (;;) {
		TRY(db_step(st, &row, err));
		if (!row)
			break;
		if (used == cap && !(list = arena_grow(a, list, used, used + 1, sizeof *list, &cap)))
			return err_full(err);
		TRY(fill(st, active, a, &list[used++], err));
	}
	*out = list;
	*n = used;
	return OK;
}

enum status store_model_find(struct db *db, str id, struct arena *a, struct store_model *out, struct err *err)
{
	struct db_stmt *st;
	str active;
	bool row;
	TRY(active_name(db, a, &active, err));
	TRY(db_prepare(db,
		       SQL("SELECT name, id, version, line, sha256, imported_at FROM model WHERE name = $1 OR id = $1 "
			   "ORDER BY CASE WHEN name = $1 THEN 0 ELSE 1 END, imported_at DESC, name DESC LIMIT 1"),
		       &st, err));
	db_bind_text(st, 1, id);
	TRY(db_step(st, &row, err));
	if (!row) {
		err_set(err, E_NOT_FOUND, "no model \"%.*s\" is stored", STR_ARG(id));
		err_hint(err, "see: aismm model list");
		return E_NOT_FOUND;
	}
	enum status status = fill(st, active, a, out, err);
	db_reset(st);
	return status;
}

enum status store_model_active(struct db *db, struct arena *a, struct store_model *out, struct err *err)
{
	str active;
	TRY(active_name(db, a, &active, err));
	if (!active.p) {
		err_set(err, E_NOT_FOUND, "no model is active");
		err_hint(err, "run: aismm init, or aismm model activate ID");
		return E_NOT_FOUND;
	}
	return store_model_find(db, active, a, out, err);
}

enum status store_model_activate(struct db *db, str name, int64_t now_ms, str actor, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db,
		       SQL("INSERT INTO model_active (seq, model, at, actor) "
			   "SELECT coalesce(max(seq), 0) + 1, CAST($1 AS TEXT), CAST($2 AS BIGINT), CAST($3 AS TEXT) "
			   "FROM model_active"),
		       &st, err));
	db_bind_text(st, 1, name);
	db_bind_i64(st, 2, now_ms);
	db_bind_text(st, 3, actor);
	return db_run(st, err);
}

enum status store_model_find_base(struct db *db, str base, struct arena *a, str *name, bool *found, struct err *err)
{
	struct db_stmt *st;
	str id, rest;
	(void)str_cut(base, '@', &id, &rest);
	TRY(db_prepare(db,
		       SQL("SELECT name FROM model WHERE name = $1 OR (line = $1 AND id = $2) "
			   "ORDER BY CASE WHEN name = $1 THEN 0 ELSE 1 END, imported_at DESC, name DESC LIMIT 1"),
		       &st, err));
	db_bind_text(st, 1, base);
	db_bind_text(st, 2, id);
	TRY(db_step(st, found, err));
	*name = *found ? str_copy(a, db_text(st, 0)) : (str){NULL, 0};
	db_reset(st);
	return *found && !name->p ? err_full(err) : OK;
}

static enum status fill_file(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct model_file *out = to;
	*out = (struct model_file){str_copy(a, db_text(st, 0)), str_copy(a, db_text(st, 1))};
	return out->name.p && out->text.p ? OK : err_full(err);
}

enum status store_model_files(struct db *db, str name, struct arena *a, struct model_file **out, size_t *n,
			      struct err *err)
{
	struct db_stmt *st;
	struct store_rows rows;
	TRY(db_prepare(db, SQL("SELECT file, body FROM model_file WHERE model = $1 ORDER BY seq"), &st, err));
	db_bind_text(st, 1, name);
	TRY(store_rows_read(st, a, sizeof **out, fill_file, &rows, err));
	*out = rows.list;
	*n = rows.n;
	return OK;
}

enum status store_model_load(struct db *db, str name, struct arena *a, const struct model **out, struct err *err)
{
	struct model_file *files = NULL;
	struct model_problems problems = {0};
	size_t n = 0;
	TRY(store_model_files(db, name, a, &files, &n, err));
	TRY(model_read(files, n, a, &problems, out, err));
	if (problems.n_errors)
		return store_damaged(err, "a model that was read before no longer reads");
	return OK;
}
