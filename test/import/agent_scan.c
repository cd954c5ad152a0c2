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
	return import_format_find(S("agent_scan"))->read(&in, &c->err);
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

#define PATH(issues, servers) "{\"/p\":{\"issues\":[" issues "],\"servers\":[" servers "]}}"
#define ISSUE(code, reference) "{\"code\":\"" code "\",\"reference\":" reference "}"
#define SERVER(name)                                                                                                   \
	"{\"name\":\"" name "\",\"signature\":{\"prompts\":[{}],\"tools\":[{\"name\":\"t\"},{\"name\":\"u\"}]}}"

static void a_skill_is_no_server(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_sample(c, "agent_scan/documented.json"), OK);
	assert_int_equal(c->facts.records, 1);
	assert_int_equal(c->n, 0);
	assert_true(collect_warned(c, "a skill is no MCP server: left out (on line 6)"));
	assert_true(collect_warned(c, "refers to something that the file does not list"));
	assert_false(c->facts.has_time);
	assert_int_equal(c->facts.identity.n, 0);
}

static void servers_and_tools_have_their_issues(void **state)
{
	static const char *const rows[][5] = {
	    /* kind, id, issues, scanned, transport */
	    {"s", "github", "1", GIVEN, "stdio"}, {"t", "github|search", "1", GIVEN, ""},
	    {"t", "github|read", "0", GIVEN, ""}, {"t", "github|push", "-", "-", ""},
	    {"s", "remote", "1", GIVEN, "http"},  {"t", "remote|call", "0", GIVEN, ""},
	    {"s", "broken", "-", "-", "stdio"},   {"s", "waiting", "-", "-", "stdio"},
	    {"s", "odd", "-", GIVEN, "stdio"},    {"t", "odd|t", "0", GIVEN, ""},
	    {"s", "clean", "0", GIVEN, "stdio"},  {"t", "clean|t", "0", GIVEN, ""},
	};
	struct collect *c = *state;
	assert_int_equal(read_sample(c, "agent_scan/synthetic_scan.json"), OK);
	assert_int_equal(c->facts.records, 7);
	assert_int_equal(c->n, sizeof rows / sizeof *rows);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		enum evidence_kind_id kind = rows[i][0][0] == 's' ? EVIDENCE_MCP_SERVER : EVIDENCE_TOOL;
		const struct evidence_record *r = collect_by_id(c, kind, rows[i][1]);
		assert_column(r, "scan_issues", rows[i][2]);
		assert_column(r, "scanned_at", rows[i][3]);
		assert_column(r, "last_seen_at", GIVEN);
		assert_int_equal(r->main, kind == EVIDENCE_MCP_SERVER);
		if (kind == EVIDENCE_MCP_SERVER)
			assert_column(r, "transport", rows[i][4]);
	}
	assert_column(collect_by_id(c, EVIDENCE_TOOL, "github|push"), "server_id", "github");
	assert_column(collect_by_id(c, EVIDENCE_MCP_SERVER, "remote"), "url", "https://mcp.example.com/mcp");
	assert_int_equal(collect_by_id(c, EVIDENCE_MCP_SERVER, "clean")->record, 6);
	assert_true(collect_warned(c, "a server was listed but not scanned (2 times"));
	assert_true(collect_warned(c, "a code that is not known"));
	assert_true(collect_warned(c, "a skill"));
	assert_false(collect_warned(c, "no issue at all"));
}

static void without_a_given_time_there_is_no_time_of_the_scan(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "agent_scan", "agent_scan/synthetic_scan.json"), OK);
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_MCP_SERVER, "clean");
	assert_column(r, "scanned_at", "-");
	assert_column(r, "last_seen_at", "-");
	assert_column(r, "scan_issues", "0");
}

static void what_was_not_analysed_is_not_scanned(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "{\"/p\":{\"servers\":[" SERVER("a") "]}}"), OK);
	assert_column(&c->rows[0], "scanned_at", "-");
	assert_column(&c->rows[0], "scan_issues", "-");
	assert_int_equal(read_text(c, "{\"/p\":{\"issues\":null,\"servers\":[" SERVER("a") "]}}"), OK);
	assert_column(&c->rows[1], "scan_issues", "-");
	assert_int_equal(read_text(c, "{\"/p\":{\"issues\":[],\"error\":{},\"servers\":[" SERVER("a") "]}}"), OK);
	assert_column(&c->rows[0], "scan_issues", "-");
	assert_int_equal(read_text(c, PATH("", SERVER("a"))), OK);
	assert_column(&c->rows[0], "scan_issues", "0");
	assert_true(collect_warned(c, "the output of inspect looks so too"));
	assert_int_equal(read_text(c, "{}"), OK);
	assert_int_equal(c->n, 0);
	assert_string_equal(c->warnings, "");
}

