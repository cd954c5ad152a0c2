#include "import/cyclonedx.h"

#include <stddef.h>

static const str types[] = {S("application"),
			    S("framework"),
			    S("library"),
			    S("container"),
			    S("platform"),
			    S("operating-system"),
			    S("device"),
			    S("firmware"),
			    S("file"),
			    S("machine-learning-model"),
			    S("data"),
			    S("device-driver"),
			    S("cryptographic-asset")};

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

bool import_cyclonedx_ai_type(str type)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_eq(type, types[i]))
			return true;
	return false;
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

bool import_cyclonedx_ai(const struct import_cyclonedx_component *c)
{
	str part, rest = c->name;
	if (str_eq(c->type, S("machine-learning-model")) || str_eq(c->type, S("data")))
		return true;
	if (str_eq_fold(c->group, S("@langchain")) || str_eq_fold(c->group, S("@modelcontextprotocol")))
		return true;
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
