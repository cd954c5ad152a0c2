#include <fcntl.h>
#include <unistd.h>

#include "base/watch.h"
#include "cli/cmd/cmd.h"
#include "web/server.h"

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

/* Until a signal asks to end. */
static enum status wait(struct watch *watch, struct err *err)
{
	struct watch_event event = {0};
	while (event.kind != WATCH_STOP)
		TRY(watch_next(watch, -1, &event, err));
	return OK;
}

enum status cmd_serve(struct cli *cli, struct err *err)
{
	struct server_options options = {.store = cli_store(cli), .fixed_now_ms = INT64_MIN};
	struct server *server;
	struct watch watch;
	int port = 0;
	TRY(read_listen(cli, &options, err));
	/* Before the threads: they inherit which signals are held back. */
	TRY(watch_open(&watch, cli->arena, err));
	TRY(server_start(&options, cli->arena, &server, &port, err));
	out_wrap(cli->out, out_print(cli->arena, "Serving on http://%.*s:%d", STR_ARG(options.address), port),
		 (struct out_paragraph){0});
	(void)out_flush(cli->out);
	enum status status = wait(&watch, err);
	server_stop(server);
	return status;
}
