#include "app/search.h"
#include "web/page.h"
#include "web/ui_form.h"
#include "web/ui_table.h"

struct found {
	struct ui *u;
	const struct view_search *v;
	str text;
	int groups; /* that had something */
};

/* A group opens with its heading; nothing when nothing was found. */
static bool group(struct found *f, str id, str title, int64_t n)
{
	struct buf *b = f->u->b;
	if (!n)
		return false;
	f->groups++;
	ui_section(f->u, id, title, S(""));
	html_raw(b, "<ul class=\"hits\">");
	return true;
}

/* `path` leads to all of them where there are more than are shown; empty: no page has them all. */
static void group_end(struct found *f, int64_t n, str path, str name)
{
	struct buf *b = f->u->b;
	html_raw(b, "</ul>");
	if (n > VIEW_SEARCH_SHOWN && path.n) {
		html_raw(b, "<p class=\"gap-t\"><a class=\"link\" href=\"");
		struct ui_address a = ui_address(f->u, path);
		if (name.n)
			ui_more(&a, name, f->text);
		html_raw(b, "\">All ");
		ui_count(b, n);
		html_raw(b, "</a></p>");
	} else if (n > VIEW_SEARCH_SHOWN) {
		html_raw(b, "<p class=\"sm mut gap-t\">and ");
		ui_count(b, n - VIEW_SEARCH_SHOWN);
		html_raw(b, " more</p>");
	}
	ui_section_end(f->u);
}

static int shown(int64_t n)
{
	return n < VIEW_SEARCH_SHOWN ? (int)n : VIEW_SEARCH_SHOWN;
}

/* The rest of a link: </a>, and a quieter text when it says something else. */
static void link_end(struct buf *b, str title, str quiet)
{
	ui_user(b, title);
	html_raw(b, "</a>");
	if (quiet.n && !str_eq(quiet, title)) {
		html_raw(b, " <span class=\"mut\">");
		ui_user(b, quiet);
		html_raw(b, "</span>");
	}
}

static void hit_end(struct buf *b, str title, str quiet)
{
	link_end(b, title, quiet);
	html_raw(b, "</li>");
}

static void units(struct found *f)
{
	const struct view_search *v = f->v;
	if (!group(f, S("s-units"), S("Units"), v->n_units))
		return;
	for (int i = 0; i < shown(v->n_units); i++) {
		const struct unit *unit = &v->tree->units[v->units[i]];
		html_raw(f->u->b, "<li>");
		ui_a_unit(f->u, "", S("/"), (str){0}, unit->id);
		hit_end(f->u->b, unit->name, unit->id);
	}
	group_end(f, v->n_units, S("/units"), S(""));
}

static void model(struct found *f)
{
	const struct view_search *v = f->v;
	if (group(f, S("s-cat"), S("Categories"), v->n_categories)) {
		for (int i = 0; i < shown(v->n_categories); i++) {
			const struct model_category *c = &v->model->categories[v->categories[i]];
			html_raw(f->u->b, "<li>");
			ui_a(f->u, "", S("/category/"), c->id);
			hit_end(f->u->b, c->title, c->id);
		}
		group_end(f, v->n_categories, S(""), S(""));
	}
	if (!group(f, S("s-obj"), S("Objectives"), v->n_objectives))
		return;
	for (int i = 0; i < shown(v->n_objectives); i++) {
		const struct model_objective *o = &v->model->objectives[v->objectives[i]];
		html_raw(f->u->b, "<li>");
		ui_a(f->u, "", S("/objective/"), o->id);
		html_text(f->u->b, o->id);
		html_raw(f->u->b, " ");
		hit_end(f->u->b, o->title, (str){0});
	}
	group_end(f, v->n_objectives, S("/help/book"), S(""));
}

