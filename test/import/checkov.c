#include "collect.h"

/* A report with one failed check of the given members. */
#define REPORT(type, members)                                                                                          \
	"{\"check_type\":\"" type "\",\"results\":{\"passed_checks\":[],\"failed_checks\":[{" members                  \
	"}],\"skipped_checks\":[]}}"
#define CHECK(resource) "\"check_id\":\"CKV_AWS_1\",\"resource\":\"" resource "\""

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "checkov", str_from(text));
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

static int with(const struct collect *c, const char *column, const char *value)
{
	int n = 0;
	for (size_t i = 0; i < c->n; i++)
		n += strcmp(collect_show(&c->rows[i], column), value) == 0;
	return n;
}

/* Terraform: 3 passed, 3 failed, 1 skipped; Kubernetes 1 and 1; CloudFormation 1; one secret, which is no check. */
static void the_sample_of_several_types_has_ten_results(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "checkov", "checkov/several_types.json"), OK);
	assert_int_equal(c->facts.records, 10);
	assert_int_equal(c->n, 10);
	collect_no_same_ids(c);
	assert_int_equal(with(c, "status", "pass"), 5);
	assert_int_equal(with(c, "status", "fail"), 4);
	assert_int_equal(with(c, "status", "-"), 1);
	assert_int_equal(with(c, "muted", "1"), 1);
	assert_int_equal(with(c, "ai", "1"), 5);
	const struct evidence_record *r =
	    collect_by_id(c, EVIDENCE_POSTURE, "CKV_AZURE_134|azurerm_cognitive_account.chat|/ai/azure.tf");
	assert_true(r->main);
	assert_int_equal(r->record, 5);
	assert_column(r, "check_id", "CKV_AZURE_134");
	assert_column(r, "title", "Ensure that Cognitive Services accounts disable public network access");
	assert_column(r, "status", "fail");
	assert_column(r, "muted", "0");
	assert_column(r, "severity", "critical");
	assert_column(r, "ai", "1");
	assert_column(r, "resource", "azurerm_cognitive_account.chat");
	assert_column(r, "resource_type", "azurerm_cognitive_account");
	assert_column(r, "provider", "azure");
	assert_column(r, "tool", "checkov");
	assert_column(r, "service", "-");
	assert_column(r, "account", "-");
	assert_column(r, "region", "-");
	assert_column(r, "checked_at", "-");
	assert_false(c->facts.has_time);
	assert_int_equal(c->facts.identity.n, 0);
	assert_true(collect_warned(c, "packages, images or secrets has no checks that pass"));
	assert_true(collect_warned(c, "could not read a file: nothing is known about it"));
}

static void a_single_report_is_read(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "checkov", "checkov/one_type.json"), OK);
	assert_int_equal(c->facts.records, 2);
	assert_int_equal(c->n, 2);
	assert_column(&c->rows[0], "resource_type", "Deployment");
	assert_column(&c->rows[0], "provider", "kubernetes");
	assert_column(&c->rows[0], "severity", "-");
	assert_int_equal(with(c, "ai", "0"), 2);
	assert_string_equal(c->warnings, "");
}

static void a_run_that_found_nothing_has_no_results(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "checkov", "checkov/nothing_found.json"), OK);
	assert_int_equal(c->facts.records, 0);
	assert_int_equal(c->n, 0);
	assert_false(c->facts.has_time);
	assert_int_equal(read_text(c, "[]"), OK);
	assert_int_equal(c->n, 0);
}

static void a_report_of_failures_alone_is_refused(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "checkov", "checkov/quiet.json"), E_INVALID);
	assert_non_null(strstr(c->err.message, "counts 1 passed checks, but the report lists none"));
	assert_non_null(strstr(c->err.hint, "--quiet"));
	refused(c, "{\"passed\":3,\"failed\":0,\"skipped\":0,\"checkov_version\":\"3\"}", "counts 3 passed", "file:1");
}

static void counts_that_differ_are_warned_of(void **state)
{
	struct collect *c = *state;
	(void)only(c, "{\"check_type\":\"terraform\",\"results\":{\"failed_checks\":[{" CHECK(
			  "aws_x.y") "}]},\"summary\":{\"failed\":2,\"passed\":0}}");
	assert_true(collect_warned(c, "counts other results than are listed"));
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	struct collect *c = *state;
	static const char *const samples[] = {"checkov/one_type.json", "checkov/nothing_found.json"};
	for (size_t i = 0; i < 2; i++) {
		str text = collect_load(samples[i]);
		str whole = str_trim(text);
		for (size_t n = 0; n < whole.n; n++) {
			assert_int_equal(collect_text(c, "checkov", str_slice(whole, 0, n)), E_INVALID);
			assert_non_null(strstr(c->err.where, "file:"));
		}
		free((void *)(uintptr_t)text.p);
	}
}

