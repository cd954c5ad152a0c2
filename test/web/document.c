/**
 * The OpenAPI document is one, and the server does what it says: every path and method of it is called as nobody, as a
 * reader, without what is required, with what is wrong, and as it is meant; each answer has a status that the document
 * names, and a body that its schema describes. So do the examples.
 */
#include "web/schema.h"

#include "web/house.h"

enum { PATH_MOST = 512 };

struct book {
	const struct room *room;
	struct arena arena;
	struct visitor reader, lead, admin;
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
	add_user(room, S("other"), ACCESS_READER, S(""));
	add_user(room, S("lead"), ACCESS_LEAD, S(""));
	add_user(room, S("admin"), ACCESS_ADMIN, S(""));
	set_password(room, S("reader"), password);
	set_password(room, S("lead"), password);
	set_password(room, S("admin"), password);
	b->reader = visitor_of(room, S("reader"), &b->arena);
	b->lead = visitor_of(room, S("lead"), &b->arena);
	b->admin = visitor_of(room, S("admin"), &b->arena);
	hand_in(room, S("hr"), S("north"), S("id,unit,active\np1,north,true\n"));
	hand_in_as(room, S("register"), S("north"), S("ai_system"),
		   S("id,unit,name,registered,deployment\nbot,north,Bot,true,saas\nghost,north,Ghost,false,saas\n"));
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
    {"search", "text=north", NULL},
    {"queue", "unit=north", NULL},
    {"answer", "", "{\"objective\":\"GOV-02.1\",\"unit\":\"north\",\"answer\":\"met\",\"because\":\"so\"}"},
    {"currentAnswer", "objective=GOV-02.1&unit=north", NULL},
    {"keepDocument", "objective=GOV-02.1&unit=north&name=a.txt", "a document"},
    {"comments", "objective=GOV-02.1&unit=north", NULL},
    {"addComment", "", "{\"objective\":\"GOV-02.1\",\"unit\":\"north\",\"text\":\"seen\"}"},
    {"setTarget", "unit=north",
     "{\"level\":3,\"by_date\":\"2030-01-01\",\"because\":\"so\",\"owner\":\"admin\",\"approver\":\"board\"}"},
    {"withdrawTarget", "unit=north&because=enough", NULL},
    {"evaluate", "", "{}"},
    {"upload", "format=person&unit=north&observed=2024-01-01&replace=true", "id,unit,active\np1,north,true\n"},
    {"importMeasures", "file=answers.csv",
     "unit,objective,source,yes,no,unknown,observed,basis\nnorth,GOV-04.1,survey,1,0,0,2024-01-01,attested\n"},
    {"setFeed", "", "{\"owner\":\"admin\",\"every_days\":7}"},
    {"shadow", "unit=north", NULL},
    {"addLink", "", "{\"name\":\"gpt\",\"system\":\"bot\"}"},
    {"removeLink", "name=gpt", NULL},
    {"resolve", "name=gpt", NULL},
    {"requestApproval", "", "{\"system\":\"bot\",\"unit\":\"north\",\"deployment\":\"saas\",\"because\":\"so\"}"},
    {"assign", "", "{\"objective\":\"GOV-02.1\",\"unit\":\"north\",\"user\":\"reader\",\"due\":\"2024-02-01\"}"},
    {"endAssignment", "objective=GOV-02.1&unit=north&user=reader", NULL},
    {"linkUser", "", "{\"password\":\"kettle and ocean\"}"},
    {"createToken", "", "{\"name\":\"t\",\"role\":\"reader\",\"password\":\"kettle and ocean\"}"},
    {"addUser", "", "{\"name\":\"new\",\"role\":\"reader\"}"},
    {"grant", "", "{\"role\":\"assessor\",\"unit\":\"north\"}"},
    {"revokeGrant", "role=assessor&unit=north", NULL},
    {"setSetting", "", "{\"value\":\"1\"}"},
    {"overview", "unit=acme", NULL},
    {"dismiss", "", "{\"name\":\"ghost\",\"unit\":\"north\",\"because\":\"a test\"}"},
    {"revokeDismissal", "name=ghost&unit=north", NULL},
    {"endSession", "user=lead", NULL},
    {"endSessions", "user=other", NULL},
    {"rollUp", "objective=GOV-02.1", NULL},
    {"addUnit", "", "{\"id\":\"annexe\",\"name\":\"Annexe\",\"parent\":\"north\",\"deployment\":\"saas\"}"},
    {"setUnit", "", "{\"name\":\"Ring\",\"since\":\"always\"}"},
    {"importUnits", "dry_run=true", "unit,parent\nacme,\nnorth,acme\n"},
    {"restoreTree", "", "{\"since\":\"always\"}"},
};

