#!/bin/sh
# Import and evaluation, measured against what a person would use to read the same bytes: jq for JSON, sqlite3 .import for CSV.
# One line a row: MB, seconds, MB/s, times the reference, peak memory. Made-up data, the same at each run.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export AISMM_DB=$work/bench.db AISMM_NOW=2026-11-20T12:00:00Z
people=${BENCH_PEOPLE:-100000} findings=${BENCH_FINDINGS:-50000}

awk 'BEGIN {
	print "unit,parent,name,deployments,size"; print "root,,Root,,"
	for (i = 0; i < 1000; i++) print "u" i ",root,Unit " i ",saas,10"
}' >units.csv
awk -v n="$people" 'BEGIN {
	print "id,unit,name,email,kind,active,policy_attested_at,ai_builder"
	for (i = 0; i < n; i++)
		printf "p%d,u%d,Person %d,p%d@example.org,employee,true,2026-%02d-15,%s\n", i, i % 1000, i, i, 1 + i % 10, i % 3 ? "false" : "true"
}' >people.csv
awk -v n="$findings" 'BEGIN {
	filler = sprintf("%400s", ""); gsub(/ /, "text ", filler); printf "["
	for (i = 0; i < n; i++)
		printf "%s{\"metadata\":{\"event_code\":\"bedrock_check_%d\",\"product\":{\"name\":\"Prowler\"},\"version\":\"1.4.0\"},\"severity\":\"High\",\"status\":\"New\",\"status_code\":\"%s\",\"class_uid\":2004,\"time\":1794000000000,\"finding_info\":{\"uid\":\"f%d\",\"title\":\"A check\",\"desc\":\"%s\"},\"resources\":[{\"uid\":\"arn:%d\",\"region\":\"eu\",\"group\":{\"name\":\"bedrock\"}}],\"cloud\":{\"account\":{\"uid\":\"1\"},\"provider\":\"aws\"},\"unmapped\":{\"categories\":[\"gen-ai\"]}}", i ? "," : "", i % 50, i % 4 ? "PASS" : "FAIL", i, substr(filler, 1, 600), i
	print "]"
}' >findings.json

# A SARIF log, a list of Security Hub findings and a bill of materials, each of as many entries.
awk -v n="$findings" 'BEGIN {
	filler = sprintf("%60s", ""); gsub(/ /, "word ", filler)
	printf "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"semgrep\"}},\"invocations\":[{\"executionSuccessful\":true,\"endTimeUtc\":\"2026-11-01T00:00:00Z\"}],\"results\":["
	for (i = 0; i < n; i++)
		printf "%s{\"ruleId\":\"rule-%d\",\"level\":\"error\",\"message\":{\"text\":\"%s\"},\"partialFingerprints\":{\"primaryLocationLineHash\":\"h%d\"},\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"src/f%d.py\"},\"region\":{\"startLine\":%d}}}]}", i ? "," : "", i % 50, filler, i, i % 900, i % 400 + 1
	print "]}]}"
}' >code.sarif
awk -v n="$findings" 'BEGIN {
	filler = sprintf("%60s", ""); gsub(/ /, "word ", filler); printf "["
	for (i = 0; i < n; i++)
		printf "%s{\"SchemaVersion\":\"2018-10-08\",\"Id\":\"f%d\",\"ProductArn\":\"arn:aws:securityhub:eu-north-1::product/prowler/prowler\",\"GeneratorId\":\"prowler-check_%d\",\"AwsAccountId\":\"123456789012\",\"CreatedAt\":\"2026-11-01T00:00:00Z\",\"UpdatedAt\":\"2026-11-01T00:00:00Z\",\"Severity\":{\"Label\":\"HIGH\"},\"Title\":\"A check\",\"Description\":\"%s\",\"RecordState\":\"ACTIVE\",\"Workflow\":{\"Status\":\"NEW\"},\"Resources\":[{\"Type\":\"AwsS3Bucket\",\"Id\":\"arn:aws:s3:::b%d\",\"Region\":\"eu-north-1\"}],\"Compliance\":{\"Status\":\"%s\"}}", i ? "," : "", i, i % 50, filler, i, i % 4 ? "PASSED" : "FAILED"
	print "]"
}' >hub.json
awk -v n="$findings" 'BEGIN {
	printf "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"metadata\":{\"timestamp\":\"2026-11-01T00:00:00Z\",\"component\":{\"type\":\"application\",\"name\":\"app\"}},\"components\":["
	for (i = 0; i < n; i++)
		printf "%s{\"type\":\"library\",\"bom-ref\":\"r%d\",\"name\":\"lib%d\",\"version\":\"1.%d\",\"purl\":\"pkg:pypi/lib%d@1.%d\",\"licenses\":[{\"license\":{\"id\":\"MIT\"}}],\"hashes\":[{\"alg\":\"SHA-256\",\"content\":\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}]}", i ? "," : "", i, i, i % 9, i, i % 9
	print "]}"
}' >bom.json

# measure COMMAND…: sets seconds and memory (MB)
measure() {
	/usr/bin/time -f '%e %M' -o measured "$@" >/dev/null 2>errors || { cat errors; exit 1; }
	read -r seconds memory <measured
}
row() { # WHAT FILE REFERENCE_SECONDS
	awk -v what="$1" -v bytes="$(wc -c <"$2")" -v s="$seconds" -v reference="$3" -v kb="$memory" 'BEGIN {
		if (s < 0.01) s = 0.01
		printf "%-34s %7.1f MB %7.2f s %7.1f MB/s %s %6.1f MB\n", what, bytes / 1e6, s, bytes / 1e6 / s,
			reference == "" ? "           " : sprintf("%7.2f x ref", s / reference), kb / 1024
	}'
}

"$AISMM" init >/dev/null
"$AISMM" unit import units.csv >/dev/null
measure sqlite3 reference.db '.mode csv' '.import people.csv person'
reference=$seconds
row 'sqlite3 .import people.csv' people.csv ''
measure "$AISMM" import --format person --observed 2026-11-01 people.csv
row 'import people.csv' people.csv "$reference"
measure "$AISMM" import --format person --observed 2026-11-08 people.csv
row 'import people.csv, nothing new' people.csv "$reference"
measure jq '.[].metadata.event_code' findings.json
reference=$seconds
row 'jq over findings.json' findings.json ''
measure "$AISMM" import findings.json
row 'import findings.json' findings.json "$reference"
against_jq() { # FILE FILTER
	measure jq "$2" "$1"
	reference=$seconds
	row "jq over $1" "$1" ''
	measure "$AISMM" import --unit root "$1"
	row "import $1" "$1" "$reference"
}
against_jq code.sarif '.runs[].results[].ruleId'
against_jq hub.json '.[].GeneratorId'
against_jq bom.json '.components[].purl'
measure "$AISMM" evaluate
row 'evaluate (both)' people.csv ''
measure "$AISMM" score
row 'score' people.csv ''
