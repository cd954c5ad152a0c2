/**
 * A made-up organisation for the tests of what is shown: a model of twelve categories, a tree of units and measures,
 * scored by the real rules. Every third title is hostile: escape sequences, wide and combining characters, bytes that
 * are not UTF-8.
 */
#ifndef TEST_CLI_INVENTED_H
#define TEST_CLI_INVENTED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/time.h"
#include "cli/cli.h"
#include "core/model_diff.h"
#include "core/view.h"

#define AS_OF INT64_C(1793491200000) /* 2026-11-01 */

enum { PER_LEVEL = 3, CATEGORIES = 12, OBJECTIVES = CATEGORIES * 4 * PER_LEVEL, UNITS = 5 };

struct invented {
	struct arena arena;
	struct model model;
	struct unit_tree tree;
	struct view_score score;
	struct view_objective objective;
	struct view_category category;
	struct view_units units;
	struct model_diff diff; /* made when it is first shown */
	struct out out;
	struct cli cli;
};

static const char *const invented_ids[CATEGORIES] = {"GOV", "ORG", "IAM", "MON", "INF", "MOD",
						     "APP", "DAT", "RSK", "DEV", "CMP", "IR"};
static const char *const invented_titles[CATEGORIES] = {"Governance",
							"Organization Management",
							"Identity \x1b[31mand\x1b[0m access",
							"Security Monitoring",
							"Infrastructure",
							"Model\xff Security\xc2\x9b"
							"2J",
							"アプリケーションのセキュリティ管理と統制の評価",
							"Data Security",
							"Risk & Provider Assessment & Management",
							"AI Supported Development & Supply Chain Security",
							"Cafe\xcc\x81 \xe2\x80\xae"
							"desrever",
							"Incident Response"};

static void *invented_or_fail(void *p)
{
	assert_non_null(p);
	return p;
}

static void invented_model(struct invented *v)
{
	static const struct model_domain domains[3] = {{S("foundational"), S("Foundational"), S("what all stands on")},
						       {S("structural"), S("Structural"), S("")},
						       {S("procedural"), S("Procedural"), S("")}};
	static const str names[MODEL_LEVELS] = {S("Initial"), S("Repeatable"), S("Defined"), S("Capable"),
						S("Efficient")};
	struct model_category *c = invented_or_fail(arena_new(&v->arena, struct model_category, CATEGORIES));
	struct model_objective *o = invented_or_fail(arena_new(&v->arena, struct model_objective, OBJECTIVES));
	int *sorted = invented_or_fail(arena_new(&v->arena, int, OBJECTIVES));
	for (int i = 0; i < CATEGORIES; i++)
		c[i] = (struct model_category){.id = str_from(invented_ids[i]),
					       .title = str_from(invented_titles[i]),
					       .summary = S("What it is about, in one sentence."),
					       .domain = i / 4,
					       .weight = 1,
					       .levels = {S("one"), S("two"), S("three"), S("four"), S("five")},
					       .first_objective = i * 4 * PER_LEVEL,
					       .n_objectives = 4 * PER_LEVEL};
	for (int i = 0; i < OBJECTIVES; i++) {
		int level = 2 + i / PER_LEVEL % 4, category = i / (4 * PER_LEVEL);
		sorted[i] = i;
		o[i] = (struct model_objective){
		    .id = out_print(&v->arena, "%s-0%d.%d", invented_ids[category], level, i % PER_LEVEL + 1),
		    .category = category,
		    .level = level,
		    .title = i % 3 == 2 ? str_from(invented_titles[category])
					: S("Agent and MCP credentials are younger than 90 days"),
		    .kpi = S(
			"The live credentials of agents and MCP servers that were issued less than 90 days ago, in the "
			"accounts of every unit that has any."),
		    .population = S("credentials that are not revoked"),
		    .condition = S("issued less than 90 days ago"),
		    .rationale = S("Nobody renews hundreds of machine credentials every quarter by hand."),
		    .subject = EVIDENCE_CREDENTIAL,
		    .threshold_milli = 900,
		    .window_ms = 90 * TIME_DAY_MS,
		    .max_age_ms = 30 * TIME_DAY_MS,
		    .deployment = category == 11 ? MODEL_SAAS : MODEL_ANY_DEPLOYMENT,
		    .mode = MODEL_EITHER,
		    .effort_days = 4 + i % 5,
		    .check = i % 2 ? S("SELECT unit_id, id AS subject, 1 AS meets FROM credential") : (str){0},
		};
	}
	for (int i = 1; i < OBJECTIVES; i++) /* by id */
		for (int k = i; k > 0 && str_cmp(o[sorted[k]].id, o[sorted[k - 1]].id) < 0; k--) {
			int moved = sorted[k];
			sorted[k] = sorted[k - 1];
			sorted[k - 1] = moved;
		}
	v->model = (struct model){.id = S("invented"),
				  .version = S("1.0.0"),
				  .title = S("An invented model"),
				  .line = S("invented@1"),
				  .name = S("invented@1.0.0"),
				  .n_domains = 3,
				  .n_categories = CATEGORIES,
				  .n_objectives = OBJECTIVES,
				  .domains = domains,
				  .categories = c,
				  .objectives = o,
				  .sorted = sorted};
	memcpy(v->model.level_names, names, sizeof names);
}

