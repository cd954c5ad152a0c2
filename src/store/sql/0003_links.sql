-- Links, and what is expected of feeds. Facts; see 0001_start.sql.

-- 0: the snapshot shows some of the kind, but is no list of it: that nothing is shown tells nothing. 1: it lists the kind for
-- the scope of its feed. 2: for the units as well that it names.
ALTER TABLE snapshot_kind ADD COLUMN covers @i64@ NOT NULL DEFAULT 2 CHECK (covers IN (0, 1, 2));
-- 1: what it does not show may be there all the same; it ended nothing when it was taken.
ALTER TABLE snapshot ADD COLUMN partial @i64@ NOT NULL DEFAULT 0 CHECK (partial IN (0, 1));

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
