#include "model_fixture.h"

static void a_model_that_is_right_gives_no_problem(void **state)
{
	struct fixture *f = *state;
	read_text(f, data_file(f, "good.yaml"));
	if (f->problems.n)
		print_problems(f);
	assert_int_equal(f->problems.n, 0);
	assert_int_equal(f->problems.n_warnings, 0);
	assert_non_null(f->m);
}

static void everything_that_is_written_is_kept(void **state)
{
	struct fixture *f = *state;
	read_text(f, data_file(f, "good.yaml"));
	const struct model *m = f->m;
	assert_non_null(m);
	assert_true(str_eq(m->id, S("example-model")) && str_eq(m->version, S("1.2.3")));
	assert_true(str_eq(m->line, S("example-model@1")) && str_eq(m->name, S("example-model@1.2.3")));
	assert_true(str_eq(m->title, S("An example")) && str_eq(m->notice, S("made for tests")));
	assert_true(str_eq(m->level_names[4], S("Fifth")) && str_eq(m->level_summaries[0], S("nothing is measured")));
	assert_int_equal(m->n_domains, 1);
	assert_true(str_eq(m->domains[0].summary, S("where it starts")));
	assert_int_equal(m->n_categories, 1);
	const struct model_category *c = &m->categories[0];
	assert_int_equal(c->weight, 2);
	assert_int_equal(c->n_owners, 2);
	assert_true(str_eq(c->owners[1], S("grc")) && str_eq(c->levels[4], S("all")));
	assert_int_equal(c->first_objective, 0);
	assert_int_equal(c->n_objectives, 8);
	const struct model_objective *o = &m->objectives[0];
	assert_true(str_eq(o->id, S("GOV-02.1")) && o->level == 2 && o->category == 0);
	assert_int_equal(o->subject, EVIDENCE_PERSON);
	assert_int_equal(o->threshold_milli, 900);
	assert_int_equal(o->window_ms, 365 * TIME_DAY_MS);
	assert_int_equal(o->max_age_ms, 90 * TIME_DAY_MS);
	assert_int_equal(o->scope, MODEL_SCOPE_PROGRAM);
	assert_int_equal(o->mode, MODEL_AUTOMATED);
	assert_int_equal(o->deployment, MODEL_SELF_HOSTED | MODEL_SAAS);
	assert_true(o->sample);
	assert_int_equal(o->empty, MODEL_EMPTY_NOT_MET);
	assert_int_equal(o->may_lack, 1U << EVIDENCE_DOCUMENT | 1U << EVIDENCE_AI_SYSTEM);
	assert_int_equal(o->effort_days, 12);
	assert_int_equal(o->n_evidence, 2);
	assert_int_equal(o->n_refs, 2);
	assert_true(str_eq(o->refs[1].ids[0], S("GOVERN 1.4")));
	assert_true(str_eq(o->threshold_why, S("one in ten is on leave")));
}

static void the_sql_is_kept_byte_for_byte_and_its_place_known(void **state)
{
	struct fixture *f = *state;
	str text = data_file(f, "good.yaml");
	read_text(f, text);
	assert_non_null(f->m);
	const struct model_objective *o = &f->m->objectives[0];
	assert_true(str_eq(o->check, S("SELECT p.unit_id, p.id AS subject, 1 AS meets\n  FROM person p\n")));
	assert_true(str_eq(o->population_size, S("SELECT unit_id, count(*) AS n FROM person GROUP BY unit_id\n")));
	int line = 1;
	for (ptrdiff_t i = 0, n = str_find(text, S("SELECT p.unit_id")); i < n; i++)
		line += text.p[i] == '\n';
	assert_int_equal(o->check_place.line, line);
	assert_true(str_eq(o->check_place.file, S("m.yaml")));
	assert_null(f->m->objectives[1].check.p);
}

