#include "base/csv.h"

#include <stdio.h>

#include "app/ladder.h"
#include "app/overview.h"
#include "app/unit_map.h"
#include "base/limits.h"
#include "core/view_shown.h"
#include "web/page.h"

/* ---- as a file ---- */

str page_csv_deployments(unsigned bits)
{
	static const str words[] = {S(""),     S("self_hosted"),      S("paas"),      S("self_hosted;paas"),
				    S("saas"), S("self_hosted;saas"), S("paas;saas"), S("self_hosted;paas;saas")};
	return words[bits & MODEL_ANY_DEPLOYMENT];
}

/* Numbers of one row, as text. */
struct numbers {
	int n;
	char texts[MODEL_LEVELS * 8][24];
};

static str number(struct numbers *x, int64_t n)
{
	return page_number(n, x->texts[x->n++]);
}

/* 2289 -> 2.28; cut, never rounded up. */
static str index_text(struct numbers *x, bool known, int32_t milli)
{
	if (!known)
		return S("");
	char *out = x->texts[x->n++];
	return (str){out, (size_t)snprintf(out, 24, "%d.%02d", milli / 1000, milli % 1000 / 10)};
}

static str level_text(struct numbers *x, bool known, int level)
{
	return known ? number(x, level) : S("");
}

/* How far the index is from that of the instant that is compared with, as the page shows it: -40 -> -0.04 */
static str change_text(struct numbers *x, bool known, int32_t from, int32_t to)
{
	int32_t shown = known ? view_shown_change(from, to) : 0, all = shown < 0 ? -shown : shown;
	char *out = x->texts[x->n++];
	if (!known)
		return S("");
	return (str){out, (size_t)snprintf(out, 24, "%s%d.%02d", shown < 0 ? "-" : "", all / 1000, all % 1000 / 10)};
}

/* ---- the overview: a row for each category, then for each domain, the program last ---- */

enum { OVERVIEW = 2 + 6 + MODEL_LEVELS * 2 + 2 };

static size_t standing(struct numbers *x, bool known, const int levels[3], const int32_t indexes[3], str *cells)
{
	size_t n = 0;
	for (int i = 0; i < 3; i++)
		cells[n++] = levels ? level_text(x, known && levels[i], levels[i]) : S("");
	for (int i = 0; i < 3; i++)
		cells[n++] = index_text(x, known, indexes[i]);
	return n;
}

static void overview_row(struct buf *b, const struct view_overview *v, size_t c)
{
	struct numbers x = {0};
	str cells[OVERVIEW];
	const struct score_category *s = &v->now.categories[c], *past = v->has_past ? &v->past.categories[c] : NULL;
	size_t n = 0;
	cells[n++] = v->model->categories[c].id;
	cells[n++] = v->model->categories[c].title;
	n += standing(&x, s->applicable, (int[]){s->level, s->level_evidenced, s->level_high},
		      (int32_t[]){s->index, s->index_evidenced, s->index_high}, &cells[n]);
	for (int l = 0; l < MODEL_LEVELS; l++) {
		const struct view_heat *h = &v->heat[c * MODEL_LEVELS + (size_t)l];
		cells[n++] = number(&x, h->met);
		cells[n++] = number(&x, h->applicable);
	}
	cells[n++] = change_text(&x, past && s->applicable && past->applicable, past ? past->index : 0, s->index);
	cells[n++] = S("category");
	csv_row(b, cells, n);
}

/* A domain or the program: its level is its floor. past: NULL where there is none. */
static void mean_row(struct buf *b, str id, str title, const struct score_mean *m, const struct score_mean *past,
		     str what)
{
	struct numbers x = {0};
	str cells[OVERVIEW] = {id, title};
	(void)standing(&x, m->applicable, (int[]){m->floor, 0, 0},
		       (int32_t[]){m->index, m->index_evidenced, m->index_high}, &cells[2]);
	cells[OVERVIEW - 2] =
	    change_text(&x, past && m->applicable && past->applicable, past ? past->index : 0, m->index);
	cells[OVERVIEW - 1] = what;
	csv_row(b, cells, OVERVIEW);
}

