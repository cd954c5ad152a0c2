#include "import/tree.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static struct yaml_node *new_node(struct import_walk *w, enum yaml_kind kind)
{
	struct yaml_node *node = arena_new(w->texts, struct yaml_node, 1);
	if (node) {
		node->kind = kind;
		node->line = node->text_line = w->json.line;
		node->column = w->json.column;
	}
	return node;
}

enum status import_tree_scalar(struct import_walk *w, const struct yaml_node **out, struct err *err)
{
	struct yaml_node *node = new_node(w, YAML_SCALAR);
	str text = w->json.text;
	if (!node)
		return err_full(err);
	switch (w->json.event) {
	case JSON_TRUE:
		text = S("true");
		break;
	case JSON_FALSE:
		text = S("false");
		break;
	case JSON_NULL:
		text = S("null");
		break;
	case JSON_KEY:
	case JSON_STRING:
	case JSON_NUMBER:
	case JSON_END:
	case JSON_OBJECT:
	case JSON_OBJECT_END:
	case JSON_ARRAY:
	case JSON_ARRAY_END:
		break;
	}
	if (text.n && memchr(text.p, '\0', text.n))
		return json_expected(&w->json, "a text without the character U+0000", err);
	node->plain = w->json.event != JSON_STRING && w->json.event != JSON_KEY;
	node->text = str_copy(w->texts, text);
	if (!node->text.p)
		return err_full(err);
	*out = node;
	return OK;
}

static enum status add(struct import_walk *w, const struct yaml_node ***list, size_t n, size_t *cap,
		       const struct yaml_node *node, struct err *err)
{
	if (n == *cap) {
		const struct yaml_node **grown = arena_grow(w->texts, *list, n, n + 1, sizeof *grown, cap);
		if (!grown)
			return err_full(err);
		*list = grown;
	}
	(*list)[n] = node;
	return OK;
}

enum status import_tree_add(struct import_walk *w, struct import_tree_map *map, const struct yaml_node *key,
			    const struct yaml_node *item, struct err *err)
{
	struct yaml_node *node = &map->node;
	if (key)
		TRY(add(w, &node->keys, node->n, &map->cap_keys, key, err));
	TRY(add(w, &node->items, node->n, &map->cap_items, item, err));
	node->n++;
	return OK;
}

static int by_text(const void *left, const void *right)
{
	const struct yaml_node *a = *(const struct yaml_node *const *)left,
			       *b = *(const struct yaml_node *const *)right;
	int order = str_cmp(a->text, b->text);
	if (order == 0)
		order = (a->line > b->line) - (a->line < b->line);
	return order ? order : (a->column > b->column) - (a->column < b->column);
}

enum status import_tree_keys(struct import_walk *w, const struct yaml_node *map, struct err *err)
{
	if (map->n < 2)
		return OK;
	const struct yaml_node **sorted = arena_new(w->texts, const struct yaml_node *, map->n);
	if (!sorted)
		return err_full(err);
	memcpy(sorted, map->keys, map->n * sizeof *sorted);
	qsort(sorted, map->n, sizeof *sorted, by_text);
	for (size_t i = 1; i < map->n; i++) {
		if (!str_eq(sorted[i - 1]->text, sorted[i]->text))
			continue;
		char shown[IMPORT_WALK_SHOW];
		(void)json_expected(&w->json, "a member that does not stand there already", err);
		err_detail(err, "\"%s\" stands twice in one object, again on line %" PRId64,
			   import_walk_show(sorted[i]->text, shown), sorted[i]->line);
		return E_INVALID;
	}
	return OK;
}

enum status import_tree_read(struct import_walk *w, const struct yaml_node **out, struct err *err)
{
	bool is_map = w->json.event == JSON_OBJECT;
	if (!is_map && w->json.event != JSON_ARRAY)
		return import_tree_scalar(w, out, err);
	struct import_tree_map *map = arena_new(w->texts, struct import_tree_map, 1);
	if (!map)
		return err_full(err);
	map->node.kind = is_map ? YAML_MAP : YAML_LIST;
	map->node.line = map->node.text_line = w->json.line;
	map->node.column = w->json.column;
	for (;;) {
		const struct yaml_node *key = NULL, *item = NULL;
		TRY(json_next(&w->json, err));
		if (w->json.event == JSON_OBJECT_END || w->json.event == JSON_ARRAY_END)
			break;
		if (is_map) {
			TRY(import_tree_scalar(w, &key, err));
			TRY(json_next(&w->json, err));
		}
		TRY(import_tree_read(w, &item, err));
		TRY(import_tree_add(w, map, key, item, err));
	}
	if (is_map)
		TRY(import_tree_keys(w, &map->node, err));
	*out = &map->node;
	return OK;
}
