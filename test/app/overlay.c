/**
 * A company activates an overlay: existing measures keep counting, what is stored stays as it was, and nothing that
 * counts something else inherits a measure.
 */
#include "app/house.h"

#include "core/model_coverage.h"
#include "core/model_diff.h"

enum { MESSAGE = 16384 };

static const int64_t now = DAY(50);
static const char units_csv[] = "unit,parent\nacme,\nnorth,acme\nsouth,acme\n";

#define MODEL(version, threshold)                                                                                      \
	"schema: aismm.model/1\nid: m\nversion: \"" version "\"\ntitle: T\ndomains: [{id: d, title: D}]\n"             \
	"categories:\n  - id: GOV\n    domain: d\n    title: G\n    objectives:\n"                                     \
	"      - {id: GOV-02.1, title: T, kpi: K, threshold: " threshold ", window: P30D, subject: person, check: "    \
	"\"SELECT unit_id, id AS subject, active AS meets FROM person\"}\n"                                            \
	"      - {id: GOV-03.1, title: T, kpi: K, threshold: 1, window: P30D}\n"                                       \
	"      - {id: GOV-04.1, title: T, kpi: K, threshold: 1, window: P30D}\n"                                       \
	"      - {id: GOV-05.1, title: T, kpi: K, threshold: 1, window: P30D}\n"
#define OVERLAY(version, rest) "schema: aismm.overlay/1\nid: o\nversion: \"" version "\"\ntitle: O\nbase: m@1\n" rest
#define OWN(window)                                                                                                    \
	"add:\n  - {id: GOV-05.101, title: T, kpi: K, threshold: 1, window: " window ", subject: identity, check: "    \
	"\"SELECT unit_id, id AS subject, mfa AS meets FROM identity\"}\n"

/* What a score says about one objective, and the level. */
struct seen {
	bool there;
	enum score_verdict verdict;
	struct measure_tally tally;
	int level;
	char model[32], line[32];
};

static struct seen look(const struct room *room, const char *id)
{
	struct house h;
	struct view_score v;
	struct seen seen = {0};
	ask(&h, room, now);
	RUN(app_score(&h.app, (str){NULL, 0}, (struct app_time){0}, &v, err));
	const struct model_objective *o = model_objective_find(v.model, str_from(id));
	seen.there = o != NULL;
	if (o) {
		seen.verdict = v.score.objectives[o - v.model->objectives].verdict;
		seen.tally = v.score.objectives[o - v.model->objectives].tally;
	}
	seen.level = v.score.categories[0].level;
	(void)snprintf(seen.model, sizeof seen.model, "%.*s", STR_ARG(v.model->name));
	(void)snprintf(seen.line, sizeof seen.line, "%.*s", STR_ARG(v.model->line));
	answered(&h);
	return seen;
}

static void prepare(const struct room *room)
{
	char path[PATH_BYTES];
	import_units(room, now, (struct app_time){0}, str_from(units_csv));
	use_model(room, now, str_from(MODEL("1.0.0", "0.6")), S("m"));
	str file = put_file(room, "p.csv", S("id,unit,active\na,north,1\nb,north,0\nc,south,1\n"), path);
	struct app_import options = {.format = S("person"), .observed = at_time(DAY(45))};
	RUN(try_import(room, now, &options, &file, 1, NULL, err));
}

static void evaluate(const struct room *room)
{
	struct house h;
	struct view_evaluation v;
	ask(&h, room, now);
	RUN(app_evaluate(&h.app, (struct app_time){0}, &v, err));
	assert_int_equal(v.n_failures, 0);
	answered(&h);
}

static void answer(const struct room *room, const char *objective, struct measure_tally tally)
{
	struct house h;
	struct view_answer v;
	struct app_answer a = {.objective = str_from(objective), .unit = S("north"), .tally = tally};
	ask(&h, room, now);
	RUN(app_answer(&h.app, &a, &v, err));
	answered(&h);
}

/* The status of an import; message: of all its problems, one a line. */
static enum status try_model(const struct room *room, const char *yaml, char message[MESSAGE])
{
	struct house h;
	struct model_problems problems = {0};
	struct view_model view;
	struct err why = {0};
	bool added;
	char path[PATH_BYTES];
	(void)put_file(room, "overlay.yaml", str_from(yaml), path);
	ask(&h, room, now);
	enum status status = app_model_import(&h.app, path, &problems, &view, &added, &why);
	size_t n = 0;
	message[0] = '\0';
	for (size_t i = 0; i < problems.n && n < MESSAGE; i++)
		n += (size_t)snprintf(message + n, MESSAGE - n, "%.*s\n", STR_ARG(problems.list[i].message));
	answered(&h);
	return status;
}