enum status page_csv_overview(struct request *q, struct reply *r, struct err *err)
{
	static const str head[OVERVIEW] = {S("category"),      S("title"), S("level"),           S("level_evidenced"),
					   S("level_at_most"), S("index"), S("index_evidenced"), S("index_at_most"),
					   S("met_1"),         S("of_1"),  S("met_2"),           S("of_2"),
					   S("met_3"),         S("of_3"),  S("met_4"),           S("of_4"),
					   S("met_5"),         S("of_5"),  S("index_change"),    S("row")};
	struct page p;
	struct view_overview v;
	TRY(page_open(q, r, &p, err));
	TRY(app_overview(q->app, &p.lens, &v, err));
	csv_row(&r->body, head, sizeof head / sizeof head[0]);
	for (size_t c = 0; c < v.model->n_categories; c++)
		overview_row(&r->body, &v, c);
	for (size_t d = 0; d < v.model->n_domains; d++)
		mean_row(&r->body, v.model->domains[d].id, v.model->domains[d].title, &v.now.domains[d],
			 v.has_past ? &v.past.domains[d] : NULL, S("domain"));
	mean_row(&r->body, S("program"), S(""), &v.now.program, v.has_past ? &v.past.program : NULL, S("program"));
	return page_csv(q, r, S("overview"), err);
}

/* ---- all units that the person may read ---- */

static enum status units_head(struct request *q, struct buf *b, const struct model *m, str *cells, struct err *err)
{
	static const str fixed[] = {S("unit"),  S("name"),  S("parent"),          S("leaves"),       S("known"),
				    S("floor"), S("index"), S("index_evidenced"), S("index_at_most")};
	size_t n = 0;
	for (; n < sizeof fixed / sizeof fixed[0]; n++)
		cells[n] = fixed[n];
	for (size_t c = 0; c < m->n_categories; c++) {
		struct buf name = BUF(LIMIT_ID_BYTES * 2);
		buf_add(&name, S("level_"));
		buf_add(&name, m->categories[c].id);
		cells[n] = str_copy(q->arena, buf_str(&name));
		buf_release(&name);
		if (!cells[n++].p)
			return err_full(err);
	}
	csv_row(b, cells, n);
	return OK;
}

static void units_row(struct buf *b, const struct view_unit_map *v, const struct view_unit_map_row *row, str *cells)
{
	const struct unit *u = &v->lens.tree->units[row->unit];
	const struct score_mean *m = &row->program;
	struct numbers x = {0};
	size_t n = 0;
	cells[n++] = u->id;
	cells[n++] = u->name;
	cells[n++] = row->depth && u->parent != UNIT_NONE ? v->lens.tree->units[u->parent].id : S("");
	cells[n++] = number(&x, row->leaves);
	cells[n++] = number(&x, row->known);
	cells[n++] = level_text(&x, m->applicable, m->floor);
	cells[n++] = index_text(&x, m->applicable, m->index);
	cells[n++] = index_text(&x, m->applicable, m->index_evidenced);
	cells[n++] = index_text(&x, m->applicable, m->index_high);
	for (size_t c = 0; c < v->model->n_categories; c++) {
		static const str words[] = {S(""), S("1"), S("2"), S("3"), S("4"), S("5")};
		int level = row->categories[c].applicable ? row->categories[c].level : 0;
		cells[n++] = words[level >= 0 && level <= MODEL_LEVELS ? level : 0];
	}
	csv_row(b, cells, n);
}

enum status page_csv_units(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct view_unit_map v;
	TRY(page_open(q, r, &p, err));
	struct app_unit_map map = {.lens = p.lens, .all = true};
	TRY(app_unit_map(q->app, &map, &v, err));
	str *cells = arena_new(q->arena, str, v.model->n_categories + 9);
	if (!cells)
		return err_full(err);
	TRY(units_head(q, &r->body, v.model, cells, err));
	for (size_t i = 0; i < v.n; i++)
		units_row(&r->body, &v, &v.rows[i], cells);
	return page_csv(q, r, S("units"), err);
}

/* ---- one category: its objectives ---- */

