#include "collect.h"

#include "import/mcp.h"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "mcp_config", str_from(text));
}

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(read_text(c, text), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
}

/* The only server of a file that consists of its settings. */
static const struct evidence_record *one(struct collect *c, const char *settings)
{
	char text[2000];
	snprintf(text, sizeof text, "{\"mcpServers\":{\"s\":%s}}", settings);
	assert_int_equal(read_text(c, text), OK);
	assert_int_equal(c->n, 1);
	return c->rows;
}

static void the_test_client_has_four_local_servers(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "mcp_config", "mcp_config/test-client.mcp.json"), OK);
	assert_int_equal(c->facts.records, 4);
	assert_int_equal(c->n, 4);
	for (size_t i = 0; i < c->n; i++) {
		assert_column(&c->rows[i], "transport", "stdio");
		assert_column(&c->rows[i], "auth", "-");
		assert_column(&c->rows[i], "pinned", "-");
		assert_column(&c->rows[i], "url", "-");
		assert_true(c->rows[i].main);
	}
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_MCP_SERVER, "Snyk");
	assert_column(r, "name", "Snyk");
	assert_int_equal(r->record, 4);
	assert_int_equal(r->line, 15);
	assert_false(c->facts.has_time);
	assert_int_equal(c->facts.identity.n, 0);
	assert_string_equal(c->warnings, "");
}

static void servers_below_mcp_are_read(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "mcp_config", "mcp_config/multiple_transport.json"), OK);
	assert_int_equal(c->n, 2);
	assert_column(collect_by_id(c, EVIDENCE_MCP_SERVER, "http_server"), "transport", "http");
	assert_column(collect_by_id(c, EVIDENCE_MCP_SERVER, "http_server"), "url", "http://localhost:8124/mcp");
	assert_column(collect_by_id(c, EVIDENCE_MCP_SERVER, "sse_server"), "transport", "sse");
	assert_int_equal(collect_file(c, "mcp_config", "mcp_config/canary.mcp.json"), OK);
	assert_int_equal(c->n, 1);
	assert_int_equal(collect_file(c, "mcp_config", "mcp_config/all_config.json"), OK);
	assert_int_equal(c->n, 2);
}

static void the_settings_of_vs_code_are_read(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "mcp_config", "mcp_config/synthetic_vscode.json"), OK);
	assert_int_equal(c->n, 2);
	assert_column(collect_by_id(c, EVIDENCE_MCP_SERVER, "playwright"), "pinned", "0");
	assert_column(collect_by_id(c, EVIDENCE_MCP_SERVER, "remote"), "transport", "-");
}

static void keys_are_seen_and_never_kept(void **state)
{
	static const char *const rows[][6] = {
	    /* id, transport, auth, pinned, url */
	    {"github", "stdio", "api_key", "1", "-"},
	    {"search", "stdio", "api_key", "0", "-"},
	    {"files", "stdio", "-", "1", "-"},
	    {"tickets", "http", "api_key", "-", "https://mcp.example.com/v1/mcp"},
	    {"hooks", "sse", "-", "-", "https://hooks.example.com/s/*/sse"},
	    {"prompted", "http", "-", "-", "https://mcp.example.com/p"},
	    {"signed-in", "http", "oauth", "-", "https://mcp.example.com/o"},
	    {"image", "stdio", "-", "1", "-"},
	    {"/srv/dev/shop|github", "stdio", "-", "-", "-"},
	};
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "mcp_config", "mcp_config/synthetic_keys.json"), OK);
	assert_int_equal(c->n, sizeof rows / sizeof *rows);
	assert_int_equal(c->facts.records, c->n);
	for (size_t i = 0; i < c->n; i++) {
		const struct evidence_record *r = collect_by_id(c, EVIDENCE_MCP_SERVER, rows[i][0]);
		assert_column(r, "transport", rows[i][1]);
		assert_column(r, "auth", rows[i][2]);
		assert_column(r, "pinned", rows[i][3]);
		assert_column(r, "url", rows[i][4]);
		for (int k = 0; k < EVIDENCE_COLUMNS_MAX; k++) {
			assert_true(str_find(r->values[k].text, S("synthetic")) < 0);
			assert_true(str_find(r->values[k].text, S("NotAReal")) < 0);
		}
	}
	assert_true(import_format_find(S("mcp_config"))->secrets);
}

