#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/framework.h"

static bool has(const char *framework, const char *version, const char *id)
{
	return framework_has(str_from(framework), str_from(version), str_from(id));
}

static str title(const char *framework, const char *version, const char *id)
{
	return framework_title(str_from(framework), str_from(version), str_from(id));
}

static void every_version_has_as_many_ids_as_published(void **state)
{
	(void)state;
	static const struct {
		const char *framework, *version;
		int ids, groups;
	} published[] = {
	    {"csa-aicm", "1.0.3", 243, 0},    {"csa-aicm", "1.1.0", 247, 0},      {"nist-ai-rmf", "1.0", 72, 23},
	    {"nist-ai-rmf", "600-1", 212, 0}, {"iso-42001", "2023", 38 + 43, 9},  {"eu-ai-act", "2024", 113 + 13, 0},
	    {"owasp-llm", "2025", 10, 0},     {"owasp-llm", "2026", 10, 0},       {"owasp-agentic", "2026", 10, 0},
	    {"mitre-atlas", "5.6.0", 221, 0}, {"mitre-atlas", "2026.07", 231, 0}, {"mitre-atlas", "2026.09", 264, 0},
	    {"nist-csf", "2.0", 106, 6 + 22},
	};
	size_t versions = 0;
	for (size_t i = 0; i < sizeof published / sizeof published[0]; i++) {
		struct framework_walk walk = {.framework = str_from(published[i].framework),
					      .version = str_from(published[i].version)};
		struct framework_entry entry;
		int ids = 0, groups = 0;
		while (framework_next(&walk, &entry)) {
			*(entry.group ? &groups : &ids) += 1;
			assert_true(entry.id.n > 0 && entry.title.n > 0);
			assert_true(str_is_utf8(entry.title) && str_find(entry.title, S("\t")) < 0);
			assert_true(str_eq(framework_id(walk.framework, walk.version, entry.id), entry.id));
		}
		if (ids != published[i].ids || groups != published[i].groups)
			fail_msg("%s %s: %d ids, %d groups", published[i].framework, published[i].version, ids, groups);
	}
	for (int f = 0; f < FRAMEWORKS; f++)
		versions += framework_all[f].n_versions;
	assert_int_equal(versions, sizeof published / sizeof published[0]);
}

static void an_aicm_id_means_what_its_version_says(void **state)
{
	(void)state;
	assert_true(str_eq(title("csa-aicm", "1.0.3", "LOG-15"), S("Output Monitoring")));
	assert_true(str_eq(title("csa-aicm", "1.1.0", "LOG-15"), S("Input Monitoring")));
	assert_true(has("csa-aicm", "1.1.0", "A&A-01"));
	assert_false(has("csa-aicm", "1.1.0", "IAM-19"));
	assert_true(has("csa-aicm", "1.0.3", "IAM-19"));
	assert_true(has("csa-aicm", "1.1.1", "LOG-16"));
	assert_true(str_eq(framework_version(S("csa-aicm"), S("1.1.1")), S("1.1.0")));
}

static void the_spellings_of_the_example_are_known(void **state)
{
	(void)state;
	assert_true(has("csa-aicm", "1.1.0", "IAM-13") && has("csa-aicm", "1.1.0", "STA-08"));
	assert_true(has("nist-csf", "2.0", "PR.AA-03") && has("nist-csf", "2.0", "PR.AA") &&
		    has("nist-csf", "2.0", "PR"));
	assert_true(has("nist-ai-rmf", "1.0", "GOVERN 1.4") && has("nist-ai-rmf", "1.0", "MAP 3"));
	assert_true(has("nist-ai-rmf", "600-1", "GV-1.1-001"));
	assert_true(has("owasp-agentic", "2026", "ASI03") && has("owasp-agentic", "2026", "ASI03:2026"));
	assert_true(has("mitre-atlas", "2026.09", "AML.T0083") && has("mitre-atlas", "5.6.0", "AML.TA0002"));
	assert_true(has("iso-42001", "2023", "A.2.2") && has("iso-42001", "2023", "A.2") &&
		    has("iso-42001", "2023", "6.1.2") && has("iso-42001", "2023", "Clause 6.1.2"));
}

static void owasp_ids_may_leave_out_the_edition(void **state)
{
	(void)state;
	assert_true(str_eq(framework_id(S("owasp-llm"), S("2025"), S("LLM01")), S("LLM01:2025")));
	assert_true(str_eq(title("owasp-llm", "2025", "LLM03"), S("Supply Chain")));
	assert_true(str_eq(title("owasp-llm", "2026", "LLM03"), S("Excessive Agency")));
	assert_false(has("owasp-llm", "2026", "LLM03:2025"));
	assert_false(has("owasp-llm", "2026", "LLM11"));
	assert_false(has("owasp-llm", "2025", "ASI01"));
	assert_false(has("owasp-agentic", "2026", "LLM01"));
	assert_false(has("owasp-agentic", "2026", "ASI03:2025"));
}

