#include "collect.h"

#define GIVEN "2026-11-01T00:00:00Z"

/* As when --observed names the time. */
static enum status read_given(struct collect *c, str text)
{
	static const int64_t given = INT64_C(1793491200000);
	struct source from = source_text(S("file"), text);
	collect_reset(c);
	struct import_sink sink = {c, collect_record, collect_warn};
	struct import_input in = {
	    .from = &from, .arena = &c->arena, .facts = &c->facts, .sink = &sink, .given_ms = &given};
	return import_format_find(S("mcp_scanner"))->read(&in, &c->err);
}

static enum status read_sample(struct collect *c, const char *name)
{
	str text = collect_load(name);
	enum status status = read_given(c, text);
	free((void *)(uintptr_t)text.p);
	return status;
}

static enum status read_text(struct collect *c, const char *text)
{
	return read_given(c, str_from(text));
}

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(read_text(c, text), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
}

#define REPORT(results) "{\"server_url\":\"http://h/mcp\",\"scan_results\":[" results "]}"
#define FOUND(severity, n) "\"findings\":{\"a\":{\"severity\":\"" severity "\",\"total_findings\":" n "}}"
#define TOOL(rest) "{\"tool_name\":\"t\",\"status\":\"completed\"," rest "}"

static void the_samples_have_the_counts_of_the_documentation(void **state)
{
	static const struct {
		const char *file, *server, *feed;
		int records, tools;
		const char *issues, *scanned;
	} samples[] = {
	    {"api-reference-0", "https://mcp-server.example.com/mcp", "", 1, 1, "4", GIVEN},
	    {"api-reference-2", "http://127.0.0.1:8000/mcp", ":prompts", 1, 0, "1", GIVEN},
	    {"api-reference-3", "http://127.0.0.1:8000/mcp", ":resources", 2, 0, "-", "-"},
	    {"api-reference-5", "http://127.0.0.1:8000/mcp", ":instructions", 0, 0, "-", "-"},
	    {"output-formats-5", "https://mcp-server.example.com/mcp", "", 4, 2, "3", GIVEN},
	    {"output-formats-7", "http://127.0.0.1:8001/sse", "", 3, 1, "2", GIVEN},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		char file[100], feed[200];
		snprintf(file, sizeof file, "mcp_scanner/%s.json", samples[i].file);
		snprintf(feed, sizeof feed, "mcp_scanner:%s%s", samples[i].server, samples[i].feed);
		assert_int_equal(read_sample(c, file), OK);
		assert_int_equal(c->facts.records, samples[i].records);
		assert_int_equal(collect_count(c, EVIDENCE_MCP_SERVER), 1);
		assert_int_equal(collect_count(c, EVIDENCE_TOOL), samples[i].tools);
		const struct evidence_record *r = collect_by_id(c, EVIDENCE_MCP_SERVER, samples[i].server);
		assert_column(r, "url", samples[i].server);
		assert_column(r, "scan_issues", samples[i].issues);
		assert_column(r, "scanned_at", samples[i].scanned);
		assert_column(r, "last_seen_at", GIVEN);
		assert_false(r->main);
		assert_true(str_eq(c->facts.identity, str_from(feed)));
		assert_false(c->facts.has_time);
	}
}

static void tools_have_their_findings(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_sample(c, "mcp_scanner/output-formats-5.json"), OK);
	const struct evidence_record *r =
	    collect_by_id(c, EVIDENCE_TOOL, "https://mcp-server.example.com/mcp|execute_command");
	assert_column(r, "name", "execute_command");
	assert_column(r, "server_id", "https://mcp-server.example.com/mcp");
	assert_column(r, "scan_issues", "3");
	assert_column(r, "scanned_at", GIVEN);
	assert_true(r->main);
	assert_int_equal(r->record, 1);
	r = collect_by_id(c, EVIDENCE_TOOL, "https://mcp-server.example.com/mcp|calculator");
	assert_column(r, "scan_issues", "0");
	assert_int_equal(r->record, 2);
	assert_string_equal(c->warnings, "");
	assert_int_equal(read_sample(c, "mcp_scanner/api-reference-5.json"), OK);
	assert_column(&c->rows[0], "name", "example-server");
}

