#include "collect.h"

/* A finding with the given members between the braces, behind what every finding needs. */
#define FINDING(members)                                                                                               \
	"{\"class_uid\":2004,\"metadata\":{\"event_code\":\"c\",\"product\":{\"name\":\"Prowler\"}},"                  \
	"\"time\":1760000000000,\"status_id\":1" members "}"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "ocsf", str_from(text));
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
}

static void the_aws_sample_has_five_results(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "ocsf", "ocsf/example_output_aws.ocsf.json"), OK);
	assert_int_equal(c->facts.records, 5);
	assert_int_equal(collect_count(c, EVIDENCE_POSTURE), 5);
	collect_no_same_ids(c);
	const struct evidence_record *r = collect_row(c, EVIDENCE_POSTURE, 0);
	assert_true(str_eq(r->id, S("accessanalyzer_enabled|<resource_uid>|<region>")));
	assert_int_equal(r->record, 1);
	assert_int_equal(r->line, 2);
	assert_true(r->main);
	assert_column(r, "status", "fail");
	assert_column(r, "muted", "0");
	assert_column(r, "severity", "low");
	assert_column(r, "service", "accessanalyzer");
	assert_column(r, "ai", "0");
	assert_column(r, "account", "<account_uid>");
	assert_column(r, "provider", "aws");
	assert_column(r, "tool", "prowler");
	assert_column(r, "checked_at", "2025-02-14T13:27:03Z");
	assert_column(collect_row(c, EVIDENCE_POSTURE, 1), "status", "manual");
	assert_string_equal(collect_observed(c), "2025-02-14T13:27:03Z");
	assert_true(str_eq(c->facts.identity, S("prowler:aws:<account_uid>")));
	assert_string_equal(c->warnings, "time is in seconds, where OCSF has milliseconds: read as seconds (5 times, "
					 "first on line 2)\n");
}

static void the_azure_sample_has_five_results(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "ocsf", "ocsf/example_output_azure.ocsf.json"), OK);
	assert_int_equal(c->facts.records, 5);
	assert_int_equal(c->n, 5);
	assert_true(str_eq(c->facts.identity, S("prowler:azure:<subscription_uid>")));
	assert_column(collect_row(c, EVIDENCE_POSTURE, 4), "severity", "high");
}

static void the_kubernetes_sample_names_no_cluster(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "ocsf", "ocsf/example_output_kubernetes.ocsf.json"), OK);
	assert_int_equal(c->facts.records, 6);
	assert_int_equal(c->n, 6);
	assert_int_equal(c->facts.identity.n, 0);
	assert_true(collect_warned(c, "names no account or cluster"));
	const struct evidence_record *r = collect_row(c, EVIDENCE_POSTURE, 1);
	assert_column(r, "provider", "kubernetes");
	assert_column(r, "region", "<namespace>");
	assert_column(r, "status", "pass");
	assert_column(r, "account", "-");
}

static void an_empty_list_is_a_scan_without_findings(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "ocsf", "ocsf/prowler_zero_vul.json"), OK);
	assert_int_equal(c->facts.records, 0);
	assert_int_equal(c->n, 0);
	assert_false(c->facts.has_time);
	assert_int_equal(c->facts.identity.n, 0);
	assert_true(import_format_find(S("ocsf"))->always == UINT32_C(1) << EVIDENCE_POSTURE);
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	struct collect *c = *state;
	str text = collect_load("ocsf/example_output_aws.ocsf.json");
	str whole = str_trim(text);
	for (size_t n = 0; n < whole.n; n += n < 300 || n + 300 > whole.n ? 1 : 211) {
		assert_int_equal(collect_text(c, "ocsf", str_slice(whole, 0, n)), E_INVALID);
		assert_non_null(strstr(c->err.where, "file:"));
	}
	free((void *)(uintptr_t)text.p);
}

