#include "collect.h"

#define BOM(members) "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"" members "}"
#define MODEL(members) "{\"type\":\"machine-learning-model\",\"name\":\"m\"" members "}"
#define MODELS(members) BOM(",\"components\":[" MODEL(members) "]")

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "cyclonedx", str_from(text));
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

static const struct evidence_record *model_of(struct collect *c, const char *text)
{
	accepted(c, text);
	assert_int_equal(collect_count(c, EVIDENCE_MODEL), 1);
	return collect_row(c, EVIDENCE_MODEL, 0);
}

static void the_kubernetes_sample_has_five_components(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "cyclonedx", "cyclonedx/vllm-deployment-output.cdx.json"), OK);
	assert_int_equal(c->facts.records, 5);
	assert_int_equal(collect_count(c, EVIDENCE_COMPONENT), 5);
	assert_int_equal(collect_count(c, EVIDENCE_MODEL), 2);
	assert_int_equal(collect_count(c, EVIDENCE_DATASET), 1);
	assert_int_equal(collect_count(c, EVIDENCE_PROVIDER), 0);
	collect_no_same_ids(c);
	assert_string_equal(collect_observed(c), "2026-05-10T12:00:00Z");
	assert_true(str_eq(c->facts.identity, S("cyclonedx:prod-inference/vllm-llama3")));
	const struct evidence_record *vllm = collect_by_id(c, EVIDENCE_COMPONENT, "vllm@v0.6.3");
	assert_true(vllm->main);
	assert_int_equal(vllm->record, 1);
	assert_column(vllm, "ai", "1");
	assert_column(vllm, "type", "application");
	assert_column(vllm, "system_id", "prod-inference/vllm-llama3");
	assert_column(vllm, "vulnerabilities", "-");
	assert_column(collect_by_id(c, EVIDENCE_COMPONENT, "vllm/vllm-openai@v0.6.3"), "hash",
		      "SHA-256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
	const struct evidence_record *model = collect_by_id(c, EVIDENCE_MODEL, "meta-llama/Llama-3.1-8B-Instruct");
	assert_false(model->main);
	assert_column(model, "pinned", "0");
	assert_column(model, "model_card", "none");
	assert_column(model, "in_use", "1");
	assert_column(model, "last_seen_at", "2026-05-10T12:00:00Z");
	assert_string_equal(c->warnings, "");
}

static void the_specification_samples_have_a_structured_card(void **state)
{
	static const char *const files[] = {"cyclonedx/valid-machine-learning-1.5.json",
					    "cyclonedx/valid-machine-learning-1.6.json"};
	struct collect *c = *state;
	for (int i = 0; i < 2; i++) {
		assert_int_equal(collect_file(c, "cyclonedx", files[i]), OK);
		assert_int_equal(c->facts.records, 1);
		assert_int_equal(c->n, 3);
		const struct evidence_record *m = collect_by_id(c, EVIDENCE_MODEL, "CompVis/stable-diffusion@1.4");
		assert_column(m, "name", "CompVis/stable-diffusion");
		assert_column(m, "version", "1.4");
		assert_column(m, "model_card", "structured");
		/* 7 of modelParameters, 2 of quantitativeAnalysis, 6 of considerations */
		assert_column(m, "card_sections", "15");
		assert_column(m, "datasets", "1");
		assert_column(m, "known_data", "1");
		assert_column(m, "pinned", "1");
		assert_column(m, "publisher", i ? "Acme Inc" : "-");
		const struct evidence_record *d = collect_row(c, EVIDENCE_DATASET, 0);
		assert_column(d, "name", "Training Data");
		assert_column(d, "classification", "public");
		assert_column(d, "purpose", "upstream"); /* of a part, not of what the bill is about */
		assert_false(c->facts.has_time);
		assert_int_equal(c->facts.identity.n, 0);
		assert_true(collect_warned(c, "no metadata.timestamp"));
	}
}

static void one_section_of_considerations_is_one_section(void **state)
{
	static const char *const files[] = {"cyclonedx/valid-machine-learning-considerations-env-1.6.json",
					    "cyclonedx/valid-machine-learning-considerations-env-1.7.json"};
	for (int i = 0; i < 2; i++) {
		assert_int_equal(collect_file(*state, "cyclonedx", files[i]), OK);
		const struct evidence_record *m = collect_row(*state, EVIDENCE_MODEL, 0);
		assert_column(m, "card_sections", "1");
		assert_column(m, "model_card", "structured");
		assert_column(m, "known_data", "0");
		assert_column(m, "publisher", "meta");
		assert_column(m, "source", "https://huggingface.co/meta-llama/Llama-2-7b");
	}
}

