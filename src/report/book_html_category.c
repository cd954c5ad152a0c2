/* One category of the page: its ladder, and each of its objectives. */
#include "base/html.h"
#include "report/book_inside.h"

static void put_owners(struct buf *b, const struct model_category *c)
{
	if (!c->n_owners)
		return;
	html_raw(b, "<p class=\"owners\"><span>Owned by</span> ");
	for (size_t i = 0; i < c->n_owners; i++) {
		if (i)
			html_raw(b, ", ");
		html_text(b, report_book_owner(c->owners[i]));
	}
	html_raw(b, "</p>\n");
}

/* ---- the ladder ---- */

static void put_rung_objective(struct buf *b, const struct model_objective *o)
{
	html_raw(b, "<li><a class=\"id\" href=\"#");
	html_text(b, o->id);
	html_raw(b, "\">");
	html_text(b, o->id);
	html_raw(b, "</a> <span class=\"ti\">");
	html_text(b, o->title);
	html_raw(b, "</span> <span class=\"th\">");
	report_book_share(b, o->threshold_milli);
	html_raw(b, "</span> <span class=\"mo\">");
	buf_add(b, report_book_mode(o->mode));
	if (o->overlaid) {
		html_raw(b, "</span> <span class=\"mo act\">");
		html_text(b, report_book_overlay_word(o->overlaid->act));
	}
	html_raw(b, "</span></li>\n");
}

static void put_ladder(struct buf *b, const struct model *m, const struct model_category *c)
{
	html_raw(b, "<ol class=\"ladder\">\n");
	for (int level = 1; level <= MODEL_LEVELS; level++) {
		buf_printf(b, "<li class=\"rung r%d\">\n<div class=\"what\"><p class=\"name\">", level);
		report_book_html_level(b, level);
		html_raw(b, " ");
		html_text(b, m->level_names[level - 1]);
		html_raw(b, "</p>\n");
		html_paragraphs(b, c->levels[level - 1]);
		html_raw(b, "</div>\n");
		if (level == 1)
			html_raw(b, "<p class=\"none\">No objectives: this is where everyone starts.</p>\n");
		else
			html_raw(b, "<ul>\n");
		for (int i = c->first_objective; level > 1 && i < c->first_objective + c->n_objectives; i++)
			if (m->objectives[i].level == level)
				put_rung_objective(b, &m->objectives[i]);
		if (level > 1)
			html_raw(b, "</ul>\n");
		html_raw(b, "</li>\n");
	}
	html_raw(b, "</ol>\n");
}

/* ---- an objective ---- */

/* What the script filters by. */
static void put_data(struct buf *b, const struct model *m, const struct model_objective *o)
{
	static const str modes[] = {
	    [MODEL_MANUAL] = S("manual"), [MODEL_AUTOMATED] = S("automated"), [MODEL_EITHER] = S("either")};
	static const str deployments[] = {S("self_hosted"), S("paas"), S("saas")};
	html_raw(b, " data-category=\"");
	html_text(b, m->categories[o->category].id);
	buf_printf(b, "\" data-level=\"%d\" data-mode=\"", o->level);
	html_text(b, modes[o->mode]);
	html_raw(b, "\" data-owner=\"");
	html_text(b, o->owner);
	html_raw(b, "\" data-deployment=\"");
	for (int d = 0; d < 3; d++) {
		if (o->deployment >> d & 1) {
			html_text(b, deployments[d]);
			html_raw(b, " ");
		}
	}
	html_raw(b, "\"");
}

static void put_heading(struct buf *b, const struct model *m, const struct model_objective *o)
{
	html_raw(b, "<article class=\"ob\" id=\"");
	html_text(b, o->id);
	html_raw(b, "\"");
	put_data(b, m, o);
	html_raw(b, ">\n<header>\n<p class=\"where\">");
	report_book_html_level(b, o->level);
	html_raw(b, " <a class=\"id\" href=\"#");
	html_text(b, o->id);
	html_raw(b, "\">");
	html_text(b, o->id);
	html_raw(b, "</a></p>\n<h4>");
	html_text(b, o->title);
	html_raw(b, "</h4>\n<p class=\"kpi\">");
	html_text(b, o->kpi);
	html_raw(b, "</p>\n</header>\n");
}

/* The bar of the product, empty: the tick stands at the threshold. Places are attributes: the policy allows no style.
 */
