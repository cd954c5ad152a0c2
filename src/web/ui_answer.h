/**
 * Components around one question: the form that answers it, its receipt, two answers side by side, who else is there,
 * and the discussion. As in ui.h: pure, from values to bytes.
 */
#ifndef WEB_UI_ANSWER_H
#define WEB_UI_ANSWER_H

#include "core/view_answer.h"
#include "core/view_question.h"
#include "web/ui_form.h"

/* The run that a question is part of; carried by the addresses of its questions. */
struct ui_run {
	bool interview;
	str of; /* the unit whose queue it is; empty: that of the question */
};

/* BASE/OBJECTIVE?unit=UNIT&… as text of an attribute. base is a literal. */
struct ui_address ui_answer_address(struct ui *u, const char *base, str objective, str unit, const struct ui_run *run);

struct ui_answer {
	const struct view_question *question;
	const struct view_answer_now *now;
	int64_t at_ms;            /* the instant it is shown at */
	const char *base;         /* where the form comes back to: "/assess/" or "/objective/" */
	const struct ui_run *run; /* NULL: it is part of none */
	str next;                 /* an address; empty: the form comes back to here */
};
MUST_USE enum status ui_answer(struct ui *u, const struct ui_answer *f, struct arena *a, struct err *err);
/* The tally of an answer, its sum and its verdict. */
MUST_USE enum status ui_answer_tally(struct ui *u, struct measure_tally t, int32_t threshold_milli, struct arena *a,
				     struct err *err);
/* The same of counts that are being typed, what the form's counts swap; before the first one: what they add up to. */
MUST_USE enum status ui_answer_sum(struct ui *u, struct measure_tally t, int32_t threshold_milli, struct arena *a,
				   struct err *err);
/* What was stored: "Saved at 09:41:07 as answer 2 184. …", with Undo while that is possible; base, run: the page that
 * Undo comes back to, as in ui_answer_address. */
void ui_answer_receipt(struct ui *u, const struct view_answer_now *now, const char *base, const struct ui_run *run);
/* "Met, 6 of 7. Attested by … on …" */
void ui_answer_said(struct ui *u, const struct view_said *said, int32_t threshold_milli);
/* Documents with their sizes and hashes; keep: each with a box that keeps it. */
void ui_answer_documents(struct ui *u, const struct view_said *said, bool keep);
/* A polite region that asks again every 15 seconds. */
void ui_answer_presence(struct ui *u, str objective, str unit, const str *others, size_t n);

/* What was sent, and what came in between. The form sends it again with a choice. */
struct ui_conflict {
	const struct model_objective *objective;
	str unit, unit_name;
	struct view_said mine;
	const struct view_answer_conflict *conflict;
	size_t n_fields;
	const struct ui_pair *fields; /* to be sent again */
};
void ui_answer_conflict(struct ui *u, const struct ui_conflict *c);

struct ui_discussion {
	str objective, unit;
	const struct view_comments *comments;
	str user; /* who looks; may withdraw what is its own */
	bool may_add;
	str here; /* where it comes back to, an address */
};
void ui_answer_discussion(struct ui *u, const struct ui_discussion *d);

#endif
