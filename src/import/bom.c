#include "import/bom.h"

#include <string.h>

/* Packages of the AI stack. A name counts alone, and with an ending behind - or _ (vllm-openai, langchain_core). */
static const str packages[] = {
    /* frameworks and file formats */
    S("torch"), S("pytorch"), S("torchvision"), S("tensorflow"), S("keras"), S("jax"), S("flax"), S("scikit-learn"),
    S("xgboost"), S("lightgbm"), S("transformers"), S("diffusers"), S("tokenizers"), S("safetensors"), S("peft"),
    S("accelerate"), S("deepspeed"), S("sentence-transformers"), S("huggingface-hub"), S("huggingface_hub"), S("spacy"),
    S("onnx"), S("onnxruntime"), S("mlflow"),
    /* serving */
    S("vllm"), S("ollama"), S("llama-cpp-python"), S("llama.cpp"), S("text-generation-inference"), S("tensorrt"),
    S("tritonserver"), S("tritonclient"), S("sglang"), S("bentoml"), S("kserve"), S("litellm"),
    /* clients, agents and retrieval */
    S("openai"), S("anthropic"), S("mistralai"), S("cohere"), S("google-generativeai"), S("google-genai"),
    S("langchain"), S("langgraph"), S("llama-index"), S("llama_index"), S("llamaindex"), S("haystack-ai"), S("autogen"),
    S("crewai"), S("semantic-kernel"), S("fastmcp"), S("mcp"), S("chromadb"), S("faiss"), S("pinecone"),
    S("qdrant-client"), S("weaviate-client"), S("guardrails-ai"), S("nemoguardrails"), S("garak")};

/* ---- names ---- */

str import_bom_stem(str purl, str *version)
{
	size_t end = 0, at;
	while (end < purl.n && purl.p[end] != '?' && purl.p[end] != '#')
		end++;
	for (at = end; at > 0 && purl.p[at - 1] != '@' && purl.p[at - 1] != '/'; at--)
		;
	bool has_version = at > 0 && purl.p[at - 1] == '@';
	*version = has_version ? str_slice(purl, at, end) : (str){NULL, 0};
	return str_slice(purl, 0, has_version ? at - 1 : end);
}

bool import_bom_pinned(str version)
{
	static const str moving[] = {S("latest"), S("main"),    S("master"), S("head"),    S("dev"),
				     S("stable"), S("nightly"), S("edge"),   S("current"), S("*")};
	for (size_t i = 0; i < sizeof moving / sizeof *moving; i++)
		if (str_eq_fold(version, moving[i]))
			return false;
	return version.n > 0;
}

str import_bom_format(str name)
{
	static const struct {
		str end, format;
	} formats[] = {
	    {S(".safetensors"), S("safetensors")},
	    {S(".gguf"), S("gguf")},
	    {S(".onnx"), S("onnx")},
	    {S(".pkl"), S("pickle")},
	    {S(".pt"), S("pickle")},
	    {S(".pth"), S("pickle")},
	    {S(".h5"), S("h5")},
	};
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (str_ends(name, formats[i].end))
			return formats[i].format;
	return (str){NULL, 0};
}

static bool is_package(str name)
{
	for (size_t i = 0; i < sizeof packages / sizeof *packages; i++) {
		str stem = str_slice(name, 0, packages[i].n);
		bool ends =
		    name.n == packages[i].n || (name.n > stem.n && (name.p[stem.n] == '-' || name.p[stem.n] == '_'));
		if (ends && str_eq_fold(stem, packages[i]))
			return true;
	}
	return false;
}

bool import_bom_ai(str name)
{
	str part, rest = name;
	/* "vllm/vllm-openai", "@langchain/core": each part of the name. */
	while (rest.n) {
		str_cut(rest, '/', &part, &rest);
		if (str_starts(part, S("@")))
			part = str_slice(part, 1, part.n);
		if (is_package(part))
			return true;
	}
	return false;
}

/* ---- values ---- */

static bool is_hex(str text)
{
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')))
			return false;
	}
	return text.n >= 32 && text.n % 2 == 0;
}

enum status import_bom_digest(struct arena *texts, str algorithm, str hex, str *out, struct err *err)
{
	*out = (str){NULL, 0};
	if (!algorithm.n || !is_hex(hex))
		return OK;
	str lower = import_walk_lower(texts, hex);
	str joined = import_walk_join(texts, (str[]){algorithm, lower}, 2, ':');
	if (!lower.p || !joined.p)
		return err_full(err);
	*out = joined;
	return OK;
}

enum status import_bom_append(struct arena *texts, str *to, str text, struct err *err)
{
	size_t n = to->n + 2 + text.n;
	char *p = arena_alloc(texts, n, 1);
	if (!p)
		return err_full(err);
	memcpy(p, to->p, to->n);
	memcpy(p + to->n, ", ", 2);
	memcpy(p + to->n + 2, text.p, text.n);
	*to = (str){p, n};
	return OK;
}

enum status import_bom_filled(struct import_walk *w, bool *filled, struct err *err)
{
	int outside = w->json.event == JSON_OBJECT || w->json.event == JSON_ARRAY ? w->json.depth - 1 : w->json.depth;
	*filled = false;
	for (;;) {
		enum json_event e = w->json.event;
		*filled = *filled || (e == JSON_STRING && w->json.text.n) || e == JSON_NUMBER || e == JSON_TRUE ||
			  e == JSON_FALSE;
		if (w->json.depth <= outside)
			return OK;
		TRY(json_next(&w->json, err));
	}
}
