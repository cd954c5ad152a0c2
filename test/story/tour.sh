#!/bin/sh
# The demo organisation: its tour goes through, its numbers are those that its README tells, and it uses the whole model.
. "$(dirname "$0")/lib.sh"

status=0
sh "$demo/tour" "$AISMM" "$work/demo" >"$work/seen" 2>&1 </dev/null || status=$?
verdict "$status" 'the tour goes through' "$work/seen"
cp "$work/seen" "$work/tour.out"
! grep -q 'NOT the same\|warning' "$work/seen"
verdict $? 'without a warning, and what it derived is what it rebuilds' "$work/seen"
AISMM_DB=$work/demo/halden.db
export AISMM_DB AISMM_NOW=2026-11-20T09:00:00Z

# The table of levels in the README: category, July, September, November; evidence after the bar, ~ for more that is possible.
sed -n 's/^| \([A-Z]\{2,3\}\) | \([^|]*\) | \([^|]*\) | \([^|]*\) |.*/\1 \2 \3 \4/p' "$demo/README.md" >"$work/told"
for day in 2026-07-16 2026-09-16 now; do
	case $day in
	now) run score --json ;;
	*) run score --as-of "$day" --json ;;
	esac
	jq -r '.categories[] | "\(.level)\(if .level_evidenced != .level then "/\(.level_evidenced)" else "" end)\(
		if .level_high > .level then "~" else "" end)"' "$work/out" >"$work/levels-$day"
done
jq -r '.categories[].id' "$work/out" |
	paste -d ' ' - "$work/levels-2026-07-16" "$work/levels-2026-09-16" "$work/levels-now" >"$work/scored"
diff "$work/told" "$work/scored" >"$work/seen"
verdict $? 'the README tells the levels of the three dates' "$work/seen"
is 'without the override identity falls to level 1' 1 '.categories[]|select(.id=="IAM")|.level' score --as-of 2027-01-02
is 'what was attested gave way to what was measured' '[{"kept":true,"yes":0},{"kept":false,"yes":2}]' \
	'[.measures[]|{kept,yes:.tally.yes}]' explain ORG-02.3 --unit commercial

# Nothing of the model is answered by silence.
sed -n 's/^### `\([a-z_]*\)`$/\1/p' "$here/../../docs/checks.md" | sort >"$work/kinds"
cat "$work/demo/imports.log" "$work/tour.out" |
	sed -n 's/^ *holds now *//p' | tr ',' '\n' | awk '$1 > 0 { print $2 }' | sort -u >"$work/held"
diff "$work/kinds" "$work/held" >"$work/seen"
verdict $? 'every kind of evidence is there' "$work/seen"
run score --json
jq -r '.objectives[].id' "$work/out" >"$work/objectives"
: >"$work/unanswered"
: >"$work/broken"
while read -r id; do
	run explain "$id" --json
	jq -e '.measures | length > 0' "$work/out" >/dev/null || echo "$id" >>"$work/unanswered"
	jq -e '[.measures[].error] | all(. == null)' "$work/out" >/dev/null || echo "$id" >>"$work/broken"
done <"$work/objectives"
[ -s "$work/objectives" ] && [ ! -s "$work/unanswered" ]
verdict $? 'every objective has a measure' "$work/unanswered"
[ ! -s "$work/broken" ]
verdict $? 'no check failed' "$work/broken"
finish
