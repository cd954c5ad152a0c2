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

# Exports that hold a part of a kind: approvals complete the register, attestations the personnel list.
exports_are_read() {
	step unit import "$data/units.csv"
	printf '%s\n' 'system_id,name,owner_id,stage,registered' 'chat,Chat,p-1,production,yes' >"$work/register.csv"
	printf '%s\n' 'system_id;approval_decision;approval_date;approved_until;approver' \
		'chat;approved;2026-05-04;2027-05-04;p-2' 'bot;rejected;2026-06-01;;p-2' >"$work/approvals.csv"
	printf '%s\n' 'employee_id,acknowledged_on,policy_version' 'p-1,2026-10-01,3' >"$work/attestations.csv"
	step import "$work/register.csv" --format ai_system --observed 2026-11-01
	run import "$work/approvals.csv" --format approvals --feed approvals --observed 2026-11-02 --json
	same 'approvals become AI systems, who approved is not kept' '[{"ai_system":2},1]' "$(json '[.facts,(.warnings|length)]')"
	run import "$work/attestations.csv" --format attestations --feed attestations --observed 2026-11-02 --json
	same 'attestations become people' '[{"person":1},[]]' "$(json '[.facts,.warnings]')"
}

same 'there are as many templates as kinds in the manual' "$(grep -c '^### `' "$here/../../docs/checks.md")" "$(kinds | wc -l | tr -d ' ')"
same 'a title finds the kind too' "$("$AISMM" template exception)" "$("$AISMM" template exceptions)"
for words in 'approvals ai_system' 'attestation person' 'access-reviews access_review' 'Tabletops exercise' 'waivers exception'; do
	same "${words% *} is a word for ${words#* }" "$("$AISMM" template "${words#* }")" "$("$AISMM" template "${words% *}")"
done
case_ok 'the columns are explained' template risk --columns
grep -q 'accepted_until_at .*until when the acceptance holds' "$work/out"
verdict $? 'with the words of the manual' "$work/out"
run template agent --json
same 'the formats that supply a kind are named, beside its CSV' '["entra_agent","terraform_plan"]' "$(json '.kinds[0].formats')"
refused 3 'there is no kind of evidence "nonsense"' 'an unknown kind is refused' template nonsense
on_a_store templates_are_read exports_are_read
finish
