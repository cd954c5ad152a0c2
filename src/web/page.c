#include "web/page.h"

#include <stdio.h>

#include "app/frame.h"
#include "app/unit.h"
#include "base/limits.h"
#include "base/time.h"
#include "web/hint.h"
#include "web/route.h"

/* The instant that a form showed as this day, in NAME_is: who changes nothing sees what was seen before. */
static bool exact_of(const struct request *q, str name, int64_t day_ms, int64_t *out)
{
	char field[32];
	int64_t ms;
	int n = snprintf(field, sizeof field, "%.*s_is", STR_ARG(name));
	if (!time_parse(request_field(&q->query, (str){field, (size_t)n}), &ms) || ms < day_ms ||
	    ms >= day_ms + TIME_DAY_MS)
		return false;
	*out = ms;
	return true;
}

/* A day is seen as it ended; while it lasts, as it is now. */
static int64_t day_seen(int64_t day_ms, int64_t now_ms)
{
	bool lasts = day_ms <= now_ms && now_ms < day_ms + TIME_DAY_MS;
	return lasts ? now_ms : day_ms + TIME_DAY_MS - 1;
}

enum status page_time(const struct request *q, str name, struct app_time *out, struct err *err)
{
	enum { DAY_TEXT = 10 }; /* "2026-11-01" */
	str text = str_trim(request_field(&q->query, name));
	int64_t ms;
	if (!text.n)
		return OK;
	if (!time_parse(text, &ms)) {
		err_set(err, E_INVALID, "\"%.*s\" is not a time", STR_ARG(text));
		err_hint(err, "write a day as 2026-11-01");
		return E_INVALID;
	}
	if (text.n == DAY_TEXT && !exact_of(q, name, ms, &ms))
		ms = day_seen(ms, q->app->now_ms);
	*out = (struct app_time){true, ms};
	return OK;
}

static enum status read_lens(struct request *q, struct app_lens *out, struct err *err)
{
	str deployment = request_field(&q->query, S("dep"));
	out->unit = request_field(&q->query, S("unit"));
	if (!q->today)
		TRY(page_time(q, S("at"), &out->at, err));
	TRY(page_time(q, S("vs"), &out->vs, err));
	if (out->at.ms == q->app->now_ms)
		out->at.given = false;
	if (!deployment.n)
		return OK;
	out->deployment = model_deployment_read(deployment);
	if (out->deployment)
		return OK;
	err_set(err, E_INVALID, "\"%.*s\" is no deployment type", STR_ARG(deployment));
	err_hint(err, "the types are self_hosted, paas and saas; several with commas");
	return E_INVALID;
}

void page_bare(struct request *q, struct reply *r, struct page *out)
{
	*out = (struct page){.ui = {.b = &r->body,
				    .path = q->path,
				    .csrf = q->csrf,
				    .ends_ms = q->ends_ms,
				    .who = q->user_shown,
				    .user = q->app->actor,
				    .locked_out = q->locked_out,
				    .owes = q->owes,
				    .demo = q->in_demo,
				    .today = q->today,
				    .theme = q->theme,
				    .keys = q->keys,
				    .refused = q->refused,
				    .names = page_names(q->app)}};
}

/* app_frame, which says of a unit that is not there yet since when it is. */
static enum status open_frame(struct request *q, const struct app_lens *lens, struct view_frame *out, struct err *err)
{
	char text[TIME_TEXT];
	enum status status = app_frame(q->app, lens, out, err);
	if (status != E_NOT_FOUND || !lens->unit.n || !lens->at.given)
		return status;
	TRY(app_unit_begin(q->app, lens->unit, lens->at.ms, &q->begins.given, &q->begins.ms, err));
	if (q->begins.given)
		err_set(err, E_NOT_FOUND, "the unit \"%.*s\" exists only since %.*s", STR_ARG(lens->unit),
			STR_ARG(time_format_day(q->begins.ms, text)));
	return E_NOT_FOUND;
}

enum status page_open(struct request *q, struct reply *r, struct page *out, struct err *err)
{
	page_bare(q, r, out);
	TRY(read_lens(q, &out->lens, err));
	TRY(open_frame(q, &out->lens, &out->frame, err));
	out->ui.lens = &out->lens;
	out->ui.frame = &out->frame;
	return OK;
}

int64_t page_from(const struct request *q)
{
	int64_t from = 0;
	return str_to_i64(request_field(&q->query, S("from")), &from) && from > 0 ? from : 0;
}

str page_number(int64_t n, char out[24])
{
	return (str){out, (size_t)snprintf(out, 24, "%lld", (long long)n)};
}

