#include "web/server.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "app/hold.h"
#include "base/address.h"
#include "base/limits.h"
#include "web/server_inside.h"

enum { STOP_STEP_MS = 10 };

/* ---- exchanges ---- */

static struct server_exchange *exchange_take(struct server *s)
{
	(void)pthread_mutex_lock(&s->exchanges_mutex);
	struct server_exchange *x = s->free_exchanges;
	if (x)
		s->free_exchanges = x->next;
	(void)pthread_mutex_unlock(&s->exchanges_mutex);
	if (!x)
		return NULL;
	*x = (struct server_exchange){.server = s, .arena = ARENA(LIMIT_REQUEST_BYTES), .used = true};
	x->request.file.fd = -1;
	x->request.arena = &x->arena;
	x->request.uploads = &s->uploads;
	x->request.server = &s->about;
	x->request.presence = &s->presence;
	x->request.demo = &s->demo;
	x->reply.body = BUF(LIMIT_PAGE_BYTES);
	return x;
}

static void exchange_give(struct server_exchange *x)
{
	struct server *s = x->server;
	if (x->at_hand)
		(void)atomic_fetch_sub(&s->at_hand, 1);
	server_body_release(x);
	cache_drop(&x->page);
	buf_release(&x->reply.body);
	bool large = x->arena.used_bytes > LIMIT_REQUEST_KEPT_BYTES;
	arena_release(&x->arena);
	if (large)
		arena_trim();
	x->used = false;
	(void)pthread_mutex_lock(&s->exchanges_mutex);
	x->next = s->free_exchanges;
	s->free_exchanges = x;
	(void)pthread_mutex_unlock(&s->exchanges_mutex);
}

/* ---- from libmicrohttpd ---- */

/* The library makes a header of each field of the address, in the little memory that it has for all of them, and when
 * they do not fit it answers nothing and waits. The fields are read from our copy, so it is left none: what it shows
 * here is its own buffer, of which it has read no further than the '?'. */
static void hide_fields(const char *raw)
{
	char *fields = strchr((char *)(uintptr_t)raw, '?');
	if (fields)
		fields[1] = 0;
}

/* So it does of each pair of the first header Cookie that it finds. That is an empty one of ours; the one that was sent
 * comes after it (note_header). */
static void hide_cookies(struct MHD_Connection *connection)
{
	(void)MHD_set_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_COOKIE, "");
}

static void *on_address(void *ctx, const char *raw, struct MHD_Connection *connection)
{
	struct server_exchange *x = exchange_take(ctx);
	if (!x)
		return NULL;
	x->connection = connection;
	x->client = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
	x->raw = str_copy(&x->arena, str_from(raw));
	hide_fields(raw);
	hide_cookies(connection);
	return x;
}

static size_t leave_as_it_is(void *ctx, struct MHD_Connection *connection, char *text)
{
	(void)ctx, (void)connection;
	return strlen(text);
}

static str header_of(struct server_exchange *x, const char *name)
{
	return str_from(MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, name));
}

static const struct sockaddr *client_of(struct MHD_Connection *connection)
{
	return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
}

/* Headers of which two, or one beside the other, would be read differently by different programs; and those that some
 * would not know by their name, or not by their value. */
struct frame {
	int hosts, lengths, encodings;
	bool blank;    /* a name holds a blank, or what else none may */
	bool unknown;  /* the body comes encoded in another way than in pieces */
	str forwarded; /* the last line: the proxy's own, whatever came to it */
	str cookie;    /* the first line that is not empty */
};

static bool is_header_name(str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] <= ' ' || name.p[i] == 127)
			return false;
	return name.n > 0;
}

static enum MHD_Result note_header(void *ctx, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct frame *f = ctx;
	str word = str_from(name);
	(void)kind;
	f->hosts += str_eq_fold(word, S("Host"));
	f->lengths += str_eq_fold(word, S("Content-Length"));
	f->blank |= !is_header_name(word);
	if (str_eq_fold(word, S("Transfer-Encoding"))) {
		f->encodings++;
		f->unknown |= !str_eq_fold(str_from(value), S("chunked"));
	}
	if (str_eq_fold(word, S("X-Forwarded-For")))
		f->forwarded = str_from(value);
	if (str_eq_fold(word, S("Cookie")) && !f->cookie.n)
		f->cookie = str_from(value);
	return MHD_YES;
}

