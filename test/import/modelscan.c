#include "collect.h"

#define OLD(issues, errors, scanned)                                                                                   \
	"{\"modelscan_version\":\"0.5.0\",\"timestamp\":\"2026-05-01T10:00:00Z\",\"input_path\":\"m\"," issues         \
	",\"errors\":" errors ",\"scanned\":{\"total_scanned\":" scanned "}}"
#define SUMMARY(low, medium, high, critical)                                                                           \
	"\"summary\":{\"total_issues_by_severity\":{\"LOW\":" low ",\"MEDIUM\":" medium ",\"HIGH\":" high              \
	",\"CRITICAL\":" critical "}}"
#define ISSUE(severity) "{\"severity\":\"" severity "\",\"description\":\"d\"}"
#define NEW(issues)                                                                                                    \
	"{\"summary\":{\"modelscan_version\":\"0.8\",\"input_path\":\"m\",\"timestamp\":\"2026-05-01\","               \
	"\"scanned\":{\"total_scanned\":1}},\"issues\":[" issues "],\"errors\":[]}"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "modelscan", str_from(text));
}

static void accepted(struct collect *c, const char *text)
{
	if (read_text(c, text) != OK)
		fail_msg("%s (%s)", c->err.message, c->err.where);
	assert_int_equal(c->facts.records, 1);
}

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(read_text(c, text), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
	assert_int_equal(c->n, 0);
}

/* By hand: one issue, MEDIUM, so none that counts. */
static void a_medium_issue_does_not_count(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "modelscan", "modelscan/keras_fashion_mnist.modelscan.json"), OK);
	assert_int_equal(c->facts.records, 1);
	assert_int_equal(c->n, 1);
	const struct evidence_record *r = collect_row(c, EVIDENCE_MODEL, 0);
	assert_true(str_ends(r->id, S("/modelscan/notebooks/KerasModels/unsafe_model.h5")));
	assert_column(r, "scan_issues", "0");
	assert_column(r, "scanned_at", "2024-01-25T17:56:36.776Z");
	assert_column(r, "name", "-");
	assert_column(r, "in_use", "-");
	assert_string_equal(collect_observed(c), "2024-01-25T17:56:36.776Z");
	assert_true(str_starts(c->facts.identity, S("modelscan:")));
	assert_true(str_eq(str_slice(c->facts.identity, 10, c->facts.identity.n), r->id));
	assert_string_equal(c->warnings, "a time names no zone: taken as UTC\n");
}

/* By hand: one issue, CRITICAL. */
static void a_critical_issue_counts(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "modelscan", "modelscan/pytorch_sentiment_analysis.modelscan.json"), OK);
	assert_column(collect_row(c, EVIDENCE_MODEL, 0), "scan_issues", "1");
}

/* By hand: 2 critical, 1 high, 1 medium. */
static void later_versions_write_one_list(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "modelscan", "modelscan/folder_0_8.json"), OK);
	assert_int_equal(c->n, 1);
	assert_true(str_eq(c->rows[0].id, S("models/")));
	assert_column(&c->rows[0], "scan_issues", "3");
	assert_column(&c->rows[0], "scanned_at", "2026-10-04T08:15:30.120Z");
	assert_true(collect_warned(c, "files were skipped"));
}

static void a_scan_with_errors_measures_nothing(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "modelscan", "modelscan/error_0_8.json"), OK);
	assert_int_equal(c->facts.records, 1);
	assert_int_equal(c->n, 0);
	assert_string_equal(collect_observed(c), "2026-10-05T08:15:30.120Z");
	assert_true(str_eq(c->facts.identity, S("modelscan:m.pkl")));
	assert_true(collect_warned(c, "the scan had errors"));
	accepted(c, OLD(SUMMARY("0", "0", "0", "1"), "[\"cannot read\"]", "1"));
	assert_int_equal(c->n, 0);
}

