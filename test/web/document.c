/**
 * The OpenAPI document is one, and the server does what it says: every path and method of it is called as nobody, as a
 * reader, without what is required and with what is wrong; each answer has a status that the document names, and a body
 * that its schema describes.
 */
#include "web/schema.h"

#include "web/house.h"

enum { PATH_MOST = 512 };

struct book {
	const struct room *room;
	struct arena arena;
	struct visitor reader, admin;
	json_t *document;
	struct schema schema;
};

static json_t *parsed(str text)
{
	json_error_t error;
	json_t *v = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &error);
	if (!v)
		fail_msg("%s at %d", error.text, error.position);
	return v;
}

static json_t *file_of(const char *name)
{
	char path[512];
	json_error_t error;
	(void)snprintf(path, sizeof path, "%s/%s", TEST_DATA, name);
	json_t *v = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
	if (!v)
		fail_msg("%s: %s", path, error.text);
	return v;
}

static void open_book(struct book *b, const struct room *room)
{
	struct visit v;
	*b = (struct book){.room = room, .arena = ARENA(4 << 20)};
	organise(room);
	use_small_model(room);
	add_user(room, S("reader"), ACCESS_READER, S(""));
	add_user(room, S("admin"), ACCESS_ADMIN, S(""));
	set_password(room, S("reader"), password);
	set_password(room, S("admin"), password);
	b->reader = visitor_of(room, S("reader"), &b->arena);
	b->admin = visitor_of(room, S("admin"), &b->arena);
	hand_in(room, S("hr"), S("north"), S("id,unit,active\np1,north,true\n"));
	visit_begin(&v, room, S("/api/v1/openapi.json"));
	assert_int_equal(visit_answer(&v, "GET"), 200);
	b->document = parsed(buf_str(&v.r.body));
	visit_end(&v);
	b->schema.root = b->document;
}

static void close_book(struct book *b)
{
	json_decref(b->document);
	arena_release(&b->arena);
}

static void the_document_is_an_openapi_document(void **state)
{
	struct book b;
	open_book(&b, *state);
	struct schema s = {.root = file_of("openapi/schema-3.1.json")};
	if (!schema_holds(&s, s.root, b.document, NULL))
		fail_msg("%s", s.why);
	json_t *none = json_pack("{}");
	assert_false(schema_holds(&s, s.root, none, NULL));
	json_decref(none);
	json_object_set_new(b.document, "more", json_true());
	assert_false(schema_holds(&s, s.root, b.document, NULL));
	json_decref(s.root);
	close_book(&b);
}

/* ---- what is asked ---- */

static const struct fill {
	const char *id, *query, *body; /* with which the operation is done */
} fills[] = {
    {"check", "min=GOV=1", NULL},
    {"answer", "", "{\"objective\":\"GOV-02.1\",\"unit\":\"north\",\"answer\":\"met\",\"because\":\"so\"}"},
    {"evaluate", "", "{}"},
    {"upload", "format=person&unit=north&observed=2024-01-01&replace=true", "id,unit,active\np1,north,true\n"},
    {"setFeed", "", "{\"owner\":\"admin\",\"every_days\":7}"},
    {"assign", "", "{\"objective\":\"GOV-02.1\",\"unit\":\"north\",\"user\":\"reader\",\"due\":\"2024-02-01\"}"},
    {"endAssignment", "objective=GOV-02.1&unit=north&user=reader", NULL},
    {"createToken", "", "{\"name\":\"t\",\"role\":\"reader\",\"password\":\"kettle and ocean\"}"},
    {"grant", "", "{\"role\":\"assessor\",\"unit\":\"north\"}"},
    {"revokeGrant", "role=assessor&unit=north", NULL},
    {"resolve", "name=gpt", NULL},
    {"overview", "unit=acme", NULL},
};

/* What is refused with 404 or 409 in this small house, since the thing is not there: the answer is looked at all the
 * same.
 */
static bool needs_more(const char *id)
{
	return strcmp(id, "addLink") == 0 || strcmp(id, "removeLink") == 0;
}

static struct fill fill_of(const char *id)
{
	for (size_t i = 0; i < sizeof fills / sizeof fills[0]; i++)
		if (strcmp(fills[i].id, id) == 0)
			return fills[i];
	return (struct fill){id, "", NULL};
}

static void address_of(const char *path, const char *query, char out[PATH_MOST])
{
	static const struct {
		const char *before, *value;
	} parts[] = {{"/categories/", "GOV"}, {"/objectives/", "GOV-02.1"}, {"/feeds/", "hr"}, {"/models/", "active"},
		     {"/tokens/", "1"},       {"/users/", "reader"}};
	size_t n = 0;
	for (const char *p = path; *p;) {
		if (*p != '{') {
			out[n++] = *p++;
			out[n] = 0;
			continue;
		}
		for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
			size_t k = strlen(parts[i].before);
			if (n >= k && strcmp(out + n - k, parts[i].before) == 0)
				n += (size_t)snprintf(out + n, PATH_MOST - n, "%s", parts[i].value);
		}
		p = strchr(p, '}') + 1;
	}
	(void)snprintf(out + n, PATH_MOST - n, "%s%s", *query ? "?" : "", query);
}

