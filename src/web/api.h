/**
 * The API: what its routes share. A request that reaches a handler holds to the route's document: no parameter and no
 * member of another name, each of its type, those that are required there. What was sent as JSON stands in q->form, as
 * text.
 */
#ifndef WEB_API_H
#define WEB_API_H

#include "export/json.h"
#include "web/cursor.h"
#include "web/route.h"

/* ---- the gate; web/api_gate.c ---- */
/* Before what is sent is read: E_INVALID with reply->refused 406 or 415, or for a parameter that the document does not
 * know. */
MUST_USE enum status api_head(const struct route *route, struct request *q, struct reply *r, struct err *err);
/* Reads what was sent. E_INVALID names line and column. */
MUST_USE enum status api_body(const struct route *route, struct request *q, struct err *err);
/* After the handler: the mark of the answer, and 304 where the asker has the same. */
MUST_USE enum status api_tail(struct request *q, struct reply *r, struct err *err);
/* Does a header If-Match or If-None-Match name this mark? A weak one is as good as a strong one: what it leaves out is
 * the clock. */
bool api_has_mark(str list, str mark);
/* A failure as problem details (RFC 9457). */
void api_problem(const struct request *q, struct reply *r, int status, const struct err *err);

/* ---- writes; web/api_write.c ---- */
/* Is the answer of the route kept under an Idempotency-Key? A file that is sent again is nothing new without one. */
bool api_retry_can(const struct route *route);
/* With an Idempotency-Key that was used before: *again, and the answer of then. E_INVALID with reply->refused 422: it
 * was used for something else. E_INVALID also where the answer would be a secret. */
MUST_USE enum status api_retry_find(const struct route *route, const struct request *q, struct reply *r, bool *again,
				    struct err *err);
/* Keeps the answer for the next time. */
void api_retry_keep(const struct route *route, const struct request *q, const struct reply *r);
/* Can the route be asked for with If-Match? */
bool api_match_can(const struct route *route);
/* E_CONFLICT with reply->refused 412: what stands at the address is not what If-Match names. */
MUST_USE enum status api_match(const struct route *route, const struct request *q, struct reply *r, struct err *err);

/* ---- what a request says; web/api.c ---- */
str api_text(const struct request *q, str name);
bool api_given(const struct request *q, str name);
bool api_flag(const struct request *q, str name);
int64_t api_count(const struct request *q, str name, int64_t otherwise);
struct app_time api_time(const struct request *q, str name);
/* The deployment types of a list with commas; 0: all. */
MUST_USE enum status api_deployment(const struct request *q, unsigned *out, struct err *err);
/* The number in the address. E_NOT_FOUND: it is none; what: of which thing. */
MUST_USE enum status api_number(const struct request *q, const char *what, int64_t *out, struct err *err);
/* The documents that stand in the member API_DOCUMENTS. */
MUST_USE enum status api_documents(const struct request *q, const struct app_document **out, size_t *n,
				   struct err *err);
#define API_DOCUMENTS                                                                                                  \
	{                                                                                                              \
		.name = S("documents"), .type = ROUTE_DOCUMENTS,                                                       \
		.about = S("What stands behind it: a list of documents that POST /api/v1/documents keeps.")            \
	}
/* The field of q->form with the hash of one; its name and type are the two fields behind. */
#define API_DOCUMENT "documents/sha256"

/* The unit that a route looks at. */
#define API_UNIT                                                                                                       \
	{                                                                                                              \
		.name = S("unit"),                                                                                     \
		.about = S("The id of the unit; left out: the whole organisation, or the part of it that is yours.")   \
	}

/* The longest time between two files of a feed that can be promised, in days. */
enum { API_DAYS_MOST = 3660 };

/* ---- pages of lists; web/api.c ---- */
struct api_page {
	struct cursor cursor;
	struct app_time at; /* for which the list is made: that of `at`, else of the first page; not given: now */
	size_t from, n;     /* rows to show */
	int64_t limit;
};
/* Reads cursor and limit. */
MUST_USE enum status api_page_open(const struct request *q, struct api_page *out, struct err *err);
/* For lists that only grow, and go on behind a number: which one; 0: from the beginning. list: a word for the list.
 * E_CONFLICT: the cursor is of another list. */
MUST_USE enum status api_page_after(const struct api_page *page, str list, int64_t *out, struct err *err);
/* E_CONFLICT: the row that the page before ended with is another one. */
MUST_USE enum status api_page_held(const struct api_page *page, str key, struct err *err);
/* What tells a row with an id from all others of its list. */
str api_key(struct arena *a, int64_t id);
/* What tells row i of a list from all others. */
typedef str api_key_fn(const void *list, size_t i, struct arena *a);
/* Chooses the rows among all n, and tells in r->link where the list goes on. E_CONFLICT: it changed meanwhile. */
MUST_USE enum status api_page_cut(const struct request *q, struct reply *r, const void *list, size_t n, api_key_fn *key,
				  struct api_page *page, struct err *err);
