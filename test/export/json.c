#include <jansson.h>

/* Both libraries use these names; this test calls none of ours. */
#define JSON_OBJECT ours_JSON_OBJECT
#define JSON_ARRAY ours_JSON_ARRAY
#define JSON_STRING ours_JSON_STRING
#define JSON_TRUE ours_JSON_TRUE
#define JSON_FALSE ours_JSON_FALSE
#define JSON_NULL ours_JSON_NULL
#define json_object ours_json_object
#define json_array ours_json_array
#define json_string ours_json_string
#define json_null ours_json_null
#include "base/json.h"
#undef JSON_OBJECT
#undef JSON_ARRAY
#undef JSON_STRING
#undef JSON_TRUE
#undef JSON_FALSE
#undef JSON_NULL
#undef json_object
#undef json_array
#undef json_string
#undef json_null

#include "cli/invented.h"
#include "export/json.h"

/* The output as one JSON value; the line end behind it and nothing else. */
static json_t *parsed(struct invented *v)
{
	json_error_t error;
	str text = buf_str(&v->out.text);
	assert_int_equal(v->out.text.status, OK);
	assert_true(str_ends(text, S("\n")));
	json_t *root = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &error);
	if (!root)
		fail_msg("%s at %d: %s", error.text, error.position, text.p);
	buf_clear(&v->out.text);
	return root;
}

static int64_t int_at(json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);
	assert_true(json_is_integer(value));
	return json_integer_value(value);
}

static void assert_text_at(json_t *object, const char *key, const char *wanted)
{
	json_t *value = json_object_get(object, key);
	assert_true(json_is_string(value));
	assert_string_equal(json_string_value(value), wanted);
}

static void assert_keys(json_t *object, const char *keys)
{
	char copy[512], *rest = copy;
	size_t n = 0;
	(void)snprintf(copy, sizeof copy, "%s", keys);
	for (char *key = strsep(&rest, " "); key; key = strsep(&rest, " "), n++)
		if (!json_object_get(object, key))
			fail_msg("%s is missing", key);
	assert_int_equal(json_object_size(object), n);
}

static void the_score_has_exactly_the_published_shape(void **state)
{
	struct invented v;
	(void)state;
	invented_make(&v, true);
	export_json_score(out_export(&v.out), &v.score);
	json_t *root = parsed(&v), *categories = json_object_get(root, "categories");
	assert_keys(root, "schema model rules unit as_of units program domains categories objectives");
	assert_text_at(root, "schema", "aismm.score/1");
	assert_text_at(root, "model", "invented@1.0.0");
	assert_text_at(root, "unit", "halverne");
	assert_text_at(root, "as_of", "2026-11-01T00:00:00Z");
	assert_int_equal(int_at(root, "rules"), SCORE_RULES);
	assert_keys(json_object_get(root, "units"), "leaves known");
	assert_int_equal(int_at(json_object_get(root, "units"), "leaves"), 3);
	assert_keys(json_object_get(root, "program"), "index index_high index_evidenced floor coverage");
	assert_int_equal(json_array_size(json_object_get(root, "domains")), 3);
	assert_keys(json_array_get(json_object_get(root, "domains"), 0),
		    "id index index_high index_evidenced floor coverage");
	assert_int_equal(json_array_size(categories), CATEGORIES);
	assert_keys(json_array_get(categories, 0),
		    "id level level_high level_evidenced ceiling index index_high index_evidenced progress coverage");
	assert_keys(json_array_get(categories, 11), "id applicable");
	assert_true(json_is_false(json_object_get(json_array_get(categories, 11), "applicable")));
	json_t *objectives = json_object_get(root, "objectives");
	assert_int_equal(json_array_size(objectives), OBJECTIVES);
	assert_keys(json_array_get(objectives, 0), "id verdict yes no unknown attainment");
	assert_keys(json_array_get(objectives, OBJECTIVES - 1), "id verdict yes no unknown");
	assert_text_at(json_array_get(objectives, OBJECTIVES - 1), "verdict", "not_applicable");
	assert_int_equal(int_at(json_array_get(objectives, OBJECTIVES - 1), "unknown"), 0);
	json_decref(root);
	invented_release(&v);
}

static void what_does_not_apply_has_no_numbers(void **state)
{
	struct invented v;
	(void)state;
	invented_make(&v, true);
	v.score.score.program.applicable = false;
	export_json_score(out_export(&v.out), &v.score);
	json_t *root = parsed(&v);
	assert_keys(json_object_get(root, "program"), "applicable");
	json_decref(root);
	invented_release(&v);
}

