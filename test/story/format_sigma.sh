#!/bin/sh
# Sigma rules as a person imports them: the content decides the format, each sample goes into a fresh store, and
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
	wanted=$receipts/sigma-${sample%%.*}.json
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
	cd "$here/../data/sigma" || exit 1
	receipt prompt_injection.yml --observed 2026-11-01
	receipt collection.yml --observed 2026-11-01
	receipt plain.yml --observed 2026-11-01
}

on_each_store samples
finish
