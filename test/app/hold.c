/**
 * What is held between questions gives the views that reading everything gives, whatever happens to the store, by whom,
 * and in which order; and everything is noticed.
 */
#include <pthread.h>
#include <stdatomic.h>

#include "app/house.h"

#include "app/compare.h"
#include "app/hold.h"
#include "app/ladder.h"
#include "app/overview.h"
#include "app/queue.h"
#include "app/roll_up.h"
#include "app/unit_map.h"
#include "export/json.h"

static const char units_one[] = "unit,parent,name,deployments,size\nacme,,,,\nnorth,acme,,saas,3\nn1,north,,,4\n"
				"n2,north,,paas,2\nsouth,acme,,,5\n";
static const char units_two[] = "unit,parent,name,deployments,size\nacme,,,,\nnorth,acme,,,3\nn1,acme,,saas,1\n"
				"n2,n1,,paas,2\nsouth,acme,,,5\nwest,acme,,self_hosted,7\n";
static const char *const ids[] = {"acme", "north", "n1", "n2", "south", "west"};
static const char *const objectives[] = {"GOV-02.1", "GOV-03.1", "GOV-04.1", "IAM-02.1", "IAM-03.1"};
enum { UNITS = 6, OBJECTIVES = 5 };

#define MODEL(version, threshold)                                                                                      \
	"schema: aismm.model/1\nid: m\nversion: \"" version                                                            \
	"\"\ntitle: T\ndomains: [{id: d, title: D}, {id: e, title: E}]\ncategories:\n"                                 \
	"  - id: GOV\n    domain: d\n    title: G\n    objectives:\n"                                                  \
	"      - {id: GOV-02.1, title: T, kpi: K, window: P10D, threshold: " threshold "}\n"                           \
	"      - {id: GOV-03.1, title: T, kpi: K, threshold: 0.5, window: P30D, scope: program}\n"                     \
	"      - {id: GOV-04.1, title: T, kpi: K, threshold: 0.9, window: P30D}\n"                                     \
	"      - {id: GOV-05.1, title: T, kpi: K, threshold: 0.9, window: P30D}\n"                                     \
	"  - id: IAM\n    domain: e\n    title: I\n    weight: 3\n    objectives:\n"                                   \
	"      - {id: IAM-02.1, title: T, kpi: K, threshold: 0.7, window: P20D, deployment: [saas, paas]}\n"           \
	"      - {id: IAM-03.1, title: T, kpi: K, threshold: 1, window: P5D}\n"                                        \
	"      - {id: IAM-04.1, title: T, kpi: K, threshold: 1, window: P5D}\n"                                        \
	"      - {id: IAM-05.1, title: T, kpi: K, threshold: 1, window: P5D}\n"

struct play {
	struct room *room;
	struct arena kept;
	struct app_hold *hold;
	struct db *other; /* another program at the same store */
	struct dice dice;
	int64_t now_ms;
	int step;
};

static void put_model(const struct play *p, bool second, bool active)
{
	struct house h;
	struct model_problems problems = {0};
	struct view_model view;
	char path[PATH_BYTES];
	bool added;
	(void)put_file(p->room, "model.yaml", second ? S(MODEL("1.1.0", "0.9")) : S(MODEL("1.0.0", "0.4")), path);
	ask(&h, p->room, p->now_ms);
	if (app_model_import(&h.app, path, &problems, &view, &added, NULL) != OK)
		fail_msg("%.*s", STR_ARG(problems.list[0].message));
	if (active)
		RUN(app_model_activate(&h.app, second ? S("m@1.1.0") : S("m@1.0.0"), &view, err));
	answered(&h);
}

