#!/bin/sh
# Records of the registry of an MCP gateway: their receipts.
. "$(dirname "$0")/lib.sh"
samples=$here/../data/mcp_registry
kept=$here/../golden/receipts

receipts() {
	cd "$samples" || return
	for file in *.json; do
		fresh_store
		step unit import "$data/units.csv"
		observed='--observed 2026-11-01'
		[ "$file" != synthetic_list.json ] || observed=
		# shellcheck disable=SC2086
		run import "$file" $observed --json
		jq -S . "$work/out" >"$work/receipt" 2>"$work/seen" || cp "$work/err" "$work/receipt"
		[ "$golden" != write ] || cp "$work/receipt" "$kept/mcp_registry.$file"
		diff "$kept/mcp_registry.$file" "$work/receipt" >"$work/seen" 2>&1
		verdict $? "the receipt of $file is what it was" "$work/seen"
	done
	cd "$here" || return
}

on_a_store receipts
finish
