/**
 * Answers: recorded once, counted as what was said last, and refused without what they need.
 */
#include "app/house.h"

static const int64_t now = DAY(50);
static const char units_csv[] = "unit,parent\nacme,\nnorth,acme\nsouth,acme\n";
static const char model_yaml[] =
    "schema: aismm.model/1\nid: m\nversion: \"1.0.0\"\ntitle: T\ndomains: [{id: d, title: D}]\ncategories:\n"
    "  - id: GOV\n    domain: d\n    title: G\n    objectives:\n"
    "      - {id: GOV-02.1, title: T, kpi: K, threshold: 0.5, window: P10D}\n"
    "      - {id: GOV-03.1, title: T, kpi: K, threshold: 1, window: P30D, scope: program}\n"
    "      - {id: GOV-04.1, title: T, kpi: K, threshold: 1, window: P30D}\n"
    "      - {id: GOV-05.1, title: T, kpi: K, threshold: 1, window: P30D}\n";

static void prepare(const struct room *room)
{
	import_units(room, now, (struct app_time){0}, str_from(units_csv));
	use_model(room, now, str_from(model_yaml), S("m"));
}

static enum status say(const struct room *room, int64_t now_ms, const struct app_answer *a, bool *unchanged,
		       struct err *why)
{
	struct house h;
	struct view_answer out;
	*why = (struct err){0};
	ask(&h, room, now_ms);
	enum status status = app_answer(&h.app, a, &out, why);
	if (unchanged)
		*unchanged = out.unchanged;
	answered(&h);
	return status;
}

static struct measure_tally own_tally(const struct room *room, str unit, int64_t at_ms)
{
	struct house h;
	struct view_score v;
	ask(&h, room, now);
	RUN(app_score(&h.app, unit, at_time(at_ms), &v, err));
	struct measure_tally t = v.score.objectives[0].tally;
	answered(&h);
	return t;
}

static int64_t measures(const struct room *room)
{
	return number(room->db, SQL("SELECT count(*) FROM measure"));
}

static void the_same_answer_twice_is_unchanged(void **state)
{
	const struct room *room = *state;
	struct err why;
	bool unchanged;
	char path[PATH_BYTES];
	int64_t before[TABLES], after[TABLES];
	prepare(room);
	struct app_answer plain = {
	    .objective = S("GOV-02.1"), .unit = S("north"), .tally = {1, 0, 0}, .observed = at_time(DAY(40))};
	struct app_answer full = {.objective = S("GOV-02.1"),
				  .unit = S("south"),
				  .tally = {3, 1, 2},
				  .reviewed = true,
				  .because = S("seen"),
				  .reviewer = S("second"),
				  .evidence_file = put_file(room, "minutes.txt", S("decided"), path),
				  .observed = at_time(DAY(41)),
				  .expires = at_time(DAY(60)),
				  .override_until = at_time(DAY(45))};
	struct app_answer none = {.objective = S("GOV-04.1"),
				  .unit = S("north"),
				  .not_applicable = true,
				  .because = S("no such thing here"),
				  .observed = at_time(DAY(42))};
	const struct app_answer *const answers[] = {&plain, &full, &none};
	for (int i = 0; i < 3; i++) {
		assert_int_equal(say(room, now, answers[i], &unchanged, &why), OK);
		assert_false(unchanged);
	}
	count_rows(room->db, before);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(say(room, now + i, answers[i], &unchanged, &why), OK);
		assert_true(unchanged);
	}
	count_rows(room->db, after);
	assert_same_counts(before, after);
}

static void an_answer_that_differs_in_anything_is_another_one(void **state)
{
	const struct room *room = *state;
	struct err why;
	bool unchanged;
	prepare(room);
	const struct app_answer base = {.objective = S("GOV-02.1"),
					.unit = S("north"),
					.tally = {2, 1, 0},
					.because = S("x"),
					.observed = at_time(DAY(40))};
	struct app_answer others[9];
	for (int i = 0; i < 9; i++)
		others[i] = base;
	others[1].objective = S("GOV-04.1");
	others[2].unit = S("south");
	others[3].tally.yes = 3;
	others[4].tally = (struct measure_tally){1, 2, 0};
	others[5].because = S("y");
	others[6].observed = at_time(DAY(40) + 1);
	others[7].expires = at_time(DAY(60));
	others[8].override_until = at_time(DAY(60));
	for (int i = 0; i < 9; i++) {
		assert_int_equal(say(room, now, &others[i], &unchanged, &why), OK);
		assert_false(unchanged);
		assert_int_equal(measures(room), i + 1);
	}
}

