#!/bin/sh
# What SECURITY.md says about the web application, tried from outside.
. "$(dirname "$0")/lib.sh"
first='a long walk along the harbour' second='seven boats and a lighthouse'

serve() { # OPTION…
	start_server "$AISMM" serve --listen 127.0.0.1:0 "$@"
	cat "$work/serve.out" >>"$work/log"
}

# ask WHO PATH CURL-OPTION…: with the cookies of WHO in $work/WHO.jar; the status in $status.
ask() {
	who=$1 path=$2
	shift 2
	status=$(curl -sS -k --max-time 60 -b "$work/$who.jar" -c "$work/$who.jar" -o "$work/out" -D "$work/head" -w '%{http_code}' "$@" "$origin$path" 2>"$work/err") ||
		status=curl
	cat "$work/err" "$work/head" "$work/out" >"$work/seen"
}
# send WHO PATH FIELD=VALUE…: as a form of a page of this server does.
send() {
	who=$1 path=$2
	csrf=$(curl -sS -k -b "$work/$who.jar" "$origin/help" | sed -n 's/.*<meta name="csrf" content="\([^"]*\)".*/\1/p')
	shift 2
	for field; do
		set -- "$@" --data-urlencode "$field"
		shift
	done
	ask "$who" "$path" -X POST -H "Origin: $origin" --data-urlencode "csrf=$csrf" "$@"
}
header() { sed -n "s/^$1: //p" "$work/head" | tr -d '\r'; }
cookie() { awk '$6 ~ /aismm$/ { print $7 }' "$work/$1.jar"; }
sign_in() { # WHO PASSWORD
	rm -f "$work/$1.jar"
	send "$1" /sign-in "name=${1%%.*}" "password=$2"
}
is_in() { # WHO: the status of a page of one's own
	ask "$1" /account
	echo "$status"
}

# Everything that a first visit fetches, by whoever comes first after the start, leaves room in 100 KB for an overview.
first_visit() {
	serve
	files=$(curl -sSL "$origin/sign-in" | grep -o '/asset/[^"]*' | sort -u)
	total=0
	for file in $files "$(echo "$files" | sed -n 's,[^/]*\.css$,inter.woff2,p')"; do
		total=$((total + $(curl -sS -H 'Accept-Encoding: gzip' -o /dev/null -w '%{size_download}' "$origin$file")))
	done
	[ $total -gt 50000 ] && [ $total -le 86000 ]
	verdict $? "what pages share travels packed from the first time on: $total bytes"
	stop_server
}