static void a_list_a_single_finding_and_lines_are_read(void **state)
{
	static const char *const texts[] = {
	    "[" FINDING() "," FINDING(",\"cloud\":{\"region\":\"r\"}") "]",
	    FINDING() "\n\n" FINDING(",\"cloud\":{\"region\":\"r\"}") "\n",
	};
	struct collect *c = *state;
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(read_text(c, texts[i]), OK);
		assert_int_equal(c->facts.records, 2);
		assert_int_equal(c->n, 2);
	}
	assert_int_equal(c->rows[1].line, 3);
	assert_int_equal(read_text(c, FINDING()), OK);
	assert_int_equal(c->facts.records, 1);
	assert_int_equal(read_text(c, "{\n \"class_uid\": 2004,\n \"metadata\": {\n  \"event_code\": \"c\"\n }\n}\n"),
			 OK);
	assert_int_equal(c->facts.records, 1);
}

static void lines_are_told_in_a_file_too(void **state)
{
	static const char text[] = FINDING() "\n" FINDING(",\"cloud\":{\"region\":\"r\"}") "\n";
	struct collect *c = *state;
	char path[] = "/tmp/aismm-test-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	FILE *f = fdopen(fd, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, sizeof text - 1, f), sizeof text - 1);
	assert_int_equal(fclose(f), 0);
	struct source from;
	assert_int_equal(source_open_file(&from, path, S("file"), &c->err), OK);
	enum status status = collect_source(c, "ocsf", &from);
	source_close(&from);
	assert_int_equal(remove(path), 0);
	assert_int_equal(status, OK);
	assert_int_equal(c->n, 2);
}

static void an_empty_file_is_refused(void **state)
{
	refused(*state, "", "a value expected", "file:1:1");
	refused(*state, "  \n", "a value expected", "file:2:1");
}

static void status_codes_are_folded(void **state)
{
	static const char *const codes[][2] = {{"PASS", "pass"},   {"pass", "pass"},
					       {"Failed", "fail"}, {"MANUAL", "manual"},
					       {"INFO", "manual"}, {"Not Applicable", "not_applicable"}};
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		char text[400];
		snprintf(text, sizeof text, FINDING(",\"status_code\":\"%s\""), codes[i][0]);
		assert_column(only(*state, text), "status", codes[i][1]);
	}
}

static void an_unknown_status_code_is_refused_with_its_finding(void **state)
{
	struct collect *c = *state;
	refused(c, "[" FINDING(",\"status_code\":\"PASS\"") ",\n" FINDING(",\"status_code\":\"PERHAPS\\u001b\"") "]",
		"finding 2: the status code \"PERHAPS?\" is not known", "file:2");
	assert_non_null(strstr(c->err.hint, "PASS, FAIL, MANUAL"));
}

static void a_missing_status_code_stays_unknown(void **state)
{
	struct collect *c = *state;
	const struct evidence_record *r = only(c, FINDING());
	assert_false(collect_value(r, "status")->known);
	assert_true(collect_warned(c, "says neither pass nor fail"));
	assert_column(only(c, FINDING(",\"status_code\":null")), "status", "-");
	assert_column(only(c, FINDING(",\"status_code\":\" \"")), "status", "-");
}

static void suppressed_findings_are_muted_and_keep_their_result(void **state)
{
	struct collect *c = *state;
	const struct evidence_record *r = only(c, "{\"class_uid\":2004,\"metadata\":{\"event_code\":\"c\"},"
						  "\"status_id\":3,\"status_code\":\"FAIL\"}");
	assert_column(r, "muted", "1");
	assert_column(r, "status", "fail");
	assert_column(only(c, "{\"class_uid\":2004,\"metadata\":{\"event_code\":\"c\"},\"status\":\"Suppressed\","
			      "\"status_code\":\"FAIL\"}"),
		      "muted", "1");
	assert_column(only(c, FINDING(",\"status_code\":\"FAIL\"")), "muted", "0");
	r = only(c, FINDING(",\"status_code\":\"MUTED\""));
	assert_column(r, "muted", "1");
	assert_column(r, "status", "-");
	r = only(c, "{\"class_uid\":2004,\"metadata\":{\"event_code\":\"c\"},\"status_code\":\"FAIL\"}");
	assert_false(collect_value(r, "muted")->known);
}

