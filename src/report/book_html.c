/* The book as one page: title, contents, the fixed chapters, the model at a glance. */
#include "base/embed.h"
#include "base/hash.h"
#include "base/html.h"
#include "report/book_inside.h"
#include "report/prose.h"

enum { BOOK_BYTES = 256 << 20 };

#define STYLE S("book/book.css")
#define SCRIPT S("book/book.js")

/* ---- small parts, also for the other chapters ---- */

void report_book_html_link(struct buf *b, const struct model_objective *o)
{
	html_raw(b, "<a class=\"id\" href=\"#");
	html_text(b, o->id);
	html_raw(b, "\" title=\"");
	html_text(b, o->title);
	html_raw(b, "\">");
	html_text(b, o->id);
	html_raw(b, "</a>");
}

void report_book_html_links(struct buf *b, const struct book *book, struct book_list list)
{
	html_raw(b, "<span class=\"ids\">");
	for (size_t i = 0; i < list.n; i++) {
		if (i)
			html_raw(b, " ");
		report_book_html_link(b, &book->m->objectives[list.objectives[i]]);
	}
	html_raw(b, "</span>");
}

void report_book_html_level(struct buf *b, int level)
{
	buf_printf(b,
		   "<span class=\"lv l%d\"><svg class=\"rungs\" aria-hidden=\"true\"><use href=\"#rungs-%d\"/></svg>"
		   "<span class=\"vh\">Level </span>%d</span>",
		   level, level, level);
}

/* ---- the head of the page ---- */

