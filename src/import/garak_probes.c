#include "import/garak.h"

#include <stddef.h>

/* garak's families of probes (the part of a probe's name before the dot). A family that is not here is "other". */
static const struct {
	str family, class;
} families[] = {
    {S("promptinject"), S("prompt_injection")},
    {S("latentinjection"), S("prompt_injection")},
    {S("goodside"), S("prompt_injection")},
    {S("web_injection"), S("prompt_injection")},
    {S("xss"), S("prompt_injection")},
    {S("exploitation"), S("prompt_injection")},
    {S("ansiescape"), S("prompt_injection")},
    {S("agent_breaker"), S("prompt_injection")},
    {S("dan"), S("jailbreak")},
    {S("dra"), S("jailbreak")},
    {S("grandma"), S("jailbreak")},
    {S("tap"), S("jailbreak")},
    {S("suffix"), S("jailbreak")},
    {S("sata"), S("jailbreak")},
    {S("doctor"), S("jailbreak")},
    {S("phrasing"), S("jailbreak")},
    {S("fitd"), S("jailbreak")},
    {S("goat"), S("jailbreak")},
    {S("visual_jailbreak"), S("jailbreak")},
    {S("leakreplay"), S("leakage")},
    {S("apikey"), S("leakage")},
    {S("propile"), S("leakage")},
    {S("divergence"), S("leakage")},
    {S("sysprompt_extraction"), S("leakage")},
    {S("realtoxicityprompts"), S("toxicity")},
    {S("lmrc"), S("toxicity")},
    {S("atkgen"), S("toxicity")},
    {S("continuation"), S("toxicity")},
    {S("donotanswer"), S("toxicity")},
    {S("topic"), S("toxicity")},
    {S("malwaregen"), S("malware")},
    {S("av_spam_scanning"), S("malware")},
    {S("encoding"), S("encoding")},
    {S("badchars"), S("encoding")},
    {S("smuggling"), S("encoding")},
    {S("snowball"), S("hallucination")},
    {S("packagehallucination"), S("hallucination")},
    {S("misleading"), S("hallucination")},
};

str import_garak_probes_class(str probe)
{
	str family, rest;
	if (str_starts(probe, S("probes.")))
		probe = str_slice(probe, 7, probe.n);
	str_cut(probe, '.', &family, &rest);
	for (size_t i = 0; i < sizeof families / sizeof *families; i++)
		if (str_eq_fold(family, families[i].family))
			return families[i].class;
	return S("other");
}
