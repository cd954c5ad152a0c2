/*
 * Agent identities of Microsoft Entra, as Graph (beta) answers: a list with `value`, or one object. An agent identity
 * is an agent and the identity under which it acts; a blueprint is the application that holds their credentials, and no
 * agent itself. Keys are read by their dates alone.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/time.h"
#include "import/formats.h"
#include "import/seen.h"
#include "import/walk.h"

struct entra {
	struct import_input *in;
	struct import_walk walk;
	struct arena scratch; /* of the current object */
	struct arena head;    /* of the outer object */
	int64_t passed_over;
	struct import_seen_rows rows;
	struct import_flaw other, pages, no_zone, no_key_id;
};

enum kind { OTHER, AGENT, BLUEPRINT, PRINCIPAL };

struct credential {
	struct credential *next;
	int64_t line;
	bool certificate;
	str id, start, end, type;
};

struct object {
	struct entra *file;
	int64_t line;
	bool has_value, locked, certificates;
	str type, context, next_page, id, app_id, name, created, blueprint, expires, owner, sponsor, person;
	struct evidence_value enabled;
	struct credential *credentials, *last;
};

#define TEXT(type_of, key_name, member)                                                                                \
	{                                                                                                              \
		.key = S(key_name), .type = IMPORT_WALK_TEXT, .at = offsetof(struct type_of, member)                   \
	}
#define CALL(key_name, fn)                                                                                             \
	{                                                                                                              \
		.key = S(key_name), .type = IMPORT_WALK_CALL, .call = (fn)                                             \
	}
#define END                                                                                                            \
	{                                                                                                              \
		.key = { NULL, 0 }                                                                                     \
	}

/* ---- the members of an object ---- */

static enum status read_enabled(struct import_walk *w, void *record, struct err *err)
{
	struct object *o = record;
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_TRUE && w->json.event != JSON_FALSE)
		return json_expected(&w->json, "true or false", err);
	o->enabled = (struct evidence_value){.known = true, .i64 = w->json.event == JSON_TRUE};
	return OK;
}

/* null or NotDisabled, else Microsoft has locked it. */
static enum status read_lock(struct import_walk *w, void *record, struct err *err)
{
	struct object *o = record;
	str word = {NULL, 0};
	TRY(import_walk_text(w, &word, err));
	o->locked = word.n > 0 && !str_eq_fold(word, S("NotDisabled"));
	return OK;
}

static enum status read_lifecycle(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT(object, "expirationDateTime", expires), END};
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an object", err);
	return import_walk_members(w, fields, record, err);
}

static enum status read_person(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT(object, "id", person), END};
	struct object *o = record, one = {0};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a person (an object)", err);
	TRY(import_walk_members(w, fields, &one, err));
	if (!o->person.n)
		o->person = one.person;
	return OK;
}

/* The first of them. */
static enum status read_persons(struct import_walk *w, struct object *o, str *out, struct err *err)
{
	o->person = (str){NULL, 0};
	TRY(import_walk_each(w, read_person, o, err));
	*out = o->person;
	return OK;
}

static enum status read_owners(struct import_walk *w, void *record, struct err *err)
{
	struct object *o = record;
	return read_persons(w, o, &o->owner, err);
}

static enum status read_sponsors(struct import_walk *w, void *record, struct err *err)
{
	struct object *o = record;
	return read_persons(w, o, &o->sponsor, err);
}

static enum status read_credential(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT(credential, "keyId", id),
							  TEXT(credential, "startDateTime", start),
							  TEXT(credential, "endDateTime", end), END};
	struct object *o = record;
	struct credential *c = arena_new(w->texts, struct credential, 1);
	if (!c)
		return err_full(err);
	*c = (struct credential){.line = w->json.line, .certificate = o->certificates};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a credential (an object)", err);
	TRY(import_walk_members(w, fields, c, err));
	if (o->last)
		o->last->next = c;
	else
		o->credentials = c;
	o->last = c;
	return OK;
}

static enum status read_passwords(struct import_walk *w, void *record, struct err *err)
{
	struct object *o = record;
	o->certificates = false;
	return import_walk_each(w, read_credential, o, err);
}

