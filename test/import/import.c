#include "collect.h"

#include "import/formats.h"

static const struct import_format *detect(struct collect *c, str head)
{
	const struct import_format *found = NULL;
	collect_reset(c);
	enum status status = import_detect(head, true, S("file"), &found, &c->err);
	assert_int_equal(status == OK, found != NULL);
	if (status != OK)
		assert_int_equal(status, E_INVALID);
	return found;
}

static const char *detected(struct collect *c, const char *head)
{
	const struct import_format *f = detect(c, str_from(head));
	return f ? f->name.p : "";
}

static void every_evidence_kind_is_a_format(void **state)
{
	(void)state;
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		const struct import_format *f = import_format_find(evidence_kinds[k].name);
		assert_non_null(f);
		assert_true(f->kinds == EVIDENCE_BIT(k) && f->always == f->kinds && f->names_units);
		assert_ptr_equal(import_format_find(evidence_kinds[k].title), f);
	}
}

static void formats_are_found_by_their_other_names(void **state)
{
	static const char *const names[][2] = {
	    {"people", "person"},
	    {"persons", "person"},
	    {"AI-Systems", "ai_system"},
	    {"ai_systems", "ai_system"},
	    {"ai system", "ai_system"},
	    {"mcp-servers", "mcp_server"},
	    {"identities", "identity"},
	    {"red-team-results", "red_team"},
	    {"red-team", "red_team"},
	    {"control answers", "control_answer"},
	    {"Prowler", "ocsf"},
	    {"sbom", "cyclonedx"},
	    {"CycloneDX", "cyclonedx"},
	    {"hitlog", "garak"},
	    {"Prowler-CSV", "prowler_csv"},
	    {"steampipe", "powerpipe"},
	    {"AIG", "attempts"},
	    {"PyRIT", "attempts"},
	    {"ndjson", "jsonl"},
	    {"approvals", "ai_system"},
	    {"Attestations", "person"},
	    {"access-reviews", "access_review"},
	    {"K8s", "kubernetes"},
	    {"tfplan", "terraform_plan"},
	    {"SPDX3", "spdx"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct import_format *f = import_format_find(str_from(names[i][0]));
		assert_non_null(f);
		assert_true(str_eq(f->name, str_from(names[i][1])));
	}
	assert_null(import_format_find(S("xyz")));
	assert_null(import_format_find((str){NULL, 0}));
	assert_null(import_format_find(S("s")));
	assert_null(import_format_find(S("measures")));
}

static void samples_are_detected_by_their_content(void **state)
{
	static const char *const samples[][2] = {
	    {"ocsf/example_output_aws.ocsf.json", "ocsf"},
	    {"ocsf/example_output_azure.ocsf.json", "ocsf"},
	    {"ocsf/example_output_kubernetes.ocsf.json", "ocsf"},
	    {"cyclonedx/vllm-deployment-output.cdx.json", "cyclonedx"},
	    {"cyclonedx/valid-machine-learning-1.6.json", "cyclonedx"},
	    {"cyclonedx/sbom-protonmail-webclient.json", "cyclonedx"},
	    {"cyclonedx/vex-cisa-case2.json", "cyclonedx"},
	    {"spdx/simplehtr.spdx3.json", "spdx"},
	    {"spdx/order.spdx3.json", "spdx"},
	    {"terraform_plan/aws.json", "terraform_plan"},
	    {"terraform_plan/clouds.json", "terraform_plan"},
	    {"kubernetes/full-smoke-test.yaml", "kubernetes"},
	    {"kubernetes/cluster.json", "kubernetes"},
	    {"cyclonedx/pair-1.6.xml", "cyclonedx"},
	    {"cyclonedx/valid-machine-learning-1.5.xml", "cyclonedx"},
	    {"garak/agg.report.jsonl", "garak"},
	    {"garak/sample_report.jsonl", "garak"},
	    {"garak/varied_scores.hitlog.jsonl", "garak"},
	    {"garak/no_hits.hitlog.jsonl", "garak"},
	    {"prowler_csv/example_output_aws.csv", "prowler_csv"},
	    {"prowler_csv/legacy_prowler_v2_many.csv", "prowler_csv"},
	    {"checkov/several_types.json", "checkov"},
	    {"kubescape/results.json", "kubescape"},
	    {"secure_score/secureScore.json", "secure_score"},
	    {"powerpipe/benchmark.json", "powerpipe"},
	    {"garak/extracted_digest.json", "garak"},
	    {"garak/tbsa_digest_0.json", "garak"},
	    {"promptfoo/many_findings.json", "promptfoo"},
	    {"modelscan/keras_fashion_mnist.modelscan.json", "modelscan"},
	    {"modelscan/folder_0_8.json", "modelscan"},
	    {"modelscan/error_0_8.json", "modelscan"},
	    {"attempts/guard_sample.csv", "attempts"},
	    {"attempts/pyrit.csv", "attempts"},
	    {"avid/AVID-2022-R0001.json", "avid"},
	    {"avid/AVID-2026-R0125.json", "avid"},
	    {"avid/garak-lines.jsonl", "avid"},
	    {"avid/garak-export.avid.jsonl", "avid"},
	    {"xccdf/results_arf.xml", "xccdf"},
	    {"xccdf/synthetic_results.xml", "xccdf"},
	    {"junit/synthetic_suites.xml", "junit"},
	    {"junit/synthetic_no_time.xml", "junit"},
	};
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		str text = collect_load(samples[i][0]);
		const struct import_format *f = detect(*state, str_slice(text, 0, IMPORT_HEAD));
		assert_non_null(f);
		assert_true(str_eq(f->name, str_from(samples[i][1])));
		free((void *)(uintptr_t)text.p);
	}
}

