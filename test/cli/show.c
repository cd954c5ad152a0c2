/* What people see: made-up views at every width. */
#include "cli/cmd/show.h"

#include "cli/invented.h"

typedef enum status show_fn(struct invented *v, struct err *err);

static enum status show_score(struct invented *v, struct err *err)
{
	return cmd_score_show(&v->cli, &v->score, err);
}

static enum status show_objective(struct invented *v, struct err *err)
{
	return cmd_explain_objective(&v->cli, &v->objective, err);
}

static enum status show_category(struct invented *v, struct err *err)
{
	return cmd_explain_category(&v->cli, &v->category, err);
}

static enum status show_units(struct invented *v, struct err *err)
{
	return cmd_unit_show_list(&v->cli, &v->units, INT32_MAX, err);
}

/* An overlay of the invented model, by an author who means no good. */
static const struct model *overlaid(struct invented *v)
{
	struct model *m = invented_or_fail(arena_new(&v->arena, struct model, 1));
	struct model_objective *o = invented_or_fail(arena_new(&v->arena, struct model_objective, OBJECTIVES));
	struct model_overlaid *marks = invented_or_fail(arena_new(&v->arena, struct model_overlaid, OBJECTIVES + 1));
	memcpy(o, v->model.objectives, OBJECTIVES * sizeof *o);
	for (int i = 0; i < OBJECTIVES; i++) {
		marks[i] =
		    (struct model_overlaid){.act = i % MODEL_RETIRED,
					    .base = i % MODEL_RETIRED == MODEL_ADDED ? NULL : &v->model.objectives[i],
					    .because = S("it \x1b[8mhides\x1b[0m\nand ends the line"),
					    .approver = i % 2 ? S("Nobody \xc2\x9b"
								  "2J")
							      : S("")};
		o[i].overlaid = &marks[i];
		o[i].threshold_milli -= i % 3;
		o[i].title = i % 5 ? o[i].title
				   : S("\xe2\x80\xae another title, which is long enough to be wrapped in every "
				       "width that there is, and then some more");
		o[i].window_ms += i % 7 ? 0 : TIME_DAY_MS;
	}
	marks[OBJECTIVES] = (struct model_overlaid){
	    .act = MODEL_RETIRED, .base = &v->model.objectives[3], .because = S("\x1b[2Jgone"), .approver = S("\xff")};
	*m = v->model;
	m->objectives = o;
	m->name = S("over\x1b[0m@1.0.0");
	m->base = v->model.name;
	m->retired = &marks[OBJECTIVES];
	m->n_retired = 1;
	return m;
}

static enum status show_model(struct invented *v, struct err *err)
{
	struct export_json_model_filter all = {0}, some = {MODEL_SAAS, &v->model.categories[2]};
	struct view_model view = {.name = v->model.name, .title = S("\x1b]0;t\x07"), .categories = CATEGORIES};
	TRY(cmd_model_show_overview(&v->cli, overlaid(v), &view, &all, err));
	return cmd_model_show_overview(&v->cli, &v->model, &view, &some, err);
}

static enum status show_model_objective(struct invented *v, struct err *err)
{
	static const str ids[] = {S("LOG-15"), S("LOG-16")}, evidence[] = {S("a list\x1b[1m"), S("another")};
	static const struct model_ref ref = {S("csa-aicm"), S("1.1.0"), 2, ids};
	static const int first[] = {0};
	struct model_objective mo = overlaid(v)->objectives[3];
	mo.refs = &ref;
	mo.n_refs = 1;
	mo.evidence = evidence;
	mo.n_evidence = 2;
	mo.requires = first;
	mo.n_requires = 1;
	mo.population_size = S("SELECT unit_id,\n    \x1b[1mcount(*) AS n\n  FROM person");
	mo.may_lack = 5;
	return cmd_model_show_objective(&v->cli, &v->model, &mo, err);
}

static enum status show_diff(struct invented *v, struct err *err)
{
	if (!v->diff.from)
		TRY(model_diff(&v->model, overlaid(v), &v->arena, &v->diff, err));
	cmd_model_show_diff(&v->cli, &v->diff);
	return OK;
}