static void start(struct play *p, struct room *room, int seed)
{
	*p = (struct play){.room = room, .kept = ARENA(LIMIT_COMMAND_BYTES), .dice = dice(seed), .now_ms = DAY(50)};
	import_units(room, DAY(20), (struct app_time){0}, str_from(units_one));
	put_model(p, true, false);
	put_model(p, false, true);
	RUN(app_hold_open(room->url, &p->kept, &p->hold, err));
	p->other = open_again(room, DB_WRITE);
}

static void finish(struct play *p)
{
	db_close(p->other);
	arena_release(&p->kept);
}

/* A question with what is held. */
static void ask_held(struct house *h, const struct play *p)
{
	ask(h, p->room, p->now_ms);
	h->app.hold = p->hold;
}

/* ---- views as text ---- */

static void say_mean(struct buf *b, const struct score_mean *m)
{
	buf_printf(b, "%d %d %d %d %d %d;", m->applicable, m->index, m->index_high, m->index_evidenced, m->coverage,
		   m->applicable ? m->floor : 0);
}

static void say_category(struct buf *b, const struct score_category *c)
{
	buf_printf(b, "%d %d %d %d %d %d %d %d %d %d %d;", c->applicable, c->level, c->level_high, c->level_evidenced,
		   c->ceiling, c->next_level, c->index, c->index_high, c->index_evidenced, c->progress, c->coverage);
}

static void say_score(struct app *app, str unit, struct app_time at, struct buf *b)
{
	struct view_score v;
	struct err why = {0};
	if (app_score(app, unit, at, &v, &why) != OK) {
		buf_printf(b, "%s\n", why.message);
		return;
	}
	buf_printf(b, "%.*s %.*s %lld: %lld %lld;", STR_ARG(v.model->name), STR_ARG(v.unit_id), (long long)v.as_of_ms,
		   (long long)v.score.leaves, (long long)v.score.known);
	say_mean(b, &v.score.program);
	for (size_t i = 0; i < v.model->n_domains; i++)
		say_mean(b, &v.score.domains[i]);
	for (size_t i = 0; i < v.model->n_categories; i++)
		say_category(b, &v.score.categories[i]);
	for (size_t i = 0; i < v.model->n_objectives; i++) {
		const struct score_objective *o = &v.score.objectives[i];
		buf_printf(b, "%d %lld %lld %lld %lld %lld %lld %d;", o->verdict, (long long)o->tally.yes,
			   (long long)o->tally.no, (long long)o->tally.unknown, (long long)o->evidenced.yes,
			   (long long)o->evidenced.no, (long long)o->evidenced.unknown, o->attainment);
	}
	buf_char(b, '\n');
}

static void say_units(struct app *app, str unit, struct app_time at, struct buf *b)
{
	struct view_units v;
	struct err why = {0};
	if (app_unit_list(app, unit, at, &v, &why) != OK) {
		buf_printf(b, "%s\n", why.message);
		return;
	}
	buf_printf(b, "%zu %lld:", v.n, (long long)v.since_ms);
	for (size_t u = 0; u < v.n; u++) {
		buf_printf(b, " %.*s %.*s %d ", STR_ARG(v.units[u].unit->id), STR_ARG(v.units[u].parent_id),
			   v.units[u].leaf);
		say_mean(b, &v.units[u].program);
		for (size_t i = 0; i < v.model->n_categories; i++)
			say_category(b, &v.units[u].categories[i]);
	}
	buf_char(b, '\n');
}

/* How one tally adds up. */
static void say_sum(struct app *app, str objective, str unit, struct app_time at, struct buf *b)
{
	struct app_lens lens = {.unit = unit, .at = at};
	struct view_roll_up v;
	struct err why = {0};
	if (app_roll_up(app, objective, &lens, &v, &why) != OK) {
		buf_printf(b, "%s\n", why.message);
		return;
	}
	for (size_t i = 0; i < v.n; i++)
		buf_printf(b, "%lld %lld;", (long long)v.parts[i].tally.yes, (long long)v.parts[i].count.silent);
	buf_printf(b, "%lld %lld %lld %d %zu\n", (long long)v.total.tally.yes, (long long)v.total.tally.no,
		   (long long)v.total.tally.unknown, v.total.verdict, v.n_measures);
}

