/**
 * Views: what app/ hands to every face. Plain values, filled once, rendered by terminal, JSON, page and document.
 *
 * Everything lives in the arena of the command; a str whose p is NULL is absent. Times are ms UTC.
 */
#ifndef CORE_VIEW_H
#define CORE_VIEW_H

#include "core/evidence.h"
#include "core/feed.h"
#include "core/link.h"
#include "core/measure.h"
#include "core/model.h"
#include "core/score.h"
#include "core/unit.h"

/* A score with the names that make it readable. */
struct view_score {
	const struct model *model;
	const struct unit_tree *tree;
	str unit_id, unit_name;
	int64_t as_of_ms;
	struct score score;
};

/* One unit of a list, with its levels. */
struct view_unit {
	const struct unit *unit;
	str parent_id; /* absent for the root */
	bool leaf;
	struct score_mean program;
	const struct score_category *categories; /* by model.categories */
};

struct view_units {
	const struct model *model;
	int64_t as_of_ms, since_ms; /* since when this tree holds; INT64_MIN = for all time */
	size_t n;
	const struct view_unit *units; /* pre-order */
};

struct view_unit_import {
	bool unchanged; /* the same tree was there already */
	int64_t units, leaves;
	int64_t since_ms; /* INT64_MIN = for all time */
	str root_id;
};

/* One row of evidence, with the columns that are known. */
struct view_row {
	str kind, unit, id;
	size_t n_cells;
	const struct view_cell {
		str column;
		enum evidence_type type;
		int64_t i64;
		str text; /* of EVIDENCE_TEXT */
	} * cells;
};

/* A format of evidence files, and the kinds of evidence that it supplies by itself, as bits. */
struct view_format {
	str name;
	uint64_t kinds;
};

/* What one evidence file did, or would do. */
struct view_receipt {
	str file, sha256, format, feed, unit;
	int64_t observed_ms;
	int64_t read, added, changed, unchanged, gone; /* the format's own records */
	size_t n_kinds;
	struct view_kind_count {
		enum evidence_kind_id kind;
		int64_t rows;
	} kinds[EVIDENCE_KINDS]; /* rows of the feed that are current after it */
	size_t n_warnings;
	const str *warnings;
	size_t n_unresolved;
	const str *unresolved;
	str map, map_sha256; /* what it was read by; absent without a map */
	int64_t may_skip;    /* how many records might have been left out */
	size_t n_skipped;
	const struct view_skipped {
		int64_t record;
		str where, reason;
	} * skipped;
	bool dry_run; /* nothing was stored; rows: the first ones */
	size_t n_rows;
	const struct view_row *rows;
};

/* What a measures file did. */
struct view_measures_import {
	str file, sha256;
	int64_t read, added, unchanged;
	size_t n_warnings;
	const str *warnings;
	bool dry_run; /* as in view_receipt */
	size_t n_rows;
	const struct view_row *rows;
};

struct view_check_failure {
	str objective, message;
};

struct view_evaluation {
	int64_t as_of_ms;
	int64_t checks, measures,
	    unchanged;  /* checks run; measures recorded; (unit, objective) pairs found unchanged */
	int64_t silent; /* (unit, objective) pairs without a fresh feed: nothing recorded */
	int64_t reruns; /* later runs that were looked at again */
	int64_t unresolved_rows, unresolved_names; /* rows that name AI systems nobody knows, and those names */
	size_t n_failures;
	const struct view_check_failure *failures;
	size_t n_warnings;
	const str *warnings;
};

/* Why a current measure adds nothing. */
enum view_left_out {
	VIEW_KEPT,
	VIEW_BY_DEPLOYMENT,     /* the objective does not apply to the unit's deployment types */
	VIEW_BY_NOT_APPLICABLE, /* a not-applicable record of the unit is in force (rule 3) */
	VIEW_BY_OVERRIDE,       /* an override is in force (rule 2) */
	VIEW_BY_MEASUREMENT     /* a fresh measurement stands (rule 2) */
};

