#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/model.h"

static void deployments_are_read_with_either_separator(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		unsigned bits;
	} table[] = {
	    {"self_hosted", 1},
	    {"paas", 2},
	    {"saas", 4},
	    {"paas;saas", 6},
	    {"paas,saas", 6},
	    {" saas ; paas ", 6},
	    {"saas;saas", 4},
	    {"self_hosted,paas;saas", 7},
	    {"", 0},
	    {";", 0},
	    {"paas;", 0},
	    {";paas", 0},
	    {"PaaS", 0},
	    {"paas saas", 0},
	    {"onprem", 0},
	    {"paas;onprem", 0},
	};
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (model_deployment_read(str_from(table[i].text)) != table[i].bits)
			fail_msg("'%s'", table[i].text);
	assert_int_equal(model_deployment_read((str){NULL, 0}), 0);
}

static const struct model_category categories[] = {{.id = S("IAM")}, {.id = S("GOV")}};
static const struct model_objective objectives[] = {
    {.id = S("IAM-02.1")}, {.id = S("IAM-02.10")}, {.id = S("IAM-02.2")}, {.id = S("GOV-02.1")}};
static const int sorted[] = {3, 0, 1, 2};
static const struct model example = {
    .n_categories = 2, .categories = categories, .n_objectives = 4, .objectives = objectives, .sorted = sorted};

static void objectives_are_found_by_id_in_any_case(void **state)
{
	(void)state;
	for (int i = 0; i < 4; i++)
		assert_ptr_equal(model_objective_find(&example, objectives[i].id), &objectives[i]);
	assert_ptr_equal(model_objective_find(&example, S("iam-02.10")), &objectives[1]);
	assert_ptr_equal(model_objective_find(&example, S("Gov-02.1")), &objectives[3]);
	assert_null(model_objective_find(&example, S("IAM-02.3")));
	assert_null(model_objective_find(&example, S("IAM-02")));
	assert_null(model_objective_find(&example, S("")));
	assert_null(model_objective_find(&example, S("IAM-02.1IAM-02.1IAM-02.1IAM-02.1IAM-02.1")));
	const struct model nothing = {0};
	assert_null(model_objective_find(&nothing, S("IAM-02.1")));
}

static void categories_are_found_by_id_in_any_case(void **state)
{
	(void)state;
	assert_ptr_equal(model_category_find(&example, S("GOV")), &categories[1]);
	assert_ptr_equal(model_category_find(&example, S("iam")), &categories[0]);
	assert_null(model_category_find(&example, S("IA")));
	assert_null(model_category_find(&example, S("")));
}

static enum status add(struct model_problems *p, struct arena *a, bool warning, int line, const char *text)
{
	struct model_place place = {S("m.yaml"), line, 1};
	return model_problem_add(p, a, warning, place, NULL, "%s", text);
}

static void messages_carry_no_control_characters(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct model_problems p = {0};
	assert_int_equal(add(&p, &a, false, 1, "a\x1b[31mb\n\x7f\xc2\x9b~\xc3\xbc"), OK);
	assert_true(str_eq(p.list[0].message, S("a?[31mb????~\xc3\xbc")));
	arena_release(&a);
}

static void errors_are_listed_although_warnings_are_many(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct model_problems p = {0};
	for (int i = 0; i < MODEL_PROBLEMS + 500; i++)
		assert_int_equal(add(&p, &a, true, i, "w"), OK);
	assert_int_equal(p.n, MODEL_PROBLEMS);
	assert_int_equal(p.n_warnings, MODEL_PROBLEMS + 500);
	for (int i = 0; i < MODEL_PROBLEMS + 7; i++)
		assert_int_equal(add(&p, &a, false, i, "e"), OK);
	assert_int_equal(p.n, 2 * MODEL_PROBLEMS);
	assert_int_equal(p.n_errors, MODEL_PROBLEMS + 7);
	assert_false(p.list[p.n - 1].warning);
	arena_release(&a);
}

static void problems_sort_by_place_and_keep_their_order(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	struct model_problems p = {0};
	static const struct {
		const char *file;
		int line, column;
		const char *text;
	} given[] = {{"b", 1, 1, "6"}, {"a", 10, 1, "4"}, {"a", 2, 7, "2"}, {"a", 2, 3, "1"},
		     {"a", 2, 7, "3"}, {"a", 10, 1, "5"}, {"B", 9, 9, "0"}};
	for (size_t i = 0; i < 7; i++) {
		struct model_place place = {str_from(given[i].file), given[i].line, given[i].column};
		assert_int_equal(model_problem_add(&p, &a, false, place, NULL, "%s", given[i].text), OK);
	}
	model_problems_sort(&p);
	for (size_t i = 0; i < 7; i++)
		assert_int_equal(p.list[i].message.p[0], '0' + (int)i);
	struct model_problems none = {0};
	model_problems_sort(&none);
	assert_int_equal(none.n, 0);
	arena_release(&a);
}

static void a_full_arena_is_a_status(void **state)
{
	(void)state;
	struct arena a = ARENA(16);
	struct model_problems p = {0};
	assert_int_equal(add(&p, &a, false, 1, "a message that is longer than sixteen bytes"), E_TOO_LARGE);
	assert_int_equal(p.n, 0);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(deployments_are_read_with_either_separator),
	    cmocka_unit_test(objectives_are_found_by_id_in_any_case),
	    cmocka_unit_test(categories_are_found_by_id_in_any_case),
	    cmocka_unit_test(messages_carry_no_control_characters),
	    cmocka_unit_test(errors_are_listed_although_warnings_are_many),
	    cmocka_unit_test(problems_sort_by_place_and_keep_their_order),
	    cmocka_unit_test(a_full_arena_is_a_status),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
