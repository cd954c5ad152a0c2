/* The scoring rules once more, written from their text alone: every node by recursion, every lookup by a scan of all
 * measures, no order assumed, 128 bits throughout. Slow and plain on purpose. Random worlds are scored by both. */
#include "core/view_current.h"
#include "score_random.h"

typedef __int128 wide;

struct oracle_tally {
	wide yes, no, unknown;
};

/* ---- rules 1 to 5, written plainly ---- */

static bool oracle_is_retired(const struct score_input *in, int unit, int source)
{
	for (size_t i = 0; i < in->n_retired; i++) {
		const struct measure_retired *r = &in->retired[i];
		if (r->source == source && (r->unit == UNIT_NONE || r->unit == unit) && in->as_of_ms >= r->at_ms)
			return true;
	}
	return false;
}

/* Rule 1: the current measure of one source. */
static const struct measure *oracle_current(const struct score_input *in, int unit, int objective, int source)
{
	const struct measure *best = NULL;
	if (oracle_is_retired(in, unit, source))
		return NULL;
	for (size_t i = 0; i < in->n_measures; i++) {
		const struct measure *m = &in->measures[i];
		if (m->unit != unit || m->objective != objective || m->source != source ||
		    m->observed_ms > in->as_of_ms)
			continue;
		if (!best || m->observed_ms > best->observed_ms ||
		    (m->observed_ms == best->observed_ms && m->recorded > best->recorded))
			best = m;
	}
	return best;
}

static bool oracle_is_stale(const struct score_input *in, const struct measure *m)
{
	wide oldest = (wide)m->observed_ms + in->model->objectives[m->objective].max_age_ms;
	return in->as_of_ms > oldest || in->as_of_ms > m->expires_ms;
}

static bool oracle_by_people(const struct measure *m)
{
	return m->basis == MEASURE_ATTESTED || m->basis == MEASURE_REVIEWED;
}

static bool oracle_overrides(const struct score_input *in, const struct measure *m)
{
	return oracle_by_people(m) && !oracle_is_stale(in, m) && m->overrides && in->as_of_ms <= m->override_until_ms;
}

/* Rule 2: is m, one of the n current measures, kept? */
static bool oracle_is_kept(const struct score_input *in, const struct measure *const *current, int n,
			   const struct measure *m)
{
	bool override = false, machine = false;
	if (in->model->objectives[m->objective].mode == MODEL_MANUAL)
		return true;
	for (int i = 0; i < n; i++) {
		override = override || oracle_overrides(in, current[i]);
		machine = machine || (current[i]->basis == MEASURE_MEASURED && !oracle_is_stale(in, current[i]));
	}
	if (override)
		return oracle_overrides(in, m);
	if (machine)
		return m->basis == MEASURE_MEASURED;
	return true;
}

/* What a kept measure counts; `evidenced`: as rule 6 turns it for level_evidenced. */
static struct oracle_tally oracle_counts(const struct score_input *in, const struct measure *m, bool evidenced)
{
	wide n = (wide)m->tally.yes + m->tally.no + m->tally.unknown;
	if (oracle_is_stale(in, m))
		return (struct oracle_tally){0, 0, n > 1 ? n : 1};
	if (evidenced && m->basis == MEASURE_ATTESTED)
		return (struct oracle_tally){0, 0, n};
	return (struct oracle_tally){m->tally.yes, m->tally.no, m->tally.unknown};
}

/* Rules 1 to 4 for one unit but for its deployment types; `silent` is what it contributes without any measure. */
static struct oracle_tally oracle_answer(const struct score_input *in, int unit, int objective, wide silent,
					 bool evidenced)
{
	const struct measure *current[SOURCES];
	struct oracle_tally sum = {0, 0, 0};
	bool exempt = false, confirmed = false;
	int n = 0;
	for (int source = 0; source < SOURCES; source++) {
		current[n] = oracle_current(in, unit, objective, source);
		n += current[n] != NULL;
	}
	if (n == 0)
		return (struct oracle_tally){0, 0, silent};
	for (int i = 0; i < n; i++) {
		bool says = current[i]->not_applicable && !oracle_is_stale(in, current[i]);
		exempt = exempt || says;
		confirmed = confirmed || (says && current[i]->basis != MEASURE_ATTESTED);
	}
	if (exempt)
		return (struct oracle_tally){0, 0, evidenced && !confirmed};
	for (int i = 0; i < n; i++) {
		if (!oracle_is_kept(in, current, n, current[i]))
			continue;
		struct oracle_tally t = oracle_counts(in, current[i], evidenced);
		sum = (struct oracle_tally){sum.yes + t.yes, sum.no + t.no, sum.unknown + t.unknown};
	}
	return sum;
}

