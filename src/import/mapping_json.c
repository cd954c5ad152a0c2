#include "import/mapping.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "import/lines.h"

enum { TOKENS_MAX = 16 };

/* A pointer of RFC 6901, cut at its slashes. */
struct pointer {
	size_t n;
	str tokens[TOKENS_MAX];
};

struct reader {
	struct import_mapping_run *run;
	struct json_reader json;
	struct pointer *pointers;               /* by source */
	size_t reached[IMPORT_MAPPING_SOURCES]; /* how many of its tokens lead to where the reader stands */
	bool twice;                             /* a member that is read stands twice in the record */
	int64_t twice_line, twice_column;
};

/* ---- pointers ---- */

/* ~1 is a slash, ~0 a tilde. */
static bool unescape(str token, struct arena *a, str *out)
{
	char *p = arena_alloc(a, token.n + 1, 1);
	size_t n = 0;
	for (size_t i = 0; p && i < token.n; i++) {
		char c = token.p[i];
		if (c == '~') {
			if (++i == token.n || (token.p[i] != '0' && token.p[i] != '1'))
				return false;
			c = token.p[i] == '1' ? '/' : '~';
		}
		p[n++] = c;
	}
	*out = (str){p, n};
	return p != NULL;
}

static enum status read_pointer(const struct import_mapping *map, str text, int64_t line, int64_t column,
				struct arena *a, struct pointer *out, struct err *err)
{
	char shown[IMPORT_WALK_SHOW];
	str rest = text, token;
	bool good = str_starts(text, S("/")), more = good;
	rest = str_slice(rest, 1, rest.n);
	*out = (struct pointer){0};
	while (good && more) {
		more = str_cut(rest, '/', &token, &rest);
		good = out->n < TOKENS_MAX && unescape(token, a, &out->tokens[out->n]);
		out->n++;
	}
	if (good)
		return OK;
	err_set(err, E_INVALID, "\"%s\" is no JSON pointer of 1 to %d steps", import_walk_show(text, shown),
		TOKENS_MAX);
	err_hint(err, "such as /severity, or /rule/id for a member of a member");
	return import_mapping_at(map, line, column, err);
}

static enum status read_pointers(struct reader *r, struct err *err)
{
	const struct import_mapping *map = r->run->map;
	struct arena *a = r->run->in->arena;
	r->pointers = arena_new(a, struct pointer, map->n_sources);
	if (!r->pointers)
		return err_full(err);
	for (size_t i = 0; i < map->n_sources; i++) {
		const struct import_mapping_source *s = &map->sources[i];
		TRY(read_pointer(map, s->name, s->line, s->column, a, &r->pointers[i], err));
	}
	return OK;
}

/* ---- one record ---- */

/* The sources that the step from `depth` leads on; had: those that it has led on before, in this object. */
static bool step(struct reader *r, size_t depth, str token, bool *had)
{
	bool any = false;
	for (size_t i = 0; i < r->run->map->n_sources; i++) {
		const struct pointer *p = &r->pointers[i];
		if (r->reached[i] != depth || p->n <= depth || !str_eq(p->tokens[depth], token))
			continue;
		if (had && had[i] && !r->twice) {
			r->twice = true;
			r->twice_line = r->json.line;
			r->twice_column = r->json.column;
		}
		if (had)
			had[i] = true;
		r->reached[i] = depth + 1;
		any = true;
	}
	return any;
}

static void step_back(struct reader *r, size_t depth)
{
	for (size_t i = 0; i < r->run->map->n_sources; i++)
		if (r->reached[i] > depth)
			r->reached[i] = depth;
}

static enum status fill_text(struct reader *r, struct import_mapping_cell *cell, str text, struct err *err)
{
	if (text.n && memchr(text.p, '\0', text.n)) {
		cell->state = IMPORT_MAPPING_WRONG;
		cell->found = "the character U+0000";
		return OK;
	}
	cell->text = str_trim(text);
	cell->state = cell->text.n ? IMPORT_MAPPING_TEXT : IMPORT_MAPPING_EMPTY;
	cell->text = str_copy(&r->run->scratch, cell->text);
	return cell->text.p ? OK : err_full(err);
}

