/* Staged files become snapshots of their feeds. */
#include "app/import.h"

#include <stdio.h>

#include "base/limits.h"
#include "base/time.h"
#include "store/file.h"
#include "store/link.h"

enum { UNRESOLVED_MAX = 50 };

/* Files of one command with equal feed and time: one snapshot. */
struct group {
	struct app_import_job *job;
	struct app_import_file *first; /* gives feed, time and number */
	struct store_speech speech;
	bool partial;
	struct store_snapshot_place place;
	struct store_later *later;
	size_t n_later;
	int64_t snapshot;
	struct link_book links; /* as they are after it */
};

static bool in_group(const struct group *g, const struct app_import_file *f)
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
	struct app_import_job *job = g->job;
	struct store_speech *speech = &g->speech;
	uint64_t staged, before, always = 0;
	for (size_t i = 0; i < job->n; i++) {
		const struct app_import_file *f = &job->files[i];
		if (!in_group(g, f))
			continue;
		TRY(store_evidence_group(&job->stage, f->number, g->place.group, 0, err));
		speech->can |= f->kinds;
		always |= f->always;
		uint64_t lists = f->kinds & ~(f->format->glimpses | f->facts.glimpses);
		speech->lists |= lists;
		speech->names |= f->names_units ? lists : 0;
		g->partial |= f->skips.n > 0 || f->facts.partial;
	}
	TRY(store_evidence_staged_kinds(&job->stage, g->place.group, &staged, err));
	TRY(store_evidence_feed_kinds(job->app->db, g->place.feed_id, g->place.observed_ms, &before, err));
	speech->speaks = always | (speech->can & (staged | before));
	return OK;
}

/* A later snapshot speaks for what this one brings first. How it does was recorded with it; of one that an older
   program wrote its format tells. */
static enum status speak_later(const struct group *g, const struct store_later *later, struct err *err)
{
	const struct import_format *f = import_format_find(later->format);
	uint64_t can = g->speech.speaks & kinds_of(later->format);
	struct store_speech speech = {.can = can, .speaks = can, .lists = f ? ~f->glimpses : ~UINT64_C(0)};
	speech.names = f && f->names_units && !f->mapped ? f->kinds : 0;
	return store_feed_kinds(g->job->app->db, later->snapshot, &speech, err);
}

/* What a partial snapshot did not show was left as it was then: one that is put before it would have changed that. */
static enum status check_order(struct group *g, struct err *err)
{
	bool partial = false;
	for (size_t i = 0; i < g->n_later; i++)
		partial |= g->later[i].partial;
	if (!partial)
		return OK;
	err_set(err, E_CONFLICT, "a later snapshot of the feed is incomplete and took over what stood then");
	err_at(err, g->first->name, 0, 0);
	err_detail(err, "the feed \"%.*s\"", STR_ARG(g->first->feed.name));
	err_hint(err, "import in the order of time; history that comes late can have a feed of its own: --feed NAME");
	return E_CONFLICT;
}

/* When each kind is spoken for next. */
static enum status find_next(struct group *g, struct err *err)
{
	struct app_import_job *job = g->job;
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
		if (!(g->speech.speaks >> k & 1) || evidence_kinds[k].event)
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
static enum status count(struct group *g, struct err *err)
{
	struct app_import_job *job = g->job;
	for (size_t i = 0; i < job->n; i++) {
		struct app_import_file *f = &job->files[i];
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
	}
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		int64_t gone;
		if (!(g->speech.speaks >> k & 1) || evidence_kinds[k].event)
			continue;
		TRY(store_evidence_count_gone(job->app->db, &g->place, (enum evidence_kind_id)k, &gone, err));
		g->first->receipt->gone += gone;
	}
	return OK;
}

