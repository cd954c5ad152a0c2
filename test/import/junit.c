#include "collect.h"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "junit", str_from(text));
}

static void accepted(struct collect *c, const char *text)
{
	if (read_text(c, text) != OK)
		fail_msg("%s (%s)", c->err.message, c->err.where);
}

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(read_text(c, text), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
}

static void assert_outcome(struct collect *c, const char *id, const char *outcome)
{
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_EVENT, id);
	assert_column(r, "outcome", outcome);
	assert_column(r, "kind", "other");
	assert_column(r, "automated", "1");
	assert_true(r->main);
}

#define GUARDRAIL(name) "com.example.GuardrailTest|com.example.GuardrailTest|" name "|2026-10-01T10:00:00Z"

static void every_case_of_every_suite_is_an_event(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "junit", "junit/synthetic_suites.xml"), OK);
	assert_int_equal(c->facts.records, 10);
	assert_int_equal(c->n, 10);
	assert_int_equal(collect_count(c, EVIDENCE_EVENT), 10);
	collect_no_same_ids(c);
	assert_outcome(c, GUARDRAIL("blocksInjection"), "done");
	assert_outcome(c, GUARDRAIL("blocksLeak[1]"), "failed");
	assert_outcome(c, GUARDRAIL("blocksLeak[2]"), "failed");
	assert_outcome(c, GUARDRAIL("never"), "failed");
	assert_outcome(c, "outer/inner|Inner|one|2026-10-01T10:00:00Z", "done");
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_EVENT, GUARDRAIL("blocksLeak[1]"));
	assert_column(r, "title", "blocksLeak[1]");
	assert_column(r, "subject_id", "com.example.GuardrailTest");
	assert_column(r, "happened_at", "2026-10-01T10:00:00Z");
	assert_int_equal(r->record, 2);
}

static void a_test_that_did_not_run_has_no_outcome(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "junit", "junit/synthetic_suites.xml"), OK);
	assert_outcome(c, GUARDRAIL("blocksLater"), "-");
	assert_outcome(c, "outer/inner|Inner|two|2026-10-01T10:00:00Z", "-");
	assert_outcome(c, "outer||own|", "-");
	accepted(c, "<testsuite><testcase name='a' status='disabled'/><testcase name='b' result='skipped'/>"
		    "<testcase name='c' status='skipped'><failure/></testcase></testsuite>");
	assert_outcome(c, "||a|", "-");
	assert_outcome(c, "||b|", "-");
	assert_outcome(c, "||c|", "failed");
}

static void a_flaky_test_has_neither_passed_nor_failed(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "junit", "junit/synthetic_suites.xml"), OK);
	assert_outcome(c, GUARDRAIL("sometimes"), "-");
	assert_true(collect_warned(c, "flaky): its outcome stays unknown (on line 15)"));
}

static void the_innermost_time_counts(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "junit", "junit/synthetic_suites.xml"), OK);
	assert_string_equal(collect_observed(c), "2026-10-01T10:30:00Z");
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_EVENT, "outer/inner||three|2026-10-01T10:30:00Z");
	assert_column(r, "happened_at", "2026-10-01T10:30:00Z");
	assert_column(r, "subject_id", "outer/inner");
	/* A time of a suite is not that of the suite around it. */
	assert_column(collect_by_id(c, EVIDENCE_EVENT, "outer||own|"), "happened_at", "-");
	assert_true(collect_warned(c, "names no zone"));
	assert_true(collect_warned(c, "a test has no time of its own (on line 32)"));
	assert_true(collect_warned(c, "a suite broke outside of its tests (on line 31)"));
	/* outer counts five, four are there; all counts eleven, ten are there. */
	assert_true(collect_warned(c, "a suite counts more tests than it lists: those listed count (2 times"));
}

static void a_run_of_pytest_is_read(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "junit", "junit/synthetic_pytest.xml"), OK);
	assert_int_equal(c->facts.records, 3);
	assert_string_equal(collect_observed(c), "2026-10-02T09:15:30.123Z");
	assert_outcome(c, "pytest|tests.test_agent|test_refuses[a|b]|2026-10-02T09:15:30.123Z", "done");
	assert_outcome(c, "pytest|tests.test_agent|test_asks|2026-10-02T09:15:30.123Z", "failed");
	assert_outcome(c, "pytest|tests.test_agent|test_gpu|2026-10-02T09:15:30.123Z", "-");
	assert_int_equal(c->facts.identity.n, 0);
	assert_string_equal(c->warnings, "");
}

