/**
 * Overlays: what they do to their base, each thing they may not do, and where the message points.
 */
#include "model_fixture.h"

#include "core/model_read.h"

static void read_both(struct fixture *f, str base, str overlay)
{
	struct model_file files[] = {{S("m.yaml"), base}, {S("acme.yaml"), overlay}};
	read_files(f, files, 2);
}

static const struct model *composed(struct fixture *f)
{
	read_both(f, data_file(f, "good.yaml"), data_file(f, "overlay.yaml"));
	if (f->problems.n)
		print_problems(f);
	assert_non_null(f->m);
	assert_int_equal(f->problems.n, 0);
	return f->m;
}

static const struct model_objective *objective(const struct model *m, const char *id)
{
	const struct model_objective *o = model_objective_find(m, str_from(id));
	assert_non_null(o);
	return o;
}

/* ---- what it makes ---- */

static void the_new_model_has_a_name_of_its_own_and_the_line_of_its_base(void **state)
{
	const struct model *m = composed(*state);
	assert_true(str_eq(m->name, S("acme-model@2.0.1")) && str_eq(m->id, S("acme-model")));
	assert_true(str_eq(m->title, S("The model of Acme")) && str_eq(m->notice, S("made for tests")));
	assert_true(str_eq(m->line, S("example-model@1")) && str_eq(m->base, S("example-model@1.2.3")));
	assert_int_equal(m->n_categories, 1);
	assert_int_equal(m->n_objectives, 8);
	assert_true(str_eq(m->level_names[4], S("Fifth")) && str_eq(m->categories[0].levels[4], S("all")));
}

static void what_is_added_stands_last_in_its_level(void **state)
{
	const struct model *m = composed(*state);
	const struct model_objective *o = objective(m, "GOV-03.101");
	assert_int_equal(o->overlaid->act, MODEL_ADDED);
	assert_null(o->overlaid->base);
	assert_true(str_eq(o[-1].id, S("GOV-03.2")) && str_eq(o[1].id, S("GOV-04.1")));
	assert_int_equal(o->n_requires, 1);
	assert_true(str_eq(m->objectives[o->requires[0]].id, S("GOV-02.2")));
	assert_true(str_eq(o->place.file, S("acme.yaml")) && o->place.line == 7);
}

static void what_is_changed_remembers_what_it_was(void **state)
{
	const struct model *m = composed(*state);
	const struct model_objective *o = objective(m, "GOV-02.2");
	assert_int_equal(o->overlaid->act, MODEL_TIGHTENED);
	assert_int_equal(o->threshold_milli, 950);
	assert_int_equal(o->overlaid->base->threshold_milli, 900);
	assert_true(str_eq(o->owner, S("legal")) && str_eq(o->overlaid->base->owner, S("iam")));
	assert_int_equal(o->effort_days, 9);
	assert_int_equal(o->n_evidence, 2);
	assert_true(str_eq(o->guidance, S("Ours. Begins. Here.")));
	o = objective(m, "GOV-03.1");
	assert_int_equal(o->overlaid->act, MODEL_LOOSENED); /* tighter in one thing does not make it tighter */
	assert_int_equal(o->threshold_milli, 800);
	assert_int_equal(o->max_age_ms, 30 * TIME_DAY_MS);
	assert_true(str_eq(o->overlaid->approver, S("A. Lindqvist, CISO")));
	assert_true(str_eq(o->overlaid->because, S("half of it is bought")));
	assert_int_equal(o->overlaid->place.line, 28);
	assert_int_equal(objective(m, "GOV-04.1")->overlaid->act, MODEL_TIGHTENED);
	assert_int_equal(objective(m, "GOV-04.2")->overlaid->act, MODEL_ADAPTED);
	assert_null(objective(m, "GOV-03.2")->overlaid);
	int counts[MODEL_OVERLAY_ACTS];
	model_overlay_count(m, counts);
	assert_int_equal(counts[MODEL_ADDED] * 10000 + counts[MODEL_ADAPTED] * 1000 + counts[MODEL_TIGHTENED] * 100 +
			     counts[MODEL_LOOSENED] * 10 + counts[MODEL_RETIRED],
			 11211);
}

