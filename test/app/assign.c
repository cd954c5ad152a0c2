/**
 * Assignments: what is asked of whom, by when; and that they open one objective at one unit.
 */
#include "app/people_house.h"

static void prepare(const struct room *room)
{
	organise(room);
	use_small_model(room);
	add_user(room, S("kofi"), ACCESS_NONE, S(""));
	add_user(room, S("ada"), ACCESS_LEAD, S("north"));
}

static enum status assign(const struct room *room, str objective, str unit, str user, int64_t due_ms,
			  struct view_assignment *out)
{
	struct house h;
	struct view_assignment v = {0};
	struct app_assign a = {objective, unit, user, {due_ms != TIME_FOREVER, due_ms}};
	ask(&h, room, now);
	enum status status = app_assign_add(&h.app, &a, &v, NULL);
	if (out)
		*out = v; /* its texts are gone */
	answered(&h);
	return status;
}

static void an_assignment_opens_one_objective_at_one_unit(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct access who;
	struct unit_tree tree;
	prepare(room);
	assert_int_equal(assign(room, S("GOV-02.1"), S("lab"), S("kofi"), TIME_FOREVER, NULL), OK);
	ask(&h, room, now);
	be(&h, S("kofi"), &who);
	RUN(app_people_tree(&h.app, &tree, err));
	int lab = unit_find(&tree, S("lab")), north = unit_find(&tree, S("north"));
	RUN(app_access_objective(&h.app, ACCESS_ASSESSOR, S("GOV-02.1"), &tree, lab, err));
	assert_int_equal(app_access_objective(&h.app, ACCESS_ASSESSOR, S("GOV-02.1"), &tree, north, NULL), E_DENIED);
	assert_int_equal(app_access_objective(&h.app, ACCESS_ASSESSOR, S("GOV-03.1"), &tree, lab, NULL), E_DENIED);
	assert_int_equal(app_access_objective(&h.app, ACCESS_LEAD, S("GOV-02.1"), &tree, lab, NULL), E_DENIED);
	assert_int_equal(app_access(&h.app, ACCESS_READER, &tree, lab, NULL), E_DENIED);
	answered(&h);
}

static void what_cannot_be_assigned_is_refused(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_user v;
	prepare(room);
	assert_int_equal(assign(room, S("GOV-09.1"), S("lab"), S("kofi"), TIME_FOREVER, NULL), E_NOT_FOUND);
	assert_int_equal(assign(room, S("GOV-02.1"), S("moon"), S("kofi"), TIME_FOREVER, NULL), E_NOT_FOUND);
	assert_int_equal(assign(room, S("GOV-02.1"), S("lab"), S("zoe"), TIME_FOREVER, NULL), E_NOT_FOUND);
	assert_int_equal(assign(room, S("GOV-03.1"), S("lab"), S("kofi"), TIME_FOREVER, NULL), E_INVALID);
	assert_int_equal(assign(room, S("GOV-03.1"), S(""), S("kofi"), TIME_FOREVER, NULL), OK);
	ask(&h, room, now);
	RUN(app_user_disable(&h.app, S("kofi"), &v, err));
	answered(&h);
	assert_int_equal(assign(room, S("GOV-02.1"), S("lab"), S("kofi"), TIME_FOREVER, NULL), E_CONFLICT);
}

static void another_date_takes_the_place_of_the_first_and_both_are_kept(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_assignment v;
	const struct view_assignment *list;
	size_t n;
	prepare(room);
	assert_int_equal(assign(room, S("GOV-02.1"), S("lab"), S("kofi"), now + 5, &v), OK);
	assert_false(v.unchanged);
	assert_int_equal(assign(room, S("GOV-02.1"), S("lab"), S("kofi"), now + 5, &v), OK);
	assert_true(v.unchanged);
	assert_int_equal(assign(room, S("GOV-02.1"), S("lab"), S("kofi"), now + 9, &v), OK);
	assert_false(v.unchanged);
	ask(&h, room, now + 1);
	RUN(app_assign_list(&h.app, &(struct app_assign_filter){0}, &list, &n, err));
	assert_int_equal(n, 1);
	assert_int_equal(list[0].due_ms, now + 9);
	RUN(app_assign_list(&h.app, &(struct app_assign_filter){.past = true}, &list, &n, err));
	assert_int_equal(n, 2);
	assert_int_equal(list[0].ended_ms, now);
	struct app_assign a = {.objective = S("GOV-02.1"), .unit = S("lab"), .user = S("kofi")};
	RUN(app_assign_end(&h.app, &a, &v, err));
	assert_int_equal(v.ended_ms, now + 1);
	assert_int_equal(app_assign_end(&h.app, &a, &v, NULL), E_NOT_FOUND);
	answered(&h);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM assignment WHERE ended_by = 'tester'")), 2);
}

static void the_list_is_by_due_date_and_counted(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct access who;
	struct view_assignment_counts c;
	const struct view_assignment *list;
	size_t n;
	prepare(room);
	assert_int_equal(assign(room, S("GOV-02.1"), S("south"), S("kofi"), TIME_FOREVER, NULL), OK);
	assert_int_equal(assign(room, S("GOV-02.1"), S("lab"), S("kofi"), now + 8 * TIME_DAY_MS, NULL), OK);
	assert_int_equal(assign(room, S("GOV-02.1"), S("north"), S("kofi"), now + 6 * TIME_DAY_MS, NULL), OK);
	assert_int_equal(assign(room, S("GOV-03.1"), S(""), S("kofi"), now - 1, NULL), OK);
	assert_int_equal(assign(room, S("GOV-02.1"), S("acme"), S("ada"), now - 1, NULL), OK);
	ask(&h, room, now);
	be(&h, S("kofi"), &who);
	RUN(app_assign_list(&h.app, &(struct app_assign_filter){.own = true}, &list, &n, err));
	assert_int_equal(n, 4);
	assert_true(str_eq(list[0].objective, S("GOV-03.1")) && list[0].overdue);
	assert_true(str_eq(list[1].unit, S("north")) && str_eq(list[2].unit, S("lab")));
	assert_true(str_eq(list[3].unit, S("south")) && !list[3].overdue);
	RUN(app_assign_count(&h.app, &(struct app_assign_filter){.own = true}, &c, err));
	assert_int_equal(c.open, 4);
	assert_int_equal(c.overdue, 1);
	assert_int_equal(c.soon, 1);
	answered(&h);
	/* A lead of the north sees what is asked there, and her own. */
	ask(&h, room, now);
	be(&h, S("ada"), &who);
	RUN(app_assign_list(&h.app, &(struct app_assign_filter){0}, &list, &n, err));
	assert_int_equal(n, 3); /* her own at acme; north and lab of kofi */
	answered(&h);
}

#define CASES(X)                                                                                                       \
	X(an_assignment_opens_one_objective_at_one_unit), X(what_cannot_be_assigned_is_refused),                       \
	    X(another_date_takes_the_place_of_the_first_and_both_are_kept), X(the_list_is_by_due_date_and_counted)

STORE_MAIN("assignments")
