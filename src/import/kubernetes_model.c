#include "import/kubernetes.h"

#include "import/bom.h"
#include "import/mcp.h"

/* What a container says about the model that it serves. */
struct named {
	str model, revision;
};

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
	       c == '-';
}

/* "org/name" or "name". Anything else (a path, an address, a placeholder, what looks like a key) names no model. */
static bool is_model(str text)
{
	int slashes = 0;
	for (size_t i = 0; i < text.n; i++) {
		slashes += text.p[i] == '/';
		if (!is_name_byte(text.p[i]) && text.p[i] != '/')
			return false;
	}
	return text.n > 0 && text.n <= 200 && slashes <= 1 && is_name_byte(text.p[0]) && text.p[0] != '-' &&
	       text.p[0] != '.' && text.p[text.n - 1] != '/' && !import_mcp_secret_shaped(text);
}

static bool is_one_of(str text, const str *words)
{
	for (; words->n; words++)
		if (str_eq(text, *words))
			return true;
	return false;
}

static void take_model(struct named *n, str text)
{
	if (!n->model.n && is_model(text))
		n->model = text;
}

static void take_revision(struct named *n, str text)
{
	if (!n->revision.n && is_model(text))
		n->revision = text;
}

/* --model NAME and --model=NAME; "vllm serve NAME". */
static void read_words(struct named *n, const struct yaml_node *list)
{
	static const str models[] = {S("--model"), S("--model-id"), S("--model-path"), S("--model_id"), {NULL, 0}};
	static const str revisions[] = {S("--revision"), {NULL, 0}};
	for (size_t i = 0; list && list->kind == YAML_LIST && i < list->n; i++) {
		str word = import_kubernetes_text(list->items[i]), name, value;
		if (!str_cut(word, '=', &name, &value) && i + 1 < list->n)
			value = import_kubernetes_text(list->items[i + 1]);
		if (is_one_of(name, models) || str_eq(name, S("serve")))
			take_model(n, value);
		if (is_one_of(name, revisions))
			take_revision(n, value);
	}
}

static void read_variables(struct named *n, const struct yaml_node *list)
{
	static const str models[] = {S("HF_MODEL_ID"), S("MODEL_ID"), S("MODEL_NAME"), {NULL, 0}};
	for (size_t i = 0; list && list->kind == YAML_LIST && i < list->n; i++) {
		str name = import_kubernetes_text(yaml_get(list->items[i], S("name")));
		str value = import_kubernetes_text(yaml_get(list->items[i], S("value")));
		if (is_one_of(name, models))
			take_model(n, value);
		if (str_eq(name, S("REVISION")))
			take_revision(n, value);
	}
}

static bool is_commit(str revision)
{
	for (size_t i = 0; i < revision.n; i++)
		if (!((revision.p[i] >= '0' && revision.p[i] <= '9') || (revision.p[i] >= 'a' && revision.p[i] <= 'f')))
			return false;
	return revision.n >= 7;
}

static enum status push_named(struct import_kubernetes_object *o, const struct named *n, str system, struct err *err)
{
	struct import_kubernetes *k = o->file;
	struct import_seen_entry *entry;
	str id = import_walk_join_some(&k->object, (str[]){n->model, n->revision}, 2, '@'), publisher, name;
	if (!id.p)
		return err_full(err);
	/* Several workloads may serve one model. */
	TRY(import_seen_add(&k->models, S("model"), id, &entry, err));
	if (entry->count > 1)
		return OK;
	struct evidence_record r = {.kind = EVIDENCE_MODEL, .id = id, .record = o->record, .line = k->line};
	evidence_set_text(&r, S("name"), n->model);
	evidence_set_text(&r, S("version"), n->revision);
	if (str_cut(n->model, '/', &publisher, &name)) {
		evidence_set_text(&r, S("publisher"), publisher);
		/* Hubs give the newest state when none is named; a branch moves, too. */
		evidence_set_bool(&r, S("pinned"), is_commit(n->revision));
	}
	evidence_set_text(&r, S("format"), import_bom_format(n->model));
	evidence_set_text(&r, S("deployment"), S("self_hosted"));
	evidence_set_text(&r, S("system_id"), system);
	evidence_set_bool(&r, S("in_use"), true);
	if (o->live && k->in->given_ms)
		evidence_set_time(&r, S("last_seen_at"), *k->in->given_ms);
	return import_kubernetes_push(k, &r, err);
}

enum status import_kubernetes_models(struct import_kubernetes_object *o, const struct yaml_node *container, str system,
				     struct err *err)
{
	struct named n = {.model = {NULL, 0}};
	read_words(&n, yaml_get(container, S("command")));
	read_words(&n, yaml_get(container, S("args")));
	read_variables(&n, yaml_get(container, S("env")));
	return n.model.n ? push_named(o, &n, system, err) : OK;
}

/* An address without user, query and fragment; empty for any other. */
static str plain_address(str uri)
{
	for (size_t i = 0; i < uri.n; i++)
		if (uri.p[i] == '@' || uri.p[i] == '?' || uri.p[i] == '#' || uri.p[i] == '$')
			return (str){NULL, 0};
	return str_find(uri, S("://")) > 0 ? uri : (str){NULL, 0};
}

/* hf://org/name:revision names a model; any other address only says where its files are. */
enum status import_kubernetes_served(struct import_kubernetes_object *o, const struct yaml_node *model, struct err *err)
{
	struct import_kubernetes *k = o->file;
	str uri = import_kubernetes_text(yaml_get(model, S("storageUri")));
	if (!uri.n)
		uri = import_kubernetes_text(yaml_get(model, S("uri")));
	if (str_starts(uri, S("hf://"))) {
		struct named n = {.model = {NULL, 0}};
		str name, revision;
		bool has_revision = str_cut(str_slice(uri, 5, uri.n), ':', &name, &revision);
		take_model(&n, name);
		if (has_revision)
			take_revision(&n, revision);
		return n.model.n ? push_named(o, &n, (str){NULL, 0}, err) : OK;
	}
	str source = plain_address(uri);
	const struct yaml_node *format = yaml_get(yaml_get(model, S("modelFormat")), S("name"));
	if (!source.n)
		return OK;
	struct evidence_record r = {.kind = EVIDENCE_MODEL, .id = o->id, .record = o->record, .line = k->line};
	evidence_set_text(&r, S("name"), o->name);
	evidence_set_text(&r, S("source"), source);
	str ending = import_bom_format(source);
	evidence_set_text(&r, S("format"), ending.n ? ending : import_kubernetes_text(format));
	evidence_set_text(&r, S("deployment"), S("self_hosted"));
	evidence_set_bool(&r, S("in_use"), true);
	if (o->live && k->in->given_ms)
		evidence_set_time(&r, S("last_seen_at"), *k->in->given_ms);
	return import_kubernetes_push(k, &r, err);
}
