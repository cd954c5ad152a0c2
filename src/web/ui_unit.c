#include "web/ui_unit.h"

#include "web/ui_table.h"

static bool refused(const struct err *why)
{
	return why && why->message[0];
}

/* What stands beneath a field: why its value was refused, else what it is for. */
static void beneath(struct ui *u, str id, str hint, const struct err *why)
{
	struct buf *b = u->b;
	if (!refused(why) && !hint.n)
		return;
	buf_add(b, refused(why) ? S("<p class=\"err\" id=\"") : S("<p class=\"hint\" id=\""));
	html_text(b, id);
	html_raw(b, "-h\">");
	if (!refused(why)) {
		html_text(b, hint);
		html_raw(b, "</p>");
		return;
	}
	ui_icon(b, UI_WARNING, "");
	html_raw(b, "<span>");
	ui_sentence(b, str_from(why->message));
	ui_hint(b, S(" "), why);
	html_raw(b, "</span></p>");
}

/* The attributes of a field, with the tie to what stands beneath it. */
static void attributes(struct ui *u, str id, str name, str hint, const struct err *why)
{
	struct buf *b = u->b;
	html_raw(b, " id=\"");
	html_text(b, id);
	html_raw(b, "\" name=\"");
	html_text(b, name);
	html_raw(b, "\"");
	if (refused(why))
		html_raw(b, " aria-invalid=\"true\"");
	if (!refused(why) && !hint.n)
		return;
	html_raw(b, " aria-describedby=\"");
	html_text(b, id);
	html_raw(b, "-h\"");
}

static void label(struct ui *u, str id, str text)
{
	html_raw(u->b, "<div class=\"fr\"><label for=\"");
	html_text(u->b, id);
	html_raw(u->b, "\">");
	html_text(u->b, text);
	html_raw(u->b, "</label>");
}

void ui_unit_field(struct ui *u, const struct ui_unit_field *f)
{
	struct buf *b = u->b;
	label(u, f->id, f->label);
	html_raw(b, "<input type=\"");
	html_text(b, f->type);
	buf_add(b, str_eq(f->type, S("text")) ? S("\" dir=\"auto\" autocomplete=\"off\" value=\"") : S("\" value=\""));
	html_text(b, f->value);
	html_raw(b, "\"");
	attributes(u, f->id, f->name, f->hint, f->error);
	if (f->required)
		html_raw(b, " required");
	html_raw(b, ">");
	beneath(u, f->id, f->hint, f->error);
	html_raw(b, "</div>");
}

static void choice(struct ui *u, const struct ui_unit_list *list, const struct ui_unit_pick *p)
{
	struct buf *b = u->b;
	bool found = !p->value.n;
	html_raw(b, "<select");
	attributes(u, p->id, p->name, p->hint, p->error);
	html_raw(b, ">");
	if (p->none.n)
		ui_option(u, S(""), p->none, p->value);
	for (size_t i = 0; i < list->n; i++) {
		const struct unit *unit = &list->tree->units[list->units[i]];
		found |= str_eq(unit->id, p->value);
		html_raw(b, "<option value=\"");
		html_text(b, unit->id);
		buf_add(b, str_eq(unit->id, p->value) ? S("\" selected>") : S("\">"));
		for (int d = list->tree->units[list->units[0]].depth; d < unit->depth; d++)
			html_raw(b, "&emsp;");
		html_text(b, unit->name);
		html_raw(b, "</option>");
	}
	if (!found)
		ui_option(u, p->value, p->value, p->value);
	html_raw(b, "</select>");
}

void ui_unit_pick(struct ui *u, const struct ui_unit_list *list, const struct ui_unit_pick *p, str offered)
{
	struct buf *b = u->b;
	label(u, p->id, p->label);
	if (list->n <= UI_UNIT_CHOICE) {
		choice(u, list, p);
	} else {
		html_raw(b, "<input type=\"text\" dir=\"auto\" autocomplete=\"off\"");
		attributes(u, p->id, p->name, p->hint, p->error);
		html_raw(b, " list=\"");
		html_text(b, offered);
		html_raw(b, "\" value=\"");
		html_text(b, p->value);
		html_raw(b, "\" placeholder=\"");
		html_text(b, p->none.n ? p->none : S("id of a unit"));
		html_raw(b, "\">");
	}
	beneath(u, p->id, p->hint, p->error);
	html_raw(b, "</div>");
}

void ui_unit_offer(struct ui *u, const struct ui_unit_list *list, str id)
{
	struct buf *b = u->b;
	if (list->n <= UI_UNIT_CHOICE)
		return;
	html_raw(b, "<datalist id=\"");
	html_text(b, id);
	html_raw(b, "\">");
	for (size_t i = 0; i < list->n && i < UI_UNIT_OFFERED; i++) {
		const struct unit *unit = &list->tree->units[list->units[i]];
		ui_option(u, unit->id, unit->name, S(""));
	}
	html_raw(b, "</datalist>");
}

/* ---- deployment types ---- */

static const struct {
	unsigned bit;
	str word, title, note;
} types[] = {
    {MODEL_SAAS, S("saas"), S("SaaS"), S("A provider’s API, or AI inside a product")},
    {MODEL_PAAS, S("paas"), S("Managed service"), S("Models run for you in your cloud")},
    {MODEL_SELF_HOSTED, S("self_hosted"), S("Self-hosted"), S("You run the weights yourselves")},
};
enum { TYPES = sizeof types / sizeof types[0] };

void ui_unit_types(struct ui *u, unsigned bits, str legend, str hint)
{
	struct buf *b = u->b;
	html_raw(b, "<fieldset class=\"types\"><legend>");
	html_text(b, legend);
	html_raw(b, "</legend>");
	for (size_t i = 0; i < TYPES; i++) {
		html_raw(b, "<label class=\"check\"><input type=\"checkbox\" name=\"deployments\" value=\"");
		html_text(b, types[i].word);
		buf_add(b, bits & types[i].bit ? S("\" checked><span>") : S("\"><span>"));
		html_text(b, types[i].title);
		html_raw(b, "<small>");
		html_text(b, types[i].note);
		html_raw(b, "</small></span></label>");
	}
	html_raw(b, "</fieldset>");
	if (!hint.n)
		return;
	html_raw(b, "<p class=\"sm sub\">");
	html_text(b, hint);
	html_raw(b, "</p>");
}

void ui_unit_type_words(struct buf *b, unsigned bits)
{
	bool some = false;
	for (size_t i = 0; i < TYPES; i++) {
		if (!(bits & types[i].bit))
			continue;
		if (some)
			html_raw(b, ", ");
		html_text(b, types[i].title);
		some = true;
	}
	if (!some)
		html_raw(b, "<span class=\"mut\">as above</span>");
}
