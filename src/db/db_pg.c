/*
 * How statements travel:
 * - Writes without rows inside a transaction are queued (libpq's pipeline) and answered together at the next statement
 *   that needs an answer, at db_changed, at commit, or when the queue is full. An error is told there; the transaction
 *   has failed by then, so nothing of it stays.
 * - Queries that may give many rows go through a cursor in growing batches, so that memory stays bounded and several
 *   can be open at once. Outside a transaction the cursor is WITH HOLD: the server keeps the rows of one instant.
 * - RETURNING and LIMIT n (n <= 1000) are prepared once and fetched whole: the quick way to look up one row.
 * - A connection that was lost is made anew where a transaction begins, or a read that is one of its own: nothing was
 *   sent that could have changed anything. Inside a transaction the loss is an error as any other.
 */
#include "db/db_engine.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "db/db_pg_connect.h"

/* Types of PostgreSQL by their fixed numbers. */
enum { OID_BOOL = 16, OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25 };
enum {
	QUEUE_MAX = 256,  /* writes that wait for their answer */
	BATCH_FIRST = 32, /* rows of the first batch, when nothing is known of their size */
	BATCH_MAX = 1000,
	BATCH_BYTES = 4 << 20
};

struct pg {
	PGconn *conn;
	int n_statements;
	bool is_queueing;
	int n_queued;                     /* commands sent and not answered */
	struct db_stmt *queue[QUEUE_MAX]; /* whose rows they change; NULL: nobody's */
	int patience_ms;
	bool lost;        /* a session is not there, or not set up */
	int n_renewed;    /* how often it was made anew */
	int64_t again_ms; /* when that may be tried next */
	enum status late; /* an error found where it could not be returned */
	struct err late_err;
	struct buf seen; /* which transactions were visible at the last pg_version, in the server's words */
	int64_t version; /* how often that differed */
};

struct pg_stmt {
	bool prepared;
	bool cursor; /* exists on the server, in this transaction */
	char name[24];
	const char *declare, *declare_held;
	Oid types[DB_PARAMS];
	PGresult *rows;
	int at, n; /* the current row of rows, and how many there are */
	int batch; /* rows asked for; 0: there will be no more */
	bool held; /* the cursor outlives transactions and must be closed */
	int n_blobs;
	unsigned char **blobs; /* decoded columns of the current row */
	size_t *blob_sizes;
};

static struct pg *pg_of(const struct db *db)
{
	return db->engine;
}

static PGconn *conn_of(const struct db *db)
{
	return pg_of(db)->conn;
}

/* ---- errors ---- */

static enum status fail(const struct db *db, const PGresult *res, struct err *err)
{
	const char *state = res ? PQresultErrorField(res, PG_DIAG_SQLSTATE) : NULL;
	const char *words = res ? PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	const char *more = res ? PQresultErrorField(res, PG_DIAG_MESSAGE_DETAIL) : NULL;
	enum status status = E_IO;
	bool ended = state && strncmp(state, "57P0", 4) == 0; /* by the server, which says so before it hangs up */
	if (ended || PQstatus(conn_of(db)) == CONNECTION_BAD)
		(void)err_set(err, E_IO, "the connection to the store was lost");
	else if (state && strcmp(state, "42P01") == 0 && pg_of(db)->n_renewed)
		(void)err_set(err, E_IO, "the connection to the store was lost, and with it what had been laid aside");
	else if (state && strncmp(state, "23", 2) == 0)
		status = err_set(err, E_CONFLICT, "the store refused a row that breaks one of its rules");
	else if (state && (strcmp(state, "55P03") == 0 || strcmp(state, "40P01") == 0))
		(void)err_set(err, E_IO, "the store is locked by another program");
	else if (state && strcmp(state, "25006") == 0)
		(void)err_set(err, E_IO, "a statement that writes was run while only reading is allowed");
	else
		(void)err_set(err, E_IO, "the store failed");
	if (words)
		err_detail(err, "PostgreSQL %s: %s%s%s", state ? state : "", words, more ? "; " : "", more ? more : "");
	else
		err_detail(err, "PostgreSQL: %s", PQerrorMessage(conn_of(db)));
	if (state && (strcmp(state, "55P03") == 0 || strcmp(state, "40P01") == 0))
		err_hint(err, "wait until the other program has finished, then try again");
	return status;
}