static void invented_tree(struct invented *v)
{
	static const struct unit_row rows[UNITS] = {
	    {.id = S("halverne"), .name = S("Halverne Group"), .deployment = MODEL_SELF_HOSTED | MODEL_PAAS, .size = 1},
	    {.id = S("insurance"), .parent = S("halverne"), .name = S("Insurance"), .size = 1},
	    {.id = S("claims"), .parent = S("insurance"), .name = S("Claims \x1b]0;owned\x07"), .size = 20},
	    {.id = S("retail"), .parent = S("halverne"), .name = S("小売銀行部門"), .size = 8},
	    {.id = S("wealth"), .parent = S("halverne"), .name = S("Wealth & Markets"), .size = 3},
	};
	struct err err;
	assert_int_equal(unit_tree_build(rows, UNITS, S("units.csv"), &v->arena, &v->tree, &err), OK);
}

/* How well a category does: up to which level yes, what then. -1: nothing is known. */
static const int invented_reach[CATEGORIES] = {3, 2, 2, 1, 4, 2, 5, -1, 3, 2, 1, 0};

static size_t invented_measures(struct measure *m, const struct invented *v)
{
	size_t n = 0;
	for (int u = 0; u < v->tree.n; u++)
		for (int o = 0; o < OBJECTIVES; o++) {
			int reach = invented_reach[v->model.objectives[o].category],
			    level = v->model.objectives[o].level;
			if (reach < 0 || !unit_is_leaf(&v->tree, u))
				continue;
			bool good = level <= reach || (level == reach + 1 && o % PER_LEVEL == 0);
			bool open = level == reach + 1 && o % PER_LEVEL == 1;
			struct measure_tally t =
			    good ? (struct measure_tally){97, 2, 1} : (struct measure_tally){60, 33, 7};
			m[n] = (struct measure){.unit = u,
						.objective = o,
						.source = 1,
						.basis = level == reach && o % 2 ? MEASURE_ATTESTED : MEASURE_MEASURED,
						.tally = open ? (struct measure_tally){85, 5, 10} : t,
						.observed_ms = AS_OF - (o % 7) * TIME_DAY_MS,
						.expires_ms = TIME_FOREVER,
						.recorded = (int64_t)n};
			n++;
		}
	return n;
}

static void invented_objective(struct invented *v)
{
	static const struct view_record records[] = {
	    {S("credential"), S("vault:retail"), S("vault-retail-1120.json"),
	     S("c41e77d209aac41e77d209aac41e77d209aac41e77d209aac41e77d209aac41e"), 211, 0, AS_OF - TIME_DAY_MS},
	    {S("identity"), S("entra"), S("entra \x1b[2J.csv"),
	     S("58aa0b3e209aac41e77d209aac41e77d209aac41e77d209aac41e77d209aac41"), 6, 7, AS_OF}};
	static const struct view_subject subjects[] = {
	    {S("retail"), S("agent/refund-triage"), S("Refund \x1b[5mtriage"), 0, 2, records},
	    {S("claims"), S("mcp/台帳-読み取り"), {0}, -1, 1, records}};
	static const struct view_silent_unit silent[] = {{S("wealth"), 3}, {S("claims"), 1}};
	static const struct view_measure measures[] = {
	    {.unit = S("claims"),
	     .source = S("check"),
	     .basis = MEASURE_MEASURED,
	     .stale = true,
	     .kept = true,
	     .tally = {18, 2, 0},
	     .counted = {0, 0, 20},
	     .observed_ms = AS_OF - 40 * TIME_DAY_MS,
	     .expires_ms = AS_OF - 9 * TIME_DAY_MS,
	     .error = S("no such column: \x1b[31mx")},
	    {.unit = S("claims"),
	     .source = S("answer"),
	     .basis = MEASURE_ATTESTED,
	     .overrides = true,
	     .kept = true,
	     .tally = {5, 1, 0},
	     .counted = {5, 1, 0},
	     .observed_ms = AS_OF - 2 * TIME_DAY_MS,
	     .expires_ms = TIME_FOREVER,
	     .override_until_ms = AS_OF + 30 * TIME_DAY_MS,
	     .justification = S("migration \"in progress\"\nuntil spring"),
	     .author = S("I. Marchetti"),
	     .evidence_sha256 = S("c41e77d209aac41e77d209aac41e77d209aac41e77d209aac41e77d209aac41e")},
	    {.unit = S("claims"),
	     .source = S("aws:insurance"),
	     .basis = MEASURE_MEASURED,
	     .left_out = VIEW_BY_OVERRIDE,
	     .tally = {18, 0, 0},
	     .observed_ms = AS_OF - 3 * TIME_DAY_MS,
	     .expires_ms = AS_OF + 27 * TIME_DAY_MS},
	    {.unit = S("retail"),
	     .source = S("check"),
	     .basis = MEASURE_MEASURED,
	     .kept = true,
	     .tally = {407, 43, 11},
	     .counted = {407, 43, 11},
	     .observed_ms = AS_OF - 2 * TIME_DAY_MS,
	     .expires_ms = AS_OF + 28 * TIME_DAY_MS}};
	static const struct view_gap gaps[] = {{.kind = S("log_source"),
						.units = 3,
						.of = 10,
						.stale_feed = S("siem \x1b[7m"),
						.stale_ms = AS_OF - 90 * TIME_DAY_MS,
						.late_feed = S("hr \x1b[7m"),
						.late_owner = S("R. Okafor"),
						.late_due_ms = AS_OF - 3 * TIME_DAY_MS,
						.unresolved_rows = 12,
						.unresolved_names = 2}};
	v->objective = (struct view_objective){
	    .n_gaps = 1,
	    .gaps = gaps,
	    .model = &v->model,
	    .objective = &v->model.objectives[28],
	    .unit_id = S("halverne"),
	    .as_of_ms = AS_OF,
	    .score = {.verdict = SCORE_OPEN, .tally = {412, 44, 31}, .evidenced = {407, 43, 37}, .attainment = 939},
	    .n_measures = 4,
	    .measures = measures,
	    .n_silent = 7,
	    .n_silent_listed = 2,
	    .silent = silent,
	    .has_check = true,
	    .subjects_known = true,
	    .subjects_not_met = 44,
	    .subjects_unknown = 31,
	    .offset = 20,
	    .n_subjects = 2,
	    .subjects = subjects,
	    .subjects_note = S("the evidence has changed since the measure was made")};
}

