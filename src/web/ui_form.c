#include "web/ui_form.h"

/* ---- fields ---- */

static void label(struct ui *u, str id, str text)
{
	html_raw(u->b, "<div class=\"fr\"><label for=\"");
	html_text(u->b, id);
	html_raw(u->b, "\">");
	html_text(u->b, text);
	html_raw(u->b, "</label>");
}

static void attribute(struct ui *u, str name, str value)
{
	buf_char(u->b, ' ');
	buf_add(u->b, name);
	html_raw(u->b, "=\"");
	html_text(u->b, value);
	html_raw(u->b, "\"");
}

static void hint(struct ui *u, str id, str text)
{
	if (!text.n)
		return;
	html_raw(u->b, "<p class=\"hint\" id=\"");
	html_text(u->b, id);
	html_raw(u->b, "-h\">");
	html_text(u->b, text);
	html_raw(u->b, "</p>");
}

void ui_field(struct ui *u, const struct ui_field *f)
{
	struct buf *b = u->b;
	bool text = !f->type.n, secret = str_eq(f->type, S("password"));
	str typed = secret ? (str){0} : ui_typed(u, f->name), value = typed.p ? typed : f->value;
	label(u, f->id, f->label);
	html_raw(b, "<input");
	attribute(u, S("id"), f->id);
	attribute(u, S("name"), f->name);
	attribute(u, S("type"), text ? S("text") : f->type);
	if (text)
		attribute(u, S("dir"), S("auto"));
	if (value.n)
		attribute(u, S("value"), value);
	attribute(u, S("autocomplete"), f->complete.n ? f->complete : S("off"));
	if (f->least)
		buf_printf(b, " minlength=\"%d\"", f->least);
	if (f->required)
		html_raw(b, " required");
	ui_fault(u, f->name, f->id, f->hint.n > 0);
	html_raw(b, ">");
	ui_fault_text(u, f->name, f->id);
	hint(u, f->id, f->hint);
	html_raw(b, "</div>");
}

void ui_select(struct ui *u, str id, str name, str text)
{
	label(u, id, text);
	html_raw(u->b, "<select");
	attribute(u, S("id"), id);
	attribute(u, S("name"), name);
	ui_fault(u, name, name, false);
	html_raw(u->b, ">");
	u->choosing = name;
}

void ui_select_end(struct ui *u)
{
	html_raw(u->b, "</select>");
	ui_fault_text(u, u->choosing, u->choosing);
	html_raw(u->b, "</div>");
	u->choosing = (str){0};
}

void ui_words(struct ui *u, str id, str name, str text, str value, bool required)
{
	str typed = ui_typed(u, name);
	label(u, id, text);
	html_raw(u->b, "<textarea dir=\"auto\"");
	attribute(u, S("id"), id);
	attribute(u, S("name"), name);
	if (required)
		html_raw(u->b, " required");
	ui_fault(u, name, id, false);
	html_raw(u->b, ">");
	html_text(u->b, typed.p ? typed : value);
	html_raw(u->b, "</textarea>");
	ui_fault_text(u, name, id);
	html_raw(u->b, "</div>");
}

void ui_password(struct ui *u, str id, str name, str label, str complete, str hint)
{
	ui_field(u, &(struct ui_field){.id = id,
				       .name = name,
				       .label = label,
				       .type = S("password"),
				       .complete = complete,
				       .hint = hint,
				       .required = true});
}

void ui_button(struct ui *u, str word, bool go)
{
	buf_add(u->b, go ? S("<button class=\"btn go\">") : S("<button class=\"btn\">"));
	html_text(u->b, word);
	html_raw(u->b, "</button>");
}

void ui_act(struct ui *u, str path, str word, struct ui_pair first, struct ui_pair second)
{
	ui_post(u, path, "act");
	if (first.name.n)
		ui_hidden(u, first.name, first.value);
	if (second.name.n)
		ui_hidden(u, second.name, second.value);
	html_raw(u->b, "<button class=\"btn small\">");
	html_text(u->b, word);
	html_raw(u->b, "</button></form>");
}

void ui_roles(struct ui *u, enum access_role chosen)
{
	for (int role = ACCESS_RESPONDENT; role < ACCESS_ROLES; role++) {
		str word = access_role_name((enum access_role)role);
		ui_option(u, word, word, access_role_name(chosen));
	}
}

/* ---- after an act ---- */

void ui_receipt_line(struct ui *u, str sentence)
{
	html_raw(u->b, "<p class=\"receipt after\" role=\"status\">");
	html_text(u->b, sentence);
	html_raw(u->b, "</p>");
}

void ui_once(struct ui *u, str text, str sentence, str value)
{
	struct buf *b = u->b;
	html_raw(b, "<div class=\"once\" role=\"status\"><p class=\"b\">");
	html_text(b, text);
	html_raw(b, "</p><p class=\"sm sub\">");
	html_text(b, sentence);
	html_raw(b, "</p><input type=\"text\" class=\"mono\" readonly");
	attribute(u, S("aria-label"), text);
	attribute(u, S("value"), value);
	html_raw(b, "></div>");
}

/* ---- a QR code ---- */

enum { QUIET = 4 };

static void qr_row(struct buf *b, const struct qr *code, int y)
{
	const uint8_t *row = code->dark + (size_t)y * (size_t)code->side;
	for (int x = 0; x < code->side;) {
		int end = x;
		while (end < code->side && row[end])
			end++;
		if (end > x)
			buf_printf(b, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, end - x, end - x);
		x = end + 1;
	}
}

