#include "collect.h"

/* A plan with the resource changes given. */
#define PLAN(changes) "{\"format_version\":\"1.2\",\"terraform_version\":\"1.9\",\"resource_changes\":[" changes "]}"
#define CHANGE(type, change)                                                                                           \
	"{\"address\":\"" type ".x\",\"mode\":\"managed\",\"type\":\"" type "\",\"change\":{" change "}}"
#define CREATE(type, after) CHANGE(type, "\"actions\":[\"create\"],\"after\":{" after "}")

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "terraform_plan", str_from(text));
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

/* 14 changes, two of which are not about AI; one of the twelve is a deletion, one (an endpoint configuration) gives no
   row. Four guards, three hosts, five models. */
static void the_plan_for_aws_has_sixteen_rows(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "terraform_plan", "terraform_plan/aws.json"), OK);
	assert_int_equal(c->facts.records, 12);
	assert_int_equal(c->n, 16);
	collect_no_same_ids(c);
	assert_int_equal(collect_count(c, EVIDENCE_GUARDRAIL), 4);
	assert_int_equal(collect_count(c, EVIDENCE_HOST), 3);
	assert_int_equal(collect_count(c, EVIDENCE_MODEL), 5);
	assert_int_equal(collect_count(c, EVIDENCE_AGENT), 1);
	assert_int_equal(collect_count(c, EVIDENCE_VECTOR_STORE), 1);
	assert_int_equal(collect_count(c, EVIDENCE_LOG_SOURCE), 1);
	assert_int_equal(collect_count(c, EVIDENCE_DATASET), 1);
	assert_string_equal(collect_observed(c), "2026-11-20T00:11:52Z");
	assert_int_equal(c->facts.identity.n, 0);
	assert_string_equal(c->warnings, "");
}

static void guardrails_and_agents_are_read_from_it(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "terraform_plan", "terraform_plan/aws.json"), OK);
	const struct evidence_record *r =
	    collect_by_id(c, EVIDENCE_GUARDRAIL, "aws_bedrock_guardrail.claims|redaction");
	assert_column(r, "mode", "mask");
	r = collect_by_id(c, EVIDENCE_GUARDRAIL, "aws_bedrock_guardrail.claims|topic");
	assert_column(r, "mode", "block");
	r = collect_by_id(c, EVIDENCE_GUARDRAIL, "aws_bedrock_guardrail.claims|output");
	assert_column(r, "mode", "block");
	r = collect_by_id(c, EVIDENCE_GUARDRAIL, "aws_bedrock_guardrail.claims|input");
	assert_column(r, "name", "claims-guardrail");
	assert_column(r, "kind", "input");
	assert_column(r, "mode", "block");
	assert_column(r, "provider", "bedrock");
	assert_column(r, "from_code", "1");
	assert_column(r, "system_id", "-");
	assert_column(r, "last_seen_at", "-");
	r = collect_by_id(c, EVIDENCE_AGENT, "aws_bedrockagent_agent.claims");
	assert_true(r->main);
	assert_column(r, "name", "claims-agent");
	assert_column(r, "platform", "bedrock");
	assert_column(r, "registered", "-");
	assert_column(r, "enabled", "-");
	assert_column(r, "last_seen_at", "-");
	r = collect_by_id(c, EVIDENCE_MODEL, "anthropic.claude-3-5-sonnet-20240620-v1:0");
	assert_false(r->main);
	assert_column(r, "publisher", "anthropic");
	assert_column(r, "deployment", "paas");
	assert_column(r, "in_use", "1");
	assert_column(r, "pinned", "1");
	assert_column(r, "approved", "-");
	r = collect_by_id(c, EVIDENCE_LOG_SOURCE, "aws_bedrock_model_invocation_logging_configuration.all");
	assert_column(r, "kind", "prompts");
	assert_column(r, "in_siem", "-");
	r = collect_by_id(c, EVIDENCE_VECTOR_STORE, "aws_bedrockagent_knowledge_base.claims");
	assert_column(r, "platform", "opensearch_serverless");
	assert_column(r, "auth_required", "-");
	assert_column(r, "public_endpoint", "-");
}

