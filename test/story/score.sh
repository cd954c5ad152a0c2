#!/bin/sh
# The score by the normative rules, against numbers worked out by hand.
. "$(dirname "$0")/lib.sh"

setup() {
	step model import "$data/small.yaml"
	step model activate small
	step unit import "$data/units.csv"
}

measures() { # rows on standard input
	{ echo 'unit,objective,source,yes,no,unknown,observed,basis,na,justification,expires,override_until'; cat; } >"$work/m.csv"
	step import --format measures "$work/m.csv"
}

objective() { echo ".objectives[]|select(.id==\"$1\")|[.verdict,.yes,.no,.unknown,.attainment]"; }
category() { echo ".categories[]|select(.id==\"$1\")|[.level,.level_high,.level_evidenced,.ceiling,.index,.index_high,.index_evidenced,.progress,.coverage]"; }

nothing_known() {
	setup
	# leaves: north 10, lab 4, shop 6 = 20 people assumed; the program question counts 1
	is 'nothing known: every size is unknown' '["open",0,0,20,0]' "$(objective AAA-02.1)" score
	is 'an unanswered program objective is one unknown' '["open",0,0,1,0]' "$(objective AAA-02.2)" score
	is 'self_hosted applies to lab alone' '["open",0,0,4,0]' "$(objective AAA-04.1)" score
	is 'at a unit without the deployment type it does not apply' '["not_applicable",0,0,0,null]' "$(objective AAA-04.1)" score --unit north
	is 'level 1, could be 5, nothing evidenced' '[1,5,1,5,1000,5000,1000,0,0]' "$(category AAA)" score
	is 'three leaves, none known' '{"leaves":3,"known":0}' .units score
	is 'domains and program: index, high, evidenced, floor, coverage' '[1000,5000,1000,1,0]' \
		'.program|[.index,.index_high,.index_evidenced,.floor,.coverage]' score
	is 'the JSON names schema, model, rules, unit and instant' '["aismm.score/1","small@1.0.0",1,"acme","2026-11-20T12:00:00Z"]' \
		'[.schema,.model,.rules,.unit,.as_of]' score
}