static void say_explained(struct app *app, str objective, str unit, struct app_time at, struct buf *b)
{
	struct view_objective v;
	struct view_category c;
	struct err why = {0};
	if (app_explain_category(app, S("IAM"), unit, at, &c, &why) == OK) {
		say_category(b, &c.score);
		for (size_t i = 0; i < c.n_steps; i++)
			buf_printf(b, "%.*s %lld ", STR_ARG(c.steps[i].objective->id), (long long)c.steps[i].missing);
	}
	if (app_explain_objective(app, objective, unit, at, 0, 10, &v, &why) != OK) {
		buf_printf(b, "%s\n", why.message);
		return;
	}
	buf_printf(b, "%d %lld %zu:", v.score.verdict, (long long)v.score.tally.yes, v.n_silent);
	for (size_t i = 0; i < v.n_measures; i++)
		buf_printf(b, " %.*s %.*s %lld %d %d %d;", STR_ARG(v.measures[i].unit), STR_ARG(v.measures[i].source),
			   (long long)v.measures[i].observed_ms, v.measures[i].kept, v.measures[i].stale,
			   (int)v.measures[i].left_out);
	buf_char(b, '\n');
}

static void say_ladder(struct app *app, const struct app_lens *lens, struct buf *b)
{
	struct view_ladder v;
	struct err why = {0};
	if (app_ladder(app, S("GOV"), lens, &v, &why) != OK) {
		buf_printf(b, "%s\n", why.message);
		return;
	}
	buf_printf(b, "%d %d:", v.known, v.has_past);
	say_category(b, &v.now);
	for (int r = 0; r < MODEL_LEVELS; r++)
		for (size_t i = 0; i < v.rungs[r].n; i++) {
			const struct view_backing *k = &v.rungs[r].objectives[i].backing;
			buf_printf(b, "%u %lld %lld %lld %d;", k->basis, (long long)k->measures, (long long)k->stale,
				   (long long)k->ends_ms, (int)k->age);
		}
	for (size_t i = 0; i < v.n_units; i++)
		say_category(b, &v.units[i].score);
	for (int i = 0; i < VIEW_COURSE_POINTS; i++)
		if (v.points[i].known)
			say_category(b, &v.points[i].score.categories[0]);
	buf_char(b, '\n');
}

static void say_queue(struct app *app, str unit, struct buf *b)
{
	struct view_queue v;
	struct err why = {0};
	struct app_queue ask = {.unit = unit};
	if (app_queue(app, &ask, &v, &why) != OK) {
		buf_printf(b, "%s\n", why.message);
		return;
	}
	buf_printf(b, "%lld of %lld:", (long long)v.done, (long long)v.of);
	for (size_t i = 0; i < v.n; i++)
		buf_printf(b, " %.*s %d %d %lld;", STR_ARG(v.list[i].objective->id), v.list[i].unit,
			   (int)v.list[i].part, (long long)v.list[i].when_ms);
	buf_char(b, '\n');
}

/* What is seen through the lens of a unit at an instant. */
static void say_seen(struct app *app, str unit, struct app_time at, struct buf *b)
{
	struct app_lens lens = {.unit = unit, .at = at};
	struct app_unit_map whole = {.lens = lens, .all = true};
	struct app_compare sides = {.unit = unit, .at = at, .with_unit = S("n1")};
	struct view_overview overview;
	struct view_unit_map map;
	struct view_compare two;
	struct err why = {0};
	if (app_overview(app, &lens, &overview, &why) == OK)
		export_json_overview((struct export){.text = b}, &overview);
	if (app_unit_map(app, &whole, &map, &why) == OK)
		export_json_unit_map((struct export){.text = b}, &map);
	if (app_compare(app, &sides, &two, &why) == OK)
		export_json_compare((struct export){.text = b}, &two);
	if (why.status != OK)
		buf_printf(b, "%s\n", why.message);
	say_ladder(app, &lens, b);
	say_queue(app, unit, b);
}

