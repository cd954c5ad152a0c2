#include "collect.h"

#include "base/buf.h"

#define INIT "{\"entry_type\":\"init\",\"start_time\":\"2026-05-01T10:00:00Z\",\"run\":\"R\"}\n"
#define END_OF_RUN "{\"entry_type\":\"completion\",\"end_time\":\"2026-05-01T11:00:00Z\",\"run\":\"R\"}\n"
#define EVAL(probe, counts) "{\"entry_type\":\"eval\",\"probe\":\"" probe "\",\"detector\":\"d.D\"," counts "}\n"
#define GOOD "\"passed\":7,\"fails\":3,\"total_evaluated\":10"
#define ATTEMPT(scores)                                                                                                \
	"{\"entry_type\":\"attempt\",\"probe_classname\":\"dan.X\",\"detector_results\":{\"d.D\":" scores "}}\n"
#define HIT(probe)                                                                                                     \
	"{\"score\":1.0,\"run_id\":\"R\",\"attempt_id\":\"a\",\"generator\":\"openai gpt-5 mini\",\"probe\":\"" probe  \
	"\",\"detector\":\"d.D\"}\n"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "garak", str_from(text));
}

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(read_text(c, text), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
}

static void a_report_has_a_row_per_probe_and_detector(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "garak", "garak/test.report.jsonl"), OK);
	assert_int_equal(c->facts.records, 1);
	assert_int_equal(c->n, 1);
	const struct evidence_record *r = collect_row(c, EVIDENCE_RED_TEAM, 0);
	assert_true(str_eq(r->id, S("f0d4a5a6-b698-4e9e-9336-91b89194b72b|test.Test|always.Pass")));
	assert_true(r->main);
	assert_int_equal(r->line, 19);
	assert_column(r, "passed", "8");
	assert_column(r, "failed", "0");
	assert_column(r, "total", "8");
	assert_column(r, "system_id", "test");
	assert_column(r, "class", "other");
	assert_column(r, "started_at", "2025-08-28T14:06:53.103Z");
	assert_column(r, "finished_at", "2025-08-28T14:06:54.065Z");
	assert_string_equal(collect_observed(c), "2025-08-28T14:06:54.065Z");
	assert_true(str_eq(c->facts.identity, S("garak:test")));
	assert_true(collect_warned(c, "names no zone: taken as UTC (3 times, first on line 1)"));
}

static void the_short_report_is_read(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "garak", "garak/quack.report.jsonl"), OK);
	assert_int_equal(c->facts.records, 1);
	assert_column(collect_row(c, EVIDENCE_RED_TEAM, 0), "class", "toxicity");
	assert_column(collect_row(c, EVIDENCE_RED_TEAM, 0), "total", "1");
}

static void an_aggregate_is_as_old_as_its_first_report(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "garak", "garak/agg.report.jsonl"), OK);
	assert_int_equal(c->facts.records, 2);
	assert_int_equal(c->n, 2);
	assert_string_equal(collect_observed(c), "2025-08-28T14:06:53.103Z");
	assert_true(collect_warned(c, "an aggregate of reports"));
	assert_column(collect_row(c, EVIDENCE_RED_TEAM, 0), "run", "9673e218-7f36-4cbd-acae-b0f0b3153bf2");
}

static void old_reports_have_a_config_and_a_total(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "garak", "garak/sample_report.jsonl"), OK);
	assert_int_equal(c->facts.records, 1);
	const struct evidence_record *r = collect_row(c, EVIDENCE_RED_TEAM, 0);
	assert_column(r, "system_id", "openai.OpenAICompatible:target-llm");
	assert_column(r, "passed", "1");
	assert_column(r, "failed", "0");
	assert_column(r, "class", "encoding");
	assert_column(r, "finished_at", "-");
	assert_false(c->facts.has_time);
	assert_true(collect_warned(c, "a run has no id"));
}

