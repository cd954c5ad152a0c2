#include "import/entra.h"

#include <stddef.h>

/* Members that tell one collection from another. */
static const str telling[] = {S("userPrincipalName"),
			      S("isMfaRegistered"),
			      S("appRoleId"),
			      S("principalId"),
			      S("consentType"),
			      S("clientId"),
			      S("decision"),
			      S("accessReviewId"),
			      S("servicePrincipalType"),
			      S("servicePrincipalNames"),
			      S("agentIdentityBlueprintId"),
			      S("identifierUris"),
			      S("authMethods"),
			      S("roleDefinitionId"),
			      S("riskLevel"),
			      S("appDisplayName")};
enum member {
	PRINCIPAL_NAME,
	MFA_REGISTERED,
	APP_ROLE,
	PRINCIPAL,
	CONSENT,
	CLIENT,
	DECISION,
	REVIEW,
	SP_TYPE,
	SP_NAMES,
	BLUEPRINT,
	URIS,        /* of applications */
	OLD_METHODS, /* of the retired credentialUserRegistrationDetails */
	ROLE_DEFINITION,
	RISK, /* of riskyUsers */
	APP_NAME
};
#define BIT(member) (UINT64_C(1) << (member))

uint64_t import_entra_entry_bit(str key)
{
	for (size_t i = 0; i < sizeof telling / sizeof *telling; i++)
		if (str_eq(key, telling[i]))
			return BIT(i);
	return 0;
}

static bool all(uint64_t has, uint64_t bits)
{
	return (has & bits) == bits;
}

enum import_entra_collection import_entra_entry_guess(uint64_t has)
{
	if (has & (BIT(URIS) | BIT(OLD_METHODS) | BIT(ROLE_DEFINITION) | BIT(RISK)))
		return IMPORT_ENTRA_UNKNOWN;
	if (all(has, BIT(DECISION) | BIT(REVIEW)))
		return IMPORT_ENTRA_REVIEWS;
	if (all(has, BIT(APP_ROLE) | BIT(PRINCIPAL)))
		return IMPORT_ENTRA_APP_ROLE_ASSIGNMENTS;
	if (all(has, BIT(CONSENT) | BIT(CLIENT)))
		return IMPORT_ENTRA_PERMISSION_GRANTS;
	if (has & (BIT(SP_TYPE) | BIT(SP_NAMES) | BIT(BLUEPRINT)))
		return IMPORT_ENTRA_SERVICE_PRINCIPALS;
	if (all(has, BIT(APP_NAME) | BIT(PRINCIPAL_NAME)))
		return IMPORT_ENTRA_SIGN_INS;
	if (all(has, BIT(MFA_REGISTERED) | BIT(PRINCIPAL_NAME)))
		return IMPORT_ENTRA_REGISTRATION;
	return has & BIT(PRINCIPAL_NAME) ? IMPORT_ENTRA_USERS : IMPORT_ENTRA_UNKNOWN;
}

/* "users" and "users(id,mail)" are the users, "users('x')/memberOf" is not. */
static bool names(str context, str word)
{
	return str_starts(context, word) && str_find(context, S(")/")) < 0 && str_find(context, S("/$entity")) < 0 &&
	       (context.n == word.n || context.p[word.n] == '(');
}

enum import_entra_collection import_entra_entry_context(str context)
{
	static const struct {
		str part;
		enum import_entra_collection collection;
	} parts[] = {
	    {S("credentialUserRegistrationDetails"), IMPORT_ENTRA_UNKNOWN},
	    {S("userRegistrationDetails"), IMPORT_ENTRA_REGISTRATION},
	    {S("appRoleAssign"), IMPORT_ENTRA_APP_ROLE_ASSIGNMENTS},
	    {S("auth2PermissionGrants"), IMPORT_ENTRA_PERMISSION_GRANTS},
	    {S("accessReviewInstanceDecisionItem"), IMPORT_ENTRA_REVIEWS},
	    {S("/decisions"), IMPORT_ENTRA_REVIEWS},
	    {S("auditLogs/signIns"), IMPORT_ENTRA_SIGN_INS},
	    {S("agentIdentityBlueprint"), IMPORT_ENTRA_UNKNOWN},
	    {S("agentIdentit"), IMPORT_ENTRA_SERVICE_PRINCIPALS},
	};
	ptrdiff_t at = str_find(context, S("$metadata#"));
	if (at < 0)
		return IMPORT_ENTRA_UNKNOWN;
	context = str_slice(context, (size_t)at + 10, context.n);
	if (str_find(context, S("/$entity")) >= 0)
		return IMPORT_ENTRA_UNKNOWN;
	/* users(…,appRoleAssignments()) are users: what is asked for stands in brackets behind the name. */
	if (names(context, S("users")))
		return IMPORT_ENTRA_USERS;
	if (names(context, S("servicePrincipals")))
		return IMPORT_ENTRA_SERVICE_PRINCIPALS;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (str_find(context, parts[i].part) >= 0)
			return parts[i].collection;
	return IMPORT_ENTRA_UNKNOWN;
}

/* ---- reading ---- */

#define AT(member) offsetof(struct import_entra_entry, member)
#define TEXT(name, member)                                                                                             \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_TEXT, .at = AT(member)                                             \
	}
