#!/bin/sh
# What people decide, from the command line: targets and the gap, review, discussion, approval of deployments.
. "$(dirname "$0")/lib.sh"

organisation() {
	printf 'unit,parent,name,deployments,size\nacme,,Acme,,\nretail,acme,Retail,saas,40\ncloud,acme,Cloud,self_hosted;paas,6\n' >"$work/tree.csv"
	step unit import "$work/tree.csv"
}

category() { echo ".categories[]|select(.id==\"$1\")"; }

targets() {
	organisation
	step target set GOV --level 3 --by-date 2027-06-30 --owner 'J. Berg' --approver 'R. Okafor' --because 'Contracts ask for it'
	step target set GOV --unit retail --level 2 --by-date 2026-12-31 --owner 'J. Berg' --because 'Enough for a shop'
	is 'a unit has its own target' '[2,"retail",false,1,"open"]' \
		"$(category GOV)|[.target.level,.target.unit,.target.inherited,.difference,.state]" gap --unit retail
	is 'or that of its nearest ancestor' '[3,"acme",true,2]' \
		"$(category GOV)|[.target.level,.target.unit,.target.inherited,.difference]" gap --unit cloud
	is 'what is missing is every objective up to its level' '[["GOV-02.3",2],["GOV-02.1",2],["GOV-02.2",2]]' \
		"[$(category GOV)|.steps[]|[.id,.level]]" gap --unit retail
	is 'a category without a target has no gap' '[null,"none",null,[]]' \
		"$(category IAM)|[.target,.state,.difference,.steps]" gap
	is 'the day itself still counts' '"open"' "$(category GOV)|.state" gap --unit retail --as-of 2026-12-31T23:59:59Z
	is 'the day after it is late' '"late"' "$(category GOV)|.state" gap --unit retail --as-of 2027-01-01
	is 'before it was set there was none' '"none"' "$(category GOV)|.state" gap --as-of 2026-11-01
	run target withdraw GOV --unit retail --because 'Wrong unit' --json
	same 'withdrawn, the one above holds again' '[["retail","tester"],["acme",null]]' "$(json '[.targets[]|[.unit,.withdrawn_by]]')"
	is 'it stays in the list of all' '[["acme",true],["retail",false]]' '[.targets[]|[.unit,.in_force]]' target list --all
	case_ok 'the list reads as text' target list --all
	case_ok 'the gap reads as text' gap
	refused 3 'cannot approve an own target' 'nobody approves an own target' target set GOV --level 3 --by-date 2027-06-30 \
		--owner x --because y --approver tester
	refused 3 'a target is a level from 1 to 5' 'there is no level 6' target set GOV --level 6 --by-date 2027-06-30 --owner x --because y
	refused 3 'the reason is empty' 'a reason is needed' target set GOV --level 3 --by-date 2027-06-30 --owner x --because ' '
	refused 3 'has no target of its own' 'nothing to withdraw' target withdraw IAM --because x
}

reviews() {
	organisation
	echo 'signed by the board' >"$work/letter.txt"
	step answer GOV-02.3 --met --because 'The board signed' --by ada
	step answer ORG-02.1 --unit retail --yes 3 --no 1 --by ada
	is 'two answers wait, the first one first' '[2,[["GOV-02.3","acme","ada"],["ORG-02.1","retail","ada"]]]' \
		'[.waiting,[.answers[]|[.objective,.unit,.author]]]' review list
	is 'a page at a time' '[2,["ORG-02.1"],null]' '[.waiting,[.answers[].objective],.next]' review list --after 1 --limit 1
	is 'of one unit' '["ORG-02.1"]' '[.answers[].objective]' review list --unit retail
	refused 3 'cannot review an own answer' 'the author is no second person' review confirm 1 --evidence "$work/letter.txt" --by ada
	refused 3 'no document stands behind this answer' 'a document is needed' review confirm 1 --by ruth
	refused 2 'not a number from 1' 'an answer is named by its number' review confirm GOV-02.3 --by ruth
	run review confirm 1 --evidence "$work/letter.txt" --by ruth --json
	same 'a second person confirms it' '[1,3,"ada","ruth",false]' "$(json '[.answer,.reviewed,.author,.reviewer,.undone]')"
	is 'its author stays its author' '["reviewed","ada","ruth","The board signed"]' \
		'.measures[0]|[.basis,.author,.reviewer,.justification]' explain GOV-02.3
	step review return 2 --comment 'Which four teams?' --by ruth
	is 'what was returned waits no more' 0 .waiting review list
	run review undo 1 --by ruth --json
	same 'a review is taken back' 'true' "$(json .undone)"
	is 'and the answer is attested again' '[["attested",null]]' '[.measures[]|[.basis,.reviewer]]' explain GOV-02.3
	refused 3 'may take that back' 'not by another person' review undo 2 --by ada
	step answer GOV-02.3 --not-met --by ada
	refused 3 'was answered again since' 'a review names the answer that was read' review confirm 1 --evidence "$work/letter.txt" --by ruth
	case_ok 'the queue reads as text' review list
	case_ok 'derived rows are as the facts say' rebuild
}