static void a_large_plain_bill_has_components_only(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "cyclonedx", "cyclonedx/sbom-protonmail-webclient.json"), OK);
	assert_int_equal(c->facts.records, 883);
	assert_int_equal(c->n, 883);
	assert_int_equal(collect_count(c, EVIDENCE_COMPONENT), 883);
	assert_true(str_eq(c->facts.identity, S("cyclonedx:pkg:npm/protonmail-web")));
	assert_string_equal(collect_observed(c), "2020-08-03T08:53:09.834Z");
	assert_true(collect_warned(c, "older than 1.5"));
	const struct evidence_record *r = collect_row(c, EVIDENCE_COMPONENT, 0);
	assert_true(str_eq(r->id, S("pkg:npm/%40babel/polyfill@7.10.4")));
	assert_column(r, "name", "@babel/polyfill");
	assert_column(r, "licence", "MIT");
	assert_column(r, "ai", "0");
	assert_column(r, "bom", "urn:uuid:371ffb8c-c11e-42b5-b5b9-9280fc62783e");
}

static void services_become_providers(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "cyclonedx", "cyclonedx/saasbom-apigateway.json"), OK);
	assert_int_equal(c->facts.records, 0);
	assert_int_equal(collect_count(c, EVIDENCE_PROVIDER), 3);
	const struct evidence_record *acme = collect_by_id(c, EVIDENCE_PROVIDER, "Acme Inc");
	assert_column(acme, "service", "com.example/API Gateway");
	assert_column(acme, "deployment", "saas");
	assert_column(acme, "in_use", "1");
	assert_non_null(collect_by_id(c, EVIDENCE_PROVIDER, "org.postgresql/Postgres"));
	assert_false(collect_warned(c, "a reference leads"));
}

static void bills_without_components_are_read(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "cyclonedx", "cyclonedx/vex-cisa-case2.json"), OK);
	assert_int_equal(c->n, 0);
	assert_true(str_eq(c->facts.identity, S("cyclonedx:ABC")));
	assert_false(collect_warned(c, "a reference leads"));
	assert_int_equal(collect_file(c, "cyclonedx", "cyclonedx/cbom-protocol.json"), OK);
	assert_int_equal(c->facts.records, 8);
	assert_int_equal(c->n, 8);
	collect_no_same_ids(c);
}

static void nested_components_count_and_the_subject_does_not(void **state)
{
	struct collect *c = *state;
	accepted(c,
		 BOM(",\"components\":[{\"type\":\"library\",\"name\":\"a\",\"components\":[{\"type\":\"library\","
		     "\"name\":\"b\",\"components\":[{\"type\":\"library\",\"name\":\"c\"}]}]},{\"type\":\"library\","
		     "\"name\":\"d\"}],\"metadata\":{\"component\":{\"type\":\"application\",\"name\":\"app\","
		     "\"components\":[{\"type\":\"library\",\"name\":\"inside\"}]}}"));
	assert_int_equal(c->facts.records, 4);
	assert_int_equal(collect_count(c, EVIDENCE_COMPONENT), 5);
	assert_false(collect_by_id(c, EVIDENCE_COMPONENT, "inside")->main);
	assert_int_equal(collect_by_id(c, EVIDENCE_COMPONENT, "c")->record, 3);
	/* As they begin, not as they end. */
	static const char *const ids[] = {"a", "b", "c", "d", "inside"};
	for (int i = 0; i < 5; i++)
		assert_true(str_eq(c->rows[i].id, str_from(ids[i])));
	/* The subject stands behind the components and still is their system. */
	assert_column(collect_by_id(c, EVIDENCE_COMPONENT, "d"), "system_id", "app");
}

static void a_subject_that_is_a_model_is_one_model(void **state)
{
	struct collect *c = *state;
	accepted(c, BOM(",\"metadata\":{\"component\":" MODEL(",\"version\":\"1\"") "}"));
	assert_int_equal(c->facts.records, 0);
	assert_int_equal(c->n, 1);
	assert_true(c->rows[0].kind == EVIDENCE_MODEL && !c->rows[0].main);
	assert_true(str_eq(c->facts.identity, S("cyclonedx:m")));
	accepted(c, BOM(",\"metadata\":{\"component\":" MODEL() "},\"components\":[" MODEL() "]"));
	assert_int_equal(collect_count(c, EVIDENCE_MODEL), 1);
	assert_int_equal(collect_count(c, EVIDENCE_COMPONENT), 1);
}

