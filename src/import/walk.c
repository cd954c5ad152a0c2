#include "import/walk.h"

#include <assert.h>
#include <string.h>

enum { IMPORT_WALK_PARTS_MAX = 8 };

static enum status read_field(struct import_walk *w, const struct import_walk_field *f, void *record, struct err *err)
{
	void *at = (char *)record + f->at;
	switch (f->type) {
	case IMPORT_WALK_TEXT:
		return import_walk_text(w, at, err);
	case IMPORT_WALK_INT:
		return import_walk_int(w, at, err);
	case IMPORT_WALK_OBJECT:
		if (w->json.event == JSON_NULL)
			return OK;
		if (w->json.event != JSON_OBJECT)
			return json_expected(&w->json, "an object", err);
		return import_walk_members(w, f->members, record, err);
	case IMPORT_WALK_ARRAY:
		return import_walk_each(w, f->call, record, err);
	case IMPORT_WALK_CALL:
		break;
	}
	return f->call(w, record, err);
}

static enum status twice(const struct import_walk *w, str key, struct err *err)
{
	(void)json_expected(&w->json, "a member that does not stand there already", err);
	err_detail(err, "\"%.*s\" stands twice in one object", STR_ARG(key));
	return E_INVALID;
}

enum status import_walk_members(struct import_walk *w, const struct import_walk_field *fields, void *record,
				struct err *err)
{
	uint64_t had = 0;
	for (;;) {
		TRY(json_next(&w->json, err));
		if (w->json.event == JSON_OBJECT_END)
			return OK;
		int i = 0;
		while (fields[i].key.n && !str_eq(fields[i].key, w->json.text))
			i++;
		if (!fields[i].key.n) {
			TRY(json_skip(&w->json, err));
			continue;
		}
		if (had >> i & 1)
			return twice(w, fields[i].key, err);
		had |= UINT64_C(1) << i;
		TRY(json_next(&w->json, err));
		TRY(read_field(w, &fields[i], record, err));
	}
}

enum status import_walk_text(struct import_walk *w, str *out, struct err *err)
{
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_STRING && w->json.event != JSON_NUMBER)
		return json_expected(&w->json, "a text", err);
	if (w->json.text.n && memchr(w->json.text.p, '\0', w->json.text.n))
		return json_expected(&w->json, "a text without the character U+0000", err);
	str copy = str_copy(w->texts, w->json.text);
	if (!copy.p)
		return err_full(err);
	*out = copy;
	return OK;
}

str import_walk_title(str text)
{
	str line, rest;
	(void)str_cut(str_trim(text), '\n', &line, &rest);
	size_t n = line.n < IMPORT_WALK_TITLE ? line.n : IMPORT_WALK_TITLE;
	while (n && n < line.n && ((unsigned char)line.p[n] & 0xC0) == 0x80)
		n--;
	return str_trim(str_slice(line, 0, n));
}

enum status import_walk_line(struct import_walk *w, str *out, struct err *err)
{
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_STRING)
		return json_expected(&w->json, "a text", err);
	str line = import_walk_title(w->json.text);
	if (line.n && memchr(line.p, '\0', line.n))
		return json_expected(&w->json, "a text without the character U+0000", err);
	str copy = str_copy(w->texts, line);
	if (!copy.p)
		return err_full(err);
	*out = copy;
	return OK;
}

enum status import_walk_int(struct import_walk *w, struct evidence_value *out, struct err *err)
{
	int64_t v;
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_NUMBER || !json_i64(&w->json, &v))
		return json_expected(&w->json, "a whole number", err);
	*out = (struct evidence_value){.known = true, .i64 = v};
	return OK;
}

enum status import_walk_each(struct import_walk *w, import_walk_fn call, void *record, struct err *err)
{
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_ARRAY)
		return json_expected(&w->json, "a list", err);
	for (;;) {
		TRY(json_next(&w->json, err));
		if (w->json.event == JSON_ARRAY_END)
			return OK;
		TRY(call(w, record, err));
	}
}

