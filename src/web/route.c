#include "web/route.h"

#include "app/user.h"
#include "base/limits.h"
#include "web/api.h"
#include "web/asset.h"
#include "web/demo.h"
#include "web/page.h"
#include "web/session.h"

/* A page to look at, and a form that does something: where, who, how (enum route_kind). */
#define LOOK(pattern_, role_, kind_, serve_)                                                                           \
	{                                                                                                              \
		.method = REQUEST_GET, .pattern = S(pattern_), .role = role_, .kind = kind_, .serve = serve_           \
	}
#define ACT(pattern_, role_, kind_, serve_)                                                                            \
	{                                                                                                              \
		.method = REQUEST_POST, .pattern = S(pattern_), .role = role_, .kind = kind_, .serve = serve_          \
	}

/* Below /api/v1, with the document that stands beside the handler. */
#define API(method_, pattern_, role_, kind_, serve_)                                                                   \
	{                                                                                                              \
		.method = REQUEST_##method_, .pattern = S("/api/v1" pattern_), .role = role_, .kind = kind_,           \
		.serve = serve_, .document = &serve_##_document                                                        \
	}

const struct route route_table[] = {
    LOOK("/asset/{}/{}", ACCESS_NONE, ROUTE_FILE, asset_serve),
    LOOK("/sign-in", ACCESS_NONE, ROUTE_OPEN, page_sign_in),
    ACT("/sign-in", ACCESS_NONE, ROUTE_OPEN | ROUTE_SECRET, page_sign_in_post),
    LOOK("/sign-in/second", ACCESS_NONE, ROUTE_OPEN, page_sign_in_second),
    ACT("/sign-in/second", ACCESS_NONE, ROUTE_OPEN | ROUTE_SECRET, page_sign_in_second_post),
    LOOK("/sign-in/{}", ACCESS_NONE, ROUTE_OPEN, page_sign_in_link),
    ACT("/sign-in/{}", ACCESS_NONE, ROUTE_OPEN | ROUTE_SECRET, page_sign_in_link_post),
    ACT("/sign-out", ACCESS_NONE, ROUTE_OPEN, page_sign_in_out),
    LOOK("/welcome", ACCESS_NONE, ROUTE_OPEN, page_welcome),
    ACT("/welcome", ACCESS_NONE, ROUTE_OPEN | ROUTE_SECRET, page_welcome_post),
    LOOK("/category/{}.csv", ACCESS_READER, ROUTE_SLOW, page_csv_category),
    LOOK("/category/{}/units.csv", ACCESS_READER, ROUTE_SLOW, page_csv_category_units),
    LOOK("/category/{}/deployments.csv", ACCESS_READER, ROUTE_SLOW, page_csv_category_types),
    LOOK("/", ACCESS_READER, ROUTE_KEPT | ROUTE_SLOW, page_overview),
    LOOK("/category/{}", ACCESS_READER, ROUTE_KEPT | ROUTE_SLOW | ROUTE_UNITS, page_category),
    LOOK("/units", ACCESS_READER, ROUTE_KEPT | ROUTE_SLOW, page_units),
    LOOK("/units/tree", ACCESS_ADMIN, 0, page_unit_tree),
    ACT("/units/tree", ACCESS_ADMIN, 0, page_unit_add),
    LOOK("/units/tree.csv", ACCESS_ADMIN, 0, page_unit_csv),
    LOOK("/units/tree/{}", ACCESS_ADMIN, 0, page_unit_one),
    ACT("/units/tree/{}", ACCESS_ADMIN, 0, page_unit_set),
    ACT("/units/tree/{}/remove", ACCESS_ADMIN, 0, page_unit_remove),
    LOOK("/units/import", ACCESS_ADMIN, 0, page_unit_import),
    ACT("/units/import", ACCESS_ADMIN, ROUTE_UPLOAD, page_unit_import_look),
    LOOK("/units/import/{}", ACCESS_ADMIN, 0, page_unit_import_one),
    ACT("/units/import/{}", ACCESS_ADMIN, 0, page_unit_import_store),
    LOOK("/units/history", ACCESS_ADMIN, 0, page_unit_history),
    LOOK("/units/history.csv", ACCESS_ADMIN, 0, page_unit_history_csv),
    LOOK("/units/history/{}", ACCESS_ADMIN, 0, page_unit_step),
    ACT("/units/history/{}/restore", ACCESS_ADMIN, 0, page_unit_restore),
    LOOK("/units/roll-up", ACCESS_READER, ROUTE_KEPT | ROUTE_SLOW | ROUTE_UNITS, page_roll_up),
    LOOK("/units/roll-up.csv", ACCESS_READER, ROUTE_SLOW, page_roll_up_csv),
    LOOK("/compare", ACCESS_READER, ROUTE_KEPT | ROUTE_SLOW, page_compare),
    LOOK("/compare.csv", ACCESS_READER, ROUTE_SLOW, page_compare_csv),
    LOOK("/compare/objectives.csv", ACCESS_READER, ROUTE_SLOW, page_compare_objectives_csv),
    LOOK("/evidence", ACCESS_READER, ROUTE_UNITS, page_evidence),
    LOOK("/evidence/feeds.csv", ACCESS_READER, 0, page_evidence_csv),
    ACT("/evidence/evaluate", ACCESS_ASSESSOR, 0, page_evidence_evaluate),
    LOOK("/evidence/feed/{}", ACCESS_READER, ROUTE_UNITS, page_evidence_feed),
    LOOK("/evidence/feed/{}/files.csv", ACCESS_READER, ROUTE_SLOW, page_csv_snapshots),
    ACT("/evidence/feed/{}", ACCESS_LEAD, 0, page_evidence_feed_set),
    ACT("/evidence/feed/{}/retire", ACCESS_LEAD, 0, page_evidence_feed_retire),
    LOOK("/evidence/file/{}", ACCESS_READER, ROUTE_SLOW, page_evidence_file),
    LOOK("/evidence/files", ACCESS_READER, ROUTE_UNITS, page_evidence_files),
    LOOK("/evidence/files.csv", ACCESS_READER, 0, page_evidence_files_csv),
    LOOK("/evidence/import", ACCESS_ASSESSOR, ROUTE_UNITS, page_import),
    ACT("/evidence/import", ACCESS_ASSESSOR, ROUTE_UPLOAD | ROUTE_IMPORT, page_import_look),
    LOOK("/evidence/import/{}", ACCESS_ASSESSOR, 0, page_import_one),
    ACT("/evidence/import/{}", ACCESS_ASSESSOR, ROUTE_IMPORT, page_import_store),
    LOOK("/evidence/import/{}/progress", ACCESS_ASSESSOR, ROUTE_POLL, page_import_progress),
    LOOK("/evidence/links", ACCESS_READER, ROUTE_UNITS, page_evidence_links),
    LOOK("/evidence/links.csv", ACCESS_READER, 0, page_evidence_links_csv),
    ACT("/evidence/links", ACCESS_ASSESSOR, 0, page_evidence_link),
    ACT("/evidence/links/remove", ACCESS_ASSESSOR, 0, page_evidence_unlink),
    LOOK("/evidence/unresolved", ACCESS_READER, ROUTE_UNITS, page_evidence_unresolved),
    LOOK("/evidence/unresolved.csv", ACCESS_READER, 0, page_evidence_unresolved_csv),
    LOOK("/objective/{}", ACCESS_READER, ROUTE_ASSIGNED | ROUTE_KEPT | ROUTE_SLOW | ROUTE_UNITS, page_objective),
    LOOK("/objective/{}/units.csv", ACCESS_READER, ROUTE_ASSIGNED, page_objective_units_csv),
    LOOK("/objective/{}/measures.csv", ACCESS_READER, ROUTE_ASSIGNED, page_objective_year_csv),
    LOOK("/objective/{}/offenders", ACCESS_READER, ROUTE_ASSIGNED | ROUTE_SLOW | ROUTE_UNITS, page_offenders),
    LOOK("/objective/{}/offenders.csv", ACCESS_READER, ROUTE_ASSIGNED | ROUTE_SLOW, page_offenders_csv),
    LOOK("/overview.csv", ACCESS_READER, ROUTE_SLOW, page_csv_overview),
    LOOK("/units.csv", ACCESS_READER, ROUTE_SLOW, page_csv_units),
    LOOK("/account", ACCESS_NONE, ROUTE_ANYBODY, page_account),
    LOOK("/account/sessions.csv", ACCESS_NONE, ROUTE_ANYBODY, page_account_sessions_csv),
    LOOK("/account/tokens.csv", ACCESS_NONE, ROUTE_ANYBODY, page_csv_own_tokens),
    ACT("/account/name", ACCESS_NONE, ROUTE_ANYBODY, page_account_name),
    ACT("/account/password", ACCESS_NONE, ROUTE_ANYBODY | ROUTE_SECRET, page_account_password),
    ACT("/account/second", ACCESS_NONE, ROUTE_ANYBODY | ROUTE_SECRET, page_account_second),
    ACT("/account/second/confirm", ACCESS_NONE, ROUTE_ANYBODY | ROUTE_SECRET, page_account_second_confirm),
    ACT("/account/second/remove", ACCESS_NONE, ROUTE_ANYBODY | ROUTE_SECRET, page_account_second_remove),
    ACT("/account/session/end", ACCESS_NONE, ROUTE_ANYBODY, page_account_session_end),
    ACT("/account/token", ACCESS_NONE, ROUTE_ANYBODY | ROUTE_SECRET, page_account_token),
    ACT("/account/token/end", ACCESS_NONE, ROUTE_ANYBODY, page_account_token_end),
    ACT("/account/prefer", ACCESS_NONE, ROUTE_ANYBODY, page_account_prefer),
    LOOK("/search", ACCESS_READER, ROUTE_SLOW, page_search),
    LOOK("/registers", ACCESS_READER, ROUTE_SLOW | ROUTE_UNITS, page_register),
    LOOK("/registers/shadow", ACCESS_READER, ROUTE_SLOW | ROUTE_UNITS, page_register_shadow),
    LOOK("/registers/shadow.csv", ACCESS_READER, ROUTE_SLOW, page_register_shadow_csv),
    LOOK("/registers/approvals.csv", ACCESS_READER, 0, page_csv_approvals),
    LOOK("/registers/approvals", ACCESS_READER, ROUTE_UNITS, page_register_approvals),
    LOOK("/registers/other", ACCESS_READER, ROUTE_UNITS, page_register_other),
    LOOK("/registers/{}.csv", ACCESS_READER, ROUTE_SLOW, page_register_csv),
    LOOK("/registers/{}", ACCESS_READER, ROUTE_SLOW | ROUTE_UNITS, page_register),
    LOOK("/registers/{}/{}", ACCESS_READER, ROUTE_SLOW | ROUTE_UNITS, page_register_subject),
    ACT("/registers/link", ACCESS_ASSESSOR, 0, page_register_link_post),
    ACT("/registers/dismiss", ACCESS_ASSESSOR, 0, page_register_dismiss),
    ACT("/registers/dismiss/end", ACCESS_ASSESSOR, 0, page_register_dismiss_end),
    ACT("/registers/approval", ACCESS_ASSESSOR, 0, page_register_request),
    ACT("/registers/approval/step", ACCESS_ASSESSOR, 0, page_register_step),
    LOOK("/admin", ACCESS_ADMIN, 0, page_admin),
    LOOK("/admin/people.csv", ACCESS_ADMIN, 0, page_admin_people_csv),
    LOOK("/admin/person/{}", ACCESS_ADMIN, 0, page_admin_person),
    ACT("/admin/person", ACCESS_ADMIN, 0, page_admin_person_add),
    ACT("/admin/person/{}/{}", ACCESS_ADMIN, ROUTE_SECRET, page_admin_person_act),
    LOOK("/admin/audit", ACCESS_ADMIN, 0, page_admin_audit),
    LOOK("/admin/audit.csv", ACCESS_ADMIN, ROUTE_SLOW, page_admin_audit_csv),
    LOOK("/admin/audit/verify", ACCESS_ADMIN, ROUTE_SLOW, page_admin_audit_verify),
    LOOK("/admin/tokens.csv", ACCESS_ADMIN, 0, page_csv_tokens),
    LOOK("/admin/tokens", ACCESS_ADMIN, 0, page_admin_tokens),
    ACT("/admin/token/end", ACCESS_ADMIN, 0, page_admin_token_end),
    LOOK("/admin/settings", ACCESS_ADMIN, 0, page_admin_settings),
    ACT("/admin/settings", ACCESS_ADMIN, 0, page_admin_settings_post),
    LOOK("/admin/health", ACCESS_ADMIN, ROUTE_SLOW, page_admin_health),
    LOOK("/admin/backup", ACCESS_ADMIN, 0, page_admin_backup),
    ACT("/admin/backup", ACCESS_ADMIN, ROUTE_SECRET, page_admin_backup_post),
    LOOK("/admin/assignments.csv", ACCESS_LEAD, 0, page_csv_assignments),
    LOOK("/admin/assignments", ACCESS_LEAD, ROUTE_UNITS, page_admin_assignments),
    ACT("/admin/assignment", ACCESS_LEAD, 0, page_admin_assign),
    ACT("/admin/assignment/end", ACCESS_LEAD, 0, page_admin_assign_end),
    LOOK("/assess", ACCESS_RESPONDENT, ROUTE_ASSIGNED | ROUTE_SLOW | ROUTE_UNITS, page_assess),
    LOOK("/assess/{}", ACCESS_RESPONDENT, ROUTE_ASSIGNED | ROUTE_SLOW | ROUTE_UNITS, page_assess_question),
    LOOK("/assess/{}/presence", ACCESS_RESPONDENT, ROUTE_ASSIGNED | ROUTE_POLL, page_assess_presence),
    ACT("/comment/withdraw", ACCESS_ASSESSOR, ROUTE_ASSIGNED, page_answer_withdraw),
    ACT("/objective/{}/answer", ACCESS_ASSESSOR, ROUTE_ASSIGNED | ROUTE_UPLOAD, page_answer_post),
    ACT("/objective/{}/comment", ACCESS_ASSESSOR, ROUTE_ASSIGNED, page_answer_comment),
    LOOK("/objective/{}/tally", ACCESS_NONE, ROUTE_ANYBODY, page_answer_tally),
    ACT("/objective/{}/undo", ACCESS_ASSESSOR, ROUTE_ASSIGNED, page_answer_undo),
    LOOK("/review", ACCESS_ASSESSOR, 0, page_review),
    ACT("/review/confirm", ACCESS_ASSESSOR, 0, page_review_confirm),
    ACT("/review/return", ACCESS_ASSESSOR, 0, page_review_return),
    ACT("/review/undo", ACCESS_ASSESSOR, 0, page_review_undo),
    LOOK("/targets", ACCESS_READER, ROUTE_SLOW, page_targets),
    LOOK("/targets.csv", ACCESS_READER, ROUTE_SLOW, page_targets_csv),
    LOOK("/targets/{}", ACCESS_LEAD, ROUTE_UNITS, page_targets_one),
    ACT("/targets/{}", ACCESS_LEAD, 0, page_targets_set),
    ACT("/targets/{}/withdraw", ACCESS_LEAD, 0, page_targets_withdraw),
    LOOK("/start", ACCESS_ADMIN, 0, page_start),
    ACT("/start", ACCESS_ADMIN, 0, page_start_post),
    LOOK("/help", ACCESS_NONE, ROUTE_ANYBODY, page_help),
    LOOK("/help/book", ACCESS_NONE, ROUTE_ANYBODY | ROUTE_SLOW, page_help_book),
    LOOK("/help/{}", ACCESS_NONE, ROUTE_ANYBODY, page_help),
    API(GET, "/health", ACCESS_NONE, ROUTE_OPEN, api_health),
    API(GET, "/openapi.json", ACCESS_NONE, ROUTE_OPEN, api_document),
    API(GET, "/score", ACCESS_READER, 0, api_score),
    API(GET, "/check", ACCESS_READER, 0, api_score_check),
    API(GET, "/overview", ACCESS_READER, 0, api_overview),
    API(GET, "/compare", ACCESS_READER, 0, api_compare),
    API(GET, "/gap", ACCESS_READER, ROUTE_SLOW, api_target_gap),
    API(GET, "/units", ACCESS_READER, 0, api_unit_list),
    API(GET, "/units/map", ACCESS_READER, 0, api_unit_map),
    API(GET, "/units/{id}/roll-up", ACCESS_READER, ROUTE_SLOW, api_roll_up),
    API(GET, "/categories/{id}", ACCESS_READER, 0, api_explain_category),
    API(GET, "/objectives/{id}", ACCESS_READER, ROUTE_ASSIGNED | ROUTE_SLOW, api_explain_objective),
    API(GET, "/objectives/{id}/history", ACCESS_READER, ROUTE_SLOW, api_explain_history),
    API(GET, "/search", ACCESS_READER, ROUTE_SLOW, api_search),
    API(GET, "/queue", ACCESS_RESPONDENT, ROUTE_ASSIGNED | ROUTE_SLOW, api_queue),
    API(GET, "/answers", ACCESS_READER, ROUTE_ASSIGNED, api_answer_now),
    API(POST, "/answers", ACCESS_ASSESSOR, ROUTE_ASSIGNED, api_answer_add),
    API(POST, "/answers/{number}/undo", ACCESS_ASSESSOR, ROUTE_ASSIGNED, api_answer_undo),
    API(POST, "/documents", ACCESS_ASSESSOR, ROUTE_ASSIGNED | ROUTE_UPLOAD | ROUTE_SHORT, api_file_attach),
    API(GET, "/comments", ACCESS_READER, ROUTE_ASSIGNED, api_comment_list),
    API(POST, "/comments", ACCESS_ASSESSOR, ROUTE_ASSIGNED, api_comment_add),
    API(DELETE, "/comments/{number}", ACCESS_ASSESSOR, ROUTE_ASSIGNED, api_comment_withdraw),
    API(GET, "/reviews", ACCESS_ASSESSOR, ROUTE_SLOW, api_review_list),
    API(POST, "/reviews/{number}/confirm", ACCESS_ASSESSOR, 0, api_review_confirm),
    API(POST, "/reviews/{number}/return", ACCESS_ASSESSOR, 0, api_review_return),
    API(POST, "/reviews/{number}/undo", ACCESS_ASSESSOR, 0, api_review_undo),
    API(GET, "/targets", ACCESS_READER, ROUTE_SLOW, api_target_list),
    API(GET, "/targets/{id}", ACCESS_READER, ROUTE_SLOW, api_target_show),
    API(PUT, "/targets/{id}", ACCESS_LEAD, 0, api_target_set),
    API(DELETE, "/targets/{id}", ACCESS_LEAD, 0, api_target_withdraw),
    API(POST, "/evaluations", ACCESS_ASSESSOR, 0, api_evaluate),
    API(GET, "/feeds", ACCESS_READER, ROUTE_SLOW, api_feed_list),
    API(GET, "/feeds/{name}", ACCESS_READER, ROUTE_SLOW, api_feed_show),
    API(GET, "/feeds/{name}/history", ACCESS_READER, ROUTE_SLOW, api_file_history),
    API(POST, "/feeds/{name}", ACCESS_ASSESSOR, ROUTE_FEEDER | ROUTE_UPLOAD | ROUTE_IMPORT, api_feed_upload),
    API(POST, "/measures", ACCESS_ADMIN, ROUTE_UPLOAD | ROUTE_IMPORT, api_measure_upload),
    API(PUT, "/feeds/{name}", ACCESS_LEAD, 0, api_feed_set),
    API(DELETE, "/feeds/{name}", ACCESS_LEAD, 0, api_feed_retire),
    API(GET, "/files", ACCESS_READER, ROUTE_SLOW, api_file_list),
    API(GET, "/files/{sha256}", ACCESS_READER, ROUTE_ASSIGNED | ROUTE_SLOW | ROUTE_RAW, api_file_show),
    API(GET, "/registers", ACCESS_READER, 0, api_register_kinds),
    API(GET, "/registers/shadow", ACCESS_READER, ROUTE_SLOW, api_register_shadow),
    API(GET, "/registers/{kind}", ACCESS_READER, ROUTE_SLOW, api_register_list),
    API(GET, "/registers/{kind}/{id}", ACCESS_READER, ROUTE_SLOW, api_register_subject),
    API(GET, "/dismissals", ACCESS_READER, 0, api_dismiss_list),
    API(POST, "/dismissals", ACCESS_ASSESSOR, 0, api_dismiss_add),
    API(DELETE, "/dismissals", ACCESS_ASSESSOR, 0, api_dismiss_revoke),
    API(GET, "/links", ACCESS_READER, 0, api_link_list),
    API(POST, "/links", ACCESS_ASSESSOR, 0, api_link_add),
    API(DELETE, "/links", ACCESS_ASSESSOR, 0, api_link_remove),
    API(GET, "/links/unresolved", ACCESS_READER, ROUTE_SLOW, api_link_unresolved),
    API(GET, "/links/resolution", ACCESS_READER, 0, api_link_resolve),
    API(GET, "/approvals", ACCESS_READER, ROUTE_SLOW, api_approval_list),
    API(POST, "/approvals", ACCESS_ASSESSOR, 0, api_approval_request),
    API(POST, "/approvals/{number}/review", ACCESS_ASSESSOR, 0, api_approval_review),
    API(POST, "/approvals/{number}/approve", ACCESS_LEAD, 0, api_approval_approve),
    API(POST, "/approvals/{number}/reject", ACCESS_LEAD, 0, api_approval_reject),
    API(POST, "/approvals/{number}/withdraw", ACCESS_ASSESSOR, 0, api_approval_withdraw),
    API(GET, "/models", ACCESS_NONE, ROUTE_ANYBODY, api_model_list),
    API(GET, "/models/{name}", ACCESS_NONE, ROUTE_ANYBODY, api_model_show),
    API(GET, "/models/{name}/objectives/{id}", ACCESS_NONE, ROUTE_ANYBODY, api_model_objective),
    API(GET, "/assignments", ACCESS_NONE, ROUTE_ANYBODY, api_assign_list),
    API(POST, "/assignments", ACCESS_LEAD, 0, api_assign_add),
    API(DELETE, "/assignments", ACCESS_LEAD, 0, api_assign_end),
    API(GET, "/me", ACCESS_NONE, ROUTE_ANYBODY, api_user_me),
    API(GET, "/tokens", ACCESS_NONE, ROUTE_ANYBODY, api_token_list),
    API(POST, "/tokens", ACCESS_NONE, ROUTE_ANYBODY | ROUTE_SECRET, api_token_create),
    API(DELETE, "/tokens/{number}", ACCESS_NONE, ROUTE_ANYBODY, api_token_revoke),
    API(GET, "/sessions", ACCESS_NONE, ROUTE_ANYBODY, api_session_list),
    API(DELETE, "/sessions", ACCESS_NONE, ROUTE_ANYBODY, api_session_end_all),
    API(DELETE, "/sessions/{number}", ACCESS_NONE, ROUTE_ANYBODY, api_session_end),
    API(GET, "/users", ACCESS_ADMIN, 0, api_user_list),
    API(POST, "/users", ACCESS_ADMIN, 0, api_user_add),
    API(GET, "/users/{name}", ACCESS_ADMIN, 0, api_user_show),
    API(POST, "/users/{name}/disable", ACCESS_ADMIN, 0, api_user_disable),
    API(POST, "/users/{name}/enable", ACCESS_ADMIN, 0, api_user_enable),
    API(POST, "/users/{name}/link", ACCESS_ADMIN, ROUTE_SECRET, api_user_link),
    API(POST, "/users/{name}/grants", ACCESS_ADMIN, 0, api_user_grant),
    API(DELETE, "/users/{name}/grants", ACCESS_ADMIN, 0, api_user_revoke),
    API(GET, "/tree", ACCESS_ADMIN, 0, api_tree),
    API(POST, "/tree/units", ACCESS_ADMIN, 0, api_tree_add),
    API(GET, "/tree/units/{id}", ACCESS_ADMIN, 0, api_tree_unit),
    API(PUT, "/tree/units/{id}", ACCESS_ADMIN, 0, api_tree_set),
    API(DELETE, "/tree/units/{id}", ACCESS_ADMIN, 0, api_tree_remove),
    API(POST, "/tree/import", ACCESS_ADMIN, ROUTE_UPLOAD, api_tree_import),
    API(GET, "/tree/history", ACCESS_ADMIN, 0, api_tree_history),
    API(GET, "/tree/history/{number}", ACCESS_ADMIN, 0, api_tree_step),
    API(POST, "/tree/history/{number}/restore", ACCESS_ADMIN, 0, api_tree_restore),
    API(GET, "/settings", ACCESS_ADMIN, 0, api_store_settings),
    API(GET, "/settings/{name}", ACCESS_ADMIN, 0, api_store_setting),
    API(PUT, "/settings/{name}", ACCESS_ADMIN, 0, api_store_set),
    API(GET, "/health/store", ACCESS_ADMIN, ROUTE_SLOW, api_store_health),
    API(GET, "/audit", ACCESS_ADMIN, 0, api_audit_list),
    API(GET, "/audit/verify", ACCESS_ADMIN, ROUTE_SLOW, api_audit_verify),
};
const size_t route_count = sizeof route_table / sizeof route_table[0];

