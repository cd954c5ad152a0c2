#include "base/limits.h"
#include "app/file.h"
#include "base/time.h"
#include "web/page/evidence.h"
#include "web/ui_form.h"

enum { FILES = 50, UNITS = 40 };

struct feed {
	struct request *q;
	struct page *p;
	struct ui *u;
	struct view_feed v;
	struct view_history history;
	str path; /* of this page */
};

static enum status print_path(struct request *q, str name, str *out, struct err *err)
{
	struct buf b = BUF(LIMIT_ID_BYTES * 4);
	html_raw(&b, "/evidence/feed/");
	ui_url(&b, name);
	*out = str_copy(q->arena, buf_str(&b));
	buf_release(&b);
	return out->p ? OK : err_full(err);
}

/* ---- how it is ---- */

static void fact(struct buf *b, str name)
{
	html_raw(b, "<div><dt>");
	html_text(b, name);
	html_raw(b, "</dt><dd>");
}

static void facts(const struct feed *f)
{
	const struct view_feed *v = &f->v;
	struct buf *b = f->u->b;
	html_raw(b, "<dl class=\"meta gap-t\">");
	fact(b, S("Unit"));
	ui_unit_name(f->u, v->unit);
	html_raw(b, "</dd></div>");
	fact(b, S("Owner"));
	if (v->owner.n)
		page_person(f->u, v->owner);
	else
		html_raw(b, "nobody");
	html_raw(b, "</dd></div>");
	fact(b, S("Promised every"));
	if (v->every_ms > 0)
		ui_span(b, v->every_ms);
	else
		html_raw(b, "not said");
	html_raw(b, "</dd></div>");
	if (v->snapshots) {
		fact(b, S("Newest snapshot"));
		ui_time(b, v->newest_ms);
		html_raw(b, "</dd></div>");
		fact(b, S("Since"));
		ui_day(b, v->first_ms);
		html_raw(b, "</dd></div>");
	}
	fact(b, S("Snapshots"));
	ui_count(b, v->snapshots);
	html_raw(b, "</dd></div>");
	if (v->due_ms != TIME_FOREVER && !v->retired) {
		fact(b, S("Next one"));
		buf_add(b, v->overdue ? S("<span class=\"stale\">overdue since ") : S("<span>by "));
		ui_time(b, v->due_ms);
		html_raw(b, "</span></dd></div>");
	}
	html_raw(b, "</dl>");
}

static void rows(const struct feed *f)
{
	const struct view_feed *v = &f->v;
	struct buf *b = f->u->b;
	if (!v->n_kinds)
		return;
	html_raw(b, "<p class=\"sm sub gap-t\">It shows ");
	for (size_t i = 0; i < v->n_kinds; i++) {
		if (i)
			html_raw(b, ", ");
		html_raw(b, "<b class=\"num\">");
		ui_count(b, v->kinds[i].rows);
		html_raw(b, "</b> ");
		html_text(b, evidence_kinds[v->kinds[i].kind].title);
	}
	html_raw(b, ".</p>");
	if (!v->n_units)
		return;
	html_raw(b, "<p class=\"sm sub\">It names ");
	ui_plural(b, (int64_t)v->n_units, S("unit"), S("units"));
	html_raw(b, ": ");
	for (size_t i = 0; i < v->n_units && i < UNITS; i++) {
		if (i)
			html_raw(b, ", ");
		ui_unit_name(f->u, v->units[i]);
	}
	buf_add(b, v->n_units > UNITS ? S(" and others.</p>") : S(".</p>"));
}

static void failing(const struct feed *f)
{
	const struct view_feed *v = &f->v;
	struct buf *b = f->u->b;
	if (!v->failed_reason.p)
		return;
	ui_note(f->u, true);
	html_raw(b, "<p>The last file, ");
	ui_user(b, v->failed_file);
	html_raw(b, ", was refused ");
	ui_time(b, v->failed_ms);
	html_raw(b, ": ");
	ui_user(b, v->failed_reason);
	html_raw(b, "</p>");
	ui_note_end(f->u);
}

