#include "base/csv.h"
#include "base/limits.h"
#include "base/time.h"
#include "web/page/evidence.h"

enum { ROWS = 50, FEEDS_OFFERED = 500 };

struct names {
	struct request *q;
	struct page *p;
	struct ui *u;
	struct view_unresolved_list v;
	bool links; /* the person may link for every feed */
	str text;
};

/* ---- names that nobody knows ---- */

static void uses(const struct names *n, const struct view_unresolved *name)
{
	struct buf *b = n->u->b;
	for (size_t i = 0; i < name->n_uses; i++) {
		const struct view_unresolved_use *use = &name->uses[i];
		html_raw(b, "<span class=\"sm\">");
		ui_a(n->u, "", S("/evidence/feed/"), use->feed);
		ui_user(b, use->feed);
		html_raw(b, "</a> <span class=\"mut\">");
		ui_count(b, use->rows);
		html_raw(b, " ");
		html_text(b, evidence_kinds[use->kind].title);
		html_raw(b, "</span></span><br>");
	}
}

static void suggestion(const struct names *n, str name, str system)
{
	struct buf *b = n->u->b;
	ui_post(n->u, S("/evidence/links"), "one");
	ui_hidden(n->u, S("name"), name);
	ui_hidden(n->u, S("system"), system);
	html_raw(b, "<button class=\"btn\">It is ");
	ui_user(b, system);
	html_raw(b, "</button></form>");
}

static void other(const struct names *n, const struct view_unresolved *name, int64_t number)
{
	struct buf *b = n->u->b;
	html_raw(b, "<details><summary class=\"sm\">Another system</summary>");
	ui_post(n->u, S("/evidence/links"), "stack gap-t");
	ui_hidden(n->u, S("name"), name->name);
	html_raw(b, "<div class=\"fr\"><label for=\"sy-");
	html_int(b, number);
	html_raw(b,
		 "\">Id of the AI system</label><input type=\"text\" dir=\"auto\" required name=\"system\" id=\"sy-");
	html_int(b, number);
	html_raw(b, "\"></div><div class=\"fr\"><label for=\"fd-");
	html_int(b, number);
	html_raw(b, "\">For</label><select name=\"feed\" id=\"fd-");
	html_int(b, number);
	html_raw(b, "\">");
	if (n->links)
		ui_option(n->u, S(""), S("every feed"), S("-"));
	for (size_t i = 0; i < name->n_uses; i++)
		if (!i || !str_eq(name->uses[i].feed, name->uses[i - 1].feed))
			ui_option(n->u, name->uses[i].feed, name->uses[i].feed, S(""));
	html_raw(b, "</select></div><div class=\"fr\"><label for=\"be-");
	html_int(b, number);
	html_raw(b, "\">Reason</label><input type=\"text\" dir=\"auto\" name=\"because\" id=\"be-");
	html_int(b, number);
	html_raw(b, "\"></div><button class=\"btn go\">Link</button></form></details>");
}

static void name_row(const struct names *n, const struct view_unresolved *name, int64_t number)
{
	struct buf *b = n->u->b;
	bool may = n->p->frame.most >= ACCESS_ASSESSOR && !n->p->frame.past;
	html_raw(b, "<tr><th scope=\"row\"><span class=\"mono\">");
	ui_user(b, name->name);
	html_raw(b, "</span>");
	if (name->shown)
		html_raw(b, "<br><span class=\"xs mut\">a system that was discovered and stands in no register</span>");
	html_raw(b, "</th>");
	ui_count_cell(n->u, name->rows);
	html_raw(b, "<td>");
	uses(n, name);
	html_raw(b, "</td><td>");
	if (may) {
		for (size_t i = 0; i < name->n_suggestions && n->links; i++)
			suggestion(n, name->name, name->suggestions[i]);
		other(n, name, number);
	} else {
		for (size_t i = 0; i < name->n_suggestions; i++) {
			ui_user(b, name->suggestions[i]);
			html_raw(b, "<br>");
		}
	}
	html_raw(b, "</td></tr>");
}

