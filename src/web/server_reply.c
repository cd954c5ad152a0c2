#include "web/server_inside.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/limits.h"

static void header(struct MHD_Response *r, const char *name, struct arena *a, str value)
{
	const char *z = value.n ? str_z(a, value) : NULL;
	if (z)
		(void)MHD_add_response_header(r, name, z);
}

/* What every answer says to the browser; the policy first. Nothing may run or be loaded that is not this program's own.
 */
static const char *const always[][2] = {
    {"Content-Security-Policy",
     "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
     "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
    {"X-Frame-Options", "DENY"},
};

static void add_rate(struct MHD_Response *r, struct server_exchange *x)
{
	const struct rate_state *rate = &x->reply.rate;
	char text[32];
	const struct {
		const char *name;
		int64_t value;
	} headers[] = {{"RateLimit-Limit", rate->limit},
		       {"RateLimit-Remaining", rate->remaining},
		       {"RateLimit-Reset", rate->reset_s},
		       {"Retry-After", rate->retry_s}};
	for (size_t i = 0; i < sizeof headers / sizeof headers[0] - !rate->retry_s; i++) {
		(void)snprintf(text, sizeof text, "%" PRId64, headers[i].value);
		(void)MHD_add_response_header(r, headers[i].name, text);
	}
}

static void add_headers(struct MHD_Response *r, struct server_exchange *x)
{
	struct reply *reply = &x->reply;
	struct arena *a = &x->arena;
	for (size_t i = reply->own_policy ? 1 : 0; i < sizeof always / sizeof always[0]; i++)
		(void)MHD_add_response_header(r, always[i][0], always[i][1]);
	if (reply->own_policy)
		(void)MHD_add_response_header(r, "Content-Security-Policy",
					      "frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
	header(r, "Content-Type", a, reply->type.n ? reply->type : S("text/html; charset=utf-8"));
	if (reply->cache.n)
		header(r, "Cache-Control", a, reply->cache);
	else
		header(r, "Cache-Control", a, reply->asset ? S("public, max-age=31536000, immutable") : S("no-store"));
	header(r, "Location", a, reply->location);
	header(r, "Set-Cookie", a, reply->cookie);
	header(r, "ETag", a, reply->etag);
	header(r, "Idempotent-Replayed", a, reply->replayed ? S("true") : (str){0});
	header(r, "Link", a, reply->link);
	if (reply->rated)
		add_rate(r, x);
	header(r, "Content-Disposition", a, reply->disposition);
	header(r, "Allow", a, reply->allow);
	header(r, "WWW-Authenticate", a, reply->authenticate);
	if (reply->gzip)
		header(r, "Content-Encoding", a, S("gzip"));
	if (reply->clear_site)
		header(r, "Clear-Site-Data", a, S("\"cache\", \"storage\""));
	if (x->request.tls)
		header(r, "Strict-Transport-Security", a, S("max-age=31536000"));
	if (reply->varies || x->request.htmx)
		header(r, "Vary", a, S("Accept-Encoding, HX-Request"));
}

/* The exchange outlives the response: a body stays where it is. A file is closed with the response. */
static struct MHD_Response *response_of(struct reply *reply)
{
	str body = reply->fixed ? (str){reply->fixed, reply->n_fixed} : buf_str(&reply->body);
	if (!reply->file.is)
		return MHD_create_response_from_buffer(body.n, (void *)(uintptr_t)body.p, MHD_RESPMEM_PERSISTENT);
	struct MHD_Response *r = MHD_create_response_from_fd64((uint64_t)reply->file.bytes, reply->file.fd);
	reply->file.is = !r;
	return r;
}

enum MHD_Result server_send(struct server_exchange *x)
{
	struct reply *reply = &x->reply;
	server_page_pack(x);
	struct MHD_Response *r = response_of(reply);
	if (!r)
		return MHD_NO;
	add_headers(r, x);
	if (x->closes || atomic_load(&x->server->ending_soon))
		(void)MHD_add_response_header(r, "Connection", "close");
	clients_read(x->client, reply->file.bytes + (int64_t)(reply->fixed ? reply->n_fixed : reply->body.n),
		     server_tick_ms());
	enum MHD_Result sent = MHD_queue_response(x->connection, (unsigned)(reply->status ? reply->status : 200), r);
	MHD_destroy_response(r);
	return sent;
}