static void readers(const struct feed *f)
{
	const struct view_feed *v = &f->v;
	struct buf *b = f->u->b;
	html_raw(b,
		 "<section class=\"sec\" aria-labelledby=\"f-o\"><header><h2 id=\"f-o\">Objectives that read it</h2>");
	if (v->n_too_old) {
		html_raw(b, "<p class=\"stale\">");
		html_raw(b, "too old for ");
		ui_count(b, (int64_t)v->n_too_old);
		html_raw(b, " of ");
		ui_count(b, (int64_t)v->n_objectives);
		html_raw(b, "</p>");
	}
	html_raw(b, "</header>");
	if (!v->n_readers) {
		html_raw(b, "<p class=\"sub\">None reads it.</p></section>");
		return;
	}
	html_raw(b, "<ul class=\"items readers\">");
	for (size_t i = 0; i < v->n_readers; i++) {
		const struct model_objective *o = v->readers[i].objective;
		html_raw(b, "<li><span class=\"num sm\">");
		ui_a(f->u, "", S("/objective/"), o->id);
		html_text(b, o->id);
		html_raw(b, "</a></span><span class=\"t\">");
		html_text(b, o->title);
		html_raw(b, "</span><span class=\"when\">");
		if (v->readers[i].too_old)
			html_raw(b, "<span class=\"stale\">too old, </span>");
		html_raw(b, "at most ");
		ui_span(b, o->max_age_ms);
		html_raw(b, "</span></li>");
	}
	html_raw(b, "</ul></section>");
}

/* ---- what it went through ---- */

static void file_row(const struct feed *f, const struct view_file *file)
{
	struct buf *b = f->u->b;
	html_raw(b, "<tr><th scope=\"row\">");
	ui_time(b, file->observed_ms);
	html_raw(b, "</th><td>");
	if (file->kept)
		ui_a(f->u, "", S("/evidence/file/"), file->sha256);
	ui_user(b, file->file);
	if (file->kept)
		html_raw(b, "</a>");
	else
		html_raw(b, " <span class=\"xs mut\">only the hash was kept</span>");
	html_raw(b, "</td><td>");
	ui_hash(b, file->sha256);
	html_raw(b, "</td><td class=\"n\">");
	ui_bytes(b, file->bytes);
	html_raw(b, "</td><td>");
	html_text(b, file->format);
	html_raw(b, "</td><td>");
	ui_time(b, file->recorded_ms);
	html_raw(b, "</td><td>");
	page_person(f->u, file->author);
	html_raw(b, "</td></tr>");
}

static void history(const struct feed *f)
{
	static const struct {
		str word;
		bool number;
	} heads[] = {{S("Observed"), false}, {S("File"), false},     {S("SHA-256"), false}, {S("Size"), true},
		     {S("Format"), false},   {S("Imported"), false}, {S("By"), false}};
	const struct view_files *v = &f->history.files;
	struct buf *b = f->u->b;
	html_raw(b, "<section class=\"sec gap-s\" aria-labelledby=\"f-h\"><header><h2 id=\"f-h\">Snapshots and their "
		    "files</h2></header>");
	ui_table(f->u, S("Snapshots and their files"));
	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
		ui_head_cell(f->u, heads[i].word, heads[i].number);
	ui_table_body(f->u);
	for (size_t i = 0; i < v->n; i++)
		file_row(f, &v->list[i]);
	if (!v->n)
		ui_table_none(f->u, 7, S("There is no snapshot up to this instant."));
	ui_table_close(f->u);
	ui_pager(f->u,
		 &(struct ui_pages){
		     .path = f->path, .offset = v->offset, .shown = (int64_t)v->n, .limit = FILES, .total = v->total});
	ui_table_end(f->u);
	html_raw(b, "<p class=\"gap-t\"><a class=\"link\" href=\"");
	html_text(b, f->path);
	html_raw(b, "/files.csv");
	ui_lens_query(f->u);
	html_raw(b, "\">CSV</a></p></section>");
}

