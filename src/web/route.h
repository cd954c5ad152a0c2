/**
 * The routes as one table, and the one gate before all of them: method, session, role, origin and token. The API's
 * document is made from the same table.
 */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include "web/request.h"

enum route_lane {
	ROUTE_INLINE,  /* quick, only reads */
	ROUTE_READS,   /* reads, may take seconds */
	ROUTE_WRITES,  /* one after the other */
	ROUTE_SECRETS, /* one after the other, beside the writes: a password costs time and memory by intent */
	ROUTE_IMPORTS, /* two at a time, beside the writes: a file is read before anything is written */
	ROUTE_LANES
};

enum route_kind {
	ROUTE_FILE = 1,     /* the same for everybody; nobody is asked who it is */
	ROUTE_OPEN = 2,     /* needs no session */
	ROUTE_ANYBODY = 4,  /* needs a session, and no role */
	ROUTE_ASSIGNED = 8, /* also for who has assignments: the objective decides in app/ */
	ROUTE_SLOW = 16,    /* reads, and may take seconds */
	ROUTE_SECRET = 32,  /* checks a password, which takes its time, and writes */
	ROUTE_KEPT = 64,    /* the page may be kept for the next time that its session asks for it */
	ROUTE_FEEDER = 128, /* also for a token that writes one feed: app/ decides which */
	ROUTE_UPLOAD = 256, /* what is sent is a file, of any type, or a form with files; up to LIMIT_UPLOAD_BYTES */
	ROUTE_SHORT = 512,  /* but no longer than LIMIT_DOCUMENT_BYTES */
	ROUTE_RAW = 1024,   /* what is answered is a file, of any type */
	ROUTE_POLL = 2048,  /* a page asks by itself: no sign that somebody is there, so it keeps no session alive */
	ROUTE_UNITS = 4096, /* a page that shows nothing before there is a unit: until then it says how one begins */
	ROUTE_IMPORT = 8192 /* reads evidence, which may take long, and writes */
};

/* ---- what the document of the API says about a route, and what its gate holds a request to ---- */

enum route_type {
	ROUTE_TEXT,
	ROUTE_TIME,
	ROUTE_COUNT,
	ROUTE_FLAG,
	ROUTE_DOCUMENTS /* a list of objects that name documents; of a member alone */
};

/* A parameter of the address, or a member of the JSON that is sent. */
struct route_value {
	str name;
	enum route_type type;
	bool required;
	str choices; /* the words that it may be, with a space between; empty: anything of its type */
	str about;
};

enum { ROUTE_VALUES = 16 };

struct route_document {
	str id, summary;
	str about;                              /* more, in whole sentences; may be empty */
	struct route_value query[ROUTE_VALUES]; /* up to the first without a name */
	struct route_value body[ROUTE_VALUES];
	str schema;  /* of the answer, in content/api/schemas.json; empty with ROUTE_RAW */
	bool paged;  /* takes a cursor and a limit, too */
	bool secret; /* the answer shows a secret this once: it is kept nowhere */
};

struct route {
	enum request_method method;
	str pattern; /* "/category/{id}": a segment in braces stands in request.part, without what may follow it as in
			{id}.csv */
	enum access_role role; /* the least that anybody needs who comes here, anywhere in the tree */
	unsigned kind;         /* of enum route_kind */
	enum status (*serve)(struct request *q, struct reply *r, struct err *err);
	const struct route_document *document; /* of the API; NULL for pages */
};

extern const struct route route_table[];
extern const size_t route_count;

/* The route of a request, with its path decoded into part[]. E_NOT_FOUND: no such address; E_INVALID with reply->allow:
 * it has other methods. */
MUST_USE enum status route_find(struct request *q, str method, struct reply *r, const struct route **out,
				struct err *err);
/* Which threads answer it. */
enum route_lane route_lane_of(const struct route *route);
/* The gate before what is sent is read: who asks, whether that may be, and may files come; of the API also how often,
 * and what. */
MUST_USE enum status route_admit(const struct route *route, struct request *q, struct reply *r, struct err *err);
/* Passes the gate, then serves. */
MUST_USE enum status route_serve(const struct route *route, struct request *q, struct reply *r, struct err *err);
/* The answer to a failure: a page, a part of one, or a problem (RFC 9457). */
void route_fail(struct request *q, enum status status, const struct err *err, struct reply *r);
/* The route that reads what stands at an address; NULL: there is none. */
const struct route *route_reads(const struct route *route);
/* Does the demo have a page at this path? */
bool route_in_demo(str path);
/* The methods that an address has, as in the header Allow. */
str route_methods(struct request *q);
/* The status of HTTP for one of ours. */
int route_http_status(enum status status);

#endif
