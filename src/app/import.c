#include "app/import.h"

#include <stdio.h>
#include <string.h>

#include "app/access.h"
#include "app/change.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/time.h"
#include "store/file.h"
#include "store/store.h"

enum status app_import_warn(struct app *app, struct app_import_file *f, str message, struct err *err)
{
	if (f->n_warnings >= LIMIT_WARNINGS) {
		f->warnings_left++;
		return OK;
	}
	if (f->n_warnings == f->warnings_cap &&
	    !(f->warnings = arena_grow(app->arena, f->warnings, f->n_warnings, f->n_warnings + 1, sizeof *f->warnings,
				       &f->warnings_cap)))
		return err_full(err);
	f->warnings[f->n_warnings] = str_copy(app->arena, message);
	return f->warnings[f->n_warnings++].p ? OK : err_full(err);
}

static enum status warn(void *ctx, str message, struct err *err)
{
	struct app_import_job *job = ctx;
	return app_import_warn(job->app, job->reading, message, err);
}

/* Units of the past, which today's tree does not have, are few: those are looked through. */
static bool is_named(struct app_import_file *f, const struct unit_tree *tree, str unit)
{
	int u = unit_find(tree, unit);
	if (u != UNIT_NONE) {
		bool before = f->in_tree[u];
		f->in_tree[u] = true;
		return before;
	}
	for (size_t i = f->n_named; i-- > 0;)
		if (str_eq(f->named[i].unit, unit))
			return true;
	return false;
}

static enum status name_unit(struct app_import_job *job, struct app_import_file *f, const struct evidence_record *r,
			     struct err *err)
{
	struct arena *a = job->app->arena;
	if (!f->in_tree && !(f->in_tree = arena_new(a, bool, (size_t)job->tree.tree.n)))
		return err_full(err);
	if (is_named(f, &job->tree.tree, r->unit))
		return OK;
	if (f->n_named == f->named_cap &&
	    !(f->named = arena_grow(a, f->named, f->n_named, f->n_named + 1, sizeof *f->named, &f->named_cap)))
		return err_full(err);
	f->named[f->n_named] = (struct app_import_named){str_copy(a, r->unit), r->line, r->record};
	return f->named[f->n_named++].unit.p ? OK : err_full(err);
}

/* What a column holds is a name, an id or a line of text, not a document. */
static enum status check_values(const struct app_import_file *f, const struct evidence_record *r, struct err *err)
{
	const struct evidence_kind *kind = &evidence_kinds[r->kind];
	for (int c = 0; c < kind->n_columns; c++) {
		if (kind->columns[c].type != EVIDENCE_TEXT || !r->values[c].known ||
		    r->values[c].text.n <= LIMIT_COLUMN_BYTES)
			continue;
		err_set(err, E_TOO_LARGE, "%.*s of \"%.*s\" is longer than %d bytes", STR_ARG(kind->columns[c].name),
			STR_ARG(r->id), LIMIT_COLUMN_BYTES);
		err_at(err, f->name, r->line, 0);
		return E_TOO_LARGE;
	}
	return OK;
}

static enum status no_unit(const struct app_import_file *f, const struct app_import_named *named, struct err *err)
{
	err_set(err, E_NOT_FOUND, "no unit \"%.*s\"", STR_ARG(named->unit));
	err_at(err, f->name, named->line, 0);
	if (named->line == 0)
		err_where(err, "%.*s: record %lld", STR_ARG(f->name), (long long)named->record);
	err_hint(err, "see: aismm unit list");
	return E_NOT_FOUND;
}

/* May who asks know of every unit that there ever was? */
static bool reads_all(const struct app_import_job *job)
{
	const struct unit_tree *tree = &job->tree.tree;
	return job->made || app_access_may(job->app, ACCESS_READER, tree, tree->units[job->root_unit].id);
}

/* Where records may be left out a unit must be known at once, before the day of the file is; else all are looked at
 * together (check_named). */
