#include "app/link.h"

#include <stdlib.h>

#include "app/access.h"
#include "app/change.h"
#include "base/csv.h"
#include "base/limits.h"
#include "base/time.h"
#include "store/feed.h"
#include "store/link.h"
#include "store/store.h"

enum { SUGGESTED = 3, LITERAL_MIN = 3 /* characters of a pattern that are no wildcards */ };

/* ---- the rules ---- */

struct job {
	struct app *app;
	const struct app_link *add;
	struct view_link *out;
	struct link_book book;    /* as it is before */
	struct store_link *links; /* those in force */
	size_t n_links, links_cap;
};

static struct view_link show(const struct store_link *l, const struct link_book *book)
{
	const struct link_system *system = link_system_find(book, l->system);
	return (struct view_link){
	    .name = l->name,
	    .system = l->system,
	    .pattern = link_is_pattern(l->name),
	    .feed = l->feed,
	    .reason = l->reason,
	    .author = l->actor,
	    .ended_by = l->ended_by,
	    .recorded_ms = l->recorded_ms,
	    .ended_ms = l->ended_ms,
	    .idle = l->ended_ms == TIME_FOREVER && !(system && system->registered),
	};
}

/* A rule of one feed belongs to the feed's unit, a rule of every feed to the root. */
static enum status find_feed(struct app *app, enum access_role at_least, str name, int64_t *id, struct err *err)
{
	struct store_feed feed = {0};
	if (name.n)
		TRY(app_access_find_feed(app, at_least, name, &feed, err));
	else
		TRY(app_access_unit(app, at_least, (str){0}, err));
	*id = feed.id;
	return OK;
}

static enum status check_system(const struct link_book *book, str system, struct err *err)
{
	const struct link_system *found = link_system_find(book, system);
	str like;
	if (found && found->registered)
		return OK;
	err_set(err, E_NOT_FOUND, "no register knows an AI system \"%.*s\"%s", STR_ARG(system),
		found ? ": it was only discovered" : "");
	if (link_suggest(book, system, &like, 1))
		err_hint(err, "did you mean \"%.*s\"?", STR_ARG(like));
	else
		err_hint(err, "import the register first, with this system in it: aismm import ai_systems.csv");
	return E_NOT_FOUND;
}

/* A rule that could never hold, or would hold for everything, is a mistake. */
static enum status check_name(const struct link_book *book, str name, struct err *err)
{
	const struct link_system *found = link_system_find(book, name);
	TRY(app_load_check_id(name, "the name", err));
	if (link_is_pattern(name) && link_literals(name) < LITERAL_MIN) {
		err_set(err, E_INVALID, "the pattern \"%.*s\" fits nearly every name", STR_ARG(name));
		err_hint(err, "write at least %d characters that are no wildcards", LITERAL_MIN);
		return E_INVALID;
	}
	if (!found || !found->registered)
		return OK;
	err_set(err, E_CONFLICT, "\"%.*s\" is an AI system of the register itself", STR_ARG(name));
	err_hint(err, "a link says what another name means; correct the register instead");
	return E_CONFLICT;
}

/* The rule in force with this very name and feed; NULL when there is none. */
static struct store_link *find_link(const struct job *job, str name, int64_t feed_id)
{
	for (size_t i = 0; i < job->n_links; i++)
		if (job->links[i].feed_id == feed_id && str_eq(job->links[i].name, name))
			return &job->links[i];
	return NULL;
}

static enum status load(struct job *job, struct err *err)
{
	struct app *app = job->app;
	TRY(store_link_book(app->db, app->now_ms, app->arena, &job->book, err));
	TRY(store_link_list(app->db, false, app->arena, &job->links, &job->n_links, err));
	job->links_cap = job->n_links;
	return OK;
}

static enum status refuse_other(const struct store_link *there, struct err *err)
{
	err_set(err, E_CONFLICT, "\"%.*s\" means \"%.*s\" already", STR_ARG(there->name), STR_ARG(there->system));
	err_hint(err, "take that back first: aismm link remove '%.*s'%s%.*s", STR_ARG(there->name),
		 there->feed_id ? " --feed " : "", STR_ARG(there->feed));
	return E_CONFLICT;
}

