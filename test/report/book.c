/* The book, from models in memory: what it says, that its links lead somewhere, and that no text of a model acts. */
#include "report/book_inside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/embed.h"
#include "base/hash.h"

#ifndef TEST_TOP
#define TEST_TOP "."
#endif

enum { FILE_BYTES = 1 << 17, OBJECTIVES = 8 };

struct fixture {
	struct arena a;
	struct view_book view;
	uint64_t reads[OBJECTIVES];
};

static int fixture_new(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	assert_non_null(f);
	f->a = ARENA((size_t)256 << 20);
	*state = f;
	return 0;
}

static int fixture_end(void **state)
{
	struct fixture *f = *state;
	arena_release(&f->a);
	free(f);
	return 0;
}

static str example(struct fixture *f)
{
	char *p = arena_new(&f->a, char, FILE_BYTES);
	FILE *file = fopen(TEST_TOP "/test/story/data/book.yaml", "rb");
	assert_true(p && file);
	size_t n = fread(p, 1, FILE_BYTES, file);
	(void)fclose(file);
	return (str){p, n};
}

static void use(struct fixture *f, str yaml)
{
	struct model_file file = {S("m.yaml"), yaml};
	struct model_problems problems = {0};
	struct err err = {0};
	enum status status = model_read(&file, 1, &f->a, &problems, &f->view.model, &err);
	for (size_t i = 0; i < problems.n; i++)
		if (!problems.list[i].warning)
			print_error("%d: %.*s\n", (int)problems.list[i].place.line, STR_ARG(problems.list[i].message));
	assert_int_equal(status, OK);
	assert_non_null(f->view.model);
	assert_int_equal(f->view.model->n_objectives, OBJECTIVES);
	f->view.reads = f->reads;
}

static str replaced(struct fixture *f, str text, const char *from, const char *to)
{
	struct buf b = BUF(1 << 22);
	str wanted = str_from(from);
	ptrdiff_t at;
	assert_true(str_find(text, wanted) >= 0);
	while ((at = str_find(text, wanted)) >= 0) {
		buf_add(&b, str_slice(text, 0, (size_t)at));
		buf_add(&b, str_from(to));
		text = str_slice(text, (size_t)at + wanted.n, text.n);
	}
	buf_add(&b, text);
	str out = str_copy(&f->a, buf_str(&b));
	buf_release(&b);
	return out;
}

static struct view_documents book(struct fixture *f, enum report_book_format format)
{
	struct view_documents out = {0};
	struct err err = {0};
	if (report_book(&f->view, format, &f->a, &out, &err) != OK)
		fail_msg("%s", err.message);
	return out;
}

static str html(struct fixture *f)
{
	struct view_documents d = book(f, REPORT_BOOK_HTML);
	assert_int_equal(d.n, 1);
	assert_int_equal(d.list[0].name.n, 0);
	return d.list[0].text;
}

static str page(const struct view_documents *d, const char *name)
{
	for (size_t i = 0; i < d->n; i++)
		if (str_eq(d->list[i].name, str_from(name)))
			return d->list[i].text;
	fail_msg("there is no page %s", name);
	return (str){0};
}

static bool has(str text, const char *part)
{
	return str_find(text, str_from(part)) >= 0;
}

static int count(str text, const char *part)
{
	int n = 0;
	ptrdiff_t at;
	while ((at = str_find(text, str_from(part))) >= 0) {
		text = str_slice(text, (size_t)at + strlen(part), text.n);
		n++;
	}
	return n;
}

/* The next value between `before` and `after`; empty when there is none. */
static str between(str *rest, const char *before, const char *after)
{
	ptrdiff_t at = str_find(*rest, str_from(before));
	if (at < 0)
		return (str){0};
	*rest = str_slice(*rest, (size_t)at + strlen(before), rest->n);
	ptrdiff_t end = str_find(*rest, str_from(after));
	assert_true(end >= 0);
	return str_slice(*rest, 0, (size_t)end);
}

/* ---- the index ---- */

