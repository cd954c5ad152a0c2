#!/bin/sh
# The book of a model: without a store and with one, as a page and as a folder, on good and on bad ground; and that the
# shipped pages are what the program writes. AISMM_GOLDEN=write writes those and the expected ones.
. "$(dirname "$0")/lib.sh"
top=$(cd "$here/../.." && pwd)

# A model in which every text is an attack.
attack="'</title></style></script><script>alert(1)</script> ]]> [x](javascript:y) | \`\`\` <!-- \" onload=z'"
hostile_model() {
	sed "s#version: \"1.2.0\"#version: \"1.3.0\"#; s#An example with everything#$attack#; s#People attest the policy#$attack#; s#One in eight is on leave.#$attack#; s#Anyone\\.#$attack#
		s#FROM person p\$#FROM person p -- \`\`\`\` </details><script>alert(2)</script>#" "$data/book.yaml"
}

# same_folder SENTENCE WANTED SEEN: the same files, byte for byte; with AISMM_GOLDEN=write, WANTED becomes SEEN.
same_folder() {
	if [ "$golden" = write ]; then
		mkdir -p "$2"
		rm -f "$2"/*.md "$2"/*.html
		cp "$3"/* "$2/"
	fi
	diff -r "$2" "$3" >"$work/seen" 2>&1
	verdict $? "$1" "$work/seen"
}

# Every link between the pages of a folder leads to a page, and to a place on it.
links_of() { # FOLDER
	(cd "$1" && awk '
		FNR == 1 { pages[FILENAME]; fence = "" }
		match($0, /^```+/) { ticks = substr($0, 1, RLENGTH); if (fence == "") fence = ticks; else if ($0 == fence) fence = ""; next }
		fence != "" { next }
		{
			line = $0
			while (match(line, /<a id="[^"]*"/)) { place[FILENAME "#" substr(line, RSTART + 7, RLENGTH - 8)]; line = substr(line, RSTART + RLENGTH) }
			line = $0
			gsub(/\\./, "", line)
			while (match(line, /\]\([^)]*\)/)) {
				target = substr(line, RSTART + 2, RLENGTH - 3)
				if (target ~ /^#/) target = FILENAME target
				wanted[target] = FILENAME ":" FNR
				line = substr(line, RSTART + RLENGTH)
			}
		}
		END {
			for (target in wanted) {
				n++
				page = target; sub(/#.*/, "", page)
				if (!(page in pages) || (target ~ /#/ && !(target in place))) { print wanted[target] " leads to " target; bad = 1 }
			}
			print n " targets"
			exit bad || n < 10
		}' *.md) >"$work/seen" 2>&1
}

without_a_store() {
	mkdir -p "$work/bare"
	cd "$work/bare" || exit 1
	case_ok 'a fresh machine can print the book of the built-in model' model book -o book.html
	grep -q '<title>AI Security Maturity Model' book.html
	verdict $? 'it is that of the reference model'
	same 'and no store was made' book.html "$(ls -A)"
	cp book.html first.html
	step model book -o book.html
	cmp -s book.html first.html
	verdict $? 'twice is the same bytes'
	step model book -o -
	cmp -s "$work/out" first.html
	verdict $? 'standard output has the same bytes'
	AISMM_NOW=2031-01-01T00:00:00Z LC_ALL=de_DE.UTF-8 TZ=Pacific/Auckland run model book aismm-reference --output - --db nowhere.db
	same 'a store that is named must be there' 4 "$status"
	AISMM_NOW=2031-01-01T00:00:00Z LC_ALL=de_DE.UTF-8 TZ=Pacific/Auckland run model book aismm-reference --output -
	cmp -s "$work/out" first.html
	verdict $? 'neither the year, nor the language, nor the time zone is in it'
	AISMM_DB=$work/bare/none.db run model book -o book.html
	same 'also one that is named in the environment' 4 "$status"
	refused 3 'there is no store, and the built-in one is' 'another model needs a store' model book other -o book.html
	cp "$data/book.yaml" own.yaml
	case_ok 'a model that is in no store: a file' model book own.yaml -o own.html
	mkdir -p own
	sed -n '/^categories:/q; /^untouched:/,/speak to each other/d; p' own.yaml >own/model.yaml
	sed -n '/^  - id: ACC/,/^  - id: README/p' own.yaml | sed '$d; /^  - /{ s///; b; }; s/^    //' >own/acc.yaml
	sed -n '/^  - id: README/,$p' own.yaml | sed '/^  - /{ s///; b; }; s/^    //' >own/readme.yaml
	case_ok 'and a folder' model book own/ -o own2.html
	sed -i 's/threshold: 0.875/threshold: 1.5/' own.yaml
	refused 3 'own.yaml:36:20: ACC-02.1: threshold' 'a model with errors has none' model book ./own.yaml -o bad.html
	[ ! -e bad.html ]
	verdict $? 'and nothing is written'
	cd "$here" || exit 1
}

