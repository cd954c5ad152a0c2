/**
 * The derived rows: whatever is written and however time passes, a list of units shows what the score of each unit is.
 */
#include "app/house.h"

enum { STEPS = 40, UNITS = 5 };
static const char *const unit_names[UNITS] = {"acme", "west", "lab", "shop", "east"};
static const char *const trees[] = {
    "unit,parent,deployments,size\nacme,,,\nwest,acme,saas,\nlab,west,,3\nshop,west,paas,2\neast,acme,,\n",
    "unit,parent,deployments,size\nacme,,,\nwest,acme,paas,\nshop,west,,2\nlab,acme,,\neast,acme,self_hosted,4\n",
    "unit,parent,deployments,size\nacme,,,\nwest,acme,saas,\neast,acme,,\n",
};
enum { TREES = sizeof trees / sizeof *trees };

#define MODEL(version, last)                                                                                           \
	"schema: aismm.model/1\nid: m\nversion: \"" version "\"\ntitle: T\n"                                           \
	"domains: [{id: d, title: D}, {id: e, title: E}]\ncategories:\n"                                               \
	"  - id: GOV\n    domain: d\n    title: G\n    objectives:\n"                                                  \
	"      - {id: GOV-02.1, title: T, kpi: K, threshold: 0.5, window: P10D}\n"                                     \
	"      - {id: GOV-03.1, title: T, kpi: K, threshold: 0.9, window: P20D, mode: either, subject: person, "       \
	"check: "                                                                                                      \
	"\"SELECT unit_id, id AS subject, active AS meets FROM person\"}\n"                                            \
	"      - {id: GOV-04.1, title: T, kpi: K, threshold: 1, window: P30D, deployment: [saas]}\n"                   \
	"      - {id: GOV-05.1, title: T, kpi: K, threshold: 1, window: P30D, scope: program}\n"                       \
	"  - id: IAM\n    domain: e\n    title: I\n    objectives:\n"                                                  \
	"      - {id: IAM-02.1, title: T, kpi: K, threshold: 0.5, window: P15D, scope: program, mode: either, "        \
	"subject: person, check: \"SELECT unit_id, id AS subject, active AS meets FROM person\"}\n"                    \
	"      - {id: IAM-03.1, title: T, kpi: K, threshold: 0.7, window: P5D}\n"                                      \
	"      - {id: IAM-04.1, title: T, kpi: K, threshold: " last ", window: P30D, deployment: [paas]}\n"            \
	"      - {id: IAM-05.1, title: T, kpi: K, threshold: 1, window: P30D}\n"
static const char model_1[] = MODEL("1.0.0", "0.6"), model_2[] = MODEL("1.1.0", "0.3");
static const char *const answered_by_hand[] = {"GOV-02.1", "GOV-03.1", "GOV-04.1", "GOV-05.1",
					       "IAM-02.1", "IAM-03.1", "IAM-04.1", "IAM-05.1"};

struct life {
	const struct room *room;
	struct dice dice;
	int64_t now_ms;
	int seed, step;
	const char *did;
};

static int64_t some_past(struct life *l)
{
	return l->now_ms - roll(&l->dice, 25) * TIME_DAY_MS / 2;
}

/* What a random act may well refuse: a unit that is gone, a program objective below the root. */
static void may_refuse(struct life *l, enum status status, const struct err *why)
{
	if (status != OK && status != E_NOT_FOUND && status != E_INVALID && status != E_CONFLICT)
		fail_msg("seed %d step %d, %s: %s", l->seed, l->step, l->did, why->message);
}

static void answer(struct life *l, struct app *app)
{
	struct dice *d = &l->dice;
	struct view_answer out;
	struct err why = {0};
	struct app_answer a = {.objective = str_from(answered_by_hand[roll(d, 8)]),
			       .unit = str_from(unit_names[roll(d, UNITS)]),
			       .not_applicable = roll(d, 5) == 0,
			       .because = S("so it is")};
	if (!a.not_applicable)
		a.tally = (struct measure_tally){roll(d, 4), roll(d, 3), roll(d, 2)};
	if (roll(d, 2))
		a.observed = at_time(some_past(l));
	if (roll(d, 3) == 0)
		a.expires = at_time(l->now_ms + (roll(d, 20) - 5) * TIME_DAY_MS);
	if (roll(d, 3) == 0)
		a.override_until = at_time(l->now_ms + (roll(d, 20) - 5) * TIME_DAY_MS);
	l->did = "answer";
	may_refuse(l, app_answer(app, &a, &out, &why), &why);
}

