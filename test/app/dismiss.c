/**
 * Dismissing what no register knows: who may, where it holds, and that no number changes by it.
 */
#include "app/dismiss.h"

#include "app/register.h"
#include "app/roles_house.h"

/* chat is registered; probe and toy were only seen, toy in two units. */
static void prepare(const struct room *room)
{
	static const char csv[] = "id,unit,name,registered,last_seen_at\nchat,cards,Chat,true,1970-02-10\n"
				  "probe,cards,Probe,false,1970-02-11\ntoy,cards,Toy,false,1970-02-12\n"
				  "toy,shop,Toy,false,1970-02-13\n";
	struct house h;
	struct view_receipt r;
	struct source from = source_text(S("seen.csv"), str_from(csv));
	struct app_import o = {.format = S("ai_system"), .feed = S("seen"), .observed = at_time(now - TIME_DAY_MS)};
	people_prepare(room);
	ask(&h, room, now);
	RUN(app_import_from(&h.app, &o, &from, &r, err));
	answered(&h);
}

/* What came back, kept when the house is gone. */
struct said {
	char unit[32], author[32], reason[64];
	bool unchanged;
};

static void keep(char *out, size_t room, str text)
{
	(void)snprintf(out, room, "%.*s", STR_ARG(text));
}

static enum status dismiss(const struct room *room, str name, str unit, str because, struct said *out)
{
	struct house h;
	struct view_dismissal v = {0};
	struct err err = {0};
	struct app_dismiss d = {.name = name, .unit = unit, .because = because};
	ask(&h, room, now);
	h.app.actor = S("ada");
	enum status status = app_dismiss_add(&h.app, &d, &v, &err);
	keep(out->unit, sizeof out->unit, v.unit);
	keep(out->author, sizeof out->author, v.author);
	keep(out->reason, sizeof out->reason, v.reason);
	out->unchanged = v.unchanged;
	answered(&h);
	return status;
}

struct counts {
	int64_t open, dismissed;
	size_t n;
};

static struct counts triage(const struct room *room, int of, str unit)
{
	struct house h;
	struct view_register v;
	struct app_register all = {
	    .lens = {.unit = unit}, .kind = EVIDENCE_AI_SYSTEM, .match = {{S("registered"), S("false")}}, .n_match = 1};
	all.of = (unsigned)of;
	ask(&h, room, now);
	RUN(app_register_list(&h.app, &all, &v, err));
	struct counts c = {v.open, v.dismissed, v.n};
	answered(&h);
	return c;
}

static void a_dismissal_holds_at_its_unit_and_below(void **state)
{
	const struct room *room = *state;
	struct said v;
	prepare(room);
	assert_int_equal(triage(room, APP_REGISTER_TRIAGE, S("")).n, 3);
	assert_int_equal(dismiss(room, S("toy"), S("bank"), S("a test"), &v), OK);
	assert_string_equal(v.unit, "bank");
	assert_string_equal(v.author, "ada");
	assert_false(v.unchanged);
	struct counts open = triage(room, APP_REGISTER_TRIAGE, S(""));
	assert_int_equal(open.n, 2); /* probe, and toy of the shop */
	assert_int_equal(open.open, 2);
	assert_int_equal(open.dismissed, 1);
	assert_int_equal(triage(room, APP_REGISTER_DISMISSED, S("")).n, 1);
	assert_int_equal(triage(room, APP_REGISTER_DISMISSED, S("shop")).n, 0);
	assert_int_equal(triage(room, APP_REGISTER_ALL, S("")).n, 3);
	assert_int_equal(dismiss(room, S("toy"), S("bank"), S("again"), &v), OK);
	assert_true(v.unchanged);
	assert_string_equal(v.reason, "a test");
}

