/**
 * The pages about units: the map, two sides, a sum, the tree. A request in, bytes out: what was refused keeps what was
 * typed, hostile names are text, unknown is no zero.
 */
#include "web/house.h"

#include "app/answer.h"
#include "app/unit.h"

#define HOSTILE "<script>alert(1)</script>"

enum { FIELDS = 16 };

struct town {
	const struct room *room;
	struct arena arena;
	struct visitor admin, reader;
};

static void build(struct town *t, const struct room *room, str units)
{
	*t = (struct town){.room = room, .arena = ARENA(1 << 20)};
	import_units(room, now, (struct app_time){0}, units);
	use_small_model(room);
	add_user(room, S("admin"), ACCESS_ADMIN, S(""));
	set_password(room, S("admin"), password);
	t->admin = visitor_of(room, S("admin"), &t->arena);
	add_user(room, S("reader"), ACCESS_READER, S("south"));
	set_password(room, S("reader"), password);
	t->reader = visitor_of(room, S("reader"), &t->arena);
}

static void raze(struct town *t)
{
	arena_release(&t->arena);
}

static void answer(const struct room *room, const char *unit, int64_t yes, int64_t no)
{
	struct house h;
	struct view_answer out;
	struct app_answer a = {.objective = S("GOV-02.1"),
			       .unit = str_from(unit),
			       .tally = {yes, no, 0},
			       .observed = at_time(now - TIME_DAY_MS)};
	ask(&h, room, now);
	RUN(app_answer(&h.app, &a, &out, err));
	answered(&h);
}

struct pair {
	const char *name, *value;
};

/* The form as a browser sends it; -> the status of HTTP, the visit stays open. */
static int post(struct visit *v, const struct town *t, const struct visitor *who, const char *address,
		const struct pair *pairs)
{
	visit_begin(v, t->room, str_from(address));
	visit_as(v, who);
	for (; pairs->name; pairs++)
		RUN(request_fields_add(&v->q.form, str_from(pairs->name), str_from(pairs->value), v->q.arena, err));
	return visit_answer(v, "POST");
}

static int get(struct visit *v, const struct town *t, const struct visitor *who, str address)
{
	visit_begin(v, t->room, address);
	visit_as(v, who);
	return visit_answer(v, "GET");
}

static void shows(const struct visit *v, const char *text)
{
	if (!visit_shows(v, text))
		fail_msg("%.*s does not show %s:\n%.*s", STR_ARG(v->q.path), text, STR_ARG(buf_str(&v->r.body)));
}

