#!/bin/sh
# Attempts of attacks as a person imports them: the content decides the format, each sample goes into a fresh store, and
# the receipt is the expected one byte for byte. AISMM_GOLDEN=write writes those.
. "$(dirname "$0")/lib.sh"
golden=${AISMM_GOLDEN:-}
unset AISMM_GOLDEN
receipts=$here/../golden/receipts

receipt() { # SAMPLE OPTION…
	sample=$1
	shift
	fresh_store
	step unit import "$data/units.csv"
	wanted=$receipts/attempts-${sample%%.*}.json
	run import "$sample" --json "$@"
	[ "$status" = 0 ] || verdict 1 "$sample is imported" "$work/seen"
	if [ "$golden" = write ]; then
		mkdir -p "$receipts"
		cp "$work/out" "$wanted"
	fi
	diff "$wanted" "$work/out" >"$work/seen" 2>&1
	verdict $? "the receipt of $sample" "$work/seen"
}

samples() {
	cd "$here/../data/attempts" || exit 1
	receipt guard_sample.csv --observed 2026-07-01
	receipt pyrit.csv
	fresh_store
	step unit import "$data/units.csv"
	refused 3 --observed 'the guard says no time: it is asked for' import guard_sample.csv
}

on_each_store samples
finish