static void articles_of_the_act_may_be_spelled_out(void **state)
{
	(void)state;
	static const char *const same[] = {"Art. 15",    "Art 15",        "Art.15",
					   "Article 15", "Article 15(5)", "Art. 15(1)(b)"};
	static const char *const none[] = {"Art. 114", "15",        "Article", "Art. ",
					   "Art. 15(", "Art. 15()", "(5)",     "Art. (5)"};
	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
		if (!str_eq(framework_id(S("eu-ai-act"), S("2024"), str_from(same[i])), S("Art. 15")))
			fail_msg("%s", same[i]);
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
		if (has("eu-ai-act", "2024", none[i]))
			fail_msg("%s", none[i]);
	assert_true(has("eu-ai-act", "2024/1689", "Annex III"));
	assert_true(has("eu-ai-act", "2024", "Annex III(1)"));
}

static void a_technique_belongs_to_the_versions_that_have_it(void **state)
{
	(void)state;
	assert_true(has("mitre-atlas", "5.6.0", "AML.T0019"));
	assert_false(has("mitre-atlas", "2026.07", "AML.T0019"));
	assert_false(has("mitre-atlas", "2026.07", "AML.T0006.001"));
	assert_true(has("mitre-atlas", "2026.09", "AML.T0006.001"));
}

static void what_no_catalogue_has_is_refused(void **state)
{
	(void)state;
	assert_false(has("csa-aicm", "1.1.0", ""));
	assert_false(has("csa-aicm", "1.1.0", "IAM"));
	assert_false(has("csa-aicm", "1.1.0", "iam-01"));
	assert_false(has("csa-aicm", "1.1.0", "IAM-01 "));
	assert_false(has("csa-aicm", "1.1.0", "IAM-0"));
	assert_false(has("csa-aicm", "1.1.0", "control_id"));
	assert_false(has("csa-aicm", "1.1.0", "\n1.1.0"));
	assert_false(has("csa-aicm", "1.1.0", "\t"));
	assert_false(has("csa-aicm", "2.0", "IAM-01"));
	assert_false(has("csa-aicm", "", "IAM-01"));
	assert_false(has("ccm", "4.1", "IAM-01"));
	assert_false(has("", "", ""));
	assert_false(framework_has((str){NULL, 0}, (str){NULL, 0}, (str){NULL, 0}));
	char longest[5000];
	memset(longest, 'A', sizeof longest);
	assert_false(framework_has(S("owasp-llm"), S("2025"), (str){longest, sizeof longest}));
	assert_false(framework_has(S("eu-ai-act"), S("2024"), (str){longest, sizeof longest}));
	assert_null(framework_find(S("csa")));
	assert_null(framework_version(S("nist-csf"), S("1.1")).p);
	struct framework_walk walk = {.framework = S("csa-aicm"), .version = S("9")};
	struct framework_entry entry;
	assert_false(framework_next(&walk, &entry));
}

static bool heading_is(const char *framework, const char *version, const char *id, const char *heading,
		       const char *title)
{
	struct framework_heading h = {{0}, {0}};
	bool found = framework_heading(str_from(framework), str_from(version), str_from(id), &h);
	return found && str_eq(h.id, str_from(heading)) && str_starts(h.title, str_from(title));
}

static void an_id_stands_under_its_heading(void **state)
{
	(void)state;
	assert_true(heading_is("csa-aicm", "1.1.0", "IAM-13", "IAM", "Identity & Access Management"));
	assert_true(heading_is("csa-aicm", "1.1.1", "A&A-01", "A&A", "Audit"));
	assert_true(heading_is("nist-csf", "2.0", "PR.AA-01", "PR.AA", "Identity Management"));
	assert_true(heading_is("nist-ai-rmf", "1.0", "GOVERN 1.4", "GOVERN 1", "Policies"));
	assert_true(heading_is("iso-42001", "2023", "A.2.2", "A.2", "Policies related to AI"));
	assert_true(heading_is("eu-ai-act", "2024", "Article 15(5)", "III", "HIGH-RISK"));
	struct framework_heading h;
	assert_false(framework_heading(S("nist-csf"), S("2.0"), S("PR.AA"), &h));
	assert_false(framework_heading(S("owasp-agentic"), S("2026"), S("ASI01"), &h));
	assert_false(framework_heading(S("csa-aicm"), S("1.1.0"), S("IAM-99"), &h));
	assert_false(framework_heading((str){0}, (str){0}, (str){0}, &h));
}

