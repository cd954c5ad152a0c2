/**
 * What changed between two models: every key of the file has its class, and none can be forgotten.
 */
#include "model_fixture.h"

#include "core/model_diff.h"
#include "core/model_read.h"
#include "core/model_text.h"

static const struct model *read_model(struct fixture *f, str text)
{
	read_text(f, text);
	if (!f->m)
		print_problems(f);
	assert_non_null(f->m);
	return f->m;
}

static struct model_diff compare(struct fixture *f, str from, str to)
{
	struct model_diff d;
	const struct model *a = read_model(f, from), *b = read_model(f, to);
	assert_int_equal(model_diff(a, b, &f->a, &d, &f->err), OK);
	return d;
}

static const struct model_diff_entry *entry(const struct model_diff *d, const char *id)
{
	for (size_t i = 0; i < d->n_objectives; i++)
		if (str_eq(d->objectives[i].id, str_from(id)))
			return &d->objectives[i];
	fail_msg("%s is not compared", id);
	return NULL;
}

/* One key of GOV-02.1 in good.yaml is changed. Which class is it, do measures carry over, what is needed? */
struct change {
	const char *key, *from, *to;
	enum model_diff_class class;
	enum model_diff_carry carries;
	enum model_diff_step needed;
};

#define R MODEL_DIFF_REWORDED
#define A MODEL_DIFF_ADJUSTED
#define M MODEL_DIFF_MEANING
#define YES MODEL_DIFF_CARRIES
#define NO MODEL_DIFF_WRONG

