#include "collect.h"

#include "base/buf.h"

#define GUARD                                                                                                          \
	"run_id,attack,channel,carrier_mode,source_tool,j_r_full,j_r_partial,j_l_full,j_l_partial,sink_fired,outcome," \
	"j_l_outcome\n"
#define PLAIN "run,target,attack,class,outcome,time\n"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "attempts", str_from(text));
}

static void accepted(struct collect *c, const char *text)
{
	if (read_text(c, text) != OK)
		fail_msg("%s (%s)", c->err.message, c->err.where);
	collect_no_same_ids(c);
}

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(read_text(c, text), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
	assert_int_equal(c->n, 0);
}

static void counts(const struct evidence_record *r, const char *passed, const char *failed, const char *total)
{
	assert_column(r, "passed", passed);
	assert_column(r, "failed", failed);
	assert_column(r, "total", total);
}

/* Sums by another program: 728 attempts, the sink fired in 36, 11 never reached the agent. */
static void the_sample_of_the_guard_is_counted_by_what_was_carried_out(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "attempts", "attempts/guard_sample.csv"), OK);
	assert_int_equal(c->facts.records, 728);
	assert_int_equal(c->n, 13);
	collect_no_same_ids(c);
	int64_t passed = 0, failed = 0;
	for (size_t i = 0; i < c->n; i++) {
		passed += collect_value(&c->rows[i], "passed")->i64;
		failed += collect_value(&c->rows[i], "failed")->i64;
		assert_column(&c->rows[i], "tool", "ai-infra-guard");
		assert_column(&c->rows[i], "class", "prompt_injection");
		assert_column(&c->rows[i], "system_id", "-");
		assert_column(&c->rows[i], "run", "-");
		assert_column(&c->rows[i], "finished_at", "-");
	}
	assert_int_equal(failed, 36);
	assert_int_equal(passed, 728 - 36 - 11);
	counts(collect_by_id(c, EVIDENCE_RED_TEAM, "obfuscation"), "44", "10", "54");
	assert_false(c->facts.has_time);
	assert_int_equal(c->facts.identity.n, 0);
	assert_true(collect_warned(c, "never reached its target: it is not counted (11 times"));
	assert_true(collect_warned(c, "does not say what was attacked (728 times, first on line 2)"));
}

static void what_never_reached_the_agent_was_no_attempt(void **state)
{
	struct collect *c = *state;
	accepted(c, GUARD "1,naive,w,text,t,True,False,False,False,False,full_success,x\n"
			  "2,naive,w,text,t,False,False,False,False,False,not_reached,x\n"
			  "3,naive,w,text,t,False,False,False,False,True,sink_args_mismatch,x\n"
			  "3,naive,w,text,t,False,False,False,False,False,error,error\n"
			  "4,naive,w,text,t,False,False,False,False,False,,x\n");
	assert_int_equal(c->facts.records, 5);
	assert_int_equal(c->n, 1);
	counts(&c->rows[0], "1", "1", "2");
	refused(c, GUARD "1,naive,w,text,t,True,False,False,False,maybe,refused,x\n",
		"True or False expected, not \"maybe\"", "file:2:41");
}

/* By hand: of three sent prompts one failed, one succeeded, one is open; of two crescendos one is open. */
static void the_plain_form_is_counted_per_attack_and_class(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "attempts", "attempts/pyrit.csv"), OK);
	assert_int_equal(c->facts.records, 6);
	assert_int_equal(c->n, 3);
	const struct evidence_record *r =
	    collect_by_id(c, EVIDENCE_RED_TEAM, "nightly-41|helpdesk-bot|PromptSendingAttack|prompt_injection");
	counts(r, "1", "1", "2");
	assert_int_equal(r->record, 1);
	assert_int_equal(r->line, 2);
	assert_column(r, "tool", "pyrit");
	assert_column(r, "run", "nightly-41");
	assert_column(r, "system_id", "helpdesk-bot");
	assert_column(r, "probe", "PromptSendingAttack");
	assert_column(r, "started_at", "2026-10-03T02:00:11Z");
	assert_column(r, "finished_at", "2026-10-03T02:00:19Z");
	r = collect_by_id(c, EVIDENCE_RED_TEAM, "nightly-41|helpdesk-bot|CrescendoAttack|jailbreak");
	counts(r, "1", "0", "1");
	assert_column(r, "finished_at", "2026-10-03T02:04:00Z");
	assert_string_equal(collect_observed(c), "2026-10-03T02:12:00Z");
	assert_true(str_eq(c->facts.identity, S("pyrit:helpdesk-bot")));
	assert_string_equal(c->warnings, "an attempt was not judged or never reached its target: it is not counted (2 "
					 "times, first on line 4)\n");
}