static void what_is_not_judged_is_neither_clean_nor_not(void **state)
{
	static const char *const cases[][3] = {
	    /* the result, scan_issues, scanned_at */
	    {TOOL("\"is_safe\":null,\"findings\":{}"), "-", "-"},
	    {TOOL("\"findings\":{}"), "-", "-"},
	    {"{\"tool_name\":\"t\",\"status\":\"skipped\",\"is_safe\":true}", "-", "-"},
	    {"{\"tool_name\":\"t\",\"status\":\"failed\",\"is_safe\":false}", "-", "-"},
	    {"{\"tool_name\":\"t\",\"is_safe\":true}", "0", GIVEN},
	    {TOOL("\"is_safe\":true,\"findings\":{}"), "0", GIVEN},
	    {TOOL("\"is_safe\":true,\"findings\":null"), "0", GIVEN},
	    {TOOL("\"is_safe\":false,\"findings\":{}"), "-", GIVEN},
	    {TOOL("\"is_safe\":false," FOUND("MEDIUM", "2")), "0", GIVEN},
	    {TOOL("\"is_safe\":false," FOUND("UNKNOWN", "2")), "-", GIVEN},
	    {TOOL("\"is_safe\":false," FOUND("", "2")), "-", GIVEN},
	    {TOOL("\"is_safe\":false," FOUND("critical", "2")), "2", GIVEN},
	    {TOOL("\"is_safe\":true," FOUND("HIGH", "2")), "2", GIVEN},
	    {TOOL("\"is_safe\":false,\"findings\":{\"a\":{\"severity\":\"HIGH\"}}"), "1", GIVEN},
	    {TOOL("\"is_safe\":false,\"findings\":{\"a\":null,\"b\":{\"severity\":\"HIGH\",\"total_findings\":0}}"),
	     "-", GIVEN},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[500];
		snprintf(text, sizeof text, REPORT("%s"), cases[i][0]);
		assert_int_equal(read_text(c, text), OK);
		assert_int_equal(c->n, 2);
		for (size_t k = 0; k < 2; k++) {
			if (strcmp(collect_show(&c->rows[k], "scan_issues"), cases[i][1]) != 0)
				fail_msg("%s: %s expected", cases[i][0], cases[i][1]);
			assert_column(&c->rows[k], "scanned_at", cases[i][2]);
		}
	}
}

static void a_server_is_scanned_when_its_tools_are(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, REPORT("")), OK);
	assert_int_equal(c->n, 1);
	assert_column(&c->rows[0], "scanned_at", "-");
	assert_int_equal(read_text(c, REPORT("{\"prompt_name\":\"p\",\"is_safe\":true}")), OK);
	assert_column(&c->rows[0], "scanned_at", "-");
	assert_int_equal(read_text(c, REPORT("{\"prompt_name\":\"p\",\"is_safe\":false," FOUND("HIGH", "1") "}")), OK);
	assert_column(&c->rows[0], "scan_issues", "1");
	/* what was skipped does not count, what is of unknown weight leaves the whole unknown */
	assert_int_equal(read_text(c, REPORT(TOOL("\"is_safe\":true") ",{\"resource_uri\":\"r\",\"is_safe\":null}")),
			 OK);
	assert_column(&c->rows[1], "scan_issues", "0");
	assert_true(collect_warned(c, "an item was not judged"));
	assert_int_equal(read_text(c, REPORT(TOOL("\"is_safe\":true") ",{\"resource_uri\":\"r\",\"is_safe\":false}")),
			 OK);
	assert_column(&c->rows[1], "scan_issues", "-");
	assert_true(collect_warned(c, "findings without a severity"));
}