static void what_is_not_written_has_its_default(void **state)
{
	struct fixture *f = *state;
	read_text(f, data_file(f, "minimal.yaml"));
	assert_int_equal(f->problems.n_errors, 0);
	assert_true(f->problems.n_warnings > 0);
	const struct model *m = f->m;
	assert_non_null(m);
	assert_true(str_eq(m->line, S("m@7")) && str_eq(m->name, S("m@7")));
	assert_true(str_eq(m->level_names[0], S("Initial")) && str_eq(m->level_names[4], S("Efficient")));
	assert_int_equal(m->categories[0].weight, 1);
	const struct model_objective *o = &m->objectives[0];
	assert_int_equal(o->threshold_milli, 1000);
	assert_int_equal(o->max_age_ms, 30 * TIME_DAY_MS);
	assert_int_equal(o->deployment, MODEL_ANY_DEPLOYMENT);
	assert_int_equal(o->mode, MODEL_MANUAL);
	assert_int_equal(o->scope, MODEL_SCOPE_UNIT);
	assert_int_equal(o->empty, MODEL_EMPTY_NOT_APPLICABLE);
	assert_int_equal(o->subject, -1);
	assert_int_equal(o->may_lack, 0);
	assert_int_equal(o->effort_days, 0);
	assert_false(o->sample);
	assert_int_equal(o->n_refs + o->n_requires + o->n_evidence, 0);
}

static void with_a_check_the_default_mode_is_either(void **state)
{
	struct fixture *f = *state;
	read_text(f, replaced(f, data_file(f, "good.yaml"), "        mode: automated\n", ""));
	assert_non_null(f->m);
	assert_int_equal(f->m->objectives[0].mode, MODEL_EITHER);
}

static void null_and_empty_values_count_as_absent(void **state)
{
	struct fixture *f = *state;
	str text = replaced(f, data_file(f, "good.yaml"), "weight: 2", "weight: ~");
	text = replaced(f, text, "max_age: P90D", "max_age:");
	text = replaced(f, text, "threshold_why: one in ten is on leave", "threshold_why: \"\"");
	text = replaced(f, text, "requires: []", "requires:");
	read_text(f, text);
	assert_int_equal(f->problems.n, 0);
	assert_int_equal(f->m->categories[0].weight, 1);
	assert_int_equal(f->m->objectives[0].max_age_ms, f->m->objectives[0].window_ms);
}

static void the_head_must_name_the_model(void **state)
{
	static const struct rule rules[] = {
	    {"schema: aismm.model/1\n", "", "id: example-model", "schema is missing", false},
	    {"aismm.model/1", "aismm.model/2", "aismm.model/2",
	     "schema is \"aismm.model/2\"; this program reads aismm.model/1", false},
	    {"id: example-model\n", "", "schema", "id is missing", false},
	    {"example-model", "Example_Model", "Example_Model",
	     "id \"Example_Model\" is not 1 to 64 of a-z, 0-9 and '-'", false},
	    {"version: \"1.2.3\"\n", "", "schema", "version is missing", false},
	    {"\"1.2.3\"", "a@b", "a@b", "version must be one line of at most 64 bytes without '@'", false},
	    {"\"1.2.3\"", "\"1\\n2\"", "\"1\\n2\"", "version must be one line of at most 64 bytes without '@'", false},
	    {"title: An example\n", "", "schema", "title is missing", false},
	    {"title: An example", "title: \" \"", "\" \"", "title is missing", false},
	    {"title: An example", "title: [An, example]", "[An, example]", "title is a list; a text is expected",
	     false},
	    {"title: An example", "title: \"An\\nexample\"", "\"An\\n", "title must be one line", false},
	    {"title: An example", "title: \"a\\eb\"", "\"a\\eb\"", "title has a control character", false},
	    {"title: An example", "title: \"a\\u0085b\"", "\"a\\u0085b\"", "title has a control character", false},
	    {"notice:", "notices:", "notices", "unknown key \"notices\" in the model; did you mean \"notice\"?", false},
	    {"notice:", "colour:", "colour", "unknown key \"colour\" in the model", false},
	};
	EXPECT_RULES(state, rules);
}

