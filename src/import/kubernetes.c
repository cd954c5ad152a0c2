#include "import/kubernetes.h"

#include <string.h>

#include "base/limits.h"
#include "import/lines.h"
#include "import/tree.h"

#define AT(node, ...) import_kubernetes_at(node, (const str[]){__VA_ARGS__, {NULL, 0}})

/* ---- trees ---- */

str import_kubernetes_text(const struct yaml_node *node)
{
	return node && node->kind == YAML_SCALAR && !yaml_is_null(node) ? node->text : (str){NULL, 0};
}

enum import_kubernetes_truth import_kubernetes_truth(const struct yaml_node *node)
{
	static const str words[][2] = {{S("true"), S("false")}, {S("yes"), S("no")}, {S("on"), S("off")}};
	str text = import_kubernetes_text(node);
	for (size_t i = 0; text.n && node->plain && i < 3; i++) {
		if (str_eq_fold(text, words[i][0]))
			return IMPORT_KUBERNETES_YES;
		if (str_eq_fold(text, words[i][1]))
			return IMPORT_KUBERNETES_NO;
	}
	return IMPORT_KUBERNETES_UNKNOWN;
}

const struct yaml_node *import_kubernetes_at(const struct yaml_node *node, const str *path)
{
	for (; path->n; path++)
		node = yaml_get(node, *path);
	return node;
}

enum status import_kubernetes_many(const struct import_kubernetes *k, int limit, const char *what, struct err *err)
{
	err_set(err, E_TOO_LARGE, "more than %d %s", limit, what);
	err_at(err, k->in->from->name, k->line, 0);
	err_hint(err, "export the namespaces one by one, each with its own --feed");
	return E_TOO_LARGE;
}

enum status import_kubernetes_push(struct import_kubernetes *k, struct evidence_record *r, struct err *err)
{
	return import_seen_push(&k->rows, k->in, r, &k->object, err);
}

/* ---- objects ---- */

static enum status refuse(const struct import_kubernetes *k, const struct yaml_node *at, const char *what,
			  struct err *err)
{
	err_set(err, E_INVALID, "%s expected", what);
	err_at(err, k->in->from->name, at->line, at->column);
	err_hint(err, "a Kubernetes object has apiVersion, kind and metadata.name");
	return E_INVALID;
}

static bool is_owned(const struct yaml_node *root)
{
	const struct yaml_node *owners = AT(root, S("metadata"), S("ownerReferences"));
	for (size_t i = 0; owners && owners->kind == YAML_LIST && i < owners->n; i++)
		if (import_kubernetes_truth(yaml_get(owners->items[i], S("controller"))) == IMPORT_KUBERNETES_YES)
			return true;
	return false;
}

/* Whether an object of the kind may run pods. */
static bool runs_pods(str kind)
{
	static const str kinds[] = {S("Pod"),
				    S("Deployment"),
				    S("StatefulSet"),
				    S("DaemonSet"),
				    S("ReplicaSet"),
				    S("ReplicationController"),
				    S("Job"),
				    S("CronJob"),
				    S("Service"),
				    S("InferenceService"),
				    S("LLMInferenceService"),
				    S("RayService"),
				    S("RayCluster"),
				    S("RayJob"),
				    S("PyTorchJob"),
				    S("TFJob"),
				    S("MPIJob"),
				    S("XGBoostJob"),
				    S("JAXJob"),
				    S("Notebook"),
				    S("Rollout")};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_eq(kind, kinds[i]))
			return true;
	return false;
}

/* One object that is no list. kind and api: what its list says of it. */
static enum status take_object(struct import_kubernetes *k, const struct yaml_node *root, str kind, str api,
			       struct err *err)
{
	struct import_kubernetes_object o = {.file = k, .root = root};
	if (root->kind != YAML_MAP)
		return refuse(k, root, "an object", err);
	o.kind = import_kubernetes_text(yaml_get(root, S("kind")));
	o.api = import_kubernetes_text(yaml_get(root, S("apiVersion")));
	o.kind = o.kind.n ? o.kind : kind;
	o.api = o.api.n ? o.api : api;
	if (!o.kind.n || !o.api.n)
		return refuse(k, root, "apiVersion and kind (texts)", err);
	o.record = ++k->in->facts->records;
	k->line = root->line;
	bool is_policy = str_eq(o.kind, S("NetworkPolicy")) && str_starts(o.api, S("networking.k8s.io/"));
	if (!is_policy && !runs_pods(o.kind))
		return OK;
	o.name = import_kubernetes_text(AT(root, S("metadata"), S("name")));
	if (!o.name.n)
		return refuse(k, root, "metadata.name (a text)", err);
	o.space = import_kubernetes_text(AT(root, S("metadata"), S("namespace")));
	o.space = o.space.n ? o.space : S("default");
	o.live = import_kubernetes_text(AT(root, S("metadata"), S("uid"))).n > 0;
	o.id = import_walk_join(&k->object, (str[]){o.space, o.kind, o.name}, 3, '/');
	if (!o.id.p)
		return err_full(err);
	if (is_policy)
		return import_kubernetes_policy(&o, err);
	if (is_owned(root)) {
		import_flaw_note(&k->owned, k->line);
		return OK;
	}
	return import_kubernetes_workload(&o, err);
}