static void import_people(struct life *l, struct app *app)
{
	struct buf text = BUF(TEXT_BYTES);
	struct err why = {0};
	struct view_receipt out;
	char path[PATH_BYTES];
	buf_printf(&text, "id,unit,active\n");
	for (int i = 0; i < 6; i++)
		if (roll(&l->dice, 3))
			buf_printf(&text, "p%d,%s,%d\n", i, unit_names[roll(&l->dice, UNITS)], roll(&l->dice, 2));
	str file = put_file(l->room, "people.csv", buf_str(&text), path);
	buf_release(&text);
	struct app_import options = {.format = S("person"), .observed = at_time(some_past(l)), .replace = true};
	l->did = "import";
	may_refuse(l, app_import(app, &options, &file, 1, &out, &why), &why);
}

static void import_measures(struct life *l, struct app *app)
{
	struct buf text = BUF(TEXT_BYTES);
	struct err why = {0};
	struct view_measures_import out;
	char path[PATH_BYTES], time[TIME_TEXT];
	buf_printf(&text, "unit,objective,source,yes,no,unknown,observed,basis\n");
	for (int i = 0; i < 3; i++)
		buf_printf(&text, "%s,%s,%s,%d,%d,%d,%.*s,%s\n", unit_names[roll(&l->dice, UNITS)],
			   roll(&l->dice, 2) ? "GOV-02.1" : "IAM-03.1", roll(&l->dice, 2) ? "tool" : "survey",
			   roll(&l->dice, 5), roll(&l->dice, 3), roll(&l->dice, 2),
			   STR_ARG(time_format(some_past(l), time)), roll(&l->dice, 2) ? "measured" : "attested");
	str file = put_file(l->room, "measures.csv", buf_str(&text), path);
	buf_release(&text);
	l->did = "import measures";
	may_refuse(l, app_measure_import(app, false, &file, 1, &out, &why), &why);
}

static void retire(struct life *l, struct app *app)
{
	static const char *const sources[] = {"tool", "survey", "answer", "check"};
	struct err why = {0};
	str unit = roll(&l->dice, 2) ? str_from(unit_names[roll(&l->dice, UNITS)]) : (str){NULL, 0};
	int64_t at = l->now_ms + (roll(&l->dice, 16) - 8) * TIME_DAY_MS;
	l->did = "source retire";
	may_refuse(l, app_source_retire(app, str_from(sources[roll(&l->dice, 4)]), unit, at_time(at), &why), &why);
}

static void change_tree(struct life *l, struct app *app)
{
	struct err why = {0};
	struct view_unit_import out;
	struct source from = source_text(S("units.csv"), str_from(trees[roll(&l->dice, TREES)]));
	struct app_time since = {0};
	if (roll(&l->dice, 3))
		since = at_time(l->now_ms + (roll(&l->dice, 20) - 10) * TIME_DAY_MS);
	l->did = "unit import";
	may_refuse(l, app_unit_import(app, &from, since, &out, &why), &why);
}

static void evaluate(struct life *l, struct app *app)
{
	struct err why = {0};
	struct view_evaluation out;
	struct app_time at = {0};
	if (roll(&l->dice, 2))
		at = at_time(some_past(l));
	l->did = "evaluate";
	may_refuse(l, app_evaluate(app, at, &out, &why), &why);
}

static void activate(struct life *l, struct app *app)
{
	struct view_model out;
	l->did = "model activate";
	RUN(app_model_activate(app, roll(&l->dice, 2) ? S("m@1.0.0") : S("m@1.1.0"), &out, err));
}

static void rebuild(struct life *l, struct app *app)
{
	struct view_rebuild first, second;
	l->did = "rebuild";
	RUN(app_rebuild(app, &first, err));
	RUN(app_rebuild(app, &second, err));
	if (!second.same || !str_eq(first.sha256, second.sha256) || first.rows != second.rows)
		fail_msg("seed %d step %d: a second rebuild makes other rows", l->seed, l->step);
}

static void act(struct life *l)
{
	typedef void act_fn(struct life *, struct app *);
	static act_fn *const acts[] = {answer,          answer,  answer,      import_people, import_people,
				       import_measures, retire,  change_tree, evaluate,      evaluate,
				       activate,        rebuild, rebuild};
	struct house h;
	ask(&h, l->room, l->now_ms);
	acts[roll(&l->dice, (int)(sizeof acts / sizeof *acts))](l, &h.app);
	answered(&h);
}

static bool same_mean(const struct score_mean *a, const struct score_mean *b)
{
	if (!a->applicable || !b->applicable)
		return a->applicable == b->applicable;
	return a->index == b->index && a->index_high == b->index_high && a->index_evidenced == b->index_evidenced &&
	       a->coverage == b->coverage && a->floor == b->floor;
}