static enum status keep_link(struct job *job, struct store_link *link, struct err *err)
{
	TRY(store_link_add(job->app->db, link, &link->id, err));
	if (job->n_links == job->links_cap &&
	    !(job->links = arena_grow(job->app->arena, job->links, job->n_links, job->n_links + 1, sizeof *job->links,
				      &job->links_cap)))
		return err_full(err);
	job->links[job->n_links++] = *link;
	return OK;
}

static enum status add_one(struct job *job, const struct app_link *l, struct view_link *out, struct err *err)
{
	struct app *app = job->app;
	struct store_link link = {.name = l->name,
				  .system = l->system,
				  .feed = l->feed.n ? l->feed : (str){0},
				  .reason = l->because,
				  .actor = app->actor,
				  .recorded_ms = app->now_ms,
				  .ended_ms = TIME_FOREVER};
	if (l->because.n > LIMIT_COLUMN_BYTES)
		return err_set(err, E_TOO_LARGE, "the reason is longer than %d bytes", LIMIT_COLUMN_BYTES);
	TRY(find_feed(app, ACCESS_ASSESSOR, l->feed, &link.feed_id, err));
	TRY(check_name(&job->book, l->name, err));
	TRY(check_system(&job->book, l->system, err));
	const struct store_link *there = find_link(job, l->name, link.feed_id);
	if (there && !str_eq(there->system, l->system))
		return refuse_other(there, err);
	*out = show(there ? there : &link, &job->book);
	out->unchanged = there != NULL;
	return there ? OK : keep_link(job, &link, err);
}

/* How many rows a rule decides about, in the book in which it holds. */
static enum status count_rows(struct app *app, const struct link_book *book, struct view_link *link, struct err *err)
{
	struct arena rows = ARENA(LIMIT_COMMAND_BYTES);
	enum status status = OK;
	for (int k = 0; k < EVIDENCE_KINDS && status == OK; k++) {
		struct store_named *named = NULL;
		size_t n = 0;
		status = store_link_names(app->db, (enum evidence_kind_id)k, app->now_ms, &rows, &named, &n, err);
		for (size_t i = 0; status == OK && i < n; i++) {
			const struct link_rule *rule = link_find(book, named[i].feed_id, named[i].name).rule;
			if (rule && str_eq(rule->name, link->name) && (rule->feed_id != 0) == (link->feed.p != NULL) &&
			    (!link->feed.p || str_eq(named[i].feed, link->feed)))
				link->rows += named[i].rows;
		}
	}
	arena_release(&rows);
	return status;
}

static enum status add(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct link_book after;
	TRY(load(job, err));
	TRY(add_one(job, job->add, job->out, err));
	TRY(store_link_book(job->app->db, job->app->now_ms, job->app->arena, &after, err));
	return count_rows(job->app, &after, job->out, err);
}

enum status app_link_add(struct app *app, const struct app_link *link, struct view_link *out, struct err *err)
{
	struct job job = {.app = app, .add = link, .out = out};
	return app_change(app, add, &job, err);
}

static enum status end(void *ctx, struct err *err)
{
	struct job *job = ctx;
	int64_t feed_id;
	TRY(load(job, err));
	TRY(find_feed(job->app, ACCESS_ASSESSOR, job->add->feed, &feed_id, err));
	struct store_link *there = find_link(job, job->add->name, feed_id);
	if (!there) {
		err_set(err, E_NOT_FOUND, "no link \"%.*s\"%s%.*s", STR_ARG(job->add->name),
			job->add->feed.n ? " of the feed " : "", STR_ARG(job->add->feed));
		err_hint(err, "see: aismm link list");
		return E_NOT_FOUND;
	}
	*job->out = show(there, &job->book);
	TRY(count_rows(job->app, &job->book, job->out, err));
	job->out->ended_ms = job->app->now_ms;
	job->out->ended_by = job->app->actor;
	job->out->idle = false;
	return store_link_end(job->app->db, there->id, job->app->now_ms, job->app->actor, err);
}

