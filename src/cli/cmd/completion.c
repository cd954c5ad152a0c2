#include "cli/cmd/cmd.h"

#include "cli/complete.h"
#include "export/json.h"

struct ids {
	struct out *out;
	struct json_writer *json; /* NULL: one a line */
};

static void put_id(const struct ids *ids, str id)
{
	if (!complete_is_plain(id))
		return;
	if (ids->json) {
		json_string(ids->json, id);
		return;
	}
	buf_add(&ids->out->text, id);
	out_line(ids->out);
}

static enum status model_ids(struct cli *cli, const struct ids *ids, bool categories, struct err *err)
{
	const struct model *m;
	struct view_model view;
	TRY(app_model_show(&cli->app, (str){0}, &m, &view, err));
	for (size_t i = 0; categories && i < m->n_categories; i++)
		put_id(ids, m->categories[i].id);
	for (size_t i = 0; !categories && i < m->n_objectives; i++)
		put_id(ids, m->objectives[i].id);
	return OK;
}

static enum status unit_ids(struct cli *cli, const struct ids *ids, struct err *err)
{
	struct view_units units;
	TRY(app_unit_list(&cli->app, (str){0}, (struct app_time){0}, &units, err));
	for (size_t i = 0; i < units.n; i++)
		put_id(ids, units.units[i].unit->id);
	return OK;
}

static enum status feed_ids(struct cli *cli, const struct ids *ids, struct err *err)
{
	struct view_feeds feeds;
	TRY(app_feed_list(&cli->app, (struct app_time){0}, &feeds, err));
	for (size_t i = 0; i < feeds.n; i++)
		put_id(ids, feeds.list[i].name);
	return OK;
}

static enum status stored_models(struct cli *cli, const struct ids *ids, struct err *err)
{
	const struct view_model *models;
	size_t n;
	TRY(app_model_list(&cli->app, &models, &n, err));
	for (size_t i = 0; i < n; i++)
		put_id(ids, models[i].name);
	return OK;
}

static enum status put_ids(struct cli *cli, const struct ids *ids, str word, struct err *err)
{
	if (str_eq(word, S("formats"))) {
		put_id(ids, S("measures"));
		for (size_t i = 0; app_import_format(i).n; i++)
			put_id(ids, app_import_format(i));
		return OK;
	}
	TRY(cli_open(cli, APP_READS, err));
	if (str_eq(word, S("units")))
		return unit_ids(cli, ids, err);
	if (str_eq(word, S("feeds")))
		return feed_ids(cli, ids, err);
	if (str_eq(word, S("models")))
		return stored_models(cli, ids, err);
	return model_ids(cli, ids, str_eq(word, S("categories")), err);
}

static bool put_script(struct out *o, str word)
{
	if (str_eq(word, S("bash")))
		complete_bash(o);
	else if (str_eq(word, S("zsh")))
		complete_zsh(o);
	else if (str_eq(word, S("fish")))
		complete_fish(o);
	else
		return false;
	return true;
}

static enum status show_json(struct cli *cli, str word, struct err *err)
{
	struct json_writer w = json_writer(&cli->out->text);
	struct ids ids = {cli->out, &w};
	struct out script = {.text = BUF(SIZE_MAX / 4)};
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.completion/1"));
	enum status status = OK;
	if (put_script(&script, word)) {
		json_put_text(&w, S("script"), buf_str(&script.text));
	} else {
		json_key(&w, S("ids"));
		json_array(&w);
		status = put_ids(cli, &ids, word, err);
		json_array_end(&w);
	}
	json_object_end(&w);
	out_line(cli->out);
	out_release(&script);
	return status;
}

enum status cmd_completion(struct cli *cli, struct err *err)
{
	str word = options_argument(&cli->options, 0);
	struct ids ids = {cli->out, NULL};
	if (cli->json)
		return show_json(cli, word, err);
	return put_script(cli->out, word) ? OK : put_ids(cli, &ids, word, err);
}
