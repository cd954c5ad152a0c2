/**
 * modelscan reports (JSON). Versions up to 0.5 write what was scanned beside the summary and issues by severity, later
 * ones inside the summary and issues as one list. Nothing is kept but counts.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/time.h"
#include "import/formats.h"
#include "import/seen.h"
#include "import/walk.h"

enum { LOW, MEDIUM, HIGH, CRITICAL, SEVERITIES };

static const str severities[SEVERITIES] = {S("LOW"), S("MEDIUM"), S("HIGH"), S("CRITICAL")};

/* What stands beside the summary or inside it. */
struct head {
	str version, timestamp, input_path, absolute_path;
	struct evidence_value total_issues, total_scanned, total_skipped;
};

struct modelscan {
	struct import_input *in;
	struct import_walk walk;
	struct head top, summary;
	struct evidence_value stated[SEVERITIES]; /* by the summary */
	bool has_grouped, has_list, has_errors, is_grouped[SEVERITIES];
	int64_t listed[SEVERITIES], n_errors;
	struct import_seen_rows rows;
	struct import_flaw no_zone, no_time, errors, nothing, skipped;
};

#define AT(member) offsetof(struct modelscan, member)
#define TEXT(name, member)                                                                                             \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_TEXT, .at = AT(member)                                             \
	}
#define INT(name, member)                                                                                              \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_INT, .at = AT(member)                                              \
	}
#define OBJECT(name, fields)                                                                                           \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_OBJECT, .members = (fields)                                        \
	}
#define CALL(name, fn)                                                                                                 \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_CALL, .call = (fn)                                                 \
	}
#define END                                                                                                            \
	{                                                                                                              \
		.key = { NULL, 0 }                                                                                     \
	}

static enum status refuse(const struct modelscan *m, const char *what, const char *hint, struct err *err)
{
	err_set(err, E_INVALID, "%s", what);
	err_at(err, m->in->from->name, 0, 0);
	err_hint(err, "%s", hint);
	return E_INVALID;
}

/* ---- issues ---- */

/* Standing on a name or a value: -1 when it is no severity. */
static int severity_here(const struct import_walk *w)
{
	for (int i = 0; i < SEVERITIES; i++)
		if (str_eq_fold(w->json.text, severities[i]))
			return i;
	return -1;
}

/* Standing on the object {"LOW": …}: calls for the value of each severity. */
static enum status each_severity(struct import_walk *w, struct modelscan *m,
				 enum status (*call)(struct modelscan *m, int severity, struct err *err),
				 struct err *err)
{
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an object", err);
	for (;;) {
		TRY(json_next(&w->json, err));
		if (w->json.event == JSON_OBJECT_END)
			return OK;
		int severity = severity_here(w);
		if (severity < 0)
			return json_expected(&w->json, "LOW, MEDIUM, HIGH or CRITICAL", err);
		TRY(json_next(&w->json, err));
		TRY(call(m, severity, err));
	}
}

static enum status twice(struct modelscan *m, struct err *err)
{
	return json_expected(&m->walk.json, "a severity that does not stand there already", err);
}

static enum status state_one(struct modelscan *m, int severity, struct err *err)
{
	struct evidence_value *stated = &m->stated[severity];
	if (stated->known)
		return twice(m, err);
	TRY(import_walk_int(&m->walk, stated, err));
	if (stated->known && (stated->i64 < 0 || stated->i64 > LIMIT_COUNT))
		return json_expected(&m->walk.json, "a count from 0 to 1000000000", err);
	return OK;
}

static enum status read_stated(struct import_walk *w, void *record, struct err *err)
{
	return each_severity(w, record, state_one, err);
}

static enum status count_one(struct import_walk *w, void *record, struct err *err)
{
	int64_t *n = record;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an issue (an object)", err);
	++*n;
	return json_skip(&w->json, err);
}

static enum status count_group(struct modelscan *m, int severity, struct err *err)
{
	if (m->is_grouped[severity])
		return twice(m, err);
	m->is_grouped[severity] = true;
	return import_walk_each(&m->walk, count_one, &m->listed[severity], err);
}

static enum status read_grouped(struct import_walk *w, void *record, struct err *err)
{
	struct modelscan *m = record;
	m->has_grouped = w->json.event == JSON_OBJECT;
	return each_severity(w, m, count_group, err);
}

static enum status read_severity(struct import_walk *w, void *record, struct err *err)
{
	int *severity = record;
	*severity = w->json.event == JSON_STRING ? severity_here(w) : -1;
	return *severity >= 0 ? OK : json_expected(&w->json, "LOW, MEDIUM, HIGH or CRITICAL", err);
}

static enum status read_issue(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {CALL("severity", read_severity), END};
	struct modelscan *m = record;
	int severity = -1;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an issue (an object)", err);
	TRY(import_walk_members(w, fields, &severity, err));
	if (severity < 0)
		return json_expected(&w->json, "an issue with a severity", err);
	m->listed[severity]++;
	return OK;
}

