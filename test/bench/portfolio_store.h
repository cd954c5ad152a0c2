/**
 * A store as large as the measurements of the server ask for, the same at each run: 1 000 units in three levels below a
 * root, every objective of the built-in model measured in each of them, 200 000 current measures in all, and 10 000
 * evidence files behind answers.
 */
#ifndef TEST_BENCH_PORTFOLIO_STORE_H
#define TEST_BENCH_PORTFOLIO_STORE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/hold.h"
#include "base/limits.h"
#include "base/time.h"

enum { STORE_UNITS = 1000, STORE_MEASURES = 200000, STORE_FILES = 10000 };

/* 2026-11-20T12:00:00Z */
#define STORE_NOW INT64_C(1795176000000)

#define STORE_MUST(call)                                                                                               \
	do {                                                                                                           \
		struct err must_ = {0}, *err = &must_;                                                                 \
		if ((call) != OK) {                                                                                    \
			(void)fprintf(stderr, "%s:%d: %s %s %s\n", __FILE__, __LINE__, must_.message, must_.where,     \
				      must_.detail);                                                                   \
			exit(1);                                                                                       \
		}                                                                                                      \
	} while (0)

static inline double store_clock_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static inline void store_say(FILE *f, const char *text)
{
	if (!f || fputs(text, f) < 0) {
		(void)fprintf(stderr, "a file could not be written\n");
		exit(1);
	}
}

/* u0 is the root; 10 areas, 110 departments, the rest teams below departments. */
static inline int store_parent(int unit)
{
	return unit <= 10 ? 0 : unit <= 120 ? 1 + (unit - 11) % 10 : 11 + (unit - 121) % 110;
}

static inline void store_units(struct app *app)
{
	static char text[1 << 18];
	size_t n = (size_t)snprintf(text, sizeof text, "unit,parent,name,deployments,size\nu0,,Whole company,,\n");
	static const char *const types[] = {"", "saas", "paas", "self_hosted;paas"};
	for (int u = 1; u < STORE_UNITS; u++)
		n += (size_t)snprintf(text + n, sizeof text - n, "u%d,u%d,Unit %d,%s,%d\n", u, store_parent(u), u,
				      types[u % 7 < 4 ? u % 7 : 0], 5 + u % 40);
	struct view_unit_import out;
	struct source from = source_text(S("units.csv"), (str){text, n});
	STORE_MUST(app_unit_import(app, &from, (struct app_time){0}, &out, err));
}

static inline bool store_is_program(const struct model_objective *o)
{
	return o->scope == MODEL_SCOPE_PROGRAM;
}

/* Where the next row of measures stands: every unit and objective by the first source, then by the next. */
struct store_place {
	int i, source, unit;
	size_t objective;
};

static inline void store_next(const struct model *m, struct store_place *at)
{
	do {
		at->i++;
		at->objective = (at->objective + 1) % m->n_objectives;
		at->unit = (at->unit + (at->objective == 0)) % STORE_UNITS;
		at->source += at->objective == 0 && at->unit == 0;
	} while (at->unit > 0 && store_is_program(&m->objectives[at->objective]));
}

/* So many rows, observed within the sixty days before STORE_NOW. */
static inline void store_measures_csv(const struct model *m, struct store_place *at, int rows, const char *path)
{
	char line[256], text[TIME_TEXT];
	FILE *f = fopen(path, "w");
	store_say(f, "unit,objective,source,yes,no,unknown,observed,basis\n");
	for (; rows > 0; rows--, store_next(m, at)) {
		int i = at->i;
		str when = time_format(STORE_NOW - (int64_t)(1 + i * 31 % 86000) * 60000, text);
		(void)snprintf(line, sizeof line, "u%d,%.*s,source-%d,%d,%d,%d,%.*s,%s\n", at->unit,
			       STR_ARG(m->objectives[at->objective].id), at->source, 6 + i * 7 % 40, i % 11 ? 0 : i % 5,
			       i % 13 ? 0 : 1, STR_ARG(when), i % 3 ? "measured" : "attested");
		store_say(f, line);
	}
	if (fclose(f) != 0)
		exit(1);
}

