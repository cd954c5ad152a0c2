/**
 * The views of a program through the lens: units, instants, deployment types, and what a person may read of them.
 */
#include "app/house.h"

#include "app/access.h"
#include "app/answer.h"
#include "app/compare.h"
#include "app/frame.h"
#include "app/ladder.h"
#include "app/overview.h"
#include "app/setting.h"
#include "app/unit_map.h"

static const int64_t now = DAY(400);

/* Two categories; GOV-02.1 and IAM-02.1 decide level 2, the others are not met or open. */
static const char model_yaml[] =
    "schema: aismm.model/1\nid: m\nversion: \"1.0.0\"\ntitle: T\ndomains: [{id: d, title: D}]\ncategories:\n"
    "  - id: GOV\n    domain: d\n    title: Governance\n    objectives:\n"
    "      - {id: GOV-02.1, title: T, kpi: K, threshold: 1, window: P400D, mode: either, subject: person, "
    "check: \"SELECT unit_id, id AS subject, active AS meets FROM person\"}\n"
    "      - {id: GOV-03.1, title: T, kpi: K, threshold: 1, window: P400D}\n"
    "      - {id: GOV-04.1, title: T, kpi: K, threshold: 1, window: P400D, deployment: [saas]}\n"
    "      - {id: GOV-05.1, title: T, kpi: K, threshold: 1, window: P400D}\n"
    "  - id: IAM\n    domain: d\n    title: Identity\n    objectives:\n"
    "      - {id: IAM-02.1, title: T, kpi: K, threshold: 1, window: P400D}\n"
    "      - {id: IAM-03.1, title: T, kpi: K, threshold: 1, window: P400D, deployment: [self_hosted]}\n"
    "      - {id: IAM-04.1, title: T, kpi: K, threshold: 1, window: P400D}\n"
    "      - {id: IAM-05.1, title: T, kpi: K, threshold: 1, window: P400D}\n";

/* north: two leaves; south: a leaf with self_hosted alone. lab moved from south to north at DAY(300). */
static const char units_before[] = "unit,parent,name,deployments\nacme,,Acme,\nnorth,acme,,\nshop,north,,saas\n"
				   "south,acme,,\nfab,south,,self_hosted\nlab,south,,\n";
static const char units_after[] = "unit,parent,name,deployments\nacme,,Acme,\nnorth,acme,,\nshop,north,,saas\n"
				  "south,acme,,\nfab,south,,self_hosted\nlab,north,,\n";

static void say(const struct room *room, const char *objective, const char *unit, int64_t day, bool met,
		int64_t expires)
{
	struct house h;
	struct view_answer out;
	struct app_answer a = {.objective = str_from(objective),
			       .unit = str_from(unit),
			       .tally = {met, !met, 0},
			       .observed = at_time(DAY(day))};
	if (expires)
		a.expires = at_time(DAY(expires));
	ask(&h, room, now);
	RUN(app_answer(&h.app, &a, &out, err));
	answered(&h);
}

/* Everybody meets GOV-02.1 since day 100 and IAM-02.1 since day 350; nothing else is known. */
static void prepare(const struct room *room)
{
	static const char *const leaves[] = {"shop", "fab", "lab"};
	import_units(room, now, (struct app_time){0}, str_from(units_before));
	import_units(room, now, at_time(DAY(300)), str_from(units_after));
	use_model(room, now, str_from(model_yaml), S("m"));
	for (int i = 0; i < 3; i++) {
		say(room, "GOV-02.1", leaves[i], 100, true, i == 0 ? 420 : 0);
		say(room, "IAM-02.1", leaves[i], 100, false, 0);
		say(room, "IAM-02.1", leaves[i], 350, true, 0);
	}
}

static struct access reader_of(const struct access_grant *grants, size_t n)
{
	return (struct access){.user = S("rita"), .n_grants = n, .grants = grants};
}

