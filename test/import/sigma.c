#include "collect.h"

#include "base/limits.h"
#include "import/formats.h"

#define RULE(more) "title: T\nid: x\nlogsource: {product: p}\ndetection: {condition: c}\n" more

static void accepted(struct collect *c, const char *text)
{
	if (collect_text(c, "sigma", str_from(text)) != OK)
		fail_msg("%s (%s)", c->err.message, c->err.where);
	collect_no_same_ids(c);
}

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(collect_text(c, "sigma", str_from(text)), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
	assert_int_equal(c->n, 0);
}

static void a_rule_becomes_a_detection(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "sigma", "sigma/prompt_injection.yml"), OK);
	assert_int_equal(c->facts.records, 1);
	assert_int_equal(c->n, 1);
	const struct evidence_record *r = collect_row(c, EVIDENCE_DETECTION, 0);
	assert_true(str_eq(r->id, S("3f6f0c1e-7c0a-4b0e-9a51-2f0f6a4d1a01")));
	assert_column(r, "name", "Injected Instructions in a Retrieved Document");
	assert_column(r, "technique", "AML.T0051.001");
	assert_column(r, "log_source_id", "llm_gateway/application/prompts");
	assert_column(r, "severity", "high");
	assert_column(r, "from_code", "1");
	assert_column(r, "created_at", "2026-03-04T00:00:00Z");
	/* That a rule was written does not say that it runs, or was tested. */
	assert_column(r, "enabled", "-");
	assert_column(r, "tested_at", "-");
	assert_column(r, "test_passed", "-");
	assert_column(r, "system_id", "-");
	assert_string_equal(c->warnings, "");
	assert_string_equal(collect_observed(c), "-");
	assert_int_equal(c->facts.identity.n, 0);
}

/* By hand: six documents and an empty one; the part of the correlation and the filter are no detections. */
static void a_file_of_several_documents_is_read(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "sigma", "sigma/collection.yml"), OK);
	assert_int_equal(c->facts.records, 6);
	assert_int_equal(c->n, 4);
	assert_column(&c->rows[0], "technique", "AML.T0057");
	assert_column(&c->rows[0], "log_source_id", "llm_gateway/answers");
	assert_column(&c->rows[1], "technique", "AML.T0054");
	assert_column(&c->rows[1], "enabled", "0");
	assert_column(&c->rows[2], "technique", "-");
	assert_column(&c->rows[2], "created_at", "2026-05-23T00:00:00Z");
	assert_column(&c->rows[2], "log_source_id", "windows/process_creation");
	assert_column(&c->rows[3], "name", "One Caller Asks Ten Thousand Questions an Hour");
	assert_column(&c->rows[3], "technique", "AML.T0024.002");
	assert_column(&c->rows[3], "log_source_id", "-");
	assert_int_equal(c->rows[3].line, 60);
	assert_true(collect_warned(c, "a rule has no tag of an ATLAS technique (atlas.aml.t0051); those of ATT&CK"));
	assert_true(collect_warned(c, "several ATLAS techniques: the first counts (on line 2)"));
	assert_true(collect_warned(c, "a rule is part of a correlation and raises no alert of its own: left out (on"));
	assert_true(collect_warned(c, "a filter of Sigma is no detection: left out (on line 77)"));
}

static void flaws_of_real_rules_are_accepted(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "sigma", "sigma/plain.yml"), OK);
	const struct evidence_record *r = &c->rows[0];
	assert_true(str_eq(r->id, S("A Tool Was Called That Is Not on the List")));
	assert_column(r, "created_at", "-");
	assert_column(r, "severity", "-");
	assert_column(r, "enabled", "-");
	assert_column(r, "technique", "-");
	assert_true(collect_warned(c, "no id: its title stands for it"));
	assert_true(collect_warned(c, "no day that has been"));
	assert_true(collect_warned(c, "a level that Sigma does not have"));
	assert_true(collect_warned(c, "a status that Sigma does not have"));
}

