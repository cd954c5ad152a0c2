/*
 * The sandbox: what a check may do, and that nothing else gets through.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "db/sandbox.h"

enum { PERSON, AGENT, EMPTY };
enum { BIT_PERSON = 1 << PERSON, BIT_AGENT = 1 << AGENT, BIT_EMPTY = 1 << EMPTY };

#define MUST(call) assert_int_equal((call), OK)
#define T(lit) ((struct sandbox_value){.is_text = true, .text = S(lit)})
#define N(n) ((struct sandbox_value){.i64 = (n)})
#define NOTHING ((struct sandbox_value){.is_null = true})

static void add_people(struct sandbox *sb)
{
	const struct sandbox_value people[][4] = {
	    {T("eu"), T("ann"), N(10), N(1)}, {T("eu"), T("bob"), N(20), N(0)}, {T("us"), T("cyd"), NOTHING, NOTHING}};
	for (size_t i = 0; i < 3; i++)
		MUST(sandbox_add(sb, PERSON, people[i], NULL));
	const struct sandbox_value agents[][3] = {{T("eu"), T("a1"), T("ann")}, {T("us"), T("a2"), T("nobody")}};
	for (size_t i = 0; i < 2; i++)
		MUST(sandbox_add(sb, AGENT, agents[i], NULL));
}

static int setup(void **state)
{
	static const struct sandbox_column person[] = {
	    {S("unit_id"), true}, {S("id"), true}, {S("signed_at"), false}, {S("active"), false}};
	static const struct sandbox_column agent[] = {{S("unit_id"), true}, {S("id"), true}, {S("owner_id"), true}};
	struct sandbox *sb = NULL;
	int number = -1;
	MUST(sandbox_open(&sb, NULL));
	MUST(sandbox_table(sb, S("person"), person, 4, &number, NULL));
	assert_int_equal(number, PERSON);
	MUST(sandbox_table(sb, S("agent"), agent, 3, &number, NULL));
	MUST(sandbox_table(sb, S("tool"), agent, 3, &number, NULL));
	assert_int_equal(number, EMPTY);
	add_people(sb);
	MUST(sandbox_index(sb, PERSON, S("id"), NULL));
	*state = sb;
	return 0;
}

static int teardown(void **state)
{
	sandbox_close(*state);
	return 0;
}

/* ---- running ---- */

static enum status note(void *ctx, str unit_id, str subject, int meets, struct err *err)
{
	(void)err;
	buf_printf(ctx, "%.*s/%.*s=%d ", STR_ARG(unit_id), STR_ARG(subject), meets);
	return OK;
}

static void gives(struct sandbox *sb, const char *sql, const char *expected)
{
	struct buf rows = BUF(1 << 20);
	struct err err = {0};
	if (sandbox_run(sb, str_from(sql), 15, 12, NULL, note, &rows, &err) != OK)
		fail_msg("%s: %s", sql, err.message);
	buf_char(&rows, 0);
	assert_string_equal(rows.p, expected);
	buf_release(&rows);
}

static enum status count(void *ctx, str unit_id, str subject, int meets, struct err *err)
{
	(void)unit_id;
	(void)subject;
	(void)meets;
	(void)err;
	++*(int64_t *)ctx;
	return OK;
}

static enum status run(struct sandbox *sb, const char *sql, const struct sandbox_budget *budget, struct err *err)
{
	int64_t rows = 0;
	return sandbox_run(sb, str_from(sql), 15, 12, budget, count, &rows, err);
}

/* Refused by both, with a word of the reason. */
static void refused(struct sandbox *sb, const char *sql, const char *word)
{
	uint64_t reads = 77;
	int offset = 0;
	struct err err = {0};
	if (sandbox_compile(sb, str_from(sql), &reads, &offset, &err) != E_INVALID)
		fail_msg("compiled: %s", sql);
	if (!strstr(err.message, word))
		fail_msg("%s: \"%s\" lacks \"%s\"", sql, err.message, word);
	assert_true(reads == 77);
	assert_int_equal(err.where[0], 0);
	assert_true(offset >= -1 && offset <= (int)strlen(sql));
	int64_t rows = 0;
	assert_int_equal(sandbox_run(sb, str_from(sql), 0, 0, NULL, count, &rows, &err), E_INVALID);
	assert_true(rows == 0);
}

static void reads(struct sandbox *sb, const char *sql, uint64_t expected)
{
	uint64_t bits = 0;
	struct err err = {0};
	if (sandbox_compile(sb, str_from(sql), &bits, NULL, &err) != OK)
		fail_msg("%s: %s", sql, err.message);
	if (bits != expected)
		fail_msg("%s: reads %" PRIx64 ", expected %" PRIx64, sql, bits, expected);
}

static void a_check_gives_its_rows(void **state)
{
	gives(*state,
	      "SELECT p.unit_id, p.id AS subject, CASE WHEN p.signed_at >= $2 THEN 1 WHEN p.signed_at < $2 THEN 0"
	      " END AS meets FROM person p ORDER BY p.id",
	      "eu/ann=0 eu/bob=1 us/cyd=-1 ");
	gives(*state, "SELECT unit_id, id AS subject, 1 AS meets FROM tool", "");
}