static void tables_are_detected_by_their_header(void **state)
{
	static const char *const headers[][2] = {
	    {"id,name,email,manager_id,active\n", "person"},
	    {"employee_id;full_name;mail;business_unit;status;start_date\n", "person"},
	    {"ID\tStage\tTier\tPrompts Logged\n", "ai_system"},
	    {"system_id,name,lifecycle,owner,vendor,deployment_type\n", "ai_system"},
	    {"id,identity_id,scope,privileged,last_used_at\n", "permission"},
	    {"id,unit,check_id,status,muted\n", "posture"},
	    {"id,framework,control,answer,ownership\n", "control_answer"},
	    {"\xEF\xBB\xBFid,transport,auth,pinned\n", "mcp_server"},
	};
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
		assert_string_equal(detected(*state, headers[i][0]), headers[i][1]);
}

static void every_kind_is_detected_by_all_its_columns(void **state)
{
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		char header[4096] = "id,unit,observed";
		for (int i = 0; i < evidence_kinds[k].n_columns; i++) {
			size_t at = strlen(header);
			snprintf(header + at, sizeof header - at, ",%.*s", STR_ARG(evidence_kinds[k].columns[i].name));
		}
		const struct import_format *f = detect(*state, str_from(header));
		assert_non_null(f);
		assert_true(str_eq(f->name, evidence_kinds[k].name));
	}
}

static void a_table_that_fits_several_kinds_asks_for_the_format(void **state)
{
	struct collect *c = *state;
	assert_string_equal(detected(c, "id,name,owner_id\n"), "");
	assert_non_null(strstr(c->err.message, "several formats"));
	assert_non_null(strstr(c->err.message, "ai_system"));
	assert_non_null(strstr(c->err.message, "agent"));
	assert_non_null(strstr(c->err.hint, "--format"));
	assert_string_equal(c->err.where, "file");
}

static void tables_without_an_id_or_of_other_things_are_not_evidence(void **state)
{
	struct collect *c = *state;
	assert_string_equal(detected(c, "id\n1\n"), "");
	assert_string_equal(detected(c, "name,email,active\n"), "");
	assert_string_equal(detected(c, "id,foo,bar,baz,name\n"), "");
	assert_string_equal(detected(c, "just some prose\n"), "");
	assert_non_null(strstr(c->err.message, "no known format"));
}

static void the_programs_own_tables_are_named(void **state)
{
	struct collect *c = *state;
	assert_string_equal(detected(c, "unit,objective,source,yes,no,unknown,observed,basis\n"), "");
	assert_non_null(strstr(c->err.hint, "--format measures"));
	assert_string_equal(detected(c, "unit,parent,name,deployments\n"), "");
	assert_non_null(strstr(c->err.hint, "aismm unit import"));
}

static void json_that_is_not_known_names_the_formats_that_are(void **state)
{
	static const char *const heads[] = {"{\"runs\":[]}",
					    "[1,2]",
					    "{}",
					    "{\"bad",
					    "[]",
					    "[ ]\n",
					    "[{}]",
					    "{\"dan.A/dan.D\":{\"mu\":0.2,\"sigma\":0.1}}"};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		assert_string_equal(detected(c, heads[i]), "");
		assert_non_null(strstr(c->err.detail, "cyclonedx"));
		assert_non_null(strstr(c->err.detail, "ocsf"));
		assert_non_null(strstr(c->err.detail, "garak"));
	}
	assert_string_equal(detected(c, "[]"), "");
	assert_non_null(strstr(c->err.hint, "such as ocsf"));
}

