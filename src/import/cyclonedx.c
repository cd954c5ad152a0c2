#include "import/cyclonedx.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/time.h"

#define AT(member) offsetof(struct import_cyclonedx, member)
#define IN_SERVICE(member) offsetof(struct import_cyclonedx_service, member)
#define TEXT(name, offset)                                                                                             \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_TEXT, .at = (offset)                                               \
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

/* ---- bom-refs ---- */

enum status import_cyclonedx_define(struct import_cyclonedx *b, str ref, int64_t line, struct err *err)
{
	struct import_seen_entry *e;
	TRY(import_seen_add(&b->refs, S("ref"), ref, &e, err));
	if (e->count > 1)
		import_flaw_note(&b->double_ref, line);
	return OK;
}

/* A BOM-Link ("urn:cdx:serial/version#ref") may lead into another bill. */
static bool is_bom_link(str ref)
{
	return str_starts(ref, S("urn:cdx:"));
}

enum status import_cyclonedx_refer(struct import_cyclonedx *b, str ref, int64_t line, struct err *err)
{
	struct import_seen_entry *e;
	if (!ref.n || is_bom_link(ref))
		return OK;
	TRY(import_seen_add(&b->refs, S("reference"), ref, &e, err));
	if (e->count > 1)
		return OK;
	struct import_cyclonedx_reference *r = arena_new(b->in->arena, struct import_cyclonedx_reference, 1);
	if (!r)
		return err_full(err);
	*r = (struct import_cyclonedx_reference){b->references, str_copy(b->in->arena, ref), line};
	b->references = r;
	return r->ref.p ? OK : err_full(err);
}

static void check_references(struct import_cyclonedx *b)
{
	for (const struct import_cyclonedx_reference *r = b->references; r; r = r->next) {
		if (import_seen_find(&b->refs, S("ref"), r->ref))
			continue;
		import_flaw_note(&b->dangling, r->line);
		/* The list is newest first. */
		b->dangling.first_line = r->line;
	}
}

/* ---- dependencies ---- */

static enum status read_dependency_ref(struct import_walk *w, void *record, struct err *err)
{
	struct import_cyclonedx *b = record;
	if (w->json.event != JSON_STRING)
		return json_expected(&w->json, "a bom-ref (a text)", err);
	return import_cyclonedx_refer(b, w->json.text, w->json.line, err);
}

static enum status read_dependency(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {CALL("ref", read_dependency_ref),
							  ARRAY("dependsOn", read_dependency_ref),
							  ARRAY("provides", read_dependency_ref), END};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a dependency (an object)", err);
	return import_walk_members(w, fields, record, err);
}

/* ---- vulnerabilities ---- */

struct affected {
	struct affected *next;
	str ref, status;
	int64_t line;
	bool maybe; /* some version of it is not said to be unaffected */
	int64_t versions;
};

struct vulnerability {
	str state, ref;
	struct affected *affects;
};

static enum status read_version(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT("status", offsetof(struct affected, status)), END};
	struct affected *a = record;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an object", err);
	a->status = (str){NULL, 0};
	a->versions++;
	TRY(import_walk_members(w, fields, a, err));
	a->maybe = a->maybe || !str_eq(a->status, S("unaffected"));
	return OK;
}

static enum status read_affected(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT("ref", offsetof(struct affected, ref)),
							  ARRAY("versions", read_version), END};
	struct vulnerability *v = record;
	struct affected *a = arena_new(w->texts, struct affected, 1);
	if (!a)
		return err_full(err);
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an object", err);
	a->line = w->json.line;
	TRY(import_walk_members(w, fields, a, err));
	a->next = v->affects;
	v->affects = a;
	return OK;
}

static bool is_ruled_out(str state)
{
	static const str states[] = {S("not_affected"), S("false_positive"), S("resolved"),
				     S("resolved_with_pedigree")};
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (str_eq(state, states[i]))
			return true;
	return false;
}

/* Counts the vulnerability once for every component that it may affect. */
static enum status count_affected(struct import_cyclonedx *b, const struct vulnerability *v, struct err *err)
{
	for (const struct affected *a = v->affects; a; a = a->next) {
		struct import_seen_entry *e;
		str ref = a->ref, link;
		TRY(import_cyclonedx_refer(b, ref, a->line, err));
		if (is_ruled_out(v->state) || (a->versions && !a->maybe))
			continue;
		if (is_bom_link(ref))
			str_cut(ref, '#', &link, &ref);
		TRY(import_seen_add(&b->refs, S("affects"), ref, &e, err));
		if (e->line == b->vulnerability)
			e->count--;
		e->line = b->vulnerability;
	}
	return OK;
}

