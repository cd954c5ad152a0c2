#include "import/approvals.h"

#include "base/time.h"

static enum status put_event(const struct import_input *in, const struct import_approvals *a, struct err *err)
{
	struct evidence_record r = {
	    .kind = EVIDENCE_EVENT, .unit = a->unit, .id = a->event_id, .main = true, .record = 1, .line = 1};
	evidence_set_time(&r, S("happened_at"), a->at_ms);
	evidence_set_text(&r, S("kind"), S("approval"));
	evidence_set_text(&r, S("title"), a->title);
	evidence_set_text(&r, S("subject_id"), a->system);
	evidence_set_text(&r, S("system_id"), a->system);
	evidence_set_text(&r, S("owner_id"), a->owner);
	evidence_set_text(&r, S("outcome"), a->outcome);
	evidence_set_bool(&r, S("automated"), false);
	evidence_set_time(&r, S("requested_at"), a->requested_ms);
	evidence_set_time(&r, S("done_at"), a->at_ms);
	if (a->expires_ms != TIME_FOREVER)
		evidence_set_time(&r, S("expires_at"), a->expires_ms);
	return in->sink->record(in->sink->ctx, &r, err);
}

static enum status put_system(const struct import_input *in, const struct import_approvals *a, struct err *err)
{
	struct evidence_record r = {
	    .kind = EVIDENCE_AI_SYSTEM, .unit = a->unit, .id = a->system, .record = 1, .line = 1};
	evidence_set_bool(&r, S("approved"), a->approved);
	evidence_set_time(&r, S("approved_at"), a->decided_ms);
	if (a->until_ms != TIME_FOREVER)
		evidence_set_time(&r, S("approval_expires_at"), a->until_ms);
	return in->sink->record(in->sink->ctx, &r, err);
}

static enum status read_approvals(struct import_input *in, struct err *err)
{
	const struct import_approvals *a = in->options;
	*in->facts = (struct import_facts){.has_time = true, .observed_ms = a->at_ms, .records = 1, .partial = true};
	TRY(put_event(in, a, err));
	return a->decided ? put_system(in, a, err) : OK;
}

static int sniff_nothing(str head, bool complete)
{
	(void)head;
	(void)complete;
	return 0;
}

const struct import_format import_approvals_format = {
    .name = S("approvals"),
    .title = S("approvals of deployments, kept by aismm"),
    .names_units = true,
    .remarks = true,
    .kinds = EVIDENCE_BIT(EVIDENCE_AI_SYSTEM) | EVIDENCE_BIT(EVIDENCE_EVENT),
    .glimpses = EVIDENCE_BIT(EVIDENCE_AI_SYSTEM) | EVIDENCE_BIT(EVIDENCE_EVENT),
    .sniff = sniff_nothing,
    .read = read_approvals,
};
