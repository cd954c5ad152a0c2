#include "base/yaml.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/limits.h"

/* A node while the tree grows, with what it costs its readers once aliases are expanded. */
struct built {
	const struct yaml_node *node; /* NULL: not finished */
	int64_t nodes;
	int height; /* lists and maps on the way down: 0 for a scalar */
};

struct anchor {
	str name;
	struct built built;
};

struct list {
	const struct yaml_node **v;
	size_t n, cap;
};

struct reader {
	yaml_parser_t parser;
	yaml_event_t event; /* the current one */
	str file, text;
	struct arena *a;
	struct err *err;
	int64_t nodes; /* so far, aliases expanded */
	int64_t aliases;
	struct anchor *anchors;
	size_t n_anchors, cap_anchors;
	size_t at;           /* a place in the text that moves forward only: its offset, */
	size_t line, column; /* and its line and column from 0, in characters */
};

static enum status fail_at(struct reader *r, int64_t line, int64_t column)
{
	err_at(r->err, r->file, line, column);
	return r->err->status;
}

static enum status fail_here(struct reader *r)
{
	return fail_at(r, (int64_t)r->event.start_mark.line + 1, (int64_t)r->event.start_mark.column + 1);
}

/* Lines and characters as people and libyaml count them: LF, CR and CR LF end a line. */
static void place_forward(struct reader *r)
{
	char c = r->text.p[r->at++];
	bool crlf = c == '\n' && r->at > 1 && r->text.p[r->at - 2] == '\r';
	if (crlf)
		return;
	if (c == '\n' || c == '\r') {
		r->line++;
		r->column = 0;
	} else if (((unsigned char)c & 0xC0) != 0x80) {
		r->column++;
	}
}

static enum status fail_at_offset(struct reader *r, size_t offset)
{
	r->at = r->line = r->column = 0;
	while (r->at < offset && r->at < r->text.n)
		place_forward(r);
	return fail_at(r, (int64_t)r->line + 1, (int64_t)r->column + 1);
}

static const char *hint_for(const char *problem)
{
	static const char *const hints[][2] = {
	    {"cannot start any token", "indent with spaces, not tabs; put a text that starts with @ ` or % in quotes"},
	    {"mapping values are not allowed",
	     "put a text that holds \": \" in quotes; indent the keys of one map alike"},
	    {"did not find expected key",
	     "indent the keys of one map alike; put texts with special characters in quotes"},
	    {"did not find expected '-'", "indent the items of one list alike"},
	    {"could not find expected ':'", "a key needs a colon and a space behind it"},
	    {"unexpected end of stream", "close the quote"},
	    {"escape", "a \\ in double quotes starts an escape; use single quotes for a plain \\"},
	};
	for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
		if (strstr(problem, hints[i][0]))
			return hints[i][1];
	return "check the indentation, quotes and brackets near this place";
}

static enum status refuse_syntax(struct reader *r)
{
	const yaml_parser_t *p = &r->parser;
	const char *problem = p->problem ? p->problem : "the text breaks off";
	if (p->error == YAML_MEMORY_ERROR)
		return err_set(r->err, E_NO_MEMORY, "the machine has no memory left for this YAML text");
	err_set(r->err, E_INVALID, "this is not YAML: %s", problem);
	if (p->context && p->error != YAML_READER_ERROR)
		err_detail(r->err, "%s that starts on line %zu", p->context, p->context_mark.line + 1);
	err_hint(r->err, "%s", hint_for(problem));
	if (p->error == YAML_READER_ERROR)
		return fail_at_offset(r, p->problem_offset);
	return fail_at(r, (int64_t)p->problem_mark.line + 1, (int64_t)p->problem_mark.column + 1);
}

/* Moves to the next event. */
static enum status next(struct reader *r)
{
	yaml_event_delete(&r->event);
	if (!yaml_parser_parse(&r->parser, &r->event))
		return refuse_syntax(r);
	return OK;
}

