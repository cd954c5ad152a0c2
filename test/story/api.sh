#!/bin/sh
# The API from outside: a real server, curl, tokens and a session.
. "$(dirname "$0")/lib.sh"


# make_token NAME OPTION…: its header in $work/NAME
make_token() {
	name=$1
	shift
	step token create "$name" "$@" --json
	printf 'Authorization: Bearer %s\n' "$(jq -r '.tokens[0].value' "$work/out")" >"$work/$name"
}
# ask WHO PATH CURL-OPTION…: the status in $status, the body in $work/out, the headers in $work/head. WHO none: nobody.
ask() {
	who=$1 path=$2
	shift 2
	[ "$who" = none ] || set -- -H "@$work/$who" "$@"
	status=$(curl -sS --max-time 60 -o "$work/out" -D "$work/head" -w '%{http_code}' "$@" "$api$path" 2>"$work/err") || status=curl
	cat "$work/err" "$work/head" "$work/out" >"$work/seen"
}
# answers SENTENCE STATUS FILTER EXPECTED WHO PATH CURL-OPTION…
answers() {
	sentence=$1 wanted=$2 filter=$3 expected=$4
	shift 4
	ask "$@"
	same "$sentence" "$wanted $expected" "$status $(jq -c "$filter" "$work/out" 2>&1)"
}
header() { sed -n "s/^$1: //p" "$work/head" | tr -d '\r'; }

# as_by_hand COMMAND…: what the API answered is what the command prints, byte for byte.
as_by_hand() {
	cp "$work/out" "$work/by-api"
	run "$@" --json
	cmp -s "$work/by-api" "$work/out"
	verdict $? "it is what \`aismm $1 $2\` prints" "$work/out"
}