static void resource_types_stand_before_the_name(void **state)
{
	static const char *const cases[][5] = {
	    /* check type, resource, type, about AI */
	    {"terraform", "aws_s3_bucket.b", "aws_s3_bucket", "0"},
	    {"terraform", "module.a.module.b[\\\"x.y\\\"].aws_bedrock_guardrail.g[0]", "aws_bedrock_guardrail", "1"},
	    {"terraform", "data.aws_iam_policy_document.d", "aws_iam_policy_document", "0"},
	    {"terraform_plan", "google_vertex_ai_endpoint.e", "google_vertex_ai_endpoint", "1"},
	    {"terraform", "aws_bedrockagent_agent.a", "aws_bedrockagent_agent", "1"},
	    {"terraform", "azurerm_machine_learning_workspace.w", "azurerm_machine_learning_workspace", "1"},
	    {"terraform", "not_aws_bedrock.x", "not_aws_bedrock", "0"},
	    {"cloudformation", "AWS::Bedrock::Agent.A", "AWS::Bedrock::Agent", "1"},
	    {"arm", "Microsoft.CognitiveServices/accounts.a.b", "Microsoft.CognitiveServices/accounts", "1"},
	    {"bicep", "Microsoft.Storage/storageAccounts.s", "Microsoft.Storage/storageAccounts", "0"},
	    {"arm", "Microsoft.Search/searchServices", "-", "0"},
	    {"dockerfile", "/Dockerfile.RUN", "-", "0"},
	    {"terraform", "alone", "-", "0"},
	    {"terraform", "", "-", "0"},
	    {"terraform", "module.x", "-", "0"},
	    {"terraform", "a[.b", "-", "0"},
	    {"terraform", "module", "-", "0"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[600];
		snprintf(text, sizeof text, REPORT("%s", CHECK("%s")), cases[i][0], cases[i][1]);
		const struct evidence_record *r = only(c, text);
		assert_column(r, "resource_type", cases[i][2]);
		assert_column(r, "ai", cases[i][3]);
	}
}

static void the_platform_is_told_by_the_id_of_the_check(void **state)
{
	static const char *const cases[][2] = {
	    {"CKV_AWS_1", "aws"},       {"CKV2_AZURE_9", "azure"}, {"CKV_GCP_2", "gcp"}, {"CKV_K8S_16", "kubernetes"},
	    {"CKV_GITHUB_1", "github"}, {"CKV_DOCKER_3", "-"},     {"CUSTOM_AWS_1", "-"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[400];
		snprintf(text, sizeof text, REPORT("terraform", "\"check_id\":\"%s\",\"resource\":\"a.b\""),
			 cases[i][0]);
		assert_column(only(*state, text), "provider", cases[i][1]);
	}
}

static void suppressed_checks_are_muted_and_not_judged(void **state)
{
	const struct evidence_record *r =
	    only(*state, "{\"check_type\":\"terraform\",\"results\":{\"skipped_checks\":[{" CHECK(
			     "a.b") ",\"check_result\":{\"result\":\"SKIPPED\",\"suppress_comment\":\"no\"}}]}}");
	assert_column(r, "muted", "1");
	assert_column(r, "status", "-");
}

static void a_result_in_the_wrong_list_is_refused(void **state)
{
	refused(*state, REPORT("terraform", CHECK("a.b") ",\"check_result\":{\"result\":\"PASSED\"}"),
		"check 1: its check_result is not that of the list", "file:1");
}

static void wrong_types_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "", "a value expected", "file:1:1");
	refused(c, "5", "a report (an object) expected", "file:1:1");
	refused(c, "[[]]", "a report (an object) expected", "file:1:2");
	refused(c, "{}", "check_type in the report expected", "file:1:2");
	refused(c, "{\"check_type\":7}", "a text expected", "file:1:15");
	refused(c, "{\"check_type\":\"arm\",\"results\":[]}", "an object expected", "file:1:31");
	refused(c, "{\"check_type\":\"arm\",\"results\":{\"passed_checks\":{}}}", "a list expected", "file:1:48");
	refused(c, "{\"check_type\":\"arm\",\"results\":{\"passed_checks\":[1]}}", "a check (an object) expected",
		"file:1:49");
	refused(c, "{\"results\":{\"passed_checks\":[]},\"check_type\":\"arm\"}", "check_type before the results",
		"file:1:29");
	refused(c, REPORT("arm", "\"resource\":\"x\""), "check 1: it has no check_id", "file:1");
	refused(c, REPORT("arm", "\"check_id\":{}"), "a text expected", "file:1:80");
	refused(c, "{\"check_type\":\"arm\",\"summary\":{\"passed\":1.5}}", "a whole number expected", "file:1:41");
	refused(c, "{\"check_type\":\"arm\",\"summary\":{\"passed\":99999999999999999999}}", "a whole number expected",
		"file:1:41");
}

