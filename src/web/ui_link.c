#include "base/time.h"
#include "web/ui.h"

bool ui_sees_whole(const struct ui *u)
{
	return u->frame && u->frame->tree && u->frame->top == 0;
}

void ui_url(struct buf *b, str text)
{
	static const char digits[] = "0123456789ABCDEF";
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
			     c == '.' || c == '_' || c == '~';
		if (plain) {
			buf_char(b, (char)c);
			continue;
		}
		buf_char(b, '%');
		buf_char(b, digits[c >> 4]);
		buf_char(b, digits[c & 15]);
	}
}

/* The words for deployment types, as in the address and in unit files. */
static const struct {
	unsigned bit;
	str word;
} deployments[] = {{MODEL_SELF_HOSTED, S("self_hosted")}, {MODEL_PAAS, S("paas")}, {MODEL_SAAS, S("saas")}};

static void deployment_text(struct buf *b, unsigned bits)
{
	bool first = true;
	for (size_t i = 0; i < 3; i++) {
		if (!(bits & deployments[i].bit))
			continue;
		if (!first)
			html_raw(b, ",");
		buf_add(b, deployments[i].word);
		first = false;
	}
}

static void mark(struct buf *b, str and, bool *first)
{
	buf_add(b, *first ? S("?") : and);
	*first = false;
}

static void query(struct ui *u, str unit, str and)
{
	struct buf *b = u->b;
	const struct app_lens *l = u->lens;
	char text[TIME_TEXT];
	bool first = true;
	if (unit.n) {
		mark(b, and, &first);
		html_raw(b, "unit=");
		ui_url(b, unit);
	}
	if (l && l->at.given) {
		mark(b, and, &first);
		html_raw(b, "at=");
		ui_url(b, time_format(l->at.ms, text));
	}
	if (l && l->vs.given) {
		mark(b, and, &first);
		html_raw(b, "vs=");
		ui_url(b, time_format(l->vs.ms, text));
	}
	if (l && l->deployment) {
		mark(b, and, &first);
		html_raw(b, "dep=");
		deployment_text(b, l->deployment);
	}
}

void ui_lens_query(struct ui *u)
{
	query(u, u->lens ? u->lens->unit : (str){0}, S("&amp;"));
}

void ui_lens_query_plain(struct ui *u)
{
	query(u, u->lens ? u->lens->unit : (str){0}, S("&"));
}

void ui_a_unit(struct ui *u, const char *class, str base, str id, str unit)
{
	html_raw(u->b, "<a ");
	if (*class) {
		html_raw(u->b, "class=\"");
		buf_add(u->b, str_from(class));
		html_raw(u->b, "\" ");
	}
	html_raw(u->b, "href=\"");
	buf_add(u->b, base);
	ui_url(u->b, id);
	query(u, unit, S("&amp;"));
	html_raw(u->b, "\">");
}

void ui_a(struct ui *u, const char *class, str base, str id)
{
	ui_a_unit(u, class, base, id, u->lens ? u->lens->unit : (str){0});
}

static void hidden(struct buf *b, str name, str value)
{
	html_raw(b, "<input type=\"hidden\" name=\"");
	buf_add(b, name);
	html_raw(b, "\" value=\"");
	html_text(b, value);
	html_raw(b, "\">");
}

void ui_lens_fields(struct ui *u)
{
	const struct app_lens *l = u->lens;
	char text[TIME_TEXT];
	if (!l)
		return;
	if (l->unit.n)
		hidden(u->b, S("unit"), l->unit);
	if (l->at.given)
		hidden(u->b, S("at"), time_format(l->at.ms, text));
	if (l->vs.given)
		hidden(u->b, S("vs"), time_format(l->vs.ms, text));
	if (l->deployment) {
		html_raw(u->b, "<input type=\"hidden\" name=\"dep\" value=\"");
		deployment_text(u->b, l->deployment);
		html_raw(u->b, "\">");
	}
}

void ui_exact(struct ui *u, str name, int64_t ms)
{
	char text[TIME_TEXT];
	html_raw(u->b, "<input type=\"hidden\" name=\"");
	buf_add(u->b, name);
	html_raw(u->b, "_is\" value=\"");
	html_text(u->b, time_format(ms, text));
	html_raw(u->b, "\">");
}

void ui_csrf(struct ui *u)
{
	if (u->csrf.n)
		hidden(u->b, S("csrf"), u->csrf);
}