static void a_receipt_has_exactly_the_published_shape(void **state)
{
	static const str warnings[] = {S("a flaw (3 times, first on line 17)")};
	struct view_receipt r = {.file = S("a\x1b.json"),
				 .sha256 = S("00"),
				 .format = S("ocsf"),
				 .feed = S("ocsf:acme"),
				 .unit = S("acme"),
				 .observed_ms = AS_OF,
				 .read = 5,
				 .added = 3,
				 .changed = 1,
				 .unchanged = 1,
				 .gone = 2,
				 .n_kinds = 2,
				 .kinds = {{EVIDENCE_POSTURE, 5}, {EVIDENCE_FINDING, 7}},
				 .n_warnings = 1,
				 .warnings = warnings};
	struct invented v;
	(void)state;
	invented_make(&v, true);
	export_json_import_receipt(out_export(&v.out), &r);
	json_t *root = parsed(&v);
	assert_keys(root, "schema file sha256 format feed unit observed records facts warnings unresolved");
	assert_text_at(root, "schema", "aismm.receipt/1");
	assert_text_at(root, "file", "a\x1b.json");
	assert_keys(json_object_get(root, "records"), "read new changed unchanged gone");
	assert_int_equal(int_at(json_object_get(root, "records"), "gone"), 2);
	assert_keys(json_object_get(root, "facts"), "posture finding");
	assert_int_equal(int_at(json_object_get(root, "facts"), "finding"), 7);
	assert_int_equal(json_array_size(json_object_get(root, "warnings")), 1);
	assert_int_equal(json_array_size(json_object_get(root, "unresolved")), 0);
	json_decref(root);
	struct view_measures_import m = {.file = S("m.csv"), .sha256 = S("00"), .read = 9, .added = 8, .unchanged = 1};
	export_json_import_measures(out_export(&v.out), &m);
	root = parsed(&v);
	assert_keys(root, "schema file sha256 format feed unit observed records facts warnings unresolved");
	assert_text_at(root, "format", "measures");
	assert_int_equal(int_at(json_object_get(root, "facts"), "measure"), 9);
	assert_int_equal(int_at(json_object_get(root, "records"), "changed"), 0);
	json_decref(root);
	invented_release(&v);
}

static void an_explained_objective_carries_every_value(void **state)
{
	struct invented v;
	(void)state;
	invented_make(&v, true);
	export_json_explain_objective(out_export(&v.out), &v.objective);
	json_t *root = parsed(&v);
	assert_keys(root, "schema model rules unit as_of objective measures silent gaps subjects");
	json_t *measure = json_array_get(json_object_get(root, "measures"), 1);
	assert_true(json_is_null(json_object_get(measure, "expires")));
	assert_text_at(measure, "override_until", "2026-12-01T00:00:00Z");
	assert_text_at(json_array_get(json_object_get(root, "measures"), 2), "left_out", "override");
	json_t *gap = json_array_get(json_object_get(root, "gaps"), 0);
	assert_keys(gap, "kind units of stale_feed stale_newest late_feed late_owner late_due unresolved_rows "
			 "unresolved_names");
	assert_text_at(gap, "late_owner", "R. Okafor");
	assert_int_equal(int_at(gap, "unresolved_rows"), 12);
	assert_int_equal(int_at(gap, "units"), 3);
	assert_text_at(measure, "justification", "migration \"in progress\"\nuntil spring");
	json_t *subjects = json_object_get(root, "subjects");
	assert_int_equal(int_at(subjects, "offset"), 20);
	json_t *second = json_array_get(json_object_get(subjects, "list"), 1);
	assert_text_at(second, "meets", "unknown");
	assert_true(json_is_null(json_object_get(second, "name")));
	assert_int_equal(int_at(json_object_get(root, "silent"), "count"), 7);
	json_decref(root);
	invented_release(&v);
}

