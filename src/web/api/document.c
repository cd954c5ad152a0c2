#include <string.h>

#include "base/embed.h"
#include "base/limits.h"
#include "web/api.h"

/* The OpenAPI document: the paths from the table of routes, the schemas of the answers from content/api/schemas.json.
 */

const struct route_document api_document_document = {
    .id = S("document"),
    .summary = S("This document"),
    .about = S("Made from the table of routes of the server that answers."),
    .schema = S("document"),
};

/* ---- the answers ---- */

struct answer {
	int status;
	str about;
};

static const struct answer answers[] = {
    {304, S("The asker has the same already")},
    {400, S("A parameter or what was sent cannot be read")},
    {401, S("A token or a session is needed")},
    {403, S("Who asks may not")},
    {404, S("What was named does not exist")},
    {406, S("The answer can be had as JSON alone")},
    {409, S("It contradicts what is stored, or a list has changed between two pages")},
    {413, S("It is larger than a limit")},
    {415, S("What was sent has a type that is not read here")},
    {429, S("Too many requests; Retry-After says for how long")},
    {500, S("The program made a mistake")},
    {503, S("The store does not answer")},
};

/* Can the route answer so? */
static bool can(const struct route *route, int status)
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
	case 413:
		return !open;
	case 415:
		return route->kind & ROUTE_UPLOAD || route->document->body[0].name.n;
	default:
		return true;
	}
}

static void put_ref(struct json_writer *w, str before, str name)
{
	struct buf b = BUF(200);
	buf_add(&b, before);
	buf_add(&b, name);
	json_object(w);
	json_put_text(w, S("$ref"), buf_str(&b));
	json_object_end(w);
	buf_release(&b);
}

static void put_schema_of(struct json_writer *w, str type, str schema)
{
	json_key(w, S("content"));
	json_object(w);
	json_key(w, type);
	json_object(w);
	json_key(w, S("schema"));
	put_ref(w, S("#/components/schemas/"), schema);
	json_object_end(w);
	json_object_end(w);
}

static void put_header(struct json_writer *w, str name)
{
	json_key(w, name);
	put_ref(w, S("#/components/headers/"), name);
}

static void put_success(struct json_writer *w, const struct route *route)
{
	json_key(w, S("200"));
	json_object(w);
	json_put_text(w, S("description"), S("Done"));
	json_key(w, S("headers"));
	json_object(w);
	if (route->method == REQUEST_GET)
		put_header(w, S("ETag"));
	if (route->document->paged)
		put_header(w, S("Link"));
	put_header(w, S("RateLimit-Limit"));
	put_header(w, S("RateLimit-Remaining"));
	put_header(w, S("RateLimit-Reset"));
	json_object_end(w);
	put_schema_of(w, S("application/json"), route->document->schema);
	json_object_end(w);
}

static void put_answers(struct json_writer *w, const struct route *route)
{
	json_key(w, S("responses"));
	json_object(w);
	put_success(w, route);
	for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
		char name[4] = {(char)('0' + answers[i].status / 100), (char)('0' + answers[i].status / 10 % 10),
				(char)('0' + answers[i].status % 10), 0};
		if (!can(route, answers[i].status))
			continue;
		json_key(w, str_from(name));
		put_ref(w, S("#/components/responses/"), str_from(name));
	}
	json_object_end(w);
}

/* ---- parameters ---- */

static void put_type(struct json_writer *w, const struct route_value *v)
{
	static const str types[] = {S("string"), S("string"), S("integer"), S("boolean")};
	str one, rest = v->choices;
	json_put_text(w, S("type"), types[v->type]);
	if (v->type == ROUTE_COUNT)
		json_put_int(w, S("minimum"), 0);
	if (rest.n) {
		json_key(w, S("enum"));
		json_array(w);
		while (rest.n) {
			(void)str_cut(rest, ' ', &one, &rest);
			json_string(w, one);
		}
		json_array_end(w);
	}
	if (v->type == ROUTE_TIME) {
		json_key(w, S("examples"));
		json_array(w);
		json_string(w, S("2026-11-01"));
		json_string(w, S("2026-11-01T06:00:00Z"));
		json_array_end(w);
	}
}