static void the_parameters_keep_their_numbers_in_any_order(void **state)
{
	gives(*state, "SELECT 'u' AS unit_id, $2 AS subject, $1 = 15 AS meets", "u/12=1 ");
	gives(*state, "SELECT 'u' AS unit_id, $1 AS subject, $2 = 12 AS meets", "u/15=1 ");
	gives(*state, "SELECT 'u' AS unit_id, $1 - 7776000000 AS subject, 1 AS meets", "u/-7775999985=1 ");
	gives(*state, "SELECT 'u' AS unit_id, $2 + $1 + $2 AS subject, NULL AS meets", "u/39=-1 ");
}

static void joins_groups_and_subqueries_work(void **state)
{
	gives(*state,
	      "SELECT a.unit_id, a.id AS subject, CASE WHEN p.active = 1 THEN 1 ELSE 0 END AS meets FROM agent a"
	      " LEFT JOIN person p ON p.id = a.owner_id ORDER BY 2",
	      "eu/a1=1 us/a2=0 ");
	gives(*state,
	      "SELECT unit_id, count(*) AS subject, max(active) AS meets FROM person GROUP BY unit_id HAVING count(*)"
	      " > 0 ORDER BY 1",
	      "eu/2=1 us/1=-1 ");
	gives(*state,
	      "SELECT unit_id, id AS subject, EXISTS (SELECT 1 FROM agent a WHERE a.owner_id = p.id) AS meets FROM"
	      " person p ORDER BY id",
	      "eu/ann=1 eu/bob=0 us/cyd=0 ");
	gives(*state,
	      "SELECT unit_id, id AS subject, 1 AS meets FROM (SELECT unit_id, id FROM person UNION ALL SELECT unit_id,"
	      " id FROM agent) q WHERE id IN ('ann', 'a2') ORDER BY id DESC",
	      "eu/ann=1 us/a2=1 ");
	gives(
	    *state,
	    "SELECT unit_id, a.id AS subject, 1 AS meets FROM agent a JOIN person p USING (unit_id) WHERE p.id = 'cyd'",
	    "us/a2=1 ");
}

static void with_and_window_functions_work(void **state)
{
	gives(*state,
	      "WITH last AS (SELECT unit_id, id, row_number() OVER (PARTITION BY unit_id ORDER BY id DESC) AS n FROM"
	      " person) SELECT unit_id, id AS subject, 1 AS meets FROM last WHERE n = 1 ORDER BY 1",
	      "eu/bob=1 us/cyd=1 ");
	gives(*state,
	      "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT 'u' AS unit_id, n AS"
	      " subject, n = 2 AS meets FROM r",
	      "u/1=0 u/2=1 u/3=0 ");
	gives(*state,
	      "SELECT unit_id, id AS subject, sum(active) OVER w = 1 AS meets FROM person WINDOW w AS (PARTITION BY"
	      " unit_id) ORDER BY id",
	      "eu/ann=1 eu/bob=1 us/cyd=-1 ");
}

static void every_listed_function_can_be_called(void **state)
{
	gives(*state,
	      "SELECT 'u' AS unit_id, coalesce(NULL, lower('AB') || upper('c') || substr('xyz', 2, 1) || trim(' t ') ||"
	      " ltrim(' l') || rtrim('r ') || replace('a-b', '-', '') || nullif('z', 'q')) AS subject, 1 AS meets",
	      "u/abCytlrabz=1 ");
	gives(*state,
	      "SELECT 'u' AS unit_id, abs(-3) + length('abc') + instr('grün!', '!') + ifnull(NULL, 1) + iif(1, 2, 3) +"
	      " max(1, 2) + min(1, 2) AS subject, round(0.6) = 1 AS meets",
	      "u/17=1 ");
	gives(*state,
	      "SELECT 'u' AS unit_id, count(DISTINCT id) AS subject, avg(active) < 1 AND total(active) > 0 AND"
	      " sum(active) = 1 AS meets FROM person",
	      "u/3=1 ");
	gives(
	    *state,
	    "SELECT unit_id, rank() OVER w + dense_rank() OVER w + ntile(1) OVER w AS subject, first_value(id) OVER w ="
	    " 'ann' AND last_value(id) OVER w = 'ann' AND nth_value(id, 1) OVER w = 'ann' AND lag(id) OVER w IS NULL"
	    " AND lead(id) OVER w = 'bob' AND cume_dist() OVER w < 1 AND percent_rank() OVER w = 0 AS meets"
	    " FROM person WINDOW w AS (ORDER BY id) LIMIT 1",
	    "eu/3=1 ");
	for (size_t i = 1; sandbox_functions[i]; i++)
		assert_true(strcmp(sandbox_functions[i - 1], sandbox_functions[i]) < 0);
}

