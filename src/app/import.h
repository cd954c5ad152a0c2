/**
 * What an import is given beside its files, and what it shows of them. For the files of app/ alone.
 */
#ifndef APP_IMPORT_H
#define APP_IMPORT_H

#include "app/app.h"
#include "import/mapping.h"

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

#endif
