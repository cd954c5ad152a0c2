#!/bin/sh
# AVID reports as a person imports them: the content decides the format, each sample goes into a fresh store, and
# the receipt is the expected one byte for byte. AISMM_GOLDEN=write writes those.
. "$(dirname "$0")/lib.sh"
receipt() { golden_receipt "avid-${1%%.*}" "$@"; } # SAMPLE OPTION…

samples() {
	cd "$here/../data/avid" || exit 1
	receipt AVID-2022-R0001.json
	receipt AVID-2025-R0001.json
	receipt AVID-2026-R0125.json
	receipt garak-lines.jsonl
	receipt garak-export.avid.jsonl
}

on_a_store samples
finish
