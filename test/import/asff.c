#include "collect.h"

/* A finding with the given members behind what every finding has. */
#define FINDING(members)                                                                                               \
	"{\"SchemaVersion\":\"2018-10-08\",\"Id\":\"i\",\"ProductArn\":\"arn:aws:securityhub:x::product/aws/"          \
	"securityhub\","                                                                                               \
	"\"AwsAccountId\":\"1\",\"UpdatedAt\":\"2026-10-01T00:00:00Z\"" members "}"
#define PROWLER(members)                                                                                               \
	"{\"SchemaVersion\":\"2018-10-08\",\"Id\":\"i\",\"ProductArn\":\"arn:aws:securityhub:x::product/prowler/"      \
	"prowler\","                                                                                                   \
	"\"AwsAccountId\":\"1\",\"UpdatedAt\":\"2026-10-01T00:00:00Z\"" members "}"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "asff", str_from(text));
}

static void accepted(struct collect *c, const char *text, size_t rows)
{
	if (read_text(c, text) != OK)
		fail_msg("%s (%s)", c->err.message, c->err.where);
	assert_int_equal(c->n, rows);
	collect_no_same_ids(c);
}

static const struct evidence_record *only(struct collect *c, const char *text)
{
	accepted(c, text, 1);
	return &c->rows[0];
}

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(read_text(c, text), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
}

static int count(const struct collect *c, const char *column, const char *text)
{
	int n = 0;
	for (size_t i = 0; i < c->n; i++)
		n += strcmp(collect_show(&c->rows[i], column), text) == 0;
	return n;
}

/* ---- samples ---- */

static void the_prowler_sample_is_posture(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "asff", "asff/prowler-excerpt.asff.json"), OK);
	assert_int_equal(c->facts.records, 30);
	assert_int_equal(collect_count(c, EVIDENCE_POSTURE), 30);
	collect_no_same_ids(c);
	assert_int_equal(count(c, "status", "fail"), 22);
	assert_int_equal(count(c, "status", "pass"), 4);
	assert_int_equal(count(c, "status", "manual"), 4);
	assert_int_equal(count(c, "severity", "low"), 20);
	assert_int_equal(count(c, "severity", "medium"), 10);
	assert_int_equal(count(c, "muted", "0"), 30);
	assert_int_equal(count(c, "ai", "0"), 30);
	assert_true(str_eq(c->facts.identity, S("prowler:aws:123456789012")));
	assert_string_equal(collect_observed(c), "2023-03-18T15:43:31Z");
	const struct evidence_record *r = &c->rows[0];
	assert_true(str_eq(r->id, S("accessanalyzer_enabled|123456789012|ap-northeast-1")));
	assert_column(r, "check_id", "accessanalyzer_enabled");
	assert_column(r, "title", "Check if IAM Access Analyzer is enabled");
	assert_column(r, "resource", "123456789012");
	assert_column(r, "resource_type", "Other");
	assert_column(r, "account", "123456789012");
	assert_column(r, "region", "ap-northeast-1");
	assert_column(r, "provider", "aws");
	assert_column(r, "tool", "prowler");
	assert_column(r, "checked_at", "2023-03-18T15:43:31Z");
	assert_true(collect_warned(c, "none of Security Hub's: read as manual (4 times"));
	assert_true(collect_warned(c, "has the id of an earlier one: a number is added to its id (3 times"));
}