static void invented_category(struct invented *v)
{
	const struct model_category *c = &v->model.categories[2];
	struct view_step *steps = invented_or_fail(arena_new(&v->arena, struct view_step, 2));
	for (int i = 0; i < 2; i++) {
		int o = c->first_objective + PER_LEVEL + 1 + i;
		steps[i] = (struct view_step){.objective = &v->model.objectives[o],
					      .score = v->score.score.objectives[o],
					      .missing = 14 + i,
					      .effort_days = 4 + 2 * i,
					      .in_next_level = i == 0};
	}
	v->category = (struct view_category){.model = &v->model,
					     .category = c,
					     .unit_id = S("halverne"),
					     .as_of_ms = AS_OF,
					     .score = v->score.score.categories[2],
					     .target_level = 3,
					     .n_steps = 2,
					     .steps = steps,
					     .n_objectives = (size_t)c->n_objectives,
					     .objectives = &v->score.score.objectives[c->first_objective]};
}

static void invented_units(struct invented *v, const struct score_input *in)
{
	struct view_unit *units = invented_or_fail(arena_new(&v->arena, struct view_unit, UNITS));
	struct err err;
	for (int i = 0; i < UNITS; i++) {
		struct score s;
		const struct unit *u = &v->tree.units[i];
		assert_int_equal(score_at(in, i, &v->arena, &s, &err), OK);
		units[i] = (struct view_unit){
		    .unit = u, .leaf = u->span == 1, .program = s.program, .categories = s.categories};
		if (u->parent != UNIT_NONE)
			units[i].parent_id = v->tree.units[u->parent].id;
	}
	v->units = (struct view_units){&v->model, AS_OF, INT64_MIN, UNITS, units};
}

/* known = false: the same organisation before anything is measured. */
static void invented_make(struct invented *v, bool known)
{
	struct err err;
	*v = (struct invented){.arena = ARENA((size_t)1 << 30)};
	invented_model(v);
	invented_tree(v);
	struct measure *measures = invented_or_fail(arena_new(&v->arena, struct measure, UNITS * OBJECTIVES));
	size_t n = known ? invented_measures(measures, v) : 0;
	struct score_input in = {
	    .model = &v->model, .tree = &v->tree, .measures = measures, .n_measures = n, .as_of_ms = AS_OF};
	v->score = (struct view_score){.model = &v->model,
				       .tree = &v->tree,
				       .unit_id = S("halverne"),
				       .unit_name = S("Halverne Group"),
				       .as_of_ms = AS_OF};
	assert_int_equal(score_at(&in, 0, &v->arena, &v->score.score, &err), OK);
	invented_objective(v);
	invented_category(v);
	invented_units(v, &in);
	v->out = (struct out){.text = BUF(64 << 20), .width = OUT_WIDTH_PIPE};
	v->cli = (struct cli){.arena = &v->arena, .out = &v->out};
}

static void invented_release(struct invented *v)
{
	out_release(&v->out);
	arena_release(&v->arena);
}

#endif
