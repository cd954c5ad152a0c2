#include "collect.h"

#define FORMAT "anthropic_users"
#define USER(members) "{\"data\":[{\"id\":\"1\",\"type\":\"user\"" members "}]}"

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

static void the_list_of_the_reference_is_read(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, FORMAT, "anthropic_users/synthetic_users.json"), OK);
	assert_int_equal(c->facts.records, 4);
	assert_int_equal(c->n, 4);
	assert_string_equal(c->warnings, "");
	assert_string_equal(collect_observed(c), "-");
	assert_int_equal(c->facts.identity.n, 0);
	const struct evidence_record *r = collect_row(c, EVIDENCE_IDENTITY, 0);
	assert_true(str_eq(r->id, S("user_01AAAAAAAAAAAAAAAAAAAAAA")));
	assert_int_equal(r->line, 3);
	assert_column(r, "name", "ann@example.com");
	assert_column(r, "kind", "user");
	assert_column(r, "provider", "anthropic");
	assert_column(r, "privileged", "1");
	assert_column(r, "created_at", "2024-10-30T23:58:27.427Z");
	assert_column(r, "enabled", "-");
	assert_column(r, "mfa", "-");
	assert_column(&c->rows[1], "privileged", "0");
	assert_column(&c->rows[3], "privileged", "0");
}

static void roles_that_do_not_tell_leave_it_open(void **state)
{
	static const char *const roles[][2] = {{"admin", "1"},   {"owner", "1"},   {"primary_owner", "1"},
					       {"billing", "0"}, {"user", "0"},    {"membership_admin", "1"},
					       {"managed", "-"}, {"new_role", "-"}};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		char text[200];
		snprintf(text, sizeof text, USER(",\"role\":\"%s\""), roles[i][0]);
		assert_int_equal(read_text(c, text), OK);
		assert_column(&c->rows[0], "privileged", roles[i][1]);
	}
}

static void a_page_that_is_not_the_last_is_warned_of(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "{\"data\":[],\"has_more\":true}"), OK);
	assert_true(collect_warned(c, "this is one page of several"));
	assert_int_equal(read_text(c, "{\"data\":[],\"has_more\":false}"), OK);
	assert_string_equal(c->warnings, "");
}

static void wrong_files_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "{\"type\":\"error\",\"error\":{}}", "a list of users in the answer expected", "file:1:27");
	refused(c, "{\"data\":[{\"id\":\"1\",\"type\":\"workspace_member\"}]}",
		"entry 1: the type \"workspace_member\" is not known", "file:1");
	refused(c, "{\"data\":[{\"id\":\"1\"}]}", "entry 1: the type \"\" is not known", "file:1");
	refused(c, "{\"data\":[{\"type\":\"user\"}]}", "a user without id", "file:1");
	refused(c, "{\"data\":[[]]}", "a user (an object) expected", "file:1:10");
	refused(c, USER(",\"added_at\":\"soon\""), "entry 1: added_at \"soon\" is no time", "file:1");
	refused(c, USER(",\"added_at\":99999999999999999999"), "is no time", "file:1");
	refused(c, USER(",\"role\":[]"), "a text expected", "file:1:41");
	assert_int_equal(read_text(c, USER(",\"role\":\"admin\",\"role\":\"user\"")), E_INVALID);
	assert_int_equal(read_text(c, USER(",\"email\":\"\\u0000\"")), E_INVALID);
	assert_int_equal(read_text(c, "{\"data\":[],\"data\":[]}"), E_INVALID);
	char deep[400];
	memset(deep, '[', sizeof deep - 1);
	deep[sizeof deep - 1] = '\0';
	assert_int_not_equal(read_text(c, deep), OK);
}

static void ids_that_repeat_are_left_out_or_numbered(void **state)
{
#define ONE(more) "{\"id\":\"1\",\"type\":\"user\"" more "}"
	struct collect *c = *state;
	assert_int_equal(read_text(c, "[" ONE("") "," ONE("") "," ONE(",\"role\":\"admin\"") "]"), OK);
	assert_int_equal(c->facts.records, 3);
	assert_int_equal(c->n, 2);
	assert_true(str_eq(c->rows[1].id, S("1#2")));
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	struct collect *c = *state;
	str text = collect_load("anthropic_users/synthetic_users.json");
	str whole = str_trim(text);
	for (size_t n = 0; n < whole.n; n++)
		assert_int_equal(collect_text(c, FORMAT, str_slice(whole, 0, n)), E_INVALID);
	free((void *)(uintptr_t)text.p);
}

static void users_are_told_from_other_files(void **state)
{
	static const char *const others[] = {"ocsf/example_output_aws.ocsf.json",
					     "garak/sample_report.jsonl",
					     "cyclonedx/vex-cisa-case2.json",
					     "aws_credential_report/root.csv",
					     "entra/users.json",
					     "okta/users.json",
					     "openai_users/users.json"};
	struct collect *c = *state;
	const struct import_format *f = NULL;
	str text = collect_load("anthropic_users/synthetic_users.json");
	assert_int_equal(import_detect(text, true, S("file"), &f, &c->err), OK);
	assert_true(str_eq(f->name, S(FORMAT)));
	free((void *)(uintptr_t)text.p);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		text = collect_load(others[i]);
		assert_int_equal(import_format_find(S(FORMAT))->sniff(text, true), 0);
		free((void *)(uintptr_t)text.p);
	}
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 3;
	assert_int_equal(collect_file(c, FORMAT, "anthropic_users/synthetic_users.json"), E_IO);
	assert_int_equal(c->n, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_list_of_the_reference_is_read),
	    COLLECT_TEST(roles_that_do_not_tell_leave_it_open),
	    COLLECT_TEST(a_page_that_is_not_the_last_is_warned_of),
	    COLLECT_TEST(wrong_files_are_refused_with_their_place),
	    COLLECT_TEST(ids_that_repeat_are_left_out_or_numbered),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(users_are_told_from_other_files),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
