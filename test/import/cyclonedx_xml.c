/* CycloneDX as XML: what it gives must be what the same bill as JSON gives. */
#include "collect.h"

#define NAMESPACE "http://cyclonedx.org/schema/bom/"
#define BOM(children) "<bom xmlns=\"" NAMESPACE "1.6\">" children "</bom>"
#define COMPONENTS(list) BOM("<components>" list "</components>")

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "cyclonedx", str_from(text));
}

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(read_text(c, text), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
	assert_int_equal(c->n, 0);
}

/* Row for row, but for the lines in the file; `but` is a column in which the two differ. */
static void same_rows(const struct collect *a, const struct collect *b, const char *but)
{
	assert_int_equal(a->n, b->n);
	assert_int_equal(a->facts.records, b->facts.records);
	assert_int_equal(a->facts.has_time, b->facts.has_time);
	assert_int_equal(a->facts.observed_ms, b->facts.observed_ms);
	assert_true(str_eq(a->facts.identity, b->facts.identity));
	for (size_t i = 0; i < a->n; i++) {
		const struct evidence_kind *kind = &evidence_kinds[a->rows[i].kind];
		assert_int_equal(a->rows[i].kind, b->rows[i].kind);
		assert_true(str_eq(a->rows[i].id, b->rows[i].id));
		assert_int_equal(a->rows[i].main, b->rows[i].main);
		assert_int_equal(a->rows[i].record, b->rows[i].record);
		for (int k = 0; k < kind->n_columns; k++) {
			char column[64];
			snprintf(column, sizeof column, "%.*s", STR_ARG(kind->columns[k].name));
			if (strcmp(column, but) != 0)
				assert_string_equal(collect_show(&a->rows[i], column),
						    collect_show(&b->rows[i], column));
		}
	}
}

static void compare(struct collect *c, const char *json, const char *xml, const char *but)
{
	struct collect other = {.arena = ARENA((size_t)256 << 20)};
	assert_int_equal(collect_file(c, "cyclonedx", json), OK);
	if (collect_file(&other, "cyclonedx", xml) != OK)
		fail_msg("%s (%s)", other.err.message, other.err.where);
	same_rows(c, &other, but);
	/* Every warning but for its places. */
	for (char *p = c->warnings, *q = other.warnings; *p || *q;) {
		size_t n = strcspn(p, "(\n");
		assert_int_equal(n, strcspn(q, "(\n"));
		assert_memory_equal(p, q, n);
		p = strchr(p, '\n') + 1;
		q = strchr(q, '\n') + 1;
	}
	arena_release(&other.arena);
}

static void the_specifications_own_sample_is_the_same_bill(void **state)
{
	struct collect *c = *state;
	/* The sample names a publisher in XML only. */
	compare(c, "cyclonedx/valid-machine-learning-1.5.json", "cyclonedx/valid-machine-learning-1.5.xml",
		"publisher");
	assert_int_equal(collect_file(c, "cyclonedx", "cyclonedx/valid-machine-learning-1.5.xml"), OK);
	assert_int_equal(c->n, 3);
	const struct evidence_record *m = collect_by_id(c, EVIDENCE_MODEL, "CompVis/stable-diffusion@1.4");
	/* 7 of modelParameters, 2 of quantitativeAnalysis, 6 of considerations */
	assert_column(m, "card_sections", "15");
	assert_column(m, "publisher", "Acme Inc");
	assert_column(collect_row(c, EVIDENCE_DATASET, 0), "classification", "public");
}