static void the_model_is_turned_round(void **state)
{
	struct fixture *f = *state;
	struct book b;
	struct err err = {0};
	use(f, example(f));
	f->reads[1] = EVIDENCE_BIT(EVIDENCE_PERSON) | EVIDENCE_BIT(EVIDENCE_AGENT);
	assert_int_equal(report_book_index(&f->view, &f->a, &b, &err), OK);
	/* ACC-02.1 is required by ACC-03.1, ACC-04.1 and README-02.1. */
	assert_int_equal(b.enables[0].n, 3);
	assert_int_equal(b.enables[0].objectives[2], 4);
	assert_int_equal(b.enables[1].n, 1);
	assert_int_equal(b.enables[2].n, 0);
	assert_int_equal(b.n_checks, 2);
	assert_int_equal(b.modes[MODEL_MANUAL], 6);
	assert_int_equal(b.modes[MODEL_AUTOMATED], 1);
	assert_int_equal(b.modes[MODEL_EITHER], 1);
	assert_int_equal(b.n_kinds, 2);
	assert_int_equal(b.kinds[EVIDENCE_PERSON].n, 2);
	assert_int_equal(b.kinds[EVIDENCE_AGENT].objectives[0], 1);
	assert_int_equal(b.n_owners, 3);
	assert_true(str_eq(b.owners[1].name, S("iam")) && b.owners[1].objectives.n == 2);
	assert_true(b.owners[2].name.n == 0 && b.owners[2].objectives.n == 5);
}

static void frameworks_know_who_reaches_them(void **state)
{
	struct fixture *f = *state;
	struct book b;
	struct err err = {0};
	use(f, example(f));
	assert_int_equal(report_book_index(&f->view, &f->a, &b, &err), OK);
	assert_int_equal(b.n_frameworks, 3);
	assert_true(str_eq(b.frameworks[0].framework->id, S("csa-aicm")));
	assert_int_equal(b.frameworks[0].n_all, 247);
	assert_int_equal(b.frameworks[0].n_reached, 2);
	assert_true(str_eq(b.frameworks[0].ids[0].heading_id, S("GRC")));
	const struct book_framework *agentic = &b.frameworks[1];
	assert_true(str_eq(agentic->framework->id, S("owasp-agentic")));
	assert_int_equal(agentic->n_all, 10);
	assert_int_equal(agentic->n_reached, 2);
	assert_int_equal(agentic->n_untouched, 8);
	assert_int_equal(agentic->n, 10);
	assert_true(agentic->ids[1].untouched && agentic->ids[1].reached.n == 0);
	assert_true(!agentic->ids[2].untouched && agentic->ids[2].reached.objectives[0] == 1);
}

static void the_rule_is_said_in_words(void **state)
{
	struct fixture *f = *state;
	struct buf b = BUF(4096);
	use(f, example(f));
	report_book_rule(&b, &f->view.model->objectives[0]);
	assert_true(
	    str_eq(buf_str(&b),
		   S("At least 87.5\u00a0% of the population must meet the condition, looking back 365\u00a0days. A "
		     "measure counts for 90\u00a0days; each unit is counted, and the counts add up.")));
	buf_clear(&b);
	report_book_rule(&b, &f->view.model->objectives[1]);
	assert_true(has(buf_str(&b), "answered once, for the whole organisation."));
	assert_true(has(buf_str(&b), " A sample is enough: what it leaves open counts as unknown."));
	assert_true(has(buf_str(&b), " Where the population is empty, it is not met."));
	assert_true(has(buf_str(&b), " The check does not need to see documents."));
	buf_clear(&b);
	report_book_rule(&b, &f->view.model->objectives[2]);
	assert_true(has(buf_str(&b), "All of the population must meet the condition, looking back 1\u00a0day. "));
	buf_clear(&b);
	report_book_rule(&b, &f->view.model->objectives[3]);
	assert_true(str_ends(buf_str(&b), S(" Where the population is empty, the answer is unknown.")));
	buf_release(&b);
}

/* ---- HTML ---- */

