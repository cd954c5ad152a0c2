#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "core/model_read.h"

/* One file of the model with its tree; tree is NULL when it could not be read. */
struct leaf {
	str name;
	const struct yaml_node *tree;
};

static int by_name(const void *a, const void *b)
{
	const struct model_file *x = *(const struct model_file *const *)a, *y = *(const struct model_file *const *)b;
	int order = str_cmp(x->name, y->name);
	return order ? order : (x > y) - (x < y);
}

static bool is_head_name(str name)
{
	for (size_t i = name.n; i > 0; i--)
		if (name.p[i - 1] == '/') {
			name = str_slice(name, i, name.n);
			break;
		}
	return str_eq(name, S("model.yaml")) || str_eq(name, S("model.yml"));
}

/* The line and column that an error of the YAML reader names: "file:line:column". */
static struct model_place place_of(str file, const char *where)
{
	str rest = str_from(where);
	int64_t numbers[2] = {1, 1};
	for (int i = 1; i >= 0; i--) {
		size_t at = rest.n;
		while (at > 0 && rest.p[at - 1] >= '0' && rest.p[at - 1] <= '9')
			at--;
		if (at == 0 || rest.p[at - 1] != ':' || !str_to_i64(str_slice(rest, at, rest.n), &numbers[i]))
			return (struct model_place){file, 1, 1};
		rest.n = at - 1;
	}
	return (struct model_place){file, numbers[0], numbers[1]};
}

/* A file that is no YAML is a problem of that file; the others are still looked at. */
static void leaf_read(struct model_reader *r, const struct model_file *file, struct leaf *leaf)
{
	struct err why = {0};
	leaf->name = str_copy(r->a, file->name);
	if (!leaf->name.p) {
		model_read_full(r);
		return;
	}
	enum status status = yaml_read(leaf->name, file->text, r->a, &leaf->tree, &why);
	struct model_place place = {leaf->name, 1, 1};
	if (status == OK && leaf->tree)
		return;
	leaf->tree = NULL;
	r->incomplete = true;
	if (status == OK) {
		model_read_report(r, false, place, (str){NULL, 0}, "the file is empty");
	} else if (status == E_INVALID) {
		place = place_of(leaf->name, why.where);
		model_read_report(r, false, place, (str){NULL, 0}, "%s%s%s", why.message, why.hint[0] ? "; " : "",
				  why.hint);
	} else if (r->status == OK) {
		r->status = status;
		if (r->err)
			*r->err = why;
	}
}

static void categories_read(struct model_reader *r, const struct yaml_node *head, bool needed)
{
	const struct yaml_node *list = model_read_list(r, head, S("categories"));
	if (!list && needed && yaml_is_null(yaml_get(head, S("categories"))))
		model_read_error(r, head, "categories is missing");
	for (size_t i = 0; list && i < list->n && r->status == OK; i++)
		model_read_category(r, list->items[i]);
	if (list && list->n == 0 && needed)
		model_read_error(r, list, "there are no categories");
}

static void head_read(struct model_reader *r, const struct leaf *leaf, bool alone)
{
	r->file = leaf->name;
	if (!leaf->tree)
		return;
	bool category = yaml_get(leaf->tree, S("objectives")) && !yaml_get(leaf->tree, S("schema"));
	if (alone && category) {
		model_read_error(r, leaf->tree, "this is one category; name the directory that has it and model.yaml");
		r->incomplete = true;
		model_read_category(r, leaf->tree);
		return;
	}
	model_read_head(r, leaf->tree);
	if (leaf->tree->kind == YAML_MAP)
		categories_read(r, leaf->tree, alone);
}

static void base_read(struct model_reader *r, const struct leaf *leaves, size_t n)
{
	size_t head = 0;
	while (n > 1 && head < n && !is_head_name(leaves[head].name))
		head++;
	if (head == n) {
		struct model_place place = {leaves[0].name, 1, 1};
		model_read_report(r, false, place, (str){NULL, 0},
				  "no model.yaml beside this file: one of several files must be the head");
		r->incomplete = true;
	} else {
		head_read(r, &leaves[head], n == 1);
	}
	for (size_t i = 0; i < n && r->status == OK; i++) {
		if (i == head || !leaves[i].tree)
			continue;
		r->file = leaves[i].name;
		if (is_head_name(leaves[i].name))
			model_read_error(r, leaves[i].tree, "a second %s", "model.yaml");
		else
			model_read_category(r, leaves[i].tree);
	}
}

