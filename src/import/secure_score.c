/**
 * Microsoft Secure Score, as Graph gives it (GET /security/secureScores): each
 * control of the newest score becomes a posture row. The total is no row: it is
 * a sum of points, most of which have nothing to do with AI. The file is read
 * twice: first to find the newest score, then for its controls.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

#include "import/posture.h"

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

struct reading {
	struct import_posture posture;
	struct import_walk walk;
	int64_t n_scores, newest; /* counted from 1 */
	str tenant;
	bool has_time;
	bool is_page;    /* the scores stand in `value` */
	int64_t time_ms; /* of the newest */
	struct import_flaw older, next_page;
};

/* One day's score. */
struct score {
	struct reading *reading;
	str tenant, created;
	bool has_value, has_controls;
};

struct control {
	int64_t line;
	str name, category, total, synced;
	bool has_percent, full;
};

static enum status refuse(const struct reading *s, int64_t line, const char *what, const char *hint, struct err *err)
{
	err_set(err, E_INVALID, "%s", what);
	err_at(err, s->posture.in->from->name, line, 0);
	err_hint(err, "%s", hint);
	return E_INVALID;
}

/* *known = false for none and for the zero of a language. */
static enum status read_time(struct reading *s, str text, int64_t line, bool *known, int64_t *ms, struct err *err)
{
	char shown[IMPORT_WALK_SHOW], what[120];
	*known = false;
	if (!text.n || str_starts(text, S("0001-01-01")))
		return OK;
	*known = import_posture_time(&s->posture, text, line, ms);
	if (*known)
		return OK;
	(void)snprintf(what, sizeof what, "\"%s\" is no time", import_walk_show(text, shown));
	return refuse(s, line, what, "ISO 8601 expected, such as 2026-04-03T10:00:00Z", err);
}

/* ---- first: the newest score ---- */

static enum status keep_newest(struct reading *s, const struct score *x, int64_t line, struct err *err)
{
	int64_t ms = 0;
	bool known;
	if (!x->has_controls)
		return json_expected(&s->walk.json, "controlScores in the score", err);
	TRY(read_time(s, x->created, line, &known, &ms, err));
	s->n_scores++;
	if (s->n_scores > 1 && !str_eq(x->tenant, s->tenant))
		return refuse(s, line, "the scores are of several tenants", "import each tenant's file alone", err);
	if (s->n_scores == 1 && !(s->tenant = str_copy(s->posture.in->arena, x->tenant)).p)
		return err_full(err);
	if (s->n_scores > 1)
		import_flaw_note(&s->older, line);
	if (s->n_scores > 1 && (!known || (s->has_time && ms <= s->time_ms)))
		return OK;
	s->newest = s->n_scores;
	s->has_time = known;
	s->time_ms = ms;
	return OK;
}

static enum status note_controls(struct import_walk *w, void *score, struct err *err)
{
	if (w->json.event != JSON_ARRAY)
		return json_expected(&w->json, "a list", err);
	((struct score *)score)->has_controls = true;
	return json_skip(&w->json, err);
}

static enum status note_score(struct import_walk *w, void *reading, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT("azureTenantId", score, tenant),
							  TEXT("createdDateTime", score, created),
							  CALL("controlScores", note_controls), END};
	struct reading *s = reading;
	struct score x = {.reading = s};
	int64_t line = w->json.line;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a score (an object)", err);
	enum status status = import_walk_members(w, fields, &x, err);
	if (status == OK)
		status = keep_newest(s, &x, line, err);
	arena_release(&s->posture.scratch);
	return status;
}

static enum status note_scores(struct import_walk *w, void *score, struct err *err)
{
	struct score *x = score;
	x->has_value = x->reading->is_page = true;
	return import_walk_each(w, note_score, x->reading, err);
}

static enum status note_page(struct import_walk *w, void *score, struct err *err)
{
	struct score *x = score;
	if (w->json.event == JSON_STRING)
		import_flaw_note(&x->reading->next_page, w->json.line);
	return json_skip(&w->json, err);
}

/* A page of scores, or a score alone. */
static enum status note_object(struct reading *s, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    CALL("value", note_scores),           CALL("@odata.nextLink", note_page),
	    TEXT("azureTenantId", score, tenant), TEXT("createdDateTime", score, created),
	    CALL("controlScores", note_controls), END};
	struct score x = {.reading = s};
	int64_t line = s->walk.json.line;
	enum status status = import_walk_members(&s->walk, fields, &x, err);
	if (status == OK && !x.has_value)
		status = keep_newest(s, &x, line, err);
	arena_release(&s->posture.scratch);
	return status;
}

/* ---- then: its controls ---- */

