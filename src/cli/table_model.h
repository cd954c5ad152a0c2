/**
 * What the commands about models take: for cli/table.c alone.
 */
#ifndef CLI_TABLE_MODEL_H
#define CLI_TABLE_MODEL_H

#include "cli/table.h"

#define OPTION_BASE                                                                                                    \
	{                                                                                                              \
		.name = S("base"), .value = S("PATH"), .kind = TABLE_FILE,                                             \
		.help = S("the model that an overlay is for; without it the built-in one")                             \
	}
static const struct table_argument model_book_arguments[] = {
    {.name = S("MODEL"),
     .kind = TABLE_MODEL,
     .optional = true,
     .help =
	 S("a stored model, a path or `builtin`; without it the active model, or the built-in one where there is no "
	   "store")},
};
static const struct table_option model_book_options[] = {
    {.name = S("output"),
     .letter = 'o',
     .value = S("FILE"),
     .kind = TABLE_FILE,
     .required = true,
     .help = S("a page with a name in .html, or a folder (DIR/) of Markdown; - is standard output")},
    {.name = S("markdown"), .help = S("a folder of Markdown, whatever its name")},
    OPTION_BASE,
};
static const struct table_example model_book_examples[] = {
    {S("aismm model book -o book.html"), S("one page, to read, search and print")},
    {S("aismm model book -o docs/model/"), S("pages for a code host")},
    {S("aismm model book our-model/ -o our-model.html"), S("of a model that is not in a store")},
};

static const struct table_argument model_id[] = {
    {.name = S("ID"), .kind = TABLE_MODEL, .help = S("as in `aismm model list`: id@version")},
};
static const struct table_argument model_show_words[] = {
    {.name = S("MODEL|OBJECTIVE"),
     .kind = TABLE_MODEL,
     .optional = true,
     .many = true,
     .help = S("a stored model, a path or `builtin`; without it the active model. An objective's id shows all of it")},
};
static const struct table_option model_show_options[] = {
    {.name = S("objective"),
     .value = S("ID"),
     .kind = TABLE_OBJECTIVE,
     .help = S("show this objective with all it has")},
    {.name = S("category"), .value = S("ID"), .kind = TABLE_TEXT, .help = S("show this category, with its levels")},
    {.name = S("deployment"),
     .value = S("TYPES"),
     .kind = TABLE_TEXT,
     .help = S("only what applies to these: self_hosted, paas, saas")},
    OPTION_BASE,
};
static const struct table_example model_show_examples[] = {
    {S("aismm model show GOV-02.1"), S("an objective: what is counted, why, how, its references and its check")},
    {S("aismm model show --deployment saas"), S("what is left for who only consumes services")},
    {S("aismm model show builtin --category IAM"), S("a ladder, without a store")},
};
static const struct table_argument model_diff_models[] = {
    {.name = S("A"), .kind = TABLE_MODEL, .help = S("a stored model (id@version or id), a path, or `builtin`")},
    {.name = S("B"), .kind = TABLE_MODEL, .help = S("the model to compare it with")},
};
static const struct table_option model_diff_options[] = {
    {.name = S("exit-code"), .help = S("exit 1 when the models differ")},
    OPTION_BASE,
};
static const struct table_example model_diff_examples[] = {
    {S("aismm model diff aismm-reference@1.0.0 builtin"), S("before a newer model is made active")},
    {S("aismm model diff builtin acme.yaml"), S("what an overlay does")},
};
static const struct table_argument model_coverage_framework[] = {
    {.name = S("FRAMEWORK"),
     .kind = TABLE_WORD,
     .words = S("csa-aicm nist-ai-rmf iso-42001 eu-ai-act owasp-llm owasp-agentic mitre-atlas nist-csf"),
     .help = S("whose ids are looked for in the references of the objectives")},
};
static const struct table_option model_coverage_options[] = {
    {.name = S("version"),
     .value = S("VERSION"),
     .kind = TABLE_TEXT,
     .help = S("its version; without it the newest one that the model refers to")},
    {.name = S("model"),
     .value = S("MODEL"),
     .kind = TABLE_MODEL,
     .help = S("a stored model, a path or `builtin`; without it the active model")},
    {.name = S("missing"), .help = S("only the ids that no objective reaches")},
    {.name = S("reached"), .help = S("only the ids that objectives reach")},
};
static const struct table_example model_coverage_examples[] = {
    {S("aismm model coverage csa-aicm --missing"), S("the controls that the model does not look at")},
    {S("aismm model coverage csa-aicm --version 1.0.3"), S("for an AI-CAIQ with the old ids")},
};
static const struct table_argument model_path[] = {
    {.name = S("PATH"),
     .kind = TABLE_FILE,
     .help = S("a file, a directory with model.yaml and a file for each category, or an overlay")},
};
static const struct table_option model_lint_options[] = {
    {.name = S("strict"), .help = S("warnings are errors")},
    OPTION_BASE,
};
static const struct table_example model_lint_examples[] = {
    {S("aismm model lint --strict model/"), S("before a model is committed")},
};

#endif