static void what_is_retired_is_kept_apart_and_nobody_requires_it(void **state)
{
	const struct model *m = composed(*state);
	assert_null(model_objective_find(m, S("GOV-05.2")));
	assert_int_equal(m->n_retired, 1);
	assert_true(str_eq(m->retired[0].base->id, S("GOV-05.2")) && m->retired[0].act == MODEL_RETIRED);
	assert_true(str_eq(m->retired[0].approver, S("A. Lindqvist")) && str_eq(m->retired[0].because, S("we do not")));
	assert_int_equal(m->retired[0].base->category, 0);
	assert_int_equal(objective(m, "GOV-05.1")->n_requires, 0);
}

static void a_model_that_is_none_has_no_base_and_no_marks(void **state)
{
	struct fixture *f = *state;
	int counts[MODEL_OVERLAY_ACTS];
	read_text(f, data_file(f, "good.yaml"));
	assert_null(f->m->base.p);
	assert_int_equal(f->m->n_retired, 0);
	model_overlay_count(f->m, counts);
	for (int i = 0; i < MODEL_OVERLAY_ACTS; i++)
		assert_int_equal(counts[i], 0);
}

static void the_order_of_the_files_and_of_the_entries_does_not_matter(void **state)
{
	struct fixture *f = *state;
	struct model_file files[] = {{S("zz.yaml"), data_file(f, "good.yaml")},
				     {S("aa.yaml"), data_file(f, "overlay.yaml")}};
	read_files(f, files, 2);
	assert_non_null(f->m);
	assert_int_equal(objective(f->m, "GOV-02.2")->threshold_milli, 950);
}

static void a_base_of_several_files_may_be_overlaid(void **state)
{
	struct fixture *f = *state;
	struct model_file files[] = {
	    {S("d/AAA.yaml"), data_file(f, "split/AAA.yaml")},
	    {S("d/BBB.yaml"), data_file(f, "split/BBB.yaml")},
	    {S("d/CCC.yaml"), data_file(f, "split/CCC.yaml")},
	    {S("d/model.yaml"), data_file(f, "split/model.yaml")},
	    {S("model.yaml"), S("schema: aismm.overlay/1\nid: o\nversion: 1\ntitle: T\nbase: split@2.0-rc 1\nadd:\n"
				"  - {id: CCC-02.101, title: T, kpi: K, threshold: 1, window: P1D}\n")},
	};
	read_files(f, files, 5);
	if (!f->m)
		print_problems(f);
	assert_non_null(f->m);
	for (size_t i = 0; i < f->problems.n; i++) /* the base's own warnings are not this author's */
		assert_true(str_eq(f->problems.list[i].place.file, S("model.yaml")));
	assert_true(f->problems.n_warnings > 0);
	assert_true(str_eq(f->m->categories[objective(f->m, "CCC-02.101")->category].id, S("CCC")));
}

/* ---- what it may not do ---- */

/* One change to overlay.yaml and the only problem it causes: where `at` first stands in the changed text. */
static void expect_overlay(struct fixture *f, const struct rule *rule)
{
	str text = replaced(f, data_file(f, "overlay.yaml"), rule->from, rule->to);
	read_both(f, data_file(f, "good.yaml"), text);
	ptrdiff_t at = str_find(text, str_from(rule->at));
	assert_true(at >= 0);
	int line = 1, column = 1;
	for (ptrdiff_t c = 0; c < at; c++) {
		column = text.p[c] == '\n' ? 1 : column + 1;
		line += text.p[c] == '\n';
	}
	const struct model_problem *p = f->problems.list;
	if (f->problems.n != 1 || !str_eq(p->message, str_from(rule->message)) || p->place.line != line ||
	    p->place.column != column || !str_eq(p->place.file, S("acme.yaml")) || p->warning != rule->warning) {
		print_problems(f);
		fail_msg("expected at acme.yaml:%d:%d only: %s", line, column, rule->message);
	}
}

#define EXPECT(state, rules)                                                                                           \
	for (size_t i_ = 0; i_ < sizeof(rules) / sizeof(rules)[0]; i_++)                                               \
	expect_overlay(*(state), &(rules)[i_])

