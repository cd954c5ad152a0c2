#include "app/import.h"
#include "app/load.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/time.h"
#include "import/import.h"
#include "store/evidence.h"
#include "store/feed.h"
#include "store/file.h"
#include "store/link.h"
#include "store/store.h"

enum { UNRESOLVED_MAX = 50 };

/* A unit that rows of a file name, and where first. */
struct named_unit {
	str unit;
	int64_t line, record;
};

struct file {
	int64_t number;
	str name, sha256;
	int64_t bytes;
	struct source from;
	const struct import_format *format;
	str format_name;        /* as it is kept: "ocsf", of a map "csv:finding" */
	uint64_t kinds, always; /* of the format, or of the map */
	bool names_units;
	struct import_facts facts;
	struct app_import_skips skips;
	struct app_import_sample sample;
	int64_t staged; /* rows */
	struct named_unit *named;
	size_t n_named, named_cap;
	bool *in_tree; /* by unit of today's tree: it is named already */
	str *warnings;
	size_t n_warnings, warnings_cap, warnings_left;
	int64_t observed_ms;
	str feed_name;
	struct store_feed feed;
	bool applied;
	struct view_receipt *receipt;
};

struct job {
	struct app *app;
	const struct app_import *options;
	struct file *files;
	size_t n;
	struct app_import_map map;
	struct store_tree tree;
	int root_unit, unit; /* indexes in the tree: the root; --unit or -1 */
	struct store_stage stage;
	struct file *reading;
};

static enum status add_warning(struct app *app, struct file *f, str message, struct err *err)
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
	struct job *job = ctx;
	return add_warning(job->app, job->reading, message, err);
}

/* Units of the past, which today's tree does not have, are few: those are looked through. */
static bool is_named(struct file *f, const struct unit_tree *tree, str unit)
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

static enum status name_unit(struct job *job, struct file *f, const struct evidence_record *r, struct err *err)
{
	struct arena *a = job->app->arena;
	if (!f->in_tree && !(f->in_tree = arena_new(a, bool, (size_t)job->tree.tree.n)))
		return err_full(err);
	if (is_named(f, &job->tree.tree, r->unit))
		return OK;
	if (f->n_named == f->named_cap &&
	    !(f->named = arena_grow(a, f->named, f->n_named, f->n_named + 1, sizeof *f->named, &f->named_cap)))
		return err_full(err);
	f->named[f->n_named] = (struct named_unit){str_copy(a, r->unit), r->line, r->record};
	return f->named[f->n_named++].unit.p ? OK : err_full(err);
}

/* What a column holds is a name, an id or a line of text, not a document. */
static enum status check_values(const struct file *f, const struct evidence_record *r, struct err *err)
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

static enum status no_unit(const struct file *f, const struct named_unit *named, struct err *err)
{
	err_set(err, E_NOT_FOUND, "no unit \"%.*s\"", STR_ARG(named->unit));
	err_at(err, f->name, named->line, 0);
	if (named->line == 0)
		err_where(err, "%.*s: record %lld", STR_ARG(f->name), (long long)named->record);
	err_hint(err, "see: aismm unit list");
	return E_NOT_FOUND;
}

/* Where records may be left out a unit must be known at once; else all are looked at together (check_named). */
static enum status check_unit(struct job *job, struct file *f, const struct evidence_record *r, struct err *err)
{
	struct named_unit named = {r->unit, r->line, r->record};
	const struct unit_tree *tree = &job->tree.tree;
	bool known = true;
	if (!f->skips.most || !r->unit.n || unit_find(tree, r->unit) != UNIT_NONE || is_named(f, tree, r->unit))
		return OK;
	TRY(store_unit_known(job->app->db, r->unit, &known, err));
	return known ? OK : no_unit(f, &named, err);
}

/* What a record must keep, whatever its format. */
static enum status check_record(struct job *job, struct file *f, const struct evidence_record *r, struct err *err)
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
	struct job *job = ctx;
	return app_import_skips_add(&job->reading->skips, job->app->arena, record, err);
}

static enum status stage_record(void *ctx, const struct evidence_record *r, struct err *err)
{
	struct job *job = ctx;
	struct file *f = job->reading;
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

static enum status detect(struct job *job, struct file *f, struct err *err)
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
	return source_rewind(&f->from, (str){NULL, 0}, err);
}

