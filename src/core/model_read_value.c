#include <string.h>

#include "base/time.h"
#include "core/model_read.h"

enum { CLIP = 80, KEY = 32, DAYS_MAX = 36500 };

void model_read_full(struct model_reader *r)
{
	if (r->status == OK)
		r->status = err_full(r->err);
}

struct model_place model_read_place(const struct model_reader *r, const struct yaml_node *node)
{
	return node ? (struct model_place){r->file, node->line, node->column} : (struct model_place){r->file, 1, 1};
}

PRINTF(5, 0)
static void report(struct model_reader *r, bool warning, struct model_place place, str about, const char *format,
		   va_list args)
{
	size_t *count = warning ? &r->problems->n_warnings : &r->problems->n_errors;
	str text;
	if (warning && r->overlay.p && place.file.p != r->overlay.p)
		return;
	if (*count >= MODEL_PROBLEMS) {
		*count += 1;
		return;
	}
	if (r->status == OK)
		r->status = model_message(r->a, &text, r->err, format, args);
	if (r->status == OK)
		r->status = model_problem_add(r->problems, r->a, warning, place, r->err, "%.*s%s%.*s",
					      STR_ARG(model_read_clip(about)), about.n ? ": " : "", STR_ARG(text));
}

#define REPORT(warning, place, about)                                                                                  \
	do {                                                                                                           \
		va_list args_;                                                                                         \
		va_start(args_, format);                                                                               \
		report(r, warning, place, about, format, args_);                                                       \
		va_end(args_);                                                                                         \
	} while (0)

void model_read_error(struct model_reader *r, const struct yaml_node *at, const char *format, ...)
{
	REPORT(false, model_read_place(r, at), r->about);
}

void model_read_warning(struct model_reader *r, const struct yaml_node *at, const char *format, ...)
{
	REPORT(true, model_read_place(r, at), r->about);
}

void model_read_report(struct model_reader *r, bool warning, struct model_place place, str about, const char *format,
		       ...)
{
	REPORT(warning, place, about);
}

str model_read_clip(str text)
{
	if (text.n <= CLIP)
		return text;
	size_t n = CLIP;
	while (n > 0 && ((unsigned char)text.p[n] & 0xC0) == 0x80)
		n--;
	return str_slice(text, 0, n);
}

static size_t smallest(size_t a, size_t b, size_t c)
{
	size_t least = a < b ? a : b;
	return least < c ? least : c;
}

/* Levenshtein's distance; both words are at most KEY bytes. */
static size_t distance(str a, str b)
{
	size_t row[KEY + 1];
	for (size_t j = 0; j <= b.n; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			size_t above = row[j];
			row[j] = smallest(above + 1, row[j - 1] + 1, diagonal + (a.p[i - 1] != b.p[j - 1]));
			diagonal = above;
		}
	}
	return row[b.n];
}

str model_read_nearest(str word, const str *words)
{
	str best = {NULL, 0};
	size_t best_distance = word.n < 3 ? word.n : word.n / 3 + 2;
	if (word.n > KEY)
		return best;
	for (; words->n; words++) {
		size_t d = words->n > KEY ? best_distance : distance(word, *words);
		if (d < best_distance) {
			best_distance = d;
			best = *words;
		}
	}
	return best;
}

static bool is_one_of(str word, const str *words)
{
	for (; words->n; words++)
		if (str_eq(word, *words))
			return true;
	return false;
}

static const char *kind_name(const struct yaml_node *node)
{
	switch (node->kind) {
	case YAML_SCALAR:
		return "a text";
	case YAML_LIST:
		return "a list";
	case YAML_MAP:
		return "a map";
	}
	return "nothing";
}

void model_read_unknown_key(struct model_reader *r, const struct yaml_node *key, const char *what, const str *words)
{
	bool listed = r->problems->n_errors < MODEL_PROBLEMS;
	str nearest = listed ? model_read_nearest(key->text, words) : (str){NULL, 0};
	model_read_error(r, key, "unknown key \"%.*s\" in %s%s%.*s%s", STR_ARG(model_read_clip(key->text)), what,
			 nearest.n ? "; did you mean \"" : "", STR_ARG(nearest), nearest.n ? "\"?" : "");
}

