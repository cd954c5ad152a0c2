#include "collect.h"

#include "import/formats.h"

#define HEAD "{\"incident_id\":\"a\",\"security_incident\":\"Confirmed\""
#define DAY(spans) HEAD ",\"timeline\":{\"incident\":{\"year\":2026,\"month\":3,\"day\":4}" spans "}}"
#define SPAN(name, unit, value) ",\"" name "\":{\"unit\":\"" unit "\",\"value\":" value "}"
#define DATE(members) HEAD ",\"timeline\":{\"incident\":{" members "}}}"

static void accepted(struct collect *c, const char *text)
{
	if (collect_text(c, "veris", str_from(text)) != OK)
		fail_msg("%s (%s)", c->err.message, c->err.where);
	collect_no_same_ids(c);
}

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(collect_text(c, "veris", str_from(text)), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
}

/* By hand: eight records; three are left out (one not about AI, a near miss, a false positive). */
static void incidents_become_rows_with_what_they_tell(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "veris", "veris/incidents.json"), OK);
	assert_int_equal(c->facts.records, 8);
	assert_int_equal(c->n, 5);
	collect_no_same_ids(c);
	assert_true(str_eq(c->facts.identity, S("veris:example")));
	assert_string_equal(collect_observed(c), "-");
	/* 15:18:27 at -0500 is 20:18:27; noticed 40 and contained 95 minutes after. */
	const struct evidence_record *r = &c->rows[0];
	assert_column(r, "occurred_at", "2026-09-14T20:18:27Z");
	assert_column(r, "detected_at", "2026-09-14T20:58:27Z");
	assert_column(r, "contained_at", "2026-09-14T21:53:27Z");
	assert_column(r, "kind", "prompt_injection");
	assert_column(r, "system_id", "support-agent");
	assert_column(r, "severity", "high");
	assert_column(r, "cause", "hacking");
	assert_column(r, "title", "A web page told the support agent to send a customer list to an outside address.");
	assert_column(r, "triaged_at", "-");
	/* Three days and three days: contained at the end of that day, not at once. */
	r = &c->rows[1];
	assert_column(r, "occurred_at", "2026-10-02T07:05:00Z");
	assert_column(r, "detected_at", "2026-10-05T07:05:00Z");
	assert_column(r, "contained_at", "2026-10-06T07:05:00Z");
	assert_column(r, "cause", "-");
	assert_column(r, "severity", "medium");
	assert_true(collect_warned(c, "a false positive or near miss is no incident: left out (2 times"));
	assert_true(collect_warned(c, "it is not about AI: left out (on line"));
	assert_true(
	    collect_warned(c, "whether it is about AI (plus.aismm.kind): it counts as one of an unknown kind (2"));
	assert_true(collect_warned(c, "no time of day: its day counts (on line"));
	assert_true(
	    collect_warned(c, "a span without a whole number of weeks or a smaller unit gives no time (on line"));
}

static void a_year_alone_gives_no_time(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "veris", "veris/incidents.json"), OK);
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_INCIDENT, "0028da6e-5224-4546-b726-a750d288e1fc");
	assert_column(r, "occurred_at", "-");
	assert_column(r, "detected_at", "-");
	assert_column(r, "contained_at", "-");
	assert_column(r, "kind", "-");
	assert_column(r, "severity", "-");
	assert_column(r, "cause", "-");
	assert_true(collect_warned(c, "names no day"));
}

static void never_and_months_are_no_times(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "veris", "veris/incidents.json"), OK);
	const struct evidence_record *r = &c->rows[3];
	assert_column(r, "occurred_at", "2026-07-01T00:00:00Z");
	assert_column(r, "detected_at", "2026-07-01T02:00:00Z");
	assert_column(r, "contained_at", "-");
	assert_column(r, "cause", "error");
	assert_column(r, "severity", "low");
	r = &c->rows[4];
	assert_column(r, "detected_at", "2026-06-09T00:12:00Z");
	assert_column(r, "contained_at", "-");
	assert_column(r, "kind", "provider");
}

static void lines_and_a_single_incident_are_read(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "veris", "veris/lines.jsonl"), OK);
	assert_int_equal(c->facts.records, 3);
	assert_int_equal(c->n, 3);
	assert_int_equal(c->rows[2].line, 3);
	assert_int_equal(collect_file(c, "veris", "veris/one.json"), OK);
	assert_int_equal(c->n, 1);
	accepted(c, "[]");
	assert_int_equal(c->n, 0);
}

static void detection_knows_the_format(void **state)
{
	static const char *const names[] = {"veris/incidents.json", "veris/lines.jsonl", "veris/one.json"};
	struct collect *c = *state;
	for (size_t i = 0; i < 3; i++) {
		const struct import_format *f = NULL;
		str text = collect_load(names[i]);
		assert_int_equal(import_detect(text, true, S("file"), &f, &c->err), OK);
		assert_ptr_equal(f, &import_veris);
		free((void *)(uintptr_t)text.p);
	}
}