static void the_overview_tells_where_the_program_stands_and_what_moved_it(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_overview v;
	prepare(room);
	ask(&h, room, now);
	RUN(app_overview(&h.app, &(struct app_lens){0}, &v, err));
	assert_true(str_eq(v.lens.unit_id, S("acme")) && str_eq(v.lens.unit_name, S("Acme")));
	assert_int_equal(v.lens.vs_ms, DAY(100)); /* a year before is day 34 or 35, and day 100 the first fact */
	assert_int_equal(v.now.program.index, 2000);
	assert_int_equal(v.now.program.index_high, 5000);
	assert_int_equal(v.now.program.index_evidenced, 1000);
	assert_true(v.has_past);
	assert_int_equal(v.past.program.index, 1500); /* GOV 2, and IAM 1 */
	assert_int_equal(v.counts.met, 2);
	assert_int_equal(v.counts.open, 6);
	assert_int_equal(v.n_holders, 2);
	assert_int_equal(v.heat[1].state, VIEW_HEAT_CLAIMED);
	int known = 0;
	for (int i = 0; i < VIEW_COURSE_POINTS; i++)
		known += v.points[i].known;
	assert_in_range(known, 9, 10); /* 300 days */
	assert_true(v.moves.known);
	assert_int_equal(v.moves.difference, 500); /* 1500 to 2000 */
	assert_int_equal(v.moves.n, 1);
	assert_int_equal(v.moves.list[0].effect, 500);
	assert_int_equal(v.moves.list[0].categories[0], 1);
	assert_int_equal(v.moves.from_ms, v.lens.vs_ms);
	struct view_overview since; /* IAM came on day 350: it moved nothing since then */
	RUN(app_overview(&h.app, &(struct app_lens){.vs = at_time(DAY(360))}, &since, err));
	assert_int_equal(since.moves.from_ms, DAY(360));
	assert_int_equal(since.moves.difference, since.now.program.index - since.past.program.index);
	assert_int_equal(since.moves.n, 0);
	assert_int_equal(v.words.n_falls, 2);
	assert_int_equal(v.words.falls[0].objectives[0].units, 3);
	assert_int_equal(v.n_lifts, 2);
	assert_null(v.targets);
	answered(&h);
}

static void what_expires_names_who_said_it(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_overview v;
	prepare(room);
	ask(&h, room, now);
	RUN(app_overview(&h.app, &(struct app_lens){0}, &v, err));
	assert_int_equal(v.expiries.total, 1);
	const struct view_expiry *e = v.expiries.list;
	assert_int_equal(e->ends_ms, DAY(420));
	assert_int_equal(e->from, 2);
	assert_int_equal(e->to, 1);
	assert_true(str_eq(e->author, S("tester")));
	assert_null(e->feed.p);
	assert_true(str_eq(v.lens.tree->units[e->unit].id, S("shop")));
	assert_true(str_eq(e->source_name, S("answer")));
	answered(&h);
}

static void set_up(const struct room *room, const char *name, const char *value)
{
	struct house h;
	struct view_setting v;
	ask(&h, room, now);
	RUN(app_setting_set(&h.app, str_from(name), str_from(value), &v, err));
	answered(&h);
}

static void how_far_ahead_what_expires_is_told_is_a_setting(void **state)
{
	const struct room *room = *state;
	static const struct {
		const char *days;
		int64_t total;
	} cases[] = {{"20", 1}, {"19", 0}, {"", 1}};
	prepare(room);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct house h;
		struct view_overview v;
		set_up(room, "expiry.days", cases[i].days);
		ask(&h, room, now);
		RUN(app_overview(&h.app, &(struct app_lens){0}, &v, err));
		assert_int_equal(v.expiries.total, cases[i].total);
		answered(&h);
	}
}

static void import_people(const struct room *room, const char *feed, const char *unit, int64_t day)
{
	char path[PATH_BYTES], text[128];
	(void)snprintf(text, sizeof text, "id,unit,active\np,%s,1\n", unit);
	str file = put_file(room, "p.csv", str_from(text), path);
	struct app_import options = {
	    .format = S("person"), .feed = str_from(feed), .unit = str_from(unit), .observed = at_time(DAY(day))};
	RUN(try_import(room, now, &options, &file, 1, NULL, err));
}

