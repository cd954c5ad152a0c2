/**
 * The sentences that are made from the numbers of an overview, once for every face. Plain text, no markup.
 */
#ifndef CORE_VIEW_SENTENCE_H
#define CORE_VIEW_SENTENCE_H

#include "base/buf.h"
#include "core/view_overview.h"

/* "At 2.28, up 1.22 in a year. The floor is still level 1." */
void view_sentence_head(struct buf *b, const struct view_overview *v);
/* "Data Security holds the floor: one objective of level 2 is open. Of 118 objectives 42 are met, 6 open and 70 not
 * met." Empty when nothing is known or nothing applies. */
void view_sentence_below(struct buf *b, const struct view_overview *v);
/* "GOV, RSK and DEV reach level 2" */
void view_sentence_move(struct buf *b, const struct model *m, const struct view_move *move);
/* "Its newest snapshot, of 14 Oct 2026, is too old for 2 of the 3 objectives that read it." */
void view_sentence_trouble(struct buf *b, const struct view_trouble *t, int64_t at_ms);
/* 2412 -> "2.41": cut towards zero and not rounded. */
void view_sentence_index(struct buf *b, int32_t thousandths);
/* "22 Nov 2026" */
void view_sentence_day(struct buf *b, int64_t ms);

#endif
