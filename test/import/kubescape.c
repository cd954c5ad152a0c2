#include "collect.h"

#include "base/buf.h"

#define REPORT(results) "{\"summaryDetails\":{},\"results\":[" results "]}"
#define RESOURCE(controls) "{\"resourceID\":\"apps/v1/ai/Deployment/vllm\",\"controls\":[" controls "]}"
#define CONTROL(status) "{\"controlID\":\"C-1\",\"name\":\"n\",\"status\":" status "}"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "kubescape", str_from(text));
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

/* 18 controls on a deployment and 2 on a network policy, all passed; the 15 controls without a resource are no rows. */
static void the_sample_of_a_file_has_twenty_passes(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "kubescape", "kubescape/results.json"), OK);
	assert_int_equal(c->facts.records, 20);
	assert_int_equal(c->n, 20);
	collect_no_same_ids(c);
	assert_int_equal(with(c, "status", "pass"), 20);
	assert_int_equal(with(c, "muted", "0"), 20);
	assert_int_equal(with(c, "ai", "0"), 20);
	assert_int_equal(with(c, "resource_type", "Deployment"), 18);
	assert_int_equal(with(c, "region", "default"), 2);
	const struct evidence_record *r = &c->rows[0];
	assert_true(str_eq(r->id, S("C-0044||path=966824446/api=apps/v1//Deployment/nginx-deployment")));
	assert_true(r->main);
	assert_int_equal(r->record, 1);
	assert_column(r, "check_id", "C-0044");
	assert_column(r, "title", "Container hostPort");
	assert_column(r, "severity", "medium");
	assert_column(r, "service", "Network");
	assert_column(r, "resource", "path=966824446/api=apps/v1//Deployment/nginx-deployment");
	assert_column(r, "region", "-");
	assert_column(r, "account", "-");
	assert_column(r, "provider", "kubernetes");
	assert_column(r, "tool", "kubescape");
	assert_column(r, "checked_at", "-");
	assert_false(c->facts.has_time);
	assert_int_equal(c->facts.identity.n, 0);
	assert_string_equal(c->warnings,
			    "the file does not say when it was made\n"
			    "a result names no account or cluster: when several are imported for one unit, "
			    "give each its own --feed\n");
}

/* On a deployment: passed, failed, skipped for review, excepted; on a pod: failed and acknowledged, irrelevant. */
static void the_sample_of_a_cluster_has_every_status(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "kubescape", "kubescape/cluster.json"), OK);
	assert_int_equal(c->facts.records, 6);
	assert_int_equal(c->n, 6);
	static const char *const expected[][4] = {
	    {"pass", "0", "high", "Workload"},        {"fail", "0", "critical", "Secrets"},
	    {"manual", "0", "low", "Access control"}, {"-", "1", "medium", "Network"},
	    {"fail", "1", "high", "Workload"},        {"not_applicable", "0", "-", "-"}};
	for (size_t i = 0; i < 6; i++) {
		assert_column(&c->rows[i], "status", expected[i][0]);
		assert_column(&c->rows[i], "muted", expected[i][1]);
		assert_column(&c->rows[i], "severity", expected[i][2]);
		assert_column(&c->rows[i], "service", expected[i][3]);
		assert_column(&c->rows[i], "account", "prod-eu");
		assert_column(&c->rows[i], "checked_at", "2026-10-05T08:30:00.123Z");
	}
	assert_column(&c->rows[4], "resource_type", "Pod");
	assert_column(&c->rows[4], "region", "ai");
	assert_true(str_eq(c->facts.identity, S("kubescape:kubernetes:prod-eu")));
	assert_string_equal(collect_observed(c), "2026-10-05T08:30:00.123Z");
	assert_string_equal(c->warnings, "");
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	struct collect *c = *state;
	str text = collect_load("kubescape/cluster.json");
	str whole = str_trim(text);
	for (size_t n = 0; n < whole.n; n++) {
		assert_int_equal(collect_text(c, "kubescape", str_slice(whole, 0, n)), E_INVALID);
		assert_non_null(strstr(c->err.where, "file:"));
		assert_int_equal(c->n, 0);
	}
	free((void *)(uintptr_t)text.p);
}

static void a_file_is_read_twice_too(void **state)
{
	struct collect *c = *state;
	struct source from;
	char path[512];
	snprintf(path, sizeof path, "%s/kubescape/cluster.json", TEST_DATA);
	assert_int_equal(source_open_file(&from, path, S("file"), &c->err), OK);
	assert_int_equal(collect_source(c, "kubescape", &from), OK);
	source_close(&from);
	assert_int_equal(c->n, 6);
}