/* ---- the queue ---- */

static bool is_good(const PGresult *res)
{
	ExecStatusType s = PQresultStatus(res);
	return s == PGRES_COMMAND_OK || s == PGRES_TUPLES_OK;
}

static int64_t rows_changed(PGresult *res)
{
	int64_t n = 0;
	(void)str_to_i64(str_from(PQcmdTuples(res)), &n);
	return n;
}

/* Takes one answer: keeps the first error and the rows, counts what changed. */
static void take_answer(struct db *db, PGresult *res, struct db_stmt *st, PGresult **rows, enum status *status,
			struct err *err)
{
	if (is_good(res) && st)
		st->changed = st->shape.changes ? rows_changed(res) : 0;
	if (PQresultStatus(res) == PGRES_TUPLES_OK) {
		PQclear(*rows);
		*rows = res;
		return;
	}
	if (!is_good(res) && PQresultStatus(res) != PGRES_PIPELINE_ABORTED && *status == OK)
		*status = fail(db, res, err);
	PQclear(res);
}

/* Waits for all answers. *rows (may be NULL) is the last result that has columns, or NULL. */
static enum status drain(struct db *db, PGresult **rows, struct err *err)
{
	struct pg *pg = pg_of(db);
	enum status status = OK;
	PGresult *last = NULL;
	int at = 0;
	if (pg->is_queueing && !PQpipelineSync(pg->conn))
		status = fail(db, NULL, err);
	while (pg->is_queueing && PQstatus(pg->conn) != CONNECTION_BAD) {
		PGresult *res = PQgetResult(pg->conn);
		if (!res) {
			at++;
			continue;
		}
		if (PQresultStatus(res) == PGRES_PIPELINE_SYNC) {
			PQclear(res);
			(void)PQexitPipelineMode(pg->conn);
			pg->is_queueing = false;
		} else {
			take_answer(db, res, at < pg->n_queued ? pg->queue[at] : NULL, &last, &status, err);
		}
	}
	if (PQstatus(pg->conn) == CONNECTION_BAD && status == OK)
		status = fail(db, NULL, err);
	pg->is_queueing = false;
	pg->n_queued = 0;
	if (status != OK || !rows) {
		PQclear(last);
		last = NULL;
	}
	if (rows)
		*rows = last;
	return status;
}

/* Answers of all that was queued, and an error that was found earlier. */
static enum status settle(struct db *db, struct err *err)
{
	struct pg *pg = pg_of(db);
	enum status status = pg->late;
	if (status == OK)
		return drain(db, NULL, err);
	if (err)
		*err = pg->late_err;
	pg->late = OK;
	return status;
}

static enum status queue_start(struct db *db, struct err *err)
{
	struct pg *pg = pg_of(db);
	if (pg->late != OK || pg->n_queued >= QUEUE_MAX - 4)
		TRY(settle(db, err));
	if (!pg->is_queueing && !PQenterPipelineMode(pg->conn))
		return fail(db, NULL, err);
	pg->is_queueing = true;
	return OK;
}

static enum status queued(struct db *db, struct db_stmt *st, int sent, struct err *err)
{
	struct pg *pg = pg_of(db);
	if (!sent)
		return fail(db, NULL, err);
	pg->queue[pg->n_queued++] = st;
	return OK;
}

static enum status queue_literal(struct db *db, const char *z, struct err *err)
{
	return queued(db, NULL, PQsendQueryParams(conn_of(db), z, 0, NULL, NULL, NULL, NULL, 0), err);
}

static enum status exec_literal(struct db *db, const char *z, struct err *err)
{
	TRY(settle(db, err));
	PGresult *res = PQexec(conn_of(db), z);
	enum status status = is_good(res) ? OK : fail(db, res, err);
	PQclear(res);
	return status;
}

