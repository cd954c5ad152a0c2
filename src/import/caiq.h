/**
 * Answered questionnaires: what the files of this format share.
 *
 * A questionnaire is a table with a column of question ids and one of answers: CSA's AI-CAIQ and CAIQ as workbook or as
 * CSV, others as CSV. Its header may stand below a title. What the form does not ask for (who answered, when, in which
 * role) may be added in columns of one's own.
 */
#ifndef IMPORT_CAIQ_H
#define IMPORT_CAIQ_H

#include "base/csv.h"
#include "base/xlsx.h"
#include "import/formats.h"
#include "import/seen.h"
#include "import/walk.h"

enum import_caiq_column {
	IMPORT_CAIQ_QUESTION,
	IMPORT_CAIQ_ANSWER,
	IMPORT_CAIQ_OWNERSHIP,
	IMPORT_CAIQ_DESCRIPTION,
	IMPORT_CAIQ_CONTROL,
	IMPORT_CAIQ_FRAMEWORK,
	IMPORT_CAIQ_VERSION,
	IMPORT_CAIQ_RESPONDENT,
	IMPORT_CAIQ_PROVIDER,
	IMPORT_CAIQ_EVIDENCE,
	IMPORT_CAIQ_ANSWERED_AT,
	IMPORT_CAIQ_ANSWERED_BY,
	IMPORT_CAIQ_REVIEWER,
	IMPORT_CAIQ_REVIEWED_AT,
	IMPORT_CAIQ_COLUMNS
};

/* The header, and what was said before it. */
struct import_caiq_head {
	int at[IMPORT_CAIQ_COLUMNS]; /* -1: the file has no such column */
	str framework, version;      /* empty: not said */
};

/* The row that is being read. */
struct import_caiq_line {
	const struct xlsx_cell *cells;
	size_t n;
	int64_t line;
};

struct import_caiq {
	struct import_input *in;
	struct arena scratch; /* of the current row */
	struct import_caiq_head head;
	struct import_caiq_line line;
	/* One of the two. */
	bool is_workbook;
	struct csv_reader csv;
	struct xlsx workbook;
	struct xlsx_rows rows;
	str sheet;
	struct xlsx_cell *csv_cells;
	/* Said once, they hold for the rows below. */
	str framework, version, respondent, provider;
	str control;
	int64_t unanswered;
	bool has_answered;
	int64_t answered_ms; /* the latest */
	struct import_seen questions;
	struct import_flaw blank, word, formula, no_owner, no_reason, no_respondent, owner_word, no_zone;
};

/* caiq_head.c */
/* A header: it has question ids and answers. false: it is none, *head untouched. E_INVALID when two columns mean the
   same. */
MUST_USE enum status import_caiq_header(const struct import_caiq_line *line, struct import_caiq_head *head, bool *found,
					struct err *err);
/* Whether it has question ids and no answers, as the catalogues have that list the questions. */
bool import_caiq_asks(const struct import_caiq_line *line);
/* Takes framework and version from the name of a sheet or a title; a version that is known stays. */
MUST_USE enum status import_caiq_stamp(str text, struct arena *a, struct import_caiq_head *head, struct err *err);

/* caiq_row.c: reads a row below the header, and pushes it. */
MUST_USE enum status import_caiq_row(struct import_caiq *c, struct err *err);
/* The provider who answered about itself, where there is one. */
MUST_USE enum status import_caiq_provider(struct import_caiq *c, struct err *err);
/* caiq.c: E_INVALID at the place of a column of the current row. */
enum status import_caiq_refuse(const struct import_caiq *c, enum import_caiq_column column, const char *what,
			       const char *hint, struct err *err);

/* Whether the head of a file looks like a workbook. */
bool import_caiq_is_workbook(str head);

#endif
