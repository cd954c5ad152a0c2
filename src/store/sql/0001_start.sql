-- Facts: appended, never edited. Times are ms UTC; booleans 0 or 1; ids are made by the program.

CREATE TABLE model (
	name @text@ PRIMARY KEY, -- id@version
	id @text@ NOT NULL,
	version @text@ NOT NULL,
	line @text@ NOT NULL, -- id@major: models of one line share their measures
	sha256 @text@ NOT NULL,
	imported_at @i64@ NOT NULL
) @strict@;

CREATE TABLE model_file (
	model @text@ NOT NULL REFERENCES model (name),
	seq @i64@ NOT NULL,
	file @text@ NOT NULL,
	body @text@ NOT NULL,
	PRIMARY KEY (model, seq)
) @strict@;

CREATE TABLE model_active (
	seq @i64@ PRIMARY KEY,
	model @text@ NOT NULL REFERENCES model (name),
	at @i64@ NOT NULL,
	actor @text@ NOT NULL
) @strict@;

-- Each import is a whole tree. since = the smallest int64: it holds for all time before.
CREATE TABLE tree (
	id @i64@ PRIMARY KEY,
	since @i64@ NOT NULL,
	sha256 @text@ NOT NULL,
	recorded_at @i64@ NOT NULL,
	actor @text@ NOT NULL
) @strict@;

CREATE TABLE unit (
	tree_id @i64@ NOT NULL REFERENCES tree (id),
	id @text@ NOT NULL,
	parent @text@, -- NULL: the root
	name @text@ NOT NULL,
	deployment @i64@ NOT NULL, -- bits; 0 = none declared
	size @i64@ NOT NULL,
	PRIMARY KEY (tree_id, id)
) @strict@;

-- Raw files, each kept once, in pieces.
CREATE TABLE file (
	sha256 @text@ PRIMARY KEY,
	bytes @i64@ NOT NULL,
	recorded_at @i64@ NOT NULL
) @strict@;

CREATE TABLE file_piece (
	sha256 @text@ NOT NULL REFERENCES file (sha256),
	seq @i64@ NOT NULL,
	bytes @blob@ NOT NULL,
	PRIMARY KEY (sha256, seq)
) @strict@;

CREATE TABLE feed (
	id @i64@ PRIMARY KEY,
	name @text@ NOT NULL UNIQUE,
	unit @text@ NOT NULL, -- its scope
	retired_at @i64@ -- from then on its rows are gone and it covers nothing
) @strict@;

CREATE TABLE snapshot (
	id @i64@ PRIMARY KEY,
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	observed_at @i64@ NOT NULL,
	recorded_at @i64@ NOT NULL,
	actor @text@ NOT NULL
) @strict@;
CREATE INDEX snapshot_feed ON snapshot (feed_id, observed_at);

CREATE TABLE snapshot_file (
	id @i64@ PRIMARY KEY,
	snapshot_id @i64@ NOT NULL REFERENCES snapshot (id),
	sha256 @text@ NOT NULL REFERENCES file (sha256),
	name @text@ NOT NULL,
	format @text@ NOT NULL
) @strict@;
CREATE INDEX snapshot_file_snapshot ON snapshot_file (snapshot_id);

-- The kinds a snapshot speaks for, also when it shows no subject of them.
CREATE TABLE snapshot_kind (
	snapshot_id @i64@ NOT NULL REFERENCES snapshot (id),
	kind @text@ NOT NULL,
	PRIMARY KEY (snapshot_id, kind)
) @strict@;

-- The units below its scope that a feed covers.
CREATE TABLE feed_unit (
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	unit @text@ NOT NULL,
	since @i64@ NOT NULL,
	PRIMARY KEY (feed_id, unit)
) @strict@;

