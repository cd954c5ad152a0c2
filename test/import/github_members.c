#include "collect.h"

#define FORMAT "github_members"

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

static void the_real_member_has_a_login_and_no_more(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, FORMAT, "github_members/members.json"), OK);
	assert_int_equal(c->facts.records, 1);
	assert_int_equal(c->n, 1);
	assert_string_equal(c->warnings, "");
	assert_string_equal(collect_observed(c), "-");
	assert_int_equal(c->facts.identity.n, 0);
	const struct evidence_record *r = collect_row(c, EVIDENCE_IDENTITY, 0);
	assert_true(str_eq(r->id, S("100001")));
	assert_int_equal(r->line, 2);
	assert_true(r->main);
	assert_column(r, "name", "jdoe");
	assert_column(r, "kind", "user");
	assert_column(r, "provider", "github");
	assert_column(r, "privileged", "-");
	assert_column(r, "enabled", "-");
	assert_column(r, "mfa", "-");
	assert_column(r, "created_at", "-");
}

static void memberships_say_role_state_and_organisation(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, FORMAT, "github_members/synthetic_memberships.json"), OK);
	assert_int_equal(c->n, 3);
	assert_true(str_eq(c->facts.identity, S("github:acme-corp")));
	assert_column(&c->rows[0], "privileged", "1");
	assert_column(&c->rows[0], "enabled", "1");
	assert_column(&c->rows[0], "name", "ann");
	assert_true(str_eq(c->rows[0].id, S("1")));
	assert_column(&c->rows[1], "privileged", "0");
	assert_column(&c->rows[1], "enabled", "0");
	assert_column(&c->rows[2], "kind", "service");
}

static void members_with_their_details_have_their_age(void **state)
{
	struct collect *c = *state;
	assert_int_equal(
	    read_text(c, "[{\"login\":\"x\",\"id\":1,\"type\":\"User\",\"created_at\":\"2009-05-06T20:34:11Z\"}]"), OK);
	assert_column(&c->rows[0], "created_at", "2009-05-06T20:34:11Z");
}

static void wrong_files_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "{\"message\":\"Not Found\"}", "a list of users expected", "file:1:1");
	refused(c, "[1]", "a user (an object) expected", "file:1:2");
	refused(c, "[{\"login\":\"x\"}]", "entry 1: a user without id", "file:1");
	refused(c, "[{\"id\":1,\"type\":\"User\"}]", "entry 1: a member without login", "file:1");
	refused(c, "[{\"id\":1,\"login\":\"x\",\"type\":\"Organization\"}]",
		"entry 1: the type \"Organization\" is not known", "file:1");
	refused(c, "[{\"id\":1,\"login\":\"x\"}]", "entry 1: the type \"\" is not known", "file:1");
	refused(c, "[{\"id\":{}}]", "a text expected", "file:1:8");
	refused(c, "[{\"id\":1,\"login\":\"x\",\"type\":\"User\",\"created_at\":99999999999999999999}]", "is no time",
		"file:1");
	assert_int_equal(read_text(c, "[{\"id\":1,\"id\":2,\"login\":\"x\",\"type\":\"User\"}]"), E_INVALID);
	assert_non_null(strstr(c->err.detail, "stands twice"));
	assert_int_equal(read_text(c, "[{\"id\":1,\"login\":\"\\u0000\",\"type\":\"User\"}]"), E_INVALID);
	assert_int_equal(read_text(c, ""), E_INVALID);
}

static void ids_that_repeat_are_left_out_or_numbered(void **state)
{
#define ONE(login) "{\"id\":1,\"login\":\"" login "\",\"type\":\"User\"}"
	struct collect *c = *state;
	assert_int_equal(read_text(c, "[" ONE("a") "," ONE("a") "," ONE("b") "]"), OK);
	assert_int_equal(c->facts.records, 3);
	assert_int_equal(c->n, 2);
	assert_true(str_eq(c->rows[1].id, S("1#2")));
}

static void an_empty_list_speaks_for_identities(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "[]"), OK);
	assert_int_equal(c->n, 0);
	assert_true(import_format_find(S(FORMAT))->always == EVIDENCE_BIT(EVIDENCE_IDENTITY));
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
	str text = collect_load("github_members/members.json");
	str whole = str_trim(text);
	for (size_t n = 0; n < whole.n; n++)
		assert_int_equal(collect_text(c, FORMAT, str_slice(whole, 0, n)), E_INVALID);
	free((void *)(uintptr_t)text.p);
}

static void users_are_told_from_other_files(void **state)
{
	static const char *const mine[] = {"github_members/members.json", "github_members/synthetic_memberships.json"};
	static const char *const others[] = {"ocsf/example_output_aws.ocsf.json",
					     "garak/sample_report.jsonl",
					     "cyclonedx/vex-cisa-case2.json",
					     "aws_credential_report/root.csv",
					     "entra/users.json",
					     "okta/users.json",
					     "openai_users/users.json",
					     "anthropic_users/synthetic_users.json"};
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
	assert_int_equal(collect_file(c, FORMAT, "github_members/synthetic_memberships.json"), E_IO);
	assert_int_equal(c->n, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_real_member_has_a_login_and_no_more),
	    COLLECT_TEST(memberships_say_role_state_and_organisation),
	    COLLECT_TEST(members_with_their_details_have_their_age),
	    COLLECT_TEST(wrong_files_are_refused_with_their_place),
	    COLLECT_TEST(ids_that_repeat_are_left_out_or_numbered),
	    COLLECT_TEST(an_empty_list_speaks_for_identities),
	    COLLECT_TEST(a_list_that_nests_too_deep_is_refused),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(users_are_told_from_other_files),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