static void threats_and_vulnerabilities_are_findings(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "asff", "asff/securityhub_guardduty.json"), OK);
	assert_int_equal(collect_count(c, EVIDENCE_FINDING), 4);
	assert_int_equal(c->n, 4);
	assert_true(str_eq(c->facts.identity, S("guardduty:aws:123456789012")));
	/* Not LastObservedAt, which lies in the year 2200 here. */
	assert_string_equal(collect_observed(c), "2024-01-17T11:33:21.196Z");
	const struct evidence_record *r = &c->rows[0];
	assert_true(
	    str_eq(r->id, S("arn:aws:guardduty:us-east-1:123456789012:detector/123456789/finding/123456789789")));
	assert_column(r, "rule", "TTPs/Defense Evasion/DefenseEvasion:EC2-UnusualDNSResolver");
	assert_column(r, "severity", "medium");
	assert_column(r, "status", "open");
	assert_column(r, "tool", "guardduty");
	assert_column(r, "created_at", "2024-01-17T11:19:23Z");
	assert_column(r, "resource", "arn:aws:ec2:us-east-1:123456789012:instance/i-1234567890");
	assert_column(r, "ai", "-");
	assert_int_equal(count(c, "severity", "low"), 2);
	assert_string_equal(c->warnings, "");
	assert_int_equal(collect_file(c, "asff", "asff/securityhub_inspector_ecr.json"), OK);
	assert_int_equal(collect_count(c, EVIDENCE_FINDING), 7);
	assert_int_equal(count(c, "severity", "high"), 5);
	assert_int_equal(count(c, "severity", "medium"), 1);
	assert_int_equal(count(c, "severity", "critical"), 1);
	assert_column(&c->rows[0], "rule", "CVE-2023-2650");
	assert_column(&c->rows[0], "title", "CVE-2023-2650 - openssl");
	assert_string_equal(collect_observed(c), "2023-08-30T21:11:47Z");
	assert_int_equal(collect_file(c, "asff", "asff/asff_many_vulns.json"), OK);
	assert_int_equal(collect_count(c, EVIDENCE_FINDING), 5);
	assert_int_equal(count(c, "severity", "high"), 2);
	assert_int_equal(count(c, "severity", "medium"), 3);
	assert_int_equal(collect_file(c, "asff", "asff/asff_one_vuln.json"), OK);
	assert_int_equal(c->n, 1);
	assert_column(&c->rows[0], "rule", "CVE-2017-9735");
}

static void an_export_of_security_hub_is_both(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "asff", "asff/securityhub-synthetic.json"), OK);
	assert_int_equal(c->facts.records, 8);
	assert_int_equal(collect_count(c, EVIDENCE_POSTURE), 5); /* one more is archived */
	assert_int_equal(collect_count(c, EVIDENCE_FINDING),
			 2); /* one finding on two resources; a sample is left out */
	assert_int_equal(c->facts.identity.n, 0);
	assert_string_equal(collect_observed(c), "2026-10-30T06:00:08Z");
	assert_true(collect_warned(c, "a finding is a sample that the product made: left out (on line"));
	const struct evidence_record *r = collect_row(c, EVIDENCE_POSTURE, 0);
	assert_column(r, "check_id", "SageMaker.1");
	assert_column(r, "status", "fail");
	assert_column(r, "muted", "0");
	assert_column(r, "ai", "1");
	assert_column(collect_row(c, EVIDENCE_POSTURE, 1), "status", "pass");
	assert_column(collect_row(c, EVIDENCE_POSTURE, 1), "severity", "info");
	r = collect_row(c, EVIDENCE_POSTURE, 2);
	assert_column(r, "status", "fail");
	assert_column(r, "muted", "1");
	assert_column(r, "ai", "0");
	assert_column(collect_row(c, EVIDENCE_POSTURE, 3), "status", "manual");
	assert_column(collect_row(c, EVIDENCE_POSTURE, 4), "status", "not_applicable");
	r = collect_row(c, EVIDENCE_FINDING, 1);
	assert_column(r, "tool", "model watch");
	assert_column(r, "rule", "model-watch/unsafe-pickle");
	assert_column(r, "status", "fixed");
	assert_column(r, "resolved_at", "-");
	assert_false(r->main);
	assert_true(str_ends(r->id, S("|s3://models/b.pkl")));
}

/* ---- broken files ---- */

static void a_sample_cut_anywhere_is_refused(void **state)
{
	static const char *const names[] = {"asff/asff_one_vuln.json", "asff/securityhub-synthetic.json"};
	struct collect *c = *state;
	for (size_t i = 0; i < 2; i++) {
		str text = collect_load(names[i]);
		str whole = str_trim(text);
		for (size_t n = 0; n < whole.n; n++) {
			assert_int_equal(collect_text(c, "asff", str_slice(whole, 0, n)), E_INVALID);
			assert_non_null(strstr(c->err.where, "file:"));
		}
		free((void *)(uintptr_t)text.p);
	}
}

