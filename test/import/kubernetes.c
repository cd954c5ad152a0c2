#include "collect.h"

#include "base/limits.h"

/* A deployment in the namespace n whose pods have the spec and the label app=a. */
#define DEPLOYMENT(name, spec)                                                                                         \
	"{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"" name                           \
	"\",\"namespace\":\"n\"},\"spec\":{\"template\":{\"metadata\":{\"labels\":{\"app\":\"a\"}},\"spec\":" spec     \
	"}}}"
#define CONTAINER(members) "{\"containers\":[{\"image\":\"ollama/ollama\"" members "}]}"
#define POLICY(spec)                                                                                                   \
	"{\"apiVersion\":\"networking.k8s.io/v1\",\"kind\":\"NetworkPolicy\",\"metadata\":{\"name\":\"p\","            \
	"\"namespace\":\"n\"},\"spec\":" spec "}"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "kubernetes", str_from(text));
}

static void accepted(struct collect *c, const char *text)
{
	if (read_text(c, text) != OK)
		fail_msg("%s (%s): %s", c->err.message, c->err.where, text);
}

static const struct evidence_record *host(struct collect *c, const char *text)
{
	accepted(c, text);
	return collect_row(c, EVIDENCE_HOST, 0);
}

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(read_text(c, text), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
}

static int with(const struct collect *c, enum evidence_kind_id kind, const char *column, const char *value)
{
	int n = 0;
	for (size_t i = 0; i < c->n; i++)
		n += c->rows[i].kind == kind && strcmp(collect_show(&c->rows[i], column), value) == 0;
	return n;
}

/* Five vector stores, five agent frameworks (two of them in an image that is known for another thing), three
   trainings, two evaluations; three workloads share an image. */
static void the_smoke_test_has_fifteen_hosts(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "kubernetes", "kubernetes/full-smoke-test.yaml"), OK);
	assert_int_equal(c->facts.records, 15);
	collect_no_same_ids(c);
	assert_int_equal(collect_count(c, EVIDENCE_HOST), 15);
	assert_int_equal(collect_count(c, EVIDENCE_VECTOR_STORE), 5);
	assert_int_equal(collect_count(c, EVIDENCE_AI_SYSTEM), 3);
	assert_int_equal(collect_count(c, EVIDENCE_COMPONENT), 13);
	assert_int_equal(collect_count(c, EVIDENCE_MODEL), 0);
	assert_int_equal(with(c, EVIDENCE_HOST, "kind", "vector_store"), 5);
	assert_int_equal(with(c, EVIDENCE_HOST, "kind", "training"), 2);
	assert_int_equal(with(c, EVIDENCE_HOST, "kind", "-"), 8);
	assert_int_equal(with(c, EVIDENCE_HOST, "gpu", "-"), 15);
	assert_int_equal(with(c, EVIDENCE_HOST, "hardened", "-"), 15);
	assert_int_equal(with(c, EVIDENCE_HOST, "network_isolated", "-"), 15);
	assert_int_equal(with(c, EVIDENCE_HOST, "last_seen_at", "-"), 15);
	assert_int_equal(with(c, EVIDENCE_AI_SYSTEM, "registered", "0"), 3);
	const struct evidence_record *r =
	    collect_by_id(c, EVIDENCE_AI_SYSTEM, "inference-test/Deployment/langflow-agent");
	assert_column(r, "name", "langflow-agent");
	assert_column(r, "deployment", "self_hosted");
	r = collect_by_id(c, EVIDENCE_COMPONENT, "langflowai/langflow@latest");
	assert_column(r, "type", "container");
	assert_column(r, "ai", "1");
	assert_column(r, "hash", "-");
	assert_column(r, "system_id", "inference-test/Deployment/langflow-agent");
	assert_false(c->facts.has_time);
	assert_int_equal(c->facts.identity.n, 0);
	assert_string_equal(c->warnings, "");
}

