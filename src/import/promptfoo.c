#include "import/promptfoo.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/time.h"
#include "import/tally.h"
#include "import/walk.h"

enum { FAILURE_ERROR = 2 }; /* failureReason: 0 none, 1 an assertion, 2 an error */

struct promptfoo {
	struct import_input *in;
	struct import_walk walk;
	struct arena scratch; /* of the current result */
	struct import_tally tally;
	struct import_seen ids;
	str eval_id, timestamp;
	int64_t timestamp_line, results_line;
	bool has_results, has_list;
	int64_t n, n_attacks;
	struct evidence_value successes, failures, errors; /* as the file's stats say */
	struct import_flaw no_zone, ordinary, error, twice, no_run, no_time, stats;
};

/* A result as it stands in the file; its texts live in the scratch arena. */
struct result {
	str id, plugin, strategy, test_plugin, test_strategy;
	str target, target_id, target_label;
	struct evidence_value failure_reason;
	bool has_success, success, is_graded;
	int64_t line;
};

#define TEXT(name, record, member)                                                                                     \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_TEXT, .at = offsetof(struct record, member)                        \
	}
#define INT(name, record, member)                                                                                      \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_INT, .at = offsetof(struct record, member)                         \
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

/* ---- one result ---- */

static enum status refuse(const struct promptfoo *p, const struct result *x, const char *what, const char *hint,
			  struct err *err)
{
	err_set(err, E_INVALID, "result %" PRId64 ": %s", p->n, what);
	err_at(err, p->in->from->name, x->line, 0);
	err_hint(err, "%s", hint);
	return E_INVALID;
}

static enum status read_success(struct import_walk *w, void *record, struct err *err)
{
	struct result *x = record;
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_TRUE && w->json.event != JSON_FALSE)
		return json_expected(&w->json, "true or false", err);
	x->has_success = true;
	x->success = w->json.event == JSON_TRUE;
	return OK;
}

static enum status read_grading(struct import_walk *w, void *record, struct err *err)
{
	struct result *x = record;
	x->is_graded = w->json.event == JSON_OBJECT;
	return json_skip(&w->json, err);
}

/* An id, or an object with id and label. */
static enum status read_provider(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    TEXT("id", result, target_id),
	    TEXT("label", result, target_label),
	    END,
	};
	struct result *x = record;
	if (w->json.event == JSON_OBJECT)
		return import_walk_members(w, fields, x, err);
	return import_walk_text(w, &x->target, err);
}

static enum status read_members(struct promptfoo *p, struct result *x, struct err *err)
{
	static const struct import_walk_field metadata[] = {TEXT("pluginId", result, plugin),
							    TEXT("strategyId", result, strategy), END};
	static const struct import_walk_field test_metadata[] = {TEXT("pluginId", result, test_plugin),
								 TEXT("strategyId", result, test_strategy), END};
	static const struct import_walk_field test[] = {OBJECT("metadata", test_metadata), END};
	static const struct import_walk_field fields[] = {
	    TEXT("id", result, id),
	    CALL("success", read_success),
	    INT("failureReason", result, failure_reason),
	    CALL("gradingResult", read_grading),
	    CALL("provider", read_provider),
	    OBJECT("metadata", metadata),
	    OBJECT("testCase", test),
	    END,
	};
	return import_walk_members(&p->walk, fields, x, err);
}

/* What the provider answers is mixed into the result's metadata: what the test itself says stands above it. */
static void settle(struct result *x)
{
	if (x->test_plugin.n) {
		x->plugin = x->test_plugin;
		x->strategy = x->test_strategy;
	}
	if (!x->target.n)
		x->target = x->target_label.n ? x->target_label : x->target_id;
}

/* `error` is no sign of one: a failed assertion writes its reason there. */
static enum import_tally_outcome outcome_of(const struct result *x)
{
	if (x->failure_reason.known ? x->failure_reason.i64 == FAILURE_ERROR : !x->success && !x->is_graded)
		return IMPORT_TALLY_UNJUDGED;
	return x->success ? IMPORT_TALLY_PASSED : IMPORT_TALLY_FAILED;
}

