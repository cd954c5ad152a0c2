#include "import/terraform_plan.h"

#include <string.h>

#include "import/bom.h"

typedef enum status (*push_fn)(struct import_terraform_plan *p, const struct import_terraform_resource *r,
			       struct err *err);

struct import_terraform_type {
	str name, platform;
	str word; /* the kind of a host */
	push_fn push;
};

/* A text of the resource, unless it is sensitive. */
#define SHOWN(r, member) shown(r, &(r)->values.member, &(r)->marks.member)

static str shown(const struct import_terraform_resource *r, const struct import_terraform_fact *value,
		 const struct import_terraform_fact *mark)
{
	return r->marks.closed || mark->state == IMPORT_TERRAFORM_YES ? (str){NULL, 0} : value->text;
}

static str name_of(const struct import_terraform_resource *r)
{
	str title = SHOWN(r, title);
	return title.n ? title : SHOWN(r, name);
}

static struct evidence_record row_of(const struct import_terraform_resource *r, enum evidence_kind_id kind, str id)
{
	return (struct evidence_record){.kind = kind, .id = id, .record = r->record, .line = r->line};
}

static enum status push(struct import_terraform_plan *p, struct evidence_record *row, struct err *err)
{
	return import_seen_push(&p->rows, p->in, row, &p->scratch, err);
}

/* Only what the plan leaves as it is was seen; all else is yet to come. */
static void set_seen(struct import_terraform_plan *p, const struct import_terraform_resource *r,
		     struct evidence_record *row)
{
	if (r->untouched && p->in->facts->has_time)
		evidence_set_time(row, S("last_seen_at"), p->in->facts->observed_ms);
}

static void set_truth(struct evidence_record *row, str column, enum import_terraform_state state, bool yes)
{
	if (state == IMPORT_TERRAFORM_YES || state == IMPORT_TERRAFORM_NO)
		evidence_set_bool(row, column, (state == IMPORT_TERRAFORM_YES) == yes);
}

/* ---- models ---- */

/* What stands behind the last slash of an ARN; "eu.anthropic.claude-…" is the profile of a region over a model. */
static str bedrock_model(str id)
{
	static const str regions[] = {S("us."), S("eu."), S("apac."), S("jp."), S("au."), S("global."), S("us-gov.")};
	for (size_t i = id.n; i > 0; i--)
		if (id.p[i - 1] == '/') {
			id = str_slice(id, i, id.n);
			break;
		}
	for (size_t i = 0; i < sizeof regions / sizeof *regions; i++)
		if (str_starts(id, regions[i]))
			return str_slice(id, regions[i].n, id.n);
	return id;
}

/* The model of somebody else that a resource calls, once per file. "anthropic.claude-3-v1:0" names a version. */
static enum status push_used(struct import_terraform_plan *p, const struct import_terraform_resource *r, str text,
			     struct err *err)
{
	struct import_seen_entry *entry;
	str id = bedrock_model(text), publisher, rest;
	if (!id.n)
		return OK;
	TRY(import_seen_add(&p->models, S("model"), id, &entry, err));
	if (entry->count > 1)
		return OK;
	struct evidence_record row = row_of(r, EVIDENCE_MODEL, id);
	evidence_set_text(&row, S("name"), id);
	if (str_cut(id, '.', &publisher, &rest))
		evidence_set_text(&row, S("publisher"), publisher);
	evidence_set_text(&row, S("deployment"), S("paas"));
	evidence_set_bool(&row, S("in_use"), true);
	if (str_find(id, S(":")) > 0)
		evidence_set_bool(&row, S("pinned"), true);
	return push(p, &row, err);
}

static enum status push_throughput(struct import_terraform_plan *p, const struct import_terraform_resource *r,
				   struct err *err)
{
	return push_used(p, r, SHOWN(r, uses), err);
}