/* A new snapshot with its files; later ones now also speak for the kinds that this one brings first. */
static enum status add_snapshot(struct group *g, struct err *err)
{
	struct app_import_job *job = g->job;
	struct app *app = job->app;
	struct store_snapshot s = {g->place.feed_id, g->place.observed_ms, app->now_ms, app->actor, g->partial};
	TRY(check_order(g, err));
	TRY(store_feed_snapshot(app->db, &s, &g->snapshot, err));
	TRY(store_feed_kinds(app->db, g->snapshot, &g->speech, err));
	for (size_t i = 0; i < job->n; i++) {
		struct app_import_file *f = &job->files[i];
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
		TRY(speak_later(g, &g->later[i], err));
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		if (g->speech.speaks >> k & 1)
			TRY(store_evidence_apply(app->db, &g->place, (enum evidence_kind_id)k, err));
	return OK;
}

/* Units below the scope that the feed covers from this snapshot on. */
static enum status add_cover(struct group *g, struct err *err)
{
	struct app_import_job *job = g->job;
	struct app *app = job->app;
	for (size_t i = 0; i < job->n; i++) {
		struct app_import_file *f = &job->files[i];
		if (!in_group(g, f))
			continue;
		for (size_t u = 0; u < f->n_named; u++)
			TRY(store_feed_unit(app->db, g->place.feed_id, f->named[u].unit, g->place.observed_ms, err));
		if (job->options->n_covers && !f->names_units)
			TRY(app_import_warn(
			    app, f,
			    S("--covers has no effect: files of this format do not name the unit of their rows"), err));
		for (size_t c = 0; f->names_units && c < job->options->n_covers; c++)
			TRY(store_feed_unit(app->db, g->place.feed_id, job->options->covers[c], g->place.observed_ms,
					    err));
	}
	return OK;
}

/* What only some options show. */
static void fill_extras(struct app_import_job *job, struct app_import_file *f)
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

static enum status warn_of_more(struct app *app, struct app_import_file *f, const struct store_names *names,
				struct err *err)
{
	char text[96];
	if (!names->more)
		return OK;
	int n = snprintf(text, sizeof text, "and %zu more %s that nobody knows: see aismm link unresolved", names->more,
			 names->more == 1 ? "name" : "names");
	return app_import_warn(app, f, (str){text, (size_t)n}, err);
}

/* History that comes with or after what followed it is no news of today. */
static bool is_newest(const struct group *g)
{
	bool newest = g->n_later == 0;
	for (size_t i = 0; i < g->job->n; i++) {
		const struct app_import_file *f = &g->job->files[i];
		newest &= f->feed.id != g->first->feed.id || f->observed_ms <= g->first->observed_ms;
	}
	return newest;
}

static enum status fill_receipt(struct group *g, struct app_import_file *f, struct err *err)
{
	struct app *app = g->job->app;
	struct view_receipt *r = f->receipt;
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		int64_t rows;
		if (!(g->speech.speaks >> k & 1))
			continue;
		TRY(store_evidence_rows(app->db, g->place.feed_id, (enum evidence_kind_id)k, g->place.observed_ms,
					&rows, err));
		r->kinds[r->n_kinds++] = (struct view_kind_count){(enum evidence_kind_id)k, rows};
	}
	if (g->job->options->warn_age && is_newest(g))
		TRY(app_import_age(app, f, g->speech.speaks, err));
	struct store_names unresolved = {.list = arena_new(app->arena, str, UNRESOLVED_MAX), .cap = UNRESOLVED_MAX};
	if (!unresolved.list)
		return err_full(err);
	TRY(store_evidence_unresolved(&g->job->stage, f->number, &g->links, f->feed.id, &unresolved, app->arena, err));
	TRY(warn_of_more(app, f, &unresolved, err));
	if (f->warnings_left) {
		char text[64];
		int n = snprintf(text, sizeof text, "and %zu more warnings", f->warnings_left);
		f->n_warnings--;
		f->warnings_left = 0;
		TRY(app_import_warn(app, f, (str){text, (size_t)n}, err));
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

/* Has every file of the group made a snapshot at this very instant before, and does what they say hold then? */
static enum status stands_already(const struct group *g, bool *stands, struct err *err)
{
	struct db *db = g->job->app->db;
	*stands = true;
	for (size_t i = 0; i < g->job->n && *stands; i++) {
		const struct app_import_file *f = &g->job->files[i];
		if (in_group(g, f))
			TRY(store_feed_has_file(db, g->place.feed_id, g->place.observed_ms, f->sha256, stands, err));
	}
	for (int k = 0; k < EVIDENCE_KINDS && *stands; k++) {
		int64_t differ, present, gone;
		if (!(g->speech.speaks >> k & 1))
			continue;
		TRY(store_evidence_differs(db, &g->place, (enum evidence_kind_id)k, &differ, err));
		TRY(store_evidence_compare(db, &g->place, (enum evidence_kind_id)k, &present, &gone, err));
		*stands = !differ && (evidence_kinds[k].event || !gone);
	}
	return OK;
}

/* A subject whose record was left out is not gone, and nobody knows which subject that was: then none is. */
static enum status spare_missing(struct group *g, struct err *err)
{
	struct app_import_job *job = g->job;
	for (size_t i = 0; i < job->n; i++) {
		struct app_import_file *f = &job->files[i];
		if (!in_group(g, f) || f->skips.n == 0)
			continue;
		TRY(app_import_warn(
		    job->app, f, S("records were left out: this snapshot ends no subject, whatever it does not show"),
		    err));
	}
	for (int k = 0; g->partial && k < EVIDENCE_KINDS; k++)
		if (g->speech.speaks >> k & 1)
			TRY(store_evidence_carry(job->app->db, &g->place, (enum evidence_kind_id)k, err));
	return OK;
}

enum status app_import_apply(struct app_import_job *job, struct app_import_file *first, struct err *err)
{
	struct group g = {.job = job, .first = first};
	bool stands;
	g.place = (struct store_snapshot_place){
	    .feed_id = first->feed.id, .group = first->number, .observed_ms = first->observed_ms};
	TRY(find_kinds(&g, err));
	TRY(find_next(&g, err));
	TRY(spare_missing(&g, err));
	TRY(check_ended(&g, err));
	TRY(count(&g, err));
	TRY(stands_already(&g, &stands, err));
	if (!stands)
		TRY(add_snapshot(&g, err));
	TRY(store_feed_mend(job->app->db, first->feed.id, first->name, job->app->now_ms, job->app->actor,
			    job->app->arena, err));
	TRY(add_cover(&g, err));
	TRY(store_link_book(job->app->db, g.place.observed_ms, job->app->arena, &g.links, err));
	for (size_t i = 0; i < job->n; i++)
		if (in_group(&g, &job->files[i]))
			TRY(fill_receipt(&g, &job->files[i], err));
	return OK;
}
