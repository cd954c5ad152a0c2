#!/bin/sh
# Bad input: a clear error at its place, and nothing changed.
. "$(dirname "$0")/lib.sh"

table() { # FILE, then the text with \n
	printf "$2" >"$1"
}

units() {
	table "$work/u.csv" 'unit,parent\na,\nb,a\nb,a\n'
	refused 3 'u.csv:4' 'a unit twice' unit import "$work/u.csv"
	table "$work/u.csv" 'unit,parent\na,\nb,\n'
	refused 3 'two roots' 'two roots' unit import "$work/u.csv"
	table "$work/u.csv" 'unit,parent\na,\nb,c\n'
	refused 3 '"c"' 'an unknown parent' unit import "$work/u.csv"
	table "$work/u.csv" 'unit,parent\na,\nb,c\nc,b\n'
	refused 3 'circle' 'a cycle' unit import "$work/u.csv"
	table "$work/u.csv" 'unit,parent\nb,c\nc,b\n'
	refused 3 'circle' 'nothing but a cycle' unit import "$work/u.csv"
	table "$work/u.csv" 'unit,parent,size\na,,0\n'
	refused 3 'u.csv:2:4' 'a size of nobody' unit import "$work/u.csv"
	table "$work/u.csv" 'unit,parent,deployments\na,,cloud\n'
	refused 3 'self_hosted' 'an unknown deployment type' unit import "$work/u.csv"
	table "$work/u.csv" 'unit,parent,seize\na,,1\n'
	refused 3 'seize' 'a column with a typing mistake' unit import "$work/u.csv"
	table "$work/u.csv" 'unit,parent\n'
	refused 3 'no units' 'a header alone' unit import "$work/u.csv"
	refused 3 'unit import' 'and there are still no units' score
	table "$work/u.csv" '\357\273\277unit;parent;name\r\na;;"Ã…sa; the ""root"""\r\nb;a;\r\n'
	case_ok 'a byte order mark, semicolons, quotes and CR LF are fine' unit import "$work/u.csv"
	is 'two units' 2 '.units|length' unit list
	refused 3 'nowhere' 'an unknown unit' score --unit nowhere
	refused 3 'did you mean "a"' 'with the nearest name' score --unit A
	table "$work/u2.csv" 'unit,parent\na,\nb,a\nc,a\n'
	step unit import "$work/u2.csv" --since 2026-11-01
	is 'a later tree holds from its day' 2 '.units|length' unit list --as-of 2026-10-31
	is 'and not before' 3 '.units|length' unit list --as-of 2026-11-01
}

measures() {
	step model import "$data/small.yaml"
	step model activate small
	step unit import "$data/units.csv"
	head='unit,objective,source,yes,no,unknown,observed,basis' pad=
	bad() { # TEXT ROW SENTENCE
		printf '%s\nnorth,AAA-02.1,x,1,0,0,2026-11-01,measured%s\n%s\n' "$head" "$pad" "$2" >"$work/m.csv"
		refused 3 "$1" "$3" import --format measures "$work/m.csv"
	}
	bad 'm.csv:3:1' 'nowhere,AAA-02.1,x,1,0,0,2026-11-01,measured' 'an unknown unit, with its place'
	bad 'm.csv:3:7' 'north,AAA-09.1,x,1,0,0,2026-11-01,measured' 'an unknown objective'
	bad 'reserved' 'north,AAA-02.1,check,1,0,0,2026-11-01,measured' 'a reserved source'
	bad 'yes is "-1"' 'north,AAA-02.1,x,-1,0,0,2026-11-01,measured' 'a negative count'
	bad 'yes is "1.5"' 'north,AAA-02.1,x,1.5,0,0,2026-11-01,measured' 'half a person'
	bad 'yes is "1000000001"' 'north,AAA-02.1,x,1000000001,0,0,2026-11-01,measured' 'too many'
	bad 'future' 'north,AAA-02.1,x,1,0,0,2026-12-01,measured' 'seen tomorrow'
	bad '2015' 'north,AAA-02.1,x,1,0,0,2014-12-01,measured' 'seen before its time'
	bad 'not a time' 'north,AAA-02.1,x,1,0,0,01/11/2026,measured' 'an ambiguous date'
	bad 'basis' 'north,AAA-02.1,x,1,0,0,2026-11-01,guessed' 'an unknown basis'
	bad 'root' 'north,AAA-02.2,x,1,0,0,2026-11-01,attested' 'a program objective below the root'
	bad 'm.csv:3' 'north,AAA-02.1,x,1,0,0,2026-11-01' 'a short row'
	head=$head,na,justification,expires,override_until pad=,,,,
	bad 'm.csv:3' 'north,AAA-02.1,x,0,0,0,2026-11-01,attested,true,,,' 'not applicable without justification'
	bad 'counts of 0' 'north,AAA-02.1,x,1,0,0,2026-11-01,attested,true,because,,' 'not applicable with counts'
	bad 'reason' 'north,AAA-02.1,x,1,0,0,2026-11-01,attested,,,,2027-01-01' 'an override without a reason'
	head=unit,objective,source,yes,no,unknown,observed
	bad 'basis' 'north,AAA-02.1,x,1,0,0,2026-11-01' 'a missing column'
	is 'none of this left a trace' '[0,0,10]' '.objectives[0]|[.yes,.no,.unknown]' score --unit north
	refused 3 'measures' 'a measures file is not evidence: the message says how' import "$work/m.csv"
}

