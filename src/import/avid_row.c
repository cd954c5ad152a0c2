#include "import/avid.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/time.h"
#include "import/garak.h"
#include "import/walk.h"

enum { PARTS = 4 };

static enum status refuse(const struct import_avid *a, const struct import_avid_report *x, int64_t line,
			  const char *what, struct err *err)
{
	err_set(err, E_INVALID, "report %" PRId64 ": %s", x->record, what);
	err_at(err, a->in->from->name, line, 0);
	err_hint(err, "was the file changed? take the report again from where it was published");
	return E_INVALID;
}

/* garak's reports name the probe in their sentence only: "… using the probe `dan.Dan_11_0`." */
static str probe_in(str sentence)
{
	static const str before = S("using the probe `");
	ptrdiff_t at = str_find(sentence, before);
	str probe, rest;
	if (at < 0 || !str_cut(str_slice(sentence, (size_t)at + before.n, sentence.n), '`', &probe, &rest))
		return (str){NULL, 0};
	return probe;
}

static bool is_garak(str sentence)
{
	return str_find(sentence, S("Garak LLM Vulnerability scanner")) >= 0 ||
	       str_find(sentence, S("Garak LLM Vunerability scanner")) >= 0;
}

static struct evidence_value total_of(const struct import_avid_row *row)
{
	return row->total_evaluated.known ? row->total_evaluated : row->total;
}

static bool counts(const struct import_avid_row *row)
{
	return row->detector.n || row->passed.known || total_of(row).known;
}

static enum status check_counts(const struct import_avid *a, const struct import_avid_report *x,
				const struct import_avid_row *row, struct err *err)
{
	struct evidence_value total = total_of(row);
	if (!row->passed.known || !total.known || !row->detector.n)
		return refuse(a, x, row->line, "a result without detector, passed and total_evaluated", err);
	if (row->passed.i64 < 0 || total.i64 < 0 || total.i64 > LIMIT_COUNT)
		return refuse(a, x, row->line, "a count from 0 to 1000000000 expected", err);
	if (row->passed.i64 > total.i64)
		return refuse(a, x, row->line, "more attempts passed than were evaluated", err);
	return OK;
}

/* The feed is named by what was tested as long as all reports with results name the same. */
static enum status share_system(struct import_avid *a, str system, struct err *err)
{
	if (a->has_system && !str_eq(system, a->shared_system))
		a->several = true;
	if (a->has_system)
		return OK;
	a->has_system = true;
	a->shared_system = str_copy(a->in->arena, system);
	return a->shared_system.p ? OK : err_full(err);
}

static enum status read_date(struct import_avid *a, const struct import_avid_report *x, struct evidence_record *r,
			     struct err *err)
{
	struct import_facts *facts = a->in->facts;
	int64_t ms;
	if (!x->reported.n) {
		import_flaw_note(&a->no_date, x->line);
		return OK;
	}
	if (!time_parse(x->reported, &ms))
		return refuse(a, x, x->line, "reported_date is no date, such as 2026-04-03", err);
	evidence_set_time(r, S("finished_at"), ms);
	if (!facts->has_time || ms > facts->observed_ms)
		facts->observed_ms = ms;
	facts->has_time = true;
	return OK;
}

static enum status push(struct import_avid *a, const struct import_avid_report *x, const struct import_avid_row *row,
			struct evidence_record *r, struct err *err)
{
	int64_t total = total_of(row).i64, passed = row->passed.i64;
	str sentence = x->problem.n ? x->problem : x->description;
	str probe = probe_in(sentence);
	evidence_set_text(r, S("system_id"), x->artifact);
	evidence_set_text(r, S("tool"), is_garak(sentence) ? S("garak") : (str){NULL, 0});
	evidence_set_text(r, S("run"), x->report_id);
	evidence_set_text(r, S("probe"), probe);
	evidence_set_text(r, S("detector"), row->detector);
	evidence_set_text(r, S("class"), probe.n ? import_garak_probes_class(probe) : (str){NULL, 0});
	evidence_set_int(r, S("passed"), passed);
	evidence_set_int(r, S("failed"), total - passed);
	evidence_set_int(r, S("total"), total);
	r->line = row->line;
	r->id = import_walk_join_some(
	    &a->scratch, (str[PARTS]){x->report_id.n ? x->report_id : x->reported, x->artifact, probe, row->detector},
	    PARTS, '|');
	return r->id.p ? import_seen_push(&a->rows, a->in, r, &a->scratch, err) : err_full(err);
}

enum status import_avid_row(struct import_avid *a, const struct import_avid_report *x, struct err *err)
{
	struct evidence_record r = {.kind = EVIDENCE_RED_TEAM, .main = true, .record = x->record, .line = x->line};
	bool any = false;
	if (!str_eq(x->type, S("AVID")))
		return refuse(a, x, x->line, "its data_type is not AVID", err);
	TRY(read_date(a, x, &r, err));
	for (const struct import_avid_row *row = x->first; row; row = row->next) {
		if (!counts(row))
			continue;
		any = true;
		TRY(check_counts(a, x, row, err));
		if (total_of(row).i64 == 0)
			continue;
		TRY(push(a, x, row, &r, err));
		r.main = false;
	}
	if (!any) {
		import_flaw_note(&a->no_counts, x->line);
		return OK;
	}
	if (!x->artifact.n)
		import_flaw_note(&a->many_artifacts, x->line);
	return share_system(a, x->artifact, err);
}
