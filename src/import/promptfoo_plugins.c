#include "import/promptfoo.h"

#include <stddef.h>

struct word {
	str name, class;
};

/* By the whole id first, then by what stands before the first colon. What is not here is "other". */
static const struct word plugins[] = {
    {S("harmful:cybercrime:malicious-code"), S("malware")},
    {S("harmful:privacy"), S("leakage")},
    {S("harmful:copyright-violations"), S("other")},
    {S("harmful:intellectual-property"), S("other")},
    {S("harmful"), S("toxicity")},
    {S("bias"), S("toxicity")},
    {S("toxic-chat"), S("toxicity")},
    {S("donotanswer"), S("toxicity")},
    {S("beavertails"), S("toxicity")},
    {S("harmbench"), S("toxicity")},
    {S("aegis"), S("toxicity")},
    {S("indirect-prompt-injection"), S("prompt_injection")},
    {S("hijacking"), S("prompt_injection")},
    {S("cyberseceval"), S("prompt_injection")},
    {S("system-prompt-override"), S("prompt_injection")},
    {S("special-token-injection"), S("prompt_injection")},
    {S("sql-injection"), S("prompt_injection")},
    {S("shell-injection"), S("prompt_injection")},
    {S("rag-poisoning"), S("prompt_injection")},
    {S("agentic:memory-poisoning"), S("prompt_injection")},
    {S("pliny"), S("jailbreak")},
    {S("pii"), S("leakage")},
    {S("prompt-extraction"), S("leakage")},
    {S("cross-session-leak"), S("leakage")},
    {S("data-exfil"), S("leakage")},
    {S("rag-document-exfiltration"), S("leakage")},
    {S("ascii-smuggling"), S("encoding")},
    {S("hallucination"), S("hallucination")},
    {S("overreliance"), S("hallucination")},
    {{NULL, 0}, {NULL, 0}},
};

/* Strategies say how an attack is brought to the target. */
static const struct word strategies[] = {
    {S("prompt-injection"), S("prompt_injection")},
    {S("prompt-injections"), S("prompt_injection")},
    {S("indirect-web-pwn"), S("prompt_injection")},
    {S("jailbreak"), S("jailbreak")},
    {S("jailbreak-templates"), S("jailbreak")},
    {S("crescendo"), S("jailbreak")},
    {S("goat"), S("jailbreak")},
    {S("gcg"), S("jailbreak")},
    {S("best-of-n"), S("jailbreak")},
    {S("likert"), S("jailbreak")},
    {S("citation"), S("jailbreak")},
    {S("authoritative-markup-injection"), S("jailbreak")},
    {S("mischievous-user"), S("jailbreak")},
    {S("base64"), S("encoding")},
    {S("hex"), S("encoding")},
    {S("rot13"), S("encoding")},
    {S("leetspeak"), S("encoding")},
    {S("homoglyph"), S("encoding")},
    {S("morse"), S("encoding")},
    {S("piglatin"), S("encoding")},
    {S("camelcase"), S("encoding")},
    {S("emoji"), S("encoding")},
    {S("ascii-smuggling"), S("encoding")},
    {{NULL, 0}, {NULL, 0}},
};

static const struct word *find(const struct word *words, str name)
{
	for (; words->name.n; words++)
		if (str_eq_fold(words->name, name))
			return words;
	return NULL;
}

static str class_of(const struct word *words, str name)
{
	str family, rest;
	str_cut(name, ':', &family, &rest);
	const struct word *w = find(words, name);
	if (!w)
		w = find(words, family);
	return w ? w->class : (str)
	{
		NULL, 0
	};
}

bool import_promptfoo_plugins_plain(str strategy)
{
	return !strategy.n || str_eq_fold(strategy, S("basic")) || str_eq_fold(strategy, S("default"));
}

/* A plugin that only names a harm says less of the attack than the strategy does. */
str import_promptfoo_plugins_class(str plugin, str strategy)
{
	str class = class_of(plugins, plugin), way = class_of(strategies, strategy);
	if (str_starts(plugin, S("promptfoo:redteam:")))
		class = class_of(plugins, str_slice(plugin, S("promptfoo:redteam:").n, plugin.n));
	if (!class.n)
		class = S("other");
	if (way.n && (str_eq(class, S("toxicity")) || str_eq(class, S("other"))))
		return way;
	return class;
}
