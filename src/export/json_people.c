#include "export/json.h"

#include "base/time.h"

/* -1: never. */
static void put_past(struct json_writer *w, str name, int64_t ms)
{
	json_put_time(w, name, ms < 0 ? TIME_FOREVER : ms);
}

static void put_unit(struct json_writer *w, str unit)
{
	json_put_text(w, S("unit"), unit.n ? unit : (str){0});
}

static void open_list(struct json_writer *w, str schema, str name)
{
	json_object(w);
	json_put_text(w, S("schema"), schema);
	json_key(w, name);
	json_array(w);
}

static void close_list(struct json_writer *w, struct export o)
{
	json_array_end(w);
	json_object_end(w);
	export_line(o);
}

/* ---- users ---- */

static void put_grant(struct json_writer *w, const struct view_grant *v)
{
	json_put_text(w, S("role"), access_role_name(v->role));
	put_unit(w, v->unit);
	json_put_text(w, S("author"), v->author);
	json_put_time(w, S("recorded"), v->recorded_ms);
	json_put_time(w, S("ended"), v->ended_ms);
	if (v->ended_ms != TIME_FOREVER)
		json_put_text(w, S("ended_by"), v->ended_by);
}

static void put_user(struct json_writer *w, const struct view_user *v)
{
	json_object(w);
	json_put_text(w, S("name"), v->name);
	json_put_text(w, S("shown"), v->shown);
	json_put_text(w, S("author"), v->author);
	json_put_time(w, S("created"), v->created_ms);
	json_put_time(w, S("disabled"), v->disabled_ms);
	if (v->disabled_ms != TIME_FOREVER)
		json_put_text(w, S("disabled_by"), v->disabled_by);
	put_past(w, S("password_since"), v->password_ms);
	put_past(w, S("seen"), v->seen_ms);
	json_put_bool(w, S("second_factor"), v->second);
	json_put_bool(w, S("unchanged"), v->unchanged);
	json_put_int(w, S("assigned"), v->assigned);
	json_key(w, S("grants"));
	json_array(w);
	for (size_t i = 0; i < v->n_grants; i++) {
		json_object(w);
		put_grant(w, &v->grants[i]);
		json_object_end(w);
	}
	json_array_end(w);
	json_object_end(w);
}

void export_json_people_users(struct export o, const struct view_user *users, size_t n)
{
	struct json_writer w = json_writer(o.text);
	open_list(&w, S("aismm.users/1"), S("users"));
	for (size_t i = 0; i < n; i++) {
		put_user(&w, &users[i]);
		export_drain(o);
	}
	close_list(&w, o);
}

void export_json_people_grant(struct export o, str user, const struct view_grant *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.grant/1"));
	json_put_text(&w, S("user"), user);
	put_grant(&w, v);
	json_put_bool(&w, S("unchanged"), v->unchanged);
	json_object_end(&w);
	export_line(o);
}

void export_json_people_link(struct export o, const struct view_sign_in_link *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.sign-in-link/1"));
	json_put_text(&w, S("user"), v->user);
	json_put_text(&w, S("path"), v->path);
	json_put_time(&w, S("expires"), v->expires_ms);
	json_put_bool(&w, S("second_factor_removed"), v->second_removed);
	json_object_end(&w);
	export_line(o);
}

void export_json_people_access(struct export o, const struct access *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.me/1"));
	json_put_text(&w, S("user"), v->user);
	json_put_bool(&w, S("token"), v->token);
	json_key(&w, S("grants"));
	json_array(&w);
	for (size_t i = 0; i < v->n_grants; i++) {
		json_object(&w);
		json_put_text(&w, S("role"), access_role_name(v->grants[i].role));
		put_unit(&w, v->grants[i].unit);
		json_object_end(&w);
	}
	json_array_end(&w);
	json_key(&w, S("assigned"));
	json_array(&w);
	for (size_t i = 0; i < v->n_assigned; i++) {
		json_object(&w);
		json_put_text(&w, S("objective"), v->assigned[i].objective);
		put_unit(&w, v->assigned[i].unit);
		json_object_end(&w);
	}
	close_list(&w, o);
}

/* ---- tokens ---- */