static void the_feed_is_the_same_for_every_version_of_the_subject(void **state)
{
	static const char *const purls[][2] = {
	    {"pkg:npm/app@1.0", "cyclonedx:pkg:npm/app"},
	    {"pkg:npm/%40acme/app@2.0?arch=x#p", "cyclonedx:pkg:npm/%40acme/app"},
	    {"pkg:npm/@acme/app@2.0", "cyclonedx:pkg:npm/@acme/app"},
	    {"pkg:npm/@acme/app", "cyclonedx:pkg:npm/@acme/app"},
	    {"pkg:oci/app", "cyclonedx:pkg:oci/app"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof purls / sizeof *purls; i++) {
		char text[400];
		snprintf(text, sizeof text,
			 BOM(",\"metadata\":{\"component\":{\"type\":\"application\",\"name\":\"x\",\"purl\":\"%s\"}}"),
			 purls[i][0]);
		accepted(c, text);
		assert_true(str_eq(c->facts.identity, str_from(purls[i][1])));
	}
}

static void a_card_is_structured_linked_or_none(void **state)
{
	struct collect *c = *state;
	assert_column(model_of(c, MODELS()), "model_card", "none");
	assert_column(model_of(c, MODELS(",\"modelCard\":{}")), "model_card", "none");
	assert_column(model_of(c, MODELS(",\"modelCard\":null")), "model_card", "none");
	assert_column(model_of(c, MODELS(",\"properties\":[{\"name\":\"model-card\",\"value\":\"MODEL_CARD.md\"}]")),
		      "model_card", "linked");
	assert_column(model_of(c, MODELS(",\"properties\":[{\"name\":\"mlops:modelCard\",\"value\":\"x\"}]")),
		      "model_card", "linked");
	assert_column(model_of(c, MODELS(",\"properties\":[{\"name\":\"model-card\",\"value\":\"\"}]")), "model_card",
		      "none");
	assert_column(model_of(c, MODELS(",\"externalReferences\":[{\"type\":\"model-card\",\"url\":\"https://x\"}]")),
		      "model_card", "linked");
	const struct evidence_record *m =
	    model_of(c, MODELS(",\"modelCard\":{\"modelParameters\":{\"task\":\"t\"}},\"properties\":[{\"name\":"
			       "\"model-card\",\"value\":\"x\"}]"));
	assert_column(m, "model_card", "structured");
	assert_column(m, "card_sections", "1");
}

static void empty_sections_of_a_card_are_not_filled(void **state)
{
	const struct evidence_record *m = model_of(
	    *state, MODELS(",\"modelCard\":{\"modelParameters\":{\"task\":\"\",\"approach\":{},\"inputs\":[{}],"
			   "\"datasets\":[],\"outputs\":null},\"quantitativeAnalysis\":null,"
			   "\"considerations\":{\"users\":[\"\"],\"useCases\":[null]}}"));
	assert_column(m, "card_sections", "0");
	assert_column(m, "model_card", "none");
	assert_column(m, "known_data", "0");
}

static void datasets_are_counted_whether_described_or_referred_to(void **state)
{
	struct collect *c = *state;
	accepted(c,
		 BOM(",\"components\":[{\"type\":\"data\",\"name\":\"corpus\",\"bom-ref\":\"d1\",\"data\":[{\"type\":"
		     "\"dataset\",\"classification\":\"internal\"}]}," MODEL(
			 ",\"modelCard\":{\"modelParameters\":{\"datasets\":[{\"ref\":\"d1\"},{\"name\":\"own\"},"
			 "{\"type\":\"dataset\"},\"bare\"]}}") "]"));
	const struct evidence_record *m = collect_row(c, EVIDENCE_MODEL, 0);
	assert_column(m, "datasets", "4");
	assert_column(m, "known_data", "1");
	assert_int_equal(collect_count(c, EVIDENCE_DATASET), 4);
	assert_column(collect_by_id(c, EVIDENCE_DATASET, "corpus"), "classification", "internal");
	assert_non_null(collect_by_id(c, EVIDENCE_DATASET, "m#own"));
	assert_true(collect_warned(c, "a dataset is a bare name"));
	assert_false(collect_warned(c, "a reference leads"));
	collect_no_same_ids(c);
}

static void versions_that_move_are_not_pinned(void **state)
{
	static const char *const versions[][2] = {{"1.0", "1"},    {"latest", "0"}, {"Main", "0"},
						  {"master", "0"}, {"", "0"},       {"abc123", "1"}};
	for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
		char text[200];
		snprintf(text, sizeof text, MODELS(",\"version\":\"%s\""), versions[i][0]);
		assert_column(model_of(*state, text), "pinned", versions[i][1]);
	}
	assert_column(model_of(*state, MODELS(",\"purl\":\"pkg:huggingface/a/m@5c4f\"")), "pinned", "1");
	assert_column(model_of(*state, MODELS(",\"purl\":\"pkg:huggingface/a/m\"")), "pinned", "0");
}