static str from_yaml(const yaml_char_t *z)
{
	return str_from((const char *)z);
}

static const yaml_char_t *event_anchor(const yaml_event_t *e)
{
	return e->type == YAML_SCALAR_EVENT           ? e->data.scalar.anchor
	       : e->type == YAML_SEQUENCE_START_EVENT ? e->data.sequence_start.anchor
						      : e->data.mapping_start.anchor;
}

static str event_tag(const yaml_event_t *e)
{
	return from_yaml(e->type == YAML_SCALAR_EVENT           ? e->data.scalar.tag
			 : e->type == YAML_SEQUENCE_START_EVENT ? e->data.sequence_start.tag
								: e->data.mapping_start.tag);
}

/* A tag must be a core one of the node's kind; any other would promise a meaning that nobody gives it. */
static enum status check_tag(struct reader *r)
{
	static const struct {
		yaml_event_type_t type;
		str name;
	} core[] = {
	    {YAML_SCALAR_EVENT, S("str")},        {YAML_SCALAR_EVENT, S("int")},  {YAML_SCALAR_EVENT, S("float")},
	    {YAML_SCALAR_EVENT, S("bool")},       {YAML_SCALAR_EVENT, S("null")}, {YAML_SEQUENCE_START_EVENT, S("seq")},
	    {YAML_MAPPING_START_EVENT, S("map")},
	};
	static const str prefix = S("tag:yaml.org,2002:");
	str tag = event_tag(&r->event);
	if (tag.n == 0)
		return OK;
	str name = str_starts(tag, prefix) ? str_slice(tag, prefix.n, tag.n) : (str){NULL, 0};
	for (size_t i = 0; i < sizeof core / sizeof *core; i++)
		if (r->event.type == core[i].type && str_eq(name, core[i].name))
			return OK;
	err_set(r->err, E_INVALID, "a tag that is not known here: %.*s", STR_ARG(tag));
	err_hint(r->err, "remove the tag; a text that starts with ! is put in quotes");
	return fail_here(r);
}

/* Counts nodes as a reader of the tree will meet them. */
static enum status count_nodes(struct reader *r, int64_t more)
{
	r->nodes += more;
	if (r->nodes <= LIMIT_YAML_NODES)
		return OK;
	err_set(r->err, E_TOO_LARGE, "the file has more than %d nodes when its aliases are expanded", LIMIT_YAML_NODES);
	err_hint(r->err, "use fewer aliases, or split the file");
	return fail_here(r);
}

static enum status check_depth(struct reader *r, int depth)
{
	if (depth <= LIMIT_DEPTH)
		return OK;
	err_set(r->err, E_TOO_LARGE, "lists and maps are nested more than %d deep", LIMIT_DEPTH);
	err_hint(r->err, "make the file flatter");
	return fail_here(r);
}

/* Notes the anchor of the event that opens a node; *slot is its index, SIZE_MAX when it has none. */
static enum status open_anchor(struct reader *r, size_t *slot)
{
	const yaml_char_t *z = event_anchor(&r->event);
	*slot = SIZE_MAX;
	if (!z)
		return OK;
	if (r->n_anchors == LIMIT_YAML_ALIASES) {
		err_set(r->err, E_TOO_LARGE, "the file has more than %d anchors", LIMIT_YAML_ALIASES);
		err_hint(r->err, "remove the anchors that no alias uses");
		return fail_here(r);
	}
	if (r->n_anchors == r->cap_anchors) {
		struct anchor *grown =
		    arena_grow(r->a, r->anchors, r->n_anchors, r->n_anchors + 1, sizeof *grown, &r->cap_anchors);
		if (!grown)
			return err_full(r->err);
		r->anchors = grown;
	}
	str name = str_copy(r->a, from_yaml(z));
	if (!name.p)
		return err_full(r->err);
	*slot = r->n_anchors++;
	r->anchors[*slot] = (struct anchor){.name = name};
	return OK;
}