static void lead(const struct names *n)
{
	struct buf *b = n->u->b;
	html_raw(b, "<h1>Unresolved names</h1><p class=\"sub lead\">");
	if (n->v.n_unknown) {
		html_raw(b, "<b>");
		ui_plural(b, n->v.rows, S("row"), S("rows"));
		html_raw(b, "</b> with ");
		ui_plural(b, (int64_t)n->v.n_unknown, S("name"), S("names"));
		buf_add(b, n->v.rows == 1 ? S(" counts") : S(" count"));
		html_raw(b,
			 " for nothing: checks cannot say which AI system they are about, so what they show is unknown "
			 "everywhere. A link says once what a name means, and every feed's history is read with it.");
	} else if (n->v.n) {
		html_raw(b, "Every name means something. The systems below were discovered and stand in no register.");
	} else {
		html_raw(b, "Every name that a feed uses means an AI system of the register.");
	}
	html_raw(b, "</p>");
}

static void name_table(const struct names *n)
{
	size_t first = (size_t)page_from(n->q) < n->v.n ? (size_t)page_from(n->q) : n->v.n;
	size_t shown = n->v.n - first < ROWS ? n->v.n - first : ROWS;
	ui_table(n->u, S("Unresolved names"));
	ui_head_cell(n->u, S("Name"), false);
	ui_head_cell(n->u, S("Rows"), true);
	ui_head_cell(n->u, S("Where it stands"), false);
	ui_head_cell(n->u, S("What it means"), false);
	ui_table_body(n->u);
	for (size_t i = 0; i < shown; i++)
		name_row(n, &n->v.names[first + i], (int64_t)(first + i));
	ui_table_close(n->u);
	ui_pager(n->u, &(struct ui_pages){.path = S("/evidence/unresolved"),
					  .offset = (int64_t)first,
					  .shown = (int64_t)shown,
					  .limit = ROWS,
					  .total = (int64_t)n->v.n,
					  .csv = S("/evidence/unresolved.csv")});
	ui_table_end(n->u);
}

enum status page_evidence_unresolved(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct names n = {.q = q, .p = &p, .u = &p.ui};
	TRY(page_evidence_open(q, r, &p, err));
	TRY(app_link_unresolved(q->app, p.lens.at, &n.v, err));
	n.links = page_evidence_may(q, &p, ACCESS_ASSESSOR, (str){0});
	page_evidence_head(&p, UI_PART_UNRESOLVED, S("Unresolved names"));
	lead(&n);
	if (n.v.n) {
		html_raw(p.ui.b, "<div class=\"gap-s\">");
		name_table(&n);
		html_raw(p.ui.b, "</div>");
	}
	return page_evidence_end(&p, r, err);
}

void page_evidence_uses(struct buf *b, const struct view_unresolved *name)
{
	for (size_t i = 0; i < name->n_uses; i++) {
		char rows[24];
		buf_add(b, i ? S("; ") : S(""));
		buf_add(b, page_number(name->uses[i].rows, rows));
		buf_add(b, S(" "));
		buf_add(b, evidence_kinds[name->uses[i].kind].name);
		buf_add(b, S(" in "));
		buf_add(b, name->uses[i].feed);
	}
}

enum status page_evidence_unresolved_csv(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct view_unresolved_list v;
	TRY(page_evidence_open(q, r, &p, err));
	TRY(app_link_unresolved(q->app, p.lens.at, &v, err));
	csv_row(&r->body, (const str[]){S("name"), S("rows"), S("uses"), S("discovered"), S("suggestions")}, 5);
	for (size_t i = 0; i < v.n; i++) {
		const struct view_unresolved *n = &v.names[i];
		struct buf uses = BUF(LIMIT_PAGE_BYTES), means = BUF(LIMIT_PAGE_BYTES);
		char rows[24];
		page_evidence_uses(&uses, n);
		for (size_t k = 0; k < n->n_suggestions; k++) {
			buf_add(&means, k ? S("; ") : S(""));
			buf_add(&means, n->suggestions[k]);
		}
		csv_row(&r->body,
			(const str[]){n->name, page_number(n->rows, rows), buf_str(&uses),
				      n->shown ? S("true") : S("false"), buf_str(&means)},
			5);
		enum status status = uses.status != OK ? uses.status : means.status;
		buf_release(&uses);
		buf_release(&means);
		if (status != OK)
			return err_set(err, status, "the row of a name is too long");
	}
	return page_csv(q, r, S("unresolved"), err);
}

