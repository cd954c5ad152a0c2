#include "cli/man.h"

#include "cli/cli.h"
#include "cli/cmd/cmd.h"

/* ---- roff ---- */

/* Text with everything escaped that roff would read: backslash, a leading dot or quote, and the minus of options. */
static void put_text(struct out *o, str text)
{
	for (size_t i = 0; i < text.n; i++) {
		bool first = i == 0 || text.p[i - 1] == '\n';
		char c = text.p[i];
		if (first && (c == '.' || c == '\''))
			out_raw(o, "\\&");
		if (c == '\\')
			out_raw(o, "\\e");
		else if (c == '-')
			out_raw(o, "\\-");
		else if (c == '\'')
			out_raw(o, "\\(aq");
		else if (c == '`')
			out_raw(o, "\\(ga");
		else if (c == '~')
			out_raw(o, "\\(ti");
		else if (c == '^')
			out_raw(o, "\\(ha");
		else
			buf_char(&o->text, c);
	}
}

/* `code` between backticks in bold, the rest as it is. */
static void put_prose(struct out *o, str text)
{
	str head, tail = text;
	bool code = false;
	for (bool more = true; more; code = !code) {
		more = str_cut(tail, '`', &head, &tail);
		if (code)
			out_raw(o, "\\fB");
		put_text(o, head);
		if (code)
			out_raw(o, "\\fR");
	}
	out_line(o);
}

static void section(struct out *o, str name)
{
	out_raw(o, ".SH ");
	put_text(o, name);
	out_line(o);
}

/* A hanging entry: the tag in bold, then its text. */
static void entry(struct out *o, str tag, str value, str help)
{
	out_raw(o, ".TP\n\\fB");
	put_text(o, tag);
	out_raw(o, "\\fR");
	if (value.n) {
		out_raw(o, " \\fI");
		put_text(o, value);
		out_raw(o, "\\fR");
	}
	out_line(o);
	put_prose(o, help);
}

static void option_entry(struct out *o, const struct table_option *option)
{
	struct buf tag = BUF(256);
	if (option->letter)
		buf_printf(&tag, "-%c, ", option->letter);
	buf_printf(&tag, "--%.*s", STR_ARG(option->name));
	entry(o, buf_str(&tag), option->value, option->help);
	buf_release(&tag);
}

/* ---- the page ---- */

static void put_command(struct out *o, const struct table_command *c)
{
	struct buf usage = BUF(4096);
	out_raw(o, ".SS ");
	put_text(o, c->name);
	if (c->sub.n) {
		out_raw(o, " ");
		put_text(o, c->sub);
	}
	out_line(o);
	cmd_help_synopsis(&usage, c);
	out_raw(o, ".PP\n\\fB");
	put_text(o, buf_str(&usage));
	out_raw(o, "\\fR\n.PP\n");
	buf_release(&usage);
	put_prose(o, c->summary);
	if (c->text.n) {
		out_raw(o, ".PP\n");
		put_prose(o, c->text);
	}
	for (size_t i = 0; i < c->n_arguments; i++)
		entry(o, c->arguments[i].name, (str){0}, c->arguments[i].help);
	for (size_t i = 0; i < c->n_options; i++)
		option_entry(o, &c->options[i]);
	for (size_t i = 0; i < c->n_examples; i++) {
		out_raw(o, ".PP\n");
		put_prose(o, c->examples[i].help);
		out_raw(o, ".RS 4\n\\fB");
		put_text(o, c->examples[i].line);
		out_raw(o, "\\fR\n.RE\n");
	}
}

static void put_head(struct out *o, const char *version)
{
	out_raw(o, ".TH AISMM 1 \"\" \"aismm ");
	put_text(o, str_from(version));
	out_raw(o, "\" \"User Commands\"\n.nh\n.ad l\n");
	section(o, S("NAME"));
	out_raw(o, "aismm \\- measure the maturity of an AI security program\n");
	section(o, S("SYNOPSIS"));
	out_raw(o, "\\fBaismm\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR...] [\\fIARGUMENT\\fR...]\n");
	section(o, S("DESCRIPTION"));
	put_prose(o, S("aismm implements the AI Security Maturity Model: evidence about an organisation's use of AI "
		       "goes in, maturity "
		       "levels come out, and every number opens down to the record behind it. Everything is kept in "
		       "one store, a "
		       "file or a PostgreSQL database."));
	out_raw(o, ".PP\n");
	put_prose(
	    o,
	    S("Options and arguments may stand in any order; `--` ends the options. A value follows its option or "
	      "stands behind "
	      "an equals sign. A time is ISO 8601; a date is its first instant, and a time without a zone is UTC. What "
	      "people read goes to standard output, messages and progress to standard error."));
}

void man_page(struct out *o, const char *version)
{
	put_head(o, version);
	section(o, S("COMMON OPTIONS"));
	for (size_t i = 0; i < table_common_count; i++)
		option_entry(o, &table_common[i]);
	section(o, S("COMMANDS"));
	for (size_t i = 0; i < table_command_count; i++)
		put_command(o, &table_commands[i]);
	section(o, S("ENVIRONMENT"));
	for (size_t i = 0; i < table_environment_count; i++)
		entry(o, table_environment[i].name, (str){0}, table_environment[i].text);
	section(o, S("EXIT STATUS"));
	for (int i = 0; i < CLI_EXITS; i++) {
		char digit = (char)('0' + i);
		entry(o, (str){&digit, 1}, (str){0}, cli_exits[i]);
	}
	section(o, S("FILES"));
	entry(o, S("aismm.db"), (str){0}, S("the store, where neither --db nor AISMM_DB names another"));
}
