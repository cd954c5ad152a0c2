#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/time.h"
#include "web/api.h"
#include "web/hint.h"

/* ---- values ---- */

static const struct route_value *find(const struct route_value *values, str name)
{
	for (int i = 0; i < ROUTE_VALUES && values[i].name.n; i++)
		if (str_eq(values[i].name, name))
			return &values[i];
	return NULL;
}

static const struct route_value pages[ROUTE_VALUES] = {{.name = S("cursor")},
						       {.name = S("limit"), .type = ROUTE_COUNT}};

static bool is_choice(str choices, str word)
{
	str one;
	while (choices.n) {
		(void)str_cut(choices, ' ', &one, &choices);
		if (str_eq(one, word))
			return true;
	}
	return false;
}

/* Does a text say a value of the type? */
static enum status check(const struct route_value *v, str text, struct err *err)
{
	int64_t n;
	static const char *const wanted[] = {[ROUTE_TEXT] = "a text",
					     [ROUTE_TIME] = "a time",
					     [ROUTE_COUNT] = "a count",
					     [ROUTE_FLAG] = "true or false",
					     [ROUTE_DOCUMENTS] = "a list of documents"};
	bool good = true;
	if (v->type == ROUTE_TIME)
		good = time_parse(text, &n);
	else if (v->type == ROUTE_COUNT)
		good = str_to_i64(text, &n) && n >= 0;
	else if (v->type == ROUTE_FLAG)
		good = str_eq(text, S("true")) || str_eq(text, S("false"));
	if (!good) {
		err_set(err, E_INVALID, "\"%.*s\" is not %s", STR_ARG(str_slice(text, 0, 80)), wanted[v->type]);
		if (v->type == ROUTE_TIME)
			err_hint(err, "write it as 2026-11-01 or 2026-11-01T06:00:00Z");
	} else if (v->choices.n && !is_choice(v->choices, text)) {
		good = false;
		err_set(err, E_INVALID, "\"%.*s\" is not one of: %.*s", STR_ARG(str_slice(text, 0, 80)),
			STR_ARG(v->choices));
	}
	if (!good)
		err_where(err, "%.*s", STR_ARG(v->name));
	return good ? OK : E_INVALID;
}

static enum status unknown(const struct route_value *values, const char *what, str name, struct err *err)
{
	struct buf names = BUF(300);
	err_set(err, E_INVALID, "there is no %s \"%.*s\" here", what, STR_ARG(str_slice(name, 0, 80)));
	for (int i = 0; i < ROUTE_VALUES && values[i].name.n; i++) {
		buf_add(&names, i ? S(", ") : S(""));
		buf_add(&names, values[i].name);
	}
	if (names.n)
		err_hint(err, "there are: %.*s", STR_ARG(buf_str(&names)));
	buf_release(&names);
	return E_INVALID;
}

static enum status required(const struct route_value *values, const struct request_fields *given, const char *what,
			    struct err *err)
{
	for (int i = 0; i < ROUTE_VALUES && values[i].name.n; i++) {
		if (!values[i].required || request_field(given, values[i].name).n)
			continue;
		err_set(err, E_INVALID, "the %s \"%.*s\" is required", what, STR_ARG(values[i].name));
		err_where(err, "%.*s", STR_ARG(values[i].name));
		err_hint(err, "%.*s", STR_ARG(values[i].about));
		return E_INVALID;
	}
	return OK;
}

static enum status check_query(const struct route_document *d, const struct request *q, struct err *err)
{
	for (size_t i = 0; i < q->query.n; i++) {
		const struct request_field *f = &q->query.list[i];
		const struct route_value *v = find(d->query, f->name);
		if (!v && d->paged)
			v = find(pages, f->name);
		if (!v)
			return unknown(d->query, "parameter", f->name, err);
		if (request_field(&q->query, f->name).p != f->value.p)
			return err_set(err, E_INVALID, "the parameter \"%.*s\" is given twice", STR_ARG(f->name));
		TRY(check(v, f->value, err));
	}
	return required(d->query, &q->query, "parameter", err);
}

