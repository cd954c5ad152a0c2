#include "import/cyclonedx_declaration.h"

#include <stddef.h>

#define TEXT(name, record, member)                                                                                     \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_TEXT, .at = offsetof(struct record, member)                        \
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

static enum status check_ref(const struct import_walk *w, struct err *err)
{
	return w->json.event == JSON_STRING ? OK : json_expected(&w->json, "a bom-ref (a text)", err);
}

static enum status read_link(struct import_walk *w, struct import_cyclonedx *b, struct import_cyclonedx_links *links,
			     struct err *err)
{
	str ref = {NULL, 0};
	int64_t line = w->json.line;
	TRY(check_ref(w, err));
	TRY(import_walk_text(w, &ref, err));
	return import_cyclonedx_link(b, links, ref, line, err);
}

/* ---- standards ---- */

static enum status read_requirement(struct import_walk *w, void *standard, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT("bom-ref", import_cyclonedx_requirement, ref),
							  TEXT("identifier", import_cyclonedx_requirement, identifier),
							  END};
	struct import_cyclonedx_requirement r = {.standard = standard};
	int64_t line = w->json.line;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a requirement (an object)", err);
	TRY(import_walk_members(w, fields, &r, err));
	return import_cyclonedx_end_requirement(&r, line, err);
}

static enum status read_standard(struct import_walk *w, void *bom, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT("name", import_cyclonedx_standard, name),
							  TEXT("version", import_cyclonedx_standard, version),
							  ARRAY("requirements", read_requirement), END};
	struct import_cyclonedx_standard *s = NULL;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a standard (an object)", err);
	TRY(import_cyclonedx_new_standard(bom, w->json.line, &s, err));
	TRY(import_walk_members(w, fields, s, err));
	return import_cyclonedx_end_standard(s, err);
}

enum status import_cyclonedx_definitions(struct import_walk *w, void *bom, struct err *err)
{
	static const struct import_walk_field fields[] = {ARRAY("standards", read_standard), END};
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "definitions (an object)", err);
	return import_walk_members(w, fields, bom, err);
}

/* ---- assessors and targets ---- */

static enum status read_party(struct import_walk *w, struct import_cyclonedx *b, str sort,
			      const struct import_walk_field *fields, struct err *err)
{
	struct import_cyclonedx_party p = {.ref = {NULL, 0}};
	int64_t line = w->json.line;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an object", err);
	TRY(import_walk_members(w, fields, &p, err));
	return import_cyclonedx_end_party(b, sort, &p, line, err);
}

static enum status read_assessor(struct import_walk *w, void *bom, struct err *err)
{
	static const struct import_walk_field organization[] = {TEXT("name", import_cyclonedx_party, name), END};
	static const struct import_walk_field fields[] = {TEXT("bom-ref", import_cyclonedx_party, ref),
							  OBJECT("organization", organization), END};
	return read_party(w, bom, IMPORT_CYCLONEDX_ASSESSOR, fields, err);
}

/* An organisation, a component or a service. */
static enum status read_target(struct import_walk *w, void *bom, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    TEXT("bom-ref", import_cyclonedx_party, ref), TEXT("group", import_cyclonedx_party, group),
	    TEXT("name", import_cyclonedx_party, name), TEXT("purl", import_cyclonedx_party, purl), END};
	return read_party(w, bom, IMPORT_CYCLONEDX_TARGET, fields, err);
}

/* ---- evidence ---- */

static enum status read_moment(struct import_walk *w, struct import_cyclonedx *b, struct import_cyclonedx_moment *out,
			       struct err *err)
{
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event == JSON_STRING && import_cyclonedx_take_moment(b, w->json.text, w->json.line, out))
		return OK;
	return json_expected(&w->json, "a time in ISO 8601, such as 2026-04-03T10:00:00Z,", err);
}

static enum status read_created(struct import_walk *w, void *evidence, struct err *err)
{
	struct import_cyclonedx_evidence *e = evidence;
	return read_moment(w, e->bom, &e->created, err);
}

static enum status read_expires(struct import_walk *w, void *evidence, struct err *err)
{
	struct import_cyclonedx_evidence *e = evidence;
	return read_moment(w, e->bom, &e->expires, err);
}

static enum status read_description(struct import_walk *w, void *evidence, struct err *err)
{
	return import_walk_line(w, &((struct import_cyclonedx_evidence *)evidence)->description, err);
}

/* The first ones. */
static enum status read_data_name(struct import_walk *w, void *evidence, struct err *err)
{
	struct import_cyclonedx_evidence *e = evidence;
	return e->data.n ? json_skip(&w->json, err) : import_walk_line(w, &e->data, err);
}

static enum status read_url(struct import_walk *w, void *evidence, struct err *err)
{
	struct import_cyclonedx_evidence *e = evidence;
	return e->url.n ? json_skip(&w->json, err) : import_walk_text(w, &e->url, err);
}

