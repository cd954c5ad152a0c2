/**
 * The tree of units is changed one act at a time: each makes a tree anew, names the field that it refuses, and can be
 * taken back.
 */
#include "app/house.h"

#include "app/load.h"
#include "app/unit.h"
#include "core/access.h"
#include "store/unit.h"

static const int64_t now = DAY(400);

static const char organisation[] =
    "unit,parent,name,deployments,size\nacme,,Acme,,\nnorth,acme,North,saas,\nlab,north,Lab,,40\n"
    "south,acme,South,,\n";

static enum status try_add(const struct room *room, const struct app_unit *u, enum app_unit_field *at, struct err *err)
{
	struct house h;
	struct view_unit_change v;
	struct app_unit_act act = {.unit = *u};
	ask(&h, room, now);
	enum status status = app_unit_add(&h.app, &act, at, &v, err);
	answered(&h);
	return status;
}

/* -> the id, which has to be this one */
static void grow(const struct room *room, str parent, str name, const char *id)
{
	struct house h;
	struct view_unit_change v;
	enum app_unit_field at;
	struct app_unit_act act = {.unit = {.parent = parent, .name = name, .size = 1}};
	ask(&h, room, now);
	RUN(app_unit_add(&h.app, &act, &at, &v, err));
	if (!str_eq(v.id, str_from(id)))
		fail_msg("%.*s and not %s", STR_ARG(v.id), id);
	assert_false(v.unchanged);
	answered(&h);
}

/* The units at an instant, as "acme north(acme) …" in the tree's order. */
static void expect_tree(const struct room *room, int64_t at_ms, const char *wanted)
{
	struct house h;
	struct store_tree t;
	struct buf b = BUF(4096);
	ask(&h, room, now);
	RUN(store_unit_tree(room->db, at_ms, &h.arena, &t, err));
	for (int i = 0; i < t.tree.n; i++) {
		const struct unit *u = &t.tree.units[i];
		buf_add(&b, i ? S(" ") : S(""));
		buf_add(&b, u->id);
		if (u->parent != UNIT_NONE)
			buf_printf(&b, "(%.*s)", STR_ARG(t.tree.units[u->parent].id));
	}
	if (!str_eq(buf_str(&b), str_from(wanted)))
		fail_msg("%.*s", STR_ARG(buf_str(&b)));
	buf_release(&b);
	answered(&h);
}

static int64_t trees(const struct room *room)
{
	struct house h;
	const struct view_unit_tree *list;
	size_t n;
	ask(&h, room, now);
	RUN(app_unit_history(&h.app, &list, &n, err));
	answered(&h);
	return (int64_t)n;
}

static void an_organisation_is_built_unit_by_unit(void **state)
{
	const struct room *room = *state;
	grow(room, (str){0}, S("Acme Group"), "acme-group");
	grow(room, S("acme-group"), S("Web shop (EU)"), "web-shop-eu");
	grow(room, S("acme-group"), S("Web shop: EU"), "web-shop-eu-2");
	grow(room, S("web-shop-eu"), S("\u682a\u5f0f\u4f1a\u793e"), "unit");
	grow(room, S("web-shop-eu"), S("<script>alert(1)</script>"), "script-alert-1-script");
	expect_tree(room, now,
		    "acme-group web-shop-eu(acme-group) script-alert-1-script(web-shop-eu) unit(web-shop-eu) "
		    "web-shop-eu-2(acme-group)");
	/* The first tree holds for all time, the next ones from now on. */
	expect_tree(room, DAY(1), "acme-group");
	assert_int_equal(trees(room), 5);
}

