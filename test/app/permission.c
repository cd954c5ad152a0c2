/**
 * Every function of app/ about people, asked by everybody there is: who may not is refused, and nothing is changed.
 */
#include "app/people_house.h"

#include <unistd.h>

#include "app/backup.h"
#include "app/compare.h"
#include "app/health.h"
#include "app/roll_up.h"
#include "app/unit.h"
#include "app/unit_map.h"

/* Who asks. The last of each pair speaks by a token. */
enum asker {
	NOBODY,
	FEEDER,
	RESPONDENT,
	READER,
	ASSESSOR,
	LEAD_SOUTH,
	LEAD_NORTH,
	LEAD,
	ADMIN,
	READER_TOKEN,
	LEAD_TOKEN,
	ADMIN_TOKEN,
	ASKERS
};

static const struct {
	const char *name; /* of the user; NULL: none */
	enum access_role role;
	const char *unit;
	bool token;
} askers[ASKERS] = {
    [NOBODY] = {NULL, ACCESS_NONE, "", false},
    [FEEDER] = {"lead", ACCESS_NONE, "", true},
    [RESPONDENT] = {"respondent", ACCESS_RESPONDENT, "", false},
    [READER] = {"reader", ACCESS_READER, "", false},
    [ASSESSOR] = {"assessor", ACCESS_ASSESSOR, "", false},
    [LEAD_SOUTH] = {"lead-south", ACCESS_LEAD, "south", false},
    [LEAD_NORTH] = {"lead-north", ACCESS_LEAD, "north", false},
    [LEAD] = {"lead", ACCESS_LEAD, "", false},
    [ADMIN] = {"admin", ACCESS_ADMIN, "", false},
    [READER_TOKEN] = {"reader", ACCESS_READER, "", true},
    [LEAD_TOKEN] = {"lead", ACCESS_LEAD, "", true},
    [ADMIN_TOKEN] = {"admin", ACCESS_ADMIN, "", true},
};

/* Who may, as bits of enum asker. */
enum {
	EVERYBODY = (1 << ASKERS) - 1,
	ADMINS = 1 << ADMIN | 1 << ADMIN_TOKEN,
	SIGNED_IN =
	    1 << RESPONDENT | 1 << READER | 1 << ASSESSOR | 1 << LEAD_SOUTH | 1 << LEAD_NORTH | 1 << LEAD | 1 << ADMIN,
	USERS = SIGNED_IN | 1 << READER_TOKEN | 1 << LEAD_TOKEN | 1 << ADMIN_TOKEN,
	LEADS_OF_NORTH = 1 << LEAD_NORTH | 1 << LEAD | 1 << ADMIN | 1 << LEAD_TOKEN | 1 << ADMIN_TOKEN,
	IN_PERSON_LEADS_OF_NORTH = 1 << LEAD_NORTH | 1 << LEAD | 1 << ADMIN,
	READERS = 1 << READER | 1 << ASSESSOR | 1 << LEAD | 1 << ADMIN | 1 << READER_TOKEN | 1 << LEAD_TOKEN |
		  1 << ADMIN_TOKEN
};

/* ---- the calls ---- */

