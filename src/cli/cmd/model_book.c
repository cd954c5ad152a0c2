#include "cli/cmd/cmd.h"

#include "base/hash.h"
#include "cli/document.h"
#include "export/json.h"

/* Where the book goes. */
struct goal {
	str path;
	bool markdown, standard_output;
};

static bool is_page(str path)
{
	return str_ends(path, S(".html")) || str_ends(path, S(".htm"));
}

static enum status read_goal(struct cli *cli, struct goal *out, struct err *err)
{
	struct goal g = {.path = options_text(&cli->options, S("output"))};
	g.standard_output = str_eq(g.path, S("-"));
	g.markdown = options_given(&cli->options, S("markdown"));
	if (g.standard_output && (g.markdown || cli->json))
		return cli_usage(cli, err, "%s does not fit on standard output beside the page",
				 g.markdown ? "a folder of Markdown" : "the receipt of --json");
	if (!g.standard_output && !is_page(g.path))
		g.markdown = g.markdown || str_ends(g.path, S("/")) || document_is_folder(cli->arena, g.path);
	else if (g.markdown)
		return cli_usage(cli, err, "--markdown writes a folder; %.*s is a page", STR_ARG(g.path));
	if (!g.standard_output && !g.markdown && !is_page(g.path)) {
		(void)cli_usage(cli, err, "what is %.*s to be?", STR_ARG(g.path));
		err_hint(err,
			 "a name in .html makes a page, one that ends in / a folder of Markdown, - is standard output");
		return E_INVALID;
	}
	*out = g;
	return OK;
}

static enum status make(struct cli *cli, bool markdown, struct view_documents *out, struct err *err)
{
	str model = options_argument(&cli->options, 0);
	const char *base = NULL;
	TRY(cmd_model_base(cli, &base, err));
	TRY(cmd_model_store(cli, app_model_is_stored(model), err));
	return app_model_book(&cli->app, model, base, markdown, out, err);
}

static enum status write_all(struct cli *cli, const struct goal *goal, const struct view_documents *book,
			     struct err *err)
{
	if (!goal->markdown)
		return document_write(cli->arena, goal->path, book->list[0].text, err);
	TRY(document_folder(cli->arena, goal->path, err));
	for (size_t i = 0; i < book->n; i++) {
		str path = document_path(cli->arena, goal->path, book->list[i].name);
		if (!path.p)
			return err_full(err);
		TRY(document_write(cli->arena, path, book->list[i].text, err));
	}
	return OK;
}

static str path_of(struct cli *cli, const struct goal *goal, const struct view_document *d)
{
	return d->name.n ? document_path(cli->arena, goal->path, d->name) : goal->path;
}

static void show_json(struct cli *cli, const struct goal *goal, const struct view_documents *book)
{
	struct json_writer w = json_writer(&cli->out->text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.book/1"));
	json_put_text(&w, S("model"), book->model);
	json_put_text(&w, S("format"), goal->markdown ? S("markdown") : S("html"));
	json_key(&w, S("files"));
	json_array(&w);
	for (size_t i = 0; i < book->n; i++) {
		char sum[HASH_TEXT];
		json_object(&w);
		json_put_text(&w, S("file"), path_of(cli, goal, &book->list[i]));
		json_put_int(&w, S("bytes"), (int64_t)book->list[i].text.n);
		json_put_text(&w, S("sha256"), hash_of(book->list[i].text, sum));
		json_object_end(&w);
	}
	json_array_end(&w);
	json_object_end(&w);
	out_line(cli->out);
}

static void show(struct cli *cli, const struct goal *goal, const struct view_documents *book)
{
	struct arena *a = cli->arena;
	size_t bytes = 0;
	for (size_t i = 0; i < book->n; i++)
		bytes += book->list[i].text.n;
	str size = out_plural(a, (int64_t)(bytes + 1023) / 1024, "kilobyte", "kilobytes");
	str pages = goal->markdown ? out_print(a, "%zu pages, ", book->n) : (str){0};
	out_wrap(cli->out,
		 out_print(a, "The book of %.*s is in %.*s (%.*s%.*s).", STR_ARG(book->model), STR_ARG(goal->path),
			   STR_ARG(pages), STR_ARG(size)),
		 (struct out_paragraph){0});
}

enum status cmd_model_book(struct cli *cli, struct err *err)
{
	struct goal goal = {0};
	struct view_documents book = {0};
	TRY(read_goal(cli, &goal, err));
	TRY(make(cli, goal.markdown, &book, err));
	if (goal.standard_output) {
		buf_add(&cli->out->text, book.list[0].text);
		return OK;
	}
	TRY(write_all(cli, &goal, &book, err));
	if (cli->json)
		show_json(cli, &goal, &book);
	else
		show(cli, &goal, &book);
	return OK;
}
