#include "collect.h"

/* A document with the elements given. */
#define DOCUMENT(elements) "{\"@context\":\"https://spdx.org/rdf/3.0.1/spdx-context.jsonld\",\"@graph\":[" elements "]}"
#define PACKAGE(id, members) "{\"type\":\"software_Package\",\"spdxId\":\"" id "\"," members "}"
#define MODEL(id, members) "{\"type\":\"ai_AIPackage\",\"spdxId\":\"" id "\"," members "}"
#define RELATION(id, type, from, to)                                                                                   \
	"{\"type\":\"Relationship\",\"spdxId\":\"" id "\",\"relationshipType\":\"" type "\",\"from\":\"" from          \
	"\",\"to\":[\"" to "\"]}"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "spdx", str_from(text));
}

static void accepted(struct collect *c, const char *text)
{
	if (read_text(c, text) != OK)
		fail_msg("%s (%s)", c->err.message, c->err.where);
}

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(read_text(c, text), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
}

/* 118 entries, ten of them no elements; ten software packages (one is the subject), two models, one dataset. */
static void the_sample_of_the_ai_profile_has_two_models(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "spdx", "spdx/simplehtr.spdx3.json"), OK);
	assert_int_equal(c->facts.records, 108);
	assert_int_equal(collect_count(c, EVIDENCE_COMPONENT), 12);
	assert_int_equal(collect_count(c, EVIDENCE_MODEL), 2);
	assert_int_equal(collect_count(c, EVIDENCE_DATASET), 1);
	collect_no_same_ids(c);
	assert_string_equal(collect_observed(c), "2024-05-09T13:50:30Z");
	assert_true(str_eq(c->facts.identity, S("spdx:SimpleHTR")));
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_MODEL, "word-model@0.0");
	assert_column(r, "name", "word-model");
	assert_column(r, "version", "0.0");
	assert_column(r, "publisher", "Harald Scheidl");
	assert_column(r, "source", "https://www.dropbox.com/s/mya8hw6jyzqm0a3/word-model.zip?dl=1");
	assert_column(r, "licence", "MIT");
	assert_column(r, "hash", "-");
	assert_column(r, "purl", "-");
	assert_column(r, "system_id", "SimpleHTR");
	assert_column(r, "in_use", "1");
	assert_column(r, "pinned", "1");
	assert_column(r, "model_card", "structured");
	assert_column(r, "card_sections", "9");
	assert_column(r, "datasets", "1");
	assert_column(r, "known_data", "1");
	assert_column(r, "released_at", "2023-09-07T00:00:00Z");
	assert_column(r, "last_seen_at", "2024-05-09T13:50:30Z");
	assert_column(r, "approved", "-");
	r = collect_row(c, EVIDENCE_DATASET, 0);
	assert_true(str_eq(r->id, S("IAMdataset")));
	assert_column(r, "purpose", "upstream");
	assert_column(r, "classification", "public");
	assert_column(r, "contains_personal", "-");
	assert_column(r, "provenance_recorded", "1");
	assert_column(r, "licence", "CustomLicense-c63547c2-62e0-48ec-b98d-ff1b917d67db");
	assert_column(r, "system_id", "SimpleHTR");
	r = collect_by_id(c, EVIDENCE_COMPONENT, "tensorflow@2.4.0");
	assert_true(r->main);
	assert_column(r, "type", "library");
	assert_column(r, "licence", "OLDAP-2.8");
	assert_column(r, "ai", "1");
	assert_column(r, "bom", "https://my-first-aibom.com/document1");
	r = collect_by_id(c, EVIDENCE_COMPONENT, "editdistance@0.5.2");
	assert_column(r, "publisher", "Hiroyuki Tanaka");
	assert_column(r, "ai", "0");
	assert_true(collect_warned(c, "an spdxId stands twice"));
}

static void a_dataset_that_the_document_is_about_is_no_component(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "spdx", "spdx/dataset-example01.spdx3.json"), OK);
	assert_int_equal(c->facts.records, 12);
	assert_int_equal(c->n, 1);
	const struct evidence_record *r = &c->rows[0];
	assert_int_equal(r->kind, EVIDENCE_DATASET);
	assert_false(r->main);
	assert_column(r, "licence", "CC-BY-4.0");
	assert_column(r, "hash", "SHA-1:32657f0d033fc07a7420be36a6af9083c6a63489");
	assert_column(r, "contains_personal", "-");
	assert_column(r, "system_id", "-");
	assert_column(r, "purpose", "-");
	assert_string_equal(c->warnings, "");
}

