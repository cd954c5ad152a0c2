/**
 * OSCAL assessment results and plans of action (POA&M), JSON: what the files of this format share.
 *
 * Members stand in any order, and findings and items refer to what may come behind them by its UUID. So the source is
 * read twice: once for what is referred to (at most LIMIT_OSCAL_KEPT things are kept), once for the rows. Where a
 * document holds several results, which are assessments at different times, it is read once more in between, to choose
 * for each row the latest result that has it.
 */
#ifndef IMPORT_OSCAL_H
#define IMPORT_OSCAL_H

#include "import/formats.h"
#include "import/posture.h"
#include "import/seen.h"
#include "import/walk.h"

enum import_oscal_pass { IMPORT_OSCAL_KEEP, IMPORT_OSCAL_CHOOSE, IMPORT_OSCAL_PUSH };

struct import_oscal_moment {
	bool known;
	int64_t ms;
};

/* A property of anything. */
struct import_oscal_prop {
	str name, value, class;
};

/* What an observation is about. */
struct import_oscal_subject {
	str uuid, type, title, resource, result;
};

/* An observation as it stands in the file; its texts live in the scratch arena. */
struct import_oscal_observation {
	struct import_oscal *document;
	int64_t line;
	str uuid, title, description, evidence;
	str rule, result, severity, scanned; /* of its properties */
	bool by_machine, by_test, by_people;
	struct import_oscal_moment collected, expires;
	struct import_oscal_subject *subjects;
	size_t n_subjects, subjects_cap;
};

enum import_oscal_state { IMPORT_OSCAL_OPEN, IMPORT_OSCAL_ACCEPTED, IMPORT_OSCAL_CLOSED };

/* A risk as it stands in the file; its texts live in the scratch arena. */
struct import_oscal_risk {
	struct import_oscal *document;
	int64_t line;
	str uuid, title, statement, description, status;
	str control; /* which FedRAMP says that it touches */
	str level, residual, treatment;
	enum import_oscal_state state;
	struct import_oscal_moment deadline, accepted, closed, looked;
	str accepter; /* UUID of a party */
};

/* What is kept of things that are referred to by UUID. */
struct import_oscal_kept {
	bool several; /* the UUID stands for more than one */
	str text; /* name of a subject or party, evidence of an observation, target of a finding, control of a risk */
	struct import_oscal_subject subject; /* of an observation: its first */
	bool by_machine, by_test, by_people;
	struct import_oscal_moment collected, expires, deadline, closed;
	enum import_oscal_state state;
	str severity, accepter;
};

/* One result of the document; a POA&M is one. */
struct import_oscal_result {
	struct import_oscal_moment start, end, scanned;
	struct import_oscal_moment own, collected; /* of its observations the latest, by the tool and by the document */
	str tool;
	bool several_tools;
};

struct import_oscal {
	struct import_input *in;
	struct import_walk walk;
	struct arena scratch; /* of the current record */
	enum import_oscal_pass pass;
	bool has_results, has_poam;
	str uuid, system;
	struct import_oscal_moment modified, latest; /* latest: observation of the document */
	struct import_oscal_result *results, *result;
	size_t n_results, results_cap, next_result;
	struct import_oscal_kept *kept;
	size_t n_kept, kept_cap;
	struct import_seen uuids;   /* scope: sort of thing; `line` is its place in kept */
	struct import_seen chosen;  /* of a row: `line` is the number of its result */
	struct import_seen unnamed; /* results of a rule on subjects that share a UUID */
	struct import_seen_rows rows;
	struct import_flaw no_zone, no_time, no_status, ambiguous, expired, contradicts, superseded, no_risk,
	    leads_nowhere, risk_status, closed;
};

/* The sorts of things that have a UUID, besides component and inventory-item. */
#define IMPORT_OSCAL_OBSERVATION S("observation")
#define IMPORT_OSCAL_RISK S("risk")
#define IMPORT_OSCAL_FINDING S("finding")
#define IMPORT_OSCAL_PARTY S("party")

/* E_INVALID at a line of the file. */
enum status import_oscal_refuse(const struct import_oscal *o, int64_t line, const char *what, const char *hint,
				struct err *err);

/* oscal_keep.c */
/* A new thing, or the one that has the UUID already and is then `several`. */
MUST_USE enum status import_oscal_keep(struct import_oscal *o, str sort, str uuid, struct import_oscal_kept **out,
				       struct err *err);
/* NULL when the document has no such thing. */
const struct import_oscal_kept *import_oscal_find(const struct import_oscal *o, str sort, str uuid);
/* Standing on an object: a property. */
MUST_USE enum status import_oscal_prop(struct import_walk *w, struct import_oscal_prop *out, struct err *err);
/* Standing on a value: a time; null leaves *out. Any other text is refused. */
MUST_USE enum status import_oscal_time(struct import_oscal *o, struct import_oscal_moment *out, struct err *err);
/* Standing on local-definitions (record: the document): inventory, components and the tool. */
MUST_USE enum status import_oscal_definitions(struct import_walk *w, void *document, struct err *err);
/* Standing on a party of the metadata. */
MUST_USE enum status import_oscal_party(struct import_walk *w, void *document, struct err *err);

/* What each pass makes of an element of observations, findings, risks and poam-items (record: the document). */
MUST_USE enum status import_oscal_observation(struct import_walk *w, void *document, struct err *err);
MUST_USE enum status import_oscal_finding(struct import_walk *w, void *document, struct err *err);
MUST_USE enum status import_oscal_risk(struct import_walk *w, void *document, struct err *err);
MUST_USE enum status import_oscal_item(struct import_walk *w, void *document, struct err *err);

/* What a subject is called; nothing when its UUID stands for `several`. */
str import_oscal_name(const struct import_oscal *o, const struct import_oscal_subject *s, bool *several);
/* The address of a party, else its name, else its UUID. */
str import_oscal_person(const struct import_oscal *o, str party);
/* Sets a time when it is known. */
void import_oscal_set(struct evidence_record *r, str column, struct import_oscal_moment at);
/* When the current result was made: its end, else its start; of a POA&M when it was last modified. */
struct import_oscal_moment import_oscal_made(const struct import_oscal *o);
/* The id is made short; pushes the row unless a later result has it, or notes in which result it is the latest. */
MUST_USE enum status import_oscal_push(struct import_oscal *o, struct evidence_record *r, struct err *err);

/* Members of a table. */
#define IMPORT_OSCAL_CALL(name, fn)                                                                                    \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_CALL, .call = (fn)                                                 \
	}
#define IMPORT_OSCAL_LIST(name, fn)                                                                                    \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_ARRAY, .call = (fn)                                                \
	}
#define IMPORT_OSCAL_OBJECT(name, list)                                                                                \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_OBJECT, .members = (list)                                          \
	}
#define IMPORT_OSCAL_TEXT(name, record, member)                                                                        \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_TEXT, .at = offsetof(struct record, member)                        \
	}
#define IMPORT_OSCAL_END                                                                                               \
	{                                                                                                              \
		.key = { NULL, 0 }                                                                                     \
	}

#endif