/* ---- finding ---- */

/* Does the path have the pattern's shape? Segments in braces stand in part[], as they came. */
static bool matches(str pattern, str path, str *part)
{
	size_t n = 0;
	while (pattern.n && path.n) {
		str want, is;
		bool more = str_cut(pattern, '/', &want, &pattern), also = str_cut(path, '/', &is, &path);
		if (more != also)
			return false;
		str open, end;
		bool braces = str_starts(want, S("{")) && str_cut(want, '}', &open, &end);
		if (braces && is.n > end.n && str_ends(is, end) && n < REQUEST_PARTS)
			part[n++] = str_slice(is, 0, is.n - end.n);
		else if (!str_eq(want, is))
			return false;
	}
	return !pattern.n && !path.n;
}

static bool method_of(str word, enum request_method *out)
{
	static const str words[REQUEST_METHODS] = {S("GET"), S("POST"), S("PUT"), S("DELETE")};
	if (str_eq(word, S("HEAD")))
		word = words[REQUEST_GET];
	for (int i = 0; i < REQUEST_METHODS; i++)
		if (str_eq(word, words[i])) {
			*out = (enum request_method)i;
			return true;
		}
	return false;
}

str route_methods(struct request *q)
{
	static const str words[REQUEST_METHODS] = {S("GET, HEAD"), S("POST"), S("PUT"), S("DELETE")};
	struct buf b = BUF(64);
	str part[REQUEST_PARTS];
	bool has[REQUEST_METHODS] = {0};
	for (size_t i = 0; i < route_count; i++)
		has[route_table[i].method] |= matches(route_table[i].pattern, q->path, part);
	for (int i = 0; i < REQUEST_METHODS; i++)
		if (has[i]) {
			buf_add(&b, b.n ? S(", ") : S(""));
			buf_add(&b, words[i]);
		}
	str out = str_copy(q->arena, buf_str(&b));
	buf_release(&b);
	return out;
}

