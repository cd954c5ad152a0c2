#include "collect.h"

#include "base/limits.h"

/* A log of one run with the given results and, behind them, the given rules. */
#define LOG_OF(rules, results)                                                                                         \
	"{\"version\":\"2.1.0\",\"runs\":[{\"results\":[" results                                                      \
	"],\"tool\":{\"driver\":{\"name\":\"Tool\",\"rules\":[" rules "]}}}]}"
#define NO_FEED                                                                                                        \
	"the log names no single repository: when several logs are imported for one unit, give each its own --feed"
#define LOG(results) LOG_OF("", results)
/* A run of a tool that looked and found nothing. */
#define RUN(members) "{\"tool\":{\"driver\":{\"name\":\"Tool\"}},\"results\":[]" members "}"
#define OF_U ",\"versionControlProvenance\":[{\"repositoryUri\":\"u\"}]"
#define RUNS(runs) "{\"version\":\"2.1.0\",\"runs\":[" runs "]}"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "sarif", str_from(text));
}

static void accepted(struct collect *c, const char *text, size_t rows)
{
	if (read_text(c, text) != OK)
		fail_msg("%s (%s)", c->err.message, c->err.where);
	assert_int_equal(c->n, rows);
	collect_no_same_ids(c);
}

static const struct evidence_record *only(struct collect *c, const char *text)
{
	accepted(c, text, 1);
	return &c->rows[0];
}

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(read_text(c, text), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
}

static int count(const struct collect *c, const char *column, const char *text)
{
	int n = 0;
	for (size_t i = 0; i < c->n; i++)
		n += strcmp(collect_show(&c->rows[i], column), text) == 0;
	return n;
}

/* ---- samples ---- */

static void the_taint_sample_names_its_repository(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "sarif", "sarif/taint-python-report.sarif"), OK);
	assert_int_equal(c->facts.records, 11);
	assert_int_equal(c->n, 11);
	assert_int_equal(count(c, "severity", "high"), 8);
	assert_int_equal(count(c, "severity", "medium"), 1); /* no level: its rule has none either */
	assert_int_equal(count(c, "severity", "low"), 2);
	assert_int_equal(count(c, "status", "open"), 11);
	assert_true(
	    str_eq(c->facts.identity, S("python security analysis:https://github.com/damiencarol/django-DefectDojo")));
	assert_string_equal(collect_observed(c), "2021-03-08T15:46:16Z");
	assert_string_equal(c->warnings, "");
	const struct evidence_record *r = &c->rows[0];
	assert_column(r, "rule", "taint-xmli");
	assert_column(r, "title", "XML Injection (aka Blind XPath Injection).");
	assert_column(r, "tool", "python security analysis");
	assert_true(str_ends(collect_value(r, "resource")->text, S("/dojo/tools/veracode/parser.py")));
	assert_column(r, "ai", "-");
	assert_column(r, "system_id", "-");
	assert_column(r, "created_at", "-");
	assert_int_equal(r->record, 1);
	assert_true(r->main && r->line > 1);
}

static void the_suppression_sample_has_three_suppressed_results(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "sarif", "sarif/suppression_test.sarif"), OK);
	assert_int_equal(c->n, 5);
	assert_int_equal(count(c, "status", "suppressed"), 3);
	assert_int_equal(count(c, "status", "open"), 2); /* one of them has an empty list */
	assert_int_equal(count(c, "severity", "medium"), 5);
	assert_false(c->facts.has_time);
	assert_int_equal(c->facts.identity.n, 0);
	assert_string_equal(c->warnings, "a run does not say when it was made (on line 5)\n" NO_FEED " (on line 5)\n");
}

static void the_baseline_sample_repeats_one_result(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "sarif", "sarif/baseline-updated.sarif"), OK);
	assert_int_equal(c->facts.records, 30);
	assert_int_equal(c->n, 29);
	assert_int_equal(count(c, "severity", "high"), 22);
	assert_int_equal(count(c, "severity", "low"), 5);
	assert_int_equal(count(c, "severity", "medium"), 2);
	assert_true(collect_warned(c, "repeats an earlier one word for word and is left out (on line 952)"));
	assert_column(&c->rows[0], "resource", "FunctionalTestOutput.BaselineOption/ToBeValidated.sarif");
}

