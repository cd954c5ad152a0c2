/**
 * Who asks: the cookie of a session, or the token of the API. And whether a request that changes something really comes
 * from a page of ours.
 */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H

#include "app/proof.h"
#include "core/view_people.h"
#include "web/request.h"
#include "web/route.h"

/* Finds out who asks and writes it into q and q->app. *known = false: nobody, or a session that is over. */
MUST_USE enum status session_find(struct request *q, struct view_caller *out, bool *known, struct err *err);
/* E_DENIED unless the request comes from a page of this server and brings the session's token with it. With free, no
 * token is asked for: there is no session yet. */
MUST_USE enum status session_check_origin(const struct request *q, bool free, struct err *err);
/* The header that keeps a session in the browser; an empty value ends it there. */
MUST_USE enum status session_cookie(const struct request *q, str value, str *out, struct err *err);
/* The value of the cookie that came; empty: none. */
str session_value(const struct request *q);
/* That it is the person who asks: the field "password" of the form, or a session that a link opened. */
struct app_proof session_proof(const struct request *q);
/* A path of this server to go on to, from a field of the form or the address; "/" for anything else. */
str session_next(str text);

#endif