#define OBJECT(name, list)                                                                                             \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_OBJECT, .members = (list)                                          \
	}
#define CALL(name, fn)                                                                                                 \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_CALL, .call = (fn)                                                 \
	}
#define END                                                                                                            \
	{                                                                                                              \
		.key = { NULL, 0 }                                                                                     \
	}
#define TRUTH(member)                                                                                                  \
	static enum status read_##member(struct import_walk *w, void *record, struct err *err)                         \
	{                                                                                                              \
		struct import_entra_entry *e = record;                                                                 \
		return import_directory_truth(w, &e->member, err);                                                     \
	}

TRUTH(enabled)
TRUTH(mfa_registered)
TRUTH(mfa_capable)
TRUTH(admin)

/* Members that only tell what the entry is. */
#define TELLS(member, index)                                                                                           \
	static enum status tell_##member(struct import_walk *w, void *record, struct err *err)                         \
	{                                                                                                              \
		struct import_entra_entry *e = record;                                                                 \
		if (w->json.event != JSON_NULL)                                                                        \
			e->has |= BIT(index);                                                                          \
		return json_skip(&w->json, err);                                                                       \
	}

TELLS(consent, CONSENT)
TELLS(review, REVIEW)
TELLS(sp_type, SP_TYPE)
TELLS(sp_names, SP_NAMES)
TELLS(blueprint, BLUEPRINT)
TELLS(uris, URIS)
TELLS(methods, OLD_METHODS)
TELLS(definition, ROLE_DEFINITION)
TELLS(risk, RISK)

static const struct import_walk_field sign_in[] = {TEXT("lastSignInDateTime", signed_in),
						   TEXT("lastNonInteractiveSignInDateTime", signed_in_quietly),
						   TEXT("lastSuccessfulSignInDateTime", signed_in_well), END};
static const struct import_walk_field lifecycle[] = {TEXT("expirationDateTime", expires), END};
static const struct import_walk_field reviewer[] = {TEXT("id", reviewer_id), END};
static const struct import_walk_field subject[] = {TEXT("id", subject_id), END};
static const struct import_walk_field target[] = {TEXT("userId", target_id), END};

static const struct import_walk_field outcome[] = {
    {.key = S("errorCode"), .type = IMPORT_WALK_INT, .at = AT(error_code)}, END};

/* Of a sign-in an object; other collections have a word of this name. */
static enum status read_outcome(struct import_walk *w, void *record, struct err *err)
{
	if (w->json.event != JSON_OBJECT)
		return json_skip(&w->json, err);
	return import_walk_members(w, outcome, record, err);
}

static const struct import_walk_field entry[] = {TEXT("id", id),
						 TEXT("@odata.type", type),
						 TEXT("displayName", display_name),
						 TEXT("userPrincipalName", principal_name),
						 TEXT("userDisplayName", user_display_name),
						 TEXT("createdDateTime", created),
						 TEXT("deletedDateTime", deleted),
						 TEXT("lastUpdatedDateTime", updated),
						 TEXT("appId", app_id),
						 TEXT("appDisplayName", app_name),
						 TEXT("userId", user_id),
						 CALL("status", read_outcome),
						 TEXT("appRoleId", app_role_id),
						 TEXT("principalId", principal_id),
						 TEXT("resourceId", resource_id),
						 TEXT("resourceDisplayName", resource_name),
						 TEXT("clientId", client_id),
						 TEXT("scope", scope),
						 TEXT("decision", decision),
						 TEXT("reviewedDateTime", reviewed),
						 TEXT("appliedDateTime", applied),
						 TEXT("applyResult", apply_result),
						 TEXT("principalLink", subject_link),
						 OBJECT("signInActivity", sign_in),
						 OBJECT("lifecycle", lifecycle),
						 OBJECT("reviewedBy", reviewer),
						 OBJECT("principal", subject),
						 OBJECT("target", target),
						 CALL("accountEnabled", read_enabled),
						 CALL("isMfaRegistered", read_mfa_registered),
						 CALL("isMfaCapable", read_mfa_capable),
						 CALL("isAdmin", read_admin),
						 CALL("consentType", tell_consent),
						 CALL("accessReviewId", tell_review),
						 CALL("servicePrincipalType", tell_sp_type),
						 CALL("servicePrincipalNames", tell_sp_names),
						 CALL("agentIdentityBlueprintId", tell_blueprint),
						 CALL("identifierUris", tell_uris),
						 CALL("authMethods", tell_methods),
						 CALL("roleDefinitionId", tell_definition),
						 CALL("riskLevel", tell_risk),
						 END};

enum status import_entra_entry_read(struct import_walk *w, struct import_entra_entry *e, struct err *err)
{
	TRY(import_walk_members(w, entry, e, err));
	e->has |= e->principal_name.n ? BIT(PRINCIPAL_NAME) : 0;
	e->has |= e->mfa_registered.known ? BIT(MFA_REGISTERED) : 0;
	e->has |= e->app_role_id.n ? BIT(APP_ROLE) : 0;
	e->has |= e->principal_id.n ? BIT(PRINCIPAL) : 0;
	e->has |= e->client_id.n ? BIT(CLIENT) : 0;
	e->has |= e->decision.n ? BIT(DECISION) : 0;
	e->has |= e->app_name.n ? BIT(APP_NAME) : 0;
	return OK;
}
