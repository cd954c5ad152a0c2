#include "app/register.h"

#include <stdlib.h>

#include "app/access.h"
#include "app/approval.h"
#include "app/dismiss.h"
#include "app/load.h"
#include "base/limits.h"
#include "base/time.h"
#include "store/evidence.h"
#include "store/lens.h"
#include "store/link.h"
#include "store/person.h"
#include "store/store.h"

enum { FINDINGS_SHOWN = 20 };

/* Which units may be seen. */
struct sight {
	const struct app *app;
	struct unit_tree tree;
	int top; /* of the lens; UNIT_NONE: every unit that may be read */
};

struct job {
	struct app *app;
	const struct app_lens *lens;
	const struct app_register *ask;
	struct sight sight;
	struct store_sight look;
	struct store_lens store;
	int64_t at_ms;
	/* listing */
	struct view_register *out;
	size_t cap;
	const struct view_dismissal *dismissals; /* that hold, by name and unit */
	size_t n_dismissals;
	const struct app_register *asked; /* of the list at hand */
	uint64_t kinds;
	app_register_fn *each;
	void *each_ctx;
	/* one subject */
	enum evidence_kind_id kind;
	str id, unit;
	struct view_register_subject *subject;
};

/* A unit that the tree has no more belongs to who may see everything. */
static bool shows(const void *ctx, str unit)
{
	const struct sight *s = ctx;
	int u = unit_find(&s->tree, unit);
	if (s->top > 0 && (u == UNIT_NONE || !unit_below(&s->tree, u, s->top)))
		return false;
	return !s->app->who || access_role_at(s->app->who, &s->tree, u == UNIT_NONE ? 0 : u) >= ACCESS_READER;
}

static enum status open(struct job *job, struct err *err)
{
	struct app *app = job->app;
	struct store_tree tree;
	struct store_supply *supply = NULL;
	struct link_book *links = arena_new(app->arena, struct link_book, 1);
	if (!links)
		return err_full(err);
	job->at_ms = app_load_time(app, job->lens->at);
	TRY(app_load_tree(app, job->at_ms, &tree, err));
	job->sight = (struct sight){app, tree.tree, UNIT_NONE};
	if (job->lens->unit.n) {
		TRY(app_access_find(app, &tree.tree, job->lens->unit, &job->sight.top, err));
		TRY(app_access(app, ACCESS_READER, &tree.tree, job->sight.top, err));
	} else if (app->who && access_role_most(app->who) < ACCESS_READER) {
		return app_access(app, ACCESS_READER, &tree.tree, 0, err);
	}
	job->look = (struct store_sight){.at_ms = job->at_ms, .max_age_ms = TIME_FOREVER, .links = links};
	TRY(store_feed_supply(app->db, job->at_ms, app->arena, &supply, &job->look.n_supply, err));
	job->look.supply = supply;
	TRY(store_link_book(app->db, job->at_ms, app->arena, links, err));
	TRY(app_dismiss_load(app, &job->dismissals, &job->n_dismissals, err));
	TRY(store_lens_open(app->arena, &job->store, err));
	job->store.shows = shows;
	job->store.shows_ctx = &job->sight;
	return OK;
}

/* ---- the question ---- */

static int column_of(const struct evidence_kind *kind, str name, struct err *err)
{
	static const struct {
		str name;
		int column;
	} shared[] = {
	    {S("unit_id"), STORE_LENS_UNIT}, {S("id"), STORE_LENS_ID}, {S("observed_at"), STORE_LENS_OBSERVED}};
	for (size_t i = 0; i < sizeof shared / sizeof shared[0]; i++)
		if (str_eq(name, shared[i].name))
			return shared[i].column;
	int c = evidence_column_find(kind, name);
	if (c < 0)
		(void)err_set(err, E_INVALID, "%.*s have no column \"%.*s\"", STR_ARG(kind->title), STR_ARG(name));
	return c < 0 ? kind->n_columns : c;
}

static bool read_value(enum evidence_type type, str text, struct evidence_value *out)
{
	*out = (struct evidence_value){.known = true, .text = text};
	bool yes = str_eq(text, S("true")), no = str_eq(text, S("false"));
	switch (type) {
	case EVIDENCE_TEXT:
		return true;
	case EVIDENCE_INT:
		return str_to_i64(text, &out->i64);
	case EVIDENCE_TIME:
		return time_parse(text, &out->i64);
	case EVIDENCE_BOOL:
		out->i64 = yes;
		return yes || no;
	}
	return false;
}