/* One current measure behind a tally. */
struct view_measure {
	str unit, source, justification, note, author, evidence_sha256;
	enum measure_basis basis;
	bool not_applicable, overrides, stale, kept;
	enum view_left_out left_out;
	struct measure_tally tally;   /* as recorded */
	struct measure_tally counted; /* what it adds to the score: zero when it is not kept */
	int64_t observed_ms, expires_ms /* TIME_FOREVER: none; the earlier of expiry and age */, override_until_ms;
	int64_t seen_ms;       /* view_current_seen: what its age is counted from */
	str error;             /* of the check that made it */
	str file, file_sha256; /* the measures file it was read from, and the line; absent for answers and checks */
	int64_t file_line;
	str reviewer;
};

/* A unit that contributes without a measure. */
struct view_silent_unit {
	str unit;
	int64_t size;
};

/* Where a fact about a subject was read. */
struct view_record {
	str kind, feed, file, sha256;
	int64_t record, line; /* 0 = not known */
	int64_t observed_ms;  /* of the snapshot that first showed it so */
};

/* One member of the population that is not met or not known. */
struct view_subject {
	str unit, id, name; /* name: absent when the kind has none */
	int meets;          /* 0 or -1 (unknown) */
	size_t n_records;
	const struct view_record *records;
};

/* A kind that the check reads and that nobody looks at any more, or not everywhere, or in names nobody knows. */
struct view_gap {
	str kind;
	int64_t units, of; /* leaf units below without a fresh feed, of how many */
	str stale_feed;    /* a feed that supplies the kind and is too old; absent when there is none */
	int64_t stale_ms;  /* its newest snapshot */
	str late_feed;     /* a feed that supplies the kind, counts still, and is overdue; absent when there is none */
	str late_owner;    /* who answers for it; absent: nobody */
	int64_t late_due_ms;
	int64_t unresolved_rows, unresolved_names; /* rows that name AI systems which no register and no link knows */
};

struct view_objective {
	const struct model *model;
	const struct model_objective *objective;
	str unit_id;
	int64_t as_of_ms;
	struct score_objective score;
	size_t n_measures;
	const struct view_measure *measures;
	size_t n_silent; /* of which the first are listed */
	size_t n_silent_listed;
	const struct view_silent_unit *silent;
	size_t n_gaps;
	const struct view_gap *gaps;
	bool has_check, subjects_known; /* subjects_known: the check could be run on the evidence of its measures */
	int64_t subjects_not_met, subjects_unknown; /* all of them */
	int64_t offset;                             /* of the page */
	size_t n_subjects;
	const struct view_subject *subjects; /* the page: not met first, then unknown; by unit and id */
	str subjects_note;                   /* why they are not known, or that evidence has changed since */
};

/* What would lift a category by one level. */
struct view_step {
	const struct model_objective *objective;
	struct score_objective score;
	int64_t missing; /* how many more `yes` make it met, the population as it is */
	int64_t effort_days;
	bool in_next_level; /* false: a lower level's objective that has to be met again */
};

struct view_category {
	const struct model *model;
	const struct model_category *category;
	str unit_id;
	int64_t as_of_ms;
	struct score_category score;
	int target_level; /* the level the steps lead to; 0 at the ceiling or when not applicable */
	size_t n_steps;
	const struct view_step *steps;
	size_t n_objectives;
	const struct score_objective *objectives; /* of the category, in the model's order */
};

struct view_answer {
	str objective, unit, source;
	enum measure_basis basis;
	struct measure_tally tally;
	bool not_applicable;
	int64_t observed_ms, expires_ms, override_until_ms; /* TIME_FOREVER: none; override INT64_MIN: none */
	str evidence_sha256;
	bool unchanged; /* the same answer was recorded already */
	int64_t seq;    /* its running number; 0 when unchanged */
};

struct view_feed {
	str name, unit, format;
	enum feed_state state;
	str owner;           /* p NULL: nobody */
	int64_t every_ms;    /* promised longest time between two snapshots; negative: not said */
	int64_t due_ms;      /* of the next one; TIME_FOREVER: not said */
	bool overdue;        /* whatever else is the state */
	int64_t max_age_ms;  /* the least that an objective which reads it allows; negative: none reads it */
	size_t n_objectives; /* that read it, and of them those for which it is too old */
	size_t n_too_old;
	str failed_file, failed_reason; /* of the last file that was refused; p NULL: none was since the last import */
	int64_t failed_ms;
	bool retired;
	bool kept; /* by aismm itself: what it says is of now, and never too old */
	int64_t retired_ms, first_ms, newest_ms;
	int64_t snapshots, rows; /* rows: current ones */
	size_t n_kinds;
	struct view_kind_count kinds[EVIDENCE_KINDS];
	size_t n_files; /* only in show: newest first */
	const struct view_feed_file {
		str file, sha256;
		int64_t observed_ms, recorded_ms;
	} * files;
	size_t n_units; /* only in show: the units it names */
	const str *units;
	size_t n_readers; /* only in show: the objectives that read it, in the model's order */
	const struct view_reader {
		const struct model_objective *objective;
		bool too_old; /* for it */
	} * readers;
};

