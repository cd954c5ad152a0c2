/**
 * Questions that run out of memory at any point end with an error, leave the store usable and change nothing.
 */
#include "app/house.h"

static const int64_t now = DAY(50);
static const char units_csv[] = "unit,parent\nacme,\nnorth,acme\nsouth,acme\n";
static const char model_yaml[] =
    "schema: aismm.model/1\nid: m\nversion: \"1.0.0\"\ntitle: T\ndomains: [{id: d, title: D}]\ncategories:\n"
    "  - id: GOV\n    domain: d\n    title: G\n    objectives:\n"
    "      - {id: GOV-02.1, title: T, kpi: K, threshold: 0.5, window: P10D, mode: either, subject: person, check: "
    "\"SELECT unit_id, id AS subject, active AS meets FROM person\"}\n"
    "      - {id: GOV-03.1, title: T, kpi: K, threshold: 1, window: P30D}\n"
    "      - {id: GOV-04.1, title: T, kpi: K, threshold: 1, window: P30D}\n"
    "      - {id: GOV-05.1, title: T, kpi: K, threshold: 1, window: P30D}\n";

static void prepare(const struct room *room)
{
	char path[PATH_BYTES];
	import_units(room, now, (struct app_time){0}, str_from(units_csv));
	use_model(room, now, str_from(model_yaml), S("m"));
	str file = put_file(room, "p.csv", S("id,unit,active\na,north,1\nb,north,0\nc,south,1\n"), path);
	struct app_import options = {.format = S("person"), .observed = at_time(DAY(45))};
	RUN(try_import(room, now, &options, &file, 1, NULL, err));
}

typedef enum status question_fn(struct app *app, struct err *err);

/* Asks with less memory than it takes, until it is enough. */
static void starve(const struct room *room, question_fn *question, bool changes)
{
	char sum[HASH_TEXT], again[HASH_TEXT];
	size_t refused = 0;
	enum status status = E_TOO_LARGE;
	content_of(room->db, true, sum);
	for (size_t limit = 8; status != OK; limit += limit / (room->engine == DB_SQLITE ? 24 : 6) + 8) {
		struct house h;
		struct err why = {0};
		ask(&h, room, now);
		h.arena.limit_bytes = limit;
		status = question(&h.app, &why);
		answered(&h);
		if (status != OK && status != E_TOO_LARGE)
			fail_msg("with %zu bytes: status %d, %s", limit, status, why.message);
		content_of(room->db, true, again);
		if (status != OK)
			assert_string_equal(sum, again);
		refused += status != OK;
	}
	assert_in_range(refused, 5, 1000);
	assert_int_equal(strcmp(sum, again) != 0, changes);
}

static enum status ask_score(struct app *app, struct err *err)
{
	struct view_score v;
	return app_score(app, S("north"), (struct app_time){0}, &v, err);
}

static enum status ask_list(struct app *app, struct err *err)
{
	struct view_units v;
	return app_unit_list(app, (str){NULL, 0}, (struct app_time){0}, &v, err);
}

static enum status ask_check(struct app *app, struct err *err)
{
	struct view_check v;
	return app_check(app, (str){NULL, 0}, S("GOV=2,program=1"), (struct app_time){0}, &v, err);
}

static enum status ask_explain(struct app *app, struct err *err)
{
	struct view_objective v;
	return app_explain_objective(app, S("GOV-02.1"), S("north"), (struct app_time){0}, 0, 10, &v, err);
}

static enum status ask_feeds(struct app *app, struct err *err)
{
	struct view_feeds feeds;
	return app_feed_list(app, (struct app_time){0}, &feeds, err);
}

static enum status ask_evaluate(struct app *app, struct err *err)
{
	struct view_evaluation v;
	return app_evaluate(app, at_time(now), &v, err);
}

static enum status ask_answer(struct app *app, struct err *err)
{
	struct view_answer v;
	struct app_answer a = {.objective = S("GOV-03.1"), .unit = S("south"), .tally = {1, 0, 0}};
	return app_answer(app, &a, &v, err);
}

static enum status ask_rebuild(struct app *app, struct err *err)
{
	struct view_rebuild v;
	return app_rebuild(app, &v, err);
}

static void no_question_survives_without_memory_or_leaves_a_trace(void **state)
{
	const struct room *room = *state;
	prepare(room);
	starve(room, ask_score, false);
	starve(room, ask_list, false);
	starve(room, ask_check, false);
	starve(room, ask_evaluate, true);
	starve(room, ask_explain, false);
	starve(room, ask_feeds, false);
	starve(room, ask_answer, true);
	starve(room, ask_rebuild, true);
	starve(room, ask_rebuild, false);
}

#define CASES(ON) ON(no_question_survives_without_memory_or_leaves_a_trace)
STORE_MAIN("app/score")
