/**
 * The commands with which people decide: approvals, discussion, review, targets. A part of the table, for table.c
 * alone.
 */
#ifndef CLI_TABLE_WORK_H
#define CLI_TABLE_WORK_H

#include "cli/cmd/cmd.h"
#include "cli/table.h"

#define WORK_ARGUMENTS(array) .n_arguments = sizeof(array) / sizeof(array)[0], .arguments = (array)
#define WORK_OPTIONS(array) .n_options = sizeof(array) / sizeof(array)[0], .options = (array)
#define WORK_EXAMPLES(array) .n_examples = sizeof(array) / sizeof(array)[0], .examples = (array)
#define WORK_UNIT(text)                                                                                                \
	{                                                                                                              \
		.name = S("unit"), .value = S("UNIT"), .kind = TABLE_UNIT, .help = S(text)                             \
	}
#define WORK_REQUIRED(option, word, what)                                                                              \
	{                                                                                                              \
		.name = S(option), .value = S(word), .kind = TABLE_TEXT, .required = true, .help = S(what)             \
	}

/* ---- arguments and options ---- */

static const struct table_argument approval_system[] = {
    {.name = S("SYSTEM"), .kind = TABLE_TEXT, .help = S("the id of the AI system in the register")},
};
static const struct table_argument approval_number[] = {
    {.name = S("REQUEST"), .kind = TABLE_TEXT, .help = S("its number, as in `aismm approval list`")},
};
static const struct table_option approval_request_options[] = {
    WORK_UNIT("the unit that wants to use it, as the register shows the system"),
    WORK_REQUIRED("deployment", "TYPE", "self_hosted, paas or saas"),
    WORK_REQUIRED("because", "TEXT", "why it is wanted"),
};
static const struct table_option approval_review_options[] = {
    WORK_REQUIRED("finding", "TEXT", "what was found"),
};
static const struct table_option approval_approve_options[] = {
    {.name = S("expires"),
     .value = S("TIME"),
     .kind = TABLE_TIME,
     .required = true,
     .help = S("until when it may be relied on")},
    {.name = S("conditions"), .value = S("TEXT"), .kind = TABLE_TEXT, .help = S("what must be kept meanwhile")},
};
static const struct table_option approval_because[] = {
    WORK_REQUIRED("because", "TEXT", "the reason, kept with the request"),
};
static const struct table_option approval_list_options[] = {
    WORK_UNIT("the unit to look at, with everything below it; without it the whole organisation"),
    {.name = S("pending"), .help = S("only those that wait for a step")},
};
static const struct table_example approval_examples[] = {
    {S("aismm approval request claims-triage --unit retail --deployment saas --because 'First reading of claims'"),
     S("asked for by who wants to use it")},
    {S("aismm approval review 1 --finding 'No training on our data; logs reach the SIEM' --by grace"),
     S("looked at by a second person")},
    {S("aismm approval approve 1 --expires 2027-05-31 --conditions 'No health data' --by ruth"),
     S("decided, with an end")},
};

static const struct table_argument comment_add_arguments[] = {
    {.name = S("OBJECTIVE"), .kind = TABLE_OBJECTIVE, .help = S("its id, as in GOV-02.1")},
    {.name = S("TEXT"), .kind = TABLE_TEXT, .help = S("plain text")},
};
static const struct table_argument comment_objective[] = {
    {.name = S("OBJECTIVE"), .kind = TABLE_OBJECTIVE, .help = S("its id, as in GOV-02.1")},
};
static const struct table_argument comment_number[] = {
    {.name = S("COMMENT"), .kind = TABLE_TEXT, .help = S("its number, as in `aismm comment list`")},
};
static const struct table_option comment_unit[] = {
    WORK_UNIT("the unit it is about; without it the root"),
};
static const struct table_option comment_list_options[] = {
    WORK_UNIT("the unit it is about; without it the root"),
    {.name = S("limit"), .value = S("N"), .kind = TABLE_COUNT, .help = S("comments to show; without it 20")},
    {.name = S("before"), .value = S("N"), .kind = TABLE_COUNT, .help = S("only comments with a smaller number")},
};