levels() {
	setup
	measures <<-'M'
		north,AAA-02.1,hr,9,1,0,2026-11-01,measured,,,,
		lab,AAA-02.1,hr,4,0,0,2026-11-01,measured,,,,
		shop,AAA-02.1,survey,5,1,0,2026-11-01,attested,,,,
		acme,AAA-02.2,grc,1,0,0,2026-11-01,attested,,,,
		north,AAA-03.1,scan,3,1,0,2026-11-01,measured,,,,
		lab,AAA-03.1,scan,1,0,0,2026-11-01,measured,,,,
		shop,AAA-03.1,scan,0,0,0,2026-11-01,measured,,,,
		lab,AAA-04.1,grc,1,3,0,2026-11-01,reviewed,,,,
	M
	# AAA-02.1: 18 of 20 = 90.0 % meets exactly 0.9
	is '18 of 20 meets 90 % exactly' '["met",18,2,0,1000]' "$(objective AAA-02.1)" score
	# AAA-03.1: 4 of 5 = 80 %
	is '4 of 5 meets 80 %; an empty population adds nothing' '["met",4,1,0,1000]' "$(objective AAA-03.1)" score
	# AAA-04.1: 1 of 4 with threshold 0.5: attainment 1000000*1/(500*4) = 500
	is 'attainment 500' '["not_met",1,3,0,500]' "$(objective AAA-04.1)" score
	# level 3; high: 04.1 not met, so 3; evidenced: 02.1 loses shop 5+1 and 02.2 is attested only, so 1.
	# level 4 has one objective, not met: index 3000; high 3000; evidenced: level 2 has 2 objectives, none met: 1000
	# progress 500; coverage: 1000, 1000, 1000, 1000, and 05.1 0 of 20 = 0: 4000/5 = 800
	is 'level 3, evidenced 1' '[3,3,1,5,3000,3000,1000,500,800]' "$(category AAA)" score
	# weights: AAA 2, BBB 1 (level 1, high 5, evidenced 1): index (2*3000+1000)/3 = 2333; high (6000+5000)/3 = 3666
	is 'the program weighs categories' '[2333,3666,1000,1,400]' \
		'.program|[.index,.index_high,.index_evidenced,.floor,.coverage]' score
	is 'a domain is its categories' '[3000,1,null]' '.domains|[.[0].index,.[1].floor,.[0].applicable]' score
	is 'known leaves' '{"leaves":3,"known":3}' .units score
	is 'north alone: 90 %' '["met",9,1,0,1000]' "$(objective AAA-02.1)" score --unit north
	is 'the root answers for every unit' '["met",1,0,0,1000]' "$(objective AAA-02.2)" score --unit shop
	is 'before it was observed nothing is known' '["open",0,0,20,0]' "$(objective AAA-02.1)" score --as-of 2026-10-31
	is 'the instant itself counts' '["met",18,2,0,1000]' "$(objective AAA-02.1)" score --as-of 2026-11-01T00:00:00Z
	is 'the last fresh instant: 90 days later' '["met",18,2,0,1000]' "$(objective AAA-02.1)" score --as-of 2027-01-30T00:00:00Z
	is 'a millisecond later it is stale: all unknown' '["open",0,0,20,0]' "$(objective AAA-02.1)" score --as-of 2027-01-30T00:00:00.001Z
	run score
	grep -q 'AAA' "$work/out" && grep -q 'Anchors' "$work/out"
	verdict $? 'the terminal view names the categories' "$work/seen"
	! grep -q "$(printf '\033')" "$work/out"
	verdict $? 'a pipe gets no escape sequence' "$work/out"
	case_ok 'a bound that holds' check --min AAA=3
	run check --min AAA=3,BBB=2
	same 'a bound that does not hold exits 1' 1 "$status"
	run check --min program=2
	same 'the program is its floor' 1 "$status"
	refused 2 AAA 'a bound without a level is a usage error' check --min AAA
	refused 3 QQQ 'an unknown category is bad input' check --min QQQ=2
}

bases() {
	setup
	measures <<-'M'
		north,AAA-02.1,survey,10,0,0,2026-11-10,attested,,,,
		north,AAA-02.1,hr,5,5,0,2026-08-01,measured,,,,
		lab,AAA-02.1,hr,1,3,0,2026-11-01,measured,,,,
		lab,AAA-02.1,grc,4,0,0,2026-11-02,reviewed,,the export lacks the night shift,,2026-11-19
		shop,AAA-02.1,hr,6,0,0,2026-11-01,measured,,,,
		shop,AAA-02.1,grc,0,0,0,2026-11-02,attested,true,nobody works here,,
	M
	# on 2026-10-20: hr of north is fresh (2026-08-01 + 90 days = 2026-10-30)
	is 'north in October: measured 5 of 10' '["not_met",5,5,0,555]' "$(objective AAA-02.1)" score --unit north --as-of 2026-10-20
	# now hr of north is stale, so survey and the stale tally both count: 10 yes and 10 unknown
	is 'stale measured no longer leaves the attested out; both are kept' '["open",10,0,10,555]' "$(objective AAA-02.1)" score --unit north
	is 'an override in force wins over what is measured' '["met",4,0,0,1000]' "$(objective AAA-02.1)" score --unit lab --as-of 2026-11-19
	is 'and ends with its instant' '["not_met",1,3,0,277]' "$(objective AAA-02.1)" score --unit lab --as-of 2026-11-19T00:00:00.001Z
	is 'not applicable is looked for before the mode' '["not_applicable",0,0,0,null]' "$(objective AAA-02.1)" score --unit shop
	is 'attested not applicable is one unknown in what is evidenced' '1' '.categories[0].level_evidenced' score --unit shop
	is 'a stale not applicable is one unknown beside the stale tally' '["open",0,0,7,0]' "$(objective AAA-02.1)" score --unit shop --as-of 2027-06-01
	measures <<-'M'
		north,AAA-02.1,hr,10,0,0,2026-11-19,measured,,,2026-11-19T06:00:00Z,
	M
	is 'an explicit expiry ends it early' '["open",10,0,10,555]' "$(objective AAA-02.1)" score --unit north
	step import --format measures "$work/m.csv" --json
	same 'a row already stored is not added again' '[1,0,1]' "$(json '.records|[.read,.new,.unchanged]')"
	measures <<-'M'
		south,AAA-02.1,hr,2,0,0,2026-11-19,measured,,,,
		north,AAA-02.1,hr,1,9,0,2026-11-20,measured,,,,
		north,AAA-02.1,hr,9,1,0,2026-11-20,measured,,,,
	M
	is 'of equal instants the later row wins' '["met",9,1,0,1000]' "$(objective AAA-02.1)" score --unit north
	is 'an inner unit adds what it has itself: 2 of its own, 1 and 3 of lab' '["not_met",3,3,0,555]' "$(objective AAA-02.1)" score --unit south --as-of 2026-11-19T00:00:00.002Z
	step source retire hr --unit north --at 2026-11-20T06:00:00Z
	is 'a retired source no longer counts there' '["met",10,0,0,1000]' "$(objective AAA-02.1)" score --unit north
	is 'but did before' '["met",9,1,0,1000]' "$(objective AAA-02.1)" score --unit north --as-of 2026-11-20T05:59:59Z
	is 'and does elsewhere' '3' '.objectives[0].yes' score --unit south
	refused 3 nobody 'an unknown source is refused' source retire nobody
}