static void say_all(struct play *p, bool held, struct app_time at, str objective, struct buf *b)
{
	for (int u = 0; u < UNITS; u++) {
		struct house h;
		ask_held(&h, p);
		if (!held)
			h.app.hold = NULL;
		say_score(&h.app, str_from(ids[u]), at, b);
		say_units(&h.app, str_from(ids[u]), at, b);
		say_explained(&h.app, objective, str_from(ids[u]), at, b);
		if (u == p->step % UNITS)
			say_seen(&h.app, str_from(ids[u]), at, b);
		say_sum(&h.app, objective, str_from(ids[u]), at, b);
		answered(&h);
	}
}

static void compare(struct play *p, struct app_time at)
{
	struct buf held = BUF(1 << 20), read = BUF(1 << 20);
	str objective = str_from(objectives[roll(&p->dice, OBJECTIVES)]);
	say_all(p, true, at, objective, &held);
	say_all(p, false, at, objective, &read);
	assert_int_equal(held.status, OK);
	if (!str_eq(buf_str(&held), buf_str(&read)))
		fail_msg("step %d, %s:\n%.*s\n---\n%.*s", p->step, at.given ? "past" : "now", STR_ARG(buf_str(&held)),
			 STR_ARG(buf_str(&read)));
	buf_release(&held);
	buf_release(&read);
}

/* ---- what happens ---- */

static void random_answer(struct play *p, struct app *app)
{
	struct dice *d = &p->dice;
	struct view_answer out;
	struct err why = {0};
	struct app_answer a = {.objective = str_from(objectives[roll(d, OBJECTIVES)]),
			       .unit = str_from(ids[roll(d, UNITS)]),
			       .tally = {roll(d, 5), roll(d, 3), roll(d, 3)},
			       .because = S("so")};
	if (roll(d, 3) == 0)
		a.observed = at_time(p->now_ms - roll(d, 20) * TIME_DAY_MS);
	if (roll(d, 4) == 0)
		a.expires = at_time(p->now_ms + roll(d, 4) * TIME_DAY_MS);
	if (roll(d, 6) == 0)
		a.override_until = at_time(p->now_ms + roll(d, 3) * TIME_DAY_MS);
	if (roll(d, 6) == 0) {
		a.not_applicable = true;
		a.tally = (struct measure_tally){0};
	}
	enum status status = app_answer(app, &a, &out, &why);
	assert_true(status == OK || status == E_NOT_FOUND || status == E_INVALID);
}

static void random_import(struct play *p, struct app *app, bool dry_run)
{
	struct dice *d = &p->dice;
	struct view_measures_import out;
	struct buf csv = BUF(8192);
	char path[PATH_BYTES], at[TIME_TEXT];
	buf_add(&csv, S("unit,objective,source,yes,no,unknown,observed,basis\n"));
	for (int i = roll(d, 6); i >= 0; i--) {
		int o = roll(d, OBJECTIVES);
		str when = time_format(p->now_ms - roll(d, 30) * TIME_DAY_MS, at);
		buf_printf(&csv, "%s,%s,%c,%d,%d,%d,%.*s,%s\n", o == 1 ? "acme" : ids[roll(d, 5)], objectives[o],
			   'a' + roll(d, 3), roll(d, 5), roll(d, 3), roll(d, 2), STR_ARG(when),
			   roll(d, 2) ? "measured" : "reviewed");
	}
	str file = put_file(p->room, "rows.csv", buf_str(&csv), path);
	RUN(app_measure_import(app, dry_run, &file, 1, &out, err));
	buf_release(&csv);
}

