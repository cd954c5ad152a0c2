#include "cli/options.h"

#include <assert.h>
#include <string.h>

#include "base/limits.h"
#include "base/time.h"

/* ---- one word of argv ---- */

struct word {
	bool is_option, has_value; /* has_value: --name=VALUE */
	bool letter;               /* -h */
	str name, value;
};

static struct word split(const char *text)
{
	str s = str_from(text);
	if (s.n < 2 || s.p[0] != '-')
		return (struct word){.value = s};
	if (s.p[1] != '-')
		return (struct word){.is_option = true,
				     .letter = true,
				     .name = str_slice(s, 1, 2),
				     .value = str_slice(s, 2, s.n),
				     .has_value = s.n > 2};
	struct word w = {.is_option = true};
	w.has_value = str_cut(str_slice(s, 2, s.n), '=', &w.name, &w.value);
	return w;
}

static const struct table_option *find_letter(const struct table_command *c, str letter)
{
	for (size_t i = 0; i < table_option_count(c); i++)
		if (table_option_at(c, i)->letter && table_option_at(c, i)->letter == letter.p[0])
			return table_option_at(c, i);
	return NULL;
}

static const struct table_option *find(const struct table_command *c, const struct word *w)
{
	return w->letter ? find_letter(c, w->name) : table_option_find(c, w->name);
}

struct options_words options_words(int argc, char *const *argv)
{
	struct options_words found = {{0}, 0};
	int n = 0;
	for (int i = 1; i < argc && n < OPTIONS_WORDS; i++) {
		struct word w = split(argv[i]);
		if (w.is_option && strcmp(argv[i], "--") == 0)
			break;
		if (!w.is_option) {
			found.at[n++] = i;
			if (!table_is_group(w.value))
				break;
			continue;
		}
		const struct table_option *o = w.letter ? NULL : table_option_any(w.name);
		bool help = w.letter && w.name.p[0] == 'h';
		if (!o && !help && !found.unknown && n == 0)
			found.unknown = i;
		if (o && o->value.n && !w.has_value)
			i++;
	}
	return found;
}

/* ---- likeness ---- */

enum { DISTANCE_MAX = 32 };

int options_distance(str a, str b, int most)
{
	int row[3][DISTANCE_MAX + 1] = {{0}};
	if (a.n > DISTANCE_MAX || b.n > DISTANCE_MAX)
		return most + 1;
	for (size_t j = 0; j <= b.n; j++)
		row[0][j] = (int)j;
	for (size_t i = 1; i <= a.n; i++) {
		int *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
		now[0] = (int)i;
		for (size_t j = 1; j <= b.n; j++) {
			int best = last[j - 1] + (a.p[i - 1] != b.p[j - 1]);
			best = last[j] + 1 < best ? last[j] + 1 : best;
			best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
			bool swapped = i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1];
			if (swapped && before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			now[j] = best;
		}
	}
	int d = row[a.n % 3][b.n];
	return d > most ? most + 1 : d;
}

const struct table_option *options_nearest(const struct table_command *c, str name)
{
	const struct table_option *nearest = NULL;
	int most = name.n > 5 ? 3 : name.n > 2 ? 2 : 1;
	for (size_t i = 0; i < table_option_count(c); i++) {
		const struct table_option *o = table_option_at(c, i);
		int d = options_distance(name, o->name, most);
		if (d > most && name.n >= 2 && str_starts(o->name, name))
			d = most;
		if (d <= most && (!nearest || d < options_distance(name, nearest->name, most)))
			nearest = o;
	}
	return nearest;
}

/* ---- values by kind ---- */

static enum status wrong(struct err *err, const struct table_option *o, str value, const char *expected,
			 const char *example)
{
	enum status status =
	    err_set(err, E_INVALID, "--%.*s: \"%.*s\" is not %s", STR_ARG(o->name), STR_ARG(value), expected);
	err_hint(err, "for example --%.*s %s", STR_ARG(o->name), example);
	return status;
}

static bool is_id(str text)
{
	return text.n <= LIMIT_ID_BYTES && !memchr(text.p, '\n', text.n);
}

/* GOV=3,IAM=2; which categories there are is the model's to say. */
static bool are_bounds(str text)
{
	str head, tail = text;
	for (bool more = true; more;) {
		str name, level;
		more = str_cut(tail, ',', &head, &tail);
		if (!str_cut(head, '=', &name, &level) || !str_trim(name).n)
			return false;
		level = str_trim(level);
		if (level.n != 1 || level.p[0] < '1' || level.p[0] > '5')
			return false;
	}
	return true;
}

