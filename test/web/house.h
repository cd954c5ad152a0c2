/**
 * What the tests of web/ share: a request as the server makes it, asked of the table of routes as the server asks.
 */
#ifndef TEST_WEB_HOUSE_H
#define TEST_WEB_HOUSE_H

#include <unistd.h>

#include "app/people_house.h"
#include "base/source.h"
#include "web/route.h"
#include "web/upload.h"

/* One request with everything that is given back at its end. */
struct visit {
	struct house house;
	struct upload_table *uploads;
	struct request q;
	struct reply r;
	struct err why;
};

/* Who comes: a value of the cookie, or a token. */
struct visitor {
	str cookie, token, csrf;
};

static inline void visit_begin(struct visit *v, const struct room *room, str address)
{
	*v = (struct visit){0};
	ask(&v->house, room, now);
	v->house.app.actor = (str){0};
	v->q = (struct request){.arena = &v->house.arena,
				.app = &v->house.app,
				.address_text = address,
				.host = S("aismm.example"),
				.origin = S("http://aismm.example"),
				.address = S("192.0.2.1"),
				.file = {.fd = -1}};
	v->r.body = BUF(LIMIT_PAGE_BYTES);
	v->uploads = calloc(1, sizeof *v->uploads);
	assert_non_null(v->uploads);
	upload_init(v->uploads);
	v->q.uploads = v->uploads;
	(void)str_cut(address, '?', &v->q.path, &v->q.query_text);
	v->q.json = str_starts(v->q.path, S("/api/"));
}

static inline void visit_as(struct visit *v, const struct visitor *who)
{
	struct buf b = BUF(1024);
	if (who->token.n) {
		buf_add(&b, S("Bearer "));
		buf_add(&b, who->token);
		v->q.authorization = str_copy(&v->house.arena, buf_str(&b));
	} else if (who->cookie.n) {
		buf_add(&b, S("aismm="));
		buf_add(&b, who->cookie);
		v->q.cookie = str_copy(&v->house.arena, buf_str(&b));
		v->q.csrf_header = who->csrf;
	}
	buf_release(&b);
}

static inline void visit_send(struct visit *v, str type, str body)
{
	RUN(source_temporary(&v->q.file.fd, err));
	assert_int_equal(write(v->q.file.fd, body.p, body.n), body.n);
	assert_int_equal(lseek(v->q.file.fd, 0, SEEK_SET), 0);
	v->q.file.bytes = (int64_t)body.n;
	v->q.content_type = type;
}

/* Whoever is refused before a page or by the API has no terminal: what else a command is for has a counterpart here. */
static inline void check_names_no_command(const struct visit *v)
{
	static const char *const words[] = {"aismm approval", "aismm assign", "aismm explain", "aismm feed",
					    "aismm import",   "aismm link",   "aismm review",  "aismm shadow",
					    "aismm target",   "aismm token",  "aismm unit",    "aismm user",
					    "--because",      "--feed",       "--unit",        "--by"};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_find(buf_str(&v->r.body), str_from(words[i])) >= 0)
			fail_msg("%.*s says %s", STR_ARG(v->q.path), words[i]);
}

/* -> the status of HTTP. */
static inline int visit_answer(struct visit *v, const char *method)
{
	const struct route *route = NULL;
	enum status status = request_fields_read(v->q.query_text, v->q.arena, &v->q.query, &v->why);
	if (status == OK)
		status = route_find(&v->q, str_from(method), &v->r, &route, &v->why);
	if (status == OK)
		status = route_serve(route, &v->q, &v->r, &v->why);
	if (status != OK)
		route_fail(&v->q, status, &v->why, &v->r);
	if (v->r.status >= 400)
		check_names_no_command(v);
	return v->r.status ? v->r.status : 200;
}

static inline void visit_end(struct visit *v)
{
	if (v->q.file.fd >= 0)
		(void)close(v->q.file.fd);
	buf_release(&v->r.body);
	upload_end(v->uploads);
	free(v->uploads);
	answered(&v->house);
}

static inline bool visit_shows(const struct visit *v, const char *text)
{
	return str_find(buf_str(&v->r.body), str_from(text)) >= 0;
}

/* A session of a user, whose texts live in the arena. */
static inline struct visitor visitor_of(const struct room *room, str name, struct arena *a)
{
	struct house h;
	struct view_opened out = {0};
	struct app_sign_in in = {.name = name, .password = password, .address = S("192.0.2.1"), .agent = S("test")};
	ask(&h, room, now);
	RUN(app_session_sign_in(&h.app, &in, &out, err));
	struct visitor v = {.cookie = str_copy(a, out.cookie), .csrf = str_copy(a, out.csrf)};
	answered(&h);
	return v;
}

static inline struct visitor token_of(const struct room *room, const struct app_token *token, struct arena *a)
{
	struct house h;
	struct view_token out;
	ask(&h, room, now);
	RUN(app_token_create(&h.app, token, &out, err));
	struct visitor v = {.token = str_copy(a, out.value)};
	answered(&h);
	return v;
}

/* A new user with a role at the root, who comes by a token. */
static inline struct visitor newcomer(const struct room *room, str name, enum access_role role, struct arena *a)
{
	add_user(room, name, role, S(""));
	return token_of(room, &(struct app_token){.name = S("t"), .user = name, .role = role}, a);
}

/* As the command line would. */
static inline void hand_in_as(const struct room *room, str feed, str unit, str format, str csv)
{
	struct house h;
	struct view_receipt out;
	struct app_import options = {
	    .feed = feed, .unit = unit, .format = format, .observed = {true, now - TIME_DAY_MS}};
	ask(&h, room, now);
	char path[PATH_BYTES];
	str file = put_file(room, "f.csv", csv, path);
	RUN(app_import(&h.app, &options, &file, 1, &out, err));
	answered(&h);
}

static inline void hand_in(const struct room *room, str feed, str unit, str csv)
{
	hand_in_as(room, feed, unit, S("person"), csv);
}

#endif
