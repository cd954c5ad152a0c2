#include "import/users.h"

#include <stdio.h>
#include <string.h>

enum status import_users_refuse_word(const struct import_users *u, const char *field, str word, const char *expected,
				     struct err *err)
{
	char shown[IMPORT_WALK_SHOW], what[160];
	(void)snprintf(what, sizeof what, "the %s \"%s\" is not known", field, import_walk_show(word, shown));
	return import_directory_refuse(&u->d, what, expected, err);
}

enum status import_users_time(struct import_users *u, const char *field, str text, struct evidence_record *r,
			      str column, struct err *err)
{
	struct evidence_value at = {0};
	TRY(import_directory_time(&u->d, field, text, &at, err));
	import_directory_set_time(r, column, &at);
	return OK;
}

/* The organisation that all entries share, as long as they do. */
static enum status note_tenant(struct import_users *u, const struct import_users_entry *e, struct err *err)
{
	if (u->d.record == 1) {
		u->tenant = str_copy(u->d.in->arena, e->tenant);
		if (!u->tenant.p)
			return err_full(err);
	}
	u->several = u->several || !e->tenant.n || !str_eq(e->tenant, u->tenant);
	return OK;
}

static enum status take(struct import_users *u, struct import_users_entry *e, struct err *err)
{
	struct evidence_record r = {.kind = EVIDENCE_IDENTITY, .main = true, .id = e->id};
	if (!e->id.n)
		return import_directory_refuse(&u->d, "a user without id", "hand in the export as it was given", err);
	evidence_set_text(&r, S("provider"), u->spec->provider);
	TRY(u->spec->fill(u, e, &r, err));
	TRY(note_tenant(u, e, err));
	return import_directory_push(&u->d, &r, err);
}

static enum status read_entry(struct import_walk *w, void *record, struct err *err)
{
	struct import_users *u = record;
	struct import_users_entry e = {0};
	TRY(import_directory_entry(&u->d, "a user (an object)", err));
	enum status status = import_walk_members(w, u->spec->fields, &e, err);
	if (status == OK)
		status = take(u, &e, err);
	arena_release(&u->d.scratch);
	return status;
}

static enum status read_list(struct import_walk *w, void *record, struct err *err)
{
	struct import_users *u = record;
	if (w->json.event != JSON_ARRAY)
		return json_expected(&w->json, "a list of users", err);
	u->had_list = true;
	return import_walk_each(w, read_entry, u, err);
}

/* has_more: true, or the token of the next page. */
static enum status read_more(struct import_walk *w, void *record, struct err *err)
{
	struct import_users *u = record;
	if (w->json.event == JSON_TRUE || (w->json.event == JSON_STRING && w->json.text.n))
		import_flaw_note(&u->more_pages, 0);
	return json_skip(&w->json, err);
}

static enum status read_ok(struct import_walk *w, void *record, struct err *err)
{
	struct import_users *u = record;
	if (w->json.event == JSON_FALSE)
		u->refused = true;
	return json_skip(&w->json, err);
}

static enum status read_object(struct import_users *u, struct err *err)
{
	static const struct import_walk_field metadata[] = {IMPORT_USERS_CALL("next_cursor", read_more),
							    IMPORT_USERS_END};
	const struct import_walk_field answer[] = {
	    {.key = u->spec->list, .type = IMPORT_WALK_CALL, .call = read_list},
	    IMPORT_USERS_CALL("has_more", read_more),
	    IMPORT_USERS_CALL("nextPageToken", read_more),
	    IMPORT_USERS_OBJECT("response_metadata", metadata),
	    IMPORT_USERS_CALL("ok", read_ok),
	    {.key = S("cache_ts"), .type = IMPORT_WALK_INT, .at = offsetof(struct import_users, answered)},
	    IMPORT_USERS_END};
	struct json_reader *json = &u->d.walk.json;
	TRY(import_walk_members(&u->d.walk, answer, u, err));
	if (!u->refused && u->had_list)
		return OK;
	(void)json_expected(json, "a list of users in the answer", err);
	if (err)
		err_hint(err, u->refused ? "the service refused the request (ok is false): ask again"
					 : "hand in the whole answer of the service");
	return E_INVALID;
}

static enum status read_document(struct import_users *u, struct err *err)
{
	if (u->d.walk.json.event == JSON_ARRAY)
		return read_list(&u->d.walk, u, err);
	if (u->spec->list.n && u->d.walk.json.event == JSON_OBJECT)
		return read_object(u, err);
	return json_expected(&u->d.walk.json, "a list of users", err);
}

static enum status name_feed(struct import_users *u, struct err *err)
{
	str head = u->spec->provider, *identity = &u->d.in->facts->identity;
	if (u->several || !u->tenant.n)
		return OK;
	char *p = arena_alloc(u->d.in->arena, head.n + 1 + u->tenant.n, 1);
	if (!p)
		return err_full(err);
	memcpy(p, head.p, head.n);
	p[head.n] = ':';
	memcpy(p + head.n + 1, u->tenant.p, u->tenant.n);
	*identity = import_seen_fit(u->d.in->arena, (str){p, head.n + 1 + u->tenant.n});
	return identity->p ? OK : err_full(err);
}

enum status import_users_read(struct import_input *in, const struct import_users_spec *spec, struct err *err)
{
	struct evidence_value answered = {0};
	struct import_users *u = arena_new(in->arena, struct import_users, 1);
	if (!u)
		return err_full(err);
	u->spec = spec;
	TRY(import_directory_open(&u->d, in, err));
	enum status status = read_document(u, err);
	arena_release(&u->d.scratch);
	TRY(status);
	TRY(import_directory_seconds(&u->d, "cache_ts", &u->answered, &answered, err));
	import_directory_observed(&u->d, &answered);
	TRY(name_feed(u, err));
	TRY(import_flaw_warn(
	    in, &u->more_pages,
	    S("this is one page of several: hand in all pages in one command, else the users they hold "
	      "count as gone"),
	    err));
	return import_directory_end(&u->d, "user", err);
}

/* ---- detection ---- */

/* Advances to the first user: into the list, wherever it stands. */
static bool seek_first(struct json_reader *r, str list)
{
	if (json_next(r, NULL) != OK)
		return false;
	if (r->event == JSON_OBJECT) {
		while (json_next(r, NULL) == OK && r->event == JSON_KEY && !str_eq(r->text, list))
			if (json_skip(r, NULL) != OK)
				return false;
		if (r->event != JSON_KEY || json_next(r, NULL) != OK)
			return false;
	}
	return r->event == JSON_ARRAY && json_next(r, NULL) == OK && r->event == JSON_OBJECT;
}

static bool has_member(struct json_reader *r, str key, str value)
{
	while (json_next(r, NULL) == OK && r->event == JSON_KEY) {
		if (str_eq(r->text, key))
			return !value.p ||
			       (json_next(r, NULL) == OK && r->event == JSON_STRING && str_eq(r->text, value));
		if (json_skip(r, NULL) != OK)
			return false;
	}
	return false;
}

bool import_users_first_is(str head, str list, str key, str value)
{
	struct arena a = ARENA((size_t)16 << 20);
	struct source from = source_text(S("head"), head);
	struct json_reader r = {0};
	bool found = json_open(&r, &from, &a, NULL) == OK && seek_first(&r, list) && has_member(&r, key, value);
	arena_release(&a);
	return found;
}