static void a_bill_with_everything_is_the_same_in_both(void **state)
{
	struct collect *c = *state;
	compare(c, "cyclonedx/pair-1.6.json", "cyclonedx/pair-1.6.xml", "");
	assert_int_equal(collect_file(c, "cyclonedx", "cyclonedx/pair-1.6.xml"), OK);
	/* 6 components with the weights inside the model; the prompt inside the subject counts as no record. */
	assert_int_equal(c->facts.records, 6);
	assert_int_equal(collect_count(c, EVIDENCE_COMPONENT), 7);
	assert_int_equal(collect_count(c, EVIDENCE_MODEL), 1);
	/* corpus, and two that the card describes */
	assert_int_equal(collect_count(c, EVIDENCE_DATASET), 3);
	assert_int_equal(collect_count(c, EVIDENCE_PROVIDER), 2);
	assert_string_equal(collect_observed(c), "2026-10-02T08:30:00Z");
	assert_true(str_eq(c->facts.identity, S("cyclonedx:pkg:oci/claims-assistant")));
	const struct evidence_record *m = collect_row(c, EVIDENCE_MODEL, 0);
	assert_column(m, "name", "acme/claims-llm");
	assert_column(m, "publisher", "Acme Labs");
	assert_column(m, "licence", "Apache-2.0, Acme <Terms> & More");
	assert_column(m, "hash", "SHA-256:ab0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd");
	assert_column(m, "format", "safetensors");
	assert_column(m, "deployment", "self_hosted");
	assert_column(m, "pinned", "0");
	assert_column(m, "card_sections", "3"); /* approach, datasets, users */
	assert_column(m, "datasets", "3");
	assert_column(collect_by_id(c, EVIDENCE_COMPONENT, "pkg:pypi/torch@2.4.0"), "vulnerabilities", "1");
	assert_column(collect_by_id(c, EVIDENCE_COMPONENT, "pkg:pypi/torch@2.4.0#torch-2"), "vulnerabilities", "0");
	assert_column(collect_by_id(c, EVIDENCE_COMPONENT, "acme/claims-llm@main"), "vulnerabilities", "1");
	assert_column(collect_by_id(c, EVIDENCE_DATASET, "corpus@7"), "licence", "CC-BY-4.0 OR MIT");
	assert_true(collect_warned(c, "a reference leads to no component or service of the bill (on line 107)"));
	assert_true(collect_warned(c, "a hash is no digest"));
	collect_no_same_ids(c);
}

static void attestations_are_the_same_in_both(void **state)
{
	struct collect *c = *state;
	compare(c, "cyclonedx/attestation-1.6.json", "cyclonedx/attestation-1.6.xml", "");
	assert_int_equal(collect_file(c, "cyclonedx", "cyclonedx/attestation-1.6.xml"), OK);
	assert_int_equal(c->facts.records, 1);
	assert_int_equal(collect_count(c, EVIDENCE_CONTROL_ANSWER), 9);
	/* Signatures and other people's elements are in namespaces of their own. */
	assert_int_equal(read_text(c, BOM("<declarations xmlns:x='x'><attestations><attestation><map><x:requirement>y"
					  "</x:requirement><requirement>r</requirement></map></attestation>"
					  "</attestations></declarations>")),
			 OK);
	assert_column(collect_by_id(c, EVIDENCE_CONTROL_ANSWER, "cyclonedx|r"), "control", "r");
}

#define ATTESTED(map)                                                                                                  \
	BOM("<declarations><attestations><attestation>" map "</attestation></attestations></declarations>")
#define SCORE(text)                                                                                                    \
	ATTESTED("<map><requirement>r</requirement><conformance>\n<score>" text "</score></conformance></map>")

static void wrong_attestations_are_refused_at_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, SCORE("1.5"), "a score from 0 to 1 (a number) expected", "file:2:11");
	refused(c, SCORE("-1"), "a score from 0 to 1 (a number) expected", "file:2:10");
	refused(c, SCORE("full"), "a score from 0 to 1 (a number) expected", "file:2:12");
	refused(
	    c, BOM("<declarations><evidence><evidence>\n<expires>never</expires></evidence></evidence></declarations>"),
	    "a time in ISO 8601", "file:2:15");
	refused(c, ATTESTED("<map><requirement>a</requirement>\n<requirement>b</requirement></map>"),
		"an element that does not stand there already", "file:2:1");
	refused(c, BOM("<declarations/>\n<declarations/>"), "does not stand there already", "file:2:1");
	assert_int_equal(read_text(c, SCORE("")), OK);
	assert_column(collect_row(c, EVIDENCE_CONTROL_ANSWER, 0), "answer", "-");
}

