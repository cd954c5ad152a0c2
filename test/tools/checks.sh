#!/bin/sh
# The checks of tools/ must find what they are for, and nothing else. A small tree in $TMP, one breach at a time.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
tree=$TMP/tree
n=0

fresh() {
	rm -rf "$tree"
	mkdir -p "$tree/src/core" "$tree/src/base" "$tree/src/store" "$tree/src/db" "$tree/src/cli/cmd" "$tree/src/app" \
		"$tree/src/import" "$tree/src/chart" "$tree/src/report" "$tree/src/export" "$tree/src/web"
	cp -R "$top/tools" "$tree/tools"
}
report() { # SENTENCE: the last status decides
	status=$?
	n=$((n + 1))
	if [ $status = 0 ]; then echo "ok $n - $1"; else
		echo "not ok $n - $1"
		sed 's/^/# /' "$TMP/out"
	fi
}
found() { # CHECK WORDS ARGUMENT…: fails, and says so
	check=$1
	words=$2
	shift 2
	if sh "$tree/tools/$check" "$@" >"$TMP/out" 2>&1; then return 1; fi
	grep -qF "$words" "$TMP/out"
}
clean() { # CHECK ARGUMENT…
	check=$1
	shift
	sh "$tree/tools/$check" "$@" >"$TMP/out" 2>&1
}
line() { # FILE TEXT: one file with one line
	fresh
	printf '%s\n' "$2" >"$tree/$1"
}
found_in() { # SENTENCE CHECK FILE TEXT WORDS
	line "$3" "$4"
	found "$2" "$5"
	report "$1"
}
clean_in() { # SENTENCE CHECK FILE TEXT
	line "$3" "$4"
	clean "$2"
	report "$1"
}

# Where a report comes from a failing command, the script goes on.
set +e

d=checkdeps
found_in 'core may not include the store' $d src/core/a.c '#include "store/unit.h"' 'core may not include store'
found_in 'neighbours may not include each other' $d src/import/a.c '#include "store/unit.h"' 'import may not include store'
found_in 'the face may not see the store' $d src/cli/cmd/a.c '#include "store/unit.h"' 'cli may not include store'
found_in 'a document does not ask the store' $d src/report/a.c '#include "store/unit.h"' 'report may not include store'
found_in 'a chart is made from numbers that it is given' $d src/chart/a.c '#include "store/unit.h"' 'chart may not include store'
found_in 'a space before include does not hide it' $d src/base/a.h ' #  include  "core/unit.h"' 'base may not include core'
found_in 'a library has one door' $d src/db/db.c '#include <sqlite3.h>' 'has its own door'
found_in 'quotes are not a back door' $d src/core/a.c '#include "libpq-fe.h"' 'has its own door'
found_in 'a room that is not on the map is refused' $d src/base/../app/../new.c '#include "base/str.h"' 'not on the map'
found_in 'a path upwards is refused' $d src/core/a.c '#include "core/../store/unit.h"' 'without ..'
found_in 'what is written for machines is a view already' $d src/export/a.c '#include "app/app.h"' 'export may not include app'
clean_in 'the door itself is open' $d src/db/db_sqlite.c '#include <sqlite3.h>'
clean_in 'a room may include what the table allows' $d src/store/a.c '#include "db/db.h"'

d=checkcalls
found_in 'a copy without a size is refused' $d src/app/a.c 'x = strcpy(a, b);' 'strcpy is never called'
found_in 'what aborts a server under load is refused' $d src/web/a.c 'fd = MHD_quiesce_daemon(d);' 'is never called'
found_in 'a space before the parenthesis does not hide it' $d src/app/a.c 'x = strcpy (a, b);' 'strcpy is never called'
found_in 'the end of a comment does not hide what follows' $d src/app/a.c '/* so */ gets(a);' 'gets is never called'
found_in 'core does not print' $d src/core/a.c 'fputs("x", stderr);' 'nothing is printed'
found_in 'core does not read the clock' $d src/core/a.c 'clock_gettime(CLOCK_REALTIME, &t);' 'not called below app'
found_in 'a document has no date of its own' $d src/report/a.c 'clock_gettime(CLOCK_REALTIME, &t);' 'not called below app'
found_in 'a chart has no date of its own' $d src/chart/a.c 'clock_gettime(CLOCK_REALTIME, &t);' 'not called below app'
found_in 'core takes memory from the arena' $d src/core/a.c 'p = malloc(3);' 'malloc is not called'
clean_in 'a comment is not a call' $d src/core/a.c '/* strcpy(a) */ x(); // gets(b)'
clean_in 'a text is not a call' $d src/core/a.c 'x("strcpy(a) \" gets(");'
clean_in 'a longer name is another function' $d src/core/a.c 'buf_printf(b); my_exit(1);'
clean_in 'a budget may use the monotonic clock' $d src/db/a.c 'clock_gettime(CLOCK_MONOTONIC, &t);'
found_in 'core does not read the environment' $d src/core/a.c 'x = getenv("HOME");' 'getenv is called'
clean_in 'the face may print' $d src/cli/a.c 'printf("x"); exit(1);'