/* ---- parameters: sent in binary, declared as what was bound ---- */

struct params {
	const char *values[DB_PARAMS];
	int lengths[DB_PARAMS], formats[DB_PARAMS];
	uint64_t numbers[DB_PARAMS];
};

/* $1 + 1 would make $1 an int4 if PostgreSQL had to guess. false: a type is new, so the statement must be prepared. */
static bool declare_types(struct db_stmt *st)
{
	static const Oid types[] = {
	    [DB_KIND_UNKNOWN] = 0, [DB_KIND_I64] = OID_INT8, [DB_KIND_TEXT] = OID_TEXT, [DB_KIND_BLOB] = OID_BYTEA};
	struct pg_stmt *ps = st->engine;
	bool same = true;
	for (int i = 0; i < st->shape.n_params; i++) {
		Oid type = types[st->values[i].kind];
		if (type && ps->types[i] != type) {
			ps->types[i] = type;
			same = false;
		}
	}
	return same;
}

static void fill_params(const struct db_stmt *st, struct params *out)
{
	for (int i = 0; i < st->shape.n_params; i++) {
		const struct db_value *v = &st->values[i];
		out->formats[i] = 1;
		out->values[i] = NULL;
		out->lengths[i] = 0;
		if (v->is_null)
			continue;
		if (v->kind == DB_KIND_I64) {
			out->numbers[i] = htobe64((uint64_t)v->i64);
			out->values[i] = (const char *)&out->numbers[i];
			out->lengths[i] = sizeof out->numbers[i];
		} else {
			out->values[i] = v->bytes.p ? v->bytes.p : "";
			out->lengths[i] = (int)v->bytes.n;
		}
	}
}

/* ---- statements ---- */

static const char *text_of(struct db *db, const char *before, const char *name, const char *after, const char *sql)
{
	struct buf b = BUF(DB_ARENA_BYTES);
	buf_printf(&b, "%s%s%s", before, name, after);
	buf_add(&b, str_from(sql));
	const char *z = b.status == OK ? str_z(&db->arena, buf_str(&b)) : NULL;
	buf_release(&b);
	return z;
}

/* Nothing is sent yet: the types of the parameters come with the first values. */
static enum status pg_prepare(struct db_stmt *st, struct err *err)
{
	struct db *db = st->db;
	struct pg_stmt *ps = arena_new(&db->arena, struct pg_stmt, 1);
	if (!ps)
		return err_full(err);
	struct buf name = BUF(sizeof ps->name - 1);
	buf_printf(&name, "aismm_%d", ++pg_of(db)->n_statements);
	if (name.status == OK)
		memcpy(ps->name, name.p, name.n);
	buf_release(&name);
	ps->declare = text_of(db, "DECLARE ", ps->name, " NO SCROLL CURSOR FOR ", st->sql.z);
	ps->declare_held = text_of(db, "DECLARE ", ps->name, " NO SCROLL CURSOR WITH HOLD FOR ", st->sql.z);
	if (!ps->declare || !ps->declare_held)
		return err_full(err);
	st->engine = ps;
	return OK;
}

static enum status send_literal(struct db *db, const char *verb, const char *name, struct err *err)
{
	struct buf z = BUF(256);
	buf_printf(&z, "%s%s", verb, name);
	buf_char(&z, 0);
	enum status status = z.status == OK ? queue_literal(db, z.p, err) : err_full(err);
	buf_release(&z);
	return status;
}

static enum status prepare_on_server(struct db_stmt *st, struct err *err)
{
	struct pg_stmt *ps = st->engine;
	bool same = declare_types(st);
	if (ps->prepared && same)
		return OK;
	TRY(settle(st->db, err));
	if (ps->prepared) {
		TRY(queue_start(st->db, err));
		TRY(send_literal(st->db, "DEALLOCATE ", ps->name, err));
		ps->prepared = false;
		TRY(settle(st->db, err));
	}
	PGresult *res = PQprepare(conn_of(st->db), ps->name, st->sql.z, st->shape.n_params, ps->types);
	enum status status = is_good(res) ? OK : fail(st->db, res, err);
	PQclear(res);
	ps->prepared = status == OK;
	return status;
}

