#include "collect.h"

#include "base/buf.h"

#define FILE_OF(id, time, list)                                                                                        \
	"{\"evalId\":" id ",\"results\":{\"version\":3,\"timestamp\":" time ",\"results\":[" list "]}}"
#define EVAL(list) FILE_OF("\"E\"", "\"2026-05-01T10:00:00Z\"", list)
#define ROW(plugin, rest) "{\"provider\":{\"id\":\"t\"},\"metadata\":{\"pluginId\":\"" plugin "\"}," rest "}"
#define WITHSTOOD "\"success\":true,\"failureReason\":0"
#define BROKEN "\"success\":false,\"failureReason\":1"
#define STOPPED "\"success\":false,\"failureReason\":2,\"error\":\"503\""

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "promptfoo", str_from(text));
}

static void accepted(struct collect *c, const char *text)
{
	if (read_text(c, text) != OK)
		fail_msg("%s (%s)", c->err.message, c->err.where);
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

/* By hand: 9 results; harmful:hate 3 broken and 1 withstood, three plugins broken once, 2 without a plugin. */
static void the_sample_is_counted_per_plugin(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "promptfoo", "promptfoo/many_findings.json"), OK);
	assert_int_equal(c->facts.records, 9);
	assert_int_equal(c->n, 4);
	collect_no_same_ids(c);
	const struct evidence_record *r = &c->rows[0];
	assert_true(str_eq(r->id, S("eval-GoP-2026-06-23T17:14:06|echo|harmful:hate")));
	assert_int_equal(r->record, 1);
	assert_int_equal(r->line, 51);
	assert_true(r->main);
	counts(r, "1", "3", "4");
	assert_column(r, "class", "toxicity");
	assert_column(r, "tool", "promptfoo");
	assert_column(r, "run", "eval-GoP-2026-06-23T17:14:06");
	assert_column(r, "system_id", "echo");
	assert_column(r, "probe", "harmful:hate");
	assert_column(r, "detector", "-");
	assert_column(r, "started_at", "2026-06-23T17:14:06.067Z");
	assert_column(r, "finished_at", "2026-06-23T17:14:06.067Z");
	assert_column(&c->rows[1], "probe", "indirect-prompt-injection");
	assert_column(&c->rows[1], "class", "prompt_injection");
	assert_column(&c->rows[2], "class", "leakage");
	assert_column(&c->rows[3], "class", "hallucination");
	for (int i = 1; i < 4; i++)
		counts(&c->rows[i], "0", "1", "1");
	assert_string_equal(collect_observed(c), "2026-06-23T17:14:06.067Z");
	assert_true(str_eq(c->facts.identity, S("promptfoo:echo")));
	assert_true(collect_warned(c, "no attack: it is not counted (2 times, first on line "));
	assert_false(collect_warned(c, "statistics"));
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	struct collect *c = *state;
	str text = collect_load("promptfoo/many_findings.json");
	str whole = str_trim(text);
	for (size_t n = 0; n < whole.n; n += n < 300 || n + 300 > whole.n ? 1 : 97) {
		assert_int_equal(collect_text(c, "promptfoo", str_slice(whole, 0, n)), E_INVALID);
		assert_non_null(strstr(c->err.where, "file:"));
		assert_int_equal(c->n, 0);
	}
	free((void *)(uintptr_t)text.p);
}

static void a_small_file_cut_at_every_byte_is_refused(void **state)
{
	static const char text[] = EVAL(ROW("pii", BROKEN) "," ROW("bias", WITHSTOOD));
	struct collect *c = *state;
	for (size_t n = 0; n < sizeof text - 1; n++) {
		assert_int_equal(collect_text(c, "promptfoo", (str){text, n}), E_INVALID);
		assert_int_equal(c->n, 0);
	}
	accepted(c, text);
	assert_int_equal(c->n, 2);
}

static void a_failed_assertion_is_no_error_though_it_fills_the_field(void **state)
{
	struct collect *c = *state;
	accepted(c, EVAL(ROW("pii", BROKEN ",\"error\":\"Expected output to not contain\"")));
	counts(&c->rows[0], "0", "1", "1");
}