static void a_feed_that_will_be_too_old_is_in_trouble_for_those_who_may_see_it(void **state)
{
	const struct room *room = *state;
	static const struct access_grant grants[] = {{ACCESS_READER, S("north")}};
	const struct access rita = reader_of(grants, 1);
	struct house h;
	struct view_overview v;
	prepare(room);
	import_people(room, "hr-north", "shop", 390);
	import_people(room, "hr-south", "fab", 5); /* of 400 days 395 are over: 5 are left */
	ask(&h, room, now);
	RUN(app_overview(&h.app, &(struct app_lens){0}, &v, err));
	assert_int_equal(v.troubles.feeds, 2);
	assert_int_equal(v.troubles.n, 1);
	assert_true(str_eq(v.troubles.list[0].feed->name, S("hr-south")));
	assert_int_equal(v.troubles.list[0].kind, VIEW_TROUBLE_ENDING);
	assert_int_equal(v.troubles.list[0].ends_ms, DAY(405));
	RUN(app_overview(&h.app, &(struct app_lens){.at = at_time(DAY(406))}, &v, err));
	assert_int_equal(v.troubles.list[0].kind, VIEW_TROUBLE_STALE);
	h.app.who = &rita;
	RUN(app_overview(&h.app, &(struct app_lens){0}, &v, err));
	assert_int_equal(v.troubles.feeds, 1);
	assert_int_equal(v.troubles.n, 0);
	answered(&h);
}

/* ---- permission ---- */

static void assert_denied(enum status status, const struct err *err)
{
	if (status != E_DENIED && status != E_NOT_FOUND) /* a unit that may not be seen is as if it were not there */
		fail_msg("status %d, %s", status, err->message);
}

static void a_reader_sees_the_part_that_is_granted_and_nothing_beside_it(void **state)
{
	const struct room *room = *state;
	static const struct access_grant grants[] = {{ACCESS_READER, S("north")}};
	const struct access rita = reader_of(grants, 1);
	struct house h;
	struct err why = {0};
	struct view_overview v;
	struct view_ladder l;
	struct view_compare c;
	struct view_unit_map m;
	prepare(room);
	ask(&h, room, now);
	h.app.who = &rita;
	RUN(app_overview(&h.app, &(struct app_lens){0}, &v, err));
	assert_true(str_eq(v.lens.unit_id, S("north")));
	RUN(app_ladder(&h.app, S("GOV"), &(struct app_lens){.unit = S("lab")}, &l, err));
	RUN(app_unit_map(&h.app, &(struct app_unit_map){.all = true}, &m, err));
	assert_int_equal(m.n, 3);
	for (size_t i = 0; i < m.n; i++)
		assert_true(unit_below(m.lens.tree, m.rows[i].unit, unit_find(m.lens.tree, S("north"))));
	static const str others[] = {S("acme"), S("south"), S("fab")};
	for (int i = 0; i < 3; i++) {
		struct app_lens lens = {.unit = others[i]};
		struct app_unit_map map = {.lens = lens};
		struct app_compare pair = {.with_unit = others[i], .with_at = at_time(now)};
		assert_denied(app_overview(&h.app, &lens, &v, &why), &why);
		assert_denied(app_ladder(&h.app, S("GOV"), &lens, &l, &why), &why);
		assert_denied(app_unit_map(&h.app, &map, &m, &why), &why);
		assert_denied(app_compare(&h.app, &pair, &c, &why), &why);
		pair = (struct app_compare){.unit = others[i], .with_unit = S("north")};
		assert_denied(app_compare(&h.app, &pair, &c, &why), &why);
	}
	answered(&h);
}

static void the_past_of_a_unit_is_seen_only_while_it_was_in_the_part_that_is_granted(void **state)
{
	const struct room *room = *state;
	static const struct access_grant grants[] = {{ACCESS_READER, S("north")}};
	const struct access rita = reader_of(grants, 1);
	struct app_lens lens = {.unit = S("lab"), .vs = at_time(DAY(200))};
	struct house h;
	struct err why = {0};
	struct view_overview all, hers;
	struct view_compare c;
	prepare(room);
	ask(&h, room, now);
	RUN(app_overview(&h.app, &lens, &all, err));
	h.app.who = &rita;
	RUN(app_overview(&h.app, &lens, &hers, err));
	assert_true(all.has_past && !hers.has_past); /* lab was south's then */
	for (int i = 0; i < VIEW_COURSE_POINTS; i++)
		assert_int_equal(hers.points[i].known, all.points[i].known && all.points[i].at_ms >= DAY(300));
	struct app_compare pair = {.unit = S("lab"), .with_at = at_time(DAY(200))};
	assert_denied(app_compare(&h.app, &pair, &c, &why), &why);
	lens = (struct app_lens){.unit = S("lab"), .at = at_time(DAY(200))};
	assert_denied(app_overview(&h.app, &lens, &hers, &why), &why);
	answered(&h);
}