static void manifests_are_read_with_their_policies(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "kubernetes", "kubernetes/manifests.yaml"), OK);
	assert_int_equal(c->facts.records, 9);
	assert_int_equal(collect_count(c, EVIDENCE_HOST), 5);
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_HOST, "ai/Deployment/llama");
	assert_true(r->main);
	assert_column(r, "name", "llama");
	assert_column(r, "kind", "inference");
	assert_column(r, "provider", "kubernetes");
	assert_column(r, "gpu", "1");
	assert_column(r, "hardened", "1");
	assert_column(r, "network_isolated", "1");
	assert_column(r, "egress_controlled", "1");
	assert_column(r, "from_code", "-");
	assert_column(r, "isolation", "-");
	r = collect_by_id(c, EVIDENCE_HOST, "ai/Deployment/open");
	assert_column(r, "hardened", "0");
	assert_column(r, "network_isolated", "0");
	assert_column(r, "egress_controlled", "-");
	r = collect_by_id(c, EVIDENCE_MODEL,
			  "meta-llama/Llama-3.1-8B-Instruct@0e9e39f249a16976918f6564b8830bc894c89659");
	assert_column(r, "publisher", "meta-llama");
	assert_column(r, "pinned", "1");
	assert_column(r, "in_use", "1");
	assert_column(r, "deployment", "self_hosted");
	assert_column(collect_by_id(c, EVIDENCE_MODEL, "mistralai/Mistral-7B-Instruct-v0.3"), "pinned", "0");
	r = collect_by_id(c, EVIDENCE_COMPONENT, "mirror/vllm/vllm-openai@v0.6.3");
	assert_column(r, "hash", "SHA-256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
	assert_column(collect_by_id(c, EVIDENCE_VECTOR_STORE, "ai/StatefulSet/vectors"), "auth_required", "1");
	r = collect_by_id(c, EVIDENCE_VECTOR_STORE, "ai/StatefulSet/weaviate");
	assert_column(r, "auth_required", "0");
	assert_column(r, "platform", "weaviate");
	assert_column(r, "encrypted", "-");
	r = collect_by_id(c, EVIDENCE_HOST, "ai/Deployment/chat");
	assert_column(r, "hardened", "0");
	assert_column(r, "system_id", "ai/Deployment/chat");
}

static void an_export_of_a_cluster_is_read(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "kubernetes", "kubernetes/cluster.json"), OK);
	assert_int_equal(c->facts.records, 10);
	assert_int_equal(collect_count(c, EVIDENCE_HOST), 6);
	assert_int_equal(collect_count(c, EVIDENCE_MODEL), 2);
	assert_int_equal(collect_count(c, EVIDENCE_COMPONENT), 3);
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_HOST, "models/InferenceService/qwen");
	assert_column(r, "kind", "inference");
	assert_column(r, "gpu", "1");
	assert_column(r, "hardened", "-");
	/* A policy for all pods of a namespace needs no labels. */
	assert_column(r, "network_isolated", "1");
	assert_column(r, "egress_controlled", "-");
	r = collect_by_id(c, EVIDENCE_MODEL, "Qwen/Qwen2.5-7B-Instruct@main");
	assert_column(r, "pinned", "0");
	r = collect_by_id(c, EVIDENCE_MODEL, "models/InferenceService/iris");
	assert_column(r, "name", "iris");
	assert_column(r, "source", "gs://acme-models/iris/model.pkl");
	assert_column(r, "format", "pickle");
	r = collect_by_id(c, EVIDENCE_HOST, "train/PyTorchJob/tune");
	assert_column(r, "kind", "training");
	assert_column(r, "gpu", "1");
	assert_column(r, "hardened", "0");
	assert_column(r, "network_isolated", "-");
	assert_column(collect_by_id(c, EVIDENCE_HOST, "models/RayService/ray"), "kind", "inference");
	assert_column(collect_by_id(c, EVIDENCE_HOST, "train/CronJob/nightly"), "hardened", "1");
	assert_column(collect_by_id(c, EVIDENCE_COMPONENT, "ollama/ollama"), "version", "-");
	assert_true(collect_warned(c, "another one controls is left out"));
}