static void replace_and_instr_do_as_sqlites_own(void **state)
{
	gives(
	    *state,
	    "SELECT replace('aXbXX', 'X', 'yy') || replace('abc', '', 'x') || replace('abc', 'b', '') AS unit_id,"
	    " instr('abc', '') || instr('abc', 'x') || instr('abc', 'c') AS subject, replace(NULL, 'a', 'b') IS NULL"
	    " AND replace('a', NULL, 'b') IS NULL AND replace('a', 'a', NULL) IS NULL AND instr(NULL, 'a') IS NULL AND"
	    " replace('', 'a', 'b') = '' AS meets",
	    "ayybyyyyabcac/103=1 ");
}

static void like_tells_upper_from_lower_case(void **state)
{
	gives(*state, "SELECT unit_id, id AS subject, id LIKE 'A%' AS meets FROM person WHERE id LIKE 'a%'",
	      "eu/ann=0 ");
}

static void a_comment_and_one_semicolon_may_follow(void **state)
{
	gives(*state, "-- why\nSELECT /* ; */ 'a;b' AS unit_id, 's' AS subject, 1 AS meets ; -- end;\n /* more; */ ",
	      "a;b/s=1 ");
	gives(*state, "SELECT 'u' AS UNIT_ID, 's' AS Subject, 1 AS meets -- no end", "u/s=1 ");
}

static void a_cleared_sandbox_can_be_filled_again(void **state)
{
	const char *sql = "SELECT unit_id, id AS subject, active AS meets FROM person ORDER BY id";
	gives(*state, sql, "eu/ann=1 eu/bob=0 us/cyd=-1 ");
	MUST(sandbox_clear(*state, NULL));
	gives(*state, sql, "");
	add_people(*state);
	gives(*state, sql, "eu/ann=1 eu/bob=0 us/cyd=-1 ");
}

static void names_and_values_of_the_owner_are_checked(void **state)
{
	struct sandbox *sb = *state;
	struct sandbox_column column = {S("id"), true};
	int number;
	static const char *const bad[] = {"", "a b", "a\"b", "A", "a;b", "1a", "sqlite_x", "pragma_x", "\xc3\xa4"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(sandbox_table(sb, str_from(bad[i]), &column, 1, &number, NULL), E_BUG);
		struct sandbox_column other = {str_from(bad[i]), true};
		if (!str_starts(other.name, S("sqlite_")) && !str_starts(other.name, S("pragma_")))
			assert_int_equal(sandbox_table(sb, S("ok"), &other, 1, &number, NULL), E_BUG);
	}
	assert_int_equal(sandbox_table(sb, S("ok"), &column, 0, &number, NULL), E_BUG);
	assert_int_equal(sandbox_table(sb, S("person"), &column, 1, &number, NULL), E_IO);
	const struct sandbox_value wrong[] = {T("eu"), T("x"), T("not a number"), N(1)};
	assert_int_equal(sandbox_add(sb, PERSON, wrong, NULL), E_BUG);
	const struct sandbox_value nul[] = {T("eu"), T("x\0y"), N(1), N(1)};
	assert_int_equal(sandbox_add(sb, PERSON, nul, NULL), E_INVALID);
	assert_int_equal(sandbox_add(sb, 3, wrong, NULL), E_BUG);
	assert_int_equal(sandbox_index(sb, PERSON, S("nothing"), NULL), E_IO);
	gives(sb, "SELECT 'u' AS unit_id, count(*) AS subject, 1 AS meets FROM person", "u/3=1 ");
}

/* ---- which tables are read ---- */

#define ROW "'u' AS unit_id, 's' AS subject, 1 AS meets"

static void the_tables_that_are_read_are_known(void **state)
{
	struct sandbox *sb = *state;
	reads(sb, "SELECT " ROW, 0);
	reads(sb, "SELECT unit_id, id AS subject, 1 AS meets FROM person", BIT_PERSON);
	reads(sb, "SELECT p.unit_id, p.id AS subject, 1 AS meets FROM person p, agent a WHERE a.owner_id = p.id",
	      BIT_PERSON | BIT_AGENT);
	reads(sb, "SELECT unit_id, id AS subject, (SELECT count(*) FROM agent) > 0 AS meets FROM person",
	      BIT_PERSON | BIT_AGENT);
	reads(sb,
	      "SELECT unit_id, id AS subject, 1 AS meets FROM person WHERE id IN (SELECT owner_id FROM agent)"
	      " UNION ALL SELECT unit_id, id, 0 FROM tool",
	      BIT_PERSON | BIT_AGENT | BIT_EMPTY);
}

static void a_table_without_a_column_counts_as_read(void **state)
{
	struct sandbox *sb = *state;
	reads(sb, "SELECT 'u' AS unit_id, 's' AS subject, count(*) > 0 AS meets FROM agent", BIT_AGENT);
	reads(sb, "SELECT " ROW " FROM agent", BIT_AGENT);
	reads(sb, "SELECT " ROW " FROM person, agent", BIT_PERSON | BIT_AGENT);
	reads(sb, "SELECT " ROW " WHERE EXISTS (SELECT 1 FROM tool)", BIT_EMPTY);
}

