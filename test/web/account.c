/**
 * The pages about oneself, people and registers: a request in, bytes out.
 */
#include "app/people_house.h"

#include "web/page.h"
#include "web/route.h"
#include "web/session.h"

#define FIELDS(...)                                                                                                    \
	((struct request_fields){.n = sizeof((struct request_field[]){__VA_ARGS__}) / sizeof(struct request_field),    \
				 .list = (struct request_field[]){__VA_ARGS__}})

#define HOSTILE "<script>alert(1)</script>"

struct visit {
	struct house house;
	struct access who;
	struct request q;
	struct reply r;
};

static void visit(struct visit *v, const struct room *room, str user, str part)
{
	*v = (struct visit){.r = {.body = BUF(LIMIT_PAGE_BYTES)}};
	ask(&v->house, room, now);
	be(&v->house, user, &v->who);
	v->q.arena = &v->house.arena;
	v->q.app = &v->house.app;
	v->q.file.fd = -1;
	v->q.path = S("/");
	v->q.part[0] = part;
	v->q.user_shown = user;
}

static void left(struct visit *v)
{
	buf_release(&v->r.body);
	answered(&v->house);
}

static bool says(const struct visit *v, const char *text)
{
	return str_find(buf_str(&v->r.body), str_from(text)) >= 0;
}

static void prepare(const struct room *room)
{
	static const char csv[] = "id,unit,name\n" HOSTILE ",lab,=cmd()\n";
	struct house h;
	struct view_receipt r;
	struct source from = source_text(S("register.csv"), str_from(csv));
	struct app_import o = {.format = S("ai_system"), .feed = S(HOSTILE), .observed = at_time(DAY(40))};
	import_units(room, now, (struct app_time){0},
		     S("unit,parent,name\nacme,,A" HOSTILE "\nnorth,acme,=1+2\nlab,north,@lab\nsouth,acme,-\n"));
	use_small_model(room);
	ask(&h, room, now);
	RUN(app_import_from(&h.app, &o, &from, &r, err));
	answered(&h);
	add_user(room, S(HOSTILE), ACCESS_ADMIN, S(""));
	add_user(room, S("reader"), ACCESS_READER, S("south"));
}

static void a_register_says_words_and_the_names_of_units(void **state)
{
	static const char csv[] = "id,unit,name,deployment,registered\nbot,north,Bot,paas,true\n";
	const struct room *room = *state;
	struct house h;
	struct view_receipt r;
	struct visit v;
	struct source from = source_text(S("register.csv"), str_from(csv));
	struct app_import o = {.format = S("ai_system"), .feed = S("cmdb"), .observed = at_time(DAY(40))};
	import_units(room, now, (struct app_time){0}, S("unit,parent,name\nacme,,Acme\nnorth,acme,The North\n"));
	use_small_model(room);
	add_user(room, S("admin"), ACCESS_ADMIN, S(""));
	ask(&h, room, now);
	RUN(app_import_from(&h.app, &o, &from, &r, err));
	answered(&h);
	visit(&v, room, S("admin"), S("ai_system"));
	RUN(page_register(&v.q, &v.r, err));
	assert_true(says(&v, "<span dir=\"auto\">The North</span>"));
	assert_true(says(&v, "<span dir=\"auto\">Managed service</span>"));
	assert_true(says(&v, "<option value=\"paas\">Managed service</option>"));
	assert_true(says(&v, "<option value=\"true\">yes</option>"));
	left(&v);
}

