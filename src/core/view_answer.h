/**
 * Views of what was said about one objective at one unit: the answer in force, its documents, its review, the
 * discussion.
 */
#ifndef CORE_VIEW_ANSWER_H
#define CORE_VIEW_ANSWER_H

#include "core/view.h"

/* A document that stands behind an answer. */
struct view_document_of {
	str name, media; /* media: as the sender said; empty: unknown */
	int64_t bytes;
	str sha256;
};

/* An answer as it is stored. */
struct view_said {
	int64_t seq;                           /* its running number */
	str objective, unit, author, reviewer; /* reviewer: p NULL unless the basis is reviewed */
	str author_shown, reviewer_shown;      /* the names that are shown for them */
	enum measure_basis basis;
	bool not_applicable;
	struct measure_tally tally;
	int64_t observed_ms, expires_ms, override_until_ms; /* TIME_FOREVER: none; override INT64_MIN: none */
	int64_t recorded_ms;
	str because; /* p NULL: none */
	size_t n_documents;
	const struct view_document_of *documents; /* the first is the measure's own */
	str returned_by, returned_because;        /* p NULL: it was not returned */
	str returned_by_shown;
	int64_t returned_ms;
};

/* The answer that is current; seq 0: there is none. */
struct view_answer_now {
	struct view_said said;
	int64_t undo_until_ms; /* the person who asks may take it back before then; INT64_MIN: may not */
};

/* Another answer came in between. */
struct view_answer_conflict {
	bool there; /* there was one */
	struct view_said theirs;
};

/* An answer that waits for a second person. */
struct view_review {
	struct view_said said;
	bool stale;   /* it counts for nothing any more, reviewed or not */
	bool evident; /* a document stands behind it already */
};

struct view_reviews {
	str unit_id;
	int64_t waiting; /* all of them */
	size_t n;
	const struct view_review *list; /* the page: as they were recorded */
	int64_t next;                   /* `after` of the next page; 0: there is none */
};

/* What a second person did. */
struct view_reviewed {
	int64_t answer; /* running number of the answer */
	int64_t seq;    /* of the measure that confirms it; 0: it was returned */
	str objective, unit, author, reviewer, comment;
	bool undone;
};

struct view_comment {
	int64_t id;
	str author, author_shown, body; /* body: p NULL when it was withdrawn */
	int64_t recorded_ms;
	int64_t withdrawn_ms; /* TIME_FOREVER: it was not */
};

struct view_comments {
	str objective, unit;
	size_t n;
	const struct view_comment *list; /* the newest first */
	int64_t next;                    /* `before` of the next page; 0: there is none */
};

#endif