static const struct table_option gap_options[] = {
    WORK_UNIT("the unit to look at, with everything below it; without it the whole organisation"),
    {.name = S("as-of"),
     .value = S("TIME"),
     .kind = TABLE_TIME,
     .help = S("the instant to look at, past or future; without it now")},
};
static const struct table_example gap_examples[] = {
    {S("aismm gap"), S("each category against its target, and what is missing")},
    {S("aismm gap --as-of 2026-12-31"), S("if nothing is done until then")},
};

static const struct table_argument review_answer[] = {
    {.name = S("ANSWER"), .kind = TABLE_TEXT, .help = S("its number, as in `aismm review list`")},
};
static const struct table_option review_list_options[] = {
    WORK_UNIT("the unit to look at, with everything below it; without it the whole organisation"),
    {.name = S("limit"), .value = S("N"), .kind = TABLE_COUNT, .help = S("answers to show; without it 50")},
    {.name = S("after"), .value = S("N"), .kind = TABLE_COUNT, .help = S("only answers with a greater number")},
};
static const struct table_option review_confirm_options[] = {
    {.name = S("evidence"), .value = S("FILE"), .kind = TABLE_FILE, .help = S("a document that shows it; it is kept")},
    {.name = S("comment"), .value = S("TEXT"), .kind = TABLE_TEXT, .help = S("what was looked at")},
};
static const struct table_option review_return_options[] = {
    WORK_REQUIRED("comment", "TEXT", "what is missing"),
};
static const struct table_example review_examples[] = {
    {S("aismm review list"), S("what waits for a second person")},
    {S("aismm review confirm 17 --evidence minutes.pdf --by 'R. Okafor'"), S("it counts as evidenced from now on")},
    {S("aismm review return 18 --comment 'The minutes are of last year' --by 'R. Okafor'"), S("back to who answered")},
};

static const struct table_argument target_category[] = {
    {.name = S("CATEGORY"), .kind = TABLE_TEXT, .help = S("its id, as in GOV")},
};
static const struct table_option target_set_options[] = {
    WORK_UNIT("the unit that decides; without it the root. Units below inherit it"),
    {.name = S("level"),
     .value = S("N"),
     .kind = TABLE_COUNT,
     .required = true,
     .help = S("the level to reach, 1 to 5")},
    {.name = S("by-date"),
     .value = S("TIME"),
     .kind = TABLE_TIME,
     .required = true,
     .help = S("the day by which; that day still counts")},
    WORK_REQUIRED("because", "TEXT", "why this level; a decision for less than 5 is one as well"),
    WORK_REQUIRED("owner", "NAME", "who answers for reaching it"),
    {.name = S("approver"),
     .value = S("NAME"),
     .kind = TABLE_TEXT,
     .help = S("who approved it: another person than who sets it")},
};
static const struct table_option target_withdraw_options[] = {
    WORK_UNIT("the unit whose own target it is; without it the root"),
    WORK_REQUIRED("because", "TEXT", "the reason, kept with the target"),
};
static const struct table_option target_list_options[] = {
    WORK_UNIT("the unit to look at, with everything below it; without it the whole organisation"),
    {.name = S("all"), .help = S("with those that were replaced or withdrawn")},
};
static const struct table_example target_examples[] = {
    {S("aismm target set IAM --level 3 --by-date 2027-06-30 --owner 'J. Berg' --because 'Contracts ask for it'"),
     S("for the whole organisation")},
    {S("aismm target set MOD --unit retail --level 1 --by-date 2027-06-30 --owner 'J. Berg' --because 'We chose not "
       "to: it uses no model of its own'"),
     S("less is a decision too")},
};

/* ---- the commands, in their order within the table ---- */

