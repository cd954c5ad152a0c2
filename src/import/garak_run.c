#include "import/garak.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/time.h"

static enum status refuse(const struct import_garak *g, const struct import_garak_entry *e, const char *what,
			  const char *hint, struct err *err)
{
	err_set(err, E_INVALID, "%s", what);
	err_at(err, g->in->from->name, e->line, 0);
	err_hint(err, "%s", hint);
	return E_INVALID;
}

static enum status read_time(struct import_garak *g, const struct import_garak_entry *e, str text,
			     struct import_garak_time *out, struct err *err)
{
	bool has_zone;
	if (!time_parse_zone(text, &out->ms, &has_zone))
		return refuse(g, e, "a time in ISO 8601 expected", "such as 2026-04-03T10:00:00Z", err);
	out->known = true;
	if (!has_zone)
		import_flaw_note(&g->no_zone, e->line);
	return OK;
}

static enum status keep(struct import_garak *g, str text, str *out, struct err *err)
{
	if (!text.n)
		return OK;
	*out = str_copy(g->in->arena, text);
	return out->p ? OK : err_full(err);
}

/* ---- who was attacked ---- */

/* "type:name", or what there is of it. */
static enum status name_system(struct import_garak *g, str type, str name, str *out, struct err *err)
{
	size_t n = type.n + name.n + (type.n && name.n);
	char *p = arena_alloc(g->in->arena, n + 1, 1);
	if (!p)
		return err_full(err);
	if (type.n)
		memcpy(p, type.p, type.n);
	if (type.n && name.n)
		p[type.n] = ':';
	if (name.n)
		memcpy(p + n - name.n, name.p, name.n);
	*out = (str){p, n};
	return OK;
}

static enum status take_system(struct import_garak *g, const struct import_garak_entry *e, struct err *err)
{
	const str pairs[][2] = {
	    {e->target_type, e->target_name}, {e->old_type, e->old_name}, {e->config_type, e->config_name}};
	for (int i = 0; i < 3; i++)
		if (pairs[i][0].n || pairs[i][1].n)
			return name_system(g, pairs[i][0], pairs[i][1], &g->system, err);
	return OK;
}

/* The feed is named by the target as long as the whole file has one. */
static void share_system(struct import_garak *g, str system)
{
	if (g->has_system && !str_eq(system, g->shared_system))
		g->several = true;
	g->has_system = true;
	g->shared_system = system;
}

/* ---- the run's times ---- */

/**
 * When reports are aggregated, start_time is when that was done and orig_start_time when the first of them was started:
 * only the latter says when something was tested. An aggregate has no end of its own.
 */
static enum status take_head(struct import_garak *g, const struct import_garak_entry *e, struct err *err)
{
	str start = e->orig_start.n ? e->orig_start : e->start.n ? e->start : e->setup_start;
	g->has_head = true;
	if (e->orig_start.n) {
		g->aggregate = true;
		import_flaw_note(&g->aggregated, e->line);
	}
	if (start.n)
		TRY(read_time(g, e, start, &g->started, err));
	TRY(keep(g, e->setup_run, &g->run, err));
	TRY(keep(g, e->run_id, &g->run, err));
	TRY(keep(g, e->run, &g->run, err));
	if (e->threshold.n && e->threshold.n < 32) {
		char text[32] = {0};
		memcpy(text, e->threshold.p, e->threshold.n);
		g->threshold = strtod(text, NULL);
	}
	return take_system(g, e, err);
}

static enum status take_end(struct import_garak *g, const struct import_garak_entry *e, struct err *err)
{
	return e->end.n ? read_time(g, e, e->end, &g->ended, err) : OK;
}

/* ---- results ---- */