/* The words around the place, below the link. */
static void words(struct found *f, const struct view_search_words *one, str title)
{
	struct buf *b = f->u->b;
	link_end(b, title, f->v->tree->units[one->unit].name);
	html_raw(b, "<br><span class=\"sm\">");
	buf_add(b, one->begins ? S("") : S("… "));
	ui_user(b, one->words);
	buf_add(b, one->ends ? S("") : S(" …"));
	html_raw(b, "</span></li>");
}

static void said(struct found *f, str id, str title, const struct view_search_words *list, int64_t n)
{
	const struct view_search *v = f->v;
	struct buf *b = f->u->b;
	if (!group(f, id, title, n))
		return;
	for (int i = 0; i < shown(n); i++) {
		const struct model_objective *o = &v->model->objectives[list[i].of];
		html_raw(b, "<li>");
		ui_a_unit(f->u, "", S("/objective/"), o->id, v->tree->units[list[i].unit].id);
		html_text(b, o->id);
		html_raw(b, " ");
		words(f, &list[i], o->title);
	}
	group_end(f, n, S(""), S(""));
}

static void targets(struct found *f)
{
	const struct view_search *v = f->v;
	struct buf *b = f->u->b;
	if (!group(f, S("s-targets"), S("Targets"), v->n_targets))
		return;
	for (int i = 0; i < shown(v->n_targets); i++) {
		const struct view_search_words *one = &v->targets[i];
		const struct model_category *c = &v->model->categories[one->of];
		html_raw(b, "<li>");
		ui_a_unit(f->u, "", S("/targets/"), c->id, v->tree->units[one->unit].id);
		html_text(b, c->id);
		html_raw(b, " ");
		words(f, one, c->title);
	}
	group_end(f, v->n_targets, S(""), S(""));
}

/* The document, and the answer that it stands behind. */
static void documents(struct found *f)
{
	const struct view_search *v = f->v;
	struct buf *b = f->u->b;
	if (!group(f, S("s-documents"), S("Documents behind answers"), v->n_documents))
		return;
	for (int i = 0; i < shown(v->n_documents); i++) {
		const struct view_search_document *one = &v->documents[i];
		const struct model_objective *o = &v->model->objectives[one->objective];
		html_raw(b, "<li>");
		ui_a(f->u, "", S("/evidence/file/"), one->sha256);
		link_end(b, one->name.n ? one->name : S("document"), (str){0});
		html_raw(b, " <span class=\"mut\">sha256 ");
		ui_hash(b, one->sha256);
		html_raw(b, "</span> ");
		ui_a_unit(f->u, "", S("/objective/"), o->id, v->tree->units[one->unit].id);
		hit_end(b, o->id, v->tree->units[one->unit].name);
	}
	group_end(f, v->n_documents, S(""), S(""));
}

static void subjects(struct found *f, enum evidence_kind_id kind)
{
	const struct view_register *v = &f->v->subjects[kind];
	const struct evidence_kind *k = &evidence_kinds[kind];
	int name = evidence_column_find(k, S("name"));
	struct buf id = BUF(64), path = BUF(64);
	buf_printf(&id, "s-%.*s", STR_ARG(k->name));
	buf_printf(&path, "/registers/%.*s", STR_ARG(k->name));
	char first[32];
	str title = ui_upper(k->title, first);
	if (group(f, buf_str(&id), title, v->total)) {
		for (size_t i = 0; i < v->n; i++) {
			const struct view_register_row *row = &v->rows[i];
			bool named = name >= 0 && row->values[name].known && row->values[name].text.n;
			html_raw(f->u->b, "<li><a href=\"");
			html_text(f->u->b, buf_str(&path));
			html_raw(f->u->b, "/");
			ui_url(f->u->b, row->id);
			struct ui_address a = ui_address(f->u, S(""));
			ui_more(&a, S("in"), row->unit);
			html_raw(f->u->b, "\">");
			int unit = unit_find(f->v->tree, row->unit);
			hit_end(f->u->b, named ? row->values[name].text : row->id,
				unit == UNIT_NONE ? row->unit : f->v->tree->units[unit].name);
		}
		group_end(f, v->total, buf_str(&path), S("text"));
	}
	buf_release(&id);
	buf_release(&path);
}