static void put_token(struct json_writer *w, const struct view_token *v)
{
	json_object(w);
	json_put_int(w, S("number"), v->id);
	json_put_text(w, S("name"), v->name);
	json_put_text(w, S("prefix"), v->prefix);
	json_put_text(w, S("user"), v->user);
	json_put_text(w, S("role"), v->role == ACCESS_NONE ? (str){0} : access_role_name(v->role));
	json_put_text(w, S("feed"), v->feed);
	put_unit(w, v->unit);
	json_put_text(w, S("author"), v->author);
	json_put_time(w, S("created"), v->created_ms);
	json_put_time(w, S("expires"), v->expires_ms);
	json_put_time(w, S("revoked"), v->revoked_ms);
	if (v->revoked_ms != TIME_FOREVER)
		json_put_text(w, S("revoked_by"), v->revoked_by);
	put_past(w, S("used"), v->used_ms);
	if (v->value.p)
		json_put_text(w, S("value"), v->value);
	json_object_end(w);
}

void export_json_people_tokens(struct export o, const struct view_token *tokens, size_t n)
{
	struct json_writer w = json_writer(o.text);
	open_list(&w, S("aismm.tokens/1"), S("tokens"));
	for (size_t i = 0; i < n; i++) {
		put_token(&w, &tokens[i]);
		export_drain(o);
	}
	close_list(&w, o);
}

/* ---- assignments ---- */

static void put_assignment(struct json_writer *w, const struct view_assignment *v)
{
	json_object(w);
	json_put_text(w, S("objective"), v->objective);
	json_put_text(w, S("unit"), v->unit);
	json_put_text(w, S("user"), v->user);
	json_put_text(w, S("shown"), v->shown);
	json_put_time(w, S("due"), v->due_ms);
	json_put_bool(w, S("overdue"), v->overdue);
	json_put_text(w, S("author"), v->author);
	json_put_time(w, S("recorded"), v->recorded_ms);
	json_put_time(w, S("ended"), v->ended_ms);
	if (v->ended_ms != TIME_FOREVER)
		json_put_text(w, S("ended_by"), v->ended_by);
	json_put_bool(w, S("unchanged"), v->unchanged);
	json_object_end(w);
}

void export_json_people_assignments(struct export o, const struct view_assignment *list, size_t n)
{
	struct json_writer w = json_writer(o.text);
	open_list(&w, S("aismm.assignments/1"), S("assignments"));
	for (size_t i = 0; i < n; i++) {
		put_assignment(&w, &list[i]);
		export_drain(o);
	}
	close_list(&w, o);
}

/* ---- sessions ---- */

void export_json_people_sessions(struct export o, const struct view_session *list, size_t n)
{
	struct json_writer w = json_writer(o.text);
	open_list(&w, S("aismm.sessions/1"), S("sessions"));
	for (size_t i = 0; i < n; i++) {
		const struct view_session *s = &list[i];
		json_object(&w);
		json_put_int(&w, S("number"), s->id);
		json_put_bool(&w, S("asks"), s->own);
		json_put_time(&w, S("created"), s->created_ms);
		json_put_time(&w, S("seen"), s->seen_ms);
		json_put_time(&w, S("expires"), s->expires_ms);
		json_put_text(&w, S("address"), s->address);
		json_put_text(&w, S("browser"), s->agent);
		json_put_bool(&w, S("by_link"), s->linked);
		json_put_bool(&w, S("second_factor"), s->second);
		json_put_bool(&w, S("waits_for_second_factor"), s->waits);
		json_object_end(&w);
	}
	close_list(&w, o);
}

/* ---- the audit trail ---- */

static void put_row(struct json_writer *w, const struct view_audit *v)
{
	json_object(w);
	json_put_int(w, S("number"), v->id);
	json_put_time(w, S("at"), v->at_ms);
	json_put_text(w, S("actor"), v->actor);
	json_put_text(w, S("act"), v->act);
	json_put_text(w, S("object"), v->object);
	json_put_text(w, S("detail"), v->detail);
	json_put_text(w, S("sum"), v->sha256);
	json_object_end(w);
}

void export_json_people_audit(struct export o, const struct view_audit_list *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.audit/1"));
	export_json_next(&w, v->next);
	json_key(&w, S("rows"));
	json_array(&w);
	for (size_t i = 0; i < v->n; i++) {
		put_row(&w, &v->rows[i]);
		export_drain(o);
	}
	close_list(&w, o);
}

void export_json_people_audit_check(struct export o, const struct view_audit_check *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.audit-check/1"));
	json_put_bool(&w, S("good"), !v->broken && (!v->expected || v->met));
	json_put_int(&w, S("rows"), v->rows);
	json_key(&w, S("broken"));
	if (v->broken)
		json_int(&w, v->broken);
	else
		json_null(&w);
	json_put_text(&w, S("head"), v->head.n ? v->head : (str){0});
	if (v->expected)
		json_put_bool(&w, S("expected_found"), v->met);
	json_object_end(&w);
	export_line(o);
}