static enum status show_coverage(struct invented *v, struct err *err)
{
	static const str ids[] = {S("A.2"), S("A.2.2"), S("6.1.2")}, left[] = {S("A.2.3")};
	static const struct model_ref ref = {S("iso-42001"), S("2023"), 3, ids};
	static const struct model_untouched untouched = {
	    {S("iso-42001"), S("2023"), 1, left}, S("\x1b[7mso"), {{0}, 0, 0}};
	struct model m = v->model;
	struct model_objective *o = invented_or_fail(arena_new(&v->arena, struct model_objective, OBJECTIVES));
	struct model_coverage c;
	memcpy(o, m.objectives, OBJECTIVES * sizeof *o);
	for (int i = 0; i < 9; i++) {
		o[i].refs = &ref;
		o[i].n_refs = 1;
	}
	m.objectives = o;
	m.untouched = &untouched;
	m.n_untouched = 1;
	TRY(model_coverage(&m, S("iso-42001"), (str){NULL, 0}, &v->arena, &c, err));
	return cmd_model_show_coverage(&v->cli, &c, EXPORT_MODEL_ALL, err);
}

/* Every part of an overview, with names that mean no good. */
static enum status show_overview(struct invented *v, struct err *err)
{
	static const int categories[] = {2, 5, 6, 10};
	const struct view_move moves[] = {{.kind = VIEW_MOVE_RISE,
					   .level = 3,
					   .at_ms = AS_OF,
					   .effect = -1999,
					   .shown = -1990,
					   .n_categories = 4,
					   .categories = categories}};
	const struct view_word words[] = {{.objective = 0, .units = 1, .unit = 2},
					  {.objective = 1, .units = 9, .unit = -1}};
	const struct view_word_fall falls[] = {{.category = 6, .from = 5, .to = 1, .n = 2, .objectives = words}};
	const struct view_word_rise rises[] = {{.category = 2, .from = 1, .to = 5, .n_open = 12, .unknown = INT64_MAX}};
	const struct view_expiry expiries[] = {{.objective = 2,
						.ends_ms = AS_OF + TIME_DAY_MS,
						.from = 3,
						.to = 1,
						.author = S("\xc2\x9b"
							    "2J\xff"),
						.unit = 1},
					       {.objective = 5,
						.ends_ms = AS_OF,
						.from = 5,
						.to = 4,
						.basis = MEASURE_MEASURED,
						.unit = -1,
						.source_name = S("\x1b[5mblink\x1b[0m")}};
	const struct view_feed feed = {
	    .name = S("feed\x1b]0;x\x07"), .failed_reason = S("\xe2\x80\xaeline 1: no"), .newest_ms = AS_OF};
	struct view_trouble troubles[VIEW_TROUBLE_KINDS];
	for (int i = 0; i < VIEW_TROUBLE_KINDS; i++)
		troubles[i] = (struct view_trouble){(enum view_trouble_kind)i, &feed, AS_OF};
	struct view_overview o = {.model = &v->model,
				  .lens = {&v->tree, 0, v->tree.units[2].name, S("\x1b[8mAcme"), AS_OF,
					   AS_OF - TIME_DAY_MS, MODEL_SAAS, AS_OF},
				  .known = true,
				  .now = v->score.score,
				  .has_past = true,
				  .past = v->score.score,
				  .moves = {true, AS_OF - TIME_DAY_MS, AS_OF, -1999, 0, -1990, 0, 1, moves},
				  .words = {1, 1, falls, rises},
				  .expiries = {90 * TIME_DAY_MS, 7, 2, expiries},
				  .troubles = {9, VIEW_TROUBLE_KINDS, troubles, 3, 2}};
	TRY(view_overview_fill(&o, &v->arena, err));
	TRY(view_step_lifts(&v->model, &o.now, &v->arena, &o.lifts, &o.n_lifts, err));
	return cmd_overview_show(&v->cli, &o, err);
}

static enum status show_comparison(struct invented *v, struct err *err)
{
	struct score_objective *other = invented_or_fail(arena_new(&v->arena, struct score_objective, OBJECTIVES));
	struct view_compare c = {.model = &v->model,
				 .a = {S("\x1b[7mhere"), v->tree.units[2].name, AS_OF, true, v->score.score},
				 .b = {S("there"), S("there"), AS_OF - 1, true, v->score.score}};
	memcpy(other, v->score.score.objectives, OBJECTIVES * sizeof *other);
	for (int i = 0; i < OBJECTIVES; i += 7)
		other[i].verdict = other[i].verdict == SCORE_MET ? SCORE_OPEN : SCORE_MET;
	for (int i = 1; i < OBJECTIVES; i += 9)
		other[i].tally.no++;
	c.b.score.objectives = other;
	TRY(view_compare_fill(&c, &v->arena, err));
	return cmd_compare_show(&v->cli, &c, err);
}

