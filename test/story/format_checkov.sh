#!/bin/sh
# Checkov's JSON as a person imports it: the content decides the format, each sample goes into a fresh store, and the
# receipt is the expected one byte for byte. AISMM_GOLDEN=write writes those.
. "$(dirname "$0")/lib.sh"
receipt() { golden_receipt "checkov-${1%.*}" "$@"; } # SAMPLE OPTION…

samples() {
	cd "$here/../data/checkov" || exit 1
	receipt one_type.json --observed 2026-11-01
	receipt nothing_found.json --observed 2026-11-01
	receipt several_types.json --observed 2026-11-01
	case $engine in
	sqlite*) same 'what has no time was checked when the caller says' '10|10' \
		"$(sqlite3 "$AISMM_DB" "SELECT count(*), sum(checked_at = 1793491200000) FROM ev_posture" 2>&1 | head -1)" ;;
	esac
	fresh_store
	step unit import "$data/units.csv"
	refused 3 --observed 'a report has no time: it is asked for' import one_type.json
	refused 3 --quiet 'a report of failures alone is refused' import quiet.json --observed 2026-11-01
}

on_a_store samples
finish