static enum status push_training_data(struct import_terraform_plan *p, const struct import_terraform_resource *r,
				      str source, struct err *err)
{
	struct evidence_record row = row_of(r, EVIDENCE_DATASET, source);
	struct import_seen_entry *entry;
	TRY(import_seen_add(&p->models, S("dataset"), source, &entry, err));
	if (entry->count > 1)
		return OK;
	evidence_set_text(&row, S("name"), source);
	evidence_set_text(&row, S("source"), source);
	evidence_set_text(&row, S("purpose"), S("training"));
	return push(p, &row, err);
}

/* A model of one's own. */
static enum status push_model(struct import_terraform_plan *p, const struct import_terraform_resource *r,
			      struct err *err)
{
	str name = name_of(r), weights = SHOWN(r, weights), training = SHOWN(r, training);
	struct evidence_record row = row_of(r, EVIDENCE_MODEL, name.n ? name : r->address);
	row.main = true;
	evidence_set_text(&row, S("name"), name);
	evidence_set_text(&row, S("source"), weights);
	evidence_set_text(&row, S("format"), import_bom_format(weights));
	if (r->values.training.state == IMPORT_TERRAFORM_SOME) {
		evidence_set_int(&row, S("datasets"), 1);
		evidence_set_bool(&row, S("known_data"), true);
	}
	set_seen(p, r, &row);
	TRY(push(p, &row, err));
	return training.n ? push_training_data(p, r, training, err) : OK;
}

/* A deployment of Azure: "OpenAI/gpt-4o@2024-08-06". */
static enum status push_deployment(struct import_terraform_plan *p, const struct import_terraform_resource *r,
				   struct err *err)
{
	str publisher = SHOWN(r, publisher), model = SHOWN(r, model), version = SHOWN(r, version);
	str upgrades = r->values.upgrades.text;
	str name = import_walk_join_some(&p->scratch, (str[]){publisher, model}, 2, '/');
	str id = import_walk_join_some(&p->scratch, (str[]){name, version}, 2, '@');
	if (!name.p || !id.p)
		return err_full(err);
	struct evidence_record row = row_of(r, EVIDENCE_MODEL, model.n ? id : r->address);
	row.main = true;
	evidence_set_text(&row, S("name"), model);
	evidence_set_text(&row, S("version"), version);
	evidence_set_text(&row, S("publisher"), publisher);
	evidence_set_text(&row, S("deployment"), S("paas"));
	evidence_set_bool(&row, S("in_use"), true);
	if (str_eq(upgrades, S("OnceNewDefaultVersionAvailable")) || r->values.version.state == IMPORT_TERRAFORM_NONE)
		evidence_set_bool(&row, S("pinned"), false);
	else if (str_eq(upgrades, S("NoAutoUpgrade")) && version.n)
		evidence_set_bool(&row, S("pinned"), true);
	set_seen(p, r, &row);
	return push(p, &row, err);
}

/* ---- agents ---- */

static enum status push_agent(struct import_terraform_plan *p, const struct import_terraform_resource *r,
			      struct err *err)
{
	struct evidence_record row = row_of(r, EVIDENCE_AGENT, r->address);
	row.main = true;
	evidence_set_text(&row, S("name"), name_of(r));
	evidence_set_text(&row, S("platform"), r->type->platform);
	set_seen(p, r, &row);
	TRY(push(p, &row, err));
	return push_used(p, r, SHOWN(r, uses), err);
}

/* ---- hosts ---- */

/* Whether a machine of this type has an accelerator: 1, 0, or -1 when its name does not tell. */
static int has_gpu(str machine)
{
	static const struct {
		str start;
		int gpu;
	} machines[] = {
	    {S("ml.p2."), 1},     {S("ml.p3"), 1},     {S("ml.p4"), 1},     {S("ml.p5"), 1},  {S("ml.p6"), 1},
	    {S("ml.g4"), 1},      {S("ml.g5."), 1},    {S("ml.g6"), 1},     {S("ml.inf"), 1}, {S("ml.trn"), 1},
	    {S("ml.t"), 0},       {S("ml.m"), 0},      {S("ml.c"), 0},      {S("ml.r"), 0},   {S("Standard_N"), 1},
	    {S("STANDARD_N"), 1}, {S("Standard_"), 0}, {S("STANDARD_"), 0}, {S("a2-"), 1},    {S("a3-"), 1},
	    {S("a4"), 1},         {S("g2-"), 1},       {S("ct"), 1},
	};
	for (size_t i = 0; i < sizeof machines / sizeof *machines; i++)
		if (str_starts(machine, machines[i].start))
			return machines[i].gpu;
	return -1;
}