static enum status read_match(const struct evidence_kind *kind, const struct app_register_match *m,
			      struct store_lens_match *out, struct err *err)
{
	int c = column_of(kind, m->column, err);
	enum evidence_type type = c >= 0 && c < kind->n_columns ? kind->columns[c].type : EVIDENCE_TEXT;
	if (c == kind->n_columns)
		return E_INVALID;
	if (c == STORE_LENS_OBSERVED)
		type = EVIDENCE_TIME;
	out->column = c;
	if (read_value(type, m->value, &out->value))
		return OK;
	return err_set(err, E_INVALID, "\"%.*s\" is no value of %.*s", STR_ARG(m->value), STR_ARG(m->column));
}

static enum status keep_values(struct arena *a, const struct evidence_kind *kind, const struct store_lens_row *row,
			       struct view_register_row *out, struct err *err)
{
	struct evidence_value *values = arena_new(a, struct evidence_value, (size_t)kind->n_columns);
	*out = (struct view_register_row){.unit = str_copy(a, row->unit),
					  .id = str_copy(a, row->id),
					  .observed_ms = row->observed_ms,
					  .values = values};
	if (!values || !out->unit.p || !out->id.p)
		return err_full(err);
	for (int c = 0; c < kind->n_columns; c++) {
		values[c] = row->values[c];
		if (values[c].known && kind->columns[c].type == EVIDENCE_TEXT &&
		    !(values[c].text = str_copy(a, values[c].text)).p)
			return err_full(err);
	}
	return OK;
}

/* The dismissal that holds for a row: of an AI system that no register knows. */
static const struct view_dismissal *dismissal_of(const struct job *job, const struct store_lens_row *row)
{
	int c = evidence_column_find(&evidence_kinds[EVIDENCE_AI_SYSTEM], S("registered"));
	if (job->out->kind != EVIDENCE_AI_SYSTEM || !row->values[c].known || row->values[c].i64)
		return NULL;
	return app_dismiss_find(job->dismissals, job->n_dismissals, &job->sight.tree, row->id, row->unit);
}

/* Is the row one of the page? Of all rows the store knows; of those that are dismissed, or not, the row is looked at.
 */
static bool is_asked_for(struct job *job, const struct view_dismissal *dismissed)
{
	struct view_register *out = job->out;
	const struct app_register *ask = job->asked;
	out->dismissed += dismissed != NULL;
	out->open += dismissed == NULL;
	if (ask->of == APP_REGISTER_ALL)
		return true;
	if ((ask->of == APP_REGISTER_DISMISSED) != (dismissed != NULL))
		return false;
	int64_t at = out->total++, limit = ask->limit ? ask->limit : LIMIT_PAGE;
	return at >= ask->offset && (limit < 0 || at < ask->offset + limit);
}

static enum status keep_row(void *ctx, const struct store_lens_row *row, struct err *err)
{
	struct job *job = ctx;
	struct view_register *out = job->out;
	struct view_register_row *rows = (struct view_register_row *)out->rows;
	const struct view_dismissal *dismissed = dismissal_of(job, row);
	if (!is_asked_for(job, dismissed))
		return OK;
	if (job->each) {
		struct view_register_row one = {row->unit, row->id, row->observed_ms, row->values, dismissed, NULL};
		return job->each(job->each_ctx, &one, err);
	}
	if (out->n == job->cap &&
	    !(rows = arena_grow(job->app->arena, rows, out->n, out->n + 1, sizeof *rows, &job->cap)))
		return err_full(err);
	out->rows = rows;
	TRY(keep_values(job->app->arena, &evidence_kinds[out->kind], row, &rows[out->n], err));
	rows[out->n++].dismissed = dismissed;
	return OK;
}

