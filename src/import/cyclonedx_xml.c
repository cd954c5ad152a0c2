/* A bill as XML: the same structs are filled as from JSON. */
#include "import/cyclonedx.h"

#include <stddef.h>

#include "import/cyclonedx_declaration.h"

#define IN_BILL(member) offsetof(struct import_cyclonedx, member)
#define IN_COMPONENT(member) offsetof(struct import_cyclonedx_component, member)
#define IN_SERVICE(member) offsetof(struct import_cyclonedx_service, member)
#define IN_DATASET(member) offsetof(struct import_cyclonedx_dataset, member)
#define IN_VULNERABILITY(member) offsetof(struct import_cyclonedx_vulnerability, member)
#define ATTRIBUTE(label, offset)                                                                                       \
	{                                                                                                              \
		.name = S(label), .type = IMPORT_ELEMENT_ATTRIBUTE, .at = (offset)                                     \
	}
#define TEXT(label, offset)                                                                                            \
	{                                                                                                              \
		.name = S(label), .type = IMPORT_ELEMENT_TEXT, .at = (offset)                                          \
	}
#define MEMBERS(label, list)                                                                                           \
	{                                                                                                              \
		.name = S(label), .type = IMPORT_ELEMENT_MEMBERS, .members = (list)                                    \
	}
#define CALL(label, fn)                                                                                                \
	{                                                                                                              \
		.name = S(label), .type = IMPORT_ELEMENT_CALL, .call = (fn)                                            \
	}
#define EACH(label, fn)                                                                                                \
	{                                                                                                              \
		.name = S(label), .type = IMPORT_ELEMENT_EACH, .call = (fn)                                            \
	}
#define END                                                                                                            \
	{                                                                                                              \
		.name = { NULL, 0 }                                                                                    \
	}

const str import_cyclonedx_namespace = S("http://cyclonedx.org/schema/bom/");

/* An attribute and the text behind it, or two texts. */
struct pair {
	str a, b;
};

static enum status read_pair(struct import_element *e, str attribute, struct pair *p, struct err *err)
{
	TRY(import_element_attribute(e, attribute, &p->a, err));
	return import_element_text(e, &p->b, err);
}

/* ---- model cards ---- */

/* A dataset that the card describes, or one that it refers to. */
static enum status read_dataset(struct import_element *e, void *record, struct err *err)
{
	static const struct import_element_field contents[] = {TEXT("url", IN_DATASET(url)), END};
	static const struct import_element_field dataset[] = {
	    ATTRIBUTE("ref", IN_DATASET(ref)), TEXT("name", IN_DATASET(name)),
	    TEXT("classification", IN_DATASET(classification)), MEMBERS("contents", contents), END};
	struct import_cyclonedx_component *c = record;
	int64_t line = e->xml.line;
	struct import_cyclonedx_dataset *d = arena_new(e->texts, struct import_cyclonedx_dataset, 1);
	if (!d)
		return err_full(err);
	TRY(import_element_members(e, dataset, d, err));
	return import_cyclonedx_take_dataset(c, d, line, err);
}

static enum status read_dataset_ref(struct import_element *e, void *record, struct err *err)
{
	struct import_cyclonedx_dataset d = {.next = NULL};
	int64_t line = e->xml.line;
	TRY(import_element_text(e, &d.ref, err));
	return d.ref.n ? import_cyclonedx_take_dataset(record, &d, line, err) : OK;
}

/* modelParameters, quantitativeAnalysis, considerations: every child with a text in it is a section. */
static enum status read_sections(struct import_element *e, void *record, struct err *err)
{
	static const struct import_element_field datasets[] = {EACH("dataset", read_dataset),
							       EACH("ref", read_dataset_ref), END};
	struct import_cyclonedx_component *c = record;
	int depth = e->xml.depth;
	str namespace = e->xml.namespace, text;
	for (;;) {
		bool more;
		TRY(xml_child(&e->xml, depth, &more, err));
		if (!more)
			return OK;
		if (!str_eq(e->xml.namespace, namespace))
			continue;
		if (xml_is(&e->xml, S("datasets"))) {
			int64_t before = c->n_datasets;
			TRY(import_element_members(e, datasets, c, err));
			c->card_sections += c->n_datasets > before;
		} else {
			TRY(xml_content(&e->xml, &text, err));
			c->card_sections += str_trim(text).n > 0;
		}
	}
}

