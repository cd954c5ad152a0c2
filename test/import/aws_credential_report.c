#include "collect.h"

#define FORMAT "aws_credential_report"
#define ARN "arn:aws:iam::1:user/"
#define SHORT "user,arn,password_enabled,mfa_active,access_key_1_active\n"

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(collect_text(c, FORMAT, str_from(text)), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
}

static const struct evidence_record *identity(struct collect *c, int nth)
{
	return collect_row(c, EVIDENCE_IDENTITY, nth);
}

static void the_real_root_row_has_a_password_and_a_key(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, FORMAT, "aws_credential_report/root.csv"), OK);
	assert_int_equal(c->facts.records, 1);
	assert_int_equal(c->n, 3);
	assert_string_equal(c->warnings, "");
	assert_string_equal(collect_observed(c), "-");
	assert_true(str_eq(c->facts.identity, S("aws_credential_report:123456789012")));
	const struct evidence_record *r = identity(c, 0);
	assert_true(str_eq(r->id, S("arn:aws:iam::123456789012:<root_account>")));
	assert_true(r->main);
	assert_int_equal(r->line, 2);
	assert_int_equal(r->record, 1);
	assert_column(r, "name", "<root_account>");
	assert_column(r, "kind", "user");
	assert_column(r, "provider", "aws");
	assert_column(r, "enabled", "1");
	assert_column(r, "privileged", "1");
	assert_column(r, "mfa", "0");
	assert_column(r, "created_at", "2022-04-17T14:59:38Z");
	assert_column(r, "last_used_at", "-");
	r = collect_row(c, EVIDENCE_CREDENTIAL, 0);
	assert_true(str_eq(r->id, S("arn:aws:iam::123456789012:<root_account>|password")));
	assert_column(r, "kind", "password");
	assert_column(r, "issued_at", "-");
	assert_false(r->main);
	r = collect_row(c, EVIDENCE_CREDENTIAL, 1);
	assert_true(str_eq(r->id, S("arn:aws:iam::123456789012:<root_account>|access_key_1")));
	assert_column(r, "kind", "api_key");
	assert_column(r, "identity_id", "arn:aws:iam::123456789012:<root_account>");
	assert_column(r, "issued_at", "-");
	assert_column(r, "last_used_at", "-");
}

static void five_users_have_what_is_in_force(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, FORMAT, "aws_credential_report/five_users.csv"), OK);
	assert_int_equal(c->facts.records, 5);
	assert_int_equal(collect_count(c, EVIDENCE_IDENTITY), 5);
	/* ann: password, key 1; bo: password; ml-train: both keys and a certificate */
	assert_int_equal(collect_count(c, EVIDENCE_CREDENTIAL), 6);
	collect_no_same_ids(c);
	assert_true(str_eq(c->facts.identity, S("aws_credential_report:111122223333")));
	assert_string_equal(c->warnings, "a user has more access keys or certificates than the report has room for: "
					 "they are missing here (on line 5)\n");
	const struct evidence_record *r =
	    collect_by_id(c, EVIDENCE_CREDENTIAL, "arn:aws:iam::111122223333:user/ml-train|access_key_2");
	assert_column(r, "issued_at", "2026-01-02T03:04:05Z");
	assert_column(r, "last_used_at", "-");
	r = collect_by_id(c, EVIDENCE_CREDENTIAL, "arn:aws:iam::111122223333:user/ml-train|cert_1");
	assert_column(r, "kind", "certificate");
	assert_column(r, "issued_at", "2022-01-01T00:00:00Z");
	r = collect_by_id(c, EVIDENCE_CREDENTIAL, "arn:aws:iam::111122223333:user/ann|password");
	assert_column(r, "issued_at", "2026-06-01T08:00:00Z");
	assert_column(r, "last_used_at", "2026-11-01T08:00:00Z");
	assert_column(r, "expires_at", "-");
	assert_column(r, "revoked_at", "-");
}

static void a_root_without_a_said_password_still_signs_in(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, FORMAT, "aws_credential_report/five_users.csv"), OK);
	assert_column(identity(c, 0), "mfa", "1");
	assert_column(identity(c, 0), "kind", "user");
	assert_column(identity(c, 0), "privileged", "1");
	assert_column(identity(c, 0), "enabled", "-");
	assert_column(identity(c, 0), "last_used_at", "2026-10-02T07:10:00Z");
}