#define TABLE_WORK_APPROVAL                                                                                            \
	{.name = S("approval"),                                                                                        \
	 .sub = S("approve"),                                                                                          \
	 .summary = S("allow a deployment, with conditions and an end"),                                               \
	 .text = S("The register says from then on that the system is approved: the next evaluation counts it."),      \
	 .topic = TABLE_KEEPING,                                                                                       \
	 .need = TABLE_WRITES,                                                                                         \
	 WORK_ARGUMENTS(approval_number),                                                                              \
	 WORK_OPTIONS(approval_approve_options),                                                                       \
	 .run = cmd_approval_approve},                                                                                 \
	    {.name = S("approval"),                                                                                    \
	     .sub = S("list"),                                                                                         \
	     .summary = S("the requests to deploy AI systems, and what became of them"),                               \
	     .topic = TABLE_SEEING,                                                                                    \
	     .need = TABLE_READS,                                                                                      \
	     WORK_OPTIONS(approval_list_options),                                                                      \
	     .run = cmd_approval_list},                                                                                \
	    {.name = S("approval"),                                                                                    \
	     .sub = S("reject"),                                                                                       \
	     .summary = S("refuse a deployment"),                                                                      \
	     .topic = TABLE_KEEPING,                                                                                   \
	     .need = TABLE_WRITES,                                                                                     \
	     WORK_ARGUMENTS(approval_number),                                                                          \
	     WORK_OPTIONS(approval_because),                                                                           \
	     .run = cmd_approval_reject},                                                                              \
	    {.name = S("approval"),                                                                                    \
	     .sub = S("request"),                                                                                      \
	     .summary = S("ask for the approval of an AI system in a unit"),                                           \
	     .text = S("A second person reviews it, then it is approved with an end, or rejected. Each step is kept, " \
		       "and is evidence of the feed `approvals`."),                                                    \
	     .topic = TABLE_KEEPING,                                                                                   \
	     .need = TABLE_WRITES,                                                                                     \
	     WORK_ARGUMENTS(approval_system),                                                                          \
	     WORK_OPTIONS(approval_request_options),                                                                   \
	     WORK_EXAMPLES(approval_examples),                                                                         \
	     .run = cmd_approval_request},                                                                             \
	    {.name = S("approval"),                                                                                    \
	     .sub = S("review"),                                                                                       \
	     .summary = S("record what a second person found"),                                                        \
	     .topic = TABLE_KEEPING,                                                                                   \
	     .need = TABLE_WRITES,                                                                                     \
	     WORK_ARGUMENTS(approval_number),                                                                          \
	     WORK_OPTIONS(approval_review_options),                                                                    \
	     .run = cmd_approval_review},                                                                              \
	{                                                                                                              \
		.name = S("approval"), .sub = S("withdraw"), .summary = S("take a request or an approval back"),       \
		.topic = TABLE_KEEPING, .need = TABLE_WRITES, WORK_ARGUMENTS(approval_number),                         \
		WORK_OPTIONS(approval_because), .run = cmd_approval_withdraw                                           \
	}

#define TABLE_WORK_COMMENT                                                                                             \
	{.name = S("comment"),                                                                                         \
	 .sub = S("add"),                                                                                              \
	 .summary = S("say something about an objective at a unit"),                                                   \
	 .topic = TABLE_KEEPING,                                                                                       \
	 .need = TABLE_WRITES,                                                                                         \
	 WORK_ARGUMENTS(comment_add_arguments),                                                                        \
	 WORK_OPTIONS(comment_unit),                                                                                   \
	 .run = cmd_comment_add},                                                                                      \
	    {.name = S("comment"),                                                                                     \
	     .sub = S("list"),                                                                                         \
	     .summary = S("what was said, the newest first"),                                                          \
	     .topic = TABLE_SEEING,                                                                                    \
	     .need = TABLE_READS,                                                                                      \
	     WORK_ARGUMENTS(comment_objective),                                                                        \
	     WORK_OPTIONS(comment_list_options),                                                                       \
	     .run = cmd_comment_list},                                                                                 \
	{                                                                                                              \
		.name = S("comment"), .sub = S("withdraw"), .summary = S("take an own comment back"),                  \
		.topic = TABLE_KEEPING, .need = TABLE_WRITES, WORK_ARGUMENTS(comment_number),                          \
		.run = cmd_comment_withdraw                                                                            \
	}