/* What the format is with the options: options that mean nothing for it are refused. */
static enum status settle_format(struct job *job, struct file *f, struct err *err)
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
static enum status look_at(struct job *job, struct file *f, struct err *err)
{
	struct app *app = job->app;
	char sum[HASH_TEXT];
	f->name = f->from.name;
	TRY(store_file_hash(&f->from, sum, &f->bytes, err));
	f->sha256 = str_copy(app->arena, str_from(sum));
	if (!f->sha256.p)
		return err_full(err);
	TRY(source_rewind(&f->from, (str){NULL, 0}, err));
	TRY(detect(job, f, err));
	return settle_format(job, f, err);
}

static enum status open_file(struct job *job, struct file *f, str name, struct err *err)
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

static enum status read_file(struct job *job, struct file *f, struct err *err)
{
	struct import_sink sink = {.ctx = job, .record = stage_record, .warn = warn};
	struct import_input in = {
	    .from = &f->from, .arena = job->app->arena, .facts = &f->facts, .sink = &sink, .options = job->map.mapping};
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
	return source_rewind(&f->from, (str){NULL, 0}, err);
}

/* The time inside the file wins over --observed. */
static enum status settle_time(struct job *job, struct file *f, struct err *err)
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
	return add_warning(job->app, f, (str){text, (size_t)n}, err);
}

static enum status name_feed(struct job *job, struct file *f, str scope, struct err *err)
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