/* SQLite's authorizer is not told of these. */
static void a_table_that_is_only_compared_counts_as_read(void **state)
{
	struct sandbox *sb = *state;
	reads(sb, "SELECT p.unit_id, p.id AS subject, 1 AS meets FROM person p JOIN agent USING (unit_id)",
	      BIT_PERSON | BIT_AGENT);
	reads(sb, "SELECT unit_id, 's' AS subject, 1 AS meets FROM agent NATURAL JOIN tool", BIT_AGENT | BIT_EMPTY);
}

static void a_name_that_shadows_a_table_does_not_hide_what_is_read(void **state)
{
	struct sandbox *sb = *state;
	reads(sb, "WITH person AS (SELECT * FROM agent) SELECT unit_id, id AS subject, 1 AS meets FROM person",
	      BIT_AGENT);
	reads(sb, "WITH person AS (SELECT * FROM agent) SELECT " ROW " FROM person", BIT_AGENT);
	reads(sb, "WITH person AS (SELECT 1 AS x) SELECT " ROW " FROM person", 0);
	reads(sb, "WITH tool AS (SELECT * FROM main.tool) SELECT " ROW " FROM tool", BIT_EMPTY);
	reads(sb, "SELECT person.unit_id, person.id AS subject, 1 AS meets FROM agent AS person", BIT_AGENT);
	reads(sb, "SELECT unit_id, id AS subject, 1 AS meets FROM (SELECT * FROM agent) AS person", BIT_AGENT);
	refused(sb, "WITH sqlite_schema AS (SELECT 1 AS x) SELECT " ROW " FROM sqlite_schema", "sqlite_schema");
}

/* ---- attacks ---- */

static void writing_is_refused(void **state)
{
	static const char *const attacks[][2] = {
	    {"INSERT INTO person (id) VALUES ('x')", "INSERT"},
	    {"INSERT INTO person (unit_id) VALUES ('x') RETURNING unit_id, id AS subject, 1 AS meets", "INSERT"},
	    {"UPDATE person SET id = 'x'", "UPDATE"},
	    {"UPDATE person SET id = 'x' RETURNING unit_id, id AS subject, 1 AS meets", "UPDATE"},
	    {"DELETE FROM person", "DELETE"},
	    {"WITH x AS (SELECT 1) DELETE FROM person", "DELETE"},
	    {"REPLACE INTO person (id) VALUES ('x')", "INSERT"},
	    {"DROP TABLE person", "only SELECT"},
	    {"DROP INDEX \"person.id\"", "only SELECT"},
	    {"CREATE TABLE x (a)", "only SELECT"},
	    {"CREATE TEMP TABLE x (a)", "only SELECT"},
	    {"CREATE TABLE x AS SELECT 1", "only SELECT"},
	    {"CREATE VIEW v AS SELECT 1", "only SELECT"},
	    {"CREATE TEMP VIEW v AS SELECT 1", "only SELECT"},
	    {"CREATE TRIGGER t AFTER INSERT ON person BEGIN SELECT RAISE(ABORT, 'x'); END", "only SELECT"},
	    {"CREATE INDEX i ON person (active)", "only SELECT"},
	    {"CREATE VIRTUAL TABLE f USING fts5(a)", ""},
	    {"ALTER TABLE person RENAME TO people", "only SELECT"},
	    {"ALTER TABLE person ADD COLUMN x", "only SELECT"},
	    {"ATTACH '/tmp/aismm-attack' AS a", "ATTACH"},
	    {"DETACH main", "DETACH"},
	    {"VACUUM", "only SELECT"},
	    {"VACUUM INTO '/tmp/aismm-attack'", "only SELECT"},
	    {"ANALYZE", "only SELECT"},
	    {"REINDEX", "only SELECT"},
	    {"BEGIN", "transaction"},
	    {"COMMIT", "transaction"},
	    {"ROLLBACK", "transaction"},
	    {"SAVEPOINT s", "transaction"},
	    {"PRAGMA writable_schema = ON", "PRAGMA"},
	    {"PRAGMA table_info(person)", "PRAGMA"},
	    {"PRAGMA temp_store_directory = '/tmp'", "PRAGMA"},
	    {"EXPLAIN SELECT " ROW, "EXPLAIN"},
	    {"EXPLAIN QUERY PLAN SELECT " ROW, "EXPLAIN"},
	    {"SELECT RAISE(ABORT, 'x')", "RAISE"},
	};
	for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++)
		refused(*state, attacks[i][0], attacks[i][1]);
	gives(*state, "SELECT 'u' AS unit_id, count(*) AS subject, 1 AS meets FROM person", "u/3=1 ");
}

