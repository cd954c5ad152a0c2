#include "collect.h"

/* Assessment results with one result of the given members. */
#define RESULT(members) "{\"results\":[{" members "}]}"
#define OBSERVATION(members) RESULT("\"observations\":[{" members "}]")
#define FINDING(members) RESULT("\"findings\":[{" members "}]")
#define RISK(members) RESULT("\"risks\":[{" members "}]")
#define PROP(name, value) "{\"name\":\"" name "\",\"value\":\"" value "\"}"
#define PLAN(members) "{\"plan-of-action-and-milestones\":{" members "}}"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "oscal", str_from(text));
}

static const struct evidence_record *only(struct collect *c, const char *text)
{
	if (read_text(c, text) != OK)
		fail_msg("%s (%s)", c->err.message, c->err.where);
	assert_int_equal(c->n, 1);
	return &c->rows[0];
}

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(read_text(c, text), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
}

static int with(const struct collect *c, enum evidence_kind_id kind, const char *column, const char *value)
{
	int n = 0;
	for (size_t i = 0; i < c->n; i++)
		n += c->rows[i].kind == kind && strcmp(collect_show(&c->rows[i], column), value) == 0;
	return n;
}

static void read_sample(struct collect *c, const char *sample, int64_t records, size_t rows)
{
	if (collect_file(c, "oscal", sample) != OK)
		fail_msg("%s (%s)", c->err.message, c->err.where);
	assert_int_equal(c->facts.records, records);
	assert_int_equal(c->n, rows);
	collect_no_same_ids(c);
}

/* Counted with jq: 64 fail, 12 pass, 47 notchecked; 2 were not selected and are no rows. */
static void only_pass_and_fail_are_results(void **state)
{
	struct collect *c = *state;
	read_sample(c, "oscal/osco.json", 125, 123);
	assert_int_equal(with(c, EVIDENCE_POSTURE, "status", "fail"), 64);
	assert_int_equal(with(c, EVIDENCE_POSTURE, "status", "pass"), 12);
	assert_int_equal(with(c, EVIDENCE_POSTURE, "status", "manual"), 47);
	assert_int_equal(with(c, EVIDENCE_POSTURE, "status", "not_applicable"), 0);
	assert_int_equal(with(c, EVIDENCE_POSTURE, "severity", "high"), 8);
	assert_int_equal(with(c, EVIDENCE_POSTURE, "ai", "0"), 123);
	assert_string_equal(c->warnings, "");
	const struct evidence_record *r =
	    collect_by_id(c, EVIDENCE_POSTURE,
			  "xccdf_org.ssgproject.content_rule_api_server_secure_port|"
			  "kube-br7qsa3d0vceu2so1a90-roksopensca-default-0000026b.iks.mycorp|");
	assert_true(r->main);
	assert_column(r, "check_id", "xccdf_org.ssgproject.content_rule_api_server_secure_port");
	assert_column(r, "status", "fail");
	assert_column(r, "severity", "medium");
	assert_column(r, "resource", "kube-br7qsa3d0vceu2so1a90-roksopensca-default-0000026b.iks.mycorp");
	assert_column(r, "tool", "openscap");
	assert_column(r, "muted", "-");
}

/* trestle writes into `collected` when it converted the report: 2021. The scan was in 2020. */
static void the_time_of_the_scan_counts_and_not_that_of_the_conversion(void **state)
{
	struct collect *c = *state;
	read_sample(c, "oscal/osco.json", 125, 123);
	assert_true(c->facts.has_time);
	assert_int_equal(c->facts.observed_ms, INT64_C(1596421586000));
	assert_int_equal(with(c, EVIDENCE_POSTURE, "checked_at", "2020-08-03T02:26:26Z"), 123);
	read_sample(c, "oscal/rhel7.json", 2, 1);
	assert_int_equal(c->facts.observed_ms, INT64_C(1614195073000));
}

/* Three hosts share a UUID, and six results of each rule cannot be told apart: none is lost. */
static void results_on_subjects_that_share_a_uuid_are_numbered(void **state)
{
	struct collect *c = *state;
	read_sample(c, "oscal/configmaps_part.json", 48, 36);
	assert_int_equal(with(c, EVIDENCE_POSTURE, "status", "pass"), 24);
	assert_int_equal(with(c, EVIDENCE_POSTURE, "status", "fail"), 6);
	assert_int_equal(with(c, EVIDENCE_POSTURE, "status", "not_applicable"), 6);
	assert_int_equal(with(c, EVIDENCE_POSTURE, "resource", "-"), 36);
	assert_true(collect_warned(c, "a UUID stands for several subjects"));
}

