#include "base/csv.h"
#include "base/limits.h"
#include "base/time.h"
#include "web/page/objective.h"
#include "web/ui_evidence.h"
#include "web/ui_table.h"
#include "web/ui_view.h"

enum { ROWS = 25 };

struct offenders {
	struct request *q;
	struct ui *u;
	struct view_filter filter;
	struct view_offenders v;
	str path, csv; /* of this part, and of its table */
};

static void read_filter(const struct request *q, struct view_filter *out)
{
	str of = request_field(&q->query, S("of"));
	*out = (struct view_filter){
	    .text = str_trim(request_field(&q->query, S("text"))),
	    .unit = request_field(&q->query, S("in")),
	    .kind = request_field(&q->query, S("kind")),
	    .of = str_eq(of, S("no"))        ? VIEW_FILTER_NOT_MET
		  : str_eq(of, S("unknown")) ? VIEW_FILTER_UNKNOWN
					     : VIEW_FILTER_ALL,
	};
}

static str word_of(const struct view_filter *f)
{
	static const str words[] = {[VIEW_FILTER_NOT_MET] = S("no"), [VIEW_FILTER_UNKNOWN] = S("unknown")};
	return words[f->of];
}

static enum status print_path(struct offenders *o, struct err *err)
{
	struct buf b = BUF(LIMIT_ID_BYTES * 4);
	html_raw(&b, "/objective/");
	ui_url(&b, o->v.objective->id);
	html_raw(&b, "/offenders");
	o->path = str_copy(o->q->arena, buf_str(&b));
	html_raw(&b, ".csv");
	o->csv = str_copy(o->q->arena, buf_str(&b));
	buf_release(&b);
	return o->path.p && o->csv.p ? OK : err_full(err);
}

/* ---- the filter ---- */

static void filter_unit(const struct offenders *o)
{
	const struct unit_tree *tree = o->v.lens.tree;
	int top = o->v.lens.unit, shown = 0;
	struct buf *b = o->u->b;
	if (tree->units[top].span == 1)
		return;
	html_raw(b, "<label class=\"vh\" for=\"of-in\">Unit</label><select class=\"auto\" id=\"of-in\" name=\"in\">");
	ui_option(o->u, S(""), S("All units"), o->filter.unit);
	for (int i = top + 1; i < top + tree->units[top].span && shown < 200; i++) {
		const struct unit *unit = &tree->units[i];
		bool chosen = str_eq(unit->id, o->filter.unit);
		if (unit->depth > tree->units[top].depth + 2 && !chosen)
			continue;
		ui_option(o->u, unit->id, unit->name.n ? unit->name : unit->id, o->filter.unit);
		shown++;
	}
	html_raw(b, "</select>");
}

static void filter_kind(const struct offenders *o)
{
	struct buf *b = o->u->b;
	if (!(o->v.kinds & (o->v.kinds - 1)))
		return;
	html_raw(
	    b, "<label class=\"vh\" for=\"of-kind\">Kind</label><select class=\"auto\" id=\"of-kind\" name=\"kind\">");
	ui_option(o->u, S(""), S("All kinds"), o->filter.kind);
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		if (o->v.kinds >> k & 1)
			ui_option(o->u, evidence_kinds[k].name, evidence_kinds[k].title, o->filter.kind);
	html_raw(b, "</select>");
}

static void filter(const struct offenders *o)
{
	struct buf *b = o->u->b;
	html_raw(b, "<form class=\"filter\" role=\"search\" aria-label=\"Filter offenders\" action=\"");
	html_text(b, o->path);
	html_raw(b, "\" hx-get=\"");
	html_text(b, o->path);
	html_raw(
	    b,
	    "\" hx-target=\"#offenders\" hx-swap=\"outerHTML\" hx-trigger=\"submit, change, input changed delay:250ms "
	    "from:#of-text\">");
	ui_lens_fields(o->u);
	html_raw(b, "<label class=\"vh\" for=\"of-text\">Subject or unit</label><input class=\"grow\" id=\"of-text\" "
		    "name=\"text\" type=\"text\" dir=\"auto\" placeholder=\"Subject or unit\" value=\"");
	html_text(b, o->filter.text);
	html_raw(b, "\">");
	filter_unit(o);
	filter_kind(o);
	html_raw(b,
		 "<label class=\"vh\" for=\"of-of\">Verdict</label><select class=\"auto\" id=\"of-of\" name=\"of\">");
	ui_option(o->u, S(""), S("Not met and unknown"), word_of(&o->filter));
	ui_option(o->u, S("no"), S("Not met"), word_of(&o->filter));
	ui_option(o->u, S("unknown"), S("Unknown"), word_of(&o->filter));
	html_raw(b, "</select><button class=\"btn\">Filter</button></form>");
}

/* ---- the rows ---- */

