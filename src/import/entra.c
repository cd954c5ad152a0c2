#include "import/entra.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define READ                                                                                                           \
	"users, servicePrincipals, appRoleAssignments, oauth2PermissionGrants, userRegistrationDetails, decisions, "   \
	"auditLogs/signIns"

/* By import_entra_collection: the feed, and what an entry is called. */
static const struct {
	str feed;
	const char *entry;
} collections[] = {
    [IMPORT_ENTRA_UNKNOWN] = {{NULL, 0}, "entry"},
    [IMPORT_ENTRA_USERS] = {S("entra:users"), "user"},
    [IMPORT_ENTRA_SERVICE_PRINCIPALS] = {S("entra:service_principals"), "service principal"},
    [IMPORT_ENTRA_APP_ROLE_ASSIGNMENTS] = {S("entra:app_role_assignments"), "app role assignment"},
    [IMPORT_ENTRA_PERMISSION_GRANTS] = {S("entra:oauth2_permission_grants"), "permission grant"},
    [IMPORT_ENTRA_REGISTRATION] = {S("entra:user_registration_details"), "user"},
    [IMPORT_ENTRA_REVIEWS] = {S("entra:access_reviews"), "decision"},
    [IMPORT_ENTRA_SIGN_INS] = {S("entra:sign_ins"), "sign-in"},
};

/* Every entry must be of the file's collection: with a context the members may be few. */
static enum status settle(struct import_entra *t, const struct import_entra_entry *e, struct err *err)
{
	char what[160];
	enum import_entra_collection guess = import_entra_entry_guess(e->has);
	if (t->collection == IMPORT_ENTRA_UNKNOWN)
		t->collection = guess;
	if (t->collection == IMPORT_ENTRA_UNKNOWN)
		return import_directory_refuse(&t->d, "its members tell no collection of Graph that is read",
					       READ " are", err);
	/* Graph writes the type of each entry where a list may hold several: these are the members of something. */
	if (!t->named && t->collection == IMPORT_ENTRA_USERS && str_eq(e->type, S("#microsoft.graph.user")))
		return import_directory_refuse(&t->d, "a member of a group or role, which is no list of the users",
					       "export /users; members alone would count all others as gone", err);
	if (t->named || guess == t->collection)
		return OK;
	(void)snprintf(what, sizeof what, "it is no %s, as those before it are", collections[t->collection].entry);
	return import_directory_refuse(&t->d, what, "hand in one collection per file", err);
}

static enum status read_entry(struct import_walk *w, void *record, struct err *err)
{
	struct import_entra *t = record;
	struct import_entra_entry e = {0};
	TRY(import_directory_entry(&t->d, "an entry (an object)", err));
	enum status status = import_entra_entry_read(w, &e, err);
	if (status == OK)
		status = settle(t, &e, err);
	if (status == OK)
		status = import_entra_row(t, &e, err);
	arena_release(&t->d.scratch);
	return status;
}

static enum status read_context(struct import_walk *w, void *record, struct err *err)
{
	struct import_entra *t = record;
	str context = {NULL, 0};
	char shown[IMPORT_WALK_SHOW];
	TRY(import_walk_text(w, &context, err));
	enum import_entra_collection named = import_entra_entry_context(context);
	if (named == IMPORT_ENTRA_UNKNOWN || (t->collection != IMPORT_ENTRA_UNKNOWN && t->collection != named)) {
		ptrdiff_t at = str_find(context, S("#"));
		str name = at < 0 ? context : str_slice(context, (size_t)at + 1, context.n);
		err_set(err, E_INVALID, "the collection \"%s\" of Graph %s", import_walk_show(name, shown),
			named == IMPORT_ENTRA_UNKNOWN ? "is not read" : "is not what the entries are");
		err_at(err, t->d.in->from->name, w->json.line, w->json.column);
		err_hint(err, READ " are read");
		return E_INVALID;
	}
	t->collection = named;
	t->named = true;
	return OK;
}

static enum status read_next(struct import_walk *w, void *record, struct err *err)
{
	struct import_entra *t = record;
	if (w->json.event != JSON_NULL)
		import_flaw_note(&t->more_pages, 0);
	return json_skip(&w->json, err);
}

static enum status read_value(struct import_walk *w, void *record, struct err *err)
{
	struct import_entra *t = record;
	if (w->json.event != JSON_ARRAY)
		return json_expected(&w->json, "a list", err);
	t->had_value = true;
	return import_walk_each(w, read_entry, t, err);
}

