#include <unistd.h>

#include "base/limits.h"
#include "base/time.h"
#include "web/page/evidence.h"
#include "web/upload.h"

static const str measures = S("measures"); /* a format that is no evidence: app_measure_import */

/* ---- the form ---- */

static void formats(struct ui *u, str chosen)
{
	html_raw(u->b,
		 "<div class=\"fr\"><label for=\"f-format\">Format</label><select id=\"f-format\" name=\"format\">");
	ui_option(u, S(""), S("by content"), chosen);
	for (size_t i = 0; app_import_format(i).n; i++)
		if (app_import_kinds(i)) /* one that needs a map stays with the command line */
			ui_option(u, app_import_format(i), app_import_format(i), chosen);
	ui_option(u, measures, S("measures: answers and numbers, each row by itself"), chosen);
	html_raw(u->b, "</select></div>");
}

/* What can be said beside the files; what was said before is there again. */
static void options(struct ui *u, const struct upload_slot *said)
{
	static const struct upload_slot nothing = {0};
	const struct upload_slot *s = said ? said : &nothing;
	formats(u, str_from(s->options[UPLOAD_FORMAT]));
	ui_text_field(u, S("feed"), S("Feed"), str_from(s->options[UPLOAD_FEED]),
		      S("Empty: the source that the file names, else its format and unit."));
	ui_text_field(u, S("unit"), S("Unit"), str_from(s->options[UPLOAD_UNIT]),
		      S("Its id. Empty: the feed's, else the root."));
	ui_text_field(u, S("observed"), S("Observed"), str_from(s->options[UPLOAD_OBSERVED]),
		      S("When the source was looked at, as in 2026-11-01. A time inside the file counts first."));
	html_raw(u->b, "<label class=\"check\"><input type=\"checkbox\" name=\"replace\" value=\"yes\"");
	if (s->options[UPLOAD_REPLACE][0])
		html_raw(u->b, " checked");
	html_raw(u->b, "> It may end more than half of its feed</label>");
}

static void form(struct ui *u, const char *id)
{
	struct buf *b = u->b;
	html_raw(b, "<form method=\"post\" enctype=\"multipart/form-data\" class=\"stack narrow gap-s\" "
		    "data-progress=\"/evidence/import/");
	buf_add(b, str_from(id));
	html_raw(b, "/progress\" action=\"/evidence/import");
	ui_lens_query(u);
	html_raw(b, "\">");
	ui_csrf(u);
	ui_hidden(u, S("job"), str_from(id));
	html_raw(b, "<div class=\"drop\">");
	ui_icon(b, UI_CLIP, "");
	html_raw(b, "<div class=\"fr\"><label for=\"f-file\">Evidence files</label><input type=\"file\" id=\"f-file\" "
		    "name=\"file\" "
		    "multiple required><p class=\"hint\">Up to ");
	html_int(b, REQUEST_FILES);
	html_raw(b, " files, together at most ");
	ui_bytes(b, LIMIT_UPLOAD_BYTES);
	html_raw(
	    b, ". Files of one feed and time are one snapshot.</p></div></div><details><summary>What the files do not "
	       "say</summary><div class=\"stack gap-t\">");
	options(u, NULL);
	html_raw(b, "</div></details><button class=\"btn go\">Look at the files</button><p class=\"sm "
		    "sub\">Nothing "
		    "is stored yet: you see first what the files would do.</p><div class=\"progress\" role=\"status\" "
		    "aria-live=\"polite\"></div></form>");
}

enum status page_import(struct request *q, struct reply *r, struct err *err)
{
	char id[UPLOAD_ID + 1];
	struct page p;
	q->today = true;
	TRY(page_evidence_open(q, r, &p, err));
	TRY(upload_id(id, err));
	page_evidence_head(&p, UI_PART_IMPORT, S("Import"));
	html_raw(
	    p.ui.b,
	    "<h1>Import evidence</h1><p class=\"sub lead\">A file of any known format: what a scanner, a directory or "
	    "a register writes. It is kept as it came, under the hash of its bytes. Which columns a table of your "
	    "own needs is in <a href=\"/help/formats\">the manual</a>.</p>");
	form(&p.ui, id);
	return page_evidence_end(&p, r, err);
}