static void refusals(const struct feed *f)
{
	struct buf *b = f->u->b;
	if (!f->history.n_refusals)
		return;
	html_raw(b, "<section class=\"sec gap-s\" aria-labelledby=\"f-r\"><header><h2 id=\"f-r\">Refused "
		    "files</h2></header><ul class=\"items\">");
	for (size_t i = 0; i < f->history.n_refusals; i++) {
		const struct view_refusal *v = &f->history.refusals[i];
		html_raw(b, "<li>");
		ui_icon(b, UI_WARNING, "v-not");
		html_raw(b, "<span class=\"t\">");
		ui_user(b, v->file);
		html_raw(b, "</span><span class=\"when\">");
		ui_time(b, v->failed_ms);
		html_raw(b, "</span><span class=\"d\">");
		ui_user(b, v->reason);
		html_raw(b, "</span></li>");
	}
	html_raw(b, "</ul></section>");
}

/* ---- what a lead sets ---- */

static void interval_fields(const struct feed *f)
{
	int64_t every = f->v.every_ms, hour = TIME_DAY_MS / 24;
	bool days = every <= 0 || every % TIME_DAY_MS == 0;
	char text[24];
	struct buf *b = f->u->b;
	html_raw(b, "<div class=\"fr\"><label for=\"f-every\">A snapshot at least every</label><div "
		    "class=\"row\"><input type=\"number\" "
		    "min=\"0\" max=\"3650\" id=\"f-every\" name=\"every\" value=\"");
	str typed = ui_typed(f->u, S("every"));
	if (typed.p)
		html_text(b, typed);
	else if (every > 0)
		html_text(b, page_number(every / (days ? TIME_DAY_MS : hour), text));
	html_raw(b, "\"");
	ui_fault(f->u, S("every"), S("f-every"), true);
	html_raw(b, "><label class=\"vh\" for=\"f-span\">Unit of time</label><select class=\"auto\" id=\"f-span\" "
		    "name=\"span\">");
	f->u->choosing = S("span");
	ui_option(f->u, S("days"), S("days"), days ? S("days") : S("hours"));
	ui_option(f->u, S("hours"), S("hours"), days ? S("days") : S("hours"));
	f->u->choosing = (str){0};
	html_raw(b, "</select></div>");
	ui_fault_text(f->u, S("every"), S("f-every"));
	html_raw(b, "<p class=\"hint\" id=\"f-every-h\">Empty: nothing is promised.</p></div>");
}

/* What the form was made of, so that nobody's change is overwritten unseen. */
static void seen(const struct feed *f)
{
	char text[24];
	ui_hidden(f->u, S("seen_owner"), f->v.owner);
	ui_hidden(f->u, S("seen_every"), page_number(f->v.every_ms > 0 ? f->v.every_ms : 0, text));
}

static void forms(const struct feed *f)
{
	struct buf *b = f->u->b;
	if (f->v.retired || !page_evidence_may(f->q, f->p, ACCESS_LEAD, f->v.unit))
		return;
	html_raw(b, "<section class=\"card tightc\" aria-labelledby=\"f-s\"><h2 id=\"f-s\">What is expected</h2>");
	ui_post(f->u, f->path, "stack");
	seen(f);
	ui_text_field(f->u, S("owner"), S("Owner"), f->v.owner, S("Who answers for it; empty: nobody."));
	interval_fields(f);
	html_raw(b, "<button class=\"btn go\">Save what is expected</button></form><details><summary>Retire this feed"
		    "</summary><p class=\"sm sub gap-t\">From now on its rows are gone and it covers nothing. That "
		    "cannot be taken "
		    "back; a new feed needs another name.</p><form method=\"post\" class=\"stack\" action=\"");
	html_text(b, f->path);
	html_raw(b, "/retire");
	ui_lens_query(f->u);
	html_raw(b, "\">");
	ui_csrf(f->u);
	html_raw(
	    b,
	    "<label class=\"check\"><input type=\"checkbox\" name=\"sure\" value=\"yes\" required> Retire it from now "
	    "on</label><button class=\"btn\">Retire feed</button></form></details></section>");
}

