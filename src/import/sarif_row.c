#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/time.h"
#include "import/sarif.h"

static enum status refuse_word(const struct import_sarif *s, const struct import_sarif_result *r, const char *member,
			       str word, const char *hint, struct err *err)
{
	char shown[IMPORT_WALK_SHOW], what[200];
	(void)snprintf(what, sizeof what, "result %" PRId64 ": the %s \"%s\" is not known", r->record, member,
		       import_walk_show(word, shown));
	return import_sarif_refuse(s, r->line, what, hint, err);
}

/* ---- its rule ---- */

static const struct import_sarif_rule *rule_at(const struct import_sarif_run *run, int64_t component, int64_t index)
{
	if (component < 0 || component >= (int64_t)run->n_components || index < 0 ||
	    index >= (int64_t)run->components[component].n)
		return NULL;
	return &run->components[component].rules[index];
}

/* By id; an id may go on behind a slash ("CA1000/1" is of the rule CA1000). */
static const struct import_sarif_rule *rule_by_id(const struct import_sarif *s, const struct import_sarif_run *run,
						  str id)
{
	char scope[24];
	int n = snprintf(scope, sizeof scope, "%" PRId64, run->number);
	while (id.n) {
		const struct import_seen_entry *e = import_seen_find(&s->rules, (str){scope, (size_t)n}, id);
		if (e)
			return rule_at(run, e->line >> 32, e->line & UINT32_MAX);
		while (id.n && id.p[id.n - 1] != '/')
			id.n--;
		id.n -= id.n > 0;
	}
	return NULL;
}

static bool is_of(str id, str rule)
{
	return str_eq(id, rule) || (str_starts(id, rule) && id.n > rule.n && id.p[rule.n] == '/');
}

static const struct import_sarif_rule *find_rule(struct import_sarif *s, const struct import_sarif_result *r, str id)
{
	const struct evidence_value *index = r->rule_ref_index.known ? &r->rule_ref_index : &r->rule_index;
	int64_t component = 0;
	/* Extensions are counted from 0; here they stand behind the driver. */
	if (r->component_index.known && r->component_index.i64 >= 0)
		component = r->component_index.i64 < INT32_MAX ? r->component_index.i64 + 1 : INT32_MAX;
	if (index->known && index->i64 >= 0) {
		const struct import_sarif_rule *rule = rule_at(r->run, component, index->i64);
		if (rule && (!id.n || is_of(id, rule->id)))
			return rule;
		import_flaw_note(&s->index, r->line);
	}
	return rule_by_id(s, r->run, id);
}

static str title_of(const struct import_sarif_result *r, const struct import_sarif_rule *rule)
{
	if (rule && rule->title.n)
		return rule->title;
	return r->message.n || !rule ? r->message : rule->name;
}

static str severity_of(struct import_sarif *s, const struct import_sarif_result *r,
		       const struct import_sarif_rule *rule)
{
	str severity = {NULL, 0};
	if (r->score.n && import_sarif_score(r->score, &severity))
		return severity;
	if (r->score.n)
		import_flaw_note(&s->score, r->line);
	if (rule && rule->by_score.n)
		return rule->by_score;
	if (r->level.n) {
		if (!import_sarif_level(r->level, &severity))
			import_flaw_note(&s->level, r->line);
		return severity;
	}
	return rule && rule->by_level.n ? rule->by_level : S("medium");
}

/* ---- its state ---- */

/* *found: the tool says that something is wrong. */
static enum status read_kind(struct import_sarif *s, const struct import_sarif_result *r, bool *found, struct err *err)
{
	static const str silent[] = {S("pass"), S("notApplicable"), S("informational")};
	*found = !r->kind.n || str_eq_fold(r->kind, S("fail"));
	if (*found)
		return OK;
	for (size_t i = 0; i < sizeof silent / sizeof *silent; i++)
		if (str_eq_fold(r->kind, silent[i]))
			return OK;
	if (!str_eq_fold(r->kind, S("open")) && !str_eq_fold(r->kind, S("review")))
		return refuse_word(s, r, "kind", r->kind, "fail, pass, open, review, informational or notApplicable",
				   err);
	import_flaw_note(&s->undecided, r->line);
	return OK;
}

static enum status read_state(struct import_sarif *s, const struct import_sarif_result *r, str *status, struct err *err)
{
	static const str there[] = {S("new"), S("unchanged"), S("updated"), S("existing")};
	size_t i = 0, n = sizeof there / sizeof *there;
	*status = r->suppressions && !r->rejected ? S("suppressed") : S("open");
	if (!r->baseline.n)
		return OK;
	if (str_eq_fold(r->baseline, S("absent"))) {
		*status = S("fixed");
		return OK;
	}
	while (i < n && !str_eq_fold(r->baseline, there[i]))
		i++;
	if (i == n)
		return refuse_word(s, r, "baselineState", r->baseline, "new, unchanged, updated or absent", err);
	if (i + 1 == n)
		import_flaw_note(&s->draft, r->line);
	return OK;
}

static enum status set_created(struct import_sarif *s, const struct import_sarif_result *r, struct evidence_record *row,
			       struct err *err)
{
	bool has_zone;
	int64_t ms;
	if (!r->first_seen.n)
		return OK;
	if (!time_parse_zone(r->first_seen, &ms, &has_zone))
		return refuse_word(s, r, "firstDetectionTimeUtc", r->first_seen,
				   "ISO 8601 expected, such as 2026-04-03T10:00:00Z", err);
	if (!has_zone)
		import_flaw_note(&s->no_zone, r->line);
	evidence_set_time(row, S("created_at"), ms);
	return OK;
}

