/**
 * Checkov's JSON: what the files of this format share.
 */
#ifndef IMPORT_CHECKOV_H
#define IMPORT_CHECKOV_H

#include "import/cloud.h"
#include "import/posture.h"

enum import_checkov_list {
	IMPORT_CHECKOV_PASSED,
	IMPORT_CHECKOV_FAILED,
	IMPORT_CHECKOV_SKIPPED, /* suppressed in the source: not judged */
	IMPORT_CHECKOV_LISTS
};

/* A check of a resource as it stands in the file; its texts live in the scratch arena. */
struct import_checkov_record {
	int64_t line;
	str check, title, severity, resource, file, result;
};

struct import_checkov {
	struct import_posture posture;
	struct import_walk walk;
	/* Of the current report. */
	bool has_type, has_version;
	bool left_out; /* its check_type has nothing that passes */
	bool typed;    /* its resources have their type before their name */
	enum import_checkov_list list;
	bool listed[IMPORT_CHECKOV_LISTS];
	int64_t counted[IMPORT_CHECKOV_LISTS];
	struct evidence_value summary[IMPORT_CHECKOV_LISTS];
	struct import_flaw other_type, unparsed, counts;
};

/* checkov_row.c: checks a record and pushes its row. */
MUST_USE enum status import_checkov_row(struct import_checkov *c, const struct import_checkov_record *r,
					struct err *err);
/* Whether resources of this check_type are written TYPE.NAME. */
bool import_checkov_typed(str check_type);

#endif
