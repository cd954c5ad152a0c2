#include "export/json.h"

#include "base/time.h"

str export_json_link_by(enum link_by by)
{
	static const str words[] = {
	    [LINK_UNRESOLVED] = S("unresolved"), [LINK_EXACT] = S("exact"),           [LINK_ALIAS] = S("alias"),
	    [LINK_PATTERN] = S("pattern"),       [LINK_DISCOVERED] = S("discovered"),
	};
	return words[by];
}

static void put_link(struct json_writer *w, const struct view_link *v)
{
	json_object(w);
	json_put_text(w, S("name"), v->name);
	json_put_text(w, S("system"), v->system);
	json_put_bool(w, S("pattern"), v->pattern);
	json_put_text(w, S("feed"), v->feed);
	json_put_text(w, S("because"), v->reason.n ? v->reason : (str){0});
	json_put_text(w, S("author"), v->author);
	json_put_time(w, S("recorded"), v->recorded_ms);
	json_put_time(w, S("ended"), v->ended_ms);
	if (v->ended_ms != TIME_FOREVER)
		json_put_text(w, S("ended_by"), v->ended_by);
	json_put_bool(w, S("idle"), v->idle);
	json_put_bool(w, S("unchanged"), v->unchanged);
	json_key(w, S("rows"));
	if (v->rows < 0)
		json_null(w);
	else
		json_int(w, v->rows);
	json_object_end(w);
}

void export_json_link_list(struct export o, const struct view_link *links, size_t n)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.links/1"));
	json_key(&w, S("links"));
	json_array(&w);
	for (size_t i = 0; i < n; i++) {
		put_link(&w, &links[i]);
		export_drain(o);
	}
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}

static void put_uses(struct json_writer *w, const struct view_unresolved *v)
{
	json_key(w, S("uses"));
	json_array(w);
	for (size_t i = 0; i < v->n_uses; i++) {
		json_object(w);
		json_put_text(w, S("kind"), evidence_kinds[v->uses[i].kind].name);
		json_put_text(w, S("feed"), v->uses[i].feed);
		json_put_int(w, S("rows"), v->uses[i].rows);
		json_object_end(w);
	}
	json_array_end(w);
}

void export_json_link_unresolved(struct export o, const struct view_unresolved_list *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.unresolved/1"));
	json_put_time(&w, S("as_of"), v->as_of_ms);
	json_put_int(&w, S("rows"), v->rows);
	json_key(&w, S("names"));
	json_array(&w);
	for (size_t i = 0; i < v->n; i++) {
		const struct view_unresolved *u = &v->names[i];
		json_object(&w);
		json_put_text(&w, S("name"), u->name);
		json_put_bool(&w, S("known"), u->shown);
		json_put_bool(&w, S("discovered"), u->discovered);
		json_put_int(&w, S("rows"), u->rows);
		put_uses(&w, u);
		export_json_import_texts(&w, S("suggestions"), u->suggestions, u->n_suggestions);
		json_object_end(&w);
		export_drain(o);
	}
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}

void export_json_link_resolve(struct export o, const struct view_resolution *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.resolution/1"));
	json_put_text(&w, S("name"), v->name);
	json_put_text(&w, S("feed"), v->feed);
	json_put_text(&w, S("by"), export_json_link_by(v->found.by));
	json_put_text(&w, S("system"), v->found.by == LINK_UNRESOLVED ? (str){0} : v->found.system);
	json_put_text(&w, S("rule"), v->found.rule ? v->found.rule->name : (str){0});
	export_json_import_texts(&w, S("suggestions"), v->suggestions, v->n_suggestions);
	json_object_end(&w);
	export_line(o);
}