static enum status audit_list(struct app *app, struct err *err)
{
	struct view_audit_list v;
	return app_audit_list(app, &(struct app_audit_filter){0}, &v, err);
}
static enum status audit_verify(struct app *app, struct err *err)
{
	struct view_audit_check v;
	return app_audit_verify(app, S(""), &v, err);
}
static enum status user_none(struct app *app, struct err *err)
{
	bool none;
	return app_user_none(app, &none, err);
}
static enum status user_setup_code(struct app *app, struct err *err)
{
	str code;
	return app_user_setup_code(app, &code, err);
}
static enum status user_setup(struct app *app, struct err *err)
{
	struct view_opened v;
	struct app_user_setup setup = {.name = S("mallory"), .password = password};
	enum status status = app_user_setup(app, &setup, &v, err);
	assert_int_equal(status, E_CONFLICT); /* whoever asks */
	return OK;
}
static enum status user_add(struct app *app, struct err *err)
{
	struct view_user v;
	return app_user_add(app, &(struct app_user){.name = S("victim")}, &v, err);
}
static enum status user_list(struct app *app, struct err *err)
{
	const struct view_user *v;
	size_t n;
	return app_user_list(app, &v, &n, err);
}
static enum status user_show(struct app *app, struct err *err)
{
	struct view_user v;
	return app_user_show(app, S("victim"), &v, err);
}
static enum status user_show_own(struct app *app, struct err *err)
{
	struct view_user v;
	return app_user_show(app, S(""), &v, err);
}
static enum status user_disable(struct app *app, struct err *err)
{
	struct view_user v;
	return app_user_disable(app, S("victim"), &v, err);
}
static enum status user_enable(struct app *app, struct err *err)
{
	struct view_user v;
	return app_user_enable(app, S("victim"), &v, err);
}
static enum status user_grant(struct app *app, struct err *err)
{
	struct view_grant v;
	return app_user_grant(app, S("victim"), ACCESS_RESPONDENT, S("north"), &v, err);
}
static enum status user_grant_oneself(struct app *app, struct err *err)
{
	struct view_grant v;
	str name = app->who->user.n ? app->who->user : S("victim");
	return app_user_grant(app, name, ACCESS_ADMIN, S(""), &v, err);
}
static enum status user_revoke(struct app *app, struct err *err)
{
	struct view_grant v;
	return app_user_revoke(app, S("victim"), ACCESS_RESPONDENT, S("north"), &v, err);
}
static enum status user_link(struct app *app, struct err *err)
{
	struct view_sign_in_link v;
	return app_user_link(app, S("victim"), true, &(struct app_proof){.password = password}, &v, err);
}
static enum status user_password(struct app *app, struct err *err)
{
	struct app_user_password p = {.user = S("victim"), .password = S("three quiet lanterns"), .current = password};
	return app_user_password(app, &p, err);
}
static enum status user_password_own(struct app *app, struct err *err)
{
	return app_user_password(app, &(struct app_user_password){.password = password, .current = password}, err);
}
static enum status user_shown(struct app *app, struct err *err)
{
	return app_user_shown(app, app->actor, err);
}

static enum status health(struct app *app, struct err *err)
{
	struct view_health v;
	return app_health(app, &v, err);
}