static void who_reads_nothing_as_a_whole_gets_no_view(void **state)
{
	const struct room *room = *state;
	static const struct access_grant grants[] = {{ACCESS_RESPONDENT, S("acme")}};
	static const struct access_assigned assigned[] = {{S("GOV-02.1"), S("shop")}};
	const struct access people[] = {
	    {.user = S("resa"), .n_grants = 1, .grants = grants, .n_assigned = 1, .assigned = assigned},
	    {.user = S("nobody")},
	    {.user = S("feeder"), .feed = S("hr")},
	};
	prepare(room);
	for (size_t i = 0; i < 3; i++) {
		struct house h;
		struct err why = {0};
		struct view_overview v;
		struct view_ladder l;
		struct view_compare c;
		struct view_unit_map m;
		ask(&h, room, now);
		h.app.who = &people[i];
		assert_denied(app_overview(&h.app, &(struct app_lens){0}, &v, &why), &why);
		assert_denied(app_overview(&h.app, &(struct app_lens){.unit = S("shop")}, &v, &why), &why);
		assert_denied(app_ladder(&h.app, S("GOV"), &(struct app_lens){0}, &l, &why), &why);
		assert_denied(app_compare(&h.app, &(struct app_compare){0}, &c, &why), &why);
		assert_denied(app_unit_map(&h.app, &(struct app_unit_map){0}, &m, &why), &why);
		answered(&h);
	}
}

/* ---- the other views ---- */

static void the_ladder_shows_units_below_and_each_deployment_type(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_ladder l;
	prepare(room);
	ask(&h, room, now);
	RUN(app_ladder(&h.app, S("gov"), &(struct app_lens){0}, &l, err));
	assert_int_equal(l.now.level, 2);
	assert_int_equal(l.rungs[1].n, 1);
	assert_int_equal(l.rungs[1].objectives[0].backing.measures, 3);
	assert_int_equal(l.attested, 3);
	assert_int_equal(l.waiting, 3);
	assert_int_equal(l.n_units, 5);
	assert_int_equal(l.units[0].depth, 1);
	assert_int_equal(l.n_spread, 3);
	assert_int_equal(l.types[0].objectives, 3); /* self_hosted: all but GOV-04.1 */
	assert_int_equal(l.types[2].objectives, 4);
	assert_int_equal(l.types[0].of, 4);
	assert_int_equal(l.types[1].score.level, 2);
	/* shop has saas alone: seen through self_hosted it is not there, and its answer does not count */
	RUN(app_ladder(&h.app, S("GOV"), &(struct app_lens){.unit = S("shop"), .deployment = MODEL_SELF_HOSTED}, &l,
		       err));
	assert_false(l.now.applicable);
	assert_int_equal(l.lift.category, -1);
	struct err why = {0};
	assert_int_equal(app_ladder(&h.app, S("ZZZ"), &(struct app_lens){0}, &l, &why), E_NOT_FOUND);
	answered(&h);
}

/* What a file said may rest on people's word as well, but no review can confirm it. */
static void only_answers_that_a_review_can_confirm_wait_for_one(void **state)
{
	static const char csv[] = "unit,objective,source,yes,no,unknown,observed,basis\n"
				  "lab,GOV-02.1,survey,1,0,0,2024-11-30,attested\n";
	const struct room *room = *state;
	struct house h;
	struct view_measures_import out;
	struct view_ladder l;
	char path[PATH_BYTES];
	prepare(room);
	str file = put_file(room, "rows.csv", str_from(csv), path);
	ask(&h, room, now);
	RUN(app_measure_import(&h.app, false, &file, 1, &out, err));
	RUN(app_ladder(&h.app, S("GOV"), &(struct app_lens){0}, &l, err));
	assert_int_equal(l.attested, 4);
	assert_int_equal(l.waiting, 3);
	RUN(app_ladder(&h.app, S("GOV"), &(struct app_lens){.unit = S("shop")}, &l, err));
	assert_int_equal(l.waiting, 1);
	RUN(app_ladder(&h.app, S("GOV"), &(struct app_lens){.at = at_time(now - 1)}, &l, err));
	assert_int_equal(l.waiting, 0);
	answered(&h);
}