static enum status read_vulnerability_members(struct import_walk *w, struct vulnerability *v, struct err *err)
{
	static const struct import_walk_field analysis[] = {TEXT("state", offsetof(struct vulnerability, state)), END};
	static const struct import_walk_field fields[] = {TEXT("bom-ref", offsetof(struct vulnerability, ref)),
							  OBJECT("analysis", analysis), ARRAY("affects", read_affected),
							  END};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a vulnerability (an object)", err);
	return import_walk_members(w, fields, v, err);
}

static enum status read_vulnerability(struct import_walk *w, void *record, struct err *err)
{
	struct import_cyclonedx *b = record;
	struct arena scratch = ARENA(LIMIT_RECORD_BYTES), *file = w->texts;
	struct vulnerability v = {0};
	int64_t line = w->json.line;
	b->vulnerability++;
	w->texts = &scratch;
	enum status status = read_vulnerability_members(w, &v, err);
	w->texts = file;
	if (status == OK && v.ref.n)
		status = import_cyclonedx_define(b, v.ref, line, err);
	if (status == OK)
		status = count_affected(b, &v, err);
	arena_release(&scratch);
	return status;
}

static enum status read_vulnerabilities(struct import_walk *w, void *record, struct err *err)
{
	struct import_cyclonedx *b = record;
	b->has_vulnerabilities = w->json.event == JSON_ARRAY;
	return import_walk_each(w, read_vulnerability, b, err);
}

/* ---- services ---- */

static enum status read_service(struct import_walk *w, void *record, struct err *err);

static enum status read_nested_service(struct import_walk *w, void *record, struct err *err)
{
	const struct import_cyclonedx_service *parent = record;
	return read_service(w, parent->bom, err);
}

static enum status read_service(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field provider[] = {TEXT("name", IN_SERVICE(provider)), END};
	static const struct import_walk_field fields[] = {
	    TEXT("group", IN_SERVICE(group)), TEXT("name", IN_SERVICE(name)),         TEXT("bom-ref", IN_SERVICE(ref)),
	    OBJECT("provider", provider),     ARRAY("services", read_nested_service), END};
	struct import_cyclonedx *b = record;
	struct import_cyclonedx_service *s = arena_new(b->in->arena, struct import_cyclonedx_service, 1);
	if (!s)
		return err_full(err);
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a service (an object)", err);
	*s = (struct import_cyclonedx_service){.bom = b, .line = w->json.line};
	if (b->last_service)
		b->last_service->next = s;
	else
		b->first_service = s;
	b->last_service = s;
	TRY(import_walk_members(w, fields, s, err));
	if (s->name.n)
		return s->ref.n ? import_cyclonedx_define(b, s->ref, s->line, err) : OK;
	err_set(err, E_INVALID, "a service without a name");
	err_at(err, b->in->from->name, s->line, 0);
	return E_INVALID;
}

/* ---- the bill ---- */

static enum status read_timestamp(struct import_walk *w, void *record, struct err *err)
{
	struct import_cyclonedx *b = record;
	struct import_facts *facts = b->in->facts;
	bool has_zone;
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_STRING || !time_parse_zone(w->json.text, &facts->observed_ms, &has_zone))
		return json_expected(&w->json, "a time in ISO 8601, such as 2026-04-03T10:00:00Z,", err);
	facts->has_time = true;
	if (!has_zone)
		import_flaw_note(&b->no_zone, w->json.line);
	return OK;
}

/* The place stands at the value, so a wrong one is refused before the rest is read. */
static enum status read_format(struct import_walk *w, void *record, struct err *err)
{
	struct import_cyclonedx *b = record;
	if (w->json.event != JSON_STRING || !str_eq(w->json.text, S("CycloneDX")))
		return json_expected(&w->json, "\"CycloneDX\" as bomFormat", err);
	return import_walk_text(w, &b->format, err);
}

