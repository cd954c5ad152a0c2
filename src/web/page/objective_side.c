#include "base/time.h"
#include "core/framework.h"
#include "web/page/objective.h"
#include "web/ui_evidence.h"
#include "web/ui_table.h"

/* ---- what is not known ---- */

static void feed_name(const struct page_objective *p, str feed)
{
	if (p->v->whole)
		ui_a(p->u, "", S("/evidence/feed/"), feed);
	ui_user(p->u->b, feed);
	if (p->v->whole)
		html_raw(p->u->b, "</a>");
}

static void stale_feed(const struct page_objective *p, const struct view_gap *g)
{
	struct buf *b = p->u->b;
	if (!g->stale_feed.p)
		return;
	html_raw(b, " The feed ");
	feed_name(p, g->stale_feed);
	html_raw(b, " sent its newest snapshot ");
	ui_ago(b, g->stale_ms, p->v->lens.at_ms);
	html_raw(b, " ago, which is too old here.");
}

static void late_feed(const struct page_objective *p, const struct view_gap *g)
{
	struct buf *b = p->u->b;
	if (!g->late_feed.p)
		return;
	html_raw(b, " The feed ");
	feed_name(p, g->late_feed);
	html_raw(b, " is overdue for ");
	ui_ago(b, g->late_due_ms, p->v->lens.at_ms);
	if (g->late_owner.n) {
		html_raw(b, "; ");
		page_person(p->u, g->late_owner);
		html_raw(b, " answers for it");
	}
	html_raw(b, ".");
}

static void gap(const struct page_objective *p, const struct view_gap *g)
{
	struct buf *b = p->u->b;
	int kind = evidence_kind_find(g->kind);
	html_raw(b, "<li>");
	ui_icon(b, UI_CLOCK, "stale");
	html_raw(b, "<span class=\"t\">");
	html_text(b, kind >= 0 ? evidence_kinds[kind].title : g->kind);
	html_raw(b, "</span><span></span><span class=\"d\">");
	if (g->units) {
		html_raw(b, "No fresh feed looks at ");
		ui_count(b, g->units);
		html_raw(b, " of ");
		ui_plural(b, g->of, S("unit"), S("units"));
		html_raw(b, ".");
	}
	stale_feed(p, g);
	late_feed(p, g);
	if (g->unresolved_rows) {
		html_raw(b, " ");
		ui_plural(b, g->unresolved_rows, S("row names"), S("rows name"));
		html_raw(b, " AI systems that no register knows (");
		ui_plural(b, g->unresolved_names, S("name"), S("names"));
		html_raw(b, ") and ");
		buf_add(b, g->unresolved_rows == 1 ? S("counts") : S("count"));
		html_raw(b, " for nothing.");
		if (p->v->whole) {
			html_raw(b, " ");
			ui_a(p->u, "", S("/evidence/unresolved"), (str){0});
			html_raw(b, "Link them</a>.");
		}
	}
	html_raw(b, "</span></li>");
}

static void silent(const struct page_objective *p)
{
	const struct view_objective *v = &p->v->objective;
	struct buf *b = p->u->b;
	if (!v->n_silent)
		return;
	html_raw(b, "<li>");
	ui_icon(b, UI_OPEN, "v-open");
	html_raw(b, "<span class=\"t\">");
	ui_plural(b, (int64_t)v->n_silent, S("unit says nothing"), S("units say nothing"));
	html_raw(b, "</span><span></span><span class=\"d\">Each counts as unknown with its size: ");
	for (size_t i = 0; i < v->n_silent_listed && i < 8; i++) {
		if (i)
			html_raw(b, ", ");
		if (p->v->whole)
			ui_a_unit(p->u, "", S("/objective/"), v->objective->id, v->silent[i].unit);
		ui_user(b, v->silent[i].unit);
		if (p->v->whole)
			html_raw(b, "</a>");
		html_raw(b, " (");
		ui_count(b, v->silent[i].size);
		html_raw(b, ")");
	}
	buf_add(b, v->n_silent > 8 ? S(" and others.") : S("."));
	html_raw(b, "</span></li>");
}

