#include "web/api/document.h"
#include "web/page.h"

/* The reference of the API, from the table of routes: the end of the manual's page about it. */

static const str methods[REQUEST_METHODS] = {S("GET"), S("POST"), S("PUT"), S("DELETE")};

static void code(struct buf *b, str text)
{
	html_raw(b, "<code>");
	html_text(b, text);
	html_raw(b, "</code>");
}

static void value_row(struct buf *b, const struct route_value *v)
{
	static const str types[] = {S("text"), S("time"), S("count"), S("true or false"), S("documents")};
	str one, rest = v->choices;
	html_raw(b, "<tr><th scope=\"row\">");
	code(b, v->name);
	html_raw(b, "</th><td>");
	if (!rest.n)
		html_text(b, types[v->type]);
	for (bool first = true; rest.n; first = false) {
		if (!first)
			html_raw(b, ", ");
		(void)str_cut(rest, ' ', &one, &rest);
		code(b, one);
	}
	html_raw(b, "</td><td>");
	if (v->required)
		html_raw(b, "<strong>Required.</strong> ");
	html_text(b, v->about);
	html_raw(b, "</td></tr>");
}

static void table(struct buf *b, str title)
{
	html_raw(b, "<div class=\"tw\" tabindex=\"0\"><table class=\"tb values\"><caption class=\"vh\">");
	html_text(b, title);
	html_raw(b, "</caption><thead><tr><th scope=\"col\">");
	html_text(b, title);
	html_raw(b, "</th><th scope=\"col\">Type</th><th scope=\"col\">Meaning</th></tr></thead><tbody>");
}

static void table_end(struct buf *b)
{
	html_raw(b, "</tbody></table></div>");
}

/* What stands in the address, then what stands behind it, then headers. */
static void parameters(struct buf *b, const struct route *route)
{
	static const struct route_value pages[] = {
	    {.name = S("limit"), .type = ROUTE_COUNT, .about = S("Rows of a page: 100, and up to 1000.")},
	    {.name = S("cursor"), .about = S("Where the list goes on, from the header Link of the page before.")}};
	static const struct route_value match = {.name = S("If-Match"),
						 .about = S("A header: the ETag of what was read here.")};
	const struct route_document *d = route->document;
	const struct route_value *inside = NULL;
	str segment, rest = route->pattern;
	bool any = d->query[0].name.n || d->paged || api_match_can(route) || str_find(route->pattern, S("{")) >= 0;
	if (!any)
		return;
	table(b, S("Parameter"));
	while (rest.n) {
		(void)str_cut(rest, '/', &segment, &rest);
		if ((inside = api_document_segment(segment)))
			value_row(b, inside);
	}
	for (int i = 0; i < ROUTE_VALUES && d->query[i].name.n; i++)
		value_row(b, &d->query[i]);
	for (int i = 0; i < 2 && d->paged; i++)
		value_row(b, &pages[i]);
	if (api_match_can(route))
		value_row(b, &match);
	table_end(b);
}

static void members(struct buf *b, const struct route *route)
{
	const struct route_value *list = route->document->body;
	if (route->kind & ROUTE_UPLOAD)
		html_raw(b, "<p>What is sent is the file, as it is.</p>");
	if (!list[0].name.n)
		return;
	table(b, S("Member"));
	for (int i = 0; i < ROUTE_VALUES && list[i].name.n; i++)
		value_row(b, &list[i]);
	table_end(b);
}

static void block(struct buf *b, str label, str text)
{
	html_raw(b, "<pre tabindex=\"0\" role=\"group\" aria-label=\"");
	html_text(b, label);
	html_raw(b, "\"><code>");
	html_text(b, str_trim(text));
	html_raw(b, "</code></pre>");
}

