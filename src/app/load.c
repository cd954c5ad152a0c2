#include "app/load.h"

#include "app/access.h"
#include "app/hold.h"
#include "base/limits.h"
#include "base/plain.h"
#include "base/time.h"
#include "store/model.h"
#include "store/score.h"

/* 2015-01-01T00:00:00Z: nothing that aismm reads is older. */
#define FIRST_OBSERVED_MS INT64_C(1420070400000)

enum status app_load_model(struct app *app, const struct model **out, struct err *err)
{
	struct store_model active;
	struct app_base base;
	bool held;
	TRY(app_hold_base(app, &base, &held, err));
	if (held) {
		*out = base.model;
		return OK;
	}
	TRY(store_model_active(app->db, app->arena, &active, err));
	return store_model_load(app->db, active.name, app->arena, out, err);
}

static enum status load_tree(struct app *app, int64_t at_ms, struct store_tree *out, struct err *err)
{
	struct app_base base;
	bool held;
	TRY(app_hold_base(app, &base, &held, err));
	if (held && at_ms >= base.tree.since_ms && at_ms <= base.tree.until_ms) {
		*out = base.tree;
		return OK;
	}
	return store_unit_tree(app->db, at_ms, app->arena, out, err);
}

enum status app_load_tree(struct app *app, int64_t at_ms, struct store_tree *out, struct err *err)
{
	if (app->who && at_ms > app->now_ms) {
		TRY(load_tree(app, app->now_ms, out, err));
		if (access_role_at(app->who, &out->tree, 0) < ACCESS_READER) {
			out->until_ms = TIME_FOREVER;
			return OK;
		}
	}
	return load_tree(app, at_ms, out, err);
}

enum status app_load_parts_at(struct app *app, const struct app_state *s, const struct unit_tree *tree,
			      int64_t as_of_ms, struct score_input **out, struct err *err)
{
	struct score_input *parts = arena_new(app->arena, struct score_input, s->n_parts);
	if (!parts)
		return err_full(err);
	for (size_t i = 0; i < s->n_parts; i++) {
		const struct store_measures *m = &s->measures[i];
		parts[i] = (struct score_input){
		    .model = s->model,
		    .tree = tree,
		    .measures = m->list,
		    .n_measures = m->n,
		    .retired = m->retired,
		    .n_retired = m->n_retired,
		    .as_of_ms = as_of_ms,
		};
	}
	*out = parts;
	return OK;
}

/* From what a server holds; *held = false: it cannot be had that way. */
static enum status hold_parts(struct app *app, const struct app_state *s, struct store_measures *parts, bool *held,
			      struct err *err)
{
	struct app_base base = {s->model, s->tree};
	*held = true;
	for (size_t c = 0; c < s->model->n_categories && *held; c++)
		TRY(app_hold_part(app, &base, (int)c, &parts[c], held, err));
	return OK;
}

enum status app_load_parts(struct app *app, int64_t as_of_ms, struct app_state *out, struct err *err)
{
	bool held;
	out->n_parts = out->model->n_categories;
	struct store_measures *parts = arena_new(app->arena, struct store_measures, out->n_parts);
	if (!parts)
		return err_full(err);
	TRY(hold_parts(app, out, parts, &held, err));
	if (!held) {
		out->n_parts = 1;
		TRY(store_measure_load(app->db, out->model, &out->tree.tree, app->arena, parts, err));
	}
	out->measures = parts;
	return app_load_parts_at(app, out, &out->tree.tree, as_of_ms, &out->parts, err);
}

enum status app_load_state(struct app *app, int64_t as_of_ms, struct app_state *out, struct err *err)
{
	TRY(app_load_model(app, &out->model, err));
	TRY(app_load_tree(app, as_of_ms, &out->tree, err));
	return app_load_parts(app, as_of_ms, out, err);
}

size_t app_load_part(const struct app_state *s, int objective)
{
	return s->n_parts == 1 ? 0 : (size_t)s->model->objectives[objective].category;
}

enum status app_load_score(struct app *app, int64_t as_of_ms, str unit, struct app_scored *out, struct err *err)
{
	struct app_base base;
	struct app_state state;
	bool held;
	TRY(app_hold_score(app, as_of_ms, unit, &base, &out->node, &out->score, &held, err));
	if (!held) {
		TRY(app_load_state(app, as_of_ms, &state, err));
		TRY(app_access_look(app, ACCESS_READER, &state.tree.tree, unit, &out->node, err));
		TRY(score_at_parts(state.parts, state.n_parts, out->node, app->arena, &out->score, err));
		base = (struct app_base){state.model, state.tree};
	}
	out->model = base.model;
	out->tree = base.tree;
	return OK;
}