enum status app_link_remove(struct app *app, str name, str feed, struct view_link *out, struct err *err)
{
	struct app_link link = {.name = name, .feed = feed};
	struct job job = {.app = app, .add = &link, .out = out};
	return app_change(app, end, &job, err);
}

/* ---- a file of links ---- */

enum { NAME, SYSTEM, FEED, BECAUSE, COLUMNS };
static const str columns[COLUMNS] = {S("name"), S("system"), S("feed"), S("because")};

struct file {
	struct app *app;
	struct csv_reader csv;
	int at[COLUMNS];
	struct app_link *links;
	struct view_link *views;
	int64_t *lines;
	str name;
	size_t n, cap;
};

static enum status read_cell(struct file *f, int column, str *out, struct err *err)
{
	str text = f->at[column] < 0 ? (str){0} : str_trim(f->csv.cells[f->at[column]]);
	*out = str_copy(f->app->arena, text);
	return out->p ? OK : err_full(err);
}

static enum status read_links(struct file *f, struct source *from, struct err *err)
{
	struct arena *a = f->app->arena;
	bool more;
	TRY(csv_open(&f->csv, from, a, err));
	TRY(csv_pick(&f->csv, from->name, columns, COLUMNS, FEED, f->at, err));
	for (;;) {
		TRY(csv_next(&f->csv, &more, err));
		if (!more)
			return OK;
		size_t cap = f->cap;
		if (f->n == f->cap &&
		    (!(f->lines = arena_grow(a, f->lines, f->n, f->n + 1, sizeof *f->lines, &cap)) ||
		     !(f->links = arena_grow(a, f->links, f->n, f->n + 1, sizeof *f->links, &f->cap))))
			return err_full(err);
		f->lines[f->n] = f->csv.line;
		TRY(read_cell(f, NAME, &f->links[f->n].name, err));
		TRY(read_cell(f, SYSTEM, &f->links[f->n].system, err));
		TRY(read_cell(f, FEED, &f->links[f->n].feed, err));
		TRY(read_cell(f, BECAUSE, &f->links[f->n++].because, err));
	}
}

static enum status add_file(void *ctx, struct err *err)
{
	struct file *f = ctx;
	struct job job = {.app = f->app};
	TRY(load(&job, err));
	for (size_t i = 0; i < f->n; i++) {
		enum status status = add_one(&job, &f->links[i], &f->views[i], err);
		if (status != OK) {
			err_at(err, f->name, f->lines[i], 0);
			return status;
		}
	}
	TRY(store_link_book(f->app->db, f->app->now_ms, f->app->arena, &job.book, err));
	for (size_t i = 0; i < f->n; i++)
		TRY(count_rows(f->app, &job.book, &f->views[i], err));
	return OK;
}

enum status app_link_import(struct app *app, struct source *from, const struct view_link **out, size_t *n,
			    struct err *err)
{
	struct file f = {.app = app, .name = from->name};
	TRY(read_links(&f, from, err));
	f.views = arena_new(app->arena, struct view_link, f.n);
	if (!f.views)
		return err_full(err);
	TRY(app_change(app, add_file, &f, err));
	*out = f.views;
	*n = f.n;
	return OK;
}

/* ---- looking ---- */

struct question {
	struct app *app;
	bool all;
	int64_t at_ms;
	str name, feed;
	const struct view_link **links;
	size_t *n;
	struct view_unresolved_list *unresolved;
	struct view_resolution *resolution;
};

/* What a person may see of names and rules. */
struct sight {
	const struct app *app;
	struct store_tree tree;
	struct store_feed *feeds; /* by name */
	size_t n_feeds;
	bool all; /* everything below the root */
};

static enum status look(struct app *app, struct sight *out, struct err *err)
{
	*out = (struct sight){.app = app, .all = true};
	if (!app->who)
		return OK;
	TRY(app_load_tree(app, app->now_ms, &out->tree, err));
	out->all = app_access_may(app, ACCESS_READER, &out->tree.tree, (str){0});
	return out->all ? OK : store_feed_list(app->db, app->arena, &out->feeds, &out->n_feeds, err);
}

