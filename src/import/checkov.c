/**
 * Checkov's JSON: a report, or a list with a report for each kind of file that it read. Each check of a resource
 * becomes a posture row. Records are pushed as they are read.
 */
#include "import/checkov.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

#include "base/limits.h"

#define IN_RECORD(member) offsetof(struct import_checkov_record, member)
#define TEXT(name, member)                                                                                             \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_TEXT, .at = IN_RECORD(member)                                      \
	}
#define OBJECT(name, list)                                                                                             \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_OBJECT, .members = (list)                                          \
	}
#define CALL(name, fn)                                                                                                 \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_CALL, .call = (fn)                                                 \
	}
#define END                                                                                                            \
	{                                                                                                              \
		.key = { NULL, 0 }                                                                                     \
	}

static const char *const list_names[] = {"passed", "failed", "skipped"};

/* ---- one check of a resource ---- */

static enum status read_record(struct import_walk *w, void *report, struct err *err)
{
	static const struct import_walk_field result[] = {TEXT("result", result), END};
	static const struct import_walk_field record[] = {TEXT("check_id", check),
							  TEXT("check_name", title),
							  TEXT("severity", severity),
							  TEXT("resource", resource),
							  TEXT("file_path", file),
							  OBJECT("check_result", result),
							  END};
	struct import_checkov *c = report;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a check (an object)", err);
	c->counted[c->list]++;
	if (c->left_out)
		return json_skip(&w->json, err);
	struct import_checkov_record r = {.line = w->json.line};
	enum status status = import_walk_members(w, record, &r, err);
	if (status == OK)
		status = import_checkov_row(c, &r, err);
	arena_release(&c->posture.scratch);
	return status;
}

static enum status read_list(struct import_walk *w, struct import_checkov *c, enum import_checkov_list list,
			     struct err *err)
{
	if (!c->has_type)
		return json_expected(&w->json, "check_type before the results", err);
	c->list = list;
	c->listed[list] = true;
	return import_walk_each(w, read_record, c, err);
}

static enum status read_passed(struct import_walk *w, void *report, struct err *err)
{
	return read_list(w, report, IMPORT_CHECKOV_PASSED, err);
}

static enum status read_failed(struct import_walk *w, void *report, struct err *err)
{
	return read_list(w, report, IMPORT_CHECKOV_FAILED, err);
}

static enum status read_skipped(struct import_walk *w, void *report, struct err *err)
{
	return read_list(w, report, IMPORT_CHECKOV_SKIPPED, err);
}

/* A file that it could not read. */
static enum status read_error(struct import_walk *w, void *report, struct err *err)
{
	struct import_checkov *c = report;
	import_flaw_note(&c->unparsed, w->json.line);
	return json_skip(&w->json, err);
}

/* ---- one report ---- */

/* What these list is no check that passes or fails: vulnerable packages and secrets that were found. */
static enum status read_type(struct import_walk *w, void *report, struct err *err)
{
	static const str others[] = {S("sca_package"), S("sca_image"), S("secrets")};
	struct import_checkov *c = report;
	if (w->json.event != JSON_STRING)
		return json_expected(&w->json, "a text", err);
	c->has_type = true;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		c->left_out |= str_eq(w->json.text, others[i]);
	c->typed = import_checkov_typed(w->json.text);
	if (c->left_out)
		import_flaw_note(&c->other_type, w->json.line);
	return OK;
}

/* Stands in a run that found nothing to check, too. */
static enum status read_version(struct import_walk *w, void *report, struct err *err)
{
	((struct import_checkov *)report)->has_version = true;
	return json_skip(&w->json, err);
}