enum status app_load_objective_state(struct app *app, int64_t as_of_ms, str objective, str unit, int *node,
				     struct app_state *out, struct err *err)
{
	const struct model_objective *o = NULL;
	bool exact;
	TRY(app_hold_is_exact(app, &exact, err));
	if (!exact) {
		TRY(app_load_state(app, as_of_ms, out, err));
		return app_access_look_objective(app, objective, &out->tree.tree, unit, node, err);
	}
	TRY(app_load_model(app, &out->model, err));
	TRY(app_load_tree(app, as_of_ms, &out->tree, err));
	TRY(app_access_look_objective(app, objective, &out->tree.tree, unit, node, err));
	TRY(app_load_objective(out->model, objective, &o, err));
	int top = o->scope == MODEL_SCOPE_PROGRAM ? 0 : *node;
	struct store_measures *part = arena_new(app->arena, struct store_measures, 1);
	if (!part)
		return err_full(err);
	TRY(store_measure_load_objectives(app->db, out->model, &out->tree.tree, (int)(o - out->model->objectives), 1,
					  top, app->arena, part, err));
	out->n_parts = 1;
	out->measures = part;
	return app_load_parts_at(app, out, &out->tree.tree, as_of_ms, &out->parts, err);
}

enum status app_load_objective(const struct model *m, str id, const struct model_objective **out, struct err *err)
{
	*out = model_objective_find(m, id);
	if (*out)
		return OK;
	err_set(err, E_NOT_FOUND, "the model %.*s has no objective \"%.*s\"", STR_ARG(m->name), STR_ARG(id));
	for (size_t i = 0; i < m->n_retired; i++)
		if (str_eq_fold(m->retired[i].base->id, id))
			err_detail(err, "it retires that of %.*s, approved by %.*s: %.*s", STR_ARG(m->base),
				   STR_ARG(m->retired[i].approver), STR_ARG(m->retired[i].because));
	err_hint(err, "see: aismm model show");
	return E_NOT_FOUND;
}

int64_t app_load_time(const struct app *app, struct app_time t)
{
	return t.given ? t.ms : app->now_ms;
}

enum status app_load_check_observed(const struct app *app, int64_t observed_ms, struct err *err)
{
	char text[TIME_TEXT];
	if (observed_ms > app->now_ms) {
		err_set(err, E_INVALID, "the observed time %.*s lies in the future",
			STR_ARG(time_format(observed_ms, text)));
		err_hint(err, "evidence is what was seen; check the clock and the zone of the source");
		return E_INVALID;
	}
	if (observed_ms < FIRST_OBSERVED_MS) {
		err_set(err, E_INVALID, "the observed time %.*s is before 2015",
			STR_ARG(time_format(observed_ms, text)));
		err_hint(err, "a time that old is a mistake of the source; give the right one with --observed");
		return E_INVALID;
	}
	return OK;
}

enum status app_load_changed(str file, struct err *err)
{
	err_set(err, E_CONFLICT, "the file changed while it was read");
	err_at(err, file, 0, 0);
	err_hint(err, "import it again when nobody writes to it");
	return E_CONFLICT;
}

static enum status check_text(str text, const char *what, struct err *err)
{
	if (!text.n)
		return err_set(err, E_INVALID, "%s is empty", what);
	if (!str_is_utf8(text))
		return err_set(err, E_INVALID, "%s is not UTF-8 text", what);
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] < 0x20 || text.p[i] == 0x7F)
			return err_set(err, E_INVALID, "%s holds a control character", what);
	return OK;
}

enum status app_load_check_id(str id, const char *what, struct err *err)
{
	if (id.n > LIMIT_ID_BYTES)
		return err_set(err, E_INVALID, "%s is longer than %d bytes", what, LIMIT_ID_BYTES);
	return check_text(id, what, err);
}

enum status app_load_check_line(str text, const char *what, size_t characters, struct err *err)
{
	size_t n = 0;
	for (size_t i = 0; i < text.n; i++)
		n += ((unsigned char)text.p[i] & 0xC0) != 0x80;
	if (n > characters || text.n > characters * 4)
		return err_set(err, E_INVALID, "%s is longer than %zu characters", what, characters);
	TRY(check_text(text, what, err));
	if (plain_is_clear(text))
		return OK;
	err_set(err, E_INVALID, "%s holds characters that nobody sees, or that turn the direction of the text", what);
	err_hint(err, "type it again rather than paste it");
	return E_INVALID;
}

struct repair {
	struct app *app;
	struct app_state state;
	const struct store_score *stored; /* by unit */
	int64_t units;
};

static enum status put(void *ctx, const struct score *s, struct err *err)
{
	struct repair *r = ctx;
	struct score kept = *s;
	if (r->stored[s->unit].valid)
		return OK;
	if (r->state.tree.until_ms < kept.valid_until_ms)
		kept.valid_until_ms = r->state.tree.until_ms;
	r->units++;
	return store_score_put(r->app->db, r->state.model, r->state.tree.tree.units[s->unit].id, &kept, err);
}

enum status app_load_repair(struct app *app, int64_t *units, struct err *err)
{
	struct repair r = {.app = app};
	struct store_score *stored = NULL;
	TRY(app_load_state(app, app->now_ms, &r.state, err));
	TRY(store_score_load(app->db, r.state.model, &r.state.tree.tree, app->now_ms, app->arena, &stored, err));
	r.stored = stored;
	bool missing = false;
	for (int u = 0; u < r.state.tree.tree.n; u++)
		missing |= !stored[u].valid;
	if (missing)
		TRY(score_all_parts(r.state.parts, r.state.n_parts, app->arena, put, &r, err));
	if (units)
		*units = r.units;
	return OK;
}
