#!/bin/sh
# Kubescape's JSON as a person imports it: the content decides the format, each sample goes into a fresh store, and the
# receipt is the expected one byte for byte. AISMM_GOLDEN=write writes those.
. "$(dirname "$0")/lib.sh"
receipt() { golden_receipt "kubescape-${1%.*}" "$@"; } # SAMPLE OPTION…

samples() {
	cd "$here/../data/kubescape" || exit 1
	receipt results.json --observed 2026-11-01
	receipt cluster.json
	fresh_store
	step unit import "$data/units.csv"
	refused 3 --observed 'a scan of files has no time: it is asked for' import results.json
}

on_a_store samples
finish
