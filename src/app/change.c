#include "app/change.h"

struct change {
	struct app *app;
	store_work *work;
	void *ctx;
};

static enum status change(void *ctx, struct err *err)
{
	struct change *c = ctx;
	if (c->app->again.ask)
		TRY(c->app->again.ask(c->app, err));
	return c->work(c->ctx, err);
}

enum status app_change(struct app *app, store_work *work, void *ctx, struct err *err)
{
	struct change c = {app, work, ctx};
	return store_change(app->db, change, &c, err);
}

enum status app_change_rehearse(struct app *app, store_work *work, void *ctx, struct err *err)
{
	struct change c = {app, work, ctx};
	return store_rehearse(app->db, change, &c, err);
}