-- Measures belong to a line of models. seq counts: of equal instants the greater one is current.
CREATE TABLE measure (
	seq @i64@ PRIMARY KEY,
	line @text@ NOT NULL,
	unit @text@ NOT NULL,
	objective @text@ NOT NULL,
	source @text@ NOT NULL,
	basis @i64@ NOT NULL CHECK (basis IN (0, 1, 2)), -- attested, reviewed, measured
	yes @i64@ NOT NULL CHECK (yes >= 0),
	no @i64@ NOT NULL CHECK (no >= 0),
	unknown @i64@ NOT NULL CHECK (unknown >= 0),
	not_applicable @i64@ NOT NULL CHECK (not_applicable IN (0, 1)),
	observed_at @i64@ NOT NULL,
	expires_at @i64@,
	override_until @i64@,
	justification @text@,
	evidence_sha256 @text@ REFERENCES file (sha256),
	reviewer @text@,
	file_name @text@, -- of a measures file, with the line it stands on
	file_sha256 @text@ REFERENCES file (sha256),
	file_line @i64@,
	error @text@, -- why a check could not decide
	run_id @i64@,
	digest @text@ NOT NULL, -- of everything a person or file said; a row already stored is not added again
	actor @text@ NOT NULL,
	recorded_at @i64@ NOT NULL
) @strict@;
CREATE INDEX measure_place ON measure (line, unit, objective, source, observed_at);
CREATE INDEX measure_digest ON measure (digest);

CREATE TABLE retirement (
	seq @i64@ PRIMARY KEY,
	source @text@ NOT NULL,
	unit @text@, -- NULL: every unit
	at @i64@ NOT NULL,
	recorded_at @i64@ NOT NULL,
	actor @text@ NOT NULL
) @strict@;

CREATE TABLE run (
	id @i64@ PRIMARY KEY,
	line @text@ NOT NULL,
	model @text@ NOT NULL,
	as_of @i64@ NOT NULL,
	recorded_at @i64@ NOT NULL,
	actor @text@ NOT NULL
) @strict@;
CREATE INDEX run_as_of ON run (line, as_of);

CREATE TABLE run_failure (
	run_id @i64@ NOT NULL REFERENCES run (id),
	objective @text@ NOT NULL,
	message @text@ NOT NULL,
	PRIMARY KEY (run_id, objective)
) @strict@;

-- Evidence: one table per kind. A row holds from seen_from until before seen_to. Absence does not end an event: its
-- tables also have the interval in which snapshots show the row.

CREATE TABLE ev_person (
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	unit_id @text@ NOT NULL,
	id @text@ NOT NULL,
	seen_from @i64@ NOT NULL,
	seen_to @i64@ NOT NULL,
	file_id @i64@ NOT NULL REFERENCES snapshot_file (id),
	record @i64@ NOT NULL,
	line @i64@ NOT NULL,
	main @i64@ NOT NULL,
	digest @text@ NOT NULL,
	name @text@,
	email @text@,
	kind @text@,
	department @text@,
	function @text@,
	manager_id @text@,
	active @i64@ CHECK (active IN (0, 1)),
	system_access @i64@ CHECK (system_access IN (0, 1)),
	ai_user @i64@ CHECK (ai_user IN (0, 1)),
	ai_builder @i64@ CHECK (ai_builder IN (0, 1)),
	joined_at @i64@,
	left_at @i64@,
	policy_attested_at @i64@,
	policy_version @text@,
	training_completed_at @i64@,
	training_name @text@
) @strict@;
CREATE INDEX ev_person_subject ON ev_person (feed_id, unit_id, id);
CREATE INDEX ev_person_id ON ev_person (id);