static void a_list_of_the_api_names_its_kind_once(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "kubernetes", "kubernetes/deployments.json"), OK);
	assert_int_equal(c->facts.records, 2);
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_HOST, "ai/Deployment/gateway");
	assert_column(r, "kind", "gateway");
	assert_int_equal(collect_count(c, EVIDENCE_HOST), 1);
}

static void only_what_a_cluster_shows_was_seen(void **state)
{
	struct collect *c = *state;
	int64_t given = 1793491200000;
	for (int live = 0; live < 2; live++) {
		str text = collect_load(live ? "kubernetes/cluster.json" : "kubernetes/manifests.yaml");
		struct source from = source_text(S("file"), text);
		collect_reset(c);
		struct import_sink sink = {c, collect_record, collect_warn};
		struct import_input in = {
		    .from = &from, .arena = &c->arena, .facts = &c->facts, .sink = &sink, .given_ms = &given};
		assert_int_equal(import_format_find(S("kubernetes"))->read(&in, &c->err), OK);
		assert_column(collect_row(c, EVIDENCE_HOST, 0), "last_seen_at", live ? "2026-11-01T00:00:00Z" : "-");
		assert_column(collect_row(c, EVIDENCE_MODEL, 0), "last_seen_at", live ? "2026-11-01T00:00:00Z" : "-");
		free((void *)(uintptr_t)text.p);
	}
}

static void no_secret_gets_into_a_row(void **state)
{
	static const char *const samples[] = {"kubernetes/manifests.yaml", "kubernetes/cluster.json",
					      "kubernetes/full-smoke-test.yaml"};
	struct collect *c = *state;
	assert_true(import_format_find(S("kubernetes"))->secrets);
	for (size_t s = 0; s < 3; s++) {
		assert_int_equal(collect_file(c, "kubernetes", samples[s]), OK);
		for (size_t i = 0; i < c->n; i++)
			for (int k = 0; k < evidence_kinds[c->rows[i].kind].n_columns; k++) {
				assert_true(str_find(c->rows[i].values[k].text, S("synthetic")) < 0);
				assert_true(str_find(c->rows[i].values[k].text, S("fake")) < 0);
			}
	}
}

static void images_are_told_by_their_name(void **state)
{
	static const char *const cases[][3] = {
	    /* image, id of the component, kind of the host; NULL: not AI */
	    {"vllm/vllm-openai", "vllm/vllm-openai", "inference"},
	    {"vllm", "vllm", "inference"},
	    {"ghcr.io/org/vllm:1", "org/vllm@1", "inference"},
	    {"localhost/vllm:1", "vllm@1", "inference"},
	    {"reg:5000/x/ollama", "x/ollama", "inference"},
	    {"nvcr.io/nim/meta/llama-3.1-8b-instruct:1", "nim/meta/llama-3.1-8b-instruct@1", "inference"},
	    {"nvcr.io/nvidia/tritonserver:24.10-py3", "nvidia/tritonserver@24.10-py3", "inference"},
	    {"tensorflow/serving", "tensorflow/serving", "inference"},
	    {"chromadb/chroma:0.4", "chromadb/chroma@0.4", "vector_store"},
	    {"berriai/litellm", "berriai/litellm", "gateway"},
	    {"open-webui/open-webui:ollama", "open-webui/open-webui@ollama", "-"},
	    {"langfuse/langfuse:3", "langfuse/langfuse@3", "-"},
	    {"team/serving", NULL, NULL},
	    {"team/vllmish", NULL, NULL},
	    {"qdrant/qdrant-operator", NULL, NULL},
	    {"nginx:ollama", NULL, NULL},
	    {"ollama/proxy", NULL, NULL},
	    {"nim/", NULL, NULL},
	    {"", NULL, NULL},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[600];
		snprintf(text, sizeof text, DEPLOYMENT("d", "{\"containers\":[{\"image\":\"%s\"}]}"), cases[i][0]);
		accepted(c, text);
		if (!cases[i][1]) {
			assert_int_equal(c->n, 0);
			continue;
		}
		assert_column(collect_by_id(c, EVIDENCE_HOST, "n/Deployment/d"), "kind", cases[i][2]);
		(void)collect_by_id(c, EVIDENCE_COMPONENT, cases[i][1]);
	}
}

