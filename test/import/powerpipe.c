#include "collect.h"

#define GROUP(controls) "{\"group_id\":\"g\",\"groups\":null,\"controls\":[" controls "]}"
#define CONTROL(results, members) "{\"results\":[" results "],\"control_id\":\"m.control.c\"" members "}"
#define RESULT(status) "{\"resource\":\"r\",\"status\":\"" status "\"}"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "powerpipe", str_from(text));
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

/* SageMaker: 2 ok, 1 alarm, 1 skip; S3: 1 alarm, 1 info, 1 error; the SageMaker control stands in two groups. */
static void the_sample_has_seven_results(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "powerpipe", "powerpipe/benchmark.json"), OK);
	assert_int_equal(c->facts.records, 11);
	assert_int_equal(c->n, 7);
	collect_no_same_ids(c);
	assert_int_equal(with(c, "status", "pass"), 2);
	assert_int_equal(with(c, "status", "fail"), 2);
	assert_int_equal(with(c, "status", "not_applicable"), 1);
	assert_int_equal(with(c, "status", "manual"), 1);
	assert_int_equal(with(c, "status", "-"), 1);
	assert_int_equal(with(c, "ai", "1"), 4);
	const struct evidence_record *r = &c->rows[0];
	assert_true(
	    str_eq(r->id, S("aws_compliance.control.sagemaker_notebook_instance_encrypted_with_kms_cmk|"
			    "arn:aws:sagemaker:eu-west-1:123456789012:notebook-instance/one|123456789012|eu-west-1")));
	assert_true(r->main);
	assert_int_equal(r->record, 1);
	assert_column(r, "check_id", "aws_compliance.control.sagemaker_notebook_instance_encrypted_with_kms_cmk");
	assert_column(r, "title", "SageMaker notebook instances should be encrypted using CMK");
	assert_column(r, "status", "pass");
	assert_column(r, "muted", "-");
	assert_column(r, "severity", "high");
	assert_column(r, "service", "AWS/SageMaker");
	assert_column(r, "ai", "1");
	assert_column(r, "resource", "arn:aws:sagemaker:eu-west-1:123456789012:notebook-instance/one");
	assert_column(r, "resource_type", "-");
	assert_column(r, "account", "123456789012");
	assert_column(r, "region", "eu-west-1");
	assert_column(r, "provider", "aws");
	assert_column(r, "tool", "powerpipe");
	assert_column(r, "checked_at", "-");
	assert_false(c->facts.has_time);
	assert_true(str_eq(c->facts.identity, S("powerpipe:aws:123456789012")));
	assert_true(collect_warned(c, "a result is an error: its status stays unknown"));
	assert_true(collect_warned(c, "a control could not run to its end"));
	assert_true(collect_warned(c, "repeats an earlier one word for word and is left out (4 times"));
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	struct collect *c = *state;
	str text = collect_load("powerpipe/benchmark.json");
	str whole = str_trim(text);
	for (size_t n = 0; n < whole.n; n++) {
		assert_int_equal(collect_text(c, "powerpipe", str_slice(whole, 0, n)), E_INVALID);
		assert_non_null(strstr(c->err.where, "file:"));
	}
	free((void *)(uintptr_t)text.p);
}

static void statuses_are_those_of_the_tool(void **state)
{
	static const char *const cases[][2] = {
	    {"ok", "pass"}, {"OK", "pass"}, {"alarm", "fail"}, {"info", "manual"}, {"skip", "not_applicable"},
	    {"error", "-"}, {"", "-"}};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[400];
		snprintf(text, sizeof text, GROUP(CONTROL(RESULT("%s"), "")), cases[i][0]);
		assert_column(only(c, text), "status", cases[i][1]);
	}
	assert_true(collect_warned(c, "says neither pass nor fail"));
	refused(c, GROUP(CONTROL(RESULT("ok") ",\n" RESULT("perhaps\\u001b"), "")),
		"result 2: the status \"perhaps?\" is not known", "file:2");
}

