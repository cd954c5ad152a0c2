/**
 * Search over everything that a person may see; see core/view_search.h.
 */
#ifndef APP_SEARCH_H
#define APP_SEARCH_H

#include "app/lens.h"
#include "core/view_search.h"

/* Everywhere the text as it is, whatever the case of ASCII letters; an empty one finds nothing. E_TOO_LARGE: more than
 * LIMIT_ID_BYTES. The unit of the lens does not narrow it, its instant does. */
MUST_USE enum status app_search(struct app *app, const struct app_lens *lens, str text, struct view_search *out,
				struct err *err);

#endif
