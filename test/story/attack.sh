#!/bin/sh
# Checks are a stranger's SQL: what they may not do, and what happens when they fail or take too long.
. "$(dirname "$0")/lib.sh"

# A model whose one check is SQL on standard input.
model_with() {
	cat >"$work/check.sql"
	{
		cat <<-'M'
			schema: aismm.model/1
			id: attack
		M
		echo "version: \"$1\""
		cat <<-'M'
			title: A model with a check of a stranger
			domains: [{id: d, title: D}]
			categories:
			  - id: AAA
			    domain: d
			    title: A
			    objectives:
			      - {id: AAA-03.1, title: t, kpi: k, threshold: 1, window: P30D}
			      - {id: AAA-04.1, title: t, kpi: k, threshold: 1, window: P30D}
			      - {id: AAA-05.1, title: t, kpi: k, threshold: 1, window: P30D}
			      - id: AAA-02.1
			        title: t
			        kpi: k
			        subject: person
			        threshold: 1
			        window: P30D
			        mode: automated
			        check: |
		M
		sed 's/^/          /' "$work/check.sql"
	} >"$work/attack.yaml"
}

version=0
forbidden() { # SENTENCE, the SQL on standard input
	version=$((version + 1))
	model_with "$version"
	run model import "$work/attack.yaml"
	[ "$status" = 3 ] && grep -q 'AAA-02.1' "$work/err"
	verdict $? "refused: $1" "$work/seen"
}

refused_at_the_door() {
	forbidden 'writing' <<-'Q'
		DELETE FROM person
	Q
	forbidden 'writing behind a SELECT' <<-'Q'
		SELECT unit_id, id AS subject, 1 AS meets FROM person; DROP TABLE person
	Q
	forbidden 'an INSERT with RETURNING' <<-'Q'
		INSERT INTO person (unit_id, id) VALUES ('a', 'b') RETURNING unit_id, id AS subject, 1 AS meets
	Q
	forbidden 'a table of the store' <<-'Q'
		SELECT unit AS unit_id, objective AS subject, 1 AS meets FROM measure
	Q
	forbidden 'a table of facts behind a view' <<-'Q'
		SELECT unit_id, id AS subject, 1 AS meets FROM ev_person
	Q
	forbidden 'the schema' <<-'Q'
		SELECT name AS unit_id, sql AS subject, 1 AS meets FROM sqlite_master
	Q
	forbidden 'the catalogue of PostgreSQL' <<-'Q'
		SELECT usename AS unit_id, passwd AS subject, 1 AS meets FROM pg_shadow
	Q
	forbidden 'another file' <<-'Q'
		ATTACH DATABASE '/etc/passwd' AS other
	Q
	forbidden 'a PRAGMA' <<-'Q'
		PRAGMA database_list
	Q
	forbidden 'a PRAGMA as a table' <<-'Q'
		SELECT name AS unit_id, file AS subject, 1 AS meets FROM pragma_database_list
	Q
	forbidden 'loading code' <<-'Q'
		SELECT unit_id, load_extension('evil') AS subject, 1 AS meets FROM person
	Q
	forbidden 'reading a file' <<-'Q'
		SELECT unit_id, pg_read_file('/etc/passwd') AS subject, 1 AS meets FROM person
	Q
	forbidden 'sleeping' <<-'Q'
		SELECT unit_id, id AS subject, 1 AS meets FROM person WHERE pg_sleep(100) IS NULL
	Q
	forbidden 'chance' <<-'Q'
		SELECT unit_id, id AS subject, random() % 2 AS meets FROM person
	Q
	forbidden 'the clock' <<-'Q'
		SELECT unit_id, id AS subject, CASE WHEN policy_attested_at > strftime('%s', 'now') THEN 1 ELSE 0 END AS meets FROM person
	Q
	forbidden 'a huge blob' <<-'Q'
		SELECT unit_id, id AS subject, length(zeroblob(1000000000)) AS meets FROM person
	Q
	forbidden 'a third parameter' <<-'Q'
		SELECT unit_id, id AS subject, $3 AS meets FROM person
	Q
	forbidden 'other columns' <<-'Q'
		SELECT unit_id, id, 1 FROM person
	Q
	forbidden 'a column that is not there' <<-'Q'
		SELECT unit_id, id AS subject, no_such_column AS meets FROM person
	Q
	forbidden 'no statement at all' <<-'Q'
		-- nothing
	Q
	is 'none of these models is stored' 1 '.models|length' model list
}

started=0
# fails TEXT SENTENCE, the SQL on standard input: the check compiles, but its run ends as unknown with its error kept.
fails() {
	version=$((version + 1))
	model_with "$version"
	step model import "$work/attack.yaml"
	step model activate "attack@$version"
	run evaluate
	grep -q -e "$1" "$work/seen"
	verdict $? "$2: the run says so" "$work/seen"
	is "$2: unknown, never a pass and never nothing" '["open",0,0,1]' '.objectives[]|select(.id=="AAA-02.1")|[.verdict,.yes,.no,.unknown]' score --unit north
	run explain AAA-02.1 --unit north --json
	json '.measures[0].error' | grep -q -e "$1"
	verdict $? "$2: its error is kept" "$work/seen"
}

stopped_on_the_way() {
	step unit import "$data/units.csv"
	printf 'id,unit,active\np1,north,true\np2,north,true\n' >"$work/p.csv"
	step import --format person "$work/p.csv" --observed 2026-11-01
	fails 'twice' 'a subject twice' <<-'Q'
		SELECT unit_id, 'x' AS subject, 1 AS meets FROM person
	Q
	fails 'meets' 'two is not a verdict' <<-'Q'
		SELECT unit_id, id AS subject, 2 AS meets FROM person
	Q
	fails 'meets' 'nor is a word' <<-'Q'
		SELECT unit_id, id AS subject, 'yes' AS meets FROM person
	Q
	fails 'unit_id' 'a row without a unit' <<-'Q'
		SELECT NULL AS unit_id, id AS subject, 1 AS meets FROM person
	Q
	fails 'too long\|steps\|time\|budget' 'a check that never ends' <<-'Q'
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
		SELECT p.unit_id, p.id AS subject, max(n.i) AS meets FROM person p, n GROUP BY p.unit_id, p.id
	Q
	fails 'rows\|too long\|steps\|time\|budget' 'a check that gives rows without end' <<-'Q'
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
		SELECT p.unit_id, n.i AS subject, 1 AS meets FROM person p, n
	Q
	is 'the evidence is untouched' 2 '.feeds[0].rows' feed list
}

on_a_store refused_at_the_door stopped_on_the_way
finish
