#include "cli/table.h"

#include "cli/cmd/cmd.h"
#include "cli/table_evidence.h"
#include "cli/table_model.h"
#include "cli/table_option.h"
#include "cli/table_people.h"
#include "cli/table_serve.h"
#include "cli/table_store.h"
#include "cli/table_work.h"

#define ARGUMENTS(array) .n_arguments = sizeof(array) / sizeof(array)[0], .arguments = (array)
#define OPTIONS(array) .n_options = sizeof(array) / sizeof(array)[0], .options = (array)
#define EXAMPLES(array) .n_examples = sizeof(array) / sizeof(array)[0], .examples = (array)

/* ---- arguments and options, by command ---- */

static const struct table_option answer_options[] = {
    {.name = S("unit"), .value = S("UNIT"), .kind = TABLE_UNIT, .help = S("the unit the answer is about")},
    {.name = S("met"), .in_forms = true, .help = S("a question of yes or no: yes")},
    {.name = S("not-met"), .in_forms = true, .help = S("a question of yes or no: no")},
    {.name = S("yes"),
     .value = S("N"),
     .kind = TABLE_COUNT,
     .in_forms = true,
     .help = S("how many of the population meet the condition")},
    {.name = S("no"), .value = S("N"), .kind = TABLE_COUNT, .in_forms = true, .help = S("how many do not")},
    {.name = S("unknown"),
     .value = S("N"),
     .kind = TABLE_COUNT,
     .in_forms = true,
     .help = S("of how many nobody knows; without it 0")},
    {.name = S("na"), .in_forms = true, .help = S("the objective does not apply to the unit; --because says why")},
    {.name = S("because"), .value = S("TEXT"), .kind = TABLE_TEXT, .help = S("the reason, kept with the answer")},
    {.name = S("evidence"), .value = S("FILE"), .kind = TABLE_FILE, .help = S("a document that shows it; it is kept")},
    {.name = S("reviewed-by"),
     .value = S("NAME"),
     .kind = TABLE_TEXT,
     .help = S("a second person who confirmed it with the evidence: the answer counts as reviewed")},
    {.name = S("observed"), .value = S("TIME"), .kind = TABLE_TIME, .help = S("when it was so; without it now")},
    {.name = S("expires"), .value = S("TIME"), .kind = TABLE_TIME, .help = S("until when it may be relied on")},
    {.name = S("override-until"),
     .value = S("TIME"),
     .kind = TABLE_TIME,
     .help = S("count instead of what machines measured, until then; --because says why")},
};
static const struct table_argument answer_arguments[] = {
    {.name = S("OBJECTIVE"), .kind = TABLE_OBJECTIVE, .help = S("its id, as in GOV-02.1")},
};
static const struct table_example answer_examples[] = {
    {S("aismm answer GOV-02.2 --unit acme --met --evidence charter.pdf --reviewed-by 'R. Okafor'"),
     S("a document and a second person stand behind it")},
    {S("aismm answer IAM-02.3 --unit retail --yes 41 --no 2 --unknown 7"), S("a share of a population")},
    {S("aismm answer MOD-03.1 --unit legal --na --because 'uses no model of its own'"),
     S("what does not apply leaves the score")},
};

static const struct table_option check_options[] = {
    {.name = S("min"),
     .value = S("BOUNDS"),
     .kind = TABLE_BOUNDS,
     .required = true,
     .help = S("the lowest level allowed, by category: GOV=3,IAM=2; program=2 bounds the floor of all")},
    OPTION_UNIT,
    OPTION_AS_OF,
};
static const struct table_example check_examples[] = {
    {S("aismm check --min GOV=3,IAM=2"), S("stop a pipeline when the program falls behind")},
};

#define OPTION_LENS_DEPLOYMENT                                                                                         \
	{                                                                                                              \
		.name = S("deployment"), .value = S("TYPES"), .kind = TABLE_TEXT,                                      \
		.help = S("see the organisation through these types alone: self_hosted, paas, saas")                   \
	}