static enum status push(struct reading *s, const struct control *x, struct err *err)
{
	static const str copilot = S("copilot");
	struct evidence_record r = {.kind = EVIDENCE_POSTURE, .main = true, .line = x->line};
	int64_t ms = s->time_ms;
	bool known, ai = false;
	r.record = ++s->posture.in->facts->records;
	TRY(read_time(s, x->synced, x->line, &known, &ms, err));
	if (!known)
		ms = s->time_ms;
	/* Full points for all of nobody are no pass. */
	if (str_eq(x->total, S("0")))
		evidence_set_text(&r, S("status"), S("not_applicable"));
	else if (x->has_percent)
		evidence_set_text(&r, S("status"), x->full ? S("pass") : S("fail"));
	else
		import_flaw_note(&s->posture.no_status, x->line);
	for (size_t i = 0; i + copilot.n <= x->name.n && !ai; i++)
		ai = str_eq_fold(str_slice(x->name, i, i + copilot.n), copilot);
	evidence_set_text(&r, S("check_id"), x->name);
	evidence_set_text(&r, S("service"), x->category);
	evidence_set_bool(&r, S("ai"), ai);
	evidence_set_text(&r, S("account"), s->tenant);
	evidence_set_text(&r, S("provider"), S("m365"));
	evidence_set_text(&r, S("tool"), S("secure_score"));
	if (known || s->has_time)
		import_posture_checked(&s->posture, &r, ms);
	else
		import_flaw_note(&s->posture.no_time, x->line);
	return import_posture_push(&s->posture, &r, (str[]){x->name, s->tenant, {NULL, 0}}, err);
}

static enum status read_percent(struct import_walk *w, void *control, struct err *err)
{
	struct control *x = control;
	int64_t v = 0;
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_NUMBER)
		return json_expected(&w->json, "a number", err);
	x->has_percent = true;
	x->full = json_i64(&w->json, &v) && v == 100;
	return OK;
}

static enum status read_control(struct import_walk *w, void *reading, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    TEXT("controlName", control, name),      TEXT("controlCategory", control, category),
	    TEXT("total", control, total),           TEXT("lastSynced", control, synced),
	    CALL("scoreInPercentage", read_percent), END};
	struct reading *s = reading;
	struct control x = {.line = w->json.line};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a control (an object)", err);
	enum status status = import_walk_members(w, fields, &x, err);
	if (status == OK && !x.name.n)
		status = json_expected(&w->json, "a controlName in the control", err);
	if (status == OK)
		status = push(s, &x, err);
	arena_release(&s->posture.scratch);
	return status;
}

static enum status read_controls(struct import_walk *w, void *reading, struct err *err)
{
	return import_walk_each(w, read_control, reading, err);
}

static enum status read_score(struct import_walk *w, void *reading, struct err *err)
{
	static const struct import_walk_field fields[] = {CALL("controlScores", read_controls), END};
	struct reading *s = reading;
	return ++s->n_scores == s->newest ? import_walk_members(w, fields, s, err) : json_skip(&w->json, err);
}

static enum status read_scores(struct import_walk *w, void *reading, struct err *err)
{
	return import_walk_each(w, read_score, reading, err);
}

static enum status read_object(struct reading *s, struct err *err)
{
	static const struct import_walk_field page[] = {CALL("value", read_scores), END};
	static const struct import_walk_field score[] = {CALL("controlScores", read_controls), END};
	return import_walk_members(&s->walk, s->is_page ? page : score, s, err);
}

/* ---- the file ---- */

static enum status begin(struct reading *s, struct err *err)
{
	s->n_scores = 0;
	s->walk = (struct import_walk){.texts = &s->posture.scratch};
	TRY(json_open(&s->walk.json, s->posture.in->from, s->posture.in->arena, err));
	return json_next(&s->walk.json, err);
}

static enum status find_newest(struct reading *s, struct err *err)
{
	TRY(begin(s, err));
	if (s->walk.json.event == JSON_ARRAY)
		TRY(import_walk_each(&s->walk, note_score, s, err));
	else if (s->walk.json.event == JSON_OBJECT)
		TRY(note_object(s, err));
	else
		return json_expected(&s->walk.json, "scores (an object or a list)", err);
	return json_next(&s->walk.json, err);
}

static enum status read_newest(struct reading *s, struct err *err)
{
	TRY(begin(s, err));
	if (s->walk.json.event == JSON_ARRAY)
		TRY(import_walk_each(&s->walk, read_score, s, err));
	else
		TRY(read_object(s, err));
	return json_next(&s->walk.json, err);
}

static enum status warn(const struct reading *s, struct err *err)
{
	const struct import_input *in = s->posture.in;
	TRY(import_flaw_warn(in, &s->older, S("the file has scores of several days: the newest counts"), err));
	TRY(import_flaw_warn(in, &s->next_page, S("the file is one page of several: the newest score in it counts"),
			     err));
	return import_posture_warn(&s->posture, err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	str whole = in->from->text;
	struct reading *s = arena_new(in->arena, struct reading, 1);
	if (!s)
		return err_full(err);
	s->posture = import_posture_open(in);
	TRY(find_newest(s, err));
	if (s->n_scores) {
		enum status status =
		    import_posture_source(&s->posture, (str[]){S("secure_score"), S("m365"), s->tenant}, 0, err);
		arena_release(&s->posture.scratch);
		TRY(status);
	}
	TRY(source_rewind(in->from, whole, err));
	TRY(read_newest(s, err));
	return warn(s, err);
}

static int sniff(str head, bool complete)
{
	(void)complete;
	if (import_walk_has(head, S("azureTenantId")) && import_walk_has(head, S("controlScores")))
		return 100;
	return import_walk_has(head, S("value")) && str_find(head, S("\"azureTenantId\"")) >= 0 &&
		       str_find(head, S("\"controlScores\"")) >= 0
		   ? 95
		   : 0;
}

const struct import_format import_secure_score = {.name = S("secure_score"),
						  .title = S("Microsoft Secure Score, JSON"),
						  .kinds = EVIDENCE_BIT(EVIDENCE_POSTURE),
						  .always = EVIDENCE_BIT(EVIDENCE_POSTURE),
						  .sniff = sniff,
						  .read = read_file};
