#include "core/unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "core/model.h"

/* Rows in byte order of their ids, so that lookups are binary searches. */
struct by_id {
	const struct unit_row *row;
	int parent; /* index in this array; UNIT_NONE for the root */
	int first_child, next_sibling;
	int at; /* place in the built tree; UNIT_NONE while it is not reached */
};

struct builder {
	struct by_id *nodes;
	int n;
	str file;
	struct err *err;
};

static int compare_rows(const void *left, const void *right)
{
	const struct by_id *a = left, *b = right;
	int order = str_cmp(a->row->id, b->row->id);
	return order ? order : (a->row->line > b->row->line) - (a->row->line < b->row->line);
}

static int node_find(const struct builder *b, str id)
{
	int low = 0, high = b->n;
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (str_cmp(b->nodes[middle].row->id, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < b->n && str_eq(b->nodes[low].row->id, id) ? low : UNIT_NONE;
}

static enum status at_row(const struct builder *b, const struct unit_row *row)
{
	err_at(b->err, b->file, row->line, 0);
	return E_INVALID;
}

static enum status check_duplicates(const struct builder *b)
{
	for (int i = 1; i < b->n; i++) {
		const struct unit_row *first = b->nodes[i - 1].row, *second = b->nodes[i].row;
		if (!str_eq(first->id, second->id))
			continue;
		err_set(b->err, E_INVALID, "unit \"%.*s\" stands twice", STR_ARG(second->id));
		err_detail(b->err, "it stands on line %lld already", (long long)first->line);
		return at_row(b, second);
	}
	return OK;
}

/* Links every node to its parent; *root is the one without. Siblings end up in byte order of their ids. */
static enum status link_parents(const struct builder *b, int *root)
{
	*root = UNIT_NONE;
	for (int i = b->n - 1; i >= 0; i--) {
		struct by_id *node = &b->nodes[i];
		const struct unit_row *row = node->row;
		node->parent = row->parent.n ? node_find(b, row->parent) : UNIT_NONE;
		if (row->parent.n && node->parent == UNIT_NONE) {
			err_set(b->err, E_INVALID, "unit \"%.*s\" names the parent \"%.*s\", which is not in the file",
				STR_ARG(row->id), STR_ARG(row->parent));
			err_hint(b->err, "add a row for the parent; an import is the whole tree");
			return at_row(b, row);
		}
		if (node->parent == UNIT_NONE && *root != UNIT_NONE) {
			const struct unit_row *other = b->nodes[*root].row;
			bool later = row->line > other->line;
			err_set(b->err, E_INVALID, "two roots: \"%.*s\" and \"%.*s\" have no parent",
				STR_ARG(later ? other->id : row->id), STR_ARG(later ? row->id : other->id));
			err_hint(b->err, "give one of them the other, or a new unit above both, as parent");
			return at_row(b, later ? row : other);
		}
		if (node->parent == UNIT_NONE) {
			*root = i;
			continue;
		}
		node->next_sibling = b->nodes[node->parent].first_child;
		b->nodes[node->parent].first_child = i;
	}
	return OK;
}

/* Names the units of the cycle that a node, never reached from the root, runs into. */
static enum status report_cycle(const struct builder *b)
{
	int at = UNIT_NONE;
	for (int i = 0; i < b->n && at == UNIT_NONE; i++)
		if (b->nodes[i].at == UNIT_NONE)
			at = i;
	for (int steps = 0; steps < b->n; steps++)
		at = b->nodes[at].parent; /* after n steps we are on the cycle itself */
	char names[320];
	size_t used = 0;
	int start = at;
	do {
		str id = b->nodes[at].row->id;
		size_t room = sizeof names - used;
		if (id.n + 8 < room) {
			memcpy(names + used, id.p, id.n);
			memcpy(names + used + id.n, " < ", 4);
			used += id.n + 3;
		}
		at = b->nodes[at].parent;
	} while (at != start);
	err_set(b->err, E_INVALID, "the units go round in a circle: %.*s%.*s", (int)used, names,
		STR_ARG(b->nodes[start].row->id));
	err_hint(b->err, "read \"a < b\" as: the parent of a is b; one of them needs another parent");
	return at_row(b, b->nodes[start].row);
}

/* Lays the nodes out in pre-order without recursion. */
static enum status lay_out(const struct builder *b, int root, struct unit *units, struct arena *a, int *laid)
{
	int n = 0;
	for (int at = root; at != UNIT_NONE;) {
		struct by_id *node = &b->nodes[at];
		struct unit *u = &units[n];
		const struct unit *above = node->parent == UNIT_NONE ? NULL : &units[b->nodes[node->parent].at];
		*u = (struct unit){
		    .id = str_copy(a, node->row->id),
		    .name = str_copy(a, node->row->name.n ? node->row->name : node->row->id),
		    .parent = above ? b->nodes[node->parent].at : UNIT_NONE,
		    .span = 1,
		    .depth = above ? above->depth + 1 : 0,
		    .declared = node->row->deployment,
		    .deployment = node->row->deployment ? node->row->deployment
							: (above ? above->deployment : MODEL_ANY_DEPLOYMENT),
		    .size = node->row->size,
		};
		if (!u->id.p || !u->name.p)
			return err_full(b->err);
		if (u->depth > LIMIT_UNIT_DEPTH) {
			err_set(b->err, E_TOO_LARGE, "the tree is deeper than %d levels", LIMIT_UNIT_DEPTH);
			(void)at_row(b, node->row);
			return E_TOO_LARGE;
		}
		node->at = n++;
		if (node->first_child != UNIT_NONE) {
			at = node->first_child;
			continue;
		}
		while (at != UNIT_NONE && b->nodes[at].next_sibling == UNIT_NONE)
			at = b->nodes[at].parent;
		if (at != UNIT_NONE)
			at = b->nodes[at].next_sibling;
	}
	*laid = n;
	return OK;
}

static enum status prepare(struct builder *b, const struct unit_row *rows, size_t n, struct arena *a)
{
	if (n == 0)
		return err_set(b->err, E_INVALID, "no units: a tree needs at least its root");
	if (n > LIMIT_UNITS)
		return err_set(b->err, E_TOO_LARGE, "more than %d units", LIMIT_UNITS);
	b->nodes = arena_new(a, struct by_id, n);
	b->n = (int)n;
	if (!b->nodes)
		return err_full(b->err);
	for (size_t i = 0; i < n; i++)
		b->nodes[i] = (struct by_id){&rows[i], UNIT_NONE, UNIT_NONE, UNIT_NONE, UNIT_NONE};
	qsort(b->nodes, n, sizeof *b->nodes, compare_rows);
	return OK;
}

enum status unit_tree_build(const struct unit_row *rows, size_t n, str file, struct arena *a, struct unit_tree *out,
			    struct err *err)
{
	struct builder b = {.file = file, .err = err};
	int root, laid = 0;
	TRY(prepare(&b, rows, n, a));
	TRY(check_duplicates(&b));
	TRY(link_parents(&b, &root));
	struct unit *units = arena_new(a, struct unit, n);
	int *sorted = arena_new(a, int, n);
	if (!units || !sorted)
		return err_full(err);
	TRY(lay_out(&b, root, units, a, &laid));
	if (laid < b.n)
		return report_cycle(&b);
	for (int i = laid - 1; i > 0; i--)
		units[units[i].parent].span += units[i].span;
	for (int i = 0; i < laid; i++)
		sorted[i] = b.nodes[i].at;
	*out = (struct unit_tree){laid, units, sorted};
	return OK;
}

int unit_find(const struct unit_tree *tree, str id)
{
	int low = 0, high = tree->n;
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (str_cmp(tree->units[tree->sorted[middle]].id, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < tree->n && str_eq(tree->units[tree->sorted[low]].id, id))
		return tree->sorted[low];
	return UNIT_NONE;
}

bool unit_is_leaf(const struct unit_tree *tree, int unit)
{
	return tree->units[unit].span == 1;
}

bool unit_below(const struct unit_tree *tree, int unit, int top)
{
	return unit >= top && unit < top + tree->units[top].span;
}

enum status unit_tree_mask(const struct unit_tree *tree, unsigned deployment, struct arena *a, struct unit_tree *out,
			   struct err *err)
{
	struct unit *units = arena_new(a, struct unit, (size_t)tree->n);
	if (!units)
		return err_full(err);
	for (int u = 0; u < tree->n; u++) {
		units[u] = tree->units[u];
		units[u].deployment &= deployment;
	}
	*out = (struct unit_tree){.n = tree->n, .units = units, .sorted = tree->sorted};
	return OK;
}
