/**
 * The records behind a member of a population: where what is known about it was read. For the files of app/ alone;
 * inside the caller's transaction.
 */
#ifndef APP_TRACE_H
#define APP_TRACE_H

#include "app/load.h"
#include "store/link.h"

/* Begins as { .app, .tree }; one may serve several subjects. */
struct app_trace {
	struct app *app;
	const struct unit_tree *tree;
	int64_t at_ms;
	bool loaded; /* what follows, for this instant */
	struct link_book links;
	struct store_named *systems; /* as feeds show them */
	size_t n_systems;
};

/* A check that takes its population from several kinds writes its subjects as "kind id". False, and nothing changed:
   this one is an id alone. */
bool app_trace_kind(str subject, int *kind, str *id);
/**
 * Fills in name and records of a subject whose unit and id are given, and may be seen; kind: of its population. Newest
 * first. Of an AI system also the rows that feeds have for it under other names and in other units, as far as those may
 * be seen; of one that only other kinds name, the rows that do.
 */
MUST_USE enum status app_trace_subject(struct app_trace *trace, int kind, int64_t at_ms, struct view_subject *out,
				       struct err *err);

#endif