static void set_gpu(struct evidence_record *row, const struct import_terraform_values *v)
{
	int gpu = has_gpu(v->machine.text);
	/* Machines of Google may have accelerators beside their type. */
	if (v->accelerators.state == IMPORT_TERRAFORM_SOME)
		gpu = 1;
	else if (gpu < 0 && v->accelerators.state == IMPORT_TERRAFORM_NONE && v->machine.text.n)
		gpu = 0;
	if (gpu >= 0)
		evidence_set_bool(row, S("gpu"), gpu);
}

/* An endpoint of Vertex AI is public unless it is peered with a network or reached over a private link. */
static void set_endpoint(struct evidence_record *row, const struct import_terraform_values *v)
{
	if (v->network.state == IMPORT_TERRAFORM_SOME || v->private_link.state == IMPORT_TERRAFORM_YES)
		evidence_set_bool(row, S("network_isolated"), true);
	else if (v->network.state == IMPORT_TERRAFORM_NONE && v->private_link.state != IMPORT_TERRAFORM_UNKNOWN)
		evidence_set_bool(row, S("network_isolated"), false);
}

static enum status push_host(struct import_terraform_plan *p, const struct import_terraform_resource *r,
			     struct err *err)
{
	struct evidence_record row = row_of(r, EVIDENCE_HOST, r->address);
	const struct import_terraform_values *v = &r->values;
	row.main = true;
	evidence_set_text(&row, S("name"), name_of(r));
	evidence_set_text(&row, S("kind"), r->type->word);
	evidence_set_text(&row, S("provider"), r->type->platform);
	evidence_set_bool(&row, S("from_code"), true);
	set_gpu(&row, v);
	set_truth(&row, S("network_isolated"), v->node_ip.state, false);
	set_truth(&row, S("network_isolated"), v->no_ip.state, true);
	if (str_eq(r->type->name, S("google_vertex_ai_endpoint")))
		set_endpoint(&row, v);
	/* Disabled says that traffic goes through a network of the company, not where that lets it go. */
	if (str_eq(v->internet.text, S("Enabled")))
		evidence_set_bool(&row, S("egress_controlled"), false);
	set_seen(p, r, &row);
	return push(p, &row, err);
}

/* ---- stores, guardrails, logs ---- */

static enum status push_store(struct import_terraform_plan *p, const struct import_terraform_resource *r,
			      struct err *err)
{
	struct evidence_record row = row_of(r, EVIDENCE_VECTOR_STORE, r->address);
	const struct import_terraform_values *v = &r->values;
	str storage = import_walk_lower(&p->scratch, SHOWN(r, storage));
	row.main = true;
	evidence_set_text(&row, S("name"), name_of(r));
	evidence_set_text(&row, S("platform"), storage.n ? storage : r->type->platform);
	/* A list of addresses that may call is neither. */
	if (v->allowed.state != IMPORT_TERRAFORM_SOME || v->public_access.state == IMPORT_TERRAFORM_NO)
		set_truth(&row, S("public_endpoint"), v->public_access.state, true);
	set_seen(p, r, &row);
	TRY(push(p, &row, err));
	return push_used(p, r, SHOWN(r, embedding), err);
}

/* A row for each kind of content that the guardrail looks at. */
static enum status push_guardrail(struct import_terraform_plan *p, const struct import_terraform_resource *r,
				  struct err *err)
{
	static const str kinds[] = {S("input"), S("output"), S("topic"), S("redaction")};
	static const str modes[] = {{NULL, 0}, S("alert"), S("mask"), S("block")};
	bool first = true;
	for (int i = 0; i < IMPORT_TERRAFORM_GUARDS; i++) {
		if (r->values.guards[i] == IMPORT_TERRAFORM_ABSENT)
			continue;
		str id = import_walk_join(&p->scratch, (str[]){r->address, kinds[i]}, 2, '|');
		if (!id.p)
			return err_full(err);
		struct evidence_record row = row_of(r, EVIDENCE_GUARDRAIL, id);
		row.main = first;
		first = false;
		evidence_set_text(&row, S("name"), name_of(r));
		evidence_set_text(&row, S("kind"), kinds[i]);
		evidence_set_text(&row, S("mode"), modes[r->values.guards[i]]);
		evidence_set_text(&row, S("provider"), r->type->platform);
		evidence_set_bool(&row, S("from_code"), true);
		set_seen(p, r, &row);
		TRY(push(p, &row, err));
	}
	return OK;
}