/* ---- what is sent and what is wanted ---- */

/* "application/json;q=0" is not wanted. */
static bool is_wanted(str accept)
{
	str one, type, parameters;
	if (!str_trim(accept).n)
		return true;
	while (accept.n) {
		(void)str_cut(accept, ',', &one, &accept);
		(void)str_cut(one, ';', &type, &parameters);
		type = str_trim(type);
		parameters = str_trim(parameters);
		bool none = str_eq(parameters, S("q=0")) || str_eq(parameters, S("q=0.0"));
		if (!none && (str_eq(type, S("*/*")) || str_eq_fold(type, S("application/*")) ||
			      str_eq_fold(type, S("application/json"))))
			return true;
	}
	return false;
}

static enum status check_type(const struct route *route, const struct request *q, struct reply *r, struct err *err)
{
	str type, rest;
	(void)str_cut(q->content_type, ';', &type, &rest);
	type = str_trim(type);
	if (route->kind & ROUTE_UPLOAD) {
		if (!str_eq_fold(type, S("multipart/form-data")))
			return OK;
		r->refused = 415;
		err_set(err, E_INVALID, "the file is sent as it is, and not in a form");
		err_hint(err, "curl --data-binary @FILE");
		return E_INVALID;
	}
	if (!route->document->body[0].name.n || !type.n || str_eq_fold(type, S("application/json")))
		return OK;
	r->refused = 415;
	err_set(err, E_INVALID, "\"%.*s\" cannot be read here", STR_ARG(str_slice(type, 0, 80)));
	err_hint(err, "send JSON, with Content-Type: application/json");
	return E_INVALID;
}

enum status api_head(const struct route *route, struct request *q, struct reply *r, struct err *err)
{
	if (!(route->kind & ROUTE_RAW) && !is_wanted(q->accept)) {
		r->refused = 406;
		err_set(err, E_INVALID, "only application/json can be had here");
		return E_INVALID;
	}
	TRY(check_type(route, q, r, err));
	return check_query(route->document, q, err);
}

/* ---- JSON that is sent ---- */

static enum status at_place(const struct json_reader *j, enum status status, struct err *err)
{
	err_at(err, S("body"), j->line, j->column);
	return status;
}

/* The reader stands on the member's value. */
static enum status take_value(struct json_reader *j, const struct route_value *v, str *out, struct arena *a,
			      struct err *err)
{
	static const char *const wanted[] = {[ROUTE_TEXT] = "a text",
					     [ROUTE_TIME] = "a time, as a text",
					     [ROUTE_COUNT] = "a count",
					     [ROUTE_FLAG] = "true or false"};
	bool text = j->event == JSON_STRING && (v->type == ROUTE_TEXT || v->type == ROUTE_TIME);
	bool flag = (j->event == JSON_TRUE || j->event == JSON_FALSE) && v->type == ROUTE_FLAG;
	bool count = j->event == JSON_NUMBER && v->type == ROUTE_COUNT;
	if (!text && !flag && !count)
		return json_expected(j, wanted[v->type], err);
	str value = flag ? (j->event == JSON_TRUE ? S("true") : S("false")) : j->text;
	if (memchr(value.p, 0, value.n))
		return at_place(j, err_set(err, E_INVALID, "the text holds a NUL"), err);
	enum status status = check(v, value, err);
	if (status != OK)
		return at_place(j, status, err);
	*out = str_copy(a, value);
	return out->p ? OK : err_full(err);
}

