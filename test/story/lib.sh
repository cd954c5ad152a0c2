# What every story uses. A story is a POSIX shell script that drives the program as a person would; it prints TAP.
#   AISMM                 the program
#   AISMM_TEST_POSTGRES   URL of the private PostgreSQL server; "none" = stories run on SQLite only
# A story defines functions and hands them to `on_each_store`, which runs them on a fresh store of each engine, or to `on_a_store`.
set -u
here=$(cd "$(dirname "$0")" && pwd)
data=$here/data
demo=$here/../../content/demo
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill -s KILL $server 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP
unset AISMM_DB AISMM_USER NO_COLOR COLUMNS
export AISMM_NOW=2026-11-20T12:00:00Z AISMM_USER=tester LC_ALL=C.UTF-8
count=0
engine=

# ok SENTENCE: the last command's status decides.
verdict() { # STATUS SENTENCE [FILE with what was seen]
	count=$((count + 1))
	if [ "$1" = 0 ]; then
		echo "ok $count - $engine$2"
	else
		echo "not ok $count - $engine$2"
		[ -z "${3:-}" ] || head -n 20 "$3" | sed 's/^/# /'
	fi
}

# Runs the program; its output is in $work/out and $work/err, its status in $status.
run() {
	status=0
	"$AISMM" "$@" >"$work/out" 2>"$work/err" </dev/null || status=$?
	cat "$work/err" "$work/out" >"$work/seen"
}

# Must succeed: the steps that lead to what a case is about. Only failures are counted.
step() {
	run "$@"
	[ "$status" = 0 ] || verdict 1 "step failed with status $status: aismm $*" "$work/seen"
}

# case_ok SENTENCE COMMAND…
case_ok() {
	sentence=$1
	shift
	run "$@"
	verdict "$status" "$sentence" "$work/seen"
}

# refused STATUS TEXT SENTENCE COMMAND…: the status, TEXT in its message, and nothing on stdout.
refused() {
	wanted=$1 text=$2 sentence=$3
	shift 3
	run "$@"
	echo "# wanted status $wanted and \"$text\", got status $status" >>"$work/seen"
	[ "$status" = "$wanted" ] && grep -qF -e "$text" "$work/err" && [ ! -s "$work/out" ]
	verdict $? "$sentence" "$work/seen"
}

# json FILTER: of the last output.
json() { jq -c "$1" "$work/out"; }

# same SENTENCE EXPECTED SEEN
same() {
	printf 'expected: %s\nseen:     %s\n' "$2" "$3" >"$work/compare"
	[ "$2" = "$3" ]
	verdict $? "$1" "$work/compare"
}

# is SENTENCE EXPECTED FILTER COMMAND…: the program's JSON, filtered.
is() {
	sentence=$1 expected=$2 filter=$3
	shift 3
	run "$@" --json
	if [ "$status" != 0 ]; then
		verdict 1 "$sentence" "$work/seen"
		return
	fi
	same "$sentence" "$expected" "$(json "$filter" 2>&1)"
}

# start_server COMMAND…: the server that the command is, until it can be asked. Its process is $server, its address $origin;
# what it prints is in $work/serve.out, what it complains about is added to $work/serve.err.
start_server() {
	rm -f "$work/serve.out"
	: >"$work/serve.out"
	"$@" >"$work/serve.out" 2>>"$work/serve.err" </dev/null &
	server=$!
	turns=0
	until grep -q '^Serving' "$work/serve.out" || ! kill -0 $server 2>/dev/null || [ $turns -gt 400 ]; do
		turns=$((turns + 1))
		sleep 0.05
	done
	origin=$(sed -n 's/^Serving on //p' "$work/serve.out")
}
# Waits for it to end; its status is in $status.
server_ends() {
	status=0
	wait $server || status=$?
	server=
}
# The same when it is told to.
stop_server() {
	kill -s TERM $server
	server_ends
}

# A fresh store in $AISMM_DB.
stores=0
fresh_store() {
	stores=$((stores + 1))
	case $engine in
	postgres*)
		name=story_$$_$stores
		psql -q "$AISMM_TEST_POSTGRES" -c "CREATE DATABASE $name" >"$work/psql" 2>&1 || verdict 1 'a database can be made' "$work/psql"
		AISMM_DB=$(echo "$AISMM_TEST_POSTGRES" | sed "s,^\(postgresql://[^/]*/\)[^?]*,\1$name,")
		;;
	*)
		AISMM_DB=$work/store$stores.db
		;;
	esac
	export AISMM_DB
	step init
}

# expect_receipt WANTED FILE: what was printed for a file is the receipt that is expected, byte for byte. AISMM_GOLDEN=write
# writes down what is expected.
golden=${AISMM_GOLDEN:-}
unset AISMM_GOLDEN
expect_receipt() {
	[ "$status" = 0 ] || verdict 1 "$2 is imported" "$work/seen"
	if [ "$golden" = write ]; then
		mkdir -p "${1%/*}"
		cp "$work/out" "$1"
	fi
	diff "$1" "$work/out" >"$work/seen" 2>&1
	verdict $? "the receipt of $2" "$work/seen"
}

# golden_receipt NAME FILE OPTION…: the same for a file that is imported into a fresh store.
golden_receipt() {
	wanted=$here/../golden/receipts/$1.json file=$2
	shift 2
	fresh_store
	step unit import "$data/units.csv"
	run import "$file" --json "$@"
	expect_receipt "$wanted" "$file"
}

# on_a_store FUNCTION…: each on a fresh store, of SQLite alone: for what does not depend on the engine, as formats and pages
# do not.
on_a_store() {
	engine='sqlite: '
	for story; do
		fresh_store
		$story
	done
	engine=
}

# on_each_store FUNCTION…: each on a fresh store.
on_each_store() {
	for engine in 'sqlite: ' 'postgres: '; do
		[ "$engine" != 'postgres: ' ] || [ "${AISMM_TEST_POSTGRES:-none}" != none ] || continue
		for story; do
			fresh_store
			$story
		done
	done
	engine=
}

finish() { echo "1..$count"; }
