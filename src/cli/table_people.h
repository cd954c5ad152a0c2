/**
 * What the commands about people take: for cli/table.c alone.
 */
#ifndef CLI_TABLE_PEOPLE_H
#define CLI_TABLE_PEOPLE_H

#include "cli/table.h"

#define OPTION_USER(text)                                                                                              \
	{                                                                                                              \
		.name = S("user"), .value = S("NAME"), .kind = TABLE_TEXT, .help = S(text)                             \
	}
#define OPTION_AT_UNIT(text)                                                                                           \
	{                                                                                                              \
		.name = S("unit"), .value = S("UNIT"), .kind = TABLE_UNIT, .help = S(text)                             \
	}
#define OPTION_PAST                                                                                                    \
	{                                                                                                              \
		.name = S("all"), .help = S("with those that no longer hold")                                          \
	}
#define ROLES "respondent, reader, assessor, lead or admin"

/* ---- users ---- */

static const struct table_argument user_name[] = {
    {.name = S("NAME"), .kind = TABLE_TEXT, .help = S("the name it signs in with")},
};
static const struct table_option user_add_options[] = {
    {.name = S("shown"),
     .value = S("TEXT"),
     .kind = TABLE_TEXT,
     .help = S("the name that people read; without it the one it signs in with")},
    {.name = S("role"), .value = S("ROLE"), .kind = TABLE_TEXT, .help = S("a first role: " ROLES)},
    OPTION_AT_UNIT("where the role holds, with everything below; without it everywhere"),
};
static const struct table_example user_add_examples[] = {
    {S("aismm user add grace --shown 'Grace Hopper' --role admin"), S("the first administrator")},
    {S("aismm user add kofi --role lead --unit retail"), S("who leads a part of the organisation")},
};
static const struct table_argument user_grant_arguments[] = {
    {.name = S("NAME"), .kind = TABLE_TEXT, .help = S("the user")},
    {.name = S("ROLE"),
     .kind = TABLE_WORD,
     .words = S("respondent reader assessor lead admin"),
     .help = S(ROLES "; an admin is one everywhere")},
};
static const struct table_option user_grant_options[] = {
    OPTION_AT_UNIT("where the role holds, with everything below; without it everywhere"),
};
static const struct table_example user_grant_examples[] = {
    {S("aismm user grant kofi reader"), S("sees the whole organisation")},
    {S("aismm user grant kofi assessor --unit cloud"), S("and answers for a part of it")},
};
static const struct table_option user_link_options[] = {
    {.name = S("without-second-factor"), .help = S("remove the second factor as well, for who has lost it")},
};

/* ---- tokens ---- */

static const struct table_argument token_create_arguments[] = {
    {.name = S("NAME"), .kind = TABLE_TEXT, .help = S("what it is for")},
};
static const struct table_option token_create_options[] = {
    {.name = S("user"), .value = S("NAME"), .kind = TABLE_TEXT, .required = true, .help = S("whose token it is")},
    {.name = S("role"),
     .value = S("ROLE"),
     .kind = TABLE_TEXT,
     .in_forms = true,
     .help = S("the most it may do: " ROLES)},
    {.name = S("feed"),
     .value = S("NAME"),
     .kind = TABLE_FEED,
     .in_forms = true,
     .help = S("the feed it hands in, and nothing else; its user has to be a lead at the unit")},
    OPTION_AT_UNIT("where, with everything below; of a feed: the unit it speaks about. Without it everywhere"),
    {.name = S("expires"),
     .value = S("TIME"),
     .kind = TABLE_TIME,
     .help = S("until when it is good, at most 366 days; without it 90 days")},
};
static const struct table_example token_create_examples[] = {
    {S("aismm token create dashboard --user kofi --role reader"), S("may look at what kofi may look at")},
    {S("aismm token create 'nightly scan' --user kofi --feed prowler --unit cloud"), S("a feeder, for a pipeline")},
};
static const struct table_option token_list_options[] = {
    OPTION_USER("the tokens of this user alone"),
    OPTION_PAST,
};
static const struct table_argument token_number[] = {
    {.name = S("NUMBER"), .kind = TABLE_COUNT, .help = S("its number, as in `aismm token list`")},
};

/* ---- assignments ---- */

static const struct table_argument assign_arguments[] = {
    {.name = S("OBJECTIVE"), .kind = TABLE_OBJECTIVE, .help = S("its id, as in GOV-02.1")},
    {.name = S("USER"), .kind = TABLE_TEXT, .help = S("who is to answer it")},
};
static const struct table_option assign_add_options[] = {
    OPTION_AT_UNIT("the unit the answer is about; without it the root"),
    {.name = S("due"), .value = S("TIME"), .kind = TABLE_TIME, .help = S("by when; without it no date")},
};
static const struct table_example assign_add_examples[] = {
    {S("aismm assign add IAM-02.3 kofi --unit retail --due 2026-12-15"), S("until the middle of December")},
};
static const struct table_option assign_end_options[] = {
    OPTION_AT_UNIT("the unit; without it the root"),
};
static const struct table_option assign_list_options[] = {
    OPTION_USER("the assignments of this user alone"),
    OPTION_PAST,
};

/* ---- the audit trail ---- */

static const struct table_option audit_list_options[] = {
    {.name = S("actor"), .value = S("NAME"), .kind = TABLE_TEXT, .help = S("what this one did")},
    {.name = S("act"), .value = S("ACT"), .kind = TABLE_TEXT, .help = S("acts of one kind, such as user.grant")},
    {.name = S("limit"), .value = S("N"), .kind = TABLE_COUNT, .help = S("rows to show; without it 50")},
    {.name = S("below"), .value = S("N"), .kind = TABLE_COUNT, .help = S("rows with a lower number, to go on")},
};
static const struct table_example audit_list_examples[] = {
    {S("aismm audit list --act session.refuse --limit 20"), S("the last sign-ins that were refused")},
};
static const struct table_option audit_verify_options[] = {
    {.name = S("expect"),
     .value = S("SUM"),
     .kind = TABLE_TEXT,
     .help = S("a sum that was written down earlier: it has to be there still")},
};

#endif