static const struct table_option compare_options[] = {
    OPTION_UNIT,
    OPTION_AS_OF,
    {.name = S("with-unit"),
     .value = S("UNIT"),
     .kind = TABLE_UNIT,
     .help = S("the unit to compare it with; without it the same")},
    {.name = S("with-as-of"),
     .value = S("TIME"),
     .kind = TABLE_TIME,
     .help = S("the instant to compare with; without it the same for two units; for one a year before (setting "
	       "against.months), or when the "
	       "first was known")},
    OPTION_LENS_DEPLOYMENT,
    {.name = S("csv"), .help = S("print CSV, for a spreadsheet")},
};
static const struct table_example compare_examples[] = {
    {S("aismm compare --unit retail --with-unit cloud"), S("two parts of the organisation")},
    {S("aismm compare --with-as-of 2026-01-01"), S("what became of the whole since then")},
    {S("aismm compare --unit retail --with-unit cloud --csv >apart.csv"), S("down to the objectives")},
};
static const struct table_option overview_options[] = {
    OPTION_UNIT,
    OPTION_AS_OF,
    {.name = S("with-as-of"),
     .value = S("TIME"),
     .kind = TABLE_TIME,
     .help = S("the instant to compare with; without it a year before (setting against.months), or when the first was "
	       "known")},
    OPTION_LENS_DEPLOYMENT,
};
static const struct table_example overview_examples[] = {
    {S("aismm overview"), S("the program on one page")},
    {S("aismm overview --unit retail --with-as-of 2026-06-30"), S("a part of it, since the half-year")},
    {S("aismm overview --json | jq .moved"), S("for a machine")},
};

static const struct table_argument completion_arguments[] = {
    {.name = S("SHELL"),
     .kind = TABLE_WORD,
     .words = S("bash zsh fish units objectives categories feeds models formats"),
     .help = S("bash, zsh or fish: the script; the other words print the ids that the scripts offer")},
};
static const struct table_example completion_examples[] = {
    {S("aismm completion bash > ~/.local/share/bash-completion/completions/aismm"), S("for bash")},
    {S("aismm completion zsh > ~/.zfunc/_aismm"), S("for zsh, with ~/.zfunc in fpath")},
    {S("aismm completion fish > ~/.config/fish/completions/aismm.fish"), S("for fish")},
};

static const struct table_option evaluate_options[] = {
    {.name = S("as-of"),
     .value = S("TIME"),
     .kind = TABLE_TIME,
     .help = S("evaluate the evidence as it was then; without it now")},
};
static const struct table_example demo_examples[] = {
    {S("aismm --db demo.db demo"), S("in a store of its own")},
};
static const struct table_example evaluate_examples[] = {
    {S("aismm evaluate"), S("after an import, or every night")},
    {S("aismm evaluate --as-of 2026-06-30"), S("fill in history")},
};

static const struct table_option explain_options[] = {
    OPTION_UNIT,
    OPTION_AS_OF,
    {.name = S("limit"), .value = S("N"), .kind = TABLE_COUNT, .help = S("subjects to show; without it 20")},
    {.name = S("offset"), .value = S("N"), .kind = TABLE_COUNT, .help = S("subjects to leave out first")},
};
static const struct table_argument explain_arguments[] = {
    {.name = S("OBJECTIVE|CATEGORY"),
     .kind = TABLE_SUBJECT,
     .help = S("the id of an objective (IAM-03.2) or of a category (IAM)")},
};
static const struct table_example explain_examples[] = {
    {S("aismm explain IAM-03.2"), S("the arithmetic, the sources and who is not there yet")},
    {S("aismm explain IAM"), S("what would lift the category by one level")},
    {S("aismm explain IAM-03.2 --limit 100 --offset 20"), S("the next page of subjects")},
};

static const struct table_option as_of_only[] = {OPTION_AS_OF};
static const struct table_option at_only[] = {OPTION_AT};
static const struct table_argument feed_name[] = {
    {.name = S("NAME"), .kind = TABLE_FEED, .help = S("the feed, as in `aismm feed list`")},
};
static const struct table_option feed_set_options[] = {
    {.name = S("owner"), .value = S("WHO"), .kind = TABLE_TEXT, .help = S("who answers for it")},
    {.name = S("no-owner"), .help = S("nobody answers for it any more")},
    {.name = S("every"),
     .value = S("DAYS"),
     .kind = TABLE_COUNT,
     .help = S("the most days between two snapshots before the feed is late; 0: nothing is promised")},
};
static const struct table_example feed_set_examples[] = {
    {S("aismm feed set hr --owner 'R. Okafor' --every 7"), S("it is late when a week passes without a file")},
};
static const struct table_argument help_arguments[] = {
    {.name = S("COMMAND"), .kind = TABLE_COMMAND, .optional = true, .many = true, .help = S("one or two words")},
};

