/* The back of the page: which objectives serve a framework, an owner, a kind of evidence. */
#include "base/html.h"
#include "report/book_inside.h"

static void put_heading_row(struct buf *b, const struct book_id *id)
{
	html_raw(b, "<tr class=\"group\"><th colspan=\"3\" scope=\"rowgroup\">");
	html_text(b, id->heading_id);
	html_raw(b, " ");
	html_text(b, id->heading);
	html_raw(b, "</th></tr>\n");
}

static void put_id_row(struct buf *b, const struct book *book, const struct book_id *id)
{
	html_raw(b, "<tr><th scope=\"row\">");
	html_text(b, id->id);
	html_raw(b, "</th><td>");
	if (!str_eq(id->title, id->id))
		html_text(b, id->title);
	html_raw(b, "</td><td>");
	if (id->reached.n)
		report_book_html_links(b, book, id->reached);
	else
		html_raw(b, "<span class=\"untouched\">none, on purpose</span>");
	html_raw(b, "</td></tr>\n");
}

static void put_reasons(struct buf *b, const struct book *book, const struct book_framework *f)
{
	const struct model *m = book->m;
	if (!f->n_untouched)
		return;
	html_raw(b, "<h4>Not touched, and why</h4>\n<ul class=\"reasons\">\n");
	for (size_t i = 0; i < m->n_untouched; i++) {
		const struct model_untouched *u = &m->untouched[i];
		if (!str_eq(u->ref.framework, f->framework->id) || !str_eq(u->ref.version, f->version))
			continue;
		html_raw(b, "<li><p>");
		html_text(b, u->because);
		html_raw(b, "</p><ul>");
		for (size_t k = 0; k < u->ref.n_ids; k++) {
			html_raw(b, "<li><span class=\"rid\">");
			html_text(b, u->ref.ids[k]);
			html_raw(b, "</span> ");
			html_text(b, framework_title(u->ref.framework, u->ref.version, u->ref.ids[k]));
			html_raw(b, "</li>");
		}
		html_raw(b, "</ul></li>\n");
	}
	html_raw(b, "</ul>\n");
}

static void put_framework(struct buf *b, const struct book *book, const struct book_framework *f)
{
	html_raw(b, "<section class=\"fw\">\n<h3>");
	html_text(b, f->framework->title);
	html_raw(b, " ");
	html_text(b, f->version);
	buf_printf(b, "</h3>\n<p>%zu of %zu ids are reached by at least one objective", f->n_reached, f->n_all);
	if (f->n_untouched)
		buf_printf(b, "; %zu are left out on purpose", f->n_untouched);
	html_raw(b, ".</p>\n<div class=\"scroll\"><table class=\"cross\">\n<thead><tr><th scope=\"col\">Id</th>"
		    "<th scope=\"col\">Title</th><th scope=\"col\">Objectives</th></tr></thead>\n<tbody>\n");
	str heading = {NULL, 0};
	for (size_t i = 0; i < f->n; i++) {
		if (f->ids[i].heading.n && !str_eq(f->ids[i].heading, heading))
			put_heading_row(b, &f->ids[i]);
		heading = f->ids[i].heading;
		put_id_row(b, book, &f->ids[i]);
	}
	html_raw(b, "</tbody></table></div>\n");
	put_reasons(b, book, f);
	html_raw(b, "</section>\n");
}

static void put_table_head(struct buf *b, const char *first, const char *second)
{
	buf_printf(b,
		   "<div class=\"scroll\"><table class=\"cross\">\n<thead><tr><th scope=\"col\">%s</th>"
		   "<th scope=\"col\">%s</th><th scope=\"col\">Objectives</th></tr></thead>\n<tbody>\n",
		   first, second);
}

static void put_evidence(struct buf *b, const struct book *book)
{
	html_raw(b, "<section class=\"chapter\" id=\"evidence\">\n<h2>By evidence</h2>\n"
		    "<p>Which objectives a kind of evidence feeds: those whose check reads it, or whose population it "
		    "is.</p>\n");
	put_table_head(b, "View", "What it holds");
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		if (!book->kinds[k].n)
			continue;
		html_raw(b, "<tr><th scope=\"row\"><code>");
		html_text(b, evidence_kinds[k].name);
		html_raw(b, "</code></th><td>");
		html_text(b, evidence_kinds[k].title);
		html_raw(b, "</td><td>");
		report_book_html_links(b, book, book->kinds[k]);
		html_raw(b, "</td></tr>\n");
	}
	html_raw(b, "</tbody></table></div>\n</section>\n");
}

static void put_owners(struct buf *b, const struct book *book)
{
	html_raw(b, "<section class=\"chapter\" id=\"owners\">\n<h2>By owner</h2>\n"
		    "<p>Which objectives a function of the organisation has in its hands.</p>\n");
	put_table_head(b, "Function", "Count");
	for (size_t i = 0; i < book->n_owners; i++) {
		const struct book_owner *o = &book->owners[i];
		html_raw(b, "<tr><th scope=\"row\">");
		html_text(b, o->name.n ? report_book_owner(o->name) : S("No owner named"));
		buf_printf(b, "</th><td>%zu</td><td>", o->objectives.n);
		report_book_html_links(b, book, o->objectives);
		html_raw(b, "</td></tr>\n");
	}
	html_raw(b, "</tbody></table></div>\n</section>\n");
}

void report_book_html_cross(struct buf *b, const struct book *book)
{
	html_raw(b, "<section class=\"chapter\" id=\"frameworks\">\n<h2>By framework</h2>\n");
	if (!book->n_frameworks)
		html_raw(b, "<p>This model refers to no framework.</p>\n");
	else
		html_raw(b, "<p>Which ids of other frameworks the objectives serve. A reference says that meeting the "
			    "objective "
			    "is evidence for the id; it does not say that the id is fulfilled.</p>\n");
	for (size_t i = 0; i < book->n_frameworks; i++)
		put_framework(b, book, &book->frameworks[i]);
	html_raw(b, "</section>\n");
	put_evidence(b, book);
	put_owners(b, book);
}