/* Passed and failed of an eval entry; older versions write total and no fails. */
static enum status take_counts(struct import_garak *g, const struct import_garak_entry *e,
			       struct import_garak_result *r, struct err *err)
{
	static const char hint[] = "was the file changed or cut? run garak again";
	struct evidence_value total = e->total_evaluated.known ? e->total_evaluated : e->total;
	if (!e->passed.known || (!total.known && !e->fails.known))
		return refuse(g, e, "an eval entry without passed and total_evaluated", hint, err);
	r->passed = e->passed.i64;
	if (r->passed < 0 || r->passed > LIMIT_COUNT || (total.known && (total.i64 < 0 || total.i64 > LIMIT_COUNT)) ||
	    (e->fails.known && (e->fails.i64 < 0 || e->fails.i64 > LIMIT_COUNT)))
		return refuse(g, e, "a count from 0 to 1000000000 expected", hint, err);
	if (total.known && r->passed > total.i64)
		return refuse(g, e, "an eval entry has passed more attempts than were evaluated", hint, err);
	r->failed = e->fails.known ? e->fails.i64 : total.i64 - r->passed;
	if (total.known && r->passed + r->failed != total.i64)
		return refuse(g, e, "passed and fails of an eval entry do not add up to its total", hint, err);
	return OK;
}

static enum status take_eval(struct import_garak *g, const struct import_garak_entry *e, struct err *err)
{
	struct import_garak_result r = {.source = IMPORT_GARAK_EVAL, .line = e->line, .record = ++g->n_evals};
	if (!e->probe.n || !e->detector.n)
		return refuse(g, e, "an eval entry without probe and detector", "was the file changed?", err);
	r.probe = e->probe;
	r.detector = e->detector;
	TRY(take_counts(g, e, &r, err));
	if (!g->run.n)
		TRY(keep(g, e->run.n ? e->run : e->uuid, &g->run, err));
	return import_garak_rows_add(g, &g->evals, &r, err);
}

static enum status judge(struct import_garak *g, const struct import_garak_entry *e, str detector, bool passed,
			 struct err *err)
{
	struct import_garak_result *r = NULL;
	struct import_garak_result key = {.source = IMPORT_GARAK_ATTEMPT, .detector = detector, .line = e->line};
	key.probe = e->probe_class.n ? e->probe_class : e->probe;
	if (!key.probe.n || !detector.n)
		return OK;
	TRY(import_garak_rows_find(g, &g->attempts, &key, &r, err));
	r->passed += passed;
	r->failed += !passed;
	return OK;
}

/* A digest counts only when a run has no eval entries. Alone it says itself whose run it was. */
static enum status take_digest(struct import_garak *g, const struct import_garak_entry *e, struct err *err)
{
	g->has_digest = true;
	if (e->counts && !g->has_head)
		TRY(take_head(g, e, err));
	for (const struct import_garak_count *c = e->counts; c; c = c->next) {
		struct import_garak_result r = {.source = IMPORT_GARAK_EVAL,
						.probe = c->probe,
						.detector = c->detector,
						.passed = c->passed.i64,
						.line = e->line,
						.record = ++g->n_digested};
		if (r.passed < 0 || c->total.i64 > LIMIT_COUNT || r.passed > c->total.i64)
			return refuse(g, e, "a digest has counts that contradict", "was the file changed or cut?", err);
		r.failed = c->total.i64 - r.passed;
		TRY(import_garak_rows_add(g, &g->digested, &r, err));
	}
	return OK;
}

/* Attempts count only when a run has no eval entries, because it was stopped early. */
static enum status take_attempt(struct import_garak *g, const struct import_garak_entry *e, struct err *err)
{
	g->n_attempts++;
	if (e->is_judged)
		return judge(g, e, e->detector, e->passed_truth, err);
	for (const struct import_garak_score *s = e->scores; s; s = s->next)
		TRY(judge(g, e, s->detector, s->score < g->threshold, err));
	return OK;
}

