/**
 * What the reference model promises as a whole: its size, its share of checks, its ladder, its deployment types, its
 * references. Each objective alone is looked at by model lint, each check by test/app/checks.c.
 */
#include "score_fixture.h"

#include "base/embed.h"
#include "base/limits.h"
#include "core/evidence.h"
#include "core/framework.h"
#include "core/model.h"

#define FOLDER "models/aismm-reference/"

enum { FILES_MAX = 32, LEVEL_LOWEST = 2 };

static int setup_model(void **state)
{
	static struct arena a;
	static struct model_file files[FILES_MAX];
	struct model_problems problems = {0};
	const struct model *m = NULL;
	struct err err = {0};
	size_t n = 0;
	a = ARENA(LIMIT_COMMAND_BYTES);
	for (size_t i = embed_before(S(FOLDER)); i < embed_count(); i++) {
		struct embed_file f = embed_at(i);
		if (str_starts(f.name, S(FOLDER)) && str_ends(f.name, S(".yaml")) && n < FILES_MAX)
			files[n++] = (struct model_file){str_slice(f.name, sizeof FOLDER - 1, f.name.n), f.bytes};
	}
	assert_int_equal(model_read(files, n, &a, &problems, &m, &err), OK);
	assert_int_equal(problems.n_errors, 0);
	assert_int_equal(problems.n_warnings, 0); /* strict */
	assert_non_null(m);
	*state = (void *)m;
	return 0;
}

static void it_has_twelve_categories_in_three_domains_and_130_to_170_objectives(void **state)
{
	const struct model *m = *state;
	assert_int_equal(m->n_domains, 3);
	assert_int_equal(m->n_categories, 12);
	assert_in_range(m->n_objectives, 130, 170);
}

static void each_level_has_two_to_four_objectives_and_a_text(void **state)
{
	const struct model *m = *state;
	for (size_t c = 0; c < m->n_categories; c++) {
		const struct model_category *mc = &m->categories[c];
		int count[MODEL_LEVELS + 1] = {0};
		for (int i = 0; i < mc->n_objectives; i++)
			count[m->objectives[mc->first_objective + i].level]++;
		for (int l = LEVEL_LOWEST; l <= MODEL_LEVELS; l++)
			assert_in_range(count[l], 2, 4);
		for (int l = 0; l < MODEL_LEVELS; l++)
			assert_true(mc->levels[l].n > 80);
	}
}

static void every_field_is_filled(void **state)
{
	const struct model *m = *state;
	for (size_t i = 0; i < m->n_objectives; i++) {
		const struct model_objective *o = &m->objectives[i];
		if (!o->title.n || !o->kpi.n || !o->population.n || !o->condition.n || !o->rationale.n ||
		    !o->guidance.n || !o->owner.n || !o->n_evidence || o->effort_days < 1 || !o->n_refs)
			fail_msg("%.*s has an empty field", STR_ARG(o->id));
		if (o->threshold_milli < 1000 && !o->threshold_why.n)
			fail_msg("%.*s does not say why its threshold is that number", STR_ARG(o->id));
	}
}

static void at_least_three_of_five_run_by_a_check(void **state)
{
	const struct model *m = *state;
	size_t checks = 0;
	for (size_t i = 0; i < m->n_objectives; i++)
		checks += m->objectives[i].check.p && m->objectives[i].mode != MODEL_MANUAL;
	assert_true(checks * 5 >= m->n_objectives * 3);
}

/* ---- the ladder ---- */

static bool requires_from(const struct model *m, const struct model_objective *o, int level)
{
	for (size_t r = 0; r < o->n_requires; r++)
		if (m->objectives[o->requires[r]].level == level)
			return true;
	return false;
}

static void every_objective_above_level_2_stands_on_one_of_the_level_below(void **state)
{
	const struct model *m = *state;
	for (size_t i = 0; i < m->n_objectives; i++) {
		const struct model_objective *o = &m->objectives[i];
		if (o->level > LEVEL_LOWEST && !requires_from(m, o, o->level - 1))
			fail_msg("%.*s requires nothing of level %d", STR_ARG(o->id), o->level - 1);
	}
}

/* Of one category, every objective below level 5 carries something, or is named by another category. */
static void few_objectives_lead_nowhere(void **state)
{
	const struct model *m = *state;
	size_t below = 0, lead = 0;
	for (size_t i = 0; i < m->n_objectives; i++) {
		bool required = false;
		for (size_t k = 0; k < m->n_objectives; k++)
			for (size_t r = 0; r < m->objectives[k].n_requires; r++)
		required |= m->objectives[k].requires[r] == (int)i;
		below += m->objectives[i].level < MODEL_LEVELS;
		lead += required && m->objectives[i].level < MODEL_LEVELS;
		if (!required && m->objectives[i].level < MODEL_LEVELS)
			print_message("%.*s is required by nothing\n", STR_ARG(m->objectives[i].id));
	}
	assert_true(lead * 10 >= below * 9);
}

/* ---- deployment types ---- */

static bool applies(const struct model *m, size_t category, int level, unsigned deployment)
{
	const struct model_category *mc = &m->categories[category];
	for (int i = 0; i < mc->n_objectives; i++) {
		const struct model_objective *o = &m->objectives[mc->first_objective + i];
		if (o->level == level && (o->deployment & deployment))
			return true;
	}
	return false;
}

