/**
 * The pages. Each asks app/ for a view and writes it with components; nothing is computed here.
 */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include "web/request.h"
#include "web/ui.h"

/* A page with its lens and frame read from the request. */
struct page {
	struct ui ui;
	struct app_lens lens;
	struct view_frame frame;
};

/* An instant of the query; untouched when it has none. A plain day is seen as it ended, and as it is now while it
   lasts, unless the form had an instant of that day (ui_exact). For instants that are looked at alone: what is written
   from a day on begins with it. E_INVALID: it is no time. */
MUST_USE enum status page_time(const struct request *q, str name, struct app_time *out, struct err *err);
/* Reads the lens, loads the frame, points ui at the reply's body. E_INVALID: the lens is not what it should be. A page
   whose work is done today (q->today, set before) reads no instant and offers none; every other one that is seen at
   another instant than now has no form that writes. */
MUST_USE enum status page_open(struct request *q, struct reply *r, struct page *out, struct err *err);
/* The same for a page about one objective at the unit of the lens, which an assignment is enough for: who may not read
   the unit has the frame of what it may. */
MUST_USE enum status page_open_place(struct request *q, struct reply *r, struct page *out, struct err *err);
/* The same for a page that is about nothing: sign in, errors. */
void page_bare(struct request *q, struct reply *r, struct page *out);
/* A person of whom the page has the name to sign in with: an author, an owner. */
void page_person(struct ui *u, str name);
/* For page_bare: NULL when there is no memory. */
struct page_names *page_names(struct app *app);
/* OK unless the page became too large. */
MUST_USE enum status page_done(struct reply *r, struct err *err);

/* What went wrong, as a page or (htmx) as the part of one. */
void page_failure(struct request *q, struct reply *r, const struct err *err);

/* Sends the browser to a path that is encoded already, with the query that the form was sent with: the lens. */
MUST_USE enum status page_back(struct request *q, struct reply *r, str path, struct err *err);
/* The page that a refused form comes back on. */
struct page_again {
	str path;                                                                  /* of the page */
	enum status (*serve)(struct request *q, struct reply *r, struct err *err); /* what shows it */
	bool denied; /* what is denied comes back, too: a wrong password */
	str field;   /* at fault, where that is known; empty: none is; p NULL: it is found by its words */
	struct {
		str says, field; /* a refusal with these words is about this field, if it was sent */
	} words[8];
};
/**
 * What a form was sent for has failed with status and why. If a person can mend that, the page of the form is shown
 * again, with the reason and with what was typed (struct ui_refused); else, or if that page fails, the failure is given
 * on. The field at fault is the one that is known to be, else whose words the message has, else whose value it quotes.
 */
MUST_USE enum status page_refuse(struct request *q, struct reply *r, enum status status, const struct err *why,
				 const struct page_again *again, struct err *err);
/* ?from=N: which row a page starts with; 0 when it says nothing useful. */
int64_t page_from(const struct request *q);
/* A number as text, for CSV. */
str page_number(int64_t n, char out[24]);
/* Types of deployment as a file has them: "self_hosted;paas". */
str page_csv_deployments(unsigned types);
/* The body is a CSV file of this name: it is saved, not shown. */
MUST_USE enum status page_csv(const struct request *q, struct reply *r, str name, struct err *err);

/* Sends the browser to a path, with `more` percent-encoded behind it. */
MUST_USE enum status page_go(struct request *q, struct reply *r, str path, str more, struct err *err);