static void what_is_no_digest_is_no_hash(void **state)
{
	struct collect *c = *state;
	assert_column(model_of(c, MODELS(",\"hashes\":[{\"alg\":\"SHA-256\",\"content\":\"unknown\"},{\"alg\":\"MD5\","
					 "\"content\":\"D41D8CD98F00B204E9800998ECF8427E\"}]")),
		      "hash", "MD5:d41d8cd98f00b204e9800998ecf8427e");
	assert_true(collect_warned(c, "no digest"));
}

static void licences_are_named_by_id_name_or_expression(void **state)
{
	struct collect *c = *state;
	assert_column(
	    model_of(c, MODELS(",\"licenses\":[{\"license\":{\"id\":\"MIT\"}},{\"license\":{\"name\":\"Own\"}}]")),
	    "licence", "MIT, Own");
	assert_column(model_of(c, MODELS(",\"licenses\":[{\"expression\":\"MIT OR Apache-2.0\"}]")), "licence",
		      "MIT OR Apache-2.0");
	assert_column(model_of(c, MODELS(",\"licenses\":[]")), "licence", "-");
}

static void deployment_is_said_by_a_property(void **state)
{
	struct collect *c = *state;
	assert_column(
	    model_of(c, MODELS(",\"properties\":[{\"name\":\"aismm:deployment\",\"value\":\"Self-hosted\"}]")),
	    "deployment", "self_hosted");
	assert_column(model_of(c, MODELS(",\"properties\":[{\"name\":\"aismm:deployment\",\"value\":\"moon\"}]")),
		      "deployment", "-");
	assert_column(model_of(c, BOM(",\"components\":[" MODEL() "],\"metadata\":{\"component\":{\"type\":"
								  "\"application\",\"name\":\"a\",\"properties\":[{"
								  "\"name\":\"aismm:deployment\","
								  "\"value\":\"paas\"}]}}")),
		      "deployment", "paas");
}