struct view_feeds {
	size_t n;
	const struct view_feed *list;
	size_t n_lacks;
	struct view_lack {
		enum evidence_kind_id kind;
		size_t n_objectives; /* whose check reads it */
	} lacks[EVIDENCE_KINDS];     /* kinds that no feed hands in, the one that most read first */
};

/* A rule that says which AI system a name means. */
struct view_link {
	str name, system;
	bool pattern;
	str feed; /* p NULL: of every feed */
	str reason, author, ended_by;
	int64_t recorded_ms, ended_ms; /* TIME_FOREVER: it holds */
	bool idle;                     /* it holds, but no register knows its system now */
	bool unchanged;                /* after adding: it was there already */
	int64_t rows;                  /* after adding or ending: rows whose names it resolved; in a list -1 */
};

/* A name for an AI system that no register knows. */
struct view_unresolved {
	str name;
	bool shown;      /* it is the id of a system that a feed discovered, else nobody knows what it means */
	bool discovered; /* counted as an AI system that is not registered */
	int64_t rows;    /* over all uses */
	size_t n_uses;
	const struct view_unresolved_use {
		enum evidence_kind_id kind;
		str feed;
		int64_t rows;
	} * uses; /* by feed and kind */
	size_t n_suggestions;
	const str *suggestions;
};

struct view_unresolved_list {
	int64_t as_of_ms;
	int64_t rows;     /* that count for nothing */
	size_t n_unknown; /* names that these rows have; they come first */
	size_t n;
	const struct view_unresolved *names; /* of each part the most rows first */
};

/* What one name means. */
struct view_resolution {
	str name, feed; /* feed p NULL: any */
	struct link_found found;
	size_t n_suggestions;
	const str *suggestions;
};

struct view_model {
	str name, id, version, title;
	str line; /* measures belong to it */
	str base; /* the name of the model that it is an overlay of; p NULL: none */
	bool active;
	int64_t imported_ms;
	int64_t objectives, checks, categories;
	int overlay[MODEL_OVERLAY_ACTS]; /* what it does to its base; see model_overlay_count */
	str carried; /* after an import: the base that came with it and was stored as well; p NULL: none */
	str waiting; /* after init: the built-in model, stored but not in use; p NULL: it is */
	const struct view_activation *activation; /* after another one became active; NULL: nothing changed */
};

/* What became of the measures when another model became active. Only objectives that have measures are counted. */
struct view_activation {
	str previous, previous_line; /* the model that was active before, and whose measures they are */
	bool same_line;              /* false: none of them counts any more; the numbers say what asks for the same */
	int64_t carry, judge;        /* objectives that count the same; whose words changed, so that a person judges */
	size_t n_lost;
	const str *lost; /* those that count something else or are gone */
};

/* A model with what its book needs beside it. */
struct view_book {
	const struct model *model;
	const uint64_t *reads; /* by model.objectives: the kinds of evidence that its check reads, as bits */
};

/* Documents for people, as the files they become. */
struct view_document {
	str name; /* of a file below the folder asked for; empty: the one file asked for */
	str text;
};

struct view_documents {
	str model; /* id@version */
	size_t n;
	const struct view_document *list;
};

/* A bound of `aismm check --min` and what was found. */
struct view_bound {
	str category;      /* id; "program" for the program's floor */
	int wanted, found; /* levels; found 0 = not applicable */
	bool holds;
};

struct view_check {
	const struct model *model;
	str unit_id;
	int64_t as_of_ms;
	size_t n;
	const struct view_bound *bounds; /* in the order asked for */
	int below;                       /* how many do not hold */
};

struct view_rebuild {
	int64_t units, rows;
	str sha256; /* of the derived rows, in their order: equal before and after when nothing is wrong */
	bool same;  /* they were the same before */
};

#endif
