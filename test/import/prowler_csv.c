#include "collect.h"

/* The columns that are read, and a row of them with the given status, muted, categories and time. */
#define HEADER                                                                                                         \
	"CHECK_ID;STATUS;ACCOUNT_UID;REGION;RESOURCE_UID;PROVIDER;TIMESTAMP;MUTED;CATEGORIES;SEVERITY;RESOURCE_NAME\n"
#define ROW(check, status, muted, categories, time)                                                                    \
	check ";" status ";1;r;u;aws;" time ";" muted ";" categories ";high;n\n"
#define TIME "2026-04-03T10:00:00Z"
#define LEGACY "TITLE_ID,CHECK_RESULT,ACCOUNT_NUM,REGION,CHECK_RESULT_EXTENDED,CHECK_SERVICENAME\n"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "prowler_csv", str_from(text));
}

static const struct evidence_record *only(struct collect *c, const char *text)
{
	if (read_text(c, text) != OK)
		fail_msg("%s (%s)", c->err.message, c->err.where);
	assert_int_equal(c->n, 1);
	return &c->rows[0];
}

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(read_text(c, text), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
	assert_true(c->err.hint[0]);
}

static int with(const struct collect *c, const char *column, const char *value)
{
	int n = 0;
	for (size_t i = 0; i < c->n; i++)
		n += strcmp(collect_show(&c->rows[i], column), value) == 0;
	return n;
}

static void the_aws_sample_has_four_results(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "prowler_csv", "prowler_csv/example_output_aws.csv"), OK);
	assert_int_equal(c->facts.records, 4);
	assert_int_equal(c->n, 4);
	collect_no_same_ids(c);
	const struct evidence_record *r = &c->rows[0];
	assert_true(str_eq(r->id, S("accessanalyzer_enabled|<resource_uid>|<region>")));
	assert_int_equal(r->record, 1);
	assert_int_equal(r->line, 2);
	assert_true(r->main);
	assert_column(r, "check_id", "accessanalyzer_enabled");
	assert_column(r, "title", "Check if IAM Access Analyzer is enabled");
	assert_column(r, "status", "fail");
	assert_column(r, "muted", "0");
	assert_column(r, "severity", "low");
	assert_column(r, "service", "accessanalyzer");
	assert_column(r, "ai", "0");
	assert_column(r, "resource", "<resource_uid>");
	assert_column(r, "resource_type", "Other");
	assert_column(r, "account", "<account_uid>");
	assert_column(r, "region", "<region>");
	assert_column(r, "provider", "aws");
	assert_column(r, "tool", "prowler");
	assert_column(r, "checked_at", "2025-02-14T14:27:03.913Z");
	assert_int_equal(with(c, "status", "fail"), 2);
	assert_int_equal(with(c, "status", "manual"), 2);
	assert_true(str_eq(c->facts.identity, S("prowler:aws:<account_uid>")));
	assert_string_equal(collect_observed(c), "2025-02-14T14:27:03.913Z");
	assert_string_equal(c->warnings, "a time names no zone: taken as UTC (4 times, first on line 2)\n");
}

/* Of the same scan; from the second result on the two samples are masked differently. */
static void ids_and_names_are_those_of_the_ocsf_output(void **state)
{
	static const char *const columns[] = {"check_id", "title",   "status", "muted",         "severity", "service",
					      "ai",       "account", "region", "resource_type", "provider", "tool"};
	struct collect *c = *state, ocsf = {.arena = ARENA((size_t)256 << 20)};
	assert_int_equal(collect_file(c, "prowler_csv", "prowler_csv/example_output_aws.csv"), OK);
	assert_int_equal(collect_file(&ocsf, "ocsf", "ocsf/example_output_aws.ocsf.json"), OK);
	assert_true(str_eq(c->rows[0].id, ocsf.rows[0].id));
	assert_string_equal(collect_show(&c->rows[0], "resource"), collect_show(&ocsf.rows[0], "resource"));
	for (size_t i = 0; i < 4; i++)
		for (size_t k = 0; k < sizeof columns / sizeof *columns; k++)
			assert_string_equal(collect_show(&c->rows[i], columns[k]),
					    collect_show(&ocsf.rows[i], columns[k]));
	assert_true(str_eq(c->facts.identity, ocsf.facts.identity));
	arena_release(&ocsf.arena);
}

static void the_azure_sample_has_three_passes(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "prowler_csv", "prowler_csv/example_output_azure.csv"), OK);
	assert_int_equal(c->facts.records, 4);
	assert_int_equal(c->n, 4);
	assert_int_equal(with(c, "status", "pass"), 3);
	assert_int_equal(with(c, "status", "fail"), 1);
	assert_int_equal(with(c, "severity", "high"), 2);
	assert_true(str_eq(c->facts.identity, S("prowler:azure:<account_uid>")));
}