CREATE TABLE ev_ai_system (
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	unit_id @text@ NOT NULL,
	id @text@ NOT NULL,
	seen_from @i64@ NOT NULL,
	seen_to @i64@ NOT NULL,
	file_id @i64@ NOT NULL REFERENCES snapshot_file (id),
	record @i64@ NOT NULL,
	line @i64@ NOT NULL,
	main @i64@ NOT NULL,
	digest @text@ NOT NULL,
	name @text@,
	purpose @text@,
	owner_id @text@,
	stage @text@,
	tier @text@,
	deployment @text@,
	provider_id @text@,
	model_id @text@,
	repo @text@,
	registered @i64@ CHECK (registered IN (0, 1)),
	approved @i64@ CHECK (approved IN (0, 1)),
	approved_at @i64@,
	approval_expires_at @i64@,
	human_users @i64@ CHECK (human_users IN (0, 1)),
	calls_model @i64@ CHECK (calls_model IN (0, 1)),
	uses_agents @i64@ CHECK (uses_agents IN (0, 1)),
	uses_rag @i64@ CHECK (uses_rag IN (0, 1)),
	internet_facing @i64@ CHECK (internet_facing IN (0, 1)),
	handles_personal_data @i64@ CHECK (handles_personal_data IN (0, 1)),
	data_class @text@,
	sso_enforced @i64@ CHECK (sso_enforced IN (0, 1)),
	mfa_enforced @i64@ CHECK (mfa_enforced IN (0, 1)),
	access_logged @i64@ CHECK (access_logged IN (0, 1)),
	prompts_logged @i64@ CHECK (prompts_logged IN (0, 1)),
	actions_logged @i64@ CHECK (actions_logged IN (0, 1)),
	logs_in_siem @i64@ CHECK (logs_in_siem IN (0, 1)),
	guardrail @i64@ CHECK (guardrail IN (0, 1)),
	input_filter @i64@ CHECK (input_filter IN (0, 1)),
	output_filter @i64@ CHECK (output_filter IN (0, 1)),
	human_approval @i64@ CHECK (human_approval IN (0, 1)),
	tool_allow_list @i64@ CHECK (tool_allow_list IN (0, 1)),
	rate_limited @i64@ CHECK (rate_limited IN (0, 1)),
	through_gateway @i64@ CHECK (through_gateway IN (0, 1)),
	prompt_versioned @i64@ CHECK (prompt_versioned IN (0, 1)),
	environment_isolated @i64@ CHECK (environment_isolated IN (0, 1)),
	public_endpoint @i64@ CHECK (public_endpoint IN (0, 1)),
	endpoint_auth @i64@ CHECK (endpoint_auth IN (0, 1)),
	threat_modelled_at @i64@,
	risk_assessed_at @i64@,
	privacy_assessed_at @i64@,
	injection_tested_at @i64@,
	ethics_reviewed_at @i64@,
	kill_switch_tested_at @i64@,
	failover_tested_at @i64@,
	bom_at @i64@,
	launched_at @i64@,
	last_seen_at @i64@
) @strict@;
CREATE INDEX ev_ai_system_subject ON ev_ai_system (feed_id, unit_id, id);
CREATE INDEX ev_ai_system_id ON ev_ai_system (id);

CREATE TABLE ev_model (
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	unit_id @text@ NOT NULL,
	id @text@ NOT NULL,
	seen_from @i64@ NOT NULL,
	seen_to @i64@ NOT NULL,
	file_id @i64@ NOT NULL REFERENCES snapshot_file (id),
	record @i64@ NOT NULL,
	line @i64@ NOT NULL,
	main @i64@ NOT NULL,
	digest @text@ NOT NULL,
	name @text@,
	version @text@,
	publisher @text@,
	source @text@,
	purl @text@,
	licence @text@,
	hash @text@,
	format @text@,
	deployment @text@,
	system_id @text@,
	owner_id @text@,
	stage @text@,
	in_use @i64@ CHECK (in_use IN (0, 1)),
	approved @i64@ CHECK (approved IN (0, 1)),
	approved_at @i64@,
	pinned @i64@ CHECK (pinned IN (0, 1)),
	hash_verified @i64@ CHECK (hash_verified IN (0, 1)),
	signed @i64@ CHECK (signed IN (0, 1)),
	model_card @text@,
	card_sections @i64@,
	datasets @i64@,
	known_data @i64@ CHECK (known_data IN (0, 1)),
	parameters_bounded @i64@ CHECK (parameters_bounded IN (0, 1)),
	scanned_at @i64@,
	scan_issues @i64@,
	red_teamed_at @i64@,
	rollback_tested_at @i64@,
	released_at @i64@,
	last_seen_at @i64@
) @strict@;
CREATE INDEX ev_model_subject ON ev_model (feed_id, unit_id, id);
CREATE INDEX ev_model_id ON ev_model (id);

