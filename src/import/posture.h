/**
 * What the formats of posture scanners share: words, ids, the feed's name, and the flaws that all of them have.
 *
 * A result that is neither pass nor fail (manual, not applicable, an error) stays neither; an accepted one is muted and
 * keeps its result.
 */
#ifndef IMPORT_POSTURE_H
#define IMPORT_POSTURE_H

#include "import/formats.h"
#include "import/seen.h"
#include "import/walk.h"

/* A word of a tool for one of the words of the column `status`; an empty word ends a list, an empty status is unknown.
 */
struct import_posture_word {
	str word, status;
};

struct import_posture {
	struct import_input *in;
	struct arena scratch; /* of the current result */
	struct import_seen_rows rows;
	bool named, several; /* a result has named its source; the results do not share one */
	struct import_flaw no_zone, no_time, no_status, no_source;
};

struct import_posture import_posture_open(struct import_input *in);

/* Whether the list has the word, letters folded. */
bool import_posture_status(const struct import_posture_word *words, str word, str *status);
/* critical, high, medium, low or info; empty when the word is none of a scanner's. */
str import_posture_severity(str word);

/* A time as text. false when it is none; notes one without a zone. */
bool import_posture_time(struct import_posture *p, str text, int64_t line, int64_t *ms);
/* The result was seen then: sets checked_at and the file's latest time. */
void import_posture_checked(struct import_posture *p, struct evidence_record *r, int64_t ms);
/* The result's source (tool, provider, account), which names the feed as long as all results agree and no part is
   empty. */
MUST_USE enum status import_posture_source(struct import_posture *p, const str parts[3], int64_t line, struct err *err);
/* Pushes the row under the id a|b|c. One without a time of its own was checked when the caller says (--observed). */
MUST_USE enum status import_posture_push(struct import_posture *p, struct evidence_record *r, const str parts[3],
					 struct err *err);
/* All warnings. */
MUST_USE enum status import_posture_warn(const struct import_posture *p, struct err *err);

#endif
