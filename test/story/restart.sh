#!/bin/sh
# The server ends: killed in the middle of the work, told to end in the middle of the work, or because the disk takes nothing any
# more. What was acknowledged is there when it comes back, and the audit trail is whole.
. "$(dirname "$0")/lib.sh"

# serve [COMMAND…]: in $origin. The command comes before the program.
serve() { start_server "$@" "$AISMM" serve --listen 127.0.0.1:0; }
ended() { # SENTENCE STATUS
	server_ends
	same "$1" "$2" "$status"
}

# Answers to everything, eight at a time: what was acknowledged is a line "N 200" in $work/acknowledged. Each has words of its own.
answer_everything() { # ROUND
	: >"$work/acknowledged"
	awk -v api="$origin/api/v1" -v token="$work/token" -v round="$1" '
		{
			if (NR > 1) print "next"
			printf "url = \"%s/answers\"\nheader = \"@%s\"\nheader = \"Content-Type: application/json\"\n", api, token
			printf "data = \"{\\\"objective\\\":\\\"%s\\\",\\\"unit\\\":\\\"%s\\\",\\\"answer\\\":\\\"met\\\",\\\"because\\\":\\\"words %s-%d.\\\"}\"\n", $1, $2, round, NR
			printf "output = \"/dev/null\"\nwrite-out = \"%s %s %d %%{http_code}\\n\"\n", $1, $2, NR
		}' "$work/questions" >"$work/requests"
	curl -sS --no-progress-meter --parallel --parallel-max 8 --max-time 60 -K "$work/requests" >"$work/acknowledged" 2>"$work/curl.err" &
	asker=$!
}
acknowledged() { grep -c ' 200$' "$work/acknowledged"; }
# Waits for so many.
until_acknowledged() {
	turns=0
	until [ "$(acknowledged)" -ge "$1" ] || ! kill -0 $asker 2>/dev/null || [ $turns -gt 1200 ]; do
		turns=$((turns + 1))
		sleep 0.02
	done
}
# How many of them the server, started again, does not show.
lost() { # ROUND
	lost=0
	grep ' 200$' "$work/acknowledged" | awk -v api="$origin/api/v1" -v token="$work/token" -v work="$work/shown" '
		{
			if (NR > 1) print "next"
			printf "url = \"%s/objectives/%s?unit=%s\"\nheader = \"@%s\"\noutput = \"%s/%d\"\n", api, $1, $2, token, work, $3
		}' >"$work/requests"
	rm -rf "$work/shown"
	mkdir "$work/shown"
	curl -sS -K "$work/requests" 2>"$work/curl.err"
	grep ' 200$' "$work/acknowledged" | while read -r _ _ n _; do
		grep -qsF "words $1-$n." "$work/shown/$n" || echo "$n"
	done | wc -l
}

units='a b c d e f g h i j k l m n o p'
prepare() {
	{
		echo 'unit,parent,name,deployments'
		echo 'top,,Top,'
		for unit in $units; do echo "$unit,top,Unit $unit,"; done
	} >"$work/units.csv"
	step unit import "$work/units.csv"
	step user add ann --role assessor
	step token create answers --user ann --role assessor --json
	printf 'Authorization: Bearer %s\n' "$(jq -r '.tokens[0].value' "$work/out")" >"$work/token"
	"$AISMM" model show --json >"$work/model.json"
	for unit in $units; do
		jq -r --arg unit "$unit" '.categories[].objectives[] | select(.scope != "program") | "\(.id) \($unit)"' "$work/model.json"
	done >"$work/questions"
}

killed() {
	prepare
	serve
	answer_everything one
	until_acknowledged 60
	kill -s KILL $server
	wait $server 2>/dev/null
	wait $asker
	some=$(acknowledged)
	[ "$some" -ge 60 ] && [ "$some" -lt "$(wc -l <"$work/questions")" ]
	verdict $? 'the server is killed while answers are being saved' "$work/acknowledged"
	serve
	same 'each answer that was acknowledged is there' 0 "$(lost one)"
	case_ok 'the audit trail is whole' audit verify
	kill -s TERM $server
	ended 'and it ends when it is told to' 0
}