static void put_policy(struct buf *b)
{
	char style[HASH_BASE64], script[HASH_BASE64];
	html_raw(b, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-");
	buf_add(b, hash_base64(embed_find(STYLE), style));
	html_raw(b, "'; script-src 'sha256-");
	buf_add(b, hash_base64(embed_find(SCRIPT), script));
	html_raw(b, "'; base-uri 'none'; form-action 'none'\">\n");
}

static void put_head(struct buf *b, const struct model *m)
{
	html_raw(b, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
	put_policy(b);
	html_raw(b, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
	html_text(b, m->title);
	html_raw(b, " \xC2\xB7 ");
	html_text(b, m->name);
	html_raw(b, "</title>\n<style>");
	html_file(b, STYLE);
	html_raw(b, "</style>\n</head>\n");
}

/* Five rising bars, n of them filled. */
static void put_rungs(struct buf *b)
{
	html_raw(b, "<svg class=\"sprite\" aria-hidden=\"true\">");
	for (int n = 1; n <= MODEL_LEVELS; n++) {
		buf_printf(b, "<symbol id=\"rungs-%d\" viewBox=\"0 0 19 14\">", n);
		for (int i = 0; i < MODEL_LEVELS; i++)
			buf_printf(
			    b, "<rect x=\"%d\" y=\"%d\" width=\"3\" height=\"%d\" rx=\".5\" fill=\"currentColor\"%s/>",
			    i * 4, 10 - 2 * i - (i == 4), 4 + 2 * i + (i == 4), i < n ? "" : " opacity=\".28\"");
		html_raw(b, "</symbol>");
	}
	html_raw(b, "</svg>\n");
}

static void put_option(struct buf *b, str value, str label)
{
	html_raw(b, "<option value=\"");
	html_text(b, value);
	html_raw(b, "\">");
	html_text(b, label);
	html_raw(b, "</option>");
}

static void put_select(struct buf *b, const char *key, const char *label, const char *all)
{
	buf_printf(b, "<label><span class=\"vh\">%s</span><select data-filter=\"%s\"><option value=\"\">%s</option>",
		   label, key, all);
}

static void put_filters(struct buf *b, const struct book *book)
{
	static const str levels[] = {S("2"), S("3"), S("4"), S("5")};
	static const str deployments[] = {S("self_hosted"), S("paas"), S("saas")};
	static const str modes[] = {S("manual"), S("automated"), S("either")};
	const struct model *m = book->m;
	put_select(b, "category", "Category", "Category");
	for (size_t i = 0; i < m->n_categories; i++)
		put_option(b, m->categories[i].id, m->categories[i].title);
	html_raw(b, "</select></label>\n");
	put_select(b, "level", "Level", "Level");
	for (int l = 0; l < 4; l++) {
		buf_printf(b, "<option value=\"%.*s\">%.*s ", STR_ARG(levels[l]), STR_ARG(levels[l]));
		html_text(b, m->level_names[l + 1]);
		html_raw(b, "</option>");
	}
	html_raw(b, "</select></label>\n");
	put_select(b, "deployment", "Deployment type", "Deployment");
	for (int d = 0; d < 3; d++)
		put_option(b, deployments[d], report_book_deployment(1U << d));
	html_raw(b, "</select></label>\n");
	put_select(b, "mode", "Mode", "Mode");
	for (int k = 0; k < 3; k++)
		put_option(b, modes[k], report_book_mode((enum model_mode)k));
	html_raw(b, "</select></label>\n");
	put_select(b, "owner", "Owner", "Owner");
	for (size_t i = 0; i < book->n_owners; i++)
		if (book->owners[i].name.n)
			put_option(b, book->owners[i].name, report_book_owner(book->owners[i].name));
	html_raw(b, "</select></label>\n");
}

/* The script shows it; without one it would be of no use. */
static void put_bar(struct buf *b, const struct book *book)
{
	html_raw(b, "<header class=\"bar\">\n<a class=\"mark\" href=\"#top\"><svg class=\"rungs\" aria-hidden=\"true\">"
		    "<use href=\"#rungs-5\"/></svg><span>");
	html_text(b, book->m->name);
	html_raw(b, "</span></a>\n<div id=\"tools\" class=\"tools\" role=\"search\" hidden>\n"
		    "<label class=\"find\"><span class=\"vh\">Search the objectives</span>"
		    "<input id=\"find\" type=\"search\" placeholder=\"Search the objectives\" autocomplete=\"off\" "
		    "spellcheck=\"false\"><kbd>/</kbd></label>\n");
	put_filters(b, book);
	html_raw(b, "<button id=\"clear\" type=\"button\" hidden>Clear</button>\n"
		    "<output id=\"count\" aria-live=\"polite\"></output>\n</div>\n</header>\n");
}

/* ---- contents ---- */

static void put_chapters_before(struct buf *b, const struct model *m)
{
	html_raw(b, "<ul>\n");
	if (m->base.p)
		html_raw(b, "<li><a href=\"#overlay\">What the overlay changes</a></li>\n");
	if (m->n_about)
		html_raw(b, "<li><a href=\"#about\">About this model</a></li>\n");
	html_raw(b, "<li><a href=\"#levels\">How levels are decided</a></li>\n"
		    "<li><a href=\"#reading\">How to read an objective</a></li>\n"
		    "<li><a href=\"#glance\">The model at a glance</a></li>\n</ul>\n");
}

static void put_contents(struct buf *b, const struct model *m)
{
	int domain = -1;
	html_raw(b, "<nav class=\"spine\" aria-label=\"Contents\">\n<h2>The book</h2>\n");
	put_chapters_before(b, m);
	for (size_t i = 0; i < m->n_categories; i++) {
		const struct model_category *c = &m->categories[i];
		if (c->domain != domain) {
			if (domain >= 0)
				html_raw(b, "</ul>\n");
			html_raw(b, "<h2>");
			html_text(b, m->domains[c->domain].title);
			html_raw(b, "</h2>\n<ul>\n");
			domain = c->domain;
		}
		html_raw(b, "<li><a href=\"#");
		html_text(b, c->id);
		html_raw(b, "\"><span class=\"code\">");
		html_text(b, c->id);
		html_raw(b, "</span> ");
		html_text(b, c->title);
		html_raw(b, "</a></li>\n");
	}
	if (domain >= 0)
		html_raw(b, "</ul>\n");
	html_raw(b, "<h2>Look up</h2>\n<ul>\n<li><a href=\"#frameworks\">By framework</a></li>\n"
		    "<li><a href=\"#evidence\">By evidence</a></li>\n"
		    "<li><a href=\"#owners\">By owner</a></li>\n</ul>\n</nav>\n");
}

/* ---- title page ---- */

static void put_number(struct buf *b, size_t n, const char *what)
{
	buf_printf(b, "<div><dt>%s</dt><dd>%zu</dd></div>\n", what, n);
}

static void put_title(struct buf *b, const struct book *book)
{
	const struct model *m = book->m;
	html_raw(b, "<header class=\"title\" id=\"top\">\n<p class=\"over\">The book of the model</p>\n<h1>");
	html_text(b, m->title);
	html_raw(b, "</h1>\n<p class=\"version\">");
	html_text(b, m->name);
	html_raw(b, "</p>\n<dl class=\"numbers\">\n");
	put_number(b, m->n_domains, m->n_domains == 1 ? "domain" : "domains");
	put_number(b, m->n_categories, m->n_categories == 1 ? "category" : "categories");
	put_number(b, m->n_objectives, m->n_objectives == 1 ? "objective" : "objectives");
	put_number(b, book->n_checks, "with a check");
	put_number(b, book->modes[MODEL_AUTOMATED], "automated");
	put_number(b, book->modes[MODEL_EITHER], "either");
	put_number(b, book->modes[MODEL_MANUAL], "manual");
	html_raw(b, "</dl>\n");
	if (m->base.p) {
		struct buf counts = BUF(256);
		report_book_overlay_counts(&counts, m);
		html_raw(b, "<p class=\"overlay\"><a href=\"#overlay\">An overlay</a> of ");
		html_text(b, m->base);
		html_raw(b, ": ");
		html_text(b, buf_str(&counts));
		html_raw(b, ".</p>\n");
		buf_release(&counts);
	}
	if (m->notice.n) {
		html_raw(b, "<div class=\"notice\">\n");
		html_paragraphs(b, m->notice);
		html_raw(b, "</div>\n");
	}
	html_raw(b, "</header>\n");
}

/* ---- chapters ---- */

static void put_level_list(struct buf *b, const struct model *m)
{
	html_raw(b, "<dl class=\"levels\">\n");
	for (int l = 0; l < MODEL_LEVELS; l++) {
		html_raw(b, "<div><dt>");
		report_book_html_level(b, l + 1);
		html_raw(b, " ");
		html_text(b, m->level_names[l]);
		html_raw(b, "</dt><dd>");
		html_text(b, m->level_summaries[l]);
		html_raw(b, "</dd></div>\n");
	}
	html_raw(b, "</dl>\n");
}

static void put_overlaid(struct buf *b, const struct model *m, const struct model_overlaid *mark,
			 const struct model_objective *o)
{
	struct buf text = BUF(65536);
	html_raw(b, "<div><dt>");
	if (mark->act == MODEL_RETIRED)
		html_text(b, o->id);
	else
		report_book_html_link(b, o);
	html_raw(b, " ");
	html_text(b, o->title);
	html_raw(b, "</dt><dd>");
	report_book_overlay_sentence(&text, m, mark);
	html_text(b, buf_str(&text));
	html_raw(b, "</dd></div>\n");
	if (text.status != OK)
		b->status = text.status;
	buf_release(&text);
}

static void put_overlay(struct buf *b, const struct model *m)
{
	if (!m->base.p)
		return;
	html_raw(b, "<section class=\"chapter\" id=\"overlay\">\n<h2>What the overlay changes</h2>\n"
		    "<div class=\"prose\"><p>What is not named here is as ");
	html_text(b, m->base);
	html_raw(b, " has it.</p></div>\n<dl class=\"overlaid\">\n");
	for (int k = 0; k < MODEL_OVERLAY_ACTS; k++) {
		enum model_overlay_act act = report_book_overlay_order[k];
		for (size_t i = 0; act == MODEL_RETIRED && i < m->n_retired; i++)
			put_overlaid(b, m, &m->retired[i], m->retired[i].base);
		for (size_t i = 0; i < m->n_objectives; i++)
			if (m->objectives[i].overlaid && m->objectives[i].overlaid->act == act)
				put_overlaid(b, m, m->objectives[i].overlaid, &m->objectives[i]);
	}
	html_raw(b, "</dl>\n</section>\n");
}

static void put_chapters(struct buf *b, const struct model *m)
{
	put_overlay(b, m);
	if (m->n_about) {
		html_raw(
		    b, "<section class=\"chapter\" id=\"about\">\n<h2>About this model</h2>\n<div class=\"prose\">\n");
		for (size_t i = 0; i < m->n_about; i++)
			html_paragraphs_linked(b, m->about[i]);
		html_raw(b, "</div>\n</section>\n");
	}
	html_raw(b, "<section class=\"chapter\" id=\"levels\">\n<h2>How levels are decided</h2>\n");
	put_level_list(b, m);
	html_raw(b, "<div class=\"prose\">\n");
	report_prose_html(b, S("book/levels.md"));
	html_raw(b, "</div>\n</section>\n<section class=\"chapter\" id=\"reading\">\n"
		    "<h2>How to read an objective</h2>\n<div class=\"prose\">\n");
	report_prose_html(b, S("book/reading.md"));
	html_raw(b, "</div>\n</section>\n");
}

static void put_cell(struct buf *b, const struct book *book, const struct model_category *c, int level)
{
	buf_printf(b, "<td class=\"c%d\"><p>", level);
	html_text(b, c->levels[level - 1]);
	html_raw(b, "</p><span class=\"ids\">");
	for (int i = c->first_objective; i < c->first_objective + c->n_objectives; i++) {
		if (book->m->objectives[i].level != level)
			continue;
		report_book_html_link(b, &book->m->objectives[i]);
		html_raw(b, " ");
	}
	html_raw(b, "</span></td>\n");
}

static void put_glance(struct buf *b, const struct book *book)
{
	const struct model *m = book->m;
	html_raw(b, "<section class=\"chapter poster\" id=\"glance\">\n<h2>The model at a glance</h2>\n"
		    "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"The model at a glance\">\n"
		    "<table class=\"glance\">\n<thead><tr><td></td>");
	for (int l = 0; l < MODEL_LEVELS; l++) {
		html_raw(b, "<th scope=\"col\">");
		report_book_html_level(b, l + 1);
		html_raw(b, " ");
		html_text(b, m->level_names[l]);
		html_raw(b, "</th>");
	}
	html_raw(b, "</tr></thead>\n");
	for (size_t i = 0; i < m->n_categories; i++) {
		const struct model_category *c = &m->categories[i];
		if (i == 0 || c->domain != m->categories[i - 1].domain) {
			html_raw(b, "<tbody class=\"dom\"><tr><th colspan=\"6\" scope=\"colgroup\">");
			html_text(b, m->domains[c->domain].title);
			html_raw(b, "</th></tr></tbody>\n");
		}
		html_raw(b, "<tbody><tr><th scope=\"row\"><a href=\"#");
		html_text(b, c->id);
		html_raw(b, "\"><span class=\"code\">");
		html_text(b, c->id);
		html_raw(b, "</span> ");
		html_text(b, c->title);
		html_raw(b, "</a></th>\n");
		for (int l = 1; l <= MODEL_LEVELS; l++)
			put_cell(b, book, c, l);
		html_raw(b, "</tr></tbody>\n");
	}
	html_raw(b, "</table>\n</div>\n</section>\n");
}

static void put_model(struct buf *b, const struct book *book)
{
	const struct model *m = book->m;
	html_raw(b, "<div id=\"objectives\">\n");
	for (size_t i = 0; i < m->n_categories; i++) {
		const struct model_category *c = &m->categories[i];
		const struct model_domain *d = &m->domains[c->domain];
		if (i == 0 || c->domain != m->categories[i - 1].domain) {
			if (i)
				html_raw(b, "</section>\n");
			html_raw(b, "<section class=\"domain\" id=\"domain-");
			html_text(b, d->id);
			html_raw(b, "\">\n<header class=\"dom-head\">\n<p class=\"over\">Domain</p>\n<h2>");
			html_text(b, d->title);
			html_raw(b, "</h2>\n");
			html_paragraphs(b, d->summary);
			html_raw(b, "</header>\n");
		}
		report_book_html_category(b, book, c);
	}
	if (m->n_categories)
		html_raw(b, "</section>\n");
	html_raw(b, "<p id=\"nothing\" hidden>No objective is like that.</p>\n</div>\n");
}

enum status report_book_html(const struct book *book, struct view_documents *out, struct err *err)
{
	struct buf b = BUF(BOOK_BYTES);
	struct view_document *document = arena_new(book->a, struct view_document, 1);
	if (!document)
		return err_full(err);
	put_head(&b, book->m);
	html_raw(&b, "<body>\n<a class=\"skip\" href=\"#book\">To the text</a>\n");
	put_rungs(&b);
	put_bar(&b, book);
	html_raw(&b, "<div class=\"frame\">\n");
	put_contents(&b, book->m);
	html_raw(&b, "<main id=\"book\">\n");
	put_title(&b, book);
	put_chapters(&b, book->m);
	put_glance(&b, book);
	put_model(&b, book);
	report_book_html_cross(&b, book);
	html_raw(&b, "</main>\n</div>\n<script>");
	html_file(&b, SCRIPT);
	html_raw(&b, "</script>\n</body>\n</html>\n");
	TRY(report_book_text(book->a, &b, &document->text, err));
	out->list = document;
	out->n = 1;
	return OK;
}
