#include "collect.h"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "mcp_registry", str_from(text));
}

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(read_text(c, text), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
}

static void a_record_is_a_server_and_its_tools(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "mcp_registry", "mcp_registry/fininfo.json"), OK);
	assert_int_equal(c->facts.records, 1);
	assert_int_equal(c->n, 3);
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_MCP_SERVER, "/fininfo");
	assert_true(r->main);
	assert_column(r, "name", "Financial Info Proxy");
	assert_column(r, "purpose", "Secure gateway proxy for internal financial information systems.");
	assert_column(r, "url", "http://fininfo-server:8001/fininfo/");
	assert_column(r, "registered", "1");
	assert_column(r, "approved", "-");
	assert_column(r, "transport", "-");
	assert_column(r, "auth", "-");
	assert_column(r, "last_seen_at", "-");
	r = collect_by_id(c, EVIDENCE_TOOL, "/fininfo|print_stock_data");
	assert_false(r->main);
	assert_column(r, "name", "print_stock_data");
	assert_column(r, "server_id", "/fininfo");
	assert_column(r, "scanned_at", "-");
	assert_column(r, "approved", "-");
	assert_int_equal(collect_value(r, "description_hash")->text.n, 64);
	assert_false(c->facts.has_time);
	assert_string_equal(c->warnings, "");
}

static void the_other_records_have_their_tools(void **state)
{
	static const struct {
		const char *file, *server;
		int tools;
	} samples[] = {{"mcp_registry/mcpgw.json", "/mcpgw", 5},
		       {"mcp_registry/realserverfaketools.json", "/realserverfaketools", 6},
		       {"mcp_registry/auth_server.json", "auth_server", 1}};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		assert_int_equal(collect_file(c, "mcp_registry", samples[i].file), OK);
		assert_int_equal(collect_count(c, EVIDENCE_TOOL), samples[i].tools);
		assert_int_equal(collect_count(c, EVIDENCE_MCP_SERVER), 1);
		(void)collect_by_id(c, EVIDENCE_MCP_SERVER, samples[i].server);
		collect_no_same_ids(c);
	}
	assert_column(collect_row(c, EVIDENCE_MCP_SERVER, 0), "transport", "sse");
	assert_column(collect_row(c, EVIDENCE_MCP_SERVER, 0), "url", "http://localhost:8010/auth");
}

static void the_state_says_which_paths_are_on(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "mcp_registry", "mcp_registry/server_state.json"), OK);
	assert_int_equal(c->n, 1);
	assert_column(collect_by_id(c, EVIDENCE_MCP_SERVER, "/knowledge-not"), "approved", "0");
	assert_int_equal(collect_file(c, "mcp_registry", "mcp_registry/synthetic_state.json"), OK);
	assert_int_equal(c->facts.records, 3);
	assert_column(collect_by_id(c, EVIDENCE_MCP_SERVER, "/currenttime"), "approved", "1");
	assert_column(collect_by_id(c, EVIDENCE_MCP_SERVER, "/mcpgw"), "approved", "1");
	assert_column(collect_by_id(c, EVIDENCE_MCP_SERVER, "/sqlite"), "approved", "0");
	assert_column(collect_by_id(c, EVIDENCE_MCP_SERVER, "/sqlite"), "registered", "1");
	assert_int_equal(read_text(c, "{\"/a\":null}"), OK);
	assert_column(&c->rows[0], "approved", "-");
}

static void the_answer_of_the_api_has_state_and_time(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "mcp_registry", "mcp_registry/synthetic_list.json"), OK);
	assert_int_equal(c->facts.records, 3);
	assert_int_equal(collect_count(c, EVIDENCE_MCP_SERVER), 3);
	assert_int_equal(collect_count(c, EVIDENCE_TOOL), 2);
	assert_string_equal(collect_observed(c), "2026-10-02T09:30:00Z");
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_MCP_SERVER, "/currenttime");
	assert_column(r, "transport", "http");
	assert_column(r, "auth", "none");
	assert_column(r, "approved", "1");
	assert_column(r, "last_seen_at", "2026-10-02T08:00:00Z");
	r = collect_by_id(c, EVIDENCE_MCP_SERVER, "/internal");
	assert_column(r, "transport", "-");
	assert_column(r, "auth", "api_key");
	assert_column(r, "approved", "0");
	assert_column(r, "url", "https://mcp.internal.example.com/mcp");
	assert_column(r, "last_seen_at", "-");
	r = collect_by_id(c, EVIDENCE_MCP_SERVER, "/hub");
	assert_column(r, "auth", "oauth");
	assert_column(r, "approved", "-");
	(void)collect_by_id(c, EVIDENCE_TOOL, "/currenttime|now");
	(void)collect_by_id(c, EVIDENCE_TOOL, "/currenttime|now#2");
	assert_true(collect_warned(c, "a tool without a name is left out (on line 14)"));
	assert_true(collect_warned(c, "a number is added to its id (on line 14)"));
}