static void compliance_findings_say_their_result_in_compliance(void **state)
{
	static const char *const cases[][2] = {
	    {"\"status_id\":1", "pass"},
	    {"\"status_id\":3", "fail"},
	    {"\"status_id\":2", "manual"},
	    {"\"status\":\"Failed\"", "fail"},
	    {"\"status_id\":99,\"status\":\"pass\"", "pass"},
	    {"\"status\":\"Unknown\"", "-"},
	    {"\"status_code\":\"FAILED\"", "fail"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[400];
		snprintf(text, sizeof text, "{\"class_uid\":2003,\"compliance\":{\"control\":\"SageMaker.1\",%s}}",
			 cases[i][0]);
		const struct evidence_record *r = only(c, text);
		assert_column(r, "status", cases[i][1]);
		assert_column(r, "check_id", "SageMaker.1");
	}
}

static void other_classes_are_refused(void **state)
{
	struct collect *c = *state;
	refused(c, "[{\"class_uid\":2001,\"metadata\":{\"event_code\":\"c\"}}]", "finding 1: class_uid 2001", "file:1");
	refused(c, "[{\"metadata\":{\"event_code\":\"c\"}}]", "finding 1: it has no class_uid", "file:1");
	refused(c, "[\"text\"]", "a finding (an object) expected", "file:1:2");
	refused(c, "[[]]", "a finding (an object) expected", "file:1:2");
	refused(c, "[{\"class_uid\":2004}]", "finding 1: nothing names its check", "file:1");
	refused(c, "[{\"class_uid\":\"2004\"}]", "a whole number expected", "file:1:15");
}

static void a_check_is_named_by_the_best_there_is(void **state)
{
	struct collect *c = *state;
	assert_column(only(c, "{\"class_uid\":2004,\"finding_info\":{\"title\":\"T\",\"types\":[\"a\",\"b\"]}}"),
		      "check_id", "a");
	assert_column(only(c, "{\"class_uid\":2004,\"finding_info\":{\"title\":\"T\",\"types\":[]}}"), "check_id", "T");
	assert_column(only(c, "{\"class_uid\":2003,\"finding_info\":{\"analytic\":{\"uid\":\"A\"},\"title\":\"T\"}}"),
		      "check_id", "A");
}

static void checks_about_ai_are_marked(void **state)
{
	struct collect *c = *state;
	assert_column(only(c, FINDING(",\"unmapped\":{\"categories\":[\"logging\",\"gen-ai\"]}")), "ai", "1");
	assert_column(only(c, FINDING(",\"unmapped\":{\"categories\":[\"logging\"]}")), "ai", "0");
	assert_column(only(c, FINDING(",\"unmapped\":[1]")), "ai", "0");
	static const char *const ids[] = {"bedrock_agent_guardrail_enabled", "gemini_api_disabled",
					  "aisearch_service_not_publicly_accessible",
					  "sagemaker_training_jobs_vpc_settings_configured"};
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		char text[200];
		snprintf(text, sizeof text, "{\"class_uid\":2004,\"metadata\":{\"event_code\":\"%s\"}}", ids[i]);
		assert_column(only(c, text), "ai", "1");
	}
	assert_column(only(c, "{\"class_uid\":2004,\"metadata\":{\"event_code\":\"bedrock\"}}"), "ai", "0");
}