static void random_tree(struct play *p, struct app *app)
{
	struct view_unit_import out;
	struct source from = source_text(S("u.csv"), str_from(roll(&p->dice, 2) ? units_one : units_two));
	struct app_time since = roll(&p->dice, 2) ? (struct app_time){0} : at_time(p->now_ms - 2 * TIME_DAY_MS);
	if (roll(&p->dice, 4) == 0)
		since = at_time(p->now_ms + TIME_DAY_MS);
	RUN(app_unit_import(app, &from, since, &out, err));
}

static void random_event(struct play *p)
{
	struct house h;
	struct view_model view;
	struct err why = {0};
	ask_held(&h, p);
	if (roll(&p->dice, 2)) { /* by the other program */
		h.app.db = p->other;
		h.app.hold = NULL;
	}
	switch (roll(&p->dice, 12)) {
	case 0:
		random_tree(p, &h.app);
		break;
	case 1:
		RUN(app_model_activate(&h.app, roll(&p->dice, 2) ? S("m@1.1.0") : S("m@1.0.0"), &view, err));
		break;
	case 2:
		if (app_source_retire(&h.app, roll(&p->dice, 2) ? S("a") : S("answer"), S("north"),
				      at_time(p->now_ms + (roll(&p->dice, 5) - 2) * TIME_DAY_MS), &why) != OK)
			assert_int_equal(why.status, E_NOT_FOUND);
		break;
	case 3:
		random_import(p, &h.app, true);
		break;
	case 4:
	case 5:
		random_import(p, &h.app, false);
		break;
	case 6:
	case 7:
		p->now_ms += 1 + roll(&p->dice, 4) * TIME_DAY_MS / 2;
		break;
	default:
		random_answer(p, &h.app);
	}
	answered(&h);
}

static void what_is_held_gives_the_views_that_reading_everything_gives(void **state)
{
	struct play p;
	start(&p, *state, 1);
	int64_t past[3] = {DAY(30), DAY(45), DAY(52)};
	for (p.step = 0; p.step < worlds(p.room, 100, 16); p.step++) {
		random_event(&p);
		if (roll(&p.dice, 3) == 0)
			random_event(&p);
		compare(&p, (struct app_time){0});
		compare(&p, at_time(past[roll(&p.dice, 3)]));
	}
	finish(&p);
}

static int64_t generation(const struct play *p)
{
	struct house h;
	int64_t out = -1;
	ask_held(&h, p);
	RUN(app_hold_generation(&h.app, &out, err));
	answered(&h);
	return out;
}

static void answer_at(const struct play *p, struct db *db, str unit, int64_t expires_ms)
{
	struct house h;
	struct view_answer out;
	struct app_answer a = {.objective = S("GOV-02.1"), .unit = unit, .tally = {1, 0, 0}};
	if (expires_ms)
		a.expires = at_time(expires_ms);
	ask_held(&h, p);
	h.app.db = db;
	RUN(app_answer(&h.app, &a, &out, err));
	answered(&h);
}

static void warm(const struct play *p)
{
	struct house h;
	ask_held(&h, p);
	RUN(app_hold_warm(&h.app, err));
	answered(&h);
}

static void the_generation_changes_with_every_change_and_when_time_is_over(void **state)
{
	struct play p;
	start(&p, *state, 2);
	warm(&p);
	int64_t first = generation(&p);
	if (p.room->engine == DB_SQLITE)
		assert_int_equal(generation(&p), first);
	answer_at(&p, p.room->db, S("n1"), DAY(51));
	int64_t second = generation(&p);
	assert_true(second > first);
	answer_at(&p, p.other, S("n2"), 0);
	int64_t third = generation(&p);
	assert_true(third > second);
	warm(&p);
	p.now_ms = DAY(51);
	int64_t before = generation(&p);
	if (p.room->engine == DB_SQLITE)
		assert_int_equal(before, third);
	p.now_ms = DAY(51) + 1;
	int64_t after = generation(&p);
	assert_true(after > before);
	if (p.room->engine == DB_SQLITE)
		assert_int_equal(generation(&p), after);
	compare(&p, (struct app_time){0});
	finish(&p);
}

