/* Any model that reads has a book in both faces: UTF-8, one script, no markup but the book's own. */
#include <stdlib.h>

#include "report/book.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int count(str text, str part)
{
	int n = 0;
	ptrdiff_t at;
	while ((at = str_find(text, part)) >= 0) {
		text = str_slice(text, (size_t)at + part.n, text.n);
		n++;
	}
	return n;
}

static void page_check(str page)
{
	static const str once[] = {S("<script"), S("</script"), S("<title"), S("</title"),
				   S("<style"),  S("</style"),  S("<main")};
	for (size_t i = 0; i < sizeof once / sizeof once[0]; i++)
		if (count(page, once[i]) != 1)
			abort();
	if (!str_is_utf8(page) || count(page, S("<!--")) || count(page, S("<article")) != count(page, S("</article")))
		abort();
}

/* In Markdown the code of checks stands as it is, in a fence that none of its lines can close. */
static void markdown_check(str page)
{
	str line;
	size_t fence = 0;
	if (!str_is_utf8(page))
		abort();
	while (page.n) {
		size_t ticks = 0;
		(void)str_cut(page, '\n', &line, &page);
		while (ticks < line.n && line.p[ticks] == '`')
			ticks++;
		if (ticks >= 3 && (fence ? ticks >= fence && ticks == line.n : true))
			fence = fence ? 0 : ticks;
		else if (!fence && count(line, S("<script")) != count(line, S("\\<script")))
			abort();
	}
	if (fence)
		abort();
}

static void book_check(const struct model *m, struct arena *a)
{
	struct view_documents d;
	uint64_t *reads = arena_new(a, uint64_t, m->n_objectives);
	struct view_book view = {m, reads};
	if (!reads)
		return;
	if (report_book(&view, REPORT_BOOK_HTML, a, &d, NULL) == OK)
		page_check(d.list[0].text);
	if (report_book(&view, REPORT_BOOK_MARKDOWN, a, &d, NULL) != OK)
		return;
	for (size_t i = 0; i < d.n; i++)
		markdown_check(d.list[i].text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct model_file file = {S("model.yaml"), {(const char *)data, size}};
	struct arena a = ARENA((size_t)256 << 20);
	struct model_problems problems = {0};
	const struct model *m = NULL;
	struct err err;
	if (model_read(&file, 1, &a, &problems, &m, &err) == OK && m)
		book_check(m, &a);
	arena_release(&a);
	return 0;
}