static unsigned oracle_deployment(const struct unit_tree *tree, int unit)
{
	if (tree->units[unit].declared)
		return tree->units[unit].declared;
	return tree->units[unit].parent == UNIT_NONE ? MODEL_ANY_DEPLOYMENT
						     : oracle_deployment(tree, tree->units[unit].parent);
}

static bool oracle_is_leaf(const struct unit_tree *tree, int unit)
{
	for (int u = 0; u < tree->n; u++)
		if (tree->units[u].parent == unit)
			return false;
	return true;
}

static struct oracle_tally oracle_own(const struct score_input *in, int unit, int objective, bool evidenced)
{
	if (!(oracle_deployment(in->tree, unit) & in->model->objectives[objective].deployment))
		return (struct oracle_tally){0, 0, 0};
	wide silent = oracle_is_leaf(in->tree, unit) ? in->tree->units[unit].size : 0;
	return oracle_answer(in, unit, objective, silent, evidenced);
}

static bool oracle_has_deployment(const struct unit_tree *tree, int node, unsigned deployment)
{
	if (oracle_deployment(tree, node) & deployment)
		return true;
	for (int u = 0; u < tree->n; u++)
		if (tree->units[u].parent == node && oracle_has_deployment(tree, u, deployment))
			return true;
	return false;
}

static struct oracle_tally oracle_sum(const struct score_input *in, int node, int objective, bool evidenced)
{
	struct oracle_tally sum = oracle_own(in, node, objective, evidenced);
	for (int u = 0; u < in->tree->n; u++) {
		if (in->tree->units[u].parent != node)
			continue;
		struct oracle_tally t = oracle_sum(in, u, objective, evidenced);
		sum = (struct oracle_tally){sum.yes + t.yes, sum.no + t.no, sum.unknown + t.unknown};
	}
	return sum;
}

static struct oracle_tally oracle_tally(const struct score_input *in, int node, int objective, bool evidenced)
{
	const struct model_objective *o = &in->model->objectives[objective];
	if (o->scope == MODEL_SCOPE_UNIT)
		return oracle_sum(in, node, objective, evidenced);
	if (!oracle_has_deployment(in->tree, node, o->deployment))
		return (struct oracle_tally){0, 0, 0};
	int root = 0;
	while (in->tree->units[root].parent != UNIT_NONE)
		root++;
	return oracle_answer(in, root, objective, 1, evidenced);
}

static enum score_verdict oracle_verdict(struct oracle_tally t, int32_t threshold)
{
	wide n = t.yes + t.no + t.unknown;
	if (n == 0)
		return SCORE_NOT_APPLICABLE;
	if (1000 * t.yes >= threshold * n)
		return SCORE_MET;
	return 1000 * (t.yes + t.unknown) >= threshold * n ? SCORE_OPEN : SCORE_NOT_MET;
}

/* ---- rules 6 to 9: the verdicts of one category in three readings ---- */

enum reading { LOW, HIGH, EVIDENCED, READINGS };

struct oracle_node {
	enum score_verdict verdicts[READINGS][WORLD_OBJECTIVES];
	struct oracle_tally tallies[WORLD_OBJECTIVES], evidenced[WORLD_OBJECTIVES];
	int32_t attainment[WORLD_OBJECTIVES];
};

static void oracle_read(const struct score_input *in, int node, struct oracle_node *out)
{
	for (int o = 0; o < (int)in->model->n_objectives; o++) {
		int32_t threshold = in->model->objectives[o].threshold_milli;
		struct oracle_tally t = oracle_tally(in, node, o, false), e = oracle_tally(in, node, o, true);
		enum score_verdict verdict = oracle_verdict(t, threshold);
		wide n = t.yes + t.no + t.unknown;
		out->tallies[o] = t;
		out->evidenced[o] = e;
		out->verdicts[LOW][o] = verdict;
		out->verdicts[HIGH][o] = verdict == SCORE_OPEN ? SCORE_MET : verdict;
		out->verdicts[EVIDENCED][o] = oracle_verdict(e, threshold);
		if (n > 0) {
			wide attainment = 1000000 * t.yes / (threshold * n);
			out->attainment[o] = attainment > 1000 ? 1000 : (int32_t)attainment;
		}
	}
}