how_it_is_asked_for() {
	refused 2 '--output FILE is missing' 'where it goes must be said' model book
	refused 2 'what is book.txt to be?' 'a name tells what it becomes' model book -o book.txt
	refused 2 'does not fit on standard output' 'a folder is no stream' model book --markdown -o -
	refused 2 'does not fit on standard output' 'a receipt and a page are not mixed' model book --json -o -
	refused 2 '--markdown writes a folder' 'a page is no folder' model book --markdown -o "$work/x.html"
	[ ! -e "$work/x.html" ]
	verdict $? 'and nothing is written'
}

ground() {
	refused 4 'No such file' 'a folder that is not there' model book -o "$work/none/book.html"
	refused 4 'No such file' 'nor the one above it' model book -o "$work/none/book/"
	ln -sf /dev/full "$work/full.html"
	refused 4 'No space left' 'a device that is full' model book -o "$work/full.html"
	rm "$work/full.html"
	mkdir -p "$work/place"
	printf 'old' >"$work/place/real.html"
	chmod 640 "$work/place/real.html"
	ln -sf real.html "$work/place/link.html"
	case_ok 'a link is followed' model book -o "$work/place/link.html"
	[ -L "$work/place/link.html" ] && grep -q '<!doctype html>' "$work/place/real.html"
	verdict $? 'and stays one'
	same 'the permissions stay' 640 "$(stat -c %a "$work/place/real.html")"
	same 'nothing else is left there' 'link.html real.html ' "$(ls -A "$work/place" | tr '\n' ' ')"
	mkdir -p "$work/place/dir.html"
	refused 4 'Is a directory' 'a folder with the name of a page' model book -o "$work/place/dir.html"
	(umask 077 && "$AISMM" model book -o "$work/place/private.html" >/dev/null)
	same 'a new file has the permissions that are usual here' 600 "$(stat -c %a "$work/place/private.html")"
	if [ "$(id -u)" != 0 ]; then
		mkdir -p "$work/locked"
		chmod 500 "$work/locked"
		refused 4 'Permission denied' 'a folder that is closed' model book -o "$work/locked/book.html"
	fi
}

receipt() {
	run model book "$data/book.yaml" -o "$work/r.html" --json
	same 'the receipt names the file, its size and its sum' \
		"[\"aismm.book/1\",\"example@1.2.0\",\"html\",[[\"$work/r.html\",$(wc -c <"$work/r.html"),\"$(sha256sum <"$work/r.html" | cut -d' ' -f1)\"]]]" \
		"$(json '[.schema,.model,.format,[.files[]|[.file,.bytes,.sha256]]]')"
	run model book "$data/book.yaml" -o "$work/r/" --json
	same 'and every page of a folder' "$(ls "$work/r" | sort | tr '\n' ' ')" "$(json '.files[].file' | sed 's,.*/,,; s,"$,,' | sort | tr '\n' ' ')"
	case_ok 'a folder that is there needs no slash' model book "$data/book.yaml" -o "$work/r"
	case_ok 'one that is not needs --markdown' model book "$data/book.yaml" --markdown -o "$work/r2"
	diff -r "$work/r" "$work/r2" >"$work/seen"
	verdict $? 'and gets the same' "$work/seen"
}

expected() {
	mkdir -p "$work/expected"
	step model book "$data/book.yaml" -o "$work/expected/"
	step model book "$data/book.yaml" -o "$work/full.html"
	# The style and the script are files of their own; their sums are in the policy.
	sed '/<style>/,/<\/style>/d; /<script>/,/<\/script>/d; /Content-Security-Policy/d' "$work/full.html" >"$work/expected/page.html"
	same_folder 'the book of a small model is what it was' "$top/test/golden/book" "$work/expected"
	links_of "$work/expected"
	verdict $? 'its links lead somewhere' "$work/seen"
	mkdir -p "$work/overlay"
	step model book "$data/book-overlay.yaml" --base "$data/book.yaml" -o "$work/overlay/"
	step model book "$data/book-overlay.yaml" --base "$data/book.yaml" -o "$work/full.html"
	sed '/<style>/,/<\/style>/d; /<script>/,/<\/script>/d; /Content-Security-Policy/d' "$work/full.html" >"$work/overlay/page.html"
	same_folder 'so is that of an overlay of it' "$top/test/golden/book-overlay" "$work/overlay"
	links_of "$work/overlay"
	verdict $? 'its links lead somewhere' "$work/seen"
	mkdir -p "$work/shipped"
	step model book aismm-reference -o "$work/shipped/"
	same_folder 'docs/model is the book of the reference model' "$top/docs/model" "$work/shipped"
	links_of "$work/shipped"
	verdict $? 'its links lead somewhere' "$work/seen"
}