static void a_hit_log_counts_failures_without_a_total(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "garak", "garak/varied_scores.hitlog.jsonl"), OK);
	assert_int_equal(c->facts.records, 7);
	assert_int_equal(c->n, 7);
	const struct evidence_record *r = collect_row(c, EVIDENCE_RED_TEAM, 0);
	assert_column(r, "failed", "1");
	assert_false(collect_value(r, "total")->known);
	assert_false(collect_value(r, "passed")->known);
	assert_column(r, "system_id", "huggingface:gpt2");
	assert_column(r, "class", "prompt_injection");
	assert_true(str_ends(r->id, S("|hits")));
	assert_true(str_eq(c->facts.identity, S("garak:huggingface:gpt2")));
	assert_true(collect_warned(c, "never a rate"));
	assert_int_equal(collect_file(c, "garak", "garak/one_hit.hitlog.jsonl"), OK);
	assert_int_equal(c->facts.records, 1);
}

static void hits_of_one_probe_are_one_row(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, HIT("dan.A") HIT("dan.B") HIT("dan.A")), OK);
	assert_int_equal(c->facts.records, 3);
	assert_int_equal(c->n, 2);
	assert_column(&c->rows[0], "failed", "2");
	assert_column(&c->rows[0], "system_id", "openai:gpt-5 mini");
}

static void a_hit_log_without_hits_is_fresh_and_empty(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "garak", "garak/no_hits.hitlog.jsonl"), OK);
	assert_int_equal(c->facts.records, 0);
	assert_int_equal(c->n, 0);
	assert_string_equal(collect_observed(c), "2026-06-14T10:05:00Z");
	assert_true(str_eq(c->facts.identity, S("garak:huggingface:gpt2")));
}

static void a_digest_is_no_substitute_for_counts(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "garak", "garak/tbsa_digest_0.json"), OK);
	assert_int_equal(c->n, 0);
	assert_int_equal(c->facts.records, 0);
	assert_true(collect_warned(c, "only a digest"));
}

#define DIGEST(counts)                                                                                                 \
	"{\"entry_type\":\"digest\",\"meta\":{\"start_time\":\"2026-07-21T18:45:46Z\",\"run_uuid\":\"Q\",\"target_"    \
	"type\":"                                                                                                      \
	"\"test\",\"target_name\":null,\"setup\":{}},\"eval\":{\"dan\":{\"_summary\":{\"score\":0},\"dan.A\":{\"_"     \
	"summary\":{"                                                                                                  \
	"\"passed\":9},\"d.D\":{\"absolute_score\":0.2" counts "}}}}}\n"
#define DIGESTED ",\"passed\":2,\"total_evaluated\":10"

/* Sums by another program: 147 results, 62155 of 96865 passed. */
static void a_digest_with_counts_is_read(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "garak", "garak/extracted_digest.json"), OK);
	assert_int_equal(c->facts.records, 147);
	assert_int_equal(c->n, 147);
	collect_no_same_ids(c);
	int64_t passed = 0, total = 0;
	for (size_t i = 0; i < c->n; i++) {
		passed += collect_value(&c->rows[i], "passed")->i64;
		total += collect_value(&c->rows[i], "total")->i64;
	}
	assert_int_equal(passed, 62155);
	assert_int_equal(total, 96865);
	const struct evidence_record *r = collect_by_id(
	    c, EVIDENCE_RED_TEAM, "cc5a3e6b-330f-41c9-95f6-e205cd9a845c|ansiescape.AnsiEscaped|ansiescape.Escaped");
	assert_column(r, "passed", "111");
	assert_column(r, "failed", "144");
	assert_column(r, "system_id", "test");
	assert_column(r, "started_at", "2026-07-21T18:45:46.129Z");
	assert_true(str_eq(c->facts.identity, S("garak:test")));
	assert_true(collect_warned(c, "counted from its digest"));
}

static void digests_stand_below_evals_and_above_attempts(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, INIT EVAL("dan.A", GOOD) END_OF_RUN DIGEST(DIGESTED)), OK);
	assert_int_equal(c->n, 1);
	assert_column(&c->rows[0], "failed", "3");
	assert_string_equal(c->warnings, "");
	assert_int_equal(read_text(c, INIT ATTEMPT("[1,1]") END_OF_RUN DIGEST(DIGESTED)), OK);
	assert_int_equal(c->n, 1);
	assert_int_equal(c->facts.records, 1);
	assert_true(str_eq(c->rows[0].id, S("R|dan.A|d.D")));
	assert_column(&c->rows[0], "failed", "8");
	assert_column(&c->rows[0], "finished_at", "2026-05-01T11:00:00Z");
	assert_int_equal(read_text(c, INIT ATTEMPT("[1,1]") END_OF_RUN DIGEST("")), OK);
	assert_column(&c->rows[0], "failed", "2");
	assert_int_equal(read_text(c, DIGEST(DIGESTED)), OK);
	assert_true(str_eq(c->rows[0].id, S("Q|dan.A|d.D")));
	assert_column(&c->rows[0], "finished_at", "2026-07-21T18:45:46Z");
}

