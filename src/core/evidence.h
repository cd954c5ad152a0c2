/**
 * Evidence: the kinds of subject it speaks about, and one record of it.
 *
 * The table of kinds is the schema: the tables of facts, the views that checks see, the CSV format of
 * every kind and the manual's column list are made from it. Every view has unit_id, id and observed_at before the
 * columns listed here. The list is an API: columns are added, never renamed; EVIDENCE_VIEWS_VERSION counts.
 *
 * A *state* holds from the snapshot that shows it until one of its feed no longer does; an *event* carries its own
 * time (its first TIME column) and is never ended by absence.
 */
#ifndef CORE_EVIDENCE_H
#define CORE_EVIDENCE_H

#include "base/err.h"
#include "base/str.h"

enum { EVIDENCE_VIEWS_VERSION = 3, EVIDENCE_COLUMNS_MAX = 64 };

enum evidence_type {
	EVIDENCE_TEXT,
	EVIDENCE_INT,  /* a count or a quantity; the unit is in `doc` */
	EVIDENCE_BOOL, /* 1, 0; NULL = nobody said */
	EVIDENCE_TIME  /* ms UTC; the name ends in _at */
};

/* What a column means to the program itself, beyond what checks make of it. */
enum evidence_role {
	EVIDENCE_PLAIN,
	EVIDENCE_SYSTEM,   /* names an AI system, in the words of whoever wrote the file; links say which one it is */
	EVIDENCE_SIGHTING, /* the same, and the row shows that this system exists */
	EVIDENCE_GREATEST  /* where feeds differ the greatest value holds: seen last, entered in any register */
};

struct evidence_column {
	str name;
	enum evidence_type type;
	str doc; /* one line for the manual: meaning, and the words a text may take */
};

enum evidence_kind_id {
	EVIDENCE_PERSON,
	EVIDENCE_AI_SYSTEM,
	EVIDENCE_MODEL,
	EVIDENCE_AGENT,
	EVIDENCE_IDENTITY,
	EVIDENCE_CREDENTIAL,
	EVIDENCE_PERMISSION,
	EVIDENCE_PROVIDER,
	EVIDENCE_DATASET,
	EVIDENCE_COMPONENT,
	EVIDENCE_FINDING,
	EVIDENCE_POSTURE,
	EVIDENCE_RED_TEAM,
	EVIDENCE_TOOL,
	EVIDENCE_MCP_SERVER,
	EVIDENCE_LOG_SOURCE,
	EVIDENCE_INCIDENT,
	EVIDENCE_EXERCISE,
	EVIDENCE_DOCUMENT,
	EVIDENCE_CONTROL_ANSWER,
	EVIDENCE_EVENT,
	EVIDENCE_ACCOUNT,
	EVIDENCE_HOST,
	EVIDENCE_GUARDRAIL,
	EVIDENCE_VECTOR_STORE,
	EVIDENCE_REPOSITORY,
	EVIDENCE_ASSISTANT,
	EVIDENCE_DETECTION,
	EVIDENCE_TRAINING,
	EVIDENCE_EXCEPTION,
	EVIDENCE_ACCESS_REVIEW,
	EVIDENCE_ASSESSMENT,
	EVIDENCE_RISK,
	EVIDENCE_OBLIGATION,
	EVIDENCE_MODEL_RELEASE,
	EVIDENCE_POLICY_RESULT,
	EVIDENCE_KINDS
};

/* A set of kinds is a uint64_t. */
#define EVIDENCE_BIT(kind) (UINT64_C(1) << (kind))
_Static_assert(EVIDENCE_KINDS <= 64, "a set of kinds has 64 bits");

struct evidence_kind {
	str name;  /* the view's name */
	str title; /* plural, for people: "AI systems" */
	bool event;
	int n_columns;
	const struct evidence_column *columns;
};

/* All kinds, by evidence_kind_id. */
extern const struct evidence_kind evidence_kinds[EVIDENCE_KINDS];

/* -1 when no kind has this name. */
int evidence_kind_find(str name);
/* By name, title, plural, or another word for it ("approvals" = ai_system); letters are folded, - . / and space count
   as
   _. -1 when it means no kind. */
int evidence_kind_named(str word);
/* -1 when the kind has no such column. */
int evidence_column_find(const struct evidence_kind *kind, str name);
/* The words of a column that have an order of their own, in it: the gravest first, stages as they follow. NULL: it has
 * none. */
const str *evidence_column_words(const struct evidence_column *column, size_t *n);
enum evidence_role evidence_role(enum evidence_kind_id kind, int column);
/* Does the column hold the id of a person, as the register of people has it? */
bool evidence_is_person(enum evidence_kind_id kind, int column);
/* The column of a kind that names an AI system (EVIDENCE_SYSTEM or EVIDENCE_SIGHTING); -1 when none does. */
int evidence_system_column(enum evidence_kind_id kind);

/* A value of a column: text for EVIDENCE_TEXT, else i64. Absent (unknown) is { .known = false }. */
struct evidence_value {
	bool known;
	int64_t i64;
	str text;
};

/* One subject as a file shows it. Everything is borrowed for the time of the call that gets it. */
struct evidence_record {
	enum evidence_kind_id kind;
	str unit;       /* empty: the feed's scope unit */
	str id;         /* of the subject; 1..LIMIT_ID_BYTES bytes */
	bool main;      /* the format's own record (a finding, a component); false for what is read beside it */
	int64_t record; /* which record of the file, from 1; 0 = the file's head */
	int64_t line;   /* where it starts; 0 = not known */
	struct evidence_value values[EVIDENCE_COLUMNS_MAX]; /* by the kind's columns */
};

/* Sets a value by column name; the name is a literal of the kind (a wrong one is a bug and asserts). */
void evidence_set_text(struct evidence_record *r, str column, str text); /* absent when text is empty */
void evidence_set_int(struct evidence_record *r, str column, int64_t v);
void evidence_set_bool(struct evidence_record *r, str column, bool v);
void evidence_set_time(struct evidence_record *r, str column, int64_t ms);

#endif