static void the_head_is_checked(void **state)
{
	static const struct rule rules[] = {
	    {"aismm.overlay/1", "aismm.overlay/2", "aismm.overlay/2",
	     "schema is \"aismm.overlay/2\"; this program reads aismm.overlay/1", false},
	    {"id: acme-model\n", "", "schema:", "id is missing", false},
	    {"version: \"2.0.1\"\n", "", "schema:", "version is missing", false},
	    {"title: The model of Acme\n", "", "schema:", "title is missing", false},
	    {"base: example-model@1.2.3\n", "", "schema:", "base is missing", false},
	    {"example-model@1.2.3", "example-model@1.2.4", "example-model@1.2.4",
	     "the overlay is written for example-model@1.2.4; the base at hand is example-model@1.2.3", false},
	    {"example-model@1.2.3", "example-model@2", "example-model@2",
	     "the overlay is written for example-model@2; the base at hand is example-model@1.2.3", false},
	    {"example-model@1.2.3", "example-model", "example-model",
	     "the overlay is written for example-model; the base at hand is example-model@1.2.3", false},
	    {"id: acme-model", "id: example-model", "example-model",
	     "id example-model is that of the base; an overlay has a name of its own", false},
	    {"title: The", "levels: []\ntitle: The", "levels", "unknown key \"levels\" in the overlay", false},
	    {"title: The", "window: P1D\ntitle: The", "window", "unknown key \"window\" in the overlay", false},
	};
	EXPECT(state, rules);
}

static void the_line_names_the_base_as_well(void **state)
{
	struct fixture *f = *state;
	read_both(f, data_file(f, "good.yaml"),
		  replaced(f, data_file(f, "overlay.yaml"), "example-model@1.2.3", "example-model@1"));
	assert_non_null(f->m);
	assert_true(str_eq(f->m->base, S("example-model@1.2.3")));
}

static void an_added_objective_takes_no_id_of_the_base(void **state)
{
	static const struct rule rules[] = {
	    {"id: GOV-03.101", "id: GOV-03.1", "GOV-03.1",
	     "GOV-03.1: the base has this id, and measures under it; give it a number from 101 on", false},
	    {"id: GOV-03.101", "id: GOV-05.2", "GOV-05.2",
	     "GOV-05.2: the base has this id, and measures under it; give it a number from 101 on", false},
	    {"id: GOV-03.101", "id: GOV-03.7", "GOV-03.7",
	     "GOV-03.7: numbers below 101 are the base's: a later version of it may use this one", true},
	    {"id: GOV-03.101", "id: IAM-03.101", "IAM-03.101", "the base has no category \"IAM\"", false},
	    {"id: GOV-03.101", "id: GOV-01.101", "GOV-01.101",
	     "GOV: objective id \"GOV-01.101\" is not GOV-0L.N with a level L from 2 to 5 and a number N", false},
	    {"  - id: GOV-03.101\n    title", "  - title", "title: Ours", "id is missing", false},
	    {"requires: [GOV-02.2]", "requires: [GOV-05.2]", "GOV-05.2",
	     "GOV-03.101: requires GOV-05.2, which this overlay retires", false},
	    {"requires: [GOV-02.2]", "requires: [GOV-09.9]", "GOV-09.9",
	     "GOV-03.101: requires \"GOV-09.9\", which the model does not have", false},
	    {"threshold: 0.5", "threshold: 5", "5\n    window",
	     "GOV-03.101: threshold 5 is not above 0 and at most 1 with three decimals", false},
	    {"    owner: iam\n", "", "id: GOV-03.101", "GOV-03.101: owner is missing", true},
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
		struct rule rule = rules[i];
		if (str_eq(str_from(rule.at), S("GOV-05.2")) && i == 1)
			rule.at = "GOV-05.2\n    title";
		expect_overlay(f, &rule);
	}
}

