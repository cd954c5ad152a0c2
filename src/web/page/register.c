#include "web/page/register.h"

#include <ctype.h>

#include "app/access.h"
#include "base/csv.h"
#include "base/limits.h"
#include "base/time.h"

enum { ROWS = 100, COLUMNS_SHOWN = 8, WORD_BYTES = 16 };

/* ---- what the pages share ---- */

static const struct ui_side parts[] = {
    {S("/registers"), S("AI systems")},
    {S("/registers/shadow"), S("Not registered")},
    {S("/registers/approvals"), S("Approvals")},
    {S("/registers/provider"), S("Providers")},
    {S("/registers/model"), S("Models")},
    {S("/registers/agent"), S("Agents")},
    {S("/registers/mcp_server"), S("MCP servers")},
    {S("/registers/tool"), S("Tools")},
    {S("/registers/dataset"), S("Datasets")},
    {S("/registers/guardrail"), S("Guardrails")},
    {S("/registers/vector_store"), S("Vector stores")},
    {S("/registers/account"), S("AI accounts")},
    {S("/registers/assistant"), S("Coding assistants")},
    {S("/registers/risk"), S("Risks")},
    {S("/registers/finding"), S("Findings")},
    {S("/registers/incident"), S("Incidents")},
    {S("/registers/person"), S("People")},
    {S("/registers/other"), S("All kinds")},
};

enum status page_register_open(struct request *q, struct reply *r, struct page *p, struct err *err)
{
	TRY(page_open(q, r, p, err));
	if (p->frame.tree)
		return OK;
	err_set(err, E_NOT_FOUND, "there are no units yet");
	err_hint(err, "import them first; what a register holds belongs to a unit");
	return E_NOT_FOUND;
}

void page_register_head(struct page *p, str title, str path)
{
	struct ui_head head = {.title = title, .tab = UI_TAB_REGISTERS};
	ui_page(&p->ui, &head);
	ui_side(&p->ui, S("Registers"), parts, sizeof parts / sizeof parts[0], path);
}

enum status page_register_end(struct page *p, struct reply *r, struct err *err)
{
	struct ui_head head = {.tab = UI_TAB_REGISTERS};
	ui_side_end(&p->ui);
	ui_page_end(&p->ui, &head);
	return page_done(r, err);
}

enum status page_register_kind(str name, enum evidence_kind_id *out, struct err *err)
{
	int kind = evidence_kind_find(name);
	if (kind < 0) {
		err_set(err, E_NOT_FOUND, "there is no register \"%.*s\"", STR_ARG(name));
		return E_NOT_FOUND;
	}
	*out = (enum evidence_kind_id)kind;
	return OK;
}

void page_register_title(struct buf *b, str column)
{
	if (str_ends(column, S("_id")))
		column.n -= 3;
	static const str initials[] = {S("sso"), S("mfa"), S("siem"), S("rag"), S("bom"),
				       S("url"), S("ai"),  S("purl"), S("mcp")};
	bool first = true;
	for (str word, rest = column; rest.n; first = false) {
		bool upper = false;
		(void)str_cut(rest, '_', &word, &rest);
		for (size_t i = 0; i < sizeof initials / sizeof initials[0]; i++)
			upper |= str_eq(word, initials[i]);
		if (!first)
			buf_char(b, ' ');
		for (size_t i = 0; i < word.n; i++)
			buf_char(b, upper || (first && !i) ? (char)toupper((unsigned char)word.p[i]) : word.p[i]);
	}
}

/* A word stays whole; what is longer may break anywhere. */
static void short_text(struct buf *b, str text)
{
	if (text.n > WORD_BYTES) {
		ui_user(b, text);
		return;
	}
	html_raw(b, "<span dir=\"auto\">");
	html_text(b, text);
	html_raw(b, "</span>");
}

/* How an interface says what a file says; the text itself when it is no such word. */
static str word_of(str column, str text)
{
	static const struct {
		str column, text, word;
	} words[] = {{S("deployment"), S("self_hosted"), S("Self-hosted")},
		     {S("deployment"), S("paas"), S("Managed service")},
		     {S("deployment"), S("saas"), S("SaaS")},
		     {S("registered"), S("true"), S("yes")},
		     {S("registered"), S("false"), S("no")}};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_eq(words[i].column, column) && str_eq(words[i].text, text))
			return words[i].word;
	return text;
}

void page_register_value(struct buf *b, const struct evidence_column *column, const struct evidence_value *v)
{
	if (!v->known) {
		html_raw(b, "<span class=\"mut\"><span aria-hidden=\"true\">–</span><span class=\"vh\">not "
			    "known</span></span>");
		return;
	}
	switch (column->type) {
	case EVIDENCE_TEXT:
		short_text(b, word_of(column->name, v->text));
		break;
	case EVIDENCE_INT:
		ui_count(b, v->i64);
		break;
	case EVIDENCE_BOOL:
		buf_add(b, v->i64 ? S("yes") : S("no"));
		break;
	case EVIDENCE_TIME:
		ui_day(b, v->i64);
		break;
	}
}

