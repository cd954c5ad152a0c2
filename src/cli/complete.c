#include "cli/complete.h"

#include <string.h>

str complete_ids(enum table_kind kind)
{
	static const str words[TABLE_KINDS] = {
	    [TABLE_UNIT] = S("units"),
	    [TABLE_OBJECTIVE] = S("objectives"),
	    [TABLE_SUBJECT] = S("categories objectives"),
	    [TABLE_FEED] = S("feeds"),
	    [TABLE_MODEL] = S("models"),
	    [TABLE_FORMAT] = S("formats"),
	};
	return words[kind];
}

bool complete_is_plain(str id)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:@/+-";
	if (!id.n || id.p[0] == '-')
		return false;
	for (size_t i = 0; i < id.n; i++)
		if (!memchr(plain, id.p[i], sizeof plain - 1))
			return false;
	return true;
}

/* ---- for all shells ---- */

static bool is_file(enum table_kind kind)
{
	return kind == TABLE_FILE || kind == TABLE_STORE;
}

/* Inside 'single quotes', for bash and zsh; `arguments`: what _arguments of zsh reads is escaped too. */
static void put_quoted_part(struct out *o, str text, bool arguments)
{
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c == '\'')
			out_raw(o, "'\\''");
		else if (arguments && (c == '[' || c == ']' || c == ':' || c == '\\')) {
			out_raw(o, "\\");
			buf_char(&o->text, c);
		} else
			buf_char(&o->text, c);
	}
}

static void put_name(struct out *o, const struct table_command *c)
{
	buf_add(&o->text, c->name);
	if (c->sub.n)
		buf_char(&o->text, ' ');
	buf_add(&o->text, c->sub);
}

static void put_value_options(struct out *o, const char *separator)
{
	const struct table_option *list[TABLE_VALUES_MAX];
	size_t n = table_option_values(list);
	for (size_t i = 0; i < n; i++)
		buf_printf(&o->text, "%s--%.*s", i ? separator : "", STR_ARG(list[i]->name));
}

/* The first words of the table, each once; groups: only those that need a second word. */
static void put_first_words(struct out *o, bool groups)
{
	for (size_t i = 0; i < table_command_count; i++) {
		const struct table_command *c = &table_commands[i];
		if ((groups && !c->sub.n) || (i && str_eq(table_commands[i - 1].name, c->name)))
			continue;
		buf_add(&o->text, c->name);
		buf_char(&o->text, ' ');
	}
}

static void put_second_words(struct out *o, str group)
{
	for (size_t i = 0; i < table_command_count; i++)
		if (table_commands[i].sub.n && str_eq(table_commands[i].name, group)) {
			buf_add(&o->text, table_commands[i].sub);
			buf_char(&o->text, ' ');
		}
}

/* ---- bash ---- */

static void bash_offer(struct out *o, enum table_kind kind, str words)
{
	str first, second;
	if (is_file(kind))
		out_raw(o, "_aismm_files");
	else if (kind == TABLE_WORD)
		buf_printf(&o->text, "_aismm_offer %.*s", STR_ARG(words));
	else if (kind == TABLE_COMMAND)
		out_raw(o, "_aismm_offer $first");
	else if (complete_ids(kind).n) {
		(void)str_cut(complete_ids(kind), ' ', &first, &second);
		buf_printf(&o->text, "_aismm_ids %.*s", STR_ARG(first));
		if (second.n)
			buf_printf(&o->text, "; _aismm_ids %.*s", STR_ARG(second));
	} else
		out_raw(o, ":");
	out_raw(o, " ;;\n");
}

static void bash_values(struct out *o)
{
	const struct table_option *list[TABLE_VALUES_MAX];
	size_t n = table_option_values(list);
	out_raw(o, "\t\tcase $option in\n");
	for (size_t i = 0; i < n; i++) {
		buf_printf(&o->text, "\t\t--%.*s) ", STR_ARG(list[i]->name));
		bash_offer(o, list[i]->kind, (str){0});
	}
	out_raw(o, "\t\tesac\n");
}

static void bash_options(struct out *o)
{
	out_raw(o, "\t\tcase $command in\n");
	for (size_t c = 0; c < table_command_count; c++) {
		out_raw(o, "\t\t'");
		put_name(o, &table_commands[c]);
		out_raw(o, "') _aismm_offer");
		for (size_t i = 0; i < table_option_count(&table_commands[c]); i++)
			buf_printf(&o->text, " --%.*s", STR_ARG(table_option_at(&table_commands[c], i)->name));
		out_raw(o, " ;;\n");
	}
	out_raw(o, "\t\t*) _aismm_offer --help --version ;;\n\t\tesac\n");
}