static void a_finding_answers_for_its_control(void **state)
{
	struct collect *c = *state;
	read_sample(c, "oscal/ifa.json", 3, 2);
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_CONTROL_ANSWER, "ac-6.1_obj");
	assert_true(r->main);
	assert_column(r, "framework", "oscal");
	assert_column(r, "control", "ac-6.1_obj");
	assert_column(r, "answer", "no");
	assert_column(r, "test_passed", "0");
	assert_column(r, "evidenced", "1");
	assert_column(r, "machine_tested", "-");
	assert_column(r, "ownership", "-");
	assert_column(r, "tested_at", "2023-06-02T12:31:20Z");
	assert_column(r, "answered_at", "2023-06-02T12:46:51Z");
	r = collect_by_id(c, EVIDENCE_RISK, "0cfa750e-3553-47ba-a7ba-cf84a884d261");
	assert_false(r->main);
	assert_column(r, "title",
		      "GoodRead System Engineers Have Over-Privileged Access to Cloud Infrastructure Account");
	assert_column(r, "treatment", "-");
	assert_column(r, "closed_at", "-");
	assert_int_equal(c->facts.observed_ms, INT64_C(1685709080000));
	assert_int_equal(c->facts.identity.n, 0);
}

/* 4 observations and 3 findings. Of the older cycle remain the two things that the newer did not look at again. */
static void of_several_results_the_latest_counts(void **state)
{
	struct collect *c = *state;
	read_sample(c, "oscal/two_cycles.json", 7, 5 + 2 + 1);
	assert_true(
	    collect_warned(c, "a later result of the document has it, too: the earlier one is left out (4 times"));
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_POSTURE, "no-privileged-pods|pod/b|pod/b");
	assert_column(r, "status", "pass");
	assert_column(r, "tool", "kyverno");
	assert_column(r, "ai", "-");
	assert_column(collect_by_id(c, EVIDENCE_POSTURE, "egress-limited|pod/a|pod/a"), "status", "-");
	assert_column(collect_by_id(c, EVIDENCE_POSTURE, "egress-limited|pod/b|pod/b"), "status", "fail");
	r = collect_by_id(c, EVIDENCE_CONTROL_ANSWER, "cm-6_obj");
	assert_column(r, "answer", "yes");
	assert_column(r, "test_passed", "1");
	assert_column(r, "machine_tested", "1");
	r = collect_by_id(c, EVIDENCE_RISK, "5f0c1d2e-0000-4000-8000-000000000230");
	assert_column(r, "closed_at", "2026-10-01T06:10:00Z");
	assert_true(collect_warned(c, "a closed risk does not say since when"));
}

static void what_has_expired_proves_nothing(void **state)
{
	struct collect *c = *state;
	read_sample(c, "oscal/two_cycles.json", 7, 8);
	assert_column(collect_by_id(c, EVIDENCE_POSTURE, "pinned-images|pod/a|pod/a"), "status", "-");
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_CONTROL_ANSWER, "si-7_obj");
	assert_column(r, "answer", "-");
	assert_column(r, "test_passed", "-");
	assert_true(collect_warned(c, "an observation had expired: it proves nothing any more (2 times"));
}