static void a_lens_of_one_type_leaves_out_units_without_it(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_overview v;
	prepare(room);
	say(room, "GOV-02.1", "fab", 380, false, 0);
	ask(&h, room, now);
	RUN(app_overview(&h.app, &(struct app_lens){.deployment = MODEL_SAAS}, &v, err));
	assert_int_equal(v.now.leaves, 2);
	assert_int_equal(v.now.objectives[0].tally.yes, 2);
	assert_int_equal(v.now.objectives[0].tally.no, 0);
	RUN(app_overview(&h.app, &(struct app_lens){0}, &v, err));
	assert_int_equal(v.now.leaves, 3);
	assert_int_equal(v.now.objectives[0].tally.no, 1);
	answered(&h);
}

static void the_map_shows_what_is_open_and_counts_what_is_not(void **state)
{
	const struct room *room = *state;
	static const str open[] = {S("south"), S("unheard-of")};
	struct house h;
	struct view_unit_map m;
	prepare(room);
	ask(&h, room, now);
	RUN(app_unit_map(&h.app, &(struct app_unit_map){0}, &m, err));
	assert_int_equal(m.n, 3); /* acme, north, south */
	assert_int_equal(m.units, 6);
	assert_int_equal(m.leaves, 3);
	assert_true(m.rows[0].open && !m.rows[1].open && !m.rows[1].leaf);
	RUN(app_unit_map(&h.app, &(struct app_unit_map){.open = open, .n_open = 2}, &m, err));
	assert_int_equal(m.n, 4);
	assert_true(str_eq(m.lens.tree->units[m.rows[3].unit].id, S("fab")));
	assert_int_equal(m.rows[3].depth, 2);
	assert_int_equal(m.rows[3].categories[0].level, 2);
	assert_int_equal(m.rows[3].categories[0].level_evidenced, 1);
	/* lab, shop, fab in pre-order: north first, its children by id */
	assert_true(str_eq(m.lens.tree->units[m.spread_units[0]].id, S("lab")));
	assert_int_equal(m.spread[0], 2000);
	assert_int_equal(m.lowest[0], m.spread_units[0]);
	answered(&h);
}

static void a_small_map_is_open_and_its_children_come_page_by_page(void **state)
{
	const struct room *room = *state;
	static const str shut[] = {S("north"), S("unheard-of")};
	struct house h;
	struct view_unit_map m;
	prepare(room);
	ask(&h, room, now);
	RUN(app_unit_map(&h.app, &(struct app_unit_map){.few = 6}, &m, err));
	assert_int_equal(m.n, 6);
	RUN(app_unit_map(&h.app, &(struct app_unit_map){.few = 5}, &m, err));
	assert_int_equal(m.n, 3);
	RUN(app_unit_map(&h.app, &(struct app_unit_map){.few = 6, .shut = shut, .n_shut = 2}, &m, err));
	assert_int_equal(m.n, 4); /* acme, north, south, fab */
	assert_false(m.rows[1].open);
	assert_int_equal(m.rows[1].children, 2);
	assert_int_equal(m.rows[1].shown, 0);
	/* One child at a time: of acme north, then south; of an open unit below always the first. */
	RUN(app_unit_map(&h.app, &(struct app_unit_map){.few = 6, .limit = 1}, &m, err));
	assert_int_equal(m.n, 3); /* acme, north, lab */
	assert_int_equal(m.rows[0].children, 2);
	assert_int_equal(m.rows[0].shown, 1);
	assert_true(str_eq(m.lens.tree->units[m.rows[2].unit].id, S("lab")));
	RUN(app_unit_map(&h.app, &(struct app_unit_map){.few = 6, .from = 1, .limit = 1}, &m, err));
	assert_int_equal(m.n, 3); /* acme, south, fab */
	assert_true(str_eq(m.lens.tree->units[m.rows[1].unit].id, S("south")));
	assert_int_equal(m.from, 1);
	RUN(app_unit_map(&h.app, &(struct app_unit_map){.few = 6, .from = 9, .limit = 1}, &m, err));
	assert_int_equal(m.n, 1);
	assert_false(m.cut);
	answered(&h);
}

static void two_parts_that_are_granted_stand_side_by_side_in_the_map(void **state)
{
	const struct room *room = *state;
	static const struct access_grant grants[] = {{ACCESS_READER, S("fab")}, {ACCESS_LEAD, S("north")}};
	const struct access rita = reader_of(grants, 2);
	struct house h;
	struct view_unit_map m;
	prepare(room);
	ask(&h, room, now);
	h.app.who = &rita;
	RUN(app_unit_map(&h.app, &(struct app_unit_map){0}, &m, err));
	assert_int_equal(m.n, 4); /* north with lab and shop; fab */
	assert_int_equal(m.rows[0].depth, 0);
	assert_int_equal(m.rows[1].depth, 1);
	assert_int_equal(m.rows[3].depth, 0);
	assert_true(str_eq(m.lens.tree->units[m.rows[3].unit].id, S("fab")));
	RUN(app_unit_map(&h.app, &(struct app_unit_map){.lens = {.unit = S("fab")}}, &m, err));
	assert_int_equal(m.n, 1);
	answered(&h);
}

