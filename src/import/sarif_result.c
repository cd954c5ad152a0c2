#include <stddef.h>
#include <string.h>

#include "base/limits.h"
#include "import/sarif.h"

#define AT(member) offsetof(struct import_sarif_result, member)
#define END                                                                                                            \
	{                                                                                                              \
		.key = { NULL, 0 }                                                                                     \
	}

/* ---- what it says ---- */

static enum status read_message_text(struct import_walk *w, void *record, struct err *err)
{
	struct import_sarif_result *r = record;
	if (w->json.event == JSON_STRING)
		hash_add_field(&r->wording, w->json.text);
	return import_walk_line(w, &r->message, err);
}

/* Arguments and ids of messages tell results apart; they are not kept. */
static enum status read_wording(struct import_walk *w, void *record, struct err *err)
{
	struct import_sarif_result *r = record;
	if (w->json.event == JSON_STRING || w->json.event == JSON_NUMBER) {
		hash_add_field(&r->wording, w->json.text);
		return OK;
	}
	return json_skip(&w->json, err);
}

/* ---- where ---- */

static enum status read_logical(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    {.key = S("fullyQualifiedName"), .type = IMPORT_WALK_TEXT, .at = AT(logical)}, END};
	struct import_sarif_result *r = record;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a logical location (an object)", err);
	if (r->logical.n)
		return json_skip(&w->json, err);
	TRY(import_walk_members(w, fields, r, err));
	hash_add_field(&r->wording, r->logical);
	return OK;
}

static const struct import_walk_field artifact_fields[] = {
    {.key = S("uri"), .type = IMPORT_WALK_TEXT, .at = AT(uri)},
    {.key = S("index"), .type = IMPORT_WALK_INT, .at = AT(artifact)},
    END};

static enum status read_location(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field region[] = {
	    {.key = S("startLine"), .type = IMPORT_WALK_INT, .at = AT(start_line)},
	    {.key = S("startColumn"), .type = IMPORT_WALK_INT, .at = AT(start_column)},
	    END};
	static const struct import_walk_field physical[] = {
	    {.key = S("artifactLocation"), .type = IMPORT_WALK_OBJECT, .members = artifact_fields},
	    {.key = S("region"), .type = IMPORT_WALK_OBJECT, .members = region},
	    END};
	static const struct import_walk_field fields[] = {
	    {.key = S("physicalLocation"), .type = IMPORT_WALK_OBJECT, .members = physical},
	    {.key = S("logicalLocations"), .type = IMPORT_WALK_ARRAY, .call = read_logical},
	    END};
	struct import_sarif_result *r = record;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a location (an object)", err);
	if (r->has_place)
		return json_skip(&w->json, err);
	r->has_place = true;
	r->uri = (str){NULL, 0}; /* of analysisTarget, which is only a substitute */
	r->artifact = (struct evidence_value){0};
	return import_walk_members(w, fields, r, err);
}

static enum status read_target(struct import_walk *w, void *record, struct err *err)
{
	struct import_sarif_result *r = record;
	if (w->json.event != JSON_OBJECT)
		return w->json.event == JSON_NULL ? OK : json_expected(&w->json, "an object", err);
	return r->has_place ? json_skip(&w->json, err) : import_walk_members(w, artifact_fields, r, err);
}

/* ---- fingerprints and suppressions ---- */

static uint64_t half(const char *hex)
{
	uint64_t v = 0;
	for (int i = 0; i < 16; i++)
		v = v << 4 | (uint64_t)(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
	return v;
}

static enum status add_mark(struct import_walk *w, struct import_sarif_mark *m, str key, struct err *err)
{
	struct hash h;
	char hex[HASH_TEXT];
	if (str_eq(key, S("primaryLocationLineHash")))
		return import_walk_text(w, &m->primary, err);
	hash_init(&h);
	hash_add_field(&h, key);
	hash_add_field(&h, w->json.text);
	(void)hash_hex(&h, hex);
	m->sum[0] += half(hex);
	m->sum[1] += half(hex + 16);
	m->n++;
	return OK;
}

static enum status read_marks(struct import_walk *w, struct import_sarif_result *r, struct import_sarif_mark *m,
			      struct err *err)
{
	str key;
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an object", err);
	for (;;) {
		TRY(json_next(&w->json, err));
		if (w->json.event == JSON_OBJECT_END)
			return OK;
		key = str_copy(w->texts, w->json.text);
		if (!key.p)
			return err_full(err);
		TRY(json_next(&w->json, err));
		if (w->json.event == JSON_STRING && str_eq(w->json.text, S("requires login"))) {
			import_flaw_note(&r->log->login, r->line);
		} else if (w->json.event == JSON_STRING) {
			TRY(add_mark(w, m, key, err));
		} else {
			import_flaw_note(&r->log->fingerprint, r->line);
			TRY(json_skip(&w->json, err));
		}
	}
}

static enum status read_full(struct import_walk *w, void *record, struct err *err)
{
	struct import_sarif_result *r = record;
	return read_marks(w, r, &r->full, err);
}

static enum status read_partial(struct import_walk *w, void *record, struct err *err)
{
	struct import_sarif_result *r = record;
	return read_marks(w, r, &r->partial, err);
}

struct suppression {
	str status, state;
};

static enum status read_suppression(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    {.key = S("status"), .type = IMPORT_WALK_TEXT, .at = offsetof(struct suppression, status)},
	    {.key = S("state"), .type = IMPORT_WALK_TEXT, .at = offsetof(struct suppression, state)},
	    END};
	struct import_sarif_result *r = record;
	struct suppression s = {0};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a suppression (an object)", err);
	TRY(import_walk_members(w, fields, &s, err));
	if (!s.status.n && s.state.n) {
		import_flaw_note(&r->log->draft, r->line);
		s.status = s.state;
	}
	r->suppressions++;
	r->rejected += s.status.n && !str_eq_fold(s.status, S("accepted"));
	return OK;
}