struct oracle_count {
	int applicable, met;
};

static struct oracle_count oracle_level_count(const struct model *m, int category, int level,
					      const enum score_verdict *verdicts)
{
	struct oracle_count c = {0, 0};
	for (size_t o = 0; o < m->n_objectives; o++) {
		if (m->objectives[o].category != category || m->objectives[o].level != level)
			continue;
		c.applicable += verdicts[o] != SCORE_NOT_APPLICABLE;
		c.met += verdicts[o] == SCORE_MET;
	}
	return c;
}

/* Rule 6, read backwards: try 5, then 4 … */
static int oracle_level(const struct model *m, int category, const enum score_verdict *verdicts)
{
	for (int level = 5; level >= 2; level--) {
		bool all_met = true;
		for (int below = 2; below <= level; below++) {
			struct oracle_count c = oracle_level_count(m, category, below, verdicts);
			all_met = all_met && c.met == c.applicable;
		}
		if (all_met && oracle_level_count(m, category, level, verdicts).applicable > 0)
			return level;
	}
	return 1;
}

static int oracle_next(const struct model *m, int category, const enum score_verdict *verdicts)
{
	for (int level = oracle_level(m, category, verdicts) + 1; level <= 5; level++)
		if (oracle_level_count(m, category, level, verdicts).applicable > 0)
			return level;
	return 0;
}

static int32_t oracle_index(const struct model *m, int category, const enum score_verdict *verdicts)
{
	int32_t index = 1000 * oracle_level(m, category, verdicts);
	int next = oracle_next(m, category, verdicts);
	if (next) {
		struct oracle_count c = oracle_level_count(m, category, next, verdicts);
		index += 1000 * c.met / c.applicable;
	}
	return index;
}

static struct score_category oracle_category(const struct model *m, int category, const struct oracle_node *node)
{
	const enum score_verdict *low = node->verdicts[LOW];
	struct score_category out = {.level = oracle_level(m, category, low),
				     .level_high = oracle_level(m, category, node->verdicts[HIGH]),
				     .level_evidenced = oracle_level(m, category, node->verdicts[EVIDENCED]),
				     .next_level = oracle_next(m, category, low),
				     .index = oracle_index(m, category, low),
				     .index_high = oracle_index(m, category, node->verdicts[HIGH]),
				     .index_evidenced = oracle_index(m, category, node->verdicts[EVIDENCED]),
				     .progress = 1000};
	wide attained = 0, shares = 0;
	int next = 0, all = 0;
	for (size_t o = 0; o < m->n_objectives; o++) {
		if (m->objectives[o].category != category || low[o] == SCORE_NOT_APPLICABLE)
			continue;
		struct oracle_tally t = node->tallies[o];
		shares += 1000 * (t.yes + t.no) / (t.yes + t.no + t.unknown);
		all++;
		out.applicable = true;
		if (m->objectives[o].level > out.ceiling)
			out.ceiling = m->objectives[o].level;
		if (m->objectives[o].level != out.next_level)
			continue;
		attained += node->attainment[o];
		next++;
	}
	if (all)
		out.coverage = (int32_t)(shares / all);
	if (out.level < out.ceiling)
		out.progress = (int32_t)(attained / next);
	return out;
}

/* Rule 9; domain -1: the program. */
static struct score_mean oracle_mean(const struct model *m, int domain, const struct score_category *categories)
{
	wide weight = 0, index = 0, high = 0, evidenced = 0, coverage = 0;
	int n = 0, lowest = 5;
	for (size_t c = 0; c < m->n_categories; c++) {
		if (!categories[c].applicable || (domain >= 0 && m->categories[c].domain != domain))
			continue;
		weight += m->categories[c].weight;
		index += (wide)m->categories[c].weight * categories[c].index;
		high += (wide)m->categories[c].weight * categories[c].index_high;
		evidenced += (wide)m->categories[c].weight * categories[c].index_evidenced;
		coverage += categories[c].coverage;
		lowest = categories[c].level < lowest ? categories[c].level : lowest;
		n++;
	}
	if (n == 0)
		return (struct score_mean){0};
	return (struct score_mean){true,
				   (int32_t)(index / weight),
				   (int32_t)(high / weight),
				   (int32_t)(evidenced / weight),
				   (int32_t)(coverage / n),
				   lowest};
}