/* The kind of the things in a list: "DeploymentList" gives Deployment, "List" says nothing. */
static str listed_kind(str kind)
{
	return str_ends(kind, S("List")) ? str_slice(kind, 0, kind.n - 4) : (str){NULL, 0};
}

static enum status take_root(struct import_kubernetes *k, const struct yaml_node *root, struct err *err)
{
	const struct yaml_node *items = yaml_get(root, S("items"));
	str kind = import_kubernetes_text(yaml_get(root, S("kind")));
	str api = import_kubernetes_text(yaml_get(root, S("apiVersion")));
	if (!items || !str_ends(kind, S("List")))
		return take_object(k, root, (str){NULL, 0}, (str){NULL, 0}, err);
	if (yaml_is_null(items))
		return OK;
	if (items->kind != YAML_LIST)
		return refuse(k, items, "a list of objects", err);
	for (size_t i = 0; i < items->n; i++)
		TRY(take_object(k, items->items[i], listed_kind(kind), api, err));
	return OK;
}

/* ---- YAML ---- */

static enum status read_text(struct import_kubernetes *k, str *out, struct err *err)
{
	struct source *from = k->in->from;
	size_t cap = 0, n = 0, got;
	char *p = NULL;
	*out = from->text;
	while (from->fd >= 0) {
		if (n == cap) {
			p = arena_grow(k->in->arena, p, n, n + IMPORT_HEAD, 1, &cap);
			if (!p)
				return err_full(err);
		}
		TRY(source_read(from, p + n, cap - n, &got, err));
		n += got;
		*out = (str){p, n};
		if (!got || n > LIMIT_YAML_BYTES)
			break;
	}
	if (out->n <= LIMIT_YAML_BYTES)
		return OK;
	err_set(err, E_TOO_LARGE, "the YAML file has more than %zu bytes", LIMIT_YAML_BYTES);
	err_at(err, from->name, 0, 0);
	err_hint(err, "export JSON (kubectl get -o json), which is read as a stream");
	return E_TOO_LARGE;
}

static enum status read_yaml(struct import_kubernetes *k, struct err *err)
{
	struct yaml_documents *documents = NULL;
	const struct yaml_node *root;
	str text;
	bool any = false;
	/* A document is a tree at once; the number of its nodes has a limit. */
	k->object.limit_bytes = k->in->arena->limit_bytes;
	TRY(read_text(k, &text, err));
	TRY(yaml_open(k->in->from->name, text, k->in->arena, &documents, err));
	for (;;) {
		TRY(yaml_next(documents, &k->object, &root, err));
		if (!root)
			break;
		if (!yaml_is_null(root)) {
			any = true;
			TRY(take_root(k, root, err));
		}
		arena_release(&k->object);
	}
	if (any)
		return OK;
	err_set(err, E_INVALID, "a Kubernetes object expected");
	err_at(err, k->in->from->name, 1, 1);
	return E_INVALID;
}

/* ---- JSON ---- */

static enum status read_item(struct import_kubernetes *k, str kind, str api, struct err *err)
{
	const struct yaml_node *root = NULL;
	struct arena *outer = k->walk.texts;
	k->walk.texts = &k->object;
	enum status status = import_tree_read(&k->walk, &root, err);
	if (status == OK)
		status = take_object(k, root, kind, api, err);
	k->walk.texts = outer;
	arena_release(&k->object);
	return status;
}

static enum status read_items(struct import_kubernetes *k, str kind, str api, struct err *err)
{
	struct import_walk *w = &k->walk;
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_ARRAY)
		return json_expected(&w->json, "a list of objects", err);
	for (;;) {
		TRY(json_next(&w->json, err));
		if (w->json.event == JSON_ARRAY_END)
			return OK;
		TRY(read_item(k, kind, api, err));
	}
}

/* An object or a list. The items of a list are read as a stream; all else of it is kept until its end. */
static enum status read_object(struct import_kubernetes *k, struct err *err)
{
	struct import_walk *w = &k->walk;
	struct import_tree_map map = {.node = {.kind = YAML_MAP, .line = w->json.line, .column = w->json.column}};
	bool has_items = false;
	w->texts = &k->list;
	for (;;) {
		const struct yaml_node *key = NULL, *item = NULL;
		TRY(json_next(&w->json, err));
		if (w->json.event == JSON_OBJECT_END)
			break;
		TRY(import_tree_scalar(w, &key, err));
		TRY(json_next(&w->json, err));
		if (str_eq(key->text, S("items"))) {
			str kind = import_kubernetes_text(yaml_get(&map.node, S("kind")));
			has_items = true;
			TRY(read_items(k, listed_kind(kind),
				       import_kubernetes_text(yaml_get(&map.node, S("apiVersion"))), err));
			TRY(import_tree_scalar(w, &item, err));
		} else {
			TRY(import_tree_read(w, &item, err));
		}
		TRY(import_tree_add(w, &map, key, item, err));
	}
	TRY(import_tree_keys(w, &map.node, err));
	return has_items ? OK : take_object(k, &map.node, (str){NULL, 0}, (str){NULL, 0}, err);
}

