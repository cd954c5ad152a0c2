#!/bin/sh
# The demo organisation: its tour goes through, its numbers are those that its README tells, and it uses the whole model.
. "$(dirname "$0")/lib.sh"

status=0
sh "$demo/tour" "$AISMM" "$work/demo" >"$work/seen" 2>&1 </dev/null || status=$?
verdict "$status" 'the tour goes through' "$work/seen"
cp "$work/seen" "$work/tour.out"
printf '  warning     a time names no zone: taken as UTC\n' >"$work/wanted"
grep 'NOT the same\|^ *warning' "$work/tour.out" | diff "$work/wanted" - >"$work/seen"
verdict $? 'with the one warning that its README tells, and what it derived is what it rebuilds' "$work/seen"
AISMM_DB=$work/demo/halden.db
export AISMM_DB AISMM_NOW=2026-11-20T09:00:00Z

# The same organisation from the program alone: the facts of the tour, but for the run of its last night and what is derived.
facts() { sqlite3 "$1" .dump | grep -vE '^INSERT INTO (run|document|derived_[a-z]*) '; }
case_ok 'the program makes it from what it carries' --db "$work/carried.db" demo
facts "$AISMM_DB" >"$work/of-tour"
facts "$work/carried.db" >"$work/of-demo"
cmp -s "$work/of-tour" "$work/of-demo" && [ "$(wc -l <"$work/of-demo")" -gt 5000 ]
diff "$work/of-tour" "$work/of-demo" >"$work/seen"
verdict $? 'fact by fact as the tour does' "$work/seen"
refused 3 'the store has units already' 'it does not mix with what is there' --db "$AISMM_DB" demo
mkdir "$work/bare"
(cd "$work/bare" && "$AISMM" --db demo.db demo --json | jq -e '.schema == "aismm.demo/1"') >"$work/seen" 2>&1
verdict $? 'it needs no file but the program' "$work/seen"

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

# What machines write: formats, files, names and feeds.
sed -n 's/^### `\([a-z_]*\)`$/\1/p' "$here/../../docs/checks.md" | sort >"$work/kinds"
run feed list --json
# What this program says itself, of approvals, is no tool's.
jq -r '.feeds[].format' "$work/out" | sort -u | grep -vx approvals | comm -23 - "$work/kinds" >"$work/tools"
told=$(sed -n 's/^\([0-9]*\) formats of tools.*/\1/p' "$demo/README.md")
[ "$(wc -l <"$work/tools")" = "$told" ] && [ "$told" -ge 15 ]
verdict $? "the README tells how many formats of tools it uses: $told, at least fifteen" "$work/tools"
for file in "$demo"/2026-*/*; do
	name=$(basename "$file")
	grep -q "\`$name\`" "$demo/README.md" || echo "the README does not name $name"
	case $name in
	*.*.* | *-*) grep -q "/$name" "$demo/tour" || echo "the tour does not import $name" ;;
	esac
done >"$work/seen"
[ ! -s "$work/seen" ]
verdict $? 'each file is in the tour and in the README' "$work/seen"
is 'the attacks of the pipeline count for the voice router' '{"yes":2,"no":0,"unknown":0}' \
	'.measures[]|select(.kept)|.tally|{yes,no,unknown}' explain APP-03.3 --unit service
is 'one system is in no register' '["orrery:nordicteam/mail-drafter"]' '[.names[].name]' link unresolved
is 'nobody has decided on it' '["orrery:nordicteam/mail-drafter"]' '[.subjects.list[].id]' explain GOV-02.2 --unit commercial
is 'what nobody classified costs an objective' '["no","no"]' '[.subjects.list[].meets]' explain CMP-03.3
is 'one feed is stale, one is late' '["siem stale 7","garak:broker-quote-assist late 14"]' \
	'[.feeds[]|select(.every_days)|"\(.name) \(.state) \(.every_days)"]|sort|reverse' feed list
is 'the account of Customer Service passes, that of AI Platform does not' '["service 1 0","platform 0 1"]' \
	'[.measures[]|select(.tally.yes+.tally.no>0)|"\(.unit) \(.tally.yes) \(.tally.no)"]|sort|reverse' explain ORG-04.2

is 'eight categories of the organisation have a target, two units have their own' '[8,["claims DAT 4","nordic GOV 2"]]' \
	'[([.targets[]|select(.unit=="halden")]|length),([.targets[]|select(.unit!="halden")|"\(.unit) \(.category) \(.level)"]|sort)]' \
	target list
is 'three systems are on their way, each in another state' '["photo-estimate requested","complaint-summaries reviewed","test-writer approved"]' \
	'[.approvals[]|"\(.system) \(.state)"]' approval list
cp "$AISMM_DB" "$work/unlinked.db"
AISMM_DB=$work/unlinked.db
step link remove 'voice-flows-*'
step evaluate
is 'without the link nobody was attacked, and one more system is unknown to the register' \
	'[["GOV-02.2",27,2,0],["GOV-03.2",27,2,0],["APP-03.3",3,3,7]]' \
	'[.objectives[]|select(.id|IN("GOV-02.2","GOV-03.2","APP-03.3"))|[.id,.yes,.no,.unknown]]' score
AISMM_DB=$work/demo/halden.db

# Who signs in, and what they are asked for.
sh "$demo/people" "$AISMM" >"$work/seen" 2>&1
verdict $? 'people come to it' "$work/seen"
is 'who looks at it is asked for four answers, one of them late' '[4,1]' \
	'[.assignments[] | select(.user == "demo")] | [length, (map(select(.overdue)) | length)]' assign list
is 'of all eleven three are late, and four lie within the next ten days' '[11,3,4]' \
	'.assignments | [length, (map(select(.overdue)) | length), (map(select(.due != null and .overdue == false and .due < "2026-12-01")) | length)]' \
	assign list
case_ok 'the audit trail is whole' audit verify

# Nothing of the model is answered by silence.
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