void page_register_unit(const struct ui *u, str id)
{
	int unit = unit_find(u->frame->tree, id);
	short_text(u->b, unit == UNIT_NONE ? id : u->frame->tree->units[unit].name);
}

void page_register_cell(struct buf *b, enum evidence_kind_id kind, const struct view_register_row *row, int column)
{
	const struct evidence_value *v = &row->values[column];
	if (!row->names || !row->names[column].n || str_eq(row->names[column], v->text)) {
		page_register_value(b, &evidence_kinds[kind].columns[column], v);
		return;
	}
	short_text(b, row->names[column]);
	html_raw(b, "<br><span class=\"xs mut\">");
	ui_user(b, v->text);
	html_raw(b, "</span>");
}

str page_register_name(enum evidence_kind_id kind, const struct view_register_row *row)
{
	static const str names[] = {S("name"), S("title")};
	for (size_t i = 0; i < 2; i++) {
		int c = evidence_column_find(&evidence_kinds[kind], names[i]);
		if (c >= 0 && row->values[c].known && row->values[c].text.n)
			return row->values[c].text;
	}
	return row->id;
}

void page_register_link(struct ui *u, enum evidence_kind_id kind, str unit, str id)
{
	struct buf *b = u->b;
	html_raw(b, "<a href=\"/registers/");
	buf_add(b, evidence_kinds[kind].name);
	html_raw(b, "/");
	ui_url(b, id);
	struct ui_address a = ui_address(u, S(""));
	ui_more(&a, S("in"), unit);
	html_raw(b, "\">");
}

bool page_register_may(const struct request *q, const struct page *p, enum access_role at_least, str unit)
{
	return p->frame.tree && !p->frame.past && app_access_may(q->app, at_least, p->frame.tree, unit);
}

/* ---- what is asked ---- */

enum { FILTERS = 4 };

struct asked {
	struct app_register app;
	str path, csv;
	struct ui_pair more[FILTERS + 1];
	size_t n_more;
	bool active;
};

/* The columns by which a register can be narrowed, and what they may say. */
static const struct filter {
	str column, label;
	str words[5];
} filters[FILTERS] = {
    {S("stage"), S("Stage"), {S("idea"), S("pilot"), S("production"), S("retired"), S("discovered")}},
    {S("tier"), S("Tier"), {S("high"), S("medium"), S("low")}},
    {S("deployment"), S("Deployment"), {S("self_hosted"), S("paas"), S("saas")}},
    {S("registered"), S("Registered"), {S("true"), S("false")}},
};

static bool has_filter(enum evidence_kind_id kind, const struct filter *f)
{
	return evidence_column_find(&evidence_kinds[kind], f->column) >= 0;
}

/* A lens of one deployment type shows the systems of that type. */
static void narrow_by_lens(struct asked *a)
{
	static const struct {
		unsigned bit;
		str word;
	} words[] = {{MODEL_SELF_HOSTED, S("self_hosted")}, {MODEL_PAAS, S("paas")}, {MODEL_SAAS, S("saas")}};
	for (size_t i = 0; i < 3; i++)
		if (a->app.kind == EVIDENCE_AI_SYSTEM && a->app.lens.deployment == words[i].bit)
			a->app.match[a->app.n_match++] = (struct app_register_match){S("deployment"), words[i].word};
}

static void narrow(struct asked *a, str column, str value)
{
	if (!value.n)
		return;
	a->app.match[a->app.n_match++] = (struct app_register_match){column, value};
	a->more[a->n_more++] = (struct ui_pair){column, value};
	a->active = true;
}

static enum status read_asked(struct request *q, const struct app_lens *lens, struct asked *out, struct err *err)
{
	str name = q->part[0].n ? q->part[0] : S("ai_system");
	*out = (struct asked){.app = {.lens = *lens, .text = str_trim(request_field(&q->query, S("text")))}};
	TRY(page_register_kind(name, &out->app.kind, err));
	out->app.order = request_field(&q->query, S("sort"));
	out->app.down = request_field(&q->query, S("down")).n > 0;
	if (out->app.text.n) {
		out->more[out->n_more++] = (struct ui_pair){S("text"), out->app.text};
		out->active = true;
	}
	for (size_t i = 0; i < FILTERS; i++)
		if (has_filter(out->app.kind, &filters[i]))
			narrow(out, filters[i].column, request_field(&q->query, filters[i].column));
	narrow_by_lens(out);
	out->app.offset = page_from(q);
	out->app.limit = ROWS;
	struct buf b = BUF(LIMIT_ID_BYTES);
	buf_printf(&b, "/registers/%.*s", STR_ARG(name));
	out->path = out->app.kind == EVIDENCE_AI_SYSTEM ? S("/registers") : str_copy(q->arena, buf_str(&b));
	buf_clear(&b);
	buf_printf(&b, "/registers/%.*s.csv", STR_ARG(name));
	out->csv = str_copy(q->arena, buf_str(&b));
	buf_release(&b);
	return out->path.p && out->csv.p ? OK : err_full(err);
}

