/**
 * What the commands that import and link take: for cli/table.c alone.
 */
#ifndef CLI_TABLE_IMPORT_H
#define CLI_TABLE_IMPORT_H

#include "cli/table.h"

static const struct table_option import_options[] = {
    {.name = S("format"),
     .value = S("FORMAT"),
     .kind = TABLE_FORMAT,
     .help = S("what the files are; without it their content tells. `measures` is a table of tallies")},
    {.name = S("feed"),
     .value = S("NAME"),
     .kind = TABLE_FEED,
     .help = S("the feed they belong to; without it the source's own name in the file, else format (or map) and unit")},
    {.name = S("unit"),
     .value = S("UNIT"),
     .kind = TABLE_UNIT,
     .help = S("the unit the feed speaks about; without it the feed's, else the root")},
    {.name = S("observed"),
     .value = S("TIME"),
     .kind = TABLE_TIME,
     .help = S("when it was so; a file that says it itself does not need it, and its own time wins")},
    {.name = S("covers"),
     .value = S("UNIT,…"),
     .kind = TABLE_UNIT,
     .many = true,
     .help = S("units below that the feed speaks for, also where it shows nothing about them")},
    {.name = S("replace"), .help = S("allow a snapshot that ends more than half of its feed")},
    {.name = S("map"),
     .value = S("FILE"),
     .kind = TABLE_FILE,
     .help = S("for --format csv and --format jsonl: which field is which column of evidence")},
    {.name = S("skip-bad"),
     .value = S("N"),
     .kind = TABLE_COUNT,
     .help = S("leave out up to N records of each file that break a rule, and list them; without it one refuses all")},
    {.name = S("dry-run"), .help = S("store nothing; show what would be, with the first rows")},
};
static const struct table_argument import_files[] = {
    {.name = S("FILE"), .kind = TABLE_FILE, .many = true, .help = S("files to read; - is standard input")},
};
static const struct table_example import_examples[] = {
    {S("aismm import people.csv --observed 2026-11-01"), S("the format is found by content")},
    {S("prowler aws -M json-ocsf && aismm import --unit cloud output/*.ocsf.json"), S("from a pipeline")},
    {S("aismm import --format csv --map wiz.yaml issues.csv --dry-run"), S("any other table, by a map")},
    {S("aismm import --format measures answers.csv"), S("tallies made elsewhere")},
};

static const struct table_option link_feed[] = {
    {.name = S("feed"), .value = S("NAME"), .kind = TABLE_FEED, .help = S("the link of this feed alone")},
};
static const struct table_option link_add_options[] = {
    {.name = S("feed"),
     .value = S("NAME"),
     .kind = TABLE_FEED,
     .help = S("only in rows of this feed; without it wherever the name stands")},
    {.name = S("because"), .value = S("TEXT"), .kind = TABLE_TEXT, .help = S("the reason, kept with the link")},
};
static const struct table_argument link_add_arguments[] = {
    {.name = S("NAME"),
     .kind = TABLE_TEXT,
     .help = S("the name a tool uses, or a pattern: * is any text, ? one character")},
    {.name = S("SYSTEM"), .kind = TABLE_TEXT, .help = S("the id of the AI system in the register")},
};
static const struct table_example link_add_examples[] = {
    {S("aismm link add huggingface:gpt2 chatbot"), S("what garak attacked is the chatbot")},
    {S("aismm link add 'prod/chatbot-*' chatbot --because 'the deployments of its team'"), S("a pattern")},
};
static const struct table_argument link_name[] = {
    {.name = S("NAME"), .kind = TABLE_TEXT, .help = S("the name, or the pattern as it was written")},
};
static const struct table_argument link_resolve_name[] = {
    {.name = S("NAME"), .kind = TABLE_TEXT, .help = S("the name as it stands in the evidence")},
};
static const struct table_argument link_file[] = {
    {.name = S("FILE"),
     .kind = TABLE_FILE,
     .help = S("a CSV file with the columns name and system, and optionally feed and because; - is standard input")},
};
static const struct table_option link_list_options[] = {
    {.name = S("all"), .help = S("with the links that were taken back")},
};

#endif