static void a_user_without_a_password_has_no_kind_and_no_mfa(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, FORMAT, "aws_credential_report/five_users.csv"), OK);
	const struct evidence_record *ann = identity(c, 1), *bo = identity(c, 2), *ml = identity(c, 3),
				     *idle = identity(c, 4);
	assert_column(ann, "kind", "user");
	assert_column(ann, "mfa", "1");
	assert_column(ann, "privileged", "-");
	assert_column(ann, "last_used_at", "2026-11-02T12:30:00Z");
	assert_column(bo, "mfa", "0");
	assert_column(bo, "enabled", "1");
	assert_column(bo, "last_used_at", "-");
	assert_column(ml, "kind", "-");
	assert_column(ml, "mfa", "-");
	assert_column(ml, "enabled", "1");
	assert_column(ml, "last_used_at", "2026-11-03T01:02:03Z");
	assert_column(idle, "kind", "-");
	assert_column(idle, "mfa", "-");
	assert_column(idle, "enabled", "-");
	assert_column(idle, "last_used_at", "-");
}

static void a_root_whose_password_is_taken_away_has_no_mfa_to_speak_of(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_text(c, FORMAT, S(SHORT "<root_account>,arn:aws:iam::1:root,false,false,false\n")),
			 OK);
	assert_column(identity(c, 0), "mfa", "-");
	assert_column(identity(c, 0), "enabled", "-");
	assert_int_equal(c->n, 1);
}

static void sentinels_are_neither_dates_nor_truths(void **state)
{
	static const char *const words[] = {"N/A", "no_information", "not_supported", "", "n/a"};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		char text[400];
		snprintf(text, sizeof text,
			 "user,arn,password_enabled,mfa_active,access_key_1_active,user_creation_time,"
			 "access_key_1_last_used_date\nx," ARN "x,%s,%s,%s,%s,%s\n",
			 words[i], words[i], words[i], words[i], words[i]);
		assert_int_equal(collect_text(c, FORMAT, str_from(text)), OK);
		assert_int_equal(c->n, 1);
		assert_column(identity(c, 0), "mfa", "-");
		assert_column(identity(c, 0), "enabled", "-");
		assert_column(identity(c, 0), "created_at", "-");
		assert_column(identity(c, 0), "last_used_at", "-");
	}
}

static void other_words_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, SHORT "x," ARN "x,perhaps,false,false\n", "true or false expected, found \"perhaps\"", "file:2:25");
	assert_string_equal(c->err.detail, "column password_enabled of user 1");
	refused(c, SHORT "x," ARN "x,true,1,false\n", "true or false expected", "file:2:30");
	refused(c,
		"user,arn,password_enabled,mfa_active,access_key_1_active,user_creation_time\nx," ARN "x,,,,01/02/2026",
		"a time such as", "file:2:28");
	refused(c,
		"user,arn,password_enabled,mfa_active,access_key_1_active,user_creation_time\nx," ARN
		"x,,,,99999999999999999999",
		"a time such as", "file:2:28");
	refused(c, SHORT "x,,true,true,true\n", "the ARN of a user expected", "file:2:3");
	refused(c, SHORT "x,N/A,true,true,true\n", "the ARN of a user expected", "file:2:3");
}

static void a_user_twice_is_refused_with_both_lines(void **state)
{
	struct collect *c = *state;
	refused(c, SHORT "x," ARN "x,true,true,true\nx," ARN "x,true,true,true\n",
		"stands twice: on line 2 and on line 3", "file:3:3");
	/* two reports one behind the other */
	refused(c, SHORT "x," ARN "x,true,true,true\n" SHORT, "the ARN of a user expected", "file:3:6");
}

static void a_file_without_its_columns_is_no_report(void **state)
{
	struct collect *c = *state;
	refused(c, "user,arn,password_enabled,access_key_1_active\n", "no column mfa_active", "file:1");
	assert_non_null(strstr(c->err.hint, "base64 -d"));
	assert_int_equal(collect_text(c, FORMAT, S("")), E_INVALID);
	assert_int_equal(collect_text(c, FORMAT, S("user,arn,arn\n")), E_INVALID);
	assert_int_equal(collect_text(c, FORMAT, S(SHORT "x," ARN "x,true\0,true,true\n")), E_INVALID);
	assert_int_equal(collect_text(c, FORMAT, S("[[[[[[{\"user\":1}")), E_INVALID);
}

