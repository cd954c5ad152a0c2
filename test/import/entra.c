#include "collect.h"

#include "import/entra.h"

#define CONTEXT(name) "\"@odata.context\":\"https://graph.microsoft.com/v1.0/$metadata#" name "\""
#define USERS(members) "{" CONTEXT("users") ",\"value\":[" members "]}"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "entra", str_from(text));
}

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(read_text(c, text), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
}

static void read_sample(struct collect *c, const char *name, int records, int rows, const char *feed)
{
	char path[200];
	snprintf(path, sizeof path, "entra/%s.json", name);
	if (collect_file(c, "entra", path) != OK)
		fail_msg("%s: %s (%s)", name, c->err.message, c->err.where);
	assert_int_equal(c->facts.records, records);
	assert_int_equal(c->n, rows);
	assert_true(str_eq(c->facts.identity, str_from(feed)));
	collect_no_same_ids(c);
}

static void a_tenants_users_are_identities(void **state)
{
	struct collect *c = *state;
	read_sample(c, "users", 4, 4, "entra:users");
	assert_string_equal(c->warnings, "");
	assert_string_equal(collect_observed(c), "-");
	const struct evidence_record *r = collect_row(c, EVIDENCE_IDENTITY, 0);
	assert_true(str_eq(r->id, S("11111111-1111-1111-1111-111111111111")));
	assert_int_equal(r->line, 3);
	assert_column(r, "name", "alice@example.com");
	assert_column(r, "kind", "user");
	assert_column(r, "provider", "entra");
	assert_column(r, "enabled", "1");
	assert_column(r, "created_at", "2024-01-15T10:00:00Z");
	assert_column(r, "last_used_at", "-");
	assert_column(r, "mfa", "-");
	assert_column(r, "privileged", "-");
	assert_column(r, "ai", "-");
	assert_column(collect_row(c, EVIDENCE_IDENTITY, 3), "enabled", "0");
}

static void sign_ins_that_succeeded_come_before_attempts(void **state)
{
	struct collect *c = *state;
	read_sample(c, "synthetic_users", 3, 3, "entra:users");
	assert_column(collect_row(c, EVIDENCE_IDENTITY, 0), "last_used_at", "2026-11-03T08:00:00Z");
	assert_column(collect_row(c, EVIDENCE_IDENTITY, 1), "last_used_at", "2025-01-03T08:00:00Z");
	assert_column(collect_row(c, EVIDENCE_IDENTITY, 2), "last_used_at", "-");
	assert_column(collect_row(c, EVIDENCE_IDENTITY, 2), "created_at", "-");
	assert_column(collect_row(c, EVIDENCE_IDENTITY, 2), "name", "cy_partner.example#EXT#@example.com");
	assert_true(collect_warned(c, "one page of several (@odata.nextLink)"));
}

static void users_without_an_id_are_known_by_their_principal_name(void **state)
{
	struct collect *c = *state;
	read_sample(c, "user-list", 2, 2, "entra:users");
	assert_true(str_eq(c->rows[0].id, S("oscarward@contoso.com")));
	assert_column(&c->rows[0], "enabled", "-");
	refused(c, USERS("{\"displayName\":\"x\"}"), "entry 1: a user without id and userPrincipalName", "file:1");
}

static void a_deleted_user_is_not_enabled(void **state)
{
	struct collect *c = *state;
	assert_int_equal(
	    read_text(c, USERS("{\"id\":\"1\",\"accountEnabled\":true,\"deletedDateTime\":\"2026-01-01T00:00:00Z\"}")),
	    OK);
	assert_column(&c->rows[0], "enabled", "0");
}

