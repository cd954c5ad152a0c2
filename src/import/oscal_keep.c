#include <stddef.h>

#include "base/limits.h"
#include "base/time.h"
#include "import/oscal.h"

/* ---- things by UUID ---- */

enum status import_oscal_keep(struct import_oscal *o, str sort, str uuid, struct import_oscal_kept **out,
			      struct err *err)
{
	struct import_seen_entry *e;
	TRY(import_seen_add(&o->uuids, sort, uuid, &e, err));
	if (e->count > 1) {
		*out = &o->kept[e->line];
		(*out)->several = true;
		return OK;
	}
	if (o->n_kept == LIMIT_OSCAL_KEPT) {
		err_set(err, E_TOO_LARGE, "the document has more than %d things with a UUID", LIMIT_OSCAL_KEPT);
		err_at(err, o->in->from->name, o->walk.json.line, 0);
		return E_TOO_LARGE;
	}
	if (o->n_kept == o->kept_cap &&
	    !(o->kept = arena_grow(o->in->arena, o->kept, o->n_kept, o->n_kept + 1, sizeof *o->kept, &o->kept_cap)))
		return err_full(err);
	e->line = (int64_t)o->n_kept;
	*out = &o->kept[o->n_kept++];
	return OK;
}

const struct import_oscal_kept *import_oscal_find(const struct import_oscal *o, str sort, str uuid)
{
	const struct import_seen_entry *e = uuid.n ? import_seen_find(&o->uuids, sort, uuid) : NULL;
	return e ? &o->kept[e->line] : NULL;
}

/* ---- properties and times ---- */

enum status import_oscal_prop(struct import_walk *w, struct import_oscal_prop *out, struct err *err)
{
	static const struct import_walk_field members[] = {
	    IMPORT_OSCAL_TEXT("name", import_oscal_prop, name), IMPORT_OSCAL_TEXT("value", import_oscal_prop, value),
	    IMPORT_OSCAL_TEXT("class", import_oscal_prop, class), IMPORT_OSCAL_END};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a property (an object)", err);
	return import_walk_members(w, members, out, err);
}

enum status import_oscal_time(struct import_oscal *o, struct import_oscal_moment *out, struct err *err)
{
	const struct json_reader *json = &o->walk.json;
	bool has_zone;
	if (json->event == JSON_NULL)
		return OK;
	if (json->event != JSON_STRING || !time_parse_zone(json->text, &out->ms, &has_zone))
		return json_expected(json, "a time such as 2026-11-01T08:00:00Z", err);
	out->known = true;
	if (!has_zone && o->pass == IMPORT_OSCAL_KEEP)
		import_flaw_note(&o->no_zone, json->line);
	return OK;
}

/* ---- what observations are about ---- */

struct thing {
	str uuid, title, description, target, name;
};

/* trestle's name of what a scanner looked at, else how the network calls it. */
static enum status read_thing_prop(struct import_walk *w, void *record, struct err *err)
{
	struct thing *thing = record;
	struct import_oscal_prop prop = {0};
	TRY(import_oscal_prop(w, &prop, err));
	if (str_eq(prop.class, S("scc_inventory_item_id")) || str_eq(prop.name, S("target")))
		thing->target = prop.value;
	else if (str_eq(prop.name, S("asset-id")) || (str_eq(prop.name, S("fqdn")) && !thing->name.n))
		thing->name = prop.value;
	return OK;
}

static enum status read_thing(struct import_walk *w, struct thing *thing, struct err *err)
{
	static const struct import_walk_field members[] = {
	    IMPORT_OSCAL_TEXT("uuid", thing, uuid), IMPORT_OSCAL_TEXT("title", thing, title),
	    IMPORT_OSCAL_TEXT("description", thing, description), IMPORT_OSCAL_LIST("props", read_thing_prop),
	    IMPORT_OSCAL_END};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a definition (an object)", err);
	return import_walk_members(w, members, thing, err);
}

