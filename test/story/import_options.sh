#!/bin/sh
# An import that is only rehearsed, and one that leaves bad records out.
. "$(dirname "$0")/lib.sh"

setup() {
	step unit import "$data/units.csv"
}

people() { # FILE: rows on standard input
	{ echo 'id,unit,name,active'; cat; } >"$1"
}

first() {
	people "$work/p1.csv" <<-'M'
		p1,north,Ann,true
		p2,north,Bo,true
		p3,lab,Cy,false
		p4,lab,Di,true
	M
	step import "$work/p1.csv" --format person --observed 2026-11-01
}

rehearsed() {
	setup
	people "$work/p1.csv" <<-'M'
		p1,north,Ann,true
		p2,,Bo,
	M
	run import "$work/p1.csv" --format person --observed 2026-11-01 --dry-run --json
	same 'a first import, rehearsed' '[true,{"read":2,"new":2,"changed":0,"unchanged":0,"gone":0},{"person":2}]' "$(json '[.dry_run,.records,.facts]')"
	same 'the rows as they would be stored' '[{"kind":"person","unit":"north","id":"p1","columns":{"name":"Ann","active":true}},{"kind":"person","unit":"acme","id":"p2","columns":{"name":"Bo"}}]' "$(json .rows)"
	is 'there is no feed' 0 '.feeds|length' feed list
	first
	people "$work/p2.csv" <<-'M'
		p1,north,Ann,true
		p2,north,Bo,false
		p3,lab,Cy,false
		p5,shop,Ed,true
	M
	run import "$work/p2.csv" --format person --observed 2026-11-02 --dry-run --json
	json .records >"$work/said"
	is 'what holds is as before' '["2026-11-01T00:00:00Z",4]' '.feeds[0]|[.newest,.rows]' feed list
	is 'and no unit became covered' '["lab","north"]' '.units' feed show person:acme
	run import "$work/p2.csv" --format person --observed 2026-11-02 --json
	same 'the counts were those of the import' "$(json .records)" "$(cat "$work/said")"
	same 'which are' '{"read":4,"new":1,"changed":1,"unchanged":2,"gone":1}' "$(json .records)"
	same 'and an import has no rows in its receipt' '[null,null]' "$(json '[.dry_run,.rows]')"
	people "$work/short.csv" <<-'M'
		p1,north,Ann,true
	M
	refused 3 --replace 'what would be refused is refused' import "$work/short.csv" --format person --observed 2026-11-03 --dry-run
	awk 'BEGIN { print "id,unit,name"; for (i = 0; i < 500; i++) printf "q%03d,north,N\n", i }' >"$work/many.csv"
	run import "$work/many.csv" --format person --feed many --observed 2026-11-01 --dry-run --json
	same 'ten rows are shown' '[500,10,"q009"]' "$(json '[.records.new,(.rows|length),.rows[9].id]')"
	run import "$work/p1.csv" --format person --feed text --observed 2026-11-01 --dry-run
	grep -q 'nothing was stored' "$work/out" && grep -q 'would hold' "$work/out" && grep -q 'person p4' "$work/out"
	verdict $? 'in words, too' "$work/seen"
	run import --format ocsf "$here/../data/ocsf/example_output_aws.ocsf.json" --dry-run --json
	same 'of a scanner' '["posture",true]' "$(json '[.rows[0].kind,(.rows[0].columns.status|type=="string")]')"
	is 'two feeds were never made' '["person:acme"]' '[.feeds[].name]' feed list
}

measures() {
	step model import "$data/small.yaml"
	step model activate small
	setup
	printf 'unit,objective,source,yes,no,unknown,observed,basis\nnorth,AAA-02.1,hr,3,1,0,2026-11-01,measured\n' >"$work/m.csv"
	run import --format measures "$work/m.csv" --dry-run --json
	same 'measures are rehearsed, too' '[true,1,[{"kind":"measure","unit":"north","id":"AAA-02.1","columns":{"source":"hr","yes":3,"no":1,"unknown":0,"observed":"2026-11-01T00:00:00Z","basis":"measured"}}]]' \
		"$(json '[.dry_run,.records.new,.rows]')"
	is 'and not stored' '[0,0,10]' '.objectives[]|select(.id=="AAA-02.1")|[.yes,.no,.unknown]' score --unit north
	refused 2 '--skip-bad' 'they are taken whole' import --format measures "$work/m.csv" --skip-bad 1
}

