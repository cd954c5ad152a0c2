#include "app/people.h"
#include "app/session.h"
#include "base/address.h"
#include "base/limits.h"
#include "base/otp.h"
#include "base/time.h"
#include "store/second.h"
#include "store/store.h"

struct job {
	struct app *app;
	const struct app_sign_in *in;
	struct store_user user; /* id 0: nobody has the name */
	str hash, fresh;        /* of the password; of the same with the parameters of today, when those were others */
	str why;                /* it failed: for the record */
	str cookie, code;
	struct view_opened *out;
};

/* Things are recorded under the name of who signs in. */
static struct app as_user(const struct app *app, str name)
{
	struct app as = *app;
	as.actor = name;
	return as;
}

static enum status open_session(struct job *job, bool linked, struct err *err)
{
	struct app as = as_user(job->app, job->user.name);
	struct store_second second;
	TRY(store_second_find(as.db, job->user.id, as.arena, &second, err));
	struct app_people_opening opening = {.user_id = job->user.id,
					     .created_ms = as.now_ms,
					     .user = job->user.name,
					     .address = job->in->address,
					     .agent = job->in->agent,
					     .linked = linked,
					     .second = second.confirmed ? STORE_SECOND_WAITS : STORE_SECOND_NONE};
	TRY(app_people_open(&as, &opening, job->out, err));
	str from = job->in->address.n ? job->in->address : S("an unknown address");
	return app_audit(&as, linked ? S("session.link") : S("session.sign_in"), job->user.name,
			 app_people_text(as.arena, "from %.*s", STR_ARG(str_slice(from, 0, LIMIT_SESSION_TEXT_BYTES))),
			 err);
}

/* ---- name and password ---- */

static enum status attempt(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	char text[ADDRESS_TEXT];
	TRY(app_people_attempt(app, S("name"), job->in->name, LIMIT_SIGN_IN_NAME, err));
	str network = address_network(job->in->address, text);
	if (network.n)
		TRY(app_people_attempt(app, S("address"), network, LIMIT_SIGN_IN_ADDRESS, err));
	TRY(store_user_find(app->db, job->in->name, app->arena, &job->user, err));
	if (job->user.id)
		TRY(store_user_password(app->db, job->user.id, app->arena, &job->hash, err));
	return OK;
}

/* A name that nobody has is not recorded: it may be a password in the wrong field. */
static enum status record_failure(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app as = as_user(job->app, S(""));
	str from = job->in->address.n ? job->in->address : S("an unknown address");
	return app_audit(&as, S("session.refuse"), job->user.id ? job->user.name : S(""),
			 app_people_text(as.arena, "%.*s, from %.*s", STR_ARG(job->why),
					 STR_ARG(str_slice(from, 0, LIMIT_SESSION_TEXT_BYTES))),
			 err);
}

/* What was true before the password was looked at has to be true still. */
static enum status let_in(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_user now;
	char text[ADDRESS_TEXT];
	str hash;
	TRY(app_people_find(app, job->user.name, &now, err));
	TRY(store_user_password(app->db, now.id, app->arena, &hash, err));
	if (now.disabled_ms != TIME_FOREVER || !str_eq(hash, job->hash)) {
		err_set(err, E_DENIED, "the user was changed just now");
		err_hint(err, "sign in again");
		return E_DENIED;
	}
	TRY(app_people_succeed(app, S("name"), job->in->name, false, err));
	str network = address_network(job->in->address, text);
	if (network.n)
		TRY(app_people_succeed(app, S("address"), network, true, err));
	if (job->fresh.n)
		TRY(store_user_password_set(app->db, now.id, job->fresh, now.password_ms, now.name, err));
	return open_session(job, false, err);
}

/* Empty: it is right. Takes the same time whatever it says. */
static str look_at_password(const struct job *job)
{
	bool known = job->user.id && job->hash.n;
	if (!known)
		secret_verify_nobody(job->in->password);
	bool right = known && secret_verify(job->in->password, job->hash);
	if (!job->user.id)
		return S("nobody has this name");
	if (!job->hash.n)
		return S("it has no password");
	if (!right)
		return S("wrong password");
	return job->user.disabled_ms != TIME_FOREVER ? S("it is disabled") : (str){0};
}