static enum status check_unit(struct app_import_job *job, struct app_import_file *f, const struct evidence_record *r,
			      struct err *err)
{
	struct app_import_named named = {r->unit, r->line, r->record};
	const struct unit_tree *tree = &job->tree.tree;
	bool known = false;
	if (!f->skips.most || !r->unit.n || unit_find(tree, r->unit) != UNIT_NONE || is_named(f, tree, r->unit))
		return OK;
	if (reads_all(job))
		TRY(store_unit_known(job->app->db, r->unit, &known, err));
	return known ? OK : no_unit(f, &named, err);
}

/* What a record must keep, whatever its format. */
static enum status check_record(struct app_import_job *job, struct app_import_file *f, const struct evidence_record *r,
				struct err *err)
{
	if (app_load_check_id(r->id, "the subject's id", err) != OK) {
		err_at(err, f->name, r->line, 0);
		return E_INVALID;
	}
	TRY(check_values(f, r, err));
	return check_unit(job, f, r, err);
}

static enum status skip_record(void *ctx, int64_t record, struct err *err)
{
	struct app_import_job *job = ctx;
	return app_import_skips_add(&job->reading->skips, job->app->arena, record, err);
}

static enum status stage_record(void *ctx, const struct evidence_record *r, struct err *err)
{
	struct app_import_job *job = ctx;
	struct app_import_file *f = job->reading;
	enum status status = check_record(job, f, r, err);
	if (f->skips.most && (status == E_INVALID || status == E_TOO_LARGE || status == E_NOT_FOUND))
		return skip_record(job, r->record, err);
	TRY(status);
	if (r->unit.n)
		TRY(name_unit(job, f, r, err));
	if (job->options->dry_run)
		TRY(app_import_sample_add(&f->sample, job->app->arena, r, err));
	if (job->app->progress && f->facts.records % 4096 == 0)
		job->app->progress(job->app->progress_ctx, f->name, f->from.consumed, f->bytes);
	f->staged++;
	return store_evidence_add(&job->stage, f->number, r, r->unit, err);
}

static enum status detect(struct app_import_job *job, struct app_import_file *f, struct err *err)
{
	str wanted = job->options->format;
	if (wanted.n) {
		f->format = import_format_find(wanted);
		if (f->format)
			return OK;
		err_set(err, E_INVALID, "no format \"%.*s\"", STR_ARG(wanted));
		err_hint(err, "see: aismm help import");
		return E_INVALID;
	}
	char *head = arena_new(job->app->arena, char, IMPORT_HEAD);
	size_t n = 0, got;
	if (!head)
		return err_full(err);
	do {
		TRY(source_read(&f->from, head + n, IMPORT_HEAD - n, &got, err));
		n += got;
	} while (got && n < IMPORT_HEAD);
	TRY(import_detect((str){head, n}, n < IMPORT_HEAD, f->name, &f->format, err));
	return source_rewind(&f->from, f->whole, err);
}

/* What the format is with the options: options that mean nothing for it are refused. */
static enum status settle_format(struct app_import_job *job, struct app_import_file *f, struct err *err)
{
	const struct import_mapping *map = job->map.mapping;
	str name = f->format->name;
	f->format_name = name;
	f->kinds = f->format->kinds;
	f->always = f->format->always;
	f->names_units = f->format->names_units;
	f->skips.most = job->options->skip_bad;
	if (f->skips.most && !f->format->skips) {
		err_set(err, E_INVALID, "a file of the format %.*s is taken whole or not at all", STR_ARG(name));
		err_at(err, f->name, 0, 0);
		err_hint(err, "leave --skip-bad out");
		return E_INVALID;
	}
	if (f->format->mapped != (map != NULL)) {
		err_set(err, E_INVALID, "the format %.*s is read %s a map", STR_ARG(name), map ? "without" : "by");
		err_at(err, f->name, 0, 0);
		err_hint(err, map ? "leave --map out, or say --format csv or --format jsonl"
				  : "name it with --map FILE; docs/maps.md shows how to write one");
		return E_INVALID;
	}
	if (!map)
		return OK;
	str parts[] = {name, evidence_kinds[map->kind].name};
	f->format_name = import_walk_join(job->app->arena, parts, 2, ':');
	f->kinds = f->always = EVIDENCE_BIT(map->kind);
	f->names_units = map->names_units;
	return f->format_name.p ? OK : err_full(err);
}

