#include "import/kubernetes.h"

#include "base/limits.h"
#include "import/bom.h"

#define AT(node, ...) import_kubernetes_at(node, (const str[]){__VA_ARGS__, {NULL, 0}})

/* What the pods of a workload tell. */
struct pods {
	struct import_kubernetes_object *object;
	bool gpu;
	enum import_kubernetes_role role; /* of the first known image */
	int64_t specs, containers;
	bool good, bad; /* the settings for security: all given and good, one known bad */
	bool apart;     /* in the network of the node */
	const struct yaml_node *labels;
};

/* ---- accelerators ---- */

/* Resources of accelerators, by how they begin. */
static bool is_accelerator(str resource)
{
	static const str names[] = {S("nvidia.com/"),           S("amd.com/gpu"),
				    S("gpu.intel.com/"),        S("habana.ai/"),
				    S("google.com/tpu"),        S("cloud-tpus.google.com/"),
				    S("aws.amazon.com/neuron"), S("qualcomm.com/")};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_starts(resource, names[i]))
			return true;
	return false;
}

static bool asks_gpu(const struct yaml_node *container)
{
	static const str lists[] = {S("limits"), S("requests")};
	for (size_t l = 0; l < 2; l++) {
		const struct yaml_node *map = AT(container, S("resources"), lists[l]);
		for (size_t i = 0; map && map->kind == YAML_MAP && i < map->n; i++) {
			str amount = import_kubernetes_text(map->items[i]);
			if (is_accelerator(map->keys[i]->text) && amount.n && !str_eq(amount, S("0")))
				return true;
		}
	}
	return false;
}

/* ---- security ---- */

/* What a container says, else what its pod says. */
static enum import_kubernetes_truth setting(const struct yaml_node *pod, const struct yaml_node *container, str name)
{
	enum import_kubernetes_truth own = import_kubernetes_truth(AT(container, S("securityContext"), name));
	return own ? own : import_kubernetes_truth(AT(pod, S("securityContext"), name));
}

static bool is_root(const struct yaml_node *pod, const struct yaml_node *container)
{
	const struct yaml_node *user = AT(container, S("securityContext"), S("runAsUser"));
	if (!user)
		user = AT(pod, S("securityContext"), S("runAsUser"));
	return str_eq(import_kubernetes_text(user), S("0"));
}

/* A container is privileged only when it says so; the rest has no safe default. */
static void judge_container(struct pods *p, const struct yaml_node *pod, const struct yaml_node *container)
{
	enum import_kubernetes_truth user = setting(pod, container, S("runAsNonRoot"));
	enum import_kubernetes_truth files =
	    import_kubernetes_truth(AT(container, S("securityContext"), S("readOnlyRootFilesystem")));
	enum import_kubernetes_truth privileged =
	    import_kubernetes_truth(AT(container, S("securityContext"), S("privileged")));
	bool root = is_root(pod, container);
	p->bad = p->bad || user == IMPORT_KUBERNETES_NO || root || files == IMPORT_KUBERNETES_NO ||
		 privileged == IMPORT_KUBERNETES_YES;
	p->good = p->good && user == IMPORT_KUBERNETES_YES && files == IMPORT_KUBERNETES_YES;
}

static void judge_pod(struct pods *p, const struct yaml_node *pod)
{
	static const str shared[] = {S("hostNetwork"), S("hostPID"), S("hostIPC")};
	for (size_t i = 0; i < 3; i++)
		p->bad = p->bad || import_kubernetes_truth(yaml_get(pod, shared[i])) == IMPORT_KUBERNETES_YES;
}

/* ---- containers ---- */

static void look_at(struct pods *p, const struct yaml_node *pod, const struct yaml_node *containers, bool main)
{
	for (size_t i = 0; containers && containers->kind == YAML_LIST && i < containers->n; i++) {
		const struct yaml_node *c = containers->items[i];
		p->containers++;
		judge_container(p, pod, c);
		if (!main)
			continue;
		struct import_kubernetes_image image =
		    import_kubernetes_image(import_kubernetes_text(yaml_get(c, S("image"))));
		p->gpu = p->gpu || asks_gpu(c);
		if (p->role == IMPORT_KUBERNETES_NONE)
			p->role = image.role;
	}
}

