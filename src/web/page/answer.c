#include "web/page/answer.h"

#include <stdio.h>
#include <string.h>

#include "app/answer.h"
#include "app/comment.h"
#include "app/evidence.h"
#include "app/question.h"
#include "base/limits.h"
#include "base/time.h"
#include "web/session.h"

/* ---- what was sent ---- */

struct sent {
	struct request *q;
	struct app_answer answer;
	struct view_answer_conflict conflict;
	struct view_answer_now now;
	struct app_document *documents;
	struct view_document_of *shown; /* the same, for the page of a conflict */
	size_t n;
};

static str field(const struct request *q, str name)
{
	return str_trim(request_field(&q->form, name));
}

/* Of a form, or of an address. */
static enum status read_count_of(const struct request_fields *from, str name, int64_t *out, struct err *err)
{
	str text = str_trim(request_field(from, name));
	*out = 0;
	if (!text.n || (str_to_i64(text, out) && *out >= 0 && *out <= LIMIT_COUNT))
		return OK;
	err_set(err, E_INVALID, "\"%.*s\" is no count for %.*s", STR_ARG(text), STR_ARG(name));
	err_hint(err, "a count is a whole number from 0 to " MEASURE_COUNT_MOST);
	return E_INVALID;
}

static enum status read_count(const struct request *q, str name, int64_t *out, struct err *err)
{
	return read_count_of(&q->form, name, out, err);
}

/* A number that the page itself wrote into the form. */
static enum status read_own(const struct request *q, str name, int64_t *out, struct err *err)
{
	str text = field(q, name);
	*out = 0;
	if (!text.n || (str_to_i64(text, out) && *out >= 0))
		return OK;
	return err_set(err, E_INVALID, "\"%.*s\" is no number for %.*s", STR_ARG(text), STR_ARG(name));
}

static enum status read_day(const struct request *q, str name, struct app_time *out, struct err *err)
{
	str text = field(q, name);
	*out = (struct app_time){.given = text.n > 0};
	if (!text.n || time_parse(text, &out->ms))
		return OK;
	err_set(err, E_INVALID, "\"%.*s\" is not a day", STR_ARG(text));
	err_hint(err, "write a day as 2026-11-01");
	return E_INVALID;
}

/* A field that is empty adds nobody. Where all are, everybody is unknown, which needs words. */
static enum status read_counts(const struct request *q, int64_t population, struct app_answer *a, struct err *err)
{
	struct measure_tally *t = &a->tally;
	TRY(read_count(q, S("yes"), &t->yes, err));
	TRY(read_count(q, S("no"), &t->no, err));
	TRY(read_count(q, S("unknown"), &t->unknown, err));
	if (t->yes || t->no)
		return OK;
	if (!field(q, S("yes")).n && !field(q, S("no")).n && !field(q, S("unknown")).n)
		t->unknown = population;
	if (t->unknown && a->because.n)
		return OK;
	err_set(err, E_INVALID, "nothing was counted: neither a yes nor a no");
	err_hint(err, "count them, or write why all of them are unknown");
	return E_INVALID;
}

static enum status read_choice(const struct request *q, struct app_answer *a, struct err *err)
{
	str word = field(q, S("answer"));
	int64_t population = 0;
	TRY(read_own(q, S("population"), &population, err));
	if (population < 1)
		population = 1;
	if (str_eq(word, S("met"))) {
		a->tally.yes = population;
	} else if (str_eq(word, S("not"))) {
		a->tally.no = population;
	} else if (str_eq(word, S("na"))) {
		a->not_applicable = true;
	} else if (str_eq(word, S("count"))) {
		TRY(read_counts(q, population, a, err));
	} else {
		err_set(err, E_INVALID, "no answer was chosen");
		err_hint(err, "Met, Not met, Count or Not applicable");
		return E_INVALID;
	}
	return OK;
}

