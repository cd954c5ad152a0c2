/* Attestations in CycloneDX bills (CDXA): what they become, and what never becomes a proven yes. */
#include "base/limits.h"
#include "collect.h"

#define BOM(members) "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"" members "}"
#define DECLARED(members) BOM(",\"declarations\":{" members "}")
#define ATTESTED(map) "\"attestations\":[{\"map\":[" map "]}]"
#define TIMED ",\"metadata\":{\"timestamp\":\"2026-10-02T08:30:00Z\"}"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "cyclonedx", str_from(text));
}

static void accepted(struct collect *c, const char *text)
{
	if (read_text(c, text) != OK)
		fail_msg("%s (%s)", c->err.message, c->err.where);
}

static const struct evidence_record *answer(struct collect *c, const char *id)
{
	return collect_by_id(c, EVIDENCE_CONTROL_ANSWER, id);
}

/* The one answer of a bill. */
static const struct evidence_record *answer_of(struct collect *c, const char *text)
{
	accepted(c, text);
	assert_int_equal(c->n, 1);
	return collect_row(c, EVIDENCE_CONTROL_ANSWER, 0);
}

#define EAB "cyclonedx:Example AI Baseline|2.1|"

static void a_bill_with_attestations_has_nine_answers(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "cyclonedx", "cyclonedx/attestation-1.6.json"), OK);
	/* Records are components; of nine entries in two maps one names no requirement, and one is about two targets.
	 */
	assert_int_equal(c->facts.records, 1);
	assert_int_equal(collect_count(c, EVIDENCE_COMPONENT), 1);
	assert_int_equal(collect_count(c, EVIDENCE_CONTROL_ANSWER), 9);
	assert_int_equal(c->n, 10);
	collect_no_same_ids(c);
	const struct evidence_record *r = answer(c, EAB "EAB-1|pkg:oci/claims-triage|Northern Assurance");
	assert_false(r->main);
	assert_int_equal(r->line, 20);
	assert_column(r, "framework", "cyclonedx:Example AI Baseline");
	assert_column(r, "version", "2.1");
	assert_column(r, "control", "EAB-1");
	assert_column(r, "answer", "yes");
	assert_column(r, "evidenced", "1");
	assert_column(r, "evidence", "https://evidence.example/protocol-17");
	assert_column(r, "answered_by", "Northern Assurance");
	assert_column(r, "answered_at", "-");
	assert_column(r, "reviewed_at", "-");
	assert_column(r, "reviewer_id", "-");
	assert_column(r, "ownership", "-");
	assert_column(r, "tested_at", "-");
	r = answer(c, EAB "EAB-3|Northern Assurance");
	assert_column(r, "answer", "no");
	assert_column(r, "evidenced", "0");
	/* By another assessor, with evidence that did not exist yet. */
	r = answer(c, EAB "EAB-1|pkg:oci/claims-triage|assessor-2");
	assert_column(r, "answer", "yes");
	assert_column(r, "evidenced", "-");
	assert_column(r, "evidence", "acme:protocol");
	assert_true(collect_warned(c, "is younger than the bill: what it proves stays unknown (on line 68)"));
	assert_true(collect_warned(c, "a time names no zone"));
	assert_true(collect_warned(c, "names no requirement: left out (on line 44)"));
}

static void proof_about_one_target_proves_nothing_about_another(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "cyclonedx", "cyclonedx/attestation-1.6.json"), OK);
	const struct evidence_record *r = answer(c, EAB "EAB-2|pkg:oci/claims-triage|Northern Assurance");
	assert_column(r, "answer", "partly");
	assert_column(r, "evidenced", "0");
	assert_column(r, "evidence", "Last year's protocol");
	r = answer(c, EAB "EAB-2|acme/gateway|Northern Assurance");
	assert_column(r, "answer", "partly");
	assert_column(r, "evidenced", "1");
	assert_column(r, "evidence", "evidence-attached"); /* what is attached is not shown */
	assert_true(collect_warned(c, "had expired when the bill was made: it proves nothing any more (2 times"));
}

