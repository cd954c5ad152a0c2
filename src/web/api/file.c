#include "app/evidence.h"
#include "app/file.h"
#include "base/hash.h"
#include "base/source.h"
#include "web/api.h"
#include "web/download.h"

static str file_key(const struct view_file *f, struct arena *a)
{
	struct buf b = BUF(4096);
	buf_add(&b, f->feed);
	buf_char(&b, '\n');
	buf_add(&b, f->sha256);
	buf_char(&b, '\n');
	buf_i64(&b, f->observed_ms);
	buf_char(&b, '\n');
	buf_i64(&b, f->recorded_ms);
	str out = str_copy(a, buf_str(&b));
	buf_release(&b);
	return out;
}

/* A page that goes on begins with the last file of the page before, to see that it is still there. */
static enum status go_on(const struct request *q, const struct api_page *page, struct view_files *v, struct err *err)
{
	if (!page->cursor.given)
		return OK;
	if (!v->n)
		return cursor_lost(err);
	TRY(api_page_held(page, file_key(&v->list[0], q->arena), err));
	v->list++;
	v->n--;
	v->offset++;
	return OK;
}

static enum status link_next(const struct request *q, struct reply *r, const struct api_page *page,
			     const struct view_files *v, struct err *err)
{
	int64_t end = v->offset + (int64_t)v->n;
	return v->n && end < v->total ? api_page_next(q, r, page, end, file_key(&v->list[v->n - 1], q->arena), err)
				      : OK;
}

const struct route_document api_file_list_document = {
    .id = S("files"),
    .summary = S("The evidence files, the newest first"),
    .about = S("Of the feeds whose unit one may read."),
    .query = {{.name = S("text"), .about = S("A part of the name, the feed, the format or the SHA-256.")},
	      {.name = S("at"), .type = ROUTE_TIME, .about = S("The instant; now when it is left out.")}},
    .schema = S("files"),
    .paged = true,
};

enum status api_file_list(struct request *q, struct reply *r, struct err *err)
{
	struct view_files v;
	struct api_page page;
	TRY(api_page_open(q, &page, err));
	int64_t again = page.cursor.given;
	TRY(app_file_list(q->app, api_text(q, S("text")), page.at, again ? page.cursor.offset - 1 : 0,
			  page.limit + again, &v, err));
	TRY(go_on(q, &page, &v, err));
	TRY(link_next(q, r, &page, &v, err));
	export_json_file_list(api_json(r), &v);
	return api_done(r, err);
}

const struct route_document api_file_history_document = {
    .id = S("feedHistory"),
    .summary = S("What a feed went through: its files, the newest first, and those that were refused"),
    .about = S("The files come in pages; what was refused is the same on each."),
    .query = {{.name = S("at"), .type = ROUTE_TIME, .about = S("The instant; now when it is left out.")}},
    .schema = S("feedHistory"),
    .paged = true,
};

enum status api_file_history(struct request *q, struct reply *r, struct err *err)
{
	struct view_history v;
	struct api_page page;
	TRY(api_page_open(q, &page, err));
	int64_t again = page.cursor.given;
	TRY(app_file_history(q->app, q->part[0], page.at, again ? page.cursor.offset - 1 : 0, page.limit + again, &v,
			     err));
	TRY(go_on(q, &page, &v.files, err));
	TRY(link_next(q, r, &page, &v.files, err));
	export_json_file_history(api_json(r), q->part[0], &v);
	return api_done(r, err);
}

const struct route_document api_file_show_document = {
    .id = S("file"),
    .summary = S("A stored file by its SHA-256, byte by byte as it was handed in"),
    .about = S("For who handed it in, or may read what it speaks about."),
};

enum status api_file_show(struct request *q, struct reply *r, struct err *err)
{
	struct buf mark = BUF(HASH_TEXT + 2);
	TRY(download_file(q, r, q->part[0], err));
	buf_char(&mark, '"');
	buf_add(&mark, q->part[0]);
	buf_char(&mark, '"');
	r->etag = str_copy(q->arena, buf_str(&mark));
	buf_release(&mark);
	return r->etag.p ? OK : err_full(err);
}

const struct route_document api_file_attach_document = {
    .id = S("keepDocument"),
    .summary = S("Keeps a document that will stand behind an answer"),
    .about = S("The document is the body, as it is; an answer or a review names it then. Up to 64 MB. The same again "
	       "changes nothing."),
    .query = {{.name = S("objective"), .required = true, .about = S("The objective that will be answered.")},
	      {.name = S("unit"), .about = S("The id of the unit; the root when it is left out.")},
	      {.name = S("name"), .required = true, .about = S("What the document is called.")}},
    .schema = S("keptDocument"),
};

enum status api_file_attach(struct request *q, struct reply *r, struct err *err)
{
	struct source from = source_text(api_text(q, S("name")), (str){NULL, 0});
	struct view_document_of v;
	if (q->file.fd < 0)
		return err_set(err, E_INVALID, "no document was sent");
	from.fd = q->file.fd;
	TRY(app_evidence_add(q->app, api_text(q, S("objective")), api_text(q, S("unit")), &from, api_text(q, S("name")),
			     q->content_type, &v, err));
	export_json_review_document(api_json(r), &v);
	return api_done(r, err);
}
