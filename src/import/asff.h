/**
 * AWS Security Finding Format: what the files of this format share.
 *
 * The file is a list of findings (Prowler), or an object with a list Findings (aws securityhub get-findings). A finding
 * with Compliance is the result of a check and becomes posture, any other one is a finding; one row per resource.
 */
#ifndef IMPORT_ASFF_H
#define IMPORT_ASFF_H

#include "import/formats.h"
#include "import/seen.h"
#include "import/walk.h"

struct import_asff_resource {
	struct import_asff_resource *next;
	str id, type, region;
};

/* A finding as it stands in the file; its texts live in the scratch arena. */
struct import_asff_finding {
	int64_t record, line;
	str schema, id, product_arn, product_name, generator, account, region, title;
	str type;          /* the first of Types */
	str vulnerability; /* the first that it names */
	str first_observed, created, updated;
	str severity;
	struct evidence_value normalized;
	bool has_compliance;
	str compliance, control;
	str workflow, record_state;
	bool sample;
	struct import_asff_resource *resources, *last_resource;
};

struct import_asff {
	struct import_input *in;
	struct import_walk walk;
	struct arena scratch; /* of the current finding */
	struct import_seen_rows rows;
	bool has_findings, several; /* several: the findings do not share one identity */
	str next_token;
	struct import_flaw no_zone, no_time, no_status, no_account, no_feed, sample, infoed, severity;
};

/* asff_row.c: checks a finding, notes its flaws and pushes its rows. */
MUST_USE enum status import_asff_row(struct import_asff *a, const struct import_asff_finding *f, struct err *err);

#endif