static void hides(const struct visit *v, const char *text)
{
	if (visit_shows(v, text))
		fail_msg("%.*s shows %s", STR_ARG(v->q.path), text);
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

/* ---- the map ---- */

static void a_thousand_units_below_one_come_page_by_page(void **state)
{
	struct town t;
	struct visit v;
	struct buf csv = BUF(1 << 20);
	buf_add(&csv, S("unit,parent\nacme,\nflat,acme\nsouth,acme\n"));
	for (int i = 0; i < 1000; i++)
		buf_printf(&csv, "u%04d,flat\n", i);
	build(&t, *state, buf_str(&csv));
	buf_release(&csv);
	assert_int_equal(get(&v, &t, &t.admin, S("/units")), 200);
	shows(&v, "Units below");
	hides(&v, ">u0000<");
	visit_end(&v);
	assert_int_equal(get(&v, &t, &t.admin, S("/units?open=flat")), 200);
	shows(&v, ">u0119<");
	hides(&v, ">u0120<");
	shows(&v, "120 of 1&#8239;000 are shown");
	visit_end(&v);
	assert_int_equal(get(&v, &t, &t.admin, S("/units?unit=flat&from=960")), 200);
	shows(&v, ">u0999<");
	hides(&v, ">u0959<");
	shows(&v, "961–1&#8239;000 of 1&#8239;000");
	visit_end(&v);
	assert_int_equal(get(&v, &t, &t.admin, S("/units.csv")), 200);
	shows(&v, "\r\nu0999,");
	visit_end(&v);
	assert_int_equal(get(&v, &t, &t.admin, S("/units/roll-up?unit=flat&objective=GOV-02.1&from=120")), 200);
	shows(&v, "880 units on other pages");
	shows(&v, "1&#8239;000");
	visit_end(&v);
	raze(&t);
}

static void a_unit_is_opened_and_shut_by_the_address(void **state)
{
	struct town t;
	struct visit v;
	build(&t, *state, S("unit,parent\nacme,\nnorth,acme\nlab,north\nsouth,acme\n"));
	assert_int_equal(get(&v, &t, &t.admin, S("/units")), 200);
	shows(&v, "/category/GOV?unit=lab");
	shows(&v, "aria-expanded=\"true\" href=\"/units?shut=north\"");
	visit_end(&v);
	assert_int_equal(get(&v, &t, &t.admin, S("/units?shut=north")), 200);
	hides(&v, "/category/GOV?unit=lab");
	shows(&v, "aria-expanded=\"false\" href=\"/units?open=north\"");
	visit_end(&v);
	raze(&t);
}

/* ---- two sides ---- */

static const char two[] = "unit,parent,name\nacme,,Acme\nnorth,acme,North\nsouth,acme," HOSTILE "\n";

static void two_units_stand_side_by_side_and_unknown_is_no_zero(void **state)
{
	struct town t;
	struct visit v;
	build(&t, *state, str_from(two));
	answer(t.room, "north", 4, 0);
	assert_int_equal(get(&v, &t, &t.admin, S("/compare?unit=north&with=south")), 200);
	shows(&v, "Nothing was known of");
	hides(&v, "with another verdict");
	hides(&v, "unknown, all ");
	hides(&v, HOSTILE);
	hides(&v, ">0 of 1<");
	visit_end(&v);
	answer(t.room, "south", 1, 2);
	assert_int_equal(get(&v, &t, &t.admin, S("/compare?unit=north&with=south")), 200);
	/* north: level 2, 2.00; south: 1.00. */
	shows(&v, " stands 1.00 above ");
	shows(&v, "<b class=\"up\">+1.00</b>");
	shows(&v, "1 of 3");
	shows(&v, "/objective/GOV-02.1?unit=south");
	hides(&v, HOSTILE);
	visit_end(&v);
	assert_int_equal(get(&v, &t, &t.admin, S("/compare.csv?unit=north&with=south")), 200);
	shows(&v, "GOV,G,2,2000,1,1000,1,1000,1,1000,1000,0\r\n");
	visit_end(&v);
	assert_int_equal(get(&v, &t, &t.admin, S("/compare/objectives.csv?unit=north&with=south")), 200);
	shows(&v, "GOV,GOV-02.1,T,met,4,0,0,not_met,1,2,0\r\n");
	visit_end(&v);
	raze(&t);
}

static void the_dates_that_are_asked_for_stand_in_the_form(void **state)
{
	struct town t;
	struct visit v;
	build(&t, *state, str_from(two));
	assert_int_equal(get(&v, &t, &t.admin, S("/compare?unit=north&vs=2024-08-20")), 200);
	shows(&v, "id=\"c-bt\" name=\"with_at\" type=\"date\" value=\"2024-08-20\"");
	visit_end(&v);
	assert_int_equal(get(&v, &t, &t.admin, S("/compare?unit=north&vs=2024-08-20&with_at=2024-07-19")), 200);
	shows(&v, "id=\"c-bt\" name=\"with_at\" type=\"date\" value=\"2024-07-19\"");
	visit_end(&v);
	raze(&t);
}

static void a_side_that_cannot_be_is_refused_at_its_field_and_what_was_typed_stays(void **state)
{
	struct town t;
	struct visit v;
	build(&t, *state, str_from(two));
	assert_int_equal(get(&v, &t, &t.admin, S("/compare?unit=north&with=atlantis")), 404);
	shows(&v, "No unit “atlantis”");
	shows(&v, "<option value=\"atlantis\" selected>");
	shows(&v, "<option value=\"north\" selected>");
	visit_end(&v);
	assert_int_equal(get(&v, &t, &t.admin, S("/compare?unit=atlantis&with=north")), 404);
	shows(&v, "<option value=\"atlantis\" selected>");
	visit_end(&v);
	assert_int_equal(get(&v, &t, &t.admin, S("/compare?unit=north&with_at=never")), 400);
	shows(&v, "“never” is not a time");
	visit_end(&v);
	/* Who reads one part learns nothing of another, not even its name. */
	assert_int_equal(get(&v, &t, &t.reader, S("/compare?unit=south&with=north")), 404);
	hides(&v, "North");
	visit_end(&v);
	assert_int_equal(get(&v, &t, &t.reader, S("/compare.csv?unit=south&with=north")), 404);
	visit_end(&v);
	raze(&t);
}

/* ---- a sum ---- */

static void a_sum_can_be_checked_by_hand(void **state)
{
	struct town t;
	struct visit v;
	build(&t, *state, str_from(two));
	answer(t.room, "north", 4, 0);
	answer(t.room, "south", 1, 2);
	assert_int_equal(get(&v, &t, &t.admin, S("/units/roll-up?unit=acme&objective=GOV-02.1")), 200);
	shows(&v, "4 + 1 = 5");
	shows(&v, "1000 × 5 = <b>5&#8239;000</b>");
	shows(&v, "1000 × 7 = 7&#8239;000");
	shows(&v, "says nothing itself");
	hides(&v, HOSTILE);
	visit_end(&v);
	assert_int_equal(get(&v, &t, &t.admin, S("/units/roll-up.csv?objective=GOV-02.1")), 200);
	shows(&v, "below,north,North,4,0,0,met,1,1,0,0,0\r\n");
	shows(&v, "total,acme,Acme,5,2,0,not_met,3,2,0,0,0\r\n");
	visit_end(&v);
	assert_int_equal(get(&v, &t, &t.admin, S("/units/roll-up?unit=north&objective=GOV-03.1")), 200);
	shows(&v, "asked once for the whole program");
	visit_end(&v);
	assert_int_equal(get(&v, &t, &t.admin, S("/units/roll-up?objective=GOV-99.1")), 404);
	visit_end(&v);
	raze(&t);
}

/* ---- the tree ---- */

static void a_unit_is_added_changed_removed_and_comes_back(void **state)
{
	struct town t;
	struct visit v;
	build(&t, *state, str_from(two));
	struct pair add[] = {{"name", HOSTILE},       {"parent", "north"}, {"size", "12"},
			     {"deployments", "saas"}, {"since", "always"}, {NULL, NULL}};
	assert_int_equal(post(&v, &t, &t.admin, "/units/tree", add), 303);
	assert_true(str_starts(v.r.location, S("/units/tree?done=added&")));
	assert_true(str_find(v.r.location, S("&tree=2&before=1")) > 0);
	str location = str_copy(&t.arena, v.r.location);
	visit_end(&v);
	assert_int_equal(get(&v, &t, &t.admin, location), 200);
	shows(&v, "&lt;script&gt;alert(1)&lt;/script&gt;");
	shows(&v, "action=\"/units/history/1/restore\"");
	hides(&v, HOSTILE);
	visit_end(&v);
	struct pair set[] = {{"name", "Shop"},   {"parent", "acme"},    {"size", "13"},
			     {"since", "now"},   {"was_name", HOSTILE}, {"was_parent", "north"},
			     {"was_size", "12"}, {"was_types", "4"},    {NULL, NULL}};
	assert_int_equal(post(&v, &t, &t.admin, "/units/tree/script-alert-1-script", set), 303);
	visit_end(&v);
	/* The same form once more, from somebody who has not seen that. */
	assert_int_equal(post(&v, &t, &t.admin, "/units/tree/script-alert-1-script", set), 409);
	shows(&v, "meanwhile");
	shows(&v, "value=\"Shop\"");
	visit_end(&v);
	assert_int_equal(get(&v, &t, &t.admin, S("/units/tree.csv")), 200);
	shows(&v, "script-alert-1-script,acme,Shop,,13\r\n");
	visit_end(&v);
	struct pair gone[] = {{"since", "now"},   {"was_name", "Shop"}, {"was_parent", "acme"},
			      {"was_size", "13"}, {"was_types", "0"},   {NULL, NULL}};
	assert_int_equal(post(&v, &t, &t.admin, "/units/tree/script-alert-1-script/remove", gone), 303);
	visit_end(&v);
	assert_int_equal(get(&v, &t, &t.admin, S("/units/tree/script-alert-1-script")), 404);
	visit_end(&v);
	struct pair undo[] = {{"expected", "4"}, {"since", "always"}, {NULL, NULL}};
	assert_int_equal(post(&v, &t, &t.admin, "/units/history/3/restore", undo), 303);
	visit_end(&v);
	assert_int_equal(post(&v, &t, &t.admin, "/units/history/3/restore", undo), 409);
	shows(&v, "meanwhile");
	visit_end(&v);
	assert_int_equal(get(&v, &t, &t.admin, S("/units/tree/script-alert-1-script")), 200);
	visit_end(&v);
	assert_int_equal(get(&v, &t, &t.admin, S("/units/history")), 200);
	shows(&v, "Tree 5");
	visit_end(&v);
	raze(&t);
}

static void what_was_refused_is_said_at_its_field_and_keeps_what_was_typed(void **state)
{
	static const struct {
		struct pair pairs[7];
		int status;
		const char *says, *keeps;
	} cases[] = {
	    {{{"name", ""}, {"parent", "acme"}}, 400, "A unit needs a name", "<option value=\"acme\" selected>"},
	    {{{"name", "Kept"}, {"parent", "acme"}, {"size", "many"}}, 400, "not a whole number", "value=\"many\""},
	    {{{"name", "Kept"}, {"parent", "nowhere"}}, 404, "No unit “nowhere”", "value=\"Kept\""},
	    {{{"name", "Kept"}, {"parent", "acme"}, {"id", "north"}}, 409, "is there already", "value=\"north\""},
	    {{{"name", "Kept"}, {"parent", "acme"}, {"since", "day"}, {"day", "soon"}}, 400, "is not a day", "Kept"},
	    {{{"name", "Kept"}, {"parent", "acme"}, {"since", "day"}, {"day", "2999-01-01"}},
	     400,
	     "lies ahead",
	     "2999"},
	    {{{"name", "Kept"}, {"parent", "acme"}, {"deployments", "saas"}, {"size", "-1"}},
	     400,
	     "not a whole number",
	     "value=\"saas\" checked"},
	};
	struct town t;
	struct visit v;
	build(&t, *state, str_from(two));
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		assert_int_equal(post(&v, &t, &t.admin, "/units/tree", cases[i].pairs), cases[i].status);
		shows(&v, cases[i].says);
		shows(&v, cases[i].keeps);
		shows(&v, cases[i].pairs[0].value[0] ? "value=\"Kept\"" : "aria-invalid=\"true\"");
		visit_end(&v);
	}
	assert_int_equal(trees(t.room), 1);
	raze(&t);
}

