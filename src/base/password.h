/**
 * What a new password has to be: long, and none of those that everybody tries first. No rule about kinds of characters.
 */
#ifndef BASE_PASSWORD_H
#define BASE_PASSWORD_H

#include "base/err.h"
#include "base/str.h"

/* E_INVALID with the rule that it breaks: LIMIT_PASSWORD_CHARACTERS, LIMIT_PASSWORD_BYTES, UTF-8; not the name with
   a tail; not a common one, whatever digits and marks stand around it. The password itself is never in the message. */
MUST_USE enum status password_check(str password, str name, struct err *err);

#endif
