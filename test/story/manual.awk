# The manual as a program. MODE chooses:
#   extract   PAGE: writes $TO/N.file (input files), $TO/N.want (expected output), $TO/list and $TO/script.sh
#   compare   WANT SEEN: exit 1 when they differ; prints how
#   rewrite   PAGE: prints it with the output of the commands that have a file $TO/N.bad replaced by $TO/N.out
#   anchors   PAGE: the anchors that its headings have on a page, one a line
#   links     PAGE: LINE TARGET of each link that is no URL, outside of code
#   views     src/core/evidence.c: the tables of columns, as Markdown
#   functions src/db/sandbox_compile.c: the functions a check may call
#   limits    src/base/limits.h: the limits, as Markdown
#   feeding   KINDS docs/formats.md docs/model/*.md: which formats supply each kind and how many checks read it, as Markdown.
#             KINDS has a kind a line, and behind a tab the formats beside its CSV
#   unfed     the same files: the kinds that a check reads and neither a format nor a documented CSV supplies
#   section   PAGE: what stands between <!-- NAME and <!-- end -->
#   replace   PAGE: prints it with that section replaced by the file FROM
#
# In a page: ```console is a session. A line that begins with "$ " is a command; one that ends in \ goes on in the next
# line. What follows is its output, standard error included; a line ... stands for any number of lines. A page is one
# shell in a folder of its own. Any fence with file=NAME makes that file, at that place of the session. `rewrite` keeps
# the shape: what a ... left out stays left out.

