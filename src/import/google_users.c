#include "import/users.h"

IMPORT_USERS_TRUTH(admin)
IMPORT_USERS_TRUTH(delegated_admin)
IMPORT_USERS_TRUTH(suspended)
IMPORT_USERS_TRUTH(archived)
IMPORT_USERS_TRUTH(enrolled)
IMPORT_USERS_TRUTH(enforced)

static const struct import_walk_field user[] = {IMPORT_USERS_TEXT("kind", object),
						IMPORT_USERS_TEXT("id", id),
						IMPORT_USERS_TEXT("primaryEmail", email),
						IMPORT_USERS_TEXT("customerId", tenant),
						IMPORT_USERS_TEXT("creationTime", created),
						IMPORT_USERS_TEXT("lastLoginTime", used),
						IMPORT_USERS_TEXT("deletionTime", deleted_at),
						IMPORT_USERS_CALL("isAdmin", read_admin),
						IMPORT_USERS_CALL("isDelegatedAdmin", read_delegated_admin),
						IMPORT_USERS_CALL("suspended", read_suspended),
						IMPORT_USERS_CALL("archived", read_archived),
						IMPORT_USERS_CALL("isEnrolledIn2Sv", read_enrolled),
						IMPORT_USERS_CALL("isEnforcedIn2Sv", read_enforced),
						IMPORT_USERS_END};

static bool yes(const struct evidence_value *v)
{
	return v->known && v->i64;
}

/* One yes is enough for a yes; a no needs both to be known. */
static void set_either(struct evidence_record *r, str column, const struct evidence_value *a,
		       const struct evidence_value *b)
{
	if (yes(a) || yes(b) || (a->known && b->known))
		evidence_set_bool(r, column, yes(a) || yes(b));
}

static void set_enabled(const struct import_users_entry *e, struct evidence_record *r)
{
	bool out = yes(&e->suspended) || yes(&e->archived) || e->deleted_at.n;
	if (out || (e->suspended.known && e->archived.known))
		evidence_set_bool(r, S("enabled"), !out);
}

/* Enrolled and enforced: one no is enough for a no. */
static void set_mfa(const struct import_users_entry *e, struct evidence_record *r)
{
	bool both = yes(&e->enrolled) && yes(&e->enforced);
	if (both || (e->enrolled.known && !e->enrolled.i64) || (e->enforced.known && !e->enforced.i64))
		evidence_set_bool(r, S("mfa"), both);
}

static enum status fill(struct import_users *u, struct import_users_entry *e, struct evidence_record *r,
			struct err *err)
{
	struct evidence_value used = {0};
	if (e->object.n && !str_eq(e->object, S("admin#directory#user")))
		return import_users_refuse_word(u, "kind", e->object, "admin#directory#user expected", err);
	TRY(import_users_time(u, "creationTime", e->created, r, S("created_at"), err));
	TRY(import_directory_time(&u->d, "lastLoginTime", e->used, &used, err));
	evidence_set_text(r, S("name"), e->email);
	evidence_set_text(r, S("kind"), S("user"));
	set_enabled(e, r);
	set_either(r, S("privileged"), &e->admin, &e->delegated_admin);
	set_mfa(e, r);
	/* 1970 stands for never. */
	if (used.i64 > 0)
		import_directory_set_time(r, S("last_used_at"), &used);
	return OK;
}

static int sniff_google_users(str head, bool complete)
{
	(void)complete;
	if (import_walk_is(head, S("kind"), S("admin#directory#users")))
		return 100;
	return import_users_first_is(head, S("users"), S("primaryEmail"), (str){NULL, 0}) ||
		       import_walk_is(head, S("kind"), S("admin#directory#user"))
		   ? 90
		   : 0;
}

static const struct import_users_spec spec_google_users = {
    .provider = S("google"), .list = S("users"), .fields = user, .fill = fill};

IMPORT_USERS_FORMAT(google_users, "users of Google Workspace, JSON")