static void only_who_administers_the_whole_changes_the_tree(void **state)
{
	static const char *const addresses[] = {"/units/tree", "/units/tree/south", "/units/tree/south/remove",
						"/units/import", "/units/history/1/restore"};
	struct pair form[] = {{"name", "Mine"}, {"parent", "south"}, {NULL, NULL}};
	struct town t;
	struct visit v;
	build(&t, *state, str_from(two));
	for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
		assert_int_equal(post(&v, &t, &t.reader, addresses[i], form), 403);
		visit_end(&v);
	}
	assert_int_equal(get(&v, &t, &t.reader, S("/units")), 200);
	hides(&v, "/units/tree");
	visit_end(&v);
	assert_int_equal(trees(t.room), 1);
	raze(&t);
}

static void a_file_is_looked_at_before_it_is_imported(void **state)
{
	struct town t;
	struct visit v;
	build(&t, *state, str_from(two));
	/* What is kept between the two steps is one table for the whole server. */
	visit_begin(&v, t.room, S("/units/import"));
	visit_as(&v, &t.admin);
	visit_send(&v, S("text/csv"), S("unit,parent,name\nacme,,Acme\nnorth,acme,\"<b>North</b>\"\n"));
	v.q.file.name = S("u.csv");
	assert_int_equal(visit_answer(&v, "POST"), 303);
	struct request_fields none = {0};
	str location = str_copy(v.q.arena, v.r.location);
	assert_true(str_starts(location, S("/units/import/")));
	assert_int_equal(trees(t.room), 1);
	for (int step = 0; step < 2; step++) {
		v.q.path = v.q.address_text = location;
		v.q.form = none;
		v.r = (struct reply){.body = v.r.body};
		buf_clear(&v.r.body);
		assert_int_equal(visit_answer(&v, "GET"), 200);
		shows(&v, step ? "the tree holds from" : "1 removed");
		hides(&v, "<b>North");
		if (step)
			break;
		v.r = (struct reply){.body = v.r.body};
		buf_clear(&v.r.body);
		assert_int_equal(visit_answer(&v, "POST"), 303);
	}
	visit_end(&v);
	assert_int_equal(trees(t.room), 2);
	raze(&t);
}

#define CASES(X)                                                                                                       \
	X(a_thousand_units_below_one_come_page_by_page), X(a_unit_is_opened_and_shut_by_the_address),                  \
	    X(two_units_stand_side_by_side_and_unknown_is_no_zero), X(the_dates_that_are_asked_for_stand_in_the_form), \
	    X(a_side_that_cannot_be_is_refused_at_its_field_and_what_was_typed_stays),                                 \
	    X(a_sum_can_be_checked_by_hand), X(a_unit_is_added_changed_removed_and_comes_back),                        \
	    X(what_was_refused_is_said_at_its_field_and_keeps_what_was_typed),                                         \
	    X(only_who_administers_the_whole_changes_the_tree), X(a_file_is_looked_at_before_it_is_imported)

STORE_MAIN("web/unit")
