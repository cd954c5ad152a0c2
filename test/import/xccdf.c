#include "collect.h"

#include "base/limits.h"

#define XMLNS "xmlns=\"http://checklists.nist.gov/xccdf/1.2\""
#define TEST(children)                                                                                                 \
	"<TestResult " XMLNS " end-time=\"2026-10-01T10:05:00Z\"><benchmark id=\"b\"/><target>h</target>" children     \
	"</TestResult>"
#define RESULT(word) "<rule-result idref=\"r\"><result>" word "</result></rule-result>"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "xccdf", str_from(text));
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

static const struct evidence_record *row(struct collect *c, const char *rule)
{
	char id[300];
	snprintf(id, sizeof id, "xccdf_org.example_rule_%s|gpu-01.example|", rule);
	return collect_by_id(c, EVIDENCE_POSTURE, id);
}

static void assert_result(struct collect *c, const char *rule, const char *status, const char *muted)
{
	assert_column(row(c, rule), "status", status);
	assert_column(row(c, rule), "muted", muted);
}

static void the_sample_of_openscap_has_one_result(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "xccdf", "xccdf/results_arf.xml"), OK);
	assert_int_equal(c->facts.records, 2); /* one passed, one was not selected */
	assert_int_equal(c->n, 1);
	const struct evidence_record *r = &c->rows[0];
	assert_true(r->kind == EVIDENCE_POSTURE && r->main);
	assert_true(str_eq(r->id, S("xccdf_org.ssgproject.content_rule_disable_prelink|"
				    "kube-c18ler8d06m877hrn7jg-roks8-default-00000319.iks.mycorp|")));
	assert_column(r, "check_id", "xccdf_org.ssgproject.content_rule_disable_prelink");
	assert_column(r, "status", "pass");
	assert_column(r, "muted", "0");
	assert_column(r, "severity", "medium");
	assert_column(r, "resource", "kube-c18ler8d06m877hrn7jg-roks8-default-00000319.iks.mycorp");
	assert_column(r, "tool", "openscap");
	assert_column(r, "title", "-");
	assert_column(r, "ai", "-");
	assert_column(r, "checked_at", "2021-06-08T02:35:55Z");
	assert_string_equal(collect_observed(c), "2021-06-08T02:54:51Z");
	assert_true(str_eq(c->facts.identity, S("xccdf:xccdf_org.ssgproject.content_benchmark_RHEL-7:"
						"kube-c18ler8d06m877hrn7jg-roks8-default-00000319.iks.mycorp")));
	assert_string_equal(c->warnings, "");
}

static void every_result_there_is_gets_its_status(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "xccdf", "xccdf/synthetic_results.xml"), OK);
	assert_int_equal(c->facts.records, 14);
	assert_int_equal(c->n, 13); /* what was not selected was not checked */
	collect_no_same_ids(c);
	assert_result(c, "root", "fail", "0");
	assert_result(c, "inner", "pass", "0");
	assert_result(c, "fixed", "pass", "0");
	assert_result(c, "error", "-", "0");
	assert_result(c, "unknown", "-", "0");
	assert_result(c, "manual", "manual", "0");
	assert_result(c, "other-os", "not_applicable", "0");
	assert_result(c, "info", "-", "0");
	assert_true(collect_warned(c, "neither pass nor fail: its status stays unknown (2 times"));
}

static void an_override_is_an_exception_and_no_pass(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "xccdf", "xccdf/synthetic_results.xml"), OK);
	assert_result(c, "waived", "fail", "1");
	assert_result(c, "twice", "fail", "1");
	/* What somebody turned into a failure is one. */
	assert_result(c, "found", "fail", "0");
	accepted(c, TEST("<rule-result idref='r'><result>pass</result><override/></rule-result>"));
	assert_column(&c->rows[0], "status", "-");
	assert_column(&c->rows[0], "muted", "1");
}

static void rules_give_title_and_severity(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "xccdf", "xccdf/synthetic_results.xml"), OK);
	assert_column(row(c, "root"), "title", "No root over SSH");
	assert_column(row(c, "root"), "severity", "high");
	assert_column(row(c, "root"), "checked_at", "2026-10-01T10:01:00Z");
	assert_column(row(c, "inner"), "title", "Inner & deep");
	assert_column(row(c, "inner"), "severity", "medium"); /* of the rule, as the result says none */
	assert_column(row(c, "inner"), "checked_at", "2026-10-01T10:05:00Z");
	assert_column(row(c, "fixed"), "title", "-");
	assert_column(row(c, "unknown"), "severity", "-");
	assert_column(row(c, "error"), "severity", "info");
}

