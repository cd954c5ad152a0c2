-- The measures of one objective stand together: they are asked for alone when it is explained, those of one unit when a
-- single answer changes the score.

DROP INDEX measure_place;
CREATE INDEX measure_objective ON measure (line, objective, unit, source, observed_at);
