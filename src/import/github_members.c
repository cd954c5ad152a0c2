#include "import/users.h"

/* A member, or a membership with the member in `user`. */
static const struct import_walk_field organisation[] = {IMPORT_USERS_TEXT("login", tenant), IMPORT_USERS_END};
static const struct import_walk_field within[] = {IMPORT_USERS_TEXT("login", login), IMPORT_USERS_TEXT("id", id),
						  IMPORT_USERS_TEXT("type", type), IMPORT_USERS_END};
static const struct import_walk_field member[] = {IMPORT_USERS_TEXT("login", login),
						  IMPORT_USERS_TEXT("id", id),
						  IMPORT_USERS_TEXT("type", type),
						  IMPORT_USERS_TEXT("created_at", created),
						  IMPORT_USERS_TEXT("role", role),
						  IMPORT_USERS_TEXT("state", status),
						  IMPORT_USERS_OBJECT("user", within),
						  IMPORT_USERS_OBJECT("organization", organisation),
						  IMPORT_USERS_END};

static enum status fill(struct import_users *u, struct import_users_entry *e, struct evidence_record *r,
			struct err *err)
{
	bool bot = str_eq(e->type, S("Bot"));
	if (!e->login.n)
		return import_directory_refuse(&u->d, "a member without login", "hand in the list as GitHub gave it",
					       err);
	if (!bot && !str_eq(e->type, S("User")))
		return import_users_refuse_word(u, "type", e->type, "User or Bot expected", err);
	evidence_set_text(r, S("name"), e->login);
	evidence_set_text(r, S("kind"), bot ? S("service") : S("user"));
	if (str_eq(e->role, S("admin")) || str_eq(e->role, S("member")))
		evidence_set_bool(r, S("privileged"), str_eq(e->role, S("admin")));
	if (str_eq(e->status, S("active")) || str_eq(e->status, S("pending")))
		evidence_set_bool(r, S("enabled"), str_eq(e->status, S("active")));
	return import_users_time(u, "created_at", e->created, r, S("created_at"), err);
}

static int sniff_github_members(str head, bool complete)
{
	(void)complete;
	if (import_walk_shape(head) != IMPORT_WALK_IS_LIST)
		return 0;
	if (import_walk_has(head, S("login")) && import_walk_has(head, S("node_id")) &&
	    import_walk_has(head, S("site_admin")))
		return 95;
	return import_walk_has(head, S("organization_url")) && import_walk_has(head, S("role")) &&
		       import_walk_has(head, S("user"))
		   ? 95
		   : 0;
}

static const struct import_users_spec spec_github_members = {.provider = S("github"), .fields = member, .fill = fill};

IMPORT_USERS_FORMAT(github_members, "members of a GitHub organisation, JSON")