static void objective_row(struct buf *b, const struct view_ladder *v, const struct view_rung *rung, size_t i)
{
	const struct view_ladder_objective *o = &rung->objectives[i];
	const struct model_objective *m = &v->model->objectives[o->objective];
	struct numbers x = {0};
	bool applies = o->score.verdict != SCORE_NOT_APPLICABLE;
	str cells[] = {
	    m->id,
	    m->title,
	    number(&x, rung->level),
	    score_verdict_name(o->score.verdict),
	    applies ? number(&x, o->score.tally.yes) : S(""),
	    applies ? number(&x, o->score.tally.unknown) : S(""),
	    applies ? number(&x, o->score.tally.no) : S(""),
	    number(&x, m->threshold_milli),
	    view_ladder_age(o->backing.age),
	};
	csv_row(b, cells, sizeof cells / sizeof cells[0]);
}

enum status page_csv_category(struct request *q, struct reply *r, struct err *err)
{
	static const str head[] = {S("objective"), S("title"),   S("level"), S("verdict"),
				   S("yes"),       S("unknown"), S("no"),    S("threshold_thousandths"),
				   S("evidence")};
	struct page p;
	struct view_ladder v;
	TRY(page_open(q, r, &p, err));
	TRY(app_ladder(q->app, q->part[0], &p.lens, &v, err));
	csv_row(&r->body, head, sizeof head / sizeof head[0]);
	for (int l = 0; l < MODEL_LEVELS; l++)
		for (size_t i = 0; i < v.rungs[l].n; i++)
			objective_row(&r->body, &v, &v.rungs[l], i);
	return page_csv(q, r, S("category"), err);
}

/* ---- the same category at each unit below, and through each type of deployment ---- */

static void score_row(struct buf *b, const str *named, size_t n_named, const struct score_category *s)
{
	struct numbers x = {0};
	str cells[3 + 6];
	size_t n = 0;
	for (; n < n_named; n++)
		cells[n] = named[n];
	n += standing(&x, s->applicable, (int[]){s->level, s->level_evidenced, s->level_high},
		      (int32_t[]){s->index, s->index_evidenced, s->index_high}, &cells[n]);
	csv_row(b, cells, n);
}

enum status page_csv_category_units(struct request *q, struct reply *r, struct err *err)
{
	static const str head[] = {
	    S("unit"),          S("name"),  S("parent"),          S("level"),        S("level_evidenced"),
	    S("level_at_most"), S("index"), S("index_evidenced"), S("index_at_most")};
	struct page p;
	struct view_ladder v;
	TRY(page_open(q, r, &p, err));
	TRY(app_ladder(q->app, q->part[0], &p.lens, &v, err));
	csv_row(&r->body, head, sizeof head / sizeof head[0]);
	for (size_t i = 0; i < v.n_units; i++) {
		const struct unit *u = &v.lens.tree->units[v.units[i].unit];
		str named[] = {u->id, u->name, v.lens.tree->units[u->parent].id};
		score_row(&r->body, named, 3, &v.units[i].score);
	}
	return page_csv(q, r, S("category-units"), err);
}

enum status page_csv_category_types(struct request *q, struct reply *r, struct err *err)
{
	static const str head[] = {S("deployment"), S("objectives"),      S("of"),
				   S("level"),      S("level_evidenced"), S("level_at_most"),
				   S("index"),      S("index_evidenced"), S("index_at_most")};
	struct page p;
	struct view_ladder v;
	TRY(page_open(q, r, &p, err));
	TRY(app_ladder(q->app, q->part[0], &p.lens, &v, err));
	csv_row(&r->body, head, sizeof head / sizeof head[0]);
	for (size_t i = 0; i < sizeof v.types / sizeof v.types[0]; i++) {
		const struct view_ladder_type *t = &v.types[i];
		char some[24], all[24];
		str named[] = {page_csv_deployments(t->deployment), page_number(t->objectives, some),
			       page_number(t->of, all)};
		score_row(&r->body, named, 3, &t->score);
	}
	return page_csv(q, r, S("category-deployments"), err);
}
