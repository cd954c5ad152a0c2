-- Since when anything is known: what the numbers of a first year are compared with, on every page.

CREATE INDEX measure_first ON measure (line, observed_at, seq);