static void activate(const struct room *room, const char *id)
{
	struct house h;
	struct view_model view;
	ask(&h, room, now);
	RUN(app_model_activate(&h.app, str_from(id), &view, err));
	answered(&h);
}

static void measures_carry_over_to_an_overlay_and_back(void **state)
{
	const struct room *room = *state;
	char message[MESSAGE];
	prepare(room);
	evaluate(room);
	answer(room, "GOV-03.1", (struct measure_tally){2, 0, 0});
	struct seen before = look(room, "GOV-02.1");
	assert_true(before.there && before.verdict == SCORE_MET && before.tally.yes == 2 && before.tally.no == 1);
	assert_int_equal(try_model(room, OVERLAY("1.0.0", OWN("P30D")), message), OK);
	activate(room, "o");
	struct seen after = look(room, "GOV-02.1");
	assert_string_equal(after.model, "o@1.0.0");
	assert_string_equal(after.line, "m@1");
	assert_memory_equal(&after.tally, &before.tally, sizeof after.tally);
	assert_int_equal(after.verdict, before.verdict);
	assert_int_equal(after.level, before.level); /* what it adds is of a level that was not reached */
	assert_int_equal(look(room, "GOV-03.1").tally.yes, 2);
	struct seen own = look(room, "GOV-05.101");
	assert_true(own.there && own.tally.yes + own.tally.no == 0);
	activate(room, "m");
	assert_false(look(room, "GOV-05.101").there);
	after = look(room, "GOV-02.1");
	assert_memory_equal(&after.tally, &before.tally, sizeof before.tally);
}

static void an_own_objective_is_evaluated_and_counts(void **state)
{
	const struct room *room = *state;
	char message[MESSAGE], path[PATH_BYTES];
	prepare(room);
	assert_int_equal(try_model(room, OVERLAY("1.0.0", OWN("P30D")), message), OK);
	activate(room, "o");
	str file = put_file(room, "i.csv", S("id,unit,mfa\nx,north,1\ny,south,0\n"), path);
	struct app_import options = {.format = S("identity"), .observed = at_time(DAY(45))};
	RUN(try_import(room, now, &options, &file, 1, NULL, err));
	evaluate(room);
	struct seen own = look(room, "GOV-05.101");
	assert_true(own.tally.yes == 1 && own.tally.no == 1 && own.verdict == SCORE_NOT_MET);
	activate(room, "m");
	evaluate(room);
	activate(room, "o");
	own = look(room, "GOV-05.101");
	assert_true(own.tally.yes == 1 && own.tally.no == 1);
}

static void the_same_tally_is_judged_by_the_overlays_threshold(void **state)
{
	const struct room *room = *state;
	char message[MESSAGE];
	prepare(room);
	evaluate(room);
	assert_int_equal(look(room, "GOV-02.1").verdict, SCORE_MET);
	assert_int_equal(try_model(room, OVERLAY("1.0.0", "change:\n  - {id: GOV-02.1, threshold: 0.7}\n"), message),
			 OK);
	activate(room, "o@1.0.0");
	assert_int_equal(look(room, "GOV-02.1").verdict, SCORE_NOT_MET);
	assert_int_equal(look(room, "GOV-02.1").tally.yes, 2);
	assert_int_equal(look(room, "GOV-02.1").level, 1);
	assert_int_equal(
	    try_model(room,
		      OVERLAY("1.1.0", "change:\n  - {id: GOV-02.1, threshold: 0.5, approver: Ann, because: "
				       "BB}\nretire:\n  - {id: GOV-03.1, approver: Ann, because: BB}\nadd:\n  - "
				       "{id: GOV-03.101, title: T, kpi: K, threshold: 1, window: P1D}\n"),
		      message),
	    OK);
	activate(room, "o@1.1.0");
	assert_int_equal(look(room, "GOV-02.1").verdict, SCORE_MET);
	assert_false(look(room, "GOV-03.1").there);
	struct house h;
	struct view_objective v;
	struct err why = {0};
	ask(&h, room, now);
	assert_int_equal(
	    app_explain_objective(&h.app, S("GOV-03.1"), (str){NULL, 0}, (struct app_time){0}, 0, 1, &v, &why),
	    E_NOT_FOUND);
	assert_string_equal(why.detail, "it retires that of m@1.0.0, approved by Ann: BB");
	RUN(app_explain_objective(&h.app, S("GOV-02.1"), (str){NULL, 0}, (struct app_time){0}, 0, 1, &v, err));
	assert_int_equal(v.objective->threshold_milli, 500);
	assert_int_equal(v.objective->overlaid->base->threshold_milli, 600);
	answered(&h);
}