static void hostile_reports_are_refused(void **state)
{
	struct collect *c = *state;
	refused(c, REPORT("arm", "\"check_id\":\"a\\u0000b\""), "U+0000", "file:1:80");
	assert_int_equal(read_text(c, REPORT("arm", "\"check_id\":\"a\",\"check_id\":\"b\"")), E_INVALID);
	assert_non_null(strstr(c->err.detail, "stands twice"));
	assert_int_equal(read_text(c, "{\"check_type\":\"arm\",\"check_type\":\"arm\"}"), E_INVALID);
	assert_int_equal(read_text(c, "{\"check_type\":\"arm\"} {}"), E_INVALID);
	char deep[400];
	memset(deep, '[', sizeof deep - 1);
	deep[sizeof deep - 1] = '\0';
	assert_int_not_equal(read_text(c, deep), OK);
	char id[3000], text[4000];
	memset(id, 'i', sizeof id - 1);
	id[sizeof id - 1] = '\0';
	snprintf(text, sizeof text, REPORT("arm", "\"check_id\":\"%s\""), id);
	assert_int_equal(only(c, text)->id.n, 512);
}

static void results_that_repeat_are_left_out_and_ones_that_differ_are_numbered(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "{\"check_type\":\"terraform\",\"results\":{\"passed_checks\":[{" CHECK(
					  "a.b") "},{" CHECK("a.b") "}],\"failed_checks\":[{" CHECK("a.b") "}]}}"),
			 OK);
	assert_int_equal(c->facts.records, 3);
	assert_int_equal(c->n, 2);
	assert_true(str_eq(c->rows[1].id, S("CKV_AWS_1|a.b|#2")));
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 3;
	assert_int_equal(collect_file(c, "checkov", "checkov/several_types.json"), E_IO);
	assert_int_equal(c->n, 2);
}

static void reports_are_told_from_all_other_formats(void **state)
{
	static const char *const samples[][2] = {
	    {"checkov/several_types.json", "checkov"},     {"checkov/one_type.json", "checkov"},
	    {"checkov/nothing_found.json", "checkov"},     {"checkov/quiet.json", "checkov"},
	    {"ocsf/example_output_aws.ocsf.json", "ocsf"}, {"cyclonedx/valid-machine-learning-1.6.json", "cyclonedx"},
	    {"garak/sample_report.jsonl", "garak"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		str text = collect_load(samples[i][0]);
		const struct import_format *found = NULL;
		assert_int_equal(import_detect(text, true, S("file"), &found, &c->err), OK);
		assert_true(str_eq(found->name, str_from(samples[i][1])));
		free((void *)(uintptr_t)text.p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_sample_of_several_types_has_ten_results),
	    COLLECT_TEST(a_single_report_is_read),
	    COLLECT_TEST(a_run_that_found_nothing_has_no_results),
	    COLLECT_TEST(a_report_of_failures_alone_is_refused),
	    COLLECT_TEST(counts_that_differ_are_warned_of),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(resource_types_stand_before_the_name),
	    COLLECT_TEST(the_platform_is_told_by_the_id_of_the_check),
	    COLLECT_TEST(suppressed_checks_are_muted_and_not_judged),
	    COLLECT_TEST(a_result_in_the_wrong_list_is_refused),
	    COLLECT_TEST(wrong_types_are_refused_with_their_place),
	    COLLECT_TEST(hostile_reports_are_refused),
	    COLLECT_TEST(results_that_repeat_are_left_out_and_ones_that_differ_are_numbered),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	    COLLECT_TEST(reports_are_told_from_all_other_formats),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