static void static_keys_are_told_from_what_only_names_them(void **state)
{
	static const struct {
		const char *settings, *auth;
	} cases[] = {
	    {"{\"command\":\"x\",\"env\":{\"API_KEY\":\"abcd1234\"}}", "api_key"},
	    {"{\"command\":\"x\",\"env\":{\"apiKey\":\"abcd1234\"}}", "api_key"},
	    {"{\"command\":\"x\",\"env\":{\"DB_PASSWORD\":12345678}}", "api_key"},
	    {"{\"command\":\"x\",\"env\":{\"DATABASE_URL\":\"postgres://u:pass@db/x\"}}", "api_key"},
	    {"{\"command\":\"x\",\"env\":{\"ANY\":\"ghp_0123456789abcdef\"}}", "api_key"},
	    {"{\"command\":\"x\",\"env\":{\"API_KEY\":\"${API_KEY}\"}}", "-"},
	    {"{\"command\":\"x\",\"env\":{\"API_KEY\":\"<your key>\"}}", "-"},
	    {"{\"command\":\"x\",\"env\":{\"API_KEY\":\"YOUR_API_KEY\"}}", "-"},
	    {"{\"command\":\"x\",\"env\":{\"API_KEY\":\"\"}}", "-"},
	    {"{\"command\":\"x\",\"env\":{\"API_KEY\":null}}", "-"},
	    {"{\"command\":\"x\",\"env\":{\"GOOGLE_APPLICATION_CREDENTIALS\":\"/etc/key.json\"}}", "-"},
	    {"{\"command\":\"x\",\"env\":{\"KEY_FILE\":\"secret.pem\",\"MAX_TOKENS\":\"4096\"}}", "-"},
	    {"{\"command\":\"x\",\"env\":{\"AUTH_TYPE\":\"basicauth\",\"PATH\":\"/usr/bin\",\"KEYWORDS\":\"a,b,c\"}}",
	     "-"},
	    {"{\"command\":\"x\",\"args\":[\"--token=abcd1234\"]}", "api_key"},
	    {"{\"command\":\"x\",\"args\":[\"--token\",\"abcd1234\"]}", "api_key"},
	    {"{\"command\":\"x\",\"args\":[\"--token\",\"--verbose\"]}", "-"},
	    {"{\"command\":\"x\",\"args\":[\"--header\",\"Authorization: Bearer abcd1234\"]}", "api_key"},
	    {"{\"command\":\"x\",\"args\":[\"--header\",\"Authorization: Bearer ${T}\"]}", "-"},
	    {"{\"command\":\"x\",\"args\":[\"https://h/mcp?a=b&api_key=abcd1234\"]}", "api_key"},
	    {"{\"command\":\"x\",\"args\":[\"https://h/mcp?a=b\"]}", "-"},
	    {"{\"command\":\"x\",\"args\":\"--token=abcd1234\"}", "api_key"},
	    {"{\"command\":\"x --token abcd1234\"}", "api_key"},
	    {"{\"url\":\"https://h/\",\"headers\":{\"X-Api-Key\":\"abcd1234\"}}", "api_key"},
	    {"{\"url\":\"https://h/\",\"headers\":{\"X-Team\":\"abcd1234\"}}", "-"},
	    {"{\"url\":\"https://h/\",\"auth\":\"oauth\"}", "oauth"},
	    {"{\"url\":\"https://h/\",\"auth\":\"abcd1234\"}", "api_key"},
	    {"{\"url\":\"https://h/\",\"auth\":{\"CLIENT_ID\":\"x\",\"CLIENT_SECRET\":\"abcd1234\"}}", "oauth"},
	    {"{\"url\":\"https://h/\",\"oauth\":{\"enabled\":false}}", "-"},
	    {"{\"url\":\"https://h/\",\"oauth\":false}", "-"},
	    {"{\"url\":\"https://h/\",\"oauth\":{},\"headers\":{\"X-Api-Key\":\"abcd1234\"}}", "api_key"},
	    {"{\"url\":\"https://h/\",\"authProviderType\":\"dynamic_discovery\"}", "oauth"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (strcmp(collect_show(one(*state, cases[i].settings), "auth"), cases[i].auth) != 0)
			fail_msg("%s: %s expected", cases[i].settings, cases[i].auth);
}

static void addresses_lose_what_may_be_secret(void **state)
{
	static const struct {
		const char *written, *kept;
	} cases[] = {
	    {"http://h", "http://h"},
	    {"HTTPS://h:8443/a/b/", "HTTPS://h:8443/a/b/"},
	    {"https://me@h/a", "https://h/a"},
	    {"https://a:b@c:d@h/a", "https://h/a"},
	    {"https://h?key=abcd", "https://h"},
	    {"https://h/a#b", "https://h/a"},
	    {"https://h/a@b/c", "https://h/a@b/c"},
	    {"https://h/0123456789abcdef/x", "https://h/*/x"},
	    {"https://h/google-cloud-storage/x", "https://h/google-cloud-storage/x"},
	    {"https://h/${workspace_identifier_1}/x", "https://h/${workspace_identifier_1}/x"},
	    {"https://h/{workspace}/x", "https://h/{workspace}/x"},
	    {"ws://h/x", "-"},
	    {"https://", "-"},
	    {"https://@", "-"},
	    {"abcd1234", "-"},
	    {"://h", "-"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char settings[200];
		snprintf(settings, sizeof settings, "{\"type\":\"http\",\"url\":\"%s\"}", cases[i].written);
		assert_column(one(*state, settings), "url", cases[i].kept);
		assert_int_equal(collect_warned(*state, "an address is none of http or https"),
				 cases[i].kept[0] == '-');
	}
}

static void transports_are_what_the_file_says(void **state)
{
	static const struct {
		const char *settings, *transport, *warning;
	} cases[] = {
	    {"{\"command\":\"x\"}", "stdio", ""},
	    {"{\"type\":\"local\",\"command\":\"x\"}", "stdio", ""},
	    {"{\"type\":\"streamable-http\",\"url\":\"http://h\"}", "http", ""},
	    {"{\"transportType\":\"streamableHttp\",\"serverUrl\":\"http://h\"}", "http", ""},
	    {"{\"transport\":\"SSE\",\"url\":\"http://h\"}", "sse", ""},
	    {"{\"httpUrl\":\"http://h\"}", "http", ""},
	    {"{\"url\":\"http://h\"}", "-", ""},
	    {"{\"type\":\"pigeon\",\"url\":\"http://h\"}", "-", "none of stdio, http and sse"},
	    {"{\"command\":\"x\",\"url\":\"http://h\"}", "-", "contradict"},
	    {"{\"type\":\"http\",\"command\":\"x\",\"url\":\"http://h\"}", "http", ""},
	    {"{\"type\":\"stdio\",\"url\":\"http://h\"}", "-", "contradict"},
	    {"{\"type\":\"http\",\"command\":\"x\"}", "-", "contradict"},
	    {"{}", "-", "neither a command nor an address"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_column(one(c, cases[i].settings), "transport", cases[i].transport);
		assert_true(cases[i].warning[0] ? collect_warned(c, cases[i].warning) : !c->warnings[0]);
	}
}

static void versions_are_fixed_where_the_command_says_so(void **state)
{
	static const struct {
		const char *command, *args, *pinned;
	} cases[] = {
	    {"npx", "\"-y\",\"p@1.2.3\"", "1"},
	    {"npx", "\"p@1.2.3-beta.1\",\"x@latest\"", "1"},
	    {"npx", "\"@s/p@1.2.3\"", "1"},
	    {"npx", "\"p\"", "0"},
	    {"npx", "\"@s/p\"", "0"},
	    {"npx", "\"p@latest\"", "0"},
	    {"npx", "\"p@^1.2.3\"", "0"},
	    {"npx", "\"p@1.2\"", "0"},
	    {"npx", "\"p@1\"", "0"},
	    {"npx", "\"p@1.2.x\"", "0"},
	    {"npx", "\"-p\",\"p@1.2.3\",\"bin\"", "1"},
	    {"npx", "\"--package=p\",\"bin\"", "0"},
	    {"npx", "\"--registry\",\"https://r\",\"p\"", "-"},
	    {"npx", "\"./local\"", "-"},
	    {"npx", "\"github:a/b\"", "-"},
	    {"npx", "", "-"},
	    {"/usr/bin/npx", "\"p@1.2.3\"", "1"},
	    {"C:\\\\node\\\\npx.cmd", "\"p@1.2.3\"", "1"},
	    {"cmd", "\"/c\",\"npx\",\"-y\",\"p@1.2.3\"", "1"},
	    {"npx -y p@1.2.3", "", "1"},
	    {"bunx", "\"--bun\",\"p@1.2.3\"", "1"},
	    {"uvx", "\"p==1.4\"", "1"},
	    {"uvx", "\"p@1.4.0\"", "1"},
	    {"uvx", "\"p[x]==1.4.*\"", "0"},
	    {"uvx", "\"p>=1.4\"", "0"},
	    {"uvx", "\"p\"", "0"},
	    {"uvx", "\"--from\",\"p==1.4\",\"bin\"", "1"},
	    {"uvx", "\"--from\",\"git+https://g/r\",\"bin\"", "-"},
	    {"docker", "\"run\",\"mcp/x:1.0\"", "-"},
	    {"node", "\"server.js\"", "-"},
	    {"uv run python", "\"server.py\"", "-"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char settings[300];
		snprintf(settings, sizeof settings, "{\"command\":\"%s\",\"args\":[%s]}", cases[i].command,
			 cases[i].args);
		if (strcmp(collect_show(one(*state, settings), "pinned"), cases[i].pinned) != 0)
			fail_msg("%s: %s expected", settings, cases[i].pinned);
	}
}

static void a_client_without_servers_is_empty(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "{\"mcpServers\":{}}"), OK);
	assert_int_equal(c->n, 0);
	assert_int_equal(c->facts.records, 0);
	assert_int_equal(read_text(c, "{\"mcp\":{\"servers\":{}}}"), OK);
	assert_int_equal(read_text(c, "{\"mcpServers\":null}"), OK);
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	static const char *const samples[] = {"mcp_config/multiple_transport.json", "mcp_config/synthetic_keys.json"};
	struct collect *c = *state;
	for (size_t i = 0; i < 2; i++) {
		str text = collect_load(samples[i]);
		for (size_t n = 0; n + 2 < text.n; n++) {
			assert_int_equal(collect_text(c, "mcp_config", str_slice(text, 0, n)), E_INVALID);
			assert_non_null(strstr(c->err.where, "file:"));
			assert_null(strstr(c->err.message, "synthetic"));
			assert_null(strstr(c->err.detail, "synthetic"));
		}
		free((void *)(uintptr_t)text.p);
	}
}

static void wrong_files_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "", "a value expected", "file:1:1");
	refused(c, "[]", "the settings of an MCP client (an object) expected", "file:1:1");
	refused(c, "{}", "a member mcpServers, servers or mcp.servers expected", "file:1:2");
	refused(c, "{\"mcp\":{\"x\":{\"type\":\"local\"}}}", "a member mcpServers", "file:1:30");
	refused(c, "{\"mcpServers\":[]}", "an object expected", "file:1:15");
	refused(c, "{\"mcpServers\":{\"a\":1}}", "the settings of a server", "file:1:20");
	refused(c, "{\"mcpServers\":{\"a\":{\"command\":[\"npx\"]}}}", "a text expected", "file:1:31");
	refused(c, "{\"mcpServers\":{\"a\":{\"args\":{}}}}", "a list expected", "file:1:28");
	refused(c, "{\"mcpServers\":{\"a\":{\"env\":{\"A\":{}}}}}", "a text expected", "file:1:32");
	refused(c, "{\"mcpServers\":{\"\":{}}}", "a server with a name expected", "file:1:19");
	refused(c, "{\"mcpServers\":{\"a\\u0000\":{}}}", "without the character U+0000", "file:1:16");
	refused(c, "{\"mcpServers\":{\"a\":{\"url\":\"http://\\u0000\"}}}", "without the character U+0000",
		"file:1:27");
	refused(c, "{\"mcpServers\":{}} x", "expected", "file:1:19");
	refused(c, "{\"projects\":{\"/a\":[]}}", "the settings of a project (an object) expected", "file:1:19");
	refused(c, "// settings\n{\"mcpServers\":{}}", "expected", "file:1:1");
}

static void what_stands_twice_is_refused(void **state)
{
	struct collect *c = *state;
	refused(c, "{\"mcpServers\":{\"a\":{},\"a\":{}}}", "does not stand there already", "file:1:27");
	assert_non_null(strstr(c->err.detail, "\"a\" stands twice"));
	refused(c, "{\"mcpServers\":{},\"mcpServers\":{}}", "does not stand there already", "file:1:18");
	refused(c, "{\"mcpServers\":{\"a\":{\"url\":\"http://a\",\"url\":\"http://b\"}}}", "already", "file:1:38");
}

static void one_name_in_two_places_is_two_servers(void **state)
{
	struct collect *c = *state;
	assert_int_equal(
	    read_text(c, "{\"mcpServers\":{\"a\":{\"command\":\"x\"}},\"servers\":{\"a\":{\"url\":\"http://h\"},"
			 "\"b\":{\"command\":\"x\"}},\"projects\":{\"/p\":{\"mcpServers\":{\"a\":{\"command\":\"x\"}}},"
			 "\"/q\":{\"mcpServers\":{\"a\":{\"command\":\"x\"}}}}}"),
	    OK);
	assert_int_equal(c->n, 5);
	collect_no_same_ids(c);
	assert_true(str_eq(c->rows[1].id, S("a#2")));
	assert_true(str_eq(c->rows[3].id, S("/p|a")));
	assert_true(collect_warned(c, "a number is added to its id"));
}

static void hostile_sizes_are_borne(void **state)
{
	struct collect *c = *state;
	static char text[200000];
	size_t at = (size_t)snprintf(text, sizeof text, "{\"mcpServers\":{\"a\":{\"x\":");
	memset(text + at, '[', 1000);
	snprintf(text + at + 1000, 10, "1");
	assert_int_equal(read_text(c, text), E_TOO_LARGE);
	char name[3000];
	memset(name, 'n', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	snprintf(text, sizeof text, "{\"mcpServers\":{\"%sa\":{\"command\":\"x\"},\"%sb\":{\"command\":\"x\"}}}", name,
		 name);
	assert_int_equal(read_text(c, text), OK);
	assert_int_equal(c->n, 2);
	collect_no_same_ids(c);
	assert_true(collect_warned(c, "over 512 bytes"));
	assert_column(one(c, "{\"command\":\"x\",\"env\":{\"N\":1e999999},\"args\":[1e999999,null]}"), "transport",
		      "stdio");
}

static const char *detected(struct collect *c, const char *text)
{
	const struct import_format *f = NULL;
	collect_reset(c);
	return import_detect(str_from(text), true, S("file"), &f, &c->err) == OK ? f->name.p : "";
}

static void settings_are_detected_by_their_content(void **state)
{
	static const char *const samples[] = {
	    "mcp_config/canary.mcp.json",         "mcp_config/test-client.mcp.json", "mcp_config/all_config.json",
	    "mcp_config/multiple_transport.json", "mcp_config/synthetic_keys.json",  "mcp_config/synthetic_vscode.json",
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		str text = collect_load(samples[i]);
		const struct import_format *f = NULL;
		assert_int_equal(import_detect(text, true, S("file"), &f, &c->err), OK);
		assert_string_equal(f->name.p, "mcp_config");
		free((void *)(uintptr_t)text.p);
	}
	assert_string_equal(detected(c, "{\"theme\":1,\"mcpServers\":{}}"), "mcp_config");
	assert_string_equal(detected(c, "{\"servers\":{}}"), "");
	assert_string_equal(detected(c, "{\"servers\":[{\"url\":\"http://h\"}]}"), "");
	assert_string_equal(detected(c, "{\"servers\":{\"a\":{\"cpu\":4}}}"), "");
	assert_string_equal(detected(c, "{\"mcpServers\":[1]}"), "");
	assert_string_equal(detected(c, "{\"mcp\":{\"a\":{\"command\":\"x\"}}}"), "");
	assert_string_equal(detected(c, "{\"a\":{\"mcpServers\":{\"a\":{\"command\":\"x\"}}}}"), "");
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 2;
	assert_int_equal(collect_file(c, "mcp_config", "mcp_config/test-client.mcp.json"), E_IO);
	assert_int_equal(c->n, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(the_test_client_has_four_local_servers),
	    COLLECT_TEST(servers_below_mcp_are_read),
	    COLLECT_TEST(the_settings_of_vs_code_are_read),
	    COLLECT_TEST(keys_are_seen_and_never_kept),
	    COLLECT_TEST(static_keys_are_told_from_what_only_names_them),
	    COLLECT_TEST(addresses_lose_what_may_be_secret),
	    COLLECT_TEST(transports_are_what_the_file_says),
	    COLLECT_TEST(versions_are_fixed_where_the_command_says_so),
	    COLLECT_TEST(a_client_without_servers_is_empty),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(wrong_files_are_refused_with_their_place),
	    COLLECT_TEST(what_stands_twice_is_refused),
	    COLLECT_TEST(one_name_in_two_places_is_two_servers),
	    COLLECT_TEST(hostile_sizes_are_borne),
	    COLLECT_TEST(settings_are_detected_by_their_content),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
