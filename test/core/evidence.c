#include "score_fixture.h"

#include <ctype.h>

#include "base/embed.h"
#include "core/evidence.h"

static bool is_name(str s)
{
	if (s.n == 0 || s.n > 40 || !islower((unsigned char)s.p[0]))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!islower((unsigned char)s.p[i]) && !isdigit((unsigned char)s.p[i]) && s.p[i] != '_')
			return false;
	return true;
}

static void every_kind_has_a_name_of_its_own_and_is_found_by_it(void **state)
{
	(void)state;
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		const struct evidence_kind *kind = &evidence_kinds[k];
		assert_true(is_name(kind->name) && kind->title.n > 0 && str_is_utf8(kind->title));
		assert_int_equal(evidence_kind_find(kind->name), k); /* so none stands twice */
	}
	static const char *const none[] = {"", "Person", "persons", "perso", "unit", "ev_person"};
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_int_equal(evidence_kind_find(str_from(none[i])), -1);
}

static void the_kinds_are_those_of_the_manual(void **state)
{
	(void)state;
	static const char *const names[] = {
	    "person",        "ai_system",      "model",      "agent",      "identity",      "credential",
	    "permission",    "provider",       "dataset",    "component",  "finding",       "posture",
	    "red_team",      "tool",           "mcp_server", "log_source", "incident",      "exercise",
	    "document",      "control_answer", "event",      "account",    "host",          "guardrail",
	    "vector_store",  "repository",     "assistant",  "detection",  "training",      "exception",
	    "access_review", "assessment",     "risk",       "obligation", "model_release", "policy_result"};
	assert_int_equal(sizeof names / sizeof *names, EVIDENCE_KINDS);
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		assert_true(str_eq(evidence_kinds[k].name, str_from(names[k])));
}

static void events_are_what_happened_or_was_decided(void **state)
{
	(void)state;
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		bool event = k == EVIDENCE_INCIDENT || k == EVIDENCE_EXERCISE || k == EVIDENCE_RED_TEAM ||
			     k == EVIDENCE_EVENT || k == EVIDENCE_DOCUMENT || k == EVIDENCE_ACCESS_REVIEW ||
			     k == EVIDENCE_ASSESSMENT || k == EVIDENCE_MODEL_RELEASE || k == EVIDENCE_POLICY_RESULT;
		assert_int_equal(evidence_kinds[k].event, event);
	}
}

static void every_column_has_a_name_of_its_own_a_line_for_the_manual_and_a_place(void **state)
{
	(void)state;
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		const struct evidence_kind *kind = &evidence_kinds[k];
		assert_in_range(kind->n_columns, 1, EVIDENCE_COLUMNS_MAX);
		for (int c = 0; c < kind->n_columns; c++) {
			const struct evidence_column *column = &kind->columns[c];
			assert_true(is_name(column->name));
			assert_true(column->doc.n > 0 && str_is_utf8(column->doc));
			assert_int_equal(str_find(column->doc, S("\n")), -1);
			assert_int_equal(evidence_column_find(kind, column->name), c);
		}
		assert_int_equal(evidence_column_find(kind, S("no_such_column")), -1);
		assert_int_equal(evidence_column_find(kind, S("")), -1);
	}
}

/* The view's own columns, and those of the table of facts, cannot be told apart from a kind's. */
static void no_column_is_called_like_one_that_every_table_has(void **state)
{
	(void)state;
	static const char *const taken[] = {"unit_id", "id",      "feed_id",    "seen_from", "seen_to",
					    "file_id", "record",  "line",       "main",      "digest",
					    "unit",    "subject", "shown_from", "shown_to",  "observed_at"};
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
			assert_int_equal(evidence_column_find(&evidence_kinds[k], str_from(taken[i])), -1);
}

static void a_column_is_a_time_exactly_when_its_name_ends_in_at(void **state)
{
	(void)state;
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		for (int c = 0; c < evidence_kinds[k].n_columns; c++) {
			const struct evidence_column *column = &evidence_kinds[k].columns[c];
			if ((column->type == EVIDENCE_TIME) != str_ends(column->name, S("_at")))
				fail_msg("%.*s.%.*s", STR_ARG(evidence_kinds[k].name), STR_ARG(column->name));
		}
}

static void every_event_has_a_time_and_it_stands_first(void **state)
{
	(void)state;
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		if (evidence_kinds[k].event)
			assert_int_equal(evidence_kinds[k].columns[0].type, EVIDENCE_TIME);
}