/* "plugin", or "plugin/strategy". */
static enum status name_probe(struct promptfoo *p, const struct result *x, str *out, struct err *err)
{
	*out = x->plugin;
	if (import_promptfoo_plugins_plain(x->strategy))
		return OK;
	size_t n = x->plugin.n + 1 + x->strategy.n;
	char *text = arena_alloc(&p->scratch, n, 1);
	if (!text)
		return err_full(err);
	memcpy(text, x->plugin.p, x->plugin.n);
	text[x->plugin.n] = '/';
	memcpy(text + x->plugin.n + 1, x->strategy.p, x->strategy.n);
	*out = (str){text, n};
	return OK;
}

static enum status count(struct promptfoo *p, const struct result *x, struct err *err)
{
	struct import_tally_row *row = NULL, key = {.system = x->target, .record = p->n, .line = x->line};
	enum import_tally_outcome outcome = outcome_of(x);
	if (!x->has_success)
		return refuse(p, x, "it does not say whether it was a success", "success: true or false expected", err);
	key.class = import_promptfoo_plugins_class(x->plugin, x->strategy);
	TRY(name_probe(p, x, &key.probe, err));
	TRY(import_tally_find(&p->tally, &key, &row, err));
	import_tally_count(row, outcome);
	p->n_attacks++;
	if (outcome == IMPORT_TALLY_UNJUDGED)
		import_flaw_note(&p->error, x->line);
	return OK;
}

static enum status take(struct promptfoo *p, struct result *x, struct err *err)
{
	struct import_seen_entry *seen;
	settle(x);
	if (!x->plugin.n) {
		import_flaw_note(&p->ordinary, x->line);
		return OK;
	}
	if (x->id.n) {
		TRY(import_seen_add(&p->ids, S(""), x->id, &seen, err));
		if (seen->count > 1) {
			import_flaw_note(&p->twice, x->line);
			return OK;
		}
	}
	return count(p, x, err);
}

static enum status read_result(struct import_walk *w, void *record, struct err *err)
{
	struct promptfoo *p = record;
	struct result x = {.line = w->json.line};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a result (an object)", err);
	p->n++;
	w->texts = &p->scratch;
	enum status status = read_members(p, &x, err);
	if (status == OK)
		status = take(p, &x, err);
	arena_release(&p->scratch);
	w->texts = p->in->arena;
	return status;
}

/* ---- the file ---- */

static enum status read_list(struct import_walk *w, void *record, struct err *err)
{
	struct promptfoo *p = record;
	if (w->json.event != JSON_ARRAY)
		return json_expected(&w->json, "a list of results", err);
	p->has_list = true;
	return import_walk_each(w, read_result, p, err);
}

static enum status read_timestamp(struct import_walk *w, void *record, struct err *err)
{
	struct promptfoo *p = record;
	p->timestamp_line = w->json.line;
	return import_walk_text(w, &p->timestamp, err);
}

static enum status read_results(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field stats[] = {INT("successes", promptfoo, successes),
							 INT("failures", promptfoo, failures),
							 INT("errors", promptfoo, errors), END};
	static const struct import_walk_field fields[] = {CALL("timestamp", read_timestamp), CALL("results", read_list),
							  OBJECT("stats", stats), END};
	struct promptfoo *p = record;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "results (an object)", err);
	p->has_results = true;
	p->results_line = w->json.line;
	return import_walk_members(w, fields, p, err);
}

static enum status read_eval(struct promptfoo *p, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT("evalId", promptfoo, eval_id),
							  CALL("results", read_results), END};
	struct json_reader *json = &p->walk.json;
	TRY(json_next(json, err));
	if (json->event != JSON_OBJECT)
		return json_expected(json, "results of promptfoo (an object)", err);
	TRY(import_walk_members(&p->walk, fields, p, err));
	if (!p->has_results || !p->has_list) {
		err_set(err, E_INVALID, "the file has no list of results");
		err_at(err, p->in->from->name, p->results_line, 0);
		err_hint(err, "the file that promptfoo eval --output results.json writes has it in results.results");
		return E_INVALID;
	}
	return json_next(json, err);
}