static enum status queue_prepared(struct db_stmt *st, struct err *err)
{
	struct pg_stmt *ps = st->engine;
	struct params p;
	TRY(prepare_on_server(st, err));
	TRY(queue_start(st->db, err));
	fill_params(st, &p);
	st->changed = 0;
	int sent =
	    PQsendQueryPrepared(conn_of(st->db), ps->name, st->shape.n_params, p.values, p.lengths, p.formats, 0);
	return queued(st->db, st, sent, err);
}

static enum status queue_fetch(struct db_stmt *st, struct err *err)
{
	struct pg_stmt *ps = st->engine;
	struct buf z = BUF(128);
	buf_printf(&z, "FETCH FORWARD %d FROM %s", ps->batch, ps->name);
	buf_char(&z, 0);
	enum status status = z.status == OK ? queue_literal(st->db, z.p, err) : err_full(err);
	buf_release(&z);
	return status;
}

static void forget_blobs(struct pg_stmt *ps)
{
	for (int i = 0; i < ps->n_blobs; i++) {
		PQfreemem(ps->blobs[i]);
		ps->blobs[i] = NULL;
	}
}

static void forget_rows(struct pg_stmt *ps)
{
	forget_blobs(ps);
	PQclear(ps->rows);
	ps->rows = NULL;
	ps->at = -1;
	ps->n = 0;
}

static enum status receive(struct db_stmt *st, struct err *err)
{
	struct pg_stmt *ps = st->engine;
	forget_rows(ps);
	TRY(drain(st->db, &ps->rows, err));
	ps->n = ps->rows ? PQntuples(ps->rows) : 0;
	if (ps->n < ps->batch)
		ps->batch = 0;
	if (!ps->batch)
		return OK;
	size_t row = PQresultMemorySize(ps->rows) / (size_t)ps->n + 1;
	size_t fits = BATCH_BYTES / row;
	ps->batch = fits < 1 ? 1 : fits > BATCH_MAX ? BATCH_MAX : (int)fits;
	return OK;
}

static enum status open_cursor(struct db_stmt *st, struct err *err)
{
	struct pg_stmt *ps = st->engine;
	struct params p;
	ps->held = !st->db->in_transaction;
	(void)declare_types(st);
	TRY(queue_start(st->db, err));
	if (ps->cursor)
		TRY(send_literal(st->db, "CLOSE ", ps->name, err));
	fill_params(st, &p);
	const char *z = ps->held ? ps->declare_held : ps->declare;
	int sent =
	    PQsendQueryParams(conn_of(st->db), z, st->shape.n_params, ps->types, p.values, p.lengths, p.formats, 0);
	TRY(queued(st->db, NULL, sent, err));
	ps->batch = BATCH_FIRST;
	TRY(queue_fetch(st, err));
	TRY(receive(st, err));
	ps->cursor = true;
	return OK;
}

static enum status lock_and_begin(struct db *db, struct err *err)
{
	/* The lock belongs to the store: the database and the schema in which its tables are. */
	return exec_literal(db,
			    "BEGIN ISOLATION LEVEL READ COMMITTED;"
			    "SELECT pg_advisory_xact_lock(1634300781, hashtext(coalesce(current_schema(), '')))",
			    err);
}

/* Cursors vanish with their transaction, but for those that are held. */
static void forget_cursors(struct db *db)
{
	for (size_t i = 0; i < DB_BUCKETS; i++)
		for (struct db_stmt *st = db->statements[i]; st; st = st->next) {
			struct pg_stmt *ps = st->engine;
			ps->cursor = ps->cursor && ps->held;
		}
}

static void pg_rollback(struct db *db)
{
	struct pg *pg = pg_of(db);
	(void)drain(db, NULL, NULL);
	pg->late = OK;
	forget_cursors(db);
	if (PQtransactionStatus(pg->conn) != PQTRANS_IDLE)
		PQclear(PQexec(pg->conn, "ROLLBACK"));
}