static enum status read_answer(struct import_entra *t, struct err *err)
{
	static const struct import_walk_field answer[] = {
	    {.key = S("@odata.context"), .type = IMPORT_WALK_CALL, .call = read_context},
	    {.key = S("@odata.nextLink"), .type = IMPORT_WALK_CALL, .call = read_next},
	    {.key = S("value"), .type = IMPORT_WALK_CALL, .call = read_value},
	    {.key = {NULL, 0}}};
	struct import_walk *w = &t->d.walk;
	if (w->json.event == JSON_ARRAY)
		return import_walk_each(w, read_entry, t, err);
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an answer of Graph (an object or a list)", err);
	TRY(import_walk_members(w, answer, t, err));
	arena_release(&t->d.scratch);
	return t->had_value ? OK : json_expected(&w->json, "the list \"value\" of an answer of Graph", err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct import_entra *t = arena_new(in->arena, struct import_entra, 1);
	if (!t)
		return err_full(err);
	TRY(import_directory_open(&t->d, in, err));
	t->app_ids.arena = in->arena;
	enum status status = read_answer(t, err);
	arena_release(&t->d.scratch);
	TRY(status);
	TRY(import_entra_signin_push(t, err));
	in->facts->identity = collections[t->collection].feed;
	/* People are no list of the identities that there are; service principals and agents are. */
	if (t->collection == IMPORT_ENTRA_USERS || t->collection == IMPORT_ENTRA_REGISTRATION)
		in->facts->glimpses |= EVIDENCE_BIT(EVIDENCE_IDENTITY);
	TRY(import_flaw_warn(in, &t->more_pages,
			     S("this is one page of several (@odata.nextLink): hand in all pages in one command, else "
			       "what they hold counts as gone"),
			     err));
	TRY(import_flaw_warn(
	    in, &t->not_capable,
	    S("a user has registered MFA with a method that the tenant does not let in: counts as no MFA"), err));
	return import_directory_end(&t->d, collections[t->collection].entry, err);
}

/* ---- detection ---- */

struct peek {
	bool context, value;
	enum import_entra_collection named, guess;
};

/* Standing on the first entry: its members, as far as the head goes. */
static void peek_entry(struct json_reader *r, struct peek *p)
{
	uint64_t has = 0;
	while (json_next(r, NULL) == OK && r->event == JSON_KEY) {
		has |= import_entra_entry_bit(r->text);
		if (json_skip(r, NULL) != OK)
			break;
	}
	p->guess = import_entra_entry_guess(has);
}

static bool peek_list(struct json_reader *r, struct peek *p)
{
	if (json_next(r, NULL) != OK || r->event != JSON_OBJECT)
		return false;
	peek_entry(r, p);
	return false;
}

/* One member of the answer; false when there is nothing more to learn. */
static bool peek_member(struct json_reader *r, struct peek *p)
{
	bool context = str_eq(r->text, S("@odata.context")), value = str_eq(r->text, S("value"));
	if (!context && !value)
		return json_skip(r, NULL) == OK;
	if (json_next(r, NULL) != OK)
		return false;
	if (context && r->event == JSON_STRING && str_find(r->text, S("$metadata#")) >= 0) {
		p->context = true;
		p->named = import_entra_entry_context(r->text);
		return true;
	}
	if (!value || r->event != JSON_ARRAY)
		return false;
	p->value = true;
	return peek_list(r, p);
}

static int sniff(str head, bool complete)
{
	struct arena a = ARENA((size_t)16 << 20);
	struct source from = source_text(S("head"), head);
	struct json_reader r = {0};
	struct peek p = {0};
	(void)complete;
	if (import_walk_shape(head) != IMPORT_WALK_OTHER && json_open(&r, &from, &a, NULL) == OK &&
	    json_next(&r, NULL) == OK) {
		if (r.event == JSON_ARRAY)
			(void)peek_list(&r, &p);
		else if (r.event == JSON_OBJECT)
			while (json_next(&r, NULL) == OK && r.event == JSON_KEY && peek_member(&r, &p))
				continue;
	}
	arena_release(&a);
	/* Agent identities have a format of their own, which sees more in them. */
	if ((p.named != IMPORT_ENTRA_UNKNOWN || p.guess != IMPORT_ENTRA_UNKNOWN) &&
	    str_find(head, S("agentIdentity")) >= 0)
		return 50;
	if (p.named != IMPORT_ENTRA_UNKNOWN)
		return 100;
	/* Another collection is ours to refuse by name. */
	if (p.context)
		return 60;
	return p.guess != IMPORT_ENTRA_UNKNOWN ? 85 : 0;
}

const struct import_format import_entra = {.name = S("entra"),
					   .title = S("Entra ID collections from Microsoft Graph, JSON"),
					   .kinds =
					       EVIDENCE_BIT(EVIDENCE_IDENTITY) | EVIDENCE_BIT(EVIDENCE_PERMISSION) |
					       EVIDENCE_BIT(EVIDENCE_ACCESS_REVIEW) | EVIDENCE_BIT(EVIDENCE_AI_SYSTEM),
					   .glimpses = EVIDENCE_BIT(EVIDENCE_AI_SYSTEM),
					   .sniff = sniff,
					   .read = read_file};
