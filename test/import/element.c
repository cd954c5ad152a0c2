#include "collect.h"

#include "import/element.h"

struct record {
	str id, name, inner;
	int each, calls;
};

static enum status count_each(struct import_element *e, void *record, struct err *err)
{
	(void)e, (void)err;
	((struct record *)record)->each++;
	return OK;
}

static enum status count_call(struct import_element *e, void *record, struct err *err)
{
	((struct record *)record)->calls++;
	return xml_skip(&e->xml, err);
}

#define AT(member) offsetof(struct record, member)
static const struct import_element_field inside[] = {{.name = S("inner"), .type = IMPORT_ELEMENT_TEXT, .at = AT(inner)},
						     {.name = {NULL, 0}}};
static const struct import_element_field fields[] = {
    {.name = S("id"), .type = IMPORT_ELEMENT_ATTRIBUTE, .at = AT(id)},
    {.name = S("name"), .type = IMPORT_ELEMENT_TEXT, .at = AT(name)},
    {.name = S("list"), .type = IMPORT_ELEMENT_MEMBERS, .members = inside},
    {.name = S("each"), .type = IMPORT_ELEMENT_EACH, .call = count_each},
    {.name = S("call"), .type = IMPORT_ELEMENT_CALL, .call = count_call},
    {.name = {NULL, 0}}};

static enum status read_record(struct collect *c, const char *text, struct record *out)
{
	struct source from = source_text(S("file"), str_from(text));
	struct import_element e = {.texts = &c->arena};
	collect_reset(c);
	*out = (struct record){.each = 0};
	assert_int_equal(xml_open(&e.xml, &from, &c->arena, &c->err), OK);
	assert_int_equal(xml_next(&e.xml, &c->err), OK);
	TRY(import_element_members(&e, fields, out, &c->err));
	assert_true(e.xml.event == XML_END && e.xml.depth == 0);
	return xml_next(&e.xml, &c->err);
}

static void wanted_children_are_taken_and_others_are_passed_over(void **state)
{
	struct record r;
	assert_int_equal(read_record(*state,
				     "<a id='7' x='8'> <x><name>no</name></x> <name>\n yes <b>and</b> no\n</name><list>"
				     "<name>no</name><inner><![CDATA[<in>]]></inner></list><each><each/></each><each/>"
				     "<call><name>no</name></call><id>no</id></a>",
				     &r),
			 OK);
	assert_true(str_eq(r.id, S("7")));
	assert_true(str_eq(r.name, S("yes and no")));
	assert_true(str_eq(r.inner, S("<in>")));
	assert_int_equal(r.each, 2);
	assert_int_equal(r.calls, 1);
}

static void what_is_empty_or_missing_is_unknown(void **state)
{
	struct record r;
	assert_int_equal(read_record(*state, "<a id=''><name> \n </name><list/></a>", &r), OK);
	assert_int_equal(r.id.n + r.name.n + r.inner.n, 0);
	assert_int_equal(read_record(*state, "<a/>", &r), OK);
	assert_int_equal(r.id.n + r.name.n + r.inner.n, 0);
}

static void children_of_another_namespace_are_extensions(void **state)
{
	struct record r;
	assert_int_equal(read_record(*state,
				     "<a xmlns='u' xmlns:x='v' x:id='7'><x:name>no</x:name><name>yes</name>"
				     "<x:list><inner>no</inner></x:list><name xmlns=''>no</name><list xmlns='u'>"
				     "<inner>in</inner></list></a>",
				     &r),
			 OK);
	assert_int_equal(r.id.n, 0);
	assert_true(str_eq(r.name, S("yes")));
	assert_true(str_eq(r.inner, S("in")));
}

static void what_stands_there_once_and_twice_is_refused(void **state)
{
	static const char *const texts[] = {"<a>\n<name>1</name><name>2</name></a>", "<a>\n<list/>     <list/>   </a>",
					    "<a>\n<call/>     <call/>   </a>"};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct record r;
		assert_int_equal(read_record(c, texts[i], &r), E_INVALID);
		assert_string_equal(c->err.message, "an element that does not stand there already expected");
		assert_string_equal(c->err.where, i == 0 ? "file:2:15" : "file:2:13");
		assert_non_null(strstr(c->err.detail, "stands twice"));
	}
}

static void the_outermost_element_tells_the_format(void **state)
{
	(void)state;
	assert_true(import_element_root_is(S("<a/>"), S("a"), S("")));
	assert_true(import_element_root_is(S("\xEF\xBB\xBF<!-- b --><a x='1'><cut off"), S("a"), S("")));
	assert_true(import_element_root_is(S("<?xml version='1.0'?>\n<p:a xmlns:p='urn:x:1'>"), S("a"), S("urn:x:")));
	assert_false(import_element_root_is(S("<a xmlns='urn:x:1'/>"), S("a"), S("")));
	assert_false(import_element_root_is(S("<a xmlns='urn:y'/>"), S("a"), S("urn:x:")));
	assert_false(import_element_root_is(S("<b/>"), S("a"), S("")));
	assert_false(import_element_root_is(S("<a"), S("a"), S("")));
	assert_false(import_element_root_is(S("a"), S("a"), S("")));
	assert_false(import_element_root_is(S(""), S("a"), S("")));
	assert_false(import_element_root_is(S("<!DOCTYPE a><a/>"), S("a"), S("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(wanted_children_are_taken_and_others_are_passed_over),
	    COLLECT_TEST(what_is_empty_or_missing_is_unknown),
	    COLLECT_TEST(children_of_another_namespace_are_extensions),
	    COLLECT_TEST(what_stands_there_once_and_twice_is_refused),
	    COLLECT_TEST(the_outermost_element_tells_the_format),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
