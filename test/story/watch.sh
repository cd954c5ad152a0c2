#!/bin/sh
# A directory in which files appear: what is imported, what is not, where it goes, and what others do meanwhile.
. "$(dirname "$0")/lib.sh"

person() { # FILE ID…: a table of people of the unit north
	file=$1
	shift
	printf 'id,unit,active\n' >"$file"
	for id; do printf '%s,north,true\n' "$id" >>"$file"; done
}

# An organisation, and an empty drop directory with a feed.
drops=0
organisation() {
	step model import "$data/small.yaml"
	step model activate small
	step unit import "$data/units.csv"
	drops=$((drops + 1))
	drop=$work/drop$drops
	mkdir -p "$drop/people"
}

# holds SENTENCE COMMAND…: becomes true within a minute or so.
holds() {
	sentence=$1
	shift
	turns=0
	until "$@"; do
		turns=$((turns + 1))
		[ $turns -lt 800 ] || break
		sleep 0.05
	done
	cat "$work/watch.out" "$work/watch.err" >"$work/seen" 2>/dev/null
	[ $turns -lt 800 ]
	verdict $? "$sentence" "$work/seen"
}
is_there() { [ -e "$1" ]; }
says() { grep -qF -e "$2" "$1"; } # FILE TEXT

watcher=
watch() { # OPTION…: in the background, and it is awake when this returns. It must not inherit what the story writes to.
	"$AISMM" watch "$drop" "$@" >"$work/watch.out" 2>"$work/watch.err" </dev/null 8>&- &
	watcher=$!
	holds 'the watch has begun' says "$work/watch.err" "watching $drop"
}
stop() { # SIGNAL
	status=0
	kill -s "$1" "$watcher"
	wait "$watcher" || status=$?
	same "$1 ends it in peace" 0 "$status"
	watcher=
}
trap 'kill -s KILL $watcher 2>/dev/null; rm -rf "$work"' EXIT

# What lies there is dealt with, file by file in the order of their names, and the run ends.
once() {
	organisation
	person "$drop/people/b@2026-11-02.csv" p1 p2
	person "$drop/people/a@2026-11-01.csv" p1
	person "$drop/people/.hidden@2026-11-03.csv" p1
	person "$drop/people/x@2026-11-03.csv.tmp" p1
	person "$drop/people/x@2026-11-03.csv.part" p1
	mkdir "$drop/people/deeper" "$drop/.git"
	person "$drop/people/deeper/c@2026-11-03.csv" p1
	person "$drop/stray.csv" p1
	case_ok 'a run over a directory' watch --once "$drop"
	same 'two files were imported, the older name first' "done    people/a@2026-11-01.csv: person, 1 read: 1 new, 0 changed, 0 unchanged, 0 gone
done    people/b@2026-11-02.csv: person, 2 read: 1 new, 0 changed, 1 unchanged, 0 gone" "$(cat "$work/out")"
	grep -q 'stray.csv: left alone' "$work/err" && grep -q 'deeper: a directory' "$work/err"
	verdict $? 'it says what it leaves alone' "$work/seen"
	same 'what is in the making stays, and so do directories' \
		".hidden@2026-11-03.csv deeper done x@2026-11-03.csv.part x@2026-11-03.csv.tmp " \
		"$(cd "$drop/people" && find . -mindepth 1 -maxdepth 1 | sed 's,^\./,,' | LC_ALL=C sort | tr '\n' ' ')"
	same 'the receipt lies beside the file' '["people/b@2026-11-02.csv","people",2]' \
		"$(jq -c '[.file,.feed,.records.read]' "$drop/people/done/b@2026-11-02.csv.receipt.json")"
	is 'the feed has the directory'\''s name' '[["people","acme"]]' '[.feeds[]|[.name,.unit]]' feed list
	case_ok 'again: nothing to do' watch --once "$drop"
	same 'and nothing is said on standard output' '' "$(cat "$work/out")"
}