static void what_is_countered_is_no_proven_yes(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "cyclonedx", "cyclonedx/attestation-1.6.json"), OK);
	const struct evidence_record *r = answer(c, EAB "EAB-4|pkg:oci/claims-triage|Northern Assurance");
	assert_column(r, "answer", "-");
	assert_column(r, "evidenced", "-");
	r = answer(c, EAB "req-5|Acme Insurance|Northern Assurance");
	assert_column(r, "answer", "partly");
	assert_column(r, "evidenced", "-");
	assert_true(collect_warned(c, "stands against a full score: the answer stays unknown (on line 32)"));
}

/* Whatever a bill calls its standard, checks of AI-CAIQ and AICM do not take it for theirs. */
static void a_standard_never_passes_for_a_questionnaire_of_ours(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "cyclonedx", "cyclonedx/attestation-1.6.json"), OK);
	const struct evidence_record *r =
	    answer(c, "cyclonedx:ai-caiq|1.1.0|A&A-01.1|acme/claims-triage|Northern Assurance");
	assert_column(r, "framework", "cyclonedx:ai-caiq");
	assert_column(r, "answer", "yes");
	/* Its evidence is in another bill. */
	assert_column(r, "evidenced", "-");
	for (size_t i = 0; i < c->n; i++)
		if (c->rows[i].kind == EVIDENCE_CONTROL_ANSWER)
			assert_int_equal(strncmp(collect_show(&c->rows[i], "framework"), "cyclonedx", 9), 0);
}

static void links_into_other_bills_are_no_flaws(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "cyclonedx", "cyclonedx/attestation-1.6.json"), OK);
	const struct evidence_record *r =
	    answer(c, "cyclonedx|urn:cdx:0b1c2d3e-4f50-4a6b-8c7d-9e0f1a2b3c4d/1#req-9|assessor-2");
	assert_column(r, "framework", "cyclonedx");
	assert_column(r, "version", "-");
	assert_column(r, "answer", "-");
	assert_column(r, "evidenced", "-");
	/* claim-lost alone */
	assert_true(collect_warned(c, "leads nowhere or to several things (on line 52)"));
}

/* Its requirement is not in the bill; counter-claims stand against it; the evidence expires, at a time unknown. */
static void the_specifications_own_sample_is_one_answer(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "cyclonedx", "cyclonedx/valid-attestation-1.6.json"), OK);
	assert_int_equal(c->n, 1);
	assert_int_equal(c->facts.records, 0);
	const struct evidence_record *r = answer(c, "cyclonedx|requirement-1|Acme Inc|Assessors Inc");
	assert_column(r, "framework", "cyclonedx");
	assert_column(r, "control", "requirement-1");
	assert_column(r, "answer", "partly");
	assert_column(r, "evidenced", "-");
	assert_column(r, "evidence", "Description here");
	assert_column(r, "answered_by", "Assessors Inc");
	assert_true(collect_warned(c, "and the bill has no time: what it proves stays unknown"));
	assert_true(collect_warned(c, "leads nowhere or to several things (on line 22)"));
}

static void a_standard_alone_is_no_answer(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "cyclonedx", "cyclonedx/valid-standard-1.6.json"), OK);
	assert_int_equal(c->n, 0);
	assert_int_equal(collect_file(c, "cyclonedx", "cyclonedx/valid-standard-1.7.json"), OK);
	assert_int_equal(c->n, 0);
}

static void a_score_is_read_by_its_digits(void **state)
{
	static const char *const scores[][2] = {
	    {"1", "yes"},
	    {"1.0", "yes"},
	    {"1.000000000000000000000000", "yes"},
	    {"10e-1", "yes"},
	    {"0.1e1", "yes"},
	    {"0.01E+2", "yes"},
	    {"0", "no"},
	    {"-0", "no"},
	    {"0.0", "no"},
	    {"0e999999999999999999999", "no"},
	    {"0.5", "partly"},
	    {"0.99999999999999999999999", "partly"},
	    {"1e-400", "partly"},
	    {"1e-999999999999999999999", "partly"},
	    {"999e-3", "partly"},
	    {"null", "-"},
	};
	for (size_t i = 0; i < sizeof scores / sizeof *scores; i++) {
		char text[300];
		snprintf(text, sizeof text,
			 DECLARED(ATTESTED("{\"requirement\":\"r\",\"conformance\":{\"score\":%s}}")), scores[i][0]);
		assert_column(answer_of(*state, text), "answer", scores[i][1]);
	}
	assert_column(answer_of(*state, DECLARED(ATTESTED("{\"requirement\":\"r\"}"))), "answer", "-");
	assert_column(answer_of(*state, DECLARED(ATTESTED("{\"requirement\":\"r\",\"conformance\":null}"))), "answer",
		      "-");
}

