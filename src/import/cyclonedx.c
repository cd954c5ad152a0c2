#include "import/cyclonedx.h"

#include <stddef.h>

#include "import/cyclonedx_declaration.h"
#include "import/lines.h"

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

struct affected_version {
	str status;
};

static enum status read_version(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT("status", offsetof(struct affected_version, status)),
							  END};
	struct affected_version version = {{NULL, 0}};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an object", err);
	TRY(import_walk_members(w, fields, &version, err));
	import_cyclonedx_take_affected_version(record, version.status);
	return OK;
}

static enum status read_affected(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT("ref", offsetof(struct import_cyclonedx_affected, ref)),
							  ARRAY("versions", read_version), END};
	struct import_cyclonedx_vulnerability *v = record;
	struct import_cyclonedx_affected *a = arena_new(w->texts, struct import_cyclonedx_affected, 1);
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

static enum status read_vulnerability_members(struct import_walk *w, struct import_cyclonedx_vulnerability *v,
					      struct err *err)
{
	static const struct import_walk_field analysis[] = {
	    TEXT("state", offsetof(struct import_cyclonedx_vulnerability, state)), END};
	static const struct import_walk_field fields[] = {
	    TEXT("bom-ref", offsetof(struct import_cyclonedx_vulnerability, ref)), OBJECT("analysis", analysis),
	    ARRAY("affects", read_affected), END};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a vulnerability (an object)", err);
	return import_walk_members(w, fields, v, err);
}

static enum status read_vulnerability(struct import_walk *w, void *record, struct err *err)
{
	struct import_cyclonedx *b = record;
	struct arena scratch = ARENA(LIMIT_RECORD_BYTES), *file = w->texts;
	struct import_cyclonedx_vulnerability v = {0};
	int64_t line = w->json.line;
	w->texts = &scratch;
	enum status status = read_vulnerability_members(w, &v, err);
	w->texts = file;
	if (status == OK)
		status = import_cyclonedx_take_vulnerability(b, &v, line, err);
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
	struct import_cyclonedx_service *s = NULL;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a service (an object)", err);
	TRY(import_cyclonedx_new_service(record, w->json.line, &s, err));
	TRY(import_walk_members(w, fields, s, err));
	return import_cyclonedx_end_service(s, err);
}

/* ---- the bill ---- */

static enum status read_timestamp(struct import_walk *w, void *record, struct err *err)
{
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event == JSON_STRING && import_cyclonedx_take_time(record, w->json.text, w->json.line))
		return OK;
	return json_expected(&w->json, "a time in ISO 8601, such as 2026-04-03T10:00:00Z,", err);
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
	char shown[IMPORT_WALK_SHOW];
	str version = {NULL, 0};
	TRY(import_walk_text(w, &version, err));
	if (import_cyclonedx_take_version(record, version, w->json.line))
		return OK;
	(void)json_expected(&w->json, "a specVersion from 1.2 to 1.7", err);
	err_detail(err, "found \"%s\"", import_walk_show(version, shown));
	return E_INVALID;
}

static enum status read_json(struct import_cyclonedx *b, struct err *err)
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
							CALL("definitions", import_cyclonedx_definitions),
							CALL("declarations", import_cyclonedx_declarations),
							END};
	static const struct import_walk_field subject[] = {CALL("component", import_cyclonedx_component_subject), END};
	static const struct import_walk_field again[] = {OBJECT("metadata", subject),
							 ARRAY("components", import_cyclonedx_component), END};
	struct import_walk *w = &b->walk;
	TRY(json_open(&w->json, b->in->from, b->in->arena, err));
	TRY(json_next(&w->json, err));
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a bill of materials (an object)", err);
	TRY(import_walk_members(w, b->second ? again : bill, b, err));
	if (!b->format.n)
		return json_expected(&w->json, "a member bomFormat", err);
	if (!b->version.n)
		return json_expected(&w->json, "a member specVersion", err);
	return json_next(&w->json, err);
}

/* Between the passes: the second meets the same flaws again. */
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
	return import_flaw_warn(in, &b->bare_dataset, S("a dataset is a bare name"), err);
}

/* The subject of the bill and parts of other bills have no row of a component here. */
static enum status warn_unclaimed(const struct import_cyclonedx *b, struct err *err)
{
	struct import_flaw unclaimed = {.count = (int64_t)(b->affects.n - b->claimed)};
	if (b->claimed >= b->affects.n)
		return OK;
	return import_flaw_warn(
	    b->in, &unclaimed, S("what a vulnerability affects is no component of this bill: it counts for none"), err);
}

static void release_scratch(void *scratch)
{
	arena_release(scratch);
}

static enum status open_bill(struct import_cyclonedx *b, struct import_input *in, struct err *err)
{
	*b = (struct import_cyclonedx){.in = in,
				       .scratch = ARENA(in->arena->limit_bytes),
				       .refs.arena = in->arena,
				       .affects.arena = in->arena,
				       .ids.arena = in->arena,
				       .rows.seen.arena = in->arena};
	import_cyclonedx_texts(b, in->arena);
	return arena_defer(in->arena, release_scratch, &b->scratch) ? OK : err_full(err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	str head = {NULL, 0}, whole = in->from->text;
	struct import_cyclonedx *b = arena_new(in->arena, struct import_cyclonedx, 1);
	if (!b)
		return err_full(err);
	TRY(open_bill(b, in, err));
	TRY(import_cyclonedx_open_declared(b, err));
	TRY(import_lines_head(in, &head, err));
	bool markup = import_element_is_markup(head);
	TRY(markup ? import_cyclonedx_xml(b, err) : read_json(b, err));
	import_cyclonedx_check_references(b);
	import_seen_release(&b->refs);
	if (!in->facts->has_time)
		import_flaw_note(&b->no_time, 0);
	TRY(warn(b, err));
	TRY(import_cyclonedx_identify(b, err));
	b->second = true;
	in->facts->records = 0;
	TRY(source_rewind(in->from, whole, err));
	TRY(markup ? import_cyclonedx_xml(b, err) : read_json(b, err));
	TRY(import_cyclonedx_push_rest(b, err));
	TRY(import_seen_warn(&b->rows, in, "component", err));
	TRY(warn_unclaimed(b, err));
	return import_cyclonedx_answers(b, err);
}

static int sniff(str head, bool complete)
{
	(void)complete;
	if (import_walk_shape(head) != IMPORT_WALK_IS_OBJECT)
		return import_element_root_is(head, S("bom"), import_cyclonedx_namespace) ? 100 : 0;
	if (import_walk_is(head, S("bomFormat"), S("CycloneDX")))
		return 100;
	/* bomFormat may stand behind the end of the head. */
	if (import_walk_has(head, S("bomFormat")))
		return 60;
	return import_walk_has(head, S("specVersion")) ? 50 : 0;
}

const struct import_format import_cyclonedx = {
    .name = S("cyclonedx"),
    .title = S("CycloneDX bill of materials, JSON or XML"),
    .kinds = EVIDENCE_BIT(EVIDENCE_COMPONENT) | EVIDENCE_BIT(EVIDENCE_MODEL) | EVIDENCE_BIT(EVIDENCE_DATASET) |
	     EVIDENCE_BIT(EVIDENCE_PROVIDER) | EVIDENCE_BIT(EVIDENCE_CONTROL_ANSWER),
    .always = EVIDENCE_BIT(EVIDENCE_COMPONENT),
    .sniff = sniff,
    .read = read_file};