static enum status ask_list(struct job *job, const struct app_register *ask, struct view_register *out, struct err *err)
{
	const struct evidence_kind *kind = &evidence_kinds[ask->kind];
	struct store_lens_match match[APP_REGISTER_MATCHES];
	struct store_lens_question q = {.kind = ask->kind,
					.match = match,
					.n_match = ask->n_match,
					.text = ask->text,
					.order = column_of(kind, ask->order.n ? ask->order : S("id"), err),
					.down = ask->down,
					.offset = ask->of ? 0 : ask->offset,
					.limit = ask->of      ? -1
						 : ask->limit ? ask->limit
							      : LIMIT_PAGE};
	int64_t total;
	if (q.order == kind->n_columns)
		return E_INVALID;
	for (size_t i = 0; i < ask->n_match; i++)
		TRY(read_match(kind, &ask->match[i], &match[i], err));
	*out = (struct view_register){.kind = ask->kind, .at_ms = job->at_ms, .offset = ask->offset};
	job->out = out;
	job->asked = ask;
	job->cap = 0;
	TRY(store_lens_fill(&job->store, job->app->db, &job->look, EVIDENCE_BIT(ask->kind), err));
	TRY(store_lens_list(&job->store, &q, keep_row, job, &total, err));
	if (!ask->of)
		out->total = total;
	return OK;
}

/* ---- whose ids stand in the rows ---- */

/* An id, and where its name is to stand. */
struct person {
	str id;
	str *name;
};

struct people {
	struct sight sight; /* of whoever asks, wherever the lens is */
	struct arena *a;
	struct person *list; /* by id */
	size_t n;
};

static int person_order(const void *a, const void *b)
{
	return str_cmp(((const struct person *)a)->id, ((const struct person *)b)->id);
}

static enum status take_name(void *ctx, const struct store_person *p, struct err *err)
{
	struct people *people = ctx;
	struct person key = {.id = p->id};
	struct person *found = bsearch(&key, people->list, people->n, sizeof key, person_order);
	if (!found || !shows(&people->sight, p->unit))
		return OK;
	while (found > people->list && str_eq(found[-1].id, p->id))
		found--;
	if (found->name->n) /* a newer row said it */
		return OK;
	str name = str_copy(people->a, p->name);
	if (!name.p)
		return err_full(err);
	for (; found < people->list + people->n && str_eq(found->id, p->id); found++)
		*found->name = name;
	return OK;
}

static enum status name_people(struct job *job, enum evidence_kind_id kind, struct view_register_row *rows, size_t n,
			       struct err *err)
{
	const struct evidence_kind *k = &evidence_kinds[kind];
	size_t n_columns = (size_t)k->n_columns;
	struct people people = {.sight = job->sight, .a = job->app->arena};
	str *names = arena_new(people.a, str, n * n_columns);
	people.sight.top = UNIT_NONE;
	people.list = arena_new(people.a, struct person, n * n_columns);
	if (!names || !people.list)
		return err_full(err);
	for (size_t i = 0; i < n; i++) {
		rows[i].names = &names[i * n_columns];
		for (size_t c = 0; c < n_columns; c++)
			if (evidence_is_person(kind, (int)c) && rows[i].values[c].known)
				people.list[people.n++] =
				    (struct person){rows[i].values[c].text, &names[i * n_columns + c]};
	}
	if (!people.n)
		return OK;
	qsort(people.list, people.n, sizeof *people.list, person_order);
	return store_person_each(job->app->db, job->at_ms, take_name, &people, err);
}

static enum status list(void *ctx, struct err *err)
{
	struct job *job = ctx;
	TRY(open(job, err));
	TRY(ask_list(job, job->ask, job->out, err));
	return name_people(job, job->out->kind, (struct view_register_row *)job->out->rows, job->out->n, err);
}

enum status app_register_list(struct app *app, const struct app_register *ask, struct view_register *out,
			      struct err *err)
{
	struct view_register v;
	struct job job = {.app = app, .lens = &ask->lens, .ask = ask, .out = &v};
	TRY(store_read(app->db, list, &job, err));
	*out = v;
	return OK;
}

enum status app_register_each(struct app *app, const struct app_register *ask, app_register_fn *row, void *ctx,
			      struct err *err)
{
	struct view_register v;
	struct app_register all = *ask;
	struct job job = {.app = app, .lens = &ask->lens, .ask = &all, .out = &v, .each = row, .each_ctx = ctx};
	all.offset = 0;
	all.limit = -1;
	return store_read(app->db, list, &job, err);
}

/* ---- several kinds ---- */

static enum status find(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct view_register *out = job->out;
	TRY(open(job, err));
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		struct app_register ask = {
		    .kind = (enum evidence_kind_id)k, .text = job->ask->text, .limit = job->ask->limit};
		if (job->kinds >> k & 1)
			TRY(ask_list(job, &ask, &out[k], err));
	}
	return OK;
}