static enum status read_keys(struct import_walk *w, void *record, struct err *err)
{
	struct object *o = record;
	o->certificates = true;
	return import_walk_each(w, read_credential, o, err);
}

/* ---- rows ---- */

static enum status refuse(const struct entra *g, int64_t line, const char *what, const char *hint, struct err *err)
{
	err_set(err, E_INVALID, "object %" PRId64 ": %s", g->in->facts->records, what);
	err_at(err, g->in->from->name, line, 0);
	err_hint(err, "%s", hint);
	return E_INVALID;
}

static enum kind kind_of(const struct object *o, str context)
{
	str type = o->type.n ? o->type : context;
	if (str_ends(type, S("agentIdentityBlueprintPrincipal")))
		return PRINCIPAL;
	if (str_ends(type, S("agentIdentityBlueprint")))
		return BLUEPRINT;
	if (str_ends(type, S("agentIdentity")) || (!o->type.n && o->blueprint.n))
		return AGENT;
	return OTHER;
}

static enum status set_time(struct entra *g, struct evidence_record *row, str column, str text, struct err *err)
{
	int64_t ms;
	bool has_zone;
	char shown[IMPORT_WALK_SHOW], what[120];
	if (!text.n)
		return OK;
	if (!time_parse_zone(text, &ms, &has_zone)) {
		(void)snprintf(what, sizeof what, "\"%s\" is no time", import_walk_show(text, shown));
		return refuse(g, row->line, what, "ISO 8601 expected, such as 2026-04-03T10:00:00Z", err);
	}
	if (!has_zone)
		import_flaw_note(&g->no_zone, row->line);
	evidence_set_time(row, column, ms);
	return OK;
}

static void set_enabled(const struct object *o, struct evidence_record *row)
{
	if (o->locked || o->enabled.known)
		evidence_set_bool(row, S("enabled"), o->enabled.i64 && !o->locked);
}

/* Who answers for it: the sponsor, else who runs it. */
static str owner_of(const struct object *o)
{
	return o->sponsor.n ? o->sponsor : o->owner;
}

static enum status push_agent(struct entra *g, const struct object *o, str identity, struct err *err)
{
	struct evidence_record row = {.kind = EVIDENCE_AGENT, .id = o->id, .line = o->line};
	row.record = g->in->facts->records;
	evidence_set_text(&row, S("name"), o->name);
	evidence_set_text(&row, S("owner_id"), owner_of(o));
	evidence_set_text(&row, S("identity_id"), identity);
	set_enabled(o, &row);
	TRY(set_time(g, &row, S("expires_at"), o->expires, err));
	if (g->in->given_ms)
		evidence_set_time(&row, S("last_seen_at"), *g->in->given_ms);
	return import_seen_push(&g->rows, g->in, &row, &g->scratch, err);
}

static enum status push_credentials(struct entra *g, const struct object *o, str identity, struct err *err)
{
	for (const struct credential *c = o->credentials; c; c = c->next) {
		struct evidence_record row = {.kind = EVIDENCE_CREDENTIAL, .id = c->id, .line = c->line};
		row.record = g->in->facts->records;
		if (!c->id.n) {
			import_flaw_note(&g->no_key_id, c->line);
			continue;
		}
		evidence_set_text(&row, S("identity_id"), identity);
		evidence_set_text(&row, S("kind"), c->certificate ? S("certificate") : S("password"));
		evidence_set_text(&row, S("provider"), S("entra"));
		TRY(set_time(g, &row, S("issued_at"), c->start, err));
		TRY(set_time(g, &row, S("expires_at"), c->end, err));
		TRY(import_seen_push(&g->rows, g->in, &row, &g->scratch, err));
	}
	return OK;
}

