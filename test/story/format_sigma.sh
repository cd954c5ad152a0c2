#!/bin/sh
# Sigma rules as a person imports them: the content decides the format, each sample goes into a fresh store, and
# the receipt is the expected one byte for byte. AISMM_GOLDEN=write writes those.
. "$(dirname "$0")/lib.sh"
receipt() { golden_receipt "sigma-${1%%.*}" "$@"; } # SAMPLE OPTION…

samples() {
	cd "$here/../data/sigma" || exit 1
	receipt prompt_injection.yml --observed 2026-11-01
	receipt collection.yml --observed 2026-11-01
	receipt plain.yml --observed 2026-11-01
}

on_a_store samples
finish
