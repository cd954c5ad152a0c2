/**
 * Terraform plans (`terraform show -json PLAN`): what the files of this format share.
 *
 * The resource changes are read as a stream: each has its address, its actions and the values it will have. In these a
 * value that is known only after the plan is carried out is left out, and one that is not set is null. Values marked
 * sensitive are read past their mark: a text of theirs is forgotten.
 */
#ifndef IMPORT_TERRAFORM_PLAN_H
#define IMPORT_TERRAFORM_PLAN_H

#include "import/formats.h"
#include "import/seen.h"
#include "import/walk.h"

/* An attribute of a resource. */
enum import_terraform_state {
	IMPORT_TERRAFORM_UNKNOWN, /* not in the plan, or known after apply */
	IMPORT_TERRAFORM_NONE,    /* null, or an empty text or block */
	IMPORT_TERRAFORM_NO,
	IMPORT_TERRAFORM_YES,
	IMPORT_TERRAFORM_SOME /* a text, number or filled block */
};

struct import_terraform_fact {
	enum import_terraform_state state;
	str text;
};

/* What a guardrail does with one kind of content. */
enum import_terraform_guard {
	IMPORT_TERRAFORM_INPUT,
	IMPORT_TERRAFORM_OUTPUT,
	IMPORT_TERRAFORM_TOPIC,
	IMPORT_TERRAFORM_REDACTION,
	IMPORT_TERRAFORM_GUARDS
};
enum import_terraform_mode {
	IMPORT_TERRAFORM_ABSENT,
	IMPORT_TERRAFORM_ALERT,
	IMPORT_TERRAFORM_MASK,
	IMPORT_TERRAFORM_BLOCK
};

struct import_terraform_values {
	struct import_terraform_fact name, title; /* the plain name, and one that says more */
	struct import_terraform_fact uses;        /* the model that an agent calls or a deployment serves */
	struct import_terraform_fact publisher, model, version, upgrades; /* of a deployment */
	struct import_terraform_fact weights, training;                   /* where they are */
	struct import_terraform_fact storage, embedding;                  /* of a knowledge base */
	struct import_terraform_fact machine, accelerators;               /* type of machine */
	struct import_terraform_fact internet, node_ip, no_ip, network, private_link, public_access, allowed;
	struct import_terraform_fact prompts; /* are logged */
	enum import_terraform_mode guards[IMPORT_TERRAFORM_GUARDS];
	bool closed; /* of marks: everything is sensitive */
};

struct import_terraform_type;

struct import_terraform_resource {
	int64_t record, line;
	str address, mode;
	const struct import_terraform_type *type;     /* NULL: gives no row */
	bool typed, ai, stays, untouched;             /* stays: will be there; untouched: and is now, as it is */
	struct import_terraform_values values, marks; /* what is sensitive has the mark yes */
};

struct import_terraform_plan {
	struct import_input *in;
	struct import_walk walk;
	struct arena scratch; /* of the current resource */
	struct import_seen models;
	struct import_seen_rows rows;
	struct evidence_value errored, complete;
	bool has_format, has_changes, is_state;
	struct import_flaw partial, no_time;
};

/* terraform_values.c: standing on the values after the plan is carried out, and on which of them are sensitive. Both
   take a struct import_terraform_resource as record. */
MUST_USE enum status import_terraform_after(struct import_walk *w, void *resource, struct err *err);
MUST_USE enum status import_terraform_sensitive(struct import_walk *w, void *resource, struct err *err);
/* terraform_rows.c: the type of a resource that gives rows; NULL for all others. */
const struct import_terraform_type *import_terraform_type(str name);
/* Pushes the rows of a resource. */
MUST_USE enum status import_terraform_rows(struct import_terraform_plan *p, const struct import_terraform_resource *r,
					   struct err *err);

#endif
