/**
 * A place where a stranger's SELECT may run: a private SQLite database in a temporary file, which
 * only holds the tables that were put into it and vanishes when it is closed. Whatever engine the store uses,
 * the statement never gets near it, and gives the same rows.
 *
 * While a statement is compiled or run an authorizer allows SELECT, reading the tables of the sandbox,
 * recursion (WITH RECURSIVE), and the functions of sandbox_functions; everything else (writes, other tables,
 * sqlite_schema, ATTACH, PRAGMA, load_extension, any other function) is refused by name. The statement must be one
 * SELECT (or WITH … SELECT; at most 64 KB) with exactly the parameters $1 and $2 or fewer, both int64, and the three
 * columns unit_id, subject, meets.
 */
#ifndef DB_SANDBOX_H
#define DB_SANDBOX_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct sandbox;

enum { SANDBOX_TABLES_MAX = 64 };

/* A column holds text or int64, nothing else; both may be NULL. */
struct sandbox_column {
	str name;
	bool is_text;
};

struct sandbox_value {
	bool is_null, is_text;
	int64_t i64;
	str text;
};

/* What a statement may cost; 0 = the default of base/limits.h. */
struct sandbox_budget {
	int64_t rows;   /* LIMIT_CHECK_ROWS */
	int64_t ksteps; /* thousands of virtual machine steps: LIMIT_CHECK_KSTEPS */
	int64_t ms;     /* LIMIT_CHECK_MS, by the monotonic clock */
};

/* One row of a check. meets: 1, 0 or -1 (NULL: unknown). Texts are valid during the call. */
typedef enum status sandbox_row_fn(void *ctx, str unit_id, str subject, int meets, struct err *err);

/* Closed by sandbox_close; NULL is accepted there. */
MUST_USE enum status sandbox_open(struct sandbox **out, struct err *err);
void sandbox_close(struct sandbox *sb);
/* Adds a table; *out is its number, from 0. Names are ours: [a-z_][a-z_0-9]*. */
MUST_USE enum status sandbox_table(struct sandbox *sb, str name, const struct sandbox_column *columns, size_t n,
				   int *out, struct err *err);
/* Adds a row: one value per column. */
MUST_USE enum status sandbox_add(struct sandbox *sb, int table, const struct sandbox_value *values, struct err *err);
/* An index on one column, made after the rows, for joins. */
MUST_USE enum status sandbox_index(struct sandbox *sb, int table, str column, struct err *err);
/* Removes the rows of all tables; tables and indexes stay. */
MUST_USE enum status sandbox_clear(struct sandbox *sb, struct err *err);
/**
 * Compiles a check and says which tables it reads: bit i of *reads for table i. Tables that are only joined by USING or
 * counted are found as well; a WITH table that has a table's name is not taken for it.
 * E_INVALID: it does not compile, touches something refused, is not one SELECT, or has other columns or parameters. The
 * message is the engine's; err->where is left empty, and *offset (may be NULL) is the byte of the fault, -1 when not
 * known.
 */
MUST_USE enum status sandbox_compile(struct sandbox *sb, str sql, uint64_t *reads, int *offset, struct err *err);
/**
 * Runs a check: $1 = as_of_ms, $2 = since_ms. E_INVALID: as above, a row whose unit_id or subject is NULL or whose
 * meets is not the integer 1, 0 or NULL (integers as subjects are given as text), or the engine stopped it;
 * E_TOO_LARGE: a budget was used up, which one is in the message.
 */
MUST_USE enum status sandbox_run(struct sandbox *sb, str sql, int64_t as_of_ms, int64_t since_ms,
				 const struct sandbox_budget *budget, sandbox_row_fn *row, void *ctx, struct err *err);
/* Our own look at one table: rows that equal some values, and in one of whose texts a text occurs. */
struct sandbox_match {
	int column;
	struct sandbox_value value; /* never NULL */
};
struct sandbox_question {
	int table;
	const struct sandbox_match *match;
	size_t n_match;
	str text;         /* ASCII letters are folded; empty: any row */
	int order;        /* a column; rows without a value come last; of equals by the first two columns */
	bool down;        /* the greatest first */
	const str *words; /* of a column of words that have an order: in it; any other word comes after them */
	size_t n_words;
	int64_t offset;
	int64_t limit; /* negative: all */
};
/* The values of one row by the table's columns, valid during the call. */
typedef enum status sandbox_cells_fn(void *ctx, const struct sandbox_value *values, struct err *err);
/* *total: how many rows there are without offset and limit. Memory does not grow with the table. */
MUST_USE enum status sandbox_list(struct sandbox *sb, const struct sandbox_question *question, sandbox_cells_fn *row,
				  void *ctx, int64_t *total, struct err *err);
/* The functions a check may call, in alphabetical order; NULL ends the list. */
extern const char *const sandbox_functions[];

#endif
