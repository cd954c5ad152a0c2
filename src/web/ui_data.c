#include "web/ui_view.h"

void ui_data(struct ui *u, str label)
{
	struct buf *b = u->b;
	html_raw(b,
		 "<details class=\"data\"><summary>Numbers behind this chart</summary><div class=\"tw\" tabindex=\"0\" "
		 "role=\"region\" aria-label=\"");
	html_text(b, label);
	html_raw(b, "\"><table class=\"tb\">");
}

void ui_data_end(struct ui *u)
{
	html_raw(u->b, "</table></div></details>");
}

void ui_head_cell(struct ui *u, str text, bool number)
{
	buf_add(u->b, number ? S("<th scope=\"col\" class=\"n\">") : S("<th scope=\"col\">"));
	html_text(u->b, text);
	html_raw(u->b, "</th>");
}

void ui_index_cell(struct ui *u, bool known, int32_t milli)
{
	html_raw(u->b, "<td class=\"n\">");
	if (known)
		ui_index(u->b, milli);
	else
		html_raw(u->b, "–");
	html_raw(u->b, "</td>");
}

void ui_key(struct ui *u, str line, str text)
{
	html_raw(u->b, "<span><svg class=\"ln\" aria-hidden=\"true\"><line class=\"");
	html_text(u->b, line);
	html_raw(u->b, "\" x2=\"22\" y1=\"4\" y2=\"4\"/></svg>");
	html_text(u->b, text);
	html_raw(u->b, "</span>");
}