static void an_outcome_speaks_of_the_attack(void **state)
{
	static const char *const words[][3] = {
	    {"success", "0", "1"},        {"Succeeded", "0", "1"}, {"full-success", "0", "1"},
	    {"x.y.SUCCESSFUL", "0", "1"}, {"failure", "1", "0"},   {"FAILED", "1", "0"},
	    {"refused", "1", "0"},        {" blocked ", "1", "0"}, {"withstood", "1", "0"}};
	static const char *const open[] = {"undetermined", "unknown", "ERROR", "skipped", "not applicable", ""};
	struct collect *c = *state;
	char text[200];
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		snprintf(text, sizeof text, PLAIN "r,t,a,other,%s,2026-05-01\n", words[i][0]);
		accepted(c, text);
		counts(&c->rows[0], words[i][1], words[i][2], "1");
		assert_string_equal(c->warnings, "");
	}
	for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
		snprintf(text, sizeof text, PLAIN "r,t,a,other,%s,2026-05-01\n", open[i]);
		accepted(c, text);
		assert_int_equal(c->n, 0);
		assert_true(collect_warned(c, "not judged"));
	}
}

/* "pass" may be the attack's or the target's: nobody can tell. */
static void words_that_can_be_read_in_two_ways_are_refused(void **state)
{
	static const char *const words[] = {"pass", "fail", "true", "1", "partial", "partial_compliance", "success."};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		char text[200];
		snprintf(text, sizeof text, PLAIN "r,t,a,other,success,\nr,t,a,other,%s,\n", words[i]);
		refused(*state, text, "success, failure or undetermined expected", "file:3:13");
	}
}

static void classes_are_the_known_words(void **state)
{
	struct collect *c = *state;
	accepted(c, PLAIN "r,t,a,Prompt Injection,success,\nr,t,b,,success,\nr,t,c,bias,success,\n");
	assert_column(&c->rows[0], "class", "prompt_injection");
	assert_column(&c->rows[1], "class", "-");
	assert_column(&c->rows[2], "class", "bias");
	assert_true(collect_warned(
	    c, "a class is none of the known words: it is kept, but checks will not know it (on line 4)"));
}

static void columns_may_stand_in_any_order_and_be_missing(void **state)
{
	struct collect *c = *state;
	accepted(c, "\xEF\xBB\xBFOutcome;Probe;extra\r\nsuccess;a;\"x;y\"\r\n");
	assert_true(str_eq(c->rows[0].id, S("a")));
	counts(&c->rows[0], "0", "1", "1");
	assert_column(&c->rows[0], "tool", "-");
	assert_int_equal(c->facts.identity.n, 0);
	assert_true(collect_warned(c, "belongs to no run"));
	assert_true(collect_warned(c, "an attempt has no time"));
	accepted(c, "target,attack,outcome\nbot,a,success\n");
	assert_true(str_eq(c->facts.identity, S("attempts:bot")));
	accepted(c, "target,attack,outcome\nbot,a,success\nbot2,a,success\n");
	assert_int_equal(c->facts.identity.n, 0);
	assert_int_equal(c->n, 2);
}

static void a_table_without_rows_is_fresh_and_empty(void **state)
{
	struct collect *c = *state;
	accepted(c, PLAIN);
	assert_int_equal(c->facts.records, 0);
	assert_int_equal(c->n, 0);
	assert_string_equal(c->warnings, "");
}

