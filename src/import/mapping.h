/**
 * Files that no format knows, read by a map: a YAML file that says which field of a record is which column of one
 * evidence kind. The formats `csv` and `jsonl` read by it; their options are a struct import_mapping.
 *
 * A map is strict: a key, kind, column or word that is not known, and a key that has no effect, is refused with
 * file:line:column. What a cell may hold is as in CSV of a kind (import/table.h), unless the map says otherwise.
 */
#ifndef IMPORT_MAPPING_H
#define IMPORT_MAPPING_H

#include "import/seen.h"
#include "import/table.h"

enum { IMPORT_MAPPING_SOURCES = 128, IMPORT_MAPPING_PARTS = 8, IMPORT_MAPPING_FIELDS = EVIDENCE_COLUMNS_MAX + 3 };

/* What the map reads of a record: a column of CSV by its name, a value in JSON by its pointer (RFC 6901). */
struct import_mapping_source {
	str name;
	int64_t line, column; /* in the map */
};

enum import_mapping_else { IMPORT_MAPPING_REFUSE, IMPORT_MAPPING_UNKNOWN, IMPORT_MAPPING_KEEP };
enum import_mapping_time {
	IMPORT_MAPPING_ISO,
	IMPORT_MAPPING_UNIX,
	IMPORT_MAPPING_UNIX_MS,
	IMPORT_MAPPING_EXCEL,
	IMPORT_MAPPING_PATTERN
};

struct import_mapping_word {
	str word;
	struct evidence_value value;
};

/* One column of the kind, the id, the unit or the time of observation. */
struct import_mapping_field {
	str name;
	int target; /* the column's index, or IMPORT_TABLE_ID, _UNIT or _OBSERVED */
	bool constant;
	struct evidence_value value;                 /* of a constant */
	size_t n_parts, parts[IMPORT_MAPPING_PARTS]; /* indexes of sources */
	char join;                                   /* between the parts */
	bool lower, has_words;
	size_t n_words;
	const struct import_mapping_word *words; /* in byte order */
	enum import_mapping_else otherwise;      /* for what is none of the words */
	enum import_mapping_time time;
	str pattern;
	int64_t east_ms; /* the zone of times that name none */
};

struct import_mapping {
	str file;    /* the map's, for messages */
	str name;    /* of the map; names the feed, with the unit */
	str feed;    /* empty: by the name */
	str records; /* JSON: the pointer to the list of records; empty: lines, or a list */
	struct {     /* where `records` stands in the map */
		int64_t line, column;
	} records_at;
	enum evidence_kind_id kind;
	bool names_units;
	size_t n_sources, n_fields;
	struct import_mapping_source sources[IMPORT_MAPPING_SOURCES];
	struct import_mapping_field fields[IMPORT_MAPPING_FIELDS]; /* the id first */
};

/* Reads a map; everything lives in the arena. */
MUST_USE enum status import_mapping_read(str file, str text, struct arena *a, const struct import_mapping **out,
					 struct err *err);

/* ---- inside the two formats ---- */

/* What a record has at one source. */
struct import_mapping_cell {
	enum { IMPORT_MAPPING_ABSENT, IMPORT_MAPPING_EMPTY, IMPORT_MAPPING_TEXT, IMPORT_MAPPING_WRONG } state;
	str text;   /* trimmed, not empty */
	bool whole; /* a number of JSON that is i64, however it is written */
	int64_t i64;
	const char *found;    /* what stands there when it is WRONG: "a list" */
	int64_t line, column; /* 0: the record's */
};

struct import_mapping_run {
	struct import_input *in;
	const struct import_mapping *map;
	struct import_mapping_cell cells[IMPORT_MAPPING_SOURCES];
	bool met[IMPORT_MAPPING_SOURCES]; /* some record has the source */
	int64_t record, line;             /* of the current record */
	struct arena scratch;             /* for its texts */
	struct import_table_cells values;
	struct import_seen seen;
};

/* In the arena of the input; without a map E_INVALID that says what to do. */
MUST_USE enum status import_mapping_begin(struct import_input *in, struct import_mapping_run **out, struct err *err);
/* The cells hold the next record, which starts on the line: pushes it, or leaves it out where that is allowed. */
MUST_USE enum status import_mapping_take(struct import_mapping_run *run, struct err *err);
/* Warnings about the file as a whole. */
MUST_USE enum status import_mapping_end(struct import_mapping_run *run, struct err *err);
/* E_INVALID at a place of the map, after err_set. */
enum status import_mapping_at(const struct import_mapping *map, int64_t line, int64_t column, struct err *err);

#endif