/* ---- the columns of a page ---- */

struct columns {
	size_t n;
	int list[COLUMNS_SHOWN];
};

/* Those of AI systems are chosen; of any other kind the first ones that are no name. */
static struct columns columns_of(enum evidence_kind_id kind)
{
	static const str chosen[] = {S("deployment"), S("provider_id"), S("model_id"),   S("owner_id"),
				     S("tier"),       S("stage"),       S("registered"), S("last_seen_at")};
	const struct evidence_kind *k = &evidence_kinds[kind];
	struct columns out = {0};
	for (size_t i = 0; kind == EVIDENCE_AI_SYSTEM && i < COLUMNS_SHOWN; i++)
		out.list[out.n++] = evidence_column_find(k, chosen[i]);
	for (int c = 0; kind != EVIDENCE_AI_SYSTEM && c < k->n_columns && out.n < COLUMNS_SHOWN - 1; c++)
		if (!str_eq(k->columns[c].name, S("name")) && !str_eq(k->columns[c].name, S("title")))
			out.list[out.n++] = c;
	return out;
}

static bool is_number(const struct evidence_column *c)
{
	return c->type == EVIDENCE_INT;
}

static void head_cell(struct ui *u, const struct ui_sorted *sorted, const struct evidence_column *c)
{
	struct buf title = BUF(LIMIT_ID_BYTES);
	page_register_title(&title, c->name);
	ui_head_sort(u, sorted, c->name, buf_str(&title), is_number(c));
	buf_release(&title);
}

static void row(struct ui *u, enum evidence_kind_id kind, const struct columns *columns,
		const struct view_register_row *r)
{
	struct buf *b = u->b;
	str name = page_register_name(kind, r);
	html_raw(b, "<tr><th scope=\"row\">");
	page_register_link(u, kind, r->unit, r->id);
	ui_user(b, name);
	html_raw(b, "</a>");
	if (!str_eq(name, r->id)) {
		html_raw(b, "<br><span class=\"xs mut\">");
		ui_user(b, r->id);
		html_raw(b, "</span>");
	}
	html_raw(b, "</th><td>");
	page_register_unit(u, r->unit);
	html_raw(b, "</td>");
	for (size_t i = 0; i < columns->n; i++) {
		const struct evidence_column *c = &evidence_kinds[kind].columns[columns->list[i]];
		buf_add(b, is_number(c) ? S("<td class=\"n\">") : S("<td>"));
		page_register_cell(b, kind, r, columns->list[i]);
		html_raw(b, "</td>");
	}
	html_raw(b, "</tr>");
}

static void filter_form(struct ui *u, const struct asked *a)
{
	ui_filter(u, a->path, S("Name or any other text"), a->app.text);
	for (size_t i = 0; i < FILTERS; i++) {
		const struct filter *f = &filters[i];
		str now = {0};
		if (!has_filter(a->app.kind, f))
			continue;
		for (size_t k = 0; k < a->n_more; k++)
			if (str_eq(a->more[k].name, f->column))
				now = a->more[k].value;
		ui_filter_select(u, f->column, f->label);
		ui_option(u, S(""), f->label, now);
		for (size_t k = 0; k < 5 && f->words[k].n; k++)
			ui_option(u, f->words[k], word_of(f->column, f->words[k]), now);
		ui_filter_select_end(u);
	}
	ui_filter_end(u, a->path, a->active);
}

static void table(struct ui *u, const struct asked *a, const struct view_register *v)
{
	const struct evidence_kind *kind = &evidence_kinds[v->kind];
	struct columns columns = columns_of(v->kind);
	struct ui_sorted sorted = {a->path, a->more, a->n_more, a->app.order.n ? a->app.order : S("id"), a->app.down};
	ui_table(u, kind->title);
	ui_head_sort(u, &sorted, S("id"), S("Name and id"), false);
	ui_head_sort(u, &sorted, S("unit_id"), S("Unit"), false);
	for (size_t i = 0; i < columns.n; i++)
		head_cell(u, &sorted, &kind->columns[columns.list[i]]);
	ui_table_body(u);
	for (size_t i = 0; i < v->n; i++)
		row(u, v->kind, &columns, &v->rows[i]);
	if (!v->n)
		ui_table_none(u, (int)columns.n + 2,
			      a->active ? S("Nothing fits what you filter by.")
					: S("No feed has said anything about them at this instant."));
	ui_table_close(u);
	struct ui_pair more[FILTERS + 3];
	size_t n = 0;
	for (; n < a->n_more; n++)
		more[n] = a->more[n];
	more[n++] = (struct ui_pair){S("sort"), a->app.order};
	more[n++] = (struct ui_pair){S("down"), a->app.down ? S("1") : S("")};
	ui_pager(u, &(struct ui_pages){.path = a->path,
				       .offset = v->offset,
				       .shown = (int64_t)v->n,
				       .limit = ROWS,
				       .total = v->total,
				       .more = more,
				       .n_more = n,
				       .csv = a->csv,
				       .csv_more = more,
				       .n_csv = n});
	ui_table_end(u);
}

