/* What both faces of the book say in the same words. */
#include <inttypes.h>

#include "base/time.h"
#include "report/book_inside.h"

static const struct {
	str word, name;
} owners[] = {
    {S("ciso"), S("CISO")},
    {S("grc"), S("Governance, risk and compliance")},
    {S("iam"), S("Identity and access")},
    {S("infra"), S("Infrastructure")},
    {S("appsec"), S("Application security")},
    {S("ml_platform"), S("AI and ML platform")},
    {S("data"), S("Data")},
    {S("secops"), S("Security operations")},
    {S("privacy"), S("Privacy")},
    {S("procurement"), S("Procurement")},
    {S("legal"), S("Legal")},
};

str report_book_owner(str function)
{
	for (size_t i = 0; i < sizeof owners / sizeof owners[0]; i++)
		if (str_eq(owners[i].word, function))
			return owners[i].name;
	return function;
}

str report_book_mode(enum model_mode m)
{
	static const str words[] = {
	    [MODEL_MANUAL] = S("Manual"), [MODEL_AUTOMATED] = S("Automated"), [MODEL_EITHER] = S("Either")};
	return words[m];
}

str report_book_mode_text(enum model_mode m)
{
	static const str words[] = {
	    [MODEL_MANUAL] = S("people answer"),
	    [MODEL_AUTOMATED] = S("a check counts"),
	    [MODEL_EITHER] = S("a check counts, people answer where it cannot"),
	};
	return words[m];
}

str report_book_deployment(unsigned bit)
{
	switch (bit) {
	case MODEL_SELF_HOSTED:
		return S("Self-hosted");
	case MODEL_PAAS:
		return S("PaaS");
	default:
		return S("SaaS");
	}
}

void report_book_deployments(struct buf *b, unsigned bits)
{
	bool first = true;
	if (bits == MODEL_ANY_DEPLOYMENT) {
		buf_add(b, S("Self-hosted, PaaS and SaaS"));
		return;
	}
	for (unsigned bit = 1; bit < MODEL_ANY_DEPLOYMENT; bit <<= 1) {
		if (!(bits & bit))
			continue;
		if (!first)
			buf_add(b, S(" and "));
		buf_add(b, report_book_deployment(bit));
		first = false;
	}
}

/* 900 -> "90 %", 875 -> "87.5 %"; the space is one that does not break. */
void report_book_share(struct buf *b, int32_t thousandths)
{
	buf_printf(b, "%" PRId32, thousandths / 10);
	if (thousandths % 10)
		buf_printf(b, ".%" PRId32, thousandths % 10);
	buf_add(b, S("\u00a0%"));
}

void report_book_days(struct buf *b, int64_t ms)
{
	int64_t days = ms / TIME_DAY_MS;
	buf_printf(b, "%" PRId64 "\u00a0%s", days, days == 1 ? "day" : "days");
}

void report_book_count(struct buf *b, size_t n, const char *one, const char *many)
{
	buf_printf(b, "%zu %s", n, n == 1 ? one : many);
}

static void add_empty(struct buf *b, const struct model_objective *o)
{
	static const str words[] = {
	    [MODEL_EMPTY_NOT_APPLICABLE] = {NULL, 0},
	    [MODEL_EMPTY_UNKNOWN] = S(" Where the population is empty, the answer is unknown."),
	    [MODEL_EMPTY_NOT_MET] = S(" Where the population is empty, it is not met."),
	};
	buf_add(b, words[o->empty]);
}

static void add_may_lack(struct buf *b, const struct model_objective *o)
{
	bool first = true;
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		if (!(o->may_lack >> k & 1))
			continue;
		buf_add(b, first ? S(" The check does not need to see ") : S(", "));
		buf_add(b, evidence_kinds[k].title);
		first = false;
	}
	if (!first)
		buf_char(b, '.');
}

void report_book_rule(struct buf *b, const struct model_objective *o)
{
	if (o->threshold_milli == 1000) {
		buf_add(b, S("All of the population must meet the condition"));
	} else {
		buf_add(b, S("At least "));
		report_book_share(b, o->threshold_milli);
		buf_add(b, S(" of the population must meet the condition"));
	}
	buf_add(b, S(", looking back "));
	report_book_days(b, o->window_ms);
	buf_add(b, S(". A measure counts for "));
	report_book_days(b, o->max_age_ms);
	buf_add(b, o->scope == MODEL_SCOPE_PROGRAM ? S("; it is answered once, for the whole organisation.")
						   : S("; each unit is counted, and the counts add up."));
	if (o->sample)
		buf_add(b, S(" A sample is enough: what it leaves open counts as unknown."));
	add_empty(b, o);
	add_may_lack(b, o);
}