static void what_is_refused_names_its_field_and_changes_nothing(void **state)
{
	const struct room *room = *state;
	static const char longest[600] = {0};
	static const struct {
		struct app_unit unit;
		enum app_unit_field at;
		enum status status;
	} cases[] = {
	    {{.parent = S("acme"), .size = 1}, APP_UNIT_FIELD_NAME, E_INVALID},
	    {{.parent = S("acme"), .name = S("a\tb"), .size = 1}, APP_UNIT_FIELD_NAME, E_INVALID},
	    {{.parent = S("acme"), .name = {longest, 600}, .size = 1}, APP_UNIT_FIELD_NAME, E_INVALID},
	    {{.parent = S("acme"), .name = S("N"), .size = 0}, APP_UNIT_FIELD_SIZE, E_INVALID},
	    {{.parent = S("acme"), .name = S("N"), .size = (int64_t)UNIT_SIZE_MAX + 1}, APP_UNIT_FIELD_SIZE, E_INVALID},
	    {{.parent = S("nowhere"), .name = S("N"), .size = 1}, APP_UNIT_FIELD_PARENT, E_NOT_FOUND},
	    {{.name = S("N"), .size = 1}, APP_UNIT_FIELD_PARENT, E_INVALID},
	    {{.id = S("lab"), .parent = S("acme"), .name = S("N"), .size = 1}, APP_UNIT_FIELD_ID, E_CONFLICT},
	    {{.id = S("a\nb"), .parent = S("acme"), .name = S("N"), .size = 1}, APP_UNIT_FIELD_ID, E_INVALID},
	};
	import_units(room, now, (struct app_time){0}, str_from(organisation));
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct err why = {0};
		enum app_unit_field at = APP_UNIT_FIELD_NONE;
		enum status status = try_add(room, &cases[i].unit, &at, &why);
		if (status != cases[i].status || at != cases[i].at)
			fail_msg("case %zu: %d at %d: %s", i, (int)status, (int)at, why.message);
	}
	assert_int_equal(trees(room), 1);
}

static enum status change(const struct room *room, const struct app_unit_act *act, enum app_unit_field *at,
			  struct view_unit_change *out, struct err *err)
{
	struct house h;
	ask(&h, room, now);
	enum status status = app_unit_set(&h.app, act, at, out, err);
	answered(&h);
	return status;
}

static void a_unit_is_renamed_moved_and_weighed_but_never_below_itself(void **state)
{
	const struct room *room = *state;
	enum app_unit_field at;
	struct view_unit_change v;
	struct err why = {0};
	struct app_unit_act act = {
	    .unit = {.id = S("lab"), .parent = S("south"), .name = S("The lab"), .deployment = MODEL_PAAS, .size = 7}};
	import_units(room, now, (struct app_time){0}, str_from(organisation));
	assert_int_equal(change(room, &act, &at, &v, &why), OK);
	expect_tree(room, now, "acme north(acme) south(acme) lab(south)");
	assert_int_equal(change(room, &act, &at, &v, &why), OK);
	assert_true(v.unchanged); /* it is so already */
	assert_int_equal(trees(room), 2);
	act.unit = (struct app_unit){.id = S("south"), .parent = S("lab"), .name = S("South"), .size = 1};
	assert_int_equal(change(room, &act, &at, &v, &why), E_INVALID);
	assert_int_equal(at, APP_UNIT_FIELD_PARENT);
	act.unit.parent = S("south");
	assert_int_equal(change(room, &act, &at, &v, &why), E_INVALID);
	act.unit = (struct app_unit){.id = S("acme"), .parent = S("south"), .name = S("Acme"), .size = 1};
	assert_int_equal(change(room, &act, &at, &v, &why), E_INVALID);
	act.unit = (struct app_unit){.id = S("acme"), .name = S("Acme & Co"), .size = 1};
	assert_int_equal(change(room, &act, &at, &v, &why), OK);
	act.unit.id = S("nowhere");
	assert_int_equal(change(room, &act, &at, &v, &why), E_NOT_FOUND);
}

static void a_change_holds_from_when_it_is_said(void **state)
{
	const struct room *room = *state;
	enum app_unit_field at;
	struct view_unit_change v;
	struct err why = {0};
	struct app_unit_act act = {.unit = {.id = S("lab"), .parent = S("south"), .name = S("Lab"), .size = 40}};
	static const char before[] = "acme north(acme) lab(north) south(acme)", after[] =
										    "acme north(acme) south(acme) "
										    "lab(south)";
	import_units(room, DAY(10), (struct app_time){0}, str_from(organisation));
	act.when = (struct app_unit_when){APP_UNIT_FROM, DAY(300)};
	assert_int_equal(change(room, &act, &at, &v, &why), OK);
	assert_int_equal(v.since_ms, DAY(300));
	expect_tree(room, DAY(299), before);
	expect_tree(room, DAY(300), after);
	/* Not before the tree that it changes, and not ahead. */
	act.unit.parent = S("acme");
	act.when.from_ms = DAY(299);
	assert_int_equal(change(room, &act, &at, &v, &why), E_INVALID);
	assert_int_equal(at, APP_UNIT_FIELD_SINCE);
	act.when.from_ms = now + 1;
	assert_int_equal(change(room, &act, &at, &v, &why), E_INVALID);
	/* A correction reaches as far back as the tree that it corrects, and no further. */
	act.when = (struct app_unit_when){.since = APP_UNIT_ALWAYS};
	assert_int_equal(change(room, &act, &at, &v, &why), OK);
	expect_tree(room, DAY(299), before);
	expect_tree(room, DAY(300), "acme lab(acme) north(acme) south(acme)");
	act.unit.parent = S("north");
	act.when = (struct app_unit_when){.since = APP_UNIT_NOW};
	assert_int_equal(change(room, &act, &at, &v, &why), OK);
	expect_tree(room, now - 1, "acme lab(acme) north(acme) south(acme)");
	expect_tree(room, now, before);
}