static enum status read_issues(struct import_walk *w, void *record, struct err *err)
{
	struct modelscan *m = record;
	m->has_list = w->json.event == JSON_ARRAY;
	return import_walk_each(w, read_issue, m, err);
}

/* ---- the report ---- */

static enum status read_error(struct import_walk *w, void *record, struct err *err)
{
	struct modelscan *m = record;
	m->n_errors++;
	return json_skip(&w->json, err);
}

static enum status read_errors(struct import_walk *w, void *record, struct err *err)
{
	struct modelscan *m = record;
	m->has_errors = w->json.event == JSON_ARRAY;
	return import_walk_each(w, read_error, m, err);
}

static enum status read_report(struct modelscan *m, struct err *err)
{
	static const struct import_walk_field scanned[] = {INT("total_scanned", top.total_scanned), END};
	static const struct import_walk_field skipped[] = {INT("total_skipped", top.total_skipped), END};
	static const struct import_walk_field late_scanned[] = {INT("total_scanned", summary.total_scanned), END};
	static const struct import_walk_field late_skipped[] = {INT("total_skipped", summary.total_skipped), END};
	static const struct import_walk_field summary[] = {TEXT("modelscan_version", summary.version),
							   TEXT("timestamp", summary.timestamp),
							   TEXT("input_path", summary.input_path),
							   TEXT("absolute_path", summary.absolute_path),
							   INT("total_issues", summary.total_issues),
							   CALL("total_issues_by_severity", read_stated),
							   OBJECT("scanned", late_scanned),
							   OBJECT("skipped", late_skipped),
							   END};
	static const struct import_walk_field fields[] = {TEXT("modelscan_version", top.version),
							  TEXT("timestamp", top.timestamp),
							  TEXT("input_path", top.input_path),
							  INT("total_issues", top.total_issues),
							  OBJECT("summary", summary),
							  CALL("issues_by_severity", read_grouped),
							  CALL("issues", read_issues),
							  CALL("errors", read_errors),
							  OBJECT("scanned", scanned),
							  OBJECT("skipped", skipped),
							  END};
	struct json_reader *json = &m->walk.json;
	TRY(json_next(json, err));
	if (json->event != JSON_OBJECT)
		return json_expected(json, "a report of modelscan (an object)", err);
	TRY(import_walk_members(&m->walk, fields, m, err));
	return json_next(json, err);
}

/* ---- what it says ---- */

static str first_of(str a, str b)
{
	return a.n ? a : b;
}

static struct evidence_value known_of(struct evidence_value a, struct evidence_value b)
{
	return a.known ? a : b;
}

/* The path that was asked for; "." says nothing, the folder it stood for does. */
static str path_of(const struct modelscan *m)
{
	str path = first_of(m->top.input_path, m->summary.input_path);
	bool here = str_eq(path, S(".")) || str_eq(path, S("./"));
	return here && m->summary.absolute_path.n ? m->summary.absolute_path : path;
}

/* The counts of the summary and those of the lists, which have to agree. */
static enum status check_counts(const struct modelscan *m, int64_t n[SEVERITIES], struct err *err)
{
	static const char hint[] = "was the file changed or cut? run modelscan again";
	char what[160];
	bool listed = m->has_grouped || m->has_list;
	struct evidence_value total = known_of(m->top.total_issues, m->summary.total_issues);
	int64_t sum = 0;
	if (m->has_grouped && m->has_list)
		return refuse(m, "the issues are listed twice", hint, err);
	for (int i = 0; i < SEVERITIES; i++) {
		const struct evidence_value *stated = &m->stated[i];
		if (!listed && !stated->known)
			return refuse(m, "the report does not say how many issues there are of each severity", hint,
				      err);
		n[i] = listed ? m->listed[i] : stated->i64;
		sum += n[i];
		if (!stated->known || stated->i64 == n[i])
			continue;
		(void)snprintf(what, sizeof what,
			       "the summary counts %" PRId64 " issues of severity %s, the list has %" PRId64,
			       stated->i64, severities[i].p, n[i]);
		return refuse(m, what, hint, err);
	}
	if (!total.known || total.i64 == sum)
		return OK;
	(void)snprintf(what, sizeof what, "total_issues is %" PRId64 ", but the issues are %" PRId64, total.i64, sum);
	return refuse(m, what, hint, err);
}

/* modelscan writes the local time of its machine, without a zone. */
static enum status read_time(struct modelscan *m, struct err *err)
{
	struct import_facts *facts = m->in->facts;
	str text = first_of(m->top.timestamp, m->summary.timestamp);
	bool has_zone;
	if (!text.n) {
		import_flaw_note(&m->no_time, 0);
		return OK;
	}
	if (!time_parse_zone(text, &facts->observed_ms, &has_zone))
		return refuse(m, "the timestamp is no time in ISO 8601", "such as 2026-04-03T10:00:00Z", err);
	if (!has_zone)
		import_flaw_note(&m->no_zone, 0);
	facts->has_time = true;
	return OK;
}