static void registration_says_who_has_mfa_and_who_administers(void **state)
{
	struct collect *c = *state;
	read_sample(c, "registration", 3, 3, "entra:user_registration_details");
	assert_column(&c->rows[0], "mfa", "1");
	assert_column(&c->rows[1], "mfa", "0");
	assert_column(&c->rows[2], "mfa", "1");
	assert_column(&c->rows[0], "privileged", "-");
	assert_column(&c->rows[0], "enabled", "-");
	assert_string_equal(collect_observed(c), "-");
	assert_true(str_eq(c->rows[2].id, S("99999999-9999-9999-9999-999999999999")));
	read_sample(c, "synthetic_registration", 3, 3, "entra:user_registration_details");
	assert_string_equal(collect_observed(c), "2026-11-03T06:00:00Z");
	assert_column(&c->rows[0], "mfa", "1");
	assert_column(&c->rows[0], "privileged", "1");
	assert_column(&c->rows[0], "name", "ann@example.com");
	/* registered, but not by a method that is let in */
	assert_column(&c->rows[1], "mfa", "0");
	assert_column(&c->rows[1], "privileged", "0");
	assert_column(&c->rows[2], "mfa", "0");
	assert_true(collect_warned(c, "a method that the tenant does not let in: counts as no MFA (on line 5)"));
}

static void service_principals_and_agents_are_told_apart(void **state)
{
	struct collect *c = *state;
	read_sample(c, "synthetic_service_principals", 3, 3, "entra:service_principals");
	assert_column(&c->rows[0], "kind", "service");
	assert_column(&c->rows[0], "ai", "-");
	assert_column(&c->rows[0], "enabled", "1");
	assert_column(&c->rows[0], "created_at", "2025-03-01T00:00:00Z");
	assert_column(&c->rows[1], "enabled", "0");
	assert_column(&c->rows[2], "kind", "agent");
	assert_column(&c->rows[2], "ai", "1");
	assert_column(&c->rows[2], "expires_at", "2027-01-31T00:00:00Z");
	read_sample(c, "agentidentity-list", 1, 1, "entra:service_principals");
	assert_column(&c->rows[0], "kind", "agent");
	assert_column(&c->rows[0], "name", "My Agent Identity");
	assert_column(&c->rows[0], "created_at", "2019-09-17T19:10:35.274Z");
	assert_column(&c->rows[0], "expires_at", "2024-12-31T23:59:59Z");
	/* Microsoft's shortened example names no subject */
	assert_int_equal(collect_file(c, "entra", "entra/serviceprincipal-list.json"), E_INVALID);
	assert_non_null(strstr(c->err.message, "a service principal without id and appId"));
}

static void app_roles_are_permissions(void **state)
{
	struct collect *c = *state;
	read_sample(c, "serviceprincipal-list-approleassignments", 1, 1, "entra:app_role_assignments");
	const struct evidence_record *r = collect_row(c, EVIDENCE_PERMISSION, 0);
	assert_true(str_eq(r->id, S("UxOIjjUXr0WvIe4TRFgqTY4z9Wu5KxpBtlEpoTGjw-A")));
	assert_column(r, "identity_id", "8e881353-1735-45af-af21-ee1344582a4d");
	assert_column(r, "scope", "e2a3a72e-5f79-4c64-b1b1-878b674786c9");
	assert_column(r, "resource", "Microsoft Graph");
	assert_column(r, "granted_at", "2021-02-02T04:22:45.498Z");
	assert_column(r, "privileged", "-");
	assert_column(r, "usage_known", "-");
}

static void each_scope_of_a_grant_is_a_permission(void **state)
{
	struct collect *c = *state;
	read_sample(c, "serviceprincipal-list-oauth2permissiongrants", 1, 1, "entra:oauth2_permission_grants");
	assert_true(str_eq(c->rows[0].id, S("id-value|scope-value")));
	assert_column(&c->rows[0], "identity_id", "clientId-value");
	assert_column(&c->rows[0], "resource", "resourceId-value");
	read_sample(c, "synthetic_grants", 3, 3, "entra:oauth2_permission_grants");
	assert_true(str_eq(c->rows[1].id, S("grant-1|Files.ReadWrite.All")));
	assert_true(c->rows[0].main && !c->rows[1].main && c->rows[2].main);
	assert_column(&c->rows[2], "scope", "Mail.Send");
	assert_column(&c->rows[2], "granted_at", "-");
}