/* The reader stands on the first event of one document. */
static enum status take_document(struct json_reader *j, struct request *q, struct err *err)
{
	static const struct route_value text = {.name = S("documents"), .type = ROUTE_TEXT};
	static const str names[] = {S("sha256"), S("name"), S("media")};
	str values[3] = {0};
	if (j->event != JSON_OBJECT)
		return json_expected(j, "an object with sha256, name and media", err);
	for (;;) {
		size_t i = 0;
		TRY(json_next(j, err));
		if (j->event != JSON_KEY)
			break;
		while (i < 3 && !str_eq(j->text, names[i]))
			i++;
		if (i == 3 || values[i].p)
			return json_expected(j, "sha256, name and media, each once,", err);
		TRY(json_next(j, err));
		TRY(take_value(j, &text, &values[i], q->arena, err));
	}
	if (!values[0].n || !values[1].n)
		return json_expected(j, "a document with sha256 and name", err);
	TRY(request_fields_add(&q->form, S(API_DOCUMENT), values[0], q->arena, err));
	TRY(request_fields_add(&q->form, S("documents/name"), values[1], q->arena, err));
	return request_fields_add(&q->form, S("documents/media"), values[2], q->arena, err);
}

static enum status take_documents(struct json_reader *j, struct request *q, struct err *err)
{
	if (j->event != JSON_ARRAY)
		return json_expected(j, "a list of documents", err);
	TRY(request_fields_add(&q->form, S("documents"), S(""), q->arena, err));
	for (;;) {
		TRY(json_next(j, err));
		if (j->event == JSON_ARRAY_END)
			return OK;
		TRY(take_document(j, q, err));
	}
}

static enum status take_member(struct json_reader *j, const struct route_document *d, struct request *q,
			       struct err *err)
{
	const struct route_value *v = find(d->body, j->text);
	str value;
	if (!v)
		return at_place(j, unknown(d->body, "member", j->text, err), err);
	if (request_field(&q->form, v->name).p)
		return at_place(j, err_set(err, E_INVALID, "\"%.*s\" is given twice", STR_ARG(v->name)), err);
	TRY(json_next(j, err));
	if (j->event == JSON_NULL && !v->required)
		return OK;
	if (v->type == ROUTE_DOCUMENTS)
		return take_documents(j, q, err);
	TRY(take_value(j, v, &value, q->arena, err));
	return request_fields_add(&q->form, v->name, value, q->arena, err);
}

enum status api_body(const struct route *route, struct request *q, struct err *err)
{
	const struct route_document *d = route->document;
	struct source from = {.name = S("body"), .fd = q->file.fd};
	struct json_reader j;
	q->form.n = 0;
	if (!d->body[0].name.n)
		return OK;
	if (q->file.fd >= 0 && q->file.bytes) {
		TRY(json_open(&j, &from, q->arena, err));
		TRY(json_next(&j, err));
		if (j.event != JSON_OBJECT)
			return json_expected(&j, "an object", err);
		for (;;) {
			TRY(json_next(&j, err));
			if (j.event != JSON_KEY)
				break;
			TRY(take_member(&j, d, q, err));
		}
		TRY(json_next(&j, err)); /* nothing stands behind it */
	}
	return required(d->body, &q->form, "member", err);
}

/* ---- the answer ---- */

/* The instant of an answer about now is another one each time; that alone does not make it another answer. */
static bool hash_body(struct hash *h, str body, bool now)
{
	static const str key = S("\"as_of\":\"");
	bool cut = false;
	for (ptrdiff_t at; now && (at = str_find(body, key)) >= 0; cut = true) {
		size_t end = (size_t)at + key.n;
		while (end < body.n && body.p[end] != '"')
			end++;
		hash_add(h, str_slice(body, 0, (size_t)at));
		body = str_slice(body, end, body.n);
	}
	hash_add(h, body);
	return cut;
}

bool api_has_mark(str list, str mark)
{
	str one;
	if (str_starts(mark, S("W/")))
		mark = str_slice(mark, 2, mark.n);
	while (list.n) {
		(void)str_cut(list, ',', &one, &list);
		one = str_trim(one);
		if (str_eq(one, S("*")))
			return true;
		if (str_starts(one, S("W/")))
			one = str_slice(one, 2, one.n);
		if (str_eq(one, mark))
			return true;
	}
	return false;
}

