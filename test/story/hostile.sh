#!/bin/sh
# Files that are no files, stores of others, stores that somebody damaged, checks that unfold, files that change.
. "$(dirname "$0")/lib.sh"

inputs() {
	step unit import "$data/units.csv"
	printf 'id,unit,active\np1,north,true\n' >"$work/p.csv"
	[ -p "$work/silent" ] || mkfifo "$work/silent"
	refused 3 'silent' 'a pipe that nobody writes to is not waited for' import --format person "$work/silent" --observed 2026-11-01
	refused 3 'neither a file nor a pipe' 'a device is refused' import --format person /dev/zero --observed 2026-11-01
	refused 3 'neither a file nor a pipe' 'also as a model' model lint /dev/zero
	[ -p "$work/pipe" ] || mkfifo "$work/pipe"
	cat "$work/p.csv" >"$work/pipe" &
	case_ok 'a pipe is read like a file' import --format person "$work/pipe" --observed 2026-11-01
	wait
	{ printf 'id,unit,name\np1,north,' && head -c 20000 /dev/zero | tr '\0' x && echo; } >"$work/long.csv"
	refused 5 'longer than' 'a document is no name' import --format person "$work/long.csv" --observed 2026-11-02
	printf 'id,unit,active\np1,north,true\n' >"$work/locked.csv"
	if [ "$(id -u)" != 0 ]; then
		chmod 0 "$work/locked.csv"
		refused 3 'cannot be opened' 'a file that may not be read' import --format person "$work/locked.csv" --observed 2026-11-03
	fi
}

# The bytes that are parsed are those that were hashed, or nothing is stored.
changing_file() {
	step model import "$data/small.yaml"
	step model activate small
	step unit import "$data/units.csv"
	awk 'BEGIN {
		print "unit,objective,source,yes,no,unknown,observed,basis"
		for (i = 0; i < 60000; i++) printf "north,AAA-02.1,s%05d,1,0,0,2026-11-01,measured\n", i
	}' >"$work/m.csv"
	cp "$work/m.csv" "$work/before.csv"
	size=$(wc -c <"$work/m.csv")
	"$AISMM" import --format measures "$work/m.csv" --json >"$work/out" 2>"$work/err" &
	importer=$!
	# The last row is turned round again and again while the program works.
	(while kill -0 $importer 2>/dev/null; do
		printf '0,1,0,2026-11-01,measured\n' | dd of="$work/m.csv" bs=1 seek=$((size - 26)) conv=notrunc 2>/dev/null
		printf '1,0,0,2026-11-01,measured\n' | dd of="$work/m.csv" bs=1 seek=$((size - 26)) conv=notrunc 2>/dev/null
	done) &
	status=0
	wait $importer || status=$?
	wait
	if [ "$status" = 0 ]; then
		# It was lucky: then what it stored is what the file of that hash says.
		sum=$(jq -r .sha256 "$work/out")
		yes=1
		[ "$sum" = "$(sha256sum <"$work/before.csv" | cut -d' ' -f1)" ] || yes=0
		run score --unit north --json
		same 'what is stored is what the file of its hash says' "$((59999 + yes))" \
			"$(json '.objectives[]|select(.id=="AAA-02.1")|.yes')"
	else
		grep -q 'changed while it was read' "$work/err"
		verdict $? 'a file that changes while it is read is refused' "$work/err"
	fi
}

unfolding() {
	{
		sed -n '1,/^      - {id: AAA-02.1/p' "$data/small.yaml" | sed '$d'
		cat <<-'M'
			      - {id: AAA-02.2, title: t, kpi: k, threshold: 1, window: P30D}
			      - {id: AAA-03.1, title: t, kpi: k, threshold: 1, window: P30D}
			      - {id: AAA-04.1, title: t, kpi: k, threshold: 1, window: P30D}
			      - {id: AAA-05.1, title: t, kpi: k, threshold: 1, window: P30D}
			      - id: AAA-02.1
			        title: t
			        kpi: k
			        subject: person
			        threshold: 1
			        window: P30D
			        check: |
		M
		awk 'BEGIN {
			printf "          WITH c0 AS (SELECT unit_id, id AS subject, active AS x FROM person)"
			for (i = 1; i <= 26; i++) printf ",\n          c%d AS (SELECT unit_id, subject, x+x AS x FROM c%d)", i, i - 1
			print "\n          SELECT unit_id, subject, x AS meets FROM c26"
		}'
	} | sed '/domain: second/d; s/  - {id: second, title: Second}//' >"$work/unfold.yaml"
	refused 3 '' 'a check that unfolds while it is compiled' model import "$work/unfold.yaml"
	grep -q 'too complicated' "$work/err"
	verdict $? 'it is refused for that' "$work/err"
}

# SQLite alone: its file can be reached by others.
damaged() {
	step model import "$data/small.yaml"
	step model activate small
	step unit import "$data/units.csv"
	step answer AAA-05.1 --unit north --yes 1 --no 0
	sound=$AISMM_DB
	damage() { # SENTENCE SQL
		cp "$sound" "$work/damaged.db"
		sqlite3 "$work/damaged.db" "PRAGMA ignore_check_constraints = ON; $2" >/dev/null
		AISMM_DB=$work/damaged.db
		for command in score 'explain AAA-05.1' 'unit list' evaluate rebuild; do
			# shellcheck disable=SC2086
			run $command
			[ "$status" = 4 ] && grep -q 'damaged' "$work/err"
			verdict $? "$1: $command says so" "$work/seen"
		done
		AISMM_DB=$sound
	}
	damage 'an impossible deployment' 'UPDATE unit SET deployment = -1'
	damage 'a negative size' 'UPDATE unit SET size = -9'
	damage 'a huge count' 'UPDATE measure SET yes = 9223372036854775807, no = 9223372036854775807'
	damage 'an unknown basis' 'UPDATE measure SET basis = 77'
	damage 'an impossible time' 'UPDATE measure SET observed_at = -9223372036854775807'
	damage 'a model that no longer reads' "UPDATE model_file SET body = 'x: ['"
	damage 'units that go round' "UPDATE unit SET parent = 'lab' WHERE id = 'south'"
	damage 'a schema of version 0' 'UPDATE migration SET version = 0 WHERE version = 1'
	sqlite3 "$work/other.db" 'CREATE TABLE x (a); INSERT INTO x VALUES (1)'
	sum=$(sha256sum <"$work/other.db")
	AISMM_DB=$work/other.db
	refused 4 'another program' 'the database of another program is not read' score
	refused 4 'another program' 'nor filled' init
	same 'nor changed' "$sum" "$(sha256sum <"$work/other.db")"
	AISMM_DB=$sound
}

on_a_store inputs changing_file unfolding
engine='sqlite: '
fresh_store
damaged
finish
