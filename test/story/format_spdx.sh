#!/bin/sh
# SPDX 3.0 documents as a person imports them: the content decides the format, each sample goes into a fresh store, and
# the receipt is the expected one byte for byte. AISMM_GOLDEN=write writes those.
. "$(dirname "$0")/lib.sh"
receipts=$here/../golden/receipts

receipt() { # SAMPLE
	fresh_store
	step unit import "$data/units.csv"
	wanted=$receipts/spdx-${1%.spdx3.json}.json
	run import "$1" --json
	expect_receipt "$wanted" "$1"
}

samples() {
	cd "$here/../data/spdx" || exit 1
	for sample in *.spdx3.json; do
		receipt "$sample"
	done
	printf '{"spdxVersion":"SPDX-2.3","packages":[]}' >"$work/old.json"
	refused 3 'SPDX 3.0 in JSON-LD' 'SPDX 2 is refused by name' import "$work/old.json"
	printf 'SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\n' >"$work/old.spdx"
	refused 3 'tag-value' 'and so is its other form' import "$work/old.spdx"
}

# A model with a package URL is the same model in a bill of either kind.
same_model() {
	cd "$here/../data/spdx" || exit 1
	step unit import "$data/units.csv"
	step import order.spdx3.json
	purl=pkg:huggingface/acme/claims-triage@3f1c9a
	cat >"$work/bill.cdx.json" <<-EOF
		{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"timestamp":"2026-10-03T00:00:00Z",
		"component":{"type":"application","name":"claims"}},
		"components":[{"type":"machine-learning-model","name":"claims-triage","purl":"$purl"}]}
	EOF
	step import "$work/bill.cdx.json"
	case $engine in
	sqlite*) same 'both feeds name one model' 2 \
		"$(sqlite3 "$AISMM_DB" "SELECT count(DISTINCT feed_id) FROM ev_model WHERE id = '$purl'" 2>&1 | head -1)" ;;
	esac
}

on_a_store samples same_model
finish
