#include "collect.h"

#define SCORE(tenant, created, controls)                                                                               \
	"{\"azureTenantId\":\"" tenant "\",\"createdDateTime\":\"" created "\",\"controlScores\":[" controls "]}"
#define CONTROL(name, members) "{\"controlName\":\"" name "\"" members "}"
#define DAY "2026-04-03T00:00:00Z"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "secure_score", str_from(text));
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

/* 68 controls: 40 at 0 %, 28 at 100 %, one of which (SelfServicePasswordReset) is 0 of 0 users. */
static void the_sample_has_sixty_eight_controls(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "secure_score", "secure_score/secureScore.json"), OK);
	assert_int_equal(c->facts.records, 68);
	assert_int_equal(c->n, 68);
	collect_no_same_ids(c);
	assert_int_equal(with(c, "status", "pass"), 27);
	assert_int_equal(with(c, "status", "fail"), 40);
	assert_int_equal(with(c, "status", "not_applicable"), 1);
	assert_int_equal(with(c, "service", "Apps"), 53);
	assert_int_equal(with(c, "service", "Identity"), 11);
	assert_int_equal(with(c, "service", "Data"), 4);
	assert_int_equal(with(c, "ai", "0"), 68);
	const struct evidence_record *r = &c->rows[0];
	assert_true(str_eq(r->id, S("spo_idle_session_timeout|12345678-1234-1234-1234-1234567890abcd|")));
	assert_true(r->main);
	assert_int_equal(r->record, 1);
	assert_column(r, "check_id", "spo_idle_session_timeout");
	assert_column(r, "status", "fail");
	assert_column(r, "service", "Apps");
	assert_column(r, "account", "12345678-1234-1234-1234-1234567890abcd");
	assert_column(r, "provider", "m365");
	assert_column(r, "tool", "secure_score");
	assert_column(r, "checked_at", "2024-01-01T17:12:14Z");
	assert_column(r, "title", "-");
	assert_column(r, "muted", "-");
	assert_column(r, "severity", "-");
	assert_column(r, "resource", "-");
	assert_string_equal(collect_observed(c), "2024-07-11T01:07:39Z");
	assert_true(str_eq(c->facts.identity, S("secure_score:m365:12345678-1234-1234-1234-1234567890abcd")));
	assert_string_equal(c->warnings, "");
}

static void the_newest_of_several_days_counts(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "secure_score", "secure_score/three_days.json"), OK);
	assert_int_equal(c->facts.records, 4);
	assert_int_equal(c->n, 4);
	static const char *const expected[][4] = {{"aad_copilot_sample", "fail", "1", "2026-10-03T02:00:00Z"},
						  {"MFARegistrationV2", "fail", "0", "2026-10-03T00:00:00Z"},
						  {"AdminMFAV2", "pass", "0", "2026-10-03T00:00:00Z"},
						  {"new_control", "-", "0", "2026-10-03T00:00:00Z"}};
	for (size_t i = 0; i < 4; i++) {
		assert_column(&c->rows[i], "check_id", expected[i][0]);
		assert_column(&c->rows[i], "status", expected[i][1]);
		assert_column(&c->rows[i], "ai", expected[i][2]);
		assert_column(&c->rows[i], "checked_at", expected[i][3]);
	}
	assert_string_equal(collect_observed(c), "2026-10-03T02:00:00Z");
	assert_true(collect_warned(c, "scores of several days: the newest counts (2 times"));
	assert_true(collect_warned(c, "one page of several"));
	assert_true(collect_warned(c, "says neither pass nor fail"));
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	struct collect *c = *state;
	str text = collect_load("secure_score/three_days.json");
	str whole = str_trim(text);
	for (size_t n = 0; n < whole.n; n++) {
		assert_int_equal(collect_text(c, "secure_score", str_slice(whole, 0, n)), E_INVALID);
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
	snprintf(path, sizeof path, "%s/secure_score/three_days.json", TEST_DATA);
	assert_int_equal(source_open_file(&from, path, S("file"), &c->err), OK);
	assert_int_equal(collect_source(c, "secure_score", &from), OK);
	source_close(&from);
	assert_int_equal(c->n, 4);
}

