/* The reader never breaks, and keeps its promises about the tree: limits, places, text, keys that differ. */
#include "base/yaml.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
	if (!ok)
		abort();
}

/* Walks as a naive caller would: aliases are walked again. */
static int64_t walk(const struct yaml_node *node, int depth, size_t size)
{
	int64_t nodes = 1;
	check(node && depth <= LIMIT_DEPTH);
	check(node->line >= 1 && node->column >= 1 && node->text_line >= node->line);
	check(node->line <= (int64_t)size + 1 && node->text_line <= (int64_t)size + 2);
	if (node->kind == YAML_SCALAR) {
		check(str_is_utf8(node->text) && (node->text.n == 0 || !memchr(node->text.p, '\0', node->text.n)));
		return nodes;
	}
	for (size_t i = 0; i < node->n; i++) {
		if (node->kind == YAML_MAP) {
			check(node->keys[i]->kind == YAML_SCALAR);
			check(yaml_get(node, node->keys[i]->text) == node->items[i]);
			nodes += walk(node->keys[i], depth, size);
		}
		int below = node->items[i]->kind == YAML_SCALAR ? depth : depth + 1;
		nodes += walk(node->items[i], below, size);
	}
	return nodes;
}

/* Every document by itself; together they keep the limit. The first is the one that is read alone. */
static void read_all(str text, size_t size, bool alone)
{
	struct arena a = ARENA((size_t)64 << 20);
	struct yaml_documents all = {0};
	struct err err = {0};
	int64_t nodes = 0;
	enum status status = yaml_read_all(S("fuzz"), text, &a, &all, &err);
	check(!alone || status == OK);
	if (status != OK)
		check(status == err.status && err.message[0] && err.where[0] && !all.v);
	check(!alone || all.n <= 1);
	for (size_t i = 0; i < all.n; i++)
		nodes += walk(all.v[i], all.v[i]->kind == YAML_SCALAR ? 0 : 1, size);
	check(nodes <= LIMIT_YAML_NODES);
	arena_release(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA((size_t)64 << 20);
	const struct yaml_node *root = NULL;
	struct err err = {0};
	enum status status = yaml_read(S("fuzz"), (str){(const char *)data, size}, &a, &root, &err);
	if (status != OK)
		check(status == err.status && err.message[0] && err.where[0] && !root);
	else if (root)
		check(walk(root, root->kind == YAML_SCALAR ? 0 : 1, size) <= LIMIT_YAML_NODES);
	arena_release(&a);
	read_all((str){(const char *)data, size}, size, status == OK);
	return 0;
}
