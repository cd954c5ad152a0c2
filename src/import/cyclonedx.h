/**
 * CycloneDX bills of materials, JSON: what the files of this format share.
 *
 * The members of a bill may stand in any order: what affects a component, and what the bill is about, may come behind
 * it. So components, services and references are kept in the input's arena until the end: about 1 kB for a component
 * with its references, besides long texts. Model cards, evidence and pedigree are read through and not kept.
 */
#ifndef IMPORT_CYCLONEDX_H
#define IMPORT_CYCLONEDX_H

#include "import/bom.h"
#include "import/formats.h"
#include "import/seen.h"
#include "import/walk.h"

struct import_cyclonedx;

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

struct import_cyclonedx {
	struct import_input *in;
	struct import_walk walk;
	str format, version, serial;
	struct import_cyclonedx_component *subject; /* metadata.component; NULL when there is none */
	struct import_cyclonedx_component *first, *last;
	struct import_cyclonedx_service *first_service, *last_service;
	struct import_cyclonedx_reference *references;
	bool in_subject, has_vulnerabilities;
	int64_t vulnerability;   /* number of the current one */
	struct import_seen refs; /* scopes: "ref" defined, "reference" pointed to, "affects" vulnerabilities, "id" */
	struct import_seen_rows rows;
	struct import_flaw old, no_time, no_zone, dangling, double_ref, type, hash, bare_dataset;
};

/* cyclonedx_component.c: standing on a component (record: the bill), reads it and adds it and its nested ones. */
MUST_USE enum status import_cyclonedx_component(struct import_walk *w, void *bom, struct err *err);
/* The same for metadata.component, which becomes the subject. */
MUST_USE enum status import_cyclonedx_component_subject(struct import_walk *w, void *bom, struct err *err);
/* cyclonedx_card.c: standing on the modelCard of the component given as record. */
MUST_USE enum status import_cyclonedx_card(struct import_walk *w, void *component, struct err *err);
/* cyclonedx.c: notes a bom-ref as defined, and as pointed to. */
MUST_USE enum status import_cyclonedx_define(struct import_cyclonedx *b, str ref, int64_t line, struct err *err);
MUST_USE enum status import_cyclonedx_refer(struct import_cyclonedx *b, str ref, int64_t line, struct err *err);
/* cyclonedx_rows.c: pushes all rows and sets the identity. */
MUST_USE enum status import_cyclonedx_rows(struct import_cyclonedx *b, struct err *err);
/* cyclonedx_ai.c */
bool import_cyclonedx_ai(const struct import_cyclonedx_component *c);
bool import_cyclonedx_ai_type(str type); /* a component type that CycloneDX knows */

#endif