static void a_document_without_ai_has_components_alone(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "spdx", "spdx/software-example9.spdx3.json"), OK);
	assert_int_equal(c->facts.records, 101);
	assert_int_equal(c->n, 6);
	assert_int_equal(collect_count(c, EVIDENCE_COMPONENT), 6);
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_COMPONENT, "pkg:maven/junit/junit@4.12");
	assert_column(r, "licence", "EPL-1.0");
	assert_column(r, "publisher", "-");
	assert_column(r, "system_id", "App-BOM-ination");
	/* NOASSERTION is no licence. */
	assert_column(collect_by_id(c, EVIDENCE_COMPONENT, "Gradle"), "licence", "Apache-2.0");
}

static void elements_in_any_order_find_each_other(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "spdx", "spdx/order.spdx3.json"), OK);
	assert_int_equal(c->facts.records, 15);
	assert_string_equal(collect_observed(c), "2026-10-02T08:00:00Z");
	assert_true(str_eq(c->facts.identity, S("spdx:pkg:huggingface/acme/claims-triage")));
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_MODEL, "pkg:huggingface/acme/claims-triage@3f1c9a");
	assert_false(r->main);
	assert_column(r, "publisher", "Acme Insurance");
	assert_column(r, "licence", "Apache-2.0");
	assert_column(r, "hash", "SHA-256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
	assert_column(r, "format", "safetensors");
	assert_column(r, "card_sections", "2");
	assert_column(r, "datasets", "3");
	assert_column(r, "known_data", "1");
	assert_column(r, "pinned", "1");
	assert_column(r, "system_id", "-");
	assert_column(r, "in_use", "-");
	r = collect_by_id(c, EVIDENCE_MODEL, "pkg:huggingface/other/base@main");
	assert_column(r, "pinned", "0");
	assert_column(r, "model_card", "none");
	assert_column(r, "card_sections", "0");
	assert_column(r, "system_id", "pkg:huggingface/acme/claims-triage");
	r = collect_by_id(c, EVIDENCE_DATASET, "reports");
	assert_column(r, "purpose", "training");
	assert_column(r, "classification", "confidential");
	assert_column(r, "contains_personal", "1");
	assert_column(r, "provenance_recorded", "-");
	r = collect_by_id(c, EVIDENCE_DATASET, "holdout");
	assert_column(r, "purpose", "evaluation");
	assert_column(r, "classification", "restricted");
	assert_column(r, "contains_personal", "-");
	assert_column(collect_by_id(c, EVIDENCE_DATASET, "web"), "purpose", "upstream");
	assert_column(collect_by_id(c, EVIDENCE_COMPONENT, "vllm@0.6.3"), "type", "library");
	assert_column(collect_by_id(c, EVIDENCE_COMPONENT, "vllm@0.6.3#urn:x:vllm-2"), "type", "-");
	assert_true(collect_warned(c, "leads to no element of the document (on line 3)"));
	assert_true(collect_warned(c, "a hash is no digest"));
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	struct collect *c = *state;
	str text = collect_load("spdx/order.spdx3.json");
	str whole = str_trim(text);
	for (size_t n = 0; n < whole.n; n++)
		assert_int_equal(collect_text(c, "spdx", str_slice(whole, 0, n)), E_INVALID);
	free((void *)(uintptr_t)text.p);
}

static void wrong_types_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "", "a value expected", "file:1:1");
	refused(c, "[]", "an SPDX document (an object) expected", "file:1:1");
	refused(c, "{}", "a member @context expected", "file:1:2");
	refused(c, "{\"@graph\":[]}", "a member @context expected", "file:1:13");
	refused(c, "{\"@context\":\"https://spdx.org/rdf/3.0.1/x\"}", "a member @graph expected", "file:1:43");
	refused(c, "{\"@context\":\"https://schema.org\",\"@graph\":[]}", "the context of SPDX 3", "file:1:13");
	refused(c, "{\"@context\":[{}],\"@graph\":[]}", "the context of SPDX 3", "file:1:13");
	refused(c, "{\"@graph\":{}}", "a list of elements expected", "file:1:11");
	refused(c, "{\"@graph\":[7]}", "an element (an object) expected", "file:1:12");
	refused(c, DOCUMENT("{\"spdxId\":\"a\"}"), "an element without a type", "file:1");
	refused(c, DOCUMENT("{\"type\":\"software_Package\",\"name\":\"a\"}"), "an element without an spdxId",
		"file:1");
	refused(c, DOCUMENT("{\"type\":\"software_Package\",\"spdxId\":\"a\"}"), "a package without a name", "file:1");
	refused(c, DOCUMENT(PACKAGE("a", "\"name\":[]")), "a text expected", "file:1:119");
	refused(c, DOCUMENT(PACKAGE("a", "\"suppliedBy\":7")), "an spdxId (a text) or an element", "file:1:125");
	refused(c, DOCUMENT(PACKAGE("a", "\"name\":\"x\",\"verifiedUsing\":{}")), "a list expected", "file:1:139");
	refused(c, DOCUMENT("{\"type\":\"CreationInfo\",\"created\":\"last week\"}"),
		"a time in ISO 8601, such as 2026-04-03T10:00:00Z, expected", "file:1");
}