static enum status user_prefer(struct app *app, struct err *err)
{
	return app_user_prefer(app, S("theme"), S("dark"), err);
}
static enum status user_preferences(struct app *app, struct err *err)
{
	const struct view_preference *v;
	size_t n;
	return app_user_preferences(app, &v, &n, err);
}
static enum status setting_set(struct app *app, struct err *err)
{
	struct view_setting v;
	return app_setting_set(app, S("title"), app->actor, &v, err);
}
static enum status setting_list(struct app *app, struct err *err)
{
	const struct view_setting *v;
	size_t n;
	return app_setting_list(app, &v, &n, err);
}
static enum status second_enrol(struct app *app, struct err *err)
{
	struct view_second v;
	return app_second_enrol(app, &(struct app_proof){.password = password}, &v, err);
}
static enum status second_remove(struct app *app, struct err *err)
{
	bool removed;
	return app_second_remove(app, &(struct app_proof){.password = password}, &removed, err);
}
static enum status second_confirm(struct app *app, struct err *err)
{
	struct view_second v;
	return app_second_confirm(app, S("x"), (str){0}, &v, err); /* nothing waits: E_CONFLICT for who may */
}
static enum status session_list(struct app *app, struct err *err)
{
	const struct view_session *v;
	size_t n;
	return app_session_list(app, S("victim"), S(""), &v, &n, err);
}
static enum status session_list_own(struct app *app, struct err *err)
{
	const struct view_session *v;
	size_t n;
	return app_session_list(app, S(""), S(""), &v, &n, err);
}
static enum status session_revoke(struct app *app, struct err *err)
{
	return app_session_revoke(app, S("victim"), 1, err);
}
static enum status session_revoke_all(struct app *app, struct err *err)
{
	int64_t n;
	return app_session_revoke_all(app, S("victim"), S(""), &n, err);
}
static enum status session_revoke_all_own(struct app *app, struct err *err)
{
	int64_t n;
	return app_session_revoke_all(app, S(""), S(""), &n, err);
}
static enum status token_create(struct app *app, struct err *err)
{
	struct view_token v;
	struct app_token token = {
	    .name = S("t"), .role = ACCESS_LEAD, .unit = S("north"), .proof = {.password = password}};
	return app_token_create(app, &token, &v, err);
}
static enum status token_create_of_another(struct app *app, struct err *err)
{
	struct view_token v;
	struct app_token token = {.name = S("t"), .user = S("victim"), .role = ACCESS_RESPONDENT, .unit = S("north")};
	return app_token_create(app, &token, &v, err);
}
static enum status token_create_feeder(struct app *app, struct err *err)
{
	struct view_token v;
	struct app_token token = {.name = S("t"), .feed = S("hr"), .unit = S("north"), .proof = {.password = password}};
	return app_token_create(app, &token, &v, err);
}
static enum status token_list(struct app *app, struct err *err)
{
	const struct view_token *v;
	size_t n;
	return app_token_list(app, S(""), true, true, &v, &n, err);
}
static enum status token_list_of_another(struct app *app, struct err *err)
{
	const struct view_token *v;
	size_t n;
	return app_token_list(app, S("victim"), false, true, &v, &n, err);
}
static enum status token_list_own(struct app *app, struct err *err)
{
	const struct view_token *v;
	size_t n;
	return app_token_list(app, S(""), false, true, &v, &n, err);
}
static enum status token_revoke(struct app *app, struct err *err)
{
	struct view_token v;
	return app_token_revoke(app, 1, &v, err); /* the victim's */
}
static enum status assign_add(struct app *app, struct err *err)
{
	struct view_assignment v;
	struct app_assign a = {.objective = S("GOV-02.1"), .unit = S("north"), .user = S("victim")};
	return app_assign_add(app, &a, &v, err);
}
static enum status assign_end(struct app *app, struct err *err)
{
	struct view_assignment v;
	struct app_assign a = {.objective = S("GOV-02.1"), .unit = S("north"), .user = S("victim")};
	return app_assign_end(app, &a, &v, err);
}
static enum status assign_list(struct app *app, struct err *err)
{
	const struct view_assignment *v;
	size_t n;
	return app_assign_list(app, &(struct app_assign_filter){0}, &v, &n, err);
}
static enum status assign_list_own(struct app *app, struct err *err)
{
	const struct view_assignment *v;
	size_t n;
	return app_assign_list(app, &(struct app_assign_filter){.own = true}, &v, &n, err);
}
static enum status assign_list_of_another(struct app *app, struct err *err)
{
	const struct view_assignment *v;
	size_t n;
	return app_assign_list(app, &(struct app_assign_filter){.user = S("victim")}, &v, &n, err);
}
static enum status assign_count(struct app *app, struct err *err)
{
	struct view_assignment_counts v;
	return app_assign_count(app, &(struct app_assign_filter){.own = true}, &v, err);
}

/* ---- units ---- */