static enum status read_answer(struct sent *s, struct err *err)
{
	struct request *q = s->q;
	struct app_answer *a = &s->answer;
	*a = (struct app_answer){.objective = q->part[0],
				 .unit = field(q, S("unit")),
				 .because = field(q, S("because")),
				 .conflict = &s->conflict,
				 .expected = {.given = true}};
	TRY(read_choice(q, a, err));
	TRY(read_own(q, S("expected"), &a->expected.seq, err));
	TRY(read_day(q, S("observed"), &a->observed, err));
	TRY(read_day(q, S("expires"), &a->expires, err));
	return read_day(q, S("override"), &a->override_until, err);
}

/* ---- the documents: those that stay, those that came before a conflict, those that come now ---- */

static void add_document(struct sent *s, const struct view_document_of *d)
{
	s->shown[s->n] = *d;
	s->documents[s->n++] = (struct app_document){d->sha256, d->name.n ? d->name : S("document"), d->media};
}

static bool sent_value(const struct request *q, str name, str value)
{
	for (size_t i = 0; i < q->form.n; i++)
		if (str_eq(q->form.list[i].name, name) && str_eq(q->form.list[i].value, value))
			return true;
	return false;
}

/* "SHA256 NAME", of a form that is sent again. */
static void add_again(struct sent *s)
{
	for (size_t i = 0; i < s->q->form.n && s->n < LIMIT_DOCUMENTS; i++) {
		const struct request_field *f = &s->q->form.list[i];
		struct view_document_of d = {0};
		if (str_eq(f->name, S("document")) && str_cut(f->value, ' ', &d.sha256, &d.name))
			add_document(s, &d);
	}
}

static enum status add_file(struct sent *s, const struct request_file *f, struct err *err)
{
	struct source from = {.name = f->name, .fd = f->fd};
	struct view_document_of d;
	if (f->fd < 0)
		return OK;
	if (s->n == LIMIT_DOCUMENTS)
		return err_set(err, E_TOO_LARGE, "an answer has at most %d documents", LIMIT_DOCUMENTS);
	TRY(app_evidence_add(s->q->app, s->answer.objective, s->answer.unit, &from, f->name, (str){0}, &d, err));
	add_document(s, &d);
	return OK;
}

static enum status add_documents(struct sent *s, struct err *err)
{
	struct request *q = s->q;
	TRY(app_answer_now(q->app, s->answer.objective, s->answer.unit, &s->now, err));
	s->documents = arena_new(q->arena, struct app_document, LIMIT_DOCUMENTS);
	s->shown = arena_new(q->arena, struct view_document_of, LIMIT_DOCUMENTS);
	if (!s->documents || !s->shown)
		return err_full(err);
	for (size_t i = 0; i < s->now.said.n_documents && s->n < LIMIT_DOCUMENTS; i++)
		if (sent_value(q, S("keep"), s->now.said.documents[i].sha256))
			add_document(s, &s->now.said.documents[i]);
	add_again(s);
	TRY(add_file(s, &q->file, err));
	for (size_t i = 0; i < q->n_more; i++)
		TRY(add_file(s, &q->more[i], err));
	s->answer.documents = s->documents;
	s->answer.n_documents = s->n;
	return OK;
}

/* ---- what comes next ---- */

/* The address with one more pair behind it. */
static void more(struct buf *b, const char *name, str value)
{
	str so_far = buf_str(b);
	buf_add(b, memchr(so_far.p, '?', so_far.n) ? S("&") : S("?"));
	buf_add(b, str_from(name));
	buf_add(b, S("="));
	ui_url(b, value);
}

/* A script is told where, instead of being sent there. */
static enum status go(struct request *q, struct reply *r, struct buf *b, struct err *err)
{
	str location = str_copy(q->arena, buf_str(b));
	enum status status = b->status != OK ? err_set(err, b->status, "the address is too long") : OK;
	buf_release(b);
	TRY(status);
	if (!location.p)
		return err_full(err);
	request_redirect(r, location);
	if (q->htmx)
		r->status = 201;
	return OK;
}