static void the_kubernetes_sample_names_its_namespace_as_ocsf_does(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "prowler_csv", "prowler_csv/example_output_kubernetes.csv"), OK);
	assert_int_equal(c->n, 4);
	assert_int_equal(with(c, "status", "pass"), 1);
	assert_column(&c->rows[0], "region", "kube-system");
	assert_true(str_eq(c->rows[0].id, S("apiserver_always_pull_images_plugin|<resource_id>|kube-system")));
	assert_true(str_eq(c->facts.identity, S("prowler:kubernetes:<account_uid>")));
}

static void a_header_alone_is_a_scan_without_findings(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "prowler_csv", "prowler_csv/prowler_zero_vul.csv"), OK);
	assert_int_equal(c->facts.records, 0);
	assert_int_equal(c->n, 0);
	assert_false(c->facts.has_time);
	assert_int_equal(c->facts.identity.n, 0);
	assert_string_equal(c->warnings, "");
}

/* 214 rows: 88 INFO, 84 PASS, 42 FAIL; 31 passes and 7 fails repeat an earlier row, as the sample's names were masked.
 */
static void the_sample_of_version_2_has_no_time_and_no_resources(void **state)
{
	struct collect *c = *state;
	if (collect_file(c, "prowler_csv", "prowler_csv/legacy_prowler_v2_many.csv") != OK)
		fail_msg("%s (%s) %s", c->err.message, c->err.where, c->err.detail);
	assert_int_equal(c->facts.records, 214);
	assert_int_equal(c->n, 176);
	collect_no_same_ids(c);
	assert_int_equal(with(c, "status", "manual"), 88);
	assert_int_equal(with(c, "status", "pass"), 53);
	assert_int_equal(with(c, "status", "fail"), 35);
	assert_int_equal(with(c, "severity", "info"), 5);
	assert_int_equal(with(c, "severity", "critical"), 5);
	assert_int_equal(with(c, "ai", "1"), 0);
	assert_int_equal(with(c, "resource", "-"), 176);
	assert_int_equal(with(c, "muted", "-"), 176);
	assert_int_equal(with(c, "provider", "aws"), 176);
	assert_false(c->facts.has_time);
	assert_true(str_eq(c->facts.identity, S("prowler:aws:123456789012")));
	assert_true(collect_warned(c, "repeats an earlier one word for word and is left out (38 times"));
	assert_true(collect_warned(c, "is not quoted: taken as text (10 times, first on line 2)"));
}

/* The sample has no quotes: 42 cells, 41 separators a line. Only a cut between rows or in the last cell leaves no
 * trace. */
static void a_sample_cut_inside_a_row_is_refused(void **state)
{
	enum { SEPARATORS = 41 };
	struct collect *c = *state;
	str text = collect_load("prowler_csv/example_output_kubernetes.csv");
	ptrdiff_t header = str_find(text, S("CATEGORIES")) + 10;
	int lines = 0, separators = 0;
	for (size_t n = 0; n < text.n; n++) {
		enum status status = collect_text(c, "prowler_csv", str_slice(text, 0, n));
		bool between = lines && (separators == 0 || separators == SEPARATORS) && n;
		if (status != OK)
			assert_int_equal(status, E_INVALID);
		else if (lines == 0)
			assert_true((ptrdiff_t)n >= header);
		else
			assert_true(between || text.p[n - 1] == '\n');
		lines += text.p[n] == '\n';
		separators = text.p[n] == '\n' ? 0 : separators + (text.p[n] == ';');
	}
	free((void *)(uintptr_t)text.p);
}

static void a_column_that_is_missing_is_named(void **state)
{
	struct collect *c = *state;
	refused(c, "CHECK_ID;STATUS;ACCOUNT_UID;REGION;PROVIDER;TIMESTAMP\n", "a column RESOURCE_UID expected",
		"file:1");
	refused(c, "id;name\n", "a column CHECK_ID expected", "file:1");
	refused(c, "TITLE_ID,CHECK_RESULT,REGION,CHECK_RESULT_EXTENDED\n", "a column ACCOUNT_NUM expected", "file:1");
	assert_int_equal(read_text(c, ""), E_INVALID);
	assert_int_equal(read_text(c, HEADER "c;PASS\n"), E_INVALID);
	assert_int_equal(read_text(c, "CHECK_ID;check_id\n"), E_INVALID);
}

