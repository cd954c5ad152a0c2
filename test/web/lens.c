/**
 * The lens in an address: what a day means, where the numbers are fixed, and since when there is a unit.
 */
#include "web/house.h"

#include "app/answer.h"

struct place {
	const struct room *room;
	struct arena arena;
	struct visitor admin, reader;
};

/* It is 3 January 2024, 22:13:20. The unit new, with the reader's south beside it, is there since the day before. */
static void build(struct place *p, const struct room *room)
{
	*p = (struct place){.room = room, .arena = ARENA(1 << 20)};
	import_units(room, now, (struct app_time){0}, S("unit,parent\nacme,\nnorth,acme\nsouth,acme\n"));
	import_units(room, now, at_time(now - TIME_DAY_MS),
		     S("unit,parent\nacme,\nnorth,acme\nnew,north\nsouth,acme\n"));
	use_small_model(room);
	add_user(room, S("admin"), ACCESS_ADMIN, S(""));
	set_password(room, S("admin"), password);
	p->admin = visitor_of(room, S("admin"), &p->arena);
	add_user(room, S("reader"), ACCESS_READER, S("south"));
	set_password(room, S("reader"), password);
	p->reader = visitor_of(room, S("reader"), &p->arena);
}

static void answer(const struct room *room, int64_t observed_ms)
{
	struct house h;
	struct view_answer out;
	struct app_answer a = {
	    .objective = S("GOV-02.1"), .unit = S("south"), .tally = {1, 0, 0}, .observed = at_time(observed_ms)};
	ask(&h, room, now);
	RUN(app_answer(&h.app, &a, &out, err));
	answered(&h);
}

static int get(struct visit *v, const struct place *p, const struct visitor *who, const char *address)
{
	visit_begin(v, p->room, str_from(address));
	visit_as(v, who);
	return visit_answer(v, "GET");
}

static void shows(const struct visit *v, const char *text)
{
	if (!visit_shows(v, text))
		fail_msg("%.*s does not show %s:\n%.*s", STR_ARG(v->q.address_text), text,
			 STR_ARG(buf_str(&v->r.body)));
}

static void hides(const struct visit *v, const char *text)
{
	if (visit_shows(v, text))
		fail_msg("%.*s shows %s", STR_ARG(v->q.address_text), text);
}

/* Byte for byte. */
static void show_the_same(const struct place *p, const char *one, const char *other)
{
	struct visit a, b;
	assert_int_equal(get(&a, p, &p->admin, one), 200);
	assert_int_equal(get(&b, p, &p->admin, other), 200);
	if (!str_eq(buf_str(&a.r.body), buf_str(&b.r.body)))
		fail_msg("%s and %s differ", one, other);
	visit_end(&a);
	visit_end(&b);
}

static void a_day_is_seen_as_it_ended_and_today_as_it_is_now(void **state)
{
	struct place p;
	struct visit v;
	build(&p, *state);
	answer(p.room, now - TIME_DAY_MS); /* 2 January, 22:13:20 */
	show_the_same(&p, "/category/GOV?at=2024-01-02", "/category/GOV?at=2024-01-02T23:59:59.999Z");
	show_the_same(&p, "/category/GOV?at=2024-01-03", "/category/GOV");
	show_the_same(&p, "/category/GOV?vs=2024-01-02", "/category/GOV?vs=2024-01-02T23:59:59.999Z");
	show_the_same(&p, "/category/GOV?vs=2024-01-03", "/category/GOV?vs=2024-01-03T22:13:20Z");
	show_the_same(&p, "/compare.csv?with_at=2024-01-02", "/compare.csv?with_at=2024-01-02T23:59:59.999Z");
	assert_int_equal(get(&v, &p, &p.admin, "/?at=2024-01-02"), 200);
	shows(&v, "at=2024-01-02T23%3A59%3A59.999Z");
	shows(&v, "computed from the facts of that date");
	hides(&v, "in the future");
	hides(&v, "amp;amp;");
	hides(&v, "href=\"/category/GOV\""); /* every link keeps the lens, the spokes of the radar too */
	visit_end(&v);
	assert_int_equal(get(&v, &p, &p.admin, "/?at=2024-01-03"), 200);
	hides(&v, "You see ");
	hides(&v, "?at=2024");
	hides(&v, ";at=2024");
	visit_end(&v);
	assert_int_equal(get(&v, &p, &p.admin, "/?at=2024-01-32"), 400);
	visit_end(&v);
	arena_release(&p.arena);
}

static void a_form_that_nobody_changed_shows_what_was_shown(void **state)
{
	struct place p;
	struct visit v;
	build(&p, *state);
	answer(p.room, now - TIME_DAY_MS);
	assert_int_equal(get(&v, &p, &p.admin, "/category/GOV?at=2024-01-02T08:00:00Z"), 200);
	shows(&v, "<input type=\"date\" name=\"at\" id=\"pick-at-day\" value=\"2024-01-02\">"
		  "<input type=\"hidden\" name=\"at_is\" value=\"2024-01-02T08:00:00Z\">");
	visit_end(&v);
	show_the_same(&p, "/category/GOV?at=2024-01-02&at_is=2024-01-02T08:00:00Z",
		      "/category/GOV?at=2024-01-02T08:00:00Z");
	show_the_same(&p, "/category/GOV?at=2024-01-02&at_is=2024-01-01T08:00:00Z", "/category/GOV?at=2024-01-02");
	assert_int_equal(get(&v, &p, &p.admin, "/category/GOV"), 200); /* against the first that was known */
	shows(&v, "value=\"2024-01-02\"><input type=\"hidden\" name=\"vs_is\" value=\"2024-01-02T22:13:20Z\">");
	hides(&v, "name=\"at_is\"");
	visit_end(&v);
	show_the_same(&p, "/category/GOV?vs=2024-01-02&vs_is=2024-01-02T22:13:20Z",
		      "/category/GOV?vs=2024-01-02T22:13:20Z");
	arena_release(&p.arena);
}

