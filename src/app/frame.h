/** The frame around every page; see core/view_frame.h. */
#ifndef APP_FRAME_H
#define APP_FRAME_H

#include "app/lens.h"
#include "core/view_frame.h"

/* E_NOT_FOUND: no such unit; E_DENIED: it may not be read. A person who may read no unit has a frame without a tree. */
MUST_USE enum status app_frame(struct app *app, const struct app_lens *lens, struct view_frame *out, struct err *err);

#endif