/* A proxy in front that reads such a request otherwise would take a part of its body for the next request. */
static enum status check_frame(struct server_exchange *x, struct frame *f, struct err *err)
{
	(void)MHD_get_connection_values(x->connection, MHD_HEADER_KIND, note_header, f);
	x->closes = f->hosts > 1 || f->lengths + f->encodings > 1 || f->blank || f->unknown;
	if (!x->closes)
		return OK;
	if (f->blank)
		return err_set(err, E_INVALID, "the name of a header holds a blank, or what else none may");
	if (f->unknown)
		return err_set(err, E_INVALID, "the body is encoded in a way that is not known; send it chunked");
	return err_set(err, E_INVALID, "the request names its %s twice", f->hosts > 1 ? "host" : "length");
}

/* Behind a proxy that is trusted, its word counts for who asks and whether the way there was encrypted. */
static void believe_proxy(struct server_exchange *x, str forwarded)
{
	str proxy = x->server->options.proxy, rest = forwarded, last = {0};
	char text[ADDRESS_TEXT];
	if (!proxy.n || !str_eq(x->request.address, proxy))
		return;
	while (rest.n)
		(void)str_cut(rest, ',', &last, &rest);
	last = str_trim(last);
	str plain = address_plain(last, text);
	if (last.n)
		x->request.address = plain.n ? str_copy(&x->arena, plain) : last;
	x->request.tls = str_eq_fold(header_of(x, "X-Forwarded-Proto"), S("https"));
}

static enum status read_head(struct server_exchange *x, const char *method, struct err *err)
{
	struct request *q = &x->request;
	struct frame frame = {0};
	char text[ADDRESS_TEXT];
	str path;
	if (!x->raw.p)
		return err_full(err);
	(void)str_cut(x->raw, '?', &path, &q->query_text);
	q->path = path;
	q->address_text = x->raw;
	q->json = str_starts(path, S("/api/"));
	TRY(check_frame(x, &frame, err));
	q->host = header_of(x, "Host");
	q->origin = header_of(x, "Origin");
	q->referer = header_of(x, "Referer");
	q->cookie = frame.cookie;
	q->agent = header_of(x, "User-Agent");
	q->authorization = header_of(x, "Authorization");
	q->accept = header_of(x, "Accept");
	q->content_type = header_of(x, "Content-Type");
	q->if_none_match = header_of(x, "If-None-Match");
	q->if_match = header_of(x, "If-Match");
	q->idempotency_key = header_of(x, "Idempotency-Key");
	q->csrf_header = header_of(x, "X-CSRF-Token");
	x->packs = str_find(header_of(x, "Accept-Encoding"), S("gzip")) >= 0;
	q->htmx = str_eq(header_of(x, "HX-Request"), S("true"));
	q->tls = x->server->options.certificate.n > 0;
	q->address = str_copy(&x->arena, address_of(client_of(x->connection), text));
	believe_proxy(x, frame.forwarded);
	TRY(request_fields_read(q->query_text, &x->arena, &q->query, err));
	return route_find(q, str_from(method), &x->reply, &x->route, err);
}

/* What is sent may be large: whoever may not send it is told so before it comes. */
static void admit(struct server_exchange *x)
{
	struct server_handle *h = server_handle_take(x->server);
	server_admit(x->server, x, h);
	server_handle_give(x->server, h);
}

/* All is here: answered now, or by the thread whose task it is. */
static enum MHD_Result answer(struct server_exchange *x)
{
	struct server *s = x->server;
	enum route_lane lane = x->status != OK      ? ROUTE_INLINE
			       : x->request.in_demo ? ROUTE_READS
						    : route_lane_of(x->route);
	if (x->status == OK && server_page_find(s, x))
		return server_send(x);
	clients_work(x->client);
	if (lane != ROUTE_INLINE && server_lane_push(s, lane, x))
		return MHD_YES;
	if (lane != ROUTE_INLINE)
		x->status = err_set(&x->err, E_IO, "the server is about to end");
	struct server_handle *h = server_handle_take(s);
	server_answer(s, x, h);
	server_handle_give(s, h);
	return server_send(x);
}

/* The header is whole. */
static enum status begin(struct server_exchange *x, const char *method, struct err *err)
{
	x->stage = SERVER_BODY;
	x->at_hand = true;
	(void)atomic_fetch_add(&x->server->at_hand, 1);
	clients_send(x->client, server_tick_ms());
	TRY(read_head(x, method, err));
	if (x->request.method != REQUEST_GET && server_body_asks(x))
		admit(x);
	TRY(x->status);
	return server_body_begin(x, err);
}

