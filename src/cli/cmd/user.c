#include <errno.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "app/user.h"
#include "base/limits.h"
#include "base/time.h"
#include "cli/cmd/cmd.h"
#include "export/json.h"

static const struct out_paragraph plain = {0};

enum status cmd_user_role(struct cli *cli, str word, enum access_role *out, struct err *err)
{
	*out = access_role_find(word);
	if (!word.n || *out != ACCESS_NONE)
		return OK;
	(void)cli_usage(cli, err, "--role: \"%.*s\" is no role", STR_ARG(word));
	err_hint(err, "the roles are respondent, reader, assessor, lead and admin");
	return E_INVALID;
}

str cmd_user_where(struct arena *a, str unit)
{
	return unit.n ? out_print(a, " at %.*s", STR_ARG(unit)) : S(" everywhere");
}

/* ---- one user ---- */

enum status cmd_user_add(struct cli *cli, struct err *err)
{
	const struct options *o = &cli->options;
	struct arena *a = cli->arena;
	struct app_user user = {
	    .name = options_argument(o, 0), .shown = options_text(o, S("shown")), .unit = options_text(o, S("unit"))};
	struct view_user v;
	TRY(cmd_user_role(cli, options_text(o, S("role")), &user.role, err));
	if (user.unit.n && user.role == ACCESS_NONE)
		return cli_usage(cli, err, "--unit says where a role holds; give one with --role");
	TRY(app_user_add(&cli->app, &user, &v, err));
	if (cli->json) {
		export_json_people_users(out_export(cli->out), &v, 1);
		return OK;
	}
	str what = v.n_grants ? out_print(a, ", %.*s%.*s", STR_ARG(access_role_name(v.grants[0].role)),
					  STR_ARG(cmd_user_where(a, v.grants[0].unit)))
			      : S(", and may do nothing yet");
	out_wrap(cli->out, out_print(a, "%.*s is a user%.*s.", STR_ARG(v.name), STR_ARG(what)), plain);
	out_wrap(cli->out, out_print(a, "Next: `aismm user link %.*s` lets it sign in.", STR_ARG(v.name)), plain);
	return OK;
}

static enum status show_state(struct cli *cli, const struct view_user *v, const char *state)
{
	if (cli->json) {
		export_json_people_users(out_export(cli->out), v, 1);
		return OK;
	}
	out_wrap(cli->out,
		 out_print(cli->arena, "%.*s is %s%s.", STR_ARG(v->name), state, v->unchanged ? " already" : ""),
		 plain);
	return OK;
}

enum status cmd_user_disable(struct cli *cli, struct err *err)
{
	struct view_user v;
	TRY(app_user_disable(&cli->app, options_argument(&cli->options, 0), &v, err));
	return show_state(cli, &v, "disabled");
}

enum status cmd_user_enable(struct cli *cli, struct err *err)
{
	struct view_user v;
	TRY(app_user_enable(&cli->app, options_argument(&cli->options, 0), &v, err));
	return show_state(cli, &v, "enabled");
}

/* ---- grants ---- */

static enum status show_grant(struct cli *cli, str user, const struct view_grant *v)
{
	struct arena *a = cli->arena;
	if (cli->json) {
		export_json_people_grant(out_export(cli->out), user, v);
		return OK;
	}
	const char *verb = v->ended_ms != TIME_FOREVER ? "no longer has" : v->unchanged ? "has already" : "now has";
	out_wrap(cli->out,
		 out_print(a, "%.*s %s the role %.*s%.*s.", STR_ARG(user), verb, STR_ARG(access_role_name(v->role)),
			   STR_ARG(cmd_user_where(a, v->unit))),
		 plain);
	return OK;
}

enum status cmd_user_grant(struct cli *cli, struct err *err)
{
	const struct options *o = &cli->options;
	struct view_grant v;
	TRY(app_user_grant(&cli->app, options_argument(o, 0), access_role_find(options_argument(o, 1)),
			   options_text(o, S("unit")), &v, err));
	return show_grant(cli, options_argument(o, 0), &v);
}

enum status cmd_user_revoke(struct cli *cli, struct err *err)
{
	const struct options *o = &cli->options;
	struct view_grant v;
	TRY(app_user_revoke(&cli->app, options_argument(o, 0), access_role_find(options_argument(o, 1)),
			    options_text(o, S("unit")), &v, err));
	return show_grant(cli, options_argument(o, 0), &v);
}

/* ---- the list ---- */

static str grants_text(struct arena *a, const struct view_user *v)
{
	str text = v->n_grants ? (str){0} : S("nothing");
	for (size_t i = 0; i < v->n_grants; i++)
		text = out_print(a, "%.*s%s%.*s%.*s", STR_ARG(text), i ? ", " : "",
				 STR_ARG(access_role_name(v->grants[i].role)),
				 STR_ARG(cmd_user_where(a, v->grants[i].unit)));
	return text;
}