static void a_plan_becomes_findings_and_risks_with_their_dates(void **state)
{
	struct collect *c = *state;
	read_sample(c, "oscal/poam.json", 6, 2 + 2 + 3 + 4);
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_FINDING, "5f0c1d2e-0000-4000-8000-000000000070");
	assert_column(r, "rule", "ia-5_obj.g");
	assert_column(r, "title", "Rotate the keys of the gateway");
	assert_column(r, "severity", "medium");
	assert_column(r, "status", "open");
	assert_column(r, "system_id", "claims-assistant");
	assert_column(r, "resource", "gateway");
	assert_column(r, "due_at", "2026-12-15T00:00:00Z");
	assert_column(r, "created_at", "2026-05-04T08:00:00Z");
	r = collect_by_id(c, EVIDENCE_FINDING, "5f0c1d2e-0000-4000-8000-000000000072");
	assert_column(r, "status", "fixed");
	assert_column(r, "resolved_at", "2026-06-21T10:00:00Z");
	assert_column(r, "due_at", "-");
	assert_column(collect_by_id(c, EVIDENCE_FINDING, "5f0c1d2e-0000-4000-8000-000000000073"), "status", "-");
	r = collect_by_id(c, EVIDENCE_RISK, "5f0c1d2e-0000-4000-8000-000000000030");
	assert_column(r, "level", "high");
	assert_column(r, "residual", "medium");
	assert_column(r, "treatment", "reduce");
	assert_column(r, "reviewed_at", "2026-09-01T10:00:00Z");
	assert_column(r, "system_id", "claims-assistant");
	assert_true(str_eq(c->facts.identity, S("oscal:poam:claims-assistant")));
	assert_int_equal(c->facts.observed_ms, INT64_C(1793350800000));
	assert_column(collect_by_id(c, EVIDENCE_CONTROL_ANSWER, "ac-3_obj"), "answered_at", "-");
}

static void an_approved_deviation_is_accepted_and_never_a_pass(void **state)
{
	struct collect *c = *state;
	read_sample(c, "oscal/poam.json", 6, 11);
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_RISK, "5f0c1d2e-0000-4000-8000-000000000031");
	assert_column(r, "treatment", "accept");
	assert_column(r, "accepted_by", "ida.invented@acme.example");
	assert_column(r, "accepted_at", "2026-07-01T10:00:00Z");
	assert_column(r, "accepted_until_at", "2027-03-31T00:00:00Z");
	assert_column(r, "closed_at", "-");
	r = collect_by_id(c, EVIDENCE_FINDING, "5f0c1d2e-0000-4000-8000-000000000071");
	assert_column(r, "status", "accepted");
	assert_column(r, "exception_owner_id", "ida.invented@acme.example");
	assert_column(r, "exception_expires_at", "2027-03-31T00:00:00Z");
	assert_column(r, "resolved_at", "-");
	r = collect_by_id(c, EVIDENCE_CONTROL_ANSWER, "ac-3_obj");
	assert_column(r, "answer", "no");
	assert_column(r, "evidence", "https://evidence.acme.example/21");
}

static void words_of_results_are_known_or_unknown(void **state)
{
	static const char *const cases[][2] = {{"pass", "pass"},
					       {"fail", "fail"},
					       {"failure", "fail"},
					       {"PASS", "pass"},
					       {"notchecked", "manual"},
					       {"informational", ""},

					       {"notapplicable", "not_applicable"},
					       {"error", "-"},
					       {"unknown", "-"},
					       {"fixed", "pass"},
					       {"warning", "-"},
					       {"passed by hand", "-"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[400];
		snprintf(text, sizeof text, OBSERVATION("\"props\":[" PROP("idref", "r") "," PROP("result", "%s") "]"),
			 cases[i][0]);
		/* "" is unknown, too, but as it should be. */
		assert_column(only(*state, text), "status", cases[i][1][0] ? cases[i][1] : "-");
		assert_int_equal(collect_warned(*state, "neither pass nor fail"), cases[i][1][0] == '-');
	}
}

static void an_observation_without_a_result_is_counted_and_no_row(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, OBSERVATION("\"uuid\":\"u\",\"title\":\"t\",\"methods\":[\"EXAMINE\"]")), OK);
	assert_int_equal(c->facts.records, 1);
	assert_int_equal(c->n, 0);
	assert_int_equal(read_text(c, "{\"results\":[]}"), OK);
	assert_int_equal(c->facts.records, 0);
	assert_false(c->facts.has_time);
	assert_int_equal(read_text(c, RESULT("\"end\":\"2026-01-01T00:00:00Z\",\"observations\":[]")), OK);
	assert_int_equal(c->n, 0);
	assert_true(c->facts.has_time);
}

