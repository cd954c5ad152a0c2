/**
 * SPDX 3.0 documents, JSON-LD: what the files of this format share.
 *
 * The elements of a graph stand in any order and refer to each other by spdxId. So those that rows are made of
 * (packages, their makers, licences and the relationships between them) are kept in the input's arena until the end,
 * about 1 kB each besides long texts, at most LIMIT_SPDX_KEPT. Files and all other elements are read through; of
 * them the id alone is remembered.
 */
#ifndef IMPORT_SPDX_H
#define IMPORT_SPDX_H

#include "import/bom.h"
#include "import/formats.h"
#include "import/seen.h"
#include "import/walk.h"

struct import_spdx;

/* What an element is for us. */
enum import_spdx_class {
	IMPORT_SPDX_OTHER,
	IMPORT_SPDX_PACKAGE,
	IMPORT_SPDX_MODEL,
	IMPORT_SPDX_DATASET,
	IMPORT_SPDX_AGENT,   /* a person or organisation */
	IMPORT_SPDX_LICENCE, /* its name is what it says */
	IMPORT_SPDX_BILL,    /* a document or bill of materials: leads to what it is about */
	IMPORT_SPDX_RELATION
};

/* An element that another one names. */
struct import_spdx_reference {
	struct import_spdx_reference *next;
	str id;
};

struct import_spdx_references {
	struct import_spdx_reference *first, *last;
};

/* An element as it stands in the file; one table reads all types, as the type may stand behind the rest. */
struct import_spdx_element {
	struct import_spdx_element *next;
	struct import_spdx *document;
	enum import_spdx_class class;
	int64_t record, line;
	str type, id, name;
	/* of packages */
	str version, purl, source, home, purpose, hash, released;
	struct import_spdx_references makers, suppliers;
	int64_t card_sections;
	str sensitive, confidentiality;
	bool collected, processed; /* says how its data were collected, and how they were processed */
	str concluded, declared;   /* licences; set by spdx_rows.c */
	int64_t n_licences, n_datasets;
	bool trained;                             /* of a model: names what it was trained on */
	bool used, trains_subject, tests_subject; /* of a dataset */
	bool entered;                             /* a bill whose roots were followed */
	str row_id;
	/* of others */
	str expression, created, relation;
	struct import_spdx_references from, to, roots;
};

struct import_spdx {
	struct import_input *in;
	struct import_walk walk;
	bool has_context, has_graph;
	struct import_spdx_element *first, *last;
	struct import_spdx_element **kept; /* by number, the scope "element" of `ids` leads here */
	size_t n_kept, cap_kept;
	int64_t n_references;
	struct import_spdx_element *subject; /* the package that the document is about; NULL when there is none */
	str bill;                            /* id of the document */
	struct import_seen ids;              /* scopes: "element", "row" */
	struct import_seen trained;          /* pairs of model and dataset */
	struct import_seen_rows rows;
	struct import_flaw newer, no_time, no_zone, bad_time, dangling, twice, hash, several;
};

/* spdx_element.c: standing on an element (record: the document), reads it and keeps it when rows need it. */
MUST_USE enum status import_spdx_element(struct import_walk *w, void *document, struct err *err);
/* spdx_rows.c: resolves the references, pushes all rows and sets the identity. */
MUST_USE enum status import_spdx_rows(struct import_spdx *d, struct err *err);
/* The kept element of an id; NULL when there is none. *known: some element has it. */
struct import_spdx_element *import_spdx_find(const struct import_spdx *d, str id, bool *known);

#endif