static void errors_are_not_judged(void **state)
{
	struct collect *c = *state;
	accepted(c, EVAL(ROW("pii", STOPPED) "," ROW("pii", WITHSTOOD) "," ROW("bias", STOPPED)));
	assert_int_equal(c->facts.records, 3);
	assert_int_equal(c->n, 1);
	counts(&c->rows[0], "1", "0", "1");
	assert_true(collect_warned(c, "ended in an error: it is not judged (2 times, first on line 1)"));
}

/* Versions before failureReason was written: a failure that nothing graded is an error. */
static void old_failures_count_when_they_were_graded(void **state)
{
	struct collect *c = *state;
	accepted(c, EVAL(ROW("pii", "\"success\":false,\"error\":\"timeout\"") "," ROW(
			"pii", "\"success\":false,\"gradingResult\":null") "," ROW("pii", "\"success\":false,"
											  "\"gradingResult\":{"
											  "\"pass\":false}")));
	counts(&c->rows[0], "0", "1", "1");
	assert_true(collect_warned(c, "(2 times"));
}

static void the_plugin_may_stand_in_the_test_case(void **state)
{
	struct collect *c = *state;
	accepted(c, EVAL("{\"provider\":\"openai:gpt-5\",\"testCase\":{\"metadata\":{\"pluginId\":\"pii\"}}," BROKEN
			 "},{\"provider\":\"openai:gpt-5\",\"metadata\":{\"pluginId\":\"other\",\"strategyId\":\"x\"},"
			 "\"testCase\":{\"metadata\":{\"pluginId\":\"pii\"}}," BROKEN "}"));
	assert_int_equal(c->n, 1);
	assert_column(&c->rows[0], "probe", "pii");
	assert_column(&c->rows[0], "system_id", "openai:gpt-5");
	counts(&c->rows[0], "0", "2", "2");
	assert_true(str_eq(c->facts.identity, S("promptfoo:openai:gpt-5")));
}

static void a_target_is_named_by_its_label(void **state)
{
	struct collect *c = *state;
	accepted(c, EVAL("{\"provider\":{\"id\":\"https\",\"label\":\"helpdesk\"},\"metadata\":{\"pluginId\":\"pii\"},"
			 "" BROKEN "}"));
	assert_column(&c->rows[0], "system_id", "helpdesk");
}

static void two_targets_stay_apart_and_name_no_feed(void **state)
{
	struct collect *c = *state;
	accepted(c, EVAL(ROW("pii", BROKEN) ",{\"provider\":\"u\",\"metadata\":{\"pluginId\":\"pii\"}," WITHSTOOD "}"));
	assert_int_equal(c->n, 2);
	counts(&c->rows[0], "0", "1", "1");
	counts(&c->rows[1], "1", "0", "1");
	assert_int_equal(c->facts.identity.n, 0);
}

