#include "import/terraform_plan.h"

#include <stddef.h>

#define CALL(name, fn)                                                                                                 \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_CALL, .call = (fn)                                                 \
	}
#define END                                                                                                            \
	{                                                                                                              \
		.key = { NULL, 0 }                                                                                     \
	}

/* ---- values ---- */

/* Any value is taken: types of resources differ in what they call what. */
static enum status read_fact(struct import_walk *w, struct import_terraform_fact *f, struct err *err)
{
	enum json_event opens = w->json.event;
	*f = (struct import_terraform_fact){.state = IMPORT_TERRAFORM_SOME};
	if (opens == JSON_NULL)
		f->state = IMPORT_TERRAFORM_NONE;
	else if (opens == JSON_TRUE || opens == JSON_FALSE)
		f->state = opens == JSON_TRUE ? IMPORT_TERRAFORM_YES : IMPORT_TERRAFORM_NO;
	else if (opens == JSON_STRING)
		TRY(import_walk_text(w, &f->text, err));
	if (opens == JSON_STRING && !f->text.n)
		f->state = IMPORT_TERRAFORM_NONE;
	if (opens != JSON_ARRAY && opens != JSON_OBJECT)
		return OK;
	int outside = w->json.depth - 1;
	TRY(json_next(&w->json, err));
	if (w->json.depth <= outside) {
		f->state = IMPORT_TERRAFORM_NONE;
		return OK;
	}
	while (w->json.depth > outside)
		TRY(json_next(&w->json, err));
	return OK;
}

/* A nested block: a list with an object for each, or one object. A true stands among marks alone: all of it is
   sensitive. */
static enum status read_block(struct import_walk *w, const struct import_walk_field *fields,
			      struct import_terraform_values *record, struct err *err)
{
	record->closed = record->closed || w->json.event == JSON_TRUE;
	if (w->json.event == JSON_OBJECT)
		return import_walk_members(w, fields, record, err);
	if (w->json.event != JSON_ARRAY)
		return json_skip(&w->json, err);
	for (;;) {
		TRY(json_next(&w->json, err));
		if (w->json.event == JSON_ARRAY_END)
			return OK;
		TRY(w->json.event == JSON_OBJECT ? import_walk_members(w, fields, record, err)
						 : json_skip(&w->json, err));
	}
}

#define FACT(member)                                                                                                   \
	static enum status read_##member(struct import_walk *w, void *values, struct err *err)                         \
	{                                                                                                              \
		return read_fact(w, &((struct import_terraform_values *)values)->member, err);                         \
	}

FACT(name)
FACT(title)
FACT(uses)
FACT(publisher)
FACT(model)
FACT(version)
FACT(upgrades)
FACT(weights)
FACT(training)
FACT(storage)
FACT(embedding)
FACT(machine)
FACT(accelerators)
FACT(internet)
FACT(node_ip)
FACT(no_ip)
FACT(network)
FACT(private_link)
FACT(public_access)
FACT(allowed)
FACT(prompts)

#define BLOCK(name, ...)                                                                                               \
	static enum status read_##name(struct import_walk *w, void *values, struct err *err)                           \
	{                                                                                                              \
		static const struct import_walk_field fields[] = {__VA_ARGS__, END};                                   \
		return read_block(w, fields, values, err);                                                             \
	}

/* ---- blocks ---- */

BLOCK(model_block, CALL("format", read_publisher), CALL("name", read_model), CALL("version", read_version))
BLOCK(container, CALL("model_data_url", read_weights))
BLOCK(training_data, CALL("s3_uri", read_training))
BLOCK(embedding_block, CALL("embedding_model_arn", read_embedding))
BLOCK(knowledge, CALL("vector_knowledge_base_configuration", read_embedding_block))
BLOCK(storage_block, CALL("type", read_storage))
BLOCK(logging, CALL("text_data_delivery_enabled", read_prompts))
BLOCK(private_members, CALL("enable_private_service_connect", read_private_link))
BLOCK(gce, CALL("machine_type", read_machine), CALL("accelerator_configs", read_accelerators),
      CALL("disable_public_ip", read_no_ip))

/* A block that is left out says no. */
static enum status read_private_block(struct import_walk *w, void *values, struct err *err)
{
	((struct import_terraform_values *)values)->private_link.state = IMPORT_TERRAFORM_NONE;
	return read_private_members(w, values, err);
}