static void tags_of_atlas_are_told_from_others(void **state)
{
	static const char *const cases[][2] = {
	    {"atlas.aml.t0051", "AML.T0051"},
	    {"atlas.AML.T0051.000", "AML.T0051.000"},
	    {"atlas.aml-t0051", "AML.T0051"},
	    {"ATLAS.T0043-001", "AML.T0043.001"},
	    {"AML.T0010", "AML.T0010"},
	    {"attack.t1059", "-"},
	    {"attack.t1059.001", "-"},
	    {"t0051", "-"},
	    {"atlas.tactic.impact", "-"},
	    {"atlas.aml.ta0001", "-"},
	    {"atlas.aml.t005", "-"},
	    {"atlas.aml.t00511", "-"},
	    {"atlas.aml.t0051.0", "-"},
	    {"atlas.aml.t0051x001", "-"},
	    {"atlas.aml.t0051.00x", "-"},
	    {"aml.m0001", "-"},
	    {"''", "-"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[300];
		snprintf(text, sizeof text, RULE("tags: [%s]\n"), cases[i][0]);
		accepted(c, text);
		assert_column(&c->rows[0], "technique", cases[i][1]);
	}
}

static void the_status_says_only_what_cannot_run(void **state)
{
	static const char *const cases[][2] = {{"stable", "-"},     {"test", "-"},        {"experimental", "-"},
					       {"deprecated", "0"}, {"Unsupported", "0"}, {"live", "-"}};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[300];
		snprintf(text, sizeof text, RULE("status: %s\n"), cases[i][0]);
		accepted(c, text);
		assert_column(&c->rows[0], "enabled", cases[i][1]);
	}
}

static void parts_of_a_correlation_stand_alone_when_it_says_so(void **state)
{
#define CORRELATION(more) "---\ntitle: C\nid: c\ncorrelation:\n  type: temporal\n  rules: [x]\n" more
	struct collect *c = *state;
	accepted(c, RULE("") CORRELATION(""));
	assert_int_equal(c->n, 1);
	assert_true(str_eq(c->rows[0].id, S("c")));
	accepted(c, RULE("") CORRELATION("  generate: true\n"));
	assert_int_equal(c->n, 2);
	accepted(c, RULE("") CORRELATION("generate: true\n"));
	assert_int_equal(c->n, 2);
	accepted(c, RULE("") "---\ntitle: C\ncorrelation: {rules: x}\n");
	assert_int_equal(c->n, 1);
	/* A chain: the last one alone raises an alert. */
	accepted(c, RULE("") CORRELATION("") "---\ntitle: D\nid: d\ncorrelation: {rules: [c]}\n");
	assert_int_equal(c->n, 1);
	assert_true(str_eq(c->rows[0].id, S("d")));
}

static void a_date_to_come_is_not_believed(void **state)
{
	struct collect *c = *state;
	struct source from = source_text(S("file"), S(RULE("date: 2026-11-05\n")));
	struct import_sink sink = {c, collect_record, collect_warn};
	int64_t given;
	assert_true(time_parse(S("2026-11-01"), &given));
	struct import_input in = {
	    .from = &from, .arena = &c->arena, .facts = &c->facts, .sink = &sink, .given_ms = &given};
	assert_int_equal(import_sigma.read(&in, &c->err), OK);
	assert_column(&c->rows[0], "created_at", "-");
	assert_true(collect_warned(c, "no day that has been"));
}

static void detection_knows_the_format(void **state)
{
	static const char *const names[] = {"sigma/prompt_injection.yml", "sigma/collection.yml", "sigma/plain.yml"};
	struct collect *c = *state;
	for (size_t i = 0; i < 3; i++) {
		const struct import_format *f = NULL;
		str text = collect_load(names[i]);
		assert_int_equal(import_detect(text, true, S("file"), &f, &c->err), OK);
		assert_ptr_equal(f, &import_sigma);
		free((void *)(uintptr_t)text.p);
	}
	static const char *const others[] = {"apiVersion: v1\nkind: Pod\nmetadata:\n  title: x\n",
					     "title: x\ndetection: y\n", "logsource: x\ndetection: y\n",
					     "# title: x\n# logsource:\n# detection:\n"};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_int_equal(import_sigma.sniff(str_from(others[i]), true), 0);
	assert_int_equal(import_sigma.sniff(S("\xEF\xBB\xBFtitle: x\r\nlogsource:\r\nfilter:\r\n"), false), 90);
}

static void what_is_no_rule_is_refused(void **state)
{
	struct collect *c = *state;
	refused(c, "- a\n", "a rule of Sigma (a map) was expected", "file:1:1");
	refused(c, "text\n", "a rule of Sigma (a map) was expected", "file:1:1");
	refused(c, "title: x\n", "no rule of Sigma", "file:1:1");
	refused(c, "title: x\nlogsource: y\ndetection: z\n", "no rule of Sigma", "file:1:1");
	refused(c, "title: ''\nlogsource: {}\ndetection: {}\n", "a rule without a title", "file:1:1");
	refused(c, "title: [x]\nlogsource: {}\ndetection: {}\n", "a text was expected as the value of \"title\"",
		"file:1:8");
	refused(c, RULE("tags: atlas.aml.t0051\n"), "a list of tags was expected", "file:5:7");
	refused(c, RULE("tags: [[x]]\n"), "a tag (a text) was expected", "file:5:8");
	refused(c, RULE("level: {x: y}\n"), "as the value of \"level\"", "file:5:8");
	refused(c, RULE("") "---\naction: global\ntitle: x\n", "a collection of rules in the old form", "file:6:1");
	refused(c, "title: x\ncorrelation:\n  rules: [[x]]\n", "a list of rules", "file:3:10");
	refused(c, "title: x\ncorrelation:\n  rules: {a: b}\n", "a list of rules", "file:3:10");
}