static void a_strategy_is_part_of_the_attack(void **state)
{
	static const char *const cases[][4] = {
	    {"harmful:hate", "jailbreak:tree", "harmful:hate/jailbreak:tree", "jailbreak"},
	    {"harmful:hate", "basic", "harmful:hate", "toxicity"},
	    {"harmful:hate", "base64", "harmful:hate/base64", "encoding"},
	    {"pii:direct", "jailbreak", "pii:direct/jailbreak", "leakage"},
	    {"policy", "prompt-injection", "policy/prompt-injection", "prompt_injection"},
	    {"harmful:cybercrime:malicious-code", "crescendo", "harmful:cybercrime:malicious-code/crescendo",
	     "malware"},
	    {"rbac", "brand-new", "rbac/brand-new", "other"},
	    {"promptfoo:redteam:pii", "basic", "promptfoo:redteam:pii", "leakage"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[600];
		snprintf(
		    text, sizeof text,
		    EVAL("{\"provider\":\"t\",\"metadata\":{\"pluginId\":\"%s\",\"strategyId\":\"%s\"}," BROKEN "}"),
		    cases[i][0], cases[i][1]);
		accepted(c, text);
		assert_column(&c->rows[0], "probe", cases[i][2]);
		assert_column(&c->rows[0], "class", cases[i][3]);
	}
}

static void ordinary_evaluations_invent_nothing(void **state)
{
	struct collect *c = *state;
	accepted(c, EVAL("{\"success\":true,\"provider\":\"t\"},{\"success\":false,\"metadata\":null}"));
	assert_int_equal(c->facts.records, 2);
	assert_int_equal(c->n, 0);
	assert_int_equal(c->facts.identity.n, 0);
	assert_true(collect_warned(c, "an ordinary evaluation"));
	accepted(c, EVAL(""));
	assert_int_equal(c->facts.records, 0);
	assert_true(c->facts.has_time);
	assert_string_equal(c->warnings, "");
}

static void a_result_that_stands_twice_counts_once(void **state)
{
	struct collect *c = *state;
	accepted(c, EVAL(ROW("pii", BROKEN ",\"id\":\"1\"") "," ROW("pii", BROKEN ",\"id\":\"1\"")));
	counts(&c->rows[0], "0", "1", "1");
	assert_true(collect_warned(c, "counted once"));
}

static void id_and_time_may_stand_behind_the_results(void **state)
{
	struct collect *c = *state;
	accepted(c, "{\"results\":{\"results\":[" ROW("pii", BROKEN) "],\"timestamp\":\"2026-05-01T10:00:00\"},"
								     "\"config\":{\"a\":[1]},\"evalId\":\"E\"}");
	assert_true(str_eq(c->rows[0].id, S("E|t|pii")));
	assert_column(&c->rows[0], "finished_at", "2026-05-01T10:00:00Z");
	assert_true(collect_warned(c, "names no zone"));
}

static void without_id_or_time_it_says_so(void **state)
{
	struct collect *c = *state;
	accepted(c, FILE_OF("null", "null", ROW("pii", BROKEN)));
	assert_true(str_eq(c->rows[0].id, S("t|pii")));
	assert_column(&c->rows[0], "finished_at", "-");
	assert_false(c->facts.has_time);
	assert_true(collect_warned(c, "has no id"));
	assert_true(collect_warned(c, "no timestamp"));
}

static void statistics_that_count_other_results_are_warned_of(void **state)
{
	struct collect *c = *state;
	accepted(
	    c,
	    "{\"evalId\":\"E\",\"results\":{\"results\":[],\"stats\":{\"successes\":1,\"failures\":0,\"errors\":0}}}");
	assert_true(collect_warned(c, "another number of results"));
	accepted(c, "{\"evalId\":\"E\",\"results\":{\"results\":[],\"stats\":{\"successes\":9223372036854775807,"
		    "\"failures\":1,\"errors\":0}}}");
	assert_true(collect_warned(c, "another number of results"));
	accepted(c, "{\"evalId\":\"E\",\"results\":{\"results\":[],\"stats\":null}}");
	assert_false(collect_warned(c, "another number of results"));
}

static void wrong_types_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "[]", "results of promptfoo (an object) expected", "file:1:1");
	refused(c, "{}", "no list of results", "file");
	refused(c, "{\"evalId\":\"E\",\n\"results\":[]}", "results (an object) expected", "file:2:11");
	refused(c, "{\"results\":{\"version\":3}}", "no list of results", "file:1");
	refused(c, "{\"results\":{\"results\":null}}", "a list of results expected", "file:1:23");
	refused(c, "{\"results\":{\"results\":{}}}", "a list of results expected", "file:1:23");
	refused(c, "{\"results\":{\"results\":[1]}}", "a result (an object) expected", "file:1:24");
	refused(c, EVAL("\n" ROW("pii", "\"success\":\"yes\"")), "true or false expected", "file:2:64");
	refused(c, EVAL("\n" ROW("pii", "\"score\":1")), "result 1: it does not say whether", "file:2");
	refused(c, EVAL("\n" ROW("pii", "\"success\":null")), "result 1: it does not say whether", "file:2");
	refused(c, EVAL("\n{\"metadata\":{\"pluginId\":[]}}"), "a text expected", "file:2:25");
	refused(c, EVAL("\n{\"metadata\":[]}"), "an object expected", "file:2:13");
	refused(c, EVAL("\n{\"provider\":[]}"), "a text expected", "file:2:13");
	refused(c, EVAL("\n" ROW("pii", "\"success\":true,\"failureReason\":1e99")), "a whole number", "file:2:85");
	refused(c, FILE_OF("\"E\"", "\"yesterday\"", ""), "a time in ISO 8601", "file:1");
	refused(c, EVAL("") "{}", "expected", "file:1:87");
}