static str unit_name(const struct offenders *o, str id)
{
	const struct unit_tree *tree = o->v.lens.tree;
	int unit = unit_find(tree, id);
	return unit != UNIT_NONE && tree->units[unit].name.n ? tree->units[unit].name : id;
}

static void record(const struct offenders *o, const struct view_subject *s)
{
	struct buf *b = o->u->b;
	if (!s->n_records) {
		html_raw(b, "<td class=\"mut\">–</td><td class=\"mut\">nothing shows it now</td>");
		return;
	}
	const struct view_record *r = s->records;
	bool opens = ui_sees_whole(o->u);
	html_raw(b, "<td>");
	if (opens)
		ui_a(o->u, "", S("/evidence/feed/"), r->feed);
	ui_user(b, r->feed);
	buf_add(b, opens ? S("</a></td><td class=\"nw\">") : S("</td><td class=\"nw\">"));
	if (opens)
		ui_a(o->u, "", S("/evidence/file/"), r->sha256);
	ui_hash(b, r->sha256);
	if (opens)
		html_raw(b, "</a>");
	html_raw(b, " <span class=\"xs\">");
	buf_add(b, r->line ? S("line ") : S("record "));
	html_int(b, r->line ? r->line : r->record);
	html_raw(b, "</span>");
	if (s->n_records > 1) {
		html_raw(b, " <span class=\"xs mut\">+");
		html_int(b, (int64_t)s->n_records - 1);
		html_raw(b, "</span>");
	}
	html_raw(b, "</td>");
}

static void row(const struct offenders *o, const struct view_subject *s)
{
	struct buf *b = o->u->b;
	html_raw(b, "<tr><th scope=\"row\">");
	if (s->name.n && !str_eq(s->name, s->id)) {
		ui_user(b, s->name);
		html_raw(b, "<br><span class=\"xs mut mono\">");
		ui_user(b, s->id);
		html_raw(b, "</span>");
	} else {
		html_raw(b, "<span class=\"mono\">");
		ui_user(b, s->id);
		html_raw(b, "</span>");
	}
	html_raw(b, "</th><td>");
	ui_user(b, unit_name(o, s->unit));
	html_raw(b, "</td><td>");
	if (s->meets == 0)
		ui_verdict(b, SCORE_NOT_MET);
	else
		html_raw(b, "<span class=\"v v-open\">Unknown</span>");
	html_raw(b, "</td>");
	record(o, s);
	html_raw(b, "</tr>");
}

static void table(const struct offenders *o)
{
	static const str heads[] = {S("Subject"), S("Unit"), S("Verdict"), S("Feed"), S("Evidence, record")};
	struct ui_pair more[] = {{S("text"), o->filter.text},
				 {S("in"), o->filter.unit},
				 {S("kind"), o->filter.kind},
				 {S("of"), word_of(&o->filter)}};
	ui_table(o->u, S("Table of offenders"));
	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
		ui_head_cell(o->u, heads[i], false);
	ui_table_body(o->u);
	for (size_t i = 0; i < o->v.n; i++)
		row(o, &o->v.list[i]);
	if (!o->v.n)
		ui_table_none(o->u, 5,
			      o->v.passed ? S("There are no rows on this page.") : S("Nothing fits the filter."));
	ui_table_close(o->u);
	ui_pager(o->u, &(struct ui_pages){.path = o->path,
					  .offset = o->v.offset,
					  .shown = (int64_t)o->v.n,
					  .limit = ROWS,
					  .total = o->v.passed,
					  .more = more,
					  .n_more = sizeof more / sizeof more[0],
					  .target = S("offenders")});
	ui_table_end(o->u);
}

static void counts(struct buf *b, int64_t not_met, int64_t unknown)
{
	ui_count(b, not_met);
	html_raw(b, " not met, ");
	ui_count(b, unknown);
	html_raw(b, " unknown");
}

static void head(const struct offenders *o)
{
	struct ui_pair more[] = {{S("text"), o->filter.text},
				 {S("in"), o->filter.unit},
				 {S("kind"), o->filter.kind},
				 {S("of"), word_of(&o->filter)}};
	struct buf *b = o->u->b;
	html_raw(b, "<section class=\"sec gap-s\" id=\"offenders\" aria-labelledby=\"o-o\"><header><h2 id=\"o-o\" "
		    "tabindex=\"-1\">Offenders</h2>");
	html_raw(b, "<p>");
	counts(b, o->v.tally.no, o->v.tally.unknown);
	html_raw(b, "</p>");
	if (o->v.known) {
		html_raw(b, "<span class=\"end\">");
		ui_csv_link(o->u, o->csv, more, sizeof more / sizeof more[0]);
		html_raw(b, "</span>");
	}
	html_raw(b, "</header>");
	if (o->v.note.n) {
		html_raw(b, "<p class=\"sm sub gap-key\">");
		buf_add(b, o->v.known ? S("Since then: ") : S("They are not listed: "));
		html_text(b, o->v.note);
		html_raw(b, ".</p>");
	}
}

