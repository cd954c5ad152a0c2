#include "collect.h"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "entra_agent", str_from(text));
}

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(read_text(c, text), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
}

#define AGENT(id, rest) "{\"agentIdentityBlueprintId\":\"b\",\"id\":\"" id "\"" rest "}"
#define LIST(objects) "{\"value\":[" objects "]}"

static void an_agent_identity_is_an_agent_and_an_identity(void **state)
{
	static const char id[] = "1b7313c4-05d0-4a08-88e3-7b76c003a0a2";
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "entra_agent", "entra_agent/agentidentity-list.json"), OK);
	assert_int_equal(c->facts.records, 1);
	assert_int_equal(c->n, 2);
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_IDENTITY, id);
	assert_true(r->main);
	assert_int_equal(r->line, 3);
	assert_column(r, "name", "My Agent Identity");
	assert_column(r, "kind", "agent");
	assert_column(r, "ai", "1");
	assert_column(r, "provider", "entra");
	assert_column(r, "enabled", "1");
	assert_column(r, "owner_id", "-");
	assert_column(r, "created_at", "2019-09-17T19:10:35.274Z");
	assert_column(r, "expires_at", "2024-12-31T23:59:59Z");
	r = collect_by_id(c, EVIDENCE_AGENT, id);
	assert_false(r->main);
	assert_column(r, "name", "My Agent Identity");
	assert_column(r, "identity_id", id);
	assert_column(r, "enabled", "1");
	assert_column(r, "registered", "-");
	assert_column(r, "expires_at", "2024-12-31T23:59:59Z");
	assert_column(r, "last_seen_at", "-");
	assert_false(c->facts.has_time);
	assert_int_equal(c->facts.identity.n, 0);
	assert_string_equal(c->warnings, "");
}

static void a_blueprint_is_an_identity_and_no_agent(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "entra_agent", "entra_agent/agentidentityblueprint-list.json"), OK);
	assert_int_equal(c->n, 1);
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_IDENTITY, "00001111-aaaa-2222-bbbb-3333cccc4444");
	assert_column(r, "name", "My Agent Blueprint");
	assert_column(r, "kind", "service");
	assert_column(r, "ai", "1");
	assert_column(r, "enabled", "-");
	assert_column(r, "created_at", "2025-09-10T17:04:20Z");
	assert_column(r, "expires_at", "-");
}

static void the_credentials_of_a_blueprint_have_their_dates(void **state)
{
	static const char app[] = "00000000-0000-4000-8000-0000000000b1";
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "entra_agent", "entra_agent/synthetic_blueprint.json"), OK);
	assert_int_equal(c->facts.records, 1);
	assert_int_equal(c->n, 3);
	(void)collect_by_id(c, EVIDENCE_IDENTITY, app);
	const struct evidence_record *r = collect_by_id(c, EVIDENCE_CREDENTIAL, "pw-1");
	assert_column(r, "kind", "password");
	assert_column(r, "identity_id", app);
	assert_column(r, "provider", "entra");
	assert_column(r, "issued_at", "2026-01-02T00:00:00Z");
	assert_column(r, "expires_at", "2028-01-02T00:00:00Z");
	assert_column(r, "last_used_at", "-");
	r = collect_by_id(c, EVIDENCE_CREDENTIAL, "cert-1");
	assert_column(r, "kind", "certificate");
	assert_column(r, "expires_at", "2026-07-03T00:00:00Z");
	assert_true(collect_warned(c, "a credential without a keyId is left out"));
}

static void a_page_has_owners_locks_and_other_objects(void **state)
{
	static const char *const rows[][3] = {
	    /* the end of the id, owner, enabled */
	    {"1", "sponsor-1", "1"},
	    {"2", "owner-1", "0"},
	    {"3", "-", "0"},
	};
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "entra_agent", "entra_agent/synthetic_page.json"), OK);
	assert_int_equal(c->facts.records, 5);
	assert_int_equal(collect_count(c, EVIDENCE_AGENT), 3);
	assert_int_equal(collect_count(c, EVIDENCE_IDENTITY), 4);
	for (size_t i = 0; i < 3; i++) {
		char id[64];
		snprintf(id, sizeof id, "00000000-0000-4000-8000-00000000000%s", rows[i][0]);
		for (int k = 0; k < 2; k++) {
			const struct evidence_record *r = collect_by_id(c, k ? EVIDENCE_AGENT : EVIDENCE_IDENTITY, id);
			assert_column(r, "owner_id", rows[i][1]);
			assert_column(r, "enabled", rows[i][2]);
		}
	}
	assert_column(collect_by_id(c, EVIDENCE_IDENTITY, "00000000-0000-4000-8000-0000000000c1"), "kind", "service");
	assert_true(collect_warned(c, "import all its pages in one command"));
	assert_true(collect_warned(c, "neither agent identity nor blueprint: passed over (on line 26)"));
}