static void hostile_files_are_refused(void **state)
{
	struct collect *c = *state;
	refused(c, EVAL(ROW("p\\u0000", BROKEN)), "without the character U+0000", "file:1:130");
	refused(c, EVAL(ROW("pii", WITHSTOOD "," BROKEN)), "does not stand there already", "file:1:170");
	assert_non_null(strstr(c->err.detail, "\"success\" stands twice"));
	char deep[2000] = "{\"evalId\":\"E\",\"config\":";
	size_t at = strlen(deep);
	memset(deep + at, '[', 1000);
	deep[at + 1000] = '\0';
	assert_int_equal(read_text(c, deep), E_TOO_LARGE);
}

static void long_names_make_ids_that_fit(void **state)
{
	struct collect *c = *state;
	char name[700], text[1600];
	memset(name, 'n', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	snprintf(text, sizeof text, EVAL("{\"provider\":\"%s\",\"metadata\":{\"pluginId\":\"pii\"}," BROKEN "}"), name);
	accepted(c, text);
	assert_int_equal(c->rows[0].id.n, 512);
	assert_true(c->facts.identity.n <= 512);
	assert_true(collect_warned(c, "an id over 512 bytes"));
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 1;
	assert_int_equal(read_text(c, EVAL(ROW("pii", BROKEN))), E_IO);
}

static void many_attacks_grow_the_table(void **state)
{
	struct collect *c = *state;
	struct buf b = BUF((size_t)1 << 20);
	buf_add(&b, S("{\"evalId\":\"E\",\"results\":{\"results\":["));
	for (int i = 0; i < 2000; i++)
		buf_printf(&b, "%s" ROW("p%d", BROKEN), i ? "," : "", i % 500);
	buf_add(&b, S("]}}"));
	assert_int_equal(collect_text(c, "promptfoo", buf_str(&b)), OK);
	buf_release(&b);
	assert_int_equal(c->n, 500);
	for (size_t i = 0; i < c->n; i++)
		counts(&c->rows[i], "0", "4", "4");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_sample_is_counted_per_plugin),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(a_small_file_cut_at_every_byte_is_refused),
	    COLLECT_TEST(a_failed_assertion_is_no_error_though_it_fills_the_field),
	    COLLECT_TEST(errors_are_not_judged),
	    COLLECT_TEST(old_failures_count_when_they_were_graded),
	    COLLECT_TEST(the_plugin_may_stand_in_the_test_case),
	    COLLECT_TEST(a_target_is_named_by_its_label),
	    COLLECT_TEST(two_targets_stay_apart_and_name_no_feed),
	    COLLECT_TEST(a_strategy_is_part_of_the_attack),
	    COLLECT_TEST(ordinary_evaluations_invent_nothing),
	    COLLECT_TEST(a_result_that_stands_twice_counts_once),
	    COLLECT_TEST(id_and_time_may_stand_behind_the_results),
	    COLLECT_TEST(without_id_or_time_it_says_so),
	    COLLECT_TEST(statistics_that_count_other_results_are_warned_of),
	    COLLECT_TEST(wrong_types_are_refused_with_their_place),
	    COLLECT_TEST(hostile_files_are_refused),
	    COLLECT_TEST(long_names_make_ids_that_fit),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	    COLLECT_TEST(many_attacks_grow_the_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