static void parts_of_the_ai_stack_are_known_by_name(void **state)
{
	static const struct {
		const char *component, *ai;
	} cases[] = {
	    {"\"name\":\"torch\"", "1"},
	    {"\"name\":\"Torch\"", "1"},
	    {"\"name\":\"torchlight\"", "0"},
	    {"\"name\":\"langchain-core\"", "1"},
	    {"\"group\":\"@langchain\",\"name\":\"core\"", "1"},
	    {"\"name\":\"@modelcontextprotocol/sdk\"", "0"},
	    {"\"group\":\"@modelcontextprotocol\",\"name\":\"sdk\"", "1"},
	    {"\"name\":\"vllm/vllm-openai\"", "1"},
	    {"\"name\":\"leftpad\"", "0"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[300];
		snprintf(text, sizeof text, BOM(",\"components\":[{\"type\":\"library\",%s}]"), cases[i].component);
		accepted(*state, text);
		assert_column(collect_row(*state, EVIDENCE_COMPONENT, 0), "ai", cases[i].ai);
	}
}

#define TWO_LIBRARIES                                                                                                  \
	"\"components\":[{\"type\":\"library\",\"name\":\"a\",\"bom-ref\":\"ra\"},{\"type\":\"library\",\"name\":"     \
	"\"b\","                                                                                                       \
	"\"bom-ref\":\"rb\"}]"

static void vulnerabilities_are_counted_wherever_they_stand(void **state)
{
	static const char vulnerabilities[] =
	    "\"vulnerabilities\":[{\"id\":\"1\",\"affects\":[{\"ref\":\"ra\"},{\"ref\":\"ra\"}]},"
	    "{\"affects\":[{\"ref\":\"ra\"},{\"ref\":\"rb\"}],\"analysis\":{\"state\":\"exploitable\"}},"
	    "{\"affects\":[{\"ref\":\"ra\"}],\"analysis\":{\"state\":\"not_affected\"}},"
	    "{\"analysis\":{\"state\":\"resolved\"},\"affects\":[{\"ref\":\"rb\"}]},"
	    "{\"affects\":[{\"ref\":\"rb\",\"versions\":[{\"version\":\"1\",\"status\":\"unaffected\"}]}]},"
	    "{\"affects\":[{\"ref\":\"urn:cdx:11111111-1111-1111-1111-111111111111/1#ra\"}]}]";
	struct collect *c = *state;
	char text[2000];
	for (int order = 0; order < 2; order++) {
		snprintf(text, sizeof text, BOM(",%s,%s"), order ? vulnerabilities : TWO_LIBRARIES,
			 order ? TWO_LIBRARIES : vulnerabilities);
		accepted(c, text);
		assert_column(collect_by_id(c, EVIDENCE_COMPONENT, "a"), "vulnerabilities", "3");
		assert_column(collect_by_id(c, EVIDENCE_COMPONENT, "b"), "vulnerabilities", "1");
	}
}

static void no_vulnerabilities_is_not_zero_vulnerabilities(void **state)
{
	struct collect *c = *state;
	accepted(c, BOM("," TWO_LIBRARIES));
	assert_column(&c->rows[0], "vulnerabilities", "-");
	accepted(c, BOM("," TWO_LIBRARIES ",\"vulnerabilities\":null"));
	assert_column(&c->rows[0], "vulnerabilities", "-");
	accepted(c, BOM("," TWO_LIBRARIES ",\"vulnerabilities\":[]"));
	assert_column(&c->rows[0], "vulnerabilities", "0");
}

/* A document of vulnerabilities alone speaks of what the bill is about, or of other bills. */
static void a_vulnerability_that_affects_no_component_is_warned_of(void **state)
{
	struct collect *c = *state;
	accepted(c, BOM(",\"metadata\":{\"component\":{\"name\":\"app\",\"bom-ref\":\"app\"}}," TWO_LIBRARIES
			",\"vulnerabilities\":[{\"affects\":[{\"ref\":\"app\"},{\"ref\":\"ra\"}]},"
			"{\"affects\":[{\"ref\":\"urn:cdx:f08a6ccd-4dce-4759-bd84-c626675d60a7/1#other\"}]}]"));
	assert_column(collect_by_id(c, EVIDENCE_COMPONENT, "a"), "vulnerabilities", "1");
	assert_true(collect_warned(c, "affects is no component of this bill: it counts for none (2 times)"));
	accepted(c, BOM("," TWO_LIBRARIES ",\"vulnerabilities\":[{\"affects\":[{\"ref\":\"ra\"}]}]"));
	assert_false(collect_warned(c, "affects is no component"));
}

/* A bill that speaks of vulnerabilities is a scan, at its own time. */
static void a_bill_with_vulnerabilities_is_a_scan_at_its_time(void **state)
{
	struct collect *c = *state;
	accepted(
	    c, BOM(",\"metadata\":{\"timestamp\":\"2026-10-02T00:00:00Z\"}," TWO_LIBRARIES ",\"vulnerabilities\":[]"));
	assert_column(&c->rows[0], "scanned_at", "2026-10-02T00:00:00Z");
	accepted(c, BOM(",\"metadata\":{\"timestamp\":\"2026-10-02T00:00:00Z\"}," TWO_LIBRARIES));
	assert_column(&c->rows[0], "scanned_at", "-");
	accepted(c, BOM("," TWO_LIBRARIES ",\"vulnerabilities\":[]"));
	assert_column(&c->rows[0], "scanned_at", "-");
}

#define CARD ",\"modelCard\":{\"modelParameters\":{\"datasets\":[{\"name\":\"C4\"}]}}"

/* Who uses a model did not choose what it was trained on; who publishes the bill of a model did. */
static void datasets_of_somebody_elses_model_are_upstream(void **state)
{
	struct collect *c = *state;
	accepted(c, BOM(",\"metadata\":{\"component\":{\"type\":\"application\",\"name\":\"app\"}},"
			"\"components\":[" MODEL(CARD) "]"));
	assert_column(collect_row(c, EVIDENCE_DATASET, 0), "purpose", "upstream");
	accepted(c, BOM(",\"metadata\":{\"component\":" MODEL(CARD) "}"));
	assert_column(collect_row(c, EVIDENCE_DATASET, 0), "purpose", "training");
}

static void references_that_lead_nowhere_are_flaws(void **state)
{
	struct collect *c = *state;
	accepted(c, BOM(",\"dependencies\":[{\"ref\":\"ra\",\"dependsOn\":[\"rb\"]},\n{\"ref\":\"gone\",\"dependsOn\":"
			"[\"ra\",\"lost\"]}]," TWO_LIBRARIES));
	assert_true(collect_warned(c, "leads to no component or service of the bill (2 times, first on line 2)"));
	accepted(c, BOM(",\"vulnerabilities\":[{\"affects\":[{\"ref\":\"ra\"},\n{\"ref\":\"gone\"},\n{\"ref\":"
			"\"lost\"}]}]," TWO_LIBRARIES));
	assert_true(collect_warned(c, "leads to no component or service of the bill (2 times, first on line 2)"));
	accepted(c, BOM(",\"dependencies\":[{\"ref\":\"ra\",\"dependsOn\":[\"rb\"]}]," TWO_LIBRARIES));
	assert_false(collect_warned(c, "leads to no"));
}

static void flaws_of_components_are_accepted(void **state)
{
	struct collect *c = *state;
	accepted(c, BOM(",\"components\":[{\"type\":\"gadget\",\"name\":\"a\",\"bom-ref\":\"r\"},{\"name\":\"b\","
			"\"bom-ref\":\"r\"}]"));
	assert_true(collect_warned(c, "a bom-ref stands twice"));
	assert_true(collect_warned(c, "a type that CycloneDX does not know (2 times"));
	assert_int_equal(c->facts.records, 2);
}

static void components_of_one_name_get_distinct_ids(void **state)
{
	struct collect *c = *state;
	accepted(c,
		 BOM(",\"components\":[{\"type\":\"library\",\"name\":\"a\",\"bom-ref\":\"1\"},{\"type\":\"library\","
		     "\"name\":\"a\",\"bom-ref\":\"2\"},{\"type\":\"file\",\"name\":\"a\"},{\"type\":\"file\","
		     "\"name\":\"a\"}]"));
	assert_int_equal(c->facts.records, 4);
	collect_no_same_ids(c);
	assert_non_null(collect_by_id(c, EVIDENCE_COMPONENT, "a#2"));
	assert_true(c->n >= 3);
}

static void versions_are_read_from_1_2_to_1_7(void **state)
{
	static const char *const versions[] = {"1.2", "1.3", "1.4", "1.5", "1.6", "1.7"};
	struct collect *c = *state;
	char text[100];
	for (int i = 0; i < 6; i++) {
		snprintf(text, sizeof text, "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"%s\"}", versions[i]);
		accepted(c, text);
		assert_int_equal(collect_warned(c, "older than 1.5"), i < 3);
	}
	refused(c, "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.1\"}", "a specVersion from 1.2 to 1.7",
		"file:1:40");
	refused(c, "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"2.0\"}", "a specVersion from 1.2 to 1.7",
		"file:1:40");
	assert_non_null(strstr(c->err.detail, "2.0"));
}

static void what_is_no_bill_is_refused(void **state)
{
	struct collect *c = *state;
	refused(c, "[]", "a bill of materials (an object) expected", "file:1:1");
	refused(c, "{}", "a member bomFormat expected", "file:1:2");
	refused(c, "{\"bomFormat\":\"CycloneDX\"}", "a member specVersion expected", "file:1:25");
	refused(c, "{\"bomFormat\":\"SPDX\"}", "\"CycloneDX\" as bomFormat", "file:1:14");
	refused(c, BOM("") " {}", "the end of the file expected", "file:1:47");
	refused(c, "", "a value expected", "file:1:1");
}

static void wrong_types_are_refused_at_their_place(void **state)
{
	static const char *const wrong[][2] = {
	    {",\"components\":{}", "a list expected"},
	    {",\"components\":[1]", "a component (an object) expected"},
	    {",\"components\":[{\"type\":\"library\"}]", "a component without a name"},
	    {",\"components\":[{\"name\":{}}]", "a text expected"},
	    {",\"components\":[{\"name\":\"a\",\"hashes\":[\"x\"]}]", "an object expected"},
	    {",\"components\":[{\"name\":\"a\",\"modelCard\":[]}]", "a model card (an object) expected"},
	    {",\"components\":[{\"name\":\"a\",\"modelCard\":{\"modelParameters\":{\"datasets\":[7]}}}]",
	     "a dataset expected"},
	    {",\"metadata\":{\"timestamp\":\"soon\"}", "a time in ISO 8601"},
	    {",\"metadata\":[]", "an object expected"},
	    {",\"services\":[{}]", "a service without a name"},
	    {",\"dependencies\":[{\"ref\":1}]", "a bom-ref (a text) expected"},
	    {",\"vulnerabilities\":[[]]", "a vulnerability (an object) expected"},
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
}

static void two_components_members_are_refused(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, BOM("," TWO_LIBRARIES "," TWO_LIBRARIES)), E_INVALID);
	assert_non_null(strstr(c->err.detail, "stands twice"));
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	struct collect *c = *state;
	str text = collect_load("cyclonedx/vllm-deployment-output.cdx.json");
	str whole = str_trim(text);
	for (size_t n = 0; n<whole.n; n += n + 200> whole.n ? 1 : 17) {
		assert_int_equal(collect_text(c, "cyclonedx", str_slice(whole, 0, n)), E_INVALID);
		assert_non_null(strstr(c->err.where, "file:"));
		assert_int_equal(c->n, 0);
	}
	free((void *)(uintptr_t)text.p);
}