static void people_are_called_as_they_want_to_be_and_the_other_name_is_a_title(void **state)
{
	static const char title[] = "<span class=\"user\" dir=\"auto\" title=\"grace\">Grace &lt;Hopper&gt;</span>";
	const struct room *room = *state;
	struct house h;
	struct access who;
	struct visit v;
	struct view_grant grant;
	struct view_setting setting;
	struct app_user user = {.name = S("grace"), .shown = S("Grace <Hopper>"), .role = ACCESS_ADMIN};
	struct view_user made;
	prepare(room);
	ask(&h, room, now);
	RUN(app_user_add(&h.app, &user, &made, err));
	be(&h, S("grace"), &who);
	RUN(app_user_grant(&h.app, S("reader"), ACCESS_LEAD, S("south"), &grant, err));
	RUN(app_setting_set(&h.app, S("organisation"), S("Acme & Sons"), &setting, err));
	answered(&h);
	static enum status (*const pages[])(struct request * q, struct reply * r, struct err * err) = {
	    page_admin_person, page_admin_audit, page_admin_settings};
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		visit(&v, room, S("grace"), S("reader"));
		RUN(pages[i](&v.q, &v.r, err));
		assert_true(says(&v, title));
		assert_true(says(&v, " · Acme &amp; Sons · aismm</title>"));
		assert_true(
		    says(&v, "<span class=\"of\"><span class=\"user\" dir=\"auto\">Acme &amp; Sons</span></span>"));
		left(&v);
	}
}

static void names_of_any_kind_are_shown_as_text(void **state)
{
	const struct room *room = *state;
	static const struct {
		enum status (*serve)(struct request *q, struct reply *r, struct err *err);
		const char *part, *second;
	} pages[] = {
	    {page_account, "", ""},
	    {page_admin, "", ""},
	    {page_admin_person, HOSTILE, ""},
	    {page_admin_audit, "", ""},
	    {page_admin_health, "", ""},
	    {page_register, "ai_system", ""},
	    {page_register_shadow, "", ""},
	    {page_register_subject, "ai_system", HOSTILE},
	    {page_search, "", ""},
	};
	prepare(room);
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct visit v;
		visit(&v, room, S(HOSTILE), str_from(pages[i].part));
		v.q.part[1] = str_from(pages[i].second);
		v.q.query = FIELDS({S("q"), S("script")});
		RUN(pages[i].serve(&v.q, &v.r, err));
		assert_true(says(&v, "&lt;script&gt;alert(1)"));
		assert_false(says(&v, "<script>alert"));
		left(&v);
	}
}

static void who_is_no_administrator_gets_nothing_from_a_handler(void **state)
{
	const struct room *room = *state;
	static enum status (*const pages[])(struct request * q, struct reply * r, struct err * err) = {
	    page_admin,          page_admin_people_csv,    page_admin_person,       page_admin_person_add,
	    page_admin_audit,    page_admin_audit_csv,     page_admin_audit_verify, page_admin_tokens,
	    page_admin_settings, page_admin_settings_post, page_admin_health,
	};
	prepare(room);
	int64_t rows = audit_rows(room);
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct visit v;
		struct err why = {0};
		visit(&v, room, S("reader"), S(HOSTILE));
		v.q.form = FIELDS({S("name"), S("mallory")});
		assert_int_equal(pages[i](&v.q, &v.r, &why), E_DENIED);
		left(&v);
	}
	assert_int_equal(audit_rows(room), rows);
}

static void a_preference_is_known_with_the_session(void **state)
{
	const struct room *room = *state;
	char cookie[SECRET_TEXT];
	struct visit v;
	struct view_caller caller;
	struct err why;
	prepare(room);
	set_password(room, S("reader"), password);
	assert_int_equal(sign_in(room, now, S("reader"), password, S("::1"), cookie, &why), OK);
	visit(&v, room, S("reader"), S(""));
	v.q.form = FIELDS({S("theme"), S("dark")}, {S("keys"), S("off")});
	RUN(page_account_prefer(&v.q, &v.r, err));
	assert_int_equal(v.r.status, 303);
	left(&v);
	struct house h;
	ask(&h, room, now);
	RUN(app_session_find(&h.app, str_from(cookie), &caller, err));
	assert_true(str_eq(caller.theme, S("dark")));
	assert_true(str_eq(caller.keys, S("off")));
	answered(&h);
	/* And every page says it. */
	visit(&v, room, S("reader"), S(""));
	v.q.theme = S("dark");
	v.q.keys = S("off");
	RUN(page_search(&v.q, &v.r, err));
	assert_true(says(&v, "<html lang=\"en\" data-theme=\"dark\" data-keys=\"off\">"));
	left(&v);
}

