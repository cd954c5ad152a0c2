#!/bin/sh
# A copy of the store, and a store made from it: whole or not at all.
. "$(dirname "$0")/lib.sh"

copied() {
	case $engine in postgres*) return ;; esac
	step unit import "$data/units.csv"
	step user add grace --role admin
	step user link grace
	step answer GOV-02.1 --unit acme --met --because 'so it is'
	run score --json
	jq -c 'del(.as_of)' "$work/out" >"$work/before"
	copy=$work/copy.db
	rm -f "$copy"
	run backup -o "$copy" --json
	same 'a copy is made, and its hash told' "$(sha256sum "$copy" | cut -d' ' -f1) $(wc -c <"$copy")" "$(json .sha256 | tr -d '"') $(json .bytes)"
	same 'for its owner alone' 600 "$(stat -c %a "$copy")"
	is 'the trail has it twice: begun, then with its hash' \
		"[\"$(sha256sum "$copy" | cut -d' ' -f1)\",\"begun\"]" \
		'[.rows[]|select(.act=="store.backup")|.detail|split("sha256 ")|last]' audit list
	refused 3 'not overwritten' 'a file that is there stays' backup -o "$copy"
	case_ok 'the copy is a store itself' score --db "$copy"

	home=$AISMM_DB
	AISMM_DB=$work/restored.db
	rm -f "$AISMM_DB"
	is 'a store is made of it, after everything was looked at' '["aismm.restore/1",1,0]' \
		'[.schema,.people,.audit_broken]' restore "$copy"
	same 'for its owner alone, too' 600 "$(stat -c %a "$AISMM_DB")"
	run score --json
	same 'with the same score' "$(cat "$work/before")" "$(jq -c 'del(.as_of)' "$work/out")"
	is 'it says where it came from' '"store.restore"' '.rows[0].act' audit list --limit 1
	case_ok 'its own trail is whole' audit verify
	same 'the one-time link of the copy is void' 0 \
		"$(sqlite3 "$AISMM_DB" "SELECT count(*) FROM sign_in_link WHERE used_at IS NULL AND expires_at > $(date -d "$AISMM_NOW" +%s)000")"
	case_ok 'it is written to as any other' answer GOV-02.1 --unit acme --not-met --because 'later'
	sha256sum "$AISMM_DB" >"$work/sum"
	refused 3 'a store is there already' 'where a store is none is made' restore "$copy"
	sha256sum -c --status "$work/sum"
	verdict $? 'and that one stays as it was'
	AISMM_DB=$work/text.db
	case_ok 'it reads as text' restore "$copy"
	grep -q 'audit trail is as it was written' "$work/out"
	verdict $? 'with the trail' "$work/out"
	AISMM_DB=$home
}

# What is no good copy makes no store.
damaged() {
	case $engine in postgres*) return ;; esac
	step unit import "$data/units.csv"
	step user add grace --role admin
	rm -f "$work/good.db"
	step backup -o "$work/good.db"
	home=$AISMM_DB
	AISMM_DB=$work/none.db
	size=$(wc -c <"$work/good.db")
	cp "$work/good.db" "$work/torn.db"
	root=$(sqlite3 "$work/good.db" "SELECT rootpage FROM sqlite_schema WHERE name = 'audit'")
	head -c 64 /dev/zero | dd of="$work/torn.db" bs=1 seek=$(((root - 1) * 4096)) conv=notrunc 2>"$work/dd"
	refused 4 'damaged' 'a torn page is found' restore "$work/torn.db"
	head -c $((size / 2)) "$work/good.db" >"$work/half.db"
	refused 3 'damaged' 'half a file, too' restore "$work/half.db"
	echo 'no store' >"$work/text.db"
	run restore "$work/text.db"
	[ "$status" -gt 2 ] && [ ! -s "$work/out" ]
	verdict $? 'a file that is something else' "$work/seen"
	refused 3 'cannot be opened' 'a file that is not there' restore "$work/nowhere.db"
	cp "$work/good.db" "$work/new.db"
	sqlite3 "$work/new.db" "INSERT INTO migration VALUES (999, 'x', 0)"
	refused 3 'newer version' 'a copy of a newer program' restore "$work/new.db"
	[ ! -e "$AISMM_DB" ]
	verdict $? 'and nothing was left behind'
	cp "$work/good.db" "$work/changed.db"
	sqlite3 "$work/changed.db" "UPDATE audit SET actor = 'mallory' WHERE id = 1"
	is 'a trail that was changed is told, and does not stop it' 1 .audit_broken restore "$work/changed.db"
	AISMM_DB=$home
}

# PostgreSQL says plainly what to do.
remote() {
	case $engine in sqlite*) return ;; esac
	refused 3 'its own tools' 'a store on PostgreSQL is copied by its own tools' backup -o "$work/pg.db"
	grep -q 'pg_dump' "$work/err" && [ ! -e "$work/pg.db" ]
	verdict $? 'which are named' "$work/err"
	refused 3 'its own tools' 'and put back by them' restore "$work/pg.db"
	is 'and the trail does not pretend' '[]' '[.rows[]|select(.act=="store.backup")]' audit list
}

on_each_store copied damaged remote
finish
