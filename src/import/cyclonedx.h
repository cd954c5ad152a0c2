/**
 * CycloneDX bills of materials, JSON and XML: what the files of this format share. Both are read into the same structs,
 * and the same rows come of them.
 *
 * The members of a bill may stand in any order: what affects a component, and what the bill is about, may come behind
 * it. So a bill is read twice. The first pass checks all of it and takes what a component does not say itself: the
 * subject, the time, what vulnerabilities affect, and whether there are any. The second pushes the rows of a component
 * with those in it when it ends, in the order in which they begin, and forgets it. Kept are the subject, services, and
 * the sets of refs and ids.
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
	bool is_subject;
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
	bool second;                   /* the pass that pushes rows */
	str format, version, serial;
	struct import_cyclonedx_component *subject;      /* metadata.component; NULL when there is none */
	str system;                                      /* what the bill is about; known in the second pass */
	struct import_cyclonedx_component *first, *last; /* the current one and those in it, as they begin */
	int open;                                        /* components around the place, but for the subject */
	struct arena scratch;                            /* for these components */
	struct arena *texts;                             /* the scratch, or outside of components the input's arena */
	struct import_cyclonedx_service *first_service, *last_service;
	bool in_subject, has_vulnerabilities;
	int64_t vulnerability;      /* number of the current one */
	struct import_seen refs;    /* scope "ref", of the first pass alone: bom-refs that are defined or pointed to */
	size_t claimed;             /* entries of it that are a component's */
	struct import_seen affects; /* scope "affects": how many vulnerabilities a bom-ref has; line: the last one */
	struct import_seen ids;     /* scopes: "id" of components, "provider" */
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
/* cyclonedx_xml.c: the bill, as XML, in either pass. */
MUST_USE enum status import_cyclonedx_xml(struct import_cyclonedx *b, struct err *err);
/* The namespace of a bill in XML, without its version. */
extern const str import_cyclonedx_namespace;

/* cyclonedx_take.c: what both readers found. Texts must live in bom->texts or longer; they are not copied. */
/* From now on texts go there. */
void import_cyclonedx_texts(struct import_cyclonedx *b, struct arena *texts);
/* Notes a bom-ref as defined, and as pointed to. */
MUST_USE enum status import_cyclonedx_define(struct import_cyclonedx *b, str ref, int64_t line, struct err *err);
MUST_USE enum status import_cyclonedx_refer(struct import_cyclonedx *b, str ref, int64_t line, struct err *err);
/* Counts the refs that were pointed to and never defined. */
void import_cyclonedx_check_references(struct import_cyclonedx *b);
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
/* cyclonedx_rows.c, in this order: what the bill is about, and its identity; the rows of the components that are kept
   at present; those of the subject and of the services. */
MUST_USE enum status import_cyclonedx_identify(struct import_cyclonedx *b, struct err *err);
MUST_USE enum status import_cyclonedx_push(struct import_cyclonedx *b, struct err *err);
MUST_USE enum status import_cyclonedx_push_rest(struct import_cyclonedx *b, struct err *err);
/* cyclonedx_ai.c */
bool import_cyclonedx_ai(const struct import_cyclonedx_component *c);
bool import_cyclonedx_ai_type(str type); /* a component type that CycloneDX knows */

#endif
