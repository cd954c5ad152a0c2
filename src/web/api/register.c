#include "app/register.h"
#include "base/limits.h"
#include "web/api.h"

#define UNIT                                                                                                           \
	{                                                                                                              \
		.name = S("unit"), .about = S("At this unit and below; everywhere when it is left out.")               \
	}
#define INSTANT                                                                                                        \
	{                                                                                                              \
		.name = S("at"), .type = ROUTE_TIME, .about = S("The instant; now when it is left out.")               \
	}
#define TEXT                                                                                                           \
	{                                                                                                              \
		.name = S("text"), .about = S("Rows alone in which this occurs, with capitals or without.")            \
	}

const struct route_document api_register_kinds_document = {
    .id = S("registers"),
    .summary = S("The registers that there are: one for each kind of evidence"),
    .schema = S("registers"),
};

enum status api_register_kinds(struct request *q, struct reply *r, struct err *err)
{
	(void)q;
	export_json_register_kinds(api_json(r));
	return api_done(r, err);
}

static enum status read_kind(const struct request *q, enum evidence_kind_id *out, struct err *err)
{
	int kind = evidence_kind_find(q->part[0]);
	if (kind < 0) {
		err_set(err, E_NOT_FOUND, "there is no register \"%.*s\"", STR_ARG(str_slice(q->part[0], 0, 80)));
		err_hint(err, "/api/v1/registers names them");
		return E_NOT_FOUND;
	}
	*out = (enum evidence_kind_id)kind;
	return OK;
}

/* ---- the rows of one ---- */

static str row_key(const struct view_register_row *row, struct arena *a)
{
	struct buf b = BUF(4096);
	buf_add(&b, row->unit);
	buf_char(&b, '\n');
	buf_add(&b, row->id);
	str out = str_copy(a, buf_str(&b));
	buf_release(&b);
	return out;
}

/* A page that goes on begins with the last row of the page before, to see that it is still there. */
static enum status go_on(const struct request *q, const struct api_page *page, struct view_register *v, struct err *err)
{
	if (!page->cursor.given)
		return OK;
	if (!v->n)
		return cursor_lost(err);
	TRY(api_page_held(page, row_key(&v->rows[0], q->arena), err));
	v->rows++;
	v->n--;
	v->offset++;
	return OK;
}

static enum status answer_list(struct request *q, struct reply *r, struct app_register *ask, struct err *err)
{
	struct view_register v;
	struct api_page page;
	TRY(api_page_open(q, &page, err));
	ask->lens = (struct app_lens){.unit = api_text(q, S("unit")), .at = page.at};
	ask->text = api_text(q, S("text"));
	ask->offset = page.cursor.given ? page.cursor.offset - 1 : 0;
	ask->limit = page.limit + page.cursor.given;
	TRY(app_register_list(q->app, ask, &v, err));
	TRY(go_on(q, &page, &v, err));
	int64_t end = v.offset + (int64_t)v.n;
	if (v.n && end < v.total)
		TRY(api_page_next(q, r, &page, end, row_key(&v.rows[v.n - 1], q->arena), err));
	export_json_register_list(api_json(r), &v);
	return api_done(r, err);
}

const struct route_document api_register_list_document = {
    .id = S("register"),
    .summary = S("The subjects of one register: AI systems, providers, models, agents, tools and what else there is"),
    .about = S("A value that nobody said is null. A register can be narrowed by the columns that it has."),
    .query = {UNIT,
	      INSTANT,
	      TEXT,
	      {.name = S("stage"),
	       .choices = S("idea pilot production retired discovered"),
	       .about = S("In this stage alone.")},
	      {.name = S("tier"), .choices = S("high medium low"), .about = S("Of this tier alone.")},
	      {.name = S("deployment"),
	       .choices = S("self_hosted paas saas"),
	       .about = S("Of this deployment type alone.")},
	      {.name = S("registered"), .type = ROUTE_FLAG, .about = S("Those alone that a register knows, or not.")},
	      {.name = S("sort"), .about = S("The column to sort by, or id, unit_id, observed_at; id when left out.")},
	      {.name = S("down"), .type = ROUTE_FLAG, .about = S("The greatest first.")}},
    .schema = S("register"),
    .paged = true,
};

enum status api_register_list(struct request *q, struct reply *r, struct err *err)
{
	static const str columns[] = {S("stage"), S("tier"), S("deployment"), S("registered")};
	struct app_register ask = {.order = api_text(q, S("sort")), .down = api_flag(q, S("down"))};
	TRY(read_kind(q, &ask.kind, err));
	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
		if (api_given(q, columns[i]))
			ask.match[ask.n_match++] = (struct app_register_match){columns[i], api_text(q, columns[i])};
	return answer_list(q, r, &ask, err);
}

const struct route_document api_register_shadow_document = {
    .id = S("shadow"),
    .summary = S("Shadow AI: AI systems that evidence shows and no register knows, the newest first"),
    .about = S("Each is a system of the register under another name (POST /api/v1/links says so), or one to register "
	       "and approve, or one to end."),
    .query = {UNIT, INSTANT, TEXT},
    .schema = S("register"),
    .paged = true,
};

enum status api_register_shadow(struct request *q, struct reply *r, struct err *err)
{
	struct app_register ask = {.kind = EVIDENCE_AI_SYSTEM,
				   .match = {{S("registered"), S("false")}},
				   .n_match = 1,
				   .order = S("last_seen_at"),
				   .down = true};
	return answer_list(q, r, &ask, err);
}

/* ---- one subject ---- */

const struct route_document api_register_subject_document = {
    .id = S("subject"),
    .summary = S("One subject: what is known, who says so, what was found about it and what was decided"),
    .query = {{.name = S("unit"), .about = S("The unit it belongs to; the first that has it when it is left out.")},
	      INSTANT},
    .schema = S("subject"),
};

enum status api_register_subject(struct request *q, struct reply *r, struct err *err)
{
	struct app_lens lens = {.at = api_time(q, S("at"))};
	struct view_register_subject v;
	enum evidence_kind_id kind = EVIDENCE_KINDS;
	TRY(read_kind(q, &kind, err));
	TRY(app_register_subject(q->app, &lens, kind, q->part[1], api_text(q, S("unit")), &v, err));
	export_json_register_subject(api_json(r), kind, &v);
	return api_done(r, err);
}
