/**
 * CycloneDX bills of materials, JSON and XML: what the files of this format share. Both are read into the same structs,
 * and the same rows come of them.
 *
 * The members of a bill may stand in any order: what affects a component, and what the bill is about, may come behind
 * it. So components, services and references are kept in the input's arena until the end: about 1 kB for a component
 * with its references, besides long texts. Model cards, evidence and pedigree are read through and not kept.
 */
#ifndef IMPORT_CYCLONEDX_H
#define IMPORT_CYCLONEDX_H

#include "import/bom.h"
#include "import/element.h"
#include "import/formats.h"
#include "import/seen.h"
#include "import/walk.h"

struct import_cyclonedx;
struct import_cyclonedx_declared;

struct import_cyclonedx_dataset {
	struct import_cyclonedx_dataset *next;
	str name, url, ref, classification;
};

struct import_cyclonedx_component {
	struct import_cyclonedx_component *next;
	struct import_cyclonedx *bom;
	int64_t record, line; /* record 0: the subject, or nested in it */
	str type, group, name, version, purl, ref;
	str publisher, manufacturer, supplier, author;
	str licence, hash, source, other_source, classification, deployment;
	bool card_linked;
	int64_t licences, card_sections, n_datasets;
	struct import_cyclonedx_dataset *datasets; /* newest first; those that the card describes itself */
	str id;                                    /* made by cyclonedx_rows.c */
};

struct import_cyclonedx_service {
	struct import_cyclonedx_service *next;
	struct import_cyclonedx *bom;
	int64_t line;
	str provider, group, name, ref;
};

/* A bom-ref that something points to. */
struct import_cyclonedx_reference {
	struct import_cyclonedx_reference *next;
	str ref;
	int64_t line;
};

/* What a vulnerability is said to affect; of its versions only whether they are. */
struct import_cyclonedx_affected {
	struct import_cyclonedx_affected *next;
	str ref;
	int64_t line;
	bool maybe; /* some version of it is not said to be unaffected */
	int64_t versions;
};

struct import_cyclonedx_vulnerability {
	str state, ref;
	struct import_cyclonedx_affected *affects;
};

struct import_cyclonedx {
	struct import_input *in;
	struct import_walk walk;       /* of a bill in JSON */
	struct import_element element; /* of a bill in XML */
	str format, version, serial;
	struct import_cyclonedx_component *subject; /* metadata.component; NULL when there is none */
	struct import_cyclonedx_component *first, *last;
	struct import_cyclonedx_service *first_service, *last_service;
	struct import_cyclonedx_reference *references;
	bool in_subject, has_vulnerabilities;
	int64_t vulnerability;   /* number of the current one */
	struct import_seen refs; /* scopes: "ref" defined, "reference" pointed to, "affects" vulnerabilities, "id" */
	struct import_seen_rows rows;
	struct import_cyclonedx_declared *declared; /* cyclonedx_declaration.h */
	struct import_flaw old, no_time, no_zone, dangling, double_ref, type, hash, bare_dataset;
};

/* cyclonedx_component.c: standing on a component (record: the bill), reads it and adds it and its nested ones. */
MUST_USE enum status import_cyclonedx_component(struct import_walk *w, void *bom, struct err *err);
/* The same for metadata.component, which becomes the subject. */
MUST_USE enum status import_cyclonedx_component_subject(struct import_walk *w, void *bom, struct err *err);
/* cyclonedx_card.c: standing on the modelCard of the component given as record. */
MUST_USE enum status import_cyclonedx_card(struct import_walk *w, void *component, struct err *err);
/* cyclonedx_xml.c: the bill, as XML. */
MUST_USE enum status import_cyclonedx_xml(struct import_cyclonedx *b, struct err *err);
/* The namespace of a bill in XML, without its version. */
extern const str import_cyclonedx_namespace;

/* cyclonedx_take.c: what both readers found. Texts must live as long as the file; they are not copied. */
/* Notes a bom-ref as defined, and as pointed to. */
MUST_USE enum status import_cyclonedx_define(struct import_cyclonedx *b, str ref, int64_t line, struct err *err);
MUST_USE enum status import_cyclonedx_refer(struct import_cyclonedx *b, str ref, int64_t line, struct err *err);
/* false when it is no time, or no version that is known. */
bool import_cyclonedx_take_time(struct import_cyclonedx *b, str text, int64_t line);
bool import_cyclonedx_take_version(struct import_cyclonedx *b, str version, int64_t line);
/* Before the members of a component, and after them. */
MUST_USE enum status import_cyclonedx_new_component(struct import_cyclonedx *b, bool is_subject, int64_t line,
						    struct import_cyclonedx_component **out, struct err *err);
MUST_USE enum status import_cyclonedx_end_component(struct import_cyclonedx_component *c, struct err *err);
/* The id, the name or the expression. */
MUST_USE enum status import_cyclonedx_take_licence(struct import_cyclonedx_component *c, str text, struct err *err);
/* The first hash: "SHA-256:<lower-case digits>". Anything but a digest counts as none. */
MUST_USE enum status import_cyclonedx_take_hash(struct import_cyclonedx_component *c, str algorithm, str digest,
						int64_t line, struct err *err);
void import_cyclonedx_take_property(struct import_cyclonedx_component *c, str name, str value);
void import_cyclonedx_take_link(struct import_cyclonedx_component *c, str type, str url);
/* A dataset of the model card. */
MUST_USE enum status import_cyclonedx_take_dataset(struct import_cyclonedx_component *c,
						   struct import_cyclonedx_dataset *d, int64_t line, struct err *err);
MUST_USE enum status import_cyclonedx_new_service(struct import_cyclonedx *b, int64_t line,
						  struct import_cyclonedx_service **out, struct err *err);
MUST_USE enum status import_cyclonedx_end_service(struct import_cyclonedx_service *s, struct err *err);
void import_cyclonedx_take_affected_version(struct import_cyclonedx_affected *a, str status);
/* Counts it once for every component that it may affect. */
MUST_USE enum status import_cyclonedx_take_vulnerability(struct import_cyclonedx *b,
							 const struct import_cyclonedx_vulnerability *v, int64_t line,
							 struct err *err);
/* cyclonedx_rows.c: pushes all rows and sets the identity. */
MUST_USE enum status import_cyclonedx_rows(struct import_cyclonedx *b, struct err *err);
/* cyclonedx_ai.c */
bool import_cyclonedx_ai(const struct import_cyclonedx_component *c);
bool import_cyclonedx_ai_type(str type); /* a component type that CycloneDX knows */

#endif