static enum status unit_add(struct app *app, struct err *err)
{
	struct app_unit_act act = {.unit = {.id = S("annexe"), .parent = S("north"), .size = 1}};
	struct view_unit_change v;
	enum app_unit_field at;
	return app_unit_add(app, &act, &at, &v, err);
}
static enum status unit_set(struct app *app, struct err *err)
{
	struct app_unit_act act = {.unit = {.id = S("lab"), .parent = S("south"), .name = S("Lab"), .size = 1}};
	struct view_unit_change v;
	enum app_unit_field at;
	return app_unit_set(app, &act, &at, &v, err);
}
static enum status unit_remove(struct app *app, struct err *err)
{
	struct app_unit_act act = {.unit = {.id = S("annexe")}};
	struct view_unit_change v;
	enum app_unit_field at;
	return app_unit_remove(app, &act, &at, &v, err);
}
static enum status unit_restore(struct app *app, struct err *err)
{
	struct app_unit_when when = {.since = APP_UNIT_NOW};
	struct view_unit_change v;
	enum app_unit_field at;
	return app_unit_restore(app, 1, 0, &when, &at, &v, err);
}
static enum status unit_look(struct app *app, struct err *err)
{
	struct source from = source_text(S("u.csv"), S("unit,parent\nacme,\n"));
	struct unit_diff diff;
	struct view_unit_import v;
	return app_unit_look(app, &from, (struct app_time){0}, &diff, &v, err);
}
static enum status unit_history(struct app *app, struct err *err)
{
	const struct view_unit_tree *v;
	size_t n;
	return app_unit_history(app, &v, &n, err);
}
static enum status unit_step(struct app *app, struct err *err)
{
	struct view_unit_step v;
	return app_unit_step(app, 1, &v, err);
}
static enum status unit_begin(struct app *app, struct err *err)
{
	bool found;
	int64_t since_ms;
	return app_unit_begin(app, S("north"), now, &found, &since_ms, err); /* found only by who may read it */
}
static enum status unit_map(struct app *app, struct err *err)
{
	struct view_unit_map v;
	return app_unit_map(app, &(struct app_unit_map){.lens = {.unit = S("acme")}}, &v, err);
}
static enum status roll_up(struct app *app, struct err *err)
{
	struct view_roll_up v;
	return app_roll_up(app, S("GOV-02.1"), &(struct app_lens){.unit = S("acme")}, &v, err);
}
static enum status compare(struct app *app, struct err *err)
{
	struct view_compare v;
	return app_compare(app, &(struct app_compare){.unit = S("acme"), .with_unit = S("acme")}, &v, err);
}

static enum status source_retire(struct app *app, struct err *err)
{
	return app_source_retire(app, S("nobody's"), S("north"), (struct app_time){0}, err);
}
static enum status rebuild(struct app *app, struct err *err)
{
	struct view_rebuild v;
	return app_rebuild(app, &v, err);
}
static enum status model_import(struct app *app, struct err *err)
{
	struct model_problems problems = {0};
	struct view_model v;
	bool added;
	return app_model_import(app, TEST_TOP "/content/models/example-small", &problems, &v, &added, err);
}
static enum status model_activate(struct app *app, struct err *err)
{
	struct view_model v;
	return app_model_activate(app, S("m"), &v, err);
}
static enum status measure_import(struct app *app, struct err *err)
{
	struct view_measures_import v;
	str file = S(TEST_TOP "/content/demo/measures.csv"); /* of other units: E_INVALID for who may */
	return app_measure_import(app, false, &file, 1, &v, err);
}

static enum status backup(struct app *app, struct err *err)
{
	struct view_backup v;
	return app_backup(app, "/nowhere/copy.db", &v, err); /* E_NOT_FOUND for who may */
}
static enum status backup_open(struct app *app, struct err *err)
{
	struct view_backup v;
	int fd = -1;
	enum status status = app_backup_open(app, &(struct app_proof){.password = password}, &fd, &v, err);
	if (fd >= 0)
		(void)close(fd);
	return status;
}
static enum status backup_last(struct app *app, struct err *err)
{
	int64_t at_ms;
	bool postgres;
	str by;
	return app_backup_last(app, &at_ms, &by, &postgres, err);
}

