#include "web/route.h"

#include "base/json.h"
#include "web/asset.h"
#include "web/page.h"

#define PAGE(pattern_, role_, serve_)                                                                                  \
	{                                                                                                              \
		.method = REQUEST_GET, .pattern = S(pattern_), .role = role_, .serve = serve_                          \
	}

const struct route route_table[] = {
    {.method = REQUEST_GET, .pattern = S("/asset/{}/{}"), .kind = ROUTE_OPEN, .serve = asset_serve},
    PAGE("/", ACCESS_READER, page_overview),
};
const size_t route_count = sizeof route_table / sizeof route_table[0];

/* ---- finding ---- */

/* Does the path have the pattern's shape? Segments in braces stand in part[], as they came. */
static bool matches(str pattern, str path, str *part)
{
	size_t n = 0;
	while (pattern.n && path.n) {
		str want, is;
		bool more = str_cut(pattern, '/', &want, &pattern), also = str_cut(path, '/', &is, &path);
		if (more != also)
			return false;
		if (str_starts(want, S("{")) && is.n && n < REQUEST_PARTS)
			part[n++] = is;
		else if (!str_eq(want, is))
			return false;
	}
	return !pattern.n && !path.n;
}

static bool method_of(str word, enum request_method *out)
{
	static const str words[REQUEST_METHODS] = {S("GET"), S("POST"), S("PUT"), S("DELETE")};
	if (str_eq(word, S("HEAD")))
		word = words[REQUEST_GET];
	for (int i = 0; i < REQUEST_METHODS; i++)
		if (str_eq(word, words[i])) {
			*out = (enum request_method)i;
			return true;
		}
	return false;
}

enum status route_find(struct request *q, str method, struct reply *r, const struct route **out, struct err *err)
{
	str part[REQUEST_PARTS] = {0};
	bool known = method_of(method, &q->method), other = false;
	for (size_t i = 0; i < route_count; i++) {
		const struct route *route = &route_table[i];
		if (!matches(route->pattern, q->path, part))
			continue;
		other = true;
		if (!known || route->method != q->method)
			continue;
		for (int k = 0; k < REQUEST_PARTS; k++)
			TRY(request_decode(part[k], false, q->arena, &q->part[k], err));
		*out = route;
		return OK;
	}
	if (!other)
		return err_set(err, E_NOT_FOUND, "there is no page at this address");
	r->allow = S("GET, HEAD, POST");
	return err_set(err, E_INVALID, "this address does not take %.*s", STR_ARG(method));
}

enum route_lane route_lane_of(const struct route *route)
{
	if (route->method != REQUEST_GET)
		return ROUTE_WRITES;
	return route->kind & ROUTE_SLOW ? ROUTE_READS : ROUTE_INLINE;
}

/* ---- the gate ---- */

enum status route_serve(const struct route *route, struct request *q, struct reply *r, struct err *err)
{
	return route->serve(q, r, err);
}

int route_http_status(enum status status)
{
	static const int codes[STATUS_COUNT] = {
	    [OK] = 200,          [E_NOT_FOUND] = 404, [E_INVALID] = 400,   [E_CONFLICT] = 409, [E_DENIED] = 403,
	    [E_TOO_LARGE] = 413, [E_IO] = 503,        [E_NO_MEMORY] = 503, [E_BUG] = 500,
	};
	int code = status < STATUS_COUNT ? codes[status] : 0;
	return code ? code : 500;
}

static void problem(struct reply *r, int status, const struct err *err)
{
	struct json_writer w = json_writer(&r->body);
	r->type = S("application/problem+json");
	json_object(&w);
	json_put_text(&w, S("type"), S("about:blank"));
	json_put_text(&w, S("title"), str_from(err->message));
	json_put_int(&w, S("status"), status);
	if (err->detail[0])
		json_put_text(&w, S("detail"), str_from(err->detail));
	if (err->where[0])
		json_put_text(&w, S("where"), str_from(err->where));
	if (err->hint[0])
		json_put_text(&w, S("hint"), str_from(err->hint));
	json_object_end(&w);
}

void route_fail(struct request *q, enum status status, const struct err *err, struct reply *r)
{
	buf_clear(&r->body);
	r->type = (str){0};
	r->fixed = NULL;
	r->status = r->allow.n ? 405 : route_http_status(status);
	if (q->json)
		problem(r, r->status, err);
	else
		page_failure(q, r, err);
}