static void a_clock_that_is_put_back_starts_anew(void **state)
{
	struct play p;
	start(&p, *state, 3);
	answer_at(&p, p.room->db, S("n1"), DAY(51));
	p.now_ms = DAY(55);
	compare(&p, (struct app_time){0});
	int64_t late = generation(&p);
	p.now_ms = DAY(50) + 1;
	assert_true(generation(&p) > late);
	compare(&p, (struct app_time){0});
	finish(&p);
}

static void a_store_without_units_is_told_as_ever(void **state)
{
	struct room *room = *state;
	struct play p = {.room = room, .kept = ARENA(LIMIT_COMMAND_BYTES), .now_ms = DAY(50)};
	struct house h;
	struct view_score v;
	struct err why = {0};
	bool is;
	put_model(&p, false, true);
	RUN(app_hold_open(room->url, &p.kept, &p.hold, err));
	ask_held(&h, &p);
	assert_int_equal(app_score(&h.app, (str){NULL, 0}, (struct app_time){0}, &v, &why), E_NOT_FOUND);
	assert_string_equal(why.message, "no units yet");
	RUN(app_explain_is_category(&h.app, S("GOV"), &is, err));
	assert_true(is);
	answered(&h);
	arena_release(&p.kept);
}

static void deferred_answers_are_seen_at_once_and_flushed_together(void **state)
{
	struct play p;
	struct house h;
	start(&p, *state, 4);
	ask_held(&h, &p);
	RUN(app_hold_defer(&h.app, err));
	answer_at(&p, p.room->db, S("n1"), 0);
	answer_at(&p, p.room->db, S("n2"), 0);
	compare(&p, (struct app_time){0});
	RUN(app_hold_flush(&h.app, err));
	RUN(app_hold_tidy(&h.app, err));
	answered(&h);
	assert_int_equal(number(p.other, SQL("SELECT count(*) FROM measure")), 2);
	finish(&p);
}

/* Rebuild makes the rows that answers through a hold have thrown away, and they are those of before. */
static void derived_rows_follow(void **state)
{
	struct play p;
	struct house h;
	struct view_rebuild out;
	start(&p, *state, 5);
	warm(&p);
	answer_at(&p, p.room->db, S("n1"), 0);
	ask_held(&h, &p);
	RUN(app_rebuild(&h.app, &out, err));
	assert_true(out.same);
	answered(&h);
	answer_at(&p, p.room->db, S("n2"), 0);
	p.now_ms += 1;
	ask_held(&h, &p);
	RUN(app_rebuild(&h.app, &out, err));
	assert_true(out.same);
	answered(&h);
	finish(&p);
}

/* ---- another server ---- */

static int64_t said_yes(struct house *h, const struct play *p)
{
	struct view_score v;
	ask_held(h, p);
	RUN(app_score(&h->app, S("n1"), (struct app_time){0}, &v, err));
	int64_t yes = v.score.objectives[0].tally.yes;
	answered(h);
	return yes;
}

/* As after a failover to one that lacked the last answer and got another since: the numbers of the facts are the same.
 */
static void after_a_lost_connection_all_is_read_anew(void **state)
{
	struct room *room = *state;
	struct play p;
	struct house h;
	struct view_answer out;
	struct app_answer a = {.objective = S("GOV-02.1"), .unit = S("n1"), .tally = {3, 0, 0}};
	if (room->engine != DB_POSTGRES)
		return;
	start(&p, room, 7);
	ask_held(&h, &p);
	RUN(app_answer(&h.app, &a, &out, err));
	answered(&h);
	assert_true(said_yes(&h, &p) == 3);
	MUST(db_exec(p.other, SQL("UPDATE measure SET yes = 2 WHERE objective = 'GOV-02.1'"), NULL));
	assert_true(said_yes(&h, &p) == 3);
	struct db_stmt *st = prepared(p.other, SQL("SELECT pg_terminate_backend(CAST($1 AS INTEGER), 5000) LIMIT 1"));
	db_bind_i64(st, 1, number(room->db, SQL("SELECT pg_backend_pid() LIMIT 1")));
	step_to(st, true);
	db_reset(st);
	assert_true(said_yes(&h, &p) == 2);
	compare(&p, (struct app_time){0});
	finish(&p);
}

