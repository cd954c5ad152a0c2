#include "core/unit_diff.h"

static const struct unit *sorted_unit(const struct unit_tree *t, int i)
{
	return t && i < t->n ? &t->units[t->sorted[i]] : NULL;
}

static str parent_id(const struct unit_tree *t, const struct unit *u)
{
	return u && u->parent != UNIT_NONE ? t->units[u->parent].id : (str){NULL, 0};
}

/* Counts the row, and says whether there is anything to tell. */
static bool tell(struct unit_diff_row *row, struct unit_diff *d)
{
	d->added += !row->was;
	d->removed += !row->is;
	if (!row->was || !row->is)
		return true;
	row->moved = !str_eq(row->was_parent, row->parent);
	row->renamed = !str_eq(row->was->name, row->is->name);
	row->retyped = row->was->declared != row->is->declared;
	row->resized = row->was->size != row->is->size;
	bool changed = row->moved || row->renamed || row->retyped || row->resized;
	d->changed += changed;
	return changed;
}

enum status unit_diff(const struct unit_tree *was, const struct unit_tree *is, struct arena *a, struct unit_diff *out,
		      struct err *err)
{
	size_t most = (size_t)is->n + (was ? (size_t)was->n : 0);
	struct unit_diff_row *rows = arena_new(a, struct unit_diff_row, most);
	struct unit_diff d = {.rows = rows};
	const struct unit *x, *y;
	if (!rows)
		return err_full(err);
	for (int i = 0, k = 0; x = sorted_unit(was, i), y = sorted_unit(is, k), x || y;) {
		int order = !x ? 1 : !y ? -1 : str_cmp(x->id, y->id);
		struct unit_diff_row row = {.was = order <= 0 ? x : NULL, .is = order >= 0 ? y : NULL};
		i += order <= 0;
		k += order >= 0;
		row.id = row.is ? row.is->id : row.was->id;
		row.was_parent = parent_id(was, row.was);
		row.parent = parent_id(is, row.is);
		if (tell(&row, &d))
			rows[d.n++] = row;
	}
	*out = d;
	return OK;
}
