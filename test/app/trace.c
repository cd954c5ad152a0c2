/**
 * The records behind a number: those that decide are shown, under whatever name they came, to whoever may read them.
 */
#include "app/house.h"

#include "app/link.h"
#include "core/access.h"

static const int64_t now = DAY(100);

static const char model_yaml[] =
    "schema: aismm.model/1\nid: m\nversion: \"1.0.0\"\ntitle: T\ndomains: [{id: d, title: D}]\ncategories:\n"
    "  - id: GOV\n    domain: d\n    title: Governance\n    objectives:\n"
    "      - {id: GOV-02.1, title: T, kpi: K, threshold: 0.6, window: P20D, mode: automated, subject: ai_system, "
    "check: \"SELECT unit_id, id AS subject, approved AS meets FROM ai_system\"}\n"
    "      - {id: GOV-03.1, title: T, kpi: K, threshold: 1, window: P20D}\n"
    "      - {id: GOV-04.1, title: T, kpi: K, threshold: 1, window: P20D}\n"
    "      - {id: GOV-05.1, title: T, kpi: K, threshold: 1, window: P20D}\n";

static void hand_in(const struct room *room, const char *unit, const char *csv)
{
	char path[PATH_BYTES], name[64];
	(void)snprintf(name, sizeof name, "%s.csv", unit);
	str file = put_file(room, name, str_from(csv), path);
	struct app_import o = {
	    .format = S("ai_system"), .feed = str_from(unit), .unit = str_from(unit), .observed = at_time(DAY(90))};
	RUN(try_import(room, now, &o, &file, 1, NULL, err));
}

static void expect_records(const struct room *room, const struct access *who, size_t n, const char *first)
{
	struct house h;
	struct view_objective v;
	ask(&h, room, now);
	h.app.who = who;
	RUN(app_explain_objective(&h.app, S("GOV-02.1"), S("north"), (struct app_time){0}, 0, 10, &v, err));
	assert_int_equal(v.n_subjects, 1);
	assert_true(str_eq(v.subjects[0].id, S("chat")));
	assert_int_equal(v.subjects[0].n_records, n);
	assert_true(str_eq(v.subjects[0].records[0].feed, str_from(first)));
	answered(&h);
}

/* The register of the north has the system; a proxy of the south saw it under another name, and says no. */
static void a_row_of_another_unit_is_shown_to_whoever_may_read_it(void **state)
{
	const struct room *room = *state;
	const struct access_grant north = {ACCESS_READER, S("north")}, root = {ACCESS_READER, S("")};
	const struct access one = {.user = S("nora"), .n_grants = 1, .grants = &north};
	const struct access all = {.user = S("rita"), .n_grants = 1, .grants = &root};
	const struct app_link link = {.name = S("prod/chat"), .system = S("chat")};
	struct house h;
	struct view_link linked;
	struct view_evaluation evaluated;
	import_units(room, DAY(0), (struct app_time){0}, S("unit,parent\nacme,\nnorth,acme\nsouth,acme\n"));
	use_model(room, DAY(0), str_from(model_yaml), S("m"));
	hand_in(room, "north", "id,name\nchat,Chat\n");
	hand_in(room, "south", "id,registered,approved\nprod/chat,false,false\n");
	ask(&h, room, now);
	RUN(app_link_add(&h.app, &link, &linked, err));
	RUN(app_evaluate(&h.app, (struct app_time){0}, &evaluated, err));
	answered(&h);
	expect_records(room, NULL, 2, "north");
	expect_records(room, &all, 2, "north");
	expect_records(room, &one, 1, "north");
}

#define CASES(ON) ON(a_row_of_another_unit_is_shown_to_whoever_may_read_it)
STORE_MAIN("app/trace")