static enum status check_value(const struct table_option *o, str value, struct options_value *v, struct err *err)
{
	if (value.n == 0) {
		enum status status = err_set(err, E_INVALID, "--%.*s: the value is empty", STR_ARG(o->name));
		err_hint(err, "leave the option out, or give it a value");
		return status;
	}
	if (o->kind != TABLE_FILE && o->kind != TABLE_STORE && !str_is_utf8(value))
		return wrong(err, o, value, "UTF-8", "acme");
	switch (o->kind) {
	case TABLE_TIME:
		if (!time_parse(value, &v->number))
			return wrong(err, o, value, "a time (ISO 8601)", "2026-11-01 or 2026-11-01T06:30:00Z");
		return OK;
	case TABLE_COUNT:
		if (!str_to_i64(value, &v->number) || v->number < 0 || v->number > LIMIT_COUNT)
			return wrong(err, o, value, "a whole number from 0 to 1000000000", "7");
		return OK;
	case TABLE_UNIT:
	case TABLE_OBJECTIVE:
	case TABLE_SUBJECT:
	case TABLE_FEED:
	case TABLE_MODEL:
		return o->many || is_id(value) ? OK
					       : wrong(err, o, value, "an id of at most 512 bytes on one line", "acme");
	case TABLE_BOUNDS:
		return are_bounds(value)
			   ? OK
			   : wrong(err, o, value, "a list of CATEGORY=LEVEL, levels 1 to 5", "GOV=3,IAM=2");
	case TABLE_FLAG:
	case TABLE_TEXT:
	case TABLE_FILE:
	case TABLE_WORD:
	case TABLE_FORMAT:
	case TABLE_STORE:
	case TABLE_COMMAND:
	case TABLE_KINDS:
		break;
	}
	return OK;
}

static bool has_word(str words, str word)
{
	str head, tail = words;
	while (tail.n) {
		(void)str_cut(tail, ' ', &head, &tail);
		if (str_eq(head, word))
			return true;
	}
	return false;
}

/* ---- reading ---- */

struct reading {
	const struct table_command *command;
	int argc;
	char *const *argv;
	struct arena *arena;
	struct options *out;
	str *arguments;
};

static void hint_help(struct err *err, const struct table_command *c)
{
	err_hint(err, "`aismm %.*s%s%.*s --help` shows how it is used", STR_ARG(c->name), c->sub.n ? " " : "",
		 STR_ARG(c->sub));
}

static enum status unknown_option(const struct reading *r, const struct word *w, struct err *err)
{
	const struct table_command *c = r->command;
	enum status status = err_set(err, E_INVALID, "unknown option %s%.*s", w->letter ? "-" : "--", STR_ARG(w->name));
	const struct table_option *near = w->letter ? NULL : options_nearest(c, w->name);
	if (near)
		err_hint(err, "did you mean --%.*s?", STR_ARG(near->name));
	else
		hint_help(err, c);
	return status;
}

static enum status add_value(struct reading *r, const struct table_option *o, str value, struct err *err)
{
	size_t at = 0;
	while (table_option_at(r->command, at) != o)
		at++;
	struct options_value *v = &r->out->values[at];
	if (v->n && !o->many)
		return err_set(err, E_INVALID, "--%.*s is given twice", STR_ARG(o->name));
	if (o->value.n)
		TRY(check_value(o, value, v, err));
	str *texts = arena_new(r->arena, str, v->n + 1);
	if (!texts)
		return err_full(err);
	if (v->n)
		memcpy(texts, v->texts, v->n * sizeof *texts);
	texts[v->n] = value;
	v->texts = texts;
	v->n++;
	return OK;
}

/* An option at *i; its value may be the next word. */
static enum status read_option(struct reading *r, int *i, const struct word *w, struct err *err)
{
	const struct table_option *o = find(r->command, w);
	if (!o)
		return unknown_option(r, w, err);
	if (!o->value.n) {
		if (w->has_value)
			return err_set(err, E_INVALID, "--%.*s takes no value", STR_ARG(o->name));
		return add_value(r, o, (str){0}, err);
	}
	str value = w->value;
	if (!w->has_value) {
		str next = *i + 1 < r->argc ? str_from(r->argv[*i + 1]) : (str){0};
		if (*i + 1 >= r->argc || str_starts(next, S("--"))) {
			enum status status =
			    err_set(err, E_INVALID, "--%.*s needs a value: %.*s", STR_ARG(o->name), STR_ARG(o->value));
			if (next.n)
				err_hint(err, "a value that starts with -- is written --%.*s=%.*s", STR_ARG(o->name),
					 STR_ARG(next));
			return status;
		}
		value = next;
		(*i)++;
	}
	return add_value(r, o, value, err);
}

/* Which argument of the table the i-th one given is; NULL: one too many. */
static const struct table_argument *argument_at(const struct table_command *c, size_t i)
{
	if (i < c->n_arguments)
		return &c->arguments[i];
	return c->n_arguments && c->arguments[c->n_arguments - 1].many ? &c->arguments[c->n_arguments - 1] : NULL;
}