static void close_file(void *payload)
{
	source_close(payload);
}

/* Its bytes are hashed, and its format is found. */
static enum status look_at(struct app_import_job *job, struct app_import_file *f, struct err *err)
{
	struct app *app = job->app;
	char sum[HASH_TEXT];
	f->whole = f->from.text;
	f->name = f->from.name;
	TRY(store_file_hash(&f->from, sum, &f->bytes, err));
	f->sha256 = str_copy(app->arena, str_from(sum));
	if (!f->sha256.p)
		return err_full(err);
	TRY(source_rewind(&f->from, f->whole, err));
	if (!f->format)
		TRY(detect(job, f, err));
	return settle_format(job, f, err);
}

static enum status open_file(struct app_import_job *job, struct app_import_file *f, str name, struct err *err)
{
	struct arena *a = job->app->arena;
	const char *path = str_z(a, name);
	if (!path)
		return err_full(err);
	if (str_eq(name, S("-")))
		TRY(source_open_stdin(&f->from, err));
	else
		TRY(source_open_file(&f->from, path, name, err));
	if (!arena_defer(a, close_file, &f->from))
		return err_full(err);
	return look_at(job, f, err);
}

static enum status read_file(struct app_import_job *job, struct app_import_file *f, struct err *err)
{
	struct import_sink sink = {.ctx = job, .record = stage_record, .warn = warn};
	struct import_input in = {
	    .from = &f->from, .arena = job->app->arena, .facts = &f->facts, .sink = &sink, .options = job->map.mapping};
	if (job->made)
		in.options = job->made->rows;
	char sum[HASH_TEXT];
	if (job->options->observed.given)
		in.given_ms = &job->options->observed.ms;
	if (f->skips.most)
		in.skip = skip_record;
	job->reading = f;
	source_hash(&f->from);
	TRY(f->format->read(&in, err));
	TRY(source_hashed(&f->from, sum, err));
	if (!str_eq(f->sha256, str_from(sum)))
		return app_load_changed(f->name, err);
	return source_rewind(&f->from, f->whole, err);
}

/* The time inside the file wins over --observed. */
static enum status settle_time(struct app_import_job *job, struct app_import_file *f, struct err *err)
{
	struct app_time given = job->options->observed;
	char inside[TIME_TEXT], outside[TIME_TEXT], text[160];
	f->observed_ms = f->facts.has_time ? f->facts.observed_ms : given.ms;
	if (!f->facts.has_time && !given.given) {
		err_set(err, E_INVALID, "the file does not say when it was observed");
		err_at(err, f->name, 0, 0);
		err_hint(err, "say it: %.*s (the day of the export, not of the import)",
			 STR_ARG(job->options->say_time.n ? job->options->say_time : S("--observed 2026-11-01")));
		return E_INVALID;
	}
	if (app_load_check_observed(job->app, f->observed_ms, err) != OK) {
		err_at(err, f->name, 0, 0);
		return E_INVALID;
	}
	if (!f->facts.has_time || !given.given || given.ms == f->facts.observed_ms)
		return OK;
	(void)time_format(f->facts.observed_ms, inside);
	(void)time_format(given.ms, outside);
	int n = snprintf(text, sizeof text, "the file says it was observed at %s; --observed %s was not used", inside,
			 outside);
	return app_import_warn(job->app, f, (str){text, (size_t)n}, err);
}

static enum status name_feed(struct app_import_job *job, struct app_import_file *f, str scope, struct err *err)
{
	struct buf name = BUF(LIMIT_RECORD_BYTES);
	if (job->options->feed.n)
		buf_add(&name, job->options->feed);
	else if (f->facts.identity.n)
		buf_add(&name, f->facts.identity);
	else
		buf_printf(&name, "%.*s:%.*s", STR_ARG(job->map.mapping ? job->map.mapping->name : f->format->name),
			   STR_ARG(scope));
	f->feed_name = str_copy(job->app->arena, buf_str(&name));
	buf_release(&name);
	if (!f->feed_name.p)
		return err_full(err);
	if (app_load_check_id(f->feed_name, "the feed's name", err) == OK)
		return OK;
	err_at(err, f->name, 0, 0);
	err_hint(err, "name the feed yourself: --feed NAME");
	return E_INVALID;
}