/* Agents name a blueprint by its appId, and so do logs; an agent has an id alone. */
static enum status push(struct entra *g, struct object *o, str context, struct err *err)
{
	enum kind kind = kind_of(o, context);
	struct evidence_record row = {.kind = EVIDENCE_IDENTITY, .main = true, .line = o->line};
	row.record = ++g->in->facts->records;
	if (kind == OTHER) {
		g->passed_over++;
		import_flaw_note(&g->other, o->line);
		return OK;
	}
	row.id = kind == BLUEPRINT && o->app_id.n ? o->app_id : o->id;
	if (!row.id.n)
		return refuse(g, o->line, "it has no id", "id, or appId of a blueprint, expected", err);
	evidence_set_text(&row, S("name"), o->name);
	evidence_set_text(&row, S("kind"), kind == AGENT ? S("agent") : S("service"));
	evidence_set_bool(&row, S("ai"), true);
	evidence_set_text(&row, S("owner_id"), owner_of(o));
	evidence_set_text(&row, S("provider"), S("entra"));
	set_enabled(o, &row);
	TRY(set_time(g, &row, S("created_at"), o->created, err));
	TRY(set_time(g, &row, S("expires_at"), o->expires, err));
	TRY(import_seen_push(&g->rows, g->in, &row, &g->scratch, err));
	TRY(push_credentials(g, o, row.id, err));
	return kind == AGENT ? push_agent(g, o, row.id, err) : OK;
}

/* ---- the file ---- */

#define OBJECT_FIELDS                                                                                                  \
	TEXT(object, "@odata.type", type), TEXT(object, "id", id), TEXT(object, "appId", app_id),                      \
	    TEXT(object, "displayName", name), TEXT(object, "createdDateTime", created),                               \
	    TEXT(object, "agentIdentityBlueprintId", blueprint), CALL("accountEnabled", read_enabled),                 \
	    CALL("disabledByMicrosoftStatus", read_lock), CALL("lifecycle", read_lifecycle),                           \
	    CALL("owners", read_owners), CALL("sponsors", read_sponsors), CALL("passwordCredentials", read_passwords), \
	    CALL("keyCredentials", read_keys)

static enum status take_object(struct import_walk *w, struct entra *g, str context, struct err *err)
{
	static const struct import_walk_field fields[] = {OBJECT_FIELDS, END};
	struct object o = {.file = g, .line = w->json.line};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an agent identity (an object)", err);
	TRY(import_walk_members(w, fields, &o, err));
	return push(g, &o, context, err);
}

static enum status read_listed(struct import_walk *w, void *record, struct err *err)
{
	struct object *outer = record;
	struct entra *g = outer->file;
	/* "…/$metadata#servicePrincipals/graph.agentIdentity", perhaps with what was selected behind it */
	str context, rest;
	(void)str_cut(outer->context, '(', &context, &rest);
	w->texts = &g->scratch;
	enum status status = take_object(w, g, context, err);
	w->texts = &g->head;
	arena_release(&g->scratch);
	return status;
}

static enum status read_value(struct import_walk *w, void *record, struct err *err)
{
	struct object *outer = record;
	outer->has_value = true;
	return import_walk_each(w, read_listed, outer, err);
}

static enum status read_answer(struct entra *g, struct err *err)
{
	static const struct import_walk_field fields[] = {OBJECT_FIELDS, TEXT(object, "@odata.context", context),
							  TEXT(object, "@odata.nextLink", next_page),
							  CALL("value", read_value), END};
	struct import_walk *w = &g->walk;
	struct object outer = {.file = g};
	TRY(json_next(&w->json, err));
	outer.line = w->json.line;
	if (w->json.event == JSON_ARRAY) {
		TRY(import_walk_each(w, read_listed, &outer, err));
	} else {
		if (w->json.event != JSON_OBJECT)
			return json_expected(&w->json, "an answer of Microsoft Graph (an object or a list)", err);
		TRY(import_walk_members(w, fields, &outer, err));
	}
	if (outer.next_page.n)
		import_flaw_note(&g->pages, 0);
	str context = outer.context;
	if (str_ends(context, S("/$entity")))
		context = str_slice(context, 0, context.n - S("/$entity").n);
	bool list = outer.has_value || w->json.event == JSON_ARRAY_END;
	return list ? OK : push(g, &outer, context, err);
}