/* By the page's head, which must say what the numbers of an overview are compared with. */
static int64_t against(const struct room *room, int64_t at_ms, int64_t vs_ms)
{
	struct house h;
	struct view_frame f;
	struct view_overview v;
	struct app_lens lens = {.at = at_time(at_ms), .vs = {vs_ms != 0, vs_ms}};
	ask(&h, room, now);
	RUN(app_frame(&h.app, &lens, &f, err));
	RUN(app_overview(&h.app, &lens, &v, err));
	assert_int_equal(f.vs_ms, v.lens.vs_ms);
	int64_t vs = f.vs_ms;
	answered(&h);
	return vs;
}

static void the_first_year_is_compared_with_the_first_that_was_known(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_answer said;
	struct view_answer_now before;
	import_units(room, now, (struct app_time){0}, str_from(units_before));
	use_model(room, now, str_from(model_yaml), S("m"));
	assert_int_equal(against(room, now, 0), time_add_months(now, -12));
	say(room, "GOV-02.1", "shop", 100, true, 0);
	say(room, "IAM-02.1", "fab", 120, true, 0);
	assert_int_equal(against(room, now, 0), DAY(100));
	assert_int_equal(against(room, now, DAY(60)), DAY(60));
	assert_int_equal(against(room, DAY(101), 0), DAY(100));
	assert_int_equal(against(room, DAY(100), 0), time_add_months(DAY(100), -12));
	assert_int_equal(against(room, DAY(90), 0), time_add_months(DAY(90), -12));
	assert_int_equal(against(room, DAY(466), 0), DAY(100)); /* 29 February lies between */
	assert_int_equal(against(room, DAY(467), 0), DAY(101));
	set_up(room, "against.months", "2");
	assert_int_equal(against(room, now, 0), time_add_months(now, -2));
	set_up(room, "against.months", "");
	struct app_answer early = {
	    .objective = S("IAM-02.1"), .unit = S("lab"), .tally = {1, 0, 0}, .observed = at_time(DAY(80))};
	ask(&h, room, now);
	RUN(app_answer(&h.app, &early, &said, err));
	RUN(app_answer_now(&h.app, S("IAM-02.1"), S("lab"), &before, err));
	RUN(app_answer_undo(&h.app, before.said.seq, &before, err));
	answered(&h);
	assert_int_equal(against(room, now, 0), DAY(100)); /* what was taken back was never known */
}

static void any_two_units_or_instants_are_compared(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_compare c;
	int32_t apart;
	prepare(room);
	say(room, "GOV-02.1", "fab", 380, false, 0);
	ask(&h, room, now);
	RUN(app_compare(&h.app, &(struct app_compare){.unit = S("north"), .with_unit = S("south")}, &c, err));
	assert_int_equal(c.b.at_ms, now);
	assert_int_equal(c.difference, 500); /* 2000 and (1000 + 2000) / 2 */
	assert_true(view_compare_category(&c, 0, &apart));
	assert_int_equal(apart, 1000);
	assert_true(view_compare_claimed(&c, 0, &apart));
	assert_int_equal(apart, 1000);
	assert_true(view_compare_evidenced(&c, 0, &apart)); /* on people's word alone both stand at 1 */
	assert_int_equal(apart, 0);
	assert_int_equal(c.n_verdicts, 2); /* GOV-02.1 failed, GOV-04.1 applies to one side alone */
	RUN(app_compare(&h.app, &(struct app_compare){.unit = S("fab"), .with_at = at_time(DAY(340))}, &c, err));
	assert_true(str_eq(c.b.unit_id, S("fab")));
	assert_true(view_compare_category(&c, 0, &apart) && apart == -1000);
	assert_true(view_compare_category(&c, 1, &apart) && apart == 1000);
	assert_int_equal(c.difference, 0);
	RUN(app_compare(&h.app, &(struct app_compare){.unit = S("fab")}, &c, err));
	assert_int_equal(c.b.at_ms, DAY(100)); /* the first fact */
	assert_true(c.b.known);
	RUN(app_compare(&h.app, &(struct app_compare){.unit = S("fab"), .with_at = at_time(DAY(99))}, &c, err));
	assert_false(c.b.known);
	assert_true(view_compare_is_silent(&c.b.score.categories[0]));
	assert_false(view_compare_claimed(&c, 0, &apart)); /* unknown is not level 1 */
	assert_false(view_compare_evidenced(&c, 0, &apart));
	assert_true(view_compare_category(&c, 0, &apart));
	struct err why = {0};
	struct app_compare nowhere = {.unit = S("fab"), .with_unit = S("atlantis")};
	assert_int_equal(app_compare(&h.app, &nowhere, &c, &why), E_NOT_FOUND);
	answered(&h);
}