/* ---- the result ---- */

static enum status read_score(struct import_walk *w, void *record, struct err *err)
{
	struct import_sarif_result *r = record;
	if (w->json.event == JSON_STRING || w->json.event == JSON_NUMBER)
		return import_walk_text(w, &r->score, err);
	return json_skip(&w->json, err);
}

static enum status read_properties(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    {.key = S("security-severity"), .type = IMPORT_WALK_CALL, .call = read_score}, END};
	return w->json.event == JSON_OBJECT ? import_walk_members(w, fields, record, err) : json_skip(&w->json, err);
}

static enum status read_members(struct import_walk *w, struct import_sarif_result *r, struct err *err)
{
	static const struct import_walk_field component[] = {
	    {.key = S("index"), .type = IMPORT_WALK_INT, .at = AT(component_index)}, END};
	static const struct import_walk_field rule[] = {
	    {.key = S("id"), .type = IMPORT_WALK_TEXT, .at = AT(rule_ref_id)},
	    {.key = S("index"), .type = IMPORT_WALK_INT, .at = AT(rule_ref_index)},
	    {.key = S("toolComponent"), .type = IMPORT_WALK_OBJECT, .members = component},
	    END};
	static const struct import_walk_field message[] = {
	    {.key = S("text"), .type = IMPORT_WALK_CALL, .call = read_message_text},
	    {.key = S("id"), .type = IMPORT_WALK_CALL, .call = read_wording},
	    {.key = S("arguments"), .type = IMPORT_WALK_ARRAY, .call = read_wording},
	    END};
	static const struct import_walk_field provenance[] = {
	    {.key = S("firstDetectionTimeUtc"), .type = IMPORT_WALK_TEXT, .at = AT(first_seen)}, END};
	static const struct import_walk_field fields[] = {
	    {.key = S("ruleId"), .type = IMPORT_WALK_TEXT, .at = AT(rule_id)},
	    {.key = S("ruleIndex"), .type = IMPORT_WALK_INT, .at = AT(rule_index)},
	    {.key = S("rule"), .type = IMPORT_WALK_OBJECT, .members = rule},
	    {.key = S("level"), .type = IMPORT_WALK_TEXT, .at = AT(level)},
	    {.key = S("kind"), .type = IMPORT_WALK_TEXT, .at = AT(kind)},
	    {.key = S("baselineState"), .type = IMPORT_WALK_TEXT, .at = AT(baseline)},
	    {.key = S("message"), .type = IMPORT_WALK_OBJECT, .members = message},
	    {.key = S("locations"), .type = IMPORT_WALK_ARRAY, .call = read_location},
	    {.key = S("analysisTarget"), .type = IMPORT_WALK_CALL, .call = read_target},
	    {.key = S("fingerprints"), .type = IMPORT_WALK_CALL, .call = read_full},
	    {.key = S("partialFingerprints"), .type = IMPORT_WALK_CALL, .call = read_partial},
	    {.key = S("correlationGuid"), .type = IMPORT_WALK_TEXT, .at = AT(correlation)},
	    {.key = S("suppressions"), .type = IMPORT_WALK_ARRAY, .call = read_suppression},
	    {.key = S("provenance"), .type = IMPORT_WALK_OBJECT, .members = provenance},
	    {.key = S("properties"), .type = IMPORT_WALK_CALL, .call = read_properties},
	    END};
	return import_walk_members(w, fields, r, err);
}

enum status import_sarif_result(struct import_walk *w, void *log, struct err *err)
{
	struct import_sarif *s = log;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a result (an object)", err);
	struct import_sarif_result r = {
	    .log = s, .run = s->current, .record = ++s->in->facts->records, .line = w->json.line};
	hash_init(&r.wording);
	enum status status = read_members(w, &r, err);
	if (status == OK)
		status = import_sarif_row(s, &r, err);
	arena_release(&s->scratch);
	return status;
}