static void decisions_are_access_reviews(void **state)
{
	struct collect *c = *state;
	read_sample(c, "accessreviewinstancedecisionitem-list", 2, 2, "entra:access_reviews");
	assert_column(&c->rows[0], "decision", "not_reviewed");
	assert_column(&c->rows[0], "reviewed_at", "-");
	assert_column(&c->rows[0], "reviewer_id", "-");
	assert_column(&c->rows[0], "identity_id", "04777c4b-4d43-4d32-a2e7-1eba5d03f8cf");
	assert_column(&c->rows[0], "permission_id", "-");
	assert_string_equal(collect_observed(c), "-");
	read_sample(c, "synthetic_decisions", 4, 4, "entra:access_reviews");
	assert_string_equal(collect_observed(c), "2026-10-07T00:00:00Z");
	assert_column(&c->rows[0], "decision", "approve");
	assert_column(&c->rows[0], "reviewer_id", "a0000000-0000-4000-8000-000000000001");
	assert_column(&c->rows[0], "reviewed_at", "2026-10-01T09:00:00Z");
	/* what is kept is not taken away, although Graph dates it */
	assert_column(&c->rows[0], "applied_at", "-");
	assert_column(&c->rows[0], "automated", "-");
	assert_column(&c->rows[1], "decision", "deny");
	assert_column(&c->rows[1], "applied_at", "2026-10-06T00:00:00Z");
	assert_column(&c->rows[1], "identity_id", "a0000000-0000-4000-8000-000000000002");
	assert_column(&c->rows[2], "applied_at", "-");
	assert_column(&c->rows[2], "reviewer_id", "-");
	assert_column(&c->rows[2], "identity_id", "a0000000-0000-4000-8000-000000000003");
	assert_column(&c->rows[3], "decision", "dont_know");
}

/* By hand: of eight sign-ins four succeeded at three AI applications; the rest failed, or led elsewhere, or do not say.
 */
static void sign_ins_show_which_ai_applications_are_used(void **state)
{
	struct collect *c = *state;
	read_sample(c, "synthetic_sign_ins", 8, 3, "entra:sign_ins");
	assert_string_equal(collect_observed(c), "2026-11-03T20:00:00Z");
	const struct evidence_record *r = collect_row(c, EVIDENCE_AI_SYSTEM, 0);
	assert_true(str_eq(r->id, S("entra-app:aaaaaaaa-0000-0000-0000-000000000001")));
	assert_int_equal(r->line, 4);
	assert_column(r, "name", "ChatGPT");
	assert_column(r, "last_seen_at", "2026-11-03T19:15:41.619Z");
	assert_column(r, "human_users", "1");
	/* Only the register knows. */
	assert_column(r, "registered", "0");
	assert_column(r, "approved", "-");
	r = collect_row(c, EVIDENCE_AI_SYSTEM, 1);
	assert_column(r, "name", "Claude for Enterprise");
	assert_column(r, "last_seen_at", "2026-11-02T08:00:00Z");
	r = collect_row(c, EVIDENCE_AI_SYSTEM, 2);
	assert_column(r, "name", "Copilot Studio");
	assert_column(r, "human_users", "-");
}

static void sign_ins_may_stand_in_any_order(void **state)
{
#define SIGN_IN(time, name)                                                                                            \
	"{\"id\":\"" time "\",\"createdDateTime\":\"" time "\",\"userPrincipalName\":\"u\",\"appId\":\"a\","           \
	"\"appDisplayName\":\"" name "\",\"status\":{\"errorCode\":0}}"
	struct collect *c = *state;
	assert_int_equal(read_text(c, "[" SIGN_IN("2026-11-01T01:00:00Z", "OpenAI") ",\n" SIGN_IN(
					  "2026-11-01T03:00:00Z", "OpenAI Sora") ",\n" SIGN_IN("2026-11-01T02:00:00Z",
											       "ChatGPT") "]"),
			 OK);
	assert_int_equal(c->n, 1);
	assert_column(&c->rows[0], "name", "OpenAI Sora");
	assert_column(&c->rows[0], "last_seen_at", "2026-11-01T03:00:00Z");
	assert_int_equal(c->rows[0].line, 2);
	refused(c,
		"[{\"appDisplayName\":\"ChatGPT\",\"userPrincipalName\":\"u\",\"appId\":\"a\","
		"\"status\":{\"errorCode\":0}}]",
		"a sign-in without appId or createdDateTime", "file:1");
	refused(c, "[{\"appDisplayName\":\"ChatGPT\",\"userPrincipalName\":\"u\",\"status\":{\"errorCode\":\"0\"}}]",
		"a whole number", "file:1:76");
	assert_int_equal(read_text(c, "{" CONTEXT("auditLogs/signIns") ",\"value\":[]}"), OK);
	assert_int_equal(c->n, 0);
	assert_true(str_eq(c->facts.identity, S("entra:sign_ins")));
}

