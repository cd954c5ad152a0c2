#include "app/second.h"

#include <stdio.h>
#include <string.h>

#include "app/change.h"
#include "app/people.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/otp.h"
#include "store/second.h"
#include "store/store.h"

enum { URI_BYTES = 2048 };

struct job {
	struct app *app;
	struct store_user user;
	str code, cookie;
	bool wrong, *removed;
	struct view_second *out;
};

/* Only who is there in person has a second factor. */
static enum status own(struct app *app, struct store_user *out, struct err *err)
{
	if (!app->who || !app_people_is_self(app, app->who->user)) {
		err_set(err, E_DENIED, "only who is signed in has a second factor");
		return E_DENIED;
	}
	TRY(app_people_person(app, err));
	return app_people_find(app, app->who->user, out, err);
}

static enum status find_own(void *ctx, struct err *err)
{
	struct job *job = ctx;
	return own(job->app, &job->user, err);
}

static enum status prove(struct job *job, const struct app_proof *proof, struct err *err)
{
	TRY(store_read(job->app->db, find_own, job, err));
	return app_people_prove(job->app, &job->user, proof, err);
}

/* ---- enrolling ---- */

static enum status show_secret(struct app *app, str user, const unsigned char secret[OTP_SECRET_BYTES],
			       struct view_second *out, struct err *err)
{
	char text[OTP_SECRET_TEXT];
	struct buf uri = BUF(URI_BYTES);
	(void)otp_secret_text(secret, text);
	otp_uri(&uri, S("aismm"), user, str_from(text));
	*out = (struct view_second){.secret = str_copy(app->arena, str_from(text)),
				    .uri = str_copy(app->arena, buf_str(&uri))};
	enum status status = uri.status == OK && out->secret.p && out->uri.p ? OK : err_full(err);
	buf_release(&uri);
	return status;
}

static enum status enrol(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_second there;
	unsigned char secret[OTP_SECRET_BYTES];
	TRY(own(app, &job->user, err));
	TRY(store_second_find(app->db, job->user.id, app->arena, &there, err));
	if (there.confirmed) {
		err_set(err, E_CONFLICT, "there is a second factor already");
		err_hint(err, "remove it first");
		return E_CONFLICT;
	}
	TRY(secret_bytes(secret, sizeof secret, err));
	TRY(store_second_add(app->db, job->user.id, (str){(const char *)secret, sizeof secret}, app->now_ms, err));
	TRY(app_audit(app, S("second.enrol"), job->user.name, S(""), err));
	return show_secret(app, job->user.name, secret, job->out, err);
}

enum status app_second_enrol(struct app *app, const struct app_proof *proof, struct view_second *out, struct err *err)
{
	struct job job = {.app = app, .out = out};
	TRY(prove(&job, proof, err));
	return app_change(app, enrol, &job, err);
}

/* ---- confirming ---- */

/* One to be written down; the store keeps its SHA-256. */
static enum status make_code(struct app *app, int64_t second, str *out, struct err *err)
{
	char sum[HASH_TEXT];
	TRY(app_people_code(app, out, err));
	return store_second_code_add(app->db, second, app_people_code_sum(*out, sum), err);
}

static enum status confirm(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_second second;
	int64_t step;
	bool fresh;
	TRY(own(app, &job->user, err));
	TRY(store_second_find(app->db, job->user.id, app->arena, &second, err));
	if (!second.id || second.confirmed) {
		err_set(err, E_CONFLICT, "no second factor waits to be confirmed");
		return E_CONFLICT;
	}
	TRY(app_people_attempt(app, S("second"), job->user.name, LIMIT_SIGN_IN_NAME, err));
	TRY(otp_find(second.secret, job->code, app->now_ms, second.step, &step, err));
	job->wrong = step < 0;
	if (job->wrong)
		return OK;
	str *codes = arena_new(app->arena, str, LIMIT_RECOVERY_CODES);
	if (!codes)
		return err_full(err);
	TRY(store_second_accept(app->db, second.id, step, &fresh, err));
	TRY(store_second_confirm(app->db, second.id, app->now_ms, err));
	for (int i = 0; i < LIMIT_RECOVERY_CODES; i++)
		TRY(make_code(app, second.id, &codes[i], err));
	TRY(app_people_succeed(app, S("second"), job->user.name, false, err));
	TRY(app_people_second_changed(app, job->user.id, job->cookie, true, err));
	*job->out = (struct view_second){.codes = codes, .n_codes = LIMIT_RECOVERY_CODES};
	return app_audit(app, S("second.confirm"), job->user.name, S(""), err);
}

enum status app_second_confirm(struct app *app, str code, str cookie, struct view_second *out, struct err *err)
{
	struct job job = {.app = app, .code = code, .cookie = cookie, .out = out};
	TRY(app_change(app, confirm, &job, err));
	if (!job.wrong)
		return OK;
	err_set(err, E_DENIED, "the code is wrong");
	err_hint(err, "take the next one; the clock of the phone has to be right");
	return E_DENIED;
}

/* ---- removing ---- */

static enum status remove_own(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_second there;
	TRY(own(app, &job->user, err));
	TRY(store_second_find(app->db, job->user.id, app->arena, &there, err));
	*job->removed = there.id != 0;
	if (!there.id)
		return OK;
	TRY(store_second_remove(app->db, job->user.id, app->now_ms, app->actor, err));
	TRY(app_people_second_changed(app, job->user.id, job->cookie, false, err));
	return app_audit(app, S("second.remove"), job->user.name, S(""), err);
}

enum status app_second_remove(struct app *app, const struct app_proof *proof, bool *removed, struct err *err)
{
	struct job job = {.app = app, .removed = removed, .cookie = proof->cookie};
	TRY(prove(&job, proof, err));
	return app_change(app, remove_own, &job, err);
}
