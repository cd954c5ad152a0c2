#!/bin/sh
# The server under load, on a store of 1 000 units, 200 000 measures and 10 000 files, as an ordinary reader. Each page is
# measured in turn with nginx, which serves the same bytes from a file: requests a second as a ratio, and the 99th
# percentile at 16 connections. Then answers, one transaction each, from 16 clients; memory; and the time to the first
# answer after the start. The load comes from the same machine, which all of them share.
set -eu
top=$(pwd)
aismm=$top/build/aismm
work=$(mktemp -d)
server= nginx=
trap 'kill $server $nginx 2>/dev/null || :; rm -rf "$work"' EXIT
seconds=${BENCH_SECONDS:-4} rounds=${BENCH_ROUNDS:-3}

"$top/build/release/bench-portfolio_store" >/dev/null
cp "$top/build/bench-portfolio.db" "$work/store.db"
export AISMM_DB=$work/store.db AISMM_NOW=2026-11-20T12:00:00Z
"$aismm" init >/dev/null
"$aismm" user add reader --role reader >/dev/null
"$aismm" user add assessor --role assessor >/dev/null

start() { # sets server, url
	: >"$work/serve.out"
	"$aismm" serve --listen 127.0.0.1:0 >"$work/serve.out" 2>&1 </dev/null &
	server=$!
	until url=$(sed -n 's/^Serving on //p' "$work/serve.out") && [ -n "$url" ]; do sleep 0.002; done
}
cookie() { # USER -> the value of a session's cookie
	link=$("$aismm" user link "$1" --json | jq -r .path)
	curl -sS --noproxy '*' -o /dev/null -D - -H "Origin: $url" -X POST "$url$link" | sed -n 's/^Set-Cookie: \(aismm=[^;]*\).*/\1/p'
}
memory() { awk '/^VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$server/status"; }
most() { awk '/^VmHWM/ { printf "%.1f", $2 / 1024 }' "/proc/$server/status"; }

began=$(date +%s%N)
start
curl -sS --noproxy '*' -o /dev/null "$url/sign-in"
printf 'ready and one page after %d ms, %s MB idle\n' $((($(date +%s%N) - began) / 1000000)) "$(memory)"

cat >"$work/nginx.conf" <<EOT
worker_processes 2; daemon off; pid $work/nginx.pid; error_log $work/nginx.log;
events { worker_connections 1024; }
http { access_log off; default_type text/html; client_body_temp_path $work/b; proxy_temp_path $work/p; fastcgi_temp_path $work/f;
	uwsgi_temp_path $work/u; scgi_temp_path $work/s; sendfile on; server { listen 127.0.0.1:18099; root $work/files; } }
EOT
mkdir -p "$work/files"
nginx -c "$work/nginx.conf" 2>/dev/null &
nginx=$!

rate() { # HEADER URL -> requests a second, p99 in ms
	wrk -t1 -c16 -d"${seconds}s" --latency -H "$1" "$2" | awk '
		/ 99%/ { v = $2; p99 = v + 0; if (v ~ /us$/) p99 /= 1000; else if (v !~ /ms$/) p99 *= 1000 }
		/^Requests\/sec/ { r = $2 }
		/Non-2xx/ { bad = 1 }
		END { printf "%.0f %.2f %d\n", r, p99, bad }'
}
middle() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

who="Cookie: $(cookie reader)"
printf '%-20s %8s %10s %10s %7s %9s\n' page bytes ours/s nginx/s ratio 'p99 ms'
for page in / /category/GOV /objective/GOV-02.1 /units; do
	curl -sS --noproxy '*' -H "$who" -o "$work/files/page.html" "$url$page"
	: >"$work/ours" >"$work/theirs" >"$work/p99"
	for round in $(seq "$rounds"); do
		set -- $(rate "$who" "$url$page")
		[ "$3" = 0 ] || { echo "$page: an answer was not 200"; exit 1; }
		echo "$1" >>"$work/ours"
		echo "$2" >>"$work/p99"
		set -- $(rate "$who" http://127.0.0.1:18099/page.html)
		echo "$1" >>"$work/theirs"
	done
	printf '%-20s %8d %10s %10s %7s %9s\n' "$page" "$(wc -c <"$work/files/page.html")" "$(middle <"$work/ours")" \
		"$(middle <"$work/theirs")" "$(echo "$(middle <"$work/ours") $(middle <"$work/theirs")" | awk '{ printf "%.2f", $1 / $2 }')" \
		"$(middle <"$work/p99")"
done
printf '%s MB after the load, %s MB at most\n' "$(memory)" "$(most)"

# The first visit: the page, what it asks for, and the font of its stylesheet, as they travel.
page=$(curl -sS --noproxy '*' -H "$who" "$url/")
files=$(echo "$page" | grep -o '/asset/[^"]*' | sort -u)
total=0
for file in / $files "$(echo "$files" | sed -n 's,[^/]*\.css$,inter.woff2,p')"; do
	bytes=$(curl -sS --noproxy '*' -H "$who" -H 'Accept-Encoding: gzip' -o /dev/null -w '%{size_download}' "$url$file")
	total=$((total + bytes))
done
echo "first page: $total bytes with all its files"

# A page that nobody has asked for since the last answer, and what the Overview says right after one.
slow() { # PATH -> ms
	curl -sS --noproxy '*' -H "$who" -o /dev/null -w '%{time_total}' "$url$1" | awk '{ printf "%.0f", $1 * 1000 }'
}
units=$("$aismm" unit list --json | jq -r '.units[] | select(.leaf) | .id' | head -64 | tr '\n' ' ')
some=${units%% *}
for page in / /category/GOV /objective/GOV-02.1 /units; do
	: >"$work/new"
	for round in $(seq "$rounds"); do
		"$aismm" answer GOV-02.1 --unit "$some" --yes "$round" --no 1 --because bench >/dev/null
		slow "$page" >>"$work/new"
		echo >>"$work/new"
	done
	printf '%-20s %s ms when an answer has just been given\n' "$page" "$(middle <"$work/new")"
done

# Answers, each a transaction that is durable when it is acknowledged. A token has a limit for each minute, so each
# client has its own.
for client in $(seq 16); do
	"$aismm" token create "client $client" --user assessor --role assessor --json | jq -r '.tokens[0].value'
done >"$work/tokens"
cat >"$work/answer.lua" <<EOT
local tokens, units, at = {}, {}, $$
for line in io.lines("$work/tokens") do tokens[#tokens + 1] = line end
for unit in string.gmatch("$units", "%S+") do units[#units + 1] = unit end
request = function()
	at = at + 1
	local body = string.format('{"objective":"GOV-02.%d","unit":"%s","yes":%d,"no":%d,"because":"bench"}',
		1 + at % 2, units[1 + at % #units], at % 97, at % 13 + 1)
	return wrk.format("POST", "/api/v1/answers", { ["Authorization"] = "Bearer " .. tokens[1 + at % #tokens],
		["Content-Type"] = "application/json" }, body)
end
EOT
written() { sqlite3 "$work/store.db" "SELECT count(*) FROM measure WHERE source = 'answer'"; }
before=$(written)
set -- $(wrk -t1 -c16 -d"${seconds}s" --latency -s "$work/answer.lua" "$url" | awk '
	/ 99%/ { v = $2; p99 = v + 0; if (v ~ /us$/) p99 /= 1000; else if (v !~ /ms$/) p99 *= 1000 }
	/^Requests\/sec/ { r = $2 }
	/requests in/ { all = $1 }
	/Non-2xx/ { bad = $NF }
	END { printf "%.0f %.2f %d %d\n", r, p99, bad, all }')
printf 'answers: %s/s, p99 %s ms; acknowledged %s, refused %s, in the store %s\n' "$1" "$2" "$4" "$3" "$(($(written) - before))"
slow / | awk '{ print "the Overview after them: " $1 " ms" }' 
printf '%s MB after all, %s MB at most\n' "$(memory)" "$(most)"