static void a_page_a_list_and_a_score_alone_are_read(void **state)
{
	static const char *const texts[] = {
	    "{\"value\":[" SCORE("t", DAY, CONTROL("a", "")) "]}",
	    "[" SCORE("t", DAY, CONTROL("a", "")) "]",
	    SCORE("t", DAY, CONTROL("a", "")),
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		const struct evidence_record *r = only(*state, texts[i]);
		assert_column(r, "account", "t");
		assert_column(r, "checked_at", DAY);
	}
}

static void an_empty_page_has_no_results(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "{\"value\":[]}"), OK);
	assert_int_equal(c->n, 0);
	assert_int_equal(c->facts.identity.n, 0);
	assert_false(c->facts.has_time);
	assert_int_equal(read_text(c, SCORE("t", DAY, "")), OK);
	assert_int_equal(c->n, 0);
	assert_true(str_eq(c->facts.identity, S("secure_score:m365:t")));
}

static void only_the_whole_of_a_control_is_a_pass(void **state)
{
	static const char *const cases[][2] = {{",\"scoreInPercentage\":100", "pass"},
					       {",\"scoreInPercentage\":100.0", "pass"},
					       {",\"scoreInPercentage\":99.99", "fail"},
					       {",\"scoreInPercentage\":0", "fail"},
					       {",\"scoreInPercentage\":1e300", "fail"},
					       {",\"scoreInPercentage\":null", "-"},
					       {",\"score\":5", "-"},
					       {",\"scoreInPercentage\":100,\"total\":0", "not_applicable"},
					       {",\"scoreInPercentage\":100,\"total\":\"0\"", "not_applicable"},
					       {",\"scoreInPercentage\":100,\"total\":\"10\"", "pass"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[400];
		snprintf(text, sizeof text, SCORE("t", DAY, CONTROL("a", "%s")), cases[i][0]);
		assert_column(only(*state, text), "status", cases[i][1]);
	}
}

static void controls_about_copilot_are_about_ai(void **state)
{
	static const char *const cases[][2] = {
	    {"m365_Copilot_x", "1"}, {"COPILOT", "1"}, {"copilo", "0"}, {"a", "0"}, {"coPilo_t", "0"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[400];
		snprintf(text, sizeof text, SCORE("t", DAY, CONTROL("%s", "")), cases[i][0]);
		assert_column(only(*state, text), "ai", cases[i][1]);
	}
}

static void times_of_a_control_come_before_that_of_the_day(void **state)
{
	struct collect *c = *state;
	assert_column(only(c, SCORE("t", DAY, CONTROL("a", ",\"lastSynced\":\"2026-04-02T10:00:00+02:00\""))),
		      "checked_at", "2026-04-02T08:00:00Z");
	assert_column(only(c, SCORE("t", DAY, CONTROL("a", ",\"lastSynced\":\"0001-01-01T00:00:00Z\""))), "checked_at",
		      DAY);
	assert_column(only(c, "{\"controlScores\":[" CONTROL("a", "") "]}"), "checked_at", "-");
	assert_true(collect_warned(c, "a result has no time"));
	assert_true(collect_warned(c, "names no account"));
	assert_false(c->facts.has_time);
	refused(c, SCORE("t", DAY, CONTROL("a", ",\"lastSynced\":\"soon\"")), "\"soon\" is no time", "file:1");
	refused(c, SCORE("t", "soon", ""), "\"soon\" is no time", "file:1");
}

static void scores_of_several_tenants_are_refused(void **state)
{
	refused(*state, "[" SCORE("t", DAY, "") ",\n" SCORE("u", DAY, "") "]", "of several tenants", "file:2");
}

static void wrong_types_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "", "a value expected", "file:1:1");
	refused(c, "7", "scores (an object or a list) expected", "file:1:1");
	refused(c, "{}", "controlScores in the score expected", "file:1:2");
	refused(c, "[7]", "a score (an object) expected", "file:1:2");
	refused(c, "{\"value\":{}}", "a list expected", "file:1:10");
	refused(c, "{\"value\":[{}]}", "controlScores in the score expected", "file:1:12");
	refused(c, "{\"controlScores\":null}", "a list expected", "file:1:18");
	refused(c, "{\"controlScores\":[7]}", "a control (an object) expected", "file:1:19");
	refused(c, "{\"controlScores\":[{}]}", "a controlName in the control expected", "file:1:20");
	refused(c, "{\"controlScores\":[{\"controlName\":\"a\",\"scoreInPercentage\":\"1\"}]}", "a number expected",
		"file:1:58");
}

