#include "web/server_inside.h"

#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/hold.h"
#include "app/session.h"
#include "app/token.h"
#include "base/limits.h"

int64_t server_now_ms(const struct server *s)
{
	return s->options.fixed_now_ms != INT64_MIN ? s->options.fixed_now_ms : request_clock_ms();
}

int64_t server_tick_ms(void)
{
	struct timespec t = {0};
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

struct server_handle *server_handle_take(struct server *s)
{
	(void)pthread_mutex_lock(&s->handles_mutex);
	while (!s->free_handles)
		(void)pthread_cond_wait(&s->handle_free, &s->handles_mutex);
	struct server_handle *h = s->free_handles;
	s->free_handles = h->next;
	(void)pthread_mutex_unlock(&s->handles_mutex);
	return h;
}

void server_handle_give(struct server *s, struct server_handle *h)
{
	(void)pthread_mutex_lock(&s->handles_mutex);
	h->next = s->free_handles;
	s->free_handles = h;
	(void)pthread_cond_signal(&s->handle_free);
	(void)pthread_mutex_unlock(&s->handles_mutex);
}

static void note_use(struct server *s, str value, bool token)
{
	struct server_queue *q = &s->lanes[ROUTE_WRITES];
	(void)pthread_mutex_lock(&s->notes_mutex);
	bool room = s->n_notes < SERVER_NOTES && value.n < SERVER_NOTE_BYTES;
	for (int i = 0; i < s->n_notes && room; i++)
		room = !str_eq(str_from(s->notes[i].value), value);
	if (room) {
		struct server_note *n = &s->notes[s->n_notes++];
		memcpy(n->value, value.p, value.n);
		n->value[value.n] = 0;
		n->token = token;
	}
	(void)pthread_mutex_unlock(&s->notes_mutex);
	(void)pthread_mutex_lock(&q->mutex);
	q->woken |= room;
	(void)pthread_cond_signal(&q->some);
	(void)pthread_mutex_unlock(&q->mutex);
}

void server_admit(struct server *s, struct server_exchange *x, struct server_handle *h)
{
	struct app app = h->app;
	app.arena = &x->arena;
	app.now_ms = server_now_ms(s);
	x->request.app = &app;
	x->request.rate = s->rate;
	x->status = route_admit(x->route, &x->request, &x->reply, &x->err);
	x->request.app = NULL;
}

void server_answer(struct server *s, struct server_exchange *x, struct server_handle *h)
{
	struct app app = h->app;
	app.arena = &x->arena;
	app.now_ms = server_now_ms(s);
	x->request.app = &app;
	x->request.rate = s->rate;
	x->request.retries = s->retries;
	int64_t generation = x->status == OK ? server_page_generation(x, &app) : -1;
	if (x->status == OK)
		x->status = route_serve(x->route, &x->request, &x->reply, &x->err);
	if (x->status != OK)
		route_fail(&x->request, x->status, &x->err, &x->reply);
	else
		server_page_keep(s, x, generation, app.now_ms);
	x->request.app = NULL;
	x->stage = SERVER_DONE;
	if (x->request.slides.n)
		note_use(s, x->request.slides, x->request.token);
}

bool server_lane_push(struct server *s, enum route_lane lane, struct server_exchange *x)
{
	struct server_queue *q = &s->lanes[lane];
	(void)pthread_mutex_lock(&q->mutex);
	if (q->over) {
		(void)pthread_mutex_unlock(&q->mutex);
		return false;
	}
	x->stage = SERVER_WAITING;
	x->next = NULL;
	MHD_suspend_connection(x->connection);
	if (q->last)
		q->last->next = x;
	else
		q->first = x;
	q->last = x;
	(void)pthread_cond_signal(&q->some);
	(void)pthread_mutex_unlock(&q->mutex);
	return true;
}

static bool is_over(struct server_queue *q)
{
	(void)pthread_mutex_lock(&q->mutex);
	bool over = q->over && !q->first;
	(void)pthread_mutex_unlock(&q->mutex);
	return over;
}

/* Everything that waits, in its order; NULL: the lane is closed, or was woken for something else. */
static struct server_exchange *pull_all(struct server_queue *q)
{
	(void)pthread_mutex_lock(&q->mutex);
	while (!q->first && !q->over && !q->woken)
		(void)pthread_cond_wait(&q->some, &q->mutex);
	q->woken = false;
	struct server_exchange *x = q->first;
	q->first = q->last = NULL;
	(void)pthread_mutex_unlock(&q->mutex);
	return x;
}

/* The first that may go on: pages of the demo are made one after the other, and others need not wait for them. */
static struct server_exchange *first_of(struct server_queue *q)
{
	struct server_exchange *x = q->first, *before = NULL;
	for (; x && x->request.in_demo && q->in_demo; x = x->next)
		before = x;
	if (!x)
		return NULL;
	*(before ? &before->next : &q->first) = x->next;
	if (!x->next)
		q->last = before;
	x->next = NULL;
	q->in_demo |= x->request.in_demo;
	return x;
}

/* NULL: the lane is closed. */
static struct server_exchange *pull_one(struct server_queue *q)
{
	struct server_exchange *x;
	(void)pthread_mutex_lock(&q->mutex);
	while (!(x = first_of(q)) && (q->first || !q->over))
		(void)pthread_cond_wait(&q->some, &q->mutex);
	(void)pthread_mutex_unlock(&q->mutex);
	return x;
}

static void leave_demo(struct server_queue *q)
{
	(void)pthread_mutex_lock(&q->mutex);
	q->in_demo = false;
	(void)pthread_cond_broadcast(&q->some);
	(void)pthread_mutex_unlock(&q->mutex);
}

static void *work_slow(void *ctx)
{
	struct server *s = ctx;
	struct server_queue *q = &s->lanes[ROUTE_READS];
	for (;;) {
		struct server_exchange *x = pull_one(q);
		if (!x)
			return NULL;
		bool in_demo = x->request.in_demo;
		struct server_handle *h = server_handle_take(s);
		/* The one before it may have asked for the same. */
		if (!server_page_find(s, x))
			server_answer(s, x, h);
		server_handle_give(s, h);
		MHD_resume_connection(x->connection);
		if (in_demo)
			leave_demo(q);
	}
}

/* Notes that sessions and tokens are used. It is only about how long they last, so a failure waits for the next use. */
static void write_notes(struct server *s, struct server_handle *h)
{
	struct server_note notes[SERVER_NOTES];
	struct err err;
	(void)pthread_mutex_lock(&s->notes_mutex);
	int n = s->n_notes;
	memcpy(notes, s->notes, sizeof notes);
	s->n_notes = 0;
	(void)pthread_mutex_unlock(&s->notes_mutex);
	for (int i = 0; i < n; i++) {
		struct arena a = ARENA(LIMIT_REQUEST_BYTES);
		struct app app = h->app;
		app.arena = &a;
		app.now_ms = server_now_ms(s);
		str value = str_from(notes[i].value);
		enum status status =
		    notes[i].token ? app_token_slide(&app, value, &err) : app_session_slide(&app, value, &err);
		(void)status;
		arena_release(&a);
	}
}

/* The disk did not take what was written: nothing of it may be acknowledged, and nothing is written after it. */
static void fail_batch(struct server *s, struct server_exchange *first, const struct err *err)
{
	s->broken = true;
	for (struct server_exchange *x = first; x; x = x->next) {
		x->err = *err;
		x->reply = (struct reply){.body = x->reply.body};
		route_fail(&x->request, E_IO, err, &x->reply);
	}
	(void)kill(getpid(), SIGTERM);
}

/* Takes from the front what is made durable together: all, or up to one that needs much memory, which is given back
   before the next. -> the rest. */
static struct server_exchange *answer_some(struct server *s, struct server_exchange *first, struct server_handle *h)
{
	struct server_exchange *x = first, *last = first;
	for (; x && !s->broken; x = x->next) {
		server_answer(s, x, h);
		last = x;
		if (x->arena.used_bytes > LIMIT_REQUEST_KEPT_BYTES)
			break;
	}
	struct server_exchange *rest = s->broken ? NULL : last->next;
	if (!s->broken)
		last->next = NULL;
	return rest;
}

/* Each with its own transaction, made durable together before any of them is answered. -> the rest. */
static struct server_exchange *work_some(struct server *s, struct server_exchange *first, struct server_handle *h)
{
	struct server_exchange *x, *rest = answer_some(s, first, h);
	struct err err = {.status = E_IO, .message = "the store takes nothing any more"};
	if (s->broken || app_hold_flush(&h->app, &err) != OK)
		fail_batch(s, first, &err);
	while (first) {
		x = first;
		first = x->next;
		x->next = NULL;
		MHD_resume_connection(x->connection);
	}
	return rest;
}

static void work_batch(struct server *s, struct server_exchange *first, struct server_handle *h)
{
	while (first)
		first = work_some(s, first, h);
}

static void *work_writes(void *ctx)
{
	struct server *s = ctx;
	struct server_handle *h = &s->handles[SERVER_HANDLE_WRITES];
	for (;;) {
		struct server_exchange *first = pull_all(&s->lanes[ROUTE_WRITES]);
		write_notes(s, h);
		if (first)
			work_batch(s, first, h);
		else if (is_over(&s->lanes[ROUTE_WRITES]))
			return NULL;
	}
}

/* Beside the writes, with a handle of its own: in the store each takes its turn. */
static void work_beside(struct server *s, enum route_lane lane, struct server_handle *h)
{
	struct server_exchange *x;
	while ((x = pull_one(&s->lanes[lane]))) {
		work_batch(s, x, h);
		arena_trim();
	}
}

static void *work_secrets(void *ctx)
{
	struct server *s = ctx;
	work_beside(s, ROUTE_SECRETS, &s->handles[SERVER_HANDLE_SECRETS]);
	return NULL;
}

static void *work_imports(void *ctx)
{
	struct server *s = ctx;
	int number = atomic_fetch_add(&s->importers, 1);
	work_beside(s, ROUTE_IMPORTS, &s->handles[SERVER_HANDLE_IMPORTS + number]);
	return NULL;
}

/* After a crowd has gone its memory goes back to the system. */
static void sweep(struct server *s, int *most)
{
	int n = clients_sweep(s->clients, server_tick_ms());
	if (n > *most)
		*most = n;
	if (*most < SERVER_CROWD || n > *most / 2)
		return;
	*most = n;
	arena_trim();
}

/* Once a second: keeps the log of the store short, and cuts off who keeps the server waiting. */
static void *work_tidy(void *ctx)
{
	struct server *s = ctx;
	struct err err;
	int most = 0;
	(void)pthread_mutex_lock(&s->ending_mutex);
	while (!s->ends) {
		struct timespec until;
		(void)clock_gettime(CLOCK_REALTIME, &until);
		until.tv_sec++;
		(void)pthread_cond_timedwait(&s->ending, &s->ending_mutex, &until);
		(void)pthread_mutex_unlock(&s->ending_mutex);
		struct app *app = &s->handles[SERVER_HANDLE_TIDY].app;
		app->now_ms = server_now_ms(s);
		sweep(s, &most);
		if (!s->broken && app_hold_tidy(app, &err) != OK) {
			s->broken = true;
			(void)kill(getpid(), SIGTERM);
		}
		(void)pthread_mutex_lock(&s->ending_mutex);
	}
	(void)pthread_mutex_unlock(&s->ending_mutex);
	return NULL;
}

enum status server_lanes_start(struct server *s, struct err *err)
{
	static void *(*const work[SERVER_WORKERS])(void *) = {work_writes,  work_secrets, work_tidy, work_imports,
							      work_imports, work_slow,    work_slow};
	for (int i = 0; i < SERVER_WORKERS; i++) {
		int failed = pthread_create(&s->workers[i], NULL, work[i], s);
		if (failed)
			return err_set(err, E_IO, "a thread cannot be started: %s", strerror(failed));
		s->n_workers++;
	}
	return OK;
}

void server_lanes_stop(struct server *s)
{
	for (int lane = 0; lane < ROUTE_LANES; lane++) {
		struct server_queue *q = &s->lanes[lane];
		(void)pthread_mutex_lock(&q->mutex);
		q->over = true;
		(void)pthread_cond_broadcast(&q->some);
		(void)pthread_mutex_unlock(&q->mutex);
	}
	(void)pthread_mutex_lock(&s->ending_mutex);
	s->ends = true;
	(void)pthread_cond_broadcast(&s->ending);
	(void)pthread_mutex_unlock(&s->ending_mutex);
	for (int i = 0; i < s->n_workers; i++)
		(void)pthread_join(s->workers[i], NULL);
	s->n_workers = 0;
}
