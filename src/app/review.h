/**
 * Review by a second person (four eyes). All of it asks for the role assessor at the answer's unit.
 */
#ifndef APP_REVIEW_H
#define APP_REVIEW_H

#include "app/app.h"
#include "core/view_answer.h"

struct app_review {
	int64_t seq;       /* the answer that was looked at */
	str comment;       /* of a return: required */
	str evidence_file; /* of a confirmation: a document given now */
	const struct app_document *documents;
	size_t n_documents;
};

/* Current attested answers at the unit and below that nobody reviewed yet; unit empty: the root. after: 0 for the first
   page; limit: at most LIMIT_PAGE. */
MUST_USE enum status app_review_list(struct app *app, str unit, int64_t after, size_t limit, struct view_reviews *out,
				     struct err *err);
/**
 * Confirms it: the same tally, with the same observed time, is recorded as reviewed. A document must stand behind the
 * answer already, or be given now. E_DENIED: nobody confirms an own answer; E_CONFLICT: it is not the current one, or
 * was reviewed already.
 */
MUST_USE enum status app_review_confirm(struct app *app, const struct app_review *review, struct view_reviewed *out,
					struct err *err);
/* Returns it: it stands as attested, and leaves the queue until it is answered again. */
MUST_USE enum status app_review_return(struct app *app, const struct app_review *review, struct view_reviewed *out,
				       struct err *err);
/* Takes back an own confirmation or return of the answer within 15 minutes, where nothing newer stands. */
MUST_USE enum status app_review_undo(struct app *app, int64_t seq, struct view_reviewed *out, struct err *err);

#endif
