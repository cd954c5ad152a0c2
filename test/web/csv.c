/**
 * Tables as CSV: the header, and the rows of what the page beside it shows.
 */
#include "web/house.h"

#include "app/approval.h"
#include "app/feed.h"
#include "base/time.h"

/* Something in every table; -> the administrator who asks for them. */
static struct visitor prepare(const struct room *room, struct arena *a)
{
	struct house h;
	struct view_assignment assigned;
	struct view_approval asked;
	struct view_feed feed;
	struct view_answer said;
	struct app_feed_setting promise = {.every_given = true, .every_ms = 7 * TIME_DAY_MS};
	struct app_answer answer = {.objective = S("GOV-03.1"), .tally = {3, 0, 0}, .because = S("four were asked")};
	organise(room);
	use_small_model(room);
	add_user(room, S("admin"), ACCESS_ADMIN, S(""));
	set_password(room, S("admin"), password);
	struct visitor admin = visitor_of(room, S("admin"), a);
	(void)token_of(room,
		       &(struct app_token){.name = S("f"), .user = S("admin"), .feed = S("hr"), .unit = S("north")}, a);
	hand_in(room, S("hr"), S("north"), S("id,unit,active\np1,north,true\n"));
	hand_in_as(room, S("cmdb"), S("north"), S("ai_system"), S("id,unit,name\nbot,north,Bot\n"));
	hand_in_as(room, S("agents"), S("north"), S("agent"), S("id,unit,ai_system_id\na1,north,rover\n"));
	hand_in_as(room, S("tools"), S("north"), S("tool"), S("id,unit,ai_system_id\nt1,north,rover\n"));
	ask(&h, room, now);
	RUN(app_feed_set(&h.app, S("hr"), &promise, &feed, err));
	RUN(app_answer(&h.app, &answer, &said, err));
	RUN(app_assign_add(&h.app,
			   &(struct app_assign){.objective = S("GOV-02.1"), .unit = S("north"), .user = S("admin")},
			   &assigned, err));
	h.app.actor = S("admin");
	RUN(app_approval_request(
	    &h.app,
	    &(struct app_approval_request){
		.system = S("bot"), .unit = S("north"), .deployment = MODEL_SAAS, .because = S("w")},
	    &asked, err));
	answered(&h);
	return admin;
}

static void every_table_comes_as_csv(void **state)
{
	static const struct {
		const char *address, *page, *text;
	} tables[] = {
	    {"/registers/approvals.csv", "/registers/approvals",
	     "approval,system,unit,deployment,state,requested_by,requested,last_step,good_until\r\n"
	     "1,bot,north,saas,requested,admin,"},
	    {"/registers/approvals.csv?waiting=1", "/registers/approvals?waiting=1",
	     "1,bot,north,saas,requested,admin,"},
	    {"/admin/assignments.csv", "/admin/assignments",
	     "objective,unit,user,shown,due,overdue,by\r\nGOV-02.1,north,admin,admin,,false,tester\r\n"},
	    {"/admin/assignments.csv?text=none", "/admin/assignments?text=none",
	     "objective,unit,user,shown,due,overdue,by\r\n"},
	    {"/admin/tokens.csv", "/admin/tokens", "token,prefix,user,role,unit,feed,good_until,last_used\r\nf,"},
	    {"/evidence/feed/hr/files.csv", "/evidence/feed/hr",
	     "observed,file,sha256,bytes,format,imported,by\r\n2024-01-02T22:13:20Z,"},
	    {"/category/GOV/units.csv", "/category/GOV",
	     "unit,name,parent,level,level_evidenced,level_at_most,index,index_evidenced,index_at_most\r\n"
	     "north,north,acme,1,1,5,1.00,1.00,5.00\r\nlab,lab,north,1,1,5,1.00,1.00,5.00\r\n"},
	    {"/category/GOV/deployments.csv", "/category/GOV",
	     "deployment,objectives,of,level,level_evidenced,level_at_most,index,index_evidenced,index_at_most\r\n"
	     "self_hosted,4,4,1,1,5,1.00,1.00,5.00\r\n"},
	    {"/overview.csv", "/", "met_5,of_5,index_change,row\r\nGOV,G,1,1,5,1.00,1.00,5.00,0,0,0,1,1,1,"},
	    {"/overview.csv", "/", ",,category\r\nd,D,1,,,1.00,1.00,5.00,,,,,,,,,,,,domain\r\nprogram,,1,"},
	    {"/objective/GOV-03.1/units.csv", "/objective/GOV-03.1",
	     "unit,name,parent,yes,no,unknown,verdict,row,source,basis,author,reviewer,left_out,observed,expires,stale,"
	     "override_until,because,error\r\n"},
	    {"/objective/GOV-03.1/units.csv", "/objective/GOV-03.1",
	     "acme,acme,,3,0,0,met,sum,,,,,,,,,,,\r\n"
	     "acme,acme,,3,0,0,,source,answer,attested,tester,,,"},
	    {"/objective/GOV-03.1/measures.csv", "/objective/GOV-03.1", "at,yes,unknown,no\r\n"},
	    {"/evidence/feeds.csv", "/evidence", "objectives,too_old,every_hours,kinds\r\n"},
	    {"/evidence/feeds.csv", "/evidence", ",0,0,168,person\r\n"},
	    {"/evidence/unresolved.csv", "/evidence/unresolved",
	     "name,rows,uses,discovered,suggestions\r\nrover,2,\"1 agent in agents; 1 tool in tools\",false,\r\n"},
	    {"/registers/shadow.csv", "/registers/shadow",
	     "system,name,unit,found_by,last_seen,dismissed_because,dismissed_by,dismissed,dismissed_for\r\n"
	     "rover,"},
	    {"/registers/shadow.csv?of=dismissed", "/registers/shadow?of=dismissed",
	     "system,name,unit,found_by,last_seen,dismissed_because,dismissed_by,dismissed,dismissed_for\r\n"},
	    {"/account/sessions.csv", "/account",
	     "browser,address,since,last_used,by,second_factor,this_one\r\ntest,192.0.2.1,"},
	    {"/account/tokens.csv", "/account", "token,prefix,user,role,unit,feed,good_until,last_used\r\nf,"},
	};
	const struct room *room = *state;
	struct arena a = ARENA(1 << 20);
	struct visitor admin = prepare(room, &a);
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
		struct visit v;
		visit_begin(&v, room, str_from(tables[i].address));
		visit_as(&v, &admin);
		int status = visit_answer(&v, "GET");
		if (status != 200 || !visit_shows(&v, tables[i].text))
			fail_msg("%s: %d\n%.*s", tables[i].address, status, STR_ARG(buf_str(&v.r.body)));
		visit_end(&v);
		visit_begin(&v, room, str_from(tables[i].page));
		visit_as(&v, &admin);
		assert_int_equal(visit_answer(&v, "GET"), 200);
		if (!visit_shows(&v, tables[i].address))
			fail_msg("%s does not lead to %s", tables[i].page, tables[i].address);
		visit_end(&v);
	}
	arena_release(&a);
}

#define CASES(X) X(every_table_comes_as_csv)

STORE_MAIN("web/csv")
