#include "core/evidence.h"

#include <assert.h>

#define COLUMNS(list) (int)(sizeof(list) / sizeof(list)[0]), list

static const struct evidence_column person[] = {
    {S("name"), EVIDENCE_TEXT, S("full name")},
    {S("email"), EVIDENCE_TEXT, S("work address, lower case")},
    {S("kind"), EVIDENCE_TEXT, S("employee, contractor, temporary, partner")},
    {S("department"), EVIDENCE_TEXT, S("as in the personnel system")},
    {S("function"), EVIDENCE_TEXT,
     S("ciso, grc, iam, infra, appsec, ml_platform, data, secops, privacy, procurement, legal, developer, other")},
    {S("manager_id"), EVIDENCE_TEXT, S("id of the line manager")},
    {S("active"), EVIDENCE_BOOL, S("works here now")},
    {S("system_access"), EVIDENCE_BOOL, S("has access to company systems")},
    {S("ai_user"), EVIDENCE_BOOL, S("uses AI tools at work")},
    {S("ai_builder"), EVIDENCE_BOOL, S("builds, deploys or operates AI systems")},
    {S("joined_at"), EVIDENCE_TIME, S("first day")},
    {S("left_at"), EVIDENCE_TIME, S("last day")},
    {S("policy_attested_at"), EVIDENCE_TIME, S("last attestation of the AI acceptable-use policy")},
    {S("policy_version"), EVIDENCE_TEXT, S("version of the policy that was attested")},
    {S("training_completed_at"), EVIDENCE_TIME, S("last role-based AI security training completed")},
    {S("training_name"), EVIDENCE_TEXT, S("which training")},
};

static const struct evidence_column ai_system[] = {
    {S("name"), EVIDENCE_TEXT, S("as people call it")},
    {S("purpose"), EVIDENCE_TEXT, S("what it is used for")},
    {S("owner_id"), EVIDENCE_TEXT, S("id of the accountable person")},
    {S("stage"), EVIDENCE_TEXT,
     S("idea, pilot, production, retired; discovered where it is not registered and nobody says it")},
    {S("tier"), EVIDENCE_TEXT, S("risk tier: high, medium, low")},
    {S("deployment"), EVIDENCE_TEXT, S("self_hosted, paas, saas")},
    {S("provider_id"), EVIDENCE_TEXT, S("id of the provider of the model or service")},
    {S("model_id"), EVIDENCE_TEXT, S("id of the model it uses")},
    {S("repo"), EVIDENCE_TEXT, S("source repository")},
    {S("registered"), EVIDENCE_BOOL, S("entered in the register of AI systems (false: only discovered)")},
    {S("approved"), EVIDENCE_BOOL, S("its use was decided and allowed")},
    {S("approved_at"), EVIDENCE_TIME, S("when that was decided")},
    {S("approval_expires_at"), EVIDENCE_TIME, S("until when the approval holds")},
    {S("human_users"), EVIDENCE_BOOL, S("people sign in to it")},
    {S("calls_model"), EVIDENCE_BOOL,
     S("our own code or agents call a model, directly or through a gateway (false: only the vendor of a product "
       "does)")},
    {S("uses_agents"), EVIDENCE_BOOL, S("acts by itself through tools")},
    {S("uses_rag"), EVIDENCE_BOOL, S("retrieves documents into the prompt")},
    {S("internet_facing"), EVIDENCE_BOOL, S("reachable from the internet")},
    {S("handles_personal_data"), EVIDENCE_BOOL, S("personal data may enter it")},
    {S("data_class"), EVIDENCE_TEXT, S("public, internal, confidential, restricted")},
    {S("sso_enforced"), EVIDENCE_BOOL, S("sign-in only through the identity provider")},
    {S("mfa_enforced"), EVIDENCE_BOOL, S("multi-factor authentication for every sign-in")},
    {S("access_logged"), EVIDENCE_BOOL, S("who used it is logged")},
    {S("prompts_logged"), EVIDENCE_BOOL, S("prompts and responses are logged")},
    {S("actions_logged"), EVIDENCE_BOOL, S("tool calls and actions are logged")},
    {S("logs_in_siem"), EVIDENCE_BOOL, S("those logs reach the SIEM")},
    {S("guardrail"), EVIDENCE_BOOL, S("input and output pass a guardrail")},
    {S("input_filter"), EVIDENCE_BOOL, S("inputs are checked for injection")},
    {S("output_filter"), EVIDENCE_BOOL, S("outputs are checked before they are used")},
    {S("human_approval"), EVIDENCE_BOOL, S("high-impact actions need a person")},
    {S("tool_allow_list"), EVIDENCE_BOOL, S("tools are limited to a list")},
    {S("rate_limited"), EVIDENCE_BOOL, S("requests are limited per caller")},
    {S("through_gateway"), EVIDENCE_BOOL, S("all model calls pass the company's AI gateway")},
    {S("prompt_versioned"), EVIDENCE_BOOL, S("the system prompt is under version control")},
    {S("environment_isolated"), EVIDENCE_BOOL, S("production is separated from experiments")},
    {S("public_endpoint"), EVIDENCE_BOOL, S("the model endpoint answers without company network")},
    {S("endpoint_auth"), EVIDENCE_BOOL, S("the model endpoint requires authentication")},
    {S("threat_modelled_at"), EVIDENCE_TIME, S("last threat model")},
    {S("risk_assessed_at"), EVIDENCE_TIME, S("last risk assessment")},
    {S("privacy_assessed_at"), EVIDENCE_TIME, S("last privacy impact assessment")},
    {S("injection_tested_at"), EVIDENCE_TIME, S("last prompt-injection test in the build pipeline")},
    {S("ethics_reviewed_at"), EVIDENCE_TIME, S("last ethics review")},
    {S("kill_switch_tested_at"), EVIDENCE_TIME, S("last exercised stop")},
    {S("failover_tested_at"), EVIDENCE_TIME, S("last exercised failover of its model service")},
    {S("bom_at"), EVIDENCE_TIME, S("date of its AI bill of materials")},
    {S("launched_at"), EVIDENCE_TIME, S("first day in production")},
    {S("last_seen_at"), EVIDENCE_TIME, S("last time a feed saw it")},
    {S("notice_checked_at"), EVIDENCE_TIME, S("last check that people are told they deal with AI")},
    {S("regulatory_class"), EVIDENCE_TEXT, S("prohibited, high, transparency, minimal, out_of_scope")},
    {S("classified_at"), EVIDENCE_TIME, S("when that class was decided")},
};

