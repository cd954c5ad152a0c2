#include "import/users.h"

static const struct import_walk_field self[] = {IMPORT_USERS_TEXT("href", link), IMPORT_USERS_END};
static const struct import_walk_field links[] = {IMPORT_USERS_OBJECT("self", self), IMPORT_USERS_END};
static const struct import_walk_field profile[] = {IMPORT_USERS_TEXT("login", login), IMPORT_USERS_TEXT("email", email),
						   IMPORT_USERS_END};
static const struct import_walk_field user[] = {IMPORT_USERS_TEXT("id", id),
						IMPORT_USERS_TEXT("status", status),
						IMPORT_USERS_TEXT("created", created),
						IMPORT_USERS_TEXT("lastLogin", used),
						IMPORT_USERS_OBJECT("profile", profile),
						IMPORT_USERS_OBJECT("_links", links),
						IMPORT_USERS_END};

/* Who is locked out or has to set a new password gets in again alone; who is not activated yet has never been in. */
static const struct {
	str word;
	bool enabled;
} statuses[] = {{S("ACTIVE"), true},     {S("PASSWORD_EXPIRED"), true}, {S("RECOVERY"), true},
		{S("LOCKED_OUT"), true}, {S("STAGED"), false},          {S("PROVISIONED"), false},
		{S("SUSPENDED"), false}, {S("DEPROVISIONED"), false}};

static enum status set_enabled(const struct import_users *u, str status, struct evidence_record *r, struct err *err)
{
	if (!status.n)
		return OK;
	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
		if (!str_eq_fold(status, statuses[i].word))
			continue;
		evidence_set_bool(r, S("enabled"), statuses[i].enabled);
		return OK;
	}
	return import_users_refuse_word(
	    u, "status", status,
	    "ACTIVE, PASSWORD_EXPIRED, RECOVERY, LOCKED_OUT, STAGED, PROVISIONED, SUSPENDED or "
	    "DEPROVISIONED expected",
	    err);
}

/* The host of https://acme.okta.com/api/v1/users/…, as the tenant. */
static str host_of(str link)
{
	str host, rest;
	if (!str_starts(link, S("https://")))
		return (str){NULL, 0};
	return str_cut(str_slice(link, 8, link.n), '/', &host, &rest) ? host : (str){NULL, 0};
}

static enum status fill(struct import_users *u, struct import_users_entry *e, struct evidence_record *r,
			struct err *err)
{
	e->tenant = host_of(e->link);
	evidence_set_text(r, S("name"), e->login.n ? e->login : e->email);
	evidence_set_text(r, S("kind"), S("user"));
	TRY(set_enabled(u, e->status, r, err));
	TRY(import_users_time(u, "created", e->created, r, S("created_at"), err));
	return import_users_time(u, "lastLogin", e->used, r, S("last_used_at"), err);
}

static int sniff_okta(str head, bool complete)
{
	(void)complete;
	return import_walk_shape(head) == IMPORT_WALK_IS_LIST && import_walk_has(head, S("status")) &&
		       import_walk_has(head, S("profile")) &&
		       (import_walk_has(head, S("statusChanged")) || import_walk_has(head, S("lastLogin")))
		   ? 95
		   : 0;
}

static const struct import_users_spec spec_okta = {.provider = S("okta"), .fields = user, .fill = fill};

IMPORT_USERS_FORMAT(okta, "Okta users, JSON")
