#include "base/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"

static void show(struct buf *out, const struct yaml_node *node)
{
	if (!node || node->kind == YAML_SCALAR) {
		if (!node)
			buf_add(out, S("nothing"));
		else
			buf_printf(out, node->plain ? "%.*s" : "'%.*s'", STR_ARG(node->text));
		return;
	}
	buf_char(out, node->kind == YAML_MAP ? '{' : '[');
	for (size_t i = 0; i < node->n; i++) {
		if (i)
			buf_char(out, ' ');
		if (node->kind == YAML_MAP) {
			show(out, node->keys[i]);
			buf_char(out, '=');
		}
		show(out, node->items[i]);
	}
	buf_char(out, node->kind == YAML_MAP ? '}' : ']');
}

static void expect(const char *text, const char *want)
{
	struct arena a = ARENA(1 << 20);
	struct buf out = BUF(1 << 20);
	struct err err = {0};
	const struct yaml_node *root = NULL;
	enum status status = yaml_read(S("m.yaml"), str_from(text), &a, &root, &err);
	assert_string_equal(err.message, "");
	assert_int_equal(status, OK);
	show(&out, root);
	buf_char(&out, '\0');
	assert_string_equal(out.p, want);
	buf_release(&out);
	arena_release(&a);
}

static void refuse_text(str text, enum status status, const char *where, const char *message)
{
	struct arena a = ARENA((size_t)1 << 30);
	struct err err = {0};
	const struct yaml_node mine = {.n = 7}, *root = &mine;
	enum status is = yaml_read(S("m.yaml"), text, &a, &root, &err);
	assert_string_equal(err.message, message);
	assert_string_equal(err.where, where);
	assert_int_equal(is, status);
	assert_int_equal(err.status, status);
	assert_true(err.hint[0] != '\0');
	assert_ptr_equal(root, &mine);
	arena_release(&a);
}

static void refuse(const char *text, const char *where, const char *message)
{
	refuse_text(str_from(text), E_INVALID, where, message);
}

static void scalars_lists_and_maps_become_a_tree(void **state)
{
	(void)state;
	expect("a: 1\nb: [x, 'y', \"z\\n\"]\nc:\n  d: {e: f}\n  g:\n    - h\n    - - i\n",
	       "{a=1 b=[x 'y' 'z\n'] c={d={e=f} g=[h [i]]}}");
	expect("text", "text");
	expect("[]", "[]");
	expect("{}", "{}");
	expect("a: >\n  one\n  two\n\n  three\nb: |-\n  x\n   y\n", "{a='one two\nthree\n' b='x\n y'}");
	expect("? a\n: b\n", "{a=b}");
	expect("{a, b: c}", "{a= b=c}");
	expect("%YAML 1.2\n---\na: 1\n...\n", "{a=1}");
}

static void scalars_stay_text(void **state)
{
	(void)state;
	expect("[yes, no, on, 012, 0x1F, 1_000, 2026-11-01, 1:30, .inf, True, =]",
	       "[yes no on 012 0x1F 1_000 2026-11-01 1:30 .inf True =]");
	expect("[!!int 5, !!float 1.0, !!bool x, !!null ~]", "[5 1.0 x ~]");
	expect("a: !!map {b: !!seq [!!str c]}", "{a={b=['c']}}");
}

static void an_empty_text_holds_no_document(void **state)
{
	(void)state;
	expect("", "nothing");
	expect("\n\n  \n", "nothing");
	expect("# a comment\n", "nothing");
	expect("\xEF\xBB\xBF", "nothing");
	expect("---\n", "");
}

static void a_byte_order_mark_is_skipped(void **state)
{
	(void)state;
	expect("\xEF\xBB\xBF"
	       "a: 1\n",
	       "{a=1}");
	refuse("\xEF\xBB\xBF"
	       "a: 1\na: 2\n",
	       "m.yaml:2:1", "the key of line 1 is written again: \"a\"");
}