static str way_in(struct arena *a, const struct view_user *v)
{
	if (v->disabled_ms != TIME_FOREVER)
		return out_print(a, "disabled by %.*s", STR_ARG(v->disabled_by));
	if (v->password_ms < 0)
		return S("no password");
	return v->second ? S("password, second factor") : S("password");
}

enum status cmd_user_list(struct cli *cli, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = S("Name"), .shrink = 12},
	    {.head = S("Shown as"), .shrink = 12, .drop = 2},
	    {.head = S("May"), .shrink = 16},
	    {.head = S("Signs in with"), .drop = 1},
	    {.head = S("Assigned"), .right = true, .drop = 4},
	    {.head = S("Last seen"), .drop = 3},
	};
	enum { COLUMNS = sizeof columns / sizeof columns[0] };
	struct arena *a = cli->arena;
	const struct view_user *users;
	size_t n;
	TRY(app_user_list(&cli->app, &users, &n, err));
	if (cli->json) {
		export_json_people_users(out_export(cli->out), users, n);
		return OK;
	}
	struct out_table t = out_table(cli->out, a, columns, COLUMNS);
	t.indent = 0;
	if (!n)
		out_wrap(cli->out, S("No user yet: `aismm user add NAME --role admin` makes the first."), plain);
	for (size_t i = 0; i < n; i++) {
		const struct view_user *v = &users[i];
		enum out_style style = v->disabled_ms != TIME_FOREVER ? OUT_DIM : OUT_PLAIN;
		struct out_cell row[COLUMNS] = {
		    {.text = v->name, .style = style},
		    {.text = v->shown, .style = style},
		    {.text = grants_text(a, v), .style = style},
		    {.text = way_in(a, v), .style = style},
		    {.text = v->assigned ? out_print(a, "%lld", (long long)v->assigned) : (str){0}, .style = style},
		    {.text = v->seen_ms < 0 ? (str){0} : out_time(a, v->seen_ms), .style = style},
		};
		out_table_row(&t, row);
	}
	return out_table_end(&t, err);
}

/* ---- getting in ---- */

enum status cmd_user_link(struct cli *cli, struct err *err)
{
	struct view_sign_in_link v;
	TRY(app_user_link(&cli->app, options_argument(&cli->options, 0),
			  options_given(&cli->options, S("without-second-factor")), NULL, &v, err));
	if (cli->json) {
		export_json_people_link(out_export(cli->out), &v);
		return OK;
	}
	out_text(cli->out, v.path);
	out_line(cli->out);
	cli_note(cli, "signs %.*s in once, until %.*s%s", STR_ARG(v.user), STR_ARG(out_time(cli->arena, v.expires_ms)),
		 v.second_removed ? "; the second factor is removed" : "");
	return OK;
}

enum { PASSWORD_ROOM = LIMIT_PASSWORD_BYTES + 2 };

/* One line of standard input, without its end. A pipe is read to the end of the line and no further. */
static enum status read_line(char room[PASSWORD_ROOM], str *out, struct err *err)
{
	size_t n = 0;
	for (;;) {
		ssize_t got = read(STDIN_FILENO, &room[n], 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set(err, E_IO, "standard input cannot be read: %s", strerror(errno));
		if (got == 0 || room[n] == '\n')
			break;
		if (++n == PASSWORD_ROOM)
			return err_set(err, E_INVALID, "the password is longer than %d bytes", LIMIT_PASSWORD_BYTES);
	}
	if (n && room[n - 1] == '\r')
		n--;
	*out = (str){room, n};
	return OK;
}

/* On a terminal the password is not shown while it is typed. */
static enum status read_password(struct cli *cli, str user, char room[PASSWORD_ROOM], str *out, struct err *err)
{
	struct termios before, quiet;
	if (tcgetattr(STDIN_FILENO, &before) != 0)
		return read_line(room, out, err);
	cli_note(cli, "the new password of %.*s, then Enter; it is not shown", STR_ARG(user));
	quiet = before;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	enum status status = read_line(room, out, err);
	(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
	return status;
}

enum status cmd_user_password(struct cli *cli, struct err *err)
{
	char room[PASSWORD_ROOM];
	struct app_user_password p = {.user = options_argument(&cli->options, 0)};
	TRY(read_password(cli, p.user, room, &p.password, err));
	enum status status = app_user_password(&cli->app, &p, err);
	explicit_bzero(room, sizeof room);
	TRY(status);
	if (!cli->json) {
		out_wrap(cli->out, out_print(cli->arena, "%.*s has a new password.", STR_ARG(p.user)), plain);
		return OK;
	}
	struct json_writer w = json_writer(&cli->out->text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.password/1"));
	json_put_text(&w, S("user"), p.user);
	json_object_end(&w);
	out_line(cli->out);
	return OK;
}