static void digests_that_contradict_are_refused(void **state)
{
	struct collect *c = *state;
	refused(c, DIGEST(",\"passed\":11,\"total_evaluated\":10"), "counts that contradict", "file:1");
	refused(c, DIGEST(",\"passed\":-1,\"total_evaluated\":10"), "counts that contradict", "file:1");
	refused(c, DIGEST(",\"passed\":1,\"total_evaluated\":9999999999"), "counts that contradict", "file:1");
	refused(c, DIGEST(",\"passed\":1.5,\"total_evaluated\":2"), "a whole number expected", "file:1:243");
	refused(c, "{\"entry_type\":\"digest\",\"eval\":[]}\n", "an object expected", "file:1:31");
	refused(c, "{\"entry_type\":\"digest\",\"eval\":{\"a\\u0000\":1}}\n", "without the character U+0000",
		"file:1:32");
}

static void a_sample_cut_inside_a_line_is_refused(void **state)
{
	struct collect *c = *state;
	str text = collect_load("garak/quack.report.jsonl");
	for (size_t n = 1; n < text.n; n += 7) {
		if (text.p[n - 1] == '\n' || text.p[n] == '\n')
			continue;
		assert_int_equal(collect_text(c, "garak", str_slice(text, 0, n)), E_INVALID);
		assert_non_null(strstr(c->err.where, "file:"));
	}
	free((void *)(uintptr_t)text.p);
}

static void a_report_cut_between_lines_says_that_the_end_is_missing(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, INIT EVAL("dan.A", GOOD)), OK);
	assert_true(collect_warned(c, "no completion entry"));
	assert_column(&c->rows[0], "finished_at", "2026-05-01T10:00:00Z");
	assert_int_equal(read_text(c, INIT EVAL("dan.A", GOOD) END_OF_RUN), OK);
	assert_string_equal(c->warnings, "");
	assert_column(&c->rows[0], "finished_at", "2026-05-01T11:00:00Z");
}

static void lines_that_are_not_garaks_are_refused_with_their_number(void **state)
{
	struct collect *c = *state;
	refused(c, INIT "not json\n", "a value expected", "file:2:1");
	refused(c, INIT "[1]\n", "an entry of garak (an object) expected", "file:2:1");
	refused(c, INIT "{\"a\":1}\n", "an entry_type expected", "file:2");
	refused(c, "{\"runs\":[]}\n", "an entry_type expected", "file:1");
	refused(c, "", "a value expected", "file:1:1");
	refused(c, INIT "{\"entry_type\":7.5e,\n", "a digit expected", "file:2:19");
}

static void counts_that_contradict_are_refused_with_their_line(void **state)
{
	static const char *const cases[][2] = {
	    {"\"passed\":11,\"total_evaluated\":10", "passed more attempts"},
	    {"\"passed\":5,\"fails\":4,\"total_evaluated\":10", "do not add up"},
	    {"\"passed\":-1,\"total_evaluated\":10", "a count from 0"},
	    {"\"passed\":1,\"total_evaluated\":2000000000", "a count from 0"},
	    {"\"passed\":9223372036854775807,\"fails\":9223372036854775807", "a count from 0"},
	    {"\"fails\":4,\"total_evaluated\":10", "without passed"},
	    {"\"passed\":4", "without passed and total"},
	    {"\"passed\":true,\"total\":1", "without passed"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[500];
		snprintf(text, sizeof text, INIT EVAL("dan.A", "%s"), cases[i][0]);
		refused(c, text, cases[i][1], "file:2");
	}
	refused(c, INIT "{\"entry_type\":\"eval\",\"passed\":1,\"total\":1}\n", "without probe and detector", "file:2");
	refused(c, EVAL("dan.A", "\"passed\":1.5,\"total\":2"), "a whole number expected", "file:1:64");
}

static void answers_without_a_judgement_are_not_counted(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, INIT EVAL("dan.A", "\"passed\":7,\"fails\":3,\"nones\":5,\"total_evaluated\":10,"
							 "\"total_processed\":15")),
			 OK);
	assert_column(&c->rows[0], "total", "10");
}

