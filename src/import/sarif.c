#include "import/sarif.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"

enum status import_sarif_refuse(const struct import_sarif *s, int64_t line, const char *what, const char *hint,
				struct err *err)
{
	err_set(err, E_INVALID, "%s", what);
	err_at(err, s->in->from->name, line, 0);
	err_hint(err, "%s", hint);
	return E_INVALID;
}

bool import_sarif_level(str word, str *severity)
{
	static const str words[][2] = {
	    {S("error"), S("high")}, {S("warning"), S("medium")}, {S("note"), S("low")}, {S("none"), S("info")}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (!str_eq_fold(word, words[i][0]))
			continue;
		*severity = words[i][1];
		return true;
	}
	return false;
}

/* The bands of CVSS, which code hosts use for security-severity. */
bool import_sarif_score(str text, str *severity)
{
	str whole, part;
	int64_t tenths;
	bool more = str_cut(str_trim(text), '.', &whole, &part), any = false;
	if (!whole.n || whole.n > 2 || (more && !part.n))
		return false;
	for (size_t i = 0; i < whole.n + part.n; i++) {
		char c = i < whole.n ? whole.p[i] : part.p[i - whole.n];
		if (c < '0' || c > '9')
			return false;
		any = any || c != '0';
	}
	if (!str_to_i64(whole, &tenths))
		return false;
	tenths = tenths * 10 + (part.n ? part.p[0] - '0' : 0);
	for (size_t i = 1; i < part.n; i++)
		if (tenths >= 100 && part.p[i] != '0')
			return false;
	if (tenths > 100)
		return false;
	*severity = tenths >= 90   ? S("critical")
		    : tenths >= 70 ? S("high")
		    : tenths >= 40 ? S("medium")
		    : any          ? S("low")
				   : S("info");
	return true;
}

/* ---- the file ---- */

static enum status read_version(struct import_walk *w, void *log, struct err *err)
{
	struct import_sarif *s = log;
	char shown[IMPORT_WALK_SHOW], what[200];
	if (w->json.event == JSON_STRING && str_eq(w->json.text, S("2.1.0"))) {
		s->has_version = true;
		return OK;
	}
	if (w->json.event != JSON_STRING)
		return json_expected(&w->json, "the text \"2.1.0\"", err);
	(void)snprintf(what, sizeof what, "SARIF version \"%s\" is not read", import_walk_show(w->json.text, shown));
	return import_sarif_refuse(s, w->json.line, what,
				   "2.1.0 is the standard: let the tool write that, or convert the file with "
				   "\"sarif transform\" of the SARIF multitool",
				   err);
}

/* Of a run in the second reading: nothing but its results. */
static enum status read_results(struct import_walk *w, void *log, struct err *err)
{
	static const struct import_walk_field run[] = {
	    {.key = S("results"), .type = IMPORT_WALK_ARRAY, .call = import_sarif_result}, {.key = {NULL, 0}}};
	struct import_sarif *s = log;
	enum status status = import_walk_members(w, run, s, err);
	s->current = s->current->next;
	return status;
}

static enum status read_whole(struct import_sarif *s, const struct import_walk_field *fields, struct err *err)
{
	struct import_walk *w = &s->walk;
	TRY(json_open(&w->json, s->in->from, s->in->arena, err));
	TRY(json_next(&w->json, err));
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a SARIF log (an object)", err);
	TRY(import_walk_members(w, fields, s, err));
	return json_next(&w->json, err);
}

static enum status check_runs(struct import_sarif *s, struct err *err)
{
	char what[100];
	bool any = false;
	if (!s->has_version)
		return import_sarif_refuse(s, 1, "the log has no version", "\"version\": \"2.1.0\" expected", err);
	for (struct import_sarif_run *r = s->first; r; r = r->next) {
		any = any || r->has_results;
		if (!r->results_elsewhere)
			continue;
		(void)snprintf(what, sizeof what, "run %" PRId64 " keeps its results in other files", r->number);
		return import_sarif_refuse(s, r->line, what, "export the log as one file, without external properties",
					   err);
	}
	if (!any)
		return import_sarif_refuse(s, s->first ? s->first->line : 1,
					   s->first ? "no run of the log has results" : "the log has no run",
					   "a scan that found nothing has a run with an empty list of results: did the "
					   "tool finish?",
					   err);
	for (struct import_sarif_run *r = s->first; r; r = r->next) {
		if (!r->has_results)
			import_flaw_note(&s->no_results, r->line);
		else if (!r->has_time)
			import_flaw_note(&s->no_time, r->line);
	}
	return OK;
}