static enum status read_json(struct import_kubernetes *k, struct err *err)
{
	struct import_walk *w = &k->walk;
	TRY(json_open(&w->json, k->in->from, k->in->arena, err));
	TRY(json_next(&w->json, err));
	if (w->json.event == JSON_ARRAY)
		TRY(read_items(k, (str){NULL, 0}, (str){NULL, 0}, err));
	else if (w->json.event == JSON_OBJECT)
		TRY(read_object(k, err));
	else
		return json_expected(&w->json, "an object or a list of objects", err);
	return json_next(&w->json, err);
}

/* ---- the file ---- */

static void set_truth(struct evidence_record *r, str column, enum import_kubernetes_truth truth)
{
	if (truth)
		evidence_set_bool(r, column, truth == IMPORT_KUBERNETES_YES);
}

static enum status push_host(struct import_kubernetes *k, const struct import_kubernetes_host *h, struct err *err)
{
	struct evidence_record r = {
	    .kind = EVIDENCE_HOST, .id = h->id, .main = true, .record = h->record, .line = h->line};
	evidence_set_text(&r, S("name"), h->name);
	evidence_set_text(&r, S("kind"), h->kind);
	evidence_set_text(&r, S("system_id"), h->system);
	evidence_set_text(&r, S("provider"), S("kubernetes"));
	if (h->gpu)
		evidence_set_bool(&r, S("gpu"), true);
	set_truth(&r, S("hardened"), h->hardened);
	set_truth(&r, S("network_isolated"), import_kubernetes_limited(k, h, true));
	set_truth(&r, S("egress_controlled"), import_kubernetes_limited(k, h, false));
	if (h->live && k->in->given_ms)
		evidence_set_time(&r, S("last_seen_at"), *k->in->given_ms);
	return import_kubernetes_push(k, &r, err);
}

static enum status push_hosts(struct import_kubernetes *k, struct err *err)
{
	enum status status = OK;
	for (const struct import_kubernetes_host *h = k->hosts; h && status == OK; h = h->next)
		status = push_host(k, h, err);
	return status;
}

static enum status warn(const struct import_kubernetes *k, struct err *err)
{
	const struct import_input *in = k->in;
	TRY(import_flaw_warn(in, &k->owned,
			     S("an object that another one controls is left out: its controller stands for it"), err));
	TRY(import_flaw_warn(in, &k->selector, S("a selector of a network policy is not understood"), err));
	return import_seen_warn(&k->rows, in, "workload", err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct import_kubernetes *k = arena_new(in->arena, struct import_kubernetes, 1);
	str head;
	if (!k)
		return err_full(err);
	*k = (struct import_kubernetes){.in = in,
					.object = ARENA(LIMIT_RECORD_BYTES),
					.list = ARENA(LIMIT_RECORD_BYTES),
					.models.arena = in->arena,
					.rows.seen.arena = in->arena};
	TRY(import_lines_head(in, &head, err));
	enum status status = import_walk_shape(head) == IMPORT_WALK_OTHER ? read_yaml(k, err) : read_json(k, err);
	if (status == OK)
		status = push_hosts(k, err);
	arena_release(&k->object);
	arena_release(&k->list);
	return status == OK ? warn(k, err) : status;
}

/* A line of a YAML text that begins with the key, at the margin. */
static bool has_line(str head, str key)
{
	str line, rest = head;
	while (rest.n) {
		(void)str_cut(rest, '\n', &line, &rest);
		if (str_starts(line, key))
			return true;
	}
	return false;
}

static int sniff(str head, bool complete)
{
	(void)complete;
	if (import_walk_shape(head) == IMPORT_WALK_OTHER)
		return has_line(head, S("apiVersion:")) && has_line(head, S("kind:")) ? 100 : 0;
	if (!import_walk_has(head, S("apiVersion")))
		return 0;
	/* The kind of a list may stand behind its items. */
	return import_walk_has(head, S("kind")) ? 100 : import_walk_has(head, S("items")) ? 80 : 0;
}

const struct import_format import_kubernetes = {
    .name = S("kubernetes"),
    .title = S("Kubernetes objects, YAML or JSON"),
    .secrets = true,
    .kinds = EVIDENCE_BIT(EVIDENCE_HOST) | EVIDENCE_BIT(EVIDENCE_MODEL) | EVIDENCE_BIT(EVIDENCE_VECTOR_STORE) |
	     EVIDENCE_BIT(EVIDENCE_AI_SYSTEM) | EVIDENCE_BIT(EVIDENCE_COMPONENT),
    .glimpses = EVIDENCE_BIT(EVIDENCE_MODEL) | EVIDENCE_BIT(EVIDENCE_AI_SYSTEM) | EVIDENCE_BIT(EVIDENCE_COMPONENT),
    .sniff = sniff,
    .read = read_file};
