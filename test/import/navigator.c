#include "collect.h"

#include "import/formats.h"

#define LABEL "{\"name\":\"aismm\",\"value\":\"detections\"}"
#define LAYER(techniques) "{\"domain\":\"atlas-atlas\",\"metadata\":[" LABEL "],\n\"techniques\":[" techniques "]}"
#define ENTRY(id, more) "{\"techniqueID\":\"" id "\"" more "}"

static void accepted(struct collect *c, const char *text)
{
	if (collect_text(c, "navigator", str_from(text)) != OK)
		fail_msg("%s (%s)", c->err.message, c->err.where);
	collect_no_same_ids(c);
}

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(collect_text(c, "navigator", str_from(text)), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
}

/* Counted with jq: of 170 techniques in 180 entries 145 have a score above 0, and one of those is switched off. */
static void what_a_layer_claims_becomes_a_row_per_technique(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "navigator", "navigator/detections.json"), OK);
	assert_int_equal(c->facts.records, 180);
	assert_int_equal(c->n, 144);
	collect_no_same_ids(c);
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_DETECTION, "AML.T0000.001");
	assert_column(r, "technique", "AML.T0000.001");
	assert_column(r, "enabled", "-");
	assert_column(r, "tested_at", "-");
	assert_column(r, "from_code", "-");
	for (size_t i = 0; i < c->n; i++)
		assert_false(str_eq(c->rows[i].id, S("AML.T0051")));
	assert_true(str_eq(c->facts.identity, S("navigator:Detections of the SOC")));
	assert_string_equal(collect_observed(c), "-");
	assert_string_equal(c->warnings, "");
}

static void how_often_case_studies_show_a_technique_is_no_detection(void **state)
{
	static const char *const names[] = {"navigator/atlas_case_study_frequency.json",
					    "navigator/AML.CS0051.layer.json"};
	struct collect *c = *state;
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(collect_file(c, "navigator", names[i]), E_INVALID);
		assert_non_null(strstr(c->err.message, "does not say that its scores mean detections"));
		assert_non_null(strstr(c->err.hint, "\"aismm\""));
	}
	refused(c, "{\"domain\":\"atlas-atlas\",\"techniques\":[]}", "does not say", "file");
	refused(c,
		"{\"domain\":\"atlas-atlas\",\"metadata\":[{\"name\":\"aismm\",\"value\":\"risk\"}],\"techniques\":[]}",
		"does not say", "file");
	refused(c,
		"{\"domain\":\"atlas-atlas\",\"metadata\":[{\"name\":\"x\",\"value\":\"detections\"}],"
		"\"techniques\":[]}",
		"does not say", "file");
	/* Two labels that contradict each other: the last one counts, as in any list that is read in order. */
	refused(c,
		"{\"domain\":\"atlas-atlas\",\"metadata\":[" LABEL
		",{\"name\":\"AISMM\",\"value\":7}],\"techniques\":[]}",
		"does not say", "file");
}

static void the_label_may_stand_behind_the_techniques(void **state)
{
	struct collect *c = *state;
	accepted(c, "{\"techniques\":[" ENTRY("AML.T0051", ",\"score\":1") "],\"metadata\":[{\"divider\":true}," LABEL
									   "],\"domain\":\"atlas\"}");
	assert_int_equal(c->n, 1);
	assert_int_equal(c->facts.identity.n, 0);
}

static void other_domains_are_refused_by_name(void **state)
{
	struct collect *c = *state;
	refused(c, "{\"domain\":\"enterprise-attack\",\"metadata\":[" LABEL "],\"techniques\":[]}",
		"a layer of the domain \"enterprise-attack\", where one of ATLAS", "file");
	refused(c, "{\"metadata\":[" LABEL "],\"techniques\":[]}", "a layer of the domain \"\"", "file");
}

static void scores_above_zero_claim_and_others_do_not(void **state)
{
	static const struct {
		const char *entry;
		size_t n;
	} cases[] = {
	    {ENTRY("AML.T0051", ",\"score\":1"), 1},
	    {ENTRY("AML.T0051", ",\"score\":0.5"), 1},
	    {ENTRY("AML.T0051", ",\"score\":1e-3"), 1},
	    {ENTRY("AML.T0051", ",\"score\":100,\"enabled\":true"), 1},
	    {ENTRY("AML.T0051", ",\"score\":100,\"enabled\":false"), 0},
	    {ENTRY("AML.T0051", ",\"score\":0"), 0},
	    {ENTRY("AML.T0051", ",\"score\":0.0e7"), 0},
	    {ENTRY("AML.T0051", ",\"score\":-0"), 0},
	    {ENTRY("AML.T0051", ",\"score\":-3"), 0},
	    {ENTRY("AML.T0051", ",\"score\":null"), 0},
	    {ENTRY("AML.T0051", ",\"color\":\"#ff0000\",\"comment\":\"covered\""), 0},
	    {ENTRY("AML.T0051", ",\"score\":0") "," ENTRY("AML.T0051", ",\"score\":2"), 1},
	    {ENTRY("AML.T0051", ",\"score\":2") "," ENTRY("AML.T0051", ",\"score\":3,\"tactic\":\"x\""), 1},
	    {ENTRY("AML.T0051", ",\"score\":2") "," ENTRY("AML.T0051.000", ",\"score\":3"), 2},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[400];
		snprintf(text, sizeof text, LAYER("%s"), cases[i].entry);
		accepted(c, text);
		assert_int_equal(c->n, cases[i].n);
	}
	accepted(c, LAYER(""));
	assert_int_equal(c->facts.records, 0);
}