static void hosts_and_models_are_read_from_it(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "terraform_plan", "terraform_plan/aws.json"), OK);
	const struct evidence_record *r =
	    collect_by_id(c, EVIDENCE_HOST, "module.ml.aws_sagemaker_notebook_instance.open");
	assert_column(r, "name", "open-lab");
	assert_column(r, "kind", "notebook");
	assert_column(r, "gpu", "1");
	assert_column(r, "from_code", "1");
	assert_column(r, "egress_controlled", "0");
	assert_column(r, "network_isolated", "-");
	assert_column(r, "hardened", "-");
	assert_column(r, "last_seen_at", "-");
	r = collect_by_id(c, EVIDENCE_HOST, "module.ml.aws_sagemaker_notebook_instance.lab");
	assert_column(r, "gpu", "0");
	assert_column(r, "egress_controlled", "-");
	/* The one that is there already. */
	r = collect_by_id(c, EVIDENCE_HOST, "module.ml.aws_sagemaker_endpoint.triage");
	assert_column(r, "kind", "inference");
	assert_column(r, "gpu", "-");
	assert_column(r, "last_seen_at", "2026-11-20T00:11:52Z");
	r = collect_by_id(c, EVIDENCE_MODEL, "triage-0");
	assert_column(r, "source", "s3://acme-models/triage.tar.gz");
	assert_column(r, "in_use", "-");
	assert_column(r, "pinned", "-");
	r = collect_by_id(c, EVIDENCE_MODEL, "claims-tuned");
	assert_column(r, "datasets", "1");
	assert_column(r, "known_data", "1");
	r = collect_row(c, EVIDENCE_DATASET, 0);
	assert_true(str_eq(r->id, S("s3://acme-training/claims.jsonl")));
	assert_column(r, "purpose", "training");
}

/* The file holds passwords and tokens, and an agent's instructions. */
static void no_secret_of_the_plan_gets_into_a_row(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "terraform_plan", "terraform_plan/aws.json"), OK);
	assert_true(import_format_find(S("terraform_plan"))->secrets);
	for (size_t i = 0; i < c->n; i++)
		for (int k = 0; k < evidence_kinds[c->rows[i].kind].n_columns; k++) {
			assert_true(str_find(c->rows[i].values[k].text, S("synthetic")) < 0);
			assert_true(str_find(c->rows[i].values[k].text, S("insurance claims")) < 0);
		}
}

/* 16 changes: one is a data source, one is forgotten, one (a workspace) gives no row. */
static void azure_and_google_are_read(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "terraform_plan", "terraform_plan/clouds.json"), OK);
	assert_int_equal(c->facts.records, 15);
	assert_int_equal(c->n, 14);
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_MODEL, "OpenAI/gpt-4o@2024-08-06");
	assert_column(r, "name", "gpt-4o");
	assert_column(r, "publisher", "OpenAI");
	assert_column(r, "pinned", "1");
	assert_column(r, "last_seen_at", "2026-11-20T09:30:00Z");
	r = collect_by_id(c, EVIDENCE_MODEL, "OpenAI/gpt-4o-mini");
	assert_column(r, "pinned", "0");
	assert_column(r, "last_seen_at", "-");
	r = collect_by_id(c, EVIDENCE_GUARDRAIL, "azurerm_cognitive_account_rai_policy.strict|input");
	assert_true(r->main);
	assert_column(r, "mode", "block");
	r = collect_by_id(c, EVIDENCE_GUARDRAIL, "azurerm_cognitive_account_rai_policy.strict|output");
	assert_false(r->main);
	assert_column(r, "mode", "alert");
	assert_column(collect_by_id(c, EVIDENCE_VECTOR_STORE, "azurerm_search_service.open"), "public_endpoint", "1");
	assert_column(collect_by_id(c, EVIDENCE_VECTOR_STORE, "azurerm_search_service.listed"), "public_endpoint", "-");
	assert_column(collect_by_id(c, EVIDENCE_VECTOR_STORE, "azurerm_search_service.closed"), "public_endpoint", "0");
	r = collect_by_id(c, EVIDENCE_HOST, "azurerm_machine_learning_compute_cluster.gpu");
	assert_column(r, "kind", "training");
	assert_column(r, "gpu", "1");
	assert_column(r, "network_isolated", "1");
	r = collect_by_id(c, EVIDENCE_HOST, "google_vertex_ai_endpoint.public");
	assert_column(r, "name", "public");
	assert_column(r, "network_isolated", "0");
	assert_column(collect_by_id(c, EVIDENCE_HOST, "google_vertex_ai_endpoint.peered"), "network_isolated", "1");
	assert_column(collect_by_id(c, EVIDENCE_HOST, "google_vertex_ai_endpoint.later"), "network_isolated", "-");
	r = collect_by_id(c, EVIDENCE_HOST, "google_workbench_instance.lab");
	assert_column(r, "gpu", "1");
	assert_column(r, "network_isolated", "1");
	assert_true(collect_warned(c, "covers a part of the configuration"));
}

