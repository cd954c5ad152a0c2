#include "app/change.h"
#include "app/import.h"
#include "app/load.h"
#include "app/people.h"

#include "base/csv.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/time.h"
#include "store/file.h"
#include "store/score.h"

static const str columns[] = {S("unit"), S("objective"),     S("source"),   S("yes"),
			      S("no"),   S("unknown"),       S("observed"), S("basis"),
			      S("na"),   S("justification"), S("expires"),  S("override_until")};
enum {
	UNIT,
	OBJECTIVE,
	SOURCE,
	YES,
	NO,
	UNKNOWN,
	OBSERVED,
	BASIS,
	NA,
	JUSTIFICATION,
	EXPIRES,
	OVERRIDE_UNTIL,
	COLUMNS
};
enum { REQUIRED = NA };

/* One file of the job. */
struct import {
	struct app *app;
	struct source source, *from;
	str whole; /* of a source that is a text: all of it */
	str sha256;
	int64_t bytes;
	const struct model *model;
	struct store_tree tree; /* as it is now, for the units that are touched */
	struct store_tree then; /* as it was when the last older row was observed */
	struct csv_reader csv;
	int at[COLUMNS];
	struct view_measures_import *out;
	struct app_import_sample sample; /* when it is only rehearsed */
};

static str cell(const struct import *in, int column)
{
	return in->at[column] < 0 ? (str){NULL, 0} : str_trim(in->csv.cells[in->at[column]]);
}

static enum status at_cell(const struct import *in, int column, struct err *err)
{
	enum status status = csv_at(&in->csv, (size_t)(in->at[column] < 0 ? 0 : in->at[column]), err);
	return err && err->status != OK ? err->status : status;
}

static enum status read_count(const struct import *in, int column, int64_t *out, struct err *err)
{
	str text = cell(in, column);
	*out = 0;
	if (!text.n && in->at[column] >= 0 && cell(in, NA).n)
		return OK;
	if (str_to_i64(text, out) && *out >= 0 && *out <= LIMIT_COUNT)
		return OK;
	err_set(err, E_INVALID, "%.*s is \"%.*s\", not a whole number from 0 to %d", STR_ARG(columns[column]),
		STR_ARG(text), LIMIT_COUNT);
	return at_cell(in, column, err);
}

static enum status read_time(const struct import *in, int column, int64_t none, int64_t *out, struct err *err)
{
	str text = cell(in, column);
	*out = none;
	if (!text.n && column != OBSERVED)
		return OK;
	if (time_parse(text, out))
		return OK;
	err_set(err, E_INVALID, "%.*s is \"%.*s\", not a time", STR_ARG(columns[column]), STR_ARG(text));
	err_hint(err, "write 2026-11-01 or 2026-11-01T08:30:00Z");
	return at_cell(in, column, err);
}

static enum status read_na(const struct import *in, bool *out, struct err *err)
{
	str text = cell(in, NA);
	*out = str_eq_fold(text, S("true"));
	if (*out || !text.n || str_eq_fold(text, S("false")))
		return OK;
	err_set(err, E_INVALID, "na is \"%.*s\", neither true nor empty", STR_ARG(text));
	return at_cell(in, NA, err);
}

/* Unit, objective, source, basis: names that must mean something. */
static enum status read_names(const struct import *in, struct store_measure *m, struct err *err)
{
	const struct model_objective *o = NULL;
	bool known;
	int basis = measure_basis_find(cell(in, BASIS));
	m->unit = cell(in, UNIT);
	m->source = cell(in, SOURCE);
	if (app_load_objective(in->model, cell(in, OBJECTIVE), &o, err) != OK)
		return at_cell(in, OBJECTIVE, err);
	m->objective = o->id;
	TRY(store_unit_known(in->app->db, m->unit, &known, err));
	if (!known) {
		err_set(err, E_NOT_FOUND, "no unit \"%.*s\"", STR_ARG(m->unit));
		err_hint(err, "see: aismm unit list");
		return at_cell(in, UNIT, err);
	}
	if (app_load_check_id(m->source, "the source", err) != OK)
		return at_cell(in, SOURCE, err);
	if (str_eq(m->source, S("check")) || str_eq(m->source, S("answer"))) {
		err_set(err, E_INVALID, "the source \"%.*s\" is reserved", STR_ARG(m->source));
		err_hint(err,
			 "\"check\" is what evaluating records, \"answer\" what people answer; name your own source");
		return at_cell(in, SOURCE, err);
	}
	if (basis < 0) {
		err_set(err, E_INVALID, "the basis \"%.*s\" is none of attested, reviewed, measured",
			STR_ARG(cell(in, BASIS)));
		return at_cell(in, BASIS, err);
	}
	m->basis = (enum measure_basis)basis;
	return OK;
}

