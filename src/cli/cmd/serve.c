#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/user.h"
#include "base/certificate.h"
#include "base/confine.h"
#include "base/limits.h"
#include "base/source.h"
#include "base/watch.h"
#include "cli/cmd/cmd.h"
#include "web/server.h"

/* How long a certificate holds that the server makes for itself; a new one comes with each start. */
enum { SELF_MADE_DAYS = 90 };

/* "127.0.0.1:8080", "[::1]:8080", ":8080", "8080" */
static enum status read_listen(struct cli *cli, struct server_options *out, struct err *err)
{
	str text = options_text(&cli->options, S("listen"));
	int64_t port = 8080;
	str address = S("127.0.0.1"), number = text;
	for (size_t i = text.n; i-- > 0;)
		if (text.p[i] == ':') {
			address = str_slice(text, 0, i);
			number = str_slice(text, i + 1, text.n);
			break;
		}
	if (number.n && (!str_to_i64(number, &port) || port < 0 || port > 65535)) {
		(void)cli_usage(cli, err, "\"%.*s\" is not ADDRESS:PORT", STR_ARG(text));
		err_hint(err, "as in 127.0.0.1:8080, or 0.0.0.0:8080 for every address of this machine");
		return E_INVALID;
	}
	if (str_starts(address, S("[")) && str_ends(address, S("]")))
		address = str_slice(address, 1, address.n - 1);
	out->address = str_copy(cli->arena, address.n ? address : S("127.0.0.1"));
	out->port = (int)port;
	return out->address.p ? OK : err_full(err);
}

static enum status read_pem(struct cli *cli, str path, str *out, struct err *err)
{
	struct source *from;
	char *text = arena_new(cli->arena, char, LIMIT_PEM_BYTES + 1);
	size_t n = 0, got = 1;
	if (!text)
		return err_full(err);
	TRY(cli_source(cli, path, &from, err));
	while (got && n < LIMIT_PEM_BYTES) {
		TRY(source_read(from, text + n, LIMIT_PEM_BYTES - n, &got, err));
		n += got;
	}
	*out = (str){text, n};
	if (str_find(*out, S("-----BEGIN ")) >= 0 && n < LIMIT_PEM_BYTES)
		return OK;
	err_set(err, E_INVALID, "a file in PEM was expected, at most %d bytes long", LIMIT_PEM_BYTES);
	err_at(err, path, 0, 0);
	return E_INVALID;
}

static enum status read_tls(struct cli *cli, struct server_options *out, str *fingerprint, struct err *err)
{
	str certificate = options_text(&cli->options, S("tls-certificate"));
	str key = options_text(&cli->options, S("tls-key"));
	bool self_made = options_given(&cli->options, S("tls-self-made"));
	if (!certificate.n != !key.n || (self_made && key.n)) {
		(void)cli_usage(cli, err, "--tls-certificate and --tls-key go together, and not with --tls-self-made");
		return E_INVALID;
	}
	if (key.n) {
		TRY(read_pem(cli, certificate, &out->certificate, err));
		return read_pem(cli, key, &out->key, err);
	}
	if (!self_made)
		return OK;
	struct certificate made;
	TRY(certificate_make(out->address, cli->app.now_ms, SELF_MADE_DAYS, cli->arena, &made, err));
	out->certificate = made.pem;
	out->key = made.key;
	*fingerprint = made.fingerprint;
	return OK;
}

/* Until a signal asks to end. */
static enum status wait(struct watch *watch, struct err *err)
{
	struct watch_event event = {0};
	while (event.kind != WATCH_STOP)
		TRY(watch_next(watch, -1, &event, err));
	return OK;
}

/* A link that signs somebody in once, for who started the server and may open the store anyway. */
static enum status print_link(struct cli *cli, str url, struct err *err)
{
	str user = options_text(&cli->options, S("sign-in"));
	struct view_sign_in_link link;
	if (!user.n)
		return OK;
	TRY(cli_open(cli, APP_WRITES, err));
	TRY(app_user_link(&cli->app, user, false, NULL, &link, err));
	out_raw(cli->out, "Sign in once, within the next minutes: ");
	out_text(cli->out, url);
	out_text(cli->out, link.path);
	out_line(cli->out);
	return OK;
}