names() {
	organisation
	mkdir "$drop/team%3Apeople@north" "$drop/a%2Fb%40c" "$drop/bad%zz" "$drop/@north"
	person "$drop/team%3Apeople@north/p@2026-11-01T10%3A30%3A00Z.csv" p1
	person "$drop/a%2Fb%40c/p@2026-11-01T10:30:00.5Z.csv" p2
	person "$drop/bad%zz/p@2026-11-01.csv" p3
	run watch --once "$drop" --json
	same 'a directory whose name is none is a failure' 3 "$status"
	grep -q 'bad%zz: not the name of a feed' "$work/err" && grep -q '@north: not the name' "$work/err"
	verdict $? 'and it is named' "$work/seen"
	same 'feed, unit and time are in the names' '["a/b@c","acme","2026-11-01T10:30:00.500Z"]
["team:people","north","2026-11-01T10:30:00Z"]' "$(json '[.feed,.unit,.observed]')"
	[ -e "$drop/bad%zz/p@2026-11-01.csv" ]
	verdict $? 'its files stay'
}

failures() {
	organisation
	person "$drop/people/good@2026-11-01.csv" p1
	printf 'id,unit,active\np1,north,perhaps\n' >"$drop/people/bad@2026-11-01.csv"
	person "$drop/people/timeless.csv" p1
	person "$drop/people/list@2026-13-01.csv" p1
	printf 'hello\n' >"$drop/people/text@2026-11-01.txt"
	person "$work/outside@2026-11-01.csv" p9
	ln -s "$work/outside@2026-11-01.csv" "$drop/people/link@2026-11-01.csv"
	mkfifo "$drop/people/pipe@2026-11-01.csv"
	ln -s "$work" "$drop/elsewhere"
	person "$drop/people/$(printf 'wr\377ng')@2026-11-01.csv" p1
	run watch --once "$drop"
	same 'files that failed make status 3' 3 "$status"
	same 'one line for each file' '1 done 7 failed' \
		"$(grep -c '^done' "$work/out") done $(grep -c '^failed' "$work/out") failed"
	reason() { # FILE TEXT SENTENCE
		grep -qF -e "$2" "$drop/people/failed/$1.reason.txt" && { [ -e "$drop/people/failed/$1" ] || [ -L "$drop/people/failed/$1" ]; }
		verdict $? "$3" "$drop/people/failed/$1.reason.txt"
	}
	reason 'bad@2026-11-01.csv' 'people/bad@2026-11-01.csv:2:10: true or false expected, found "perhaps"' 'the place of the mistake stands beside the file'
	reason timeless.csv 'in its name, as in timeless@2026-11-01.csv' 'a file without a time is not guessed at'
	reason 'list@2026-13-01.csv' 'in its name, as in list@2026-11-01.csv' 'nor is a day that does not exist'
	reason 'text@2026-11-01.txt' 'text@2026-11-01.txt' 'a text is no evidence'
	reason 'link@2026-11-01.csv' 'a link is not followed' 'a link is refused, and moved itself'
	reason 'pipe@2026-11-01.csv' 'neither a file nor a directory' 'a pipe is refused'
	grep -q 'elsewhere: left alone' "$work/err" && [ -e "$work/outside@2026-11-01.csv" ]
	verdict $? 'a link to a directory is no feed, and what links lead to is untouched' "$work/seen"
	is 'only the good file left a trace' '[["people",1]]' '[.feeds[]|[.name,.snapshots]]' feed list

	# As a person would mend it.
	mv "$drop/people/failed/timeless.csv" "$drop/people/timeless@2026-11-02.csv"
	run watch --once "$drop" --json
	same 'put back under a better name it is imported' '"2026-11-02T00:00:00Z"' "$(json .observed)"
	printf 'id,unit,active\np1,nowhere,true\n' >"$drop/people/unit@2026-11-03.csv"
	run watch --once "$drop" --json
	same 'a failure as JSON' '["aismm.refusal/1","people/unit@2026-11-03.csv","people/failed/unit@2026-11-03.csv","no unit \"nowhere\""]' \
		"$(json '[.schema,.file,.moved,.message]')"
	is 'and its feed is failing until a file is taken again' '["failing","people/unit@2026-11-03.csv:2: no unit \"nowhere\""]' \
		'.feeds[0]|[.state,.failure.reason]' feeds
	person "$drop/people/$(printf 'wr\377ng')@2026-11-01.csv" p1
	run watch --once "$drop" --json
	same 'a name that is no text is shown as one' 'true' "$(json '.moved|startswith("people/failed/wr")')"
}