/* ---- the work ---- */

struct work {
	struct request *q;
	const struct upload_slot *slot;
	str id;
};

static void progress(void *ctx, str what, int64_t done, int64_t all)
{
	struct work *w = ctx;
	upload_progress(w->q->uploads, w->id, what, done, all);
}

static enum status read_options(const struct upload_slot *slot, bool dry_run, struct app_import *out, struct err *err)
{
	str observed = str_from(slot->options[UPLOAD_OBSERVED]);
	*out = (struct app_import){
	    .format = str_from(slot->options[UPLOAD_FORMAT]),
	    .feed = str_from(slot->options[UPLOAD_FEED]),
	    .unit = str_from(slot->options[UPLOAD_UNIT]),
	    .replace = slot->options[UPLOAD_REPLACE][0] != 0,
	    .say_time = S("fill in Observed"),
	    .dry_run = dry_run,
	};
	if (!observed.n)
		return OK;
	out->observed.given = true;
	if (time_parse(observed, &out->observed.ms))
		return OK;
	err_set(err, E_INVALID, "Observed: expected a time, found \"%.*s\"", STR_ARG(observed));
	err_hint(err, "write a day as 2026-11-01");
	return E_INVALID;
}

/* What a receipt has for files of evidence, as far as measures have it. */
static enum status run_measures(struct work *w, const struct app_import *o, const struct source *from,
				struct view_receipt *out, struct err *err)
{
	struct view_measures_import views[REQUEST_FILES];
	if (o->feed.n || o->unit.n || o->observed.given) {
		err_set(err, E_INVALID, "each row of a table of measures names its unit and its time");
		err_hint(err, "leave Feed, Unit and Observed empty");
		return E_INVALID;
	}
	TRY(app_measure_import_many(w->q->app, o->dry_run, from, w->slot->n, views, err));
	for (size_t i = 0; i < w->slot->n; i++) {
		const struct view_measures_import *v = &views[i];
		out[i] = (struct view_receipt){.file = v->file,
					       .sha256 = v->sha256,
					       .format = measures,
					       .read = v->read,
					       .added = v->added,
					       .unchanged = v->unchanged,
					       .n_warnings = v->n_warnings,
					       .warnings = v->warnings,
					       .dry_run = v->dry_run,
					       .n_rows = v->n_rows,
					       .rows = v->rows};
	}
	return OK;
}

static enum status run(struct work *w, bool dry_run, struct view_receipt *out, struct err *err)
{
	struct source from[REQUEST_FILES];
	struct app_import options;
	struct app *app = w->q->app;
	TRY(read_options(w->slot, dry_run, &options, err));
	options.warn_age = true;
	for (size_t i = 0; i < w->slot->n; i++) {
		const struct upload_file *f = &w->slot->files[i];
		if (lseek(f->fd, 0, SEEK_SET) < 0)
			return err_set(err, E_IO, "what was sent cannot be read again");
		from[i] = source_text(str_from(f->name), (str){0});
		from[i].fd = f->fd;
	}
	if (str_eq(options.format, measures))
		return run_measures(w, &options, from, out, err);
	app->progress = progress;
	app->progress_ctx = w;
	enum status status = app_import_many(app, &options, from, w->slot->n, out, err);
	app->progress = NULL;
	return status;
}

/* Runs it and keeps what came out, good or bad, for the page that shows it. */
static enum status carry_out(struct request *q, str id, bool dry_run, struct err *err)
{
	struct view_receipt receipts[REQUEST_FILES];
	struct work w = {.q = q, .id = id};
	struct err why = {0};
	struct buf text = BUF(LIMIT_PAGE_BYTES);
	struct ui u = {.b = &text};
	TRY(upload_find(q->uploads, q, id, &w.slot, err));
	enum status status = run(&w, dry_run, receipts, &why);
	for (size_t i = 0; status == OK && i < w.slot->n; i++)
		ui_receipt(&u, &receipts[i]);
	upload_finish(q->uploads, id,
		      status != OK ? UPLOAD_REFUSED
		      : dry_run    ? UPLOAD_SEEN
				   : UPLOAD_STORED,
		      buf_str(&text), status != OK ? &why : NULL);
	buf_release(&text);
	return OK;
}