static void other_things_are_refused_with_their_place(void **state)
{
	static const char *const cases[][2] = {
	    {"", "a value expected"},
	    {"1", "a list of findings expected"},
	    {"{}", "there is no list of findings"},
	    {"{\"Findings\":null}", "a list of findings expected"},
	    {FINDING(""), "there is no list of findings"},
	    {"[1]", "a finding (an object) expected"},
	    {"[[]]", "a finding (an object) expected"},
	    {"[{}]", "finding 1: it has no SchemaVersion"},
	    {"[{\"SchemaVersion\":\"2030-01-01\",\"Id\":\"i\"}]", "the SchemaVersion \"2030-01-01\" is not known"},
	    {"[{\"SchemaVersion\":\"2018-10-08\"}]", "finding 1: it has no Id"},
	    {"[" FINDING("") "," FINDING(",\"RecordState\":\"GONE\"") "]", "finding 2: the RecordState \"GONE\""},
	    {"[" FINDING(",\"Workflow\":{\"Status\":\"DONE\"}") "]", "the workflow status \"DONE\" is not known"},
	    {"[" FINDING(",\"Compliance\":{\"Status\":\"PERHAPS\\u001b\"}") "]",
	     "the compliance status \"PERHAPS?\" is not known"},
	    {"[" FINDING(",\"Compliance\":\"PASSED\"") "]", "an object expected"},
	    {"[" FINDING(",\"Severity\":{\"Normalized\":\"70\"}") "]", "a whole number expected"},
	    {"[" FINDING(",\"Severity\":{\"Normalized\":1e300}") "]", "a whole number expected"},
	    {"[" FINDING(",\"Resources\":{}") "]", "a list expected"},
	    {"[" FINDING(",\"Resources\":[\"r\"]") "]", "a resource (an object) expected"},
	    {"[" FINDING(",\"Vulnerabilities\":[\"CVE\"]") "]", "a vulnerability (an object) expected"},
	    {"[" FINDING(",\"Sample\":\"true\"") "]", "true or false expected"},
	    {"[" FINDING(",\"FirstObservedAt\":\"once\"") "]", "finding 1: \"once\" is no time"},
	    {"[{\"SchemaVersion\":\"2018-10-08\",\"Id\":\"i\",\"UpdatedAt\":\"now\"}]", "\"now\" is no time"},
	    {"[" FINDING(",\"Title\":\"a\\u0000b\"") "]", "a text without the character U+0000 expected"},
	    {"[" FINDING("") "] x", "end of the file expected"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(read_text(c, cases[i][0]), E_INVALID);
		if (i + 1 < sizeof cases / sizeof *cases && !strstr(c->err.message, cases[i][1]))
			fail_msg("\"%s\" is not in \"%s\"", cases[i][1], c->err.message);
		assert_non_null(strstr(c->err.where, "file:1"));
	}
}

static void a_page_of_several_is_refused(void **state)
{
	struct collect *c = *state;
	refused(c, "{\"Findings\":[" FINDING("") "],\"NextToken\":\"t\"}", "one page of several", "file:1");
	assert_non_null(strstr(c->err.hint, "get-findings"));
	accepted(c, "{\"NextToken\":null,\"Findings\":[" FINDING("") "]}", 1);
	accepted(c, "{\"NextToken\":\"\",\"Findings\":[" FINDING("") "]}", 1);
}

static void a_member_that_stands_twice_is_refused(void **state)
{
	static const char *const texts[] = {
	    "{\"Findings\":[],\"Findings\":[]}",
	    "[" FINDING(",\"Id\":\"j\"") "]",
	    "[" FINDING(",\"Compliance\":{\"Status\":\"PASSED\",\"Status\":\"FAILED\"}") "]",
	    "[" FINDING(",\"Resources\":[],\"Resources\":[]") "]",
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		assert_int_equal(read_text(c, texts[i]), E_INVALID);
		assert_non_null(strstr(c->err.detail, "stands twice"));
	}
}

static void deep_nesting_is_refused(void **state)
{
	struct collect *c = *state;
	char text[2000] = "[{\"Details\":";
	size_t n = strlen(text);
	memset(text + n, '[', 600);
	text[n + 600] = '\0';
	enum status status = read_text(c, text);
	assert_true(status == E_INVALID || status == E_TOO_LARGE);
}

/* ---- results ---- */

static void an_empty_list_has_no_time_and_no_name(void **state)
{
	static const char *const texts[] = {"[]", "{\"Findings\":[]}"};
	struct collect *c = *state;
	for (size_t i = 0; i < 2; i++) {
		accepted(c, texts[i], 0);
		assert_int_equal(c->facts.records, 0);
		assert_false(c->facts.has_time);
		assert_int_equal(c->facts.identity.n, 0);
	}
	/* It says nothing of a kind that the feed never had. */
	assert_true(import_format_find(S("asff"))->always == 0);
}

static void statuses_are_read_as_documented(void **state)
{
	static const char *const cases[][4] = {
	    {"\"Compliance\":{\"Status\":\"PASSED\"}", "pass", "-", ""},
	    {"\"Compliance\":{\"Status\":\"Failed\"}", "fail", "-", ""},
	    {"\"Compliance\":{\"Status\":\"WARNING\"}", "manual", "-", ""},
	    {"\"Compliance\":{\"Status\":\"NOT_AVAILABLE\"}", "not_applicable", "-", ""},
	    {"\"Compliance\":{\"Status\":\"INFO\"}", "manual", "-", "read as manual"},
	    {"\"Compliance\":{}", "-", "-", "its status stays unknown"},
	    {"\"Compliance\":{\"Status\":null}", "-", "-", "its status stays unknown"},
	    {"\"Workflow\":{\"Status\":\"NEW\"},\"Compliance\":{\"Status\":\"FAILED\"}", "fail", "0", ""},
	    {"\"Workflow\":{\"Status\":\"NOTIFIED\"},\"Compliance\":{\"Status\":\"FAILED\"}", "fail", "0", ""},
	    {"\"Workflow\":{\"Status\":\"SUPPRESSED\"},\"Compliance\":{\"Status\":\"FAILED\"}", "fail", "1", ""},
	    {"\"Workflow\":{\"Status\":\"SUPPRESSED\"},\"Compliance\":{\"Status\":\"PASSED\"}", "pass", "1", ""},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[600];
		snprintf(text, sizeof text, "[" FINDING(",%s") "]", cases[i][0]);
		const struct evidence_record *r = only(c, text);
		assert_int_equal(r->kind, EVIDENCE_POSTURE);
		assert_column(r, "status", cases[i][1]);
		assert_column(r, "muted", cases[i][2]);
		assert_true(cases[i][3][0] ? collect_warned(c, cases[i][3]) : !c->warnings[0]);
	}
}

static void a_warning_of_prowler_is_a_muted_result(void **state)
{
	struct collect *c = *state;
	const struct evidence_record *r = only(c, "[" PROWLER(",\"Compliance\":{\"Status\":\"WARNING\"}") "]");
	assert_column(r, "muted", "1");
	assert_column(r, "status", "-");
	r = only(c, "[" PROWLER(",\"Compliance\":{\"Status\":\"FAILED\"}") "]");
	assert_column(r, "muted", "0");
	assert_column(r, "status", "fail");
}

static void findings_have_a_state(void **state)
{
	static const char *const cases[][2] = {
	    {",\"Workflow\":{\"Status\":\"NEW\"}", "open"},
	    {",\"Workflow\":{\"Status\":\"NOTIFIED\"}", "open"},
	    {",\"Workflow\":{\"Status\":\"RESOLVED\"}", "fixed"},
	    {",\"Workflow\":{\"Status\":\"SUPPRESSED\"}", "suppressed"},
	    {",\"RecordState\":\"ACTIVE\"", "open"},
	    {",\"Compliance\":null,\"RecordState\":\"ACTIVE\"", "open"},
	    {"", "-"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[600];
		snprintf(text, sizeof text, "[" FINDING("%s") "]", cases[i][0]);
		const struct evidence_record *r = only(c, text);
		assert_int_equal(r->kind, EVIDENCE_FINDING);
		assert_column(r, "status", cases[i][1]);
		assert_column(r, "created_at", "-");
		assert_column(r, "resolved_at", "-");
	}
	assert_column(only(c, "[" FINDING(",\"CreatedAt\":\"2026-01-01T00:00:00Z\"") "]"), "created_at",
		      "2026-01-01T00:00:00Z");
	assert_column(
	    only(c, "[" FINDING(",\"CreatedAt\":\"2026-01-02T00:00:00Z\",\"FirstObservedAt\":\"2026-01-01T00:00:"
				"00Z\"") "]"),
	    "created_at", "2026-01-01T00:00:00Z");
}

static void archived_records_are_dropped_and_still_tell_the_time(void **state)
{
	struct collect *c = *state;
	accepted(c,
		 "[" FINDING(",\"RecordState\":\"ARCHIVED\"") "," FINDING(
		     ",\"RecordState\":\"ARCHIVED\",\"Compliance\":{\"Status\":\"FAILED\"}") "]",
		 0);
	assert_int_equal(c->facts.records, 2);
	assert_string_equal(collect_observed(c), "2026-10-01T00:00:00Z");
	assert_true(str_eq(c->facts.identity, S("securityhub:aws:1")));
}

static void a_rule_is_named_by_the_best_there_is(void **state)
{
	static const char *const cases[][2] = {
	    {"\"GeneratorId\":\"acme-1\",\"Types\":[\"T\"]", "acme-1"},
	    {"\"GeneratorId\":\"arn:aws:guardduty:d\",\"Types\":[\"T\",\"U\"]", "T"},
	    {"\"GeneratorId\":\"AWSInspector\",\"Types\":[\"T\"]", "T"},
	    {"\"GeneratorId\":\"AWSInspector\"", "AWSInspector"},
	    {"\"GeneratorId\":\"AWSInspector\",\"Vulnerabilities\":[{\"Id\":\"CVE-1\"},{\"Id\":\"CVE-2\"}]", "CVE-1"},
	    {"\"Types\":[\"T\"]", "T"},
	    {"\"Types\":[]", "-"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[600];
		snprintf(text, sizeof text, "[" FINDING(",%s") "]", cases[i][0]);
		assert_column(only(c, text), "rule", cases[i][1]);
	}
}

static void severities_come_from_the_label_or_the_number(void **state)
{
	static const char *const cases[][2] = {
	    {"\"Label\":\"INFORMATIONAL\"", "info"},
	    {"\"Label\":\"low\",\"Normalized\":90", "low"},
	    {"\"Label\":\"CRITICAL\"", "critical"},
	    {"\"Label\":\"ODD\",\"Normalized\":90", "-"},
	    {"\"Normalized\":0", "info"},
	    {"\"Normalized\":1", "low"},
	    {"\"Normalized\":39", "low"},
	    {"\"Normalized\":40", "medium"},
	    {"\"Normalized\":69", "medium"},
	    {"\"Normalized\":70", "high"},
	    {"\"Normalized\":89", "high"},
	    {"\"Normalized\":100", "critical"},
	    {"\"Normalized\":101", "-"},
	    {"\"Normalized\":-1", "-"},
	    {"\"Product\":5", "-"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[600];
		snprintf(text, sizeof text, "[" FINDING(",\"RecordState\":\"ACTIVE\",\"Severity\":{%s}") "]",
			 cases[i][0]);
		assert_column(only(c, text), "severity", cases[i][1]);
		assert_int_equal(collect_warned(c, "a severity label is not known"), i == 3);
	}
}

static void checks_about_ai_are_marked(void **state)
{
#define CHECK ",\"Compliance\":{\"Status\":\"PASSED\"}"
	static const char *const cases[][2] = {
	    {PROWLER(CHECK ",\"GeneratorId\":\"prowler-bedrock_agent_guardrail_enabled\""), "1"},
	    {PROWLER(CHECK ",\"GeneratorId\":\"prowler-gemini_api_disabled\""), "1"},
	    {PROWLER(CHECK ",\"GeneratorId\":\"prowler-s3_bucket_public_access\""), "0"},
	    {FINDING(CHECK ",\"GeneratorId\":\"security-control/SageMaker.2\""), "1"},
	    {FINDING(CHECK ",\"GeneratorId\":\"security-control/S3.1\""), "0"},
	    {FINDING(CHECK ",\"Resources\":[{\"Type\":\"AwsSageMakerNotebookInstance\"}]"), "1"},
	    {FINDING(",\"Resources\":[{\"Type\":\"AwsSageMakerNotebookInstance\"}]"), "1"},
	    {FINDING(",\"Resources\":[{\"Type\":\"AwsEc2Instance\"}]"), "-"},
	    {"{\"SchemaVersion\":\"2018-10-08\",\"Id\":\"i\",\"ProductArn\":\"a/b/other\"" CHECK "}", "-"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[800];
		snprintf(text, sizeof text, "[%s]", cases[i][0]);
		assert_column(only(c, text), "ai", cases[i][1]);
	}
}

static void each_resource_has_a_row_of_its_own(void **state)
{
#define TWO                                                                                                            \
	",\"Resources\":[{\"Id\":\"a\",\"Type\":\"AwsSageMakerModel\"},{\"Id\":\"b\",\"Region\":\"r\"}],\"Region\":"   \
	"\"q\""
	struct collect *c = *state;
	accepted(c, "[" FINDING(TWO CHECK ",\"GeneratorId\":\"g\"") "]", 2);
	assert_true(str_eq(c->rows[0].id, S("g|a|q")));
	assert_true(str_eq(c->rows[1].id, S("g|b|r")));
	assert_true(c->rows[0].main && !c->rows[1].main);
	assert_column(&c->rows[0], "ai", "1");
	assert_column(&c->rows[1], "ai", "0");
	assert_column(&c->rows[1], "resource_type", "-");
	accepted(c, "[" FINDING(TWO) "]", 2);
	assert_true(str_eq(c->rows[0].id, S("i|a")));
	assert_true(str_eq(c->rows[1].id, S("i|b")));
	assert_column(&c->rows[1], "ai", "-");
}

static void the_feed_is_named_only_when_all_findings_share_it(void **state)
{
#define OF(arn, name, account)                                                                                         \
	"{\"SchemaVersion\":\"2018-10-08\",\"Id\":\"i\",\"ProductArn\":\"" arn "\",\"ProductName\":\"" name            \
	"\",\"AwsAccountId\":\"" account "\"}"
	static const char *const cases[][2] = {
	    {OF("a/aws/inspector", "Inspector", "1"), "inspector:aws:1"},
	    {OF("a/aws/inspector", "", "1") "," OF("b/aws/inspector", "", "1"), "inspector:aws:1"},
	    {OF("a/aws/inspector", "", "1") "," OF("a/aws/inspector", "", "2") "," OF("a/aws/inspector", "", "1"), ""},
	    {OF("a/aws/inspector", "", "1") "," OF("a/aws/guardduty", "", "1"), ""},
	    {OF("a/1/default", "My Tool", "1"), "my tool:aws:1"},
	    {OF("a/1/default", "", "1"), "default:aws:1"},
	    {OF("", "My Tool", "1"), "my tool:aws:1"},
	    {OF("", "", "1"), ""},
	    {OF("", "", "1") "," OF("a/aws/inspector", "", "1"), ""},
	    {OF("a/aws/inspector", "", ""), ""},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[1000];
		snprintf(text, sizeof text, "[%s]", cases[i][0]);
		assert_int_equal(read_text(c, text), OK);
		if (!str_eq(c->facts.identity, str_from(cases[i][1])))
			fail_msg("%s is not %.*s", cases[i][1], STR_ARG(c->facts.identity));
		assert_int_equal(collect_warned(c, "names no account"), i == 9);
		assert_int_equal(collect_warned(c, "do not share one product and account"), !cases[i][1][0] && i != 9);
	}
}

static void the_latest_update_is_the_time(void **state)
{
#define AT(times) "{\"SchemaVersion\":\"2018-10-08\",\"Id\":\"i\"" times "}"
	static const char *const cases[][3] = {
	    {AT(",\"UpdatedAt\":\"2026-01-02T00:00:00Z\"") "," AT(",\"UpdatedAt\":\"2026-01-01T00:00:00Z\""),
	     "2026-01-02T00:00:00Z", ""},
	    {AT(",\"UpdatedAt\":\"2026-01-02T01:00:00+01:00\",\"LastObservedAt\":\"2200-01-01T00:00:00Z\""),
	     "2026-01-02T00:00:00Z", ""},
	    {AT(",\"UpdatedAt\":\"2026-01-02T00:00:00\""), "2026-01-02T00:00:00Z", "names no zone"},
	    {AT(",\"CreatedAt\":\"2026-01-01T00:00:00Z\""), "2026-01-01T00:00:00Z", "has no time UpdatedAt"},
	    {AT(",\"LastObservedAt\":\"2026-01-01T00:00:00Z\""), "-", "has no time UpdatedAt"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[600];
		snprintf(text, sizeof text, "[%s]", cases[i][0]);
		assert_int_equal(read_text(c, text), OK);
		assert_string_equal(collect_observed(c), cases[i][1]);
		assert_true(collect_warned(c, cases[i][2]));
	}
}

static void findings_that_repeat_are_left_out_and_ones_that_differ_are_numbered(void **state)
{
	struct collect *c = *state;
	accepted(c, "[" FINDING(CHECK) "," FINDING(CHECK) "," FINDING(",\"Compliance\":{\"Status\":\"FAILED\"}") "]",
		 2);
	assert_true(str_eq(c->rows[1].id, S("i||#2")));
	assert_true(collect_warned(c, "repeats an earlier one word for word"));
	assert_true(collect_warned(c, "has the id of an earlier one"));
	/* A check and a finding may have the same id. */
	accepted(c, "[" FINDING(CHECK) "," FINDING("") "]", 2);
}

static void very_long_ids_are_shortened_and_distinct(void **state)
{
	struct collect *c = *state;
	char id[3000], text[9000];
	memset(id, 'u', sizeof id - 1);
	id[sizeof id - 1] = '\0';
	snprintf(
	    text, sizeof text,
	    "[{\"SchemaVersion\":\"2018-10-08\",\"Id\":\"%sa\"},{\"SchemaVersion\":\"2018-10-08\",\"Id\":\"%sb\"}]", id,
	    id);
	accepted(c, text, 2);
	assert_true(collect_warned(c, "over 512 bytes"));
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 3;
	assert_int_equal(collect_file(c, "asff", "asff/securityhub_guardduty.json"), E_IO);
	assert_int_equal(c->n, 2);
}

static void samples_are_told_from_other_formats(void **state)
{
	static const char *const names[] = {
	    "asff_one_vuln",         "asff_many_vulns",           "prowler-excerpt.asff",
	    "securityhub_guardduty", "securityhub_inspector_ecr", "securityhub-synthetic"};
	struct collect *c = *state;
	const struct import_format *found;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char name[100];
		snprintf(name, sizeof name, "asff/%s.json", names[i]);
		str text = collect_load(name);
		assert_int_equal(import_detect(str_slice(text, 0, IMPORT_HEAD), false, S("file"), &found, &c->err), OK);
		assert_true(str_eq(found->name, S("asff")));
		free((void *)(uintptr_t)text.p);
	}
	assert_int_equal(import_detect(S("{\"Findings\": []}"), true, S("file"), &found, &c->err), OK);
	assert_true(str_eq(found->name, S("asff")));
	assert_int_equal(import_detect(S("{\"Findings\": [{\"a\":1}]}"), true, S("file"), &found, &c->err), E_INVALID);
	assert_int_equal(import_detect(S("[{\"Findings\": 1}]"), true, S("file"), &found, &c->err), E_INVALID);
	assert_true(import_format_find(S("security-hub")) == import_format_find(S("asff")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_prowler_sample_is_posture),
	    COLLECT_TEST(threats_and_vulnerabilities_are_findings),
	    COLLECT_TEST(an_export_of_security_hub_is_both),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(other_things_are_refused_with_their_place),
	    COLLECT_TEST(a_page_of_several_is_refused),
	    COLLECT_TEST(a_member_that_stands_twice_is_refused),
	    COLLECT_TEST(deep_nesting_is_refused),
	    COLLECT_TEST(an_empty_list_has_no_time_and_no_name),
	    COLLECT_TEST(statuses_are_read_as_documented),
	    COLLECT_TEST(a_warning_of_prowler_is_a_muted_result),
	    COLLECT_TEST(findings_have_a_state),
	    COLLECT_TEST(archived_records_are_dropped_and_still_tell_the_time),
	    COLLECT_TEST(a_rule_is_named_by_the_best_there_is),
	    COLLECT_TEST(severities_come_from_the_label_or_the_number),
	    COLLECT_TEST(checks_about_ai_are_marked),
	    COLLECT_TEST(each_resource_has_a_row_of_its_own),
	    COLLECT_TEST(the_feed_is_named_only_when_all_findings_share_it),
	    COLLECT_TEST(the_latest_update_is_the_time),
	    COLLECT_TEST(findings_that_repeat_are_left_out_and_ones_that_differ_are_numbered),
	    COLLECT_TEST(very_long_ids_are_shortened_and_distinct),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	    COLLECT_TEST(samples_are_told_from_other_formats),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
