/**
 * What a person can ask for, once for every face. Transactions begin and end here; nothing above computes, nothing
 * below knows a user. Every function fills a view from core/view.h or an err.
 */
#ifndef APP_APP_H
#define APP_APP_H

#include "base/arena.h"
#include "base/err.h"
#include "base/source.h"
#include "core/view.h"

struct db;
struct access;
struct app_hold;

struct app;

/* How a write asks the face once more when its turn has come (app/change.h): sets now_ms, and who where a person may
 * lose what he may. E_DENIED: he may not ask any more. Inside the transaction; NULL: the first time stands. */
struct app_again {
	enum status (*ask)(struct app *app, struct err *err);
	void *ctx;
};

struct app {
	struct db *db;
	struct arena *arena;
	int64_t now_ms;           /* the clock is read by the face, once for what is read and once more for a write */
	str actor;                /* who asks; for the record of answers and imports */
	const struct access *who; /* what that person may; NULL: everything (app/access.h) */
	struct app_hold *hold;    /* what a server keeps between questions (app/hold.h); NULL: nothing */
	struct app_again again;
	void (*progress)(void *ctx, str what, int64_t done, int64_t all); /* may be NULL; all 0 = not known */
	void *progress_ctx;
};

/* APP_SERVES: writes for people who cannot see what holds it up, so it waits for other writers up to
 * LIMIT_TURN_SECONDS, and lives long, so it keeps little in memory. APP_SERVES_FILES: the same for imports, which have
 * use for more while they work. */
enum app_need { APP_READS, APP_WRITES, APP_CREATES, APP_SERVES, APP_SERVES_FILES };

/* A time that may be left out. */
struct app_time {
	bool given;
	int64_t ms;
};

/**
 * Opens the store; it is closed when the arena is released. E_NOT_FOUND: there is none (hint: aismm init). E_CONFLICT:
 * its schema is newer than this program, or older and opened for reading.
 */
MUST_USE enum status app_open(struct app *app, const char *url, enum app_need need, struct err *err);
/* Makes the schema, loads the built-in model and activates it. *made = false: everything was there already. */
MUST_USE enum status app_init(struct app *app, bool *made, struct view_model *out, struct err *err);

/* app/unit.c */
MUST_USE enum status app_unit_import(struct app *app, struct source *from, struct app_time since,
				     struct view_unit_import *out, struct err *err);
/* unit: empty = the whole tree. Asks for reader there. */
MUST_USE enum status app_unit_list(struct app *app, str unit, struct app_time as_of, struct view_units *out,
				   struct err *err);

/* app/import.c */
struct app_import {
	str format; /* empty: by content */
	str feed;   /* empty: by the source's identity, else format and unit */
	str unit;   /* empty: the feed's, else the root */
	struct app_time observed;
	const str *covers;
	size_t n_covers;
	bool replace;
	str say_time;     /* how a caller says when it was so, for the hint; empty: --observed */
	str map;          /* path of a map (import/mapping.h); for the formats csv and jsonl */
	int64_t skip_bad; /* how many records of each file may break a rule, and are left out then */
	bool dry_run;     /* do everything, then undo it; the receipts hold the first rows */
	bool warn_age; /* warn of files that no check takes any more; who brings history on purpose need not hear it */
};
/* The formats, in the order of help; empty after the last. */
str app_import_format(size_t i);
/* The kinds of evidence that it supplies by itself, as bits; none for one that is read by a map, which says it. */
uint64_t app_import_kinds(size_t i);
/* n files as one transaction; out: n receipts. A file named "-" is standard input. On failure err->where names the
 * file. */
MUST_USE enum status app_import(struct app *app, const struct app_import *options, const str *files, size_t n,
				struct view_receipt *out, struct err *err);
/* The same for one file that is open already, from its first byte, and stays the caller's to close; for n of them. */
MUST_USE enum status app_import_from(struct app *app, const struct app_import *options, const struct source *from,
				     struct view_receipt *out, struct err *err);
