/**
 * Evidence files: see core/view_file.h. A person sees those of the feeds whose unit he may read.
 */
#ifndef APP_FILE_H
#define APP_FILE_H

#include "app/app.h"
#include "core/view_file.h"

/* text: a part of the file's name, the feed, the format or the SHA-256; empty: all. */
MUST_USE enum status app_file_list(struct app *app, str text, struct app_time as_of, int64_t offset, int64_t limit,
				   struct view_files *out, struct err *err);
/* One feed: its files, and those that were refused. E_NOT_FOUND: there is none of this name. */
MUST_USE enum status app_file_history(struct app *app, str feed, struct app_time as_of, int64_t offset, int64_t limit,
				      struct view_history *out, struct err *err);

#endif
