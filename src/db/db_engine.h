/**
 * Inside db/: what the two engines have in common, and what each of them has to do.
 *
 * db.c keeps the statements, their bound values and the state of the transaction; an engine
 * only talks to its library. A transaction in which a statement failed can only be rolled back, on both engines.
 */
#ifndef DB_DB_ENGINE_H
#define DB_DB_ENGINE_H

#include "base/buf.h"
#include "db/db.h"

/* The greatest k of a $k. */
enum { DB_PARAMS = 200, DB_BUCKETS = 64 };
/* What the statements and texts of one db may take together. */
#define DB_ARENA_BYTES ((size_t)64 << 20)
/* The largest bound value. */
#define DB_VALUE_BYTES ((size_t)1 << 30)
/* How long a writer waits for another one. */
#define DB_BUSY_MS 5000
/* From how many pages on db_tidy moves the log into the store. */
#define DB_LOG_PAGES 2000

enum db_rows {
	DB_ROWS_NONE, /* no rows come back */
	DB_ROWS_FEW,  /* its text says that the rows fit in memory: RETURNING, or LIMIT n with n <= 1000 */
	DB_ROWS_MANY  /* any number: read in batches */
};

/* What can be seen from the text of a statement. */
struct db_shape {
	enum db_rows rows;
	bool changes; /* INSERT, UPDATE or DELETE */
	bool writes;  /* these, or CREATE, ALTER, DROP */
	int n_params; /* the greatest k of its $k */
};

enum db_kind { DB_KIND_UNKNOWN, DB_KIND_I64, DB_KIND_TEXT, DB_KIND_BLOB };

struct db_value {
	enum db_kind kind;
	bool is_null;
	int64_t i64;
	struct buf bytes;
};

struct db_stmt {
	struct db *db;
	struct db_stmt *next; /* of the same bucket */
	struct db_sql sql;
	struct db_shape shape;
	struct db_value *values; /* of $1, $2, … */
	bool running;            /* between its first and its last row */
	bool ended;              /* it was running when a transaction began or ended */
	int64_t changed;
	const char *bad; /* what was wrong with a binding, told at the next step; NULL: nothing */
	enum status bad_status;
	int bad_k;
	void *engine;
};

/* What a transaction is for; see db_begin and db_begin_aside. */
enum db_how { DB_BEGIN_READ, DB_BEGIN_ASIDE, DB_BEGIN_WRITE };

/* Functions that fail leave nothing running. */
struct db_ops {
	enum db_engine engine;
	enum status (*prepare)(struct db_stmt *st, struct err *err);
	/* The first call binds and starts. */
	enum status (*step)(struct db_stmt *st, bool *row, struct err *err);
	/* To the end without looking at rows; may put off the work, and its error, to the next call of anything else.
	 */
	enum status (*run)(struct db_stmt *st, struct err *err);
	int64_t (*changed)(const struct db_stmt *st);
	void (*reset)(struct db_stmt *st);
	void (*finish)(struct db_stmt *st);
	int64_t (*i64)(struct db_stmt *st, int column);
	str (*text)(struct db_stmt *st, int column);
	bool (*is_null)(struct db_stmt *st, int column);
	/* One or many statements; the shape is that of the first. */
	enum status (*exec)(struct db *db, const char *z, const struct db_shape *shape, struct err *err);
	enum status (*begin)(struct db *db, enum db_how how, struct err *err);
	enum status (*patience)(struct db *db, int ms, struct err *err);
	enum status (*frugal)(struct db *db, struct err *err);
	/* The transaction is over, whatever comes back. */
	enum status (*commit)(struct db *db, struct err *err);
	void (*rollback)(struct db *db);
	enum status (*version)(struct db *db, int64_t *out, struct err *err);
	/* *deferred stays false where commits are durable by themselves; flush and tidy are called when it is true. */
	enum status (*defer)(struct db *db, bool *deferred, struct err *err);
	enum status (*flush)(struct db *db, struct err *err);
	enum status (*tidy)(struct db *db, struct err *err);
	/* NULL: the engine has tools of its own */
	enum status (*copy)(struct db *db, const char *path, struct err *err);
	enum status (*check)(struct db *db, struct err *err);
	void (*trim)(struct db *db);
	void (*close)(struct db *db);
};

struct db {
	const struct db_ops *ops;
	enum db_mode mode;
	bool in_transaction, writing, failed;
	bool deferred; /* commits wait for db_flush */
	bool renewed;  /* PostgreSQL: the connection was lost and made anew, and db_renewed was not asked since */
	bool torn;     /* a flush failed: nothing is written any more */
	int log_pages; /* SQLite: how long the write-ahead log was at the last commit; -1: it has committed nothing */
	struct arena arena;
	struct db_stmt *statements[DB_BUCKETS];
	struct db_text *texts; /* made by db_sql_table */
	void *engine;
};

/* An engine fills ops and engine of a db that db_open made. */
enum status db_sqlite_open(struct db *db, const char *path, struct err *err);
enum status db_pg_open(struct db *db, const char *url, struct err *err);

/* E_BUG when the text has a gap in its $k or too many. */
enum status db_shape_of(const char *z, struct db_shape *out, struct err *err);
/* The script with its four marks replaced. */
void db_marks(enum db_engine engine, str script, struct buf *out);

#endif