static const struct table_option score_options[] = {OPTION_UNIT, OPTION_AS_OF};
static const struct table_example score_examples[] = {
    {S("aismm score"), S("where the program stands")},
    {S("aismm score --unit retail --as-of 2026-01-01"), S("a part of it, as it was")},
    {S("aismm score --json | jq .program.floor"), S("for a machine")},
};
static const struct table_argument source_name[] = {
    {.name = S("NAME"), .kind = TABLE_TEXT, .help = S("the source, as `aismm explain` shows it")},
};
static const struct table_option source_retire_options[] = {
    {.name = S("unit"),
     .value = S("UNIT"),
     .kind = TABLE_UNIT,
     .help = S("the only unit for which it is retired; without it every unit")},
    OPTION_AT,
};
static const struct table_argument unit_file[] = {
    {.name = S("FILE.csv"), .kind = TABLE_FILE, .help = S("the whole tree; - is standard input")},
};
static const struct table_option unit_import_options[] = {
    {.name = S("since"),
     .value = S("TIME"),
     .kind = TABLE_TIME,
     .help = S("since when this tree holds; without it the first holds for all time, later ones from now")},
};
static const struct table_example unit_import_examples[] = {
    {S("aismm unit import units.csv"), S("columns: unit,parent,name,deployments and optionally size")},
};
static const struct table_argument unit_name[] = {
    {.name = S("UNIT"), .kind = TABLE_UNIT, .help = S("the id of the unit")},
};

/* ---- the table ---- */

