#include "base/limits.h"
#include "web/page.h"
#include "web/route.h"
#include "web/ui_form.h"

/* The field whose value the message quotes. */
static str quoted(const struct request *q, str message)
{
	str found = {0};
	for (size_t i = 0; i < q->form.n && !found.n; i++) {
		const struct request_field *f = &q->form.list[i];
		struct buf b = BUF(LIMIT_FORM_BYTES + 2);
		buf_add(&b, S("\""));
		buf_add(&b, str_trim(f->value));
		buf_add(&b, S("\""));
		if (b.n > 2 && b.status == OK && str_find(message, buf_str(&b)) >= 0)
			found = f->name;
		buf_release(&b);
	}
	return found;
}

static str field_at_fault(const struct request *q, const struct page_again *again, str message)
{
	if (again->field.p)
		return again->field;
	for (size_t i = 0; i < sizeof again->words / sizeof again->words[0]; i++)
		if (again->words[i].says.n && str_find(message, again->words[i].says) >= 0 &&
		    request_field(&q->form, again->words[i].field).p)
			return again->words[i].field;
	return quoted(q, message);
}

static bool can_be_mended(const struct page_again *again, enum status status)
{
	return status == E_INVALID || status == E_NOT_FOUND || status == E_CONFLICT || status == E_TOO_LARGE ||
	       (again->denied && status == E_DENIED);
}

enum status page_refuse(struct request *q, struct reply *r, enum status status, const struct err *why,
			const struct page_again *again, struct err *err)
{
	struct ui_refused *refused = arena_new(q->arena, struct ui_refused, 1);
	struct ui_pair *typed = arena_new(q->arena, struct ui_pair, q->form.n);
	if (!can_be_mended(again, status)) {
		*err = *why;
		return status;
	}
	if (!refused || !typed)
		return err_full(err);
	for (size_t i = 0; i < q->form.n; i++)
		typed[i] = (struct ui_pair){q->form.list[i].name, q->form.list[i].value};
	*refused = (struct ui_refused){.path = q->path,
				       .why = *why,
				       .at = field_at_fault(q, again, str_from(why->message)),
				       .typed = typed,
				       .n_typed = q->form.n};
	q->refused = refused;
	q->path = again->path;
	r->status = route_http_status(status);
	struct err other = {0};
	if (again->serve(q, r, &other) == OK)
		return OK;
	*err = *why; /* of the two the one that came first says more */
	return status;
}