static enum status read_card(struct import_element *e, void *record, struct err *err)
{
	static const struct import_element_field card[] = {CALL("modelParameters", read_sections),
							   CALL("quantitativeAnalysis", read_sections),
							   CALL("considerations", read_sections), END};
	return import_element_members(e, card, record, err);
}

/* ---- components ---- */

static enum status read_licence(struct import_element *e, void *record, struct err *err)
{
	static const struct import_element_field license[] = {TEXT("id", offsetof(struct pair, a)),
							      TEXT("name", offsetof(struct pair, b)), END};
	struct pair p = {{NULL, 0}, {NULL, 0}};
	TRY(import_element_members(e, license, &p, err));
	return import_cyclonedx_take_licence(record, p.a.n ? p.a : p.b, err);
}

static enum status read_expression(struct import_element *e, void *record, struct err *err)
{
	str text;
	TRY(import_element_text(e, &text, err));
	return import_cyclonedx_take_licence(record, text, err);
}

/* Since 1.7, with a description of each licence in it. */
static enum status read_detailed(struct import_element *e, void *record, struct err *err)
{
	str text;
	TRY(import_element_attribute(e, S("expression"), &text, err));
	return import_cyclonedx_take_licence(record, text, err);
}

static enum status read_hash(struct import_element *e, void *record, struct err *err)
{
	struct pair p;
	int64_t line = e->xml.line;
	TRY(read_pair(e, S("alg"), &p, err));
	return import_cyclonedx_take_hash(record, p.a, p.b, line, err);
}

static enum status read_property(struct import_element *e, void *record, struct err *err)
{
	struct pair p;
	TRY(read_pair(e, S("name"), &p, err));
	import_cyclonedx_take_property(record, p.a, p.b);
	return OK;
}

static enum status read_link(struct import_element *e, void *record, struct err *err)
{
	static const struct import_element_field reference[] = {ATTRIBUTE("type", offsetof(struct pair, a)),
								TEXT("url", offsetof(struct pair, b)), END};
	struct pair p = {{NULL, 0}, {NULL, 0}};
	TRY(import_element_members(e, reference, &p, err));
	import_cyclonedx_take_link(record, p.a, p.b);
	return OK;
}

/* The first one's name. */
static enum status read_author(struct import_element *e, void *record, struct err *err)
{
	static const struct import_element_field author[] = {TEXT("name", offsetof(struct pair, a)), END};
	struct import_cyclonedx_component *c = record;
	struct pair p = {{NULL, 0}, {NULL, 0}};
	TRY(import_element_members(e, author, &p, err));
	if (!c->author.n)
		c->author = p.a;
	return OK;
}

static enum status read_data(struct import_element *e, void *record, struct err *err)
{
	static const struct import_element_field data[] = {TEXT("classification", offsetof(struct pair, b)), END};
	struct import_cyclonedx_component *c = record;
	struct pair p = {{NULL, 0}, {NULL, 0}};
	TRY(import_element_members(e, data, &p, err));
	if (!c->classification.n)
		c->classification = p.b;
	return OK;
}

static enum status read_nested(struct import_element *e, void *record, struct err *err);