static void a_stored_overlay_stays_what_it_was(void **state)
{
	const struct room *room = *state;
	char message[MESSAGE];
	struct house h;
	struct view_model view;
	const struct model *m;
	prepare(room);
	const char *overlay = OVERLAY("1.0.0", "change:\n  - {id: GOV-02.1, owner: legal}\n");
	assert_int_equal(try_model(room, overlay, message), OK);
	assert_int_equal(try_model(room, overlay, message), OK); /* the same again */
	assert_int_equal(try_model(room, MODEL("1.1.0", "0.9"), message), OK);
	ask(&h, room, now);
	RUN(app_model_show(&h.app, S("o"), &m, &view, err));
	assert_true(str_eq(m->base, S("m@1.0.0")) && str_eq(view.base, S("m@1.0.0")) && str_eq(view.line, S("m@1")));
	assert_int_equal(model_objective_find(m, S("GOV-02.1"))->threshold_milli, 600);
	answered(&h);
	/* The same overlay would now be of 1.1.0: that needs another version. */
	assert_int_equal(try_model(room, overlay, message), E_CONFLICT);
	assert_int_equal(try_model(room, OVERLAY("1.1.0", "change:\n  - {id: GOV-02.1, owner: legal}\n"), message), OK);
	ask(&h, room, now);
	RUN(app_model_show(&h.app, S("o@1.1.0"), &m, &view, err));
	assert_true(str_eq(m->base, S("m@1.1.0")));
	assert_int_equal(model_objective_find(m, S("GOV-02.1"))->threshold_milli, 900);
	answered(&h);
}

static void bases_that_are_not_there_or_no_base_are_refused(void **state)
{
	const struct room *room = *state;
	char message[MESSAGE], sum[HASH_TEXT], again[HASH_TEXT];
	prepare(room);
	assert_int_equal(try_model(room, OVERLAY("1.0.0", OWN("P30D")), message), OK);
	content_of(room->db, true, sum);
	static const char *const texts[][2] = {
	    {"schema: aismm.overlay/1\nid: p\nversion: 1\ntitle: P\nbase: m@2\n",
	     "the base m@2 is not at hand: import it first, or lint with --base"},
	    {"schema: aismm.overlay/1\nid: p\nversion: 1\ntitle: P\nbase: m\n",
	     "the base m is not at hand: import it first, or lint with --base"},
	    {"schema: aismm.overlay/1\nid: p\nversion: 1\ntitle: P\nbase: o@1.0.0\n", "an overlay of an overlay"},
	    {"schema: aismm.overlay/1\nid: p\nversion: 1\ntitle: P\nbase: o@1\n", "the base o@1 is not at hand"},
	    {"schema: aismm.overlay/1\nid: p\nversion: 1\ntitle: P\n", "base is missing"},
	};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		if (try_model(room, texts[i][0], message) != E_INVALID || !strstr(message, texts[i][1]))
			fail_msg("%s: %s", texts[i][1], message);
	}
	content_of(room->db, true, again);
	assert_string_equal(sum, again);
	/* The built-in model needs no store of its own. */
	assert_int_equal(try_model(room,
				   "schema: aismm.overlay/1\nid: p\nversion: 1\ntitle: P\nbase: aismm-reference@1\n"
				   "change:\n  - {id: GOV-02.1, owner: legal}\n",
				   message),
			 OK);
}