static void levels_are_one_to_five_once_each(void **state)
{
	static const struct rule rules[] = {
	    {"{level: 1, name: Start, summary: nothing is measured}", "{level: 6, name: X}", "6, name",
	     "level 6 is not a whole number from 1 to 5", false},
	    {"{level: 1, name: Start, summary: nothing is measured}", "{name: X}", "{name: X}", "level is missing",
	     false},
	    {"  - {level: 1", "  - {level: 2, summary: x}\n  - {level: 1", "{level: 2, name", "level 2 is there twice",
	     false},
	    {"1: nobody, ", "6: nobody, 1: nobody, ", "6: nobody", "GOV: unknown key \"6\" in levels (1 to 5)", false},
	    {"1: nobody, 2: one, ", "", "{3: some", "GOV: levels 1, 2: no description", true},
	    {", summary: it is measured", "", "- {level: 1", "level 4: no summary", true},
	};
	struct fixture *f = *state;
	/* A level that cannot be read leaves its summary unsaid: look at the first problem only there. */
	str good = data_file(f, "good.yaml");
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
		str text = replaced(f, good, rules[i].from, rules[i].to);
		read_text(f, text);
		bool found = false;
		for (size_t k = 0; k < f->problems.n; k++)
			found = found || str_eq(f->problems.list[k].message, str_from(rules[i].message));
		if (!found) {
			print_problems(f);
			fail_msg("not found: %s", rules[i].message);
		}
		assert_int_equal(f->problems.n_errors, !rules[i].warning);
	}
}

static void domains_and_categories_belong_together(void **state)
{
	static const struct rule rules[] = {
	    {"domain: base", "domain: bass", "bass", "GOV: the model has no domain \"bass\"", false},
	    {"    domain: base\n", "", "id: GOV", "GOV: domain is missing", false},
	    {"  - {id: base,", "  - {id: more, title: M, summary: s}\n  - {id: base,", "{id: more",
	     "domain more has no categories", true},
	    {"  - {id: base,", "  - {id: base, title: M, summary: s}\n  - {id: base,", "{id: base, title: Base",
	     "domain base is there twice", false},
	    {", summary: where it starts", "", "{id: base", "domain base has no summary", true},
	    {"title: Base, ", "", "{id: base", "title is missing", false},
	    {"    summary: who decides\n", "", "id: GOV", "GOV: summary is missing", true},
	    {"    title: Governance\n", "", "id: GOV", "GOV: title is missing", false},
	    {"weight: 2", "weight: 0", "0\n    owners", "GOV: weight 0 is not a whole number from 1 to 1000", false},
	    {"weight: 2", "weight: 1001", "1001", "GOV: weight 1001 is not a whole number from 1 to 1000", false},
	    {"weight: 2", "weight: 1.5", "1.5", "GOV: weight 1.5 is not a whole number from 1 to 1000", false},
	    {"weight: 2", "weight: {a: 1}", "{a: 1}", "GOV: weight is a map; a whole number is expected", false},
	    {"owners: [ciso, grc]", "owners: ciso", "ciso", "GOV: owners is a text; a list is expected", false},
	    {"owners: [ciso, grc]", "owners: [cisco, grc]", "[cisco",
	     "GOV: \"cisco\" is not one of the functions that evidence and reports know; did you mean \"ciso\"?", true},
	};
	EXPECT_RULES(state, rules);
}

static void many_problems_come_in_the_order_of_the_lines(void **state)
{
	struct fixture *f = *state;
	str text = replaced(f, data_file(f, "good.yaml"), "requires: [GOV-05.2]", "requires: [GOV-09.1]");
	text = replaced(f, text, "threshold: 0.9\n        window: P365D", "threshold: 90%\n        window: 1y");
	text = replaced(f, text, "notice:", "note:");
	text = replaced(f, text, "kpi: Systems that meet GOV-02.2", "kpi: []");
	read_text(f, text);
	static const char *const expected[] = {
	    "unknown key \"note\" in the model; did you mean \"notice\"?",
	    "GOV-02.1: threshold 90% is not above 0 and at most 1 with three decimals",
	    "GOV-02.1: window \"1y\" is not a number of days such as P90D, at most P36500D",
	    "GOV-02.2: kpi is a list; a text is expected",
	    "GOV-05.1: requires \"GOV-09.1\", which the model does not have",
	};
	assert_int_equal(f->problems.n, 5);
	assert_int_equal(f->problems.n_errors, 5);
	for (size_t i = 0; i < 5; i++)
		assert_true(str_eq(f->problems.list[i].message, str_from(expected[i])));
	for (size_t i = 1; i < 5; i++)
		assert_true(f->problems.list[i - 1].place.line < f->problems.list[i].place.line);
}