/* Each result of a document may define its subjects again. */
static enum status keep_subject(struct import_oscal *o, str sort, const struct thing *thing, str titled,
				struct err *err)
{
	const struct import_oscal_kept *had = import_oscal_find(o, sort, thing->uuid);
	struct import_oscal_kept *kept;
	str name = thing->target.n ? thing->target : thing->name.n ? thing->name : titled;
	if (!thing->uuid.n || (had && str_eq(had->text, name)))
		return OK;
	TRY(import_oscal_keep(o, sort, thing->uuid, &kept, err));
	kept->text = str_copy(o->in->arena, name);
	return kept->text.p ? OK : err_full(err);
}

static enum status read_item(struct import_walk *w, void *document, struct err *err)
{
	struct import_oscal *o = document;
	struct thing thing = {0};
	enum status status = read_thing(w, &thing, err);
	if (status == OK)
		status = keep_subject(o, S("inventory-item"), &thing, thing.description, err);
	arena_release(&o->scratch);
	return status;
}

static enum status read_component(struct import_walk *w, void *document, struct err *err)
{
	struct import_oscal *o = document;
	struct thing thing = {0};
	enum status status = read_thing(w, &thing, err);
	if (status == OK)
		status = keep_subject(o, S("component"), &thing, thing.title, err);
	arena_release(&o->scratch);
	return status;
}

static enum status read_tool(struct import_walk *w, void *document, struct err *err)
{
	struct import_oscal *o = document;
	struct thing thing = {0};
	enum status status = read_thing(w, &thing, err);
	if (status == OK && thing.title.n) {
		o->result->several_tools = o->result->several_tools || o->result->tool.n;
		o->result->tool = import_walk_lower(o->in->arena, thing.title);
		status = o->result->tool.p ? OK : err_full(err);
	}
	arena_release(&o->scratch);
	return status;
}

enum status import_oscal_definitions(struct import_walk *w, void *document, struct err *err)
{
	static const struct import_walk_field assets[] = {IMPORT_OSCAL_LIST("components", read_tool), IMPORT_OSCAL_END};
	static const struct import_walk_field members[] = {
	    IMPORT_OSCAL_LIST("components", read_component), IMPORT_OSCAL_LIST("inventory-items", read_item),
	    IMPORT_OSCAL_OBJECT("assessment-assets", assets), IMPORT_OSCAL_END};
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an object", err);
	return import_walk_members(w, members, document, err);
}

/* ---- people ---- */

struct party {
	str uuid, name, mail;
};

static enum status read_mail(struct import_walk *w, void *record, struct err *err)
{
	struct party *party = record;
	return party->mail.n ? json_skip(&w->json, err) : import_walk_text(w, &party->mail, err);
}

static enum status keep_party(struct import_oscal *o, const struct party *party, struct err *err)
{
	struct import_oscal_kept *kept;
	if (!party->uuid.n)
		return OK;
	TRY(import_oscal_keep(o, IMPORT_OSCAL_PARTY, party->uuid, &kept, err));
	kept->text = party->mail.n ? import_walk_lower(o->in->arena, party->mail) : str_copy(o->in->arena, party->name);
	return kept->text.p ? OK : err_full(err);
}

enum status import_oscal_party(struct import_walk *w, void *document, struct err *err)
{
	static const struct import_walk_field members[] = {
	    IMPORT_OSCAL_TEXT("uuid", party, uuid), IMPORT_OSCAL_TEXT("name", party, name),
	    IMPORT_OSCAL_LIST("email-addresses", read_mail), IMPORT_OSCAL_END};
	struct import_oscal *o = document;
	struct party party = {0};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a party (an object)", err);
	enum status status = import_walk_members(w, members, &party, err);
	if (status == OK)
		status = keep_party(o, &party, err);
	arena_release(&o->scratch);
	return status;
}
