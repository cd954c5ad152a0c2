#include "app/hold.h"
#include "base/gzip.h"
#include "base/limits.h"
#include "web/asset.h"
#include "web/server_inside.h"
#include "web/session.h"

/* Smaller ones travel as they are. */
enum { PACK_LEAST = 1024 };

/* Under which name a page is kept; empty: it is not one of those. Files are the same for everybody. */
static bool key_of(const struct server_exchange *x, str *session)
{
	const struct route *r = x->route;
	if (!r || r->method != REQUEST_GET)
		return false;
	if (r->kind & ROUTE_FILE) {
		*session = S("");
		return true;
	}
	*session = session_value(&x->request);
	return r->kind & ROUTE_KEPT && session->n && !x->request.htmx;
}

static void show(struct server_exchange *x)
{
	bool packed = x->packs && x->page.packed;
	str body = shared_bytes(packed ? x->page.packed : x->page.plain);
	x->reply.fixed = body.p;
	x->reply.n_fixed = body.n;
	x->reply.gzip = packed;
	x->reply.varies = true;
}

bool server_page_find(struct server *s, struct server_exchange *x)
{
	str session;
	int64_t generation = 0, now_ms = server_now_ms(s);
	struct app app = {.now_ms = now_ms, .hold = s->hold, .db = NULL};
	struct err err;
	if (!key_of(x, &session))
		return false;
	bool file = x->route->kind & ROUTE_FILE;
	if (!file && app_hold_generation(&app, &generation, &err) != OK)
		return false;
	if (!cache_find(s->cache, session, x->request.address_text, generation, now_ms, &x->page))
		return false;
	if (file) {
		x->reply.asset = true;
		x->reply.type = asset_type(x->request.path);
	}
	show(x);
	x->stage = SERVER_DONE;
	return true;
}

int64_t server_page_generation(const struct server_exchange *x, const struct app *app)
{
	str session;
	int64_t generation = 0;
	struct err err;
	if (!key_of(x, &session))
		return -1;
	if (!(x->route->kind & ROUTE_FILE) && app_hold_generation(app, &generation, &err) != OK)
		return -1;
	return generation;
}

void server_page_keep(struct server *s, struct server_exchange *x, int64_t generation, int64_t now_ms)
{
	str session;
	bool whole = !x->reply.status && !x->reply.file.is && !x->reply.location.n && !x->reply.cookie.n;
	/* The use of a session that is to be noted makes a new generation at once. */
	if (generation < 0 || !whole || x->request.slides.n || !key_of(x, &session))
		return;
	bool file = x->route->kind & ROUTE_FILE;
	int64_t until_ms = file ? INT64_MAX : now_ms + LIMIT_CACHE_MS;
	if (!file && x->request.until_ms < until_ms)
		until_ms = x->request.until_ms;
	str body = x->reply.fixed ? (str){x->reply.fixed, x->reply.n_fixed} : buf_str(&x->reply.body);
	cache_put(s->cache, session, x->request.address_text, generation, until_ms, body);
	/* What the program carries is not packed by itself: whoever asks first gets it packed, too. */
	if (file && x->packs && cache_find(s->cache, session, x->request.address_text, generation, now_ms, &x->page))
		show(x);
}

void server_page_pack(struct server_exchange *x)
{
	struct reply *r = &x->reply;
	struct buf packed = BUF(LIMIT_PAGE_BYTES);
	struct err err;
	if (!x->packs || r->fixed || r->file.is || r->body.n < PACK_LEAST || r->etag.n)
		return;
	if (gzip_pack(buf_str(&r->body), GZIP_QUICK, &packed, &err) != OK || packed.n >= r->body.n) {
		buf_release(&packed);
		return;
	}
	buf_release(&r->body);
	r->body = packed;
	r->gzip = true;
	r->varies = true;
}
