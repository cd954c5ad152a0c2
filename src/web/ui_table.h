/**
 * Tables with their filter and pager, and the small parts that stand in them. As in ui.h: pure, from values to bytes.
 */
#ifndef WEB_UI_TABLE_H
#define WEB_UI_TABLE_H

#include "web/ui.h"

/* ---- a table: open, head cells (ui_head_cell of ui_view.h), body, rows, close, perhaps a pager, end ---- */
/* label: its name, for those who do not see it. */
void ui_table(struct ui *u, str label);
void ui_table_body(struct ui *u);
void ui_table_close(struct ui *u);
void ui_table_end(struct ui *u);
/* A row with one sentence over all columns: nothing is there. */
void ui_table_none(struct ui *u, int columns, str sentence);
/* A cell with a count, in bold when asked. */
void ui_count_cell(struct ui *u, int64_t n);

/* ---- addresses with more than the lens ---- */
/* PATH?lens as text of an attribute; then ui_more for each further pair, which knows whether it is the first. */
struct ui_address {
	struct ui *u;
	bool some;
};
struct ui_address ui_address(struct ui *u, str path);
/* &name=value; nothing for an empty value. */
void ui_more(struct ui_address *a, str name, str value);
void ui_more_int(struct ui_address *a, str name, int64_t value);
/* <a> to the unit of the lens beside itself at another instant. The caller closes it. */
void ui_a_compare(struct ui *u, const char *class, int64_t with_ms);

/* ---- "1–8 of 44", with the pages before and after ---- */
struct ui_pages {
	str path;
	int64_t offset, shown, limit, total;
	size_t n_more;
	const struct ui_pair {
		str name, value;
	} * more;   /* what the filter says */
	str target; /* the id that the page stands in, which htmx swaps; empty: the whole page changes */
	str csv;    /* the path of the same rows as CSV; empty: no link */
	size_t n_csv;
	const struct ui_pair *csv_more;
};
void ui_pager(struct ui *u, const struct ui_pages *p);
/* The foot of a table that is whole: how many rows it has, and the link to them as CSV. */
void ui_table_foot(struct ui *u, int64_t rows, str csv, struct ui_pair more);
/* A link to the same rows as CSV. */
void ui_csv_link(struct ui *u, str path, const struct ui_pair *more, size_t n_more);

/* ---- forms ---- */
/* <form method="post"> with the token and the lens. */
void ui_post(struct ui *u, str path, const char *class);
/* A labelled text field; hint and value may be empty. id and name are literals. */
void ui_text_field(struct ui *u, str name, str label, str value, str hint);
/* <option>, chosen when it is the value. */
void ui_option(struct ui *u, str value, str shown, str chosen);
void ui_hidden(struct ui *u, str name, str value);

/* ---- small parts ---- */
/* c41e…09aa; the whole stands in its title. */
void ui_hash(struct buf *b, str sha256);
/* "12.3 MB", cut */
void ui_bytes(struct buf *b, int64_t bytes);
/* "3 d", "5 h", "now": how long ago, cut; "in 2 d" when it lies ahead. */
void ui_ago(struct buf *b, int64_t ms, int64_t now_ms);
/* "7 days", "12 hours" */
void ui_span(struct buf *b, int64_t ms);
/* A note with a warning sign, or a plain one. */
void ui_note(struct ui *u, bool warn);
void ui_note_end(struct ui *u);
/* SQL with its words and comments marked. */
void ui_code(struct ui *u, str label, str sql);

#endif
