#include "model_fixture.h"

static void lengths_count_characters_not_bytes(void **state)
{
	struct fixture *f = *state;
	str good = data_file(f, "good.yaml");
	static const struct {
		const char *from, *key;
		int most;
	} texts[] = {
	    {"title: Title of GOV-02.2", "title", 60},
	    {"kpi: Systems that meet GOV-02.2", "kpi", 200},
	    {"rationale: it needs a list of people", "rationale", 240},
	};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		for (int more = 0; more <= 1; more++) {
			struct buf b = BUF(4096);
			buf_printf(&b, "%s: ", texts[i].key);
			for (int c = 0; c < texts[i].most + more; c++)
				buf_add(&b, S("ü"));
			buf_char(&b, '\0');
			read_text(f, replaced(f, good, texts[i].from, b.p));
			buf_release(&b);
			assert_int_equal(f->problems.n, more);
			assert_int_equal(f->problems.n_warnings, more);
			if (more)
				assert_true(str_find(f->problems.list[0].message, S("characters; at most")) > 0);
		}
}

static void vague_words_are_warned_about(void **state)
{
	static const struct rule rules[] = {
	    {"condition: attested in the last year", "condition: attested Regularly", "attested Regularly",
	     "GOV-02.1: condition says \"regularly\", which nobody can falsify", true},
	    {"kpi: People who attested the policy in the last year", "kpi: People trained as needed", "People trained",
	     "GOV-02.1: kpi says \"as needed\", which nobody can falsify", true},
	    {"kpi: People who attested the policy in the last year",
	     "kpi: |\n          People trained as\n          needed", "|\n          People trained",
	     "GOV-02.1: kpi says \"as needed\", which nobody can falsify", true},
	    {"population: every person with system access", "population: a sufficient part", "a sufficient",
	     "GOV-02.1: population says \"sufficient\", which nobody can falsify", true},
	    {"title: Policy is attested", "title: A robust policy", "A robust",
	     "GOV-02.1: title says \"robust\", which nobody can falsify", true},
	};
	EXPECT_RULES(state, rules);
	struct fixture *f = *state;
	read_text(f, replaced(f, data_file(f, "good.yaml"), "condition: attested in the last year",
			      "condition: inadequately, insufficient, untimely, robustness"));
	assert_int_equal(f->problems.n, 0);
}

static void guidance_has_three_to_six_sentences(void **state)
{
	static const struct {
		const char *text;
		int problems;
	} table[] = {
	    {"One. Two.", 1},
	    {"One. Two. Three", 0},
	    {"One! Two? Three...", 0},
	    {"One, e.g. this one. Two i.e. that one.", 1},
	    {"He said \\\"one.\\\" Two (2.5 of 3). Three.", 0},
	    {"1. 2. 3. 4. 5. 6.", 0},
	    {"1. 2. 3. 4. 5. 6. 7.", 1},
	};
	struct fixture *f = *state;
	str good = data_file(f, "good.yaml");
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		char to[128];
		(void)snprintf(to, sizeof to, "guidance: \"%s\"", table[i].text);
		read_text(f, replaced(f, good, "guidance: Start with the list. People leave. Keep the export.", to));
		if ((int)f->problems.n != table[i].problems)
			fail_msg("%s", table[i].text);
	}
}

static void missing_texts_are_warnings(void **state)
{
	static const struct rule rules[] = {
	    {"        population: every person with system access\n", "", "id: GOV-02.1",
	     "GOV-02.1: population is missing", true},
	    {"        condition: attested in the last year\n", "", "id: GOV-02.1", "GOV-02.1: condition is missing",
	     true},
	    {"        rationale: it needs a list of people\n", "", "id: GOV-02.1", "GOV-02.1: rationale is missing",
	     true},
	    {"        guidance: Start with the list. People leave. Keep the export.\n", "", "id: GOV-02.1",
	     "GOV-02.1: guidance is missing", true},
	    {"        evidence: [export of attestations, list of people]\n", "", "id: GOV-02.1",
	     "GOV-02.1: evidence is missing", true},
	    {"        effort: 12\n", "", "id: GOV-02.1", "GOV-02.1: effort is missing", true},
	    {"        owner: grc\n", "", "id: GOV-02.1", "GOV-02.1: owner is missing", true},
	};
	EXPECT_RULES(state, rules);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(lengths_count_characters_not_bytes),
	    TEST(vague_words_are_warned_about),
	    TEST(guidance_has_three_to_six_sentences),
	    TEST(missing_texts_are_warnings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