enum import_walk_shape import_walk_shape(str head)
{
	if (str_starts(head, S("\xEF\xBB\xBF")))
		head = str_slice(head, 3, head.n);
	head = str_trim(head);
	if (head.n && head.p[0] == '{')
		return IMPORT_WALK_IS_OBJECT;
	if (!head.n || head.p[0] != '[')
		return IMPORT_WALK_OTHER;
	head = str_trim(str_slice(head, 1, head.n));
	return head.n && head.p[0] == ']' ? IMPORT_WALK_IS_EMPTY_LIST : IMPORT_WALK_IS_LIST;
}

/* Advances to the key in the first object; false when it is not there, or when the head ends or breaks before. */
static bool seek(struct json_reader *r, str key)
{
	if (json_next(r, NULL) != OK)
		return false;
	if (r->event == JSON_ARRAY && json_next(r, NULL) != OK)
		return false;
	if (r->event != JSON_OBJECT)
		return false;
	while (json_next(r, NULL) == OK && r->event == JSON_KEY) {
		if (str_eq(r->text, key))
			return true;
		if (json_skip(r, NULL) != OK)
			return false;
	}
	return false;
}

/* value.p NULL: any value. */
static bool peek(str head, str key, str value)
{
	struct arena a = ARENA((size_t)16 << 20);
	struct source from = source_text(S("head"), head);
	struct json_reader r = {0};
	bool found = json_open(&r, &from, &a, NULL) == OK && seek(&r, key);
	if (found && value.p)
		found = json_next(&r, NULL) == OK && (r.event == JSON_STRING || r.event == JSON_NUMBER) &&
			str_eq(r.text, value);
	arena_release(&a);
	return found;
}

bool import_walk_has(str head, str key)
{
	return peek(head, key, (str){NULL, 0});
}

bool import_walk_is(str head, str key, str value)
{
	return peek(head, key, value);
}

const char *import_walk_show(str text, char out[IMPORT_WALK_SHOW])
{
	size_t n = text.n < 60 ? text.n : 60;
	/* Not through the middle of a character. */
	while (n && n < text.n && ((unsigned char)text.p[n] & 0xC0) == 0x80)
		n--;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		out[i] = c < 0x20 || c == 0x7F ? '?' : (char)c;
	}
	memcpy(out + n, n < text.n ? "..." : "", n < text.n ? 4 : 1);
	return out;
}

str import_walk_join(struct arena *texts, const str *parts, size_t n, char separator)
{
	size_t bytes = 1, at = 0;
	for (size_t i = 0; i < n; i++)
		bytes += parts[i].n + 1;
	char *p = arena_alloc(texts, bytes, 1);
	if (!p)
		return (str){NULL, 0};
	for (size_t i = 0; i < n; i++) {
		if (i)
			p[at++] = separator;
		if (parts[i].n)
			memcpy(p + at, parts[i].p, parts[i].n);
		at += parts[i].n;
	}
	return (str){p, at};
}

str import_walk_join_some(struct arena *texts, const str *parts, size_t n, char separator)
{
	str some[IMPORT_WALK_PARTS_MAX];
	size_t used = 0;
	assert(n <= IMPORT_WALK_PARTS_MAX);
	for (size_t i = 0; i < n; i++)
		if (parts[i].n)
			some[used++] = parts[i];
	return import_walk_join(texts, some, used, separator);
}

str import_walk_lower(struct arena *texts, str text)
{
	char *p = arena_alloc(texts, text.n + 1, 1);
	for (size_t i = 0; p && i < text.n; i++)
		p[i] = text.p[i] >= 'A' && text.p[i] <= 'Z' ? (char)(text.p[i] + ('a' - 'A')) : text.p[i];
	return (str){p, p ? text.n : 0};
}