/* Which feed the file belongs to; it is made when it is new. */
static enum status settle_feed(struct job *job, struct file *f, struct err *err)
{
	struct app *app = job->app;
	const struct unit *units = job->tree.tree.units;
	str scope = units[job->unit >= 0 ? job->unit : job->root_unit].id;
	TRY(name_feed(job, f, scope, err));
	TRY(store_feed_find(app->db, f->feed_name, app->arena, &f->feed, err));
	if (!f->feed.id) {
		f->feed = (struct store_feed){.name = f->feed_name, .unit = scope, .retired_ms = TIME_FOREVER};
		return store_feed_add(app->db, f->feed_name, scope, &f->feed.id, err);
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

/* Every unit that rows name must be known, and below the feed's scope as far as today's tree tells. */
static enum status check_named(struct job *job, struct file *f, struct err *err)
{
	const struct unit_tree *tree = &job->tree.tree;
	int scope = unit_find(tree, f->feed.unit);
	for (size_t i = 0; i < f->n_named; i++) {
		const struct named_unit *named = &f->named[i];
		int unit = unit_find(tree, named->unit);
		bool known = unit != UNIT_NONE;
		if (!known)
			TRY(store_unit_known(job->app->db, named->unit, &known, err));
		if (known && (unit == UNIT_NONE || scope == UNIT_NONE || unit_below(tree, unit, scope)))
			continue;
		if (!known)
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
static enum status check_skips(const struct file *f, struct err *err)
{
	if (f->skips.n == 0 || f->staged > 0)
		return OK;
	err_set(err, E_INVALID, "every record of the file breaks a rule; the first: %.*s",
		STR_ARG(f->skips.list[0].reason));
	err_where(err, "%.*s", STR_ARG(f->skips.list[0].where));
	err_hint(err, "an import with no record left would say that there is nothing");
	return E_INVALID;
}

static enum status settle(struct job *job, struct file *f, struct err *err)
{
	TRY(check_skips(f, err));
	TRY(settle_time(job, f, err));
	TRY(settle_feed(job, f, err));
	TRY(check_named(job, f, err));
	TRY(store_evidence_scope(&job->stage, f->number, f->feed.unit, err));
	return store_evidence_check_unique(&job->stage, f->number, f->name, err);
}

/* Files of one command with equal feed and time: one snapshot. */
struct group {
	struct job *job;
	struct file *first; /* gives feed, time and number */
	uint64_t kinds;     /* that the snapshot speaks for */
	uint64_t covers;    /* of those, the ones it lists */
	struct store_snapshot_place place;
	struct store_later *later;
	size_t n_later;
	int64_t snapshot;
	struct link_book links; /* as they are after it */
};

static bool in_group(const struct group *g, const struct file *f)
{
	return f->feed.id == g->first->feed.id && f->observed_ms == g->first->observed_ms;
}

/* What a file of the feed could speak for, by the name that was kept; 0 for one that holds no evidence. */
static uint64_t kinds_of(str format_name)
{
	str format, kind;
	if (str_cut(format_name, ':', &format, &kind)) {
		int k = evidence_kind_find(kind);
		return k >= 0 ? EVIDENCE_BIT(k) : 0;
	}
	const struct import_format *f = import_format_find(format);
	return f ? f->kinds : 0;
}

static enum status find_kinds(struct group *g, struct err *err)
{
	struct job *job = g->job;
	uint64_t staged, before, can = 0, always = 0, lists = 0;
	for (size_t i = 0; i < job->n; i++) {
		if (!in_group(g, &job->files[i]))
			continue;
		TRY(store_evidence_group(&job->stage, job->files[i].number, g->place.group, 0, err));
		can |= job->files[i].kinds;
		always |= job->files[i].always;
		lists |= job->files[i].kinds & ~job->files[i].format->glimpses;
	}
	TRY(store_evidence_staged_kinds(&job->stage, g->place.group, &staged, err));
	TRY(store_evidence_feed_kinds(job->app->db, g->place.feed_id, g->place.observed_ms, &before, err));
	g->kinds = always | (can & (staged | before));
	g->covers = g->kinds & lists;
	return OK;
}

static uint64_t glimpses_of(str format_name)
{
	const struct import_format *f = import_format_find(format_name);
	return f ? f->glimpses : 0;
}

/* When each kind is spoken for next. */
static enum status find_next(struct group *g, struct err *err)
{
	struct job *job = g->job;
	TRY(store_feed_later(job->app->db, g->place.feed_id, g->place.observed_ms, job->app->arena, &g->later,
			     &g->n_later, err));
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		g->place.next_ms[k] = TIME_FOREVER;
		for (size_t i = g->n_later; i-- > 0;)
			if (kinds_of(g->later[i].format) >> k & 1)
				g->place.next_ms[k] = g->later[i].observed_ms;
	}
	return OK;
}

static enum status check_ended(struct group *g, struct err *err)
{
	int64_t present = 0, gone = 0;
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		int64_t here, ends;
		if (!(g->kinds >> k & 1) || evidence_kinds[k].event)
			continue;
		TRY(store_evidence_compare(g->job->app->db, &g->place, (enum evidence_kind_id)k, &here, &ends, err));
		present += here;
		gone += ends;
	}
	if (gone * 2 <= present || g->job->options->replace)
		return OK;
	err_set(err, E_CONFLICT, "this snapshot would end %lld of the %lld subjects of the feed \"%.*s\"",
		(long long)gone, (long long)present, STR_ARG(g->first->feed.name));
	err_at(err, g->first->name, 0, 0);
	err_hint(
	    err,
	    "if the file is complete, repeat the import with --replace; if it is a part, import all parts together");
	return E_CONFLICT;
}

/* What the files' own records are against what the feed shows at that time. */
static enum status count(struct group *g, struct store_counts *sum, struct err *err)
{
	struct job *job = g->job;
	*sum = (struct store_counts){0};
	for (size_t i = 0; i < job->n; i++) {
		struct file *f = &job->files[i];
		if (!in_group(g, f))
			continue;
		for (int k = 0; k < EVIDENCE_KINDS; k++) {
			struct store_counts c;
			if (!(job->stage.kinds >> k & 1))
				continue;
			TRY(store_evidence_count_file(job->app->db, &g->place, (enum evidence_kind_id)k, f->number, &c,
						      err));
			f->receipt->added += c.added;
			f->receipt->changed += c.changed;
			f->receipt->unchanged += c.unchanged;
		}
		sum->added += f->receipt->added;
		sum->changed += f->receipt->changed;
	}
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		int64_t gone;
		if (!(g->kinds >> k & 1) || evidence_kinds[k].event)
			continue;
		TRY(store_evidence_count_gone(job->app->db, &g->place, (enum evidence_kind_id)k, &gone, err));
		g->first->receipt->gone += gone;
		sum->gone += gone;
	}
	return OK;
}

/* A new snapshot with its files; later ones now also speak for the kinds that this one brings first. */
static enum status add_snapshot(struct group *g, struct err *err)
{
	struct job *job = g->job;
	struct app *app = job->app;
	struct store_snapshot s = {g->place.feed_id, g->place.observed_ms, app->now_ms, app->actor};
	TRY(store_feed_snapshot(app->db, &s, &g->snapshot, err));
	TRY(store_feed_kinds(app->db, g->snapshot, g->kinds, g->covers, err));
	for (size_t i = 0; i < job->n; i++) {
		struct file *f = &job->files[i];
		int64_t file_id;
		if (!in_group(g, f))
			continue;
		struct source *keep = f->format->secrets ? NULL : &f->from;
		TRY(store_file_add(app->db, keep, f->sha256, f->bytes, app->now_ms, err));
		TRY(store_feed_file(app->db, g->snapshot, f->sha256, f->name, f->format_name, &file_id, err));
		TRY(store_evidence_group(&job->stage, f->number, g->place.group, file_id, err));
	}
	TRY(app_import_map_keep(app, &job->map, g->snapshot, err));
	for (size_t i = 0; i < g->n_later; i++)
		TRY(store_feed_kinds(app->db, g->later[i].snapshot, g->kinds & kinds_of(g->later[i].format),
				     ~glimpses_of(g->later[i].format), err));
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		if (g->kinds >> k & 1)
			TRY(store_evidence_apply(app->db, &g->place, (enum evidence_kind_id)k, err));
	return OK;
}

/* Units below the scope that the feed covers from this snapshot on. */
static enum status add_cover(struct group *g, struct err *err)
{
	struct job *job = g->job;
	struct app *app = job->app;
	for (size_t i = 0; i < job->n; i++) {
		struct file *f = &job->files[i];
		if (!in_group(g, f))
			continue;
		for (size_t u = 0; u < f->n_named; u++)
			TRY(store_feed_unit(app->db, g->place.feed_id, f->named[u].unit, g->place.observed_ms, err));
		if (job->options->n_covers && !f->names_units)
			TRY(add_warning(
			    app, f,
			    S("--covers has no effect: files of this format do not name the unit of their rows"), err));
		for (size_t c = 0; f->names_units && c < job->options->n_covers; c++)
			TRY(store_feed_unit(app->db, g->place.feed_id, job->options->covers[c], g->place.observed_ms,
					    err));
	}
	return OK;
}

/* What only some options show. */
static void fill_extras(struct job *job, struct file *f)
{
	struct view_receipt *r = f->receipt;
	app_import_sample_scope(&f->sample, f->feed.unit);
	r->map = job->map.mapping ? job->map.file : (str){NULL, 0};
	r->map_sha256 = job->map.sha256;
	r->may_skip = f->skips.most;
	r->skipped = f->skips.list;
	r->n_skipped = f->skips.n;
	r->dry_run = job->options->dry_run;
	r->rows = f->sample.rows;
	r->n_rows = f->sample.n;
}

static enum status fill_receipt(struct group *g, struct file *f, struct err *err)
{
	struct app *app = g->job->app;
	struct view_receipt *r = f->receipt;
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		int64_t rows;
		if (!(g->kinds >> k & 1))
			continue;
		TRY(store_evidence_rows(app->db, g->place.feed_id, (enum evidence_kind_id)k, g->place.observed_ms,
					&rows, err));
		r->kinds[r->n_kinds++] = (struct view_kind_count){(enum evidence_kind_id)k, rows};
	}
	struct store_names unresolved = {.list = arena_new(app->arena, str, UNRESOLVED_MAX), .cap = UNRESOLVED_MAX};
	if (!unresolved.list)
		return err_full(err);
	TRY(store_evidence_unresolved(&g->job->stage, f->number, &g->links, f->feed.id, &unresolved, app->arena, err));
	if (f->warnings_left) {
		char text[64];
		int n = snprintf(text, sizeof text, "and %zu more warnings", f->warnings_left);
		f->n_warnings--;
		f->warnings_left = 0;
		TRY(add_warning(app, f, (str){text, (size_t)n}, err));
	}
	r->unresolved = unresolved.list;
	r->n_unresolved = unresolved.n;
	r->file = f->name;
	r->sha256 = f->sha256;
	r->format = f->format_name;
	r->feed = f->feed.name;
	r->unit = f->feed.unit;
	r->observed_ms = f->observed_ms;
	r->read = f->facts.records;
	r->warnings = f->warnings;
	r->n_warnings = f->n_warnings;
	fill_extras(g->job, f);
	f->applied = true;
	return OK;
}

