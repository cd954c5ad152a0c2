#include "web/ui_form.h"

bool ui_is_again(const struct ui *u, str path, struct ui_pair of)
{
	const struct ui_refused *r = u->refused;
	if (!r || !str_eq(r->path, path))
		return false;
	for (size_t i = 0; i < r->n_typed && of.name.n; i++)
		if (str_eq(r->typed[i].name, of.name))
			return str_eq(r->typed[i].value, of.value);
	return !of.name.n;
}

str ui_typed(const struct ui *u, str name)
{
	for (size_t i = 0; u->again && i < u->refused->n_typed; i++)
		if (str_eq(u->refused->typed[i].name, name))
			return u->refused->typed[i].value;
	return (str){0};
}

static bool is_at_fault(const struct ui *u, str name)
{
	return u->again && u->refused->at.n && str_eq(u->refused->at, name);
}

void ui_fault(struct ui *u, str name, str id, bool hint)
{
	bool fault = is_at_fault(u, name);
	if (fault)
		html_raw(u->b, " aria-invalid=\"true\"");
	if (!fault && !hint)
		return;
	html_raw(u->b, " aria-describedby=\"");
	if (fault) {
		html_text(u->b, id);
		html_raw(u->b, "-e");
	}
	if (fault && hint)
		html_raw(u->b, " ");
	if (hint) {
		html_text(u->b, id);
		html_raw(u->b, "-h");
	}
	html_raw(u->b, "\"");
}

void ui_fault_text(struct ui *u, str name, str id)
{
	if (!is_at_fault(u, name))
		return;
	html_raw(u->b, "<p class=\"err\" id=\"");
	html_text(u->b, id);
	html_raw(u->b, "-e\">");
	ui_icon(u->b, UI_WARNING, "");
	html_raw(u->b, "<span>");
	ui_sentence(u->b, str_from(u->refused->why.message));
	ui_hint(u->b, S(" "), &u->refused->why);
	html_raw(u->b, "</span></p>");
}

void ui_refusal(struct ui *u)
{
	struct buf *b = u->b;
	if (!u->refused)
		return;
	const struct err *why = &u->refused->why;
	html_raw(b, "<div class=\"note bad after\" role=\"alert\" tabindex=\"-1\" autofocus>");
	ui_icon(b, UI_WARNING, "");
	html_raw(b, "<div><b>");
	ui_sentence(b, str_from(why->message));
	html_raw(b, "</b>");
	ui_hint(b, S(" "), why);
	html_raw(b, "<br>Nothing was changed.</div></div>");
}

void ui_post_of(struct ui *u, str path, const char *class, struct ui_pair of)
{
	ui_post(u, path, class);
	u->again = ui_is_again(u, path, of);
	ui_hidden(u, of.name, of.value);
}

void ui_fold(struct ui *u, bool open, str summary)
{
	buf_add(u->b, open ? S("<details class=\"fold\" open><summary>") : S("<details class=\"fold\"><summary>"));
	html_text(u->b, summary);
	html_raw(u->b, "</summary>");
}

void ui_fold_end(struct ui *u)
{
	html_raw(u->b, "</details>");
}