static void components_nested_too_deep_are_refused(void **state)
{
	char text[8000] = "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"";
	for (int i = 0; i < 100; i++) {
		size_t at = strlen(text);
		snprintf(text + at, sizeof text - at, ",\"components\":[{\"name\":\"a\"");
	}
	assert_int_equal(read_text(*state, text), E_TOO_LARGE);
}

static void a_time_without_a_zone_is_utc(void **state)
{
	struct collect *c = *state;
	accepted(c, BOM(",\"metadata\":{\"timestamp\":\"2026-01-01T00:00:00\"}"));
	assert_string_equal(collect_observed(c), "2026-01-01T00:00:00Z");
	assert_true(collect_warned(c, "names no zone"));
}

static void hostile_names_pass_unchanged(void **state)
{
	struct collect *c = *state;
	accepted(c, BOM(",\"components\":[{\"type\":\"library\",\"name\":\"';--<script>\\u202e\\ud83d\\ude00\"}]"));
	assert_true(str_eq(c->rows[0].id, S("';--<script>\xE2\x80\xAE\xF0\x9F\x98\x80")));
	assert_int_equal(read_text(c, BOM(",\"components\":[{\"name\":\"a\\u0000b\"}]")), E_INVALID);
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 2;
	assert_int_equal(read_text(c, BOM("," TWO_LIBRARIES)), E_IO);
}

