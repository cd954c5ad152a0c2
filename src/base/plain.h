/**
 * Text from anywhere, made safe to show: what every written document does first.
 */
#ifndef BASE_PLAIN_H
#define BASE_PLAIN_H

#include "base/str.h"

/**
 * Takes the next character off *rest, which is not empty, and gives it as it may be shown. U+FFFD stands for bytes that
 * are not UTF-8, for control characters other than tab and line feed, and for marks that change the direction of text.
 */
str plain_next(str *rest);
/**
 * Can a name mislead nobody who reads it? It has something to see; no character of it is a control character, turns the
 * direction, or takes no room and has no use in writing. Joiners and variation selectors have one: names in Persian and
 * Hindi need them.
 */
bool plain_is_clear(str name);
/* Space, tab or line feed. */
bool plain_is_blank(str character);

#endif
