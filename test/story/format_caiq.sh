#!/bin/sh
# Questionnaires as a person imports them, workbooks too: the content decides the format, each sample goes into a fresh
# store, and the receipt is the expected one byte for byte. AISMM_GOLDEN=write writes those.
. "$(dirname "$0")/lib.sh"
receipt() { golden_receipt "caiq-$1" "$@"; } # SAMPLE OPTION…

samples() {
	cd "$here/../data/caiq" || exit 1
	receipt ai_caiq.csv --observed 2026-11-01
	receipt vendor.csv
	receipt vendor_caiq.csv
	receipt ai_caiq.xlsx
	run import ai_caiq.xlsx --json
	cp "$work/out" "$work/again"
	grep -q '"unchanged":13,"gone":0' "$work/again"
	verdict $? 'the same workbook again adds nothing' "$work/again"
	"$AISMM" import - --json <ai_caiq.xlsx >"$work/piped" 2>&1
	grep -q '"unchanged":13,"gone":0' "$work/piped"
	verdict $? 'a workbook may come through a pipe' "$work/piped"
	refused 3 'its sheets are Introduction, AICM, AI-CAIQ' 'a catalogue of questions is no questionnaire' \
		import catalogue.xlsx
	refused 3 'add a column version' 'a questionnaire without a version is asked for it' import no_version.csv
	refused 3 'say when it was observed' 'one without a time is asked for it' import ai_caiq.csv
	head -c 1500 ai_caiq.xlsx >"$work/cut.xlsx"
	refused 3 'the archive is cut' 'a workbook that is cut is refused' import "$work/cut.xlsx"
}

on_a_store samples
finish