/* Only a log that is written: one without prompts is none of prompts. */
static enum status push_log(struct import_terraform_plan *p, const struct import_terraform_resource *r, struct err *err)
{
	struct evidence_record row = row_of(r, EVIDENCE_LOG_SOURCE, r->address);
	if (r->values.prompts.state != IMPORT_TERRAFORM_YES)
		return OK;
	row.main = true;
	evidence_set_text(&row, S("name"), S("Bedrock model invocation logging"));
	evidence_set_text(&row, S("kind"), S("prompts"));
	return push(p, &row, err);
}

/* ---- types ---- */

/* One a line. A type that is not here and is about AI counts as read and gives no row. */
/* clang-format off */
static const struct import_terraform_type types[] = {
    {S("aws_bedrock_guardrail"), S("bedrock"), {NULL, 0}, push_guardrail},
    {S("aws_bedrock_custom_model"), S("bedrock"), {NULL, 0}, push_model},
    {S("aws_bedrock_provisioned_model_throughput"), S("bedrock"), {NULL, 0}, push_throughput},
    {S("aws_bedrock_model_invocation_logging_configuration"), S("bedrock"), {NULL, 0}, push_log},
    {S("aws_bedrockagent_agent"), S("bedrock"), {NULL, 0}, push_agent},
    {S("aws_bedrockagent_knowledge_base"), S("bedrock"), {NULL, 0}, push_store},
    {S("aws_bedrockagentcore_agent_runtime"), S("bedrock_agentcore"), {NULL, 0}, push_agent},
    {S("aws_sagemaker_model"), S("aws"), {NULL, 0}, push_model},
    {S("aws_sagemaker_endpoint"), S("aws"), S("inference"), push_host},
    {S("aws_sagemaker_notebook_instance"), S("aws"), S("notebook"), push_host},
    {S("azurerm_cognitive_deployment"), S("azure"), {NULL, 0}, push_deployment},
    {S("azurerm_cognitive_account_rai_policy"), S("azure"), {NULL, 0}, push_guardrail},
    {S("azurerm_search_service"), S("azure_ai_search"), {NULL, 0}, push_store},
    {S("azurerm_machine_learning_compute_instance"), S("azure"), S("notebook"), push_host},
    {S("azurerm_machine_learning_compute_cluster"), S("azure"), S("training"), push_host},
    {S("google_vertex_ai_endpoint"), S("gcp"), S("inference"), push_host},
    {S("google_vertex_ai_index_endpoint"), S("vertex_ai"), {NULL, 0}, push_store},
    {S("google_vertex_ai_reasoning_engine"), S("vertex_ai"), {NULL, 0}, push_agent},
    {S("google_discovery_engine_data_store"), S("discovery_engine"), {NULL, 0}, push_store},
    {S("google_discovery_engine_chat_engine"), S("discovery_engine"), {NULL, 0}, push_agent},
    {S("google_dialogflow_cx_agent"), S("dialogflow"), {NULL, 0}, push_agent},
    {S("google_workbench_instance"), S("gcp"), S("notebook"), push_host},
    {S("google_notebooks_instance"), S("gcp"), S("notebook"), push_host},
};
/* clang-format on */

const struct import_terraform_type *import_terraform_type(str name)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_eq(name, types[i].name))
			return &types[i];
	return NULL;
}

enum status import_terraform_rows(struct import_terraform_plan *p, const struct import_terraform_resource *r,
				  struct err *err)
{
	return r->type->push(p, r, err);
}
