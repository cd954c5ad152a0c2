#!/bin/sh
# Settings of MCP clients: their receipts, and that no key of theirs gets into the store.
. "$(dirname "$0")/lib.sh"
samples=$here/../data/mcp_config
kept=$here/../golden/receipts

receipts() {
	cd "$samples" || return
	for file in *.json; do
		fresh_store
		step unit import "$data/units.csv"
		run import "$file" --observed 2026-11-01 --json
		jq -S . "$work/out" >"$work/receipt" 2>"$work/seen" || cp "$work/err" "$work/receipt"
		[ "$golden" != write ] || cp "$work/receipt" "$kept/mcp_config.$file"
		diff "$kept/mcp_config.$file" "$work/receipt" >"$work/seen" 2>&1
		verdict $? "the receipt of $file is what it was" "$work/seen"
	done
	cd "$here" || return
}

no_keys() {
	step unit import "$data/units.csv"
	step import "$samples/synthetic_keys.json" --observed 2026-11-01
	case $engine in
	sqlite*) pieces=$(sqlite3 "$AISMM_DB" 'SELECT count(*) FROM file_piece') ;;
	*) pieces=$(psql -qtA "$AISMM_DB" -c 'SELECT count(*) FROM file_piece') ;;
	esac
	same 'a file that may hold keys is kept by its hash alone' 0 "$pieces"
	[ "$engine" != 'sqlite: ' ] || ! cat "$AISMM_DB"* | grep -qaF -e synthetic-not-a-real -e NotARealKey
	verdict $? 'no key of the file is in the store'
	printf 'id,transport\nsynthetic-not-a-real,stdio\n' >"$work/server.csv"
	step import --format mcp_server "$work/server.csv" --observed 2026-11-01
	[ "$engine" != 'sqlite: ' ] || cat "$AISMM_DB"* | grep -qaF -e synthetic-not-a-real
	verdict $? 'while what other files say is kept'
}

on_a_store receipts
on_each_store no_keys
finish