from_outside() {
	step unit import "$data/units.csv"
	for role in reader assessor lead admin; do step user add "$role" --role "$role"; done

	start_server "$AISMM" serve --listen 127.0.0.1:0
	api=$origin/api/v1

	for role in reader assessor lead admin; do make_token "$role" --user "$role" --role "$role"; done
	make_token feeder --user lead --feed people --unit north

	# ---- who asks ----

	answers 'health asks for nobody' 200 '[.schema,.store]' '["aismm.health/1",true]' none /health
	answers 'without a token nothing is told' 401 '[.status,.instance]' '[401,"/api/v1/score"]' none /score
	same 'and it says what is needed' Bearer "$(header WWW-Authenticate)"
	answers 'a reader reads' 200 .schema '"aismm.score/1"' reader /score
	answers 'and changes nothing' 403 .detail '"this needs the role \"assessor\""' reader /evaluations -X POST
	answers 'a token is no query parameter' 400 .status 400 reader '/score?token=x'

	# ---- the same as the command line ----

	ask reader /score?at=2026-11-01
	as_by_hand score --as-of 2026-11-01
	ask reader '/units?at=2026-11-01'
	as_by_hand unit list --as-of 2026-11-01

	# ---- files ----

	printf 'id,unit,active\np1,north,true\np2,north,false\n' >"$work/people.csv"
	printf 'id,unit,active\np1,north,true\np2,north,maybe\n' >"$work/broken.csv"
	answers 'a feeder hands in its file' 200 '[.records.new,.file]' '[2,"people.csv"]' feeder \
		'/feeds/people?format=person&observed=2026-11-19&file=people.csv' --data-binary "@$work/people.csv"
	answers 'the same file again is nothing new' 200 '[.records.unchanged,.records.new]' '[2,0]' feeder \
		'/feeds/people?format=person&observed=2026-11-19&file=people.csv' --data-binary "@$work/people.csv"
	answers 'a fault in it has a line and a column' 400 '[.line,.column]' '[3,10]' feeder \
		'/feeds/people?format=person&observed=2026-11-20' --data-binary "@$work/broken.csv"
	answers 'and changes nothing' 200 '[.rows,.snapshots]' '[2,1]' lead /feeds/people
	answers 'another feed is not its own' 403 .status 403 feeder '/feeds/other?format=person&observed=2026-11-20' --data-binary "@$work/people.csv"
	answers 'nor does it read' 403 .detail '"this token writes its feed, and nothing else"' feeder /feeds/people
	answers 'a form is not a file' 415 .status 415 assessor /feeds/other -F "file=@$work/people.csv"
	answers 'a lead says what is expected of a feed' 200 '[.owner,.every_days]' '["lead",7]' lead /feeds/people -X PUT \
		--json '{"owner":"lead","every_days":7}'

	# Who may not send is told before it does: nothing of a great file is taken.
	truncate -s 64M "$work/great"
	ask none /feeds/people --data-binary "@$work/great" -H 'Expect: 100-continue' -w '%{http_code} %{size_upload}'
	same 'a stranger is refused before the file comes' '401 0' "$status"
	truncate -s 2M "$work/great"
	answers 'JSON is short' 413 .status 413 assessor /answers -H 'Content-Type: application/json' --data-binary "@$work/great"

	# ---- answers ----

	objective=$("$AISMM" model show --json | jq -r '[.categories[].objectives[] | select(.scope != "program") | .id][0]')
	answers 'an answer is recorded' 200 '[.basis,.yes,.unchanged]' '["attested",1,false]' assessor /answers \
		--json "{\"objective\":\"$objective\",\"unit\":\"north\",\"answer\":\"met\",\"because\":\"so\"}"
	answers 'how a tally adds up begins with what the unit says' 200 '[.own.tally.yes,.total.tally.yes,.measures[0].basis]' \
		'[1,1,"attested"]' reader "/units/north/roll-up?objective=$objective"
	answers 'a unit is the sum of itself and those below' 200 \
		'[.total, .own, .below[] | .tally | select(.) | .yes + .no + .unknown] | .[0] > 0 and .[0] == (.[1:] | add)' true \
		reader "/units/acme/roll-up?objective=$objective"
	answers 'a member that nobody knows is refused' 400 '[.detail,.line,.column]' '["there is no member \"awnser\" here",1,2]' \
		assessor /answers --json '{"awnser":"met"}'
	answers 'what is no JSON is not read' 415 .status 415 assessor /answers -d 'objective=x'

	# ---- what people decide and say ----

	answers 'a lead sets a target' 200 '[.targets[] | .level, .unit]' '[3,"north"]' lead '/targets/GOV?unit=north' -X PUT \
		--json '{"level":3,"by_date":"2027-06-30","because":"the board asks for it","owner":"lead"}'
	ask reader /targets
	as_by_hand target list
	ask reader '/gap?unit=north&at=2026-11-01'
	as_by_hand gap --unit north --as-of 2026-11-01
	answers 'somebody says something' 200 '[.author,.text]' '["assessor","seen"]' assessor /comments -H 'Idempotency-Key: a1' \
		--json "{\"objective\":\"$objective\",\"unit\":\"north\",\"text\":\"seen\"}"
	same 'and it was done now' '' "$(header Idempotent-Replayed)"
	answers 'the same request again is not done again' 200 '[.author,.text]' '["assessor","seen"]' assessor /comments \
		-H 'Idempotency-Key: a1' --json "{\"objective\":\"$objective\",\"unit\":\"north\",\"text\":\"seen\"}"
	same 'as its answer says' true "$(header Idempotent-Replayed)"
	answers 'its key is for nothing else' 422 .status 422 assessor /comments -H 'Idempotency-Key: a1' \
		--json "{\"objective\":\"$objective\",\"unit\":\"north\",\"text\":\"more\"}"
	ask reader "/comments?objective=$objective&unit=north"
	as_by_hand comment list "$objective" --unit north
	ask assessor /reviews
	as_by_hand review list
	answers 'who answered does not review' 403 .status 403 assessor "/reviews/$(jq '.answers[0].answer' "$work/out")/confirm" --json '{}'

	ask lead '/targets/GOV?unit=north'
	mark=$(header ETag)
	answers 'who has read the newest may change it' 200 '.targets[0].level' 4 lead '/targets/GOV?unit=north' -X PUT \
		-H "If-Match: $mark" --json '{"level":4,"by_date":"2027-12-31","because":"more","owner":"lead"}'
	answers 'who has not may not' 412 .detail '"it has changed since you read it"' lead '/targets/GOV?unit=north' -X PUT \
		-H "If-Match: $mark" --json '{"level":2,"by_date":"2027-12-31","because":"less","owner":"lead"}'

	printf 'id,unit,name,registered,deployment\nbot,north,Bot,true,saas\nhelper,north,Helper,true,saas\nghost,north,Ghost,false,saas\n' \
		>"$work/systems.csv"
	ask assessor '/feeds/systems?format=ai_system&observed=2026-11-19&file=systems.csv' --data-binary "@$work/systems.csv"
	answers 'a register goes on from page to page' 200 '[.total, .subjects[].id]' '[3,"bot"]' reader '/registers/ai_system?limit=1'
	next=$(header Link | sed -n 's,^</api/v1\(.*\)>; rel="next"$,\1,p')
	answers 'without leaving one out' 200 '[.subjects[].id]' '["ghost"]' reader "$next"
	answers 'shadow AI is what no register knows' 200 '[.subjects[] | .id, .values.registered, .values.tier]' '["ghost",false,null]' \
		reader /registers/shadow
	answers 'it is set aside with a reason' 200 '.dismissals[0] | [.name,.unit,.because,.ended]' '["ghost","north","a test",null]' \
		assessor /dismissals --json '{"name":"ghost","unit":"north","because":"a test"}'
	answers 'as everybody sees' 200 '[.dismissals[] | .name, .author]' '["ghost","assessor"]' reader /dismissals
	answers 'a reader sets nothing aside' 403 .status 403 reader '/dismissals?name=ghost&unit=north' -X DELETE
	answers 'it is taken back' 200 '.dismissals[0].ended_by' '"assessor"' assessor '/dismissals?name=ghost&unit=north' -X DELETE
	answers 'and no longer in the list' 200 .dismissals '[]' reader /dismissals
	answers 'an approval is asked for' 200 '[.state,.deployment]' '["requested","saas"]' assessor /approvals \
		--json '{"system":"bot","unit":"north","deployment":"saas","because":"it helps"}'
	request=$(jq .id "$work/out")
	answers 'and not given by who asked' 403 .status 403 assessor "/approvals/$request/review" --json '{"finding":"fine"}'
	answers 'a second person reviews it' 200 .state '"reviewed"' lead "/approvals/$request/review" --json '{"finding":"fine"}'
	ask reader /approvals
	as_by_hand approval list

	sum=$(sha256sum "$work/people.csv" | cut -d ' ' -f 1)
	ask lead "/files/$sum"
	cmp -s "$work/out" "$work/people.csv"
	verdict $? 'a file comes back as it was handed in' "$work/head"
	ask lead "/files/$sum" -H "If-None-Match: \"$sum\""
	same 'and not twice' 304 "$status"
	truncate -s 65M "$work/great"
	answers 'a document has its limit' 413 .status 413 assessor "/documents?objective=$objective&unit=north&name=great" \
		-H 'Content-Type: application/pdf' --data-binary "@$work/great"

	# ---- lists, marks, counting ----

	ask reader '/units?limit=1'
	ids=$(jq -r '.units[].id' "$work/out")
	pages=1
	while next=$(header Link | sed -n 's,^</api/v1\(.*\)>; rel="next"$,\1,p') && [ -n "$next" ] && [ $pages -lt 50 ]; do
		pages=$((pages + 1))
		ask reader "$next"
		ids="$ids $(jq -r '.units[].id' "$work/out")"
	done
	same 'the pages of a list are the list' "$("$AISMM" unit list --json | jq -r '[.units[].id] | join(" ")')" "$ids"

	ask reader /score?at=2026-11-01
	ask reader /score?at=2026-11-01 -H "If-None-Match: $(header ETag)"
	same 'what one has already is not sent again' '304 0' "$status $(header Content-Length | sed 's/^$/0/')"
	ask reader /score -I
	same 'HEAD is answered' 200 "$status"
	same 'requests are counted' 6000 "$(header RateLimit-Limit)"
	answers 'a form that cannot be had' 406 .status 406 reader /score -H 'Accept: text/html'
	ask reader /score -X PATCH
	same 'a method that is not there' '405 GET, HEAD' "$status $(header Allow)"

	# ---- a session ----

	link=$("$AISMM" user link admin 2>/dev/null)
	jar=$work/jar
	curl -sS -o /dev/null -c "$jar" -b "$jar" -H "Origin: $origin" -X POST "$origin$link"
	ask none /users -b "$jar"
	same 'a session reads' '200 "aismm.users/1"' "$status $(jq -c .schema "$work/out")"
	ask none /tokens -b "$jar" -H "Origin: $origin" --json '{"name":"x","role":"reader"}'
	same 'without its token it changes nothing' 403 "$status"
	csrf=$(curl -sS -b "$jar" "$origin/help" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
	ask none /tokens -b "$jar" -H "X-CSRF-Token: $csrf" -H 'Origin: http://elsewhere.example' --json '{"name":"x","role":"reader"}'
	same 'nor from another place' 403 "$status"
	ask none /tokens -b "$jar" -H "X-CSRF-Token: $csrf" -H "Origin: $origin" --json '{"name":"x","role":"reader"}'
	same 'a person makes a token' '200 "x"' "$status $(jq -c '.tokens[0].name' "$work/out")"
	answers 'a token makes none' 403 .detail '"a token may not do this"' admin /tokens --json '{"name":"y","role":"reader"}'

	# ---- too many ----

	i=0
	while [ $i -lt 305 ]; do
		printf 'url = "%s/score"\noutput = "/dev/null"\nwrite-out = "%%{http_code}\\n"\n' "$api"
		i=$((i + 1))
	done >"$work/many"
	curl -sS -K "$work/many" >"$work/codes"
	same 'a stranger who asks too often has to wait' 'yes' "$(grep -qx 429 "$work/codes" && grep -qx 401 "$work/codes" && echo yes)"
	ask none /score
	[ "$status" = 429 ] && [ "$(header Retry-After)" -gt 0 ]
	verdict $? 'and is told for how long' "$work/seen"
	answers 'who has a token does not' 200 .schema '"aismm.score/1"' reader /score

	stop_server
	[ "$status" = 0 ]
	verdict $? 'the server ends when it is told to' "$work/serve.err"
}

on_each_store from_outside
finish