/* ---- links ---- */

static void link_row(struct ui *u, const struct view_link *l, bool may)
{
	struct buf *b = u->b;
	html_raw(b, "<tr><th scope=\"row\"><span class=\"mono\">");
	ui_user(b, l->name);
	html_raw(b, "</span>");
	if (l->pattern)
		html_raw(b, " <span class=\"xs mut\">pattern</span>");
	html_raw(b, "</th><td>");
	ui_user(b, l->system);
	if (l->idle)
		html_raw(b, "<br><span class=\"xs stale\">no register knows it now</span>");
	html_raw(b, "</td><td>");
	if (l->feed.p)
		ui_user(b, l->feed);
	else
		html_raw(b, "<span class=\"mut\">every feed</span>");
	html_raw(b, "</td><td class=\"sm\">");
	ui_user(b, l->reason);
	html_raw(b, "</td><td class=\"sm nw\">");
	page_person(u, l->author);
	html_raw(b, "<br>");
	ui_time(b, l->recorded_ms);
	html_raw(b, "</td><td class=\"sm\">");
	if (l->ended_ms != TIME_FOREVER) {
		html_raw(b, "taken back by ");
		page_person(u, l->ended_by);
		html_raw(b, "<br>");
		ui_time(b, l->ended_ms);
	} else if (may) {
		ui_post(u, S("/evidence/links/remove"), "one");
		ui_hidden(u, S("name"), l->name);
		ui_hidden(u, S("feed"), l->feed);
		html_raw(b, "<button class=\"btn\">Take back<span class=\"vh\"> ");
		html_text(b, l->name);
		html_raw(b, "</span></button></form>");
	} else {
		html_raw(b, "holds");
	}
	html_raw(b, "</td></tr>");
}

static void add_form(struct ui *u)
{
	struct buf *b = u->b;
	html_raw(b, "<section class=\"card tightc gap-s\" aria-labelledby=\"l-a\"><h2 id=\"l-a\">Add a link</h2>");
	ui_post(u, S("/evidence/links"), "stack");
	ui_text_field(u, S("name"), S("Name"), (str){0},
		      S("As the tool writes it. * stands for any text, ? for one character."));
	ui_text_field(u, S("system"), S("Id of the AI system"), (str){0}, (str){0});
	ui_text_field(u, S("feed"), S("Feed"), (str){0}, S("Empty: it holds for every feed."));
	ui_text_field(u, S("because"), S("Reason"), (str){0}, (str){0});
	html_raw(b, "<button class=\"btn go\">Add link</button></form></section>");
}

static bool says(const struct view_link *l, str text)
{
	return str_has_fold(l->name, text) || str_has_fold(l->system, text) || str_has_fold(l->feed, text);
}

/* Those that fit the search come to the front. */
static size_t pick(const struct view_link *links, size_t n, str text, struct view_link *out)
{
	size_t kept = 0;
	for (size_t i = 0; i < n; i++)
		if (says(&links[i], text))
			out[kept++] = links[i];
	return kept;
}