static void lists_and_single_objects_are_read(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "[" AGENT("a", "") "," AGENT("b", "") "]"), OK);
	assert_int_equal(c->n, 4);
	assert_int_equal(read_text(c, AGENT("a", "")), OK);
	assert_int_equal(c->n, 2);
	assert_column(&c->rows[0], "enabled", "-");
	assert_int_equal(read_text(c, "{\"value\":[],\"@odata.context\":\"x#servicePrincipals/graph.agentIdentity\"}"),
			 OK);
	assert_int_equal(c->n, 0);
	assert_int_equal(
	    read_text(c, "{\"@odata.context\":\"x#servicePrincipals/graph.agentIdentity/$entity\",\"id\":\"a\"}"), OK);
	assert_int_equal(c->n, 2);
	assert_int_equal(read_text(c, "[{\"@odata.type\":\"#microsoft.graph.agentIdentityBlueprint\",\"id\":\"o\"}]"),
			 OK);
	assert_true(str_eq(c->rows[0].id, S("o")));
}

static void the_given_time_is_when_an_agent_was_seen(void **state)
{
	static const int64_t given = INT64_C(1793491200000);
	struct collect *c = *state;
	struct source from = source_text(S("file"), S(AGENT("a", "")));
	struct import_sink sink = {c, collect_record, collect_warn};
	struct import_input in = {
	    .from = &from, .arena = &c->arena, .facts = &c->facts, .sink = &sink, .given_ms = &given};
	assert_int_equal(import_format_find(S("entra_agent"))->read(&in, &c->err), OK);
	assert_column(collect_row(c, EVIDENCE_AGENT, 0), "last_seen_at", "2026-11-01T00:00:00Z");
}

static void repeats_are_left_out_and_differences_numbered(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, LIST(AGENT("a", "") "," AGENT("a", "") "," AGENT("a", ",\"displayName\":\"A\""))),
			 OK);
	assert_int_equal(c->n, 4);
	collect_no_same_ids(c);
	assert_true(collect_warned(c, "repeats an earlier one"));
	assert_true(collect_warned(c, "a number is added"));
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	static const char *const samples[] = {"entra_agent/agentidentity-list.json", "entra_agent/synthetic_page.json",
					      "entra_agent/synthetic_blueprint.json"};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		str text = collect_load(samples[i]);
		while (text.p[text.n - 1] != '}')
			text.n--;
		for (size_t n = 0; n < text.n; n++) {
			assert_int_equal(collect_text(c, "entra_agent", str_slice(text, 0, n)), E_INVALID);
			assert_non_null(strstr(c->err.where, "file:"));
		}
		free((void *)(uintptr_t)text.p);
	}
}

static void wrong_files_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "", "a value expected", "file:1:1");
	refused(c, "1", "an answer of Microsoft Graph (an object or a list) expected", "file:1:1");
	refused(c, "{}", "none of the objects is an agent identity", "file");
	assert_non_null(strstr(c->err.hint, "graph.agentIdentity"));
	refused(c, LIST("{\"id\":\"x\",\"appId\":\"y\"}"), "none of the objects", "file");
	refused(c, LIST("1"), "an agent identity (an object) expected", "file:1:11");
	refused(c, "{\"value\":{}}", "a list expected", "file:1:10");
	refused(c, LIST(AGENT("", "")), "object 1: it has no id", "file:1");
	refused(c, LIST(AGENT("a", "") ",\n" AGENT("b", ",\"createdDateTime\":\"soon\"")),
		"object 2: \"soon\" is no time", "file:2");
	refused(c, LIST(AGENT("a", ",\"id\":\"b\"")), "does not stand there already", "file:1:52");
	refused(c, "{\"value\":[],\"value\":[]}", "does not stand there already", "file:1:13");
	refused(c, AGENT("a", ",\"accountEnabled\":1"), "true or false expected", "file:1:59");
	refused(c, AGENT("a", ",\"lifecycle\":[]"), "an object expected", "file:1:54");
	refused(c, AGENT("a", ",\"owners\":[1]"), "a person (an object) expected", "file:1:52");
	refused(c, AGENT("a", ",\"owners\":{}"), "a list expected", "file:1:51");
	refused(c, AGENT("a", ",\"keyCredentials\":[1]"), "a credential (an object) expected", "file:1:60");
	refused(c, AGENT("a\\u0000", ""), "without the character U+0000", "file:1:38");
	refused(c, AGENT("a", "") "{}", "expected", "file:1:42");
}

