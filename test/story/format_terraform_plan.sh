#!/bin/sh
# Terraform plans as a person imports them: the content decides the format, each sample goes into a fresh store, and the
# receipt is the expected one byte for byte. No secret of a plan gets into the store. AISMM_GOLDEN=write writes receipts.
. "$(dirname "$0")/lib.sh"
samples=$here/../data/terraform_plan
receipts=$here/../golden/receipts

receipt() { # SAMPLE
	fresh_store
	step unit import "$data/units.csv"
	wanted=$receipts/terraform_plan-$1
	run import "$1" --json
	expect_receipt "$wanted" "$1"
}

plans() {
	cd "$samples" || exit 1
	receipt aws.json
	receipt clouds.json
	refused 3 'this is a state' 'a state is refused by name' import state.json
	cd "$here" || exit 1
}

no_secrets() {
	step unit import "$data/units.csv"
	step import "$samples/aws.json"
	case $engine in
	sqlite*) pieces=$(sqlite3 "$AISMM_DB" 'SELECT count(*) FROM file_piece') ;;
	*) pieces=$(psql -qtA "$AISMM_DB" -c 'SELECT count(*) FROM file_piece') ;;
	esac
	same 'a file that may hold secrets is kept by its hash alone' 0 "$pieces"
	[ "$engine" != 'sqlite: ' ] || ! cat "$AISMM_DB"* | grep -qaF -e synthetic-not-a-real
	verdict $? 'no secret of the plan is in the store'
}

on_a_store plans
on_each_store no_secrets
finish
