#include "app/search.h"

#include "app/access.h"
#include "app/load.h"
#include "app/register.h"
#include "app/user.h"
#include "base/limits.h"
#include "store/feed.h"
#include "store/search.h"
#include "store/store.h"

/* The kinds that have registers of their own among the pages, and the people of the registers. */
static const uint64_t searched = EVIDENCE_BIT(EVIDENCE_PERSON) | EVIDENCE_BIT(EVIDENCE_AI_SYSTEM) |
				 EVIDENCE_BIT(EVIDENCE_PROVIDER) | EVIDENCE_BIT(EVIDENCE_MODEL) |
				 EVIDENCE_BIT(EVIDENCE_AGENT) | EVIDENCE_BIT(EVIDENCE_MCP_SERVER) |
				 EVIDENCE_BIT(EVIDENCE_TOOL) | EVIDENCE_BIT(EVIDENCE_DATASET);

/* Of the words around a place where they are found, in bytes. */
enum { BEFORE = 60, AFTER = 120 };

struct job {
	struct app *app;
	const struct app_lens *lens;
	str text;
	struct view_search *out;
};

static void hit(int64_t *n, int list[VIEW_SEARCH_SHOWN], int i)
{
	if ((*n)++ < VIEW_SEARCH_SHOWN)
		list[*n - 1] = i;
}

static void find_units(struct job *job)
{
	struct view_search *out = job->out;
	for (int i = 0; i < out->tree->n; i++) {
		const struct unit *u = &out->tree->units[i];
		if ((str_has_fold(u->id, job->text) || str_has_fold(u->name, job->text)) &&
		    app_access(job->app, ACCESS_READER, out->tree, i, NULL) == OK)
			hit(&out->n_units, out->units, i);
	}
}

static void find_model(struct job *job)
{
	struct view_search *out = job->out;
	const struct model *m = out->model;
	for (size_t i = 0; i < m->n_categories; i++)
		if (str_has_fold(m->categories[i].id, job->text) || str_has_fold(m->categories[i].title, job->text))
			hit(&out->n_categories, out->categories, (int)i);
	for (size_t i = 0; i < m->n_objectives; i++) {
		const struct model_objective *o = &m->objectives[i];
		if (str_has_fold(o->id, job->text) || str_has_fold(o->title, job->text) ||
		    str_has_fold(o->kpi, job->text))
			hit(&out->n_objectives, out->objectives, (int)i);
	}
}

static enum status find_feeds(struct job *job, struct err *err)
{
	struct store_feed *feeds = NULL;
	struct view_search *out = job->out;
	size_t n = 0;
	TRY(store_feed_list(job->app->db, job->app->arena, &feeds, &n, err));
	for (size_t i = 0; i < n; i++)
		if (str_has_fold(feeds[i].name, job->text) &&
		    app_access_may(job->app, ACCESS_READER, out->tree, feeds[i].unit) &&
		    out->n_feeds++ < VIEW_SEARCH_SHOWN)
			out->feeds[out->n_feeds - 1] = feeds[i].name;
	return OK;
}

/* A file is shown to who may read the unit of a feed that it was read for. */
static enum status take_file(void *ctx, const struct store_search_file *f, struct err *err)
{
	struct job *job = ctx;
	struct view_search *out = job->out;
	struct arena *a = job->app->arena;
	if (!app_access_may(job->app, ACCESS_READER, out->tree, f->unit) || out->n_files++ >= VIEW_SEARCH_SHOWN)
		return OK;
	struct view_search_file *to = &out->files[out->n_files - 1];
	*to = (struct view_search_file){str_copy(a, f->name), str_copy(a, f->sha256), str_copy(a, f->feed)};
	return to->name.p && to->sha256.p && to->feed.p ? OK : err_full(err);
}

/* What stands around the first place where the text occurs, in whole characters. */
static struct view_search_words excerpt(str words, str text)
{
	ptrdiff_t found = str_find_fold(words, text);
	size_t at = found < 0 ? 0 : (size_t)found, from = at > BEFORE ? at - BEFORE : 0;
	while (from > 0 && ((unsigned char)words.p[from] & 0xC0) == 0x80)
		from--;
	str rest = str_slice(words, from, at + text.n + AFTER);
	rest.n = str_utf8_prefix(rest);
	return (struct view_search_words){.words = rest, .begins = from == 0, .ends = from + rest.n == words.n};
}

/* The index of a unit that the person may read, else UNIT_NONE: there an objective's page shows what was written. */
static int seen(const struct job *job, str unit)
{
	const struct unit_tree *tree = job->out->tree;
	int i = unit_find(tree, unit);
	return i != UNIT_NONE && app_access(job->app, ACCESS_READER, tree, i, NULL) == OK ? i : UNIT_NONE;
}

