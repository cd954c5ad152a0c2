-- Derived rows: a cache of current scores that can be thrown away at any time; `aismm rebuild` makes the same bytes again.

DROP TABLE IF EXISTS derived_score;
CREATE TABLE derived_score (
	unit @text@ NOT NULL,
	category @text@ NOT NULL, -- "" = the program: level is then its floor
	model @text@ NOT NULL,
	rules @i64@ NOT NULL,
	applicable @i64@ NOT NULL,
	level @i64@ NOT NULL,
	level_high @i64@ NOT NULL,
	level_evidenced @i64@ NOT NULL,
	ceiling @i64@ NOT NULL,
	next_level @i64@ NOT NULL,
	score_index @i64@ NOT NULL,
	index_high @i64@ NOT NULL,
	index_evidenced @i64@ NOT NULL,
	progress @i64@ NOT NULL,
	coverage @i64@ NOT NULL,
	valid_until @i64@ NOT NULL,
	PRIMARY KEY (unit, category)
) @strict@;
CREATE INDEX derived_score_until ON derived_score (valid_until);
