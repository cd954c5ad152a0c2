#!/bin/sh
# Layers of the Navigator as a person imports them: one that says it is about detections, and ones that do not.
# AISMM_GOLDEN=write writes the receipt.
. "$(dirname "$0")/lib.sh"
wanted=$here/../golden/receipts/navigator-detections.json

samples() {
	cd "$here/../data/navigator" || exit 1
	fresh_store
	step unit import "$data/units.csv"
	run import detections.json --observed 2026-11-01 --json
	[ "$status" = 0 ] || verdict 1 "a layer about detections is imported" "$work/seen"
	[ "$golden" != write ] || cp "$work/out" "$wanted"
	diff "$wanted" "$work/out" >"$work/seen" 2>&1
	verdict $? "the receipt of detections.json" "$work/seen"
	for layer in atlas_case_study_frequency.json AML.CS0051.layer.json; do
		refused 3 "does not say that its scores mean detections" "$layer is not taken for detections" \
			import "$layer" --observed 2026-11-02
	done
	refused 3 "does not say that its scores mean detections" "nor when the format is named" \
		import --format navigator atlas_case_study_frequency.json --observed 2026-11-02
	cd "$here" || exit 1
}

on_a_store samples
finish