static void detection_knows_every_layer(void **state)
{
	static const char *const names[] = {"navigator/detections.json", "navigator/atlas_case_study_frequency.json",
					    "navigator/AML.CS0051.layer.json"};
	struct collect *c = *state;
	for (size_t i = 0; i < 3; i++) {
		const struct import_format *f = NULL;
		str text = collect_load(names[i]);
		assert_int_equal(import_detect(text, true, S("file"), &f, &c->err), OK);
		assert_ptr_equal(f, &import_navigator);
		free((void *)(uintptr_t)text.p);
	}
}

static void what_is_no_layer_is_refused(void **state)
{
	static const char *const ids[] = {
	    "",          "T1059",          "AML.T005",  "AML.T00511", "AML.T0051.01",  "AML.T0051x001",
	    "aml.t0051", "AML.T0051.0011", "AML.M0015", "AML.T00a1",  "AML.T0051.00a", "AML.TA00010"};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		char text[300];
		snprintf(text, sizeof text, LAYER(ENTRY("AML.T0051", "") ",\n" ENTRY("%s", "")), ids[i]);
		refused(c, text, "is no technique of ATLAS", "file:3");
	}
	refused(c, "", "a value expected", "file:1:1");
	refused(c, "[]", "a layer (an object) expected", "file:1:1");
	refused(c, "{\"domain\":\"atlas\",\"metadata\":[" LABEL "]}", "a layer without techniques", "file");
	refused(c, "{\"domain\":\"atlas\",\"metadata\":[" LABEL "],\"techniques\":null}", "without techniques", "file");
	refused(c, LAYER("7"), "a technique (an object)", "file:2:15");
	refused(c, LAYER(ENTRY("AML.T0051", ",\"score\":\"1\"")), "a score (a number)", "file:2:50");
	refused(c, LAYER(ENTRY("AML.T0051", ",\"enabled\":1")), "true or false", "file:2:52");
	refused(c, "{\"metadata\":{}}", "a list expected", "file:1:13");
	refused(c, "{\"metadata\":[7]}", "an entry of the metadata (an object)", "file:1:14");
}

static void hostile_files_are_refused(void **state)
{
	struct collect *c = *state;
	refused(c, "{\"domain\":\"atlas\",\"domain\":\"atlas\"}", "does not stand there already", "file:1:19");
	refused(c, LAYER(ENTRY("AML.T0051", ",\"techniqueID\":\"AML.T0052\"")), "does not stand there", "file:2:42");
	refused(c, "{\"name\":\"a\\u0000\"}", "without the character U+0000", "file:1:9");
	refused(c, LAYER("") "x", "expected", "file:2:17");
	char deep[2000] = "{\"gradient\":";
	size_t at = strlen(deep);
	memset(deep + at, '[', 1000);
	deep[at + 1000] = '\0';
	assert_int_equal(collect_text(c, "navigator", str_from(deep)), E_TOO_LARGE);
}

static void a_layer_cut_at_every_byte_is_refused(void **state)
{
	struct collect *c = *state;
	str whole = S(LAYER(ENTRY("AML.T0051", ",\"score\":1") "," ENTRY("AML.T0052", ",\"score\":10")));
	for (size_t n = 0; n < whole.n; n++)
		assert_int_equal(collect_text(c, "navigator", str_slice(whole, 0, n)), E_INVALID);
	assert_int_equal(collect_text(c, "navigator", whole), OK);
	assert_int_equal(c->n, 2);
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 1;
	assert_int_equal(collect_file(c, "navigator", "navigator/detections.json"), E_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(what_a_layer_claims_becomes_a_row_per_technique),
	    COLLECT_TEST(how_often_case_studies_show_a_technique_is_no_detection),
	    COLLECT_TEST(the_label_may_stand_behind_the_techniques),
	    COLLECT_TEST(other_domains_are_refused_by_name),
	    COLLECT_TEST(scores_above_zero_claim_and_others_do_not),
	    COLLECT_TEST(detection_knows_every_layer),
	    COLLECT_TEST(what_is_no_layer_is_refused),
	    COLLECT_TEST(hostile_files_are_refused),
	    COLLECT_TEST(a_layer_cut_at_every_byte_is_refused),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