static show_fn *const shows[] = {show_score,           show_objective, show_category, show_units,    show_model,
				 show_model_objective, show_diff,      show_coverage, show_overview, show_comparison};

/* Without the sequences that this program makes for colours: ESC [ digits m. */
static str without_colours(struct arena *a, str text)
{
	struct buf b = BUF(1 << 22);
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] != '\x1b') {
			buf_char(&b, text.p[i]);
			continue;
		}
		assert_true(i + 1 < text.n && text.p[i + 1] == '[');
		for (i += 2; i < text.n && text.p[i] >= '0' && text.p[i] <= '9'; i++)
			;
		assert_true(i < text.n && text.p[i] == 'm');
	}
	str copy = str_copy(a, buf_str(&b));
	buf_release(&b);
	return copy;
}

static void assert_safe(struct invented *v, str text)
{
	str line, rest = text;
	assert_true(str_is_utf8(text));
	for (size_t i = 0; i < text.n; i++)
		assert_true((unsigned char)text.p[i] >= 0x20 || text.p[i] == '\n');
	assert_int_equal(str_find(text, S("\xc2\x9b")), -1);
	assert_int_equal(str_find(text, S("\xe2\x80\xae")), -1);
	while (str_cut(rest, '\n', &line, &rest)) {
		if (out_width(line) > v->out.width)
			fail_msg("%d columns: %.*s", v->out.width, STR_ARG(line));
		assert_false(str_ends(line, S(" ")));
	}
	assert_int_equal(rest.n, 0);
}

static void no_line_is_wider_than_the_terminal_and_no_name_acts_on_it(void **state)
{
	(void)state;
	for (int known = 0; known < 2; known++) {
		struct invented v;
		invented_make(&v, known);
		for (size_t i = 0; i < sizeof shows / sizeof shows[0]; i++)
			for (int width = OUT_WIDTH_MIN; width <= OUT_WIDTH_MAX; width++) {
				struct err err;
				v.out.width = width;
				buf_clear(&v.out.text);
				assert_int_equal(shows[i](&v, &err), OK);
				assert_safe(&v, buf_str(&v.out.text));
			}
		invented_release(&v);
	}
}

static void colours_add_nothing_but_colours(void **state)
{
	struct invented v;
	(void)state;
	invented_make(&v, true);
	for (size_t i = 0; i < sizeof shows / sizeof shows[0]; i++) {
		struct err err;
		buf_clear(&v.out.text);
		assert_int_equal(shows[i](&v, &err), OK);
		str plain = str_copy(&v.arena, buf_str(&v.out.text));
		buf_clear(&v.out.text);
		v.out.colour = true;
		assert_int_equal(shows[i](&v, &err), OK);
		v.out.colour = false;
		str bare = without_colours(&v.arena, buf_str(&v.out.text));
		str a, b;
		while (plain.n) { /* a colour may end behind the spaces that plain lines have cut off */
			(void)str_cut(plain, '\n', &a, &plain);
			(void)str_cut(bare, '\n', &b, &bare);
			while (str_ends(b, S(" ")))
				b.n--;
			assert_true(str_eq(a, b));
		}
		assert_true(str_find(buf_str(&v.out.text), S("\x1b[")) >= 0);
	}
	invented_release(&v);
}

static bool shows_text(const struct invented *v, const char *text)
{
	return str_find(buf_str(&v->out.text), str_from(text)) >= 0;
}

static void the_score_says_what_is_not_known_and_what_does_not_apply(void **state)
{
	struct invented v;
	struct err err;
	(void)state;
	invented_make(&v, true);
	assert_int_equal(show_score(&v, &err), OK);
	assert_true(shows_text(&v, "DAT  Data Security                          ██░░░░░░░░  not known yet"));
	assert_true(shows_text(&v, "not known yet: no evidence and no answer for any of its 12 objectives"));
	assert_true(shows_text(&v, "IR   Incident Response                                  not applicable"));
	assert_true(shows_text(&v, "1 of 3 met for level 4, 1 open; next: GOV-04.2, GOV-04.3"));
	assert_true(shows_text(&v, "everything that applies is met"));
	invented_release(&v);
}

