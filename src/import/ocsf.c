#include "import/ocsf.h"

#include <stddef.h>
#include <string.h>

#include "base/limits.h"
#include "import/lines.h"

#define IN_FINDING(member) offsetof(struct import_ocsf_finding, member)
#define IN_RESOURCE(member) offsetof(struct import_ocsf_resource, member)
#define TEXT(name, member)                                                                                             \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_TEXT, .at = IN_FINDING(member)                                     \
	}
#define INT(name, member)                                                                                              \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_INT, .at = IN_FINDING(member)                                      \
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

/* ---- one finding ---- */

/* A number; or, by some producers, a text like time_dt. */
static enum status read_time(struct import_walk *w, void *record, struct err *err)
{
	struct import_ocsf_finding *f = record;
	if (w->json.event == JSON_STRING)
		return import_walk_text(w, &f->time_text, err);
	return import_walk_int(w, &f->time, err);
}

/* The first type that is a text. */
static enum status read_type(struct import_walk *w, void *record, struct err *err)
{
	struct import_ocsf_finding *f = record;
	if (f->type.n || w->json.event != JSON_STRING)
		return json_skip(&w->json, err);
	return import_walk_text(w, &f->type, err);
}

static enum status read_category(struct import_walk *w, void *record, struct err *err)
{
	struct import_ocsf_finding *f = record;
	if (w->json.event == JSON_STRING && str_eq(w->json.text, S("gen-ai")))
		f->gen_ai = true;
	return json_skip(&w->json, err);
}

static enum status read_profile(struct import_walk *w, void *record, struct err *err)
{
	struct import_ocsf_finding *f = record;
	if (w->json.event == JSON_STRING && str_eq(w->json.text, S("container")))
		f->in_container = true;
	return json_skip(&w->json, err);
}

static enum status read_resource(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field group[] = {
	    {.key = S("name"), .type = IMPORT_WALK_TEXT, .at = IN_RESOURCE(group)}, END};
	static const struct import_walk_field resource[] = {
	    {.key = S("uid"), .type = IMPORT_WALK_TEXT, .at = IN_RESOURCE(uid)},
	    {.key = S("name"), .type = IMPORT_WALK_TEXT, .at = IN_RESOURCE(name)},
	    {.key = S("type"), .type = IMPORT_WALK_TEXT, .at = IN_RESOURCE(type)},
	    {.key = S("region"), .type = IMPORT_WALK_TEXT, .at = IN_RESOURCE(region)},
	    {.key = S("namespace"), .type = IMPORT_WALK_TEXT, .at = IN_RESOURCE(name_space)},
	    OBJECT("group", group),
	    END};
	struct import_ocsf_finding *f = record;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a resource", err);
	struct import_ocsf_resource *r = arena_new(w->texts, struct import_ocsf_resource, 1);
	if (!r)
		return err_full(err);
	if (f->last_resource)
		f->last_resource->next = r;
	else
		f->resources = r;
	f->last_resource = r;
	return import_walk_members(w, resource, r, err);
}

/* The old singular `resource`; null is none. */
static enum status read_old_resource(struct import_walk *w, void *record, struct err *err)
{
	return w->json.event == JSON_NULL ? OK : read_resource(w, record, err);
}

/* What is `unmapped` is the producer's own: where it has another form it is passed over. */
static enum status read_unmapped(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field unmapped[] = {ARRAY("categories", read_category),
							    TEXT("provider", unmapped_provider),
							    TEXT("provider_uid", unmapped_account), END};
	if (w->json.event != JSON_OBJECT)
		return json_skip(&w->json, err);
	return import_walk_members(w, unmapped, record, err);
}