static enum status show_it(struct request *q, struct reply *r, str id, struct err *err)
{
	struct buf b = BUF(LIMIT_ID_BYTES);
	html_raw(&b, "/evidence/import/");
	buf_add(&b, id);
	str path = str_copy(q->arena, buf_str(&b));
	buf_release(&b);
	return path.p ? page_back(q, r, path, err) : err_full(err);
}

enum status page_import_look(struct request *q, struct reply *r, struct err *err)
{
	char id[UPLOAD_ID + 1];
	if (q->file.fd < 0) {
		err_set(err, E_INVALID, "no file was sent");
		err_hint(err, "choose one or several files");
		return E_INVALID;
	}
	TRY(upload_begin(q->uploads, q, id, err));
	str kept = str_copy(q->arena, str_from(id));
	if (!kept.p)
		return err_full(err);
	TRY(carry_out(q, kept, true, err));
	return show_it(q, r, kept, err);
}

enum status page_import_store(struct request *q, struct reply *r, struct err *err)
{
	bool look = request_field(&q->form, S("look")).n;
	TRY(upload_again(q->uploads, q, q->part[0], look, err));
	TRY(carry_out(q, q->part[0], look, err));
	return show_it(q, r, q->part[0], err);
}

/* ---- what came out ---- */

static void how_far(struct ui *u, const struct upload_slot *s)
{
	struct buf *b = u->b;
	if (s->state != UPLOAD_RUNNING) {
		html_raw(b, "<p class=\"sm sub\">Done. <a href=\"/evidence/import/");
		html_text(b, str_from(s->id));
		html_raw(b, "\">See what came out</a></p>");
		return;
	}
	html_raw(b, "<p class=\"sm sub\">Reading ");
	ui_user(b, str_from(s->what[0] ? s->what : s->files[0].name));
	if (s->all > 0) {
		html_raw(b, " <progress max=\"");
		html_int(b, s->all);
		html_raw(b, "\" value=\"");
		html_int(b, s->done < s->all ? s->done : s->all);
		html_raw(b, "\"></progress> ");
		ui_bytes(b, s->done);
		html_raw(b, " of ");
		ui_bytes(b, s->all);
	}
	html_raw(b, "</p>");
}

enum status page_import_progress(struct request *q, struct reply *r, struct err *err)
{
	const struct upload_slot *slot;
	struct ui u = {.b = &r->body};
	if (upload_find(q->uploads, q, q->part[0], &slot, err) == E_NOT_FOUND) {
		html_raw(u.b, "<p class=\"sm sub\">Sending the files</p>");
		return page_done(r, err);
	}
	how_far(&u, slot);
	return page_done(r, err);
}

static void chosen(struct ui *u, const struct upload_slot *s)
{
	struct buf *b = u->b;
	html_raw(b, "<p class=\"sub lead\">");
	for (size_t i = 0; i < s->n; i++) {
		if (i)
			html_raw(b, ", ");
		ui_user(b, str_from(s->files[i].name));
		html_raw(b, " (");
		ui_bytes(b, s->files[i].bytes);
		html_raw(b, ")");
	}
	html_raw(b, "</p>");
}

static void store_form(struct ui *u, const struct upload_slot *s)
{
	struct buf *b = u->b;
	html_raw(b, "<form method=\"post\" class=\"stack gap-s\" data-progress=\"/evidence/import/");
	html_text(b, str_from(s->id));
	html_raw(b, "/progress\" action=\"/evidence/import/");
	html_text(b, str_from(s->id));
	ui_lens_query(u);
	html_raw(b, "\">");
	ui_csrf(u);
	html_raw(b, "<div class=\"row\"><button class=\"btn go\">Import ");
	buf_add(b, s->n == 1 ? S("this file") : S("these files"));
	html_raw(b, "</button>");
	ui_a(u, "btn", S("/evidence/import"), (str){0});
	html_raw(b,
		 "Choose others</a></div><div class=\"progress\" role=\"status\" aria-live=\"polite\"></div></form>");
}

