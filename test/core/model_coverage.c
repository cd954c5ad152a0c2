/**
 * Which ids of a framework a model reaches: counted by hand on models of a few references.
 */
#include "model_fixture.h"

#include "core/model_coverage.h"

/* minimal.yaml with references on its first objectives. */
static const struct model *with_refs(struct fixture *f, const char *first, const char *second)
{
	char line[512];
	str text = data_file(f, "minimal.yaml");
	const char *const ids[] = {"GOV-02.1", "GOV-03.1"}, *const refs[] = {first, second};
	for (int i = 0; i < 2; i++) {
		char from[64];
		(void)snprintf(from, sizeof from, "{id: %s,", ids[i]);
		(void)snprintf(line, sizeof line, "{id: %s, refs: [%s],", ids[i], refs[i]);
		text = replaced(f, text, from, line);
	}
	read_text(f, text);
	if (!f->m)
		print_problems(f);
	assert_non_null(f->m);
	return f->m;
}

static struct model_coverage cover(struct fixture *f, const struct model *m, const char *framework, const char *version)
{
	struct model_coverage c;
	enum status status = model_coverage(m, str_from(framework), str_from(version), &f->a, &c, &f->err);
	if (status != OK)
		fail_msg("%s", f->err.message);
	return c;
}

static const struct model_coverage_group *group(const struct model_coverage *c, const char *id)
{
	for (size_t g = 0; g < c->n; g++)
		if (str_eq(c->groups[g].id, str_from(id)))
			return &c->groups[g];
	fail_msg("no group %s", id);
	return NULL;
}

static const struct model_coverage_id *id_of(const struct model_coverage_group *g, const char *id)
{
	for (size_t i = 0; i < g->n; i++)
		if (str_eq(g->ids[i].id, str_from(id)))
			return &g->ids[i];
	return NULL;
}

static void ids_are_counted_by_group(void **state)
{
	struct fixture *f = *state;
	const struct model *m = with_refs(f, "{framework: csa-aicm, version: '1.1.0', ids: [LOG-15, LOG-16, A&A-01]}",
					  "{framework: csa-aicm, version: '1.1.1', ids: [LOG-15]}");
	struct model_coverage c = cover(f, m, "csa-aicm", "");
	assert_true(str_eq(c.version, S("1.1.0")) && str_eq(c.title, S("CSA AI Controls Matrix")));
	assert_int_equal(c.ids, 247);
	assert_int_equal(c.n, 18);
	assert_int_equal(c.reached, 3);
	assert_int_equal(c.objectives, 2);
	assert_int_equal(c.left_out + c.elsewhere, 0);
	const struct model_coverage_group *log = group(&c, "LOG");
	assert_int_equal(log->reached, 2);
	assert_int_equal(id_of(log, "LOG-15")->n_objectives, 2);
	assert_true(str_eq(m->objectives[id_of(log, "LOG-15")->objectives[1]].id, S("GOV-03.1")));
	assert_int_equal(id_of(log, "LOG-14")->n_objectives, 0);
	int ids = 0, reached = 0;
	for (size_t g = 0; g < c.n; g++) {
		ids += c.groups[g].n_ids;
		reached += c.groups[g].reached;
		assert_true(c.groups[g].title.n > 0);
	}
	assert_int_equal(ids, c.ids);
	assert_int_equal(reached, c.reached);
}

static void an_older_version_is_translated(void **state)
{
	struct fixture *f = *state;
	/* AIS-08 of 1.1.0 was AIS-10 in 1.0.3, whose AIS-08 is another control. */
	const struct model *m = with_refs(f, "{framework: csa-aicm, version: '1.1.0', ids: [AIS-08]}",
					  "{framework: csa-aicm, version: '1.0.3', ids: [AIS-08, IAM-12]}");
	struct model_coverage c = cover(f, m, "csa-aicm", "1.0.3");
	assert_true(str_eq(c.other, S("1.1.0")));
	assert_int_equal(c.ids, 243);
	const struct model_coverage_id *moved = id_of(group(&c, "AIS"), "AIS-10");
	assert_true(moved->moves && str_eq(moved->moved, S("AIS-08")) && !moved->review);
	assert_int_equal(moved->n_objectives, 1);
	assert_int_equal(moved->objectives[0], 0);
	assert_int_equal(id_of(group(&c, "AIS"), "AIS-08")->n_objectives, 1);
	assert_int_equal(id_of(group(&c, "AIS"), "AIS-08")->objectives[0], 1);
	const struct model_coverage_id *removed = id_of(group(&c, "IAM"), "IAM-12");
	assert_true(removed->moves && removed->moved.n == 0 && removed->review && removed->n_objectives == 1);
	assert_int_equal(c.reached, 3);
	c = cover(f, m, "csa-aicm", "1.1.0");
	assert_int_equal(id_of(group(&c, "AIS"), "AIS-08")->n_objectives, 1);
	assert_int_equal(id_of(group(&c, "AIS"), "AIS-09")->n_objectives, 1); /* that was AIS-08 */
	assert_int_equal(c.reached, 2);                                       /* IAM-12 is nothing there */
}