/* Which feed the file belongs to. */
static enum status settle_feed(struct app_import_job *job, struct app_import_file *f, struct err *err)
{
	struct app *app = job->app;
	const struct unit *units = job->tree.tree.units;
	str scope = units[job->unit >= 0 ? job->unit : job->root_unit].id;
	f->feed = (struct store_feed){0};
	TRY(name_feed(job, f, scope, err));
	if (!job->made && str_starts(f->feed_name, S("aismm:"))) {
		err_set(err, E_INVALID, "the name \"%.*s\" is kept for feeds of aismm itself", STR_ARG(f->feed_name));
		err_at(err, f->name, 0, 0);
		err_hint(err, "name another feed with --feed");
		return E_INVALID;
	}
	TRY(store_feed_find(app->db, f->feed_name, app->arena, &f->feed, err));
	if (!job->made) /* what aismm makes itself was asked about by its maker */
		TRY(app_access_feed(app, &job->tree.tree, f->feed_name, f->feed.id ? f->feed.unit : scope, err));
	if (!f->feed.id) {
		f->feed = (struct store_feed){
		    .name = f->feed_name, .unit = scope, .retired_ms = TIME_FOREVER, .remarks = f->format->remarks};
		return OK;
	}
	if (f->feed.remarks != f->format->remarks) {
		err_set(err, E_CONFLICT, "the feed \"%.*s\" is kept by aismm itself", STR_ARG(f->feed.name));
		err_at(err, f->name, 0, 0);
		err_hint(err, "name another feed with --feed");
		return E_CONFLICT;
	}
	if (job->unit >= 0 && !str_eq(f->feed.unit, scope)) {
		err_set(err, E_CONFLICT, "the feed \"%.*s\" belongs to the unit \"%.*s\", not to \"%.*s\"",
			STR_ARG(f->feed.name), STR_ARG(f->feed.unit), STR_ARG(scope));
		err_at(err, f->name, 0, 0);
		err_hint(err, "leave --unit out, or name another feed with --feed");
		return E_CONFLICT;
	}
	if (f->observed_ms >= f->feed.retired_ms) {
		char text[TIME_TEXT];
		err_set(err, E_CONFLICT, "the feed \"%.*s\" is retired since %.*s", STR_ARG(f->feed.name),
			STR_ARG(time_format(f->feed.retired_ms, text)));
		err_at(err, f->name, 0, 0);
		err_hint(err, "import under another name with --feed");
		return E_CONFLICT;
	}
	return OK;
}

/* A unit that today's tree has not. Who reads less than the whole organisation may name those that stood below the
 * feed's scope when the file was observed; then: that tree, loaded once. */
static enum status check_gone(struct app_import_job *job, struct app_import_file *f,
			      const struct app_import_named *named, struct store_tree *then, struct err *err)
{
	struct app *app = job->app;
	bool known = false;
	if (reads_all(job)) {
		TRY(store_unit_known(app->db, named->unit, &known, err));
		return known ? OK : no_unit(f, named, err);
	}
	if (!then->tree.n) {
		enum status status = app_load_tree(app, f->observed_ms, then, err);
		if (status == E_NOT_FOUND)
			return no_unit(f, named, err);
		TRY(status);
	}
	int unit = unit_find(&then->tree, named->unit), scope = unit_find(&then->tree, f->feed.unit);
	known = unit != UNIT_NONE && scope != UNIT_NONE && unit_below(&then->tree, unit, scope);
	return known ? OK : no_unit(f, named, err);
}

