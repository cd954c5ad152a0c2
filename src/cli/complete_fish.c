#include "cli/complete.h"

/* 'text': inside single quotes fish reads \ and ' only. */
static void put_quoted(struct out *o, str text)
{
	out_raw(o, "'");
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\'' || text.p[i] == '\\')
			out_raw(o, "\\");
		buf_char(&o->text, text.p[i]);
	}
	out_raw(o, "'");
}

static void put_condition(struct out *o, const struct table_command *c)
{
	buf_printf(&o->text, "complete -c aismm -n '__aismm_is %.*s", STR_ARG(c->name));
	if (c->sub.n)
		buf_printf(&o->text, " %.*s", STR_ARG(c->sub));
	out_raw(o, "'");
}

/* What is offered for a value or argument; -x takes the files away, -r keeps them. */
static void put_offer(struct out *o, enum table_kind kind, str words)
{
	str ids = complete_ids(kind), head;
	if (kind == TABLE_WORD) {
		out_raw(o, " -a ");
		put_quoted(o, words);
	} else if (ids.n) {
		out_raw(o, " -a '");
		while (ids.n) {
			(void)str_cut(ids, ' ', &head, &ids);
			buf_printf(&o->text, "(aismm completion %.*s 2>/dev/null)%s", STR_ARG(head), ids.n ? " " : "");
		}
		out_raw(o, "'");
	}
}

static void put_options(struct out *o, const struct table_command *c)
{
	for (size_t i = 0; i < table_option_count(c); i++) {
		const struct table_option *option = table_option_at(c, i);
		put_condition(o, c);
		buf_printf(&o->text, " -l %.*s", STR_ARG(option->name));
		if (option->letter)
			buf_printf(&o->text, " -s %c", option->letter);
		if (option->value.n) {
			bool file = option->kind == TABLE_FILE || option->kind == TABLE_STORE;
			buf_add(&o->text, file ? S(" -r -F") : S(" -x"));
			put_offer(o, option->kind, (str){0});
		}
		out_raw(o, " -d ");
		put_quoted(o, option->help);
		out_line(o);
	}
}

static void put_arguments(struct out *o, const struct table_command *c)
{
	if (!c->n_arguments)
		return;
	enum table_kind kind = c->arguments[0].kind;
	put_condition(o, c);
	if (kind == TABLE_FILE)
		out_raw(o, " -F");
	else if (kind == TABLE_COMMAND) {
		out_raw(o, " -a '");
		for (size_t i = 0; i < table_command_count; i++)
			if (!i || !str_eq(table_commands[i - 1].name, table_commands[i].name))
				buf_printf(&o->text, "%.*s ", STR_ARG(table_commands[i].name));
		out_raw(o, "'");
	} else
		put_offer(o, kind, c->arguments[0].words);
	out_line(o);
}

static void put_word(struct out *o, size_t i)
{
	const struct table_command *c = &table_commands[i];
	bool again = i && str_eq(table_commands[i - 1].name, c->name);
	if (!again) {
		buf_printf(&o->text, "complete -c aismm -n '__aismm_just' -a %.*s -d ", STR_ARG(c->name));
		put_quoted(o, c->sub.n ? S("…") : c->summary);
		out_line(o);
	}
	if (c->sub.n) {
		buf_printf(&o->text, "complete -c aismm -n '__aismm_just %.*s' -a %.*s -d ", STR_ARG(c->name),
			   STR_ARG(c->sub));
		put_quoted(o, c->summary);
		out_line(o);
	}
}

static void put_values(struct out *o)
{
	const struct table_option *list[TABLE_VALUES_MAX];
	size_t n = table_option_values(list);
	for (size_t i = 0; i < n; i++)
		buf_printf(&o->text, " --%.*s", STR_ARG(list[i]->name));
}

void complete_fish(struct out *o)
{
	out_raw(o, "# fish completion for aismm; made by `aismm completion fish`\n"
		   "function __aismm_words --description 'the words before the cursor that are no options'\n"
		   "\tset -l skip 0\n"
		   "\tset -l tokens (commandline -opc)\n"
		   "\tfor token in $tokens[2..-1]\n"
		   "\t\tif test $skip = 1\n"
		   "\t\t\tset skip 0\n"
		   "\t\t\tcontinue\n"
		   "\t\tend\n"
		   "\t\tswitch $token\n"
		   "\t\t\tcase");
	put_values(o);
	out_raw(o, "\n"
		   "\t\t\t\tset skip 1\n"
		   "\t\t\tcase '-*'\n"
		   "\t\t\tcase '*'\n"
		   "\t\t\t\techo $token\n"
		   "\t\tend\n"
		   "\tend\n"
		   "end\n"
		   "function __aismm_just --description 'are these all the words?'\n"
		   "\tset -l words (__aismm_words)\n"
		   "\ttest \"$words\" = \"$argv\"\n"
		   "end\n"
		   "function __aismm_is --description 'do the words begin so?'\n"
		   "\tset -l words (__aismm_words)\n"
		   "\tset -l n (count $argv)\n"
		   "\ttest (count $words) -ge $n; and test \"$words[1..$n]\" = \"$argv\"\n"
		   "end\n"
		   "complete -c aismm -f\n"
		   "complete -c aismm -n '__aismm_just' -l help -s h -d 'show the commands'\n"
		   "complete -c aismm -n '__aismm_just' -l version -d 'print the version'\n");
	for (size_t i = 0; i < table_command_count; i++)
		put_word(o, i);
	for (size_t i = 0; i < table_command_count; i++) {
		put_arguments(o, &table_commands[i]);
		put_options(o, &table_commands[i]);
	}
}
