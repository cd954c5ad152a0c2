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

on_each_store mixed skipping scans
finish