static void flaws_are_said_once(void **state)
{
	struct collect *c = *state;
	assert_int_equal(
	    read_text(c,
		      REPORT(TOOL("\"is_safe\":true," FOUND("LOW", "1")) ",{\"is_safe\":true},"
									 "{\"package_name\":\"p\",\"is_safe\":false}")),
	    OK);
	assert_int_equal(c->n, 2);
	assert_true(collect_warned(c, "called safe and has findings"));
	assert_true(collect_warned(c, "names no tool, prompt or resource"));
	assert_true(collect_warned(c, "the result of a package"));
	assert_int_equal(read_text(c, REPORT(TOOL("\"is_safe\":true") "," TOOL("\"is_safe\":false"))), OK);
	collect_no_same_ids(c);
	assert_true(collect_warned(c, "a number is added to its id"));
}

static void commands_and_keys_are_not_kept(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "{\"server_url\":\"npx -y server --token abcd1234\",\"scan_results\":[]}"), OK);
	assert_true(str_eq(c->rows[0].id, S("npx")));
	assert_column(&c->rows[0], "url", "-");
	assert_true(collect_warned(c, "only its first word is kept"));
	assert_int_equal(read_text(c, "{\"server_url\":\"https://u:p@h/mcp?key=abcd1234\",\"scan_results\":[]}"), OK);
	assert_true(str_eq(c->rows[0].id, S("https://h/mcp")));
	assert_true(str_eq(c->facts.identity, S("mcp_scanner:https://h/mcp")));
}

static void several_reports_name_no_feed(void **state)
{
	struct collect *c = *state;
	assert_int_equal(
	    read_text(c, "[" REPORT(TOOL("\"is_safe\":true")) ",{\"server_url\":\"http://i\",\"scan_results\":[" TOOL(
			     "\"is_safe\":true") "]}]"),
	    OK);
	assert_int_equal(c->n, 4);
	assert_int_equal(c->facts.records, 2);
	assert_int_equal(c->facts.identity.n, 0);
	assert_int_equal(collect_by_id(c, EVIDENCE_TOOL, "http://i|t")->record, 2);
	assert_int_equal(read_text(c, "[]"), OK);
	assert_int_equal(c->n, 0);
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	static const char *const samples[] = {"mcp_scanner/api-reference-3.json", "mcp_scanner/output-formats-7.json"};
	struct collect *c = *state;
	for (size_t i = 0; i < 2; i++) {
		str text = collect_load(samples[i]);
		while (text.p[text.n - 1] != '}')
			text.n--;
		for (size_t n = 0; n < text.n; n++) {
			assert_int_equal(read_given(c, str_slice(text, 0, n)), E_INVALID);
			assert_non_null(strstr(c->err.where, "file:"));
		}
		free((void *)(uintptr_t)text.p);
	}
}

static void wrong_files_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "", "a value expected", "file:1:1");
	refused(c, "1", "a report of mcp-scanner (an object) expected", "file:1:1");
	refused(c, "[1]", "a report of mcp-scanner (an object) expected", "file:1:2");
	refused(c, "{}", "report 1: no server_url", "file:1");
	refused(c, "{\"server_url\":\"http://h\"}", "report 1: it has no results", "file:1");
	refused(c, "{\"server_url\":\" \",\"scan_results\":[]}", "its server_url is empty", "file:1");
	refused(c, "[" REPORT("") ",\n{}]", "report 2: no server_url", "file:2");
	refused(c, "{\"server_url\":[]}", "a text expected", "file:1:15");
	refused(c, "{\"scan_results\":{}}", "a list expected", "file:1:17");
	refused(c, "{\"scan_results\":[1]}", "the result of a tool, prompt or resource", "file:1:18");
	refused(c, "{\"scan_results\":[],\"results\":[]}", "one list of results expected", "file:1:30");
	refused(c, "{\"scan_results\":[],\"scan_results\":[]}", "does not stand there already", "file:1:20");
	refused(c, "{\"scan_results\":[{\"is_safe\":1}]}", "true, false or null expected", "file:1:29");
	refused(c, "{\"scan_results\":[{\"findings\":[]}]}", "an object expected", "file:1:30");
	refused(c, "{\"scan_results\":[{\"findings\":{\"a\":1}}]}", "the findings of an analyser", "file:1:35");
	refused(c, "{\"scan_results\":[{" FOUND("HIGH", "-1") "}]}", "a count of findings from 0", "file:1:73");
	refused(c, "{\"scan_results\":[{" FOUND("HIGH", "9223372036854775807") "}]}", "a count of findings",
		"file:1:90");
	refused(c, "{\"scan_results\":[{" FOUND("HIGH", "1.5") "}]}", "a whole number expected", "file:1:71");
	refused(c, "{\"scan_results\":[{\"tool_name\":\"\\u0000\"}]}", "without the character U+0000", "file:1:31");
	str text = collect_load("mcp_scanner/vulnerable-package-scanning-0.json");
	assert_int_equal(read_given(c, text), E_INVALID);
	assert_non_null(strstr(c->err.message, "no server_url"));
	free((void *)(uintptr_t)text.p);
}