function quoted(text) {
	gsub(/'/, "'\\''", text)
	return "'" text "'"
}

# ---- pages ----

function fence_open(line, name) {
	fence = line
	sub(/[^`].*/, "", fence)
	session = line ~ /^```console([ \t]|$)/
	name = ""
	if (match(line, /file=[^ \t]+/))
		name = substr(line, RSTART + 5, RLENGTH - 5)
	return name
}

function command_begin(line) {
	n++
	command = substr(line, 3)
	going_on = line ~ /\\$/
	began = FNR
}

function command_end() {
	# The status counts unless the next command asks for it.
	if (command ~ /^echo \$\?$/ && last == n - 1)
		asked[n - 1] = 1
	last = n
	printf "%d %d %s\n", n, began, first_line(command) > (TO "/list")
	printf "{ %s\n} >%s 2>&1 </dev/null\nkept=$?; echo $kept >%s; (exit $kept)\n", command, quoted(TO "/" n ".out"),
		quoted(TO "/" n ".status") > (TO "/script.sh")
	printf "" > (TO "/" n ".want")
}

function first_line(text) {
	sub(/ *\\?\n.*/, " …", text)
	return text
}

function extract(line, name) {
	if (!inside && line ~ /^```/) {
		inside = 1
		taking = fence_open(line)
		command = ""
		last = -1
		if (taking != "") {
			n_files++
			file = TO "/" n_files ".file"
			printf "" > file
			printf "mkdir -p \"$(dirname %s)\" && cp %s %s\n", quoted(taking), quoted(file), quoted(taking) > (TO "/script.sh")
		}
	} else if (inside && line == fence) {
		if (taking != "")
			close(file)
		inside = 0
	} else if (!inside) {
		return
	} else if (taking != "") {
		print line > file
	} else if (session && going_on) {
		command = command "\n" line
		going_on = line ~ /\\$/
		if (!going_on)
			command_end()
	} else if (session && line ~ /^\$ /) {
		command_begin(line)
		if (!going_on)
			command_end()
	} else if (session && command != "") {
		print line > (TO "/" n ".want")
	} else if (session && line != "") {
		printf "0 %d output before a command: %s\n", FNR, line > (TO "/list")
	}
}

function show_file(name, text, n_lines, i) {
	n_lines = read_lines(name, text)
	for (i = 1; i <= n_lines; i++)
		print text[i]
}

# What a line is about: its words without numbers, digests and bars.
function gist(line) {
	sub(/sha256.*/, "sha256", line)
	gsub(/(█|▒|░|─|·|\|)+/, "=", line)
	gsub(/[0-9]+/, "#", line)
	gsub(/ +/, " ", line)
	return line
}

# How alike two lines are: the share of the words that they have in common, 0 to 100; less than 60 is not alike.
function likeness(a, b, words, others, count, n_words, n_others, i, common) {
	if (a == b)
		return 100
	n_words = split(a, words, " ")
	n_others = split(b, others, " ")
	for (i = 1; i <= n_words; i++)
		count[words[i]]++
	for (i = 1; i <= n_others; i++)
		if (count[others[i]]-- > 0)
			common++
	common = int(100 * common / (n_words > n_others ? n_words : n_others + !n_others))
	return common < 60 ? 0 : common
}

# pair[w] = the line of what was seen that takes the place of the line w of what was expected: in order, and as alike as
# can be.
function pair_lines(want, n_want, seen, n_seen, pair, best, w, s, a, b, alike) {
	for (w = n_want; w >= 1; w--)
		a[w] = gist(want[w])
	for (s = n_seen; s >= 1; s--)
		b[s] = gist(seen[s])
	for (w = n_want; w >= 1; w--)
		for (s = n_seen; s >= 1; s--) {
			alike[w, s] = is_any(want[w]) ? 0 : likeness(a[w], b[s])
			best[w, s] = best[w + 1, s] >= best[w, s + 1] ? best[w + 1, s] + 0 : best[w, s + 1]
			if (alike[w, s] && alike[w, s] + best[w + 1, s + 1] > best[w, s])
				best[w, s] = alike[w, s] + best[w + 1, s + 1]
		}
	w = s = 1
	while (w <= n_want && s <= n_seen)
		if (best[w, s] + 0 == best[w + 1, s] + 0)
			w++
		else if (best[w, s] + 0 == best[w, s + 1] + 0)
			s++
		else
			pair[w++] = s++
}

# The new output in the shape of the old: what stood behind ... stays there. Where a shown line beside a ... is gone, all
# of the output is shown.
function show_output(number, want, seen, n_want, n_seen, pair, w, s, at, hides, out) {
	n_want = read_lines(TO "/" number ".want", want)
	n_seen = read_lines(TO "/" number ".out", seen)
	pair_lines(want, n_want, seen, n_seen, pair)
	at = 1
	hides = 0
	out = ""
	for (w = 1; w <= n_want; w++) {
		if (is_any(want[w])) {
			out = out (hides ? "" : want[w] "\n")
			hides = 1
		} else if (w in pair) {
			for (s = at; s < pair[w] && !hides; s++)
				out = out seen[s] "\n"
			out = out seen[pair[w]] "\n"
			at = pair[w] + 1
			hides = 0
		} else if (hides || is_any(want[w + 1])) {
			show_file(TO "/" number ".out")
			return
		}
	}
	for (s = at; s <= n_seen && !hides; s++)
		out = out seen[s] "\n"
	printf "%s", out
}

function exists(name, line) {
	if ((getline line < name) < 0)
		return 0
	close(name)
	return 1
}

function rewrite(line) {
	if (!inside && line ~ /^```/) {
		inside = 1
		fence_open(line)
		replacing = going_on = 0
	} else if (inside && line == fence) {
		inside = replacing = 0
	} else if (inside && session && going_on) {
		going_on = line ~ /\\$/
		print line
		if (!going_on && replacing)
			show_output(n)
		return
	} else if (inside && session && line ~ /^\$ /) {
		n++
		going_on = line ~ /\\$/
		replacing = exists(TO "/" n ".bad")
		print line
		if (!going_on && replacing)
			show_output(n)
		return
	}
	if (!replacing)
		print line
}

# ---- comparing ----

function read_lines(name, text, n_lines, line) {
	n_lines = 0
	while ((getline line < name) > 0)
		text[++n_lines] = line
	close(name)
	while (n_lines && text[n_lines] == "")
		n_lines--
	return n_lines
}

function is_any(line) {
	return line ~ /^[ \t]*\.\.\.$/
}

function compare(want_name, seen_name, want, seen, n_want, n_seen, w, s, any, back, far, deepest) {
	n_want = read_lines(want_name, want)
	n_seen = read_lines(seen_name, seen)
	w = s = 1
	any = far = deepest = 0
	while (s <= n_seen) {
		if (w <= n_want && is_any(want[w])) {
			any = w++
			back = s
		} else if (w <= n_want && want[w] == seen[s]) {
			if (s > far) {
				far = s
				deepest = w
			}
			w++
			s++
		} else if (any) {
			w = any + 1
			s = ++back
		} else {
			break
		}
	}
	while (w <= n_want && is_any(want[w]))
		w++
	if (s > n_seen && w > n_want)
		return 0
	printf "the output is as expected up to its line %d\n", far
	printf "expected: %s\n", deepest < n_want ? want[deepest + 1] : "(the end)"
	for (s = far > 3 ? far - 2 : 1; s <= n_seen && s < far + 16; s++)
		print "seen:     " seen[s]
	return 1
}

# ---- links ----

function slug(text) {
	sub(/^#+ +/, "", text)
	text = tolower(text)
	gsub(/[^a-z0-9 _-]/, "", text)
	gsub(/ /, "-", text)
	return text
}

function links(line, target) {
	gsub(/`[^`]*`/, "", line)
	while (match(line, /\]\([^) ]+/)) {
		target = substr(line, RSTART + 2, RLENGTH - 2)
		line = substr(line, RSTART + RLENGTH)
		if (target !~ /^[a-z]+:/)
			print FNR, target
	}
}

# ---- what is made from the source ----

# The C string literals of a text, joined.
function literals(text, out) {
	out = ""
	while (match(text, /"([^"\\]|\\.)*"/)) {
		out = out substr(text, RSTART + 1, RLENGTH - 2)
		text = substr(text, RSTART + RLENGTH)
	}
	gsub(/\\"/, "\"", out)
	return out
}

function type_of(entry, name) {
	if (entry ~ /EVIDENCE_BOOL/)
		return "1 or 0"
	if (entry ~ /EVIDENCE_TIME/)
		return "time, ms UTC"
	if (entry ~ /EVIDENCE_INT/)
		return name ~ /_days$/ ? "days" : "count"
	return "text"
}

function take_column(entry, name, rest) {
	match(entry, /S\("[^"]*"\)/)
	name = substr(entry, RSTART + 3, RLENGTH - 5)
	rest = literals(substr(entry, RSTART + RLENGTH))
	gsub(/\|/, "\\|", rest)
	rows[table] = rows[table] "| `" name "` | " type_of(entry, name) " | " rest " |\n"
	n_columns++
}

function take_kind(line, parts, name, event) {
	split(line, parts, "\"")
	event = line ~ /, true,/
	name = line
	sub(/.*COLUMNS\(/, "", name)
	sub(/\).*/, "", name)
	n_kinds++
	printf "%s### `%s`\n\n%s; %s.\n\n| column | type | meaning |\n|---|---|---|\n%s", (n_kinds > 1 ? "\n" : ""), parts[2],
		toupper(substr(parts[4], 1, 1)) substr(parts[4], 2), event ? "an event" : "a state", rows[name]
}

function views(line) {
	if (line ~ /^static const struct evidence_column [a-z_]+\[\]/) {
		table = line
		sub(/\[.*/, "", table)
		sub(/.* /, "", table)
		entry = ""
	} else if (line ~ /^};/) {
		table = ""
	} else if (table != "") {
		entry = entry line
		if (line ~ /\},$/) {
			take_column(entry)
			entry = ""
		}
	} else if (line ~ /^ *\[EVIDENCE_[A-Z_]+\] = /) {
		take_kind(line)
	}
}

function functions(line) {
	if (line ~ /sandbox_functions\[\] = \{/)
		listing = 1
	if (!listing)
		return
	while (match(line, /"[a-z_]+"/)) {
		list = list (list == "" ? "" : " ") "`" substr(line, RSTART + 1, RLENGTH - 2) "`"
		line = substr(line, RSTART + RLENGTH)
	}
	if (line ~ /NULL/)
		listing = 0
}

function wrapped(text, width, parts, n_parts, i, out, at) {
	n_parts = split(text, parts, " ")
	for (i = 1; i <= n_parts; i++) {
		if (at && at + 1 + length(parts[i]) > width) {
			out = out "\n" parts[i]
			at = length(parts[i])
		} else {
			out = out (at ? " " : "") parts[i]
			at += (at ? 1 : 0) + length(parts[i])
		}
	}
	return out
}

function grouped(number, out) {
	while (length(number) > 3 + (out == "")) {
		out = " " substr(number, length(number) - 2) out
		number = substr(number, 1, length(number) - 3)
	}
	return number out
}

# A limit's number: "((size_t)8 << 30)" is 8 GiB.
function amount(text, parts) {
	gsub(/\([a-z_0-9]+\)|[()]/, "", text)
	if (split(text, parts, / *<< */) < 2)
		return grouped(text + 0 "")
	return parts[1] " " (parts[2] == 30 ? "GiB" : parts[2] == 20 ? "MiB" : "KiB")
}

function limits(line, words) {
	if (line ~ /^\/\* .*\*\/$/) {
		said = line
		sub(/^\/\* /, "", said)
		sub(/ *\*\/$/, "", said)
		sub(/\.$/, "", said)
	} else if (line ~ /^#define LIMIT_/) {
		split(line, words, " ")
		sub(/^#define [A-Z_]+ /, "", line)
		printf "| `%s` | %s | %s |\n", words[2], amount(line), said
		said = "as above"
	}
}

# ---- what feeds the checks ----

function take_feeding(line, parts, n_parts, i) {
	if (FILENAME == ARGV[1]) {
		split(line, parts, "\t")
		kinds[++n_kinds] = parts[1]
		formats[parts[1]] = parts[2]
	} else if (line ~ /^\| `[a-z_]+` \| `[a-z_]+` `/) {
		split(line, parts, "`")
		has_table[parts[2]] = 1
	} else if (line ~ /^<details><summary>The check, reads /) {
		n_parts = split(line, parts, /<\/?code>/)
		for (i = 2; i <= n_parts; i += 2)
			readers[parts[i]]++
	}
}

function show_feeding_row(kind, names) {
	names = formats[kind] == "" ? "none" : formats[kind]
	if (formats[kind] != "")
		gsub(/[^ ]+/, "`&`", names)
	printf "| `%s` | %d | %s |\n", kind, readers[kind], names
}

# What most checks read comes first.
function show_feeding(most, i) {
	print "| kind | objectives | formats beside its CSV |\n|---|---|---|"
	for (i = 1; i <= n_kinds; i++)
		if (readers[kinds[i]] > most)
			most = readers[kinds[i]]
	for (; most >= 0; most--)
		for (i = 1; i <= n_kinds; i++)
			if (readers[kinds[i]] + 0 == most)
				show_feeding_row(kinds[i])
}

function show_unfed(kind) {
	for (kind in readers)
		if (formats[kind] == "" && !(kind in has_table))
			print kind
}

# ---- the rules ----

BEGIN {
	if (MODE == "compare") {
		differs = compare(ARGV[1], ARGV[2])
		exit differs
	}
	if (MODE == "limits")
		print "| limit | value | what it bounds |\n|---|---|---|"
}
MODE == "extract" { extract($0) }
MODE == "rewrite" { rewrite($0) }
MODE == "links" || MODE == "anchors" {
	if ($0 ~ /^```/)
		inside = !inside
	else if (!inside && MODE == "links")
		links($0)
	else if (!inside && /^#+ /) {
		print slug($0)
		if (match($0, /<a id="[^"]*"/))
			print substr($0, RSTART + 7, RLENGTH - 8)
	}
}
MODE == "views" { views($0) }
MODE == "functions" { functions($0) }
MODE == "limits" { limits($0) }
MODE == "feeding" || MODE == "unfed" { take_feeding($0) }
MODE == "section" {
	if (/^<!-- end -->/)
		inside = 0
	if (inside)
		print
	if (index($0, "<!-- " NAME ":") == 1)
		inside = 1
}
MODE == "replace" {
	if (/^<!-- end -->/)
		inside = 0
	if (!inside)
		print
	if (index($0, "<!-- " NAME ":") == 1) {
		inside = 1
		show_file(FROM)
	}
}
END {
	if (MODE == "feeding")
		show_feeding()
	if (MODE == "unfed")
		show_unfed()
	if (MODE == "functions")
		print wrapped(list, 118)
	if (MODE == "compare")
		exit differs
}