static void findings_that_do_not_apply_or_contradict_themselves_are_no_yes(void **state)
{
	struct collect *c = *state;
	const struct evidence_record *r =
	    only(c, FINDING("\"target\":{\"target-id\":\"a\",\"status\":{\"state\":\"satisfied\"},"
			    "\"implementation-status\":{\"state\":\"not-applicable\"}}"));
	assert_column(r, "answer", "not_applicable");
	assert_column(r, "test_passed", "-");
	r = only(c,
		 FINDING("\"target\":{\"target-id\":\"a\",\"status\":{\"state\":\"satisfied\",\"reason\":\"fail\"}}"));
	assert_column(r, "answer", "-");
	assert_true(collect_warned(c, "contradicts its reason"));
	r = only(c, FINDING("\"target\":{\"target-id\":\"a\",\"status\":{\"state\":\"satisfied\"}},"
			    "\"related-observations\":[{\"observation-uuid\":\"none\"}]"));
	assert_column(r, "answer", "yes");
	assert_column(r, "evidenced", "-");
	assert_column(r, "tested_at", "-");
	assert_true(collect_warned(c, "a reference leads nowhere"));
}

static void references_may_lead_forward(void **state)
{
	struct collect *c = *state;
	assert_int_equal(
	    read_text(c, RESULT("\"findings\":[{\"target\":{\"status\":{\"state\":\"satisfied\"},"
				"\"target-id\":\"a\"},\"related-observations\":[{\"observation-uuid\":\"o\"}]}],"
				"\"observations\":[{\"uuid\":\"o\",\"title\":\"t\",\"methods\":[\"INTERVIEW\"],"
				"\"collected\":\"2026-01-01T00:00:00Z\"}]")),
	    OK);
	assert_column(&c->rows[0], "tested_at", "2026-01-01T00:00:00Z");
	assert_column(&c->rows[0], "machine_tested", "0");
	assert_column(&c->rows[0], "evidenced", "1");
}

static void a_risk_of_unknown_status_is_open(void **state)
{
	struct collect *c = *state;
	assert_column(only(c, RISK("\"uuid\":\"u\",\"status\":\"dormant\"")), "closed_at", "-");
	assert_true(collect_warned(c, "the status of a risk is none of OSCAL's"));
	refused(c, RISK("\"uuid\":\"u\",\"status\":\"closed\""), "neither its log nor the document has a time",
		"file:1");
	refused(c, RISK("\"status\":\"open\""), "a risk has no uuid", "file:1");
}

static void the_other_documents_are_refused_by_what_they_are(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "oscal", "oscal/profile.json"), E_INVALID);
	assert_string_equal(c->err.message, "an OSCAL profile, which selects controls and has no results");
	assert_int_equal(collect_file(c, "oscal", "oscal/assessment_plan.json"), E_INVALID);
	assert_string_equal(c->err.message, "an OSCAL assessment plan, which says what will be assessed");
	refused(c, "{\"catalog\":{}}", "an OSCAL catalog", "file:1");
	refused(c, "{\"system-security-plan\":{}}", "an OSCAL system security plan", "file:1");
	refused(c, "{\"component-definition\":{}}", "an OSCAL component definition", "file:1");
	refused(c, "{\"mapping-collection\":{}}", "an OSCAL mapping", "file:1");
}

static void wrong_types_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "", "a value expected", "file:1:1");
	refused(c, "[]", "an OSCAL document (an object) expected", "file:1:1");
	refused(c, "{}", "assessment-results or plan-of-action-and-milestones expected", "file:1:2");
	refused(c, "{\"assessment-results\":{}}", "results in the assessment results expected", "file:1:24");
	refused(c, "{\"results\":{}}", "a list expected", "file:1:12");
	refused(c, "{\"results\":[1]}", "a result (an object) expected", "file:1:13");
	refused(c, "{\"results\":[],\"results\":[]}", "one document in the file expected", "file:1:15");
	refused(c, RESULT("\"observations\":[1]"), "an observation (an object) expected", "file:1:30");
	refused(c, RESULT("\"end\":\"soon\""), "a time such as 2026-11-01T08:00:00Z expected", "file:1:20");
	refused(c, OBSERVATION("\"collected\":5"), "a time such as", "file:1:43");
	refused(c, OBSERVATION("\"props\":{}"), "a list expected", "file:1:39");
	refused(c, OBSERVATION("\"props\":[" PROP("result", "pass") "]"), "names no rule", "file:1");
	refused(c, FINDING("\"uuid\":\"u\""), "a finding has no target-id", "file:1");
	refused(c, FINDING("\"target\":{\"target-id\":\"a\",\"status\":{\"state\":\"half\"}}"),
		"does not say whether its target is satisfied", "file:1");
	refused(c, PLAN("\"poam-items\":[{}]"), "neither uuid nor title", "file:1");
}

