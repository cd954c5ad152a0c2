#!/bin/sh
# People on the command line: users and what they may do, ways in, tokens, assignments, and the trail of all that.
. "$(dirname "$0")/lib.sh"

# password NAME TEXT: the program with the text on standard input.
password() {
	status=0
	printf '%s\n' "$2" | "$AISMM" user password "$1" >"$work/out" 2>"$work/err" || status=$?
	cat "$work/err" "$work/out" >"$work/seen"
}

grants='.users[]|[.name,(.grants[]|[.role,.unit])]'

users() {
	is 'nobody is there at first' '[]' .users user list
	is 'an administrator is one before there are units' '["grace",["admin",null]]' "$grants" \
		user add grace --shown 'Grace Hopper' --role admin
	step unit import "$data/units.csv"
	is 'and is one for the whole organisation afterwards' '["grace",["admin","acme"]]' "$grants" user list
	is 'a user may have a role for a part' '["kofi",["lead","north"]]' "$grants" user add kofi --role lead --unit north
	is 'a role more' '["reader","acme",false]' '[.role,.unit,.unchanged]' user grant kofi reader
	is 'the same again changes nothing' true .unchanged user grant kofi reader
	is 'a role that is taken back says by whom' '["lead","tester"]' '[.role,.ended_by]' user revoke kofi lead --unit north
	refused 3 'not granted' 'what is not granted cannot be taken back' user revoke kofi lead --unit north
	refused 3 'there is a user "kofi"' 'capitals make no other name' user add KOFI
	refused 3 'did you mean "north"' 'an unknown unit, with the nearest' user grant kofi lead --unit North
	refused 3 'not for a unit' 'no administrator of a unit' user grant kofi admin --unit north
	refused 2 'none of' 'an unknown role' user grant kofi boss
	refused 2 'is no role' 'as an option, too' user add zoe --role boss
	refused 2 '--role' 'a unit without a role' user add zoe --unit north
	refused 3 'no user "zoe"' 'an unknown user' user disable zoe
	refused 3 'last administrator' 'the last administrator cannot be kept out' user disable grace
	refused 3 'last administrator' 'nor lose the role' user revoke grace admin
	step user grant kofi admin
	is 'one of two can' '["grace",true]' '.users[]|[.name,.disabled!=null]' user disable grace
	refused 3 'is disabled' 'who is disabled gets no link' user link grace
	step user enable grace
	case_ok 'the list reads as text' user list
	grep -q 'Grace Hopper.*admin at acme' "$work/out"
	verdict $? 'with what everybody may' "$work/out"
}

ways_in() {
	step user add grace --role admin
	run user link grace
	[ "$status" = 0 ] && grep -qE '^/sign-in/[A-Za-z0-9_-]{43}$' "$work/out"
	verdict $? 'a link is a path with a token, alone on standard output' "$work/seen"
	first=$(cat "$work/out")
	run user link grace
	[ "$first" != "$(cat "$work/out")" ]
	verdict $? 'each link is another' "$work/out"
	is 'it is good for 15 minutes' '"2026-11-20T12:15:00Z"' .expires user link grace
	is 'a lost second factor can be removed with it' false .second_factor_removed user link grace --without-second-factor
	password grace 'kettle and ocean'
	verdict "$status" 'a password is read from standard input' "$work/seen"
	is 'and is there' '"2026-11-20T12:00:00Z"' '.users[0].password_since' user list
	for bad in 'too short' 'Password2026!' 'grace1234567' 'aaaaaaaaaaaaaaaa'; do
		password grace "$bad"
		[ "$status" = 3 ] && ! grep -qF -e "$bad" "$work/seen"
		verdict $? "a password that is not good is refused and not repeated ($bad)" "$work/seen"
	done
	password grace "$(printf '%0300d' 7)"
	[ "$status" = 3 ] && grep -q 256 "$work/err"
	verdict $? 'and one without an end' "$work/seen"
	refused 2 'user password' 'it is never an argument' user password grace secret
}