static void instances_of_a_rule_are_results_of_their_own(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "xccdf", "xccdf/synthetic_results.xml"), OK);
	assert_column(collect_by_id(c, EVIDENCE_POSTURE, "xccdf_org.example_rule_port|gpu-01.example|22"), "status",
		      "pass");
	assert_column(collect_by_id(c, EVIDENCE_POSTURE, "xccdf_org.example_rule_port|gpu-01.example|23"), "status",
		      "fail");
}

static void the_newest_of_several_runs_holds(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "xccdf", "xccdf/synthetic_results.xml"), OK);
	assert_true(collect_warned(c, "a TestResult has a newer one of the same benchmark, profile and target: left "
				      "out (on line 19)"));
	assert_string_equal(collect_observed(c), "2026-10-01T10:05:00Z");
	for (size_t i = 0; i < c->n; i++)
		assert_null(strstr(collect_show(&c->rows[i], "check_id"), "gone"));
		/* The newest stands first, too. */
#define RUN(time, word) "<TestResult end-time='" time "'><target>h</target>" RESULT(word) "</TestResult>"
	accepted(c, "<Benchmark " XMLNS " id='b'>" RUN("2026-10-02T00:00:00Z", "fail")
			RUN("2026-10-01T00:00:00Z", "pass") "</Benchmark>");
	assert_int_equal(c->n, 1);
	assert_column(&c->rows[0], "status", "fail");
	/* Without a time the later one in the file. */
	accepted(c, "<Benchmark " XMLNS " id='b'>" RUN("", "pass") RUN("", "fail") "</Benchmark>");
	assert_int_equal(c->n, 1);
	assert_column(&c->rows[0], "status", "fail");
#undef RUN
}

static void a_collection_of_hosts_has_rows_for_each(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "xccdf", "xccdf/synthetic_arf.xml"), OK);
	assert_int_equal(c->facts.records, 3);
	assert_int_equal(c->n, 3);
	assert_int_equal(c->facts.identity.n, 0); /* several hosts */
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_POSTURE, "rule-1|host-a|");
	/* The benchmark stands behind the results. */
	assert_column(r, "title", "First");
	assert_column(r, "severity", "high");
	assert_column(r, "tool", "scanner");
	assert_column(r, "checked_at", "2026-10-05T06:00:00Z");
	assert_column(collect_by_id(c, EVIDENCE_POSTURE, "rule-2|host-a|"), "severity", "low");
	assert_column(collect_by_id(c, EVIDENCE_POSTURE, "rule-1|host-b|"), "tool", "Scanner 4");
	assert_string_equal(collect_observed(c), "2026-10-06T06:00:00Z");
	assert_string_equal(c->warnings, "");
}

static void version_1_1_is_read_too(void **state)
{
	struct collect *c = *state;
	accepted(c, "<cdf:TestResult xmlns:cdf='http://checklists.nist.gov/xccdf/1.1' id='t' "
		    "end-time='2026-10-01T10:05:00'><cdf:benchmark href='b.xml'/><cdf:target>h</cdf:target>"
		    "<cdf:rule-result idref='r'><cdf:result>pass</cdf:result></cdf:rule-result></cdf:TestResult>");
	assert_int_equal(c->n, 1);
	assert_column(&c->rows[0], "tool", "xccdf");
	assert_true(str_eq(c->facts.identity, S("xccdf:b.xml:h")));
	assert_true(collect_warned(c, "names no zone"));
}

static void a_scan_without_results_is_fresh_and_says_nothing(void **state)
{
	struct collect *c = *state;
	accepted(c, TEST(""));
	assert_int_equal(c->n, 0);
	assert_int_equal(c->facts.records, 0);
	assert_string_equal(collect_observed(c), "2026-10-01T10:05:00Z");
	accepted(c, TEST(RESULT("notselected")));
	assert_int_equal(c->n, 0);
	assert_int_equal(c->facts.records, 1);
}

