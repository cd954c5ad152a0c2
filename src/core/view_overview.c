#include "core/view_overview.h"

#include "base/time.h"
#include "core/view_compare.h"
#include "core/view_ladder.h"

str view_overview_trouble(enum view_trouble_kind kind)
{
	static const str names[VIEW_TROUBLE_KINDS] = {S("refused"), S("stale"), S("late"), S("ending")};
	return names[kind];
}

/* As what stands behind an objective is. */
static bool is_soon(const struct view_feed *feed, int64_t at_ms)
{
	__int128 used = (__int128)(at_ms - feed->newest_ms) * 100;
	return used >= (__int128)feed->max_age_ms * VIEW_LADDER_SOON_PERCENT;
}

bool view_overview_find_trouble(const struct view_feed *feed, int64_t at_ms, struct view_trouble *out)
{
	bool ends = feed->n_objectives && feed->snapshots && !feed->kept;
	*out = (struct view_trouble){.feed = feed, .ends_ms = ends ? feed->newest_ms + feed->max_age_ms : TIME_FOREVER};
	switch (feed->state) {
	case FEED_FAILING:
		out->kind = VIEW_TROUBLE_REFUSED;
		return true;
	case FEED_STALE:
		out->kind = VIEW_TROUBLE_STALE;
		return true;
	case FEED_LATE:
		out->kind = VIEW_TROUBLE_LATE;
		return true;
	case FEED_FRESH:
		out->kind = VIEW_TROUBLE_ENDING;
		return ends && is_soon(feed, at_ms);
	case FEED_RETIRED:
		break;
	}
	return false;
}

enum status view_overview_fill(struct view_overview *out, struct arena *a, struct err *err)
{
	size_t n = out->model->n_categories;
	struct view_heat *heat = arena_new(a, struct view_heat, n * MODEL_LEVELS);
	int *holders = arena_new(a, int, n);
	if (!heat || !holders)
		return err_full(err);
	for (size_t i = 0; i < n; i++) {
		const struct score_category *c = &out->now.categories[i];
		for (int level = 1; level <= MODEL_LEVELS; level++)
			heat[i * MODEL_LEVELS + (size_t)level - 1] = view_heat_at(out->model, &out->now, (int)i, level);
		if (c->applicable && c->level == out->now.program.floor)
			holders[out->n_holders++] = (int)i;
	}
	out->heat = heat;
	out->holders = holders;
	out->counts = view_heat_count(out->model, &out->now, -1);
	return OK;
}

bool view_overview_has_past(const struct view_overview *v, size_t category)
{
	const struct score_category *past = &v->past.categories[category];
	return v->has_past && past->applicable && !view_compare_is_silent(past);
}