static void an_id_stands_under_its_group(void **state)
{
	(void)state;
	static const struct {
		const char *framework, *version, *id, *of, *title;
	} table[] = {
	    {"csa-aicm", "1.1.0", "LOG-15", "LOG", "Logging and Monitoring"},
	    {"nist-ai-rmf", "1.0", "GOVERN 1.4", "GOVERN", "GOVERN"},
	    {"nist-ai-rmf", "1.0", "GOVERN 1", "GOVERN", "GOVERN"},
	    {"nist-ai-rmf", "600-1", "GV-1.1-001", "GOVERN 1.1", ""},
	    {"iso-42001", "2023", "A.2.2", "A.2", "Policies related to AI"},
	    {"iso-42001", "2023", "6.1.2", "6", ""},
	    {"eu-ai-act", "2024", "Art. 15", "III", "HIGH-RISK AI SYSTEMS"},
	    {"eu-ai-act", "2024", "Annex III", "annexes", ""},
	    {"owasp-llm", "2026", "LLM01:2026", "", ""},
	    {"mitre-atlas", "2026.09", "AML.T0000.001", "AML.TA0002", ""},
	    {"mitre-atlas", "2026.09", "AML.M0024", "mitigations", ""},
	    {"mitre-atlas", "2026.09", "AML.TA0002", "tactics", ""},
	    {"nist-csf", "2.0", "PR.AA-01", "PR", "PROTECT"},
	    {"nist-csf", "2.0", "PR.AA", "PR", "PROTECT"},
	    {"nist-csf", "2.0", "PR", "PR", "PROTECT"},
	};
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct framework_walk walk = {.framework = str_from(table[i].framework),
					      .version = str_from(table[i].version)};
		struct framework_entry e;
		bool found = false;
		while (!found && framework_next(&walk, &e))
			found = str_eq(e.id, str_from(table[i].id));
		if (!found || !str_eq(e.of, str_from(table[i].of)) || !str_eq(e.of_title, str_from(table[i].title)))
			fail_msg("%s: under %.*s %.*s", table[i].id, STR_ARG(e.of), STR_ARG(e.of_title));
	}
}

static void every_id_of_the_aicm_is_found_in_the_other_version_or_gone(void **state)
{
	(void)state;
	static const str versions[] = {S("1.0.3"), S("1.1.0")};
	static const int gone[] = {2, 6};
	struct framework_move move, back;
	for (int v = 0; v < 2; v++) {
		struct framework_walk walk = {.framework = S("csa-aicm"), .version = versions[v]};
		struct framework_entry e;
		int without = 0;
		while (framework_next(&walk, &e)) {
			assert_true(framework_moved(walk.framework, versions[v], versions[!v], e.id, &move));
			without += move.id.n == 0;
			if (!move.id.n)
				continue;
			assert_true(framework_has(walk.framework, versions[!v], move.id));
			assert_true(framework_moved(walk.framework, versions[!v], versions[v], move.id, &back));
			assert_true(str_eq(back.id, e.id));
		}
		assert_int_equal(without, gone[v]);
	}
	assert_true(framework_moved(S("csa-aicm"), S("1.0.3"), S("1.1.0"), S("AIS-10"), &move));
	assert_true(str_eq(move.id, S("AIS-08")) && !move.review);
	assert_true(framework_moved(S("csa-aicm"), S("1.0.3"), S("1.1.0"), S("IAM-12"), &move));
	assert_true(move.id.n == 0 && move.review);
	assert_false(framework_moved(S("csa-aicm"), S("1.0.3"), S("1.0.3"), S("IAM-12"), &move));
	assert_false(framework_moved(S("csa-aicm"), S("1.0.3"), S("1.1.0"), S("id_1.0.3"), &move));
	assert_false(framework_moved(S("csa-aicm"), S("1.0.3"), S("1.1.0"), S(""), &move));
	assert_false(framework_moved(S("nist-csf"), S("1.0.3"), S("1.1.0"), S("AIS-10"), &move));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_version_has_as_many_ids_as_published),
	    cmocka_unit_test(an_aicm_id_means_what_its_version_says),
	    cmocka_unit_test(the_spellings_of_the_example_are_known),
	    cmocka_unit_test(owasp_ids_may_leave_out_the_edition),
	    cmocka_unit_test(articles_of_the_act_may_be_spelled_out),
	    cmocka_unit_test(a_technique_belongs_to_the_versions_that_have_it),
	    cmocka_unit_test(what_no_catalogue_has_is_refused),
	    cmocka_unit_test(an_id_stands_under_its_heading),
	    cmocka_unit_test(an_id_stands_under_its_group),
	    cmocka_unit_test(every_id_of_the_aicm_is_found_in_the_other_version_or_gone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
