#include "core/link.h"

#include <stdlib.h>

enum { WORD_BYTES = 3 /* shorter words (of, v2) tell nothing */, ALIKE = 1000, USES = 1001 };

bool link_is_pattern(str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '*' || name.p[i] == '?')
			return true;
	return false;
}

/* Where a star did not take enough, it takes one byte more: no more than the last star ever has to. */
bool link_matches(str pattern, str name)
{
	size_t p = 0, n = 0, star = SIZE_MAX, taken = 0;
	while (n < name.n) {
		if (p < pattern.n && pattern.p[p] == '*') {
			star = p++;
			taken = n;
		} else if (p < pattern.n && pattern.p[p] == '?') {
			p++;
			n++;
			while (n < name.n && ((unsigned char)name.p[n] & 0xC0) == 0x80)
				n++; /* one character, however many bytes */
		} else if (p < pattern.n && pattern.p[p] == name.p[n]) {
			p++;
			n++;
		} else if (star != SIZE_MAX) {
			p = star + 1;
			n = ++taken;
		} else {
			return false;
		}
	}
	while (p < pattern.n && pattern.p[p] == '*')
		p++;
	return p == pattern.n;
}

size_t link_literals(str pattern)
{
	size_t n = 0;
	for (size_t i = 0; i < pattern.n; i++)
		n += pattern.p[i] != '*' && pattern.p[i] != '?' && ((unsigned char)pattern.p[i] & 0xC0) != 0x80;
	return n;
}

/* A rule for one feed stands before one for all. */
static int order_feeds(int64_t a, int64_t b)
{
	return (a == 0) - (b == 0);
}

