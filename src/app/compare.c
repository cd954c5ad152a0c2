#include "app/compare.h"

#include "app/lens_held.h"
#include "store/store.h"

struct question {
	struct app *app;
	const struct app_compare *sides;
	struct app_lens_held held;
	struct view_compare out;
};

static enum status fill(struct question *q, const struct app_lens_moment *moment, struct view_compare_side *out,
			struct err *err)
{
	const struct unit *u = &moment->tree->units[moment->unit];
	*out = (struct view_compare_side){
	    .unit_id = u->id, .unit_name = u->name, .at_ms = moment->parts->as_of_ms, .known = moment->known};
	return app_lens_score(&q->held, moment, &out->score, err);
}

static enum status look(void *ctx, struct err *err)
{
	struct question *q = ctx;
	const struct app_compare *s = q->sides;
	struct app_lens lens = {.unit = s->unit, .at = s->at, .deployment = s->deployment};
	struct app_lens_moment moment;
	TRY(app_lens_open(q->app, &lens, &q->held, err));
	TRY(app_lens_now(&q->held, &moment, err));
	TRY(fill(q, &moment, &q->out.a, err));
	str with = s->with_unit.n ? s->with_unit : q->out.a.unit_id;
	bool same = str_eq(with, q->out.a.unit_id);
	int64_t at_ms = q->out.a.at_ms;
	int64_t with_at_ms = s->with_at.given ? s->with_at.ms : same ? q->held.view.vs_ms : at_ms;
	TRY(app_lens_other(&q->held, with, with_at_ms, &moment, err));
	TRY(fill(q, &moment, &q->out.b, err));
	q->out.model = q->held.model;
	q->out.deployment = q->held.view.deployment;
	return view_compare_fill(&q->out, q->app->arena, err);
}

enum status app_compare(struct app *app, const struct app_compare *sides, struct view_compare *out, struct err *err)
{
	struct question q = {.app = app, .sides = sides};
	TRY(store_read(app->db, look, &q, err));
	*out = q.out;
	return OK;
}