static json_t *resolved(struct book *b, json_t *v)
{
	const char *ref = json_string_value(json_object_get(v, "$ref"));
	return ref ? schema_at(&b->schema, ref) : v;
}

/* The answer has a status that the operation names, and the body that this status has. */
static void check_answer(struct book *b, json_t *operation, const struct visit *v, int status, const char *what)
{
	char name[8];
	(void)snprintf(name, sizeof name, "%d", status);
	json_t *answer = resolved(b, json_object_get(json_object_get(operation, "responses"), name));
	if (!answer)
		fail_msg("%s: %d is not in the document: %s", what, status, v->why.message);
	json_t *content = json_object_get(answer, "content");
	if (!content)
		return;
	char type[64];
	(void)snprintf(type, sizeof type, "%.*s", STR_ARG(v->r.type));
	json_t *media = json_object_get(content, type);
	if (!media)
		fail_msg("%s: %d has the type \"%s\"", what, status, type);
	json_t *body = parsed(buf_str(&v->r.body));
	b->schema.why[0] = 0;
	if (!schema_holds(&b->schema, json_object_get(media, "schema"), body, NULL))
		fail_msg("%s: %d does not hold to its schema: %s", what, status, b->schema.why);
	json_decref(body);
}

static int call(struct book *b, json_t *operation, const char *method, const struct visitor *who, const char *address,
		const char *body)
{
	struct visit v;
	char word[8], what[PATH_MOST + 16];
	for (size_t i = 0; i <= strlen(method); i++)
		word[i] = method[i] >= 'a' && method[i] <= 'z' ? (char)(method[i] - 'a' + 'A') : method[i];
	(void)snprintf(what, sizeof what, "%s %s", word, address);
	visit_begin(&v, b->room, str_from(address));
	if (who)
		visit_as(&v, who);
	if (body)
		visit_send(&v, *body == '{' || *body == '[' ? S("application/json") : S("text/csv"), str_from(body));
	int status = visit_answer(&v, word);
	check_answer(b, operation, &v, status, what);
	visit_end(&v);
	return status;
}

/* Nothing where something is required, and wrong values for all that has a type. */
static void call_wrongly(struct book *b, json_t *operation, const char *method, const char *path)
{
	json_t *parameters = json_object_get(operation, "parameters"), *one;
	char address[PATH_MOST], query[128];
	size_t i;
	bool required = json_object_get(operation, "requestBody") != NULL &&
			json_is_true(json_object_get(json_object_get(operation, "requestBody"), "required"));
	json_array_foreach(parameters, i, one)
	{
		json_t *p = resolved(b, one);
		const char *name = json_string_value(json_object_get(p, "name"));
		json_t *type = json_object_get(json_object_get(p, "schema"), "type");
		bool inside = strcmp(json_string_value(json_object_get(p, "in")), "path") == 0;
		required |= !inside && json_is_true(json_object_get(p, "required"));
		if (inside || strcmp(json_string_value(type), "string") == 0)
			continue;
		(void)snprintf(query, sizeof query, "%s=nonsense", name);
		address_of(path, query, address);
		assert_int_equal(call(b, operation, method, &b->admin, address, NULL), 400);
	}
	address_of(path, "nonsense=1", address);
	if (call(b, operation, method, &b->admin, address, NULL) != 400)
		fail_msg("%s %s takes anything", method, path);
	address_of(path, "", address);
	if (required)
		assert_int_equal(call(b, operation, method, &b->admin, address, NULL), 400);
}

static void call_all_ways(struct book *b, json_t *operation, const char *method, const char *path)
{
	const char *id = json_string_value(json_object_get(operation, "operationId"));
	struct fill fill = fill_of(id);
	json_t *security = json_object_get(operation, "security");
	char address[PATH_MOST];
	address_of(path, fill.query, address);
	assert_int_equal(call(b, operation, method, NULL, address, fill.body), security ? 200 : 401);
	int status = call(b, operation, method, &b->reader, address, fill.body);
	assert_true(status == 200 || status == 403 || status == 400 || status == 404);
	call_wrongly(b, operation, method, path);
	status = call(b, operation, method, &b->admin, address, fill.body);
	if (status != 200 && !needs_more(id))
		fail_msg("%s: %d", id, status);
}

static void every_operation_answers_as_the_document_says(void **state)
{
	/* What makes comes before what takes away. */
	static const char *const methods[] = {"post", "put", "get", "delete"};
	struct book b;
	const char *path;
	json_t *item;
	int n = 0;
	open_book(&b, *state);
	for (int m = 0; m < 4; m++)
		json_object_foreach(json_object_get(b.document, "paths"), path, item)
		{
			json_t *operation = json_object_get(item, methods[m]);
			if (!operation)
				continue;
			call_all_ways(&b, operation, methods[m], path);
			n++;
		}
	size_t documented = 0;
	for (size_t i = 0; i < route_count; i++)
		documented += route_table[i].document != NULL;
	assert_int_equal(n, documented);
	close_book(&b);
}

#define CASES(X) X(the_document_is_an_openapi_document), X(every_operation_answers_as_the_document_says)

STORE_MAIN("document")
