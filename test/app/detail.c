/**
 * Evidence as a person sees it: one objective in full with hand-made numbers, the files behind it, and everybody asking
 * for everything that touches feeds, links, imports and evaluations.
 */
#include "app/house.h"

#include "app/detail.h"
#include "app/file.h"
#include "core/access.h"

static const int64_t now = DAY(100);
static const struct view_filter everyone = {.of = VIEW_FILTER_ALL};

static const char model_yaml[] =
    "schema: aismm.model/1\nid: m\nversion: \"1.0.0\"\ntitle: T\ndomains: [{id: d, title: D}]\ncategories:\n"
    "  - id: GOV\n    domain: d\n    title: Governance\n    objectives:\n"
    "      - {id: GOV-02.1, title: T, kpi: K, threshold: 0.6, window: P20D, mode: automated, subject: person, "
    "check: \"SELECT unit_id, id AS subject, active AS meets FROM person\"}\n"
    "      - {id: GOV-03.1, title: T, kpi: K, threshold: 1, window: P20D, mode: automated, scope: program, "
    "subject: person, check: \"SELECT unit_id, id AS subject, active AS meets FROM person\"}\n"
    "      - {id: GOV-04.1, title: T, kpi: K, threshold: 1, window: P20D}\n"
    "      - {id: GOV-05.1, title: T, kpi: K, threshold: 1, window: P20D}\n";

static void hand_in(const struct room *room, const char *feed, const char *csv)
{
	char path[PATH_BYTES], name[64];
	(void)snprintf(name, sizeof name, "%s.csv", feed);
	str file = put_file(room, name, str_from(csv), path);
	struct app_import o = {
	    .format = S("person"), .feed = str_from(feed), .unit = str_from(feed), .observed = at_time(DAY(90))};
	struct err why = {0};
	if (try_import(room, now, &o, &file, 1, NULL, &why) != OK)
		fail_msg("%s", why.message);
}

/* north: one yes, one no, one unknown; south: one yes. */
static void prepare(const struct room *room)
{
	struct house h;
	struct view_evaluation v;
	import_units(room, DAY(0), (struct app_time){0},
		     S("unit,parent,name\nacme,,\nnorth,acme,\nsouth,acme,Süden\n"));
	use_model(room, DAY(0), str_from(model_yaml), S("m"));
	hand_in(room, "north", "id,name,active\na,Ada,true\nb,Bob <script>,false\nc,Cy,\n");
	hand_in(room, "south", "id,name,active\nd,Dee,true\n");
	ask(&h, room, now);
	RUN(app_evaluate(&h.app, (struct app_time){0}, &v, err));
	answered(&h);
}

static struct access_grant grant;
static struct access who_is(enum access_role role, const char *unit)
{
	grant = (struct access_grant){role, str_from(unit)};
	return (struct access){.user = S("somebody"), .n_grants = role != ACCESS_NONE, .grants = &grant};
}

static void assert_tally(struct measure_tally t, int64_t yes, int64_t no, int64_t unknown)
{
	assert_int_equal(t.yes, yes);
	assert_int_equal(t.no, no);
	assert_int_equal(t.unknown, unknown);
}