enum status route_find(struct request *q, str method, struct reply *r, const struct route **out, struct err *err)
{
	str part[REQUEST_PARTS] = {0};
	bool known = method_of(method, &q->method), other = false;
	q->in_demo = q->demo && demo_path(&q->path);
	for (size_t i = 0; i < route_count; i++) {
		const struct route *route = &route_table[i];
		if ((q->in_demo && !demo_shows(route)) || !matches(route->pattern, q->path, part))
			continue;
		other = true;
		if (!known || route->method != q->method)
			continue;
		for (int k = 0; k < REQUEST_PARTS; k++)
			TRY(request_decode(part[k], false, q->arena, &q->part[k], err));
		*out = route;
		return OK;
	}
	if (!other)
		return err_set(err, E_NOT_FOUND, "there is no page at this address");
	r->allow = route_methods(q);
	return err_set(err, E_INVALID, "this address does not take %.*s", STR_ARG(method));
}

const struct route *route_reads(const struct route *route)
{
	for (size_t i = 0; i < route_count; i++)
		if (route_table[i].method == REQUEST_GET && str_eq(route_table[i].pattern, route->pattern))
			return &route_table[i];
	return NULL;
}

bool route_in_demo(str path)
{
	str part[REQUEST_PARTS];
	for (size_t i = 0; i < route_count; i++)
		if (demo_shows(&route_table[i]) && matches(route_table[i].pattern, path, part))
			return true;
	return false;
}

