#include "import/spdx.h"

#include <string.h>

#include "base/limits.h"

#define CONTEXTS "https://spdx.org/rdf/3."

/* ---- the document ---- */

/* One of the contexts: that of SPDX says which version the names of members are of. */
static enum status read_one_context(struct import_walk *w, void *document, struct err *err)
{
	struct import_spdx *d = document;
	if (w->json.event != JSON_STRING)
		return json_skip(&w->json, err);
	if (!str_starts(w->json.text, S(CONTEXTS)))
		return OK;
	d->has_context = true;
	if (!str_starts(w->json.text, S(CONTEXTS "0")))
		import_flaw_note(&d->newer, w->json.line);
	return OK;
}

static enum status read_context(struct import_walk *w, void *document, struct err *err)
{
	struct import_spdx *d = document;
	struct json_reader start = w->json;
	TRY(w->json.event == JSON_ARRAY ? import_walk_each(w, read_one_context, d, err) : read_one_context(w, d, err));
	if (d->has_context)
		return OK;
	(void)json_expected(&start, "the context of SPDX 3, " CONTEXTS "0.1/spdx-context.jsonld,", err);
	return E_INVALID;
}

static enum status read_graph(struct import_walk *w, void *document, struct err *err)
{
	struct import_spdx *d = document;
	d->has_graph = true;
	if (w->json.event != JSON_ARRAY)
		return json_expected(&w->json, "a list of elements", err);
	return import_walk_each(w, import_spdx_element, d, err);
}

static enum status read_old(struct import_walk *w, void *document, struct err *err)
{
	(void)document;
	(void)json_expected(&w->json, "SPDX 3.0 in JSON-LD, and not SPDX 2,", err);
	err_detail(err, "SPDX 2 cannot tell models and data sets from code");
	err_hint(err, "export SPDX 3.0 or CycloneDX");
	return E_INVALID;
}

static enum status read_document(struct import_spdx *d, struct err *err)
{
	static const struct import_walk_field document[] = {
	    {.key = S("@context"), .type = IMPORT_WALK_CALL, .call = read_context},
	    {.key = S("@graph"), .type = IMPORT_WALK_CALL, .call = read_graph},
	    {.key = S("spdxVersion"), .type = IMPORT_WALK_CALL, .call = read_old},
	    {.key = {NULL, 0}}};
	struct import_walk *w = &d->walk;
	TRY(json_next(&w->json, err));
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an SPDX document (an object)", err);
	TRY(import_walk_members(w, document, d, err));
	if (!d->has_context)
		return json_expected(&w->json, "a member @context", err);
	if (!d->has_graph)
		return json_expected(&w->json, "a member @graph", err);
	return json_next(&w->json, err);
}

static enum status warn(const struct import_spdx *d, struct err *err)
{
	const struct import_input *in = d->in;
	TRY(import_flaw_warn(in, &d->newer, S("the document is of a version after 3.0: what is new in it is not read"),
			     err));
	TRY(import_flaw_warn(in, &d->no_time, S("the document has no creation time"), err));
	TRY(import_flaw_warn(in, &d->no_zone, S("a time names no zone: taken as UTC"), err));
	TRY(import_flaw_warn(in, &d->bad_time, S("a releaseTime is no time: it stays unknown"), err));
	TRY(import_flaw_warn(in, &d->dangling, S("a reference leads to no element of the document"), err));
	TRY(import_flaw_warn(in, &d->twice, S("an spdxId stands twice"), err));
	TRY(import_flaw_warn(in, &d->hash, S("a hash is no digest in hexadecimal: not counted"), err));
	TRY(import_flaw_warn(in, &d->several, S("the document is about several packages: none is taken as its subject"),
			     err));
	return import_seen_warn(&d->rows, in, "package", err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct import_spdx *d = arena_new(in->arena, struct import_spdx, 1);
	if (!d)
		return err_full(err);
	*d = (struct import_spdx){.in = in,
				  .walk.texts = in->arena,
				  .ids.arena = in->arena,
				  .trained.arena = in->arena,
				  .rows.seen.arena = in->arena};
	TRY(json_open(&d->walk.json, in->from, in->arena, err));
	TRY(read_document(d, err));
	if (!in->facts->has_time)
		import_flaw_note(&d->no_time, 0);
	TRY(import_spdx_rows(d, err));
	return warn(d, err);
}

static int sniff(str head, bool complete)
{
	(void)complete;
	if (import_walk_shape(head) != IMPORT_WALK_IS_OBJECT)
		return 0;
	/* SPDX 2 is refused by name. */
	if (import_walk_has(head, S("spdxVersion")))
		return 100;
	if (import_walk_has(head, S("@context")) && str_find(head, S("\"https://spdx.org/rdf/")) >= 0)
		return 100;
	/* The context may stand behind the end of the head. */
	return import_walk_has(head, S("@graph")) && str_find(head, S("\"spdxId\"")) >= 0 ? 80 : 0;
}

const struct import_format import_spdx = {.name = S("spdx"),
					  .title = S("SPDX 3.0 document, JSON-LD"),
					  .kinds = EVIDENCE_BIT(EVIDENCE_COMPONENT) | EVIDENCE_BIT(EVIDENCE_MODEL) |
						   EVIDENCE_BIT(EVIDENCE_DATASET),
					  .always = EVIDENCE_BIT(EVIDENCE_COMPONENT),
					  .sniff = sniff,
					  .read = read_file};
