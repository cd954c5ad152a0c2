#!/bin/sh
# Feeds: who answers for them, how often they come, and what is wrong with them.
. "$(dirname "$0")/lib.sh"

setup() {
	step model import "$data/small.yaml"
	step model activate small
	step unit import "$data/units.csv"
	printf 'id,unit,name,active,policy_attested_at\np1,north,Ann,true,2026-05-01\n' >"$work/people.csv"
	step import --feed hr --format person "$work/people.csv" --observed 2026-11-01
	step evaluate --as-of 2026-11-02
}

lacks='[.lacks[]|[.kind,.objectives]]'
state() { echo '.feeds[]|select(.name=="hr")|.state'; }

states() {
	setup
	is 'nothing is promised: it is fresh' '["fresh",null,null]' '.feeds[0]|[.state,.owner,.every_days]' feeds
	run feed set hr --owner 'R. Okafor' --every 7 --json
	same 'who answers for it and how often it comes' '["late","R. Okafor",7,"2026-11-08T00:00:00Z"]' \
		"$(json '[.state,.owner,.every_days,.due]')"
	is 'feed list says the same as feeds' '"late"' "$(state)" feed list
	is 'a day before nothing was expected of it' '["fresh",null]' '.feeds[0]|[.state,.owner]' feeds --as-of 2026-11-19
	is 'before its first file it is not there' '[]' '.feeds' feeds --as-of 2026-10-31
	refused 3 'had handed in nothing by 2026-10-31' 'and nobody can say how it was' feed show hr --as-of 2026-10-31
	# AAA-02.1 allows 90 days; the agents' owners (BBB-02.1) are read from people as well, for 90 days by their window
	is 'two objectives read it, none of them in vain' '[2,0]' '.feeds[0].objectives|[.reading,.too_old]' feeds
	is 'after 90 days it is stale' '["stale",[2,2]]' '.feeds[0]|[.state,[.objectives.reading,.objectives.too_old]]' \
		feeds --as-of 2027-01-31
	is 'and on the 90th it was late only' '"late"' "$(state)" feeds --as-of 2027-01-30
	is 'a late feed is a finding in the explanation' '["person","hr","R. Okafor","2026-11-08T00:00:00Z"]' \
		'.gaps[]|select(.late_feed)|[.kind,.late_feed,.late_owner,.late_due]' explain AAA-02.1
	case_ok 'and reads as text' explain AAA-02.1
	grep -q 'the feed hr is overdue since 8 Nov 2026, ask R. Okafor' "$work/out"
	verdict $? 'with whom to ask' "$work/out"
	step feed set hr --every 0
	is 'a promise that is taken back leaves the owner' '["fresh","R. Okafor",null]' '.feeds[0]|[.state,.owner,.every_days]' feeds
	step feed set hr --no-owner --every 5
	is 'an owner who left is taken away' '[null,5]' '.feeds[0]|[.owner,.every_days]' feeds
	step feed set hr --every 0
	is 'and stays away' '[null,null]' '.feeds[0]|[.owner,.every_days]' feeds
	is 'nobody hands in the other kinds that are read' '[["ai_system",1],["agent",1],["exercise",1]]' "$lacks" feeds
	step feed retire hr --at 2026-11-15
	is 'and nobody the people any more, which most read' '["person",2]' "${lacks}[0]" feeds
	is 'the day before somebody did' '["ai_system",1]' "${lacks}[0]" feeds --as-of 2026-11-14
	case_ok 'that reads as text' feeds
	grep -q '^person *2 objectives$' "$work/out"
	verdict $? 'with the number of objectives' "$work/out"
	is 'retired' '"retired"' "$(state)" feeds
	case_ok 'one feed reads as text' feed show hr
}

failures() {
	setup
	is 'a score before' '[1,0,0]' '.objectives[]|select(.id=="AAA-02.1")|[.yes,.no,.unknown]' score --unit north --as-of 2026-11-03
	printf 'id,unit,name,active\np1,north,Ann,perhaps\n' >"$work/bad.csv"
	refused 3 'bad.csv:2' 'a bad file of a known feed' import --feed hr --format person "$work/bad.csv" --observed 2026-11-10
	is 'makes the feed failing, with the reason' '["failing",true,true]' \
		'.feeds[0]|[.state,(.failure.file|endswith("bad.csv")),(.failure.reason|contains("bad.csv:2"))]' feeds
	is 'and changes no number' '[1,0,0]' '.objectives[]|select(.id=="AAA-02.1")|[.yes,.no,.unknown]' score --unit north --as-of 2026-11-03
	case_ok 'the list says what was refused' feeds
	grep -q 'was refused on 20 Nov 2026' "$work/out"
	verdict $? 'and when' "$work/out"
	refused 2 '' 'a command that was written wrong' import --feed hr --observed yesterday "$work/people.csv"
	refused 3 'bad.csv:2' 'a bad file of a new feed' import --feed new --format person "$work/bad.csv" --observed 2026-11-10
	is 'makes no feed' '["hr"]' '[.feeds[].name]' feeds
	printf 'id,unit,name,active\np1,north,Ann,true\n' >"$work/good.csv"
	step feed set hr --every 7
	case_ok 'a promise that is broken as well' feeds
	grep -q 'overdue since 8 Nov 2026; .*bad.csv was refused on 20 Nov 2026' "$work/out"
	verdict $? 'is not hidden by it' "$work/out"
	step import --feed hr --format person "$work/people.csv" --observed 2026-11-01
	is 'a file that is known and changes nothing mends it' '["late",null]' '.feeds[0]|[.state,.failure]' feeds
	refused 3 'bad.csv:2' 'refused again' import --feed hr --format person "$work/bad.csv" --observed 2026-11-10
	is 'it is failing again' '"failing"' "$(state)" feeds
	case_ok 'a rehearsal' import --feed hr --format person "$work/good.csv" --observed 2026-11-10 --dry-run
	is 'mends nothing' '"failing"' "$(state)" feeds
	step feed set hr --every 0
	AISMM_NOW=2026-11-20T12:00:01Z step import --feed hr --format person "$work/good.csv" --observed 2026-11-10
	AISMM_NOW=2026-11-20T12:00:02Z is 'a good one mends it' '["fresh",null]' '.feeds[0]|[.state,.failure]' feeds
}

refusals() {
	setup
	refused 3 'no feed "nowhere"' 'a feed that is not there' feed set nowhere --every 7
	refused 2 'say what is expected' 'nothing to set' feed set hr
	refused 2 'exclude each other' 'an owner and none' feed set hr --owner Ann --no-owner
	refused 2 '' 'an owner without a name' feed set hr --owner ''
	refused 2 '' 'a count that is none' feed set hr --every often
	run feed set hr --owner "$(printf 'x\007y')"
	[ "$status" = 3 ]
	verdict $? 'an owner with a control character' "$work/seen"
}

on_each_store states failures refusals
finish