from_a_store() {
	step model import "$data/book.yaml"
	step model book -o "$work/active.html"
	grep -q '<title>AI Security Maturity Model' "$work/active.html"
	verdict $? 'without a name it is that of the active model'
	step model book example@1.2.0 -o "$work/stored.html"
	step model book "$data/book.yaml" -o "$work/file.html"
	cmp -s "$work/stored.html" "$work/file.html"
	verdict $? 'a stored model gives the same bytes as its file'
	refused 3 'none@1' 'a model that is not stored' model book none@1 -o "$work/x.html"
	is 'what it says about itself is in JSON as well' '[2,2,"ASI02"]' '[(.about|length),(.untouched|length),.untouched[0].ids[0]]' \
		model show example@1.2.0
	hostile_model >"$work/hostile.yaml"
	step model import "$work/hostile.yaml" || return
	step model book "$work/hostile.yaml" -o "$work/hostile.html"
	same 'no text of a stranger becomes markup' '1 1 1 0' \
		"$(grep -o '<script' "$work/hostile.html" | wc -l | tr -d ' ') $(grep -o '</script' "$work/hostile.html" | wc -l | tr -d ' ') $(grep -o '</title' "$work/hostile.html" | wc -l | tr -d ' ') $(grep -o '<!--' "$work/hostile.html" | wc -l | tr -d ' ')"
	step model book "$work/hostile.yaml" -o "$work/hostile/"
	links_of "$work/hostile"
	verdict $? 'nor a link in Markdown' "$work/seen"
}

# The numbers of the worked example in content/book/levels.md, as the program computes them.
worked_example() {
	{
		printf 'schema: aismm.model/1\nid: worked\nversion: "1"\ntitle: Worked\ndomains:\n  - {id: d, title: D}\n'
		printf 'categories:\n  - id: AAA\n    domain: d\n    title: A\n    objectives:\n'
		for id in 02.1 02.2 02.3 03.1 03.2 04.1 04.2 04.3 05.1; do
			echo "      - {id: AAA-$id, title: t, kpi: k, threshold: 0.9, window: P365D}"
		done
	} >"$work/worked.yaml"
	printf 'unit,parent\nacme,\n' >"$work/u.csv"
	{
		echo 'unit,objective,source,yes,no,unknown,observed,basis'
		echo 'acme,AAA-02.1,x,186,14,0,2026-11-01,measured'
		echo 'acme,AAA-02.2,x,1,0,0,2026-11-01,reviewed'
		echo 'acme,AAA-02.3,x,1,0,0,2026-11-01,attested'
		echo 'acme,AAA-03.1,x,1,0,0,2026-11-01,measured'
		echo 'acme,AAA-03.2,x,176,8,16,2026-11-01,measured'
		echo 'acme,AAA-04.1,x,1,0,0,2026-11-01,measured'
		echo 'acme,AAA-04.2,x,0,1,0,2026-11-01,measured'
		echo 'acme,AAA-04.3,x,0,1,0,2026-11-01,measured'
	} >"$work/m.csv"
	step model import "$work/worked.yaml"
	step model activate worked
	step unit import "$work/u.csv"
	step import --format measures "$work/m.csv"
	is 'the worked example of the book: level, evidenced, at most' '[2,1,3,2500,1666,3333]' \
		'.categories[0]|[.level,.level_evidenced,.level_high,.index,.index_evidenced,.index_high]' score
	is 'and its verdicts' '["met","open"]' '[.objectives[]|select(.id=="AAA-02.1" or .id=="AAA-03.2")|.verdict]' score
	for number in '| 2 | 2.50 |' '| 1 | 1.66 |' '| 3 | 3.33 |' 'Of 200 systems, 176 are, 8 are not, and of 16' 'Now 186 of 200'; do
		grep -qF -e "$number" "$top/content/book/levels.md"
		verdict $? "the book says $number"
	done
}

without_a_store
how_it_is_asked_for
ground
receipt
expected
on_a_store from_a_store worked_example
finish
