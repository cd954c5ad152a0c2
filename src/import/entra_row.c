#include <stdio.h>
#include <string.h>

#include "import/entra.h"

static const str nobody = S("00000000-0000-0000-0000-000000000000");

static str first_of(str a, str b)
{
	return a.n ? a : b;
}

static enum status identity_of(struct import_entra *t, const struct import_entra_entry *e, str other_id,
			       const char *what, struct evidence_record *r, struct err *err)
{
	r->kind = EVIDENCE_IDENTITY;
	r->main = true;
	r->id = first_of(e->id, other_id);
	if (!r->id.n)
		return import_directory_refuse(&t->d, what, "ask Graph for the id: $select=id,…", err);
	evidence_set_text(r, S("provider"), S("entra"));
	return OK;
}

static enum status set_account(struct import_entra *t, const struct import_entra_entry *e, struct evidence_record *r,
			       struct err *err)
{
	struct evidence_value created = {0};
	TRY(import_directory_time(&t->d, "createdDateTime", e->created, &created, err));
	import_directory_set_time(r, S("created_at"), &created);
	import_directory_set_truth(r, S("enabled"), &e->enabled);
	if (e->deleted.n)
		evidence_set_bool(r, S("enabled"), false);
	return OK;
}

static enum status push_user(struct import_entra *t, const struct import_entra_entry *e, struct err *err)
{
	struct evidence_record r = {0};
	struct evidence_value well = {0}, any = {0}, quietly = {0};
	struct import_directory *d = &t->d;
	TRY(identity_of(t, e, e->principal_name, "a user without id and userPrincipalName", &r, err));
	TRY(set_account(t, e, &r, err));
	TRY(import_directory_time(d, "lastSuccessfulSignInDateTime", e->signed_in_well, &well, err));
	TRY(import_directory_time(d, "lastSignInDateTime", e->signed_in, &any, err));
	TRY(import_directory_time(d, "lastNonInteractiveSignInDateTime", e->signed_in_quietly, &quietly, err));
	/* The other two count attempts that failed, too. */
	if (!well.known)
		well = import_directory_later(&any, &quietly);
	evidence_set_text(&r, S("name"), first_of(e->principal_name, e->display_name));
	evidence_set_text(&r, S("kind"), S("user"));
	import_directory_set_time(&r, S("last_used_at"), &well);
	return import_directory_push(d, &r, err);
}

static enum status push_service_principal(struct import_entra *t, const struct import_entra_entry *e, struct err *err)
{
	struct evidence_record r = {0};
	struct evidence_value expires = {0};
	bool agent = (e->has & import_entra_entry_bit(S("agentIdentityBlueprintId"))) ||
		     str_eq(e->type, S("#microsoft.graph.agentIdentity"));
	TRY(identity_of(t, e, e->app_id, "a service principal without id and appId", &r, err));
	TRY(set_account(t, e, &r, err));
	TRY(import_directory_time(&t->d, "expirationDateTime", e->expires, &expires, err));
	evidence_set_text(&r, S("name"), e->display_name);
	evidence_set_text(&r, S("kind"), agent ? S("agent") : S("service"));
	if (agent)
		evidence_set_bool(&r, S("ai"), true);
	import_directory_set_time(&r, S("expires_at"), &expires);
	return import_directory_push(&t->d, &r, err);
}

static enum status push_registration(struct import_entra *t, const struct import_entra_entry *e, struct err *err)
{
	struct evidence_record r = {0};
	struct evidence_value updated = {0};
	TRY(identity_of(t, e, e->principal_name, "a user without id and userPrincipalName", &r, err));
	TRY(import_directory_time(&t->d, "lastUpdatedDateTime", e->updated, &updated, err));
	import_directory_observed(&t->d, &updated);
	evidence_set_text(&r, S("name"), first_of(e->principal_name, e->user_display_name));
	evidence_set_text(&r, S("kind"), S("user"));
	import_directory_set_truth(&r, S("privileged"), &e->admin);
	import_directory_set_truth(&r, S("mfa"), &e->mfa_registered);
	/* Registered, but with a method that the tenant's policy does not let in. */
	if (e->mfa_registered.known && e->mfa_registered.i64 && e->mfa_capable.known && !e->mfa_capable.i64) {
		evidence_set_bool(&r, S("mfa"), false);
		import_flaw_note(&t->not_capable, t->d.line);
	}
	return import_directory_push(&t->d, &r, err);
}

static enum status push_assignment(struct import_entra *t, const struct import_entra_entry *e, struct err *err)
{
	struct evidence_record r = {.kind = EVIDENCE_PERMISSION, .main = true, .id = e->id};
	struct evidence_value granted = {0};
	if (!e->id.n || !e->principal_id.n || !e->app_role_id.n)
		return import_directory_refuse(&t->d, "an app role assignment without id, principalId or appRoleId",
					       "ask Graph for all three", err);
	TRY(import_directory_time(&t->d, "createdDateTime", e->created, &granted, err));
	evidence_set_text(&r, S("identity_id"), e->principal_id);
	evidence_set_text(&r, S("scope"), e->app_role_id);
	evidence_set_text(&r, S("resource"), first_of(e->resource_name, e->resource_id));
	import_directory_set_time(&r, S("granted_at"), &granted);
	return import_directory_push(&t->d, &r, err);
}

