#include "collect.h"

#ifndef TEST_TOP
#define TEST_TOP "."
#endif

/* Reads a text as a table of the kind and expects it to be refused. */
static void refused(struct collect *c, const char *format, const char *text, const char *message, const char *where)
{
	assert_int_equal(collect_text(c, format, str_from(text)), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
}

static void a_personnel_export_is_read_under_its_own_names(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "person", "csv/hr_export.csv"), OK);
	assert_int_equal(c->facts.records, 3);
	assert_int_equal(collect_count(c, EVIDENCE_PERSON), 3);
	const struct evidence_record *ada = collect_by_id(c, EVIDENCE_PERSON, "4711");
	assert_true(str_eq(ada->unit, S("acme-data")));
	assert_true(ada->main);
	assert_int_equal(ada->record, 1);
	assert_int_equal(ada->line, 2);
	assert_column(ada, "name", "Ada Example");
	assert_column(ada, "email", "ada.example@example.org");
	assert_column(ada, "kind", "employee");
	assert_column(ada, "active", "1");
	assert_column(ada, "joined_at", "2020-02-01T00:00:00Z");
	assert_column(ada, "left_at", "-");
	assert_column(ada, "ai_user", "-");
	const struct evidence_record *bo = collect_by_id(c, EVIDENCE_PERSON, "4712");
	assert_column(bo, "kind", "contractor");
	assert_column(bo, "active", "1");
	const struct evidence_record *cy = collect_by_id(c, EVIDENCE_PERSON, "4713");
	assert_column(cy, "name", "Example; Cy");
	assert_column(cy, "active", "0");
	assert_column(cy, "left_at", "2026-06-30T00:00:00Z");
	assert_string_equal(c->warnings, "a column is not used: Cost Centre\n");
	assert_false(c->facts.has_time);
	assert_int_equal(c->facts.identity.n, 0);
}

static void an_inventory_is_read_under_its_own_names(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "ai-systems", "csv/ai_inventory.csv"), OK);
	assert_int_equal(c->facts.records, 3);
	const struct evidence_record *chat = collect_by_id(c, EVIDENCE_AI_SYSTEM, "chat-1");
	assert_column(chat, "stage", "production");
	assert_column(chat, "deployment", "saas");
	assert_column(chat, "tier", "high");
	assert_column(chat, "owner_id", "4711");
	assert_column(chat, "provider_id", "openai");
	assert_column(chat, "internet_facing", "1");
	assert_column(chat, "sso_enforced", "1");
	assert_column(chat, "approved_at", "2026-01-15T00:00:00Z");
	assert_column(chat, "last_seen_at", "2026-10-01T06:30:00Z");
	const struct evidence_record *rag = collect_by_id(c, EVIDENCE_AI_SYSTEM, "rag-2");
	assert_column(rag, "name", "Contract search, internal");
	assert_column(rag, "owner_id", "-");
	assert_column(rag, "deployment", "self_hosted");
	assert_column(rag, "internet_facing", "0");
	assert_column(rag, "sso_enforced", "-");
	assert_column(rag, "approved_at", "-");
	const struct evidence_record *fraud = collect_by_id(c, EVIDENCE_AI_SYSTEM, "fraud-3");
	assert_column(fraud, "stage", "sunset");
	assert_column(fraud, "tier", "medium");
	assert_column(fraud, "deployment", "self_hosted");
	assert_column(fraud, "provider_id", "-");
	assert_true(collect_warned(c, "placeholder such as N/A or - counts as not known (3 times, first on line 3)"));
	assert_true(collect_warned(c, "stage \"Sunset\" is none of idea, pilot, production, retired"));
}

static void the_latest_observed_time_is_the_files(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "control_answer", "csv/control_answer.csv"), OK);
	assert_int_equal(c->facts.records, 2);
	assert_string_equal(collect_observed(c), "2026-05-03T00:00:00Z");
	assert_column(collect_by_id(c, EVIDENCE_CONTROL_ANSWER, "A-1"), "answer", "yes");
	assert_column(collect_by_id(c, EVIDENCE_CONTROL_ANSWER, "A-1"), "framework", "ai-caiq");
	assert_column(collect_by_id(c, EVIDENCE_CONTROL_ANSWER, "A-2"), "evidenced", "-");
}

static void a_table_with_a_header_only_has_no_rows(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_text(c, "model", S("id,name\n")), OK);
	assert_int_equal(c->facts.records, 0);
	assert_int_equal(c->n, 0);
	assert_string_equal(c->warnings, "");
}

