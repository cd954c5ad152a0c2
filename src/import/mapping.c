#include "import/mapping.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/time_pattern.h"
#include "base/yaml.h"
#include "import/near.h"

enum { NAME_BYTES = 64, PATTERN_BYTES = 80 };

struct reader {
	struct arena *a;
	struct import_mapping *map;
	struct import_table_cells cells;
	struct err *err;
};

static const str map_keys[] = {S("schema"), S("name"), S("feed"),     S("kind"),    S("records"),
			       S("id"),     S("unit"), S("observed"), S("columns"), {0}};
static const str field_keys[] = {S("from"),  S("const"), S("join"), S("values"), S("else"),
				 S("lower"), S("time"),  S("zone"), {0}};

PRINTF(3, 4)
static enum status refuse(struct reader *r, const struct yaml_node *at, const char *format, ...)
{
	char text[sizeof r->err->message];
	va_list args;
	va_start(args, format);
	(void)vsnprintf(text, sizeof text, format, args);
	va_end(args);
	err_set(r->err, E_INVALID, "%s", text);
	return import_mapping_at(r->map, at ? at->line : 1, at ? at->column : 1, r->err);
}

enum status import_mapping_at(const struct import_mapping *map, int64_t line, int64_t column, struct err *err)
{
	err_at(err, map->file, line, column);
	return E_INVALID;
}

/* `what "word" is not known`, with the nearest known one. */
static enum status refuse_word(struct reader *r, const struct yaml_node *at, const char *what, struct import_near near,
			       const char *where)
{
	char shown[IMPORT_WALK_SHOW];
	(void)refuse(r, at, "unknown %s \"%s\"", what, import_walk_show(at->text, shown));
	if (near.found.n)
		err_hint(r->err, "did you mean \"%.*s\"?", STR_ARG(near.found));
	else
		err_hint(r->err, "%s", where);
	return E_INVALID;
}

static struct import_near nearest(str word, const str *words)
{
	struct import_near near = import_near(word);
	for (; words->n; words++)
		import_near_try(&near, *words);
	return near;
}

static enum status check_keys(struct reader *r, const struct yaml_node *map, const str *keys)
{
	for (size_t i = 0; i < map->n; i++) {
		const str *k = keys;
		while (k->n && !str_eq(*k, map->keys[i]->text))
			k++;
		if (!k->n)
			return refuse_word(r, map->keys[i], "key", nearest(map->keys[i]->text, keys),
					   "docs/maps.md lists the keys");
	}
	return OK;
}

/* A text of one line that is not empty. */
static enum status read_line(struct reader *r, const struct yaml_node *node, const char *what, size_t most, str *out)
{
	if (node->kind != YAML_SCALAR)
		return refuse(r, node, "%s is a %s; a text is expected", what,
			      node->kind == YAML_LIST ? "list" : "map");
	*out = str_trim(node->text);
	if (yaml_is_null(node) || out->n == 0)
		return refuse(r, node, "%s is empty", what);
	if (out->n > most)
		return refuse(r, node, "%s is longer than %zu bytes", what, most);
	for (size_t i = 0; i < out->n; i++)
		if ((unsigned char)out->p[i] < 0x20 || out->p[i] == 0x7F)
			return refuse(r, node, "%s has a line end or control character", what);
	return OK;
}

/* The same for a key that may be missing. */
static enum status read_optional(struct reader *r, const struct yaml_node *map, str key, const char *what, size_t most,
				 str *out)
{
	const struct yaml_node *node = yaml_get(map, key);
	return node ? read_line(r, node, what, most, out) : OK;
}

static enum status read_truth(struct reader *r, const struct yaml_node *node, const char *what, bool *out)
{
	bool is_text = node->kind == YAML_SCALAR;
	*out = is_text && str_eq(node->text, S("true"));
	if (*out || (is_text && str_eq(node->text, S("false"))))
		return OK;
	return refuse(r, node, "%s is neither true nor false", what);
}

/* ---- fields ---- */

static bool is_time(const struct reader *r, int target)
{
	if (target == IMPORT_TABLE_OBSERVED)
		return true;
	return target >= 0 && evidence_kinds[r->map->kind].columns[target].type == EVIDENCE_TIME;
}

static bool is_text(const struct reader *r, int target)
{
	return target == IMPORT_TABLE_ID || target == IMPORT_TABLE_UNIT ||
	       (target >= 0 && evidence_kinds[r->map->kind].columns[target].type == EVIDENCE_TEXT);
}