static void title(const struct feed *f)
{
	struct buf *b = f->u->b;
	html_raw(b, "<nav class=\"crumb\" aria-label=\"Position\">");
	ui_a(f->u, "", S("/evidence"), (str){0});
	html_raw(b, "Evidence</a><span aria-hidden=\"true\">/</span><span>Feed</span></nav><h1 class=\"h-ob\">");
	ui_user(b, f->v.name);
	html_raw(b, "</h1><div class=\"row idrow\">");
	ui_feed_state(b, &f->v, f->p->frame.at_ms);
	html_raw(b, "<span class=\"sm sub\">");
	html_text(b, f->v.format);
	html_raw(b, "</span>");
	if (f->v.retired) {
		html_raw(b, "<span class=\"sm sub\">since ");
		ui_time(b, f->v.retired_ms);
		html_raw(b, "</span>");
	}
	html_raw(b, "</div>");
}

enum status page_evidence_feed(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	TRY(page_evidence_open(q, r, &p, err));
	struct feed f = {.q = q, .p = &p, .u = &p.ui};
	TRY(app_feed_show(q->app, q->part[0], p.lens.at, &f.v, err));
	TRY(app_file_history(q->app, q->part[0], p.lens.at, page_from(q), FILES, &f.history, err));
	TRY(print_path(q, f.v.name, &f.path, err));
	page_evidence_head(&p, UI_PART_FEEDS, S("Feed"));
	title(&f);
	ui_refusal(&p.ui);
	failing(&f);
	facts(&f);
	rows(&f);
	html_raw(p.ui.b, "<div class=\"grid g-side gap-s\"><div>");
	readers(&f);
	refusals(&f);
	html_raw(p.ui.b, "</div><div class=\"side\">");
	forms(&f);
	html_raw(p.ui.b, "</div></div>");
	history(&f);
	return page_evidence_end(&p, r, err);
}

/* ---- saving ---- */

static enum status read_interval(const struct request *q, int64_t *out, struct err *err)
{
	str text = str_trim(request_field(&q->form, S("every")));
	bool hours = str_eq(request_field(&q->form, S("span")), S("hours"));
	int64_t n = 0;
	if (text.n && (!str_to_i64(text, &n) || n < 0 || n > 3650)) {
		err_set(err, E_INVALID, "\"%.*s\" is no interval", STR_ARG(text));
		err_hint(err, "a whole number from 1 to 3650, or nothing");
		return E_INVALID;
	}
	*out = n * (hours ? TIME_DAY_MS / 24 : TIME_DAY_MS);
	return OK;
}

static enum status back(struct request *q, struct reply *r, struct err *err)
{
	str path;
	TRY(print_path(q, q->part[0], &path, err));
	return page_back(q, r, path, err);
}

enum status page_evidence_feed_set(struct request *q, struct reply *r, struct err *err)
{
	struct app_feed_setting setting = {.owner_given = true, .every_given = true};
	struct page_again again = {.serve = page_evidence_feed,
				   .words = {{S("no interval"), S("every")}, {S("the owner"), S("owner")}}};
	struct view_feed v;
	struct err why = {0};
	setting.owner = str_trim(request_field(&q->form, S("owner")));
	setting.has_seen = str_to_i64(request_field(&q->form, S("seen_every")), &setting.seen_every_ms);
	setting.seen_owner = request_field(&q->form, S("seen_owner"));
	enum status status = read_interval(q, &setting.every_ms, &why);
	if (status == OK)
		status = app_feed_set(q->app, q->part[0], &setting, &v, &why);
	if (status == OK)
		return back(q, r, err);
	TRY(print_path(q, q->part[0], &again.path, err));
	return page_refuse(q, r, status, &why, &again, err);
}

enum status page_evidence_feed_retire(struct request *q, struct reply *r, struct err *err)
{
	struct view_feed v;
	if (!str_eq(request_field(&q->form, S("sure")), S("yes")))
		return err_set(err, E_INVALID, "the feed was not retired: the box was not checked");
	TRY(app_feed_retire(q->app, q->part[0], (struct app_time){0}, &v, err));
	return back(q, r, err);
}