static void what_is_taken_back_is_open_again_and_stays_known(void **state)
{
	const struct room *room = *state;
	struct said v;
	struct view_dismissal gone;
	struct house h;
	const struct view_dismissal *list;
	size_t n;
	prepare(room);
	assert_int_equal(dismiss(room, S("probe"), S(""), S("no AI"), &v), OK);
	ask(&h, room, now + 1);
	h.app.actor = S("bob");
	RUN(app_dismiss_revoke(&h.app, S("probe"), S(""), &gone, err));
	assert_true(str_eq(gone.ended_by, S("bob")));
	RUN(app_dismiss_list(&h.app, false, &list, &n, err));
	assert_int_equal(n, 0);
	RUN(app_dismiss_list(&h.app, true, &list, &n, err));
	assert_int_equal(n, 1);
	assert_true(str_eq(list[0].reason, S("no AI")));
	struct err why = {0};
	assert_int_equal(app_dismiss_revoke(&h.app, S("probe"), S(""), &gone, &why), E_NOT_FOUND);
	answered(&h);
	assert_int_equal(triage(room, APP_REGISTER_TRIAGE, S("")).n, 3);
	assert_int_equal(dismiss(room, S("probe"), S(""), S("no AI, looked again"), &v), OK);
	assert_false(v.unchanged);
}

static void what_cannot_be_dismissed_says_why(void **state)
{
	const struct room *room = *state;
	struct said v;
	prepare(room);
	assert_int_equal(dismiss(room, S("chat"), S(""), S("no"), &v), E_CONFLICT);
	/* Who reads a part alone is not told of the registers of others. */
	struct house h;
	struct person p;
	struct view_dismissal none;
	struct err why = {0};
	struct app_dismiss chat = {.name = S("chat"), .unit = S("cards"), .because = S("no")};
	ask_as(&h, room, now, S("somebody"), person(&p, S("somebody"), ACCESS_LEAD, S("cards")));
	assert_int_equal(app_dismiss_add(&h.app, &chat, &none, &why), E_NOT_FOUND);
	assert_non_null(strstr(why.message, "no evidence in"));
	answered(&h);
	assert_int_equal(dismiss(room, S("nobody"), S(""), S("no"), &v), E_NOT_FOUND);
	assert_int_equal(dismiss(room, S("probe"), S("shop"), S("no"), &v), E_NOT_FOUND);
	assert_int_equal(dismiss(room, S("probe"), S("nowhere"), S("no"), &v), E_NOT_FOUND);
	assert_int_equal(dismiss(room, S("probe"), S(""), S(" "), &v), E_INVALID);
	assert_int_equal(triage(room, APP_REGISTER_TRIAGE, S("")).dismissed, 0);
}

static enum status call_add(struct app *app, void *ctx, struct err *err)
{
	(void)ctx;
	struct view_dismissal v;
	return app_dismiss_add(app, &(struct app_dismiss){S("toy"), S("cards"), S("a test")}, &v, err);
}

static enum status call_revoke(struct app *app, void *ctx, struct err *err)
{
	(void)ctx;
	struct view_dismissal v;
	return app_dismiss_revoke(app, S("toy"), S("cards"), &v, err);
}

static void an_assessor_of_the_unit_dismisses_and_who_reads_it_sees_that(void **state)
{
	const struct room *room = *state;
	const struct view_dismissal *list;
	struct house h;
	struct person p;
	size_t n;
	prepare(room);
	people_expect(room, "dismiss", call_add, NULL, S("cards"), S("shop"), ACCESS_ASSESSOR, false);
	ask_as(&h, room, now, S("r"), person(&p, S("r"), ACCESS_READER, S("cards")));
	RUN(app_dismiss_list(&h.app, true, &list, &n, err));
	assert_int_equal(n, 1);
	answered(&h);
	ask_as(&h, room, now, S("r"), person(&p, S("r"), ACCESS_READER, S("shop")));
	RUN(app_dismiss_list(&h.app, true, &list, &n, err));
	assert_int_equal(n, 0);
	answered(&h);
	people_expect(room, "revoke", call_revoke, NULL, S("cards"), S("shop"), ACCESS_ASSESSOR, false);
}

#define CASES(ON)                                                                                                      \
	ON(a_dismissal_holds_at_its_unit_and_below), ON(what_is_taken_back_is_open_again_and_stays_known),             \
	    ON(what_cannot_be_dismissed_says_why), ON(an_assessor_of_the_unit_dismisses_and_who_reads_it_sees_that)
STORE_MAIN("app/dismiss")