static void codes_weigh_what_the_tool_says(void **state)
{
	static const char *const cases[][2] = {
	    {"E001", "1"}, {"E006", "1"}, {"E999", "1"}, {"W007", "1"}, {"W012", "1"}, {"W001", "0"},
	    {"W003", "0"}, {"W006", "0"}, {"W015", "0"}, {"W021", "0"}, {"W777", "-"}, {"TF001", "-"},
	    {"X002", "-"}, {"X001", "-"}, {"e001", "-"}, {"", ""},
	};
	struct collect *c = *state;
	for (size_t i = 0; cases[i][0][0]; i++) {
		char text[500];
		snprintf(text, sizeof text, PATH(ISSUE("%s", "[0,1]"), SERVER("a")), cases[i][0]);
		assert_int_equal(read_text(c, text), OK);
		assert_column(collect_by_id(c, EVIDENCE_TOOL, "a|t"), "scan_issues", cases[i][1]);
		assert_column(collect_by_id(c, EVIDENCE_TOOL, "a|u"), "scan_issues", "0");
		assert_column(collect_by_id(c, EVIDENCE_MCP_SERVER, "a"), "scan_issues",
			      cases[i][0][0] == 'X' ? "0" : cases[i][1]);
	}
}

static void an_issue_counts_where_it_points(void **state)
{
	struct collect *c = *state;
	/* of a prompt: the server's */
	assert_int_equal(read_text(c, PATH(ISSUE("E001", "[0,0]"), SERVER("a"))), OK);
	assert_column(&c->rows[0], "scan_issues", "1");
	assert_column(&c->rows[1], "scan_issues", "0");
	/* of the path: every server's */
	assert_int_equal(read_text(c, PATH(ISSUE("E001", "null"), SERVER("a") "," SERVER("b"))), OK);
	assert_column(collect_by_id(c, EVIDENCE_MCP_SERVER, "a"), "scan_issues", "1");
	assert_column(collect_by_id(c, EVIDENCE_MCP_SERVER, "b"), "scan_issues", "1");
	/* of nothing that is there: the same, with a warning */
	assert_int_equal(read_text(c, PATH(ISSUE("E001", "[7,null]"), SERVER("a"))), OK);
	assert_column(&c->rows[0], "scan_issues", "1");
	assert_true(collect_warned(c, "does not list"));
	assert_int_equal(read_text(c, PATH(ISSUE("E001", "[0,9223372036854775807]"), SERVER("a"))), OK);
	assert_column(&c->rows[0], "scan_issues", "1");
	assert_true(collect_warned(c, "does not list"));
	/* an excepted server excepts its tools, and a failure beside it stays */
	assert_int_equal(
	    read_text(c, PATH(ISSUE("X002", "[0,null]") "," ISSUE("E001", "[1,1]"), SERVER("a") "," SERVER("b"))), OK);
	assert_column(collect_by_id(c, EVIDENCE_MCP_SERVER, "a"), "scan_issues", "-");
	assert_column(collect_by_id(c, EVIDENCE_TOOL, "a|t"), "scanned_at", "-");
	assert_column(collect_by_id(c, EVIDENCE_MCP_SERVER, "b"), "scan_issues", "1");
	/* an issue of unknown weight does not hide a known one */
	assert_int_equal(read_text(c, PATH(ISSUE("W777", "[0]") "," ISSUE("E001", "[0]"), SERVER("a"))), OK);
	assert_column(&c->rows[0], "scan_issues", "1");
}

static void one_name_in_two_clients_is_two_servers_when_they_differ(void **state)
{
	struct collect *c = *state;
	assert_int_equal(
	    read_text(c, "{\"/p\":{\"issues\":[],\"servers\":[" SERVER("a") "]},\"/q\":{\"issues\":[" ISSUE(
			     "E001", "[0,1]") "],\"servers\":[" SERVER("a") "]},\"/r\":{\"issues\":[],"
									    "\"servers\":[" SERVER("a") "]}}"),
	    OK);
	collect_no_same_ids(c);
	assert_int_equal(collect_count(c, EVIDENCE_MCP_SERVER), 2);
	assert_int_equal(collect_count(c, EVIDENCE_TOOL), 4);
	assert_column(collect_by_id(c, EVIDENCE_MCP_SERVER, "a#2"), "scan_issues", "1");
	assert_column(collect_by_id(c, EVIDENCE_TOOL, "a#2|t"), "scan_issues", "1");
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	static const char *const samples[] = {"agent_scan/documented.json", "agent_scan/synthetic_scan.json"};
	struct collect *c = *state;
	for (size_t i = 0; i < 2; i++) {
		str text = collect_load(samples[i]);
		while (text.p[text.n - 1] != '}')
			text.n--;
		for (size_t n = 0; n < text.n; n++) {
			assert_int_equal(read_given(c, str_slice(text, 0, n)), E_INVALID);
			assert_non_null(strstr(c->err.where, "file:"));
			assert_null(strstr(c->err.message, "synthetic"));
		}
		free((void *)(uintptr_t)text.p);
	}
}