static void an_id_with_measures_cannot_come_to_mean_something_else(void **state)
{
	const struct room *room = *state;
	char message[MESSAGE];
	prepare(room);
	assert_int_equal(try_model(room, OVERLAY("1.0.0", OWN("P30D")), message), OK);
	/* Nothing is measured yet: the author may still change it. */
	assert_int_equal(try_model(room, OVERLAY("1.1.0", OWN("P20D")), message), OK);
	activate(room, "o");
	answer(room, "GOV-05.101", (struct measure_tally){1, 0, 0});
	assert_int_equal(try_model(room, OVERLAY("1.2.0", OWN("P10D")), message), E_INVALID);
	assert_non_null(strstr(message,
			       "this id counts something else (it looks back over another time); give it another "
			       "number"));
	/* A model of its own author is warned, and stored. */
	answer(room, "GOV-03.1", (struct measure_tally){1, 0, 0});
	char text[4096];
	(void)snprintf(text, sizeof text, "%s", MODEL("1.1.0", "0.6"));
	char *at = strstr(strstr(text, "GOV-03.1"), "P30D");
	at[1] = '4';
	assert_int_equal(try_model(room, text, message), OK);
	assert_non_null(strstr(message, "that needs a new major version"));
}

/* The status of an activation; message: what it says. */
static enum status try_activate(const struct room *room, const char *id, char message[MESSAGE])
{
	struct house h;
	struct view_model view;
	struct err why = {0};
	ask(&h, room, now);
	enum status status = app_model_activate(&h.app, str_from(id), &view, &why);
	(void)snprintf(message, MESSAGE, "%s; %s; %s", why.message, why.detail, why.hint);
	answered(&h);
	return status;
}

#define BESIDE(id, rest) "schema: aismm.overlay/1\nid: " id "\nversion: 1\ntitle: P\nbase: m@1\n" rest
#define ASKED(words) "add:\n  - {id: GOV-05.101, title: T, kpi: " words ", threshold: 1, window: P30D}\n"

/* Both are imported before anything is measured, so only the activation can tell. */
static void an_id_with_measures_of_another_overlay_is_not_activated(void **state)
{
	const struct room *room = *state;
	char message[MESSAGE], sum[HASH_TEXT], again[HASH_TEXT];
	prepare(room);
	assert_int_equal(try_model(room, BESIDE("p", OWN("P30D")), message), OK);
	assert_int_equal(try_model(room, BESIDE("q", OWN("P20D")), message), OK);
	assert_int_equal(try_model(room, BESIDE("r", ASKED("doors that are locked")), message), OK);
	assert_int_equal(try_model(room, BESIDE("s", ASKED("windows that are shut")), message), OK);
	activate(room, "p");
	answer(room, "GOV-05.101", (struct measure_tally){1, 0, 0});
	content_of(room->db, true, sum);
	assert_int_equal(try_activate(room, "q", message), E_CONFLICT);
	assert_non_null(strstr(message,
			       "GOV-05.101 of q@1 has measures that were recorded under p@1, where it counts "
			       "something else; it looks back over another time; give the objective another number"));
	content_of(room->db, true, again);
	assert_string_equal(sum, again);
	activate(room, "m");
	activate(room, "p"); /* whose they are */
	assert_int_equal(look(room, "GOV-05.101").tally.yes, 1);
}

static void nor_one_whose_words_people_answered(void **state)
{
	const struct room *room = *state;
	char message[MESSAGE];
	prepare(room);
	assert_int_equal(try_model(room, BESIDE("r", ASKED("doors that are locked")), message), OK);
	assert_int_equal(try_model(room, BESIDE("s", ASKED("windows that are shut")), message), OK);
	activate(room, "r");
	answer(room, "GOV-05.101", (struct measure_tally){1, 0, 0});
	assert_int_equal(try_activate(room, "s", message), E_CONFLICT);
	assert_non_null(strstr(message, "people answered other words"));
	assert_int_equal(try_model(room, BESIDE("t", ASKED("chimneys that are swept")), message), E_INVALID);
	assert_non_null(strstr(message, "people answered other words"));
	assert_int_equal(try_model(room, BESIDE("u", ASKED("doors that are locked")), message), OK);
	activate(room, "u");
	assert_int_equal(look(room, "GOV-05.101").tally.yes, 1);
}

static enum status try_path(const struct room *room, const char *path, struct view_model *view, bool *added,
			    char message[MESSAGE])
{
	struct house h;
	struct model_problems problems = {0};
	struct err why = {0};
	ask(&h, room, now);
	enum status status = app_model_import(&h.app, path, &problems, view, added, &why);
	(void)snprintf(message, MESSAGE, "%s", why.message);
	answered(&h);
	return status;
}

