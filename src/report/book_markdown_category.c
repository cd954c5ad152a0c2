/* The page of one category. */
#include "base/markdown.h"
#include "report/book_inside.h"

static void put_owners(struct buf *b, const struct model_category *c)
{
	if (!c->n_owners)
		return;
	markdown_raw(b, "Owned by: ");
	for (size_t i = 0; i < c->n_owners; i++) {
		if (i)
			markdown_raw(b, ", ");
		markdown_text(b, report_book_owner(c->owners[i]));
	}
	markdown_raw(b, "\n\n");
}

static void put_ladder(struct buf *b, const struct model *m, const struct model_category *c)
{
	markdown_raw(b, "## The ladder\n\n| level | what it looks like |\n|---|---|\n");
	for (int l = 0; l < MODEL_LEVELS; l++) {
		buf_printf(b, "| %d ", l + 1);
		markdown_text(b, m->level_names[l]);
		markdown_raw(b, " | ");
		markdown_text(b, c->levels[l]);
		markdown_raw(b, " |\n");
	}
	markdown_raw(b, "\n| objective | | at least | mode |\n|---|---|---|---|\n");
	for (int i = c->first_objective; i < c->first_objective + c->n_objectives; i++) {
		const struct model_objective *o = &m->objectives[i];
		markdown_raw(b, "| [");
		markdown_text(b, o->id);
		markdown_raw(b, "](#");
		report_book_markdown_anchor(b, o);
		markdown_raw(b, ") | ");
		markdown_text(b, o->title);
		markdown_raw(b, " | ");
		report_book_share(b, o->threshold_milli);
		markdown_raw(b, " | ");
		markdown_text(b, report_book_mode(o->mode));
		if (o->overlaid) {
			markdown_raw(b, "; ");
			markdown_text(b, report_book_overlay_word(o->overlaid->act));
		}
		markdown_raw(b, " |\n");
	}
	markdown_raw(b, "\n");
}

/* ---- an objective ---- */

static void put_item(struct buf *b, const char *name, str text)
{
	if (!text.n)
		return;
	buf_printf(b, "- **%s**: ", name);
	markdown_text(b, text);
	markdown_raw(b, "\n");
}

static void put_text(struct buf *b, const char *name, str text)
{
	if (!text.n)
		return;
	buf_printf(b, "\n**%s.** ", name);
	markdown_text(b, text);
	markdown_raw(b, "\n");
}

static void put_facts(struct buf *b, const struct model *m, const struct model_objective *o)
{
	struct buf text = BUF(65536);
	report_book_rule(&text, o);
	put_item(b, "Rule", buf_str(&text));
	buf_clear(&text);
	if (o->overlaid)
		report_book_overlay_sentence(&text, m, o->overlaid);
	put_item(b, "Overlay", buf_str(&text));
	put_item(b, "Population", o->population);
	put_item(b, "Condition", o->condition);
	put_item(b, report_book_overlay_why(o), o->threshold_why);
	buf_clear(&text);
	report_book_deployments(&text, o->deployment);
	put_item(b, "Applies to", buf_str(&text));
	buf_clear(&text);
	buf_add(&text, report_book_mode(o->mode));
	buf_add(&text, S(": "));
	buf_add(&text, report_book_mode_text(o->mode));
	put_item(b, "Mode", buf_str(&text));
	put_item(b, "Owner", report_book_owner(o->owner));
	buf_clear(&text);
	report_book_count(&text, (size_t)o->effort_days, "person-day", "person-days");
	if (o->effort_days)
		put_item(b, "Effort", buf_str(&text));
	if (text.status != OK)
		b->status = text.status;
	buf_release(&text);
}

static void put_evidence(struct buf *b, const struct model_objective *o)
{
	if (!o->n_evidence)
		return;
	markdown_raw(b, "\n**Evidence.** ");
	for (size_t i = 0; i < o->n_evidence; i++) {
		if (i)
			markdown_raw(b, "; ");
		markdown_text(b, o->evidence[i]);
	}
	markdown_raw(b, "\n");
}