/* In pieces, because one large transaction outgrows the database's memory and becomes slow. */
static inline void store_measures(const struct app *app, const struct model *m, const char *path)
{
	struct store_place at = {0, 0, 0, 0};
	for (int left = STORE_MEASURES - STORE_FILES; left > 0; left -= STORE_FILES) {
		struct arena a = ARENA(LIMIT_COMMAND_BYTES);
		struct app one = *app;
		struct view_measures_import out;
		str name = str_from(path);
		one.arena = &a;
		store_measures_csv(m, &at, left < STORE_FILES ? left : STORE_FILES, path);
		STORE_MUST(app_measure_import(&one, false, &name, 1, &out, err));
		arena_release(&a);
	}
}

/* The n-th answer there can be: each at a place of its own. */
static inline struct app_answer store_answer(const struct model *m, int n, char unit[16])
{
	size_t o = (size_t)n % m->n_objectives;
	while (store_is_program(&m->objectives[o]))
		o = (o + 1) % m->n_objectives;
	int u = 1 + n / 3 % (STORE_UNITS - 1);
	(void)snprintf(unit, 16, "u%d", u);
	return (struct app_answer){
	    .objective = m->objectives[o].id, .unit = str_from(unit), .tally = {n % 9, n % 4, n % 3}};
}

static inline void store_answers(struct app *app, const struct model *m, const char *path)
{
	for (int n = 0; n < STORE_FILES; n++) {
		struct arena a = ARENA(LIMIT_COMMAND_BYTES);
		struct app one = *app;
		struct view_answer out;
		char unit[16];
		FILE *f = fopen(path, "w");
		one.arena = &a;
		one.now_ms = STORE_NOW - (int64_t)(STORE_FILES - n) * 60000;
		struct app_answer answer = store_answer(m, n, unit);
		if (!f || fprintf(f, "Minutes of meeting %d\n", n) < 0 || fclose(f) != 0)
			exit(1);
		answer.evidence_file = str_from(path);
		STORE_MUST(app_answer(&one, &answer, &out, err));
		if (n % 100 == 0)
			STORE_MUST(app_hold_tidy(&one, err));
		arena_release(&a);
	}
}

/* Makes the store at a path where there is none. */
static inline void store_make(const char *path)
{
	struct arena a = ARENA(LIMIT_COMMAND_BYTES), kept = ARENA(LIMIT_COMMAND_BYTES);
	struct app app = {.arena = &a, .now_ms = STORE_NOW, .actor = S("bench")};
	struct view_model view;
	const struct model *m = NULL;
	char file[512];
	bool made;
	(void)snprintf(file, sizeof file, "%s.rows", path);
	STORE_MUST(app_open(&app, path, APP_CREATES, err));
	STORE_MUST(app_init(&app, &made, &view, err));
	STORE_MUST(app_model_show(&app, (str){NULL, 0}, &m, &view, err));
	store_units(&app);
	store_measures(&app, m, file);
	STORE_MUST(app_hold_open(path, &kept, &app.hold, err));
	STORE_MUST(app_hold_defer(&app, err));
	STORE_MUST(app_hold_warm(&app, err));
	store_answers(&app, m, file);
	STORE_MUST(app_hold_flush(&app, err));
	(void)unlink(file);
	/* The last to close moves the log into the file. */
	arena_release(&kept);
	arena_release(&a);
}

/* The store for this run, made once and kept; remove the file to have it made anew. */
static inline const char *store_kept(void)
{
	static const char *const path = "build/bench-portfolio.db", *const fresh = "build/bench-portfolio.new";
	if (access(path, F_OK) == 0)
		return path;
	double start = store_clock_ms();
	(void)unlink(fresh);
	store_make(fresh);
	if (rename(fresh, path) != 0)
		exit(1);
	(void)fprintf(stderr, "made %s in %.1f s\n", path, (store_clock_ms() - start) / 1e3);
	return path;
}

#endif
