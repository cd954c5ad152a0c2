#include <unistd.h>

#include "base/limits.h"
#include "base/time.h"
#include "web/page/unit.h"
#include "web/ui_evidence.h"
#include "web/ui_form.h"
#include "web/upload.h"

/* ---- the form ---- */

static void columns(struct ui *u)
{
	html_raw(
	    u->b,
	    "<details class=\"data gap-s\"><summary>What the file holds</summary><div class=\"gap-t sm stack\"><p>A "
	    "CSV file with the whole tree, a row for each unit, in any order. A unit that is left out keeps its "
	    "history.</p><p><code>unit</code>: the id, kept for good. <code>parent</code>: the id of the unit above; "
	    "empty for the root alone. <code>name</code>, <code>deployments</code> (self_hosted, paas, saas, several "
	    "with ;) and <code>size</code> may be left out.</p><p><a href=\"/units/tree.csv\">The tree as it is "
	    "now</a> is such a file. <a href=\"/help/units\">More in the manual</a></p></div></details>");
}

enum status page_unit_import(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	TRY(page_unit_open(q, r, &p, err));
	struct ui *u = &p.ui;
	page_unit_head(&p, S("Import units"), S("/units/import"));
	html_raw(u->b, "<h1>Import units</h1><p class=\"sub lead\">The whole tree from one file, for instance from a "
		       "spreadsheet. You see first what would change.</p><form method=\"post\" "
		       "enctype=\"multipart/form-data\" class=\"stack narrow gap-s\" action=\"/units/import\">");
	ui_csrf(u);
	html_raw(u->b, "<div class=\"drop\">");
	ui_icon(u->b, UI_CLIP, "");
	html_raw(u->b,
		 "<div class=\"fr\"><label for=\"f-file\">File of units</label><input type=\"file\" id=\"f-file\" "
		 "name=\"file\" accept=\".csv,text/csv\" required><p class=\"hint\">CSV with the columns unit, "
		 "parent and perhaps name, deployments, size.</p></div></div>");
	ui_field(u, &(struct ui_field){.id = S("f-observed"),
				       .name = S("observed"),
				       .label = S("It holds from"),
				       .type = S("date"),
				       .hint = S("Empty: from now on, and the first tree for all time.")});
	html_raw(u->b, "<p><button class=\"btn go\">Look at the file</button></p></form>");
	columns(u);
	return page_unit_end(&p, r, err);
}

/* ---- the work ---- */

static enum status since_of(const struct upload_slot *slot, struct app_time *out, struct err *err)
{
	str text = str_from(slot->options[UPLOAD_OBSERVED]);
	*out = (struct app_time){.given = text.n > 0};
	if (!text.n || time_parse(text, &out->ms))
		return OK;
	err_set(err, E_INVALID, "It holds from: expected a day, found \"%.*s\"", STR_ARG(text));
	err_hint(err, "write a day as 2026-11-01");
	return E_INVALID;
}

static void outcome(struct ui *u, const struct view_unit_import *v, bool stored)
{
	struct buf *b = u->b;
	html_raw(b, "<p>");
	ui_plural(b, v->units, S("unit"), S("units"));
	html_raw(b, ", ");
	ui_plural(b, v->leaves, S("of them with none below"), S("of them with none below"));
	html_raw(b, ", below <b>");
	ui_user(b, v->root_id);
	html_raw(b, "</b>");
	if (stored) {
		html_raw(b, "; the tree holds ");
		page_unit_from(b, v->since_ms);
	}
	html_raw(b, ".</p>");
	if (v->unchanged)
		html_raw(b, "<p class=\"sub\">The same tree is there already; nothing changes.</p>");
}

static enum status open_file(const struct upload_slot *slot, struct source *out, struct err *err)
{
	const struct upload_file *f = &slot->files[0];
	if (lseek(f->fd, 0, SEEK_SET) < 0)
		return err_set(err, E_IO, "what was sent cannot be read again");
	*out = source_text(str_from(f->name), (str){0});
	out->fd = f->fd;
	return OK;
}

static enum status look(struct request *q, const struct upload_slot *slot, struct ui *u, struct err *err)
{
	struct unit_diff diff;
	struct view_unit_import v;
	struct app_time since;
	struct source from;
	TRY(since_of(slot, &since, err));
	TRY(open_file(slot, &from, err));
	TRY(app_unit_look(q->app, &from, since, &diff, &v, err));
	outcome(u, &v, false);
	page_unit_changes(u, &diff);
	return OK;
}