static void every_link_of_the_page_leads_somewhere(void **state)
{
	struct fixture *f = *state;
	use(f, example(f));
	str text = html(f), rest = text, target;
	int n = 0;
	while ((target = between(&rest, "href=\"#", "\"")).n) {
		char id[128];
		(void)snprintf(id, sizeof id, " id=\"%.*s\"", STR_ARG(target));
		if (count(text, id) != 1)
			fail_msg("%d elements have the id %.*s", count(text, id), STR_ARG(target));
		n++;
	}
	assert_true(n > 60);
	/* Nothing is fetched. */
	assert_int_equal(count(text, "src="), 0);
	assert_int_equal(count(text, "href=\""), n);
	assert_int_equal(count(text, "http:"), 0);
	assert_int_equal(count(text, "https:"), 0);
	assert_int_equal(count(text, "url("), 0);
	assert_int_equal(count(text, "@import"), 0);
	assert_int_equal(count(text, " style="), 0);
}

static void the_policy_allows_only_what_the_page_brings(void **state)
{
	struct fixture *f = *state;
	char expected[256], style[HASH_BASE64], script[HASH_BASE64];
	use(f, example(f));
	str text = html(f), rest = text;
	str found = between(&rest, "<style>", "</style>");
	assert_true(str_eq(found, embed_find(S("book/book.css"))));
	(void)hash_base64(found, style);
	found = between(&rest, "<script>", "</script>");
	assert_true(str_eq(found, embed_find(S("book/book.js"))));
	(void)hash_base64(found, script);
	assert_int_equal(count(text, "<script"), 1);
	(void)snprintf(expected, sizeof expected,
		       "content=\"default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none'",
		       style, script);
	assert_true(has(text, expected));
	/* Before anything that it is about. */
	assert_true(str_find(text, S("Content-Security-Policy")) < str_find(text, S("<style>")));
}

static void what_stands_beside_an_objective_is_there(void **state)
{
	struct fixture *f = *state;
	use(f, example(f));
	str text = html(f);
	ptrdiff_t from = str_find(text, S("<article class=\"ob\" id=\"ACC-03.1\"")),
		  to = str_find(text, S("<article class=\"ob\" id=\"ACC-04.1\""));
	assert_true(from > 0 && to > from);
	str one = str_slice(text, (size_t)from, (size_t)to);
	assert_true(has(one, "data-category=\"ACC\" data-level=\"3\" data-mode=\"automated\" data-owner=\"iam\" "
			     "data-deployment=\"self_hosted paas \""));
	assert_true(has(
	    one, "Comes after</h5>\n<ul class=\"near\">\n<li><a class=\"id\" href=\"#ACC-02.1\">ACC-02.1</a> People"));
	assert_true(has(one, "Makes possible</h5>\n<ul class=\"near\">\n<li><a class=\"id\" href=\"#ACC-04.1\">"));
	assert_true(has(one, "Self-hosted and PaaS") && has(one, "1 person-day<") && has(one, "Identity and access"));
	assert_true(has(one, "<span class=\"rid\">PR.AA-01</span> Identities and credentials"));
	assert_true(has(one, "SELECT a.unit_id") && has(one, "count(*) AS n FROM agent"));
}

static void a_model_that_says_nothing_about_itself_has_no_such_chapter(void **state)
{
	struct fixture *f = *state;
	str text = replaced(f, example(f), "notice: Made for the tests of the book.\n", "");
	text =
	    replaced(f, text, "about:\n  - This model exists so that its book can be compared, byte for byte.\n", "");
	text = replaced(f, text, "  - It has a part of everything a model may have.\n", "");
	use(f, text);
	text = html(f);
	assert_false(has(text, "id=\"about\"") || has(text, "href=\"#about\"") || has(text, "class=\"notice\""));
	assert_false(has(text, "Cloud Security Alliance"));
}

/* ---- Markdown ---- */