static bool oracle_is_known(const struct score_input *in, int unit)
{
	for (int o = 0; o < (int)in->model->n_objectives; o++)
		for (int source = 0; source < SOURCES; source++) {
			const struct measure *m = oracle_current(in, unit, o, source);
			if (m && !oracle_is_stale(in, m))
				return true;
		}
	return false;
}

static void oracle_leaves(const struct score_input *in, int node, int64_t *leaves, int64_t *known)
{
	if (oracle_is_leaf(in->tree, node)) {
		++*leaves;
		*known += oracle_is_known(in, node);
	}
	for (int u = 0; u < in->tree->n; u++)
		if (in->tree->units[u].parent == node)
			oracle_leaves(in, u, leaves, known);
}

struct oracle_score {
	struct score score;
	struct score_mean domains[WORLD_CATEGORIES];
	struct score_category categories[WORLD_CATEGORIES];
	struct score_objective objectives[WORLD_OBJECTIVES];
};

static struct measure_tally narrow(struct oracle_tally t)
{
	return (struct measure_tally){(int64_t)t.yes, (int64_t)t.no, (int64_t)t.unknown};
}

static void oracle_score(const struct score_input *in, int node, struct oracle_score *out)
{
	const struct model *m = in->model;
	struct oracle_node *read = calloc(1, sizeof *read);
	assert_non_null(read);
	*out = (struct oracle_score){.score = {.unit = node}};
	oracle_read(in, node, read);
	for (size_t o = 0; o < m->n_objectives; o++)
		out->objectives[o] = (struct score_objective){.verdict = read->verdicts[LOW][o],
							      .tally = narrow(read->tallies[o]),
							      .evidenced = narrow(read->evidenced[o]),
							      .attainment = read->attainment[o]};
	for (size_t c = 0; c < m->n_categories; c++)
		out->categories[c] = oracle_category(m, (int)c, read);
	for (size_t d = 0; d < m->n_domains; d++)
		out->domains[d] = oracle_mean(m, (int)d, out->categories);
	out->score.program = oracle_mean(m, -1, out->categories);
	oracle_leaves(in, node, &out->score.leaves, &out->score.known);
	out->score.domains = out->domains;
	out->score.categories = out->categories;
	out->score.objectives = out->objectives;
	free(read);
}

/* ---- the tests ---- */

/* So that nobody can believe in worlds where nothing happens. */
struct seen {
	int64_t levels[6], high[6], evidenced[6], ceilings[6], verdicts[4];
	int64_t claimed_more, exempt_categories, exempt_programs, all_scores;
};

static void seen_count(struct seen *seen, const struct model *m, const struct score *s)
{
	for (size_t o = 0; o < m->n_objectives; o++)
		seen->verdicts[s->objectives[o].verdict]++;
	for (size_t c = 0; c < m->n_categories; c++) {
		const struct score_category *category = &s->categories[c];
		seen->exempt_categories += !category->applicable;
		if (!category->applicable)
			continue;
		seen->levels[category->level]++;
		seen->high[category->level_high]++;
		seen->evidenced[category->level_evidenced]++;
		seen->ceilings[category->ceiling]++;
		seen->claimed_more += category->level > category->level_evidenced;
	}
	seen->exempt_programs += !s->program.applicable;
	seen->all_scores++;
}

static void expect_same(const struct world *w, uint64_t seed, const struct score *got, const char *how)
{
	struct oracle_score wanted;
	oracle_score(&w->in, got->unit, &wanted);
	const char *different = world_difference(&w->model, &wanted.score, got);
	if (different)
		fail_msg("%s: world %llu, unit %.*s, as of %lld: %s is not as the rules say", how,
			 (unsigned long long)seed, STR_ARG(w->tree.units[got->unit].id), (long long)w->in.as_of_ms,
			 different);
}

