/**
 * Forms with what they do not take: each comes back on its page, says why at the field, and keeps what was typed.
 */
#include "web/house.h"

#include "app/answer.h"
#include "app/approval.h"
#include "base/html.h"

enum { FIELDS = 12 };

struct form {
	const char *path, *fields; /* name=value&… */
	int status;
	const char *at;      /* the id of the control at fault; NULL: none */
	const char *keeps;   /* what stands on the page */
	const char *message; /* a part of it */
};

static const struct form forms[] = {
    {"/admin/person", "name=admin&shown=Ida&role=lead&unit=north", 409, "name", "value=\"Ida\"", "There is a user"},
    {"/admin/person", "name=ida&shown=Ida&role=lead&unit=nowhere", 404, "unit", "value=\"lead\" selected",
     "No unit “nowhere”"},
    {"/admin/person/victim/grant", "role=admin&unit=north", 400, NULL, "value=\"admin\" selected",
     "An administrator is one for everything"},
    {"/admin/person/victim/grant", "role=reader&unit=nowhere", 404, "unit", "value=\"nowhere\"", "No unit"},
    {"/admin/person/victim/revoke", "role=lead&unit=north", 404, NULL, "Roles", "is not granted the role"},
    {"/admin/settings", "name=expiry.days&value=kept+value", 400, "v-expiry.days", "value=\"kept value\"",
     "no whole number from 1 to 366"},
    {"/admin/assignment", "objective=GOV-99.9&unit=north&user=victim&due=2031-02-03", 404, "objective",
     "value=\"2031-02-03\"", "no objective “GOV-99.9”"},
    {"/admin/assignment", "objective=GOV-02.1&unit=north&user=nobody&due=", 404, "user", "value=\"GOV-02.1\"",
     "No user “nobody”"},
    {"/admin/assignment", "objective=GOV-02.1&unit=north&user=victim&due=soon", 400, "due", "value=\"soon\"",
     "is not a day"},
    {"/admin/token/end", "id=99", 404, NULL, "Tokens", "No token 99"},
    {"/account/name", "shown=", 400, "shown", "Your account", "Nothing was changed"},
    {"/account/password", "current=wrong+wrong+wrong&new=three+quiet+lanterns", 403, "current", "Your account",
     "The password is wrong"},
    {"/account/password", "current=kettle+and+ocean&new=short", 400, "new", "Your account", "is shorter than"},
    {"/account/token", "name=ci&role=reader&feed=&unit=nowhere&expires=&password=kettle+and+ocean", 404, "unit",
     "value=\"ci\"", "No unit"},
    {"/account/token", "name=ci&role=reader&feed=&unit=&expires=2001-01-01&password=kettle+and+ocean", 400, "expires",
     "value=\"2001-01-01\"", "Nothing was changed"},
    {"/account/token", "name=ci&role=&feed=&unit=&expires=", 400, "feed", "<details class=\"fold\" open>",
     "A token has a role or a feed"},
    {"/targets/GOV", "unit=north&level=3&due=2031-02-03&because=&owner=Ida&approver=", 400, "t-why", "value=\"Ida\"",
     "The reason is empty"},
    {"/targets/GOV", "unit=north&level=3&due=&because=enough+for+us&owner=Ida&approver=", 400, "t-due", "enough for us",
     "needs the day"},
    {"/targets/GOV", "unit=north&level=3&due=2031-02-03&because=enough&owner=Ida&approver=admin", 400, "f-approver",
     "value=\"admin\"", "cannot approve an own target"},
    {"/targets/GOV/withdraw", "unit=north&because=gone", 404, NULL, "Target of", "has no target of its own"},
    {"/registers/approval", "system=chat&in=north&deployment=saas&because=", 400, "because",
     "<details class=\"fold\" open>", "The reason is empty"},
    {"/objective/GOV-02.1/answer",
     "unit=north&answer=na&population=1&because=&expected=0&here=/objective/GOV-02.1%3Funit%3Dnorth", 400, "a-because",
     "value=\"na\" data-key=\"a\" checked", "needs its justification"},
    {"/objective/GOV-02.1/answer",
     "unit=north&answer=count&population=1&yes=many&no=2&unknown=0&because=so+it+is&expected=0&here=/assess/"
     "GOV-02.1%3Funit%3Dnorth",
     400, "a-yes", "so it is", "is no count for yes"},
    {"/objective/GOV-02.1/comment", "unit=north&body=&here=/objective/GOV-02.1%3Funit%3Dnorth", 400, "c-body",
     "Discussion", "The comment is empty"},
    {"/units/tree", "name=Kept&parent=acme&size=many", 400, "u-size", "value=\"Kept\"",
     "The size is not a whole number"},
    {"/units/tree", "name=Kept&parent=nowhere&since=always", 404, "u-parent", "value=\"always\" checked",
     "No unit “nowhere”"},
    {"/units/tree/north/remove", "since=day&day=soon", 400, "r-day", "value=\"day\" checked", "“soon” is not a day"},
    {"/start", "organisation=", 400, NULL, "fair place to start", "has no name"},
};