enum status app_session_sign_in(struct app *app, const struct app_sign_in *in, struct view_opened *out, struct err *err)
{
	char fresh[SECRET_HASH];
	struct job job = {.app = app, .in = in, .out = out};
	if (in->password.n > LIMIT_PASSWORD_BYTES)
		return err_set(err, E_INVALID, "the password is longer than %d bytes", LIMIT_PASSWORD_BYTES);
	TRY(store_change(app->db, attempt, &job, err));
	job.why = look_at_password(&job);
	if (job.why.n) {
		TRY(store_change(app->db, record_failure, &job, err));
		err_set(err, E_DENIED, "the name or the password is wrong");
		err_hint(err, "an administrator can give a one-time sign-in link");
		return E_DENIED;
	}
	if (secret_is_dated(job.hash)) {
		TRY(secret_hash(in->password, fresh, err));
		job.fresh = str_from(fresh);
	}
	return store_change(app->db, let_in, &job, err);
}

/* ---- a one-time link ---- */

static enum status follow_link(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_user *list = NULL;
	char sum[HASH_TEXT];
	int64_t id = 0;
	size_t n = 0;
	if (job->in->link.n == SECRET_TEXT - 1)
		TRY(store_session_link_use(app->db, hash_of(job->in->link, sum), app->now_ms, &id, err));
	if (id)
		TRY(store_user_list(app->db, app->arena, &list, &n, err));
	for (size_t i = 0; i < n; i++)
		if (list[i].id == id && list[i].disabled_ms == TIME_FOREVER)
			job->user = list[i];
	if (job->user.id) {
		TRY(open_session(job, true, err));
		job->out->locked_out = job->user.password_ms < 0;
		return OK;
	}
	err_set(err, E_DENIED, "the link was used already, or is too old");
	err_hint(err, "an administrator can give another one: aismm user link NAME");
	return E_DENIED;
}

enum status app_session_link(struct app *app, const struct app_sign_in *in, struct view_opened *out, struct err *err)
{
	struct job job = {.app = app, .in = in, .out = out};
	return store_change(app->db, follow_link, &job, err);
}

/* ---- the second factor ---- */

static enum status fits(struct app *app, const struct store_second *second, str code, bool *right, bool *recovered,
			struct err *err)
{
	int64_t step;
	char sum[HASH_TEXT];
	*right = *recovered = false;
	TRY(otp_find(second->secret, code, app->now_ms, second->step, &step, err));
	if (step >= 0)
		return store_second_accept(app->db, second->id, step, right, err);
	TRY(store_second_code_use(app->db, second->id, app_people_code_sum(code, sum), app->now_ms, right, err));
	*recovered = *right;
	return OK;
}

static enum status step_up(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct store_session s;
	struct store_second second;
	char sum[HASH_TEXT];
	bool right = false, recovered = false, ended;
	TRY(store_session_find(job->app->db, hash_of(job->cookie, sum), job->app->now_ms, job->app->arena, &s, err));
	if (!s.id || s.second != STORE_SECOND_WAITS) {
		err_set(err, E_DENIED, "no sign-in waits for a code");
		err_hint(err, "sign in again");
		return E_DENIED;
	}
	struct app as = as_user(job->app, s.user);
	TRY(app_people_attempt(&as, S("second"), s.user, LIMIT_SIGN_IN_NAME, err));
	TRY(store_second_find(as.db, s.user_id, as.arena, &second, err));
	if (second.confirmed)
		TRY(fits(&as, &second, job->code, &right, &recovered, err));
	if (!right) {
		job->why = S("wrong code");
		return app_audit(&as, S("second.refuse"), s.user, S(""), err);
	}
	TRY(app_people_succeed(&as, S("second"), s.user, false, err));
	TRY(store_session_end(as.db, s.user_id, s.id, as.now_ms, &ended, err));
	struct app_people_opening opening = {.user_id = s.user_id,
					     .created_ms = s.created_ms,
					     .user = s.user,
					     .address = s.address,
					     .agent = s.agent,
					     .linked = s.linked,
					     .second = STORE_SECOND_GIVEN};
	TRY(app_people_open(&as, &opening, job->out, err));
	return app_audit(&as, S("second.accept"), s.user, recovered ? S("a recovery code") : S(""), err);
}

enum status app_session_second(struct app *app, str cookie, str code, struct view_opened *out, struct err *err)
{
	struct job job = {.app = app, .cookie = cookie, .code = code, .out = out};
	TRY(store_change(app->db, step_up, &job, err));
	if (!job.why.n)
		return OK;
	err_set(err, E_DENIED, "the code is wrong, or was used already");
	err_hint(err, "take the next one; a recovery code does as well");
	return E_DENIED;
}