/* Who asks may have it already. */
static enum status not_again(const struct request *q, struct reply *r)
{
	r->cache = S("private, no-cache");
	if (!api_has_mark(q->if_none_match, r->etag))
		return OK;
	r->status = 304;
	buf_clear(&r->body);
	if (r->file.is)
		(void)close(r->file.fd);
	r->file.is = false;
	return OK;
}

enum status api_tail(struct request *q, struct reply *r, struct err *err)
{
	char text[HASH_TEXT];
	struct hash h;
	struct buf b = BUF(HASH_TEXT + 8);
	if (q->method != REQUEST_GET || (r->status && r->status != 200))
		return OK;
	if (r->etag.n)
		return not_again(q, r);
	hash_init(&h);
	bool weak = hash_body(&h, buf_str(&r->body), !api_given(q, S("at")));
	hash_add_field(&h, r->link.n ? S("more") : (str){NULL, 0}); /* the link names the instant, too */
	buf_add(&b, weak ? S("W/\"") : S("\""));
	buf_add(&b, hash_hex(&h, text));
	buf_char(&b, '"');
	r->etag = str_copy(q->arena, buf_str(&b));
	buf_release(&b);
	if (!r->etag.p)
		return err_full(err);
	return not_again(q, r);
}

/* ---- failures ---- */

static str title_of(int status)
{
	static const struct {
		int status;
		str title;
	} titles[] = {
	    {400, S("This could not be read")},
	    {401, S("Who asks is not known")},
	    {403, S("This is not yours to see or change")},
	    {404, S("Nothing is here")},
	    {405, S("This cannot be done here")},
	    {406, S("This form cannot be had")},
	    {409, S("This contradicts what is stored")},
	    {412, S("It has changed meanwhile")},
	    {413, S("This is too large")},
	    {415, S("This type cannot be read")},
	    {422, S("This contradicts what was asked before")},
	    {429, S("Too many requests")},
	    {503, S("The store does not answer")},
	};
	for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
		if (titles[i].status == status)
			return titles[i].title;
	return S("The program made a mistake");
}

/* The line and column that a place ends with: "file:3:14". 0: it names none. */
static void place_of(str where, int64_t *line, int64_t *column)
{
	size_t last = where.n, before;
	int64_t l = 0, c = 0;
	*line = *column = 0;
	while (last && where.p[last - 1] != ':')
		last--;
	if (!last || !str_to_i64(str_slice(where, last, where.n), &c))
		return;
	for (before = last - 1; before && where.p[before - 1] != ':';)
		before--;
	if (before && str_to_i64(str_slice(where, before, last - 1), &l)) {
		*line = l;
		*column = c;
	} else {
		*line = c;
	}
}

static void put_if_any(struct json_writer *w, str name, const char *text)
{
	if (text[0])
		json_put_text(w, name, str_from(text));
}

void api_problem(const struct request *q, struct reply *r, int status, const struct err *err)
{
	struct json_writer w = json_writer(&r->body);
	int64_t line, column;
	char type[32] = "/help/api#status-000", room[HINT_ROOM];
	str hint = hint_word(HINT_API, str_from(err->hint), room);
	size_t n = strlen(type);
	for (int i = 1, left = status; i <= 3; i++, left /= 10)
		type[n - (size_t)i] = (char)('0' + left % 10);
	place_of(str_from(err->where), &line, &column);
	r->type = S("application/problem+json");
	json_object(&w);
	json_put_text(&w, S("type"), str_from(type));
	json_put_text(&w, S("title"), title_of(status));
	json_put_int(&w, S("status"), status);
	json_put_text(&w, S("detail"), str_from(err->message));
	json_put_text(&w, S("instance"), q->path);
	put_if_any(&w, S("facts"), err->detail);
	put_if_any(&w, S("where"), err->where);
	if (line)
		json_put_int(&w, S("line"), line);
	if (column)
		json_put_int(&w, S("column"), column);
	if (hint.n)
		json_put_text(&w, S("hint"), hint);
	json_object_end(&w);
	buf_char(&r->body, '\n');
}
