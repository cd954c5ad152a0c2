#include "app/evidence.h"

#include "app/change.h"
#include "app/place.h"
#include "app/words.h"
#include "base/hash.h"
#include "base/limits.h"
#include "store/document.h"
#include "store/file.h"
#include "store/store.h"

struct job {
	struct app *app;
	str objective, unit, sha256;
	struct source *from;
	int64_t bytes;
	app_evidence_fn *piece;
	void *ctx;
};

static enum status add(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct app_place place;
	TRY(app_place_find(app, ACCESS_ASSESSOR, job->objective, job->unit, &place, err));
	TRY(store_file_add(app->db, job->from, job->sha256, job->bytes, app->now_ms, err));
	return store_document_add(app->db, job->sha256, (struct store_stamp){app->now_ms, app->actor}, err);
}

enum status app_evidence_add(struct app *app, str objective, str unit, struct source *from, str name, str media,
			     struct view_document_of *out, struct err *err)
{
	struct job job = {.app = app, .objective = objective, .unit = unit, .from = from};
	str whole = from->text;
	char sum[HASH_TEXT];
	TRY(app_words_check_name(name, "the document's name", err));
	if (media.n)
		TRY(app_words_check_name(media, "the document's type", err));
	TRY(store_file_hash(from, sum, &job.bytes, err));
	if (job.bytes > LIMIT_DOCUMENT_BYTES)
		return err_set(err, E_TOO_LARGE, "the document is larger than %lld bytes",
			       (long long)LIMIT_DOCUMENT_BYTES);
	job.sha256 = str_copy(app->arena, str_from(sum));
	if (!job.sha256.p)
		return err_full(err);
	TRY(source_rewind(from, whole, err));
	TRY(app_change(app, add, &job, err));
	*out = (struct view_document_of){str_trim(name), str_trim(media), job.bytes, job.sha256};
	return OK;
}

/* ---- reading ---- */

static bool may_read(struct app *app, const struct unit_tree *tree, const struct store_document_place *p)
{
	int unit = unit_find(tree, p->unit);
	if (unit == UNIT_NONE)
		unit = 0; /* it is no more: who may read everything may read it */
	if (p->objective.p)
		return app_access_objective(app, ACCESS_READER, p->objective, tree, unit, NULL) == OK;
	return app_access(app, ACCESS_READER, tree, unit, NULL) == OK;
}

/* One place where it is evidence is enough; a table of measures asks for all the units it speaks of. */
static bool any_place(struct app *app, const struct unit_tree *tree, const struct store_document_place *list, size_t n)
{
	bool every = true, some = false;
	for (size_t i = 0; i < n; i++) {
		bool may = may_read(app, tree, &list[i]);
		if (list[i].use != STORE_DOCUMENT_MEASURES && may)
			return true;
		if (list[i].use != STORE_DOCUMENT_MEASURES)
			continue;
		some = true;
		every &= may;
	}
	return some && every;
}

enum status app_evidence_permit(struct app *app, str sha256, int64_t *bytes, struct err *err)
{
	struct store_document_place *list = NULL;
	struct store_tree tree;
	size_t n;
	bool found, own = false;
	TRY(store_file_find(app->db, sha256, &found, bytes, err));
	if (!app->who && !found) {
		err_set(err, E_NOT_FOUND, "no file with the SHA-256 %.*s", STR_ARG(sha256));
		return E_NOT_FOUND;
	}
	if (!app->who)
		return OK;
	TRY(store_document_is_own(app->db, sha256, app->actor, &own, err));
	if (own)
		return OK;
	TRY(app_load_tree(app, app->now_ms, &tree, err));
	TRY(store_document_places(app->db, sha256, app->arena, &list, &n, err));
	if (any_place(app, &tree.tree, list, n))
		return OK;
	err_set(err, E_DENIED, "no file with the SHA-256 %.*s that \"%.*s\" may read", STR_ARG(sha256),
		STR_ARG(app->who->user));
	err_hint(err, "an administrator can grant a role at a unit that has it as evidence");
	return E_DENIED;
}

static enum status open(void *ctx, struct err *err)
{
	struct job *job = ctx;
	int64_t bytes, given;
	TRY(app_evidence_permit(job->app, job->sha256, &bytes, err));
	TRY(store_file_read(job->app->db, job->sha256, job->piece, job->ctx, &given, err));
	if (given == bytes)
		return OK;
	err_set(err, E_NOT_FOUND, "of this file the hash alone was kept");
	err_detail(err, "its format may hold keys");
	return E_NOT_FOUND;
}

enum status app_evidence_open(struct app *app, str sha256, app_evidence_fn *piece, void *ctx, struct err *err)
{
	struct job job = {.app = app, .sha256 = sha256, .piece = piece, .ctx = ctx};
	return store_read(app->db, open, &job, err);
}
