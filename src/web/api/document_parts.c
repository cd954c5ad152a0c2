#include "web/api/document.h"

#include "base/embed.h"
#include "base/limits.h"

/* What operations of the OpenAPI document share. */

const struct api_document_answer api_document_answers[] = {
    {304, S("The asker has the same already")},
    {400, S("A parameter or what was sent cannot be read")},
    {401, S("A token or a session is needed")},
    {403, S("Who asks may not")},
    {404, S("What was named does not exist")},
    {406, S("The answer can be had as JSON alone")},
    {409, S("It contradicts what is stored, or a list has changed between two pages")},
    {412, S("What stands at the address is not what If-Match names: it has changed since")},
    {413, S("It is larger than a limit")},
    {415, S("What was sent has a type that is not read here")},
    {422, S("The Idempotency-Key was used for another request")},
    {429, S("Too many requests; Retry-After says for how long")},
    {500, S("The program made a mistake")},
    {503, S("The store does not answer")},
};
const size_t api_document_answer_count = sizeof api_document_answers / sizeof api_document_answers[0];

const struct api_document_topic api_document_topics[] = {
    {S("Scores"), S("Where the program stands, what moved it and what is missing."),
     S("/score /check /overview /compare /gap /units /categories /objectives")},
    {S("Answers"), S("What people say about an objective at a unit, and who looked at it a second time."),
     S("/queue /answers /documents /comments /reviews /assignments")},
    {S("Targets"), S("Which level a category has to reach, by when and why."), S("/targets")},
    {S("Evidence"), S("Feeds, their files, and the checks that are run on them."), S("/feeds /files /evaluations")},
    {S("Registers"), S("AI systems and all else that evidence speaks about; names, and approval of a deployment."),
     S("/registers /dismissals /links /approvals")},
    {S("The model"), S("The models of the store, with their objectives."), S("/models")},
    {S("The tree of units"), S("What the units are, what they were, and how they are changed."), S("/tree")},
    {S("People and tokens"), S("Who may do what."), S("/me /users /tokens /sessions")},
    {S("The server"), S("How it is, what was done, and what stands in it."),
     S("/health /search /settings /audit /openapi.json")},
};
const size_t api_document_topic_count = sizeof api_document_topics / sizeof api_document_topics[0];

str api_document_topic(const struct route *route)
{
	str one, first, rest, root = S("/api/v1/");
	(void)str_cut(str_slice(route->pattern, root.n, route->pattern.n), '/', &first, &rest);
	for (size_t i = 0; i < api_document_topic_count; i++)
		for (str left = api_document_topics[i].beginnings; left.n;) {
			(void)str_cut(left, ' ', &one, &left);
			if (str_eq(str_slice(one, 1, one.n), first))
				return api_document_topics[i].title;
		}
	return (str){0};
}

str api_document_status(int status, char out[API_DOCUMENT_STATUS])
{
	out[0] = (char)('0' + status / 100);
	out[1] = (char)('0' + status / 10 % 10);
	out[2] = (char)('0' + status % 10);
	return (str){out, 3};
}

const struct route_value *api_document_segment(str segment)
{
	static const struct route_value known[] = {
	    {.name = S("id"),
	     .required = true,
	     .about =
		 S("The id: GOV for a category, GOV-02.1 for an objective, that of a subject as its register has it.")},
	    {.name = S("name"), .required = true, .about = S("The name, with %2F for a slash in it.")},
	    {.name = S("number"), .required = true, .about = S("The number that lists show.")},
	    {.name = S("kind"), .required = true, .about = S("The register, as /api/v1/registers names it.")},
	    {.name = S("sha256"), .required = true, .about = S("The SHA-256 of the file, in hexadecimal digits.")},
	};
	for (size_t i = 0; i < sizeof known / sizeof known[0] && str_starts(segment, S("{")); i++)
		if (str_eq(str_slice(segment, 1, segment.n - 1), known[i].name))
			return &known[i];
	return NULL;
}