/* ---- many at once ---- */

enum { READERS = 3, ANSWERS = 60 };

struct crowd {
	struct play *p;
	atomic_int said; /* answers that are committed */
	atomic_bool failed;
};

static bool read_once(const struct crowd *c, struct db *db)
{
	struct arena a = ARENA(LIMIT_COMMAND_BYTES);
	struct app app = {.db = db, .arena = &a, .now_ms = c->p->now_ms, .actor = S("reader"), .hold = c->p->hold};
	struct view_score v;
	struct view_units all;
	struct err why = {0};
	int64_t unused;
	int said = atomic_load(&c->said);
	bool good = app_hold_generation(&app, &unused, &why) == OK &&
		    app_score(&app, S("n1"), (struct app_time){0}, &v, &why) == OK &&
		    v.score.objectives[0].tally.yes >= said && v.score.objectives[0].tally.yes <= ANSWERS &&
		    app_unit_list(&app, (str){NULL, 0}, (struct app_time){0}, &all, &why) == OK && all.n == 5 &&
		    app_score(&app, S("acme"), at_time(DAY(30)), &v, &why) == OK;
	if (!good)
		print_message("%s: %lld of %d\n", why.message, (long long)v.score.objectives[0].tally.yes, said);
	arena_release(&a);
	return good;
}

static void *read_on(void *ctx)
{
	struct crowd *c = ctx;
	struct db *db = open_again(c->p->room, DB_READ);
	while (atomic_load(&c->said) < ANSWERS && !atomic_load(&c->failed))
		if (!read_once(c, db))
			atomic_store(&c->failed, true);
	db_close(db);
	return NULL;
}

static void many_read_while_one_answers_and_each_sees_what_was_said_before(void **state)
{
	struct play p;
	struct crowd c = {.p = &p};
	pthread_t readers[READERS];
	start(&p, *state, 6);
	for (int i = 0; i < READERS; i++)
		assert_int_equal(pthread_create(&readers[i], NULL, read_on, &c), 0);
	for (int i = 1; i <= ANSWERS && !atomic_load(&c.failed); i++) {
		struct house h;
		struct view_answer out;
		struct app_answer a = {.objective = S("GOV-02.1"), .unit = S("n1"), .tally = {i, 0, 0}};
		ask_held(&h, &p);
		RUN(app_answer(&h.app, &a, &out, err));
		answered(&h);
		atomic_store(&c.said, i);
	}
	for (int i = 0; i < READERS; i++)
		assert_int_equal(pthread_join(readers[i], NULL), 0);
	assert_false(atomic_load(&c.failed));
	compare(&p, (struct app_time){0});
	finish(&p);
}

#define CASES(ON)                                                                                                      \
	ON(what_is_held_gives_the_views_that_reading_everything_gives),                                                \
	    ON(the_generation_changes_with_every_change_and_when_time_is_over),                                        \
	    ON(a_clock_that_is_put_back_starts_anew), ON(a_store_without_units_is_told_as_ever),                       \
	    ON(deferred_answers_are_seen_at_once_and_flushed_together), ON(derived_rows_follow),                       \
	    ON(after_a_lost_connection_all_is_read_anew),                                                              \
	    ON(many_read_while_one_answers_and_each_sees_what_was_said_before)
STORE_MAIN("app/hold")
