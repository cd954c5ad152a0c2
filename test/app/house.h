/**
 * What the tests of app/ share: questions asked as a face would ask them, and files to ask them about.
 */
#ifndef TEST_APP_HOUSE_H
#define TEST_APP_HOUSE_H

#include "store/room.h"

#include "app/app.h"
#include "base/limits.h"
#include "core/access.h"

enum { PATH_BYTES = 128, TEXT_BYTES = 65536 };

/* One question: an app with an arena of its own; ask() begins it, answered() gives everything back. */
struct house {
	struct arena arena;
	struct app app;
};

static inline void ask(struct house *h, const struct room *room, int64_t now_ms)
{
	h->arena = ARENA(LIMIT_COMMAND_BYTES);
	h->app = (struct app){.db = room->db, .arena = &h->arena, .now_ms = now_ms, .actor = S("tester")};
}

static inline void answered(struct house *h)
{
	arena_release(&h->arena);
}

/* Was it refused? Who may not see a unit is told that there is none; who reads all of acme is told the truth. */
static inline bool is_refused(const struct app *app, enum status status, const struct err *why)
{
	str said = str_from(why->message);
	bool hidden = app->who != NULL;
	for (size_t i = 0; hidden && i < app->who->n_grants; i++) {
		const struct access_grant *g = &app->who->grants[i];
		hidden = g->role < ACCESS_READER || (g->unit.n && !str_eq(g->unit, S("acme")));
	}
	static const char *const missing[] = {"no unit \"", "no feed \"",  "no request ",
					      "no answer ", "no comment ", "no review "};
	bool gone = false;
	for (size_t i = 0; i < sizeof missing / sizeof missing[0]; i++)
		gone |= str_starts(said, str_from(missing[i]));
	return status == E_DENIED || (hidden && status == E_NOT_FOUND && gone);
}

static inline struct app_time at_time(int64_t ms)
{
	return (struct app_time){true, ms};
}

/* A file in the room's folder; the path stays the caller's. */
static inline str put_file(const struct room *room, const char *name, str text, char path[PATH_BYTES])
{
	int n = snprintf(path, PATH_BYTES, "%s/%s", room->folder, name);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(text.p, 1, text.n, f), text.n);
	assert_int_equal(fclose(f), 0);
	return (str){path, (size_t)n};
}

static inline void import_units(const struct room *room, int64_t now_ms, struct app_time since, str csv)
{
	struct house h;
	struct view_unit_import out;
	struct source from = source_text(S("units.csv"), csv);
	ask(&h, room, now_ms);
	RUN(app_unit_import(&h.app, &from, since, &out, err));
	answered(&h);
}

static inline void use_model(const struct room *room, int64_t now_ms, str yaml, str name)
{
	struct house h;
	struct model_problems problems = {0};
	struct view_model view;
	bool added;
	char path[PATH_BYTES];
	(void)put_file(room, "model.yaml", yaml, path);
	ask(&h, room, now_ms);
	struct err why = {0};
	if (app_model_import(&h.app, path, &problems, &view, &added, &why) != OK) {
		for (size_t i = 0; i < problems.n; i++)
			if (!problems.list[i].warning)
				print_message("%lld: %.*s\n", (long long)problems.list[i].place.line,
					      STR_ARG(problems.list[i].message));
		fail_msg("%s", why.message);
	}
	RUN(app_model_activate(&h.app, name, &view, err));
	answered(&h);
}

static inline enum status try_import(const struct room *room, int64_t now_ms, const struct app_import *options,
				     const str *files, size_t n, struct view_receipt *out, struct err *err)
{
	struct house h;
	struct view_receipt receipts[16];
	assert_in_range(n, 1, 16);
	ask(&h, room, now_ms);
	enum status status = app_import(&h.app, options, files, n, receipts, err);
	for (size_t i = 0; i < n && out; i++)
		out[i] = receipts[i]; /* its texts are gone */
	answered(&h);
	return status;
}

#endif
