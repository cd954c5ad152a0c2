#include "import/posture.h"

#include <string.h>

#include "base/limits.h"
#include "base/time.h"

struct import_posture import_posture_open(struct import_input *in)
{
	return (struct import_posture){.in = in, .scratch = ARENA(LIMIT_RECORD_BYTES), .rows.seen.arena = in->arena};
}

bool import_posture_status(const struct import_posture_word *words, str word, str *status)
{
	for (; words->word.n; words++)
		if (import_same_word(word, words->word)) {
			*status = words->status;
			return true;
		}
	return false;
}

str import_posture_severity(str word)
{
	static const struct {
		str word, severity;
	} words[] = {{S("critical"), S("critical")}, {S("high"), S("high")}, {S("medium"), S("medium")},
		     {S("moderate"), S("medium")},   {S("low"), S("low")},   {S("informational"), S("info")},
		     {S("info"), S("info")}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq_fold(word, words[i].word))
			return words[i].severity;
	return (str){NULL, 0};
}

bool import_posture_time(struct import_posture *p, str text, int64_t line, int64_t *ms)
{
	bool has_zone;
	if (!time_parse_zone(text, ms, &has_zone))
		return false;
	if (!has_zone)
		import_flaw_note(&p->no_zone, line);
	return true;
}

void import_posture_checked(struct import_posture *p, struct evidence_record *r, int64_t ms)
{
	struct import_facts *facts = p->in->facts;
	evidence_set_time(r, S("checked_at"), ms);
	if (!facts->has_time || ms > facts->observed_ms)
		facts->observed_ms = ms;
	facts->has_time = true;
}

enum status import_posture_source(struct import_posture *p, const str parts[3], int64_t line, struct err *err)
{
	str *shared = &p->in->facts->identity;
	bool whole = parts[0].n && parts[1].n && parts[2].n;
	if (!whole)
		import_flaw_note(&p->no_source, line);
	if (p->several)
		return OK;
	str joined = import_walk_join(&p->scratch, parts, 3, ':');
	str identity = joined.p ? import_seen_fit(&p->scratch, joined) : joined;
	if (!identity.p)
		return err_full(err);
	p->several = !whole || (p->named && !str_eq(identity, *shared));
	if (p->several) {
		*shared = (str){NULL, 0};
	} else if (!p->named) {
		p->named = true;
		*shared = str_copy(p->in->arena, identity);
		return shared->p ? OK : err_full(err);
	}
	return OK;
}

enum status import_posture_push(struct import_posture *p, struct evidence_record *r, const str parts[3],
				struct err *err)
{
	int checked = evidence_column_find(&evidence_kinds[r->kind], S("checked_at"));
	if (!r->values[checked].known && p->in->given_ms)
		evidence_set_time(r, S("checked_at"), *p->in->given_ms);
	r->id = import_walk_join(&p->scratch, parts, 3, '|');
	return r->id.p ? import_seen_push(&p->rows, p->in, r, &p->scratch, err) : err_full(err);
}

enum status import_posture_warn(const struct import_posture *p, struct err *err)
{
	const struct import_input *in = p->in;
	TRY(import_flaw_warn(in, &p->no_zone, S("a time names no zone: taken as UTC"), err));
	TRY(import_flaw_warn(in, &p->no_time, S("a result has no time"), err));
	TRY(import_flaw_warn(in, &p->no_status, S("a result says neither pass nor fail: its status stays unknown"),
			     err));
	TRY(import_flaw_warn(
	    in, &p->no_source,
	    S("a result names no account or cluster: when several are imported for one unit, give each "
	      "its own --feed"),
	    err));
	return import_seen_warn(&p->rows, in, "result", err);
}