static const struct yaml_node *read_good(struct arena *a, const char *text)
{
	const struct yaml_node *root = NULL;
	assert_int_equal(yaml_read(S("m.yaml"), str_from(text), a, &root, NULL), OK);
	assert_non_null(root);
	return root;
}

static void every_node_knows_its_place(void **state)
{
	(void)state;
	static const struct {
		const char *key;
		int64_t line, column, text_line;
	} rows[] = {
	    {"a", 1, 4, 1},   {"b", 2, 4, 3},   {"c", 5, 4, 6},   {"d", 7, 4, 8},   {"e", 9, 4, 11},  {"f", 12, 4, 12},
	    {"g", 14, 3, 14}, {"h", 15, 8, 15}, {"i", 16, 4, 17}, {"j", 19, 4, 19}, {"k", 20, 4, 23},
	};
	struct arena a = ARENA(1 << 20);
	const struct yaml_node *root = read_good(&a, "a: 1\n"                      /* 1 */
						     "b: |\n  x\n  y\n"            /* 2 */
						     "c: >-\r\n  x\r\n"            /* 5 */
						     "d: !!str\n  plain\n"         /* 7 */
						     "e: &n # | is no\n  |\n  x\n" /* 9 */
						     "f: 'q\n  r'\n"               /* 12 */
						     "g:\n"                        /* 14 */
						     "\"h\":\t  x\n"               /* 15 */
						     "i: |+\n\n\n"                 /* 16 */
						     "j: &e\n"                     /* 19 */
						     "k: !!str &z # a\n  # b | c\n  |2\n   x\n");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct yaml_node *node = yaml_get(root, str_from(rows[i].key));
		assert_non_null(node);
		assert_int_equal(node->line, rows[i].line);
		assert_int_equal(node->column, rows[i].column);
		assert_int_equal(node->text_line, rows[i].text_line);
	}
	assert_int_equal(root->line * 100 + root->column, 101);
	assert_int_equal(root->keys[10]->line, 20);
	arena_release(&a);
}

static void columns_count_characters(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	const struct yaml_node *root = read_good(&a, "{\xC3\xA9: \xF0\x9F\x98\x80, b: !!str x}");
	assert_int_equal(root->items[0]->column, 5);
	assert_int_equal(root->items[1]->column, 11);
	arena_release(&a);
	refuse("\xC3\xA9: \xC3\xA9: x", "m.yaml:1:5",
	       "this is not YAML: mapping values are not allowed in this context");
}

static void aliases_repeat_the_latest_value(void **state)
{
	(void)state;
	expect("a: &x [1, 2]\nb: *x\nc: &x 3\nd: *x\n", "{a=[1 2] b=[1 2] c=3 d=3}");
	expect("&k a: 1\nb: {*k : 2}\n", "{a=1 b={a=2}}");
	struct arena a = ARENA(1 << 20);
	const struct yaml_node *root = read_good(&a, "a: &x [1]\nb: *x\n");
	assert_ptr_equal(yaml_get(root, S("a")), yaml_get(root, S("b")));
	arena_release(&a);
}

static void bad_aliases_are_refused(void **state)
{
	(void)state;
	refuse("a: *x\n", "m.yaml:1:4", "an alias without an anchor: *x");
	refuse("a: *x\nb: &x 1\n", "m.yaml:1:4", "an alias without an anchor: *x");
	refuse("a: &x [1, *x]\n", "m.yaml:1:11", "an alias inside the value that it stands for: *x");
	refuse("a: &x 1\nb: &x {c: *x}\n", "m.yaml:2:11", "an alias inside the value that it stands for: *x");
	refuse("a: &x [1]\n*x : 2\n", "m.yaml:2:1", "a key must be a text, not a list or map");
}