static void without_a_time_the_caller_says_when(void **state)
{
	struct collect *c = *state;
	int64_t given = 1793491200000; /* 2026-11-01 */
	str text = collect_load("junit/synthetic_no_time.xml");
	struct source from = source_text(S("file"), text);
	struct import_sink sink = {c, collect_record, collect_warn};
	struct import_input in = {
	    .from = &from, .arena = &c->arena, .facts = &c->facts, .sink = &sink, .given_ms = &given};
	assert_int_equal(import_format_find(S("junit"))->read(&in, &c->err), OK);
	assert_false(c->facts.has_time);
	assert_int_equal(c->n, 2);
	assert_column(collect_by_id(c, EVIDENCE_EVENT, "policy|main|deny no owner|"), "happened_at",
		      "2026-11-01T00:00:00Z");
	free((void *)(uintptr_t)text.p);
}

static void one_case_twice_is_two_events_only_when_they_differ(void **state)
{
	struct collect *c = *state;
	accepted(c, "<testsuite name='s'><testcase name='a'/><testcase name='a'/></testsuite>");
	assert_int_equal(c->n, 1);
	assert_int_equal(c->facts.records, 2);
	accepted(c, "<testsuite name='s'><testcase name='a'/><testcase name='a'><error/></testcase></testsuite>");
	assert_int_equal(c->n, 2);
	collect_no_same_ids(c);
}

static void empty_reports_are_read(void **state)
{
	struct collect *c = *state;
	accepted(c, "<testsuites/>");
	assert_int_equal(c->n, 0);
	assert_false(c->facts.has_time);
	accepted(c, "<testsuite timestamp='2026-10-01T10:00:00Z' tests='0'/>");
	assert_int_equal(c->n, 0);
	assert_string_equal(collect_observed(c), "2026-10-01T10:00:00Z");
}

static void what_a_test_printed_may_be_long(void **state)
{
	struct collect *c = *state;
	size_t n = (size_t)3 << 20;
	char *text = malloc(n + 200);
	assert_non_null(text);
	int head = snprintf(text, 200, "<testsuite name='s'><testcase name='a'><system-out>");
	memset(text + head, 'x', n);
	snprintf(text + (size_t)head + n, 100, "</system-out><failure/></testcase></testsuite>");
	accepted(c, text);
	assert_column(&c->rows[0], "outcome", "failed");
	free(text);
}

static void what_is_no_report_is_refused(void **state)
{
	struct collect *c = *state;
	refused(c, "<suite/>", "test results (the element testsuites or testsuite) expected", "file:1:1");
	refused(c, "<testsuite><testcase classname='c'/></testsuite>", "a test without a name", "file:1");
	refused(c, "<testsuite>\n<testcase name=''/></testsuite>", "a test without a name", "file:2");
	refused(c, "<testsuite timestamp='Thu Oct 1 2026'/>", "a timestamp that is no time", "file:1");
	refused(c, "<testsuite>\n<testcase name='a' timestamp='soon'/></testsuite>", "a timestamp that is no time",
		"file:2");
	refused(c, "<testsuite><testcase name='a'></testsuite>", "an end tag that belongs to no open element",
		"file:1:33");
	refused(c, "<!DOCTYPE testsuite><testsuite/>", "a document type declaration", "file:1:1");
	refused(c, "{}", "this is not XML", "file:1:1");
}

static void suites_nested_too_deep_are_refused(void **state)
{
	char text[4000] = "";
	for (int i = 0; i < 130; i++)
		strcat(text, "<testsuite name='s'>");
	assert_int_equal(read_text(*state, text), E_TOO_LARGE);
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	struct collect *c = *state;
	str text = collect_load("junit/synthetic_suites.xml");
	str whole = str_trim(text);
	for (size_t n = 0; n<whole.n; n += n + 100> whole.n ? 1 : 13) {
		assert_int_equal(collect_text(c, "junit", str_slice(whole, 0, n)), E_INVALID);
		assert_non_null(strstr(c->err.where, "file:"));
	}
	free((void *)(uintptr_t)text.p);
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 2;
	assert_int_equal(collect_file(c, "junit", "junit/synthetic_suites.xml"), E_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(every_case_of_every_suite_is_an_event),
	    COLLECT_TEST(a_test_that_did_not_run_has_no_outcome),
	    COLLECT_TEST(a_flaky_test_has_neither_passed_nor_failed),
	    COLLECT_TEST(the_innermost_time_counts),
	    COLLECT_TEST(a_run_of_pytest_is_read),
	    COLLECT_TEST(without_a_time_the_caller_says_when),
	    COLLECT_TEST(one_case_twice_is_two_events_only_when_they_differ),
	    COLLECT_TEST(empty_reports_are_read),
	    COLLECT_TEST(what_a_test_printed_may_be_long),
	    COLLECT_TEST(what_is_no_report_is_refused),
	    COLLECT_TEST(suites_nested_too_deep_are_refused),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
