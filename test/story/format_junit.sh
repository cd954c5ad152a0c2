#!/bin/sh
# Test results in JUnit's XML as a person imports them: the content decides the format, each sample goes into a fresh store,
# and the receipt is the expected one byte for byte. AISMM_GOLDEN=write writes those.
. "$(dirname "$0")/lib.sh"
receipt() { golden_receipt "junit-${1%.*}" "$@"; } # SAMPLE OPTION…

samples() {
	cd "$here/../data/junit" || exit 1
	receipt synthetic_suites.xml
	receipt synthetic_pytest.xml
	is 'the same run again changes nothing' '[3,0,0,0]' '.records | [.unchanged, .new, .changed, .gone]' \
		import synthetic_pytest.xml
	tr '\n' ' ' <synthetic_pytest.xml | sed 's/2026-10-02T/2026-10-03T/; s/<failure.*<.failure>//' >"$work/next.xml"
	is 'the run of the next day is three more events' '[0,3,0,0]' '.records | [.unchanged, .new, .changed, .gone]' \
		import "$work/next.xml"
	case $engine in
	sqlite*) same 'a test that passes today failed yesterday' 'done|failed' \
		"$(sqlite3 "$AISMM_DB" "SELECT group_concat(outcome, '|') FROM (SELECT outcome FROM ev_event WHERE title = 'test_asks' ORDER BY happened_at DESC)" 2>&1 | head -1)" ;;
	esac
	receipt synthetic_no_time.xml --observed 2026-11-01
	fresh_store
	step unit import "$data/units.csv"
	refused 3 --observed 'a report without a time: it is asked for' import synthetic_no_time.xml
	sed 's/2026-10-02T/2099-10-02T/' synthetic_pytest.xml >"$work/future.xml"
	refused 3 'lies in the future' 'a run of the future is refused' import "$work/future.xml"
	printf '<testsuites/>' >"$work/none.xml"
	is 'an empty report says nothing' '{}' '.facts' import "$work/none.xml" --observed 2026-11-01
}

on_a_store samples
finish
