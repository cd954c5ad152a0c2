#!/bin/sh
# The units for systemd: what they call exists, and works; systemd understands them, where it is there to ask.
. "$(dirname "$0")/lib.sh"
units=$here/../../packaging/systemd

# Their commands with the program under test, on directories of this story.
localised() { sed "s,/usr/local/bin/aismm,$AISMM,g; s,/var/spool/aismm,$work/spool,g; s,/var/lib/aismm,$work/state,g; s,/etc/aismm.conf,$work/aismm.conf,g" "$1"; }

mkdir -p "$work/units" "$work/spool/people" "$work/state"
for file in "$units"/*; do localised "$file" >"$work/units/$(basename "$file")"; done
cp "$work/units/aismm.conf" "$work/aismm.conf"

# As systemd would run them: the settings file, then the command.
set -a
. "$work/aismm.conf"
set +a
command_of() { sed -n 's/^ExecStart=//p' "$work/units/$1" | sed "s/\$AISMM_SERVE/$AISMM_SERVE/"; }
for unit in aismm-watch.service aismm-evaluate.service aismm-serve.service; do
	status=0
	# shellcheck disable=SC2046
	$(command_of $unit) --help >"$work/seen" 2>&1 || status=$?
	same "the command of $unit is one" 0 "$status"
	words=$(command_of $unit | tr ' ' '\n' | grep -c '^--')
	known=$(for option in $(command_of $unit | tr ' ' '\n' | grep '^--'); do grep -qF -e "  $option" "$work/seen" && echo y; done | grep -c y)
	same "and knows each of its options" "$words" "$known"
done
same 'the settings name a store' "$work/state/aismm.db" "$AISMM_DB"
step init
step unit import "$data/units.csv"
$(command_of aismm-watch.service) >"$work/watch.out" 2>"$work/watch.err" </dev/null &
server=$!
printf 'id,unit,active\np1,north,true\n' >"$work/spool/people/p@2026-11-01.csv"
turns=0
until [ -e "$work/spool/people/done/p@2026-11-01.csv" ] || [ $turns -gt 800 ]; do
	turns=$((turns + 1))
	sleep 0.05
done
status=0
$(command_of aismm-evaluate.service) >"$work/out" 2>"$work/err" </dev/null || status=$?
same 'evaluate runs beside the watch' '0 "aismm.evaluation/1"' "$status $(json .schema)"
stop_server
same 'the watch imported the file and ended when it was told to' '0 aismm.receipt/1' "$status $(jq -r .schema "$work/watch.out")"

# The web application on a port of its own.
AISMM_SERVE='--listen 127.0.0.1:0'
# shellcheck disable=SC2046
start_server $(command_of aismm-serve.service)
same 'serve answers' '"aismm.health/1"' "$(curl -sS "$origin/api/v1/health" | jq -c .schema)"
stop_server
same 'and ends when it is told to' 0 "$status"

if command -v systemd-analyze >/dev/null 2>&1; then
	systemd-analyze verify --man=no "$work/units"/*.service "$work/units"/*.timer >"$work/seen" 2>&1 && [ ! -s "$work/seen" ]
	verdict $? 'systemd understands the units' "$work/seen"
	for unit in "$work/units"/*.service; do
		# Of 10.0: the lower the better.
		systemd-analyze security --offline=true --threshold=20 "$unit" >"$work/seen" 2>&1
		verdict $? "and finds that ${unit##*/} may do little" "$work/seen"
	done
else
	for what in 'systemd understands the units' 'and finds that they may do little'; do
		count=$((count + 1))
		echo "ok $count - $what # SKIP systemd is not there"
	done
fi
finish