static void a_second_statement_is_refused(void **state)
{
	refused(*state, "SELECT " ROW "; DROP TABLE person", "more follows");
	refused(*state, "SELECT " ROW "; SELECT 1", "more follows");
	refused(*state, "SELECT " ROW ";;", "more follows");
	refused(*state, "", "empty");
	refused(*state, " -- nothing\n", "empty");
	refused(*state, "; SELECT " ROW, "");
	struct err err = {0};
	uint64_t bits;
	int offset = -2;
	str hidden = S("SELECT 'u' AS unit_id, 's' AS subject, 1 AS meets\0; DROP TABLE person");
	assert_int_equal(sandbox_compile(*state, hidden, &bits, &offset, &err), E_INVALID);
	assert_int_equal(offset, (int)strlen(hidden.p));
	assert_int_equal(sandbox_compile(*state, S("SELECT '\xff' AS unit_id"), &bits, &offset, &err), E_INVALID);
}

static void the_tables_of_the_engine_are_refused(void **state)
{
	static const char *const attacks[] = {
	    "SELECT type AS unit_id, sql AS subject, 1 AS meets FROM sqlite_schema",
	    "SELECT " ROW " FROM sqlite_schema",
	    "SELECT " ROW " FROM main.sqlite_master",
	    "SELECT " ROW " FROM sqlite_temp_master",
	    "SELECT " ROW " FROM sqlite_temp_schema",
	    "SELECT " ROW " FROM temp.sqlite_schema",
	    "SELECT p.unit_id, p.id AS subject, 1 AS meets FROM (SELECT 'x' AS name, * FROM person) p JOIN "
	    "sqlite_schema USING"
	    " (name)",
	    "SELECT unit_id, 's' AS subject, 1 AS meets FROM (SELECT *, 1 AS type FROM person) NATURAL JOIN "
	    "sqlite_schema",
	    "SELECT " ROW " FROM pragma_table_info('person')",
	    "SELECT name AS unit_id, 's' AS subject, 1 AS meets FROM pragma_table_info('person')",
	    "SELECT " ROW " FROM pragma_database_list",
	    "SELECT " ROW " FROM pragma_function_list() JOIN person USING (id)",
	    "SELECT value AS unit_id, 's' AS subject, 1 AS meets FROM json_each('[1]')",
	    "SELECT " ROW " FROM json_tree('[1]')",
	    "SELECT " ROW " FROM dbstat",
	    "SELECT " ROW " FROM generate_series(1, 10)",
	    "SELECT " ROW " FROM sqlite_stmt",
	    "SELECT " ROW " FROM sqlite_dbpage",
	    "SELECT " ROW " FROM bytecode('SELECT 1')",
	    "SELECT " ROW " FROM fts5vocab",
	    "SELECT " ROW " FROM rtree",
	    "SELECT " ROW " FROM nowhere",
	};
	for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++)
		refused(*state, attacks[i], "");
	refused(*state, "SELECT unit_id, rowid AS subject, 1 AS meets FROM person", "ROWID");
}

static void other_functions_are_refused_by_name(void **state)
{
	static const char *const calls[] = {
	    "load_extension('x')",
	    "randomblob(1000000000)",
	    "zeroblob(1000000000)",
	    "printf('%1000000000d', 1)",
	    "format('%1000000000d', 1)",
	    "hex(zeroblob(1000))",
	    "random()",
	    "char(0)",
	    "quote('x')",
	    "unicode('x')",
	    "date('now')",
	    "datetime('now')",
	    "strftime('%s', 'now')",
	    "julianday('now')",
	    "unixepoch()",
	    "CURRENT_TIMESTAMP",
	    "CURRENT_DATE",
	    "readfile('/etc/passwd')",
	    "writefile('/tmp/x', 'y')",
	    "edit('x')",
	    "group_concat('x')",
	    "json_extract('{}', '$.a')",
	    "'{}' -> 'a'",
	    "'{}' ->> 'a'",
	    "'a' GLOB 'a'",
	    "'a' REGEXP 'a'",
	    "'a' MATCH 'a'",
	    "sqlite_version()",
	    "sqlite_source_id()",
	    "sqlite_compileoption_get(1)",
	    "last_insert_rowid()",
	    "changes()",
	    "total_changes()",
	    "fts3_tokenizer('x')",
	    "fts5(1)",
	    "match('a', 'b')",
	    "soundex('x')",
	    "typeof(1)",
	    "likelihood(1, 0.5)",
	    "sqlite_log(1, 'x')",
	    "sqlite_rename_table(1, 2, 3, 4, 5, 6, 7)",
	    "pow(2, 3)",
	};
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
		char sql[256];
		(void)snprintf(sql, sizeof sql, "SELECT 'u' AS unit_id, 's' AS subject, %s AS meets", calls[i]);
		refused(*state, sql, "");
	}
	refused(*state, "SELECT 'u' AS unit_id, 's' AS subject, random() AS meets", "random");
}