headers() {
	serve
	for path in /sign-in /welcome /nothing /api/v1/health /api/v1/score "$(curl -sS "$origin/sign-in" | sed -n 's/.*href="\(\/asset[^"]*css\)".*/\1/p')"; do
		ask none "$path"
		same "the policies stand on $path" "nosniff DENY same-origin same-origin 1" "$(header X-Content-Type-Options) $(header X-Frame-Options) $(
			header Referrer-Policy) $(header Cross-Origin-Opener-Policy) $(header Content-Security-Policy | grep -c "^default-src 'none'; .*frame-ancestors 'none'; base-uri 'none'$")"
	done
	ask none /sign-in
	same 'a page is not kept by a browser or proxy' no-store "$(header Cache-Control)"
	same 'the server does not say what it is made of' '' "$(header Server)$(header X-Powered-By)"
	ask none /sign-in -X TRACE
	same 'TRACE is not answered' 405 "$status"
	ask none / -H 'Host: elsewhere.example'
	same 'a redirect leads to a path of this server' '/welcome' "$(header Location)"
	# More fields than the library has memory for; it would wait.
	for n in 500 7000; do
		ask none "/sign-in?$(printf 'a&%.0s' $(seq $n))" --max-time 10
		same "an address with $n fields is refused at once" 400 "$status"
		grep -q 'more than 256 fields' "$work/out"
		verdict $? 'and says why' "$work/seen"
	done
	ask none "/sign-in?$(printf 'a=b&%.0s' $(seq 256))" --max-time 10
	same 'with as many as are allowed it is answered' 303 "$status"
	for n in 1500 5000; do
		ask none /sign-in -H "Cookie: $(printf 'a=b; %.0s' $(seq $n))" --max-time 10
		same "a header with $n cookies is answered at once" 303 "$status"
	done
	ask none /sign-in -H "Cookie: $(printf 'a=b; %.0s' $(seq 7000))" --max-time 10
	same 'and one that is longer than a header may be is refused at once' 431 "$status"
	stop_server
}

people() {
	rm -f "$work"/*.jar
	serve
	send ines /welcome name=ines "password=$first"
	same 'the first person is set up and signed in' '303 200' "$status $(is_in ines)"
	step user add ann --role reader

	# ---- sessions ----
	ask none /account -H "Cookie: $(printf 'a=b; %.0s' $(seq 1500))aismm=$(cookie ines)"
	same 'its cookie counts behind 1500 others, too' 200 "$status"
	old=$(cookie ines)
	sign_in ines "$first"
	[ "$status" = 303 ] && [ "$(cookie ines)" != "$old" ]
	verdict $? 'each sign-in has a session of its own' "$work/seen"
	header Set-Cookie | grep -qxE 'aismm=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax'
	verdict $? 'whose cookie no script reads, and no other site sends' "$work/seen"
	printf '127.0.0.1\tFALSE\t/\tFALSE\t0\taismm\tAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n' >"$work/chosen.jar"
	cp "$work/chosen.jar" "$work/ines.fixed.jar"
	ask ines.fixed /sign-in -X POST -H "Origin: $origin" --data-urlencode name=ines --data-urlencode "password=$first"
	[ "$status" = 303 ] && ! grep -q AAAAAAAA "$work/ines.fixed.jar"
	verdict $? 'a value that somebody else chose is not taken' "$work/ines.fixed.jar"
	cp "$work/ines.jar" "$work/ines.stolen.jar"
	same 'a stolen cookie would do' 200 "$(is_in ines.stolen)"
	send ines /account/password "current=$first" "new=$second"
	same 'the password is changed' '303 /account?done=password' "$status $(header Location)"
	same 'who changed it stays, the stolen cookie and all others do not' '200 303 303' "$(is_in ines) $(is_in ines.stolen) $(is_in ines.fixed)"
	cp "$work/ines.jar" "$work/ines.left.jar"
	send ines /sign-out
	same 'signing out ends the session on the server, and empties the browser' '303 "cache", "storage"' "$(is_in ines.left) $(
		send ines /sign-out
		header Clear-Site-Data
	)"

	# ---- secrets need the password ----
	sign_in ines "$second"
	send ines /account/token name=t role=reader password=wrong
	same 'a token is not made without the password' 403 "$status"
	send ines /account/token name=t role=reader "password=$second"
	token=$(sed -n 's/.*value="\(aismm_[^"]*\)".*/\1/p' "$work/out")
	[ "$status" = 200 ] && [ -n "$token" ]
	verdict $? 'with it a token is made' "$work/seen"
	send ines /admin/person/ann/link password=wrong
	same 'nor a link' 403 "$status"
	send ines /admin/person/ann/link "password=$second"
	link=$(sed -n 's,.*value="http[^"]*\(/sign-in/[^"]*\)".*,\1,p' "$work/out")
	[ "$status" = 200 ] && [ -n "$link" ]
	verdict $? 'with it a link is made' "$work/seen"
	send ines /account/second password=wrong
	same 'nor is a second factor set up' 403 "$status"
	send ines /account/password current=wrong "new=$first"
	same 'nor is the password changed' 403 "$status"

	# ---- the link ----
	ask ann "$link"
	ask ann "$link"
	same 'looking at a link does not use it up' 200 "$status"
	same 'nor does its page tell others where it was' same-origin "$(header Referrer-Policy)"
	ask ann "$link" -X POST -H "Origin: http://elsewhere.example"
	same 'another site cannot use it' 403 "$status"
	ask ann "$link" -X POST -H "Origin: $origin"
	same 'it signs in once' '303 200' "$status $(is_in ann)"
	ask ann.again "$link" -X POST -H "Origin: $origin"
	same 'and not twice' 403 "$status"
	ask ann /admin
	same 'a reader is no administrator' 403 "$status"

	# ---- forms of others ----
	mine=$(curl -sS -b "$work/ines.jar" "$origin/help" | sed -n 's/.*<meta name="csrf" content="\([^"]*\)".*/\1/p')
	ask ines /account/name -X POST --data-urlencode "csrf=$mine" -d shown=Mallory
	same 'a form that does not say where it comes from is refused' 403 "$status"
	ask ines /account/name -X POST -H 'Origin: http://elsewhere.example' --data-urlencode "csrf=$mine" -d shown=Mallory
	same 'one of another site is' 403 "$status"
	ask ines /account/name -X POST -H 'Origin: null' --data-urlencode "csrf=$mine" -d shown=Mallory
	same 'one of nowhere is' 403 "$status"
	ask ines /account/name -X POST -H "Origin: $origin" -d shown=Mallory
	same 'one without the token of the session is' 403 "$status"
	ask ines /account/name -X POST -H "Origin: $origin" -d "csrf=$(cookie ines)" -d shown=Mallory
	same 'one with another token is' 403 "$status"

	# ---- guessing ----
	sign_in nobody 'not the password at all'
	cp "$work/out" "$work/of-nobody"
	sign_in ines.guess 'not the password at all'
	sed 's/value="[^"]*"//g' "$work/out" >"$work/a"
	sed 's/value="[^"]*"//g' "$work/of-nobody" | cmp -s - "$work/a"
	verdict $? 'a name that nobody has is answered as a wrong password is' "$work/seen"
	for i in 1 2 3 4; do sign_in ines.guess 'not the password at all'; done
	sign_in ines.guess "$second"
	grep -q 'Too many attempts have failed' "$work/out" && [ "$status" = 401 ]
	verdict $? 'who guesses has to wait, even with the right password' "$work/seen"
	same 'who is in stays in' 200 "$(is_in ines)"

	# ---- what is left behind ----
	"$AISMM" audit list --json >"$work/trail"
	"$AISMM" audit list --json | grep -q 'session.sign_in'
	verdict $? 'the audit trail tells who signed in' "$work/trail"
	found=
	for secret in "$first" "$second" "$token" "${link##*/}" "$(cookie ines)" "$old" "$mine" 'not the password at all'; do
		[ -n "$secret" ] || found="$found empty"
		grep -qF -e "$secret" "$work/log" "$work/serve.err" "$work/trail" && found="$found $secret"
		[ "$engine" != 'sqlite: ' ] || [ "$secret" = "$mine" ] || ! grep -qaF -e "$secret" "$AISMM_DB" || found="$found $secret"
	done
	same 'no password, token, link or cookie is in the log, the trail or the store' '' "$found"
	stop_server
}

# The clock of a server stands still where it is started.
unused() {
	rm -f "$work"/*.jar
	AISMM_NOW=2026-11-20T12:00:00Z
	serve
	send ines /welcome name=ines "password=$first"
	stop_server
	AISMM_NOW=2026-11-20T12:29:00Z
	serve
	same 'a session goes on when it was unused for 29 minutes' 200 "$(is_in ines)"
	stop_server
	AISMM_NOW=2026-11-20T12:58:00Z
	serve
	ask ines /account
	curl -sS -o /dev/null -b "$work/ines.jar" "$origin/assess/x/presence"
	same 'and again, because it was used' 200 "$status"
	stop_server
	AISMM_NOW=2026-11-20T13:29:00Z
	serve
	same 'and is over after 31' 303 "$(is_in ines)"
	stop_server
	AISMM_NOW=2026-11-20T12:00:00Z
}

encrypted() {
	rm -f "$work"/*.jar
	serve --tls-self-made
	send ines /welcome name=ines "password=$first"
	header Set-Cookie | grep -qxE '__Host-aismm=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure'
	verdict $? 'under TLS the cookie is for this host and for TLS alone' "$work/seen"
	same 'and the browser is told to come back by TLS' 'max-age=31536000' "$(header Strict-Transport-Security)"
	for old in tlsv1.0 tlsv1.1; do
		curl -sS -k --"${old}" --tls-max "${old#tlsv}" -o /dev/null "$origin/sign-in" 2>"$work/seen"
		[ $? -ne 0 ]
		verdict $? "$old is refused" "$work/seen"
	done
	stop_server
}

# What two programs would read differently is refused, and a proxy's own word is the last one.
in_front() {
	serve --trust-proxy 127.0.0.1
	ask none /sign-in -X POST -H 'Content-Length: 0' -H 'Transfer-Encoding: chunked'
	same 'a length and pieces are refused' 400 "$status"
	ask none /sign-in -H 'X-Forwarded-For: 192.0.2.66' -H 'X-Forwarded-For: 203.0.113.5' -X POST -H "Origin: $origin" \
		--data-urlencode name=ines --data-urlencode password=wrong
	"$AISMM" audit list >"$work/seen"
	grep -q '203\.0\.113\.5' "$work/seen" && ! grep -q '192\.0\.2\.66' "$work/seen"
	verdict $? 'of two addresses the one that the proxy added is believed' "$work/seen"
	stop_server
}

# A header that a proxy knows by its name, or by its value, and this server does not.
framed() {
	serve
	for header in 'Content-Length : 5' 'Transfer-Encoding : chunked' "Content-Length$(printf '\t'): 5" 'Host : elsewhere.example' 'X Y: z' \
		'Transfer-Encoding: identity' 'Transfer-Encoding: xchunked' 'Transfer-Encoding: gzip, chunked' 'Transfer-Encoding: chunked, identity'; do
		for path in /sign-in /api/v1/health; do
			ask none $path --max-time 10 -H "$header"
			same "$header is refused at once, and the connection closed: $path" '400 close' "$status $(header Connection)"
		done
		same 'and the API says so as it says everything' application/problem+json "$(header Content-Type)"
	done
	ask none /api/v1/comments -X POST -H 'Content-Length: 0' -H 'Transfer-Encoding: chunked'
	same 'so it does of a length and pieces' '400 application/problem+json' "$status $(header Content-Type)"
	ask none /sign-in -X POST -H "Origin: $origin" -H 'Transfer-Encoding: Chunked' --data-urlencode name=nobody --data-urlencode password=wrong
	same 'pieces are taken' 401 "$status"
	stop_server
}

# A socket of IPv6 takes clients of IPv4, too: each of them is one address, and is called as it is everywhere.
on_both() {
	if [ "$(cat /proc/sys/net/ipv6/bindv6only 2>/dev/null)" != 0 ] || ! grep -q ' lo$' /proc/net/if_inet6; then
		count=$((count + 1))
		echo "ok $count - on an address of IPv6 # SKIP there is none here"
		return
	fi
	start_server "$AISMM" serve --listen '[::]:0'
	port=${origin##*:}
	same 'of two addresses of IPv4 each has its own places' 'closed 0 of 600' "$(sleep 3 | "$(dirname "$AISMM")/helper-crowd" "$port" head 600 2 | grep closed)"
	stop_server
	start_server "$AISMM" serve --listen '[::]:0' --trust-proxy 127.0.0.1
	origin=http://127.0.0.1:${origin##*:}
	for address in ::ffff:203.0.113.7 2001:DB8:0::7; do
		ask none /sign-in -H "X-Forwarded-For: $address" -X POST -H "Origin: $origin" --data-urlencode name=ines --data-urlencode password=wrong
	done
	"$AISMM" audit list >"$work/seen"
	grep -q ' 203\.0\.113\.7' "$work/seen" && grep -q '2001:db8::7' "$work/seen"
	verdict $? 'a proxy of IPv4 is believed, and who is behind it written in one way' "$work/seen"
	stop_server
	"$AISMM" serve --listen 127.0.0.1:0 --trust-proxy proxy.example >"$work/seen" 2>&1
	same 'a proxy that is no address is refused' '3 1' "$? $(grep -c 'proxy.example.* is no address' "$work/seen")"
}

on_a_store first_visit headers people unused encrypted in_front framed on_both
same 'the server had nothing to complain about' '' "$(cat "$work/serve.err")"
finish
