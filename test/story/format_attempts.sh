#!/bin/sh
# Attempts of attacks as a person imports them: the content decides the format, each sample goes into a fresh store, and
# the receipt is the expected one byte for byte. AISMM_GOLDEN=write writes those.
. "$(dirname "$0")/lib.sh"
receipt() { golden_receipt "attempts-${1%%.*}" "$@"; } # SAMPLE OPTION…

samples() {
	cd "$here/../data/attempts" || exit 1
	receipt guard_sample.csv --observed 2026-07-01
	receipt pyrit.csv
	fresh_store
	step unit import "$data/units.csv"
	refused 3 --observed 'the guard says no time: it is asked for' import guard_sample.csv
}

on_a_store samples
finish
