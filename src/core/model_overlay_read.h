/**
 * Inside the reader of overlays: what model_overlay.c and model_overlay_change.c share.
 */
#ifndef CORE_MODEL_OVERLAY_READ_H
#define CORE_MODEL_OVERLAY_READ_H

#include <stdlib.h>

#include "core/model_read.h"

/* NULL when no draft has this id. */
struct model_draft *model_overlay_draft(struct model_reader *r, str id);
/* The base's objective that an entry of `change` or `retire` names; messages are about it from then on. */
struct model_draft *model_overlay_target(struct model_reader *r, const struct yaml_node *entry);
/* Marks it with a copy of what it was, the entry's reason, approver and place. NULL: memory. */
struct model_overlaid *model_overlay_mark(struct model_reader *r, struct model_draft *d, const struct yaml_node *entry);
/* core/model_overlay_change.c: one entry of `change`. */
void model_overlay_change(struct model_reader *r, const struct yaml_node *entry);

#endif