answers() {
	setup
	echo 'signed minutes' >"$work/minutes.txt"
	case_ok 'a program objective needs no unit' answer AAA-02.2 --met --because 'the CISO, by charter' --evidence "$work/minutes.txt"
	is 'the answer counts' '["met",1,0,0,1000]' "$(objective AAA-02.2)" score
	is 'it is attested: not evidenced' 1 '.categories[0].level_evidenced' score
	case_ok 'counts' answer AAA-02.1 --unit lab --yes 3 --no 1
	is 'counts count' '["not_met",3,1,0,833]' "$(objective AAA-02.1)" score --unit lab
	case_ok 'not met' answer AAA-02.1 --unit north --not-met
	is 'not met is one no' '["not_met",0,1,0,0]' "$(objective AAA-02.1)" score --unit north
	case_ok 'not applicable with its justification' answer AAA-02.1 --unit shop --na --because 'no employees'
	is 'does not apply' '["not_applicable",0,0,0,null]' "$(objective AAA-02.1)" score --unit shop
	case_ok 'a reviewed answer' answer AAA-02.1 --unit lab --yes 4 --no 0 --evidence "$work/minutes.txt" --reviewed-by anna
	is 'the newer answer replaces' '["met",4,0,0,1000]' "$(objective AAA-02.1)" score --unit lab
	refused 3 justification 'na without a reason' answer AAA-02.1 --unit lab --na
	refused 2 --met 'no form chosen' answer AAA-02.1 --unit lab
	refused 2 --met 'two forms chosen' answer AAA-02.1 --unit lab --met --not-met
	refused 3 'unit by unit' 'a unit objective needs its unit' answer AAA-02.1 --met
	refused 3 'root' 'a program objective below the root is refused' answer AAA-02.2 --unit lab --met
	refused 3 future 'an observed time in the future is refused' answer AAA-02.1 --unit lab --met --observed 2026-12-01
	refused 3 reason 'an override without a reason' answer AAA-02.1 --unit lab --met --override-until 2027-01-01
	refused 3 ZZZ-02.1 'an unknown objective' answer ZZZ-02.1 --met
	refused 3 nowhere 'an unknown unit' answer AAA-02.1 --unit nowhere --met
	refused 3 'missing.txt' 'missing evidence' answer AAA-02.1 --unit lab --met --evidence "$work/missing.txt"
	run explain AAA-02.1 --unit lab --json
	same 'explain shows the source, the reviewer and the evidence' 'true' \
		"$(json '.measures|any(.source=="answer" and .basis=="reviewed" and .reviewer=="anna" and (.evidence_sha256|length)==64)')"
}

on_each_store nothing_known levels bases answers
finish