static void bash_arguments(struct out *o)
{
	out_raw(o, "\t\tcase $command in\n\t\t'') _aismm_offer $first ;;\n");
	for (size_t c = 0; c < table_command_count; c++) {
		const struct table_command *command = &table_commands[c];
		if (command->sub.n && (c == 0 || !str_eq(table_commands[c - 1].name, command->name))) {
			buf_printf(&o->text, "\t\t%.*s) _aismm_offer ", STR_ARG(command->name));
			put_second_words(o, command->name);
			out_raw(o, ";;\n");
		}
		if (!command->n_arguments)
			continue;
		out_raw(o, "\t\t'");
		put_name(o, command);
		out_raw(o, "') ");
		bash_offer(o, command->arguments[0].kind, command->arguments[0].words);
	}
	out_raw(o, "\t\tesac\n");
}

void complete_bash(struct out *o)
{
	out_raw(o, "# bash completion for aismm; made by `aismm completion bash`\n"
		   "_aismm_add() {\n"
		   "\t[[ $1 == \"$current\"* ]] && COMPREPLY+=(\"${1#\"$colon\"}\")\n"
		   "}\n"
		   "_aismm_offer() {\n"
		   "\tlocal word\n"
		   "\tfor word; do _aismm_add \"$word\"; done\n"
		   "}\n"
		   "_aismm_ids() {\n"
		   "\tlocal word\n"
		   "\twhile IFS= read -r word; do _aismm_add \"$word\"; done < <(aismm completion \"$1\" 2>/dev/null)\n"
		   "}\n"
		   "_aismm_files() {\n"
		   "\tlocal word\n"
		   "\tcompopt -o filenames 2>/dev/null\n"
		   "\twhile IFS= read -r word; do COMPREPLY+=(\"$word\"); done < <(compgen -f -- \"$current\")\n"
		   "}\n"
		   "_aismm() {\n"
		   "\tlocal line=${COMP_LINE:0:COMP_POINT} current option='' command='' colon word words first groups\n"
		   "\tfirst='");
	put_first_words(o, false);
	out_raw(o, "'\n\tgroups=' ");
	put_first_words(o, true);
	out_raw(o, "'\n"
		   "\tCOMPREPLY=()\n"
		   "\tread -ra words <<<\"$line\"\n"
		   "\tcurrent=${line##*[[:space:]]}\n"
		   "\t[[ $current ]] && unset \"words[$((${#words[@]} - 1))]\"\n"
		   "\tfor word in \"${words[@]:1}\"; do\n"
		   "\t\tif [[ $option ]]; then\n"
		   "\t\t\toption=''\n"
		   "\t\t\tcontinue\n"
		   "\t\tfi\n"
		   "\t\tcase $word in\n"
		   "\t\t");
	put_value_options(o, " | ");
	out_raw(o, ") option=$word ;;\n"
		   "\t\t-*) ;;\n"
		   "\t\t*)\n"
		   "\t\t\tif [[ ! $command ]]; then\n"
		   "\t\t\t\tcommand=$word\n"
		   "\t\t\telif [[ $groups == *\" $command \"* ]]; then\n"
		   "\t\t\t\tcommand=\"$command $word\"\n"
		   "\t\t\tfi\n"
		   "\t\t\t;;\n"
		   "\t\tesac\n"
		   "\tdone\n"
		   "\tif [[ ! $option && $current == --*=* ]]; then\n"
		   "\t\toption=${current%%=*}\n"
		   "\t\tcurrent=${current#*=}\n"
		   "\tfi\n"
		   "\t# Readline takes what stands behind a colon for the word.\n"
		   "\t[[ $COMP_WORDBREAKS == *:* ]] && colon=${current%\"${current##*:}\"}\n"
		   "\tif [[ $option ]]; then\n");
	bash_values(o);
	out_raw(o, "\telif [[ $current == -* ]]; then\n");
	bash_options(o);
	out_raw(o, "\telse\n");
	bash_arguments(o);
	out_raw(o, "\tfi\n"
		   "}\n"
		   "complete -F _aismm aismm\n");
}

/* ---- zsh ---- */

static void zsh_action(struct out *o, enum table_kind kind, str words)
{
	str first, second;
	if (is_file(kind))
		out_raw(o, "_files");
	else if (kind == TABLE_WORD)
		buf_printf(&o->text, "(%.*s)", STR_ARG(words));
	else if (kind == TABLE_COMMAND) {
		out_raw(o, "(");
		put_first_words(o, false);
		out_raw(o, ")");
	} else if (complete_ids(kind).n) {
		(void)str_cut(complete_ids(kind), ' ', &first, &second);
		buf_printf(&o->text, "{_aismm_ids %.*s %.*s}", STR_ARG(first), STR_ARG(second));
	} else
		out_raw(o, " ");
}