static void hostile_documents_are_refused(void **state)
{
	struct collect *c = *state;
	refused(c, OBSERVATION("\"title\":\"a\\u0000b\""), "U+0000", "file:1:39");
	assert_int_equal(read_text(c, OBSERVATION("\"title\":\"a\",\"title\":\"b\"")), E_INVALID);
	assert_non_null(strstr(c->err.detail, "stands twice"));
	char deep[400];
	memset(deep, '[', sizeof deep - 1);
	deep[sizeof deep - 1] = '\0';
	memcpy(deep, "{\"results\":", 11);
	assert_int_not_equal(read_text(c, deep), OK);
	char id[3000], text[4000];
	memset(id, 'i', sizeof id - 1);
	id[sizeof id - 1] = '\0';
	snprintf(text, sizeof text, RISK("\"uuid\":\"%s\",\"status\":\"open\""), id);
	assert_int_equal(only(c, text)->id.n, 512);
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	struct collect *c = *state;
	static const char *const samples[] = {"oscal/rhel7.json", "oscal/poam.json"};
	for (size_t i = 0; i < 2; i++) {
		str text = collect_load(samples[i]);
		str whole = str_trim(text);
		for (size_t n = 0; n < whole.n; n += 7) {
			assert_int_equal(collect_text(c, "oscal", str_slice(whole, 0, n)), E_INVALID);
			assert_non_null(strstr(c->err.where, "file:"));
		}
		free((void *)(uintptr_t)text.p);
	}
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 3;
	assert_int_equal(collect_file(c, "oscal", "oscal/poam.json"), E_IO);
	assert_int_equal(c->n, 2);
}

static void documents_are_told_from_all_other_formats(void **state)
{
	static const char *const samples[][2] = {
	    {"oscal/osco.json", "oscal"},
	    {"oscal/rhel7.json", "oscal"},
	    {"oscal/configmaps_part.json", "oscal"},
	    {"oscal/ifa.json", "oscal"},
	    {"oscal/poam.json", "oscal"},
	    {"oscal/two_cycles.json", "oscal"},
	    {"oscal/profile.json", "oscal"},
	    {"oscal/assessment_plan.json", "oscal"},
	    {"checkov/several_types.json", "checkov"},
	    {"ocsf/example_output_aws.ocsf.json", "ocsf"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		str text = collect_load(samples[i][0]);
		const struct import_format *found = NULL;
		assert_int_equal(
		    import_detect(str_slice(text, 0, IMPORT_HEAD), text.n <= IMPORT_HEAD, S("file"), &found, &c->err),
		    OK);
		assert_true(str_eq(found->name, str_from(samples[i][1])));
		free((void *)(uintptr_t)text.p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(only_pass_and_fail_are_results),
	    COLLECT_TEST(the_time_of_the_scan_counts_and_not_that_of_the_conversion),
	    COLLECT_TEST(results_on_subjects_that_share_a_uuid_are_numbered),
	    COLLECT_TEST(a_finding_answers_for_its_control),
	    COLLECT_TEST(of_several_results_the_latest_counts),
	    COLLECT_TEST(what_has_expired_proves_nothing),
	    COLLECT_TEST(a_plan_becomes_findings_and_risks_with_their_dates),
	    COLLECT_TEST(an_approved_deviation_is_accepted_and_never_a_pass),
	    COLLECT_TEST(words_of_results_are_known_or_unknown),
	    COLLECT_TEST(an_observation_without_a_result_is_counted_and_no_row),
	    COLLECT_TEST(findings_that_do_not_apply_or_contradict_themselves_are_no_yes),
	    COLLECT_TEST(references_may_lead_forward),
	    COLLECT_TEST(a_risk_of_unknown_status_is_open),
	    COLLECT_TEST(the_other_documents_are_refused_by_what_they_are),
	    COLLECT_TEST(wrong_types_are_refused_with_their_place),
	    COLLECT_TEST(hostile_documents_are_refused),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	    COLLECT_TEST(documents_are_told_from_all_other_formats),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
