/**
 * A benchmark of Powerpipe or Steampipe as JSON (--output json): groups in groups, controls in them, and the results of
 * a control, each of which becomes a posture row. The results of a control stand before its name, so those of one
 * control are kept until it ends.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

#include "base/limits.h"
#include "import/posture.h"

#define END                                                                                                            \
	{                                                                                                              \
		.key = { NULL, 0 }                                                                                     \
	}
#define TEXT(name, type_of, member)                                                                                    \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_TEXT, .at = offsetof(struct type_of, member)                       \
	}
#define OBJECT(name, list)                                                                                             \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_OBJECT, .members = (list)                                          \
	}
#define ARRAY(name, fn)                                                                                                \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_ARRAY, .call = (fn)                                                \
	}

struct result {
	struct result *next;
	int64_t line;
	str resource, status, region, account;
};

/* A control with its results; all in the scratch arena. */
struct control {
	int64_t line;
	str id, title, severity, service, plugin, run_error;
	struct result *results, *last;
};

struct reading {
	struct import_posture posture;
	struct import_walk walk;
	bool has_groups; /* the current group has groups or controls, maybe null */
	struct import_flaw failed_run, error;
};

/* ---- what is about AI ---- */

/* By the tag `service`, behind the platform (AWS/SageMaker), and by how the name of a control begins. */
static const str ai_services[] = {S("sagemaker"),       S("bedrock"),         S("cognitiveservices"),
				  S("cognitivesearch"), S("machinelearning"), S("machinelearningservices"),
				  S("openai"),          S("vertexai")};
static const str ai_names[] = {S("sagemaker_"),      S("bedrock_"), S("cognitive_"), S("machine_learning_"),
			       S("search_service_"), S("openai_"),  S("vertex_ai_")};

static str behind_last(str text, char mark)
{
	size_t i = text.n;
	while (i && text.p[i - 1] != mark)
		i--;
	return str_slice(text, i, text.n);
}

static bool is_about_ai(const struct control *c)
{
	str service = behind_last(c->service, '/'), name = behind_last(c->id, '.');
	for (size_t i = 0; i < sizeof ai_services / sizeof *ai_services; i++)
		if (str_eq_fold(service, ai_services[i]))
			return true;
	for (size_t i = 0; i < sizeof ai_names / sizeof *ai_names; i++)
		if (str_starts(name, ai_names[i]))
			return true;
	return false;
}

/* ---- rows ---- */

static enum status set_status(struct reading *p, const struct result *x, struct evidence_record *r, struct err *err)
{
	static const struct import_posture_word words[] = {{S("ok"), S("pass")},     {S("alarm"), S("fail")},
							   {S("info"), S("manual")}, {S("skip"), S("not_applicable")},
							   {S("error"), {NULL, 0}},  {{NULL, 0}, {NULL, 0}}};
	char shown[IMPORT_WALK_SHOW];
	str status = {NULL, 0};
	if (!x->status.n) {
		import_flaw_note(&p->posture.no_status, x->line);
		return OK;
	}
	if (!import_posture_status(words, x->status, &status)) {
		err_set(err, E_INVALID, "result %" PRId64 ": the status \"%s\" is not known", r->record,
			import_walk_show(x->status, shown));
		err_at(err, p->posture.in->from->name, x->line, 0);
		err_hint(err, "ok, alarm, info, skip or error expected");
		return E_INVALID;
	}
	if (!status.n)
		import_flaw_note(&p->error, x->line);
	evidence_set_text(r, S("status"), status);
	return OK;
}

static enum status push(struct reading *p, const struct control *c, const struct result *x, struct err *err)
{
	struct evidence_record r = {.kind = EVIDENCE_POSTURE, .main = true, .line = x->line};
	r.record = ++p->posture.in->facts->records;
	TRY(set_status(p, x, &r, err));
	TRY(import_posture_source(&p->posture, (str[]){S("powerpipe"), c->plugin, x->account}, x->line, err));
	str place = import_walk_join(&p->posture.scratch, (str[]){x->account, x->region}, 2, '|');
	if (!place.p)
		return err_full(err);
	evidence_set_text(&r, S("check_id"), c->id);
	evidence_set_text(&r, S("title"), c->title);
	evidence_set_text(&r, S("severity"), import_posture_severity(c->severity));
	evidence_set_text(&r, S("service"), c->service);
	evidence_set_bool(&r, S("ai"), is_about_ai(c));
	evidence_set_text(&r, S("resource"), x->resource);
	evidence_set_text(&r, S("account"), x->account);
	evidence_set_text(&r, S("region"), x->region);
	evidence_set_text(&r, S("provider"), c->plugin);
	evidence_set_text(&r, S("tool"), S("powerpipe"));
	return import_posture_push(&p->posture, &r, (str[]){c->id, x->resource, place}, err);
}

static enum status push_all(struct reading *p, const struct control *c, struct err *err)
{
	if (!c->id.n) {
		err_set(err, E_INVALID, "a control has no control_id");
		err_at(err, p->posture.in->from->name, c->line, 0);
		err_hint(err, "a control as --output json writes it expected");
		return E_INVALID;
	}
	if (c->run_error.n)
		import_flaw_note(&p->failed_run, c->line);
	for (const struct result *x = c->results; x; x = x->next)
		TRY(push(p, c, x, err));
	return OK;
}