static enum status use_alias(struct reader *r, int depth, struct built *out)
{
	str name = from_yaml(r->event.data.alias.anchor);
	if (++r->aliases > LIMIT_YAML_ALIASES) {
		err_set(r->err, E_TOO_LARGE, "the file uses more than %d aliases", LIMIT_YAML_ALIASES);
		err_hint(r->err, "write the values out, or split the file");
		return fail_here(r);
	}
	/* An anchor may be set again; the latest before the alias counts. */
	size_t i = r->n_anchors;
	while (i > 0 && !str_eq(r->anchors[i - 1].name, name))
		i--;
	if (i == 0 || !r->anchors[i - 1].built.node) {
		err_set(r->err, E_INVALID,
			i ? "an alias inside the value that it stands for: *%.*s" : "an alias without an anchor: *%.*s",
			STR_ARG(name));
		err_hint(r->err,
			 "an alias *x repeats an earlier, finished value marked &x; a text that starts with * is put "
			 "in quotes");
		return fail_here(r);
	}
	struct built found = r->anchors[i - 1].built;
	TRY(check_depth(r, depth + found.height));
	TRY(count_nodes(r, found.nodes));
	*out = found;
	return OK;
}

/* Behind the tag and the anchor of the node that starts at the event's mark. */
static void skip_properties(struct reader *r)
{
	str t = r->text;
	bool property = false;
	while (r->at < t.n) {
		char c = t.p[r->at];
		bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
		if (c == '#' && !property)
			while (r->at < t.n && t.p[r->at] != '\n' && t.p[r->at] != '\r')
				place_forward(r);
		else if (space || property || c == '&' || c == '!') {
			property = !space;
			place_forward(r);
		} else
			break;
	}
}

/* The line, from 1, on which the current scalar's text starts. */
static int64_t find_text_line(struct reader *r)
{
	const yaml_event_t *e = &r->event;
	yaml_scalar_style_t style = e->data.scalar.style;
	size_t line = e->start_mark.line;
	if (e->data.scalar.anchor || e->data.scalar.tag) {
		while (r->at < r->text.n && (r->line < line || (r->line == line && r->column < e->start_mark.column)))
			place_forward(r);
		if (e->data.scalar.length > 0 || style != YAML_PLAIN_SCALAR_STYLE) {
			skip_properties(r);
			line = r->line;
		}
	}
	bool block = style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE;
	return (int64_t)line + 1 + block;
}

static struct yaml_node *new_node(struct reader *r, enum yaml_kind kind)
{
	struct yaml_node *node = arena_new(r->a, struct yaml_node, 1);
	if (!node)
		return NULL;
	node->kind = kind;
	node->line = node->text_line = (int64_t)r->event.start_mark.line + 1;
	node->column = (int64_t)r->event.start_mark.column + 1;
	return node;
}

static enum status build_scalar(struct reader *r, struct yaml_node **out)
{
	str text = {(const char *)r->event.data.scalar.value, r->event.data.scalar.length};
	if (text.n && memchr(text.p, '\0', text.n)) {
		err_set(r->err, E_INVALID, "an escaped NUL in a text");
		err_hint(r->err, "remove the \\0 or \\x00");
		return fail_here(r);
	}
	struct yaml_node *node = new_node(r, YAML_SCALAR);
	if (!node)
		return err_full(r->err);
	node->text = str_copy(r->a, text);
	if (!node->text.p)
		return err_full(r->err);
	/* !!str null is a text, not nothing. */
	node->plain =
	    r->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE && !str_ends(event_tag(&r->event), S(":str"));
	node->text_line = find_text_line(r);
	*out = node;
	return OK;
}