/* A line of a hit log: an attack that succeeded. "huggingface gpt2" names the target as huggingface:gpt2. */
static enum status take_hit(struct import_garak *g, const struct import_garak_entry *e, struct err *err)
{
	struct import_garak_result *r = NULL;
	struct import_garak_result key = {.source = IMPORT_GARAK_HIT, .run = e->run_id, .line = e->line};
	str type, name;
	if (!e->detector.n || !e->probe.n)
		return refuse(g, e, "a hit without probe and detector", "was the file changed?", err);
	str_cut(e->generator, ' ', &type, &name);
	if (str_eq(name, S("None")))
		name = (str){NULL, 0};
	TRY(name_system(g, type, name, &key.system, err));
	key.probe = e->probe;
	key.detector = e->detector;
	key.record = ++g->n_hits;
	TRY(import_garak_rows_find(g, &g->hits, &key, &r, err));
	r->failed++;
	share_system(g, r->system);
	return OK;
}

/* ---- a run ends ---- */

static void observe(struct import_garak *g)
{
	struct import_facts *facts = g->in->facts;
	if (!g->ended.known && g->started.known) {
		/* It ended at that time or later: never fresher than what is known. */
		g->ended = g->started;
		if (!g->aggregate)
			import_flaw_note(&g->no_end, 0);
	}
	if (!g->ended.known)
		return;
	if (!facts->has_time || g->ended.ms > facts->observed_ms)
		facts->observed_ms = g->ended.ms;
	facts->has_time = true;
}

enum status import_garak_run_end(struct import_garak *g, struct err *err)
{
	bool has_results = g->n_evals || g->n_attempts || g->n_digested;
	if (has_results || g->has_head) {
		observe(g);
		share_system(g, g->system);
		if (has_results && !g->run.n)
			import_flaw_note(&g->no_run, 0);
	}
	if (g->n_evals) {
		TRY(import_garak_rows_push(g, &g->evals, err));
	} else if (g->n_digested) {
		import_flaw_note(&g->from_digest, 0);
		TRY(import_garak_rows_push(g, &g->digested, err));
	} else if (g->n_attempts) {
		import_flaw_note(g->attempts.first ? &g->from_attempts : &g->unjudged, 0);
		TRY(import_garak_rows_push(g, &g->attempts, err));
	} else if (g->has_digest) {
		import_flaw_note(&g->digest_only, 0);
	}
	g->in->facts->records += g->n_evals ? g->n_evals : g->n_digested ? g->n_digested : g->n_attempts;
	g->run = g->system = (str){NULL, 0};
	g->started = g->ended = (struct import_garak_time){0};
	g->evals = g->attempts = g->digested = (struct import_garak_results){0};
	g->n_evals = g->n_attempts = g->n_digested = 0;
	g->aggregate = g->has_head = g->has_digest = false;
	g->threshold = 0.5;
	return OK;
}

/* Entries that say nothing of results. */
static bool is_known_type(str type)
{
	static const str types[] = {S("probe_summary"), S("plugin_cache"), S("payload_init"), S("tree_data"),
				    S("resume_point")};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_eq(type, types[i]))
			return true;
	return false;
}

enum status import_garak_run_take(struct import_garak *g, const struct import_garak_entry *e, struct err *err)
{
	if (!e->type.n) {
		if (e->probe.n && e->detector.n && (e->has_score || e->attempt_id.n))
			return take_hit(g, e, err);
		return refuse(g, e, "an entry_type expected, or probe, detector and score of a hit log",
			      "is this a report or hit log of garak?", err);
	}
	if (str_eq(e->type, S("start_run setup"))) {
		TRY(import_garak_run_end(g, err));
		return take_head(g, e, err);
	}
	if (str_eq(e->type, S("init")) || str_eq(e->type, S("config")))
		return take_head(g, e, err);
	if (str_eq(e->type, S("completion")) || str_eq(e->type, S("completed")))
		return take_end(g, e, err);
	if (str_eq(e->type, S("eval")))
		return take_eval(g, e, err);
	if (str_eq(e->type, S("attempt")))
		return take_attempt(g, e, err);
	if (str_eq(e->type, S("digest")))
		return take_digest(g, e, err);
	if (!is_known_type(e->type))
		import_flaw_note(&g->type, e->line);
	return OK;
}
