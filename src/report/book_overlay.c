#include "report/book_inside.h"

const enum model_overlay_act report_book_overlay_order[MODEL_OVERLAY_ACTS] = {
    MODEL_RETIRED, MODEL_LOOSENED, MODEL_TIGHTENED, MODEL_ADAPTED, MODEL_ADDED,
};

str report_book_overlay_word(enum model_overlay_act act)
{
	static const str words[MODEL_OVERLAY_ACTS] = {
	    [MODEL_ADDED] = S("Added"),       [MODEL_ADAPTED] = S("Adapted"), [MODEL_TIGHTENED] = S("Tightened"),
	    [MODEL_LOOSENED] = S("Loosened"), [MODEL_RETIRED] = S("Retired"),
	};
	return words[act];
}

void report_book_overlay_counts(struct buf *b, const struct model *m)
{
	static const char *const words[MODEL_OVERLAY_ACTS] = {
	    [MODEL_ADDED] = "added",       [MODEL_ADAPTED] = "adapted", [MODEL_TIGHTENED] = "tightened",
	    [MODEL_LOOSENED] = "loosened", [MODEL_RETIRED] = "retired",
	};
	int counts[MODEL_OVERLAY_ACTS];
	bool any = false;
	model_overlay_count(m, counts);
	for (int act = 0; act < MODEL_OVERLAY_ACTS; act++) {
		if (!counts[act])
			continue;
		buf_printf(b, "%s%d %s", any ? ", " : "", counts[act], words[act]);
		any = true;
	}
	if (!any)
		buf_add(b, S("it changes nothing"));
}

static void add_difference(struct buf *b, const struct model_objective *base, const struct model_objective *now)
{
	const char *between = ": ";
	if (base->threshold_milli != now->threshold_milli) {
		buf_printf(b, "%sthe base asks ", between);
		report_book_share(b, base->threshold_milli);
		buf_add(b, S(", this overlay "));
		report_book_share(b, now->threshold_milli);
		between = "; ";
	}
	if (base->max_age_ms != now->max_age_ms) {
		buf_printf(b, "%sin the base a measure counts for ", between);
		report_book_days(b, base->max_age_ms);
		buf_add(b, S(", here for "));
		report_book_days(b, now->max_age_ms);
		between = "; ";
	}
	if (base->deployment != now->deployment) {
		buf_printf(b, "%sthe base applies to ", between);
		report_book_deployments(b, base->deployment);
		buf_add(b, S(", this overlay to "));
		report_book_deployments(b, now->deployment);
		between = "; ";
	}
	if (between[0] == ':')
		buf_add(b, S(": owner, effort, evidence or guidance are the organisation's own"));
}

void report_book_overlay_sentence(struct buf *b, const struct model *m, const struct model_overlaid *mark)
{
	const struct model_objective *now = mark->base ? model_objective_find(m, mark->base->id) : NULL;
	buf_add(b, report_book_overlay_word(mark->act));
	buf_add(b, S(" by "));
	buf_add(b, m->id);
	if (mark->act == MODEL_ADDED)
		buf_printf(b, ": the organisation's own objective, not one of %.*s", STR_ARG(m->base));
	if (mark->act == MODEL_RETIRED) {
		buf_add(b, S(": the base asks "));
		report_book_share(b, mark->base->threshold_milli);
		buf_add(b, S(", this overlay nothing"));
	} else if (now) {
		add_difference(b, mark->base, now);
	}
	buf_char(b, '.');
	if (mark->approver.n)
		buf_printf(b, " Approved by %.*s%s", STR_ARG(mark->approver), mark->because.n ? ": " : ".");
	else if (mark->because.n)
		buf_add(b, S(" Reason: "));
	buf_add(b, mark->because);
}

const char *report_book_overlay_why(const struct model_objective *o)
{
	const struct model_objective *base = o->overlaid ? o->overlaid->base : NULL;
	return base && base->threshold_milli != o->threshold_milli ? "Why the base's number" : "Why this number";
}