CREATE TABLE ev_agent (
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	unit_id @text@ NOT NULL,
	id @text@ NOT NULL,
	seen_from @i64@ NOT NULL,
	seen_to @i64@ NOT NULL,
	file_id @i64@ NOT NULL REFERENCES snapshot_file (id),
	record @i64@ NOT NULL,
	line @i64@ NOT NULL,
	main @i64@ NOT NULL,
	digest @text@ NOT NULL,
	name @text@,
	purpose @text@,
	owner_id @text@,
	system_id @text@,
	identity_id @text@,
	platform @text@,
	stage @text@,
	registered @i64@ CHECK (registered IN (0, 1)),
	enabled @i64@ CHECK (enabled IN (0, 1)),
	autonomy @text@,
	delegation_logged @i64@ CHECK (delegation_logged IN (0, 1)),
	tool_allow_list @i64@ CHECK (tool_allow_list IN (0, 1)),
	human_approval @i64@ CHECK (human_approval IN (0, 1)),
	sandboxed @i64@ CHECK (sandboxed IN (0, 1)),
	egress_controlled @i64@ CHECK (egress_controlled IN (0, 1)),
	expires_at @i64@,
	last_seen_at @i64@
) @strict@;
CREATE INDEX ev_agent_subject ON ev_agent (feed_id, unit_id, id);
CREATE INDEX ev_agent_id ON ev_agent (id);

CREATE TABLE ev_identity (
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	unit_id @text@ NOT NULL,
	id @text@ NOT NULL,
	seen_from @i64@ NOT NULL,
	seen_to @i64@ NOT NULL,
	file_id @i64@ NOT NULL REFERENCES snapshot_file (id),
	record @i64@ NOT NULL,
	line @i64@ NOT NULL,
	main @i64@ NOT NULL,
	digest @text@ NOT NULL,
	name @text@,
	kind @text@,
	ai @i64@ CHECK (ai IN (0, 1)),
	system_id @text@,
	owner_id @text@,
	provider @text@,
	shared @i64@ CHECK (shared IN (0, 1)),
	enabled @i64@ CHECK (enabled IN (0, 1)),
	privileged @i64@ CHECK (privileged IN (0, 1)),
	sso @i64@ CHECK (sso IN (0, 1)),
	mfa @i64@ CHECK (mfa IN (0, 1)),
	just_in_time @i64@ CHECK (just_in_time IN (0, 1)),
	created_at @i64@,
	last_used_at @i64@,
	expires_at @i64@,
	reviewed_at @i64@
) @strict@;
CREATE INDEX ev_identity_subject ON ev_identity (feed_id, unit_id, id);
CREATE INDEX ev_identity_id ON ev_identity (id);

CREATE TABLE ev_credential (
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	unit_id @text@ NOT NULL,
	id @text@ NOT NULL,
	seen_from @i64@ NOT NULL,
	seen_to @i64@ NOT NULL,
	file_id @i64@ NOT NULL REFERENCES snapshot_file (id),
	record @i64@ NOT NULL,
	line @i64@ NOT NULL,
	main @i64@ NOT NULL,
	digest @text@ NOT NULL,
	identity_id @text@,
	kind @text@,
	provider @text@,
	in_vault @i64@ CHECK (in_vault IN (0, 1)),
	scoped @i64@ CHECK (scoped IN (0, 1)),
	issued_at @i64@,
	expires_at @i64@,
	last_used_at @i64@,
	revoked_at @i64@
) @strict@;
CREATE INDEX ev_credential_subject ON ev_credential (feed_id, unit_id, id);
CREATE INDEX ev_credential_id ON ev_credential (id);