MUST_USE enum status app_import_many(struct app *app, const struct app_import *options, const struct source *from,
				     size_t n, struct view_receipt *out, struct err *err);
/* app/measure.c: measures CSVs, n files as one transaction; out: n receipts. dry_run: as in app_import. For
 * administrators: such a file may say anything about any unit. */
MUST_USE enum status app_measure_import(struct app *app, bool dry_run, const str *files, size_t n,
					struct view_measures_import *out, struct err *err);
/* The same for n that are open already, from their first bytes, and stay the caller's to close. */
MUST_USE enum status app_measure_import_many(struct app *app, bool dry_run, const struct source *from, size_t n,
					     struct view_measures_import *out, struct err *err);

/* app/evaluate.c */
MUST_USE enum status app_evaluate(struct app *app, struct app_time as_of, struct view_evaluation *out, struct err *err);

/* app/answer.c; what else there is about answers: app/answer.h */
struct view_answer_conflict;
/* A document that is stored already (app/evidence.h). */
struct app_document {
	str sha256, name, media; /* media may be empty */
};
struct app_answer {
	str objective, unit; /* unit empty: the root, for program objectives only */
	bool not_applicable;
	struct measure_tally tally;
	bool reviewed; /* basis reviewed: needs evidence and a reviewer other than the author */
	str because, evidence_file, reviewer;
	struct app_time observed, expires, override_until;
	const struct app_document *documents; /* behind evidence_file */
	size_t n_documents;
	struct {
		bool given;  /* false: do not look */
		int64_t seq; /* of the answer that the caller saw (view_answer_now); 0: there was none */
	} expected;
	bool forced;                           /* record it beside the other one; both stay facts */
	struct view_answer_conflict *conflict; /* filled when another one came in between; may be NULL */
};
/* Asks for assessor at the unit, or that the objective is assigned there. E_CONFLICT: another answer came in between;
   nothing was written. */
MUST_USE enum status app_answer(struct app *app, const struct app_answer *answer, struct view_answer *out,
				struct err *err);

/* app/score.c; unit empty = the root; as_of not given = now. Asks for reader at the unit. */
MUST_USE enum status app_score(struct app *app, str unit, struct app_time as_of, struct view_score *out,
			       struct err *err);
/* bounds: "GOV=3,IAM=2" or "program=2". */
MUST_USE enum status app_check(struct app *app, str unit, str bounds, struct app_time as_of, struct view_check *out,
			       struct err *err);
/* For administrators. */
MUST_USE enum status app_rebuild(struct app *app, struct view_rebuild *out, struct err *err);

/* app/explain.c; limit: subjects on the page */
MUST_USE enum status app_explain_objective(struct app *app, str objective, str unit, struct app_time as_of,
					   int64_t offset, int64_t limit, struct view_objective *out, struct err *err);
MUST_USE enum status app_explain_category(struct app *app, str category, str unit, struct app_time as_of,
					  struct view_category *out, struct err *err);
/* Is this word a category of the active model (else it may be an objective)? */
MUST_USE enum status app_explain_is_category(struct app *app, str word, bool *out, struct err *err);

/* app/model.c. A path is a file, or a directory with model.yaml and one file per category; a file may be an overlay. */
/* Needs no store: app->db may be NULL. base: the path of an overlay's base; NULL: the store, else the built-in model.
 */
MUST_USE enum status app_model_lint(struct app *app, const char *path, const char *base, struct model_problems *out,
				    const struct model **model, struct err *err);
/* Like lint, then stored; problems are filled when it fails with E_INVALID. *added = false: the same model was there.
 * This and activating are for administrators. */
MUST_USE enum status app_model_import(struct app *app, const char *path, struct model_problems *problems,
				      struct view_model *out, bool *added, struct err *err);
MUST_USE enum status app_model_activate(struct app *app, str id, struct view_model *out, struct err *err);
MUST_USE enum status app_model_list(struct app *app, const struct view_model **out, size_t *n, struct err *err);
/* id empty: the active one. */
MUST_USE enum status app_model_show(struct app *app, str id, const struct model **out, struct view_model *view,
				    struct err *err);