static void what_is_sensitive_is_not_shown(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "terraform_plan", "terraform_plan/clouds.json"), OK);
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_MODEL, "azurerm_cognitive_deployment.hidden");
	assert_column(r, "name", "-");
	assert_column(r, "version", "-");
	assert_column(r, "publisher", "-");
	assert_column(collect_by_id(c, EVIDENCE_VECTOR_STORE, "azurerm_search_service.closed"), "name", "-");
	r = only(c, PLAN(CHANGE("aws_bedrockagent_agent",
				"\"actions\":[\"create\"],\"after_sensitive\":{\"foundation_model\":"
				"true},\"after\":{\"agent_name\":\"a\",\"foundation_model\":\"m.n\"}")));
	assert_column(r, "name", "a");
}

static void what_is_known_after_apply_stays_unknown(void **state)
{
	struct collect *c = *state;
	const struct evidence_record *r =
	    only(c, PLAN(CHANGE("aws_sagemaker_notebook_instance",
				"\"actions\":[\"create\"],\"after\":{},\"after_unknown\":{\"name\":true,"
				"\"direct_internet_access\":true,\"instance_type\":true}")));
	assert_column(r, "name", "-");
	assert_column(r, "gpu", "-");
	assert_column(r, "egress_controlled", "-");
	assert_true(collect_warned(c, "the plan has no timestamp"));
	assert_int_equal(
	    read_text(c, PLAN(CREATE("aws_bedrock_guardrail",
				     "\"content_policy_config\":[{\"filters_config\":[{\"type\":\"HATE\"}]}]"))),
	    OK);
	assert_int_equal(c->n, 0);
	assert_int_equal(c->facts.records, 1);
}

static void guards_that_only_note_or_are_off_are_told_apart(void **state)
{
	static const char *const cases[][2] = {
	    {"\"input_strength\":\"LOW\",\"output_strength\":\"NONE\"", "block"},
	    {"\"input_strength\":\"LOW\",\"output_strength\":\"NONE\",\"input_action\":\"NONE\"", "alert"},
	    {"\"input_strength\":\"LOW\",\"output_strength\":\"NONE\",\"input_enabled\":false", NULL},
	    {"\"input_strength\":\"NONE\",\"output_strength\":\"NONE\"", NULL},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[600];
		snprintf(text, sizeof text,
			 PLAN(CREATE("aws_bedrock_guardrail",
				     "\"name\":\"g\",\"content_policy_config\":[{\"filters_config\":[{%s}]}]")),
			 cases[i][0]);
		assert_int_equal(read_text(c, text), OK);
		assert_int_equal(c->n, cases[i][1] ? 1 : 0);
		if (cases[i][1])
			assert_column(&c->rows[0], "mode", cases[i][1]);
	}
}

static void a_model_is_told_by_the_end_of_its_name(void **state)
{
	static const char *const cases[][4] = {
	    /* as written, id, publisher, pinned */
	    {"eu.anthropic.claude-3-haiku-20240307-v1:0", "anthropic.claude-3-haiku-20240307-v1:0", "anthropic", "1"},
	    {"arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0", "amazon.nova-lite-v1:0", "amazon",
	     "1"},
	    {"arn:aws:bedrock:us-east-1:1:application-inference-profile/abc", "abc", "-", "-"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[600];
		snprintf(text, sizeof text, PLAN(CREATE("aws_bedrockagent_agent", "\"foundation_model\":\"%s\"")),
			 cases[i][0]);
		assert_int_equal(read_text(c, text), OK);
		const struct evidence_record *r = collect_row(c, EVIDENCE_MODEL, 0);
		assert_true(str_eq(r->id, str_from(cases[i][1])));
		assert_column(r, "publisher", cases[i][2]);
		assert_column(r, "pinned", cases[i][3]);
	}
}

static void a_model_that_several_call_is_one_row(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, PLAN(CREATE("aws_bedrockagent_agent", "\"foundation_model\":\"a.b\"") "," CREATE(
					  "aws_bedrock_provisioned_model_throughput", "\"model_arn\":\"x/a.b\""))),
			 OK);
	assert_int_equal(collect_count(c, EVIDENCE_MODEL), 1);
	assert_int_equal(collect_count(c, EVIDENCE_AGENT), 1);
	assert_string_equal(c->warnings, "the plan has no timestamp\n");
}

static void what_is_not_about_ai_is_not_looked_into(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, PLAN(CHANGE("aws_db_instance", "\"actions\":7,\"after\":[]"))), OK);
	assert_int_equal(c->facts.records, 0);
	assert_int_equal(c->n, 0);
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	struct collect *c = *state;
	str text = collect_load("terraform_plan/clouds.json");
	str whole = str_trim(text);
	for (size_t n = 0; n < whole.n; n++)
		assert_int_equal(collect_text(c, "terraform_plan", str_slice(whole, 0, n)), E_INVALID);
	free((void *)(uintptr_t)text.p);
}