static void ai_applications_are_told_by_whole_words(void **state)
{
	static const char *const ai[] = {
	    "ChatGPT",       "Azure OpenAI Studio", "GitHub Copilot",    "le chat (Mistral)", "Otter.ai",
	    "hugging  face", "Google-Gemini",       "Microsoft Copilot", "Azure AI Foundry",  "CLAUDE"};
	static const char *const other[] = {"",
					    "Claudette",
					    "Copilots",
					    "Geminiano",
					    "Otter",
					    "Outlook",
					    ("caf\xC3\xA9"
					     "claude"),
					    "Face",
					    "AI",
					    "precursor"};
	(void)state;
	for (size_t i = 0; i < sizeof ai / sizeof *ai; i++)
		assert_true(import_entra_signin_is_ai(str_from(ai[i])));
	for (size_t i = 0; i < sizeof other / sizeof *other; i++)
		assert_false(import_entra_signin_is_ai(str_from(other[i])));
	char longer[2000];
	memset(longer, ' ', sizeof longer);
	memcpy(longer + 1900, " chatgpt ", 9);
	assert_false(import_entra_signin_is_ai((str){longer, sizeof longer}));
	memset(longer, 'x', sizeof longer);
	assert_false(import_entra_signin_is_ai((str){longer, sizeof longer}));
}

static void other_collections_are_refused_by_name(void **state)
{
	static const char *const samples[] = {"entra/application-list.json",
					      "entra/reportroot-list-credentialuserregistrationdetails.json",
					      "entra/agentidentityblueprint-list.json"};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
		assert_int_equal(collect_file(c, "entra", samples[i]), E_INVALID);
	refused(c, "{" CONTEXT("groups") ",\"value\":[]}", "the collection \"groups\" of Graph is not read",
		"file:1:19");
	refused(c, "{" CONTEXT("users/$entity") ",\"id\":\"1\"}", "is not read", "file:1:19");
	refused(c, "{" CONTEXT("servicePrincipals('1')/owners") ",\"value\":[]}", "is not read", "file:1:19");
	refused(c, "[{\"id\":\"1\"}]", "entry 1: its members tell no collection", "file:1");
	refused(c,
		"{\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"a\",\"userPrincipalName\":\"a@b\","
		"\"accountEnabled\":true}]}",
		"entry 1: a member of a group or role", "file:1");
}

static void contexts_with_a_choice_of_members_are_known(void **state)
{
	static const char *const contexts[][2] = {
	    {"users(id,displayName)", "entra:users"},
	    {"users(id,appRoleAssignments())", "entra:users"},
	    {"servicePrincipals(id)", "entra:service_principals"},
	    {"servicePrincipals/microsoft.graph.agentIdentity", "entra:service_principals"},
	    {"servicePrincipals('1')/appRoleAssignedTo", "entra:app_role_assignments"},
	    {"servicePrincipals('1')/appRoleAssignments", "entra:app_role_assignments"},
	    {"oauth2PermissionGrants", "entra:oauth2_permission_grants"},
	    {"users('1')/oauth2PermissionGrants", "entra:oauth2_permission_grants"},
	    {"accessReviewInstanceDecisionItems", "entra:access_reviews"},
	};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof contexts / sizeof *contexts; i++) {
		char text[300];
		snprintf(text, sizeof text, "{" CONTEXT("%s") ",\"value\":[]}", contexts[i][0]);
		assert_int_equal(read_text(c, text), OK);
		assert_true(str_eq(c->facts.identity, str_from(contexts[i][1])));
	}
}