static void examples(struct buf *b, const struct route *route)
{
	str sent = api_document_example(route, API_DOCUMENT_SENT);
	str answer = api_document_example(route, API_DOCUMENT_ANSWER);
	if (sent.n) {
		html_raw(b, "<p class=\"sm mut\">Sent, for example</p>");
		block(b, S("What is sent"), sent);
	}
	if (route->kind & ROUTE_RAW)
		html_raw(b, "<p>What is answered is the file, as it is.</p>");
	if (!answer.n)
		return;
	html_raw(b, "<p class=\"sm mut\">Answered, with lists cut short</p>");
	block(b, S("What is answered"), answer);
}

static void failures(struct buf *b, const struct route *route)
{
	html_raw(b, "<p class=\"sm\">May also answer ");
	for (size_t i = 0; i < api_document_answer_count; i++) {
		char status[API_DOCUMENT_STATUS];
		if (!api_document_can(route, api_document_answers[i].status))
			continue;
		html_raw(b, "<a href=\"#status-");
		html_text(b, api_document_status(api_document_answers[i].status, status));
		html_raw(b, "\">");
		html_text(b, api_document_status(api_document_answers[i].status, status));
		html_raw(b, "</a> ");
	}
	html_raw(b, "</p>");
}

/* The id stands inside, so that a link to it opens it. */
static void operation(struct buf *b, const struct route *route)
{
	const struct route_document *d = route->document;
	struct buf about = BUF(2000);
	html_raw(b, "<details class=\"op\"><summary><span class=\"verb\">");
	html_text(b, methods[route->method]);
	html_raw(b, "</span> ");
	code(b, route->pattern);
	html_raw(b, " <span class=\"what\">");
	html_text(b, d->summary);
	html_raw(b, "</span></summary><div id=\"");
	html_text(b, d->id);
	html_raw(b, "\"><p>");
	api_document_about(route, &about);
	html_text(b, buf_str(&about));
	buf_release(&about);
	html_raw(b, "</p>");
	parameters(b, route);
	members(b, route);
	examples(b, route);
	failures(b, route);
	html_raw(b, "</div></details>");
}

static void topic(struct buf *b, const struct api_document_topic *t)
{
	html_raw(b, "<h3>");
	html_text(b, t->title);
	html_raw(b, "</h3><p>");
	html_text(b, t->about);
	html_raw(b, "</p><div class=\"ops\">");
	for (size_t i = 0; i < route_count; i++)
		if (route_table[i].document && str_eq(api_document_topic(&route_table[i]), t->title))
			operation(b, &route_table[i]);
	html_raw(b, "</div>");
}

static void status_row(struct buf *b, int status, str about)
{
	char text[API_DOCUMENT_STATUS];
	html_raw(b, "<dt id=\"status-");
	html_text(b, api_document_status(status, text));
	html_raw(b, "\"><code>");
	html_text(b, api_document_status(status, text));
	html_raw(b, "</code></dt><dd>");
	html_text(b, about);
	html_raw(b, ".</dd>");
}

static void statuses(struct buf *b)
{
	html_raw(b,
		 "<h2 id=\"failures\">Failures</h2><p>A failure is problem details (RFC 9457): what happened in "
		 "<code>detail</code>, the place in <code>where</code>, what to try in <code>hint</code>. Nothing was "
		 "changed.</p><dl class=\"failures\">");
	for (size_t i = 0; i < api_document_answer_count; i++) {
		if (api_document_answers[i].status == 406)
			status_row(b, 405, S("The address has other methods; the header Allow names them"));
		status_row(b, api_document_answers[i].status, api_document_answers[i].about);
	}
	html_raw(b, "</dl>");
}

void page_help_api(struct ui *u)
{
	struct buf *b = u->b;
	html_raw(
	    b,
	    "<h2 id=\"reference\">Reference</h2><p>Every address, from the server that answers. The same for programs: "
	    "<a href=\"/api/v1/openapi.json\">openapi.json</a>.</p>");
	for (size_t i = 0; i < api_document_topic_count; i++)
		topic(b, &api_document_topics[i]);
	statuses(b);
}