/* Has every file of the group made a snapshot at this very instant before? */
static enum status stands_already(const struct group *g, bool *stands, struct err *err)
{
	*stands = true;
	for (size_t i = 0; i < g->job->n && *stands; i++) {
		const struct file *f = &g->job->files[i];
		if (in_group(g, f))
			TRY(store_feed_has_file(g->job->app->db, g->place.feed_id, g->place.observed_ms, f->sha256,
						stands, err));
	}
	return OK;
}

/* A subject whose record was left out is not gone, and nobody knows which subject that was: then none is. */
static enum status spare_missing(struct group *g, struct err *err)
{
	struct job *job = g->job;
	bool skipped = false;
	for (size_t i = 0; i < job->n; i++) {
		struct file *f = &job->files[i];
		if (!in_group(g, f) || f->skips.n == 0)
			continue;
		skipped = true;
		TRY(add_warning(job->app, f,
				S("records were left out: this snapshot ends no subject, whatever it does not show"),
				err));
	}
	for (int k = 0; skipped && k < EVIDENCE_KINDS; k++)
		if (g->kinds >> k & 1)
			TRY(store_evidence_carry(job->app->db, &g->place, (enum evidence_kind_id)k, err));
	return OK;
}

static enum status apply_group(struct job *job, struct file *first, struct err *err)
{
	struct group g = {.job = job, .first = first};
	struct store_counts sum;
	bool stands;
	g.place = (struct store_snapshot_place){
	    .feed_id = first->feed.id, .group = first->number, .observed_ms = first->observed_ms};
	TRY(find_kinds(&g, err));
	TRY(find_next(&g, err));
	TRY(spare_missing(&g, err));
	TRY(check_ended(&g, err));
	TRY(count(&g, &sum, err));
	TRY(stands_already(&g, &stands, err));
	if (!stands || sum.added || sum.changed || sum.gone)
		TRY(add_snapshot(&g, err));
	TRY(add_cover(&g, err));
	TRY(store_link_book(job->app->db, g.place.observed_ms, job->app->arena, &g.links, err));
	for (size_t i = 0; i < job->n; i++)
		if (in_group(&g, &job->files[i]))
			TRY(fill_receipt(&g, &job->files[i], err));
	return OK;
}