static void wrong_columns_are_refused(void **state)
{
	static const char *const wrong[] = {
	    "SELECT 1",
	    "SELECT * FROM person",
	    "SELECT 'u' AS unit_id, 's' AS subject",
	    "SELECT 'u' AS unit_id, 's' AS subject, 1 AS meets, 2 AS more",
	    "SELECT 's' AS subject, 'u' AS unit_id, 1 AS meets",
	    "SELECT 'u' AS unit_id, 'u' AS unit_id, 1 AS meets",
	    "SELECT 'u' AS unit_id, 's' AS subject, 1",
	    "VALUES ('u', 's', 1)",
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		refused(*state, wrong[i], "three columns");
	refused(*state, "SELECT unit_id, subject, meets FROM person", "subject");
	refused(*state, "SELECT \"u\" AS unit_id, 's' AS subject, 1 AS meets", "u");
}

static void wrong_parameters_are_refused(void **state)
{
	static const char *const wrong[] = {"?",  "?1", "?2", "$3",      "$0",    "$01",
					    "$x", ":a", "@a", "$1::int", "$1(2)", "?99"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		char sql[128];
		(void)snprintf(sql, sizeof sql, "SELECT 'u' AS unit_id, 's' AS subject, %s AS meets", wrong[i]);
		refused(*state, sql, "parameters");
	}
	refused(*state, "SELECT 'u' AS unit_id, 's' AS subject, ?1000000000 AS meets", "variable");
}

static void a_value_that_is_no_verdict_is_refused(void **state)
{
	static const char *const wrong[][2] = {
	    {"SELECT NULL AS unit_id, 's' AS subject, 1 AS meets", "unit_id"},
	    {"SELECT 'u' AS unit_id, NULL AS subject, 1 AS meets", "subject"},
	    {"SELECT 'u' AS unit_id, 1.5 AS subject, 1 AS meets", "subject"},
	    {"SELECT x'61' AS unit_id, 's' AS subject, 1 AS meets", "unit_id"},
	    {"SELECT CAST(x'6100' AS TEXT) AS unit_id, 's' AS subject, 1 AS meets", "NUL"},
	    {"SELECT 'u' AS unit_id, CAST(x'ff' AS TEXT) AS subject, 1 AS meets", "UTF-8"},
	    {"SELECT 'u' AS unit_id, 's' AS subject, 2 AS meets", "meets"},
	    {"SELECT 'u' AS unit_id, 's' AS subject, -1 AS meets", "meets"},
	    {"SELECT 'u' AS unit_id, 's' AS subject, 1.0 AS meets", "meets"},
	    {"SELECT 'u' AS unit_id, 's' AS subject, '1' AS meets", "meets"},
	    {"SELECT 'u' AS unit_id, 's' AS subject, 9e999 AS meets", "meets"},
	    {"SELECT 'u' AS unit_id, 's' AS subject, x'01' AS meets", "meets"},
	    {"SELECT 'u' AS unit_id, 's' AS subject, 4294967297 AS meets", "meets"},
	    {"SELECT 'u' AS unit_id, 's' AS subject, abs(-9223372036854775807 - 1) AS meets", "overflow"},
	    {"SELECT 'u' AS unit_id, 's' AS subject, trim('xx', 'x') AS meets", "one argument"},
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct err err = {0};
		assert_int_equal(run(*state, wrong[i][0], NULL, &err), E_INVALID);
		if (!strstr(err.message, wrong[i][1]))
			fail_msg("%s: %s", wrong[i][0], err.message);
	}
	/* Infinity minus itself is NULL to SQLite, so unknown. */
	gives(*state, "SELECT 'u' AS unit_id, 's' AS subject, 9e999 - 9e999 AS meets", "u/s=-1 ");
}

static void the_offset_points_at_the_fault(void **state)
{
	struct err err = {0};
	uint64_t bits;
	int offset = -2;
	assert_int_equal(
	    sandbox_compile(*state, S("SELECT unit_id, nothing AS subject FROM person"), &bits, &offset, &err),
	    E_INVALID);
	assert_int_equal(offset, 16);
	assert_int_equal(
	    sandbox_compile(*state, S("SELECT 'u' AS unit_id, 's' AS subject, $7 AS meets"), &bits, &offset, &err),
	    E_INVALID);
	assert_int_equal(offset, 39);
	assert_int_equal(sandbox_compile(*state, S("SELECT unit_id FROM person WHERE"), &bits, NULL, &err), E_INVALID);
}

/* ---- budgets ---- */

#define FOREVER "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) "
#define DOUBLED(n)                                                                                                     \
	"WITH RECURSIVE r(n, z) AS (SELECT 1, 'aaaaaaaa' UNION ALL SELECT n + 1, z || z FROM r WHERE n < " #n ") "

static void exceeds(struct sandbox *sb, const char *sql, struct sandbox_budget budget, const char *word)
{
	struct err err = {0};
	struct timespec from, to;
	(void)clock_gettime(CLOCK_MONOTONIC, &from);
	enum status status = run(sb, sql, &budget, &err);
	(void)clock_gettime(CLOCK_MONOTONIC, &to);
	if (status != E_TOO_LARGE || !strstr(err.message, word))
		fail_msg("%s: status %d, \"%s\" lacks \"%s\"", sql, (int)status, err.message, word);
	assert_true(to.tv_sec - from.tv_sec < 30);
	gives(sb, "SELECT 'u' AS unit_id, count(*) AS subject, 1 AS meets FROM person", "u/3=1 ");
}

static void endless_work_ends_with_its_budget(void **state)
{
	struct sandbox *sb = *state;
	struct sandbox_budget steps = {.ksteps = 500}, time = {.ms = 200};
	exceeds(sb, FOREVER "SELECT 'u' AS unit_id, count(*) AS subject, 1 AS meets FROM r", steps, "steps");
	exceeds(sb, FOREVER "SELECT 'u' AS unit_id, count(*) AS subject, 1 AS meets FROM r", time, "time");
	exceeds(sb, FOREVER "SELECT 'u' AS unit_id, n AS subject, 1 AS meets FROM r ORDER BY n DESC", steps, "steps");
	exceeds(sb, FOREVER "SELECT 'u' AS unit_id, n AS subject, 1 AS meets FROM r",
		(struct sandbox_budget){.rows = 100}, "100 rows");
	exceeds(
	    sb,
	    "SELECT 'u' AS unit_id, count(*) AS subject, 1 AS meets FROM person a, person b, person c, person d, "
	    "person e,"
	    " person f, person g, person h, person i, person j, person k, person l, person m, person n WHERE a.id || "
	    "b.id"
	    " || c.id || d.id || e.id || f.id || g.id || h.id || i.id || j.id || k.id || l.id || m.id || n.id = 'x'",
	    steps, "steps");
}

static void a_budget_counts_anew_for_each_run(void **state)
{
	struct sandbox_budget budget = {.ksteps = 20, .rows = 3};
	for (int i = 0; i < 50; i++)
		MUST(run(*state, "SELECT unit_id, id AS subject, 1 AS meets FROM person", &budget, NULL));
}

static void texts_that_grow_are_stopped(void **state)
{
	struct sandbox *sb = *state;
	struct sandbox_budget none = {0};
	exceeds(sb, DOUBLED(40) "SELECT 'u' AS unit_id, length(max(z)) AS subject, 1 AS meets FROM r", none,
		"too long");
	exceeds(sb,
		DOUBLED(12) "SELECT 'u' AS unit_id, length(replace(max(z), 'a', max(z))) AS subject, 1 AS meets FROM r",
		none, "too long");
	refused(sb, "SELECT 'u' AS unit_id, 's' AS subject, 'a' LIKE group_concat('%') AS meets", "group_concat");
}

/* Each of these would take minutes in one step that nothing can interrupt, if SQLite's own functions were called. */
static void no_single_step_takes_long(void **state)
{
	struct sandbox *sb = *state;
	static char text[900 << 10];
	memset(text, 'a', sizeof text);
	const struct sandbox_value large[] = {T("eu"), {.is_text = true, .text = {text, sizeof text}}, N(1), N(1)};
	MUST(sandbox_add(sb, PERSON, large, NULL));
	static const char *const meets[] = {
	    "instr(id, substr(id, 1, 450000) || 'b') = 0",
	    "length(replace(id, substr(id, 1, 450000) || 'b', '')) = 921600",
	    "length(replace(id, 'aa', 'b')) = 460800",
	    "id NOT LIKE '%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%b'",
	    "id NOT LIKE '%a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a%b'",
	};
	for (size_t i = 0; i < sizeof meets / sizeof *meets; i++) {
		struct timespec from, to;
		char sql[512];
		(void)snprintf(sql, sizeof sql,
			       "SELECT unit_id, 's' AS subject, %s AS meets FROM person WHERE length(id) > 9",
			       meets[i]);
		(void)clock_gettime(CLOCK_MONOTONIC, &from);
		gives(sb, sql, "eu/s=1 ");
		(void)clock_gettime(CLOCK_MONOTONIC, &to);
		assert_true(to.tv_sec - from.tv_sec < 5);
	}
}

static void temporary_files_are_bounded(void **state)
{
	/* 16 KB a row, as fast as the disk: without the bound this goes on for the whole time budget. */
	exceeds(*state,
		DOUBLED(12) ", s(n, z) AS (SELECT 1, max(z) FROM r UNION ALL SELECT n + 1, z FROM s) SELECT 'u' AS "
			    "unit_id, n || z AS"
			    " subject, 1 AS meets FROM s ORDER BY 2 DESC",
		(struct sandbox_budget){.ms = 60000}, "MB of temporary space");
}

/* Without the guard this takes gigabytes and minutes before the first step. */
static void a_statement_that_unfolds_without_end_is_refused(void **state)
{
	char forward[4096], backward[4096];
	size_t f = (size_t)snprintf(forward, sizeof forward, "WITH a0 AS (SELECT 1 AS x)");
	size_t b = (size_t)snprintf(backward, sizeof backward, "WITH ");
	for (int i = 1; i < 30; i++) {
		f += (size_t)snprintf(forward + f, sizeof forward - f, ", a%d AS (SELECT p.x FROM a%d p, \"A%d\" q)", i,
				      i - 1, i - 1);
		b += (size_t)snprintf(backward + b, sizeof backward - b,
				      "a%d(x) AS NOT MATERIALIZED (SELECT p.x FROM a%d p,"
				      " [a%d] q), ",
				      30 - i, 29 - i, 29 - i);
	}
	(void)snprintf(forward + f, sizeof forward - f, " SELECT " ROW " FROM a29");
	(void)snprintf(backward + b, sizeof backward - b, "a0 AS (SELECT 1 AS x) SELECT " ROW " FROM a29");
	refused(*state, forward, "WITH");
	refused(*state, backward, "WITH");
	gives(*state,
	      "WITH a AS (SELECT 1 AS x), b AS (SELECT p.x FROM a p, a q), c AS (SELECT p.x FROM b p, b q) SELECT " ROW
	      " FROM c p, c q",
	      "u/s=1 ");
}

static char *nested(size_t n, const char *open, const char *middle, const char *close)
{
	struct buf b = BUF(1 << 20);
	buf_add(&b, S("SELECT 'u' AS unit_id, 's' AS subject, "));
	for (size_t i = 0; i < n; i++)
		buf_add(&b, str_from(open));
	buf_add(&b, str_from(middle));
	for (size_t i = 0; i < n; i++)
		buf_add(&b, str_from(close));
	buf_add(&b, S(" AS meets"));
	buf_char(&b, 0);
	assert_int_equal(b.status, OK);
	return b.p;
}

static void deep_and_long_statements_are_refused(void **state)
{
	static const char *const shapes[][3] = {{"(", "1", ")"},
						{"NOT ", "1", ""},
						{"-(", "1", ")"},
						{"(SELECT ", "1", ")"},
						{"abs(", "1", ")"},
						{"1+", "1", ""},
						{"CASE WHEN 1 THEN ", "1", " END"},
						{"EXISTS (SELECT 1 WHERE ", "1", ")"},
						{"", "1", " UNION ALL SELECT 1, 2, 3"}};
	static const size_t sizes[] = {200, 2000, 20000};
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
		for (size_t k = 0; k < 3; k++) {
			char *sql = nested(sizes[k], shapes[i][0], shapes[i][1], shapes[i][2]);
			/* Parentheses and signs alone make no depth, until the parser's own limit. */
			enum status status = run(*state, sql, NULL, NULL);
			assert_true(status == E_INVALID || (i < 3 && k == 0 && status == OK));
			free(sql);
		}
}

static enum status stop(void *ctx, str unit_id, str subject, int meets, struct err *err)
{
	(void)unit_id;
	(void)subject;
	(void)meets;
	++*(int *)ctx;
	return err_set(err, E_CONFLICT, "a subject twice");
}

static void an_error_of_the_receiver_ends_the_run(void **state)
{
	int calls = 0;
	struct err err = {0};
	const char *sql = "SELECT unit_id, id AS subject, 1 AS meets FROM person";
	assert_int_equal(sandbox_run(*state, str_from(sql), 0, 0, NULL, stop, &calls, &err), E_CONFLICT);
	assert_int_equal(calls, 1);
	assert_string_equal(err.message, "a subject twice");
	gives(*state, "SELECT 'u' AS unit_id, count(*) AS subject, 1 AS meets FROM person", "u/3=1 ");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	static const struct CMUnitTest cases[] = {
	    CASE(a_check_gives_its_rows),
	    CASE(the_parameters_keep_their_numbers_in_any_order),
	    CASE(joins_groups_and_subqueries_work),
	    CASE(with_and_window_functions_work),
	    CASE(every_listed_function_can_be_called),
	    CASE(replace_and_instr_do_as_sqlites_own),
	    CASE(like_tells_upper_from_lower_case),
	    CASE(a_comment_and_one_semicolon_may_follow),
	    CASE(a_cleared_sandbox_can_be_filled_again),
	    CASE(names_and_values_of_the_owner_are_checked),
	    CASE(the_tables_that_are_read_are_known),
	    CASE(a_table_without_a_column_counts_as_read),
	    CASE(a_table_that_is_only_compared_counts_as_read),
	    CASE(a_name_that_shadows_a_table_does_not_hide_what_is_read),
	    CASE(writing_is_refused),
	    CASE(a_second_statement_is_refused),
	    CASE(the_tables_of_the_engine_are_refused),
	    CASE(other_functions_are_refused_by_name),
	    CASE(wrong_columns_are_refused),
	    CASE(wrong_parameters_are_refused),
	    CASE(a_value_that_is_no_verdict_is_refused),
	    CASE(the_offset_points_at_the_fault),
	    CASE(endless_work_ends_with_its_budget),
	    CASE(a_budget_counts_anew_for_each_run),
	    CASE(texts_that_grow_are_stopped),
	    CASE(no_single_step_takes_long),
	    CASE(temporary_files_are_bounded),
	    CASE(a_statement_that_unfolds_without_end_is_refused),
	    CASE(deep_and_long_statements_are_refused),
	    CASE(an_error_of_the_receiver_ends_the_run),
	};
	return cmocka_run_group_tests_name("sandbox", cases, NULL, NULL);
}