static void every_link_of_the_pages_leads_somewhere(void **state)
{
	struct fixture *f = *state;
	use(f, example(f));
	struct view_documents d = book(f, REPORT_BOOK_MARKDOWN);
	int n = 0;
	assert_int_equal(d.n, 5);
	assert_true(str_eq(d.list[0].name, S("README.md")) && str_eq(d.list[4].name, S("readme-category.md")));
	for (size_t i = 0; i < d.n; i++) {
		str rest = d.list[i].text, target, file, anchor;
		while ((target = between(&rest, "](", ")")).n) {
			char name[128], id[128];
			(void)str_cut(target, '#', &file, &anchor);
			(void)snprintf(name, sizeof name, "%.*s", STR_ARG(file));
			str on = file.n ? page(&d, name) : d.list[i].text;
			(void)snprintf(id, sizeof id, "<a id=\"%.*s\"></a>", STR_ARG(anchor));
			if (anchor.n && count(on, id) != 1)
				fail_msg("%.*s: no place %.*s", STR_ARG(d.list[i].name), STR_ARG(target));
			n++;
		}
	}
	assert_true(n > 40);
	assert_true(has(page(&d, "readme-category.md"), "# A category with the name of a page (README)"));
}

static void no_page_has_the_name_of_a_device(void **state)
{
	struct fixture *f = *state;
	static const char *const ids[] = {"CON", "AUX", "NUL", "PRN", "COM0", "LPT9"};
	for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
		char name[32];
		use(f, replaced(f, example(f), "README", ids[i]));
		struct view_documents d = book(f, REPORT_BOOK_MARKDOWN);
		(void)snprintf(name, sizeof name, "%s-category.md", ids[i]);
		assert_true(str_eq_fold(d.list[4].name, str_from(name)));
	}
	use(f, replaced(f, example(f), "README", "COMA"));
	assert_true(str_eq(book(f, REPORT_BOOK_MARKDOWN).list[4].name, S("coma.md")));
}

/* ---- overlays ---- */

static void use_overlay(struct fixture *f)
{
	struct model_file files[] = {
	    {S("m.yaml"), example(f)},
	    {S("o.yaml"),
	     S("schema: aismm.overlay/1\nid: own\nversion: 1\ntitle: Own\nbase: example@1\nadd:\n"
	       "  - {id: ACC-05.101, title: T, kpi: K, threshold: 1, window: P1D}\nchange:\n"
	       "  - {id: ACC-02.1, threshold: 0.1, max_age: P99D, deployment: [saas], approver: A<b>nn, because: "
	       "no *time*}\n"
	       "retire:\n  - {id: ACC-05.1, approver: Bob, because: not here}\n")}};
	struct model_problems problems = {0};
	struct err err = {0};
	assert_int_equal(model_read(files, 2, &f->a, &problems, &f->view.model, &err), OK);
	assert_non_null(f->view.model);
	f->view.reads = f->reads;
}

static const char counts[] = "1 added, 1 loosened, 1 retired.";
static const char loosened[] =
    "Loosened by own: the base asks 87.5\u00a0%, this overlay 10\u00a0%; in the base a measure counts for "
    "90\u00a0days, "
    "here for 99\u00a0days; the base applies to Self-hosted, PaaS and SaaS, this overlay to SaaS. Approved by ";

static void the_page_says_what_an_overlay_did(void **state)
{
	struct fixture *f = *state;
	use_overlay(f);
	str text = html(f);
	assert_true(has(text, counts) && has(text, "An overlay</a> of example@1.2.0: "));
	assert_int_equal(count(text, loosened), 2); /* in its chapter and beside the objective */
	assert_int_equal(count(text, "A&lt;b&gt;nn: no *time*"), 2);
	assert_int_equal(count(text, "ACC-05.1 Access is lent</dt><dd>Retired by own: the base asks 80\u00a0%, this "
				     "overlay nothing. Approved by Bob: not here"),
			 1);
	assert_int_equal(count(text, "Added by own: the organisation&#39;s own objective, not one of example@1.2.0."),
			 2);
	assert_true(has(text, "<dt>Why the base&#39;s number</dt>") || has(text, "<dt>Why the base's number</dt>"));
	assert_false(has(text, "Why this number"));
	use(f, example(f));
	text = html(f);
	assert_false(has(text, "verlay</a>") || has(text, "id=\"overlay\"") || has(text, "#overlay"));
	assert_true(has(text, "Why this number"));
}