static enum status begin_once(struct db *db, enum db_how how, struct err *err)
{
	static const char *const literal[] = {[DB_BEGIN_READ] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
					      [DB_BEGIN_ASIDE] = "BEGIN ISOLATION LEVEL REPEATABLE READ"};
	enum status status = how == DB_BEGIN_WRITE ? lock_and_begin(db, err) : exec_literal(db, literal[how], err);
	if (status != OK)
		pg_rollback(db);
	return status;
}

static enum status set_patience(struct db *db, int ms, struct err *err)
{
	char text[48];
	(void)snprintf(text, sizeof text, "SET lock_timeout = %d", ms);
	TRY(exec_literal(db, text, err));
	pg_of(db)->patience_ms = ms;
	return OK;
}

/* ---- a connection that was lost ---- */

static enum status set_up(struct db *db, struct err *err)
{
	TRY(exec_literal(
	    db, "SET standard_conforming_strings = on; SET bytea_output = hex; SET client_min_messages = warning",
	    err));
	TRY(set_patience(db, pg_of(db)->patience_ms, err));
	if (db->mode == DB_READ)
		return exec_literal(db, "SET default_transaction_read_only = on", err);
	return OK;
}

static bool is_lost(const struct db *db)
{
	return pg_of(db)->lost || PQstatus(conn_of(db)) == CONNECTION_BAD;
}

/* What the server knew of it. Of a query that is giving rows those that came are left, and the next batch fails. */
static void forget_session(struct db *db)
{
	struct pg *pg = pg_of(db);
	for (size_t i = 0; i < DB_BUCKETS; i++)
		for (struct db_stmt *st = db->statements[i]; st; st = st->next) {
			struct pg_stmt *ps = st->engine;
			ps->prepared = ps->cursor = false;
		}
	pg->is_queueing = false;
	pg->n_queued = 0;
	pg->late = OK;
	buf_clear(&pg->seen); /* another server may count the same numbers, with other changes behind them */
}

static enum status renew(struct db *db, struct err *err)
{
	struct pg *pg = pg_of(db);
	pg->lost = true;
	forget_session(db);
	TRY(db_pg_connect_again(pg->conn, &pg->again_ms, err));
	TRY(set_up(db, err));
	pg->lost = false;
	pg->n_renewed++;
	db->renewed = true;
	return OK;
}

/* For what is outside a transaction. */
static enum status be_connected(struct db *db, struct err *err)
{
	return is_lost(db) ? renew(db, err) : OK;
}

static enum status pg_begin(struct db *db, enum db_how how, struct err *err)
{
	TRY(be_connected(db, err));
	enum status status = begin_once(db, how, err);
	if (status == OK || !is_lost(db))
		return status;
	TRY(renew(db, err));
	return begin_once(db, how, err);
}

static enum status pg_patience(struct db *db, int ms, struct err *err)
{
	TRY(be_connected(db, err));
	return set_patience(db, ms, err);
}

/* COMMIT of a transaction that failed is answered by ROLLBACK. */
static enum status pg_commit(struct db *db, struct err *err)
{
	enum status status = settle(db, err);
	if (status != OK) {
		pg_rollback(db);
		return status;
	}
	PGresult *res = PQexec(conn_of(db), "COMMIT");
	if (!is_good(res))
		status = fail(db, res, err);
	else if (strcmp(PQcmdStatus(res), "COMMIT") != 0)
		status = err_set(err, E_IO, "the store rolled the transaction back");
	PQclear(res);
	forget_cursors(db);
	return status;
}

/* Writers outside a transaction take their turn as well. */
static enum status end_alone(struct db *db, enum status status, struct err *err)
{
	if (status == OK)
		return pg_commit(db, err);
	pg_rollback(db);
	return status;
}

static enum status run_whole(struct db_stmt *st, struct err *err)
{
	TRY(queue_prepared(st, err));
	((struct pg_stmt *)st->engine)->batch = 0;
	return receive(st, err);
}