static void the_context_may_stand_behind_the_list_but_not_against_it(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "{\"value\":[{\"id\":\"1\",\"userPrincipalName\":\"x\"}]," CONTEXT("users") "}"),
			 OK);
	refused(c, "{\"value\":[{\"id\":\"1\",\"userPrincipalName\":\"x\"}]," CONTEXT("servicePrincipals") "}",
		"the collection \"servicePrincipals\" of Graph is not what the entries are", "file:1:64");
}

static void a_list_alone_is_read_and_must_be_of_one_kind(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, "[{\"id\":\"1\",\"userPrincipalName\":\"x\"}]"), OK);
	assert_true(str_eq(c->facts.identity, S("entra:users")));
	refused(
	    c, "[{\"id\":\"1\",\"userPrincipalName\":\"x\"},\n{\"id\":\"2\",\"servicePrincipalType\":\"Application\"}]",
	    "entry 2: it is no user", "file:2");
	assert_int_equal(read_text(c, "[]"), OK);
	assert_int_equal(c->facts.identity.n, 0);
	assert_true(import_format_find(S("entra"))->always == 0);
}

static void wrong_types_are_refused_with_their_place(void **state)
{
	struct collect *c = *state;
	refused(c, "1", "an answer of Graph (an object or a list) expected", "file:1:1");
	refused(c, "{}", "the list \"value\" of an answer of Graph expected", "file:1:2");
	refused(c, "{\"value\":{}}", "a list expected", "file:1:10");
	refused(c, "{\"value\":null}", "a list expected", "file:1:10");
	refused(c, "[1]", "an entry (an object) expected", "file:1:2");
	assert_int_equal(read_text(c, USERS("{\"id\":\"1\",\"accountEnabled\":\"true\"}")), E_INVALID);
	assert_non_null(strstr(c->err.message, "true or false expected"));
	assert_int_equal(read_text(c, USERS("{\"id\":\"1\",\"createdDateTime\":\"yesterday\"}")), E_INVALID);
	assert_non_null(strstr(c->err.message, "entry 1: createdDateTime \"yesterday\" is no time"));
	assert_int_equal(read_text(c, USERS("{\"id\":\"1\",\"createdDateTime\":99999999999999999999}")), E_INVALID);
	assert_int_equal(read_text(c, USERS("{\"id\":\"1\\u0000\"}")), E_INVALID);
	assert_int_equal(read_text(c, USERS("{\"id\":\"1\",\"id\":\"2\"}")), E_INVALID);
	assert_non_null(strstr(c->err.detail, "stands twice"));
	assert_int_equal(read_text(c, "[{\"id\":\"1\",\"decision\":\"Perhaps\",\"accessReviewId\":\"2\"}]"), E_INVALID);
	assert_non_null(strstr(c->err.message, "entry 1: the decision \"Perhaps\" is not known"));
	assert_int_equal(read_text(c, USERS("") " {}"), E_INVALID);
	char deep[400];
	memset(deep, '[', sizeof deep - 1);
	deep[sizeof deep - 1] = '\0';
	assert_int_not_equal(read_text(c, deep), OK);
}

static void ids_that_repeat_are_left_out_or_numbered(void **state)
{
	struct collect *c = *state;
	assert_int_equal(read_text(c, USERS("{\"id\":\"1\"},{\"id\":\"1\"},{\"id\":\"1\",\"displayName\":\"x\"}")), OK);
	assert_int_equal(c->facts.records, 3);
	assert_int_equal(c->n, 2);
	assert_true(str_eq(c->rows[1].id, S("1#2")));
	assert_true(collect_warned(c, "a user repeats an earlier one word for word"));
	assert_true(collect_warned(c, "a user has the id of an earlier one"));
}