const struct table_command table_commands[] = {
    {.name = S("answer"),
     .summary = S("record what a person knows about an objective"),
     .text = S(
	 "An answer is a measure of the source `answer`: attested, or reviewed when a second person confirmed it with "
	 "evidence. On objectives that a machine measures it counts only while no fresh measurement stands, or as "
	 "an override with a reason and an end."),
     .forms = S("(--met | --not-met | --yes N --no N [--unknown N] | --na)"),
     .topic = TABLE_FEEDING,
     .need = TABLE_WRITES,
     ARGUMENTS(answer_arguments),
     OPTIONS(answer_options),
     EXAMPLES(answer_examples),
     .run = cmd_answer},
    TABLE_WORK_APPROVAL,
    {.name = S("assign"),
     .sub = S("add"),
     .summary = S("ask a user for the answer to an objective"),
     .text = S("The user may see and answer that objective at that unit, whatever else it may do. The same again with "
	       "another date takes the place of the first."),
     .topic = TABLE_PEOPLE,
     .need = TABLE_WRITES,
     ARGUMENTS(assign_arguments),
     OPTIONS(assign_add_options),
     EXAMPLES(assign_add_examples),
     .run = cmd_assign_add},
    {.name = S("assign"),
     .sub = S("end"),
     .summary = S("end an assignment; that it was there is kept"),
     .topic = TABLE_PEOPLE,
     .need = TABLE_WRITES,
     ARGUMENTS(assign_arguments),
     OPTIONS(assign_end_options),
     .run = cmd_assign_end},
    {.name = S("assign"),
     .sub = S("list"),
     .summary = S("who is to answer what, by due date"),
     .topic = TABLE_PEOPLE,
     .need = TABLE_READS,
     OPTIONS(assign_list_options),
     .run = cmd_assign_list},
    {.name = S("audit"),
     .sub = S("list"),
     .summary = S("what was done to people, tokens and settings, newest first"),
     .topic = TABLE_PEOPLE,
     .need = TABLE_READS,
     OPTIONS(audit_list_options),
     EXAMPLES(audit_list_examples),
     .run = cmd_audit_list},
    {.name = S("audit"),
     .sub = S("verify"),
     .summary = S("check that no row of the audit trail was changed; exit 4 when one was"),
     .text =
	 S("Each row holds a sum over itself and the row before. Who cuts the end off leaves a trail that is good as "
	   "far as it goes: write the last sum down elsewhere, and ask for it with --expect later."),
     .topic = TABLE_PEOPLE,
     .need = TABLE_READS,
     OPTIONS(audit_verify_options),
     .run = cmd_audit_verify},
    {.name = S("backup"),
     .summary = S("copy the whole store into one file, while others work"),
     .text =
	 S("The copy is the store as it was at one instant, and holds everything: evidence with its raw files, names, "
	   "the hashes of passwords. It is made with mode 0600. A store on PostgreSQL is copied by pg_dump."),
     .topic = TABLE_KEEPING,
     .need = TABLE_WRITES,
     OPTIONS(backup_options),
     EXAMPLES(backup_examples),
     .run = cmd_backup},
    {.name = S("check"),
     .summary = S("compare levels with lower bounds; exit 1 when below"),
     .text = S("Prints each bound with the level that was found. A category that does not apply holds its bound."),
     .topic = TABLE_SEEING,
     .need = TABLE_READS,
     OPTIONS(check_options),
     EXAMPLES(check_examples),
     .run = cmd_check},
    TABLE_WORK_COMMENT,
    {.name = S("compare"),
     .summary = S("two units, or two instants, side by side"),
     .text = S("Level and index of each category, how far they are apart, and the objectives of which the two say "
	       "different things. The difference is the first minus the second."),
     .topic = TABLE_SEEING,
     .need = TABLE_READS,
     OPTIONS(compare_options),
     EXAMPLES(compare_examples),
     .run = cmd_compare},
    {.name = S("completion"),
     .summary = S("print a completion script for a shell"),
     .text = S("The scripts complete commands, options, files, and the ids in the store (AISMM_DB or aismm.db)."),
     .topic = TABLE_ABOUT,
     ARGUMENTS(completion_arguments),
     EXAMPLES(completion_examples),
     .run = cmd_completion},
    {.name = S("demo"),
     .summary = S("fill a new store with the demo organisation"),
     .text = S("Halden Insurance, an invented insurer, from the files that the program carries: what content/demo/tour "
	       "records step by step, in a second. The store must have no units yet. Served pages show the same "
	       "organisation at /demo, beside your own store."),
     .topic = TABLE_FEEDING,
     .need = TABLE_CREATES,
     EXAMPLES(demo_examples),
     .run = cmd_demo},
    {.name = S("evaluate"),
     .summary = S("run every check and record the measures"),
     .text = S("Each check counts, unit by unit, who meets its condition. Where no fresh feed covers a unit nothing is "
	       "recorded: silence is neither success nor failure. A run that changes nothing adds nothing."),
     .topic = TABLE_FEEDING,
     .need = TABLE_WRITES,
     OPTIONS(evaluate_options),
     EXAMPLES(evaluate_examples),
     .run = cmd_evaluate},
    {.name = S("explain"),
     .summary = S("open a number: an objective down to its records, or a category"),
     .text =
	 S("For an objective: its arithmetic, what each unit and source says, how old that is, and the subjects that "
	   "are not there, with the file and record that said so. For a category: what would lift it by one level."),
     .topic = TABLE_SEEING,
     .need = TABLE_READS,
     ARGUMENTS(explain_arguments),
     OPTIONS(explain_options),
     EXAMPLES(explain_examples),
     .run = cmd_explain},
    {.name = S("feed"),
     .sub = S("list"),
     .summary = S("the feeds and how old they are"),
     .topic = TABLE_KEEPING,
     .need = TABLE_READS,
     OPTIONS(as_of_only),
     .run = cmd_feed_list},
    {.name = S("feed"),
     .sub = S("retire"),
     .summary = S("end a feed: what it said no longer counts"),
     .topic = TABLE_KEEPING,
     .need = TABLE_WRITES,
     ARGUMENTS(feed_name),
     OPTIONS(at_only),
     .run = cmd_feed_retire},
    {.name = S("feed"),
     .sub = S("set"),
     .summary = S("say who answers for a feed and how often it has to come"),
     .text = S("A feed is late when its next snapshot is overdue, stale when its newest is too old to count for some "
	       "objective, failing when the last file for it was refused."),
     .topic = TABLE_KEEPING,
     .need = TABLE_WRITES,
     ARGUMENTS(feed_name),
     OPTIONS(feed_set_options),
     EXAMPLES(feed_set_examples),
     .run = cmd_feed_set},
    {.name = S("feed"),
     .sub = S("show"),
     .summary = S("one feed: its files, its units, what it holds"),
     .topic = TABLE_KEEPING,
     .need = TABLE_READS,
     ARGUMENTS(feed_name),
     OPTIONS(as_of_only),
     .run = cmd_feed_show},
    {.name = S("feeds"),
     .summary = S("the feeds and how old they are, the same as feed list"),
     .topic = TABLE_KEEPING,
     .need = TABLE_READS,
     OPTIONS(as_of_only),
     .run = cmd_feed_list},
    TABLE_WORK_GAP,
    {.name = S("help"),
     .summary = S("show the commands, or how one is used"),
     .topic = TABLE_ABOUT,
     ARGUMENTS(help_arguments),
     .run = cmd_help},
    {.name = S("import"),
     .summary = S("read evidence from files"),
     .text = S(
	 "An import is a full snapshot of its feed: what the feed showed before and no longer shows is gone from then "
	 "on. All files of one command are stored together or not at all (tables of measures: file by file). What "
	 "is wrong in a file is named with line and column."),
     .topic = TABLE_FEEDING,
     .need = TABLE_WRITES,
     ARGUMENTS(import_files),
     OPTIONS(import_options),
     EXAMPLES(import_examples),
     .run = cmd_import},
    {.name = S("init"),
     .summary = S("create the store with the built-in model, active"),
     .text = S("A store that is there already is left as it is."),
     .topic = TABLE_FEEDING,
     .need = TABLE_CREATES,
     .run = cmd_init},
    {.name = S("link"),
     .sub = S("add"),
     .summary = S("say which AI system of the register a tool's name means"),
     .text = S("Evidence keeps the name as it came; the link says what it stands for, at every instant, from the next "
	       "evaluation on. The id of a system wins, then an alias, then the pattern with the most letters."),
     .topic = TABLE_KEEPING,
     .need = TABLE_WRITES,
     ARGUMENTS(link_add_arguments),
     OPTIONS(link_add_options),
     EXAMPLES(link_add_examples),
     .run = cmd_link_add},
    {.name = S("link"),
     .sub = S("import"),
     .summary = S("add the links of a CSV file, all or none"),
     .topic = TABLE_KEEPING,
     .need = TABLE_WRITES,
     ARGUMENTS(link_file),
     .run = cmd_link_import},
    {.name = S("link"),
     .sub = S("list"),
     .summary = S("the links"),
     .topic = TABLE_KEEPING,
     .need = TABLE_READS,
     OPTIONS(link_list_options),
     .run = cmd_link_list},
    {.name = S("link"),
     .sub = S("remove"),
     .summary = S("take a link back; that it was there is kept"),
     .topic = TABLE_KEEPING,
     .need = TABLE_WRITES,
     ARGUMENTS(link_name),
     OPTIONS(link_feed),
     .run = cmd_link_remove},
    {.name = S("link"),
     .sub = S("resolve"),
     .summary = S("what a name means, and by which rule"),
     .topic = TABLE_KEEPING,
     .need = TABLE_READS,
     ARGUMENTS(link_resolve_name),
     OPTIONS(link_resolve_options),
     .run = cmd_link_resolve},
    {.name = S("link"),
     .sub = S("unresolved"),
     .summary = S("names of AI systems that nobody knows, and what that costs"),
     .text = S("What these rows say counts for no system of the register. Where the rows show that the system exists, "
	       "it counts as one that was discovered and is not registered."),
     .topic = TABLE_SEEING,
     .need = TABLE_READS,
     OPTIONS(as_of_only),
     .run = cmd_link_unresolved},
    {.name = S("man"),
     .summary = S("print the manual page"),
     .text = S("The page is roff: `aismm man > aismm.1`, or `aismm man | man -l -` to read it."),
     .topic = TABLE_ABOUT,
     .run = cmd_man},
    {.name = S("model"),
     .sub = S("activate"),
     .summary = S("make a stored model the one that scores"),
     .text = S("Measures belong to the model's line (id and major version): a new minor version goes on with them."),
     .topic = TABLE_KEEPING,
     .need = TABLE_WRITES,
     ARGUMENTS(model_id),
     .run = cmd_model_activate},
    {.name = S("model"),
     .sub = S("book"),
     .summary = S("write a model as a book, for people"),
     .text = S("Every objective with its reasons, what to do, its check and its references; how levels are decided; "
	       "what serves which framework. The page needs nothing beside it. The same model gives the same bytes."),
     .topic = TABLE_KEEPING,
     ARGUMENTS(model_book_arguments),
     OPTIONS(model_book_options),
     EXAMPLES(model_book_examples),
     .run = cmd_model_book},
    {.name = S("model"),
     .sub = S("coverage"),
     .summary = S("which ids of a framework the objectives reach"),
     .text = S("By group, with the objectives that refer to each id. An id means nothing without its version: of AICM, "
	       "references to 1.1.0 are translated when 1.0.3 is asked for, and the other way round. Works without a "
	       "store, on the built-in model."),
     .topic = TABLE_KEEPING,
     ARGUMENTS(model_coverage_framework),
     OPTIONS(model_coverage_options),
     EXAMPLES(model_coverage_examples),
     .run = cmd_model_coverage},
    {.name = S("model"),
     .sub = S("diff"),
     .summary = S("what changed between two models, and whether measures carry over"),
     .text =
	 S("Each objective is the same, reworded, adjusted (another threshold, age, applicability or mode: measures "
	   "carry over and are judged anew), changed in meaning (measures counted something else), new or gone. Says "
	   "also whether the version number tells as much."),
     .topic = TABLE_KEEPING,
     ARGUMENTS(model_diff_models),
     OPTIONS(model_diff_options),
     EXAMPLES(model_diff_examples),
     .run = cmd_model_diff},
    {.name = S("model"),
     .sub = S("import"),
     .summary = S("check a model and store it"),
     .text = S("It is not active until `aismm model activate`. An overlay is stored with the model it is for, taken "
	       "from the store or from the program itself."),
     .topic = TABLE_KEEPING,
     .need = TABLE_WRITES,
     ARGUMENTS(model_path),
     .run = cmd_model_import},
    {.name = S("model"),
     .sub = S("lint"),
     .summary = S("check a model and name what is wrong, with file and line"),
     .text = S("Needs no store. Exit 3 when there is an error."),
     .topic = TABLE_KEEPING,
     ARGUMENTS(model_path),
     OPTIONS(model_lint_options),
     EXAMPLES(model_lint_examples),
     .run = cmd_model_lint},
    {.name = S("model"),
     .sub = S("list"),
     .summary = S("the stored models"),
     .topic = TABLE_KEEPING,
     .need = TABLE_READS,
     .run = cmd_model_list},
    {.name = S("model"),
     .sub = S("show"),
     .summary = S("the categories and objectives of a model, or one objective"),
     .topic = TABLE_KEEPING,
     ARGUMENTS(model_show_words),
     OPTIONS(model_show_options),
     EXAMPLES(model_show_examples),
     .run = cmd_model_show},
    {.name = S("overview"),
     .summary = S("where the program stands, what moved it and what comes next"),
     .text =
	 S("The state of each category level by level; what moved the index over twelve months, computed from the "
	   "facts of each month; what stands on people's word; the cheapest next levels; what expires within 90 days "
	   "and would take a level with it; feeds in trouble."),
     .topic = TABLE_SEEING,
     .need = TABLE_READS,
     OPTIONS(overview_options),
     EXAMPLES(overview_examples),
     .run = cmd_overview},
    {.name = S("rebuild"),
     .summary = S("make the derived rows anew from the facts and compare"),
     .text = S("Says whether they were the same before: they are, unless something is wrong."),
     .topic = TABLE_KEEPING,
     .need = TABLE_WRITES,
     .run = cmd_rebuild},
    {.name = S("restore"),
     .summary = S("check a copy, and make a store of it where none is"),
     .text =
	 S("Reads every page of the copy and walks its audit trail first. Where --db says there must be no store. An "
	   "older "
	   "copy is brought up to date. Nobody is signed in to the new store, and links that sign in once are void; "
	   "tokens, roles and people are as they were when the copy was made: look at them."),
     .topic = TABLE_KEEPING,
     .need = TABLE_NO_STORE,
     ARGUMENTS(restore_arguments),
     EXAMPLES(restore_examples),
     .run = cmd_restore},
    TABLE_WORK_REVIEW,
    {.name = S("score"),
     .summary = S("where the program stands, by category"),
     .text = S(
	 "Three truths side by side: the level that is claimed, the level that evidence carries, and the level that is "
	 "possible once the unknown is known. A category's level is the highest of which every objective, and every "
	 "objective below, is met."),
     .topic = TABLE_SEEING,
     .need = TABLE_READS,
     OPTIONS(score_options),
     EXAMPLES(score_examples),
     .run = cmd_score},
    {.name = S("serve"),
     .summary = S("run the web application and the API"),
     .text =
	 S("Serves the store to browsers until it is told to end (Ctrl-C, SIGTERM); requests at hand are finished."),
     .topic = TABLE_SEEING,
     .need = TABLE_WRITES_OFTEN,
     OPTIONS(serve_options),
     EXAMPLES(serve_examples),
     .run = cmd_serve},
    TABLE_STORE_SHADOW,
    {.name = S("source"),
     .sub = S("retire"),
     .summary = S("end a source of measures: from then on it no longer counts"),
     .topic = TABLE_KEEPING,
     .need = TABLE_WRITES,
     ARGUMENTS(source_name),
     OPTIONS(source_retire_options),
     .run = cmd_source_retire},
    TABLE_WORK_TARGET,
    {.name = S("template"),
     .summary = S("the head of a CSV file of evidence, to be filled"),
     .text = S("Columns may be left out and stand in any order. Without NAME: the kinds of evidence there are."),
     .topic = TABLE_FEEDING,
     ARGUMENTS(template_name),
     OPTIONS(template_options),
     EXAMPLES(template_examples),
     .run = cmd_template},
    {.name = S("token"),
     .sub = S("create"),
     .summary = S("make a token for the API; it is shown this once"),
     .text =
	 S("A token speaks for a user, with at most one role at one unit and below; or it hands in one feed and may "
	   "do nothing else. It never may more than its user at that moment."),
     .forms = S("(--role ROLE | --feed NAME)"),
     .topic = TABLE_PEOPLE,
     .need = TABLE_WRITES,
     ARGUMENTS(token_create_arguments),
     OPTIONS(token_create_options),
     EXAMPLES(token_create_examples),
     .run = cmd_token_create},
    {.name = S("token"),
     .sub = S("list"),
     .summary = S("the tokens, newest first"),
     .topic = TABLE_PEOPLE,
     .need = TABLE_READS,
     OPTIONS(token_list_options),
     .run = cmd_token_list},
    {.name = S("token"),
     .sub = S("revoke"),
     .summary = S("end a token, at once"),
     .topic = TABLE_PEOPLE,
     .need = TABLE_WRITES,
     ARGUMENTS(token_number),
     .run = cmd_token_revoke},
    {.name = S("unit"),
     .sub = S("import"),
     .summary = S("read the tree of units"),
     .text =
	 S("Each import is the whole tree; rows in any order. Deployments are self_hosted, paas, saas, separated by ;"),
     .topic = TABLE_FEEDING,
     .need = TABLE_WRITES,
     ARGUMENTS(unit_file),
     OPTIONS(unit_import_options),
     EXAMPLES(unit_import_examples),
     .run = cmd_unit_import},
    {.name = S("unit"),
     .sub = S("list"),
     .summary = S("the tree of units with their levels"),
     .topic = TABLE_SEEING,
     .need = TABLE_READS,
     OPTIONS(score_options),
     .run = cmd_unit_list},
    {.name = S("unit"),
     .sub = S("show"),
     .summary = S("one unit, its levels and the units directly below it"),
     .topic = TABLE_SEEING,
     .need = TABLE_READS,
     ARGUMENTS(unit_name),
     OPTIONS(as_of_only),
     .run = cmd_unit_show},
    {.name = S("user"),
     .sub = S("add"),
     .summary = S("add a user; `aismm user link` lets it in"),
     .topic = TABLE_PEOPLE,
     .need = TABLE_WRITES,
     ARGUMENTS(user_name),
     OPTIONS(user_add_options),
     EXAMPLES(user_add_examples),
     .run = cmd_user_add},
    {.name = S("user"),
     .sub = S("disable"),
     .summary = S("keep a user out, from this moment on"),
     .text = S("Its sessions end, and its tokens and links are good for nothing. What it did stays under its name."),
     .topic = TABLE_PEOPLE,
     .need = TABLE_WRITES,
     ARGUMENTS(user_name),
     .run = cmd_user_disable},
    {.name = S("user"),
     .sub = S("enable"),
     .summary = S("let a user in again"),
     .topic = TABLE_PEOPLE,
     .need = TABLE_WRITES,
     ARGUMENTS(user_name),
     .run = cmd_user_enable},
    {.name = S("user"),
     .sub = S("grant"),
     .summary = S("give a user a role at a unit and below"),
     .text =
	 S("A respondent sees and answers what is assigned to it, a reader sees everything and changes nothing, an "
	   "assessor answers, reviews and imports, a lead sets targets, assigns and approves, an admin keeps people, "
	   "tokens, models and settings."),
     .topic = TABLE_PEOPLE,
     .need = TABLE_WRITES,
     ARGUMENTS(user_grant_arguments),
     OPTIONS(user_grant_options),
     EXAMPLES(user_grant_examples),
     .run = cmd_user_grant},
    {.name = S("user"),
     .sub = S("link"),
     .summary = S("print a path that signs a user in once, within 15 minutes"),
     .topic = TABLE_PEOPLE,
     .need = TABLE_WRITES,
     ARGUMENTS(user_name),
     OPTIONS(user_link_options),
     .run = cmd_user_link},
    {.name = S("user"),
     .sub = S("list"),
     .summary = S("the users and what they may do"),
     .topic = TABLE_PEOPLE,
     .need = TABLE_READS,
     .run = cmd_user_list},
    {.name = S("user"),
     .sub = S("password"),
     .summary = S("set the password of a user, read from standard input"),
     .text = S("At least 12 characters, and none of those that everybody tries first. Its sessions end."),
     .topic = TABLE_PEOPLE,
     .need = TABLE_WRITES,
     ARGUMENTS(user_name),
     .run = cmd_user_password},
    {.name = S("user"),
     .sub = S("revoke"),
     .summary = S("take a role back; that it was there is kept"),
     .topic = TABLE_PEOPLE,
     .need = TABLE_WRITES,
     ARGUMENTS(user_grant_arguments),
     OPTIONS(user_grant_options),
     .run = cmd_user_revoke},
    {.name = S("version"), .summary = S("print the version"), .topic = TABLE_ABOUT, .run = cmd_version},
    {.name = S("watch"),
     .summary = S("import files as they appear in a directory"),
     .text = S(
	 "Each directory in DIR is a feed and has its name, or FEED@UNIT for one that belongs to a unit. A file in it "
	 "is imported when it is complete, and moved to `done` with its receipt or to `failed` with the reason. A file "
	 "that does not say when it was observed says it in its name, behind an @. %2F stands for a slash, and so on. "
	 "While the store fails a file stays where it is and is tried again.\n\n"
	 "It goes on until SIGTERM or SIGINT, and then finishes the file at hand."),
     .topic = TABLE_FEEDING,
     .need = TABLE_WRITES_OFTEN,
     ARGUMENTS(watch_arguments),
     OPTIONS(watch_options),
     EXAMPLES(watch_examples),
     .run = cmd_watch},
};
const size_t table_command_count = sizeof table_commands / sizeof table_commands[0];

