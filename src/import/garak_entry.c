#include "import/garak.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define AT(member) offsetof(struct import_garak_entry, member)
#define TEXT(name, member)                                                                                             \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_TEXT, .at = AT(member)                                             \
	}
#define INT(name, member)                                                                                              \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_INT, .at = AT(member)                                              \
	}
#define CALL(name, fn)                                                                                                 \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_CALL, .call = (fn)                                                 \
	}
#define END                                                                                                            \
	{                                                                                                              \
		.key = { NULL, 0 }                                                                                     \
	}

/* A count in an eval entry, true or false in old attempts. */
static enum status read_passed(struct import_walk *w, void *record, struct err *err)
{
	struct import_garak_entry *e = record;
	if (w->json.event == JSON_TRUE || w->json.event == JSON_FALSE) {
		e->is_judged = true;
		e->passed_truth = w->json.event == JSON_TRUE;
		return OK;
	}
	return import_walk_int(w, &e->passed, err);
}

/* The score of a hit: only that it is there counts. */
static enum status read_score(struct import_walk *w, void *record, struct err *err)
{
	struct import_garak_entry *e = record;
	e->has_score = true;
	return json_skip(&w->json, err);
}

static enum status read_uuid(struct import_walk *w, void *record, struct err *err)
{
	struct import_garak_entry *e = record;
	return w->json.event == JSON_STRING ? import_walk_text(w, &e->uuid, err) : json_skip(&w->json, err);
}

static enum status add_score(struct import_walk *w, struct import_garak_entry *e, str detector, struct err *err)
{
	char text[64];
	struct import_garak_score *s;
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_NUMBER || w->json.text.n >= sizeof text)
		return json_expected(&w->json, "a score from 0 to 1, or null,", err);
	memcpy(text, w->json.text.p, w->json.text.n);
	text[w->json.text.n] = '\0';
	s = arena_new(w->texts, struct import_garak_score, 1);
	if (!s)
		return err_full(err);
	*s = (struct import_garak_score){e->scores, detector, strtod(text, NULL)};
	e->scores = s;
	return OK;
}

static enum status add_scores(struct import_walk *w, struct import_garak_entry *e, str detector, struct err *err)
{
	if (w->json.event != JSON_ARRAY)
		return json_expected(&w->json, "a list of scores", err);
	for (;;) {
		TRY(json_next(&w->json, err));
		if (w->json.event == JSON_ARRAY_END)
			return OK;
		TRY(add_score(w, e, detector, err));
	}
}

/* {"detector": [score of each answer, null where it gave none]} */
static enum status read_detector_results(struct import_walk *w, void *record, struct err *err)
{
	struct import_garak_entry *e = record;
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an object", err);
	for (;;) {
		TRY(json_next(&w->json, err));
		if (w->json.event == JSON_OBJECT_END)
			return OK;
		str detector = str_copy(w->texts, w->json.text);
		if (!detector.p)
			return err_full(err);
		if (memchr(detector.p, '\0', detector.n))
			return json_expected(&w->json, "a detector without the character U+0000", err);
		TRY(json_next(&w->json, err));
		TRY(add_scores(w, e, detector, err));
	}
}

enum status import_garak_entry(struct import_walk *w, struct import_garak_entry *e, struct err *err)
{
	static const struct import_walk_field meta_setup[] = {TEXT("plugins.target_type", old_type),
							      TEXT("plugins.target_name", old_name), END};
	static const struct import_walk_field meta[] = {
	    TEXT("start_time", start),
	    TEXT("run_uuid", run_id),
	    TEXT("target_type", target_type),
	    TEXT("target_name", target_name),
	    {.key = S("setup"), .type = IMPORT_WALK_OBJECT, .members = meta_setup},
	    END};
	static const struct import_walk_field fields[] = {
	    TEXT("entry_type", type),
	    TEXT("run", run),
	    TEXT("run_id", run_id),
	    CALL("uuid", read_uuid),
	    TEXT("transient.run_id", setup_run),
	    TEXT("start_time", start),
	    TEXT("transient.starttime_iso", setup_start),
	    TEXT("orig_start_time", orig_start),
	    TEXT("end_time", end),
	    TEXT("plugins.target_type", target_type),
	    TEXT("plugins.target_name", target_name),
	    TEXT("plugins.model_type", old_type),
	    TEXT("plugins.model_name", old_name),
	    TEXT("model_type", config_type),
	    TEXT("model_name", config_name),
	    TEXT("run.eval_threshold", threshold),
	    TEXT("probe", probe),
	    TEXT("probe_classname", probe_class),
	    TEXT("detector", detector),
	    TEXT("generator", generator),
	    TEXT("attempt_id", attempt_id),
	    CALL("score", read_score),
	    CALL("passed", read_passed),
	    INT("fails", fails),
	    INT("total", total),
	    INT("total_evaluated", total_evaluated),
	    CALL("detector_results", read_detector_results),
	    {.key = S("meta"), .type = IMPORT_WALK_OBJECT, .members = meta},
	    CALL("eval", import_garak_digest),
	    END};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an entry of garak (an object)", err);
	e->line = w->json.line;
	return import_walk_members(w, fields, e, err);
}