static void send_form(struct visit *v, const struct room *room, const struct visitor *who, const char *path,
		      const char *fields)
{
	visit_begin(v, room, str_from(path));
	visit_as(v, who);
	RUN(request_fields_read(str_from(fields), v->q.arena, &v->q.form, err));
}

static void build(const struct room *room, struct arena *a, struct visitor *admin)
{
	struct house h;
	struct view_receipt r;
	struct source from = source_text(S("register.csv"), S("id,unit,name\nchat,north,Chat\n"));
	struct app_import o = {.format = S("ai_system"), .feed = S("reg"), .observed = at_time(now - TIME_DAY_MS)};
	organise(room);
	use_small_model(room);
	ask(&h, room, now);
	RUN(app_import_from(&h.app, &o, &from, &r, err));
	answered(&h);
	add_user(room, S("victim"), ACCESS_RESPONDENT, S("north"));
	add_user(room, S("admin"), ACCESS_ADMIN, S(""));
	set_password(room, S("admin"), password);
	*admin = visitor_of(room, S("admin"), a);
}

static bool says_so(const struct visit *v, const char *message)
{
	struct buf b = BUF(1024);
	html_text(&b, str_from(message));
	bool found = str_find(buf_str(&v->r.body), buf_str(&b)) >= 0;
	buf_release(&b);
	return found;
}

/* -> how many things are wrong; each is told. */
static int check(const struct visit *v, const struct form *f, int status)
{
	char fault[64];
	(void)snprintf(fault, sizeof fault, "aria-describedby=\"%s-e", f->at ? f->at : "");
	const struct {
		bool right;
		const char *what;
	} all[] = {
	    {status == f->status, "status"},
	    {!v->r.location.n, "it leads away"},
	    {visit_shows(v, f->keeps), "what was typed"},
	    {says_so(v, f->message), "the reason"},
	    {visit_shows(v, "role=\"alert\"") && visit_shows(v, "Nothing was changed"), "the summary"},
	    {f->at ? visit_shows(v, fault) && visit_shows(v, "aria-invalid") : !visit_shows(v, "aria-invalid"),
	     "the field"},
	};
	int wrong = 0;
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		if (!all[i].right)
			print_message("%s %s: %s (%d %s)\n", f->path, f->fields, all[i].what, status, v->why.message);
		wrong += !all[i].right;
	}
	return wrong;
}

static void a_refused_form_comes_back_with_the_reason_and_what_was_typed(void **state)
{
	const struct room *room = *state;
	struct arena arena = ARENA(1 << 20);
	struct visitor admin;
	int wrong = 0;
	build(room, &arena, &admin);
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		struct visit v;
		send_form(&v, room, &admin, forms[i].path, forms[i].fields);
		wrong += check(&v, &forms[i], visit_answer(&v, "POST"));
		visit_end(&v);
	}
	arena_release(&arena);
	assert_int_equal(wrong, 0);
}