/* --by stands last: only commands that write have it. */
const struct table_option table_common[] = {
    {.name = S("db"),
     .value = S("STORE"),
     .kind = TABLE_STORE,
     .help = S("the store: a file, or postgresql://…; without it $AISMM_DB, else aismm.db in this folder")},
    {.name = S("json"), .help = S("print JSON, for machines")},
    {.name = S("help"), .letter = 'h', .help = S("say how the command is used")},
    {.name = S("by"),
     .value = S("NAME"),
     .kind = TABLE_TEXT,
     .help = S("who does this, for the record; without it $AISMM_USER, $SUDO_USER, $USER or the login name")},
};
const size_t table_common_count = sizeof table_common / sizeof table_common[0];

const struct table_text table_environment[] = {
    {S("AISMM_DB"), S("the store, where --db is not given")},
    {S("AISMM_USER"), S("who does this, where --by is not given")},
    {S("AISMM_NOW"),
     S("an ISO 8601 time that stands for now, for tests and documents that must come out the same again")},
    {S("NO_COLOR"), S("when set and not empty, no colours")},
    {S("COLUMNS"), S("the width of the terminal, where the terminal does not tell")},
};
const size_t table_environment_count = sizeof table_environment / sizeof table_environment[0];

const str table_topics[TABLE_TOPICS] = {
    [TABLE_FEEDING] = S("Feed it"),          [TABLE_SEEING] = S("See where it stands"),
    [TABLE_KEEPING] = S("Keep it in order"), [TABLE_PEOPLE] = S("Say who may do what"),
    [TABLE_ABOUT] = S("About the program"),
};
