#!/bin/sh
# Files that no format knows, read by a map: the receipts are the expected ones byte for byte (AISMM_GOLDEN=write writes
# them), the map is kept with what it read, and what is wrong is said where it is.
. "$(dirname "$0")/lib.sh"
receipts=$here/../golden/receipts
printf 'unit,parent,name\nacme,,Acme\nretail,acme,Retail\ncloud,acme,Cloud\n' >"$work/units.csv"

receipt() { # NAME ARGUMENT…
	wanted=$receipts/map-$1.json
	name=$1
	shift
	run import --json "$@"
	[ "$status" = 0 ] || verdict 1 "$name is imported" "$work/seen"
	[ "$golden" != write ] || cp "$work/out" "$wanted"
	diff "$wanted" "$work/out" >"$work/seen" 2>&1
	verdict $? "the receipt of $name" "$work/seen"
}

samples() {
	cd "$here/../data/mapping" || exit 1
	step unit import "$work/units.csv"
	receipt wiz-dry-run --format csv --map wiz.yaml wiz.csv --dry-run
	is 'nothing was stored' 0 '.feeds|length' feed list
	receipt wiz --format csv --map wiz.yaml wiz.csv
	receipt defender --format csv --map defender.yaml defender.csv --unit cloud
	receipt findings --format jsonl --map findings.yaml findings.jsonl
	is 'a map names its feed' '[["defender-for-cloud:cloud","csv:posture",4],["model-gate:acme","jsonl:finding",3],["wiz-issues:acme","csv:finding",4]]' \
		'[.feeds[]|[.name,.format,.rows]]' feed list
	is 'the map is kept beside the file' '["wiz.yaml","wiz.csv"]' '[.files[].file]' feed show wiz-issues:acme
	is 'with its hash' "[\"$(sha256sum <wiz.yaml | cut -d' ' -f1)\"]" '[.files[0].sha256]' feed show wiz-issues:acme
	step import --format csv --map wiz.yaml wiz.csv --json
	same 'the same again changes nothing' '{"read":4,"new":0,"changed":0,"unchanged":4,"gone":0}' "$(json .records)"
	sed 's/CRITICAL: critical/CRITICAL: high/' wiz.yaml >"$work/other.yaml"
	step import --format csv --map "$work/other.yaml" wiz.csv --json
	same 'another map of the same file changes what it reads' '{"read":4,"new":0,"changed":1,"unchanged":3,"gone":0}' "$(json .records)"
	sed 's/^id: .*/&\nfeed: security/' wiz.yaml >"$work/named.yaml"
	step import --format csv --map "$work/named.yaml" wiz.csv --json
	same 'a map may name the feed itself' '"security"' "$(json .feed)"
	step import --format csv --map "$work/named.yaml" wiz.csv --feed mine --json
	same 'and --feed stands above it' '"mine"' "$(json .feed)"
}

# Two maps of one feed, for two kinds: neither ends what the other said.
two_kinds() {
	step unit import "$work/units.csv"
	printf 'id,who,seen\na1,ann,2026-11-01\na2,bo,2026-11-01\n' >"$work/a.csv"
	printf 'schema: aismm.map/1\nname: x\nfeed: tool\nkind: agent\nid: id\nobserved: seen\ncolumns: {owner_id: who}\n' >"$work/agents.yaml"
	printf 'schema: aismm.map/1\nname: y\nfeed: tool\nkind: person\nid: who\nobserved: seen\ncolumns: {name: who}\n' >"$work/people.yaml"
	step import --format csv --map "$work/agents.yaml" "$work/a.csv"
	sed 's/11-01/11-02/' "$work/a.csv" >"$work/b.csv"
	case_ok 'a second kind in the same feed' import --format csv --map "$work/people.yaml" "$work/b.csv" --json
	same 'ends nothing of the first' '[2,0]' "$(json '.records|[.new,.gone]')"
	is 'both hold' 4 '.feeds[0].rows' feed list
	printf 'id,who,seen\na1,ann,2026-10-01\na3,cy,2026-10-01\n' >"$work/c.csv"
	step import --format csv --map "$work/agents.yaml" "$work/c.csv"
	is 'an older snapshot of one kind is spliced in before its next one' '[4,3]' '[.feeds[0].rows,.feeds[0].snapshots]' feed list --as-of 2026-11-03
	is 'and holds until then' 2 '.feeds[0].rows' feed list --as-of 2026-10-15
}

wrong() {
	step unit import "$work/units.csv"
	cd "$here/../data/mapping" || exit 1
	refused 3 'the format csv is read by a map' 'csv without a map' import --format csv wiz.csv
	refused 3 'the format person is read without a map' 'a map for a format' import --format person --map wiz.yaml wiz.csv
	refused 3 '--format csv --map' 'what no format knows leads to the map' import wiz.csv
	refused 3 '--format jsonl --map' 'in JSON, too' import findings.jsonl
	refused 3 'nowhere.yaml' 'a map that is not there' import --format csv --map nowhere.yaml wiz.csv
	sed 's/severity:/severty:/' wiz.yaml >"$work/m.yaml"
	refused 3 'm.yaml:17:3' 'a wrong name in the map, with its place' import --format csv --map "$work/m.yaml" wiz.csv
	grep -q 'did you mean "severity"' "$work/err"
	verdict $? 'and the right one' "$work/seen"
	sed 's/Control ID/Control Id./' wiz.yaml >"$work/m.yaml"
	refused 3 'm.yaml:14:9' 'a column that the file does not have' import --format csv --map "$work/m.yaml" wiz.csv
	sed 's/,HIGH,/,SEVERE,/' wiz.csv >"$work/w.csv"
	refused 3 'w.csv:3:' 'a word that the map does not list' import --format csv --map wiz.yaml "$work/w.csv"
	sed 's/,Platform,/,Elsewhere,/' wiz.csv >"$work/w.csv"
	refused 3 'Elsewhere' 'a unit that the map does not list' import --format csv --map wiz.yaml "$work/w.csv"
	sed 's/retail$/nowhere/' wiz.yaml >"$work/m.yaml"
	refused 3 'no unit "nowhere"' 'a unit of the map that does not exist' import --format csv --map "$work/m.yaml" wiz.csv
	head -c 2000000 /dev/zero | tr '\0' '#' >"$work/m.yaml"
	refused 5 'the map is larger than' 'a map without end' import --format csv --map "$work/m.yaml" wiz.csv
	is 'nothing was stored' 0 '.feeds|length' feed list
}

on_a_store samples two_kinds wrong
finish