static void a_password_never_comes_back(void **state)
{
	const struct room *room = *state;
	struct arena arena = ARENA(1 << 20);
	struct visitor admin;
	struct visit v;
	build(room, &arena, &admin);
	send_form(&v, room, &admin, "/account/password", "current=open+sesame&new=unfit+word");
	assert_int_equal(visit_answer(&v, "POST"), 400);
	assert_false(visit_shows(&v, "open sesame"));
	assert_false(visit_shows(&v, "unfit word"));
	visit_end(&v);
	arena_release(&arena);
}

/* Of several forms with one path the one that was sent comes back, and no other. */
static void the_form_that_was_sent_is_the_one_that_comes_back(void **state)
{
	const struct room *room = *state;
	struct arena arena = ARENA(1 << 20);
	struct visitor admin;
	struct visit v;
	struct house h;
	struct view_approval made;
	struct view_answer answer;
	char fields[256];
	build(room, &arena, &admin);
	ask(&h, room, now);
	struct app_approval_request request = {
	    .system = S("chat"), .unit = S("north"), .deployment = MODEL_SAAS, .because = S("a trial")};
	h.app.actor = S("victim");
	RUN(app_approval_request(&h.app, &request, &made, err));
	for (int i = 0; i < 2; i++) {
		struct app_answer a = {.objective = i ? S("GOV-04.1") : S("GOV-02.1"),
				       .unit = S("north"),
				       .tally = {1, 0, 0},
				       .because = S("so")};
		RUN(app_answer(&h.app, &a, &answer, err));
	}
	answered(&h);
	(void)snprintf(fields, sizeof fields, "id=%lld&act=review&words=&system=chat&in=north", (long long)made.id);
	send_form(&v, room, &admin, "/registers/approval/step", fields);
	assert_int_equal(visit_answer(&v, "POST"), 400);
	assert_true(visit_shows(&v, "aria-describedby=\"review-e\""));
	assert_false(visit_shows(&v, "aria-describedby=\"reject-e\""));
	visit_end(&v);
	(void)snprintf(fields, sizeof fields, "seq=%lld&unit=north&comment=", (long long)answer.seq);
	send_form(&v, room, &admin, "/review/return", fields);
	assert_int_equal(visit_answer(&v, "POST"), 400);
	(void)snprintf(fields, sizeof fields, "aria-describedby=\"r-c%lld-e", (long long)answer.seq);
	assert_true(visit_shows(&v, fields));
	visit_end(&v);
	(void)snprintf(fields, sizeof fields, "seq=%lld&unit=north&comment=I+have+seen+it", (long long)answer.seq);
	send_form(&v, room, &admin, "/review/confirm", fields);
	assert_int_equal(visit_answer(&v, "POST"), 400);
	assert_true(visit_shows(&v, ">I have seen it</textarea>"));
	assert_true(visit_shows(&v, "No document stands behind this answer"));
	visit_end(&v);
	arena_release(&arena);
}

/* The file itself, as an attachment; on PostgreSQL its own tools are named instead. */
static void a_copy_of_the_store_is_for_an_administrator_who_proves_it(void **state)
{
	const struct room *room = *state;
	struct arena arena = ARENA(1 << 20);
	struct visitor admin;
	struct visit v;
	char start[16];
	build(room, &arena, &admin);
	send_form(&v, room, &admin, "/admin/backup", "password=open+sesame");
	assert_int_equal(visit_answer(&v, "POST"), 403);
	assert_true(visit_shows(&v, "aria-describedby=\"password-e\"") || (room->engine == DB_POSTGRES));
	assert_false(v.r.file.is);
	visit_end(&v);
	send_form(&v, room, &admin, "/admin/backup", "password=kettle+and+ocean");
	int status = visit_answer(&v, "POST");
	if ((room->engine == DB_POSTGRES)) {
		assert_int_equal(status, 400);
		assert_true(visit_shows(&v, "pg_dump"));
	} else {
		assert_int_equal(status, 200);
		assert_true(str_starts(v.r.disposition, S("attachment; filename=\"aismm-")));
		assert_true(v.r.file.is && v.r.file.bytes > 100000);
		assert_int_equal(pread(v.r.file.fd, start, sizeof start, 0), sizeof start);
		assert_memory_equal(start, "SQLite format 3", sizeof start);
		assert_int_equal(close(v.r.file.fd), 0);
	}
	visit_end(&v);
	send_form(&v, room, &admin, "/admin/backup", "");
	assert_int_equal(visit_answer(&v, "GET"), 200);
	assert_true(visit_shows(&v, (room->engine == DB_POSTGRES) ? "pg_restore" : "The last copy was taken"));
	visit_end(&v);
	arena_release(&arena);
}

