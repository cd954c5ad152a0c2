/* Declarations and standards as XML: the same structs are filled as from JSON. */
#include <stddef.h>

#include "import/cyclonedx_declaration.h"

#define ATTRIBUTE(label, record, member)                                                                               \
	{                                                                                                              \
		.name = S(label), .type = IMPORT_ELEMENT_ATTRIBUTE, .at = offsetof(struct record, member)              \
	}
#define TEXT(label, record, member)                                                                                    \
	{                                                                                                              \
		.name = S(label), .type = IMPORT_ELEMENT_TEXT, .at = offsetof(struct record, member)                   \
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

static enum status read_link(struct import_element *e, struct import_cyclonedx *b, struct import_cyclonedx_links *links,
			     struct err *err)
{
	str ref;
	int64_t line = e->xml.line;
	TRY(import_element_text(e, &ref, err));
	return import_cyclonedx_link(b, links, ref, line, err);
}

static enum status read_line(struct import_element *e, str *out, struct err *err)
{
	str text;
	TRY(xml_content(&e->xml, &text, err));
	text = import_walk_title(text);
	*out = text.n ? str_copy(e->texts, text) : text;
	return text.n && !out->p ? err_full(err) : OK;
}

/* ---- standards ---- */

static enum status read_requirement(struct import_element *e, void *standard, struct err *err)
{
	static const struct import_element_field fields[] = {
	    ATTRIBUTE("bom-ref", import_cyclonedx_requirement, ref),
	    TEXT("identifier", import_cyclonedx_requirement, identifier), END};
	struct import_cyclonedx_requirement r = {.standard = standard};
	int64_t line = e->xml.line;
	TRY(import_element_members(e, fields, &r, err));
	return import_cyclonedx_end_requirement(&r, line, err);
}

static enum status read_standard(struct import_element *e, void *bom, struct err *err)
{
	static const struct import_element_field requirements[] = {EACH("requirement", read_requirement), END};
	static const struct import_element_field fields[] = {TEXT("name", import_cyclonedx_standard, name),
							     TEXT("version", import_cyclonedx_standard, version),
							     MEMBERS("requirements", requirements), END};
	struct import_cyclonedx_standard *s = NULL;
	TRY(import_cyclonedx_new_standard(bom, e->xml.line, &s, err));
	TRY(import_element_members(e, fields, s, err));
	return import_cyclonedx_end_standard(s, err);
}

enum status import_cyclonedx_definitions_xml(struct import_element *e, void *bom, struct err *err)
{
	static const struct import_element_field standards[] = {EACH("standard", read_standard), END};
	static const struct import_element_field fields[] = {MEMBERS("standards", standards), END};
	return import_element_members(e, fields, bom, err);
}

/* ---- assessors and targets ---- */

static enum status read_party(struct import_element *e, struct import_cyclonedx *b, str sort,
			      const struct import_element_field *fields, struct err *err)
{
	struct import_cyclonedx_party p = {.ref = {NULL, 0}};
	int64_t line = e->xml.line;
	TRY(import_element_members(e, fields, &p, err));
	return import_cyclonedx_end_party(b, sort, &p, line, err);
}

static enum status read_assessor(struct import_element *e, void *bom, struct err *err)
{
	static const struct import_element_field organization[] = {TEXT("name", import_cyclonedx_party, name), END};
	static const struct import_element_field fields[] = {ATTRIBUTE("bom-ref", import_cyclonedx_party, ref),
							     MEMBERS("organization", organization), END};
	return read_party(e, bom, IMPORT_CYCLONEDX_ASSESSOR, fields, err);
}

/* An organisation, a component or a service. */
static enum status read_target(struct import_element *e, void *bom, struct err *err)
{
	static const struct import_element_field fields[] = {
	    ATTRIBUTE("bom-ref", import_cyclonedx_party, ref), TEXT("group", import_cyclonedx_party, group),
	    TEXT("name", import_cyclonedx_party, name), TEXT("purl", import_cyclonedx_party, purl), END};
	return read_party(e, bom, IMPORT_CYCLONEDX_TARGET, fields, err);
}

/* ---- evidence ---- */

static enum status read_moment(struct import_element *e, struct import_cyclonedx *b,
			       struct import_cyclonedx_moment *out, struct err *err)
{
	str text;
	int64_t line = e->xml.line;
	TRY(xml_content(&e->xml, &text, err));
	text = str_trim(text);
	if (!text.n || import_cyclonedx_take_moment(b, text, line, out))
		return OK;
	return xml_expected(&e->xml, "a time in ISO 8601, such as 2026-04-03T10:00:00Z,", err);
}

static enum status read_created(struct import_element *e, void *evidence, struct err *err)
{
	struct import_cyclonedx_evidence *v = evidence;
	return read_moment(e, v->bom, &v->created, err);
}

static enum status read_expires(struct import_element *e, void *evidence, struct err *err)
{
	struct import_cyclonedx_evidence *v = evidence;
	return read_moment(e, v->bom, &v->expires, err);
}

static enum status read_description(struct import_element *e, void *evidence, struct err *err)
{
	return read_line(e, &((struct import_cyclonedx_evidence *)evidence)->description, err);
}

/* The first ones. */
static enum status read_data_name(struct import_element *e, void *evidence, struct err *err)
{
	struct import_cyclonedx_evidence *v = evidence;
	return v->data.n ? OK : read_line(e, &v->data, err);
}

static enum status read_url(struct import_element *e, void *evidence, struct err *err)
{
	struct import_cyclonedx_evidence *v = evidence;
	return v->url.n ? OK : import_element_text(e, &v->url, err);
}

static enum status read_attachment(struct import_element *e, void *evidence, struct err *err)
{
	struct import_cyclonedx_evidence *v = evidence;
	str text;
	TRY(xml_content(&e->xml, &text, err));
	v->attached = v->attached || str_trim(text).n > 0;
	return OK;
}

static enum status read_data(struct import_element *e, void *evidence, struct err *err)
{
	static const struct import_element_field contents[] = {CALL("url", read_url),
							       CALL("attachment", read_attachment), END};
	static const struct import_element_field fields[] = {CALL("name", read_data_name),
							     MEMBERS("contents", contents), END};
	return import_element_members(e, fields, evidence, err);
}

static enum status read_evidence(struct import_element *e, void *bom, struct err *err)
{
	static const struct import_element_field fields[] = {ATTRIBUTE("bom-ref", import_cyclonedx_evidence, ref),
							     TEXT("propertyName", import_cyclonedx_evidence, property),
							     CALL("description", read_description),
							     EACH("data", read_data),
							     CALL("created", read_created),
							     CALL("expires", read_expires),
							     END};
	struct import_cyclonedx_evidence v = {.bom = bom};
	int64_t line = e->xml.line;
	TRY(import_element_members(e, fields, &v, err));
	return import_cyclonedx_end_evidence(&v, line, err);
}

/* ---- claims ---- */

static enum status read_claim_evidence(struct import_element *e, void *claim, struct err *err)
{
	struct import_cyclonedx_claim *c = claim;
	return read_link(e, c->bom, &c->evidence, err);
}

static enum status read_counter_evidence(struct import_element *e, void *claim, struct err *err)
{
	(void)e;
	(void)err;
	((struct import_cyclonedx_claim *)claim)->countered = true;
	return OK;
}

static enum status read_claim(struct import_element *e, void *bom, struct err *err)
{
	static const struct import_element_field fields[] = {
	    ATTRIBUTE("bom-ref", import_cyclonedx_claim, ref), TEXT("target", import_cyclonedx_claim, target),
	    EACH("evidence", read_claim_evidence), EACH("counterEvidence", read_counter_evidence), END};
	struct import_cyclonedx_claim c = {.bom = bom};
	int64_t line = e->xml.line;
	TRY(import_element_members(e, fields, &c, err));
	return import_cyclonedx_end_claim(&c, line, err);
}

/* ---- attestations ---- */

static enum status read_attested_claim(struct import_element *e, void *attested, struct err *err)
{
	struct import_cyclonedx_attested *m = attested;
	return read_link(e, m->attestation->bom, &m->claims, err);
}

static enum status read_counter_claim(struct import_element *e, void *attested, struct err *err)
{
	(void)e;
	(void)err;
	((struct import_cyclonedx_attested *)attested)->countered = true;
	return OK;
}

static enum status read_score(struct import_element *e, void *attested, struct err *err)
{
	struct import_cyclonedx_attested *m = attested;
	str text;
	TRY(xml_content(&e->xml, &text, err));
	text = str_trim(text);
	if (!text.n || import_cyclonedx_take_score(text, &m->score))
		return OK;
	return xml_expected(&e->xml, "a score from 0 to 1 (a number)", err);
}

static enum status read_attested(struct import_element *e, void *attestation, struct err *err)
{
	static const struct import_element_field claims[] = {EACH("claim", read_attested_claim), END};
	static const struct import_element_field counter_claims[] = {EACH("counterClaim", read_counter_claim), END};
	static const struct import_element_field conformance[] = {CALL("score", read_score), END};
	static const struct import_element_field fields[] = {
	    TEXT("requirement", import_cyclonedx_attested, requirement), MEMBERS("claims", claims),
	    MEMBERS("counterClaims", counter_claims), MEMBERS("conformance", conformance), END};
	struct import_cyclonedx_attested *m = NULL;
	TRY(import_cyclonedx_new_attested(attestation, e->xml.line, &m, err));
	return import_element_members(e, fields, m, err);
}

static enum status read_attestation(struct import_element *e, void *bom, struct err *err)
{
	static const struct import_element_field fields[] = {TEXT("assessor", import_cyclonedx_attestation, assessor),
							     EACH("map", read_attested), END};
	struct import_cyclonedx_attestation *a = NULL;
	TRY(import_cyclonedx_new_attestation(bom, e->xml.line, &a, err));
	return import_element_members(e, fields, a, err);
}

enum status import_cyclonedx_declarations_xml(struct import_element *e, void *bom, struct err *err)
{
	static const struct import_element_field assessors[] = {EACH("assessor", read_assessor), END};
	static const struct import_element_field attestations[] = {EACH("attestation", read_attestation), END};
	static const struct import_element_field claims[] = {EACH("claim", read_claim), END};
	static const struct import_element_field evidence[] = {EACH("evidence", read_evidence), END};
	static const struct import_element_field organizations[] = {EACH("organization", read_target), END};
	static const struct import_element_field components[] = {EACH("component", read_target), END};
	static const struct import_element_field services[] = {EACH("service", read_target), END};
	static const struct import_element_field targets[] = {MEMBERS("organizations", organizations),
							      MEMBERS("components", components),
							      MEMBERS("services", services), END};
	static const struct import_element_field fields[] = {
	    MEMBERS("assessors", assessors), MEMBERS("attestations", attestations), MEMBERS("claims", claims),
	    MEMBERS("evidence", evidence),   MEMBERS("targets", targets),           END};
	return import_element_members(e, fields, bom, err);
}