/* ---- guardrails ---- */

static void guard(struct import_terraform_values *v, enum import_terraform_guard guard, enum import_terraform_mode mode)
{
	if (mode > v->guards[guard])
		v->guards[guard] = mode;
}

/* A rule of a guardrail; the same members mean the same in all kinds of rules. */
struct rule {
	struct import_terraform_fact in_strength, out_strength, in_action, out_action, in_on, out_on, action;
	struct import_terraform_fact on, blocks, source;
};

#define RULE(member)                                                                                                   \
	static enum status rule_##member(struct import_walk *w, void *rule, struct err *err)                           \
	{                                                                                                              \
		return read_fact(w, &((struct rule *)rule)->member, err);                                              \
	}

RULE(in_strength)
RULE(out_strength)
RULE(in_action)
RULE(out_action)
RULE(in_on)
RULE(out_on)
RULE(action)
RULE(on)
RULE(blocks)
RULE(source)

static enum status read_rule(struct import_walk *w, struct rule *rule, struct err *err)
{
	static const struct import_walk_field fields[] = {CALL("input_strength", rule_in_strength),
							  CALL("output_strength", rule_out_strength),
							  CALL("input_action", rule_in_action),
							  CALL("output_action", rule_out_action),
							  CALL("input_enabled", rule_in_on),
							  CALL("output_enabled", rule_out_on),
							  CALL("action", rule_action),
							  CALL("filter_enabled", rule_on),
							  CALL("block_enabled", rule_blocks),
							  CALL("source", rule_source),
							  END};
	*rule = (struct rule){0};
	if (w->json.event != JSON_OBJECT)
		return json_skip(&w->json, err);
	return import_walk_members(w, fields, rule, err);
}

static enum import_terraform_mode mode_of(const struct import_terraform_fact *on,
					  const struct import_terraform_fact *action)
{
	if (on->state == IMPORT_TERRAFORM_NO)
		return IMPORT_TERRAFORM_ABSENT;
	if (str_eq(action->text, S("NONE")))
		return IMPORT_TERRAFORM_ALERT;
	return str_eq(action->text, S("ANONYMIZE")) ? IMPORT_TERRAFORM_MASK : IMPORT_TERRAFORM_BLOCK;
}

static bool is_set(const struct import_terraform_fact *strength)
{
	return strength->state == IMPORT_TERRAFORM_SOME && !str_eq(strength->text, S("NONE"));
}

/* A filter of content has a strength for each way; one that is known after apply gives nothing. */
static enum status read_filter(struct import_walk *w, void *values, struct err *err)
{
	struct import_terraform_values *v = values;
	struct rule r;
	TRY(read_rule(w, &r, err));
	if (is_set(&r.in_strength))
		guard(v, IMPORT_TERRAFORM_INPUT, mode_of(&r.in_on, &r.in_action));
	if (is_set(&r.out_strength))
		guard(v, IMPORT_TERRAFORM_OUTPUT, mode_of(&r.out_on, &r.out_action));
	return OK;
}

static enum status read_topic(struct import_walk *w, void *values, struct err *err)
{
	struct rule r;
	TRY(read_rule(w, &r, err));
	guard(values, IMPORT_TERRAFORM_TOPIC, mode_of(&r.in_on, &r.in_action));
	return OK;
}

static enum status read_word(struct import_walk *w, void *values, struct err *err)
{
	struct import_terraform_values *v = values;
	struct rule r;
	TRY(read_rule(w, &r, err));
	guard(v, IMPORT_TERRAFORM_INPUT, mode_of(&r.in_on, &r.in_action));
	guard(v, IMPORT_TERRAFORM_OUTPUT, mode_of(&r.out_on, &r.out_action));
	return OK;
}

static enum status read_ground(struct import_walk *w, void *values, struct err *err)
{
	struct rule r;
	TRY(read_rule(w, &r, err));
	guard(values, IMPORT_TERRAFORM_OUTPUT, mode_of(&r.out_on, &r.action));
	return OK;
}

static enum status read_personal(struct import_walk *w, void *values, struct err *err)
{
	struct rule r;
	TRY(read_rule(w, &r, err));
	if (r.action.state == IMPORT_TERRAFORM_SOME)
		guard(values, IMPORT_TERRAFORM_REDACTION, mode_of(&r.out_on, &r.action));
	return OK;
}

