#include "app/trace.h"

#include <stdlib.h>

#include "app/access.h"
#include "store/evidence.h"

enum { SIGHTINGS_SHOWN = 5 };

/* The records of a subject, as they are found. */
struct records {
	struct app_trace *trace;
	struct view_record *list;
	size_t n, cap;
};

/* feed: only its rows; p NULL: those of every feed. */
static enum status add_records(struct records *r, enum evidence_kind_id kind, const struct store_record *records,
			       size_t n, str feed, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		if (feed.p && !str_eq(records[i].feed, feed))
			continue;
		if (r->n == r->cap &&
		    !(r->list = arena_grow(r->trace->app->arena, r->list, r->n, r->n + 1, sizeof *r->list, &r->cap)))
			return err_full(err);
		r->list[r->n++] = (struct view_record){.kind = evidence_kinds[kind].name,
						       .feed = records[i].feed,
						       .file = records[i].file,
						       .sha256 = records[i].sha256,
						       .record = records[i].record,
						       .line = records[i].line,
						       .observed_ms = records[i].observed_ms};
	}
	return OK;
}

static enum status find_records(struct records *r, enum evidence_kind_id kind, str unit, str id, str feed,
				struct err *err)
{
	struct app_trace *t = r->trace;
	struct store_record *records = NULL;
	size_t n = 0;
	TRY(store_evidence_records(t->app->db, kind, unit, id, t->at_ms, t->app->arena, &records, &n, err));
	return add_records(r, kind, records, n, feed, err);
}

/* Of a system that stands in no register: the rows that show it, of the first kind that does. */
static enum status find_sightings(struct records *r, str unit, str name, struct err *err)
{
	struct app_trace *t = r->trace;
	for (int k = 0; k < EVIDENCE_KINDS && !r->n; k++) {
		int c = evidence_system_column((enum evidence_kind_id)k);
		struct store_record *records = NULL;
		size_t n = 0;
		if (c < 0 || evidence_role((enum evidence_kind_id)k, c) != EVIDENCE_SIGHTING)
			continue;
		TRY(store_link_sightings(t->app->db, (enum evidence_kind_id)k, unit, name, t->at_ms, SIGHTINGS_SHOWN,
					 t->app->arena, &records, &n, err));
		TRY(add_records(r, (enum evidence_kind_id)k, records, n, (str){NULL, 0}, err));
	}
	return OK;
}

static enum status load_systems(struct app_trace *t, struct err *err)
{
	if (t->loaded)
		return OK;
	TRY(store_link_book(t->app->db, t->at_ms, t->app->arena, &t->links, err));
	TRY(store_link_systems(t->app->db, t->at_ms, t->app->arena, &t->systems, &t->n_systems, err));
	t->loaded = true;
	return OK;
}

static bool stands_in(const struct app_trace *t, str system, str unit)
{
	for (size_t i = 0; i < t->n_systems; i++)
		if (!t->systems[i].discovered && str_eq(t->systems[i].name, system) && str_eq(t->systems[i].unit, unit))
			return true;
	return false;
}

/* Is the row part of the system's row in the unit? Under another name by a link, or discovered in another unit. */
static bool belongs(const struct app_trace *t, const struct store_named *row, str system, str unit)
{
	struct link_found found = link_find(&t->links, row->feed_id, row->name);
	bool linked = found.by == LINK_ALIAS || found.by == LINK_PATTERN;
	bool elsewhere = found.by == LINK_EXACT && row->discovered && !str_eq(row->unit, unit);
	if ((!linked && !elsewhere) || !str_eq(found.system, system))
		return false;
	return str_eq(row->unit, unit) || !stands_in(t, system, row->unit);
}

static int order_records(const void *left, const void *right)
{
	const struct view_record *a = left, *b = right;
	if (a->observed_ms != b->observed_ms)
		return a->observed_ms > b->observed_ms ? -1 : 1;
	int feeds = str_cmp(a->feed, b->feed), files = str_cmp(a->file, b->file);
	return feeds ? feeds : files ? files : (a->record > b->record) - (a->record < b->record);
}

static enum status find_system(struct records *r, str unit, str id, struct err *err)
{
	struct app_trace *t = r->trace;
	TRY(load_systems(t, err));
	TRY(find_records(r, EVIDENCE_AI_SYSTEM, unit, id, (str){NULL, 0}, err));
	for (size_t i = 0; i < t->n_systems; i++)
		if (belongs(t, &t->systems[i], id, unit) &&
		    app_access_may(t->app, ACCESS_READER, t->tree, t->systems[i].unit))
			TRY(find_records(r, EVIDENCE_AI_SYSTEM, t->systems[i].unit, t->systems[i].name,
					 t->systems[i].feed, err));
	if (r->n)
		qsort(r->list, r->n, sizeof *r->list, order_records);
	return r->n ? OK : find_sightings(r, unit, id, err);
}

bool app_trace_kind(str subject, int *kind, str *id)
{
	str head, tail;
	if (!str_cut(subject, ' ', &head, &tail) || evidence_kind_find(head) < 0)
		return false;
	*kind = evidence_kind_find(head);
	*id = tail;
	return true;
}

static enum status find_kind(struct records *r, int kind, str unit, str id, struct err *err)
{
	if (kind == EVIDENCE_AI_SYSTEM)
		return find_system(r, unit, id, err);
	return find_records(r, (enum evidence_kind_id)kind, unit, id, (str){NULL, 0}, err);
}

/* The record of a subject stands in the table of its kind, or of the kind that its name says. */
enum status app_trace_subject(struct app_trace *t, int kind, int64_t at_ms, struct view_subject *out, struct err *err)
{
	struct records r = {.trace = t};
	int named = kind;
	str id = out->id;
	t->loaded &= t->at_ms == at_ms;
	t->at_ms = at_ms;
	TRY(find_kind(&r, kind, out->unit, out->id, err));
	if (!r.n && app_trace_kind(out->id, &named, &id))
		TRY(find_kind(&r, named, out->unit, id, err));
	out->records = r.list;
	out->n_records = r.n;
	return store_evidence_name(t->app->db, (enum evidence_kind_id)named, out->unit, id, at_ms, t->app->arena,
				   &out->name, err);
}