static void a_sample_cut_anywhere_is_refused(void **state)
{
	static const char *const samples[] = {"entra/users.json", "entra/synthetic_decisions.json"};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		str text = collect_load(samples[i]);
		str whole = str_trim(text);
		for (size_t n = 0; n < whole.n; n++)
			assert_int_equal(collect_text(c, "entra", str_slice(whole, 0, n)), E_INVALID);
		free((void *)(uintptr_t)text.p);
	}
}

static const char *detected(struct collect *c, str text)
{
	const struct import_format *f = NULL;
	return import_detect(text, true, S("file"), &f, &c->err) == OK ? f->name.p : "";
}

static void collections_are_told_from_other_files(void **state)
{
	static const char *const samples[] = {"users",
					      "registration",
					      "accessreviewinstancedecisionitem-list",
					      "serviceprincipal-list",
					      "serviceprincipal-list-approleassignments",
					      "serviceprincipal-list-oauth2permissiongrants",
					      "user-list",
					      "application-list",
					      "synthetic_users",
					      "synthetic_sign_ins"};
	/* Agent identities go to their own format, which sees more in them; --format entra reads them still. */
	str agents = collect_load("entra/agentidentity-list.json");
	assert_string_equal(detected(*state, agents), "entra_agent");
	free((void *)(uintptr_t)agents.p);
	static const char *const others[] = {"ocsf/example_output_aws.ocsf.json", "garak/sample_report.jsonl",
					     "cyclonedx/vex-cisa-case2.json", "aws_credential_report/root.csv"};
	struct collect *c = *state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		char path[200];
		snprintf(path, sizeof path, "entra/%s.json", samples[i]);
		str text = collect_load(path);
		assert_string_equal(detected(c, text), "entra");
		free((void *)(uintptr_t)text.p);
	}
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		str text = collect_load(others[i]);
		assert_int_equal(import_format_find(S("entra"))->sniff(text, true), 0);
		free((void *)(uintptr_t)text.p);
	}
	/* the head may end anywhere */
	assert_string_equal(detected(c, S("{" CONTEXT("users") ",\"value\":[{\"id\":\"1")), "entra");
	assert_string_equal(detected(c, S("[{\"userPrincipalName\":\"x\",\"id\":")), "entra");
	assert_string_equal(detected(c, S("{\"value\":[{\"a\":1}]}")), "");
	assert_string_equal(detected(c, S("[[{\"userPrincipalName\":1}]]")), "");
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 3;
	assert_int_equal(collect_file(c, "entra", "entra/users.json"), E_IO);
	assert_int_equal(c->n, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(a_tenants_users_are_identities),
	    COLLECT_TEST(sign_ins_that_succeeded_come_before_attempts),
	    COLLECT_TEST(users_without_an_id_are_known_by_their_principal_name),
	    COLLECT_TEST(a_deleted_user_is_not_enabled),
	    COLLECT_TEST(registration_says_who_has_mfa_and_who_administers),
	    COLLECT_TEST(service_principals_and_agents_are_told_apart),
	    COLLECT_TEST(app_roles_are_permissions),
	    COLLECT_TEST(each_scope_of_a_grant_is_a_permission),
	    COLLECT_TEST(decisions_are_access_reviews),
	    COLLECT_TEST(sign_ins_show_which_ai_applications_are_used),
	    COLLECT_TEST(sign_ins_may_stand_in_any_order),
	    COLLECT_TEST(ai_applications_are_told_by_whole_words),
	    COLLECT_TEST(other_collections_are_refused_by_name),
	    COLLECT_TEST(contexts_with_a_choice_of_members_are_known),
	    COLLECT_TEST(the_context_may_stand_behind_the_list_but_not_against_it),
	    COLLECT_TEST(a_list_alone_is_read_and_must_be_of_one_kind),
	    COLLECT_TEST(wrong_types_are_refused_with_their_place),
	    COLLECT_TEST(ids_that_repeat_are_left_out_or_numbered),
	    COLLECT_TEST(a_sample_cut_anywhere_is_refused),
	    COLLECT_TEST(collections_are_told_from_other_files),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