static void a_run_without_evals_is_counted_from_its_attempts(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, INIT ATTEMPT("[0.0,null,0.49]") ATTEMPT("[0.5,1]") ATTEMPT("[]")), OK);
	assert_int_equal(c->facts.records, 3);
	assert_int_equal(c->n, 1);
	assert_column(&c->rows[0], "passed", "2");
	assert_column(&c->rows[0], "failed", "2");
	assert_column(&c->rows[0], "total", "4");
	assert_column(&c->rows[0], "class", "jailbreak");
	assert_true(collect_warned(c, "counted from the detector scores"));
}

static void many_results_stay_one_row_each(void **state)
{
	struct collect *c = *state;
	struct buf b = BUF((size_t)1 << 20);
	buf_add(&b, S(INIT));
	for (int i = 0; i < 400; i++)
		buf_printf(&b,
			   "{\"entry_type\":\"attempt\",\"probe_classname\":\"p.%d\","
			   "\"detector_results\":{\"d.D\":[0,1]}}\n",
			   i % 100);
	assert_int_equal(collect_text(c, "garak", buf_str(&b)), OK);
	buf_release(&b);
	assert_int_equal(c->facts.records, 400);
	assert_int_equal(c->n, 100);
	for (size_t i = 0; i < c->n; i++)
		assert_column(&c->rows[i], "total", "8");
}

static void the_threshold_of_the_run_is_used(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "{\"entry_type\":\"start_run setup\",\"run.eval_threshold\":0.8,"
				      "\"transient.run_id\":\"R\"}\n" ATTEMPT("[0.5,0.79,0.8]")),
			 OK);
	assert_column(&c->rows[0], "failed", "1");
	assert_column(&c->rows[0], "passed", "2");
}

static void old_attempts_say_whether_they_passed(void **state)
{
	struct collect *c = *state;
	assert_int_equal(
	    read_text(c, "{\"entry_type\":\"attempt\",\"probe\":\"p.P\",\"detector\":\"d.D\",\"passed\":true}\n"
			 "{\"entry_type\":\"attempt\",\"probe\":\"p.P\",\"detector\":\"d.D\",\"passed\":false}\n"),
	    OK);
	assert_int_equal(c->facts.records, 2);
	assert_column(&c->rows[0], "passed", "1");
	assert_column(&c->rows[0], "failed", "1");
}

static void attempts_without_scores_judge_nothing(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, INIT ATTEMPT("[]") ATTEMPT("[null]")), OK);
	assert_int_equal(c->facts.records, 2);
	assert_int_equal(c->n, 0);
	assert_true(collect_warned(c, "nothing was judged"));
}

static void evals_stand_above_attempts(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, INIT ATTEMPT("[1,1]") EVAL("dan.A", GOOD) END_OF_RUN), OK);
	assert_int_equal(c->facts.records, 1);
	assert_int_equal(c->n, 1);
	assert_column(&c->rows[0], "failed", "3");
}

#define SETUP(run, name)                                                                                               \
	"{\"entry_type\":\"start_run setup\",\"transient.run_id\":\"" run                                              \
	"\",\"plugins.target_type\":\"openai\",\"plugins.target_name\":\"" name "\"}\n"

static void runs_one_behind_the_other_stay_apart(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, SETUP("A", "m1") EVAL("dan.A", GOOD) SETUP("B", "m2") EVAL("dan.A", GOOD)), OK);
	assert_int_equal(c->facts.records, 2);
	assert_true(str_eq(c->rows[0].id, S("A|dan.A|d.D")));
	assert_true(str_eq(c->rows[1].id, S("B|dan.A|d.D")));
	assert_column(&c->rows[0], "system_id", "openai:m1");
	assert_column(&c->rows[1], "system_id", "openai:m2");
	assert_int_equal(c->facts.identity.n, 0);
	assert_int_equal(read_text(c, SETUP("A", "m1") EVAL("dan.A", GOOD) SETUP("B", "m1") EVAL("dan.A", GOOD)), OK);
	assert_true(str_eq(c->facts.identity, S("garak:openai:m1")));
}

