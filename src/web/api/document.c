#include "base/embed.h"
#include "web/api/document.h"

/* The OpenAPI document: the paths from the table of routes, the schemas of the answers from content/api/schemas.json,
 * the examples from content/api/example. */

const struct route_document api_document_document = {
    .id = S("document"),
    .summary = S("This document"),
    .about = S("Made from the table of routes of the server that answers."),
    .schema = S("document"),
};

str api_document_example(const struct route *route, enum api_document_side side)
{
	struct buf name = BUF(200);
	buf_add(&name, S("api/example/"));
	buf_add(&name, route->document->id);
	buf_add(&name, side == API_DOCUMENT_SENT ? S(".sent.json") : S(".json"));
	str out = embed_find(buf_str(&name));
	buf_release(&name);
	return out;
}

/* ---- the answers ---- */

bool api_document_can(const struct route *route, int status)
{
	bool reads = route->method == REQUEST_GET, open = route->kind & ROUTE_OPEN;
	switch (status) {
	case 304:
		return reads;
	case 401:
	case 403:
		return !open;
	case 404:
		return !open;
	case 409:
		return !reads || route->document->paged;
	case 406:
		return !(route->kind & ROUTE_RAW);
	case 412:
		return api_match_can(route);
	case 413:
		return !open;
	case 422:
		return api_retry_can(route);
	case 415:
		return route->kind & ROUTE_UPLOAD || route->document->body[0].name.n;
	default:
		return true;
	}
}

/* A file, as it is. */
static void put_bytes(struct json_writer *w)
{
	json_key(w, S("content"));
	json_object(w);
	json_key(w, S("application/octet-stream"));
	json_object(w);
	json_object_end(w);
	json_object_end(w);
}

static void put_success(struct json_writer *w, const struct route *route)
{
	json_key(w, S("200"));
	json_object(w);
	json_put_text(w, S("description"), S("Done"));
	json_key(w, S("headers"));
	json_object(w);
	if (route->method == REQUEST_GET)
		api_document_header(w, S("ETag"));
	if (route->document->paged)
		api_document_header(w, S("Link"));
	api_document_header(w, S("RateLimit-Limit"));
	api_document_header(w, S("RateLimit-Remaining"));
	api_document_header(w, S("RateLimit-Reset"));
	if (api_retry_can(route))
		api_document_header(w, S("Idempotent-Replayed"));
	json_object_end(w);
	if (route->kind & ROUTE_RAW)
		put_bytes(w);
	else
		api_document_content(w, S("application/json"), route->document->schema,
				     api_document_example(route, API_DOCUMENT_ANSWER));
	json_object_end(w);
}

static void put_answers(struct json_writer *w, const struct route *route)
{
	json_key(w, S("responses"));
	json_object(w);
	put_success(w, route);
	for (size_t i = 0; i < api_document_answer_count; i++) {
		int status = api_document_answers[i].status;
		char name[API_DOCUMENT_STATUS];
		if (!api_document_can(route, status))
			continue;
		json_key(w, api_document_status(status, name));
		api_document_ref(w, S("#/components/responses/"), api_document_status(status, name));
	}
	json_object_end(w);
}

/* ---- parameters ---- */

static void put_path_parameters(struct json_writer *w, str pattern)
{
	str segment;
	while (pattern.n) {
		(void)str_cut(pattern, '/', &segment, &pattern);
		const struct route_value *v = api_document_segment(segment);
		if (v)
			api_document_parameter(w, v, S("path"));
	}
}

static void put_parameters(struct json_writer *w, const struct route *route)
{
	const struct route_document *d = route->document;
	json_key(w, S("parameters"));
	json_array(w);
	put_path_parameters(w, route->pattern);
	for (int i = 0; i < ROUTE_VALUES && d->query[i].name.n; i++)
		api_document_parameter(w, &d->query[i], S("query"));
	if (d->paged) {
		api_document_ref(w, S("#/components/parameters/"), S("cursor"));
		api_document_ref(w, S("#/components/parameters/"), S("limit"));
	}
	if (api_retry_can(route))
		api_document_ref(w, S("#/components/parameters/"), S("key"));
	if (api_match_can(route))
		api_document_ref(w, S("#/components/parameters/"), S("match"));
	json_array_end(w);
}

/* ---- what is sent ---- */

static void put_members(struct json_writer *w, const struct route_document *d)
{
	bool any = false;
	json_put_text(w, S("type"), S("object"));
	json_put_bool(w, S("additionalProperties"), false);
	json_key(w, S("properties"));
	json_object(w);
	for (int i = 0; i < ROUTE_VALUES && d->body[i].name.n; i++) {
		json_key(w, d->body[i].name);
		json_object(w);
		json_put_text(w, S("description"), d->body[i].about);
		api_document_type(w, &d->body[i]);
		json_object_end(w);
		any |= d->body[i].required;
	}
	json_object_end(w);
	if (!any)
		return;
	json_key(w, S("required"));
	json_array(w);
	for (int i = 0; i < ROUTE_VALUES && d->body[i].name.n; i++)
		if (d->body[i].required)
			json_string(w, d->body[i].name);
	json_array_end(w);
}

