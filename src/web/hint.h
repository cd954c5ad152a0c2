/**
 * What to try, in the words of who asks. app/ words its hints for the command line ("see: aismm unit list", "say why:
 * --because TEXT"); here a command becomes the page or the operation of the API with which the same is done, and an
 * option the field or parameter. What one cannot do here is left out; a command that has no counterpart at all, as
 * `aismm init` has none, stays, since it is for whoever runs the server.
 */
#ifndef WEB_HINT_H
#define WEB_HINT_H

#include "base/err.h"

enum hint_face { HINT_PAGE, HINT_API };
enum { HINT_ROOM = 1024 };

/* The hint of a refusal, in room; empty: there is none that helps. */
str hint_word(enum hint_face face, str hint, char room[HINT_ROOM]);
/* The address of the page of Help that a hint names; empty: none. */
str hint_help(str hint);

#endif
