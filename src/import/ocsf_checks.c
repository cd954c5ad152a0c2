#include "import/ocsf.h"

#include <stddef.h>

/* Prowler's checks that are about AI, sorted: those of its category gen-ai and one that is about SageMaker. Taken from
   the check metadata of prowler-cloud/prowler at commit 3e000faa3109 (Apache-2.0). */
static const str checks[] = {
    S("aisearch_service_not_publicly_accessible"),
    S("apikeys_api_restricted_with_gemini_api"),
    S("apim_threat_detection_llm_jacking"),
    S("bedrock_agent_guardrail_enabled"),
    S("bedrock_agent_role_least_privilege"),
    S("bedrock_agent_role_not_shared_across_agents"),
    S("bedrock_api_key_no_administrative_privileges"),
    S("bedrock_api_key_no_long_term_credentials"),
    S("bedrock_custom_model_encrypted_with_cmk"),
    S("bedrock_full_access_policy_attached"),
    S("bedrock_guardrail_contextual_grounding_filter_enabled"),
    S("bedrock_guardrail_prompt_attack_filter_enabled"),
    S("bedrock_guardrail_sensitive_information_filter_enabled"),
    S("bedrock_guardrails_configured"),
    S("bedrock_knowledge_base_encrypted_with_cmk"),
    S("bedrock_model_invocation_logging_enabled"),
    S("bedrock_model_invocation_logs_encryption_enabled"),
    S("bedrock_prompt_encrypted_with_cmk"),
    S("bedrock_prompt_management_exists"),
    S("bedrock_vpc_endpoints_configured"),
    S("cloudtrail_bedrock_logging_enabled"),
    S("cloudtrail_threat_detection_llm_jacking"),
    S("gemini_api_disabled"),
    S("iam_inline_policy_no_wildcard_marketplace_subscribe"),
    S("iam_policy_no_wildcard_marketplace_subscribe"),
    S("iam_role_access_not_stale_to_bedrock"),
    S("iam_user_access_not_stale_to_bedrock"),
    S("iam_user_access_not_stale_to_sagemaker"),
    S("organizations_opt_out_ai_services_policy"),
    S("sagemaker_clarify_exists"),
    S("sagemaker_domain_sso_configured"),
    S("sagemaker_endpoint_config_kms_encryption_enabled"),
    S("sagemaker_endpoint_config_prod_variant_instances"),
    S("sagemaker_models_monitor_enabled"),
    S("sagemaker_models_network_isolation_enabled"),
    S("sagemaker_models_registry_in_use"),
    S("sagemaker_models_vpc_settings_configured"),
    S("sagemaker_notebook_instance_encryption_enabled"),
    S("sagemaker_notebook_instance_no_secrets"),
    S("sagemaker_notebook_instance_root_access_disabled"),
    S("sagemaker_notebook_instance_vpc_settings_configured"),
    S("sagemaker_notebook_instance_without_direct_internet_access_configured"),
    S("sagemaker_training_jobs_intercontainer_encryption_enabled"),
    S("sagemaker_training_jobs_network_isolation_enabled"),
    S("sagemaker_training_jobs_volume_and_output_encryption_enabled"),
    S("sagemaker_training_jobs_vpc_settings_configured"),
};

bool import_ocsf_checks_ai(str check_id)
{
	size_t low = 0, high = sizeof checks / sizeof *checks;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_cmp(check_id, checks[middle]);
		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}
