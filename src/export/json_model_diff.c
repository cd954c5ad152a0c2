#include "export/json.h"

static str class_word(enum model_diff_class class)
{
	static const str words[MODEL_DIFF_CLASSES] = {
	    [MODEL_DIFF_SAME] = S("same"),         [MODEL_DIFF_REWORDED] = S("reworded"),
	    [MODEL_DIFF_ADJUSTED] = S("adjusted"), [MODEL_DIFF_MEANING] = S("changed_meaning"),
	    [MODEL_DIFF_NEW] = S("new"),           [MODEL_DIFF_GONE] = S("gone"),
	};
	return words[class];
}

static str carry_word(enum model_diff_carry carry)
{
	static const str words[MODEL_DIFF_CARRIES_N] = {
	    [MODEL_DIFF_CARRIES] = S("yes"),
	    [MODEL_DIFF_JUDGE] = S("judge"),
	    [MODEL_DIFF_WRONG] = S("no"),
	    [MODEL_DIFF_NONE] = S("none"),
	};
	return words[carry];
}

static str step_word(enum model_diff_step step)
{
	static const str words[] = {
	    [MODEL_DIFF_NOTHING] = S("none"),
	    [MODEL_DIFF_PATCH] = S("patch"),
	    [MODEL_DIFF_MINOR] = S("minor"),
	    [MODEL_DIFF_MAJOR] = S("major"),
	};
	return words[step];
}

static void put_model(struct json_writer *w, str name, const struct model *m)
{
	json_key(w, name);
	json_object(w);
	json_put_text(w, S("name"), m->name);
	json_put_text(w, S("id"), m->id);
	json_put_text(w, S("version"), m->version);
	json_put_text(w, S("line"), m->line);
	export_json_model_overlay(w, m);
	json_object_end(w);
}

static void put_fields(struct json_writer *w, str name, const struct model_diff_field *fields, size_t n)
{
	json_key(w, name);
	json_array(w);
	for (size_t i = 0; i < n; i++) {
		json_object(w);
		json_put_text(w, S("key"), fields[i].key);
		json_put_text(w, S("class"), class_word(fields[i].class));
		json_put_text(w, S("from"), fields[i].from);
		json_put_text(w, S("to"), fields[i].to);
		json_object_end(w);
	}
	json_array_end(w);
}

static void put_entries(struct export o, struct json_writer *w, const struct model_diff_entry *list, size_t n)
{
	json_array(w);
	for (size_t i = 0; i < n; i++) {
		const struct model_diff_entry *e = &list[i];
		json_object(w);
		json_put_text(w, S("id"), e->id);
		json_put_text(w, S("title"), e->title);
		json_put_text(w, S("class"), class_word(e->class));
		if (e->from || e->to) {
			json_put_text(w, S("carries"), carry_word(e->carries));
			json_put_text(w, S("why"), e->why);
		}
		put_fields(w, S("fields"), e->fields, e->n_fields);
		export_json_model_overlaid(w, e->overlaid);
		json_object_end(w);
		export_drain(o);
	}
	json_array_end(w);
}

static void put_counts(struct json_writer *w, const struct model_diff *d)
{
	json_key(w, S("counts"));
	json_object(w);
	for (int i = 0; i < MODEL_DIFF_CLASSES; i++)
		json_put_int(w, class_word((enum model_diff_class)i), d->counts[i]);
	json_object_end(w);
	json_key(w, S("carries"));
	json_object(w);
	for (int i = 0; i < MODEL_DIFF_CARRIES_N; i++)
		json_put_int(w, carry_word((enum model_diff_carry)i), d->carries[i]);
	json_object_end(w);
}

void export_json_model_diff(struct export o, const struct model_diff *d)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.model-diff/1"));
	put_model(&w, S("from"), d->from);
	put_model(&w, S("to"), d->to);
	json_put_bool(&w, S("differ"), d->differ);
	json_put_bool(&w, S("same_line"), d->same_line);
	json_put_text(&w, S("needed"), step_word(d->needed));
	if (d->same_id)
		json_put_text(&w, S("said"), step_word(d->said));
	put_counts(&w, d);
	export_json_import_texts(&w, S("warnings"), d->warnings, d->n_warnings);
	put_fields(&w, S("head"), d->head, d->n_head);
	json_key(&w, S("categories"));
	put_entries(o, &w, d->categories, d->n_categories);
	json_key(&w, S("objectives"));
	put_entries(o, &w, d->objectives, d->n_objectives);
	json_object_end(&w);
	export_line(o);
}