bool model_read_map(struct model_reader *r, const struct yaml_node *node, const char *what, const str *words)
{
	if (node->kind != YAML_MAP) {
		model_read_error(r, node, "%s is %s; a map of keys and values is expected", what,
				 yaml_is_null(node) ? "empty" : kind_name(node));
		return false;
	}
	for (size_t i = 0; i < node->n; i++)
		if (!is_one_of(node->keys[i]->text, words))
			model_read_unknown_key(r, node->keys[i], what, words);
	return true;
}

/* Tabs and line ends are text; any other control character has no business in a model. */
static bool has_control(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool c1 = c == 0xC2 && i + 1 < s.n && (unsigned char)s.p[i + 1] < 0xA0;
		if ((c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7F || c1)
			return true;
	}
	return false;
}

str model_read_scalar(struct model_reader *r, const struct yaml_node *node, str key)
{
	if (node->kind != YAML_SCALAR)
		model_read_error(r, node, "%.*s is %s; a text is expected", STR_ARG(key), kind_name(node));
	else if (has_control(node->text))
		model_read_error(r, node, "%.*s has a control character", STR_ARG(key));
	else if (!yaml_is_null(node) && str_trim(node->text).n > 0)
		return str_trim(node->text);
	return (str){NULL, 0};
}

str model_read_text(struct model_reader *r, const struct yaml_node *map, str key)
{
	const struct yaml_node *node = yaml_get(map, key);
	return node ? model_read_scalar(r, node, key) : (str){NULL, 0};
}

str model_read_needed_text(struct model_reader *r, const struct yaml_node *map, str key)
{
	const struct yaml_node *node = yaml_get(map, key);
	bool blank = yaml_is_null(node) || (node->kind == YAML_SCALAR && str_trim(node->text).n == 0);
	if (!blank)
		return model_read_scalar(r, node, key);
	model_read_error(r, node ? node : map, "%.*s is missing", STR_ARG(key));
	return (str){NULL, 0};
}

str model_read_line(struct model_reader *r, const struct yaml_node *map, str key, bool needed)
{
	str text = needed ? model_read_needed_text(r, map, key) : model_read_text(r, map, key);
	bool broken = false;
	for (size_t i = 0; i < text.n; i++)
		broken = broken || (unsigned char)text.p[i] < 0x20;
	if (broken)
		model_read_error(r, yaml_get(map, key), "%.*s must be one line", STR_ARG(key));
	return text;
}

str model_read_sql(struct model_reader *r, const struct yaml_node *map, str key)
{
	str text = model_read_text(r, map, key);
	return text.n ? yaml_get(map, key)->text : text;
}

const struct yaml_node *model_read_list(struct model_reader *r, const struct yaml_node *map, str key)
{
	const struct yaml_node *node = yaml_get(map, key);
	if (yaml_is_null(node))
		return NULL;
	if (node->kind == YAML_LIST)
		return node;
	model_read_error(r, node, "%.*s is %s; a list is expected", STR_ARG(key), kind_name(node));
	return NULL;
}

const str *model_read_texts(struct model_reader *r, const struct yaml_node *map, str key, size_t *n)
{
	const struct yaml_node *list = model_read_list(r, map, key);
	*n = 0;
	if (!list || list->n == 0)
		return NULL;
	str *texts = arena_new(r->a, str, list->n);
	if (!texts) {
		model_read_full(r);
		return NULL;
	}
	for (size_t i = 0; i < list->n; i++) {
		str text = model_read_scalar(r, list->items[i], key);
		if (text.n)
			texts[(*n)++] = text;
		else if (list->items[i]->kind == YAML_SCALAR && str_trim(list->items[i]->text).n == 0)
			model_read_error(r, list->items[i], "%.*s has an empty entry", STR_ARG(key));
	}
	return texts;
}

static str words_join(struct model_reader *r, const str *words)
{
	size_t n = 0, at = 0;
	for (const str *w = words; w->n; w++)
		n += w->n + 2;
	char *p = arena_new(r->a, char, n + 1);
	if (!p) {
		model_read_full(r);
		return (str){NULL, 0};
	}
	for (const str *w = words; w->n; w++) {
		if (at) {
			p[at++] = ',';
			p[at++] = ' ';
		}
		memcpy(p + at, w->p, w->n);
		at += w->n;
	}
	return (str){p, at};
}

