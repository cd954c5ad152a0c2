#include "import/garak.h"

#include <string.h>

#include "base/limits.h"
#include "import/lines.h"

static enum status read_line(struct import_garak *g, struct err *err)
{
	struct import_garak_entry e = {0};
	enum status status = import_garak_entry(&g->walk, &e, err);
	if (status == OK)
		status = import_garak_run_take(g, &e, err);
	arena_release(&g->scratch);
	return status;
}

static enum status read_lines(struct import_garak *g, struct err *err)
{
	for (;;) {
		TRY(json_next(&g->walk.json, err));
		if (g->walk.json.event == JSON_END)
			break;
		TRY(read_line(g, err));
	}
	TRY(import_garak_run_end(g, err));
	g->in->facts->records += g->n_hits;
	if (g->n_hits)
		import_flaw_note(&g->hit_log, 0);
	return import_garak_rows_push(g, &g->hits, err);
}

static enum status name_feed(struct import_garak *g, struct err *err)
{
	static const str head = S("garak:");
	if (g->several || !g->shared_system.n)
		return OK;
	char *p = arena_alloc(g->in->arena, head.n + g->shared_system.n, 1);
	if (!p)
		return err_full(err);
	memcpy(p, head.p, head.n);
	memcpy(p + head.n, g->shared_system.p, g->shared_system.n);
	g->in->facts->identity = import_seen_fit(g->in->arena, (str){p, head.n + g->shared_system.n});
	return g->in->facts->identity.p ? OK : err_full(err);
}

static enum status warn(const struct import_garak *g, struct err *err)
{
	const struct import_input *in = g->in;
	const struct {
		const struct import_flaw *flaw;
		str message;
	} all[] = {
	    {&g->no_zone, S("a time names no zone: taken as UTC")},
	    {&g->aggregated,
	     S("an aggregate of reports: only the start of its first report is known, taken as the time "
	       "of all")},
	    {&g->no_end, S("a run has no completion entry, it may still be running or be cut: its start counts as its "
			   "time")},
	    {&g->no_run, S("a run has no id: importing another one of this kind replaces it")},
	    {&g->from_digest, S("a run has no eval entries: counted from its digest")},
	    {&g->from_attempts, S("a run has no eval entries: counted from the detector scores of its attempts")},
	    {&g->unjudged, S("a run has no eval entries and no detector scores: nothing was judged")},
	    {&g->digest_only, S("a run has only a digest: rates without counts, from which nothing is taken")},
	    {&g->hit_log, S("a hit log names successful attacks only: it gives counts, never a rate")},
	    {&g->type, S("an entry of a type that is not known is passed over")},
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		TRY(import_flaw_warn(in, all[i].flaw, all[i].message, err));
	return import_seen_warn(&g->rows, in, "result", err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct import_garak *g = arena_new(in->arena, struct import_garak, 1);
	if (!g)
		return err_full(err);
	*g = (struct import_garak){.in = in, .scratch = ARENA(LIMIT_RECORD_BYTES), .rows.seen.arena = in->arena};
	g->threshold = 0.5;
	g->walk.texts = &g->scratch;
	TRY(import_lines_open(&g->walk.json, in, err));
	TRY(read_lines(g, err));
	TRY(name_feed(g, err));
	return warn(g, err);
}

static int sniff(str head, bool complete)
{
	(void)complete;
	if (import_walk_shape(head) != IMPORT_WALK_IS_OBJECT)
		return 0;
	if (import_walk_has(head, S("entry_type")))
		return 100;
	return import_walk_has(head, S("probe")) && import_walk_has(head, S("detector")) &&
		       import_walk_has(head, S("score"))
		   ? 90
		   : 0;
}

const struct import_format import_garak = {.name = S("garak"),
					   .title = S("garak report or hit log, JSON Lines"),
					   .kinds = EVIDENCE_BIT(EVIDENCE_RED_TEAM),
					   .always = EVIDENCE_BIT(EVIDENCE_RED_TEAM),
					   .sniff = sniff,
					   .read = read_file};
