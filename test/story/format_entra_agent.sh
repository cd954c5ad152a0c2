#!/bin/sh
# Agent identities of Microsoft Entra: their receipts.
. "$(dirname "$0")/lib.sh"
samples=$here/../data/entra_agent
kept=$here/../golden/receipts

receipts() {
	cd "$samples" || return
	for file in *.json; do
		fresh_store
		step unit import "$data/units.csv"
		run import "$file" --observed 2026-11-01 --json
		jq -S . "$work/out" >"$work/receipt" 2>"$work/seen" || cp "$work/err" "$work/receipt"
		[ "$golden" != write ] || cp "$work/receipt" "$kept/entra_agent.$file"
		diff "$kept/entra_agent.$file" "$work/receipt" >"$work/seen" 2>&1
		verdict $? "the receipt of $file is what it was" "$work/seen"
	done
	cd "$here" || return
}

on_a_store receipts
finish
