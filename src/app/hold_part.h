/**
 * Measures that a server keeps between questions: those of one category under one tree are a part, read once and shared
 * by all threads until one of them changes or nobody asks for them.
 *
 * A question says which facts its transaction sees and gets a part only if the part is made of exactly these. Whoever
 * follows the store says in which categories something was added, and up to where it has looked; a part is what the
 * store said at an instant not before the last change of its category. For the files of app/ alone; safe from several
 * threads.
 */
#ifndef APP_HOLD_PART_H
#define APP_HOLD_PART_H

#include "store/measure_load.h"

struct app_hold_parts;

/* Lives until the arena is released, after all who use a part of it. */
MUST_USE enum status app_hold_parts_new(struct arena *a, struct app_hold_parts **out, struct err *err);
/* Forgets all: from now on what is kept is made of these facts, of so many categories, and of what is added to them. */
void app_hold_parts_clear(struct app_hold_parts *p, const struct store_measure_state *facts, size_t n_categories);
/* Measures were added in a category, as these facts say; called before app_hold_parts_follow. */
void app_hold_parts_change(struct app_hold_parts *p, int category, const struct store_measure_state *facts);
/* All changes up to these facts have been told. */
void app_hold_parts_follow(struct app_hold_parts *p, const struct store_measure_state *facts);
/* The caller's until the arena is released. *found = false: it must be read; app_hold_parts_keep then. E_NO_MEMORY. */
MUST_USE enum status app_hold_parts_find(struct app_hold_parts *p, const struct store_measure_state *facts,
					 int64_t tree, int category, int64_t now_ms, struct arena *a,
					 struct store_measures *out, bool *found, struct err *err);
/* A copy of what these facts say, the caller's until the arena is released. It is kept for others, too, if it may still
   be used and there is room: the one that nobody has asked for the longest makes room for it. E_NO_MEMORY. */
MUST_USE enum status app_hold_parts_keep(struct app_hold_parts *p, const struct store_measure_state *facts,
					 int64_t tree, int category, int64_t now_ms, const struct store_measures *m,
					 struct arena *a, struct store_measures *out, struct err *err);
/* Gives back what nobody has asked for since LIMIT_HELD_PART_MS. Returns whether there was such a part. */
bool app_hold_parts_tidy(struct app_hold_parts *p, int64_t now_ms);

#endif
