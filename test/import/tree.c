#include "import/tree.h"

#include "collect.h"

static enum status read_tree(struct collect *c, const char *text, const struct yaml_node **out)
{
	struct source from = source_text(S("file"), str_from(text));
	struct import_walk w = {.texts = &c->arena};
	collect_reset(c);
	assert_int_equal(json_open(&w.json, &from, &c->arena, &c->err), OK);
	enum status status = json_next(&w.json, &c->err);
	if (status == OK)
		status = import_tree_read(&w, out, &c->err);
	return status == OK ? json_next(&w.json, &c->err) : status;
}

static void json_becomes_the_tree_of_yaml(void **state)
{
	const struct yaml_node *root = NULL;
	assert_int_equal(read_tree(*state, "{\"a\":[1,\"null\",null,true],\n \"b\":{}}", &root), OK);
	assert_int_equal(root->kind, YAML_MAP);
	assert_int_equal(root->n, 2);
	const struct yaml_node *list = yaml_get(root, S("a"));
	assert_int_equal(list->kind, YAML_LIST);
	assert_int_equal(list->n, 4);
	assert_true(list->items[0]->plain && str_eq(list->items[0]->text, S("1")));
	assert_false(list->items[1]->plain || yaml_is_null(list->items[1]));
	assert_true(yaml_is_null(list->items[2]));
	assert_true(list->items[3]->plain && str_eq(list->items[3]->text, S("true")));
	assert_int_equal(root->keys[1]->line, 2);
	assert_int_equal(root->keys[1]->column, 2);
	assert_int_equal(yaml_get(root, S("b"))->n, 0);
}

static void what_two_readers_would_see_differently_is_refused(void **state)
{
	struct collect *c = *state;
	const struct yaml_node *root = NULL;
	assert_int_equal(read_tree(c, "{\"a\":1,\"b\":2,\"a\":3}", &root), E_INVALID);
	assert_non_null(strstr(c->err.detail, "\"a\" stands twice"));
	assert_int_equal(read_tree(c, "{\"a\\u0000\":1}", &root), E_INVALID);
	assert_int_equal(read_tree(c, "[\"\\u0000\"]", &root), E_INVALID);
	assert_int_equal(read_tree(c, "[1", &root), E_INVALID);
	assert_null(root);
}

static void the_arena_bounds_the_tree(void **state)
{
	struct collect *c = *state;
	struct arena small = ARENA(512);
	const struct yaml_node *root = NULL;
	struct source from = source_text(S("file"), S("[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]"));
	struct import_walk w = {.texts = &small};
	assert_int_equal(json_open(&w.json, &from, &c->arena, &c->err), OK);
	assert_int_equal(json_next(&w.json, &c->err), OK);
	assert_int_equal(import_tree_read(&w, &root, &c->err), E_TOO_LARGE);
	arena_release(&small);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(json_becomes_the_tree_of_yaml),
	    COLLECT_TEST(what_two_readers_would_see_differently_is_refused),
	    COLLECT_TEST(the_arena_bounds_the_tree),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