/* ---- a control ---- */

/* The first of the dimensions that say where a resource is. */
static enum status read_dimension(struct import_walk *w, void *result, struct err *err)
{
	struct dimension {
		str key, value;
	} d = {{NULL, 0}, {NULL, 0}};
	static const struct import_walk_field fields[] = {TEXT("key", dimension, key), TEXT("value", dimension, value),
							  END};
	static const str regions[] = {S("region"), S("location")};
	static const str accounts[] = {S("account_id"), S("subscription_id"), S("subscription"), S("project")};
	struct result *x = result;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a dimension (an object)", err);
	TRY(import_walk_members(w, fields, &d, err));
	for (size_t i = 0; i < sizeof regions / sizeof *regions; i++)
		if (!x->region.n && str_eq(d.key, regions[i]))
			x->region = d.value;
	for (size_t i = 0; i < sizeof accounts / sizeof *accounts; i++)
		if (!x->account.n && str_eq(d.key, accounts[i]))
			x->account = d.value;
	return OK;
}

static enum status read_result(struct import_walk *w, void *control, struct err *err)
{
	static const struct import_walk_field fields[] = {TEXT("resource", result, resource),
							  TEXT("status", result, status),
							  ARRAY("dimensions", read_dimension), END};
	struct control *c = control;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a result (an object)", err);
	struct result *x = arena_new(w->texts, struct result, 1);
	if (!x)
		return err_full(err);
	x->line = w->json.line;
	if (c->last)
		c->last->next = x;
	else
		c->results = x;
	c->last = x;
	return import_walk_members(w, fields, x, err);
}

static enum status read_control(struct import_walk *w, void *reading, struct err *err)
{
	static const struct import_walk_field tags[] = {TEXT("service", control, service),
							TEXT("plugin", control, plugin), END};
	static const struct import_walk_field fields[] = {TEXT("control_id", control, id),
							  TEXT("title", control, title),
							  TEXT("severity", control, severity),
							  TEXT("run_error", control, run_error),
							  OBJECT("tags", tags),
							  ARRAY("results", read_result),
							  END};
	struct reading *p = reading;
	struct control c = {.line = w->json.line};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a control (an object)", err);
	enum status status = import_walk_members(w, fields, &c, err);
	if (status == OK)
		status = push_all(p, &c, err);
	arena_release(&p->posture.scratch);
	return status;
}

/* ---- groups ---- */

static enum status read_group(struct import_walk *w, void *reading, struct err *err);

static enum status read_groups(struct import_walk *w, void *reading, struct err *err)
{
	TRY(import_walk_each(w, read_group, reading, err));
	/* Those inside have set it, too. */
	((struct reading *)reading)->has_groups = true;
	return OK;
}

static enum status read_controls(struct import_walk *w, void *reading, struct err *err)
{
	((struct reading *)reading)->has_groups = true;
	return import_walk_each(w, read_control, reading, err);
}

/* The reader bounds how deep groups may nest. */
static enum status read_group(struct import_walk *w, void *reading, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    {.key = S("groups"), .type = IMPORT_WALK_CALL, .call = read_groups},
	    {.key = S("controls"), .type = IMPORT_WALK_CALL, .call = read_controls},
	    END};
	struct reading *p = reading;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a group (an object)", err);
	p->has_groups = false;
	TRY(import_walk_members(w, fields, p, err));
	return p->has_groups ? OK : json_expected(&w->json, "groups or controls in the group", err);
}

/* ---- the file ---- */

static enum status warn(const struct reading *p, struct err *err)
{
	const struct import_input *in = p->posture.in;
	TRY(import_flaw_warn(in, &p->failed_run,
			     S("a control could not run to its end: of what it did not reach nothing "
			       "is known"),
			     err));
	TRY(import_flaw_warn(in, &p->error, S("a result is an error: its status stays unknown"), err));
	return import_posture_warn(&p->posture, err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct reading *p = arena_new(in->arena, struct reading, 1);
	if (!p)
		return err_full(err);
	p->posture = import_posture_open(in);
	p->walk.texts = &p->posture.scratch;
	TRY(json_open(&p->walk.json, in->from, in->arena, err));
	TRY(json_next(&p->walk.json, err));
	TRY(read_group(&p->walk, p, err));
	TRY(json_next(&p->walk.json, err));
	return warn(p, err);
}

static int sniff(str head, bool complete)
{
	(void)complete;
	if (import_walk_shape(head) != IMPORT_WALK_IS_OBJECT || !import_walk_has(head, S("group_id")))
		return 0;
	return import_walk_has(head, S("groups")) || import_walk_has(head, S("controls")) ? 100 : 50;
}

const struct import_format import_powerpipe = {.name = S("powerpipe"),
					       .title = S("Powerpipe or Steampipe benchmark, JSON"),
					       .kinds = EVIDENCE_BIT(EVIDENCE_POSTURE),
					       .always = EVIDENCE_BIT(EVIDENCE_POSTURE),
					       .sniff = sniff,
					       .read = read_file};
