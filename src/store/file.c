#include "store/file.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/limits.h"
#include "db/db.h"

/* Reads a whole piece, or the rest of the source. */
static enum status read_piece(struct source *from, char *piece, size_t *n, struct err *err)
{
	size_t got;
	*n = 0;
	do {
		TRY(source_read(from, piece + *n, LIMIT_BLOB_PIECE - *n, &got, err));
		*n += got;
	} while (got && *n < LIMIT_BLOB_PIECE);
	return OK;
}

static enum status hash_pieces(struct source *from, char *piece, char out[65], int64_t *bytes, struct err *err)
{
	struct hash h;
	size_t n;
	hash_init(&h);
	*bytes = 0;
	do {
		TRY(read_piece(from, piece, &n, err));
		hash_add(&h, (str){piece, n});
		*bytes += (int64_t)n;
	} while (n);
	(void)hash_hex(&h, out);
	return OK;
}

enum status store_file_hash(struct source *from, char out[65], int64_t *bytes, struct err *err)
{
	struct arena a = ARENA(2 * LIMIT_BLOB_PIECE);
	char *piece = arena_new(&a, char, LIMIT_BLOB_PIECE);
	enum status status = piece ? hash_pieces(from, piece, out, bytes, err) : err_full(err);
	arena_release(&a);
	return status;
}

static enum status add_pieces(struct db *db, struct source *from, str sha256, char *piece, struct err *err)
{
	struct db_stmt *st;
	struct hash h;
	char sum[HASH_TEXT];
	size_t n;
	hash_init(&h);
	TRY(db_prepare(db, SQL("INSERT INTO file_piece (sha256, seq, bytes) VALUES ($1, $2, $3)"), &st, err));
	for (int64_t seq = 0;; seq++) {
		TRY(read_piece(from, piece, &n, err));
		if (!n)
			break;
		hash_add(&h, (str){piece, n});
		db_bind_text(st, 1, sha256);
		db_bind_i64(st, 2, seq);
		db_bind_blob(st, 3, (str){piece, n});
		TRY(db_run(st, err));
	}
	if (str_eq(hash_hex(&h, sum), sha256))
		return OK;
	err_set(err, E_CONFLICT, "the file changed while it was read");
	err_at(err, from->name, 0, 0);
	err_hint(err, "import it again when nobody writes to it");
	return E_CONFLICT;
}

enum status store_file_add(struct db *db, struct source *from, str sha256, int64_t bytes, int64_t now_ms,
			   struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(
	    db,
	    SQL("INSERT INTO file (sha256, bytes, recorded_at) VALUES ($1, $2, $3) ON CONFLICT (sha256) DO NOTHING"),
	    &st, err));
	db_bind_text(st, 1, sha256);
	db_bind_i64(st, 2, bytes);
	db_bind_i64(st, 3, now_ms);
	TRY(db_run(st, err));
	if (db_changed(st) == 0 || !from)
		return OK;
	struct arena a = ARENA(2 * LIMIT_BLOB_PIECE);
	char *piece = arena_new(&a, char, LIMIT_BLOB_PIECE);
	enum status status = piece ? add_pieces(db, from, sha256, piece, err) : err_full(err);
	arena_release(&a);
	return status;
}

enum status store_file_find(struct db *db, str sha256, bool *found, int64_t *bytes, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("SELECT bytes FROM file WHERE sha256 = $1"), &st, err));
	db_bind_text(st, 1, sha256);
	TRY(db_step(st, found, err));
	*bytes = *found ? db_i64(st, 0) : 0;
	db_reset(st);
	return OK;
}

enum status store_file_read(struct db *db, str sha256, store_file_fn *piece, void *ctx, int64_t *bytes, struct err *err)
{
	struct db_stmt *st;
	bool row;
	int64_t given = 0;
	TRY(db_prepare(db, SQL("SELECT bytes FROM file_piece WHERE sha256 = $1 ORDER BY seq"), &st, err));
	db_bind_text(st, 1, sha256);
	for (;;) {
		TRY(db_step(st, &row, err));
		if (!row)
			break;
		str bytes_here = db_text(st, 0);
		enum status status = piece(ctx, bytes_here, err);
		if (status != OK) {
			db_reset(st);
			return status;
		}
		given += (int64_t)bytes_here.n;
	}
	*bytes = given;
	return OK;
}