told_to_end() {
	prepare
	serve
	printf 'id,unit,active\n' >"$work/people.csv"
	n=0
	while [ $n -lt 2000 ]; do
		n=$((n + 1))
		echo "p$n,a,true"
	done >>"$work/people.csv"
	# A file that is half here.
	curl -sS --max-time 60 --limit-rate 10K -o "$work/slow" -w '%{http_code}' -H "@$work/token" --data-binary "@$work/people.csv" \
		"$origin/api/v1/feeds/people?format=person&observed=2026-11-19" >"$work/slow.status" 2>"$work/err" &
	slow=$!
	answer_everything two
	until_acknowledged 60
	kill -s TERM $server
	ended 'told to end in the middle of the work it ends in peace' 0
	wait $asker
	wait $slow
	same 'the file that was half here is imported and acknowledged' '200 2000' "$(cat "$work/slow.status") $(jq .records.new "$work/slow")"
	[ "$(acknowledged)" -lt "$(wc -l <"$work/questions")" ]
	verdict $? 'new requests are not taken any more' "$work/acknowledged"
	same 'no request was answered with a failure' '' "$(grep -v ' 200$' "$work/acknowledged" | grep -v ' 000$')"
	serve
	same 'each answer that was acknowledged is there then' 0 "$(lost two)"
	kill -s TERM $server
	ended 'and it ends when nothing is at hand' 0
}

# Files of this process may not grow beyond a size: to the store that is a disk without room.
limited() {
	trap '' XFSZ
	ulimit -f "$room"
	exec "$@"
}
disk_is_full() {
	[ "$engine" = 'sqlite: ' ] || return 0
	prepare
	room=$(($(stat -c %s "$AISMM_DB") / 512 + 200))
	serve limited
	answer_everything three
	wait $asker
	[ "$(acknowledged)" -gt 0 ]
	verdict $? 'answers are taken while the disk has room' "$work/acknowledged"
	same 'then they are refused' 503 "$(sed -n 's/.* \(50.\)$/\1/p' "$work/acknowledged" | sort -u)"
	same 'and each answer that was acknowledged is shown' 0 "$(lost three)"
	kill -s TERM $server
	ended 'the server ends when it is told to' 0
	serve
	same 'and shows them when it is back' 0 "$(lost three)"
	case_ok 'the audit trail is whole then' audit verify
	answer_everything four
	wait $asker
	same 'where there is room it goes on' "$(wc -l <"$work/questions")" "$(acknowledged)"
	kill -s TERM $server
	ended 'and ends in peace' 0
}

# The disk takes what is written and does not keep it. The sanitizers want to be loaded first, so this is the program as shipped.
disk_fails() {
	[ "$engine" = 'sqlite: ' ] || return 0
	prepare
	sanitized=$AISMM AISMM=$here/../../build/aismm
	serve env LD_PRELOAD="$(dirname "$sanitized")/helper-no_sync_preload.so" NO_SYNC="$work/no_sync"
	answer_everything five
	until_acknowledged 60
	: >"$work/no_sync"
	wait $asker
	ended 'a server whose disk fails ends, and its status says so' 4
	grep -q 'the store did not keep' "$work/serve.err"
	verdict $? 'with a reason' "$work/serve.err"
	same 'what was not kept is not acknowledged' '' "$(grep -v ' 200$' "$work/acknowledged" | grep -v ' 503$' | grep -v ' 000$')"
	AISMM=$sanitized
	rm "$work/no_sync"
	serve
	same 'what was acknowledged before is there' 0 "$(lost five)"
	kill -s TERM $server
	ended 'and the server goes on when the disk does' 0
}

# The database server ends every connection, while answers are being saved and while nobody asks: as it does when it is
# started again, or another takes over.
cut() {
	psql -qAt "$AISMM_DB" -c "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()" >"$work/cut" 2>&1
	grep -qx t "$work/cut"
}
cut_off() {
	[ "$engine" = 'postgres: ' ] || return 0
	prepare
	serve
	answer_everything six
	until_acknowledged 60
	cut
	verdict $? 'connections are ended while answers are being saved' "$work/cut"
	wait $asker
	same 'an answer is saved, or said not to be' '' "$(grep -v ' 200$' "$work/acknowledged" | grep -v ' 503$')"
	[ "$(acknowledged)" -gt $(($(wc -l <"$work/questions") / 2)) ]
	verdict $? 'and the others are saved' "$work/acknowledged"
	same 'each answer that was acknowledged is there' 0 "$(lost six)"
	for path in /score /health /score '/objectives/GOV-02.1?unit=a'; do
		cut
		same "after a loss that nobody noticed $path is answered at once" 200 "$(curl -sS -o "$work/out" -w '%{http_code}' -H "@$work/token" "$origin/api/v1$path")"
	done
	cut
	printf 'id,unit,active\np1,a,true\n' >"$work/people.csv"
	same 'and a file is imported' '200 1' "$(curl -sS -o "$work/out" -w '%{http_code}' -H "@$work/token" --data-binary "@$work/people.csv" \
		"$origin/api/v1/feeds/people?format=person&observed=2026-11-19") $(jq .records.new "$work/out")"
	case_ok 'the audit trail is whole after all that' audit verify
	kill -s TERM $server
	ended 'the server ends when it is told to' 0
}

on_each_store killed told_to_end disk_is_full disk_fails cut_off
finish