static enum status read_finding(struct import_walk *w, struct import_ocsf_finding *f, struct err *err)
{
	static const struct import_walk_field product[] = {TEXT("name", product), END};
	static const struct import_walk_field metadata[] = {TEXT("event_code", event_code), OBJECT("product", product),
							    ARRAY("profiles", read_profile), END};
	static const struct import_walk_field analytic[] = {TEXT("uid", analytic_uid), TEXT("name", analytic_name),
							    END};
	static const struct import_walk_field info[] = {TEXT("title", title), TEXT("uid", uid),
							ARRAY("types", read_type), OBJECT("analytic", analytic), END};
	static const struct import_walk_field account[] = {TEXT("uid", account), END};
	static const struct import_walk_field cloud[] = {TEXT("provider", cloud_provider), TEXT("region", cloud_region),
							 OBJECT("account", account), END};
	static const struct import_walk_field compliance[] = {
	    TEXT("status", compliance_status), TEXT("status_code", compliance_status_code), TEXT("control", control),
	    INT("status_id", compliance_status_id), END};
	static const struct import_walk_field finding[] = {INT("class_uid", class_uid),
							   CALL("time", read_time),
							   TEXT("time_dt", time_dt),
							   TEXT("severity", severity),
							   INT("severity_id", severity_id),
							   TEXT("status", status),
							   INT("status_id", status_id),
							   TEXT("status_code", status_code),
							   OBJECT("metadata", metadata),
							   OBJECT("finding_info", info),
							   OBJECT("cloud", cloud),
							   OBJECT("compliance", compliance),
							   ARRAY("resources", read_resource),
							   CALL("resource", read_old_resource),
							   CALL("unmapped", read_unmapped),
							   END};
	return import_walk_members(w, finding, f, err);
}

/* ---- the file ---- */

static enum status read_one(struct import_walk *w, void *record, struct err *err)
{
	struct import_ocsf *o = record;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a finding (an object)", err);
	struct import_ocsf_finding f = {.record = ++o->in->facts->records, .line = w->json.line};
	enum status status = read_finding(w, &f, err);
	if (status == OK)
		status = import_ocsf_row(o, &f, err);
	arena_release(&o->scratch);
	return status;
}

static enum status read_values(struct import_ocsf *o, struct err *err)
{
	struct import_walk *w = &o->walk;
	bool any = false;
	for (;; any = true) {
		TRY(json_next(&w->json, err));
		if (w->json.event == JSON_END)
			break;
		TRY(w->json.event == JSON_ARRAY ? import_walk_each(w, read_one, o, err) : read_one(w, o, err));
	}
	return any ? OK : json_expected(&w->json, "a list of findings, not an empty file,", err);
}

static enum status warn(const struct import_ocsf *o, struct err *err)
{
	const struct import_input *in = o->in;
	TRY(import_flaw_warn(in, &o->seconds, S("time is in seconds, where OCSF has milliseconds: read as seconds"),
			     err));
	TRY(import_flaw_warn(in, &o->no_zone, S("a time names no zone: taken as UTC"), err));
	TRY(import_flaw_warn(in, &o->no_time, S("a finding has no time"), err));
	TRY(import_flaw_warn(in, &o->no_status, S("a finding says neither pass nor fail: its status stays unknown"),
			     err));
	TRY(import_flaw_warn(
	    in, &o->no_account,
	    S("a finding names no account or cluster: when several are imported for one unit, give each "
	      "its own --feed"),
	    err));
	return import_seen_warn(&o->rows, in, "finding", err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct import_ocsf *o = arena_new(in->arena, struct import_ocsf, 1);
	if (!o)
		return err_full(err);
	*o = (struct import_ocsf){.in = in, .scratch = ARENA(LIMIT_RECORD_BYTES), .rows.seen.arena = in->arena};
	o->walk.texts = &o->scratch;
	TRY(import_lines_open(&o->walk.json, in, err));
	TRY(read_values(o, err));
	return warn(o, err);
}

static int sniff(str head, bool complete)
{
	(void)complete;
	if (import_walk_is(head, S("class_uid"), S("2004")) || import_walk_is(head, S("class_uid"), S("2003")))
		return 100;
	/* class_uid may stand behind the end of the head; another class is ours to refuse by name. */
	if (import_walk_has(head, S("class_uid")))
		return 60;
	if (!import_walk_has(head, S("metadata")))
		return 0;
	return import_walk_has(head, S("finding_info")) || import_walk_has(head, S("severity_id")) ||
		       import_walk_has(head, S("status_code"))
		   ? 80
		   : 0;
}

const struct import_format import_ocsf = {.name = S("ocsf"),
					  .title = S("OCSF findings, JSON (Prowler)"),
					  .kinds = EVIDENCE_BIT(EVIDENCE_POSTURE),
					  .always = EVIDENCE_BIT(EVIDENCE_POSTURE),
					  .sniff = sniff,
					  .read = read_file};