static void the_newest_version_that_the_model_names_is_shown(void **state)
{
	struct fixture *f = *state;
	const struct model *m =
	    with_refs(f, "{framework: owasp-llm, version: '2025', ids: [LLM01]}",
		      "{framework: mitre-atlas, version: '5.6.0', ids: [AML.T0019]}, {framework: mitre-atlas, version: "
		      "'2026.07', ids: [AML.TA0002, AML.T0000.001]}");
	struct model_coverage c = cover(f, m, "owasp-llm", "");
	assert_true(str_eq(c.version, S("2025")) && c.reached == 1 && c.n == 1 && c.groups[0].id.n == 0);
	c = cover(f, m, "owasp-llm", "2026");
	assert_int_equal(c.reached, 0);
	assert_int_equal(c.elsewhere, 1);
	assert_int_equal(c.objectives, 0);
	c = cover(f, m, "mitre-atlas", "");
	assert_true(str_eq(c.version, S("2026.07")));
	assert_int_equal(c.reached, 2);
	assert_int_equal(c.elsewhere, 1);
	assert_int_equal(group(&c, "tactics")->reached, 1);
	assert_int_equal(group(&c, "AML.TA0002")->reached, 1);
	assert_int_equal(group(&c, "AML.TA0002")->n_objectives, 0); /* it counts as an id, not as a group too */
	c = cover(f, m, "nist-csf", "");
	assert_true(str_eq(c.version, S("2.0")) && c.reached == 0);
}

static void a_group_is_reached_alone(void **state)
{
	struct fixture *f = *state;
	const struct model *m = with_refs(f, "{framework: nist-csf, version: '2.0', ids: [PR, PR.AA, PR.AA-01]}",
					  "{framework: nist-ai-rmf, version: '1.0', ids: [GOVERN 1]}");
	struct model_coverage c = cover(f, m, "nist-csf", "");
	assert_int_equal(c.ids, 106);
	assert_int_equal(c.reached, 1);
	const struct model_coverage_group *pr = group(&c, "PR");
	assert_int_equal(pr->n_objectives, 1);
	assert_true(id_of(pr, "PR.AA")->heading && id_of(pr, "PR.AA")->n_objectives == 1);
	assert_null(id_of(pr, "PR.DS"));
	assert_int_equal(id_of(pr, "PR.AA-02")->n_objectives, 0);
	assert_int_equal(pr->n, (size_t)pr->n_ids + 1);
	c = cover(f, m, "nist-ai-rmf", "1.0");
	assert_int_equal(c.reached, 0);
	assert_int_equal(c.objectives, 1);
	assert_int_equal(id_of(group(&c, "GOVERN"), "GOVERN 1")->n_objectives, 1);
}

static void spellings_reach_the_entry_they_stand_for(void **state)
{
	struct fixture *f = *state;
	const struct model *m =
	    with_refs(f, "{framework: eu-ai-act, version: 2024/1689, ids: [Article 15(5), 'Annex III']}",
		      "{framework: iso-42001, version: '2023', ids: [Clause 6.1.2]}");
	struct model_coverage c = cover(f, m, "eu-ai-act", "");
	assert_int_equal(c.reached, 2);
	assert_int_equal(id_of(group(&c, "III"), "Art. 15")->n_objectives, 1);
	c = cover(f, m, "iso-42001", "");
	assert_int_equal(c.reached, 1);
}

static void what_is_left_out_on_purpose_says_why(void **state)
{
	struct fixture *f = *state;
	const struct model *m = with_refs(f, "{framework: csa-aicm, version: '1.1.0', ids: [DCS-01]}",
					  "{framework: csa-aicm, version: '1.1.0', ids: [DCS-02]}");
	static const str ids[] = {S("DCS-02"), S("DCS-03"), S("AIS-08")};
	struct model_untouched untouched = {
	    {S("csa-aicm"), S("1.1.0"), 3, ids}, S("buildings are not ours"), {{0}, 0, 0}};
	struct model copy = *m;
	copy.untouched = &untouched;
	copy.n_untouched = 1;
	struct model_coverage c = cover(f, &copy, "csa-aicm", "");
	assert_int_equal(c.reached, 2);
	assert_int_equal(c.left_out, 2); /* DCS-02 is reached after all */
	assert_true(str_eq(id_of(group(&c, "DCS"), "DCS-03")->left_out, S("buildings are not ours")));
	assert_int_equal(group(&c, "DCS")->left_out, 1);
	c = cover(f, &copy, "csa-aicm", "1.0.3");
	assert_true(str_eq(id_of(group(&c, "AIS"), "AIS-10")->left_out, S("buildings are not ours")));
}

static void what_is_not_bundled_is_refused(void **state)
{
	struct fixture *f = *state;
	struct model_coverage c;
	read_text(f, data_file(f, "good.yaml"));
	assert_int_equal(model_coverage(f->m, S("ccm"), S(""), &f->a, &c, &f->err), E_NOT_FOUND);
	assert_int_equal(model_coverage(f->m, S("csa-aicm"), S("9"), &f->a, &c, &f->err), E_NOT_FOUND);
	assert_string_equal(f->err.hint, "the newest is 1.1.0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(ids_are_counted_by_group),
	    TEST(an_older_version_is_translated),
	    TEST(the_newest_version_that_the_model_names_is_shown),
	    TEST(a_group_is_reached_alone),
	    TEST(spellings_reach_the_entry_they_stand_for),
	    TEST(what_is_left_out_on_purpose_says_why),
	    TEST(what_is_not_bundled_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