/* Standing on a pod's spec; labels: of the pod. */
static void look_at_pod(struct pods *p, const struct yaml_node *spec, const struct yaml_node *labels)
{
	if (!spec || spec->kind != YAML_MAP)
		return;
	p->labels = labels;
	p->specs++;
	p->apart = p->apart || import_kubernetes_truth(yaml_get(spec, S("hostNetwork"))) == IMPORT_KUBERNETES_YES;
	judge_pod(p, spec);
	look_at(p, spec, yaml_get(spec, S("containers")), true);
	look_at(p, spec, yaml_get(spec, S("initContainers")), false);
}

typedef enum status (*container_fn)(struct pods *p, const struct yaml_node *container, str system, struct err *err);

static enum status for_containers(struct pods *p, const struct yaml_node *spec, container_fn call, str system,
				  struct err *err)
{
	const struct yaml_node *list = yaml_get(spec, S("containers"));
	for (size_t i = 0; list && list->kind == YAML_LIST && i < list->n; i++)
		TRY(call(p, list->items[i], system, err));
	return OK;
}

/* ---- rows ---- */

/* The image as a component, named as bills of materials name it. */
static enum status push_image(struct pods *p, const struct import_kubernetes_image *image, str system, struct err *err)
{
	struct import_kubernetes *k = p->object->file;
	struct import_seen_entry *entry;
	str id = import_walk_join_some(&k->object, (str[]){image->name, image->tag}, 2, '@'), algorithm, hex, hash;
	if (!id.p)
		return err_full(err);
	str whole = import_walk_join(&k->object, (str[]){id, image->digest}, 2, '\n');
	if (!whole.p)
		return err_full(err);
	TRY(import_seen_add(&k->models, S("image"), whole, &entry, err));
	if (entry->count > 1)
		return OK;
	struct evidence_record r = {.kind = EVIDENCE_COMPONENT, .id = id, .record = p->object->record, .line = k->line};
	str_cut(image->digest, ':', &algorithm, &hex);
	bool known = str_eq(algorithm, S("sha256"));
	TRY(import_bom_digest(&k->object, known ? S("SHA-256") : (str){NULL, 0}, hex, &hash, err));
	evidence_set_text(&r, S("name"), image->name);
	evidence_set_text(&r, S("version"), image->tag);
	evidence_set_text(&r, S("type"), S("container"));
	evidence_set_text(&r, S("hash"), hash);
	evidence_set_text(&r, S("system_id"), system);
	evidence_set_bool(&r, S("ai"), true);
	return import_kubernetes_push(k, &r, err);
}

static enum status push_store(struct pods *p, const struct yaml_node *container,
			      const struct import_kubernetes_image *image, struct err *err)
{
	struct import_kubernetes_object *o = p->object;
	struct import_kubernetes *k = o->file;
	const struct yaml_node *env = yaml_get(container, S("env"));
	enum import_kubernetes_truth auth = IMPORT_KUBERNETES_UNKNOWN;
	for (size_t i = 0; env && env->kind == YAML_LIST && i < env->n; i++) {
		enum import_kubernetes_truth one =
		    import_kubernetes_auth(image->product, import_kubernetes_text(yaml_get(env->items[i], S("name"))),
					   import_kubernetes_text(yaml_get(env->items[i], S("value"))));
		/* A door that is left open is open, whatever else is said. */
		if (one == IMPORT_KUBERNETES_NO || auth == IMPORT_KUBERNETES_UNKNOWN)
			auth = one;
	}
	struct evidence_record r = {.kind = EVIDENCE_VECTOR_STORE, .id = o->id, .record = o->record, .line = k->line};
	evidence_set_text(&r, S("name"), o->name);
	evidence_set_text(&r, S("platform"), image->product);
	if (auth)
		evidence_set_bool(&r, S("auth_required"), auth == IMPORT_KUBERNETES_YES);
	if (o->live && k->in->given_ms)
		evidence_set_time(&r, S("last_seen_at"), *k->in->given_ms);
	return import_kubernetes_push(k, &r, err);
}

/* Found, not registered: where a register has it under this id, or a link leads to it, the register's word holds. */
static enum status push_system(struct pods *p, struct err *err)
{
	struct import_kubernetes_object *o = p->object;
	struct import_kubernetes *k = o->file;
	struct evidence_record r = {.kind = EVIDENCE_AI_SYSTEM, .id = o->id, .record = o->record, .line = k->line};
	evidence_set_text(&r, S("name"), o->name);
	evidence_set_text(&r, S("deployment"), S("self_hosted"));
	evidence_set_bool(&r, S("registered"), false);
	if (o->live && k->in->given_ms)
		evidence_set_time(&r, S("last_seen_at"), *k->in->given_ms);
	return import_kubernetes_push(k, &r, err);
}

