#!/bin/sh
# The first person of an empty store. On this machine alone whoever comes first is it; where others can come it has to be who
# started the server.
. "$(dirname "$0")/lib.sh"

serve() { # OPTION…
	start_server "$AISMM" serve "$@"
	port=${origin##*:}
	code=$(sed -n 's/^Nobody is set up yet\. The first person is asked for this code: //p' "$work/serve.out")
}
stop() {
	stop_server
	same 'the server ends in peace' 0 "$status"
}
# set_up HOST CURL-OPTION…: the status in $status
set_up() {
	host=$1
	shift
	status=$(curl -sS --max-time 60 -o "$work/out" -w '%{http_code}' -H "Host: $host" -H "Origin: http://$host" \
		--data-urlencode 'name=ines' --data-urlencode 'password=a long walk along the harbour' "$@" "http://127.0.0.1:$port/welcome" 2>"$work/err")
	cat "$work/err" "$work/out" >"$work/seen"
}
asks_for_code() { curl -sS "http://127.0.0.1:$port/welcome" | grep -c 'name="code"'; }

on_this_machine() {
	serve --listen 127.0.0.1:0
	same 'on this machine no code is printed' '' "$code"
	same 'nor asked for' 0 "$(asks_for_code)"
	set_up elsewhere.example
	same 'a page of a stranger whose name leads here sets up nobody' 403 "$status"
	set_up "127.elsewhere.example:$port"
	same 'nor one whose name looks like an address' 403 "$status"
	set_up "localhost:$port"
	same 'whoever is here is set up' 303 "$status"
	stop
}

for_everybody() {
	serve --listen 0.0.0.0:0
	same 'where others can come a code is printed' yes "$(echo "$code" | grep -qxE '([A-Z2-7]{4}-){3}[A-Z2-7]{4}' && echo yes)"
	same 'and asked for' 1 "$(asks_for_code)"
	first=$code
	set_up "127.0.0.1:$port"
	same 'without the code nobody is set up' 403 "$status"
	set_up "127.0.0.1:$port" --data-urlencode 'code=AAAA-BBBB-CCCC-DDDD'
	same 'nor with another one' 403 "$status"
	grep -q 'The set-up code is wrong' "$work/out"
	verdict $? 'which is said' "$work/seen"
	stop
	serve --listen 0.0.0.0:0
	[ -n "$code" ] && [ "$code" != "$first" ]
	verdict $? 'each start has a code of its own' "$work/serve.out"
	set_up "127.0.0.1:$port" --data-urlencode "code=$first"
	same 'that of the last start is good no more' 403 "$status"
	set_up "127.0.0.1:$port" --data-urlencode "code=$(echo "$code" | tr 'A-Z-' 'a-z ')"
	same 'with the code the first person is set up, however it is typed' 303 "$status"
	set_up "127.0.0.1:$port" --data-urlencode "code=$code"
	same 'and nobody after' 409 "$status"
	stop
	serve --listen 0.0.0.0:0
	same 'then none is printed any more' '' "$code"
	stop
}

guessed() {
	serve --listen 0.0.0.0:0
	for i in 1 2 3 4 5; do set_up "127.0.0.1:$port" --data-urlencode 'code=AAAA-BBBB-CCCC-DDDD'; done
	set_up "127.0.0.1:$port" --data-urlencode "code=$code"
	grep -q 'Too many attempts have failed' "$work/out"
	verdict $? 'who guesses has to wait, even with the right one' "$work/seen"
	stop
}

behind_a_proxy() {
	serve --listen 127.0.0.1:0 --trust-proxy 127.0.0.1
	[ -n "$code" ]
	verdict $? 'behind a proxy others can come, too' "$work/serve.out"
	stop
}

on_a_store on_this_machine for_everybody guessed behind_a_proxy
finish
