#!/bin/sh
# OSCAL documents as a person imports them: the content decides the format, each sample goes into a fresh store, and the
# receipt is the expected one byte for byte. AISMM_GOLDEN=write writes those.
. "$(dirname "$0")/lib.sh"
receipt() { golden_receipt "oscal-${1%.*}" "$@"; } # SAMPLE OPTION…

samples() {
	cd "$here/../data/oscal" || exit 1
	for sample in osco.json rhel7.json configmaps_part.json ifa.json two_cycles.json; do
		receipt "$sample"
	done
	receipt poam.json
	step import two_cycles.json
	run import poam.json --json
	case $(cat "$work/out") in
	*'"unchanged":3,"gone":0'*) verdict 0 'results and a plan of one unit are two feeds' /dev/null ;;
	*) verdict 1 'results and a plan of one unit are two feeds' "$work/out" ;;
	esac
	refused 3 'which selects controls and has no results' 'a profile is refused by name' import profile.json
	refused 3 'which says what will be assessed' 'an assessment plan is refused by name' import assessment_plan.json
}

on_a_store samples
finish