static bool sees_unit(const struct sight *s, str unit)
{
	return s->all || app_access_may(s->app, ACCESS_READER, &s->tree.tree, unit);
}

static bool sees_feed(const struct sight *s, str feed)
{
	for (size_t i = 0; i < s->n_feeds; i++)
		if (str_eq(s->feeds[i].name, feed))
			return sees_unit(s, s->feeds[i].unit);
	return s->all;
}

static enum status list(void *ctx, struct err *err)
{
	struct question *q = ctx;
	struct app *app = q->app;
	struct store_link *links = NULL;
	struct link_book book;
	TRY(store_link_book(app->db, app->now_ms, app->arena, &book, err));
	TRY(store_link_list(app->db, q->all, app->arena, &links, q->n, err));
	struct view_link *views = arena_new(app->arena, struct view_link, *q->n);
	struct sight sight;
	size_t kept = 0;
	if (!views)
		return err_full(err);
	TRY(look(app, &sight, err));
	for (size_t i = 0; i < *q->n; i++) {
		if (!sees_feed(&sight, links[i].feed))
			continue;
		views[kept] = show(&links[i], &book);
		views[kept++].rows = -1;
	}
	*q->links = views;
	*q->n = kept;
	return OK;
}

enum status app_link_list(struct app *app, bool all, const struct view_link **out, size_t *n, struct err *err)
{
	struct question q = {.app = app, .all = all, .links = out, .n = n};
	return store_read(app->db, list, &q, err);
}

/* One use of a name nobody knows. */
struct use {
	str name;
	struct view_unresolved_use seen;
	bool shown, sighting; /* a feed shows a system of this id; the row shows that there is one */
};

struct uses {
	struct use *list;
	size_t n, cap;
};

static int order_uses(const void *left, const void *right)
{
	const struct use *a = left, *b = right;
	int names = str_cmp(a->name, b->name), feeds = str_cmp(a->seen.feed, b->seen.feed);
	return names ? names : feeds ? feeds : (int)a->seen.kind - (int)b->seen.kind;
}

static enum status find_uses(struct app *app, const struct sight *sight, const struct link_book *book,
			     enum evidence_kind_id kind, int64_t at_ms, struct uses *out, struct err *err)
{
	struct store_named *named = NULL;
	size_t n = 0;
	TRY(store_link_names(app->db, kind, at_ms, app->arena, &named, &n, err));
	for (size_t i = 0; i < n; i++) {
		enum link_by by = link_find(book, named[i].feed_id, named[i].name).by;
		if ((by != LINK_UNRESOLVED && by != LINK_DISCOVERED) || !sees_unit(sight, named[i].unit))
			continue;
		struct use *last = out->n ? &out->list[out->n - 1] : NULL;
		if (last && last->seen.kind == kind && str_eq(last->name, named[i].name) &&
		    str_eq(last->seen.feed, named[i].feed)) {
			last->seen.rows += named[i].rows; /* of another unit */
			last->sighting |= store_link_sees(kind, &named[i], at_ms);
			continue;
		}
		if (out->n == out->cap &&
		    !(out->list = arena_grow(app->arena, out->list, out->n, out->n + 1, sizeof *out->list, &out->cap)))
			return err_full(err);
		out->list[out->n++] = (struct use){named[i].name,
						   {kind, named[i].feed, named[i].rows},
						   by == LINK_DISCOVERED,
						   store_link_sees(kind, &named[i], at_ms)};
	}
	return OK;
}

static enum status fill_name(struct app *app, const struct link_book *book, const struct use *uses, size_t n,
			     struct view_unresolved *out, struct err *err)
{
	struct view_unresolved_use *seen = arena_new(app->arena, struct view_unresolved_use, n);
	str *like = arena_new(app->arena, str, SUGGESTED);
	if (!seen || !like)
		return err_full(err);
	*out = (struct view_unresolved){.name = uses->name, .uses = seen, .n_uses = n, .suggestions = like};
	for (size_t i = 0; i < n; i++) {
		seen[i] = uses[i].seen;
		out->rows += uses[i].seen.rows;
		out->shown |= uses[i].shown;
		out->discovered |= uses[i].shown || uses[i].sighting;
	}
	out->n_suggestions = link_suggest(book, uses->name, like, SUGGESTED);
	return OK;
}