static void spdx_2_is_refused_by_name(void **state)
{
	struct collect *c = *state;
	refused(c, "{\"spdxVersion\":\"SPDX-2.3\",\"packages\":[]}", "SPDX 3.0 in JSON-LD, and not SPDX 2, expected",
		"file:1:16");
	assert_non_null(strstr(c->err.hint, "CycloneDX"));
}

static void hostile_documents_are_refused(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, DOCUMENT(PACKAGE("a\\u0000", "\"name\":\"a\""))), E_INVALID);
	assert_int_equal(read_text(c, DOCUMENT(PACKAGE("a", "\"name\":\"a\",\"name\":\"b\""))), E_INVALID);
	assert_non_null(strstr(c->err.detail, "stands twice"));
	assert_int_equal(read_text(c, DOCUMENT("") " {}"), E_INVALID);
	char deep[4000] = "{\"@graph\":[";
	for (int i = 0; i < 200; i++)
		strcat(deep, "{\"from\":");
	assert_int_not_equal(read_text(c, deep), OK);
}

static void what_is_written_inside_an_element_is_one_too(void **state)
{
	struct collect *c = *state;
	accepted(c, DOCUMENT(PACKAGE(
			"p", "\"name\":\"p\",\"originatedBy\":[{\"type\":\"Person\",\"spdxId\":\"i\",\"name\":\"Ida\","
			     "\"creationInfo\":{\"type\":\"CreationInfo\",\"created\":\"2026-01-02T00:00:00Z\"}}]")));
	assert_int_equal(c->facts.records, 2);
	assert_int_equal(c->n, 1);
	assert_column(&c->rows[0], "publisher", "Ida");
	assert_string_equal(collect_observed(c), "2026-01-02T00:00:00Z");
}

static void a_document_about_several_packages_has_no_subject(void **state)
{
	struct collect *c = *state;
	accepted(c, DOCUMENT("{\"type\":\"SpdxDocument\",\"spdxId\":\"d\",\"rootElement\":[\"a\",\"b\"]}," PACKAGE(
			"a", "\"name\":\"a\"") "," PACKAGE("b", "\"name\":\"b\"")));
	assert_int_equal(c->n, 2);
	assert_int_equal(c->facts.identity.n, 0);
	assert_column(&c->rows[0], "system_id", "-");
	assert_column(&c->rows[0], "bom", "d");
	assert_true(collect_warned(c, "about several packages: none is taken"));
	assert_true(collect_warned(c, "the document has no creation time"));
}

static void bills_that_lead_in_circles_end(void **state)
{
	struct collect *c = *state;
	accepted(c, DOCUMENT("{\"type\":\"Bom\",\"spdxId\":\"b\",\"rootElement\":[\"b\",\"c\",\"m\"]},"
			     "{\"type\":\"Bom\",\"spdxId\":\"c\",\"rootElement\":[\"b\",\"c\",\"m\"]}," MODEL(
				 "m", "\"name\":\"m\"")));
	assert_int_equal(c->n, 1);
	assert_true(str_eq(c->facts.identity, S("spdx:m")));
	assert_column(&c->rows[0], "in_use", "-");
}