static void hostile_files_are_refused(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "{\"controlScores\":[],\"controlScores\":[]}"), E_INVALID);
	assert_non_null(strstr(c->err.detail, "stands twice"));
	assert_int_equal(read_text(c, "{\"controlScores\":[{\"controlName\":\"a\",\"controlName\":\"b\"}]}"),
			 E_INVALID);
	assert_int_equal(read_text(c, "{\"controlScores\":[{\"controlName\":\"a\\u0000\"}]}"), E_INVALID);
	assert_int_equal(read_text(c, "{\"controlScores\":[]} []"), E_INVALID);
	char deep[400];
	memset(deep, '[', sizeof deep - 1);
	deep[sizeof deep - 1] = '\0';
	assert_int_not_equal(read_text(c, deep), OK);
	/* Both forms at once: the list counts. */
	assert_int_equal(
	    read_text(c, "{\"azureTenantId\":\"x\",\"controlScores\":[" CONTROL("a", "") "],\"value\":[" SCORE(
			     "t", DAY, CONTROL("b", "") "," CONTROL("b", "")) "]}"),
	    OK);
	assert_int_equal(c->facts.records, 2);
	assert_int_equal(c->n, 1);
	assert_column(&c->rows[0], "account", "t");
	assert_true(collect_warned(c, "repeats an earlier one"));
	char name[3000], text[4000];
	memset(name, 'n', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	snprintf(text, sizeof text, SCORE("t", DAY, CONTROL("%s", "")), name);
	assert_int_equal(only(c, text)->id.n, 512);
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 3;
	assert_int_equal(collect_file(c, "secure_score", "secure_score/secureScore.json"), E_IO);
	assert_int_equal(c->n, 2);
}

static void scores_are_told_from_all_other_formats(void **state)
{
	static const char *const samples[][2] = {
	    {"secure_score/secureScore.json", "secure_score"}, {"secure_score/three_days.json", "secure_score"},
	    {"kubescape/results.json", "kubescape"},           {"checkov/several_types.json", "checkov"},
	    {"ocsf/example_output_azure.ocsf.json", "ocsf"},
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
	const struct import_format *f = import_format_find(S("secure_score"));
	assert_int_equal(f->sniff(S(SCORE("t", DAY, "")), true), 100);
	assert_int_equal(f->sniff(S("{\"value\":[{\"azureTenantId\":\"t\",\"maxScore\":3}]}"), true), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_sample_has_sixty_eight_controls),
	    COLLECT_TEST(the_newest_of_several_days_counts),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(a_file_is_read_twice_too),
	    COLLECT_TEST(a_page_a_list_and_a_score_alone_are_read),
	    COLLECT_TEST(an_empty_page_has_no_results),
	    COLLECT_TEST(only_the_whole_of_a_control_is_a_pass),
	    COLLECT_TEST(controls_about_copilot_are_about_ai),
	    COLLECT_TEST(times_of_a_control_come_before_that_of_the_day),
	    COLLECT_TEST(scores_of_several_tenants_are_refused),
	    COLLECT_TEST(wrong_types_are_refused_with_their_place),
	    COLLECT_TEST(hostile_files_are_refused),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	    COLLECT_TEST(scores_are_told_from_all_other_formats),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
