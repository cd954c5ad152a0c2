/**
 * What the formats of bills of materials share, so that the same model has the same id and the same facts in each.
 */
#ifndef IMPORT_BOM_H
#define IMPORT_BOM_H

#include "import/walk.h"

/* Splits a package URL: pkg:npm/%40scope/name@1.0?arch=x#path gives pkg:npm/%40scope/name and 1.0. */
str import_bom_stem(str purl, str *version);
/* There is a version and it is no moving word such as latest or main. */
bool import_bom_pinned(str version);
/* The format of a model's weights, by the end of the file's name or address; empty when that does not tell. */
str import_bom_format(str name);
/* Whether a package of this name ("vllm/vllm-openai", "@langchain/core") is part of the AI stack. */
bool import_bom_ai(str name);
/* "SHA-256:<lower-case digits>"; empty for anything but a digest in hexadecimal. */
MUST_USE enum status import_bom_digest(struct arena *texts, str algorithm, str hex, str *out, struct err *err);
/* "to, text" */
MUST_USE enum status import_bom_append(struct arena *texts, str *to, str text, struct err *err);
/* Standing on a value: consumes it; *filled when anything in it is neither null nor an empty text. */
MUST_USE enum status import_bom_filled(struct import_walk *w, bool *filled, struct err *err);

#endif
