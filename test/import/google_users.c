#include "collect.h"

#define FORMAT "google_users"

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

#define USER(members) "{\"users\":[{\"id\":\"1\",\"primaryEmail\":\"x@y\"" members "}]}"

static void the_real_users_have_no_second_step(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, FORMAT, "google_users/users.json"), OK);
	assert_int_equal(c->facts.records, 7);
	assert_int_equal(c->n, 7);
	assert_string_equal(c->warnings, "");
	assert_string_equal(collect_observed(c), "-");
	assert_true(str_eq(c->facts.identity, S("google:C00000000")));
	const struct evidence_record *r = collect_row(c, EVIDENCE_IDENTITY, 0);
	assert_true(str_eq(r->id, S("100000000000000000001")));
	assert_int_equal(r->line, 5);
	assert_column(r, "name", "admin@example.com");
	assert_column(r, "kind", "user");
	assert_column(r, "provider", "google");
	assert_column(r, "enabled", "1");
	assert_column(r, "privileged", "0");
	assert_column(r, "mfa", "0");
	assert_column(r, "sso", "-");
	assert_column(r, "created_at", "2025-08-12T14:19:33Z");
	assert_column(r, "last_used_at", "2026-03-01T21:05:54Z");
	int enabled = 0, privileged = 0, mfa = 0;
	for (size_t i = 0; i < c->n; i++) {
		enabled += collect_value(&c->rows[i], "enabled")->i64 == 1;
		privileged += collect_value(&c->rows[i], "privileged")->i64 == 1;
		mfa += collect_value(&c->rows[i], "mfa")->i64 == 1;
	}
	assert_int_equal(enabled, 6);
	assert_int_equal(privileged, 3);
	assert_int_equal(mfa, 0);
}

static void states_and_steps_are_told_apart(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, FORMAT, "google_users/synthetic_states.json"), OK);
	assert_int_equal(c->n, 5);
	assert_true(collect_warned(c, "this is one page of several"));
	assert_column(&c->rows[0], "mfa", "1");
	assert_column(&c->rows[0], "privileged", "1");
	assert_column(&c->rows[0], "enabled", "1");
	/* enrolled, but nobody asks for it; suspended; 1970 is never */
	assert_column(&c->rows[1], "mfa", "0");
	assert_column(&c->rows[1], "enabled", "0");
	assert_column(&c->rows[1], "privileged", "0");
	assert_column(&c->rows[1], "last_used_at", "-");
	/* half a word is no word */
	assert_column(&c->rows[2], "mfa", "-");
	assert_column(&c->rows[2], "enabled", "-");
	assert_column(&c->rows[2], "privileged", "-");
	assert_column(&c->rows[3], "enabled", "0");
	assert_column(&c->rows[4], "enabled", "0");
}

static void wrong_files_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "{\"kind\":\"admin#directory#users\"}", "a list of users in the answer expected", "file:1:32");
	refused(c, "{\"users\":[1]}", "a user (an object) expected", "file:1:11");
	refused(c, "{\"users\":{}}", "a list of users expected", "file:1:10");
	refused(c, "{\"users\":[{\"primaryEmail\":\"x\"}]}", "entry 1: a user without id", "file:1");
	refused(c, USER(",\"kind\":\"admin#directory#group\""), "entry 1: the kind \"admin#directory#group\"",
		"file:1");
	refused(c, USER(",\"isAdmin\":\"no\""), "true or false expected", "file:1:52");
	refused(c, USER(",\"creationTime\":99999999999999999999"), "is no time", "file:1");
	refused(c, USER(",\"lastLoginTime\":\"never\""), "entry 1: lastLoginTime \"never\" is no time", "file:1");
	assert_int_equal(read_text(c, USER(",\"suspended\":true,\"suspended\":false")), E_INVALID);
	assert_non_null(strstr(c->err.detail, "stands twice"));
	assert_int_equal(read_text(c, USER(",\"customerId\":\"\\u0000\"")), E_INVALID);
	assert_int_equal(read_text(c, ""), E_INVALID);
}

static void ids_that_repeat_are_left_out_or_numbered(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "[{\"id\":\"1\"},{\"id\":\"1\"},{\"id\":\"1\",\"isAdmin\":true}]"), OK);
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
	str text = collect_load("google_users/synthetic_states.json");
	str whole = str_trim(text);
	for (size_t n = 0; n < whole.n; n++)
		assert_int_equal(collect_text(c, FORMAT, str_slice(whole, 0, n)), E_INVALID);
	free((void *)(uintptr_t)text.p);
}

static void users_are_told_from_other_files(void **state)
{
	static const char *const mine[] = {"google_users/users.json", "google_users/synthetic_states.json"};
	static const char *const others[] = {"ocsf/example_output_aws.ocsf.json",
					     "garak/sample_report.jsonl",
					     "cyclonedx/vex-cisa-case2.json",
					     "aws_credential_report/root.csv",
					     "entra/users.json",
					     "okta/users.json",
					     "openai_users/users.json",
					     "anthropic_users/synthetic_users.json",
					     "github_members/members.json"};
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
	assert_int_equal(collect_file(c, FORMAT, "google_users/synthetic_states.json"), E_IO);
	assert_int_equal(c->n, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_real_users_have_no_second_step),
	    COLLECT_TEST(states_and_steps_are_told_apart),
	    COLLECT_TEST(wrong_files_are_refused_with_their_place),
	    COLLECT_TEST(ids_that_repeat_are_left_out_or_numbered),
	    COLLECT_TEST(a_list_that_nests_too_deep_is_refused),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(users_are_told_from_other_files),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
