/**
 * Attempts of attacks, CSV: one row per attempt, counted here per run, target, attack and class.
 *
 * Two forms: the results of AI-Infra-Guard's agent harness, told by their column sink_fired, and a plain form that
 * others can be brought into (PyRIT and the like). The outcome speaks of the attack: its failure is the target's
 * success.
 */
#include <stddef.h>
#include <stdio.h>

#include "base/csv.h"
#include "base/limits.h"
#include "base/time.h"
#include "import/formats.h"
#include "import/tally.h"
#include "import/walk.h"

enum column { RUN, TARGET, ATTACK, CLASS, OUTCOME, TIME, TOOL, SINK_FIRED, COLUMNS };

struct attempts {
	struct import_input *in;
	struct csv_reader csv;
	int at[COLUMNS]; /* -1: the file has no such column */
	bool is_guard;
	struct import_tally tally;
	struct import_flaw unjudged, no_target, no_run, no_time, class_word, no_zone;
};

static const struct {
	str name;
	enum column column;
} names[] = {
    {S("run"), RUN},     {S("target"), TARGET},         {S("attack"), ATTACK}, {S("probe"), ATTACK},
    {S("class"), CLASS}, {S("outcome"), OUTCOME},       {S("time"), TIME},     {S("timestamp"), TIME},
    {S("tool"), TOOL},   {S("sink_fired"), SINK_FIRED},
};

/* Words for an outcome, folded; what stands before the last dot ("AttackOutcome.") does not count. */
static const struct {
	str word;
	enum import_tally_outcome outcome;
} outcomes[] = {
    {S("success"), IMPORT_TALLY_FAILED},          {S("succeeded"), IMPORT_TALLY_FAILED},
    {S("successful"), IMPORT_TALLY_FAILED},       {S("full_success"), IMPORT_TALLY_FAILED},
    {S("failure"), IMPORT_TALLY_PASSED},          {S("failed"), IMPORT_TALLY_PASSED},
    {S("refused"), IMPORT_TALLY_PASSED},          {S("blocked"), IMPORT_TALLY_PASSED},
    {S("withstood"), IMPORT_TALLY_PASSED},        {S("undetermined"), IMPORT_TALLY_UNJUDGED},
    {S("unknown"), IMPORT_TALLY_UNJUDGED},        {S("error"), IMPORT_TALLY_UNJUDGED},
    {S("skipped"), IMPORT_TALLY_UNJUDGED},        {S("not_reached"), IMPORT_TALLY_UNJUDGED},
    {S("not_applicable"), IMPORT_TALLY_UNJUDGED},
};

static const str classes[] = {S("prompt_injection"), S("jailbreak"), S("leakage"),       S("toxicity"),
			      S("malware"),          S("encoding"),  S("hallucination"), S("other")};

static str cell(const struct attempts *a, enum column c)
{
	return a->at[c] < 0 ? (str){NULL, 0} : str_trim(a->csv.cells[a->at[c]]);
}

static enum status refuse(const struct attempts *a, enum column c, const char *expected, const char *hint,
			  struct err *err)
{
	char shown[IMPORT_WALK_SHOW];
	err_set(err, E_INVALID, "%s expected, not \"%s\"", expected, import_walk_show(cell(a, c), shown));
	err_hint(err, "%s", hint);
	return csv_at(&a->csv, (size_t)a->at[c], err);
}

/* ---- the header ---- */

static enum status map_columns(struct attempts *a, struct err *err)
{
	for (int c = 0; c < COLUMNS; c++)
		a->at[c] = -1;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		int at = csv_column(&a->csv, names[i].name);
		if (at < 0)
			continue;
		if (a->at[names[i].column] >= 0) {
			err_set(err, E_INVALID, "two columns mean the same: %.*s and %.*s",
				STR_ARG(a->csv.columns[a->at[names[i].column]]), STR_ARG(a->csv.columns[at]));
			err_at(err, a->in->from->name, 1, 0);
			err_hint(err, "keep one of them");
			return E_INVALID;
		}
		a->at[names[i].column] = at;
	}
	a->is_guard = a->at[SINK_FIRED] >= 0;
	if (a->at[ATTACK] >= 0 && a->at[OUTCOME] >= 0)
		return OK;
	err_set(err, E_INVALID, "a table of attempts has the columns attack (or probe) and outcome");
	err_at(err, a->in->from->name, 1, 0);
	err_hint(err, "the others are run, target, class, time and tool; docs/formats.md says what they hold");
	return E_INVALID;
}

/* ---- a row ---- */

static bool read_truth(str text, bool *out)
{
	*out = str_eq_fold(text, S("true")) || str_eq(text, S("1"));
	return *out || str_eq_fold(text, S("false")) || str_eq(text, S("0"));
}

static bool find_outcome(str text, enum import_tally_outcome *out)
{
	str head, tail = text;
	while (str_cut(tail, '.', &head, &tail))
		text = tail;
	for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
		if (!import_same_word(text, outcomes[i].word))
			continue;
		*out = outcomes[i].outcome;
		return true;
	}
	return false;
}

/**
 * The guard judges several times; that the forbidden action was really carried out is the hard proof. What never
 * reached the agent was no attempt.
 */
static enum status read_guard(const struct attempts *a, enum import_tally_outcome *out, struct err *err)
{
	bool fired;
	enum import_tally_outcome word = IMPORT_TALLY_PASSED;
	if (!read_truth(cell(a, SINK_FIRED), &fired))
		return refuse(a, SINK_FIRED, "True or False", "was the file changed?", err);
	*out = fired ? IMPORT_TALLY_FAILED : IMPORT_TALLY_PASSED;
	if (!fired && (!cell(a, OUTCOME).n || (find_outcome(cell(a, OUTCOME), &word) && word == IMPORT_TALLY_UNJUDGED)))
		*out = IMPORT_TALLY_UNJUDGED;
	return OK;
}

