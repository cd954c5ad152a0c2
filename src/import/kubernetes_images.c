#include "import/kubernetes.h"

/* Images of the AI stack, by the last part of their name, or the last two. A name counts alone and with an ending
   behind - (vllm-openai); one that ends in / is the beginning of all images below it. One a line. */
/* clang-format off */
static const struct {
	str name;
	enum import_kubernetes_role role;
} images[] = {
    /* serving */
    {S("vllm"), IMPORT_KUBERNETES_SERVING},
    {S("text-generation-inference"), IMPORT_KUBERNETES_SERVING},
    {S("text-embeddings-inference"), IMPORT_KUBERNETES_SERVING},
    {S("tritonserver"), IMPORT_KUBERNETES_SERVING},
    {S("tensorrtllm-runtime"), IMPORT_KUBERNETES_SERVING},
    {S("ollama"), IMPORT_KUBERNETES_SERVING},
    {S("sglang"), IMPORT_KUBERNETES_SERVING},
    {S("lmdeploy"), IMPORT_KUBERNETES_SERVING},
    {S("llama.cpp"), IMPORT_KUBERNETES_SERVING},
    {S("localai"), IMPORT_KUBERNETES_SERVING},
    {S("local-ai"), IMPORT_KUBERNETES_SERVING},
    {S("huggingfaceserver"), IMPORT_KUBERNETES_SERVING},
    {S("torchserve"), IMPORT_KUBERNETES_SERVING},
    {S("tensorflow/serving"), IMPORT_KUBERNETES_SERVING},
    {S("xinference"), IMPORT_KUBERNETES_SERVING},
    {S("mlserver"), IMPORT_KUBERNETES_SERVING},
    {S("nim/"), IMPORT_KUBERNETES_SERVING},
    {S("llm-d/"), IMPORT_KUBERNETES_SERVING},
    /* training */
    {S("google/jax"), IMPORT_KUBERNETES_TRAINING},
    {S("accelerate"), IMPORT_KUBERNETES_TRAINING},
    {S("deepspeed"), IMPORT_KUBERNETES_TRAINING},
    {S("axolotl"), IMPORT_KUBERNETES_TRAINING},
    {S("llamafactory"), IMPORT_KUBERNETES_TRAINING},
    {S("nvidia/nemo"), IMPORT_KUBERNETES_TRAINING},
    /* notebooks */
    {S("kubeflownotebookswg/"), IMPORT_KUBERNETES_NOTEBOOK},
    /* vector stores */
    {S("qdrant"), IMPORT_KUBERNETES_STORE},
    {S("milvus"), IMPORT_KUBERNETES_STORE},
    {S("weaviate"), IMPORT_KUBERNETES_STORE},
    {S("chroma"), IMPORT_KUBERNETES_STORE},
    {S("pgvector"), IMPORT_KUBERNETES_STORE},
    {S("marqo"), IMPORT_KUBERNETES_STORE},
    {S("vespaengine/vespa"), IMPORT_KUBERNETES_STORE},
    /* gateways */
    {S("litellm"), IMPORT_KUBERNETES_GATEWAY},
    {S("portkeyai/gateway"), IMPORT_KUBERNETES_GATEWAY},
    {S("helicone"), IMPORT_KUBERNETES_GATEWAY},
    /* applications */
    {S("open-webui"), IMPORT_KUBERNETES_APPLICATION},
    {S("librechat"), IMPORT_KUBERNETES_APPLICATION},
    {S("anythingllm"), IMPORT_KUBERNETES_APPLICATION},
    {S("lobe-chat"), IMPORT_KUBERNETES_APPLICATION},
    {S("langflow"), IMPORT_KUBERNETES_APPLICATION},
    {S("flowise"), IMPORT_KUBERNETES_APPLICATION},
    {S("dify-api"), IMPORT_KUBERNETES_APPLICATION},
    {S("chainlit"), IMPORT_KUBERNETES_APPLICATION},
    {S("ragflow"), IMPORT_KUBERNETES_APPLICATION},
    {S("openhands"), IMPORT_KUBERNETES_APPLICATION},
    {S("onyx-backend"), IMPORT_KUBERNETES_APPLICATION},
    /* what belongs to them */
    {S("rayproject/ray"), IMPORT_KUBERNETES_TOOL},
    {S("langfuse"), IMPORT_KUBERNETES_TOOL},
    {S("arizephoenix/phoenix"), IMPORT_KUBERNETES_TOOL},
    {S("mlflow"), IMPORT_KUBERNETES_TOOL},
    {S("lm-eval"), IMPORT_KUBERNETES_TOOL},
    {S("ragas-eval"), IMPORT_KUBERNETES_TOOL},
};

