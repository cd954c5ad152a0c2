#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "xml_events.h"

/* The events of a text, whole and byte for byte, or "status message at where (detail)". */
static void expect_events(bool places, str text, const char *expected)
{
	for (int pieces = 0; pieces < 2; pieces++) {
		struct buf out = BUF(8 << 20);
		struct err err = {0};
		struct source s = pieces ? in_pieces(S("a.xml"), text, 1) : source_text(S("a.xml"), text);
		enum status status = events_of(&s, places, &out, &err);
		if (status != OK) {
			buf_clear(&out);
			buf_printf(&out, "%d %s at %s (%s)", status, err.message, err.where, err.detail);
		}
		buf_char(&out, '\0');
		assert_string_equal(out.p, expected);
		buf_release(&out);
		source_close(&s);
	}
}

static void expect(str text, const char *expected)
{
	expect_events(false, text, expected);
}

static void refuse(str text, const char *message, const char *where)
{
	for (int pieces = 0; pieces < 2; pieces++) {
		struct buf out = BUF(8 << 20);
		struct err err = {0};
		struct source s = pieces ? in_pieces(S("a.xml"), text, 1) : source_text(S("a.xml"), text);
		assert_int_equal(events_of(&s, false, &out, &err), E_INVALID);
		assert_string_equal(err.message, message);
		assert_string_equal(err.where, where);
		buf_release(&out);
		source_close(&s);
	}
}

static void events_carry_names_texts_attributes_and_places(void **state)
{
	(void)state;
	expect_events(true,
		      S("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- a -->\n<a x=\"1\" y='2'>\n"
			"  <b/>t<c>u</c>\n</a>\n"),
		      "3:1 1 <a x=\"1\" y=\"2\">\n"
		      "3:16 1 3:\n  \n"
		      "4:3 2 <b>\n"
		      "4:7 1 </b>\n"
		      "4:7 1 1:t\n"
		      "4:8 2 <c>\n"
		      "4:11 2 1:u\n"
		      "4:12 1 </c>\n"
		      "4:16 1 1:\n\n"
		      "5:1 0 </a>\n"
		      "6:1 0 end\n");
}

static void columns_count_characters_and_not_the_byte_order_mark(void **state)
{
	(void)state;
	expect_events(true, S("\xEF\xBB\xBF<a>\xE2\x82\xAC<b/>\r\n<b/></a>\r\n\r"),
		      "1:1 1 <a>\n"
		      "1:4 1 3:\xE2\x82\xAC\n"
		      "1:5 2 <b>\n"
		      "1:9 1 </b>\n"
		      "1:9 1 1:\n\n"
		      "2:1 2 <b>\n"
		      "2:5 1 </b>\n"
		      "2:5 0 </a>\n"
		      "4:1 0 end\n");
}

static void a_text_is_decoded_and_joined_up_to_the_next_tag(void **state)
{
	(void)state;
	expect(S("<a>1 &lt;&#233;&#x20AC;&amp;<!-- no -->2<![CDATA[<b>&amp;]]>3<?no no?>\r\n4\r5</a>"),
	       "1 <a>\n1 23:1 <\xC3\xA9\xE2\x82\xAC&2<b>&amp;3\n4\n5\n0 </a>\n0 end\n");
	expect(S("<a b=\" 1&#10;&quot;&apos;&gt; \n2\"/>"), "1 <a b=\" 1\n\"'>  2\">\n0 </a>\n0 end\n");
	expect(S("<a><![CDATA[]]></a>"), "1 <a>\n0 </a>\n0 end\n");
}

static void a_prefix_stands_for_its_namespace(void **state)
{
	(void)state;
	expect(S("<p:a xmlns:p=\"urn:p\" xmlns=\"urn:d\" p:x=\"1\" x=\"2\" xml:lang=\"en\">"
		 "<b xmlns:p=\"urn:q\"><p:c/></b><p:c/><d xmlns=\"\"><e/></d><e/></p:a>"),
	       "1 <{urn:p}a {urn:p}x=\"1\" x=\"2\" {http://www.w3.org/XML/1998/namespace}lang=\"en\">\n"
	       "2 <{urn:d}b>\n3 <{urn:q}c>\n2 </{urn:q}c>\n1 </{urn:d}b>\n"
	       "2 <{urn:p}c>\n1 </{urn:p}c>\n"
	       "2 <d>\n3 <e>\n2 </e>\n1 </d>\n"
	       "2 <{urn:d}e>\n1 </{urn:d}e>\n0 </{urn:p}a>\n0 end\n");
	expect(S("<a xmlns:xml=\"http://www.w3.org/XML/1998/namespace\"/>"), "1 <a>\n0 </a>\n0 end\n");
}