static enum status list_add(struct reader *r, struct list *list, const struct yaml_node *node)
{
	if (list->n == list->cap) {
		const struct yaml_node **grown =
		    arena_grow(r->a, list->v, list->n, list->n + 1, sizeof *grown, &list->cap);
		if (!grown)
			return err_full(r->err);
		list->v = grown;
	}
	list->v[list->n++] = node;
	return OK;
}

static int compare_keys(const void *left, const void *right)
{
	const struct yaml_node *a = *(const struct yaml_node *const *)left,
			       *b = *(const struct yaml_node *const *)right;
	int order = str_cmp(a->text, b->text);
	if (order == 0)
		order = (a->line > b->line) - (a->line < b->line);
	return order ? order : (a->column > b->column) - (a->column < b->column);
}

static enum status check_keys(struct reader *r, const struct list *keys)
{
	const struct yaml_node **sorted = arena_new(r->a, const struct yaml_node *, keys->n), *again = NULL,
			       *first = NULL;
	if (!sorted)
		return err_full(r->err);
	if (keys->n == 0)
		return OK;
	memcpy(sorted, keys->v, keys->n * sizeof *sorted);
	qsort(sorted, keys->n, sizeof *sorted, compare_keys);
	for (size_t i = 1; i < keys->n; i++) {
		if (!str_eq(sorted[i - 1]->text, sorted[i]->text) || (again && again->line <= sorted[i]->line))
			continue;
		first = sorted[i - 1];
		again = sorted[i];
	}
	if (!again)
		return OK;
	err_set(r->err, E_INVALID, "the key of line %" PRId64 " is written again: \"%.*s\"", first->line,
		STR_ARG(again->text));
	err_hint(r->err, "rename or remove one of the two");
	return fail_at(r, again->line, again->column);
}

static enum status build(struct reader *r, int depth, struct built *out);

/* The key of a map, at the current event. */
static enum status build_key(struct reader *r, int depth, const struct yaml_node **out)
{
	yaml_mark_t mark = r->event.start_mark;
	struct built key;
	yaml_event_type_t type = r->event.type;
	bool is_text = type == YAML_SCALAR_EVENT || type == YAML_ALIAS_EVENT;
	if (is_text)
		TRY(build(r, depth, &key));
	if (!is_text || key.node->kind != YAML_SCALAR) {
		err_set(r->err, E_INVALID, "a key must be a text, not a list or map");
		err_hint(r->err, "put a key that starts with [ or { in quotes");
		return fail_at(r, (int64_t)mark.line + 1, (int64_t)mark.column + 1);
	}
	if (key.node->plain && str_eq(key.node->text, S("<<"))) {
		err_set(r->err, E_INVALID, "the merge key << is not part of YAML 1.2");
		err_hint(r->err, "write the pairs out");
		return fail_at(r, (int64_t)mark.line + 1, (int64_t)mark.column + 1);
	}
	*out = key.node;
	if (type != YAML_ALIAS_EVENT)
		return OK;
	/* A key by alias stands at its own place: needed to tell which of two comes first. */
	struct yaml_node *own = arena_new(r->a, struct yaml_node, 1);
	if (!own)
		return err_full(r->err);
	*own = *key.node;
	own->line = own->text_line = (int64_t)mark.line + 1;
	own->column = (int64_t)mark.column + 1;
	*out = own;
	return OK;
}

/* The items of the list or map whose start is the current event, to its end. */
static enum status build_items(struct reader *r, int depth, struct yaml_node *node, int *height)
{
	struct list keys = {NULL, 0, 0}, items = {NULL, 0, 0};
	yaml_event_type_t end = node->kind == YAML_LIST ? YAML_SEQUENCE_END_EVENT : YAML_MAPPING_END_EVENT;
	for (;;) {
		const struct yaml_node *key = NULL;
		struct built item;
		TRY(next(r));
		if (r->event.type == end)
			break;
		if (node->kind == YAML_MAP) {
			TRY(build_key(r, depth, &key));
			TRY(list_add(r, &keys, key));
			TRY(next(r));
		}
		TRY(build(r, depth, &item));
		TRY(list_add(r, &items, item.node));
		if (item.height >= *height)
			*height = item.height + 1;
	}
	if (node->kind == YAML_MAP)
		TRY(check_keys(r, &keys));
	node->n = items.n;
	node->keys = keys.v;
	node->items = items.v;
	return OK;
}