static void versions_are_told_by_the_namespace(void **state)
{
	struct collect *c = *state;
	char text[200];
	for (int i = 2; i <= 7; i++) {
		snprintf(text, sizeof text, "<bom xmlns='" NAMESPACE "1.%d'/>", i);
		assert_int_equal(read_text(c, text), OK);
		assert_int_equal(collect_warned(c, "older than 1.5"), i < 5);
	}
	refused(c, "<bom xmlns='" NAMESPACE "1.1'/>", "of version 1.2 to 1.7 expected", "file:1:1");
	refused(c, "<bom xmlns='" NAMESPACE "2.0'/>", "of version 1.2 to 1.7 expected", "file:1:1");
	assert_non_null(strstr(c->err.detail, "2.0"));
	refused(c, "<bom/>", "a bill of materials (the element bom", "file:1:1");
	refused(c, "<bill xmlns='" NAMESPACE "1.6'/>", "a bill of materials (the element bom", "file:1:1");
}

static void a_prefix_for_the_namespace_makes_no_difference(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "<c:bom xmlns:c='" NAMESPACE "1.6'><c:components><c:component type='library'>"
				      "<c:name>a</c:name><name>b</name></c:component></c:components></c:bom>"),
			 OK);
	assert_int_equal(c->n, 1);
	assert_column(&c->rows[0], "name", "a");
}

static void no_vulnerabilities_is_not_zero_vulnerabilities(void **state)
{
	struct collect *c = *state;
#define A "<component type='library' bom-ref='a'><name>a</name></component>"
	assert_int_equal(read_text(c, COMPONENTS(A)), OK);
	assert_column(&c->rows[0], "vulnerabilities", "-");
	assert_int_equal(read_text(c, BOM("<vulnerabilities/><components>" A "</components>")), OK);
	assert_column(&c->rows[0], "vulnerabilities", "0");
#undef A
}

static void what_is_wrong_is_refused_at_its_place(void **state)
{
	struct collect *c = *state;
	refused(c, COMPONENTS("\n<component type='library'/>"), "a component without a name", "file:2");
	refused(c, BOM("<services><service/></services>"), "a service without a name", "file:1");
	refused(c, BOM("<metadata>\n<timestamp>soon</timestamp></metadata>"), "a time in ISO 8601", "file:2:16");
	refused(c, COMPONENTS("<component><name>a</name>\n<name>b</name></component>"),
		"an element that does not stand there already expected", "file:2:1");
	refused(c, BOM("<components/>\n<components/>"), "does not stand there already", "file:2:1");
	refused(c, BOM("") "\n<bom/>", "the end of the file expected", "file:2:1");
	refused(c, "<!DOCTYPE bom [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" BOM("&e;"),
		"a document type declaration is not taken", "file:1:1");
	refused(c, COMPONENTS("<component><name>&e;</name></component>"), "an entity that XML does not know",
		"file:1:79");
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	struct collect *c = *state;
	str text = collect_load("cyclonedx/pair-1.6.xml");
	str whole = str_trim(text);
	for (size_t n = 0; n<whole.n; n += n + 100> whole.n ? 1 : 37) {
		assert_int_equal(collect_text(c, "cyclonedx", str_slice(whole, 0, n)), E_INVALID);
		assert_non_null(strstr(c->err.where, "file:"));
		assert_int_equal(c->n, 0);
	}
	free((void *)(uintptr_t)text.p);
}

static void components_nested_too_deep_are_refused(void **state)
{
	char text[8000] = "<bom xmlns='" NAMESPACE "1.6'>";
	for (int i = 0; i < 100; i++) {
		size_t at = strlen(text);
		snprintf(text + at, sizeof text - at, "<components><component><name>a</name>");
	}
	assert_int_equal(read_text(*state, text), E_TOO_LARGE);
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 2;
	assert_int_equal(collect_file(c, "cyclonedx", "cyclonedx/pair-1.6.xml"), E_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_specifications_own_sample_is_the_same_bill),
	    COLLECT_TEST(a_bill_with_everything_is_the_same_in_both),
	    COLLECT_TEST(attestations_are_the_same_in_both),
	    COLLECT_TEST(wrong_attestations_are_refused_at_their_place),
	    COLLECT_TEST(versions_are_told_by_the_namespace),
	    COLLECT_TEST(a_prefix_for_the_namespace_makes_no_difference),
	    COLLECT_TEST(no_vulnerabilities_is_not_zero_vulnerabilities),
	    COLLECT_TEST(what_is_wrong_is_refused_at_its_place),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(components_nested_too_deep_are_refused),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