static void places_are_dimensions(void **state)
{
	static const char *const cases[][3] = {
	    {"[{\"key\":\"region\",\"value\":\"r1\"},{\"key\":\"account_id\",\"value\":\"1\"}]", "r1", "1"},
	    {"[{\"key\":\"location\",\"value\":\"l\"},{\"key\":\"project\",\"value\":\"p\"}]", "l", "p"},
	    {"[{\"key\":\"subscription\",\"value\":\"s\"},{\"key\":\"resource_group\",\"value\":\"g\"}]", "-", "s"},
	    {"[{\"key\":\"region\",\"value\":\"\"},{\"key\":\"location\",\"value\":\"l\"}]", "l", "-"},
	    {"[{\"key\":\"account_id\",\"value\":null}]", "-", "-"},
	    {"[]", "-", "-"},
	    {"null", "-", "-"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[500];
		snprintf(text, sizeof text,
			 GROUP(CONTROL("{\"resource\":\"r\",\"status\":\"ok\",\"dimensions\":%s}", "")), cases[i][0]);
		const struct evidence_record *r = only(*state, text);
		assert_column(r, "region", cases[i][1]);
		assert_column(r, "account", cases[i][2]);
	}
}

static void controls_of_ai_services_are_about_ai(void **state)
{
	static const char *const cases[][3] = {
	    {"control.x", "AWS/SageMaker", "1"},
	    {"control.x", "Azure/CognitiveServices", "1"},
	    {"control.x", "Azure/CognitiveSearch", "1"},
	    {"control.x", "AWS/S3", "0"},
	    {"control.x", "", "0"},
	    {"azure_compliance.control.cognitive_account_private_link_used", "", "1"},
	    {"sagemaker_x", "", "1"},
	    {"control.not_sagemaker_x", "", "0"},
	    {"sagemaker_mod.control.x", "", "0"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[500];
		snprintf(text, sizeof text,
			 "{\"controls\":[{\"control_id\":\"%s\",\"tags\":{\"service\":\"%s\"},\"results\":[" RESULT(
			     "ok") "]}]}",
			 cases[i][0], cases[i][1]);
		assert_column(only(*state, text), "ai", cases[i][2]);
	}
}

static void a_benchmark_without_results_has_no_rows(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, GROUP(CONTROL("", ""))), OK);
	assert_int_equal(c->facts.records, 0);
	assert_int_equal(c->facts.identity.n, 0);
	assert_int_equal(read_text(c, "{\"groups\":[{\"groups\":[],\"controls\":null}],\"controls\":null}"), OK);
	assert_int_equal(c->n, 0);
	assert_int_equal(read_text(c, "{\"controls\":[{\"control_id\":\"c\",\"results\":null}]}"), OK);
	assert_int_equal(c->n, 0);
}

static void the_feed_is_named_only_when_all_results_share_it(void **state)
{
#define IN(account) "{\"status\":\"ok\",\"dimensions\":[{\"key\":\"account_id\",\"value\":\"" account "\"}]}"
	struct collect *c = *state;
	assert_int_equal(read_text(c, GROUP(CONTROL(IN("1"), ",\"tags\":{\"plugin\":\"aws\"}"))), OK);
	assert_true(str_eq(c->facts.identity, S("powerpipe:aws:1")));
	assert_int_equal(read_text(c, GROUP(CONTROL(IN("1") "," IN("2"), ",\"tags\":{\"plugin\":\"aws\"}"))), OK);
	assert_int_equal(c->n, 2);
	assert_int_equal(c->facts.identity.n, 0);
	assert_int_equal(read_text(c, GROUP(CONTROL(IN("1"), ""))), OK);
	assert_int_equal(c->facts.identity.n, 0);
	assert_true(collect_warned(c, "names no account"));
}