static void small_samples_are_read_whole(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "sarif", "sarif/dockle_0_3_15.sarif"), OK);
	assert_int_equal(c->n, 4);
	assert_int_equal(count(c, "severity", "high"), 1);
	assert_int_equal(count(c, "severity", "low"), 3);
	assert_int_equal(count(c, "resource", "-"), 4);
	assert_int_equal(collect_file(c, "sarif", "sarif/njsscan.sarif"), OK);
	assert_int_equal(c->n, 2);
	assert_string_equal(collect_observed(c), "2021-03-23T00:10:48Z");
	assert_column(&c->rows[0], "title",
		      "crypto.pseudoRandomBytes()/Math.random() is a cryptographically weak random number generator.");
	assert_column(&c->rows[0], "severity", "medium");
	assert_column(&c->rows[1], "severity", "high");
	assert_int_equal(collect_file(c, "sarif", "sarif/spotbugs.sarif"), OK);
	assert_int_equal(c->n, 56);
	assert_int_equal(count(c, "severity", "low"), 56);
	assert_true(collect_warned(c, "the tool says that its run was not successful"));
}

static void the_form_of_codeql_is_read(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "sarif", "sarif/codeql-synthetic.sarif"), OK);
	assert_int_equal(c->facts.records, 5);
	assert_int_equal(c->n, 3);
	assert_true(str_eq(c->facts.identity, S("codeql:https://git.example.org/acme/assistant:.github/workflows/"
						"codeql.yml:analyze/language:python")));
	assert_string_equal(collect_observed(c), "2026-10-30T09:04:11.500Z");
	assert_true(str_eq(c->rows[0].id, S("codeql|py/path-injection|app/files.py|1a2b3c4d5e6f7081:1")));
	assert_column(&c->rows[0], "severity", "high");
	assert_column(&c->rows[0], "title", "Uncontrolled data used in path expression");
	assert_column(&c->rows[1], "resource", "app/store.py");
	assert_column(&c->rows[1], "status", "open");
	assert_column(&c->rows[2], "severity", "medium");
	assert_column(&c->rows[2], "status", "suppressed");
	assert_column(&c->rows[2], "created_at", "2026-03-01T08:00:00Z");
	assert_string_equal(c->warnings,
			    "a result waits for a person to decide (kind open or review): left out (on line 38)\n");
}

static void a_fingerprint_that_wants_a_login_is_none(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "sarif", "sarif/semgrep-synthetic.sarif"), OK);
	assert_int_equal(c->n, 2);
	collect_no_same_ids(c);
	assert_non_null(strstr(c->rows[0].id.p, "|7:5:"));
	assert_non_null(strstr(c->rows[1].id.p, "|9:5:"));
	assert_true(collect_warned(c, "\"requires login\" and tells nothing: passed over (2 times, first on line 8)"));
}

/* ---- broken files ---- */

static void a_sample_cut_anywhere_is_refused(void **state)
{
	static const char *const names[] = {"sarif/codeql-synthetic.sarif", "sarif/dockle_0_3_15.sarif"};
	struct collect *c = *state;
	for (size_t i = 0; i < 2; i++) {
		str text = collect_load(names[i]);
		str whole = str_trim(text);
		for (size_t n = 0; n < whole.n; n++) {
			assert_int_equal(collect_text(c, "sarif", str_slice(whole, 0, n)), E_INVALID);
			assert_non_null(strstr(c->err.where, "file:"));
			assert_int_equal(c->n, 0);
		}
		free((void *)(uintptr_t)text.p);
	}
}

static void other_versions_are_refused_by_name(void **state)
{
	struct collect *c = *state;
	refused(c, "{\"version\":\"2.0.0\",\"runs\":[{\"tool\":{},\"files\":{}}]}", "SARIF version \"2.0.0\"",
		"file:1");
	refused(c, "{\n\"version\":\"2.2\",\"runs\":[]}", "SARIF version \"2.2\"", "file:2");
	refused(c, "{\"version\":\"2.1.0-beta\\u0007\"}", "SARIF version \"2.1.0-beta?\"", "file:1");
	refused(c, "{\"version\":2.1}", "the text \"2.1.0\" expected", "file:1:12");
	refused(c, "{\"runs\":[" RUN("") "]}", "the log has no version", "file:1");
	refused(c, "{\"runs\":[" RUN("") "],\"version\":\"2.0.0\"}", "SARIF version \"2.0.0\"", "file:1");
}