/* The measures of a world in parts, one for each category. */
static struct score_input *parts_of(struct world *w, size_t *n)
{
	size_t all = w->in.n_measures;
	struct score_input *parts = arena_new(&w->a, struct score_input, w->model.n_categories);
	for (size_t c = 0; c < w->model.n_categories; c++) {
		struct measure *list = arena_new(&w->a, struct measure, all + 1);
		parts[c] = w->in;
		parts[c].measures = list;
		parts[c].n_measures = 0;
		for (size_t i = 0; i < all; i++)
			if ((size_t)w->model.objectives[w->in.measures[i].objective].category == c)
				list[parts[c].n_measures++] = w->in.measures[i];
	}
	*n = w->model.n_categories;
	return parts;
}

struct compared {
	struct world *w;
	uint64_t seed;
	struct seen *seen;
	int n;
};

static enum status compare_done(void *ctx, const struct score *s, struct err *err)
{
	struct compared *c = ctx;
	struct score alone = {0};
	expect_same(c->w, c->seed, s, "score_all");
	TRY(score_at(&c->w->in, s->unit, &c->w->a, &alone, err));
	expect_same(c->w, c->seed, &alone, "score_at");
	assert_int_equal(alone.valid_until_ms, s->valid_until_ms);
	seen_count(c->seen, &c->w->model, s);
	c->n++;
	return OK;
}

static enum status compare_parts_done(void *ctx, const struct score *s, struct err *err)
{
	struct compared *c = ctx;
	struct score alone = {0}, whole = {0};
	size_t n;
	const struct score_input *parts = parts_of(c->w, &n);
	TRY(score_at_parts(parts, n, s->unit, &c->w->a, &alone, err));
	TRY(score_at(&c->w->in, s->unit, &c->w->a, &whole, err));
	expect_same(c->w, c->seed, s, "score_all_parts");
	expect_same(c->w, c->seed, &alone, "score_at_parts");
	assert_int_equal(alone.valid_until_ms, whole.valid_until_ms);
	assert_int_equal(s->valid_until_ms, whole.valid_until_ms);
	assert_true(view_current_any(parts, n, s->unit) == view_current_any(&c->w->in, 1, s->unit));
	c->n++;
	return OK;
}

static void measures_that_stand_in_parts_give_the_same_numbers(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 1500; seed++) {
		struct world *w = random_world(seed);
		struct compared c = {w, seed, NULL, 0};
		size_t n;
		const struct score_input *parts = parts_of(w, &n);
		assert_int_equal(score_all_parts(parts, n, &w->a, compare_parts_done, &c, &w->err), OK);
		assert_int_equal(c.n, w->tree.n);
		world_end(w);
	}
}

static void every_number_at_every_unit_of_random_worlds_is_as_the_rules_say(void **state)
{
	(void)state;
	struct seen seen = {0};
	for (uint64_t seed = 1; seed <= 6000; seed++) {
		struct world *w = random_world(seed);
		struct compared c = {w, seed, &seen, 0};
		assert_int_equal(score_all(&w->in, &w->a, compare_done, &c, &w->err), OK);
		assert_int_equal(c.n, w->tree.n);
		world_end(w);
	}
	for (int level = 1; level <= 5; level++) {
		assert_true(seen.levels[level] > 100 && seen.high[level] > 100 && seen.evidenced[level] > 100);
		assert_true(level == 1 || seen.ceilings[level] > 100);
	}
	for (int verdict = 0; verdict < 4; verdict++)
		assert_true(seen.verdicts[verdict] > 1000);
	assert_true(seen.claimed_more > 100 && seen.exempt_categories > 100 && seen.exempt_programs > 100);
	assert_true(seen.all_scores > 6000);
}

static void what_one_unit_says_is_as_the_rules_say(void **state)
{
	(void)state;
	for (uint64_t seed = 10001; seed <= 11000; seed++) {
		struct world *w = random_world(seed);
		for (int u = 0; u < w->tree.n; u++)
			for (int o = 0; o < (int)w->model.n_objectives; o++) {
				if (w->objectives[o].scope == MODEL_SCOPE_PROGRAM)
					continue;
				size_t first = 0, n = score_group(&w->in, u, o, &first);
				struct score_own own = score_own(&w->in, u, o, w->measures + first, n);
				struct oracle_tally t = oracle_own(&w->in, u, o, false),
						    e = oracle_own(&w->in, u, o, true);
				assert_true(world_same_tally(own.tally, narrow(t)));
				assert_true(world_same_tally(own.evidenced, narrow(e)));
			}
		world_end(w);
	}
}