/* app/model_open.c. These need no store: app->db may be NULL. */
struct model_diff;
struct model_coverage;
/* Does this word name a model of the store? Not `builtin`, and no path: that has a / or ends with .yaml. */
bool app_model_is_stored(str text);
/* A model by its name or id, by path, or `builtin`; empty: the active one, without a store the built-in one. base: as
 * in app_model_lint. */
MUST_USE enum status app_model_open(struct app *app, str text, const char *base, const struct model **out,
				    struct view_model *view, struct err *err);
/* E_NOT_FOUND with a hint, also when an overlay retired it. */
MUST_USE enum status app_model_objective(const struct model *m, str id, const struct model_objective **out,
					 struct err *err);
MUST_USE enum status app_model_diff(struct app *app, str from, str to, const char *base, struct model_diff *out,
				    struct err *err);
/* version empty: see core/model_coverage.h. */
MUST_USE enum status app_model_coverage(struct app *app, str model, str framework, str version,
					struct model_coverage *out, struct err *err);
/* app/model_book.c: a model as a document: a folder of Markdown pages, else one HTML page. model, base: as in
 * app_model_open. */
MUST_USE enum status app_model_book(struct app *app, str model, const char *base, bool markdown,
				    struct view_documents *out, struct err *err);

/* app/feed.c: a feed begins with its first snapshot. Before, the list is without it, and E_NOT_FOUND says so of one. */
MUST_USE enum status app_feed_list(struct app *app, struct app_time as_of, struct view_feeds *out, struct err *err);
MUST_USE enum status app_feed_show(struct app *app, str name, struct app_time as_of, struct view_feed *out,
				   struct err *err);
MUST_USE enum status app_feed_retire(struct app *app, str name, struct app_time at, struct view_feed *out,
				     struct err *err);
/* What is expected of a feed; a part that is not given stays as it is. E_CONFLICT: it is not what was seen. */
struct app_feed_setting {
	bool owner_given, every_given;
	str owner;        /* empty: nobody */
	int64_t every_ms; /* 0: nothing is promised */
	bool has_seen;    /* set only if this is still what is expected: */
	str seen_owner;
	int64_t seen_every_ms;
};
MUST_USE enum status app_feed_set(struct app *app, str name, const struct app_feed_setting *setting,
				  struct view_feed *out, struct err *err);
/* A file for the feed was refused, for the record; *known = false: there is no feed of this name, and nothing is kept.
 */
MUST_USE enum status app_feed_fail(struct app *app, str name, str file, const struct err *why, bool *known,
				   struct err *err);

/* app/link.c: which AI system a name means; see core/link.h */
struct app_link {
	str name, system;
	str feed;    /* empty: every feed */
	str because; /* may be empty */
};
/* E_NOT_FOUND: no register knows the system, or there is no such feed; E_CONFLICT: the name is a system's own, or means
 * another one. */
MUST_USE enum status app_link_add(struct app *app, const struct app_link *link, struct view_link *out, struct err *err);
/* A CSV file of links: name, system and optionally feed and because; all of them or none. */
MUST_USE enum status app_link_import(struct app *app, struct source *from, const struct view_link **out, size_t *n,
				     struct err *err);
MUST_USE enum status app_link_remove(struct app *app, str name, str feed, struct view_link *out, struct err *err);
/* all: with those that were taken back. */
MUST_USE enum status app_link_list(struct app *app, bool all, const struct view_link **out, size_t *n, struct err *err);
MUST_USE enum status app_link_unresolved(struct app *app, struct app_time as_of, struct view_unresolved_list *out,
					 struct err *err);
MUST_USE enum status app_link_resolve(struct app *app, str name, str feed, struct app_time as_of,
				      struct view_resolution *out, struct err *err);

/* unit empty: for every unit. For administrators. */
MUST_USE enum status app_source_retire(struct app *app, str source, str unit, struct app_time at, struct err *err);

#endif
