/**
 * A database, any domain: one interface over SQLite and PostgreSQL. Only db/ knows which engine runs.
 *
 * SQL is a literal (the SQL macro; a variable does not compile) and values are bound to $1, $2, …
 * in any order and as often as needed. Text is UTF-8 with a length; a NUL byte in it is refused (E_INVALID) on both
 * engines. Statements of one db may be stepped in turn and nested; results are read in batches, so memory stays
 * bounded whatever a query returns. A read outside a transaction is a transaction of its own.
 *
 * Dialect: see ARCHITECTURE.md. Scripts (migrations, temporary tables) may use four marks: @i64@ (INTEGER |
 * BIGINT), @text@ (TEXT | TEXT COLLATE "C"), @blob@ (BLOB | BYTEA), @strict@ (STRICT | nothing).
 *
 * What is written for both: LIKE tells upper from lower case; "x" is a name, never a text. On PostgreSQL a parameter
 * has the type of what is bound first (int8, text, bytea), so `$1 + 1` has 64 bits; a NULL takes the type of its place,
 * and db_bind_text_or_null is text. Look up single rows with a literal LIMIT 1: up to LIMIT 1000 the rows are fetched
 * at once, which is the quick way there. Temporary tables are made in write transactions, or aside. The rows of
 * RETURNING are held in memory. Do not change the rows that a running query is reading.
 *
 * Errors: E_CONFLICT a constraint (unique, check, foreign key, not null) refused the row; E_IO everything else the
 * engine says, with its own words in detail; a locked store is E_IO with a hint. After an error inside a transaction
 * only db_rollback is left, on both engines (db_commit rolls back and says so). One thread uses a db at a time.
 *
 * A connection to PostgreSQL that was lost is an error (E_IO) inside a transaction, and of whatever could have written.
 * The next transaction, or read outside of one, makes it anew; when that fails, none tries again for a second.
 * Temporary tables went with the old one, so whoever made some outside his transaction finds them missing: E_IO.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct db;
struct db_stmt;

enum db_engine { DB_SQLITE, DB_POSTGRES };
enum db_mode {
	DB_READ,  /* the store must exist; writing is refused by the engine */
	DB_WRITE, /* the store must exist */
	DB_CREATE /* the store is made when it is missing */
};

/* SQL text that came from a literal or from db_sql_table (below); nothing else makes one. */
struct db_sql {
	const char *z;
};
#define SQL(lit) ((struct db_sql){"" lit})

/**
 * @param url  a path (SQLite; made with mode 0600), ":memory:", or postgresql://…, postgres://…
 * SQLite: WAL, foreign_keys, busy timeout 5 s, DEFENSIVE, trusted_schema off, no extensions. PostgreSQL: UTF-8 client
 * encoding, application_name aismm, search_path as the server's default, standard_conforming_strings.
 * @return OK, E_NOT_FOUND (no such store), E_INVALID (the file is not a database), E_IO
 */
MUST_USE enum status db_open(const char *url, enum db_mode mode, struct db **out, struct err *err);
/* Finishes all statements, rolls back an open transaction; NULL is accepted. */
void db_close(struct db *db);
enum db_engine db_engine(const struct db *db);

/* The statement is kept by the db and found again by its text: preparing twice gives the same one, reset and unbound.
   If that one is in the middle of its rows, a second is made. */
MUST_USE enum status db_prepare(struct db *db, struct db_sql sql, struct db_stmt **out, struct err *err);
/* Binding: k counts from 1 and names $k; a k that the text does not use is E_BUG at the next step. Bytes are copied. */
void db_bind_i64(struct db_stmt *st, int k, int64_t v);
void db_bind_text(struct db_stmt *st, int k, str v);
/* NULL when v.p is NULL. */
void db_bind_text_or_null(struct db_stmt *st, int k, str v);
void db_bind_blob(struct db_stmt *st, int k, str v);
void db_bind_null(struct db_stmt *st, int k);
/* *row = true: a row is there; false: done, and the statement is reset (bindings are kept). Queries end when a
   transaction begins or ends; stepping on is E_BUG. */
MUST_USE enum status db_step(struct db_stmt *st, bool *row, struct err *err);
/* Runs to the end, ignoring rows, and resets. In a write transaction PostgreSQL answers later: an error of an INSERT,
   UPDATE or DELETE may come with a later call, at the latest with db_commit. */
MUST_USE enum status db_run(struct db_stmt *st, struct err *err);
/* How many rows the last run changed; waits for PostgreSQL's answer. */
int64_t db_changed(const struct db_stmt *st);
/* Columns of the current row, from 0; text and blob are valid until the next step. NULL reads as 0 and as { NULL, 0 }.
 */
