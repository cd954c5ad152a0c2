#include "app/setting.h"

#include "app/change.h"
#include "app/load.h"
#include "app/people.h"
#include "base/limits.h"
#include "store/setting.h"
#include "store/store.h"

enum { LINE_CHARACTERS = 100, AGAINST_MONTHS = 12, AGAINST_MOST = 120, EXPIRY_DAYS = 90, EXPIRY_MOST = 366 };

const struct app_setting_of app_setting_all[APP_SETTINGS] = {
    [APP_SETTING_ORGANISATION] = {.name = S("organisation")},
    [APP_SETTING_AGAINST] = {.name = S("against.months"), .usual = AGAINST_MONTHS, .least = 1, .most = AGAINST_MOST},
    [APP_SETTING_EXPIRY] = {.name = S("expiry.days"), .usual = EXPIRY_DAYS, .least = 1, .most = EXPIRY_MOST},
    [APP_SETTING_SECOND] = {.name = S("second.factor"), .words = {S("optional"), S("administrators"), S("everybody")}},
};

struct job {
	struct app *app;
	str name, value;
	struct view_setting *one;
	const struct view_setting **list;
	size_t *n;
};

enum status app_setting_check(str name, str value, struct err *err)
{
	if (!name.n || name.n > LIMIT_SETTING_NAME_BYTES)
		return err_set(err, E_INVALID, "the name has 1 to %d characters", LIMIT_SETTING_NAME_BYTES);
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
		if (!fits)
			return err_set(err, E_INVALID, "the name has a character that is none of a-z 0-9 . _ -");
	}
	if (value.n > LIMIT_SETTING_VALUE_BYTES)
		return err_set(err, E_INVALID, "the value is longer than %d bytes", LIMIT_SETTING_VALUE_BYTES);
	return str_is_utf8(value) ? OK : err_set(err, E_INVALID, "the value is not UTF-8 text");
}

/* ---- what the program reads itself ---- */

static bool read_number(const struct app_setting_of *of, str value, int64_t *out)
{
	int64_t n;
	for (int i = 0; i < APP_SETTING_WORDS && of->words[0].n; i++)
		if (str_eq(value, of->words[i])) {
			*out = i;
			return true;
		}
	if (of->words[0].n || !str_to_i64(value, &n) || n < of->least || n > of->most)
		return false;
	*out = n;
	return true;
}

static enum status check_value(const struct app_setting_of *of, str value, struct err *err)
{
	int64_t n;
	if (!value.n)
		return OK;
	if (!of->most && !of->words[0].n)
		return app_load_check_line(value, "the name of the organisation", LINE_CHARACTERS, err);
	if (read_number(of, value, &n))
		return OK;
	if (of->words[0].n)
		return err_set(err, E_INVALID, "\"%.*s\" is none of %.*s, %.*s and %.*s",
			       STR_ARG(str_slice(value, 0, 40)), STR_ARG(of->words[0]), STR_ARG(of->words[1]),
			       STR_ARG(of->words[2]));
	return err_set(err, E_INVALID, "\"%.*s\" is no whole number from %d to %d", STR_ARG(str_slice(value, 0, 40)),
		       (int)of->least, (int)of->most);
}

static enum status check_known(str name, str value, struct err *err)
{
	for (int i = 0; i < APP_SETTINGS; i++)
		if (str_eq(app_setting_all[i].name, name))
			return check_value(&app_setting_all[i], value, err);
	return OK;
}

enum status app_setting_number(struct app *app, enum app_setting_id id, int64_t *out, struct err *err)
{
	const struct app_setting_of *of = &app_setting_all[id];
	struct store_setting there;
	TRY(store_setting_find(app->db, of->name, app->arena, &there, err));
	if (!read_number(of, there.value, out))
		*out = of->usual;
	return OK;
}

enum status app_setting_line(struct app *app, enum app_setting_id id, str *out, struct err *err)
{
	const struct app_setting_of *of = &app_setting_all[id];
	struct store_setting there;
	TRY(store_setting_find(app->db, of->name, app->arena, &there, err));
	*out = there.value.n && check_value(of, there.value, NULL) == OK ? there.value : S("");
	return OK;
}

/* ---- all of them ---- */

static struct view_setting show(const struct store_setting *s)
{
	return (struct view_setting){s->name, s->value, s->actor, s->recorded_ms};
}

static enum status set(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_setting there;
	struct store_setting s = {job->name, job->value, app->actor, app->now_ms};
	TRY(app_people_admin(app, err));
	if (str_eq(job->name, app_setting_all[APP_SETTING_SECOND].name))
		TRY(app_people_person(app, err)); /* what is asked of people is not for a program to take away */
	TRY(store_setting_find(app->db, job->name, app->arena, &there, err));
	*job->one = show(there.value.p && str_eq(there.value, job->value) ? &there : &s);
	if (there.value.p && str_eq(there.value, job->value))
		return OK;
	TRY(store_setting_add(app->db, &s, err));
	return app_audit(app, S("setting.set"), job->name, job->value, err);
}

enum status app_setting_set(struct app *app, str name, str value, struct view_setting *out, struct err *err)
{
	struct job job = {.app = app, .name = name, .value = value.n ? value : S(""), .one = out};
	TRY(app_setting_check(name, value, err));
	TRY(check_known(name, value, err));
	return app_change(app, set, &job, err);
}

static enum status list(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_setting *there = NULL;
	size_t n;
	TRY(app_people_admin(app, err));
	TRY(store_setting_list(app->db, app->arena, &there, &n, err));
	struct view_setting *views = arena_new(app->arena, struct view_setting, n);
	if (!views)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		views[i] = show(&there[i]);
	*job->list = views;
	*job->n = n;
	return OK;
}

enum status app_setting_list(struct app *app, const struct view_setting **out, size_t *n, struct err *err)
{
	struct job job = {.app = app, .list = out, .n = n};
	return store_read(app->db, list, &job, err);
}

static enum status find(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct store_setting there;
	TRY(store_setting_find(job->app->db, job->name, job->app->arena, &there, err));
	*job->one = show(&there);
	return OK;
}

enum status app_setting_find(struct app *app, str name, struct view_setting *out, struct err *err)
{
	struct job job = {.app = app, .name = name, .one = out};
	return store_read(app->db, find, &job, err);
}