static void duplicate_keys_are_refused_with_both_lines(void **state)
{
	(void)state;
	refuse("a: 1\nb: 2\na: 3\n", "m.yaml:3:1", "the key of line 1 is written again: \"a\"");
	refuse("x:\n  k: 1\n  'k': 2\n", "m.yaml:3:3", "the key of line 2 is written again: \"k\"");
	refuse("b: 1\na: 1\na: 2\nb: 3\na: 4\n", "m.yaml:3:1", "the key of line 2 is written again: \"a\"");
	refuse("{a: 1, b: 2, a: 3}", "m.yaml:1:14", "the key of line 1 is written again: \"a\"");
	refuse("&k a: 1\n*k : 2\n", "m.yaml:2:1", "the key of line 1 is written again: \"a\"");
	refuse("'': 1\n\"\": 2\n", "m.yaml:2:1", "the key of line 1 is written again: \"\"");
	expect("a: 1\nA: 2\n'a ': 3\n", "{a=1 A=2 'a '=3}");
}

/* The documents of a text, each shown and followed by a bar; behind a refusal its place and message. */
static void expect_documents(const char *text, const char *want)
{
	struct arena file = ARENA(1 << 20), document = ARENA(1 << 20);
	struct buf out = BUF(1 << 20);
	struct err err = {0};
	struct yaml_documents *d = NULL;
	const struct yaml_node *root = NULL;
	enum status status = yaml_open(S("m.yaml"), str_from(text), &file, &d, &err);
	while (status == OK) {
		status = yaml_next(d, &document, &root, &err);
		if (status != OK || !root)
			break;
		show(&out, root);
		buf_char(&out, '|');
		arena_release(&document);
	}
	if (status != OK)
		buf_printf(&out, "%s %s", err.where, err.message);
	if (status != OK && d)
		assert_int_equal(yaml_next(d, &document, &root, &err), status);
	buf_char(&out, '\0');
	assert_string_equal(out.p, want);
	buf_release(&out);
	arena_release(&document);
	arena_release(&file);
}

static void several_documents_are_given_one_after_the_other(void **state)
{
	(void)state;
	expect_documents("", "");
	expect_documents("# nothing\n", "");
	expect_documents("a: 1\n", "{a=1}|");
	expect_documents("a: 1\n---\nb: 2\n---\n[c]\n", "{a=1}|{b=2}|[c]|");
	expect_documents("---\n---\na: 1\n...\n", "|{a=1}|");
	expect_documents("a: &x 1\nb: *x\n---\nc: *x\n", "{a=1 b=1}|m.yaml:4:4 an alias without an anchor: *x");
	expect_documents("a: 1\n---\nb: 1\nb: 2\n", "{a=1}|m.yaml:4:1 the key of line 3 is written again: \"b\"");
	expect_documents("---\na: 1\n---\n- b\n...\n---\nc\n", "{a=1}|[b]|c|");
	expect_documents("a: &x 1\n---\nb: &x 2\nc: *x\n", "{a=1}|{b=2 c=2}|");
	expect_documents("---\n---\na: 1\n---\n", "|{a=1}||");
	expect_documents("a: 1\n---\nb: 'x\n", "{a=1}|m.yaml:4:1 this is not YAML: found unexpected end of stream");
	expect_documents("a: 1\n---\n\tb: 1\n",
			 "{a=1}|m.yaml:3:1 this is not YAML: found character that cannot start any token");
	expect_documents("a: \xC3\n", "m.yaml:1:4 text in UTF-8 was expected, not the byte 0xC3");
}

