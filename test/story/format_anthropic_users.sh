#!/bin/sh
# Each sample of Anthropic's users, imported into a fresh store, gives the receipt that is written down.
# AISMM_GOLDEN=write writes them.
. "$(dirname "$0")/lib.sh"
top=$(cd "$here/../.." && pwd)

receipt() { # FOLDER FILE OPTION…
	folder=$1 file=$2
	shift 2
	cd "$top/test/data/$folder" || exit 1
	step unit import "$data/units.csv"
	run import "$file" --unit north --json "$@"
	[ "$status" = 0 ] || verdict 1 "$folder/$file is taken" "$work/seen"
	wanted=$top/test/golden/receipts/$folder-${file%.*}.json
	[ "$golden" != write ] || cp "$work/out" "$wanted"
	diff "$wanted" "$work/out" >"$work/seen" 2>&1
	verdict $? "$folder/$file" "$work/seen"
}

users() { receipt anthropic_users synthetic_users.json --observed 2026-11-04; }

on_a_store users
finish
