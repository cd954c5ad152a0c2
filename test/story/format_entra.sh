#!/bin/sh
# Each sample of the collections of Microsoft Graph, imported into a fresh store, gives the receipt that is written down.
# AISMM_GOLDEN=write writes them.
. "$(dirname "$0")/lib.sh"
top=$(cd "$here/../.." && pwd)

receipt() { # FOLDER FILE OPTION…
	folder=$1 file=$2
	shift 2
	cd "$top/test/data/$folder" || exit 1
	step unit import "$data/units.csv"
	run import "$file" --unit north --json "$@"
	[ "$status" = 0 ] || verdict 1 "$folder/$file is taken" "$work/seen"
	wanted=$top/test/golden/receipts/$folder-${file%.*}.json
	[ "$golden" != write ] || cp "$work/out" "$wanted"
	diff "$wanted" "$work/out" >"$work/seen" 2>&1
	verdict $? "$folder/$file" "$work/seen"
}

users() { receipt entra users.json --observed 2026-11-04; }
sign_ins() { receipt entra synthetic_users.json --observed 2026-11-04; }
used_applications() { receipt entra synthetic_sign_ins.json; }
registration() { receipt entra registration.json --observed 2026-11-04; }
registration_with_its_time() { receipt entra synthetic_registration.json; }
agents() { receipt entra agentidentity-list.json --format entra --observed 2026-11-04; }
service_principals() { receipt entra synthetic_service_principals.json --observed 2026-11-04; }
app_roles() { receipt entra serviceprincipal-list-approleassignments.json --observed 2026-11-04; }
grants() { receipt entra synthetic_grants.json --observed 2026-11-04; }
open_decisions() { receipt entra accessreviewinstancedecisionitem-list.json --observed 2026-11-04; }
decisions() { receipt entra synthetic_decisions.json; }

# Users, and what is registered for them: two feeds, one subject.
joined() {
	step unit import "$data/units.csv"
	cd "$top/test/data/entra" || exit 1
	step import users.json registration.json --unit north --observed 2026-11-04
	is 'each collection is a feed of its own' '["entra:user_registration_details","entra:users"]' '[.feeds[].name]|sort' feed list
	step import users.json --unit north --observed 2026-11-05 --json
	same 'the next list of users ends nothing of the other' '{"read":4,"new":0,"changed":0,"unchanged":4,"gone":0}' "$(json .records)"
}

on_each_store users sign_ins used_applications registration registration_with_its_time agents service_principals app_roles grants open_decisions decisions joined
finish
