#include "web/session.h"

#include "app/session.h"
#include "app/token.h"
#include "base/secret.h"

static str cookie_name(const struct request *q)
{
	return q->tls ? S("__Host-aismm") : S("aismm");
}

str session_value(const struct request *q)
{
	return request_cookie(q, cookie_name(q));
}

struct app_proof session_proof(const struct request *q)
{
	return (struct app_proof){request_field(&q->form, S("password")), session_value(q)};
}

static str bearer(const struct request *q)
{
	str scheme, value;
	if (!str_cut(q->authorization, ' ', &scheme, &value) || !str_eq_fold(scheme, S("Bearer")))
		return (str){0};
	return str_trim(value);
}

static enum status take_access(struct app *app, const struct view_caller *caller, struct err *err)
{
	struct access *who = arena_new(app->arena, struct access, 1);
	if (!who)
		return err_full(err);
	*who = caller->access;
	app->who = who;
	return OK;
}

/* A write whose turn has come: what was allowed when the request came may be over by now. */
static enum status ask_again(struct app *app, struct err *err)
{
	struct request *q = app->again.ctx;
	struct view_caller caller;
	if (q->server && q->server->clock_goes_on)
		app->now_ms = request_clock_ms();
	if (!q->caller)
		return OK;
	enum status status = q->token ? app_token_find_within(app, bearer(q), &caller, err)
				      : app_session_find_within(app, session_value(q), &caller, err);
	q->over = status == E_DENIED;
	return status == OK ? take_access(app, &caller, err) : status;
}

static enum status take(struct request *q, const struct view_caller *caller, struct err *err)
{
	TRY(take_access(q->app, caller, err));
	q->app->actor = caller->name;
	q->caller = caller->waits ? 0 : caller->id;
	q->user_shown = caller->shown.n ? caller->shown : caller->name;
	q->csrf = caller->csrf;
	q->linked = caller->linked;
	q->locked_out = caller->locked_out;
	q->owes = caller->owes;
	q->until_ms = caller->expires_ms;
	q->ends_ms = caller->ends_ms;
	q->theme = caller->theme;
	q->keys = caller->keys;
	return OK;
}

enum status session_find(struct request *q, struct view_caller *out, bool *known, struct err *err)
{
	str token = q->json ? bearer(q) : (str){0}, value = session_value(q);
	static const struct access nobody = {0};
	*known = false;
	q->app->who = &nobody;
	q->app->actor = (str){0};
	q->app->again = (struct app_again){ask_again, q};
	q->caller = 0;
	if (!token.n && !value.n)
		return OK;
	enum status status =
	    token.n ? app_token_find(q->app, token, out, err) : app_session_find(q->app, value, out, err);
	if (status == E_DENIED)
		return OK;
	TRY(status);
	*known = true;
	q->token = token.n > 0;
	if (out->slides)
		q->slides = token.n ? token : value;
	return take(q, out, err);
}

/* "https://host:port/path" -> "host:port" */
static str host_of(str url)
{
	str scheme, rest, host, path;
	if (!str_cut(url, '/', &scheme, &rest) || !str_starts(rest, S("/")))
		return (str){0};
	(void)str_cut(str_slice(rest, 1, rest.n), '/', &host, &path);
	return host;
}

enum status session_check_origin(const struct request *q, bool free, struct err *err)
{
	str from = q->origin.n ? host_of(q->origin) : host_of(q->referer);
	if (q->token)
		return OK;
	if (!q->host.n || !str_eq_fold(from, q->host)) {
		err_set(err, E_DENIED, "this form does not come from a page of this server");
		err_hint(err, "open the page again; behind a proxy, it has to pass on the Host header");
		return E_DENIED;
	}
	str sent = request_field(&q->form, S("csrf"));
	if (!sent.n)
		sent = q->csrf_header;
	if (free || (q->csrf.n && secret_equal(sent, q->csrf)))
		return OK;
	err_set(err, E_DENIED, "this form has expired");
	err_hint(err, "open the page again and send it once more");
	return E_DENIED;
}

enum status session_cookie(const struct request *q, str value, str *out, struct err *err)
{
	struct buf b = BUF(4096);
	buf_add(&b, cookie_name(q));
	buf_char(&b, '=');
	buf_add(&b, value);
	buf_add(&b, S("; Path=/; HttpOnly; SameSite=Lax"));
	if (q->tls)
		buf_add(&b, S("; Secure"));
	if (!value.n)
		buf_add(&b, S("; Max-Age=0"));
	*out = str_copy(q->arena, buf_str(&b));
	buf_release(&b);
	return out->p ? OK : err_full(err);
}

str session_next(str text)
{
	bool ours = str_starts(text, S("/")) && !str_starts(text, S("//")) && !str_starts(text, S("/\\"));
	for (size_t i = 0; i < text.n; i++)
		ours &= (unsigned char)text.p[i] > 0x20 && text.p[i] != 0x7F;
	return ours ? text : S("/");
}
