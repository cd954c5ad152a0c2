/**
 * The formats, for the registry in import.c. The CSV formats are one per evidence kind.
 */
#ifndef IMPORT_FORMATS_H
#define IMPORT_FORMATS_H

#include "import/import.h"

/* X(kind's name, evidence_kind_id, title) for every evidence kind, in their order. */
#define IMPORT_TABLE_FORMATS(X)                                                                                        \
	X(person, EVIDENCE_PERSON, "people, CSV")                                                                      \
	X(ai_system, EVIDENCE_AI_SYSTEM, "AI systems, CSV")                                                            \
	X(model, EVIDENCE_MODEL, "models, CSV")                                                                        \
	X(agent, EVIDENCE_AGENT, "agents, CSV")                                                                        \
	X(identity, EVIDENCE_IDENTITY, "identities, CSV")                                                              \
	X(credential, EVIDENCE_CREDENTIAL, "credentials, CSV")                                                         \
	X(permission, EVIDENCE_PERMISSION, "permissions, CSV")                                                         \
	X(provider, EVIDENCE_PROVIDER, "providers, CSV")                                                               \
	X(dataset, EVIDENCE_DATASET, "datasets, CSV")                                                                  \
	X(component, EVIDENCE_COMPONENT, "components, CSV")                                                            \
	X(finding, EVIDENCE_FINDING, "findings, CSV")                                                                  \
	X(posture, EVIDENCE_POSTURE, "posture results, CSV")                                                           \
	X(red_team, EVIDENCE_RED_TEAM, "red-team results, CSV")                                                        \
	X(tool, EVIDENCE_TOOL, "tools, CSV")                                                                           \
	X(mcp_server, EVIDENCE_MCP_SERVER, "MCP servers, CSV")                                                         \
	X(log_source, EVIDENCE_LOG_SOURCE, "log sources, CSV")                                                         \
	X(incident, EVIDENCE_INCIDENT, "incidents, CSV")                                                               \
	X(exercise, EVIDENCE_EXERCISE, "exercises, CSV")                                                               \
	X(document, EVIDENCE_DOCUMENT, "documents, CSV")                                                               \
	X(control_answer, EVIDENCE_CONTROL_ANSWER, "control answers, CSV")                                             \
	X(event, EVIDENCE_EVENT, "events, CSV")                                                                        \
	X(account, EVIDENCE_ACCOUNT, "AI accounts, CSV")                                                               \
	X(host, EVIDENCE_HOST, "AI hosts, CSV")                                                                        \
	X(guardrail, EVIDENCE_GUARDRAIL, "guardrails, CSV")                                                            \
	X(vector_store, EVIDENCE_VECTOR_STORE, "vector stores, CSV")                                                   \
	X(repository, EVIDENCE_REPOSITORY, "repositories, CSV")                                                        \
	X(assistant, EVIDENCE_ASSISTANT, "coding assistants, CSV")                                                     \
	X(detection, EVIDENCE_DETECTION, "detections, CSV")                                                            \
	X(training, EVIDENCE_TRAINING, "training records, CSV")                                                        \
	X(exception, EVIDENCE_EXCEPTION, "exceptions, CSV")                                                            \
	X(access_review, EVIDENCE_ACCESS_REVIEW, "access-review decisions, CSV")                                       \
	X(assessment, EVIDENCE_ASSESSMENT, "assessments, CSV")                                                         \
	X(risk, EVIDENCE_RISK, "risks, CSV")                                                                           \
	X(obligation, EVIDENCE_OBLIGATION, "obligations, CSV")                                                         \
	X(model_release, EVIDENCE_MODEL_RELEASE, "model releases, CSV")                                                \
	X(policy_result, EVIDENCE_POLICY_RESULT, "policy decisions, CSV")

#define IMPORT_FORMATS_DECLARE(name, id, title) extern const struct import_format import_table_##name;
#define IMPORT_FORMATS_REF(name, id, title) &import_table_##name,

IMPORT_TABLE_FORMATS(IMPORT_FORMATS_DECLARE)

extern const struct import_format import_ocsf;
extern const struct import_format import_cyclonedx;
extern const struct import_format import_garak;
extern const struct import_format import_sarif;
extern const struct import_format import_asff;
extern const struct import_format import_aws_credential_report;
extern const struct import_format import_entra;
extern const struct import_format import_okta;
extern const struct import_format import_openai_users;
extern const struct import_format import_anthropic_users;
extern const struct import_format import_github_members;
extern const struct import_format import_google_users;
extern const struct import_format import_slack_users;
extern const struct import_format import_prowler_csv;
extern const struct import_format import_checkov;
extern const struct import_format import_kubescape;
extern const struct import_format import_secure_score;
extern const struct import_format import_powerpipe;
extern const struct import_format import_promptfoo;
extern const struct import_format import_modelscan;
extern const struct import_format import_avid;
extern const struct import_format import_attempts;
extern const struct import_format import_mcp_config;
extern const struct import_format import_mcp_registry;
extern const struct import_format import_agent_scan;
extern const struct import_format import_mcp_scanner;
extern const struct import_format import_entra_agent;
extern const struct import_format import_mapping_csv;
extern const struct import_format import_mapping_jsonl;
extern const struct import_format import_veris;
extern const struct import_format import_sigma;
extern const struct import_format import_navigator;
extern const struct import_format import_spdx;
extern const struct import_format import_terraform_plan;
extern const struct import_format import_kubernetes;
extern const struct import_format import_xccdf;
extern const struct import_format import_junit;
extern const struct import_format import_oscal;
extern const struct import_format import_caiq;

/* Equal when ASCII letters are folded and - . / and space count as _. */
bool import_same_word(str a, str b);
/* Whether the head of a CSV file has a column of this name. */
bool import_table_has(str head, str column);

#endif
