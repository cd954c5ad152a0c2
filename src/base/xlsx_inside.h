/* What the files of the workbook reader share. */
#ifndef BASE_XLSX_INSIDE_H
#define BASE_XLSX_INSIDE_H

#include "base/buf.h"
#include "base/xlsx.h"
#include "base/xml.h"

/* xlsx_text.c: standing on <si> or <is>: its text without phonetic hints, in out; standing on its end after. */
MUST_USE enum status xlsx_text_read(struct xml_reader *xml, struct buf *out, struct err *err);
/* Reads the shared texts, once. */
MUST_USE enum status xlsx_text_load(struct xlsx *x, struct err *err);

#endif