static void a_program_of_which_nothing_is_known_has_no_number_in_its_sentence(void **state)
{
	struct invented v;
	struct err err;
	(void)state;
	invented_make(&v, false);
	assert_int_equal(show_score(&v, &err), OK);
	assert_true(shows_text(&v, "Nothing is known yet, and that is a fair place to start"));
	assert_true(shows_text(&v, "Foundational  not known yet"));
	assert_false(shows_text(&v, "1 Initial      "));
	invented_release(&v);
}

static void the_arithmetic_of_an_objective_is_written_out(void **state)
{
	struct invented v;
	struct err err;
	(void)state;
	invented_make(&v, true);
	assert_int_equal(show_objective(&v, &err), OK);
	assert_true(shows_text(&v, "open: 412 of 487 yes = 84.5 %, needs 90 %; 44 no, 31 unknown"));
	assert_true(shows_text(&v, "1000 × 412 = 412000 < 900 × 487 = 438300"));
	assert_true(shows_text(&v, "1000 × 443 = 443000 ≥ 900 × 487 = 438300"));
	assert_true(shows_text(&v, "stale for 9 d"));
	assert_true(shows_text(&v, "left out: an override is in force"));
	assert_true(shows_text(&v, "aws:insurance  measured   18"));
	assert_true(shows_text(&v, "log_source: no fresh feed for 3 of 10 units; the feed siem"));
	assert_true(shows_text(&v, "its 18 yes and 2 no count as unknown"));
	assert_true(shows_text(&v, "7 units have no measure and count as unknown: wealth (3), claims and 5 more"));
	assert_true(
	    shows_text(&v, "credential in vault-retail-1120.json, record 211; sha256 c41e77d209aa, 31 Oct 2026"));
	assert_true(shows_text(&v, "21 to 22 of 75; the next: --offset 22"));
	invented_release(&v);
}

static void an_empty_population_is_a_sentence_and_not_a_share(void **state)
{
	struct invented v;
	struct err err;
	(void)state;
	invented_make(&v, true);
	v.objective.score = (struct score_objective){.verdict = SCORE_NOT_APPLICABLE};
	v.objective.n_measures = 0;
	assert_int_equal(show_objective(&v, &err), OK);
	assert_true(shows_text(&v, "not applicable: the population is empty, or the objective does not apply here"));
	assert_true(shows_text(&v, "no measure yet"));
	assert_false(shows_text(&v, "0 of 0"));
	invented_release(&v);
}

static void the_greatest_counts_are_written_out_without_overflow(void **state)
{
	struct invented v;
	struct err err;
	(void)state;
	invented_make(&v, true);
	int64_t most = (INT64_C(1) << 53) - 1;
	v.objective.score =
	    (struct score_objective){.verdict = SCORE_MET, .tally = {most, 0, 0}, .evidenced = {most, 0, 0}};
	assert_int_equal(show_objective(&v, &err), OK);
	assert_true(shows_text(&v, "1000 × 9007199254740991 = 9007199254740991000 ≥ 900 × 9007199254740991"));
	invented_release(&v);
}

static void a_category_shows_its_steps_and_where_it_stands(void **state)
{
	struct invented v;
	struct err err;
	(void)state;
	invented_make(&v, true);
	assert_int_equal(show_category(&v, &err), OK);
	assert_true(shows_text(&v, "2 objectives from level 3 Defined, about 10 person-days"));
	assert_true(shows_text(&v, "14 more yes of 300; 30 unknown now"));
	assert_true(shows_text(&v, "Level 2 Repeatable  3 of 3 met; you are here"));
	v.category.target_level = 0;
	v.category.score.applicable = false;
	buf_clear(&v.out.text);
	assert_int_equal(show_category(&v, &err), OK);
	assert_true(shows_text(&v, "Not applicable: none of its objectives applies here."));
	assert_false(shows_text(&v, "person-days"));
	invented_release(&v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(no_line_is_wider_than_the_terminal_and_no_name_acts_on_it),
	    cmocka_unit_test(colours_add_nothing_but_colours),
	    cmocka_unit_test(the_score_says_what_is_not_known_and_what_does_not_apply),
	    cmocka_unit_test(a_program_of_which_nothing_is_known_has_no_number_in_its_sentence),
	    cmocka_unit_test(the_arithmetic_of_an_objective_is_written_out),
	    cmocka_unit_test(an_empty_population_is_a_sentence_and_not_a_share),
	    cmocka_unit_test(the_greatest_counts_are_written_out_without_overflow),
	    cmocka_unit_test(a_category_shows_its_steps_and_where_it_stands),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