static void the_order_in_which_facts_arrive_changes_nothing(void **state)
{
	(void)state;
	for (uint64_t seed = 20001; seed <= 20500; seed++) {
		struct dice d = {seed};
		struct world *w = random_world(seed);
		struct score before = world_score_at(w, 0);
		for (size_t i = w->n_measures; i > 1; i--) {
			size_t j = (size_t)dice_below(&d, (int64_t)i);
			struct measure m = w->said[i - 1];
			w->said[i - 1] = w->said[j];
			w->said[j] = m;
		}
		for (size_t i = 0; i < w->n_retired / 2; i++) {
			struct measure_retired r = w->retired_said[i];
			w->retired_said[i] = w->retired_said[w->n_retired - 1 - i];
			w->retired_said[w->n_retired - 1 - i] = r;
		}
		world_settle(w);
		struct score after = world_score_at(w, 0);
		assert_null(world_difference(&w->model, &before, &after));
		assert_int_equal(before.valid_until_ms, after.valid_until_ms);
		world_end(w);
	}
}

/* Is the instant after `last` one at which some fact of this input changes what it says? */
static bool something_happens_after(const struct world *w, int64_t last)
{
	for (size_t i = 0; i < w->n_measures; i++) {
		const struct measure *m = &w->measures[i];
		if (m->observed_ms - 1 == last || m->expires_ms == last ||
		    (m->overrides && m->override_until_ms == last) ||
		    m->observed_ms + w->objectives[m->objective].max_age_ms == last)
			return true;
	}
	for (size_t i = 0; i < w->n_retired; i++)
		if (w->retired[i].at_ms - 1 == last)
			return true;
	return false;
}

static void a_score_holds_until_the_instant_it_names(void **state)
{
	(void)state;
	int64_t held = 0, forever = 0, ended = 0;
	for (uint64_t seed = 30001; seed <= 32000; seed++) {
		struct world *w = random_world(seed);
		int64_t as_of = w->in.as_of_ms;
		for (int u = 0; u < w->tree.n; u++) {
			w->in.as_of_ms = as_of;
			struct score now = {0}, later = {0};
			assert_int_equal(score_at(&w->in, u, &w->a, &now, &w->err), OK);
			assert_true(now.valid_until_ms >= as_of);
			forever += now.valid_until_ms == TIME_FOREVER;
			if (now.valid_until_ms != TIME_FOREVER && !something_happens_after(w, now.valid_until_ms))
				fail_msg("world %llu: nothing happens after %lld", (unsigned long long)seed,
					 (long long)now.valid_until_ms);
			int64_t end = now.valid_until_ms < 3 * LAST_INSTANT ? now.valid_until_ms : 3 * LAST_INSTANT;
			for (int64_t t = as_of + 1; t <= end; t++, held++) {
				w->in.as_of_ms = t;
				assert_int_equal(score_at(&w->in, u, &w->a, &later, &w->err), OK);
				if (world_difference(&w->model, &now, &later))
					fail_msg("world %llu, unit %d: the score of %lld does not hold at %lld",
						 (unsigned long long)seed, u, (long long)as_of, (long long)t);
			}
			if (now.valid_until_ms == TIME_FOREVER)
				continue;
			w->in.as_of_ms = now.valid_until_ms + 1;
			assert_int_equal(score_at(&w->in, u, &w->a, &later, &w->err), OK);
			ended += world_difference(&w->model, &now, &later) != NULL;
		}
		world_end(w);
	}
	assert_true(held > 10000 && forever > 10 && ended > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(measures_that_stand_in_parts_give_the_same_numbers),
	    cmocka_unit_test(every_number_at_every_unit_of_random_worlds_is_as_the_rules_say),
	    cmocka_unit_test(what_one_unit_says_is_as_the_rules_say),
	    cmocka_unit_test(the_order_in_which_facts_arrive_changes_nothing),
	    cmocka_unit_test(a_score_holds_until_the_instant_it_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