static bool is_overlay(const struct yaml_node *tree)
{
	const struct yaml_node *schema = yaml_get(tree, S("schema"));
	return schema && schema->kind == YAML_SCALAR && str_starts(schema->text, S("aismm.overlay/"));
}

/* Takes the overlay out of the leaves and puts it last. Two are one too many: which of them was meant is not known. */
static bool overlay_take(struct model_reader *r, struct leaf *leaves, size_t *n)
{
	struct leaf found = {0};
	size_t kept = 0;
	for (size_t i = 0; i < *n; i++) {
		if (!leaves[i].tree || !is_overlay(leaves[i].tree)) {
			leaves[kept++] = leaves[i];
			continue;
		}
		if (found.tree) {
			model_read_report(
			    r, false, (struct model_place){leaves[i].name, 1, 1}, (str){NULL, 0},
			    "an overlay of an overlay: %.*s is one as well; write one overlay for their base",
			    STR_ARG(model_read_clip(found.name)));
			return false;
		}
		found = leaves[i];
	}
	*n = kept;
	r->overlay = found.name;
	if (found.tree)
		leaves[kept] = found;
	return true;
}

static void leaves_read(struct model_reader *r, struct leaf *leaves, size_t n)
{
	if (!overlay_take(r, leaves, &n))
		return;
	if (n)
		base_read(r, leaves, n);
	if (r->overlay.p && r->status == OK)
		model_overlay_read(r, leaves[n].tree, n > 0);
}

enum status model_overlay_base(const struct model_file *file, struct arena *a, bool *is, str *base, struct err *err)
{
	const struct yaml_node *tree = NULL;
	enum status status = yaml_read(file->name, file->text, a, &tree, err);
	*is = false;
	*base = (str){NULL, 0};
	if (status != OK)
		return status == E_INVALID ? OK : status;
	*is = tree && is_overlay(tree);
	const struct yaml_node *node = *is ? yaml_get(tree, S("base")) : NULL;
	if (node && node->kind == YAML_SCALAR && !yaml_is_null(node))
		*base = str_trim(node->text);
	return OK;
}

static enum status files_sort(const struct model_file *files, size_t n, struct arena *a, const struct model_file ***out,
			      struct err *err)
{
	size_t bytes = 0;
	for (size_t i = 0; i < n; i++)
		if (__builtin_add_overflow(bytes, files[i].text.n, &bytes) || bytes > LIMIT_MODEL_BYTES)
			return err_set(err, E_TOO_LARGE, "the model is larger than %zu bytes", LIMIT_MODEL_BYTES);
	const struct model_file **sorted = arena_new(a, const struct model_file *, n);
	if (!sorted)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		sorted[i] = &files[i];
	qsort(sorted, n, sizeof *sorted, by_name);
	*out = sorted;
	return OK;
}

enum status model_read(const struct model_file *files, size_t n, struct arena *a, struct model_problems *problems,
		       const struct model **out, struct err *err)
{
	if (n == 0)
		return err_set(err, E_INVALID, "a model without files");
	const struct model_file **sorted = NULL;
	TRY(files_sort(files, n, a, &sorted, err));
	struct leaf *leaves = arena_new(a, struct leaf, n);
	struct model_reader r = {.a = a, .problems = problems, .err = err, .m = arena_new(a, struct model, 1)};
	if (!leaves || !r.m)
		return err_full(err);
	size_t errors_before = problems->n_errors;
	for (size_t i = 0; i < n && r.status == OK; i++)
		leaf_read(&r, sorted[i], &leaves[i]);
	if (r.status == OK)
		leaves_read(&r, leaves, n);
	if (r.status == OK)
		model_order(&r);
	if (r.status != OK)
		return r.status;
	model_problems_sort(problems);
	*out = problems->n_errors > errors_before ? NULL : r.m;
	return OK;
}