/* The current event, which begins a value, as the cell of a source. */
static enum status fill_cell(struct reader *r, struct import_mapping_cell *cell, struct err *err)
{
	*cell = (struct import_mapping_cell){.line = r->json.line, .column = r->json.column};
	cell->state = IMPORT_MAPPING_EMPTY;
	switch (r->json.event) {
	case JSON_STRING:
		return fill_text(r, cell, r->json.text, err);
	case JSON_NUMBER:
		cell->whole = json_i64(&r->json, &cell->i64);
		return fill_text(r, cell, r->json.text, err);
	case JSON_TRUE:
		return fill_text(r, cell, S("true"), err);
	case JSON_FALSE:
		return fill_text(r, cell, S("false"), err);
	case JSON_OBJECT:
	case JSON_ARRAY:
		cell->state = IMPORT_MAPPING_WRONG;
		cell->found = r->json.event == JSON_OBJECT ? "an object" : "a list";
		return OK;
	case JSON_NULL:
	case JSON_KEY:
	case JSON_OBJECT_END:
	case JSON_ARRAY_END:
	case JSON_END:
		break;
	}
	return OK;
}

static enum status take_value(struct reader *r, size_t depth, struct err *err);

static enum status take_members(struct reader *r, size_t depth, struct err *err)
{
	bool had[IMPORT_MAPPING_SOURCES] = {false};
	for (;;) {
		TRY(json_next(&r->json, err));
		if (r->json.event == JSON_OBJECT_END)
			return OK;
		if (!step(r, depth, r->json.text, had)) {
			TRY(json_skip(&r->json, err));
			continue;
		}
		TRY(json_next(&r->json, err));
		TRY(take_value(r, depth + 1, err));
		step_back(r, depth);
	}
}

/* The greatest element that a source wants of a list; -1: none. */
static int64_t last_wanted(const struct reader *r, size_t depth)
{
	int64_t last = -1, n;
	for (size_t i = 0; i < r->run->map->n_sources; i++) {
		const struct pointer *p = &r->pointers[i];
		if (r->reached[i] == depth && p->n > depth && str_to_i64(p->tokens[depth], &n) && n > last)
			last = n;
	}
	return last;
}

static enum status take_elements(struct reader *r, size_t depth, struct err *err)
{
	int64_t last = last_wanted(r, depth);
	char token[24];
	for (int64_t i = 0;; i++) {
		TRY(json_next(&r->json, err));
		if (r->json.event == JSON_ARRAY_END)
			return OK;
		int n = i <= last ? snprintf(token, sizeof token, "%" PRId64, i) : 0;
		if (n == 0 || !step(r, depth, (str){token, (size_t)n}, NULL)) {
			TRY(json_skip(&r->json, err));
			continue;
		}
		TRY(take_value(r, depth + 1, err));
		step_back(r, depth);
	}
}

/* Standing on a value that `depth` tokens of some sources lead to; on its last event after. */
static enum status take_value(struct reader *r, size_t depth, struct err *err)
{
	bool further = false;
	for (size_t i = 0; i < r->run->map->n_sources; i++) {
		if (r->reached[i] != depth)
			continue;
		further = further || r->pointers[i].n > depth;
		if (r->pointers[i].n > depth)
			continue;
		TRY(fill_cell(r, &r->run->cells[i], err));
		r->run->met[i] = true;
	}
	if (!further)
		return json_skip(&r->json, err);
	if (r->json.event == JSON_OBJECT)
		return take_members(r, depth, err);
	return r->json.event == JSON_ARRAY ? take_elements(r, depth, err) : OK;
}

/* A record of the wrong shape; the reader has passed it. */
static enum status leave_out(struct reader *r, const char *message, int64_t line, int64_t column, struct err *err)
{
	r->run->in->facts->records++;
	err_set(err, E_INVALID, "%s", message);
	err_at(err, r->run->in->from->name, line, column);
	return import_skip(r->run->in, E_INVALID, r->run->record, err);
}

