#include "app/approval.h"

#include "app/access.h"
#include "app/change.h"
#include "app/import.h"
#include "app/place.h"
#include "app/words.h"
#include "base/json.h"
#include "base/time.h"
#include "import/approvals.h"
#include "store/approval.h"
#include "store/store.h"

struct job {
	struct app *app;
	const struct app_approval_request *request;
	const struct app_approval_step *step;
	struct store_approval approval;
	enum approval_state state; /* after the step */
	struct view_approval *out;
};

static enum status show(struct app *app, const struct store_approval *s, struct view_approval *out, struct err *err)
{
	struct view_approval_step *steps = arena_new(app->arena, struct view_approval_step, s->n_steps);
	if (!steps)
		return err_full(err);
	*out = (struct view_approval){.id = s->id,
				      .system = s->system,
				      .unit = s->unit,
				      .deployment = s->deployment,
				      .state = approval_state(s->steps, s->n_steps, app->now_ms),
				      .expires_ms = TIME_FOREVER,
				      .n_steps = s->n_steps,
				      .steps = steps};
	for (size_t i = 0; i < s->n_steps; i++) {
		steps[i] =
		    (struct view_approval_step){s->steps[i].act, s->steps[i].actor, s->words[i], s->steps[i].at_ms};
		if (s->steps[i].act == APPROVAL_APPROVE)
			out->expires_ms = s->steps[i].expires_ms;
	}
	return OK;
}

/* ---- as evidence ---- */

/* What one request came to. */
struct decision {
	bool there, holds, approved;
	int64_t at_ms, until_ms;
};

static struct decision decision_of(const struct store_approval *s, int64_t now_ms)
{
	struct decision d = {.until_ms = TIME_FOREVER};
	for (size_t i = 0; i < s->n_steps; i++) {
		const struct approval_step *step = &s->steps[i];
		if (step->act == APPROVAL_APPROVE)
			d = (struct decision){true, false, true, step->at_ms, step->expires_ms};
		else if (step->act == APPROVAL_REJECT || (step->act == APPROVAL_WITHDRAW && d.approved))
			d = (struct decision){true, false, false, step->at_ms, TIME_FOREVER};
	}
	d.holds = approval_state(s->steps, s->n_steps, now_ms) == APPROVAL_APPROVED;
	return d;
}

/* What is decided about the system's use in this unit: the approval that holds, else the last decision. */
static enum status find_decision(struct job *job, struct import_approvals *out, struct err *err)
{
	struct app *app = job->app;
	struct store_approval *list = NULL;
	struct decision best = {0};
	size_t n;
	TRY(store_approval_list(app->db, job->approval.system, app->arena, &list, &n, err));
	for (size_t i = 0; i < n; i++) {
		struct decision d = decision_of(&list[i], app->now_ms);
		if (!d.there || !str_eq(list[i].unit, job->approval.unit))
			continue;
		if (!best.there || d.holds > best.holds || (d.holds == best.holds && d.at_ms >= best.at_ms))
			best = d;
	}
	out->decided = best.there;
	out->approved = best.approved;
	out->decided_ms = best.at_ms;
	out->until_ms = best.there ? best.until_ms : TIME_FOREVER;
	return OK;
}

static void put_steps(struct json_writer *w, const struct store_approval *s)
{
	json_key(w, S("steps"));
	json_array(w);
	for (size_t i = 0; i < s->n_steps; i++) {
		json_object(w);
		json_put_text(w, S("act"), approval_act_name(s->steps[i].act));
		json_put_time(w, S("at"), s->steps[i].at_ms);
		json_put_text(w, S("by"), s->steps[i].actor);
		json_put_text(w, S("words"), s->words[i]);
		if (s->steps[i].act == APPROVAL_APPROVE)
			json_put_time(w, S("expires"), s->steps[i].expires_ms);
		json_object_end(w);
	}
	json_array_end(w);
}