/* The files are still here: what was missing can be said, and they are looked at again. */
static void again_form(struct ui *u, const struct upload_slot *s)
{
	struct buf *b = u->b;
	html_raw(b, "<h2 class=\"gap-s\">Look at ");
	buf_add(b, s->n == 1 ? S("it") : S("them"));
	html_raw(b, " again</h2><form method=\"post\" class=\"stack narrow gap-t\" action=\"/evidence/import/");
	html_text(b, str_from(s->id));
	ui_lens_query(u);
	html_raw(b, "\">");
	ui_csrf(u);
	ui_hidden(u, S("look"), S("yes"));
	options(u, s);
	html_raw(b, "<div class=\"row\"><button class=\"btn go\">Look again</button>");
	ui_a(u, "btn", S("/evidence/import"), (str){0});
	html_raw(b, "Choose other files</a></div></form>");
}

/* What comes after: the checks, then the numbers. */
static void stored(const struct request *q, struct page *p, const struct upload_slot *s)
{
	struct buf *b = p->ui.b;
	if (str_eq(str_from(s->options[UPLOAD_FORMAT]), measures)) {
		html_raw(b, "<p class=\"gap-s sub\">The numbers have followed.</p><div class=\"row gap-t\">");
		ui_a(&p->ui, "btn go", S("/"), (str){0});
		html_raw(b, "See where the program stands</a>");
		ui_a(&p->ui, "btn", S("/evidence/import"), (str){0});
		html_raw(b, "Import more</a></div>");
		return;
	}
	html_raw(
	    b,
	    "<p class=\"gap-s sub\">The checks have not looked at it yet: evaluate, and the numbers follow, as far as "
	    "the evidence is young enough to count.</p><div "
	    "class=\"row gap-t\">");
	page_evidence_evaluate_form(q, p, true);
	ui_a(&p->ui, "btn", S("/evidence/import"), (str){0});
	html_raw(b, "Import more</a>");
	ui_a(&p->ui, "btn", S("/evidence"), (str){0});
	html_raw(b, "To the feeds</a></div><div id=\"evaluated\" role=\"status\"></div>");
}

static void outcome(struct ui *u, const struct upload_slot *s)
{
	static const str titles[UPLOAD_STATES] = {
	    [UPLOAD_RUNNING] = S("The files are being read"),
	    [UPLOAD_SEEN] = S("What these files would do"),
	    [UPLOAD_STORED] = S("Imported"),
	    [UPLOAD_REFUSED] = S("Not imported"),
	};
	struct buf *b = u->b;
	html_raw(b, "<h1>");
	html_text(b, titles[s->state]);
	html_raw(b, "</h1>");
	chosen(u, s);
	html_raw(b, "<div class=\"stack gap-s\" role=\"status\">");
	buf_add(b, s->receipt); /* markup that ui_receipt made */
	html_raw(b, "</div>");
	if (s->state == UPLOAD_REFUSED)
		ui_file_refusal(u, &s->err);
	if (s->state == UPLOAD_RUNNING) {
		html_raw(b,
			 "<div class=\"progress\" role=\"status\" hx-trigger=\"every 1s\" hx-get=\"/evidence/import/");
		html_text(b, str_from(s->id));
		html_raw(b, "/progress\">");
		how_far(u, s);
		html_raw(b, "</div>");
	}
}

enum status page_import_one(struct request *q, struct reply *r, struct err *err)
{
	const struct upload_slot *slot;
	struct page p;
	q->today = true;
	TRY(page_evidence_open(q, r, &p, err));
	TRY(upload_find(q->uploads, q, q->part[0], &slot, err));
	page_evidence_head(&p, UI_PART_IMPORT, S("Import"));
	outcome(&p.ui, slot);
	if (slot->state == UPLOAD_SEEN)
		store_form(&p.ui, slot);
	if (slot->state == UPLOAD_STORED)
		stored(q, &p, slot);
	if (slot->state == UPLOAD_REFUSED)
		again_form(&p.ui, slot);
	return page_evidence_end(&p, r, err);
}