static void any_other_score_is_refused(void **state)
{
	static const char *const scores[] = {"1.5",   "-1",   "-0.5",  "2",       "1.00000000000000000000001",
					     "\"1\"", "{}",   "[]",    "true",    "11e-1",
					     "1e1",   "\"\"", "1e999", "-1e-999", "100e-1"};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof scores / sizeof *scores; i++) {
		char text[300];
		snprintf(text, sizeof text,
			 DECLARED(ATTESTED("{\"requirement\":\"r\",\"conformance\":{\n\"score\":%s}}")), scores[i]);
		assert_int_equal(read_text(c, text), E_INVALID);
		if (!strstr(c->err.message, "a score from 0 to 1 (a number) expected"))
			fail_msg("%s: %s", scores[i], c->err.message);
		assert_string_equal(c->err.where, "file:2:9");
		assert_int_equal(c->n, 0);
	}
}

#define PROVEN_BY(evidence)                                                                                            \
	TIMED ",\"declarations\":{" ATTESTED("{\"requirement\":\"r\",\"claims\":[\"c\"],\"conformance\":{\"score\":1}" \
					     "}") ",\"claims\":[{\"bom-ref\":"                                         \
						  "\"c\",\"evidence\":["                                               \
						  "\"e\"]}],\"evidence\":[" evidence "]}"

static void only_evidence_that_holds_something_and_holds_still_is_proof(void **state)
{
	static const struct {
		const char *text, *evidenced, *evidence;
	} cases[] = {
	    {BOM(PROVEN_BY("{\"bom-ref\":\"e\",\"description\":\"d\"}")), "1", "d"},
	    {BOM(PROVEN_BY("{\"bom-ref\":\"e\",\"description\":\"d\",\"expires\":\"2026-10-02T08:30:00.001Z\"}")), "1",
	     "d"},
	    {BOM(PROVEN_BY("{\"bom-ref\":\"e\",\"description\":\"d\",\"expires\":\"2026-10-02T10:30:00+02:00\"}")), "0",
	     "d"},
	    {BOM(PROVEN_BY("{\"bom-ref\":\"e\",\"description\":\"d\",\"created\":\"2026-10-02T08:30:00Z\"}")), "1",
	     "d"},
	    {BOM(PROVEN_BY("{\"bom-ref\":\"e\",\"description\":\"d\",\"created\":\"9999-12-31T00:00:00Z\"}")), "-",
	     "d"},
	    {BOM(PROVEN_BY("{\"bom-ref\":\"e\",\"data\":[{\"name\":\"n\"},{\"name\":\"m\"}]}")), "1", "n"},
	    {BOM(PROVEN_BY("{\"bom-ref\":\"e\"}")), "0", "-"},
	    {BOM(PROVEN_BY("{\"bom-ref\":\"e\",\"description\":\"\",\"data\":[{\"contents\":{\"attachment\":{"
			   "\"content\":\"\"}}}]}")),
	     "0", "-"},
	    {BOM(PROVEN_BY("{\"description\":\"nobody can refer to it\"}")), "-", "e"},
	    {BOM(PROVEN_BY("{\"bom-ref\":\"e\",\"description\":\"d\"},{\"bom-ref\":\"e\",\"description\":\"d\"}")), "-",
	     "e"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct evidence_record *r = answer_of(*state, cases[i].text);
		assert_column(r, "answer", "yes");
		assert_column(r, "evidenced", cases[i].evidenced);
		assert_column(r, "evidence", cases[i].evidence);
	}
}

/* What cannot be looked at outweighs what has expired, in whichever order; proof outweighs both. */
static void the_best_evidence_of_a_claim_counts(void **state)
{
	static const char *const lists[][2] = {
	    {"\"\",\"old\"", "-"},     {"\"old\",\"gone\"", "-"},          {"\"old\",\"empty\"", "0"},
	    {"\"old\",\"good\"", "1"}, {"\"gone\",\"good\",\"old\"", "1"}, {"", "0"},
	};
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		char text[800];
		snprintf(
		    text, sizeof text,
		    BOM(TIMED ",\"declarations\":{" ATTESTED(
			"{\"requirement\":\"r\",\"claims\":[\"c\"]}") ",\"claims\":[{"
								      "\"bom-ref\":\"c\",\"evidence\":[%s]}],"
								      "\"evidence\":[{\"bom-ref\":\"empty\"},{\"bom-"
								      "ref\":"
								      "\"good\",\"description\":\"d\"},{\"bom-ref\":"
								      "\"old\",\"description\":\"o\",\"expires\":"
								      "\"2026-10-01\"}]}"),
		    lists[i][0]);
		assert_column(answer_of(*state, text), "evidenced", lists[i][1]);
	}
}