static void zsh_option(struct out *o, const struct table_option *option)
{
	if (option->letter) {
		buf_printf(&o->text, " \\\n\t\t\t'-%c[", option->letter);
		put_quoted_part(o, option->help, true);
		out_raw(o, "]'");
	}
	buf_printf(&o->text, " \\\n\t\t\t'%s--%.*s%s[", option->many ? "*" : "", STR_ARG(option->name),
		   option->value.n ? "=" : "");
	put_quoted_part(o, option->help, true);
	out_raw(o, "]");
	if (option->value.n) {
		out_raw(o, ":");
		put_quoted_part(o, option->value, true);
		out_raw(o, ":");
		zsh_action(o, option->kind, (str){0});
	}
	out_raw(o, "'");
}

static void zsh_arguments(struct out *o, const struct table_command *c)
{
	out_raw(o, "\t'");
	put_name(o, c);
	out_raw(o, "')\n\t\t_arguments -s -S");
	for (size_t i = 0; i < table_option_count(c); i++)
		zsh_option(o, table_option_at(c, i));
	for (size_t i = 0; i < c->n_arguments; i++) {
		const struct table_argument *a = &c->arguments[i];
		buf_printf(&o->text, " \\\n\t\t\t'%s", a->many ? "*:" : a->optional ? "::" : ":");
		put_quoted_part(o, a->name, true);
		out_raw(o, ":");
		zsh_action(o, a->kind, a->words);
		out_raw(o, "'");
	}
	out_raw(o, "\n\t\t;;\n");
}

static void zsh_describe(struct out *o, str group)
{
	out_raw(o, "\t\tentries=(");
	for (size_t i = 0; i < table_command_count; i++) {
		const struct table_command *c = &table_commands[i];
		bool again = i && str_eq(table_commands[i - 1].name, c->name);
		if (group.n ? !str_eq(c->name, group) : again)
			continue;
		out_raw(o, "\n\t\t\t'");
		put_quoted_part(o, group.n ? c->sub : c->name, true);
		out_raw(o, ":");
		if (!group.n && c->sub.n)
			put_second_words(o, c->name);
		else
			put_quoted_part(o, c->summary, false);
		out_raw(o, "'");
	}
	out_raw(o, "\n\t\t)\n\t\t_describe command entries\n\t\t;;\n");
}

void complete_zsh(struct out *o)
{
	out_raw(o, "#compdef aismm\n"
		   "# zsh completion for aismm; made by `aismm completion zsh`\n"
		   "_aismm_ids() {\n"
		   "\tlocal -a ids\n"
		   "\tlocal kind\n"
		   "\tfor kind; do ids+=(${(f)\"$(aismm completion $kind 2>/dev/null)\"}); done\n"
		   "\tcompadd -a ids\n"
		   "}\n"
		   "_aismm() {\n"
		   "\tlocal -a entries\n"
		   "\tlocal -i i at=1 skip=0\n"
		   "\tlocal command='' groups=' ");
	put_first_words(o, true);
	out_raw(o, "'\n"
		   "\tfor ((i = 2; i < CURRENT; i++)); do\n"
		   "\t\tif ((skip)); then\n"
		   "\t\t\tskip=0\n"
		   "\t\t\tcontinue\n"
		   "\t\tfi\n"
		   "\t\tcase $words[i] in\n"
		   "\t\t(");
	put_value_options(o, "|");
	out_raw(o, ") skip=1 ;;\n"
		   "\t\t(-*) ;;\n"
		   "\t\t(*)\n"
		   "\t\t\tif [[ -z $command ]]; then\n"
		   "\t\t\t\tcommand=$words[i] at=i\n"
		   "\t\t\telif [[ $groups == *\" $command \"* ]]; then\n"
		   "\t\t\t\tcommand=\"$command $words[i]\" at=i\n"
		   "\t\t\tfi\n"
		   "\t\t\t;;\n"
		   "\t\tesac\n"
		   "\tdone\n"
		   "\tif ((at > 1)); then\n"
		   "\t\twords=(aismm \"${(@)words[at + 1,-1]}\")\n"
		   "\t\t((CURRENT -= at - 1))\n"
		   "\tfi\n"
		   "\tcase $command in\n"
		   "\t'')\n");
	zsh_describe(o, (str){0});
	for (size_t c = 0; c < table_command_count; c++) {
		if (table_commands[c].sub.n &&
		    (c == 0 || !str_eq(table_commands[c - 1].name, table_commands[c].name))) {
			buf_printf(&o->text, "\t%.*s)\n", STR_ARG(table_commands[c].name));
			zsh_describe(o, table_commands[c].name);
		}
		zsh_arguments(o, &table_commands[c]);
	}
	out_raw(o, "\tesac\n"
		   "}\n"
		   "if [[ $funcstack[1] == _aismm ]]; then\n"
		   "\t_aismm \"$@\"\n"
		   "else\n"
		   "\tcompdef _aismm aismm\n"
		   "fi\n");
}