static void evals_that_repeat_are_left_out_and_ones_that_differ_are_numbered(void **state)
{
	struct collect *c = *state;
	assert_int_equal(
	    read_text(c, INIT EVAL("dan.A", GOOD) EVAL("dan.A", GOOD) EVAL("dan.A", "\"passed\":1,\"total\":2")), OK);
	assert_int_equal(c->facts.records, 3);
	assert_int_equal(c->n, 2);
	assert_true(str_eq(c->rows[1].id, S("R|dan.A|d.D#2")));
}

static void classes_follow_the_family_of_the_probe(void **state)
{
	static const char *const classes[][2] = {
	    {"promptinject.HijackHateHumans", "prompt_injection"},
	    {"latentinjection.X", "prompt_injection"},
	    {"dan.Dan_11_0", "jailbreak"},
	    {"leakreplay.NYTComplete", "leakage"},
	    {"realtoxicityprompts.RTPBlank", "toxicity"},
	    {"lmrc.Slur", "toxicity"},
	    {"malwaregen.Evasion", "malware"},
	    {"encoding.InjectROT13", "encoding"},
	    {"snowball.Primes", "hallucination"},
	    {"packagehallucination.Python", "hallucination"},
	    {"probes.dan.DUDE", "jailbreak"},
	    {"brand_new.Probe", "other"},
	    {"dandy.X", "other"},
	};
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
		char text[300];
		snprintf(text, sizeof text, EVAL("%s", GOOD), classes[i][0]);
		assert_int_equal(read_text(*state, text), OK);
		assert_column(collect_row(*state, EVIDENCE_RED_TEAM, 0), "class", classes[i][1]);
	}
}

static void entries_of_unknown_types_are_passed_over_with_a_warning(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, INIT "{\"entry_type\":\"novelty\"}\n{\"entry_type\":\"probe_summary\"}\n" EVAL(
					  "dan.A", GOOD) END_OF_RUN),
			 OK);
	assert_string_equal(c->warnings, "an entry of a type that is not known is passed over (on line 2)\n");
}

static void a_wrong_time_is_refused(void **state)
{
	refused(*state, "{\"entry_type\":\"init\",\"start_time\":\"01/02/2026\",\"run\":\"R\"}\n",
		"a time in ISO 8601 expected", "file:1");
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 1;
	assert_int_equal(read_text(c, INIT EVAL("dan.A", GOOD)), E_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(a_report_has_a_row_per_probe_and_detector),
	    COLLECT_TEST(the_short_report_is_read),
	    COLLECT_TEST(an_aggregate_is_as_old_as_its_first_report),
	    COLLECT_TEST(old_reports_have_a_config_and_a_total),
	    COLLECT_TEST(a_hit_log_counts_failures_without_a_total),
	    COLLECT_TEST(hits_of_one_probe_are_one_row),
	    COLLECT_TEST(a_hit_log_without_hits_is_fresh_and_empty),
	    COLLECT_TEST(a_digest_is_no_substitute_for_counts),
	    COLLECT_TEST(a_digest_with_counts_is_read),
	    COLLECT_TEST(digests_stand_below_evals_and_above_attempts),
	    COLLECT_TEST(digests_that_contradict_are_refused),
	    COLLECT_TEST(a_sample_cut_inside_a_line_is_refused),
	    COLLECT_TEST(a_report_cut_between_lines_says_that_the_end_is_missing),
	    COLLECT_TEST(lines_that_are_not_garaks_are_refused_with_their_number),
	    COLLECT_TEST(counts_that_contradict_are_refused_with_their_line),
	    COLLECT_TEST(answers_without_a_judgement_are_not_counted),
	    COLLECT_TEST(a_run_without_evals_is_counted_from_its_attempts),
	    COLLECT_TEST(many_results_stay_one_row_each),
	    COLLECT_TEST(the_threshold_of_the_run_is_used),
	    COLLECT_TEST(old_attempts_say_whether_they_passed),
	    COLLECT_TEST(attempts_without_scores_judge_nothing),
	    COLLECT_TEST(evals_stand_above_attempts),
	    COLLECT_TEST(runs_one_behind_the_other_stay_apart),
	    COLLECT_TEST(evals_that_repeat_are_left_out_and_ones_that_differ_are_numbered),
	    COLLECT_TEST(classes_follow_the_family_of_the_probe),
	    COLLECT_TEST(entries_of_unknown_types_are_passed_over_with_a_warning),
	    COLLECT_TEST(a_wrong_time_is_refused),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