static void all_words_for_true_and_false_are_read(void **state)
{
	static const char *const words[][2] = {{"true", "1"},  {"YES", "1"},  {"y", "1"},  {"1", "1"},
					       {"T", "1"},     {" no ", "0"}, {"N", "0"},  {"0", "0"},
					       {"False", "0"}, {"f", "0"},    {"", "-"},   {"   ", "-"},
					       {"NULL", "-"},  {"none", "-"}, {"n/a", "-"}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		char text[64];
		snprintf(text, sizeof text, "id,approved\nx,%s\n", words[i][0]);
		assert_int_equal(collect_text(*state, "tool", str_from(text)), OK);
		assert_column(collect_row(*state, EVIDENCE_TOOL, 0), "approved", words[i][1]);
	}
}

static void other_words_for_true_and_false_are_refused_at_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "tool", "id,name,approved\nx,a,yes\ny,b,maybe\n", "true or false expected, found \"maybe\"",
		"file:3:5");
	assert_string_equal(c->err.detail, "column approved");
	refused(c, "tool", "id,approved\nx,2\n", "true or false expected", "file:2:3");
	refused(c, "person", "id,status\nx,probation\n", "true or false expected", "file:2:3");
	refused(c, "tool", "id,approved\nx,active\n", "true or false expected", "file:2:3");
}

static void dates_that_can_be_read_in_two_ways_are_refused(void **state)
{
	struct collect *c = *state;
	refused(c, "person", "id,joined_at\nx,03/04/2026\n", "found \"03/04/2026\"", "file:2:3");
	assert_non_null(strstr(c->err.hint, "day and month"));
	refused(c, "person", "id,joined_at\nx,04.03.2026\n", "a date such as", "file:2:3");
	refused(c, "person", "id,joined_at\nx,42794\n", "a date such as", "file:2:3");
	assert_non_null(strstr(c->err.hint, "spreadsheet"));
	refused(c, "person", "id,joined_at\nx,2026-02-30\n", "a date such as", "file:2:3");
	refused(c, "person", "id,observed\nx,yesterday\n", "a date such as", "file:2:3");
}

static void counts_are_whole_and_not_negative(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_text(c, "red_team", S("id,passed,failed,total\nx,9,1,10\n")), OK);
	assert_column(collect_row(c, EVIDENCE_RED_TEAM, 0), "total", "10");
	refused(c, "red_team", "id,passed\nx,-1\n", "a whole number", "file:2:3");
	refused(c, "red_team", "id,passed\nx,1.5\n", "a whole number", "file:2:3");
	refused(c, "red_team", "id,passed\nx,\"1,000\"\n", "a whole number", "file:2:3");
	refused(c, "red_team", "id,passed\nx,99999999999999999999\n", "a whole number", "file:2:3");
}

static void an_id_that_stands_twice_is_refused_with_both_lines(void **state)
{
	struct collect *c = *state;
	refused(c, "tool", "id,name\nx,a\ny,b\nx,c\n", "\"x\" stands twice: on line 2 and on line 4", "file:4:1");
	refused(c, "tool", "unit,id\nu,x\nu, x \n", "stands twice", "file:3:3");
	assert_int_equal(collect_text(c, "tool", S("unit,id\nu,x\nv,x\n")), OK);
	assert_int_equal(c->n, 2);
}

static void a_row_needs_an_id(void **state)
{
	struct collect *c = *state;
	refused(c, "tool", "name,id\na,\n", "an id expected", "file:2:3");
	refused(c, "tool", "name,id\na,N/A\n", "an id expected", "file:2:3");
	refused(c, "tool", "name\na\n", "a column id expected", "file:1:1");
	char text[1100] = "id\n";
	memset(text + 3, 'x', 513);
	refused(c, "tool", text, "at most 512 bytes", "file:2:1");
	text[3 + 512] = '\0';
	assert_int_equal(collect_text(c, "tool", str_from(text)), OK);
}

static void columns_that_mean_the_same_are_refused(void **state)
{
	struct collect *c = *state;
	refused(c, "person", "id,mail,e-mail\nx,a,b\n", "\"mail\" and \"e-mail\" mean the same", "file:1:9");
	refused(c, "person", "employee_id,worker id\nx,a\n", "mean the same", "file:1:13");
}

static void an_own_name_stands_above_an_alias(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_text(c, "person", S("employee_id,id,status,active\n7,x,gone,true\n")), OK);
	const struct evidence_record *r = collect_row(c, EVIDENCE_PERSON, 0);
	assert_true(str_eq(r->id, S("x")));
	assert_column(r, "active", "1");
	assert_true(collect_warned(c, "employee_id"));
	assert_true(collect_warned(c, "status"));
}

static void a_system_id_beside_an_id_is_a_column(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_text(c, "log_source", S("id,system_id,kind\nl,s,Tool Calls\n")), OK);
	assert_column(collect_row(c, EVIDENCE_LOG_SOURCE, 0), "system_id", "s");
	assert_column(collect_row(c, EVIDENCE_LOG_SOURCE, 0), "kind", "tool_calls");
}