static void what_was_said_last_about_an_instant_counts(void **state)
{
	const struct room *room = *state;
	struct err why;
	bool unchanged;
	prepare(room);
	struct app_answer yes = {
	    .objective = S("GOV-02.1"), .unit = S("north"), .tally = {1, 0, 0}, .observed = at_time(DAY(40))};
	struct app_answer no = yes;
	no.tally = (struct measure_tally){0, 1, 0};
	const struct app_answer *const said[] = {&yes, &no, &yes, &yes, &no};
	static const bool repeated[] = {false, false, false, true, false};
	for (int i = 0; i < 5; i++) {
		assert_int_equal(say(room, now + i, said[i], &unchanged, &why), OK);
		assert_int_equal(unchanged, repeated[i]);
		assert_int_equal(own_tally(room, S("north"), DAY(40)).yes, said[i]->tally.yes);
	}
}

static void a_refused_answer_leaves_the_store_as_it_was(void **state)
{
	const struct room *room = *state;
	char sum[HASH_TEXT], again[HASH_TEXT], path[PATH_BYTES];
	prepare(room);
	str file = put_file(room, "evidence.txt", S("e"), path);
	content_of(room->db, true, sum);
	const struct {
		struct app_answer a;
		enum status status;
	} wrong[] = {
	    {{.objective = S("GOV-02.1"), .unit = S("nowhere"), .tally = {1, 0, 0}}, E_NOT_FOUND},
	    {{.objective = S("GOV-09.1"), .unit = S("north"), .tally = {1, 0, 0}}, E_NOT_FOUND},
	    {{.objective = S("GOV-02.1"), .tally = {1, 0, 0}, .evidence_file = file}, E_INVALID},
	    {{.objective = S("GOV-03.1"), .unit = S("north"), .tally = {1, 0, 0}, .evidence_file = file}, E_INVALID},
	    {{.objective = S("GOV-02.1"), .unit = S("north"), .not_applicable = true}, E_INVALID},
	    {{.objective = S("GOV-02.1"), .unit = S("north"), .tally = {-1, 0, 0}}, E_INVALID},
	    {{.objective = S("GOV-02.1"), .unit = S("north"), .tally = {1000000001, 0, 0}}, E_INVALID},
	    {{.objective = S("GOV-02.1"), .unit = S("north"), .tally = {1, 0, 0}, .override_until = {true, DAY(60)}},
	     E_INVALID},
	    {{.objective = S("GOV-02.1"), .unit = S("north"), .tally = {1, 0, 0}, .reviewed = true, .reviewer = S("b")},
	     E_INVALID},
	    {{.objective = S("GOV-02.1"),
	      .unit = S("north"),
	      .tally = {1, 0, 0},
	      .reviewed = true,
	      .evidence_file = file,
	      .reviewer = S(" tester ")},
	     E_INVALID},
	    {{.objective = S("GOV-02.1"),
	      .unit = S("north"),
	      .tally = {1, 0, 0},
	      .evidence_file = file,
	      .observed = {true, now + 1}},
	     E_INVALID},
	    {{.objective = S("GOV-02.1"), .unit = S("north"), .tally = {1, 0, 0}, .evidence_file = S("/no/such/file")},
	     E_NOT_FOUND},
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct err why;
		enum status status = say(room, now, &wrong[i].a, NULL, &why);
		if (status != wrong[i].status)
			fail_msg("wrong answer %zu: status %d, %s", i, status, why.message);
		content_of(room->db, true, again);
		assert_string_equal(sum, again);
	}
}

#define CASES(ON)                                                                                                      \
	ON(the_same_answer_twice_is_unchanged), ON(an_answer_that_differs_in_anything_is_another_one),                 \
	    ON(what_was_said_last_about_an_instant_counts), ON(a_refused_answer_leaves_the_store_as_it_was)
STORE_MAIN("app/answer")
