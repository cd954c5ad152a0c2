#include "core/model.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/model_read.h"

static const struct {
	str word;
	unsigned bit;
} deployments[] = {
    {S("self_hosted"), MODEL_SELF_HOSTED},
    {S("paas"), MODEL_PAAS},
    {S("saas"), MODEL_SAAS},
};

static unsigned deployment_bit(str word)
{
	for (size_t i = 0; i < sizeof deployments / sizeof deployments[0]; i++)
		if (str_eq(deployments[i].word, word))
			return deployments[i].bit;
	return 0;
}

unsigned model_deployment_read(str text)
{
	unsigned bits = 0;
	for (size_t start = 0, i = 0; i <= text.n; i++) {
		if (i < text.n && text.p[i] != ';' && text.p[i] != ',')
			continue;
		unsigned bit = deployment_bit(str_trim(str_slice(text, start, i)));
		if (!bit)
			return 0;
		bits |= bit;
		start = i + 1;
	}
	return bits;
}

static void id_fold(str id, char room[MODEL_ID_BYTES])
{
	for (size_t i = 0; i < id.n; i++)
		room[i] = id.p[i] >= 'a' && id.p[i] <= 'z' ? (char)(id.p[i] - 'a' + 'A') : id.p[i];
}

/* Ids are upper case in every model, so folding the question is enough. */
const struct model_objective *model_objective_find(const struct model *m, str id)
{
	char room[MODEL_ID_BYTES];
	if (id.n > sizeof room)
		return NULL;
	id_fold(id, room);
	id.p = room;
	for (size_t from = 0, to = m->n_objectives; from < to;) {
		size_t middle = from + (to - from) / 2;
		const struct model_objective *o = &m->objectives[m->sorted[middle]];
		int order = str_cmp(id, o->id);
		if (order == 0)
			return o;
		if (order < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return NULL;
}

const struct model_category *model_category_find(const struct model *m, str id)
{
	for (size_t i = 0; i < m->n_categories; i++)
		if (str_eq_fold(m->categories[i].id, id))
			return &m->categories[i];
	return NULL;
}

bool model_objective_requires(const struct model *m, const struct model_objective *b, const struct model_objective *a)
{
	for (size_t i = 0; i < b->n_requires; i++)
		if (&m->objectives[b->requires[i]] == a)
			return true;
	return false;
}

/* Messages quote what a stranger wrote: no control character of it reaches a terminal. */
static void make_printable(char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)p[i];
		bool c1 = c == 0xC2 && i + 1 < n && (unsigned char)p[i + 1] >= 0x80 && (unsigned char)p[i + 1] < 0xA0;
		if (c < 0x20 || c == 0x7F)
			p[i] = '?';
		else if (c1)
			p[i] = p[i + 1] = '?';
	}
}

enum status model_message(struct arena *a, str *out, struct err *err, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (n < 0)
		return err_set(err, E_BUG, "a message could not be printed");
	char *p = arena_new(a, char, (size_t)n + 1);
	if (!p)
		return err_full(err);
	(void)vsnprintf(p, (size_t)n + 1, format, args);
	make_printable(p, (size_t)n);
	*out = (str){p, (size_t)n};
	return OK;
}

enum status model_problem_add(struct model_problems *problems, struct arena *a, bool warning, struct model_place place,
			      struct err *err, const char *format, ...)
{
	size_t *count = warning ? &problems->n_warnings : &problems->n_errors;
	if (*count >= MODEL_PROBLEMS) {
		*count += 1;
		return OK;
	}
	str message;
	va_list args;
	va_start(args, format);
	enum status status = model_message(a, &message, err, format, args);
	va_end(args);
	TRY(status);
	if (problems->n == problems->cap) {
		void *list =
		    arena_grow(a, problems->list, problems->n, problems->n + 1, sizeof *problems->list, &problems->cap);
		if (!list)
			return err_full(err);
		problems->list = list;
	}
	problems->list[problems->n++] = (struct model_problem){warning, place, message};
	*count += 1;
	return OK;
}

static bool comes_before(const struct model_place *a, const struct model_place *b)
{
	int order = str_cmp(a->file, b->file);
	if (order)
		return order < 0;
	return a->line != b->line ? a->line < b->line : a->column < b->column;
}

/* Insertion: the list is short, nearly in order, and equal places must keep theirs. */
void model_problems_sort(struct model_problems *problems)
{
	for (size_t i = 1; i < problems->n; i++) {
		struct model_problem moved = problems->list[i];
		size_t at = i;
		for (; at > 0 && comes_before(&moved.place, &problems->list[at - 1].place); at--)
			problems->list[at] = problems->list[at - 1];
		problems->list[at] = moved;
	}
}
