#include "import/cyclonedx.h"

#include <stddef.h>

#define AT(member) offsetof(struct import_cyclonedx_component, member)
#define TEXT(name, member)                                                                                             \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_TEXT, .at = AT(member)                                             \
	}
#define OBJECT(name, list)                                                                                             \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_OBJECT, .members = (list)                                          \
	}
#define ARRAY(name, fn)                                                                                                \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_ARRAY, .call = (fn)                                                \
	}
#define CALL(name, fn)                                                                                                 \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_CALL, .call = (fn)                                                 \
	}
#define END                                                                                                            \
	{                                                                                                              \
		.key = { NULL, 0 }                                                                                     \
	}

/* A pair of texts: name and value, type and url, alg and content. */
struct pair {
	str a, b;
};

#define PAIR_FIELDS(first, second)                                                                                     \
	{                                                                                                              \
		{.key = S(first), .type = IMPORT_WALK_TEXT, .at = offsetof(struct pair, a)},                           \
		    {.key = S(second), .type = IMPORT_WALK_TEXT, .at = offsetof(struct pair, b)}, END                  \
	}

static enum status read_pair(struct import_walk *w, const struct import_walk_field *fields, struct pair *p,
			     struct err *err)
{
	*p = (struct pair){0};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an object", err);
	return import_walk_members(w, fields, p, err);
}

/* {"license": {"id" or "name"}} or {"expression"}. */
static enum status read_licence(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field license[] = PAIR_FIELDS("id", "name");
	static const struct import_walk_field choice[] = {
	    {.key = S("expression"), .type = IMPORT_WALK_TEXT, .at = offsetof(struct pair, a)},
	    OBJECT("license", license),
	    END};
	struct import_cyclonedx_component *c = record;
	struct pair p;
	TRY(read_pair(w, choice, &p, err));
	return import_cyclonedx_take_licence(c, p.a.n ? p.a : p.b, err);
}

static enum status read_hash(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = PAIR_FIELDS("alg", "content");
	struct import_cyclonedx_component *c = record;
	struct pair p;
	int64_t line = w->json.line;
	TRY(read_pair(w, fields, &p, err));
	return import_cyclonedx_take_hash(c, p.a, p.b, line, err);
}

static enum status read_property(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = PAIR_FIELDS("name", "value");
	struct import_cyclonedx_component *c = record;
	struct pair p;
	TRY(read_pair(w, fields, &p, err));
	import_cyclonedx_take_property(c, p.a, p.b);
	return OK;
}

static enum status read_link(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = PAIR_FIELDS("type", "url");
	struct import_cyclonedx_component *c = record;
	struct pair p;
	TRY(read_pair(w, fields, &p, err));
	import_cyclonedx_take_link(c, p.a, p.b);
	return OK;
}

/* authors[] of 1.6: the first one's name. */
static enum status read_author(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = PAIR_FIELDS("name", "email");
	struct import_cyclonedx_component *c = record;
	struct pair p;
	TRY(read_pair(w, fields, &p, err));
	if (!c->author.n)
		c->author = p.a;
	return OK;
}

/* data[] of a component of type data. */
static enum status read_data(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = PAIR_FIELDS("name", "classification");
	struct import_cyclonedx_component *c = record;
	struct pair p;
	TRY(read_pair(w, fields, &p, err));
	if (!c->classification.n)
		c->classification = p.b;
	return OK;
}

static enum status read_nested(struct import_walk *w, void *record, struct err *err)
{
	const struct import_cyclonedx_component *parent = record;
	return import_cyclonedx_component(w, parent->bom, err);
}

static enum status read_members(struct import_walk *w, struct import_cyclonedx_component *c, struct err *err)
{
	static const struct import_walk_field supplier[] = {TEXT("name", supplier), END};
	static const struct import_walk_field manufacturer[] = {TEXT("name", manufacturer), END};
	static const struct import_walk_field fields[] = {TEXT("type", type),
							  TEXT("group", group),
							  TEXT("name", name),
							  TEXT("version", version),
							  TEXT("purl", purl),
							  TEXT("bom-ref", ref),
							  TEXT("publisher", publisher),
							  TEXT("author", author),
							  ARRAY("authors", read_author),
							  OBJECT("supplier", supplier),
							  OBJECT("manufacturer", manufacturer),
							  ARRAY("licenses", read_licence),
							  ARRAY("hashes", read_hash),
							  ARRAY("properties", read_property),
							  ARRAY("externalReferences", read_link),
							  ARRAY("data", read_data),
							  CALL("modelCard", import_cyclonedx_card),
							  ARRAY("components", read_nested),
							  END};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a component (an object)", err);
	TRY(import_walk_members(w, fields, c, err));
	return import_cyclonedx_end_component(c, err);
}

enum status import_cyclonedx_component(struct import_walk *w, void *bom, struct err *err)
{
	struct import_cyclonedx_component *c = NULL;
	TRY(import_cyclonedx_new_component(bom, false, w->json.line, &c, err));
	return read_members(w, c, err);
}

enum status import_cyclonedx_component_subject(struct import_walk *w, void *bom, struct err *err)
{
	struct import_cyclonedx_component *c = NULL;
	if (w->json.event == JSON_NULL)
		return OK;
	TRY(import_cyclonedx_new_component(bom, true, w->json.line, &c, err));
	return read_members(w, c, err);
}