static void values_are_set_by_column_and_an_empty_text_is_absent(void **state)
{
	(void)state;
	struct evidence_record r = {.kind = EVIDENCE_MODEL};
	const struct evidence_kind *kind = &evidence_kinds[EVIDENCE_MODEL];
	evidence_set_text(&r, S("name"), S("llama"));
	evidence_set_int(&r, S("scan_issues"), -3);
	evidence_set_bool(&r, S("pinned"), false);
	evidence_set_time(&r, S("scanned_at"), 42);
	const struct evidence_value *name = &r.values[evidence_column_find(kind, S("name"))];
	const struct evidence_value *issues = &r.values[evidence_column_find(kind, S("scan_issues"))];
	const struct evidence_value *pinned = &r.values[evidence_column_find(kind, S("pinned"))];
	const struct evidence_value *scanned = &r.values[evidence_column_find(kind, S("scanned_at"))];
	assert_true(name->known && str_eq(name->text, S("llama")));
	assert_true(issues->known && issues->i64 == -3);
	assert_true(pinned->known && pinned->i64 == 0); /* no is not the same as nobody said */
	assert_true(scanned->known && scanned->i64 == 42);
	int known = 0;
	for (int c = 0; c < EVIDENCE_COLUMNS_MAX; c++)
		known += r.values[c].known;
	assert_int_equal(known, 4);
	evidence_set_text(&r, S("name"), S(""));
	assert_false(name->known);
}

/* ---- the tables that the store starts with ---- */

struct table_column {
	str name, type, rest;
};

static const char *const steps[] = {"store/sql/0001_start.sql", "store/sql/0002_more_kinds.sql"};
enum { STEPS = sizeof steps / sizeof *steps };

static str step_text(size_t i)
{
	str sql = embed_find(str_from(steps[i]));
	assert_non_null(sql.p);
	return sql;
}

static struct table_column column_read(str line)
{
	struct table_column c = {.name = {0}};
	line = str_trim(line);
	if (str_ends(line, S(",")) || str_ends(line, S(";")))
		line.n--;
	(void)str_cut(line, ' ', &c.name, &c.type);
	(void)str_cut(c.type, ' ', &c.type, &c.rest);
	return c;
}

/* The lines of "CREATE TABLE ev_<kind> (" up to the closing one; 0 when the script does not make it. */
static size_t table_made(str sql, str kind, struct table_column *columns, size_t cap)
{
	char head[80];
	size_t n = 0;
	(void)snprintf(head, sizeof head, "\nCREATE TABLE ev_%.*s (\n", STR_ARG(kind));
	ptrdiff_t at = str_find(sql, str_from(head));
	if (at < 0)
		return 0;
	str rest = str_slice(sql, (size_t)at + strlen(head), sql.n), line;
	while (str_cut(rest, '\n', &line, &rest) && !str_starts(line, S(")"))) {
		assert_true(n < cap);
		columns[n++] = column_read(line);
	}
	assert_true(str_starts(line, S(") @strict@;")));
	return n;
}

/* The columns that the script adds to the table. */
static size_t table_grown(str sql, str kind, struct table_column *columns, size_t cap)
{
	char head[80];
	size_t n = 0;
	str line;
	(void)snprintf(head, sizeof head, "ALTER TABLE ev_%.*s ADD COLUMN ", STR_ARG(kind));
	while (str_cut(sql, '\n', &line, &sql))
		if (str_starts(line, str_from(head))) {
			assert_true(n < cap);
			columns[n++] = column_read(str_slice(line, strlen(head), line.n));
		}
	return n;
}

static size_t table_read(str kind, struct table_column *columns, size_t cap)
{
	size_t n = 0;
	for (size_t i = 0; i < STEPS; i++) {
		size_t made = table_made(step_text(i), kind, columns + n, cap - n);
		assert_true(made == 0 || n == 0);
		n += made;
		n += table_grown(step_text(i), kind, columns + n, cap - n);
	}
	return n;
}

