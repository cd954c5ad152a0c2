/**
 * Approval of deployments: four eyes, one undecided request at a time, and each decision counted by the checks as what
 * the register says.
 */
#include "app/roles_house.h"

#include "app/approval.h"

static const char approval_model[] =
    "schema: aismm.model/1\nid: a\nversion: \"1.0.0\"\ntitle: T\ndomains: [{id: d, title: D}]\ncategories:\n"
    "  - id: GOV\n    domain: d\n    title: G\n    objectives:\n"
    "      - id: GOV-02.1\n        title: T\n        kpi: K\n        threshold: 1\n        window: P90D\n"
    "        mode: automated\n        subject: ai_system\n        empty: not_applicable\n        check: |\n"
    "          SELECT s.unit_id, s.id AS subject,\n"
    "                 CASE WHEN s.approved = 0 OR s.approval_expires_at <= $1 THEN 0\n"
    "                      WHEN s.approved = 1 AND coalesce(s.approved_at, $1) <= $1 THEN 1 ELSE NULL END AS meets\n"
    "            FROM ai_system s\n"
    "      - {id: GOV-03.1, title: T, kpi: K, threshold: 1, window: P90D}\n"
    "      - {id: GOV-04.1, title: T, kpi: K, threshold: 1, window: P90D}\n"
    "      - {id: GOV-05.1, title: T, kpi: K, threshold: 1, window: P90D}\n";

/* The register as a file says it, of every unit. */
static void import_register(const struct room *room, int64_t observed_ms, const char *csv)
{
	char path[PATH_BYTES];
	struct err why = {0};
	str covers[] = {S("acme"), S("bank"), S("cards"), S("shop")};
	struct app_import o = {.feed = S("register"),
			       .format = S("ai_system"),
			       .observed = at_time(observed_ms),
			       .covers = covers,
			       .n_covers = 4,
			       .replace = true};
	str file = put_file(room, "register.csv", str_from(csv), path);
	if (try_import(room, observed_ms, &o, &file, 1, NULL, &why) != OK)
		fail_msg("%s", why.message);
}

static void prepare(const struct room *room)
{
	import_units(room, DAY(1), (struct app_time){0}, str_from(people_units));
	use_model(room, DAY(1), str_from(approval_model), S("a"));
	import_register(room, DAY(45), "id,unit,name\nchatbot,cards,Chatbot\ntriage,shop,Triage\n");
}

static enum status ask_for(const struct room *room, int64_t at_ms, str actor, str system, str unit, int64_t *id,
			   struct err *why)
{
	struct house h;
	struct view_approval v = {0};
	struct app_approval_request r = {
	    .system = system, .unit = unit, .deployment = MODEL_SAAS, .because = S("needed")};
	*why = (struct err){0};
	ask_as(&h, room, at_ms, actor, NULL);
	enum status status = app_approval_request(&h.app, &r, &v, why);
	*id = v.id;
	answered(&h);
	return status;
}

static enum status step(const struct room *room, int64_t at_ms, str actor, int64_t id, enum approval_act act,
			struct err *why)
{
	struct house h;
	struct view_approval v;
	struct app_approval_step s = {
	    .id = id, .act = act, .words = S("looked at"), .expires = at_time(at_ms + 30 * TIME_DAY_MS)};
	*why = (struct err){0};
	ask_as(&h, room, at_ms, actor, NULL);
	enum status status = app_approval_step(&h.app, &s, &v, why);
	answered(&h);
	return status;
}

/* What the check says about a unit at an instant. */
static struct measure_tally evaluated(const struct room *room, str unit, int64_t at_ms)
{
	struct house h;
	struct view_evaluation e;
	struct view_score v;
	ask(&h, room, at_ms);
	RUN(app_evaluate(&h.app, (struct app_time){0}, &e, err));
	assert_int_equal(e.n_failures, 0);
	RUN(app_score(&h.app, unit, (struct app_time){0}, &v, err));
	struct measure_tally t = v.score.objectives[0].tally;
	answered(&h);
	return t;
}

static void expect(struct measure_tally t, int64_t yes, int64_t no, int64_t unknown)
{
	if (t.yes != yes || t.no != no || t.unknown != unknown)
		fail_msg("wanted (%lld,%lld,%lld), seen (%lld,%lld,%lld)", (long long)yes, (long long)no,
			 (long long)unknown, (long long)t.yes, (long long)t.no, (long long)t.unknown);
}

