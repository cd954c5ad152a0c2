#include "web/ui_unit.h"

#include "web/ui_form.h"

/* ---- a choice of one unit ---- */

static void attributes(struct ui *u, const struct ui_unit_pick *p)
{
	struct buf *b = u->b;
	html_raw(b, " id=\"");
	html_text(b, p->id);
	html_raw(b, "\" name=\"");
	html_text(b, p->name);
	html_raw(b, "\"");
	ui_fault(u, p->name, p->id, false);
}

static void choice(struct ui *u, const struct ui_unit_list *list, const struct ui_unit_pick *p, str value)
{
	struct buf *b = u->b;
	bool found = !value.n;
	html_raw(b, "<select");
	attributes(u, p);
	html_raw(b, ">");
	if (p->none.n)
		ui_option(u, S(""), p->none, value);
	for (size_t i = 0; i < list->n; i++) {
		const struct unit *unit = &list->tree->units[list->units[i]];
		found |= str_eq(unit->id, value);
		html_raw(b, "<option value=\"");
		html_text(b, unit->id);
		buf_add(b, str_eq(unit->id, value) ? S("\" selected>") : S("\">"));
		for (int d = list->tree->units[list->units[0]].depth; d < unit->depth; d++)
			html_raw(b, "&emsp;");
		html_text(b, unit->name);
		html_raw(b, "</option>");
	}
	if (!found)
		ui_option(u, value, value, value);
	html_raw(b, "</select>");
}

void ui_unit_pick(struct ui *u, const struct ui_unit_list *list, const struct ui_unit_pick *p, str offered)
{
	struct buf *b = u->b;
	str typed = ui_typed(u, p->name), value = typed.p ? typed : p->value;
	html_raw(b, "<div class=\"fr\"><label for=\"");
	html_text(b, p->id);
	html_raw(b, "\">");
	html_text(b, p->label);
	html_raw(b, "</label>");
	if (list->n <= UI_UNIT_CHOICE) {
		choice(u, list, p, value);
	} else {
		html_raw(b, "<input type=\"text\" dir=\"auto\" autocomplete=\"off\"");
		attributes(u, p);
		html_raw(b, " list=\"");
		html_text(b, offered);
		html_raw(b, "\" value=\"");
		html_text(b, value);
		html_raw(b, "\" placeholder=\"");
		html_text(b, p->none.n ? p->none : S("id of a unit"));
		html_raw(b, "\">");
	}
	ui_fault_text(u, p->name, p->id);
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

/* What was ticked in the form that comes back. */
static unsigned typed_types(const struct ui_refused *r)
{
	unsigned bits = 0;
	for (size_t i = 0; i < r->n_typed; i++)
		if (str_eq(r->typed[i].name, S("deployments")))
			bits |= model_deployment_read(r->typed[i].value);
	return bits;
}

void ui_unit_types(struct ui *u, unsigned bits, str legend, str hint)
{
	struct buf *b = u->b;
	bits = u->again ? typed_types(u->refused) : bits;
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