static void put_parameter(struct json_writer *w, const struct route_value *v, str in)
{
	json_object(w);
	json_put_text(w, S("name"), v->name);
	json_put_text(w, S("in"), in);
	json_put_text(w, S("description"), v->about);
	json_put_bool(w, S("required"), v->required);
	json_key(w, S("schema"));
	json_object(w);
	put_type(w, v);
	json_object_end(w);
	json_object_end(w);
}

static void put_path_parameters(struct json_writer *w, str pattern)
{
	static const struct route_value known[] = {
	    {.name = S("id"),
	     .required = true,
	     .about = S("The id, as GOV for a category and GOV-02.1 for an objective.")},
	    {.name = S("name"), .required = true, .about = S("The name, with %2F for a slash in it.")},
	    {.name = S("number"), .required = true, .about = S("The number that lists show.")},
	};
	str segment;
	while (pattern.n) {
		(void)str_cut(pattern, '/', &segment, &pattern);
		for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
			if (str_starts(segment, S("{")) && str_eq(str_slice(segment, 1, segment.n - 1), known[i].name))
				put_parameter(w, &known[i], S("path"));
	}
}

static void put_parameters(struct json_writer *w, const struct route *route)
{
	const struct route_document *d = route->document;
	json_key(w, S("parameters"));
	json_array(w);
	put_path_parameters(w, route->pattern);
	for (int i = 0; i < ROUTE_VALUES && d->query[i].name.n; i++)
		put_parameter(w, &d->query[i], S("query"));
	if (d->paged) {
		put_ref(w, S("#/components/parameters/"), S("cursor"));
		put_ref(w, S("#/components/parameters/"), S("limit"));
	}
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
		put_type(w, &d->body[i]);
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

/* ---- components ---- */

/* Copies one JSON value, from its first event to its last. */
static enum status copy(struct json_reader *j, struct json_writer *w, struct err *err)
{
	int64_t n;
	do {
		if (j->event == JSON_OBJECT)
			json_object(w);
		else if (j->event == JSON_OBJECT_END)
			json_object_end(w);
		else if (j->event == JSON_ARRAY)
			json_array(w);
		else if (j->event == JSON_ARRAY_END)
			json_array_end(w);
		else if (j->event == JSON_KEY)
			json_key(w, j->text);
		else if (j->event == JSON_STRING)
			json_string(w, j->text);
		else if (j->event == JSON_NUMBER && json_i64(j, &n))
			json_int(w, n);
		else if (j->event == JSON_TRUE || j->event == JSON_FALSE)
			json_bool(w, j->event == JSON_TRUE);
		else
			json_null(w);
		TRY(json_next(j, err));
	} while (j->event != JSON_END);
	return OK;
}

static enum status put_schemas(struct json_writer *w, struct arena *a, struct err *err)
{
	struct json_reader j;
	struct source from = source_text(S("schemas.json"), embed_find(S("api/schemas.json")));
	json_key(w, S("schemas"));
	TRY(json_open(&j, &from, a, err));
	TRY(json_next(&j, err));
	return copy(&j, w, err);
}

static void put_failures(struct json_writer *w)
{
	json_key(w, S("responses"));
	json_object(w);
	for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
		char name[4] = {(char)('0' + answers[i].status / 100), (char)('0' + answers[i].status / 10 % 10),
				(char)('0' + answers[i].status % 10), 0};
		json_key(w, str_from(name));
		json_object(w);
		json_put_text(w, S("description"), answers[i].about);
		if (answers[i].status == 429) {
			json_key(w, S("headers"));
			json_object(w);
			put_header(w, S("Retry-After"));
			json_object_end(w);
		}
		if (answers[i].status != 304)
			put_schema_of(w, S("application/problem+json"), S("problem"));
		json_object_end(w);
	}
	json_object_end(w);
}

