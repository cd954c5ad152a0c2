#include "base/time.h"
#include "export/json.h"

/* For all time is null, as is for good. */
static void put_instant(struct json_writer *w, str name, int64_t ms)
{
	json_put_time(w, name, ms == INT64_MIN ? TIME_FOREVER : ms);
}

static void put_said(struct json_writer *w, const struct unit *u, str parent)
{
	json_put_text(w, S("name"), u->name);
	json_put_text(w, S("parent"), parent.n ? parent : (str){NULL, 0});
	export_json_unit_deployments(w, S("declared"), u->declared);
	json_put_int(w, S("size"), u->size);
}

static void put_unit(struct json_writer *w, const struct unit_tree *tree, int unit)
{
	const struct unit *u = &tree->units[unit];
	json_put_text(w, S("id"), u->id);
	put_said(w, u, u->parent == UNIT_NONE ? (str){NULL, 0} : tree->units[u->parent].id);
	json_put_int(w, S("below"), u->span - 1);
}

static void put_head(struct json_writer *w, const struct view_unit_tree *t)
{
	json_put_int(w, S("tree"), t->id);
	json_put_bool(w, S("now"), t->now);
	put_instant(w, S("since"), t->since_ms);
	put_instant(w, S("until"), t->until_ms);
	json_put_bool(w, S("replaced"), t->until_ms == INT64_MIN);
	json_put_time(w, S("recorded"), t->recorded_ms);
	json_put_text(w, S("author"), t->actor);
	json_put_int(w, S("total"), t->units);
}

static void put_side(struct json_writer *w, str name, const struct unit *u, str parent)
{
	json_key(w, name);
	if (!u) {
		json_null(w);
		return;
	}
	json_object(w);
	put_said(w, u, parent);
	json_object_end(w);
}

static void put_diff(struct json_writer *w, const struct unit_diff *d)
{
	json_key(w, S("changes"));
	json_object(w);
	json_put_int(w, S("added"), d->added);
	json_put_int(w, S("removed"), d->removed);
	json_put_int(w, S("changed"), d->changed);
	json_key(w, S("units"));
	json_array(w);
	for (size_t i = 0; i < d->n; i++) {
		const struct unit_diff_row *row = &d->rows[i];
		json_object(w);
		json_put_text(w, S("id"), row->id);
		put_side(w, S("was"), row->was, row->was_parent);
		put_side(w, S("is"), row->is, row->parent);
		json_object_end(w);
	}
	json_array_end(w);
	json_object_end(w);
}

void export_json_tree(struct export o, const struct view_unit_step *v, size_t from, size_t n)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.tree/1"));
	put_head(&w, &v->tree);
	json_key(&w, S("units"));
	json_array(&w);
	for (size_t i = from; i < from + n; i++) {
		json_object(&w);
		put_unit(&w, v->units, (int)i);
		json_object_end(&w);
		export_drain(o);
	}
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}

void export_json_tree_unit(struct export o, const struct unit_tree *tree, int unit)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.unit/1"));
	put_unit(&w, tree, unit);
	json_object_end(&w);
	export_line(o);
}

void export_json_tree_history(struct export o, const struct view_unit_tree *list, size_t n)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.trees/1"));
	json_key(&w, S("trees"));
	json_array(&w);
	for (size_t i = 0; i < n; i++) {
		json_object(&w);
		put_head(&w, &list[i]);
		json_object_end(&w);
	}
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}

void export_json_tree_step(struct export o, const struct view_unit_step *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.tree-step/1"));
	put_head(&w, &v->tree);
	put_diff(&w, &v->diff);
	json_object_end(&w);
	export_line(o);
}

void export_json_tree_change(struct export o, const struct view_unit_change *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.unit-change/1"));
	json_put_bool(&w, S("unchanged"), v->unchanged);
	json_put_text(&w, S("id"), v->id);
	json_put_text(&w, S("name"), v->name);
	json_put_int(&w, S("tree"), v->tree);
	json_key(&w, S("before"));
	if (v->before)
		json_int(&w, v->before);
	else
		json_null(&w);
	put_instant(&w, S("since"), v->since_ms);
	put_instant(&w, S("until"), v->until_ms);
	json_put_int(&w, S("removed_below"), v->below);
	json_put_bool(&w, S("known_before"), v->known);
	json_object_end(&w);
	export_line(o);
}

void export_json_tree_import(struct export o, const struct view_unit_import *v, const struct unit_diff *diff)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.unit-import/1"));
	json_put_bool(&w, S("stored"), !diff);
	json_put_bool(&w, S("unchanged"), v->unchanged);
	json_put_int(&w, S("units"), v->units);
	json_put_int(&w, S("leaves"), v->leaves);
	json_put_text(&w, S("root"), v->root_id);
	put_instant(&w, S("since"), v->since_ms);
	if (diff) {
		put_diff(&w, diff);
	} else {
		json_key(&w, S("changes"));
		json_null(&w);
	}
	json_object_end(&w);
	export_line(o);
}