static void what_is_not_plain_yaml_is_refused(void **state)
{
	(void)state;
	refuse("<<: {a: 1}\n", "m.yaml:1:1", "the merge key << is not part of YAML 1.2");
	refuse("a: &m {x: 1}\nb:\n  <<: *m\n", "m.yaml:3:3", "the merge key << is not part of YAML 1.2");
	expect("'<<': 1\n", "{'<<'=1}");
	refuse("? [a]\n: b\n", "m.yaml:1:3", "a key must be a text, not a list or map");
	refuse("{{a: b}: c}", "m.yaml:1:2", "a key must be a text, not a list or map");
	refuse("a: 1\n--- \nb: 2\n", "m.yaml:2:1", "a second document starts here, where one was expected");
	refuse("a: !foo x\n", "m.yaml:1:4", "a tag that is not known here: !foo");
	refuse("a: ! x\n", "m.yaml:1:4", "a tag that is not known here: !");
	refuse("a: !!binary x\n", "m.yaml:1:4", "a tag that is not known here: tag:yaml.org,2002:binary");
	refuse("a: !!python/object:os.system x\n", "m.yaml:1:4",
	       "a tag that is not known here: tag:yaml.org,2002:python/object:os.system");
	refuse("a: !!map x\n", "m.yaml:1:4", "a tag that is not known here: tag:yaml.org,2002:map");
	refuse("a: !!str [x]\n", "m.yaml:1:4", "a tag that is not known here: tag:yaml.org,2002:str");
	refuse("a: !!set {x}\n", "m.yaml:1:4", "a tag that is not known here: tag:yaml.org,2002:set");
}

static void syntax_errors_name_their_place(void **state)
{
	(void)state;
	refuse("a: b: c\n", "m.yaml:1:5", "this is not YAML: mapping values are not allowed in this context");
	refuse("a:\n\t- x\n", "m.yaml:2:1", "this is not YAML: found character that cannot start any token");
	refuse("a: [1, 2\nb: 3\n", "m.yaml:2:2", "this is not YAML: did not find expected ',' or ']'");
	refuse("a: 'x\n", "m.yaml:2:1", "this is not YAML: found unexpected end of stream");
	refuse("a: \"\\q\"\n", "m.yaml:1:5", "this is not YAML: found unknown escape character");
	refuse("a: \"\\uD800\"\n", "m.yaml:1:7", "this is not YAML: found invalid Unicode character escape code");
	refuse("a: 1\n b: 2\n", "m.yaml:2:3", "this is not YAML: mapping values are not allowed in this context");
	struct arena a = ARENA(1 << 20);
	struct err err;
	const struct yaml_node *root = NULL;
	assert_int_equal(yaml_read(S("m.yaml"), S("a: 1\nb: 'x\n"), &a, &root, &err), E_INVALID);
	assert_string_equal(err.detail, "while scanning a quoted scalar that starts on line 2");
	assert_string_equal(err.hint, "close the quote");
	arena_release(&a);
}

static void text_that_readers_disagree_about_is_refused(void **state)
{
	(void)state;
	refuse("a: 1\nb: \xFF\n", "m.yaml:2:4", "text in UTF-8 was expected, not the byte 0xFF");
	refuse("\xC3\xA9: \xED\xA0\x80", "m.yaml:1:4", "text in UTF-8 was expected, not the byte 0xED");
	refuse("a: \xC3", "m.yaml:1:4", "text in UTF-8 was expected, not the byte 0xC3");
	refuse("\xFF\xFE"
	       "a",
	       "m.yaml:1:1", "text in UTF-8 was expected, not the byte 0xFF");
	refuse("a: 1 # x\xE2\x80\xA8"
	       "b: 2\n",
	       "m.yaml:1:9", "a line separator that not every program takes for one: U+2028");
	refuse("a: 1\r\n# x\xE2\x80\xA9\n", "m.yaml:2:4",
	       "a line separator that not every program takes for one: U+2029");
	refuse("a: 1\r# x\xC2\x85\n", "m.yaml:2:4", "a line separator that not every program takes for one: U+0085");
	refuse("a: \x01\n", "m.yaml:1:4", "this is not YAML: control characters are not allowed");
	refuse("a: 1\nb: \x1B[2J\n", "m.yaml:2:4", "this is not YAML: control characters are not allowed");
	refuse_text(S("a: 1\nb\0: 2\n"), E_INVALID, "m.yaml:2:2",
		    "this is not YAML: control characters are not allowed");
	refuse("a: \"x\\0\"\n", "m.yaml:1:4", "an escaped NUL in a text");
	expect("a: \"\\L\\N\\u00e9\\U0001F600\"", "{a='\xE2\x80\xA8\xC2\x85\xC3\xA9\xF0\x9F\x98\x80'}");
}

