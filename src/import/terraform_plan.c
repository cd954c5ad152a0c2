#include "import/terraform_plan.h"

#include <stddef.h>

#include "base/limits.h"
#include "base/time.h"
#include "import/cloud.h"

#define CALL(name, fn)                                                                                                 \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_CALL, .call = (fn)                                                 \
	}
#define END                                                                                                            \
	{                                                                                                              \
		.key = { NULL, 0 }                                                                                     \
	}

/* ---- one resource ---- */

static enum status read_type(struct import_walk *w, void *resource, struct err *err)
{
	struct import_terraform_resource *r = resource;
	if (w->json.event != JSON_STRING)
		return json_expected(&w->json, "a text", err);
	r->typed = true;
	r->ai = import_cloud_ai(w->json.text);
	r->type = import_terraform_type(w->json.text);
	return OK;
}

/* A replacement is a delete and a create. */
static enum status read_action(struct import_walk *w, void *resource, struct err *err)
{
	static const str staying[] = {S("no-op"), S("create"), S("update")}, going[] = {S("delete"), S("forget")};
	struct import_terraform_resource *r = resource;
	bool known = false;
	if (w->json.event != JSON_STRING)
		return json_expected(&w->json, "an action (a text)", err);
	for (size_t i = 0; i < sizeof staying / sizeof *staying; i++)
		if (str_eq(w->json.text, staying[i]))
			r->stays = known = true;
	for (size_t i = 0; i < sizeof going / sizeof *going; i++)
		if (str_eq(w->json.text, going[i]))
			known = true;
	r->untouched = r->untouched || str_eq(w->json.text, S("no-op"));
	/* What data sources do; they make nothing. */
	if (known || str_eq(w->json.text, S("read")))
		return OK;
	return json_expected(&w->json, "no-op, create, update, delete, forget or read", err);
}

static enum status read_change(struct import_walk *w, void *resource, struct err *err)
{
	static const struct import_walk_field change[] = {
	    {.key = S("actions"), .type = IMPORT_WALK_ARRAY, .call = read_action},
	    CALL("after", import_terraform_after),
	    CALL("after_sensitive", import_terraform_sensitive),
	    END};
	struct import_terraform_resource *r = resource;
	if (!r->typed)
		return json_expected(&w->json, "type before the change, as terraform writes it,", err);
	/* What is not about AI is not looked into. */
	if (!r->ai)
		return json_skip(&w->json, err);
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a change (an object)", err);
	return import_walk_members(w, change, r, err);
}

static enum status take_resource(struct import_walk *w, struct import_terraform_plan *p, struct err *err)
{
#define AT(member) offsetof(struct import_terraform_resource, member)
	static const struct import_walk_field resource[] = {
	    {.key = S("address"), .type = IMPORT_WALK_TEXT, .at = AT(address)},
	    {.key = S("mode"), .type = IMPORT_WALK_TEXT, .at = AT(mode)},
	    CALL("type", read_type),
	    CALL("change", read_change),
	    END};
#undef AT
	struct import_terraform_resource r = {.line = w->json.line};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a resource change (an object)", err);
	TRY(import_walk_members(w, resource, &r, err));
	if (!r.ai || !str_eq(r.mode, S("managed")))
		return OK;
	r.record = ++p->in->facts->records;
	if (!r.address.n) {
		err_set(err, E_INVALID, "a resource change without an address");
		err_at(err, p->in->from->name, r.line, 0);
		return E_INVALID;
	}
	return r.type && r.stays ? import_terraform_rows(p, &r, err) : OK;
}

static enum status read_resource(struct import_walk *w, void *plan, struct err *err)
{
	struct import_terraform_plan *p = plan;
	enum status status = take_resource(w, p, err);
	arena_release(&p->scratch);
	return status;
}

/* ---- the plan ---- */

static enum status read_format(struct import_walk *w, void *plan, struct err *err)
{
	struct import_terraform_plan *p = plan;
	str text = w->json.text;
	p->has_format = true;
	if (w->json.event == JSON_STRING && (str_starts(text, S("0.")) || str_starts(text, S("1."))))
		return OK;
	return json_expected(&w->json, "format_version 0 or 1", err);
}

static enum status read_time(struct import_walk *w, void *plan, struct err *err)
{
	struct import_facts *facts = ((struct import_terraform_plan *)plan)->in->facts;
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_STRING || !time_parse(w->json.text, &facts->observed_ms))
		return json_expected(&w->json, "a time in ISO 8601, such as 2026-04-03T10:00:00Z,", err);
	facts->has_time = true;
	return OK;
}

static enum status read_truth(struct import_walk *w, struct evidence_value *out, struct err *err)
{
	if (w->json.event != JSON_TRUE && w->json.event != JSON_FALSE)
		return json_expected(&w->json, "true or false", err);
	*out = (struct evidence_value){.known = true, .i64 = w->json.event == JSON_TRUE};
	return OK;
}