static void states_failed_plans_and_other_versions_are_refused(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "terraform_plan", "terraform_plan/state.json"), E_INVALID);
	assert_non_null(strstr(c->err.message, "this is a state"));
	assert_non_null(strstr(c->err.hint, "terraform show -json"));
	refused(c, "{\"format_version\":\"1.2\",\"errored\":true}", "the plan ended in an error", "file:1");
	refused(c, "{\"format_version\":\"2.0\"}", "format_version 0 or 1 expected", "file:1:19");
	refused(c, "{\"resource_changes\":[]}", "a plan without format_version", "file:1");
}

static void wrong_types_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "", "a value expected", "file:1:1");
	refused(c, "[]", "a plan (an object) expected", "file:1:1");
	refused(c, "{\"timestamp\":7}", "a time in ISO 8601", "file:1:14");
	refused(c, "{\"complete\":\"no\"}", "true or false expected", "file:1:13");
	refused(c, "{\"format_version\":\"1.2\",\"resource_changes\":{}}", "a list expected", "file:1:44");
	refused(c, PLAN("7"), "a resource change (an object) expected", "file:1:71");
	refused(c, PLAN("{\"type\":7}"), "a text expected", "file:1:79");
	refused(c, PLAN("{\"change\":{},\"type\":\"x\"}"), "type before the change", "file:1:81");
	refused(c, PLAN("{\"type\":\"aws_bedrock_x\",\"change\":[]}"), "a change (an object) expected", "file:1:104");
	refused(c, PLAN("{\"type\":\"aws_bedrock_x\",\"mode\":\"managed\"}"), "without an address", "file:1");
	refused(c, PLAN(CHANGE("aws_bedrock_x", "\"actions\":[\"explode\"]")), "no-op, create, update", "file:1:161");
	refused(c, PLAN(CHANGE("aws_bedrock_x", "\"after\":[]")), "the values of a resource", "file:1:158");
}

static void hostile_plans_are_refused(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, PLAN(CREATE("aws_bedrockagent_agent", "\"agent_name\":\"a\\u0000b\""))),
			 E_INVALID);
	assert_int_equal(read_text(c, PLAN(CREATE("aws_bedrockagent_agent", "\"name\":\"a\",\"name\":\"b\""))),
			 E_INVALID);
	assert_non_null(strstr(c->err.detail, "stands twice"));
	assert_int_equal(read_text(c, PLAN("") "{}"), E_INVALID);
	char deep[1000] = "{\"resource_changes\":[{\"type\":\"aws_bedrock_x\",\"change\":{\"after_sensitive\":";
	memset(deep + strlen(deep), '[', 400);
	assert_int_not_equal(read_text(c, deep), OK);
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 3;
	assert_int_equal(collect_file(c, "terraform_plan", "terraform_plan/aws.json"), E_IO);
	assert_int_equal(c->n, 2);
}

static void plans_are_told_from_all_other_formats(void **state)
{
	static const char *const samples[] = {"terraform_plan/aws.json", "terraform_plan/clouds.json",
					      "terraform_plan/state.json"};
	struct collect *c = *state;
	const struct import_format *f = NULL;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		str text = collect_load(samples[i]);
		assert_int_equal(import_detect(str_slice(text, 0, 4096), false, S("file"), &f, &c->err), OK);
		assert_true(str_eq(f->name, S("terraform_plan")));
		free((void *)(uintptr_t)text.p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_plan_for_aws_has_sixteen_rows),
	    COLLECT_TEST(guardrails_and_agents_are_read_from_it),
	    COLLECT_TEST(hosts_and_models_are_read_from_it),
	    COLLECT_TEST(no_secret_of_the_plan_gets_into_a_row),
	    COLLECT_TEST(azure_and_google_are_read),
	    COLLECT_TEST(what_is_sensitive_is_not_shown),
	    COLLECT_TEST(what_is_known_after_apply_stays_unknown),
	    COLLECT_TEST(guards_that_only_note_or_are_off_are_told_apart),
	    COLLECT_TEST(a_model_is_told_by_the_end_of_its_name),
	    COLLECT_TEST(a_model_that_several_call_is_one_row),
	    COLLECT_TEST(what_is_not_about_ai_is_not_looked_into),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(states_failed_plans_and_other_versions_are_refused),
	    COLLECT_TEST(wrong_types_are_refused_with_their_place),
	    COLLECT_TEST(hostile_plans_are_refused),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	    COLLECT_TEST(plans_are_told_from_all_other_formats),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