static void before_the_first_tree_there_is_a_gap_and_no_view(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct err why = {0};
	struct view_overview v;
	import_units(room, now, at_time(DAY(300)), str_from(units_after));
	use_model(room, now, str_from(model_yaml), S("m"));
	say(room, "GOV-02.1", "fab", 310, true, 0);
	ask(&h, room, now);
	RUN(app_overview(&h.app, &(struct app_lens){.vs = at_time(DAY(299))}, &v, err));
	assert_false(v.has_past);
	assert_false(v.points[0].known);
	assert_true(v.points[VIEW_COURSE_POINTS - 1].known);
	assert_int_equal(app_overview(&h.app, &(struct app_lens){.at = at_time(DAY(299))}, &v, &why), E_NOT_FOUND);
	answered(&h);
}

/* ---- memory ---- */

static enum status ask_all(struct app *app, struct err *err)
{
	struct view_overview v;
	struct view_ladder l;
	struct view_compare c;
	struct view_unit_map m;
	TRY(app_overview(app, &(struct app_lens){.deployment = MODEL_SAAS}, &v, err));
	TRY(app_ladder(app, S("GOV"), &(struct app_lens){0}, &l, err));
	TRY(app_compare(app, &(struct app_compare){0}, &c, err));
	return app_unit_map(app, &(struct app_unit_map){.all = true}, &m, err);
}

static void too_little_memory_is_an_error_and_nothing_else(void **state)
{
	const struct room *room = *state;
	size_t refused = 0;
	enum status status = E_TOO_LARGE;
	prepare(room);
	for (size_t limit = 64; status != OK; limit += limit / (room->engine == DB_SQLITE ? 16 : 4) + 8) {
		struct house h;
		struct err why = {0};
		ask(&h, room, now);
		h.arena.limit_bytes = limit;
		status = ask_all(&h.app, &why);
		answered(&h);
		if (status != OK && status != E_TOO_LARGE)
			fail_msg("with %zu bytes: status %d, %s", limit, status, why.message);
		refused += status != OK;
	}
	assert_in_range(refused, 5, 1000);
}

#define CASES(ON)                                                                                                      \
	ON(the_overview_tells_where_the_program_stands_and_what_moved_it), ON(what_expires_names_who_said_it),         \
	    ON(how_far_ahead_what_expires_is_told_is_a_setting),                                                       \
	    ON(a_feed_that_will_be_too_old_is_in_trouble_for_those_who_may_see_it),                                    \
	    ON(a_reader_sees_the_part_that_is_granted_and_nothing_beside_it),                                          \
	    ON(the_past_of_a_unit_is_seen_only_while_it_was_in_the_part_that_is_granted),                              \
	    ON(who_reads_nothing_as_a_whole_gets_no_view), ON(the_ladder_shows_units_below_and_each_deployment_type),  \
	    ON(only_answers_that_a_review_can_confirm_wait_for_one),                                                   \
	    ON(a_lens_of_one_type_leaves_out_units_without_it), ON(the_map_shows_what_is_open_and_counts_what_is_not), \
	    ON(a_small_map_is_open_and_its_children_come_page_by_page),                                                \
	    ON(two_parts_that_are_granted_stand_side_by_side_in_the_map), ON(any_two_units_or_instants_are_compared),  \
	    ON(the_first_year_is_compared_with_the_first_that_was_known),                                              \
	    ON(before_the_first_tree_there_is_a_gap_and_no_view), ON(too_little_memory_is_an_error_and_nothing_else)
STORE_MAIN("app/lens")
