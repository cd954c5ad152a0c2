/**
 * The demo organisation beside one's own: every page that a reader sees, below /demo, from a store of its own in the
 * server's memory. It is made when it is first asked for, one question at a time is answered from it, and nothing can
 * be written there, because no address below /demo takes anything but GET (docs/decisions/0022-demo.md).
 *
 * A page of the demo is the page of the application with its addresses moved below /demo, as far as they are shown
 * there; the others (help, the account) lead to what is one's own.
 */
#ifndef WEB_DEMO_H
#define WEB_DEMO_H

#include <pthread.h>

#include "app/app.h"
#include "web/request.h"

struct route;

struct demo {
	pthread_mutex_t mutex;
	struct arena arena; /* holds the store */
	struct app app;
	bool made;
};

void demo_init(struct demo *d);
void demo_end(struct demo *d);
/* Is the path below /demo? Then *path is what stands behind it, from '/'. */
bool demo_path(str *path);
/* Is the route one that the demo has? */
bool demo_shows(const struct route *route);
/* Answers for the demo of q->demo, also when that fails. Whoever asks has a session. */
MUST_USE enum status demo_serve(const struct route *route, struct request *q, struct reply *r, struct err *err);

#endif