static void unknown_columns_are_named_with_the_nearest_known_one(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_text(c, "ai_system", S("id,stge,Foo\x1b[2J,descriptoin\nx,a,b,c\n")), OK);
	assert_true(collect_warned(c, "stge (did you mean stage?)"));
	assert_true(collect_warned(c, "Foo?[2J"));
	assert_false(collect_warned(c, "\x1b"));
}

static void a_thousand_unknown_columns_give_one_short_warning(void **state)
{
	struct collect *c = *state;
	char text[12000] = "id";
	for (int i = 0; i < 1000; i++) {
		size_t at = strlen(text);
		snprintf(text + at, sizeof text - at, ",zz%d", i);
	}
	assert_int_equal(collect_text(c, "tool", str_from(text)), OK);
	assert_true(collect_warned(c, "and 988 more"));
	assert_true(strlen(c->warnings) < 700);
}

static void words_are_lower_case_with_underscores(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_text(c, "finding",
				      S("id,severity,status,title\n1,HIGH,False Positive,A-B c\n"
					"2,Informational,Muted,\n3,weird,,\n")),
			 OK);
	assert_column(collect_row(c, EVIDENCE_FINDING, 0), "severity", "high");
	assert_column(collect_row(c, EVIDENCE_FINDING, 0), "status", "false_positive");
	assert_column(collect_row(c, EVIDENCE_FINDING, 0), "title", "A-B c");
	assert_column(collect_row(c, EVIDENCE_FINDING, 1), "severity", "info");
	assert_column(collect_row(c, EVIDENCE_FINDING, 1), "status", "suppressed");
	assert_column(collect_row(c, EVIDENCE_FINDING, 2), "severity", "weird");
	assert_true(collect_warned(c, "severity \"weird\" is none of critical, high, medium, low, info"));
}

static void every_word_of_the_lists_is_left_as_it_is(void **state)
{
	struct collect *c = *state;
	assert_int_equal(
	    collect_text(c, "exercise", S("id,kind,form\n1,kill_switch,tabletop\n2,blast_radius,purple_team\n")), OK);
	assert_column(collect_row(c, EVIDENCE_EXERCISE, 1), "kind", "blast_radius");
	assert_string_equal(c->warnings, "");
}

static void placeholders_stay_in_plain_texts(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_text(c, "mcp_server", S("id,name,auth,owner_id,scan_issues\nx,None,none,-,N/A\n")),
			 OK);
	const struct evidence_record *r = collect_row(c, EVIDENCE_MCP_SERVER, 0);
	assert_column(r, "name", "None");
	assert_column(r, "auth", "none");
	assert_column(r, "owner_id", "-");
	assert_false(collect_value(r, "owner_id")->known);
	assert_column(r, "scan_issues", "-");
}

static void truths_and_times_are_found_by_their_form(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_text(c, "identity",
				      S("id,is_shared,has mfa,created,Reviewed Date,expires_on\n"
					"x,no,yes,2026-01-01,2026-02-01,2027-01-01\n")),
			 OK);
	const struct evidence_record *r = collect_row(c, EVIDENCE_IDENTITY, 0);
	assert_column(r, "shared", "0");
	assert_column(r, "mfa", "1");
	assert_column(r, "created_at", "2026-01-01T00:00:00Z");
	assert_column(r, "reviewed_at", "2026-02-01T00:00:00Z");
	assert_column(r, "expires_at", "2027-01-01T00:00:00Z");
	assert_string_equal(c->warnings, "");
}

static void a_cut_record_is_refused(void **state)
{
	struct collect *c = *state;
	refused(c, "tool", "id,name,approved\nx,a,true\ny,b", "2 cells, the header has 3", "file:3:4");
	assert_int_equal(collect_text(c, "tool", S("id,name\nx,\"open")), E_INVALID);
}

static void hostile_texts_pass_unchanged(void **state)
{
	struct collect *c = *state;
	static const char nasty[] = "id,name\n\"';DROP TABLE person;--\",\"<script>alert(1)</script>\"\n"
				    "=cmd|'/c calc'!A1,\xF0\x9F\x98\x80\n";
	assert_int_equal(collect_text(c, "tool", str_from(nasty)), OK);
	assert_true(str_eq(c->rows[0].id, S("';DROP TABLE person;--")));
	assert_column(&c->rows[0], "name", "<script>alert(1)</script>");
	assert_true(str_eq(c->rows[1].id, S("=cmd|'/c calc'!A1")));
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 2;
	assert_int_equal(collect_text(c, "tool", S("id\na\nb\nc\n")), E_IO);
	assert_int_equal(c->n, 1);
}

