/* The book as a folder of Markdown pages, to be read on a code host. */
#include "base/markdown.h"
#include "report/book_inside.h"
#include "report/prose.h"

enum { PAGE_BYTES = 64 << 20, FIXED_PAGES = 3 };

/* ---- links ---- */

static void add_lower(struct buf *b, str id)
{
	for (size_t i = 0; i < id.n; i++) {
		char c = id.p[i];
		buf_char(b, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
	}
}

/* The name of the first page, and those that Windows keeps for devices, whatever the extension and the case. */
static bool is_taken(str id)
{
	static const str names[] = {S("README"), S("CON"), S("PRN"), S("AUX"), S("NUL")};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (str_eq(id, names[i]))
			return true;
	bool port = str_starts(id, S("COM")) || str_starts(id, S("LPT"));
	return port && id.n == 4 && id.p[3] >= '0' && id.p[3] <= '9';
}

/* A category's id has no hyphen, so no other page has its name. */
void report_book_markdown_file(struct buf *b, const struct model_category *c)
{
	add_lower(b, c->id);
	if (is_taken(c->id))
		markdown_raw(b, "-category");
	markdown_raw(b, ".md");
}

void report_book_markdown_anchor(struct buf *b, const struct model_objective *o)
{
	add_lower(b, o->id);
}

void report_book_markdown_link(struct buf *b, const struct book *book, const struct model_objective *o)
{
	markdown_raw(b, "[");
	markdown_text(b, o->id);
	markdown_raw(b, "](");
	report_book_markdown_file(b, &book->m->categories[o->category]);
	markdown_raw(b, "#");
	report_book_markdown_anchor(b, o);
	markdown_raw(b, ")");
}

void report_book_markdown_links(struct buf *b, const struct book *book, struct book_list list)
{
	for (size_t i = 0; i < list.n; i++) {
		if (i)
			markdown_raw(b, ", ");
		report_book_markdown_link(b, book, &book->m->objectives[list.objectives[i]]);
	}
}

/* ---- README.md ---- */

static void put_overlay_line(struct buf *b, const struct model *m)
{
	struct buf counts = BUF(256);
	if (!m->base.p)
		return;
	report_book_overlay_counts(&counts, m);
	markdown_raw(b, "An overlay of **");
	markdown_text(b, m->base);
	markdown_raw(b, "**: ");
	markdown_text(b, buf_str(&counts));
	markdown_raw(b, ".\n\n");
	buf_release(&counts);
}

static void put_overlaid(struct buf *b, const struct book *book, const struct model_overlaid *mark,
			 const struct model_objective *o)
{
	struct buf text = BUF(65536);
	markdown_raw(b, "- ");
	if (mark->act == MODEL_RETIRED)
		markdown_text(b, o->id);
	else
		report_book_markdown_link(b, book, o);
	markdown_raw(b, " ");
	markdown_text(b, o->title);
	markdown_raw(b, ". ");
	report_book_overlay_sentence(&text, book->m, mark);
	markdown_text(b, buf_str(&text));
	markdown_raw(b, "\n");
	if (text.status != OK)
		b->status = text.status;
	buf_release(&text);
}

static void put_overlay(struct buf *b, const struct book *book)
{
	const struct model *m = book->m;
	if (!m->base.p)
		return;
	markdown_raw(b, "## What the overlay changes\n\nWhat is not named here is as ");
	markdown_text(b, m->base);
	markdown_raw(b, " has it.\n\n");
	for (int k = 0; k < MODEL_OVERLAY_ACTS; k++) {
		enum model_overlay_act act = report_book_overlay_order[k];
		for (size_t i = 0; act == MODEL_RETIRED && i < m->n_retired; i++)
			put_overlaid(b, book, &m->retired[i], m->retired[i].base);
		for (size_t i = 0; i < m->n_objectives; i++)
			if (m->objectives[i].overlaid && m->objectives[i].overlaid->act == act)
				put_overlaid(b, book, m->objectives[i].overlaid, &m->objectives[i]);
	}
	markdown_raw(b, "\n");
}

static void put_title(struct buf *b, const struct book *book)
{
	const struct model *m = book->m;
	markdown_raw(b, "# ");
	markdown_text(b, m->title);
	markdown_raw(b, "\n\nThe book of the model **");
	markdown_text(b, m->name);
	markdown_raw(b, "**: ");
	report_book_count(b, m->n_domains, "domain", "domains");
	markdown_raw(b, ", ");
	report_book_count(b, m->n_categories, "category", "categories");
	markdown_raw(b, ", ");
	report_book_count(b, m->n_objectives, "objective", "objectives");
	buf_printf(b, " (%zu automated, %zu either, %zu manual), %zu with a check.\n\n", book->modes[MODEL_AUTOMATED],
		   book->modes[MODEL_EITHER], book->modes[MODEL_MANUAL], book->n_checks);
	put_overlay_line(b, m);
	if (m->notice.n) {
		markdown_raw(b, "> ");
		markdown_text(b, m->notice);
		markdown_raw(b, "\n\n");
	}
	put_overlay(b, book);
	if (m->n_about)
		markdown_raw(b, "## About this model\n\n");
	for (size_t i = 0; i < m->n_about; i++) {
		markdown_text_linked(b, m->about[i]);
		markdown_raw(b, "\n\n");
	}
}

static void put_categories(struct buf *b, const struct model *m)
{
	markdown_raw(b, "## The categories\n\n");
	for (size_t i = 0; i < m->n_categories; i++) {
		const struct model_category *c = &m->categories[i];
		const struct model_domain *d = &m->domains[c->domain];
		if (i == 0 || c->domain != m->categories[i - 1].domain) {
			markdown_raw(b, "### ");
			markdown_text(b, d->title);
			markdown_raw(b, "\n\n");
			markdown_text(b, d->summary);
			markdown_raw(b, "\n\n| | category | what it is about | objectives |\n|---|---|---|---|\n");
		}
		markdown_raw(b, "| ");
		markdown_text(b, c->id);
		markdown_raw(b, " | [");
		markdown_text(b, c->title);
		markdown_raw(b, "](");
		report_book_markdown_file(b, c);
		markdown_raw(b, ") | ");
		markdown_text(b, c->summary);
		buf_printf(b, " | %d |\n", c->n_objectives);
		if (i + 1 == m->n_categories || m->categories[i + 1].domain != c->domain)
			markdown_raw(b, "\n");
	}
	markdown_raw(b, "[All of it at a glance](at-a-glance.md): what each category looks like at each level. "
			"[Look up](look-up.md): by framework, by evidence, by owner.\n\n");
}

static void put_levels(struct buf *b, const struct model *m)
{
	markdown_raw(b, "## The levels\n\n| level | name | in one sentence |\n|---|---|---|\n");
	for (int l = 0; l < MODEL_LEVELS; l++) {
		buf_printf(b, "| %d | ", l + 1);
		markdown_text(b, m->level_names[l]);
		markdown_raw(b, " | ");
		markdown_text(b, m->level_summaries[l]);
		markdown_raw(b, " |\n");
	}
	markdown_raw(b, "\n");
}

static void put_readme(struct buf *b, const struct book *book)
{
	put_title(b, book);
	put_categories(b, book->m);
	put_levels(b, book->m);
	markdown_raw(b, "## How levels are decided\n\n");
	report_prose_markdown(b, S("book/levels.md"));
	markdown_raw(b, "\n## How to read an objective\n\n");
	report_prose_markdown(b, S("book/reading.md"));
}

/* ---- at-a-glance.md ---- */

static void put_cell(struct buf *b, const struct book *book, const struct model_category *c, int level)
{
	bool any = false;
	markdown_raw(b, " | ");
	markdown_text(b, c->levels[level - 1]);
	for (int i = c->first_objective; i < c->first_objective + c->n_objectives; i++) {
		if (book->m->objectives[i].level != level)
			continue;
		if (any)
			markdown_raw(b, ", ");
		else if (c->levels[level - 1].n)
			markdown_raw(b, "<br>");
		report_book_markdown_link(b, book, &book->m->objectives[i]);
		any = true;
	}
}

static void put_glance(struct buf *b, const struct book *book)
{
	const struct model *m = book->m;
	markdown_raw(b, "# At a glance\n\nWhat each category looks like at each level, and the objectives that tell. "
			"Back to [the book](README.md).\n\n| ");
	for (int l = 0; l < MODEL_LEVELS; l++) {
		buf_printf(b, "| %d ", l + 1);
		markdown_text(b, m->level_names[l]);
		markdown_raw(b, " ");
	}
	markdown_raw(b, "|\n|---|---|---|---|---|---|\n");
	for (size_t i = 0; i < m->n_categories; i++) {
		const struct model_category *c = &m->categories[i];
		markdown_raw(b, "| [");
		markdown_text(b, c->title);
		markdown_raw(b, "](");
		report_book_markdown_file(b, c);
		markdown_raw(b, ")");
		for (int l = 1; l <= MODEL_LEVELS; l++)
			put_cell(b, book, c, l);
		markdown_raw(b, " |\n");
	}
}

/* ---- the folder ---- */

typedef void page_fn(struct buf *b, const struct book *book);

static enum status page_make(const struct book *book, page_fn *put, str name, struct view_document *out,
			     struct err *err)
{
	struct buf b = BUF(PAGE_BYTES);
	put(&b, book);
	out->name = name;
	return report_book_text(book->a, &b, &out->text, err);
}

static enum status category_make(const struct book *book, const struct model_category *c, struct view_document *out,
				 struct err *err)
{
	struct buf name = BUF(64), b = BUF(PAGE_BYTES);
	report_book_markdown_file(&name, c);
	enum status status = report_book_text(book->a, &name, &out->name, err);
	if (status != OK)
		return status;
	report_book_markdown_category(&b, book, c);
	return report_book_text(book->a, &b, &out->text, err);
}

enum status report_book_markdown(const struct book *book, struct view_documents *out, struct err *err)
{
	static const struct {
		str name;
		page_fn *put;
	} fixed[FIXED_PAGES] = {{S("README.md"), put_readme},
				{S("at-a-glance.md"), put_glance},
				{S("look-up.md"), report_book_markdown_cross}};
	const struct model *m = book->m;
	struct view_document *list = arena_new(book->a, struct view_document, m->n_categories + FIXED_PAGES);
	if (!list)
		return err_full(err);
	for (size_t i = 0; i < FIXED_PAGES; i++)
		TRY(page_make(book, fixed[i].put, fixed[i].name, &list[i], err));
	for (size_t i = 0; i < m->n_categories; i++)
		TRY(category_make(book, &m->categories[i], &list[FIXED_PAGES + i], err));
	out->list = list;
	out->n = m->n_categories + FIXED_PAGES;
	return OK;
}