static void an_objective_in_full_adds_up(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_detail v;
	prepare(room);
	ask(&h, room, now);
	RUN(app_detail(&h.app, S("GOV-02.1"), &(struct app_lens){0}, &v, err));
	assert_int_equal(v.objective.score.verdict, SCORE_OPEN); /* 2000 < 2400 <= 3000 */
	assert_int_equal(v.missing, 1);                          /* 3 of 4 are 0.75 */
	assert_true(v.lifts);
	assert_int_equal(v.n_units, 3);
	assert_tally(v.units[0].tally, 2, 1, 1);
	assert_int_equal(v.units[0].n, 0);
	assert_tally(v.units[1].tally, 1, 1, 1);
	assert_int_equal(v.units[1].verdict, SCORE_OPEN); /* 1000 < 1800 <= 2000 */
	assert_int_equal(v.units[1].n, 1);
	assert_tally(v.units[2].tally, 1, 0, 0);
	assert_int_equal(v.units[2].verdict, SCORE_MET);
	assert_str(v.objective.measures[v.units[2].first].unit, S("south"));
	/* The check ran on day 100, on evidence of day 90: ten days of twenty are over. */
	assert_int_equal(v.objective.measures[0].observed_ms, DAY(100));
	assert_int_equal(v.objective.measures[0].seen_ms, DAY(90));
	assert_int_equal(v.objective.measures[0].expires_ms, DAY(110));
	assert_int_equal(v.n_files, 2);
	assert_false(v.files[0].stale);
	assert_int_equal(v.reads, EVIDENCE_BIT(EVIDENCE_PERSON));
	assert_true(v.points[VIEW_COURSE_POINTS - 1].known);
	assert_tally(v.points[VIEW_COURSE_POINTS - 1].tally, 2, 1, 1);
	assert_false(v.points[VIEW_COURSE_POINTS - 2].known);
	/* Twenty days after the evidence was seen it is stale, and so is what it said. */
	RUN(app_detail(&h.app, S("GOV-02.1"), &(struct app_lens){.at = at_time(DAY(111))}, &v, err));
	assert_tally(v.objective.score.tally, 0, 0, 4);
	assert_true(v.files[0].stale);
	answered(&h);
}

/* Counts one person of east alone: in the parts of west a check has looked and counts nobody, and west says nothing. */
static const char counting_few[] =
    "schema: aismm.model/1\nid: few\nversion: \"1.0.0\"\ntitle: T\ndomains: [{id: d, title: D}]\ncategories:\n"
    "  - id: GOV\n    domain: d\n    title: Governance\n    objectives:\n"
    "      - {id: GOV-02.1, title: T, kpi: K, threshold: 0.6, window: P20D, mode: automated, subject: person, "
    "check: \"SELECT unit_id, id AS subject, active AS meets FROM person WHERE active = 1\"}\n"
    "      - {id: GOV-03.1, title: T, kpi: K, threshold: 1, window: P20D}\n"
    "      - {id: GOV-04.1, title: T, kpi: K, threshold: 1, window: P20D}\n"
    "      - {id: GOV-05.1, title: T, kpi: K, threshold: 1, window: P20D}\n";

static void a_unit_is_a_row_when_any_below_it_is_one(void **state)
{
	static const struct {
		const char *unit;
		int depth;
		int64_t yes;
	} rows[] = {{"acme", 0, 1}, {"east", 1, 1}, {"west", 1, 0}, {"den", 2, 0}, {"lab", 2, 0}};
	const struct room *room = *state;
	char path[PATH_BYTES];
	struct house h;
	struct view_evaluation e;
	struct view_detail v;
	import_units(room, DAY(0), (struct app_time){0},
		     S("unit,parent\nacme,\neast,acme\nwest,acme\nden,west\nlab,west\n"));
	use_model(room, DAY(0), str_from(counting_few), S("few"));
	str file = put_file(room, "people.csv", S("id,unit,active\na,east,true\nb,den,false\nc,lab,false\n"), path);
	struct app_import o = {.format = S("person"), .feed = S("hr"), .observed = at_time(DAY(90))};
	RUN(try_import(room, now, &o, &file, 1, NULL, err));
	ask(&h, room, now);
	RUN(app_evaluate(&h.app, (struct app_time){0}, &e, err));
	RUN(app_detail(&h.app, S("GOV-02.1"), &(struct app_lens){0}, &v, err));
	assert_int_equal(v.n_units, sizeof rows / sizeof rows[0]);
	for (size_t i = 0; i < v.n_units; i++) {
		assert_str(v.lens.tree->units[v.units[i].unit].id, str_from(rows[i].unit));
		assert_int_equal(v.units[i].depth, rows[i].depth);
		assert_tally(v.units[i].tally, rows[i].yes, 0, 0);
	}
	assert_false(v.units[2].own);
	assert_int_equal(v.units[2].verdict, SCORE_NOT_APPLICABLE);
	answered(&h);
}

