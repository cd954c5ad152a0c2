#!/bin/sh
# Prowler's CSV as a person imports it: the content decides the format, each sample goes into a fresh store, and the
# receipt is the expected one byte for byte. AISMM_GOLDEN=write writes those.
. "$(dirname "$0")/lib.sh"
receipt() { golden_receipt "prowler_csv-${1%.*}" "$@"; } # SAMPLE OPTION…

samples() {
	cd "$here/../data/prowler_csv" || exit 1
	receipt example_output_aws.csv
	receipt example_output_azure.csv
	receipt example_output_kubernetes.csv
	receipt legacy_prowler_v2_many.csv --observed 2022-10-01
	receipt prowler_zero_vul.csv --observed 2026-11-01
	fresh_store
	step unit import "$data/units.csv"
	refused 3 --observed 'version 2 has no time: it is asked for' import legacy_prowler_v2_many.csv
}

on_a_store samples
finish
