/**
 * Registers: the AI systems, models, providers and everything else that evidence speaks about, as checks see them
 * (store/lens.h), at any instant. Everybody sees the rows of the units of which they are a reader, and no other.
 */
#ifndef APP_REGISTER_H
#define APP_REGISTER_H

#include "app/lens.h"
#include "core/view_register.h"

struct app_register_match {
	str column, value; /* of the kind, as text: "true" for a fact, a day for a time */
};
enum { APP_REGISTER_MATCHES = 6 };

struct app_register {
	struct app_lens lens; /* its unit and all below; without one every unit that the person may read */
	enum evidence_kind_id kind;
	str text; /* occurs in one of the texts, whatever the case of ASCII letters; empty: all rows */
	struct app_register_match match[APP_REGISTER_MATCHES];
	size_t n_match;
	enum {
		APP_REGISTER_ALL,
		APP_REGISTER_TRIAGE,   /* AI systems that are not dismissed */
		APP_REGISTER_DISMISSED /* those that are */
	} of;
	str order; /* a column, or id, unit_id, observed_at; empty: id */
	bool down;
	int64_t offset;
	int64_t limit; /* 0: LIMIT_PAGE; negative: all */
};
/* E_INVALID: no such column, or no value of it. Memory grows with the page, not with the register. */
MUST_USE enum status app_register_list(struct app *app, const struct app_register *ask, struct view_register *out,
				       struct err *err);
/* The same row by row, for a document; `row` is called for each of all that fit. */
typedef enum status app_register_fn(void *ctx, const struct view_register_row *row, struct err *err);
MUST_USE enum status app_register_each(struct app *app, const struct app_register *ask, app_register_fn *row, void *ctx,
				       struct err *err);
/* The first rows of several kinds (bits) in which a text occurs; out: by kind, those not asked for are empty. */
MUST_USE enum status app_register_find(struct app *app, const struct app_lens *lens, str text, uint64_t kinds,
				       int64_t limit, struct view_register out[EVIDENCE_KINDS], struct err *err);
/* unit empty: the first that has it. E_NOT_FOUND also where the person may not read the unit. */
MUST_USE enum status app_register_subject(struct app *app, const struct app_lens *lens, enum evidence_kind_id kind,
					  str id, str unit, struct view_register_subject *out, struct err *err);

#endif