static void a_loosening_needs_an_approver_and_a_reason(void **state)
{
	static const struct rule rules[] = {
	    {"    approver: A. Lindqvist, CISO\n", "", "0.8",
	     "GOV-03.1: threshold 0.8 is looser than the base's 0.9; that needs approver", false},
	    {"    because: half of it is bought\n", "", "0.8",
	     "GOV-03.1: threshold 0.8 is looser than the base's 0.9; that needs because", false},
	    {"    approver: A. Lindqvist, CISO\n    because: half of it is bought\n", "", "0.8",
	     "GOV-03.1: threshold 0.8 is looser than the base's 0.9; that needs approver and because", false},
	    {"approver: A. Lindqvist, CISO", "approver: \"  \"", "0.8",
	     "GOV-03.1: threshold 0.8 is looser than the base's 0.9; that needs approver", false},
	    {"max_age: P60D", "max_age: P91D", "P91D",
	     "GOV-04.1: max_age P91D is looser than the base's P90D; that needs approver and because", false},
	    {"max_age: P60D", "deployment: [saas, paas]", "[saas, paas]",
	     "GOV-04.1: another deployment changes which units are counted; that needs approver and because", false},
	    {"approver: A. Lindqvist, CISO", "approver: \"\\u200B\\u2060\\uFEFF\"", "0.8",
	     "GOV-03.1: threshold 0.8 is looser than the base's 0.9; that needs approver", false},
	    {"approver: A. Lindqvist, CISO", "approver: \"-\"", "0.8",
	     "GOV-03.1: threshold 0.8 is looser than the base's 0.9; that needs approver", false},
	    {"approver: A. Lindqvist, CISO", "approver: \". A, \\u200F\u2026\u3000\"", "0.8",
	     "GOV-03.1: threshold 0.8 is looser than the base's 0.9; that needs approver", false},
	    {"because: half of it is bought", "because: \"\u2014 \\u00A0?\"", "0.8",
	     "GOV-03.1: threshold 0.8 is looser than the base's 0.9; that needs because", false},
	    {"because: we do not", "because: \"\u2026\"", "{id: GOV-05.2", "GOV-05.2: a retirement needs because",
	     false},
	    {", approver: A. Lindqvist}", "}", "{id: GOV-05.2", "GOV-05.2: a retirement needs approver", false},
	    {"because: we do not, ", "", "{id: GOV-05.2", "GOV-05.2: a retirement needs because", false},
	    {", because: we do not, approver: A. Lindqvist", "", "{id: GOV-05.2",
	     "GOV-05.2: a retirement needs approver and because", false},
	};
	EXPECT(state, rules);
}

static void what_would_be_another_objective_cannot_be_changed(void **state)
{
	static const char *const keys[] = {
	    "title", "kpi",           "subject",   "population", "condition", "window",
	    "scope", "threshold_why", "rationale", "mode",       "basis",     "population_size",
	    "empty", "may_lack",      "requires",  "check",      "refs"};
	struct fixture *f = *state;
	size_t changeable = 0, refused = 0;
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++, refused++) {
		char to[64], message[256];
		(void)snprintf(to, sizeof to, "max_age: P60D\n    %s: P1D", keys[i]);
		(void)snprintf(
		    message, sizeof message,
		    "GOV-04.1: %s cannot be changed by an overlay: it would be another objective; retire this "
		    "one and add one of your own",
		    keys[i]);
		char at[64];
		(void)snprintf(at, sizeof at, "%s: P1D", keys[i]);
		struct rule rule = {"max_age: P60D", to, at, message, false};
		expect_overlay(f, &rule);
	}
	/* id, threshold, max_age, deployment, evidence, effort, owner, guidance */
	for (const str *key = model_objective_keys(); key->n; key++)
		changeable++;
	assert_int_equal(changeable, refused + 8);
}

static void changes_and_retirements_name_an_objective_of_the_base_once(void **state)
{
	static const struct rule rules[] = {
	    {"id: GOV-04.2", "id: GOV-04.9", "GOV-04.9", "the base has no objective \"GOV-04.9\"", false},
	    {"id: GOV-04.2", "id: gov-04.2", "gov-04.2", "the base has no objective \"gov-04.2\"", false},
	    {"id: GOV-04.2", "id: GOV-04.1", "GOV-04.1\n    owner", "GOV-04.1 is in this overlay twice", false},
	    {"id: GOV-04.2", "id: GOV-03.101", "GOV-03.101\n    owner",
	     "GOV-03.101 is added by this overlay; write it there as it should be", false},
	    {"{id: GOV-05.2", "{id: GOV-04.1", "GOV-04.1, because", "GOV-04.1 is in this overlay twice", false},
	    {"{id: GOV-05.2", "{id: GOV-05.9", "GOV-05.9", "the base has no objective \"GOV-05.9\"", false},
	    {"    owner: data", "    because: so", "id: GOV-04.2",
	     "GOV-04.2: this changes nothing: name threshold, max_age, deployment, owner, effort, evidence or guidance",
	     false},
	    {"owner: data", "threshold: 0.9", "0.9\nretire", "GOV-04.2: threshold is that of the base", true},
	    {"owner: data", "threshold: 2", "2\nretire",
	     "GOV-04.2: threshold 2 is not above 0 and at most 1 with three decimals", false},
	    {"owner: data", "thresold: 1", "thresold",
	     "GOV-04.2: unknown key \"thresold\" in a change; did you mean \"threshold\"?", false},
	    {"owner: data", "owner: nobody", "nobody\nretire",
	     "GOV-04.2: \"nobody\" is not one of the functions that evidence and reports know", true},
	    {"{id: GOV-05.2, ", "{id: GOV-05.2, until: never, ", "until", "unknown key \"until\" in a retirement",
	     false},
	    {"  - id: GOV-04.2\n    owner: data", "  - GOV-04.2", "GOV-04.2",
	     "a change is a map of keys and values, with the id of an objective", false},
	    {"change:\n", "change: []\nother:\n", "other", "unknown key \"other\" in the overlay", false},
	};
	EXPECT(state, rules);
}

