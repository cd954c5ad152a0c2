#include "import/users.h"

static const struct import_walk_field user[] = {IMPORT_USERS_TEXT("id", id),
						IMPORT_USERS_TEXT("type", type),
						IMPORT_USERS_TEXT("email", email),
						IMPORT_USERS_TEXT("name", name),
						IMPORT_USERS_TEXT("role", role),
						IMPORT_USERS_TEXT("added_at", created),
						IMPORT_USERS_END};

/* "managed" is given by the identity provider's groups: what it allows is not said. */
static const struct {
	str word;
	bool privileged;
} roles[] = {{S("admin"), true}, {S("owner"), true},      {S("primary_owner"), true}, {S("membership_admin"), true},
	     {S("user"), false}, {S("developer"), false}, {S("billing"), false},      {S("claude_code_user"), false}};

static enum status fill(struct import_users *u, struct import_users_entry *e, struct evidence_record *r,
			struct err *err)
{
	if (!str_eq(e->type, S("user")))
		return import_users_refuse_word(u, "type", e->type, "user expected, as in the users of an organisation",
						err);
	evidence_set_text(r, S("name"), e->email.n ? e->email : e->name);
	evidence_set_text(r, S("kind"), S("user"));
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		if (str_eq(e->role, roles[i].word))
			evidence_set_bool(r, S("privileged"), roles[i].privileged);
	return import_users_time(u, "added_at", e->created, r, S("created_at"), err);
}

static int sniff_anthropic_users(str head, bool complete)
{
	(void)complete;
	return import_users_first_is(head, S("data"), S("type"), S("user")) &&
		       import_users_first_is(head, S("data"), S("added_at"), (str){NULL, 0})
		   ? 95
		   : 0;
}

static const struct import_users_spec spec_anthropic_users = {
    .provider = S("anthropic"), .list = S("data"), .fields = user, .fill = fill};

IMPORT_USERS_FORMAT(anthropic_users, "users of an Anthropic organisation, JSON")
