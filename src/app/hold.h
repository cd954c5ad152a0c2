/**
 * What a server keeps of its store between questions: the active model, today's tree and the scores of all units. With
 * app->hold set the functions of app/ read no measure that they need not, and give the same views.
 *
 * One hold is shared by all threads; each question brings its own app, with a db and an arena of its own. Before
 * anything held is used, the question asks the store, inside its own transaction, for four running numbers (measures,
 * retirements, trees, activations): facts are only appended, so equal numbers mean that what is held is the truth. If
 * there is more, by this process or another one, what was added is read and followed before the question goes on; a
 * new model, tree or retirement is loaded anew. So no change has to be announced, and none can be missed.
 *
 * Why, and what makes an answer durable: docs/decisions/0020-held-state.md.
 */
#ifndef APP_HOLD_H
#define APP_HOLD_H

#include "app/app.h"
#include "core/portfolio.h"
#include "store/measure_load.h"
#include "store/unit.h"

/* ---- for the server ---- */

/* Opens a connection that watches the store at the url; nothing is loaded yet. It lives until the arena is released,
   which is after every app that has it. */
MUST_USE enum status app_hold_open(const char *url, struct arena *a, struct app_hold **out, struct err *err);
/* Loads what is held, or brings it up to date; any question does it by itself. E_NOT_FOUND: there are no units yet. */
MUST_USE enum status app_hold_warm(struct app *app, struct err *err);
/**
 * A number for everything that can be shown: it changes when the store changes, by whomever, and when time passes an
 * instant after which scores are others. A page made after it was asked for, for a question with the same now_ms, is
 * right as long as it stays the same; what a page says about "now" beyond scores (ages in days) is the page's to
 * limit. Never the same twice in one process. Costs microseconds on SQLite, a message on PostgreSQL.
 */
MUST_USE enum status app_hold_generation(const struct app *app, int64_t *out, struct err *err);

/* The changes of this app's db may wait for app_hold_flush: for the one thread that writes answers, and for the one
   that calls app_hold_tidy. */
MUST_USE enum status app_hold_defer(const struct app *app, struct err *err);
/* Makes all changes since the last call durable; only then may they be acknowledged. E_IO is final: none of them may
   be, and the server must end, because what is written after them may be lost with them. */
MUST_USE enum status app_hold_flush(const struct app *app, struct err *err);
/* Keeps the store's log short; about once a second, by a thread with a db of its own that was given to app_hold_defer.
   E_IO: as above. */
MUST_USE enum status app_hold_tidy(const struct app *app, struct err *err);

/* ---- for the files of app/ ---- */

/* The active model and the tree of an instant. */
struct app_base {
	const struct model *model;
	struct store_tree tree;
};
/* Inside the caller's transaction; theirs until app->arena is released. *held = false: there is no hold, or what it has
   is not what the transaction sees; then *out is untouched. */
MUST_USE enum status app_hold_base(struct app *app, struct app_base *out, bool *held, struct err *err);

/* Shows the scores of all units at an instant to look(), which takes with it what it wants and calls nothing of app/.
 *looked = false: there is no hold, or the store is too large for one; look() was not called. */
typedef enum status app_hold_look_fn(void *ctx, const struct app_base *base, const struct portfolio *p,
				     struct err *err);
MUST_USE enum status app_hold_look(struct app *app, int64_t at_ms, app_hold_look_fn *look, void *ctx, bool *looked,
				   struct err *err);

/* The score of one unit (by id; empty: the root) at an instant; past ones are kept for the next who asks. *held: as
 *looked above. */
MUST_USE enum status app_hold_score(struct app *app, int64_t at_ms, str unit, struct app_base *base, int *node,
				    struct score *out, bool *held, struct err *err);
/* The measures of one category under the tree of a base, which must be the model's that is held or has been; read from
   the store when they are not kept. *held: false without a hold, or when they cannot be read by objective: see
   app_hold_is_exact. */
MUST_USE enum status app_hold_part(struct app *app, const struct app_base *base, int category,
				   struct store_measures *out, bool *held, struct err *err);
/* Are all measures of the line stored under the ids that the active model writes? Then they can be read by objective.
   false too without a hold. */
MUST_USE enum status app_hold_is_exact(struct app *app, bool *out, struct err *err);

#endif