/* What is refused here, since the thing with the number is not there or not in that state: the answer is looked at all
 * the same, and a_piece_of_work_goes_through does them. */
static const char *const in_a_row[] = {"undoAnswer", "confirmReview",    "returnReview",
				       "undoReview", "reviewApproval",   "approve",
				       "reject",     "withdrawApproval", "file"};
enum { IN_A_ROW = sizeof in_a_row / sizeof in_a_row[0] };

static bool needs_more(const char *id)
{
	bool found = false;
	for (size_t i = 0; i < IN_A_ROW; i++)
		found |= strcmp(in_a_row[i], id) == 0;
	return found;
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
	} parts[] = {{"/tree/units/", "lab"},
		     {"/sessions/", "2"},
		     {"/categories/", "GOV"},
		     {"/targets/", "GOV"},
		     {"/feeds/", "hr"},
		     {"/objectives/", "GOV-02.1"},
		     {"/models/", "active"},
		     {"/tokens/", "1"},
		     {"/users/", "other"},
		     {"/registers/", "ai_system"},
		     {"/ai_system/", "bot"},
		     {"/settings/", "title"},
		     {"/units/", "acme"},
		     {"/comments/", "1"},
		     {"/answers/", "99"},
		     {"/reviews/", "99"},
		     {"/history/", "1"},
		     {"/approvals/", "99"},
		     {"/files/", "0000000000000000000000000000000000000000000000000000000000000000"}};
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
	if (!json_object_get(media, "schema"))
		return; /* a file, as it is */
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
	if (status != 200 && status != 403 && status != 400 && status != 404)
		fail_msg("%s by a reader: %d", id, status);
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

/* ---- examples ---- */

static void check_example(struct book *b, const char *id, json_t *content)
{
	json_t *media = json_object_get(content, "application/json");
	json_t *example = json_object_get(media, "example");
	if (!media)
		return;
	b->schema.why[0] = 0;
	if (!example)
		fail_msg("%s has no example", id);
	if (!schema_holds(&b->schema, json_object_get(media, "schema"), example, NULL))
		fail_msg("the example of %s does not hold to its schema: %s", id, b->schema.why);
}

static void every_example_holds_to_its_schema(void **state)
{
	struct book b;
	const char *path, *method;
	json_t *item, *operation;
	open_book(&b, *state);
	json_object_foreach(json_object_get(b.document, "paths"), path, item)
	{
		json_object_foreach(item, method, operation)
		{
			const char *id = json_string_value(json_object_get(operation, "operationId"));
			json_t *done = json_object_get(json_object_get(operation, "responses"), "200");
			check_example(&b, id, json_object_get(done, "content"));
			check_example(&b, id, json_object_get(json_object_get(operation, "requestBody"), "content"));
		}
	}
	close_book(&b);
}

/* ---- what has to be done in a row ---- */

struct work {
	struct book book;
	bool done[IN_A_ROW];
};

static json_t *operation_of(struct book *b, const char *id, const char **method, const char **path)
{
	json_t *item, *operation;
	json_object_foreach(json_object_get(b->document, "paths"), *path, item)
	{
		json_object_foreach(item, *method, operation)
		{
			if (strcmp(json_string_value(json_object_get(operation, "operationId")), id) == 0)
				return operation;
		}
	}
	fail_msg("there is no operation %s", id);
	return NULL;
}

/* Does an operation on the thing with a number, and gives one number of its answer. */
static int64_t work(struct work *w, const struct visitor *who, const char *id, int64_t number, const char *body,
		    const char *wanted)
{
	const char *method, *path, *brace;
	char address[PATH_MOST];
	struct visit v;
	json_t *operation = operation_of(&w->book, id, &method, &path);
	struct fill fill = fill_of(id);
	brace = strchr(path, '{');
	size_t head = brace ? (size_t)(brace - path) : strlen(path);
	(void)snprintf(address, sizeof address, "%.*s", (int)head, path);
	if (brace)
		(void)snprintf(address + head, sizeof address - head, "%lld%s", (long long)number,
			       strchr(brace, '}') + 1);
	if (*fill.query)
		(void)snprintf(address + strlen(address), sizeof address - strlen(address), "?%s", fill.query);
	visit_begin(&v, w->book.room, str_from(address));
	visit_as(&v, who);
	if (body)
		visit_send(&v, S("application/json"), str_from(body));
	int status = visit_answer(&v, strcmp(method, "get") == 0 ? "GET" : "POST");
	if (status != 200)
		fail_msg("%s: %d %s", address, status, v.why.message);
	check_answer(&w->book, operation, &v, status, address);
	json_t *answer = parsed(buf_str(&v.r.body)), *at = answer;
	if (json_object_get(at, "current"))
		at = json_object_get(at, "current");
	int64_t out = wanted ? json_integer_value(json_object_get(at, wanted)) : 0;
	json_decref(answer);
	visit_end(&v);
	for (size_t i = 0; i < IN_A_ROW; i++)
		w->done[i] |= strcmp(in_a_row[i], id) == 0;
	return out;
}

