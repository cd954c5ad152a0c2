#include "collect.h"

#define USER(members) "[{\"id\":\"1\",\"profile\":{\"login\":\"x@y\"}" members "}]"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "okta", str_from(text));
}

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(read_text(c, text), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
}

static void the_real_user_has_left(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "okta", "okta/users.json"), OK);
	assert_int_equal(c->facts.records, 1);
	assert_int_equal(c->n, 1);
	assert_string_equal(c->warnings, "");
	assert_string_equal(collect_observed(c), "-");
	assert_int_equal(c->facts.identity.n, 0);
	const struct evidence_record *r = collect_row(c, EVIDENCE_IDENTITY, 0);
	assert_true(str_eq(r->id, S("00u4ddddddddddddd4h7")));
	assert_true(r->main);
	assert_int_equal(r->line, 2);
	assert_column(r, "name", "carol@example.com");
	assert_column(r, "kind", "user");
	assert_column(r, "provider", "okta");
	assert_column(r, "enabled", "0");
	assert_column(r, "created_at", "2024-04-10T09:00:00Z");
	assert_column(r, "last_used_at", "2025-12-01T07:00:00Z");
	assert_column(r, "mfa", "-");
	assert_column(r, "sso", "-");
	assert_column(r, "privileged", "-");
}

static void each_status_says_whether_the_user_gets_in(void **state)
{
	static const char *const enabled[] = {"1", "1", "1", "1", "0", "0", "0", "0"};
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "okta", "okta/synthetic_statuses.json"), OK);
	assert_int_equal(c->facts.records, 8);
	assert_int_equal(c->n, 8);
	assert_true(str_eq(c->facts.identity, S("okta:acme.okta.com")));
	for (size_t i = 0; i < 8; i++)
		assert_column(&c->rows[i], "enabled", enabled[i]);
	assert_column(&c->rows[0], "name", "user1@example.com");
	assert_column(&c->rows[4], "last_used_at", "-");
	assert_int_equal(read_text(c, USER("")), OK);
	assert_column(&c->rows[0], "enabled", "-");
	refused(c, USER(",\"status\":\"ASLEEP\""), "entry 1: the status \"ASLEEP\" is not known", "file:1");
	assert_non_null(strstr(c->err.hint, "DEPROVISIONED"));
}

static void the_feed_is_the_tenant_when_all_users_share_it(void **state)
{
#define LINK(host) "{\"id\":\"" host "\",\"_links\":{\"self\":{\"href\":\"https://" host "/api/v1/users/1\"}}}"
	struct collect *c = *state;
	assert_int_equal(read_text(c, "[" LINK("a.okta.com") "]"), OK);
	assert_true(str_eq(c->facts.identity, S("okta:a.okta.com")));
	assert_int_equal(read_text(c, "[" LINK("a.okta.com") "," LINK("b.okta.com") "]"), OK);
	assert_int_equal(c->facts.identity.n, 0);
	assert_int_equal(read_text(c, "[" LINK("a.okta.com") ",{\"id\":\"2\"}]"), OK);
	assert_int_equal(c->facts.identity.n, 0);
	assert_int_equal(read_text(c, "[{\"id\":\"2\",\"_links\":{\"self\":{\"href\":\"javascript:alert(1)\"}}}]"), OK);
	assert_int_equal(c->facts.identity.n, 0);
}

static void an_empty_list_speaks_for_identities(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "[]"), OK);
	assert_int_equal(c->n, 0);
	assert_true(import_format_find(S("okta"))->always == EVIDENCE_BIT(EVIDENCE_IDENTITY));
}

static void wrong_files_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "", "a value expected", "file:1:1");
	refused(c, "{\"errorCode\":\"E0000011\"}", "a list of users expected", "file:1:1");
	refused(c, "[1]", "a user (an object) expected", "file:1:2");
	refused(c, "[{\"status\":\"ACTIVE\"}]", "entry 1: a user without id", "file:1");
	refused(c, USER(",\"created\":\"1.2.2024\""), "entry 1: created \"1.2.2024\" is no time", "file:1");
	refused(c, USER(",\"lastLogin\":99999999999999999999"), "is no time", "file:1");
	refused(c, USER(",\"status\":true"), "a text expected", "file:1:47");
	refused(c, "[{\"id\":\"1\\u0000\"}]", "without the character U+0000", "file:1:8");
	assert_int_equal(read_text(c, USER(",\"status\":\"ACTIVE\",\"status\":\"STAGED\"")), E_INVALID);
	assert_non_null(strstr(c->err.detail, "stands twice"));
	assert_int_equal(read_text(c, "[] []"), E_INVALID);
	char deep[400];
	memset(deep, '[', sizeof deep - 1);
	deep[sizeof deep - 1] = '\0';
	assert_int_not_equal(read_text(c, deep), OK);
}

static void a_time_without_a_zone_is_utc(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, USER(",\"created\":\"2024-01-01T10:00:00\"")), OK);
	assert_column(&c->rows[0], "created_at", "2024-01-01T10:00:00Z");
	assert_true(collect_warned(c, "a time names no zone: taken as UTC (on line 1)"));
}

static void ids_that_repeat_are_left_out_or_numbered(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "[{\"id\":\"1\"},{\"id\":\"1\"},{\"id\":\"1\",\"status\":\"ACTIVE\"}]"), OK);
	assert_int_equal(c->facts.records, 3);
	assert_int_equal(c->n, 2);
	assert_true(str_eq(c->rows[1].id, S("1#2")));
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	struct collect *c = *state;
	str text = collect_load("okta/users.json");
	str whole = str_trim(text);
	for (size_t n = 0; n < whole.n; n++)
		assert_int_equal(collect_text(c, "okta", str_slice(whole, 0, n)), E_INVALID);
	free((void *)(uintptr_t)text.p);
}

static void users_are_told_from_other_files(void **state)
{
	static const char *const others[] = {"ocsf/example_output_aws.ocsf.json", "garak/sample_report.jsonl",
					     "cyclonedx/vex-cisa-case2.json", "aws_credential_report/root.csv",
					     "entra/users.json"};
	struct collect *c = *state;
	const struct import_format *f = NULL;
	str text = collect_load("okta/users.json");
	assert_int_equal(import_detect(text, true, S("file"), &f, &c->err), OK);
	assert_true(str_eq(f->name, S("okta")));
	free((void *)(uintptr_t)text.p);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		text = collect_load(others[i]);
		assert_int_equal(import_format_find(S("okta"))->sniff(text, true), 0);
		free((void *)(uintptr_t)text.p);
	}
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 3;
	assert_int_equal(collect_file(c, "okta", "okta/synthetic_statuses.json"), E_IO);
	assert_int_equal(c->n, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_real_user_has_left),
	    COLLECT_TEST(each_status_says_whether_the_user_gets_in),
	    COLLECT_TEST(the_feed_is_the_tenant_when_all_users_share_it),
	    COLLECT_TEST(an_empty_list_speaks_for_identities),
	    COLLECT_TEST(wrong_files_are_refused_with_their_place),
	    COLLECT_TEST(a_time_without_a_zone_is_utc),
	    COLLECT_TEST(ids_that_repeat_are_left_out_or_numbered),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(users_are_told_from_other_files),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