static const struct call {
	const char *function;
	enum status (*run)(struct app *app, struct err *err);
	int may;
} calls[] = {
    {"app_audit_list", audit_list, ADMINS},
    {"app_audit_verify", audit_verify, ADMINS},
    {"app_user_none", user_none, EVERYBODY},
    {"app_user_setup", user_setup, EVERYBODY},
    {"app_user_setup_code", user_setup_code, EVERYBODY},
    {"app_user_add", user_add, ADMINS},
    {"app_user_list", user_list, ADMINS},
    {"app_user_show", user_show, ADMINS},
    {"app_user_show", user_show_own, SIGNED_IN | ADMINS},
    {"app_user_disable", user_disable, ADMINS},
    {"app_user_enable", user_enable, ADMINS},
    {"app_user_grant", user_grant, ADMINS},
    {"app_user_grant", user_grant_oneself, ADMINS},
    {"app_user_revoke", user_revoke, ADMINS},
    {"app_user_link", user_link, 1 << ADMIN},
    {"app_user_password", user_password, 0},
    {"app_user_password", user_password_own, SIGNED_IN},
    {"app_user_shown", user_shown, SIGNED_IN},
    {"app_health", health, ADMINS},
    {"app_user_prefer", user_prefer, SIGNED_IN},
    {"app_user_preferences", user_preferences, SIGNED_IN},
    {"app_setting_set", setting_set, ADMINS},
    {"app_setting_list", setting_list, ADMINS},
    {"app_second_enrol", second_enrol, SIGNED_IN},
    {"app_second_remove", second_remove, SIGNED_IN},
    {"app_second_confirm", second_confirm, SIGNED_IN},
    {"app_session_list", session_list, ADMINS},
    {"app_session_list", session_list_own, SIGNED_IN | ADMINS},
    {"app_session_revoke", session_revoke, ADMINS},
    {"app_session_revoke_all", session_revoke_all, ADMINS},
    {"app_session_revoke_all", session_revoke_all_own, SIGNED_IN | ADMINS},
    {"app_token_create", token_create, IN_PERSON_LEADS_OF_NORTH},
    {"app_token_create", token_create_of_another, 0},
    {"app_token_create", token_create_feeder, IN_PERSON_LEADS_OF_NORTH},
    {"app_token_list", token_list, ADMINS},
    {"app_token_list", token_list_of_another, ADMINS},
    {"app_token_list", token_list_own, SIGNED_IN | ADMINS},
    {"app_token_revoke", token_revoke, ADMINS},
    {"app_assign_add", assign_add, LEADS_OF_NORTH},
    {"app_assign_end", assign_end, LEADS_OF_NORTH},
    {"app_assign_list", assign_list, USERS},
    {"app_assign_list", assign_list_own, USERS},
    {"app_assign_list", assign_list_of_another, READERS},
    {"app_assign_count", assign_count, USERS},
    {"app_unit_add", unit_add, ADMINS},
    {"app_unit_set", unit_set, ADMINS},
    {"app_unit_remove", unit_remove, ADMINS},
    {"app_unit_restore", unit_restore, ADMINS},
    {"app_unit_look", unit_look, ADMINS},
    {"app_unit_history", unit_history, ADMINS},
    {"app_unit_step", unit_step, ADMINS},
    {"app_unit_begin", unit_begin, EVERYBODY},
    {"app_unit_map", unit_map, READERS},
    {"app_roll_up", roll_up, READERS},
    {"app_compare", compare, READERS},
    {"app_source_retire", source_retire, ADMINS},
    {"app_rebuild", rebuild, ADMINS},
    {"app_model_import", model_import, ADMINS},
    {"app_model_activate", model_activate, ADMINS},
    {"app_measure_import", measure_import, ADMINS},
    {"app_backup", backup, ADMINS},
    {"app_backup_open", backup_open, 1 << ADMIN},
    {"app_backup_last", backup_last, ADMINS},
};
enum { CALLS = sizeof calls / sizeof calls[0] };

/* What asks for no role: the value of a cookie or token is the permission, or it comes before anybody is known. */
static const char *const open_calls[] = {
    "app_audit",         "app_session_sign_in", "app_session_link", "app_session_second",      "app_session_find",
    "app_session_slide", "app_session_rotate",  "app_session_end",  "app_session_find_within", "app_token_find_within",
    "app_token_find",    "app_token_slide",     "app_setting_find", "app_setting_check",       "app_setting_number",
    "app_setting_line",  "app_backup_restore",  "app_user_called",
};