comments() {
	organisation
	step comment add GOV-02.3 'Where is the letter?' --by ada
	step comment add GOV-02.3 'In the vault <script>' --by ruth
	is 'the newest first' '[["ruth","In the vault <script>"],["ada","Where is the letter?"]]' '[.comments[]|[.author,.text]]' comment list GOV-02.3
	is 'page by page' '[["ada"],null]' '[[.comments[].author],.next]' comment list GOV-02.3 --before 2
	is 'a unit has its own' '[]' .comments comment list GOV-02.3 --unit retail
	refused 3 'may withdraw it' 'nobody withdraws the words of another' comment withdraw 1 --by ruth
	step comment withdraw 1 --by ada
	is 'what was withdrawn leaves its place' '["ada",null]' '.comments[1]|[.author,.text]' comment list GOV-02.3
	case_ok 'a discussion reads as text' comment list GOV-02.3
}

approvals() {
	organisation
	printf 'id,unit,name,stage,human_users\nchat,cloud,Assistant,production,true\nnotes,cloud,Notes,production,true\n' >"$work/systems.csv"
	step import --feed register "$work/systems.csv" --observed 2026-11-18 --covers cloud,retail
	step approval request chat --unit cloud --deployment paas --because 'Answers questions' --by ada
	refused 3 'is still undecided' 'one request at a time' approval request chat --unit cloud --deployment paas --because x --by bob
	refused 3 'has no AI system "chat" in "retail"' 'the register knows where it is' approval request chat --unit retail --deployment saas --because x
	refused 3 'is reviewed first' 'nothing is decided unseen' approval approve 1 --expires 2027-05-31 --by ruth
	refused 3 'cannot review an own request' 'nobody reviews an own request' approval review 1 --finding ok --by ada
	step approval review 1 --finding 'No training on our data' --by grace
	refused 3 'an end that lies ahead' 'an approval ends' approval approve 1 --expires 2026-11-20 --by ruth
	step approval approve 1 --expires 2027-05-31 --conditions 'No health data' --by ruth
	is 'who did what' '["approved",[["request","ada"],["review","grace"],["approve","ruth"]]]' \
		'.approvals[0]|[.state,[.steps[]|[.act,.by]]]' approval list
	step evaluate
	# chat: approved; notes: nobody decided
	is 'a check counts the decision' '[1,0,1]' '.objectives[]|select(.id=="GOV-02.2")|[.yes,.no,.unknown]' score --unit cloud
	step approval withdraw 1 --because 'No longer used' --by ruth
	step evaluate
	is 'and its end' '[0,1,1]' '.objectives[]|select(.id=="GOV-02.2")|[.yes,.no,.unknown]' score --unit cloud
	is 'the number opens down to the step' '["ai_system","approvals","approval-1-4.json"]' \
		'.subjects.list[0].records[0]|[.kind,.feed,.file]' explain GOV-02.2 --unit cloud
	refused 3 'is kept by aismm itself' 'nobody else writes into that feed' import --feed approvals "$work/systems.csv" --observed 2026-11-19
	is 'nothing waits' '[]' .approvals approval list --pending
	case_ok 'the list reads as text' approval list
}

on_each_store targets reviews comments approvals
finish
