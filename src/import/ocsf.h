/**
 * OCSF findings: what the files of this format share.
 *
 * Classes 2004 (detection finding; Prowler writes these) and 2003 (compliance finding) become posture rows, one per
 * resource of a finding. The file is a list of findings, a single one, or JSON Lines.
 */
#ifndef IMPORT_OCSF_H
#define IMPORT_OCSF_H

#include "import/formats.h"
#include "import/seen.h"
#include "import/walk.h"

struct import_ocsf_resource {
	struct import_ocsf_resource *next;
	str uid, name, type, region, name_space, group;
};

/* A finding as it stands in the file; its texts live in the scratch arena. */
struct import_ocsf_finding {
	int64_t record, line;
	struct evidence_value class_uid, time, severity_id, status_id, compliance_status_id;
	str time_text, time_dt, severity, status, status_code;
	str event_code, product, title, uid, analytic_uid, analytic_name, type;
	str compliance_status, compliance_status_code, control;
	str cloud_provider, cloud_region, account, unmapped_provider, unmapped_account;
	bool gen_ai, in_container;
	struct import_ocsf_resource *resources, *last_resource;
};

struct import_ocsf {
	struct import_input *in;
	struct import_walk walk;
	struct arena scratch; /* of the current finding */
	struct import_seen_rows rows;
	bool several; /* the findings do not share one identity */
	struct import_flaw seconds, no_zone, no_time, no_status, no_account;
};

/* ocsf_row.c: checks a finding, notes its flaws and pushes its rows. */
MUST_USE enum status import_ocsf_row(struct import_ocsf *o, const struct import_ocsf_finding *f, struct err *err);
/* ocsf_checks.c: whether a check of Prowler is about AI. */
bool import_ocsf_checks_ai(str check_id);

#endif
