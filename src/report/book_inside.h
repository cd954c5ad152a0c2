/* Inside the book: the model seen from all the sides that its chapters show. For report/book*.c only. */
#ifndef REPORT_BOOK_INSIDE_H
#define REPORT_BOOK_INSIDE_H

#include "base/buf.h"
#include "core/framework.h"
#include "report/book.h"

/* Indexes of objectives, in the model's order. */
struct book_list {
	size_t n;
	const int *objectives;
};

/* An id of a framework that an objective references or that the model leaves out on purpose. */
struct book_id {
	str id, title, heading_id, heading; /* heading: what it stands under; empty when there is none */
	struct book_list reached;
	const struct model_untouched *untouched; /* NULL: not listed */
};

struct book_framework {
	const struct framework *framework;
	str version;
	size_t n_all, n_reached, n_untouched; /* of the catalogue's ids, headings not counted */
	size_t n;
	const struct book_id *ids; /* in the catalogue's order; only those that are reached or left out on purpose */
};

struct book_owner {
	str name;
	struct book_list objectives;
};

struct book {
	const struct model *m;
	const uint64_t *reads;
	struct arena *a;
	size_t modes[3], n_checks;       /* by enum model_mode */
	int n_kinds;                     /* kinds of evidence that at least one check reads or counts */
	const struct book_list *enables; /* by objective: those that require it */
	size_t n_frameworks;
	const struct book_framework *frameworks; /* in the order of framework_all and of their versions */
	size_t n_owners;
	const struct book_owner *owners; /* by name; those without an owner last, under an empty name */
	struct book_list kinds[EVIDENCE_KINDS];
};

/* report/book_index.c */
MUST_USE enum status report_book_index(const struct view_book *view, struct arena *a, struct book *out,
				       struct err *err);

/* report/book_words.c: one wording for both faces. Texts are printed into a buf, unescaped, in plain words. */
str report_book_owner(str function);     /* "iam" -> "IAM"; the word itself when it is not one of ours */
str report_book_mode(enum model_mode m); /* "Manual" */
str report_book_mode_text(enum model_mode m);
str report_book_deployment(unsigned bit); /* "Self-hosted" */
void report_book_share(struct buf *b, int32_t thousandths);
void report_book_days(struct buf *b, int64_t ms);
/* "At least 90 % of them, looking back 365 days. …" */
void report_book_rule(struct buf *b, const struct model_objective *o);
void report_book_deployments(struct buf *b, unsigned bits); /* "Self-hosted, SaaS" */
void report_book_count(struct buf *b, size_t n, const char *one, const char *many);

/* report/book_overlay.c: what an overlay did, in the same words on both faces; plain words as well. */
/* The order in which the acts are told: what the organisation asks less of comes first. */
extern const enum model_overlay_act report_book_overlay_order[MODEL_OVERLAY_ACTS];
str report_book_overlay_word(enum model_overlay_act act); /* "Loosened" */
/* "2 added, 1 tightened, 1 loosened, 1 retired" */
void report_book_overlay_counts(struct buf *b, const struct model *m);
/* "Loosened by acme: the base asks 90 %, this overlay 10 %. Approved by A. B.: reason" */
void report_book_overlay_sentence(struct buf *b, const struct model *m, const struct model_overlaid *mark);
/* What the reason for the number is a reason for. */
const char *report_book_overlay_why(const struct model_objective *o);

/* report/book_html*.c */
MUST_USE enum status report_book_html(const struct book *book, struct view_documents *out, struct err *err);
void report_book_html_category(struct buf *b, const struct book *book, const struct model_category *c);
void report_book_html_cross(struct buf *b, const struct book *book);
void report_book_html_link(struct buf *b, const struct model_objective *o); /* the id, as a link named by the title */
void report_book_html_links(struct buf *b, const struct book *book, struct book_list list);
void report_book_html_level(struct buf *b, int level);

/* report/book_markdown*.c */
MUST_USE enum status report_book_markdown(const struct book *book, struct view_documents *out, struct err *err);
void report_book_markdown_category(struct buf *b, const struct book *book, const struct model_category *c);
void report_book_markdown_cross(struct buf *b, const struct book *book);
/* The id as a link to the page of its category. */
void report_book_markdown_link(struct buf *b, const struct book *book, const struct model_objective *o);
void report_book_markdown_links(struct buf *b, const struct book *book, struct book_list list);
void report_book_markdown_anchor(struct buf *b, const struct model_objective *o); /* "gov-02.1" */
void report_book_markdown_file(struct buf *b, const struct model_category *c);    /* "gov.md" */

/* The whole text of a buf in the arena; gives the buf back. */
MUST_USE enum status report_book_text(struct arena *a, struct buf *b, str *out, struct err *err);

#endif