static void statuses_are_folded_and_unknown_ones_refused(void **state)
{
	struct collect *c = *state;
	assert_column(only(c, HEADER ROW("c", "pass", "False", "", TIME)), "status", "pass");
	assert_column(only(c, HEADER ROW("c", "INFO", "False", "", TIME)), "status", "manual");
	assert_column(only(c, HEADER ROW("c", "", "False", "", TIME)), "status", "-");
	assert_true(collect_warned(c, "says neither pass nor fail"));
	refused(c, HEADER ROW("a", "PASS", "", "", TIME) ROW("c", "PERHAPS\x1b", "", "", TIME),
		"a status that is not known: \"PERHAPS?\"", "file:3:3");
	refused(c, HEADER ROW("", "PASS", "", "", TIME), "a row without a check", "file:2:1");
}

static void muted_results_keep_their_status(void **state)
{
	struct collect *c = *state;
	const struct evidence_record *r = only(c, HEADER ROW("c", "FAIL", "True", "", TIME));
	assert_column(r, "muted", "1");
	assert_column(r, "status", "fail");
	assert_column(only(c, HEADER ROW("c", "FAIL", "", "", TIME)), "muted", "-");
	r = only(c, HEADER ROW("c", "MUTED", "", "", TIME));
	assert_column(r, "muted", "1");
	assert_column(r, "status", "-");
	refused(c, HEADER ROW("c", "FAIL", "maybe", "", TIME), "no truth: \"maybe\"", "file:2:39");
}

static void checks_about_ai_are_marked(void **state)
{
	struct collect *c = *state;
	assert_column(only(c, HEADER ROW("c", "PASS", "", "logging | gen-ai", TIME)), "ai", "1");
	assert_column(only(c, HEADER ROW("c", "PASS", "", "gen-ai,logging", TIME)), "ai", "1");
	assert_column(only(c, HEADER ROW("c", "PASS", "", "not-gen-ai", TIME)), "ai", "0");
	assert_column(only(c, HEADER ROW("bedrock_agent_guardrail_enabled", "PASS", "", "", TIME)), "ai", "1");
	assert_column(only(c, LEGACY "7.103,FAIL,1,r,text,sagemaker\n"), "ai", "1");
	assert_column(only(c, LEGACY "7.103,FAIL,1,r,text,ec2\n"), "ai", "0");
}

static void times_are_iso_or_seconds(void **state)
{
	static const char *const cases[][2] = {
	    {"2026-04-03 10:00:00.5", "2026-04-03T10:00:00.500Z"},
	    {"2026-04-03T12:00:00+02:00", "2026-04-03T10:00:00Z"},
	    {"1739539623", "2025-02-14T13:27:03Z"},
	    {"1739539623000", "2025-02-14T13:27:03Z"},
	    {"", "-"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[400];
		snprintf(text, sizeof text, HEADER ROW("c", "PASS", "", "", "%s"), cases[i][0]);
		assert_column(only(c, text), "checked_at", cases[i][1]);
		assert_string_equal(collect_observed(c), cases[i][1]);
	}
	assert_true(collect_warned(c, "a result has no time"));
	refused(c, HEADER ROW("c", "PASS", "", "", "yesterday"), "no time: \"yesterday\"", "file:2:18");
	refused(c, HEADER ROW("c", "PASS", "", "", "9223372036854775807"), "no time", "file:2:18");
	refused(c, HEADER ROW("c", "PASS", "", "", "-5"), "no time", "file:2:18");
	refused(c, HEADER ROW("c", "PASS", "", "", "99999999999999999999999"), "no time", "file:2:18");
}

static void the_latest_time_is_the_files(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, HEADER ROW("a", "PASS", "", "", "2026-04-03") ROW("b", "PASS", "", "", TIME)
					  ROW("c", "PASS", "", "", "2026-01-01")),
			 OK);
	assert_string_equal(collect_observed(c), TIME);
}

static void a_resource_without_uid_is_called_by_its_name(void **state)
{
	const struct evidence_record *r = only(*state, HEADER "c;PASS;1;r;;aws;" TIME ";;;high;n\n");
	assert_column(r, "resource", "n");
	assert_true(str_eq(r->id, S("c|n|r")));
}

static void rows_that_repeat_are_left_out_and_ones_that_differ_are_numbered(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, HEADER ROW("c", "PASS", "", "", TIME) ROW("c", "PASS", "", "", TIME)
					  ROW("c", "FAIL", "", "", TIME)),
			 OK);
	assert_int_equal(c->facts.records, 3);
	assert_int_equal(c->n, 2);
	assert_true(str_eq(c->rows[1].id, S("c|u|r#2")));
	assert_true(collect_warned(c, "left out (on line 3)"));
}