static void a_scan_that_saw_nothing_measures_nothing(void **state)
{
	struct collect *c = *state;
	accepted(c, OLD(SUMMARY("0", "0", "0", "0"), "[]", "0"));
	assert_int_equal(c->n, 0);
	assert_true(c->facts.has_time);
	assert_true(collect_warned(c, "nothing was scanned"));
	accepted(c, OLD(SUMMARY("0", "0", "0", "0"), "[]", "1"));
	assert_column(&c->rows[0], "scan_issues", "0");
	assert_string_equal(c->warnings, "");
}

static void what_the_report_does_not_say_is_no_pass(void **state)
{
	static const char *const cases[][2] = {
	    {OLD("\"summary\":{}", "[]", "1"), "how many issues"},
	    {OLD("\"summary\":null,\"issues\":null", "[]", "1"), "how many issues"},
	    {OLD(SUMMARY("0", "0", "0", "null"), "[]", "1"), "how many issues"},
	    {OLD(SUMMARY("0", "0", "0", "0"), "null", "1"), "whether there were errors"},
	    {OLD(SUMMARY("0", "0", "0", "0"), "[]", "null"), "whether there were errors"},
	    {OLD(SUMMARY("0", "0", "0", "0"), "[]", "-1"), "whether there were errors"},
	    {"{\"modelscan_version\":\"0.5.0\"}", "no input_path"},
	    {"{}", "no input_path"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		refused(*state, cases[i][0], cases[i][1], "file");
}

static void counts_that_contradict_are_refused(void **state)
{
	struct collect *c = *state;
	refused(c, OLD(SUMMARY("0", "0", "0", "0") ",\"issues_by_severity\":{\"CRITICAL\":[{}]}", "[]", "1"),
		"counts 0 issues of severity CRITICAL, the list has 1", "file");
	refused(c, OLD(SUMMARY("0", "0", "1", "0") ",\"issues_by_severity\":{}", "[]", "1"),
		"counts 1 issues of severity HIGH, the list has 0", "file");
	refused(c, OLD(SUMMARY("0", "0", "1", "0") ",\"total_issues\":7", "[]", "1"), "total_issues is 7", "file");
	refused(c, OLD("\"issues\":[],\"issues_by_severity\":{}", "[]", "1"), "listed twice", "file");
	accepted(c, OLD("\"issues_by_severity\":{\"HIGH\":[{},{}],\"low\":[]}", "[]", "1"));
	assert_column(&c->rows[0], "scan_issues", "2");
	accepted(c, NEW(ISSUE("HIGH") "," ISSUE("Critical") "," ISSUE("LOW")));
	assert_column(&c->rows[0], "scan_issues", "2");
}

static void the_folder_of_a_dot_is_named(void **state)
{
	struct collect *c = *state;
	accepted(c,
		 "{\"summary\":{\"input_path\":\".\",\"absolute_path\":\"/srv/m\",\"scanned\":{\"total_scanned\":1}},"
		 "\"issues\":[],\"errors\":[]}");
	assert_true(str_eq(c->rows[0].id, S("/srv/m")));
	assert_column(&c->rows[0], "scanned_at", "-");
	assert_false(c->facts.has_time);
	assert_true(collect_warned(c, "no timestamp"));
}

static void wrong_types_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "[]", "a report of modelscan (an object) expected", "file:1:1");
	refused(c, "", "a value expected", "file:1:1");
	refused(c, "{\"issues\":[1]}", "an issue (an object) expected", "file:1:12");
	refused(c, "{\"issues\":[{}]}", "an issue with a severity expected", "file:1:13");
	refused(c, "{\"issues\":[{\"severity\":\"BAD\"}]}", "LOW, MEDIUM, HIGH or CRITICAL expected", "file:1:24");
	refused(c, "{\"issues\":{}}", "a list expected", "file:1:11");
	refused(c, "{\"issues_by_severity\":[]}", "an object expected", "file:1:23");
	refused(c, "{\"issues_by_severity\":{\"HIGH\":2}}", "a list expected", "file:1:31");
	refused(c, "{\"issues_by_severity\":{\"HUGE\":[]}}", "LOW, MEDIUM", "file:1:24");
	refused(c, "{\"errors\":{}}", "a list expected", "file:1:11");
	refused(c, "{\"summary\":[]}", "an object expected", "file:1:12");
	refused(c, "{" SUMMARY("0", "0", "0", "1.5") "}", "a whole number expected", "file:1:80");
	refused(c, "{" SUMMARY("0", "0", "0", "-1") "}", "a count from 0", "file:1:80");
	refused(c, "{" SUMMARY("0", "0", "0", "9223372036854775807") "}", "a count from 0", "file:1:80");
	refused(c, OLD(SUMMARY("0", "0", "0", "0"), "[]", "1") "{}", "expected", "file:1:206");
	refused(c,
		"{\"timestamp\":\"01/02/2026\",\"input_path\":\"m\",\"issues\":[],\"errors\":[],"
		"\"scanned\":{\"total_scanned\":1}}",
		"no time in ISO 8601", "file");
}