static void put_neighbours(struct buf *b, const struct book *book, const char *name, struct book_list list)
{
	if (!list.n)
		return;
	buf_printf(b, "- **%s**: ", name);
	for (size_t i = 0; i < list.n; i++) {
		const struct model_objective *o = &book->m->objectives[list.objectives[i]];
		if (i)
			markdown_raw(b, ", ");
		report_book_markdown_link(b, book, o);
		markdown_raw(b, " ");
		markdown_text(b, o->title);
	}
	markdown_raw(b, "\n");
}

static void put_refs(struct buf *b, const struct model_objective *o)
{
	if (o->n_refs)
		markdown_raw(b, "\n**References.**\n\n");
	for (size_t i = 0; i < o->n_refs; i++) {
		const struct model_ref *ref = &o->refs[i];
		const struct framework *f = framework_find(ref->framework);
		markdown_raw(b, "- ");
		markdown_text(b, f ? f->title : ref->framework);
		markdown_raw(b, " ");
		markdown_text(b, ref->version);
		for (size_t k = 0; k < ref->n_ids; k++) {
			str title = framework_title(ref->framework, ref->version, ref->ids[k]);
			buf_add(b, k ? S("; ") : S(": "));
			markdown_text(b, ref->ids[k]);
			if (title.n && !str_eq(title, ref->ids[k])) {
				markdown_raw(b, " ");
				markdown_text(b, title);
			}
		}
		markdown_raw(b, "\n");
	}
}

static void put_check(struct buf *b, const struct model_objective *o, uint64_t kinds)
{
	if (!o->check.p)
		return;
	markdown_raw(b, "\n<details><summary>The check");
	for (int k = 0, n = 0; k < EVIDENCE_KINDS; k++)
		if (kinds >> k & 1)
			buf_printf(b, "%s<code>%.*s</code>", n++ ? ", " : ", reads ", STR_ARG(evidence_kinds[k].name));
	markdown_raw(b, "</summary>\n\n");
	markdown_code(b, o->check, "sql");
	if (o->population_size.p) {
		markdown_raw(b, "\nHow many there are, of whom the check sees a sample:\n\n");
		markdown_code(b, o->population_size, "sql");
	}
	markdown_raw(b, "\n</details>\n");
}

static void put_objective(struct buf *b, const struct book *book, size_t index)
{
	const struct model_objective *o = &book->m->objectives[index];
	markdown_raw(b, "### <a id=\"");
	report_book_markdown_anchor(b, o);
	markdown_raw(b, "\"></a>");
	markdown_text(b, o->id);
	markdown_raw(b, " ");
	markdown_text(b, o->title);
	markdown_raw(b, "\n\n");
	markdown_text(b, o->kpi);
	markdown_raw(b, "\n\n");
	put_facts(b, book->m, o);
	put_neighbours(b, book, "Comes after", (struct book_list){o->n_requires, o->requires});
	put_neighbours(b, book, "Makes possible", book->enables[index]);
	put_text(b, "Why this shows the level", o->rationale);
	put_text(b, "What to do", o->guidance);
	put_evidence(b, o);
	put_refs(b, o);
	put_check(b, o, book->reads[index]);
	markdown_raw(b, "\n");
}

void report_book_markdown_category(struct buf *b, const struct book *book, const struct model_category *c)
{
	const struct model *m = book->m;
	int level = 0;
	markdown_raw(b, "# ");
	markdown_text(b, c->title);
	markdown_raw(b, " (");
	markdown_text(b, c->id);
	markdown_raw(b, ")\n\n");
	markdown_text(b, c->summary);
	markdown_raw(b, "\n\nDomain: ");
	markdown_text(b, m->domains[c->domain].title);
	markdown_raw(b, ". Back to [the book](README.md).\n\n");
	put_owners(b, c);
	if (c->weight != 1)
		buf_printf(b, "Weight in means: %d\n\n", (int)c->weight);
	put_ladder(b, m, c);
	for (int i = c->first_objective; i < c->first_objective + c->n_objectives; i++) {
		if (m->objectives[i].level != level) {
			level = m->objectives[i].level;
			buf_printf(b, "## Level %d: ", level);
			markdown_text(b, m->level_names[level - 1]);
			markdown_raw(b, "\n\n");
		}
		put_objective(b, book, (size_t)i);
	}
}