/* A value that the map itself gives; it must be one that checks know. */
static enum status read_value(struct reader *r, const struct yaml_node *node, const struct import_mapping_field *f,
			      struct evidence_value *out)
{
	char shown[IMPORT_WALK_SHOW];
	str text;
	TRY(read_line(r, node, "the value", f->target >= 0 ? LIMIT_COLUMN_BYTES : LIMIT_ID_BYTES, &text));
	if (f->target == IMPORT_TABLE_ID || f->target == IMPORT_TABLE_UNIT) {
		*out = (struct evidence_value){.known = true, .text = text};
		return OK;
	}
	if (f->target == IMPORT_TABLE_OBSERVED)
		return refuse(r, node, "the time of observation is read from the file; use --observed to say it");
	int64_t before = r->cells.words[f->target].flaw.count;
	enum status status = import_table_value(&r->cells, text, f->target, out, r->err);
	if (status == E_INVALID)
		return import_mapping_at(r->map, node->line, node->column, r->err);
	TRY(status);
	if (!out->known)
		return refuse(r, node, "\"%s\" is no value; write ~ for what is not known",
			      import_walk_show(text, shown));
	if (r->cells.words[f->target].flaw.count == before)
		return OK;
	(void)refuse(r, node, "\"%s\" is none of the words of %.*s", import_walk_show(text, shown), STR_ARG(f->name));
	err_hint(r->err, "%.*s", STR_ARG(evidence_kinds[r->map->kind].columns[f->target].doc));
	return E_INVALID;
}

static int by_word(const void *a, const void *b)
{
	return str_cmp(((const struct import_mapping_word *)a)->word, ((const struct import_mapping_word *)b)->word);
}

static enum status read_words(struct reader *r, const struct yaml_node *node, struct import_mapping_field *f)
{
	if (node->kind != YAML_MAP || node->n == 0)
		return refuse(r, node, "values is no table of a word and its value");
	struct import_mapping_word *words = arena_new(r->a, struct import_mapping_word, node->n);
	if (!words)
		return err_full(r->err);
	for (size_t i = 0; i < node->n; i++) {
		words[i].word = str_trim(node->keys[i]->text);
		if (words[i].word.n == 0)
			return refuse(r, node->keys[i], "an empty cell is not known, whatever the table says");
		if (!yaml_is_null(node->items[i]))
			TRY(read_value(r, node->items[i], f, &words[i].value));
	}
	qsort(words, node->n, sizeof *words, by_word);
	for (size_t i = 1; i < node->n; i++)
		if (str_eq(words[i - 1].word, words[i].word))
			return refuse(r, node, "a word stands twice, with other white space around it");
	f->has_words = true;
	f->words = words;
	f->n_words = node->n;
	return OK;
}

static enum status read_else(struct reader *r, const struct yaml_node *node, struct import_mapping_field *f)
{
	static const str words[] = {S("error"), S("unknown"), S("keep"), {0}};
	static const enum import_mapping_else meanings[] = {IMPORT_MAPPING_REFUSE, IMPORT_MAPPING_UNKNOWN,
							    IMPORT_MAPPING_KEEP};
	str text;
	TRY(read_line(r, node, "else", NAME_BYTES, &text));
	for (size_t i = 0; words[i].n; i++) {
		if (!str_eq(text, words[i]))
			continue;
		f->otherwise = meanings[i];
		return OK;
	}
	return refuse_word(r, node, "else", nearest(text, words), "error, unknown or keep");
}

static enum status read_time(struct reader *r, const struct yaml_node *node, struct import_mapping_field *f)
{
	static const str words[] = {S("iso"), S("unix"), S("unix_ms"), S("excel"), {0}};
	static const enum import_mapping_time meanings[] = {IMPORT_MAPPING_ISO, IMPORT_MAPPING_UNIX,
							    IMPORT_MAPPING_UNIX_MS, IMPORT_MAPPING_EXCEL};
	str text;
	TRY(read_line(r, node, "time", PATTERN_BYTES, &text));
	for (size_t i = 0; words[i].n; i++) {
		if (!str_eq(text, words[i]))
			continue;
		f->time = meanings[i];
		return OK;
	}
	if (!memchr(text.p, '%', text.n))
		return refuse_word(r, node, "form of time", nearest(text, words),
				   "iso, unix, unix_ms, excel, or a pattern such as \"%d.%m.%Y %H:%M\"");
	const char *flaw = time_pattern_flaw(text);
	if (flaw)
		return refuse(r, node, "the pattern %s", flaw);
	f->time = IMPORT_MAPPING_PATTERN;
	f->pattern = text;
	return OK;
}

static bool takes_zone(const struct import_mapping_field *f)
{
	if (f->time == IMPORT_MAPPING_PATTERN)
		return str_find(f->pattern, S("%z")) < 0;
	return f->time == IMPORT_MAPPING_ISO || f->time == IMPORT_MAPPING_EXCEL;
}

