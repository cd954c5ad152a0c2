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

/* The same text as several documents: the limits hold for all of them together. */
static void read_documents(str text)
{
	struct arena file = ARENA((size_t)64 << 20), document = ARENA((size_t)64 << 20);
	struct yaml_documents *d = NULL;
	const struct yaml_node *root = NULL;
	struct err err = {0};
	int64_t nodes = 0;
	enum status status = yaml_open(S("fuzz"), text, &file, &d, &err);
	while (status == OK) {
		status = yaml_next(d, &document, &root, &err);
		if (status != OK || !root)
			break;
		nodes += walk(root, root->kind == YAML_SCALAR ? 0 : 1, text.n);
		check(nodes <= LIMIT_YAML_NODES);
		arena_release(&document);
	}
	check(status == OK || (status == err.status && err.message[0]));
	arena_release(&document);
	arena_release(&file);
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
	read_documents((str){(const char *)data, size});
	return 0;
}
