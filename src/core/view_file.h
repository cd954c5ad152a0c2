/**
 * Evidence files as they were handed in: which feed, when, by whom.
 */
#ifndef CORE_VIEW_FILE_H
#define CORE_VIEW_FILE_H

#include "core/view.h"

struct view_file {
	str feed, unit; /* unit: the feed's scope */
	str file, sha256, format, author;
	int64_t observed_ms, recorded_ms, bytes;
	bool kept; /* false: of its bytes only the hash */
};

struct view_files {
	int64_t total; /* that were asked for */
	int64_t offset;
	size_t n;
	const struct view_file *list; /* the page: the newest snapshot first */
};

/* What a feed went through. */
struct view_history {
	struct view_files files;
	size_t n_refusals; /* newest first */
	const struct view_refusal {
		str file, reason, author;
		int64_t failed_ms;
	} * refusals;
};

#endif