static void times_without_a_zone_are_utc_and_days_need_none(void **state)
{
	struct collect *c = *state;
	accepted(c, PLAIN "r,t,a,other,success,2026-05-02\nr,t,a,other,success,2026-05-01 10:00:00\n");
	assert_column(&c->rows[0], "started_at", "2026-05-01T10:00:00Z");
	assert_column(&c->rows[0], "finished_at", "2026-05-02T00:00:00Z");
	assert_true(collect_warned(c, "names no zone: taken as UTC (on line 3)"));
}

static void wrong_tables_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "run,target\n", "has the columns attack (or probe) and outcome", "file:1");
	refused(c, "attack,probe,outcome\n", "two columns mean the same: attack and probe", "file:1");
	refused(c, PLAIN "r,t,,other,success,\n", "the name of the attack expected", "file:2:5");
	refused(c, PLAIN "r,t,a,other,success,03/04/2026\n", "a time in ISO 8601 expected, not \"03/04/2026\"",
		"file:2:21");
	refused(c, PLAIN "r,t,a,other,success\n", "", "file:2:20");
	refused(c, PLAIN "r,t,a,other,\"success,\n", "", "file:2:13");
	refused(c, "tool,attack,outcome\npyrit,a,success\ngarak,a,success\n", "the same tool", "file:3:1");
	refused(c, "", "", "file:1:1");
}

static void hostile_tables_are_refused(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_text(c, "attempts", S("attack,outcome\na\0b,success\n")), E_INVALID);
	refused(c, "attack,outcome\n\xFF,success\n", "", "file:2:1");
	refused(c, "attack,outcome,outcome\n", "", "file:1:16");
	refused(c, "attack,outcome\n\x1b[31m,gone\x1b\n", "not \"gone?\"", "file:2:7");
}

static void the_sample_cut_inside_a_row_is_refused(void **state)
{
	struct collect *c = *state;
	str text = collect_load("attempts/pyrit.csv");
	str whole = str_trim(text);
	for (size_t n = 1; n < whole.n; n++) {
		enum status status = collect_text(c, "attempts", str_slice(whole, 0, n));
		/* A cut at the end of a row, or inside its last cell, nobody can see. */
		str last = str_slice(whole, 0, n);
		while (memchr(last.p, '\n', last.n)) {
			str head;
			str_cut(last, '\n', &head, &last);
		}
		size_t commas = 0;
		for (size_t i = 0; i < last.n; i++)
			commas += last.p[i] == ',';
		assert_true(status == E_INVALID || last.n == 0 || commas == 7 || str_starts(last, S("run,")));
	}
	free((void *)(uintptr_t)text.p);
}

static void many_attempts_are_few_rows(void **state)
{
	struct collect *c = *state;
	struct buf b = BUF((size_t)4 << 20);
	buf_add(&b, S(PLAIN));
	for (int i = 0; i < 20000; i++)
		buf_printf(&b, "r,t,a%d,other,%s,\n", i % 200, i < 10000 ? "success" : "failure");
	assert_int_equal(collect_text(c, "attempts", buf_str(&b)), OK);
	buf_release(&b);
	assert_int_equal(c->facts.records, 20000);
	assert_int_equal(c->n, 200);
	for (size_t i = 0; i < c->n; i++)
		counts(&c->rows[i], "50", "50", "100");
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 1;
	assert_int_equal(read_text(c, PLAIN "r,t,a,other,success,\n"), E_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_sample_of_the_guard_is_counted_by_what_was_carried_out),
	    COLLECT_TEST(what_never_reached_the_agent_was_no_attempt),
	    COLLECT_TEST(the_plain_form_is_counted_per_attack_and_class),
	    COLLECT_TEST(an_outcome_speaks_of_the_attack),
	    COLLECT_TEST(words_that_can_be_read_in_two_ways_are_refused),
	    COLLECT_TEST(classes_are_the_known_words),
	    COLLECT_TEST(columns_may_stand_in_any_order_and_be_missing),
	    COLLECT_TEST(a_table_without_rows_is_fresh_and_empty),
	    COLLECT_TEST(times_without_a_zone_are_utc_and_days_need_none),
	    COLLECT_TEST(wrong_tables_are_refused_with_their_place),
	    COLLECT_TEST(hostile_tables_are_refused),
	    COLLECT_TEST(the_sample_cut_inside_a_row_is_refused),
	    COLLECT_TEST(many_attempts_are_few_rows),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