static void names_with_wrong_prefixes_are_refused(void **state)
{
	(void)state;
	refuse(S("<a>\n <p:b/></a>"), "a prefix without a namespace: p", "a.xml:2:2");
	refuse(S("<a p:x=''/>"), "a prefix without a namespace: p", "a.xml:1:1");
	refuse(S("<a><b xmlns:p='u'/><p:b/></a>"), "a prefix without a namespace: p", "a.xml:1:20");
	refuse(S("<a xmlns:p=''/>"), "a prefix without a namespace: p", "a.xml:1:1");
	refuse(S("<a xmlns:p='u' xmlns:q='u' p:x='' q:x=''/>"), "an attribute that stands twice in one tag: x",
	       "a.xml:1:1");
	refuse(S("<:a/>"), "not a name with a prefix: :a", "a.xml:1:1");
	refuse(S("<a xmlns:p='u'><p:/></a>"), "not a name with a prefix: p:", "a.xml:1:16");
	refuse(S("<a xmlns:p='u'><p:1/></a>"), "not a name with a prefix: p:1", "a.xml:1:16");
	refuse(S("<a xmlns:p='u'><p:a:b/></a>"), "not a name with a prefix: p:a:b", "a.xml:1:16");
	refuse(S("<xmlns:a/>"), "a prefix without a namespace: xmlns", "a.xml:1:1");
	refuse(S("<a xmlns:xml='u'/>"), "a namespace that cannot be declared: xml", "a.xml:1:1");
	refuse(S("<a xmlns:xmlns='u'/>"), "a namespace that cannot be declared: xmlns", "a.xml:1:1");
	refuse(S("<a xmlns:p='http://www.w3.org/2000/xmlns/'/>"),
	       "a namespace that cannot be declared: http://www.w3.org/2000/xmlns/", "a.xml:1:1");
}

static void document_types_and_entities_are_refused(void **state)
{
	static const char message[] = "a document type declaration is not taken";
	(void)state;
	refuse(S("<!DOCTYPE a><a/>"), message, "a.xml:1:1");
	refuse(S("<?xml version='1.0'?>\n  <!DOCTYPE a SYSTEM 'http://127.0.0.1/a.dtd'>\n<a/>"), message, "a.xml:2:3");
	refuse(S("<!DOCTYPE a [\n<!ENTITY e 'x'>\n<!ENTITY f '&e;&e;&e;'>\n]><a>&f;</a>"), message, "a.xml:1:1");
	refuse(S("<!DOCTYPE a [<!ENTITY % e SYSTEM 'file:///etc/passwd'> %e;]><a/>"), message, "a.xml:1:1");
	refuse(S("<a>\n<b>&e;</b></a>"), "an entity that XML does not know", "a.xml:2:4");
	refuse(S("<a b='&nbsp;'/>"), "an entity that XML does not know", "a.xml:1:1");
	refuse(S("<a>&#0;</a>"), "a number that is no character of XML", "a.xml:1:4");
	refuse(S("<a>&#xD800;</a>"), "a number that is no character of XML", "a.xml:1:4");
	refuse(S("<a>&#xFFFFFFFFFFFF;</a>"), "a number that is no character of XML", "a.xml:1:4");
}

