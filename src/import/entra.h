/**
 * Exports of Microsoft Graph: what the files of this format share.
 *
 * A file is one collection: the answer of Graph (an object with the list `value`), or its list alone. Which collection,
 * says @odata.context; without it the members of the entries.
 */
#ifndef IMPORT_ENTRA_H
#define IMPORT_ENTRA_H

#include "import/directory.h"

enum import_entra_collection {
	IMPORT_ENTRA_UNKNOWN,
	IMPORT_ENTRA_USERS,
	IMPORT_ENTRA_SERVICE_PRINCIPALS,
	IMPORT_ENTRA_APP_ROLE_ASSIGNMENTS,
	IMPORT_ENTRA_PERMISSION_GRANTS,
	IMPORT_ENTRA_REGISTRATION,
	IMPORT_ENTRA_REVIEWS,
	IMPORT_ENTRA_SIGN_INS
};

/* An entry of any collection; its texts live in the scratch arena. */
struct import_entra_entry {
	uint64_t has; /* the members that tell a collection, see import_entra_entry_bit */
	str id, type, display_name, principal_name, user_display_name;
	str created, deleted, signed_in, signed_in_quietly, signed_in_well, expires, updated;
	str app_id, app_role_id, principal_id, resource_id, resource_name, client_id, scope;
	str decision, reviewed, applied, apply_result, reviewer_id, subject_id, target_id, subject_link;
	str app_name, user_id; /* of a sign-in */
	struct evidence_value enabled, mfa_registered, mfa_capable, admin, error_code;
};

/* An AI application that somebody signed in to. */
struct import_entra_app {
	str id, name;
	bool by_people;
	int64_t last_ms, record, line; /* of the latest sign-in */
};

struct import_entra {
	struct import_directory d;
	enum import_entra_collection collection;
	bool named; /* by @odata.context */
	bool had_value;
	struct import_flaw more_pages, not_capable;
	struct import_seen app_ids; /* `line` holds the place in apps */
	struct import_entra_app *apps;
	size_t n_apps, apps_cap;
};

/* ---- entra_entry.c ---- */

/* What @odata.context names; UNKNOWN when it is none that is read. */
enum import_entra_collection import_entra_entry_context(str context);
/* A member that tells a collection; its bit in `has`, 0 for others. */
uint64_t import_entra_entry_bit(str key);
enum import_entra_collection import_entra_entry_guess(uint64_t has);
/* Standing on JSON_OBJECT: reads the entry. */
MUST_USE enum status import_entra_entry_read(struct import_walk *w, struct import_entra_entry *e, struct err *err);

/* ---- entra_row.c: the rows of an entry ---- */
MUST_USE enum status import_entra_row(struct import_entra *t, struct import_entra_entry *e, struct err *err);

/* ---- entra_signin.c: sign-ins, of which only those that succeeded and lead to AI applications are kept ---- */

/* Whether the name of an application has the name of a known AI product in it, as words of their own. */
bool import_entra_signin_is_ai(str name);
MUST_USE enum status import_entra_signin_take(struct import_entra *t, const struct import_entra_entry *e,
					      struct err *err);
/* A row per application, after the last sign-in. */
MUST_USE enum status import_entra_signin_push(struct import_entra *t, struct err *err);

#endif
