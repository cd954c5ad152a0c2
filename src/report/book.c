#include "report/book_inside.h"

enum status report_book_text(struct arena *a, struct buf *b, str *out, struct err *err)
{
	str text = {NULL, 0};
	if (b->status == OK)
		text = str_copy(a, buf_str(b));
	bool large = b->status == E_TOO_LARGE;
	buf_release(b);
	if (large)
		return err_set(err, E_TOO_LARGE, "the book is too large");
	if (!text.p)
		return err_full(err);
	*out = text;
	return OK;
}

enum status report_book(const struct view_book *view, enum report_book_format format, struct arena *a,
			struct view_documents *out, struct err *err)
{
	struct book book;
	struct view_documents made = {.model = view->model->name};
	TRY(report_book_index(view, a, &book, err));
	TRY(format == REPORT_BOOK_HTML ? report_book_html(&book, &made, err) : report_book_markdown(&book, &made, err));
	*out = made;
	return OK;
}