files() {
	step unit import "$data/units.csv"
	refused 3 'missing.csv' 'a missing file' import "$work/missing.csv"
	refused 3 'director' 'a folder' import "$work"
	printf 'hello\n' >"$work/x.txt"
	refused 3 'x.txt' 'no known format' import "$work/x.txt"
	printf '{"a":1}' >"$work/x.json"
	refused 3 'x.json' 'JSON that is none of them' import "$work/x.json"
	refused 3 'nosuch' 'an unknown format' import --format nosuch "$work/x.json"
	printf 'id,unit,active\np1,north,maybe\n' >"$work/p.csv"
	refused 3 'p.csv:2:10' 'a word where a yes or no belongs' import --format person "$work/p.csv" --observed 2026-11-01
	printf 'id,unit,active\np1,north,true\np1,north,true\n' >"$work/p.csv"
	refused 3 'p.csv' 'a person twice' import --format person "$work/p.csv" --observed 2026-11-01
	printf 'id,unit,active\np1,elsewhere,true\n' >"$work/p.csv"
	refused 3 'p.csv:2' 'an unknown unit' import --format person "$work/p.csv" --observed 2026-11-01
	printf 'id,unit,active\np1,south,true\n' >"$work/p.csv"
	refused 3 'scope' 'a unit outside the scope' import --format person "$work/p.csv" --observed 2026-11-01 --unit north
	refused 3 '--observed' 'a file that does not say when' import --format person "$work/p.csv"
	refused 3 'future' 'observed tomorrow' import --format person "$work/p.csv" --observed 2026-11-21
	refused 2 'observed' 'observed some day' import --format person "$work/p.csv" --observed soon
	refused 2 '--nosuch' 'an unknown option' import --nosuch "$work/p.csv"
	refused 2 '' 'an unknown command' frobnicate
	is 'no feed was made' '[]' '.feeds' feed list
	printf 'id,unit,active\np1,north,true\n' >"$work/good.csv"
	printf 'id,unit,active\np2,north,perhaps\n' >"$work/bad.csv"
	refused 3 'bad.csv' 'one bad file of two' import --format person "$work/good.csv" "$work/bad.csv" --observed 2026-11-01
	is 'nothing of the good one is there' '[]' '.feeds' feed list
}

models() {
	sed 's/threshold: 0.9,/threshold: 1.9,/; s/id: BBB-03.1/id: BBB-3.1/; s/requires/rekwires/' "$data/small.yaml" >"$work/bad.yaml"
	refused 3 'bad.yaml' 'a bad model is not imported' model import "$work/bad.yaml"
	run model lint "$work/bad.yaml"
	same 'lint exits 3' 3 "$status"
	[ "$(grep -c 'bad.yaml:[0-9]*:[0-9]*: error' "$work/seen")" -ge 3 ]
	verdict $? 'several errors in one run, each with its place' "$work/seen"
	is 'only the built-in model is there' 1 '.models|length' model list
	step model import "$data/small.yaml"
	sed 's/A small model/Another small model/' "$data/small.yaml" >"$work/other.yaml"
	refused 3 'version' 'another model of the same version' model import "$work/other.yaml"
	refused 3 'nosuch' 'an unknown model' model activate nosuch
	case_ok 'the built-in model has no problems' model lint "$here/../../content/models/aismm-reference"
	case_ok 'nor warnings' model lint --strict "$here/../../content/models/aismm-reference"
}

stores() {
	db=$AISMM_DB
	AISMM_DB=$work/none.db
	refused 4 'init' 'no store yet' score
	printf 'not a database, by far not a database, really not\n%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 >"$work/junk.db"
	AISMM_DB=$work/junk.db
	refused 4 '' 'a file that is no store' score
	refused 4 '' 'nor is it made one' init
	AISMM_DB=$db
	case_ok 'init twice is fine' init
	run --version
	grep -q aismm "$work/out"
	verdict $? 'it knows its version' "$work/seen"
	status=0
	"$AISMM" model list >/dev/full 2>"$work/err" || status=$?
	same 'a full disk is noticed' 4 "$status"
}

on_a_store units measures files models
on_each_store stores
finish