/* Whoever comes first sets up the administrator: where others can come, it has to be who sees this. */
static enum status print_code(struct cli *cli, str code, struct err *err)
{
	bool nobody = false;
	if (!code.n)
		return OK;
	TRY(cli_open(cli, APP_READS, err));
	TRY(app_user_none(&cli->app, &nobody, err));
	if (!nobody)
		return OK;
	out_raw(cli->out, "Nobody is set up yet. The first person is asked for this code: ");
	out_text(cli->out, code);
	out_line(cli->out);
	return OK;
}

static bool is_this_machine(str address)
{
	return str_starts(address, S("127.")) || str_eq(address, S("::1"));
}

static enum status announce(struct cli *cli, const struct server_options *o, int port, str fingerprint, struct err *err)
{
	bool colon = str_find(o->address, S(":")) >= 0;
	str url = out_print(cli->arena, "%s://%s%.*s%s:%d", o->certificate.n ? "https" : "http", colon ? "[" : "",
			    STR_ARG(o->address), colon ? "]" : "", port);
	if (!url.p)
		return err_full(err);
	TRY(print_link(cli, url, err));
	TRY(print_code(cli, o->setup_code, err));
	out_raw(cli->out, "Serving on ");
	out_text(cli->out, url);
	out_line(cli->out);
	if (fingerprint.n) {
		out_raw(cli->out, "The certificate is self-made. Its SHA-256 is ");
		out_text(cli->out, fingerprint);
		out_line(cli->out);
	}
	(void)out_flush(cli->out);
	return OK;
}

/* The folder of the store, that of temporary files, and what names and databases of a network need. */
static enum status confine(struct cli *cli, struct confined *held, struct err *err)
{
	const char *temporary = getenv("TMPDIR"), *home = getenv("HOME");
	str store = str_from(cli_store(cli));
	bool remote = str_starts(store, S("postgres"));
	size_t end = store.n;
	while (end && store.p[end - 1] != '/')
		end--;
	const char *folder = remote ? NULL : end ? str_z(cli->arena, str_slice(store, 0, end)) : ".";
	struct confine what = {
	    .writable = {temporary && *temporary ? temporary : "/tmp", folder},
	    .readable = {"/etc", "/dev/urandom", "/proc/self", "/usr/share/zoneinfo", remote ? home : NULL}};
	if (options_given(&cli->options, S("unconfined")))
		return OK;
	/* SQLite sorts what is large in files, and would look for a place of its own, which is closed to it then. */
	(void)setenv("SQLITE_TMPDIR", what.writable[0], 1);
	TRY(confine_process(&what, held, err));
	if (!held->files)
		cli_note(cli, "this kernel has no Landlock: the server may open every file that its user may");
	return OK;
}

enum status cmd_serve(struct cli *cli, struct err *err)
{
	const char *fixed = getenv("AISMM_NOW");
	struct server_options options = {.store = cli_store(cli),
					 .proxy = options_text(&cli->options, S("trust-proxy")),
					 .fixed_now_ms = fixed && *fixed ? cli->app.now_ms : INT64_MIN};
	struct server *server;
	struct watch *watch = arena_new(cli->arena, struct watch, 1);
	str fingerprint = {0};
	int port = 0;
	if (!watch)
		return err_full(err);
	arena_settle();
	TRY(read_listen(cli, &options, err));
	TRY(read_tls(cli, &options, &fingerprint, err));
	if (!is_this_machine(options.address) || options.proxy.n)
		TRY(app_user_setup_code(&cli->app, &options.setup_code, err));
	/* Before the threads: they inherit which signals are held back. */
	TRY(watch_open(watch, cli->arena, err));
	/* So do they what they may do. */
	TRY(confine(cli, &options.confined, err));
	TRY(server_start(&options, cli->arena, &server, &port, err));
	enum status status = announce(cli, &options, port, fingerprint, err);
	if (status == OK)
		status = wait(watch, err);
	server_stop(server);
	TRY(status);
	return server_outcome(server, err);
}
