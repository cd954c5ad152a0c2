#include "store/score.h"

#include "base/hash.h"
#include "db/db.h"

enum status store_score_forget(struct db *db, const struct unit_tree *tree, int unit, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("DELETE FROM derived_score WHERE unit = $1"), &st, err));
	for (int u = unit; u != UNIT_NONE; u = tree->units[u].parent) {
		db_bind_text(st, 1, tree->units[u].id);
		TRY(db_run(st, err));
	}
	return OK;
}

enum status store_score_forget_all(struct db *db, struct err *err)
{
	return db_exec(db, SQL("DELETE FROM derived_score"), err);
}

/* A row of the table; the program's row has category "". */
struct row {
	str unit, category, model;
	struct score_category c;
	int64_t valid_until_ms;
};

static enum status put(struct db_stmt *st, const struct row *r, struct err *err)
{
	const int64_t numbers[] = {SCORE_RULES,          r->c.applicable,      r->c.level,      r->c.level_high,
				   r->c.level_evidenced, r->c.ceiling,         r->c.next_level, r->c.index,
				   r->c.index_high,      r->c.index_evidenced, r->c.progress,   r->c.coverage,
				   r->valid_until_ms};
	db_bind_text(st, 1, r->unit);
	db_bind_text(st, 2, r->category);
	db_bind_text(st, 3, r->model);
	for (int i = 0; i < (int)(sizeof numbers / sizeof numbers[0]); i++)
		db_bind_i64(st, 4 + i, numbers[i]);
	return db_run(st, err);
}

enum status store_score_put(struct db *db, const struct model *m, str unit, const struct score *s, struct err *err)
{
	struct db_stmt *st;
	struct row r = {.unit = unit, .category = S(""), .model = m->name, .valid_until_ms = s->valid_until_ms};
	TRY(db_prepare(db, SQL("DELETE FROM derived_score WHERE unit = $1"), &st, err));
	db_bind_text(st, 1, unit);
	TRY(db_run(st, err));
	TRY(db_prepare(
	    db,
	    SQL("INSERT INTO derived_score (unit, category, model, rules, applicable, level, level_high, "
		"level_evidenced,"
		" ceiling, next_level, score_index, index_high, index_evidenced, progress, coverage, valid_until)"
		" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"),
	    &st, err));
	r.c = (struct score_category){.applicable = s->program.applicable,
				      .level = s->program.floor,
				      .index = s->program.index,
				      .index_high = s->program.index_high,
				      .index_evidenced = s->program.index_evidenced,
				      .coverage = s->program.coverage};
	TRY(put(st, &r, err));
	for (size_t i = 0; i < m->n_categories; i++) {
		r.category = m->categories[i].id;
		r.c = s->categories[i];
		TRY(put(st, &r, err));
	}
	return OK;
}

/* Takes a row over into the unit it belongs to. */
static void take(struct db_stmt *st, const struct model *m, struct store_score *s, size_t *seen)
{
	str category = db_text(st, 1);
	struct score_category c = {
	    .applicable = db_i64(st, 2),
	    .level = (int)db_i64(st, 3),
	    .level_high = (int)db_i64(st, 4),
	    .level_evidenced = (int)db_i64(st, 5),
	    .ceiling = (int)db_i64(st, 6),
	    .next_level = (int)db_i64(st, 7),
	    .index = (int32_t)db_i64(st, 8),
	    .index_high = (int32_t)db_i64(st, 9),
	    .index_evidenced = (int32_t)db_i64(st, 10),
	    .progress = (int32_t)db_i64(st, 11),
	    .coverage = (int32_t)db_i64(st, 12),
	};
	const struct model_category *known = model_category_find(m, category);
	if (category.n && !known)
		return;
	++*seen;
	if (category.n)
		s->categories[known - m->categories] = c;
	else
		s->program =
		    (struct score_mean){c.applicable, c.index, c.index_high, c.index_evidenced, c.coverage, c.level};
}

enum status store_score_load(struct db *db, const struct model *m, const struct unit_tree *tree, int64_t at_ms,
			     struct arena *a, struct store_score **out, struct err *err)
{
	struct db_stmt *st;
	struct store_score *list = arena_new(a, struct store_score, (size_t)tree->n);
	size_t *seen = arena_new(a, size_t, (size_t)tree->n);
	bool row;
	if (!list || !seen)
		return err_full(err);
	for (int u = 0; u < tree->n; u++)
		if (!(list[u].categories = arena_new(a, struct score_category, m->n_categories)))
			return err_full(err);
	TRY(db_prepare(db,
		       SQL("SELECT unit, category, applicable, level, level_high, level_evidenced, ceiling, "
			   "next_level, score_index,"
			   " index_high, index_evidenced, progress, coverage FROM derived_score"
			   " WHERE model = $1 AND rules = $2 AND valid_until >= $3 ORDER BY unit, category"),
		       &st, err));
	db_bind_text(st, 1, m->name);
	db_bind_i64(st, 2, SCORE_RULES);
	db_bind_i64(st, 3, at_ms);
	for (;;) {
		TRY(db_step(st, &row, err));
		if (!row)
			break;
		int u = unit_find(tree, db_text(st, 0));
		if (u != UNIT_NONE)
			take(st, m, &list[u], &seen[u]);
	}
	for (int u = 0; u < tree->n; u++)
		list[u].valid = seen[u] == m->n_categories + 1;
	*out = list;
	return OK;
}

enum status store_score_hash(struct db *db, char out[65], int64_t *rows, struct err *err)
{
	struct db_stmt *st;
	struct hash h;
	bool row;
	hash_init(&h);
	*rows = 0;
	TRY(db_prepare(
	    db,
	    SQL("SELECT unit, category, model, rules, applicable, level, level_high, level_evidenced, ceiling, "
		"next_level,"
		" score_index, index_high, index_evidenced, progress, coverage, valid_until FROM derived_score"
		" ORDER BY unit, category"),
	    &st, err));
	for (;;) {
		TRY(db_step(st, &row, err));
		if (!row)
			break;
		++*rows;
		for (int c = 0; c < 3; c++)
			hash_add_field(&h, db_text(st, c));
		for (int c = 3; c < 16; c++) {
			int64_t v = db_i64(st, c);
			hash_add_field(&h, (str){(const char *)&v, sizeof v});
		}
	}
	(void)hash_hex(&h, out);
	return OK;
}
