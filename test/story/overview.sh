#!/bin/sh
# Where the program stands, what moved it, what comes next; and two units or instants side by side. Numbers by hand.
. "$(dirname "$0")/lib.sh"

setup() {
	step model import "$data/small.yaml"
	step model activate small
	step unit import "$data/units.csv"
}

# AAA-02.1 is met by all from August and too old after 30 October; AAA-03.1 is met from September to 9 December; AAA-02.2
# stands on somebody's word for a year. Of BBB nothing is known.
facts() {
	setup
	cat >"$work/m.csv" <<-'M'
		unit,objective,source,yes,no,unknown,observed,basis
		north,AAA-02.1,hr,10,0,0,2026-08-01,measured
		lab,AAA-02.1,hr,4,0,0,2026-08-01,measured
		shop,AAA-02.1,hr,6,0,0,2026-08-01,measured
		acme,AAA-02.2,grc,1,0,0,2026-08-01,attested
		north,AAA-03.1,scan,5,0,0,2026-09-10,measured
		lab,AAA-03.1,scan,4,0,0,2026-09-10,measured
		shop,AAA-03.1,scan,6,0,0,2026-09-10,measured
	M
	step import --format measures "$work/m.csv"
}

first_day() {
	setup
	case_ok 'nothing is known on the first day' overview
	grep -q '^Nothing is known yet, and that is a fair place to start\.$' "$work/out"
	verdict $? 'and it says so' "$work/out"
	is 'no month has a number' '[13,0]' '[(.course|length),([.course[]|select(.known)]|length)]' overview
	is 'and nothing moved' null .moved overview
}

stands() {
	facts
	# AAA: level 1, one of two of level 2: 1500; BBB 1000; weights 2 and 1: 4000 / 3
	is 'index, high, evidenced, floor' '[1333,5000,1000,1]' '.program|[.index,.index_high,.index_evidenced,.floor]' overview
	is 'a year ago nothing was known' null .past overview --with-as-of 2025-11-20
	# AAA 2000, BBB 1000: 5000 / 3
	is 'so that it is compared with the first that was' 1666 .past.index overview
	is 'objectives by verdict' '{"applicable":9,"met":2,"open":7,"not_met":0}' .objectives overview
	is 'level 2 is possible, level 3 is held by it' '[["start",0,0],["possible",1,2],["held",1,1],["possible",0,1],["possible",0,1]]' \
		'.categories[0].levels|map([.state,.met,.applicable])' overview
	is 'the months since the first fact are known' '["2026-08-20T12:00:00Z",1666,2333,2333,1333]' \
		'[.course[]|select(.known)]|[.[0].at,(.[]|.index)]' overview
	case_ok 'the overview reads as text' overview
	grep -q '^At 1\.33, down 0\.33 since 1 Aug 2026\. The floor is still level 1\.$' "$work/out" &&
		grep -q '^AAA and BBB hold the floor\. Of 9 objectives 2 are met, 7 open and 0 not met\.$' "$work/out"
	verdict $? 'and opens with what is most important' "$work/out"
	is 'against another date' '[1333,1666]' '[.program.index,.past.index]' overview --with-as-of 2026-08-20
	run overview --with-as-of 2026-08-20
	grep -q '^At 1\.33, down 0\.33 since 20 Aug 2026\. The floor is still level 1\.$' "$work/out"
	verdict $? 'the sentence names it' "$work/out"
}

moved() {
	facts
	# Sep: AAA 2000 to 3000, (6000 + 1000) / 3 - 1666; Nov: AAA 3000 to 1500
	is 'effects are differences of the same function and add up' \
		'[-333,0,[["rise",3,667,["AAA"],["AAA-03.1"]],["fall",1,-1000,["AAA"],["AAA-02.1"]]]]' \
		'.moved|[.difference,.other,[.moves[]|[.kind,.level,.effect,.categories,[.objectives[].id]]]]' overview
	run overview
	grep -q '^  −1\.00 by 20 Nov 2026: AAA falls to level 1$' "$work/out"
	verdict $? 'an event is a sentence' "$work/out"
	is 'a part of the organisation has a course of its own' '[["rise",3],["fall",1]]' \
		'[.moved.moves[]|[.kind,.level]]' overview --unit lab
}

next() {
	facts
	is 'what stands on word, and whose' '[["AAA",3,1,[["AAA-02.2",1,"acme"]]]]' \
		'[.on_word[]|[.category,.from,.to,[.objectives[]|[.id,.units,.unit]]]]' overview --as-of 2026-10-20
	is 'what expires within 90 days and takes a level along' \
		'[2,[["AAA-02.1","2026-10-30T00:00:00Z",3,1,"hr",3],["AAA-03.1","2026-12-09T00:00:00Z",3,2,"scan",3]]]' \
		'.expires|[.total,[.first[]|[.objective,.ends,.from,.to,.source,.units]]]' overview --as-of 2026-10-20
	is 'nothing is listed that takes nothing along' '[0,[]]' '.expires|[.total,.first]' overview
	# 90 % of 20; level 3 is met already
	is 'the cheapest next level counts what is held above it' '[["AAA",3,"AAA-02.1",18]]' \
		'[.next[]|select(.category=="AAA")|[.category,.to,.steps[0].id,.steps[0].missing]]' overview
	is 'through saas alone the laboratory is not there' '[["saas"],16]' \
		'[.deployment,(.next[]|select(.category=="AAA")|.steps[0].unknown)]' overview --deployment saas
}

compares() {
	facts
	is 'now and in August' '[1333,1666,-333,[["AAA",-500],["BBB",0]]]' \
		'[.a.index,.b.index,.difference,[.categories[]|[.id,.difference]]]' compare --with-as-of 2026-08-20
	is 'the objectives with another verdict' '[["AAA-02.1","open","met"],["AAA-03.1","met","open"]]' \
		'[.objectives[]|select(.verdict_differs)|[.id,.a.verdict,.b.verdict]]' compare --with-as-of 2026-08-20
	is 'two units at one instant' '["north","shop","2026-10-20T00:00:00Z","2026-10-20T00:00:00Z",0,6]' \
		'[.a.unit,.b.unit,.a.as_of,.b.as_of,.difference,(.objectives|length)]' \
		compare --unit north --with-unit shop --as-of 2026-10-20
	case_ok 'a comparison reads as text' compare --with-as-of 2026-08-20
	grep -q '^AAA *Anchors *1 Initial  1\.50 *2 Repeatable  2\.00 *−0\.50$' "$work/out"
	verdict $? 'category by category' "$work/out"
	case_ok 'and goes into a spreadsheet' compare --with-as-of 2026-08-20 --csv
	tr -d '\r' <"$work/out" | grep -qxF 'AAA,,Anchors,1.500,2.000,-0.500,,,,,,' &&
		tr -d '\r' <"$work/out" | grep -qxF 'AAA,AAA-02.1,People attest,open,met,,0,0,20,20,0,0'
	verdict $? 'with the tallies of both sides' "$work/out"
	refused 3 'no unit "atlantis"' 'a unit that is not there' compare --with-unit atlantis
	refused 2 'is not a list of deployment types' 'a type that is none' overview --deployment cloud
	refused 2 'two forms' 'one form at a time' compare --json --csv
}

on_each_store first_day stands moved next compares
finish
