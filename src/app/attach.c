#include "app/attach.h"

#include "app/evidence.h"
#include "app/words.h"
#include "base/hash.h"
#include "base/limits.h"
#include "store/file.h"

static str last_part(str path)
{
	for (size_t i = path.n; i-- > 0;)
		if (path.p[i] == '/')
			return str_slice(path, i + 1, path.n);
	return path;
}

static enum status open_file(struct app_attach *at, str path, struct err *err)
{
	struct arena *a = at->app->arena;
	const char *z = str_z(a, path);
	char sum[HASH_TEXT];
	if (!z)
		return err_full(err);
	TRY(source_open_file(&at->file, z, path, err));
	enum status status = store_file_hash(&at->file, sum, &at->file_bytes, err);
	if (status == OK)
		status = source_rewind(&at->file, (str){NULL, 0}, err);
	if (status != OK) {
		app_attach_close(at);
		return status;
	}
	at->file_name = last_part(path);
	at->file_sha256 = str_copy(a, str_from(sum));
	return at->file_sha256.p ? OK : err_full(err);
}

enum status app_attach_open(struct app *app, str path, const struct app_document *named, size_t n,
			    struct app_attach *out, struct err *err)
{
	*out = (struct app_attach){.app = app, .file = {.fd = -1}, .named = named, .n_named = n};
	if (n + (path.n > 0) > LIMIT_DOCUMENTS)
		return err_set(err, E_TOO_LARGE, "an answer has at most %d documents", LIMIT_DOCUMENTS);
	return path.n ? open_file(out, path, err) : OK;
}

static enum status name_one(struct app_attach *at, const struct app_document *d, struct err *err)
{
	int64_t bytes;
	TRY(app_words_check_name(d->name, "the document's name", err));
	if (d->media.n)
		TRY(app_words_check_name(d->media, "the document's type", err));
	TRY(app_evidence_permit(at->app, d->sha256, &bytes, err));
	at->list[at->n++] = (struct store_answer_document){str_trim(d->name), d->media.p ? str_trim(d->media) : S(""),
							   d->sha256, bytes};
	return OK;
}

enum status app_attach_store(struct app_attach *at, struct err *err)
{
	struct app *app = at->app;
	at->list = arena_new(app->arena, struct store_answer_document, at->n_named + 1);
	if (!at->list)
		return err_full(err);
	if (at->file_sha256.p) {
		TRY(store_file_add(app->db, &at->file, at->file_sha256, at->file_bytes, app->now_ms, err));
		at->list[at->n++] =
		    (struct store_answer_document){at->file_name, S(""), at->file_sha256, at->file_bytes};
	}
	for (size_t i = 0; i < at->n_named; i++)
		TRY(name_one(at, &at->named[i], err));
	return OK;
}

enum status app_attach_before(struct app_attach *at, const struct store_answer_document *before, size_t n,
			      struct err *err)
{
	struct store_answer_document *all = arena_new(at->app->arena, struct store_answer_document, n + at->n);
	if (!all)
		return err_full(err);
	if (n + at->n > LIMIT_DOCUMENTS)
		return err_set(err, E_TOO_LARGE, "an answer has at most %d documents", LIMIT_DOCUMENTS);
	for (size_t i = 0; i < n; i++)
		all[i] = before[i];
	for (size_t i = 0; i < at->n; i++)
		all[n + i] = at->list[i];
	at->list = all;
	at->n += n;
	return OK;
}

enum status app_attach_fill(const struct app_attach *at, struct store_measure *m, struct err *err)
{
	m->evidence_sha256 = at->n ? at->list[0].sha256 : (str){NULL, 0};
	m->n_more_evidence = at->n > 1 ? at->n - 1 : 0;
	str *more = arena_new(at->app->arena, str, m->n_more_evidence);
	if (!more)
		return err_full(err);
	for (size_t i = 0; i < m->n_more_evidence; i++)
		more[i] = at->list[i + 1].sha256;
	m->more_evidence = more;
	return OK;
}

void app_attach_close(struct app_attach *at)
{
	source_close(&at->file);
	at->file = (struct source){.fd = -1};
}