tokens() {
	step unit import "$data/units.csv"
	step user add kofi --role lead --unit north
	run token create dash --user kofi --role reader --unit north
	[ "$status" = 0 ] && grep -qE '^aismm_[A-Za-z0-9_-]{43}$' "$work/out"
	verdict $? 'a token is alone on standard output' "$work/seen"
	token=$(cat "$work/out")
	is 'a feeder has a feed and no role' '[2,null,"prowler","north"]' '.tokens[0]|[.number,.role,.feed,.unit]' \
		token create scan --user kofi --feed prowler --unit north
	refused 3 '"lead" at the root' 'not more than its user' token create x --user kofi --role lead
	refused 3 '366 days' 'not for ever' token create x --user kofi --role reader --unit north --expires 2030-01-01
	refused 3 'too old already' 'not for yesterday' token create x --user kofi --role reader --unit north --expires 2026-11-01
	refused 2 'one of' 'neither role nor feed' token create x --user kofi
	refused 2 'one of' 'nor both' token create x --user kofi --role reader --feed y
	refused 2 '--user' 'nobody'"'"'s' token create x --role reader
	is 'the list does not hold the value' '[[2,null],[1,null]]' '[.tokens[]|[.number,.value]]' token list
	is 'one revoked' '"tester"' '.tokens[0].revoked_by' token revoke 1
	is 'is no longer listed' '[2]' '[.tokens[].number]' token list
	is 'but with the others of the past' '[2,1]' '[.tokens[].number]' token list --all --user kofi
	refused 3 'no token 9' 'an unknown one' token revoke 9
	run audit list --json
	! grep -qF -e "$token" "$work/out"
	verdict $? 'and no token is in the trail' "$work/out"
}

assignments() {
	step model import "$data/small.yaml"
	step model activate small
	step unit import "$data/units.csv"
	step user add kofi
	is 'an objective is assigned' '["AAA-02.1","north","kofi","2026-12-01T00:00:00Z",false]' \
		'.assignments[0]|[.objective,.unit,.user,.due,.overdue]' assign add AAA-02.1 kofi --unit north --due 2026-12-01
	step assign add AAA-02.2 kofi --due 2026-11-01
	is 'what is due first comes first' '[["AAA-02.2",true],["AAA-02.1",false]]' '[.assignments[]|[.objective,.overdue]]' \
		assign list
	is 'of one user' 2 '.assignments|length' assign list --user kofi
	refused 3 'at the root only' 'a program objective below the root' assign add AAA-02.2 kofi --unit north
	refused 3 'no objective' 'an unknown objective' assign add AAA-09.9 kofi
	refused 3 'no user' 'an unknown user' assign add AAA-02.1 zoe
	is 'ended it says by whom' '"tester"' '.assignments[0].ended_by' assign end AAA-02.1 kofi --unit north
	refused 3 'not assigned' 'and is no longer there' assign end AAA-02.1 kofi --unit north
	is 'but among those of the past' 2 '.assignments|length' assign list --all
	case_ok 'the list reads as text' assign list --all
	grep -q 'overdue' "$work/out" && grep -q 'by tester' "$work/out"
	verdict $? 'with what is overdue and what ended' "$work/out"
}

# Changes the store behind the program's back.
meddle() {
	case $engine in
	postgres*) psql -q "$AISMM_DB" -c "$1" >/dev/null ;;
	*) sqlite3 "$AISMM_DB" "$1" ;;
	esac
}

trail() {
	is 'an empty trail is good' '[true,0,null]' '[.good,.rows,.head]' audit verify
	step user add grace --role admin --by setup
	step user add kofi
	step user disable kofi
	is 'it says who did what, newest first' \
		'[[4,"tester","user.disable","kofi"],[3,"tester","user.add","kofi"],[2,"setup","user.grant","grace"],[1,"setup","user.add","grace"]]' \
		'[.rows[]|[.number,.actor,.act,.object]]' audit list
	is 'by actor' '[2,1]' '[.rows[].number]' audit list --actor setup
	is 'by act' '[3,1]' '[.rows[].number]' audit list --act user.add
	is 'page by page' '[[4,3],3]' '[[.rows[].number],.next]' audit list --limit 2
	is 'to its end' '[[2,1],null]' '[[.rows[].number],.next]' audit list --below 3
	run audit verify --json
	same 'it is good' '[true,4]' "$(json '[.good,.rows]')"
	head=$(jq -r .head "$work/out")
	is 'and holds its last sum' true .expected_found audit verify --expect "$head"
	meddle 'DELETE FROM audit WHERE id = 4'
	run audit verify
	same 'with its end cut off it is good as far as it goes' 0 "$status"
	run audit verify --expect "$head"
	[ "$status" = 4 ] && grep -q 'not there' "$work/out"
	verdict $? 'and a sum that was written down tells' "$work/seen"
	meddle "UPDATE audit SET actor = 'grace' WHERE id = 2"
	run audit verify --json
	same 'a row that was changed is named, with exit 4' '4[false,2]' "$status$(json '[.good,.broken]')"
}

on_each_store users ways_in tokens assignments trail
finish
