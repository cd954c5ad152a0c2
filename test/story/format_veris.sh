#!/bin/sh
# VERIS incidents as a person imports them: the content decides the format, each sample goes into a fresh store, and
# the receipt is the expected one byte for byte. AISMM_GOLDEN=write writes those.
. "$(dirname "$0")/lib.sh"
receipt() { golden_receipt "veris-${1%%.*}" "$@"; } # SAMPLE OPTION…

samples() {
	cd "$here/../data/veris" || exit 1
	receipt incidents.json --observed 2026-11-01
	receipt lines.jsonl --observed 2026-11-01
	receipt one.json --observed 2026-11-01
}

on_a_store samples
finish