/* The next snapshot to apply: the oldest, as if they had been imported in order. */
static struct file *next_file(const struct job *job)
{
	struct file *next = NULL;
	for (size_t i = 0; i < job->n; i++)
		if (!job->files[i].applied && (!next || job->files[i].observed_ms < next->observed_ms))
			next = &job->files[i];
	return next;
}

static enum status prepare(struct job *job, struct err *err)
{
	const struct app_import *o = job->options;
	uint64_t kinds = 0;
	int covered;
	TRY(app_load_tree(job->app, job->app->now_ms, &job->tree, err));
	job->unit = -1;
	if (o->unit.n)
		TRY(app_load_unit(&job->tree.tree, o->unit, &job->unit, err));
	for (size_t i = 0; i < o->n_covers; i++)
		TRY(app_load_unit(&job->tree.tree, o->covers[i], &covered, err));
	for (size_t i = 0; i < job->n; i++)
		kinds |= job->files[i].kinds;
	return store_evidence_stage(job->app->db, kinds, &job->stage, err);
}

static enum status import(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct file *next;
	TRY(prepare(job, err));
	for (size_t i = 0; i < job->n; i++)
		TRY(read_file(job, &job->files[i], err));
	for (size_t i = 0; i < job->n; i++)
		TRY(settle(job, &job->files[i], err));
	TRY(store_evidence_staged(&job->stage, err));
	while ((next = next_file(job)))
		TRY(apply_group(job, next, err));
	return OK;
}

static enum status begin(struct job *job, struct app *app, struct view_receipt *out, struct err *err)
{
	job->app = app;
	job->files = arena_new(app->arena, struct file, job->n);
	if (!job->files)
		return err_full(err);
	memset(out, 0, job->n * sizeof *out);
	for (size_t i = 0; i < job->n; i++) {
		job->files[i].number = (int64_t)i + 1;
		job->files[i].receipt = &out[i];
	}
	return app_import_map_load(app, job->options->map, &job->map, err);
}

enum status app_import(struct app *app, const struct app_import *options, const str *files, size_t n,
		       struct view_receipt *out, struct err *err)
{
	struct job job = {.options = options, .n = n};
	TRY(begin(&job, app, out, err));
	for (size_t i = 0; i < n; i++)
		TRY(open_file(&job, &job.files[i], files[i], err));
	return options->dry_run ? store_rehearse(app->db, import, &job, err) : store_change(app->db, import, &job, err);
}

enum status app_import_from(struct app *app, const struct app_import *options, const struct source *from,
			    struct view_receipt *out, struct err *err)
{
	struct job job = {.options = options, .n = 1};
	TRY(begin(&job, app, out, err));
	job.files[0].from = *from;
	TRY(look_at(&job, &job.files[0], err));
	return store_change(app->db, import, &job, err);
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