static void every_deployment_type_has_a_whole_ladder_in_ten_categories(void **state)
{
	const struct model *m = *state;
	for (unsigned d = MODEL_SELF_HOSTED; d <= MODEL_SAAS; d <<= 1) {
		int whole = 0;
		for (size_t c = 0; c < m->n_categories; c++) {
			bool all = true;
			for (int l = LEVEL_LOWEST; l <= MODEL_LEVELS; l++)
				all = all && applies(m, c, l, d);
			whole += all;
		}
		assert_true(whole >= 10);
	}
}

/* Who only buys a service has no hosts, no weights and no indexes of his own. */
static void a_program_that_only_consumes_saas_is_not_asked_about_hosts_and_weights(void **state)
{
	const struct model *m = *state;
	static const char *const foreign[] = {"GPU", "weights", "inference host", "training cluster"};
	for (size_t i = 0; i < m->n_objectives; i++) {
		const struct model_objective *o = &m->objectives[i];
		if (!(o->deployment & MODEL_SAAS))
			continue;
		assert_int_not_equal(o->subject, EVIDENCE_HOST);
		for (size_t w = 0; w < sizeof foreign / sizeof *foreign; w++)
			if (str_find(o->kpi, str_from(foreign[w])) >= 0 ||
			    str_find(o->title, str_from(foreign[w])) >= 0)
				fail_msg("%.*s applies to saas and speaks of %s", STR_ARG(o->id), foreign[w]);
	}
}

/* ---- references ---- */

static bool refers_to(const struct model_objective *o, str framework, str group)
{
	for (size_t r = 0; r < o->n_refs; r++)
		for (size_t k = 0; str_eq(o->refs[r].framework, framework) && k < o->refs[r].n_ids; k++)
			if (str_starts(o->refs[r].ids[k], group))
				return true;
	return false;
}

static void every_aicm_domain_is_reached_by_several_objectives(void **state)
{
	const struct model *m = *state;
	static const char *const domains[] = {"A&A-", "AIS-", "BCR-", "CCC-", "CEK-", "DCS-", "DSP-", "GRC-", "HRS-",
					      "I&S-", "IAM-", "IPY-", "LOG-", "MDS-", "SEF-", "STA-", "TVM-", "UEM-"};
	for (size_t d = 0; d < sizeof domains / sizeof *domains; d++) {
		int reached = 0;
		for (size_t i = 0; i < m->n_objectives; i++)
			reached += refers_to(&m->objectives[i], S("csa-aicm"), str_from(domains[d]));
		if (reached < 3)
			fail_msg("%s is reached by %d objectives", domains[d], reached);
	}
}

static void every_framework_is_reached_and_references_name_the_current_versions(void **state)
{
	const struct model *m = *state;
	static const char *const current[][2] = {
	    {"csa-aicm", "1.1.0"}, {"nist-ai-rmf", "1.0"},    {"iso-42001", "2023"},      {"eu-ai-act", "2024"},
	    {"owasp-llm", "2026"}, {"owasp-agentic", "2026"}, {"mitre-atlas", "2026.09"}, {"nist-csf", "2.0"}};
	for (size_t f = 0; f < FRAMEWORKS; f++) {
		int reached = 0;
		for (size_t i = 0; i < m->n_objectives; i++)
			for (size_t r = 0; r < m->objectives[i].n_refs; r++) {
				const struct model_ref *ref = &m->objectives[i].refs[r];
				if (!str_eq(ref->framework, str_from(current[f][0])))
					continue;
				reached++;
				if (!str_eq(ref->version, str_from(current[f][1])))
					fail_msg("%.*s: %s %.*s", STR_ARG(m->objectives[i].id), current[f][0],
						 STR_ARG(ref->version));
			}
		if (reached < 5)
			fail_msg("%s is referred to %d times", current[f][0], reached);
	}
}

static void no_two_objectives_share_their_check(void **state)
{
	const struct model *m = *state;
	for (size_t i = 0; i < m->n_objectives; i++)
		for (size_t k = i + 1; k < m->n_objectives; k++)
			if (m->objectives[i].check.p && str_eq(m->objectives[i].check, m->objectives[k].check))
				fail_msg("%.*s and %.*s", STR_ARG(m->objectives[i].id), STR_ARG(m->objectives[k].id));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(it_has_twelve_categories_in_three_domains_and_130_to_170_objectives),
	    cmocka_unit_test(each_level_has_two_to_four_objectives_and_a_text),
	    cmocka_unit_test(every_field_is_filled),
	    cmocka_unit_test(at_least_three_of_five_run_by_a_check),
	    cmocka_unit_test(every_objective_above_level_2_stands_on_one_of_the_level_below),
	    cmocka_unit_test(few_objectives_lead_nowhere),
	    cmocka_unit_test(every_deployment_type_has_a_whole_ladder_in_ten_categories),
	    cmocka_unit_test(a_program_that_only_consumes_saas_is_not_asked_about_hosts_and_weights),
	    cmocka_unit_test(every_aicm_domain_is_reached_by_several_objectives),
	    cmocka_unit_test(every_framework_is_reached_and_references_name_the_current_versions),
	    cmocka_unit_test(no_two_objectives_share_their_check),
	};
	struct CMUnitTest bound[sizeof tests / sizeof *tests];
	void *model = NULL;
	(void)setup_model(&model);
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
		bound[i] = tests[i];
		bound[i].initial_state = model;
	}
	return cmocka_run_group_tests_name("the reference model", bound, NULL, NULL);
}