static void licences_are_ids_names_or_expressions(void **state)
{
	static const char *const cases[][2] = {
	    {RELATION("r", "hasDeclaredLicense", "p", "https://spdx.org/licenses/MIT"), "MIT"},
	    {RELATION("r", "hasDeclaredLicense", "p", "http://elsewhere.example/l"), "-"},
	    {RELATION("r", "hasDeclaredLicense", "p", "expandedlicensing_NoneLicense"), "-"},
	    {RELATION("r", "hasConcludedLicense", "p", "https://spdx.org/licenses/MIT") "," RELATION(
		 "q", "hasDeclaredLicense", "p", "https://spdx.org/licenses/ISC"),
	     "MIT"},
	    {RELATION("r", "hasDeclaredLicense", "p", "https://spdx.org/licenses/MIT") "," RELATION(
		 "q", "hasDeclaredLicense", "p", "https://spdx.org/licenses/ISC"),
	     "MIT, ISC"},
	    {RELATION("r", "hasDeclaredLicense", "p",
		      "l") ",{\"type\":\"simplelicensing_LicenseExpression\",\"spdxId\":\"l\","
			   "\"simplelicensing_licenseExpression\":\"MIT OR ISC\"}",
	     "MIT OR ISC"},
	    {RELATION("r", "hasDeclaredLicense", "p",
		      "l") ",{\"type\":\"simplelicensing_LicenseExpression\",\"spdxId\":\"l\","
			   "\"simplelicensing_licenseExpression\":\"NOASSERTION\"}",
	     "-"},
	    {RELATION("r", "hasDeclaredLicense", "p", "x/RAIL") ",{\"type\":\"expandedlicensing_ListedLicense\","
								"\"spdxId\":\"x/RAIL\",\"name\":\"Responsible\"}",
	     "RAIL"},
	    {RELATION("r", "hasDeclaredLicense", "p", "x/y") ",{\"type\":\"expandedlicensing_CustomLicense\","
							     "\"spdxId\":\"x/y\",\"name\":\"House licence\"}",
	     "House licence"},
	    {RELATION("r", "contains", "p", "https://spdx.org/licenses/MIT"), "-"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[1200];
		snprintf(text, sizeof text, DOCUMENT(PACKAGE("p", "\"name\":\"p\"") ",%s"), cases[i][0]);
		accepted(c, text);
		assert_column(&c->rows[0], "licence", cases[i][1]);
		assert_true(collect_warned(c, "leads to no element") == (i == 1));
	}
}

static void newer_versions_and_bad_times_are_warned_of(void **state)
{
	struct collect *c = *state;
	accepted(c, "{\"@context\":\"https://spdx.org/rdf/3.1/spdx-context.jsonld\",\"@graph\":[" MODEL(
			"m", "\"name\":\"m\",\"releaseTime\":\"soon\"") ",{\"type\":\"CreationInfo\",\"@id\":\"_:c\","
									"\"created\":\"2026-01-02T00:00:00\"}]}");
	assert_true(collect_warned(c, "of a version after 3.0"));
	assert_true(collect_warned(c, "a time names no zone"));
	assert_true(collect_warned(c, "a releaseTime is no time"));
	assert_column(collect_row(c, EVIDENCE_MODEL, 0), "released_at", "-");
	assert_column(collect_row(c, EVIDENCE_MODEL, 0), "known_data", "0");
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 3;
	assert_int_equal(collect_file(c, "spdx", "spdx/simplehtr.spdx3.json"), E_IO);
	assert_int_equal(c->n, 2);
}

static void documents_are_told_from_all_other_formats(void **state)
{
	static const char *const heads[] = {
	    DOCUMENT(""),
	    "{\"@graph\":[{\"spdxId\":\"a\"}]}",
	    "{\"spdxVersion\":\"SPDX-2.3\"}",
	    "{\"@context\": [\"https://spdx.org/rdf/3.0.1/spdx-context.jsonld\"], \"@graph\": [",
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		const struct import_format *f = NULL;
		assert_int_equal(import_detect(str_from(heads[i]), true, S("file"), &f, &c->err), OK);
		assert_true(str_eq(f->name, S("spdx")));
	}
	const struct import_format *f = NULL;
	assert_int_equal(import_detect(S("SPDXVersion: SPDX-2.3\n"), true, S("file"), &f, &c->err), E_INVALID);
	assert_non_null(strstr(c->err.message, "tag-value"));
	static const char *const samples[] = {"spdx/simplehtr.spdx3.json", "spdx/dataset-example01.spdx3.json",
					      "spdx/software-example9.spdx3.json", "spdx/order.spdx3.json"};
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		str text = collect_load(samples[i]);
		assert_int_equal(import_detect(str_slice(text, 0, IMPORT_HEAD), false, S("file"), &f, &c->err), OK);
		assert_true(str_eq(f->name, S("spdx")));
		free((void *)(uintptr_t)text.p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_sample_of_the_ai_profile_has_two_models),
	    COLLECT_TEST(a_dataset_that_the_document_is_about_is_no_component),
	    COLLECT_TEST(a_document_without_ai_has_components_alone),
	    COLLECT_TEST(elements_in_any_order_find_each_other),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(wrong_types_are_refused_with_their_place),
	    COLLECT_TEST(spdx_2_is_refused_by_name),
	    COLLECT_TEST(hostile_documents_are_refused),
	    COLLECT_TEST(what_is_written_inside_an_element_is_one_too),
	    COLLECT_TEST(a_document_about_several_packages_has_no_subject),
	    COLLECT_TEST(bills_that_lead_in_circles_end),
	    COLLECT_TEST(licences_are_ids_names_or_expressions),
	    COLLECT_TEST(newer_versions_and_bad_times_are_warned_of),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	    COLLECT_TEST(documents_are_told_from_all_other_formats),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