static void two_people_do_not_overwrite_each_other_unseen(void **state)
{
	const struct room *room = *state;
	enum app_unit_field at;
	struct view_unit_change v;
	struct err why = {0};
	struct app_unit seen = {.parent = S("north"), .name = S("Lab"), .size = 40};
	struct app_unit_act act = {.unit = {.id = S("lab"), .parent = S("north"), .name = S("Labs"), .size = 40},
				   .expected = &seen};
	import_units(room, now, (struct app_time){0}, str_from(organisation));
	assert_int_equal(change(room, &act, &at, &v, &why), OK);
	act.unit.name = S("Laboratory");
	assert_int_equal(change(room, &act, &at, &v, &why), E_CONFLICT);
	assert_non_null(strstr(why.detail, "\"Labs\""));
	seen.name = S("Labs");
	assert_int_equal(change(room, &act, &at, &v, &why), OK);
}

static void what_is_removed_takes_all_below_and_comes_back(void **state)
{
	const struct room *room = *state;
	static const char all[] = "acme north(acme) lab(north) south(acme)";
	struct house h;
	enum app_unit_field at;
	struct view_unit_change gone, back;
	struct err why = {0};
	struct app_unit_when correction = {.since = APP_UNIT_ALWAYS};
	struct app_unit_act act = {.unit = {.id = S("north")}}, root = {.unit = {.id = S("acme")}};
	import_units(room, DAY(10), (struct app_time){0}, str_from(organisation));
	ask(&h, room, now);
	assert_int_equal(app_unit_remove(&h.app, &root, &at, &gone, &why), E_INVALID);
	RUN(app_unit_remove(&h.app, &act, &at, &gone, err));
	assert_int_equal(gone.below, 1);
	assert_int_equal(gone.before, 1);
	assert_int_equal(gone.tree, 2);
	expect_tree(room, now, "acme south(acme)");
	/* Somebody looked at tree 1 and would take back what is not there. */
	assert_int_equal(app_unit_restore(&h.app, 1, 1, &correction, &at, &back, &why), E_CONFLICT);
	assert_int_equal(app_unit_restore(&h.app, 7, 0, &correction, &at, &back, &why), E_NOT_FOUND);
	RUN(app_unit_restore(&h.app, gone.before, gone.tree, &correction, &at, &back, err));
	expect_tree(room, now, all);
	assert_int_equal(back.since_ms, gone.since_ms);
	/* An id that comes back brings its past along; one that is made never does. */
	RUN(app_unit_remove(&h.app, &act, &at, &gone, err));
	act.unit = (struct app_unit){.id = S("north"), .parent = S("acme"), .size = 1};
	RUN(app_unit_add(&h.app, &act, &at, &back, err));
	assert_true(back.known);
	act.unit = (struct app_unit){.parent = S("acme"), .name = S("Lab"), .size = 1};
	RUN(app_unit_add(&h.app, &act, &at, &back, err));
	assert_true(str_eq(back.id, S("lab-2")));
	assert_false(back.known);
	answered(&h);
}

