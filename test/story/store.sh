#!/bin/sh
# The store: rebuild, history of units and models, two at once, hostile text, other surroundings.
. "$(dirname "$0")/lib.sh"

filled() {
	step model import "$data/small.yaml"
	step model activate small
	step unit import "$data/units.csv"
	printf 'id,unit,active,policy_attested_at\np1,north,true,2026-05-01\np2,lab,true,2026-05-01\np3,shop,true,\n' >"$work/p.csv"
	step import --format person "$work/p.csv" --observed 2026-11-01
	step evaluate
}

rebuilt() {
	filled
	run rebuild --json
	same 'rebuild makes what evaluate left' true "$(json .same)"
	first=$(json .sha256)
	AISMM_NOW=2026-11-25T00:00:00Z run rebuild --json
	same 'the same bytes days later, while nothing has expired' "$first" "$(json .sha256)"
	AISMM_NOW=2027-02-01T00:00:00Z run rebuild --json
	[ "$(json .sha256)" != "$first" ]
	verdict $? 'other bytes when the evidence is stale' "$work/out"
	step answer AAA-02.2 --met
	run rebuild --json
	second=$(json .sha256)
	run rebuild --json
	same 'twice is once' "$second true" "$(json .sha256) $(json .same)"
	[ "$second" != "$first" ]
	verdict $? 'an answer changes them' "$work/out"
	is 'every unit has its levels' '[["acme",1],["north",1],["south",1],["lab",1],["shop",1]]' '[.units[]|[.id,.program.floor]]' unit list
}

models_apart() {
	filled
	step model activate aismm-reference
	is 'measures belong to the active model' 0 '[.objectives[]|select(.yes>0)]|length' score
	step model activate small
	is 'and come back with it' 2 '.objectives[]|select(.id=="AAA-02.1")|.yes' score
	sed 's/version: "1.0.0"/version: "1.1.0"/; s/A small model/A larger model/' "$data/small.yaml" >"$work/minor.yaml"
	sed 's/version: "1.0.0"/version: "2.0.0"/' "$data/small.yaml" >"$work/major.yaml"
	step model import "$work/minor.yaml"
	step model activate small@1.1.0
	is 'a minor version keeps them' 2 '.objectives[]|select(.id=="AAA-02.1")|.yes' score
	step model import "$work/major.yaml"
	step model activate small@2.0.0
	is 'a major version starts anew' 0 '.objectives[]|select(.id=="AAA-02.1")|.yes' score
}

trees_in_time() {
	filled
	printf 'unit,parent,name,deployments,size\nacme,,Acme,,\nnorth,acme,North,saas,10\nlab,north,Laboratory,saas,4\n' >"$work/u2.csv"
	step unit import "$work/u2.csv" --since 2026-11-10
	is 'a past score uses the tree of then' '{"leaves":3,"known":0}' .units score --as-of 2026-11-05
	is 'the present one the tree of now' 1 '.units.leaves' score
	step unit import "$work/u2.csv" --since 2026-11-10
	is 'the same tree again changes nothing' 3 '.units|length' unit list
}

hostile_text() {
	step model import "$data/small.yaml"
	step model activate small
	printf 'unit,parent,name\nacme,,"\033[31mred\033[0m <script>alert(1)</script>"\n"=cmd|x",acme,"'"'"'; DROP TABLE unit; --"\n' >"$work/u.csv"
	case_ok 'escape sequences, markup, formulas and SQL are only text' unit import "$work/u.csv"
	run unit list
	! grep -q "$(printf '\033')" "$work/out"
	verdict $? 'no escape sequence reaches the terminal' "$work/out"
	is 'the text is kept' '"'"'"'; DROP TABLE unit; --"' '.units[1].name' unit list
	is 'and found' 0 .units.known score --unit '=cmd|x'
	long=$(printf '%0300d' 7)
	printf 'unit,parent,name\nacme,,Acme\nwide,acme,%s\n' "数据安全部门$long" >"$work/u.csv"
	step unit import "$work/u.csv"
	COLUMNS=60 run unit list
	[ "$(wc -L <"$work/out")" -le 60 ]
	verdict $? 'no line is wider than the terminal' "$work/out"
	COLUMNS=40 run score
	[ "$(wc -L <"$work/out")" -le 40 ]
	verdict $? 'nor in the narrowest' "$work/out"
}

two_at_once() {
	filled
	for i in 1 2 3 4 5 6 7 8; do
		AISMM_NOW=2026-11-20T12:00:0${i}Z "$AISMM" answer AAA-05.1 --unit north --yes "$i" --no 0 >/dev/null 2>"$work/err$i" &
	done
	wait
	cat "$work"/err[1-8] >"$work/errs"
	same 'writers take turns' 0 "$(wc -c <"$work/errs" | tr -d ' ')"
	for i in 1 2 3 4 5 6 7 8; do
		run score --unit north --as-of "2026-11-20T12:00:0${i}Z" --json
		json '.objectives[]|select(.id=="AAA-05.1")|.yes'
	done >"$work/all"
	same 'and none is lost' '1 2 3 4 5 6 7 8 ' "$(tr '\n' ' ' <"$work/all")"
	run rebuild --json
	same 'the store is sound' 0 "$status"
}

elsewhere() {
	filled
	run score
	cp "$work/out" "$work/plain"
	LC_ALL=de_DE.UTF-8 TZ=Pacific/Auckland run score
	cmp -s "$work/out" "$work/plain"
	verdict $? 'neither language nor time zone changes a byte' "$work/out"
	run completion bash
	bash -n "$work/out" 2>"$work/err"
	verdict $? 'the bash completion parses' "$work/err"
	run man
	[ "$status" = 0 ] && groff -Kutf8 -man -Tutf8 -ww "$work/out" >/dev/null 2>"$work/err" && [ ! -s "$work/err" ]
	verdict $? 'the manual page is clean' "$work/err"
}

on_each_store rebuilt models_apart trees_in_time hostile_text two_at_once elsewhere
finish