static void accelerators_are_told_by_their_resource(void **state)
{
	static const char *const cases[][2] = {
	    {"\"nvidia.com/gpu\":1", "1"},
	    {"\"nvidia.com/mig-1g.5gb\":\"1\"", "1"},
	    {"\"google.com/tpu\":\"8\"", "1"},
	    {"\"aws.amazon.com/neuroncore\":2", "1"},
	    {"\"cpu\":1", "-"},
	    {"\"nvidia.com/gpu\":0", "-"},
	    {"\"nvidia.com/gpu\":null", "-"},
	    {"\"evil.nvidia.com/gpu\":1", "-"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[600];
		snprintf(text, sizeof text, DEPLOYMENT("d", CONTAINER(",\"resources\":{\"requests\":{%s}}")),
			 cases[i][0]);
		assert_column(host(*state, text), "gpu", cases[i][1]);
	}
}

static void hardened_needs_all_that_is_good_and_one_bad_is_enough(void **state)
{
	static const char *const cases[][2] = {
	    {CONTAINER(""), "-"},
	    {CONTAINER(",\"securityContext\":{\"runAsNonRoot\":true,\"readOnlyRootFilesystem\":true}"), "1"},
	    {CONTAINER(",\"securityContext\":{\"runAsNonRoot\":\"true\",\"readOnlyRootFilesystem\":true}"), "-"},
	    {CONTAINER(",\"securityContext\":{\"runAsNonRoot\":true}"), "-"},
	    {CONTAINER(",\"securityContext\":{\"runAsNonRoot\":false,\"readOnlyRootFilesystem\":true}"), "0"},
	    {CONTAINER(",\"securityContext\":{\"readOnlyRootFilesystem\":false}"), "0"},
	    {CONTAINER(
		 ",\"securityContext\":{\"privileged\":true,\"runAsNonRoot\":true,\"readOnlyRootFilesystem\":true}"),
	     "0"},
	    {CONTAINER(",\"securityContext\":{\"runAsUser\":0}"), "0"},
	    {"{\"securityContext\":{\"runAsUser\":0},\"containers\":[{\"image\":\"ollama/ollama\","
	     "\"securityContext\":{\"runAsUser\":1000}}]}",
	     "-"},
	    {"{\"securityContext\":{\"runAsNonRoot\":true},\"containers\":[{\"image\":\"ollama/ollama\","
	     "\"securityContext\":{\"readOnlyRootFilesystem\":true}}]}",
	     "1"},
	    {"{\"hostPID\":true,\"containers\":[{\"image\":\"ollama/ollama\"}]}", "0"},
	    {"{\"containers\":[{\"image\":\"ollama/ollama\",\"securityContext\":{\"runAsNonRoot\":true,"
	     "\"readOnlyRootFilesystem\":true}}],\"initContainers\":[{\"image\":\"busybox\"}]}",
	     "-"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[900];
		snprintf(text, sizeof text, DEPLOYMENT("d", "%s"), cases[i][0]);
		assert_column(host(*state, text), "hardened", cases[i][1]);
	}
}

static void policies_limit_what_they_select(void **state)
{
	static const char *const cases[][3] = {
	    /* spec, isolated, egress */
	    {"{\"podSelector\":{}}", "1", "-"},
	    {"{\"podSelector\":{},\"policyTypes\":[\"Ingress\",\"Egress\"]}", "1", "1"},
	    {"{\"podSelector\":{},\"egress\":[{\"to\":[{\"podSelector\":{}}]}]}", "1", "1"},
	    {"{\"podSelector\":{},\"policyTypes\":[\"Egress\"],\"egress\":[{}]}", "-", "0"},
	    {"{\"podSelector\":{},\"egress\":[{\"ports\":[{\"port\":53}]}]}", "1", "1"},
	    {"{\"podSelector\":{},\"egress\":[{\"ports\":[{\"port\":53},{\"port\":443}]}]}", "1", "0"},
	    {"{\"podSelector\":{},\"egress\":[{\"ports\":[{\"port\":53,\"endPort\":65535}]}]}", "1", "0"},
	    {"{\"podSelector\":{},\"egress\":[{\"to\":[{\"ipBlock\":{\"cidr\":\"0.0.0.0/0\"}}]}]}", "1", "0"},
	    {"{\"podSelector\":{},\"ingress\":[{\"ports\":[{\"port\":53}]}]}", "0", "-"},
	    {"{\"podSelector\":{},\"ingress\":[{\"from\":[{\"namespaceSelector\":{}}]}]}", "0", "-"},
	    {"{\"podSelector\":{},\"ingress\":[{\"from\":[{\"namespaceSelector\":{},\"podSelector\":{\"matchLabels\":"
	     "{\"a\":\"b\"}}}]}]}",
	     "1", "-"},
	    {"{\"podSelector\":{\"matchLabels\":{\"app\":\"b\"}}}", "-", "-"},
	    {"{\"podSelector\":{\"matchLabels\":{\"app\":\"a\"}}}", "1", "-"},
	    {"{\"podSelector\":{\"matchExpressions\":[{\"key\":\"app\",\"operator\":\"NotIn\",\"values\":[\"a\"]}]}}",
	     "-", "-"},
	    {"{\"podSelector\":{\"matchExpressions\":[{\"key\":\"x\",\"operator\":\"NotIn\",\"values\":[\"a\"]}]}}",
	     "1", "-"},
	    {"{\"podSelector\":{\"matchExpressions\":[{\"key\":\"app\",\"operator\":\"Exists\"}]}}", "1", "-"},
	    {"{\"podSelector\":{\"matchExpressions\":[{\"key\":\"x\",\"operator\":\"DoesNotExist\"}]}}", "1", "-"},
	    {"{\"podSelector\":{\"matchExpressions\":[{\"key\":\"x\",\"operator\":\"Like\"}]}}", "-", "-"},
	    {"{}", "-", "-"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[1200];
		/* The policy stands behind the pods that it selects. */
		snprintf(text, sizeof text, "[" DEPLOYMENT("d", CONTAINER("")) "," POLICY("%s") "]", cases[i][0]);
		const struct evidence_record *r = host(c, text);
		assert_column(r, "network_isolated", cases[i][1]);
		assert_column(r, "egress_controlled", cases[i][2]);
	}
}

static void policies_add_up_and_stay_in_their_namespace(void **state)
{
	struct collect *c = *state;
	const struct evidence_record *r =
	    host(c, "[" POLICY("{\"podSelector\":{}}") "," DEPLOYMENT("d", CONTAINER("")) "," POLICY(
			"{\"podSelector\":{},\"ingress\":[{}]}") "]");
	assert_column(r, "network_isolated", "0");
	/* One that is not understood could open a door. */
	r = host(c, "[" POLICY("{\"podSelector\":{}}") "," DEPLOYMENT("d", CONTAINER("")) "," POLICY(
			"{\"podSelector\":{\"matchExpressions\":[{}]}}") "]");
	assert_column(r, "network_isolated", "-");
	assert_true(collect_warned(c, "a selector of a network policy is not understood"));
	r = host(c, "[" DEPLOYMENT("d", CONTAINER("")) ",{\"apiVersion\":\"networking.k8s.io/v1\",\"kind\":"
						       "\"NetworkPolicy\",\"metadata\":{\"name\":\"p\",\"namespace\":"
						       "\"other\"},\"spec\":{\"podSelector\":{}}}]");
	assert_column(r, "network_isolated", "-");
	/* Another product's policies have other rules. */
	r = host(c, "[" DEPLOYMENT("d", CONTAINER("")) ",{\"apiVersion\":\"crd.projectcalico.org/v1\",\"kind\":"
						       "\"NetworkPolicy\",\"metadata\":{\"name\":\"p\",\"namespace\":"
						       "\"n\"},\"spec\":{\"podSelector\":{}}}]");
	assert_column(r, "network_isolated", "-");
	r = host(c, "[" POLICY("{\"podSelector\":{}}") "," DEPLOYMENT(
			"d", "{\"hostNetwork\":true,\"containers\":[{\"image\":\"ollama\"}]}") "]");
	assert_column(r, "network_isolated", "-");
}

static void models_are_named_by_arguments_and_variables(void **state)
{
	static const char *const cases[][3] = {
	    /* members of the container, id, pinned */
	    {"\"args\":[\"--model\",\"a/b\"]", "a/b", "0"},
	    {"\"args\":[\"--model=a/b\",\"--revision\",\"main\"]", "a/b@main", "0"},
	    {"\"args\":[\"--model-id=a/b\",\"--revision=0123abcd\"]", "a/b@0123abcd", "1"},
	    {"\"command\":[\"vllm\",\"serve\",\"a/b\"]", "a/b", "0"},
	    {"\"env\":[{\"name\":\"MODEL_NAME\",\"value\":\"resnet50\"}]", "resnet50", "-"},
	    {"\"env\":[{\"name\":\"HF_MODEL_ID\",\"value\":\"a/b\"}],\"args\":[\"--model\",\"c/d\"]", "c/d", "0"},
	    {"\"args\":[\"--model\",\"/models/llama\"]", NULL, NULL},
	    {"\"args\":[\"--model\",\"$(MODEL)\"]", NULL, NULL},
	    {"\"args\":[\"--model\",\"https://user:pw@host/x\"]", NULL, NULL},
	    {"\"args\":[\"--model\",\"../b\"]", NULL, NULL},
	    {"\"env\":[{\"name\":\"MODEL_NAME\",\"value\":\"ghp_0123456789abcdefABCDEF0123456789abcd\"}]", NULL, NULL},
	    {"\"args\":[\"--model\",\"a/b/\"]", NULL, NULL},
	    {"\"args\":[\"serve\",\"--port=80\"]", NULL, NULL},
	    {"\"args\":[\"--model\"]", NULL, NULL},
	    {"\"args\":\"--model a/b\"", NULL, NULL},
	    {"\"env\":[{\"name\":\"TOKEN\",\"value\":\"a/b\"}]", NULL, NULL},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[900];
		snprintf(text, sizeof text, DEPLOYMENT("d", CONTAINER(",%s")), cases[i][0]);
		accepted(c, text);
		assert_int_equal(collect_count(c, EVIDENCE_MODEL), cases[i][1] ? 1 : 0);
		if (cases[i][1])
			assert_column(collect_by_id(c, EVIDENCE_MODEL, cases[i][1]), "pinned", cases[i][2]);
	}
}

static void an_address_with_a_password_is_not_kept(void **state)
{
	struct collect *c = *state;
	accepted(c,
		 "{\"apiVersion\":\"serving.kserve.io/v1beta1\",\"kind\":\"InferenceService\",\"metadata\":{\"name\":"
		 "\"m\"},\"spec\":{\"predictor\":{\"model\":{\"storageUri\":\"https://u:p@h.example/m.onnx\"}}}}");
	assert_int_equal(collect_count(c, EVIDENCE_MODEL), 0);
	(void)collect_by_id(c, EVIDENCE_HOST, "default/InferenceService/m");
}

static void samples_cut_anywhere_are_refused_or_shorter(void **state)
{
	struct collect *c = *state;
	str text = collect_load("kubernetes/cluster.json");
	str whole = str_trim(text);
	for (size_t n = 0; n < whole.n; n += 3)
		assert_int_equal(collect_text(c, "kubernetes", str_slice(whole, 0, n)), E_INVALID);
	free((void *)(uintptr_t)text.p);
	/* Only a whole document stands for itself. */
	text = collect_load("kubernetes/manifests.yaml");
	for (size_t n = 0; n < text.n; n += 7) {
		enum status status = collect_text(c, "kubernetes", str_slice(text, 0, n));
		assert_true(status == OK || status == E_INVALID);
		assert_true(c->facts.records <= 9);
	}
	free((void *)(uintptr_t)text.p);
}

static void wrong_types_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "", "a Kubernetes object expected", "file:1:1");
	refused(c, "# nothing\n", "a Kubernetes object expected", "file:1:1");
	refused(c, "7", "an object expected", "file:1:1");
	refused(c, "a: 1\n", "apiVersion and kind (texts) expected", "file:1:1");
	refused(c, "apiVersion: v1\nkind: Pod\n", "metadata.name (a text) expected", "file:1:1");
	refused(c, "apiVersion: v1\nkind: List\nitems: {a: b}\n", "a list of objects expected", "file:3:8");
	refused(c, "apiVersion: v1\nkind: List\nitems:\n- 7\n", "an object expected", "file:4:3");
	refused(c, "[7]", "an object expected", "file:1:2");
	refused(c, "{\"kind\":\"Pod\"}", "apiVersion and kind (texts) expected", "file:1:1");
	refused(c, "{\"items\":{}}", "a list of objects expected", "file:1:10");
	refused(c, "{\"items\":[{}]}", "apiVersion and kind (texts) expected", "file:1:11");
	/* What has no pods need not have a name. */
	accepted(c, "apiVersion: v1\nkind: Other\n");
	assert_int_equal(c->facts.records, 1);
	assert_int_equal(c->n, 0);
	/* Odd shapes below give nothing. */
	accepted(c, DEPLOYMENT("d", "{\"containers\":{\"image\":\"ollama\"}}"));
	accepted(c, DEPLOYMENT("d", "[{\"image\":\"ollama\"}]"));
	accepted(c, DEPLOYMENT("d", "{\"containers\":[7,[],null,{\"image\":[]}]}"));
	assert_int_equal(c->n, 0);
}

static void hostile_files_are_refused(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, DEPLOYMENT("a\\u0000", "{}")), E_INVALID);
	assert_int_equal(read_text(c, "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"kind\":\"Pod\",\"metadata\":{}}"),
			 E_INVALID);
	assert_int_equal(read_text(c, DEPLOYMENT("d", "{\"a\":1,\"a\":2}")), E_INVALID);
	assert_non_null(strstr(c->err.detail, "stands twice"));
	assert_int_equal(read_text(c, "apiVersion: v1\nkind: Pod\nkind: Pod\n"), E_INVALID);
	assert_int_equal(read_text(c, "apiVersion: v1\nkind: Pod\n<<: {a: 1}\n"), E_INVALID);
	assert_int_equal(read_text(c, "apiVersion: v1\nkind: !evil Pod\n"), E_INVALID);
	assert_int_equal(read_text(c, DEPLOYMENT("d", "{}") "{}"), E_INVALID);
	char deep[4000] = "{\"apiVersion\":";
	memset(deep + strlen(deep), '[', 300);
	assert_int_not_equal(read_text(c, deep), OK);
}