static enum status read_zone(struct reader *r, const struct yaml_node *node, struct import_mapping_field *f)
{
	str text;
	TRY(read_line(r, node, "zone", NAME_BYTES, &text));
	if (!takes_zone(f))
		return refuse(r, node, "zone has no effect: the time names its zone");
	if (time_pattern_zone(text, &f->east_ms))
		return OK;
	(void)refuse(r, node, "zone is neither UTC nor a distance from it");
	err_hint(r->err, "write UTC, or +02:00; summer time is not known");
	return E_INVALID;
}

static enum status add_source(struct reader *r, const struct yaml_node *node, struct import_mapping_field *f)
{
	struct import_mapping *m = r->map;
	str name;
	size_t i = 0;
	TRY(read_line(r, node, "from", LIMIT_ID_BYTES, &name));
	while (i < m->n_sources && !str_eq(m->sources[i].name, name))
		i++;
	if (i == IMPORT_MAPPING_SOURCES)
		return refuse(r, node, "the map reads more than %d fields", IMPORT_MAPPING_SOURCES);
	if (i == m->n_sources)
		m->sources[m->n_sources++] = (struct import_mapping_source){name, node->line, node->column};
	f->parts[f->n_parts++] = i;
	return OK;
}

static enum status read_from(struct reader *r, const struct yaml_node *node, struct import_mapping_field *f)
{
	if (node->kind != YAML_LIST)
		return add_source(r, node, f);
	if (node->n < 1 || node->n > IMPORT_MAPPING_PARTS)
		return refuse(r, node, "from has %zu fields; 1 to %d are joined", node->n, IMPORT_MAPPING_PARTS);
	for (size_t i = 0; i < node->n; i++)
		TRY(add_source(r, node->items[i], f));
	return OK;
}

static enum status read_join(struct reader *r, const struct yaml_node *node, struct import_mapping_field *f)
{
	if (f->n_parts < 2)
		return refuse(r, node, "join has no effect: there is one field");
	if (node->kind != YAML_SCALAR || node->text.n != 1 || (unsigned char)node->text.p[0] < 0x20 ||
	    (unsigned char)node->text.p[0] > 0x7E)
		return refuse(r, node, "join is no single character");
	f->join = node->text.p[0];
	return OK;
}

/* A key that means nothing for this field. */
static enum status refuse_useless(struct reader *r, const struct yaml_node *map, str key, const char *why)
{
	for (size_t i = 0; i < map->n; i++)
		if (str_eq(map->keys[i]->text, key))
			return refuse(r, map->keys[i], "%.*s has no effect: %s", STR_ARG(key), why);
	return OK;
}

static enum status read_constant(struct reader *r, const struct yaml_node *node, struct import_mapping_field *f)
{
	for (const str *key = field_keys; key->n; key++)
		if (!str_eq(*key, S("const")))
			TRY(refuse_useless(r, node, *key, "the value is a constant"));
	if (f->target == IMPORT_TABLE_ID)
		return refuse(r, node, "the id is a constant: every record would be the same subject");
	f->constant = true;
	return read_value(r, yaml_get(node, S("const")), f, &f->value);
}

/* What is done with the text that was read. */
static enum status read_reading(struct reader *r, const struct yaml_node *node, struct import_mapping_field *f)
{
	const struct yaml_node *join = yaml_get(node, S("join")), *words = yaml_get(node, S("values")),
			       *otherwise = yaml_get(node, S("else")), *lower = yaml_get(node, S("lower")),
			       *time = yaml_get(node, S("time")), *zone = yaml_get(node, S("zone"));
	if (join)
		TRY(read_join(r, join, f));
	if (lower && !is_text(r, f->target) && !words)
		TRY(refuse_useless(r, node, S("lower"), "the value is no text"));
	if (lower)
		TRY(read_truth(r, lower, "lower", &f->lower));
	if (words)
		TRY(read_words(r, words, f));
	else
		TRY(refuse_useless(r, node, S("else"), "there are no values"));
	if (otherwise)
		TRY(read_else(r, otherwise, f));
	if (!is_time(r, f->target)) {
		TRY(refuse_useless(r, node, S("time"), "the value is no time"));
		return refuse_useless(r, node, S("zone"), "the value is no time");
	}
	if (time)
		TRY(read_time(r, time, f));
	return zone ? read_zone(r, zone, f) : OK;
}

/* key: where the field stands in the map. */
static enum status read_field(struct reader *r, const struct yaml_node *key, const struct yaml_node *node, int target)
{
	struct import_mapping_field *f = &r->map->fields[r->map->n_fields];
	*f = (struct import_mapping_field){.name = key->text, .target = target, .join = '|'};
	r->map->n_fields++;
	if (node->kind != YAML_MAP)
		return read_from(r, node, f);
	TRY(check_keys(r, node, field_keys));
	const struct yaml_node *from = yaml_get(node, S("from"));
	if (yaml_get(node, S("const")))
		return read_constant(r, node, f);
	if (!from)
		return refuse(r, key, "%.*s has neither from nor const", STR_ARG(key->text));
	TRY(read_from(r, from, f));
	return read_reading(r, node, f);
}