static void other_encodings_than_utf_8_are_refused(void **state)
{
	static const char message[] = "UTF-8 expected, not the encoding that the file names: ";
	char want[128];
	(void)state;
	(void)snprintf(want, sizeof want, "%sISO-8859-1", message);
	refuse(S("<?xml version='1.0' encoding='ISO-8859-1'?><a/>"), want, "a.xml:1:1");
	(void)snprintf(want, sizeof want, "%sUTF-16", message);
	refuse(S("<?xml version='1.0' encoding='UTF-16'?><a/>"), want, "a.xml:1:1");
	(void)snprintf(want, sizeof want, "%sx-none", message);
	refuse(S("<?xml version='1.0' encoding='x-none'?><a/>"), want, "a.xml:1:1");
	refuse(S("\xFF\xFE<\0a\0/\0>\0"), "UTF-8 expected", "a.xml:1:1");
	refuse(S("\xFE\xFF\0<\0a\0/\0>"), "UTF-8 expected", "a.xml:1:1");
	refuse(S("<\0a\0/\0>\0"), "UTF-8 expected", "a.xml:1:1");
	refuse(S("\0<\0a\0/\0>"), "UTF-8 expected", "a.xml:1:1");
	expect(S("<?xml version='1.0' encoding='us-ascii' standalone='yes'?><a/>"), "1 <a>\n0 </a>\n0 end\n");
	refuse(S("<a>\xFF</a>"), "this is not XML", "a.xml:1:4");
	refuse(S("<a>\xC0\x80</a>"), "this is not XML", "a.xml:1:4");
	refuse(S("<a>\xED\xA0\x80</a>"), "this is not XML", "a.xml:1:4");
	refuse(S("<a>\0</a>"), "this is not XML", "a.xml:1:4");
	refuse(S("<a>\x01</a>"), "this is not XML", "a.xml:1:4");
}

static void what_is_not_well_formed_is_refused_at_its_place(void **state)
{
	(void)state;
	expect(S(""), "2 an element expected at a.xml:1:1 (found the end of the file)");
	expect(S(" \n"), "2 an element expected at a.xml:2:1 (found the end of the file)");
	expect(S("{}"), "2 this is not XML at a.xml:1:1 ()");
	expect(S("\n<?xml version='1.0'?><a/>"),
	       "2 the XML declaration must be the first thing in the file at a.xml:2:1 ()");
	expect(S("<a>\n<b>"), "2 an end tag expected at a.xml:2:4 (found the end of the file; the element b of line 2, "
			      "column 1 is still open)");
	expect(S("<a>\n<b></a>"), "2 an end tag that belongs to no open element at a.xml:2:6 (the element b of line 2, "
				  "column 1 is still open)");
	expect(S("<a"), "2 a tag that is not closed at a.xml:1:1 (found the end of the file)");
	expect(S("<a/><b/>"), "2 the end of the file expected at a.xml:1:5 ()");
	refuse(S("<a/>x"), "the end of the file expected", "a.xml:1:5");
	refuse(S("<a x='1' x='2'/>"), "an attribute that stands twice in one tag", "a.xml:1:10");
	refuse(S("<a x=1/>"), "this is not XML", "a.xml:1:6");
	refuse(S("<a>1 < 2</a>"), "this is not XML", "a.xml:1:7");
	refuse(S("<a><![CDATA[x</a>"), "a CDATA section that is not closed", "a.xml:1:18");
}

/* The status and message of a text that is made of a head, n times a piece, and a tail. */
static void expect_repeated(str head, str piece, size_t n, str tail, const char *expected)
{
	struct buf text = BUF(32 << 20), out = BUF(64 << 20);
	struct err err = {0};
	buf_add(&text, head);
	for (size_t i = 0; i < n; i++)
		buf_add(&text, piece);
	buf_add(&text, tail);
	assert_int_equal(text.status, OK);
	struct source s = source_text(S("a.xml"), buf_str(&text));
	enum status status = events_of(&s, false, &out, &err);
	buf_clear(&out);
	buf_printf(&out, "%d %s at %s", status, err.message, err.where);
	buf_char(&out, '\0');
	assert_string_equal(out.p, expected);
	buf_release(&text);
	buf_release(&out);
}

static void limits_are_kept(void **state)
{
	(void)state;
	_Static_assert(LIMIT_DEPTH == 128 && LIMIT_VALUE_BYTES == 1 << 20 && LIMIT_XML_TAG_BYTES == 2 << 20, "below");
	expect_repeated(S(""), S("<a>"), 128, S("x"), "2 an end tag expected at a.xml:1:386");
	expect_repeated(S(""), S("<a>"), 129, S("x"), "5 nested deeper than 128 levels at a.xml:1:385");
	expect_repeated(S("<a>"), S("x"), 1 << 20, S("</a>"), "0  at ");
	expect_repeated(S("<a>x"), S("x<!-- -->"), 1 << 20, S("</a>"),
			"5 a text of more than 1048576 bytes at a.xml:1:9437180");
	expect_repeated(S("<a b='"), S("x"), 1 << 20, S("'/>"), "0  at ");
	expect_repeated(S("<a b='x"), S("x"), 1 << 20, S("'/>"),
			"5 an attribute of more than 1048576 bytes at a.xml:1:1");
	expect_repeated(S("<a b='"), S("&lt;"), 1 << 19, S("'/>"),
			"5 a tag or comment of more than 2097152 bytes at a.xml:1:1");
	expect_repeated(S("<a>\n<!--"), S("x"), 2 << 20, S("--></a>"),
			"5 a tag or comment of more than 2097152 bytes at a.xml:2:1");
	expect_repeated(S("<a>\n<!--"), S("x"), 5 << 20, S(""),
			"5 a tag or comment of more than 2097152 bytes at a.xml:2:1");
	expect_repeated(S("<"), S("a"), 512, S("/>"), "0  at ");
	expect_repeated(S("<"), S("a"), 513, S("/>"), "5 a name of more than 512 bytes at a.xml:1:1");
	expect_repeated(S("<a xmlns='"), S("a"), 513, S("'/>"), "5 a name of more than 512 bytes at a.xml:1:1");
}

