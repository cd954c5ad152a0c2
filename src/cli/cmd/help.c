#include "cli/cmd/cmd.h"

#include "export/json.h"

static str full_name(struct buf *b, const struct table_command *c)
{
	buf_clear(b);
	buf_add(b, c->name);
	if (c->sub.n)
		buf_char(b, ' ');
	buf_add(b, c->sub);
	return buf_str(b);
}

static void add_option(struct buf *b, const struct table_option *o)
{
	buf_printf(b, "--%.*s", STR_ARG(o->name));
	if (o->value.n)
		buf_printf(b, " %.*s", STR_ARG(o->value));
}

void cmd_help_synopsis(struct buf *b, const struct table_command *c)
{
	buf_printf(b, "aismm %.*s", STR_ARG(c->name));
	if (c->sub.n)
		buf_printf(b, " %.*s", STR_ARG(c->sub));
	for (size_t i = 0; i < c->n_arguments; i++) {
		const struct table_argument *a = &c->arguments[i];
		buf_printf(b, a->optional ? " [%.*s%s]" : " %.*s%s", STR_ARG(a->name), a->many ? "…" : "");
	}
	if (c->forms.n)
		buf_printf(b, " %.*s", STR_ARG(c->forms));
	for (size_t i = 0; i < c->n_options; i++) {
		const struct table_option *o = &c->options[i];
		if (o->in_forms)
			continue;
		buf_add(b, o->required ? S(" ") : S(" ["));
		add_option(b, o);
		if (!o->required)
			buf_char(b, ']');
	}
	buf_add(b, S(" [--json]"));
}

/* Room for the longest name of a command. */
static int name_columns(void)
{
	int most = 0;
	for (size_t i = 0; i < table_command_count; i++) {
		struct buf name = BUF(256);
		int columns = out_width(full_name(&name, &table_commands[i]));
		most = columns > most ? columns : most;
		buf_release(&name);
	}
	return most;
}

static void put_command_line(struct out *o, const struct table_command *c, int columns)
{
	struct buf name = BUF(256);
	out_spaces(o, 2);
	out_style(o, OUT_BOLD);
	out_left(o, full_name(&name, c), columns);
	out_style(o, OUT_PLAIN);
	out_spaces(o, 2);
	out_wrap(o, c->summary, (struct out_paragraph){.indent = columns + 4, .at = columns + 4});
	buf_release(&name);
}

void cmd_help_overview(struct out *o)
{
	out_wrap(o,
		 S("aismm measures how well an organisation secures its use of AI: evidence goes in, maturity levels "
		   "come out, and "
		   "every number opens down to the record behind it."),
		 (struct out_paragraph){0});
	int columns = name_columns();
	for (int topic = 0; topic < TABLE_TOPICS; topic++) {
		out_line(o);
		out_heading(o, table_topics[topic]);
		for (size_t i = 0; i < table_command_count; i++)
			if ((int)table_commands[i].topic == topic)
				put_command_line(o, &table_commands[i], columns);
	}
	out_line(o);
	out_wrap(o,
		 S("`aismm help COMMAND` shows the options of one. Every command has --json and --db STORE. The first "
		   "steps: "
		   "`aismm init`, `aismm unit import units.csv`, `aismm import evidence.json`, `aismm evaluate`, "
		   "`aismm score`."),
		 (struct out_paragraph){0});
}

void cmd_help_group(struct out *o, str name)
{
	int columns = name_columns();
	for (size_t i = 0; i < table_command_count; i++)
		if (str_eq(table_commands[i].name, name))
			put_command_line(o, &table_commands[i], columns);
	out_line(o);
	struct buf b = BUF(256);
	buf_printf(&b, "`aismm help %.*s WORD` shows the options of one.", STR_ARG(name));
	out_wrap(o, buf_str(&b), (struct out_paragraph){0});
	buf_release(&b);
}

