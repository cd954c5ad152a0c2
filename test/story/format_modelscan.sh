#!/bin/sh
# modelscan reports as a person imports them: the content decides the format, each sample goes into a fresh store, and
# the receipt is the expected one byte for byte. AISMM_GOLDEN=write writes those.
. "$(dirname "$0")/lib.sh"
receipt() { golden_receipt "modelscan-${1%%.*}" "$@"; } # SAMPLE OPTION…

samples() {
	cd "$here/../data/modelscan" || exit 1
	receipt keras_fashion_mnist.modelscan.json
	receipt pytorch_sentiment_analysis.modelscan.json
	receipt error_0_8.json
	receipt folder_0_8.json
	refused 3 --replace 'a scan with errors does not end the one before it by itself' import error_0_8.json --feed modelscan:models/
}

on_a_store samples
finish
