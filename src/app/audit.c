#include "app/audit.h"

#include "app/people.h"
#include "base/limits.h"
#include "store/audit.h"
#include "store/store.h"

enum status app_audit(struct app *app, str act, str object, str detail, struct err *err)
{
	struct store_audit row = {
	    .at_ms = app->now_ms, .actor = app->actor, .act = act, .object = object, .detail = detail};
	return store_audit_add(app->db, &row, err);
}

struct question {
	struct app *app;
	const struct app_audit_filter *filter;
	struct view_audit_list *list;
	str expected;
	struct view_audit_check *check;
};

static enum status list(void *ctx, struct err *err)
{
	struct question *q = ctx;
	struct app *app = q->app;
	const struct app_audit_filter *f = q->filter;
	int64_t limit = f->limit > 0 && f->limit < LIMIT_AUDIT_ROWS ? f->limit : LIMIT_AUDIT_ROWS;
	struct store_audit *rows = NULL;
	size_t n;
	TRY(app_people_admin(app, err));
	TRY(store_audit_list(app->db, f->actor, f->act, f->below, limit, app->arena, &rows, &n, err));
	struct view_audit *views = arena_new(app->arena, struct view_audit, n);
	if (!views)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		views[i] = (struct view_audit){rows[i].id,     rows[i].at_ms,  rows[i].actor, rows[i].act,
					       rows[i].object, rows[i].detail, rows[i].sha256};
	*q->list = (struct view_audit_list){.rows = views, .n = n, .next = n == (size_t)limit ? rows[n - 1].id : 0};
	return OK;
}

enum status app_audit_list(struct app *app, const struct app_audit_filter *filter, struct view_audit_list *out,
			   struct err *err)
{
	struct question q = {.app = app, .filter = filter, .list = out};
	return store_read(app->db, list, &q, err);
}

static enum status verify(void *ctx, struct err *err)
{
	struct question *q = ctx;
	struct store_audit_check check;
	TRY(app_people_admin(q->app, err));
	TRY(store_audit_verify(q->app->db, q->expected, &check, err));
	*q->check = (struct view_audit_check){.rows = check.rows,
					      .broken = check.broken,
					      .head = str_copy(q->app->arena, str_from(check.head)),
					      .expected = q->expected.n != 0,
					      .met = check.met};
	return q->check->head.p ? OK : err_full(err);
}

enum status app_audit_verify(struct app *app, str expected, struct view_audit_check *out, struct err *err)
{
	struct question q = {.app = app, .expected = expected, .check = out};
	return store_read(app->db, verify, &q, err);
}