static enum status read_version_of(struct import_walk *w, void *record, struct err *err)
{
	static const str old[] = {S("1.2"), S("1.3"), S("1.4")}, now[] = {S("1.5"), S("1.6"), S("1.7")};
	struct import_cyclonedx *b = record;
	TRY(import_walk_text(w, &b->version, err));
	for (size_t i = 0; i < sizeof now / sizeof *now; i++) {
		if (str_eq(b->version, now[i]))
			return OK;
		if (!str_eq(b->version, old[i]))
			continue;
		import_flaw_note(&b->old, w->json.line);
		return OK;
	}
	char shown[IMPORT_WALK_SHOW];
	(void)json_expected(&w->json, "a specVersion from 1.2 to 1.7", err);
	err_detail(err, "found \"%s\"", import_walk_show(b->version, shown));
	return E_INVALID;
}

static enum status read_bill(struct import_cyclonedx *b, struct err *err)
{
	static const struct import_walk_field metadata[] = {CALL("timestamp", read_timestamp),
							    CALL("component", import_cyclonedx_component_subject), END};
	static const struct import_walk_field bill[] = {CALL("bomFormat", read_format),
							CALL("specVersion", read_version_of),
							TEXT("serialNumber", AT(serial)),
							OBJECT("metadata", metadata),
							ARRAY("components", import_cyclonedx_component),
							ARRAY("services", read_service),
							ARRAY("dependencies", read_dependency),
							CALL("vulnerabilities", read_vulnerabilities),
							END};
	struct import_walk *w = &b->walk;
	TRY(json_next(&w->json, err));
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a bill of materials (an object)", err);
	TRY(import_walk_members(w, bill, b, err));
	if (!b->format.n)
		return json_expected(&w->json, "a member bomFormat", err);
	if (!b->version.n)
		return json_expected(&w->json, "a member specVersion", err);
	return json_next(&w->json, err);
}

static enum status warn(const struct import_cyclonedx *b, struct err *err)
{
	const struct import_input *in = b->in;
	TRY(import_flaw_warn(in, &b->old, S("the bill's version is older than 1.5: it cannot tell models from code"),
			     err));
	TRY(import_flaw_warn(in, &b->no_time, S("the bill has no metadata.timestamp"), err));
	TRY(import_flaw_warn(in, &b->no_zone, S("a time names no zone: taken as UTC"), err));
	TRY(import_flaw_warn(in, &b->dangling, S("a reference leads to no component or service of the bill"), err));
	TRY(import_flaw_warn(in, &b->double_ref, S("a bom-ref stands twice"), err));
	TRY(import_flaw_warn(in, &b->type, S("a component has a type that CycloneDX does not know"), err));
	TRY(import_flaw_warn(in, &b->hash, S("a hash is no digest in hexadecimal: not counted"), err));
	TRY(import_flaw_warn(in, &b->bare_dataset, S("a dataset is a bare name"), err));
	return import_seen_warn(&b->rows, in, "component", err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct import_cyclonedx *b = arena_new(in->arena, struct import_cyclonedx, 1);
	if (!b)
		return err_full(err);
	*b = (struct import_cyclonedx){
	    .in = in, .walk.texts = in->arena, .refs.arena = in->arena, .rows.seen.arena = in->arena};
	TRY(json_open(&b->walk.json, in->from, in->arena, err));
	TRY(read_bill(b, err));
	check_references(b);
	if (!in->facts->has_time)
		import_flaw_note(&b->no_time, 0);
	TRY(import_cyclonedx_rows(b, err));
	return warn(b, err);
}

static int sniff(str head, bool complete)
{
	(void)complete;
	if (import_walk_shape(head) != IMPORT_WALK_IS_OBJECT)
		return 0;
	if (import_walk_is(head, S("bomFormat"), S("CycloneDX")))
		return 100;
	/* bomFormat may stand behind the end of the head. */
	if (import_walk_has(head, S("bomFormat")))
		return 60;
	return import_walk_has(head, S("specVersion")) ? 50 : 0;
}

const struct import_format import_cyclonedx = {.name = S("cyclonedx"),
					       .title = S("CycloneDX bill of materials, JSON"),
					       .kinds = EVIDENCE_BIT(EVIDENCE_COMPONENT) |
							EVIDENCE_BIT(EVIDENCE_MODEL) | EVIDENCE_BIT(EVIDENCE_DATASET) |
							EVIDENCE_BIT(EVIDENCE_PROVIDER),
					       .always = EVIDENCE_BIT(EVIDENCE_COMPONENT),
					       .sniff = sniff,
					       .read = read_file};
