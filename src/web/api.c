#include "web/api.h"

#include "base/limits.h"
#include "base/time.h"
#include "web/ui.h"

/* ---- what a request says ---- */

str api_text(const struct request *q, str name)
{
	str value = request_field(&q->query, name);
	return value.p ? value : request_field(&q->form, name);
}

bool api_given(const struct request *q, str name)
{
	return api_text(q, name).p != NULL;
}

bool api_flag(const struct request *q, str name)
{
	return str_eq(api_text(q, name), S("true"));
}

int64_t api_count(const struct request *q, str name, int64_t otherwise)
{
	int64_t n = otherwise;
	(void)str_to_i64(api_text(q, name), &n);
	return n;
}

struct app_time api_time(const struct request *q, str name)
{
	struct app_time t = {0};
	t.given = time_parse(api_text(q, name), &t.ms);
	return t;
}

enum status api_deployment(const struct request *q, unsigned *out, struct err *err)
{
	str text = api_text(q, S("deployment"));
	*out = text.n ? model_deployment_read(text) : 0;
	if (!text.n || *out)
		return OK;
	err_set(err, E_INVALID, "\"%.*s\" is no deployment type", STR_ARG(text));
	err_where(err, "deployment");
	err_hint(err, "self_hosted, paas, saas, or several with commas");
	return E_INVALID;
}

enum status api_number(const struct request *q, const char *what, int64_t *out, struct err *err)
{
	if (str_to_i64(q->part[0], out))
		return OK;
	return err_set(err, E_NOT_FOUND, "no %s \"%.*s\"", what, STR_ARG(str_slice(q->part[0], 0, 80)));
}

enum status api_documents(const struct request *q, const struct app_document **out, size_t *n, struct err *err)
{
	struct app_document *list = arena_new(q->arena, struct app_document, LIMIT_DOCUMENTS);
	const struct request_fields *f = &q->form;
	size_t found = 0;
	if (!list)
		return err_full(err);
	for (size_t i = 0; i < f->n; i++) {
		if (!str_eq(f->list[i].name, S(API_DOCUMENT)))
			continue;
		if (found == LIMIT_DOCUMENTS)
			return err_set(err, E_TOO_LARGE, "an answer has at most %d documents", LIMIT_DOCUMENTS);
		list[found++] = (struct app_document){
		    .sha256 = f->list[i].value, .name = f->list[i + 1].value, .media = f->list[i + 2].value};
	}
	*out = list;
	*n = found;
	return OK;
}

/* ---- pages of lists ---- */

str api_key(struct arena *a, int64_t id)
{
	struct buf b = BUF(32);
	buf_i64(&b, id);
	str out = str_copy(a, buf_str(&b));
	buf_release(&b);
	return out;
}

enum status api_page_open(const struct request *q, struct api_page *out, struct err *err)
{
	struct api_page page = {.at = api_time(q, S("at")), .limit = api_count(q, S("limit"), LIMIT_API_ROWS_USUAL)};
	if (page.limit < 1 || page.limit > LIMIT_API_ROWS) {
		err_set(err, E_INVALID, "a page has between 1 and %d rows", LIMIT_API_ROWS);
		err_where(err, "limit");
		return E_INVALID;
	}
	TRY(cursor_read(api_text(q, S("cursor")), &page.cursor, err));
	if (page.cursor.given && !page.at.given)
		page.at = (struct app_time){true, page.cursor.at_ms};
	*out = page;
	return OK;
}

enum status api_page_held(const struct api_page *page, str key, struct err *err)
{
	char mark[CURSOR_MARK + 1];
	cursor_mark(key, mark);
	return str_eq(str_from(mark), str_from(page->cursor.mark)) ? OK : cursor_lost(err);
}

enum status api_page_after(const struct api_page *page, str list, int64_t *out, struct err *err)
{
	*out = 0;
	if (!page->cursor.given)
		return OK;
	TRY(api_page_held(page, list, err));
	*out = page->cursor.offset;
	return OK;
}

/* Where the row of the cursor stands: where it stood, as a rule. n: nowhere. */
static size_t find_mark(const void *list, size_t n, api_key_fn *key, const struct cursor *c, struct arena *a)
{
	char mark[CURSOR_MARK + 1];
	size_t usual = (size_t)c->offset - 1;
	for (size_t k = 0; k <= n; k++) {
		size_t i = k ? k - 1 : usual;
		if (i >= n)
			continue;
		cursor_mark(key(list, i, a), mark);
		if (str_eq(str_from(mark), str_from(c->mark)))
			return i;
	}
	return n;
}

enum status api_page_cut(const struct request *q, struct reply *r, const void *list, size_t n, api_key_fn *key,
			 struct api_page *page, struct err *err)
{
	page->from = 0;
	if (page->cursor.given) {
		size_t last = find_mark(list, n, key, &page->cursor, q->arena);
		if (last == n)
			return cursor_lost(err);
		page->from = last + 1;
	}
	size_t left = n - page->from;
	page->n = left < (size_t)page->limit ? left : (size_t)page->limit;
	size_t end = page->from + page->n;
	return end < n ? api_page_next(q, r, page, (int64_t)end, key(list, end - 1, q->arena), err) : OK;
}

enum status api_page_next(const struct request *q, struct reply *r, const struct api_page *page, int64_t offset,
			  str key, struct err *err)
{
	struct cursor next = {.at_ms = page->at.given ? page->at.ms : q->app->now_ms, .offset = offset};
	struct buf b = BUF(LIMIT_HEADER_BYTES * 4);
	str path, rest;
	cursor_mark(key, next.mark);
	(void)str_cut(q->address_text, '?', &path, &rest);
	buf_char(&b, '<');
	buf_add(&b, path);
	buf_add(&b, S("?cursor="));
	buf_add(&b, cursor_write(&next, q->arena));
	for (size_t i = 0; i < q->query.n; i++) {
		const struct request_field *f = &q->query.list[i];
		if (str_eq(f->name, S("cursor")))
			continue;
		buf_char(&b, '&');
		ui_url(&b, f->name);
		buf_char(&b, '=');
		ui_url(&b, f->value);
	}
	buf_add(&b, S(">; rel=\"next\""));
	r->link = str_copy(q->arena, buf_str(&b));
	bool whole = b.status == OK && r->link.p;
	buf_release(&b);
	return whole ? OK : err_full(err);
}

/* ---- the answer ---- */

struct export api_json(struct reply *r)
{
	r->type = S("application/json");
	return (struct export){.text = &r->body};
}

enum status api_done(const struct reply *r, struct err *err)
{
	if (r->body.status == OK)
		return OK;
	err_set(err, r->body.status, "the answer is larger than %d MB", (int)(LIMIT_PAGE_BYTES >> 20));
	err_hint(err, "ask for fewer rows with limit");
	return r->body.status;
}