/* The tree that held when a measure was observed; the first one when none held then. */
static const struct unit_tree *tree_of(struct import *in, int64_t observed_ms)
{
	if (observed_ms >= in->tree.since_ms)
		return &in->tree.tree;
	bool there = in->then.tree.n && observed_ms >= in->then.since_ms && observed_ms <= in->then.until_ms;
	if (!there && store_unit_tree(in->app->db, observed_ms, in->app->arena, &in->then, NULL) != OK)
		return &in->tree.tree;
	return &in->then.tree;
}

static enum status check_program(struct import *in, const struct store_measure *m, struct err *err)
{
	const struct model_objective *o = model_objective_find(in->model, m->objective);
	if (o->scope != MODEL_SCOPE_PROGRAM)
		return OK;
	const struct unit_tree *tree = tree_of(in, m->observed_ms);
	if (str_eq(tree->units[0].id, m->unit))
		return OK;
	err_set(err, E_INVALID, "%.*s is answered for the whole program, at the root \"%.*s\", not at \"%.*s\"",
		STR_ARG(o->id), STR_ARG(tree->units[0].id), STR_ARG(m->unit));
	return at_cell(in, UNIT, err);
}

static enum status check_reasons(const struct import *in, const struct store_measure *m, struct err *err)
{
	if (m->not_applicable && measure_total(m->tally) > 0) {
		err_set(err, E_INVALID, "a measure that is not applicable has counts of 0");
		return at_cell(in, YES, err);
	}
	if (m->not_applicable && !m->justification.n) {
		err_set(err, E_INVALID, "a measure that is not applicable needs its justification");
		return at_cell(in, NA, err);
	}
	if (m->override_until_ms != INT64_MIN && !m->justification.n) {
		err_set(err, E_INVALID, "an override needs its reason in the column justification");
		return at_cell(in, OVERRIDE_UNTIL, err);
	}
	return OK;
}

static enum status read_measure(struct import *in, struct store_measure *m, struct err *err)
{
	*m = (struct store_measure){.line = in->model->line};
	TRY(read_names(in, m, err));
	TRY(read_na(in, &m->not_applicable, err));
	TRY(read_count(in, YES, &m->tally.yes, err));
	TRY(read_count(in, NO, &m->tally.no, err));
	TRY(read_count(in, UNKNOWN, &m->tally.unknown, err));
	TRY(read_time(in, OBSERVED, 0, &m->observed_ms, err));
	TRY(read_time(in, EXPIRES, TIME_FOREVER, &m->expires_ms, err));
	TRY(read_time(in, OVERRIDE_UNTIL, INT64_MIN, &m->override_until_ms, err));
	str because = cell(in, JUSTIFICATION);
	m->justification = because.n ? because : (str){NULL, 0};
	m->file_name = in->from->name;
	m->file_sha256 = in->sha256;
	m->file_line = in->csv.line;
	if (app_load_check_observed(in->app, m->observed_ms, err) != OK)
		return at_cell(in, OBSERVED, err);
	TRY(check_reasons(in, m, err));
	return check_program(in, m, err);
}

static enum status add_sample(struct import *in, const struct store_measure *m, struct err *err)
{
	const struct view_cell all[] = {
	    {S("source"), EVIDENCE_TEXT, 0, m->source},
	    {S("yes"), EVIDENCE_INT, m->tally.yes, {NULL, 0}},
	    {S("no"), EVIDENCE_INT, m->tally.no, {NULL, 0}},
	    {S("unknown"), EVIDENCE_INT, m->tally.unknown, {NULL, 0}},
	    {S("observed"), EVIDENCE_TIME, m->observed_ms, {NULL, 0}},
	    {S("basis"), EVIDENCE_TEXT, 0, measure_basis_name(m->basis)},
	};
	enum { N = sizeof all / sizeof *all };
	struct view_cell *cells;
	TRY(app_import_sample_begin(&in->sample, in->app->arena, S("measure"), m->unit, m->objective, N, &cells, err));
	if (!cells)
		return OK;
	for (size_t i = 0; i < N; i++)
		cells[i] = all[i];
	cells[0].text = str_copy(in->app->arena, m->source);
	in->sample.rows[in->sample.n - 1].n_cells = N;
	return cells[0].text.p ? OK : err_full(err);
}