enum route_lane route_lane_of(const struct route *route)
{
	if (route->kind & ROUTE_SECRET)
		return ROUTE_SECRETS;
	if (route->kind & ROUTE_IMPORT)
		return ROUTE_IMPORTS;
	if (route->method != REQUEST_GET)
		return ROUTE_WRITES;
	return route->kind & ROUTE_SLOW ? ROUTE_READS : ROUTE_INLINE;
}

/* ---- the gate ---- */

/* Where somebody goes who is not signed in: to the form, or, while there is nobody at all, to set up the first one. */
static enum status turn_away(const struct route *route, struct request *q, struct reply *r, struct err *err)
{
	bool nobody = false;
	if (route->method != REQUEST_GET)
		return page_sign_in_again(q, r, err);
	TRY(app_user_none(q->app, &nobody, err));
	return nobody ? page_go(q, r, S("/welcome"), (str){0}, err)
		      : page_go(q, r, S("/sign-in?to="), q->address_text, err);
}

static enum status check_role(const struct route *route, const struct view_caller *caller, struct err *err)
{
	enum access_role role = access_role_most(&caller->access);
	if (caller->access.feed.p && !(route->kind & ROUTE_FEEDER)) {
		err_set(err, E_DENIED, "this token writes its feed, and nothing else");
		return E_DENIED;
	}
	if (caller->owes && !(route->kind & ROUTE_ANYBODY)) {
		err_set(err, E_DENIED, "a second factor has to be set up first");
		err_hint(err, "see: Your account, Second factor");
		return E_DENIED;
	}
	if (caller->access.feed.p || route->kind & ROUTE_ANYBODY || role >= route->role)
		return OK;
	if (route->kind & ROUTE_ASSIGNED && caller->access.n_assigned)
		return OK;
	err_set(err, E_DENIED, "this needs the role \"%.*s\"", STR_ARG(access_role_name(route->role)));
	err_hint(err, "an administrator can grant it");
	return E_DENIED;
}

