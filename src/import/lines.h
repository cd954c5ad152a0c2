/**
 * Formats that come in two ways, such as JSON and JSON Lines: which of the two a file is.
 */
#ifndef IMPORT_LINES_H
#define IMPORT_LINES_H

#include "base/json.h"
#include "import/import.h"

/* The first bytes of the input, up to IMPORT_HEAD; the input is read from its start again after. */
MUST_USE enum status import_lines_head(struct import_input *in, str *head, struct err *err);
/**
 * Opens the reader over the input, as JSON Lines when the first line is a whole object; the reader must know before it
 * reads, as it takes a line break inside a record for a cut. A single object on one line is the same in both.
 */
MUST_USE enum status import_lines_open(struct json_reader *json, struct import_input *in, struct err *err);

#endif