static void the_feed_is_named_only_when_all_rows_share_it(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, HEADER ROW("c", "PASS", "", "", TIME) "d;PASS;2;r;u;aws;" TIME ";;;;\n"), OK);
	assert_int_equal(c->facts.identity.n, 0);
	assert_int_equal(read_text(c, HEADER "c;PASS;;r;u;aws;" TIME ";;;;\n" ROW("d", "PASS", "", "", TIME)), OK);
	assert_int_equal(c->facts.identity.n, 0);
	assert_true(collect_warned(c, "names no account or cluster"));
}

static void a_table_saved_with_other_separators_and_a_byte_order_mark_is_read(void **state)
{
	struct collect *c = *state;
	assert_column(only(c, "\xEF\xBB\xBF"
			      "CHECK_ID,STATUS,ACCOUNT_UID,REGION,RESOURCE_UID,PROVIDER,TIMESTAMP,MUTED,CATEGORIES\r\n"
			      "c,PASS,1,r,\"u,v\",aws," TIME ",,\r\n"),
		      "resource", "u,v");
}

static void hostile_cells_are_refused_or_kept_as_text(void **state)
{
	struct collect *c = *state;
	static const char nul[] = HEADER "c;PA\0SS;1;r;u;aws;" TIME ";;;;\n";
	assert_int_equal(collect_text(c, "prowler_csv", (str){nul, sizeof nul - 1}), E_INVALID);
	assert_int_equal(read_text(c, HEADER "c;PASS;1;r;\xff;aws;" TIME ";;;;\n"), E_INVALID);
	assert_int_equal(read_text(c, HEADER "c;PASS;1;r;\"u;aws;" TIME ";;;;\n"), E_INVALID);
	char uid[3000], text[4000];
	memset(uid, 'u', sizeof uid - 1);
	uid[sizeof uid - 1] = '\0';
	snprintf(text, sizeof text, HEADER "c;PASS;1;r;%s;aws;" TIME ";;;;\n", uid);
	assert_int_equal(only(c, text)->id.n, 512);
	assert_true(collect_warned(c, "over 512 bytes"));
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 3;
	assert_int_equal(collect_file(c, "prowler_csv", "prowler_csv/example_output_aws.csv"), E_IO);
	assert_int_equal(c->n, 2);
}

static void both_versions_are_told_from_all_other_tables(void **state)
{
	static const char *const samples[][2] = {
	    {"prowler_csv/example_output_aws.csv", "prowler_csv"},
	    {"prowler_csv/example_output_azure.csv", "prowler_csv"},
	    {"prowler_csv/example_output_kubernetes.csv", "prowler_csv"},
	    {"prowler_csv/legacy_prowler_v2_many.csv", "prowler_csv"},
	    {"prowler_csv/prowler_zero_vul.csv", "prowler_csv"},
	    {"csv/hr_export.csv", "person"},
	    {"csv/ai_inventory.csv", "ai_system"},
	    {"ocsf/example_output_aws.ocsf.json", "ocsf"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		str text = collect_load(samples[i][0]);
		const struct import_format *found = NULL;
		assert_int_equal(import_detect(text, true, S("file"), &found, &c->err), OK);
		assert_true(str_eq(found->name, str_from(samples[i][1])));
		free((void *)(uintptr_t)text.p);
	}
	assert_int_equal(import_format_find(S("prowler_csv"))->sniff(S("id,check_id,status,muted\n"), true), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_aws_sample_has_four_results),
	    COLLECT_TEST(ids_and_names_are_those_of_the_ocsf_output),
	    COLLECT_TEST(the_azure_sample_has_three_passes),
	    COLLECT_TEST(the_kubernetes_sample_names_its_namespace_as_ocsf_does),
	    COLLECT_TEST(a_header_alone_is_a_scan_without_findings),
	    COLLECT_TEST(the_sample_of_version_2_has_no_time_and_no_resources),
	    COLLECT_TEST(a_sample_cut_inside_a_row_is_refused),
	    COLLECT_TEST(a_column_that_is_missing_is_named),
	    COLLECT_TEST(statuses_are_folded_and_unknown_ones_refused),
	    COLLECT_TEST(muted_results_keep_their_status),
	    COLLECT_TEST(checks_about_ai_are_marked),
	    COLLECT_TEST(times_are_iso_or_seconds),
	    COLLECT_TEST(the_latest_time_is_the_files),
	    COLLECT_TEST(a_resource_without_uid_is_called_by_its_name),
	    COLLECT_TEST(rows_that_repeat_are_left_out_and_ones_that_differ_are_numbered),
	    COLLECT_TEST(the_feed_is_named_only_when_all_rows_share_it),
	    COLLECT_TEST(a_table_saved_with_other_separators_and_a_byte_order_mark_is_read),
	    COLLECT_TEST(hostile_cells_are_refused_or_kept_as_text),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	    COLLECT_TEST(both_versions_are_told_from_all_other_tables),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
