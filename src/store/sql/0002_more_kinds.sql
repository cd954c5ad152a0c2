-- More kinds of subject, and columns of the old ones. Facts; see 0001_start.sql.

ALTER TABLE ev_ai_system ADD COLUMN notice_checked_at @i64@;
ALTER TABLE ev_ai_system ADD COLUMN regulatory_class @text@;
ALTER TABLE ev_ai_system ADD COLUMN classified_at @i64@;
ALTER TABLE ev_model ADD COLUMN retires_at @i64@;
ALTER TABLE ev_component ADD COLUMN first_seen_at @i64@;
ALTER TABLE ev_component ADD COLUMN quarantined @i64@ CHECK (quarantined IN (0, 1));
ALTER TABLE ev_incident ADD COLUMN timeline_complete @i64@ CHECK (timeline_complete IN (0, 1));
ALTER TABLE ev_incident ADD COLUMN cause @text@;
ALTER TABLE ev_incident ADD COLUMN shared_at @i64@;
ALTER TABLE ev_incident ADD COLUMN notice_due_at @i64@;
ALTER TABLE ev_incident ADD COLUMN notified_at @i64@;
ALTER TABLE ev_exercise ADD COLUMN timeline_complete @i64@ CHECK (timeline_complete IN (0, 1));
ALTER TABLE ev_exercise ADD COLUMN playbook @text@;
ALTER TABLE ev_exercise ADD COLUMN announced @i64@ CHECK (announced IN (0, 1));
ALTER TABLE ev_exercise ADD COLUMN automated @i64@ CHECK (automated IN (0, 1));
ALTER TABLE ev_exercise ADD COLUMN shared_at @i64@;
ALTER TABLE ev_control_answer ADD COLUMN tested_at @i64@;
ALTER TABLE ev_control_answer ADD COLUMN machine_tested @i64@ CHECK (machine_tested IN (0, 1));
ALTER TABLE ev_control_answer ADD COLUMN answered_by @text@;
ALTER TABLE ev_control_answer ADD COLUMN test_passed @i64@ CHECK (test_passed IN (0, 1));

CREATE TABLE ev_account (
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
	platform @text@,
	kind @text@,
	owner_id @text@,
	environment @text@,
	registered @i64@ CHECK (registered IN (0, 1)),
	in_use @i64@ CHECK (in_use IN (0, 1)),
	refused_blocked @i64@ CHECK (refused_blocked IN (0, 1)),
	block_tested_at @i64@,
	training_excluded @i64@ CHECK (training_excluded IN (0, 1)),
	retention_set @i64@ CHECK (retention_set IN (0, 1)),
	guardrail_inherited @i64@ CHECK (guardrail_inherited IN (0, 1)),
	audit_log_collected @i64@ CHECK (audit_log_collected IN (0, 1)),
	posture_scanned_at @i64@,
	created_at @i64@,
	compliant_at @i64@,
	by_template @i64@ CHECK (by_template IN (0, 1)),
	last_seen_at @i64@,
	settings_checked_at @i64@
) @strict@;
CREATE INDEX ev_account_subject ON ev_account (feed_id, unit_id, id);
CREATE INDEX ev_account_id ON ev_account (id);

CREATE TABLE ev_host (
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
	system_id @text@,
	owner_id @text@,
	provider @text@,
	gpu @i64@ CHECK (gpu IN (0, 1)),
	data_class @text@,
	isolation @text@,
	network_isolated @i64@ CHECK (network_isolated IN (0, 1)),
	egress_controlled @i64@ CHECK (egress_controlled IN (0, 1)),
	from_code @i64@ CHECK (from_code IN (0, 1)),
	hardened @i64@ CHECK (hardened IN (0, 1)),
	image_built_at @i64@,
	patched_at @i64@,
	scanned_at @i64@,
	oldest_critical_at @i64@,
	open_criticals @i64@,
	last_seen_at @i64@
) @strict@;
CREATE INDEX ev_host_subject ON ev_host (feed_id, unit_id, id);
CREATE INDEX ev_host_id ON ev_host (id);

