/**
 * One request, and what is answered. A handler gets a request whose gate is passed, and fills a reply or an err.
 */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include "app/app.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/confine.h"
#include "base/err.h"
#include "core/access.h"
#include "web/rate.h"

enum request_method { REQUEST_GET, REQUEST_POST, REQUEST_PUT, REQUEST_DELETE, REQUEST_METHODS };
enum { REQUEST_PARTS = 4, REQUEST_FIELDS = 256, REQUEST_FILES = 16 };

struct cache;
struct upload_table;
struct presence_table;
struct demo;
struct ui_refused;

struct request_field {
	str name, value;
};

struct request_fields {
	size_t n, cap;
	struct request_field *list; /* in the order in which they came */
};

/* A file that was sent with a form, or the body of a request that is no form. */
struct request_file {
	str name; /* as the sender calls it; never a path of ours */
	int fd;   /* an unnamed temporary file, closed with the request; -1: none was sent */
	int64_t bytes;
};

/* The server that answers. */
struct request_server {
	int64_t started_ms;
	bool clock_goes_on; /* false: the time was given, and stands */
	bool tls, proxy;    /* built in; behind a proxy that is believed */
	str setup_code;     /* what the first person has to know; empty: only this machine reaches the server */
	struct confined confined;
};

struct request {
	struct arena *arena;
	struct app *app;                     /* opened, with its clock and who asks */
	const struct request_server *server; /* NULL: none, in a test */
	enum request_method method;
	str path;         /* decoded, from '/'; segments stand in part[] by the route's pattern */
	str address_text; /* path and query, as they came */
	str query_text;   /* what stood behind '?', as it came */
	str part[REQUEST_PARTS];
	struct request_fields query, form;
	struct request_file file; /* the first that was sent */
	struct request_file more[REQUEST_FILES - 1];
	size_t n_more;
	bool files;                      /* that are sent are kept: whoever sends them may */
	struct upload_table *uploads;    /* web/upload.h */
	struct presence_table *presence; /* web/presence.h; NULL: nobody sees anybody */
	struct demo *demo;               /* web/demo.h; NULL: there is none */
	bool in_demo;                    /* asks for a page of it; path is what stands behind /demo */
	str host, origin, referer, cookie, agent, address, authorization, accept, content_type, if_none_match, if_match,
	    idempotency_key;
	bool tls;              /* this connection, or the one to a trusted proxy */
	bool htmx;             /* wants the part of the page that changes */
	bool json;             /* below /api/ */
	bool linked;           /* the session is one that a one-time link opened: it stands for the password */
	bool owes;             /* has to set up a second factor before anything else */
	bool locked_out;       /* once that session is over: there is no password yet */
	bool over;             /* what was good when the request came was not when its write's turn had come */
	bool token;            /* it is a program with a token of the API, and no browser */
	str slides;            /* the cookie or token whose use is to be noted; empty: none */
	str csrf_header;       /* what a script sends back instead of a field */
	int64_t until_ms;      /* when the session ends, if nobody uses it */
	int64_t ends_ms;       /* and when it ends however much it is used */
	str csrf;              /* of the session; empty without one */
	str user_shown;        /* whose session it is; empty: nobody's */
	str theme, keys;       /* what that person prefers, as in struct ui */
	str feed_unit;         /* of a feeder: the unit its feed speaks about */
	int64_t caller;        /* the number of the session or token that asks; 0: nobody who is signed in */
	struct rate *rate;     /* of the server; NULL: nobody counts */
	struct cache *retries; /* what was answered under an Idempotency-Key (web/api_retry.c); NULL: nothing is kept */
	const struct ui_refused *refused; /* its form comes back on a page (page_refuse); NULL: no */
	struct app_time begins; /* no such unit at the instant of the lens, but from this one on (page_open) */
	bool today;             /* the page is about today, whatever instant its address has (page_open) */
	bool counted;           /* among the requests that rate allows */
};

/* An open file that is sent instead of a buf, and closed then. */
struct reply_file {
	bool is;
	int fd;
	int64_t bytes;
};

struct reply {
	int status; /* of HTTP; 0: 200 */
	str type;   /* empty: text/html; charset=utf-8 */
	struct buf body;
	str location, cookie, etag, disposition, cache, authenticate; /* headers; empty: none, or the default */
	str allow, link;
	int refused;   /* the status of HTTP where it says more than ours; 0: that of ours */
	bool replayed; /* it is what was answered before to the same Idempotency-Key */
	bool rated;
	struct rate_state rate; /* when rated */
	bool asset;             /* never changes under this address */
	bool clear_site;        /* signed out: the browser forgets what it kept */
	bool own_policy;   /* the page says itself what may run on it, by hash; nothing else is allowed by the header */
	const char *fixed; /* a body that outlives the program, instead of the buf */
	size_t n_fixed;
	struct reply_file file;
	bool gzip;   /* the body is packed already */
	bool varies; /* by what the browser can unpack */
};

/* The machine's clock, as it is now. */
int64_t request_clock_ms(void);
/* Takes a query or a form apart: name=value&…, with + and %XX decoded. E_INVALID: not UTF-8, a NUL, or more fields than
 * REQUEST_FIELDS. */
MUST_USE enum status request_fields_read(str text, struct arena *a, struct request_fields *out, struct err *err);
/* E_TOO_LARGE: there are REQUEST_FIELDS already. Copies nothing. */
MUST_USE enum status request_fields_add(struct request_fields *f, str name, str value, struct arena *a,
					struct err *err);
/* The first value of that name; p NULL: there is none. */
str request_field(const struct request_fields *f, str name);
/* Decodes %XX in one segment of a path. E_INVALID as above. */
MUST_USE enum status request_decode(str text, bool plus, struct arena *a, str *out, struct err *err);
/* One cookie of the Cookie header; empty: it has none of the name. */
str request_cookie(const struct request *q, str name);
/* Sends the browser to another page (303). */
void request_redirect(struct reply *r, str location);

#endif
