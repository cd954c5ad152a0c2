#!/bin/sh
# Microsoft Secure Score as a person imports it: the content decides the format, each sample goes into a fresh store, and the
# receipt is the expected one byte for byte. AISMM_GOLDEN=write writes those.
. "$(dirname "$0")/lib.sh"
receipt() { golden_receipt "secure_score-${1%.*}" "$@"; } # SAMPLE OPTION…

samples() {
	cd "$here/../data/secure_score" || exit 1
	receipt secureScore.json
	receipt three_days.json
}

on_a_store samples
finish
