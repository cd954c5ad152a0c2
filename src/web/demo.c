#include "web/demo.h"

#include "app/demo.h"
#include "base/limits.h"
#include "web/route.h"

#define DEMO "/demo"

void demo_init(struct demo *d)
{
	(void)pthread_mutex_init(&d->mutex, NULL);
	d->made = false;
}

void demo_end(struct demo *d)
{
	if (d->made)
		arena_release(&d->arena);
	d->made = false;
	(void)pthread_mutex_destroy(&d->mutex);
}

bool demo_path(str *path)
{
	if (!str_starts(*path, S(DEMO)))
		return false;
	str rest = str_slice(*path, sizeof DEMO - 1, path->n);
	if (rest.n && rest.p[0] != '/')
		return false;
	*path = rest.n ? rest : S("/");
	return true;
}

bool demo_shows(const struct route *route)
{
	return route->method == REQUEST_GET && route->role == ACCESS_READER && !route->document;
}

/* ---- the store ---- */

static enum status make(struct demo *d, struct err *err)
{
	d->arena = ARENA(LIMIT_REQUEST_BYTES);
	d->app = (struct app){.arena = &d->arena, .now_ms = app_demo_now_ms()};
	enum status status = app_open(&d->app, ":memory:", APP_CREATES, err);
	if (status == OK)
		status = app_demo_make(&d->app, err);
	if (status != OK)
		arena_release(&d->arena);
	d->made = status == OK;
	return status;
}

/* The page for a reader of the demo; afterwards the request is its sender's again. */
static enum status show(struct demo *d, const struct route *route, struct request *q, struct reply *r, struct err *err)
{
	static const struct access_grant grant = {ACCESS_READER, S("")};
	static const struct access reader = {.n_grants = 1, .grants = &grant};
	struct app *own = q->app, app = d->app;
	app.arena = q->arena;
	app.who = &reader;
	q->app = &app;
	enum status status = route->serve(q, r, err);
	q->app = own;
	return status;
}

/* ---- addresses ---- */

/* Where in the text the next address begins, behind href=" and the like; negative: there is none. */
static int64_t next_address(str text)
{
	static const str names[] = {S(" href"), S(" action"), S(" hx-get")};
	size_t from = 0;
	for (;;) {
		int64_t at = str_find(str_slice(text, from, text.n), S("=\"/"));
		if (at < 0)
			return -1;
		str before = str_slice(text, 0, from + (size_t)at);
		from += (size_t)at + 2;
		for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
			if (str_ends(before, names[i]))
				return (int64_t)from;
	}
}

/* The path at the beginning of an address. */
static str path_of(str address)
{
	size_t n = 0;
	while (n < address.n && address.p[n] != '"' && address.p[n] != '?' && address.p[n] != '#')
		n++;
	return str_slice(address, 0, n);
}

static void move(str page, struct buf *out)
{
	for (int64_t at; (at = next_address(page)) >= 0;) {
		str rest = str_slice(page, (size_t)at, page.n);
		buf_add(out, str_slice(page, 0, (size_t)at));
		if (route_in_demo(path_of(rest)))
			buf_add(out, S(DEMO));
		page = rest;
	}
	buf_add(out, page);
}

static enum status move_page(struct reply *r, struct err *err)
{
	struct buf moved = BUF(LIMIT_PAGE_BYTES);
	if (r->type.n || r->fixed || r->file.is)
		return OK;
	move(buf_str(&r->body), &moved);
	buf_release(&r->body);
	r->body = moved;
	return r->body.status == OK ? OK : err_set(err, r->body.status, "the page is too large");
}

static enum status move_location(struct request *q, struct reply *r, struct err *err)
{
	struct buf b = BUF(LIMIT_HEADER_BYTES * 4);
	if (!r->location.n || !route_in_demo(path_of(r->location)))
		return OK;
	buf_add(&b, S(DEMO));
	buf_add(&b, r->location);
	r->location = str_copy(q->arena, buf_str(&b));
	buf_release(&b);
	return r->location.p ? OK : err_full(err);
}

enum status demo_serve(const struct route *route, struct request *q, struct reply *r, struct err *err)
{
	struct demo *d = q->demo;
	struct err why = {0};
	(void)pthread_mutex_lock(&d->mutex);
	enum status status = d->made ? OK : make(d, &why);
	if (status == OK)
		status = show(d, route, q, r, &why);
	(void)pthread_mutex_unlock(&d->mutex);
	if (status != OK)
		route_fail(q, status, &why, r);
	TRY(move_location(q, r, err));
	return move_page(r, err);
}