/* An element with n attributes. */
static void expect_attributes(int n, const char *expected)
{
	struct buf text = BUF(1 << 20);
	for (int i = 0; i < n; i++)
		buf_printf(&text, " x%d=''", i);
	expect_repeated(S("<a"), buf_str(&text), 1, S("/>"), expected);
	buf_release(&text);
}

static void attributes_namespaces_and_names_have_limits(void **state)
{
	struct buf text = BUF(1 << 20);
	(void)state;
	expect_attributes(256, "0  at ");
	expect_attributes(257, "5 more than 256 attributes at a.xml:1:1");
	for (int i = 0; i < 4094; i++)
		buf_printf(&text, "<b%d/>", i);
	expect_repeated(S("<a>"), buf_str(&text), 1, S("<b/></a>"), "0  at ");
	expect_repeated(S("<a>"), buf_str(&text), 2, S("<b/><b/></a>"), "0  at ");
	expect_repeated(S("<a>"), buf_str(&text), 1, S("<b/>\n<c/></a>"),
			"5 more than 4096 different names at a.xml:2:1");
	buf_clear(&text);
	for (int i = 0; i < 2; i++) {
		buf_add(&text, i ? S("><b") : S("<a"));
		for (int j = 0; j < 129; j++)
			buf_printf(&text, " xmlns:n%d='u'", j);
	}
	expect_repeated(buf_str(&text), S(""), 0, S("/></a>"), "5 more than 256 open namespaces at a.xml:1:1829");
	buf_release(&text);
}

static void an_error_is_given_again_and_leaves_the_reader_as_it_was(void **state)
{
	struct arena a = ARENA(8 << 20);
	struct source s = source_text(S("a.xml"), S("<a><b/>\n<c></a>"));
	struct xml_reader r;
	(void)state;
	assert_int_equal(xml_open(&r, &s, &a, NULL), OK);
	for (int i = 0; i < 5; i++)
		assert_int_equal(xml_next(&r, NULL), OK);
	for (int i = 0; i < 3; i++) {
		struct err err = {0};
		assert_int_equal(xml_next(&r, &err), E_INVALID);
		assert_string_equal(err.where, "a.xml:2:6");
		assert_true(xml_is(&r, S("c")) && r.event == XML_START && r.depth == 2 && r.line == 2 && r.column == 1);
	}
	arena_release(&a);
}

static void a_source_that_fails_gives_its_error(void **state)
{
	struct arena a = ARENA(8 << 20);
	struct source s = {.name = S("a.xml"), .fd = open("/", O_RDONLY | O_DIRECTORY)};
	struct xml_reader r;
	struct err err = {0};
	(void)state;
	assert_true(s.fd >= 0);
	assert_int_equal(xml_open(&r, &s, &a, NULL), OK);
	assert_int_equal(xml_next(&r, &err), E_IO);
	assert_string_equal(err.where, "a.xml:1:1");
	source_close(&s);
	arena_release(&a);
}

static void an_arena_without_room_is_no_crash(void **state)
{
	(void)state;
	struct buf text = BUF(4 << 20);
	buf_add(&text, S("<a><b c='"));
	for (int i = 0; i < 1000; i++)
		buf_add(&text, S("0123456789"));
	buf_add(&text, S("'>"));
	for (int i = 0; i < 1000; i++)
		buf_add(&text, S("0123456789"));
	buf_add(&text, S("</b></a>"));
	size_t limit = 0;
	for (;; limit += 2000) {
		struct arena a = ARENA(limit);
		struct source s = source_text(S("a.xml"), buf_str(&text));
		struct xml_reader r;
		struct err err = {0};
		enum status status = xml_open(&r, &s, &a, &err);
		if (status == OK)
			do
				status = xml_next(&r, &err);
			while (status == OK && r.event != XML_EOF);
		arena_release(&a);
		assert_true(status == OK || err.status == status);
		if (status == OK)
			break;
	}
	assert_in_range(limit, 10000, 1 << 20);
	buf_release(&text);
}