/* The file that is kept: the request with all its steps. */
static enum status write_file(struct job *job, str *out, struct err *err)
{
	const struct store_approval *s = &job->approval;
	struct buf text = BUF((size_t)1 << 20);
	struct json_writer w = json_writer(&text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.approval/1"));
	json_put_int(&w, S("id"), s->id);
	json_put_text(&w, S("system"), s->system);
	json_put_text(&w, S("unit"), s->unit);
	json_put_text(&w, S("state"), approval_state_name(job->state));
	put_steps(&w, s);
	json_object_end(&w);
	buf_char(&text, '\n');
	*out = text.status == OK ? str_copy(job->app->arena, buf_str(&text)) : (str){NULL, 0};
	enum status status = text.status;
	buf_release(&text);
	if (status != OK)
		return err_set(err, status, "the steps of an approval are too large");
	return out->p ? OK : err_full(err);
}

/* "approval-4-2", with an end; p NULL: no memory. */
static str name_step(struct arena *a, const struct store_approval *approval, const char *end)
{
	struct buf b = BUF(128);
	buf_printf(&b, "approval-%lld-%zu%s", (long long)approval->id, approval->n_steps, end);
	str s = str_copy(a, buf_str(&b));
	buf_release(&b);
	return s;
}

static str outcome(enum approval_act act)
{
	static const str words[APPROVAL_ACTS] = {[APPROVAL_REQUEST] = S("requested"),
						 [APPROVAL_REVIEW] = S("reviewed"),
						 [APPROVAL_APPROVE] = S("approved"),
						 [APPROVAL_REJECT] = S("rejected"),
						 [APPROVAL_WITHDRAW] = S("withdrawn")};
	return words[act];
}

/* The feed that the program keeps; it is made with the first step. */
static enum status name_feed(struct app *app, str *out, struct err *err)
{
	struct store_feed kept, other;
	TRY(store_feed_remarks(app->db, app->arena, &kept, err));
	TRY(store_feed_find(app->db, S("approvals"), app->arena, &other, err));
	*out = kept.id ? kept.name : other.id ? S("aismm:approvals") : S("approvals");
	return OK;
}

/* The last step goes into the feed, as any evidence does. */
static enum status hand_in(struct job *job, struct err *err)
{
	struct app *app = job->app;
	const struct store_approval *s = &job->approval;
	const struct approval_step *last = &s->steps[s->n_steps - 1];
	struct import_approvals rows = {
	    .system = s->system,
	    .unit = s->unit,
	    .at_ms = last->at_ms,
	    .event_id = name_step(app->arena, s, ""),
	    .title = outcome(last->act),
	    .owner = last->actor,
	    .outcome = last->act == APPROVAL_APPROVE  ? S("approved")
		       : last->act == APPROVAL_REJECT ? S("rejected")
						      : S("done"),
	    .requested_ms = s->steps[0].at_ms,
	    .expires_ms = last->act == APPROVAL_APPROVE ? last->expires_ms : TIME_FOREVER,
	    .until_ms = TIME_FOREVER,
	};
	struct app_import options = {0};
	struct app_import_made made = {
	    .name = name_step(app->arena, s, ".json"), .format = &import_approvals_format, .rows = &rows};
	struct view_receipt receipt;
	if (!rows.event_id.p || !made.name.p)
		return err_full(err);
	TRY(find_decision(job, &rows, err));
	TRY(write_file(job, &made.text, err));
	TRY(name_feed(app, &options.feed, err));
	TRY(app_import_within(app, &options, &made, &receipt, err));
	TRY(show(app, s, job->out, err));
	job->out->sha256 = receipt.sha256;
	return OK;
}

/* ---- the request ---- */

static enum status check_system(struct job *job, str unit, struct err *err)
{
	struct app *app = job->app;
	str system = job->request->system;
	struct store_approval *list = NULL;
	size_t n;
	bool known;
	TRY(store_approval_known(app->db, system, unit, app->now_ms, &known, err));
	if (!known) {
		err_set(err, E_NOT_FOUND, "the register has no AI system \"%.*s\" in \"%.*s\"", STR_ARG(system),
			STR_ARG(unit));
		err_hint(err, "import the register first, with this system in this unit: aismm import ai_systems.csv");
		return E_NOT_FOUND;
	}
	TRY(store_approval_list(app->db, system, app->arena, &list, &n, err));
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(list[i].unit, unit) ||
		    !approval_is_pending(approval_state(list[i].steps, list[i].n_steps, app->now_ms)))
			continue;
		err_set(err, E_CONFLICT, "request %lld for \"%.*s\" in \"%.*s\" is still undecided",
			(long long)list[i].id, STR_ARG(system), STR_ARG(unit));
		err_hint(err, "decide it, or withdraw it: aismm approval withdraw %lld", (long long)list[i].id);
		return E_CONFLICT;
	}
	return OK;
}