static void a_changed_description_changes_the_digest(void **state)
{
#define TOOL(description) "{\"path\":\"/a\",\"tool_list\":[{\"name\":\"t\"," description "}]}"
	struct collect *c = *state;
	char before[80];
	assert_int_equal(read_text(c, TOOL("\"description\":\"one\"")), OK);
	snprintf(before, sizeof before, "%s", collect_show(collect_row(c, EVIDENCE_TOOL, 0), "description_hash"));
	assert_int_equal(read_text(c, TOOL("\"x\":1,\"description\":\"one\"")), OK);
	assert_column(collect_row(c, EVIDENCE_TOOL, 0), "description_hash", before);
	assert_int_equal(read_text(c, TOOL("\"description\":\"two\"")), OK);
	assert_string_not_equal(collect_show(collect_row(c, EVIDENCE_TOOL, 0), "description_hash"), before);
	assert_int_equal(read_text(c, TOOL("\"parsed_description\":{\"main\":\"one\"}")), OK);
	assert_string_not_equal(collect_show(collect_row(c, EVIDENCE_TOOL, 0), "description_hash"), before);
	assert_int_equal(read_text(c, TOOL("\"parsed_description\":\"No description available\"")), OK);
	assert_column(collect_row(c, EVIDENCE_TOOL, 0), "description_hash", "-");
}

static void lists_are_read_and_repeats_left_out(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "[{\"path\":\"/a\"},{\"path\":\"/b\"},{\"path\":\"/a/\"}]"), OK);
	assert_int_equal(c->facts.records, 3);
	assert_int_equal(c->n, 2);
	assert_true(collect_warned(c, "repeats an earlier one"));
	assert_int_equal(read_text(c, "[]"), OK);
	assert_int_equal(c->n, 0);
	assert_int_equal(read_text(c, "{\"servers\":[]}"), OK);
	assert_int_equal(c->n, 0);
	assert_int_equal(read_text(c, "{\"/\":true,\"//\":true}"), OK);
	assert_int_equal(c->n, 1);
}

static void words_that_are_not_known_stay_unknown_with_a_warning(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "{\"path\":\"/a\",\"transport\":\"pigeon\",\"auth_scheme\":\"blood\","
				      "\"proxy_pass_url\":\"unix:/x\",\"last_checked_iso\":\"2026-01-01T00:00:00\"}"),
			 OK);
	assert_column(&c->rows[0], "transport", "-");
	assert_column(&c->rows[0], "auth", "-");
	assert_column(&c->rows[0], "url", "-");
	assert_true(collect_warned(c, "none of stdio, http and sse"));
	assert_true(collect_warned(c, "a kind of authentication"));
	assert_true(collect_warned(c, "none of http or https"));
	assert_true(collect_warned(c, "names no zone"));
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	static const char *const samples[] = {"mcp_registry/synthetic_list.json", "mcp_registry/auth_server.json",
					      "mcp_registry/synthetic_state.json"};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		str text = collect_load(samples[i]);
		while (text.p[text.n - 1] != '}')
			text.n--;
		for (size_t n = 0; n < text.n; n++) {
			assert_int_equal(collect_text(c, "mcp_registry", str_slice(text, 0, n)), E_INVALID);
			assert_non_null(strstr(c->err.where, "file:"));
		}
		free((void *)(uintptr_t)text.p);
	}
}