static enum status count_record(void *ctx, const struct evidence_record *r, struct err *err)
{
	(void)r;
	(void)err;
	++*(int *)ctx;
	return OK;
}

static enum status no_warning(void *ctx, str message, struct err *err)
{
	(void)ctx;
	(void)err;
	fail_msg("%.*s", STR_ARG(message));
	return OK;
}

enum { MANY = 4000, LONG = 8000 };

/* A bill of MANY components with a publisher of LONG bytes: 32 MB. */
static char *long_bill(bool xml)
{
	size_t cap = (size_t)MANY * (LONG + 200), at = 0;
	char *text = malloc(cap), filler[LONG + 1];
	assert_non_null(text);
	memset(filler, 'x', LONG);
	filler[LONG] = 0;
	at += (size_t)snprintf(
	    text, cap, "%s",
	    xml ? "<bom xmlns='http://cyclonedx.org/schema/bom/1.6'><metadata><timestamp>2026-11-01T00:00:00Z"
		  "</timestamp></metadata><components>"
		: "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"metadata\":{"
		  "\"timestamp\":\"2026-11-01T00:00:00Z\"},\"components\":[");
	for (int i = 0; i < MANY; i++)
		at += (size_t)(xml ? snprintf(text + at, cap - at,
					      "<component type='library' bom-ref='r%d'><name>c%d</name><publisher>%s"
					      "</publisher></component>",
					      i, i, filler)
				   : snprintf(text + at, cap - at,
					      "%s{\"type\":\"library\",\"bom-ref\":\"r%d\",\"name\":\"c%d\","
					      "\"publisher\":\"%s\"}",
					      i ? "," : "", i, i, filler));
	snprintf(text + at, cap - at, "%s", xml ? "</components></bom>" : "]}");
	return text;
}

static void components_are_forgotten_when_they_end(void **state)
{
	(void)state;
	for (int xml = 0; xml < 2; xml++) {
		struct arena small = ARENA((size_t)4 << 20);
		struct import_facts facts = {.records = 0};
		struct err err = {.status = OK};
		int n = 0;
		struct import_sink sink = {&n, count_record, no_warning};
		char *text = long_bill(xml);
		struct source from = source_text(S("file"), str_from(text));
		struct import_input in = {.from = &from, .arena = &small, .facts = &facts, .sink = &sink};
		if (import_format_find(S("cyclonedx"))->read(&in, &err) != OK)
			fail_msg("%s (%s)", err.message, err.where);
		assert_int_equal(n, MANY);
		assert_int_equal(facts.records, MANY);
		arena_release(&small);
		free(text);
	}
}

