/**
 * Documents that stand behind answers, and every stored file as bytes.
 */
#ifndef APP_EVIDENCE_H
#define APP_EVIDENCE_H

#include "app/app.h"
#include "core/view_answer.h"

/**
 * Keeps the bytes of a document, for an answer to name (struct app_document). Asks as an answer to the objective at the
 * unit does; unit empty: the root. The source is read twice, from its first byte: a file or a text. E_TOO_LARGE:
 * LIMIT_DOCUMENT_BYTES.
 */
MUST_USE enum status app_evidence_add(struct app *app, str objective, str unit, struct source *from, str name,
				      str media, struct view_document_of *out, struct err *err);
/**
 * Gives a stored file piece by piece. A person must have brought it, or may read a unit (or answer an objective) that
 * has it as evidence, or the scope of a feed that brought it, or every unit of a table of measures. E_DENIED also for a
 * hash that nobody knows; E_NOT_FOUND: its hash alone was kept.
 */
typedef enum status app_evidence_fn(void *ctx, str piece, struct err *err);
MUST_USE enum status app_evidence_open(struct app *app, str sha256, app_evidence_fn *piece, void *ctx, struct err *err);
/* Whether app_evidence_open may; inside the caller's transaction. bytes: its size. */
MUST_USE enum status app_evidence_permit(struct app *app, str sha256, int64_t *bytes, struct err *err);

#endif
