#include "store/document.h"

#include "db/db.h"
#include "store/rows.h"
#include "store/store.h"

enum status store_document_add(struct db *db, str sha256, struct store_stamp stamp, struct err *err)
{
	struct db_stmt *st;
	int64_t id;
	bool own;
	TRY(store_document_is_own(db, sha256, stamp.actor, &own, err));
	if (own)
		return OK;
	TRY(store_next_id(db, S("document"), &id, err));
	TRY(db_prepare(db, SQL("INSERT INTO document (id, sha256, recorded_at, actor) VALUES ($1, $2, $3, $4)"), &st,
		       err));
	db_bind_i64(st, 1, id);
	db_bind_text(st, 2, sha256);
	db_bind_i64(st, 3, stamp.now_ms);
	db_bind_text(st, 4, stamp.actor);
	return db_run(st, err);
}

enum status store_document_is_own(struct db *db, str sha256, str actor, bool *own, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("SELECT 1 FROM document WHERE sha256 = $1 AND actor = $2 LIMIT 1"), &st, err));
	db_bind_text(st, 1, sha256);
	db_bind_text(st, 2, actor);
	TRY(db_step(st, own, err));
	db_reset(st);
	return OK;
}

static enum status fill_place(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct store_document_place *out = to;
	*out = (struct store_document_place){.use = (enum store_document_use)db_i64(st, 0),
					     .unit = str_copy(a, db_text(st, 1))};
	if (out->use == STORE_DOCUMENT_ANSWER)
		out->objective = str_copy(a, db_text(st, 2));
	return out->unit.p && (out->use != STORE_DOCUMENT_ANSWER || out->objective.p) ? OK : err_full(err);
}

enum status store_document_places(struct db *db, str sha256, struct arena *a, struct store_document_place **out,
				  size_t *n, struct err *err)
{
	struct db_stmt *st;
	struct store_rows rows;
	TRY(db_prepare(db,
		       SQL("SELECT 0, unit, objective FROM measure WHERE evidence_sha256 = $1 UNION "
			   "SELECT 0, m.unit, m.objective FROM measure_evidence e JOIN measure m ON m.seq = e.seq "
			   "WHERE e.sha256 = $1 UNION "
			   "SELECT 1, f.unit, '' FROM snapshot_file s JOIN snapshot n ON n.id = s.snapshot_id "
			   "JOIN feed f ON f.id = n.feed_id WHERE s.sha256 = $1 UNION "
			   "SELECT 2, unit, '' FROM measure WHERE file_sha256 = $1 ORDER BY 1, 2, 3"),
		       &st, err));
	db_bind_text(st, 1, sha256);
	TRY(store_rows_read(st, a, sizeof **out, fill_place, &rows, err));
	*out = rows.list;
	*n = rows.n;
	return OK;
}
