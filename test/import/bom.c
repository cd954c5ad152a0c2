#include "import/bom.h"

#include "collect.h"

static void a_package_url_is_split_at_its_version(void **state)
{
	static const char *const cases[][3] = {
	    {"pkg:npm/%40scope/name@1.0?arch=x#path", "pkg:npm/%40scope/name", "1.0"},
	    {"pkg:huggingface/org/model@3f1c", "pkg:huggingface/org/model", "3f1c"},
	    {"pkg:npm/@scope/name", "pkg:npm/@scope/name", ""},
	    {"pkg:pypi/vllm", "pkg:pypi/vllm", ""},
	    {"pkg:pypi/vllm?x=a@b", "pkg:pypi/vllm", ""},
	    {"", "", ""},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		str version;
		assert_true(str_eq(import_bom_stem(str_from(cases[i][0]), &version), str_from(cases[i][1])));
		assert_true(str_eq(version, str_from(cases[i][2])));
	}
}

static void moving_versions_are_not_pinned(void **state)
{
	(void)state;
	assert_true(import_bom_pinned(S("1.0")));
	assert_false(import_bom_pinned(S("Latest")));
	assert_false(import_bom_pinned(S("main")));
	assert_false(import_bom_pinned((str){NULL, 0}));
}

static void packages_of_the_ai_stack_are_known_by_name(void **state)
{
	(void)state;
	assert_true(import_bom_ai(S("vllm/vllm-openai")));
	assert_true(import_bom_ai(S("@langchain/core")));
	assert_true(import_bom_ai(S("Torch")));
	assert_false(import_bom_ai(S("torchlight")));
	assert_false(import_bom_ai((str){NULL, 0}));
}

static void only_a_digest_in_hexadecimal_counts(void **state)
{
	struct collect *c = *state;
	str out;
	assert_int_equal(import_bom_digest(&c->arena, S("MD5"), S("0123456789ABCDEF0123456789ABCDEF"), &out, NULL), OK);
	assert_true(str_eq(out, S("MD5:0123456789abcdef0123456789abcdef")));
	assert_int_equal(import_bom_digest(&c->arena, S("MD5"), S("0123456789ABCDEF0123456789ABCDE"), &out, NULL), OK);
	assert_int_equal(out.n, 0);
	assert_int_equal(import_bom_digest(&c->arena, S("MD5"), S("0123456789ABCDEF0123456789ABCDEG"), &out, NULL), OK);
	assert_int_equal(out.n, 0);
	assert_int_equal(
	    import_bom_digest(&c->arena, (str){NULL, 0}, S("0123456789ABCDEF0123456789ABCDEF"), &out, NULL), OK);
	assert_int_equal(out.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(a_package_url_is_split_at_its_version),
	    COLLECT_TEST(moving_versions_are_not_pinned),
	    COLLECT_TEST(packages_of_the_ai_stack_are_known_by_name),
	    COLLECT_TEST(only_a_digest_in_hexadecimal_counts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