/* Why the tally counts others than the list names. */
static void unnamed(const struct offenders *o)
{
	struct buf *b = o->u->b;
	if (o->v.n_silent) {
		html_raw(b, " ");
		ui_plural(b, (int64_t)o->v.n_silent, S("unit says"), S("units say"));
		html_raw(b, " nothing, so all in it are unknown.");
	}
	if (o->v.counted)
		html_raw(b, " What was answered, or handed in as numbers, counts and names nobody.");
	if (o->v.stale)
		html_raw(b, " What is too old counts as unknown.");
}

/* What the numbers of the head say where no row does. */
static void none_listed(const struct offenders *o)
{
	struct buf *b = o->u->b;
	const struct measure_tally *t = &o->v.tally;
	html_raw(b, "<p class=\"sub\">");
	if (t->no || t->unknown || o->v.n_silent) {
		html_raw(b, "None of them is known by name.");
		unnamed(o);
	} else {
		buf_add(b, t->yes ? S("Everybody in the population meets it.") : S("Nobody was counted."));
	}
	html_raw(b, "</p>");
}

/* Before the list, where it is not the whole of the numbers. */
static void listed(const struct offenders *o)
{
	struct buf *b = o->u->b;
	if (o->v.not_met == o->v.tally.no && o->v.unknown == o->v.tally.unknown)
		return;
	html_raw(b, "<p class=\"sm sub gap-key\">Known by name: ");
	counts(b, o->v.not_met, o->v.unknown);
	html_raw(b, ".");
	unnamed(o);
	html_raw(b, "</p>");
}

static void section(const struct offenders *o)
{
	head(o);
	if (o->v.known && o->v.not_met + o->v.unknown) {
		listed(o);
		filter(o);
		table(o);
	} else if (o->v.known) {
		none_listed(o);
	}
	html_raw(o->u->b, "</section>");
}

static enum status find(struct request *q, struct reply *r, struct page *p, int64_t offset, int64_t limit,
			struct offenders *out, struct err *err)
{
	TRY(page_objective_open(q, r, p, err));
	*out = (struct offenders){.q = q, .u = &p->ui};
	read_filter(q, &out->filter);
	TRY(app_detail_offenders(q->app, q->part[0], &p->lens, &out->filter, offset, limit, &out->v, err));
	return print_path(out, err);
}

enum status page_offenders(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct offenders o;
	TRY(find(q, r, &p, page_from(q), ROWS, &o, err));
	if (q->htmx) {
		if (!o.v.whole)
			p.frame.tree = NULL;
		section(&o);
		return page_done(r, err);
	}
	struct ui_head frame = page_objective_begin(&p, o.v.model, o.v.objective, S("Offenders"), &o.v.lens, o.v.whole);
	page_objective_crumb(&p.ui, o.v.model, o.v.objective, S("Offenders"), o.v.whole);
	html_raw(p.ui.b, "<h1 class=\"h-ob\">");
	html_text(p.ui.b, o.v.objective->title);
	html_raw(p.ui.b, "</h1>");
	section(&o);
	ui_page_end(&p.ui, &frame);
	return page_done(r, err);
}

/* ---- as CSV ---- */

static void csv_line(struct reply *r, const struct offenders *o, const struct view_subject *s)
{
	char record[24], line[24], seen[TIME_TEXT];
	static const struct view_record none = {0};
	const struct view_record *v = s->n_records ? s->records : &none;
	csv_row(&r->body,
		(const str[]){s->id, s->name, s->unit, unit_name(o, s->unit), s->meets ? S("unknown") : S("not met"),
			      v->kind, v->feed, v->file, v->sha256, v->record ? page_number(v->record, record) : S(""),
			      v->line ? page_number(v->line, line) : S(""),
			      s->n_records ? time_format(v->observed_ms, seen) : S("")},
		12);
}

enum status page_offenders_csv(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct offenders o;
	TRY(find(q, r, &p, 0, LIMIT_PAGE_CSV_ROWS, &o, err));
	if (!o.v.known)
		return err_set(err, E_CONFLICT, "they are not listed: %.*s", STR_ARG(o.v.note));
	if (o.v.passed > LIMIT_PAGE_CSV_ROWS) {
		err_set(err, E_TOO_LARGE, "more than %d rows", LIMIT_PAGE_CSV_ROWS);
		err_hint(err, "choose a unit below, or filter");
		return E_TOO_LARGE;
	}
	csv_row(&r->body,
		(const str[]){S("subject"), S("name"), S("unit"), S("unit_name"), S("verdict"), S("kind"), S("feed"),
			      S("file"), S("sha256"), S("record"), S("line"), S("observed")},
		12);
	for (size_t i = 0; i < o.v.n; i++)
		csv_line(r, &o, &o.v.list[i]);
	return page_csv(q, r, S("offenders"), err);
}