static void evidence(struct found *f)
{
	const struct view_search *v = f->v;
	if (group(f, S("s-feeds"), S("Feeds"), v->n_feeds)) {
		for (int i = 0; i < shown(v->n_feeds); i++) {
			html_raw(f->u->b, "<li>");
			ui_a(f->u, "", S("/evidence/feed/"), v->feeds[i]);
			hit_end(f->u->b, v->feeds[i], (str){0});
		}
		group_end(f, v->n_feeds, S("/evidence"), S("text"));
	}
	if (!group(f, S("s-files"), S("Files"), v->n_files))
		return;
	for (int i = 0; i < shown(v->n_files); i++) {
		html_raw(f->u->b, "<li>");
		ui_a(f->u, "", S("/evidence/file/"), v->files[i].sha256);
		hit_end(f->u->b, v->files[i].name, v->files[i].feed);
	}
	group_end(f, v->n_files, S("/evidence/files"), S("text"));
}

static void people(struct found *f)
{
	const struct view_search *v = f->v;
	if (!group(f, S("s-people"), S("People"), v->n_people))
		return;
	for (int i = 0; i < shown(v->n_people); i++) {
		html_raw(f->u->b, "<li>");
		ui_a(f->u, "", S("/admin/person/"), v->people[i]->name);
		hit_end(f->u->b, v->people[i]->shown, v->people[i]->name);
	}
	group_end(f, v->n_people, S("/admin"), S("text"));
}

static void form(struct ui *u, str text)
{
	struct buf *b = u->b;
	html_raw(b, "<form action=\"/search\" role=\"search\" class=\"line gap-t\">");
	ui_lens_fields(u);
	html_raw(b, "<div class=\"fr\"><label for=\"find-text\">Name, id or any words</label><input type=\"text\" "
		    "id=\"find-text\" name=\"q\" dir=\"auto\" autocomplete=\"off\" value=\"");
	html_text(b, text);
	html_raw(b, "\">");
	html_raw(b, "</div>");
	ui_button(u, S("Search"), true);
	html_raw(b, "</form>");
}

static void results(struct found *f, struct arena *a)
{
	struct buf *b = f->u->b;
	units(f);
	model(f);
	said(f, S("s-answers"), S("Answers"), f->v->answers, f->v->n_answers);
	documents(f);
	said(f, S("s-comments"), S("Comments"), f->v->comments, f->v->n_comments);
	targets(f);
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		subjects(f, (enum evidence_kind_id)k);
	evidence(f);
	people(f);
	size_t before = b->n;
	ui_section(f->u, S("s-help"), S("Help"), S(""));
	if (page_help_found(f->u, a, f->text, VIEW_SEARCH_SHOWN)) {
		ui_section_end(f->u);
		f->groups++;
	} else {
		b->n = before; /* an empty group is none */
	}
	if (!f->groups)
		html_raw(b, "<p class=\"sub\">Nothing that you may see has this in its name or text.</p>");
}

enum status page_search(struct request *q, struct reply *r, struct err *err)
{
	struct page p;
	struct view_search v;
	str text = str_trim(request_field(&q->query, S("q")));
	TRY(page_open(q, r, &p, err));
	struct ui_head head = {.title = S("Search")};
	struct found f = {&p.ui, &v, text, 0};
	if (p.frame.tree)
		TRY(app_search(q->app, &p.lens, text, &v, err));
	ui_page(&p.ui, &head);
	html_raw(p.ui.b, "<h1>Search</h1>");
	form(&p.ui, text);
	if (text.n && p.frame.tree) {
		html_raw(p.ui.b, "<div class=\"account gap-s\">");
		results(&f, q->arena);
		html_raw(p.ui.b, "</div>");
	}
	ui_page_end(&p.ui, &head);
	return page_done(r, err);
}
