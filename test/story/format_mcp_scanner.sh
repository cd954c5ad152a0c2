#!/bin/sh
# Results of Cisco mcp-scanner: their receipts, and the refusal of a scan of packages.
. "$(dirname "$0")/lib.sh"
samples=$here/../data/mcp_scanner
kept=$here/../golden/receipts

receipts() {
	cd "$samples" || return
	for file in *.json; do
		fresh_store
		step unit import "$data/units.csv"
		run import --format mcp_scanner "$file" --observed 2026-11-01 --json
		jq -S . "$work/out" >"$work/receipt" 2>"$work/seen"
		[ "$status" = 0 ] || cp "$work/err" "$work/receipt"
		[ "$golden" != write ] || cp "$work/receipt" "$kept/mcp_scanner.$file"
		diff "$kept/mcp_scanner.$file" "$work/receipt" >"$work/seen" 2>&1
		verdict $? "the receipt of $file is what it was" "$work/seen"
	done
	cd "$here" || return
}

on_a_store receipts
finish