/* Records the step at hand behind those that there are. */
static enum status add_step(struct job *job, struct approval_step step, str words, struct err *err)
{
	struct app *app = job->app;
	struct store_approval *s = &job->approval;
	struct approval_step *steps = arena_new(app->arena, struct approval_step, s->n_steps + 1);
	str *all = arena_new(app->arena, str, s->n_steps + 1);
	if (!steps || !all)
		return err_full(err);
	for (size_t i = 0; i < s->n_steps; i++) {
		steps[i] = s->steps[i];
		all[i] = s->words[i];
	}
	steps[s->n_steps] = step;
	all[s->n_steps] = words.n ? words : S("");
	s->steps = steps;
	s->words = all;
	s->n_steps++;
	TRY(store_approval_step(app->db, s->id, (int64_t)s->n_steps, &step, all[s->n_steps - 1], err));
	return hand_in(job, err);
}

static enum status request(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	const struct app_approval_request *r = job->request;
	struct store_tree tree;
	int unit = 0;
	TRY(app_load_tree(app, app->now_ms, &tree, err));
	TRY(app_access_find(app, &tree.tree, r->unit, &unit, err));
	TRY(app_access(app, ACCESS_ASSESSOR, &tree.tree, unit, err));
	job->approval =
	    (struct store_approval){.system = r->system, .unit = tree.tree.units[unit].id, .deployment = r->deployment};
	TRY(check_system(job, job->approval.unit, err));
	TRY(store_approval_add(app->db, &job->approval, &job->approval.id, err));
	job->state = APPROVAL_REQUESTED;
	return add_step(job, (struct approval_step){APPROVAL_REQUEST, app->now_ms, TIME_FOREVER, app->actor},
			str_trim(r->because), err);
}

enum status app_approval_request(struct app *app, const struct app_approval_request *r, struct view_approval *out,
				 struct err *err)
{
	struct job job = {.app = app, .request = r, .out = out};
	bool one = r->deployment == MODEL_SELF_HOSTED || r->deployment == MODEL_PAAS || r->deployment == MODEL_SAAS;
	TRY(app_load_check_id(r->system, "the AI system", err));
	TRY(app_words_check(r->because, true, "the reason", err));
	if (!one) {
		err_set(err, E_INVALID, "a request is for one deployment type");
		err_hint(err, "one of self_hosted, paas, saas");
		return E_INVALID;
	}
	return app_change(app, request, &job, err);
}

/* ---- the steps after it ---- */

static enum status check_step(const struct app *app, const struct app_approval_step *step, struct err *err)
{
	static const char *const what[APPROVAL_ACTS] = {"the reason", "the finding", "the conditions", "the reason",
							"the reason"};
	if (step->act == APPROVAL_REQUEST || step->act >= APPROVAL_ACTS)
		return err_set(err, E_INVALID, "no such step");
	TRY(app_words_check(step->words, step->act != APPROVAL_APPROVE, what[step->act], err));
	if (step->act != APPROVAL_APPROVE)
		return OK;
	if (!step->expires.given || step->expires.ms <= app->now_ms || step->expires.ms > TIME_MAX_MS) {
		err_set(err, E_INVALID, "an approval needs an end that lies ahead");
		err_hint(err, "six months with two conditions is enough to start");
		return E_INVALID;
	}
	return OK;
}