# A name that is taken is never taken again, and what was done once changes nothing when it is done again.
collisions() {
	organisation
	for turn in 1 2 3; do
		person "$drop/people/p@2026-11-01.csv" p1
		step watch --once "$drop"
		[ "$turn" != 2 ] || printf 'mine\n' >"$drop/people/done/p@2026-11-01.csv.3.receipt.json"
	done
	same 'each file has a place of its own' \
		'p@2026-11-01.csv p@2026-11-01.csv.2 p@2026-11-01.csv.2.receipt.json p@2026-11-01.csv.3.receipt.json p@2026-11-01.csv.4 p@2026-11-01.csv.4.receipt.json p@2026-11-01.csv.receipt.json ' \
		"$(cd "$drop/people/done" && find . -type f | sed 's,^\./,,' | LC_ALL=C sort | tr '\n' ' ')"
	same 'nothing was overwritten' mine "$(cat "$drop/people/done/p@2026-11-01.csv.3.receipt.json")"
	is 'the same file again makes no new snapshot' 1 '.feeds[0].snapshots' feed list
	printf 'x\n' >"$drop/people/p.csv"
	rm -rf "$drop/people/failed"
	mkdir "$work/victim$drops"
	ln -s "$work/victim$drops" "$drop/people/failed"
	run watch --once "$drop"
	same 'a link in the place of failed is not followed' '4 0' "$status $(find "$work/victim$drops" -type f | wc -l)"
	[ -e "$drop/people/p.csv" ]
	verdict $? 'and the file stays'
	rm "$drop/people/failed" "$drop/people/p.csv"
	long=$(printf 'n%.0s' $(seq 1 240))@2026-11-01.csv
	person "$drop/people/$long" p1
	case_ok 'a name as long as can be' watch --once "$drop"
	same 'has a receipt as well' 1 "$(find "$drop/people/done" -name 'nnnn*.receipt.json' | wc -l)"
}

# Files that come while it runs.
appearing() {
	organisation
	person "$drop/people/before@2026-11-01.csv" p1
	watch
	holds 'a file that was there already' is_there "$drop/people/done/before@2026-11-01.csv"
	person "$work/p.csv" p1 p2
	cp "$work/p.csv" "$drop/people/copied@2026-11-02.csv"
	holds 'a file that is copied there' is_there "$drop/people/done/copied@2026-11-02.csv"
	cp "$work/p.csv" "$drop/people/.moved"
	mv "$drop/people/.moved" "$drop/people/moved@2026-11-03.csv"
	holds 'a file that gets its name at the end' is_there "$drop/people/done/moved@2026-11-03.csv"

	exec 8>"$drop/people/half@2026-11-04.csv"
	printf 'id,unit,active\np1,north,true\n' >&8
	person "$drop/people/other@2026-11-05.csv" p1 p2
	holds 'while one is being written others are dealt with' is_there "$drop/people/done/other@2026-11-05.csv"
	[ -e "$drop/people/half@2026-11-04.csv" ]
	verdict $? 'half a file is not touched'
	printf 'p2,north,true\np3,north,true\n' >&8
	exec 8>&-
	holds 'when it is closed, it is' is_there "$drop/people/done/half@2026-11-04.csv"
	same 'and whole' 3 "$(jq .records.read "$drop/people/done/half@2026-11-04.csv.receipt.json")"

	mkdir "$drop/later@north"
	person "$drop/later@north/p@2026-11-01.csv" p7
	holds 'a directory that is made later' is_there "$drop/later@north/done/p@2026-11-01.csv"
	mkdir "$work/ready$drops"
	person "$work/ready$drops/p@2026-11-01.csv" p8
	mv "$work/ready$drops" "$drop/moved in"
	holds 'a directory that comes with its files' is_there "$drop/moved in/done/p@2026-11-01.csv"
	mv "$drop/moved in" "$drop/renamed"
	person "$drop/renamed/p@2026-11-02.csv" p8
	holds 'a directory that changes its name' says "$work/watch.out" 'renamed/p@2026-11-02.csv'
	rm -r "$drop/renamed"
	printf 'hello\n' >"$drop/people/bad@2026-11-06.csv"
	holds 'a file that fails' is_there "$drop/people/failed/bad@2026-11-06.csv.reason.txt"
	ln -s /etc/passwd "$work/link$drops"
	mv "$work/link$drops" "$drop/people/passwd.csv"
	holds 'a link that is moved in' is_there "$drop/people/failed/passwd.csv.reason.txt"
	ln -s /etc/passwd "$drop/people/made.csv"
	holds 'a link that is made there' is_there "$drop/people/failed/made.csv.reason.txt"
	ln "$work/p.csv" "$drop/people/linked@2026-11-07.csv"
	holds 'a second name for a file' is_there "$drop/people/done/linked@2026-11-07.csv"
	refused 4 'another aismm watches' 'a second one does not get in the way' watch --once "$drop"
	stop TERM
	is 'the feeds are those of the directories' '["later","moved in","people","renamed"]' '[.feeds[].name]|sort' feed list
}

