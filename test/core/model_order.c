/* The rules that need the whole model. */
#include "model_fixture.h"

static void requires_climbs_and_has_no_circle(void **state)
{
	static const struct rule rules[] = {
	    {"requires: []\n        check", "requires: [GOV-02.9]\n        check", "GOV-02.9",
	     "GOV-02.1: requires \"GOV-02.9\", which the model does not have", false},
	    {"requires: []\n        check", "requires: [GOV-04.2]\n        check", "GOV-04.2]",
	     "GOV-02.1: requires GOV-04.2, which is of a higher level", false},
	    {"requires: []\n        check", "requires: [GOV-02.1]\n        check", "id: GOV-02.1",
	     "GOV-02.1: requires is a circle: GOV-02.1 -> GOV-02.1", false},
	    {"effort: 5\n        owner: iam\n        requires: []\n        refs: [{framework: csa-aicm, version: "
	     "\"1.1.0\", "
	     "ids: [GRC-01]}]\n      - id: GOV-03.1",
	     "effort: 5\n        owner: iam\n        requires: [GOV-02.1]\n        refs: [{framework: csa-aicm, "
	     "version: "
	     "\"1.1.0\", ids: [GRC-01]}]\n      - id: GOV-03.1",
	     "", "", false},
	};
	expect_rules(*state, rules, 3);
	/* 02.1 -> 02.2 -> 02.1 */
	struct fixture *f = *state;
	str text = replaced(f, data_file(f, "good.yaml"), rules[3].from, rules[3].to);
	text = replaced(f, text, "requires: []\n        check", "requires: [GOV-02.2]\n        check");
	read_text(f, text);
	assert_int_equal(f->problems.n, 1);
	assert_true(
	    str_eq(f->problems.list[0].message, S("GOV-02.2: requires is a circle: GOV-02.1 -> GOV-02.2 -> GOV-02.1")));
}

static void duplicate_ids_name_both_places(void **state)
{
	struct fixture *f = *state;
	str text = replaced(f, data_file(f, "good.yaml"), "- id: GOV-02.2", "- id: GOV-02.1");
	read_text(f, text);
	/* GOV-04.1 requires GOV-02.2, which is gone with the duplicate; the level has two objectives as before. */
	assert_int_equal(f->problems.n, 2);
	assert_true(str_eq(f->problems.list[0].message, S("GOV-02.1: this id is also in m.yaml:23")));
	assert_int_equal(f->problems.list[0].place.line, 53);
}

static void every_level_of_a_category_has_objectives(void **state)
{
	struct fixture *f = *state;
	str text = data_file(f, "minimal.yaml");
	text = replaced(f, text, "      - {id: GOV-03.1, title: T, kpi: K, threshold: 1, window: P30D}\n", "");
	read_text(f, text);
	assert_int_equal(f->problems.n_errors, 1);
	const struct model_problem *p = f->problems.list;
	while (p->warning)
		p++;
	assert_true(str_eq(p->message, S("GOV: level 3 has no objectives")));
	assert_int_equal(p->place.line, 7);
}

static void the_number_of_objectives_of_a_level_is_a_warning(void **state)
{
	struct fixture *f = *state;
	str text = replaced(f, data_file(f, "good.yaml"), "- id: GOV-02.2", "- id: GOV-03.9");
	text = replaced(f, text, "requires: [GOV-03.1, GOV-02.2]", "requires: []");
	read_text(f, text);
	assert_int_equal(f->problems.n, 1);
	assert_int_equal(f->problems.n_errors, 0);
	assert_true(str_eq(f->problems.list[0].message, S("GOV: level 2 has 1 objective; 2 to 4 are expected")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(requires_climbs_and_has_no_circle),
	    TEST(duplicate_ids_name_both_places),
	    TEST(every_level_of_a_category_has_objectives),
	    TEST(the_number_of_objectives_of_a_level_is_a_warning),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
