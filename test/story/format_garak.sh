#!/bin/sh
# garak reports as a person imports them: the content decides the format, each sample goes into a fresh store, and
# the receipt is the expected one byte for byte. AISMM_GOLDEN=write writes those.
. "$(dirname "$0")/lib.sh"
receipt() { golden_receipt "garak-${1%%.*}" "$@"; } # SAMPLE OPTION…

samples() {
	cd "$here/../data/garak" || exit 1
	receipt test.report.jsonl
	receipt agg.report.jsonl
	receipt extracted_digest.json
	receipt varied_scores.hitlog.jsonl --observed 2026-06-14
}

on_a_store samples
finish