/* Imports a folder with a base in one file and an overlay in another. */
static enum status try_folder(const struct room *room, const char *base, const char *overlay, struct view_model *view,
			      char message[MESSAGE])
{
	char folder[PATH_BYTES], files[2][PATH_BYTES];
	bool added = false;
	(void)snprintf(folder, sizeof folder, "%s/both", room->folder);
	assert_int_equal(mkdir(folder, 0700), 0);
	(void)put_file(room, "both/model.yaml", str_from(base), files[0]);
	(void)put_file(room, "both/own.yaml", str_from(overlay), files[1]);
	enum status status = try_path(room, folder, view, &added, message);
	struct house h; /* without a store, the built-in model alone is known */
	const struct model *m;
	struct err why = {0};
	struct view_model opened;
	ask(&h, room, now);
	h.app.db = NULL;
	if (app_model_open(&h.app, str_from(folder), NULL, &m, &opened, &why) == E_CONFLICT)
		assert_int_equal(status, E_CONFLICT);
	answered(&h);
	assert_int_equal(unlink(files[0]) + unlink(files[1]) + rmdir(folder), 0);
	return status;
}

static void a_base_beside_its_overlay_is_the_one_of_that_name(void **state)
{
	const struct room *room = *state;
	const char *tighter = OVERLAY("1.0.0", "change:\n  - {id: GOV-02.1, threshold: 0.5}\n");
	char message[MESSAGE], sum[HASH_TEXT], again[HASH_TEXT];
	struct view_model view;
	prepare(room);
	content_of(room->db, true, sum);
	assert_int_equal(try_folder(room, MODEL("1.0.0", "0.001"), tighter, &view, message), E_CONFLICT);
	assert_string_equal(message, "the base m@1.0.0 beside the overlay is not the stored model of that name");
	content_of(room->db, true, again);
	assert_string_equal(sum, again);
	assert_int_equal(try_folder(room, MODEL("1.0.0", "0.6"), tighter, &view, message), E_INVALID);
	tighter = OVERLAY("1.0.0", "change:\n  - {id: GOV-02.1, threshold: 0.9}\n");
	assert_int_equal(try_folder(room, MODEL("1.0.0", "0.6"), tighter, &view, message), OK);
	assert_null(view.carried.p);
	/* One that nobody knows is imported as well, and from then on its name means it. */
	tighter = "schema: aismm.overlay/1\nid: n\nversion: 1\ntitle: N\nbase: m@1.3.0\n"
		  "change:\n  - {id: GOV-02.1, threshold: 0.5}\n";
	assert_int_equal(try_folder(room, MODEL("1.3.0", "0.4"), tighter, &view, message), OK);
	assert_non_null(view.carried.p);
	assert_int_equal(try_model(room, MODEL("1.3.0", "0.5"), message), E_CONFLICT);
	assert_int_equal(try_model(room, MODEL("1.3.0", "0.4"), message), OK);
}

static void nor_is_it_a_false_built_in_model(void **state)
{
	const struct room *room = *state;
	char message[MESSAGE], text[4096];
	struct view_model view, built_in;
	struct house h;
	const struct model *m;
	ask(&h, room, now);
	RUN(app_model_open(&h.app, S("builtin"), NULL, &m, &built_in, err));
	(void)snprintf(text, sizeof text, "schema: aismm.model/1\nid: aismm-reference\nversion: \"%.*s\"\n%s",
		       STR_ARG(m->version), strstr(MODEL("1", "0.001"), "title: T"));
	answered(&h);
	assert_int_equal(try_folder(room, text,
				    "schema: aismm.overlay/1\nid: n\nversion: 1\ntitle: N\nbase: aismm-reference@1\n"
				    "change:\n  - {id: GOV-02.1, threshold: 0.002}\n",
				    &view, message),
			 E_CONFLICT);
	assert_non_null(strstr(message, "is not the built-in model of that name"));
}

