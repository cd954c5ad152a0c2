/**
 * SARIF 2.1.0 logs: what the files of this format share.
 *
 * The members of a run stand in any order, and a result takes its level, its title and often its file from tables that
 * may come behind it. So the source is read twice: once for the tables (rules and file names, LIMIT_SARIF_KEPT of them
 * are kept), once for the results, each of which is forgotten as soon as its row is pushed.
 */
#ifndef IMPORT_SARIF_H
#define IMPORT_SARIF_H

#include "import/formats.h"
#include "import/seen.h"
#include "import/walk.h"

struct import_sarif;

struct import_sarif_rule {
	str id, title; /* title: of its descriptions */
	str name;
	str by_level; /* severity by defaultConfiguration.level; empty = it has none */
	str by_score; /* severity by properties.security-severity; empty = it has none */
};

/* The driver, or an extension of the tool. */
struct import_sarif_component {
	struct import_sarif_rule *rules;
	size_t n, cap;
};

struct import_sarif_run {
	struct import_sarif_run *next;
	struct import_sarif *log;
	int64_t number, line; /* number from 1 */
	str tool, repository, category;
	bool several_repositories, has_results, has_time, results_elsewhere;
	struct import_sarif_component *components; /* [0] is the driver */
	size_t n_components, components_cap;
	str *artifacts; /* their uris, by index */
	size_t n_artifacts, artifacts_cap;
};

/* Fingerprints of a result; the order in which they stand does not count. */
struct import_sarif_mark {
	int64_t n;
	uint64_t sum[2];
	str primary; /* the one that code hosts go by; stands for all */
};

/* A result as it stands in the file; its texts live in the scratch arena. */
struct import_sarif_result {
	struct import_sarif *log;
	const struct import_sarif_run *run;
	int64_t record, line;
	str rule_id, rule_ref_id, level, kind, baseline, score, correlation, first_seen;
	struct evidence_value rule_index, rule_ref_index, component_index;
	str message;         /* first line */
	struct hash wording; /* of the whole message and of the logical place */
	bool has_place;
	str uri, logical;
	struct evidence_value artifact, start_line, start_column;
	struct import_sarif_mark full, partial;
	int64_t suppressions, rejected; /* rejected: or still under review */
};

struct import_sarif {
	struct import_input *in;
	struct import_walk walk;
	struct arena scratch; /* of the current result */
	struct import_sarif_run *first, *last, *current;
	int64_t kept;
	bool has_version;
	struct import_seen rules; /* scope: number of the run; `line` holds component << 32 | index */
	struct import_seen marks; /* ids, and ids by place; `line` of the latter holds which place of the id it is */
	struct import_seen_rows rows;
	struct import_flaw no_time, no_feed, start_only, no_zone, unsuccessful, no_results, undecided, level, score,
	    no_rule, index, fingerprint, login, shared, draft;
};

/* The severity that a level stands for; false when the word is none of SARIF's. */
bool import_sarif_level(str word, str *severity);
/* The severity of a score from "0.0" to "10.0"; false when it is no such number. */
bool import_sarif_score(str text, str *severity);
/* E_INVALID at a line of the file. */
enum status import_sarif_refuse(const struct import_sarif *s, int64_t line, const char *what, const char *hint,
				struct err *err);

/* sarif_run.c: standing on a run (record: the log), reads all of it but the results, and adds it. */
MUST_USE enum status import_sarif_run(struct import_walk *w, void *log, struct err *err);
/* sarif_result.c: standing on a result (record: the log), reads it and pushes its row. */
MUST_USE enum status import_sarif_result(struct import_walk *w, void *log, struct err *err);
/* sarif_row.c: pushes the row of a result. */
MUST_USE enum status import_sarif_row(struct import_sarif *s, struct import_sarif_result *r, struct err *err);

#endif