static void a_decision_counts_as_what_the_register_says(void **state)
{
	const struct room *room = *state;
	struct err why;
	int64_t id;
	prepare(room);
	expect(evaluated(room, S("cards"), DAY(46)), 0, 0, 1);
	assert_int_equal(ask_for(room, DAY(47), S("ada"), S("chatbot"), S("cards"), &id, &why), OK);
	expect(evaluated(room, S("cards"), DAY(47) + 1), 0, 0, 1);
	assert_int_equal(step(room, DAY(48), S("grace"), id, APPROVAL_REVIEW, &why), OK);
	assert_int_equal(step(room, DAY(49), S("ruth"), id, APPROVAL_APPROVE, &why), OK);
	expect(evaluated(room, S("cards"), DAY(50)), 1, 0, 0);
	expect(evaluated(room, S("shop"), DAY(50)), 0, 0, 1);      /* what nobody decided stays unknown */
	expect(evaluated(room, S("cards"), DAY(79) + 1), 0, 1, 0); /* expired after 30 days */
	assert_int_equal(ask_for(room, DAY(80), S("ada"), S("chatbot"), S("cards"), &id, &why), OK);
	assert_int_equal(step(room, DAY(81), S("grace"), id, APPROVAL_REVIEW, &why), OK);
	assert_int_equal(step(room, DAY(82), S("ruth"), id, APPROVAL_APPROVE, &why), OK);
	expect(evaluated(room, S("cards"), DAY(83)), 1, 0, 0);
	assert_int_equal(step(room, DAY(84), S("ruth"), id, APPROVAL_WITHDRAW, &why), OK);
	expect(evaluated(room, S("cards"), DAY(85)), 0, 1, 0);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM ev_event WHERE kind = 'approval'")), 7);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM feed WHERE remarks = 1 AND name = 'approvals'")),
			 1);
}

static void a_rejected_renewal_leaves_the_approval_that_holds(void **state)
{
	const struct room *room = *state;
	struct err why;
	int64_t first, second;
	prepare(room);
	assert_int_equal(ask_for(room, DAY(47), S("ada"), S("chatbot"), S("cards"), &first, &why), OK);
	assert_int_equal(step(room, DAY(47), S("grace"), first, APPROVAL_REVIEW, &why), OK);
	assert_int_equal(step(room, DAY(47), S("ruth"), first, APPROVAL_APPROVE, &why), OK);
	assert_int_equal(ask_for(room, DAY(48), S("ada"), S("chatbot"), S("cards"), &second, &why), OK);
	assert_int_equal(step(room, DAY(48), S("grace"), second, APPROVAL_REVIEW, &why), OK);
	assert_int_equal(step(room, DAY(48), S("ruth"), second, APPROVAL_REJECT, &why), OK);
	expect(evaluated(room, S("cards"), DAY(49)), 1, 0, 0);
	assert_int_equal(step(room, DAY(50), S("ruth"), first, APPROVAL_WITHDRAW, &why), OK);
	expect(evaluated(room, S("cards"), DAY(51)), 0, 1, 0);
}

static void an_approval_shows_no_system_and_does_not_grow_old(void **state)
{
	const struct room *room = *state;
	struct err why;
	int64_t id;
	prepare(room);
	assert_int_equal(ask_for(room, DAY(47), S("ada"), S("triage"), S("shop"), &id, &why), OK);
	assert_int_equal(step(room, DAY(47), S("grace"), id, APPROVAL_REVIEW, &why), OK);
	struct house h;
	struct view_approval v;
	struct app_approval_step yes = {.id = id, .act = APPROVAL_APPROVE, .expires = at_time(DAY(900))};
	ask_as(&h, room, DAY(47), S("ruth"), NULL);
	RUN(app_approval_step(&h.app, &yes, &v, err));
	answered(&h);
	/* a year without a step: the register is what has to be fresh */
	import_register(room, DAY(400), "id,unit,name\nchatbot,cards,Chatbot\ntriage,shop,Triage\n");
	expect(evaluated(room, S("shop"), DAY(401)), 1, 0, 0);
	/* the register lets go of it: nothing is left that an approval could make a system of */
	import_register(room, DAY(402), "id,unit,name\nchatbot,cards,Chatbot\n");
	expect(evaluated(room, S("shop"), DAY(403)), 0, 0, 0);
	assert_int_equal(ask_for(room, DAY(404), S("ada"), S("triage"), S("shop"), &id, &why), E_NOT_FOUND);
}

