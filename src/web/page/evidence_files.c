#include "app/file.h"
#include "base/csv.h"
#include "base/limits.h"
#include "base/time.h"
#include "web/download.h"
#include "web/page/evidence.h"

enum { ROWS = 50 };

/* ---- the list ---- */

static void file_row(struct ui *u, const struct view_file *f)
{
	struct buf *b = u->b;
	html_raw(b, "<tr><th scope=\"row\">");
	if (f->kept)
		ui_a(u, "", S("/evidence/file/"), f->sha256);
	ui_user(b, f->file);
	if (f->kept)
		html_raw(b, "</a>");
	html_raw(b, "</th><td>");
	ui_a(u, "", S("/evidence/feed/"), f->feed);
	ui_user(b, f->feed);
	html_raw(b, "</a></td><td>");
	html_text(b, f->format);
	html_raw(b, "</td><td class=\"nw\">");
	ui_day(b, f->observed_ms);
	html_raw(b, "</td><td class=\"nw\">");
	ui_time(b, f->recorded_ms);
	html_raw(b, "</td><td class=\"n\">");
	ui_bytes(b, f->bytes);
	html_raw(b, "</td><td>");
	ui_hash(b, f->sha256);
	if (!f->kept)
		html_raw(b, " <span class=\"xs mut\">only the hash was kept</span>");
	html_raw(b, "</td></tr>");
}

static void table(struct ui *u, const struct view_files *v, str text)
{
	static const struct {
		str word;
		bool number;
	} heads[] = {{S("File"), false},     {S("Feed"), false}, {S("Format"), false}, {S("Observed"), false},
		     {S("Imported"), false}, {S("Size"), true},  {S("SHA-256"), false}};
	struct ui_pair more = {S("text"), text};
	ui_table(u, S("Files"));
	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
		ui_head_cell(u, heads[i].word, heads[i].number);
	ui_table_body(u);
	for (size_t i = 0; i < v->n; i++)
		file_row(u, &v->list[i]);
	if (!v->n)
		ui_table_none(u, 7,
			      text.n ? S("No file fits the search.") : S("No file was handed in up to this instant."));
	ui_table_close(u);
	ui_pager(u, &(struct ui_pages){.path = S("/evidence/files"),
				       .offset = v->offset,
				       .shown = (int64_t)v->n,
				       .limit = ROWS,
				       .total = v->total,
				       .more = &more,
				       .n_more = 1,
				       .csv = S("/evidence/files.csv"),
				       .csv_more = &more,
				       .n_csv = 1});
	ui_table_end(u);
}

enum status page_evidence_files(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct view_files v;
	str text = str_trim(request_field(&q->query, S("text")));
	TRY(page_evidence_open(q, r, &p, err));
	TRY(app_file_list(q->app, text, p.lens.at, page_from(q), ROWS, &v, err));
	page_evidence_head(&p, UI_PART_FILES, S("Files"));
	struct buf *b = p.ui.b;
	html_raw(b, "<h1>Files</h1><p class=\"sub lead\">Every file is kept as it came, once, under the hash of its "
		    "bytes.</p><form class=\"filter gap-s\" role=\"search\" aria-label=\"Search files\" "
		    "action=\"/evidence/files\">");
	ui_lens_fields(&p.ui);
	html_raw(b, "<label class=\"vh\" for=\"fi-text\">Name, feed, format or hash</label><input class=\"grow\" "
		    "id=\"fi-text\" name=\"text\" type=\"text\" dir=\"auto\" placeholder=\"Name, feed, format or "
		    "hash\" value=\"");
	html_text(b, text);
	html_raw(b, "\"><button class=\"btn\">Search</button></form>");
	table(&p.ui, &v, text);
	return page_evidence_end(&p, r, err);
}

enum status page_evidence_files_csv(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct view_files v;
	str text = str_trim(request_field(&q->query, S("text")));
	TRY(page_evidence_open(q, r, &p, err));
	TRY(app_file_list(q->app, text, p.lens.at, 0, LIMIT_PAGE_CSV_ROWS, &v, err));
	if (v.total > LIMIT_PAGE_CSV_ROWS) {
		err_set(err, E_TOO_LARGE, "more than %d rows", LIMIT_PAGE_CSV_ROWS);
		err_hint(err, "search for a feed or a format");
		return E_TOO_LARGE;
	}
	csv_row(&r->body,
		(const str[]){S("file"), S("feed"), S("unit"), S("format"), S("observed"), S("imported"), S("by"),
			      S("bytes"), S("sha256")},
		9);
	for (size_t i = 0; i < v.n; i++) {
		const struct view_file *f = &v.list[i];
		char observed[TIME_TEXT], recorded[TIME_TEXT], bytes[24];
		csv_row(&r->body,
			(const str[]){f->file, f->feed, f->unit, f->format, time_format(f->observed_ms, observed),
				      time_format(f->recorded_ms, recorded), f->author, page_number(f->bytes, bytes),
				      f->sha256},
			9);
	}
	return page_csv(q, r, S("files"), err);
}

/* ---- one file, to be saved ---- */

enum status page_evidence_file(struct request *q, struct reply *r, struct err *err)
{
	return download_file(q, r, q->part[0], err);
}