static enum status go_on(struct sent *s, struct reply *r, int64_t seq, struct err *err)
{
	struct request *q = s->q;
	bool next = str_eq(field(q, S("go")), S("next"));
	char digits[24];
	struct buf b = BUF(LIMIT_HEADER_BYTES);
	(void)snprintf(digits, sizeof digits, "%lld", (long long)seq);
	buf_add(&b, session_next(field(q, next ? S("next") : S("here"))));
	more(&b, "saved", str_from(digits));
	more(&b, "saved_objective", s->answer.objective);
	more(&b, "saved_unit", s->answer.unit);
	return go(q, r, &b, err);
}

/* ---- two answers ---- */

static bool is_given(struct app_time given, int64_t none, int64_t said)
{
	return (given.given ? given.ms : none) == said;
}

/* Is what stands there what was sent now, by the same person? Then it was sent twice: the receipt of the first time was
 * lost on its way. */
static bool is_same(const struct sent *s)
{
	const struct app_answer *a = &s->answer;
	const struct view_said *said = &s->conflict.theirs;
	bool same = s->conflict.there && str_eq(said->author, s->q->app->actor) && said->basis == MEASURE_ATTESTED &&
		    said->not_applicable == a->not_applicable && said->tally.yes == a->tally.yes &&
		    said->tally.no == a->tally.no && said->tally.unknown == a->tally.unknown &&
		    str_eq(said->because, a->because) && said->n_documents == s->n &&
		    is_given(a->expires, TIME_FOREVER, said->expires_ms) &&
		    is_given(a->override_until, INT64_MIN, said->override_until_ms) &&
		    (!a->observed.given || a->observed.ms == said->observed_ms);
	for (size_t i = 0; i < s->n && same; i++)
		same = str_eq(said->documents[i].sha256, s->documents[i].sha256);
	return same;
}

static enum status show_conflict(struct sent *s, struct reply *r, struct err *err)
{
	static const str again[] = {S("unit"),    S("answer"),  S("population"), S("yes"),     S("no"),
				    S("unknown"), S("because"), S("observed"),   S("expires"), S("override"),
				    S("here"),    S("next"),    S("go")};
	enum { AGAIN = sizeof again / sizeof again[0] };
	struct request *q = s->q;
	struct view_question question;
	struct page p;
	struct ui_pair *fields = arena_new(q->arena, struct ui_pair, AGAIN + LIMIT_DOCUMENTS);
	if (!fields)
		return err_full(err);
	size_t n = 0;
	for (; n < AGAIN; n++)
		fields[n] = (struct ui_pair){again[n], request_field(&q->form, again[n])};
	for (size_t i = 0; i < s->n; i++) {
		struct buf b = BUF(4096);
		buf_add(&b, s->documents[i].sha256);
		buf_add(&b, S(" "));
		buf_add(&b, s->documents[i].name);
		fields[n++] = (struct ui_pair){S("document"), str_copy(q->arena, buf_str(&b))};
		buf_release(&b);
	}
	TRY(app_question(q->app, s->answer.objective, s->answer.unit, &question, err));
	const struct unit *unit = &question.tree->units[question.unit];
	struct ui_conflict c = {.objective = question.objective,
				.unit = unit->id,
				.unit_name = unit->name,
				.mine = {.not_applicable = s->answer.not_applicable,
					 .tally = s->answer.tally,
					 .because = s->answer.because,
					 .n_documents = s->n,
					 .documents = s->shown},
				.conflict = &s->conflict,
				.n_fields = n,
				.fields = fields};
	q->today = true;
	TRY(page_open_place(q, r, &p, err));
	struct ui_head head = {.title = S("Two answers"), .tab = UI_TAB_ASSESS};
	ui_page(&p.ui, &head);
	ui_answer_conflict(&p.ui, &c);
	ui_page_end(&p.ui, &head);
	r->status = 409;
	return page_done(r, err);
}