/* The counts must fit the lists; with --quiet only failures are listed, and of what passed nothing is known. */
static enum status check_counts(struct import_checkov *c, struct err *err)
{
	char what[120];
	for (int i = 0; i < IMPORT_CHECKOV_LISTS; i++) {
		const struct evidence_value *said = &c->summary[i];
		if (!said->known || said->i64 == c->counted[i])
			continue;
		if (c->listed[i]) {
			import_flaw_note(&c->counts, c->walk.json.line);
			continue;
		}
		(void)snprintf(what, sizeof what, "the summary counts %" PRId64 " %s checks, but the report lists none",
			       said->i64, list_names[i]);
		err_set(err, E_INVALID, "%s", what);
		err_at(err, c->posture.in->from->name, c->walk.json.line, 0);
		err_hint(err, "run checkov without --quiet: a share needs what passed, too");
		return E_INVALID;
	}
	return OK;
}

static enum status read_report(struct import_walk *w, void *reading, struct err *err)
{
#define COUNT(name, list)                                                                                              \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_INT, .at = offsetof(struct import_checkov, summary[list])          \
	}
	static const struct import_walk_field results[] = {
	    CALL("passed_checks", read_passed),
	    CALL("failed_checks", read_failed),
	    CALL("skipped_checks", read_skipped),
	    {.key = S("parsing_errors"), .type = IMPORT_WALK_ARRAY, .call = read_error},
	    END};
	static const struct import_walk_field summary[] = {COUNT("passed", IMPORT_CHECKOV_PASSED),
							   COUNT("failed", IMPORT_CHECKOV_FAILED),
							   COUNT("skipped", IMPORT_CHECKOV_SKIPPED), END};
	/* A run that found nothing to check writes the counts alone. */
	static const struct import_walk_field report[] = {CALL("check_type", read_type),
							  OBJECT("results", results),
							  OBJECT("summary", summary),
							  COUNT("passed", IMPORT_CHECKOV_PASSED),
							  COUNT("failed", IMPORT_CHECKOV_FAILED),
							  COUNT("skipped", IMPORT_CHECKOV_SKIPPED),
							  CALL("checkov_version", read_version),
							  END};
#undef COUNT
	struct import_checkov *c = reading;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a report (an object)", err);
	c->has_type = c->left_out = c->typed = c->has_version = false;
	for (int i = 0; i < IMPORT_CHECKOV_LISTS; i++) {
		c->listed[i] = false;
		c->counted[i] = 0;
		c->summary[i] = (struct evidence_value){0};
	}
	TRY(import_walk_members(w, report, c, err));
	if (!c->has_type && !c->has_version)
		return json_expected(&w->json, "check_type in the report", err);
	return check_counts(c, err);
}

/* ---- the file ---- */

static enum status warn(const struct import_checkov *c, struct err *err)
{
	const struct import_input *in = c->posture.in;
	TRY(import_flaw_warn(in, &c->other_type,
			     S("a report on packages, images or secrets has no checks that pass: it is left out"),
			     err));
	TRY(import_flaw_warn(in, &c->unparsed, S("checkov could not read a file: nothing is known about it"), err));
	TRY(import_flaw_warn(in, &c->counts, S("the summary counts other results than are listed: those listed count"),
			     err));
	return import_posture_warn(&c->posture, err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct import_checkov *c = arena_new(in->arena, struct import_checkov, 1);
	if (!c)
		return err_full(err);
	c->posture = import_posture_open(in);
	c->walk.texts = &c->posture.scratch;
	TRY(json_open(&c->walk.json, in->from, in->arena, err));
	TRY(json_next(&c->walk.json, err));
	TRY(c->walk.json.event == JSON_ARRAY ? import_walk_each(&c->walk, read_report, c, err)
					     : read_report(&c->walk, c, err));
	TRY(json_next(&c->walk.json, err));
	return warn(c, err);
}

static int sniff(str head, bool complete)
{
	(void)complete;
	if (import_walk_has(head, S("check_type")) && import_walk_has(head, S("results")))
		return 100;
	return import_walk_has(head, S("checkov_version")) ? 90 : 0;
}

const struct import_format import_checkov = {.name = S("checkov"),
					     .title = S("Checkov results, JSON"),
					     .kinds = EVIDENCE_BIT(EVIDENCE_POSTURE),
					     .always = EVIDENCE_BIT(EVIDENCE_POSTURE),
					     .sniff = sniff,
					     .read = read_file};