static void prepare(const struct room *room)
{
	struct house h;
	struct view_token v;
	organise(room);
	use_small_model(room);
	add_user(room, S("victim"), ACCESS_RESPONDENT, S("north"));
	set_password(room, S("victim"), password);
	for (int i = 0; i < ASKERS; i++)
		if (askers[i].name && !askers[i].token) {
			add_user(room, str_from(askers[i].name), askers[i].role, str_from(askers[i].unit));
			set_password(room, str_from(askers[i].name), password);
		}
	struct app_token token = {.name = S("t"), .user = S("victim"), .role = ACCESS_RESPONDENT, .unit = S("north")};
	ask(&h, room, now);
	RUN(app_token_create(&h.app, &token, &v, err));
	assert_int_equal(v.id, 1);
	answered(&h);
}

static void become(struct house *h, const struct room *room, enum asker asker, struct access *who)
{
	ask(h, room, now);
	*who = (struct access){0};
	if (askers[asker].name)
		be(h, str_from(askers[asker].name), who);
	if (asker == FEEDER)
		*who = (struct access){.user = who->user, .feed = S("hr")};
	who->token = askers[asker].token;
	h->app.who = who;
}

static void everybody_may_what_is_said_and_nothing_else(void **state)
{
	const struct room *room = *state;
	prepare(room);
	for (int c = 0; c < CALLS; c++)
		for (int a = 0; a < ASKERS; a++) {
			struct house h;
			struct access who;
			struct err why = {0};
			become(&h, room, (enum asker)a, &who);
			int64_t rows = audit_rows(room);
			enum status status = calls[c].run(&h.app, &why);
			bool may = calls[c].may >> a & 1;
			if (is_refused(&h.app, status, &why) == may)
				fail_msg("call %d, %s, by %d (%s%s): %d %s", c, calls[c].function, a,
					 askers[a].name ? askers[a].name : "nobody", askers[a].token ? ", token" : "",
					 (int)status, why.message);
			if (!may)
				assert_int_equal(audit_rows(room), rows);
			answered(&h);
		}
	struct house h;
	struct view_audit_check check;
	ask(&h, room, now);
	RUN(app_audit_verify(&h.app, S(""), &check, err));
	assert_int_equal(check.broken, 0);
	answered(&h);
}

static bool is_walked(str name)
{
	for (int i = 0; i < CALLS; i++)
		if (str_eq(name, str_from(calls[i].function)))
			return true;
	for (size_t i = 0; i < sizeof open_calls / sizeof open_calls[0]; i++)
		if (str_eq(name, str_from(open_calls[i])))
			return true;
	return false;
}

/* Every function that the headers declare is in one of the two lists above. */
static void no_function_is_forgotten(void **state)
{
	(void)state;
	static const char *const headers[] = {"user",   "session", "second",  "token",   "assign",   "audit", "setting",
					      "health", "unit",    "compare", "roll_up", "unit_map", "backup"};
	int found = 0;
	for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
		char path[512], line[512];
		(void)snprintf(path, sizeof path, "%s/src/app/%s.h", TEST_TOP, headers[i]);
		FILE *f = fopen(path, "r");
		assert_non_null(f);
		while (fgets(line, sizeof line, f)) {
			const char *at = strstr(line, "enum status app_");
			if (!at)
				continue;
			at += strlen("enum status ");
			str name = {at, strcspn(at, "(")};
			found++;
			if (!is_walked(name))
				fail_msg("nobody asks %.*s", STR_ARG(name));
		}
		assert_int_equal(fclose(f), 0);
	}
	assert_true(found > 40);
}

#define CASES(X) X(everybody_may_what_is_said_and_nothing_else), X(no_function_is_forgotten)

STORE_MAIN("permission")
