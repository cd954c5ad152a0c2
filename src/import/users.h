/**
 * Users of a directory or of an organisation's account at a service: what these formats share. A file is a list of
 * users, or an object with the list in one member. Each format has a table of members and a function that fills the
 * row.
 */
#ifndef IMPORT_USERS_H
#define IMPORT_USERS_H

#include <stddef.h>

#include "import/directory.h"

/* A user as the file shows it; its texts live in the scratch arena. Each format uses what it has. */
struct import_users_entry {
	str id, login, email, name, role, status, type, object, tenant, link;
	str created, used, deleted_at;
	struct evidence_value added, called; /* seconds since 1970 */
	struct evidence_value admin, owner, delegated_admin, bot, suspended, archived, deleted, enrolled, enforced;
};

struct import_users;

struct import_users_spec {
	str provider;                           /* the column, and the head of the feed's name */
	str list;                               /* the member that holds the list; empty: the list stands alone */
	const struct import_walk_field *fields; /* of a struct import_users_entry */
	/* Checks the entry, fills the row and sets entry.tenant; the row has its provider, and its id from entry.id. */
	enum status (*fill)(struct import_users *u, struct import_users_entry *e, struct evidence_record *r,
			    struct err *err);
};

struct import_users {
	struct import_directory d;
	const struct import_users_spec *spec;
	str tenant; /* of the entries so far */
	bool several, had_list, refused;
	struct import_flaw more_pages;
	struct evidence_value answered; /* when the answer was given, seconds since 1970 */
};

MUST_USE enum status import_users_read(struct import_input *in, const struct import_users_spec *spec, struct err *err);
/* `"word" is not known`, naming the field. */
enum status import_users_refuse_word(const struct import_users *u, const char *field, str word, const char *expected,
				     struct err *err);
/* Whether the first user of a head has the member; with value, whether it has that value too. The list stands in the
   member `list` or alone; the head may end anywhere. */
bool import_users_first_is(str head, str list, str key, str value);
/* A time column from a text of the entry. */
MUST_USE enum status import_users_time(struct import_users *u, const char *field, str text, struct evidence_record *r,
				       str column, struct err *err);

#define IMPORT_USERS_TEXT(name, member)                                                                                \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_TEXT, .at = offsetof(struct import_users_entry, member)            \
	}
#define IMPORT_USERS_OBJECT(name, list)                                                                                \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_OBJECT, .members = (list)                                          \
	}
#define IMPORT_USERS_CALL(name, fn)                                                                                    \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_CALL, .call = (fn)                                                 \
	}
#define IMPORT_USERS_END                                                                                               \
	{                                                                                                              \
		.key = { NULL, 0 }                                                                                     \
	}
/* read_<member>: a truth of the entry. */
#define IMPORT_USERS_TRUTH(member)                                                                                     \
	static enum status read_##member(struct import_walk *w, void *record, struct err *err)                         \
	{                                                                                                              \
		struct import_users_entry *e = record;                                                                 \
		return import_directory_truth(w, &e->member, err);                                                     \
	}

/* Defines the reader and the format `import_<name>`; sniff_<name> and spec_<name> stand before. */
#define IMPORT_USERS_FORMAT(name_, title_)                                                                             \
	static enum status read_##name_(struct import_input *in, struct err *err)                                      \
	{                                                                                                              \
		return import_users_read(in, &spec_##name_, err);                                                      \
	}                                                                                                              \
	const struct import_format import_##name_ = {.name = S(#name_),                                                \
						     .title = S(title_),                                               \
						     .kinds = EVIDENCE_BIT(EVIDENCE_IDENTITY),                         \
						     .always = EVIDENCE_BIT(EVIDENCE_IDENTITY),                        \
						     .glimpses = EVIDENCE_BIT(EVIDENCE_IDENTITY), /* people only */    \
						     .sniff = sniff_##name_,                                           \
						     .read = read_##name_};

#endif