static void seconds_and_milliseconds_are_told_apart(void **state)
{
	static const char head[] = "{\"class_uid\":2004,\"metadata\":{\"event_code\":\"c\"},";
	static const char *const cases[][3] = {
	    {"\"time\":1739539623", "2025-02-14T13:27:03Z", "in seconds"},
	    {"\"time\":1739539623913", "2025-02-14T13:27:03.913Z", ""},
	    {"\"time\":1739539623,\"time_dt\":\"2025-02-14T14:27:03.913874\"", "2025-02-14T13:27:03Z", "in seconds"},
	    {"\"time_dt\":\"2025-02-14T14:27:03.913874\"", "2025-02-14T14:27:03.913Z", "names no zone"},
	    {"\"time_dt\":\"2025-02-14T14:27:03+01:00\"", "2025-02-14T13:27:03Z", ""},
	    {"\"time\":\"2025-02-14T14:27:03Z\"", "2025-02-14T14:27:03Z", ""},
	    {"\"time\":0", "-", "has no time"},
	    {"\"time\":null", "-", "has no time"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[400];
		snprintf(text, sizeof text, "%s%s}", head, cases[i][0]);
		assert_column(only(c, text), "checked_at", cases[i][1]);
		assert_string_equal(collect_observed(c), cases[i][1]);
		assert_true(collect_warned(c, cases[i][2]));
	}
}

static void times_out_of_range_are_refused(void **state)
{
	static const char head[] = "{\"class_uid\":2004,\"metadata\":{\"event_code\":\"c\"},";
	struct collect *c = *state;
	char text[300];
	snprintf(text, sizeof text, "%s\"time\":9223372036854775807}", head);
	refused(c, text, "behind the year 9999", "file:1");
	snprintf(text, sizeof text, "%s\"time\":1e300}", head);
	refused(c, text, "a whole number expected", "file:1:56");
	snprintf(text, sizeof text, "%s\"time_dt\":\"yesterday\"}", head);
	refused(c, text, "\"yesterday\" is no time", "file:1");
}

static void the_latest_time_is_the_files(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c,
				   "[{\"class_uid\":2004,\"time\":1760000000000,\"metadata\":{\"event_code\":\"a\"}},"
				   "{\"class_uid\":2004,\"time\":1760000005000,\"metadata\":{\"event_code\":\"b\"}},"
				   "{\"class_uid\":2004,\"time\":1750000000000,\"metadata\":{\"event_code\":\"c\"}}]"),
			 OK);
	assert_int_equal(c->facts.observed_ms, 1760000005000);
}

static void a_finding_on_several_resources_has_a_row_for_each(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, FINDING(",\"resources\":[{\"uid\":\"r1\",\"group\":{\"name\":\"g\"}},"
					      "{\"uid\":\"r2\"},{\"name\":\"n3\",\"region\":\"x\"}]")),
			 OK);
	assert_int_equal(c->facts.records, 1);
	assert_int_equal(c->n, 3);
	assert_true(c->rows[0].main && !c->rows[1].main && !c->rows[2].main);
	assert_true(str_eq(c->rows[2].id, S("c|n3|x")));
	assert_column(&c->rows[0], "service", "g");
	assert_column(&c->rows[1], "service", "-");
}

static void the_old_single_resource_is_read(void **state)
{
	assert_column(only(*state, FINDING(",\"resource\":{\"uid\":\"r\"}")), "resource", "r");
	assert_column(only(*state, FINDING(",\"resource\":null")), "resource", "-");
}

static void findings_that_repeat_are_left_out_and_ones_that_differ_are_numbered(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "[" FINDING(",\"status_code\":\"PASS\"") "," FINDING(
					  ",\"status_code\":\"PASS\"") "," FINDING(",\"status_code\":\"FAIL\"") "]"),
			 OK);
	assert_int_equal(c->facts.records, 3);
	assert_int_equal(c->n, 2);
	assert_true(str_eq(c->rows[1].id, S("c||#2")));
	assert_true(collect_warned(c, "repeats an earlier one word for word and is left out (on line 1)"));
	assert_true(collect_warned(c, "has the id of an earlier one"));
}