static str repeated(struct buf *b, const char *head, const char *text, size_t count, const char *tail)
{
	*b = BUF((size_t)64 << 20);
	buf_add(b, str_from(head));
	for (size_t i = 0; i < count; i++)
		buf_add(b, str_from(text));
	buf_add(b, str_from(tail));
	assert_int_equal(b->status, OK);
	return buf_str(b);
}

static void nesting_has_a_limit_that_counts_aliases(void **state)
{
	(void)state;
	struct buf b;
	struct arena a = ARENA(1 << 20);
	const struct yaml_node *root = NULL;
	static const char deep[] = "lists and maps are nested more than 128 deep";
	repeated(&b, "", "[", LIMIT_DEPTH, "");
	for (int i = 0; i < LIMIT_DEPTH; i++)
		buf_char(&b, ']');
	assert_int_equal(yaml_read(S("m.yaml"), buf_str(&b), &a, &root, NULL), OK);
	arena_release(&a);
	buf_release(&b);
	refuse_text(repeated(&b, "", "[", 200000, ""), E_TOO_LARGE, "m.yaml:1:129", deep);
	buf_release(&b);
	refuse_text(repeated(&b, "", "{a: ", 200000, ""), E_TOO_LARGE, "m.yaml:1:513", deep);
	buf_release(&b);
	refuse_text(repeated(&b, "", "- ", 200000, ""), E_TOO_LARGE, "m.yaml:1:257", deep);
	buf_release(&b);
	/* a0 holds one list, each next wraps the one before: no list of the text is deeper than two. */
	b = BUF(1 << 20);
	buf_add(&b, S("a0: &a0 []\n"));
	for (int i = 1; i < 300; i++)
		buf_printf(&b, "a%d: &a%d [*a%d]\n", i, i, i - 1);
	refuse_text(buf_str(&b), E_TOO_LARGE, "m.yaml:128:14", deep);
	buf_release(&b);
}

static void a_billion_laughs_are_refused(void **state)
{
	(void)state;
	struct buf b = BUF(1 << 20);
	buf_add(&b, S("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"));
	for (int i = 1; i < 10; i++) {
		buf_printf(&b, "a%d: &a%d [", i, i);
		for (int k = 0; k < 10; k++)
			buf_printf(&b, "%s*a%d", k ? ", " : "", i - 1);
		buf_add(&b, S("]\n"));
	}
	refuse_text(buf_str(&b), E_TOO_LARGE, "m.yaml:7:10",
		    "the file has more than 2000000 nodes when its aliases are expanded");
	buf_release(&b);
}

static void counts_are_limited(void **state)
{
	(void)state;
	struct buf b = BUF(1 << 20);
	buf_add(&b, S("a: &a x\nb:\n"));
	for (int i = 0; i <= LIMIT_YAML_ALIASES; i++)
		buf_add(&b, S("- *a\n"));
	refuse_text(buf_str(&b), E_TOO_LARGE, "m.yaml:1003:3", "the file uses more than 1000 aliases");
	buf_clear(&b);
	for (int i = 0; i <= LIMIT_YAML_ALIASES; i++)
		buf_printf(&b, "- &a%d x\n", i);
	refuse_text(buf_str(&b), E_TOO_LARGE, "m.yaml:1001:3", "the file has more than 1000 anchors");
	buf_release(&b);
	refuse_text(repeated(&b, "", "%TAG !a! x\n", 65, ""), E_TOO_LARGE, "m.yaml:65:1",
		    "more than 64 lines start with %TAG");
	buf_release(&b);
	refuse_text(repeated(&b, "[", "a,", LIMIT_YAML_NODES, "]"), E_TOO_LARGE, "m.yaml:1:4000000",
		    "the file has more than 2000000 nodes when its aliases are expanded");
	buf_release(&b);
}