static void the_stores_tables_hold_exactly_the_columns_of_every_kind(void **state)
{
	(void)state;
	static const char *const common[] = {"feed_id", "unit_id", "id",   "seen_from", "seen_to",    "file_id",
					     "record",  "line",    "main", "digest",    "shown_from", "shown_to"};
	enum { COMMON = sizeof common / sizeof *common, OF_EVENTS = 2 };
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		const struct evidence_kind *kind = &evidence_kinds[k];
		struct table_column columns[COMMON + EVIDENCE_COLUMNS_MAX + 1];
		size_t n = table_read(kind->name, columns, COMMON + EVIDENCE_COLUMNS_MAX + 1);
		size_t n_common = kind->event ? COMMON : COMMON - OF_EVENTS;
		assert_int_equal(n, n_common + (size_t)kind->n_columns);
		for (size_t i = 0; i < n_common; i++) {
			assert_true(str_eq(columns[i].name, str_from(common[i])));
			assert_true(str_starts(columns[i].rest, S("NOT NULL")));
		}
		for (int c = 0; c < kind->n_columns; c++) {
			const struct evidence_column *want = &kind->columns[c];
			const struct table_column *got = &columns[n_common + (size_t)c];
			char check[80] = "";
			if (want->type == EVIDENCE_BOOL)
				(void)snprintf(check, sizeof check, "CHECK (%.*s IN (0, 1))", STR_ARG(want->name));
			if (!str_eq(got->name, want->name) || !str_eq(got->rest, str_from(check)) ||
			    !str_eq(got->type, want->type == EVIDENCE_TEXT ? S("@text@") : S("@i64@")))
				fail_msg("ev_%.*s: column %d is %.*s %.*s %.*s and should be %.*s", STR_ARG(kind->name),
					 c, STR_ARG(got->name), STR_ARG(got->type), STR_ARG(got->rest),
					 STR_ARG(want->name));
		}
	}
}

static void the_store_has_no_table_of_a_kind_that_is_not_there(void **state)
{
	(void)state;
	int tables = 0;
	for (size_t i = 0; i < STEPS; i++) {
		str rest = step_text(i);
		for (ptrdiff_t at; (at = str_find(rest, S("CREATE TABLE ev_"))) >= 0; tables++) {
			str name;
			rest = str_slice(rest, (size_t)at + strlen("CREATE TABLE ev_"), rest.n);
			(void)str_cut(rest, ' ', &name, &rest);
			assert_true(evidence_kind_find(name) >= 0);
		}
	}
	assert_int_equal(tables, EVIDENCE_KINDS);
}

static void kinds_have_other_words(void **state)
{
	static const struct {
		str word;
		int kind;
	} cases[] = {
	    {S("person"), EVIDENCE_PERSON},
	    {S("People"), EVIDENCE_PERSON},
	    {S("persons"), EVIDENCE_PERSON},
	    {S("access-reviews"), EVIDENCE_ACCESS_REVIEW},
	    {S("Access Review"), EVIDENCE_ACCESS_REVIEW},
	    {S("red-team results"), EVIDENCE_RED_TEAM},
	    {S("policy_decisions"), EVIDENCE_POLICY_RESULT},
	    {S("approval"), EVIDENCE_AI_SYSTEM},
	    {S("Approvals"), EVIDENCE_AI_SYSTEM},
	    {S("attestations"), EVIDENCE_PERSON},
	    {S("WAIVERS"), EVIDENCE_EXCEPTION},
	    {S("tabletop"), EVIDENCE_EXERCISE},
	    {S("approvalss"), -1},
	    {S("s"), -1},
	    {S(""), -1},
	    {S("nonsense"), -1},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(evidence_kind_named(cases[i].word), cases[i].kind);
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		assert_int_equal(evidence_kind_named(evidence_kinds[k].name), k);
		assert_int_equal(evidence_kind_named(evidence_kinds[k].title), k);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_kind_has_a_name_of_its_own_and_is_found_by_it),
	    cmocka_unit_test(kinds_have_other_words),
	    cmocka_unit_test(the_kinds_are_those_of_the_manual),
	    cmocka_unit_test(events_are_what_happened_or_was_decided),
	    cmocka_unit_test(every_column_has_a_name_of_its_own_a_line_for_the_manual_and_a_place),
	    cmocka_unit_test(no_column_is_called_like_one_that_every_table_has),
	    cmocka_unit_test(a_column_is_a_time_exactly_when_its_name_ends_in_at),
	    cmocka_unit_test(every_event_has_a_time_and_it_stands_first),
	    cmocka_unit_test(values_are_set_by_column_and_an_empty_text_is_absent),
	    cmocka_unit_test(the_stores_tables_hold_exactly_the_columns_of_every_kind),
	    cmocka_unit_test(the_store_has_no_table_of_a_kind_that_is_not_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