static void hostile_sizes_are_borne(void **state)
{
	struct collect *c = *state;
	static char text[20000];
	char name[3000];
	memset(name, 'n', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	snprintf(text, sizeof text,
		 "{\"server_url\":\"http://%s\",\"scan_results\":[{\"tool_name\":\"%sa\",\"is_safe\":true},"
		 "{\"tool_name\":\"%sb\",\"is_safe\":true}]}",
		 name, name, name);
	assert_int_equal(read_text(c, text), OK);
	assert_int_equal(c->n, 3);
	collect_no_same_ids(c);
	assert_true(str_eq(collect_value(&c->rows[0], "server_id")->text, c->rows[2].id));
	assert_true(c->facts.identity.n <= 512);
	size_t at = (size_t)snprintf(text, sizeof text, "{\"x\":");
	memset(text + at, '[', 1000);
	text[at + 1000] = '\0';
	assert_int_equal(read_text(c, text), E_TOO_LARGE);
}

static const char *detected(struct collect *c, str text)
{
	const struct import_format *f = NULL;
	collect_reset(c);
	return import_detect(text, true, S("file"), &f, &c->err) == OK ? f->name.p : "";
}

static void reports_are_detected_by_their_content(void **state)
{
	static const char *const samples[][2] = {
	    {"mcp_scanner/api-reference-0.json", "mcp_scanner"},
	    {"mcp_scanner/api-reference-2.json", "mcp_scanner"},
	    {"mcp_scanner/api-reference-3.json", "mcp_scanner"},
	    {"mcp_scanner/api-reference-5.json", "mcp_scanner"},
	    {"mcp_scanner/output-formats-5.json", "mcp_scanner"},
	    {"mcp_scanner/output-formats-7.json", "mcp_scanner"},
	    {"mcp_scanner/vulnerable-package-scanning-0.json", ""},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		str text = collect_load(samples[i][0]);
		assert_string_equal(detected(c, text), samples[i][1]);
		free((void *)(uintptr_t)text.p);
	}
	assert_string_equal(detected(c, S("[{\"server_url\":\"x\",\"scan_results\":[]}]")), "mcp_scanner");
	assert_string_equal(detected(c, S("{\"server_url\":\"x\",\"results\":[]}")), "");
	assert_string_equal(detected(c, S("{\"scan_results\":[]}")), "");
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 2;
	assert_int_equal(read_sample(c, "mcp_scanner/output-formats-5.json"), E_IO);
	assert_int_equal(c->n, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_samples_have_the_counts_of_the_documentation),
	    COLLECT_TEST(tools_have_their_findings),
	    COLLECT_TEST(what_is_not_judged_is_neither_clean_nor_not),
	    COLLECT_TEST(a_server_is_scanned_when_its_tools_are),
	    COLLECT_TEST(flaws_are_said_once),
	    COLLECT_TEST(commands_and_keys_are_not_kept),
	    COLLECT_TEST(several_reports_name_no_feed),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(wrong_files_are_refused_with_their_place),
	    COLLECT_TEST(hostile_sizes_are_borne),
	    COLLECT_TEST(reports_are_detected_by_their_content),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