/* A part of the body. An answer can be sent only after the last: what was refused is read on for a while, so that the
 * reason reaches who sends it. false: not any longer. */
static bool take(struct server_exchange *x, const char *data, size_t n)
{
	clients_sent(x->client, (int64_t)n, server_tick_ms());
	if (x->status != OK) {
		x->wasted += (int64_t)n;
		return x->wasted <= LIMIT_REFUSED_BYTES;
	}
	x->status = server_body_more(x, data, n, &x->err);
	if (x->status != OK)
		server_body_release(x);
	return true;
}

static enum MHD_Result on_request(void *ctx, struct MHD_Connection *connection, const char *url, const char *method,
				  const char *version, const char *data, size_t *n, void **slot)
{
	struct server_exchange *x = *slot;
	(void)ctx, (void)connection, (void)url, (void)version;
	if (!x)
		return MHD_NO;
	if (x->stage == SERVER_NEW) {
		x->status = begin(x, method, &x->err);
		/* A refusal is sent before the body comes; what comes all the same is not read. */
		return x->status == OK ? MHD_YES : answer(x);
	}
	if (x->stage == SERVER_BODY && *n) {
		bool goes_on = take(x, data, *n);
		*n = 0;
		return goes_on ? MHD_YES : MHD_NO;
	}
	if (x->stage == SERVER_BODY) {
		if (x->status == OK)
			x->status = server_body_end(x, &x->err);
		return answer(x);
	}
	return x->stage == SERVER_DONE ? server_send(x) : MHD_YES;
}

static void on_completed(void *ctx, struct MHD_Connection *connection, void **slot, enum MHD_RequestTerminationCode how)
{
	struct server_exchange *x = *slot;
	(void)ctx, (void)connection, (void)how;
	if (!x)
		return;
	clients_wait(x->client, server_tick_ms());
	exchange_give(x);
	*slot = NULL;
}

/* Behind a proxy that is trusted are many, so its address does not count. */
static str who_connects(const struct server *s, struct MHD_Connection *connection, char out[ADDRESS_TEXT])
{
	char text[ADDRESS_TEXT];
	if (s->options.proxy.n)
		return (str){0};
	return address_network(address_of(client_of(connection), text), out);
}

static void on_connection(void *ctx, struct MHD_Connection *connection, void **slot,
			  enum MHD_ConnectionNotificationCode what)
{
	struct server *s = ctx;
	if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
		clients_remove(s->clients, *slot);
		*slot = NULL;
		return;
	}
	char text[ADDRESS_TEXT];
	int fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
	*slot = clients_add(s->clients, fd, who_connects(s, connection, text), server_tick_ms());
}

/* ---- starting and stopping ---- */

static enum status open_handles(struct server *s, struct err *err)
{
	/* Those that write come first: they bring the store up to date. */
	for (int i = SERVER_HANDLES - 1; i >= 0; i--) {
		struct server_handle *h = &s->handles[i];
		bool writes = i >= SERVER_HANDLE_WRITES;
		if (!writes && i >= s->options.threads + SERVER_SLOW_THREADS)
			continue; /* one for each thread that reads */
		h->arena = ARENA(LIMIT_REQUEST_BYTES);
		h->app = (struct app){.arena = &h->arena};
		bool imports = i >= SERVER_HANDLE_IMPORTS && i < SERVER_HANDLE_TIDY;
		enum app_need need = imports ? APP_SERVES_FILES : writes ? APP_SERVES : APP_READS;
		TRY(app_open(&h->app, s->options.store, need, err));
		if (writes && !s->hold)
			TRY(app_hold_open(s->options.store, &s->hold_arena, &s->hold, err));
		h->app.hold = s->hold;
		if (i == SERVER_HANDLE_WRITES || i == SERVER_HANDLE_TIDY)
			TRY(app_hold_defer(&h->app, err));
		if (writes)
			continue;
		h->next = s->free_handles;
		s->free_handles = h;
	}
	return OK;
}

/* As the addresses that it is compared with are written. */
static enum status read_proxy(struct server *s, struct arena *a, struct err *err)
{
	char text[ADDRESS_TEXT];
	str proxy = s->options.proxy, plain = address_plain(proxy, text);
	if (!proxy.n)
		return OK;
	if (!plain.n) {
		err_set(err, E_INVALID, "\"%.*s\" is no address, so no proxy has it", STR_ARG(proxy));
		err_hint(err, "as in --trust-proxy 192.0.2.1, or 2001:db8::1 without brackets");
		return E_INVALID;
	}
	s->options.proxy = str_copy(a, plain);
	return s->options.proxy.p ? OK : err_full(err);
}