static void what_is_not_possible_is_refused_and_leaves_nothing(void **state)
{
	const struct room *room = *state;
	struct err why;
	char sum[HASH_TEXT], again[HASH_TEXT];
	int64_t id, other;
	prepare(room);
	assert_int_equal(ask_for(room, DAY(47), S("ada"), S("nobody"), S("cards"), &id, &why), E_NOT_FOUND);
	assert_int_equal(ask_for(room, DAY(47), S("ada"), S("chatbot"), S("shop"), &id, &why), E_NOT_FOUND);
	assert_int_equal(ask_for(room, DAY(47), S("ada"), S("chatbot"), S("cards"), &id, &why), OK);
	content_of(room->db, true, sum);
	assert_int_equal(ask_for(room, DAY(47), S("bob"), S("chatbot"), S("cards"), &other, &why), E_CONFLICT);
	assert_int_equal(step(room, DAY(48), S("ruth"), id, APPROVAL_APPROVE, &why), E_CONFLICT);
	assert_int_equal(step(room, DAY(48), S("ruth"), id, APPROVAL_REJECT, &why), E_CONFLICT);
	assert_int_equal(step(room, DAY(48), S(" ada "), id, APPROVAL_REVIEW, &why), E_DENIED);
	assert_int_equal(step(room, DAY(48), S("ruth"), id + 1, APPROVAL_REVIEW, &why), E_NOT_FOUND);
	assert_int_equal(step(room, DAY(48), S("ruth"), id, APPROVAL_REQUEST, &why), E_INVALID);
	content_of(room->db, true, again);
	assert_string_equal(sum, again);
	assert_int_equal(step(room, DAY(48), S("grace"), id, APPROVAL_REVIEW, &why), OK);
	assert_int_equal(step(room, DAY(48), S("ada"), id, APPROVAL_APPROVE, &why), E_DENIED);
	struct house h;
	struct view_approval v;
	struct app_approval_step past = {.id = id, .act = APPROVAL_APPROVE, .expires = at_time(DAY(48))};
	ask_as(&h, room, DAY(48), S("ruth"), NULL);
	assert_int_equal(app_approval_step(&h.app, &past, &v, &why), E_INVALID);
	answered(&h);
}

static void the_feed_is_the_programs_own(void **state)
{
	const struct room *room = *state;
	struct err why;
	struct house h;
	struct view_feed feed;
	char path[PATH_BYTES];
	int64_t id;
	prepare(room);
	assert_int_equal(ask_for(room, DAY(47), S("ada"), S("chatbot"), S("cards"), &id, &why), OK);
	struct app_import o = {.feed = S("approvals"), .format = S("ai_system"), .observed = at_time(DAY(47))};
	str file = put_file(room, "forged.csv", S("id,unit,approved\nchatbot,cards,true\n"), path);
	assert_int_equal(try_import(room, DAY(48), &o, &file, 1, NULL, &why), E_CONFLICT);
	assert_non_null(strstr(why.message, "kept by aismm"));
	o.feed = S("aismm:approvals");
	assert_int_equal(try_import(room, DAY(48), &o, &file, 1, NULL, &why), E_INVALID);
	ask(&h, room, DAY(48));
	assert_int_equal(app_feed_retire(&h.app, S("approvals"), (struct app_time){0}, &feed, &why), E_CONFLICT);
	RUN(app_feed_show(&h.app, S("approvals"), (struct app_time){0}, &feed, err));
	assert_int_equal(feed.n_too_old, 0);
	answered(&h);
}

/* ---- permission ---- */

static enum status call_request(struct app *app, void *ctx, struct err *err)
{
	struct app_approval_request r = {
	    .system = S("chatbot"), .unit = S("cards"), .deployment = MODEL_SAAS, .because = S("x")};
	(void)ctx;
	return app_approval_request(app, &r, &(struct view_approval){0}, err);
}

static enum status call_step(struct app *app, void *ctx, struct err *err)
{
	return app_approval_step(app, ctx, &(struct view_approval){0}, err);
}

static enum status call_list(struct app *app, void *ctx, struct err *err)
{
	(void)ctx;
	return app_approval_list(app, S("cards"), false, &(struct view_approvals){0}, err);
}

static void each_call_asks_for_its_role(void **state)
{
	const struct room *room = *state;
	struct err why;
	struct app_approval_step s = {.words = S("x"), .expires = at_time(DAY(100))};
	prepare(room);
	assert_int_equal(ask_for(room, now, S("ada"), S("chatbot"), S("cards"), &s.id, &why), OK);
	people_expect(room, "request", call_request, NULL, S("cards"), S("shop"), ACCESS_ASSESSOR, false);
	people_expect(room, "list", call_list, NULL, S("cards"), S("shop"), ACCESS_READER, false);
	s.act = APPROVAL_REVIEW;
	people_expect(room, "review", call_step, &s, S("cards"), S("shop"), ACCESS_ASSESSOR, false);
	for (s.act = APPROVAL_APPROVE; s.act < APPROVAL_ACTS; s.act++)
		people_expect(room, "decide", call_step, &s, S("cards"), S("shop"), ACCESS_LEAD, false);
}

#define CASES(ON)                                                                                                      \
	ON(a_decision_counts_as_what_the_register_says), ON(a_rejected_renewal_leaves_the_approval_that_holds),        \
	    ON(an_approval_shows_no_system_and_does_not_grow_old),                                                     \
	    ON(what_is_not_possible_is_refused_and_leaves_nothing), ON(the_feed_is_the_programs_own),                  \
	    ON(each_call_asks_for_its_role)
STORE_MAIN("app/approval")