static void those_who_fail_are_listed_and_filtered(void **state)
{
	const struct room *room = *state;
	static const struct {
		struct view_filter filter;
		const char *first;
		int64_t passed;
	} cases[] = {
	    {{.of = VIEW_FILTER_ALL}, "b", 2},     {{.of = VIEW_FILTER_UNKNOWN}, "c", 1},
	    {{.of = VIEW_FILTER_NOT_MET}, "b", 1}, {{.text = S("C")}, "c", 1},
	    {{.text = S("NORTH")}, "b", 2},        {{.unit = S("north")}, "b", 2},
	    {{.unit = S("south")}, NULL, 0},       {{.kind = S("person")}, "b", 2},
	    {{.kind = S("agent")}, NULL, 0},       {{.text = S("nobody")}, NULL, 0},
	};
	prepare(room);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct house h;
		struct view_offenders v;
		ask(&h, room, now);
		RUN(app_detail_offenders(&h.app, S("GOV-02.1"), &(struct app_lens){0}, &cases[i].filter, 0, 10, &v,
					 err));
		assert_true(v.known);
		assert_int_equal(v.not_met, 1);
		assert_int_equal(v.unknown, 1);
		assert_int_equal(v.passed, cases[i].passed);
		assert_int_equal(v.n, cases[i].passed);
		if (cases[i].first)
			assert_str(v.list[0].id, str_from(cases[i].first));
		answered(&h);
	}
	struct house h;
	struct view_offenders v;
	ask(&h, room, now);
	RUN(app_detail_offenders(&h.app, S("GOV-02.1"), &(struct app_lens){0}, &cases[0].filter, 1, 1, &v, err));
	assert_int_equal(v.n, 1);
	assert_str(v.list[0].id, S("c"));
	assert_str(v.list[0].name, S("Cy"));
	assert_true(str_ends(v.list[0].records[0].file, S("/north.csv")));
	assert_int_equal(v.list[0].records[0].line, 4);
	answered(&h);
}

static void a_reader_of_one_unit_sees_nothing_of_another(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct err why = {0};
	struct view_detail v;
	struct view_files files;
	struct view_feeds feeds;
	struct view_history history;
	struct view_offenders o;
	prepare(room);
	ask(&h, room, now);
	struct access who = who_is(ACCESS_READER, "north");
	h.app.who = &who;
	RUN(app_detail(&h.app, S("GOV-02.1"), &(struct app_lens){0}, &v, err));
	assert_str(v.lens.unit_id, S("north"));
	assert_int_equal(v.n_files, 1);
	assert_int_equal(app_detail(&h.app, S("GOV-02.1"), &(struct app_lens){.unit = S("south")}, &v, &why),
			 E_NOT_FOUND);
	RUN(app_file_list(&h.app, S(""), (struct app_time){0}, 0, 10, &files, err));
	assert_int_equal(files.total, 1);
	assert_str(files.list[0].feed, S("north"));
	RUN(app_feed_list(&h.app, (struct app_time){0}, &feeds, err));
	assert_int_equal(feeds.n, 1);
	RUN(app_file_history(&h.app, S("north"), (struct app_time){0}, 0, 10, &history, err));
	assert_int_equal(history.files.total, 1);
	assert_int_equal(app_file_history(&h.app, S("south"), (struct app_time){0}, 0, 10, &history, &why),
			 E_NOT_FOUND);
	/* The population of the program is that of every unit: its numbers are seen, its members are not. */
	RUN(app_detail_offenders(&h.app, S("GOV-03.1"), &(struct app_lens){0}, &everyone, 0, 10, &o, err));
	assert_false(o.known);
	assert_int_equal(o.n, 0);
	answered(&h);
}