static enum status read_errored(struct import_walk *w, void *plan, struct err *err)
{
	return read_truth(w, &((struct import_terraform_plan *)plan)->errored, err);
}

static enum status read_complete(struct import_walk *w, void *plan, struct err *err)
{
	return read_truth(w, &((struct import_terraform_plan *)plan)->complete, err);
}

static enum status note_changes(struct import_walk *w, void *plan, struct err *err)
{
	((struct import_terraform_plan *)plan)->has_changes = true;
	return json_skip(&w->json, err);
}

static enum status note_values(struct import_walk *w, void *plan, struct err *err)
{
	((struct import_terraform_plan *)plan)->is_state = true;
	return json_skip(&w->json, err);
}

static enum status read_whole(struct import_terraform_plan *p, const struct import_walk_field *fields, struct err *err)
{
	struct import_walk *w = &p->walk;
	TRY(json_open(&w->json, p->in->from, p->in->arena, err));
	TRY(json_next(&w->json, err));
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a plan (an object)", err);
	TRY(import_walk_members(w, fields, p, err));
	return json_next(&w->json, err);
}

static enum status refuse(const struct import_terraform_plan *p, const char *message, const char *hint, struct err *err)
{
	err_set(err, E_INVALID, "%s", message);
	err_at(err, p->in->from->name, 1, 0);
	err_hint(err, "%s", hint);
	return E_INVALID;
}

static enum status check_plan(struct import_terraform_plan *p, struct err *err)
{
	static const char how[] = "terraform plan -out=FILE, then terraform show -json FILE";
	if (!p->has_format)
		return refuse(p, "a plan without format_version", how, err);
	if (p->is_state && !p->has_changes)
		return refuse(p, "this is a state, where a plan was expected", how, err);
	if (p->errored.known && p->errored.i64)
		return refuse(p, "the plan ended in an error, so it does not show all resources",
			      "mend the error and plan again", err);
	if (p->complete.known && !p->complete.i64)
		import_flaw_note(&p->partial, 0);
	if (!p->in->facts->has_time)
		import_flaw_note(&p->no_time, 0);
	return OK;
}

static enum status warn(const struct import_terraform_plan *p, struct err *err)
{
	const struct import_input *in = p->in;
	TRY(import_flaw_warn(
	    in, &p->partial,
	    S("the plan covers a part of the configuration (-target or deferred changes): what it does "
	      "not show counts as gone"),
	    err));
	TRY(import_flaw_warn(in, &p->no_time, S("the plan has no timestamp"), err));
	return import_seen_warn(&p->rows, in, "resource", err);
}

/* Read twice: the time and whether the plan is whole stand behind the resources. */
static enum status read_file(struct import_input *in, struct err *err)
{
	static const struct import_walk_field head[] = {CALL("format_version", read_format),
							CALL("timestamp", read_time),
							CALL("errored", read_errored),
							CALL("complete", read_complete),
							CALL("resource_changes", note_changes),
							CALL("values", note_values),
							END};
	static const struct import_walk_field changes[] = {
	    {.key = S("resource_changes"), .type = IMPORT_WALK_ARRAY, .call = read_resource}, END};
	struct import_terraform_plan *p = arena_new(in->arena, struct import_terraform_plan, 1);
	str text = in->from->text;
	if (!p)
		return err_full(err);
	*p = (struct import_terraform_plan){
	    .in = in, .scratch = ARENA(LIMIT_RECORD_BYTES), .models.arena = in->arena, .rows.seen.arena = in->arena};
	p->walk.texts = &p->scratch;
	TRY(read_whole(p, head, err));
	TRY(check_plan(p, err));
	TRY(source_rewind(in->from, text, err));
	TRY(read_whole(p, changes, err));
	return warn(p, err);
}

static int sniff(str head, bool complete)
{
	(void)complete;
	if (import_walk_shape(head) != IMPORT_WALK_IS_OBJECT || !import_walk_has(head, S("format_version")) ||
	    !import_walk_has(head, S("terraform_version")))
		return 0;
	return 100;
}

const struct import_format import_terraform_plan = {
    .name = S("terraform_plan"),
    .title = S("Terraform plan, JSON"),
    .secrets = true,
    .kinds = EVIDENCE_BIT(EVIDENCE_AGENT) | EVIDENCE_BIT(EVIDENCE_MODEL) | EVIDENCE_BIT(EVIDENCE_HOST) |
	     EVIDENCE_BIT(EVIDENCE_GUARDRAIL) | EVIDENCE_BIT(EVIDENCE_VECTOR_STORE) |
	     EVIDENCE_BIT(EVIDENCE_LOG_SOURCE) | EVIDENCE_BIT(EVIDENCE_DATASET),
    .glimpses = EVIDENCE_BIT(EVIDENCE_AGENT) | EVIDENCE_BIT(EVIDENCE_MODEL) | EVIDENCE_BIT(EVIDENCE_DATASET),
    .sniff = sniff,
    .read = read_file};