skipped() {
	setup
	first
	people "$work/p2.csv" <<-'M'
		p1,north,Ann,true
		p2,north,Bo,perhaps
		p4,nowhere,Di,true
		,lab,Ed,true
		p6,shop,Flo,true
	M
	refused 3 'p2.csv:3:13' 'one bad record refuses all' import "$work/p2.csv" --format person --observed 2026-11-02
	refused 3 '2 records before it break a rule' 'and so does one more than allowed' import "$work/p2.csv" --format person --observed 2026-11-02 --skip-bad 2
	is 'nothing was stored' '["2026-11-01T00:00:00Z",4]' '.feeds[0]|[.newest,.rows]' feed list
	run import "$work/p2.csv" --format person --observed 2026-11-02 --skip-bad 3 --json
	same 'those that are allowed are counted' '[{"read":5,"new":1,"changed":0,"unchanged":1,"gone":0},3,3]' "$(json '[.records,.skipped.allowed,.skipped.count]')"
	same 'and listed with their places' '[[2,"p2.csv:3:13"],[3,"p2.csv:4"],[4,"p2.csv:5:1"]]' "$(json '[.skipped.list[]|[.record,(.where|split("/")|last)]]')"
	same 'and their reasons' '["true or false expected, found \"perhaps\"; column active","no unit \"nowhere\"","an id expected"]' "$(json '[.skipped.list[].reason]')"
	is 'who is not shown is not gone, as somebody may be behind a bad record' '["2026-11-02T00:00:00Z",5]' '.feeds[0]|[.newest,.rows]' feed list
	run import "$work/p2.csv" --format person --observed 2026-11-02 --skip-bad 3 --json
	same 'the same again changes nothing' '{"read":5,"new":0,"changed":0,"unchanged":2,"gone":0}' "$(json .records)"
	people "$work/p3.csv" <<-'M'
		p1,north,Ann,true
		p2,north,Bo,false
		p4,lab,Di,true
		p6,shop,Flo,true
	M
	run import "$work/p3.csv" --format person --observed 2026-11-03 --skip-bad 3 --json
	same 'a whole file ends what is gone' '[1,0,[]]' "$(json '[.records.gone,.skipped.count,.skipped.list]')"
	run import "$work/p2.csv" --format person --observed 2026-11-04 --skip-bad 3
	grep -q 'skipped     3, at most 3' "$work/out" && grep -q 'record 3, .*p2.csv:4: no unit' "$work/out"
	verdict $? 'in words, too' "$work/seen"
	people "$work/bad.csv" <<-'M'
		p1,north,Ann,perhaps
	M
	refused 3 'every record of the file breaks a rule' 'nothing but bad records is no empty list' import "$work/bad.csv" --format person --feed new --observed 2026-11-05 --skip-bad 3
	printf 'id,unit,active\np1,north,true\np2,north\n' >"$work/cut.csv"
	refused 3 'cut.csv:3' 'broken syntax is never left out' import "$work/cut.csv" --format person --observed 2026-11-05 --skip-bad 3
	refused 3 'whole or not at all' 'a format that cannot leave records out says so' import "$here/../data/ocsf/example_output_aws.ocsf.json" --skip-bad 3
	refused 2 'up to 1000' 'there is a limit' import "$work/p3.csv" --format person --observed 2026-11-05 --skip-bad 1001
	refused 2 '--skip-bad' 'which is a number' import "$work/p3.csv" --format person --observed 2026-11-05 --skip-bad some
}

# What an older snapshot leaves out is spliced in without an end, too.
spliced() {
	setup
	first
	people "$work/p3.csv" <<-'M'
		p1,north,Ann,true
		p2,north,Bo,true
		p4,lab,Di,true
	M
	step import "$work/p3.csv" --format person --observed 2026-11-10
	people "$work/p2.csv" <<-'M'
		p1,north,Ann,false
		p2,north,Bo,perhaps
	M
	run import "$work/p2.csv" --format person --observed 2026-11-05 --skip-bad 1 --json
	same 'one changes, none ends' '{"read":2,"new":0,"changed":1,"unchanged":0,"gone":0}' "$(json .records)"
	for day in '04 4' '06 4' '11 3'; do
		is "on day ${day% *} there are ${day#* }" "${day#* }" '.feeds[0].rows' feed list --as-of "2026-11-${day% *}"
	done
}

# Events are never ended by absence; an event whose record is bad keeps its last version.
events() {
	setup
	printf 'id,detected_at,kind,passed\nx1,2026-10-01,kill_switch,true\nx2,2026-10-02,kill_switch,true\n' >"$work/x1.csv"
	printf 'id,detected_at,kind,passed\nx1,2026-10-01,kill_switch,false\nx2,yesterday,kill_switch,false\n' >"$work/x2.csv"
	step import --format exercise "$work/x1.csv" --observed 2026-11-01
	run import --format exercise "$work/x2.csv" --observed 2026-11-03 --skip-bad 1 --json
	same 'one event changes' '{"read":2,"new":0,"changed":1,"unchanged":0,"gone":0}' "$(json .records)"
	is 'both hold' 2 '.feeds[0].rows' feed list
	refused 3 'a later snapshot of the feed is incomplete' 'a snapshot before it is refused' \
		import --format exercise "$work/x1.csv" --observed 2026-11-02
}

on_each_store rehearsed measures skipped spliced events
finish