/* ---- without a session ---- */
MUST_USE enum status page_sign_in(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_sign_in_post(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_sign_in_second(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_sign_in_second_post(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_sign_in_link(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_sign_in_link_post(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_sign_in_out(struct request *q, struct reply *r, struct err *err);
/* A form was sent by somebody whose session is over: asks to sign in, and keeps what was written. */
MUST_USE enum status page_sign_in_again(struct request *q, struct reply *r, struct err *err);
/* The first visit: the administrator, then the ways in. Later: where one begins, that is there or at the program. */
MUST_USE enum status page_welcome(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_welcome_post(struct request *q, struct reply *r, struct err *err);

/* ---- with one ---- */
MUST_USE enum status page_answer_comment(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_answer_post(struct request *q, struct reply *r, struct err *err);
/* The bar of counts that are being typed. */
MUST_USE enum status page_answer_tally(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_answer_undo(struct request *q, struct reply *r, struct err *err);
/* Of a comment. */
MUST_USE enum status page_answer_withdraw(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_assess(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_assess_presence(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_assess_question(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_category(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_help(struct request *q, struct reply *r, struct err *err);
/* The reference of the API, at the end of the manual's page about it. */
void page_help_api(struct ui *u);
/* The book of the active model: a document with a style and a policy of its own. */
MUST_USE enum status page_help_book(struct request *q, struct reply *r, struct err *err);
/* web/page/evidence.c: feeds. */
MUST_USE enum status page_evidence(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_evidence_csv(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_evidence_evaluate(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_evidence_feed(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_csv_snapshots(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_evidence_feed_set(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_evidence_feed_retire(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_evidence_files(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_evidence_files_csv(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_evidence_file(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_evidence_unresolved(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_evidence_unresolved_csv(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_evidence_links(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_evidence_links_csv(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_evidence_link(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_evidence_unlink(struct request *q, struct reply *r, struct err *err);
/* web/page/import.c: files are sent, looked at, imported. */
MUST_USE enum status page_import(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_import_look(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_import_one(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_import_store(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_import_progress(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_objective(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_objective_units_csv(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_objective_year_csv(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_offenders(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_offenders_csv(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_overview(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_review(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_review_confirm(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_review_return(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_review_undo(struct request *q, struct reply *r, struct err *err);
/* The first unit, then the ways in. */
MUST_USE enum status page_start(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_start_post(struct request *q, struct reply *r, struct err *err);
/* Is there no unit at all, and does the address name none? Then a page about units is the one of page_first. */
MUST_USE enum status page_first_due(struct request *q, bool *due, struct err *err);
MUST_USE enum status page_first(struct request *q, struct reply *r, struct err *err);
/* Nothing is known yet, and who asks is the one to begin. */
MUST_USE enum status page_start_due(struct request *q, bool *due, struct err *err);
MUST_USE enum status page_targets(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_targets_csv(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_targets_one(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_targets_set(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_targets_withdraw(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_units(struct request *q, struct reply *r, struct err *err);

/* web/page/unit*.c: the tree of units is changed. */
MUST_USE enum status page_unit_tree(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_unit_add(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_unit_csv(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_unit_one(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_unit_set(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_unit_remove(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_unit_import(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_unit_import_look(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_unit_import_one(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_unit_import_store(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_unit_history(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_unit_history_csv(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_unit_step(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_unit_restore(struct request *q, struct reply *r, struct err *err);
/* web/page/roll_up.c: how a tally adds up. */
MUST_USE enum status page_roll_up(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_roll_up_csv(struct request *q, struct reply *r, struct err *err);
/* web/page/compare.c */
MUST_USE enum status page_compare(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_compare_csv(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_compare_objectives_csv(struct request *q, struct reply *r, struct err *err);

/* ---- oneself: web/page/account*.c ---- */
MUST_USE enum status page_account(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_account_name(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_account_password(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_account_second(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_account_second_confirm(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_account_second_remove(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_account_session_end(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_account_sessions_csv(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_csv_own_tokens(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_account_token(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_account_token_end(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_account_prefer(struct request *q, struct reply *r, struct err *err);
/* ---- registers: web/page/register*.c ---- */
MUST_USE enum status page_register(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_register_csv(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_register_other(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_register_shadow(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_register_shadow_csv(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_csv_approvals(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_register_approvals(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_register_subject(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_register_link_post(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_register_dismiss(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_register_dismiss_end(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_register_request(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_register_step(struct request *q, struct reply *r, struct err *err);
/* ---- administration: web/page/admin*.c ---- */
MUST_USE enum status page_admin(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_admin_people_csv(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_admin_person(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_admin_person_add(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_admin_person_act(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_admin_audit(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_admin_audit_csv(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_admin_audit_verify(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_admin_tokens(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_admin_token_end(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_admin_settings(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_admin_settings_post(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_admin_health(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_admin_backup(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_admin_backup_post(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_admin_assignments(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_csv_assignments(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_csv_tokens(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_admin_assign(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_admin_assign_end(struct request *q, struct reply *r, struct err *err);
/* web/page/help.c: the first sections of the manual that have all of the words; how many were written, at most `most`.
 */
int page_help_found(struct ui *u, struct arena *a, str words, int most);

/* ---- search: web/page/search.c; tables as CSV: web/page/csv.c ---- */
MUST_USE enum status page_search(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_csv_overview(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_csv_units(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_csv_category(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_csv_category_units(struct request *q, struct reply *r, struct err *err);
MUST_USE enum status page_csv_category_types(struct request *q, struct reply *r, struct err *err);

#endif
