#include "collect.h"

#include "import/walk.h"

struct pair {
	str a;
	struct evidence_value b;
	int elements;
};

static enum status count_element(struct import_walk *w, void *record, struct err *err)
{
	((struct pair *)record)->elements++;
	return json_skip(&w->json, err);
}

static const struct import_walk_field inner[] = {
    {.key = S("b"), .type = IMPORT_WALK_INT, .at = offsetof(struct pair, b)}, {.key = {NULL, 0}}};
static const struct import_walk_field fields[] = {
    {.key = S("a"), .type = IMPORT_WALK_TEXT, .at = offsetof(struct pair, a)},
    {.key = S("in"), .type = IMPORT_WALK_OBJECT, .members = inner},
    {.key = S("list"), .type = IMPORT_WALK_ARRAY, .call = count_element},
    {.key = {NULL, 0}}};

static enum status read_pair(struct collect *c, const char *json, struct pair *out)
{
	struct source from = source_text(S("file"), str_from(json));
	struct import_walk w = {.texts = &c->arena};
	collect_reset(c);
	*out = (struct pair){0};
	assert_int_equal(json_open(&w.json, &from, &c->arena, &c->err), OK);
	assert_int_equal(json_next(&w.json, &c->err), OK);
	return import_walk_members(&w, fields, out, &c->err);
}

static void wanted_members_are_taken_and_others_are_passed_over(void **state)
{
	struct pair p;
	assert_int_equal(read_pair(*state,
				   "{\"x\":[1,{\"a\":\"no\"}],\"a\":\"yes\",\"in\":{\"b\":7,\"c\":{}},"
				   "\"list\":[1,[2,3],{\"k\":4}]}",
				   &p),
			 OK);
	assert_true(str_eq(p.a, S("yes")));
	assert_true(p.b.known);
	assert_int_equal(p.b.i64, 7);
	assert_int_equal(p.elements, 3);
}

static void null_leaves_a_member_unknown(void **state)
{
	struct pair p;
	assert_int_equal(read_pair(*state, "{\"a\":null,\"in\":null,\"list\":null}", &p), OK);
	assert_int_equal(p.a.n, 0);
	assert_false(p.b.known);
}

static void a_wanted_member_that_stands_twice_is_refused(void **state)
{
	struct collect *c = *state;
	struct pair p;
	assert_int_equal(read_pair(c, "{\"a\":\"PASS\",\n\"a\":\"FAIL\"}", &p), E_INVALID);
	assert_string_equal(c->err.where, "file:2:1");
	assert_non_null(strstr(c->err.detail, "\"a\" stands twice"));
	assert_int_equal(read_pair(c, "{\"x\":1,\"x\":2}", &p), OK);
}

static void wrong_types_are_refused_at_their_place(void **state)
{
	static const struct {
		const char *json, *message;
	} wrong[] = {
	    {"{\"a\":{}}", "a text expected"},
	    {"{\"a\":true}", "a text expected"},
	    {"{\"in\":[]}", "an object expected"},
	    {"{\"list\":{}}", "a list expected"},
	    {"{\"in\":{\"b\":\"7\"}}", "a whole number"},
	    {"{\"in\":{\"b\":7.5}}", "a whole number"},
	};
	struct collect *c = *state;
	struct pair p;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_int_equal(read_pair(c, wrong[i].json, &p), E_INVALID);
		assert_non_null(strstr(c->err.message, wrong[i].message));
		assert_non_null(strstr(c->err.where, "file:1:"));
	}
}

static void a_text_with_a_nul_is_refused(void **state)
{
	struct pair p;
	assert_int_equal(read_pair(*state, "{\"a\":\"x\\u0000y\"}", &p), E_INVALID);
	assert_int_equal(read_pair(*state, "{\"b\":\"x\\u0000y\"}", &p), OK);
}

static void the_head_of_a_file_may_end_anywhere(void **state)
{
	(void)state;
	static const char json[] = "[{\"first\":{\"deep\":[1,2]},\"class_uid\":2004,\"rest\":\"...\"}]";
	str whole = str_from(json);
	assert_true(import_walk_is(whole, S("class_uid"), S("2004")));
	assert_false(import_walk_is(whole, S("class_uid"), S("200")));
	assert_false(import_walk_has(whole, S("deep")));
	for (size_t n = 0; n < whole.n; n++) {
		bool seen = import_walk_has(str_slice(whole, 0, n), S("class_uid"));
		assert_int_equal(seen, n >= strlen("[{\"first\":{\"deep\":[1,2]},\"class_uid\""));
	}
}

static void the_shape_of_a_head_is_told_by_its_first_bytes(void **state)
{
	(void)state;
	assert_int_equal(import_walk_shape(S("\xEF\xBB\xBF \n{")), IMPORT_WALK_IS_OBJECT);
	assert_int_equal(import_walk_shape(S("[\n \n]\n")), IMPORT_WALK_IS_EMPTY_LIST);
	assert_int_equal(import_walk_shape(S("[{")), IMPORT_WALK_IS_LIST);
	assert_int_equal(import_walk_shape(S("id,name")), IMPORT_WALK_OTHER);
	assert_int_equal(import_walk_shape((str){NULL, 0}), IMPORT_WALK_OTHER);
}

static void texts_for_messages_are_short_and_without_control_characters(void **state)
{
	(void)state;
	char out[IMPORT_WALK_SHOW], text[200];
	assert_string_equal(import_walk_show(S("a\x1b[31mred\n"), out), "a?[31mred?");
	assert_string_equal(import_walk_show((str){NULL, 0}, out), "");
	for (size_t i = 0; i < sizeof text; i++)
		text[i] = "\xC3\xA9"[i % 2];
	str shown = str_from(import_walk_show((str){text, 200}, out));
	assert_true(str_is_utf8(shown));
	assert_int_equal(shown.n, 63);
	shown = str_from(import_walk_show((str){text + 1, 199}, out));
	assert_true(shown.n < IMPORT_WALK_SHOW);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(wanted_members_are_taken_and_others_are_passed_over),
	    COLLECT_TEST(null_leaves_a_member_unknown),
	    COLLECT_TEST(a_wanted_member_that_stands_twice_is_refused),
	    COLLECT_TEST(wrong_types_are_refused_at_their_place),
	    COLLECT_TEST(a_text_with_a_nul_is_refused),
	    cmocka_unit_test(the_head_of_a_file_may_end_anywhere),
	    cmocka_unit_test(the_shape_of_a_head_is_told_by_its_first_bytes),
	    cmocka_unit_test(texts_for_messages_are_short_and_without_control_characters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