static void the_same_model_under_other_file_names_is_there_already(void **state)
{
	const struct room *room = *state;
	char message[MESSAGE], path[PATH_BYTES];
	struct view_model view;
	bool added = true;
	prepare(room);
	(void)put_file(room, "renamed.yaml", str_from("# with a remark\n" MODEL("1.0.0", "0.6")), path);
	assert_int_equal(try_path(room, path, &view, &added, message), OK);
	assert_false(added);
	(void)put_file(room, "renamed.yaml", str_from(MODEL("1.0.0", "0.7")), path);
	assert_int_equal(try_path(room, path, &view, &added, message), E_CONFLICT);
	const char *loose =
	    OVERLAY("1.0.0", "change:\n  - {id: GOV-02.1, threshold: 0.5, approver: Ann, because: so be it}\n"
			     "retire:\n  - {id: GOV-03.1, approver: Ann, because: so be it}\n"
			     "add:\n  - {id: GOV-03.101, title: T, kpi: K, threshold: 1, window: P1D}\n");
	assert_int_equal(try_model(room, loose, message), OK);
	(void)put_file(room, "other.yaml", str_from(loose), path);
	assert_int_equal(try_path(room, path, &view, &added, message), OK);
	assert_false(added);
	for (int i = 0; i < 2; i++) { /* another approver is another overlay: of the loosening, of the retirement */
		char *text = strdup(loose), *at = strstr(text, "Ann");
		at = i ? strstr(at + 1, "Ann") : at;
		memcpy(at, "Bob", 3);
		(void)put_file(room, "other.yaml", str_from(text), path);
		free(text);
		assert_int_equal(try_path(room, path, &view, &added, message), E_CONFLICT);
	}
}

static void an_activation_says_what_carries_over(void **state)
{
	const struct room *room = *state;
	char message[MESSAGE], text[4096];
	struct house h;
	struct view_model view;
	prepare(room);
	evaluate(room);
	answer(room, "GOV-03.1", (struct measure_tally){2, 0, 0});
	assert_int_equal(try_model(room, MODEL("1.1.0", "0.9"), message), OK);
	(void)snprintf(text, sizeof text, "%s", MODEL("2.0.0", "0.6"));
	strstr(strstr(text, "GOV-03.1"), "P30D")[1] = '4';
	assert_int_equal(try_model(room, text, message), OK);
	ask(&h, room, now);
	RUN(app_model_activate(&h.app, S("m@1.1.0"), &view, err));
	const struct view_activation *v = view.activation;
	assert_true(v->same_line && v->carry == 2 && v->judge == 0 && v->n_lost == 0);
	assert_true(str_eq(v->previous, S("m@1.0.0")));
	RUN(app_model_activate(&h.app, S("m@1.1.0"), &view, err));
	assert_null(view.activation);
	RUN(app_model_activate(&h.app, S("m@2.0.0"), &view, err));
	v = view.activation;
	assert_true(!v->same_line && v->carry == 1 && v->n_lost == 1 && str_eq(v->lost[0], S("GOV-03.1")));
	assert_true(str_eq(v->previous_line, S("m@1")));
	answered(&h);
	assert_int_equal(look(room, "GOV-02.1").tally.yes, 0);
}

/* An old store keeps its model, and is told of the one that came with the program. */
static void init_after_an_upgrade_counts_the_active_model(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_model view;
	bool made;
	prepare(room);
	ask(&h, room, now);
	RUN(app_init(&h.app, &made, &view, err));
	assert_true(!made && str_eq(view.name, S("m@1.0.0")) && view.objectives == 4 && view.checks == 1);
	assert_true(str_starts(view.waiting, S("aismm-reference@")) && str_eq(view.title, S("T")));
	str built_in = view.waiting;
	RUN(app_model_activate(&h.app, built_in, &view, err));
	RUN(app_init(&h.app, &made, &view, err));
	assert_true(str_eq(view.name, built_in) && !view.waiting.p && view.objectives > 100);
	answered(&h);
}

