-- Targets, reviews, documents of answers, discussion, approvals. Facts; see 0001_start.sql.

-- Of a unit and a category the newest one that is not withdrawn holds. Like measures they belong to a line of models.
CREATE TABLE target (
	id @i64@ PRIMARY KEY,
	line @text@ NOT NULL,
	unit @text@ NOT NULL,
	category @text@ NOT NULL,
	level @i64@ NOT NULL CHECK (level BETWEEN 1 AND 5),
	due_at @i64@ NOT NULL,
	reason @text@ NOT NULL,
	owner @text@ NOT NULL,
	approver @text@, -- NULL: nobody approved it
	recorded_at @i64@ NOT NULL,
	actor @text@ NOT NULL
) @strict@;
CREATE INDEX target_place ON target (line, unit, category);

CREATE TABLE target_withdrawal (
	target_id @i64@ PRIMARY KEY REFERENCES target (id),
	reason @text@ NOT NULL,
	recorded_at @i64@ NOT NULL,
	actor @text@ NOT NULL
) @strict@;

-- An answer, or what a review made of one, that was taken back at once: it is no measure any more, at any instant.
CREATE TABLE measure_undo (
	seq @i64@ PRIMARY KEY REFERENCES measure (seq),
	recorded_at @i64@ NOT NULL,
	actor @text@ NOT NULL
) @strict@;

-- What a second person did with an attested answer.
CREATE TABLE review (
	id @i64@ PRIMARY KEY,
	answer_seq @i64@ NOT NULL REFERENCES measure (seq),
	reviewed_seq @i64@ REFERENCES measure (seq), -- the measure that confirms it; NULL: it was returned
	comment @text@ NOT NULL,
	recorded_at @i64@ NOT NULL,
	actor @text@ NOT NULL
) @strict@;
CREATE INDEX review_answer ON review (answer_seq, id);
CREATE INDEX review_reviewed ON review (reviewed_seq);

CREATE TABLE review_undo (
	review_id @i64@ PRIMARY KEY REFERENCES review (id),
	recorded_at @i64@ NOT NULL,
	actor @text@ NOT NULL
) @strict@;

-- Who brought which document. An answer may name those that its author brought or may read.
CREATE TABLE document (
	id @i64@ PRIMARY KEY,
	sha256 @text@ NOT NULL REFERENCES file (sha256),
	recorded_at @i64@ NOT NULL,
	actor @text@ NOT NULL
) @strict@;
CREATE INDEX document_sha256 ON document (sha256, actor);

-- The documents of an answer. The first one is also the measure's evidence_sha256.
CREATE TABLE measure_evidence (
	seq @i64@ NOT NULL REFERENCES measure (seq),
	place @i64@ NOT NULL, -- from 1
	name @text@ NOT NULL,
	media @text@ NOT NULL, -- as the sender says; empty: unknown
	bytes @i64@ NOT NULL,
	sha256 @text@ NOT NULL REFERENCES file (sha256),
	PRIMARY KEY (seq, place)
) @strict@;
CREATE INDEX measure_evidence_sha256 ON measure_evidence (sha256);
CREATE INDEX measure_sha256 ON measure (evidence_sha256);
CREATE INDEX measure_file ON measure (file_sha256);
CREATE INDEX snapshot_file_sha256 ON snapshot_file (sha256);

CREATE TABLE comment (
	id @i64@ PRIMARY KEY,
	line @text@ NOT NULL,
	objective @text@ NOT NULL,
	unit @text@ NOT NULL,
	body @text@ NOT NULL,
	recorded_at @i64@ NOT NULL,
	actor @text@ NOT NULL
) @strict@;
CREATE INDEX comment_place ON comment (line, objective, unit, id);

CREATE TABLE comment_withdrawal (
	comment_id @i64@ PRIMARY KEY REFERENCES comment (id),
	recorded_at @i64@ NOT NULL,
	actor @text@ NOT NULL
) @strict@;

-- 1: the program itself keeps it: it says something about AI systems that other feeds show, shows none by itself, and
-- never grows old.
ALTER TABLE feed ADD COLUMN remarks @i64@ NOT NULL DEFAULT 0 CHECK (remarks IN (0, 1));

-- A request to deploy an AI system, and the steps that were taken with it; the first step is the request itself.
CREATE TABLE approval (
	id @i64@ PRIMARY KEY,
	system_id @text@ NOT NULL,
	unit @text@ NOT NULL,
	deployment @i64@ NOT NULL -- one bit
) @strict@;
CREATE INDEX approval_system ON approval (system_id, unit, id);

CREATE TABLE approval_step (
	approval_id @i64@ NOT NULL REFERENCES approval (id),
	place @i64@ NOT NULL, -- from 1
	act @i64@ NOT NULL CHECK (act BETWEEN 0 AND 4), -- request, review, approve, reject, withdraw
	words @text@ NOT NULL, -- why, the finding, the conditions, the reason
	expires_at @i64@, -- of an approval
	recorded_at @i64@ NOT NULL,
	actor @text@ NOT NULL,
	PRIMARY KEY (approval_id, place)
) @strict@;