static void a_scan_without_resources_has_no_results(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "{\"generationTime\":\"2026-01-01T00:00:00Z\",\"summaryDetails\":{\"controls\":"
				      "null},\"results\":null}"),
			 OK);
	assert_int_equal(c->facts.records, 0);
	assert_false(c->facts.has_time);
}

static void what_stands_behind_the_results_counts_too(void **state)
{
	const struct evidence_record *r = only(
	    *state,
	    "{\"results\":[" RESOURCE(CONTROL(
		"{\"status\":\"failed\"}")) "],\"summaryDetails\":{\"controls\":{"
					    "\"C-1\":{\"scoreFactor\":10}}},\"metadata\":{\"targetMetadata\":{"
					    "\"clusterContextMetadata\":{"
					    "\"contextName\":\"ctx\"}}},\"generationTime\":\"2026-01-01T00:00:00Z\"}");
	assert_column(r, "severity", "critical");
	assert_column(r, "account", "ctx");
	assert_column(r, "checked_at", "2026-01-01T00:00:00Z");
}

static void weights_are_severities(void **state)
{
	static const char *const cases[][2] = {{"1", "low"},  {"3", "low"},  {"4", "medium"},   {"6", "medium"},
					       {"7", "high"}, {"8", "high"}, {"9", "critical"}, {"10", "critical"},
					       {"0", "-"},    {"11", "-"},   {"2.5", "-"},      {"\"x\"", "-"},
					       {"null", "-"}, {"{}", "-"},   {"1e99", "-"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[500];
		snprintf(text, sizeof text,
			 "{\"summaryDetails\":{\"controls\":{\"C-1\":{\"scoreFactor\":%s}}},\"results\":[" RESOURCE(
			     CONTROL("{\"status\":\"passed\"}")) "]}",
			 cases[i][0]);
		assert_column(only(*state, text), "severity", cases[i][1]);
	}
}

static void exceptions_are_neither_pass_nor_fail(void **state)
{
	static const char *const cases[][3] = {
	    {"{\"status\":\"passed\",\"subStatus\":\"w/exceptions\"}", "-", "1"},
	    {"{\"status\":\"passed\"},\"rules\":[{\"subStatus\":\"\"},{\"subStatus\":\"w/exceptions\"}]", "-", "1"},
	    {"{\"status\":\"failed\"},\"rules\":[{\"subStatus\":\"w/exceptions\"}]", "fail", "0"},
	    {"{\"status\":\"failed\",\"subStatus\":\"w/exceptions\"}", "fail", "1"},
	    {"{\"status\":\"skipped\",\"subStatus\":\"manual review\"}", "manual", "0"},
	    {"{\"status\":\"passed\",\"subStatus\":\"irrelevant\"}", "not_applicable", "0"},
	    {"{\"status\":\"failed\",\"subStatus\":\"irrelevant\"}", "fail", "0"},
	    {"{\"status\":\"excluded\"}", "-", "1"},
	    {"\"failed\"", "fail", "0"},
	    {"{}", "-", "-"},
	    {"null", "-", "-"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[500];
		snprintf(text, sizeof text, REPORT(RESOURCE("{\"controlID\":\"C-1\",\"status\":%s}")), cases[i][0]);
		const struct evidence_record *r = only(c, text);
		assert_column(r, "status", cases[i][1]);
		assert_column(r, "muted", cases[i][2]);
	}
	assert_true(collect_warned(c, "says neither pass nor fail"));
	refused(c, REPORT(RESOURCE(CONTROL("\"perhaps\\u001b\""))), "the status \"perhaps?\" is not known", "file:1");
}

static void resources_that_are_no_objects_keep_their_name_alone(void **state)
{
	static const char *const cases[][3] = {{"/v1/ns/Pod/x", "Pod", "ns"}, {"path=1/api=/v1//Node/n", "Node", "-"},
					       {"a/b/c/d/e/f", "-", "-"},     {"a/b/c/d/", "-", "-"},
					       {"cloud", "-", "-"},           {"path=1", "-", "-"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[500];
		snprintf(text, sizeof text, REPORT("{\"resourceID\":\"%s\",\"controls\":[" CONTROL("\"passed\"") "]}"),
			 cases[i][0]);
		const struct evidence_record *r = only(*state, text);
		assert_column(r, "resource", cases[i][0]);
		assert_column(r, "resource_type", cases[i][1]);
		assert_column(r, "region", cases[i][2]);
	}
}

static void wrong_types_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "", "a value expected", "file:1:1");
	refused(c, "[]", "a report of Kubescape (an object) expected", "file:1:1");
	refused(c, "{\"results\":[]}", "summaryDetails and results", "file:1:14");
	refused(c, "{\"summaryDetails\":{}}", "summaryDetails and results", "file:1:21");
	refused(c, "{\"summaryDetails\":[]}", "an object expected", "file:1:19");
	refused(c, "{\"summaryDetails\":{\"controls\":[]}}", "an object expected", "file:1:31");
	refused(c, "{\"summaryDetails\":{\"controls\":{\"a\":1}}}", "a control (an object) expected", "file:1:36");
	refused(c, "{\"summaryDetails\":{},\"results\":{}}", "a list expected", "file:1:32");
	refused(c, REPORT("7"), "the results of a resource (an object) expected", "file:1:33");
	refused(c, REPORT("{\"controls\":[]}"), "resourceID before the controls expected", "file:1:45");
	refused(c, REPORT(RESOURCE("7")), "a control (an object) expected", "file:1:88");
	refused(c, REPORT(RESOURCE("{}")), "a controlID in the control expected", "file:1:89");
	refused(c, "{\"generationTime\":\"x\",\"summaryDetails\":{},\"results\":[]}", "\"x\" is no time", "file");
	refused(c, "{\"generationTime\":{},\"summaryDetails\":{},\"results\":[]}", "a text expected", "file:1:19");
}

static void hostile_reports_are_refused(void **state)
{
	struct collect *c = *state;
	refused(c, "{\"summaryDetails\":{\"controls\":{\"a\":{},\"a\":{}}},\"results\":[]}",
		"a control that does not stand there already expected", "file:1:43");
	assert_int_equal(read_text(c, "{\"summaryDetails\":{},\"results\":[],\"results\":[]}"), E_INVALID);
	assert_int_equal(read_text(c, REPORT("") "{}"), E_INVALID);
	assert_int_equal(read_text(c, REPORT(RESOURCE("{\"controlID\":\"a\\u0000\"}"))), E_INVALID);
	assert_int_equal(read_text(c, REPORT(RESOURCE("{\"controlID\":\"a\",\"controlID\":\"b\"}"))), E_INVALID);
	char deep[400];
	memset(deep, '[', sizeof deep - 1);
	deep[sizeof deep - 1] = '\0';
	assert_int_not_equal(read_text(c, deep), OK);
	struct buf text = BUF((size_t)1 << 20);
	buf_add(&text, S("{\"results\":[],\"summaryDetails\":{\"controls\":{"));
	for (int i = 0; i <= 4096; i++) {
		char one[32];
		snprintf(one, sizeof one, "%s\"C-%d\":{}", i ? "," : "", i);
		buf_add(&text, str_from(one));
	}
	buf_add(&text, S("}}}"));
	assert_int_equal(collect_text(c, "kubescape", buf_str(&text)), E_TOO_LARGE);
	assert_non_null(strstr(c->err.message, "more than 4096 controls"));
	buf_release(&text);
}

static void results_that_repeat_are_left_out_and_ones_that_differ_are_numbered(void **state)
{
	struct collect *c = *state;
	assert_int_equal(
	    read_text(c, REPORT(RESOURCE(CONTROL("\"passed\"") "," CONTROL("\"passed\"") "," CONTROL("\"failed\"")))),
	    OK);
	assert_int_equal(c->facts.records, 3);
	assert_int_equal(c->n, 2);
	assert_true(str_eq(c->rows[1].id, S("C-1||apps/v1/ai/Deployment/vllm#2")));
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 3;
	assert_int_equal(collect_file(c, "kubescape", "kubescape/results.json"), E_IO);
	assert_int_equal(c->n, 2);
}

static void reports_are_told_from_all_other_formats(void **state)
{
	static const char *const samples[][2] = {
	    {"kubescape/results.json", "kubescape"},
	    {"kubescape/cluster.json", "kubescape"},
	    {"checkov/several_types.json", "checkov"},
	    {"ocsf/example_output_kubernetes.ocsf.json", "ocsf"},
	    {"cyclonedx/vllm-deployment-output.cdx.json", "cyclonedx"},
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
	    COLLECT_TEST(the_sample_of_a_file_has_twenty_passes),
	    COLLECT_TEST(the_sample_of_a_cluster_has_every_status),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(a_file_is_read_twice_too),
	    COLLECT_TEST(a_scan_without_resources_has_no_results),
	    COLLECT_TEST(what_stands_behind_the_results_counts_too),
	    COLLECT_TEST(weights_are_severities),
	    COLLECT_TEST(exceptions_are_neither_pass_nor_fail),
	    COLLECT_TEST(resources_that_are_no_objects_keep_their_name_alone),
	    COLLECT_TEST(wrong_types_are_refused_with_their_place),
	    COLLECT_TEST(hostile_reports_are_refused),
	    COLLECT_TEST(results_that_repeat_are_left_out_and_ones_that_differ_are_numbered),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	    COLLECT_TEST(reports_are_told_from_all_other_formats),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