static void put_sent(struct json_writer *w, const struct route *route)
{
	const struct route_document *d = route->document;
	bool file = route->kind & ROUTE_UPLOAD, needed = file;
	if (!file && !d->body[0].name.n)
		return;
	for (int i = 0; i < ROUTE_VALUES && d->body[i].name.n; i++)
		needed |= d->body[i].required;
	json_key(w, S("requestBody"));
	json_object(w);
	json_put_bool(w, S("required"), needed);
	json_key(w, S("content"));
	json_object(w);
	json_key(w, file ? S("application/octet-stream") : S("application/json"));
	json_object(w);
	if (!file) {
		json_key(w, S("schema"));
		json_object(w);
		put_members(w, d);
		json_object_end(w);
		json_key(w, S("example"));
		json_raw(w, str_trim(api_document_example(route, API_DOCUMENT_SENT)));
	}
	json_object_end(w);
	json_object_end(w);
	json_object_end(w);
}

/* ---- routes ---- */

void api_document_about(const struct route *route, struct buf *b)
{
	const struct route_document *d = route->document;
	buf_add(b, d->about);
	if (d->about.n)
		buf_char(b, ' ');
	if (route->kind & ROUTE_OPEN)
		buf_add(b, S("Anybody may ask."));
	else if (route->kind & ROUTE_ANYBODY)
		buf_add(b, S("For everybody who has signed in."));
	else
		buf_printf(b, "Needs the role %.*s%s%s.", STR_ARG(access_role_name(route->role)),
			   route->kind & ROUTE_ASSIGNED ? ", or that the objective is assigned to who asks" : "",
			   route->kind & ROUTE_FEEDER ? ", or the token of the feed" : "");
}

static void put_operation(struct json_writer *w, const struct route *route)
{
	static const str methods[REQUEST_METHODS] = {S("get"), S("post"), S("put"), S("delete")};
	const struct route_document *d = route->document;
	struct buf about = BUF(2000);
	api_document_about(route, &about);
	json_key(w, methods[route->method]);
	json_object(w);
	json_put_text(w, S("operationId"), d->id);
	json_key(w, S("tags"));
	json_array(w);
	json_string(w, api_document_topic(route));
	json_array_end(w);
	json_put_text(w, S("summary"), d->summary);
	json_put_text(w, S("description"), buf_str(&about));
	if (route->kind & ROUTE_OPEN) {
		json_key(w, S("security"));
		json_array(w);
		json_array_end(w);
	}
	put_parameters(w, route);
	put_sent(w, route);
	put_answers(w, route);
	json_object_end(w);
	buf_release(&about);
}

static bool is_first(size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (str_eq(route_table[k].pattern, route_table[i].pattern))
			return false;
	return true;
}

static void put_paths(struct json_writer *w)
{
	json_key(w, S("paths"));
	json_object(w);
	for (size_t i = 0; i < route_count; i++) {
		if (!route_table[i].document || !is_first(i))
			continue;
		json_key(w, route_table[i].pattern);
		json_object(w);
		for (size_t k = i; k < route_count; k++)
			if (str_eq(route_table[k].pattern, route_table[i].pattern))
				put_operation(w, &route_table[k]);
		json_object_end(w);
	}
	json_object_end(w);
}

static void put_info(struct json_writer *w)
{
	json_put_text(w, S("openapi"), S("3.1.0"));
	json_key(w, S("info"));
	json_object(w);
	json_put_text(w, S("title"), S("aismm"));
	json_put_text(w, S("version"), S(AISMM_VERSION));
	json_put_text(
	    w, S("description"),
	    S("The AI Security Maturity Model of an organisation: evidence, checks, scores. The answers are "
	      "those of the "
	      "command line with --json. Scores are thousandths, times are UTC; what nobody knows is null and "
	      "never 0."));
	json_object_end(w);
	json_key(w, S("servers"));
	json_array(w);
	json_object(w);
	json_put_text(w, S("url"), S("/"));
	json_object_end(w);
	json_array_end(w);
	json_key(w, S("security"));
	json_array(w);
	for (int i = 0; i < 2; i++) {
		json_object(w);
		json_key(w, i ? S("session") : S("token"));
		json_array(w);
		json_array_end(w);
		json_object_end(w);
	}
	json_array_end(w);
}

static void put_topics(struct json_writer *w)
{
	json_key(w, S("tags"));
	json_array(w);
	for (size_t i = 0; i < api_document_topic_count; i++) {
		json_object(w);
		json_put_text(w, S("name"), api_document_topics[i].title);
		json_put_text(w, S("description"), api_document_topics[i].about);
		json_object_end(w);
	}
	json_array_end(w);
}

enum status api_document(struct request *q, struct reply *r, struct err *err)
{
	struct export o = api_json(r);
	struct json_writer w = json_writer(o.text);
	(void)q;
	json_object(&w);
	put_info(&w);
	put_topics(&w);
	put_paths(&w);
	api_document_parts(&w);
	json_object_end(&w);
	export_line(o);
	return api_done(r, err);
}