static enum status push_container(struct pods *p, const struct yaml_node *container, str system, struct err *err)
{
	struct import_kubernetes_image image =
	    import_kubernetes_image(import_kubernetes_text(yaml_get(container, S("image"))));
	if (image.role && image.name.n)
		TRY(push_image(p, &image, system, err));
	if (image.role == IMPORT_KUBERNETES_STORE)
		TRY(push_store(p, container, &image, err));
	if (image.role == IMPORT_KUBERNETES_SERVING || asks_gpu(container))
		TRY(import_kubernetes_models(p->object, container, system, err));
	return OK;
}

static str host_kind(const struct pods *p)
{
	static const str kinds[] = {
	    [IMPORT_KUBERNETES_SERVING] = S("inference"), [IMPORT_KUBERNETES_TRAINING] = S("training"),
	    [IMPORT_KUBERNETES_NOTEBOOK] = S("notebook"), [IMPORT_KUBERNETES_STORE] = S("vector_store"),
	    [IMPORT_KUBERNETES_GATEWAY] = S("gateway"),   [IMPORT_KUBERNETES_TOOL] = {NULL, 0}};
	static const str training[] = {S("PyTorchJob"), S("TFJob"), S("MPIJob"), S("XGBoostJob"), S("JAXJob")};
	for (size_t i = 0; i < sizeof training / sizeof *training; i++)
		if (str_eq(p->object->kind, training[i]))
			return S("training");
	if (str_eq(p->object->kind, S("InferenceService")) || str_eq(p->object->kind, S("LLMInferenceService")) ||
	    str_eq(p->object->kind, S("RayService")))
		return S("inference");
	if (str_eq(p->object->kind, S("Notebook")))
		return S("notebook");
	return kinds[p->role];
}

static enum status keep_host(struct pods *p, str system, struct err *err)
{
	struct import_kubernetes_object *o = p->object;
	struct import_kubernetes *k = o->file;
	struct arena *a = k->in->arena;
	struct import_kubernetes_host *h = arena_new(a, struct import_kubernetes_host, 1);
	if (!h)
		return err_full(err);
	if (++k->n_hosts > LIMIT_KUBERNETES_KEPT)
		return import_kubernetes_many(k, LIMIT_KUBERNETES_KEPT, "hosts", err);
	*h = (struct import_kubernetes_host){.record = o->record,
					     .line = k->line,
					     .id = str_copy(a, o->id),
					     .space = str_copy(a, o->space),
					     .name = str_copy(a, o->name),
					     .kind = host_kind(p),
					     .system = str_copy(a, system),
					     .gpu = p->gpu,
					     .live = o->live,
					     .apart = p->apart,
					     .labelled = p->specs == 1 && p->labels};
	if (!h->id.p || !h->space.p || !h->name.p || !h->system.p)
		return err_full(err);
	if (p->containers > 0)
		h->hardened = p->bad    ? IMPORT_KUBERNETES_NO
			      : p->good ? IMPORT_KUBERNETES_YES
					: IMPORT_KUBERNETES_UNKNOWN;
	if (h->labelled)
		TRY(import_kubernetes_labels(k, p->labels, &h->labels, err));
	if (k->last_host)
		k->last_host->next = h;
	else
		k->hosts = h;
	k->last_host = h;
	return OK;
}

/* ---- where pods stand in an object ---- */

enum { PODS_MAX = 64 };

/* The pods of an object: their specs and labels. */
struct templates {
	const struct yaml_node *specs[PODS_MAX], *labels[PODS_MAX];
	size_t n;
	bool more; /* than fit */
};

static void add_pod(struct templates *t, const struct yaml_node *spec, const struct yaml_node *labels)
{
	t->more = t->more || t->n == PODS_MAX;
	if (!spec || spec->kind != YAML_MAP || t->more)
		return;
	t->specs[t->n] = spec;
	t->labels[t->n++] = labels;
}

static void add_template(struct templates *t, const struct yaml_node *template)
{
	add_pod(t, yaml_get(template, S("spec")), AT(template, S("metadata"), S("labels")));
}

static void add_ray(struct templates *t, const struct yaml_node *cluster)
{
	const struct yaml_node *groups = yaml_get(cluster, S("workerGroupSpecs"));
	add_template(t, AT(cluster, S("headGroupSpec"), S("template")));
	for (size_t i = 0; groups && groups->kind == YAML_LIST && i < groups->n; i++)
		add_template(t, yaml_get(groups->items[i], S("template")));
}

