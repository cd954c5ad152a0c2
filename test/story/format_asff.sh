#!/bin/sh
# ASFF: each sample goes into a fresh store, and the receipt is the expected one. AISMM_GOLDEN=write writes those.
. "$(dirname "$0")/lib.sh"
receipts=$here/../golden/receipts/asff
cd "$here/../data/asff" || exit 1

samples() {
	for file in *.json; do
		fresh_store
		step unit import "$data/units.csv"
		run import "$file" --observed 2026-11-01 --json
		if [ "$golden" = write ]; then
			mkdir -p "$receipts"
			cp "$work/out" "$receipts/$file.json"
		fi
		cmp -s "$receipts/$file.json" "$work/out"
		verdict $? "the receipt of $file" "$work/seen"
	done
}

pages() {
	step unit import "$data/units.csv"
	jq '.NextToken = "abc"' securityhub-synthetic.json >"$work/page.json"
	refused 3 'one page of several' 'one page of several is refused' import "$work/page.json"
	echo '{"Findings": []}' >"$work/none.json"
	step import securityhub-synthetic.json --feed hub
	refused 3 'would end' 'an account without findings ends those of before, when that is said' import "$work/none.json" --feed hub --observed 2026-11-02
	case_ok 'with --replace it is taken' import "$work/none.json" --feed hub --observed 2026-11-02 --replace
}

on_a_store samples pages
finish
