/**
 * Texts that people give, and places that they name. For the files of app/ alone.
 */
#ifndef APP_WORDS_H
#define APP_WORDS_H

#include "app/load.h"

/* E_INVALID when a text is not UTF-8, holds a control character other than a line end or a tab, is too long or, where
   it is required, empty. `what` for the message. */
MUST_USE enum status app_words_check(str text, bool required, const char *what, struct err *err);
/* One line: a name, an owner. */
MUST_USE enum status app_words_check_name(str text, const char *what, struct err *err);
/* Is it the same person? Spaces around a name do not count. */
bool app_words_same(str a, str b);

#endif