struct swap {
	struct collect *c;
	char *text;
	const char *next;
};

static enum status swap_record(void *ctx, const struct evidence_record *r, struct err *err)
{
	return collect_record(((struct swap *)ctx)->c, r, err);
}

/* Warnings come between the passes. */
static enum status swap_text(void *ctx, str message, struct err *err)
{
	struct swap *swap = ctx;
	(void)message;
	(void)err;
	memcpy(swap->text, swap->next, strlen(swap->next));
	return OK;
}

static void a_bill_that_changes_while_it_is_read_does_no_harm(void **state)
{
	static const struct {
		const char *next;
		enum status status;
		size_t rows;
	} changes[] = {
	    {"{}", OK, 0},
	    {BOM(",\"components\":[{\"name\":\"z\"}]"), OK, 1},
	    {"{\"metadata\":{\"component\":" MODEL(CARD ",\"components\":[" MODEL(CARD) "]") "}}", OK, 3},
	    {"{\"components\":[{\"name\":\"z\"},{\"components\":[{\"name\":\"y\"}]}]}", E_INVALID, 1},
	    {"{\"components\":[{\"name\":\"z\",\"components\":[{\"name\":\"y\"},", E_INVALID, 0},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		/* Of one length, with spaces behind. */
		char text[400], next[400];
		snprintf(text, sizeof text, "%-399s", BOM("," TWO_LIBRARIES));
		snprintf(next, sizeof next, "%-399s", changes[i].next);
		collect_reset(c);
		struct swap swap = {c, text, next};
		struct import_sink sink = {&swap, swap_record, swap_text};
		struct source from = source_text(S("file"), str_from(text));
		struct import_input in = {.from = &from, .arena = &c->arena, .facts = &c->facts, .sink = &sink};
		assert_int_equal(import_format_find(S("cyclonedx"))->read(&in, &c->err), changes[i].status);
		assert_int_equal(c->n, changes[i].rows);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_kubernetes_sample_has_five_components),
	    COLLECT_TEST(the_specification_samples_have_a_structured_card),
	    COLLECT_TEST(one_section_of_considerations_is_one_section),
	    COLLECT_TEST(a_large_plain_bill_has_components_only),
	    COLLECT_TEST(services_become_providers),
	    COLLECT_TEST(bills_without_components_are_read),
	    COLLECT_TEST(nested_components_count_and_the_subject_does_not),
	    COLLECT_TEST(a_subject_that_is_a_model_is_one_model),
	    COLLECT_TEST(the_feed_is_the_same_for_every_version_of_the_subject),
	    COLLECT_TEST(a_card_is_structured_linked_or_none),
	    COLLECT_TEST(empty_sections_of_a_card_are_not_filled),
	    COLLECT_TEST(datasets_are_counted_whether_described_or_referred_to),
	    COLLECT_TEST(versions_that_move_are_not_pinned),
	    COLLECT_TEST(what_is_no_digest_is_no_hash),
	    COLLECT_TEST(licences_are_named_by_id_name_or_expression),
	    COLLECT_TEST(deployment_is_said_by_a_property),
	    COLLECT_TEST(parts_of_the_ai_stack_are_known_by_name),
	    COLLECT_TEST(vulnerabilities_are_counted_wherever_they_stand),
	    COLLECT_TEST(no_vulnerabilities_is_not_zero_vulnerabilities),
	    COLLECT_TEST(a_vulnerability_that_affects_no_component_is_warned_of),
	    COLLECT_TEST(a_bill_with_vulnerabilities_is_a_scan_at_its_time),
	    COLLECT_TEST(datasets_of_somebody_elses_model_are_upstream),
	    COLLECT_TEST(references_that_lead_nowhere_are_flaws),
	    COLLECT_TEST(flaws_of_components_are_accepted),
	    COLLECT_TEST(components_of_one_name_get_distinct_ids),
	    COLLECT_TEST(versions_are_read_from_1_2_to_1_7),
	    COLLECT_TEST(what_is_no_bill_is_refused),
	    COLLECT_TEST(wrong_types_are_refused_at_their_place),
	    COLLECT_TEST(two_components_members_are_refused),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(components_nested_too_deep_are_refused),
	    COLLECT_TEST(a_time_without_a_zone_is_utc),
	    COLLECT_TEST(hostile_names_pass_unchanged),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	    COLLECT_TEST(components_are_forgotten_when_they_end),
	    COLLECT_TEST(a_bill_that_changes_while_it_is_read_does_no_harm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
