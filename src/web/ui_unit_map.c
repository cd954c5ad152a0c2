#include "web/ui_table.h"
#include "web/ui_view.h"

/* So many opened or shut units stand in an address at most; the oldest are forgotten first. */
enum { STATE_MOST = 100 };

struct map {
	struct ui *u;
	const struct view_unit_map *v;
	const struct ui_unit_map_state *state;
};

static void head(const struct map *m)
{
	const struct model *model = m->v->model;
	struct buf *b = m->u->b;
	html_raw(b,
		 "<div class=\"tw-x\" tabindex=\"0\" role=\"region\" aria-label=\"Levels by unit and category\"><table "
		 "class=\"um\"><caption class=\"vh\">Level of each unit in each category</caption><thead><tr "
		 "class=\"grp\"><td></td>");
	for (size_t d = 0; d < model->n_domains; d++) {
		int n = 0;
		for (size_t c = 0; c < model->n_categories; c++)
			n += model->categories[c].domain == (int)d;
		buf_printf(b, "<th scope=\"colgroup\" colspan=\"%d\">", n);
		html_text(b, model->domains[d].title);
		html_raw(b, "</th>");
	}
	html_raw(b, "<td colspan=\"4\"></td></tr><tr><th scope=\"col\">Unit</th>");
	for (size_t c = 0; c < model->n_categories; c++) {
		html_raw(b, "<th scope=\"col\">");
		ui_a(m->u, "plain", S("/category/"), model->categories[c].id);
		html_text(b, model->categories[c].id);
		html_raw(b, "</a></th>");
	}
	html_raw(b, "<th scope=\"col\">Index</th><th scope=\"col\">At most</th><th scope=\"col\">Floor</th><th "
		    "scope=\"col\">Known</th></tr></thead><tbody>");
}

static void cell(const struct map *m, const struct unit *unit, size_t c, const struct score_category *s)
{
	const struct model_category *category = &m->v->model->categories[c];
	struct buf *b = m->u->b;
	html_raw(b, "<td><a class=\"cell");
	if (s->applicable)
		buf_printf(b, " a%d", s->level);
	if (s->applicable && s->level_evidenced < s->level)
		html_raw(b, " ev");
	html_raw(b, "\" href=\"/category/");
	ui_url(b, category->id);
	struct app_lens lens = *m->u->lens;
	struct ui link = *m->u;
	lens.unit = unit->id;
	link.lens = &lens;
	ui_lens_query(&link);
	html_raw(b, "\"><span class=\"vh\">");
	html_text(b, unit->name);
	html_raw(b, ", ");
	html_text(b, category->id);
	if (!s->applicable) {
		html_raw(b, ": not applicable</span><span aria-hidden=\"true\">–</span></a></td>");
		return;
	}
	html_raw(b, ": level </span>");
	html_int(b, s->level);
	if (s->level_high > s->level)
		buf_printf(b, "<sup>+%d</sup>", s->level_high - s->level);
	html_raw(b, "<span class=\"vh\">");
	if (s->level_evidenced < s->level)
		buf_printf(b, ", evidenced %d", s->level_evidenced);
	if (s->level_high > s->level)
		buf_printf(b, ", possible %d", s->level_high);
	html_raw(b, "</span></a></td>");
}

static void list_state(struct ui_address *to, str name, const str *ids, size_t n, str without)
{
	for (size_t i = n > STATE_MOST ? n - STATE_MOST : 0; i < n; i++)
		if (!str_eq(ids[i], without))
			ui_more(to, name, ids[i]);
}

/* The address of the map with one unit opened or shut: open=ID and shut=ID, each as often as needed. */
static void toggle_address(const struct map *m, str id, bool open)
{
	struct ui_address to = ui_address(m->u, S("/units"));
	list_state(&to, S("open"), m->state->open, m->state->n_open, id);
	list_state(&to, S("shut"), m->state->shut, m->state->n_shut, id);
	ui_more(&to, open ? S("open") : S("shut"), id);
	ui_more_int(&to, S("from"), m->v->from);
}