int model_read_word_at(struct model_reader *r, const struct yaml_node *node, str key, const str *words)
{
	str text = model_read_scalar(r, node, key);
	if (!text.n)
		return -1;
	for (int i = 0; words[i].n; i++)
		if (str_eq(words[i], text))
			return i;
	model_read_error(r, node, "%.*s \"%.*s\" is not one of %.*s", STR_ARG(key), STR_ARG(model_read_clip(text)),
			 STR_ARG(words_join(r, words)));
	return -1;
}

int model_read_word(struct model_reader *r, const struct yaml_node *map, str key, const str *words)
{
	const struct yaml_node *node = yaml_get(map, key);
	return node ? model_read_word_at(r, node, key, words) : -1;
}

int64_t model_read_int(struct model_reader *r, const struct yaml_node *map, str key, struct model_range range)
{
	const struct yaml_node *node = yaml_get(map, key);
	int64_t v;
	if (yaml_is_null(node))
		return range.otherwise;
	if (node->kind == YAML_SCALAR && node->plain && str_to_i64(node->text, &v) && v >= range.from && v <= range.to)
		return v;
	if (node->kind != YAML_SCALAR)
		model_read_error(r, node, "%.*s is %s; a whole number is expected", STR_ARG(key), kind_name(node));
	else
		model_read_error(r, node, "%.*s %.*s is not a whole number from %lld to %lld", STR_ARG(key),
				 STR_ARG(model_read_clip(node->text)), (long long)range.from, (long long)range.to);
	return range.otherwise;
}

int64_t model_read_days(struct model_reader *r, const struct yaml_node *map, str key, int64_t otherwise)
{
	const struct yaml_node *node = yaml_get(map, key);
	if (yaml_is_null(node))
		return otherwise;
	if (node->kind != YAML_SCALAR) {
		model_read_error(r, node, "%.*s is %s; days such as P90D are expected", STR_ARG(key), kind_name(node));
		return otherwise;
	}
	str text = node->text;
	int64_t days;
	bool framed = text.n >= 3 && text.p[0] == 'P' && text.p[text.n - 1] == 'D';
	if (framed && text.p[1] >= '1' && text.p[1] <= '9' && str_to_i64(str_slice(text, 1, text.n - 1), &days) &&
	    days <= DAYS_MAX)
		return days * TIME_DAY_MS;
	model_read_error(r, node, "%.*s \"%.*s\" is not a number of days such as P90D, at most P%dD", STR_ARG(key),
			 STR_ARG(model_read_clip(text)), DAYS_MAX);
	return otherwise;
}

/* Digits and at most one point: whole part, then up to three decimals. -1 when it is anything else. */
static int32_t share_parse(str text)
{
	str whole, decimals;
	bool point = str_cut(text, '.', &whole, &decimals);
	int32_t milli = 0;
	if (whole.n != 1 || whole.p[0] < '0' || whole.p[0] > '1' || (point && decimals.n == 0) || decimals.n > 3)
		return -1;
	for (size_t i = 0; i < 3; i++) {
		char c = i < decimals.n ? decimals.p[i] : '0';
		if (c < '0' || c > '9')
			return -1;
		milli = milli * 10 + (c - '0');
	}
	milli += (whole.p[0] - '0') * 1000;
	return milli >= 1 && milli <= 1000 ? milli : -1;
}

int32_t model_read_share(struct model_reader *r, const struct yaml_node *map, str key)
{
	const struct yaml_node *node = yaml_get(map, key);
	if (yaml_is_null(node)) {
		model_read_error(r, node ? node : map, "%.*s is missing", STR_ARG(key));
		return 0;
	}
	int32_t milli = node->kind == YAML_SCALAR && node->plain ? share_parse(node->text) : -1;
	if (milli > 0)
		return milli;
	if (node->kind != YAML_SCALAR)
		model_read_error(r, node, "%.*s is %s; a number is expected", STR_ARG(key), kind_name(node));
	else
		model_read_error(r, node, "%.*s %s%.*s%s is not above 0 and at most 1 with three decimals",
				 STR_ARG(key), node->plain ? "" : "\"", STR_ARG(model_read_clip(node->text)),
				 node->plain ? "" : "\"");
	return 0;
}
