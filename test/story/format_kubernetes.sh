#!/bin/sh
# Kubernetes objects as a person imports them: the content decides the format, each sample goes into a fresh store, and
# the receipt is the expected one byte for byte. No secret of a manifest gets into the store. AISMM_GOLDEN=write writes
# receipts.
. "$(dirname "$0")/lib.sh"
samples=$here/../data/kubernetes
receipts=$here/../golden/receipts

receipts() {
	cd "$samples" || exit 1
	for sample in *.yaml *.json; do
		fresh_store
		step unit import "$data/units.csv"
		wanted=$receipts/kubernetes-${sample%.*}.json
		run import "$sample" --observed 2026-11-01 --json
		[ "$status" = 0 ] || verdict 1 "$sample is imported" "$work/seen"
		if [ "$golden" = write ]; then
			mkdir -p "$receipts"
			cp "$work/out" "$wanted"
		fi
		diff "$wanted" "$work/out" >"$work/seen" 2>&1
		verdict $? "the receipt of $sample" "$work/seen"
	done
	fresh_store
	step unit import "$data/units.csv"
	refused 3 --observed 'objects have no time: it is asked for' import cluster.json
	printf 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: &s {x: *s}\n' >"$work/loop.yaml"
	refused 3 'inside the value that it stands for' 'an alias inside itself is refused' import "$work/loop.yaml" --observed 2026-11-01
	cd "$here" || exit 1
}

no_secrets() {
	step unit import "$data/units.csv"
	step import "$samples/manifests.yaml" "$samples/cluster.json" --observed 2026-11-01
	case $engine in
	sqlite*) pieces=$(sqlite3 "$AISMM_DB" 'SELECT count(*) FROM file_piece') ;;
	*) pieces=$(psql -qtA "$AISMM_DB" -c 'SELECT count(*) FROM file_piece') ;;
	esac
	same 'files that may hold secrets are kept by their hash alone' 0 "$pieces"
	[ "$engine" != 'sqlite: ' ] || ! cat "$AISMM_DB"* | grep -qaF -e synthetic-not-a-real
	verdict $? 'no secret of the manifests is in the store'
}

on_each_store receipts no_secrets
finish