static void a_token_is_shown_once_and_a_mistake_says_why(void **state)
{
	const struct room *room = *state;
	struct visit v;
	prepare(room);
	set_password(room, S("reader"), password);
	/* A cookie alone makes no secret: */
	visit(&v, room, S("reader"), S(""));
	v.q.form = FIELDS({S("name"), S("ci")}, {S("role"), S("reader")}, {S("unit"), S("south")});
	RUN(page_account_token(&v.q, &v.r, err));
	assert_int_equal(v.r.status, 403);
	assert_false(says(&v, "value=\"aismm_"));
	left(&v);
	visit(&v, room, S("reader"), S(""));
	v.q.form =
	    FIELDS({S("name"), S("ci")}, {S("role"), S("reader")}, {S("unit"), S("south")}, {S("password"), password});
	RUN(page_account_token(&v.q, &v.r, err));
	assert_true(says(&v, "value=\"aismm_"));
	left(&v);
	visit(&v, room, S("reader"), S(""));
	RUN(page_account(&v.q, &v.r, err));
	assert_false(says(&v, "value=\"aismm_"));
	assert_true(says(&v, "reader at"));
	left(&v);
	/* For more than the person may: nothing is made, and the page says so. */
	visit(&v, room, S("reader"), S(""));
	v.q.form = FIELDS({S("name"), S("ci")}, {S("role"), S("admin")}, {S("password"), password});
	RUN(page_account_token(&v.q, &v.r, err));
	assert_int_equal(v.r.status, 403);
	assert_true(says(&v, "Nothing was changed."));
	assert_false(says(&v, "value=\"aismm_"));
	left(&v);
}

static void no_cell_of_a_csv_is_a_formula(void **state)
{
	const struct room *room = *state;
	struct visit v;
	prepare(room);
	visit(&v, room, S(HOSTILE), S(""));
	RUN(page_csv_units(&v.q, &v.r, err));
	assert_true(str_eq(v.r.type, S("text/csv; charset=utf-8")));
	assert_true(str_eq(v.r.disposition, S("attachment; filename=\"units.csv\"")));
	assert_true(says(&v, "north,'=1+2,acme,"));
	assert_true(says(&v, "lab,'@lab,north,"));
	left(&v);
	visit(&v, room, S(HOSTILE), S("ai_system"));
	RUN(page_register_csv(&v.q, &v.r, err));
	assert_true(says(&v, ",'=cmd(),"));
	left(&v);
	/* A reader of one unit gets that one. */
	visit(&v, room, S("reader"), S("ai_system"));
	RUN(page_register_csv(&v.q, &v.r, err));
	assert_false(says(&v, "cmd"));
	left(&v);
}

static void an_address_may_end_in_csv(void **state)
{
	const struct room *room = *state;
	const struct route *route;
	struct visit v;
	prepare(room);
	visit(&v, room, S("reader"), S(""));
	v.q.path = S("/category/GOV.csv");
	RUN(route_find(&v.q, S("GET"), &v.r, &route, err));
	assert_ptr_equal(route->serve, page_csv_category);
	assert_true(str_eq(v.q.part[0], S("GOV")));
	v.q.path = S("/category/GOV");
	RUN(route_find(&v.q, S("GET"), &v.r, &route, err));
	assert_ptr_equal(route->serve, page_category);
	v.q.path = S("/registers/ai_system/a%2Fb.csv");
	RUN(route_find(&v.q, S("GET"), &v.r, &route, err));
	assert_ptr_equal(route->serve, page_register_subject);
	assert_true(str_eq(v.q.part[1], S("a/b.csv")));
	left(&v);
}

#define CASES(ON)                                                                                                      \
	ON(names_of_any_kind_are_shown_as_text), ON(a_register_says_words_and_the_names_of_units),                     \
	    ON(who_is_no_administrator_gets_nothing_from_a_handler), ON(a_preference_is_known_with_the_session),       \
	    ON(a_token_is_shown_once_and_a_mistake_says_why), ON(no_cell_of_a_csv_is_a_formula),                       \
	    ON(an_address_may_end_in_csv), ON(people_are_called_as_they_want_to_be_and_the_other_name_is_a_title)
STORE_MAIN("web/account")