static int objective_of(const struct job *job, str id)
{
	const struct model_objective *o = model_objective_find(job->out->model, id);
	return o ? (int)(o - job->out->model->objectives) : -1;
}

static enum status take_words(struct job *job, const struct store_search_words *said, int of, int64_t *n,
			      struct view_search_words list[VIEW_SEARCH_SHOWN], struct err *err)
{
	int unit = seen(job, said->unit);
	if (of < 0 || unit == UNIT_NONE || (*n)++ >= VIEW_SEARCH_SHOWN)
		return OK;
	struct view_search_words *to = &list[*n - 1];
	*to = excerpt(said->words, job->text);
	to->unit = unit;
	to->of = of;
	to->words = str_copy(job->app->arena, to->words);
	return to->words.p ? OK : err_full(err);
}

static enum status take_answer(void *ctx, const struct store_search_words *said, struct err *err)
{
	struct job *job = ctx;
	return take_words(job, said, objective_of(job, said->of), &job->out->n_answers, job->out->answers, err);
}

static enum status take_comment(void *ctx, const struct store_search_words *said, struct err *err)
{
	struct job *job = ctx;
	return take_words(job, said, objective_of(job, said->of), &job->out->n_comments, job->out->comments, err);
}

static enum status take_target(void *ctx, const struct store_search_words *said, struct err *err)
{
	struct job *job = ctx;
	const struct model_category *c = model_category_find(job->out->model, said->of);
	int of = c ? (int)(c - job->out->model->categories) : -1;
	return take_words(job, said, of, &job->out->n_targets, job->out->targets, err);
}

static enum status take_document(void *ctx, const struct store_search_document *d, struct err *err)
{
	struct job *job = ctx;
	struct view_search *out = job->out;
	struct arena *a = job->app->arena;
	int unit = seen(job, d->unit), objective = objective_of(job, d->objective);
	if (objective < 0 || unit == UNIT_NONE || out->n_documents++ >= VIEW_SEARCH_SHOWN)
		return OK;
	struct view_search_document *to = &out->documents[out->n_documents - 1];
	*to = (struct view_search_document){str_copy(a, d->name), str_copy(a, d->sha256), unit, objective};
	return to->name.p && to->sha256.p ? OK : err_full(err);
}

/* What people wrote and brought. */
static enum status find_said(struct job *job, int64_t at_ms, struct err *err)
{
	struct db *db = job->app->db;
	str line = job->out->model->line;
	TRY(store_search_answers(db, line, at_ms, job->text, take_answer, job, err));
	TRY(store_search_comments(db, line, at_ms, job->text, take_comment, job, err));
	TRY(store_search_targets(db, line, at_ms, job->text, take_target, job, err));
	return store_search_documents(db, line, at_ms, job->text, take_document, job, err);
}

static enum status find(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	int64_t at_ms = app_load_time(app, job->lens->at);
	struct store_tree tree;
	struct unit_tree *kept = arena_new(app->arena, struct unit_tree, 1);
	if (!kept)
		return err_full(err);
	TRY(app_load_model(app, &job->out->model, err));
	TRY(app_load_tree(app, at_ms, &tree, err));
	*kept = tree.tree;
	job->out->tree = kept;
	if (app->who && access_role_most(app->who) < ACCESS_READER)
		return app_access(app, ACCESS_READER, kept, 0, err);
	if (!job->text.n)
		return OK;
	find_units(job);
	find_model(job);
	TRY(find_feeds(job, err));
	TRY(find_said(job, at_ms, err));
	return store_search_files(app->db, job->text, take_file, job, err);
}

static enum status find_people(struct job *job, struct err *err)
{
	const struct view_user *list;
	struct view_search *out = job->out;
	size_t n;
	if (job->app->who && access_role_most(job->app->who) < ACCESS_ADMIN)
		return OK;
	TRY(app_user_list(job->app, &list, &n, err));
	for (size_t i = 0; i < n; i++)
		if ((str_has_fold(list[i].name, job->text) || str_has_fold(list[i].shown, job->text)) &&
		    out->n_people++ < VIEW_SEARCH_SHOWN)
			out->people[out->n_people - 1] = &list[i];
	return OK;
}

enum status app_search(struct app *app, const struct app_lens *lens, str text, struct view_search *out, struct err *err)
{
	struct view_search v = {0};
	struct app_lens everywhere = {.at = lens->at};
	struct job job = {.app = app, .lens = lens, .text = str_trim(text), .out = &v};
	if (job.text.n > LIMIT_ID_BYTES)
		return err_set(err, E_TOO_LARGE, "the text is longer than %d bytes", LIMIT_ID_BYTES);
	TRY(store_read(app->db, find, &job, err));
	if (job.text.n) {
		TRY(app_register_find(app, &everywhere, job.text, searched, VIEW_SEARCH_SHOWN, v.subjects, err));
		TRY(find_people(&job, err));
	}
	*out = v;
	return OK;
}
