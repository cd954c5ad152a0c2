#!/bin/sh
# Every kind of evidence has a template, and what is filled in there is read again.
. "$(dirname "$0")/lib.sh"

kinds() { "$AISMM" template --json | jq -r '.kinds[].kind'; }

templates_are_read() {
	step unit import "$data/units.csv"
	bad=''
	for kind in $(kinds); do
		"$AISMM" template "$kind" >"$work/$kind.csv" || bad="$bad $kind"
		echo "one$(tr -cd , <"$work/$kind.csv")" >>"$work/$kind.csv"
		run import "$work/$kind.csv" --format "$kind" --observed 2026-11-01 --json
		[ "$(json '[.format,.records.new,.warnings]')" = "[\"$kind\",1,[]]" ] || bad="$bad $kind"
	done
	same 'each template with one row is evidence of its kind, without a warning' '' "$bad"
}

same 'there are as many templates as kinds in the manual' "$(grep -c '^### `' "$here/../../docs/checks.md")" "$(kinds | wc -l | tr -d ' ')"
same 'a title finds the kind too' "$("$AISMM" template exception)" "$("$AISMM" template exceptions)"
case_ok 'the columns are explained' template risk --columns
grep -q 'accepted_until_at .*until when the acceptance holds' "$work/out"
verdict $? 'with the words of the manual' "$work/out"
run template agent --json
same 'the formats that supply a kind are named, beside its CSV' '["entra_agent"]' "$(json '.kinds[0].formats')"
refused 3 'there is no kind of evidence "nonsense"' 'an unknown kind is refused' template nonsense
on_each_store templates_are_read
finish
