#include <inttypes.h>

#include "app/review.h"
#include "base/limits.h"
#include "base/time.h"
#include "cli/cmd/cmd.h"
#include "export/json.h"

static const struct out_paragraph plain = {0};

static void put_documents(struct json_writer *w, const struct view_said *v)
{
	json_key(w, S("documents"));
	json_array(w);
	for (size_t i = 0; i < v->n_documents; i++) {
		json_object(w);
		json_put_text(w, S("name"), v->documents[i].name);
		json_put_text(w, S("media"), v->documents[i].media);
		json_put_int(w, S("bytes"), v->documents[i].bytes);
		json_put_text(w, S("sha256"), v->documents[i].sha256);
		json_object_end(w);
	}
	json_array_end(w);
}

static void put_review(struct json_writer *w, const struct view_review *r)
{
	const struct view_said *v = &r->said;
	json_object(w);
	json_put_int(w, S("answer"), v->seq);
	json_put_text(w, S("objective"), v->objective);
	json_put_text(w, S("unit"), v->unit);
	json_put_text(w, S("author"), v->author);
	json_put_bool(w, S("not_applicable"), v->not_applicable);
	json_put_int(w, S("yes"), v->tally.yes);
	json_put_int(w, S("no"), v->tally.no);
	json_put_int(w, S("unknown"), v->tally.unknown);
	json_put_time(w, S("observed"), v->observed_ms);
	json_put_time(w, S("recorded"), v->recorded_ms);
	json_put_text(w, S("because"), v->because);
	json_put_bool(w, S("stale"), r->stale);
	put_documents(w, v);
	json_object_end(w);
}

static void list_json(struct out *o, const struct view_reviews *v)
{
	struct json_writer w = json_writer(&o->text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.reviews/1"));
	json_put_text(&w, S("unit"), v->unit_id);
	json_put_int(&w, S("waiting"), v->waiting);
	json_key(&w, S("answers"));
	json_array(&w);
	for (size_t i = 0; i < v->n; i++) {
		put_review(&w, &v->list[i]);
		out_drain(o);
	}
	json_array_end(&w);
	json_put_int(&w, S("next"), v->next);
	json_object_end(&w);
	out_line(o);
}

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
		list_json(cli->out, &v);
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
		struct json_writer w = json_writer(&cli->out->text);
		json_object(&w);
		json_put_text(&w, S("schema"), S("aismm.review/1"));
		json_put_int(&w, S("answer"), v->answer);
		json_key(&w, S("reviewed"));
		if (v->seq)
			json_int(&w, v->seq);
		else
			json_null(&w);
		json_put_text(&w, S("objective"), v->objective);
		json_put_text(&w, S("unit"), v->unit);
		json_put_text(&w, S("author"), v->author);
		json_put_text(&w, S("reviewer"), v->reviewer);
		json_put_text(&w, S("comment"), v->comment);
		json_put_bool(&w, S("undone"), v->undone);
		json_object_end(&w);
		out_line(cli->out);
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