static void wrong_types_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "", "a value expected", "file:1:1");
	refused(c, "[]", "a group (an object) expected", "file:1:1");
	refused(c, "{}", "groups or controls in the group expected", "file:1:2");
	refused(c, "{\"groups\":[{}]}", "groups or controls in the group expected", "file:1:13");
	refused(c, "{\"groups\":{}}", "a list expected", "file:1:11");
	refused(c, "{\"groups\":[7]}", "a group (an object) expected", "file:1:12");
	refused(c, "{\"controls\":[7]}", "a control (an object) expected", "file:1:14");
	refused(c, "{\"controls\":[{}]}", "a control has no control_id", "file:1");
	refused(c, "{\"controls\":[{\"results\":[7]}]}", "a result (an object) expected", "file:1:26");
	refused(c, "{\"controls\":[{\"results\":[{\"dimensions\":[7]}]}]}", "a dimension (an object) expected",
		"file:1:41");
	refused(c, "{\"controls\":[{\"control_id\":[]}]}", "a text expected", "file:1:28");
}

static void hostile_benchmarks_are_refused(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "{\"groups\":[],\"groups\":[]}"), E_INVALID);
	assert_non_null(strstr(c->err.detail, "stands twice"));
	assert_int_equal(read_text(c, "{\"controls\":[{\"control_id\":\"a\",\"control_id\":\"b\"}]}"), E_INVALID);
	assert_int_equal(read_text(c, "{\"controls\":[{\"control_id\":\"a\\u0000\"}]}"), E_INVALID);
	assert_int_equal(read_text(c, "{\"groups\":[]} {}"), E_INVALID);
	char deep[8000] = "";
	for (int i = 0; i < 200; i++)
		strcat(deep, "{\"groups\":[");
	assert_int_not_equal(read_text(c, deep), OK);
	assert_int_equal(c->n, 0);
	char name[3000], text[4000];
	memset(name, 'n', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	snprintf(text, sizeof text, "{\"controls\":[{\"control_id\":\"%s\",\"results\":[" RESULT("ok") "]}]}", name);
	assert_int_equal(only(c, text)->id.n, 512);
}

static void results_that_differ_under_one_id_are_numbered(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, GROUP(CONTROL(RESULT("ok") "," RESULT("alarm") "," RESULT("ok"), ""))), OK);
	assert_int_equal(c->facts.records, 3);
	assert_int_equal(c->n, 2);
	assert_true(str_eq(c->rows[1].id, S("m.control.c|r||#2")));
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 3;
	assert_int_equal(collect_file(c, "powerpipe", "powerpipe/benchmark.json"), E_IO);
	assert_int_equal(c->n, 2);
}

static void benchmarks_are_told_from_all_other_formats(void **state)
{
	static const char *const samples[][2] = {
	    {"powerpipe/benchmark.json", "powerpipe"},
	    {"secure_score/secureScore.json", "secure_score"},
	    {"kubescape/results.json", "kubescape"},
	    {"checkov/several_types.json", "checkov"},
	    {"ocsf/example_output_aws.ocsf.json", "ocsf"},
	    {"cyclonedx/valid-machine-learning-1.6.json", "cyclonedx"},
	    {"prowler_csv/example_output_aws.csv", "prowler_csv"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		str text = collect_load(samples[i][0]);
		const struct import_format *found = NULL;
		assert_int_equal(
		    import_detect(str_slice(text, 0, IMPORT_HEAD), text.n <= IMPORT_HEAD, S("file"), &found, &c->err),
		    OK);
		assert_true(str_eq(found->name, str_from(samples[i][1])));
		free((void *)(uintptr_t)text.p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_sample_has_seven_results),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(statuses_are_those_of_the_tool),
	    COLLECT_TEST(places_are_dimensions),
	    COLLECT_TEST(controls_of_ai_services_are_about_ai),
	    COLLECT_TEST(a_benchmark_without_results_has_no_rows),
	    COLLECT_TEST(the_feed_is_named_only_when_all_results_share_it),
	    COLLECT_TEST(wrong_types_are_refused_with_their_place),
	    COLLECT_TEST(hostile_benchmarks_are_refused),
	    COLLECT_TEST(results_that_differ_under_one_id_are_numbered),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	    COLLECT_TEST(benchmarks_are_told_from_all_other_formats),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