static void the_pages_say_what_an_overlay_did(void **state)
{
	struct fixture *f = *state;
	use_overlay(f);
	struct view_documents d = book(f, REPORT_BOOK_MARKDOWN);
	str readme = page(&d, "README.md"), acc = page(&d, "acc.md");
	assert_true(has(readme, counts) && has(readme, "## What the overlay changes"));
	assert_true(has(readme, loosened) && has(acc, loosened));
	assert_true(has(readme, "A\\<b\\>nn: no \\*time\\*"));
	assert_true(has(readme, "- ACC-05.1 Access is lent. Retired by own: the base asks 80\u00a0%"));
	assert_true(has(acc, "Why the base's number") && !has(acc, "Why this number"));
	assert_true(has(acc, "| Either; Loosened |") && has(acc, "| Manual; Added |"));
}

static void addresses_in_about_are_links(void **state)
{
	struct fixture *f = *state;
	use(f, replaced(f, example(f), "byte for byte.", "see https://a.example/x."));
	assert_true(
	    has(html(f), "see <a href=\"https://a.example/x\" rel=\"noreferrer\">https://a.example/x</a>.</p>"));
	struct view_documents d = book(f, REPORT_BOOK_MARKDOWN);
	assert_true(has(page(&d, "README.md"), "see <https://a.example/x>.\n"));
	use(f, replaced(f, example(f), "Made for the tests of the book.", "https://a.example/x"));
	assert_false(has(html(f), "href=\"https")); /* nor is any other text */
}

/* ---- both ---- */

static void the_same_model_gives_the_same_bytes(void **state)
{
	struct fixture *f = *state;
	use(f, example(f));
	str first = html(f);
	assert_true(str_eq(first, html(f)));
	struct view_documents a = book(f, REPORT_BOOK_MARKDOWN), b = book(f, REPORT_BOOK_MARKDOWN);
	assert_int_equal(a.n, b.n);
	for (size_t i = 0; i < a.n; i++)
		assert_true(str_eq(a.list[i].text, b.list[i].text));
}

/* The texts of the model that a stranger may choose, made hostile. */
static str hostile(struct fixture *f)
{
	static const char bad[] =
	    "'</title></script></style><script>alert(1)</script> ]]> \" onload=x [y](javascript:z) `` | "
	    "<!-- \\ &lt; *b* $m$'";
	static const char *const texts[] = {
	    "An example with everything",
	    "Made for the tests of the book.",
	    "It has a part of everything a model may have.",
	    "First things",
	    "What comes first.",
	    "Who may use it.",
	    "Anyone.",
	    "People attest the policy",
	    "People who attested the policy in the last 12 months",
	    "every person with system access",
	    "attested within 12 months",
	    "One in eight is on leave.",
	    "Nobody collects signatures without a list of people.",
	    "Take the list of people. The obstacle is contractors. An export with dates convinces.",
	    "export of attestations",
	    "grc",
	    "The example runs no tools.",
	    "Nothing is counted.",
	    "Defined",
	};
	str text = example(f);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		text = replaced(f, text, texts[i], bad);
	text = replaced(f, text, "\"1.2.0\"", "'1</title><script>alert(2)</script>'");
	return replaced(f, text, "FROM person p\n",
			"FROM person p -- </details></code></pre><script>alert(3)</script> ````\n");
}

static void no_text_of_a_model_acts_in_the_page(void **state)
{
	struct fixture *f = *state;
	use(f, hostile(f));
	str text = html(f);
	assert_int_equal(count(text, "<script"), 1);
	assert_int_equal(count(text, "</script"), 1);
	assert_int_equal(count(text, "<title>"), 1);
	assert_int_equal(count(text, "</title>"), 1);
	assert_int_equal(count(text, "</style>"), 1);
	assert_int_equal(count(text, "<!--"), 0);
	assert_int_equal(count(text, "\" onload"), 0);
	assert_int_equal(count(text, "<details>"), count(text, "</details>"));
	assert_int_equal(count(text, "<pre>"), count(text, "</pre>"));
	assert_true(count(text, "&lt;script&gt;alert(1)&lt;/script&gt;") > 15);
	assert_true(has(text, "&lt;script&gt;alert(2)") && has(text, "&lt;script&gt;alert(3)"));
}