# A file that is open when the program starts.
half_there() {
	organisation
	exec 8>"$drop/people/p@2026-11-01.csv"
	printf 'id,unit,active\np1,north,true\n' >&8
	run watch --once "$drop"
	same 'a run does not touch it' '0 aismm: people/p@2026-11-01.csv: it is still being written' "$status $(cat "$work/err")"
	watch
	printf 'p2,north,true\n' >&8
	exec 8>&-
	holds 'a watch waits for its end' is_there "$drop/people/done/p@2026-11-01.csv"
	same 'and reads all of it' 2 "$(jq .records.read "$drop/people/done/p@2026-11-01.csv.receipt.json")"
	stop INT
}

# Touched first, filled later; an empty file that stays so is a failure, since silence is not evidence.
empty() {
	organisation
	: >"$drop/people/p@2026-11-01.csv"
	: >"$drop/people/never@2026-11-01.csv"
	watch
	person "$work/p.csv" p1
	cat "$work/p.csv" >"$drop/people/p@2026-11-01.csv"
	holds 'an empty file is waited for' is_there "$drop/people/done/p@2026-11-01.csv"
	holds 'but not for ever' is_there "$drop/people/failed/never@2026-11-01.csv"
	stop TERM
}

evaluating() {
	organisation
	watch --evaluate --json
	person "$drop/people/p@2026-11-01.csv" p1 p2
	holds 'after an import every check is run' says "$work/watch.out" aismm.evaluation/1
	same 'receipt, then evaluation' 'aismm.receipt/1 aismm.evaluation/1 ' "$(jq -r .schema "$work/watch.out" | tr '\n' ' ')"
	stop TERM
	person "$drop/people/p@2026-11-02.csv" p1 p2 p3
	case_ok 'so in a single run' watch --once --evaluate "$drop"
	grep -q 'run on the evidence of' "$work/out"
	verdict $? 'once, after the files' "$work/seen"
	step watch --once --evaluate "$drop"
	same 'and not when there was nothing' '' "$(cat "$work/out")"
}

# The store's failure is not the file's.
store_fails() {
	organisation
	db=$AISMM_DB
	AISMM_DB=$work/none.db
	refused 4 'there is no store' 'a store that is not there is found at once' watch "$drop"
	AISMM_DB=$db
	watch
	away
	person "$drop/people/p@2026-11-01.csv" p1
	holds 'when the store fails that is said' says "$work/watch.err" 'tried again in'
	[ -e "$drop/people/p@2026-11-01.csv" ]
	verdict $? 'and the file stays'
	back
	holds 'when the store is back the file is imported' is_there "$drop/people/done/p@2026-11-01.csv"
	stop TERM
}
away() {
	case $engine in
	postgres*) psql -q "$AISMM_TEST_POSTGRES" -c "ALTER DATABASE story_$$_$stores RENAME TO story_$$_away" >/dev/null 2>&1 ;;
	*) mv "$db" "$db.away" ;;
	esac
}
back() {
	case $engine in
	postgres*) psql -q "$AISMM_TEST_POSTGRES" -c "ALTER DATABASE story_$$_away RENAME TO story_$$_$stores" >/dev/null 2>&1 ;;
	*) mv "$db.away" "$db" ;;
	esac
}

