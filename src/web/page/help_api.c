#include "web/api.h"
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
	static const str types[] = {S("text"), S("time"), S("count"), S("true or false")};
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

static void values(struct buf *b, str title, const struct route_value *list, bool paged)
{
	static const struct route_value pages[] = {
	    {.name = S("limit"), .type = ROUTE_COUNT, .about = S("Rows of a page.")},
	    {.name = S("cursor"), .about = S("Where the list goes on, from the header Link of the page before.")}};
	if (!list[0].name.n && !paged)
		return;
	html_raw(b, "<div class=\"tw\" tabindex=\"0\"><table class=\"tb values\"><caption class=\"vh\">");
	html_text(b, title);
	html_raw(b, "</caption><thead><tr><th scope=\"col\">");
	html_text(b, title);
	html_raw(b, "</th><th scope=\"col\">Type</th><th scope=\"col\">Meaning</th></tr></thead><tbody>");
	for (int i = 0; i < ROUTE_VALUES && list[i].name.n; i++)
		value_row(b, &list[i]);
	for (int i = 0; i < 2 && paged; i++)
		value_row(b, &pages[i]);
	html_raw(b, "</tbody></table></div>");
}

static void operation(struct buf *b, const struct route *route)
{
	const struct route_document *d = route->document;
	html_raw(b, "<section><h3 id=\"");
	html_text(b, d->id);
	html_raw(b, "\"><code>");
	html_text(b, methods[route->method]);
	html_raw(b, " ");
	html_text(b, route->pattern);
	html_raw(b, "</code></h3><p>");
	html_text(b, d->summary);
	if (!str_ends(d->summary, S("?")))
		html_raw(b, ".");
	html_raw(b, " ");
	struct buf about = BUF(2000);
	api_document_about(route, &about);
	html_text(b, buf_str(&about));
	buf_release(&about);
	html_raw(b, "</p>");
	values(b, S("Parameter"), d->query, d->paged);
	values(b, S("Member"), d->body, false);
	if (route->kind & ROUTE_UPLOAD)
		html_raw(b, "<p>What is sent is the file, as it is.</p>");
	html_raw(b, "</section>");
}

static void statuses(struct buf *b)
{
	static const struct {
		const char *status;
		str about;
	} list[] = {
	    {"400", S("A parameter or what was sent cannot be read; line and column say where.")},
	    {"401", S("A token or a session is needed.")},
	    {"403", S("Who asks may not.")},
	    {"404", S("What was named does not exist.")},
	    {"405", S("The address has other methods; the header Allow names them.")},
	    {"406", S("The answer can be had as JSON alone.")},
	    {"409", S("It contradicts what is stored, or a list has changed between two pages.")},
	    {"413", S("It is larger than a limit.")},
	    {"415", S("What was sent has a type that is not read here.")},
	    {"429", S("Too many requests; the header Retry-After says for how many seconds.")},
	    {"500", S("The program made a mistake.")},
	    {"503", S("The store does not answer.")},
	};
	html_raw(b,
		 "<h2 id=\"failures\">Failures</h2><p>A failure is problem details (RFC 9457): what happened in "
		 "<code>detail</code>, the place in <code>where</code>, what to try in <code>hint</code>. Nothing was "
		 "changed.</p><dl>");
	for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
		html_raw(b, "<dt id=\"status-");
		html_text(b, str_from(list[i].status));
		html_raw(b, "\"><code>");
		html_text(b, str_from(list[i].status));
		html_raw(b, "</code></dt><dd>");
		html_text(b, list[i].about);
		html_raw(b, "</dd>");
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
	for (size_t i = 0; i < route_count; i++)
		if (route_table[i].document)
			operation(b, &route_table[i]);
	statuses(b);
}