static void the_feed_is_named_only_when_all_findings_share_it(void **state)
{
#define IN(account) FINDING(",\"cloud\":{\"provider\":\"aws\",\"account\":{\"uid\":" account "}}")
	struct collect *c = *state;
	assert_int_equal(read_text(c, "[" IN("\"1\"") "," IN("\"1\"") "]"), OK);
	assert_true(str_eq(c->facts.identity, S("prowler:aws:1")));
	assert_int_equal(read_text(c, "[" IN("123456789012") "]"), OK);
	assert_true(str_eq(c->facts.identity, S("prowler:aws:123456789012")));
	assert_int_equal(read_text(c, "[" IN("\"1\"") "," IN("\"2\"") "," IN("\"1\"") "]"), OK);
	assert_int_equal(c->facts.identity.n, 0);
	assert_int_equal(read_text(c, "[" IN("\"1\"") "," FINDING() "]"), OK);
	assert_int_equal(c->facts.identity.n, 0);
	assert_int_equal(read_text(c, "[" FINDING() "," IN("\"1\"") "]"), OK);
	assert_int_equal(c->facts.identity.n, 0);
}

static void two_statuses_in_one_finding_are_refused(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, FINDING(",\"status_code\":\"PASS\",\"status_code\":\"FAIL\"")), E_INVALID);
	assert_non_null(strstr(c->err.detail, "stands twice"));
}

static void very_long_ids_are_shortened_and_distinct(void **state)
{
	struct collect *c = *state;
	char uid[3000], text[8000];
	memset(uid, 'u', sizeof uid - 1);
	uid[sizeof uid - 1] = '\0';
	snprintf(
	    text, sizeof text,
	    "[" FINDING(",\"resources\":[{\"uid\":\"%sa\"}]") "," FINDING(",\"resources\":[{\"uid\":\"%sb\"}]") "]",
	    uid, uid);
	assert_int_equal(read_text(c, text), OK);
	assert_int_equal(c->n, 2);
	collect_no_same_ids(c);
	assert_true(collect_warned(c, "over 512 bytes"));
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 3;
	assert_int_equal(collect_file(c, "ocsf", "ocsf/example_output_aws.ocsf.json"), E_IO);
	assert_int_equal(c->n, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_aws_sample_has_five_results),
	    COLLECT_TEST(the_azure_sample_has_five_results),
	    COLLECT_TEST(the_kubernetes_sample_names_no_cluster),
	    COLLECT_TEST(an_empty_list_is_a_scan_without_findings),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(a_list_a_single_finding_and_lines_are_read),
	    COLLECT_TEST(lines_are_told_in_a_file_too),
	    COLLECT_TEST(an_empty_file_is_refused),
	    COLLECT_TEST(status_codes_are_folded),
	    COLLECT_TEST(an_unknown_status_code_is_refused_with_its_finding),
	    COLLECT_TEST(a_missing_status_code_stays_unknown),
	    COLLECT_TEST(suppressed_findings_are_muted_and_keep_their_result),
	    COLLECT_TEST(compliance_findings_say_their_result_in_compliance),
	    COLLECT_TEST(other_classes_are_refused),
	    COLLECT_TEST(a_check_is_named_by_the_best_there_is),
	    COLLECT_TEST(checks_about_ai_are_marked),
	    COLLECT_TEST(seconds_and_milliseconds_are_told_apart),
	    COLLECT_TEST(times_out_of_range_are_refused),
	    COLLECT_TEST(the_latest_time_is_the_files),
	    COLLECT_TEST(a_finding_on_several_resources_has_a_row_for_each),
	    COLLECT_TEST(the_old_single_resource_is_read),
	    COLLECT_TEST(findings_that_repeat_are_left_out_and_ones_that_differ_are_numbered),
	    COLLECT_TEST(the_feed_is_named_only_when_all_findings_share_it),
	    COLLECT_TEST(two_statuses_in_one_finding_are_refused),
	    COLLECT_TEST(very_long_ids_are_shortened_and_distinct),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