/* pytorchReplicaSpecs and its kin: a template by role. */
static void add_replicas(struct templates *t, const struct yaml_node *spec)
{
	for (size_t i = 0; spec && spec->kind == YAML_MAP && i < spec->n; i++) {
		const struct yaml_node *roles = spec->items[i];
		if (!str_ends(spec->keys[i]->text, S("ReplicaSpecs")))
			continue;
		for (size_t r = 0; roles->kind == YAML_MAP && r < roles->n; r++)
			add_template(t, yaml_get(roles->items[r], S("template")));
	}
}

static void find_pods(struct templates *t, const struct import_kubernetes_object *o)
{
	const struct yaml_node *spec = yaml_get(o->root, S("spec"));
	if (str_eq(o->kind, S("Pod")))
		add_pod(t, spec, AT(o->root, S("metadata"), S("labels")));
	else if (str_eq(o->kind, S("CronJob")))
		add_template(t, AT(spec, S("jobTemplate"), S("spec"), S("template")));
	else if (str_eq(o->kind, S("InferenceService")))
		add_pod(t, yaml_get(spec, S("predictor")), NULL);
	else if (str_eq(o->kind, S("LLMInferenceService")))
		add_pod(t, yaml_get(spec, S("template")), NULL);
	else if (str_eq(o->kind, S("RayService")))
		add_ray(t, yaml_get(spec, S("rayClusterConfig")));
	else if (str_eq(o->kind, S("RayJob")))
		add_ray(t, yaml_get(spec, S("rayClusterSpec")));
	else if (str_eq(o->kind, S("RayCluster")))
		add_ray(t, spec);
	else if (str_starts(o->api, S("kubeflow.org/")) && str_ends(o->kind, S("Job")))
		add_replicas(t, spec);
	else
		add_template(t, yaml_get(spec, S("template")));
}

/* Kinds that are there for AI alone. */
static bool is_ai_kind(const struct import_kubernetes_object *o)
{
	static const struct {
		str api, kind;
	} kinds[] = {
	    {S("serving.kserve.io/"), S("InferenceService")},
	    {S("serving.kserve.io/"), S("LLMInferenceService")},
	    {S("ray.io/"), S("RayService")},
	    {S("ray.io/"), S("RayCluster")},
	    {S("ray.io/"), S("RayJob")},
	    {S("kubeflow.org/"), S("PyTorchJob")},
	    {S("kubeflow.org/"), S("TFJob")},
	    {S("kubeflow.org/"), S("MPIJob")},
	    {S("kubeflow.org/"), S("XGBoostJob")},
	    {S("kubeflow.org/"), S("JAXJob")},
	    {S("kubeflow.org/"), S("Notebook")},
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_starts(o->api, kinds[i].api) && str_eq(o->kind, kinds[i].kind))
			return true;
	return false;
}

static enum status push_served(struct import_kubernetes_object *o, struct err *err)
{
	const struct yaml_node *predictor = AT(o->root, S("spec"), S("predictor"));
	const struct yaml_node *model = AT(o->root, S("spec"), S("model"));
	for (size_t i = 0; predictor && predictor->kind == YAML_MAP && i < predictor->n; i++)
		TRY(import_kubernetes_served(o, predictor->items[i], err));
	return str_eq(o->kind, S("LLMInferenceService")) ? import_kubernetes_served(o, model, err) : OK;
}

enum status import_kubernetes_workload(struct import_kubernetes_object *o, struct err *err)
{
	struct pods p = {.object = o};
	struct templates t = {.n = 0};
	bool ai = is_ai_kind(o);
	find_pods(&t, o);
	p.good = !t.more;
	for (size_t i = 0; i < t.n; i++)
		look_at_pod(&p, t.specs[i], t.labels[i]);
	const struct yaml_node *predictor = AT(o->root, S("spec"), S("predictor"));
	/* The model of a predictor asks for the accelerator; old ones are named by their framework. */
	for (size_t i = 0; ai && predictor && predictor->kind == YAML_MAP && i < predictor->n; i++)
		p.gpu = p.gpu || asks_gpu(predictor->items[i]);
	if (!ai && !p.gpu && !p.role)
		return OK;
	str system = p.role == IMPORT_KUBERNETES_APPLICATION ? o->id : (str){NULL, 0};
	TRY(keep_host(&p, system, err));
	if (system.n)
		TRY(push_system(&p, err));
	for (size_t i = 0; i < t.n; i++)
		TRY(for_containers(&p, t.specs[i], push_container, system, err));
	return ai ? push_served(o, err) : OK;
}