CREATE TABLE ev_permission (
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	unit_id @text@ NOT NULL,
	id @text@ NOT NULL,
	seen_from @i64@ NOT NULL,
	seen_to @i64@ NOT NULL,
	file_id @i64@ NOT NULL REFERENCES snapshot_file (id),
	record @i64@ NOT NULL,
	line @i64@ NOT NULL,
	main @i64@ NOT NULL,
	digest @text@ NOT NULL,
	identity_id @text@,
	scope @text@,
	resource @text@,
	privileged @i64@ CHECK (privileged IN (0, 1)),
	usage_known @i64@ CHECK (usage_known IN (0, 1)),
	granted_at @i64@,
	last_used_at @i64@,
	expires_at @i64@,
	reviewed_at @i64@,
	review_decision @text@
) @strict@;
CREATE INDEX ev_permission_subject ON ev_permission (feed_id, unit_id, id);
CREATE INDEX ev_permission_id ON ev_permission (id);

CREATE TABLE ev_provider (
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	unit_id @text@ NOT NULL,
	id @text@ NOT NULL,
	seen_from @i64@ NOT NULL,
	seen_to @i64@ NOT NULL,
	file_id @i64@ NOT NULL REFERENCES snapshot_file (id),
	record @i64@ NOT NULL,
	line @i64@ NOT NULL,
	main @i64@ NOT NULL,
	digest @text@ NOT NULL,
	name @text@,
	service @text@,
	deployment @text@,
	tier @text@,
	owner_id @text@,
	in_use @i64@ CHECK (in_use IN (0, 1)),
	approved @i64@ CHECK (approved IN (0, 1)),
	approved_at @i64@,
	assessed_at @i64@,
	reassess_due_at @i64@,
	questionnaire_at @i64@,
	questionnaire_complete @i64@ CHECK (questionnaire_complete IN (0, 1)),
	training_excluded @i64@ CHECK (training_excluded IN (0, 1)),
	incident_notice @i64@ CHECK (incident_notice IN (0, 1)),
	retention_agreed @i64@ CHECK (retention_agreed IN (0, 1)),
	exit_plan_tested_at @i64@,
	signals_at @i64@,
	security_contact @i64@ CHECK (security_contact IN (0, 1))
) @strict@;
CREATE INDEX ev_provider_subject ON ev_provider (feed_id, unit_id, id);
CREATE INDEX ev_provider_id ON ev_provider (id);

CREATE TABLE ev_dataset (
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	unit_id @text@ NOT NULL,
	id @text@ NOT NULL,
	seen_from @i64@ NOT NULL,
	seen_to @i64@ NOT NULL,
	file_id @i64@ NOT NULL REFERENCES snapshot_file (id),
	record @i64@ NOT NULL,
	line @i64@ NOT NULL,
	main @i64@ NOT NULL,
	digest @text@ NOT NULL,
	name @text@,
	version @text@,
	source @text@,
	licence @text@,
	purpose @text@,
	classification @text@,
	system_id @text@,
	owner_id @text@,
	contains_personal @i64@ CHECK (contains_personal IN (0, 1)),
	access_controlled @i64@ CHECK (access_controlled IN (0, 1)),
	permission_aware @i64@ CHECK (permission_aware IN (0, 1)),
	encrypted @i64@ CHECK (encrypted IN (0, 1)),
	provenance_recorded @i64@ CHECK (provenance_recorded IN (0, 1)),
	retention_enforced @i64@ CHECK (retention_enforced IN (0, 1)),
	canary @i64@ CHECK (canary IN (0, 1)),
	hash @text@,
	poisoning_scanned_at @i64@,
	leakage_tested_at @i64@,
	entitlements_synced_at @i64@,
	reviewed_at @i64@
) @strict@;
CREATE INDEX ev_dataset_subject ON ev_dataset (feed_id, unit_id, id);
CREATE INDEX ev_dataset_id ON ev_dataset (id);