/* ---- the map ---- */

static const struct yaml_node *key_of(const struct yaml_node *map, str key)
{
	for (size_t i = 0; i < map->n; i++)
		if (str_eq(map->keys[i]->text, key))
			return map->keys[i];
	return NULL;
}

static enum status read_optional_field(struct reader *r, const struct yaml_node *root, str key, int target)
{
	const struct yaml_node *node = yaml_get(root, key);
	return node ? read_field(r, key_of(root, key), node, target) : OK;
}

static enum status read_columns(struct reader *r, const struct yaml_node *root)
{
	const struct evidence_kind *kind = &evidence_kinds[r->map->kind];
	const struct yaml_node *columns = yaml_get(root, S("columns"));
	if (!columns)
		return refuse(r, root, "the map has no columns");
	if (columns->kind != YAML_MAP || columns->n == 0)
		return refuse(r, columns, "columns is no table of a column and where it comes from");
	for (size_t i = 0; i < columns->n; i++) {
		const struct yaml_node *key = columns->keys[i];
		int c = evidence_column_find(kind, key->text);
		if (c >= 0) {
			TRY(read_field(r, key, columns->items[i], c));
			continue;
		}
		struct import_near near = import_near(key->text);
		char what[64], where[80];
		for (int k = 0; k < kind->n_columns; k++)
			import_near_try(&near, kind->columns[k].name);
		(void)snprintf(what, sizeof what, "column of %.*s", STR_ARG(kind->name));
		(void)snprintf(where, sizeof where, "see: aismm template %.*s --columns", STR_ARG(kind->name));
		return refuse_word(r, key, what, near, where);
	}
	return OK;
}

static enum status read_kind(struct reader *r, const struct yaml_node *root)
{
	const struct yaml_node *node = yaml_get(root, S("kind"));
	str name;
	if (!node)
		return refuse(r, root, "the map has no kind");
	TRY(read_line(r, node, "kind", NAME_BYTES, &name));
	int kind = evidence_kind_find(name);
	if (kind >= 0) {
		r->map->kind = r->cells.kind = (enum evidence_kind_id)kind;
		return OK;
	}
	struct import_near near = import_near(name);
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		import_near_try(&near, evidence_kinds[k].name);
	return refuse_word(r, node, "kind", near, "docs/formats.md lists the kinds");
}

static enum status read_head(struct reader *r, const struct yaml_node *root)
{
	struct import_mapping *m = r->map;
	const struct yaml_node *schema = yaml_get(root, S("schema")), *name = yaml_get(root, S("name")),
			       *records = yaml_get(root, S("records"));
	if (!schema || schema->kind != YAML_SCALAR || !str_eq(schema->text, S("aismm.map/1")))
		return refuse(r, schema ? schema : root, "a map begins with schema: aismm.map/1");
	TRY(check_keys(r, root, map_keys));
	if (!name)
		return refuse(r, root, "the map has no name");
	TRY(read_line(r, name, "name", NAME_BYTES, &m->name));
	if (import_format_find(m->name))
		return refuse(r, name, "the name is that of a format, whose feeds it would share");
	TRY(read_optional(r, root, S("feed"), "feed", LIMIT_ID_BYTES, &m->feed));
	TRY(read_optional(r, root, S("records"), "records", LIMIT_ID_BYTES, &m->records));
	if (records) {
		m->records_at.line = records->line;
		m->records_at.column = records->column;
	}
	return read_kind(r, root);
}

static enum status read_map(struct reader *r, const struct yaml_node *root)
{
	if (!root || root->kind != YAML_MAP)
		return refuse(r, root, "a map begins with schema: aismm.map/1");
	TRY(read_head(r, root));
	if (!yaml_get(root, S("id")))
		return refuse(r, root, "the map has no id");
	TRY(read_optional_field(r, root, S("id"), IMPORT_TABLE_ID));
	TRY(read_optional_field(r, root, S("unit"), IMPORT_TABLE_UNIT));
	r->map->names_units = r->map->n_fields > 1;
	TRY(read_optional_field(r, root, S("observed"), IMPORT_TABLE_OBSERVED));
	return read_columns(r, root);
}

enum status import_mapping_read(str file, str text, struct arena *a, const struct import_mapping **out, struct err *err)
{
	const struct yaml_node *root = NULL;
	struct err own = {0};
	struct reader r = {.a = a, .map = arena_new(a, struct import_mapping, 1), .err = err ? err : &own};
	r.cells.scratch = a;
	if (!r.map)
		return err_full(err);
	r.map->file = file;
	TRY(yaml_read(file, text, a, &root, r.err));
	TRY(read_map(&r, root));
	*out = r.map;
	return OK;
}