static void texts_lose_the_white_space_around_them(void **state)
{
	struct fixture *f = *state;
	str text = replaced(f, data_file(f, "good.yaml"), "title: An example", "title: |\n  An example\n\n");
	read_text(f, replaced(f, text, "condition: attested in the last year",
			      "condition: >\n          attested\n          in the last year\n"));
	assert_int_equal(f->problems.n, 0);
	assert_true(str_eq(f->m->title, S("An example")));
	assert_true(str_eq(f->m->objectives[0].condition, S("attested in the last year")));
}

static void a_directory_is_one_model(void **state)
{
	struct fixture *f = *state;
	struct model_file files[] = {
	    {S("split/CCC.yaml"), data_file(f, "split/CCC.yaml")},
	    {S("split/model.yaml"), data_file(f, "split/model.yaml")},
	    {S("split/AAA.yaml"), data_file(f, "split/AAA.yaml")},
	    {S("split/BBB.yaml"), data_file(f, "split/BBB.yaml")},
	};
	read_files(f, files, 4);
	assert_int_equal(f->problems.n_errors, 0);
	const struct model *m = f->m;
	assert_non_null(m);
	assert_true(str_eq(m->line, S("split@2")) && str_eq(m->name, S("split@2.0-rc 1")));
	static const char *const order[] = {"BBB-02.2", "BBB-02.1", "BBB-03.1", "BBB-04.1", "BBB-05.10",
					    "BBB-05.9", "CCC-02.1", "CCC-03.1", "CCC-04.1", "CCC-05.1",
					    "AAA-02.1", "AAA-03.1", "AAA-04.1", "AAA-05.1"};
	assert_int_equal(m->n_objectives, 14);
	for (size_t i = 0; i < 14; i++)
		assert_true(str_eq(m->objectives[i].id, str_from(order[i])));
	assert_int_equal(m->n_categories, 3);
	assert_true(str_eq(m->categories[0].id, S("BBB")) && m->categories[0].domain == 0);
	assert_true(str_eq(m->categories[2].id, S("AAA")) && m->categories[2].domain == 1);
	assert_int_equal(m->categories[1].first_objective, 6);
	assert_int_equal(m->categories[1].n_objectives, 4);
	for (size_t i = 0; i < 14; i++)
		assert_true(m->objectives[i].category == (i < 6 ? 0 : i < 10 ? 1 : 2));
	const struct model_objective *o = model_objective_find(m, S("CCC-03.1"));
	assert_non_null(o);
	assert_int_equal(o->n_requires, 2);
	assert_true(str_eq(m->objectives[o->requires[0]].id, S("AAA-02.1")));
	assert_true(str_eq(m->objectives[o->requires[1]].id, S("BBB-03.1")));
	assert_true(str_eq(o->place.file, S("split/CCC.yaml")) && o->place.line == 6);
	for (size_t i = 1; i < 14; i++)
		assert_true(str_cmp(m->objectives[m->sorted[i - 1]].id, m->objectives[m->sorted[i]].id) < 0);
}

static const struct model_problem *first_error(const struct fixture *f)
{
	for (size_t i = 0; i < f->problems.n; i++)
		if (!f->problems.list[i].warning)
			return &f->problems.list[i];
	fail_msg("no error");
	return NULL;
}

static void a_file_that_is_no_yaml_stops_only_itself(void **state)
{
	struct fixture *f = *state;
	struct model_file files[] = {
	    {S("AAA.yaml"), S("id: AAA\n\tdomain: [\n")},
	    {S("BBB.yaml"), replaced(f, data_file(f, "split/BBB.yaml"), "kpi: K", "kpi: []")},
	    {S("CCC.yaml"), data_file(f, "split/CCC.yaml")},
	    {S("model.yaml"), data_file(f, "split/model.yaml")},
	};
	read_files(f, files, 4);
	/* CCC requires an objective of AAA, which may well be there: nothing is said about it. */
	assert_int_equal(f->problems.n_errors, 2);
	const struct model_problem *p = first_error(f);
	assert_true(str_eq(p->place.file, S("AAA.yaml")));
	assert_int_equal(p->place.line, 2);
}