static void models_are_opened_by_any_name(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_model view;
	struct err why = {0};
	const struct model *m;
	struct model_diff d;
	char path[PATH_BYTES];
	prepare(room);
	str file = put_file(room, "overlay.yaml", str_from(OVERLAY("1.0.0", OWN("P30D"))), path);
	ask(&h, room, now);
	RUN(app_model_open(&h.app, (str){NULL, 0}, NULL, &m, &view, err));
	assert_true(str_eq(m->name, S("m@1.0.0")) && view.active);
	RUN(app_model_open(&h.app, S("builtin"), NULL, &m, &view, err));
	assert_true(str_eq(m->id, S("aismm-reference")) && !view.active && view.imported_ms == 0);
	RUN(app_model_open(&h.app, file, NULL, &m, &view, err));
	assert_true(str_eq(m->name, S("o@1.0.0")) && str_eq(m->base, S("m@1.0.0")));
	RUN(app_model_diff(&h.app, S("m"), file, NULL, &d, err));
	assert_int_equal(d.counts[MODEL_DIFF_NEW], 1);
	assert_int_equal(app_model_open(&h.app, S("nothing"), NULL, &m, &view, &why), E_NOT_FOUND);
	assert_int_equal(app_model_open(&h.app, S("nowhere/x.yaml"), NULL, &m, &view, &why), E_NOT_FOUND);
	h.app.db = NULL;
	RUN(app_model_open(&h.app, (str){NULL, 0}, NULL, &m, &view, err));
	assert_true(str_eq(m->id, S("aismm-reference")));
	RUN(app_model_open(&h.app, S("aismm-reference"), NULL, &m, &view, err));
	assert_int_equal(app_model_open(&h.app, S("m"), NULL, &m, &view, &why), E_NOT_FOUND);
	assert_int_equal(app_model_open(&h.app, file, NULL, &m, &view, &why), E_INVALID);
	char base[PATH_BYTES];
	(void)put_file(room, "base.yaml", str_from(MODEL("1.0.0", "0.6")), base);
	RUN(app_model_open(&h.app, file, base, &m, &view, err));
	assert_true(str_eq(m->name, S("o@1.0.0")));
	answered(&h);
}

/* Compares a stored model with an overlay in a file, and imports that: all that reads an overlay. */
static enum status compare_and_import(struct app *app, const char *path, struct err *err)
{
	struct model_problems problems = {0};
	struct model_coverage c;
	struct view_model view;
	struct model_diff d;
	bool added;
	TRY(app_model_diff(app, S("m"), str_from(path), NULL, &d, err));
	TRY(app_model_coverage(app, S("m"), S("csa-aicm"), S("1.0.3"), &c, err));
	return app_model_import(app, path, &problems, &view, &added, err);
}

static void without_memory_nothing_is_stored(void **state)
{
	const struct room *room = *state;
	char path[PATH_BYTES], sum[HASH_TEXT], again[HASH_TEXT];
	size_t refused = 0;
	enum status status = E_TOO_LARGE;
	prepare(room);
	(void)put_file(
	    room, "overlay.yaml",
	    str_from(OVERLAY("1.0.0", "change:\n  - {id: GOV-02.1, threshold: 0.9, owner: legal}\n" OWN("P9D"))), path);
	content_of(room->db, true, sum);
	for (size_t limit = 64; status != OK; limit += limit / (room->engine == DB_SQLITE ? 12 : 4) + 64) {
		struct house h;
		struct err why = {0};
		ask(&h, room, now);
		h.arena.limit_bytes = limit;
		status = compare_and_import(&h.app, path, &why);
		answered(&h);
		if (status != OK && status != E_TOO_LARGE)
			fail_msg("with %zu bytes: status %d, %s", limit, status, why.message);
		content_of(room->db, true, again);
		if (status != OK)
			assert_string_equal(sum, again);
		refused += status != OK;
	}
	assert_in_range(refused, 10, 1000);
	assert_string_not_equal(sum, again);
}

#define CASES(ON)                                                                                                      \
	ON(measures_carry_over_to_an_overlay_and_back), ON(an_own_objective_is_evaluated_and_counts),                  \
	    ON(the_same_tally_is_judged_by_the_overlays_threshold), ON(a_stored_overlay_stays_what_it_was),            \
	    ON(bases_that_are_not_there_or_no_base_are_refused),                                                       \
	    ON(an_id_with_measures_cannot_come_to_mean_something_else), ON(models_are_opened_by_any_name),             \
	    ON(an_id_with_measures_of_another_overlay_is_not_activated), ON(nor_one_whose_words_people_answered),      \
	    ON(a_base_beside_its_overlay_is_the_one_of_that_name), ON(nor_is_it_a_false_built_in_model),               \
	    ON(the_same_model_under_other_file_names_is_there_already), ON(an_activation_says_what_carries_over),      \
	    ON(init_after_an_upgrade_counts_the_active_model), ON(without_memory_nothing_is_stored)
STORE_MAIN("app/overlay")