static void the_manual_lists_every_column(void **state)
{
	(void)state;
	static char manual[65536];
	FILE *f = fopen(TEST_TOP "/docs/formats.md", "rb");
	assert_non_null(f);
	manual[fread(manual, 1, sizeof manual - 1, f)] = '\0';
	fclose(f);
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		char line[4096];
		int at = snprintf(line, sizeof line, "| `%.*s` |", STR_ARG(evidence_kinds[k].name));
		for (int c = 0; c < evidence_kinds[k].n_columns; c++)
			at += snprintf(line + at, sizeof line - (size_t)at, " `%.*s`",
				       STR_ARG(evidence_kinds[k].columns[c].name));
		snprintf(line + at, sizeof line - (size_t)at, " |\n");
		if (!strstr(manual, line))
			fail_msg("docs/formats.md lacks the line %s", line);
	}
}

static void a_bad_row_may_be_left_out(void **state)
{
	static const char csv[] = "id,unit,active,observed,joined_at\n"
				  "p1,a,yes,2026-01-01,2020-01-01\n"
				  "p2,a,maybe,2026-09-01,\n"
				  ",a,no,2026-09-01,\n"
				  "p4,a,no,2026-01-02,1/2/2020\n"
				  "p5,a,no,2026-01-02,\n";
	struct collect *c = *state;
	c->may_skip = 2;
	assert_int_equal(collect_text(c, "person", str_from(csv)), E_INVALID);
	assert_string_equal(c->err.where, "file:5:20");
	c->may_skip = 3;
	assert_int_equal(collect_text(c, "person", str_from(csv)), OK);
	assert_int_equal(c->n, 2);
	assert_int_equal(c->facts.records, 5);
	/* What stands in a row that is left out says nothing about the file either. */
	assert_string_equal(collect_observed(c), "2026-01-02T00:00:00Z");
	assert_non_null(strstr(c->bad, "2: file:3:6: true or false expected, found \"maybe\"\n"));
	assert_non_null(strstr(c->bad, "3: file:4:1: an id expected\n"));
	assert_non_null(strstr(c->bad, "4: file:5:20: a date such as"));
}

static void what_is_wrong_with_the_file_is_never_left_out(void **state)
{
	static const char *const texts[] = {
	    "id,active\np1,yes\np2\n",       "id,active\np1,yes\np2,\"no\n", "id,active\np1,yes\np2,n\"o\n",
	    "id,active\np1,yes\np1,no\n",    "name,active\nx,yes\n",         "id,active,id\np1,yes,p1\n",
	    "id,active\np1,yes\np\xFF,no\n",
	};
	struct collect *c = *state;
	c->may_skip = 100;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_int_equal(collect_text(c, "person", str_from(texts[i])), E_INVALID);
	assert_int_equal(c->skipped, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(a_personnel_export_is_read_under_its_own_names),
	    COLLECT_TEST(an_inventory_is_read_under_its_own_names),
	    COLLECT_TEST(the_latest_observed_time_is_the_files),
	    COLLECT_TEST(a_table_with_a_header_only_has_no_rows),
	    COLLECT_TEST(all_words_for_true_and_false_are_read),
	    COLLECT_TEST(other_words_for_true_and_false_are_refused_at_their_place),
	    COLLECT_TEST(dates_that_can_be_read_in_two_ways_are_refused),
	    COLLECT_TEST(counts_are_whole_and_not_negative),
	    COLLECT_TEST(an_id_that_stands_twice_is_refused_with_both_lines),
	    COLLECT_TEST(a_row_needs_an_id),
	    COLLECT_TEST(columns_that_mean_the_same_are_refused),
	    COLLECT_TEST(an_own_name_stands_above_an_alias),
	    COLLECT_TEST(a_system_id_beside_an_id_is_a_column),
	    COLLECT_TEST(unknown_columns_are_named_with_the_nearest_known_one),
	    COLLECT_TEST(a_thousand_unknown_columns_give_one_short_warning),
	    COLLECT_TEST(words_are_lower_case_with_underscores),
	    COLLECT_TEST(every_word_of_the_lists_is_left_as_it_is),
	    COLLECT_TEST(placeholders_stay_in_plain_texts),
	    COLLECT_TEST(truths_and_times_are_found_by_their_form),
	    COLLECT_TEST(a_cut_record_is_refused),
	    COLLECT_TEST(hostile_texts_pass_unchanged),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	    COLLECT_TEST(a_bad_row_may_be_left_out),
	    COLLECT_TEST(what_is_wrong_with_the_file_is_never_left_out),
	    cmocka_unit_test(the_manual_lists_every_column),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
