/* look-up.md: which objectives serve a framework, an owner, a kind of evidence. */
#include "base/markdown.h"
#include "report/book_inside.h"

static void put_id_row(struct buf *b, const struct book *book, const struct book_id *id)
{
	markdown_raw(b, "| ");
	markdown_text(b, id->id);
	markdown_raw(b, " | ");
	if (!str_eq(id->title, id->id))
		markdown_text(b, id->title);
	markdown_raw(b, " | ");
	if (id->reached.n)
		report_book_markdown_links(b, book, id->reached);
	else
		markdown_raw(b, "none, on purpose");
	markdown_raw(b, " |\n");
}

static void put_heading_row(struct buf *b, const struct book_id *id)
{
	markdown_raw(b, "| | **");
	markdown_text(b, id->heading_id);
	markdown_raw(b, " ");
	markdown_text(b, id->heading);
	markdown_raw(b, "** | |\n");
}

static void put_reasons(struct buf *b, const struct book *book, const struct book_framework *f)
{
	const struct model *m = book->m;
	if (f->n_untouched)
		markdown_raw(b, "Not touched, and why:\n\n");
	for (size_t i = 0; i < m->n_untouched; i++) {
		const struct model_untouched *u = &m->untouched[i];
		if (!str_eq(u->ref.framework, f->framework->id) || !str_eq(u->ref.version, f->version))
			continue;
		markdown_raw(b, "- ");
		markdown_text(b, u->because);
		for (size_t k = 0; k < u->ref.n_ids; k++) {
			buf_add(b, k ? S("; ") : S(" ("));
			markdown_text(b, u->ref.ids[k]);
			markdown_raw(b, " ");
			markdown_text(b, framework_title(u->ref.framework, u->ref.version, u->ref.ids[k]));
		}
		markdown_raw(b, ")\n");
	}
	if (f->n_untouched)
		markdown_raw(b, "\n");
}

static void put_framework(struct buf *b, const struct book *book, const struct book_framework *f)
{
	markdown_raw(b, "### ");
	markdown_text(b, f->framework->title);
	markdown_raw(b, " ");
	markdown_text(b, f->version);
	buf_printf(b, "\n\n%zu of %zu ids are reached by at least one objective", f->n_reached, f->n_all);
	if (f->n_untouched)
		buf_printf(b, "; %zu are left out on purpose", f->n_untouched);
	markdown_raw(b, ".\n\n| id | title | objectives |\n|---|---|---|\n");
	str heading = {NULL, 0};
	for (size_t i = 0; i < f->n; i++) {
		if (f->ids[i].heading.n && !str_eq(f->ids[i].heading, heading))
			put_heading_row(b, &f->ids[i]);
		heading = f->ids[i].heading;
		put_id_row(b, book, &f->ids[i]);
	}
	markdown_raw(b, "\n");
	put_reasons(b, book, f);
}

static void put_evidence(struct buf *b, const struct book *book)
{
	markdown_raw(
	    b, "## By evidence\n\nWhich objectives a kind of evidence feeds: those whose check reads it, or whose "
	       "population it is.\n\n| view | what it holds | objectives |\n|---|---|---|\n");
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		if (!book->kinds[k].n)
			continue;
		markdown_raw(b, "| `");
		buf_add(b, evidence_kinds[k].name);
		markdown_raw(b, "` | ");
		markdown_text(b, evidence_kinds[k].title);
		markdown_raw(b, " | ");
		report_book_markdown_links(b, book, book->kinds[k]);
		markdown_raw(b, " |\n");
	}
	markdown_raw(b, "\n");
}

static void put_owners(struct buf *b, const struct book *book)
{
	markdown_raw(b, "## By owner\n\nWhich objectives a function of the organisation has in its hands.\n\n"
			"| function | count | objectives |\n|---|---|---|\n");
	for (size_t i = 0; i < book->n_owners; i++) {
		const struct book_owner *o = &book->owners[i];
		markdown_raw(b, "| ");
		markdown_text(b, o->name.n ? report_book_owner(o->name) : S("No owner named"));
		buf_printf(b, " | %zu | ", o->objectives.n);
		report_book_markdown_links(b, book, o->objectives);
		markdown_raw(b, " |\n");
	}
}

void report_book_markdown_cross(struct buf *b, const struct book *book)
{
	markdown_raw(b, "# Look up\n\nBack to [the book](README.md).\n\n## By framework\n\n");
	if (!book->n_frameworks)
		markdown_raw(b, "This model refers to no framework.\n\n");
	else
		markdown_raw(
		    b,
		    "Which ids of other frameworks the objectives serve. A reference says that meeting the objective "
		    "is evidence for the id; it does not say that the id is fulfilled.\n\n");
	for (size_t i = 0; i < book->n_frameworks; i++)
		put_framework(b, book, &book->frameworks[i]);
	put_evidence(b, book);
	put_owners(b, book);
}