CREATE TABLE ev_guardrail (
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
	mode @text@,
	provider @text@,
	version @text@,
	owner_id @text@,
	from_code @i64@ CHECK (from_code IN (0, 1)),
	changed_at @i64@,
	tested_at @i64@,
	tests @i64@,
	tests_stopped @i64@,
	last_seen_at @i64@
) @strict@;
CREATE INDEX ev_guardrail_subject ON ev_guardrail (feed_id, unit_id, id);
CREATE INDEX ev_guardrail_id ON ev_guardrail (id);

CREATE TABLE ev_vector_store (
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
	owner_id @text@,
	platform @text@,
	classification @text@,
	auth_required @i64@ CHECK (auth_required IN (0, 1)),
	public_endpoint @i64@ CHECK (public_endpoint IN (0, 1)),
	encrypted @i64@ CHECK (encrypted IN (0, 1)),
	tenant_isolated @i64@ CHECK (tenant_isolated IN (0, 1)),
	writers_limited @i64@ CHECK (writers_limited IN (0, 1)),
	entitlements_synced_at @i64@,
	deletions_synced_at @i64@,
	backed_up_at @i64@,
	last_seen_at @i64@
) @strict@;
CREATE INDEX ev_vector_store_subject ON ev_vector_store (feed_id, unit_id, id);
CREATE INDEX ev_vector_store_id ON ev_vector_store (id);

CREATE TABLE ev_repository (
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
	url @text@,
	system_id @text@,
	owner_id @text@,
	ai @i64@ CHECK (ai IN (0, 1)),
	assistants_used @i64@ CHECK (assistants_used IN (0, 1)),
	review_required @i64@ CHECK (review_required IN (0, 1)),
	secret_scan @i64@ CHECK (secret_scan IN (0, 1)),
	bom_in_build @i64@ CHECK (bom_in_build IN (0, 1)),
	ai_gate @text@,
	assistant_config @i64@ CHECK (assistant_config IN (0, 1)),
	assistant_config_reviewed @i64@ CHECK (assistant_config_reviewed IN (0, 1)),
	package_quarantine @i64@ CHECK (package_quarantine IN (0, 1)),
	risk_gate @i64@ CHECK (risk_gate IN (0, 1)),
	last_change_at @i64@,
	last_seen_at @i64@
) @strict@;
CREATE INDEX ev_repository_subject ON ev_repository (feed_id, unit_id, id);
CREATE INDEX ev_repository_id ON ev_repository (id);

CREATE TABLE ev_assistant (
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
	person_id @text@,
	device @text@,
	approved @i64@ CHECK (approved IN (0, 1)),
	managed @i64@ CHECK (managed IN (0, 1)),
	agentic @i64@ CHECK (agentic IN (0, 1)),
	sandboxed @i64@ CHECK (sandboxed IN (0, 1)),
	egress_controlled @i64@ CHECK (egress_controlled IN (0, 1)),
	last_seen_at @i64@
) @strict@;
CREATE INDEX ev_assistant_subject ON ev_assistant (feed_id, unit_id, id);
CREATE INDEX ev_assistant_id ON ev_assistant (id);

CREATE TABLE ev_detection (
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
	technique @text@,
	log_source_id @text@,
	system_id @text@,
	severity @text@,
	enabled @i64@ CHECK (enabled IN (0, 1)),
	from_code @i64@ CHECK (from_code IN (0, 1)),
	created_at @i64@,
	tested_at @i64@,
	test_passed @i64@ CHECK (test_passed IN (0, 1)),
	last_fired_at @i64@
) @strict@;
CREATE INDEX ev_detection_subject ON ev_detection (feed_id, unit_id, id);
CREATE INDEX ev_detection_id ON ev_detection (id);

CREATE TABLE ev_training (
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
	person_id @text@,
	course @text@,
	topic @text@,
	version @text@,
	assigned_at @i64@,
	due_at @i64@,
	completed_at @i64@,
	passed @i64@ CHECK (passed IN (0, 1)),
	expires_at @i64@
) @strict@;
CREATE INDEX ev_training_subject ON ev_training (feed_id, unit_id, id);
CREATE INDEX ev_training_id ON ev_training (id);