static enum status ask(struct db_stmt *st, struct err *err)
{
	return st->shape.rows == DB_ROWS_MANY ? open_cursor(st, err) : run_whole(st, err);
}

static enum status start(struct db_stmt *st, struct err *err)
{
	struct db *db = st->db;
	if (db->in_transaction)
		return ask(st, err);
	if (st->shape.writes) {
		TRY(pg_begin(db, DB_BEGIN_WRITE, err));
		return end_alone(db, ask(st, err), err);
	}
	TRY(be_connected(db, err));
	enum status status = ask(st, err);
	if (status == OK || !is_lost(db))
		return status;
	TRY(renew(db, err));
	return ask(st, err);
}

static enum status next_batch(struct db_stmt *st, struct err *err)
{
	TRY(queue_start(st->db, err));
	TRY(queue_fetch(st, err));
	return receive(st, err);
}

static enum status pg_step(struct db_stmt *st, bool *row, struct err *err)
{
	struct pg_stmt *ps = st->engine;
	if (!st->running)
		TRY(start(st, err));
	if (ps->at + 1 >= ps->n && ps->batch)
		TRY(next_batch(st, err));
	forget_blobs(ps);
	ps->at++;
	*row = ps->at < ps->n;
	return OK;
}

static enum status pg_run(struct db_stmt *st, struct err *err)
{
	if (st->shape.rows == DB_ROWS_NONE && st->shape.changes && st->db->writing)
		return queue_prepared(st, err);
	bool row = true;
	enum status status = OK;
	while (status == OK && row) {
		status = pg_step(st, &row, err);
		st->running = row;
	}
	st->running = false;
	return status;
}

/* The answer may not have come yet; its error is kept for the next call that can tell it. */
static int64_t pg_changed(const struct db_stmt *st)
{
	struct pg *pg = pg_of(st->db);
	if (pg->is_queueing && pg->late == OK)
		pg->late = drain(st->db, NULL, &pg->late_err);
	return st->changed;
}

static void pg_reset(struct db_stmt *st)
{
	struct pg_stmt *ps = st->engine;
	forget_rows(ps);
	ps->batch = 0;
	if (!ps->cursor || !ps->held)
		return;
	/* No transaction is open here: db.c ends such queries before it begins one. */
	ps->cursor = false;
	if (queue_start(st->db, NULL) == OK && send_literal(st->db, "CLOSE ", ps->name, NULL) == OK)
		(void)drain(st->db, NULL, NULL);
}

static void pg_finish(struct db_stmt *st)
{
	struct pg_stmt *ps = st->engine;
	forget_rows(ps);
	free(ps->blobs);
	free(ps->blob_sizes);
}

/* ---- columns ---- */

static bool pg_is_null(struct db_stmt *st, int column)
{
	struct pg_stmt *ps = st->engine;
	return !ps->rows || ps->at < 0 || ps->at >= ps->n || column < 0 || column >= PQnfields(ps->rows) ||
	       PQgetisnull(ps->rows, ps->at, column);
}

static bool make_room(struct pg_stmt *ps)
{
	int n = PQnfields(ps->rows);
	if (ps->n_blobs >= n)
		return true;
	ps->blobs = calloc((size_t)n, sizeof *ps->blobs);
	ps->blob_sizes = calloc((size_t)n, sizeof *ps->blob_sizes);
	ps->n_blobs = ps->blobs && ps->blob_sizes ? n : 0;
	return ps->n_blobs == n;
}

static str blob_of(struct pg_stmt *ps, int column)
{
	if (!make_room(ps))
		return (str){NULL, 0};
	if (!ps->blobs[column])
		ps->blobs[column] = PQunescapeBytea((const unsigned char *)PQgetvalue(ps->rows, ps->at, column),
						    &ps->blob_sizes[column]);
	return (str){(const char *)ps->blobs[column], ps->blobs[column] ? ps->blob_sizes[column] : 0};
}