static void toggle(const struct map *m, const struct view_unit_map_row *row)
{
	const struct unit *unit = &m->v->lens.tree->units[row->unit];
	struct buf *b = m->u->b;
	buf_printf(b, "<a class=\"tw-t\" id=\"um-%d\" aria-expanded=\"%s\" href=\"", row->unit,
		   row->open ? "true" : "false");
	toggle_address(m, unit->id, !row->open);
	html_raw(b, "\" hx-get=\"");
	toggle_address(m, unit->id, !row->open);
	html_raw(b, "\" hx-target=\"#map\" hx-select=\"#map\" hx-swap=\"outerHTML\" hx-push-url=\"true\">");
	ui_icon(b, row->open ? UI_DOWN : UI_NEXT, "arr");
	html_raw(b, "<span class=\"vh\">Units below ");
	html_text(b, unit->name);
	html_raw(b, "</span></a>");
}

/* A leaf leads to its program, an inner unit to its own map. */
static void name(const struct map *m, const struct view_unit_map_row *row)
{
	const struct unit *unit = &m->v->lens.tree->units[row->unit];
	struct buf *b = m->u->b;
	buf_printf(b, "<th scope=\"row\" class=\"d%d\"><span class=\"tw-n\">", row->depth > 6 ? 6 : row->depth);
	if (row->depth && row->children)
		toggle(m, row);
	else if (row->depth)
		html_raw(b, "<span class=\"tw-t\"></span>");
	ui_a_unit(m->u, "tw-b", row->leaf || !row->depth ? S("/") : S("/units"), (str){0}, unit->id);
	ui_user(b, unit->name);
	html_raw(b, "</a></span>");
	if (row->open && row->depth && row->shown < row->children) {
		html_raw(b, "<small class=\"xs mut\">");
		ui_count(b, row->shown);
		html_raw(b, " of ");
		ui_count(b, row->children);
		html_raw(b, " are shown; ");
		ui_a_unit(m->u, "", S("/units"), (str){0}, unit->id);
		html_raw(b, "all of them</a></small>");
	}
	html_raw(b, "</th>");
}

static void row(const struct map *m, const struct view_unit_map_row *r)
{
	const struct unit *unit = &m->v->lens.tree->units[r->unit];
	struct buf *b = m->u->b;
	buf_add(b, r->leaf ? S("<tr>") : S("<tr class=\"par\">"));
	name(m, r);
	for (size_t c = 0; c < m->v->model->n_categories; c++)
		cell(m, unit, c, &r->categories[c]);
	if (!r->program.applicable) {
		html_raw(b, "<td class=\"n\">–</td><td class=\"n sub\">–</td><td class=\"n\">–</td><td class=\"n "
			    "sub\">–</td></tr>");
		return;
	}
	html_raw(b, "<td class=\"n b\">");
	ui_index(b, r->program.index);
	html_raw(b, "</td><td class=\"n sub\">");
	ui_index(b, r->program.index_high);
	html_raw(b, "</td><td class=\"n\">");
	ui_level(b, r->program.floor);
	html_raw(b, "</td><td class=\"n sub\">");
	ui_share(b, r->program.coverage);
	html_raw(b, "</td></tr>");
}

static void key(const struct map *m)
{
	struct buf *b = m->u->b;
	html_raw(b, "<p class=\"key gap-key\"><span>");
	for (int level = 1; level <= MODEL_LEVELS; level++)
		ui_level(b, level);
	html_raw(
	    b, " level</span><span><b>2<sup>+1</sup></b> could be one higher once the unknown is known</span><span><i "
	       "class=\"cell kc evk\"></i>stands on people’s word, at least in part</span></p>");
}

void ui_unit_map(struct ui *u, const struct view_unit_map *v, const struct ui_unit_map_state *state)
{
	struct map m = {u, v, state};
	head(&m);
	for (size_t i = 0; i < v->n; i++)
		row(&m, &v->rows[i]);
	html_raw(u->b, "</tbody></table></div>");
	key(&m);
}