/* r->link: the same address with the cursor behind a row, of which `offset` is the number from 1. */
MUST_USE enum status api_page_next(const struct request *q, struct reply *r, const struct api_page *page,
				   int64_t offset, str key, struct err *err);

/* The answer, as JSON. */
struct export api_json(struct reply *r);
MUST_USE enum status api_done(const struct reply *r, struct err *err);

/* ---- what the document and its readable page share; web/api/document.c ---- */
/* What a route is about and who may, in sentences. */
void api_document_about(const struct route *route, struct buf *b);
/* Its topic, as "Targets": by where its address begins. */
str api_document_topic(const struct route *route);
/* Can the route answer with this status, of those that are no success? */
bool api_document_can(const struct route *route, int status);
/* What stands in braces in a pattern, "{id}"; NULL: nothing does. */
const struct route_value *api_document_segment(str segment);
/* What is sent, or answered, as JSON; empty where it is a file. content/api/example has one for every operation. */
enum api_document_side { API_DOCUMENT_SENT, API_DOCUMENT_ANSWER };
str api_document_example(const struct route *route, enum api_document_side side);

/* ---- routes: web/api/NAME.c; each with its document ---- */
#define API_ROUTE(name_)                                                                                               \
	enum status name_(struct request *q, struct reply *r, struct err *err);                                        \
	extern const struct route_document name_##_document
API_ROUTE(api_answer_add);
API_ROUTE(api_answer_now);
API_ROUTE(api_answer_undo);
API_ROUTE(api_approval_approve);
API_ROUTE(api_approval_list);
API_ROUTE(api_approval_reject);
API_ROUTE(api_approval_request);
API_ROUTE(api_approval_review);
API_ROUTE(api_approval_withdraw);
API_ROUTE(api_assign_add);
API_ROUTE(api_assign_end);
API_ROUTE(api_assign_list);
API_ROUTE(api_audit_list);
API_ROUTE(api_audit_verify);
API_ROUTE(api_comment_add);
API_ROUTE(api_comment_list);
API_ROUTE(api_comment_withdraw);
API_ROUTE(api_compare);
API_ROUTE(api_dismiss_add);
API_ROUTE(api_dismiss_list);
API_ROUTE(api_dismiss_revoke);
API_ROUTE(api_document);
API_ROUTE(api_evaluate);
API_ROUTE(api_explain_category);
API_ROUTE(api_explain_history);
API_ROUTE(api_explain_objective);
API_ROUTE(api_feed_list);
API_ROUTE(api_feed_retire);
API_ROUTE(api_feed_set);
API_ROUTE(api_feed_show);
API_ROUTE(api_feed_upload);
API_ROUTE(api_measure_upload);
API_ROUTE(api_file_attach);
API_ROUTE(api_file_history);
API_ROUTE(api_file_list);
API_ROUTE(api_file_show);
API_ROUTE(api_health);
API_ROUTE(api_link_add);
API_ROUTE(api_link_list);
API_ROUTE(api_link_remove);
API_ROUTE(api_link_resolve);
API_ROUTE(api_link_unresolved);
API_ROUTE(api_model_list);
API_ROUTE(api_model_objective);
API_ROUTE(api_model_show);
API_ROUTE(api_overview);
API_ROUTE(api_queue);
API_ROUTE(api_register_kinds);
API_ROUTE(api_register_list);
API_ROUTE(api_register_shadow);
API_ROUTE(api_register_subject);
API_ROUTE(api_review_confirm);
API_ROUTE(api_review_list);
API_ROUTE(api_review_return);
API_ROUTE(api_review_undo);
API_ROUTE(api_roll_up);
API_ROUTE(api_score);
API_ROUTE(api_score_check);
API_ROUTE(api_search);
API_ROUTE(api_session_end);
API_ROUTE(api_session_end_all);
API_ROUTE(api_session_list);
API_ROUTE(api_store_health);
API_ROUTE(api_store_set);
API_ROUTE(api_store_setting);
API_ROUTE(api_store_settings);
API_ROUTE(api_target_gap);
API_ROUTE(api_target_list);
API_ROUTE(api_target_set);
API_ROUTE(api_target_show);
API_ROUTE(api_target_withdraw);
API_ROUTE(api_token_create);
API_ROUTE(api_token_list);
API_ROUTE(api_token_revoke);
API_ROUTE(api_tree);
API_ROUTE(api_tree_add);
API_ROUTE(api_tree_history);
API_ROUTE(api_tree_import);
API_ROUTE(api_tree_remove);
API_ROUTE(api_tree_restore);
API_ROUTE(api_tree_set);
API_ROUTE(api_tree_step);
API_ROUTE(api_tree_unit);
API_ROUTE(api_unit_list);
API_ROUTE(api_unit_map);
API_ROUTE(api_user_add);
API_ROUTE(api_user_disable);
API_ROUTE(api_user_enable);
API_ROUTE(api_user_grant);
API_ROUTE(api_user_link);
API_ROUTE(api_user_list);
API_ROUTE(api_user_me);
API_ROUTE(api_user_revoke);
API_ROUTE(api_user_show);

#endif
