#!/bin/sh
# XCCDF results as a person imports them: the content decides the format, each sample goes into a fresh store, and the
# receipt is the expected one byte for byte. AISMM_GOLDEN=write writes those.
. "$(dirname "$0")/lib.sh"
receipts=$here/../golden/receipts

receipt() { # SAMPLE
	sample=$1
	fresh_store
	step unit import "$data/units.csv"
	wanted=$receipts/xccdf-${sample%.*}.json
	run import "$sample" --json
	expect_receipt "$wanted" "$sample"
}

samples() {
	cd "$here/../data/xccdf" || exit 1
	receipt results_arf.xml
	receipt synthetic_arf.xml
	receipt synthetic_results.xml
	is 'the same results again change nothing' '[13,0,0,0]' '.records | [.unchanged, .new, .changed, .gone]' \
		import synthetic_results.xml
	case $engine in
	sqlite*) same 'what was waived is no pass' 'fail|1' \
		"$(sqlite3 "$AISMM_DB" "SELECT status, muted FROM ev_posture WHERE check_id LIKE '%waived'" 2>&1 | head -1)" ;;
	esac
	sed 's/time="2026-10-01T10:01/time="2099-10-01T10:01/' synthetic_results.xml >"$work/future.xml"
	refused 3 'lies in the future' 'a result of the future is refused' import "$work/future.xml"
	printf '<Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2" id="b"/>' >"$work/b.xml"
	refused 3 'rules without results' 'a benchmark alone is refused' import "$work/b.xml"
}

on_a_store samples
finish