/* Every unit that rows name must be known, and below the feed's scope as far as today's tree tells. */
static enum status check_named(struct app_import_job *job, struct app_import_file *f, struct err *err)
{
	const struct unit_tree *tree = &job->tree.tree;
	struct store_tree then = {0};
	int scope = unit_find(tree, f->feed.unit), unit;
	for (size_t i = 0; i < f->n_named; i++) {
		const struct app_import_named *named = &f->named[i];
		if (unit_find(tree, named->unit) == UNIT_NONE) {
			TRY(check_gone(job, f, named, &then, err));
			continue;
		}
		if (scope == UNIT_NONE || unit_below(tree, unit_find(tree, named->unit), scope))
			continue;
		if (!job->made && app_access_find(job->app, tree, named->unit, &unit, NULL) != OK)
			return no_unit(f, named, err);
		err_set(err, E_INVALID, "the unit \"%.*s\" is not below \"%.*s\", the scope of the feed \"%.*s\"",
			STR_ARG(named->unit), STR_ARG(f->feed.unit), STR_ARG(f->feed.name));
		err_at(err, f->name, named->line, 0);
		if (named->line == 0)
			err_where(err, "%.*s: record %lld", STR_ARG(f->name), (long long)named->record);
		err_hint(err, "see: aismm unit list");
		return E_INVALID;
	}
	return OK;
}

/* A file of nothing but broken records has not shown that there is nothing. */
static enum status check_skips(const struct app_import_file *f, struct err *err)
{
	if (f->skips.n == 0 || f->staged > 0)
		return OK;
	err_set(err, E_INVALID, "every record of the file breaks a rule; the first: %.*s",
		STR_ARG(f->skips.list[0].reason));
	err_where(err, "%.*s", STR_ARG(f->skips.list[0].where));
	err_hint(err, "an import with no record left would say that there is nothing");
	return E_INVALID;
}

static enum status settle(struct app_import_job *job, struct app_import_file *f, struct err *err)
{
	TRY(check_skips(f, err));
	TRY(settle_time(job, f, err));
	TRY(settle_feed(job, f, err));
	TRY(check_named(job, f, err));
	f->scope = f->feed.unit;
	TRY(store_evidence_scope(&job->stage, f->number, f->scope, err));
	return store_evidence_check_unique(&job->stage, f->number, f->name, err);
}

/* What may have changed since the file was read, and a place for what is new. */
static enum status settle_again(struct app_import_job *job, struct app_import_file *f, struct err *err)
{
	TRY(settle_feed(job, f, err));
	TRY(check_named(job, f, err));
	if (!str_eq(f->feed.unit, f->scope)) {
		err_set(err, E_CONFLICT, "the feed \"%.*s\" got another unit while the file was read",
			STR_ARG(f->feed.name));
		err_at(err, f->name, 0, 0);
		err_hint(err, "import it again");
		return E_CONFLICT;
	}
	return f->feed.id ? OK : store_feed_add(job->app->db, &f->feed, &f->feed.id, err);
}

/* The next snapshot to apply: the oldest, as if they had been imported in order. */
static struct app_import_file *next_file(const struct app_import_job *job)
{
	struct app_import_file *next = NULL;
	for (size_t i = 0; i < job->n; i++)
		if (!job->files[i].applied && (!next || job->files[i].observed_ms < next->observed_ms))
			next = &job->files[i];
	return next;
}

/* Who may import nowhere is told so before a file is read; the feed decides later (settle_feed). */
static enum status permit(struct app_import_job *job, struct err *err)
{
	const struct access *who = job->app->who;
	if (!who || job->made || who->feed.p || access_role_most(who) >= ACCESS_ASSESSOR)
		return OK;
	return app_access_all(job->app, ACCESS_ASSESSOR, &job->tree.tree, err);
}

/* What the options name, as the tree is now. */
static enum status look_up(struct app_import_job *job, struct err *err)
{
	const struct app_import *o = job->options;
	int covered;
	TRY(app_load_tree(job->app, job->app->now_ms, &job->tree, err));
	TRY(permit(job, err));
	job->unit = -1;
	if (o->unit.n)
		TRY(app_access_find(job->app, &job->tree.tree, o->unit, &job->unit, err));
	for (size_t i = 0; i < o->n_covers; i++)
		TRY(app_access_find(job->app, &job->tree.tree, o->covers[i], &covered, err));
	return OK;
}