static enum status name_feed(struct modelscan *m, str path, struct err *err)
{
	struct buf name = BUF(LIMIT_VALUE_BYTES * 2);
	buf_add(&name, S("modelscan:"));
	buf_add(&name, path);
	str copy = name.status == OK ? str_copy(m->in->arena, buf_str(&name)) : (str){NULL, 0};
	buf_release(&name);
	if (!copy.p)
		return err_full(err);
	m->in->facts->identity = import_seen_fit(m->in->arena, copy);
	return m->in->facts->identity.p ? OK : err_full(err);
}

static enum status push(struct modelscan *m, str path, const int64_t n[SEVERITIES], struct err *err)
{
	struct evidence_record r = {.kind = EVIDENCE_MODEL, .main = true, .record = 1, .line = 1, .id = path};
	if (m->in->facts->has_time)
		evidence_set_time(&r, S("scanned_at"), m->in->facts->observed_ms);
	evidence_set_int(&r, S("scan_issues"), n[HIGH] + n[CRITICAL]);
	return import_seen_push(&m->rows, m->in, &r, m->in->arena, err);
}

static enum status take(struct modelscan *m, struct err *err)
{
	int64_t n[SEVERITIES];
	str path = path_of(m);
	struct evidence_value total = known_of(m->top.total_scanned, m->summary.total_scanned);
	struct evidence_value skipped = known_of(m->top.total_skipped, m->summary.total_skipped);
	if (!path.n)
		return refuse(m, "the report has no input_path", "is this a report of modelscan -r json?", err);
	if (!m->has_errors || !total.known || total.i64 < 0)
		return refuse(m, "the report does not say what was scanned and whether there were errors",
			      "errors and scanned.total_scanned expected", err);
	TRY(check_counts(m, n, err));
	TRY(read_time(m, err));
	TRY(name_feed(m, path, err));
	m->in->facts->records = 1;
	if (skipped.known && skipped.i64 > 0)
		import_flaw_note(&m->skipped, 0);
	if (m->n_errors || total.i64 == 0) {
		import_flaw_note(m->n_errors ? &m->errors : &m->nothing, 0);
		return OK;
	}
	return push(m, path, n, err);
}

static enum status warn(const struct modelscan *m, struct err *err)
{
	const struct {
		const struct import_flaw *flaw;
		str message;
	} all[] = {
	    {&m->errors, S("the scan had errors: what it found and did not find is not taken")},
	    {&m->nothing, S("nothing was scanned: the scan says nothing of the model")},
	    {&m->skipped, S("files were skipped: not all that lies there was scanned")},
	    {&m->no_time, S("the report has no timestamp")},
	    {&m->no_zone, S("a time names no zone: taken as UTC")},
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		TRY(import_flaw_warn(m->in, all[i].flaw, all[i].message, err));
	return import_seen_warn(&m->rows, m->in, "model", err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct modelscan *m = arena_new(in->arena, struct modelscan, 1);
	if (!m)
		return err_full(err);
	*m = (struct modelscan){.in = in, .rows.seen.arena = in->arena, .walk.texts = in->arena};
	TRY(json_open(&m->walk.json, in->from, in->arena, err));
	TRY(read_report(m, err));
	TRY(take(m, err));
	return warn(m, err);
}

/* ---- detection ---- */

/* Whether the summary of a report has the member; the head may end anywhere. */
static bool summary_has(str head, str key)
{
	struct arena a = ARENA((size_t)16 << 20);
	struct source from = source_text(S("head"), head);
	struct json_reader r = {0};
	bool found = false, inside = false;
	bool fine = json_open(&r, &from, &a, NULL) == OK && json_next(&r, NULL) == OK && r.event == JSON_OBJECT;
	while (fine && !found && json_next(&r, NULL) == OK && r.event == JSON_KEY) {
		found = inside && str_eq(r.text, key);
		if (!inside && str_eq(r.text, S("summary")))
			inside = json_next(&r, NULL) == OK && r.event == JSON_OBJECT;
		else
			fine = json_skip(&r, NULL) == OK;
	}
	arena_release(&a);
	return found;
}

static int sniff(str head, bool complete)
{
	(void)complete;
	if (import_walk_shape(head) != IMPORT_WALK_IS_OBJECT)
		return 0;
	return import_walk_has(head, S("modelscan_version")) || summary_has(head, S("modelscan_version")) ? 100 : 0;
}

const struct import_format import_modelscan = {.name = S("modelscan"),
					       .title = S("modelscan report, JSON"),
					       .kinds = EVIDENCE_BIT(EVIDENCE_MODEL),
					       .always = EVIDENCE_BIT(EVIDENCE_MODEL),
					       .glimpses = EVIDENCE_BIT(EVIDENCE_MODEL),
					       .sniff = sniff,
					       .read = read_file};