static enum status read_component_members(struct import_element *e, struct import_cyclonedx_component *c,
					  struct err *err)
{
	static const struct import_element_field supplier[] = {TEXT("name", IN_COMPONENT(supplier)), END};
	static const struct import_element_field manufacturer[] = {TEXT("name", IN_COMPONENT(manufacturer)), END};
	static const struct import_element_field authors[] = {EACH("author", read_author), END};
	static const struct import_element_field licenses[] = {EACH("license", read_licence),
							       EACH("expression", read_expression),
							       EACH("expression-detailed", read_detailed), END};
	static const struct import_element_field hashes[] = {EACH("hash", read_hash), END};
	static const struct import_element_field properties[] = {EACH("property", read_property), END};
	static const struct import_element_field references[] = {EACH("reference", read_link), END};
	static const struct import_element_field components[] = {EACH("component", read_nested), END};
	static const struct import_element_field fields[] = {ATTRIBUTE("type", IN_COMPONENT(type)),
							     ATTRIBUTE("bom-ref", IN_COMPONENT(ref)),
							     TEXT("group", IN_COMPONENT(group)),
							     TEXT("name", IN_COMPONENT(name)),
							     TEXT("version", IN_COMPONENT(version)),
							     TEXT("purl", IN_COMPONENT(purl)),
							     TEXT("publisher", IN_COMPONENT(publisher)),
							     TEXT("author", IN_COMPONENT(author)),
							     MEMBERS("authors", authors),
							     MEMBERS("supplier", supplier),
							     MEMBERS("manufacturer", manufacturer),
							     MEMBERS("licenses", licenses),
							     MEMBERS("hashes", hashes),
							     MEMBERS("properties", properties),
							     MEMBERS("externalReferences", references),
							     EACH("data", read_data),
							     CALL("modelCard", read_card),
							     MEMBERS("components", components),
							     END};
	TRY(import_element_members(e, fields, c, err));
	return import_cyclonedx_end_component(c, err);
}

static enum status read_component(struct import_element *e, void *bom, struct err *err)
{
	struct import_cyclonedx_component *c = NULL;
	TRY(import_cyclonedx_new_component(bom, false, e->xml.line, &c, err));
	return read_component_members(e, c, err);
}

static enum status read_nested(struct import_element *e, void *record, struct err *err)
{
	const struct import_cyclonedx_component *parent = record;
	return read_component(e, parent->bom, err);
}

static enum status read_subject(struct import_element *e, void *bom, struct err *err)
{
	struct import_cyclonedx_component *c = NULL;
	TRY(import_cyclonedx_new_component(bom, true, e->xml.line, &c, err));
	return read_component_members(e, c, err);
}

/* ---- services and dependencies ---- */

static enum status read_nested_service(struct import_element *e, void *record, struct err *err);

static enum status read_service(struct import_element *e, void *bom, struct err *err)
{
	static const struct import_element_field provider[] = {TEXT("name", IN_SERVICE(provider)), END};
	static const struct import_element_field services[] = {EACH("service", read_nested_service), END};
	static const struct import_element_field fields[] = {
	    ATTRIBUTE("bom-ref", IN_SERVICE(ref)), TEXT("group", IN_SERVICE(group)), TEXT("name", IN_SERVICE(name)),
	    MEMBERS("provider", provider),         MEMBERS("services", services),    END};
	struct import_cyclonedx_service *s = NULL;
	TRY(import_cyclonedx_new_service(bom, e->xml.line, &s, err));
	TRY(import_element_members(e, fields, s, err));
	return import_cyclonedx_end_service(s, err);
}

static enum status read_nested_service(struct import_element *e, void *record, struct err *err)
{
	const struct import_cyclonedx_service *parent = record;
	return read_service(e, parent->bom, err);
}

/* Nested ones are what it depends on. */
static enum status read_dependency(struct import_element *e, void *bom, struct err *err)
{
	static const struct import_element_field fields[] = {EACH("dependency", read_dependency),
							     EACH("provides", read_dependency), END};
	str ref;
	(void)xml_attribute(&e->xml, S("ref"), &ref);
	TRY(import_cyclonedx_refer(bom, ref, e->xml.line, err));
	return import_element_members(e, fields, bom, err);
}

/* ---- vulnerabilities ---- */

static enum status read_version(struct import_element *e, void *record, struct err *err)
{
	static const struct import_element_field fields[] = {TEXT("status", offsetof(struct pair, a)), END};
	struct pair p = {{NULL, 0}, {NULL, 0}};
	TRY(import_element_members(e, fields, &p, err));
	import_cyclonedx_take_affected_version(record, p.a);
	return OK;
}

static enum status read_target(struct import_element *e, void *record, struct err *err)
{
	static const struct import_element_field versions[] = {EACH("version", read_version), END};
	static const struct import_element_field target[] = {
	    TEXT("ref", offsetof(struct import_cyclonedx_affected, ref)), MEMBERS("versions", versions), END};
	struct import_cyclonedx_vulnerability *v = record;
	struct import_cyclonedx_affected *a = arena_new(e->texts, struct import_cyclonedx_affected, 1);
	if (!a)
		return err_full(err);
	a->line = e->xml.line;
	TRY(import_element_members(e, target, a, err));
	a->next = v->affects;
	v->affects = a;
	return OK;
}