/* Everything is read and looked through; temporary tables alone are written. */
static enum status gather(void *ctx, struct err *err)
{
	struct app_import_job *job = ctx;
	uint64_t kinds = 0;
	TRY(look_up(job, err));
	for (size_t i = 0; i < job->n; i++)
		kinds |= job->files[i].kinds;
	TRY(store_evidence_stage(job->app->db, kinds, &job->stage, err));
	for (size_t i = 0; i < job->n; i++)
		TRY(read_file(job, &job->files[i], err));
	for (size_t i = 0; i < job->n; i++)
		TRY(settle(job, &job->files[i], err));
	return store_evidence_staged(&job->stage, err);
}

/* What was gathered becomes facts. */
static enum status apply(void *ctx, struct err *err)
{
	struct app_import_job *job = ctx;
	struct app_import_file *next;
	TRY(look_up(job, err));
	for (size_t i = 0; i < job->n; i++)
		TRY(settle_again(job, &job->files[i], err));
	while ((next = next_file(job)))
		TRY(app_import_apply(job, next, err));
	return OK;
}

static enum status begin(struct app_import_job *job, struct app *app, struct view_receipt *out, struct err *err)
{
	job->app = app;
	job->files = arena_new(app->arena, struct app_import_file, job->n);
	if (!job->files)
		return err_full(err);
	memset(out, 0, job->n * sizeof *out);
	for (size_t i = 0; i < job->n; i++) {
		job->files[i].number = (int64_t)i + 1;
		job->files[i].receipt = &out[i];
	}
	return app_import_map_load(app, job->options->map, &job->map, err);
}

static enum status carry_out(struct app_import_job *job, struct err *err)
{
	struct db *db = job->app->db;
	enum status status = store_aside(db, gather, job, err);
	if (status == OK)
		status = job->options->dry_run ? app_change_rehearse(job->app, apply, job, err)
					       : app_change(job->app, apply, job, err);
	store_trim(db); /* the pages of its temporary tables, too */
	return status;
}

enum status app_import(struct app *app, const struct app_import *options, const str *files, size_t n,
		       struct view_receipt *out, struct err *err)
{
	struct app_import_job job = {.options = options, .n = n};
	TRY(begin(&job, app, out, err));
	for (size_t i = 0; i < n; i++)
		TRY(open_file(&job, &job.files[i], files[i], err));
	return carry_out(&job, err);
}

enum status app_import_many(struct app *app, const struct app_import *options, const struct source *from, size_t n,
			    struct view_receipt *out, struct err *err)
{
	struct app_import_job job = {.options = options, .n = n};
	TRY(begin(&job, app, out, err));
	for (size_t i = 0; i < n; i++) {
		job.files[i].from = from[i];
		TRY(look_at(&job, &job.files[i], err));
	}
	return carry_out(&job, err);
}

enum status app_import_within(struct app *app, const struct app_import *options, const struct app_import_made *made,
			      struct view_receipt *out, struct err *err)
{
	struct app_import_job job = {.options = options, .n = 1, .made = made};
	TRY(begin(&job, app, out, err));
	job.files[0].from = source_text(made->name, made->text);
	job.files[0].format = made->format;
	TRY(look_at(&job, &job.files[0], err));
	TRY(gather(&job, err));
	return apply(&job, err);
}

enum status app_import_from(struct app *app, const struct app_import *options, const struct source *from,
			    struct view_receipt *out, struct err *err)
{
	return app_import_many(app, options, from, 1, out, err);
}

static const struct import_format *format_at(size_t i)
{
	for (size_t k = 0; import_formats[k]; k++)
		if (k == i)
			return import_formats[k];
	return NULL;
}

str app_import_format(size_t i)
{
	const struct import_format *format = format_at(i);
	return format ? format->name : (str){NULL, 0};
}

uint64_t app_import_kinds(size_t i)
{
	const struct import_format *format = format_at(i);
	return format && !format->mapped ? format->kinds : 0;
}