/* The API alone is counted: of a token or session that is good, else of the address. */
static enum status count(struct request *q, struct reply *r, const struct view_caller *caller, bool known,
			 struct err *err)
{
	int64_t limit = known ? LIMIT_API_MINUTE : LIMIT_API_STRANGER_MINUTE;
	struct buf key = BUF(32);
	bool there = true;
	if (q->rate && !q->counted) {
		if (known)
			buf_i64(&key, caller->id);
		there = rate_take(q->rate,
				  !known     ? S("address")
				  : q->token ? S("token")
					     : S("session"),
				  known ? buf_str(&key) : q->address, limit, q->app->now_ms, &r->rate);
		r->rated = true;
	}
	buf_release(&key);
	q->counted = true;
	if (there)
		return OK;
	r->refused = 429;
	err_set(err, E_DENIED, "more than %d requests in a minute", (int)limit);
	err_hint(err, "the header Retry-After says in how many seconds there may be another one");
	return E_DENIED;
}

/* Whoever has no session any more may still send: what was written into the form is kept for when there is one. */
static enum status admit_page(const struct route *route, struct request *q, struct err *err)
{
	struct view_caller caller = {0};
	bool known = false, open = route->kind & ROUTE_OPEN;
	TRY(session_find(q, &caller, &known, err));
	if (open || !known)
		return OK;
	if (caller.waits)
		return err_set(err, E_DENIED, "the second factor is still to come");
	q->files = route->kind & ROUTE_UPLOAD;
	return check_role(route, &caller, err);
}