/* tool:repository, with the category behind it when all runs have the same. */
static enum status name_feed(struct import_sarif *s, struct err *err)
{
	const struct import_sarif_run *a = s->first;
	bool category = a->category.n > 0;
	char *p;
	if (!a->tool.n || !a->repository.n)
		return OK;
	for (const struct import_sarif_run *r = a; r; r = r->next) {
		if (r->several_repositories || !str_eq(r->tool, a->tool) || !str_eq(r->repository, a->repository))
			return OK;
		category = category && str_eq(r->category, a->category);
	}
	size_t n = a->tool.n + 1 + a->repository.n, more = category ? 1 + a->category.n : 0;
	p = arena_alloc(s->in->arena, n + more, 1);
	if (!p)
		return err_full(err);
	memcpy(p, a->tool.p, a->tool.n);
	p[a->tool.n] = ':';
	memcpy(p + a->tool.n + 1, a->repository.p, a->repository.n);
	if (category) {
		p[n] = ':';
		memcpy(p + n + 1, a->category.p, a->category.n);
	}
	s->in->facts->identity = import_seen_fit(s->in->arena, (str){p, n + more});
	return s->in->facts->identity.p ? OK : err_full(err);
}

static enum status warn(const struct import_sarif *s, struct err *err)
{
	const struct {
		const struct import_flaw *flaw;
		str message;
	} flaws[] = {
	    {&s->no_time, S("a run does not say when it was made")},
	    {&s->no_feed,
	     S("the log names no single repository: when several logs are imported for one unit, give each its "
	       "own --feed")},
	    {&s->start_only, S("a run has no end: its start counts as the time of observation")},
	    {&s->no_zone, S("a time names no zone: taken as UTC")},
	    {&s->unsuccessful,
	     S("the tool says that its run was not successful: results may be missing, so none counts as gone")},
	    {&s->no_results, S("a run has no list of results: nothing of it is read")},
	    {&s->undecided, S("a result waits for a person to decide (kind open or review): left out")},
	    {&s->level, S("a level is none of error, warning, note and none: the severity stays unknown")},
	    {&s->score, S("a security-severity is no number from 0.0 to 10.0: the level counts")},
	    {&s->no_rule, S("a result names no rule")},
	    {&s->index, S("a ruleIndex or artifact index leads nowhere or to another id: the id counts")},
	    {&s->fingerprint, S("a fingerprint is no text: passed over")},
	    {&s->login, S("a fingerprint is \"requires login\" and tells nothing: passed over")},
	    {&s->shared, S("results at different places have the same fingerprint: a number is added to the id")},
	    {&s->draft, S("a word or member is from a draft of SARIF: understood")},
	};
	for (size_t i = 0; i < sizeof flaws / sizeof *flaws; i++)
		TRY(import_flaw_warn(s->in, flaws[i].flaw, flaws[i].message, err));
	return import_seen_warn(&s->rows, s->in, "result, as far as it is read,", err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	static const struct import_walk_field tables[] = {
	    {.key = S("version"), .type = IMPORT_WALK_CALL, .call = read_version},
	    {.key = S("runs"), .type = IMPORT_WALK_ARRAY, .call = import_sarif_run},
	    {.key = {NULL, 0}}};
	static const struct import_walk_field results[] = {
	    {.key = S("runs"), .type = IMPORT_WALK_ARRAY, .call = read_results}, {.key = {NULL, 0}}};
	str text = in->from->text;
	struct import_sarif *s = arena_new(in->arena, struct import_sarif, 1);
	if (!s)
		return err_full(err);
	*s = (struct import_sarif){.in = in,
				   .walk.texts = in->arena,
				   .scratch = ARENA(LIMIT_RECORD_BYTES),
				   .rules.arena = in->arena,
				   .marks.arena = in->arena,
				   .rows.seen.arena = in->arena};
	TRY(read_whole(s, tables, err));
	TRY(check_runs(s, err));
	TRY(name_feed(s, err));
	if (!in->facts->identity.n)
		import_flaw_note(&s->no_feed, s->first->line);
	TRY(source_rewind(in->from, text, err));
	s->walk.texts = &s->scratch;
	s->current = s->first;
	enum status status = read_whole(s, results, err);
	arena_release(&s->scratch);
	return status == OK ? warn(s, err) : status;
}

static int sniff(str head, bool complete)
{
	(void)complete;
	if (!import_walk_has(head, S("runs")))
		return 0;
	/* version and $schema may come behind the runs and so behind the end of the head. */
	if (import_walk_is(head, S("version"), S("2.1.0")))
		return 100;
	return str_find(head, S("sarif")) >= 0 || str_find(head, S("\"driver\"")) >= 0 ||
		       import_walk_has(head, S("version"))
		   ? 80
		   : 0;
}

const struct import_format import_sarif = {.name = S("sarif"),
					   .title = S("SARIF 2.1.0 results of code and other scanners, JSON"),
					   .kinds = EVIDENCE_BIT(EVIDENCE_FINDING),
					   .always = EVIDENCE_BIT(EVIDENCE_FINDING),
					   .sniff = sniff,
					   .read = read_file};
