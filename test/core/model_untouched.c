#include "model_fixture.h"

/* good.yaml references GRC-01 and HRS-11 of csa-aicm 1.1.0 in GOV-02.1, and no id of owasp-agentic. */
#define ALL_BUT_ONE "ASI02, ASI03, ASI04, ASI05, ASI06, ASI07, ASI08, ASI09, ASI10"
#define AGENTIC(ids) "  - {framework: owasp-agentic, version: \"2026\", ids: [" ids "], because: nobody runs agents}\n"

static void with(struct fixture *f, const char *lines)
{
	read_text(f, replaced(f, data_file(f, "good.yaml"), "domains:\n", lines));
}

static void what_is_left_out_on_purpose_is_kept(void **state)
{
	struct fixture *f = *state;
	with(f, "untouched:\n" AGENTIC("ASI01") AGENTIC(ALL_BUT_ONE) "domains:\n");
	print_problems(f);
	assert_int_equal(f->problems.n, 0);
	assert_int_equal(f->m->n_untouched, 2);
	const struct model_untouched *u = &f->m->untouched[1];
	assert_true(str_eq(u->ref.framework, S("owasp-agentic")) && str_eq(u->ref.version, S("2026")));
	assert_int_equal(u->ref.n_ids, 9);
	assert_true(str_eq(u->ref.ids[8], S("ASI10")) && str_eq(u->because, S("nobody runs agents")));
}

static void nothing_need_be_listed(void **state)
{
	struct fixture *f = *state;
	with(f, "untouched: []\ndomains:\n");
	assert_int_equal(f->problems.n, 0);
	assert_int_equal(f->m->n_untouched, 0);
	read_text(f, data_file(f, "good.yaml"));
	assert_int_equal(f->m->n_untouched, 0);
	assert_int_equal(f->m->n_about, 0);
}

static void the_model_says_what_it_is(void **state)
{
	struct fixture *f = *state;
	with(f, "about: [One paragraph., \"Another, with <b>.\"]\ndomains:\n");
	assert_int_equal(f->problems.n, 0);
	assert_int_equal(f->m->n_about, 2);
	assert_true(str_eq(f->m->about[1], S("Another, with <b>.")));
}

/* One problem beside the ids that are then neither referenced nor listed. */
static void expect_error(struct fixture *f, const char *entry, const char *message)
{
	struct buf b = BUF(4096);
	buf_printf(&b, "untouched:\n%sdomains:\n%c", entry, 0);
	with(f, b.p);
	buf_release(&b);
	assert_int_equal(f->problems.n_errors, 1);
	const struct model_problem *p = &f->problems.list[0];
	for (size_t i = 0; p->warning && i < f->problems.n; i++)
		p = &f->problems.list[i];
	if (!str_eq(p->message, str_from(message))) {
		print_problems(f);
		fail_msg("expected: %s", message);
	}
	assert_int_equal(p->place.line, 13);
}

static void an_id_is_either_referenced_or_left_out(void **state)
{
	struct fixture *f = *state;
	expect_error(f, "  - {framework: csa-aicm, version: 1.1.0, ids: [GRC-01], because: no reason}\n",
		     "untouched lists csa-aicm GRC-01, which GOV-02.1 references");
	expect_error(f, "  - {framework: csa-aicm, version: 1.1.1, ids: [GRC-01], because: an alias}\n",
		     "untouched lists csa-aicm GRC-01, which GOV-02.1 references");
}

static void an_id_is_listed_once_in_whatever_spelling(void **state)
{
	expect_error(*state, AGENTIC(ALL_BUT_ONE ", ASI01, \"ASI01:2026\""),
		     "untouched lists owasp-agentic ASI01 twice");
}

static void what_the_catalogue_does_not_have_is_refused(void **state)
{
	struct fixture *f = *state;
	expect_error(f, AGENTIC(ALL_BUT_ONE ", ASI01, ASI11"), "owasp-agentic 2026 has no ASI11");
	expect_error(f, "  - {framework: nist-csf, version: \"1.1\", ids: [PR], because: old}\n",
		     "nist-csf has no version \"1.1\"; known: 2.0");
	expect_error(f, "  - {framework: nist-csf, version: \"2.0\", ids: [PR.AA], because: a heading}\n",
		     "untouched lists PR.AA, a heading of nist-csf; list its ids");
}

static void every_entry_says_why(void **state)
{
	struct fixture *f = *state;
	expect_error(f, "  - {framework: owasp-agentic, version: \"2026\", ids: [ASI01, " ALL_BUT_ONE "]}\n",
		     "because is missing");
	expect_error(
	    f, "  - {framework: owasp-agentic, version: \"2026\", ids: [ASI01, " ALL_BUT_ONE "], because: x, why: y}\n",
	    "unknown key \"why\" in an entry of untouched");
}

static void what_is_forgotten_is_warned_about(void **state)
{
	struct fixture *f = *state;
	with(f, "untouched:\n" AGENTIC(ALL_BUT_ONE) "domains:\n");
	assert_int_equal(f->problems.n_errors, 0);
	assert_int_equal(f->problems.n_warnings, 1);
	assert_true(str_eq(f->problems.list[0].message,
			   S("of owasp-agentic 2026, no objective references and untouched does not list: ASI01")));
	with(f, "untouched:\n  - {framework: csa-aicm, version: 1.1.0, ids: [A&A-01], because: x}\ndomains:\n");
	assert_int_equal(f->problems.n_warnings, 1);
	str message = f->problems.list[0].message;
	assert_true(str_find(message, S("list: A&A-02, A&A-03, ")) > 0);
	/* 247 controls, one listed, two referenced, ten shown. */
	assert_true(str_ends(message, S(" and 234 more")));
}

static void the_count_of_the_forgotten_is_that_of_the_catalogue(void **state)
{
	struct fixture *f = *state;
	/* Headings need no mention: the six functions and 22 categories of the CSF are no ids of their own. */
	with(f, "untouched:\n  - {framework: nist-csf, version: \"2.0\", ids: [PR.AA-01], because: x}\ndomains:\n");
	assert_int_equal(f->problems.n_warnings, 1);
	assert_int_equal(str_find(f->problems.list[0].message, S(" PR.AA,")), -1);
	assert_true(str_ends(f->problems.list[0].message, S(" and 95 more")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(what_is_left_out_on_purpose_is_kept),
	    TEST(nothing_need_be_listed),
	    TEST(the_model_says_what_it_is),
	    TEST(an_id_is_either_referenced_or_left_out),
	    TEST(an_id_is_listed_once_in_whatever_spelling),
	    TEST(what_the_catalogue_does_not_have_is_refused),
	    TEST(every_entry_says_why),
	    TEST(what_is_forgotten_is_warned_about),
	    TEST(the_count_of_the_forgotten_is_that_of_the_catalogue),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