#define TABLE_WORK_GAP                                                                                                 \
	{                                                                                                              \
		.name = S("gap"), .summary = S("where it stands against its targets, and what is missing"),            \
		.text = S("A target holds for its unit and for the units below that have none of their own. What is "  \
			  "missing are the objectives up to its level that are not met."),                             \
		.topic = TABLE_SEEING, .need = TABLE_READS, WORK_OPTIONS(gap_options), WORK_EXAMPLES(gap_examples),    \
		.run = cmd_gap                                                                                         \
	}

#define TABLE_WORK_REVIEW                                                                                              \
	{.name = S("review"),                                                                                          \
	 .sub = S("confirm"),                                                                                          \
	 .summary = S("confirm an answer as a second person"),                                                         \
	 .text = S("The same counts, observed at the same time, are recorded as reviewed. A document must stand "      \
		   "behind the answer, or be given now."),                                                             \
	 .topic = TABLE_KEEPING,                                                                                       \
	 .need = TABLE_WRITES,                                                                                         \
	 WORK_ARGUMENTS(review_answer),                                                                                \
	 WORK_OPTIONS(review_confirm_options),                                                                         \
	 WORK_EXAMPLES(review_examples),                                                                               \
	 .run = cmd_review_confirm},                                                                                   \
	    {.name = S("review"),                                                                                      \
	     .sub = S("list"),                                                                                         \
	     .summary = S("the answers that wait for a second person"),                                                \
	     .topic = TABLE_SEEING,                                                                                    \
	     .need = TABLE_READS,                                                                                      \
	     WORK_OPTIONS(review_list_options),                                                                        \
	     .run = cmd_review_list},                                                                                  \
	    {.name = S("review"),                                                                                      \
	     .sub = S("return"),                                                                                       \
	     .summary = S("give an answer back with a comment"),                                                       \
	     .text = S("It stands as attested, and waits no more until it is given again."),                           \
	     .topic = TABLE_KEEPING,                                                                                   \
	     .need = TABLE_WRITES,                                                                                     \
	     WORK_ARGUMENTS(review_answer),                                                                            \
	     WORK_OPTIONS(review_return_options),                                                                      \
	     .run = cmd_review_return},                                                                                \
	{                                                                                                              \
		.name = S("review"), .sub = S("undo"),                                                                 \
		.summary = S("take an own review back, for 15 minutes and while nothing newer stands"),                \
		.topic = TABLE_KEEPING, .need = TABLE_WRITES, WORK_ARGUMENTS(review_answer), .run = cmd_review_undo    \
	}

#define TABLE_WORK_TARGET                                                                                              \
	{.name = S("target"),                                                                                          \
	 .sub = S("list"),                                                                                             \
	 .summary = S("the targets that hold"),                                                                        \
	 .topic = TABLE_SEEING,                                                                                        \
	 .need = TABLE_READS,                                                                                          \
	 WORK_OPTIONS(target_list_options),                                                                            \
	 .run = cmd_target_list},                                                                                      \
	    {.name = S("target"),                                                                                      \
	     .sub = S("set"),                                                                                          \
	     .summary = S("decide which level a category has to reach, by when and why"),                              \
	     .text = S("The newest target of a unit and category holds; those before stay on record."),                \
	     .topic = TABLE_KEEPING,                                                                                   \
	     .need = TABLE_WRITES,                                                                                     \
	     WORK_ARGUMENTS(target_category),                                                                          \
	     WORK_OPTIONS(target_set_options),                                                                         \
	     WORK_EXAMPLES(target_examples),                                                                           \
	     .run = cmd_target_set},                                                                                   \
	{                                                                                                              \
		.name = S("target"), .sub = S("withdraw"),                                                             \
		.summary = S("withdraw a unit's own target: the one before, or an ancestor's, holds again"),           \
		.topic = TABLE_KEEPING, .need = TABLE_WRITES, WORK_ARGUMENTS(target_category),                         \
		WORK_OPTIONS(target_withdraw_options), .run = cmd_target_withdraw                                      \
	}

#endif