static int order_ids(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int order_rules(const void *left, const void *right)
{
	const struct link_rule *a = left, *b = right;
	bool pattern = link_is_pattern(a->name);
	if (pattern != link_is_pattern(b->name))
		return pattern ? 1 : -1;
	if (!pattern) {
		int names = str_cmp(a->name, b->name);
		if (names)
			return names;
		return a->feed_id != b->feed_id ? order_ids(b->feed_id, a->feed_id) : order_ids(a->id, b->id);
	}
	if (order_feeds(a->feed_id, b->feed_id))
		return order_feeds(a->feed_id, b->feed_id);
	size_t of_a = link_literals(a->name), of_b = link_literals(b->name);
	if (of_a != of_b)
		return of_a > of_b ? -1 : 1;
	return order_ids(a->id, b->id);
}

static int order_systems(const void *left, const void *right)
{
	const struct link_system *a = left, *b = right;
	return str_cmp(a->id, b->id);
}

static int order_models(const void *left, const void *right)
{
	const struct link_model *a = left, *b = right;
	int ids = str_cmp(a->id, b->id);
	return ids ? ids : str_cmp(a->system, b->system);
}

static void sort(void *list, size_t n, size_t size, int (*order)(const void *, const void *))
{
	if (n)
		qsort(list, n, size, order);
}

bool link_book_make(const struct link_parts *p, struct arena *a, struct link_book *out)
{
	struct link_system *each = arena_new(a, struct link_system, p->n_systems);
	size_t n = 0, aliases = 0;
	if (!each)
		return false;
	sort(p->rules, p->n_rules, sizeof *p->rules, order_rules);
	sort(p->systems, p->n_systems, sizeof *p->systems, order_systems);
	sort(p->models, p->n_models, sizeof *p->models, order_models);
	for (size_t i = 0; i < p->n_systems; i++) {
		if (n && str_eq(each[n - 1].id, p->systems[i].id))
			each[n - 1].registered |= p->systems[i].registered;
		else
			each[n++] = p->systems[i];
	}
	while (aliases < p->n_rules && !link_is_pattern(p->rules[aliases].name))
		aliases++;
	*out = (struct link_book){
	    .aliases = p->rules,
	    .n_aliases = aliases,
	    .patterns = p->rules + aliases,
	    .n_patterns = p->n_rules - aliases,
	    .systems = each,
	    .n_systems = n,
	    .models = p->models,
	    .n_models = p->n_models,
	};
	return true;
}

const struct link_system *link_system_find(const struct link_book *book, str id)
{
	size_t low = 0, high = book->n_systems;
	while (low < high) {
		size_t at = low + (high - low) / 2;
		int c = str_cmp(book->systems[at].id, id);
		if (c == 0)
			return &book->systems[at];
		if (c < 0)
			low = at + 1;
		else
			high = at;
	}
	return NULL;
}

static bool is_registered(const struct link_book *book, str id)
{
	const struct link_system *s = link_system_find(book, id);
	return s && s->registered;
}

static bool uses(const struct link_book *book, str system, str model)
{
	const struct link_model wanted = {model, system};
	return book->n_models && bsearch(&wanted, book->models, book->n_models, sizeof wanted, order_models);
}

static bool holds(const struct link_book *book, const struct link_rule *rule, int64_t feed_id)
{
	return (rule->feed_id == 0 || rule->feed_id == feed_id) && is_registered(book, rule->system);
}

static size_t first_alias(const struct link_book *book, str name)
{
	size_t low = 0, high = book->n_aliases;
	while (low < high) {
		size_t at = low + (high - low) / 2;
		if (str_cmp(book->aliases[at].name, name) < 0)
			low = at + 1;
		else
			high = at;
	}
	return low;
}

struct link_found link_find(const struct link_book *book, int64_t feed_id, str name)
{
	if (is_registered(book, name))
		return (struct link_found){LINK_EXACT, name, NULL};
	for (size_t i = first_alias(book, name); i < book->n_aliases && str_eq(book->aliases[i].name, name); i++)
		if (holds(book, &book->aliases[i], feed_id))
			return (struct link_found){LINK_ALIAS, book->aliases[i].system, &book->aliases[i]};
	for (size_t i = 0; i < book->n_patterns; i++)
		if (holds(book, &book->patterns[i], feed_id) && link_matches(book->patterns[i].name, name))
			return (struct link_found){LINK_PATTERN, book->patterns[i].system, &book->patterns[i]};
	return link_system_find(book, name) ? (struct link_found){LINK_DISCOVERED, name, NULL}
					    : (struct link_found){LINK_UNRESOLVED, {NULL, 0}, NULL};
}

/* ---- suggestions ---- */

static char small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool is_word_byte(char c)
{
	return (c >= '0' && c <= '9') || (small(c) >= 'a' && small(c) <= 'z') || (unsigned char)c >= 0x80;
}

/* The next word of a text, from *at on; false at its end. */
static bool next_word(str text, size_t *at, str *out)
{
	while (*at < text.n && !is_word_byte(text.p[*at]))
		++*at;
	size_t first = *at;
	while (*at < text.n && is_word_byte(text.p[*at]))
		++*at;
	*out = str_slice(text, first, *at);
	return out->n > 0;
}

static bool has_word(str text, str word)
{
	str other;
	for (size_t at = 0; next_word(text, &at, &other);)
		if (str_eq_fold(other, word))
			return true;
	return false;
}

static bool equal_but_for_marks(str a, str b)
{
	size_t i = 0, k = 0;
	for (;;) {
		while (i < a.n && !is_word_byte(a.p[i]))
			i++;
		while (k < b.n && !is_word_byte(b.p[k]))
			k++;
		if (i == a.n || k == b.n)
			return i == a.n && k == b.n;
		if (small(a.p[i++]) != small(b.p[k++]))
			return false;
	}
}

/* 0: nothing in common; else how many letters the shared words have. */
static size_t likeness(const struct link_book *book, str name, str id)
{
	size_t shared = 0;
	str word;
	if (uses(book, id, name))
		return USES;
	if (equal_but_for_marks(name, id))
		return ALIKE;
	for (size_t at = 0; next_word(name, &at, &word);)
		if (word.n >= WORD_BYTES && has_word(id, word))
			shared += word.n;
	return shared < ALIKE ? shared : ALIKE - 1;
}

size_t link_suggest(const struct link_book *book, str name, str *out, size_t most)
{
	size_t n = 0;
	for (size_t i = 0; i < book->n_systems; i++) {
		str id = book->systems[i].id;
		size_t like = book->systems[i].registered ? likeness(book, name, id) : 0, at = n;
		if (!like)
			continue;
		while (at > 0 && likeness(book, name, out[at - 1]) < like)
			at--;
		if (at == most)
			continue;
		n += n < most;
		for (size_t k = n - 1; k > at; k--)
			out[k] = out[k - 1];
		out[at] = id;
	}
	return n;
}