static void files_are_found_by_any_of_their_names(void **state)
{
	const struct room *room = *state;
	static const struct {
		const char *text;
		int64_t total;
	} cases[] = {{"", 2}, {"NORTH", 1}, {"person", 2}, {".csv", 2}, {"zzz", 0}};
	prepare(room);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct house h;
		struct view_files v;
		ask(&h, room, now);
		RUN(app_file_list(&h.app, str_from(cases[i].text), (struct app_time){0}, 0, 1, &v, err));
		assert_int_equal(v.total, cases[i].total);
		assert_int_equal(v.n, cases[i].total ? 1 : 0);
		RUN(app_file_list(&h.app, str_from(cases[i].text), at_time(DAY(89)), 0, 1, &v, err));
		assert_int_equal(v.total, 0);
		answered(&h);
	}
}

/* ---- everybody asks for everything ---- */

static enum status feed_show(struct app *app, struct err *err)
{
	struct view_feed v;
	return app_feed_show(app, S("north"), (struct app_time){0}, &v, err);
}
static enum status feed_unknown(struct app *app, struct err *err)
{
	struct view_feed v;
	return app_feed_show(app, S("nothing"), (struct app_time){0}, &v, err);
}
static enum status feed_set(struct app *app, struct err *err)
{
	struct view_feed v;
	struct app_feed_setting s = {.owner_given = true, .owner = S("grace")};
	return app_feed_set(app, S("north"), &s, &v, err);
}
static enum status feed_retire(struct app *app, struct err *err)
{
	struct view_feed v;
	return app_feed_retire(app, S("north"), at_time(DAY(101)), &v, err);
}
static enum status feed_fail(struct app *app, struct err *err)
{
	bool known;
	struct err why = {.message = "broken"};
	return app_feed_fail(app, S("north"), S("x.csv"), &why, &known, err);
}
static enum status history(struct app *app, struct err *err)
{
	struct view_history v;
	return app_file_history(app, S("north"), (struct app_time){0}, 0, 10, &v, err);
}
static enum status detail(struct app *app, struct err *err)
{
	struct view_detail v;
	return app_detail(app, S("GOV-02.1"), &(struct app_lens){.unit = S("north")}, &v, err);
}
static enum status offenders(struct app *app, struct err *err)
{
	struct view_offenders v;
	return app_detail_offenders(app, S("GOV-02.1"), &(struct app_lens){.unit = S("north")}, &everyone, 0, 10, &v,
				    err);
}
static enum status explain(struct app *app, struct err *err)
{
	struct view_objective v;
	return app_explain_objective(app, S("GOV-02.1"), S("north"), (struct app_time){0}, 0, 10, &v, err);
}
static enum status explain_category(struct app *app, struct err *err)
{
	struct view_category v;
	return app_explain_category(app, S("GOV"), S("north"), (struct app_time){0}, &v, err);
}
static enum status import_to(struct app *app, str feed, str unit, struct err *err)
{
	struct view_receipt v;
	struct source from = source_text(S("new.csv"), S("id,name,active\nz,Zoe,true\n"));
	struct app_import o = {.format = S("person"),
			       .feed = feed,
			       .unit = unit,
			       .observed = at_time(DAY(95)),
			       .replace = true,
			       .dry_run = true};
	return app_import_from(app, &o, &from, &v, err);
}
static enum status import_north(struct app *app, struct err *err)
{
	return import_to(app, S("north"), S(""), err);
}
static enum status import_new(struct app *app, struct err *err)
{
	return import_to(app, S("fresh"), S("north"), err);
}
static enum status import_root(struct app *app, struct err *err)
{
	return import_to(app, S("wide"), S(""), err);
}
static enum status link_of_feed(struct app *app, struct err *err)
{
	struct view_link v;
	struct app_link l = {.name = S("tool-name"), .system = S("none"), .feed = S("north")};
	return app_link_add(app, &l, &v, err);
}
static enum status link_of_all(struct app *app, struct err *err)
{
	struct view_link v;
	struct app_link l = {.name = S("tool-name"), .system = S("none")};
	return app_link_add(app, &l, &v, err);
}
static enum status link_remove(struct app *app, struct err *err)
{
	struct view_link v;
	return app_link_remove(app, S("tool-name"), S("north"), &v, err);
}
static enum status link_resolve(struct app *app, struct err *err)
{
	struct view_resolution v;
	return app_link_resolve(app, S("tool-name"), S("north"), (struct app_time){0}, &v, err);
}
static enum status evaluate(struct app *app, struct err *err)
{
	struct view_evaluation v;
	return app_evaluate(app, at_time(DAY(100)), &v, err);
}

