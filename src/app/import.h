/**
 * The parts of an import: what it is given beside its files, what it shows of them, the files on their way. For the
 * files of app/ alone.
 */
#ifndef APP_IMPORT_H
#define APP_IMPORT_H

#include "app/load.h"
#include "import/import.h"
#include "import/mapping.h"
#include "store/evidence.h"
#include "store/feed.h"

/* ---- import_map.c: the map by which `csv` and `jsonl` are read ---- */

struct app_import_map {
	str file, text, sha256;
	const struct import_mapping *mapping; /* NULL: there is no map */
};

/* E_INVALID with the place in the map. */
MUST_USE enum status app_import_map_load(struct app *app, str path, struct app_import_map *out, struct err *err);
/* Keeps the map beside the files of a snapshot; nothing when there is none. */
MUST_USE enum status app_import_map_keep(struct app *app, const struct app_import_map *map, int64_t snapshot,
					 struct err *err);

/* ---- import_rows.c: single records of one file ---- */

/* Records that were left out because they break a rule. */
struct app_import_skips {
	int64_t most; /* so many may be */
	struct view_skipped *list;
	size_t n, cap;
};

/* Notes one more and gives OK; past `most` the error's own status, and a hint that says so. */
MUST_USE enum status app_import_skips_add(struct app_import_skips *skips, struct arena *a, int64_t record,
					  struct err *err);

/* The first rows, as they would be stored. */
struct app_import_sample {
	struct view_row *rows;
	size_t n;
};

/* Begins a row with room for n cells, its unit and id copied; *cells is NULL when there are enough rows. The caller
   fills cells and counts them in the newest row; texts in them must live as long as the arena. */
MUST_USE enum status app_import_sample_begin(struct app_import_sample *sample, struct arena *a, str kind, str unit,
					     str id, size_t n, struct view_cell **cells, struct err *err);
/* Copies a row, unless there are enough. */
MUST_USE enum status app_import_sample_add(struct app_import_sample *sample, struct arena *a,
					   const struct evidence_record *r, struct err *err);
/* Rows that named no unit belong to this one. */
void app_import_sample_scope(struct app_import_sample *sample, str unit);

/* A unit that rows of a file name, and where first. */
struct app_import_named {
	str unit;
	int64_t line, record;
};

struct app_import_file {
	int64_t number;
	str name, sha256;
	int64_t bytes;
	struct source from;
	str whole;                          /* of a source that is a text: all of it */
	const struct import_format *format; /* NULL: to be found */
	str format_name;                    /* as it is kept: "ocsf", of a map "csv:finding" */
	uint64_t kinds, always;             /* of the format, or of the map */
	bool names_units;
	struct import_facts facts;
	struct app_import_skips skips;
	struct app_import_sample sample;
	int64_t staged; /* rows */
	struct app_import_named *named;
	size_t n_named, named_cap;
	bool *in_tree; /* by unit of today's tree: it is named already */
	str *warnings;
	size_t n_warnings, warnings_cap, warnings_left;
	int64_t observed_ms;
	str feed_name, scope;   /* the scope: what rows that name no unit were put into */
	struct store_feed feed; /* id 0: it is new */
	bool applied;
	struct view_receipt *receipt;
};

/* A file that the program itself writes, of a format that nobody can name. */
struct app_import_made {
	str name, text;
	const struct import_format *format;
	const void *rows; /* what its format reads them from */
};

struct app_import_job {
	struct app *app;
	const struct app_import *options;
	struct app_import_file *files;
	size_t n;
	struct app_import_map map;
	const struct app_import_made *made; /* NULL: files from outside */
	struct store_tree tree;
	int root_unit, unit; /* indexes in the tree: the root; --unit or -1 */
	struct store_stage stage;
	struct app_import_file *reading;
};

/* import.c: imports such a file inside the caller's write transaction.

   Files from outside are read and looked through aside, while others go on writing (store_aside); only what they say is
   applied in a write transaction, which looks again at all that may have changed meanwhile. */
MUST_USE enum status app_import_within(struct app *app, const struct app_import *options,
				       const struct app_import_made *made, struct view_receipt *out, struct err *err);
/* A warning of a file, kept for its receipt up to LIMIT_WARNINGS. */
MUST_USE enum status app_import_warn(struct app *app, struct app_import_file *f, str message, struct err *err);
/* app/import_age.c: warns of the kinds that a file is too old for: no check of the active model takes them any more. */
MUST_USE enum status app_import_age(struct app *app, struct app_import_file *f, uint64_t kinds, struct err *err);
/* app/import_apply.c: applies the snapshot that a file belongs to, with all files of the command that share its feed
   and time, and fills their receipts. Everything is staged and settled. */
MUST_USE enum status app_import_apply(struct app_import_job *job, struct app_import_file *first, struct err *err);

#endif