static void wrong_files_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "", "a value expected", "file:1:1");
	refused(c, "[]", "the results of agent-scan (an object) expected", "file:1:1");
	refused(c, "{\"/p\":1}", "the result of a scan path (an object) expected", "file:1:7");
	refused(c, "{\"/p\":{}}", "the members servers, issues or error", "file:1:8");
	refused(c, "{\"/p\":{\"servers\":{}}}", "a list expected", "file:1:18");
	refused(c, "{\"/p\":{\"servers\":[1]}}", "a server (an object) expected", "file:1:19");
	refused(c, "{\"/p\":{\"servers\":[{\"name\":[]}]}}", "a text expected", "file:1:27");
	refused(c, "{\"/p\":{\"servers\":[{\"signature\":1}]}}", "a signature (an object) expected", "file:1:32");
	refused(c, "{\"/p\":{\"issues\":[1]}}", "an issue (an object) expected", "file:1:18");
	refused(c, "{\"/p\":{\"issues\":[{}]}}", "an issue with a code expected", "file:1:19");
	refused(c, PATH(ISSUE("E001", "[-1]"), ""), "a number from 0 expected", "file:1:46");
	refused(c, PATH(ISSUE("E001", "[0,1,2]"), ""), "two numbers expected", "file:1:50");
	refused(c, PATH(ISSUE("E001", "[1e99]"), ""), "a whole number expected", "file:1:46");
	refused(c, PATH(ISSUE("E001", "0"), ""), "a list expected", "file:1:45");
	refused(c, "{\"/p\":{\"issues\":[],\"issues\":[]}}", "does not stand there already", "file:1:20");
	refused(c, PATH("", "{\"name\":\"\\u0000\"}"), "without the character U+0000", "file:1:39");
	refused(c, "{\"scan_path_responses\":[]}", "results by path", "file:1:24");
	assert_non_null(strstr(c->err.hint, "0.5.17"));
}

static void hostile_sizes_are_borne(void **state)
{
	struct collect *c = *state;
	static char text[20000];
	char name[3000];
	memset(name, 'n', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	snprintf(text, sizeof text, PATH("", "{\"name\":\"%s\",\"signature\":{\"tools\":[{\"name\":\"%s\"},{}]}}"),
		 name, name);
	assert_int_equal(read_text(c, text), OK);
	assert_int_equal(c->n, 2);
	assert_true(str_eq(collect_value(&c->rows[1], "server_id")->text, c->rows[0].id));
	assert_true(collect_warned(c, "over 512 bytes"));
	assert_true(collect_warned(c, "without a name"));
	size_t at = (size_t)snprintf(text, sizeof text, "{\"/p\":{\"x\":");
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

static void results_are_detected_by_their_content(void **state)
{
	static const char *const samples[] = {"agent_scan/documented.json", "agent_scan/synthetic_scan.json"};
	struct collect *c = *state;
	for (size_t i = 0; i < 2; i++) {
		str text = collect_load(samples[i]);
		assert_string_equal(detected(c, text), "agent_scan");
		free((void *)(uintptr_t)text.p);
	}
	assert_string_equal(detected(c, S("{\"scan_path_responses\":[]}")), "agent_scan");
	assert_string_equal(detected(c, S("{\"/p\":{\"path\":\"/p\",\"servers\":null}}")), "agent_scan");
	assert_string_equal(detected(c, S("{\"mcp\":{\"servers\":{\"a\":{\"url\":\"http://h\"}},\"issues\":1}}")),
			    "mcp_config");
	assert_string_equal(detected(c, S("{\"a\":{\"servers\":[1]}}")), "");
	assert_string_equal(detected(c, S("{\"/a\":true}")), "mcp_registry");
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 2;
	assert_int_equal(read_sample(c, "agent_scan/synthetic_scan.json"), E_IO);
	assert_int_equal(c->n, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(a_skill_is_no_server),
	    COLLECT_TEST(servers_and_tools_have_their_issues),
	    COLLECT_TEST(without_a_given_time_there_is_no_time_of_the_scan),
	    COLLECT_TEST(what_was_not_analysed_is_not_scanned),
	    COLLECT_TEST(codes_weigh_what_the_tool_says),
	    COLLECT_TEST(an_issue_counts_where_it_points),
	    COLLECT_TEST(one_name_in_two_clients_is_two_servers_when_they_differ),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(wrong_files_are_refused_with_their_place),
	    COLLECT_TEST(hostile_sizes_are_borne),
	    COLLECT_TEST(results_are_detected_by_their_content),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