static bool same_category(const struct score_category *a, const struct score_category *b)
{
	if (!a->applicable || !b->applicable)
		return a->applicable == b->applicable;
	return a->level == b->level && a->level_high == b->level_high && a->level_evidenced == b->level_evidenced &&
	       a->ceiling == b->ceiling && a->next_level == b->next_level && a->index == b->index &&
	       a->index_high == b->index_high && a->index_evidenced == b->index_evidenced &&
	       a->progress == b->progress && a->coverage == b->coverage;
}

static void look(struct life *l)
{
	struct house h;
	struct view_units list;
	ask(&h, l->room, l->now_ms);
	RUN(app_unit_list(&h.app, (str){NULL, 0}, (struct app_time){0}, &list, err));
	for (size_t u = 0; u < list.n; u++) {
		struct view_score v;
		RUN(app_score(&h.app, list.units[u].unit->id, (struct app_time){0}, &v, err));
		bool same = same_mean(&list.units[u].program, &v.score.program);
		for (size_t c = 0; c < v.model->n_categories; c++)
			same &= same_category(&list.units[u].categories[c], &v.score.categories[c]);
		if (!same)
			fail_msg("seed %d step %d, after %s: the list shows %.*s with index %d, its score is %d",
				 l->seed, l->step, l->did, STR_ARG(list.units[u].unit->id), list.units[u].program.index,
				 v.score.program.index);
	}
	answered(&h);
}

static void a_list_of_units_shows_their_scores_whatever_happens(void **state)
{
	const struct room *room = *state;
	import_units(room, DAY(50), (struct app_time){0}, str_from(trees[0]));
	use_model(room, DAY(50), str_from(model_2), S("m@1.1.0"));
	use_model(room, DAY(50), str_from(model_1), S("m@1.0.0"));
	for (int seed = 0; seed < worlds(room, 15, 3); seed++) {
		struct life l = {.room = room, .dice = dice(seed), .now_ms = DAY(50), .seed = seed, .did = "nothing"};
		wipe(room->db);
		import_units(room, DAY(50), (struct app_time){0}, str_from(trees[0]));
		for (l.step = 0; l.step < STEPS; l.step++) {
			act(&l);
			look(&l);
			int hours = roll(&l.dice, 3) ? roll(&l.dice, 3) : roll(&l.dice, 24 * 9);
			l.now_ms += hours * (TIME_DAY_MS / 24) + roll(&l.dice, 2);
			look(&l);
		}
	}
}

/* Nobody writes; only the clock goes on, past an expiry. */
static void time_alone_makes_a_derived_row_invalid(void **state)
{
	const struct room *room = *state;
	struct view_answer out;
	struct house h;
	import_units(room, DAY(50), (struct app_time){0}, str_from(trees[0]));
	use_model(room, DAY(50), str_from(model_1), S("m@1.0.0"));
	struct app_answer a = {
	    .objective = S("GOV-02.1"), .unit = S("lab"), .tally = {5, 0, 0}, .expires = at_time(DAY(53))};
	ask(&h, room, DAY(50));
	RUN(app_answer(&h.app, &a, &out, err));
	struct view_rebuild made;
	RUN(app_rebuild(&h.app, &made, err));
	assert_int_equal(made.units, UNITS);
	answered(&h);
	for (int i = -2; i <= 2; i++) {
		struct life l = {.room = room, .now_ms = DAY(53) + i, .seed = -1, .step = i, .did = "waiting"};
		look(&l);
	}
}

/* The same for a tree of units that is to come. */
static void a_tree_that_is_to_come_ends_the_derived_rows(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_rebuild made;
	import_units(room, DAY(50), (struct app_time){0}, str_from(trees[0]));
	import_units(room, DAY(50), at_time(DAY(53)), str_from(trees[1]));
	use_model(room, DAY(50), str_from(model_1), S("m@1.0.0"));
	struct app_answer a = {.objective = S("GOV-02.1"), .unit = S("lab"), .tally = {5, 0, 0}};
	struct view_answer out;
	ask(&h, room, DAY(50));
	RUN(app_answer(&h.app, &a, &out, err));
	RUN(app_rebuild(&h.app, &made, err));
	answered(&h);
	for (int i = -2; i <= 2; i++) {
		struct life l = {.room = room, .now_ms = DAY(53) + i, .seed = -2, .step = i, .did = "waiting"};
		look(&l);
	}
}

#define CASES(ON)                                                                                                      \
	ON(a_list_of_units_shows_their_scores_whatever_happens), ON(time_alone_makes_a_derived_row_invalid),           \
	    ON(a_tree_that_is_to_come_ends_the_derived_rows)
STORE_MAIN("app/rebuild")