static void link_table(struct page *p, const struct view_link *links, size_t n, int64_t from, str text)
{
	static const str heads[] = {S("Name"), S("Means"), S("Feed"), S("Reason"), S("By"), S("State")};
	struct ui_pair more = {S("text"), text};
	size_t first = (size_t)from < n ? (size_t)from : n, shown = n - first < ROWS ? n - first : ROWS;
	bool may = p->frame.most >= ACCESS_ASSESSOR && !p->frame.past;
	ui_table(&p->ui, S("Links"));
	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
		ui_head_cell(&p->ui, heads[i], false);
	ui_table_body(&p->ui);
	for (size_t i = 0; i < shown; i++)
		link_row(&p->ui, &links[first + i], may);
	if (!shown)
		ui_table_none(&p->ui, 6, text.n ? S("No link fits the search.") : S("No link was made yet."));
	ui_table_close(&p->ui);
	ui_pager(&p->ui, &(struct ui_pages){.path = S("/evidence/links"),
					    .offset = (int64_t)first,
					    .shown = (int64_t)shown,
					    .limit = ROWS,
					    .total = (int64_t)n,
					    .more = &more,
					    .n_more = 1,
					    .csv = S("/evidence/links.csv")});
	ui_table_end(&p->ui);
}

enum status page_evidence_links(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	const struct view_link *links;
	size_t n;
	str text = str_trim(request_field(&q->query, S("text")));
	TRY(page_evidence_open(q, r, &p, err));
	TRY(app_link_list(q->app, true, &links, &n, err));
	struct view_link *kept = arena_new(q->arena, struct view_link, n);
	if (!kept)
		return err_full(err);
	size_t n_kept = pick(links, n, text, kept);
	page_evidence_head(&p, UI_PART_LINKS, S("Links"));
	struct buf *b = p.ui.b;
	html_raw(b, "<h1>Links</h1><p class=\"sub lead\">Which AI system a name means that "
		    "a tool uses. One that was taken back stays on record.</p><form class=\"filter gap-s\" "
		    "role=\"search\" aria-label=\"Search links\" "
		    "action=\"/evidence/links\">");
	ui_lens_fields(&p.ui);
	html_raw(b,
		 "<label class=\"vh\" for=\"li-text\">Name, system or feed</label><input class=\"grow\" id=\"li-text\" "
		 "name=\"text\" type=\"text\" dir=\"auto\" placeholder=\"Name, system or feed\" value=\"");
	html_text(b, text);
	html_raw(b, "\"><button class=\"btn\">Search</button></form>");
	link_table(&p, kept, n_kept, page_from(q), text);
	if (p.frame.most >= ACCESS_ASSESSOR && !p.frame.past)
		add_form(&p.ui);
	return page_evidence_end(&p, r, err);
}

enum status page_evidence_links_csv(struct request *q, struct reply *r, struct err *err)
{
	const struct view_link *links;
	size_t n;
	TRY(app_link_list(q->app, true, &links, &n, err));
	csv_row(&r->body,
		(const str[]){S("name"), S("system"), S("feed"), S("because"), S("author"), S("recorded"), S("ended"),
			      S("ended_by")},
		8);
	for (size_t i = 0; i < n; i++) {
		const struct view_link *l = &links[i];
		char recorded[TIME_TEXT], ended[TIME_TEXT];
		bool holds = l->ended_ms == TIME_FOREVER;
		csv_row(&r->body,
			(const str[]){l->name, l->system, l->feed, l->reason, l->author,
				      time_format(l->recorded_ms, recorded),
				      holds ? S("") : time_format(l->ended_ms, ended), holds ? S("") : l->ended_by},
			8);
	}
	return page_csv(q, r, S("links"), err);
}

enum status page_evidence_link(struct request *q, struct reply *r, struct err *err)
{
	struct view_link v;
	struct app_link link = {.name = str_trim(request_field(&q->form, S("name"))),
				.system = str_trim(request_field(&q->form, S("system"))),
				.feed = str_trim(request_field(&q->form, S("feed"))),
				.because = str_trim(request_field(&q->form, S("because")))};
	TRY(app_link_add(q->app, &link, &v, err));
	return page_go(q, r, S("/evidence/links?text="), link.name, err);
}

enum status page_evidence_unlink(struct request *q, struct reply *r, struct err *err)
{
	struct view_link v;
	str name = request_field(&q->form, S("name"));
	TRY(app_link_remove(q->app, name, request_field(&q->form, S("feed")), &v, err));
	return page_go(q, r, S("/evidence/links?text="), name, err);
}