void page_objective_gaps(const struct page_objective *p)
{
	const struct view_objective *v = &p->v->objective;
	struct buf *b = p->u->b;
	if (!v->n_gaps && !v->n_silent)
		return;
	html_raw(b, "<section class=\"sec gap-s\" aria-labelledby=\"o-g\"><header><h2 id=\"o-g\">What is not "
		    "known</h2></header><ul class=\"items\">");
	for (size_t i = 0; i < v->n_gaps; i++)
		gap(p, &v->gaps[i]);
	silent(p);
	html_raw(b, "</ul></section>");
}

/* ---- why it tells its level ---- */

static void term(struct buf *b, str name)
{
	html_raw(b, "<div><dt>");
	html_text(b, name);
	html_raw(b, "</dt><dd>");
}

static void deployments(struct buf *b, unsigned bits)
{
	static const struct {
		unsigned bit;
		str word;
	} words[] = {{MODEL_SELF_HOSTED, S("self-hosted")}, {MODEL_PAAS, S("managed")}, {MODEL_SAAS, S("SaaS")}};
	bool first = true;
	for (size_t i = 0; i < 3; i++) {
		if (!(bits & words[i].bit))
			continue;
		if (!first)
			html_raw(b, ", ");
		html_text(b, words[i].word);
		first = false;
	}
}

static void comes_after(const struct page_objective *p)
{
	const struct view_objective *v = &p->v->objective;
	struct buf *b = p->u->b;
	if (!v->objective->n_requires)
		return;
	term(b, S("Comes after"));
	for (size_t i = 0; i < v->objective->n_requires; i++) {
		str id = v->model->objectives[v->objective->requires[i]].id;
		if (i)
			html_raw(b, ", ");
		if (p->v->whole)
			ui_a(p->u, "", S("/objective/"), id);
		html_text(b, id);
		if (p->v->whole)
			html_raw(b, "</a>");
	}
	html_raw(b, "</dd></div>");
}

static void terms(const struct page_objective *p)
{
	static const str modes[] = {S("Manual"), S("Automated"), S("Either")};
	const struct model_objective *o = p->v->objective.objective;
	struct buf *b = p->u->b;
	html_raw(b, "<dl class=\"meta gap-t\">");
	term(b, S("Threshold"));
	ui_share(b, o->threshold_milli);
	html_raw(b, "</dd></div>");
	term(b, S("Looks back"));
	ui_span(b, o->window_ms);
	html_raw(b, "</dd></div>");
	term(b, S("A measure holds"));
	ui_span(b, o->max_age_ms);
	html_raw(b, "</dd></div>");
	term(b, S("Mode"));
	html_text(b, modes[o->mode]);
	html_raw(b, "</dd></div>");
	if (o->owner.n) {
		term(b, S("Owner"));
		page_person(p->u, o->owner);
		html_raw(b, "</dd></div>");
	}
	term(b, S("Applies to"));
	deployments(b, o->deployment);
	buf_add(b, o->scope == MODEL_SCOPE_PROGRAM ? S("; the whole program</dd></div>") : S("</dd></div>"));
	term(b, S("Effort"));
	ui_plural(b, o->effort_days, S("day"), S("days"));
	html_raw(b, "</dd></div>");
	comes_after(p);
	html_raw(b, "</dl>");
}

/* What meeting it would change at the unit. */
static void effect(const struct page_objective *p)
{
	const struct view_detail *v = p->v;
	const struct view_lift *l = &v->lift;
	struct buf *b = p->u->b;
	if (!v->missing)
		return;
	html_raw(b, "<p class=\"sm sub gap-t\"><b class=\"num\">");
	ui_count(b, v->missing);
	html_raw(b, "</b> more yes would make it met");
	if (v->lifts && l->n_steps == 1) {
		html_raw(b, ", and the category would reach level ");
		html_int(b, l->to);
	} else if (v->lifts) {
		html_raw(b, ". Together with ");
		ui_plural(b, (int64_t)l->n_steps - 1, S("other objective"), S("other objectives"));
		html_raw(b, " that would lift the category to level ");
		html_int(b, l->to);
	}
	html_raw(b, ".</p>");
}