static int order_names(const void *left, const void *right)
{
	const struct view_unresolved *a = left, *b = right;
	if (a->shown != b->shown)
		return a->shown ? 1 : -1;
	return a->rows != b->rows ? (a->rows > b->rows ? -1 : 1) : str_cmp(a->name, b->name);
}

static enum status unresolved(void *ctx, struct err *err)
{
	struct question *q = ctx;
	struct app *app = q->app;
	struct link_book book;
	struct uses all = {0};
	struct sight sight;
	TRY(look(app, &sight, err));
	TRY(store_link_book(app->db, q->at_ms, app->arena, &book, err));
	struct link_book hints = book;
	if (!sight.all)
		hints.n_systems = 0; /* a suggestion could be a system of any unit */
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		TRY(find_uses(app, &sight, &book, (enum evidence_kind_id)k, q->at_ms, &all, err));
	if (all.n)
		qsort(all.list, all.n, sizeof *all.list, order_uses);
	struct view_unresolved *names = arena_new(app->arena, struct view_unresolved, all.n);
	if (!names)
		return err_full(err);
	for (size_t i = 0, n; i < all.n; i += n) {
		for (n = 1; i + n < all.n && str_eq(all.list[i].name, all.list[i + n].name);)
			n++;
		struct view_unresolved *out = &names[q->unresolved->n++];
		TRY(fill_name(app, &hints, &all.list[i], n, out, err));
		q->unresolved->rows += out->shown ? 0 : out->rows;
		q->unresolved->n_unknown += !out->shown;
	}
	if (q->unresolved->n)
		qsort(names, q->unresolved->n, sizeof *names, order_names);
	q->unresolved->names = names;
	return OK;
}

enum status app_link_count(struct app *app, const struct link_book *book, int64_t at_ms, int64_t *rows, int64_t *names,
			   struct err *err)
{
	static const struct sight everything = {.all = true};
	struct uses all = {0};
	*rows = *names = 0;
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		TRY(find_uses(app, &everything, book, (enum evidence_kind_id)k, at_ms, &all, err));
	if (all.n)
		qsort(all.list, all.n, sizeof *all.list, order_uses);
	for (size_t i = 0; i < all.n; i++) {
		if (all.list[i].shown)
			continue;
		*rows += all.list[i].seen.rows;
		*names += i == 0 || !str_eq(all.list[i].name, all.list[i - 1].name);
	}
	return OK;
}

enum status app_link_unresolved(struct app *app, struct app_time as_of, struct view_unresolved_list *out,
				struct err *err)
{
	struct question q = {.app = app, .at_ms = app_load_time(app, as_of), .unresolved = out};
	*out = (struct view_unresolved_list){.as_of_ms = q.at_ms};
	return store_read(app->db, unresolved, &q, err);
}

static enum status resolve(void *ctx, struct err *err)
{
	struct question *q = ctx;
	struct link_book book;
	int64_t feed_id;
	str *like = arena_new(q->app->arena, str, SUGGESTED);
	if (!like)
		return err_full(err);
	TRY(find_feed(q->app, ACCESS_READER, q->feed, &feed_id, err));
	TRY(store_link_book(q->app->db, q->at_ms, q->app->arena, &book, err));
	*q->resolution = (struct view_resolution){.name = q->name, .feed = q->feed.n ? q->feed : (str){0}};
	q->resolution->found = link_find(&book, feed_id, q->name);
	q->resolution->suggestions = like;
	if (q->resolution->found.by == LINK_UNRESOLVED || q->resolution->found.by == LINK_DISCOVERED)
		q->resolution->n_suggestions = link_suggest(&book, q->name, like, SUGGESTED);
	return OK;
}

enum status app_link_resolve(struct app *app, str name, str feed, struct app_time as_of, struct view_resolution *out,
			     struct err *err)
{
	struct question q = {
	    .app = app, .name = name, .feed = feed, .at_ms = app_load_time(app, as_of), .resolution = out};
	return store_read(app->db, resolve, &q, err);
}