static void hostile_files_are_refused(void **state)
{
	struct collect *c = *state;
	refused(c, "{\"input_path\":\"a\\u0000\"}", "without the character U+0000", "file:1:15");
	refused(c, "{\"errors\":[],\"errors\":[1]}", "does not stand there already", "file:1:14");
	refused(c, "{\"issues_by_severity\":{\"HIGH\":[{}],\"high\":[]}}", "does not stand there already", "file:1:43");
	refused(c, "{\"summary\":{\"total_issues_by_severity\":{\"HIGH\":1,\"HIGH\":0}}}", "does not stand there",
		"file:1:57");
	char deep[2000] = "{\"errors\":";
	size_t at = strlen(deep);
	memset(deep + at, '[', 1000);
	deep[at + 1000] = '\0';
	assert_int_equal(read_text(c, deep), E_TOO_LARGE);
}

static void samples_cut_at_every_byte_are_refused(void **state)
{
	static const char *const names[] = {"modelscan/keras_fashion_mnist.modelscan.json",
					    "modelscan/folder_0_8.json"};
	struct collect *c = *state;
	for (size_t i = 0; i < 2; i++) {
		str text = collect_load(names[i]);
		str whole = str_trim(text);
		for (size_t n = 0; n < whole.n; n++) {
			assert_int_equal(collect_text(c, "modelscan", str_slice(whole, 0, n)), E_INVALID);
			assert_non_null(strstr(c->err.where, "file:"));
			assert_int_equal(c->n, 0);
		}
		free((void *)(uintptr_t)text.p);
	}
}

static void a_long_path_makes_an_id_that_fits(void **state)
{
	struct collect *c = *state;
	char path[700], text[1200];
	memset(path, 'p', sizeof path - 1);
	path[sizeof path - 1] = '\0';
	snprintf(text, sizeof text,
		 "{\"input_path\":\"%s\",\"issues\":[],\"errors\":[],\"scanned\":{\"total_scanned\":1}}", path);
	accepted(c, text);
	assert_int_equal(c->rows[0].id.n, 512);
	assert_true(c->facts.identity.n <= 512);
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 1;
	assert_int_equal(read_text(c, NEW("")), E_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(a_medium_issue_does_not_count),
	    COLLECT_TEST(a_critical_issue_counts),
	    COLLECT_TEST(later_versions_write_one_list),
	    COLLECT_TEST(a_scan_with_errors_measures_nothing),
	    COLLECT_TEST(a_scan_that_saw_nothing_measures_nothing),
	    COLLECT_TEST(what_the_report_does_not_say_is_no_pass),
	    COLLECT_TEST(counts_that_contradict_are_refused),
	    COLLECT_TEST(the_folder_of_a_dot_is_named),
	    COLLECT_TEST(wrong_types_are_refused_with_their_place),
	    COLLECT_TEST(hostile_files_are_refused),
	    COLLECT_TEST(samples_cut_at_every_byte_are_refused),
	    COLLECT_TEST(a_long_path_makes_an_id_that_fits),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