enum status page_csv(const struct request *q, struct reply *r, str name, struct err *err)
{
	struct buf b = BUF(LIMIT_ID_BYTES);
	buf_printf(&b, "attachment; filename=\"%.*s.csv\"", STR_ARG(name));
	r->disposition = str_copy(q->arena, buf_str(&b));
	r->type = S("text/csv; charset=utf-8");
	buf_release(&b);
	return r->disposition.p ? page_done(r, err) : err_full(err);
}

enum status page_back(struct request *q, struct reply *r, str path, struct err *err)
{
	struct buf b = BUF(LIMIT_HEADER_BYTES * 4);
	buf_add(&b, path);
	if (q->query_text.n)
		buf_char(&b, '?');
	buf_add(&b, q->query_text);
	str location = str_copy(q->arena, buf_str(&b));
	buf_release(&b);
	if (!location.p)
		return err_full(err);
	request_redirect(r, location);
	return OK;
}

enum status page_open_place(struct request *q, struct reply *r, struct page *out, struct err *err)
{
	struct err why = {0};
	page_bare(q, r, out);
	TRY(read_lens(q, &out->lens, err));
	enum status status = open_frame(q, &out->lens, &out->frame, &why);
	if (status == E_DENIED) {
		out->lens.unit = (str){0};
		status = app_frame(q->app, &out->lens, &out->frame, &why);
	}
	if (status != OK) {
		*err = why;
		return status;
	}
	out->ui.lens = &out->lens;
	out->ui.frame = &out->frame;
	return OK;
}

enum status page_go(struct request *q, struct reply *r, str path, str more, struct err *err)
{
	struct buf b = BUF(LIMIT_HEADER_BYTES * 4);
	buf_add(&b, path);
	ui_url(&b, more);
	str location = str_copy(q->arena, buf_str(&b));
	buf_release(&b);
	if (!location.p)
		return err_full(err);
	request_redirect(r, location);
	return OK;
}

enum status page_done(struct reply *r, struct err *err)
{
	if (r->body.status == OK)
		return OK;
	return err_set(err, r->body.status, "the page is larger than %d MB", (int)(LIMIT_PAGE_BYTES >> 20));
}

static void sentence(struct ui *u, const char *class, str text)
{
	if (!text.n)
		return;
	html_raw(u->b, "<p class=\"");
	buf_add(u->b, str_from(class));
	html_raw(u->b, "\">");
	ui_sentence(u->b, text);
	html_raw(u->b, "</p>");
}

/* The same page at another instant. */
static void begin_link(struct request *q, struct ui *u, struct app_time at)
{
	struct app_lens lens = {.unit = request_field(&q->query, S("unit")), .at = at};
	struct ui link = *u;
	link.lens = &lens;
	html_raw(u->b, "<a class=\"btn\" href=\"");
	html_text(u->b, q->path);
	ui_lens_query(&link);
	html_raw(u->b, "\">");
	if (at.given) {
		html_raw(u->b, "As of ");
		ui_day(u->b, at.ms);
	} else {
		html_raw(u->b, "Now");
	}
	html_raw(u->b, "</a>");
}

static void begin_links(struct request *q, struct ui *u)
{
	html_raw(u->b, "<p class=\"row gap-t\">");
	begin_link(q, u, q->begins);
	begin_link(q, u, (struct app_time){0});
	html_raw(u->b, "</p>");
}

void page_failure(struct request *q, struct reply *r, const struct err *err)
{
	static const str titles[STATUS_COUNT] = {[E_NOT_FOUND] = S("Nothing is here"),
						 [E_INVALID] = S("This could not be read"),
						 [E_CONFLICT] = S("This contradicts what is stored"),
						 [E_DENIED] = S("This is not yours to see or change"),
						 [E_TOO_LARGE] = S("This is too large"),
						 [E_IO] = S("The store does not answer"),
						 [E_NO_MEMORY] = S("The server has no more memory"),
						 [E_BUG] = S("The program made a mistake")};
	struct page p;
	page_bare(q, r, &p);
	struct ui *u = &p.ui;
	struct ui_head head = {.title = titles[err->status], .narrow = true};
	char room[HINT_ROOM];
	if (!q->htmx)
		ui_page(u, &head);
	html_raw(u->b, "<div class=\"failure\" role=\"alert\"><h1>");
	html_text(u->b, head.title);
	html_raw(u->b, "</h1>");
	sentence(u, "b", str_from(err->where));
	sentence(u, "sub", str_from(err->message));
	sentence(u, "sub", str_from(err->detail));
	sentence(u, "sub", hint_word(HINT_PAGE, str_from(err->hint), room));
	if (q->begins.given)
		begin_links(q, u);
	html_raw(u->b, "<p class=\"sm mut gap-t\">Nothing was changed.</p>");
	if (!q->htmx)
		html_raw(u->b, "<p class=\"gap-t\"><a class=\"btn\" href=\"/\">To the program</a></p>");
	html_raw(u->b, "</div>");
	if (!q->htmx)
		ui_page_end(u, &head);
}