static void a_result_without_a_time_was_checked_when_the_caller_says(void **state)
{
	struct collect *c = *state;
	accepted(c, "<TestResult " XMLNS "><target>h</target>" RESULT("pass") RESULT("fail") "</TestResult>");
	assert_false(c->facts.has_time);
	assert_column(&c->rows[0], "checked_at", "-");
	assert_true(collect_warned(c, "a result has no time (2 times"));
	assert_true(collect_warned(c, "names no account or cluster"));
	assert_int_equal(c->facts.identity.n, 0);
	/* One rule twice without an instance: both are kept. */
	assert_int_equal(c->n, 2);
	collect_no_same_ids(c);
}

static void what_is_no_result_is_refused(void **state)
{
	struct collect *c = *state;
	refused(c, "<a/>", "results of XCCDF 1.1 or 1.2", "file:1:1");
	refused(c, "<TestResult/>", "results of XCCDF 1.1 or 1.2", "file:1:1");
	refused(c, "<Benchmark " XMLNS " id='b'><Rule id='r'/></Benchmark>", "rules without results", "file");
	refused(c, TEST("\n" RESULT("good")), "a result of XCCDF expected", "file:2");
	assert_non_null(strstr(c->err.detail, "good"));
	refused(c, TEST("\n" RESULT("")), "a rule-result without a rule or a result", "file:2");
	refused(c, TEST("\n<rule-result><result>pass</result></rule-result>"),
		"a rule-result without a rule or a result", "file:2");
	refused(c, TEST("\n<rule-result idref='r'><result>pass</result><result>fail</result></rule-result>"),
		"an element that does not stand there already", "file:2:45");
	refused(c, TEST("\n<rule-result idref='r' time='soon'><result>pass</result></rule-result>"),
		"a time in ISO 8601", "file:2");
	refused(c, "<TestResult " XMLNS " end-time='never'/>", "a time in ISO 8601", "file:1");
	refused(c, "<!DOCTYPE x>" TEST(""), "a document type declaration is not taken", "file:1:1");
	refused(c, TEST("") TEST(""), "the end of the file expected", "file:1:140");
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	struct collect *c = *state;
	str text = collect_load("xccdf/synthetic_results.xml");
	str whole = str_trim(text);
	for (size_t n = 0; n<whole.n; n += n + 100> whole.n ? 1 : 37) {
		assert_int_equal(collect_text(c, "xccdf", str_slice(whole, 0, n)), E_INVALID);
		assert_non_null(strstr(c->err.where, "file:"));
		assert_int_equal(c->n, 0);
	}
	free((void *)(uintptr_t)text.p);
}

static void too_many_rules_are_refused(void **state)
{
	struct collect *c = *state;
	size_t room = (size_t)(LIMIT_XCCDF_RULES + 1) * 40 + 200, at = 0;
	char *text = malloc(room);
	assert_non_null(text);
	at += (size_t)snprintf(text, room, "<Benchmark " XMLNS " id='b'>");
	for (int i = 0; i <= LIMIT_XCCDF_RULES; i++)
		at += (size_t)snprintf(text + at, room - at, "<Rule id='r%d'/>", i);
	assert_int_equal(collect_text(c, "xccdf", (str){text, at}), E_TOO_LARGE);
	assert_non_null(strstr(c->err.message, "more than 65536 rules"));
	free(text);
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 2;
	assert_int_equal(collect_file(c, "xccdf", "xccdf/synthetic_results.xml"), E_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_sample_of_openscap_has_one_result),
	    COLLECT_TEST(every_result_there_is_gets_its_status),
	    COLLECT_TEST(an_override_is_an_exception_and_no_pass),
	    COLLECT_TEST(rules_give_title_and_severity),
	    COLLECT_TEST(instances_of_a_rule_are_results_of_their_own),
	    COLLECT_TEST(the_newest_of_several_runs_holds),
	    COLLECT_TEST(a_collection_of_hosts_has_rows_for_each),
	    COLLECT_TEST(version_1_1_is_read_too),
	    COLLECT_TEST(a_scan_without_results_is_fresh_and_says_nothing),
	    COLLECT_TEST(a_result_without_a_time_was_checked_when_the_caller_says),
	    COLLECT_TEST(what_is_no_result_is_refused),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(too_many_rules_are_refused),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
