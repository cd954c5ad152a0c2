/**
 * The one place where permission is asked for. Every app_ function that a person can reach calls one of these before it
 * shows or changes anything. app->who NULL is the command line: whoever can open the store's file owns it. No refusal
 * names a unit that who asks may not know of.
 */
#ifndef APP_ACCESS_H
#define APP_ACCESS_H

#include "app/app.h"
#include "core/access.h"
#include "store/feed.h"

/* ---- the unit that somebody names ---- */

/* The unit of an id; empty: the root. E_NOT_FOUND, with the nearest ids as a hint: the tree has none, or none that who
 * asks may know of; the two are told in the same words. */
MUST_USE enum status app_access_find(const struct app *app, const struct unit_tree *tree, str id, int *out,
				     struct err *err);
/* The unit to look at: the one that is named, else the highest at which the role holds. Asks for the role. */
MUST_USE enum status app_access_look(const struct app *app, enum access_role at_least, const struct unit_tree *tree,
				     str id, int *out, struct err *err);
/* The same to read one objective: an assignment is enough, and who reads nothing looks where it is assigned first. */
MUST_USE enum status app_access_look_objective(const struct app *app, str objective, const struct unit_tree *tree,
					       str id, int *out, struct err *err);
/* May who asks know of a fact that names its unit by id? If not, it is refused in the words of one that is not there.
 * With today's tree, inside the caller's transaction. */
MUST_USE enum status app_access_knows(struct app *app, str unit, bool *out, struct err *err);
/* The feed of a name, for whom the role holds at its unit. E_NOT_FOUND: there is none, or none that who asks may know
 * of. Inside the caller's transaction. */
MUST_USE enum status app_access_find_feed(struct app *app, enum access_role at_least, str name, struct store_feed *out,
					  struct err *err);

/* ---- what may be done there ---- */

/* E_DENIED unless the role holds at the unit (an index of the tree). */
MUST_USE enum status app_access(const struct app *app, enum access_role at_least, const struct unit_tree *tree,
				int unit, struct err *err);
/* The same for what belongs to no unit, such as settings: the role must hold at the root. */
MUST_USE enum status app_access_all(const struct app *app, enum access_role at_least, const struct unit_tree *tree,
				    struct err *err);
/* To see or to answer one objective at a unit: a respondent may, when it is assigned. */
MUST_USE enum status app_access_objective(const struct app *app, enum access_role at_least, str objective,
					  const struct unit_tree *tree, int unit, struct err *err);
/* For a fact that names its unit by id, such as a feed: where the tree has the unit no more, and for an empty id, the
 * role must hold at the root. */
MUST_USE enum status app_access_at(const struct app *app, enum access_role at_least, const struct unit_tree *tree,
				   str unit, struct err *err);
/* The same as a question, for a list that leaves out what may not be seen. */
bool app_access_may(const struct app *app, enum access_role at_least, const struct unit_tree *tree, str unit);
/* The same with today's tree, which is loaded when it is needed; inside the caller's transaction. */
MUST_USE enum status app_access_unit(struct app *app, enum access_role at_least, str unit, struct err *err);
/* To hand in files of a feed: an assessor at the unit that it belongs to, or the feed's own feeder. */
MUST_USE enum status app_access_feed(const struct app *app, const struct unit_tree *tree, str feed, str unit,
				     struct err *err);

#endif
