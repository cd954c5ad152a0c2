#include "import/garak.h"

#include <stddef.h>
#include <string.h>

/* Since 0.15 a digest gives the counts behind its rates: eval.GROUP.PROBE.DETECTOR.{passed,total_evaluated}. */

/* Standing inside an object: the next name of an object that is no "_summary"; the reader then stands on that. */
static enum status next_name(struct import_walk *w, str *name, bool *more, struct err *err)
{
	for (;;) {
		TRY(json_next(&w->json, err));
		*more = w->json.event != JSON_OBJECT_END;
		if (!*more)
			return OK;
		*name = str_copy(w->texts, w->json.text);
		if (!name->p)
			return err_full(err);
		if (memchr(name->p, '\0', name->n))
			return json_expected(&w->json, "a name without the character U+0000", err);
		TRY(json_next(&w->json, err));
		if (w->json.event == JSON_OBJECT && !str_starts(*name, S("_")))
			return OK;
		TRY(json_skip(&w->json, err));
	}
}

static enum status read_detector(struct import_walk *w, struct import_garak_entry *e, str probe, str detector,
				 struct err *err)
{
	static const struct import_walk_field fields[] = {
	    {.key = S("passed"), .type = IMPORT_WALK_INT, .at = offsetof(struct import_garak_count, passed)},
	    {.key = S("total_evaluated"), .type = IMPORT_WALK_INT, .at = offsetof(struct import_garak_count, total)},
	    {.key = {NULL, 0}},
	};
	struct import_garak_count *c = arena_new(w->texts, struct import_garak_count, 1);
	if (!c)
		return err_full(err);
	c->probe = probe;
	c->detector = detector;
	TRY(import_walk_members(w, fields, c, err));
	if (!c->passed.known || !c->total.known)
		return OK;
	if (e->last_count)
		e->last_count->next = c;
	else
		e->counts = c;
	e->last_count = c;
	return OK;
}

static enum status read_probe(struct import_walk *w, struct import_garak_entry *e, str probe, struct err *err)
{
	for (;;) {
		str detector = {NULL, 0};
		bool more;
		TRY(next_name(w, &detector, &more, err));
		if (!more)
			return OK;
		TRY(read_detector(w, e, probe, detector, err));
	}
}

static enum status read_group(struct import_walk *w, struct import_garak_entry *e, struct err *err)
{
	for (;;) {
		str probe = {NULL, 0};
		bool more;
		TRY(next_name(w, &probe, &more, err));
		if (!more)
			return OK;
		TRY(read_probe(w, e, probe, err));
	}
}

enum status import_garak_digest(struct import_walk *w, void *entry, struct err *err)
{
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an object", err);
	for (;;) {
		str group = {NULL, 0};
		bool more;
		TRY(next_name(w, &group, &more, err));
		if (!more)
			return OK;
		TRY(read_group(w, entry, err));
	}
}