static void hostile_sizes_are_borne(void **state)
{
	struct collect *c = *state;
	static char text[20000];
	char name[3000];
	memset(name, 'n', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	snprintf(text, sizeof text, LIST(AGENT("%sa", "") "," AGENT("%sb", "")), name, name);
	assert_int_equal(read_text(c, text), OK);
	assert_int_equal(c->n, 4);
	collect_no_same_ids(c);
	assert_true(str_eq(collect_value(&c->rows[1], "identity_id")->text, c->rows[0].id));
	size_t at = (size_t)snprintf(text, sizeof text, "{\"x\":");
	memset(text + at, '[', 1000);
	text[at + 1000] = '\0';
	assert_int_equal(read_text(c, text), E_TOO_LARGE);
	assert_int_equal(read_text(c, AGENT("a", ",\"displayName\":1e999999")), OK);
}

static const char *detected(struct collect *c, str text)
{
	const struct import_format *f = NULL;
	collect_reset(c);
	return import_detect(text, true, S("file"), &f, &c->err) == OK ? f->name.p : "";
}

static void answers_are_detected_by_their_content(void **state)
{
	static const char *const samples[] = {
	    "entra_agent/agentidentity-list.json", "entra_agent/agentidentityblueprint-list.json",
	    "entra_agent/synthetic_page.json", "entra_agent/synthetic_blueprint.json"};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		str text = collect_load(samples[i]);
		assert_string_equal(detected(c, text), "entra_agent");
		free((void *)(uintptr_t)text.p);
	}
	assert_string_equal(detected(c, S("[" AGENT("a", "") "]")), "entra_agent");
	assert_string_equal(
	    detected(c, S("{\"@odata.context\":\"x#servicePrincipals/graph.agentIdentity\",\"value\":[]}")),
	    "entra_agent");
	assert_string_equal(detected(c, S("{\"@odata.context\":\"x#servicePrincipals\",\"value\":[{\"id\":\"a\"}]}")),
			    "");
	/* A list of all service principals is none of agents, though one may come first. */
	assert_string_equal(detected(c, S("{\"@odata.context\":\"x$metadata#servicePrincipals(id)\",\"value\":[" AGENT(
					    "a", "") ",{\"id\":\"b\"}]}")),
			    "entra");
	assert_string_equal(detected(c, S("{\"value\":[]}")), "");
	assert_string_equal(detected(c, S("{\"value\":1,\"agentIdentityBlueprintId\":1}")), "");
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 2;
	assert_int_equal(collect_file(c, "entra_agent", "entra_agent/synthetic_page.json"), E_IO);
	assert_int_equal(c->n, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(an_agent_identity_is_an_agent_and_an_identity),
	    COLLECT_TEST(a_blueprint_is_an_identity_and_no_agent),
	    COLLECT_TEST(the_credentials_of_a_blueprint_have_their_dates),
	    COLLECT_TEST(a_page_has_owners_locks_and_other_objects),
	    COLLECT_TEST(lists_and_single_objects_are_read),
	    COLLECT_TEST(the_given_time_is_when_an_agent_was_seen),
	    COLLECT_TEST(repeats_are_left_out_and_differences_numbered),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(wrong_files_are_refused_with_their_place),
	    COLLECT_TEST(hostile_sizes_are_borne),
	    COLLECT_TEST(answers_are_detected_by_their_content),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
