#!/bin/sh
# Benchmarks of Powerpipe as a person imports it: the content decides the format, each sample goes into a fresh store, and the
# receipt is the expected one byte for byte. AISMM_GOLDEN=write writes those.
. "$(dirname "$0")/lib.sh"
receipt() { golden_receipt "powerpipe-${1%.*}" "$@"; } # SAMPLE OPTION…

samples() {
	cd "$here/../data/powerpipe" || exit 1
	receipt benchmark.json --observed 2026-11-01
	fresh_store
	step unit import "$data/units.csv"
	refused 3 --observed 'a benchmark has no time: it is asked for' import benchmark.json
	step import benchmark.json --format steampipe --observed 2026-11-01 --json
	same 'Steampipe is another name for it' '"powerpipe"' "$(json .format)"
}

on_a_store samples
finish