static void too_little_memory_is_an_error_at_every_size(void **state)
{
	(void)state;
	bool fits = false;
	for (size_t limit = 0; !fits; limit++) {
		struct arena a = ARENA(limit);
		struct err err;
		const struct yaml_node *root = NULL;
		enum status status = yaml_read(S("m"), S("a: &x [1, 'b']\n*x : 1"), &a, &root, &err);
		if (status == E_INVALID) /* far enough to see the bad key */
			fits = true;
		else
			assert_int_equal(status, E_TOO_LARGE);
		arena_release(&a);
	}
	fits = false;
	for (size_t limit = 0; !fits; limit++) {
		struct arena a = ARENA(limit);
		const struct yaml_node *root = NULL;
		enum status status = yaml_read(S("m"), S("&k a: &x [1, 'b']\nb: {*k : *x, c: ''}"), &a, &root, NULL);
		fits = status == OK;
		assert_true(fits ? root != NULL : status == E_TOO_LARGE && !root);
		arena_release(&a);
	}
}

static void values_are_found_by_key(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	const struct yaml_node *root = read_good(&a, "a: 1\nlist: [x]\n'': e\n");
	assert_true(str_eq(yaml_get(root, S("a"))->text, S("1")));
	assert_true(str_eq(yaml_get(root, S(""))->text, S("e")));
	assert_null(yaml_get(root, S("A")));
	assert_null(yaml_get(root, S("b")));
	assert_null(yaml_get(yaml_get(root, S("a")), S("a")));
	assert_null(yaml_get(yaml_get(root, S("list")), S("x")));
	assert_null(yaml_get(NULL, S("a")));
	arena_release(&a);
}

static void only_plain_nulls_are_null(void **state)
{
	(void)state;
	struct arena a = ARENA(1 << 20);
	const struct yaml_node *root =
	    read_good(&a, "[~, null, Null, NULL, !!null , nULL, 'null', \"\", [], {}, !!str null, '~', 0, !!str ]");
	assert_int_equal(root->n, 14);
	for (size_t i = 0; i < root->n; i++)
		assert_int_equal(yaml_is_null(root->items[i]), i < 5);
	assert_true(yaml_is_null(NULL));
	assert_true(yaml_is_null(read_good(&a, "---\n")));
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(scalars_lists_and_maps_become_a_tree),
	    cmocka_unit_test(scalars_stay_text),
	    cmocka_unit_test(an_empty_text_holds_no_document),
	    cmocka_unit_test(a_byte_order_mark_is_skipped),
	    cmocka_unit_test(every_node_knows_its_place),
	    cmocka_unit_test(columns_count_characters),
	    cmocka_unit_test(aliases_repeat_the_latest_value),
	    cmocka_unit_test(bad_aliases_are_refused),
	    cmocka_unit_test(duplicate_keys_are_refused_with_both_lines),
	    cmocka_unit_test(several_documents_are_given_one_after_the_other),
	    cmocka_unit_test(what_is_not_plain_yaml_is_refused),
	    cmocka_unit_test(syntax_errors_name_their_place),
	    cmocka_unit_test(text_that_readers_disagree_about_is_refused),
	    cmocka_unit_test(nesting_has_a_limit_that_counts_aliases),
	    cmocka_unit_test(a_billion_laughs_are_refused),
	    cmocka_unit_test(counts_are_limited),
	    cmocka_unit_test(too_little_memory_is_an_error_at_every_size),
	    cmocka_unit_test(values_are_found_by_key),
	    cmocka_unit_test(only_plain_nulls_are_null),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