static void files_without_rules_invent_nothing(void **state)
{
	struct collect *c = *state;
	accepted(c, "");
	assert_int_equal(c->facts.records, 0);
	accepted(c, "# nothing\n---\n---\n~\n");
	assert_int_equal(c->facts.records, 0);
	assert_int_equal(c->n, 0);
}

static void rules_that_repeat_are_left_out_and_ones_that_differ_are_numbered(void **state)
{
	struct collect *c = *state;
	accepted(c, RULE("") "---\n" RULE("") "---\n" RULE("level: low\n"));
	assert_int_equal(c->facts.records, 3);
	assert_int_equal(c->n, 2);
	assert_true(str_eq(c->rows[1].id, S("x#2")));
}

static void hostile_files_are_refused(void **state)
{
	struct collect *c = *state;
	refused(c, RULE("level: low\nlevel: high\n"), "the key of line 5 is written again", "file:6:1");
	refused(c, RULE("x: \"\\0\"\n"), "an escaped NUL", "file:5:4");
	refused(c, RULE("x: !!python/object:os.system y\n"), "a tag that is not known here", "file:5:4");
	refused(c, RULE("x: 'y\n"), "this is not YAML", "file:6:1");
	assert_int_equal(collect_text(c, "sigma", (str){"title: a\0b", 10}), E_INVALID);
	assert_int_equal(collect_text(c, "sigma", S("\xFF\xFE")), E_INVALID);
	char deep[2000] = "title: ";
	size_t at = strlen(deep);
	memset(deep + at, '[', 1000);
	deep[at + 1000] = '\0';
	assert_int_equal(collect_text(c, "sigma", str_from(deep)), E_TOO_LARGE);
	assert_int_equal(collect_text(c, "sigma",
				      S("a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
					"c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
					"e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n"
					"g: [*f,*f,*f,*f,*f,*f,*f,*f,*f,*f]\n")),
			 E_TOO_LARGE);
}

static void a_file_that_is_too_large_is_refused(void **state)
{
	struct collect *c = *state;
	size_t n = LIMIT_YAML_BYTES + 1;
	char *text = malloc(n);
	assert_non_null(text);
	memset(text, '#', n);
	assert_int_equal(collect_text(c, "sigma", (str){text, n}), E_TOO_LARGE);
	assert_non_null(strstr(c->err.message, "a file of rules over 67108864 bytes"));
	free(text);
}

/* A cut between lines may leave whole YAML; it never leaves half a rule. */
static void a_sample_cut_at_every_byte_gives_whole_rules_or_none(void **state)
{
	struct collect *c = *state;
	str text = collect_load("sigma/prompt_injection.yml");
	for (size_t n = 0; n < text.n; n++)
		if (collect_text(c, "sigma", str_slice(text, 0, n)) == OK && c->n)
			assert_column(&c->rows[0], "technique", "AML.T0051.001");
	free((void *)(uintptr_t)text.p);
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 1;
	assert_int_equal(collect_text(c, "sigma", S(RULE(""))), E_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(a_rule_becomes_a_detection),
	    COLLECT_TEST(a_file_of_several_documents_is_read),
	    COLLECT_TEST(flaws_of_real_rules_are_accepted),
	    COLLECT_TEST(tags_of_atlas_are_told_from_others),
	    COLLECT_TEST(the_status_says_only_what_cannot_run),
	    COLLECT_TEST(parts_of_a_correlation_stand_alone_when_it_says_so),
	    COLLECT_TEST(a_date_to_come_is_not_believed),
	    COLLECT_TEST(detection_knows_the_format),
	    COLLECT_TEST(what_is_no_rule_is_refused),
	    COLLECT_TEST(files_without_rules_invent_nothing),
	    COLLECT_TEST(rules_that_repeat_are_left_out_and_ones_that_differ_are_numbered),
	    COLLECT_TEST(hostile_files_are_refused),
	    COLLECT_TEST(a_file_that_is_too_large_is_refused),
	    COLLECT_TEST(a_sample_cut_at_every_byte_gives_whole_rules_or_none),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
