#include "collect.h"

#define FORMAT "openai_users"
#define USER(members) "{\"data\":[{\"id\":\"1\",\"object\":\"organization.user\"" members "}]}"

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

static void the_real_list_has_an_owner_and_a_reader(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, FORMAT, "openai_users/users.json"), OK);
	assert_int_equal(c->facts.records, 2);
	assert_int_equal(c->n, 2);
	assert_string_equal(c->warnings, "");
	assert_string_equal(collect_observed(c), "-");
	assert_int_equal(c->facts.identity.n, 0);
	const struct evidence_record *r = collect_row(c, EVIDENCE_IDENTITY, 0);
	assert_true(str_eq(r->id, S("user-aaaaaaaaaaaaaaaaaaaaaaaa")));
	assert_int_equal(r->line, 4);
	assert_column(r, "name", "john@example.com");
	assert_column(r, "kind", "user");
	assert_column(r, "provider", "openai");
	assert_column(r, "privileged", "1");
	assert_column(r, "created_at", "2022-12-05T16:00:43Z");
	assert_column(r, "last_used_at", "-");
	assert_column(r, "enabled", "-");
	assert_column(r, "mfa", "-");
	assert_column(r, "sso", "-");
	assert_column(&c->rows[1], "privileged", "0");
	assert_column(&c->rows[1], "created_at", "2024-12-17T08:40:28Z");
}

static void service_accounts_and_unknown_roles_are_told(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, FORMAT, "openai_users/synthetic_roles.json"), OK);
	assert_int_equal(c->n, 3);
	assert_true(collect_warned(c, "this is one page of several"));
	assert_column(&c->rows[0], "last_used_at", "2025-11-04T23:46:40Z");
	assert_column(&c->rows[1], "kind", "service");
	assert_column(&c->rows[1], "name", "batch");
	assert_column(&c->rows[1], "last_used_at", "-");
	assert_column(&c->rows[2], "privileged", "-");
}

static void other_objects_are_refused(void **state)
{
	struct collect *c = *state;
	refused(c, "{\"data\":[{\"id\":\"1\",\"object\":\"organization.project.user\"}]}",
		"entry 1: the object \"organization.project.user\" is not known", "file:1");
	refused(c, "{\"error\":{\"message\":\"no\"}}", "a list of users in the answer expected", "file:1:26");
	refused(c, "{\"data\":null}", "a list of users expected", "file:1:9");
}

static void wrong_types_and_times_are_refused(void **state)
{
	struct collect *c = *state;
	refused(c, "", "a value expected", "file:1:1");
	refused(c, "1", "a list of users expected", "file:1:1");
	refused(c, "{\"data\":[1]}", "a user (an object) expected", "file:1:10");
	refused(c, USER(",\"added_at\":\"2024\""), "a whole number expected", "file:1:60");
	refused(c, USER(",\"added_at\":1711471533000"), "entry 1: added_at 1711471533000 is no time in seconds",
		"file:1");
	refused(c, USER(",\"added_at\":-1"), "is no time in seconds", "file:1");
	refused(c, USER(",\"added_at\":1e300"), "a whole number expected", "file:1:60");
	refused(c, USER(",\"is_service_account\":1"), "true or false expected", "file:1:70");
	refused(c, "{\"data\":[{\"object\":\"organization.user\"}]}", "a user without id", "file:1");
	assert_int_equal(read_text(c, USER(",\"role\":\"owner\",\"role\":\"reader\"")), E_INVALID);
	assert_non_null(strstr(c->err.detail, "stands twice"));
	assert_int_equal(read_text(c, USER(",\"email\":\"\\u0000\"")), E_INVALID);
	char deep[400];
	memset(deep, '[', sizeof deep - 1);
	deep[sizeof deep - 1] = '\0';
	assert_int_not_equal(read_text(c, deep), OK);
}

static void an_empty_list_speaks_for_identities(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "{\"object\":\"list\",\"data\":[],\"has_more\":false}"), OK);
	assert_int_equal(c->n, 0);
	assert_true(import_format_find(S(FORMAT))->always == EVIDENCE_BIT(EVIDENCE_IDENTITY));
}

static void ids_that_repeat_are_left_out_or_numbered(void **state)
{
#define ONE(more) "{\"id\":\"1\",\"object\":\"organization.user\"" more "}"
	struct collect *c = *state;
	assert_int_equal(read_text(c, "[" ONE("") "," ONE("") "," ONE(",\"role\":\"owner\"") "]"), OK);
	assert_int_equal(c->facts.records, 3);
	assert_int_equal(c->n, 2);
	assert_true(str_eq(c->rows[1].id, S("1#2")));
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	struct collect *c = *state;
	str text = collect_load("openai_users/users.json");
	str whole = str_trim(text);
	for (size_t n = 0; n < whole.n; n++)
		assert_int_equal(collect_text(c, FORMAT, str_slice(whole, 0, n)), E_INVALID);
	free((void *)(uintptr_t)text.p);
}

static void users_are_told_from_other_files(void **state)
{
	static const char *const others[] = {
	    "ocsf/example_output_aws.ocsf.json",   "garak/sample_report.jsonl", "cyclonedx/vex-cisa-case2.json",
	    "aws_credential_report/root.csv",      "entra/users.json",          "okta/users.json",
	    "anthropic_users/synthetic_users.json"};
	struct collect *c = *state;
	const struct import_format *f = NULL;
	str text = collect_load("openai_users/users.json");
	assert_int_equal(import_detect(text, true, S("file"), &f, &c->err), OK);
	assert_true(str_eq(f->name, S(FORMAT)));
	free((void *)(uintptr_t)text.p);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		text = collect_load(others[i]);
		assert_int_equal(import_format_find(S(FORMAT))->sniff(text, true), 0);
		free((void *)(uintptr_t)text.p);
	}
	assert_int_equal(import_format_find(S(FORMAT))->sniff(S("[" ONE(",\"na")), false), 100);
	assert_int_equal(import_format_find(S(FORMAT))->sniff(S("{\"data\":[]}"), true), 0);
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 2;
	assert_int_equal(collect_file(c, FORMAT, "openai_users/users.json"), E_IO);
	assert_int_equal(c->n, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_real_list_has_an_owner_and_a_reader),
	    COLLECT_TEST(service_accounts_and_unknown_roles_are_told),
	    COLLECT_TEST(other_objects_are_refused),
	    COLLECT_TEST(wrong_types_and_times_are_refused),
	    COLLECT_TEST(an_empty_list_speaks_for_identities),
	    COLLECT_TEST(ids_that_repeat_are_left_out_or_numbered),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(users_are_told_from_other_files),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
