/**
 * Views of registers: the subjects of one kind as they were at an instant.
 */
#ifndef CORE_VIEW_REGISTER_H
#define CORE_VIEW_REGISTER_H

#include "core/view_approval.h"
#include "core/view_dismiss.h"

struct view_register_row {
	str unit, id;
	int64_t observed_ms;                    /* the newest snapshot that shows it */
	const struct evidence_value *values;    /* by the kind's columns */
	const struct view_dismissal *dismissed; /* of an AI system that no register knows; NULL: it is not */
	/* By the kind's columns: of a person whose id stands there the name that the register of people has, if it may
	   be seen; NULL: nobody asked, empty: none is known. */
	const str *names;
};

struct view_register {
	enum evidence_kind_id kind;
	int64_t at_ms;
	int64_t total; /* rows that fit, on all pages */
	int64_t dismissed,
	    open; /* AI systems that fit and are dismissed, and that are not; of whichever were asked for */
	int64_t offset;
	size_t n;
	const struct view_register_row *rows;
};

/* One subject: what is known, and who says so. */
struct view_register_subject {
	struct view_register_row row;
	size_t n_records;
	const struct view_record *records; /* newest first; none for a system that other kinds alone show */
	size_t n_names;
	const str *names;              /* other names that stand for this system */
	struct view_register findings; /* about this system, the first ones */
	size_t n_approvals;
	const struct view_approval *approvals; /* of this system at this unit, the newest first */
};

#endif
