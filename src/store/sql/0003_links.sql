-- Links, and what is expected of feeds. Facts; see 0001_start.sql.

-- 0: the snapshot shows some of the kind, but is no list of it: that nothing is shown tells nothing. 1: it lists the kind for
-- the scope of its feed. 2: for the units as well that it names.
ALTER TABLE snapshot_kind ADD COLUMN covers @i64@ NOT NULL DEFAULT 2 CHECK (covers IN (0, 1, 2));
-- 0: the snapshot could speak for the kind, but up to its time nobody had shown any of it.
ALTER TABLE snapshot_kind ADD COLUMN speaks @i64@ NOT NULL DEFAULT 1 CHECK (speaks IN (0, 1));
-- 1: what it does not show may be there all the same; it ended nothing when it was taken.
ALTER TABLE snapshot ADD COLUMN partial @i64@ NOT NULL DEFAULT 0 CHECK (partial IN (0, 1));

-- When a snapshot showed the row last; NULL: each one in its interval did. An incomplete snapshot leaves what it does not show as
-- it was, and it is as old as it was then.
ALTER TABLE ev_person ADD COLUMN shown_at @i64@;
ALTER TABLE ev_ai_system ADD COLUMN shown_at @i64@;
ALTER TABLE ev_model ADD COLUMN shown_at @i64@;
ALTER TABLE ev_agent ADD COLUMN shown_at @i64@;
ALTER TABLE ev_identity ADD COLUMN shown_at @i64@;
ALTER TABLE ev_credential ADD COLUMN shown_at @i64@;
ALTER TABLE ev_permission ADD COLUMN shown_at @i64@;
ALTER TABLE ev_provider ADD COLUMN shown_at @i64@;
ALTER TABLE ev_dataset ADD COLUMN shown_at @i64@;
ALTER TABLE ev_component ADD COLUMN shown_at @i64@;
ALTER TABLE ev_finding ADD COLUMN shown_at @i64@;
ALTER TABLE ev_posture ADD COLUMN shown_at @i64@;
ALTER TABLE ev_red_team ADD COLUMN shown_at @i64@;
ALTER TABLE ev_tool ADD COLUMN shown_at @i64@;
ALTER TABLE ev_mcp_server ADD COLUMN shown_at @i64@;
ALTER TABLE ev_log_source ADD COLUMN shown_at @i64@;
ALTER TABLE ev_incident ADD COLUMN shown_at @i64@;
ALTER TABLE ev_exercise ADD COLUMN shown_at @i64@;
ALTER TABLE ev_document ADD COLUMN shown_at @i64@;
ALTER TABLE ev_control_answer ADD COLUMN shown_at @i64@;
ALTER TABLE ev_event ADD COLUMN shown_at @i64@;
ALTER TABLE ev_account ADD COLUMN shown_at @i64@;
ALTER TABLE ev_host ADD COLUMN shown_at @i64@;
ALTER TABLE ev_guardrail ADD COLUMN shown_at @i64@;
ALTER TABLE ev_vector_store ADD COLUMN shown_at @i64@;
ALTER TABLE ev_repository ADD COLUMN shown_at @i64@;
ALTER TABLE ev_assistant ADD COLUMN shown_at @i64@;
ALTER TABLE ev_detection ADD COLUMN shown_at @i64@;
ALTER TABLE ev_training ADD COLUMN shown_at @i64@;
ALTER TABLE ev_exception ADD COLUMN shown_at @i64@;
ALTER TABLE ev_access_review ADD COLUMN shown_at @i64@;
ALTER TABLE ev_assessment ADD COLUMN shown_at @i64@;
ALTER TABLE ev_risk ADD COLUMN shown_at @i64@;
ALTER TABLE ev_obligation ADD COLUMN shown_at @i64@;
ALTER TABLE ev_model_release ADD COLUMN shown_at @i64@;
ALTER TABLE ev_policy_result ADD COLUMN shown_at @i64@;

-- Which AI system a name of a tool means. Never deleted: a rule that was taken back keeps when and by whom.
CREATE TABLE link (
	id @i64@ PRIMARY KEY,
	name @text@ NOT NULL, -- an alias, or a pattern with * and ?
	system_id @text@ NOT NULL,
	feed_id @i64@ REFERENCES feed (id), -- NULL: of every feed
	reason @text@ NOT NULL,
	recorded_at @i64@ NOT NULL,
	actor @text@ NOT NULL,
	ended_at @i64@,
	ended_by @text@
) @strict@;

-- Of each feed the last row holds.
CREATE TABLE feed_setting (
	id @i64@ PRIMARY KEY,
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	owner @text@, -- who answers for it; NULL: nobody
	every_ms @i64@, -- the longest time between two snapshots; NULL: not said
	recorded_at @i64@ NOT NULL,
	actor @text@ NOT NULL
) @strict@;
CREATE INDEX feed_setting_feed ON feed_setting (feed_id, id);

-- Files for a feed that were refused, and those that were taken after one was: of each feed the last row tells.
CREATE TABLE feed_failure (
	id @i64@ PRIMARY KEY,
	feed_id @i64@ NOT NULL REFERENCES feed (id),
	file @text@ NOT NULL,
	reason @text@ NOT NULL, -- empty: the file was taken
	failed_at @i64@ NOT NULL,
	actor @text@ NOT NULL
) @strict@;
CREATE INDEX feed_failure_feed ON feed_failure (feed_id, id);
