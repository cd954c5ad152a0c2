#!/bin/sh
# What a feed covers, and what an incomplete snapshot leaves as it was.
. "$(dirname "$0")/lib.sh"

setup() {
	step model import "$data/links.yaml"
	step model activate links
	step unit import "$data/units.csv"
}

own() { echo ".objectives[]|select(.id==\"$1\")|[.yes,.no,.unknown]"; }

# One feed, two formats: a register that names units, and a bill of materials that speaks for its scope alone.
mixed() {
	setup
	printf 'id,unit,name,registered,last_seen_at\nchatbot,north,Chatbot,true,2026-11-01\n' >"$work/register.csv"
	printf '{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"timestamp":"2026-11-10T00:00:00Z","component":{"type":"application","name":"app"}},"components":[{"type":"library","name":"lib","version":"1.0"}]}' \
		>"$work/bom.json"
	step import --feed x --format ai_system --observed 2026-11-09 "$work/register.csv"
	step import --feed x "$work/bom.json"
	step evaluate
	is 'the bill says nothing about a unit that the register names' '[0,0,10]' "$(own AAA-04.1)" score --unit north
	is 'the register does' '[1,0,0]' "$(own AAA-03.1)" score --unit north
	is 'the bill counts where it belongs' '[1,0,20]' "$(own AAA-04.1)" score
}

people() { printf 'id,unit,name,active,policy_attested_at\n'; for id; do printf '%s,north,%s,%s,\n' "$id" "$id" "${active:-true}"; done; }

skipping() {
	setup
	people a b c >"$work/one.csv"
	people a c y >"$work/two.csv"
	{ people a c; printf 'z,north,Z,perhaps,\n'; } >"$work/three.csv"
	step import --feed hr --format person --observed 2026-10-01 "$work/one.csv"
	step import --feed hr --format person --observed 2026-10-10 --skip-bad 1 "$work/three.csv"
	is 'an incomplete snapshot ends nothing' '3' '.rows' feed show hr
	refused 3 'a later snapshot of the feed is incomplete' 'one cannot be put before it' \
		import --feed hr --format person --observed 2026-10-05 "$work/two.csv"
	refused 3 'a later snapshot of the feed is incomplete' 'nor can another incomplete one' \
		import --feed hr --format person --observed 2026-09-01 --skip-bad 1 "$work/three.csv"
	is 'the same file again is no trouble' '[0,0]' '[.records.new,.records.gone]' \
		import --feed hr --format person --observed 2026-10-10 --skip-bad 1 "$work/three.csv"
	step import --feed hr --format person --observed 2026-10-20 "$work/two.csv"
	is 'a whole one that comes later counts' '3' '.rows' feed show hr
}

# A scan that did not finish saw less, not better code.
scans() {
	setup
	log() { # SUCCESSFUL DAY RULE…
		printf '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"t"}},"invocations":[{"executionSuccessful":%s,"endTimeUtc":"%sT00:00:00Z"}],"results":[' "$1" "$2"
		shift 2
		comma=
		for rule; do
			printf '%s{"ruleId":"%s","level":"error","message":{"text":"m"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a.py"}}}]}' "$comma" "$rule"
			comma=,
		done
		printf ']}]}'
	}
	log true 2026-11-01 r1 r2 r3 >"$work/a.sarif"
	log false 2026-11-08 r1 r4 >"$work/b.sarif"
	log true 2026-11-15 r1 r4 >"$work/c.sarif"
	step import --feed scan "$work/a.sarif"
	is 'a log of a run that failed adds' '[1,0,4]' '[.records.new,.records.gone,.facts.finding]' import --feed scan "$work/b.sarif"
	is 'and one that worked ends' '[0,2,2]' '[.records.new,.records.gone,.facts.finding]' import --feed scan "$work/c.sarif"
}

counting() { # The model whose checks count people, reviewed rights and services.
	step model import "$data/coverage.yaml"
	step model activate coverage
	step unit import "$data/units.csv"
}

# What an incomplete snapshot left out is as old as when it was shown last.
ages() {
	counting
	people a b >"$work/old.csv"
	{ people a; printf 'b,north,B,perhaps,\n'; } >"$work/new.csv"
	step import --feed hr --format person --observed 2026-10-01 "$work/old.csv"
	step import --feed hr --format person --observed 2026-11-18 --skip-bad 1 "$work/new.csv"
	step evaluate
	# a was shown on 18 November; b on 1 October, 50 days ago, and people hold for 30
	is 'who was left out of a new file is not made young by it' '[1,0,1]' "$(own AAA-02.1)" score --unit north
	step import --feed hr --format person --observed 2026-11-19 "$work/old.csv"
	step evaluate
	is 'who is shown again is' '[2,0,0]' "$(own AAA-02.1)" score --unit north
	step feed retire hr
	people a b >"$work/old.csv"
	step import --feed hr2 --format person --observed 2026-11-01 "$work/old.csv"
	step import --feed hr2 --format person --observed 2026-11-18 --skip-bad 1 "$work/new.csv"
	step evaluate
	is 'and what counts holds as long as its oldest row' '"2026-12-01T00:00:00Z"' \
		'[.measures[]|select(.unit=="north")|.expires][0]' explain AAA-02.1
}