static enum status listen_at(struct server *s, int *fd, int *port, struct err *err)
{
	struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_PASSIVE, .ai_socktype = SOCK_STREAM}, *found = NULL;
	struct sockaddr_storage bound;
	socklen_t n = sizeof bound;
	char service[8];
	const char *address = s->options.address.p;
	int on = 1;
	(void)snprintf(service, sizeof service, "%d", s->options.port);
	if (getaddrinfo(address, service, &hints, &found) != 0 || !found)
		return err_set(err, E_INVALID, "\"%s\" is no address", address);
	*fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool good = *fd >= 0 && setsockopt(*fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
		    bind(*fd, found->ai_addr, found->ai_addrlen) == 0 && listen(*fd, 1024) == 0 &&
		    getsockname(*fd, (struct sockaddr *)&bound, &n) == 0;
	int code = errno;
	freeaddrinfo(found);
	if (!good) {
		if (*fd >= 0)
			(void)close(*fd);
		err_set(err, E_IO, "%s port %d cannot be listened on: %s", address, s->options.port, strerror(code));
		err_hint(err, "another program may hold the port; --listen ADDRESS:PORT names another one");
		return E_IO;
	}
	int64_t number = 0;
	if (getnameinfo((struct sockaddr *)&bound, n, NULL, 0, service, sizeof service, NI_NUMERICSERV) == 0 &&
	    str_to_i64(str_from(service), &number))
		*port = (int)number;
	return OK;
}

static enum status start_daemon(struct server *s, int fd, struct err *err)
{
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC;
	struct MHD_OptionItem options[12];
	int n = 0;
	options[n++] = (struct MHD_OptionItem){MHD_OPTION_LISTEN_SOCKET, fd, NULL};
	options[n++] = (struct MHD_OptionItem){MHD_OPTION_THREAD_POOL_SIZE, s->options.threads, NULL};
	options[n++] = (struct MHD_OptionItem){MHD_OPTION_CONNECTION_LIMIT, s->most, NULL};
	options[n++] = (struct MHD_OptionItem){MHD_OPTION_CONNECTION_TIMEOUT, LIMIT_CONNECTION_SECONDS, NULL};
	options[n++] = (struct MHD_OptionItem){MHD_OPTION_CONNECTION_MEMORY_LIMIT, LIMIT_HEADER_BYTES, NULL};
	options[n++] = (struct MHD_OptionItem){MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL};
	if (s->options.certificate.n) {
		flags |= MHD_USE_TLS;
		options[n++] =
		    (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)s->options.certificate.p};
		options[n++] =
		    (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)s->options.key.p};
	}
	options[n++] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
	s->daemon = MHD_start_daemon(flags, 0, NULL, NULL, on_request, s, MHD_OPTION_ARRAY, options,
				     MHD_OPTION_URI_LOG_CALLBACK, on_address, s, MHD_OPTION_UNESCAPE_CALLBACK,
				     leave_as_it_is, s, MHD_OPTION_NOTIFY_COMPLETED, on_completed, s,
				     MHD_OPTION_NOTIFY_CONNECTION, on_connection, s, MHD_OPTION_END);
	return s->daemon ? OK : err_set(err, E_IO, "the server cannot be started");
}

static void stop(void *payload)
{
	server_stop(payload);
}

/* As many as the system allows files for: a shell often begins with few, and may have more. */
static int connections(void)
{
	struct rlimit files;
	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return LIMIT_CONNECTIONS;
	files.rlim_cur = files.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &files);
	if (files.rlim_cur >= LIMIT_CONNECTIONS + LIMIT_SERVER_FILES)
		return LIMIT_CONNECTIONS;
	return files.rlim_cur > 2 * LIMIT_SERVER_FILES ? (int)files.rlim_cur - LIMIT_SERVER_FILES : LIMIT_SERVER_FILES;
}

