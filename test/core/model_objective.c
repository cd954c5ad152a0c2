/* Each rule about one objective, with a model that breaks only this rule. */
#include "model_fixture.h"

static void ids_of_objectives_follow_their_category(void **state)
{
	static const char *const bad[] = {"GOV-2.1",   "GOV-01.1", "GOV-06.1",    "GOV-02.0", "GOV-02.01", "GOV-02.",
					  "GOV-02",    "GOV02.1",  "gov-02.1",    "IAM-02.1", "GOV-02.1x", "GOV-02.1.1",
					  "GOV-02.-1", "GOVX",     "GOV-02.1000", "XGOV-02.1"};
	struct fixture *f = *state;
	str good = data_file(f, "good.yaml");
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		char to[64], message[200];
		(void)snprintf(to, sizeof to, "- id: %s\n        title: Title of GOV-04.2", bad[i]);
		(void)snprintf(message, sizeof message,
			       "GOV: objective id \"%s\" is not GOV-0L.N with a level L from 2 to 5 and a number N",
			       bad[i]);
		str text = replaced(f, good, "- id: GOV-04.2\n        title: Title of GOV-04.2", to);
		char at[80];
		(void)snprintf(at, sizeof at, "%s\n        title: Title of GOV-04.2", bad[i]);
		struct rule rule = {"", "", at, message, false};
		read_text(f, text);
		assert_int_equal(f->problems.n, 1);
		expect_problem(f, 0, text, &rule);
	}
	read_text(f, replaced(f, good, "- id: GOV-04.2", "- id: GOV-04.123"));
	assert_int_equal(f->problems.n, 0);
}

static void an_objective_needs_its_five_keys(void **state)
{
	static const struct rule rules[] = {
	    {"        title: Title of GOV-03.2\n", "", "id: GOV-03.2", "GOV-03.2: title is missing", false},
	    {"        kpi: Systems that meet GOV-03.2\n", "", "id: GOV-03.2", "GOV-03.2: kpi is missing", false},
	    {"        threshold: 0.9\n        window: P365D\n", "        window: P365D\n", "id: GOV-02.1",
	     "GOV-02.1: threshold is missing", false},
	    {"        window: P365D\n", "", "id: GOV-02.1", "GOV-02.1: window is missing", false},
	    {"- id: GOV-03.2\n        title", "- title", "title: Title of GOV-03.2", "GOV: id is missing", false},
	    {"        kpi: Systems that meet GOV-03.2", "        kpy: Systems that meet GOV-03.2\n        kpi: K",
	     "kpy", "GOV-03.2: unknown key \"kpy\" in an objective; did you mean \"kpi\"?", false},
	    {"      - id: GOV-02.2", "      - just text\n      - id: GOV-02.2", "just text",
	     "GOV: an objective is a text; a map of keys and values is expected", false},
	};
	EXPECT_RULES(state, rules);
}

static void thresholds_are_shares_with_three_decimals(void **state)
{
	static const struct {
		const char *text;
		int milli; /* 0: refused */
	} table[] = {
	    {"0.9", 900}, {"0.90", 900},  {"1", 1000},  {"1.0", 1000},  {"1.000", 1000}, {"0.001", 1}, {"0.999", 999},
	    {"0.05", 50}, {"0", 0},       {"0.0", 0},   {"0.000", 0},   {"0.0005", 0},   {"90%", 0},   {"1.0001", 0},
	    {"1.001", 0}, {"1.2", 0},     {"2", 0},     {"90", 0},      {"-0.5", 0},     {"+0.5", 0},  {"0,9", 0},
	    {"9e-1", 0},  {".9", 0},      {"1.", 0},    {"0x1", 0},     {"0.9.1", 0},    {".inf", 0},  {".nan", 0},
	    {"true", 0},  {"\"0.9\"", 0}, {"[0.9]", 0}, {"0.9 0.8", 0}, {"0.9000", 0},   {"00.9", 0},  {"0.9a", 0},
	};
	struct fixture *f = *state;
	str good = data_file(f, "good.yaml");
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		char to[64];
		(void)snprintf(to, sizeof to, "threshold: %s\n        window: P365D", table[i].text);
		read_text(f, replaced(f, good, "threshold: 0.9\n        window: P365D", to));
		if ((table[i].milli == 0) != (f->problems.n == 1))
			fail_msg("threshold %s", table[i].text);
		if (table[i].milli)
			assert_int_equal(f->m->objectives[0].threshold_milli, table[i].milli);
	}
}

