#include <inttypes.h>

#include "app/review.h"
#include "base/limits.h"
#include "cli/cmd/cmd.h"
#include "export/json.h"

static const struct out_paragraph plain = {0};

static str said_text(struct arena *a, const struct view_said *v)
{
	if (v->not_applicable)
		return S("does not apply");
	return out_print(a, "%" PRId64 " yes, %" PRId64 " no, %" PRId64 " unknown", v->tally.yes, v->tally.no,
			 v->tally.unknown);
}

static str documents_text(struct arena *a, const struct view_review *r)
{
	if (r->stale)
		return S("stale");
	return r->evident ? out_plural(a, (int64_t)r->said.n_documents, "document", "documents") : S("no document yet");
}

enum status cmd_review_list(struct cli *cli, struct err *err)
{
	static const struct out_column columns[] = {
	    {.head = S("Answer"), .right = true}, {.head = S("Objective")},       {.head = S("Unit"), .shrink = 8},
	    {.head = S("Says"), .shrink = 12},    {.head = S("By"), .shrink = 8}, {.head = {0}, .drop = 1},
	};
	enum { COLUMNS = sizeof columns / sizeof columns[0] };
	struct arena *a = cli->arena;
	struct view_reviews v;
	TRY(app_review_list(&cli->app, cli_unit(cli), options_count(&cli->options, S("after"), 0),
			    (size_t)options_count(&cli->options, S("limit"), 50), &v, err));
	if (cli->json) {
		export_json_review_list(out_export(cli->out), &v);
		return OK;
	}
	if (!v.waiting) {
		out_wrap(cli->out, S("No answer waits for a second person."), plain);
		return OK;
	}
	struct out_table t = out_table(cli->out, a, columns, COLUMNS);
	t.indent = 0;
	for (size_t i = 0; i < v.n; i++) {
		const struct view_said *x = &v.list[i].said;
		bool ready = v.list[i].evident && !v.list[i].stale;
		struct out_cell row[COLUMNS] = {
		    {.text = out_print(a, "%" PRId64, x->seq), .style = OUT_BOLD},
		    {.text = x->objective},
		    {.text = x->unit},
		    {.text = said_text(a, x)},
		    {.text = x->author},
		    {.text = documents_text(a, &v.list[i]), .style = ready ? OUT_DIM : OUT_OPEN},
		};
		out_table_row(&t, row);
		struct out_cell below[COLUMNS] = {{.text = x->because, .style = OUT_DIM, .span = COLUMNS - 1}};
		if (x->because.n)
			out_table_row(&t, below);
	}
	TRY(out_table_end(&t, err));
	if (v.next)
		out_wrap(cli->out,
			 out_print(a, "The next ones: aismm review list --after %" PRId64 "; %" PRId64 " wait in all.",
				   v.next, v.waiting),
			 plain);
	return OK;
}

static enum status show(struct cli *cli, const struct view_reviewed *v, const char *what)
{
	struct arena *a = cli->arena;
	if (cli->json) {
		export_json_review_done(out_export(cli->out), v);
		return OK;
	}
	out_wrap(cli->out,
		 out_print(a, "%.*s at %.*s: the answer of %.*s %s.", STR_ARG(v->objective), STR_ARG(v->unit),
			   STR_ARG(v->author), what),
		 plain);
	if (v->comment.n)
		out_fact(cli->out, "comment", 10, v->comment);
	return OK;
}

/* The running number of an answer, as `aismm review list` shows it. */
static enum status read_answer(struct cli *cli, int64_t *out, struct err *err)
{
	return cmd_number(cli, "ANSWER", options_argument(&cli->options, 0), out, err);
}

enum status cmd_review_confirm(struct cli *cli, struct err *err)
{
	struct app_review review = {.comment = options_text(&cli->options, S("comment")),
				    .evidence_file = options_text(&cli->options, S("evidence"))};
	struct view_reviewed v;
	TRY(read_answer(cli, &review.seq, err));
	TRY(app_review_confirm(&cli->app, &review, &v, err));
	return show(cli, &v, "counts as reviewed");
}

enum status cmd_review_return(struct cli *cli, struct err *err)
{
	struct app_review review = {.comment = options_text(&cli->options, S("comment"))};
	struct view_reviewed v;
	TRY(read_answer(cli, &review.seq, err));
	TRY(app_review_return(&cli->app, &review, &v, err));
	return show(cli, &v, "was returned; it stands as attested");
}

enum status cmd_review_undo(struct cli *cli, struct err *err)
{
	int64_t seq;
	struct view_reviewed v;
	TRY(read_answer(cli, &seq, err));
	TRY(app_review_undo(&cli->app, seq, &v, err));
	return show(cli, &v, "waits for a review again");
}