void page_objective_why(const struct page_objective *p)
{
	const struct model_objective *o = p->v->objective.objective;
	struct buf *b = p->u->b;
	html_raw(b, "<section class=\"sec\" aria-labelledby=\"o-w\"><header><h2 id=\"o-w\">Why this tells level ");
	html_int(b, o->level);
	html_raw(b, "</h2></header><div class=\"sm sub stack\">");
	html_paragraphs(b, o->rationale);
	html_raw(b, "</div>");
	effect(p);
	terms(p);
	if (o->threshold_why.n) {
		html_raw(b, "<p class=\"xs mut gap-t\">");
		html_text(b, o->threshold_why);
		html_raw(b, "</p>");
	}
	if (o->guidance.n) {
		html_raw(
		    b, "<details class=\"gap-t\"><summary>How to meet it</summary><div class=\"sm sub stack gap-t\">");
		html_paragraphs_linked(b, o->guidance);
		html_raw(b, "</div></details>");
	}
	html_raw(b, "</section>");
}

/* ---- evidence and references ---- */

enum { FILES_OPEN = 6 /* the rest of them is folded */ };

static void file(const struct page_objective *p, const struct view_detail_file *f)
{
	struct buf *b = p->u->b;
	html_raw(b, "<li>");
	ui_icon(b, f->stale ? UI_CLOCK : UI_FILE, f->stale ? "stale" : "");
	html_raw(b, "<span class=\"t\">");
	if (f->may_open)
		ui_a(p->u, "", S("/evidence/file/"), f->sha256);
	ui_user(b, f->name);
	if (f->may_open)
		html_raw(b, "</a>");
	buf_add(b, f->stale ? S("</span><span class=\"when end stale\">") : S("</span><span class=\"when end\">"));
	ui_ago(b, f->observed_ms, p->v->lens.at_ms);
	if (f->stale)
		html_raw(b, ", stale");
	html_raw(b, "</span><span class=\"d\">");
	html_raw(b, "sha256 ");
	ui_hash(b, f->sha256);
	if (f->feed.p && f->may_open) {
		html_raw(b, "<br>");
		ui_a(p->u, "", S("/evidence/feed/"), f->feed);
		ui_user(b, f->feed);
		html_raw(b, "</a>");
	}
	html_raw(b, "</span></li>");
}

static void files(const struct page_objective *p, size_t from, size_t to)
{
	html_raw(p->u->b, "<ul class=\"items ev-l\">");
	for (size_t i = from; i < to; i++)
		file(p, &p->v->files[i]);
	html_raw(p->u->b, "</ul>");
}

void page_objective_files(const struct page_objective *p)
{
	struct buf *b = p->u->b;
	ui_section(p->u, S("o-e"), S("Evidence"), (str){0});
	if (!p->v->n_files)
		html_raw(b, "<p class=\"sm sub\">No file stands behind these numbers yet.</p>");
	size_t listed = p->v->n_files_listed, first = listed > FILES_OPEN + 1 ? FILES_OPEN : listed;
	files(p, 0, first);
	if (listed > first) {
		html_raw(b, "<details class=\"data\"><summary>");
		html_int(b, (int64_t)(listed - first));
		html_raw(b, " more</summary>");
		files(p, first, listed);
		html_raw(b, "</details>");
	}
	if (p->v->n_files > p->v->n_files_listed) {
		html_raw(b, "<p class=\"sm sub\">and ");
		ui_plural(b, (int64_t)(p->v->n_files - p->v->n_files_listed), S("other file"), S("other files"));
		html_raw(b, "</p>");
	}
	ui_section_end(p->u);
}

void page_objective_refs(const struct page_objective *p)
{
	const struct model_objective *o = p->v->objective.objective;
	struct buf *b = p->u->b;
	if (!o->n_refs)
		return;
	ui_section(p->u, S("o-r"), S("References"), (str){0});
	html_raw(b, "<dl class=\"refs sm\">");
	for (size_t i = 0; i < o->n_refs; i++) {
		const struct model_ref *ref = &o->refs[i];
		const struct framework *f = framework_find(ref->framework);
		html_raw(b, "<dt>");
		html_text(b, f ? f->title : ref->framework);
		html_raw(b, " ");
		html_text(b, ref->version);
		html_raw(b, "</dt>");
		for (size_t k = 0; k < ref->n_ids; k++) {
			str title = framework_title(ref->framework, ref->version, ref->ids[k]);
			html_raw(b, "<dd><b>");
			html_text(b, ref->ids[k]);
			html_raw(b, "</b> ");
			html_text(b, title);
			html_raw(b, "</dd>");
		}
	}
	html_raw(b, "</dl>");
	ui_section_end(p->u);
}
