#include "app/backup.h"
#include "cli/cmd/cmd.h"
#include "export/json.h"

static void show(struct cli *cli, const struct view_restore *v)
{
	struct arena *a = cli->arena;
	struct out_paragraph plain = {0};
	out_wrap(cli->out,
		 out_print(a, "%.*s is whole, and %.*s is a store made from it: %.*s, %.*s.", STR_ARG(v->file),
			   STR_ARG(v->store), STR_ARG(out_plural(a, v->users, "person", "people")),
			   STR_ARG(out_plural(a, v->snapshots, "snapshot of feeds", "snapshots of feeds"))),
		 plain);
	if (v->schema_was < v->schema)
		out_wrap(cli->out,
			 out_print(a, "Its schema was %lld and is %lld now.", (long long)v->schema_was,
				   (long long)v->schema),
			 plain);
	if (v->audit_broken)
		out_wrap(cli->out,
			 out_print(a,
				   "Its audit trail is NOT as it was written: row %lld was changed, or one before it.",
				   (long long)v->audit_broken),
			 (struct out_paragraph){.style = OUT_NOT_MET});
	else
		out_wrap(cli->out,
			 out_print(a, "Its audit trail is as it was written: %.*s.",
				   STR_ARG(out_plural(a, v->audit_rows, "row", "rows"))),
			 plain);
	out_fact(cli->out, "sha256", 12, v->sha256);
	if (v->audit_head.n)
		out_fact(cli->out, "audit trail", 12, v->audit_head);
	out_wrap(cli->out,
		 S("Next: look at `aismm user list` and `aismm token list`: what was taken back after the copy was "
		   "made holds "
		   "again."),
		 (struct out_paragraph){.style = OUT_DIM});
}

enum status cmd_restore(struct cli *cli, struct err *err)
{
	struct view_restore v;
	const char *from = str_z(cli->arena, options_argument(&cli->options, 0));
	if (!from)
		return err_full(err);
	TRY(app_backup_restore(&cli->app, from, cli_store(cli), &v, err));
	if (!cli->json) {
		show(cli, &v);
		return OK;
	}
	struct json_writer w = json_writer(&cli->out->text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.restore/1"));
	json_put_text(&w, S("file"), v.file);
	json_put_text(&w, S("store"), v.store);
	json_put_int(&w, S("bytes"), v.bytes);
	json_put_text(&w, S("sha256"), v.sha256);
	json_put_int(&w, S("people"), v.users);
	json_put_int(&w, S("snapshots"), v.snapshots);
	json_put_int(&w, S("audit_rows"), v.audit_rows);
	json_put_int(&w, S("audit_broken"), v.audit_broken);
	json_put_text(&w, S("audit_head"), v.audit_head);
	json_object_end(&w);
	out_line(cli->out);
	return OK;
}