static void keep_document(struct work *w, char sha256[65])
{
	struct visit v;
	visit_begin(&v, w->book.room, S("/api/v1/documents?objective=GOV-02.1&unit=north&name=a.txt"));
	visit_as(&v, &w->book.admin);
	visit_send(&v, S("text/plain"), S("a document"));
	assert_int_equal(visit_answer(&v, "POST"), 200);
	json_t *kept = parsed(buf_str(&v.r.body));
	(void)snprintf(sha256, 65, "%s", json_string_value(json_object_get(kept, "sha256")));
	json_decref(kept);
	visit_end(&v);
}

static void a_stored_file_comes_as_it_was(struct work *w, const char *sha256)
{
	char address[PATH_MOST], bytes[16];
	struct visit v;
	(void)snprintf(address, sizeof address, "/api/v1/files/%s", sha256);
	visit_begin(&v, w->book.room, str_from(address));
	visit_as(&v, &w->book.admin);
	assert_int_equal(visit_answer(&v, "GET"), 200);
	assert_true(v.r.file.is);
	assert_int_equal(v.r.file.bytes, 10);
	assert_int_equal(pread(v.r.file.fd, bytes, sizeof bytes, 0), 10);
	assert_memory_equal(bytes, "a document", 10);
	assert_int_equal(close(v.r.file.fd), 0);
	str mark = str_copy(&w->book.arena, v.r.etag);
	visit_end(&v);
	visit_begin(&v, w->book.room, str_from(address));
	visit_as(&v, &w->book.admin);
	v.q.if_none_match = mark;
	assert_int_equal(visit_answer(&v, "GET"), 304);
	assert_false(v.r.file.is);
	visit_end(&v);
	visit_begin(&v, w->book.room,
		    S("/api/v1/files/0000000000000000000000000000000000000000000000000000000000000000"));
	visit_as(&v, &w->book.reader);
	assert_int_equal(visit_answer(&v, "GET"), 403);
	visit_end(&v);
	w->done[IN_A_ROW - 1] = true;
}

static void a_piece_of_work_goes_through(void **state)
{
	struct work w = {0};
	char sha256[65], body[512];
	open_book(&w.book, *state);
	const struct visitor *admin = &w.book.admin, *lead = &w.book.lead;
	keep_document(&w, sha256);
	a_stored_file_comes_as_it_was(&w, sha256);
	(void)snprintf(
	    body, sizeof body,
	    "{\"objective\":\"GOV-02.1\",\"unit\":\"north\",\"answer\":\"met\",\"because\":\"so\",\"expected\":0,"
	    "\"documents\":[{\"sha256\":\"%s\",\"name\":\"a.txt\",\"media\":\"text/plain\"}]}",
	    sha256);
	(void)work(&w, admin, "answer", 0, body, NULL);
	int64_t answer = work(&w, lead, "currentAnswer", 0, NULL, "answer");
	assert_true(answer > 0);
	assert_int_equal(work(&w, lead, "returnReview", answer, "{\"comment\":\"of when?\"}", "answer"), answer);
	(void)work(&w, lead, "undoReview", answer, NULL, NULL);
	assert_true(work(&w, lead, "confirmReview", answer, "{\"comment\":\"seen\"}", "reviewed") > 0);
	(void)work(&w, lead, "undoReview", answer, NULL, NULL);
	assert_int_equal(work(&w, admin, "undoAnswer", answer, NULL, "answer"), 0);
	int64_t request = work(&w, admin, "requestApproval", 0, fill_of("requestApproval").body, "id");
	(void)work(&w, lead, "reviewApproval", request, "{\"finding\":\"good\"}", NULL);
	(void)work(&w, lead, "approve", request, "{\"expires\":\"2030-01-01\"}", NULL);
	(void)work(&w, admin, "withdrawApproval", request, "{\"because\":\"it ended\"}", NULL);
	request = work(&w, admin, "requestApproval", 0, fill_of("requestApproval").body, "id");
	(void)work(&w, lead, "reviewApproval", request, "{\"finding\":\"bad\"}", NULL);
	(void)work(&w, lead, "reject", request, "{\"because\":\"so\"}", NULL);
	for (size_t i = 0; i < IN_A_ROW; i++)
		if (!w.done[i])
			fail_msg("%s was not done", in_a_row[i]);
	close_book(&w.book);
}

#define CASES(X)                                                                                                       \
	X(the_document_is_an_openapi_document), X(every_operation_answers_as_the_document_says),                       \
	    X(every_example_holds_to_its_schema), X(a_piece_of_work_goes_through)

STORE_MAIN("document")
