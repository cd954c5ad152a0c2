/**
 * What the files of the server share. For them alone.
 */
#ifndef WEB_SERVER_INSIDE_H
#define WEB_SERVER_INSIDE_H

#include <microhttpd.h>
#include <pthread.h>

#include <stdatomic.h>

#include "web/cache.h"
#include "web/clients.h"
#include "web/demo.h"
#include "web/presence.h"
#include "web/request.h"
#include "web/route.h"
#include "web/server.h"
#include "web/upload.h"

enum {
	SERVER_THREADS_MAX = 8,
	SERVER_SLOW_THREADS = 2,
	SERVER_IMPORT_THREADS = 2, /* so that a small file need not wait until a large one is read */
	SERVER_WORKERS = SERVER_SLOW_THREADS + SERVER_IMPORT_THREADS + 3,
	/* The handles before these read only, and any thread may take one; these belong to the threads that write. */
	SERVER_HANDLE_WRITES = SERVER_THREADS_MAX + SERVER_SLOW_THREADS,
	SERVER_HANDLE_SECRETS,
	SERVER_HANDLE_IMPORTS,
	SERVER_HANDLE_TIDY = SERVER_HANDLE_IMPORTS + SERVER_IMPORT_THREADS,
	SERVER_HANDLES,
	/* So many connections are a crowd. */
	SERVER_CROWD = 128,
	SERVER_NOTES = 64,
	SERVER_NOTE_BYTES = 128
};

/* One request from its first byte to the last one of the answer. */
struct server_exchange {
	struct server_exchange *next; /* in the list of free ones, or in a lane */
	struct server *server;
	struct arena arena;
	struct MHD_Connection *connection;
	struct clients_one *client;
	str raw; /* the address as it came */
	struct request request;
	struct reply reply;
	struct err err;
	enum status status;
	const struct route *route;
	struct MHD_PostProcessor *form;
	struct request_file *file; /* that is coming in */
	int64_t sent, most;        /* bytes of the body: that came, and that may come */
	int64_t kept;              /* of them, in files */
	int64_t fields;            /* and in fields */
	int64_t wasted;            /* that came after it was refused */
	struct buf value;          /* of the field that is coming in */
	str field;
	enum { SERVER_NEW, SERVER_BODY, SERVER_WAITING, SERVER_DONE } stage;
	bool closes;            /* its connection, once it is answered */
	bool at_hand;           /* its header is whole, and it is not answered yet */
	struct cache_page page; /* where the body is one that was made before */
	bool packs;             /* the browser unpacks gzip */
	bool used;
};

/* An open store, used by one thread at a time. */
struct server_handle {
	struct server_handle *next;
	struct arena arena;
	struct app app;
};

struct server_queue {
	pthread_mutex_t mutex;
	pthread_cond_t some;
	struct server_exchange *first, *last;
	bool in_demo;     /* one of the requests at work is for the demo */
	bool over, woken; /* woken: something else than a request is to be done */
};

struct server {
	struct upload_table uploads;
	struct presence_table presence;
	struct demo demo;
	struct server_options options;
	struct request_server about;
	struct MHD_Daemon *daemon;
	int listens, deaf[2]; /* the socket that listens, and the pair that takes its place in the end */
	struct server_exchange *exchanges, *free_exchanges;
	pthread_mutex_t exchanges_mutex;
	struct server_handle handles[SERVER_HANDLES], *free_handles;
	pthread_mutex_t handles_mutex;
	pthread_cond_t handle_free;
	struct server_queue lanes[ROUTE_LANES];
	pthread_t workers[SERVER_WORKERS];
	atomic_int importers; /* threads that have begun to work on imports */
	int n_workers;
	/* Sessions and tokens whose use the writer is to note; when the list is full one is left out until its next
	 * use. */
	struct server_note {
		char value[SERVER_NOTE_BYTES];
		bool token;
	} notes[SERVER_NOTES];
	int n_notes;
	pthread_mutex_t notes_mutex;
	struct arena hold_arena; /* released after every handle */
	struct app_hold *hold;
	struct cache *cache;
	struct cache *retries; /* web/api_retry.c */
	pthread_mutex_t ending_mutex;
	pthread_cond_t ending;
	bool ends;          /* the thread that tidies is to end */
	atomic_bool broken; /* the disk refused: nothing is written any more, and the program ends */
	struct rate *rate;
	int most; /* connections */
	struct clients *clients;
	atomic_int at_hand;      /* requests */
	_Atomic int64_t coming;  /* bytes of the files that are coming in */
	atomic_bool ending_soon; /* each answer is the last one of its connection */
	bool stopped;
};

/* server_lane.c: the threads behind the lanes */
MUST_USE enum status server_lanes_start(struct server *s, struct err *err);
void server_lanes_stop(struct server *s);
/* false: the lane is closed. */
MUST_USE bool server_lane_push(struct server *s, enum route_lane lane, struct server_exchange *x);
/* The gate before what is sent is read, with a handle that reads. */
void server_admit(struct server *s, struct server_exchange *x, struct server_handle *h);
/* Answers one request with a handle. */
void server_answer(struct server *s, struct server_exchange *x, struct server_handle *h);
struct server_handle *server_handle_take(struct server *s);
void server_handle_give(struct server *s, struct server_handle *h);

/* server_body.c: what comes with a request. Does it have to be asked first who sends it? */
bool server_body_asks(const struct server_exchange *x);
MUST_USE enum status server_body_begin(struct server_exchange *x, struct err *err);
MUST_USE enum status server_body_more(struct server_exchange *x, const char *p, size_t n, struct err *err);
MUST_USE enum status server_body_end(struct server_exchange *x, struct err *err);
void server_body_release(struct server_exchange *x);

/* server_page.c: pages that are kept. Found: the exchange is done. */
bool server_page_find(struct server *s, struct server_exchange *x);
/* What a page that is about to be made will be good for; negative: it is not kept. */
int64_t server_page_generation(const struct server_exchange *x, const struct app *app);
void server_page_keep(struct server *s, struct server_exchange *x, int64_t generation, int64_t now_ms);
/* Packs an answer that is not kept, where that pays. */
void server_page_pack(struct server_exchange *x);

/* server_lane.c */
/* The clock, unless a test made it stand still. */
int64_t server_now_ms(const struct server *s);
/* Of the machine: never set, never still. */
int64_t server_tick_ms(void);

/* server_reply.c: the answer with its headers */
enum MHD_Result server_send(struct server_exchange *x);

#endif