CREATE TABLE ev_component (
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	unit_id @text@ NOT NULL,
	id @text@ NOT NULL,
	seen_from @i64@ NOT NULL,
	seen_to @i64@ NOT NULL,
	file_id @i64@ NOT NULL REFERENCES snapshot_file (id),
	record @i64@ NOT NULL,
	line @i64@ NOT NULL,
	main @i64@ NOT NULL,
	digest @text@ NOT NULL,
	name @text@,
	version @text@,
	type @text@,
	purl @text@,
	publisher @text@,
	licence @text@,
	hash @text@,
	system_id @text@,
	bom @text@,
	ai @i64@ CHECK (ai IN (0, 1)),
	vulnerabilities @i64@,
	scanned_at @i64@
) @strict@;
CREATE INDEX ev_component_subject ON ev_component (feed_id, unit_id, id);
CREATE INDEX ev_component_id ON ev_component (id);

CREATE TABLE ev_finding (
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	unit_id @text@ NOT NULL,
	id @text@ NOT NULL,
	seen_from @i64@ NOT NULL,
	seen_to @i64@ NOT NULL,
	file_id @i64@ NOT NULL REFERENCES snapshot_file (id),
	record @i64@ NOT NULL,
	line @i64@ NOT NULL,
	main @i64@ NOT NULL,
	digest @text@ NOT NULL,
	rule @text@,
	title @text@,
	tool @text@,
	severity @text@,
	status @text@,
	ai @i64@ CHECK (ai IN (0, 1)),
	system_id @text@,
	resource @text@,
	due_at @i64@,
	created_at @i64@,
	resolved_at @i64@,
	exception_expires_at @i64@,
	exception_owner_id @text@
) @strict@;
CREATE INDEX ev_finding_subject ON ev_finding (feed_id, unit_id, id);
CREATE INDEX ev_finding_id ON ev_finding (id);

CREATE TABLE ev_posture (
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	unit_id @text@ NOT NULL,
	id @text@ NOT NULL,
	seen_from @i64@ NOT NULL,
	seen_to @i64@ NOT NULL,
	file_id @i64@ NOT NULL REFERENCES snapshot_file (id),
	record @i64@ NOT NULL,
	line @i64@ NOT NULL,
	main @i64@ NOT NULL,
	digest @text@ NOT NULL,
	check_id @text@,
	title @text@,
	status @text@,
	muted @i64@ CHECK (muted IN (0, 1)),
	severity @text@,
	service @text@,
	ai @i64@ CHECK (ai IN (0, 1)),
	resource @text@,
	resource_type @text@,
	account @text@,
	region @text@,
	provider @text@,
	tool @text@,
	checked_at @i64@
) @strict@;
CREATE INDEX ev_posture_subject ON ev_posture (feed_id, unit_id, id);
CREATE INDEX ev_posture_id ON ev_posture (id);

CREATE TABLE ev_red_team (
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	unit_id @text@ NOT NULL,
	id @text@ NOT NULL,
	seen_from @i64@ NOT NULL DEFAULT 0,
	seen_to @i64@ NOT NULL DEFAULT 0,
	file_id @i64@ NOT NULL REFERENCES snapshot_file (id),
	record @i64@ NOT NULL,
	line @i64@ NOT NULL,
	main @i64@ NOT NULL,
	digest @text@ NOT NULL,
	shown_from @i64@ NOT NULL,
	shown_to @i64@ NOT NULL,
	finished_at @i64@,
	started_at @i64@,
	system_id @text@,
	tool @text@,
	run @text@,
	probe @text@,
	detector @text@,
	class @text@,
	passed @i64@,
	failed @i64@,
	total @i64@
) @strict@;
CREATE INDEX ev_red_team_subject ON ev_red_team (feed_id, unit_id, id);
CREATE INDEX ev_red_team_id ON ev_red_team (id);