CREATE TABLE ev_exception (
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
	title @text@,
	rule @text@,
	subject_id @text@,
	system_id @text@,
	owner_id @text@,
	approver_id @text@,
	measure @text@,
	granted_at @i64@,
	expires_at @i64@,
	closed_at @i64@,
	renewals @i64@
) @strict@;
CREATE INDEX ev_exception_subject ON ev_exception (feed_id, unit_id, id);
CREATE INDEX ev_exception_id ON ev_exception (id);

CREATE TABLE ev_access_review (
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
	reviewed_at @i64@,
	permission_id @text@,
	identity_id @text@,
	system_id @text@,
	reviewer_id @text@,
	decision @text@,
	applied_at @i64@,
	automated @i64@ CHECK (automated IN (0, 1))
) @strict@;
CREATE INDEX ev_access_review_subject ON ev_access_review (feed_id, unit_id, id);
CREATE INDEX ev_access_review_id ON ev_access_review (id);

CREATE TABLE ev_assessment (
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
	assessed_at @i64@,
	kind @text@,
	system_id @text@,
	provider_id @text@,
	model_id @text@,
	assessor_id @text@,
	reason @text@,
	asked_at @i64@,
	outcome @text@,
	conditions @i64@,
	conditions_open @i64@,
	expires_at @i64@
) @strict@;
CREATE INDEX ev_assessment_subject ON ev_assessment (feed_id, unit_id, id);
CREATE INDEX ev_assessment_id ON ev_assessment (id);

CREATE TABLE ev_risk (
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
	title @text@,
	scenario @text@,
	system_id @text@,
	provider_id @text@,
	owner_id @text@,
	level @text@,
	residual @text@,
	treatment @text@,
	accepted_by @text@,
	accepted_at @i64@,
	accepted_until_at @i64@,
	reviewed_at @i64@,
	quantified_at @i64@,
	closed_at @i64@
) @strict@;
CREATE INDEX ev_risk_subject ON ev_risk (feed_id, unit_id, id);
CREATE INDEX ev_risk_id ON ev_risk (id);

CREATE TABLE ev_obligation (
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
	title @text@,
	source @text@,
	reference @text@,
	jurisdiction @text@,
	system_id @text@,
	owner_id @text@,
	applies @i64@ CHECK (applies IN (0, 1)),
	met @i64@ CHECK (met IN (0, 1)),
	reviewed_at @i64@,
	due_at @i64@,
	machine_checked @i64@ CHECK (machine_checked IN (0, 1)),
	checked_at @i64@
) @strict@;
CREATE INDEX ev_obligation_subject ON ev_obligation (feed_id, unit_id, id);
CREATE INDEX ev_obligation_id ON ev_obligation (id);

CREATE TABLE ev_model_release (
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
	released_at @i64@,
	name @text@,
	publisher @text@,
	provider_id @text@,
	noticed_at @i64@,
	assessed_at @i64@,
	decided_at @i64@,
	decision @text@,
	decider_id @text@,
	enforced_at @i64@
) @strict@;
CREATE INDEX ev_model_release_subject ON ev_model_release (feed_id, unit_id, id);
CREATE INDEX ev_model_release_id ON ev_model_release (id);

CREATE TABLE ev_policy_result (
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
	decided_at @i64@,
	rule @text@,
	engine @text@,
	stage @text@,
	target @text@,
	system_id @text@,
	account_id @text@,
	repository_id @text@,
	severity @text@,
	outcome @text@,
	enforced @i64@ CHECK (enforced IN (0, 1)),
	fixed_at @i64@,
	fixed_by_machine @i64@ CHECK (fixed_by_machine IN (0, 1)),
	exception_id @text@
) @strict@;
CREATE INDEX ev_policy_result_subject ON ev_policy_result (feed_id, unit_id, id);
CREATE INDEX ev_policy_result_id ON ev_policy_result (id);