# Somebody else writes for longer than anybody waits.
locked() {
	organisation
	mkfifo "$work/lock$drops"
	sqlite3 "$AISMM_DB" <"$work/lock$drops" >"$work/lock.out" 2>&1 8>&- &
	locker=$!
	exec 8>"$work/lock$drops"
	printf 'BEGIN IMMEDIATE;\nSELECT 42;\n' >&8
	holds 'somebody has the lock' says "$work/lock.out" 42
	watch
	person "$drop/people/p@2026-11-01.csv" p1
	holds 'a store that is locked is said to be' says "$work/watch.err" 'the store is locked by another program'
	[ -e "$drop/people/p@2026-11-01.csv" ]
	verdict $? 'and the file stays'
	refused 4 'the store is locked' 'so an evaluation fails, and has done nothing' evaluate
	printf 'COMMIT;\n' >&8
	exec 8>&-
	wait $locker
	holds 'when the lock is gone the file is imported' is_there "$drop/people/done/p@2026-11-01.csv"
	stop TERM
}

# A signal while files are being dealt with: each is done wholly or not at all.
interrupted() {
	organisation
	for n in 1 2 3 4 5 6; do
		awk -v n=$n 'BEGIN { print "id,unit,active"; for (i = 0; i < 3000; i++) printf "p%d,north,true\n", i }' >"$drop/people/p@2026-11-0$n.csv"
	done
	watch
	holds 'a file is dealt with' is_there "$drop/people/done/p@2026-11-01.csv"
	stop TERM
	sent=$(find "$drop/people/done" -name 'p@2026-11-0?.csv' | wc -l)
	left=$(find "$drop/people" -maxdepth 1 -type f | wc -l)
	same 'each file is in one place' 6 $((sent + left))
	is 'and what was moved was imported' "$sent" '.feeds[0].snapshots' feed list
	same 'each has its receipt' "$sent" "$(find "$drop/people/done" -name '*.receipt.json' | wc -l)"
	step watch --once "$drop"
	is 'the next run goes on where it ended' 6 '.feeds[0].snapshots' feed list
}

output_fails() {
	organisation
	person "$drop/people/p@2026-11-01.csv" p1
	status=0
	"$AISMM" watch "$drop" >/dev/full 2>"$work/err" </dev/null || status=$?
	same 'a full disk behind standard output ends it' 4 "$status"
}

# Everything at the same time: writers take turns, nothing is lost.
together() {
	organisation
	mkdir "$drop/d1" "$drop/d2"
	n=1
	while [ $n -le 3 ]; do
		person "$drop/d1/p@2026-11-0$n.csv" d1-1 d1-$n-x
		person "$drop/d2/p@2026-11-0$n.csv" d2-1 d2-$n-x
		n=$((n + 1))
	done
	jobs_=
	for n in 1 2; do
		(for turn in 1 2 3; do
			person "$work/i$n-$turn.csv" "i$n" "i$n-$turn"
			"$AISMM" import --feed "i$n" --observed "2026-11-0$turn" "$work/i$n-$turn.csv" --json || exit $?
		done) >"$work/i$n.out" 2>"$work/i$n.err" &
		jobs_="$jobs_ $!"
	done
	(for turn in 1 2 3; do "$AISMM" evaluate --json || exit $?; done) >"$work/e.out" 2>"$work/e.err" &
	jobs_="$jobs_ $!"
	"$AISMM" watch --once --evaluate --json "$drop" >"$work/w.out" 2>"$work/w.err" &
	jobs_="$jobs_ $!"
	failed=0
	for job in $jobs_; do wait "$job" || failed=$((failed + 1)); done
	cat "$work/i1.err" "$work/i2.err" "$work/e.err" "$work/w.err" >"$work/seen"
	[ $failed = 0 ]
	verdict $? 'two imports, evaluations and a watch at once all succeed' "$work/seen"
	is 'every snapshot of all of them is there' '[["d1",3],["d2",3],["i1",3],["i2",3]]' '[.feeds[]|[.name,.snapshots]]|sort' feed list
	step evaluate
	is 'and the derived rows are right' true .same rebuild
}

# What the engine has no part in is shown once.
for story in names failures collisions half_there empty output_fails interrupted locked; do
	fresh_store
	$story
done
on_each_store once appearing evaluating store_fails together
finish
