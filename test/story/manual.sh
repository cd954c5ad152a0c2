#!/bin/sh
# The manual tells the truth: its examples are run, its tables are what the source says, its links lead somewhere.
# AISMM_GOLDEN=write puts what was seen into the pages; read the difference afterwards.
. "$(dirname "$0")/lib.sh"
top=$(cd "$here/../.." && pwd)
export AISMM_NOW=2026-11-20T09:00:00Z AISMM_USER=grace TZ=UTC
book() { # MODE then VARIABLE=VALUE… then FILE…
	mode=$1
	shift
	awk -v MODE="$mode" -f "$here/manual.awk" "$@"
}

# The pages' `aismm` is the program under test.
mkdir "$work/bin"
ln -s "$AISMM" "$work/bin/aismm"

# One command of a page: its output and its status.
one_command() { # PAGE FOLDER NUMBER LINE WORDS
	if book compare "$2/$3.want" "$2/$3.out" >"$work/seen" 2>&1 && status_is_fine "$2" "$3" >>"$work/seen"; then
		verdict 0 "$1:$4 \$ $5"
	elif [ "$golden" = write ] && status_is_fine "$2" "$3" >"$work/seen"; then
		: >"$2/$3.bad"
		verdict 0 "$1:$4 \$ $5 (written)"
	else
		verdict 1 "$1:$4 \$ $5" "$work/seen"
	fi
}

# A failure must be on show: the page asks for the status with `echo $?`.
status_is_fine() { # FOLDER NUMBER
	code=$(cat "$1/$2.status" 2>/dev/null || echo none)
	[ "$code" != 0 ] || return 0
	following=$(sed -n "s/^$(($2 + 1)) [0-9]* //p" "$1/list")
	# shellcheck disable=SC2016
	[ "$code" = none ] || [ "$following" != 'echo $?' ] || return 0
	echo "the command ended with status $code, and the page does not show it"
	return 1
}

one_page() { # PAGE, relative to the top
	folder=$work/pages/$(echo "$1" | tr / _)
	mkdir -p "$folder/place"
	: >"$folder/list"
	: >"$folder/script.sh"
	book extract -v TO="$folder" "$top/$1"
	[ -s "$folder/list" ] || return 0
	(cd "$folder/place" && unset AISMM_GOLDEN && PATH=$work/bin:$PATH sh "$folder/script.sh") >"$folder/shell" 2>&1
	[ ! -s "$folder/shell" ]
	verdict $? "$1 is a session that a shell can read" "$folder/shell"
	while read -r number line words; do
		one_command "$1" "$folder" "$number" "$line" "$words"
	done <"$folder/list"
	[ "$golden" != write ] || {
		book rewrite -v TO="$folder" "$top/$1" >"$folder/page"
		cmp -s "$folder/page" "$top/$1" || cat "$folder/page" >"$top/$1"
	}
}

# made_from SOURCE NAME PAGE FILE…: the section NAME of the page is what the source says; the files say it, else the source.
made_from() {
	source=$1 name=$2 page=$top/$3
	shift 3
	[ $# -gt 0 ] || set -- "$top/$source"
	book "$name" "$@" >"$work/wanted"
	book section -v NAME="$name" "$page" >"$work/found"
	if [ "$golden" = write ] && ! cmp -s "$work/wanted" "$work/found"; then
		book replace -v NAME="$name" -v FROM="$work/wanted" "$page" >"$work/page"
		cat "$work/page" >"$page"
		book section -v NAME="$name" "$page" >"$work/found"
	fi
	diff "$work/wanted" "$work/found" >"$work/seen" && [ -s "$work/wanted" ]
	verdict $? "the $name in ${page#"$top/"} are those of $source" "$work/seen"
}

# No check waits for evidence that nothing can hand in.
checks_are_fed() {
	"$AISMM" template --json | jq -r '.kinds[] | [.kind, (.formats | join(" "))] | @tsv' >"$work/kinds"
	set -- "$work/kinds" "$top/docs/formats.md" "$top"/docs/model/*.md
	made_from 'the formats and checks' feeding docs/formats.md "$@"
	same 'each kind that a check reads has a format or a documented CSV' '' "$(book unfed "$@")"
	same 'every check is looked at' "$(sed -n 's/.* \([0-9]*\) with a check\..*/\1/p' "$top/docs/model/README.md")" \
		"$(cat "$top"/docs/model/*.md | grep -c '^<details><summary>The check, reads <code>')"
}

# Nothing that stands in the source is lost on the way to the page.
columns_are_complete() {
	in_source=$(grep -cE '^ *\{S\("[a-z_0-9]+"\), EVIDENCE_' "$top/src/core/evidence.c")
	in_page=$(book section -v NAME=views "$top/docs/checks.md" | grep -cE '^\| `[a-z_0-9]+` \| .+ \| .+ \|$')
	same 'every column of every view is in docs/checks.md' "$in_source" "$in_page"
}

# Pages that the program writes are looked at where that is tested (test/story/book.sh).
markdown() { (cd "$top" && find . \( -name .git -o -name build -o -name 'build-*' -o -name .cache -o -path ./test/data -o -path ./test/golden \
	-o -path ./docs/model \) -prune -o -name '*.md' -print | sort); }

one_link() { # PAGE TARGET
	path=${2%%#*}
	anchor=${2#"$path"}
	[ -n "$path" ] && path=$(dirname "$1")/$path || path=$1
	[ -e "$top/$path" ] || return 1
	[ -z "$anchor" ] || book anchors "$top/$path" | grep -qxF -e "${anchor#\#}"
}

all_links() {
	: >"$work/broken"
	found=0
	for page in $(markdown); do
		book links "$top/$page" >"$work/links"
		while read -r line target; do
			found=$((found + 1))
			one_link "$page" "$target" || echo "$page:$line leads to $target, which is not there" >>"$work/broken"
		done <"$work/links"
	done
	[ ! -s "$work/broken" ] && [ "$found" -gt 20 ]
	verdict $? 'every relative link leads to a file, and to a heading of it' "$work/broken"
}

# Every page of the manual is reached from its index.
all_listed() {
	: >"$work/unlisted"
	for page in "$top"/docs/*.md; do
		name=$(basename "$page")
		[ "$name" = README.md ] || grep -qF "]($name)" "$top/docs/README.md" || echo "docs/$name" >>"$work/unlisted"
	done
	[ ! -s "$work/unlisted" ]
	verdict $? 'docs/README.md lists every page' "$work/unlisted"
}

made_from src/core/evidence.c views docs/checks.md
made_from src/db/sandbox_compile.c functions docs/checks.md
made_from src/base/limits.h limits docs/operations.md
columns_are_complete
checks_are_fed
for page in README.md $(cd "$top" && ls docs/*.md); do one_page "$page"; done
all_links
all_listed
finish
