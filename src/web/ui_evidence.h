/**
 * Components about evidence: feeds, receipts, names. As in ui.h: pure, from values to bytes.
 */
#ifndef WEB_UI_EVIDENCE_H
#define WEB_UI_EVIDENCE_H

#include "core/view.h"
#include "web/ui_table.h"

/* The parts of the evidence pages, in the place of the spine. */
enum ui_part { UI_PART_FEEDS, UI_PART_FILES, UI_PART_UNRESOLVED, UI_PART_LINKS, UI_PART_IMPORT, UI_PARTS };
void ui_parts(struct ui *u, enum ui_part current);
void ui_parts_end(struct ui *u);

/* fresh, late, stale, failing, retired: as a pill, with a second one beside a fresh feed that will be too old soon. */
void ui_feed_state(struct buf *b, const struct view_feed *feed, int64_t at_ms);
/* "AI systems, models": the kinds of a set. */
void ui_kinds(struct buf *b, uint64_t kinds);
/* What one file did, or would do. */
void ui_receipt(struct ui *u, const struct view_receipt *r);
/* What went wrong: where, what, what was expected, and that nothing was changed. */
void ui_file_refusal(struct ui *u, const struct err *err);

#endif