/* Standing on the first event of a record. */
static enum status read_record(struct reader *r, struct err *err)
{
	struct import_mapping_run *run = r->run;
	int64_t column = r->json.column;
	bool object = r->json.event == JSON_OBJECT;
	run->record++;
	run->line = r->json.line;
	memset(run->cells, 0, sizeof run->cells);
	memset(r->reached, 0, sizeof r->reached);
	r->twice = false;
	if (!object) {
		TRY(json_skip(&r->json, err));
		return leave_out(r, "a record is no object", run->line, column, err);
	}
	TRY(take_value(r, 0, err));
	if (r->twice)
		return leave_out(r, "a member that is read stands twice in the record", r->twice_line, r->twice_column,
				 err);
	return import_mapping_take(run, err);
}

static enum status take_record(struct reader *r, struct err *err)
{
	enum status status = read_record(r, err);
	arena_release(&r->run->scratch);
	return status;
}

/* ---- the file ---- */

/* Standing on a list. */
static enum status read_list(struct reader *r, struct err *err)
{
	if (r->json.event != JSON_ARRAY)
		return json_expected(&r->json, "the list of records", err);
	for (;;) {
		TRY(json_next(&r->json, err));
		if (r->json.event == JSON_ARRAY_END)
			return OK;
		TRY(take_record(r, err));
	}
}

/* Standing on a value: follows the pointer from its step `at` on to the list and reads it. */
static enum status find_list(struct reader *r, const struct pointer *p, size_t at, bool *found, struct err *err)
{
	char token[24];
	bool members = r->json.event == JSON_OBJECT;
	if (at == p->n) {
		if (*found)
			return json_expected(&r->json, "one list of records, not a second", err);
		*found = true;
		return read_list(r, err);
	}
	if (!members && r->json.event != JSON_ARRAY)
		return json_skip(&r->json, err);
	for (int64_t i = 0;; i++) {
		TRY(json_next(&r->json, err));
		if (r->json.event == JSON_OBJECT_END || r->json.event == JSON_ARRAY_END)
			return OK;
		int n = snprintf(token, sizeof token, "%" PRId64, i);
		bool on = str_eq(members ? r->json.text : (str){token, (size_t)n}, p->tokens[at]);
		if (on && members)
			TRY(json_next(&r->json, err));
		TRY(on ? find_list(r, p, at + 1, found, err) : json_skip(&r->json, err));
	}
}

static enum status read_document(struct reader *r, struct err *err)
{
	const struct import_mapping *map = r->run->map;
	struct import_input *in = r->run->in;
	struct pointer p;
	bool found = false;
	char shown[IMPORT_WALK_SHOW];
	TRY(read_pointer(map, map->records, map->records_at.line, map->records_at.column, in->arena, &p, err));
	TRY(json_open(&r->json, in->from, in->arena, err));
	TRY(json_next(&r->json, err));
	TRY(find_list(r, &p, 0, &found, err));
	TRY(json_next(&r->json, err));
	if (found)
		return OK;
	err_set(err, E_INVALID, "there is nothing at %s, where the records should be",
		import_walk_show(map->records, shown));
	err_at(err, in->from->name, 0, 0);
	err_hint(err, "records in the map is the JSON pointer to the list");
	return E_INVALID;
}

/* JSON Lines, or one list; an empty file is neither. */
static enum status read_lines(struct reader *r, struct err *err)
{
	TRY(import_lines_open(&r->json, r->run->in, err));
	TRY(json_next(&r->json, err));
	if (r->json.event == JSON_ARRAY) {
		TRY(read_list(r, err));
		return json_next(&r->json, err);
	}
	while (r->json.event != JSON_END) {
		TRY(take_record(r, err));
		TRY(json_next(&r->json, err));
	}
	return OK;
}

static enum status read(struct import_input *in, struct err *err)
{
	struct reader *r = arena_new(in->arena, struct reader, 1);
	if (!r)
		return err_full(err);
	TRY(import_mapping_begin(in, &r->run, err));
	TRY(read_pointers(r, err));
	TRY(r->run->map->records.n ? read_document(r, err) : read_lines(r, err));
	return import_mapping_end(r->run, err);
}

static int sniff(str head, bool complete)
{
	(void)head;
	(void)complete;
	return 0;
}

const struct import_format import_mapping_jsonl = {.name = S("jsonl"),
						   .title = S("any JSON Lines or list of JSON objects, read by a map"),
						   .names_units = true,
						   .skips = true,
						   .mapped = true,
						   .kinds = EVIDENCE_BIT(EVIDENCE_KINDS) - 1,
						   .sniff = sniff,
						   .read = read};
