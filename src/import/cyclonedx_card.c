#include "import/cyclonedx.h"

#include <stddef.h>

#define AT(member) offsetof(struct import_cyclonedx_dataset, member)
#define END                                                                                                            \
	{                                                                                                              \
		.key = { NULL, 0 }                                                                                     \
	}

/* Consumes the value; *filled when anything in it is neither null nor an empty text. */
static enum status read_filled(struct import_walk *w, bool *filled, struct err *err)
{
	int outside = w->json.event == JSON_OBJECT || w->json.event == JSON_ARRAY ? w->json.depth - 1 : w->json.depth;
	*filled = false;
	for (;;) {
		enum json_event e = w->json.event;
		*filled = *filled || (e == JSON_STRING && w->json.text.n) || e == JSON_NUMBER || e == JSON_TRUE ||
			  e == JSON_FALSE;
		if (w->json.depth <= outside)
			return OK;
		TRY(json_next(&w->json, err));
	}
}

static enum status read_dataset(struct import_walk *w, void *record, struct err *err)
{
	static const struct import_walk_field contents[] = {{.key = S("url"), .type = IMPORT_WALK_TEXT, .at = AT(url)},
							    END};
	static const struct import_walk_field dataset[] = {
	    {.key = S("name"), .type = IMPORT_WALK_TEXT, .at = AT(name)},
	    {.key = S("ref"), .type = IMPORT_WALK_TEXT, .at = AT(ref)},
	    {.key = S("classification"), .type = IMPORT_WALK_TEXT, .at = AT(classification)},
	    {.key = S("contents"), .type = IMPORT_WALK_OBJECT, .members = contents},
	    END};
	struct import_cyclonedx_component *c = record;
	int64_t line = w->json.line;
	struct import_cyclonedx_dataset *d = arena_new(w->texts, struct import_cyclonedx_dataset, 1);
	if (!d)
		return err_full(err);
	if (w->json.event == JSON_STRING) {
		import_flaw_note(&c->bom->bare_dataset, line);
		TRY(import_walk_text(w, &d->name, err));
	} else if (w->json.event == JSON_OBJECT) {
		TRY(import_walk_members(w, dataset, d, err));
	} else {
		return json_expected(&w->json, "a dataset", err);
	}
	return import_cyclonedx_take_dataset(c, d, line, err);
}

/* modelParameters, quantitativeAnalysis, considerations: every filled member is a section. */
static enum status read_sections(struct import_walk *w, void *record, struct err *err)
{
	struct import_cyclonedx_component *c = record;
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an object", err);
	for (;;) {
		TRY(json_next(&w->json, err));
		if (w->json.event == JSON_OBJECT_END)
			return OK;
		bool filled, datasets = str_eq(w->json.text, S("datasets"));
		int64_t before = c->n_datasets;
		TRY(json_next(&w->json, err));
		if (datasets) {
			TRY(import_walk_each(w, read_dataset, c, err));
			filled = c->n_datasets > before;
		} else {
			TRY(read_filled(w, &filled, err));
		}
		c->card_sections += filled;
	}
}

enum status import_cyclonedx_card(struct import_walk *w, void *component, struct err *err)
{
	static const struct import_walk_field card[] = {
	    {.key = S("modelParameters"), .type = IMPORT_WALK_CALL, .call = read_sections},
	    {.key = S("quantitativeAnalysis"), .type = IMPORT_WALK_CALL, .call = read_sections},
	    {.key = S("considerations"), .type = IMPORT_WALK_CALL, .call = read_sections},
	    END};
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a model card (an object)", err);
	return import_walk_members(w, card, component, err);
}