static void the_other_views_are_json_too(void **state)
{
	struct view_feed feed = {.name = S("f"),
				 .unit = S("u"),
				 .format = S("x"),
				 .state = FEED_LATE,
				 .every_ms = -1,
				 .newest_ms = AS_OF,
				 .n_kinds = 1,
				 .kinds = {{EVIDENCE_PERSON, 1}}};
	struct view_model model = {
	    .name = S("m@1"), .id = S("m"), .version = S("1"), .title = S("\xff"), .imported_ms = AS_OF};
	struct model_problem list[] = {{true, {S("m.yaml"), 3, 4}, S("vague")},
				       {false, {S("m.yaml"), 9, 1}, S("wrong")}};
	struct model_problems problems = {.n = 2, .list = list, .n_errors = 1};
	struct invented v;
	(void)state;
	invented_make(&v, true);
	export_json_explain_category(out_export(&v.out), &v.category);
	json_t *root = parsed(&v);
	assert_int_equal(json_array_size(json_object_get(root, "steps")), 2);
	json_decref(root);
	export_json_unit_list(out_export(&v.out), &v.units);
	root = parsed(&v);
	assert_int_equal(json_array_size(json_object_get(root, "units")), UNITS);
	assert_true(json_is_null(json_object_get(root, "since")));
	json_decref(root);
	struct view_feeds feeds = {.n = 1, .list = &feed, .n_lacks = 1, .lacks = {{EVIDENCE_RISK, 3}}};
	export_json_feed_list(out_export(&v.out), &feeds);
	root = parsed(&v);
	assert_text_at(json_array_get(json_object_get(root, "feeds"), 0), "state", "late");
	assert_text_at(json_array_get(json_object_get(root, "lacks"), 0), "kind", "risk");
	json_decref(root);
	export_json_feed_show(out_export(&v.out), &feed);
	json_decref(parsed(&v));
	export_json_model_list(out_export(&v.out), &model, 1);
	json_decref(parsed(&v));
	export_json_model_one(out_export(&v.out), &model, S("added"), true);
	json_decref(parsed(&v));
	export_json_model_problems(out_export(&v.out), &problems, true);
	root = parsed(&v);
	assert_int_equal(int_at(root, "errors"), 1);
	assert_int_equal(int_at(root, "warnings"), 1);
	json_decref(root);
	invented_release(&v);
}

static void a_shown_model_has_the_form_of_a_model_file(void **state)
{
	struct invented v;
	(void)state;
	invented_make(&v, true);
	export_json_model_show(out_export(&v.out), &v.model, &(struct export_json_model_filter){0});
	json_t *root = parsed(&v);
	assert_text_at(root, "schema", "aismm.model/1");
	json_t *category = json_array_get(json_object_get(root, "categories"), 0);
	assert_text_at(json_object_get(category, "levels"), "2", "two");
	json_t *objective = json_array_get(json_object_get(category, "objectives"), 1);
	assert_true(json_is_real(json_object_get(objective, "threshold")));
	assert_text_at(objective, "window", "P90D");
	assert_text_at(objective, "max_age", "P30D");
	json_decref(root);
	invented_release(&v);
}

static void what_changed_and_what_is_reached_have_the_published_shape(void **state)
{
	struct invented v;
	struct err err;
	struct model_coverage c;
	struct model other;
	(void)state;
	invented_make(&v, true);
	struct model_objective *o = invented_or_fail(arena_new(&v.arena, struct model_objective, OBJECTIVES));
	memcpy(o, v.model.objectives, OBJECTIVES * sizeof *o);
	o[1].window_ms += TIME_DAY_MS;
	o[2].title = S("quoted \" and \x1b");
	other = v.model;
	other.objectives = o;
	assert_int_equal(model_diff(&v.model, &other, &v.arena, &v.diff, &err), OK);
	export_json_model_diff(out_export(&v.out), &v.diff);
	json_t *root = parsed(&v);
	assert_text_at(root, "schema", "aismm.model-diff/1");
	assert_text_at(root, "needed", "major");
	assert_int_equal(int_at(json_object_get(root, "counts"), "same"), OBJECTIVES - 2);
	json_t *changed = json_array_get(json_object_get(root, "objectives"), 1);
	assert_text_at(changed, "class", "changed_meaning");
	assert_text_at(changed, "carries", "no");
	assert_text_at(json_array_get(json_object_get(changed, "fields"), 0), "to", "P91D");
	json_decref(root);
	assert_int_equal(model_coverage(&v.model, S("csa-aicm"), S("1.0.3"), &v.arena, &c, &err), OK);
	export_json_model_coverage(out_export(&v.out), &c, EXPORT_MODEL_ALL);
	root = parsed(&v);
	assert_text_at(root, "schema", "aismm.model-coverage/1");
	assert_true(json_is_null(json_object_get(root, "translated"))); /* the model refers to neither version */
	assert_int_equal(int_at(root, "ids"), 243);
	assert_int_equal(json_array_size(json_object_get(root, "groups")), 18);
	json_decref(root);
	export_json_model_objective(out_export(&v.out), &v.model, &v.model.objectives[0]);
	root = parsed(&v);
	assert_text_at(root, "schema", "aismm.objective/1");
	assert_text_at(json_object_get(root, "objective"), "id", "GOV-02.1");
	json_decref(root);
	invented_release(&v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_score_has_exactly_the_published_shape),
	    cmocka_unit_test(what_does_not_apply_has_no_numbers),
	    cmocka_unit_test(a_receipt_has_exactly_the_published_shape),
	    cmocka_unit_test(an_explained_objective_carries_every_value),
	    cmocka_unit_test(the_other_views_are_json_too),
	    cmocka_unit_test(a_shown_model_has_the_form_of_a_model_file),
	    cmocka_unit_test(what_changed_and_what_is_reached_have_the_published_shape),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