enum status app_register_find(struct app *app, const struct app_lens *lens, str text, uint64_t kinds, int64_t limit,
			      struct view_register out[EVIDENCE_KINDS], struct err *err)
{
	struct app_register ask = {.text = text, .limit = limit};
	struct job job = {.app = app, .lens = lens, .ask = &ask, .kinds = kinds, .out = out};
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		out[k] = (struct view_register){.kind = (enum evidence_kind_id)k};
	return store_read(app->db, find, &job, err);
}

/* ---- one subject ---- */

static enum status find_row(struct job *job, struct err *err)
{
	struct view_register found;
	struct app_register ask = {.kind = job->kind,
				   .match = {{S("id"), job->id}, {S("unit_id"), job->unit}},
				   .n_match = job->unit.n ? 2 : 1,
				   .order = S("unit_id"),
				   .limit = 1};
	TRY(ask_list(job, &ask, &found, err));
	if (!found.n) {
		err_set(err, E_NOT_FOUND, "nothing is known about \"%.*s\" among the %.*s", STR_ARG(job->id),
			STR_ARG(evidence_kinds[job->kind].title));
		return E_NOT_FOUND;
	}
	job->subject->row = found.rows[0];
	return OK;
}

static enum status find_records(struct job *job, struct err *err)
{
	struct view_register_subject *out = job->subject;
	struct store_record *records = NULL;
	size_t n = 0;
	TRY(store_evidence_records(job->app->db, job->kind, out->row.unit, job->id, job->at_ms, job->app->arena,
				   &records, &n, err));
	struct view_record *views = arena_new(job->app->arena, struct view_record, n);
	if (!views)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		views[i] = (struct view_record){evidence_kinds[job->kind].name,
						records[i].feed,
						records[i].file,
						records[i].sha256,
						records[i].record,
						records[i].line,
						records[i].observed_ms};
	out->records = views;
	out->n_records = n;
	return OK;
}

static enum status find_findings(struct job *job, struct err *err)
{
	struct app_register ask = {.kind = EVIDENCE_FINDING,
				   .match = {{S("system_id"), job->id}},
				   .n_match = 1,
				   .order = S("severity"),
				   .limit = FINDINGS_SHOWN};
	return ask_list(job, &ask, &job->subject->findings, err);
}

static enum status subject(void *ctx, struct err *err)
{
	struct job *job = ctx;
	TRY(open(job, err));
	TRY(find_row(job, err));
	TRY(name_people(job, job->kind, &job->subject->row, 1, err));
	TRY(find_records(job, err));
	if (job->kind != EVIDENCE_AI_SYSTEM)
		return OK;
	return find_findings(job, err);
}

/* The workflow, as it is today. */
static enum status find_approvals(struct job *job, struct err *err)
{
	struct view_register_subject *out = job->subject;
	struct view_approvals all;
	enum status status = app_approval_list(job->app, out->row.unit, false, &all, err);
	if (status == E_NOT_FOUND) /* a unit that today's tree has no more */
		return OK;
	TRY(status);
	struct view_approval *own = arena_new(job->app->arena, struct view_approval, all.n);
	if (!own)
		return err_full(err);
	for (size_t i = 0; i < all.n; i++)
		if (str_eq(all.list[i].system, job->id) && str_eq(all.list[i].unit, out->row.unit))
			own[out->n_approvals++] = all.list[i];
	out->approvals = own;
	return OK;
}

/* Rules of feeds that the person may not see are left out. */
static enum status find_names(struct job *job, struct err *err)
{
	const struct view_link *links;
	size_t n;
	TRY(app_link_list(job->app, false, &links, &n, err));
	str *names = arena_new(job->app->arena, str, n);
	if (!names)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		if (str_eq(links[i].system, job->id))
			names[job->subject->n_names++] = links[i].name;
	job->subject->names = names;
	return OK;
}

enum status app_register_subject(struct app *app, const struct app_lens *lens, enum evidence_kind_id kind, str id,
				 str unit, struct view_register_subject *out, struct err *err)
{
	struct view_register_subject v = {.findings = {.kind = EVIDENCE_FINDING}};
	struct job job = {.app = app, .lens = lens, .kind = kind, .id = id, .unit = unit, .subject = &v};
	TRY(store_read(app->db, subject, &job, err));
	if (kind == EVIDENCE_AI_SYSTEM) {
		TRY(find_names(&job, err));
		TRY(find_approvals(&job, err));
	}
	*out = v;
	return OK;
}
