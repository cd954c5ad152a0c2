#!/bin/sh
# SARIF: each sample goes into a fresh store, and the receipt is the expected one. AISMM_GOLDEN=write writes those.
. "$(dirname "$0")/lib.sh"
receipts=$here/../golden/receipts/sarif
cd "$here/../data/sarif" || exit 1

samples() {
	for file in *.sarif; do
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

next_scan() {
	step unit import "$data/units.csv"
	step import codeql-synthetic.sarif
	# The same scan, a day later, with one result fewer.
	jq 'del(.runs[0].results[0]) | .runs[0].invocations[0].endTimeUtc = "2026-10-31T09:04:11Z"' codeql-synthetic.sarif >"$work/next.sarif"
	step import "$work/next.sarif" --json
	same 'the next scan of the repository replaces this one' '["codeql:https://git.example.org/acme/assistant:.github/workflows/codeql.yml:analyze/language:python",{"read":4,"new":0,"changed":0,"unchanged":2,"gone":1}]' \
		"$(json '[.feed,.records]')"
	jq '.version = "2.0.0"' codeql-synthetic.sarif >"$work/old.sarif"
	refused 3 'version "2.0.0" is not read' 'an old version is refused by name' import "$work/old.sarif"
}

on_each_store samples next_scan
finish