/* Fenced blocks taken out: in them everything is text. */
static str without_code(struct fixture *f, str text)
{
	struct buf b = BUF(1 << 22);
	str line;
	size_t fence = 0;
	while (text.n) {
		size_t ticks = 0;
		(void)str_cut(text, '\n', &line, &text);
		while (ticks < line.n && line.p[ticks] == '`')
			ticks++;
		if (fence ? ticks >= fence && ticks == line.n : ticks >= 3) {
			fence = fence ? 0 : ticks;
			continue;
		}
		if (!fence) {
			buf_add(&b, line);
			buf_char(&b, '\n');
		}
	}
	assert_int_equal(fence, 0);
	str out = str_copy(&f->a, buf_str(&b));
	buf_release(&b);
	return out;
}

static void no_text_of_a_model_acts_in_the_pages(void **state)
{
	struct fixture *f = *state;
	use(f, hostile(f));
	struct view_documents d = book(f, REPORT_BOOK_MARKDOWN);
	int escaped = 0;
	for (size_t i = 0; i < d.n; i++) {
		str text = without_code(f, d.list[i].text);
		escaped += count(text, "\\<script\\>alert(1)");
		/* Only what the book writes itself starts a tag: what is not behind a backslash. */
		assert_int_equal(count(text, "<script"), count(text, "\\<script"));
		assert_int_equal(count(text, "</script"), count(text, "\\</script"));
		assert_int_equal(count(text, "<!--"), count(text, "\\<!--"));
		assert_int_equal(count(text, "[y]("), 0);
		assert_int_equal(count(text, "<details>"), count(text, "</details>"));
		assert_int_equal(count(text, "$m$"), 0);
		assert_int_equal(count(text, " *b*"), 0);
	}
	assert_true(escaped > 15);
	assert_true(has(page(&d, "acc.md"), "`````sql\nSELECT"));
}

/* A row of a table has as many cells as its head, whatever the texts. */
static void tables_keep_their_columns(void **state)
{
	struct fixture *f = *state;
	use(f, hostile(f));
	struct view_documents d = book(f, REPORT_BOOK_MARKDOWN);
	for (size_t i = 0; i < d.n; i++) {
		str text = without_code(f, d.list[i].text), line;
		int bars = 0;
		while (text.n) {
			(void)str_cut(text, '\n', &line, &text);
			if (!str_starts(line, S("|"))) {
				bars = 0;
				continue;
			}
			int here = count(line, "|") - count(line, "\\|");
			if (bars && here != bars)
				fail_msg("%.*s: %.*s", STR_ARG(d.list[i].name), STR_ARG(line));
			bars = here;
		}
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_new, fixture_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(the_model_is_turned_round),
	    TEST(frameworks_know_who_reaches_them),
	    TEST(the_rule_is_said_in_words),
	    TEST(every_link_of_the_page_leads_somewhere),
	    TEST(the_policy_allows_only_what_the_page_brings),
	    TEST(what_stands_beside_an_objective_is_there),
	    TEST(a_model_that_says_nothing_about_itself_has_no_such_chapter),
	    TEST(every_link_of_the_pages_leads_somewhere),
	    TEST(no_page_has_the_name_of_a_device),
	    TEST(the_page_says_what_an_overlay_did),
	    TEST(the_pages_say_what_an_overlay_did),
	    TEST(addresses_in_about_are_links),
	    TEST(the_same_model_gives_the_same_bytes),
	    TEST(no_text_of_a_model_acts_in_the_page),
	    TEST(no_text_of_a_model_acts_in_the_pages),
	    TEST(tables_keep_their_columns),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
