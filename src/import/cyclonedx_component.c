#include "import/cyclonedx.h"

#include <stddef.h>
#include <string.h>

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

enum { LICENCES_SHOWN = 8 };

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
	str text = p.a.n ? p.a : p.b;
	if (!text.n || c->licences++ >= LICENCES_SHOWN)
		return OK;
	if (c->licence.n)
		return import_bom_append(w->texts, &c->licence, text, err);
	c->licence = text;
	return OK;
}

/* The first hash: "SHA-256:<lower-case digits>". Anything but a digest counts as none. */
static enum status read_hash(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = PAIR_FIELDS("alg", "content");
	struct import_cyclonedx_component *c = record;
	struct pair p;
	int64_t line = w->json.line;
	TRY(read_pair(w, fields, &p, err));
	str digest;
	TRY(import_bom_digest(w->texts, p.a, p.b, &digest, err));
	if (!digest.n)
		import_flaw_note(&c->bom->hash, line);
	else if (!c->hash.n)
		c->hash = digest;
	return OK;
}

/* The part of a property's name behind the last : or dot. */
static str last_part(str name)
{
	for (size_t i = name.n; i > 0; i--)
		if (name.p[i - 1] == ':' || name.p[i - 1] == '.')
			return str_slice(name, i, name.n);
	return name;
}

static enum status read_property(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = PAIR_FIELDS("name", "value");
	static const str deployments[] = {S("self_hosted"), S("paas"), S("saas")};
	struct import_cyclonedx_component *c = record;
	struct pair p;
	TRY(read_pair(w, fields, &p, err));
	str name = last_part(p.a);
	if (p.b.n && (import_same_word(name, S("model_card")) || import_same_word(name, S("modelcard"))))
		c->card_linked = true;
	for (size_t i = 0; str_eq(p.a, S("aismm:deployment")) && i < 3; i++)
		if (import_same_word(p.b, deployments[i]))
			c->deployment = deployments[i];
	return OK;
}

static enum status read_link(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = PAIR_FIELDS("type", "url");
	struct import_cyclonedx_component *c = record;
	struct pair p;
	TRY(read_pair(w, fields, &p, err));
	if (p.b.n && str_eq(p.a, S("model-card")))
		c->card_linked = true;
	if (!c->source.n && str_eq(p.a, S("distribution")))
		c->source = p.b;
	if (!c->other_source.n && (str_eq(p.a, S("website")) || str_eq(p.a, S("vcs"))))
		c->other_source = p.b;
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
	if (!c->name.n) {
		err_set(err, E_INVALID, "a component without a name");
		err_at(err, c->bom->in->from->name, c->line, 0);
		return E_INVALID;
	}
	if (!import_cyclonedx_ai_type(c->type))
		import_flaw_note(&c->bom->type, c->line);
	return c->ref.n ? import_cyclonedx_define(c->bom, c->ref, c->line, err) : OK;
}

static enum status new_component(struct import_walk *w, struct import_cyclonedx *b,
				 struct import_cyclonedx_component **out, struct err *err)
{
	struct import_cyclonedx_component *c = arena_new(b->in->arena, struct import_cyclonedx_component, 1);
	if (!c)
		return err_full(err);
	c->bom = b;
	c->line = w->json.line;
	*out = c;
	return OK;
}

enum status import_cyclonedx_component(struct import_walk *w, void *bom, struct err *err)
{
	struct import_cyclonedx *b = bom;
	struct import_cyclonedx_component *c = NULL;
	TRY(new_component(w, b, &c, err));
	if (!b->in_subject)
		c->record = ++b->in->facts->records;
	if (b->last)
		b->last->next = c;
	else
		b->first = c;
	b->last = c;
	return read_members(w, c, err);
}

enum status import_cyclonedx_component_subject(struct import_walk *w, void *bom, struct err *err)
{
	struct import_cyclonedx *b = bom;
	if (w->json.event == JSON_NULL)
		return OK;
	TRY(new_component(w, b, &b->subject, err));
	b->in_subject = true;
	TRY(read_members(w, b->subject, err));
	b->in_subject = false;
	return OK;
}