/* The order of members, of attestations and of their entries says nothing. */
static void ids_do_not_depend_on_the_order(void **state)
{
	static const char one[] = "{\"assessor\":\"x\",\"map\":[{\"requirement\":\"a\"},{\"requirement\":\"b\"}]}",
			  two[] = "{\"map\":[{\"requirement\":\"b\"}],\"assessor\":\"y\"}",
			  assessors[] = "\"assessors\":[{\"bom-ref\":\"y\",\"organization\":{\"name\":\"Y\"}}]";
	struct collect *c = *state;
	char text[1000];
	for (int order = 0; order < 2; order++) {
		if (order)
			snprintf(text, sizeof text, DECLARED("\"attestations\":[%s,%s],%s"), two, one, assessors);
		else
			snprintf(text, sizeof text, DECLARED("%s,\"attestations\":[%s,%s]"), assessors, one, two);
		accepted(c, text);
		assert_int_equal(c->n, 3);
		assert_column(answer(c, "cyclonedx|a|x"), "answered_by", "x");
		assert_column(answer(c, "cyclonedx|b|x"), "answered_by", "x");
		assert_column(answer(c, "cyclonedx|b|Y"), "answered_by", "Y");
	}
}

static void two_answers_under_one_id_are_told_apart(void **state)
{
	struct collect *c = *state;
	accepted(c,
		 DECLARED(ATTESTED("{\"requirement\":\"r\",\"conformance\":{\"score\":1}},{\"requirement\":\"r\","
				   "\"conformance\":{\"score\":0}},{\"requirement\":\"r\",\"conformance\":{\"score\":"
				   "1}}")));
	assert_int_equal(c->n, 2);
	assert_column(answer(c, "cyclonedx|r"), "answer", "yes");
	assert_column(answer(c, "cyclonedx|r#2"), "answer", "no");
	assert_true(collect_warned(c, "a control answer has the id of an earlier one"));
	assert_true(collect_warned(c, "a control answer repeats an earlier one"));
}