/* The node at the current event; depth counts the lists and maps around it. Stands on the node's last event after. */
static enum status build(struct reader *r, int depth, struct built *out)
{
	int64_t before = r->nodes;
	size_t slot = SIZE_MAX;
	struct yaml_node *node = NULL;
	*out = (struct built){NULL, 0, 0};
	if (r->event.type == YAML_ALIAS_EVENT)
		return use_alias(r, depth, out);
	TRY(check_tag(r));
	TRY(count_nodes(r, 1));
	TRY(open_anchor(r, &slot));
	if (r->event.type == YAML_SCALAR_EVENT) {
		TRY(build_scalar(r, &node));
	} else {
		TRY(check_depth(r, depth + 1));
		node = new_node(r, r->event.type == YAML_SEQUENCE_START_EVENT ? YAML_LIST : YAML_MAP);
		if (!node)
			return err_full(r->err);
		out->height = 1;
		TRY(build_items(r, depth + 1, node, &out->height));
	}
	out->node = node;
	out->nodes = r->nodes - before;
	if (slot != SIZE_MAX)
		r->anchors[slot].built = *out;
	return OK;
}

static enum status build_document(struct reader *r, const struct yaml_node **out)
{
	struct built root = {NULL, 0, 0};
	TRY(next(r)); /* the start of the stream */
	TRY(next(r));
	if (r->event.type == YAML_DOCUMENT_START_EVENT) {
		TRY(next(r));
		TRY(build(r, 0, &root));
		TRY(next(r)); /* the end of the document */
		TRY(next(r));
	}
	if (r->event.type != YAML_STREAM_END_EVENT) {
		err_set(r->err, E_INVALID, "a second document starts here, where one was expected");
		err_hint(r->err, "put each document into a file of its own");
		return fail_here(r);
	}
	*out = root.node;
	return OK;
}

/* libyaml compares each %TAG line with all before it: a megabyte of them would keep it busy for minutes. */
static enum status check_directives(struct reader *r)
{
	enum { MOST = 64 };
	str t = r->text;
	size_t n = 0;
	for (size_t i = 0; i < t.n; i++) {
		bool line_start = i == 0 || t.p[i - 1] == '\n' || t.p[i - 1] == '\r';
		if (!line_start || !str_starts((str){t.p + i, t.n - i}, S("%TAG")) || ++n <= MOST)
			continue;
		err_set(r->err, E_TOO_LARGE, "more than %d lines start with %%TAG", MOST);
		err_hint(r->err, "remove them: only the core tags are known here");
		return fail_at_offset(r, i);
	}
	return OK;
}

/* Text that readers disagree about is refused before libyaml sees it: what is not UTF-8, and U+0085, U+2028 and
   U+2029, which end a line for libyaml but for no editor, so that a key could hide in a comment. */
static enum status check_text(struct reader *r)
{
	str t = r->text;
	size_t good = str_utf8_prefix(t);
	const unsigned char *p = (const unsigned char *)t.p;
	for (size_t i = 0; i < good; i++) {
		bool next_line = p[i] == 0xC2 && p[i + 1] == 0x85;
		bool separator = p[i] == 0xE2 && p[i + 1] == 0x80 && (p[i + 2] == 0xA8 || p[i + 2] == 0xA9);
		if (!next_line && !separator)
			continue;
		err_set(r->err, E_INVALID, "a line separator that not every program takes for one: U+%s",
			next_line          ? "0085"
			: p[i + 2] == 0xA8 ? "2028"
					   : "2029");
		err_hint(r->err, "end lines with LF; in double quotes write \\N, \\L or \\P");
		return fail_at_offset(r, i);
	}
	if (good == t.n)
		return OK;
	err_set(r->err, E_INVALID, "text in UTF-8 was expected, not the byte 0x%02X", p[good]);
	err_hint(r->err, "save the file as UTF-8");
	return fail_at_offset(r, good);
}

