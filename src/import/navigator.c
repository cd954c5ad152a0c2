/**
 * Layers of the ATT&CK Navigator for MITRE ATLAS (JSON): the techniques that somebody says are detected.
 *
 * A layer is a painted matrix, and its scores mean what its maker wants: how often a technique was seen, how bad it is,
 * or that there is a detection. So a layer must say that it is about detections, in its own metadata, and even then it
 * is a claim: that a detection runs or was tested is not in it.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

#include "base/limits.h"
#include "import/formats.h"
#include "import/seen.h"
#include "import/walk.h"

#define HINT "add {\"name\": \"aismm\", \"value\": \"detections\"} to the metadata of a layer whose scores mean that"

#define END                                                                                                            \
	{                                                                                                              \
		.key = { NULL, 0 }                                                                                     \
	}
#define TEXT(name, type_of, member)                                                                                    \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_TEXT, .at = offsetof(struct type_of, member)                       \
	}
#define CALL(name, fn)                                                                                                 \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_CALL, .call = (fn)                                                 \
	}

struct navigator {
	struct import_input *in;
	struct import_walk walk;
	struct arena scratch; /* of the current entry */
	str domain, name;
	bool has_techniques, is_claimed; /* it says that it is about detections */
	struct import_seen seen;         /* techniques of which a row was pushed: they stand once per tactic */
};

struct entry {
	str technique;
	bool positive, disabled;
};

struct label {
	str name, value;
};

static enum status refuse(const struct navigator *n, int64_t line, const char *what, const char *hint, struct err *err)
{
	err_set(err, E_INVALID, "%s", what);
	err_at(err, n->in->from->name, line, 0);
	err_hint(err, "%s", hint);
	return E_INVALID;
}

/* ---- an entry: a technique, once for each tactic it belongs to ---- */

/* Above 0: a digit that is not 0 stands before the exponent. */
static bool is_positive(str number)
{
	for (size_t i = 0; i < number.n && number.p[0] != '-'; i++) {
		if (number.p[i] == 'e' || number.p[i] == 'E')
			return false;
		if (number.p[i] >= '1' && number.p[i] <= '9')
			return true;
	}
	return false;
}

static enum status read_score(struct import_walk *w, void *record, struct err *err)
{
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_NUMBER)
		return json_expected(&w->json, "a score (a number)", err);
	((struct entry *)record)->positive = is_positive(w->json.text);
	return OK;
}

static enum status read_enabled(struct import_walk *w, void *record, struct err *err)
{
	if (w->json.event != JSON_TRUE && w->json.event != JSON_FALSE && w->json.event != JSON_NULL)
		return json_expected(&w->json, "true or false", err);
	((struct entry *)record)->disabled = w->json.event == JSON_FALSE;
	return OK;
}

static bool digits(str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] < '0' || text.p[i] > '9')
			return false;
	return true;
}

/* "AML.T0051" or "AML.T0051.001". */
static bool is_technique(str id)
{
	bool whole = id.n == 9 || (id.n == 13 && id.p[9] == '.');
	return whole && str_starts(id, S("AML.T")) && digits(str_slice(id, 5, 9)) && digits(str_slice(id, 10, 13));
}

static enum status push(struct navigator *n, str technique, int64_t line, struct err *err)
{
	struct evidence_record r = {
	    .kind = EVIDENCE_DETECTION, .id = technique, .main = true, .record = n->in->facts->records, .line = line};
	struct import_seen_entry *seen;
	TRY(import_seen_add(&n->seen, S(""), technique, &seen, err));
	if (seen->count > 1)
		return OK;
	evidence_set_text(&r, S("technique"), technique);
	return n->in->sink->record(n->in->sink->ctx, &r, err);
}

static enum status take_entry(struct navigator *n, struct import_walk *w, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    TEXT("techniqueID", entry, technique), CALL("score", read_score), CALL("enabled", read_enabled), END};
	struct entry e = {0};
	int64_t line = w->json.line;
	char shown[IMPORT_WALK_SHOW], what[160];
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a technique (an object)", err);
	n->in->facts->records++;
	TRY(import_walk_members(w, fields, &e, err));
	if (!is_technique(e.technique)) {
		(void)snprintf(what, sizeof what, "entry %" PRId64 ": \"%s\" is no technique of ATLAS",
			       n->in->facts->records, import_walk_show(e.technique, shown));
		return refuse(n, line, what, "such as AML.T0051 or AML.T0051.001", err);
	}
	return e.positive && !e.disabled ? push(n, e.technique, line, err) : OK;
}