static void the_future_is_announced_and_takes_no_answer(void **state)
{
	struct place p;
	struct visit v;
	build(&p, *state);
	assert_int_equal(get(&v, &p, &p.admin, "/objective/GOV-02.1?unit=south"), 200);
	shows(&v, "name=\"answer\"");
	visit_end(&v);
	assert_int_equal(get(&v, &p, &p.admin, "/objective/GOV-02.1?unit=south&at=2024-01-04"), 200);
	shows(&v, ", in the future: what holds if nothing is added. Nothing can be changed here.");
	hides(&v, "name=\"answer\"");
	visit_end(&v);
	arena_release(&p.arena);
}

/* What is done today takes no instant: nothing says that it cannot be done, and no link leads on to that instant. */
static void a_page_about_today_takes_no_instant(void **state)
{
	static const char *const pages[] = {"/review?unit=south&at=2024-01-02", "/assess?unit=south&at=2024-01-04",
					    "/assess/GOV-02.1?unit=south&at=2024-01-02",
					    "/evidence/import?unit=south&at=2024-01-02", "/start?at=2024-01-02"};
	struct place p;
	struct visit v;
	build(&p, *state);
	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
		assert_int_equal(get(&v, &p, &p.admin, pages[i]), 200);
		hides(&v, "Nothing can be changed here");
		hides(&v, "at=2024");
		hides(&v, "pick-at");
		visit_end(&v);
	}
	assert_int_equal(get(&v, &p, &p.admin, pages[2]), 200);
	shows(&v, "name=\"answer\"");
	visit_end(&v);
	arena_release(&p.arena);
}

/* A feed that has not spoken yet is not a feed that is well. */
static void a_feed_is_not_there_before_it_has_handed_in_anything(void **state)
{
	struct place p;
	struct visit v;
	build(&p, *state);
	hand_in(p.room, S("hr"), S("south"), S("id,unit,active\np1,south,true\n")); /* 2 January, 22:13:20 */
	assert_int_equal(get(&v, &p, &p.admin, "/evidence?at=2024-01-01"), 200);
	shows(&v, "No feed has handed in anything yet.");
	hides(&v, "well");
	hides(&v, "/evidence/feed/hr");
	hides(&v, "Import a first file");
	visit_end(&v);
	assert_int_equal(get(&v, &p, &p.admin, "/?at=2024-01-01"), 200);
	hides(&v, "Every feed is fresh");
	visit_end(&v);
	assert_int_equal(get(&v, &p, &p.admin, "/evidence/feed/hr?at=2024-01-01"), 404);
	shows(&v, "had handed in nothing by 2024-01-01");
	visit_end(&v);
	assert_int_equal(get(&v, &p, &p.admin, "/evidence?at=2024-01-02"), 200);
	shows(&v, "1 feed, and it is well.");
	shows(&v, "/evidence/feed/hr");
	visit_end(&v);
	arena_release(&p.arena);
}

static void a_unit_that_was_not_there_yet_is_found_where_it_begins(void **state)
{
	struct place p;
	struct visit v;
	build(&p, *state);
	assert_int_equal(get(&v, &p, &p.admin, "/category/GOV?unit=new&at=2024-01-01"), 404);
	shows(&v, "exists only since 2024-01-02");
	shows(&v, "href=\"/category/GOV?unit=new&amp;at=2024-01-02T22%3A13%3A20Z\">As of ");
	shows(&v, "href=\"/category/GOV?unit=new\">Now</a>");
	visit_end(&v);
	assert_int_equal(get(&v, &p, &p.admin, "/category/GOV?unit=new&at=2024-01-02"), 200);
	visit_end(&v);
	assert_int_equal(get(&v, &p, &p.admin, "/category/GOV?unit=none&at=2024-01-01"), 404);
	hides(&v, "exists only since");
	visit_end(&v);
	assert_int_equal(get(&v, &p, &p.reader, "/category/GOV?unit=new&at=2024-01-01"), 404);
	hides(&v, "exists only since"); /* it is not theirs to see */
	visit_end(&v);
	arena_release(&p.arena);
}

#define CASES(X)                                                                                                       \
	X(a_day_is_seen_as_it_ended_and_today_as_it_is_now), X(a_form_that_nobody_changed_shows_what_was_shown),       \
	    X(the_future_is_announced_and_takes_no_answer), X(a_unit_that_was_not_there_yet_is_found_where_it_begins), \
	    X(a_page_about_today_takes_no_instant), X(a_feed_is_not_there_before_it_has_handed_in_anything)

STORE_MAIN("web/lens")