CREATE TABLE ev_tool (
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	unit_id @text@ NOT NULL,
	id @text@ NOT NULL,
	seen_from @i64@ NOT NULL,
	seen_to @i64@ NOT NULL,
	file_id @i64@ NOT NULL REFERENCES snapshot_file (id),
	record @i64@ NOT NULL,
	line @i64@ NOT NULL,
	main @i64@ NOT NULL,
	digest @text@ NOT NULL,
	name @text@,
	server_id @text@,
	system_id @text@,
	owner_id @text@,
	approved @i64@ CHECK (approved IN (0, 1)),
	high_impact @i64@ CHECK (high_impact IN (0, 1)),
	human_approval @i64@ CHECK (human_approval IN (0, 1)),
	input_validated @i64@ CHECK (input_validated IN (0, 1)),
	scopes @text@,
	description_hash @text@,
	description_changed_at @i64@,
	scanned_at @i64@,
	scan_issues @i64@,
	last_seen_at @i64@
) @strict@;
CREATE INDEX ev_tool_subject ON ev_tool (feed_id, unit_id, id);
CREATE INDEX ev_tool_id ON ev_tool (id);

CREATE TABLE ev_mcp_server (
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	unit_id @text@ NOT NULL,
	id @text@ NOT NULL,
	seen_from @i64@ NOT NULL,
	seen_to @i64@ NOT NULL,
	file_id @i64@ NOT NULL REFERENCES snapshot_file (id),
	record @i64@ NOT NULL,
	line @i64@ NOT NULL,
	main @i64@ NOT NULL,
	digest @text@ NOT NULL,
	name @text@,
	purpose @text@,
	owner_id @text@,
	identity_id @text@,
	url @text@,
	transport @text@,
	auth @text@,
	registered @i64@ CHECK (registered IN (0, 1)),
	approved @i64@ CHECK (approved IN (0, 1)),
	pinned @i64@ CHECK (pinned IN (0, 1)),
	scanned_at @i64@,
	scan_issues @i64@,
	last_seen_at @i64@
) @strict@;
CREATE INDEX ev_mcp_server_subject ON ev_mcp_server (feed_id, unit_id, id);
CREATE INDEX ev_mcp_server_id ON ev_mcp_server (id);

CREATE TABLE ev_log_source (
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	unit_id @text@ NOT NULL,
	id @text@ NOT NULL,
	seen_from @i64@ NOT NULL,
	seen_to @i64@ NOT NULL,
	file_id @i64@ NOT NULL REFERENCES snapshot_file (id),
	record @i64@ NOT NULL,
	line @i64@ NOT NULL,
	main @i64@ NOT NULL,
	digest @text@ NOT NULL,
	name @text@,
	system_id @text@,
	kind @text@,
	in_siem @i64@ CHECK (in_siem IN (0, 1)),
	retention_days @i64@,
	trace_linked @i64@ CHECK (trace_linked IN (0, 1)),
	alerts @i64@ CHECK (alerts IN (0, 1)),
	detections @i64@,
	detections_mapped @i64@,
	detections_tested_at @i64@,
	last_event_at @i64@
) @strict@;
CREATE INDEX ev_log_source_subject ON ev_log_source (feed_id, unit_id, id);
CREATE INDEX ev_log_source_id ON ev_log_source (id);

CREATE TABLE ev_incident (
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	unit_id @text@ NOT NULL,
	id @text@ NOT NULL,
	seen_from @i64@ NOT NULL DEFAULT 0,
	seen_to @i64@ NOT NULL DEFAULT 0,
	file_id @i64@ NOT NULL REFERENCES snapshot_file (id),
	record @i64@ NOT NULL,
	line @i64@ NOT NULL,
	main @i64@ NOT NULL,
	digest @text@ NOT NULL,
	shown_from @i64@ NOT NULL,
	shown_to @i64@ NOT NULL,
	detected_at @i64@,
	occurred_at @i64@,
	kind @text@,
	title @text@,
	severity @text@,
	system_id @text@,
	playbook @text@,
	triaged_at @i64@,
	contained_at @i64@,
	suspended_at @i64@,
	resolved_at @i64@,
	automated @i64@ CHECK (automated IN (0, 1)),
	lessons_at @i64@,
	lessons_done @i64@ CHECK (lessons_done IN (0, 1))
) @strict@;
CREATE INDEX ev_incident_subject ON ev_incident (feed_id, unit_id, id);
CREATE INDEX ev_incident_id ON ev_incident (id);