/* The slack is that of the coarser span. */
static void coarse_spans_make_no_response_look_fast(void **state)
{
	static const char *const cases[][3] = {
	    {DAY(SPAN("discovery", "Hours", "2") SPAN("containment", "Hours", "2")), "2026-03-04T02:00:00Z",
	     "2026-03-04T03:00:00Z"},
	    {DAY(SPAN("discovery", "Days", "1") SPAN("containment", "Minutes", "1440")), "2026-03-05T00:00:00Z",
	     "2026-03-06T00:00:00Z"},
	    {DAY(SPAN("discovery", "Minutes", "1") SPAN("containment", "Weeks", "1")), "2026-03-04T00:01:00Z",
	     "2026-03-18T00:00:00Z"},
	    {DAY(SPAN("discovery", "seconds", "30") SPAN("containment", "MINUTES", "2")), "2026-03-04T00:00:30Z",
	     "2026-03-04T00:02:00Z"},
	    {DAY(SPAN("containment", "Days", "0")), "-", "2026-03-05T00:00:00Z"},
	    {DAY(SPAN("discovery", "Hours", "1.5") SPAN("containment", "Minutes", "2e2")), "-", "2026-03-04T03:20:00Z"},
	    {DAY(SPAN("discovery", "Years", "1") SPAN("containment", "Unknown", "3")), "-", "-"},
	    {DAY(SPAN("discovery", "Hours", "null") SPAN("containment", "Never", "null")), "-", "-"},
	    {DAY(SPAN("discovery", "Days", "3") SPAN("containment", "Days", "2")), "-", "-"},
	    {DAY(SPAN("discovery", "Weeks", "9223372036854775807") SPAN("containment", "Seconds", "1e300")), "-", "-"},
	    {DAY(""), "-", "-"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		accepted(c, cases[i][0]);
		assert_column(&c->rows[0], "occurred_at", "2026-03-04T00:00:00Z");
		assert_column(&c->rows[0], "detected_at", cases[i][1]);
		assert_column(&c->rows[0], "contained_at", cases[i][2]);
	}
}

static void times_of_day_may_have_a_zone(void **state)
{
	static const char *const cases[][2] = {
	    {"15:18", "2026-03-04T15:18:00Z"},       {"15:18:27", "2026-03-04T15:18:27Z"},
	    {"15:18:27Z", "2026-03-04T15:18:27Z"},   {"23:30 -0500", "2026-03-05T04:30:00Z"},
	    {"01:00+02:00", "2026-03-03T23:00:00Z"}, {"afternoon", "2026-03-04T00:00:00Z"},
	    {"25:00", "2026-03-04T00:00:00Z"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[300];
		snprintf(text, sizeof text, DATE("\"year\":2026,\"month\":3,\"day\":4,\"time\":\"%s\""), cases[i][0]);
		accepted(c, text);
		assert_column(&c->rows[0], "occurred_at", cases[i][1]);
		assert_int_equal(collect_warned(c, "no time of day"), i >= 5);
		assert_int_equal(collect_warned(c, "names no zone"), i < 2);
	}
}

static void what_happened_after_the_export_is_refused(void **state)
{
	struct collect *c = *state;
	int64_t given;
	assert_true(time_parse(S("2026-03-03T00:00:00Z"), &given));
	struct source from = source_text(S("file"), S(DAY("")));
	struct import_sink sink = {c, collect_record, collect_warn};
	for (int i = 0; i < 2; i++) {
		collect_reset(c);
		from = source_text(S("file"), S(DAY("")));
		struct import_input in = {
		    .from = &from, .arena = &c->arena, .facts = &c->facts, .sink = &sink, .given_ms = &given};
		assert_int_equal(import_veris.read(&in, &c->err), i ? E_INVALID : OK);
		given -= TIME_DAY_MS;
	}
	assert_non_null(strstr(c->err.message, "after the day at which the file was observed"));
}

static void words_of_veris_are_wanted(void **state)
{
	struct collect *c = *state;
	refused(c, "{\"incident_id\":\"a\",\"security_incident\":\"Perhaps\"}",
		"incident 1: security_incident \"Perhaps\"", "file:1");
	refused(c, "{\"incident_id\":\"a\"}", "security_incident \"\"", "file:1");
	refused(c, "{\"security_incident\":\"Confirmed\"}", "no incident_id", "file:1");
	refused(c, HEAD "}", "timeline.incident.year is no year", "file:1");
	refused(c, DATE("\"year\":0"), "is no year", "file:1");
	refused(c, DATE("\"year\":2026,\"month\":2,\"day\":30"), "no day of the calendar", "file:1");
	refused(c, DATE("\"year\":2026,\"month\":13,\"day\":1"), "no day of the calendar", "file:1");
	refused(c, DATE("\"year\":2026,\"month\":-1,\"day\":4294967297"), "no day of the calendar", "file:1");
	refused(c, DATE("\"year\":1e999"), "a whole number", "file:1:83");
	refused(c, HEAD ",\"plus\":{\"aismm\":{\"kind\":\"phishing\"}},\"timeline\":{\"incident\":{\"year\":2026}}}",
		"plus.aismm.kind \"phishing\" is no kind", "file:1");
	refused(c, HEAD ",\"plus\":{\"aismm\":{\"ai\":\"yes\"}}}", "true or false", "file:1:74");
	refused(c, DAY(SPAN("discovery", "Hours", "-1")), "a number from 0", "file:1:143");
	refused(c, DAY(SPAN("discovery", "Hours", "\"2\"")), "a number from 0", "file:1:143");
	refused(c, DAY(",\"discovery\":7"), "a span of time (an object)", "file:1:119");
	accepted(c, HEAD ",\"impact\":{\"overall_rating\":\"Huge\"},\"timeline\":{\"incident\":{\"year\":2026}}}");
	assert_column(&c->rows[0], "severity", "-");
	assert_true(collect_warned(c, "an overall_rating that VERIS does not have"));
}

static void sources_that_differ_name_no_feed(void **state)
{
#define SOURCED(id, source)                                                                                            \
	"{\"incident_id\":\"" id "\",\"source_id\":\"" source                                                          \
	"\",\"security_incident\":\"Confirmed\",\"timeline\":{\"incident\":{\"year\":2026}}}"
	struct collect *c = *state;
	accepted(c, "[" SOURCED("a", "x") "," SOURCED("b", "x") "]");
	assert_true(str_eq(c->facts.identity, S("veris:x")));
	accepted(c, "[" SOURCED("a", "x") "," SOURCED("b", "y") "]");
	assert_int_equal(c->facts.identity.n, 0);
	/* The same again is left out, another of that id is numbered. */
	accepted(c, "[" SOURCED("a", "x") "," SOURCED("a", "x") "," DAY("") "]");
	assert_int_equal(c->n, 2);
	assert_true(str_eq(c->rows[1].id, S("a#2")));
}

static void hostile_files_are_refused(void **state)
{
	struct collect *c = *state;
	refused(c, "", "a value expected", "file:1:1");
	refused(c, "7", "an incident (an object) expected", "file:1:1");
	refused(c, "[[]]", "an incident (an object) expected", "file:1:2");
	refused(c, "{\"incident_id\":\"a\",\"incident_id\":\"b\"}", "does not stand there already", "file:1:20");
	refused(c, "{\"incident_id\":\"a\\u0000\"}", "without the character U+0000", "file:1:16");
	refused(c, "{\"action\":{\"a\\u0000\":1}}", "without the character U+0000", "file:1:12");
	refused(c, "{\"action\":[]}", "an object", "file:1:11");
	refused(c, DATE("\"year\":2026") "\nnot json", "expected", "file:2:1");
	char deep[2000] = "{\"victim\":";
	size_t at = strlen(deep);
	memset(deep + at, '[', 1000);
	deep[at + 1000] = '\0';
	assert_int_equal(collect_text(c, "veris", str_from(deep)), E_TOO_LARGE);
}

static void a_sample_cut_at_every_byte_is_refused(void **state)
{
	struct collect *c = *state;
	str text = collect_load("veris/one.json"), whole = str_trim(text);
	for (size_t n = 0; n < whole.n; n++) {
		assert_int_equal(collect_text(c, "veris", str_slice(whole, 0, n)), E_INVALID);
		assert_int_equal(c->n, 0);
	}
	free((void *)(uintptr_t)text.p);
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 1;
	assert_int_equal(collect_file(c, "veris", "veris/one.json"), E_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(incidents_become_rows_with_what_they_tell),
	    COLLECT_TEST(a_year_alone_gives_no_time),
	    COLLECT_TEST(never_and_months_are_no_times),
	    COLLECT_TEST(lines_and_a_single_incident_are_read),
	    COLLECT_TEST(detection_knows_the_format),
	    COLLECT_TEST(coarse_spans_make_no_response_look_fast),
	    COLLECT_TEST(times_of_day_may_have_a_zone),
	    COLLECT_TEST(what_happened_after_the_export_is_refused),
	    COLLECT_TEST(words_of_veris_are_wanted),
	    COLLECT_TEST(sources_that_differ_name_no_feed),
	    COLLECT_TEST(hostile_files_are_refused),
	    COLLECT_TEST(a_sample_cut_at_every_byte_is_refused),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
