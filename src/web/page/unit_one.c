#include "base/limits.h"
#include "web/page/unit.h"
#include "web/ui_form.h"

struct one {
	struct request *q;
	struct page p;
	const struct unit_tree *tree;
	int unit;
	str path, remove_path;
};

static enum status path_of(struct request *q, str id, const char *after, str *out, struct err *err)
{
	struct buf b = BUF(LIMIT_HEADER_BYTES);
	buf_add(&b, S("/units/tree/"));
	ui_url(&b, id);
	buf_add(&b, str_from(after));
	*out = str_copy(q->arena, buf_str(&b));
	buf_release(&b);
	return out->p ? OK : err_full(err);
}

static enum status load(struct request *q, struct reply *r, struct one *o, struct err *err)
{
	*o = (struct one){.q = q};
	TRY(page_unit_open(q, r, &o->p, err));
	o->tree = o->p.frame.tree;
	o->unit = o->tree ? unit_find(o->tree, q->part[0]) : UNIT_NONE;
	if (o->unit == UNIT_NONE)
		return err_set(err, E_NOT_FOUND, "no unit \"%.*s\" in the tree that holds now", STR_ARG(q->part[0]));
	TRY(path_of(q, q->part[0], "", &o->path, err));
	return path_of(q, q->part[0], "/remove", &o->remove_path, err);
}

static str parent_of(const struct one *o)
{
	int parent = o->tree->units[o->unit].parent;
	return parent == UNIT_NONE ? (str){NULL, 0} : o->tree->units[parent].id;
}

/* What the form was made of, so that nobody's change is overwritten unseen. */
static void seen(struct one *o)
{
	const struct unit *u = &o->tree->units[o->unit];
	char room[24];
	ui_hidden(&o->p.ui, S("was_name"), u->name);
	ui_hidden(&o->p.ui, S("was_parent"), parent_of(o));
	ui_hidden(&o->p.ui, S("was_types"), page_number(u->declared, room));
	ui_hidden(&o->p.ui, S("was_size"), page_number(u->size, room));
}

/* Everywhere but below itself. */
static enum status places(const struct one *o, struct ui_unit_list *out, struct err *err)
{
	int end = o->unit + o->tree->units[o->unit].span;
	struct ui_unit_list all;
	TRY(page_units_list(o->q, o->tree, ACCESS_ADMIN, &all, err));
	int *units = arena_new(o->q->arena, int, all.n);
	size_t n = 0;
	if (!units)
		return err_full(err);
	for (size_t i = 0; i < all.n; i++)
		if (all.units[i] < o->unit || all.units[i] >= end)
			units[n++] = all.units[i];
	*out = (struct ui_unit_list){o->tree, units, n};
	return OK;
}

static enum status form(struct one *o, struct err *err)
{
	struct ui *u = &o->p.ui;
	const struct unit *unit = &o->tree->units[o->unit];
	struct ui_unit_list list;
	char room[24];
	ui_post(u, o->path, "stack narrow gap-s");
	seen(o);
	page_unit_fields(u, &(struct page_unit_shown){unit->name, page_number(unit->size, room), unit->declared});
	if (o->unit) {
		TRY(places(o, &list, err));
		ui_unit_pick(
		    u, &list,
		    &(struct ui_unit_pick){
			.id = S("u-parent"), .name = S("parent"), .label = S("Stands below"), .value = parent_of(o)},
		    S("u-units"));
		ui_unit_offer(u, &list, S("u-units"));
	}
	page_unit_when(u, page_unit_since(o->q, &o->p.frame), S("u-day"));
	html_raw(u->b, "<p>");
	ui_button(u, S("Save unit"), true);
	html_raw(u->b, "</p></form>");
	return OK;
}