static void a_bad_threshold_is_named_with_its_place(void **state)
{
	static const struct rule rules[] = {
	    {"threshold: 0.9\n        window: P365D", "threshold: 1.2\n        window: P365D", "1.2\n",
	     "GOV-02.1: threshold 1.2 is not above 0 and at most 1 with three decimals", false},
	    {"threshold: 0.9\n        window: P365D", "threshold: '1'\n        window: P365D", "'1'",
	     "GOV-02.1: threshold \"1\" is not above 0 and at most 1 with three decimals", false},
	};
	EXPECT_RULES(state, rules);
}

static void windows_are_whole_days(void **state)
{
	static const struct {
		const char *text;
		int days; /* 0: refused */
	} table[] = {
	    {"P1D", 1},     {"P36500D", 36500}, {"\"P7D\"", 7}, {"P0D", 0},
	    {"P36501D", 0}, {"P-1D", 0},        {"P+1D", 0},    {"P1Y", 0},
	    {"P1.5D", 0},   {"90", 0},          {"P D", 0},     {"PD", 0},
	    {"P07D", 0},    {"p7d", 0},         {"P7DT1H", 0},  {"P99999999999999999999D", 0},
	    {"[P1D]", 0},   {"\" \"", 0},
	};
	struct fixture *f = *state;
	str good = data_file(f, "good.yaml");
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		char to[64];
		(void)snprintf(to, sizeof to, "max_age: %s", table[i].text);
		read_text(f, replaced(f, good, "max_age: P90D", to));
		if ((table[i].days == 0) != (f->problems.n == 1))
			fail_msg("max_age %s", table[i].text);
		if (table[i].days)
			assert_int_equal(f->m->objectives[0].max_age_ms, table[i].days * TIME_DAY_MS);
	}
	static const struct rule rules[] = {
	    {"window: P365D", "window: 365", "365\n",
	     "GOV-02.1: window \"365\" is not a number of days such as P90D, at most P36500D", false},
	};
	EXPECT_RULES(state, rules);
}

static void words_are_those_of_the_format(void **state)
{
	static const struct rule rules[] = {
	    {"scope: program", "scope: global", "global", "GOV-02.1: scope \"global\" is not one of unit, program",
	     false},
	    {"mode: automated", "mode: auto", "auto\n",
	     "GOV-02.1: mode \"auto\" is not one of manual, automated, either", false},
	    {"empty: not_met", "empty: met", "met\n        may_lack",
	     "GOV-02.1: empty \"met\" is not one of not_applicable, unknown, not_met", false},
	    {"[self_hosted, saas]", "[self_hosted, onprem]", "onprem",
	     "GOV-02.1: deployment \"onprem\" is not one of self_hosted, paas, saas", false},
	    {"[self_hosted, saas]", "[]", "[]", "GOV-02.1: deployment is empty: the objective would apply nowhere",
	     false},
	    {"subject: person", "subject: persons", "persons",
	     "GOV-02.1: subject: there is no evidence kind \"persons\"; did you mean \"person\"?", false},
	    {"may_lack: [document, ai_system]", "may_lack: [document, zzzzzz]", "[document, zz",
	     "GOV-02.1: may_lack: there is no evidence kind \"zzzzzz\"", false},
	    {"effort: 12", "effort: -1", "-1\n", "GOV-02.1: effort -1 is not a whole number from 0 to 100000", false},
	    {"evidence: [export of attestations, list of people]", "evidence: [export, '']", "''",
	     "GOV-02.1: evidence has an empty entry", false},
	    {"owner: grc", "owner: gcr", "gcr",
	     "GOV-02.1: \"gcr\" is not one of the functions that evidence and reports know; did you mean \"grc\"?",
	     true},
	};
	EXPECT_RULES(state, rules);
}