static void put_tick(struct buf *b, int32_t thousandths)
{
	int32_t x = thousandths - 3 > 994 ? 994 : thousandths - 3;
	buf_printf(b,
		   "<svg class=\"tick\" viewBox=\"0 0 1000 24\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
		   "<rect class=\"yes\" y=\"7\" width=\"%d\" height=\"10\"/>"
		   "<rect class=\"rest\" x=\"%d\" y=\"7\" width=\"%d\" height=\"10\"/>"
		   "<rect class=\"mark\" x=\"%d\" width=\"6\" height=\"24\"/></svg>\n",
		   thousandths, thousandths, 1000 - thousandths, x);
}

static void put_fact(struct buf *b, const char *name, str text)
{
	if (!text.n)
		return;
	buf_printf(b, "<div><dt>%s</dt><dd>", name);
	html_text(b, text);
	html_raw(b, "</dd></div>\n");
}

static void put_rule(struct buf *b, const struct model_objective *o)
{
	struct buf text = BUF(65536);
	html_raw(b, "<div class=\"rule\">\n<p class=\"share\">");
	report_book_share(b, o->threshold_milli);
	html_raw(b, "</p>\n");
	put_tick(b, o->threshold_milli);
	html_raw(b, "<p>");
	report_book_rule(&text, o);
	html_text(b, buf_str(&text));
	html_raw(b, "</p>\n</div>\n");
	if (text.status != OK)
		b->status = text.status;
	buf_release(&text);
}

static void put_overlaid(struct buf *b, const struct model *m, const struct model_objective *o)
{
	struct buf text = BUF(65536);
	if (!o->overlaid)
		return;
	html_raw(b, "<p class=\"overlay\">");
	report_book_overlay_sentence(&text, m, o->overlaid);
	html_text(b, buf_str(&text));
	html_raw(b, "</p>\n");
	if (text.status != OK)
		b->status = text.status;
	buf_release(&text);
}

static void put_side(struct buf *b, const struct model_objective *o)
{
	struct buf text = BUF(256);
	html_raw(b, "<dl class=\"side\">\n");
	report_book_deployments(&text, o->deployment);
	put_fact(b, "Applies to", buf_str(&text));
	buf_clear(&text);
	buf_add(&text, report_book_mode(o->mode));
	buf_add(&text, S(": "));
	buf_add(&text, report_book_mode_text(o->mode));
	put_fact(b, "Mode", buf_str(&text));
	put_fact(b, "Owner", report_book_owner(o->owner));
	buf_clear(&text);
	report_book_count(&text, (size_t)o->effort_days, "person-day", "person-days");
	if (o->effort_days)
		put_fact(b, "Effort", buf_str(&text));
	html_raw(b, "</dl>\n");
	buf_release(&text);
}

static void put_list(struct buf *b, const char *name, const str *texts, size_t n)
{
	if (!n)
		return;
	buf_printf(b, "<section>\n<h5>%s</h5>\n<ul>\n", name);
	for (size_t i = 0; i < n; i++) {
		html_raw(b, "<li>");
		html_text(b, texts[i]);
		html_raw(b, "</li>\n");
	}
	html_raw(b, "</ul>\n</section>\n");
}

static void put_section(struct buf *b, const char *name, str text)
{
	if (!text.n)
		return;
	buf_printf(b, "<section>\n<h5>%s</h5>\n", name);
	html_paragraphs(b, text);
	html_raw(b, "</section>\n");
}

static void put_neighbours(struct buf *b, const struct book *book, const char *name, struct book_list list)
{
	if (!list.n)
		return;
	buf_printf(b, "<section>\n<h5>%s</h5>\n<ul class=\"near\">\n", name);
	for (size_t i = 0; i < list.n; i++) {
		const struct model_objective *o = &book->m->objectives[list.objectives[i]];
		html_raw(b, "<li><a class=\"id\" href=\"#");
		html_text(b, o->id);
		html_raw(b, "\">");
		html_text(b, o->id);
		html_raw(b, "</a> ");
		html_text(b, o->title);
		html_raw(b, "</li>\n");
	}
	html_raw(b, "</ul>\n</section>\n");
}