static enum status check_person(struct job *job, struct err *err)
{
	struct app *app = job->app;
	const struct store_approval *s = &job->approval;
	enum approval_act act = job->step->act;
	bool own = app_words_same(s->steps[0].actor, app->actor);
	enum access_role role =
	    act == APPROVAL_REVIEW || (act == APPROVAL_WITHDRAW && own) ? ACCESS_ASSESSOR : ACCESS_LEAD;
	TRY(app_place_permit(app, role, (str){NULL, 0}, s->unit, false, err));
	if (!own || act == APPROVAL_WITHDRAW)
		return OK;
	err_set(err, E_DENIED, "\"%.*s\" cannot %.*s an own request", STR_ARG(app->actor),
		STR_ARG(approval_act_name(act)));
	err_hint(err, "a second person does; who acts is named by --by");
	return E_DENIED;
}

static enum status check_state(struct job *job, struct err *err)
{
	const struct store_approval *s = &job->approval;
	enum approval_state now = approval_state(s->steps, s->n_steps, job->app->now_ms);
	if (approval_next(now, job->step->act, &job->state))
		return OK;
	err_set(err, E_CONFLICT, "request %lld is %.*s", (long long)s->id, STR_ARG(approval_state_name(now)));
	err_hint(err,
		 now == APPROVAL_REQUESTED ? "it is reviewed first: aismm approval review %lld"
					   : "see: aismm approval list",
		 (long long)s->id);
	return E_CONFLICT;
}

static enum status take_step(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	bool there = false;
	TRY(store_approval_find(app->db, job->step->id, app->arena, &job->approval, err));
	if (job->approval.id)
		TRY(app_access_knows(app, job->approval.unit, &there, err));
	if (!there) {
		err_set(err, E_NOT_FOUND, "no request %lld", (long long)job->step->id);
		err_hint(err, "see: aismm approval list");
		return E_NOT_FOUND;
	}
	TRY(check_person(job, err));
	TRY(check_state(job, err));
	struct approval_step step = {job->step->act, app->now_ms,
				     job->step->act == APPROVAL_APPROVE ? job->step->expires.ms : TIME_FOREVER,
				     app->actor};
	return add_step(job, step, str_trim(job->step->words), err);
}

enum status app_approval_step(struct app *app, const struct app_approval_step *step, struct view_approval *out,
			      struct err *err)
{
	struct job job = {.app = app, .step = step, .out = out};
	TRY(check_step(app, step, err));
	return app_change(app, take_step, &job, err);
}

/* ---- the list ---- */

struct question {
	struct app *app;
	str unit;
	bool pending;
	struct view_approvals *out;
};

static enum status list(void *ctx, struct err *err)
{
	struct question *q = ctx;
	struct app *app = q->app;
	struct store_tree tree;
	struct store_approval *stored = NULL;
	size_t n, used = 0;
	int top = 0;
	TRY(app_load_tree(app, app->now_ms, &tree, err));
	TRY(app_access_look(app, ACCESS_READER, &tree.tree, q->unit, &top, err));
	TRY(store_approval_list(app->db, (str){NULL, 0}, app->arena, &stored, &n, err));
	struct view_approval *views = arena_new(app->arena, struct view_approval, n);
	if (!views)
		return err_full(err);
	for (size_t i = n; i-- > 0;) {
		int unit = unit_find(&tree.tree, stored[i].unit);
		bool here = unit == UNIT_NONE ? top == 0 : unit_below(&tree.tree, unit, top);
		if (!here)
			continue;
		TRY(show(app, &stored[i], &views[used], err));
		used += !q->pending || approval_is_pending(views[used].state);
	}
	*q->out = (struct view_approvals){used, views};
	return OK;
}

enum status app_approval_list(struct app *app, str unit, bool pending, struct view_approvals *out, struct err *err)
{
	struct question q = {.app = app, .unit = unit, .pending = pending, .out = out};
	return store_read(app->db, list, &q, err);
}