static enum status read_outcome(const struct attempts *a, enum import_tally_outcome *out, struct err *err)
{
	if (a->is_guard)
		return read_guard(a, out, err);
	*out = IMPORT_TALLY_UNJUDGED;
	if (!cell(a, OUTCOME).n || find_outcome(cell(a, OUTCOME), out))
		return OK;
	return refuse(a, OUTCOME, "success, failure or undetermined",
		      "of the attack: success when it reached its goal, failure when the target withstood", err);
}

static str read_class(struct attempts *a)
{
	str text = cell(a, CLASS);
	if (a->is_guard && !text.n)
		return S("prompt_injection");
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		if (import_same_word(text, classes[i]))
			return classes[i];
	if (text.n)
		import_flaw_note(&a->class_word, a->csv.line);
	return text;
}

static enum status read_tool(struct attempts *a, struct err *err)
{
	str tool = a->is_guard ? S("ai-infra-guard") : cell(a, TOOL);
	if (a->csv.record == 1) {
		a->tally.tool = str_copy(a->in->arena, tool);
		a->tally.feed = tool.n ? a->tally.tool : S("attempts");
		return a->tally.tool.p ? OK : err_full(err);
	}
	if (str_eq(tool, a->tally.tool))
		return OK;
	return refuse(a, TOOL, "the same tool as in the first row", "a file has the attempts of one tool", err);
}

/* Only what was judged makes a result as fresh as it is. */
static enum status read_time(struct attempts *a, struct import_tally_row *row, bool judged, struct err *err)
{
	struct import_facts *facts = a->in->facts;
	bool has_zone;
	int64_t ms;
	str text = cell(a, TIME);
	if (!text.n) {
		import_flaw_note(&a->no_time, a->csv.line);
		return OK;
	}
	if (!time_parse_zone(text, &ms, &has_zone))
		return refuse(a, TIME, "a time in ISO 8601", "such as 2026-04-03T10:00:00Z", err);
	if (!has_zone && text.n > S("2026-04-03").n)
		import_flaw_note(&a->no_zone, a->csv.line);
	if (judged)
		import_tally_time(row, ms);
	if (!facts->has_time || ms > facts->observed_ms)
		facts->observed_ms = ms;
	facts->has_time = true;
	return OK;
}

static enum status read_row(struct attempts *a, struct err *err)
{
	enum import_tally_outcome outcome;
	struct import_tally_row *row = NULL, key = {.record = a->csv.record, .line = a->csv.line};
	TRY(read_tool(a, err));
	TRY(read_outcome(a, &outcome, err));
	key.run = cell(a, RUN);
	key.system = cell(a, TARGET);
	key.probe = cell(a, ATTACK);
	key.class = read_class(a);
	if (!key.probe.n)
		return refuse(a, ATTACK, "the name of the attack", "each row is an attempt of one attack", err);
	if (!key.system.n)
		import_flaw_note(&a->no_target, key.line);
	if (!key.run.n)
		import_flaw_note(&a->no_run, key.line);
	TRY(import_tally_find(&a->tally, &key, &row, err));
	import_tally_count(row, outcome);
	if (outcome == IMPORT_TALLY_UNJUDGED)
		import_flaw_note(&a->unjudged, key.line);
	a->in->facts->records++;
	return read_time(a, row, outcome != IMPORT_TALLY_UNJUDGED, err);
}

/* ---- the file ---- */

static enum status warn(const struct attempts *a, struct err *err)
{
	const struct {
		const struct import_flaw *flaw;
		str message;
	} all[] = {
	    {&a->unjudged, S("an attempt was not judged or never reached its target: it is not counted")},
	    {&a->no_target, S("an attempt does not say what was attacked")},
	    {&a->no_run, S("an attempt belongs to no run: importing others of this kind replaces it")},
	    {&a->no_time, S("an attempt has no time")},
	    {&a->no_zone, S("a time names no zone: taken as UTC")},
	    {&a->class_word, S("a class is none of the known words: it is kept, but checks will not know it")},
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		TRY(import_flaw_warn(a->in, all[i].flaw, all[i].message, err));
	return OK;
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct attempts *a = arena_new(in->arena, struct attempts, 1);
	if (!a)
		return err_full(err);
	*a = (struct attempts){.in = in};
	a->tally = (struct import_tally){.in = in, .class_in_id = true};
	TRY(csv_open(&a->csv, in->from, in->arena, err));
	TRY(map_columns(a, err));
	a->tally.class_in_id = !a->is_guard;
	for (bool more = true;;) {
		TRY(csv_next(&a->csv, &more, err));
		if (!more)
			break;
		TRY(read_row(a, err));
	}
	TRY(import_tally_name(&a->tally, err));
	TRY(import_tally_push(&a->tally, err));
	return warn(a, err);
}

/* An id is what tables of evidence have, and counts what summaries have. */
static int sniff(str head, bool complete)
{
	(void)complete;
	if (!import_table_has(head, S("outcome")) || import_table_has(head, S("id")))
		return 0;
	if (!import_table_has(head, S("attack")) && !import_table_has(head, S("probe")))
		return 0;
	return import_table_has(head, S("passed")) || import_table_has(head, S("total")) ? 0 : 95;
}

const struct import_format import_attempts = {.name = S("attempts"),
					      .title = S("attempts of attacks, CSV (AI-Infra-Guard, PyRIT)"),
					      .kinds = EVIDENCE_BIT(EVIDENCE_RED_TEAM),
					      .always = EVIDENCE_BIT(EVIDENCE_RED_TEAM),
					      .sniff = sniff,
					      .read = read_file};
