/* Evidence that is too old to count on the day it is imported. */
#include "app/feed.h"
#include "app/import.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/time.h"

/* The longest age at which a check still takes a kind; 0: no check reads it. */
static int64_t longest_age(const struct app_feed_demand *d, int kind)
{
	int64_t most_ms = 0;
	for (size_t i = 0; i < d->model->n_objectives; i++)
		if (d->kinds[i] >> kind & 1 && d->model->objectives[i].max_age_ms > most_ms)
			most_ms = d->model->objectives[i].max_age_ms;
	return most_ms;
}

/* Young enough for the strictest objective: then no check has to be asked. */
static bool is_young(const struct model *m, int64_t age_ms)
{
	for (size_t i = 0; i < m->n_objectives; i++)
		if (age_ms > m->objectives[i].max_age_ms)
			return false;
	return true;
}

static enum status warn(struct app *app, struct app_import_file *f, int kind, int64_t longest_ms, struct err *err)
{
	struct buf text = BUF(LIMIT_RECORD_BYTES);
	char day[TIME_TEXT];
	buf_printf(&text,
		   "too old to count: observed on %.*s, and no check takes the kind %.*s when it is older than "
		   "%lld days",
		   STR_ARG(time_format_day(f->observed_ms, day)), STR_ARG(evidence_kinds[kind].name),
		   (long long)(longest_ms / TIME_DAY_MS));
	enum status status = app_import_warn(app, f, buf_str(&text), err);
	buf_release(&text);
	return status;
}

/* NULL: none is active, and nothing counts yet. */
static enum status find_model(struct app *app, const struct model **out, struct err *err)
{
	struct err why = {0};
	*out = NULL;
	enum status status = app_load_model(app, out, &why);
	if (status == OK || status == E_NOT_FOUND)
		return OK;
	*err = why;
	return status;
}

enum status app_import_age(struct app *app, struct app_import_file *f, uint64_t kinds, struct err *err)
{
	int64_t age_ms = app->now_ms - f->observed_ms;
	const struct model *m;
	struct app_feed_demand demand;
	if (f->format->remarks)
		return OK;
	TRY(find_model(app, &m, err));
	if (!m || is_young(m, age_ms))
		return OK;
	TRY(app_feed_open(app, m, app->now_ms, &demand, err));
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		int64_t longest_ms = kinds >> k & 1 ? longest_age(&demand, k) : 0;
		if (age_ms > longest_ms && longest_ms)
			TRY(warn(app, f, k, longest_ms, err));
	}
	return OK;
}