/* Azure: a filter is for prompts or for completions, and blocks or only notes. */
static enum status read_rai_filter(struct import_walk *w, void *values, struct err *err)
{
	struct import_terraform_values *v = values;
	struct rule r;
	TRY(read_rule(w, &r, err));
	if (r.on.state != IMPORT_TERRAFORM_YES ||
	    (r.blocks.state != IMPORT_TERRAFORM_YES && r.blocks.state != IMPORT_TERRAFORM_NO))
		return OK;
	enum import_terraform_mode mode =
	    r.blocks.state == IMPORT_TERRAFORM_YES ? IMPORT_TERRAFORM_BLOCK : IMPORT_TERRAFORM_ALERT;
	if (str_eq(r.source.text, S("Prompt")))
		guard(v, IMPORT_TERRAFORM_INPUT, mode);
	if (str_eq(r.source.text, S("Completion")))
		guard(v, IMPORT_TERRAFORM_OUTPUT, mode);
	return OK;
}

#define RULES(name, fn)                                                                                                \
	static enum status name(struct import_walk *w, void *values, struct err *err)                                  \
	{                                                                                                              \
		return w->json.event == JSON_ARRAY ? import_walk_each(w, fn, values, err) : json_skip(&w->json, err);  \
	}

RULES(read_filters, read_filter)
RULES(read_topics, read_topic)
RULES(read_words, read_word)
RULES(read_grounds, read_ground)
RULES(read_personals, read_personal)
RULES(read_rai_filters, read_rai_filter)

BLOCK(content_policy, CALL("filters_config", read_filters))
BLOCK(topic_policy, CALL("topics_config", read_topics))
BLOCK(word_policy, CALL("words_config", read_words), CALL("managed_word_lists_config", read_words))
BLOCK(ground_policy, CALL("filters_config", read_grounds))
BLOCK(personal_policy, CALL("pii_entities_config", read_personals), CALL("regexes_config", read_personals))

/* ---- the whole ---- */

static enum status read_values(struct import_walk *w, struct import_terraform_values *values, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    CALL("name", read_name),
	    CALL("agent_name", read_title),
	    CALL("agent_runtime_name", read_title),
	    CALL("custom_model_name", read_title),
	    CALL("provisioned_model_name", read_title),
	    CALL("display_name", read_title),
	    CALL("foundation_model", read_uses),
	    CALL("model_arn", read_uses),
	    CALL("model", read_model_block),
	    CALL("version_upgrade_option", read_upgrades),
	    CALL("primary_container", read_container),
	    CALL("training_data_config", read_training_data),
	    CALL("knowledge_base_configuration", read_knowledge),
	    CALL("storage_configuration", read_storage_block),
	    CALL("instance_type", read_machine),
	    CALL("vm_size", read_machine),
	    CALL("virtual_machine_size", read_machine),
	    CALL("machine_type", read_machine),
	    CALL("accelerator_config", read_accelerators),
	    CALL("gce_setup", read_gce),
	    CALL("direct_internet_access", read_internet),
	    CALL("node_public_ip_enabled", read_node_ip),
	    CALL("no_public_ip", read_no_ip),
	    CALL("network", read_network),
	    CALL("private_service_connect_config", read_private_block),
	    CALL("public_endpoint_enabled", read_public_access),
	    CALL("public_network_access_enabled", read_public_access),
	    CALL("allowed_ips", read_allowed),
	    CALL("logging_config", read_logging),
	    CALL("content_policy_config", read_content_policy),
	    CALL("topic_policy_config", read_topic_policy),
	    CALL("word_policy_config", read_word_policy),
	    CALL("contextual_grounding_policy_config", read_ground_policy),
	    CALL("sensitive_information_policy_config", read_personal_policy),
	    CALL("content_filter", read_rai_filters),
	    END};
	return import_walk_members(w, fields, values, err);
}

enum status import_terraform_after(struct import_walk *w, void *resource, struct err *err)
{
	struct import_terraform_resource *r = resource;
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "the values of a resource (an object)", err);
	return read_values(w, &r->values, err);
}

/* The marks have the form of the values, with true where one is sensitive. */
enum status import_terraform_sensitive(struct import_walk *w, void *resource, struct err *err)
{
	struct import_terraform_resource *r = resource;
	r->marks.closed = w->json.event == JSON_TRUE;
	return w->json.event == JSON_OBJECT ? read_values(w, &r->marks, err) : json_skip(&w->json, err);
}