static void a_check_has_a_mode_a_subject_and_a_basis(void **state)
{
	static const struct rule rules[] = {
	    {"        check: |\n          SELECT p.unit_id, p.id AS subject, 1 AS meets\n            FROM person p\n",
	     "", "id: GOV-02.1", "GOV-02.1: mode is automated, but there is no check", false},
	    {"        subject: person\n", "", "|\n          SELECT p.unit_id",
	     "GOV-02.1: a check needs a subject: the evidence kind that it counts", false},
	    {"mode: automated", "mode: manual", "|\n          SELECT p.unit_id",
	     "GOV-02.1: the check is never run, because mode is manual", true},
	    {"        basis: sample\n", "", "|\n          SELECT unit_id",
	     "GOV-02.1: population_size without basis: sample has no meaning", false},
	    {"        population_size: |\n          SELECT unit_id, count(*) AS n FROM person GROUP BY unit_id\n", "",
	     "sample\n", "GOV-02.1: a check on a sample needs population_size", false},
	};
	EXPECT_RULES(state, rules);
}

static void references_exist_in_the_version_they_name(void **state)
{
	static const struct rule rules[] = {
	    {"[GRC-01, HRS-11]", "[GRC-01, GRC-99, HRS-11, X]", "[GRC-01, GRC-99",
	     "GOV-02.1: csa-aicm 1.1.0 has no GRC-99, X", false},
	    {"version: \"1.0\", ids: [\"GOVERN 1.4\"]", "version: \"2.0\", ids: [\"GOVERN 1.4\"]", "\"2.0\"",
	     "GOV-02.1: nist-ai-rmf has no version \"2.0\"; known: 1.0, 600-1", false},
	    {"framework: nist-ai-rmf", "framework: nist-rmf", "nist-rmf",
	     "GOV-02.1: unknown framework \"nist-rmf\"; known: csa-aicm, nist-ai-rmf, iso-42001, eu-ai-act, owasp-llm, "
	     "owasp-agentic, mitre-atlas, nist-csf",
	     false},
	    {"framework: nist-ai-rmf, ", "", "{version: \"1.0\"", "GOV-02.1: framework is missing", false},
	    {"version: \"1.0\", ids", "ids", "{framework: nist-ai-rmf", "GOV-02.1: version is missing", false},
	    {", ids: [\"GOVERN 1.4\"]", "", "{framework: nist-ai-rmf", "GOV-02.1: ids is missing", false},
	    {"ids: [\"GOVERN 1.4\"]", "ids: []", "[]}", "GOV-02.1: ids is missing", false},
	    {"ids: [\"GOVERN 1.4\"]", "id: x, ids: [\"GOVERN 1.4\"]", "id: x",
	     "GOV-02.1: unknown key \"id\" in a reference; did you mean \"ids\"?", false},
	    {"        refs:\n          - {framework: csa-aicm, version: \"1.1.0\", ids: [GRC-01, HRS-11]}\n",
	     "        refs:\n", "- {framework: nist-ai-rmf", "GOV-02.1: no reference to csa-aicm", true},
	};
	EXPECT_RULES(state, rules);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(ids_of_objectives_follow_their_category),
	    TEST(an_objective_needs_its_five_keys),
	    TEST(thresholds_are_shares_with_three_decimals),
	    TEST(a_bad_threshold_is_named_with_its_place),
	    TEST(windows_are_whole_days),
	    TEST(words_are_those_of_the_format),
	    TEST(a_check_has_a_mode_a_subject_and_a_basis),
	    TEST(references_exist_in_the_version_they_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
