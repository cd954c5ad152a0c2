/**
 * The values of a model as one writes them in its file: for comparing, and for showing both sides of a difference.
 */
#ifndef CORE_MODEL_TEXT_H
#define CORE_MODEL_TEXT_H

#include "core/model.h"

/* The value of a key of an objective; empty when there is none. Lists are joined: names by ", ", sentences by a line
   end. E_BUG for a key that an objective does not have. */
MUST_USE enum status model_text_objective(const struct model *m, const struct model_objective *o, str key,
					  struct arena *a, str *out, struct err *err);
/* The same for a category (`objectives`: their ids in order) and for the head (`categories`: their ids). */
MUST_USE enum status model_text_category(const struct model *m, const struct model_category *c, str key,
					 struct arena *a, str *out, struct err *err);
MUST_USE enum status model_text_head(const struct model *m, str key, struct arena *a, str *out, struct err *err);
/* Equal but for white space outside of quoted text. */
bool model_text_same_sql(str a, str b);

#endif