enum status ui_qr(struct ui *u, str text, str name, struct arena *a, struct err *err)
{
	struct qr code;
	struct buf *b = u->b;
	TRY(qr_make(text, a, &code, err));
	int size = code.side + 2 * QUIET;
	buf_printf(b, "<svg class=\"qr\" viewBox=\"0 0 %d %d\" role=\"img\" shape-rendering=\"crispEdges\"", size,
		   size);
	attribute(u, S("aria-label"), name);
	buf_printf(b, "><rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><path fill=\"#000\" d=\"", size, size);
	for (int y = 0; y < code.side; y++)
		qr_row(b, &code, y);
	html_raw(b, "\"/></svg>");
	return OK;
}

/* ---- the parts of a place ---- */

void ui_side(struct ui *u, str name, const struct ui_side *parts, size_t n, str current)
{
	struct buf *b = u->b;
	html_raw(b, "<div class=\"split\"><nav class=\"spine parts\"");
	attribute(u, S("aria-label"), name);
	html_raw(b, "><ul>");
	for (size_t i = 0; i < n; i++) {
		html_raw(b, "<li><a href=\"");
		(void)ui_address(u, parts[i].path);
		html_raw(b, "\"");
		if (str_eq(parts[i].path, current))
			html_raw(b, " aria-current=\"page\"");
		html_raw(b, "><span class=\"word\">");
		html_text(b, parts[i].word);
		html_raw(b, "</span></a></li>");
	}
	html_raw(b, "</ul></nav><div>");
}

void ui_side_end(struct ui *u)
{
	html_raw(u->b, "</div></div>");
}

void ui_facts(struct ui *u)
{
	html_raw(u->b, "<dl class=\"pairs\">");
}

void ui_fact(struct ui *u, str name)
{
	html_raw(u->b, "<div><dt>");
	html_text(u->b, name);
	html_raw(u->b, "</dt><dd>");
}

void ui_fact_end(struct ui *u)
{
	html_raw(u->b, "</dd></div>");
}

void ui_facts_end(struct ui *u)
{
	html_raw(u->b, "</dl>");
}

/* ---- tables ---- */

void ui_head_acts(struct ui *u)
{
	html_raw(u->b, "<th scope=\"col\"><span class=\"vh\">Acts</span></th>");
}

void ui_head_sort(struct ui *u, const struct ui_sorted *s, str column, str title, bool number)
{
	struct buf *b = u->b;
	bool here = str_eq(s->column, column);
	buf_add(b, number ? S("<th scope=\"col\" class=\"n\"") : S("<th scope=\"col\""));
	if (here)
		attribute(u, S("aria-sort"), s->down ? S("descending") : S("ascending"));
	html_raw(b, "><a class=\"sort\" href=\"");
	struct ui_address a = ui_address(u, s->path);
	for (size_t i = 0; i < s->n_more; i++)
		ui_more(&a, s->more[i].name, s->more[i].value);
	ui_more(&a, S("sort"), column);
	if (here && !s->down)
		ui_more(&a, S("down"), S("1"));
	html_raw(b, "\">");
	html_text(b, title);
	if (here)
		buf_add(b, s->down ? S("<span aria-hidden=\"true\"> ↓</span>")
				   : S("<span aria-hidden=\"true\"> ↑</span>"));
	html_raw(b, "</a></th>");
}

void ui_filter(struct ui *u, str path, str name, str text)
{
	struct buf *b = u->b;
	html_raw(b, "<form class=\"filter\" role=\"search\"");
	attribute(u, S("action"), path);
	attribute(u, S("aria-label"), name);
	html_raw(b, ">");
	ui_lens_fields(u);
	html_raw(b, "<input type=\"text\" class=\"grow\" dir=\"auto\" name=\"text\"");
	attribute(u, S("aria-label"), name);
	attribute(u, S("placeholder"), name);
	attribute(u, S("value"), text);
	html_raw(b, ">");
}

void ui_filter_select(struct ui *u, str name, str text)
{
	html_raw(u->b, "<select class=\"auto\"");
	attribute(u, S("name"), name);
	attribute(u, S("aria-label"), text);
	html_raw(u->b, ">");
}

void ui_filter_select_end(struct ui *u)
{
	html_raw(u->b, "</select>");
}

void ui_filter_end(struct ui *u, str path, bool active)
{
	ui_button(u, S("Filter"), false);
	if (active) {
		html_raw(u->b, "<a class=\"link\" href=\"");
		(void)ui_address(u, path);
		html_raw(u->b, "\">Clear</a>");
	}
	html_raw(u->b, "</form>");
}

/* ---- words ---- */

str ui_upper(str word, char room[32])
{
	size_t n = word.n < 31 ? word.n : 31;
	for (size_t i = 0; i < n; i++)
		room[i] = word.p[i];
	if (n && room[0] >= 'a' && room[0] <= 'z')
		room[0] = (char)(room[0] - 'a' + 'A');
	return (str){room, n};
}

void ui_token_cells(struct ui *u, const struct view_token *t)
{
	struct buf *b = u->b;
	if (t->feed.p) {
		html_raw(b, "writes the feed ");
		ui_user(b, t->feed);
	} else {
		html_text(b, access_role_name(t->role));
		html_raw(b, " at ");
		ui_user(b, t->unit);
	}
	html_raw(b, "</td><td class=\"nw\">");
	ui_day(b, t->expires_ms);
	html_raw(b, "</td><td class=\"nw\">");
	if (t->used_ms < 0)
		html_raw(b, "never");
	else
		ui_time(b, t->used_ms);
}
