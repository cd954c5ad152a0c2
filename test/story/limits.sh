#!/bin/sh
# Clients as nobody wants them: slow ones, endless ones, too many, too large. The others are answered, memory stays below what
# base/limits.h allows, and nothing is left behind. All of it once with the sanitizers and once as it is shipped, where
# memory is looked at.
. "$(dirname "$0")/lib.sh"
shipped=$here/../../build/aismm
crowd=$(dirname "$AISMM")/helper-crowd
limit_of() { sed -n "s/^#define $1 (*\(int64_t)\)*\([0-9]*\).*/\2/p" "$here/../../src/base/limits.h"; }
slow=1000

fresh_store
step unit import "$data/units.csv"
for role in reader assessor; do step user add "$role" --role "$role"; done
step token create feeder --user assessor --role assessor --json
printf 'Authorization: Bearer %s\n' "$(jq -r '.tokens[0].value' "$work/out")" >"$work/token"
truncate -s 2G "$work/great"
# Temporary files of the server, in a place of their own.
mkdir "$work/temporary"

# A shell gives few files at first; the server takes what it may have.
with_few_files() {
	ulimit -S -n 512
	TMPDIR=$work/temporary exec "$@"
}
serve() { # PROGRAM
	start_server with_few_files "$1" serve --listen 127.0.0.1:0
	port=${origin##*:}
}
memory() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$server/status"; }
files() { find "/proc/$server/fd" -lname "$work/temporary/*" 2>/dev/null | wc -l; }
ask() { curl -sS --max-time 60 -o /dev/null -w '%{http_code}' "$@" 2>/dev/null; }

# beside MODE N ADDRESSES CLOSED SENTENCE: a crowd comes, and others are answered all the same. CLOSED: how many of the crowd
# the server has to cut off at least.
beside() {
	mkfifo "$work/until"
	: >"$work/crowd"
	exec 9<>"$work/until"
	"$crowd" "$port" "$1" "$2" "$3" <"$work/until" >"$work/crowd" 2>&1 9>&- &
	pid=$!
	turns=0
	until grep -q '^ready' "$work/crowd" || ! kill -0 $pid 2>/dev/null || [ $turns -gt 800 ]; do
		turns=$((turns + 1))
		sleep 0.05
	done
	sleep 0.6
	answers=
	for i in 1 2 3 4 5; do answers="$answers$(ask "$origin/sign-in") "; done
	answers="$answers$(ask -H "@$work/token" "$origin/api/v1/score")"
	most=$(memory)
	exec 9>&-
	wait $pid
	rm "$work/until"
	closed=$(sed -n 's/^closed \([0-9]*\) of .*/\1/p' "$work/crowd")
	echo "closed: $closed, memory: $most KB" >>"$work/crowd"
	[ "$answers" = '200 200 200 200 200 200' ] && [ "${closed:-0}" -ge "$4" ] && { [ "$4" != 0 ] || [ "$closed" = 0 ]; }
	verdict $? "$who$5" "$work/crowd"
	echo "# $who$1: $most KB"
	[ "$who" != "$as_shipped" ] || [ "$most" -le "$ceiling" ]
	verdict $? "$who$5: memory stays below the ceiling" "$work/crowd"
}

slow_clients() {
	if [ "$who" = "$as_shipped" ]; then
		beside silent $slow 4 0 'a thousand that say nothing'
		beside head $slow 4 0 'a thousand slow headers'
		beside body $slow 4 0 'a thousand slow forms'
		beside read $slow 4 0 'a thousand that read nothing'
	fi
	beside mixed $slow 4 0 'a thousand of all kinds'
	# One address alone may have fewer, and the oldest of its own make room for the newest.
	beside mixed $slow 1 $((slow - $(limit_of LIMIT_CONNECTIONS_ADDRESS) - 10)) 'a thousand from one address'
	# More than there are places for: the slowest make room.
	beside head $((2 * $(limit_of LIMIT_CONNECTIONS))) 16 $(limit_of LIMIT_CONNECTIONS) 'twice as many as there are places'
}

# sent SENTENCE STATUS MOST CURL-OPTION…: what is answered (none: the connection is cut off), and how many bytes the server has
# taken at most.
sent() {
	sentence=$1 wanted=$2 bytes=$3
	shift 3
	rm -f "$work/out"
	touch "$work/out"
	status=$(curl -sS --max-time 120 -o "$work/out" -w '%{http_code} %{size_upload}' "$@" 2>"$work/err")
	# curl asked whether it may go on, and was told so.
	[ "${status% *}" != 100 ] && [ "${status% *}" != 000 ] || status="none ${status#* }"
	cat "$work/err" "$work/out" >"$work/seen"
	echo "# wanted $wanted and at most $bytes bytes, got $status" >>"$work/seen"
	[ "${status% *}" = "$wanted" ] && [ "${status#* }" -le "$bytes" ]
	verdict $? "$who$sentence" "$work/seen"
}

great_uploads() {
	page=$origin/evidence/import feed=$origin/api/v1/feeds/people
	# What the kernels hold on the way is sent, and not taken.
	little=$((16 << 20))
	sent 'two gigabytes of a stranger are refused' 413 $little -F "file=@$work/great" -H "Origin: $origin" "$page"
	sent 'before they come, when the client asks' 413 0 -F "file=@$work/great" -H 'Expect: 100-continue' "$page"
	sent 'at a page that takes no file, too' 413 $little -F "file=@$work/great" "$origin/sign-in"
	sent 'and with a request that brings nothing' 413 $little -X GET --data-urlencode "a@$work/short" --data-binary "@$work/short" "$origin/sign-in"
	# In pieces nobody knows how much will come: the connection is cut off.
	sent 'a form of a stranger in pieces is cut off' none $((2 * little)) -X POST -T "$work/great" -H 'Transfer-Encoding: chunked' \
		-H 'Content-Type: application/x-www-form-urlencoded' "$origin/sign-in"
	sent 'JSON in pieces is cut off' none $((2 * little)) -X POST -T "$work/great" -H 'Transfer-Encoding: chunked' \
		-H 'Content-Type: application/json' -H "@$work/token" "$origin/api/v1/answers"
	sent 'what is a little too long is told so' 413 $little -X POST -T "$work/short" -H 'Transfer-Encoding: chunked' \
		-H 'Content-Type: application/json' -H "@$work/token" "$origin/api/v1/answers"
	truncate -s 2056M "$work/great"
	sent 'who may send files may not send one that is too large' 413 $little -X POST -T "$work/great" -H "@$work/token" "$feed?format=person&observed=2026-11-01"
	truncate -s 2G "$work/great"
	same "${who}of none of them anything is left" 0 "$(files)"
}

# Two gigabytes in pieces, from somebody who may: taken up to the limit, while others are answered; then given back.
streamed_upload() {
	if [ "$(df -Pk "$work" | awk 'NR == 2 { print $4 }')" -lt 4000000 ]; then
		count=$((count + 1))
		echo "ok $count - ${who}a great file in pieces # SKIP the disk has no room"
		return
	fi
	truncate -s 2056M "$work/great"
	curl -sS --max-time 120 -o "$work/streamed" -w '%{http_code}' -X POST -T "$work/great" -H "@$work/token" -H 'Transfer-Encoding: chunked' \
		"$origin/api/v1/feeds/people?format=person&observed=2026-11-01" >"$work/streamed.status" 2>"$work/err" &
	pid=$!
	answers='' most=0
	while kill -0 $pid 2>/dev/null; do
		answers="$answers$(ask "$origin/sign-in") "
		now=$(memory)
		[ "$now" -le $most ] || most=$now
		sleep 0.1
	done
	same "${who}a great file in pieces is cut off at the limit" 413 "$(cat "$work/streamed.status")"
	same "${who}others are answered meanwhile" 200 "$(echo "$answers" | tr ' ' '\n' | sed '/^$/d' | sort -u)"
	[ "$who" != "$as_shipped" ] || [ "$most" -le "$ceiling" ]
	verdict $? "${who}memory does not grow with the file" "$work/err"
	echo "# ${who}upload: $most KB, $(echo "$answers" | wc -w) answers meanwhile"
	same "${who}nothing of it is left" 0 "$(files)"
	truncate -s 2G "$work/great"
}

as_shipped='as shipped: '
ceiling=$(($(limit_of LIMIT_SERVER_MB) * 1024))
attacks() { # PROGRAM
	serve "$1"
	slow_clients
	same "${who}a header without end is refused, and its sender cut off" 'HTTP/1.1 431 Request Header Fields Too Large, closed' \
		"$("$crowd" "$port" endless 64000000 | sed 's/ after.*//')"
	same "${who}twenty thousand requests, without waiting, are answered" '20000 answers' "$("$crowd" "$port" flood 20000)"
	great_uploads
	streamed_upload
	stop_server
	[ "$status" = 0 ] && [ ! -s "$work/serve.err" ]
	verdict $? "${who}the server ends in peace" "$work/serve.err"
}
truncate -s 2M "$work/short"
who='sanitized: '
attacks "$AISMM"
who=$as_shipped
attacks "$shipped"
finish