/* What is denied for want of a role is no matter of the form. */
static void who_may_not_sees_no_form(void **state)
{
	const struct room *room = *state;
	struct arena arena = ARENA(1 << 20);
	struct visitor admin;
	struct visit v;
	build(room, &arena, &admin);
	add_user(room, S("reader"), ACCESS_READER, S(""));
	set_password(room, S("reader"), password);
	struct visitor reader = visitor_of(room, S("reader"), &arena);
	send_form(&v, room, &reader, "/targets/GOV", "unit=north&level=9");
	assert_int_equal(visit_answer(&v, "POST"), 403);
	assert_false(visit_shows(&v, "Set target"));
	visit_end(&v);
	arena_release(&arena);
}

/* Two leads set what is expected of a feed: the later one is shown what the other has said, and keeps what was typed.
 */
static void what_is_expected_of_a_feed_is_not_overwritten_unseen(void **state)
{
	const struct room *room = *state;
	struct arena a = ARENA(1 << 20);
	struct visitor admin;
	struct visit v;
	struct house h;
	struct view_feed feed;
	build(room, &a, &admin);
	send_form(&v, room, &admin, "/evidence/feed/reg", "seen_owner=&seen_every=0&owner=Ida&every=7&span=days");
	assert_int_equal(visit_answer(&v, "POST"), 303);
	visit_end(&v);
	send_form(&v, room, &admin, "/evidence/feed/reg", "seen_owner=&seen_every=0&owner=Bo&every=36&span=hours");
	assert_int_equal(visit_answer(&v, "POST"), 409);
	assert_true(says_so(&v, "was changed meanwhile"));
	assert_true(visit_shows(&v, "value=\"Bo\""));
	assert_true(visit_shows(&v, "value=\"36\""));
	assert_true(visit_shows(&v, "value=\"hours\" selected"));
	/* Who sends it once more has seen it. */
	assert_true(visit_shows(&v, "name=\"seen_owner\" value=\"Ida\""));
	assert_true(visit_shows(&v, "name=\"seen_every\" value=\"604800000\""));
	visit_end(&v);
	ask(&h, room, now);
	RUN(app_feed_show(&h.app, S("reg"), (struct app_time){0}, &feed, err));
	assert_true(str_eq(feed.owner, S("Ida")));
	assert_int_equal(feed.every_ms, 7 * TIME_DAY_MS);
	answered(&h);
	send_form(&v, room, &admin, "/evidence/feed/reg",
		  "seen_owner=Ida&seen_every=604800000&owner=Bo&every=36&span=hours");
	assert_int_equal(visit_answer(&v, "POST"), 303);
	visit_end(&v);
	arena_release(&a);
}

#define CASES(X)                                                                                                       \
	X(a_refused_form_comes_back_with_the_reason_and_what_was_typed), X(a_password_never_comes_back),               \
	    X(the_form_that_was_sent_is_the_one_that_comes_back), X(who_may_not_sees_no_form),                         \
	    X(a_copy_of_the_store_is_for_an_administrator_who_proves_it),                                              \
	    X(what_is_expected_of_a_feed_is_not_overwritten_unseen)

STORE_MAIN("refused")