static void removal(struct one *o)
{
	struct ui *u = &o->p.ui;
	int64_t below = o->tree->units[o->unit].span - 1;
	if (!o->unit)
		return;
	html_raw(u->b, "<div class=\"gap\">");
	ui_section(u, S("u-rm"), S("Remove it"), S(""));
	html_raw(u->b, "<p class=\"sm sub\">");
	if (below) {
		ui_plural(u->b, below, S("unit below goes with it. "), S("units below go with it. "));
		html_raw(u->b, "Move them first to keep them. ");
	}
	html_raw(u->b, "Evidence, answers and targets stay on record and no longer count; a unit that comes back under "
		       "its id has them again.</p>");
	ui_post(u, o->remove_path, "stack narrow gap-t");
	seen(o);
	page_unit_when(u, S("now"), S("r-day"));
	html_raw(u->b, "<p>");
	ui_button(u, S("Remove unit"), false);
	html_raw(u->b, "</p></form>");
	ui_section_end(u);
	html_raw(u->b, "</div>");
}

static enum status show(struct one *o, struct reply *r, struct err *err)
{
	struct ui *u = &o->p.ui;
	const struct unit *unit = &o->tree->units[o->unit];
	page_unit_head(&o->p, S("Unit"), S("/units/tree"));
	html_raw(u->b, "<nav class=\"crumb\" aria-label=\"Position\"><a href=\"/units/tree\">The tree</a><span "
		       "aria-hidden=\"true\">/</span>");
	if (unit->parent != UNIT_NONE) {
		ui_a(u, "", S("/units/tree/"), o->tree->units[unit->parent].id);
		ui_user(u->b, o->tree->units[unit->parent].name);
		html_raw(u->b, "</a><span aria-hidden=\"true\">/</span>");
	}
	html_raw(u->b, "<span>");
	ui_user(u->b, unit->name);
	html_raw(u->b, "</span></nav><h1>");
	ui_user(u->b, unit->name);
	html_raw(u->b, "</h1><p class=\"sub lead\">Its id is <b>");
	ui_user(u->b, unit->id);
	html_raw(u->b, "</b>: what files call it, kept for good.</p>");
	ui_refusal(u);
	TRY(form(o, err));
	removal(o);
	return page_unit_end(&o->p, r, err);
}

enum status page_unit_one(struct request *q, struct reply *r, struct err *err)
{
	struct one o;
	TRY(load(q, r, &o, err));
	return show(&o, r, err);
}

/* What the form was made of. */
static struct app_unit expected(const struct request *q)
{
	int64_t types = 0, size = 0;
	(void)str_to_i64(request_field(&q->form, S("was_types")), &types);
	(void)str_to_i64(request_field(&q->form, S("was_size")), &size);
	return (struct app_unit){.name = request_field(&q->form, S("was_name")),
				 .parent = request_field(&q->form, S("was_parent")),
				 .deployment = (unsigned)types,
				 .size = size};
}

enum status page_unit_set(struct request *q, struct reply *r, struct err *err)
{
	struct app_unit was = expected(q);
	struct app_unit_act act = {.expected = &was};
	struct view_unit_change change;
	enum app_unit_field at = APP_UNIT_FIELD_NONE;
	struct err why = {0};
	str path;
	TRY(path_of(q, q->part[0], "", &path, err));
	enum status status = page_unit_read(q, &act, &at, &why);
	act.unit.id = q->part[0];
	if (status == OK)
		status = app_unit_set(q->app, &act, &at, &change, &why);
	if (status != OK)
		return page_unit_refuse(q, r, status, &why, at, path, page_unit_one, err);
	return page_unit_done(q, r, S("saved"), &change, request_field(&q->form, S("since")), err);
}

enum status page_unit_remove(struct request *q, struct reply *r, struct err *err)
{
	struct app_unit was = expected(q);
	struct app_unit_act act = {.unit = {.id = q->part[0]}, .expected = &was};
	struct view_unit_change change;
	enum app_unit_field at = APP_UNIT_FIELD_NONE;
	struct err why = {0};
	str path;
	TRY(path_of(q, q->part[0], "", &path, err));
	enum status status = page_unit_read_when(q, &act.when, &at, &why);
	if (status == OK)
		status = app_unit_remove(q->app, &act, &at, &change, &why);
	if (status != OK)
		return page_unit_refuse(q, r, status, &why, at, path, page_unit_one, err);
	return page_unit_done(q, r, S("removed"), &change, request_field(&q->form, S("since")), err);
}