static const struct call {
	const char *what;
	enum status (*run)(struct app *app, struct err *err);
	enum access_role role; /* the least that may */
	bool root;             /* it must hold at the root, else at north */
} calls[] = {
    {"show a feed", feed_show, ACCESS_READER, false},
    {"show a feed that is not there", feed_unknown, ACCESS_READER, true},
    {"history of a feed", history, ACCESS_READER, false},
    {"one objective", detail, ACCESS_READER, false},
    {"its offenders", offenders, ACCESS_READER, false},
    {"explain an objective", explain, ACCESS_READER, false},
    {"explain a category", explain_category, ACCESS_READER, false},
    {"resolve a name", link_resolve, ACCESS_READER, false},
    {"import into a feed", import_north, ACCESS_ASSESSOR, false},
    {"import a new feed", import_new, ACCESS_ASSESSOR, false},
    {"import for the root", import_root, ACCESS_ASSESSOR, true},
    {"note a refused file", feed_fail, ACCESS_ASSESSOR, false},
    {"link for a feed", link_of_feed, ACCESS_ASSESSOR, false},
    {"link for every feed", link_of_all, ACCESS_ASSESSOR, true},
    {"take a link back", link_remove, ACCESS_ASSESSOR, false},
    {"evaluate", evaluate, ACCESS_ASSESSOR, true},
    {"set a feed", feed_set, ACCESS_LEAD, false},
    {"retire a feed", feed_retire, ACCESS_LEAD, false},
};

static void walk(const struct room *room, const struct call *call, enum access_role role, const char *unit)
{
	struct house h;
	struct err why = {0};
	char before[HASH_TEXT], after[HASH_TEXT];
	struct access who = who_is(role, unit);
	bool reaches = strcmp(unit, "acme") == 0 || (strcmp(unit, "north") == 0 && !call->root);
	bool may = reaches && role >= call->role;
	ask(&h, room, now);
	h.app.who = &who;
	content_of(room->db, false, before);
	enum status status = call->run(&h.app, &why);
	if (is_refused(&h.app, status, &why) == may)
		fail_msg("%s, as %.*s of %s: %d %s", call->what, STR_ARG(access_role_name(role)), unit, (int)status,
			 why.message);
	content_of(room->db, false, after);
	if (!may)
		assert_string_equal(before, after);
	answered(&h);
}

static void everybody_may_what_is_said_and_nothing_else(void **state)
{
	const struct room *room = *state;
	static const char *const units[] = {"south", "north", "acme"};
	prepare(room);
	for (size_t c = 0; c < sizeof calls / sizeof *calls; c++)
		for (int role = ACCESS_NONE; role < ACCESS_ROLES; role++)
			for (int u = 0; u < 3; u++)
				walk(room, &calls[c], (enum access_role)role, units[u]);
}

static void a_feeder_hands_in_its_own_feed_and_no_other(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct err why = {0};
	struct access who = {.user = S("pipeline"), .feed = S("north")};
	prepare(room);
	ask(&h, room, now);
	h.app.who = &who;
	RUN(import_north(&h.app, err));
	RUN(feed_fail(&h.app, err));
	assert_int_equal(import_new(&h.app, &why), E_DENIED);
	assert_int_equal(feed_show(&h.app, &why), E_DENIED);
	answered(&h);
}

#define CASES(X)                                                                                                       \
	X(an_objective_in_full_adds_up), X(a_unit_is_a_row_when_any_below_it_is_one),                                  \
	    X(those_who_fail_are_listed_and_filtered), X(a_reader_of_one_unit_sees_nothing_of_another),                \
	    X(files_are_found_by_any_of_their_names), X(everybody_may_what_is_said_and_nothing_else),                  \
	    X(a_feeder_hands_in_its_own_feed_and_no_other)

STORE_MAIN("detail")