static const struct evidence_column model[] = {
    {S("name"), EVIDENCE_TEXT, S("as published")},
    {S("version"), EVIDENCE_TEXT, S("exact version or revision")},
    {S("publisher"), EVIDENCE_TEXT, S("who made it")},
    {S("source"), EVIDENCE_TEXT, S("where it was taken from (registry, URL)")},
    {S("purl"), EVIDENCE_TEXT, S("package URL")},
    {S("licence"), EVIDENCE_TEXT, S("SPDX id or name")},
    {S("hash"), EVIDENCE_TEXT, S("algorithm:hexadecimal digest of the weights")},
    {S("format"), EVIDENCE_TEXT, S("safetensors, gguf, pickle, onnx, …")},
    {S("deployment"), EVIDENCE_TEXT, S("self_hosted, paas, saas")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system that uses it")},
    {S("owner_id"), EVIDENCE_TEXT, S("id of the accountable person")},
    {S("stage"), EVIDENCE_TEXT, S("pilot, production, retired")},
    {S("in_use"), EVIDENCE_BOOL, S("some system uses it")},
    {S("approved"), EVIDENCE_BOOL, S("in the register of approved models")},
    {S("approved_at"), EVIDENCE_TIME, S("when approved")},
    {S("pinned"), EVIDENCE_BOOL, S("the version is fixed, not an alias such as latest")},
    {S("hash_verified"), EVIDENCE_BOOL, S("the digest is verified when it is loaded")},
    {S("signed"), EVIDENCE_BOOL, S("its signature or provenance attestation was verified")},
    {S("model_card"), EVIDENCE_TEXT, S("none, linked, structured")},
    {S("card_sections"), EVIDENCE_INT, S("sections of the structured model card that are filled")},
    {S("datasets"), EVIDENCE_INT, S("training or evaluation datasets that it names")},
    {S("known_data"), EVIDENCE_BOOL, S("its training data is named")},
    {S("parameters_bounded"), EVIDENCE_BOOL, S("temperature, length and other parameters have enforced bounds")},
    {S("scanned_at"), EVIDENCE_TIME, S("last scan of its files for malicious content")},
    {S("scan_issues"), EVIDENCE_INT, S("high and critical issues of that scan")},
    {S("red_teamed_at"), EVIDENCE_TIME, S("last adversarial test")},
    {S("rollback_tested_at"), EVIDENCE_TIME, S("last exercised rollback")},
    {S("released_at"), EVIDENCE_TIME, S("when its publisher released it")},
    {S("last_seen_at"), EVIDENCE_TIME, S("last time a feed saw it")},
    {S("retires_at"), EVIDENCE_TIME, S("when its provider ends it")},
};

static const struct evidence_column agent[] = {
    {S("name"), EVIDENCE_TEXT, S("as people call it")},
    {S("purpose"), EVIDENCE_TEXT, S("what it is for")},
    {S("owner_id"), EVIDENCE_TEXT, S("id of the accountable person")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system it belongs to")},
    {S("identity_id"), EVIDENCE_TEXT, S("id of the identity it acts under")},
    {S("platform"), EVIDENCE_TEXT, S("where it runs")},
    {S("stage"), EVIDENCE_TEXT, S("pilot, production, retired")},
    {S("registered"), EVIDENCE_BOOL, S("entered in the register")},
    {S("enabled"), EVIDENCE_BOOL, S("may run")},
    {S("autonomy"), EVIDENCE_TEXT, S("suggest, act_with_approval, act")},
    {S("delegation_logged"), EVIDENCE_BOOL, S("its actions name the person or agent that delegated them")},
    {S("tool_allow_list"), EVIDENCE_BOOL, S("its tools are limited to a list")},
    {S("human_approval"), EVIDENCE_BOOL, S("high-impact actions need a person")},
    {S("sandboxed"), EVIDENCE_BOOL, S("runs without access beyond its task")},
    {S("egress_controlled"), EVIDENCE_BOOL, S("its network destinations are limited")},
    {S("expires_at"), EVIDENCE_TIME, S("when its registration ends")},
    {S("last_seen_at"), EVIDENCE_TIME, S("last time a feed saw it")},
};

static const struct evidence_column identity[] = {
    {S("name"), EVIDENCE_TEXT, S("as the directory shows it")},
    {S("kind"), EVIDENCE_TEXT, S("user, service, agent, mcp_server")},
    {S("ai"), EVIDENCE_BOOL, S("belongs to an AI workload, agent or tool")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system it belongs to")},
    {S("owner_id"), EVIDENCE_TEXT, S("id of the accountable person")},
    {S("provider"), EVIDENCE_TEXT, S("directory or cloud that holds it")},
    {S("shared"), EVIDENCE_BOOL, S("used by more than one system or person")},
    {S("enabled"), EVIDENCE_BOOL, S("may sign in")},
    {S("privileged"), EVIDENCE_BOOL, S("holds an administrative role")},
    {S("sso"), EVIDENCE_BOOL, S("signs in through the identity provider")},
    {S("mfa"), EVIDENCE_BOOL, S("multi-factor authentication is registered and enforced")},
    {S("just_in_time"), EVIDENCE_BOOL, S("gets its rights for the time of a task")},
    {S("created_at"), EVIDENCE_TIME, S("when created")},
    {S("last_used_at"), EVIDENCE_TIME, S("last sign-in or call")},
    {S("expires_at"), EVIDENCE_TIME, S("when it ends by itself")},
    {S("reviewed_at"), EVIDENCE_TIME, S("last access review that covered it")},
};

static const struct evidence_column credential[] = {
    {S("identity_id"), EVIDENCE_TEXT, S("id of the identity it belongs to")},
    {S("kind"), EVIDENCE_TEXT, S("api_key, password, certificate, token, ssh_key")},
    {S("provider"), EVIDENCE_TEXT, S("where it is valid")},
    {S("in_vault"), EVIDENCE_BOOL, S("kept in a secret store")},
    {S("scoped"), EVIDENCE_BOOL, S("limited to named scopes")},
    {S("issued_at"), EVIDENCE_TIME, S("when issued or last rotated")},
    {S("expires_at"), EVIDENCE_TIME, S("when it ends by itself")},
    {S("last_used_at"), EVIDENCE_TIME, S("last use")},
    {S("revoked_at"), EVIDENCE_TIME, S("when revoked")},
};

static const struct evidence_column permission[] = {
    {S("identity_id"), EVIDENCE_TEXT, S("id of the identity that holds it")},
    {S("scope"), EVIDENCE_TEXT, S("the right: role, action or OAuth scope")},
    {S("resource"), EVIDENCE_TEXT, S("what it applies to")},
    {S("privileged"), EVIDENCE_BOOL, S("administrative or able to change rights")},
    {S("usage_known"), EVIDENCE_BOOL, S("the provider reports use")},
    {S("granted_at"), EVIDENCE_TIME, S("when granted")},
    {S("last_used_at"), EVIDENCE_TIME, S("last use")},
    {S("expires_at"), EVIDENCE_TIME, S("when it ends by itself")},
    {S("reviewed_at"), EVIDENCE_TIME, S("last decision about it in an access review")},
    {S("review_decision"), EVIDENCE_TEXT, S("approve, deny, dont_know, not_reviewed")},
};

static const struct evidence_column provider[] = {
    {S("name"), EVIDENCE_TEXT, S("company")},
    {S("service"), EVIDENCE_TEXT, S("what is bought")},
    {S("deployment"), EVIDENCE_TEXT, S("paas, saas, self_hosted")},
    {S("tier"), EVIDENCE_TEXT, S("risk tier: high, medium, low")},
    {S("owner_id"), EVIDENCE_TEXT, S("id of the accountable person")},
    {S("in_use"), EVIDENCE_BOOL, S("some system uses it")},
    {S("approved"), EVIDENCE_BOOL, S("on the list of approved providers")},
    {S("approved_at"), EVIDENCE_TIME, S("when approved")},
    {S("assessed_at"), EVIDENCE_TIME, S("last risk assessment")},
    {S("reassess_due_at"), EVIDENCE_TIME, S("when the next is due")},
    {S("questionnaire_at"), EVIDENCE_TIME, S("date of its last AI questionnaire")},
    {S("questionnaire_complete"), EVIDENCE_BOOL, S("every question of it was answered")},
    {S("training_excluded"), EVIDENCE_BOOL, S("the contract excludes training on our data")},
    {S("incident_notice"), EVIDENCE_BOOL, S("the contract has a deadline for incident notice")},
    {S("retention_agreed"), EVIDENCE_BOOL, S("the contract limits retention of prompts")},
    {S("exit_plan_tested_at"), EVIDENCE_TIME, S("last test of the exit plan")},
    {S("signals_at"), EVIDENCE_TIME, S("last change of its risk signals that was looked at")},
    {S("security_contact"), EVIDENCE_BOOL, S("an incident contact is on file")},
};

static const struct evidence_column dataset[] = {
    {S("name"), EVIDENCE_TEXT, S("as people call it")},
    {S("version"), EVIDENCE_TEXT, S("exact version")},
    {S("source"), EVIDENCE_TEXT, S("where it comes from")},
    {S("licence"), EVIDENCE_TEXT, S("SPDX id or name")},
    {S("purpose"), EVIDENCE_TEXT,
     S("training, evaluation, retrieval, prompt, log, upstream (in a model that somebody else made)")},
    {S("classification"), EVIDENCE_TEXT, S("public, internal, confidential, restricted")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system that uses it")},
    {S("owner_id"), EVIDENCE_TEXT, S("id of the accountable person")},
    {S("contains_personal"), EVIDENCE_BOOL, S("holds personal data")},
    {S("access_controlled"), EVIDENCE_BOOL, S("access is decided per caller")},
    {S("permission_aware"), EVIDENCE_BOOL, S("retrieval shows only what the asking person may read")},
    {S("encrypted"), EVIDENCE_BOOL, S("encrypted at rest")},
    {S("provenance_recorded"), EVIDENCE_BOOL, S("origin and transformations are recorded")},
    {S("retention_enforced"), EVIDENCE_BOOL, S("deleted by rule")},
    {S("canary"), EVIDENCE_BOOL, S("holds planted markers that reveal leakage")},
    {S("hash"), EVIDENCE_TEXT, S("algorithm:hexadecimal digest")},
    {S("poisoning_scanned_at"), EVIDENCE_TIME, S("last scan for poisoned entries")},
    {S("leakage_tested_at"), EVIDENCE_TIME, S("last test that it does not leak through a model")},
    {S("entitlements_synced_at"), EVIDENCE_TIME, S("last synchronisation of its access rights")},
    {S("reviewed_at"), EVIDENCE_TIME, S("last review by the owner")},
};

static const struct evidence_column component[] = {
    {S("name"), EVIDENCE_TEXT, S("as published")},
    {S("version"), EVIDENCE_TEXT, S("exact version")},
    {S("type"), EVIDENCE_TEXT, S("CycloneDX component type: library, framework, application, container, …")},
    {S("purl"), EVIDENCE_TEXT, S("package URL")},
    {S("publisher"), EVIDENCE_TEXT, S("supplier, manufacturer or publisher")},
    {S("licence"), EVIDENCE_TEXT, S("SPDX id or name")},
    {S("hash"), EVIDENCE_TEXT, S("algorithm:hexadecimal digest")},
    {S("system_id"), EVIDENCE_TEXT, S("the subject of the bill of materials")},
    {S("bom"), EVIDENCE_TEXT, S("serial number or subject of the bill of materials")},
    {S("ai"), EVIDENCE_BOOL, S("part of the AI stack by its type or name")},
    {S("vulnerabilities"), EVIDENCE_INT, S("known vulnerabilities that are not ruled out")},
    {S("scanned_at"), EVIDENCE_TIME, S("last dependency scan")},
    {S("first_seen_at"), EVIDENCE_TIME, S("first day in a bill of materials of the company")},
    {S("quarantined"), EVIDENCE_BOOL,
     S("at least seven days old by its publish date at its first use, or released by name")},
};

static const struct evidence_column finding[] = {
    {S("rule"), EVIDENCE_TEXT, S("id of the rule, check or vulnerability")},
    {S("title"), EVIDENCE_TEXT, S("one line")},
    {S("tool"), EVIDENCE_TEXT, S("what reported it")},
    {S("severity"), EVIDENCE_TEXT, S("critical, high, medium, low, info")},
    {S("status"), EVIDENCE_TEXT, S("open, fixed, suppressed, accepted, false_positive")},
    {S("ai"), EVIDENCE_BOOL, S("about AI")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system it is about")},
    {S("resource"), EVIDENCE_TEXT, S("what it was found on")},
    {S("due_at"), EVIDENCE_TIME, S("when it has to be fixed")},
    {S("created_at"), EVIDENCE_TIME, S("first seen")},
    {S("resolved_at"), EVIDENCE_TIME, S("when fixed")},
    {S("exception_expires_at"), EVIDENCE_TIME, S("until when a suppression or acceptance holds")},
    {S("exception_owner_id"), EVIDENCE_TEXT, S("who accepted it")},
};

static const struct evidence_column posture[] = {
    {S("check_id"), EVIDENCE_TEXT, S("id of the check in its tool")},
    {S("title"), EVIDENCE_TEXT, S("one line")},
    {S("status"), EVIDENCE_TEXT, S("pass, fail, manual, not_applicable")},
    {S("muted"), EVIDENCE_BOOL, S("an accepted exception: neither pass nor fail")},
    {S("severity"), EVIDENCE_TEXT, S("critical, high, medium, low, info")},
    {S("service"), EVIDENCE_TEXT, S("cloud service or area")},
    {S("ai"), EVIDENCE_BOOL, S("the check is about AI")},
    {S("resource"), EVIDENCE_TEXT, S("what was checked")},
    {S("resource_type"), EVIDENCE_TEXT, S("type of it")},
    {S("account"), EVIDENCE_TEXT, S("cloud account, subscription, project or cluster")},
    {S("region"), EVIDENCE_TEXT, S("region or location")},
    {S("provider"), EVIDENCE_TEXT, S("aws, azure, gcp, kubernetes, m365, github, …")},
    {S("tool"), EVIDENCE_TEXT, S("what checked it")},
    {S("checked_at"), EVIDENCE_TIME, S("when")},
};

static const struct evidence_column red_team[] = {
    {S("finished_at"), EVIDENCE_TIME, S("end of the run")},
    {S("started_at"), EVIDENCE_TIME, S("start of the run")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system or model that was attacked, as the tool names it")},
    {S("tool"), EVIDENCE_TEXT, S("what attacked: garak, promptfoo, …")},
    {S("run"), EVIDENCE_TEXT, S("id of the run")},
    {S("probe"), EVIDENCE_TEXT, S("the attack")},
    {S("detector"), EVIDENCE_TEXT, S("what judged the answers")},
    {S("class"), EVIDENCE_TEXT,
     S("prompt_injection, jailbreak, leakage, toxicity, malware, encoding, hallucination, other")},
    {S("passed"), EVIDENCE_INT, S("attempts that the target withstood")},
    {S("failed"), EVIDENCE_INT, S("attempts that succeeded")},
    {S("total"), EVIDENCE_INT, S("attempts that were judged")},
};

static const struct evidence_column tool[] = {
    {S("name"), EVIDENCE_TEXT, S("function or tool name")},
    {S("server_id"), EVIDENCE_TEXT, S("id of the MCP server that offers it")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system that uses it")},
    {S("owner_id"), EVIDENCE_TEXT, S("id of the accountable person")},
    {S("approved"), EVIDENCE_BOOL, S("allowed by name")},
    {S("high_impact"), EVIDENCE_BOOL, S("can change money, data, access or people")},
    {S("human_approval"), EVIDENCE_BOOL, S("asks a person before it acts")},
    {S("input_validated"), EVIDENCE_BOOL, S("its arguments are checked against a schema")},
    {S("scopes"), EVIDENCE_TEXT, S("OAuth scopes it needs")},
    {S("description_hash"), EVIDENCE_TEXT, S("digest of its description")},
    {S("description_changed_at"), EVIDENCE_TIME, S("last change of its description")},
    {S("scanned_at"), EVIDENCE_TIME, S("last scan for tool poisoning")},
    {S("scan_issues"), EVIDENCE_INT, S("high and critical issues of that scan")},
    {S("last_seen_at"), EVIDENCE_TIME, S("last time a feed saw it")},
};

static const struct evidence_column mcp_server[] = {
    {S("name"), EVIDENCE_TEXT, S("as configured")},
    {S("purpose"), EVIDENCE_TEXT, S("what it is for")},
    {S("owner_id"), EVIDENCE_TEXT, S("id of the accountable person")},
    {S("identity_id"), EVIDENCE_TEXT, S("id of the identity it acts under")},
    {S("url"), EVIDENCE_TEXT, S("where it is")},
    {S("transport"), EVIDENCE_TEXT, S("stdio, http, sse")},
    {S("auth"), EVIDENCE_TEXT, S("oauth, api_key, none")},
    {S("registered"), EVIDENCE_BOOL, S("entered in the register")},
    {S("approved"), EVIDENCE_BOOL, S("allowed")},
    {S("pinned"), EVIDENCE_BOOL, S("its version is fixed")},
    {S("scanned_at"), EVIDENCE_TIME, S("last scan")},
    {S("scan_issues"), EVIDENCE_INT, S("high and critical issues of that scan")},
    {S("last_seen_at"), EVIDENCE_TIME, S("last time a feed saw it")},
};

static const struct evidence_column log_source[] = {
    {S("name"), EVIDENCE_TEXT, S("as the SIEM calls it")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system it belongs to")},
    {S("kind"), EVIDENCE_TEXT, S("access, prompts, tool_calls, actions, guardrail, model_behaviour")},
    {S("in_siem"), EVIDENCE_BOOL, S("reaches the SIEM")},
    {S("retention_days"), EVIDENCE_INT, S("days it is kept")},
    {S("trace_linked"), EVIDENCE_BOOL, S("user, agent, tool and data share one trace id")},
    {S("alerts"), EVIDENCE_BOOL, S("detections run on it")},
    {S("detections"), EVIDENCE_INT, S("enabled detections that use it")},
    {S("detections_mapped"), EVIDENCE_INT, S("of those, mapped to MITRE ATLAS")},
    {S("detections_tested_at"), EVIDENCE_TIME, S("last test of those detections by emulation")},
    {S("last_event_at"), EVIDENCE_TIME, S("last event received")},
};

static const struct evidence_column incident[] = {
    {S("detected_at"), EVIDENCE_TIME, S("when it was noticed")},
    {S("occurred_at"), EVIDENCE_TIME, S("when it began")},
    {S("kind"), EVIDENCE_TEXT,
     S("prompt_injection, agent_compromise, agent_anomaly, model_abuse, exfiltration, shadow_ai, poisoning, "
       "guardrail_violation, provider, other")},
    {S("title"), EVIDENCE_TEXT, S("one line")},
    {S("severity"), EVIDENCE_TEXT, S("critical, high, medium, low")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system")},
    {S("playbook"), EVIDENCE_TEXT, S("the playbook that was followed")},
    {S("triaged_at"), EVIDENCE_TIME, S("first decision by a person or machine")},
    {S("contained_at"), EVIDENCE_TIME, S("when it could do no more harm")},
    {S("suspended_at"), EVIDENCE_TIME, S("when the identity involved was suspended")},
    {S("resolved_at"), EVIDENCE_TIME, S("when closed")},
    {S("automated"), EVIDENCE_BOOL, S("contained by machine")},
    {S("lessons_at"), EVIDENCE_TIME, S("when the review was finished")},
    {S("lessons_done"), EVIDENCE_BOOL, S("its lessons became a guardrail, test or detection")},
    {S("timeline_complete"), EVIDENCE_BOOL, S("its course could be rebuilt from logs")},
    {S("cause"), EVIDENCE_TEXT, S("what let it happen, in one word of the organisation's own list")},
    {S("shared_at"), EVIDENCE_TIME, S("when its lesson was given to a sharing group or the vendor")},
    {S("notice_due_at"), EVIDENCE_TIME,
     S("when the first notice to an authority, customer or person was due; empty = none was")},
    {S("notified_at"), EVIDENCE_TIME, S("when that notice was sent")},
};

static const struct evidence_column exercise[] = {
    {S("detected_at"), EVIDENCE_TIME, S("when the exercised event was noticed (or held, for a discussion)")},
    {S("started_at"), EVIDENCE_TIME, S("start")},
    {S("kind"), EVIDENCE_TEXT,
     S("prompt_injection, agent_compromise, agent_anomaly, model_abuse, exfiltration, kill_switch, failover, "
       "provider_outage, rollback, blast_radius, shadow_ai, notice, other")},
    {S("form"), EVIDENCE_TEXT, S("tabletop, technical, purple_team, emulation")},
    {S("title"), EVIDENCE_TEXT, S("one line")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system")},
    {S("passed"), EVIDENCE_BOOL, S("reached its goal")},
    {S("contained_at"), EVIDENCE_TIME, S("when it could have done no more harm")},
    {S("suspended_at"), EVIDENCE_TIME, S("when the identity involved was suspended")},
    {S("findings"), EVIDENCE_INT, S("weaknesses found")},
    {S("findings_closed"), EVIDENCE_INT, S("of those, closed")},
    {S("participants"), EVIDENCE_INT, S("people who took part")},
    {S("timeline_complete"), EVIDENCE_BOOL, S("its course could be rebuilt from logs")},
    {S("playbook"), EVIDENCE_TEXT, S("the playbook that was followed")},
    {S("announced"), EVIDENCE_BOOL, S("those who respond knew of it beforehand")},
    {S("automated"), EVIDENCE_BOOL, S("contained by machine")},
    {S("shared_at"), EVIDENCE_TIME, S("when its lesson was given to a sharing group or the vendor")},
};

static const struct evidence_column document[] = {
    {S("approved_at"), EVIDENCE_TIME, S("when approved")},
    {S("reviewed_at"), EVIDENCE_TIME, S("last review")},
    {S("expires_at"), EVIDENCE_TIME, S("when it needs a new approval")},
    {S("kind"), EVIDENCE_TEXT,
     S("policy, charter, minutes, playbook, plan, assessment, procedure, standard, threat_model, agreement, report, "
       "other")},
    {S("title"), EVIDENCE_TEXT, S("one line")},
    {S("version"), EVIDENCE_TEXT, S("its version")},
    {S("owner_id"), EVIDENCE_TEXT, S("id of the accountable person")},
    {S("approver_id"), EVIDENCE_TEXT, S("id of who approved it")},
    {S("topic"), EVIDENCE_TEXT, S("what it is about, in one word of the organisation's own list")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system it is about")},
    {S("version_controlled"), EVIDENCE_BOOL, S("kept under version control")},
    {S("url"), EVIDENCE_TEXT, S("where it is")},
    {S("sha256"), EVIDENCE_TEXT, S("digest of its file")},
};

static const struct evidence_column control_answer[] = {
    {S("framework"), EVIDENCE_TEXT, S("csa-aicm, ai-caiq, …")},
    {S("version"), EVIDENCE_TEXT, S("version of the framework")},
    {S("control"), EVIDENCE_TEXT, S("id of the control or question")},
    {S("answer"), EVIDENCE_TEXT, S("yes, no, partly, not_applicable")},
    {S("ownership"), EVIDENCE_TEXT, S("ours, provider, shared, customer")},
    {S("evidence"), EVIDENCE_TEXT, S("what proves it")},
    {S("evidenced"), EVIDENCE_BOOL, S("something proves it")},
    {S("reviewer_id"), EVIDENCE_TEXT, S("who confirmed it")},
    {S("answered_at"), EVIDENCE_TIME, S("when answered")},
    {S("reviewed_at"), EVIDENCE_TIME, S("when confirmed")},
    {S("tested_at"), EVIDENCE_TIME, S("last test of the control")},
    {S("machine_tested"), EVIDENCE_BOOL, S("that test was made by a machine")},
    {S("answered_by"), EVIDENCE_TEXT, S("id of who answered")},
    {S("test_passed"), EVIDENCE_BOOL, S("the last test found the control at work")},
};

static const struct evidence_column event[] = {
    {S("happened_at"), EVIDENCE_TIME, S("when it happened")},
    {S("kind"), EVIDENCE_TEXT,
     S("approval, release_decision, discovery, deployment, deletion, provider_change, threat_intel, subject_request, "
       "other")},
    {S("title"), EVIDENCE_TEXT, S("one line")},
    {S("subject_id"), EVIDENCE_TEXT, S("what it is about")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system")},
    {S("owner_id"), EVIDENCE_TEXT, S("who answers for it")},
    {S("outcome"), EVIDENCE_TEXT, S("approved, rejected, allowed, denied, done, expired, failed")},
    {S("automated"), EVIDENCE_BOOL, S("by machine")},
    {S("requested_at"), EVIDENCE_TIME, S("when asked for")},
    {S("due_at"), EVIDENCE_TIME, S("when it had to be done")},
    {S("done_at"), EVIDENCE_TIME, S("when it was done")},
    {S("expires_at"), EVIDENCE_TIME, S("until when it holds")},
};

static const struct evidence_column account[] = {
    {S("name"), EVIDENCE_TEXT, S("as its platform shows it")},
    {S("platform"), EVIDENCE_TEXT, S("cloud, SaaS product or model provider that holds it")},
    {S("kind"), EVIDENCE_TEXT, S("cloud_account, subscription, project, tenant, provider_org")},
    {S("owner_id"), EVIDENCE_TEXT, S("id of the accountable person")},
    {S("environment"), EVIDENCE_TEXT, S("production, experiment, mixed")},
    {S("registered"), EVIDENCE_BOOL, S("entered in the list of AI accounts (false: only found in bills or logs)")},
    {S("in_use"), EVIDENCE_BOOL, S("AI services were called or paid for in it")},
    {S("refused_blocked"), EVIDENCE_BOOL, S("an inherited policy denies the AI services that were refused")},
    {S("block_tested_at"), EVIDENCE_TIME, S("last test call to a refused service that was denied")},
    {S("training_excluded"), EVIDENCE_BOOL, S("the setting that lets the provider train on our data is off")},
    {S("retention_set"), EVIDENCE_BOOL, S("retention of prompts is set by the company, not by default")},
    {S("guardrail_inherited"), EVIDENCE_BOOL,
     S("a guardrail policy of the organisation applies and cannot be removed from inside")},
    {S("audit_log_collected"), EVIDENCE_BOOL, S("its audit log leaves it for a store of the company")},
    {S("posture_scanned_at"), EVIDENCE_TIME, S("last posture scan that covered its AI services")},
    {S("created_at"), EVIDENCE_TIME, S("when opened")},
    {S("compliant_at"), EVIDENCE_TIME, S("first posture scan without a failed AI check")},
    {S("by_template"), EVIDENCE_BOOL, S("made from the company template without a hand on it before its first scan")},
    {S("last_seen_at"), EVIDENCE_TIME, S("last time a feed saw it")},
    {S("settings_checked_at"), EVIDENCE_TIME,
     S("last export of its settings that was compared with the company's standard")},
};

static const struct evidence_column host[] = {
    {S("name"), EVIDENCE_TEXT, S("as the platform shows it")},
    {S("kind"), EVIDENCE_TEXT, S("inference, training, notebook, vector_store, gateway")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system that it serves")},
    {S("owner_id"), EVIDENCE_TEXT, S("id of the accountable person")},
    {S("provider"), EVIDENCE_TEXT, S("cloud or data centre")},
    {S("gpu"), EVIDENCE_BOOL, S("has an accelerator")},
    {S("data_class"), EVIDENCE_TEXT, S("highest class of data on it: public, internal, confidential, restricted")},
    {S("isolation"), EVIDENCE_TEXT, S("shared, dedicated, confidential (memory encrypted and attested)")},
    {S("network_isolated"), EVIDENCE_BOOL, S("reachable only from the networks that need it")},
    {S("egress_controlled"), EVIDENCE_BOOL, S("its network destinations are limited")},
    {S("from_code"), EVIDENCE_BOOL, S("its network and settings are made from reviewed code")},
    {S("hardened"), EVIDENCE_BOOL, S("its image follows the hardening baseline")},
    {S("image_built_at"), EVIDENCE_TIME, S("when the image that runs was built")},
    {S("patched_at"), EVIDENCE_TIME, S("last patch of system, drivers and serving software")},
    {S("scanned_at"), EVIDENCE_TIME, S("last vulnerability scan")},
    {S("oldest_critical_at"), EVIDENCE_TIME,
     S("since when the oldest critical or high weakness still open on it has a fix")},
    {S("open_criticals"), EVIDENCE_INT, S("critical and high weaknesses open on it that have a fix")},
    {S("last_seen_at"), EVIDENCE_TIME, S("last time a feed saw it")},
};

static const struct evidence_column guardrail[] = {
    {S("name"), EVIDENCE_TEXT, S("as configured")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system that it guards")},
    {S("kind"), EVIDENCE_TEXT, S("input, output, tool_call, redaction, dlp, topic")},
    {S("mode"), EVIDENCE_TEXT, S("block, mask, alert, off")},
    {S("provider"), EVIDENCE_TEXT, S("product or service that runs it")},
    {S("version"), EVIDENCE_TEXT, S("version of its rules")},
    {S("owner_id"), EVIDENCE_TEXT, S("id of the accountable person")},
    {S("from_code"), EVIDENCE_BOOL, S("its rules are changed only through reviewed code")},
    {S("changed_at"), EVIDENCE_TIME, S("last change of its rules")},
    {S("tested_at"), EVIDENCE_TIME, S("last test with attacks or planted data")},
    {S("tests"), EVIDENCE_INT, S("attempts of that test")},
    {S("tests_stopped"), EVIDENCE_INT, S("of those, stopped")},
    {S("last_seen_at"), EVIDENCE_TIME, S("last time a feed saw it")},
};

static const struct evidence_column vector_store[] = {
    {S("name"), EVIDENCE_TEXT, S("index or collection")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system that reads it")},
    {S("owner_id"), EVIDENCE_TEXT, S("id of the accountable person")},
    {S("platform"), EVIDENCE_TEXT, S("product or service")},
    {S("classification"), EVIDENCE_TEXT, S("public, internal, confidential, restricted")},
    {S("auth_required"), EVIDENCE_BOOL, S("every call is authenticated")},
    {S("public_endpoint"), EVIDENCE_BOOL, S("answers without company network")},
    {S("encrypted"), EVIDENCE_BOOL, S("encrypted at rest")},
    {S("tenant_isolated"), EVIDENCE_BOOL, S("customers or units cannot reach each other's vectors")},
    {S("writers_limited"), EVIDENCE_BOOL, S("only named pipelines may write to it")},
    {S("entitlements_synced_at"), EVIDENCE_TIME, S("last synchronisation of its access rights with the sources")},
    {S("deletions_synced_at"), EVIDENCE_TIME, S("last time that documents deleted at the source were removed")},
    {S("backed_up_at"), EVIDENCE_TIME, S("last backup that could be restored")},
    {S("last_seen_at"), EVIDENCE_TIME, S("last time a feed saw it")},
};

static const struct evidence_column repository[] = {
    {S("name"), EVIDENCE_TEXT, S("as the code host shows it")},
    {S("url"), EVIDENCE_TEXT, S("where it is")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system whose code it holds")},
    {S("owner_id"), EVIDENCE_TEXT, S("id of the accountable person")},
    {S("ai"), EVIDENCE_BOOL, S("holds code, prompts or settings of an AI system")},
    {S("assistants_used"), EVIDENCE_BOOL, S("coding assistants work in it")},
    {S("review_required"), EVIDENCE_BOOL, S("a second person must approve each change")},
    {S("secret_scan"), EVIDENCE_BOOL,
     S("every push is scanned for secrets, notebooks and prompts included, and stopped")},
    {S("bom_in_build"), EVIDENCE_BOOL, S("its build writes an AI bill of materials")},
    {S("ai_gate"), EVIDENCE_TEXT,
     S("what the pipeline does with an AI artefact that breaks a rule: block, warn, none")},
    {S("assistant_config"), EVIDENCE_BOOL, S("holds instructions, tool or MCP settings of assistants")},
    {S("assistant_config_reviewed"), EVIDENCE_BOOL, S("a change of those needs a named owner's approval")},
    {S("package_quarantine"), EVIDENCE_BOOL, S("packages new to the company wait in quarantine before they reach it")},
    {S("risk_gate"), EVIDENCE_BOOL, S("the pipeline sets the depth of review by a risk score of the change")},
    {S("last_change_at"), EVIDENCE_TIME, S("last change")},
    {S("last_seen_at"), EVIDENCE_TIME, S("last time a feed saw it")},
};

static const struct evidence_column assistant[] = {
    {S("name"), EVIDENCE_TEXT, S("product")},
    {S("version"), EVIDENCE_TEXT, S("exact version")},
    {S("person_id"), EVIDENCE_TEXT, S("id of the person who uses it")},
    {S("device"), EVIDENCE_TEXT, S("where it is installed, or the web account")},
    {S("approved"), EVIDENCE_BOOL, S("product and plan are on the list of approved assistants")},
    {S("managed"), EVIDENCE_BOOL, S("signed in with a company account under company settings")},
    {S("agentic"), EVIDENCE_BOOL, S("runs commands or changes files by itself")},
    {S("sandboxed"), EVIDENCE_BOOL, S("its commands run in a container or machine without standing secrets")},
    {S("egress_controlled"), EVIDENCE_BOOL, S("its network destinations are limited")},
    {S("last_seen_at"), EVIDENCE_TIME, S("last time a feed saw it")},
};

static const struct evidence_column detection[] = {
    {S("name"), EVIDENCE_TEXT, S("as the SIEM calls it")},
    {S("technique"), EVIDENCE_TEXT, S("MITRE ATLAS technique it is for")},
    {S("log_source_id"), EVIDENCE_TEXT, S("id of the log source it reads")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system it watches; empty = all")},
    {S("severity"), EVIDENCE_TEXT, S("critical, high, medium, low")},
    {S("enabled"), EVIDENCE_BOOL, S("runs")},
    {S("from_code"), EVIDENCE_BOOL, S("kept and changed as reviewed code")},
    {S("created_at"), EVIDENCE_TIME, S("when written")},
    {S("tested_at"), EVIDENCE_TIME, S("last test by emulation of the attack")},
    {S("test_passed"), EVIDENCE_BOOL, S("that test raised the alert")},
    {S("last_fired_at"), EVIDENCE_TIME, S("last alert")},
};

static const struct evidence_column training[] = {
    {S("person_id"), EVIDENCE_TEXT, S("id of the person")},
    {S("course"), EVIDENCE_TEXT, S("which course")},
    {S("topic"), EVIDENCE_TEXT, S("acceptable_use, builder, assessor, responder, executive, assistant")},
    {S("version"), EVIDENCE_TEXT, S("version of its content")},
    {S("assigned_at"), EVIDENCE_TIME, S("when it was assigned")},
    {S("due_at"), EVIDENCE_TIME, S("when it had to be finished")},
    {S("completed_at"), EVIDENCE_TIME, S("when it was finished")},
    {S("passed"), EVIDENCE_BOOL, S("the test at its end was passed")},
    {S("expires_at"), EVIDENCE_TIME, S("when it has to be repeated")},
};

static const struct evidence_column exception[] = {
    {S("title"), EVIDENCE_TEXT, S("one line")},
    {S("rule"), EVIDENCE_TEXT, S("the rule from which it deviates")},
    {S("subject_id"), EVIDENCE_TEXT, S("what it is for")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system")},
    {S("owner_id"), EVIDENCE_TEXT, S("who answers for it")},
    {S("approver_id"), EVIDENCE_TEXT, S("who allowed it")},
    {S("measure"), EVIDENCE_TEXT, S("what is done instead")},
    {S("granted_at"), EVIDENCE_TIME, S("when allowed")},
    {S("expires_at"), EVIDENCE_TIME, S("until when it holds")},
    {S("closed_at"), EVIDENCE_TIME, S("when it ended")},
    {S("renewals"), EVIDENCE_INT, S("how often it was prolonged")},
};

static const struct evidence_column access_review[] = {
    {S("reviewed_at"), EVIDENCE_TIME, S("when decided")},
    {S("permission_id"), EVIDENCE_TEXT, S("id of the permission decided on")},
    {S("identity_id"), EVIDENCE_TEXT, S("id of the identity that holds it")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system")},
    {S("reviewer_id"), EVIDENCE_TEXT, S("who decided")},
    {S("decision"), EVIDENCE_TEXT, S("approve, deny, dont_know, not_reviewed")},
    {S("applied_at"), EVIDENCE_TIME, S("when a denied right was taken away")},
    {S("automated"), EVIDENCE_BOOL, S("decided by machine")},
};

static const struct evidence_column assessment[] = {
    {S("assessed_at"), EVIDENCE_TIME, S("when finished")},
    {S("kind"), EVIDENCE_TEXT, S("risk, provider, model, privacy, impact, ethics, security, questionnaire")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system")},
    {S("provider_id"), EVIDENCE_TEXT, S("id of the provider")},
    {S("model_id"), EVIDENCE_TEXT, S("id of the model")},
    {S("assessor_id"), EVIDENCE_TEXT, S("who made it")},
    {S("reason"), EVIDENCE_TEXT, S("new, schedule, change, incident")},
    {S("asked_at"), EVIDENCE_TIME, S("when the reason for it arose")},
    {S("outcome"), EVIDENCE_TEXT, S("accepted, conditions, rejected, open")},
    {S("conditions"), EVIDENCE_INT, S("conditions that were set")},
    {S("conditions_open"), EVIDENCE_INT, S("of those, not met yet")},
    {S("expires_at"), EVIDENCE_TIME, S("until when it holds")},
};

static const struct evidence_column risk[] = {
    {S("title"), EVIDENCE_TEXT, S("one line")},
    {S("scenario"), EVIDENCE_TEXT, S("what happens, by whom, with which effect")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system")},
    {S("provider_id"), EVIDENCE_TEXT, S("id of the provider")},
    {S("owner_id"), EVIDENCE_TEXT, S("who answers for it")},
    {S("level"), EVIDENCE_TEXT, S("before treatment: critical, high, medium, low")},
    {S("residual"), EVIDENCE_TEXT, S("after treatment: critical, high, medium, low")},
    {S("treatment"), EVIDENCE_TEXT, S("reduce, accept, transfer, avoid")},
    {S("accepted_by"), EVIDENCE_TEXT, S("id of who accepted what remains")},
    {S("accepted_at"), EVIDENCE_TIME, S("when")},
    {S("accepted_until_at"), EVIDENCE_TIME, S("until when the acceptance holds")},
    {S("reviewed_at"), EVIDENCE_TIME, S("last look at it")},
    {S("quantified_at"), EVIDENCE_TIME, S("last estimate of frequency and loss in numbers")},
    {S("closed_at"), EVIDENCE_TIME, S("when it no longer existed")},
};

static const struct evidence_column obligation[] = {
    {S("title"), EVIDENCE_TEXT, S("one line")},
    {S("source"), EVIDENCE_TEXT, S("law, contract, standard, promise")},
    {S("reference"), EVIDENCE_TEXT, S("article, clause or control")},
    {S("jurisdiction"), EVIDENCE_TEXT, S("where it holds")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system; empty = all")},
    {S("owner_id"), EVIDENCE_TEXT, S("who answers for it")},
    {S("applies"), EVIDENCE_BOOL, S("it was decided that it applies")},
    {S("met"), EVIDENCE_BOOL, S("it is met")},
    {S("reviewed_at"), EVIDENCE_TIME, S("last look at whether and how it applies")},
    {S("due_at"), EVIDENCE_TIME, S("from when it applies")},
    {S("machine_checked"), EVIDENCE_BOOL, S("a machine tests whether it is met")},
    {S("checked_at"), EVIDENCE_TIME, S("last test")},
};

static const struct evidence_column model_release[] = {
    {S("released_at"), EVIDENCE_TIME, S("when the publisher released it")},
    {S("name"), EVIDENCE_TEXT, S("model and version")},
    {S("publisher"), EVIDENCE_TEXT, S("who made it")},
    {S("provider_id"), EVIDENCE_TEXT, S("id of the provider through whom it can be used")},
    {S("noticed_at"), EVIDENCE_TIME, S("when the program noticed")},
    {S("assessed_at"), EVIDENCE_TIME, S("when its assessment was finished")},
    {S("decided_at"), EVIDENCE_TIME, S("when its use was decided")},
    {S("decision"), EVIDENCE_TEXT, S("adopt, restrict, hold, refuse")},
    {S("decider_id"), EVIDENCE_TEXT, S("who decided")},
    {S("enforced_at"), EVIDENCE_TIME, S("when gateway or policy carried the decision out")},
};

static const struct evidence_column policy_result[] = {
    {S("decided_at"), EVIDENCE_TIME, S("when")},
    {S("rule"), EVIDENCE_TEXT, S("id of the rule as code")},
    {S("engine"), EVIDENCE_TEXT, S("what decided: opa, gatekeeper, kyverno, sentinel, conftest, scp, gateway, …")},
    {S("stage"), EVIDENCE_TEXT, S("pipeline, admission, runtime, cloud")},
    {S("target"), EVIDENCE_TEXT, S("what was decided on")},
    {S("system_id"), EVIDENCE_TEXT, S("id of the AI system")},
    {S("account_id"), EVIDENCE_TEXT, S("id of the AI account")},
    {S("repository_id"), EVIDENCE_TEXT, S("id of the repository")},
    {S("severity"), EVIDENCE_TEXT, S("critical, high, medium, low")},
    {S("outcome"), EVIDENCE_TEXT, S("allow, deny, warn, error")},
    {S("enforced"), EVIDENCE_BOOL, S("the decision took effect; false = dry run")},
    {S("fixed_at"), EVIDENCE_TIME, S("when the deviation was gone or shut in")},
    {S("fixed_by_machine"), EVIDENCE_BOOL, S("without a person")},
    {S("exception_id"), EVIDENCE_TEXT, S("id of the exception that allowed it")},
};

const struct evidence_kind evidence_kinds[EVIDENCE_KINDS] = {
    [EVIDENCE_PERSON] = {S("person"), S("people"), false, COLUMNS(person)},
    [EVIDENCE_AI_SYSTEM] = {S("ai_system"), S("AI systems"), false, COLUMNS(ai_system)},
    [EVIDENCE_MODEL] = {S("model"), S("models"), false, COLUMNS(model)},
    [EVIDENCE_AGENT] = {S("agent"), S("agents"), false, COLUMNS(agent)},
    [EVIDENCE_IDENTITY] = {S("identity"), S("identities"), false, COLUMNS(identity)},
    [EVIDENCE_CREDENTIAL] = {S("credential"), S("credentials"), false, COLUMNS(credential)},
    [EVIDENCE_PERMISSION] = {S("permission"), S("permissions"), false, COLUMNS(permission)},
    [EVIDENCE_PROVIDER] = {S("provider"), S("providers"), false, COLUMNS(provider)},
    [EVIDENCE_DATASET] = {S("dataset"), S("datasets"), false, COLUMNS(dataset)},
    [EVIDENCE_COMPONENT] = {S("component"), S("components"), false, COLUMNS(component)},
    [EVIDENCE_FINDING] = {S("finding"), S("findings"), false, COLUMNS(finding)},
    [EVIDENCE_POSTURE] = {S("posture"), S("posture results"), false, COLUMNS(posture)},
    [EVIDENCE_RED_TEAM] = {S("red_team"), S("red-team results"), true, COLUMNS(red_team)},
    [EVIDENCE_TOOL] = {S("tool"), S("tools"), false, COLUMNS(tool)},
    [EVIDENCE_MCP_SERVER] = {S("mcp_server"), S("MCP servers"), false, COLUMNS(mcp_server)},
    [EVIDENCE_LOG_SOURCE] = {S("log_source"), S("log sources"), false, COLUMNS(log_source)},
    [EVIDENCE_INCIDENT] = {S("incident"), S("incidents"), true, COLUMNS(incident)},
    [EVIDENCE_EXERCISE] = {S("exercise"), S("exercises"), true, COLUMNS(exercise)},
    [EVIDENCE_DOCUMENT] = {S("document"), S("documents"), true, COLUMNS(document)},
    [EVIDENCE_CONTROL_ANSWER] = {S("control_answer"), S("control answers"), false, COLUMNS(control_answer)},
    [EVIDENCE_EVENT] = {S("event"), S("events"), true, COLUMNS(event)},
    [EVIDENCE_ACCOUNT] = {S("account"), S("AI accounts"), false, COLUMNS(account)},
    [EVIDENCE_HOST] = {S("host"), S("AI hosts"), false, COLUMNS(host)},
    [EVIDENCE_GUARDRAIL] = {S("guardrail"), S("guardrails"), false, COLUMNS(guardrail)},
    [EVIDENCE_VECTOR_STORE] = {S("vector_store"), S("vector stores"), false, COLUMNS(vector_store)},
    [EVIDENCE_REPOSITORY] = {S("repository"), S("repositories"), false, COLUMNS(repository)},
    [EVIDENCE_ASSISTANT] = {S("assistant"), S("coding assistants"), false, COLUMNS(assistant)},
    [EVIDENCE_DETECTION] = {S("detection"), S("detections"), false, COLUMNS(detection)},
    [EVIDENCE_TRAINING] = {S("training"), S("training records"), false, COLUMNS(training)},
    [EVIDENCE_EXCEPTION] = {S("exception"), S("exceptions"), false, COLUMNS(exception)},
    [EVIDENCE_ACCESS_REVIEW] = {S("access_review"), S("access-review decisions"), true, COLUMNS(access_review)},
    [EVIDENCE_ASSESSMENT] = {S("assessment"), S("assessments"), true, COLUMNS(assessment)},
    [EVIDENCE_RISK] = {S("risk"), S("risks"), false, COLUMNS(risk)},
    [EVIDENCE_OBLIGATION] = {S("obligation"), S("obligations"), false, COLUMNS(obligation)},
    [EVIDENCE_MODEL_RELEASE] = {S("model_release"), S("model releases"), true, COLUMNS(model_release)},
    [EVIDENCE_POLICY_RESULT] = {S("policy_result"), S("policy decisions"), true, COLUMNS(policy_result)},
};

int evidence_kind_find(str name)
{
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		if (str_eq(evidence_kinds[k].name, name))
			return k;
	return -1;
}

int evidence_column_find(const struct evidence_kind *kind, str name)
{
	for (int c = 0; c < kind->n_columns; c++)
		if (str_eq(kind->columns[c].name, name))
			return c;
	return -1;
}

/* Kinds whose rows come from where the system is: who writes down an obligation or an incident names it by hand. */
static const uint64_t sightings =
    EVIDENCE_BIT(EVIDENCE_MODEL) | EVIDENCE_BIT(EVIDENCE_AGENT) | EVIDENCE_BIT(EVIDENCE_RED_TEAM) |
    EVIDENCE_BIT(EVIDENCE_TOOL) | EVIDENCE_BIT(EVIDENCE_LOG_SOURCE) | EVIDENCE_BIT(EVIDENCE_HOST) |
    EVIDENCE_BIT(EVIDENCE_GUARDRAIL) | EVIDENCE_BIT(EVIDENCE_VECTOR_STORE) | EVIDENCE_BIT(EVIDENCE_POLICY_RESULT);

enum evidence_role evidence_role(enum evidence_kind_id kind, int column)
{
	str name = evidence_kinds[kind].columns[column].name;
	if (str_eq(name, S("system_id")))
		return sightings >> kind & 1 ? EVIDENCE_SIGHTING : EVIDENCE_SYSTEM;
	return str_eq(name, S("registered")) || str_eq(name, S("last_seen_at")) ? EVIDENCE_GREATEST : EVIDENCE_PLAIN;
}

bool evidence_is_person(enum evidence_kind_id kind, int column)
{
	static const str names[] = {S("owner_id"),    S("exception_owner_id"), S("approver_id"), S("reviewer_id"),
				    S("assessor_id"), S("decider_id"),         S("person_id"),   S("manager_id")};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (str_eq(evidence_kinds[kind].columns[column].name, names[i]))
			return true;
	return false;
}

int evidence_system_column(enum evidence_kind_id kind)
{
	return evidence_column_find(&evidence_kinds[kind], S("system_id"));
}

static struct evidence_value *slot(struct evidence_record *r, str column, enum evidence_type type)
{
	const struct evidence_kind *kind = &evidence_kinds[r->kind];
	int c = evidence_column_find(kind, column);
	assert(c >= 0 && kind->columns[c].type == type);
	(void)type;
	return &r->values[c];
}

void evidence_set_text(struct evidence_record *r, str column, str text)
{
	*slot(r, column, EVIDENCE_TEXT) = (struct evidence_value){.known = text.n > 0, .text = text};
}

void evidence_set_int(struct evidence_record *r, str column, int64_t v)
{
	*slot(r, column, EVIDENCE_INT) = (struct evidence_value){.known = true, .i64 = v};
}

void evidence_set_bool(struct evidence_record *r, str column, bool v)
{
	*slot(r, column, EVIDENCE_BOOL) = (struct evidence_value){.known = true, .i64 = v};
}

void evidence_set_time(struct evidence_record *r, str column, int64_t ms)
{
	*slot(r, column, EVIDENCE_TIME) = (struct evidence_value){.known = true, .i64 = ms};
}
