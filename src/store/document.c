#include "store/document.h"

#include "db/db.h"
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

enum status store_document_places(struct db *db, str sha256, struct arena *a, struct store_document_place **out,
				  size_t *n, struct err *err)
{
	struct db_stmt *st;
	struct store_document_place *list = NULL;
	size_t used = 0, cap = 0;
	bool row;
	TRY(db_prepare(db,
		       SQL("SELECT 0, unit, objective FROM measure WHERE evidence_sha256 = $1 UNION "
			   "SELECT 0, m.unit, m.objective FROM measure_evidence e JOIN measure m ON m.seq = e.seq "
			   "WHERE e.sha256 = $1 UNION "
			   "SELECT 1, f.unit, '' FROM snapshot_file s JOIN snapshot n ON n.id = s.snapshot_id "
			   "JOIN feed f ON f.id = n.feed_id WHERE s.sha256 = $1 UNION "
			   "SELECT 2, unit, '' FROM measure WHERE file_sha256 = $1 ORDER BY 1, 2, 3"),
		       &st, err));
	db_bind_text(st, 1, sha256);
	for (;;) {
		TRY(db_step(st, &row, err));
		if (!row)
			break;
		if (used == cap && !(list = arena_grow(a, list, used, used + 1, sizeof *list, &cap)))
			return err_full(err);
		struct store_document_place *p = &list[used++];
		*p = (struct store_document_place){.use = (enum store_document_use)db_i64(st, 0),
						   .unit = str_copy(a, db_text(st, 1))};
		if (p->use == STORE_DOCUMENT_ANSWER)
			p->objective = str_copy(a, db_text(st, 2));
		if (!p->unit.p || (p->use == STORE_DOCUMENT_ANSWER && !p->objective.p))
			return err_full(err);
	}
	*out = list;
	*n = used;
	return OK;
}