static void the_head_must_be_among_several_files(void **state)
{
	struct fixture *f = *state;
	struct model_file files[] = {
	    {S("AAA.yaml"), data_file(f, "split/AAA.yaml")},
	    {S("BBB.yaml"), data_file(f, "split/BBB.yaml")},
	    {S("x/model.yaml"), data_file(f, "split/model.yaml")},
	    {S("y/model.yaml"), data_file(f, "split/model.yaml")},
	};
	read_files(f, files, 2);
	assert_true(str_eq(first_error(f)->message,
			   S("no model.yaml beside this file: one of several files must be the head")));
	read_files(f, files, 4);
	assert_true(str_eq(first_error(f)->message, S("a second model.yaml")));
	read_files(f, files, 1);
	assert_true(
	    str_eq(first_error(f)->message, S("this is one category; name the directory that has it and model.yaml")));
	assert_int_equal(f->problems.n_errors, 1);
}

static void empty_and_odd_files_are_refused(void **state)
{
	static const struct {
		const char *text, *message;
	} table[] = {
	    {"", "the file is empty"},
	    {"# only a comment\n", "the file is empty"},
	    {"[]", "the model is a list; a map of keys and values is expected"},
	    {"text", "the model is a text; a map of keys and values is expected"},
	    {"~", "the model is empty; a map of keys and values is expected"},
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		read_text(f, str_from(table[i].text));
		assert_int_equal(f->problems.n, 1);
		assert_true(str_eq(f->problems.list[0].message, str_from(table[i].message)));
	}
	read_text(f, S("schema: aismm.model/1\nid: a\nversion: 1\ntitle: t\n"));
	assert_int_equal(f->problems.n_errors, 2);
	read_text(f, S("schema: aismm.model/1\nid: a\nversion: 1\ntitle: t\ndomains: []\ncategories: []\n"));
	assert_int_equal(f->problems.n_errors, 2);
}

static void no_files_and_too_many_bytes_are_a_failure(void **state)
{
	struct fixture *f = *state;
	static char big[9 << 20];
	struct model_file files[] = {{S("a"), {big, sizeof big}}, {S("b"), {big, sizeof big}}};
	const struct model *m = NULL;
	assert_int_equal(model_read(files, 0, &f->a, &f->problems, &m, &f->err), E_INVALID);
	assert_int_equal(model_read(files, 2, &f->a, &f->problems, &m, &f->err), E_TOO_LARGE);
	assert_null(m);
}

static void too_little_memory_is_a_status_at_every_size(void **state)
{
	struct fixture *f = *state;
	struct model_file file = {S("m.yaml"), data_file(f, "good.yaml")};
	bool done = false;
	for (size_t limit = 0; !done; limit += 997) {
		struct arena small = ARENA(limit);
		struct model_problems problems = {0};
		const struct model *m = NULL;
		struct err err = {0};
		enum status status = model_read(&file, 1, &small, &problems, &m, &err);
		done = status == OK;
		assert_true(done ? m != NULL && problems.n == 0 : status == E_TOO_LARGE && m == NULL);
		arena_release(&small);
		assert_true(limit < (8 << 20));
	}
}

static void more_than_a_thousand_problems_are_counted(void **state)
{
	struct fixture *f = *state;
	struct buf b = BUF(1 << 20);
	for (int i = 0; i < 3000; i++)
		buf_printf(&b, "key%d: 1\n", i);
	read_text(f, buf_str(&b));
	buf_release(&b);
	assert_true(f->problems.n_errors > 3000);
	assert_true(f->problems.n <= (size_t)2 * MODEL_PROBLEMS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_model_that_is_right_gives_no_problem),
	    TEST(everything_that_is_written_is_kept),
	    TEST(the_sql_is_kept_byte_for_byte_and_its_place_known),
	    TEST(what_is_not_written_has_its_default),
	    TEST(with_a_check_the_default_mode_is_either),
	    TEST(null_and_empty_values_count_as_absent),
	    TEST(the_head_must_name_the_model),
	    TEST(levels_are_one_to_five_once_each),
	    TEST(domains_and_categories_belong_together),
	    TEST(many_problems_come_in_the_order_of_the_lines),
	    TEST(texts_lose_the_white_space_around_them),
	    TEST(a_directory_is_one_model),
	    TEST(a_file_that_is_no_yaml_stops_only_itself),
	    TEST(the_head_must_be_among_several_files),
	    TEST(empty_and_odd_files_are_refused),
	    TEST(no_files_and_too_many_bytes_are_a_failure),
	    TEST(too_little_memory_is_a_status_at_every_size),
	    TEST(more_than_a_thousand_problems_are_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