# Nor does it win over what another feed has said since.
newest() {
	step unit import "$data/units.csv"
	printf 'id,unit,name,stage,approved,last_seen_at\nchat,north,Chat,production,%s,2026-11-01\n' true >"$work/one.csv"
	sed 's/true/false/' "$work/one.csv" >"$work/two.csv"
	{ cat "$work/one.csv"; echo b,north,B,production,perhaps,2026-11-01; } | sed 's/^chat/c/;s/^b,/chat,/' >"$work/three.csv"
	step import --feed one --format ai_system --observed 2026-10-01 "$work/one.csv"
	step import --feed two --format ai_system --observed 2026-11-01 "$work/two.csv"
	step evaluate
	is 'the newer register says no' '[0,1]' '.objectives[]|select(.id=="GOV-02.2")|[.yes,.no]' score --unit north
	step import --feed one --format ai_system --observed 2026-11-18 --skip-bad 1 "$work/three.csv"
	step evaluate
	is 'an older one that left the system out does not say yes' '[1,1]' \
		'.objectives[]|select(.id=="GOV-02.2")|[.yes,.no]' score --unit north
}

# A unit of which an incomplete snapshot shows nobody is not empty.
empties() {
	counting
	printf 'id,unit,name,active\na,lab,A,perhaps\nb,shop,B,true\n' >"$work/people.csv"
	step import --feed hr --format person --observed 2026-11-18 --skip-bad 1 --covers lab "$work/people.csv"
	step evaluate
	is 'who is left out makes no empty population' '[0,0,4]' "$(own AAA-02.1)" score --unit lab
	is 'who is shown counts' '[1,0,0]' "$(own AAA-02.1)" score --unit shop
	printf 'id,unit,name,active\nb,shop,B,true\n' >"$work/people.csv"
	step import --feed hr --format person --observed 2026-11-19 --covers lab "$work/people.csv"
	step evaluate
	is 'a whole file does' '[0,0,0]' "$(own AAA-02.1)" score --unit lab
}

# Two sizes for one unit are no size, and a sample of nobody is no empty population.
samples() {
	counting
	{
		echo id,unit,resource
		seq -f 's%g,shop,a' 200
		seq -f 'l%g,lab,a' 120
	} >"$work/rights.csv"
	{
		echo id,unit,permission_id,decision,reviewed_at
		seq 25 | sed 's/.*/v&,lab,l&,approve,2026-11-10/'
	} >"$work/reviews.csv"
	step import --feed rights --format permission --observed 2026-11-18 "$work/rights.csv"
	step import --feed reviews --format access_review --observed 2026-11-18 --covers shop "$work/reviews.csv"
	step evaluate
	# Wilson, 25 of 25: at least 86.68 % of 120
	is 'rights of which none was reviewed are unknown' '[0,0,200]' "$(own AAA-03.1)" score --unit shop
	is 'those that were are a sample' '[104,0,16]' "$(own AAA-03.1)" score --unit lab
	is 'so together they prove nothing yet' '["open",104,0]' \
		'.objectives[]|select(.id=="AAA-03.1")|[.verdict,.yes,.no]' score --unit south
	echo l121,lab,b >>"$work/rights.csv"
	step import --feed rights --format permission --observed 2026-11-19 "$work/rights.csv"
	case_ok 'an evaluation with a size that is there twice' evaluate
	grep -q 'the check of AAA-03.2 failed: the population of the unit "lab" has two sizes' "$work/err"
	verdict $? 'says so' "$work/seen"
	is 'and counts nothing of it' '[0,0]' '.objectives[]|select(.id=="AAA-03.2")|[.yes,.no]' score --unit lab
}

# Users of a directory are no list of identities, in whichever order their files come.
splicing() {
	counting
	users() { # DAY NAME
		printf '{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users(id,displayName,accountEnabled)","value":[{"id":"u1","displayName":"%s","accountEnabled":true,"userType":"Member"}]}' \
			"$2" >"$work/$2.json"
		step import --observed "$1" --unit shop "$work/$2.json"
	}
	users 2026-11-18 Bo
	step evaluate
	is 'users say nothing about services' '[0,0,6]' "$(own AAA-04.1)" score --unit shop
	users 2026-11-10 Ann
	step evaluate
	is 'nor do older ones that come later' '[0,0,6]' "$(own AAA-04.1)" score --unit shop
}

# Of files for one instant the last holds, whichever of their rows differ.
corrected() {
	counting
	finding() { # RESOURCE
		printf '[{"class_uid":2004,"time":1795042800000,"severity":"High","status_code":"FAIL","metadata":{"event_code":"c1","product":{"name":"Prowler"}},"finding_info":{"title":"t","uid":"p1"},"cloud":{"provider":"aws","account":{"uid":"1"},"region":"e"},"resources":[{"uid":"r1"},{"uid":"%s"}]}]' \
			"$1" >"$work/$1.json"
	}
	finding r2
	finding r3
	step import "$work/r2.json"
	step import "$work/r3.json"
	step import "$work/r2.json"
	is 'the first file, sent again, holds again' '["r2.json","r3.json","r2.json"]' '[.files[]|.file|split("/")|last]' \
		feed show prowler:aws:1
	step import "$work/r2.json"
	is 'and once more changes nothing' '3' '.files|length' feed show prowler:aws:1
}

# Nobody looks any more: another run changes nothing, and the explanation does not promise that.
retired() {
	counting
	people a b | sed 's/b,true/b,false/' >"$work/one.csv"
	step import --feed hr --format person --observed 2026-11-18 "$work/one.csv"
	step evaluate
	step feed retire hr --at 2026-11-19
	step evaluate
	is 'the last count stands' '[1,1,0]' "$(own AAA-02.1)" score --unit north
	is 'and the explanation says why' '"a feed was retired, and nobody looks any more: the last count stands until it is stale"' \
		'.subjects.note' explain AAA-02.1 --unit north
}

on_each_store mixed skipping scans ages newest empties samples splicing corrected retired
finish
