#include "export/json.h"

static void open_found(struct json_writer *w, str name, int64_t total)
{
	json_key(w, name);
	json_object(w);
	json_put_int(w, S("total"), total);
	json_key(w, S("list"));
	json_array(w);
}

static void close_found(struct json_writer *w)
{
	json_array_end(w);
	json_object_end(w);
}

static size_t shown(int64_t total)
{
	return total < VIEW_SEARCH_SHOWN ? (size_t)total : VIEW_SEARCH_SHOWN;
}

static void put_pair(struct json_writer *w, str id, str name, str value)
{
	json_object(w);
	json_put_text(w, S("id"), id);
	json_put_text(w, name, value);
	json_object_end(w);
}

static void put_model(struct json_writer *w, const struct view_search *v)
{
	open_found(w, S("categories"), v->n_categories);
	for (size_t i = 0; i < shown(v->n_categories); i++) {
		const struct model_category *c = &v->model->categories[v->categories[i]];
		put_pair(w, c->id, S("title"), c->title);
	}
	close_found(w);
	open_found(w, S("objectives"), v->n_objectives);
	for (size_t i = 0; i < shown(v->n_objectives); i++) {
		const struct model_objective *mo = &v->model->objectives[v->objectives[i]];
		put_pair(w, mo->id, S("title"), mo->title);
	}
	close_found(w);
}

static void put_words(struct json_writer *w, const struct view_search *v, str name,
		      const struct view_search_words *list, int64_t n)
{
	open_found(w, name, n);
	for (size_t i = 0; i < shown(n); i++) {
		json_object(w);
		json_put_text(w, S("objective"), v->model->objectives[list[i].of].id);
		json_put_text(w, S("unit"), v->tree->units[list[i].unit].id);
		json_put_text(w, S("words"), list[i].words);
		json_object_end(w);
	}
	close_found(w);
}

static void put_targets(struct json_writer *w, const struct view_search *v)
{
	open_found(w, S("targets"), v->n_targets);
	for (size_t i = 0; i < shown(v->n_targets); i++) {
		const struct view_search_words *one = &v->targets[i];
		json_object(w);
		json_put_text(w, S("category"), v->model->categories[one->of].id);
		json_put_text(w, S("unit"), v->tree->units[one->unit].id);
		json_put_text(w, S("words"), one->words);
		json_object_end(w);
	}
	close_found(w);
}

static void put_documents(struct json_writer *w, const struct view_search *v)
{
	open_found(w, S("documents"), v->n_documents);
	for (size_t i = 0; i < shown(v->n_documents); i++) {
		const struct view_search_document *one = &v->documents[i];
		json_object(w);
		json_put_text(w, S("name"), one->name);
		json_put_text(w, S("sha256"), one->sha256);
		json_put_text(w, S("objective"), v->model->objectives[one->objective].id);
		json_put_text(w, S("unit"), v->tree->units[one->unit].id);
		json_object_end(w);
	}
	close_found(w);
}

static void put_files(struct json_writer *w, const struct view_search *v)
{
	open_found(w, S("feeds"), v->n_feeds);
	for (size_t i = 0; i < shown(v->n_feeds); i++)
		json_string(w, v->feeds[i]);
	close_found(w);
	open_found(w, S("files"), v->n_files);
	for (size_t i = 0; i < shown(v->n_files); i++) {
		json_object(w);
		json_put_text(w, S("file"), v->files[i].name);
		json_put_text(w, S("sha256"), v->files[i].sha256);
		json_put_text(w, S("feed"), v->files[i].feed);
		json_object_end(w);
	}
	close_found(w);
}

static void put_subjects(struct json_writer *w, const struct view_search *v)
{
	json_key(w, S("subjects"));
	json_object(w);
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		const struct view_register *found = &v->subjects[k];
		if (!found->total)
			continue;
		open_found(w, evidence_kinds[k].name, found->total);
		for (size_t i = 0; i < found->n; i++)
			put_pair(w, found->rows[i].id, S("unit"), found->rows[i].unit);
		close_found(w);
	}
	json_object_end(w);
}

void export_json_search(struct export o, str text, const struct view_search *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.search/1"));
	json_put_text(&w, S("text"), text);
	open_found(&w, S("units"), v->n_units);
	for (size_t i = 0; i < shown(v->n_units); i++) {
		const struct unit *u = &v->tree->units[v->units[i]];
		put_pair(&w, u->id, S("name"), u->name);
	}
	close_found(&w);
	put_model(&w, v);
	put_words(&w, v, S("answers"), v->answers, v->n_answers);
	put_words(&w, v, S("comments"), v->comments, v->n_comments);
	put_targets(&w, v);
	put_documents(&w, v);
	put_files(&w, v);
	put_subjects(&w, v);
	open_found(&w, S("people"), v->n_people);
	for (size_t i = 0; i < shown(v->n_people); i++) {
		json_object(&w);
		json_put_text(&w, S("name"), v->people[i]->name);
		json_put_text(&w, S("shown"), v->people[i]->shown);
		json_object_end(&w);
	}
	close_found(&w);
	json_object_end(&w);
	export_line(o);
}