static void put_ref(struct buf *b, const struct model_ref *ref)
{
	const struct framework *f = framework_find(ref->framework);
	html_raw(b, "<div><dt>");
	html_text(b, f ? f->title : ref->framework);
	html_raw(b, " ");
	html_text(b, ref->version);
	html_raw(b, "</dt>\n");
	for (size_t i = 0; i < ref->n_ids; i++) {
		str title = framework_title(ref->framework, ref->version, ref->ids[i]);
		html_raw(b, "<dd><span class=\"rid\">");
		html_text(b, ref->ids[i]);
		html_raw(b, "</span> ");
		/* A catalogue that has no shorter title than the text itself gives the id again. */
		if (!str_eq(title, ref->ids[i]))
			html_text(b, title);
		html_raw(b, "</dd>\n");
	}
	html_raw(b, "</div>\n");
}

static void put_refs(struct buf *b, const struct model_objective *o)
{
	if (!o->n_refs)
		return;
	html_raw(b, "<section class=\"refs\">\n<h5>References</h5>\n<dl>\n");
	for (size_t i = 0; i < o->n_refs; i++)
		put_ref(b, &o->refs[i]);
	html_raw(b, "</dl>\n</section>\n");
}

static void put_views(struct buf *b, uint64_t kinds)
{
	bool first = true;
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		if (!(kinds >> k & 1))
			continue;
		buf_add(b, first ? S(" <span class=\"reads\">reads ") : S(", "));
		html_raw(b, "<code>");
		html_text(b, evidence_kinds[k].name);
		html_raw(b, "</code>");
		first = false;
	}
	if (!first)
		html_raw(b, "</span>");
}

static void put_check(struct buf *b, const struct model_objective *o, uint64_t kinds)
{
	if (!o->check.p)
		return;
	html_raw(b, "<details>\n<summary>The check");
	put_views(b, kinds);
	html_raw(b, "</summary>\n<pre><code>");
	html_text(b, o->check);
	html_raw(b, "</code></pre>\n");
	if (o->population_size.p) {
		html_raw(b, "<p>How many there are, of whom the check sees a sample:</p>\n<pre><code>");
		html_text(b, o->population_size);
		html_raw(b, "</code></pre>\n");
	}
	html_raw(b, "</details>\n");
}

static void put_objective(struct buf *b, const struct book *book, size_t index)
{
	const struct model_objective *o = &book->m->objectives[index];
	put_heading(b, book->m, o);
	html_raw(b, "<div class=\"body\">\n<div class=\"main\">\n");
	put_rule(b, o);
	put_overlaid(b, book->m, o);
	html_raw(b, "<dl class=\"who\">\n");
	put_fact(b, "Population", o->population);
	put_fact(b, "Condition", o->condition);
	put_fact(b, report_book_overlay_why(o), o->threshold_why);
	html_raw(b, "</dl>\n");
	put_section(b, "Why this shows the level", o->rationale);
	put_section(b, "What to do", o->guidance);
	html_raw(b, "</div>\n<div class=\"aside\">\n");
	put_side(b, o);
	put_list(b, "Evidence", o->evidence, o->n_evidence);
	put_neighbours(b, book, "Comes after", (struct book_list){o->n_requires, o->requires});
	put_neighbours(b, book, "Makes possible", book->enables[index]);
	html_raw(b, "</div>\n</div>\n");
	put_refs(b, o);
	put_check(b, o, book->reads[index]);
	html_raw(b, "</article>\n");
}

void report_book_html_category(struct buf *b, const struct book *book, const struct model_category *c)
{
	html_raw(b, "<section class=\"cat\" id=\"");
	html_text(b, c->id);
	html_raw(b, "\">\n<header class=\"cat-head\">\n<h3>");
	html_text(b, c->title);
	if (!str_eq(c->title, c->id)) {
		html_raw(b, " <span class=\"code\">");
		html_text(b, c->id);
		html_raw(b, "</span>");
	}
	html_raw(b, "</h3>\n");
	html_paragraphs(b, c->summary);
	put_owners(b, c);
	if (c->weight != 1) {
		html_raw(b, "<p class=\"owners\"><span>Weight in means</span> ");
		html_int(b, c->weight);
		html_raw(b, "</p>\n");
	}
	html_raw(b, "</header>\n");
	put_ladder(b, book->m, c);
	for (int i = 0; i < c->n_objectives; i++)
		put_objective(b, book, (size_t)(c->first_objective + i));
	html_raw(b, "</section>\n");
}
