-- People: who they are, what they may do, how they sign in, and what was done. Facts where it matters for the record; see
-- 0001_start.sql. A secret that the program only has to recognise is kept as its SHA-256.

CREATE TABLE user_account (
	id @i64@ PRIMARY KEY,
	name @text@ NOT NULL, -- facts are recorded under it, so it never changes
	folded @text@ NOT NULL UNIQUE, -- the name with small letters: two names differ in more than that
	shown @text@ NOT NULL,
	created_at @i64@ NOT NULL,
	actor @text@ NOT NULL,
	disabled_at @i64@,
	disabled_by @text@
) @strict@;

-- Of each user the last row holds.
CREATE TABLE user_password (
	id @i64@ PRIMARY KEY,
	user_id @i64@ NOT NULL REFERENCES user_account (id),
	hash @text@ NOT NULL, -- Argon2id; empty once there is a later row
	since @i64@ NOT NULL,
	actor @text@ NOT NULL
) @strict@;
CREATE INDEX user_password_user ON user_password (user_id, id);

-- The second factor. Of each user the last row holds, once it is confirmed and until it is removed.
CREATE TABLE user_second (
	id @i64@ PRIMARY KEY,
	user_id @i64@ NOT NULL REFERENCES user_account (id),
	secret @blob@ NOT NULL, -- empty once it is removed
	enrolled_at @i64@ NOT NULL,
	confirmed_at @i64@,
	removed_at @i64@,
	removed_by @text@,
	step @i64@ NOT NULL -- the last that was accepted; no step is accepted twice
) @strict@;
CREATE INDEX user_second_user ON user_second (user_id, id);

CREATE TABLE user_recovery (
	second_id @i64@ NOT NULL REFERENCES user_second (id),
	sha256 @text@ NOT NULL,
	used_at @i64@,
	PRIMARY KEY (second_id, sha256)
) @strict@;

-- Never deleted: a grant that was taken back keeps when and by whom.
CREATE TABLE user_grant (
	id @i64@ PRIMARY KEY,
	user_id @i64@ NOT NULL REFERENCES user_account (id),
	role @text@ NOT NULL CHECK (role IN ('respondent', 'reader', 'assessor', 'lead', 'admin')),
	unit_id @text@ NOT NULL, -- empty: the root, whatever it is called
	recorded_at @i64@ NOT NULL,
	actor @text@ NOT NULL,
	ended_at @i64@,
	ended_by @text@,
	CHECK (role <> 'admin' OR unit_id = '')
) @strict@;
CREATE INDEX user_grant_user ON user_grant (user_id, id);

CREATE TABLE sign_in_link (
	sha256 @text@ PRIMARY KEY, -- of the token in the link
	user_id @i64@ NOT NULL REFERENCES user_account (id),
	created_at @i64@ NOT NULL,
	actor @text@ NOT NULL,
	expires_at @i64@ NOT NULL,
	used_at @i64@
) @strict@;
CREATE INDEX sign_in_link_user ON sign_in_link (user_id);

-- Failed sign-ins in a row. Forgotten after a while, so no fact.
CREATE TABLE sign_in_failure (
	sha256 @text@ PRIMARY KEY, -- of the name or the address
	failures @i64@ NOT NULL,
	last_at @i64@ NOT NULL,
	free_at @i64@ NOT NULL -- when the next one may be tried
) @strict@;
CREATE INDEX sign_in_failure_last ON sign_in_failure (last_at);

-- Kept for a while after it is over, so no fact; the audit trail has it.
CREATE TABLE session (
	id @i64@ PRIMARY KEY,
	sha256 @text@ NOT NULL UNIQUE, -- of the value of the cookie
	user_id @i64@ NOT NULL REFERENCES user_account (id),
	created_at @i64@ NOT NULL, -- when the person signed in
	seen_at @i64@ NOT NULL,
	expires_at @i64@ NOT NULL,
	ended_at @i64@,
	csrf @text@ NOT NULL,
	address @text@ NOT NULL,
	agent @text@ NOT NULL,
	linked @i64@ NOT NULL CHECK (linked IN (0, 1)), -- 1: by a one-time link, without a password
	second @i64@ NOT NULL CHECK (second IN (0, 1, 2)) -- 0: there is none, 1: it is waited for, 2: it was given
) @strict@;
CREATE INDEX session_user_id ON session (user_id, id);
CREATE INDEX session_expires ON session (expires_at);

CREATE TABLE token (
	id @i64@ PRIMARY KEY,
	sha256 @text@ NOT NULL UNIQUE,
	prefix @text@ NOT NULL, -- of the token, to know it again
	name @text@ NOT NULL,
	user_id @i64@ NOT NULL REFERENCES user_account (id),
	role @text@ CHECK (role IN ('respondent', 'reader', 'assessor', 'lead', 'admin')),
	unit_id @text@ NOT NULL, -- empty: the root
	feed @text@, -- it may write this feed and nothing else
	created_at @i64@ NOT NULL,
	actor @text@ NOT NULL,
	expires_at @i64@ NOT NULL,
	revoked_at @i64@,
	revoked_by @text@,
	used_at @i64@,
	CHECK ((role IS NULL) <> (feed IS NULL))
) @strict@;
CREATE INDEX token_user ON token (user_id, id);

-- Never deleted: an assignment that ended keeps when and by whom.
CREATE TABLE assignment (
	id @i64@ PRIMARY KEY,
	objective @text@ NOT NULL,
	unit_id @text@ NOT NULL,
	user_id @i64@ NOT NULL REFERENCES user_account (id),
	due_at @i64@, -- NULL: no date
	recorded_at @i64@ NOT NULL,
	actor @text@ NOT NULL,
	ended_at @i64@,
	ended_by @text@
) @strict@;
CREATE INDEX assignment_user ON assignment (user_id, id);

CREATE TABLE preference (
	user_id @i64@ NOT NULL REFERENCES user_account (id),
	name @text@ NOT NULL,
	value @text@ NOT NULL,
	PRIMARY KEY (user_id, name)
) @strict@;

-- Of each name the last row holds.
CREATE TABLE setting (
	id @i64@ PRIMARY KEY,
	name @text@ NOT NULL,
	value @text@ NOT NULL,
	recorded_at @i64@ NOT NULL,
	actor @text@ NOT NULL
) @strict@;
CREATE INDEX setting_name ON setting (name, id);

-- What was done, numbered from 1 without a gap. Each row holds the SHA-256 over the one before and itself.
CREATE TABLE audit (
	id @i64@ PRIMARY KEY,
	at @i64@ NOT NULL,
	actor @text@ NOT NULL,
	act @text@ NOT NULL,
	object @text@ NOT NULL,
	detail @text@ NOT NULL,
	sha256 @text@ NOT NULL
) @strict@;
CREATE INDEX audit_actor ON audit (actor, id);
CREATE INDEX audit_act ON audit (act, id);