static enum status read_vulnerability(struct import_element *e, void *bom, struct err *err)
{
	static const struct import_element_field analysis[] = {TEXT("state", IN_VULNERABILITY(state)), END};
	static const struct import_element_field affects[] = {EACH("target", read_target), END};
	static const struct import_element_field fields[] = {ATTRIBUTE("bom-ref", IN_VULNERABILITY(ref)),
							     MEMBERS("analysis", analysis), MEMBERS("affects", affects),
							     END};
	struct arena scratch = ARENA(LIMIT_RECORD_BYTES), *file = e->texts;
	struct import_cyclonedx_vulnerability v = {.affects = NULL};
	int64_t line = e->xml.line;
	e->texts = &scratch;
	enum status status = import_element_members(e, fields, &v, err);
	e->texts = file;
	if (status == OK)
		status = import_cyclonedx_take_vulnerability(bom, &v, line, err);
	arena_release(&scratch);
	return status;
}

static enum status read_vulnerabilities(struct import_element *e, void *bom, struct err *err)
{
	static const struct import_element_field fields[] = {EACH("vulnerability", read_vulnerability), END};
	((struct import_cyclonedx *)bom)->has_vulnerabilities = true;
	return import_element_members(e, fields, bom, err);
}

/* ---- the bill ---- */

static enum status read_timestamp(struct import_element *e, void *bom, struct err *err)
{
	str text;
	int64_t line = e->xml.line;
	TRY(xml_content(&e->xml, &text, err));
	text = str_trim(text);
	if (!text.n || import_cyclonedx_take_time(bom, text, line))
		return OK;
	return xml_expected(&e->xml, "a time in ISO 8601, such as 2026-04-03T10:00:00Z,", err);
}

static enum status check_root(struct import_cyclonedx *b, struct err *err)
{
	char shown[IMPORT_WALK_SHOW];
	const struct xml_reader *xml = &b->element.xml;
	str prefix = import_cyclonedx_namespace;
	str version = str_slice(xml->namespace, prefix.n, xml->namespace.n);
	if (!xml_is(xml, S("bom")) || !str_starts(xml->namespace, prefix))
		return xml_expected(xml, "a bill of materials (the element bom of http://cyclonedx.org/schema/bom/…)",
				    err);
	if (import_cyclonedx_take_version(b, version, xml->line))
		return OK;
	(void)xml_expected(xml, "a namespace http://cyclonedx.org/schema/bom/ of version 1.2 to 1.7", err);
	err_detail(err, "found \"%s\"", import_walk_show(version, shown));
	return E_INVALID;
}

enum status import_cyclonedx_xml(struct import_cyclonedx *b, struct err *err)
{
	static const struct import_element_field metadata[] = {CALL("timestamp", read_timestamp),
							       CALL("component", read_subject), END};
	static const struct import_element_field components[] = {EACH("component", read_component), END};
	static const struct import_element_field services[] = {EACH("service", read_service), END};
	static const struct import_element_field dependencies[] = {EACH("dependency", read_dependency), END};
	static const struct import_element_field bill[] = {ATTRIBUTE("serialNumber", IN_BILL(serial)),
							   MEMBERS("metadata", metadata),
							   MEMBERS("components", components),
							   MEMBERS("services", services),
							   MEMBERS("dependencies", dependencies),
							   CALL("vulnerabilities", read_vulnerabilities),
							   CALL("definitions", import_cyclonedx_definitions_xml),
							   CALL("declarations", import_cyclonedx_declarations_xml),
							   END};
	static const struct import_element_field subject[] = {CALL("component", read_subject), END};
	static const struct import_element_field again[] = {MEMBERS("metadata", subject),
							    MEMBERS("components", components), END};
	struct import_element *e = &b->element;
	TRY(xml_open(&e->xml, b->in->from, b->in->arena, err));
	TRY(xml_next(&e->xml, err));
	TRY(check_root(b, err));
	TRY(import_element_members(e, b->second ? again : bill, b, err));
	return xml_next(&e->xml, err);
}