d=checktext
mark=TO
found_in 'a mark of unfinished work is found' $d src/core/a.c "/* ${mark}DO: later */" 'unfinished'
found_in 'a path of a machine is found' $d README.md "see /${d:+home}/jo/notes" 'one machine'
found_in 'a dead link is found' $d README.md '[x](docs/none.md)' 'does not exist'
clean_in 'a live link is fine' $d README.md '[x](tools/checktext)'

d=checkshape
body() { # LINES
	echo 'void f(void)'
	echo '{'
	i=0
	while [ $i -lt "$1" ]; do
		echo '	g();'
		i=$((i + 1))
	done
	echo '}'
}
fresh
body 81 >"$tree/src/core/a.c"
found $d 'function body of 81 lines' "$tree/src/core/a.c"
report 'a body of 81 lines is too long'
body 80 >"$tree/src/core/a.c"
clean $d "$tree/src/core/a.c"
report 'a body of 80 lines is not'
yes '' | head -n 801 >"$tree/src/core/a.c"
found $d 'more than 800 lines' "$tree/src/core/a.c"
report 'a file of 801 lines is too long'

d=checknames
compiled() { # FILE TEXT…: compiled as the build does
	fresh
	file=$1
	shift
	printf '%s\n' "$@" >"$tree/$file"
	mkdir -p "$tree/o"
	"${CC:-gcc}" -c -o "$tree/o/$(echo "$file" | tr / _).o" "$tree/$file"
	echo 'const int embed_table = 1;' >"$tree/t.c"
	"${CC:-gcc}" -c -o "$tree/o/embed_table.c.o" "$tree/t.c"
}
named() { # FILE SYMBOL
	compiled "$1" "int $2(void) { return 1; }"
	clean $d "$tree/o"
	report "$2 may stand in $1"
}
misnamed() {
	compiled "$1" "int $2(void) { return 1; }"
	found $d "$2 should start with" "$tree/o"
	report "$2 may not stand in $1"
}
named src/base/json.c json_open
named src/core/model_read.c model_load
named src/store/evidence.c store_evidence_add
named src/store/store.c store_open
named src/cli/cmd/score.c cmd_score
named src/db/db_pg.c db_pg_open
named src/db/sandbox.c sandbox_open
named src/report/book_html.c report_book_html
misnamed src/base/json.c jsonopen
misnamed src/core/model.c unit_load
misnamed src/store/evidence.c evidence_add
misnamed src/cli/cmd/score.c score
misnamed src/import/ocsf.c ocsf_read
compiled src/core/unit.c 'static int counter; int unit_next(void); int unit_next(void) { return ++counter; }'
found $d 'counter can change' "$tree/o"
report 'a variable that outlives a call is found'
compiled src/core/unit.c 'const char *const unit_words[] = {"a", "b"};'
clean $d "$tree/o"
report 'a table of constants is fine'

d=sources
fresh
touch "$tree/src/main.c" "$tree/src/core/b.c" "$tree/src/core/a.c" "$tree/src/core/.hidden.c"
[ "$(sh "$tree/tools/sources" library | tr '\n' ' ')" = 'src/core/a.c src/core/b.c ' ]
report 'the library is sorted and has no main'
sh "$tree/tools/sources" nonsense >"$TMP/out" 2>&1
[ $? = 2 ]
report 'an unknown kind is a usage error'

d=embed
fresh
"${CC:-gcc}" -o "$tree/embed" "$top/tools/embed.c"
mkdir -p "$tree/content/b"
printf 'a\0009"\\??=\n\t\303\274%%1\r' >"$tree/content/b/odd"
: >"$tree/content/a"
cat >"$tree/show.c" <<'END'
#include <stdio.h>
#include "base/embed.h"
int main(void)
{
	for (size_t i = 0; i < embed_table_count; i++)
		fwrite(embed_table[i].bytes.p, 1, embed_table[i].bytes.n, stdout);
	return embed_table_count == 2 && embed_table[0].name.n == 1 && embed_table[1].name.p[2] == 'o' ? 0 : 1;
}
END
(cd "$tree" && ./embed t.c . content/b/odd content/a &&
	"${CC:-gcc}" -std=c17 -I"$top/src" -o show show.c t.c && ./show | cmp - content/b/odd && ./show >t.out) >"$TMP/out" 2>&1
report 'every byte is embedded as it is, sorted by name'
(cd "$tree" && ./embed t.c . src/x content/x) >"$TMP/out" 2>&1
[ $? = 1 ]
report 'a file that is not there stops the build'
(cd "$tree" && echo >src/twin && echo >content/twin && ./embed t.c . src/twin content/twin) >"$TMP/out" 2>&1
[ $? = 1 ] && grep -q 'two files of one name' "$TMP/out"
report 'two files of one name stop the build'

echo "1..$n"