static enum status store(struct request *q, const struct upload_slot *slot, struct ui *u, struct err *err)
{
	struct view_unit_import v;
	struct app_time since;
	struct source from;
	TRY(since_of(slot, &since, err));
	TRY(open_file(slot, &from, err));
	TRY(app_unit_import(q->app, &from, since, &v, err));
	outcome(u, &v, true);
	return OK;
}

/* Does it and keeps what came out, good or bad, for the page that shows it. */
static enum status carry_out(struct request *q, struct reply *r, str id, bool stores, struct err *err)
{
	const struct upload_slot *slot;
	struct err why = {0};
	struct buf text = BUF(LIMIT_PAGE_BYTES), path = BUF(LIMIT_ID_BYTES);
	struct ui u = {.b = &text};
	TRY(upload_find(q->uploads, q, id, &slot, err));
	enum status status = stores ? store(q, slot, &u, &why) : look(q, slot, &u, &why);
	upload_finish(q->uploads, id,
		      status != OK ? UPLOAD_REFUSED
		      : stores     ? UPLOAD_STORED
				   : UPLOAD_SEEN,
		      buf_str(&text), status != OK ? &why : NULL);
	buf_release(&text);
	html_raw(&path, "/units/import/");
	buf_add(&path, id);
	str to = str_copy(q->arena, buf_str(&path));
	buf_release(&path);
	return to.p ? page_go(q, r, to, (str){0}, err) : err_full(err);
}

enum status page_unit_import_look(struct request *q, struct reply *r, struct err *err)
{
	char id[UPLOAD_ID + 1];
	if (q->file.fd < 0) {
		err_set(err, E_INVALID, "no file was sent");
		err_hint(err, "choose a CSV file of units");
		return E_INVALID;
	}
	TRY(upload_begin(q->uploads, q, id, err));
	str kept = str_copy(q->arena, str_from(id));
	return kept.p ? carry_out(q, r, kept, false, err) : err_full(err);
}

enum status page_unit_import_store(struct request *q, struct reply *r, struct err *err)
{
	TRY(upload_again(q->uploads, q, q->part[0], false, err));
	return carry_out(q, r, q->part[0], true, err);
}

/* ---- what came out ---- */

static void store_form(struct ui *u, const struct upload_slot *s)
{
	html_raw(u->b, "<form method=\"post\" class=\"stack gap-s\" action=\"/units/import/");
	html_text(u->b, str_from(s->id));
	html_raw(u->b, "\">");
	ui_csrf(u);
	html_raw(u->b, "<div class=\"row\"><button class=\"btn go\">Import this tree</button><a class=\"btn\" "
		       "href=\"/units/import\">Choose another file</a></div></form>");
}

enum status page_unit_import_one(struct request *q, struct reply *r, struct err *err)
{
	static const str titles[UPLOAD_STATES] = {
	    [UPLOAD_RUNNING] = S("The file is being read"),
	    [UPLOAD_SEEN] = S("What this file would do"),
	    [UPLOAD_STORED] = S("Imported"),
	    [UPLOAD_REFUSED] = S("Not imported"),
	};
	const struct upload_slot *slot;
	struct page p;
	TRY(page_unit_open(q, r, &p, err));
	TRY(upload_find(q->uploads, q, q->part[0], &slot, err));
	struct ui *u = &p.ui;
	page_unit_head(&p, S("Import units"), S("/units/import"));
	html_raw(u->b, "<h1>");
	html_text(u->b, titles[slot->state]);
	html_raw(u->b, "</h1><p class=\"sub lead\">");
	ui_user(u->b, str_from(slot->files[0].name));
	html_raw(u->b, "</p><div class=\"stack gap-s\" role=\"status\">");
	buf_add(u->b, slot->receipt); /* markup that outcome made */
	html_raw(u->b, "</div>");
	if (slot->state == UPLOAD_REFUSED)
		ui_file_refusal(u, &slot->err);
	if (slot->state == UPLOAD_SEEN)
		store_form(u, slot);
	else
		html_raw(u->b,
			 "<p class=\"row gap-s\"><a class=\"btn\" href=\"/units/tree\">To the tree</a><a class=\"btn\" "
			 "href=\"/units/import\">Choose a file</a></p>");
	return page_unit_end(&p, r, err);
}