static enum status read_attachment(struct import_walk *w, void *evidence, struct err *err)
{
	struct import_cyclonedx_evidence *e = evidence;
	bool filled;
	TRY(import_bom_filled(w, &filled, err));
	e->attached = e->attached || filled;
	return OK;
}

static enum status read_data(struct import_walk *w, void *evidence, struct err *err)
{
	static const struct import_walk_field contents[] = {CALL("url", read_url), CALL("attachment", read_attachment),
							    END};
	static const struct import_walk_field fields[] = {CALL("name", read_data_name), OBJECT("contents", contents),
							  END};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "data of evidence (an object)", err);
	return import_walk_members(w, fields, evidence, err);
}

static enum status read_evidence(struct import_walk *w, void *bom, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT("bom-ref", import_cyclonedx_evidence, ref),
							  TEXT("propertyName", import_cyclonedx_evidence, property),
							  CALL("description", read_description),
							  ARRAY("data", read_data),
							  CALL("created", read_created),
							  CALL("expires", read_expires),
							  END};
	struct import_cyclonedx_evidence e = {.bom = bom};
	int64_t line = w->json.line;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "evidence (an object)", err);
	TRY(import_walk_members(w, fields, &e, err));
	return import_cyclonedx_end_evidence(&e, line, err);
}

/* ---- claims ---- */

static enum status read_claim_evidence(struct import_walk *w, void *claim, struct err *err)
{
	struct import_cyclonedx_claim *c = claim;
	return read_link(w, c->bom, &c->evidence, err);
}

static enum status read_counter_evidence(struct import_walk *w, void *claim, struct err *err)
{
	((struct import_cyclonedx_claim *)claim)->countered = true;
	return check_ref(w, err);
}

static enum status read_claim(struct import_walk *w, void *bom, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    TEXT("bom-ref", import_cyclonedx_claim, ref), TEXT("target", import_cyclonedx_claim, target),
	    ARRAY("evidence", read_claim_evidence), ARRAY("counterEvidence", read_counter_evidence), END};
	struct import_cyclonedx_claim c = {.bom = bom};
	int64_t line = w->json.line;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a claim (an object)", err);
	TRY(import_walk_members(w, fields, &c, err));
	return import_cyclonedx_end_claim(&c, line, err);
}

/* ---- attestations ---- */

static enum status read_attested_claim(struct import_walk *w, void *attested, struct err *err)
{
	struct import_cyclonedx_attested *m = attested;
	return read_link(w, m->attestation->bom, &m->claims, err);
}

static enum status read_counter_claim(struct import_walk *w, void *attested, struct err *err)
{
	((struct import_cyclonedx_attested *)attested)->countered = true;
	return check_ref(w, err);
}

static enum status read_score(struct import_walk *w, void *attested, struct err *err)
{
	struct import_cyclonedx_attested *m = attested;
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event == JSON_NUMBER && import_cyclonedx_take_score(w->json.text, &m->score))
		return OK;
	return json_expected(&w->json, "a score from 0 to 1 (a number)", err);
}

static enum status read_attested(struct import_walk *w, void *attestation, struct err *err)
{
	static const struct import_walk_field conformance[] = {CALL("score", read_score), END};
	static const struct import_walk_field fields[] = {
	    TEXT("requirement", import_cyclonedx_attested, requirement), ARRAY("claims", read_attested_claim),
	    ARRAY("counterClaims", read_counter_claim), OBJECT("conformance", conformance), END};
	struct import_cyclonedx_attested *m = NULL;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an entry of a map (an object)", err);
	TRY(import_cyclonedx_new_attested(attestation, w->json.line, &m, err));
	return import_walk_members(w, fields, m, err);
}

static enum status read_attestation(struct import_walk *w, void *bom, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT("assessor", import_cyclonedx_attestation, assessor),
							  ARRAY("map", read_attested), END};
	struct import_cyclonedx_attestation *a = NULL;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an attestation (an object)", err);
	TRY(import_cyclonedx_new_attestation(bom, w->json.line, &a, err));
	return import_walk_members(w, fields, a, err);
}

enum status import_cyclonedx_declarations(struct import_walk *w, void *bom, struct err *err)
{
	static const struct import_walk_field targets[] = {
	    ARRAY("organizations", read_target), ARRAY("components", read_target), ARRAY("services", read_target), END};
	static const struct import_walk_field fields[] = {
	    ARRAY("assessors", read_assessor), ARRAY("attestations", read_attestation),
	    ARRAY("claims", read_claim),       ARRAY("evidence", read_evidence),
	    OBJECT("targets", targets),        END};
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "declarations (an object)", err);
	return import_walk_members(w, fields, bom, err);
}