static str place_of(struct import_sarif *s, const struct import_sarif_result *r)
{
	if (r->uri.n || !r->artifact.known || r->artifact.i64 < 0)
		return r->uri.n ? r->uri : r->logical;
	if (r->artifact.i64 < (int64_t)r->run->n_artifacts)
		return r->run->artifacts[r->artifact.i64];
	import_flaw_note(&s->index, r->line);
	return r->logical;
}

/* ---- its id ---- */

static enum status join(struct arena *texts, const str *parts, size_t n_parts, str *out, struct err *err)
{
	size_t n = n_parts - 1, at = 0;
	for (size_t i = 0; i < n_parts; i++)
		n += parts[i].n;
	char *p = arena_alloc(texts, n + 1, 1);
	if (!p)
		return err_full(err);
	for (size_t i = 0; i < n_parts; i++) {
		if (i)
			p[at++] = '|';
		if (parts[i].n)
			memcpy(p + at, parts[i].p, parts[i].n);
		at += parts[i].n;
	}
	*out = (str){p, n};
	return OK;
}

/* What tells results of one rule in one file apart. `where` is where it stands: line, column, wording. */
static str mark_of(const struct import_sarif_result *r, str where, char sum[40])
{
	const struct import_sarif_mark *m = r->full.n || r->full.primary.n         ? &r->full
					    : r->partial.n || r->partial.primary.n ? &r->partial
										   : NULL;
	if (r->correlation.n)
		return r->correlation;
	if (!m)
		return where;
	if (m->primary.n)
		return m->primary;
	int n = snprintf(sum, 40, "%016" PRIx64 "%016" PRIx64, m->sum[0], m->sum[1]);
	return (str){sum, (size_t)n};
}

/* Which of the places that share an id this is, from 1. */
static enum status place_number(struct import_sarif *s, const struct import_sarif_result *r, str where, str id,
				int64_t *out, struct err *err)
{
	struct import_seen_entry *e;
	const struct import_seen_entry *known = import_seen_find(&s->marks, where, id);
	if (known) {
		*out = known->line;
		return OK;
	}
	TRY(import_seen_add(&s->marks, (str){NULL, 0}, id, &e, err));
	*out = e->count;
	if (*out > 1)
		import_flaw_note(&s->shared, r->line);
	TRY(import_seen_add(&s->marks, where, id, &e, err));
	e->line = *out;
	return OK;
}

/* An id that results at several places share gets a number from the second place on. */
static enum status tell_apart(struct import_sarif *s, const struct import_sarif_result *r, str where,
			      struct evidence_record *row, struct err *err)
{
	char tail[24];
	int64_t number;
	TRY(place_number(s, r, where, row->id, &number, err));
	if (number == 1)
		return OK;
	int n = snprintf(tail, sizeof tail, "#%" PRId64, number);
	char *p = arena_alloc(&s->scratch, row->id.n + (size_t)n, 1);
	if (!p)
		return err_full(err);
	memcpy(p, row->id.p, row->id.n);
	memcpy(p + row->id.n, tail, (size_t)n);
	row->id = (str){p, row->id.n + (size_t)n};
	return OK;
}

static enum status set_id(struct import_sarif *s, struct import_sarif_result *r, str rule, str place,
			  struct evidence_record *row, struct err *err)
{
	char hex[HASH_TEXT], where_text[80], sum[40];
	(void)hash_hex(&r->wording, hex);
	int n =
	    snprintf(where_text, sizeof where_text, "%" PRId64 ":%" PRId64 ":%.16s",
		     r->start_line.known ? r->start_line.i64 : 0, r->start_column.known ? r->start_column.i64 : 0, hex);
	str where = {where_text, (size_t)n};
	const str parts[] = {r->run->tool, rule, place, mark_of(r, where, sum)};
	TRY(join(&s->scratch, parts, sizeof parts / sizeof *parts, &row->id, err));
	return tell_apart(s, r, where, row, err);
}

enum status import_sarif_row(struct import_sarif *s, struct import_sarif_result *r, struct err *err)
{
	struct evidence_record row = {.kind = EVIDENCE_FINDING, .main = true, .record = r->record, .line = r->line};
	bool found;
	str status, id = r->rule_id.n ? r->rule_id : r->rule_ref_id;
	TRY(read_kind(s, r, &found, err));
	TRY(read_state(s, r, &status, err));
	if (!found)
		return OK;
	const struct import_sarif_rule *rule = find_rule(s, r, id);
	if (!id.n && rule)
		id = rule->id;
	if (!id.n)
		import_flaw_note(&s->no_rule, r->line);
	str place = place_of(s, r);
	evidence_set_text(&row, S("rule"), id);
	evidence_set_text(&row, S("title"), title_of(r, rule));
	evidence_set_text(&row, S("tool"), r->run->tool);
	evidence_set_text(&row, S("severity"), severity_of(s, r, rule));
	evidence_set_text(&row, S("status"), status);
	evidence_set_text(&row, S("resource"), place);
	TRY(set_created(s, r, &row, err));
	TRY(set_id(s, r, id, place, &row, err));
	return import_seen_push(&s->rows, s->in, &row, &s->scratch, err);
}