static void put_entry(struct out *o, str name, str help, int columns)
{
	out_spaces(o, 2);
	int used = out_cut(o, name, o->width - 2);
	if (used > columns) {
		out_line(o);
		used = -2;
	}
	out_spaces(o, columns - used);
	out_spaces(o, 2);
	out_wrap(o, help, (struct out_paragraph){.indent = columns + 4, .at = columns + 4});
}

static void put_options(struct out *o, const struct table_command *c)
{
	struct buf name = BUF(256);
	out_line(o);
	out_heading(o, S("Options"));
	for (size_t i = 0; i < table_option_count(c); i++) {
		const struct table_option *option = table_option_at(c, i);
		buf_clear(&name);
		if (option->letter)
			buf_printf(&name, "-%c, ", option->letter);
		add_option(&name, option);
		put_entry(o, buf_str(&name), option->help, 20);
	}
	buf_release(&name);
}

void cmd_help_command(struct out *o, const struct table_command *c)
{
	struct buf b = BUF(4096);
	cmd_help_synopsis(&b, c);
	out_raw(o, "usage: ");
	out_wrap(o, buf_str(&b), (struct out_paragraph){.at = 7, .hang = 9});
	buf_release(&b);
	out_line(o);
	out_wrap(o, c->summary, (struct out_paragraph){.style = OUT_BOLD});
	if (c->text.n)
		out_wrap(o, c->text, (struct out_paragraph){0});
	if (c->n_arguments) {
		out_line(o);
		out_heading(o, S("Arguments"));
	}
	for (size_t i = 0; i < c->n_arguments; i++)
		put_entry(o, c->arguments[i].name, c->arguments[i].help, 20);
	put_options(o, c);
	if (c->n_examples) {
		out_line(o);
		out_heading(o, S("Examples"));
	}
	for (size_t i = 0; i < c->n_examples; i++) {
		out_wrap(o, c->examples[i].line, (struct out_paragraph){.indent = 2, .hang = 4});
		out_wrap(o, c->examples[i].help, (struct out_paragraph){.indent = 6, .style = OUT_DIM});
	}
}

static void show_json(struct out *o)
{
	struct json_writer w = json_writer(&o->text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.help/1"));
	json_key(&w, S("commands"));
	json_array(&w);
	for (size_t i = 0; i < table_command_count; i++) {
		const struct table_command *c = &table_commands[i];
		struct buf b = BUF(4096);
		json_object(&w);
		json_put_text(&w, S("name"), full_name(&b, c));
		json_put_text(&w, S("summary"), c->summary);
		buf_clear(&b);
		cmd_help_synopsis(&b, c);
		json_put_text(&w, S("usage"), buf_str(&b));
		json_key(&w, S("options"));
		json_array(&w);
		for (size_t k = 0; k < table_option_count(c); k++) {
			json_object(&w);
			json_put_text(&w, S("name"), table_option_at(c, k)->name);
			json_put_text(&w, S("value"), table_option_at(c, k)->value);
			json_put_text(&w, S("help"), table_option_at(c, k)->help);
			json_object_end(&w);
		}
		json_array_end(&w);
		json_object_end(&w);
		buf_release(&b);
	}
	json_array_end(&w);
	json_object_end(&w);
	out_line(o);
}

enum status cmd_help(struct cli *cli, struct err *err)
{
	str name = options_argument(&cli->options, 0), sub = options_argument(&cli->options, 1);
	if (cli->json) {
		show_json(cli->out);
		return OK;
	}
	if (!name.n) {
		cmd_help_overview(cli->out);
		return OK;
	}
	if (!sub.n && table_is_group(name)) {
		cmd_help_group(cli->out, name);
		return OK;
	}
	const struct table_command *c = table_find(name, sub);
	if (!c || cli->options.n_arguments > 2) {
		(void)cli_usage(cli, err, "there is no command %.*s%s%.*s", STR_ARG(name), sub.n ? " " : "",
				STR_ARG(sub));
		err_hint(err, "`aismm help` shows all");
		return E_INVALID;
	}
	cmd_help_command(cli->out, c);
	return OK;
}
