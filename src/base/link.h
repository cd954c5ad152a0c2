/**
 * Addresses in a text that may become links. The text may be a stranger's, so only what is plainly one counts: https, a
 * host with a dot, and characters that mean nothing in HTML, Markdown or a terminal.
 */
#ifndef BASE_LINK_H
#define BASE_LINK_H

#include "base/str.h"

/* Takes the text up to and with the next address off *rest: *before it, and *url. Without one: false, *before is all.
 */
bool link_next(str *rest, str *before, str *url);

#endif