/* ---- a refused answer ---- */

/* The page that the form stood on, by its field `here`. */
static enum status come_back(struct request *q, struct reply *r, enum status status, const struct err *why,
			     struct page_again *again, struct err *err)
{
	str here = session_next(field(q, S("here"))), query = {0};
	(void)str_cut(here, '?', &again->path, &query);
	again->serve = str_starts(again->path, S("/objective/")) ? page_objective : page_assess_question;
	(void)str_cut(query, '#', &query, &here);
	TRY(request_fields_read(query, q->arena, &q->query, err));
	if (!request_field(&q->query, S("unit")).n)
		TRY(request_fields_add(&q->query, S("unit"), field(q, S("unit")), q->arena, err));
	return page_refuse(q, r, status, why, again, err);
}

/* Documents that came are stored, and named by a field from now on. */
static enum status keep_documents(struct sent *s, struct err *err)
{
	struct request *q = s->q;
	for (size_t i = 0; i < s->n; i++) {
		struct buf b = BUF(4096);
		buf_add(&b, s->documents[i].sha256);
		buf_add(&b, S(" "));
		buf_add(&b, s->documents[i].name);
		str value = str_copy(q->arena, buf_str(&b));
		buf_release(&b);
		if (!value.p)
			return err_full(err);
		if (!sent_value(q, S("keep"), s->documents[i].sha256) && !sent_value(q, S("document"), value))
			TRY(request_fields_add(&q->form, S("document"), value, q->arena, err));
	}
	return OK;
}

static enum status show_again(struct sent *s, struct reply *r, enum status status, const struct err *why,
			      struct err *err)
{
	struct page_again again = {.words = {{S("not applicable"), S("because")},
					     {S("nothing was counted"), S("because")},
					     {S("override needs"), S("because")},
					     {S("the justification"), S("because")},
					     {S("no count for yes"), S("yes")},
					     {S("no count for no"), S("no")},
					     {S("no count for unknown"), S("unknown")},
					     {S("the observed time"), S("observed")}}};
	TRY(keep_documents(s, err));
	return come_back(s->q, r, status, why, &again, err);
}

enum status page_answer_post(struct request *q, struct reply *r, struct err *err)
{
	struct sent s = {.q = q};
	struct view_answer saved;
	struct view_answer_now now;
	struct err why = {0};
	enum status status = read_answer(&s, &why);
	if (status == OK)
		status = add_documents(&s, &why);
	if (status == OK)
		status = app_answer(q->app, &s.answer, &saved, &why);
	if (status == E_CONFLICT && is_same(&s))
		return go_on(&s, r, s.conflict.theirs.seq, err);
	if (status == E_CONFLICT && (s.conflict.there || s.now.said.seq != s.answer.expected.seq))
		return show_conflict(&s, r, err);
	if (status != OK && q->htmx) { /* the form is there still, with all that was written */
		*err = why;
		if (status == E_INVALID)
			err_hint(err, "what you wrote is still here");
		return status;
	}
	if (status != OK)
		return show_again(&s, r, status, &why, err);
	int64_t seq = saved.seq;
	if (str_eq(field(q, S("choice")), S("theirs")) && seq) {
		TRY(app_answer_undo(q->app, seq, &now, err));
		seq = now.said.seq;
	}
	return go_on(&s, r, seq, err);
}

enum status page_answer_undo(struct request *q, struct reply *r, struct err *err)
{
	struct view_answer_now now;
	int64_t seq = 0;
	TRY(read_own(q, S("seq"), &seq, err));
	TRY(app_answer_undo(q->app, seq, &now, err));
	struct buf b = BUF(LIMIT_HEADER_BYTES);
	buf_add(&b, session_next(field(q, S("back"))));
	more(&b, "undone", S("1"));
	return go(q, r, &b, err);
}