static void files_that_are_no_text_are_named(void **state)
{
	static const struct {
		str head;
		const char *message;
	} heads[] = {
	    {S(""), "empty"},
	    {S("PK\x03\x04\x14"), "archive"},
	    {S("\x1F\x8B\x08"), "compressed"},
	    {S("\xFF\xFE{\0"), "UTF-16"},
	    {S("<html><p>Report</html>"), "HTML"},
	    {S("\xEF\xBB\xBF\n<!DocType HTML>\n<p>Report"), "HTML"},
	    {S("<h:html xmlns:h='http://www.w3.org/1999/xhtml'/>"), "HTML"},
	    {S("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>"), "document type declaration"},
	    {S("\n<?xml version='1.0'?><a/>"), "XML declaration must be the first thing"},
	    {S("<"), "a tag that is not closed"},
	    {S("\x7F"
	       "ELF\0\0"),
	     "binary"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		assert_null(detect(c, heads[i].head));
		assert_non_null(strstr(c->err.message, heads[i].message));
		assert_true(c->err.hint[0]);
	}
}

static void unknown_markup_is_refused_with_its_outermost_element(void **state)
{
	struct collect *c = *state;
	assert_string_equal(detected(c, "<?xml version='1.0'?>\n<feed xmlns='http://www.w3.org/2005/Atom'><id/>"), "");
	assert_string_equal(c->err.message, "no known XML format");
	assert_non_null(strstr(c->err.detail, "the outermost element is feed of the namespace "
					      "http://www.w3.org/2005/Atom; known in XML: cyclonedx"));
	assert_string_equal(detected(c, "<bom><components/></bom>"), "");
	assert_non_null(strstr(c->err.detail, "the outermost element is bom; known in XML"));
	/* What stands in a text of it does not make it a table. */
	assert_string_equal(detected(c, "<a>objective,source,yes,no</a>"), "");
	assert_string_equal(c->err.message, "no known XML format");
}

static void a_flaw_is_said_once_with_its_count_and_first_line(void **state)
{
	struct collect *c = *state;
	struct import_sink sink = {c, collect_record, collect_warn};
	struct import_input in = {.sink = &sink};
	struct import_flaw never = {0}, once = {0}, often = {0}, nowhere = {0};
	import_flaw_note(&once, 9);
	for (int i = 0; i < 3; i++) {
		import_flaw_note(&often, 17 + i);
		import_flaw_note(&nowhere, 0);
	}
	assert_int_equal(import_flaw_warn(&in, &never, S("never"), NULL), OK);
	assert_int_equal(import_flaw_warn(&in, &once, S("once"), NULL), OK);
	assert_int_equal(import_flaw_warn(&in, &often, S("often"), NULL), OK);
	assert_int_equal(import_flaw_warn(&in, &nowhere, S("nowhere"), NULL), OK);
	assert_string_equal(c->warnings, "once (on line 9)\noften (3 times, first on line 17)\nnowhere (3 times)\n");
}

static void a_long_flaw_is_cut_not_lost(void **state)
{
	struct collect *c = *state;
	struct import_sink sink = {c, collect_record, collect_warn};
	struct import_input in = {.sink = &sink};
	struct import_flaw flaw = {2, 5};
	char text[5000];
	memset(text, 'x', sizeof text);
	assert_int_equal(import_flaw_warn(&in, &flaw, (str){text, sizeof text}, NULL), OK);
	assert_non_null(strstr(c->warnings, "xxx (2 times, first on line 5)\n"));
	assert_true(strlen(c->warnings) < 1100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_evidence_kind_is_a_format),
	    cmocka_unit_test(formats_are_found_by_their_other_names),
	    COLLECT_TEST(samples_are_detected_by_their_content),
	    COLLECT_TEST(tables_are_detected_by_their_header),
	    COLLECT_TEST(every_kind_is_detected_by_all_its_columns),
	    COLLECT_TEST(a_table_that_fits_several_kinds_asks_for_the_format),
	    COLLECT_TEST(tables_without_an_id_or_of_other_things_are_not_evidence),
	    COLLECT_TEST(the_programs_own_tables_are_named),
	    COLLECT_TEST(json_that_is_not_known_names_the_formats_that_are),
	    COLLECT_TEST(files_that_are_no_text_are_named),
	    COLLECT_TEST(unknown_markup_is_refused_with_its_outermost_element),
	    COLLECT_TEST(a_flaw_is_said_once_with_its_count_and_first_line),
	    COLLECT_TEST(a_long_flaw_is_cut_not_lost),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