static void applying_to_more_is_no_tightening(void **state)
{
	struct fixture *f = *state;
	static const char *const wider[] = {"[self_hosted, saas, paas]", "[paas]", "[saas]"};
	for (size_t i = 0; i < sizeof wider / sizeof wider[0]; i++) {
		char entry[160];
		(void)snprintf(entry, sizeof entry, "change:\n  - {id: GOV-02.1, deployment: %s}\n", wider[i]);
		struct rule rule = {"change:\n", entry, "[", NULL, false};
		rule.at = wider[i];
		rule.message = "GOV-02.1: another deployment changes which units are counted; that needs approver and "
			       "because";
		expect_overlay(f, &rule);
	}
	read_both(
	    f, data_file(f, "good.yaml"),
	    replaced(f, data_file(f, "overlay.yaml"), "change:\n",
		     "change:\n  - {id: GOV-02.1, deployment: [saas, paas, self_hosted], approver: Me, because: so "
		     "it is}\n"));
	assert_int_equal(objective(f->m, "GOV-02.1")->overlaid->act, MODEL_LOOSENED);
}

static void what_would_only_erase_is_not_written(void **state)
{
	struct fixture *f = *state;
	static const struct rule rules[] = {
	    {"owner: data", "owner: data\n    evidence: []", "[]\nretire",
	     "GOV-04.2: an empty evidence would erase the base's, which is kept", true},
	    {"owner: data", "owner: data\n    guidance: \" \"", "\" \"",
	     "GOV-04.2: an empty guidance would erase the base's, which is kept", true},
	    {"owner: data", "owner: data\n    effort: 0", "0\nretire",
	     "GOV-04.2: an empty effort would erase the base's, which is kept", true},
	    {"owner: data", "max_age: P1D\n    owner: ''", "''",
	     "GOV-04.2: an empty owner would erase the base's, which is kept", true},
	};
	EXPECT(state, rules);
	str text = replaced(
	    f, data_file(f, "overlay.yaml"),
	    "    owner: legal\n    effort: 9\n    evidence: [our list, another]\n    guidance: Ours. Begins. Here.\n",
	    "    owner: ''\n    effort: 0\n    evidence: []\n    guidance: ''\n");
	read_both(f, data_file(f, "good.yaml"), text);
	assert_int_equal(f->problems.n_warnings, 4);
	const struct model_objective *o = objective(f->m, "GOV-02.2"), *base = o->overlaid->base;
	assert_true(o->n_evidence == base->n_evidence && o->evidence == base->evidence && o->n_evidence > 0);
	assert_true(str_eq(o->guidance, base->guidance) && o->guidance.n > 0);
	assert_true(o->effort_days == base->effort_days && str_eq(o->owner, S("iam")));
	read_both(f, data_file(f, "good.yaml"), replaced(f, text, "    threshold: 0.95\n", ""));
	assert_null(f->m);
	assert_int_equal(f->problems.n_errors, 1); /* this changes nothing */
}

static void the_last_objective_of_a_level_stays_unless_another_takes_its_place(void **state)
{
	struct fixture *f = *state;
	str both = replaced(f, data_file(f, "overlay.yaml"), "retire:\n",
			    "retire:\n  - {id: GOV-05.1, because: as ever, approver: Ann}\n");
	read_both(f, data_file(f, "good.yaml"), both);
	assert_int_equal(f->problems.n, 1);
	assert_true(str_eq(f->problems.list[0].message, S("GOV: level 5 has no objectives")));
	assert_true(str_eq(f->problems.list[0].place.file, S("acme.yaml")));
	assert_in_range(f->problems.list[0].place.line, 38, 39);
	read_both(f, data_file(f, "good.yaml"), replaced(f, both, "id: GOV-03.101", "id: GOV-05.101"));
	assert_non_null(f->m);
	assert_int_equal(f->m->n_retired, 2);
	assert_true(str_eq(f->m->retired[0].base->id, S("GOV-05.1")));
}