/* Each alias stands for ten of the one before. */
static void a_file_that_swells_by_aliases_is_refused(void **state)
{
	struct collect *c = *state;
	char text[2000] = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\na0: &a0 [x]\n";
	for (int i = 1; i < 10; i++) {
		size_t at = strlen(text);
		snprintf(text + at, sizeof text - at, "a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d]\n",
			 i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
	}
	assert_int_equal(read_text(c, text), E_TOO_LARGE);
}

static void too_many_policies_are_refused(void **state)
{
	struct collect *c = *state;
	static const char one[] = "---\n{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}}\n";
	size_t n = sizeof one - 1;
	char *text = malloc(n * (LIMIT_KUBERNETES_KEPT + 1) + 1);
	assert_non_null(text);
	for (size_t i = 0; i <= LIMIT_KUBERNETES_KEPT; i++)
		memcpy(text + i * n, one, n + 1);
	assert_int_equal(read_text(c, text), E_TOO_LARGE);
	assert_non_null(strstr(c->err.message, "network policies"));
	free(text);
}

static void a_workload_that_stands_twice_is_one(void **state)
{
	struct collect *c = *state;
	accepted(c, "[" DEPLOYMENT("d", CONTAINER("")) "," DEPLOYMENT("d", CONTAINER("")) "]");
	assert_int_equal(collect_count(c, EVIDENCE_HOST), 1);
	assert_int_equal(c->facts.records, 2);
	assert_true(collect_warned(c, "repeats an earlier one word for word"));
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 3;
	assert_int_equal(collect_file(c, "kubernetes", "kubernetes/full-smoke-test.yaml"), E_IO);
	assert_int_equal(c->n, 2);
	assert_int_equal(collect_file(c, "kubernetes", "kubernetes/cluster.json"), E_IO);
}

static void objects_are_told_from_all_other_formats(void **state)
{
	static const char *const heads[] = {
	    "apiVersion: v1\nkind: Pod\n",
	    "# c\n---\nkind: Pod\napiVersion: v1\n",
	    "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[]}",
	    "{\"apiVersion\":\"v1\",\"items\":[{\"apiVersion\":\"v1\"",
	    "[{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}]",
	};
	static const char *const others[] = {"a: 1\nb: 2\n", "  apiVersion: v1\n  kind: Pod\n", "apiVersion: v1\n"};
	struct collect *c = *state;
	const struct import_format *f = NULL;
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		assert_int_equal(import_detect(str_from(heads[i]), true, S("file"), &f, &c->err), OK);
		assert_true(str_eq(f->name, S("kubernetes")));
	}
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_int_equal(import_detect(str_from(others[i]), true, S("file"), &f, &c->err), E_INVALID);
	assert_true(str_eq(import_format_find(S("k8s"))->name, S("kubernetes")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_smoke_test_has_fifteen_hosts),
	    COLLECT_TEST(manifests_are_read_with_their_policies),
	    COLLECT_TEST(an_export_of_a_cluster_is_read),
	    COLLECT_TEST(a_list_of_the_api_names_its_kind_once),
	    COLLECT_TEST(only_what_a_cluster_shows_was_seen),
	    COLLECT_TEST(no_secret_gets_into_a_row),
	    COLLECT_TEST(images_are_told_by_their_name),
	    COLLECT_TEST(accelerators_are_told_by_their_resource),
	    COLLECT_TEST(hardened_needs_all_that_is_good_and_one_bad_is_enough),
	    COLLECT_TEST(policies_limit_what_they_select),
	    COLLECT_TEST(policies_add_up_and_stay_in_their_namespace),
	    COLLECT_TEST(models_are_named_by_arguments_and_variables),
	    COLLECT_TEST(an_address_with_a_password_is_not_kept),
	    COLLECT_TEST(samples_cut_anywhere_are_refused_or_shorter),
	    COLLECT_TEST(wrong_types_are_refused_with_their_place),
	    COLLECT_TEST(hostile_files_are_refused),
	    COLLECT_TEST(a_file_that_swells_by_aliases_is_refused),
	    COLLECT_TEST(too_many_policies_are_refused),
	    COLLECT_TEST(a_workload_that_stands_twice_is_one),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	    COLLECT_TEST(objects_are_told_from_all_other_formats),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