static void heading(struct ui *u, enum evidence_kind_id kind, int64_t total)
{
	struct buf *b = u->b;
	char room[32];
	html_raw(b, "<h1>");
	html_text(b, ui_upper(evidence_kinds[kind].title, room));
	html_raw(b, "</h1><p class=\"sub lead\">");
	ui_count(b, total);
	html_raw(b, " as the evidence showed them at this instant, whichever feed said so.</p>");
}

enum status page_register(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct asked asked;
	struct view_register v;
	TRY(page_register_open(q, r, &p, err));
	TRY(read_asked(q, &p.lens, &asked, err));
	TRY(app_register_list(q->app, &asked.app, &v, err));
	page_register_head(&p, evidence_kinds[v.kind].title, asked.path);
	heading(&p.ui, v.kind, v.total);
	html_raw(p.ui.b, "<div class=\"gap-s\">");
	filter_form(&p.ui, &asked);
	table(&p.ui, &asked, &v);
	html_raw(p.ui.b, "</div>");
	return page_register_end(&p, r, err);
}

/* ---- CSV: all columns, all rows that fit ---- */

struct csv {
	struct buf *b;
	const struct evidence_kind *kind;
	str cells[EVIDENCE_COLUMNS_MAX + 3];
	char texts[EVIDENCE_COLUMNS_MAX + 3][TIME_TEXT];
};

static str cell(struct csv *c, int at, const struct evidence_value *v)
{
	if (!v->known)
		return S("");
	switch (c->kind->columns[at].type) {
	case EVIDENCE_TEXT:
		return v->text;
	case EVIDENCE_INT:
		return page_number(v->i64, c->texts[at]);
	case EVIDENCE_BOOL:
		return v->i64 ? S("true") : S("false");
	case EVIDENCE_TIME:
		return time_format(v->i64, c->texts[at]);
	}
	return S("");
}

static enum status csv_line(void *ctx, const struct view_register_row *row_, struct err *err)
{
	struct csv *c = ctx;
	size_t n = 0;
	c->cells[n++] = row_->unit;
	c->cells[n++] = row_->id;
	c->cells[n++] = time_format(row_->observed_ms, c->texts[EVIDENCE_COLUMNS_MAX]);
	for (int i = 0; i < c->kind->n_columns; i++)
		c->cells[n++] = cell(c, i, &row_->values[i]);
	csv_row(c->b, c->cells, n);
	return c->b->status == OK ? OK
				  : err_set(err, c->b->status, "more than %d MB of rows: narrow them by a filter",
					    (int)(LIMIT_PAGE_BYTES >> 20));
}

enum status page_register_csv(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct asked asked;
	struct csv c = {.b = &r->body};
	size_t n = 0;
	TRY(page_register_open(q, r, &p, err));
	TRY(read_asked(q, &p.lens, &asked, err));
	c.kind = &evidence_kinds[asked.app.kind];
	c.cells[n++] = S("unit_id");
	c.cells[n++] = S("id");
	c.cells[n++] = S("observed_at");
	for (int i = 0; i < c.kind->n_columns; i++)
		c.cells[n++] = c.kind->columns[i].name;
	csv_row(c.b, c.cells, n);
	TRY(app_register_each(q->app, &asked.app, csv_line, &c, err));
	return page_csv(q, r, c.kind->name, err);
}

/* ---- all kinds ---- */

enum status page_register_other(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	TRY(page_register_open(q, r, &p, err));
	page_register_head(&p, S("All kinds"), S("/registers/other"));
	html_raw(p.ui.b, "<h1>All kinds</h1><p class=\"sub lead\">Everything that evidence can speak about.</p><ul "
			 "class=\"kinds gap-s\">");
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		html_raw(p.ui.b, "<li>");
		ui_a(&p.ui, "", S("/registers/"), evidence_kinds[k].name);
		html_text(p.ui.b, evidence_kinds[k].title);
		html_raw(p.ui.b, "</a></li>");
	}
	html_raw(p.ui.b, "</ul>");
	return page_register_end(&p, r, err);
}