static void wrong_types_are_refused_with_their_place(void **state)
{
	static const char *const cases[][2] = {
	    {"", "a value expected"},
	    {"[]", "a SARIF log (an object) expected"},
	    {"{\"version\":\"2.1.0\",\"runs\":{}}", "a list expected"},
	    {RUNS("1"), "a run (an object) expected"},
	    {RUNS("{\"results\":{}}"), "a list of results expected"},
	    {RUNS("{\"results\":[]}"), "a run does not name its tool"},
	    {RUNS("{\"results\":[],\"tool\":{\"driver\":[]}}"), "the driver of the tool (an object) expected"},
	    {RUNS("{\"results\":[],\"tool\":{\"driver\":{\"name\":{}}}}"), "a text expected"},
	    {LOG("1"), "a result (an object) expected"},
	    {LOG("{\"ruleId\":[]}"), "a text expected"},
	    {LOG("{\"ruleIndex\":\"1\"}"), "a whole number expected"},
	    {LOG("{\"ruleIndex\":1e99}"), "a whole number expected"},
	    {LOG("{\"message\":\"text\"}"), "an object expected"},
	    {LOG("{\"locations\":[\"here\"]}"), "a location (an object) expected"},
	    {LOG("{\"suppressions\":[true]}"), "a suppression (an object) expected"},
	    {LOG("{\"fingerprints\":[]}"), "an object expected"},
	    {LOG("{\"kind\":\"perhaps\"}"), "result 1: the kind \"perhaps\" is not known"},
	    {LOG("{},{\"baselineState\":\"gone\"}"), "result 2: the baselineState \"gone\" is not known"},
	    {LOG("{\"provenance\":{\"firstDetectionTimeUtc\":\"once\"}}"), "firstDetectionTimeUtc \"once\""},
	    {LOG_OF("[]", ""), "a rule (an object) expected"},
	    {RUNS(RUN(",\"invocations\":[{\"endTimeUtc\":\"noon\"}]")), "\"noon\" is no time"},
	    {RUNS(RUN(",\"invocations\":[{\"executionSuccessful\":\"yes\"}]")), "true or false expected"},
	    {LOG("{\"ruleId\":\"a\\u0000b\"}"), "a text without the character U+0000 expected"},
	    {LOG("{\"message\":{\"text\":\"a\\u0000b\"}}"), "a text without the character U+0000 expected"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(read_text(c, cases[i][0]), E_INVALID);
		if (!strstr(c->err.message, cases[i][1]))
			fail_msg("\"%s\" is not in \"%s\"", cases[i][1], c->err.message);
		assert_non_null(strstr(c->err.where, "file:1"));
	}
}

static void a_member_that_stands_twice_is_refused(void **state)
{
	static const char *const texts[] = {
	    "{\"version\":\"2.1.0\",\"version\":\"2.1.0\",\"runs\":[" RUN("") "]}",
	    RUNS(RUN(",\"results\":[]")),
	    LOG("{\"level\":\"note\",\"level\":\"error\"}"),
	    LOG("{\"suppressions\":[],\"suppressions\":[{}]}"),
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		assert_int_equal(read_text(c, texts[i]), E_INVALID);
		assert_non_null(strstr(c->err.detail, "stands twice"));
	}
}

static void deep_nesting_is_refused(void **state)
{
	struct collect *c = *state;
	char text[1200] = LOG("{\"properties\":");
	char *at = strstr(text, "],\"tool");
	memset(at, '[', 600);
	at[600] = '\0';
	enum status status = read_text(c, text);
	assert_true(status == E_INVALID || status == E_TOO_LARGE);
	assert_int_equal(c->n, 0);
}

/* ---- runs ---- */

static void a_log_without_results_is_no_clean_scan(void **state)
{
	struct collect *c = *state;
	refused(c, RUNS(""), "the log has no run", "file:1");
	refused(c, "{\"version\":\"2.1.0\"}", "the log has no run", "file:1");
	refused(c, "{\"version\":\"2.1.0\",\"runs\":null}", "the log has no run", "file:1");
	refused(c, RUNS("{\"tool\":{\"driver\":{\"name\":\"T\"}}}"), "no run of the log has results", "file:1");
	refused(c, RUNS("{\"tool\":{\"driver\":{\"name\":\"T\"}},\"results\":null}"), "no run of the log has results",
		"file:1");
	refused(c, RUNS(RUN(",\"externalPropertyFileReferences\":{\"results\":[{}]}")),
		"run 1 keeps its results in other files", "file:1");
	accepted(c, RUNS(RUN("") ",{\"tool\":{\"driver\":{\"name\":\"T\"}}}"), 0);
	assert_true(collect_warned(c, "a run has no list of results: nothing of it is read"));
}

static void an_empty_list_of_results_renews_the_feed(void **state)
{
	struct collect *c = *state;
	accepted(c, RUNS(RUN(OF_U ",\"invocations\":[{\"endTimeUtc\":\"2026-10-01T00:00:00Z\"}]")), 0);
	assert_int_equal(c->facts.records, 0);
	assert_string_equal(collect_observed(c), "2026-10-01T00:00:00Z");
	assert_string_equal(c->warnings, "");
	assert_true(import_format_find(S("sarif"))->always == EVIDENCE_BIT(EVIDENCE_FINDING));
}

static void the_latest_end_of_all_runs_is_the_time(void **state)
{
#define AT(times) RUN(OF_U ",\"invocations\":[" times "]")
	static const char *const cases[][3] = {
	    {RUNS(AT("{\"endTimeUtc\":\"2026-10-02T00:00:00Z\"},{\"endTimeUtc\":\"2026-10-01T00:00:00Z\"}")),
	     "2026-10-02T00:00:00Z", ""},
	    {RUNS(AT("{\"endTimeUtc\":\"2026-10-01T00:00:00Z\"}") "," AT("{\"endTimeUtc\":\"2026-10-03T00:00:00Z\"}")),
	     "2026-10-03T00:00:00Z", ""},
	    {RUNS(AT("{\"startTimeUtc\":\"2026-10-01T00:00:00Z\"}")), "2026-10-01T00:00:00Z", "a run has no end"},
	    {RUNS(AT("{\"startTimeUtc\":\"2026-10-09T00:00:00Z\",\"endTimeUtc\":\"2026-10-01T00:00:00Z\"}")),
	     "2026-10-01T00:00:00Z", ""},
	    {RUNS(AT("{\"endTimeUtc\":\"2026-10-01T00:00:00\"}")), "2026-10-01T00:00:00Z", "names no zone"},
	    {RUNS(AT("{\"endTimeUtc\":null}")), "-", "does not say when it was made"},
	    {RUNS(AT("{}") "," AT("{\"endTimeUtc\":\"2026-10-03T00:00:00Z\"}")), "2026-10-03T00:00:00Z",
	     "does not say when it was made"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		accepted(c, cases[i][0], 0);
		assert_string_equal(collect_observed(c), cases[i][1]);
		assert_true(cases[i][2][0] ? collect_warned(c, cases[i][2]) : !c->warnings[0]);
	}
}

static void the_feed_is_named_only_when_all_runs_share_it(void **state)
{
#define IN(uri) RUN(",\"versionControlProvenance\":[{\"repositoryUri\":\"" uri "\"}]")
#define IN_CATEGORY(id)                                                                                                \
	RUN(",\"versionControlProvenance\":[{\"repositoryUri\":\"u\"}],\"automationDetails\":{\"id\":\"" id "\"}")
	static const char *const cases[][2] = {
	    {RUNS(IN("https://h/r")), "tool:https://h/r"},
	    {RUNS(IN("https://h/r") "," IN("https://h/r")), "tool:https://h/r"},
	    {RUNS(IN("https://h/r") "," IN("https://h/s")), ""},
	    {RUNS(IN("https://h/r") "," RUN("")), ""},
	    {RUNS(RUN("") "," IN("https://h/r")), ""},
	    {RUNS(RUN(",\"versionControlProvenance\":[{\"repositoryUri\":\"a\"},{\"repositoryUri\":\"b\"}]")), ""},
	    {RUNS(RUN(",\"versionControlProvenance\":[{\"repositoryUri\":\"a\"},{\"repositoryUri\":\"a\"}]")),
	     "tool:a"},
	    {RUNS(RUN(",\"versionControlProvenance\":[]")), ""},
	    {RUNS(IN("https://user:pass@h/r@x")), "tool:https://h/r@x"},
	    {RUNS(IN("https://a@b@h/r")), "tool:https://h/r"},
	    {RUNS(IN("https://token@h")), "tool:https://h"},
	    {RUNS(IN("git@h:o/r.git")), "tool:git@h:o/r.git"},
	    {RUNS(IN_CATEGORY("nightly/python/2026-10-01")), "tool:u:nightly/python"},
	    {RUNS(IN_CATEGORY("2026-10-01")), "tool:u"},
	    {RUNS(IN_CATEGORY("/")), "tool:u"},
	    {RUNS(IN_CATEGORY("a/1") "," IN_CATEGORY("a/2")), "tool:u:a"},
	    {RUNS(IN_CATEGORY("a/1") "," IN_CATEGORY("b/1")), "tool:u"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		accepted(c, cases[i][0], 0);
		if (!str_eq(c->facts.identity, str_from(cases[i][1])))
			fail_msg("%s is not %.*s", cases[i][1], STR_ARG(c->facts.identity));
		assert_int_equal(collect_warned(c, NO_FEED), !cases[i][1][0]);
	}
}

static void runs_of_several_tools_are_kept_apart(void **state)
{
	struct collect *c = *state;
	accepted(c,
		 RUNS("{\"tool\":{\"driver\":{\"name\":\"A\",\"rules\":[{\"id\":\"r\",\"shortDescription\":{\"text\":"
		      "\"of A\"}}]}},\"results\":[{\"ruleId\":\"r\"}]},"
		      "{\"results\":[{\"ruleId\":\"r\"}],\"tool\":{\"driver\":{\"name\":\"B\",\"rules\":[{\"id\":\"r\","
		      "\"shortDescription\":{\"text\":\"of B\"}}]}}}"),
		 2);
	assert_column(&c->rows[0], "title", "of A");
	assert_column(&c->rows[1], "title", "of B");
	assert_column(&c->rows[1], "tool", "b");
	assert_int_equal(c->rows[1].record, 2);
}

/* ---- results ---- */

static void a_level_comes_from_the_result_its_rule_or_is_warning(void **state)
{
#define RULE(members) "{\"id\":\"r\"" members "}"
#define NOTE RULE(",\"defaultConfiguration\":{\"level\":\"note\"}")
#define SCORE(score)                                                                                                   \
	RULE(",\"defaultConfiguration\":{\"level\":\"note\"},\"properties\":{\"security-severity\":" score "}")
	static const char *const cases[][3] = {
	    {LOG("{\"ruleId\":\"r\"}"), "medium", ""},
	    {LOG("{\"ruleId\":\"r\",\"level\":null}"), "medium", ""},
	    {LOG("{\"level\":\"error\"}"), "high", ""},
	    {LOG("{\"level\":\"Warning\"}"), "medium", ""},
	    {LOG("{\"level\":\"note\"}"), "low", ""},
	    {LOG("{\"level\":\"none\"}"), "info", ""},
	    {LOG("{\"level\":\"severe\"}"), "-", "a level is none of error"},
	    {LOG_OF(NOTE, "{\"ruleId\":\"r\"}"), "low", ""},
	    {LOG_OF(NOTE, "{\"ruleId\":\"r/sub/1\"}"), "low", ""},
	    {LOG_OF(NOTE, "{\"ruleId\":\"rs\"}"), "medium", ""},
	    {LOG_OF(NOTE, "{\"ruleId\":\"r\",\"level\":\"error\"}"), "high", ""},
	    {LOG_OF(NOTE, "{\"ruleIndex\":0}"), "low", ""},
	    {LOG_OF(NOTE, "{\"rule\":{\"index\":0}}"), "low", ""},
	    {LOG_OF(NOTE, "{\"ruleId\":\"r\",\"ruleIndex\":-1}"), "low", ""},
	    {LOG_OF(NOTE, "{\"ruleId\":\"r\",\"ruleIndex\":5}"), "low", "a ruleIndex or artifact index leads nowhere"},
	    {LOG_OF(NOTE ",{\"id\":\"s\"}", "{\"ruleId\":\"r\",\"ruleIndex\":1}"), "low", "to another id"},
	    {LOG_OF(NOTE, "{\"ruleIndex\":0,\"rule\":{\"toolComponent\":{\"index\":9223372036854775807}}}"), "medium",
	     "leads nowhere"},
	    {LOG_OF(RULE(",\"defaultConfiguration\":{\"level\":\"loud\"}"), "{\"ruleId\":\"r\"}"), "medium",
	     "a level is none of"},
	    {LOG_OF(SCORE("\"9.0\""), "{\"ruleId\":\"r\",\"level\":\"note\"}"), "critical", ""},
	    {LOG_OF(SCORE("\"8.99\""), "{\"ruleId\":\"r\"}"), "high", ""},
	    {LOG_OF(SCORE("7"), "{\"ruleId\":\"r\"}"), "high", ""},
	    {LOG_OF(SCORE("6.9"), "{\"ruleId\":\"r\"}"), "medium", ""},
	    {LOG_OF(SCORE("\"3.9\""), "{\"ruleId\":\"r\"}"), "low", ""},
	    {LOG_OF(SCORE("\"0.04\""), "{\"ruleId\":\"r\"}"), "low", ""},
	    {LOG_OF(SCORE("\"0.0\""), "{\"ruleId\":\"r\"}"), "info", ""},
	    {LOG_OF(SCORE("\"10.00\""), "{\"ruleId\":\"r\"}"), "critical", ""},
	    {LOG_OF(SCORE("\"10.01\""), "{\"ruleId\":\"r\"}"), "low", "no number from 0.0 to 10.0"},
	    {LOG_OF(SCORE("\"high\""), "{\"ruleId\":\"r\"}"), "low", "no number from 0.0 to 10.0"},
	    {LOG_OF(SCORE("\"-1\""), "{\"ruleId\":\"r\"}"), "low", "no number from 0.0 to 10.0"},
	    {LOG_OF(SCORE("\"7.\""), "{\"ruleId\":\"r\"}"), "low", "no number from 0.0 to 10.0"},
	    {LOG_OF(SCORE("\"\""), "{\"ruleId\":\"r\"}"), "low", ""},
	    {LOG_OF(SCORE("[9]"), "{\"ruleId\":\"r\"}"), "low", ""},
	    {LOG_OF(SCORE("\"9.0\""), "{\"ruleId\":\"r\",\"properties\":{\"security-severity\":\"4.0\"}}"), "medium",
	     ""},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct evidence_record *r = only(c, cases[i][0]);
		if (strcmp(collect_show(r, "severity"), cases[i][1]) != 0)
			fail_msg("case %zu: %s is not %s", i, collect_show(r, "severity"), cases[i][1]);
		assert_true(collect_warned(c, cases[i][2]));
	}
}

static void only_failures_become_findings(void **state)
{
	struct collect *c = *state;
	accepted(
	    c,
	    LOG("{\"kind\":\"pass\"},{\"kind\":\"notApplicable\"},{\"kind\":\"informational\"},{\"kind\":\"open\"},"
		"{\"kind\":\"review\"},{\"kind\":\"fail\"},{\"ruleId\":\"r\",\"kind\":null}"),
	    2);
	assert_int_equal(c->facts.records, 7);
	assert_int_equal(c->rows[0].record, 6);
	assert_true(collect_warned(c, "waits for a person to decide (kind open or review): left out (2 times"));
}

static void suppressions_count_unless_one_is_open_or_rejected(void **state)
{
	static const char *const cases[][3] = {
	    {"", "open", ""},
	    {"{\"kind\":\"inSource\"}", "suppressed", ""},
	    {"{\"kind\":\"external\",\"status\":\"accepted\"}", "suppressed", ""},
	    {"{\"kind\":\"external\",\"status\":\"underReview\"}", "open", ""},
	    {"{\"kind\":\"inSource\"},{\"kind\":\"external\",\"status\":\"rejected\"}", "open", ""},
	    {"{\"kind\":\"external\",\"state\":\"accepted\"}", "suppressed", "from a draft of SARIF"},
	    {"{\"kind\":\"external\",\"state\":\"rejected\"}", "open", "from a draft of SARIF"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[400];
		snprintf(text, sizeof text, LOG("{\"suppressions\":[%s]}"), cases[i][0]);
		assert_column(only(c, text), "status", cases[i][1]);
		assert_true(collect_warned(c, cases[i][2]));
	}
	assert_column(only(c, LOG("{\"suppressions\":null}")), "status", "open");
}

static void a_baseline_tells_what_is_gone(void **state)
{
	static const char *const cases[][2] = {
	    {"new", "open"}, {"unchanged", "open"}, {"updated", "open"}, {"existing", "open"}, {"absent", "fixed"}};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[300];
		snprintf(text, sizeof text, LOG("{\"baselineState\":\"%s\"}"), cases[i][0]);
		const struct evidence_record *r = only(c, text);
		assert_column(r, "status", cases[i][1]);
		assert_column(r, "resolved_at", "-");
	}
	assert_column(only(c, LOG("{\"baselineState\":\"absent\",\"suppressions\":[{}]}")), "status", "fixed");
}

static void the_place_is_the_first_location(void **state)
{
#define FILE_AT(location) "\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{" location "}}}]"
	static const char *const cases[][2] = {
	    {FILE_AT("\"uri\":\"a.c\""), "a.c"},
	    {FILE_AT("\"uri\":\"a.c\"") ",\"analysisTarget\":{\"uri\":\"t\"}", "a.c"},
	    {"\"analysisTarget\":{\"uri\":\"t\"}," FILE_AT("\"uri\":\"a.c\""), "a.c"},
	    {"\"analysisTarget\":{\"uri\":\"t\"}", "t"},
	    {"\"locations\":[{\"logicalLocations\":[{\"fullyQualifiedName\":\"f()\"},{\"fullyQualifiedName\":\"g()\"}"
	     "]}]",
	     "f()"},
	    {"\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"1\"}}},{\"physicalLocation\":{"
	     "\"artifactLocation\":{\"uri\":\"2\"}}}]",
	     "1"},
	    {FILE_AT("\"index\":0"), "-"},
	    {FILE_AT("\"index\":-1"), "-"},
	    {"\"locations\":[]", "-"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[600];
		snprintf(text, sizeof text, LOG("{%s}"), cases[i][0]);
		assert_column(only(c, text), "resource", cases[i][1]);
		assert_int_equal(collect_warned(c, "index leads nowhere"), i == 6);
	}
}

static void a_title_is_one_short_line(void **state)
{
	struct collect *c = *state;
	char text[2000], words[1001];
	assert_column(only(c, LOG("{\"message\":{\"text\":\"\\n  first \\r\\n second\"}}")), "title", "first");
	assert_column(only(c, LOG_OF(RULE(",\"name\":\"N\""), "{\"ruleId\":\"r\"}")), "title", "N");
	assert_column(only(c, LOG_OF(RULE(",\"name\":\"N\""), "{\"ruleId\":\"r\",\"message\":{\"text\":\"M\"}}")),
		      "title", "M");
	assert_column(only(c, LOG_OF(RULE(",\"fullDescription\":{\"text\":\"F\"}"),
				     "{\"ruleId\":\"r\",\"message\":{\"text\":\"M\"}}")),
		      "title", "F");
	for (size_t i = 0; i < 1000; i += 2)
		memcpy(words + i, "\xC3\xA4", 2);
	words[1000] = '\0';
	snprintf(text, sizeof text, LOG("{\"message\":{\"text\":\"x%s\"}}"), words);
	assert_int_equal(strlen(collect_show(only(c, text), "title")), 399);
	assert_column(only(c, LOG("{\"message\":{\"id\":\"m\"}}")), "title", "-");
}

static void results_without_fingerprint_are_told_apart_by_place_and_words(void **state)
{
#define LINE(line, text)                                                                                               \
	"{\"ruleId\":\"r\",\"message\":{\"text\":\"" text                                                              \
	"\"},\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{"                                             \
	"\"uri\":\"a.c\"},\"region\":{\"startLine\":" line "}}}]}"
	struct collect *c = *state;
	accepted(c, LOG(LINE("1", "x") "," LINE("2", "x") "," LINE("1", "y")), 3);
	assert_string_equal(c->warnings, "a run does not say when it was made (on line 1)\n" NO_FEED " (on line 1)\n");
	accepted(c, LOG(LINE("1", "x") "," LINE("1", "x")), 1);
	assert_true(collect_warned(c, "repeats an earlier one word for word"));
	accepted(c,
		 LOG("{\"message\":{\"id\":\"m\",\"arguments\":[\"1\"]}},{\"message\":{\"id\":\"m\",\"arguments\":["
		     "\"2\"]}}"),
		 2);
	accepted(c, LOG("{\"level\":\"note\"},{\"level\":\"error\"}"), 2);
	assert_true(collect_warned(c, "has the id of an earlier one"));
}

static void fingerprints_outlive_a_move_to_another_line(void **state)
{
#define MARKED(line, marks)                                                                                            \
	"{\"ruleId\":\"r\"," marks ",\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{"                     \
	"\"uri\":\"a.c\"},\"region\":{\"startLine\":" line "}}}]}"
	static const char *const pairs[][2] = {
	    {LOG(MARKED("1", "\"fingerprints\":{\"a\":\"1\",\"b\":\"2\"}")),
	     LOG(MARKED("9", "\"fingerprints\":{\"b\":\"2\",\"a\":\"1\"}"))},
	    {LOG(MARKED("1", "\"partialFingerprints\":{\"a\":\"1\"}")),
	     LOG(MARKED("9", "\"partialFingerprints\":{\"a\":\"1\"}"))},
	    {LOG(MARKED("1", "\"partialFingerprints\":{\"primaryLocationLineHash\":\"1\",\"x\":\"2\"}")),
	     LOG(MARKED("9", "\"partialFingerprints\":{\"primaryLocationLineHash\":\"1\",\"x\":\"3\"}"))},
	    {LOG(MARKED("1", "\"correlationGuid\":\"g\",\"fingerprints\":{\"a\":\"1\"}")),
	     LOG(MARKED("9", "\"correlationGuid\":\"g\",\"fingerprints\":{\"a\":\"2\"}"))},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		char id[600];
		snprintf(id, sizeof id, "%.*s", STR_ARG(only(c, pairs[i][0])->id));
		assert_true(str_eq(only(c, pairs[i][1])->id, str_from(id)));
	}
	accepted(
	    c, LOG(MARKED("1", "\"fingerprints\":{\"a\":\"1\"}") "," MARKED("1", "\"fingerprints\":{\"a\":\"2\"}")), 2);
}

static void a_fingerprint_that_several_places_share_is_numbered(void **state)
{
#define SHARED(line) MARKED(line, "\"fingerprints\":{\"a\":\"1\"}")
	struct collect *c = *state;
	accepted(c, LOG(SHARED("1") "," SHARED("2") "," SHARED("2") "," SHARED("1")), 2);
	assert_true(collect_warned(c, "have the same fingerprint: a number is added to the id (on line 1)"));
	assert_true(str_ends(c->rows[1].id, S("#2")));
	accepted(c, LOG(MARKED("1", "\"fingerprints\":{\"a\":{\"value\":\"1\"}}")), 1);
	assert_true(collect_warned(c, "a fingerprint is no text"));
	assert_non_null(strstr(c->rows[0].id.p, "|1:0:"));
}

static void very_long_ids_are_shortened_and_distinct(void **state)
{
	struct collect *c = *state;
	char uri[3000], text[8000];
	memset(uri, 'u', sizeof uri - 1);
	uri[sizeof uri - 1] = '\0';
	snprintf(text, sizeof text, LOG("{" FILE_AT("\"uri\":\"%sa\"") "},{" FILE_AT("\"uri\":\"%sb\"") "}"), uri, uri);
	accepted(c, text, 2);
	assert_true(collect_warned(c, "over 512 bytes"));
}

static void huge_numbers_are_harmless(void **state)
{
	struct collect *c = *state;
	accepted(c, LOG(LINE("9223372036854775807", "x") "," LINE("-9223372036854775808", "x")), 2);
	refused(c, LOG(LINE("9223372036854775808", "x")), "a whole number expected", "file:1:166");
	accepted(c, LOG("{" FILE_AT("\"index\":9223372036854775807") ",\"ruleIndex\":9223372036854775807}"), 1);
}

static void a_log_is_read_from_a_file_too(void **state)
{
	struct collect *c = *state;
	struct source from;
	assert_int_equal(source_open_file(&from, TEST_DATA "/sarif/codeql-synthetic.sarif", S("file"), &c->err), OK);
	enum status status = collect_source(c, "sarif", &from);
	source_close(&from);
	assert_int_equal(status, OK);
	assert_int_equal(c->n, 3);
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 3;
	assert_int_equal(collect_file(c, "sarif", "sarif/suppression_test.sarif"), E_IO);
	assert_int_equal(c->n, 2);
}

static void samples_are_told_from_other_formats(void **state)
{
	static const char *const names[] = {"baseline-updated", "dockle_0_3_15",    "njsscan",
					    "spotbugs",         "suppression_test", "taint-python-report",
					    "codeql-synthetic", "semgrep-synthetic"};
	struct collect *c = *state;
	const struct import_format *found;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char name[100];
		snprintf(name, sizeof name, "sarif/%s.sarif", names[i]);
		str text = collect_load(name);
		assert_int_equal(import_detect(str_slice(text, 0, IMPORT_HEAD), false, S("file"), &found, &c->err), OK);
		assert_true(str_eq(found->name, S("sarif")));
		free((void *)(uintptr_t)text.p);
	}
	/* Versions that are refused are refused as SARIF. */
	assert_int_equal(import_detect(S("{\"version\":\"2.2\",\"runs\":[]}"), true, S("file"), &found, &c->err), OK);
	assert_true(str_eq(found->name, S("sarif")));
	assert_int_equal(import_detect(S("{\"runs\":[]}"), true, S("file"), &found, &c->err), E_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_taint_sample_names_its_repository),
	    COLLECT_TEST(the_suppression_sample_has_three_suppressed_results),
	    COLLECT_TEST(the_baseline_sample_repeats_one_result),
	    COLLECT_TEST(small_samples_are_read_whole),
	    COLLECT_TEST(the_form_of_codeql_is_read),
	    COLLECT_TEST(a_fingerprint_that_wants_a_login_is_none),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(other_versions_are_refused_by_name),
	    COLLECT_TEST(wrong_types_are_refused_with_their_place),
	    COLLECT_TEST(a_member_that_stands_twice_is_refused),
	    COLLECT_TEST(deep_nesting_is_refused),
	    COLLECT_TEST(a_log_without_results_is_no_clean_scan),
	    COLLECT_TEST(an_empty_list_of_results_renews_the_feed),
	    COLLECT_TEST(the_latest_end_of_all_runs_is_the_time),
	    COLLECT_TEST(the_feed_is_named_only_when_all_runs_share_it),
	    COLLECT_TEST(runs_of_several_tools_are_kept_apart),
	    COLLECT_TEST(a_level_comes_from_the_result_its_rule_or_is_warning),
	    COLLECT_TEST(only_failures_become_findings),
	    COLLECT_TEST(suppressions_count_unless_one_is_open_or_rejected),
	    COLLECT_TEST(a_baseline_tells_what_is_gone),
	    COLLECT_TEST(the_place_is_the_first_location),
	    COLLECT_TEST(a_title_is_one_short_line),
	    COLLECT_TEST(results_without_fingerprint_are_told_apart_by_place_and_words),
	    COLLECT_TEST(fingerprints_outlive_a_move_to_another_line),
	    COLLECT_TEST(a_fingerprint_that_several_places_share_is_numbered),
	    COLLECT_TEST(very_long_ids_are_shortened_and_distinct),
	    COLLECT_TEST(huge_numbers_are_harmless),
	    COLLECT_TEST(a_log_is_read_from_a_file_too),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	    COLLECT_TEST(samples_are_told_from_other_formats),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