static void open_text(struct xml_reader *r, struct source *s, struct arena *a, str text)
{
	*s = source_text(S("a.xml"), text);
	assert_int_equal(xml_open(r, s, a, NULL), OK);
	assert_int_equal(xml_next(r, NULL), OK);
}

static void an_element_is_skipped_or_read_whole(void **state)
{
	struct arena a = ARENA(8 << 20);
	struct source s;
	struct xml_reader r;
	str text = {0};
	(void)state;
	open_text(&r, &s, &a, S("<a><b>1<c>2</c>3<d/></b><b/><e>4</e></a>"));
	assert_int_equal(xml_next(&r, NULL), OK);
	assert_int_equal(xml_content(&r, &text, NULL), OK);
	assert_true(str_eq(text, S("123")) && r.event == XML_END && r.depth == 1 && xml_is(&r, S("b")));
	assert_int_equal(xml_next(&r, NULL), OK);
	assert_int_equal(xml_content(&r, &text, NULL), OK);
	assert_true(text.n == 0 && r.event == XML_END && r.depth == 1);
	assert_int_equal(xml_next(&r, NULL), OK);
	assert_true(xml_is(&r, S("e")) && !xml_is(&r, S("b")));
	assert_int_equal(xml_skip(&r, NULL), OK);
	assert_true(r.event == XML_END && r.depth == 1);
	assert_int_equal(xml_next(&r, NULL), OK);
	assert_true(r.event == XML_END && r.depth == 0);
	assert_int_equal(xml_next(&r, NULL), OK);
	assert_int_equal(xml_next(&r, NULL), OK);
	assert_true(r.event == XML_EOF);
	arena_release(&a);
}

static void content_has_the_limit_of_a_text(void **state)
{
	struct arena a = ARENA(16 << 20);
	struct buf text = BUF(4 << 20);
	struct source s;
	struct xml_reader r;
	struct err err = {0};
	str content = {0};
	(void)state;
	buf_add(&text, S("<a>"));
	for (int i = 0; i < (1 << 17) + 1; i++)
		buf_add(&text, S("<b/>12345678"));
	buf_add(&text, S("</a>"));
	open_text(&r, &s, &a, buf_str(&text));
	assert_int_equal(xml_content(&r, &content, &err), E_TOO_LARGE);
	assert_string_equal(err.message, "a text of more than 1048576 bytes");
	assert_int_equal(xml_next(&r, NULL), E_TOO_LARGE);
	buf_release(&text);
	arena_release(&a);
}

static void a_text_that_nobody_wants_may_be_of_any_length(void **state)
{
	struct arena a = ARENA(2 << 20);
	struct buf text = BUF(64 << 20);
	struct source s;
	struct xml_reader r;
	bool more;
	(void)state;
	buf_add(&text, S("<a>"));
	for (int i = 0; i < 3; i++) {
		buf_add(&text, S("<b><![CDATA["));
		for (int k = 0; k < 1 << 18; k++)
			buf_add(&text, S("12345678"));
		buf_add(&text, S("]]></b>"));
	}
	buf_add(&text, S("<c>1</c>2</a>"));
	open_text(&r, &s, &a, buf_str(&text));
	assert_int_equal(xml_next(&r, NULL), OK);
	assert_int_equal(xml_skip(&r, NULL), OK);
	assert_true(xml_is(&r, S("b")) && r.event == XML_END);
	assert_true(xml_child(&r, 1, &more, NULL) == OK && more && xml_is(&r, S("b")));
	assert_true(xml_child(&r, 1, &more, NULL) == OK && more && xml_is(&r, S("b")));
	assert_true(xml_tag(&r, NULL) == OK && r.event == XML_END);
	/* What follows is given again. */
	str content = {0};
	assert_true(xml_tag(&r, NULL) == OK && xml_is(&r, S("c")));
	assert_true(xml_content(&r, &content, NULL) == OK && str_eq(content, S("1")));
	assert_true(xml_next(&r, NULL) == OK && r.event == XML_TEXT && str_eq(r.text, S("2")));
	assert_true(xml_tag(&r, NULL) == OK && xml_tag(&r, NULL) == OK && r.event == XML_EOF);
	assert_true(xml_tag(&r, NULL) == OK && r.event == XML_EOF);
	buf_release(&text);
	arena_release(&a);
}