/* Settings by which a store asks callers who they are, or lets everybody in. An empty value: any. */
static const struct {
	str product, variable, value;
	enum import_kubernetes_truth truth;
} settings[] = {
    {S("qdrant"), S("QDRANT__SERVICE__API_KEY"), {NULL, 0}, IMPORT_KUBERNETES_YES},
    {S("chroma"), S("CHROMA_SERVER_AUTHN_PROVIDER"), {NULL, 0}, IMPORT_KUBERNETES_YES},
    {S("weaviate"), S("AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED"), S("true"), IMPORT_KUBERNETES_NO},
    {S("weaviate"), S("AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED"), S("false"), IMPORT_KUBERNETES_YES},
    {S("pgvector"), S("POSTGRES_HOST_AUTH_METHOD"), S("trust"), IMPORT_KUBERNETES_NO},
    {S("pgvector"), S("POSTGRES_HOST_AUTH_METHOD"), S("scram-sha-256"), IMPORT_KUBERNETES_YES},
};
/* clang-format on */

enum import_kubernetes_truth import_kubernetes_auth(str product, str name, str value)
{
	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
		if (str_eq(product, settings[i].product) && str_eq(name, settings[i].variable) &&
		    (!settings[i].value.n || str_eq_fold(value, settings[i].value)))
			return settings[i].truth;
	return IMPORT_KUBERNETES_UNKNOWN;
}

/* The last n parts of a path. */
static str last_parts(str path, int n)
{
	size_t at = path.n;
	while (at > 0 && (path.p[at - 1] != '/' || --n > 0))
		at--;
	return str_slice(path, at, path.n);
}

static bool is_image(str path, str name)
{
	if (str_ends(name, S("/"))) {
		str below = path;
		while (below.n && !str_starts(below, name)) {
			str head;
			if (!str_cut(below, '/', &head, &below))
				return false;
		}
		return below.n > name.n;
	}
	static const str others[] = {S("-operator"), S("-controller"), S("-exporter")};
	/* What runs a server is none itself. */
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (str_ends(path, others[i]))
			return false;
	str end = last_parts(path, str_find(name, S("/")) >= 0 ? 2 : 1);
	return str_starts(end, name) && (end.n == name.n || end.p[name.n] == '-');
}

/* A registry has a dot or a port, or is this machine. */
static bool is_registry(str part)
{
	return str_find(part, S(".")) >= 0 || str_find(part, S(":")) >= 0 || str_eq(part, S("localhost"));
}

struct import_kubernetes_image import_kubernetes_image(str reference)
{
	struct import_kubernetes_image out = {.role = IMPORT_KUBERNETES_NONE};
	str rest = reference, head, tail;
	if (str_cut(rest, '@', &rest, &tail))
		out.digest = tail;
	if (str_cut(rest, '/', &head, &tail) && is_registry(head))
		rest = tail;
	if (str_cut(last_parts(rest, 1), ':', &head, &tail)) {
		out.tag = tail;
		rest = str_slice(rest, 0, rest.n - tail.n - 1);
	}
	out.name = rest;
	for (size_t i = 0; i < sizeof images / sizeof *images && !out.role; i++)
		if (is_image(out.name, images[i].name)) {
			out.product = images[i].name;
			out.role = images[i].role;
		}
	return out;
}