static enum status init(struct server *s, struct arena *a, struct err *err)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	if (s->options.threads <= 0)
		s->options.threads = processors > 1 ? (int)processors : 1;
	if (s->options.threads > SERVER_THREADS_MAX)
		s->options.threads = SERVER_THREADS_MAX;
	upload_init(&s->uploads);
	presence_init(&s->presence);
	demo_init(&s->demo);
	(void)pthread_mutex_init(&s->exchanges_mutex, NULL);
	(void)pthread_mutex_init(&s->handles_mutex, NULL);
	(void)pthread_mutex_init(&s->notes_mutex, NULL);
	(void)pthread_mutex_init(&s->ending_mutex, NULL);
	(void)pthread_cond_init(&s->ending, NULL);
	s->hold_arena = ARENA(LIMIT_HELD_BYTES);
	TRY(cache_open(a, LIMIT_CACHE_BYTES, &s->cache, err));
	TRY(cache_open(a, LIMIT_RETRY_BYTES, &s->retries, err));
	(void)pthread_cond_init(&s->handle_free, NULL);
	for (int i = 0; i < ROUTE_LANES; i++) {
		(void)pthread_mutex_init(&s->lanes[i].mutex, NULL);
		(void)pthread_cond_init(&s->lanes[i].some, NULL);
	}
	TRY(rate_open(a, &s->rate, err));
	s->most = connections();
	TRY(clients_open(a, s->most, &s->clients, err));
	s->exchanges = arena_new(a, struct server_exchange, (size_t)s->most);
	if (!s->exchanges)
		return err_full(err);
	for (int i = 0; i < s->most; i++) {
		s->exchanges[i].next = s->free_exchanges;
		s->free_exchanges = &s->exchanges[i];
	}
	return OK;
}

enum status server_start(const struct server_options *options, struct arena *a, struct server **out, int *port,
			 struct err *err)
{
	struct server *s = arena_new(a, struct server, 1);
	if (!s)
		return err_full(err);
	s->options = *options;
	s->about = (struct request_server){.started_ms = server_now_ms(s),
					   .clock_goes_on = s->options.fixed_now_ms == INT64_MIN,
					   .tls = options->certificate.n > 0,
					   .proxy = options->proxy.n > 0,
					   .setup_code = options->setup_code,
					   .confined = options->confined};
	TRY(read_proxy(s, a, err));
	TRY(init(s, a, err));
	if (!arena_defer(a, stop, s))
		return err_full(err);
	TRY(open_handles(s, err));
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, s->deaf) != 0)
		return err_set(err, E_IO, "a pair of sockets cannot be made: %s", strerror(errno));
	TRY(listen_at(s, &s->listens, port, err));
	TRY(server_lanes_start(s, err));
	TRY(start_daemon(s, s->listens, err));
	*out = s;
	return OK;
}

/* Nobody new is let in. The number of the socket that listens becomes that of one at which nobody ever knocks: so the
   kernel takes the old one out of every list of events, and no thread of the library needs to be told. (What the
   library offers, MHD_quiesce_daemon, aborts the program when one of its threads is at work on the same list.) */
static void close_door(struct server *s)
{
	(void)dup2(s->deaf[0], s->listens);
}

/* What was asked before is answered, unless that waits for slow clients. */
static void finish(struct server *s)
{
	int64_t until_ms = server_tick_ms() + LIMIT_STOP_SECONDS * 1000;
	close_door(s);
	atomic_store(&s->ending_soon, true);
	while (atomic_load(&s->at_hand) && server_tick_ms() < until_ms)
		(void)nanosleep(&(struct timespec){.tv_nsec = STOP_STEP_MS * 1000000L}, NULL);
}

void server_stop(struct server *s)
{
	if (s->stopped)
		return;
	s->stopped = true;
	if (s->daemon)
		finish(s);
	server_lanes_stop(s);
	if (s->daemon)
		MHD_stop_daemon(s->daemon); /* closes what listens, too */
	for (int i = 0; i < 2; i++)
		if (s->deaf[i] > 0)
			(void)close(s->deaf[i]);
	for (int i = 0; i < SERVER_HANDLES; i++)
		arena_release(&s->handles[i].arena);
	arena_release(&s->hold_arena);
	if (s->cache)
		cache_close(s->cache);
	if (s->retries)
		cache_close(s->retries);
	upload_end(&s->uploads);
	presence_end(&s->presence);
	demo_end(&s->demo);
}

enum status server_outcome(const struct server *s, struct err *err)
{
	if (!atomic_load(&s->broken))
		return OK;
	err_set(err, E_IO, "the store did not keep what was written, so the server ended");
	err_hint(err, "nothing of it was acknowledged; look at the disk, then start it again");
	return E_IO;
}