enum status route_admit(const struct route *route, struct request *q, struct reply *r, struct err *err)
{
	struct view_caller caller = {0};
	bool known = false, open = route->kind & ROUTE_OPEN;
	if (!route->document)
		return admit_page(route, q, err);
	TRY(session_find(q, &caller, &known, err));
	TRY(count(q, r, &caller, known, err));
	if (known && caller.waits && !open)
		return err_set(err, E_DENIED, "the second factor is still to come");
	if (!known && !open) {
		r->authenticate = S("Bearer");
		return err_set(err, E_DENIED, "a token or a session is needed");
	}
	if (route->method != REQUEST_GET)
		TRY(session_check_origin(q, !known, err));
	if (!open)
		TRY(check_role(route, &caller, err));
	q->feed_unit = caller.unit;
	return api_head(route, q, r, err);
}

static enum status serve_api(const struct route *route, struct request *q, struct reply *r, struct err *err)
{
	bool again = false;
	TRY(route_admit(route, q, r, err));
	TRY(api_body(route, q, err));
	TRY(api_retry_find(route, q, r, &again, err));
	if (again)
		return OK;
	TRY(api_match(route, q, r, err));
	enum status status = route->serve(q, r, err);
	if (q->over)
		r->authenticate = S("Bearer");
	TRY(status);
	api_retry_keep(route, q, r);
	return api_tail(q, r, err);
}