static void put_headers(struct json_writer *w)
{
	static const struct {
		str name, about;
		bool number;
	} headers[] = {
	    {S("ETag"),
	     S("The mark of the answer, for If-None-Match. A weak one leaves out the instant of an answer about now."),
	     false},
	    {S("Link"), S("Where the list goes on: rel=\"next\". Without it that was all."), false},
	    {S("RateLimit-Limit"), S("Requests in a minute"), true},
	    {S("RateLimit-Remaining"), S("How many are left now"), true},
	    {S("RateLimit-Reset"), S("Seconds until all are there again"), true},
	    {S("Retry-After"), S("Seconds until there is another one"), true},
	};
	json_key(w, S("headers"));
	json_object(w);
	for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
		json_key(w, headers[i].name);
		json_object(w);
		json_put_text(w, S("description"), headers[i].about);
		json_key(w, S("schema"));
		json_object(w);
		json_put_text(w, S("type"), headers[i].number ? S("integer") : S("string"));
		json_object_end(w);
		json_object_end(w);
	}
	json_object_end(w);
}

static void put_page_parameters(struct json_writer *w)
{
	static const struct route_value cursor = {
	    .name = S("cursor"), .about = S("Where the list goes on, from the header Link of the page before.")};
	json_key(w, S("parameters"));
	json_object(w);
	json_key(w, S("cursor"));
	put_parameter(w, &cursor, S("query"));
	json_key(w, S("limit"));
	json_object(w);
	json_put_text(w, S("name"), S("limit"));
	json_put_text(w, S("in"), S("query"));
	json_put_text(w, S("description"), S("Rows of a page."));
	json_key(w, S("schema"));
	json_object(w);
	json_put_text(w, S("type"), S("integer"));
	json_put_int(w, S("minimum"), 1);
	json_put_int(w, S("maximum"), LIMIT_API_ROWS);
	json_put_int(w, S("default"), LIMIT_API_ROWS_USUAL);
	json_object_end(w);
	json_object_end(w);
	json_object_end(w);
}

static void put_security(struct json_writer *w)
{
	json_key(w, S("securitySchemes"));
	json_object(w);
	json_key(w, S("token"));
	json_object(w);
	json_put_text(w, S("type"), S("http"));
	json_put_text(w, S("scheme"), S("bearer"));
	json_put_text(w, S("description"), S("A token of a user, or of a feed."));
	json_object_end(w);
	json_key(w, S("session"));
	json_object(w);
	json_put_text(w, S("type"), S("apiKey"));
	json_put_text(w, S("in"), S("cookie"));
	json_put_text(w, S("name"), S("aismm"));
	json_put_text(
	    w, S("description"),
	    S("The session of a browser. What changes something has to come from a page of the server and bring the "
	      "session's token in the header X-CSRF-Token. With TLS the cookie is called __Host-aismm."));
	json_object_end(w);
	json_object_end(w);
}

static void put_info(struct json_writer *w)
{
	json_put_text(w, S("openapi"), S("3.1.0"));
	json_key(w, S("info"));
	json_object(w);
	json_put_text(w, S("title"), S("aismm"));
	json_put_text(w, S("version"), S(AISMM_VERSION));
	json_put_text(w, S("description"),
		      S("The AI Security Maturity Model of an organisation: evidence, checks, scores. The answers are "
			"those of the "
			"command line with --json. Scores are thousandths, times are UTC."));
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

enum status api_document(struct request *q, struct reply *r, struct err *err)
{
	struct export o = api_json(r);
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	put_info(&w);
	put_paths(&w);
	json_key(&w, S("components"));
	json_object(&w);
	put_security(&w);
	put_page_parameters(&w);
	put_headers(&w);
	put_failures(&w);
	TRY(put_schemas(&w, q->arena, err));
	json_object_end(&w);
	json_object_end(&w);
	export_line(o);
	return api_done(r, err);
}
