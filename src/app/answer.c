#include "app/load.h"

#include "base/hash.h"
#include "base/limits.h"
#include "base/time.h"
#include "store/file.h"
#include "store/score.h"
#include "store/store.h"

struct job {
	struct app *app;
	const struct app_answer *answer;
	struct source evidence;
	int64_t evidence_bytes;
	struct view_answer *out;
};

static enum status check_reasons(const struct app_answer *a, struct err *err)
{
	if (a->not_applicable && !str_trim(a->because).n) {
		err_set(err, E_INVALID, "\"not applicable\" needs its justification");
		err_hint(err, "say why: --because TEXT");
		return E_INVALID;
	}
	if (a->override_until.given && !str_trim(a->because).n) {
		err_set(err, E_INVALID, "an override needs its reason");
		err_hint(err, "say why the check is wrong: --because TEXT");
		return E_INVALID;
	}
	if (a->reviewed && (!a->evidence_file.n || !str_trim(a->reviewer).n)) {
		err_set(err, E_INVALID, "a reviewed answer needs evidence and a reviewer");
		err_hint(err, "give both: --evidence FILE --reviewed-by NAME");
		return E_INVALID;
	}
	return OK;
}

static enum status check_tally(struct measure_tally t, struct err *err)
{
	const int64_t counts[] = {t.yes, t.no, t.unknown};
	for (int i = 0; i < 3; i++)
		if (counts[i] < 0 || counts[i] > LIMIT_COUNT)
			return err_set(err, E_INVALID, "a count is not between 0 and %d", LIMIT_COUNT);
	return OK;
}

static enum status check_answer(const struct app *app, const struct app_answer *a, struct err *err)
{
	TRY(check_reasons(a, err));
	TRY(check_tally(a->tally, err));
	if (!a->reviewed || !str_eq(str_trim(a->reviewer), app->actor))
		return OK;
	err_set(err, E_INVALID, "\"%.*s\" cannot review an own answer", STR_ARG(app->actor));
	err_hint(err, "a second person confirms it; who answers is named by --by");
	return E_INVALID;
}

/* Where the answer counts: the unit, as the tree was when it was observed. */
static enum status find_place(struct job *job, const struct model *m, int64_t observed_ms,
			      const struct model_objective **o, struct store_tree *tree, int *unit, struct err *err)
{
	TRY(app_load_objective(m, job->answer->objective, o, err));
	TRY(app_load_tree(job->app, observed_ms, tree, err));
	bool program = (*o)->scope == MODEL_SCOPE_PROGRAM;
	if (!job->answer->unit.n && !program) {
		err_set(err, E_INVALID, "%.*s is answered unit by unit", STR_ARG((*o)->id));
		err_hint(err, "name the unit: --unit UNIT");
		return E_INVALID;
	}
	TRY(app_load_unit(&tree->tree, job->answer->unit, unit, err));
	if (!program || *unit == 0)
		return OK;
	err_set(err, E_INVALID, "%.*s is answered for the whole program, at the root \"%.*s\", not at \"%.*s\"",
		STR_ARG((*o)->id), STR_ARG(tree->tree.units[0].id), STR_ARG(job->answer->unit));
	return E_INVALID;
}

/* The derived rows that the answer touches, in today's tree. */
static enum status forget(struct app *app, const struct model_objective *o, str unit, struct err *err)
{
	struct store_tree now;
	TRY(app_load_tree(app, app->now_ms, &now, err));
	int u = unit_find(&now.tree, unit);
	if (o->scope == MODEL_SCOPE_PROGRAM)
		return store_score_forget_all(app->db, err);
	return u == UNIT_NONE ? OK : store_score_forget(app->db, &now.tree, u, err);
}

static enum status record(void *ctx, struct err *err)
{
	struct job *job = ctx;
	const struct app_answer *a = job->answer;
	struct app *app = job->app;
	const struct model *m = NULL;
	const struct model_objective *o = NULL;
	struct store_tree tree;
	int unit = 0;
	bool added;
	int64_t observed = app_load_time(app, a->observed);
	TRY(app_load_check_observed(app, observed, err));
	TRY(app_load_model(app, &m, err));
	TRY(find_place(job, m, observed, &o, &tree, &unit, err));
	if (a->evidence_file.n)
		TRY(store_file_add(app->db, &job->evidence, job->out->evidence_sha256, job->evidence_bytes, app->now_ms,
				   err));
	struct store_measure measure = {
	    .line = m->line,
	    .unit = tree.tree.units[unit].id,
	    .objective = o->id,
	    .source = S("answer"),
	    .basis = a->reviewed ? MEASURE_REVIEWED : MEASURE_ATTESTED,
	    .tally = a->tally,
	    .not_applicable = a->not_applicable,
	    .observed_ms = observed,
	    .expires_ms = a->expires.given ? a->expires.ms : TIME_FOREVER,
	    .override_until_ms = a->override_until.given ? a->override_until.ms : INT64_MIN,
	    .justification = a->because.n ? a->because : (str){NULL, 0},
	    .evidence_sha256 = job->out->evidence_sha256,
	    .reviewer = a->reviewed ? str_trim(a->reviewer) : (str){NULL, 0},
	};
	TRY(store_measure_add(app->db, &measure, (struct store_stamp){app->now_ms, app->actor}, &added, err));
	*job->out = (struct view_answer){
	    .objective = measure.objective,
	    .unit = measure.unit,
	    .source = measure.source,
	    .basis = measure.basis,
	    .tally = measure.tally,
	    .not_applicable = measure.not_applicable,
	    .observed_ms = observed,
	    .expires_ms = measure.expires_ms,
	    .override_until_ms = measure.override_until_ms,
	    .evidence_sha256 = measure.evidence_sha256,
	    .unchanged = !added,
	};
	return forget(app, o, measure.unit, err);
}

/* Opens and hashes the evidence file before the store is touched. */
static enum status open_evidence(struct job *job, struct err *err)
{
	struct arena *a = job->app->arena;
	const char *path = str_z(a, job->answer->evidence_file);
	char sum[HASH_TEXT];
	if (!path)
		return err_full(err);
	TRY(source_open_file(&job->evidence, path, job->answer->evidence_file, err));
	enum status status = store_file_hash(&job->evidence, sum, &job->evidence_bytes, err);
	if (status == OK)
		status = source_rewind(&job->evidence, (str){NULL, 0}, err);
	if (status != OK) {
		source_close(&job->evidence);
		return status;
	}
	job->out->evidence_sha256 = str_copy(a, str_from(sum));
	return job->out->evidence_sha256.p ? OK : err_full(err);
}

enum status app_answer(struct app *app, const struct app_answer *answer, struct view_answer *out, struct err *err)
{
	struct job job = {.app = app, .answer = answer, .evidence = {.fd = -1}, .out = out};
	*out = (struct view_answer){0};
	TRY(check_answer(app, answer, err));
	if (answer->evidence_file.n)
		TRY(open_evidence(&job, err));
	enum status status = store_change(app->db, record, &job, err);
	source_close(&job.evidence);
	return status;
}