/* Before the first unit a page about units has nothing to show: that is where one begins, and no failure. */
static enum status serve_page(const struct route *route, struct request *q, struct reply *r, struct err *err)
{
	struct err why = {0};
	bool none = false;
	enum status status = route->serve(q, r, &why);
	if (status == E_NOT_FOUND && route->kind & ROUTE_UNITS && !q->htmx)
		TRY(page_first_due(q, &none, err));
	if (none)
		return page_first(q, r, err);
	if (status != OK)
		*err = why;
	return status;
}

enum status route_serve(const struct route *route, struct request *q, struct reply *r, struct err *err)
{
	struct view_caller caller;
	bool known = false;
	if (route->kind & ROUTE_FILE)
		return route->serve(q, r, err);
	if (route->document)
		return serve_api(route, q, r, err);
	TRY(session_find(q, &caller, &known, err));
	if (route->kind & ROUTE_POLL)
		q->slides = (str){0};
	if (known && caller.waits && !(route->kind & ROUTE_OPEN))
		return route->method == REQUEST_GET ? page_go(q, r, S("/sign-in/second"), (str){0}, err)
						    : err_set(err, E_DENIED, "the second factor is still to come");
	if (!known && !(route->kind & ROUTE_OPEN))
		return turn_away(route, q, r, err);
	if (q->in_demo)
		return demo_serve(route, q, r, err);
	if (route->method != REQUEST_GET)
		TRY(session_check_origin(q, !known, err));
	if (known && caller.owes && route->method == REQUEST_GET && !(route->kind & (ROUTE_OPEN | ROUTE_ANYBODY)))
		return page_go(q, r, S("/account"), (str){0}, err);
	/* Who only answers begins with what there is to answer. */
	if (str_eq(q->path, S("/")) && known && access_role_most(&caller.access) == ACCESS_RESPONDENT)
		return page_go(q, r, S("/assess"), (str){0}, err);
	if (!(route->kind & ROUTE_OPEN))
		TRY(check_role(route, &caller, err));
	str path = q->path;
	enum status status = serve_page(route, q, r, err);
	if (!q->over)
		return status;
	buf_clear(&r->body);
	*r = (struct reply){.body = r->body};
	q->path = path;
	return page_sign_in_again(q, r, err);
}

int route_http_status(enum status status)
{
	static const int codes[STATUS_COUNT] = {
	    [OK] = 200,          [E_NOT_FOUND] = 404, [E_INVALID] = 400,   [E_CONFLICT] = 409, [E_DENIED] = 403,
	    [E_TOO_LARGE] = 413, [E_IO] = 503,        [E_NO_MEMORY] = 503, [E_BUG] = 500,
	};
	int code = status < STATUS_COUNT ? codes[status] : 0;
	return code ? code : 500;
}

void route_fail(struct request *q, enum status status, const struct err *err, struct reply *r)
{
	buf_clear(&r->body);
	r->type = (str){0};
	r->fixed = NULL;
	r->link = (str){0};
	r->status = r->refused ? r->refused : r->allow.n ? 405 : r->authenticate.n ? 401 : route_http_status(status);
	if (q->json)
		api_problem(q, r, r->status, err);
	else
		page_failure(q, r, err);
}