static void wrong_files_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "", "a value expected", "file:1:1");
	refused(c, "1", "records of a registry (a list or an object) expected", "file:1:1");
	refused(c, "{}", "record 1: nothing tells which server it is", "file:1");
	refused(c, "{\"name\":\"tool\",\"inputSchema\":{}}", "nothing tells which server", "file:1");
	refused(c, "[{\"path\":\"/a\"},\n{\"path\":\"\"}]", "record 2: nothing tells", "file:2");
	refused(c, "[1]", "the record of a server (an object) expected", "file:1:2");
	refused(c, "{\"servers\":{\"path\":\"/a\"}}", "a list expected", "file:1:12");
	refused(c, "{\"path\":[]}", "a text expected", "file:1:9");
	refused(c, "{\"path\":\"/a\",\"path\":\"/b\"}", "does not stand there already", "file:1:21");
	refused(c, "[{\"path\":\"/a\",\"path\":\"/b\"}]", "does not stand there already", "file:1:15");
	refused(c, "{\"path\":\"/a\",\"is_enabled\":\"yes\"}", "true or false expected", "file:1:27");
	refused(c, "{\"/a\":1}", "true or false expected", "file:1:7");
	refused(c, "{\"/a\":true,\"path\":\"/b\"}", "a path that begins with / expected", "file:1:19");
	refused(c, "{\"/a\\u0000\":true}", "without the character U+0000", "file:1:2");
	refused(c, "{\"path\":\"/a\",\"tool_list\":[1]}", "a tool (an object) expected", "file:1:27");
	refused(c, "{\"path\":\"/a\",\"tool_list\":{}}", "a list expected", "file:1:26");
	refused(c, "{\"path\":\"/a\",\"last_checked_iso\":\"soon\"}", "its last_checked_iso is no time", "file:1");
	refused(c, "{\"path\":\"/a\"}{}", "expected", "file:1:14");
}

static void hostile_sizes_are_borne(void **state)
{
	struct collect *c = *state;
	static char text[20000];
	char name[3000];
	memset(name, 'n', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	snprintf(text, sizeof text, "{\"path\":\"/%s\",\"tool_list\":[{\"name\":\"%sa\"},{\"name\":\"%sb\"}]}", name,
		 name, name);
	assert_int_equal(read_text(c, text), OK);
	assert_int_equal(c->n, 3);
	collect_no_same_ids(c);
	assert_true(collect_value(&c->rows[1], "server_id")->text.n <= 512);
	assert_true(str_eq(collect_value(&c->rows[1], "server_id")->text, c->rows[0].id));
	assert_true(collect_warned(c, "over 512 bytes"));
	size_t at = (size_t)snprintf(text, sizeof text, "{\"path\":\"/a\",\"x\":");
	memset(text + at, '[', 1000);
	text[at + 1000] = '\0';
	assert_int_equal(read_text(c, text), E_TOO_LARGE);
	assert_int_equal(read_text(c, "{\"path\":1e999999,\"num_tools\":1e999999}"), OK);
}

static const char *detected(struct collect *c, str text)
{
	const struct import_format *f = NULL;
	collect_reset(c);
	return import_detect(text, true, S("file"), &f, &c->err) == OK ? f->name.p : "";
}

static void records_are_detected_by_their_content(void **state)
{
	static const char *const samples[] = {
	    "mcp_registry/auth_server.json",    "mcp_registry/fininfo.json",
	    "mcp_registry/mcpgw.json",          "mcp_registry/realserverfaketools.json",
	    "mcp_registry/server_state.json",   "mcp_registry/synthetic_list.json",
	    "mcp_registry/synthetic_state.json"};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		str text = collect_load(samples[i]);
		assert_string_equal(detected(c, text), "mcp_registry");
		free((void *)(uintptr_t)text.p);
	}
	assert_string_equal(detected(c, S("[{\"path\":\"/a\",\"num_tools\":1}]")), "mcp_registry");
	assert_string_equal(detected(c, S("{\"path\":\"/a\",\"server_name\":\"A\"}")), "mcp_registry");
	assert_string_equal(detected(c, S("{\"path\":\"/a\",\"name\":\"A\"}")), "");
	assert_string_equal(detected(c, S("{\"/a\":{\"servers\":[]}}")), "");
	assert_string_equal(detected(c, S("{\"servers\":[]}")), "");
	assert_string_equal(detected(c, S("{\"servers\":[{\"url\":\"http://h\"}]}")), "");
	assert_string_equal(detected(c, S("{\"a\":true}")), "");
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 2;
	assert_int_equal(collect_file(c, "mcp_registry", "mcp_registry/fininfo.json"), E_IO);
	assert_int_equal(c->n, 1);
	c->fail_after = 1;
	assert_int_equal(collect_file(c, "mcp_registry", "mcp_registry/server_state.json"), E_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(a_record_is_a_server_and_its_tools),
	    COLLECT_TEST(the_other_records_have_their_tools),
	    COLLECT_TEST(the_state_says_which_paths_are_on),
	    COLLECT_TEST(the_answer_of_the_api_has_state_and_time),
	    COLLECT_TEST(a_changed_description_changes_the_digest),
	    COLLECT_TEST(lists_are_read_and_repeats_left_out),
	    COLLECT_TEST(words_that_are_not_known_stay_unknown_with_a_warning),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(wrong_files_are_refused_with_their_place),
	    COLLECT_TEST(hostile_sizes_are_borne),
	    COLLECT_TEST(records_are_detected_by_their_content),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
