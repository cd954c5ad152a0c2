/**
 * The attestations of a CycloneDX bill (CDXA): its `declarations`, and of its `definitions` the standards whose
 * requirements they are about. Both readers fill the structs below; control answers come of them.
 *
 * What is declared refers to each other by bom-ref and stands in any order, so it is kept to the end: at most
 * LIMIT_CYCLONEDX_DECLARED things and references. What evidence holds is not kept, only what it is called. Texts that
 * many rows share are kept short enough for an id (import_seen_fit), so that a row costs the same however long they
 * are.
 */
#ifndef IMPORT_CYCLONEDX_DECLARATION_H
#define IMPORT_CYCLONEDX_DECLARATION_H

#include "import/cyclonedx.h"

/* The conformance that an attestation declares. */
enum import_cyclonedx_score {
	IMPORT_CYCLONEDX_NO_SCORE,
	IMPORT_CYCLONEDX_NOTHING, /* 0 */
	IMPORT_CYCLONEDX_PART,    /* between */
	IMPORT_CYCLONEDX_FULL     /* 1 */
};

/* Whether something proves a claim; a greater one outweighs. */
enum import_cyclonedx_proof { IMPORT_CYCLONEDX_UNPROVEN, IMPORT_CYCLONEDX_UNSURE, IMPORT_CYCLONEDX_PROVEN };

struct import_cyclonedx_moment {
	bool known;
	int64_t ms;
};

/* References in the order of the file. */
struct import_cyclonedx_link {
	struct import_cyclonedx_link *next;
	str ref;
	int64_t line;
};
struct import_cyclonedx_links {
	struct import_cyclonedx_link *first, *last;
};

/* ---- as they stand in the file ---- */

struct import_cyclonedx_standard {
	struct import_cyclonedx *bom;
	str name, version;
	str framework; /* once it is read */
};

struct import_cyclonedx_requirement {
	const struct import_cyclonedx_standard *standard;
	str ref, identifier;
};

/* An assessor or a target. */
struct import_cyclonedx_party {
	str ref, group, name, purl;
};

struct import_cyclonedx_evidence {
	struct import_cyclonedx *bom;
	str ref, url, description, data, property;
	bool attached; /* there is a text in it */
	struct import_cyclonedx_moment created, expires;
};

struct import_cyclonedx_claim {
	struct import_cyclonedx *bom;
	str ref, target;
	struct import_cyclonedx_links evidence;
	bool countered; /* there is counter-evidence */
};

struct import_cyclonedx_attestation {
	struct import_cyclonedx *bom;
	int64_t line;
	str assessor; /* the ref; once `named`, what the assessor is called */
	bool named;
};

/* An entry of an attestation's map: what is attested of one requirement. */
struct import_cyclonedx_attested {
	struct import_cyclonedx_attested *next;
	struct import_cyclonedx_attestation *attestation;
	int64_t line;
	str requirement;
	struct import_cyclonedx_links claims;
	bool countered; /* there are counter-claims */
	enum import_cyclonedx_score score;
};

/* ---- what is kept ---- */

/* Something with a bom-ref. */
struct import_cyclonedx_item {
	bool several; /* the ref stands for more than one of its sort */
	str text; /* identifier of a requirement, name of a party, what evidence is called; of a claim its evidence */
	const struct import_cyclonedx_standard *standard; /* of a requirement */
	struct import_cyclonedx_moment created, expires;  /* of evidence */
	/* Of a claim; once it is weighed, its target by name, too. */
	str target, target_name;
	struct import_cyclonedx_links evidence;
	bool countered, weighed;
	enum import_cyclonedx_proof proof;
};

struct import_cyclonedx_declared {
	struct import_seen refs; /* scope: the sort; `line` is its place in items */
	struct import_cyclonedx_item *items;
	size_t n_items, items_cap;
	int64_t n_kept; /* items, references and entries of maps */
	struct import_cyclonedx_attested *first, *last;
	struct import_seen_rows rows;
	struct import_flaw leads_nowhere, no_requirement, contradicted, expired, undated, later;
};

#define IMPORT_CYCLONEDX_REQUIREMENT S("requirement")
#define IMPORT_CYCLONEDX_ASSESSOR S("assessor")
#define IMPORT_CYCLONEDX_TARGET S("target")
#define IMPORT_CYCLONEDX_EVIDENCE S("evidence")
#define IMPORT_CYCLONEDX_CLAIM S("claim")

/* cyclonedx_declaration.c: standing on the member of the bill (record: the bill). */
MUST_USE enum status import_cyclonedx_declarations(struct import_walk *w, void *bom, struct err *err);
MUST_USE enum status import_cyclonedx_definitions(struct import_walk *w, void *bom, struct err *err);
/* cyclonedx_declaration_xml.c: the same for the elements. */
MUST_USE enum status import_cyclonedx_declarations_xml(struct import_element *e, void *bom, struct err *err);
MUST_USE enum status import_cyclonedx_definitions_xml(struct import_element *e, void *bom, struct err *err);

/* cyclonedx_declaration_keep.c: what both readers found. Texts must live as long as the file; they are not copied. */
/* Before the bill is read. */
MUST_USE enum status import_cyclonedx_open_declared(struct import_cyclonedx *b, struct err *err);
MUST_USE enum status import_cyclonedx_new_standard(struct import_cyclonedx *b, int64_t line,
						   struct import_cyclonedx_standard **out, struct err *err);
MUST_USE enum status import_cyclonedx_end_standard(struct import_cyclonedx_standard *s, struct err *err);
MUST_USE enum status import_cyclonedx_new_attestation(struct import_cyclonedx *b, int64_t line,
						      struct import_cyclonedx_attestation **out, struct err *err);
MUST_USE enum status import_cyclonedx_new_attested(struct import_cyclonedx_attestation *a, int64_t line,
						   struct import_cyclonedx_attested **out, struct err *err);
MUST_USE enum status import_cyclonedx_end_requirement(const struct import_cyclonedx_requirement *r, int64_t line,
						      struct err *err);
MUST_USE enum status import_cyclonedx_end_party(struct import_cyclonedx *b, str sort,
						const struct import_cyclonedx_party *p, int64_t line, struct err *err);
MUST_USE enum status import_cyclonedx_end_evidence(const struct import_cyclonedx_evidence *e, int64_t line,
						   struct err *err);
MUST_USE enum status import_cyclonedx_end_claim(const struct import_cyclonedx_claim *c, int64_t line, struct err *err);
MUST_USE enum status import_cyclonedx_link(struct import_cyclonedx *b, struct import_cyclonedx_links *links, str ref,
					   int64_t line, struct err *err);
/* false when it is no time; no number from 0 to 1. */
bool import_cyclonedx_take_moment(struct import_cyclonedx *b, str text, int64_t line,
				  struct import_cyclonedx_moment *out);
bool import_cyclonedx_take_score(str text, enum import_cyclonedx_score *out);
/* What has the ref, if it is one thing. */
struct import_cyclonedx_item *import_cyclonedx_item(const struct import_cyclonedx *b, str sort, str ref);

/* cyclonedx_declaration_rows.c: behind the bill's own rows and warnings, the control answers and those about them. */
MUST_USE enum status import_cyclonedx_answers(struct import_cyclonedx *b, struct err *err);

#endif