static const struct change objective_changes[] = {
    {"title", "title: Policy is attested", "title: People attest", R, YES, MODEL_DIFF_PATCH},
    {"kpi", "kpi: People who attested the policy in the last year", "kpi: Attestations", R, YES, MODEL_DIFF_PATCH},
    {"subject", "subject: person", "subject: identity", M, NO, MODEL_DIFF_MAJOR},
    {"population", "population: every person with system access", "population: all people", R, YES, MODEL_DIFF_PATCH},
    {"condition", "condition: attested in the last year", "condition: attested", R, YES, MODEL_DIFF_PATCH},
    {"threshold", "threshold: 0.9\n        window: P365D", "threshold: 0.95\n        window: P365D", A, YES,
     MODEL_DIFF_MINOR},
    {"window", "window: P365D", "window: P300D", M, NO, MODEL_DIFF_MAJOR},
    {"max_age", "max_age: P90D", "max_age: P60D", A, YES, MODEL_DIFF_MINOR},
    {"scope", "scope: program", "scope: unit", M, NO, MODEL_DIFF_MAJOR},
    {"threshold_why", "threshold_why: one in ten is on leave", "threshold_why: so", R, YES, MODEL_DIFF_PATCH},
    {"rationale", "rationale: it needs a list of people", "rationale: a list is needed", R, YES, MODEL_DIFF_PATCH},
    {"guidance", "guidance: Start with the list.", "guidance: Begin with it.", R, YES, MODEL_DIFF_PATCH},
    {"deployment", "deployment: [self_hosted, saas]", "deployment: [saas]", A, YES, MODEL_DIFF_MINOR},
    {"mode", "mode: automated", "mode: either", A, YES, MODEL_DIFF_MINOR},
    {"population_size", "SELECT unit_id, count(*) AS n FROM person GROUP BY unit_id",
     "SELECT unit_id, 2 * count(*) AS n FROM person GROUP BY unit_id", M, NO, MODEL_DIFF_MAJOR},
    {"basis",
     "basis: sample\n        population_size: |\n          SELECT unit_id, count(*) AS n FROM person GROUP BY "
     "unit_id\n",
     "basis: census\n", M, NO, MODEL_DIFF_MAJOR},
    {"empty", "empty: not_met", "empty: unknown", M, NO, MODEL_DIFF_MAJOR},
    {"may_lack", "may_lack: [document, ai_system]", "may_lack: [document]", M, NO, MODEL_DIFF_MAJOR},
    {"evidence", "evidence: [export of attestations, list of people]", "evidence: [an export]", R, YES,
     MODEL_DIFF_PATCH},
    {"effort", "effort: 12", "effort: 13", R, YES, MODEL_DIFF_PATCH},
    {"owner", "owner: grc", "owner: legal", R, YES, MODEL_DIFF_PATCH},
    {"requires", "requires: []\n        check", "requires: [GOV-02.2]\n        check", R, YES, MODEL_DIFF_PATCH},
    {"check", "1 AS meets", "0 AS meets", M, NO, MODEL_DIFF_MAJOR},
    {"refs", "ids: [GRC-01, HRS-11]", "ids: [GRC-01]", R, YES, MODEL_DIFF_PATCH},
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static void every_key_of_an_objective_has_its_class(void **state)
{
	struct fixture *f = *state;
	str good = data_file(f, "good.yaml");
	for (size_t i = 0; i < COUNT(objective_changes); i++) {
		const struct change *c = &objective_changes[i];
		struct model_diff d = compare(f, good, replaced(f, good, c->from, c->to));
		const struct model_diff_entry *e = entry(&d, "GOV-02.1");
		if (e->class != c->class || e->carries != c->carries || d.needed != c->needed ||
		    d.counts[c->class] != 1 || d.counts[MODEL_DIFF_SAME] != 7 || !d.differ || e->why.n == 0)
			fail_msg("%s: class %d, carries %d, needed %d: %.*s", c->key, (int)e->class, (int)e->carries,
				 (int)d.needed, STR_ARG(e->why));
		bool named = false;
		for (size_t k = 0; k < e->n_fields; k++)
			named = named || str_eq(e->fields[k].key, str_from(c->key));
		assert_true(named);
		assert_int_equal(model_diff_class_of(str_from(c->key)), c->class);
	}
}

/* The lists of the readers, of the texts and of this test are the same: who adds a key has to say what it means. */
static void no_key_of_the_file_is_forgotten(void **state)
{
	struct fixture *f = *state;
	const struct model *m = read_model(f, data_file(f, "good.yaml"));
	str text;
	for (const str *key = model_objective_keys(); key->n; key++) {
		bool tested = str_eq(*key, S("id"));
		for (size_t i = 0; i < COUNT(objective_changes); i++)
			tested = tested || str_eq(str_from(objective_changes[i].key), *key);
		if (!tested)
			fail_msg("nobody says what a change of %.*s means", STR_ARG(*key));
		assert_int_equal(model_text_objective(m, &m->objectives[0], *key, &f->a, &text, &f->err), OK);
		assert_true(text.n > 0 || str_eq(*key, S("requires")));
	}
	for (const str *key = model_category_keys(); key->n; key++)
		assert_int_equal(model_text_category(m, &m->categories[0], *key, &f->a, &text, &f->err), OK);
	for (const str *key = model_head_keys(); key->n; key++)
		assert_int_equal(model_text_head(m, *key, &f->a, &text, &f->err), OK);
	assert_int_equal(model_text_head(m, S("nothing"), &f->a, &text, &f->err), E_BUG);
}

static void the_same_model_is_the_same(void **state)
{
	struct fixture *f = *state;
	str good = data_file(f, "good.yaml");
	struct model_diff d = compare(f, good, good);
	assert_false(d.differ);
	assert_int_equal(d.counts[MODEL_DIFF_SAME], 8);
	assert_int_equal(d.carries[MODEL_DIFF_CARRIES], 8);
	assert_int_equal(d.needed, MODEL_DIFF_NOTHING);
	assert_int_equal(d.n_warnings + d.n_head, 0);
	assert_true(d.same_line && d.same_id);
}

/* ---- which side tells what is counted ---- */

static void words_tell_what_is_counted_where_people_answer(void **state)
{
	struct fixture *f = *state;
	str good = data_file(f, "good.yaml");
	static const char *const words[][2] = {{"kpi: Systems that meet GOV-02.2", "kpi: Other systems"},
					       {"population: every system", "population: some systems"},
					       {"condition: it does", "condition: it could"}};
	for (size_t i = 0; i < COUNT(words); i++) {
		struct model_diff d = compare(f, good, replaced(f, good, words[i][0], words[i][1]));
		const struct model_diff_entry *e = entry(&d, "GOV-02.2");
		assert_int_equal(e->class, MODEL_DIFF_REWORDED);
		assert_int_equal(e->carries, MODEL_DIFF_JUDGE);
		assert_true(d.n_warnings > 0);
	}
	/* An answer may stand beside the check, and was given to the words. */
	str either = replaced(f, good, "mode: automated", "mode: either");
	struct model_diff d =
	    compare(f, either, replaced(f, either, "condition: attested in the last year", "condition: c"));
	assert_int_equal(entry(&d, "GOV-02.1")->carries, MODEL_DIFF_JUDGE);
}

static void a_check_where_there_was_none_takes_nothing_away(void **state)
{
	struct fixture *f = *state;
	str good = data_file(f, "good.yaml");
	str with = replaced(f, good, "kpi: Systems that meet GOV-02.2",
			    "kpi: Systems that meet GOV-02.2\n        subject: person\n        check: SELECT 1");
	struct model_diff d = compare(f, good, with);
	assert_int_equal(entry(&d, "GOV-02.2")->class, MODEL_DIFF_ADJUSTED);
	assert_int_equal(entry(&d, "GOV-02.2")->carries, MODEL_DIFF_CARRIES);
	assert_true(str_find(entry(&d, "GOV-02.2")->why, S("a machine can count it now")) > 0);
	d = compare(f, with, good);
	assert_int_equal(entry(&d, "GOV-02.2")->class, MODEL_DIFF_ADJUSTED);
	assert_true(str_find(entry(&d, "GOV-02.2")->why, S("no machine counts it any more")) > 0);
	/* Without a check on both sides `empty` has not counted anything. */
	d = compare(f, good,
		    replaced(f, good, "        threshold: 0.9\n        window: P90D",
			     "        empty: not_met\n        threshold: 0.9\n        window: P90D"));
	assert_int_equal(entry(&d, "GOV-02.2")->class, MODEL_DIFF_REWORDED);
	assert_int_equal(entry(&d, "GOV-02.2")->carries, MODEL_DIFF_CARRIES);
}

static void the_layout_of_sql_does_not_count(void **state)
{
	struct fixture *f = *state;
	str good = data_file(f, "good.yaml");
	struct model_diff d = compare(f, good, replaced(f, good, "AS meets\n            FROM", "AS   meets FROM"));
	assert_int_equal(entry(&d, "GOV-02.1")->class, MODEL_DIFF_REWORDED);
	static const struct {
		const char *a, *b;
		bool same;
	} table[] = {
	    {"SELECT 1", " SELECT\n\t1 ", true},
	    {"SELECT 1", "SELECT 2", false},
	    {"SELECT 'a b'", "SELECT 'a  b'", false},
	    {"SELECT 'it''s  x'", "SELECT  'it''s  x'", true},
	    {"SELECT 1", "SELECT1", false},
	    {"SELECT 1 -- a\n, 2", "SELECT 1 -- a , 2", false},
	    {"SELECT \"a b\"", "SELECT \"a\nb\"", false},
	    {"", "  ", true},
	    {"", "1", false},
	};
	for (size_t i = 0; i < COUNT(table); i++) {
		str a = str_from(table[i].a), b = str_from(table[i].b);
		if (model_text_same_sql(a, b) != table[i].same || model_text_same_sql(b, a) != table[i].same)
			fail_msg("%s | %s", table[i].a, table[i].b);
	}
}

/* ---- objectives, categories and the head ---- */

static str with_another(struct fixture *f, const char *version)
{
	str text =
	    replaced(f, data_file(f, "good.yaml"), "      - id: GOV-05.2",
		     "      - {id: GOV-05.3, title: T, kpi: K, threshold: 1, window: P1D}\n      - id: GOV-05.2");
	return replaced(f, text, "1.2.3", version);
}

static void new_and_gone_objectives_are_told(void **state)
{
	struct fixture *f = *state;
	str good = data_file(f, "good.yaml");
	struct model_diff d = compare(f, good, with_another(f, "1.3.0"));
	assert_int_equal(entry(&d, "GOV-05.3")->class, MODEL_DIFF_NEW);
	assert_int_equal(entry(&d, "GOV-05.3")->carries, MODEL_DIFF_NONE);
	assert_int_equal(d.needed, MODEL_DIFF_MINOR);
	assert_int_equal(d.said, MODEL_DIFF_MINOR);
	assert_int_equal(d.n_warnings + d.n_categories - 1, 0);
	assert_int_equal(d.categories[0].class, MODEL_DIFF_SAME); /* a new one is no other order */
	d = compare(f, with_another(f, "1.3.0"), good);
	assert_int_equal(entry(&d, "GOV-05.3")->class, MODEL_DIFF_GONE);
	assert_int_equal(entry(&d, "GOV-05.3")->carries, MODEL_DIFF_NONE);
	assert_true(str_eq(d.objectives[d.n_objectives - 1].id, S("GOV-05.3")));
	assert_int_equal(d.counts[MODEL_DIFF_GONE], 1);
}

static void every_key_of_a_category_and_of_the_head_is_compared(void **state)
{
	static const struct change category[] = {
	    {"domain", "domains:\n", "domains:\n  - {id: other, title: Other, summary: s}\n", R, YES, MODEL_DIFF_MINOR},
	    {"title", "title: Governance", "title: To govern", R, YES, MODEL_DIFF_PATCH},
	    {"summary", "summary: who decides", "summary: who says", R, YES, MODEL_DIFF_PATCH},
	    {"weight", "weight: 2", "weight: 3", A, YES, MODEL_DIFF_MINOR},
	    {"owners", "owners: [ciso, grc]", "owners: [ciso]", R, YES, MODEL_DIFF_PATCH},
	    {"levels", "2: one", "2: two", R, YES, MODEL_DIFF_PATCH},
	    {"objectives", "", "", R, YES, MODEL_DIFF_PATCH},
	};
	static const struct change head[] = {
	    {"title", "title: An example", "title: Example", R, YES, MODEL_DIFF_PATCH},
	    {"notice", "notice: made for tests", "notice: made", R, YES, MODEL_DIFF_PATCH},
	    {"levels", "name: Start", "name: Begin", R, YES, MODEL_DIFF_PATCH},
	    {"domains", "summary: where it starts", "summary: the start", R, YES, MODEL_DIFF_PATCH},
	};
	struct fixture *f = *state;
	str good = data_file(f, "good.yaml");
	for (size_t i = 0; i < COUNT(category); i++) {
		str to = replaced(f, good, category[i].from, category[i].to);
		if (i == 0)
			to = replaced(f, to, "domain: base", "domain: other");
		if (str_eq(str_from(category[i].key), S("objectives"))) {
			to = replaced(f, to, "      - id: GOV-04.1\n", "      - id: GOV-04.9\n");
			to = replaced(f, to, "      - id: GOV-04.2\n", "      - id: GOV-04.1\n");
			to = replaced(f, to, "      - id: GOV-04.9\n", "      - id: GOV-04.2\n");
		}
		struct model_diff d = compare(f, good, to);
		bool named = false;
		for (size_t k = 0; k < d.categories[0].n_fields; k++)
			named = named || str_eq(d.categories[0].fields[k].key, str_from(category[i].key));
		if (!named || d.needed < category[i].needed || d.categories[0].class < category[i].class)
			fail_msg("category: %s, needed %d", category[i].key, (int)d.needed);
	}
	for (size_t i = 0; i < COUNT(head); i++) {
		struct model_diff d = compare(f, good, replaced(f, good, head[i].from, head[i].to));
		assert_int_equal(d.n_head, 1);
		assert_true(str_eq(d.head[0].key, str_from(head[i].key)) && d.needed == head[i].needed);
		assert_true(d.differ);
	}
}

static void categories_may_be_new_or_gone(void **state)
{
	struct fixture *f = *state;
	str one = data_file(f, "minimal.yaml");
	struct buf b = BUF(1 << 16);
	buf_add(&b, one);
	buf_add(&b, S("  - id: IAM\n    domain: base\n    title: I\n    objectives:\n"));
	for (int level = 2; level <= 5; level++)
		buf_printf(&b, "      - {id: IAM-0%d.1, title: T, kpi: K, threshold: 1, window: P30D}\n", level);
	str two = str_copy(&f->a, buf_str(&b));
	buf_release(&b);
	struct model_diff d = compare(f, one, two);
	assert_int_equal(d.n_categories, 2);
	assert_int_equal(d.categories[1].class, MODEL_DIFF_NEW);
	assert_int_equal(d.counts[MODEL_DIFF_NEW], 4);
	d = compare(f, two, one);
	assert_int_equal(d.categories[1].class, MODEL_DIFF_GONE);
	assert_true(str_eq(d.categories[1].id, S("IAM")));
}

/* ---- version numbers ---- */

static void a_version_that_says_less_than_the_change_is_warned_about(void **state)
{
	struct fixture *f = *state;
	str good = data_file(f, "good.yaml");
	static const struct {
		const char *version, *from, *to, *warning;
		enum model_diff_step said;
	} table[] = {
	    {"1.3.0", "window: P365D", "window: P300D",
	     "1 objective changed meaning, but the major version is the same: measures would be carried over wrongly",
	     MODEL_DIFF_MINOR},
	    {"2.0.0", "window: P365D", "window: P300D", NULL, MODEL_DIFF_MAJOR},
	    {"1.2.4", "threshold: 0.9", "threshold: 0.8", "verdicts may differ, so the minor version should have grown",
	     MODEL_DIFF_PATCH},
	    {"1.3.0", "threshold: 0.9", "threshold: 0.8", NULL, MODEL_DIFF_MINOR},
	    {"1.2.4", "effort: 12", "effort: 13", NULL, MODEL_DIFF_PATCH},
	    {"1.2.3", "effort: 12", "effort: 13", "both say version 1.2.3, but they differ", MODEL_DIFF_NOTHING},
	    {"1", "effort: 12", "effort: 13", NULL, MODEL_DIFF_MINOR},
	    {"rc-2", "effort: 12", "effort: 13", NULL, MODEL_DIFF_MAJOR},
	};
	for (size_t i = 0; i < COUNT(table); i++) {
		str to = replaced(f, replaced(f, good, "1.2.3", table[i].version), table[i].from, table[i].to);
		struct model_diff d = compare(f, good, to);
		bool fine = d.said == table[i].said && d.n_warnings == (table[i].warning != NULL) &&
			    (!table[i].warning || str_eq(d.warnings[0], str_from(table[i].warning)));
		if (!fine)
			fail_msg("%s %s: said %d, %zu warnings, %.*s", table[i].version, table[i].to, (int)d.said,
				 d.n_warnings, STR_ARG(d.n_warnings ? d.warnings[0] : S("")));
	}
}

/* ---- overlays ---- */

static const struct model *overlaid(struct fixture *f, str overlay)
{
	struct model_file files[] = {{S("m.yaml"), data_file(f, "good.yaml")}, {S("acme.yaml"), overlay}};
	read_files(f, files, 2);
	assert_non_null(f->m);
	return f->m;
}

static void what_an_overlay_loosens_cannot_hide(void **state)
{
	struct fixture *f = *state;
	struct model_diff d;
	const struct model *base = read_model(f, data_file(f, "good.yaml"));
	const struct model *to = overlaid(f, data_file(f, "overlay.yaml"));
	assert_int_equal(model_diff(base, to, &f->a, &d, &f->err), OK);
	assert_true(d.same_line && !d.same_id && d.differ);
	assert_int_equal(d.counts[MODEL_DIFF_NEW], 1);
	assert_int_equal(d.counts[MODEL_DIFF_GONE], 1);
	assert_int_equal(d.counts[MODEL_DIFF_ADJUSTED], 3);
	assert_int_equal(d.counts[MODEL_DIFF_MEANING], 0);
	assert_int_equal(d.n_warnings, 0);
	const struct model_diff_entry *e = entry(&d, "GOV-03.1");
	assert_int_equal(e->overlaid->act, MODEL_LOOSENED);
	assert_true(str_eq(e->fields[e->n_fields - 1].key, S("approval")));
	assert_true(str_eq(e->fields[e->n_fields - 1].to, S("A. Lindqvist, CISO: half of it is bought")));
	assert_int_equal(entry(&d, "GOV-05.2")->overlaid->act, MODEL_RETIRED);
	/* Its own objective may not mean something else in the next version: it shares the line of the base. */
	const struct model *next = overlaid(f, replaced(f, replaced(f, data_file(f, "overlay.yaml"), "2.0.1", "3.0.0"),
							"window: P30D", "window: P31D"));
	assert_int_equal(model_diff(to, next, &f->a, &d, &f->err), OK);
	assert_int_equal(d.counts[MODEL_DIFF_MEANING], 1);
	assert_int_equal(d.n_warnings, 1);
	assert_true(str_find(d.warnings[0], S("share the measures of example-model@1")) > 0);
	/* Nor an approver change unseen. */
	next = overlaid(f, replaced(f, data_file(f, "overlay.yaml"), "A. Lindqvist, CISO", "nobody"));
	assert_int_equal(model_diff(to, next, &f->a, &d, &f->err), OK);
	assert_int_equal(entry(&d, "GOV-03.1")->class, MODEL_DIFF_REWORDED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(every_key_of_an_objective_has_its_class),
	    TEST(no_key_of_the_file_is_forgotten),
	    TEST(the_same_model_is_the_same),
	    TEST(words_tell_what_is_counted_where_people_answer),
	    TEST(a_check_where_there_was_none_takes_nothing_away),
	    TEST(the_layout_of_sql_does_not_count),
	    TEST(new_and_gone_objectives_are_told),
	    TEST(every_key_of_a_category_and_of_the_head_is_compared),
	    TEST(categories_may_be_new_or_gone),
	    TEST(a_version_that_says_less_than_the_change_is_warned_about),
	    TEST(what_an_overlay_loosens_cannot_hide),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
