#include "import/users.h"

IMPORT_USERS_TRUTH(bot)

static const struct import_walk_field user[] = {
    IMPORT_USERS_TEXT("id", id),
    IMPORT_USERS_TEXT("object", object),
    IMPORT_USERS_TEXT("email", email),
    IMPORT_USERS_TEXT("name", name),
    IMPORT_USERS_TEXT("role", role),
    IMPORT_USERS_CALL("is_service_account", read_bot),
    {.key = S("added_at"), .type = IMPORT_WALK_INT, .at = offsetof(struct import_users_entry, added)},
    {.key = S("api_key_last_used_at"), .type = IMPORT_WALK_INT, .at = offsetof(struct import_users_entry, called)},
    IMPORT_USERS_END};

static enum status fill(struct import_users *u, struct import_users_entry *e, struct evidence_record *r,
			struct err *err)
{
	struct evidence_value added = {0}, called = {0};
	if (!str_eq(e->object, S("organization.user")))
		return import_users_refuse_word(u, "object", e->object,
						"organization.user expected, as in the users of an organisation", err);
	TRY(import_directory_seconds(&u->d, "added_at", &e->added, &added, err));
	TRY(import_directory_seconds(&u->d, "api_key_last_used_at", &e->called, &called, err));
	evidence_set_text(r, S("name"), e->email.n ? e->email : e->name);
	evidence_set_text(r, S("kind"), e->bot.known && e->bot.i64 ? S("service") : S("user"));
	if (str_eq(e->role, S("owner")) || str_eq(e->role, S("reader")))
		evidence_set_bool(r, S("privileged"), str_eq(e->role, S("owner")));
	import_directory_set_time(r, S("created_at"), &added);
	import_directory_set_time(r, S("last_used_at"), &called);
	return OK;
}

static int sniff_openai_users(str head, bool complete)
{
	(void)complete;
	if (import_users_first_is(head, S("data"), S("object"), S("organization.user")))
		return 100;
	return 0;
}

static const struct import_users_spec spec_openai_users = {
    .provider = S("openai"), .list = S("data"), .fields = user, .fill = fill};

IMPORT_USERS_FORMAT(openai_users, "users of an OpenAI organisation, JSON")