static void children_come_one_by_one_whatever_was_read_of_them(void **state)
{
	struct arena a = ARENA(8 << 20);
	struct source s;
	struct xml_reader r;
	bool more;
	(void)state;
	open_text(&r, &s, &a, S("<a> x <b><b2><b3/></b2></b>y<c n='1' p:n='2' xmlns:p='u'/><d/></a>"));
	int depth = r.depth;
	str value;
	assert_true(xml_child(&r, depth, &more, NULL) == OK && more && xml_is(&r, S("b")));
	assert_true(xml_child(&r, depth, &more, NULL) == OK && more && xml_is(&r, S("c")));
	assert_true(xml_attribute(&r, S("n"), &value) && str_eq(value, S("1")));
	assert_true(!xml_attribute(&r, S("p"), &value) && value.n == 0);
	assert_int_equal(xml_skip(&r, NULL), OK);
	assert_true(xml_child(&r, depth, &more, NULL) == OK && more && xml_is(&r, S("d")));
	assert_true(xml_child(&r, depth, &more, NULL) == OK && !more && xml_is(&r, S("a")) && r.depth == 0);
	assert_true(xml_child(&r, depth, &more, NULL) == OK && !more && r.event == XML_EOF);
	arena_release(&a);
}

static void a_wrong_element_is_named_with_its_place(void **state)
{
	struct arena a = ARENA(8 << 20);
	struct source s;
	struct xml_reader r;
	struct err err = {0};
	(void)state;
	open_text(&r, &s, &a, S("\n <x/>"));
	assert_int_equal(xml_expected(&r, "the element bom", &err), E_INVALID);
	assert_string_equal(err.message, "the element bom expected");
	assert_string_equal(err.where, "a.xml:2:2");
	assert_string_equal(err.detail, "found the element x");
	arena_release(&a);
}

static void memory_does_not_grow_with_the_file(void **state)
{
	struct arena a = ARENA(2 << 20);
	struct buf text = BUF(32 << 20);
	struct source s;
	struct xml_reader r;
	(void)state;
	buf_add(&text, S("<a>"));
	for (int i = 0; i < 100000; i++)
		buf_printf(&text, "<b c='%d'>text %d</b>", i, i);
	buf_add(&text, S("</a>"));
	open_text(&r, &s, &a, buf_str(&text));
	size_t used = 0;
	for (int i = 0; r.event != XML_EOF; i++) {
		assert_int_equal(xml_next(&r, NULL), OK);
		if (i == 10000)
			used = a.used_bytes;
	}
	assert_int_equal(a.used_bytes, used);
	arena_release(&a);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(events_carry_names_texts_attributes_and_places),
	    cmocka_unit_test(columns_count_characters_and_not_the_byte_order_mark),
	    cmocka_unit_test(a_text_is_decoded_and_joined_up_to_the_next_tag),
	    cmocka_unit_test(a_prefix_stands_for_its_namespace),
	    cmocka_unit_test(names_with_wrong_prefixes_are_refused),
	    cmocka_unit_test(document_types_and_entities_are_refused),
	    cmocka_unit_test(other_encodings_than_utf_8_are_refused),
	    cmocka_unit_test(what_is_not_well_formed_is_refused_at_its_place),
	    cmocka_unit_test(limits_are_kept),
	    cmocka_unit_test(attributes_namespaces_and_names_have_limits),
	    cmocka_unit_test(an_error_is_given_again_and_leaves_the_reader_as_it_was),
	    cmocka_unit_test(a_source_that_fails_gives_its_error),
	    cmocka_unit_test(an_arena_without_room_is_no_crash),
	    cmocka_unit_test(an_element_is_skipped_or_read_whole),
	    cmocka_unit_test(content_has_the_limit_of_a_text),
	    cmocka_unit_test(a_text_that_nobody_wants_may_be_of_any_length),
	    cmocka_unit_test(children_come_one_by_one_whatever_was_read_of_them),
	    cmocka_unit_test(a_wrong_element_is_named_with_its_place),
	    cmocka_unit_test(memory_does_not_grow_with_the_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
