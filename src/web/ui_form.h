/**
 * Forms, the parts of a place beside its content, and what comes after an act. As in ui.h: pure, from values to bytes.
 */
#ifndef WEB_UI_FORM_H
#define WEB_UI_FORM_H

#include "base/qr.h"
#include "core/view_people.h"
#include "web/ui_table.h"

/**
 * A form that was refused comes back on its page: the reason stands above the content and at the field, and everything
 * but passwords is as it was typed. ui_post finds out by its path that it writes this form, ui_post_of by its path and
 * one hidden field; the fields then take what was typed by themselves.
 */
struct ui_refused {
	str path; /* where it was sent */
	struct err why;
	str at; /* the name of the field at fault; empty: none is */
	const struct ui_pair *typed;
	size_t n_typed;
};
/* Is it this form that comes back? of: a hidden field that tells it from others with the same path; or none. */
bool ui_is_again(const struct ui *u, str path, struct ui_pair of);
/* What was typed into a field of the form being written; p NULL: it does not come back, or had no such field. */
str ui_typed(const struct ui *u, str name);
/* The reason, above the content of the page; nothing without one. */
void ui_refusal(struct ui *u);
/* As ui_post, with the hidden field that tells the form from others. */
void ui_post_of(struct ui *u, str path, const char *class, struct ui_pair of);
/* The attributes of a control whose form comes back because of it, within its tag; and the reason behind it. id: of the
 * control; hint: its hint has an id, too (`id`-h). */
void ui_fault(struct ui *u, str name, str id, bool hint);
void ui_fault_text(struct ui *u, str name, str id);
/* <details> around a form; open when it comes back. */
void ui_fold(struct ui *u, bool open, str summary);
void ui_fold_end(struct ui *u);

struct ui_field {
	str id, name, label;
	str type; /* empty: text */
	str value, hint;
	str complete; /* what a browser may fill in; empty: nothing */
	bool required;
	int least; /* characters; 0: any number */
};
/* A labelled field; its hint is tied to it. */
void ui_field(struct ui *u, const struct ui_field *f);
/* A field for a password, that has to be filled in. */
void ui_password(struct ui *u, str id, str name, str label, str complete, str hint);
/* A labelled choice; ui_option for each, then the end. */
void ui_select(struct ui *u, str id, str name, str label);
void ui_select_end(struct ui *u);
/* A labelled field of several lines; value may be empty. */
void ui_words(struct ui *u, str id, str name, str label, str value, bool required);
/* A button that sends its form; go: the act of the page. */
void ui_button(struct ui *u, str word, bool go);
/* A form of one button with up to two hidden fields (an empty name: none), for rows of a table. */
void ui_act(struct ui *u, str path, str word, struct ui_pair first, struct ui_pair second);
/* <option> for each role from respondent on; the value and the word are the role's. */
void ui_roles(struct ui *u, enum access_role chosen);

/* What a token may, until when, and when it was used: three cells, of which the first is open already and the last
 * stays so. */
void ui_token_cells(struct ui *u, const struct view_token *t);
/* What was done, until the next act. */
void ui_receipt_line(struct ui *u, str sentence);
/* A secret that is shown once: what to do with it, and the value in a field of its own that can be copied. */
void ui_once(struct ui *u, str label, str sentence, str value);
/* A QR code, black on white in every theme. E_TOO_LARGE and so on as qr_make. */
MUST_USE enum status ui_qr(struct ui *u, str text, str label, struct arena *a, struct err *err);

/* The parts of a place stand where the categories stand on others; ui_side_end closes the content. */
struct ui_side {
	str path, word;
};
void ui_side(struct ui *u, str label, const struct ui_side *parts, size_t n, str current);
void ui_side_end(struct ui *u);

/* ---- tables ---- */
/* A column of acts: its name is for those who do not see it. */
void ui_head_acts(struct ui *u);
struct ui_sorted {
	str path;
	const struct ui_pair *more; /* what the filter says */
	size_t n_more;
	str column; /* by which the rows stand, the greatest first when down */
	bool down;
};
/* The head of a column by which the table can be sorted. */
void ui_head_sort(struct ui *u, const struct ui_sorted *sorted, str column, str title, bool number);
/* A GET form above a table, with the lens; a text field to search by. ui_filter_end closes it, with a link to the page
 * without a filter where one is active. */
void ui_filter(struct ui *u, str path, str label, str text);
/* A choice in a filter that needs no label beside it. */
void ui_filter_select(struct ui *u, str name, str label);
void ui_filter_select_end(struct ui *u);
void ui_filter_end(struct ui *u, str path, bool active);

/* "models" -> "Models", in room; at most 31 bytes. */
str ui_upper(str word, char room[32]);

/* A list of names and values: <dl>; the value is the caller's. */
void ui_facts(struct ui *u);
void ui_fact(struct ui *u, str name);
void ui_fact_end(struct ui *u);
void ui_facts_end(struct ui *u);

#endif