static void wrong_types_are_refused_at_their_place(void **state)
{
	static const char *const wrong[][2] = {
	    {",\"declarations\":[]", "declarations (an object) expected"},
	    {",\"definitions\":7", "definitions (an object) expected"},
	    {",\"definitions\":{\"standards\":[\"x\"]}", "a standard (an object) expected"},
	    {",\"definitions\":{\"standards\":[{\"requirements\":[[]]}]}", "a requirement (an object) expected"},
	    {",\"declarations\":{\"attestations\":{}}", "a list expected"},
	    {",\"declarations\":{\"attestations\":[1]}", "an attestation (an object) expected"},
	    {",\"declarations\":{" ATTESTED("\"r\"") "}", "an entry of a map (an object) expected"},
	    {",\"declarations\":{" ATTESTED("{\"requirement\":{}}") "}", "a text expected"},
	    {",\"declarations\":{" ATTESTED("{\"claims\":[{}]}") "}", "a bom-ref (a text) expected"},
	    {",\"declarations\":{" ATTESTED("{\"counterClaims\":[null]}") "}", "a bom-ref (a text) expected"},
	    {",\"declarations\":{\"claims\":[null]}", "a claim (an object) expected"},
	    {",\"declarations\":{\"claims\":[{\"counterEvidence\":[1]}]}", "a bom-ref (a text) expected"},
	    {",\"declarations\":{\"evidence\":[\"e\"]}", "evidence (an object) expected"},
	    {",\"declarations\":{\"evidence\":[{\"data\":[1]}]}", "data of evidence (an object) expected"},
	    {",\"declarations\":{\"evidence\":[{\"expires\":\"never\"}]}", "a time in ISO 8601"},
	    {",\"declarations\":{\"evidence\":[{\"created\":20260101}]}", "a time in ISO 8601"},
	    {",\"declarations\":{\"assessors\":[1]}", "an object expected"},
	    {",\"declarations\":{\"targets\":[]}", "an object expected"},
	    {",\"declarations\":{\"evidence\":[{\"bom-ref\":\"a\\u0000\"}]}", "without the character U+0000"},
	    {",\"declarations\":{},\"declarations\":{}", "a member that does not stand there already"},
	    {",\"declarations\":{\"claims\":[{\"target\":\"a\",\"target\":\"b\"}]}",
	     "a member that does not stand there already"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		char text[400];
		snprintf(text, sizeof text, BOM("%s"), wrong[i][0]);
		assert_int_equal(read_text(c, text), E_INVALID);
		if (!strstr(c->err.message, wrong[i][1]))
			fail_msg("\"%s\" is not in \"%s\"", wrong[i][1], c->err.message);
		assert_non_null(strstr(c->err.where, "file:1"));
	}
	accepted(c, BOM(",\"declarations\":null,\"definitions\":null"));
	accepted(c, DECLARED("\"attestations\":null,\"targets\":null,\"evidence\":[{\"created\":null}]"));
	assert_int_equal(c->n, 0);
}

/* A claim about itself, refs of another sort, a ref that two things have. */
static void references_that_lead_nowhere_are_flaws(void **state)
{
	struct collect *c = *state;
	accepted(c, DECLARED(ATTESTED("{\"requirement\":\"c\",\"claims\":[\"c\",\"t\",\"\",\"d\"],\"conformance\":{"
				      "\"score\":1}}") ",\"claims\":[{\"bom-ref\":\"c\",\"target\":\"c\",\"evidence\":["
						       "\"c\"]},{\"bom-ref\":\"d\"},{\"bom-ref\":\"d\"}]"));
	assert_int_equal(c->n, 1);
	const struct evidence_record *r = answer(c, "cyclonedx|c|c");
	assert_column(r, "answer", "yes");
	assert_column(r, "evidenced", "-");
	/* The requirement, the evidence, and three of four claims. */
	assert_true(collect_warned(c, "leads nowhere or to several things (5 times"));
}

/* A long text that every row shares: a row must not cost as much as the text is long. */
static void many_rows_with_one_long_text_are_cheap(void **state)
{
	enum { LONG = 200000, ENTRIES = 3000 };
	struct collect *c = *state;
	char *text = malloc(LONG * 8 + ENTRIES * 100), *p = text, *name = malloc(LONG + 1);
	assert_non_null(text);
	assert_non_null(name);
	memset(name, 'n', LONG);
	name[LONG] = '\0';
	p += sprintf(p,
		     "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"declarations\":{\"assessors\":[{"
		     "\"bom-ref\":\"a\",\"organization\":{\"name\":\"%s\"}}],\"claims\":[{\"bom-ref\":\"c\",\"target\":"
		     "\"%s\",\"evidence\":[\"e\"]}],\"evidence\":[{\"bom-ref\":\"e\",\"data\":[{\"contents\":{\"url\":"
		     "\"%s\"}}]}],\"attestations\":[{\"assessor\":\"a\",\"map\":[{}",
		     name, name, name);
	for (int i = 0; i < ENTRIES; i++)
		p += sprintf(p, ",{\"requirement\":\"r%d\",\"claims\":[\"c\",\"c\"]}", i);
	p += sprintf(p,
		     "]}]},\"definitions\":{\"standards\":[{\"name\":\"%s\",\"version\":\"%s\",\"requirements\":[{"
		     "\"bom-ref\":\"r0\",\"identifier\":\"%s\"}]}]}}",
		     name, name, name);
	accepted(c, text);
	assert_int_equal(c->n, ENTRIES);
	for (size_t i = 0; i < c->n; i++)
		for (int k = 0; k < EVIDENCE_COLUMNS_MAX; k++)
			assert_in_range(c->rows[i].values[k].text.n, 0, LIMIT_ID_BYTES);
	assert_column(&c->rows[1], "evidence", "e");
	assert_column(&c->rows[1], "evidenced", "1");
	free(name);
	free(text);
}

static void what_is_declared_has_a_limit(void **state)
{
	struct collect *c = *state;
	size_t n = (size_t)LIMIT_CYCLONEDX_DECLARED + 1, at = 0;
	static const char head[] =
	    "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"declarations\":{\"attestations\":"
	    "[{\"map\":[{\"claims\":[";
	char *text = malloc(sizeof head + n * 4 + 16);
	assert_non_null(text);
	memcpy(text, head, sizeof head - 1);
	at = sizeof head - 1;
	for (size_t i = 0; i < n; i++, at += 4)
		memcpy(text + at, i ? ",\"c\"" : "\n\"c\"", 4);
	assert_int_equal(collect_text(c, "cyclonedx", (str){text, at}), E_TOO_LARGE);
	assert_string_equal(c->err.message, "the bill declares more than 2000000 things");
	assert_string_equal(c->err.where, "file:2");
	free(text);
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	struct collect *c = *state;
	str text = collect_load("cyclonedx/attestation-1.6.json");
	str whole = str_trim(text);
	for (size_t n = 0; n<whole.n; n += n + 200> whole.n ? 1 : 29) {
		assert_int_equal(collect_text(c, "cyclonedx", str_slice(whole, 0, n)), E_INVALID);
		assert_int_equal(c->n, 0);
	}
	free((void *)(uintptr_t)text.p);
}

static void declarations_nested_too_deep_are_refused(void **state)
{
	char text[8000] =
	    "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"declarations\":{\"targets\":{\"components\":[";
	for (int i = 0; i < 100; i++) {
		size_t at = strlen(text);
		snprintf(text + at, sizeof text - at, "{\"bom-ref\":\"a\",\"components\":[");
	}
	assert_int_equal(read_text(*state, text), E_TOO_LARGE);
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 5;
	assert_int_equal(collect_file(c, "cyclonedx", "cyclonedx/attestation-1.6.json"), E_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(a_bill_with_attestations_has_nine_answers),
	    COLLECT_TEST(proof_about_one_target_proves_nothing_about_another),
	    COLLECT_TEST(what_is_countered_is_no_proven_yes),
	    COLLECT_TEST(a_standard_never_passes_for_a_questionnaire_of_ours),
	    COLLECT_TEST(links_into_other_bills_are_no_flaws),
	    COLLECT_TEST(the_specifications_own_sample_is_one_answer),
	    COLLECT_TEST(a_standard_alone_is_no_answer),
	    COLLECT_TEST(a_score_is_read_by_its_digits),
	    COLLECT_TEST(any_other_score_is_refused),
	    COLLECT_TEST(only_evidence_that_holds_something_and_holds_still_is_proof),
	    COLLECT_TEST(the_best_evidence_of_a_claim_counts),
	    COLLECT_TEST(ids_do_not_depend_on_the_order),
	    COLLECT_TEST(two_answers_under_one_id_are_told_apart),
	    COLLECT_TEST(wrong_types_are_refused_at_their_place),
	    COLLECT_TEST(references_that_lead_nowhere_are_flaws),
	    COLLECT_TEST(many_rows_with_one_long_text_are_cheap),
	    COLLECT_TEST(what_is_declared_has_a_limit),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(declarations_nested_too_deep_are_refused),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
