#include "import/users.h"

IMPORT_USERS_TRUTH(admin)
IMPORT_USERS_TRUTH(owner)
IMPORT_USERS_TRUTH(bot)
IMPORT_USERS_TRUTH(deleted)
IMPORT_USERS_TRUTH(enrolled)

static const struct import_walk_field profile[] = {IMPORT_USERS_TEXT("email", email), IMPORT_USERS_END};
static const struct import_walk_field user[] = {IMPORT_USERS_TEXT("id", id),
						IMPORT_USERS_TEXT("team_id", tenant),
						IMPORT_USERS_TEXT("name", name),
						IMPORT_USERS_CALL("is_admin", read_admin),
						IMPORT_USERS_CALL("is_owner", read_owner),
						IMPORT_USERS_CALL("is_bot", read_bot),
						IMPORT_USERS_CALL("deleted", read_deleted),
						IMPORT_USERS_CALL("has_2fa", read_enrolled),
						IMPORT_USERS_OBJECT("profile", profile),
						IMPORT_USERS_END};

static enum status fill(struct import_users *u, struct import_users_entry *e, struct evidence_record *r,
			struct err *err)
{
	/* Slack's own bot says that it is none. */
	bool bot = (e->bot.known && e->bot.i64) || str_eq(e->id, S("USLACKBOT"));
	(void)u;
	(void)err;
	evidence_set_text(r, S("name"), e->email.n ? e->email : e->name);
	if (bot || e->bot.known)
		evidence_set_text(r, S("kind"), bot ? S("service") : S("user"));
	if (e->deleted.known)
		evidence_set_bool(r, S("enabled"), !e->deleted.i64);
	if ((e->admin.known && e->admin.i64) || (e->owner.known && e->owner.i64))
		evidence_set_bool(r, S("privileged"), true);
	else if (e->admin.known && e->owner.known)
		evidence_set_bool(r, S("privileged"), false);
	if (!bot)
		import_directory_set_truth(r, S("mfa"), &e->enrolled);
	return OK;
}

static int sniff_slack_users(str head, bool complete)
{
	(void)complete;
	if (!import_users_first_is(head, S("members"), S("team_id"), (str){NULL, 0}))
		return 0;
	return import_users_first_is(head, S("members"), S("is_bot"), (str){NULL, 0}) ||
		       import_users_first_is(head, S("members"), S("deleted"), (str){NULL, 0})
		   ? 95
		   : 0;
}

static const struct import_users_spec spec_slack_users = {
    .provider = S("slack"), .list = S("members"), .fields = user, .fill = fill};

IMPORT_USERS_FORMAT(slack_users, "users of a Slack workspace, JSON")