int64_t db_i64(struct db_stmt *st, int column);
str db_text(struct db_stmt *st, int column);
bool db_is_null(struct db_stmt *st, int column);
/* Ends a query early. */
void db_reset(struct db_stmt *st);

/* One literal without rows and parameters. */
MUST_USE enum status db_exec(struct db *db, struct db_sql sql, struct err *err);
/* Many statements, with the four marks. The text is ours (embedded), never a user's. */
MUST_USE enum status db_script(struct db *db, str script, struct err *err);
/**
 * A template for several tables of one shape: copies `pattern` and puts `name` for each "@table@", `list` for each
 * "@columns@", etc. Names must match [a-z_][a-z0-9_ ,.]* and come from constant tables of the program; anything else is
 * E_BUG. The text lives as long as the db.
 */
struct db_part {
	const char *mark; /* with its @ signs */
	str text;         /* SQL made of identifiers, commas, dots, spaces, parentheses, =, $ and digits */
};
MUST_USE enum status db_sql_table(struct db *db, struct db_sql pattern, const struct db_part *parts, size_t n,
				  struct db_sql *out, struct err *err);

/* Transactions do not nest. Write transactions lock at once (BEGIN IMMEDIATE; PostgreSQL: SERIALIZABLE is not used, one
   advisory lock per store makes writers take turns). A read transaction sees one state of the store. */
MUST_USE enum status db_begin(struct db *db, bool write, struct err *err);
/* A transaction that sees one state of the store and writes temporary tables alone: it takes no turn, and nobody waits
   for it. Writing anything else in it is a mistake of the caller's, which only SQLite may come to notice. */
MUST_USE enum status db_begin_aside(struct db *db, struct err *err);
MUST_USE enum status db_commit(struct db *db, struct err *err);
/* Safe when no transaction is open. */
void db_rollback(struct db *db);
/* How long a write transaction waits for another one before it is told that the store is locked: DB_BUSY_MS (5 s) until
   this says otherwise. Outside a transaction. */
MUST_USE enum status db_patience(struct db *db, int ms, struct err *err);
/* Keeps few pages in memory (2 MB for the store and as much for temporary tables, on SQLite), as one that only reads
 * does: for small changes, one after the other, in a program that lives long. Outside a transaction. */
MUST_USE enum status db_frugal(struct db *db, struct err *err);
/* Is a transaction open that writes, if only aside? */
bool db_is_writing(const struct db *db);

/* *out differs from what it was at the last call when another connection has committed a change since; it may differ
   without one, but never the other way round. Cheap, for a connection that watches; outside a transaction. */
MUST_USE enum status db_version(struct db *db, int64_t *out, struct err *err);

/* Was the connection lost and made anew since this was asked last? What was read before may not be there any more: a
   server that took over can lack the newest changes, and give their numbers to others. */
bool db_renewed(struct db *db);

/**
 * Several transactions made durable by one write to the disk (docs/decisions/0020-held-state.md).
 *
 * After db_defer a commit of this connection is seen by everybody at once, survives the end of the program, and
 * survives the loss of power only from the next db_flush that gave OK on. Where that cannot be had (PostgreSQL, a store
 * without a write-ahead log) nothing changes: commits are durable by themselves and db_flush has nothing to do.
 *
 * A db_flush or db_tidy that fails is final: what was committed since the last good one may be lost, nothing tells
 * whether it is, and the connection takes no further write transaction. A disk that has no room is no such failure: the
 * log keeps what cannot be moved. All outside a transaction.
 */
MUST_USE enum status db_defer(struct db *db, struct err *err);
MUST_USE enum status db_flush(struct db *db, struct err *err);
/* Moves the log into the store: of a connection that writes, when it has grown long; of one that does not, at each
   call. Best by another thread with a deferred connection of its own, because it takes as long as the disk does. */
MUST_USE enum status db_tidy(struct db *db, struct err *err);

/**
 * Copies all that is committed, as of one instant, into the file at path, which is there and empty; others may write
 * meanwhile. The copy is on the disk when it comes back. Outside a transaction. E_INVALID on PostgreSQL, which has
 * tools of its own for that: db_copy_check says so before.
 */
MUST_USE enum status db_copy_check(const struct db *db, struct err *err);
MUST_USE enum status db_copy(struct db *db, const char *path, struct err *err);
/* Reads everything, and looks whether the file is whole and its rows fit together. E_IO: it is damaged. Outside a
   transaction; on PostgreSQL nothing is done. */
MUST_USE enum status db_check(struct db *db, struct err *err);

/* Gives back memory that only makes the next reading quicker. */
void db_trim(struct db *db);

#endif