static str pg_text(struct db_stmt *st, int column)
{
	struct pg_stmt *ps = st->engine;
	if (pg_is_null(st, column))
		return (str){NULL, 0};
	Oid type = PQftype(ps->rows, column);
	if (type == OID_BYTEA)
		return blob_of(ps, column);
	const char *p = PQgetvalue(ps->rows, ps->at, column);
	if (type == OID_BOOL)
		return *p == 't' ? S("1") : S("0");
	return (str){p, (size_t)PQgetlength(ps->rows, ps->at, column)};
}

/* A numeric (what sum() gives) is cut at its point, as SQLite does. */
static int64_t pg_i64(struct db_stmt *st, int column)
{
	str whole, fraction;
	int64_t n = 0;
	(void)str_cut(pg_text(st, column), '.', &whole, &fraction);
	(void)str_to_i64(whole, &n);
	return n;
}

/* ---- opening, literals ---- */

static enum status pg_exec(struct db *db, const char *z, const struct db_shape *shape, struct err *err)
{
	if (db->in_transaction)
		return exec_literal(db, z, err);
	if (!shape->writes) {
		TRY(be_connected(db, err));
		return exec_literal(db, z, err);
	}
	TRY(pg_begin(db, DB_BEGIN_WRITE, err));
	return end_alone(db, exec_literal(db, z, err), err);
}

/* A transaction that changes something has a number; when it commits, the set of numbers that a new snapshot sees is
   another one. So is it when anything else on the server commits, which costs a look and no more. */
static enum status pg_version(struct db *db, int64_t *out, struct err *err)
{
	struct pg *pg = pg_of(db);
	struct db_stmt *st;
	bool row;
	TRY(db_prepare(db, SQL("SELECT CAST(pg_current_snapshot() AS TEXT) LIMIT 1"), &st, err));
	TRY(db_step(st, &row, err));
	if (!str_eq(db_text(st, 0), buf_str(&pg->seen))) {
		buf_clear(&pg->seen);
		buf_add(&pg->seen, db_text(st, 0));
		pg->version++;
	}
	db_reset(st);
	*out = pg->version;
	return pg->seen.status == OK ? OK : err_full(err);
}

static enum status pg_defer(struct db *db, bool *deferred, struct err *err)
{
	(void)db;
	(void)deferred;
	(void)err;
	return OK;
}

/* Pages and the log are the server's. */
static enum status pg_nothing(struct db *db, struct err *err)
{
	(void)db;
	(void)err;
	return OK;
}

static void pg_trim(struct db *db)
{
	(void)db;
}

static void pg_close(struct db *db)
{
	struct pg *pg = pg_of(db);
	PQfinish(pg->conn);
	buf_release(&pg->seen);
	free(pg);
}

static const struct db_ops pg_ops = {
    .engine = DB_POSTGRES,
    .prepare = pg_prepare,
    .step = pg_step,
    .run = pg_run,
    .changed = pg_changed,
    .reset = pg_reset,
    .finish = pg_finish,
    .i64 = pg_i64,
    .text = pg_text,
    .is_null = pg_is_null,
    .exec = pg_exec,
    .begin = pg_begin,
    .patience = pg_patience,
    .frugal = pg_nothing,
    .commit = pg_commit,
    .rollback = pg_rollback,
    .version = pg_version,
    .defer = pg_defer,
    .flush = pg_nothing,
    .tidy = pg_nothing,
    .trim = pg_trim,
    .close = pg_close,
};

enum status db_pg_open(struct db *db, const char *url, struct err *err)
{
	struct pg *pg = calloc(1, sizeof *pg);
	if (!pg)
		return err_set(err, E_NO_MEMORY, "no memory to open the store");
	pg->seen = BUF(DB_VALUE_BYTES);
	pg->patience_ms = DB_BUSY_MS;
	enum status status = db_pg_connect(url, &pg->conn, err);
	if (status == OK) {
		db->engine = pg;
		status = set_up(db, err);
	}
	if (status != OK) {
		PQfinish(pg->conn);
		free(pg);
		db->engine = NULL;
		return status;
	}
	db->ops = &pg_ops;
	return OK;
}