enum status page_answer_tally(struct request *q, struct reply *r, struct err *err)
{
	const struct model_objective *o = NULL;
	const struct model *m = NULL;
	struct view_model view;
	struct page p;
	struct measure_tally t = {0};
	int64_t *counts[] = {&t.yes, &t.no, &t.unknown};
	static const str names[] = {S("yes"), S("no"), S("unknown")};
	page_bare(q, r, &p);
	TRY(app_model_show(q->app, (str){0}, &m, &view, err));
	TRY(app_model_objective(m, q->part[0], &o, err));
	for (int i = 0; i < 3; i++)
		TRY(read_count_of(&q->query, names[i], counts[i], err));
	TRY(ui_answer_sum(&p.ui, t, o->threshold_milli, q->arena, err));
	return page_done(r, err);
}

/* ---- the parts that other pages show ---- */

enum status page_answer_receipt(struct request *q, struct ui *u, const char *base, const struct ui_run *run,
				struct err *err)
{
	struct view_answer_now now;
	int64_t seq = 0;
	str text = request_field(&q->query, S("saved"));
	if (request_field(&q->query, S("undone")).n) {
		html_raw(u->b, "<p class=\"receipt\" role=\"status\">The answer was taken back. What was there before "
			       "counts again.</p>");
		return OK;
	}
	if (!text.n || !str_to_i64(text, &seq))
		return OK;
	struct err why = {0};
	enum status status = app_answer_now(q->app, request_field(&q->query, S("saved_objective")),
					    request_field(&q->query, S("saved_unit")), &now, &why);
	if (status == E_NOT_FOUND || status == E_DENIED)
		return OK;
	if (status != OK) {
		*err = why;
		return status;
	}
	if (now.said.seq)
		ui_answer_receipt(u, &now, base, run);
	return OK;
}

enum status page_answer_form(struct request *q, struct ui *u, const struct page_answer *a, struct err *err)
{
	struct view_question question;
	struct view_answer_now now;
	TRY(app_question(q->app, a->objective, a->unit, &question, err));
	TRY(app_answer_now(q->app, a->objective, a->unit, &now, err));
	return ui_answer(u,
			 &(struct ui_answer){.question = &question,
					     .now = &now,
					     .at_ms = q->app->now_ms,
					     .base = a->base,
					     .run = a->run,
					     .next = a->next},
			 q->arena, err);
}

/* ---- discussion ---- */

enum status page_answer_talk(struct request *q, struct ui *u, const struct page_answer *a, bool may_add,
			     struct err *err)
{
	struct view_comments comments;
	struct buf here = BUF(LIMIT_HEADER_BYTES);
	TRY(app_comment_list(q->app, a->objective, a->unit, 0, LIMIT_PAGE, &comments, err));
	buf_add(&here, str_from(a->base));
	ui_url(&here, a->objective);
	buf_add(&here, S("?unit="));
	ui_url(&here, a->unit);
	buf_add(&here, S("#discussion"));
	ui_answer_discussion(u, &(struct ui_discussion){.objective = a->objective,
							.unit = a->unit,
							.comments = &comments,
							.user = q->app->actor,
							.may_add = may_add,
							.here = buf_str(&here)});
	buf_release(&here);
	return OK;
}

enum status page_answer_comment(struct request *q, struct reply *r, struct err *err)
{
	struct page_again again = {.words = {{S("the comment"), S("body")}}};
	struct view_comment added;
	struct err why = {0};
	enum status status =
	    app_comment_add(q->app, q->part[0], field(q, S("unit")), request_field(&q->form, S("body")), &added, &why);
	if (status != OK)
		return come_back(q, r, status, &why, &again, err);
	request_redirect(r, session_next(field(q, S("here"))));
	return OK;
}

enum status page_answer_withdraw(struct request *q, struct reply *r, struct err *err)
{
	struct view_comment gone;
	int64_t id = 0;
	TRY(read_own(q, S("id"), &id, err));
	TRY(app_comment_withdraw(q->app, id, &gone, err));
	request_redirect(r, session_next(field(q, S("here"))));
	return OK;
}