static enum status add_argument(struct reading *r, str text, struct err *err)
{
	const struct table_argument *a = argument_at(r->command, r->out->n_arguments);
	enum status status = OK;
	if (!a)
		status = err_set(err, E_INVALID, "one argument too many: \"%.*s\"", STR_ARG(text));
	else if (!text.n)
		status = err_set(err, E_INVALID, "%.*s is empty", STR_ARG(a->name));
	else if (a->kind != TABLE_FILE && !str_is_utf8(text))
		status = err_set(err, E_INVALID, "%.*s is not UTF-8", STR_ARG(a->name));
	else if (a->kind == TABLE_WORD && !has_word(a->words, text))
		status = err_set(err, E_INVALID, "%.*s: \"%.*s\" is none of: %.*s", STR_ARG(a->name), STR_ARG(text),
				 STR_ARG(a->words));
	if (status != OK) {
		hint_help(err, r->command);
		return status;
	}
	r->arguments[r->out->n_arguments++] = text;
	return OK;
}

static enum status read_words(struct reading *r, const struct options_words *words, struct err *err)
{
	bool ended = false;
	for (int i = 1; i < r->argc; i++) {
		struct word w = split(r->argv[i]);
		if (i == words->at[0] || i == words->at[1])
			continue;
		if (!ended && strcmp(r->argv[i], "--") == 0)
			ended = true;
		else if (!ended && w.is_option)
			TRY(read_option(r, &i, &w, err));
		else
			TRY(add_argument(r, str_from(r->argv[i]), err));
	}
	return OK;
}

static enum status check_complete(const struct options *o, struct err *err)
{
	const struct table_command *c = o->command;
	enum status status = OK;
	for (size_t i = o->n_arguments; i < c->n_arguments && status == OK; i++)
		if (!c->arguments[i].optional)
			status = err_set(err, E_INVALID, "%.*s is missing", STR_ARG(c->arguments[i].name));
	for (size_t i = 0; i < c->n_options && status == OK; i++)
		if (c->options[i].required && !o->values[i].n)
			status = err_set(err, E_INVALID, "--%.*s %.*s is missing", STR_ARG(c->options[i].name),
					 STR_ARG(c->options[i].value));
	if (status != OK)
		hint_help(err, c);
	return status;
}

enum status options_read(const struct table_command *command, int argc, char *const *argv,
			 const struct options_words *words, struct arena *a, struct options *out, struct err *err)
{
	struct options made = {.command = command};
	assert(table_option_count(command) <= OPTIONS_MAX);
	str *arguments = arena_new(a, str, (size_t)argc + 1);
	if (!arguments)
		return err_full(err);
	struct reading r = {command, argc, argv, a, &made, arguments};
	TRY(read_words(&r, words, err));
	made.arguments = arguments;
	if (!options_given(&made, S("help")))
		TRY(check_complete(&made, err));
	*out = made;
	return OK;
}

/* ---- the values ---- */

static const struct options_value *value_of(const struct options *o, str name)
{
	size_t i = 0, n = table_option_count(o->command);
	while (i < n && !str_eq(table_option_at(o->command, i)->name, name))
		i++;
	assert(i < n);
	return &o->values[i];
}

bool options_given(const struct options *o, str name)
{
	return value_of(o, name)->n > 0;
}

str options_text(const struct options *o, str name)
{
	const struct options_value *v = value_of(o, name);
	return v->n ? v->texts[0] : (str){0};
}

int64_t options_count(const struct options *o, str name, int64_t otherwise)
{
	const struct options_value *v = value_of(o, name);
	return v->n ? v->number : otherwise;
}

struct app_time options_time(const struct options *o, str name)
{
	const struct options_value *v = value_of(o, name);
	return (struct app_time){v->n > 0, v->n ? v->number : 0};
}

enum status options_list(const struct options *o, str name, struct arena *a, const str **out, size_t *n,
			 struct err *err)
{
	const struct options_value *v = value_of(o, name);
	size_t most = 0, count = 0;
	for (size_t i = 0; i < v->n; i++) {
		most++;
		for (size_t k = 0; k < v->texts[i].n; k++)
			most += v->texts[i].p[k] == ',';
	}
	str *list = arena_new(a, str, most + 1);
	if (!list)
		return err_full(err);
	for (size_t i = 0; i < v->n; i++) {
		str head, tail = v->texts[i];
		bool more = true;
		while (more) {
			more = str_cut(tail, ',', &head, &tail);
			head = str_trim(head);
			if (!head.n || !is_id(head))
				return err_set(err, E_INVALID, "--%.*s: \"%.*s\" has an empty or too long id in it",
					       STR_ARG(name), STR_ARG(v->texts[i]));
			list[count++] = head;
		}
	}
	*out = list;
	*n = count;
	return OK;
}

str options_argument(const struct options *o, size_t i)
{
	return i < o->n_arguments ? o->arguments[i] : (str){0};
}