static void a_header_alone_is_a_report_without_users(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_text(c, FORMAT, S(SHORT)), OK);
	assert_int_equal(c->facts.records, 0);
	assert_int_equal(c->facts.identity.n, 0);
}

static void the_feed_is_named_when_all_users_are_of_one_account(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_text(c, FORMAT,
				      S(SHORT "x,arn:aws:iam::1:user/x,true,true,true\n"
					      "x,arn:aws:iam::2:user/x,true,true,true\n")),
			 OK);
	assert_int_equal(c->facts.identity.n, 0);
	assert_int_equal(collect_text(c, FORMAT, S(SHORT "x,arn:aws-cn:iam::77:user/x,true,true,true\n")), OK);
	assert_true(str_eq(c->facts.identity, S("aws_credential_report:77")));
	assert_int_equal(collect_text(c, FORMAT, S(SHORT "x,arn:x,true,true,true\n")), OK);
	assert_int_equal(c->facts.identity.n, 0);
}

static void a_sample_cut_anywhere_is_refused_or_cut_between_cells(void **state)
{
	struct collect *c = *state;
	str whole = collect_load("aws_credential_report/root.csv");
	const char *row = memchr(whole.p, '\n', whole.n);
	for (size_t n = 0; n < whole.n; n++) {
		enum status status = collect_text(c, FORMAT, str_slice(whole, 0, n));
		/* A cut in the last cell cannot be seen; before it the row lacks cells. */
		if (status == OK && whole.p + n > row + 1)
			assert_true(n + 4 >= whole.n);
		else if (status != OK)
			assert_int_equal(status, E_INVALID);
	}
	free((void *)(uintptr_t)whole.p);
}

static void very_long_arns_are_shortened_and_stay_joined(void **state)
{
	struct collect *c = *state;
	char name[1000], text[4000];
	memset(name, 'u', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	snprintf(text, sizeof text, SHORT "x," ARN "%sa,true,true,true\nx," ARN "%sb,true,true,true\n", name, name);
	assert_int_equal(collect_text(c, FORMAT, str_from(text)), OK);
	assert_int_equal(c->n, 6);
	collect_no_same_ids(c);
	const struct evidence_value *holder = collect_value(collect_row(c, EVIDENCE_CREDENTIAL, 0), "identity_id");
	assert_true(str_eq(holder->text, identity(c, 0)->id));
}

static void it_is_told_from_tables_of_identities(void **state)
{
	struct collect *c = *state;
	const struct import_format *f = NULL;
	str text = collect_load("aws_credential_report/five_users.csv");
	assert_int_equal(import_detect(text, true, S("file"), &f, &c->err), OK);
	assert_true(str_eq(f->name, S(FORMAT)));
	free((void *)(uintptr_t)text.p);
	assert_int_equal(import_format_find(S(FORMAT))->sniff(S("id,identity_id,kind,issued_at\n"), true), 0);
	assert_int_equal(import_format_find(S(FORMAT))->sniff(S("[{\"user\":1,\"arn\":2}]"), true), 0);
	static const char *const others[] = {"ocsf/example_output_aws.ocsf.json", "garak/sample_report.jsonl",
					     "cyclonedx/vex-cisa-case2.json"};
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
	assert_int_equal(collect_file(c, FORMAT, "aws_credential_report/root.csv"), E_IO);
	assert_int_equal(c->n, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_real_root_row_has_a_password_and_a_key),
	    COLLECT_TEST(five_users_have_what_is_in_force),
	    COLLECT_TEST(a_root_without_a_said_password_still_signs_in),
	    COLLECT_TEST(a_user_without_a_password_has_no_kind_and_no_mfa),
	    COLLECT_TEST(a_root_whose_password_is_taken_away_has_no_mfa_to_speak_of),
	    COLLECT_TEST(sentinels_are_neither_dates_nor_truths),
	    COLLECT_TEST(other_words_are_refused_with_their_place),
	    COLLECT_TEST(a_user_twice_is_refused_with_both_lines),
	    COLLECT_TEST(a_file_without_its_columns_is_no_report),
	    COLLECT_TEST(a_header_alone_is_a_report_without_users),
	    COLLECT_TEST(the_feed_is_named_when_all_users_are_of_one_account),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused_or_cut_between_cells),
	    COLLECT_TEST(very_long_arns_are_shortened_and_stay_joined),
	    COLLECT_TEST(it_is_told_from_tables_of_identities),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