CREATE TABLE ev_exercise (
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	unit_id @text@ NOT NULL,
	id @text@ NOT NULL,
	seen_from @i64@ NOT NULL DEFAULT 0,
	seen_to @i64@ NOT NULL DEFAULT 0,
	file_id @i64@ NOT NULL REFERENCES snapshot_file (id),
	record @i64@ NOT NULL,
	line @i64@ NOT NULL,
	main @i64@ NOT NULL,
	digest @text@ NOT NULL,
	shown_from @i64@ NOT NULL,
	shown_to @i64@ NOT NULL,
	detected_at @i64@,
	started_at @i64@,
	kind @text@,
	form @text@,
	title @text@,
	system_id @text@,
	passed @i64@ CHECK (passed IN (0, 1)),
	contained_at @i64@,
	suspended_at @i64@,
	findings @i64@,
	findings_closed @i64@,
	participants @i64@
) @strict@;
CREATE INDEX ev_exercise_subject ON ev_exercise (feed_id, unit_id, id);
CREATE INDEX ev_exercise_id ON ev_exercise (id);

CREATE TABLE ev_document (
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	unit_id @text@ NOT NULL,
	id @text@ NOT NULL,
	seen_from @i64@ NOT NULL DEFAULT 0,
	seen_to @i64@ NOT NULL DEFAULT 0,
	file_id @i64@ NOT NULL REFERENCES snapshot_file (id),
	record @i64@ NOT NULL,
	line @i64@ NOT NULL,
	main @i64@ NOT NULL,
	digest @text@ NOT NULL,
	shown_from @i64@ NOT NULL,
	shown_to @i64@ NOT NULL,
	approved_at @i64@,
	reviewed_at @i64@,
	expires_at @i64@,
	kind @text@,
	title @text@,
	version @text@,
	owner_id @text@,
	approver_id @text@,
	topic @text@,
	system_id @text@,
	version_controlled @i64@ CHECK (version_controlled IN (0, 1)),
	url @text@,
	sha256 @text@
) @strict@;
CREATE INDEX ev_document_subject ON ev_document (feed_id, unit_id, id);
CREATE INDEX ev_document_id ON ev_document (id);

CREATE TABLE ev_control_answer (
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	unit_id @text@ NOT NULL,
	id @text@ NOT NULL,
	seen_from @i64@ NOT NULL,
	seen_to @i64@ NOT NULL,
	file_id @i64@ NOT NULL REFERENCES snapshot_file (id),
	record @i64@ NOT NULL,
	line @i64@ NOT NULL,
	main @i64@ NOT NULL,
	digest @text@ NOT NULL,
	framework @text@,
	version @text@,
	control @text@,
	answer @text@,
	ownership @text@,
	evidence @text@,
	evidenced @i64@ CHECK (evidenced IN (0, 1)),
	reviewer_id @text@,
	answered_at @i64@,
	reviewed_at @i64@
) @strict@;
CREATE INDEX ev_control_answer_subject ON ev_control_answer (feed_id, unit_id, id);
CREATE INDEX ev_control_answer_id ON ev_control_answer (id);

CREATE TABLE ev_event (
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	unit_id @text@ NOT NULL,
	id @text@ NOT NULL,
	seen_from @i64@ NOT NULL DEFAULT 0,
	seen_to @i64@ NOT NULL DEFAULT 0,
	file_id @i64@ NOT NULL REFERENCES snapshot_file (id),
	record @i64@ NOT NULL,
	line @i64@ NOT NULL,
	main @i64@ NOT NULL,
	digest @text@ NOT NULL,
	shown_from @i64@ NOT NULL,
	shown_to @i64@ NOT NULL,
	happened_at @i64@,
	kind @text@,
	title @text@,
	subject_id @text@,
	system_id @text@,
	owner_id @text@,
	outcome @text@,
	automated @i64@ CHECK (automated IN (0, 1)),
	requested_at @i64@,
	due_at @i64@,
	done_at @i64@,
	expires_at @i64@
) @strict@;
CREATE INDEX ev_event_subject ON ev_event (feed_id, unit_id, id);
CREATE INDEX ev_event_id ON ev_event (id);