/* A grant is a list of scopes with spaces between: each is a permission. */
static enum status push_grant(struct import_entra *t, const struct import_entra_entry *e, struct err *err)
{
	str rest = str_trim(e->scope), scope;
	bool first = true;
	if (!e->id.n || !e->client_id.n)
		return import_directory_refuse(&t->d, "a permission grant without id or clientId", "ask Graph for both",
					       err);
	while (rest.n) {
		(void)str_cut(rest, ' ', &scope, &rest);
		if (!scope.n)
			continue;
		struct evidence_record r = {.kind = EVIDENCE_PERMISSION, .main = first};
		r.id = import_directory_join(&t->d, e->id, '|', scope);
		evidence_set_text(&r, S("identity_id"), e->client_id);
		evidence_set_text(&r, S("scope"), scope);
		evidence_set_text(&r, S("resource"), e->resource_id);
		TRY(import_directory_push(&t->d, &r, err));
		first = false;
	}
	return OK;
}

/* ---- access reviews ---- */

static enum status decision_of(const struct import_entra *t, str word, str *out, struct err *err)
{
	static const struct {
		str word, decision;
	} words[] = {{S("Approve"), S("approve")},
		     {S("Deny"), S("deny")},
		     {S("DontKnow"), S("dont_know")},
		     {S("NotReviewed"), S("not_reviewed")}};
	char shown[IMPORT_WALK_SHOW], what[160];
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (!str_eq_fold(word, words[i].word))
			continue;
		*out = words[i].decision;
		return OK;
	}
	(void)snprintf(what, sizeof what, "the decision \"%s\" is not known", import_walk_show(word, shown));
	return import_directory_refuse(&t->d, what, "Approve, Deny, DontKnow or NotReviewed expected", err);
}

/* Whom the decision is about: the principal, in old exports the target, else the end of the link to it. */
static str subject_of(const struct import_entra_entry *e)
{
	str id = first_of(e->subject_id, e->target_id), rest = e->subject_link, part;
	while (!id.n && rest.n)
		if (!str_cut(rest, '/', &part, &rest))
			id = part;
	return id;
}

static enum status push_decision(struct import_entra *t, const struct import_entra_entry *e, struct err *err)
{
	struct evidence_record r = {.kind = EVIDENCE_ACCESS_REVIEW, .main = true, .id = e->id};
	struct evidence_value reviewed = {0}, applied = {0};
	str decision = {NULL, 0};
	if (!e->id.n || !e->decision.n)
		return import_directory_refuse(&t->d, "a review decision without id or decision", "ask Graph for both",
					       err);
	TRY(decision_of(t, e->decision, &decision, err));
	TRY(import_directory_time(&t->d, "reviewedDateTime", e->reviewed, &reviewed, err));
	if (!str_eq(e->applied, nobody))
		TRY(import_directory_time(&t->d, "appliedDateTime", e->applied, &applied, err));
	import_directory_observed(&t->d, &reviewed);
	import_directory_observed(&t->d, &applied);
	evidence_set_text(&r, S("identity_id"), subject_of(e));
	evidence_set_text(&r, S("decision"), decision);
	if (!str_eq(e->reviewer_id, nobody))
		evidence_set_text(&r, S("reviewer_id"), e->reviewer_id);
	import_directory_set_time(&r, S("reviewed_at"), &reviewed);
	/* Graph dates what is kept, too; the column is about a right that was taken away. */
	if (str_eq(decision, S("deny")) && str_starts(e->apply_result, S("AppliedSuccessfully")))
		import_directory_set_time(&r, S("applied_at"), &applied);
	return import_directory_push(&t->d, &r, err);
}

enum status import_entra_row(struct import_entra *t, struct import_entra_entry *e, struct err *err)
{
	switch (t->collection) {
	case IMPORT_ENTRA_USERS:
		return push_user(t, e, err);
	case IMPORT_ENTRA_SERVICE_PRINCIPALS:
		return push_service_principal(t, e, err);
	case IMPORT_ENTRA_APP_ROLE_ASSIGNMENTS:
		return push_assignment(t, e, err);
	case IMPORT_ENTRA_PERMISSION_GRANTS:
		return push_grant(t, e, err);
	case IMPORT_ENTRA_REGISTRATION:
		return push_registration(t, e, err);
	case IMPORT_ENTRA_REVIEWS:
		return push_decision(t, e, err);
	case IMPORT_ENTRA_SIGN_INS:
		return import_entra_signin_take(t, e, err);
	case IMPORT_ENTRA_UNKNOWN:
		break;
	}
	return err_set(err, E_BUG, "an entry of no collection");
}
