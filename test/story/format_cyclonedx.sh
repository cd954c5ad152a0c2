#!/bin/sh
# A CycloneDX bill as JSON and as XML, as a person imports it: the content decides the format, and both give the same facts
# and the same feed, so that the second changes nothing. AISMM_GOLDEN=write writes the receipts.
. "$(dirname "$0")/lib.sh"
receipts=$here/../golden/receipts

receipt() { # SAMPLE
	wanted=$receipts/cyclonedx-$1.json
	run import "$1" --json
	expect_receipt "$wanted" "$1"
}

samples() {
	cd "$here/../data/cyclonedx" || exit 1
	fresh_store
	step unit import "$data/units.csv"
	receipt pair-1.6.json
	receipt pair-1.6.xml
	is 'the same bill as XML changes nothing' '[6,0,0,0]' '.records | [.unchanged, .new, .changed, .gone]' \
		import pair-1.6.xml
	receipt attestation-1.6.json
	receipt attestation-1.6.xml
	printf '<feed xmlns="http://www.w3.org/2005/Atom"/>' >"$work/feed.xml"
	refused 3 'known in XML: cyclonedx' 'unknown XML is refused by its name' import "$work/feed.xml"
	printf '<!DOCTYPE html><title>Report</title>' >"$work/page.html"
	refused 3 'an HTML page' 'a page is refused as one' import "$work/page.html"
	printf '<?xml version="1.0"?>\n<!DOCTYPE bom [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n<bom>&e;</bom>' >"$work/e.xml"
	refused 3 'e.xml:2:1' 'a document type is refused at its place' import "$work/e.xml" --format cyclonedx
}

on_a_store samples
finish