static enum status read_entry(struct import_walk *w, void *record, struct err *err)
{
	struct navigator *n = record;
	w->texts = &n->scratch;
	enum status status = take_entry(n, w, err);
	w->texts = n->in->arena;
	arena_release(&n->scratch);
	return status;
}

static enum status read_entries(struct import_walk *w, void *record, struct err *err)
{
	((struct navigator *)record)->has_techniques = w->json.event == JSON_ARRAY;
	return import_walk_each(w, read_entry, record, err);
}

/* ---- the layer ---- */

/* A value that is no text is none of ours. */
static enum status read_value(struct import_walk *w, void *record, struct err *err)
{
	if (w->json.event != JSON_STRING)
		return json_skip(&w->json, err);
	return import_walk_text(w, &((struct label *)record)->value, err);
}

static enum status read_label(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT("name", label, name), CALL("value", read_value), END};
	struct navigator *n = record;
	struct label label = {0};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an entry of the metadata (an object)", err);
	TRY(import_walk_members(w, fields, &label, err));
	if (str_eq_fold(label.name, S("aismm")))
		n->is_claimed = str_eq_fold(label.value, S("detections"));
	return OK;
}

static enum status read_labels(struct import_walk *w, void *record, struct err *err)
{
	return import_walk_each(w, read_label, record, err);
}

static enum status check_layer(const struct navigator *n, struct err *err)
{
	char shown[IMPORT_WALK_SHOW], what[160];
	if (!str_eq(n->domain, S("atlas-atlas")) && !str_eq(n->domain, S("atlas"))) {
		(void)snprintf(what, sizeof what, "a layer of the domain \"%s\", where one of ATLAS was expected",
			       import_walk_show(n->domain, shown));
		return refuse(n, 0, what, "the techniques of ATT&CK are another catalogue", err);
	}
	if (!n->has_techniques)
		return refuse(n, 0, "a layer without techniques", "was the file cut?", err);
	if (n->is_claimed)
		return OK;
	return refuse(n, 0, "the layer does not say that its scores mean detections", HINT, err);
}

static enum status name_feed(const struct navigator *n, struct err *err)
{
	if (!n->name.n)
		return OK;
	str name = import_walk_join(n->in->arena, (str[]){S("navigator"), n->name}, 2, ':');
	n->in->facts->identity = name.p ? import_seen_fit(n->in->arena, name) : name;
	return n->in->facts->identity.p ? OK : err_full(err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT("domain", navigator, domain),
							  TEXT("name", navigator, name), CALL("metadata", read_labels),
							  CALL("techniques", read_entries), END};
	struct navigator *n = arena_new(in->arena, struct navigator, 1);
	if (!n)
		return err_full(err);
	*n = (struct navigator){
	    .in = in, .scratch = ARENA(LIMIT_RECORD_BYTES), .walk.texts = in->arena, .seen.arena = in->arena};
	TRY(json_open(&n->walk.json, in->from, in->arena, err));
	TRY(json_next(&n->walk.json, err));
	if (n->walk.json.event != JSON_OBJECT)
		return json_expected(&n->walk.json, "a layer (an object)", err);
	TRY(import_walk_members(&n->walk, fields, n, err));
	TRY(json_next(&n->walk.json, err));
	TRY(check_layer(n, err));
	return name_feed(n, err);
}

/* Any layer: one of another domain, or that means something else, is ours to refuse by name. */
static int sniff(str head, bool complete)
{
	(void)complete;
	return import_walk_shape(head) == IMPORT_WALK_IS_OBJECT && import_walk_has(head, S("domain")) &&
		       import_walk_has(head, S("techniques"))
		   ? 90
		   : 0;
}

const struct import_format import_navigator = {.name = S("navigator"),
					       .title = S("ATT&CK Navigator layers of ATLAS, JSON"),
					       .kinds = EVIDENCE_BIT(EVIDENCE_DETECTION),
					       .always = EVIDENCE_BIT(EVIDENCE_DETECTION),
					       .sniff = sniff,
					       .read = read_file};