static void the_history_tells_what_each_tree_changed_and_when_it_holds(void **state)
{
	const struct room *room = *state;
	struct house h;
	const struct view_unit_tree *list;
	struct view_unit_step step;
	enum app_unit_field at;
	struct view_unit_change v;
	size_t n;
	struct app_unit_act act = {.unit = {.id = S("lab"), .parent = S("north"), .name = S("Labs"), .size = 40},
				   .when = {.since = APP_UNIT_ALWAYS}};
	import_units(room, DAY(10), (struct app_time){0}, str_from(organisation));
	import_units(room, DAY(20), at_time(DAY(300)), S("unit,parent\nacme,\nlab,acme\n"));
	ask(&h, room, DAY(250));
	RUN(app_unit_set(&h.app, &act, &at, &v, err));
	assert_int_equal(v.until_ms, DAY(300) - 1); /* a later tree waits */
	RUN(app_unit_history(&h.app, &list, &n, err));
	assert_int_equal(n, 3);
	assert_true(list[0].now && !list[1].now && !list[2].now);
	assert_true(list[0].since_ms == INT64_MIN && list[0].until_ms == DAY(300) - 1);
	assert_int_equal(list[1].until_ms, TIME_FOREVER);
	assert_int_equal(list[2].until_ms, INT64_MIN); /* the correction took its place */
	assert_int_equal(list[1].units, 2);
	assert_true(str_eq(list[0].actor, S("tester")));
	RUN(app_unit_step(&h.app, 2, &step, err));
	assert_int_equal(step.diff.removed, 2);
	assert_int_equal(step.diff.changed, 2); /* lab moved; both have lost their names */
	RUN(app_unit_step(&h.app, 1, &step, err));
	assert_null(step.before);
	assert_int_equal(step.diff.added, 4);
	answered(&h);
}

static void a_file_is_looked_at_and_nothing_is_stored(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct unit_diff diff;
	struct view_unit_import v;
	struct err why = {0};
	import_units(room, DAY(10), (struct app_time){0}, str_from(organisation));
	ask(&h, room, now);
	struct source from =
	    source_text(S("u.csv"), S("unit,parent,name,deployments,size\nacme,,Acme,,\nnorth,acme,North,saas,\n"
				      "lab,acme,Lab,,40\nnew,north,,,\n"));
	RUN(app_unit_look(&h.app, &from, (struct app_time){0}, &diff, &v, err));
	assert_int_equal(diff.added, 1);
	assert_int_equal(diff.removed, 1);
	assert_int_equal(diff.changed, 1);
	assert_int_equal(v.units, 4);
	assert_int_equal(v.leaves, 2);
	assert_false(v.unchanged);
	from = source_text(S("u.csv"), str_from(organisation));
	RUN(app_unit_look(&h.app, &from, (struct app_time){0}, &diff, &v, err));
	assert_true(v.unchanged);
	from = source_text(S("u.csv"), S("unit,parent\nacme,\nlab,atlantis\n"));
	assert_int_equal(app_unit_look(&h.app, &from, (struct app_time){0}, &diff, &v, &why), E_INVALID);
	assert_non_null(strstr(why.where, "u.csv:3"));
	answered(&h);
	assert_int_equal(trees(room), 1);
}

/* A plan puts the south below the north: who reads the north alone does not come by the south before it is so. */
static void what_is_yet_to_hold_is_told_to_whom_reads_the_whole(void **state)
{
	static const char plan[] = "unit,parent\nacme,\nnorth,acme\nlab,north\nsouth,north\n";
	static const struct access_grant part = {ACCESS_ADMIN, S("north")}, whole = {ACCESS_READER, S("acme")};
	const struct access some = {.user = S("s"), .n_grants = 1, .grants = &part},
			    all = {.user = S("a"), .n_grants = 1, .grants = &whole};
	const struct {
		const struct access *who;
		int64_t now_ms;
		bool below;
	} cases[] = {{&some, now, false}, {&all, now, true}, {NULL, now, true}, {&some, DAY(420), true}};
	const struct room *room = *state;
	import_units(room, now, (struct app_time){0}, str_from(organisation));
	import_units(room, now, at_time(DAY(410)), str_from(plan));
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct house h;
		struct store_tree tree;
		ask(&h, room, cases[i].now_ms);
		h.app.who = cases[i].who;
		RUN(app_load_tree(&h.app, DAY(420), &tree, err));
		int south = unit_find(&tree.tree, S("south")), north = unit_find(&tree.tree, S("north"));
		assert_int_equal(unit_below(&tree.tree, south, north), cases[i].below);
		answered(&h);
	}
}

#define CASES(ON)                                                                                                      \
	ON(an_organisation_is_built_unit_by_unit), ON(what_is_refused_names_its_field_and_changes_nothing),            \
	    ON(a_unit_is_renamed_moved_and_weighed_but_never_below_itself), ON(a_change_holds_from_when_it_is_said),   \
	    ON(two_people_do_not_overwrite_each_other_unseen), ON(what_is_removed_takes_all_below_and_comes_back),     \
	    ON(the_history_tells_what_each_tree_changed_and_when_it_holds),                                            \
	    ON(a_file_is_looked_at_and_nothing_is_stored), ON(what_is_yet_to_hold_is_told_to_whom_reads_the_whole)
STORE_MAIN("app/unit")
