#!/bin/sh
# The demo organisation: its tour goes through, and its numbers are those that its README tells.
. "$(dirname "$0")/lib.sh"

status=0
sh "$demo/tour" "$AISMM" "$work/demo" >"$work/seen" 2>&1 </dev/null || status=$?
verdict "$status" 'the tour goes through' "$work/seen"
! grep -q 'NOT the same\|warning' "$work/seen"
verdict $? 'without a warning, and what it derived is what it rebuilds' "$work/seen"
AISMM_DB=$work/demo/halden.db
export AISMM_DB AISMM_NOW=2026-11-20T09:00:00Z
is 'the levels of November, and on evidence alone' \
	'["GOV 3/3","ORG 2/1","IAM 3/3","MON 1/1","INF 2/1","MOD 2/2","APP 1/1","DAT 2/1","RSK 2/2","DEV 2/2","CMP 2/2","IR 3/2"]' \
	'[.categories[]|"\(.id) \(.level)/\(.level_evidenced)"]' score
is 'those of July' '[1,1,2,1,1,1,1,2,3,1,1,2]' '[.categories[].level]' score --as-of 2026-07-16
is 'without the override identity falls to level 1' 1 '.categories[]|select(.id=="IAM")|.level' score --as-of 2027-01-02
finish
