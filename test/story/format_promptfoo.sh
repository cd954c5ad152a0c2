#!/bin/sh
# promptfoo results as a person imports them: the content decides the format, each sample goes into a fresh store, and
# the receipt is the expected one byte for byte. AISMM_GOLDEN=write writes those.
. "$(dirname "$0")/lib.sh"
receipt() { golden_receipt "promptfoo-${1%%.*}" "$@"; } # SAMPLE OPTION…

samples() {
	cd "$here/../data/promptfoo" || exit 1
	receipt many_findings.json
}

on_a_store samples
finish