void api_document_ref(struct json_writer *w, str before, str name)
{
	struct buf b = BUF(200);
	buf_add(&b, before);
	buf_add(&b, name);
	json_object(w);
	json_put_text(w, S("$ref"), buf_str(&b));
	json_object_end(w);
	buf_release(&b);
}

void api_document_content(struct json_writer *w, str type, str schema, str example)
{
	json_key(w, S("content"));
	json_object(w);
	json_key(w, type);
	json_object(w);
	json_key(w, S("schema"));
	api_document_ref(w, S("#/components/schemas/"), schema);
	if (example.n) {
		json_key(w, S("example"));
		json_raw(w, str_trim(example));
	}
	json_object_end(w);
	json_object_end(w);
}

void api_document_header(struct json_writer *w, str name)
{
	json_key(w, name);
	api_document_ref(w, S("#/components/headers/"), name);
}

void api_document_type(struct json_writer *w, const struct route_value *v)
{
	static const str types[] = {S("string"), S("string"), S("integer"), S("boolean"), S("array")};
	str one, rest = v->choices;
	json_put_text(w, S("type"), types[v->type]);
	if (v->type == ROUTE_COUNT)
		json_put_int(w, S("minimum"), 0);
	if (v->type == ROUTE_DOCUMENTS) {
		json_key(w, S("items"));
		api_document_ref(w, S("#/components/schemas/"), S("namedDocument"));
	}
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

void api_document_parameter(struct json_writer *w, const struct route_value *v, str in)
{
	json_object(w);
	json_put_text(w, S("name"), v->name);
	json_put_text(w, S("in"), in);
	json_put_text(w, S("description"), v->about);
	json_put_bool(w, S("required"), v->required);
	json_key(w, S("schema"));
	json_object(w);
	api_document_type(w, v);
	json_object_end(w);
	json_object_end(w);
}

static void put_failures(struct json_writer *w)
{
	json_key(w, S("responses"));
	json_object(w);
	for (size_t i = 0; i < api_document_answer_count; i++) {
		char name[API_DOCUMENT_STATUS];
		json_key(w, api_document_status(api_document_answers[i].status, name));
		json_object(w);
		json_put_text(w, S("description"), api_document_answers[i].about);
		if (api_document_answers[i].status == 429) {
			json_key(w, S("headers"));
			json_object(w);
			api_document_header(w, S("Retry-After"));
			json_object_end(w);
		}
		if (api_document_answers[i].status != 304)
			api_document_content(w, S("application/problem+json"), S("problem"),
					     embed_find(S("api/example/problem.json")));
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
	    {S("Idempotent-Replayed"), S("true: this was done before, under the same Idempotency-Key"), false},
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

/* What a header of the request says. */
static void put_header_parameter(struct json_writer *w, str key, const struct route_value *v)
{
	json_key(w, key);
	api_document_parameter(w, v, S("header"));
}

static void put_shared_parameters(struct json_writer *w)
{
	static const struct route_value again = {
	    .name = S("Idempotency-Key"),
	    .about = S("A word of one's own, as a UUID: sent again with the same word within a day, the request is not "
		       "done twice, and the answer is that of the first time. 1 to 200 letters of ASCII.")};
	static const struct route_value match = {
	    .name = S("If-Match"),
	    .about = S("The ETag of what was read at this address: it is changed only when it is still that.")};
	static const struct route_value cursor = {
	    .name = S("cursor"), .about = S("Where the list goes on, from the header Link of the page before.")};
	json_key(w, S("parameters"));
	json_object(w);
	put_header_parameter(w, S("key"), &again);
	put_header_parameter(w, S("match"), &match);
	json_key(w, S("cursor"));
	api_document_parameter(w, &cursor, S("query"));
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

void api_document_parts(struct json_writer *w)
{
	json_key(w, S("components"));
	json_object(w);
	put_security(w);
	put_shared_parameters(w);
	put_headers(w);
	put_failures(w);
	json_key(w, S("schemas"));
	json_raw(w, str_trim(embed_find(S("api/schemas.json"))));
	json_object_end(w);
}
