#include "collect.h"

#define FORMAT "slack_users"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, FORMAT, str_from(text));
}

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(read_text(c, text), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
}

#define USER(members) "{\"ok\":true,\"members\":[{\"id\":\"1\"" members "}]}"

static void members_bots_and_those_who_left_are_told_apart(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, FORMAT, "slack_users/synthetic_members.json"), OK);
	assert_int_equal(c->facts.records, 5);
	assert_int_equal(c->n, 5);
	assert_string_equal(c->warnings, "");
	assert_string_equal(collect_observed(c), "2026-11-03T10:00:00Z");
	assert_true(str_eq(c->facts.identity, S("slack:T000000001")));
	const struct evidence_record *r = collect_row(c, EVIDENCE_IDENTITY, 0);
	assert_true(str_eq(r->id, S("U000000001")));
	assert_int_equal(r->line, 4);
	assert_column(r, "name", "ann@example.com");
	assert_column(r, "kind", "user");
	assert_column(r, "provider", "slack");
	assert_column(r, "enabled", "1");
	assert_column(r, "privileged", "1");
	assert_column(r, "mfa", "1");
	assert_column(r, "created_at", "-");
	assert_column(r, "last_used_at", "-");
	assert_column(&c->rows[1], "mfa", "0");
	assert_column(&c->rows[1], "privileged", "0");
}

static void has_2fa_is_unknown_where_it_is_absent(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, FORMAT, "slack_users/synthetic_members.json"), OK);
	/* deleted */
	assert_column(&c->rows[2], "name", "cy");
	assert_column(&c->rows[2], "enabled", "0");
	assert_column(&c->rows[2], "mfa", "-");
	assert_column(&c->rows[2], "privileged", "-");
	assert_column(&c->rows[2], "kind", "user");
	/* a bot, and Slack's own, which says that it is none and has no second step */
	assert_column(&c->rows[3], "kind", "service");
	assert_column(&c->rows[3], "mfa", "-");
	assert_column(&c->rows[4], "kind", "service");
	assert_column(&c->rows[4], "mfa", "-");
}

static void owners_are_privileged_and_nothing_said_is_nothing(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, USER(",\"is_owner\":true")), OK);
	assert_column(&c->rows[0], "privileged", "1");
	assert_column(&c->rows[0], "kind", "-");
	assert_column(&c->rows[0], "enabled", "-");
	assert_int_equal(read_text(c, USER(",\"is_admin\":false")), OK);
	assert_column(&c->rows[0], "privileged", "-");
	assert_string_equal(collect_observed(c), "-");
}

static void a_refused_request_and_a_page_are_told(void **state)
{
	struct collect *c = *state;
	refused(c, "{\"ok\":false,\"error\":\"invalid_auth\"}", "a list of users in the answer expected", "file:1:35");
	assert_non_null(strstr(c->err.hint, "ok is false"));
	refused(c, "{\"ok\":false,\"members\":[]}", "a list of users in the answer expected", "file:1:25");
	assert_int_equal(read_text(c, "{\"members\":[],\"response_metadata\":{\"next_cursor\":\"dXNlcjpV\"}}"), OK);
	assert_true(collect_warned(c, "this is one page of several"));
}

static void wrong_files_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "{\"members\":[1]}", "a user (an object) expected", "file:1:13");
	refused(c, "{\"members\":null}", "a list of users expected", "file:1:12");
	refused(c, "{\"members\":[{\"name\":\"x\"}]}", "entry 1: a user without id", "file:1");
	refused(c, USER(",\"is_bot\":0"), "true or false expected", "file:1:42");
	refused(c, USER(",\"has_2fa\":\"yes\""), "true or false expected", "file:1:43");
	refused(c, "{\"members\":[],\"cache_ts\":99999999999999999999}", "a whole number expected", "file:1:26");
	refused(c, "{\"members\":[],\"cache_ts\":1793700000000}", "is no time in seconds", "file");
	assert_int_equal(read_text(c, USER(",\"deleted\":true,\"deleted\":false")), E_INVALID);
	assert_non_null(strstr(c->err.detail, "stands twice"));
	assert_int_equal(read_text(c, USER(",\"name\":\"\\u0000\"")), E_INVALID);
	assert_int_equal(read_text(c, ""), E_INVALID);
}

static void ids_that_repeat_are_left_out_or_numbered(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "[{\"id\":\"1\"},{\"id\":\"1\"},{\"id\":\"1\",\"deleted\":true}]"), OK);
	assert_int_equal(c->facts.records, 3);
	assert_int_equal(c->n, 2);
	assert_true(str_eq(c->rows[1].id, S("1#2")));
}

static void a_list_that_nests_too_deep_is_refused(void **state)
{
	struct collect *c = *state;
	char deep[400];
	memset(deep, '[', sizeof deep - 1);
	deep[sizeof deep - 1] = '\0';
	assert_int_not_equal(read_text(c, deep), OK);
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	struct collect *c = *state;
	str text = collect_load("slack_users/synthetic_members.json");
	str whole = str_trim(text);
	for (size_t n = 0; n < whole.n; n++)
		assert_int_equal(collect_text(c, FORMAT, str_slice(whole, 0, n)), E_INVALID);
	free((void *)(uintptr_t)text.p);
}

static void users_are_told_from_other_files(void **state)
{
	static const char *const mine[] = {"slack_users/synthetic_members.json"};
	static const char *const others[] = {"ocsf/example_output_aws.ocsf.json",
					     "garak/sample_report.jsonl",
					     "cyclonedx/vex-cisa-case2.json",
					     "aws_credential_report/root.csv",
					     "entra/users.json",
					     "okta/users.json",
					     "openai_users/users.json",
					     "anthropic_users/synthetic_users.json",
					     "github_members/members.json",
					     "google_users/users.json"};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof mine / sizeof *mine; i++) {
		const struct import_format *f = NULL;
		str text = collect_load(mine[i]);
		assert_int_equal(import_detect(text, true, S("file"), &f, &c->err), OK);
		assert_true(str_eq(f->name, S(FORMAT)));
		free((void *)(uintptr_t)text.p);
	}
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		str text = collect_load(others[i]);
		assert_int_equal(import_format_find(S(FORMAT))->sniff(text, true), 0);
		free((void *)(uintptr_t)text.p);
	}
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 3;
	assert_int_equal(collect_file(c, FORMAT, "slack_users/synthetic_members.json"), E_IO);
	assert_int_equal(c->n, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(members_bots_and_those_who_left_are_told_apart),
	    COLLECT_TEST(has_2fa_is_unknown_where_it_is_absent),
	    COLLECT_TEST(owners_are_privileged_and_nothing_said_is_nothing),
	    COLLECT_TEST(a_refused_request_and_a_page_are_told),
	    COLLECT_TEST(wrong_files_are_refused_with_their_place),
	    COLLECT_TEST(ids_that_repeat_are_left_out_or_numbered),
	    COLLECT_TEST(a_list_that_nests_too_deep_is_refused),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(users_are_told_from_other_files),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