static void an_overlay_alone_or_over_another_is_refused(void **state)
{
	struct fixture *f = *state;
	str text = data_file(f, "overlay.yaml");
	struct model_file alone = {S("acme.yaml"), text};
	read_files(f, &alone, 1);
	assert_int_equal(f->problems.n_errors, 1);
	assert_true(str_find(f->problems.list[0].message, S("the base example-model@1.2.3 is not at hand")) == 0);
	assert_int_equal(f->problems.list[0].place.line, 5);
	struct model_file three[] = {
	    {S("a.yaml"), data_file(f, "good.yaml")}, {S("b.yaml"), text}, {S("c.yaml"), text}};
	read_files(f, three, 3);
	assert_int_equal(f->problems.n_errors, 1);
	assert_true(str_find(f->problems.list[0].message, S("an overlay of an overlay: b.yaml is one as well")) == 0);
}

static void an_overlay_that_does_nothing_is_warned_about(void **state)
{
	struct fixture *f = *state;
	read_both(f, data_file(f, "good.yaml"),
		  S("schema: aismm.overlay/1\nid: o\nversion: 1\ntitle: T\nbase: example-model@1\n"));
	assert_non_null(f->m);
	assert_int_equal(f->problems.n, 1);
	assert_true(str_eq(f->problems.list[0].message, S("the overlay adds, changes and retires nothing")));
}

static void problems_of_the_base_are_errors_at_their_place(void **state)
{
	struct fixture *f = *state;
	read_both(f, replaced(f, data_file(f, "good.yaml"), "window: P365D", "window: P0D"),
		  data_file(f, "overlay.yaml"));
	assert_null(f->m);
	assert_true(str_eq(f->problems.list[0].place.file, S("m.yaml")));
	read_both(f, S("schema: ["), data_file(f, "overlay.yaml"));
	assert_null(f->m);
}

static void the_base_that_an_overlay_wants_is_found_in_its_text(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *text, *base;
		bool is;
	} table[] = {
	    {"schema: aismm.overlay/1\nbase: a@1", "a@1", true},
	    {"schema: aismm.overlay/9\nbase: ' a@1 '", "a@1", true},
	    {"schema: aismm.overlay/1", "", true},
	    {"schema: aismm.overlay/1\nbase: [a]", "", true},
	    {"schema: aismm.overlay/1\nbase:", "", true},
	    {"schema: aismm.model/1\nbase: a@1", "", false},
	    {"schema: [", "", false},
	    {"", "", false},
	    {"- a", "", false},
	};
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct model_file file = {S("x.yaml"), str_from(table[i].text)};
		bool is = false;
		str base;
		assert_int_equal(model_overlay_base(&file, &f->a, &is, &base, &f->err), OK);
		assert_int_equal(is, table[i].is);
		assert_true(str_eq(base, str_from(table[i].base)));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(the_new_model_has_a_name_of_its_own_and_the_line_of_its_base),
	    TEST(what_is_added_stands_last_in_its_level),
	    TEST(what_is_changed_remembers_what_it_was),
	    TEST(what_is_retired_is_kept_apart_and_nobody_requires_it),
	    TEST(a_model_that_is_none_has_no_base_and_no_marks),
	    TEST(the_order_of_the_files_and_of_the_entries_does_not_matter),
	    TEST(a_base_of_several_files_may_be_overlaid),
	    TEST(the_head_is_checked),
	    TEST(the_line_names_the_base_as_well),
	    TEST(an_added_objective_takes_no_id_of_the_base),
	    TEST(a_loosening_needs_an_approver_and_a_reason),
	    TEST(what_would_be_another_objective_cannot_be_changed),
	    TEST(changes_and_retirements_name_an_objective_of_the_base_once),
	    TEST(applying_to_more_is_no_tightening),
	    TEST(what_would_only_erase_is_not_written),
	    TEST(the_last_objective_of_a_level_stays_unless_another_takes_its_place),
	    TEST(an_overlay_alone_or_over_another_is_refused),
	    TEST(an_overlay_that_does_nothing_is_warned_about),
	    TEST(problems_of_the_base_are_errors_at_their_place),
	    TEST(the_base_that_an_overlay_wants_is_found_in_its_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