/* The parser stands before the stream afterwards; OK: it must be closed. */
static enum status open_reader(struct reader *r)
{
	static const str mark = S("\xEF\xBB\xBF");
	if (str_starts(r->text, mark))
		r->text = str_slice(r->text, mark.n, r->text.n);
	TRY(check_text(r));
	TRY(check_directives(r));
	if (!yaml_parser_initialize(&r->parser))
		return err_set(r->err, E_NO_MEMORY, "the machine has no memory left for a YAML parser");
	yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r->parser, (const unsigned char *)(r->text.p ? r->text.p : ""), r->text.n);
	return OK;
}

static void close_reader(void *reader)
{
	struct reader *r = reader;
	yaml_event_delete(&r->event);
	yaml_parser_delete(&r->parser);
}

enum status yaml_read(str file, str text, struct arena *a, const struct yaml_node **out, struct err *err)
{
	struct err own;
	struct reader r = {.file = file, .text = text, .a = a, .err = err ? err : &own};
	TRY(open_reader(&r));
	enum status status = build_document(&r, out);
	close_reader(&r);
	return status;
}

/* ---- several documents ---- */

struct yaml_documents {
	struct reader reader;
	bool started;
	enum status failed;
};

enum status yaml_open(str file, str text, struct arena *a, struct yaml_documents **out, struct err *err)
{
	struct err own;
	struct yaml_documents *d = arena_new(a, struct yaml_documents, 1);
	if (!d)
		return err_full(err);
	d->reader = (struct reader){.file = file, .text = text, .err = err ? err : &own};
	TRY(open_reader(&d->reader));
	if (!arena_defer(a, close_reader, &d->reader))
		return err_full(err);
	*out = d;
	return OK;
}

/* Anchors belong to their document; nodes and aliases are counted over all of them. */
static enum status next_document(struct yaml_documents *d, const struct yaml_node **out)
{
	struct reader *r = &d->reader;
	struct built root = {NULL, 0, 0};
	r->anchors = NULL;
	r->n_anchors = r->cap_anchors = 0;
	if (!d->started)
		TRY(next(r)); /* the start of the stream */
	d->started = true;
	if (r->event.type != YAML_STREAM_END_EVENT)
		TRY(next(r));
	if (r->event.type == YAML_DOCUMENT_START_EVENT) {
		TRY(next(r));
		TRY(build(r, 0, &root));
		TRY(next(r)); /* the end of the document */
	}
	*out = root.node;
	return OK;
}

enum status yaml_next(struct yaml_documents *d, struct arena *a, const struct yaml_node **out, struct err *err)
{
	struct err own;
	d->reader.a = a;
	d->reader.err = err ? err : &own;
	if (d->failed)
		return err_set(err, d->failed, "this YAML text was refused before");
	d->failed = next_document(d, out);
	return d->failed;
}

const struct yaml_node *yaml_get(const struct yaml_node *map, str key)
{
	if (!map || map->kind != YAML_MAP)
		return NULL;
	for (size_t i = 0; i < map->n; i++)
		if (str_eq(map->keys[i]->text, key))
			return map->items[i];
	return NULL;
}

bool yaml_is_null(const struct yaml_node *node)
{
	static const str nulls[] = {S(""), S("~"), S("null"), S("Null"), S("NULL")};
	if (!node)
		return true;
	for (size_t i = 0; node->kind == YAML_SCALAR && node->plain && i < sizeof nulls / sizeof *nulls; i++)
		if (str_eq(node->text, nulls[i]))
			return true;
	return false;
}