/* It is when the evaluation was started: the attacks came then or later. */
static enum status read_time(struct promptfoo *p, struct err *err)
{
	struct import_facts *facts = p->in->facts;
	bool has_zone;
	if (!p->timestamp.n) {
		import_flaw_note(&p->no_time, 0);
		return OK;
	}
	if (!time_parse_zone(p->timestamp, &facts->observed_ms, &has_zone)) {
		err_set(err, E_INVALID, "a time in ISO 8601 expected");
		err_at(err, p->in->from->name, p->timestamp_line, 0);
		err_hint(err, "results.timestamp, such as 2026-04-03T10:00:00Z");
		return E_INVALID;
	}
	if (!has_zone)
		import_flaw_note(&p->no_zone, p->timestamp_line);
	facts->has_time = true;
	return OK;
}

/* A sum that overflows is no sum of what was read. */
static void check_stats(struct promptfoo *p)
{
	int64_t sum;
	bool known = p->successes.known && p->failures.known && p->errors.known;
	if (known && (__builtin_add_overflow(p->successes.i64, p->failures.i64, &sum) ||
		      __builtin_add_overflow(sum, p->errors.i64, &sum) || sum != p->n))
		import_flaw_note(&p->stats, 0);
}

static enum status finish(struct promptfoo *p, struct err *err)
{
	TRY(read_time(p, err));
	check_stats(p);
	if (p->tally.first && !p->eval_id.n)
		import_flaw_note(&p->no_run, 0);
	for (struct import_tally_row *x = p->tally.first; x; x = x->next) {
		x->run = p->eval_id;
		if (p->in->facts->has_time)
			import_tally_time(x, p->in->facts->observed_ms);
	}
	p->in->facts->records = p->n;
	TRY(import_tally_name(&p->tally, err));
	return import_tally_push(&p->tally, err);
}

static enum status warn(const struct promptfoo *p, struct err *err)
{
	const struct {
		const struct import_flaw *flaw;
		str message;
	} all[] = {
	    {&p->ordinary, S("a result without a pluginId is an ordinary evaluation, no attack: it is not counted")},
	    {&p->error, S("an attack ended in an error: it is not judged")},
	    {&p->twice, S("a result has the id of an earlier one: it is counted once")},
	    {&p->stats, S("the file's own statistics count another number of results than it holds")},
	    {&p->no_run, S("the evaluation has no id: importing another one of this kind replaces it")},
	    {&p->no_time, S("the results have no timestamp")},
	    {&p->no_zone, S("a time names no zone: taken as UTC")},
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		TRY(import_flaw_warn(p->in, all[i].flaw, all[i].message, err));
	return OK;
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct promptfoo *p = arena_new(in->arena, struct promptfoo, 1);
	if (!p)
		return err_full(err);
	*p = (struct promptfoo){.in = in, .scratch = ARENA(LIMIT_RECORD_BYTES), .ids.arena = in->arena};
	p->tally = (struct import_tally){.in = in, .tool = S("promptfoo"), .feed = S("promptfoo")};
	p->walk.texts = in->arena;
	TRY(json_open(&p->walk.json, in->from, in->arena, err));
	TRY(read_eval(p, err));
	TRY(finish(p, err));
	return warn(p, err);
}

static int sniff(str head, bool complete)
{
	(void)complete;
	return import_walk_shape(head) == IMPORT_WALK_IS_OBJECT && import_walk_has(head, S("evalId")) &&
		       import_walk_has(head, S("results"))
		   ? 100
		   : 0;
}

const struct import_format import_promptfoo = {.name = S("promptfoo"),
					       .title = S("promptfoo red-team results, JSON"),
					       .kinds = EVIDENCE_BIT(EVIDENCE_RED_TEAM),
					       .always = EVIDENCE_BIT(EVIDENCE_RED_TEAM),
					       .sniff = sniff,
					       .read = read_file};
