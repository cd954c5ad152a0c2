/**
 * The HTTP server: connections, threads and limits. What is asked and answered is web/route.h's.
 *
 * Many threads answer what only reads and is quick; a few do what reads and may take seconds (running a check); one
 * does all that writes, one request after the other, each its own transaction, and makes them durable together before
 * any of them is answered. Memory is one arena per request; each exchange has a place in a table of fixed size.
 */
#ifndef WEB_SERVER_H
#define WEB_SERVER_H

#include "app/app.h"
#include "base/confine.h"

struct server_options {
	str address;          /* an address to listen on: 127.0.0.1 or [::1] */
	int port;             /* 0: any that is free */
	const char *store;    /* as for app_open */
	int threads;          /* that answer; 0: as many as there are processors, at most 8 */
	str certificate, key; /* PEM; empty: no TLS */
	str proxy;            /* the address of a proxy whose X-Forwarded-For and -Proto are believed; empty: none */
	str setup_code;       /* asked of the first person; empty: of nobody, because only this machine gets here */
	struct confined confined; /* what the process may not do any more, to be told */
	int64_t fixed_now_ms;     /* for tests: the clock stands still; INT64_MIN: it does not */
};

struct server;

/* Starts to listen and to answer; *port is where. The server lives in the arena and is stopped when it is released. */
MUST_USE enum status server_start(const struct server_options *options, struct arena *a, struct server **out, int *port,
				  struct err *err);
/* No new request is taken, those at hand are finished. */
void server_stop(struct server *s);
/* After that: E_IO when it had to end by itself, because the disk did not keep what was written. */
MUST_USE enum status server_outcome(const struct server *s, struct err *err);

#endif