static enum status check_any(const struct entra *g, struct err *err)
{
	if (!g->passed_over || g->passed_over < g->in->facts->records)
		return OK;
	err_set(err, E_INVALID, "none of the objects is an agent identity or a blueprint");
	err_at(err, g->in->from->name, 0, 0);
	err_hint(err, "ask Graph for /beta/servicePrincipals/graph.agentIdentity or "
		      "/beta/applications/graph.agentIdentityBlueprint");
	return E_INVALID;
}

static enum status warn(const struct entra *g, struct err *err)
{
	const struct import_input *in = g->in;
	TRY(import_flaw_warn(in, &g->pages,
			     S("the list goes on (@odata.nextLink): import all its pages in one command"), err));
	TRY(import_flaw_warn(in, &g->other, S("an object is neither agent identity nor blueprint: passed over"), err));
	TRY(import_flaw_warn(in, &g->no_zone, S("a time names no zone: taken as UTC"), err));
	TRY(import_flaw_warn(in, &g->no_key_id, S("a credential without a keyId is left out"), err));
	return import_seen_warn(&g->rows, in, "identity, agent or credential", err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct entra *g = arena_new(in->arena, struct entra, 1);
	if (!g)
		return err_full(err);
	*g = (struct entra){.in = in,
			    .scratch = ARENA(LIMIT_RECORD_BYTES),
			    .head = ARENA(LIMIT_RECORD_BYTES),
			    .rows.seen.arena = in->arena};
	g->walk.texts = &g->head;
	TRY(json_open(&g->walk.json, in->from, in->arena, err));
	enum status status = read_answer(g, err);
	arena_release(&g->scratch);
	arena_release(&g->head);
	TRY(status);
	TRY(json_next(&g->walk.json, err));
	TRY(check_any(g, err));
	return warn(g, err);
}

/* ---- detection ---- */

/* All service principals, agents among them: the format entra reads those, whichever comes first. */
static bool is_of_all(str context)
{
	return str_find(context, S("#servicePrincipals")) >= 0 && str_find(context, S("agentIdentity")) < 0;
}

/* Standing on an object: whether it is, or holds in `value`, an agent identity or a blueprint. */
static int sure_of(struct json_reader *r, bool inner)
{
	while (json_next(r, NULL) == OK && r->event == JSON_KEY) {
		bool type = str_eq(r->text, S("@odata.type")), context = str_eq(r->text, S("@odata.context"));
		bool value = !inner && str_eq(r->text, S("value"));
		if (str_eq(r->text, S("agentIdentityBlueprintId")))
			return 100;
		if (!type && !context && !value) {
			if (json_skip(r, NULL) != OK)
				return 0;
			continue;
		}
		if (json_next(r, NULL) != OK)
			return 0;
		if (r->event == JSON_STRING && (type || context) && str_find(r->text, S("agentIdentity")) >= 0)
			return 100;
		if (r->event == JSON_STRING && context && is_of_all(r->text))
			return 0;
		if (value)
			return r->event == JSON_ARRAY && json_next(r, NULL) == OK && r->event == JSON_OBJECT
				   ? sure_of(r, true)
				   : 0;
		if (json_skip(r, NULL) != OK)
			return 0;
	}
	return 0;
}

static int sniff(str head, bool complete)
{
	struct arena a = ARENA((size_t)16 << 20);
	struct source from = source_text(S("head"), head);
	struct json_reader r = {0};
	int sure = 0;
	(void)complete;
	if (import_walk_shape(head) == IMPORT_WALK_OTHER)
		return 0;
	if (json_open(&r, &from, &a, NULL) == OK && json_next(&r, NULL) == OK &&
	    (r.event == JSON_OBJECT || json_next(&r, NULL) == OK) && r.event == JSON_OBJECT)
		sure = sure_of(&r, false);
	arena_release(&a);
	return sure;
}

const struct import_format import_entra_agent = {
    .name = S("entra_agent"),
    .title = S("agent identities of Microsoft Entra, JSON"),
    .kinds = EVIDENCE_BIT(EVIDENCE_AGENT) | EVIDENCE_BIT(EVIDENCE_IDENTITY) | EVIDENCE_BIT(EVIDENCE_CREDENTIAL),
    .always = EVIDENCE_BIT(EVIDENCE_IDENTITY),
    .sniff = sniff,
    .read = read_file};