static enum status add_rows(struct import *in, struct err *err)
{
	struct store_stamp stamp = {in->app->now_ms, in->app->actor};
	bool more, added;
	for (;;) {
		struct store_measure m;
		TRY(csv_next(&in->csv, &more, err));
		if (!more)
			return OK;
		TRY(read_measure(in, &m, err));
		if (in->out->dry_run)
			TRY(add_sample(in, &m, err));
		TRY(store_measure_add(in->app->db, &m, stamp, &added, err));
		in->out->read++;
		in->out->added += added;
		in->out->unchanged += !added;
	}
}

static enum status import(struct import *in, struct err *err)
{
	TRY(store_file_add(in->app->db, in->from, in->sha256, in->bytes, in->app->now_ms, err));
	char sum[HASH_TEXT];
	TRY(source_rewind(in->from, in->whole, err));
	source_hash(in->from);
	TRY(csv_open(&in->csv, in->from, in->app->arena, err));
	TRY(csv_pick(&in->csv, in->from->name, columns, COLUMNS, REQUIRED, in->at, err));
	TRY(add_rows(in, err));
	TRY(source_hashed(in->from, sum, err));
	return str_eq(in->sha256, str_from(sum)) ? OK : app_load_changed(in->from->name, err);
}

static void close_file(void *payload)
{
	source_close(payload);
}

/* Its bytes are hashed. */
static enum status look_at(struct import *in, struct err *err)
{
	char sum[HASH_TEXT];
	in->whole = in->from->text;
	TRY(store_file_hash(in->from, sum, &in->bytes, err));
	in->sha256 = str_copy(in->app->arena, str_from(sum));
	if (!in->sha256.p)
		return err_full(err);
	in->out->file = in->from->name;
	in->out->sha256 = in->sha256;
	return source_rewind(in->from, in->whole, err);
}

static enum status open_file(struct import *in, str file, struct err *err)
{
	struct arena *a = in->app->arena;
	const char *path = str_z(a, file);
	in->from = &in->source;
	if (!path)
		return err_full(err);
	if (str_eq(file, S("-")))
		TRY(source_open_stdin(in->from, err));
	else
		TRY(source_open_file(in->from, path, file, err));
	if (!arena_defer(a, close_file, in->from))
		return err_full(err);
	return look_at(in, err);
}

struct job {
	struct app *app;
	struct import *files;
	size_t n;
};

static enum status import_all(void *ctx, struct err *err)
{
	struct job *job = ctx;
	const struct model *m = NULL;
	struct store_tree tree;
	int64_t added = 0;
	TRY(app_people_admin(job->app, err)); /* it may say anything about any unit */
	TRY(app_load_model(job->app, &m, err));
	TRY(app_load_tree(job->app, job->app->now_ms, &tree, err));
	for (size_t i = 0; i < job->n; i++) {
		job->files[i].model = m;
		job->files[i].tree = tree;
		TRY(import(&job->files[i], err));
		added += job->files[i].out->added;
		job->files[i].out->rows = job->files[i].sample.rows;
		job->files[i].out->n_rows = job->files[i].sample.n;
	}
	return added ? store_score_forget_all(job->app->db, err) : OK;
}

static enum status carry_out(struct job *job, bool dry_run, struct err *err)
{
	return dry_run ? app_change_rehearse(job->app, import_all, job, err)
		       : app_change(job->app, import_all, job, err);
}

enum status app_measure_import(struct app *app, bool dry_run, const str *files, size_t n,
			       struct view_measures_import *out, struct err *err)
{
	struct job job = {app, arena_new(app->arena, struct import, n), n};
	if (!job.files)
		return err_full(err);
	for (size_t i = 0; i < n; i++) {
		job.files[i].app = app;
		job.files[i].out = &out[i];
		out[i] = (struct view_measures_import){.dry_run = dry_run};
		TRY(open_file(&job.files[i], files[i], err));
	}
	return carry_out(&job, dry_run, err);
}

enum status app_measure_import_many(struct app *app, bool dry_run, const struct source *from, size_t n,
				    struct view_measures_import *out, struct err *err)
{
	struct job job = {app, arena_new(app->arena, struct import, n), n};
	if (!job.files)
		return err_full(err);
	for (size_t i = 0; i < n; i++) {
		struct import *in = &job.files[i];
		*in = (struct import){.app = app, .source = from[i], .out = &out[i]};
		in->from = &in->source;
		out[i] = (struct view_measures_import){.dry_run = dry_run};
		TRY(look_at(in, err));
	}
	return carry_out(&job, dry_run, err);
}
