-- What people look through: AI systems that no register knows, and answers that wait for a review.

-- Somebody looked at an AI system that evidence shows and no register knows, and set it aside, with a reason. A fact about
-- that look and none about the system: no check and no score reads these tables (docs/decisions/0024-dismissals.md).

CREATE TABLE dismissal (
	id @i64@ PRIMARY KEY,
	name @text@ NOT NULL, -- as evidence has it
	unit @text@ NOT NULL, -- where it was set aside, with everything below
	reason @text@ NOT NULL,
	recorded_at @i64@ NOT NULL,
	actor @text@ NOT NULL
) @strict@;
CREATE INDEX dismissal_name ON dismissal (name, unit, id);

CREATE TABLE dismissal_end (
	dismissal_id @i64@ PRIMARY KEY REFERENCES dismissal (id),
	recorded_at @i64@ NOT NULL,
	actor @text@ NOT NULL
) @strict@;

-- The answers alone, as they are looked through for what waits for a second person: on every page, for its badge.
CREATE INDEX measure_answer ON measure (line, unit, objective, observed_at DESC, seq DESC) WHERE source = 'answer';
